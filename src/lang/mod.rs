//! What is known about each language: one folder a language, tables in it.
//!
//! [`LANGUAGES`] lists what there is; [`find`] loads a language once. Its words
//! and names stand in tables, so that the rules that use them name none.

pub mod detect;
pub mod en;
pub mod gazetteer;
pub mod grammar;
pub mod letters;
pub mod lexicon;
pub mod names;
pub mod phrases;
pub mod sounds;
pub mod tagger;
#[cfg(test)]
mod template;
pub mod ur;

use std::sync::OnceLock;

use gazetteer::{Gazetteer, GazetteerTables};
use grammar::{Grammar, GrammarTables};
use lexicon::{Lexicon, LexiconTables};
use names::{NameList, WordList};

/// A language's tables, loaded.
#[derive(Debug)]
pub struct Language {
    /// The tag, BCP 47.
    pub tag: &'static str,
    /// Places, peoples and bodies.
    pub gazetteer: Gazetteer,
    /// Titles, nouns for people, parts of names, pronouns.
    pub lexicon: Lexicon,
    /// Names of persons.
    pub names: NameList,
    /// Words that stand in lower case.
    pub words: WordList,
    /// The grammar, for a language that is read by one and not by a trained
    /// parser.
    pub grammar: Option<Grammar>,
}

/// A language's tables, as text.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    /// The tag, BCP 47.
    pub tag: &'static str,
    /// The tables of places and bodies.
    pub gazetteer: GazetteerTables,
    /// The tables of words.
    pub lexicon: LexiconTables,
    /// The list of names.
    pub names: &'static str,
    /// The list of words.
    pub words: &'static str,
    /// The tables of the grammar, for a language that is read by one.
    pub grammar: Option<GrammarTables>,
}

impl Language {
    /// Loads a language from its tables.
    pub fn load(tables: &Tables) -> Self {
        Self {
            tag: tables.tag,
            gazetteer: Gazetteer::load(tables.gazetteer),
            lexicon: Lexicon::load(tables.lexicon),
            names: NameList::new(tables.names),
            words: WordList::new(tables.words),
            grammar: tables.grammar.as_ref().map(Grammar::load),
        }
    }
}

/// The languages that documents can be annotated in.
pub const LANGUAGES: [Tables; 2] = [en::TABLES, ur::TABLES];

/// The language with that tag, loaded when it is first asked for.
pub fn find(tag: &str) -> Option<&'static Language> {
    static LOADED: [OnceLock<Language>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    let base = tag.split('-').next().unwrap_or(tag);
    let at = LANGUAGES.iter().position(|tables| tables.tag.eq_ignore_ascii_case(base))?;
    Some(LOADED.get(at)?.get_or_init(|| Language::load(&LANGUAGES[at])))
}

/// The rows of a tab-separated table, without comments.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The first columns of a table.
    fn kinds(table: &'static str) -> BTreeSet<&'static str> {
        rows(table).filter_map(|row| row.first().copied()).collect()
    }

    #[test]
    fn the_template_has_all_kinds_of_rows() {
        let (Some(template), Some(urdu)) = (template::TABLES.grammar, ur::TABLES.grammar) else {
            panic!("both have a grammar");
        };
        for (table, a, b) in [
            ("grammar.tsv", template.words, urdu.words),
            ("endings.tsv", template.endings, urdu.endings),
            ("titles.tsv", template.titles, urdu.titles),
            ("dates.tsv", template.dates, urdu.dates),
            ("roles.tsv", template.roles, urdu.roles),
        ] {
            let missing: Vec<_> = kinds(b).difference(&kinds(a)).copied().collect();
            let missing: Vec<_> = missing.into_iter().filter(|kind| *kind != "family").collect();
            assert!(missing.is_empty(), "{table} of the template lacks {missing:?}");
        }
        // It loads, though it knows nothing.
        let language = Language::load(&template::TABLES);
        assert!(language.grammar.is_some_and(|grammar| !grammar.is("ergative", "x")));
    }

    #[test]
    fn tables_are_written_as_words_are_looked_up() {
        for table in [
            include_str!("ur/countries.tsv"),
            include_str!("ur/cities.tsv"),
            include_str!("ur/places.tsv"),
            include_str!("ur/organizations.tsv"),
            include_str!("ur/common.txt"),
            include_str!("ur/names.txt"),
        ] {
            for word in rows(table).flatten().flat_map(|field| field.split(['|', '=', ';'])) {
                let is_latin =
                    word.bytes().all(|b| b.is_ascii()) || word.chars().any(char::is_uppercase);
                let is_plain =
                    is_latin || !word.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
                assert!(is_plain || ur::normalize(word) == word, "{word}");
            }
        }
    }
}
