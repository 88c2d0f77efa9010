//! The quotations of a document and who speaks in them.

use super::super::draft::{DraftIdx, Drafts};
use super::super::words::Words;
use super::is_subject;

/// The quotations of a document.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Token ranges between quotation marks.
    ranges: Vec<std::ops::Range<usize>>,
    /// For each token the quotation it stands in.
    of: Vec<Option<u32>>,
}

impl Quotes {
    pub fn new(words: &Words) -> Self {
        let mut this = Self { ranges: Vec::new(), of: vec![None; words.tokens.len()] };
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
