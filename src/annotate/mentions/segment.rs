//! Names: runs of capitalized words cut into persons, bodies, places and the
//! rest, by the best sum of scores.
//!
//! The statistical model, the gazetteers, the list of names, the titles around
//! a name, the words that names of bodies are made of, and what the rest of
//! the document calls the same words each vote for a reading of a stretch of
//! words; a dynamic program picks the readings of a run that agree best.

use std::ops::Range;

use super::evidence::Evidence;
use super::offices::Office;
use super::words::{Shape, Word, Words};
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{NamePart, PronounRole, TitleKind, WordClass};
use crate::lang::names::NameUse;
use crate::mention::Supertype;

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
            (PERSON, ORGANIZATION | PLACE | OTHER) => -1.0,
            (ORGANIZATION | OTHER, PERSON) => -0.6,
            (BARE, PERSON) => -1.2,
            (ORGANIZATION, PLACE) => -1.5,
            (ORGANIZATION, OTHER) | (PLACE, PERSON) => -0.8,
            (PLACE, PLACE) => -3.5,
            (PLACE, ORGANIZATION) if segment.form.is_none_or(|f| !f.is_institution) => -2.2,
            (PEOPLE, ORGANIZATION) if segment.form.is_none() => -1.0,
            (BARE, PLACE) => -1.2,
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
                        && self.words.entity_of[range.end - 1].is_some()
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

    /// What the model says of the range: votes by reading.
    fn model(&self, range: &Range<usize>) -> Votes {
        let mut votes = Votes::default();
        let mut index = range.start;
        while index < range.end {
            let Some(entity) = self.words.entity_of[index] else {
                index += 1;
                continue;
            };
            let entity = &self.words.entities[entity as usize];
            let shared = entity.tokens.end.min(range.end) - entity.tokens.start.max(range.start);
            let union = entity.tokens.end.max(range.end) - entity.tokens.start.min(range.start);
            let exact = entity.tokens == *range;
            let share = shared as f32 / union as f32;
            // An entity that a title is cut from still says what the rest is.
            let rest = self.without_office(&entity.tokens);
            let weight = if exact || rest == *range { 1.0 } else { 0.5 * share };
            votes.add(&entity.label, weight);
            // The model takes many a name that it does not know for a body or
            // a place.
            let is_listed = exact
                && range.clone().all(|i| {
                    let word = self.word(i);
                    word.shape == Shape::Title
                        && !word.is_common
                        && word.name.is_some()
                        && word.parts.is_empty()
                        && !self.words.forms_at(i).iter().any(|f| f.form.kind == FormKind::Name)
                });
            if is_listed && entity.label == "ORG" {
                votes.organization -= 0.9;
                votes.person += 0.9;
            } else if is_listed && entity.label == "GPE" {
                votes.place -= 0.8;
                votes.person += 0.8;
            }
            index = entity.tokens.end;
        }
        votes
    }

    /// In sports the name of a town is its team's, and a plural with an article
    /// is a team; in a row of results all names are teams.
    fn sports(&self, range: &Range<usize>, form: Option<Form>, votes: &mut Votes) {
        let word = self.word(range.start);
        if !word.in_sports {
            return;
        }
        if !self.words.words[range.clone()].iter().any(Word::is_capitalized) {
            return;
        }
        let class = form.and_then(|f| Some(self.words.language.gazetteer.known(f.known?).class));
        if class == Some("Country") {
            return;
        }
        let next = self.words.after(range.end);
        if word.in_table {
            let has_score = next.is_some_and(|w| w.shape == Shape::Number);
            if has_score {
                votes.organization += 7.0;
            }
            return;
        }
        let before = self.words.before(range.start);
        if class.is_some_and(|c| matches!(c, "City" | "Region")) {
            let is_where = before.is_some_and(|w| w.is(WordClass::Where))
                || next.is_some_and(|w| w.text == ",");
            if !is_where {
                votes.organization += 5.0;
            }
        } else if range.len() > 1
            && self
                .words
                .forms_at(range.start)
                .iter()
                .any(|f| (f.end as usize) < range.end && f.form.kind == FormKind::Name)
        {
            // "Chicago Bulls"
            votes.organization += 2.0;
        } else if self.words.tokens[range.end - 1].tag == "NNPS"
            && before.is_some_and(|w| w.is(WordClass::Article))
        {
            votes.organization += 1.5;
        }
    }

    /// An entity without a title at its start.
    fn without_office(&self, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        while start < tokens.end {
            match self.office_at[start] {
                Some(office) => start = self.offices[office as usize].tokens.end.max(start + 1),
                None => break,
            }
        }
        start.min(tokens.end)..tokens.end
    }

    fn person(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
        let count = range
            .clone()
            .filter(|&i| !matches!(self.word(i).shape, Shape::Mark | Shape::Lower))
            .count();
        if count == 0 || count > 6 {
            return None;
        }
        let heading = self.word(range.start).in_heading;
        let mut score = if count == 1 { -1.6 } else { -0.7 };
        let mut first_name = true;
        for index in range.clone() {
            let word = self.word(index);
            match word.shape {
                Shape::Handle => return (range.len() == 1).then_some(1.0),
                Shape::Number => return None,
                Shape::Mark => {
                    // Hyphens, apostrophes and the points of initials.
                    if !(matches!(word.text, "-" | "'" | "’" | "‑")
                        || (word.text == "." && index > range.start))
                    {
                        return None;
                    }
                }
                Shape::Lower => {
                    if !word.is(WordClass::Particle) && self.words.tokens[index].upos != "PROPN" {
                        return None;
                    }
                    if word.is(WordClass::Of)
                        || word.is(WordClass::And)
                        || self.office_at[index].is_some()
                    {
                        return None;
                    }
                }
                Shape::Initial => {
                    // "J." in the middle of a name is a strong sign.
                    if index + 1 < range.end && (range.start < index || word.text.len() > 1) {
                        score += 1.0;
                    } else if index + 1 == range.end && range.len() > 1 {
                        score -= 1.0;
                    }
                    first_name = false;
                }
                Shape::Title | Shape::Upper | Shape::Mixed => {
                    let is_last = index + 1 == range.end;
                    if word.shape == Shape::Upper
                        && !heading
                        && word.text.len() < 4
                        && !word.starts
                        && count > 1
                        && self.words.words[range.clone()].iter().any(|w| w.shape == Shape::Title)
                    {
                        score -= 1.0;
                    }
                    score += self.name_word(word, first_name, is_last && count > 1, heading);
                    if word.parts.iter().any(|p| {
                        matches!(
                            p,
                            NamePart::Head
                                | NamePart::Legal
                                | NamePart::Facility
                                | NamePart::Ground
                        )
                    }) && !word.name.is_some_and(|n| n.surname)
                        && (is_last || count > 1)
                    {
                        score -= 2.0;
                    }
                    if self.office_at[index]
                        .is_some_and(|o| !self.offices[o as usize].is_occupation)
                    {
                        score -= 1.5;
                    }
                    first_name = false;
                }
            }
        }
        // A given name and a surname, as the lists have them.
        let is_of = |index: usize, kind: fn(NameUse) -> bool| {
            let word = self.word(index);
            !word.is_common && word.name.is_some_and(kind)
        };
        if count > 1
            && is_of(range.end - 1, |n| n.surname)
            && (range.start..range.end - 1).any(|i| is_of(i, NameUse::is_given))
        {
            score += 0.8;
        }
        let is_listed = range.clone().any(|i| self.word(i).name.is_some());
        let is_spelled =
            range.clone().any(|i| matches!(self.word(i).shape, Shape::Title | Shape::Mixed));
        if !is_listed && !is_spelled {
            score -= 1.5;
        }
        if self.word(range.start).is(WordClass::Generic) {
            score -= 2.0;
        }
        // A place or people of the same letters.
        if let Some(form) = form {
            score -= match form.kind {
                FormKind::Name if form.is_strong => 1.0,
                FormKind::Name => 0.2,
                FormKind::People => 3.0,
                FormKind::Short | FormKind::Adjective => 1.0,
            };
        } else if range.len() > 1 {
            for index in range.clone() {
                let is_strong = self.words.forms_at(index).iter().any(|f| {
                    f.end as usize <= range.end
                        && f.form.is_strong
                        && matches!(f.form.kind, FormKind::Name | FormKind::Adjective)
                        && self.word(index).name.is_none_or(|n| !n.surname && !n.is_given())
                });
                if is_strong {
                    score -= 1.0;
                }
            }
        }
        Some(score + self.person_context(range, count))
    }

    /// How well a word goes as part of a name.
    fn name_word(&self, word: &Word, is_first: bool, is_last: bool, heading: bool) -> f32 {
        let common = word.is_common && !heading;
        match word.name {
            Some(name) if name.is_given() && is_first => {
                if word.is_common {
                    0.5
                } else {
                    1.5
                }
            }
            Some(name) if name.surname && is_last => {
                if word.is_common {
                    0.4
                } else {
                    1.0
                }
            }
            Some(name) if name.is_given() || name.surname => {
                if word.is_common {
                    0.0
                } else {
                    0.6
                }
            }
            Some(_) => 0.5,
            None if word.is_common => {
                if common {
                    -1.2
                } else {
                    -1.6
                }
            }
            None if heading => -0.2,
            None => 0.2,
        }
    }

    fn person_context(&self, range: &Range<usize>, count: usize) -> f32 {
        let mut score = 0.0;
        let start = range.start;
        // Behind a title, a rank or a form of address.
        if start > 0 && self.words.before(start).is_some() {
            if let Some(office) = self.office_at[start - 1] {
                let office = &self.offices[office as usize];
                if office.tokens.end == start && !office.title.is_plural {
                    score += if office.is_occupation {
                        1.8
                    } else if office.is_capitalized {
                        2.5
                    } else {
                        2.2
                    };
                }
            } else if self.words.is_title(start - 1, &[TitleKind::Honorific])
                && self.word(start - 1).is_capitalized()
                || self.word(start - 1).text == "."
                    && start > 1
                    && self.words.is_title(start - 2, &[TitleKind::Honorific, TitleKind::Rank])
            {
                score += 3.0;
            }
        }
        // What speaks is a person more often than not.
        let last = &self.words.tokens[range.end - 1];
        let verb = &self.words.tokens[last.head.index()];
        if last.deprel == "nsubj" && self.words.is_speech(last.head.index()) {
            score += match count {
                1 if self.word(range.start).is_common => 1.0,
                1 => 1.6,
                _ => 0.6,
            };
        } else if matches!(last.deprel.as_str(), "nsubj" | "nsubjpass")
            && verb.upos == "VERB"
            && count == 1
        {
            let word = self.word(range.start);
            score += match word.name {
                Some(name) if name.surname && !word.is_common => 1.1,
                Some(_) => 0.5,
                None => 0.0,
            };
        }
        if let Some(next) = self.words.after(range.end) {
            // "Jane Doe, 45,"
            if next.text == "," {
                let behind = self.words.after(range.end + 1);
                if behind.is_some_and(|w| w.shape == Shape::Number && w.text.len() == 2) {
                    score += 1.0;
                } else if behind.is_some_and(|w| {
                    self.words
                        .language
                        .lexicon
                        .pronoun(&w.lower)
                        .is_some_and(|p| p.role == PronounRole::Relative)
                }) {
                    score += 1.8;
                }
            } else if self
                .words
                .language
                .lexicon
                .pronoun(&next.lower)
                .is_some_and(|p| p.role == PronounRole::Relative)
            {
                score += 0.8;
            }
            // "Jane Doe (Peru)"
            if next.text == "(" {
                let country = self
                    .words
                    .forms_at(range.end + 1)
                    .iter()
                    .find(|f| f.form.kind == FormKind::Name && f.form.is_strong);
                if count == 1 {
                    score -= 0.3;
                } else if country.is_some_and(|f| {
                    self.words.words.get(f.end as usize).is_some_and(|w| w.text == ")")
                }) {
                    score += 1.2;
                }
            }
        }
        score
    }

    fn organization(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
        let known = form.filter(|f| {
            f.known.is_some_and(|k| {
                self.words.language.gazetteer.known(k).supertype == Supertype::Organization
            })
        });
        let mut score: f32 = if self.is_behind_opener(range) { -3.5 } else { -1.0 };
        if let Some(form) = known {
            score += match form.kind {
                FormKind::Name if form.is_strong => 4.5 + 0.3 * range.len() as f32,
                FormKind::Name => 1.6,
                _ if form.is_strong => 3.0,
                _ => 1.8,
            };
            return Some(score);
        }
        let mut has_connector = false;
        let mut has_preposition = false;
        for index in range.clone() {
            let word = self.word(index);
            match word.shape {
                Shape::Handle => {
                    let is_body = handle_parts(word.text).iter().any(|part| {
                        self.words
                            .language
                            .lexicon
                            .parts(part)
                            .iter()
                            .any(|p| matches!(p, NamePart::Head | NamePart::Opener))
                    });
                    return (range.len() == 1).then_some(if is_body { 2.0 } else { -1.0 });
                }
                Shape::Mark
                    if !matches!(
                        word.text,
                        "-" | "&" | "," | "'" | "’" | "." | "/" | "!" | "–"
                    ) =>
                {
                    return None;
                }
                Shape::Number => score -= 2.5,
                Shape::Lower | Shape::Mark => {
                    if word.shape == Shape::Lower
                        && !word.is(WordClass::Connector)
                        && !word.is(WordClass::Particle)
                    {
                        score -= 0.8;
                    }
                    has_connector |= word.is(WordClass::And) || word.text == ",";
                    has_preposition |= word.is(WordClass::Link);
                }
                _ => {}
            }
            if self.office_at[index].is_some_and(|o| {
                let office = &self.offices[o as usize];
                office.is_capitalized
                    && !office.title.is_plural
                    && office.head == index
                    && !words_are_modifier(self.words, index)
            }) {
                score -= 1.5;
            }
        }
        let first = self.word(range.start);
        let last = self.word(range.end - 1);
        let last_parts = last.parts;
        if first.is(WordClass::Generic) && !last_parts.contains(&NamePart::Head) {
            score -= 2.0;
        }
        let count = range
            .clone()
            .filter(|&i| !matches!(self.word(i).shape, Shape::Mark | Shape::Lower))
            .count();
        let mut built = false;
        // "X Ministry", "X Bank": not across a preposition.
        if count > 1 && last_parts.contains(&NamePart::Head) && !has_preposition {
            score += 2.4 + 0.15 * count as f32;
            built = true;
        }
        if count > 1 && last_parts.contains(&NamePart::Legal) {
            score += 2.0;
            built = true;
        }
        // "Ministry of X", "Bureau of X, Y, and Z".
        if let Some(opener) = self.opener(range) {
            let rest = opener..range.end;
            let clean = rest.clone().all(|i| {
                let word = self.word(i);
                word.shape != Shape::Lower || word.is(WordClass::Connector)
            });
            let names = rest
                .clone()
                .filter(|&i| {
                    self.word(i).name.is_some_and(NameUse::is_given)
                        && !self.word(i).is_common
                        && self.words.forms_at(i).is_empty()
                })
                .count();
            if clean && rest.start < rest.end && self.word(rest.end - 1).shape != Shape::Lower {
                score += 2.6 + 0.3 * (count as f32).min(8.0) - 1.5 * names as f32;
                // A list of what it is about is not cut.
                if self
                    .words
                    .after(range.end)
                    .is_some_and(|w| w.text == "," || w.is(WordClass::And))
                    && is_list_of_portfolios(self.words, range.end)
                {
                    score -= 4.0;
                }
                built = true;
            }
        }
        if !built {
            if has_connector || has_preposition {
                score -= 1.5;
            }
            if first.shape == Shape::Upper && count == 1 && !first.in_heading {
                let letters = first.text.chars().filter(|c| c.is_alphabetic()).count();
                if (2..=6).contains(&letters) && form.is_none() && !first.is_common {
                    let is_agent = matches!(
                        self.words.tokens[range.start].deprel.as_str(),
                        "nsubj" | "nsubjpass" | "agent"
                    ) || self
                        .words
                        .before(range.start)
                        .is_some_and(|w| w.is(WordClass::Article));
                    score += if is_agent { 1.3 } else { 0.8 };
                }
            }
            // A word that only ends names of bodies, alone: "the Ministry".
            if count == 1 && (first.is_common || last_parts.contains(&NamePart::Head)) {
                score -= 0.8;
            }
        }
        if let Some(form) = form {
            score -= match form.kind {
                FormKind::Name if form.is_strong => 1.0,
                FormKind::Name => 0.3,
                _ => 1.2,
            };
        }
        // Places inside are usual, persons' titles before are not.
        if first.starts && first.is_common && count > 1 && !built {
            score -= 0.6;
        }
        if self.words.after(range.end).is_some_and(|w| w.text == "(")
            && self.words.words.get(range.end + 1).is_some_and(|w| w.shape == Shape::Upper)
            && self.words.words.get(range.end + 2).is_some_and(|w| w.text == ")")
            && self.is_acronym_of(range.end + 1, range)
        {
            score += 3.0;
        }
        Some(score)
    }

    /// Whether an opener of names of bodies and a preposition stand before.
    fn is_behind_opener(&self, range: &Range<usize>) -> bool {
        let mut at = range.start;
        if self.words.before(at).is_some_and(|w| w.is(WordClass::Article)) {
            at -= 1;
        }
        at > 1
            && self.words.before(at).is_some_and(|w| w.is(WordClass::Link))
            && self.word(at - 2).is_capitalized()
            && self.office_at[at - 2].is_none()
            && self.word(at - 2).parts.contains(&NamePart::Opener)
    }

    /// Where the words of a body behind its opener and preposition start.
    fn opener(&self, range: &Range<usize>) -> Option<usize> {
        (range.start..range.end.min(range.start + 5)).find_map(|at| {
            let next = at + 1;
            let is_opener =
                self.word(at).is_capitalized() && self.word(at).parts.contains(&NamePart::Opener);
            let is_link = next < range.end
                && self.word(next).is(WordClass::Link)
                && !self.word(next).is(WordClass::Where);
            (is_opener && is_link).then_some(next + 1)
        })
    }

    /// Whether the letters of the token are the first letters of the words.
    fn is_acronym_of(&self, token: usize, range: &Range<usize>) -> bool {
        let parts = range.clone().map(|i| self.word(i).text);
        super::evidence::is_acronym(self.word(token).text, parts)
    }

    fn place(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
        let gazetteer = &self.words.language.gazetteer;
        let known = form.and_then(|f| f.known.map(|k| (f, gazetteer.known(k))));
        let mut score: f32 = -1.2;
        let count = range
            .clone()
            .filter(|&i| !matches!(self.word(i).shape, Shape::Mark | Shape::Lower))
            .count();
        match known {
            Some((form, known)) if known.supertype == Supertype::Place => {
                if !matches!(form.kind, FormKind::Name | FormKind::Short) {
                    return None;
                }
                let word = self.word(range.start);
                score += match known.class {
                    "Country" => 5.0,
                    // "Victoria", "Florence"
                    _ if form.is_strong
                        && range.len() == 1
                        && word.name.is_some_and(NameUse::is_given) =>
                    {
                        2.4
                    }
                    _ if form.is_strong => 3.4,
                    _ if range.len() > 1 => 3.0,
                    _ if word.is_common => 0.3,
                    _ if word.name.is_some_and(|n| n.is_given() || n.surname) => 0.9,
                    _ => 2.0,
                };
                score += 0.3 * (range.len() as f32 - 1.0);
            }
            Some(_) => return None,
            None => {
                for index in range.clone() {
                    let word = self.word(index);
                    let is_bad = match word.shape {
                        Shape::Handle | Shape::Number => true,
                        Shape::Mark => !matches!(word.text, "-" | "'" | "’" | "."),
                        Shape::Lower => {
                            !word.is(WordClass::Particle)
                                && ![WordClass::Of, WordClass::Article, WordClass::And]
                                    .into_iter()
                                    .any(|c| word.is(c))
                        }
                        _ => false,
                    };
                    if is_bad
                        || self.office_at[index]
                            .is_some_and(|o| self.offices[o as usize].is_capitalized)
                    {
                        return None;
                    }
                    if word.is(WordClass::And) || word.is(WordClass::Of) {
                        score -= 0.8;
                    }
                }
                let first = self.word(range.start);
                let last = self.word(range.end - 1);
                if count > 1 {
                    if last.parts.iter().any(|p| matches!(p, NamePart::Facility | NamePart::Ground))
                    {
                        score += 2.3;
                    } else if first.parts.contains(&NamePart::Terrain) && !first.starts {
                        score += 1.2;
                    } else if first.parts.contains(&NamePart::Ground)
                        && self.word(range.start + 1).is(WordClass::Of)
                    {
                        score += 2.5;
                    }
                } else if first.is_common || first.parts.iter().any(|p| *p != NamePart::Terrain) {
                    score -= 1.0;
                }
            }
        }
        Some(score + self.place_context(range))
    }

    fn place_context(&self, range: &Range<usize>) -> f32 {
        let mut score = 0.0;
        // "Washington, who": no place, unless a preposition says so.
        let behind = match self.words.after(range.end) {
            Some(word) if word.text == "," => self.words.after(range.end + 1),
            word => word,
        };
        let relative = |w: &Word| {
            self.words
                .language
                .lexicon
                .pronoun(&w.lower)
                .is_some_and(|p| p.role == PronounRole::Relative)
        };
        if behind.is_some_and(relative) && self.words.tokens[range.end - 1].deprel != "pobj" {
            score -= 2.5;
        }
        let is_place_noun = |word: &Word| {
            self.words
                .language
                .lexicon
                .roles
                .get(&word.lower)
                .is_some_and(|r| r.supertype == Supertype::Place)
        };
        // "the town of X", "X province"
        if range.start > 1
            && self.words.before(range.start).is_some_and(|w| w.is(WordClass::Link))
            && self.words.before(range.start - 1).is_some_and(is_place_noun)
        {
            score += 3.0;
        }
        if self.words.after(range.end).is_some_and(|w| w.shape == Shape::Lower && is_place_noun(w))
        {
            score += 1.2;
        }
        // "Bank of Spain": part of the name of the bank.
        if self.is_behind_opener(range) {
            score -= 3.0;
        }
        if let Some(before) = self.words.before(range.start) {
            if before.is(WordClass::Where) {
                score += 1.0;
            } else if before.is(WordClass::Whither) {
                score += 0.4;
            }
        }
        // "Lagos, Nigeria"
        if self.words.after(range.end).is_some_and(|w| w.text == ",")
            && self.words.after(range.end + 1).is_some()
            && self.words.forms_at(range.end + 1).iter().any(|f| {
                f.form.kind == FormKind::Name
                    && f.form.is_strong
                    && f.form.known.is_some_and(|k| {
                        matches!(self.words.language.gazetteer.known(k).class, "Country" | "Region")
                    })
            })
        {
            score += 1.5;
        }
        score
    }

    fn thing(&self, range: &Range<usize>) -> Option<f32> {
        let count = range
            .clone()
            .filter(|&i| !matches!(self.word(i).shape, Shape::Mark | Shape::Lower))
            .count();
        let last = self.word(range.end - 1);
        let mut score = -1.6;
        if count > 1 && last.parts.contains(&NamePart::Thing) && last.is_capitalized() {
            score += 2.0;
            // "U.S. Open": the country is part of it.
            if self
                .words
                .forms_at(range.start)
                .iter()
                .any(|f| (f.end as usize) < range.end && f.form.kind == FormKind::Name)
            {
                score += 4.3;
            }
        }
        if !last.in_heading && range.len() == 2 && self.word(range.start).is(WordClass::Article)
            || self.words.language.lexicon.pronoun(&self.word(range.start).lower).is_some()
        {
            return None;
        }
        let lower = range.clone().filter(|&i| self.word(i).shape == Shape::Lower).count();
        score -= 0.3 * lower as f32;
        if range.clone().any(|i| self.office_at[i].is_some()) {
            score -= 1.0;
        }
        Some(score)
    }
}

fn words_are_modifier(words: &Words, index: usize) -> bool {
    words.is_title(index, &[TitleKind::Modifier, TitleKind::Portfolio])
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

/// Votes for readings.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Votes {
    pub person: f32,
    pub organization: f32,
    pub place: f32,
    pub people: f32,
    pub thing: f32,
}

impl Votes {
    fn add(&mut self, label: &str, weight: f32) {
        match label {
            "PERSON" => {
                self.person += 2.5 * weight;
                self.organization += 0.4 * weight;
                self.place += 0.2 * weight;
            }
            "ORG" => {
                self.organization += 2.3 * weight;
                self.person += 0.5 * weight;
                self.place += 0.3 * weight;
            }
            "GPE" => {
                self.place += 2.5 * weight;
                self.organization += 0.4 * weight;
                self.person += 0.3 * weight;
            }
            "LOC" | "FAC" => {
                self.place += 2.2 * weight;
                self.organization += 0.3 * weight;
            }
            "NORP" => {
                self.people += 1.5 * weight;
                self.place += 0.3 * weight;
                self.organization += 0.5 * weight;
            }
            "EVENT" | "WORK_OF_ART" | "LAW" | "PRODUCT" => {
                self.thing += 2.4 * weight;
                self.organization += 0.3 * weight;
                self.person += 0.3 * weight;
            }
            _ => {}
        }
    }
}
