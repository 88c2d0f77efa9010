//! Vectors of words to vectors of words in context: a convolution over windows
//! of tokens, several layers deep, each added to its input (spaCy's
//! `MaxoutWindowEncoder`).

use std::sync::Arc;

use super::ModelError;
use super::embed::{Embedding, VectorCache, Vectors, WordKey};
use super::linalg::{Layer, Shape, normalize};
use super::tables::{EncoderTable, LayerTable};
use super::weights::Weights;

/// A maxout layer whose result is normalized.
#[derive(Debug)]
pub(super) struct NormalLayer {
    layer: Layer,
    width: usize,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl NormalLayer {
    pub fn load(
        name: &str,
        table: &LayerTable,
        blocks: usize,
        width: usize,
        weights: &Weights<'_>,
    ) -> Result<Self, ModelError> {
        let LayerTable { width: outputs, pieces, inputs } = *table;
        if outputs == 0 || pieces == 0 || blocks * width != inputs {
            return Err(ModelError::Shape { name: name.to_owned() });
        }
        let w = weights.single(&format!("{name}.W"), &[outputs, pieces, inputs])?;
        let b = weights.single(&format!("{name}.b"), &[outputs, pieces])?;
        Ok(Self {
            layer: Layer::new(Shape { outputs, pieces, blocks, width }, &w, &b),
            width: outputs,
            gain: weights.single(&format!("{name}.G"), &[outputs])?,
            shift: weights.single(&format!("{name}.beta"), &[outputs])?,
        })
    }

    pub fn outputs(&self) -> usize {
        self.layer.outputs()
    }

    pub fn forward(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        self.layer.forward(x, stride, rows, out);
        for row in out.chunks_exact_mut(self.outputs()).take(rows) {
            normalize(row, self.width, &self.gain, &self.shift);
        }
    }
}

/// Embedding and convolution.
#[derive(Debug)]
pub(super) struct Encoder {
    pub embedding: Embedding,
    layers: Vec<NormalLayer>,
    window: usize,
    // The number of empty rows on both sides of a text, as in training.
    pad: usize,
    width: usize,
}

/// Room for the matrices of an encoder.
#[derive(Debug, Default)]
pub(super) struct EncoderScratch {
    pub vectors: VectorCache,
    keys: Vec<WordKey>,
    input: Vec<f32>,
    output: Vec<f32>,
}

// No model looks further, or is padded more.
const WIDEST: usize = 64;

/// Texts are encoded in blocks of so many tokens, so that the matrices stay
/// small. A token's vector depends on its neighbours only as far as the windows
/// of all layers reach, so blocks with as much overlap give the same result.
pub(super) const BLOCK: usize = 240;

impl Encoder {
    pub fn load(
        name: &str,
        table: &EncoderTable,
        vectors: Option<&Arc<Vectors>>,
        weights: &Weights<'_>,
    ) -> Result<Self, ModelError> {
        let embedding = Embedding::load(name, table, vectors, weights)?;
        let width = table.mix.width;
        if table.window > WIDEST || table.pad > WIDEST {
            return Err(ModelError::Shape { name: name.to_owned() });
        }
        let mut layers = Vec::with_capacity(table.layers.len());
        for (at, layer) in table.layers.iter().enumerate() {
            let name = format!("{name}.layer.{at}");
            if layer.width != width {
                return Err(ModelError::Shape { name });
            }
            layers.push(NormalLayer::load(&name, layer, 2 * table.window + 1, width, weights)?);
        }
        Ok(Self { embedding, layers, window: table.window, pad: table.pad, width })
    }

    /// The number of values in a vector, padding not included.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of values in a vector, padding included.
    pub fn stride(&self) -> usize {
        self.embedding.width()
    }

    /// Encodes the tokens `from..to` of a text of `length` tokens, and calls
    /// `key` for the key of each token that matters. Returns one row of
    /// `stride` values for each of them.
    pub fn encode<'s>(
        &self,
        from: usize,
        to: usize,
        length: usize,
        mut key: impl FnMut(usize) -> WordKey,
        scratch: &'s mut EncoderScratch,
    ) -> &'s [f32] {
        let stride = self.stride();
        let depth = self.layers.len();
        // Positions are counted from the first row of padding.
        let end = length + 2 * self.pad;
        let around = |layers: usize| {
            let margin = layers * self.window;
            let first = (from + self.pad).saturating_sub(margin);
            (first, (to + self.pad + margin).min(end))
        };
        let (first, last) = around(depth);
        let rows = last - first;

        // Rows of zeros stand before and behind for the windows of the outermost rows.
        let size = (rows + 2 * self.window) * stride;
        scratch.input.clear();
        scratch.input.resize(size, 0.0);
        scratch.output.clear();
        scratch.output.resize(rows * stride, 0.0);
        let first_token = first.saturating_sub(self.pad);
        let last_token = (last - self.pad).min(length);
        scratch.keys.clear();
        scratch.keys.extend((first_token..last_token).map(&mut key));
        let offset = (first_token + self.pad - first + self.window) * stride;
        self.embedding.embed(&scratch.keys, &mut scratch.vectors, &mut scratch.input[offset..]);

        for (at, layer) in self.layers.iter().enumerate() {
            let (low, high) = around(depth - 1 - at);
            let count = high - low;
            let input = &mut scratch.input;
            let output = &mut scratch.output;
            layer.forward(&input[(low - first) * stride..], stride, count, output);
            let target = &mut input[(low - first + self.window) * stride..];
            for (x, y) in target.iter_mut().zip(&output[..count * stride]) {
                *x += y;
            }
        }
        let start = (from + self.pad - first + self.window) * stride;
        &scratch.input[start..start + (to - from) * stride]
    }
}
