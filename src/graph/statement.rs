//! A claim in which mentions have become entities.

use crate::claim::{Attribution, Claim, ClaimId, Factuality, OfficeStatus};
use crate::date::Interval;
use crate::document::DocumentId;
use crate::entity::{EntityId, ReferentId};
use crate::mention::MentionIdx;
use crate::ontology::Ontology;
use crate::resolution::Resolution;
use crate::span::{ScalarOffsets, Span};
use crate::token::Annotated;

/// What one sentence says of two entities, understandable without its document.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// The claim that it is.
    pub claim: ClaimId,
    /// The relation, a local name of the ontology.
    pub relation: String,
    /// The PLOVER event type of the relation, if it has one.
    pub family: Option<String>,
    /// Who or what it is said of.
    pub subject: End,
    /// The other end.
    pub object: End,
    /// Whether the text says that it happened.
    pub factuality: Factuality,
    /// When it took or takes place.
    pub when: Option<Interval>,
    /// Where it took or takes place.
    pub place: Option<End>,
    /// How much money.
    pub amount: Option<Money>,
    /// Which post, for statements about posts.
    pub office: Option<Post>,
    /// Who says so, when it is not the outlet itself.
    pub attribution: Option<Speaker>,
    /// The sentence or stretch that says it.
    pub evidence: Quote,
    /// The word that says it, in the same document.
    pub trigger: Quote,
    /// The name of the pattern that found it.
    pub pattern: String,
    /// How often claims made like this one are right, between 0 and 1.
    pub confidence: f64,
}

/// An entity as a statement names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// The entity.
    pub entity: EntityId,
    /// The words that stand for it there ("he", "the US envoy", "West").
    pub text: String,
}

/// A sum of money.
#[derive(Clone, PartialEq, Debug)]
pub struct Money {
    /// The value in whole units of the currency.
    pub value: f64,
    /// The currency, ISO 4217, such as `USD`.
    pub unit: String,
    /// The words of the text.
    pub text: String,
}

/// A post in a statement about posts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Post {
    /// The title, as the text has it.
    pub title: String,
    /// What it is an office of.
    pub of: Option<End>,
    /// How the subject stands to it; `None` for who plainly holds it.
    pub status: Option<OfficeStatus>,
}

impl Post {
    /// Whether the subject holds the post at the time of the text.
    pub fn is_held(&self) -> bool {
        self.status.is_none_or(OfficeStatus::is_current)
    }
}

/// Who says what a statement says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// Somebody who is an entity of the graph.
    Entity(End),
    /// Words that name nobody ("officials", "local media").
    Words(String),
}

/// A stretch of a document, quoted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Quote {
    /// The document.
    pub document: DocumentId,
    /// The offset of the first character, in Unicode scalar values.
    pub start: u32,
    /// The offset behind the last character, in Unicode scalar values.
    pub end: u32,
    /// The words, exactly as they stand there.
    pub text: String,
}

impl Statement {
    /// Puts entities in the place of a claim's mentions; `None` if one of its
    /// ends has no entity. `offsets` belongs to the text of the document.
    pub fn resolve(
        claim: &Claim,
        annotated: &Annotated,
        offsets: &ScalarOffsets<'_>,
        resolution: &Resolution,
        ontology: &Ontology,
    ) -> Option<Self> {
        let end = |mention: MentionIdx| -> Option<End> {
            let mention = annotated.mentions.get(mention.index())?;
            let referent =
                ReferentId { document: claim.document.clone(), referent: mention.referent };
            let entity = resolution.of.get(&referent)?.clone();
            Some(End { entity, text: annotated.text(mention.span).to_owned() })
        };
        let quote = |span: Span| {
            let (start, end) = offsets.span(span);
            let text = annotated.text(span).to_owned();
            Quote { document: claim.document.clone(), start, end, text }
        };
        let relation = ontology.relations.get(&claim.relation);
        Some(Self {
            claim: claim.id.clone(),
            relation: claim.relation.clone(),
            family: relation.and_then(|r| r.family(claim.factuality)).map(str::to_owned),
            subject: end(claim.subject)?,
            object: end(claim.object)?,
            factuality: claim.factuality,
            when: claim.when,
            place: claim.place.and_then(end),
            amount: claim.amount.as_ref().map(|amount| Money {
                value: amount.value,
                unit: amount.unit.clone(),
                text: annotated.text(amount.span).to_owned(),
            }),
            office: claim.office.as_ref().map(|office| Post {
                title: office.title.clone(),
                of: office.of.and_then(end),
                status: office.status,
            }),
            attribution: claim.attribution.as_ref().and_then(|attribution| match attribution {
                Attribution::Words(span) => Some(Speaker::Words(annotated.text(*span).to_owned())),
                Attribution::Mention(at) => end(*at).map(Speaker::Entity).or_else(|| {
                    let mention = annotated.mentions.get(at.index())?;
                    Some(Speaker::Words(annotated.text(mention.span).to_owned()))
                }),
            }),
            evidence: quote(claim.evidence),
            trigger: quote(claim.trigger),
            pattern: claim.pattern.clone(),
            confidence: claim.confidence,
        })
    }

    /// Whether it holds at the time of the text, as far as its post tells.
    pub fn is_current(&self) -> bool {
        self.office.as_ref().is_none_or(Post::is_held)
    }

    /// The entities it points to: its ends, its place, what a post is a post
    /// of, and who says so.
    pub fn entities(&self) -> impl Iterator<Item = &EntityId> {
        let of = self.office.as_ref().and_then(|office| office.of.as_ref());
        let speaker = self.attribution.as_ref().and_then(|speaker| match speaker {
            Speaker::Entity(end) => Some(end),
            Speaker::Words(_) => None,
        });
        [Some(&self.subject), Some(&self.object), self.place.as_ref(), of, speaker]
            .into_iter()
            .flatten()
            .map(|end| &end.entity)
    }
}
