//! "Lena Berg of Oxfam": whose somebody is, told by nothing but the preposition
//! behind the name.

use crate::claim::{Claim, ClaimId, Factuality};
use crate::mention::{MentionIdx, MentionKind};
use crate::ontology::Relation;
use crate::ontology::pattern::{Fill, Pattern, Role, TriggerKind};

use super::super::ends;
use super::super::matcher::class_of;
use super::super::{Draft, evidence};
use super::Tree;

/// How sure such a claim is.
const CONFIDENCE: f64 = 0.8;

/// A draft for each person whose name a preposition joins to a body, where no
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
    for (at, person) in tree.annotated.mentions.iter().enumerate() {
        let preposition = person.tokens.end;
        if !person.is_person_name()
            || preposition >= tree.annotated.tokens.len()
            || tree.token(preposition).upos != "ADP"
            || tree.head(preposition).is_none_or(|head| !person.tokens.contains(&head))
        {
            continue;
        }
        let person = MentionIdx(at as u32);
        for word in tree.children_by(preposition, &["pobj"]) {
            for body in ends::mentions(tree, word) {
                let found = choose(tree, &patterns, person, preposition, body.mention);
                let Some((relation, pattern)) = found else { continue };
                let draft = draft(tree, relation, pattern, person, body.mention, body.doubt);
                if !known.iter().any(|other| joins_same(tree, &other.claim, &draft.claim)) {
                    drafts.push(draft);
                }
            }
        }
    }
    drafts
}

/// The pattern that lets a preposition join a body to a person, the one that
/// asks for most.
fn choose<'a>(
    tree: &Tree<'_>,
    patterns: &[(&'a Relation, &'a Pattern)],
    person: MentionIdx,
    preposition: usize,
    body: MentionIdx,
) -> Option<(&'a Relation, &'a Pattern)> {
    let mention = tree.annotated.mention(body);
    let class = class_of(tree, mention);
    let subject = class_of(tree, tree.annotated.mention(person));
    let joins = |roles: &[Role]| {
        roles
            .iter()
            .any(|role| matches!(role, Role::Preposition(word) if word == tree.lemma(preposition)))
    };
    let fits = |&&(relation, pattern): &&(&Relation, &Pattern)| {
        let wanted = pattern.slots.iter().find(|slot| slot.fill == Fill::Object);
        let has_word = |lemmas: &[String]| {
            mention.tokens.clone().any(|at| lemmas.iter().any(|lemma| lemma == tree.lemma(at)))
        };
        mention.kind == MentionKind::Name
            && wanted.is_some_and(|slot| {
                joins(&slot.roles)
                    && slot.class.as_ref().is_none_or(|c| tree.ontology.is_a(class, c))
            })
            && pattern.requirements.iter().all(|requirement| {
                joins(&requirement.roles) && has_word(&requirement.lemmas) != requirement.forbids
            })
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
    person: MentionIdx,
    body: MentionIdx,
    doubt: f64,
) -> Draft {
    let annotated = tree.annotated;
    let preposition = annotated.mention(person).tokens.end;
    let claim = Claim {
        id: ClaimId(String::new()),
        document: annotated.document.id.clone(),
        relation: relation.name.clone(),
        subject: person,
        object: body,
        factuality: Factuality::Happened,
        when: None,
        place: None,
        amount: None,
        office: None,
        attribution: None,
        evidence: evidence(annotated, preposition),
        trigger: tree.token(preposition).span,
        pattern: pattern.text.clone(),
        confidence: ((CONFIDENCE - doubt) * 100.0).round() / 100.0,
    };
    Draft { claim, days: None }
}
