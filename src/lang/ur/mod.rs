//! Urdu: tables. It is read by a grammar (see [`super::grammar`]).

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Tables;
use super::gazetteer::GazetteerTables;
use super::grammar::GrammarTables;
use super::letters::Letters;
use super::lexicon::LexiconTables;

/// Letters and what else stands for them.
pub(crate) const LETTERS: &str = include_str!("letters.tsv");

/// Which letters of Urdu stand for which of Latin.
pub(crate) const SOUNDS: &str = include_str!("sounds.tsv");

/// What the Latin letters are called, which stand for initials.
pub(crate) const LETTER_NAMES: &str = include_str!("letter_names.tsv");

/// Words of names of people: `word,kind,canonical`, as [`super::en::names::WORDS`];
/// the form to compare by is that of the Latin spellings.
pub const NAME_WORDS: &str = include_str!("name_words.csv");

/// The tables of Urdu.
pub const TABLES: Tables = Tables {
    tag: "ur",
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
        letter_names: LETTER_NAMES,
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

/// Returns a word with one letter for all its looks.
pub fn normalize(word: &str) -> Cow<'_, str> {
    static LOADED: LazyLock<Letters> = LazyLock::new(|| Letters::load(LETTERS));
    LOADED.normalize(word)
}
