//! What is known about each language: one folder a language, tables in it.
//!
//! [`LANGUAGES`] lists what there is; [`find`] loads a language once. Its words
//! and names stand in tables, so that the rules that use them name none.

pub mod detect;
pub mod en;
pub mod gazetteer;
pub mod letters;
pub mod lexicon;
pub mod names;
pub mod phrases;
pub mod ur;

use std::sync::OnceLock;

use gazetteer::{Gazetteer, GazetteerTables};
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
        }
    }
}

/// The languages that documents can be annotated in.
pub const LANGUAGES: [Tables; 1] = [en::TABLES];

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
