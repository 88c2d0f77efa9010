//! Affine layers with maxout, in the memory layout that the kernel reads.
//!
//! Weights are stored in panels of 16 outputs, so that one kernel serves every
//! layer of the network: for each input value it adds 16 products to 16 sums.
//! A row of the input may overlap the next (a window over the rows of a matrix
//! is read in place). A row's result never depends on how many rows are
//! computed together.

/// The number of outputs in a panel. Rows of matrices are padded to it.
pub(super) const LANES: usize = 16;

/// Rounds up to whole panels.
pub(super) fn padded(width: usize) -> usize {
    width.div_ceil(LANES) * LANES
}

/// An affine map whose outputs are the maximum over one or more pieces
/// (Goodfellow et al., "Maxout Networks", 2013; one piece is a linear layer).
#[derive(Debug)]
pub(super) struct Layer {
    inputs: usize,
    outputs: usize,
    pieces: usize,
    // Invariant: one panel of `inputs` x LANES for each block of LANES outputs
    // and piece, pieces of a block side by side.
    panels: Vec<f32>,
    // Invariant: LANES values for each panel.
    bias: Vec<f32>,
}

/// The shape of a layer as it is stored: outputs, pieces, and inputs that
/// consist of blocks of one width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub outputs: usize,
    pub pieces: usize,
    pub blocks: usize,
    pub width: usize,
}

impl Layer {
    /// Packs weights `[outputs][pieces][blocks * width]` and their bias
    /// `[outputs][pieces]`; an empty bias is zero. Each block of inputs is
    /// padded to whole panels.
    pub fn new(shape: Shape, weights: &[f32], bias: &[f32]) -> Self {
        let Shape { outputs, pieces, blocks, width } = shape;
        let stride = padded(width);
        let inputs = blocks * stride;
        let panel = inputs * LANES;
        let mut panels = vec![0.0; padded(outputs) * pieces * inputs];
        let mut packed_bias = vec![0.0; padded(outputs) * pieces];
        for output in 0..outputs {
            for piece in 0..pieces {
                let number = output / LANES * pieces + piece;
                let row = (output * pieces + piece) * blocks * width;
                for block in 0..blocks {
                    for at in 0..width {
                        let target =
                            number * panel + (block * stride + at) * LANES + output % LANES;
                        panels[target] = weights[row + block * width + at];
                    }
                }
                if let Some(value) = bias.get(output * pieces + piece) {
                    packed_bias[number * LANES + output % LANES] = *value;
                }
            }
        }
        Self { inputs, outputs: padded(outputs), pieces, panels, bias: packed_bias }
    }

    /// The number of values in a row of the result, padding included.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Computes `rows` rows of the result into `out`. Row `i` of the input
    /// begins at `x[i * stride]`.
    ///
    /// # Panics
    /// Panics if `x` or `out` is too short.
    pub fn forward(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        if rows == 0 {
            return;
        }
        assert!((rows - 1) * stride + self.inputs <= x.len(), "input of a layer is too short");
        assert!(rows * self.outputs <= out.len(), "output of a layer is too short");
        let panel = self.inputs * LANES;
        for (number, weights) in self.panels.chunks_exact(panel).enumerate() {
            let bias = &self.bias[number * LANES..(number + 1) * LANES];
            let column = number / self.pieces * LANES;
            let first = number % self.pieces == 0;
            let mut row = 0;
            while row + 4 <= rows {
                let sums = block::<4>(&x[row * stride..], stride, weights, bias);
                self.store(&sums, row, column, first, out);
                row += 4;
            }
            while row < rows {
                let sums = block::<1>(&x[row * stride..], stride, weights, bias);
                self.store(&sums, row, column, first, out);
                row += 1;
            }
        }
    }

    fn store(
        &self,
        sums: &[[f32; LANES]],
        row: usize,
        column: usize,
        first: bool,
        out: &mut [f32],
    ) {
        for (at, sums) in sums.iter().enumerate() {
            let start = (row + at) * self.outputs + column;
            let target = &mut out[start..start + LANES];
            if first {
                target.copy_from_slice(sums);
            } else {
                for (best, sum) in target.iter_mut().zip(sums) {
                    *best = best.max(*sum);
                }
            }
        }
    }
}

/// Computes one panel for `ROWS` rows.
fn block<const ROWS: usize>(
    x: &[f32],
    stride: usize,
    weights: &[f32],
    bias: &[f32],
) -> [[f32; LANES]; ROWS] {
    let mut sums = [[0.0; LANES]; ROWS];
    for sum in &mut sums {
        sum.copy_from_slice(bias);
    }
    for (at, weights) in weights.chunks_exact(LANES).enumerate() {
        for (row, sums) in sums.iter_mut().enumerate() {
            let value = x[row * stride + at];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }
    sums
}

/// Brings the first `width` values to mean zero and variance one, then scales
/// and shifts them (Ba et al., "Layer Normalization", 2016). Padding becomes zero.
pub(super) fn normalize(row: &mut [f32], width: usize, gain: &[f32], shift: &[f32]) {
    let (values, padding) = row.split_at_mut(width);
    let count = width as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / count + 1e-8;
    let scale = variance.sqrt().recip();
    for ((value, gain), shift) in values.iter_mut().zip(gain).zip(shift) {
        *value = (*value - mean) * scale * gain + shift;
    }
    padding.fill(0.0);
}

/// The position of the largest value; the first among equals.
pub(super) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if values[best] < *value {
            best = at;
        }
    }
    best
}
