//! Which names are worth comparing: those that share a typed key.
//!
//! A key is a kind and a short text, hashed. Sorting all keys puts the names that
//! share one side by side, so that neither time nor memory grows with the number
//! of possible pairs. A key that too many share is not worth its cost: of such a
//! block only neighbors in the alphabet are compared, and a diagnostic says so.
//! Acronyms are compared with what they can stand for, not with one another.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::mention::Supertype;

use super::compare::ParsedName;
use super::compare::organization::OrganizationName;
use super::names::{Part, PartKind, PersonName};
use super::options::ResolveOptions;
use super::profile::Profile;
use super::spelling::Sounded;
use super::tables::TABLES;

/// How many bodies may have a word in their names for it to tell which is meant.
const MAX_BEARERS: u32 = 40;

/// What a key is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum KeyKind {
    /// The sound of a surname and the initial of a given name.
    SoundInitial,
    /// A given name and the initial of a surname.
    GivenInitial,
    /// The sounds of two names, in the order of the alphabet.
    TwoSounds,
    /// All names without spaces.
    Joined,
    /// An acronym, or initials.
    Acronym,
    /// A telling word of a body's name.
    Word,
    /// The sounds of the two most telling words of a body's name.
    TwoWords,
    /// The sound of a place's name.
    Place,
    /// A Wikidata id.
    Wikidata,
    /// The first consonants of two names, for names in two scripts.
    Across,
}

/// One name under one key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Entry {
    key: u64,
    // Where the key is an acronym: whether the name is one itself. Names that
    // merely have the same initials are not worth comparing.
    side: Side,
    profile: u32,
}

/// Which names under a key are compared with one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Side {
    /// All.
    Both,
    /// Neighbors in the alphabet.
    Near,
    /// Acronyms, with those that they can stand for.
    Acronym,
    /// What acronyms can stand for, with these.
    Full,
}

/// Returns the pairs of profiles to compare, the smaller index first, sorted.
pub(super) fn pairs(
    profiles: &[Profile],
    options: &ResolveOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(u32, u32)> {
    let words = count_words(profiles);
    let mut keys: Vec<Entry> = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        if !profile.is_named || profile.is_bare {
            continue;
        }
        let mut push = |kind: KeyKind, side: Side, text: &str| {
            if !text.is_empty() {
                let key = hash(profile.supertype, kind, text);
                keys.push(Entry { key, side, profile: i as u32 });
            }
        };
        if let Some(id) = &profile.wikidata {
            push(KeyKind::Wikidata, Side::Both, id);
        }
        for name in std::iter::once(&profile.name).chain(&profile.aliases) {
            match &**name {
                ParsedName::Person(name) => person_keys(name, &mut push),
                ParsedName::Organization(name) => organization_keys(name, &words, &mut push),
                ParsedName::Place(name) => {
                    let joined: String =
                        name.words.iter().map(|word| word.latin.as_str()).collect();
                    for code in &super::spelling::sound(&joined) {
                        push(KeyKind::Place, Side::Both, code);
                    }
                    push(KeyKind::Joined, Side::Both, &name.key());
                }
                ParsedName::Other(_) => {}
            }
        }
    }
    keys.par_sort_unstable();
    keys.dedup();

    let mut pairs = across(profiles, options);
    let (mut capped, mut largest) = (0_usize, 0_usize);
    let mut members: Vec<u32> = Vec::new();
    for block in keys.chunk_by(|a, b| a.key == b.key) {
        members.clear();
        members.extend(block.iter().map(|entry| entry.profile));
        let first = block.first().map_or(Side::Both, |entry| entry.side);
        if matches!(first, Side::Acronym | Side::Full) {
            let acronyms = block.partition_point(|entry| entry.side == Side::Acronym);
            let (short, long) = members.split_at_mut(acronyms);
            // What stands in most documents is meant most often.
            if short.len() * long.len() > options.block * options.neighbors {
                capped += 1;
                largest = largest.max(block.len());
                let documents =
                    |i: &u32| profiles.get(*i as usize).map_or(0, |p| p.documents.len());
                for side in [&mut *short, &mut *long] {
                    side.sort_by_key(|i| (Reverse(documents(i)), *i));
                }
            }
            for &a in short.iter().take(options.block) {
                let long = long.iter().take(options.block * options.neighbors / short.len().max(1));
                pairs.extend(long.filter(|b| **b != a).map(|&b| (a.min(b), a.max(b))));
            }
            continue;
        }
        let is_large = members.len() > options.block;
        let reach = if is_large || first == Side::Near {
            let key = |i: &u32| profiles.get(*i as usize).map(|p| p.key.as_str());
            members.sort_by(|a, b| key(a).cmp(&key(b)).then(a.cmp(b)));
            options.neighbors
        } else {
            members.len()
        };
        if is_large && first != Side::Near {
            capped += 1;
            largest = largest.max(members.len());
        }
        for (at, &a) in members.iter().enumerate() {
            pairs.extend(members.iter().skip(at + 1).take(reach).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    let name = |i: u32| profiles.get(i as usize).map(|profile| &*profile.name);
    pairs = (pairs.into_par_iter())
        .filter(|&(a, b)| match (name(a), name(b)) {
            (Some(ParsedName::Person(a)), Some(ParsedName::Person(b))) => may_be_one(a, b),
            _ => true,
        })
        .collect();
    if capped > 0 {
        diagnostics.push(Diagnostic::new(
            Severity::Note,
            "resolve",
            format!(
                "{capped} groups of similar names were too large to compare every pair (the largest has {largest} names, the cap is {}). Each name was compared with its {} neighbors in the alphabet on either side.",
                options.block, options.neighbors
            ),
        ));
    }
    pairs
}

/// The pairs of people whose names are in two scripts and may sound alike: those
/// that share the first consonants of two names. Within a script the other keys
/// tell more.
fn across(profiles: &[Profile], options: &ResolveOptions) -> Vec<(u32, u32)> {
    let person = |profile: &'_ Profile| match &*profile.name {
        ParsedName::Person(name) if profile.is_named && !profile.is_bare => Some(name.clone()),
        _ => None,
    };
    let is_abjad = |name: &PersonName| name.parts.iter().any(|part| part.sounded.abjad.is_some());
    if !profiles.iter().any(|profile| person(profile).is_some_and(|name| is_abjad(&name))) {
        return Vec::new();
    }
    let mut keys: Vec<(u64, bool, u32)> = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        let Some(name) = person(profile) else { continue };
        let of_abjad = is_abjad(&name);
        let strong: Vec<&Part> =
            name.full_parts().filter(|part| part.kind != PartKind::Honorific).take(5).collect();
        let skeletons: Vec<String> =
            strong.iter().map(|part| crate::lang::sounds::skeleton(&part.sounded.text)).collect();
        for (x, a) in skeletons.iter().enumerate() {
            for b in skeletons.iter().skip(x + 1) {
                let key = format!("{} {}", a.min(b), a.max(b));
                keys.push((hash(profile.supertype, KeyKind::Across, &key), of_abjad, i as u32));
            }
        }
        // Two names may be written as one.
        let joined = crate::lang::sounds::skeleton(&name.joined);
        keys.push((hash(profile.supertype, KeyKind::Across, &joined), of_abjad, i as u32));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for block in keys.chunk_by(|a, b| a.0 == b.0) {
        let split = block.partition_point(|(_, of_abjad, _)| !of_abjad);
        let (latin, abjad) = block.split_at(split);
        if latin.len().saturating_mul(abjad.len()) > options.block * options.block {
            continue;
        }
        for (.., a) in latin {
            pairs.extend(abjad.iter().map(|(.., b)| (*a.min(b), *a.max(b))));
        }
    }
    pairs
}

fn hash(supertype: Supertype, kind: KeyKind, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (supertype, kind, text).hash(&mut hasher);
    hasher.finish()
}

fn person_keys(name: &PersonName, push: &mut impl FnMut(KeyKind, Side, &str)) {
    push(KeyKind::Joined, Side::Both, &name.joined);
    let strong: Vec<&Part> =
        name.parts.iter().filter(|part| part.kind != PartKind::Honorific).collect();
    let strong = if strong.len() < 2 { name.parts.iter().collect() } else { strong };
    let (Some(first), Some(last)) = (strong.first(), strong.last()) else { return };
    // The surname's sound with the initials that the given name can have.
    if last.kind != PartKind::Initial {
        let mut initials: Vec<char> = first.sounded.latin.chars().next().into_iter().collect();
        if let Some(names) = TABLES.names_of(&first.text) {
            initials.extend(names.iter().filter_map(|name| name.chars().next()));
        }
        initials.sort_unstable();
        initials.dedup();
        for code in codes(last) {
            for initial in &initials {
                push(KeyKind::SoundInitial, Side::Both, &format!("{code} {initial}"));
            }
        }
    }
    // The given name with the initial of the surname, for surnames that are spelt
    // too differently to sound alike. These stand near one another in the alphabet.
    if first.kind != PartKind::Initial
        && let Some(initial) = last.sounded.latin.chars().next()
    {
        for code in codes(first) {
            push(KeyKind::GivenInitial, Side::Near, &format!("{code} {initial}"));
        }
    }
    // Any two names of it, for names that leave one out or spell the initial
    // differently.
    let full: Vec<&&Part> =
        strong.iter().filter(|part| part.kind != PartKind::Initial).take(5).collect();
    for (i, p) in full.iter().enumerate() {
        for q in full.iter().skip(i + 1) {
            let (Some(x), Some(y)) = (codes(p).next(), codes(q).next()) else { continue };
            push(KeyKind::TwoSounds, Side::Both, &format!("{} {}", x.min(y), x.max(y)));
        }
    }
}

/// Whether two names of people are worth a comparison letter by letter. They are
/// not where each begins or ends with a name that the other lacks in any likeness
/// ("Robert Hill", "Raymond Hill"): most pairs under a key are of that kind.
fn may_be_one(a: &PersonName, b: &PersonName) -> bool {
    let is_name = |part: &&Part| part.kind != PartKind::Honorific;
    let has_like = |part: Option<&Part>, other: &PersonName| {
        part.is_none_or(|part| other.parts.iter().any(|p| may_be_like(part, p)))
    };
    let [a_first, b_first] = [a, b].map(|name| name.parts.iter().find(is_name));
    let [a_last, b_last] = [a, b].map(|name| name.parts.iter().rfind(is_name));
    (has_like(a_first, b) || has_like(b_first, a)) && (has_like(a_last, b) || has_like(b_last, a))
}

/// Whether two parts of names share enough letters, can be short for one another,
/// or are not written in full.
fn may_be_like(p: &Part, q: &Part) -> bool {
    let (x, y) = (p.sounded.latin.as_str(), q.sounded.latin.as_str());
    if x.len() < 3 || y.len() < 3 || !p.text.is_ascii() || !q.text.is_ascii() {
        return true;
    }
    let (x, y) = (letters(x), letters(y));
    (x & y).count_ones() * 5 >= (x | y).count_ones() * 2
        || x & y == x
        || x & y == y
        || TABLES.are_nicknames(&p.text, &q.text)
        || TABLES.are_nicknames(&p.sounded.text, &q.sounded.text)
}

/// The letters of a word as a set, those as one that stand for one another in
/// romanizations, and without "h", which comes and goes.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, letter| {
        let letter = match letter {
            b'c' | b'q' | b'x' => b'k',
            b'w' | b'f' | b'p' => b'v',
            b'y' | b'e' | b'j' => b'i',
            b'o' => b'u',
            b'z' => b's',
            b'd' => b't',
            b'h' => return set,
            letter => letter,
        };
        set | 1 << (letter & 31)
    })
}

/// The one or two sounds of a part.
fn codes(part: &Part) -> impl Iterator<Item = &str> {
    let [first, second] = &part.sounded.codes;
    let is_other = first != second;
    std::iter::once(first.as_str())
        .chain(is_other.then_some(second.as_str()))
        .filter(|code| !code.is_empty())
}

fn organization_keys(
    name: &OrganizationName,
    words: &HashMap<String, u32>,
    push: &mut impl FnMut(KeyKind, Side, &str),
) {
    push(KeyKind::Joined, Side::Both, &name.joined);
    if let Some(acronym) = &name.acronym {
        push(KeyKind::Acronym, Side::Acronym, acronym);
    } else {
        for initials in &name.initials {
            if initials.len() >= 2 {
                push(KeyKind::Acronym, Side::Full, initials);
            }
        }
    }
    // The two rarest words: each by its letters, both by their sound.
    let mut rare: Vec<_> = name.core.iter().map(|word| &word.sounded).collect();
    rare.sort_by_key(|word| (words.get(&word.text).copied().unwrap_or(0), word.text.clone()));
    let is_rare = |word: &Sounded| words.get(&word.text).is_none_or(|n| *n <= MAX_BEARERS);
    for word in rare.iter().take(2).filter(|word| is_rare(word)) {
        push(KeyKind::Word, Side::Both, &word.text);
    }
    let sounds = |word: &'_ Sounded| -> Vec<String> {
        let [one, other] = &word.codes;
        if one == other { vec![one.clone()] } else { vec![one.clone(), other.clone()] }
    };
    match rare.as_slice() {
        [] => {}
        [only] => {
            for code in sounds(only) {
                push(KeyKind::TwoWords, Side::Both, &code);
            }
        }
        [first, second, ..] => {
            // A country and its people begin alike ("Georgia", "Georgian").
            let head = |word: &Sounded| word.text.chars().take(4).collect::<String>();
            let (x, y) = (head(first), head(second));
            push(KeyKind::TwoWords, Side::Both, &format!("{} {}", (&x).min(&y), (&x).max(&y)));
            for x in sounds(first) {
                for y in sounds(second) {
                    let (x, y) = ((&x).min(&y), (&x).max(&y));
                    push(KeyKind::TwoWords, Side::Both, &format!("{x} {y}"));
                }
            }
        }
    }
}

/// How many names of bodies contain each word.
fn count_words(profiles: &[Profile]) -> HashMap<String, u32> {
    let mut words: HashMap<String, u32> = HashMap::new();
    for profile in profiles {
        if let ParsedName::Organization(name) = &*profile.name {
            for word in &name.core {
                *words.entry(word.sounded.text.clone()).or_default() += 1;
            }
        }
    }
    words
}
