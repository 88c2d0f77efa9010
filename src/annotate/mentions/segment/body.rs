//! How well a stretch of words goes as the name of a body.

use std::ops::Range;

use super::super::evidence::is_acronym;
use super::super::words::{Shape, Word, Words};
use super::{Run, handle_parts, is_list_of_portfolios};
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{NamePart, TitleKind, WordClass};
use crate::lang::names::NameUse;
use crate::mention::Supertype;

impl Run<'_, '_> {
    pub(super) fn organization(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
        let known = form.filter(|f| {
            f.known.is_some_and(|k| {
                self.words.language.gazetteer.known(k).supertype == Supertype::Organization
            })
        });
        let mut score: f32 = if self.is_behind_opener(range) { -3.5 } else { -1.0 };
        let first = self.word(range.start);
        if let Some(form) = known {
            score += match form.kind {
                FormKind::Name if form.is_strong => 4.5 + 0.3 * range.len() as f32,
                FormKind::Name => 1.6,
                _ if form.is_strong => 3.0,
                _ => 1.8,
            };
            // "Ministry of Foreign Affairs and Trade" goes on behind a name
            // that is known.
            if first.parts.contains(&NamePart::Opener)
                && self.words.after(range.end).is_some()
                && self.office_at.get(range.end + 1).is_none_or(Option::is_none)
                && is_list_of_portfolios(self.words, range.end)
                && self.word(range.end).is(WordClass::And)
            {
                score -= 5.0;
            }
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
            score += 2.4 + 0.15 * count as f32 + self.named_after(range);
            built = true;
        }
        if count > 1 && last_parts.contains(&NamePart::Legal) {
            score += 2.0;
            built = true;
        }
        // "Smith and Smith"
        if range.len() == 3
            && first.lower == last.lower
            && self.word(range.start + 1).is(WordClass::And)
        {
            score += 6.5;
            built = true;
        }
        // "Marks & Spencer"
        let is_pair = range.len() == 3
            && self.word(range.start + 1).text == "&"
            && !first.name.is_some_and(NameUse::is_given)
            && [range.start, range.start + 2].iter().all(|&at| {
                self.word(at).shape == Shape::Title && self.words.forms_at(at).is_empty()
            });
        if is_pair && !built {
            score += 3.0;
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
            score += self.body_context(range, form);
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

    /// What it adds to the name of a body that it starts with another name:
    /// "Lima District Court", "Home Office Board".
    fn named_after(&self, range: &Range<usize>) -> f32 {
        let inner = self.words.forms_at(range.start).iter().find(|f| {
            (f.end as usize) < range.end && f.form.kind == FormKind::Name && f.form.is_strong
        });
        let Some(known) = inner.and_then(|f| f.form.known) else { return 0.0 };
        let known = self.words.language.gazetteer.known(known);
        match known.supertype {
            Supertype::Organization => 3.5,
            Supertype::Place if known.class != "Country" => 2.2,
            _ => 0.6,
        }
    }

    /// What stands around a name that tells that it is a body's: "the firm
    /// Acme", "Acme's shares", "Acme said it".
    fn body_context(&self, range: &Range<usize>, form: Option<Form>) -> f32 {
        let words = self.words;
        let first = self.word(range.start);
        if form.is_some() || first.in_table {
            return 0.0;
        }
        if range.len() == 1 && (first.is_common || first.is(WordClass::Article)) {
            return if self.is_behind_capital_article(range.start) { 2.4 } else { 0.0 };
        }
        let is_body = |word: &Word| {
            word.shape == Shape::Lower
                && words
                    .language
                    .lexicon
                    .roles
                    .get(&word.lower)
                    .is_some_and(|r| r.supertype == Supertype::Organization && !r.is_plural)
        };
        let mut score = 0.0;
        if self.is_behind_capital_article(range.start) {
            score += 1.8;
        }
        if words.before(range.start).is_some_and(is_body) {
            score += 2.2;
        }
        // "Le Matin newspaper"
        if words.after(range.end).is_some_and(is_body)
            && words.words[range.clone()].iter().all(|w| !w.is_common)
        {
            score += 1.4;
        }
        let possessed = match words.after(range.end) {
            Some(_) if words.tokens[range.end].tag == "POS" => words.after(range.end + 1),
            next => next,
        };
        if possessed.is_some_and(|w| w.is(WordClass::Business)) {
            score += 1.6;
        }
        let last = &words.tokens[range.end - 1];
        let verb = last.head.index();
        if last.deprel == "nsubj" && range.end <= verb && words.is_speech(verb) {
            let speaks_of_itself = (verb + 1..verb + 3)
                .any(|i| words.after(i).is_some_and(|w| w.is(WordClass::Neuter)));
            if speaks_of_itself {
                score += 2.6;
            }
        }
        score
    }

    /// Whether an article with a capital inside of a sentence stands before, so
    /// that it is part of the name: "at The Lantern".
    fn is_behind_capital_article(&self, start: usize) -> bool {
        let Some(article) = self.words.before(start) else { return false };
        article.is(WordClass::Article)
            && article.shape == Shape::Title
            && !article.starts
            && !article.in_heading
            && self.words.titles[start].is_none()
            && self.words.language.lexicon.roles.get(&self.word(start).lower).is_none()
            && self.word(start).shape == Shape::Title
    }

    /// Whether an opener of names of bodies and a preposition stand before.
    pub(super) fn is_behind_opener(&self, range: &Range<usize>) -> bool {
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
        is_acronym(self.word(token).text, parts)
    }
}

fn words_are_modifier(words: &Words, index: usize) -> bool {
    words.is_title(index, &[TitleKind::Modifier, TitleKind::Portfolio])
}
