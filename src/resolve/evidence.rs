//! Evidence added up: each finding is a weight in log-odds with its reason.
//!
//! After Fellegi and Sunter (1969): independent findings multiply the odds that
//! two records are of one thing, so that their logarithms add. 0 is even odds,
//! 1 is 2.7 to 1, 3 is 20 to 1.

use crate::resolution::{Comparison, Judgement, Reason};

/// Log-odds from which two names are judged the same.
pub(super) const SAME: f64 = 0.0;
/// Log-odds below which they are judged different.
pub(super) const DIFFERENT: f64 = -2.0;

/// A sum of findings, with their reasons where somebody will read them.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    log_odds: f64,
    reasons: Option<Vec<Reason>>,
}

impl Evidence {
    /// Adds weights only.
    pub fn silent() -> Self {
        Self::default()
    }

    /// Adds weights and keeps their reasons.
    pub fn told() -> Self {
        Self { log_odds: 0.0, reasons: Some(Vec::new()) }
    }

    /// Whether reasons are kept.
    pub fn is_told(&self) -> bool {
        self.reasons.is_some()
    }

    /// Adds a finding. `detail` is only called where reasons are kept.
    pub fn add(&mut self, feature: &str, weight: f64, detail: impl FnOnce() -> String) {
        self.log_odds += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { feature: feature.to_owned(), weight, detail: detail() });
        }
    }

    /// The sum so far.
    pub fn log_odds(&self) -> f64 {
        self.log_odds
    }

    /// The reasons so far, if they are kept.
    pub fn reasons(&self) -> &[Reason] {
        self.reasons.as_deref().unwrap_or_default()
    }

    /// The judgement of the sum.
    pub fn judgement(&self) -> Judgement {
        if self.log_odds >= SAME {
            Judgement::Same
        } else if self.log_odds < DIFFERENT {
            Judgement::Different
        } else {
            Judgement::Unsure
        }
    }

    /// The comparison: judgement, probability, reasons with the weightiest first.
    pub fn into_comparison(self) -> Comparison {
        let judgement = self.judgement();
        let mut reasons = self.reasons.unwrap_or_default();
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        for reason in &mut reasons {
            reason.weight = round(reason.weight);
        }
        Comparison { judgement, score: round(probability(self.log_odds)), reasons }
    }
}

/// The probability that log-odds stand for.
pub(super) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Four decimals, so that the same evidence reads the same everywhere.
fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
