//! "Lena Berg of Oxfam", "Accra, Ghana": whose somebody or where something is,
//! told by nothing but the preposition or comma behind the name.

use crate::claim::{Claim, ClaimId, Factuality};
use crate::mention::{Mention, MentionIdx, MentionKind, Supertype};
use crate::ontology::Relation;
use crate::ontology::pattern::{Fill, Pattern, Requirement, Role, TriggerKind};

use super::super::ends::{self, Candidate};
use super::super::matcher::class_of;
use super::super::{Draft, evidence};
use super::Tree;

/// How sure such a claim is.
const CONFIDENCE: f64 = 0.8;

/// A draft for each name that a preposition or a comma joins to another, where no
/// title says more of the two.
pub(super) fn drafts(tree: &Tree<'_>, known: &[Draft]) -> Vec<Draft> {
    let language = &tree.annotated.language;
    let patterns: Vec<(&Relation, &Pattern)> = (tree.ontology.relations.values())
        .flat_map(|relation| {
            let patterns = relation.patterns.get(language).into_iter().flatten();
            patterns.map(move |pattern| (relation, pattern))
        })
        .filter(|(_, pattern)| pattern.kind == TriggerKind::Name)
        .collect();
    let mut drafts = Vec::new();
    if patterns.is_empty() {
        return drafts;
    }
    for (at, mention) in tree.annotated.mentions.iter().enumerate() {
        let joint = mention.tokens.end;
        if mention.kind != MentionKind::Name || joint >= tree.annotated.tokens.len() {
            continue;
        }
        let subject = MentionIdx(at as u32);
        for object in beside(tree, subject, joint) {
            let found = choose(tree, &patterns, subject, joint, object.mention);
            let Some((relation, pattern)) = found else { continue };
            let draft = draft(tree, relation, pattern, subject, object);
            if !known.iter().any(|other| joins_same(tree, &other.claim, &draft.claim)) {
                drafts.push(draft);
            }
        }
    }
    drafts
}

/// What a preposition or a comma right behind a name joins to it.
fn beside(tree: &Tree<'_>, subject: MentionIdx, joint: usize) -> Vec<Candidate> {
    let mention = tree.annotated.mention(subject);
    if tree.text(joint) == "," {
        let next = MentionIdx(subject.0 + 1);
        let Some(place) = tree.annotated.mentions.get(next.index()) else { return Vec::new() };
        // "Accra, Ghana", but not "Berlin, Accra and Lima".
        let goes_on =
            tree.annotated.tokens.get(place.tokens.end).is_some_and(|next| next.upos == "CCONJ");
        let is_within = place.tokens.start == joint + 1
            && place.supertype == Supertype::Place
            && tree.annotated.sentence_of(mention.head).tokens.contains(&place.tokens.start)
            && !(goes_on && mention.supertype != Supertype::Place)
            && is_of_country(tree, mention, place);
        return if is_within { vec![Candidate { mention: next, doubt: 0.05 }] } else { Vec::new() };
    }
    let hangs_here = tree.token(joint).upos == "ADP"
        && tree.head(joint).is_some_and(|head| mention.tokens.contains(&head));
    if !hangs_here {
        return Vec::new();
    }
    tree.children_by(joint, &["pobj"]).flat_map(|word| ends::mentions(tree, word)).collect()
}

/// Whether two places are known to be of one country, so that "the Sahel, Libya"
/// stays a list; of bodies nothing is known.
fn is_of_country(tree: &Tree<'_>, place: &Mention, whole: &Mention) -> bool {
    let country = |mention: &Mention| tree.annotated.referent(mention.referent).country.as_deref();
    match (country(place), country(whole)) {
        (Some(a), Some(b)) => a == b,
        _ => place.supertype != Supertype::Place,
    }
}

/// The pattern that lets a preposition or a comma join a thing to another, the
/// one that asks for most.
fn choose<'a>(
    tree: &Tree<'_>,
    patterns: &[(&'a Relation, &'a Pattern)],
    subject: MentionIdx,
    joint: usize,
    object: MentionIdx,
) -> Option<(&'a Relation, &'a Pattern)> {
    let mention = tree.annotated.mention(object);
    let class = class_of(tree, mention);
    let named = tree.annotated.mention(subject);
    let subject = class_of(tree, named);
    let joins = |roles: &[Role]| {
        roles.iter().any(|role| match role {
            Role::Preposition(word) => word == tree.lemma(joint),
            Role::Child(label) => *label == "appos" && tree.text(joint) == ",",
            _ => false,
        })
    };
    let fits = |&&(relation, pattern): &&(&Relation, &Pattern)| {
        let wanted = pattern.slots.iter().find(|slot| slot.fill == Fill::Object);
        let holder = pattern.slots.iter().find(|slot| slot.fill == Fill::Subject);
        let has_word = |mention: &Mention, lemmas: &[String]| {
            mention.tokens.clone().any(|at| lemmas.iter().any(|lemma| lemma == tree.lemma(at)))
        };
        let meets = |requirement: &Requirement| {
            let of_subject = requirement.roles.contains(&Role::Holder);
            let mention = if of_subject { named } else { mention };
            (of_subject || joins(&requirement.roles))
                && has_word(mention, &requirement.lemmas) != requirement.forbids
        };
        mention.kind == MentionKind::Name
            && wanted.is_some_and(|slot| {
                joins(&slot.roles)
                    && slot.class.as_ref().is_none_or(|c| tree.ontology.is_a(class, c))
            })
            && holder.is_some_and(|slot| {
                slot.class.as_ref().is_none_or(|c| tree.ontology.is_a(subject, c))
            })
            && pattern.requirements.iter().all(meets)
            && tree.ontology.allows(&relation.range, class)
            && tree.ontology.allows(&relation.domain, subject)
    };
    patterns.iter().filter(fits).max_by_key(|(_, pattern)| pattern.requirements.len()).copied()
}

/// Whether two claims of one sentence are of the same two things.
fn joins_same(tree: &Tree<'_>, a: &Claim, b: &Claim) -> bool {
    let referent = |mention| tree.annotated.mention(mention).referent;
    a.evidence == b.evidence
        && referent(a.subject) == referent(b.subject)
        && referent(a.object) == referent(b.object)
}

fn draft(
    tree: &Tree<'_>,
    relation: &Relation,
    pattern: &Pattern,
    subject: MentionIdx,
    object: Candidate,
) -> Draft {
    let annotated = tree.annotated;
    let joint = annotated.mention(subject).tokens.end;
    let claim = Claim {
        id: ClaimId(String::new()),
        document: annotated.document.id.clone(),
        relation: relation.name.clone(),
        subject,
        object: object.mention,
        factuality: Factuality::Happened,
        when: None,
        place: None,
        amount: None,
        office: None,
        attribution: None,
        evidence: evidence(annotated, joint),
        trigger: tree.token(joint).span,
        pattern: pattern.text.clone(),
        confidence: ((CONFIDENCE - object.doubt) * 100.0).round() / 100.0,
    };
    Draft { claim, days: None }
}
