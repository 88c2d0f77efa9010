//! Flat rows, one JSON object a line: the contract between the stages.
//!
//! The nouns of the program point into texts by bytes and to each other by
//! position. Rows say the same in a form that any tool reads: offsets count
//! Unicode scalar values (as a Python slice does), and each row can be
//! understood without the others. Keys come in a fixed order, a field without a
//! value is left out, unknown fields are passed over on reading, and every row
//! bears the version of this contract.
//!
//! [`convert`] and [`referents`] make rows of nouns; [`jsonl`] writes rows to and
//! reads them from a stream; [`ledger`] does so with the table of what people
//! have decided.

pub mod convert;
mod explanation;
pub mod jsonl;
pub mod ledger;
pub mod reference;
pub mod referents;
pub mod stats;

use serde::{Deserialize, Serialize};

pub use explanation::{EntityExplanationRow, NamedRow, PairExplanationRow, RulingRow, SentenceRow};
pub use jsonl::{RecordError, Rows, write_row};

/// The version of the rows, their field `v`.
pub const VERSION: u32 = 1;

/// The version of a row that does not name one.
fn version() -> u32 {
    VERSION
}

/// Any row.
pub trait Row: Serialize + for<'de> Deserialize<'de> {
    /// The version it was written with.
    fn version(&self) -> u32;
}

macro_rules! rows {
    ($($row:ty),+ $(,)?) => {
        $(impl Row for $row {
            fn version(&self) -> u32 {
                self.v
            }
        })+
    };
}

rows!(
    DocumentRow,
    AnnotationRow,
    ClaimRow,
    PairRow,
    ComparisonRow,
    EntityRow,
    DecisionRow,
    ReferentsRow,
    ReferenceRow,
    EntityExplanationRow,
    PairExplanationRow,
    WeightRow,
    ManifestRow
);

/// An article, in `documents.jsonl`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DocumentRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The id.
    pub id: String,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The address it was published at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The outlet that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The file it was read from, as the user named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The document that this one copies or translates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<String>,
    /// The text that all offsets count in.
    pub text: String,
    /// The stretches of it that make no claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedRow>,
}

/// The annotation of one article.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AnnotationRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The document.
    pub document: String,
    /// The language it was read in.
    pub language: String,
    /// The date of publication, given or found in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The mentions, in text order.
    pub mentions: Vec<MentionRow>,
    /// The expressions of time, in text order.
    pub dates: Vec<DateRow>,
    /// The sums of money, in text order.
    pub amounts: Vec<AmountRow>,
    /// The stretches that make no claim, in text order.
    pub skipped: Vec<SkippedRow>,
}

/// A span that names something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MentionRow {
    /// The id within the document.
    pub id: String,
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words.
    pub text: String,
    /// The class.
    pub class: String,
    /// The broadest class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supertype: Option<String>,
    /// `name`, `nominal`, `pronoun`, or `mistranslation` for a word that a machine
    /// probably put for a name.
    pub kind: String,
    /// Which mentions of the document are the same thing.
    pub entity: String,
}

/// An expression of time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DateRow {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words.
    pub text: String,
    /// The first date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The number of days, of a length of time without a place ("two-day").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// A sum of money.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AmountRow {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words.
    pub text: String,
    /// The value in whole units of the currency.
    #[serde(serialize_with = "convert::number")]
    pub value: f64,
    /// The currency, ISO 4217.
    pub unit: String,
}

/// A stretch of text that makes no claim.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SkippedRow {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Why.
    pub reason: String,
}

/// A claim, in `claims.jsonl`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ClaimRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The id.
    pub id: String,
    /// The document that makes it.
    pub document: String,
    /// The date of publication of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where the document comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRow>,
    /// The relation, a local name of the ontology.
    pub relation: String,
    /// The PLOVER event type of the relation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Who or what it is said of.
    pub subject: EndRow,
    /// The other end.
    pub object: EndRow,
    /// `happened`, `planned`, `possible` or `negated`.
    pub factuality: String,
    /// The first date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where it took or takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<EndRow>,
    /// How much money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountRow>,
    /// Which post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeRow>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<AttributionRow>,
    /// The sentence or stretch that says it.
    pub evidence: QuoteRow,
    /// The word that says it.
    pub trigger: QuoteRow,
    /// The pattern that found it.
    pub pattern: String,
    /// How often claims made like this one are right.
    pub confidence: f64,
}

/// Where a document comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SourceRow {
    /// The file it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The address it was published at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The outlet that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
}

/// One end of a claim.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EndRow {
    /// The mention, as `annotate` numbers it.
    pub mention: String,
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words as they stand there ("he", "the US envoy").
    pub text: String,
    /// The best name known.
    pub name: String,
    /// The class.
    pub class: String,
    /// The id of the thing: within the document, or over all in `build`.
    pub entity: String,
    /// Whether the words are a probable mistranslation of the name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mistranslated: bool,
}

/// The post in a claim about a post.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfficeRow {
    /// The title.
    pub title: String,
    /// The name of what it is an office of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The id of that thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_entity: Option<String>,
    /// The mention of it, as `annotate` numbers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_mention: Option<String>,
    /// How the subject stands to it (`acting`, `caretaker`, `former`, `retired`
    /// or `designate`); none for who plainly holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Who says what a claim says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AttributionRow {
    /// Somebody that a mention names.
    End(EndRow),
    /// Words that name nobody.
    Words(QuoteRow),
}

/// A stretch of the document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QuoteRow {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// Two names to compare: what `compare` reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PairRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The id of the pair, any JSON value, given back in the answer.
    #[serde(default)]
    pub id: serde_json::Value,
    /// One name.
    pub a: String,
    /// The other name.
    pub b: String,
    /// What both are; a person if it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// What `compare` says of a pair.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ComparisonRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The id of the pair.
    pub id: serde_json::Value,
    /// `same`, `different` or `unsure`.
    pub judgement: String,
    /// How probable it is that they are the same.
    pub score: f64,
    /// The reasons, the weightiest first.
    pub reasons: Vec<ReasonRow>,
}

/// One signed piece of evidence.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReasonRow {
    /// What was compared.
    pub feature: String,
    /// For (above 0) or against (below 0).
    pub weight: f64,
    /// What was found.
    pub detail: String,
}

/// What a finding about two people was worth, in `weights.jsonl`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WeightRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// What was compared.
    pub feature: String,
    /// What was found.
    pub finding: String,
    /// How often it is found of two names of one person.
    pub m: f64,
    /// How often it is found of names of two people.
    pub u: f64,
    /// By how much these articles change the weight that ships, in log-odds.
    pub change: f64,
    /// Of how many pairs that was learnt.
    pub pairs: u64,
}

/// A thing in the world, in `entities.jsonl`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EntityRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The id.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// The class.
    pub class: String,
    /// The broadest class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supertype: Option<String>,
    /// All written forms, the most frequent first.
    pub names: Vec<NameRow>,
    /// The offices held.
    pub offices: Vec<EntityOfficeRow>,
    /// IRIs of the same thing elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
    /// The words that were probably put for its name in translation; they are
    /// no names of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mistranslated: Vec<String>,
    /// The number of documents that name it.
    pub documents: u32,
}

/// A written form of a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NameRow {
    /// The form.
    pub text: String,
    /// The language of the texts it stands in.
    pub language: String,
    /// The script, ISO 15924.
    pub script: String,
    /// How many mentions bear it.
    pub count: u32,
}

/// An office of an entity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EntityOfficeRow {
    /// The title.
    pub title: String,
    /// The name of what it is an office of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// `former` or `designate`, where the title says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// How many documents say so.
    pub documents: u32,
}

/// Who is who, and why, in `decisions.jsonl`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DecisionRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// One side.
    pub a: SideRow,
    /// The other side.
    pub b: SideRow,
    /// What they were compared by: `same name`, `other names`, `single name`,
    /// `ruling` or `reference`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// How many merges of the like the row stands for; it is the least certain
    /// of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// `same`, `different` or `unsure`.
    pub judgement: String,
    /// How probable it is that they are the same.
    pub score: f64,
    /// The reasons, the weightiest first.
    pub reasons: Vec<ReasonRow>,
    /// Who decided.
    pub author: String,
    /// Why a merge that looked right was not made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected: Option<String>,
}

/// One side of a decision: a thing of one document that stands for its group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SideRow {
    /// The document.
    pub document: String,
    /// The id of the thing within the document.
    pub referent: String,
    /// Its name there.
    pub name: String,
    /// The entity that it became part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}

/// What resolution knows of the things of an article, in `referents.jsonl`:
/// from these rows it can be done again without the article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReferentsRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The document.
    pub document: String,
    /// Its language, a BCP 47 tag.
    pub language: String,
    /// The things that it names or speaks of.
    pub referents: Vec<ReferentRow>,
}

/// A thing of one document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReferentRow {
    /// The id within the document.
    pub id: String,
    /// The best name that the document gives, or the description.
    pub name: String,
    /// The class.
    pub class: String,
    /// The broadest class, if it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supertype: Option<String>,
    /// The written forms of its proper names, with how often each stands there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<(String, u32)>,
    /// The posts held: title, and the name of what it is an office of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<(String, Option<String>)>,
    /// `masculine` or `feminine`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// The country it is tied to, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// What tables call it in other scripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The words that were probably put for its name in translation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mistranslated: Vec<String>,
    /// Whether only descriptions or pronouns name it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnamed: bool,
    /// The mentions: number, where it begins, where it ends.
    pub mentions: Vec<(u32, u32, u32)>,
}

/// An entry of a reference list, in `references.jsonl`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReferenceRow {
    /// The version of the row.
    #[serde(default = "version")]
    pub v: u32,
    /// The list, by its place among those given.
    pub list: u32,
    /// The id, an IRI.
    pub id: String,
    /// The broadest class.
    pub class: String,
    /// The names.
    pub names: Vec<String>,
    /// The titles of offices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<String>,
    /// The countries, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
}

/// What a folder made by `build` holds: its file `silsila.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ManifestRow {
    /// The version of the rows beside it.
    #[serde(default = "version")]
    pub v: u32,
    /// The program and its version.
    pub program: String,
    /// The number of documents read.
    pub documents: u64,
    /// The number of claims.
    pub claims: u64,
    /// The number of claims left out because only a pronoun stands for an end.
    #[serde(default)]
    pub unnamed: u64,
    /// The documents, or lines and files that should be some, that were passed
    /// over.
    #[serde(default)]
    pub passed_over: u64,
    /// The number of errors in the input.
    #[serde(default)]
    pub errors: u64,
    /// The number of entities.
    pub entities: u64,
    /// The files beside it that the program made, sorted.
    pub files: Vec<String>,
}

#[cfg(test)]
mod tests;
