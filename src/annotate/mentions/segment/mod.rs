//! Names: runs of capitalized words cut into persons, bodies, places and the
//! rest, by the best sum of scores.
//!
//! The statistical model, the gazetteers, the list of names, the titles around
//! a name, the words that names of bodies are made of, and what the rest of
//! the document calls the same words each vote for a reading of a stretch of
//! words; a dynamic program picks the readings of a run that agree best.

mod body;
mod person;
mod place;
mod votes;

use std::ops::Range;

pub(super) use votes::Votes;

use super::evidence::Evidence;
use super::offices::Office;
use super::words::{Shape, Word, Words};
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{TitleKind, WordClass};
use crate::lang::names::NameUse;

/// What a stretch of words names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Reading {
    Person,
    Organization,
    Place,
    /// A people or its adjective ("Afghan").
    People,
    /// Anything else with a name.
    Thing,
    /// A title, an index into the list of offices.
    Office(u32),
    /// No name.
    Nothing,
}

/// A stretch of words with its reading.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Segment {
    pub tokens: Range<usize>,
    pub reading: Reading,
    /// How much spoke for it.
    pub score: f32,
    /// The form of the gazetteer, if it is one.
    pub form: Option<Form>,
}

const MAX_SEGMENT: usize = 14;

// How a sequence of segments may end, as far as the next one cares.
const ENDINGS: usize = 7;
const FREE: usize = 0;
const PERSON: usize = 1;
const ORGANIZATION: usize = 2;
const PLACE: usize = 3;
const OTHER: usize = 4;
const BARE: usize = 5;
const PEOPLE: usize = 6;

fn ending(reading: Reading) -> usize {
    match reading {
        Reading::Person => PERSON,
        Reading::Organization => ORGANIZATION,
        Reading::Place => PLACE,
        Reading::Thing => OTHER,
        Reading::People => PEOPLE,
        Reading::Office(_) | Reading::Nothing => FREE,
    }
}

/// Cuts the document into segments, in text order, without [`Reading::Nothing`].
pub(super) fn segment(words: &Words, offices: &[Office], evidence: &Evidence) -> Vec<Segment> {
    let mut office_at = vec![None; words.tokens.len() + 1];
    for (index, office) in offices.iter().enumerate() {
        for at in office.tokens.clone() {
            office_at[at] = Some(index as u32);
        }
    }
    let mut segments = Vec::new();
    let mut start = 0;
    while start < words.tokens.len() {
        let end = run_end(words, &office_at, start);
        if end == start {
            start += 1;
            continue;
        }
        let run = Run { words, offices, office_at: &office_at, evidence, range: start..end };
        run.best(&mut segments);
        start = end;
    }
    segments
}

/// Where the run of name-like tokens that starts at a token ends.
fn run_end(words: &Words, office_at: &[Option<u32>], start: usize) -> usize {
    if !is_name_like(words, office_at, start) {
        return start;
    }
    let mut end = start + 1;
    'grow: while words.after(end).is_some() && end - start < 60 {
        if is_name_like(words, office_at, end) {
            end += 1;
            continue;
        }
        // Up to three connectors between two name-like tokens.
        for next in end + 1..end + 4 {
            let between = end..next;
            if !between.clone().all(|i| i < words.tokens.len() && is_connector(words, i))
                || words.after(next).is_none()
            {
                break;
            }
            if is_name_like(words, office_at, next) {
                end = next + 1;
                continue 'grow;
            }
        }
        break;
    }
    end
}

fn is_name_like(words: &Words, office_at: &[Option<u32>], index: usize) -> bool {
    let Some(word) = words.words.get(index) else { return false };
    word.is_capitalized()
        || office_at.get(index).copied().flatten().is_some()
        || word.shape == Shape::Handle
        || words.entity_of[index].is_some_and(|e| {
            word.shape != Shape::Mark && is_label_of_name(&words.entities[e as usize].label)
        })
        || words.in_institution[index]
        || is_tied(words, index)
}

/// Whether a word in lower case is the second half of a name that a hyphen
/// joins: "Hyun-woo".
fn is_tied(words: &Words, index: usize) -> bool {
    index > 1
        && words.words.get(index).is_some_and(|word| word.shape == Shape::Lower)
        && !words.words[index].is_common
        && words.words[index - 1].text == "-"
        && !words.tokens[index - 1].followed_by_space
        && !words.tokens[index - 2].followed_by_space
        && words.words[index - 2].shape == Shape::Title
}

fn is_label_of_name(label: &str) -> bool {
    matches!(
        label,
        "PERSON"
            | "ORG"
            | "GPE"
            | "LOC"
            | "FAC"
            | "NORP"
            | "EVENT"
            | "PRODUCT"
            | "WORK_OF_ART"
            | "LAW"
    )
}

fn is_connector(words: &Words, index: usize) -> bool {
    let word = &words.words[index];
    // A dash between blanks parts what it stands between.
    if word.text == "-"
        && index > 0
        && words.tokens[index - 1].followed_by_space
        && words.tokens[index].followed_by_space
    {
        return false;
    }
    words.cover[index].is_some()
        || word.is(WordClass::Connector)
        || word.is(WordClass::Particle)
        || word.text == "."
        || (word.text == "," && is_list_of_portfolios(words, index))
}

/// Whether a comma stands in a list of what an office or body is about:
/// "Population, Refugees, and Migration".
fn is_list_of_portfolios(words: &Words, comma: usize) -> bool {
    let content = |index: usize| {
        words.words.get(index).is_some_and(Word::is_capitalized)
            && words.is_title(index, &[TitleKind::Portfolio, TitleKind::Body])
            && !words.is_title(index, &[TitleKind::Head, TitleKind::Rank])
    };
    let mut next = comma + 1;
    if words.words.get(next).is_some_and(|w| w.is(WordClass::And)) {
        next += 1;
    }
    comma > 0 && content(comma - 1) && content(next)
}

struct Run<'r, 'a> {
    words: &'r Words<'a>,
    offices: &'r [Office],
    office_at: &'r [Option<u32>],
    evidence: &'r Evidence,
    range: Range<usize>,
}

impl Run<'_, '_> {
    /// Appends the best segments of the run.
    fn best(&self, segments: &mut Vec<Segment>) {
        let count = self.range.len();
        // For each token and for each reading that may end before it, the best
        // sum and the segment it ends with, with the reading before that.
        let mut sums = vec![[f32::NEG_INFINITY; ENDINGS]; count + 1];
        let mut lasts: Vec<[Option<(Segment, usize)>; ENDINGS]> =
            vec![[const { None }; ENDINGS]; count + 1];
        sums[0][0] = 0.0;
        for from in 0..count {
            let start = self.range.start + from;
            let mut segments: Vec<Segment> = vec![Segment {
                score: self.nothing(start),
                tokens: start..start + 1,
                reading: Reading::Nothing,
                form: None,
            }];
            if let Some(index) = self.office_at[start] {
                let office = &self.offices[index as usize];
                if office.tokens.start == start && office.tokens.end <= self.range.end {
                    segments.push(Segment {
                        score: self.office(office),
                        tokens: office.tokens.clone(),
                        reading: Reading::Office(index),
                        form: None,
                    });
                }
            }
            if self.may_start(start) {
                for end in start + 1..=(start + MAX_SEGMENT).min(self.range.end) {
                    self.score(start..end, &mut segments);
                }
            }
            for segment in segments {
                let to = segment.tokens.end - self.range.start;
                let ending = if self.is_bare(&segment) { BARE } else { ending(segment.reading) };
                for before in 0..ENDINGS {
                    if sums[from][before] == f32::NEG_INFINITY {
                        continue;
                    }
                    let sum = sums[from][before] + segment.score + self.meeting(before, &segment);
                    if sum > sums[to][ending] {
                        sums[to][ending] = sum;
                        lasts[to][ending] = Some((segment.clone(), before));
                    }
                }
            }
        }
        let mut reversed = Vec::new();
        let mut to = count;
        let mut ending = (0..ENDINGS)
            .fold(0, |best, e| if sums[count][e] > sums[count][best] { e } else { best });
        while to > 0 {
            let Some((segment, before)) = lasts[to][ending].take() else { break };
            to = segment.tokens.start - self.range.start;
            ending = before;
            if segment.reading != Reading::Nothing {
                reversed.push(segment);
            }
        }
        segments.extend(reversed.into_iter().rev());
    }

    /// What it adds when a segment follows right behind one that ended so:
    /// names are whole, so two of a kind seldom touch.
    fn meeting(&self, before: usize, segment: &Segment) -> f32 {
        if self.is_bare(segment) {
            return match before {
                PERSON => -2.5,
                ORGANIZATION => -0.4,
                PLACE => -0.8,
                _ => 0.0,
            };
        }
        if before == PERSON && segment.reading == Reading::People {
            return -2.0;
        }
        match (before, ending(segment.reading)) {
            (PERSON, PERSON) | (ORGANIZATION, ORGANIZATION) => -4.0,
            (PERSON, PLACE) => -3.0,
            (PERSON, ORGANIZATION | OTHER) => -1.0,
            (ORGANIZATION | OTHER, PERSON) => -0.6,
            (ORGANIZATION, PLACE) => -1.5,
            (ORGANIZATION, OTHER) | (PLACE, PERSON) => -0.8,
            (PLACE, PLACE) => -3.5,
            (PLACE, ORGANIZATION) if segment.form.is_none_or(|f| !f.is_institution) => -2.2,
            (PEOPLE, ORGANIZATION) if segment.form.is_none() => -1.0,
            (BARE, PERSON | PLACE) => -1.2,
            (PLACE, OTHER) => -0.3,
            _ => 0.0,
        }
    }

    /// Whether a segment leaves a word out that is written as a name is, where
    /// that says something.
    fn is_bare(&self, segment: &Segment) -> bool {
        let word = self.word(segment.tokens.start);
        segment.reading == Reading::Nothing
            && word.is_capitalized()
            && !word.in_heading
            && !(word.starts && (word.is_common || !word.name.is_some_and(NameUse::is_given)))
            && !word.is(WordClass::Generic)
            && self.words.titles[segment.tokens.start].is_none()
    }

    fn word(&self, index: usize) -> &Word<'_> {
        &self.words.words[index]
    }

    fn may_start(&self, index: usize) -> bool {
        let word = self.word(index);
        match word.shape {
            Shape::Mark => false,
            Shape::Number => self.words.entity_of[index].is_some(),
            Shape::Lower => {
                word.is(WordClass::Particle)
                    || self
                        .words
                        .forms_at(index)
                        .iter()
                        .any(|f| f.form.is_institution || f.end as usize > index + 1)
                    || self.words.entity_of[index].is_some()
            }
            _ => true,
        }
    }

    /// What it costs to leave a token out of all names.
    fn nothing(&self, index: usize) -> f32 {
        let word = self.word(index);
        let is_given = !word.is_common && word.name.is_some_and(NameUse::is_given);
        let free = word.in_heading || (word.starts && !is_given) || word.is_common;
        match word.shape {
            Shape::Lower | Shape::Mark | Shape::Number => 0.0,
            _ => {
                let entity = self.words.entity_of[index]
                    .map(|e| self.words.entities[e as usize].label.as_str());
                match entity {
                    Some(
                        "DATE" | "TIME" | "CARDINAL" | "ORDINAL" | "MONEY" | "PERCENT" | "QUANTITY",
                    ) => 1.0,
                    _ if word.is(WordClass::Generic) => 0.6,
                    _ if free => 0.0,
                    _ => -0.4,
                }
            }
        }
    }

    fn office(&self, office: &Office) -> f32 {
        let length = office.tokens.len() as f32;
        let follows = super::offices::is_name_start(self.words, office.tokens.end);
        let base = if office.is_capitalized { 1.5 } else { 1.0 };
        base + 0.7 * length + if follows { 1.0 } else { 0.0 }
    }

    /// Adds the readings of a range.
    fn score(&self, range: Range<usize>, segments: &mut Vec<Segment>) {
        let last = self.word(range.end - 1);
        let form = self.words.form(&range);
        // A name does not end with a connector or mark.
        if form.is_none() && range.len() > 1 {
            let ends_ok = match last.shape {
                Shape::Mark => {
                    last.text == "!"
                        || (last.text == "." && is_short(self.word(range.end - 2).text))
                }
                Shape::Lower => {
                    self.office_at[range.end - 1].is_none()
                        && (self.words.entity_of[range.end - 1].is_some()
                            || is_tied(self.words, range.end - 1))
                        && !last.is(WordClass::Connector)
                }
                _ => true,
            };
            if !ends_ok || self.words.tokens[range.end - 1].tag == "POS" {
                return;
            }
        }
        // A name has a capital somewhere, or is known.
        if form.is_none()
            && !self.words.words[range.clone()]
                .iter()
                .any(|w| w.is_capitalized() || matches!(w.shape, Shape::Handle))
        {
            return;
        }
        // "U.S.-Japan" is no name of its own.
        if range.len() == 1 && form.is_none() && self.is_pair(range.start) {
            return;
        }
        if self.is_glued(&range) {
            return;
        }
        // What stands inside of a longer name that a table knows is part of it.
        let inside = self.words.cover[range.start].is_some_and(|(from, to)| {
            (from as usize..to as usize) != range && range.end <= to as usize
        });
        let shouted = range.len() == 1
            && last.in_heading
            && last.is_common
            && last.shape == Shape::Upper
            && form.is_none();
        let penalty = if inside { -4.0 } else { 0.0 } + if shouted { -1.2 } else { 0.0 };
        let mut model = self.model(&range);
        self.sports(&range, form, &mut model);
        let known = self.evidence.of(self.words, &range);
        let mut offer = |score: Option<f32>, reading: Reading| {
            if let Some(score) = score {
                segments.push(Segment {
                    tokens: range.clone(),
                    reading,
                    score: score + penalty,
                    form,
                });
            }
        };
        offer(self.person(&range, form).map(|s| s + model.person + known.person), Reading::Person);
        offer(
            self.organization(&range, form).map(|s| s + model.organization + known.organization),
            Reading::Organization,
        );
        offer(self.place(&range, form).map(|s| s + model.place + known.place), Reading::Place);
        offer(self.thing(&range).map(|s| s + model.thing), Reading::Thing);
        if let Some(form) = form
            && matches!(form.kind, FormKind::Adjective | FormKind::People)
        {
            offer(Some(2.5 + model.people), Reading::People);
        }
    }

    /// Whether a hyphen makes an adjective of a name: "Lima-based", "pro-Lima".
    fn is_glued(&self, range: &Range<usize>) -> bool {
        let hyphen = |left: usize| {
            self.words.words.get(left + 1).is_some_and(|w| w.text == "-")
                && !self.words.tokens[left].followed_by_space
                && !self.words.tokens[left + 1].followed_by_space
        };
        (hyphen(range.end - 1)
            && self
                .words
                .words
                .get(range.end + 1)
                .is_some_and(|w| w.shape == Shape::Lower && w.is_common))
            || (range.start > 1
                && hyphen(range.start - 2)
                && self.word(range.start - 2).is(WordClass::Prefix))
    }

    /// Whether a token is two names with a hyphen between.
    fn is_pair(&self, index: usize) -> bool {
        let text = self.word(index).text;
        let gazetteer = &self.words.language.gazetteer;
        text.split(['-', '–', '/']).filter(|part| gazetteer.find(part).is_some()).count() > 0
            && text.contains(['-', '–', '/'])
    }
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= 4
}

/// The words that a handle is written together from: "@JaneDoe21" is "Jane", "Doe".
pub(super) fn handle_parts(handle: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in handle.chars() {
        if !c.is_alphabetic() {
            previous = ' ';
            continue;
        }
        let opens = previous == ' ' || (c.is_uppercase() && previous.is_lowercase());
        if opens {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
        previous = c;
    }
    parts
}
