//! The network that chooses the next action of a transition system.
//!
//! An action depends on a few tokens of the state. The contribution of each
//! token to the hidden layer is computed beforehand for each place in which it
//! can stand, so that a state costs a sum of vectors and one small product
//! (Chen and Manning, 2014; spaCy's `TransitionBasedParser`).

pub(super) mod parse;
pub(super) mod project;
pub(super) mod recognize;

use super::ModelError;
use super::encode::Encoder;
use super::linalg::{Layer, Shape, padded};
use super::tables::TransitionTable;
use super::weights::Weights;

/// The layers of a transition model.
#[derive(Debug)]
pub(super) struct StepModel {
    features: usize,
    // The number of values that one token adds to a state: hidden x pieces.
    state: usize,
    hidden: usize,
    pieces: usize,
    classes: usize,
    reduce: Layer,
    lower: Layer,
    lower_bias: Vec<f32>,
    // What a missing token adds, for each feature.
    missing: Vec<f32>,
    upper: Layer,
}

/// A feature without a token.
pub(super) const NO_TOKEN: u32 = u32::MAX;

/// How many tokens' contributions are kept at once. Tokens further back are
/// computed again when a state needs them.
const KEPT: usize = 512;

/// How many tokens ahead are computed together.
const AHEAD: usize = 48;

/// The vectors of a text's tokens, and room for their contributions.
#[derive(Debug, Default)]
pub(super) struct StepScratch {
    // The reduced vectors of all tokens.
    reduced: Vec<f32>,
    tokens: usize,
    // Contributions, in a ring: token `i` stands at `i % kept`, if `owners` says so.
    ring: Vec<f32>,
    owners: Vec<u32>,
    computed: usize,
    sum: Vec<f32>,
    scores: Vec<f32>,
}

impl StepModel {
    pub fn load(
        name: &str,
        table: &TransitionTable,
        encoder: &Encoder,
        weights: &Weights<'_>,
    ) -> Result<Self, ModelError> {
        let TransitionTable { features, hidden, pieces, inputs, .. } = *table;
        let classes = table.actions.len();
        if features == 0 || hidden == 0 || pieces == 0 || inputs == 0 || classes == 0 {
            return Err(ModelError::Shape { name: name.to_owned() });
        }
        let width = encoder.width();
        let reduce_shape = Shape { outputs: inputs, pieces: 1, blocks: 1, width };
        let reduce_weights = weights.single(&format!("{name}.reduce.W"), &[inputs, width])?;
        let reduce_bias = weights.single(&format!("{name}.reduce.b"), &[inputs])?;

        // Pieces are stored outermost, padded, so that their maximum is taken
        // over whole vectors.
        let stride = padded(hidden);
        let state = stride * pieces;
        let w = weights.single(&format!("{name}.lower.W"), &[features, hidden, pieces, inputs])?;
        let pad = weights.single(&format!("{name}.lower.pad"), &[1, features, hidden, pieces])?;
        let b = weights.single(&format!("{name}.lower.b"), &[hidden, pieces])?;
        let mut lower = vec![0.0; features * state * inputs];
        let mut missing = vec![0.0; features * state];
        let mut lower_bias = vec![0.0; state];
        for unit in 0..hidden {
            for piece in 0..pieces {
                let target = piece * stride + unit;
                lower_bias[target] = b[unit * pieces + piece];
                for feature in 0..features {
                    let source = (feature * hidden + unit) * pieces + piece;
                    missing[feature * state + target] = pad[source];
                    lower[(feature * state + target) * inputs..][..inputs]
                        .copy_from_slice(&w[source * inputs..][..inputs]);
                }
            }
        }
        let lower_shape = Shape { outputs: features * state, pieces: 1, blocks: 1, width: inputs };
        let upper_shape = Shape { outputs: classes, pieces: 1, blocks: 1, width: hidden };
        let upper_weights = weights.single(&format!("{name}.upper.W"), &[classes, hidden])?;
        let upper_bias = weights.single(&format!("{name}.upper.b"), &[classes])?;
        Ok(Self {
            features,
            state,
            hidden: stride,
            pieces,
            classes,
            reduce: Layer::new(reduce_shape, &reduce_weights, &reduce_bias),
            lower: Layer::new(lower_shape, &lower, &[]),
            lower_bias,
            missing,
            upper: Layer::new(upper_shape, &upper_weights, &upper_bias),
        })
    }

    /// The number of features of a state.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Begins a text of `tokens` tokens.
    pub fn start(&self, tokens: usize, scratch: &mut StepScratch) {
        let kept = tokens.min(KEPT);
        scratch.tokens = tokens;
        scratch.computed = 0;
        scratch.reduced.clear();
        scratch.reduced.reserve(tokens * self.reduce.outputs());
        scratch.owners.clear();
        scratch.owners.resize(kept, NO_TOKEN);
        // The block that is computed last may reach behind the ring's end.
        let size = kept * self.features * self.state;
        if scratch.ring.len() < size {
            scratch.ring.resize(size, 0.0);
        }
        scratch.sum.resize(self.state, 0.0);
        scratch.scores.resize(self.upper.outputs(), 0.0);
    }

    /// Adds the vectors of the next tokens.
    pub fn push(&self, vectors: &[f32], stride: usize, scratch: &mut StepScratch) {
        let rows = vectors.len() / stride;
        let start = scratch.reduced.len();
        scratch.reduced.resize(start + rows * self.reduce.outputs(), 0.0);
        self.reduce.forward(vectors, stride, rows, &mut scratch.reduced[start..]);
    }

    /// Returns the scores of all classes in a state.
    pub fn scores<'s>(&self, tokens: &[u32], scratch: &'s mut StepScratch) -> &'s [f32] {
        scratch.sum.copy_from_slice(&self.lower_bias);
        for (feature, token) in tokens.iter().enumerate() {
            let part = if *token == NO_TOKEN {
                &self.missing[feature * self.state..][..self.state]
            } else {
                let slot = self.contribution(*token as usize, scratch);
                &scratch.ring[(slot * self.features + feature) * self.state..][..self.state]
            };
            for (sum, value) in scratch.sum.iter_mut().zip(part) {
                *sum += value;
            }
        }
        let (best, others) = scratch.sum.split_at_mut(self.hidden);
        for piece in others.chunks_exact(self.hidden).take(self.pieces - 1) {
            for (best, value) in best.iter_mut().zip(piece) {
                *best = best.max(*value);
            }
        }
        self.upper.forward(best, 0, 1, &mut scratch.scores);
        &scratch.scores[..self.classes]
    }

    /// Makes sure that a token's contributions stand in the ring; returns where.
    fn contribution(&self, token: usize, scratch: &mut StepScratch) -> usize {
        let kept = scratch.owners.len();
        let slot = token % kept;
        if scratch.owners[slot] as usize == token {
            return slot;
        }
        // Tokens ahead come together, one further back alone.
        let count = if token < scratch.computed {
            1
        } else {
            AHEAD.min(scratch.tokens - token).min(kept - slot)
        };
        let size = self.features * self.state;
        let width = self.reduce.outputs();
        let input = &scratch.reduced[token * width..];
        self.lower.forward(input, width, count, &mut scratch.ring[slot * size..]);
        for at in 0..count {
            scratch.owners[slot + at] = (token + at) as u32;
        }
        scratch.computed = scratch.computed.max(token + count);
        slot
    }
}
