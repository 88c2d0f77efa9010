//! What findings beside the name are worth, learnt without labels.
//!
//! Fellegi and Sunter (1969): a finding is worth the logarithm of how often it is
//! made of two names of one person (m) over how often it is made of names of two
//! people (u). Which pairs are one person nobody has said; expectation maximization
//! takes the probability of each instead, from its names and its findings, and
//! counts again until the counts agree with themselves (Winkler 1988).
//!
//! Left alone, that finds whatever two groups part the pairs best. So it starts
//! from the judgement that ships, is held to the counts that ship as by so many
//! pairs already seen, may change no weight by more than [`MOST`], and does not
//! run on fewer than [`FEWEST`] pairs: of five articles nothing is learnt. In a
//! corpus where everybody is from one country, sharing it comes to say little.
//!
//! Pairs are taken in their order and sums with them, so that the same corpus gives
//! the same weights. What is learnt holds for people; bodies keep what ships.

use rayon::prelude::*;

use crate::mention::{Gender, Supertype};
use crate::resolution::Weight;

use super::cluster::NamePair;
use super::decide;
use super::evidence::{Evidence, probability};
use super::profile::{Corpus, Profile};

/// Pairs of names of people below which nothing is learnt.
const FEWEST: usize = 1000;
/// Pairs that are enough; of more, every second, third and so on is taken.
const ENOUGH: usize = 200_000;
/// As how many pairs the counts that ship weigh.
const HELD_BY: f64 = 400.0;
/// How much a weight may change, in log-odds.
const MOST: f64 = 1.0;
const ROUNDS: usize = 20;
/// Groups of pairs by the log-odds of the names alone, and where each begins.
const BINS: [f64; 7] = [-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0];

/// What two profiles are found to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Finding {
    SameGender,
    OtherGender,
    SameCountry,
    OtherCountry,
    SamePost,
    LikePost,
    OtherPost,
}

impl Finding {
    /// What a likeness of posts is as a finding.
    pub fn of_posts(likeness: f64) -> Self {
        match likeness {
            x if x <= 0.0 => Self::OtherPost,
            x if x < 1.2 => Self::LikePost,
            _ => Self::SamePost,
        }
    }
}

/// A finding in the table: the findings of one feature exclude one another.
#[derive(Clone, Copy)]
struct Row {
    feature: &'static str,
    words: &'static str,
    m: f64,
    u: f64,
}

/// The counts that ship, along the variants of [`Finding`]: chosen to agree with the
/// weights of `decide.rs`, which were set by hand. What a corpus adds is the
/// difference of its own counts from these.
const SHIPPED: [Row; 7] = [
    row("gender", "the same", 0.98, 0.76),
    row("gender", "another", 0.02, 0.24),
    row("country", "the same", 0.69, 0.31),
    row("country", "others", 0.31, 0.69),
    row("office", "the same", 0.40, 0.08),
    row("office", "alike", 0.30, 0.20),
    row("office", "others", 0.30, 0.72),
];

const fn row(feature: &'static str, words: &'static str, m: f64, u: f64) -> Row {
    Row { feature, words, m, u }
}

/// By how much the corpus changes what each finding is worth.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Weights([f64; SHIPPED.len()]);

impl Weights {
    /// The change, in log-odds, to add to what ships.
    pub fn change(&self, finding: Finding) -> f64 {
        self.0.get(finding as usize).copied().unwrap_or(0.0)
    }
}

/// A pair as it is counted.
struct Pair {
    bin: usize,
    findings: Vec<Finding>,
    /// The probability that the two are one person.
    same: f64,
}

/// Learns of the pairs what findings are worth, and tells what came out.
pub(super) fn learn(
    profiles: &[Profile],
    pairs: &[NamePair],
    corpus: &Corpus,
) -> (Weights, Vec<Weight>) {
    let of = |i: u32| profiles.get(i as usize).filter(|p| p.supertype == Supertype::Person);
    let is_of_people = |pair: &&NamePair| of(pair.a).is_some() && of(pair.b).is_some();
    let step = pairs.iter().filter(is_of_people).count().div_ceil(ENOUGH).max(1);
    let people: Vec<(&Profile, &Profile, f64)> = pairs
        .iter()
        .filter_map(|pair| Some((of(pair.a)?, of(pair.b)?, pair.names)))
        .step_by(step)
        .collect();
    let mut counts = Counts::shipped();
    let mut seen = [0_u64; SHIPPED.len()];
    if people.len() >= FEWEST {
        let mut pairs: Vec<Pair> =
            people.par_iter().map(|&(a, b, names)| Pair::new(a, b, names, corpus)).collect();
        for finding in pairs.iter().flat_map(|pair| &pair.findings) {
            if let Some(count) = seen.get_mut(*finding as usize) {
                *count += 1;
            }
        }
        for _ in 0..ROUNDS {
            counts = Counts::of(&pairs);
            for pair in &mut pairs {
                pair.same = counts.probability(pair);
            }
        }
    }
    let mut weights = Weights::default();
    let mut told = Vec::new();
    for (at, row) in SHIPPED.iter().enumerate() {
        let [m, u] = [counts.m[at], counts.u[at]];
        let change = ((m / u).ln() - (row.m / row.u).ln()).clamp(-MOST, MOST);
        weights.0[at] = change;
        told.push(Weight {
            feature: row.feature,
            finding: row.words,
            among_same: m,
            by_chance: u,
            change,
            pairs: seen[at],
        });
    }
    (weights, told)
}

impl Pair {
    fn new(a: &Profile, b: &Profile, names: f64, corpus: &Corpus) -> Self {
        let mut evidence = Evidence::silent();
        decide::with_names(a, b, names, corpus, &mut evidence);
        let mut findings = Vec::with_capacity(3);
        match (a.gender(), b.gender()) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => {}
            (x, y) if x == y => findings.push(Finding::SameGender),
            _ => findings.push(Finding::OtherGender),
        }
        if !a.countries.is_empty() && !b.countries.is_empty() {
            let shares = a.countries.keys().any(|country| b.countries.contains_key(country));
            findings.push(if shares { Finding::SameCountry } else { Finding::OtherCountry });
        }
        findings.extend(decide::likest_posts(a, b).map(Finding::of_posts));
        let bin = BINS.iter().filter(|start| names >= **start).count();
        Self { bin, findings, same: probability(evidence.log_odds().min(names + 4.0)) }
    }
}

/// How often each thing is found of pairs that are one person, and of others.
struct Counts {
    /// The share of pairs that are one person.
    same: f64,
    bins: [[f64; 2]; BINS.len() + 1],
    m: [f64; SHIPPED.len()],
    u: [f64; SHIPPED.len()],
}

impl Counts {
    fn shipped() -> Self {
        Self {
            same: 0.5,
            bins: [[1.0; 2]; BINS.len() + 1],
            m: SHIPPED.map(|row| row.m),
            u: SHIPPED.map(|row| row.u),
        }
    }

    /// Counts the pairs, each as one person by its probability.
    fn of(pairs: &[Pair]) -> Self {
        let mut bins = [[1.0_f64; 2]; BINS.len() + 1];
        let mut found = [[0.0_f64; 2]; SHIPPED.len()];
        let mut all = [0.0_f64; 2];
        for pair in pairs {
            for (side, share) in [pair.same, 1.0 - pair.same].into_iter().enumerate() {
                all[side] += share;
                bins[pair.bin][side] += share;
                for finding in &pair.findings {
                    found[*finding as usize][side] += share;
                }
            }
        }
        let mut counts = Self::shipped();
        counts.same = all[0] / (all[0] + all[1]).max(1.0);
        let sums = bins.iter().fold([0.0; 2], |sum, bin| [sum[0] + bin[0], sum[1] + bin[1]]);
        for (to, bin) in counts.bins.iter_mut().zip(bins) {
            *to = [bin[0] / sums[0], bin[1] / sums[1]];
        }
        for (at, row) in SHIPPED.iter().enumerate() {
            let mut sum = [HELD_BY; 2];
            for (other, count) in SHIPPED.iter().zip(&found) {
                if other.feature == row.feature {
                    sum = [sum[0] + count[0], sum[1] + count[1]];
                }
            }
            counts.m[at] = (found[at][0] + HELD_BY * row.m) / sum[0];
            counts.u[at] = (found[at][1] + HELD_BY * row.u) / sum[1];
        }
        counts
    }

    fn probability(&self, pair: &Pair) -> f64 {
        let [same, other] = self.bins[pair.bin];
        let mut odds = (self.same / (1.0 - self.same).max(1e-9)) * same / other;
        for finding in &pair.findings {
            odds *= self.m[*finding as usize] / self.u[*finding as usize];
        }
        odds / (1.0 + odds)
    }
}
