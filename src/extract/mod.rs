//! Claims out of an annotated document, by the patterns of the ontology.

use crate::claim::Claim;
use crate::diagnostic::Diagnostic;
use crate::ontology::Ontology;
use crate::token::Annotated;

/// Returns the claims that a document makes, in text order.
pub fn extract(_ontology: &Ontology, _annotated: &Annotated) -> (Vec<Claim>, Vec<Diagnostic>) {
    (Vec::new(), Vec::new())
}
