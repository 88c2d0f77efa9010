//! The kernel in plain code, which compilers turn into vector code of the
//! target's baseline. It is also what the other kernels are tested against.

use super::LANES;

/// Sums of one panel for `ROWS` rows.
#[inline]
pub(super) fn panel<const ROWS: usize>(
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
