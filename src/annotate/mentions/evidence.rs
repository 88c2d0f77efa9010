//! What a document as a whole says of a name: "West" is a person where
//! "Thomas West" stands somewhere.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::segment::{Reading, Segment, Votes};
use super::words::{Shape, Word, Words};
use crate::lang::lexicon::WordClass;

/// What a document says of names, gathered in a first reading.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Votes for each name of the document, by its letters.
    names: HashMap<String, Votes>,
    /// Last words of persons' names.
    surnames: HashMap<String, f32>,
    /// Other words of persons' names.
    given: HashMap<String, f32>,
    /// Abbreviations that stand in brackets behind what they abbreviate.
    acronyms: HashMap<String, Reading>,
}

impl Evidence {
    /// Gathers what the segments of a first reading say.
    pub fn gather(words: &Words, segments: &[Segment]) -> Self {
        let mut this = Self::default();
        for segment in segments {
            let key = key(words, &segment.tokens);
            // Headlines are read by the light of the text, not the reverse.
            let weight = if words.words[segment.tokens.start].in_heading { 0.2 } else { 1.0 };
            let strength = (segment.score / 3.0).clamp(0.1, 1.0) * weight;
            let parts = name_parts(words, &segment.tokens);
            let votes = this.names.entry(key).or_default();
            match segment.reading {
                Reading::Person => {
                    votes.person += strength;
                    if parts.len() > 1 && segment.score > 0.6 {
                        let (last, rest) =
                            parts.split_last().map_or(("", &[][..]), |(l, r)| (*l, r));
                        let count = this.surnames.entry(last.to_lowercase()).or_default();
                        *count = count.max(strength);
                        for part in rest {
                            let count = this.given.entry(part.to_lowercase()).or_default();
                            *count = count.max(strength);
                        }
                    } else if parts.len() == 1 && segment.score > 2.0 {
                        // "Secretary Jones": as good as a full name.
                        let count = this.surnames.entry(parts[0].to_lowercase()).or_default();
                        *count = count.max(0.7 * strength);
                    }
                }
                Reading::Organization => votes.organization += strength,
                Reading::Place => votes.place += strength,
                Reading::People => votes.people += strength,
                Reading::Thing => votes.thing += strength,
                Reading::Office(_) | Reading::Nothing => {}
            }
            // "Foreign Office (FO)"
            if matches!(segment.reading, Reading::Organization | Reading::Thing | Reading::Place)
                && words.after(segment.tokens.end).is_some_and(|w| w.text == "(")
                && let Some(word) = words.words.get(segment.tokens.end + 1)
                && matches!(word.shape, Shape::Upper | Shape::Mixed)
                && words.words.get(segment.tokens.end + 2).is_some_and(|w| w.text == ")")
                && is_acronym(word.text, segment.tokens.clone().map(|i| words.words[i].text))
            {
                this.acronyms.insert(word.text.to_owned(), segment.reading);
            }
        }
        this
    }

    /// Votes for the readings of a range of tokens.
    pub fn of(&self, words: &Words, range: &Range<usize>) -> Votes {
        let mut votes = Votes::default();
        if self.names.is_empty() {
            return votes;
        }
        let key = key(words, range);
        if let Some(found) = self.names.get(&key) {
            let sum = found.person + found.organization + found.place + found.people + found.thing;
            if sum > 0.0 {
                // The majority speaks, the louder the more often it was heard.
                let scale = 1.5 * sum.min(2.0) / 2.0 / sum;
                votes.person += found.person * scale;
                votes.organization += found.organization * scale;
                votes.place += found.place * scale;
                votes.people += found.people * scale;
                votes.thing += found.thing * scale;
            }
        }
        if let Some(reading) = self.acronyms.get(words.text_of(range.clone())) {
            match reading {
                Reading::Organization => votes.organization += 3.0,
                Reading::Place => votes.place += 3.0,
                _ => votes.thing += 3.0,
            }
        }
        if range.len() == 1 && is_direction(words, range) {
            votes.person = -3.0;
            return votes;
        }
        // The particles before a surname are part of it: "von der Heide".
        let core = range.end - 1;
        let is_particle = |at: usize| words.words[at].is(WordClass::Particle);
        if name_parts(words, &(core..range.end)).len() == 1 && (range.start..core).all(is_particle)
        {
            let lower = &words.words[core].lower;
            // Beside another word of a name it is only a part of one.
            let is_part = |word: Option<&Word>| word.is_some_and(Word::is_capitalized);
            // "de Silva" behind "Aravinda", "Silva" behind "De"
            let mut first = range.start;
            while words.before(first).is_some_and(|w| w.is(WordClass::Particle)) {
                first -= 1;
            }
            let is_behind_particle = first < range.start
                && (is_part(words.before(first)) || words.words[first].is_capitalized());
            let is_place = is_behind_particle
                || (range.start > 0
                    && is_part(words.before(range.start))
                    && words.titles[range.start - 1].is_none()
                    && !words.forms_at(range.start - 1).iter().any(|f| {
                        f.form.is_strong
                            && words.words[range.start - 1].name.is_none_or(|n| !n.is_given())
                    })
                    && !(words.words[range.start - 1].starts
                        && words.words[range.start - 1].is_common))
                || (is_part(words.after(range.end)) && words.titles[range.end].is_none());
            if let Some(strength) = self.surnames.get(&**lower)
                && !is_place
            {
                // Where a preposition asks for a place, the place keeps a chance.
                let asks_place = words
                    .before(range.start)
                    .is_some_and(|w| w.is(WordClass::Where) || w.is(WordClass::Whither))
                    && !words.forms_at(range.start).is_empty();
                votes.person += if asks_place { 1.0 } else { 5.5 } * strength;
            } else if let Some(strength) = self.given.get(&**lower)
                && range.len() == 1
                && !is_place
            {
                votes.person += 1.2 * strength;
            }
        }
        votes
    }
}

/// Gives a name that no table knows one reading throughout the document, that
/// of most of its mentions, and adds the mentions that were passed over.
pub(super) fn agree(words: &Words, segments: &mut Vec<Segment>) {
    let mut votes: HashMap<String, Vec<(Reading, f32)>> = HashMap::new();
    for segment in segments.iter().filter(|s| is_open(words, s)) {
        let weight = if words.words[segment.tokens.start].in_heading { 0.2 } else { 1.0 };
        let vote = (segment.reading, segment.score.clamp(0.2, 3.0) * weight);
        votes.entry(bare_key(words, &segment.tokens)).or_default().push(vote);
    }
    let majority: HashMap<String, Reading> = votes
        .into_iter()
        .filter(|(_, votes)| votes.len() > 1)
        .filter_map(|(key, votes)| Some((key, most(&votes)?)))
        .collect();
    for segment in segments.iter_mut() {
        if is_open(words, segment)
            && let Some(&reading) = majority.get(&bare_key(words, &segment.tokens))
        {
            segment.reading = reading;
        }
    }
    let mut covered = vec![false; words.tokens.len()];
    for segment in segments.iter() {
        covered[segment.tokens.clone()].fill(true);
    }
    for (index, word) in words.words.iter().enumerate() {
        let is_name_like = matches!(word.shape, Shape::Title | Shape::Upper | Shape::Mixed)
            && (!word.is_common
                || words.before(index).is_some_and(|w| w.is(WordClass::Article))
                    && !word.in_heading);
        if covered[index] || !is_name_like {
            continue;
        }
        if let Some(&reading) = majority.get(&*word.lower) {
            segments.push(Segment { tokens: index..index + 1, reading, score: 0.2, form: None });
        }
    }
    segments.sort_by_key(|segment| segment.tokens.start);
}

/// The letters of a name without an article before it.
fn bare_key(words: &Words, range: &Range<usize>) -> String {
    let has_article = range.len() > 1 && words.words[range.start].is(WordClass::Article);
    key(words, &(range.start + usize::from(has_article)..range.end))
}

/// The reading with the most votes, of equals the first in order.
fn most(votes: &[(Reading, f32)]) -> Option<Reading> {
    let mut sums: BTreeMap<Reading, f32> = BTreeMap::new();
    for &(reading, vote) in votes {
        *sums.entry(reading).or_default() += vote;
    }
    sums.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(reading, _)| reading)
}

/// Whether a segment is a name of which no table says what it names.
fn is_open(words: &Words, segment: &Segment) -> bool {
    let is_name = matches!(
        segment.reading,
        Reading::Person | Reading::Organization | Reading::Place | Reading::Thing
    );
    is_name
        && segment.form.is_none_or(|f| !f.is_strong)
        && words.words[segment.tokens.start].shape != Shape::Handle
}

/// Whether a word that may be a surname is the direction or the part of the
/// world that it means otherwise: "the West", "West Bank".
fn is_direction(words: &Words, range: &Range<usize>) -> bool {
    let word = &words.words[range.start];
    if !word.is(WordClass::Direction) {
        return false;
    }
    words.before(range.start).is_some_and(|w| w.is(WordClass::Article))
        || words.after(range.end).is_some_and(|w| w.is(WordClass::Geographic) || w.text == "-")
}

/// The letters of a name, in lower case, by which its spellings meet.
pub(super) fn key(words: &Words, range: &Range<usize>) -> String {
    words.text_of(range.clone()).to_lowercase()
}

/// The words of a person's name, without marks and what stands behind it.
pub(super) fn name_parts<'a>(words: &Words<'a>, range: &Range<usize>) -> Vec<&'a str> {
    let mut parts: Vec<&'a str> = Vec::new();
    let mut index = range.start;
    while index < range.end {
        let word = &words.words[index];
        let mut end = index + 1;
        // A hyphenated part is one.
        while end + 1 < range.end && matches!(words.words[end].text, "-" | "‑") {
            end += 2;
        }
        if end > index + 1 {
            parts.push(words.text_of(index..end));
        } else if word.shape != Shape::Mark && !(index > range.start && word.is(WordClass::Suffix))
        {
            parts.push(word.text);
        }
        index = end;
    }
    parts
}

/// Whether an abbreviation is made of the first letters of words: of all
/// capitalized ones, of all, or, for two letters at least, in order with some
/// left out.
pub(super) fn is_acronym<'a>(short: &str, parts: impl Iterator<Item = &'a str>) -> bool {
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.len() < 2 {
        return false;
    }
    let mut all = Vec::new();
    let mut capitals = Vec::new();
    for part in parts {
        // Parts written together with hyphens count by themselves.
        for piece in part.split('-') {
            let Some(first) = piece.chars().find(|c| c.is_alphanumeric()) else { continue };
            let lower = first.to_lowercase().next().unwrap_or(first);
            all.push(lower);
            if first.is_uppercase() {
                capitals.push(lower);
            }
        }
    }
    let close = |initials: &[char]| {
        if initials == letters.as_slice() {
            return true;
        }
        // The first letter must open; one initial may be missing on either side.
        let mut left = letters.iter().peekable();
        let skipped =
            initials.iter().filter(|c| !(left.peek() == Some(c) && left.next().is_some())).count();
        initials.first() == letters.first()
            && left.next().is_none()
            && skipped <= initials.len() / 3
            && letters.len() > 2
    };
    close(&capitals) || close(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_acronyms() {
        let check = |short: &str, name: &str, expected: bool| {
            assert_eq!(is_acronym(short, name.split(' ')), expected, "{short} {name}");
        };
        check("FO", "Foreign Office", true);
        check("WHO", "World Health Organization", true);
        check("PLO", "Palestine Liberation Organization", true);
        check("OSCE", "Organization for Security and Cooperation in Europe", true);
        check("DoD", "Department of Defense", true);
        check("UNHCR", "United Nations High Commissioner for Refugees", true);
        check("FO", "Home Office", false);
        check("EU", "United Nations", false);
        check("X", "Xinhua", false);
    }
}
