//! Which documents have been read, so that each counts once.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, DocumentId};
use crate::pipeline::place;

/// The documents that have been admitted, so that each counts once.
///
/// Which of two documents with one id is kept depends on what they hold, not on
/// which comes first: the same documents in any order give the same graph.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<DocumentId, Rank>);

/// The smallest is kept: one that bears a date, then by file, address and all
/// else, then by text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_undated: bool,
    path: Option<String>,
    url: Option<String>,
    fields: [u8; 16],
    text: [u8; 16],
}

impl Seen {
    /// Returns what is to be said of a document, and the document if it is to be
    /// kept.
    pub(super) fn admit(
        &mut self,
        document: Document,
    ) -> [Option<Result<Document, Diagnostic>>; 2] {
        let rank = Rank::of(&document);
        let Some(other) = self.0.get_mut(&document.id) else {
            self.0.insert(document.id.clone(), rank);
            return [None, Some(Ok(document))];
        };
        let place = place(&document);
        let of = other.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
        let diagnostic = if rank.text == other.text {
            let message = format!("It is the same article as another{of} and counts once.");
            Diagnostic::new(Severity::Note, place, message)
        } else {
            let message = format!(
                "Its id \"{}\" is that of another article{of}; only one of them was kept. Give \
                 each an id of its own, or none.",
                document.id
            );
            Diagnostic::new(Severity::Error, place, message)
        };
        let is_kept = rank < *other;
        if is_kept {
            *other = rank;
        }
        [Some(Err(diagnostic)), is_kept.then_some(Ok(document))]
    }
}

impl Rank {
    fn of(document: &Document) -> Self {
        let half = |bytes: &[u8]| {
            let mut half = [0; 16];
            half.iter_mut().zip(Sha256::digest(bytes)).for_each(|(to, from)| *to = from);
            half
        };
        let source = &document.source;
        let fields = format!("{:?}", (document.published, &document.language, source));
        Self {
            is_undated: document.published.is_none(),
            path: source.path.clone(),
            url: source.url.clone(),
            fields: half(fields.as_bytes()),
            text: half(document.text.as_bytes()),
        }
    }
}
