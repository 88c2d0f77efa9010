//! Who is who over all documents, and who decided it why.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::entity::{Entity, EntityId, ReferentId};

/// Whether two names, referents or entities are one thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Judgement {
    /// They are.
    Same,
    /// They are not.
    Different,
    /// The evidence does not tell.
    Unsure,
}

impl Judgement {
    /// The word used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }
}

/// One signed piece of evidence.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// What was compared ("surname", "given name", "office").
    pub feature: String,
    /// For (above 0) or against (below 0), in the unit of the score.
    pub weight: f64,
    /// What was found, for a person to read ("Tom is short for Thomas").
    pub detail: String,
}

/// A judgement with its score and reasons.
#[derive(Clone, PartialEq, Debug)]
pub struct Comparison {
    /// The judgement.
    pub judgement: Judgement,
    /// How probable it is that the two are the same, between 0 and 1.
    pub score: f64,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// What two groups of referents were compared by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// Both bear the same name.
    SameName,
    /// They bear different names.
    OtherNames,
    /// One bears a single name that is part of the other's.
    SingleName,
    /// A ruling of the ledger.
    Ruling,
    /// Both are linked to one entry of a reference list.
    Reference,
}

impl Basis {
    /// The word used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameName => "same name",
            Self::OtherNames => "other names",
            Self::SingleName => "single name",
            Self::Ruling => "ruling",
            Self::Reference => "reference",
        }
    }

    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::SameName, Self::OtherNames, Self::SingleName, Self::Ruling, Self::Reference];
}

/// A judgement about two groups of referents, kept with its reasons.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// One side: the smallest referent of the group, and its name.
    pub a: (ReferentId, String),
    /// The other side.
    pub b: (ReferentId, String),
    /// What they were compared by.
    pub basis: Basis,
    /// The comparison.
    pub comparison: Comparison,
    /// Who decided ("silsila" for the program).
    pub author: String,
    /// Whether a merge that looked right was not made ("the cluster holds two
    /// people that one article tells apart").
    pub rejected: Option<String>,
}

/// Who is who.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Resolution {
    /// The entities, by id, sorted by id.
    pub entities: IndexMap<EntityId, Entity>,
    /// The decisions that made them, sorted.
    pub decisions: Vec<Decision>,
    /// The entity of each referent, sorted by referent.
    pub of: IndexMap<ReferentId, EntityId>,
    /// What findings beside the names were worth.
    pub weights: Vec<Weight>,
    /// How many pairs of names were compared.
    pub compared: u64,
}

/// What a finding about two people of different names is worth, in the sense of
/// Fellegi and Sunter (1969).
#[derive(Clone, PartialEq, Debug)]
pub struct Weight {
    /// What is compared ("country").
    pub feature: &'static str,
    /// What is found ("the same").
    pub finding: &'static str,
    /// How often it is found of two names of one person (m).
    pub among_same: f64,
    /// How often it is found of names of two people (u).
    pub by_chance: f64,
    /// By how much this corpus changes the weight that ships, in log-odds.
    pub change: f64,
    /// Of how many pairs it was learnt.
    pub pairs: u64,
}

/// All that resolution knows of one referent of one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Which referent.
    pub id: ReferentId,
    /// The referent.
    pub referent: crate::mention::Referent,
    /// The written forms of its proper names, with how often each stands there.
    pub forms: IndexMap<String, u32>,
    /// The names of what its offices are offices of, along `referent.offices`.
    pub office_of: Vec<Option<String>>,
    /// The language of the document, a BCP 47 tag.
    pub language: String,
    /// The best names of the people and bodies of the document; its own may be
    /// among them. The candidates of a document share one list.
    pub companions: Arc<[String]>,
}
