//! Who is who over all documents.

use crate::mention::Supertype;
use crate::resolution::{Candidate, Comparison, Resolution};

/// Returns whether two names can be names of one thing, and why.
pub fn compare(_a: &str, _b: &str, _supertype: Supertype) -> Comparison {
    unimplemented!()
}

/// Returns who is who among the candidates. The order of the candidates does
/// not matter.
pub fn resolve(_candidates: &[Candidate]) -> Resolution {
    unimplemented!()
}
