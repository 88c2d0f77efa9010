//! Candidates of one written name and no contrary evidence, taken together.
//!
//! Most referents of a corpus bear a name that others bear in the same letters.
//! Taking these together first leaves the costly comparing to names that differ.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::lexicon::WordClass;
use crate::mention::{Gender, Supertype};
use crate::resolution::{Basis, Candidate, Decision, Reason};

use super::compare::ParsedName;
use super::compare::organization::OrganizationName;
use super::decide;
use super::evidence::Evidence;
use super::fold::fold;
use super::ledger::{Bond, Bonds};
use super::names::PersonName;
use super::options::ResolveOptions;
use super::tables::TABLES;
use super::weights::Weights;

/// How many profiles of one name a candidate is held against.
const MAX_NAMESAKES: usize = 32;
/// How many other forms of a name are compared.
const MAX_ALIASES: usize = 4;

/// What the whole corpus says about how much a finding is worth.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// How many documents there are.
    pub documents: u32,
    /// In how many documents each companion stands.
    companions: Vec<u32>,
    /// How many different full names contain each part.
    parts: HashMap<String, u32>,
    /// How many different names of bodies have each row of initials.
    initials: HashMap<String, u32>,
    /// Of how many countries there are bodies of a name.
    countries: HashMap<String, u32>,
    /// What findings about people are worth here.
    pub weights: Weights,
}

impl Corpus {
    /// How much sharing a companion says: little for one that is everywhere.
    pub fn companion_weight(&self, companion: u32) -> f64 {
        let documents = self.companions.get(companion as usize).copied().unwrap_or(1).max(1);
        // In a small corpus nobody is rare for certain.
        let all = f64::from(self.documents.max(20));
        ((all / f64::from(documents)).ln() / 4.0).clamp(0.0, 1.0)
    }

    /// How many different full names contain a part.
    pub fn names_with(&self, part: &str) -> u32 {
        self.parts.get(part).copied().unwrap_or(0)
    }

    /// How many different names of bodies have these initials.
    pub fn bodies_with(&self, initials: &str) -> u32 {
        self.initials.get(initials).copied().unwrap_or(0)
    }

    /// Of how many countries there are bodies with this name, the country aside.
    pub fn countries_with(&self, plain: &str) -> u32 {
        self.countries.get(plain).copied().unwrap_or(0)
    }

    fn count_bodies<'a>(&mut self, names: impl Iterator<Item = &'a OrganizationName>) {
        let mut seen = HashSet::new();
        for name in names {
            if name.country().is_some()
                && seen.insert(format!("{:?} {}", name.country(), name.plain()))
            {
                *self.countries.entry(name.plain()).or_default() += 1;
            }
            if name.acronym.is_none() && seen.insert(name.key()) {
                let [without, with] = &name.initials;
                *self.initials.entry(without.clone()).or_default() += 1;
                if with != without {
                    *self.initials.entry(with.clone()).or_default() += 1;
                }
            }
        }
    }

    fn count_names<'a>(&mut self, names: impl Iterator<Item = &'a PersonName>) {
        let mut seen = HashSet::new();
        for name in names {
            if !name.is_bare() && seen.insert(name.key()) {
                for part in name.full_parts() {
                    *self.parts.entry(part.sounded.text.clone()).or_default() += 1;
                }
            }
        }
    }
}

/// A candidate brought down to what is compared.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    pub candidate: &'a Candidate,
    /// The document, by its place among the sorted ids.
    pub document: u32,
    /// The companions, by number, sorted.
    pub companions: Vec<u32>,
    /// The posts: words of the title, and what it is an office of, folded.
    pub offices: Vec<Arc<Post>>,
    /// The country that the document ties it to, or that alone has a body of the
    /// name.
    pub country: Option<&'a str>,
    pub name: Arc<ParsedName>,
    /// What it says that two bear this name, in log-odds.
    pub own_weight: f64,
    /// Other forms of the name in the document.
    aliases: Vec<Arc<ParsedName>>,
    /// What rulings say of it, if any does.
    pub bond: Option<Bond>,
}

/// A post brought down to what is compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Post {
    /// The words of the title, folded.
    pub title: Vec<String>,
    /// The folded name of what it is an office of.
    pub of: Option<String>,
}

/// How often each of a few things was found, sorted by the things.
#[derive(Clone, Debug)]
pub(super) struct Counted<T>(Vec<(T, u32)>);

impl<T> Default for Counted<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Counted<T> {
    /// Counts the thing once more.
    pub fn add<Q: Ord + ToOwned<Owned = T> + ?Sized>(&mut self, thing: &Q)
    where
        T: Borrow<Q>,
    {
        match self.0.binary_search_by(|(known, _)| known.borrow().cmp(thing)) {
            Ok(at) => {
                if let Some((_, count)) = self.0.get_mut(at) {
                    *count += 1;
                }
            }
            Err(at) => self.0.insert(at, (thing.to_owned(), 1)),
        }
    }

    /// Whether it was found.
    pub fn contains_key(&self, thing: &T) -> bool {
        self.0.binary_search_by(|(known, _)| known.cmp(thing)).is_ok()
    }

    /// The things, in order.
    pub fn keys(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(thing, _)| thing)
    }

    /// The things with their counts, in order of the things.
    pub fn iter(&self) -> impl Iterator<Item = (&T, u32)> {
        self.0.iter().map(|(thing, count)| (thing, *count))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Candidates of one name, with all that is known of them.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    /// Indices of subjects, ascending; the first has the smallest id.
    pub members: Vec<u32>,
    pub supertype: Supertype,
    pub class: String,
    pub key: String,
    pub name: Arc<ParsedName>,
    /// What it says that two bear this name, in log-odds.
    pub own_weight: f64,
    /// Other forms of the name that its documents use.
    pub aliases: Vec<Arc<ParsedName>>,
    pub wikidata: Option<String>,
    /// How many members are masculine and feminine.
    pub genders: [u32; 2],
    pub countries: Counted<String>,
    pub offices: Counted<Arc<Post>>,
    /// Sorted, each once.
    pub documents: Vec<u32>,
    /// Looked up, never iterated into output.
    pub companions: HashSet<u32>,
    /// Whether the name is no more than a single name.
    pub is_bare: bool,
    /// Whether a proper name stands behind it.
    pub is_named: bool,
    /// What rulings say of its members, if any does.
    pub bond: Option<Bond>,
}

impl Profile {
    /// The titles among its posts that go with a given name: "king".
    pub fn regnal_titles(&self) -> impl Iterator<Item = &str> {
        let words = self.offices.keys().flat_map(|post| &post.title).map(String::as_str);
        let lexicon = crate::lang::find("en").map(|language| &language.lexicon);
        words.filter(move |word| lexicon.is_some_and(|l| l.classes(word).has(WordClass::Regnal)))
    }

    /// Returns the profile of one subject.
    pub fn new(index: u32, subject: &Subject, key: String) -> Self {
        let referent = &subject.candidate.referent;
        let mut profile = Self {
            members: Vec::new(),
            supertype: referent.supertype,
            class: referent.class.clone(),
            key,
            name: Arc::clone(&subject.name),
            own_weight: subject.own_weight,
            aliases: Vec::new(),
            wikidata: None,
            genders: [0; 2],
            countries: Counted::default(),
            offices: Counted::default(),
            documents: Vec::new(),
            companions: HashSet::new(),
            is_bare: is_bare(subject),
            is_named: referent.is_named,
            bond: subject.bond,
        };
        profile.add(index, subject);
        profile
    }

    fn add(&mut self, index: u32, subject: &Subject) {
        let referent = &subject.candidate.referent;
        self.members.push(index);
        if self.wikidata.is_none() {
            self.wikidata.clone_from(&referent.wikidata);
        }
        match referent.gender {
            Gender::Masculine => self.genders[0] += 1,
            Gender::Feminine => self.genders[1] += 1,
            Gender::Unknown => {}
        }
        if let Some(country) = subject.country {
            self.countries.add(country);
        }
        for post in &subject.offices {
            self.offices.add(post);
        }
        // Subjects come sorted by document.
        if self.documents.last() != Some(&subject.document) {
            self.documents.push(subject.document);
        }
        self.companions.extend(&subject.companions);
        self.add_aliases(subject);
    }

    fn add_aliases(&mut self, subject: &Subject) {
        for alias in &subject.aliases {
            if self.aliases.len() >= MAX_ALIASES {
                return;
            }
            if *alias != self.name && !self.aliases.contains(alias) {
                self.aliases.push(Arc::clone(alias));
            }
        }
    }

    /// Whether the name is that of a body which most countries have.
    pub fn is_generic(&self) -> bool {
        matches!(&*self.name, ParsedName::Organization(name) if name.is_generic())
    }

    /// The masculine or feminine that most members are.
    pub fn gender(&self) -> Gender {
        match self.genders {
            [m, f] if m > f => Gender::Masculine,
            [m, f] if f > m => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }
}

/// Prepares candidates, which must be sorted by id.
pub(super) fn prepare<'a>(sorted: &[&'a Candidate]) -> (Vec<Subject<'a>>, Corpus) {
    let mut corpus = Corpus::default();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut written: HashMap<&'a str, u32> = HashMap::new();
    let mut posts: HashSet<Arc<Post>> = HashSet::new();
    let parsed = read_all(sorted);
    let mut subjects = Vec::with_capacity(sorted.len());
    let mut stands_in: Vec<(u32, u32)> = Vec::new();
    let mut before = None;
    for &candidate in sorted {
        if before != Some(&candidate.id.document) {
            before = Some(&candidate.id.document);
            corpus.documents += 1;
        }
        let document = corpus.documents - 1;
        let mut number = |name: &'a str| {
            *written.entry(name).or_insert_with(|| {
                let next = numbers.len() as u32;
                *numbers.entry(fold(name)).or_insert(next)
            })
        };
        let referent_name = candidate.referent.also.first();
        let own = number(referent_name.unwrap_or(&candidate.referent.name));
        let mut companions: Vec<u32> =
            candidate.companions.iter().map(|name| number(name)).filter(|c| *c != own).collect();
        companions.sort_unstable();
        companions.dedup();
        companions.shrink_to_fit();
        stands_in.extend(companions.iter().map(|&companion| (companion, document)));
        let referent = &candidate.referent;
        let offices = referent
            .offices
            .iter()
            .enumerate()
            .map(|(i, office)| Post {
                title: fold(&office.title)
                    .split(' ')
                    .filter(|w| !w.is_empty())
                    .map(str::to_owned)
                    .collect(),
                of: candidate.office_of.get(i).and_then(Option::as_deref).map(fold),
            })
            .filter(|post| !post.title.is_empty())
            .map(|post| match posts.get(&post) {
                Some(known) => Arc::clone(known),
                None => {
                    let post = Arc::new(post);
                    posts.insert(Arc::clone(&post));
                    post
                }
            })
            .collect();
        let read = |name: &'a str| match parsed.get(&(referent.supertype, name)) {
            Some((name, weight)) => (Arc::clone(name), *weight),
            None => read(name, referent.supertype),
        };
        let (name, own_weight) = read(&referent.name);
        let aliases = candidate
            .forms
            .keys()
            .chain(&referent.also)
            .filter(|form| **form != referent.name)
            .map(|form| read(form).0)
            .filter(|alias| is_of_use(alias, &name) && *alias != name)
            .take(MAX_ALIASES)
            .collect();
        let country = referent.country.as_deref().or_else(|| {
            let is_body = referent.supertype == Supertype::Organization;
            is_body.then(|| TABLES.country_of_body(&fold(&referent.name))).flatten()
        });
        subjects.push(Subject {
            candidate,
            document,
            companions,
            offices,
            country,
            name,
            own_weight,
            aliases,
            bond: None,
        });
    }
    stands_in.sort_unstable();
    stands_in.dedup();
    corpus.companions = vec![0; numbers.len()];
    for (companion, _) in stands_in {
        if let Some(count) = corpus.companions.get_mut(companion as usize) {
            *count += 1;
        }
    }
    corpus.count_names(subjects.iter().filter_map(|subject| match &*subject.name {
        ParsedName::Person(name) => Some(name),
        _ => None,
    }));
    corpus.count_bodies(subjects.iter().filter_map(|subject| match &*subject.name {
        ParsedName::Organization(name) => Some(name),
        _ => None,
    }));
    (subjects, corpus)
}

/// Reads each written name once, on all processors.
fn read_all<'a>(sorted: &[&'a Candidate]) -> HashMap<(Supertype, &'a str), (Arc<ParsedName>, f64)> {
    let mut names: Vec<(Supertype, &str)> = sorted
        .iter()
        .flat_map(|candidate| {
            std::iter::once(&candidate.referent.name)
                .chain(candidate.forms.keys())
                .map(|name| (candidate.referent.supertype, name.as_str()))
        })
        .collect();
    names.par_sort_unstable();
    names.dedup();
    names.into_par_iter().map(|name| (name, read(name.1, name.0))).collect()
}

/// Reads a name, and finds what it says that two bear it.
fn read(name: &str, supertype: Supertype) -> (Arc<ParsedName>, f64) {
    let name = ParsedName::parse(name, supertype);
    let mut own = Evidence::silent();
    name.compare(&name, &mut own);
    (Arc::new(name), own.log_odds().max(0.5))
}

/// Whether a form can be compared as a name in its own right.
fn is_of_use(alias: &ParsedName, full: &ParsedName) -> bool {
    match alias {
        ParsedName::Person(name) => !name.is_bare(),
        ParsedName::Organization(name) => {
            let is_cut = matches!(full, ParsedName::Organization(full) if name.is_cut_of(full));
            !is_cut && (!name.core.is_empty() || name.acronym.is_some())
        }
        ParsedName::Place(name) => !name.words.is_empty(),
        ParsedName::Other(_) => false,
    }
}

/// Takes subjects of one name together, where nothing speaks against it.
pub(super) fn group(
    subjects: &[Subject],
    corpus: &Corpus,
    options: &ResolveOptions,
    bonds: &mut Bonds,
    decisions: &mut Vec<Decision>,
) -> Vec<Profile> {
    let mut buckets: BTreeMap<(Supertype, String), Vec<u32>> = BTreeMap::new();
    for (i, subject) in subjects.iter().enumerate() {
        buckets
            .entry((subject.candidate.referent.supertype, bucket_key(subject)))
            .or_default()
            .push(i as u32);
    }
    let mut profiles: Vec<Profile> = Vec::new();
    for ((_, key), members) in buckets {
        let start = profiles.len();
        for index in members {
            let Some(subject) = subjects.get(index as usize) else { continue };
            let single = Profile::new(index, subject, key.clone());
            let mut best: Option<(usize, f64)> = None;
            for (at, profile) in profiles.iter().enumerate().skip(start).take(MAX_NAMESAKES) {
                if !bonds.may_join(profile.bond, single.bond) {
                    continue;
                }
                let mut evidence = Evidence::silent();
                decide::same_name(profile, &single, corpus, &mut evidence);
                if best.is_none_or(|(_, score)| evidence.log_odds() > score) {
                    best = Some((at, evidence.log_odds()));
                }
            }
            let joins = best.filter(|(_, score)| *score >= options.merge_namesakes);
            match joins.and_then(|(at, _)| profiles.get_mut(at)) {
                Some(profile) => {
                    let mut evidence = Evidence::told();
                    decide::same_name(profile, &single, corpus, &mut evidence);
                    decisions.push(super::decision(
                        Basis::SameName,
                        subjects,
                        profile,
                        &single,
                        evidence,
                        None,
                    ));
                    profile.add(index, subject);
                    profile.bond = bonds.join(profile.bond, single.bond);
                }
                None => {
                    if let Some(profile) = best.and_then(|(at, _)| profiles.get(at))
                        && single.is_named
                        && !single.is_bare
                        && !single.is_generic()
                    {
                        let mut evidence = Evidence::told();
                        decide::same_name(profile, &single, corpus, &mut evidence);
                        let why = evidence
                            .reasons()
                            .iter()
                            .filter(|r| r.weight < 0.0)
                            .min_by(lightest)
                            .map_or_else(
                                || "too little speaks for one bearer of the name".to_owned(),
                                |reason| reason.detail.clone(),
                            );
                        decisions.push(super::decision(
                            Basis::SameName,
                            subjects,
                            profile,
                            &single,
                            evidence,
                            Some(why),
                        ));
                    }
                    profiles.push(single);
                }
            }
        }
    }
    profiles
}

fn lightest(a: &&Reason, b: &&Reason) -> std::cmp::Ordering {
    a.weight.total_cmp(&b.weight)
}

/// What candidates must share to be taken together.
pub(super) fn bucket_key(subject: &Subject) -> String {
    let referent = &subject.candidate.referent;
    if let Some(id) = &referent.wikidata {
        return id.clone();
    }
    let own =
        || format!("\u{0} {} {}", subject.candidate.id.document, subject.candidate.id.referent.0);
    let country = subject.country.unwrap_or("");
    let key = match &*subject.name {
        _ if referent.supertype == Supertype::Group => {
            format!("{} {} {country}", fold(&referent.name), referent.class)
        }
        _ if referent.supertype == Supertype::Office => {
            format!("{} {country}", fold(&referent.name))
        }
        _ if !referent.is_named => return own(),
        ParsedName::Person(name) => name.key(),
        ParsedName::Organization(name) if name.is_generic() => format!("{} {country}", name.key()),
        ParsedName::Organization(name) => name.key(),
        ParsedName::Place(name) => name.key(),
        ParsedName::Other(name) => name.clone(),
    };
    if key.trim().is_empty() { own() } else { key }
}

/// Whether the name alone says too little to go by.
fn is_bare(subject: &Subject) -> bool {
    match &*subject.name {
        ParsedName::Person(name) => name.is_bare(),
        _ => false,
    }
}
