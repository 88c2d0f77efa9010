//! Which mentions of a document name the same thing: names by their spelling,
//! abbreviations, handles, and a bare surname by the full name.
//!
//! Two full names are two people unless one is a shorter spelling of the other.

use std::collections::{BTreeMap, HashMap};

use deunicode::deunicode;

use super::draft::{DraftIdx, Drafts};
use super::evidence::{is_acronym, key, name_parts};
use super::offices::Office;
use super::segment::handle_parts;
use super::words::{Shape, Words};
use crate::lang::lexicon::{NamePart, WordClass};
use crate::mention::{Gender, MentionKind, Supertype};

/// The groups of drafts that name one thing.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// The first draft of a draft's group.
    pub fn root(&self, mut draft: DraftIdx) -> usize {
        while self.parent[draft] != draft {
            draft = self.parent[draft];
        }
        draft
    }

    /// Says that two drafts name one thing.
    pub fn join(&mut self, a: DraftIdx, b: DraftIdx) {
        let (a, b) = (self.root(a), self.root(b));
        let (first, second) = (a.min(b), a.max(b));
        self.parent[second] = first;
        // Paths stay short.
        self.parent[a] = first;
        self.parent[b] = first;
    }
}

/// Joins the named drafts.
pub(super) fn join_names(words: &Words, offices: &[Office], drafts: &Drafts, groups: &mut Groups) {
    join_bodies_and_places(words, drafts, groups);
    join_persons(words, offices, drafts, groups);
}

fn join_bodies_and_places(words: &Words, drafts: &Drafts, groups: &mut Groups) {
    let mut by_known: HashMap<(u32, Supertype), DraftIdx> = HashMap::new();
    let mut by_key: HashMap<(String, Supertype), DraftIdx> = HashMap::new();
    let mut bodies: Vec<DraftIdx> = Vec::new();
    for (index, draft) in drafts.drafts.iter().enumerate() {
        if matches!(draft.supertype, Supertype::Person | Supertype::Office) {
            continue;
        }
        if let Some(known) = draft.known {
            let first = *by_known.entry((known.0, draft.supertype)).or_insert(index);
            groups.join(first, index);
        }
        if draft.kind != MentionKind::Name {
            continue;
        }
        let key = plain_key(words, &draft.tokens);
        let first = *by_key.entry((key, draft.supertype)).or_insert(index);
        groups.join(first, index);
        if draft.supertype == Supertype::Organization {
            bodies.push(index);
        }
    }
    // "Foreign Office (FO)": what stands in brackets is the same.
    for (index, draft) in drafts.drafts.iter().enumerate() {
        let end = draft.tokens.end;
        if draft.kind != MentionKind::Name || words.after(end).is_none_or(|w| w.text != "(") {
            continue;
        }
        if let Some(other) = drafts.covering(end + 1)
            && other != index
            && drafts.drafts[other].kind == MentionKind::Name
            && words.words.get(drafts.drafts[other].tokens.end).is_some_and(|w| w.text == ")")
        {
            let other_tokens = &drafts.drafts[other].tokens;
            let short = words.text_of(other_tokens.clone());
            let is_short = is_acronym(short, draft.tokens.clone().map(|i| words.words[i].text))
                || (draft.supertype == drafts.drafts[other].supertype
                    && draft.supertype == Supertype::Organization
                    && words.words[other_tokens.start].shape == Shape::Upper
                    && other_tokens.len() == 1);
            if is_short {
                groups.join(index, other);
            }
        }
    }
    // An abbreviation and the only body of the document with these initials.
    let mut by_initials: BTreeMap<String, Vec<DraftIdx>> = BTreeMap::new();
    // The first word of a body's name, and its words behind a country's name.
    let mut by_start: HashMap<String, Vec<DraftIdx>> = HashMap::new();
    let mut by_end: HashMap<String, Vec<DraftIdx>> = HashMap::new();
    for &body in &bodies {
        let parts = significant(words, &drafts.drafts[body].tokens);
        if parts.len() < 2 {
            continue;
        }
        let initials = |parts: &[&str]| -> String {
            parts.iter().filter_map(|p| p.chars().next()).flat_map(char::to_uppercase).collect()
        };
        by_initials.entry(initials(&parts)).or_default().push(body);
        // "U.S. Agency …": the initials may leave the country out, which
        // "Massachusetts Institute …" does not.
        if parts.len() > 2 && words.language.gazetteer.find(parts[0]).is_some() {
            by_initials.entry(initials(&parts[1..])).or_default().push(body);
        }
        by_start.entry(parts[0].to_lowercase()).or_default().push(body);
        // "UN Security Council": the name behind that of a place or body.
        let tokens = &drafts.drafts[body].tokens;
        if let Some(found) =
            words.forms_at(tokens.start).iter().find(|f| (f.end as usize) + 1 < tokens.end)
        {
            by_end.entry(key(words, &(found.end as usize..tokens.end))).or_default().push(body);
        }
    }
    let single = |list: &Vec<DraftIdx>, groups: &Groups| {
        let first = groups.root(*list.first()?);
        list.iter().all(|&b| groups.root(b) == first).then_some(first)
    };
    join_heads(words, drafts, groups, &bodies);
    for &body in &bodies {
        let tokens = &drafts.drafts[body].tokens;
        if tokens.len() > 1
            && let Some(list) = by_end.get(&key(words, tokens))
            && let Some(first) = single(list, groups)
        {
            groups.join(first, body);
        }
        if tokens.len() != 1 {
            continue;
        }
        let word = &words.words[tokens.start];
        let letters: String = word.text.chars().filter(|c| c.is_alphanumeric()).collect();
        if word.shape == Shape::Upper
            && letters.len() >= 2
            && let Some(list) = by_initials.get(&letters.to_uppercase())
            && let Some(first) = single(list, groups)
        {
            groups.join(first, body);
        } else if !word.is_common
            && drafts.drafts[body].known.is_none()
            && let Some(list) = by_start.get(&*word.lower)
            && let Some(first) = single(list, groups)
        {
            // "Acme" and "Acme Holdings"
            groups.join(first, body);
        }
    }
}

/// Joins "the Commission" to the last body before that is a commission by name.
fn join_heads(words: &Words, drafts: &Drafts, groups: &mut Groups, bodies: &[DraftIdx]) {
    for (at, &body) in bodies.iter().enumerate() {
        let tokens = drafts.drafts[body].tokens.clone();
        let head = &words.words[tokens.end - 1];
        let stands_alone =
            tokens.clone().all(|i| i + 1 == tokens.end || words.words[i].is(WordClass::Article));
        let is_kind = head.parts.iter().any(|p| matches!(p, NamePart::Head | NamePart::Opener));
        if !stands_alone || !is_kind || drafts.drafts[body].known.is_some() {
            continue;
        }
        let named = bodies[..at].iter().rev().copied().find(|&other| {
            let other = &drafts.drafts[other].tokens;
            let ends = [other.start, other.end - 1];
            other.len() > tokens.len() && ends.iter().any(|&i| words.words[i].lower == head.lower)
        });
        if let Some(named) = named {
            groups.join(named, body);
        }
    }
}

/// The letters of a name without an article and the form of a company.
fn plain_key(words: &Words, tokens: &std::ops::Range<usize>) -> String {
    let mut tokens = tokens.clone();
    while tokens.len() > 1 && words.words[tokens.start].is(WordClass::Article) {
        tokens.start += 1;
    }
    while tokens.len() > 1 && words.words[tokens.end - 1].parts.contains(&NamePart::Legal) {
        tokens.end -= 1;
        while tokens.len() > 1 && matches!(words.words[tokens.end - 1].text, "," | "." | "&") {
            tokens.end -= 1;
        }
    }
    key(words, &tokens).replace('.', "")
}

/// The words of a name that count for its initials.
fn significant<'a>(words: &Words<'a>, tokens: &std::ops::Range<usize>) -> Vec<&'a str> {
    tokens
        .clone()
        .map(|i| &words.words[i])
        .filter(|w| w.is_capitalized() && !w.is(WordClass::Article))
        .map(|w| w.text)
        .collect()
}

/// A person of the document.
#[derive(Debug)]
struct PersonGroup {
    draft: DraftIdx,
    /// The parts of the fullest name, folded.
    parts: Vec<String>,
    gender: Gender,
    /// Offices, indices.
    offices: Vec<usize>,
    /// How often the name stands in full.
    count: usize,
}

fn join_persons(words: &Words, offices: &[Office], drafts: &Drafts, groups: &mut Groups) {
    let mut offices_of: HashMap<DraftIdx, Vec<usize>> = HashMap::new();
    for held in &drafts.held {
        offices_of.entry(held.holder).or_default().push(held.office);
    }
    let persons: Vec<(DraftIdx, Vec<String>)> = drafts
        .drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.kind == MentionKind::Name && d.supertype == Supertype::Person)
        .map(|(index, draft)| (index, folded_parts(words, &draft.tokens)))
        .collect();
    let mut people: Vec<PersonGroup> = Vec::new();
    // Persons by each part of their name.
    let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
    // Full names first: the document may give the full name late.
    let is_handle =
        |draft: DraftIdx| words.words[drafts.drafts[draft].tokens.start].shape == Shape::Handle;
    let mut full: Vec<&(DraftIdx, Vec<String>)> =
        persons.iter().filter(|(d, parts)| parts.len() > 1 && !is_handle(*d)).collect();
    full.sort_by_key(|(draft, parts)| (std::cmp::Reverse(parts.len()), *draft));
    for (draft, parts) in full {
        let gender = drafts.drafts[*draft].gender;
        let own = offices_of.get(draft).cloned().unwrap_or_default();
        let mut fits: Vec<usize> = Vec::new();
        for part in [parts.last(), parts.first()].into_iter().flatten() {
            for &person in by_part.get(part).into_iter().flatten() {
                if !fits.contains(&person)
                    && is_shorter(parts, &people[person].parts)
                    && agrees(gender, people[person].gender)
                {
                    fits.push(person);
                }
            }
        }
        if let Some(&person) = best_fit(words, offices, &people, &fits, &own).as_ref() {
            groups.join(people[person].draft, *draft);
            people[person].draft = people[person].draft.min(*draft);
            people[person].offices.extend(own);
            people[person].count += 1;
            if people[person].gender == Gender::Unknown {
                people[person].gender = gender;
            }
            continue;
        }
        for part in parts {
            let list = by_part.entry(part.clone()).or_default();
            if list.last() != Some(&people.len()) {
                list.push(people.len());
            }
        }
        people.push(PersonGroup {
            draft: *draft,
            parts: parts.clone(),
            gender,
            offices: own,
            count: 1,
        });
    }
    join_handles(words, drafts, groups, &persons, &people, &by_part);
    // "Austin" is a given name and a surname.
    let may_be_either =
        |part: &str| words.language.names.get(part).is_some_and(|n| n.is_given() && n.surname);
    // Single names that no full name of the document explains, by their letters.
    let mut alone: HashMap<String, Vec<(DraftIdx, Gender)>> = HashMap::new();
    for (draft, parts) in &persons {
        let [part] = parts.as_slice() else { continue };
        if is_handle(*draft) {
            continue;
        }
        let own = offices_of.get(draft).cloned().unwrap_or_default();
        let gender = drafts.drafts[*draft].gender;
        let mut all = by_part.get(part).cloned().unwrap_or_default();
        if let Some(title) = regnal_title(words, offices, &own, &drafts.drafts[*draft].tokens) {
            // "King Hussein" is nobody of the surname Hussein.
            all.retain(|&p| {
                people[p].parts.first() == Some(part)
                    || people[p]
                        .offices
                        .iter()
                        .any(|&o| words.words[offices[o].head].lower == words.words[title].lower)
            });
        }
        let fits = |last: bool| -> Vec<usize> {
            all.iter()
                .copied()
                .filter(|&p| {
                    (people[p].parts.last() == Some(part)) == last
                        && agrees(gender, people[p].gender)
                })
                .collect()
        };
        let mut candidates = fits(true);
        if candidates.is_empty() {
            candidates = fits(false);
            // "Secretary Austin" is nobody by the given name of Austin, unless
            // that one holds such an office.
            let start = drafts.drafts[*draft].tokens.start;
            let is_behind_title = own.iter().any(|&o| offices[o].tokens.end == start);
            if is_behind_title && may_be_either(part) {
                candidates.retain(|&p| {
                    let theirs = &people[p].offices;
                    people[p].parts.first() != Some(part)
                        || own.iter().any(|&a| {
                            theirs
                                .iter()
                                .any(|&b| office_likeness(words, &offices[a], &offices[b]) > 0)
                        })
                });
            }
        }
        // Of several, a bare name means the one whom the document is about.
        if candidates.len() > 1 && own.is_empty() {
            let most = candidates
                .iter()
                .copied()
                .max_by_key(|&p| (people[p].count, std::cmp::Reverse(people[p].draft)));
            candidates.retain(|&p| {
                Some(p) == most || most.is_some_and(|m| people[m].count < 2 * people[p].count + 1)
            });
        }
        if let Some(person) = best_fit(words, offices, &people, &candidates, &own) {
            groups.join(people[person].draft, *draft);
            people[person].offices.extend(own);
            continue;
        }
        let others = alone.entry(part.clone()).or_default();
        if let Some((other, _)) = others.iter().find(|(_, g)| agrees(*g, gender)) {
            groups.join(*other, *draft);
        }
        others.push((*draft, gender));
    }
}

/// The head of the title before a name, if it is one that goes with a given name.
fn regnal_title(
    words: &Words,
    offices: &[Office],
    own: &[usize],
    name: &std::ops::Range<usize>,
) -> Option<usize> {
    let heads = own.iter().filter(|&&o| offices[o].tokens.end == name.start);
    heads.map(|&o| offices[o].head).find(|&head| words.words[head].is(WordClass::Regnal))
}

/// The one of several persons that a name means: the only one, or the one who
/// holds such an office.
fn best_fit(
    words: &Words,
    offices: &[Office],
    people: &[PersonGroup],
    fits: &[usize],
    own: &[usize],
) -> Option<usize> {
    match fits {
        [] => None,
        [person] => Some(*person),
        _ => {
            let mut scored: Vec<(i32, usize)> = fits
                .iter()
                .map(|&person| {
                    let score = own
                        .iter()
                        .flat_map(|&a| people[person].offices.iter().map(move |&b| (a, b)))
                        .map(|(a, b)| office_likeness(words, &offices[a], &offices[b]))
                        .max()
                        .unwrap_or(0);
                    (score, person)
                })
                .collect();
            scored.sort_by_key(|&(score, person)| (std::cmp::Reverse(score), person));
            match scored.as_slice() {
                [(best, person), (second, _), ..] if best > second && *best > 0 => Some(*person),
                _ => None,
            }
        }
    }
}

/// How alike two titles are: the same head counts most, then shared words.
pub(super) fn office_likeness(words: &Words, a: &Office, b: &Office) -> i32 {
    let lemma = |office: &Office| words.words[office.head].lower.to_string();
    let mut score = 0;
    if lemma(a) == lemma(b) {
        score += 3;
    } else if a.title.families.iter().any(|f| b.title.families.contains(f)) {
        score += 1;
    }
    let content = |office: &Office| -> Vec<String> {
        let mut list: Vec<String> =
            office.tokens.clone().map(|i| words.words[i].lower.to_string()).collect();
        list.extend(
            office.title.expansion.into_iter().flat_map(|e| e.split(' ')).map(str::to_owned),
        );
        list
    };
    let (a, b) = (content(a), content(b));
    score += a.iter().filter(|w| w.len() > 3 && b.contains(w)).count() as i32;
    score
}

fn join_handles(
    words: &Words,
    drafts: &Drafts,
    groups: &mut Groups,
    persons: &[(DraftIdx, Vec<String>)],
    people: &[PersonGroup],
    by_part: &HashMap<String, Vec<usize>>,
) {
    let mut seen: HashMap<String, DraftIdx> = HashMap::new();
    for (draft, _) in persons {
        let word = &words.words[drafts.drafts[*draft].tokens.start];
        if word.shape != Shape::Handle {
            continue;
        }
        if let Some(&other) = seen.get(&*word.lower) {
            groups.join(other, *draft);
            continue;
        }
        seen.insert(word.lower.to_string(), *draft);
        let letters: String = deunicode(word.text)
            .chars()
            .filter(char::is_ascii_alphabetic)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // Persons of whom a part of the handle is a part of the name; for a
        // handle in lower case all are looked at.
        let pieces: Vec<String> =
            handle_parts(word.text).iter().map(|p| p.to_lowercase()).collect();
        let mut candidates: Vec<usize> =
            pieces.iter().filter_map(|p| by_part.get(p)).flatten().copied().collect();
        if candidates.is_empty() && people.len() < 200 {
            candidates = (0..people.len()).collect();
        }
        candidates.sort_unstable();
        candidates.dedup();
        let fits: Vec<usize> =
            candidates.into_iter().filter(|&p| spells(&letters, &people[p].parts)).collect();
        if let [person] = fits.as_slice() {
            groups.join(people[*person].draft, *draft);
        }
    }
}

/// Whether a handle's letters spell a name: parts whole or as initials, in
/// order or with the surname first, and two letters of difference at most.
fn spells(letters: &str, parts: &[String]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let plain = |part: &String| part.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let (first, last) = (plain(first), plain(last));
    let initial = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
    let all: String = parts.iter().map(plain).collect();
    let middle: String = parts
        .get(1..parts.len().saturating_sub(1))
        .unwrap_or(&[])
        .iter()
        .map(|p| initial(p))
        .collect();
    let forms = [
        all,
        format!("{first}{last}"),
        format!("{last}{first}"),
        format!("{}{last}", initial(&first)),
        format!("{last}{}", initial(&first)),
        format!("{first}{}", initial(&last)),
        format!("{}{middle}{last}", initial(&first)),
        format!("{first}{middle}{last}"),
    ];
    letters.len() >= 4
        && forms.iter().any(|form| {
            form == letters
                || (letters.strip_prefix(form.as_str()).is_some_and(|rest| rest.len() <= 3)
                    && form.len() > 6)
        })
}

fn agrees(a: Gender, b: Gender) -> bool {
    a == b || a == Gender::Unknown || b == Gender::Unknown
}

/// A person's name in parts, folded to lower case without accents; particles
/// are left out where other parts remain.
fn folded_parts(words: &Words, tokens: &std::ops::Range<usize>) -> Vec<String> {
    let parts = match words.words[tokens.start].shape {
        Shape::Handle => handle_parts(words.words[tokens.start].text),
        _ => name_parts(words, tokens).into_iter().map(str::to_owned).collect(),
    };
    let fold = |part: &String| {
        deunicode(part).to_ascii_lowercase().trim_end_matches('.').replace(['’', '\''], "")
    };
    let folded: Vec<String> = parts.iter().map(fold).filter(|p| !p.is_empty()).collect();
    let long: Vec<String> = folded
        .iter()
        .filter(|p| !words.language.lexicon.classes(p).has(WordClass::Particle))
        .cloned()
        .collect();
    if long.is_empty() { folded } else { long }
}

/// Whether a name of two parts or more is a shorter spelling of another: its
/// parts or their initials stand in the other in order, and both end alike or
/// open with the same two parts.
fn is_shorter(short: &[String], long: &[String]) -> bool {
    if short.len() > long.len() {
        return false;
    }
    let fits = |a: &str, b: &str| {
        a == b || (a.len() == 1 && b.starts_with(a)) || (b.len() == 1 && a.starts_with(b))
    };
    let ends_alike = short.last() == long.last();
    let opens_alike = short.len() >= 2 && short.iter().zip(long).all(|(a, b)| a == b);
    if !ends_alike && !opens_alike {
        return false;
    }
    if short.len() == long.len() {
        // Same number of parts: all must fit in their places.
        return short.iter().zip(long).all(|(a, b)| fits(a, b));
    }
    let mut rest = long.iter();
    let in_order = short.iter().all(|a| rest.by_ref().any(|b| fits(a, b)));
    // "Hassan Ali" is not "Ahmed Hassan Ali" by its end alone unless it has
    // two full parts.
    in_order
        && (short.iter().filter(|p| p.len() > 1).count() >= 2
            || short.first().map(|s| s.chars().next()) == long.first().map(|s| s.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn tells_shorter_spellings() {
        let check = |short: &str, long: &str, expected: bool| {
            assert_eq!(is_shorter(&parts(short), &parts(long)), expected, "{short} / {long}");
        };
        check("john kerry", "john forbes kerry", true);
        check("j kerry", "john kerry", true);
        check("john f kerry", "john forbes kerry", true);
        check("asim khan", "syed asim khan", true);
        check("mohammed salman", "mohammed salman saud", true);
        check("john kerry", "jane kerry", false);
        check("asif khan", "aftab akbar khan", false);
        check("john smith", "john kerry", false);
    }

    #[test]
    fn reads_handles() {
        let check = |handle: &str, name: &str, expected: bool| {
            assert_eq!(spells(handle, &parts(name)), expected, "{handle} / {name}");
        };
        check("johnkerry", "john kerry", true);
        check("jkerry", "john forbes kerry", true);
        check("kerryj", "john kerry", true);
        check("johnfkerry", "john forbes kerry", true);
        check("johnkerry", "jane kerry", false);
        check("kerry", "john kerry", false);
    }
}
