//! What judgements say of all claims.

use std::collections::BTreeMap;

use super::sheet::{Judged, Verdict};
use super::statistics::{Interval, effective_size, wilson};

/// How many rows were judged how.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Tally {
    /// The claims that the rows stand for.
    pub claims: f64,
    /// The rows that are right.
    pub right: usize,
    /// The rows that are wrong.
    pub wrong: usize,
    /// The rows of which it cannot be told.
    pub unsure: usize,
    /// The rows that are not judged yet.
    pub blank: usize,
}

/// A precision with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Estimate {
    /// The share of the claims that is right.
    pub precision: f64,
    /// Where that share lies with a confidence of 95 %.
    pub interval: Interval,
}

/// What a sheet says.
#[derive(Clone, PartialEq, Debug)]
pub struct Score {
    /// The counts of each relation, by name.
    pub relations: BTreeMap<String, Tally>,
    /// The counts of all rows.
    pub all: Tally,
    /// The precision of all claims: each relation counts as much as it has
    /// claims. None if no row is judged. Relations without a judged row are
    /// left out.
    pub weighted: Option<Estimate>,
}

impl Tally {
    fn add(&mut self, judged: &Judged) {
        self.claims += judged.weight;
        *match judged.verdict {
            Verdict::Right => &mut self.right,
            Verdict::Wrong => &mut self.wrong,
            Verdict::Unsure => &mut self.unsure,
            Verdict::Blank => &mut self.blank,
        } += 1;
    }

    /// The rows that are right or wrong.
    pub fn judged(&self) -> usize {
        self.right + self.wrong
    }

    /// The precision, every row counting alike; none if no row is judged.
    pub fn precision(&self) -> Option<Estimate> {
        let (right, judged) = (self.right as f64, self.judged() as f64);
        let interval = wilson(right, judged);
        (self.judged() > 0).then(|| Estimate { precision: right / judged, interval })
    }
}

/// Counts judgements.
///
/// The rows of a relation that are judged stand for all of its claims, those
/// of rows that are blank or unsure included.
pub fn score(judged: &[Judged]) -> Score {
    let mut relations: BTreeMap<String, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for judged in judged {
        relations.entry(judged.relation.clone()).or_default().add(judged);
        all.add(judged);
    }
    let weighted = weighted(&relations);
    Score { relations, all, weighted }
}

/// The precision over relations that count by their claims, with Wilson's
/// interval for the effective size of the sample.
fn weighted(relations: &BTreeMap<String, Tally>) -> Option<Estimate> {
    let judged = || relations.values().filter(|tally| tally.judged() > 0);
    let weight = |tally: &Tally| tally.claims / tally.judged() as f64;
    let claims: f64 = judged().map(|tally| tally.claims).sum();
    let right: f64 = judged().map(|tally| weight(tally) * tally.right as f64).sum();
    let precision = right / claims;
    let weights = judged().flat_map(|tally| std::iter::repeat_n(weight(tally), tally.judged()));
    let size = effective_size(weights);
    let interval = wilson(precision * size, size);
    (claims > 0.0).then_some(Estimate { precision, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(relation: &str, weight: f64, verdicts: &str) -> Vec<Judged> {
        let verdict = |letter| match letter {
            'y' => Verdict::Right,
            'n' => Verdict::Wrong,
            '?' => Verdict::Unsure,
            _ => Verdict::Blank,
        };
        let judged = |v| Judged { relation: relation.to_owned(), weight, verdict: verdict(v) };
        verdicts.chars().map(judged).collect()
    }

    #[test]
    fn relations_count_by_their_claims() {
        // 900 claims of which half are right, 100 of which all are.
        let mut judged = rows("common", 90.0, "yynnyynnn-");
        judged.extend(rows("rare", 25.0, "yyy?"));
        let score = score(&judged);
        let common = score.relations["common"];
        assert_eq!((common.right, common.wrong, common.unsure, common.blank), (4, 5, 0, 1));
        assert!((common.claims - 900.0).abs() < 1e-9);
        let raw = score.all.precision().expect("rows are judged");
        assert!((raw.precision - 7.0 / 12.0).abs() < 1e-9);
        let weighted = score.weighted.expect("rows are judged");
        assert!((weighted.precision - (0.9 * 4.0 / 9.0 + 0.1)).abs() < 1e-9, "{weighted:?}");
        // Less is known than twelve rows of equal weight would tell.
        let (width, raw) = (weighted.interval, raw.interval);
        assert!(raw.high - raw.low < width.high - width.low, "{raw:?} {width:?}");
    }

    #[test]
    fn equal_weights_change_nothing() {
        let score = score(&rows("one", 3.0, "yyyynny"));
        assert_eq!(score.weighted.map(|e| e.precision), score.all.precision().map(|e| e.precision));
        let [a, b] = [score.weighted, score.all.precision()].map(|e| e.expect("judged").interval);
        assert!((a.low - b.low).abs() < 1e-12 && (a.high - b.high).abs() < 1e-12);
    }

    #[test]
    fn nothing_judged_says_nothing() {
        for judged in [Vec::new(), rows("one", 1.0, "-?-")] {
            let score = score(&judged);
            assert_eq!(score.weighted, None);
            assert_eq!(score.all.precision(), None);
        }
    }
}
