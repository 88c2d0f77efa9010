//! Clusters linked to entries of reference lists.
//!
//! The evidence is that between entities: names, offices, countries. A cluster
//! is linked to the entry of a list that is likeliest, if that is likely enough
//! and well ahead of the next, as namesakes are many in a list of the world.
//! Clusters that are linked to one entry become one, unless a ruling or an
//! article keeps them apart: this is how a list brings spellings together that
//! do not resemble each other.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::document::DocumentId;
use crate::entity::ReferentId;
use crate::ledger::{Ledger, Named, Selector, Verdict};
use crate::mention::{HeldOffice, Referent, ReferentIdx, Supertype};
use crate::reference::Reference;
use crate::resolution::{Basis, Candidate, Decision};
use crate::span::Span;

use super::decide::{self, Kin, NAMES_DIFFER};
use super::evidence::{Evidence, SAME};
use super::ledger::{self, Bonds};
use super::options::ResolveOptions;
use super::profile::{self, Corpus, Counted, Profile, Subject};
use super::{AUTHOR, block};

/// How many names of an entry are compared.
const MAX_NAMES: usize = 32;
/// How far the likeliest entry must be ahead of the next.
const MARGIN: f64 = 1.0;
/// What must at least be said beside the names for two clusters of one entry.
const APART: f64 = -1.0;

/// What resolution has made so far, and makes more of.
pub(super) struct State<'s, 'c> {
    pub subjects: &'s [Subject<'c>],
    pub profiles: &'s [Profile],
    pub corpus: &'s Corpus,
    pub options: &'s ResolveOptions,
    pub bonds: &'s mut Bonds,
    pub cluster_of: &'s mut [u32],
    pub decisions: &'s mut Vec<Decision>,
}

/// A cluster and an entry, with the profile and the name that agree best.
#[derive(Clone, Copy, Debug)]
struct Match {
    log_odds: f64,
    cluster: u32,
    profile: u32,
    entry: usize,
    name: usize,
}

/// Links clusters to entries; returns the ids of each cluster that has some.
pub(super) fn link(
    ledger: &Ledger,
    references: &[Reference],
    state: &mut State<'_, '_>,
) -> BTreeMap<u32, Vec<String>> {
    let mut linked: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let candidates: Vec<Candidate> = candidates(references);
    let known = profiles(references, &candidates);
    let matches = matches(&known, references, state);
    let ruled = Ruled::new(ledger, state);
    let mut chosen: Vec<Match> = Vec::new();
    let mut by_cluster: BTreeMap<(u32, u32), Vec<Match>> = BTreeMap::new();
    for found in matches {
        if let Some(entry) = references.get(found.entry)
            && !ruled.forbids(&entry.iri, found.cluster)
        {
            by_cluster.entry((found.cluster, entry.list)).or_default().push(found);
        }
    }
    for mut found in by_cluster.into_values() {
        found.sort_by(|x, y| y.log_odds.total_cmp(&x.log_odds).then(x.entry.cmp(&y.entry)));
        let Some(&best) = found.first() else { continue };
        let is_ahead = found.get(1).is_none_or(|next| MARGIN <= best.log_odds - next.log_odds);
        let refusal = if best.log_odds < state.options.merge {
            Some("too little beside the name speaks for this entry of the list".to_owned())
        } else if !is_ahead {
            Some("several entries of the list are about as likely".to_owned())
        } else {
            None
        };
        if refusal.is_none() || SAME < best.log_odds {
            state.decisions.extend(decision(&best, &known, references, state, refusal.clone()));
        }
        if refusal.is_none() {
            chosen.push(best);
        }
    }
    // The likeliest first: it keeps the id if another may not be joined.
    chosen.sort_by(|x, y| {
        (y.log_odds.total_cmp(&x.log_odds)).then((x.cluster, x.entry).cmp(&(y.cluster, y.entry)))
    });
    // Of one list, and of Wikidata, a cluster has one entry: the one that a
    // ruling names.
    let asserted = ruled.asserted(references);
    let list = |entry: usize| {
        let reference = references.get(entry)?;
        Some(if reference.wikidata().is_some() { u32::MAX } else { reference.list })
    };
    let taken: BTreeSet<(u32, Option<u32>)> =
        asserted.iter().map(|(entry, cluster, _)| (*cluster, list(*entry))).collect();
    chosen.retain(|found| !taken.contains(&(found.cluster, list(found.entry))));
    let mut holder: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    let chosen = chosen.into_iter().map(|found| (found.entry, found.cluster, found.profile));
    for (entry, cluster, profile) in asserted.into_iter().chain(chosen) {
        let Some(iri) = references.get(entry).map(|reference| &reference.iri) else { continue };
        let cluster = state.cluster_of.get(profile as usize).copied().unwrap_or(cluster);
        let Some(&(_, first)) = holder.get(&entry) else {
            holder.insert(entry, (cluster, profile));
            linked.entry(cluster).or_default().push(iri.clone());
            continue;
        };
        let into = state.cluster_of.get(first as usize).copied().unwrap_or(cluster);
        if into != cluster && state.may_join(first, profile, into, cluster) {
            let (low, high) = (into.min(cluster), into.max(cluster));
            for of in state.cluster_of.iter_mut().filter(|of| **of == high) {
                *of = low;
            }
            let moved = linked.remove(&high).unwrap_or_default();
            linked.entry(low).or_default().extend(moved);
            state.tell_joined(first, profile, iri);
        }
    }
    for iris in linked.values_mut() {
        iris.sort();
        iris.dedup();
    }
    linked
}

/// The entries of lists, and one without a name for each id that a ruling gives
/// somebody and no list has.
pub(super) fn with_ruled(references: &[Reference], ledger: &Ledger) -> Vec<Reference> {
    let mut all = references.to_vec();
    let known: BTreeSet<&str> = references.iter().map(|entry| entry.iri.as_str()).collect();
    let ruled: BTreeSet<String> = (ledger.by_rank().into_iter())
        .filter(|ruling| ruling.verdict == Verdict::Same)
        .flat_map(|ruling| &ruling.sides)
        .flat_map(|side| &side.selectors)
        .filter_map(|selector| match &selector.named {
            Named::Wikidata(id) => Some(format!("{}{id}", crate::reference::WIKIDATA)),
            Named::Name(..) => None,
        })
        .filter(|iri| !known.contains(iri.as_str()))
        .collect();
    all.extend(ruled.into_iter().map(|iri| Reference {
        list: u32::MAX,
        iri,
        supertype: Supertype::Thing,
        names: Vec::new(),
        offices: Vec::new(),
        countries: Vec::new(),
    }));
    all
}

impl State<'_, '_> {
    /// Whether two clusters that are linked to one entry may become one; joins
    /// what rulings say of them if so.
    fn may_join(&mut self, a: u32, b: u32, x: u32, y: u32) -> bool {
        let bond_of = ledger::by_cluster(self.profiles, self.cluster_of);
        let (p, q) = (bond_of.get(&x).copied(), bond_of.get(&y).copied());
        let (Some(a), Some(b)) = (self.profiles.get(a as usize), self.profiles.get(b as usize))
        else {
            return false;
        };
        let mut evidence = Evidence::silent();
        decide::beyond(a, b, Kin::Other, self.corpus, &mut evidence);
        let may = self.bonds.may_join(p, q) && APART <= evidence.log_odds();
        if may {
            self.bonds.join(p, q);
        }
        may
    }

    fn tell_joined(&mut self, a: u32, b: u32, iri: &str) {
        let (Some(x), Some(y)) = (self.profiles.get(a as usize), self.profiles.get(b as usize))
        else {
            return;
        };
        let mut evidence = Evidence::told();
        evidence.add("reference", 8.0, || format!("both are {iri}"));
        decide::beyond(x, y, Kin::Other, self.corpus, &mut evidence);
        let made = super::decision(Basis::Reference, self.subjects, x, y, evidence, None);
        self.decisions.push(made);
    }
}

/// What rulings say of ids.
struct Ruled {
    same: BTreeMap<String, BTreeSet<(u32, u32)>>,
    different: BTreeMap<String, BTreeSet<u32>>,
}

impl Ruled {
    fn new(ledger: &Ledger, state: &State<'_, '_>) -> Self {
        let mut ruled = Self { same: BTreeMap::new(), different: BTreeMap::new() };
        let mut profile_of: HashMap<u32, u32> = HashMap::new();
        for (at, profile) in state.profiles.iter().enumerate() {
            profile_of.extend(profile.members.iter().map(|member| (*member, at as u32)));
        }
        // The latest first: it is the one that holds.
        for ruling in ledger.by_rank() {
            for (at, side) in ruling.sides.iter().enumerate() {
                let ids = side.selectors.iter().filter_map(|selector| match &selector.named {
                    Named::Wikidata(id) => Some(format!("{}{id}", crate::reference::WIKIDATA)),
                    Named::Name(..) => None,
                });
                let ids: Vec<String> = ids.collect();
                if ids.is_empty() {
                    continue;
                }
                let others = ruling.sides.iter().enumerate().filter(|(other, _)| *other != at);
                let selectors: Vec<&Selector> =
                    others.flat_map(|(_, other)| &other.selectors).collect();
                let mut named: BTreeSet<(u32, u32)> = BTreeSet::new();
                for member in ledger::named_by(&selectors, state.subjects) {
                    if let Some(&profile) = profile_of.get(&member)
                        && let Some(&cluster) = state.cluster_of.get(profile as usize)
                    {
                        named.insert((cluster, profile));
                    }
                }
                for iri in ids {
                    for &(cluster, profile) in &named {
                        ruled.add(ruling.verdict, &iri, cluster, profile);
                    }
                }
            }
        }
        ruled
    }

    fn add(&mut self, verdict: Verdict, iri: &str, cluster: u32, profile: u32) {
        let same = self.same.entry(iri.to_owned()).or_default();
        let different = self.different.entry(iri.to_owned()).or_default();
        let is_same = same.iter().any(|(known, _)| *known == cluster);
        match verdict {
            Verdict::Same if !different.contains(&cluster) => {
                same.insert((cluster, profile));
            }
            Verdict::Different if !is_same => {
                different.insert(cluster);
            }
            _ => {}
        }
    }

    fn forbids(&self, iri: &str, cluster: u32) -> bool {
        self.different.get(iri).is_some_and(|clusters| clusters.contains(&cluster))
    }

    /// The links that rulings demand: entry, cluster, profile.
    fn asserted(&self, references: &[Reference]) -> Vec<(usize, u32, u32)> {
        let mut asserted = Vec::new();
        for (at, reference) in references.iter().enumerate() {
            let clusters = self.same.get(&reference.iri).into_iter().flatten();
            asserted.extend(clusters.map(|(cluster, profile)| (at, *cluster, *profile)));
        }
        asserted
    }
}

/// One candidate for each name of each entry.
fn candidates(references: &[Reference]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for reference in references {
        for name in reference.names.iter().take(MAX_NAMES) {
            let offices: Vec<HeldOffice> = (reference.offices.iter())
                .map(|title| HeldOffice { title: title.clone(), span: Span::new(0, 0), of: None })
                .collect();
            candidates.push(Candidate {
                id: ReferentId {
                    document: DocumentId(String::new()),
                    referent: ReferentIdx(candidates.len() as u32),
                },
                office_of: vec![None; offices.len()],
                referent: Referent {
                    offices,
                    is_named: true,
                    ..Referent::new(name.clone(), reference.supertype, reference.supertype.as_str())
                },
                forms: IndexMap::new(),
                language: String::new(),
                companions: Arc::default(),
            });
        }
    }
    candidates
}

/// The profile of each candidate, with its entry.
fn profiles(references: &[Reference], candidates: &[Candidate]) -> Vec<(usize, Profile)> {
    let sorted: Vec<&Candidate> = candidates.iter().collect();
    let (subjects, _) = profile::prepare(&sorted);
    let entries = references
        .iter()
        .enumerate()
        .flat_map(|(at, reference)| std::iter::repeat_n(at, reference.names.len().min(MAX_NAMES)));
    (entries.zip(&subjects).enumerate())
        .filter_map(|(i, (entry, subject))| {
            let reference = references.get(entry)?;
            let mut profile = Profile::new(i as u32, subject, profile::bucket_key(subject));
            profile.documents.clear();
            profile.wikidata = reference.wikidata().map(str::to_owned);
            profile.countries = Counted::default();
            reference.countries.iter().for_each(|country| profile.countries.add(country));
            Some((entry, profile))
        })
        .collect()
}

/// The best match of each cluster with each entry that is near it.
fn matches(
    known: &[(usize, Profile)],
    references: &[Reference],
    state: &State<'_, '_>,
) -> Vec<Match> {
    let own: Vec<u32> = (0..state.profiles.len() as u32)
        .filter(|at| state.profiles.get(*at as usize).is_some_and(|p| p.is_named && !p.is_bare))
        .collect();
    let mut all: Vec<Profile> =
        own.iter().filter_map(|at| state.profiles.get(*at as usize)).cloned().collect();
    let border = all.len() as u32;
    all.extend(known.iter().map(|(_, profile)| profile.clone()));
    let mut unsaid = Vec::new();
    let mut best: BTreeMap<(u32, usize), Match> = BTreeMap::new();
    for (i, j) in block::pairs(&all, state.options, &mut unsaid) {
        if border <= i || j < border {
            continue;
        }
        let (Some(&profile), Some((entry, theirs))) =
            (own.get(i as usize), known.get((j - border) as usize))
        else {
            continue;
        };
        let (Some(ours), Some(&cluster)) =
            (state.profiles.get(profile as usize), state.cluster_of.get(profile as usize))
        else {
            continue;
        };
        if ours.supertype != theirs.supertype || references.get(*entry).is_none() {
            continue;
        }
        let log_odds = weigh(ours, theirs, state.corpus, &mut Evidence::silent());
        let found =
            Match { log_odds, cluster, profile, entry: *entry, name: (j - border) as usize };
        let known = best.entry((cluster, *entry)).or_insert(found);
        if known.log_odds < log_odds {
            *known = found;
        }
    }
    best.into_values().collect()
}

/// The log-odds that a profile and an entry are one thing.
fn weigh(ours: &Profile, theirs: &Profile, corpus: &Corpus, evidence: &mut Evidence) -> f64 {
    if ours.key == theirs.key {
        decide::same_name(ours, theirs, corpus, evidence);
        return evidence.log_odds();
    }
    let names = decide::other_name(ours, theirs, corpus, evidence);
    let is_one = ours.wikidata.is_some() && ours.wikidata == theirs.wikidata;
    if names < NAMES_DIFFER && !is_one {
        evidence.log_odds().min(names)
    } else {
        evidence.log_odds()
    }
}

/// A link as a decision; its other side is the entry.
fn decision(
    found: &Match,
    known: &[(usize, Profile)],
    references: &[Reference],
    state: &State<'_, '_>,
    rejected: Option<String>,
) -> Option<Decision> {
    let ours = state.profiles.get(found.profile as usize)?;
    let (_, theirs) = known.get(found.name)?;
    let reference = references.get(found.entry)?;
    let subject = state.subjects.get(*ours.members.first()? as usize)?;
    let mut evidence = Evidence::told();
    weigh(ours, theirs, state.corpus, &mut evidence);
    Some(Decision {
        a: (subject.candidate.id.clone(), subject.candidate.referent.name.clone()),
        b: (
            ReferentId { document: DocumentId(reference.iri.clone()), referent: ReferentIdx(0) },
            reference.names.first()?.clone(),
        ),
        basis: Basis::Reference,
        comparison: evidence.into_comparison(),
        author: AUTHOR.to_owned(),
        rejected,
    })
}
