//! What went wrong without stopping the run.

use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Good to know; nothing was lost.
    Note,
    /// Something was passed over or guessed.
    Warning,
    /// An input could not be used; the run exits with 1.
    Error,
}

/// A finding about one input, for a person to read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The input it is about: a path, a path with a line, or a document id.
    pub place: String,
    /// What is wrong, and what to do about it, in whole sentences.
    pub message: String,
}

impl Diagnostic {
    /// Returns a diagnostic of the given severity about `place`.
    pub fn new(severity: Severity, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity, place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}: {}", self.place, self.message)
    }
}
