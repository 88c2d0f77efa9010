//! How well a stretch of words goes as the name of a place or of anything else.

use std::ops::Range;

use super::super::words::{Shape, Word};
use super::Run;
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{NamePart, PronounRole, WordClass};
use crate::lang::names::NameUse;
use crate::mention::Supertype;

impl Run<'_, '_> {
    pub(super) fn place(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
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

    pub(super) fn thing(&self, range: &Range<usize>) -> Option<f32> {
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
