//! An article as it was read. Its text never changes.

use std::fmt;

use crate::date::PartialDate;

/// The stable id of a document: given by the user, or a hash of its content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DocumentId(pub String);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a document comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// The file it was read from, as the user named it.
    pub path: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet that published it.
    pub publisher: Option<String>,
}

/// An article as read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// The id.
    pub id: DocumentId,
    /// The text, exactly as it was read (decoded to UTF-8).
    pub text: String,
    /// The date of publication, if it is known.
    pub published: Option<PartialDate>,
    /// The language, a BCP 47 tag such as `en`, given or detected.
    pub language: Option<String>,
    /// Where it comes from.
    pub source: Source,
}
