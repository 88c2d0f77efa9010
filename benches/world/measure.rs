//! How well a partition matches the truth.

use std::collections::HashMap;
use std::hash::Hash;

/// Precision and recall of a partition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Of the pairs that are one in the partition, the share that is one in truth.
    pub pair_precision: f64,
    /// Of the pairs that are one in truth, the share that is one in the partition.
    pub pair_recall: f64,
    /// B-cubed precision (Bagga and Baldwin 1998): the mean over things of the
    /// share of their cluster that belongs to them.
    pub b3_precision: f64,
    /// B-cubed recall.
    pub b3_recall: f64,
}

impl Quality {
    /// Measures: each item is its cluster and what it is in truth.
    pub fn of<C: Eq + Hash + Copy>(items: impl Iterator<Item = (C, u32)>) -> Self {
        let mut clusters: HashMap<C, u64> = HashMap::new();
        let mut things: HashMap<u32, u64> = HashMap::new();
        let mut both: HashMap<(C, u32), u64> = HashMap::new();
        let mut all = 0_u64;
        for (cluster, thing) in items {
            *clusters.entry(cluster).or_default() += 1;
            *things.entry(thing).or_default() += 1;
            *both.entry((cluster, thing)).or_default() += 1;
            all += 1;
        }
        let pairs = |n: u64| n * n.saturating_sub(1) / 2;
        let joined: u64 = clusters.values().map(|n| pairs(*n)).sum();
        let right: u64 = things.values().map(|n| pairs(*n)).sum();
        let hits: u64 = both.values().map(|n| pairs(*n)).sum();
        // Summed in order, so that the last digit does not depend on the map's.
        let mut cells: Vec<(u64, u64, u64)> = both
            .iter()
            .map(|((c, t), n)| {
                (*n, clusters.get(c).copied().unwrap_or(1), things.get(t).copied().unwrap_or(1))
            })
            .collect();
        cells.sort_unstable();
        let share = |n: u64, of: u64| if of == 0 { 1.0 } else { n as f64 / of as f64 };
        let (mut precision, mut recall) = (0.0, 0.0);
        for (n, cluster, thing) in cells {
            precision += n as f64 * share(n, cluster);
            recall += n as f64 * share(n, thing);
        }
        Self {
            pair_precision: share(hits, joined),
            pair_recall: share(hits, right),
            b3_precision: precision / (all as f64).max(1.0),
            b3_recall: recall / (all as f64).max(1.0),
        }
    }
}
