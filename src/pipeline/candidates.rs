//! What resolution needs to know of a document.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::claim::{Attribution, Claim};
use crate::entity::ReferentId;
use crate::mention::{MentionIdx, MentionKind, Referent, ReferentIdx, Supertype};
use crate::resolution::Candidate;
use crate::token::Annotated;

/// Returns what resolution needs to know of the things of a document: of those
/// that are named or that a claim speaks of.
pub fn candidates(annotated: &Annotated, claims: &[Claim]) -> Vec<Candidate> {
    let referent_of = |mention: MentionIdx| annotated.mention(mention).referent;
    let mut wanted: BTreeSet<ReferentIdx> = (0..annotated.referents.len() as u32)
        .map(ReferentIdx)
        .filter(|referent| annotated.referent(*referent).is_named)
        .collect();
    for claim in claims {
        wanted.extend([claim.subject, claim.object].map(referent_of));
        wanted.extend(claim.place.map(referent_of));
        wanted.extend(claim.office.iter().filter_map(|office| office.of).map(referent_of));
        if let Some(Attribution::Mention(mention)) = claim.attribution {
            wanted.insert(referent_of(mention));
        }
    }
    let companions: Arc<[String]> = (annotated.referents.iter())
        .filter(|referent| {
            referent.is_named
                && matches!(referent.supertype, Supertype::Person | Supertype::Organization)
        })
        .map(|referent| known_as(referent).to_owned())
        .collect();
    let candidate = |idx: ReferentIdx| {
        let referent = annotated.referent(idx);
        let mut forms = IndexMap::new();
        for mention in referent.mentions.iter().map(|mention| annotated.mention(*mention)) {
            if mention.kind == MentionKind::Name {
                *forms.entry(words(annotated.text(mention.span))).or_insert(0) += 1;
            }
        }
        let of = |of: MentionIdx| annotated.referent(referent_of(of)).name.clone();
        Candidate {
            id: ReferentId { document: annotated.document.id.clone(), referent: idx },
            office_of: referent.offices.iter().map(|office| office.of.map(of)).collect(),
            referent: referent.clone(),
            forms,
            language: annotated.language.clone(),
            companions: Arc::clone(&companions),
        }
    };
    wanted.into_iter().map(candidate).collect()
}

/// What a thing is called in documents of any language, as far as tables say.
fn known_as(referent: &Referent) -> &str {
    referent.also.first().unwrap_or(&referent.name)
}

/// A name with its blanks and line ends squeezed.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
