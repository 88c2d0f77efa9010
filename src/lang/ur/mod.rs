//! Urdu: tables.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::letters::Letters;

/// Letters and what else stands for them.
pub(crate) const LETTERS: &str = include_str!("letters.tsv");

/// Which letters of Urdu stand for which of Latin.
pub(crate) const SOUNDS: &str = include_str!("sounds.tsv");

/// Words of names of people: `word,kind,canonical`, as [`super::en::names::WORDS`];
/// the form to compare by is that of the Latin spellings.
pub const NAME_WORDS: &str = include_str!("name_words.csv");

/// Returns a word with one letter for all its looks.
pub fn normalize(word: &str) -> Cow<'_, str> {
    static LOADED: LazyLock<Letters> = LazyLock::new(|| Letters::load(LETTERS));
    LOADED.normalize(word)
}
