//! Words to vectors: hash embeddings, mixed by a maxout layer.
//!
//! Each attribute has a table with fewer rows than there are strings; an id
//! picks four rows, whose sum is its vector (Miranda et al., "Multi hash
//! embeddings in spaCy", 2022). The vectors of all attributes, and of the word
//! in a table of static vectors if the model has one, go through one layer. The
//! result depends on nothing but the word, so it is kept for the words seen
//! last.

use std::sync::Arc;

use half::f16;
use half::slice::HalfFloatSliceExt as _;

use super::ModelError;
use super::attributes::{Attribute, Lexeme};
use super::encode::NormalLayer;
use super::hash::embedding_keys;
use super::linalg::{Shape, padded};
use super::tables::EncoderTable;
use super::weights::Weights;

/// What a vector is computed from. Two tokens of one key have one vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct WordKey {
    lexeme: Lexeme,
    followed_by_space: bool,
}

/// The embedding of one encoder.
#[derive(Debug)]
pub(super) struct Embedding {
    columns: Vec<Column>,
    static_vectors: Option<(Arc<Vectors>, super::linalg::Layer)>,
    mix: NormalLayer,
    // The width of each column, padded.
    column_width: usize,
    sees_space: bool,
}

#[derive(Debug)]
struct Column {
    attribute: Attribute,
    seed: u64,
    rows: usize,
    width: usize,
    table: Vec<f16>,
}

/// A table of static vectors by the id of the word.
#[derive(Debug)]
pub(super) struct Vectors {
    // Invariant: sorted.
    keys: Vec<u64>,
    rows: Vec<u32>,
    width: usize,
    values: Vec<f16>,
}

impl Vectors {
    pub fn load(rows: usize, width: usize, weights: &Weights<'_>) -> Result<Self, ModelError> {
        let keys = weights.u64s("vectors.keys")?;
        let numbers = weights.u32s("vectors.rows", keys.len())?;
        let values = weights.half("vectors.values", &[rows, width])?;
        if !keys.is_sorted() || numbers.iter().any(|row| rows <= *row as usize) {
            return Err(ModelError::Vectors);
        }
        Ok(Self { keys, rows: numbers, width, values })
    }

    fn get(&self, id: u64) -> Option<&[f16]> {
        let at = self.keys.binary_search(&id).ok()?;
        let row = *self.rows.get(at)? as usize;
        self.values.get(row * self.width..(row + 1) * self.width)
    }
}

impl Embedding {
    pub fn load(
        name: &str,
        table: &EncoderTable,
        vectors: Option<&Arc<Vectors>>,
        weights: &Weights<'_>,
    ) -> Result<Self, ModelError> {
        let width = table.embeddings.first().map_or(0, |e| e.width);
        let mut columns = Vec::with_capacity(table.embeddings.len());
        for (at, embedding) in table.embeddings.iter().enumerate() {
            if embedding.width != width || embedding.rows == 0 {
                return Err(ModelError::Shape { name: format!("{name}.embed.{at}") });
            }
            let shape = [embedding.rows, embedding.width];
            columns.push(Column {
                attribute: Attribute::new(&embedding.attribute)?,
                seed: embedding.seed,
                rows: embedding.rows,
                width,
                table: weights.half(&format!("{name}.embed.{at}"), &shape)?,
            });
        }
        let static_vectors = if table.static_vectors {
            let vectors = Arc::clone(vectors.ok_or(ModelError::Vectors)?);
            let shape = Shape { outputs: width, pieces: 1, blocks: 1, width: vectors.width };
            let projection = weights.single(&format!("{name}.static"), &[width, vectors.width])?;
            Some((vectors, super::linalg::Layer::new(shape, &projection, &[])))
        } else {
            None
        };
        let blocks = columns.len() + usize::from(static_vectors.is_some());
        if table.mix.inputs != blocks * width {
            return Err(ModelError::Shape { name: format!("{name}.mix") });
        }
        let mix = NormalLayer::load(&format!("{name}.mix"), &table.mix, blocks, width, weights)?;
        let sees_space = columns.iter().any(|c| c.attribute == Attribute::FollowedBySpace);
        Ok(Self { columns, static_vectors, mix, column_width: padded(width), sees_space })
    }

    /// The number of values in a vector, padding included.
    pub fn width(&self) -> usize {
        self.mix.outputs()
    }

    /// The key of a token in this embedding.
    pub fn key(&self, lexeme: Lexeme, followed_by_space: bool) -> WordKey {
        WordKey { lexeme, followed_by_space: followed_by_space && self.sees_space }
    }

    /// Writes the vectors of `keys` to the rows of `out`.
    pub fn embed(&self, keys: &[WordKey], cache: &mut VectorCache, out: &mut [f32]) {
        let width = self.width();
        cache.missing.clear();
        for (row, key) in keys.iter().enumerate() {
            match cache.find(key, width) {
                Some(vector) => out[row * width..(row + 1) * width].copy_from_slice(vector),
                None => cache.missing.push(row as u32),
            }
        }
        let missing = std::mem::take(&mut cache.missing);
        for batch in missing.chunks(BATCH) {
            self.compute(keys, batch, cache);
            for (at, row) in batch.iter().enumerate() {
                let row = *row as usize;
                let vector = &cache.mixed[at * width..(at + 1) * width];
                out[row * width..(row + 1) * width].copy_from_slice(vector);
            }
            for (at, row) in batch.iter().enumerate() {
                cache.insert(keys[*row as usize], at, width);
            }
        }
        cache.missing = missing;
    }

    /// Computes the vectors of some of the keys into `cache.mixed`.
    fn compute(&self, keys: &[WordKey], rows: &[u32], cache: &mut VectorCache) {
        let stride =
            (self.columns.len() + usize::from(self.static_vectors.is_some())) * self.column_width;
        cache.columns.clear();
        cache.columns.resize(rows.len() * stride, 0.0);
        cache.mixed.clear();
        cache.mixed.resize(rows.len() * self.width(), 0.0);
        for (row, x) in rows.iter().zip(cache.columns.chunks_exact_mut(stride)) {
            let key = &keys[*row as usize];
            let mut blocks = x.chunks_exact_mut(self.column_width);
            for (column, x) in self.columns.iter().zip(&mut blocks) {
                column.add(key.lexeme.value(column.attribute, key.followed_by_space), x);
            }
            if let (Some((vectors, projection)), Some(x)) = (&self.static_vectors, blocks.next())
                && let Some(vector) = vectors.get(key.lexeme.orth)
            {
                let mut single = vec![0.0; padded(vector.len())];
                vector.convert_to_f32_slice(&mut single[..vector.len()]);
                projection.forward(&single, 0, 1, x);
            }
        }
        self.mix.forward(&cache.columns, stride, rows.len(), &mut cache.mixed);
    }
}

impl Column {
    /// Writes the vector of an id to `x`.
    fn add(&self, id: u64, x: &mut [f32]) {
        let mut single = [0.0; 1024];
        let single = &mut single[..self.width.min(1024)];
        for key in embedding_keys(id, self.seed) {
            let row = key as usize % self.rows;
            self.table[row * self.width..][..single.len()].convert_to_f32_slice(single);
            for (sum, value) in x.iter_mut().zip(&*single) {
                *sum += value;
            }
        }
    }
}

/// The vectors of the words seen last, and room to compute others.
///
/// A key has two places, of which the one filled longer ago is used next.
#[derive(Debug, Default)]
pub(super) struct VectorCache {
    keys: Vec<[WordKey; 2]>,
    vectors: Vec<f32>,
    oldest: Vec<bool>,
    missing: Vec<u32>,
    columns: Vec<f32>,
    mixed: Vec<f32>,
}

// How many pairs of vectors are kept, and how many vectors are computed together.
const PAIRS: usize = 2048;
const BATCH: usize = 60;

impl VectorCache {
    fn pair(key: &WordKey) -> usize {
        let Lexeme { norm, shape, prefix, suffix, .. } = key.lexeme;
        let mixed = norm ^ shape.rotate_left(17) ^ suffix.rotate_left(31) ^ prefix.rotate_left(47);
        let mixed = mixed ^ u64::from(key.followed_by_space);
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % PAIRS
    }

    fn find(&self, key: &WordKey, width: usize) -> Option<&[f32]> {
        let pair = Self::pair(key);
        let place = self.keys.get(pair)?.iter().position(|kept| kept == key)?;
        self.vectors.get((2 * pair + place) * width..(2 * pair + place + 1) * width)
    }

    fn insert(&mut self, key: WordKey, at: usize, width: usize) {
        if self.keys.is_empty() {
            // The empty word, which no token has, marks a free place.
            self.keys.resize(PAIRS, [WordKey::default(); 2]);
            self.oldest.resize(PAIRS, false);
            self.vectors.resize(2 * PAIRS * width, 0.0);
        }
        let pair = Self::pair(&key);
        let place = usize::from(self.oldest[pair]);
        self.oldest[pair] = !self.oldest[pair];
        self.keys[pair][place] = key;
        self.vectors[(2 * pair + place) * width..(2 * pair + place + 1) * width]
            .copy_from_slice(&self.mixed[at * width..(at + 1) * width]);
    }
}
