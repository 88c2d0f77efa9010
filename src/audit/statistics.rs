//! The statistics of proportions.

/// The quantile of the normal distribution for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// An interval of proportions.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// Returns the 95 % score interval of Wilson (1927) for a proportion: `right`
/// of `trials`, which need not be whole. Nothing is known of no trials.
pub fn wilson(right: f64, trials: f64) -> Interval {
    if trials <= 0.0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let p = (right / trials).clamp(0.0, 1.0);
    let z2 = Z * Z;
    let center = p + z2 / (2.0 * trials);
    let spread = Z * (p * (1.0 - p) / trials + z2 / (4.0 * trials * trials)).sqrt();
    let scale = 1.0 + z2 / trials;
    Interval {
        low: ((center - spread) / scale).max(0.0),
        high: ((center + spread) / scale).min(1.0),
    }
}

/// Returns the size of a sample with equal weights that would tell as much as
/// one with these (Kish 1965).
pub fn effective_size(weights: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for weight in weights {
        sum += weight;
        squares += weight * weight;
    }
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of Newcombe, "Two-sided confidence intervals for the single
    /// proportion", Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn intervals_are_those_published() {
        for (right, trials, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let interval = wilson(right, trials);
            assert!((interval.low - low).abs() < 5e-5, "{right}/{trials}: {interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{right}/{trials}: {interval:?}");
            let mirrored = wilson(trials - right, trials);
            assert!((mirrored.low + interval.high - 1.0).abs() < 1e-12, "{mirrored:?}");
        }
        assert_eq!(wilson(0.0, 0.0), Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn unequal_weights_tell_less() {
        for (weights, size) in [
            (&[2.0, 2.0, 2.0, 2.0][..], 4.0),
            (&[1.0, 0.0, 0.0], 1.0),
            (&[3.0, 1.0], 1.6),
            (&[], 0.0),
        ] {
            let found = effective_size(weights.iter().copied());
            assert!((found - size).abs() < 1e-12, "{weights:?}: {found}");
        }
    }
}
