//! The shape of `tables.json`, which `scripts/convert_spacy.py` writes.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The version of the format that this reader knows.
pub(super) const FORMAT: u32 = 1;

#[derive(Deserialize, Debug)]
pub(super) struct Tables {
    pub format: u32,
    pub language: String,
    pub name: String,
    pub version: String,
    pub encoders: BTreeMap<String, EncoderTable>,
    pub vectors: Option<VectorsTable>,
    pub tagger: TaggerTable,
    pub parser: TransitionTable,
    pub ner: TransitionTable,
    pub tokenizer: TokenizerTable,
    /// Norms by the id of the word.
    pub norms: Vec<(u64, String)>,
    pub ruler: Vec<RuleTable>,
    pub lemmatizer: LemmaTable,
}

#[derive(Deserialize, Debug)]
pub(super) struct EncoderTable {
    pub embeddings: Vec<EmbeddingTable>,
    pub static_vectors: bool,
    pub mix: LayerTable,
    pub layers: Vec<LayerTable>,
    pub window: usize,
    pub pad: usize,
}

#[derive(Deserialize, Debug)]
pub(super) struct EmbeddingTable {
    pub attribute: String,
    pub rows: usize,
    pub width: usize,
    pub seed: u64,
}

#[derive(Deserialize, Debug)]
pub(super) struct LayerTable {
    pub width: usize,
    pub pieces: usize,
    pub inputs: usize,
}

#[derive(Deserialize, Debug)]
pub(super) struct VectorsTable {
    pub rows: usize,
    pub width: usize,
}

#[derive(Deserialize, Debug)]
pub(super) struct TaggerTable {
    pub encoder: String,
    pub labels: Vec<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct TransitionTable {
    pub encoder: String,
    pub features: usize,
    pub hidden: usize,
    pub pieces: usize,
    pub inputs: usize,
    /// Move and label of each class.
    pub actions: Vec<(String, String)>,
}

#[derive(Deserialize, Debug)]
pub(super) struct TokenizerTable {
    pub prefix: Option<String>,
    pub suffix: Option<String>,
    pub infix: Option<String>,
    pub token: Option<String>,
    pub url: Option<String>,
    pub faster_heuristics: bool,
    /// The parts of a chunk: text, and norm if it has one of its own.
    pub exceptions: BTreeMap<String, Vec<Vec<String>>>,
}

#[derive(Deserialize, Debug)]
pub(super) struct RuleTable {
    pub patterns: Vec<Vec<BTreeMap<String, ConditionTable>>>,
    pub attrs: BTreeMap<String, String>,
    pub index: i64,
}

#[derive(Deserialize, Debug)]
#[serde(untagged)]
pub(super) enum ConditionTable {
    Flag(bool),
    Equal(String),
    Operators(OperatorTable),
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct OperatorTable {
    #[serde(rename = "IN")]
    pub among: Option<Vec<String>>,
    #[serde(rename = "NOT_IN")]
    pub not_among: Option<Vec<String>>,
    #[serde(rename = "REGEX")]
    pub regex: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct LemmaTable {
    /// Endings and what replaces them, by part of speech.
    pub rules: BTreeMap<String, Vec<(String, String)>>,
    /// Lines of form and lemmas, separated by tabs, sorted by bytes.
    pub exceptions: BTreeMap<String, String>,
    /// Lines of words, sorted by bytes.
    pub index: BTreeMap<String, String>,
}
