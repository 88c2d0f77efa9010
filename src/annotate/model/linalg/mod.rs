//! Affine layers with maxout, in the memory layout that the kernel reads.
//!
//! Weights are stored in panels of 16 outputs, so that one kernel serves every
//! layer of the network: for each input value it adds 16 products to 16 sums.
//! A row of the input may overlap the next (a window over the rows of a matrix
//! is read in place). A row's result never depends on how many rows are
//! computed together.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod scalar;

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

    /// Computes `rows` rows of the result into `out`, with the fastest kernel
    /// that this processor has. Row `i` of the input begins at `x[i * stride]`.
    ///
    /// # Panics
    /// Panics if `x` or `out` is too short.
    pub fn forward(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if avx2::is_available() && !is_scalar_wanted() {
            // SAFETY: the processor has the features of the kernel.
            unsafe {
                if rows == 1 && self.pieces == 1 {
                    avx2::forward_row(self, x, out);
                } else {
                    avx2::forward(self, x, stride, rows, out);
                }
            }
            return;
        }
        self.forward_scalar(x, stride, rows, out);
    }

    fn forward_scalar(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        let panel = self.inputs * LANES;
        for (number, weights) in self.panels.chunks_exact(panel).enumerate() {
            let bias = &self.bias[number * LANES..(number + 1) * LANES];
            let column = number / self.pieces * LANES;
            let first = number % self.pieces == 0;
            let mut row = 0;
            while row + 4 <= rows {
                let sums = scalar::panel::<4>(&x[row * stride..], stride, weights, bias);
                self.store(&sums, row, column, first, out);
                row += 4;
            }
            while row < rows {
                let sums = scalar::panel::<1>(&x[row * stride..], stride, weights, bias);
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

/// Whether a test wants the scalar code on this thread.
#[cfg(target_arch = "x86_64")]
fn is_scalar_wanted() -> bool {
    #[cfg(test)]
    return tests::SCALAR.get();
    #[cfg(not(test))]
    false
}

/// Brings the first `width` values to mean zero and variance one, then scales
/// and shifts them (Ba et al., "Layer Normalization", 2016). Padding becomes zero.
pub(super) fn normalize(row: &mut [f32], width: usize, gain: &[f32], shift: &[f32]) {
    #[cfg(target_arch = "x86_64")]
    if avx2::is_available() && !is_scalar_wanted() {
        // SAFETY: the processor has the features of the function.
        unsafe { avx2::normalize(row, width, gain, shift) };
        return;
    }
    normalize_plain(row, width, gain, shift);
}

#[expect(clippy::inline_always, reason = "it is compiled with the features of its caller")]
#[inline(always)]
fn normalize_plain(row: &mut [f32], width: usize, gain: &[f32], shift: &[f32]) {
    let (values, padding) = row.split_at_mut(width);
    let count = width as f32;
    let mean = sum(values, |v| v) / count;
    let variance = sum(values, |v| (v - mean) * (v - mean)) / count + 1e-8;
    let scale = variance.sqrt().recip();
    for ((value, gain), shift) in values.iter_mut().zip(gain).zip(shift) {
        *value = (*value - mean) * scale * gain + shift;
    }
    padding.fill(0.0);
}

/// The sum of a function of all values, in an order that vector code can follow.
#[expect(clippy::inline_always, reason = "it is compiled with the features of its caller")]
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += of(*value);
        }
    }
    let rest: f32 = rest.iter().map(|v| of(*v)).sum();
    sums.iter().sum::<f32>() + rest
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

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// Makes all layers of this thread use the scalar code.
        pub(in super::super) static SCALAR: Cell<bool> = const { Cell::new(false) };
    }

    /// Numbers between -1 and 1 that look like chance.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn rows_are_normalized_alike_by_all_kernels() {
        for width in [1, 5, 16, 96, 100] {
            let (gain, shift) = (numbers(width, 4), numbers(width, 5));
            let mut row = numbers(padded(width), 6);
            let mut plain = row.clone();
            normalize(&mut row, width, &gain, &shift);
            normalize_plain(&mut plain, width, &gain, &shift);
            assert_eq!(row, plain, "width {width}");
            assert!(row[width..].iter().all(|&padding| padding == 0.0), "width {width}");
        }
    }

    #[test]
    fn kernels_agree_with_the_definition() {
        for (outputs, pieces, blocks, width) in [
            (96, 3, 3, 96),
            (96, 3, 6, 96),
            (50, 1, 1, 96),
            (106, 1, 1, 64),
            (130, 1, 1, 8),
            (7, 2, 2, 5),
            (1, 1, 1, 1),
        ] {
            let inputs = blocks * width;
            let weights = numbers(outputs * pieces * inputs, 1);
            let bias = numbers(outputs * pieces, 2);
            let layer = Layer::new(Shape { outputs, pieces, blocks, width }, &weights, &bias);
            let stride = padded(width);
            for rows in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13] {
                // Rows overlap, as those of windows do.
                let mut x = numbers((rows - 1 + blocks) * stride, 3);
                for block in x.chunks_exact_mut(stride) {
                    block[width..].fill(0.0);
                }
                let mut fast = vec![f32::NAN; rows * layer.outputs()];
                layer.forward(&x, stride, rows, &mut fast);
                let mut plain = vec![f32::NAN; rows * layer.outputs()];
                layer.forward_scalar(&x, stride, rows, &mut plain);
                for row in 0..rows {
                    for output in 0..layer.outputs() {
                        let expected = if output < outputs {
                            let piece = |piece: usize| {
                                let unit = output * pieces + piece;
                                let products = (0..inputs).map(|at| {
                                    let x = x[row * stride + at / width * stride + at % width];
                                    f64::from(x) * f64::from(weights[unit * inputs + at])
                                });
                                products.sum::<f64>() + f64::from(bias[unit])
                            };
                            (0..pieces).map(piece).fold(f64::NEG_INFINITY, f64::max)
                        } else {
                            0.0
                        };
                        for (kernel, result) in [("fast", &fast), ("scalar", &plain)] {
                            let found = f64::from(result[row * layer.outputs() + output]);
                            assert!(
                                (found - expected).abs() < 1e-4,
                                "{kernel}: row {row} of {rows}, output {output} of {outputs}: {found}, not {expected}"
                            );
                        }
                    }
                }
                // No row depends on its neighbours.
                let mut alone = vec![0.0; layer.outputs()];
                layer.forward(&x[(rows - 1) * stride..], stride, 1, &mut alone);
                assert_eq!(alone, fast[(rows - 1) * layer.outputs()..]);
            }
        }
    }
}
