//! How well a stretch of words goes as the name of a person.

use std::ops::Range;

use super::super::words::{Shape, Word};
use super::{Run, is_tied};
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{NamePart, PronounRole, TitleKind, WordClass};
use crate::lang::names::NameUse;

impl Run<'_, '_> {
    pub(super) fn person(&self, range: &Range<usize>, form: Option<Form>) -> Option<f32> {
        let count = range
            .clone()
            .filter(|&i| !matches!(self.word(i).shape, Shape::Mark | Shape::Lower))
            .count();
        // No name ends with a particle: "Ursula von" goes on. "Ki-moon" does not.
        let last = self.word(range.end - 1);
        // "Jean Le Roux" has one with a capital.
        let goes_on = last.is(WordClass::Particle)
            && match last.shape {
                Shape::Lower => true,
                Shape::Title => {
                    range.len() > 1
                        && self.words.after(range.end).is_some_and(|next| {
                            next.shape == Shape::Title
                                && !next.is_common
                                && !next.in_heading
                                && self.office_at[range.end].is_none()
                                && self.words.forms_at(range.end).is_empty()
                        })
                }
                _ => false,
            };
        // "Choi Hyun" goes on with "-woo".
        let is_cut = is_tied(self.words, range.end + 1);
        // "Will Angela Merkel visit …?"
        let sentence = &self.words.sentences[self.word(range.start).sentence as usize];
        let is_asked = range.len() > 1
            && self.words.tokens[range.start].tag == "MD"
            && sentence.span.slice(self.words.text).trim_end().ends_with('?');
        if count == 0 || count > 6 || goes_on || is_cut || is_asked {
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
                    if !word.is(WordClass::Particle)
                        && self.words.tokens[index].upos != "PROPN"
                        && !is_tied(self.words, index)
                    {
                        return None;
                    }
                    if word.is(WordClass::Of)
                        || word.is(WordClass::And)
                        || self.office_at[index].is_some()
                    {
                        return None;
                    }
                    // "von der" in the middle of a name is a strong sign.
                    if range.start < index && word.is(WordClass::Particle) {
                        score += 1.5;
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
                    // "Charles III", "John Doe Jr"
                    if range.start < index && is_last && word.is(WordClass::Suffix) {
                        score += 0.6;
                        continue;
                    }
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
            score += 1.5;
        }
        if self.ends_with_town(range) {
            score += 1.2;
        }
        if self.ends_with_common_word(range) {
            score += 3.0;
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

    /// Whether a name that no table knows is followed by that of a town: a
    /// given name and a surname, since towns stand behind a comma.
    fn ends_with_town(&self, range: &Range<usize>) -> bool {
        let first = self.word(range.start);
        let last = self.word(range.end - 1);
        range.len() == 2
            && [first, last].iter().all(|w| w.shape == Shape::Title && !w.is_common)
            && !first.in_sports
            && !first.in_heading
            && first.parts.is_empty()
            && self.words.forms_at(range.start).is_empty()
            && self.words.forms_at(range.end - 1).iter().any(|f| f.form.kind == FormKind::Name)
    }

    /// Whether a given name behind a title goes on with a word that is common
    /// otherwise, and nothing written as a name follows: "Minister Jane Field".
    fn ends_with_common_word(&self, range: &Range<usize>) -> bool {
        let (first, last) = (self.word(range.start), self.word(range.end - 1));
        range.len() == 2
            && range.start > 0
            && self.office_at[range.start - 1].is_some()
            && self.words.before(range.start).is_some()
            && !first.is_common
            && first.name.is_some_and(NameUse::is_given)
            && last.shape == Shape::Title
            && last.is_common
            && last.name.is_none()
            && !last.in_heading
            && self.office_at[range.end - 1].is_none()
            && !self.words.after(range.end).is_some_and(Word::is_capitalized)
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
                score += 1.5;
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
}
