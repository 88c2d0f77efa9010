//! A document's tokens with what can be said of each without a neighbor: its
//! letters, and which phrases of the tables start there.

use std::borrow::Cow;
use std::ops::Range;

use crate::lang::Language;
use crate::lang::gazetteer::{Form, FormKind};
use crate::lang::lexicon::{NamePart, Title, TitleKind, WordClass, WordClasses};
use crate::lang::names::NameUse;
use crate::lang::phrases::lowercase;
use crate::span::Span;
use crate::token::{ModelEntity, Sentence, Token};

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// "word".
    Lower,
    /// "Word".
    Title,
    /// "WORD".
    Upper,
    /// "McDonald", "iPhone".
    Mixed,
    /// "J." or "J".
    Initial,
    /// "@JaneDoe".
    Handle,
    /// Starts with a digit.
    Number,
    /// Marks and blanks.
    Mark,
}

/// A token's own properties.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub lower: Cow<'a, str>,
    pub shape: Shape,
    /// The sentence, an index.
    pub sentence: u32,
    /// Whether it is the first word of its sentence or quotation.
    pub starts: bool,
    /// Whether its sentence is written with capitals throughout, as headlines
    /// are, so that a capital says nothing.
    pub in_heading: bool,
    /// Whether a line ends between it and the next token.
    pub ends_line: bool,
    /// What the list of names says of it.
    pub name: Option<NameUse>,
    /// Whether it is a common word.
    pub is_common: bool,
    /// The small classes that it is of.
    pub classes: WordClasses,
    /// Whether its sentence is about sports, where places are teams.
    pub in_sports: bool,
    /// Whether its sentence is a row of a table: names and numbers only.
    pub in_table: bool,
    /// What it does in names of bodies and places.
    pub parts: &'static [NamePart],
}

impl Word<'_> {
    /// Whether it is of a small class of words.
    pub fn is(&self, class: WordClass) -> bool {
        self.classes.has(class)
    }

    /// Whether it is written as a name is.
    pub fn is_capitalized(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Mixed | Shape::Initial)
    }
}

/// A form of the gazetteer found in the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Found {
    pub start: u32,
    pub end: u32,
    pub form: Form,
}

/// A document's tokens and what is known of them.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub sentences: &'a [Sentence],
    pub language: &'static Language,
    pub words: Vec<Word<'a>>,
    /// The forms found, by start, then the longest first.
    pub found: Vec<Found>,
    /// For each token the longest name of several tokens that a table knows
    /// and that covers it.
    pub cover: Vec<Option<(u32, u32)>>,
    /// For each token whether it is part of an institution's name, which may
    /// be in lower case.
    pub in_institution: Vec<bool>,
    // For each token the first of `found` that starts there or later.
    found_at: Vec<u32>,
    /// The title phrase that starts at each token: its end and what it is.
    pub titles: Vec<Option<(u32, &'static Title)>>,
    /// The model's entities, cleaned, in order.
    pub entities: Vec<ModelEntity>,
    /// For each token the entity that it is part of.
    pub entity_of: Vec<Option<u32>>,
}

impl<'a> Words<'a> {
    pub fn new(
        text: &'a str,
        tokens: &'a [Token],
        sentences: &'a [Sentence],
        entities: &[ModelEntity],
        language: &'static Language,
    ) -> Self {
        let mut words = Vec::with_capacity(tokens.len());
        for (at, sentence) in sentences.iter().enumerate() {
            let range = sentence.tokens.clone();
            let in_heading = is_heading(text, &tokens[range.clone()]);
            let in_table = is_table(text, &tokens[range.clone()]);
            let lowered: Vec<(Cow<'a, str>, WordClasses)> = (tokens[range.clone()].iter())
                .map(|token| {
                    let lower = lowercase(token.span.slice(text));
                    let classes = language.lexicon.classes(&lower);
                    (lower, classes)
                })
                .collect();
            let in_sports =
                in_table || lowered.iter().any(|(_, classes)| classes.has(WordClass::Sports));
            let mut starts = true;
            for (index, (lower, classes)) in range.zip(lowered) {
                let token = &tokens[index];
                let own = token.span.slice(text);
                let shape = shape(own);
                let next = tokens.get(index + 1);
                let gap = next
                    .map_or("", |next| text.get(token.span.end()..next.span.start()).unwrap_or(""));
                let is_word = !matches!(shape, Shape::Mark | Shape::Number);
                let capital = matches!(shape, Shape::Title | Shape::Upper | Shape::Mixed);
                words.push(Word {
                    text: own,
                    lower,
                    shape,
                    sentence: at as u32,
                    starts: starts && is_word,
                    in_heading,
                    ends_line: gap.contains('\n') || own.contains('\n'),
                    name: if capital { language.names.get(own) } else { None },
                    is_common: is_word && language.words.contains(own),
                    classes,
                    in_sports,
                    in_table,
                    parts: name_parts(language, own, shape),
                });
                // A quotation or a colon opens a sentence of its own.
                starts = if is_word { false } else { starts || is_opening(own) };
            }
        }
        let mut this = Self {
            text,
            tokens,
            sentences,
            language,
            words,
            found: Vec::new(),
            found_at: Vec::new(),
            cover: vec![None; tokens.len()],
            in_institution: vec![false; tokens.len()],
            titles: Vec::new(),
            entities: Vec::new(),
            entity_of: vec![None; tokens.len()],
        };
        this.find_forms();
        this.find_titles();
        this.take_entities(entities);
        this
    }

    /// The token that ends at a byte of the text: the index behind it.
    pub fn token_end(&self, byte: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.span.end() < byte);
        self.tokens.get(at).filter(|token| token.span.end() == byte).map(|_| at + 1)
    }

    fn find_forms(&mut self) {
        let gazetteer = &self.language.gazetteer;
        let mut found = Vec::new();
        for index in 0..self.tokens.len() {
            self.found_at.push(found.len() as u32);
            let start = self.tokens[index].span.start();
            if self.words[index].shape == Shape::Mark {
                continue;
            }
            for (end, form) in
                gazetteer.starting_at(self.text, start, |end| self.token_end(end).is_some())
            {
                if let Some(end) = self.token_end(end) {
                    found.push(Found { start: index as u32, end: end as u32, form });
                }
            }
        }
        self.found_at.push(found.len() as u32);
        self.found = found;
        // Leftmost, longest.
        let mut free = 0;
        for found in &self.found {
            let range = found.start as usize..found.end as usize;
            if found.form.is_institution {
                self.in_institution[range.clone()].fill(true);
            }
            if range.len() > 1
                && found.form.is_strong
                && found.form.kind == FormKind::Name
                && free <= range.start
            {
                free = range.end;
                self.cover[range].fill(Some((found.start, found.end)));
            }
        }
    }

    /// The forms that start at a token, the longest first.
    pub fn forms_at(&self, index: usize) -> &[Found] {
        let (Some(&from), Some(&to)) = (self.found_at.get(index), self.found_at.get(index + 1))
        else {
            return &[];
        };
        self.found.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// The form that covers exactly these tokens.
    pub fn form(&self, range: &Range<usize>) -> Option<Form> {
        self.forms_at(range.start).iter().find(|f| f.end as usize == range.end).map(|f| f.form)
    }

    fn find_titles(&mut self) {
        let titles = &self.language.lexicon.titles;
        self.titles = (0..self.tokens.len())
            .map(|index| {
                if self.words[index].shape == Shape::Mark {
                    return None;
                }
                let start = self.tokens[index].span.start();
                titles
                    .starting_at(self.text, start, |end| self.token_end(end).is_some())
                    .filter_map(|(end, title)| Some((self.token_end(end)? as u32, title)))
                    // An abbreviation of an office is written in capitals.
                    .find(|(end, title)| {
                        title.kinds.as_slice() != [TitleKind::Short]
                            || self.text_of(index..*end as usize).chars().all(|c| !c.is_lowercase())
                    })
            })
            .collect();
    }

    /// The title phrase that starts at a token, if it is of the kind.
    pub fn title(&self, index: usize, kind: TitleKind) -> Option<(usize, &'static Title)> {
        let (end, title) = (*self.titles.get(index)?)?;
        title.is(kind).then_some((end as usize, title))
    }

    /// Whether the token is a word of a title of any of the kinds.
    pub fn is_title(&self, index: usize, kinds: &[TitleKind]) -> bool {
        self.titles
            .get(index)
            .is_some_and(|found| found.is_some_and(|(_, title)| kinds.iter().any(|k| title.is(*k))))
    }

    /// The text from the first token of a range to its last.
    pub fn text_of(&self, range: Range<usize>) -> &'a str {
        self.span(range).slice(self.text)
    }

    /// The place in the text of a range of tokens.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), self.tokens.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if range.start < range.end => {
                Span::new(first.span.start(), last.span.end())
            }
            _ => Span::default(),
        }
    }

    /// The word before a token in its line, marks included.
    pub fn before(&self, index: usize) -> Option<&Word<'a>> {
        let word = self.words.get(index.checked_sub(1)?)?;
        (word.sentence == self.words.get(index)?.sentence && !word.ends_line).then_some(word)
    }

    /// The word at a token, if it stands in the same line as the one before it.
    pub fn after(&self, end: usize) -> Option<&Word<'a>> {
        let word = self.words.get(end)?;
        let last = self.words.get(end.checked_sub(1)?)?;
        (word.sentence == last.sentence && !last.ends_line).then_some(word)
    }

    /// Whether a token is a verb of saying.
    pub fn is_speech(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        token.upos == "VERB" && self.language.lexicon.classes(&token.lemma).has(WordClass::Speech)
    }

    /// Whether a word in lower case is something that an office may be about.
    pub fn is_portfolio(&self, lower: &str) -> bool {
        self.language.lexicon.titles.get(lower).is_some_and(|title| title.is(TitleKind::Portfolio))
    }

    /// The entities of the model, cut at line ends and without what is no part
    /// of a name at their ends.
    fn take_entities(&mut self, entities: &[ModelEntity]) {
        for entity in entities {
            let mut start = entity.tokens.start;
            while start < entity.tokens.end {
                let mut end = start + 1;
                while end < entity.tokens.end && !self.words[end - 1].ends_line {
                    end += 1;
                }
                let piece = self.trim(start..end, &entity.label);
                if !piece.is_empty() {
                    let index = self.entities.len() as u32;
                    for owner in &mut self.entity_of[piece.clone()] {
                        *owner = Some(index);
                    }
                    self.entities.push(ModelEntity { tokens: piece, label: entity.label.clone() });
                }
                start = end;
            }
        }
    }

    fn trim(&self, mut range: Range<usize>, label: &str) -> Range<usize> {
        let is_named = matches!(
            label,
            "PERSON" | "ORG" | "GPE" | "LOC" | "FAC" | "NORP" | "EVENT" | "PRODUCT"
        );
        while range.start < range.end {
            let word = &self.words[range.start];
            let is_article =
                matches!(self.tokens[range.start].upos, "DET") && !word.text.starts_with("El");
            if word.shape == Shape::Mark || (is_named && is_article) {
                range.start += 1;
            } else {
                break;
            }
        }
        while range.start < range.end {
            let last = range.end - 1;
            let word = &self.words[last];
            let keeps = word.text == "." || word.text == "!";
            if (word.shape == Shape::Mark && !keeps) || self.tokens[last].tag == "POS" {
                range.end -= 1;
            } else {
                break;
            }
        }
        // "the Foreign Office (FO": a bracket opened inside and not closed.
        if let Some(at) = range.clone().find(|&i| self.words[i].text == "(")
            && !range.clone().any(|i| self.words[i].text == ")")
        {
            range.end = at;
        }
        range
    }
}

/// What a word does in names; "OPEN" in a line in capitals is "Open".
fn name_parts(language: &'static Language, text: &str, shape: Shape) -> &'static [NamePart] {
    let parts = language.lexicon.parts(text);
    if !parts.is_empty() || shape != Shape::Upper {
        return parts;
    }
    let mut chars = text.chars();
    let title: String =
        chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect();
    language.lexicon.parts(&title)
}

fn is_opening(text: &str) -> bool {
    matches!(text, "\"" | "“" | "‘" | "'" | ":" | "•" | "-" | "—" | "–" | "``" | "(" | "[")
}

/// Whether a sentence has capitals where lower case is the rule.
fn is_heading(text: &str, tokens: &[Token]) -> bool {
    let (mut capital, mut lower) = (0, 0);
    let mut in_capitals = 0;
    for token in tokens {
        let word = token.span.slice(text);
        if word.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            if word.chars().any(char::is_lowercase) {
                in_capitals -= 100;
            } else {
                in_capitals += 1;
            }
        }
        if word.chars().count() < 4 || !word.starts_with(char::is_alphabetic) {
            continue;
        }
        if word.starts_with(char::is_lowercase) {
            lower += 1;
        } else {
            capital += 1;
        }
    }
    // A line that is only a name ("Ana Torres") is no heading, and a sentence
    // may be full of names and titles, but its verb is in lower case.
    let has_plain_verb = || {
        tokens.iter().any(|token| {
            (token.upos == "VERB" || matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD"))
                && token.span.slice(text).starts_with(char::is_lowercase)
        })
    };
    in_capitals > 1 || (capital >= 4 && capital >= 4 * lower && !has_plain_verb())
}

/// Whether a short line is a row of results: it has numbers and names and no
/// words in lower case, "Ajax 2 Feyenoord 1".
fn is_table(text: &str, tokens: &[Token]) -> bool {
    let (mut numbers, mut names) = (0, 0);
    for token in tokens {
        let word = token.span.slice(text);
        match shape(word) {
            Shape::Lower | Shape::Handle => return false,
            // A year makes it a dateline.
            Shape::Number
                if word.len() == 4 && word.starts_with(['1', '2']) && !word.contains('.') =>
            {
                return false;
            }
            Shape::Number => numbers += 1,
            Shape::Mark => {}
            _ => names += 1,
        }
    }
    let starts_with_name =
        tokens.first().is_some_and(|t| shape(t.span.slice(text)) != Shape::Number);
    tokens.len() < 16 && starts_with_name && names > 0 && numbers > 1 && numbers + 3 > names
}

pub(super) fn shape(text: &str) -> Shape {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return Shape::Mark };
    if first == '@' && text.len() > 2 {
        return Shape::Handle;
    }
    // A quotation mark that the tokenizer left on a word.
    if matches!(first, '“' | '"' | '«' | '„') {
        return Shape::Mark;
    }
    if first.is_ascii_digit() {
        return Shape::Number;
    }
    if !text.chars().any(char::is_alphabetic) {
        return if first.is_numeric() { Shape::Number } else { Shape::Mark };
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let lower = text.chars().filter(|c| c.is_lowercase()).count();
    // "'s", "'S": the end of a word, not an initial.
    if matches!(first, '\'' | '’') && letters < 3 {
        return Shape::Lower;
    }
    let first = text.chars().find(|c| c.is_alphabetic()).unwrap_or(first);
    if first.is_lowercase() {
        // "iPhone", "al-Qaeda"
        return if lower == letters { Shape::Lower } else { Shape::Mixed };
    }
    if letters == 1 {
        return Shape::Initial;
    }
    if lower == 0 {
        // "U.S." and "WHO"; letters without case count as lower.
        return if text.chars().any(char::is_uppercase) { Shape::Upper } else { Shape::Lower };
    }
    let rest_lower = text.chars().skip(1).filter(|c| c.is_alphabetic()).all(char::is_lowercase);
    if rest_lower { Shape::Title } else { Shape::Mixed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_shapes() {
        for (text, expected) in [
            ("word", Shape::Lower),
            ("Word", Shape::Title),
            ("WORD", Shape::Upper),
            ("U.S.", Shape::Upper),
            ("McCain", Shape::Mixed),
            ("iPhone", Shape::Mixed),
            ("J.", Shape::Initial),
            ("J", Shape::Initial),
            ("@JaneDoe", Shape::Handle),
            ("'s", Shape::Lower),
            ("'S", Shape::Lower),
            ("O'Neill", Shape::Mixed),
            ("9M", Shape::Number),
            (",", Shape::Mark),
            ("", Shape::Mark),
            ("پاکستان", Shape::Lower),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
