//! Single names over documents ("West", "Secretary Boateng").
//!
//! Within a document a surname is joined to the full name by annotation. One
//! that stands alone in its document is joined to a person of other documents
//! only if there is one such person at all likely, and office, country or
//! companions support it; never by the name alone.

use std::collections::{BTreeMap, HashMap};

use crate::resolution::{Basis, Decision};

use super::compare::ParsedName;
use super::decide::{self, Kin};
use super::evidence::Evidence;
use super::ledger::{self, Bonds};
use super::options::ResolveOptions;
use super::profile::{Corpus, Profile, Subject};
use super::tables::TABLES;

/// What a single name says before anything supports it.
const SINGLE: f64 = -0.5;
/// What it says at most that many documents name its bearer.
const PROMINENT: f64 = 1.2;
/// What it takes from a surname that it is a given name as well.
const GIVEN: f64 = 1.0;
/// What it adds that only one person here bears it, and it is not frequent.
const ONLY: f64 = 0.8;
/// How likely the likeliest bearer must be among all.
const LIKELIEST: f64 = 0.7;

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
    let mut bearers: HashMap<String, Vec<u32>> = HashMap::new();
    for (i, profile) in profiles.iter().enumerate() {
        if let ParsedName::Person(name) = &*profile.name
            && profile.is_named
            && !profile.is_bare
        {
            let (first, last) = (name.first_name(), name.last_name());
            if first != last {
                bearers.entry(first).or_default().push(i as u32);
            }
            bearers.entry(last).or_default().push(i as u32);
        }
    }
    let mut bond_of = ledger::by_cluster(profiles, cluster_of);
    for (i, profile) in profiles.iter().enumerate() {
        let ParsedName::Person(name) = &*profile.name else { continue };
        // Whom a ruling has given a place needs none.
        if !profile.is_bare || !profile.is_named || bonds.is_placed(profile.bond) {
            continue;
        }
        let own = name.last_name();
        let Some(bearers) = bearers.get(&own) else { continue };
        let titles: Vec<&str> = profile.regnal_titles().collect();
        let bearers: Vec<u32> = bearers
            .iter()
            .copied()
            .filter(|&b| {
                // "King Hussein" is nobody of the surname Hussein.
                profiles.get(b as usize).is_some_and(|bearer| {
                    titles.is_empty()
                        || matches!(&*bearer.name, ParsedName::Person(n) if n.first_name() == own)
                        || bearer.regnal_titles().any(|title| titles.contains(&title))
                })
            })
            .collect();
        let bond = |cluster: u32| bond_of.get(&cluster).copied();
        // How many documents name each bearer.
        let mut clusters: BTreeMap<u32, u32> = BTreeMap::new();
        for &b in &bearers {
            if let (Some(&cluster), Some(bearer)) =
                (cluster_of.get(b as usize), profiles.get(b as usize))
                && bonds.may_join(bond(cluster), profile.bond)
            {
                // A single name in an article is seldom a given name.
                let documents = bearer.documents.len() as u32;
                let is_last =
                    matches!(&*bearer.name, ParsedName::Person(full) if full.last_name() == own);
                *clusters.entry(cluster).or_default() +=
                    if is_last { documents } else { documents.div_ceil(4) };
            }
        }
        // The likeliest profile of each cluster, by what stands beside the name.
        let mut likeliest: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
        for &b in &bearers {
            let (Some(bearer), Some(&cluster)) =
                (profiles.get(b as usize), cluster_of.get(b as usize))
            else {
                continue;
            };
            if !clusters.contains_key(&cluster) {
                continue;
            }
            let mut evidence = Evidence::silent();
            decide::beyond(profile, bearer, Kin::Other, corpus, &mut evidence);
            let entry = likeliest.entry(cluster).or_insert((f64::NEG_INFINITY, b));
            if evidence.log_odds() > entry.0 {
                *entry = (evidence.log_odds(), b);
            }
        }
        // How likely each bearer is among all: by the documents that name it,
        // and by the evidence.
        let mass = |cluster: &u32, evidence: f64| {
            f64::from(clusters.get(cluster).copied().unwrap_or(1).max(1)) * evidence.exp()
        };
        let all: f64 = likeliest.iter().map(|(cluster, (e, _))| mass(cluster, *e)).sum();
        let mut best: Option<(f64, u32, u32)> = None;
        for (cluster, (evidence, b)) in &likeliest {
            let share = mass(cluster, *evidence) / all;
            if best.is_none_or(|(most, ..)| share > most) {
                best = Some((share, *cluster, *b));
            }
        }
        let Some((share, target, b)) = best else { continue };
        let Some(bearer) = profiles.get(b as usize) else { continue };
        let bearing = Bearing::new(
            profile,
            bearer,
            &own,
            likeliest.len() == 1,
            clusters.get(&target).copied().unwrap_or(1),
            share,
        );
        let mut evidence = Evidence::told();
        single(profile, bearer, &bearing, corpus, &mut evidence);
        let score = evidence.log_odds();
        let refusal = if share < LIKELIEST {
            Some("several people of that name are about as likely".to_owned())
        } else if score < options.merge {
            Some(
                "a single name needs an office, a country or companions that support it".to_owned(),
            )
        } else {
            None
        };
        // A single name that nothing supports is no merge of note.
        if refusal.is_none() || score > 0.0 {
            let is_merge = refusal.is_none();
            decisions.push(super::decision(
                Basis::SingleName,
                subjects,
                bearer,
                profile,
                evidence,
                refusal,
            ));
            if let (true, Some(cluster)) = (is_merge, cluster_of.get_mut(i)) {
                *cluster = target;
                if let Some(joined) = bonds.join(bond(target), profile.bond) {
                    bond_of.insert(target, joined);
                }
            }
        }
    }
}

/// How a single name is borne.
pub(super) struct Bearing {
    /// Whether it is the bearer's last name.
    is_last: bool,
    /// Whether nobody else here bears it, and few do elsewhere.
    is_only: bool,
    /// Whether it is a given name, and no title says otherwise.
    is_given: bool,
    /// How many documents name the bearer in full.
    documents: u32,
    /// How likely the bearer is among all that bear it.
    share: f64,
}

impl Bearing {
    /// How a single name, which is `own` to compare by, is borne by somebody.
    pub fn new(
        profile: &Profile,
        bearer: &Profile,
        own: &str,
        is_alone: bool,
        documents: u32,
        share: f64,
    ) -> Self {
        Self {
            is_last: matches!(&*bearer.name, ParsedName::Person(full) if full.last_name() == own),
            is_only: is_alone && !TABLES.person_word(own).frequent,
            is_given: TABLES.is_given(own) && profile.offices.is_empty(),
            documents: documents.max(1),
            share,
        }
    }

    /// Most of those whom a single name means are named most. A given name is
    /// used among people who know whom they mean, and is seldom a surname.
    fn weight(&self) -> f64 {
        let mut weight = SINGLE + self.share.ln();
        if self.is_last {
            weight += (f64::from(self.documents).ln() * 0.4).min(PROMINENT);
            weight -= if self.is_given { GIVEN } else { 0.0 };
        }
        weight + if self.is_only { ONLY } else { 0.0 }
    }
}

/// Adds the evidence for a single name and the full name of a bearer.
pub(super) fn single(
    profile: &Profile,
    bearer: &Profile,
    bearing: &Bearing,
    corpus: &Corpus,
    evidence: &mut Evidence,
) {
    evidence.add("single name", bearing.weight(), || {
        let name = profile.key.trim();
        if bearing.is_only {
            format!("only one full name here has “{name}”, in {} documents", bearing.documents)
        } else {
            format!("of those that have “{name}” in their names this is the likeliest")
        }
    });
    decide::beyond(profile, bearer, Kin::Other, corpus, evidence);
}
