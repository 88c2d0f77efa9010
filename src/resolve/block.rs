//! Which names are worth comparing: those that share a typed key.
//!
//! A key is a kind and a short text, hashed. Sorting all keys puts the names that
//! share one side by side, so that neither time nor memory grows with the number
//! of possible pairs. A key that too many share is not worth its cost: of such a
//! block only neighbors in the alphabet are compared, and a diagnostic says so.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostic::{Diagnostic, Severity};
use crate::mention::Supertype;

use super::compare::ParsedName;
use super::compare::organization::OrganizationName;
use super::names::{Part, PartKind, PersonName};
use super::options::ResolveOptions;
use super::profile::Profile;
use super::tables::TABLES;

/// What a key is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum KeyKind {
    /// The sound of one name and the initial of another.
    SoundInitial,
    /// The sounds of two names, in the order of the alphabet.
    TwoSounds,
    /// All names without spaces.
    Joined,
    /// An acronym, or initials.
    Acronym,
    /// A telling word of a body's name.
    Word,
    /// The sound of a place's name.
    Place,
    /// A Wikidata id.
    Wikidata,
    /// The first consonants of two names, for names in two scripts.
    Across,
}

/// Returns the pairs of profiles to compare, the smaller index first, sorted.
pub(super) fn pairs(
    profiles: &[Profile],
    options: &ResolveOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(u32, u32)> {
    let words = count_words(profiles);
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        if !profile.is_named || profile.is_bare {
            continue;
        }
        let start = keys.len();
        let mut push = |kind: KeyKind, text: &str| {
            if !text.is_empty() {
                keys.push((hash(profile.supertype, kind, text), i as u32));
            }
        };
        if let Some(id) = &profile.wikidata {
            push(KeyKind::Wikidata, id);
        }
        for name in std::iter::once(&profile.name).chain(&profile.aliases) {
            match &**name {
                ParsedName::Person(name) => person_keys(name, &mut push),
                ParsedName::Organization(name) => organization_keys(name, &words, &mut push),
                ParsedName::Place(name) => {
                    let joined: String =
                        name.words.iter().map(|word| word.latin.as_str()).collect();
                    for code in &super::spelling::sound(&joined) {
                        push(KeyKind::Place, code);
                    }
                    push(KeyKind::Joined, &name.key());
                }
                ParsedName::Other(_) => {}
            }
        }
        if let Some(own) = keys.get_mut(start..) {
            own.sort_unstable();
        }
    }
    keys.sort_unstable();
    keys.dedup();

    let mut pairs = across(profiles, options);
    let (mut capped, mut largest) = (0_usize, 0_usize);
    for block in keys.chunk_by(|a, b| a.0 == b.0) {
        let mut members: Vec<u32> = block.iter().map(|(_, i)| *i).collect();
        let reach = if members.len() > options.block {
            capped += 1;
            largest = largest.max(members.len());
            let key = |i: &u32| profiles.get(*i as usize).map(|p| p.key.as_str());
            members.sort_by(|a, b| key(a).cmp(&key(b)).then(a.cmp(b)));
            options.neighbors
        } else {
            members.len()
        };
        for (at, &a) in members.iter().enumerate() {
            pairs.extend(members.iter().skip(at + 1).take(reach).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
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

fn person_keys(name: &PersonName, push: &mut impl FnMut(KeyKind, &str)) {
    push(KeyKind::Joined, &name.joined);
    let strong: Vec<&Part> =
        name.parts.iter().filter(|part| part.kind != PartKind::Honorific).collect();
    let strong = if strong.len() < 2 { name.parts.iter().collect() } else { strong };
    let (Some(first), Some(last)) = (strong.first(), strong.last()) else { return };
    // The surname's sound with the initials that the given name can have.
    for (family, given) in [(last, first), (first, last)] {
        if family.kind == PartKind::Initial {
            continue;
        }
        let mut initials: Vec<char> = given.sounded.latin.chars().next().into_iter().collect();
        if let Some(names) = TABLES.names_of(&given.text) {
            initials.extend(names.iter().filter_map(|name| name.chars().next()));
        }
        initials.sort_unstable();
        initials.dedup();
        for code in codes(family) {
            for initial in &initials {
                push(KeyKind::SoundInitial, &format!("{code} {initial}"));
            }
        }
    }
    // Any two names of it, for names that leave one out or spell the initial
    // differently.
    let full: Vec<&&Part> =
        strong.iter().filter(|part| part.kind != PartKind::Initial).take(5).collect();
    for (i, p) in full.iter().enumerate() {
        for q in full.iter().skip(i + 1) {
            let (Some(x), Some(y)) = (codes(p).next(), codes(q).next()) else { continue };
            push(KeyKind::TwoSounds, &format!("{} {}", x.min(y), x.max(y)));
        }
    }
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
    push: &mut impl FnMut(KeyKind, &str),
) {
    push(KeyKind::Joined, &name.joined);
    if let Some(acronym) = &name.acronym {
        push(KeyKind::Acronym, acronym);
    } else {
        for initials in &name.initials {
            if initials.len() >= 2 {
                push(KeyKind::Acronym, initials);
            }
        }
    }
    // The two rarest words, by sound.
    let mut rare: Vec<_> = name.core.iter().map(|word| &word.sounded).collect();
    rare.sort_by_key(|word| (words.get(&word.text).copied().unwrap_or(0), word.text.clone()));
    for word in rare.into_iter().take(2) {
        for code in &word.codes {
            push(KeyKind::Word, code);
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
