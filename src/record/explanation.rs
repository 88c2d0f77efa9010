//! Rows that say why somebody is one, or two are two.

use serde::{Deserialize, Serialize};

use crate::record::{DecisionRow, EntityRow, ReasonRow};

/// Why an entity is one: what `explain` says of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EntityExplanationRow {
    /// The version of the row.
    #[serde(default = "super::version")]
    pub v: u32,
    /// The entity.
    pub entity: EntityRow,
    /// The number of claims that it is an end of.
    pub claims: u64,
    /// The rulings that name it.
    pub rulings: Vec<RulingRow>,
    /// What joined its names, the least certain first.
    pub links: Vec<DecisionRow>,
    /// The entities that come nearest, and were not joined with it.
    pub near: Vec<PairExplanationRow>,
}

/// Why two entities are two, or two names one entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PairExplanationRow {
    /// The version of the row.
    #[serde(default = "super::version")]
    pub v: u32,
    /// One side.
    pub a: NamedRow,
    /// The other side.
    pub b: NamedRow,
    /// Whether they are one entity.
    pub joined: bool,
    /// Whether a ruling says so.
    pub ruled: bool,
    /// The log-odds that they are the same: the sum of the reasons, unless
    /// `because` says otherwise.
    pub log_odds: f64,
    /// The log-odds from which the program joins two such names.
    pub threshold: f64,
    /// How probable it is that they are the same.
    pub score: f64,
    /// What speaks for and against it, the weightiest first.
    pub reasons: Vec<ReasonRow>,
    /// Why it was decided otherwise than the sum says, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The rulings that name both.
    pub rulings: Vec<RulingRow>,
    /// What would change it.
    pub change: Vec<String>,
}

/// A name and the entity that it names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NamedRow {
    /// The id of the entity.
    pub entity: String,
    /// What the entity is called.
    pub label: String,
    /// The name that was compared, as documents write it.
    pub name: String,
    /// The class.
    pub class: String,
    /// The number of documents that name the entity.
    pub documents: u32,
    /// The offices of the entity.
    pub offices: Vec<String>,
    /// Sentences in which it is named so.
    pub evidence: Vec<SentenceRow>,
}

/// A stretch of a document in which something is named.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SentenceRow {
    /// The document.
    pub document: String,
    /// Its title, address or file.
    pub title: String,
    /// Where the name begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What stands before the name.
    pub before: String,
    /// The name.
    pub text: String,
    /// What stands behind it.
    pub after: String,
}

/// A ruling of the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RulingRow {
    /// Its number.
    pub row: u32,
    /// `same`, `different` or `split`.
    pub verdict: String,
    /// What it is about.
    pub sides: Vec<String>,
    /// Who made it.
    pub author: String,
    /// When.
    pub date: String,
    /// Why.
    pub comment: String,
}
