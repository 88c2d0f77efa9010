//! What a text says: a relation between two mentions, with everything that
//! qualifies it and the words that say so.

use std::fmt;

use crate::date::Interval;
use crate::document::DocumentId;
use crate::mention::MentionIdx;
use crate::span::Span;
use crate::token::Amount;

/// The stable id of a claim: a hash of its document, evidence and ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub String);

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the text asserts that it happened (PLOVER's modes; FactBank's
/// factuality in four steps).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Factuality {
    /// Asserted as past or present.
    Happened,
    /// Announced, scheduled, intended.
    Planned,
    /// Supposed, conditional, demanded.
    Possible,
    /// Denied, or said not to have happened.
    Negated,
}

impl Factuality {
    /// The word used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Planned => "planned",
            Self::Possible => "possible",
            Self::Negated => "negated",
        }
    }

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Happened, Self::Planned, Self::Possible, Self::Negated];
}

/// Who says what a claim says, when it is not the outlet itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Attribution {
    /// Somebody that a mention names.
    Mention(MentionIdx),
    /// Words that name nobody ("officials", "local media").
    Words(Span),
}

/// How somebody stands to a post, where that is not plainly holding it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OfficeStatus {
    /// Holds it in place of another.
    Acting,
    /// Holds it until somebody is found or elected.
    Caretaker,
    /// Held it, and holds it no longer.
    Former,
    /// Held it, and keeps the title.
    Retired,
    /// Is chosen for it, and does not hold it yet.
    Designate,
}

impl OfficeStatus {
    /// The word used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acting => "acting",
            Self::Caretaker => "caretaker",
            Self::Former => "former",
            Self::Retired => "retired",
            Self::Designate => "designate",
        }
    }

    /// Whether the post is held at the time of the text.
    pub fn is_current(self) -> bool {
        matches!(self, Self::Acting | Self::Caretaker)
    }

    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Acting, Self::Caretaker, Self::Former, Self::Retired, Self::Designate];
}

/// The post in a claim about a post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficeQualifier {
    /// The title, as the text has it.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// What it is an office of.
    pub of: Option<MentionIdx>,
    /// How the subject stands to it; `None` for who plainly holds it.
    pub status: Option<OfficeStatus>,
}

/// Something that one sentence says of two things.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// The id.
    pub id: ClaimId,
    /// The document.
    pub document: DocumentId,
    /// The relation, a local name of the ontology.
    pub relation: String,
    /// Who or what it is said of.
    pub subject: MentionIdx,
    /// The other end.
    pub object: MentionIdx,
    /// Whether the text says that it happened.
    pub factuality: Factuality,
    /// When it took or takes place.
    pub when: Option<Interval>,
    /// Where it took or takes place.
    pub place: Option<MentionIdx>,
    /// How much money, for gifts and the like.
    pub amount: Option<Amount>,
    /// Which post, for claims about posts.
    pub office: Option<OfficeQualifier>,
    /// Who says so.
    pub attribution: Option<Attribution>,
    /// The sentence or stretch that says it.
    pub evidence: Span,
    /// The word that says it.
    pub trigger: Span,
    /// The name of the pattern that found it.
    pub pattern: String,
    /// How often claims made like this one are right, between 0 and 1.
    pub confidence: f64,
}
