//! What is known about each language: one folder a language.

pub mod detect;
pub mod en;

/// The languages that documents can be read in, BCP 47 tags.
pub const SUPPORTED: &[&str] = &["en"];
