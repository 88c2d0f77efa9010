//! Text in, layers out: tokens, trees, mentions, dates, amounts.

pub mod amounts;
pub mod dates;
pub mod mentions;
pub mod model;
pub mod split;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::token::Annotated;

/// Annotates documents of one language. Loaded once, never changed.
#[derive(Debug)]
pub struct Annotator {}

impl Annotator {
    /// Adds all layers to a document. A bad document gives diagnostics, and
    /// layers that may be empty.
    pub fn annotate(&self, document: Document) -> (Annotated, Vec<Diagnostic>) {
        let _ = document;
        unimplemented!()
    }
}
