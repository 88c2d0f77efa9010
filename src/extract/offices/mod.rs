//! Claims about posts and roles: who holds, held or is to hold which one of
//! what.
//!
//! A title is a noun that annotation took for an office or that a pattern of
//! the ontology names. [`holder`] finds who holds it, [`body`] of what, and
//! [`post`] what its own words say of its being held. Which relation it makes
//! is up to the patterns: the one that names the title most closely is taken,
//! one without words takes what is left.

mod affiliation;
mod body;
mod holder;
mod post;

use crate::claim::{Claim, ClaimId, Factuality, OfficeQualifier, OfficeStatus};
use crate::date::Interval;
use crate::mention::{HeldOffice, MentionIdx, MentionKind, ReferentIdx, Supertype};
use crate::ontology::Relation;
use crate::ontology::pattern::{Condition, Fill, Pattern, Role, TriggerKind};

use super::ends::Candidate;
use super::matcher::class_of;
use super::tree::Tree;
use super::{Draft, evidence, factuality, qualify};
use body::Body;
use holder::{Holding, Phase};
use post::Post;

/// How sure a claim about a post is that nothing speaks against.
const CONFIDENCE: f64 = 0.88;

/// Returns a draft for each post that the document says somebody holds, held
/// or is to hold, and says of what.
pub(super) fn drafts(tree: &Tree<'_>) -> Vec<Draft> {
    let roles = Roles::new(tree);
    let mut drafts: Vec<Draft> = Vec::new();
    for at in 0..tree.annotated.tokens.len() {
        let Some(post) = Post::at(tree, at) else { continue };
        let names = post.names(tree);
        // A noun is a title if annotation or the verb says so, or a pattern
        // names it.
        if !post.is_office && names.is_empty() && !holder::is_role(tree, post.head) {
            continue;
        }
        for draft in roles.drafts(tree, &post, &names) {
            match drafts.iter_mut().find(|other| is_same(&other.claim, &draft.claim)) {
                Some(other) => join_titles(tree, &mut other.claim, &draft.claim),
                None => drafts.push(draft),
            }
        }
    }
    let affiliations = affiliation::drafts(tree, &drafts);
    drafts.extend(affiliations);
    drafts
}

/// Whether two claims are of one person and one body, and differ in the title
/// at most: "president and chief executive".
fn is_same(a: &Claim, b: &Claim) -> bool {
    let status = |claim: &Claim| claim.office.as_ref().and_then(|office| office.status);
    (a.subject, a.object, &a.relation, a.factuality, a.evidence)
        == (b.subject, b.object, &b.relation, b.factuality, b.evidence)
        && status(a) == status(b)
}

/// Lets the title of a claim run on over the coordinated one behind it.
fn join_titles(tree: &Tree<'_>, claim: &mut Claim, other: &Claim) {
    let (Some(office), Some(next)) = (&mut claim.office, &other.office) else { return };
    let between = tree.annotated.tokens.iter().filter(|token| {
        office.span.end() <= token.span.start() && token.span.end() <= next.span.start()
    });
    let mut between = between.peekable();
    if between.peek().is_some()
        && between.all(|token| matches!(token.upos, "CCONJ" | "PUNCT" | "DET"))
    {
        office.span = office.span.cover(next.span);
        let text = tree.annotated.text(office.span);
        office.title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    claim.when = claim.when.or(other.when);
}

/// A pattern of a post, with the titles that it names.
struct RolePattern<'a> {
    relation: &'a Relation,
    pattern: &'a Pattern,
    names: Vec<&'a str>,
}

/// The patterns of posts, and what annotation says of them.
struct Roles<'a> {
    patterns: Vec<RolePattern<'a>>,
    held: Vec<(ReferentIdx, &'a HeldOffice)>,
}

impl<'a> Roles<'a> {
    fn new(tree: &Tree<'a>) -> Self {
        let language = &tree.annotated.language;
        let of = |relation: &'a Relation| {
            let patterns = relation.patterns.get(language).into_iter().flatten();
            patterns.filter(|pattern| pattern.kind == TriggerKind::Office).map(move |pattern| {
                let names = tree.ontology.trigger_words(language, pattern).collect();
                RolePattern { relation, pattern, names }
            })
        };
        let patterns = tree.ontology.relations.values().flat_map(of).collect();
        let held = (tree.annotated.referents.iter().enumerate())
            .filter(|(_, referent)| referent.supertype == Supertype::Person && referent.is_named)
            .flat_map(|(at, referent)| {
                referent.offices.iter().map(move |office| (ReferentIdx(at as u32), office))
            })
            .collect();
        Self { patterns, held }
    }

    /// The claims that a title makes, by the names of roles that end it.
    fn drafts(&self, tree: &Tree<'_>, post: &Post, names: &[&str]) -> Vec<Draft> {
        let at = tree.token(post.head).span;
        let held: Vec<_> =
            self.held.iter().filter(|(_, office)| office.span.contains(at)).collect();
        let by_tree = holder::holding(tree, post);
        let is_inner = post.is_behind_title(tree);
        let by_annotation = || {
            if is_inner {
                return None;
            }
            let holders: Vec<Candidate> = (held.iter())
                .filter_map(|(person, office)| nearest(tree, *person, office.span.start()))
                .map(|mention| Candidate { mention, doubt: 0.0 })
                .collect();
            let phase = Phase::Holds;
            (!holders.is_empty()).then_some(Holding { holders, verb: None, phase })
        };
        // A verb says more than the place beside a name.
        let holding = match by_tree {
            Some(holding) if holding.verb.is_some() => Some(holding),
            other => by_annotation().or(other),
        };
        let Some(holding) = holding else { return Vec::new() };
        // "the minister and the presidents of the chambers": others, unnamed.
        let is_seat = tree.is_cue("seat", post.head);
        if post.is_plural(tree) && holding.holders.len() < 2 && !is_seat {
            return Vec::new();
        }
        let mut bodies = body::bodies(tree, post, &holding);
        if bodies.is_empty() {
            let of = held.iter().filter_map(|(_, office)| office.of);
            let of = of.filter(|&of| !body::is_destination(tree, post, of)).take(1);
            bodies = of.map(|mention| Body { mention, via: None }).collect();
        }
        let mut drafts = Vec::new();
        let mut via: Option<Option<String>> = None;
        for body in bodies {
            // Behind "of" stands the body, behind the next preposition where
            // or when; parsers hang there what belongs to another title, too.
            let is_next = body.via.is_some() && via.as_ref().is_some_and(|via| *via != body.via);
            if is_next && !is_whole(tree, &body, &drafts) {
                continue;
            }
            // "Speaker of the Assembly Sheikh Doe": it belongs to the speaker.
            let span = tree.annotated.mention(body.mention).span;
            let is_of_another = |(_, office): &(ReferentIdx, &HeldOffice)| {
                office.span.contains(span) && !office.span.contains(at)
            };
            if body.via.is_none() && self.held.iter().any(is_of_another) {
                continue;
            }
            let Some(chosen) = self.choose(tree, post, names, &body, false) else { continue };
            let besides = self.choose(tree, post, names, &body, true);
            via = Some(body.via.clone());
            let body = body.mention;
            let said = std::iter::once(chosen).chain(besides);
            for ((relation, pattern), holder) in
                said.flat_map(|said| holding.holders.iter().map(move |holder| (said, holder)))
            {
                let subject = tree.annotated.mention(holder.mention);
                if subject.referent != tree.annotated.mention(body).referent
                    && tree.ontology.allows(&relation.domain, class_of(tree, subject))
                {
                    let title = held.first().map(|(_, office)| *office);
                    drafts.push(draft(
                        tree,
                        post,
                        &holding,
                        *holder,
                        (relation, pattern),
                        body,
                        title,
                    ));
                }
            }
        }
        drafts
    }

    /// The relation of a title of a body: by the pattern with the longest name
    /// of the title, then the one that asks for most.
    /// With `besides`, of the patterns that say something besides.
    fn choose(
        &self,
        tree: &Tree<'_>,
        post: &Post,
        names: &[&str],
        body: &Body,
        besides: bool,
    ) -> Option<(&'a Relation, &'a Pattern)> {
        let class = class_of(tree, tree.annotated.mention(body.mention));
        let rank = |role: &RolePattern<'_>| -> Option<(usize, usize)> {
            if role.pattern.conditions.contains(&Condition::Also) != besides {
                return None;
            }
            let wanted = role.pattern.slots.iter().find(|slot| slot.fill == Fill::Object)?;
            let fits = wanted.class.as_ref().is_none_or(|c| tree.ontology.is_a(class, c));
            if !fits
                || !is_joined(&wanted.roles, body.via.as_deref())
                || !is_of_kind(tree, role.pattern, body.mention)
                || !tree.ontology.allows(&role.relation.range, class)
            {
                return None;
            }
            let named = role.names.iter().filter(|name| names.contains(name));
            let takes_left =
                role.names.is_empty() && post.is_office || role.names == ["*"] && !post.is_office;
            let any = (takes_left && names.is_empty()).then_some(0);
            let length = named.map(|name| name.len()).max().or(any)?;
            Some((length, role.pattern.requirements.len()))
        };
        let mut best: Option<((usize, usize), (&Relation, &Pattern))> = None;
        for role in &self.patterns {
            let Some(rank) = rank(role) else { continue };
            if best.as_ref().is_none_or(|(other, _)| *other < rank) {
                best = Some((rank, (role.relation, role.pattern)));
            }
        }
        best.map(|(_, chosen)| chosen)
    }
}

/// Whether a body behind another preposition is the one that the first is a
/// part of: "in the Department of Physics at Lund University".
fn is_whole(tree: &Tree<'_>, body: &Body, drafts: &[Draft]) -> bool {
    let supertype = |mention| tree.annotated.mention(mention).supertype;
    body.via.as_ref().is_some_and(|via| tree.is_cue_word("partMarker", via))
        && supertype(body.mention) == Supertype::Organization
        && drafts.last().is_some_and(|draft| {
            supertype(draft.claim.object) == Supertype::Organization
                && draft.claim.object < body.mention
        })
}

/// Whether the roles of a slot let a preposition join the body to the title;
/// `of` stands for whatever a title is of.
fn is_joined(roles: &[Role], via: Option<&str>) -> bool {
    roles.iter().any(|role| match role {
        Role::Preposition(word) => word == "of" || via.is_none_or(|via| via == word),
        _ => false,
    })
}

/// Whether a body's name has a word that the pattern asks for: "member of the
/// Senate" is a seat, "member of the Royal Society" is none.
fn is_of_kind(tree: &Tree<'_>, pattern: &Pattern, body: MentionIdx) -> bool {
    let words = || tree.annotated.mention(body).tokens.clone();
    pattern.requirements.iter().all(|requirement| {
        !requirement.roles.contains(&Role::Preposition("of".to_owned()))
            || words().any(|at| {
                requirement.lemmas.iter().any(|lemma| match lemma.strip_prefix('%') {
                    Some(cue) => tree.is_cue(cue, at),
                    None => lemma == tree.lemma(at),
                })
            })
    })
}

fn draft(
    tree: &Tree<'_>,
    post: &Post,
    holding: &Holding,
    holder: Candidate,
    (relation, pattern): (&Relation, &Pattern),
    body: MentionIdx,
    held: Option<&HeldOffice>,
) -> Draft {
    let factuality = match holding.verb {
        Some(verb) => factuality::factuality(tree, verb),
        None => Factuality::Happened,
    };
    let (first, last) = (post.tokens.start, post.tokens.end.max(post.tokens.start + 1) - 1);
    let span = match held {
        Some(office) => office.span,
        None => tree.token(first).span.cover(tree.token(last).span),
    };
    let title = held.map_or_else(|| post.title(tree), |office| office.title.clone());
    let status = status(post::shared_status(tree, post), holding.phase, factuality);
    // Beside a name there is the date of what the sentence tells, not the post's.
    let when = holding.verb.and_then(|verb| {
        let at = |at| qualify::when(tree, at, factuality).interval;
        at(verb).or_else(|| at(post.head))
    });
    let doubt = |mention| match tree.annotated.mention(mention).kind {
        MentionKind::Name => 0.0,
        MentionKind::Nominal => 0.05,
        MentionKind::Pronoun if tree.annotated.is_described(mention) => 0.1,
        MentionKind::Pronoun | MentionKind::Mistranslation => 0.3,
    };
    let doubt = doubt(holder.mention) + doubt(body);
    let claim = Claim {
        id: ClaimId(String::new()),
        document: tree.annotated.document.id.clone(),
        relation: relation.name.clone(),
        subject: holder.mention,
        object: body,
        factuality,
        when: when.and_then(|when| tenure(when, holding.phase)),
        place: None,
        amount: None,
        office: Some(OfficeQualifier { title, span, of: Some(body), status }),
        attribution: holding.verb.and_then(|verb| qualify::attribution(tree, verb)),
        evidence: evidence(tree.annotated, post.head),
        trigger: span,
        pattern: pattern.text.clone(),
        confidence: ((CONFIDENCE - doubt - holder.doubt) * 100.0).round() / 100.0,
    };
    Draft { claim, days: None }
}

/// How somebody stands to a post, by the words of the title and by the verb.
fn status(
    said: Option<OfficeStatus>,
    phase: Phase,
    factuality: Factuality,
) -> Option<OfficeStatus> {
    let happened = factuality == Factuality::Happened;
    match phase {
        Phase::Held | Phase::Ends if happened => match said {
            Some(OfficeStatus::Retired) => said,
            _ => Some(OfficeStatus::Former),
        },
        Phase::Chosen if happened => said.or(Some(OfficeStatus::Designate)),
        _ => said,
    }
}

/// The time for which a post is held, by the date of what the verb says.
fn tenure(when: Interval, phase: Phase) -> Option<Interval> {
    let tenure = match phase {
        // "Today she is the envoy" says nothing of when she came to be.
        Phase::Holds if when.from.is_some() && when.to.is_some() => return None,
        Phase::Holds | Phase::Held => when,
        Phase::Begins => Interval { from: when.from.or(when.to), to: None },
        Phase::Ends => Interval { from: None, to: when.to.or(when.from) },
        Phase::Chosen => return None,
    };
    (tenure.from.is_some() || tenure.to.is_some()).then_some(tenure)
}

/// The name of a person nearest to a place in the text.
fn nearest(tree: &Tree<'_>, referent: ReferentIdx, at: usize) -> Option<MentionIdx> {
    tree.annotated
        .referent(referent)
        .mentions
        .iter()
        .copied()
        .filter(|&m| tree.annotated.mention(m).kind == MentionKind::Name)
        .min_by_key(|&m| tree.annotated.mention(m).span.start().abs_diff(at))
}
