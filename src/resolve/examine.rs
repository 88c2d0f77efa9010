//! Why two entities are two or one, and of which pairs it is least certain.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::Diagnostic;
use crate::entity::EntityId;
use crate::mention::Supertype;
use crate::resolution::{Basis, Comparison, Decision, Judgement};

use super::bare::{self, Bearing};
use super::compare::ParsedName;
use super::decide::{self, NAMES_DIFFER};
use super::evidence::Evidence;
use super::profile::Profile;
use super::{Found, Resolved, block};

/// Log-odds below which two entities are no neighbors.
const FAR: f64 = -4.0;
/// How many names of an entity are held against those of another.
const MAX_COMPARED: usize = 24;

/// Two names, and what speaks for and against their being names of one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The entity of the one.
    pub a: EntityId,
    /// The entity of the other; the same, if the two were joined.
    pub b: EntityId,
    /// The two names as documents write them.
    pub names: (String, String),
    /// The sum of the evidence, in log-odds.
    pub log_odds: f64,
    /// The log-odds from which the program joins two such names.
    pub threshold: f64,
    /// The evidence.
    pub comparison: Comparison,
    /// What was not done though the evidence is for it, or done though it is
    /// not, and why.
    pub because: Option<String>,
    /// The two profiles.
    pub(super) profiles: (u32, u32),
}

impl Resolved<'_> {
    /// Compares two entities by those of their names that agree best.
    pub fn compare(&self, a: &EntityId, b: &EntityId) -> Option<Pair> {
        let of = self.by_entity();
        self.best(of.get(a)?, of.get(b)?, a, b)
    }

    /// Compares what two sides name: two entities, or two names of one.
    pub fn compare_sides(&self, a: &Found, b: &Found) -> Option<Pair> {
        if a.entity != b.entity {
            return self.compare(&a.entity, &b.entity);
        }
        let of = self.by_entity();
        let own = of.get(&a.entity)?;
        let named = |found: &Found| -> Vec<u32> {
            let is_named = |at: &u32| {
                let members = self.profile(*at).map_or(&[][..], |profile| &profile.members);
                found.side.selectors.iter().any(|selector| self.names_any(selector, members))
            };
            own.iter().copied().filter(is_named).collect()
        };
        let (x, y) = (named(a), named(b));
        // Two names that were taken for one to begin with have no pair.
        let apart: Vec<u32> = y.iter().copied().filter(|at| !x.contains(at)).collect();
        self.best(&x, if apart.is_empty() { &y } else { &apart }, &a.entity, &b.entity)
    }

    /// The entities that come nearest to being one with another, the nearest
    /// first.
    pub fn neighbors(&self, entity: &EntityId, limit: usize) -> Vec<Pair> {
        let of = self.by_entity();
        let Some(own) = of.get(entity) else { return Vec::new() };
        let own_set: BTreeSet<u32> = own.iter().copied().collect();
        let mut others: BTreeSet<&EntityId> = BTreeSet::new();
        for (x, y) in self.near_pairs() {
            let other = match (own_set.contains(&x), own_set.contains(&y)) {
                (true, false) => y,
                (false, true) => x,
                _ => continue,
            };
            others.extend(self.entity_of(other));
        }
        let mut pairs: Vec<Pair> = others
            .into_iter()
            .filter_map(|other| self.best(own, of.get(other)?, entity, other))
            .filter(|pair| FAR < pair.log_odds)
            .collect();
        pairs.sort_by(|x, y| y.log_odds.total_cmp(&x.log_odds).then_with(|| x.b.cmp(&y.b)));
        pairs.truncate(limit);
        pairs
    }

    /// The decisions that made an entity, the least certain first.
    pub fn links(&self, entity: &EntityId) -> Vec<&Decision> {
        let of = |referent| self.resolution.of.get(referent) == Some(entity);
        let mut links: Vec<&Decision> = (self.resolution.decisions.iter())
            .filter(|d| d.rejected.is_none() && of(&d.a.0) && of(&d.b.0))
            .collect();
        links.sort_by(|x, y| x.comparison.score.total_cmp(&y.comparison.score));
        links
    }

    /// All pairs of which it is not certain whether they are one, those that
    /// were joined included; sorted by entities. What rulings have settled is
    /// left out.
    pub fn uncertain(&self) -> Vec<Pair> {
        let mut best: BTreeMap<(&EntityId, &EntityId), (f64, u32, u32)> = BTreeMap::new();
        for (i, j) in self.near_pairs() {
            let (Some(x), Some(y)) = (self.profile(i), self.profile(j)) else { continue };
            let (Some(a), Some(b)) = (self.entity_of(i), self.entity_of(j)) else { continue };
            if a == b
                || !self.bonds.may_join(x.bond, y.bond)
                || (x.is_generic() && y.is_generic())
                || !(x.is_named && y.is_named)
            {
                continue;
            }
            let log_odds = self.weigh(x, y, &mut Evidence::silent());
            if log_odds < FAR {
                continue;
            }
            let key = if a < b { (a, b) } else { (b, a) };
            let entry = best.entry(key).or_insert((log_odds, i, j));
            if entry.0 < log_odds {
                *entry = (log_odds, i, j);
            }
        }
        let mut pairs: Vec<Pair> =
            best.into_iter().filter_map(|((a, b), (_, i, j))| self.pair(i, j, a, b)).collect();
        // Entities that a ruling has parted elsewhere than in these names.
        let rejected: BTreeSet<(&EntityId, &EntityId)> = self
            .resolution
            .decisions
            .iter()
            .filter(|d| d.basis == Basis::Ruling && d.rejected.is_some())
            .filter_map(|d| self.ends(d))
            .flat_map(|(a, b)| [(a, b), (b, a)])
            .collect();
        pairs.retain(|pair| !rejected.contains(&(&pair.a, &pair.b)));
        pairs.extend(self.joined());
        pairs
    }

    /// The merges of different names that are not certain.
    fn joined(&self) -> impl Iterator<Item = Pair> {
        let profile_of: HashMap<u32, u32> = (self.profiles.iter().enumerate())
            .flat_map(|(at, profile)| {
                profile.members.iter().map(move |member| (*member, at as u32))
            })
            .collect();
        let subject_of: HashMap<_, u32> =
            (self.subjects.iter().enumerate()).map(|(i, s)| (&s.candidate.id, i as u32)).collect();
        (self.resolution.decisions.iter()).filter_map(move |decision| {
            if decision.rejected.is_some()
                || !matches!(decision.basis, Basis::OtherNames | Basis::SingleName)
                || decision.comparison.score >= 0.99
            {
                return None;
            }
            let profile = |id| profile_of.get(subject_of.get(id)?).copied();
            let profiles = (profile(&decision.a.0)?, profile(&decision.b.0)?);
            let (x, y) = (self.profile(profiles.0)?, self.profile(profiles.1)?);
            // Two that a ruling has joined as well are settled.
            if self.bonds.are_ruled_one(x.bond, y.bond) {
                return None;
            }
            let (a, b) = self.ends(decision)?;
            let score = decision.comparison.score;
            Some(Pair {
                a: a.clone(),
                b: b.clone(),
                names: (decision.a.1.clone(), decision.b.1.clone()),
                log_odds: (score / (1.0 - score)).ln(),
                threshold: self.options.merge,
                comparison: decision.comparison.clone(),
                because: None,
                profiles,
            })
        })
    }

    fn ends(&self, decision: &Decision) -> Option<(&EntityId, &EntityId)> {
        let of = &self.resolution.of;
        Some((of.get(&decision.a.0)?, of.get(&decision.b.0)?))
    }

    fn profile(&self, at: u32) -> Option<&Profile> {
        self.profiles.get(at as usize)
    }

    fn entity_of(&self, profile: u32) -> Option<&EntityId> {
        let first = *self.profile(profile)?.members.first()?;
        self.resolution.of.get(&self.subjects.get(first as usize)?.candidate.id)
    }

    /// The profiles of each entity, those in most documents first.
    fn by_entity(&self) -> HashMap<&EntityId, Vec<u32>> {
        let mut of: HashMap<&EntityId, Vec<u32>> = HashMap::new();
        for at in 0..self.profiles.len() as u32 {
            if let Some(entity) = self.entity_of(at) {
                of.entry(entity).or_default().push(at);
            }
        }
        let documents = |at: &u32| self.profile(*at).map_or(0, |profile| profile.documents.len());
        #[expect(clippy::iter_over_hash_type, reason = "each is sorted for itself")]
        for profiles in of.values_mut() {
            profiles.sort_by(|x, y| documents(y).cmp(&documents(x)).then(x.cmp(y)));
        }
        of
    }

    /// Pairs of profiles that share something, single names included.
    fn near_pairs(&self) -> BTreeSet<(u32, u32)> {
        let mut unsaid: Vec<Diagnostic> = Vec::new();
        let mut pairs: BTreeSet<(u32, u32)> =
            block::pairs(&self.profiles, &self.options, &mut unsaid).into_iter().collect();
        let mut same: BTreeMap<(Supertype, &str), Vec<u32>> = BTreeMap::new();
        for (i, profile) in self.profiles.iter().enumerate() {
            same.entry((profile.supertype, &profile.key)).or_default().push(i as u32);
        }
        for profiles in same.values().filter(|profiles| profiles.len() <= self.options.block) {
            for (at, &i) in profiles.iter().enumerate() {
                pairs.extend(profiles.iter().skip(at + 1).map(|&j| (i, j)));
            }
        }
        for (i, profile) in self.profiles.iter().enumerate() {
            if let (ParsedName::Person(name), true) = (&*profile.name, profile.is_bare)
                && let Some(bearers) = self.full_names().get(&name.last_name())
            {
                let near = bearers.iter().take(self.options.block);
                pairs.extend(near.map(|&j| (j.min(i as u32), j.max(i as u32))));
            }
        }
        pairs
    }

    /// The pair of names of two entities that agrees best.
    fn best(&self, own: &[u32], other: &[u32], a: &EntityId, b: &EntityId) -> Option<Pair> {
        let mut best: Option<(f64, u32, u32)> = None;
        for &i in own.iter().take(MAX_COMPARED) {
            for &j in other.iter().take(MAX_COMPARED) {
                let (Some(x), Some(y)) = (self.profile(i), self.profile(j)) else { continue };
                let log_odds = self.weigh(x, y, &mut Evidence::silent());
                if best.is_none_or(|(score, ..)| score < log_odds) {
                    best = Some((log_odds, i, j));
                }
            }
        }
        let (_, i, j) = best?;
        self.pair(i, j, a, b)
    }

    fn pair(&self, i: u32, j: u32, a: &EntityId, b: &EntityId) -> Option<Pair> {
        let (x, y) = (self.profile(i)?, self.profile(j)?);
        let mut evidence = Evidence::told();
        let log_odds = self.weigh(x, y, &mut evidence);
        let sum = evidence.log_odds();
        let mut comparison = evidence.into_comparison();
        let threshold =
            if x.key == y.key { self.options.merge_namesakes } else { self.options.merge };
        let mut because = None;
        if log_odds < sum {
            comparison.judgement = Judgement::Different;
            because = Some(
                "names that differ so much are not joined, whatever else speaks for it".to_owned(),
            );
        }
        let name = |profile: &Profile| {
            let first = *profile.members.first()?;
            Some(self.subjects.get(first as usize)?.candidate.referent.name.clone())
        };
        // A merge that was considered has left its reason.
        if because.is_none() && a != b {
            let refused = self.resolution.decisions.iter().find(|d| {
                d.rejected.is_some()
                    && self.ends(d).is_some_and(|ends| ends == (a, b) || ends == (b, a))
            });
            because = refused.and_then(|decision| decision.rejected.clone());
        }
        Some(Pair {
            a: a.clone(),
            b: b.clone(),
            names: (name(x)?, name(y)?),
            log_odds,
            threshold,
            comparison,
            because,
            profiles: (i, j),
        })
    }

    /// The log-odds that two profiles are of one thing.
    fn weigh(&self, x: &Profile, y: &Profile, evidence: &mut Evidence) -> f64 {
        if x.supertype != y.supertype {
            evidence.add("class", -6.0, || {
                format!("a {} and a {}", x.supertype.as_str(), y.supertype.as_str())
            });
            return evidence.log_odds();
        }
        if x.key == y.key {
            decide::same_name(x, y, &self.corpus, evidence);
            return evidence.log_odds();
        }
        if x.is_bare != y.is_bare {
            let (single, full) = if x.is_bare { (x, y) } else { (y, x) };
            if let (ParsedName::Person(part), ParsedName::Person(name)) =
                (&*single.name, &*full.name)
            {
                let own = part.last_name();
                if own == name.first_name() || own == name.last_name() {
                    let bearing = self.bearing(single, full, &own);
                    bare::single(single, full, &bearing, &self.corpus, evidence);
                    return evidence.log_odds();
                }
            }
        }
        let names = decide::other_name(x, y, &self.corpus, evidence);
        let is_one = x.wikidata.is_some() && x.wikidata == y.wikidata;
        if names < NAMES_DIFFER && !is_one {
            evidence.log_odds().min(names)
        } else {
            evidence.log_odds()
        }
    }

    /// How a single name is borne by one of all that bear it here.
    fn bearing(&self, single: &Profile, full: &Profile, own: &str) -> Bearing {
        let documents = |profile: &Profile| match &*profile.name {
            ParsedName::Person(name) if name.last_name() == own => profile.documents.len() as u32,
            _ => (profile.documents.len() as u32).div_ceil(4),
        };
        let known = self.full_names().get(own).map_or(&[][..], Vec::as_slice);
        let entities: BTreeSet<&EntityId> =
            known.iter().filter_map(|at| self.entity_of(*at)).collect();
        let all: u32 = known.iter().filter_map(|at| self.profile(*at)).map(documents).sum();
        let share = f64::from(documents(full)) / f64::from(all.max(documents(full)).max(1));
        Bearing::new(single, full, own, entities.len() <= 1, documents(full), share.max(1e-3))
    }

    /// The profiles of full names by their first and last names.
    fn full_names(&self) -> &HashMap<String, Vec<u32>> {
        self.bearers.get_or_init(|| {
            let mut bearers: HashMap<String, Vec<u32>> = HashMap::new();
            for (i, profile) in self.profiles.iter().enumerate() {
                if let (ParsedName::Person(name), false) = (&*profile.name, profile.is_bare) {
                    for part in BTreeSet::from([name.first_name(), name.last_name()]) {
                        bearers.entry(part).or_default().push(i as u32);
                    }
                }
            }
            bearers
        })
    }
}
