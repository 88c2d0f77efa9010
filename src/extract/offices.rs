//! Claims about posts: who holds which office of what.

use crate::claim::{Claim, ClaimId, Factuality, OfficeQualifier};
use crate::mention::{MentionIdx, MentionKind, ReferentIdx, Supertype};
use crate::ontology::Relation;
use crate::ontology::pattern::{Pattern, TriggerKind};

use super::tree::Tree;
use super::{Draft, evidence};

/// Returns a draft for each office that the document says a person holds and
/// says of what. The most specific relation whose pattern names a word of the
/// title is taken; one without words takes what is left.
pub(super) fn drafts(tree: &Tree<'_>) -> Vec<Draft> {
    let patterns: Vec<(&Relation, &Pattern)> = tree
        .ontology
        .relations
        .values()
        .flat_map(|relation| {
            relation
                .patterns
                .get(&tree.annotated.language)
                .into_iter()
                .flatten()
                .filter(|pattern| pattern.kind == TriggerKind::Office)
                .map(move |pattern| (relation, pattern))
        })
        .collect();
    let mut drafts = Vec::new();
    for (at, referent) in tree.annotated.referents.iter().enumerate() {
        if referent.supertype != Supertype::Person || !referent.is_named {
            continue;
        }
        for office in &referent.offices {
            let Some(of) = office.of else { continue };
            let title = office.title.to_lowercase();
            let names = |pattern: &Pattern| {
                pattern
                    .lemmas
                    .iter()
                    .any(|lemma| title.split(|c: char| !c.is_alphanumeric()).any(|w| w == lemma))
            };
            let chosen = patterns
                .iter()
                .find(|(_, pattern)| names(pattern))
                .or_else(|| patterns.iter().find(|(_, pattern)| pattern.lemmas.is_empty()));
            let Some((relation, pattern)) = chosen else { continue };
            let class = &tree.annotated.mention(of).class;
            if !tree.ontology.allows(&relation.range, class) {
                continue;
            }
            let Some(holder) = nearest(tree, ReferentIdx(at as u32), office.span.start()) else {
                continue;
            };
            if tree.annotated.mention(of).referent == tree.annotated.mention(holder).referent {
                continue;
            }
            let token = tree.annotated.mention(holder).tokens.start;
            drafts.push(Draft {
                claim: Claim {
                    id: ClaimId(String::new()),
                    document: tree.annotated.document.id.clone(),
                    relation: relation.name.clone(),
                    subject: holder,
                    object: of,
                    factuality: Factuality::Happened,
                    when: None,
                    place: None,
                    amount: None,
                    office: Some(OfficeQualifier {
                        title: office.title.clone(),
                        span: office.span,
                        of: office.of,
                    }),
                    attribution: None,
                    evidence: evidence(tree.annotated, token),
                    trigger: office.span,
                    pattern: pattern.text.clone(),
                    confidence: 0.85,
                },
                days: None,
            });
        }
    }
    drafts
}

/// The mention of a person nearest to a place in the text, a name if one is in
/// the same sentence.
fn nearest(tree: &Tree<'_>, referent: ReferentIdx, at: usize) -> Option<MentionIdx> {
    tree.annotated
        .referent(referent)
        .mentions
        .iter()
        .copied()
        .filter(|&m| tree.annotated.mention(m).kind == MentionKind::Name)
        .min_by_key(|&m| tree.annotated.mention(m).span.start().abs_diff(at))
}
