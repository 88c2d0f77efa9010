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
//! refer      clusters linked to entries of reference lists
//! ledger     what people have decided stands above all of it
//! find       what somebody typed, as a side of a ruling
//! examine    why two entities are two, and which pairs are least certain
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
mod examine;
mod find;
mod fold;
mod ledger;
mod names;
mod options;
mod profile;
mod refer;
mod spelling;
mod tables;
#[cfg(test)]
mod tests;
mod weights;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::ledger::Ledger;
use crate::reference::Reference;
use crate::resolution::{Basis, Candidate, Decision, Resolution};

pub use crate::lang::sounds::alike;
pub use compare::compare;
pub use examine::Pair;
pub use find::{Choice, FindError, Found};
pub use ledger::Remarks;
pub use options::ResolveOptions;

use evidence::Evidence;
use ledger::{Bonds, Index};
use profile::{Corpus, Profile, Subject};

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
    let resolved = Resolved::new(candidates, &Ledger::default(), &[], options);
    (resolved.resolution, resolved.diagnostics)
}

/// Who is who among some candidates, and all that tells why.
#[derive(Debug)]
pub struct Resolved<'a> {
    subjects: Vec<Subject<'a>>,
    corpus: Corpus,
    profiles: Vec<Profile>,
    bonds: Bonds,
    options: ResolveOptions,
    /// Made when somebody looks for something.
    index: OnceLock<Index>,
    /// The profiles of full names by their first and last names, likewise.
    bearers: OnceLock<HashMap<String, Vec<u32>>>,
    /// Who is who.
    pub resolution: Resolution,
    /// What there is to say about how it was found out.
    pub diagnostics: Vec<Diagnostic>,
    /// Which rulings have no or not their full effect.
    pub remarks: Remarks,
}

impl<'a> Resolved<'a> {
    /// Finds out who is who, and which entries of reference lists that is. What
    /// the ledger says stands above all evidence.
    pub fn new(
        candidates: &'a [Candidate],
        ledger: &Ledger,
        references: &[Reference],
        options: &ResolveOptions,
    ) -> Self {
        let mut diagnostics = Vec::new();
        let mut decisions = Vec::new();
        let mut sorted: Vec<&Candidate> = candidates.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut subjects, mut corpus) = profile::prepare(&sorted);
        let (mut bonds, remarks) = ledger::bind(ledger, &mut subjects);
        let profiles = profile::group(&subjects, &corpus, options, &mut bonds, &mut decisions);
        let pairs = block::pairs(&profiles, options, &mut diagnostics);
        let pairs = cluster::compare_names(&profiles, pairs);
        let (weights, learnt) = weights::learn(&profiles, &pairs, &corpus);
        corpus.weights = weights;
        let mut cluster_of = cluster::cluster(
            &subjects,
            &profiles,
            &pairs,
            &corpus,
            options,
            &mut bonds,
            &mut decisions,
        );
        ledger::unite(ledger, &subjects, &profiles, &bonds, &mut cluster_of, &mut decisions);
        bare::attach(
            &subjects,
            &profiles,
            &corpus,
            options,
            &mut bonds,
            &mut cluster_of,
            &mut decisions,
        );
        let mut linked = BTreeMap::new();
        let references = &refer::with_ruled(references, ledger);
        if !references.is_empty() {
            let mut state = refer::State {
                subjects: &subjects,
                profiles: &profiles,
                corpus: &corpus,
                options,
                bonds: &mut bonds,
                cluster_of: &mut cluster_of,
                decisions: &mut decisions,
            };
            linked = refer::link(ledger, references, &mut state);
        }
        let (entities, of) = entities::build(&subjects, &profiles, &cluster_of, &linked);
        decisions.sort_by(|x, y| (&x.a, &x.b, &x.rejected).cmp(&(&y.a, &y.b, &y.rejected)));
        Self {
            subjects,
            corpus,
            profiles,
            bonds,
            options: *options,
            index: OnceLock::new(),
            bearers: OnceLock::new(),
            resolution: Resolution {
                entities,
                decisions,
                of,
                weights: learnt,
                compared: pairs.len() as u64,
            },
            diagnostics,
            remarks,
        }
    }
}

/// The decision about two profiles, named by their smallest referents.
fn decision(
    basis: Basis,
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
    let (comparison, author) = (evidence.into_comparison(), AUTHOR.to_owned());
    Decision { a, b, basis, comparison, author, rejected }
}
