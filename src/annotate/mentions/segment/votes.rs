//! What the model and the kind of the text say of a stretch of words.

use std::ops::Range;

use super::super::words::{Shape, Word};
use super::Run;
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::WordClass;

/// Votes for readings.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(in crate::annotate::mentions) struct Votes {
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

impl Run<'_, '_> {
    /// What the model says of the range: votes by reading.
    pub(super) fn model(&self, range: &Range<usize>) -> Votes {
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
    pub(super) fn sports(&self, range: &Range<usize>, form: Option<Form>, votes: &mut Votes) {
        let word = self.word(range.start);
        if !word.in_sports && !self.is_score(range.end) {
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

    /// Whether a score stands at a token: a number that no noun and no date
    /// follows, "Oxford 3 Leeds 1".
    fn is_score(&self, at: usize) -> bool {
        let is_number = self.words.after(at).is_some_and(|w| w.shape == Shape::Number)
            && self.words.entity_of[at].is_none_or(|e| {
                !matches!(self.words.entities[e as usize].label.as_str(), "DATE" | "TIME" | "MONEY")
            });
        is_number
            && self.words.after(at + 1).is_none_or(|w| {
                w.is_capitalized()
                    || matches!(w.text, ";" | "(" | "." | ",")
                    || w.is(WordClass::And)
            })
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
}
