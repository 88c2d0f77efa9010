//! Single names over documents ("West", "Secretary Boateng").
//!
//! Within a document a surname is joined to the full name by annotation. One
//! that stands alone in its document is joined to a person of other documents
//! only if there is one such person at all likely, and office, country or
//! companions support it; never by the name alone.

use std::collections::HashMap;

use crate::resolution::{Basis, Decision};

use super::compare::ParsedName;
use super::decide::{self, Kin};
use super::evidence::Evidence;
use super::ledger::{self, Bonds};
use super::options::ResolveOptions;
use super::profile::{Corpus, Profile, Subject};

/// What a single name that one person here bears says, and one that several do.
pub(super) const ONE_BEARER: f64 = -0.5;
pub(super) const SEVERAL_BEARERS: f64 = -1.5;
/// How far the likeliest bearer must be ahead of the next.
const MARGIN: f64 = 1.0;

/// Joins profiles of single names to the clusters they belong to.
pub(super) fn attach(
    subjects: &[Subject],
    profiles: &[Profile],
    corpus: &Corpus,
    options: &ResolveOptions,
    bonds: &mut Bonds,
    cluster_of: &mut [u32],
    decisions: &mut Vec<Decision>,
) {
    // The profiles of full names that have a name, in first or last place.
    let mut bearers: HashMap<&str, Vec<u32>> = HashMap::new();
    for (i, profile) in profiles.iter().enumerate() {
        if let ParsedName::Person(name) = &*profile.name
            && profile.is_named
            && !profile.is_bare
            && let (Some(first), Some(last)) = (name.parts.first(), name.parts.last())
        {
            bearers.entry(&last.sounded.text).or_default().push(i as u32);
            if first.sounded.text != last.sounded.text {
                bearers.entry(&first.sounded.text).or_default().push(i as u32);
            }
        }
    }
    let mut bond_of = ledger::by_cluster(profiles, cluster_of);
    for (i, profile) in profiles.iter().enumerate() {
        let ParsedName::Person(name) = &*profile.name else { continue };
        // Whom a ruling has given a place needs none.
        if !profile.is_bare || !profile.is_named || bonds.is_placed(profile.bond) {
            continue;
        }
        let Some(part) = name.parts.last() else { continue };
        let Some(bearers) = bearers.get(part.sounded.text.as_str()) else { continue };
        let mut clusters: Vec<u32> =
            bearers.iter().filter_map(|b| cluster_of.get(*b as usize).copied()).collect();
        clusters.sort_unstable();
        clusters.dedup();
        let bond = |cluster: u32| bond_of.get(&cluster).copied();
        clusters.retain(|cluster| bonds.may_join(bond(*cluster), profile.bond));
        let prior = if clusters.len() == 1 { ONE_BEARER } else { SEVERAL_BEARERS };
        // The likeliest profile of each cluster.
        let mut likeliest: HashMap<u32, (f64, u32)> = HashMap::new();
        for &b in bearers {
            let (Some(bearer), Some(&cluster)) =
                (profiles.get(b as usize), cluster_of.get(b as usize))
            else {
                continue;
            };
            let mut evidence = Evidence::silent();
            single(profile, bearer, prior, corpus, &mut evidence);
            let entry = likeliest.entry(cluster).or_insert((f64::NEG_INFINITY, b));
            if evidence.log_odds() > entry.0 {
                *entry = (evidence.log_odds(), b);
            }
        }
        let mut ranked: Vec<(f64, u32)> =
            clusters.iter().filter_map(|c| likeliest.get(c).copied()).collect();
        ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let Some(&(score, b)) = ranked.first() else { continue };
        let Some(bearer) = profiles.get(b as usize) else { continue };
        let next = ranked.get(1).map_or(f64::NEG_INFINITY, |(score, _)| *score);
        let refusal = if score < options.merge {
            Some(
                "a single name needs an office, a country or companions that support it".to_owned(),
            )
        } else if score - next < MARGIN {
            Some("several people of that name are about as likely".to_owned())
        } else {
            None
        };
        // A single name that nothing supports is no merge of note.
        if refusal.is_none() || score > 0.0 {
            let mut evidence = Evidence::told();
            single(profile, bearer, prior, corpus, &mut evidence);
            let target = refusal.is_none().then(|| cluster_of.get(b as usize).copied()).flatten();
            decisions.push(super::decision(
                Basis::SingleName,
                subjects,
                bearer,
                profile,
                evidence,
                refusal,
            ));
            if let (Some(target), Some(cluster)) = (target, cluster_of.get_mut(i)) {
                *cluster = target;
                if let Some(joined) = bonds.join(bond(target), profile.bond) {
                    bond_of.insert(target, joined);
                }
            }
        }
    }
}

/// Adds the evidence for a single name and the full name of a bearer.
pub(super) fn single(
    profile: &Profile,
    bearer: &Profile,
    prior: f64,
    corpus: &Corpus,
    evidence: &mut Evidence,
) {
    evidence.add("single name", prior, || {
        if prior == ONE_BEARER {
            format!("only one full name here has “{}”", profile.key)
        } else {
            format!("several full names here have “{}”", profile.key)
        }
    });
    decide::beyond(profile, bearer, Kin::Other, corpus, evidence);
}
