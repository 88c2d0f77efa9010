//! Which articles are versions of one report: copies, and translations.
//!
//! An article that repeats another is no second witness. A copy in the same
//! language shares its runs of words (shingles and a sketch of the smallest
//! hashes: Broder 1997). A translation shares no words, but names the same
//! things in the same order, gives the same numbers, and appears about
//! the same day; that is asked for only between languages, since two reporters
//! of one language who saw the same meeting name the same people, too.
//!
//! What a version says stays; only the counting of sources looks at it.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::document::DocumentId;
use crate::entity::{EntityId, ReferentId};
use crate::mention::{ReferentIdx, Supertype};
use crate::record::DocumentRow;
use crate::resolution::{Candidate, Resolution};

/// How many words a shingle has.
const SHINGLE: usize = 5;
/// How many hashes a sketch keeps.
const SKETCH: usize = 128;
/// The share of shingles that two copies have in common at least.
const COPY: f64 = 0.5;
/// How many things a translation shares at least, and how many of them people.
const SHARED: usize = 6;
const PEOPLE: usize = 2;
/// The share of the things of the shorter list, and of these in the same order.
const COVERED: f64 = 0.6;
const IN_ORDER: f64 = 0.6;
/// How many days a translation may lie apart.
const DAYS: i64 = 3;
/// A name that stands in more documents tells none of them.
const EVERYWHERE: usize = 200;

/// What is kept of a document to tell whether it is a version of another.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Fingerprint {
    language: String,
    published: Option<PartialDate>,
    path: Option<String>,
    /// Sorted.
    sketch: Vec<u64>,
    /// The numbers of the text.
    quantities: BTreeSet<String>,
    /// The named things in the order of their first mention, and whether each
    /// is a person.
    things: Vec<(ReferentIdx, bool)>,
}

impl Fingerprint {
    /// What is kept of a document with the things that it names.
    pub fn new(document: &DocumentRow, candidates: &[Candidate]) -> Self {
        let is_told = |c: &&Candidate| c.referent.is_named && tells(c.referent.supertype);
        let mut things: Vec<(ReferentIdx, bool)> = (candidates.iter().filter(is_told))
            .map(|c| (c.id.referent, c.referent.supertype == Supertype::Person))
            .collect();
        // They are numbered in the order of their first mention.
        things.sort_unstable();
        Self {
            language: document.language.clone().unwrap_or_default(),
            published: document.published.as_ref().and_then(|date| date.parse().ok()),
            path: document.path.clone(),
            sketch: sketch(&document.text),
            quantities: numbers(&document.text),
            things,
        }
    }
}

/// The numbers of two digits and more of a text, in the digits of any script.
fn numbers(text: &str) -> BTreeSet<String> {
    let ascii = |c: char| match c {
        '0'..='9' => Some(c),
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10),
        '\u{6F0}'..='\u{6F9}' => char::from_digit(c as u32 - 0x6F0, 10),
        _ => None,
    };
    let digits: String = text.chars().map(|c| ascii(c).unwrap_or(' ')).collect();
    digits.split(' ').filter(|number| number.len() >= 2).map(str::to_owned).collect()
}

/// Whether which things of that kind are named tells one report from another.
fn tells(supertype: Supertype) -> bool {
    matches!(supertype, Supertype::Person | Supertype::Organization | Supertype::Place)
}

/// The smallest hashes of the runs of words of a text.
fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            // FNV-1a, the same on every machine.
            word.to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        })
        .collect();
    let mut hashes: Vec<u64> = words
        .windows(SHINGLE)
        .map(|run| {
            let mixed = run.iter().fold(0_u64, |hash, word| {
                (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            mixed ^ (mixed >> 29)
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

/// Returns for each document that is a version of another the one it is a
/// version of: the earliest, of those of one day the first by file and id.
pub(super) fn versions(
    documents: &BTreeMap<&DocumentId, &Fingerprint>,
    resolution: &Resolution,
) -> BTreeMap<DocumentId, DocumentId> {
    let mut order: Vec<(&DocumentId, &Fingerprint)> =
        documents.iter().map(|(id, print)| (*id, *print)).collect();
    order.sort_by(|(x, a), (y, b)| {
        let key =
            |print: &Fingerprint| (print.published.is_none(), print.published, print.path.clone());
        key(a).cmp(&key(b)).then_with(|| x.cmp(y))
    });
    let things: Vec<Vec<(&EntityId, bool)>> = order
        .iter()
        .map(|(id, print)| {
            let mut seen = BTreeSet::new();
            let of = |referent| {
                let id = ReferentId { document: (*id).clone(), referent };
                resolution.of.get(&id)
            };
            let listed = print.things.iter().filter_map(|(at, person)| Some((of(*at)?, *person)));
            listed.filter(|(entity, _)| seen.insert(*entity)).collect()
        })
        .collect();
    let mut by_hash: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut by_person: BTreeMap<&EntityId, Vec<usize>> = BTreeMap::new();
    for (at, (_, print)) in order.iter().enumerate() {
        for hash in &print.sketch {
            by_hash.entry(*hash).or_default().push(at);
        }
        for (entity, _) in things[at].iter().filter(|(_, is_person)| *is_person) {
            by_person.entry(entity).or_default().push(at);
        }
    }
    let mut of: BTreeMap<DocumentId, DocumentId> = BTreeMap::new();
    for (at, (id, print)) in order.iter().enumerate() {
        let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for hash in &print.sketch {
            for &other in by_hash.get(hash).into_iter().flatten().take_while(|o| **o < at) {
                shared.entry(other).or_default().0 += 1;
            }
        }
        for (entity, _) in things[at].iter().filter(|(_, is_person)| *is_person) {
            let bearers = by_person.get(entity).map_or(&[][..], Vec::as_slice);
            if bearers.len() <= EVERYWHERE {
                for &other in bearers.iter().take_while(|o| **o < at) {
                    shared.entry(other).or_default().1 += 1;
                }
            }
        }
        let found = shared.into_iter().find(|(other, (hashes, people))| {
            let Some((_, before)) = order.get(*other) else { return false };
            is_copy(print, before, *hashes)
                || *people >= PEOPLE
                    && print.language != before.language
                    && is_translation((print, &things[at]), (before, &things[*other]))
        });
        if let Some((original, _)) = found.and_then(|(other, _)| order.get(other)) {
            let root = of.get(*original).unwrap_or(original).clone();
            of.insert((*id).clone(), root);
        }
    }
    of
}

fn is_copy(a: &Fingerprint, b: &Fingerprint, shared: usize) -> bool {
    // Of the smallest hashes of both together, those that both have.
    let mut both: Vec<u64> = a.sketch.iter().chain(&b.sketch).copied().collect();
    both.sort_unstable();
    both.dedup();
    both.truncate(SKETCH);
    let in_both = both
        .iter()
        .filter(|hash| a.sketch.binary_search(hash).is_ok() && b.sketch.binary_search(hash).is_ok())
        .count();
    shared >= 8 && in_both as f64 >= COPY * both.len() as f64
}

/// A document with its things in order.
type Told<'a> = (&'a Fingerprint, &'a [(&'a EntityId, bool)]);

fn is_translation((a, x): Told<'_>, (b, y): Told<'_>) -> bool {
    if let (Some(from), Some(to)) = (day(a.published), day(b.published))
        && (from - to).abs() > DAYS
    {
        return false;
    }
    let place: BTreeMap<&EntityId, usize> =
        y.iter().enumerate().map(|(at, (entity, _))| (*entity, at)).collect();
    let shared: Vec<usize> =
        x.iter().filter_map(|(entity, _)| place.get(entity).copied()).collect();
    let quantities = a.quantities.intersection(&b.quantities).count();
    let fewer = a.quantities.len().min(b.quantities.len());
    let gives_some = 2 * quantities >= fewer;
    shared.len() >= SHARED
        && shared.len() as f64 >= COVERED * x.len().min(y.len()) as f64
        && longest_rise(&shared) as f64 >= IN_ORDER * shared.len() as f64
        && gives_some
}

/// The length of the longest subsequence that rises.
fn longest_rise(values: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &value in values {
        let at = ends.partition_point(|end| *end < value);
        match ends.get_mut(at) {
            Some(end) => *end = value,
            None => ends.push(value),
        }
    }
    ends.len()
}

/// A day as a number, to count with.
fn day(date: Option<PartialDate>) -> Option<i64> {
    let date = date?;
    let (year, month, day) = (date.year()?, date.month()?, date.day()?);
    let civil = jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
    let epoch = jiff::civil::Date::new(1970, 1, 1).ok()?;
    Some(i64::from(civil.since(epoch).ok()?.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_shares_its_runs_of_words() {
        let text = |from: usize| (from..from + 200).map(|n| format!("w{n} ")).collect::<String>();
        let print = |from| Fingerprint { sketch: sketch(&text(from)), ..Fingerprint::default() };
        for (shows, from, want) in [
            ("the same", 0, true),
            ("a paragraph less", 40, true),
            ("half of it", 120, false),
            ("another", 1000, false),
        ] {
            assert_eq!(is_copy(&print(0), &print(from), 20), want, "{shows}");
        }
    }

    #[test]
    fn a_translation_names_the_same_in_the_same_order() {
        let ids: Vec<EntityId> = (0..20).map(|n| EntityId(format!("e{n}"))).collect();
        let told = |list: &[usize]| -> Vec<(&EntityId, bool)> {
            list.iter().map(|n| (&ids[*n], true)).collect()
        };
        let print = |published: &str, sum: &str| Fingerprint {
            published: published.parse().ok(),
            quantities: BTreeSet::from([sum.to_owned()]),
            ..Fingerprint::default()
        };
        let original = told(&[0, 1, 2, 3, 4, 5, 6, 7]);
        for (shows, list, published, sum, want) in [
            ("nearly all in order", vec![0, 2, 1, 3, 4, 5, 6], "2024-05-02", "5 EUR", true),
            ("another order", vec![7, 6, 5, 4, 3, 2, 1], "2024-05-02", "5 EUR", false),
            ("few of them", vec![0, 1, 2, 9, 10, 11, 12], "2024-05-02", "5 EUR", false),
            ("a week later", vec![0, 1, 2, 3, 4, 5, 6], "2024-05-09", "5 EUR", false),
            ("other sums", vec![0, 1, 2, 3, 4, 5, 6], "2024-05-02", "6 EUR", false),
        ] {
            let (a, b) = (print("2024-05-01", "5 EUR"), print(published, sum));
            assert_eq!(is_translation((&b, &told(&list)), (&a, &original)), want, "{shows}");
        }
    }
}
