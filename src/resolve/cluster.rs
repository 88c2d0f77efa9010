//! From judged pairs to clusters.
//!
//! Greedy correlation clustering with "different" as a constraint: pairs are
//! taken from the most to the least certain, and two clusters become one only if
//! the evidence between all their names, not that of the one pair, speaks for it
//! (average linkage) and no pair of them is judged different. So one wrong link
//! never fuses two clusters, and the result does not depend on the order in which
//! the names came.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::resolution::{Basis, Decision};

use super::decide::{self, NAMES_DIFFER};
use super::evidence::{Evidence, SAME};
use super::ledger::{Bond, Bonds};
use super::options::ResolveOptions;
use super::profile::{Corpus, Profile, Subject};

/// How many names of a cluster are compared with those of another.
const MAX_COMPARED: usize = 8;
/// Log-odds of a pair that forbid a merge whatever else speaks for it.
const FORBIDDEN: f64 = -2.0;

/// Returns for each profile the index of the smallest profile of its cluster.
pub(super) fn cluster(
    subjects: &[Subject],
    profiles: &[Profile],
    pairs: &[NamePair],
    corpus: &Corpus,
    options: &ResolveOptions,
    bonds: &mut Bonds,
    decisions: &mut Vec<Decision>,
) -> Vec<u32> {
    let at = |i: u32| profiles.get(i as usize);
    let judged: Vec<Judged> = pairs
        .par_iter()
        .filter_map(|&NamePair { a, b, names }| judge(a, b, at(a)?, at(b)?, names, corpus))
        .filter(|judged| judged.log_odds >= options.merge || judged.names >= SAME)
        .collect();
    let mut known: HashMap<(u32, u32), Judged> = judged.iter().map(|j| ((j.a, j.b), *j)).collect();
    let mut queue = judged;
    queue.sort_by(|x, y| y.log_odds.total_cmp(&x.log_odds).then((x.a, x.b).cmp(&(y.a, y.b))));

    let mut cluster_of: Vec<u32> = (0..profiles.len() as u32).collect();
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    // What rulings say of each cluster. What they join is joined afterwards, so
    // that names which only a ruling holds together do not weigh here.
    let mut bond_of: Vec<Option<Bond>> = profiles.iter().map(|profile| profile.bond).collect();
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    for pair in queue {
        let (Some(&x), Some(&y)) =
            (cluster_of.get(pair.a as usize), cluster_of.get(pair.b as usize))
        else {
            continue;
        };
        if x == y {
            continue;
        }
        let bond = |c: u32| bond_of.get(c as usize).copied().flatten();
        if !bonds.may_join(bond(x), bond(y)) {
            continue;
        }
        let own = |c: u32| members.get(&c).cloned().unwrap_or_else(|| vec![c]);
        let (left, right) = (own(x), own(y));
        let refusal = if pair.log_odds < options.merge {
            Some("the names agree, but the evidence beside them speaks against".to_owned())
        } else {
            refuse(&left, &right, profiles, corpus, &mut known)
        };
        let (Some(a), Some(b)) = (at(pair.a), at(pair.b)) else { continue };
        let mut evidence = Evidence::told();
        decide::other_name(a, b, corpus, &mut evidence);
        if refusal.is_none() {
            let (into, from) = (x.min(y), x.max(y));
            let mut all = [left, right].concat();
            all.sort_unstable();
            for &i in &all {
                if let Some(cluster) = cluster_of.get_mut(i as usize) {
                    *cluster = into;
                }
            }
            let joined = bonds.join(bond(into), bond(from));
            if let Some(bond) = bond_of.get_mut(into as usize) {
                *bond = joined;
            }
            members.remove(&from);
            members.insert(into, all);
        }
        // A refusal is told once for each pair of names, and not of names that
        // stand for another body in every country.
        let is_of_note = refusal.is_none()
            || (!(a.is_generic() && b.is_generic()) && told.insert((&a.key, &b.key)));
        if is_of_note {
            decisions.push(super::decision(Basis::OtherNames, subjects, a, b, evidence, refusal));
        }
    }
    cluster_of
}

/// Two profiles to judge.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamePair {
    /// The smaller index.
    pub a: u32,
    pub b: u32,
    /// What the names say alone, in log-odds.
    pub names: f64,
}

/// Finds what the names of each pair say; names that differ in class are left out.
pub(super) fn compare_names(profiles: &[Profile], pairs: Vec<(u32, u32)>) -> Vec<NamePair> {
    let at = |i: u32| profiles.get(i as usize);
    (pairs.into_par_iter())
        .filter_map(|(a, b)| Some(NamePair { a, b, names: decide::names_alone(at(a)?, at(b)?) }))
        .collect()
}

/// A judged pair of profiles.
#[derive(Clone, Copy, Debug)]
struct Judged {
    a: u32,
    b: u32,
    /// All evidence.
    log_odds: f64,
    /// The names alone.
    names: f64,
}

fn judge(a: u32, b: u32, x: &Profile, y: &Profile, names: f64, corpus: &Corpus) -> Option<Judged> {
    if x.supertype != y.supertype {
        return None;
    }
    let mut evidence = Evidence::silent();
    decide::with_names(x, y, names, corpus, &mut evidence);
    let is_one = x.wikidata.is_some() && x.wikidata == y.wikidata;
    let log_odds = if names < NAMES_DIFFER && !is_one {
        evidence.log_odds().min(names)
    } else {
        evidence.log_odds()
    };
    Some(Judged { a, b, log_odds, names })
}

/// Why two clusters must not become one, if so.
fn refuse(
    left: &[u32],
    right: &[u32],
    profiles: &[Profile],
    corpus: &Corpus,
    known: &mut HashMap<(u32, u32), Judged>,
) -> Option<String> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for &i in &weightiest(left, profiles) {
        for &j in &weightiest(right, profiles) {
            let (a, b) = (i.min(j), i.max(j));
            let (Some(x), Some(y)) = (profiles.get(a as usize), profiles.get(b as usize)) else {
                continue;
            };
            let judged = match known.get(&(a, b)) {
                Some(judged) => *judged,
                None => {
                    let Some(judged) = judge(a, b, x, y, decide::names_alone(x, y), corpus) else {
                        continue;
                    };
                    known.insert((a, b), judged);
                    judged
                }
            };
            if judged.log_odds < FORBIDDEN {
                return Some(format!(
                    "“{}” and “{}”, which would become one with them, are different",
                    x.key.trim(),
                    y.key.trim()
                ));
            }
            sum += judged.log_odds;
            count += 1;
        }
    }
    (count > 0 && sum / f64::from(count) < SAME)
        .then(|| "the other names of the two, taken together, speak against".to_owned())
}

/// The names of a cluster that stand in most documents.
fn weightiest(cluster: &[u32], profiles: &[Profile]) -> Vec<u32> {
    let mut chosen = cluster.to_vec();
    if chosen.len() > MAX_COMPARED {
        let documents = |i: &u32| profiles.get(*i as usize).map_or(0, |p| p.documents.len());
        chosen.sort_by(|a, b| documents(b).cmp(&documents(a)).then(a.cmp(b)));
        chosen.truncate(MAX_COMPARED);
    }
    chosen
}
