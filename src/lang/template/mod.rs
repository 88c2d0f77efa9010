//! A language that is read by a grammar: what to copy for a new one
//! (docs/adding-a-language.md).

use super::Tables;
use super::gazetteer::GazetteerTables;
use super::grammar::GrammarTables;
use super::lexicon::LexiconTables;

/// Letters and what else stands for them.
pub(crate) const LETTERS: &str = include_str!("letters.tsv");

/// Which letters stand for which of Latin.
pub(crate) const SOUNDS: &str = include_str!("sounds.tsv");

/// The tables.
pub const TABLES: Tables = Tables {
    tag: "xx",
    gazetteer: GazetteerTables {
        countries: include_str!("countries.tsv"),
        regions: "",
        cities: include_str!("cities.tsv"),
        places: include_str!("places.tsv"),
        bodies: "",
        organizations: include_str!("organizations.tsv"),
    },
    lexicon: LexiconTables {
        titles: "",
        roles: "",
        organizations: "",
        pronouns: "",
        words: include_str!("words.tsv"),
    },
    names: "",
    words: "",
    grammar: Some(GrammarTables {
        letters: LETTERS,
        words: include_str!("grammar.tsv"),
        verbs: include_str!("verbs.tsv"),
        endings: include_str!("endings.tsv"),
        titles: include_str!("titles.tsv"),
        roles: include_str!("roles.tsv"),
        organizations: include_str!("organizations.tsv"),
        translations: include_str!("translations.tsv"),
        cities: include_str!("cities.tsv"),
        letter_names: include_str!("letter_names.tsv"),
        glosses: include_str!("glosses.tsv"),
        nouns: include_str!("nouns.tsv"),
        dates: include_str!("dates.tsv"),
        units: include_str!("units.tsv"),
        common: include_str!("common.txt"),
        names: include_str!("names.txt"),
        tagger: include_str!("tagger.tsv"),
        sounds: SOUNDS,
    }),
};
