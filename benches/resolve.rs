//! Resolves made-up people, at sizes given as arguments or 10,000 and 100,000
//! candidates: `cargo bench --bench resolve -- 10000 100000 1000000`.
//!
//! People are drawn with the frequencies that names have (few very common, many
//! rare), each with an office, a country and people met before; articles name
//! them with the variants that articles have: nicknames, initials, left-out
//! middle names, slips of the pen. So it can also be counted how many pairs of
//! referents were rightly joined.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a report for the terminal")]

use std::collections::BTreeMap;
use std::time::Instant;

use indexmap::IndexMap;
use silsila::document::DocumentId;
use silsila::entity::ReferentId;
use silsila::mention::{Gender, HeldOffice, Referent, ReferentIdx, Supertype};
use silsila::resolution::Candidate;
use silsila::resolve::{ResolveOptions, resolve_with};
use silsila::span::Span;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    println!(
        "candidates     names  entities  decisions  seconds  exponent  precision  recall  peak MB"
    );
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let (candidates, truth) = World::new(size).write();
        let names: std::collections::BTreeSet<&str> =
            candidates.iter().map(|c| c.referent.name.as_str()).collect();
        let start = Instant::now();
        let (resolution, diagnostics) = resolve_with(&candidates, &ResolveOptions::default());
        let seconds = start.elapsed().as_secs_f64();
        let exponent = before.map(|(n, s)| (seconds / s).ln() / (size as f64 / n as f64).ln());
        before = Some((size, seconds));
        let (precision, recall) =
            quality(&resolution.of.values().collect::<Vec<_>>(), &sorted(&candidates, &truth));
        println!(
            "{:10} {:9} {:9} {:10} {seconds:8.2} {:>9} {precision:10.4} {recall:7.4} {:8}",
            candidates.len(),
            names.len(),
            resolution.entities.len(),
            resolution.decisions.len(),
            exponent.map_or_else(|| "–".to_owned(), |e| format!("{e:.2}")),
            peak_memory() / 1024,
        );
        for diagnostic in diagnostics {
            println!("{diagnostic}");
        }
    }
}

/// The people behind the candidates, in the order of the candidates' ids.
fn sorted(candidates: &[Candidate], truth: &[u32]) -> Vec<u32> {
    let mut pairs: Vec<(&ReferentId, u32)> =
        candidates.iter().map(|c| &c.id).zip(truth.iter().copied()).collect();
    pairs.sort();
    pairs.into_iter().map(|(_, person)| person).collect()
}

/// Precision and recall over pairs of referents.
fn quality<T: Ord>(entities: &[T], people: &[u32]) -> (f64, f64) {
    let pairs =
        |counts: &mut dyn Iterator<Item = u64>| counts.map(|n| n * (n - 1) / 2).sum::<u64>() as f64;
    let (mut by_entity, mut by_person, mut by_both) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (entity, person) in entities.iter().zip(people) {
        *by_entity.entry(entity).or_insert(0_u64) += 1;
        *by_person.entry(person).or_insert(0_u64) += 1;
        *by_both.entry((entity, person)).or_insert(0_u64) += 1;
    }
    let both = pairs(&mut by_both.into_values());
    (
        both / pairs(&mut by_entity.into_values()).max(1.0),
        both / pairs(&mut by_person.into_values()).max(1.0),
    )
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// SplitMix64 (Steele, Lea and Flood 2014), so that runs are alike.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// Small numbers often, large ones seldom (Zipf's law, its head flattened
    /// as that of surnames is: the commonest is some three in a thousand).
    fn zipf(&mut self, n: usize) -> usize {
        let head = if n > 1000 { 50.0 } else { 2.0 };
        (((n as f64 / head + 1.0).powf(self.unit()) - 1.0) * head) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

struct Person {
    given: String,
    middle: Option<String>,
    family: String,
    office: usize,
    country: usize,
    feminine: bool,
}

struct World {
    random: Random,
    people: Vec<Person>,
    size: usize,
}

const OFFICES: [&str; 12] = [
    "foreign minister",
    "president",
    "ambassador",
    "special envoy",
    "member of parliament",
    "mayor",
    "governor",
    "chief executive",
    "spokesperson",
    "deputy assistant secretary",
    "general",
    "professor",
];
const COUNTRIES: [&str; 16] = [
    "US", "GB", "FR", "DE", "PK", "IN", "CN", "RU", "JP", "BR", "NG", "EG", "ID", "TR", "MX", "PL",
];

impl World {
    fn new(size: usize) -> Self {
        let mut random = Random(size as u64);
        let given: Vec<&str> = GIVEN.split_whitespace().collect();
        // About four mentions in articles a person.
        let people = (0..size / 4)
            .map(|_| {
                let made = random.unit() < 0.5;
                let first = if made {
                    syllables(&mut random, 400, 2)
                } else {
                    given[random.zipf(given.len())].to_owned()
                };
                let family = syllables(&mut random, 60_000, 2 + size / 400_000);
                let middle = (random.unit() < 0.4).then(|| (*random.pick(&given)).to_owned());
                Person {
                    given: first,
                    middle,
                    family,
                    office: random.below(OFFICES.len()),
                    country: random.zipf(COUNTRIES.len()),
                    feminine: random.unit() < 0.4,
                }
            })
            .collect();
        Self { random, people, size }
    }

    /// Writes articles of five people who move in one circle.
    fn write(mut self) -> (Vec<Candidate>, Vec<u32>) {
        let (mut candidates, mut truth) =
            (Vec::with_capacity(self.size), Vec::with_capacity(self.size));
        let mut article = 0;
        while candidates.len() < self.size {
            let circle = self.random.below(self.people.len().div_ceil(25)) * 25;
            let mut cast: Vec<usize> = (0..5)
                .map(|_| (circle + self.random.zipf(25)).min(self.people.len() - 1))
                .collect();
            cast.sort_unstable();
            cast.dedup();
            let names: Vec<String> = cast.iter().map(|&i| self.name(i)).collect();
            for (at, &person) in cast.iter().enumerate() {
                let companions = names
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i != at)
                    .map(|(_, n)| n.clone())
                    .collect();
                candidates.push(self.candidate(article, at as u32, person, &names[at], companions));
                truth.push(person as u32);
            }
            article += 1;
        }
        (candidates, truth)
    }

    /// The person's name as an article has it.
    fn name(&mut self, person: usize) -> String {
        let random = &mut self.random;
        let Person { given, middle, family, .. } = &self.people[person];
        let mut first = given.clone();
        let mut last = family.clone();
        let roll = random.unit();
        if roll < 0.05 {
            if let Some((_, nickname)) = NICKNAMES.iter().find(|(name, _)| name == given) {
                first = (*nickname).to_owned();
            }
        } else if roll < 0.07 {
            last = slip(random, &last);
        } else if roll < 0.09 {
            last = last.replace("ou", "u").replace('k', "q").replace("ee", "i");
        } else if roll < 0.11 {
            return last;
        }
        match middle {
            Some(middle) if roll > 0.85 => format!("{first} {middle} {last}"),
            Some(middle) if roll > 0.6 => {
                format!("{first} {}. {last}", middle.get(..1).unwrap_or(""))
            }
            _ => format!("{first} {last}"),
        }
    }

    fn candidate(
        &mut self,
        article: usize,
        at: u32,
        person: usize,
        name: &str,
        companions: Vec<String>,
    ) -> Candidate {
        let random = &mut self.random;
        let Person { office, country, feminine, .. } = &self.people[person];
        let offices = (random.unit() < 0.6)
            .then(|| HeldOffice {
                title: OFFICES[*office].to_owned(),
                span: Span::new(0, 0),
                of: None,
            })
            .into_iter()
            .collect::<Vec<_>>();
        Candidate {
            id: ReferentId {
                document: DocumentId(format!("article-{article:07}")),
                referent: ReferentIdx(at),
            },
            office_of: vec![None; offices.len()],
            referent: Referent {
                name: name.to_owned(),
                supertype: Supertype::Person,
                class: "Person".to_owned(),
                mentions: Vec::new(),
                members: Vec::new(),
                also: Vec::new(),
                offices,
                gender: match random.unit() {
                    u if u < 0.5 => Gender::Unknown,
                    _ if *feminine => Gender::Feminine,
                    _ => Gender::Masculine,
                },
                country: (random.unit() < 0.4).then(|| COUNTRIES[*country].to_owned()),
                wikidata: None,
                is_named: true,
            },
            forms: IndexMap::from([(name.to_owned(), 1 + random.zipf(5) as u32)]),
            language: "en".to_owned(),
            companions,
        }
    }
}

/// A made-up name: the rank decides its syllables.
fn syllables(random: &mut Random, kinds: usize, count: usize) -> String {
    const ONSETS: [&str; 24] = [
        "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "sh",
        "ch", "kh", "br", "st", "gr", "th",
    ];
    const RIMES: [&str; 20] = [
        "a", "an", "ar", "e", "en", "el", "i", "in", "is", "o", "on", "or", "u", "un", "ou", "ai",
        "ee", "ok", "ak", "im",
    ];
    let mut rank = random.zipf(kinds);
    let mut name = String::new();
    // Each rank is one name: a hash of it picks the syllables.
    for _ in 0..=count {
        let mut hash = Random(rank as u64 * 31 + name.len() as u64);
        name.push_str(ONSETS[hash.below(ONSETS.len())]);
        name.push_str(RIMES[hash.below(RIMES.len())]);
        rank = rank * 7 + 1;
    }
    name.get_mut(..1).unwrap().make_ascii_uppercase();
    name
}

/// The name with two letters exchanged or one doubled.
fn slip(random: &mut Random, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + random.below(letters.len() - 2);
    if random.unit() < 0.5 {
        letters.swap(at, at + 1);
    } else {
        letters.insert(at, letters[at]);
    }
    letters.into_iter().collect()
}

const GIVEN: &str = "Mohammad Maria John Ahmed Ali Robert James Wei Anna Elizabeth Thomas William David Michael Fatima \
    Juan Carlos Susan Katherine Joseph Richard Charles Daniel Matthew Anthony Steven Andrew Kenneth Joshua Edward Ivan \
    Sergei Olga Natalia Dmitri Hiroshi Yuki Min Jun Chen Lakshmi Rajesh Priya Omar Hassan Hussein Aisha Khadija Ibrahim \
    Yusuf Pierre Jean Claude Francoise Giovanni Paolo Luca Giulia Hans Dieter Ursula Greta Sven Ingrid Lars Pablo Diego \
    Sofia Lucia Mateo Valentina Benjamin Alexander Margaret Patricia Barbara Jennifer Samuel Gregory Frank Raymond \
    Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Walter Ethan Jeremy Harold";

const NICKNAMES: [(&str, &str); 16] = [
    ("Robert", "Bob"),
    ("James", "Jim"),
    ("Elizabeth", "Liz"),
    ("Thomas", "Tom"),
    ("William", "Bill"),
    ("David", "Dave"),
    ("Michael", "Mike"),
    ("Susan", "Sue"),
    ("Katherine", "Kate"),
    ("Joseph", "Joe"),
    ("Richard", "Dick"),
    ("Charles", "Chuck"),
    ("Daniel", "Dan"),
    ("Benjamin", "Ben"),
    ("Samuel", "Sam"),
    ("Patricia", "Pat"),
];
