//! Claims out of an annotated document, by the patterns of the ontology.
//!
//! The patterns name logical roles (see [`crate::ontology::pattern`]); `tree`
//! finds them in the dependency tree, `ends` turns words into mentions,
//! `matcher` tries the patterns, and `factuality` and `qualify` say whether,
//! when, where, how much and who says so. What this module deliberately does
//! not do: it knows no relation and no word of any language.

mod ends;
mod factuality;
mod matcher;
mod offices;
mod qualify;
mod tree;

use std::fmt::Write;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::claim::{Claim, ClaimId, Factuality, OfficeStatus};
use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::mention::ReferentIdx;
use crate::ontology::Ontology;
use crate::span::Span;
use crate::token::{Annotated, TokenIdx};

use tree::Tree;

/// Returns the claims that a document makes, in text order.
pub fn extract(ontology: &Ontology, annotated: &Annotated) -> (Vec<Claim>, Vec<Diagnostic>) {
    if annotated.tokens.is_empty() || annotated.mentions.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let tree = Tree::new(ontology, annotated);
    let mut drafts = matcher::drafts(&tree);
    drafts.extend(offices::drafts(&tree));
    let mut drafts = settle(&tree, drafts);
    extend_stays(annotated, &mut drafts);
    let mut claims: Vec<Claim> = drafts.into_iter().map(|draft| draft.claim).collect();
    claims.sort_by(|a, b| {
        (a.trigger, a.evidence, &a.relation, a.subject, a.object).cmp(&(
            b.trigger,
            b.evidence,
            &b.relation,
            b.subject,
            b.object,
        ))
    });
    (claims, Vec::new())
}

/// A claim before it has an id, with the length that the text gives the event.
struct Draft {
    claim: Claim,
    days: Option<u32>,
}

/// Keeps of the drafts that say the same in one sentence the surest one.
fn settle(tree: &Tree<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    type Key = (String, ReferentIdx, ReferentIdx, Span, Factuality, Option<OfficeStatus>);
    let mut best: IndexMap<Key, Draft> = IndexMap::new();
    for mut draft in drafts {
        let claim = &mut draft.claim;
        let symmetric =
            tree.ontology.relations.get(&claim.relation).is_some_and(|relation| relation.symmetric);
        if symmetric
            && tree.annotated.mention(claim.object).span
                < tree.annotated.mention(claim.subject).span
        {
            std::mem::swap(&mut claim.subject, &mut claim.object);
        }
        let referent = |mention| tree.annotated.mention(mention).referent;
        let (mut a, mut b) = (referent(claim.subject), referent(claim.object));
        if symmetric && b < a {
            std::mem::swap(&mut a, &mut b);
        }
        let status = claim.office.as_ref().and_then(|office| office.status);
        let key = (claim.relation.clone(), a, b, claim.evidence, claim.factuality, status);
        match best.get_mut(&key) {
            Some(other) => {
                let better = (draft.claim.confidence, draft.claim.when.is_some())
                    > (other.claim.confidence, other.claim.when.is_some());
                if better {
                    // What only the other one knows is kept.
                    let claim = &mut draft.claim;
                    claim.when = claim.when.or(other.claim.when);
                    claim.place = claim.place.or(other.claim.place);
                    *other = draft;
                } else {
                    let claim = &mut other.claim;
                    claim.when = claim.when.or(draft.claim.when);
                    claim.place = claim.place.or(draft.claim.place);
                }
            }
            None => {
                best.insert(key, draft);
            }
        }
    }
    best.into_values()
        .map(|mut draft| {
            draft.claim.id = id(&draft.claim, tree.annotated);
            draft
        })
        .collect()
}

/// Lengthens stays where the document shows that the longer reading is meant.
///
/// A stay of n days whose last day is known began n - 1 or n days before it.
/// Where the document dates something else that the same person did on that
/// earlier day, the stay had begun by then.
fn extend_stays(annotated: &Annotated, drafts: &mut [Draft]) {
    let days: Vec<(ReferentIdx, PartialDate)> = drafts
        .iter()
        .filter(|draft| draft.days.is_none() && draft.claim.factuality == Factuality::Happened)
        .filter_map(|draft| {
            let when = draft.claim.when?;
            let day = when.from.filter(|day| day.is_full() && when.to == when.from)?;
            Some([(draft.claim.subject, day), (draft.claim.object, day)])
        })
        .flatten()
        .map(|(mention, day)| (annotated.mention(mention).referent, day))
        .collect();
    for draft in drafts {
        let (Some(length), Some(when)) = (draft.days, draft.claim.when.as_mut()) else { continue };
        let Some(earlier) = when.to.and_then(|last| qualify::days_before(last, length)) else {
            continue;
        };
        let who = annotated.mention(draft.claim.subject).referent;
        if days.contains(&(who, earlier)) {
            when.from = Some(earlier);
        }
    }
}

/// The id: a hash of the document's id and everything that makes the claim
/// what it is.
fn id(claim: &Claim, annotated: &Annotated) -> ClaimId {
    let (subject, object) = (annotated.mention(claim.subject), annotated.mention(claim.object));
    let key = format!(
        "{}\u{1F}{}\u{1F}{:?}\u{1F}{:?}\u{1F}{:?}\u{1F}{}",
        claim.document,
        claim.relation,
        subject.span,
        object.span,
        claim.trigger,
        claim.factuality.as_str()
    );
    let digest = Sha256::digest(key.as_bytes());
    let mut id = "c".to_owned();
    for byte in digest.iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    ClaimId(id)
}

/// The sentence that a word stands in, without white space around it.
fn evidence(annotated: &Annotated, token: usize) -> Span {
    let span = annotated.sentence_of(TokenIdx(token as u32)).span;
    let text = annotated.text(span);
    let start = span.start() + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
