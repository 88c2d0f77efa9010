//! The quotations of a document and who speaks in them.

use std::collections::HashSet;

use super::super::draft::{DraftIdx, Drafts};
use super::super::words::{Shape, Words};
use super::is_subject;
use crate::mention::{MentionKind, Supertype};

/// The quotations of a document.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Token ranges between quotation marks.
    ranges: Vec<std::ops::Range<usize>>,
    /// For each token the quotation it stands in.
    of: Vec<Option<u32>>,
    /// Where the turns of a transcript start, and whose they are.
    turns: Vec<(usize, Option<DraftIdx>)>,
    labels: HashSet<DraftIdx>,
}

/// The most tokens that the label of a turn has: "SECRETARY-GENERAL DE LA CRUZ:".
const LABEL: usize = 9;

impl Quotes {
    pub fn new(words: &Words, drafts: &Drafts) -> Self {
        let turns = turns(words, drafts);
        let mut this = Self {
            ranges: Vec::new(),
            of: vec![None; words.tokens.len()],
            labels: turns.iter().filter_map(|(_, speaker)| *speaker).collect(),
            turns,
        };
        let mut open: Option<usize> = None;
        for (index, word) in words.words.iter().enumerate() {
            let is_open =
                word.text.starts_with('“') || (open.is_none() && word.text.starts_with('"'));
            let is_close = word.text.ends_with('”')
                || (open.is_some_and(|o| o < index) && word.text.ends_with('"'));
            if is_close && let Some(start) = open.take() {
                let number = this.ranges.len() as u32;
                for slot in &mut this.of[start..=index] {
                    *slot = Some(number);
                }
                this.ranges.push(start..index + 1);
            } else if is_open {
                open = Some(index);
            }
            // A quotation that is not closed ends with its paragraph.
            if word.ends_line
                && let Some(start) = open.take()
            {
                let number = this.ranges.len() as u32;
                for slot in &mut this.of[start..=index] {
                    *slot = Some(number);
                }
                this.ranges.push(start..index + 1);
            }
        }
        this
    }

    pub fn quote_of(&self, token: usize) -> Option<u32> {
        self.of.get(token).copied().flatten()
    }

    /// Who speaks at a token of a transcript, if its turns are labelled.
    pub fn turn_of(&self, token: usize) -> Option<DraftIdx> {
        let behind = self.turns.partition_point(|(start, _)| *start <= token);
        self.turns.get(behind.checked_sub(1)?)?.1
    }

    /// Who speaks at a token of a transcript; where that is not known, who spoke
    /// last, since questions are put to that one.
    pub fn speaks_or_is_asked(&self, token: usize) -> Option<DraftIdx> {
        let behind = self.turns.partition_point(|(start, _)| *start <= token);
        self.turns.get(..behind)?.iter().rev().take(2).find_map(|(_, speaker)| *speaker)
    }

    /// Whether a draft is the label of a turn, which nothing is said of.
    pub fn is_label(&self, draft: DraftIdx) -> bool {
        self.labels.contains(&draft)
    }

    /// The draft that is said to say the quotation around a token.
    pub fn speaker(&self, words: &Words, drafts: &Drafts, token: usize) -> Option<DraftIdx> {
        let quote = self.ranges.get(self.quote_of(token)? as usize)?;
        // The sentence that the quotation starts or ends in, and the next, as
        // far as they lie outside of it.
        let first = words.words[quote.start].sentence as usize;
        let last = words.words[quote.end - 1].sentence as usize;
        for sentence in [last, first, last + 1] {
            let Some(sentence) = words.sentences.get(sentence) else { continue };
            let verb = sentence
                .tokens
                .clone()
                .find(|&i| !quote.contains(&i) && self.quote_of(i).is_none() && words.is_speech(i));
            let Some(verb) = verb else { continue };
            let subject = sentence
                .tokens
                .clone()
                .find(|&i| words.tokens[i].head.index() == verb && is_subject(words, i));
            if let Some(target) = subject.and_then(|s| drafts.covering(s)) {
                return Some(target);
            }
        }
        None
    }

    /// Whether a speaker at `token` introduces a quotation in which `draft`
    /// stands.
    pub fn names_itself(
        &self,
        words: &Words,
        drafts: &Drafts,
        token: usize,
        draft: DraftIdx,
    ) -> bool {
        let head = drafts.drafts[draft].head;
        let Some(quote) = self.quote_of(head).and_then(|q| self.ranges.get(q as usize)) else {
            return false;
        };
        let sentence = words.words[token].sentence;
        let last = words.words[quote.end - 1].sentence;
        quote.end <= token && sentence <= last + 1
    }
}

/// The turns of a transcript: lines that open with a label in capitals and a
/// colon. "QUESTION:" opens one as well, of somebody unknown.
fn turns(words: &Words, drafts: &Drafts) -> Vec<(usize, Option<DraftIdx>)> {
    let mut turns = Vec::new();
    let mut is_start = true;
    for start in 0..words.words.len() {
        let opens = std::mem::replace(&mut is_start, words.words[start].ends_line);
        if !opens {
            continue;
        }
        let label = (start..words.words.len().min(start + LABEL))
            .take_while(|&i| i == start || !words.words[i - 1].ends_line)
            .find(|&i| words.words[i].text == ":");
        let Some(colon) = label.filter(|&colon| start < colon) else { continue };
        let in_capitals = words.words[start..colon]
            .iter()
            .all(|w| !w.text.chars().any(char::is_lowercase) && w.shape != Shape::Number);
        if !in_capitals {
            continue;
        }
        let speaker = drafts.covering(colon - 1).filter(|&draft| {
            let draft = &drafts.drafts[draft];
            draft.supertype == Supertype::Person
                && draft.kind == MentionKind::Name
                && draft.tokens.end == colon
        });
        turns.push((colon, speaker));
    }
    turns
}
