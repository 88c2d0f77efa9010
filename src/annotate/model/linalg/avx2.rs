//! The kernel for processors of the x86-64-v3 level: AVX2 with fused
//! multiply-add, six rows and sixteen outputs at a time, so that the twelve
//! sums stay in registers while the weights stream by.

use std::arch::x86_64::{
    __m256, _mm256_broadcast_ss, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_storeu_ps,
};

use super::{LANES, Layer};

/// How many rows, or panels of one row, are computed together at most.
const MOST: usize = 6;

/// How many of the rows or panels that are left are computed together next.
///
/// Fewer than four take as long as four, since each sum has to wait for the one
/// before it; so the last two runs are made about even.
fn run(left: usize) -> usize {
    if (MOST + 1..MOST + 4).contains(&left) { left.div_ceil(2) } else { left.min(MOST) }
}

/// Whether this processor can run the kernel.
pub(super) fn is_available() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

/// Computes the rows of a layer. The slices must be long enough.
#[target_feature(enable = "avx2,fma")]
pub(super) fn forward(layer: &Layer, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
    assert!(rows == 0 || (rows - 1) * stride + layer.inputs <= x.len());
    assert!(rows * layer.outputs <= out.len());
    let panel = layer.inputs * LANES;
    let panels = layer.panels.chunks_exact(panel).zip(layer.bias.chunks_exact(LANES));
    for (number, (weights, bias)) in panels.enumerate() {
        let column = number / layer.pieces * LANES;
        let first = number % layer.pieces == 0;
        let mut row = 0;
        while row < rows {
            let count = run(rows - row);
            let (x, out) = (&x[row * stride..], &mut out[row * layer.outputs + column..]);
            match count {
                1 => block::<1>(x, stride, weights, bias, first, out, layer.outputs),
                2 => block::<2>(x, stride, weights, bias, first, out, layer.outputs),
                3 => block::<3>(x, stride, weights, bias, first, out, layer.outputs),
                4 => block::<4>(x, stride, weights, bias, first, out, layer.outputs),
                5 => block::<5>(x, stride, weights, bias, first, out, layer.outputs),
                _ => block::<MOST>(x, stride, weights, bias, first, out, layer.outputs),
            }
            row += count;
        }
    }
}

/// Computes one panel for `N` rows, and keeps the larger of the result and what
/// stands in `out`, unless it is the first.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn block<const N: usize>(
    x: &[f32],
    stride: usize,
    weights: &[f32],
    bias: &[f32],
    first: bool,
    out: &mut [f32],
    out_stride: usize,
) {
    let inputs = weights.len() / LANES;
    assert!((N - 1) * stride + inputs <= x.len());
    assert!((N - 1) * out_stride + LANES <= out.len());
    assert!(bias.len() == LANES);
    // SAFETY: all offsets below are less than the lengths asserted above.
    unsafe {
        let low = _mm256_loadu_ps(bias.as_ptr());
        let high = _mm256_loadu_ps(bias.as_ptr().add(8));
        let mut sums: [[__m256; 2]; N] = [[low, high]; N];
        let mut weight = weights.as_ptr();
        let mut value = x.as_ptr();
        for _ in 0..inputs {
            let low = _mm256_loadu_ps(weight);
            let high = _mm256_loadu_ps(weight.add(8));
            for (row, sums) in sums.iter_mut().enumerate() {
                let value = _mm256_broadcast_ss(&*value.add(row * stride));
                sums[0] = _mm256_fmadd_ps(value, low, sums[0]);
                sums[1] = _mm256_fmadd_ps(value, high, sums[1]);
            }
            weight = weight.add(LANES);
            value = value.add(1);
        }
        for (row, sums) in sums.iter().enumerate() {
            for (half, sum) in sums.iter().enumerate() {
                let target = out.as_mut_ptr().add(row * out_stride + half * 8);
                let best = if first { *sum } else { _mm256_max_ps(_mm256_loadu_ps(target), *sum) };
                _mm256_storeu_ps(target, best);
            }
        }
    }
}

/// Computes one row of a layer without pieces, several panels at a time.
#[target_feature(enable = "avx2,fma")]
pub(super) fn forward_row(layer: &Layer, x: &[f32], out: &mut [f32]) {
    let size = layer.inputs * LANES;
    let panels = layer.outputs / LANES;
    let mut number = 0;
    while number < panels {
        let count = run(panels - number);
        let weights = &layer.panels[number * size..(number + count) * size];
        let bias = &layer.bias[number * LANES..(number + count) * LANES];
        let out = &mut out[number * LANES..];
        match count {
            1 => row::<1>(x, weights, bias, out),
            2 => row::<2>(x, weights, bias, out),
            3 => row::<3>(x, weights, bias, out),
            4 => row::<4>(x, weights, bias, out),
            5 => row::<5>(x, weights, bias, out),
            _ => row::<MOST>(x, weights, bias, out),
        }
        number += count;
    }
}

/// Computes `N` panels of one row.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn row<const N: usize>(x: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32]) {
    let inputs = weights.len() / (LANES * N);
    assert!(inputs <= x.len() && bias.len() == N * LANES && N * LANES <= out.len());
    // SAFETY: all offsets below are less than the lengths asserted above.
    unsafe {
        let mut sums = [[_mm256_loadu_ps(bias.as_ptr()); 2]; N];
        for (panel, sums) in sums.iter_mut().enumerate() {
            sums[0] = _mm256_loadu_ps(bias.as_ptr().add(panel * LANES));
            sums[1] = _mm256_loadu_ps(bias.as_ptr().add(panel * LANES + 8));
        }
        for at in 0..inputs {
            let value = _mm256_broadcast_ss(&*x.as_ptr().add(at));
            for (panel, sums) in sums.iter_mut().enumerate() {
                let weight = weights.as_ptr().add((panel * inputs + at) * LANES);
                sums[0] = _mm256_fmadd_ps(value, _mm256_loadu_ps(weight), sums[0]);
                sums[1] = _mm256_fmadd_ps(value, _mm256_loadu_ps(weight.add(8)), sums[1]);
            }
        }
        for (panel, sums) in sums.iter().enumerate() {
            _mm256_storeu_ps(out.as_mut_ptr().add(panel * LANES), sums[0]);
            _mm256_storeu_ps(out.as_mut_ptr().add(panel * LANES + 8), sums[1]);
        }
    }
}

/// [`super::normalize`] with wider vectors; the sums are in the same order.
#[target_feature(enable = "avx2")]
pub(super) fn normalize(row: &mut [f32], width: usize, gain: &[f32], shift: &[f32]) {
    super::normalize_plain(row, width, gain, shift);
}
