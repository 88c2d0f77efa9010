//! Vectors to fine parts of speech: one linear layer, the best class.

use super::ModelError;
use super::encode::Encoder;
use super::linalg::{Layer, Shape, argmax};
use super::tables::TaggerTable;
use super::weights::Weights;

/// The tagger of a model.
#[derive(Debug)]
pub(super) struct Tagger {
    layer: Layer,
    pub labels: Vec<String>,
}

impl Tagger {
    pub fn load(
        table: &TaggerTable,
        encoder: &Encoder,
        weights: &Weights<'_>,
    ) -> Result<Self, ModelError> {
        let labels = table.labels.clone();
        if labels.is_empty() {
            return Err(ModelError::Shape { name: "tagger".to_owned() });
        }
        let width = encoder.width();
        let w = weights.single("tagger.W", &[labels.len(), width])?;
        let b = weights.single("tagger.b", &[labels.len()])?;
        let shape = Shape { outputs: labels.len(), pieces: 1, blocks: 1, width };
        Ok(Self { layer: Layer::new(shape, &w, &b), labels })
    }

    /// Adds the tags of the next tokens, positions in `labels`.
    pub fn tag(&self, vectors: &[f32], stride: usize, scores: &mut Vec<f32>, tags: &mut Vec<u16>) {
        let rows = vectors.len() / stride;
        let outputs = self.layer.outputs();
        scores.clear();
        scores.resize(rows * outputs, 0.0);
        self.layer.forward(vectors, stride, rows, scores);
        tags.extend(
            scores.chunks_exact(outputs).map(|scores| argmax(&scores[..self.labels.len()]) as u16),
        );
    }
}
