//! The drawing of a sample.
//!
//! The sample is stratified twice. Each relation has its share, which grows
//! with the square root of its claims, so that rare relations are judged, too
//! (power allocation, Bankier 1988). Within a relation claims are ordered by
//! pattern and confidence and drawn at equal distances from a random start
//! (systematic sampling), so that every pattern and every band of confidence
//! has its share, however many there are. All claims of a relation are equally
//! likely to be drawn, hence their weight: claims of the relation over claims
//! drawn of it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// A claim that may be drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The id.
    pub claim: String,
    /// The relation.
    pub relation: String,
    /// The pattern that found it.
    pub pattern: String,
    /// The confidence, between 0 and 1.
    pub confidence: f64,
}

/// A claim that was drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawn {
    /// The id.
    pub claim: String,
    /// The relation, the band of confidence and the pattern.
    pub stratum: String,
    /// How many claims it stands for.
    pub weight: f64,
}

/// No sample can be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// There are no claims.
    #[error("there are no claims to draw from")]
    NoClaims,
    /// Some relation would not be drawn from.
    #[error("a sample of {size} is too small for {relations} relations")]
    TooSmall {
        /// The size asked for.
        size: usize,
        /// The relations there are.
        relations: usize,
    },
}

/// Draws `size` claims, or all if there are no more. The same candidates in
/// any order and the same seed give the same sample, ordered by stratum.
pub fn draw(candidates: &[Candidate], size: usize, seed: u64) -> Result<Vec<Drawn>, DrawError> {
    let mut relations: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    for candidate in candidates {
        relations.entry(&candidate.relation).or_default().push(candidate);
    }
    if relations.is_empty() {
        return Err(DrawError::NoClaims);
    }
    if size < relations.len() {
        return Err(DrawError::TooSmall { size, relations: relations.len() });
    }
    let counts: Vec<usize> = relations.values().map(Vec::len).collect();
    let mut drawn = Vec::new();
    for ((relation, mut claims), share) in relations.into_iter().zip(shares(&counts, size)) {
        claims.sort_by_cached_key(|c| {
            (&c.pattern, band(c.confidence), random(seed, &c.claim), &c.claim)
        });
        let (all, weight) = (claims.len() as f64, claims.len() as f64 / share as f64);
        // 53 bits: a number between 0 and 1 has no more.
        let start = (random(seed, relation) >> 11) as f64 / (1_u64 << 53) as f64;
        for at in 0..share {
            let at = ((at as f64 + start) / share as f64 * all) as usize;
            let claim = claims[at.min(claims.len() - 1)];
            let stratum = stratum(claim);
            drawn.push(Drawn { claim: claim.claim.clone(), stratum, weight });
        }
    }
    Ok(drawn)
}

/// How many to draw of each of `counts`: at least one, at most all, and else
/// as the square roots of the counts have it (Sainte-Laguë's method).
fn shares(counts: &[usize], size: usize) -> Vec<usize> {
    let mut shares = vec![1; counts.len()];
    let size = size.min(counts.iter().sum());
    for _ in counts.len()..size {
        let claim = |at: &usize| (counts[*at] as f64).sqrt() / (2 * shares[*at] + 1) as f64;
        let open = (0..counts.len()).filter(|&at| shares[at] < counts[at]);
        // The first of equals: `max_by` would take the last.
        let next = open.rev().max_by(|a, b| claim(a).total_cmp(&claim(b)));
        if let Some(next) = next {
            shares[next] += 1;
        }
    }
    shares
}

/// The tenth that a confidence is in, from 0 to 9.
fn band(confidence: f64) -> u8 {
    // The small addend is for tenths that binary fractions fall short of.
    ((confidence * 10.0 + 1e-9).floor() as u8).min(9)
}

fn stratum(claim: &Candidate) -> String {
    let band = band(claim.confidence);
    let (from, to) = (f64::from(band) / 10.0, f64::from(band + 1) / 10.0);
    format!("{} · {from:.1}–{to:.1} · {}", claim.relation, claim.pattern)
}

/// A number that depends on the seed and a text only.
fn random(seed: u64, text: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    hash.update(text.as_bytes());
    let digest = hash.finalize();
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// 1,000 claims of three relations, the ids of which tell nothing.
    fn claims() -> Vec<Candidate> {
        let claim = |at: usize| {
            let relation = if at < 20 { "hosted" } else { ["metWith", "visited"][at % 2] };
            Candidate {
                claim: format!("c{:04}", at * 7919 % 10_000),
                relation: relation.to_owned(),
                pattern: format!("p{}", at % 5),
                confidence: [0.55, 0.7, 0.83, 0.9][at / 3 % 4],
            }
        };
        (0..1000).map(claim).collect()
    }

    #[test]
    fn the_seed_alone_decides() {
        let forward = claims();
        let mut backward = claims();
        backward.reverse();
        let drawn = draw(&forward, 100, 7).expect("a sample");
        assert_eq!(drawn, draw(&backward, 100, 7).expect("a sample"));
        assert_ne!(drawn, draw(&forward, 100, 8).expect("a sample"));
        let ids: BTreeSet<&str> = drawn.iter().map(|drawn| drawn.claim.as_str()).collect();
        assert_eq!(ids.len(), 100);
    }

    #[test]
    fn weights_add_up_to_all_claims_of_each_relation() {
        for size in [3, 50, 100, 999, 1000, 5000] {
            let drawn = draw(&claims(), size, 1).expect("a sample");
            assert_eq!(drawn.len(), size.min(1000));
            for (relation, count) in [("hosted", 20.0), ("metWith", 490.0), ("visited", 490.0)] {
                let of = drawn.iter().filter(|drawn| drawn.stratum.starts_with(relation));
                let sum: f64 = of.map(|drawn| drawn.weight).sum();
                assert!((sum - count).abs() < 1e-9, "{relation} of {size}: {sum}");
            }
        }
    }

    #[test]
    fn every_pattern_and_band_has_its_share() {
        let drawn = draw(&claims(), 100, 3).expect("a sample");
        let strata: BTreeSet<&str> = drawn.iter().map(|drawn| drawn.stratum.as_str()).collect();
        // Two common relations of 5 patterns and 4 bands each.
        assert_eq!(strata.iter().filter(|s| !s.starts_with("hosted")).count(), 40, "{strata:#?}");
        assert!(strata.contains("metWith · 0.7–0.8 · p0"), "{strata:#?}");
    }

    #[test]
    fn estimates_are_right_on_average() {
        // What is to be estimated: how many claims end in a 3.
        let wanted = |claim: &str| claim.ends_with('3');
        let claims = claims();
        let truth = claims.iter().filter(|claim| wanted(&claim.claim)).count() as f64;
        let seeds = 400;
        let mut sum = 0.0;
        for seed in 0..seeds {
            let drawn = draw(&claims, 60, seed).expect("a sample");
            sum += drawn.iter().filter(|d| wanted(&d.claim)).map(|d| d.weight).sum::<f64>();
        }
        let mean = sum / seeds as f64;
        assert!((mean - truth).abs() < 0.05 * truth, "{mean} for {truth}");
    }

    #[test]
    fn too_small_a_sample_is_refused() {
        assert_eq!(draw(&[], 5, 0), Err(DrawError::NoClaims));
        assert_eq!(draw(&claims(), 2, 0), Err(DrawError::TooSmall { size: 2, relations: 3 }));
    }
}
