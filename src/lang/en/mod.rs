//! English: tables and trained weights.

pub mod model;
pub mod names;

use super::Tables;
use super::gazetteer::GazetteerTables;
use super::lexicon::LexiconTables;

/// What stands on a page of news and is not part of the article.
pub(crate) const FURNITURE: &str = include_str!("furniture.tsv");

/// Words that keep their full stop inside a sentence.
pub(crate) const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// The words of dates.
pub(crate) const DATES: &str = include_str!("dates.tsv");

/// Currencies and the words of sums.
pub(crate) const UNITS: &str = include_str!("units.tsv");

/// The tables of English.
pub const TABLES: Tables = Tables {
    tag: "en",
    gazetteer: GazetteerTables {
        countries: include_str!("countries.tsv"),
        regions: include_str!("regions.tsv"),
        cities: include_str!("cities.tsv"),
        places: include_str!("places.tsv"),
        bodies: include_str!("bodies.tsv"),
        organizations: include_str!("organizations.tsv"),
    },
    lexicon: LexiconTables {
        titles: include_str!("titles.tsv"),
        roles: include_str!("roles.tsv"),
        organizations: include_str!("organizations.tsv"),
        pronouns: include_str!("pronouns.tsv"),
        words: include_str!("words.tsv"),
    },
    names: include_str!("names.tsv"),
    words: include_str!("words.txt"),
    grammar: None,
};
