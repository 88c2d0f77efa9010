//! What the rulings of the ledger demand, as the steps of resolution ask it.
//!
//! A referent that a ruling names bears a [`Bond`]. Bonds that a ruling says are
//! the same are one from the start; those that it says are different must never
//! become one, whatever joins them. Every merge asks [`Bonds::may_join`] before
//! and tells [`Bonds::join`] after, so that the demands hold between clusters
//! and over chains of merges. What has no bond is free.
//!
//! Rulings are applied in the order in which they hold ([`Ledger::by_rank`]);
//! one that meets a demand of those before it yields, referent by referent, and
//! a [`Conflict`] says so. So the result depends on the set of the rulings, not
//! on the order of their rows.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Severity};
use crate::ledger::{Conflict, Ledger, Named, Ruling, Scope, Selector, Side, Verdict};
use crate::mention::Supertype;
use crate::resolution::{Basis, Comparison, Decision, Judgement, Reason};

use super::fold::fold;
use super::profile::{Profile, Subject};

/// What rulings say of a referent, or of a group of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Bond(u32);

/// The demands of all rulings.
#[derive(Debug, Default)]
pub(super) struct Bonds {
    parents: Vec<u32>,
    // Of roots only:
    /// Whether a ruling has joined it with another.
    placed: Vec<bool>,
    /// On which side it stands of each ruling that tells sides apart, by rank.
    sides: Vec<BTreeMap<u32, u32>>,
    /// Whether a ruling names it as the exception among others of its name.
    exceptions: Vec<bool>,
    /// The numbers of the rulings that joined it.
    joined_by: Vec<BTreeSet<u32>>,
    /// The numbers of the rulings, by rank.
    numbers: Vec<u32>,
    /// What rulings join: the place of the ruling in its rank, two subjects.
    links: Vec<(usize, u32, u32)>,
    /// What they keep apart, likewise.
    cuts: Vec<(usize, u32, u32)>,
}

impl Bonds {
    /// Whether nothing forbids that two become one.
    pub fn may_join(&self, a: Option<Bond>, b: Option<Bond>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return true };
        let (a, b) = (self.root(a.0), self.root(b.0));
        a == b || self.parting(a, b).next().is_none()
    }

    /// Makes two one, and returns what they bear from then on.
    pub fn join(&mut self, a: Option<Bond>, b: Option<Bond>) -> Option<Bond> {
        let (Some(x), Some(y)) = (a, b) else { return a.or(b) };
        let (x, y) = (self.root(x.0), self.root(y.0));
        let (into, from) = (x.min(y), x.max(y));
        if into != from {
            self.parents[from as usize] = into;
            let sides = std::mem::take(&mut self.sides[from as usize]);
            self.sides[into as usize].extend(sides);
            let rulings = std::mem::take(&mut self.joined_by[from as usize]);
            self.joined_by[into as usize].extend(rulings);
            self.placed[into as usize] |= self.placed[from as usize];
            self.exceptions[into as usize] |= self.exceptions[from as usize];
        }
        Some(Bond(into))
    }

    /// Whether a ruling has joined it with something.
    pub fn is_placed(&self, bond: Option<Bond>) -> bool {
        bond.is_some_and(|bond| self.placed[self.root(bond.0) as usize])
    }

    /// Whether a ruling has made the two one.
    pub fn are_ruled_one(&self, a: Option<Bond>, b: Option<Bond>) -> bool {
        self.is_placed(a)
            && matches!((a, b), (Some(a), Some(b)) if self.root(a.0) == self.root(b.0))
    }

    fn root(&self, mut bond: u32) -> u32 {
        while self.parents[bond as usize] != bond {
            bond = self.parents[bond as usize];
        }
        bond
    }

    /// The numbers of the rulings that stand between two roots.
    fn parting(&self, a: u32, b: u32) -> impl Iterator<Item = u32> {
        let (a, b) = (&self.sides[a as usize], &self.sides[b as usize]);
        let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        few.iter()
            .filter(|(rank, side)| many.get(rank).is_some_and(|other| other != *side))
            .filter_map(|(rank, _)| self.numbers.get(*rank as usize).copied())
    }

    fn bond(&mut self, subject: &mut Subject) -> u32 {
        let Bond(bond) = *subject.bond.get_or_insert_with(|| {
            let next = self.parents.len() as u32;
            self.parents.push(next);
            self.placed.push(false);
            self.exceptions.push(false);
            self.sides.push(BTreeMap::new());
            self.joined_by.push(BTreeSet::new());
            Bond(next)
        });
        self.root(bond)
    }
}

/// What of the ledger has no or not its full effect.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remarks {
    /// The rulings that yield to others.
    pub conflicts: Vec<Conflict>,
    /// The rulings of which a side names nothing here: number and label.
    pub silent: Vec<(u32, String)>,
}

impl Remarks {
    /// What is to be said of them to whoever runs the program.
    pub fn diagnostics(&self, ledger: &Ledger) -> Vec<Diagnostic> {
        let in_short = |number: u32| {
            let ruling = ledger.rulings.iter().find(|ruling| ruling.number == number);
            ruling.map_or_else(String::new, |ruling| format!(" ({})", ruling.in_short()))
        };
        let mut conflicts: BTreeMap<(u32, &[u32]), Vec<&(String, String)>> = BTreeMap::new();
        for Conflict { ruling, against, names } in &self.conflicts {
            conflicts.entry((*ruling, against)).or_default().push(names);
        }
        let conflicts = conflicts.into_iter().map(|((ruling, against), names)| {
            let above: Vec<String> =
                against.iter().map(|n| format!("row {n}{}", in_short(*n))).collect();
            let (a, b) = names.first().map_or(("", ""), |(a, b)| (a.as_str(), b.as_str()));
            let more = match names.len() {
                0 | 1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            let message = format!(
                "Row {ruling}{} is not followed for “{a}” and “{b}”{more}: {} stands above it.                  Take one of them back with `silsila undo`.",
                in_short(ruling),
                above.join(" with "),
            );
            Diagnostic::new(Severity::Warning, PLACE, message)
        });
        let silent = self.silent.iter().map(|(ruling, label)| {
            let message = format!(
                "Row {ruling}{} names “{label}”, which these articles do not.",
                in_short(*ruling)
            );
            Diagnostic::new(Severity::Note, PLACE, message)
        });
        conflicts.chain(silent).collect()
    }
}

/// Where findings about rulings come from.
const PLACE: &str = "decisions.csv";

/// Ties the subjects that rulings name.
pub(super) fn bind(ledger: &Ledger, subjects: &mut [Subject]) -> (Bonds, Remarks) {
    let mut bonds = Bonds::default();
    let mut remarks = Remarks::default();
    if ledger.rulings.is_empty() {
        return (bonds, remarks);
    }
    let index = Index::new(subjects);
    let rulings = ledger.by_rank();
    // Not unique in a ledger that was put together by hand.
    bonds.numbers = rulings.iter().map(|ruling| ruling.number).collect();
    for (rank, ruling) in rulings.into_iter().enumerate() {
        let sides: Vec<Vec<(u32, u8)>> =
            ruling.sides.iter().map(|side| index.select(side, subjects)).collect();
        for (side, found) in ruling.sides.iter().zip(&sides) {
            // An id of Wikidata need not be one of the articles'.
            let is_id = side.selectors.iter().all(|s| matches!(s.named, Named::Wikidata(_)));
            if found.is_empty() && !is_id {
                remarks.silent.push((ruling.number, side.label.clone()));
            }
        }
        match ruling.verdict {
            Verdict::Same => join(rank, ruling, &sides, subjects, &mut bonds, &mut remarks),
            Verdict::Different | Verdict::Split => {
                part(rank, ruling, &sides, subjects, &mut bonds, &mut remarks);
            }
        }
    }
    remarks.conflicts.sort();
    remarks.conflicts.dedup();
    remarks.silent.sort();
    (bonds, remarks)
}

/// Makes all that a ruling names one, as far as nothing above it forbids.
fn join(
    rank: usize,
    ruling: &Ruling,
    sides: &[Vec<(u32, u8)>],
    subjects: &mut [Subject],
    bonds: &mut Bonds,
    remarks: &mut Remarks,
) {
    let all: BTreeSet<u32> = sides.iter().flatten().map(|(subject, _)| *subject).collect();
    let roots: Vec<(u32, u32)> =
        all.iter().filter_map(|&i| Some((i, bonds.bond(subjects.get_mut(i as usize)?)))).collect();
    // Exceptions last, and before them those that the fewest others stand
    // against: an exception must not keep the rest from coming together.
    let mut counts: HashMap<(u32, u32), u32> = HashMap::new();
    let mut totals: HashMap<u32, u32> = HashMap::new();
    for (_, root) in &roots {
        for (&above, &side) in &bonds.sides[*root as usize] {
            *counts.entry((above, side)).or_default() += 1;
            *totals.entry(above).or_default() += 1;
        }
    }
    let against = |root: u32| -> u32 {
        let sides = bonds.sides[root as usize].iter();
        sides
            .map(|(&above, &side)| {
                totals.get(&above).unwrap_or(&0) - counts.get(&(above, side)).unwrap_or(&0)
            })
            .sum()
    };
    let mut order: Vec<(bool, u32, u32)> = roots
        .iter()
        .map(|(i, root)| (bonds.exceptions[*root as usize], against(*root), *i))
        .collect();
    order.sort_unstable();
    let Some(&(_, _, first)) = order.first() else { return };
    // Who may come together, before anybody does: a ruling of which nothing is
    // left but one side says nothing.
    let mut stands: BTreeMap<u32, u32> = BTreeMap::new();
    let mut kept: Vec<u32> = Vec::new();
    let mut kept_roots: BTreeSet<u32> = BTreeSet::new();
    for &(_, _, i) in &order {
        let Some(Bond(bond)) = bond_of(subjects, i) else { continue };
        let root = bonds.root(bond);
        let above: BTreeSet<u32> = bonds.sides[root as usize]
            .iter()
            .filter(|(rank, side)| stands.get(rank).is_some_and(|other| other != *side))
            .filter_map(|(rank, _)| bonds.numbers.get(*rank as usize).copied())
            .collect();
        if above.is_empty() || kept_roots.contains(&root) {
            stands.extend(&bonds.sides[root as usize]);
            kept_roots.insert(root);
            kept.push(i);
        } else {
            let mut above = above;
            above.extend(kept_roots.iter().flat_map(|root| &bonds.joined_by[*root as usize]));
            above.extend(&bonds.joined_by[root as usize]);
            conflict(ruling, above, subjects, first, i, remarks);
        }
    }
    let is_kept = |side: &&Vec<(u32, u8)>| side.iter().any(|(i, _)| kept.contains(i));
    if sides.iter().filter(is_kept).count() < 2 {
        return;
    }
    for &i in kept.iter().skip(1) {
        let joined = bonds.join(bond_of(subjects, first), bond_of(subjects, i));
        let Some(Bond(root)) = joined else { continue };
        bonds.placed[root as usize] = true;
        bonds.joined_by[root as usize].insert(ruling.number);
        bonds.links.push((rank, first, i));
    }
}

/// Keeps the sides of a ruling apart, as far as nothing above it joins them.
fn part(
    rank: usize,
    ruling: &Ruling,
    sides: &[Vec<(u32, u8)>],
    subjects: &mut [Subject],
    bonds: &mut Bonds,
    remarks: &mut Remarks,
) {
    // Who is on two sides belongs to the one that names him more narrowly:
    // the Smith of one article is not the other Smiths.
    let mut narrowest: BTreeMap<u32, (u8, usize)> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        for &(subject, breadth) in side {
            let entry = narrowest.entry(subject).or_insert((breadth, at));
            *entry = (*entry).min((breadth, at));
        }
    }
    let broadest = narrowest.values().map(|(breadth, _)| *breadth).max().unwrap_or(0);
    let key = rank as u32;
    let mut labels: BTreeMap<(usize, Option<u32>), (u32, u32)> = BTreeMap::new();
    let mut holders: BTreeMap<u32, u32> = BTreeMap::new();
    let placed: Vec<(usize, u32, u8)> =
        narrowest.iter().map(|(subject, (breadth, at))| (*at, *subject, *breadth)).collect();
    for (at, i, breadth) in placed {
        let Some(subject) = subjects.get_mut(i as usize) else { continue };
        let document = (breadth == EACH).then_some(subject.document);
        let next = labels.len() as u32;
        let (label, _) = *labels.entry((at, document)).or_insert((next, i));
        let root = bonds.bond(subject);
        match bonds.sides[root as usize].get(&key) {
            Some(other) if *other != label => {
                let above = bonds.joined_by[root as usize].clone();
                let other = holders.get(other).copied().unwrap_or(i);
                conflict(ruling, above, subjects, other, i, remarks);
            }
            Some(_) => {}
            None => {
                bonds.sides[root as usize].insert(key, label);
                bonds.exceptions[root as usize] |= breadth < EACH && EACH <= broadest;
                holders.entry(label).or_insert(i);
            }
        }
    }
    let firsts: Vec<u32> = holders.values().copied().collect();
    if let Some((first, others)) = firsts.split_first() {
        bonds.cuts.extend(others.iter().map(|other| (rank, *first, *other)));
    }
}

fn bond_of(subjects: &[Subject], i: u32) -> Option<Bond> {
    subjects.get(i as usize).and_then(|subject| subject.bond)
}

fn conflict(
    ruling: &Ruling,
    above: BTreeSet<u32>,
    subjects: &[Subject],
    a: u32,
    b: u32,
    remarks: &mut Remarks,
) {
    let name = |i: u32| {
        subjects.get(i as usize).map_or_else(String::new, |s| s.candidate.referent.name.clone())
    };
    let names = (name(a), name(b));
    let against = above.into_iter().collect();
    remarks.conflicts.push(Conflict { ruling: ruling.number, against, names });
}

/// How broadly a selector names: one referent, one document, each, all.
const EACH: u8 = 2;

/// Looks up what selectors name.
#[derive(Debug)]
pub(super) struct Index {
    names: HashMap<(Supertype, String), Vec<u32>>,
    wikidata: HashMap<String, Vec<u32>>,
}

impl Index {
    pub fn new(subjects: &[Subject]) -> Self {
        let mut index = Self { names: HashMap::new(), wikidata: HashMap::new() };
        for (i, subject) in subjects.iter().enumerate() {
            let referent = &subject.candidate.referent;
            let key = (referent.supertype, fold(&referent.name));
            index.names.entry(key).or_default().push(i as u32);
            if let Some(id) = &referent.wikidata {
                index.wikidata.entry(id.clone()).or_default().push(i as u32);
            }
        }
        index
    }

    /// The subjects that a side names, with how broadly.
    pub fn select(&self, side: &Side, subjects: &[Subject]) -> Vec<(u32, u8)> {
        let mut found: BTreeMap<u32, u8> = BTreeMap::new();
        for selector in &side.selectors {
            let named = match &selector.named {
                Named::Name(class, name) => self.names.get(&(*class, fold(name))),
                Named::Wikidata(id) => self.wikidata.get(id),
            };
            for &i in named.into_iter().flatten() {
                let Some(subject) = subjects.get(i as usize) else { continue };
                let id = &subject.candidate.id;
                let breadth = match &selector.scope {
                    Scope::Referent(d, r) if *d == id.document && *r == id.referent => 0,
                    Scope::One(document) if *document == id.document => 1,
                    Scope::Each => EACH,
                    Scope::All => 3,
                    Scope::One(_) | Scope::Referent(..) => continue,
                };
                let entry = found.entry(i).or_insert(breadth);
                *entry = (*entry).min(breadth);
            }
        }
        found.into_iter().collect()
    }
}

/// The subjects that any of some selectors names, sorted.
pub(super) fn named_by(selectors: &[&Selector], subjects: &[Subject]) -> Vec<u32> {
    let side = Side {
        selectors: selectors.iter().map(|selector| (*selector).clone()).collect(),
        ..Side::default()
    };
    Index::new(subjects).select(&side, subjects).into_iter().map(|(subject, _)| subject).collect()
}

/// The bond that each cluster has by its profiles.
pub(super) fn by_cluster(profiles: &[Profile], cluster_of: &[u32]) -> HashMap<u32, Bond> {
    let mut bonds = HashMap::new();
    for (profile, cluster) in profiles.iter().zip(cluster_of) {
        if let Some(bond) = profile.bond {
            // All bonds within a cluster have one root.
            bonds.entry(*cluster).or_insert(bond);
        }
    }
    bonds
}

/// Joins the clusters that rulings say are one, and writes down what rulings
/// have joined and kept apart.
pub(super) fn unite(
    ledger: &Ledger,
    subjects: &[Subject],
    profiles: &[Profile],
    bonds: &Bonds,
    cluster_of: &mut [u32],
    decisions: &mut Vec<Decision>,
) {
    if bonds.links.is_empty() && bonds.cuts.is_empty() {
        return;
    }
    let mut cluster: Vec<u32> = vec![0; subjects.len()];
    for (profile, of) in profiles.iter().zip(cluster_of.iter()) {
        for &member in &profile.members {
            if let Some(place) = cluster.get_mut(member as usize) {
                *place = *of;
            }
        }
    }
    let rulings = ledger.by_rank();
    let mut parents: Vec<u32> = (0..profiles.len() as u32).collect();
    let root = |parents: &[u32], mut i: u32| {
        while let Some(&parent) = parents.get(i as usize)
            && parent != i
        {
            i = parent;
        }
        i
    };
    for &(rank, a, b) in &bonds.links {
        let (Some(&x), Some(&y)) = (cluster.get(a as usize), cluster.get(b as usize)) else {
            continue;
        };
        let (x, y) = (root(&parents, x), root(&parents, y));
        if x != y {
            if let Some(parent) = parents.get_mut(x.max(y) as usize) {
                *parent = x.min(y);
            }
            decisions.extend(decision(&rulings, rank, subjects, a, b));
        }
    }
    for of in cluster_of {
        *of = root(&parents, *of);
    }
    for &(rank, a, b) in &bonds.cuts {
        decisions.extend(decision(&rulings, rank, subjects, a, b));
    }
}

/// What a ruling says, as a decision about two subjects.
fn decision(
    rulings: &[&Ruling],
    rank: usize,
    subjects: &[Subject],
    a: u32,
    b: u32,
) -> Option<Decision> {
    /// Log-odds that no other evidence reaches.
    const CERTAIN: f64 = 100.0;
    let ruling = rulings.get(rank)?;
    let side = |i: u32| {
        let candidate = subjects.get(i as usize)?.candidate;
        Some((candidate.id.clone(), candidate.referent.name.clone()))
    };
    let (x, y) = (side(a)?, side(b)?);
    let (a, b) = if x <= y { (x, y) } else { (y, x) };
    let is_same = ruling.verdict == Verdict::Same;
    let mut detail = format!("row {}", ruling.number);
    for part in [&ruling.date, &ruling.comment].into_iter().filter(|part| !part.is_empty()) {
        detail.push_str(", ");
        detail.push_str(part);
    }
    let reason = Reason {
        feature: ruling.verdict.as_str().to_owned(),
        weight: if is_same { CERTAIN } else { -CERTAIN },
        detail,
    };
    let judgement = if is_same { Judgement::Same } else { Judgement::Different };
    Some(Decision {
        a,
        b,
        basis: Basis::Ruling,
        comparison: Comparison {
            judgement,
            score: if is_same { 1.0 } else { 0.0 },
            reasons: vec![reason],
        },
        author: ruling.author.clone(),
        rejected: (!is_same).then(|| format!("row {} of the ledger says so", ruling.number)),
    })
}
