//! Who is who over all documents: referents become entities.
//!
//! ```text
//! names      a written name in its parts
//! spelling   how far two words lie apart, by letters and by sound
//! compare    two names, part by part
//! profile    candidates of one written name, taken together
//! block      which profiles are worth comparing
//! decide     the evidence beyond the name
//! weights    what findings beside the name are worth in this corpus
//! cluster    from judged pairs to clusters
//! bare       single names, joined only where something supports it
//! entities   clusters with their names, offices and ids
//! ```
//!
//! Every merge is a [`Decision`] with its reasons, and so is every merge of note
//! that was not made. The merges alone, applied in any order, give the entities.
//!
//! What is not done here: reading names out of text, and following pronouns and
//! descriptions within a document, which annotation has done before.

mod bare;
mod block;
mod cluster;
mod compare;
mod decide;
mod entities;
mod evidence;
mod fold;
mod names;
mod options;
mod profile;
mod spelling;
mod tables;
#[cfg(test)]
mod tests;
mod weights;

use crate::diagnostic::Diagnostic;
use crate::resolution::{Candidate, Decision, Resolution};

pub use compare::compare;
pub use options::ResolveOptions;

use evidence::Evidence;
use profile::{Profile, Subject};

/// The author of the decisions that the program makes.
pub const AUTHOR: &str = "silsila";

/// Returns who is who among the candidates. The order of the candidates does
/// not matter.
pub fn resolve(candidates: &[Candidate]) -> Resolution {
    resolve_with(candidates, &ResolveOptions::default()).0
}

/// Returns who is who among the candidates, with what there is to say about how
/// it was found out.
pub fn resolve_with(
    candidates: &[Candidate],
    options: &ResolveOptions,
) -> (Resolution, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut decisions = Vec::new();
    let mut sorted: Vec<&Candidate> = candidates.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let (subjects, mut corpus) = profile::prepare(&sorted);
    let profiles = profile::group(&subjects, &corpus, options, &mut decisions);
    let pairs = block::pairs(&profiles, options, &mut diagnostics);
    let pairs = cluster::compare_names(&profiles, pairs);
    let (weights, learnt) = weights::learn(&profiles, &pairs, &corpus);
    corpus.weights = weights;
    let mut cluster_of =
        cluster::cluster(&subjects, &profiles, &pairs, &corpus, options, &mut decisions);
    bare::attach(&subjects, &profiles, &corpus, options, &mut cluster_of, &mut decisions);
    let (entities, of) = entities::build(&subjects, &profiles, &cluster_of);
    decisions.sort_by(|x, y| (&x.a, &x.b, &x.rejected).cmp(&(&y.a, &y.b, &y.rejected)));
    (
        Resolution { entities, decisions, of, weights: learnt, compared: pairs.len() as u64 },
        diagnostics,
    )
}

/// The decision about two profiles, named by their smallest referents.
fn decision(
    subjects: &[Subject],
    a: &Profile,
    b: &Profile,
    evidence: Evidence,
    rejected: Option<String>,
) -> Decision {
    let side =
        |profile: &Profile| {
            profile.members.first().and_then(|i| subjects.get(*i as usize)).map(|subject| {
                (subject.candidate.id.clone(), subject.candidate.referent.name.clone())
            })
        };
    let empty = || {
        (
            crate::entity::ReferentId {
                document: crate::document::DocumentId(String::new()),
                referent: crate::mention::ReferentIdx(0),
            },
            String::new(),
        )
    };
    let (x, y) = (side(a).unwrap_or_else(empty), side(b).unwrap_or_else(empty));
    let (a, b) = if x <= y { (x, y) } else { (y, x) };
    Decision { a, b, comparison: evidence.into_comparison(), author: AUTHOR.to_owned(), rejected }
}
