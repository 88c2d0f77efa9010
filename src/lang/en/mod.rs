//! English: tables and trained weights.

pub mod model;
pub mod names;

/// What stands on a page of news and is not part of the article.
pub(crate) const FURNITURE: &str = include_str!("furniture.tsv");

/// Words that keep their full stop inside a sentence.
pub(crate) const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// The words of dates.
pub(crate) const DATES: &str = include_str!("dates.tsv");
