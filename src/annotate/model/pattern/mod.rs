//! Regular expressions as the tokenizer rules of spaCy use them.
//!
//! spaCy's rules are Python patterns: long alternations, with look-around, of
//! which most begin with one character or end at the end of the word. They are
//! run here by a small backtracking matcher that first asks which alternatives
//! can begin with the character at hand, and, for patterns that match only at
//! the end of a word, where a match can begin at all. That makes them some
//! dozens of nanoseconds a word, and needs no time to compile.
//!
//! The dialect is the part of Python's `re` that these rules need: literals,
//! sets, groups that capture nothing, alternation, greedy and lazy repetition,
//! look-ahead, look-behind of fixed width, `^`, `$`, `\b` and the classes
//! `\d \w \s`. Anything else is refused when the pattern is read. There are no
//! captures, back-references or flags.

mod parse;
mod program;
mod set;

use std::ops::Range;

use program::{Alternative, Program};

pub(super) use set::is_python_space;

/// How many steps one attempt to match may take. Python has no such limit, and
/// may take hours; a match that is not found within it does not exist.
const STEPS: usize = 1 << 20;

/// A pattern that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{reason} at character {at} of the pattern")]
pub struct PatternError {
    at: usize,
    reason: &'static str,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    program: Program,
    // In order of preference.
    alternatives: Vec<Alternative>,
    // The alternatives that can begin with each ASCII character.
    ascii: Vec<Box<[u16]>>,
    // The alternatives that can begin with some other character.
    others: Box<[u16]>,
    // The alternatives that can match nothing.
    empty: Box<[u16]>,
    at_start: bool,
    at_end: bool,
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let tree = parse::parse(source)?;
        let (program, alternatives) = program::compile(&tree)?;
        let matching = |test: &dyn Fn(&Alternative) -> bool| -> Box<[u16]> {
            (0u16..).zip(&alternatives).filter(|(_, a)| test(a)).map(|(at, _)| at).collect()
        };
        let ascii = (0u8..128)
            .map(|c| matching(&|a| a.first.contains(char::from(c)) || a.can_be_empty))
            .collect();
        let others = matching(&|a| a.first.has_others() || a.can_be_empty);
        let empty = matching(&|a| a.can_be_empty);
        let at_start = alternatives.iter().all(|a| a.at_start);
        let at_end = alternatives.iter().all(|a| a.at_end);
        Ok(Self { program, alternatives, ascii, others, empty, at_start, at_end })
    }

    /// Returns the end of a match that begins at `at`.
    pub fn match_at(&self, text: &[char], at: usize) -> Option<usize> {
        let candidates = match text.get(at) {
            Some(c) if c.is_ascii() => &self.ascii[*c as usize],
            Some(_) => &self.others,
            None => &self.empty,
        };
        if candidates.is_empty() {
            return None;
        }
        let mut steps = STEPS;
        candidates.iter().find_map(|candidate| {
            let alternative = &self.alternatives[usize::from(*candidate)];
            if let Some(&c) = text.get(at)
                && !c.is_ascii()
                && !alternative.can_be_empty
                && !alternative.first.contains(c)
            {
                return None;
            }
            self.program.run(alternative.start, text, at, &mut steps)
        })
    }

    /// Returns the leftmost match.
    pub fn search(&self, text: &[char]) -> Option<Range<usize>> {
        self.search_from(text, 0)
    }

    /// Returns all matches that do not overlap, from left to right.
    pub fn find_all<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            if from > text.len() {
                return None;
            }
            let found = self.search_from(text, from)?;
            from = if found.is_empty() { found.end + 1 } else { found.end };
            Some(found)
        })
    }

    fn search_from(&self, text: &[char], from: usize) -> Option<Range<usize>> {
        let first = if self.at_end { from.max(self.earliest(text)) } else { from };
        let last = if self.at_start { 0 } else { text.len() };
        (first..=last).find_map(|at| self.match_at(text, at).map(|end| at..end))
    }

    /// The first position from which a match can reach the end of the text.
    fn earliest(&self, text: &[char]) -> usize {
        // `$` also matches before a line feed that ends the text.
        let end = text.len() - usize::from(text.last() == Some(&'\n'));
        let bounds = self.alternatives.iter().map(|alternative| {
            if let Some(longest) = alternative.longest {
                return end.saturating_sub(longest);
            }
            let run = text[..end].iter().rev().take_while(|c| alternative.alphabet.contains(**c));
            end - run.count()
        });
        bounds.min().unwrap_or(0)
    }
}
