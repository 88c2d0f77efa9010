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

/// How many steps a search may take, besides [`STEPS_EACH`] for each character
/// of the text. Python has no such limit, and may take hours; a match that is
/// not found within it does not exist.
const STEPS: usize = 1 << 18;
const STEPS_EACH: usize = 32;

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

    /// Returns the end of a match at the start of a text.
    pub fn match_start(&self, text: &[char]) -> Option<usize> {
        self.match_at(text, 0, &mut budget(text))
    }

    /// Returns the leftmost match.
    pub fn search(&self, text: &[char]) -> Option<Range<usize>> {
        self.search_from(text, 0, &mut budget(text))
    }

    /// Returns all matches that do not overlap, from left to right.
    pub fn find_all<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        let mut steps = budget(text);
        std::iter::from_fn(move || {
            if from > text.len() {
                return None;
            }
            let found = self.search_from(text, from, &mut steps)?;
            from = if found.is_empty() { found.end + 1 } else { found.end };
            Some(found)
        })
    }

    fn search_from(&self, text: &[char], from: usize, steps: &mut usize) -> Option<Range<usize>> {
        let first = if self.at_end { from.max(self.earliest(text)) } else { from };
        let last = if self.at_start { 0 } else { text.len() };
        (first..=last).find_map(|at| self.match_at(text, at, steps).map(|end| at..end))
    }

    fn match_at(&self, text: &[char], at: usize, steps: &mut usize) -> Option<usize> {
        let candidates = match text.get(at) {
            Some(c) if c.is_ascii() => &self.ascii[*c as usize],
            Some(_) => &self.others,
            None => &self.empty,
        };
        candidates.iter().find_map(|candidate| {
            let alternative = &self.alternatives[usize::from(*candidate)];
            let can_begin = alternative.can_be_empty
                || text.get(at).is_some_and(|c| c.is_ascii() || alternative.first.contains(*c));
            if can_begin { self.program.run(alternative.start, text, at, steps) } else { None }
        })
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

fn budget(text: &[char]) -> usize {
    STEPS + STEPS_EACH * text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::model::tables::Tables;
    use crate::lang::en::model::TABLES;

    fn found(pattern: &Pattern, text: &str) -> Vec<(usize, usize)> {
        let chars: Vec<char> = text.chars().collect();
        pattern.find_all(&chars).map(|found| (found.start, found.end)).collect()
    }

    #[test]
    fn patterns_match_as_in_python() {
        for (pattern, text, expected) in [
            ("a|ab", "ab", vec![(0, 1)]),
            ("a+", "baab", vec![(1, 3)]),
            ("a+?", "aa", vec![(0, 1), (1, 2)]),
            ("a{2,3}", "aaaaa", vec![(0, 3), (3, 5)]),
            ("a{,1}b", "aab", vec![(1, 3)]),
            ("a{x}", "a{x}", vec![(0, 4)]),
            ("^a", "aa", vec![(0, 1)]),
            ("a$", "aa", vec![(1, 2)]),
            ("a$", "a\n", vec![(0, 1)]),
            ("(?<=[0-9])km$", "12km", vec![(2, 4)]),
            ("(?<=[0-9])km$", "akm", vec![]),
            ("(?<=ab)c", "abc", vec![(2, 3)]),
            (r"^\+(?![0-9])", "+1", vec![]),
            (r"^\+(?![0-9])", "+a", vec![(0, 1)]),
            (r"\.\.+$", "a.....", vec![(1, 6)]),
            (r"\d+", "x12٣", vec![(1, 4)]),
            (r"\w+", "½_a!", vec![(0, 3)]),
            (r"\S+", "a\u{1f}b", vec![(0, 1), (2, 3)]),
            (r"\bcat\b", "cat concat cat", vec![(0, 3), (11, 14)]),
            (r"[^a-c\s]", "abd e", vec![(2, 3), (4, 5)]),
            (r"[]x-]", "-]", vec![(0, 1), (1, 2)]),
            ("[\\u00e9\\U0001F600]", "é😀", vec![(0, 1), (1, 2)]),
            ("(?u)^(?:a|b(?:c|d))$", "bd", vec![(0, 2)]),
            ("x*", "ax", vec![(0, 0), (1, 2), (2, 2)]),
        ] {
            let compiled = Pattern::new(pattern).expect(pattern);
            assert_eq!(found(&compiled, text), expected, "{pattern:?} on {text:?}");
        }
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        for (pattern, reason) in [
            ("(a", "missing ')'"),
            ("a)", "unmatched ')'"),
            ("[a", "missing ']'"),
            ("[b-a]", "bad range in a set"),
            ("*a", "nothing to repeat"),
            ("a**", "multiple repeat"),
            ("(?P<n>a)", "this kind of group is not supported"),
            ("(?i)a", "this kind of group is not supported"),
            (r"\1", "unknown escape"),
            (r"\u12", "incomplete escape"),
            ("(?:a?)*", "endless repetition of nothing"),
            ("(?<=a+)b", "look-behind of variable width"),
            ("a{2000}", "repetition count out of range"),
        ] {
            let error = Pattern::new(pattern).expect_err(pattern);
            assert!(error.to_string().starts_with(reason), "{pattern:?}: {error}");
        }
        assert!(Pattern::new(&"(".repeat(10_000)).is_err());
    }

    #[test]
    fn words_are_those_of_python() {
        let pattern = Pattern::new(r"\w+").expect("a pattern");
        assert_eq!(found(&pattern, "m² é漢_1-😀"), [(0, 2), (3, 7)]);
    }

    #[test]
    fn costly_texts_end() {
        let pattern = Pattern::new("(?:a|aa|aaa)+b|a+a+a+a+c").expect("a pattern");
        assert_eq!(found(&pattern, &"a".repeat(20_000)), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        /// The rules of the English tokenizer give what another engine gives;
        /// but "²" is a word's letter in Python, as here, and not there.
        #[test]
        fn rules_agree_with_another_engine(
            text in r#"([a-z]{0,3}|[A-Z]{0,2}|[0-9]{0,2}|[-.,:;/()"'“’…$€%°#@_~=+*^<>&é漢Ж😀]{0,2}|km|www\.|\.com|://|10\.1){0,6}"#
        ) {
            use std::sync::OnceLock;
            type Rules = Vec<(&'static str, Pattern, fancy_regex::Regex)>;
            static RULES: OnceLock<Rules> = OnceLock::new();
            let rules = RULES.get_or_init(|| {
                let tables: Tables = serde_json::from_slice(TABLES).expect("the tables");
                let tokenizer = tables.tokenizer;
                [("prefix", tokenizer.prefix), ("suffix", tokenizer.suffix), ("infix", tokenizer.infix), ("url", tokenizer.url)]
                    .into_iter()
                    .map(|(name, source)| {
                        let source = source.expect(name);
                        let other = fancy_regex::Regex::new(&source).expect(name);
                        (name, Pattern::new(&source).expect(name), other)
                    })
                    .collect()
            });
            for (name, pattern, other) in rules {
                let expected: Vec<(usize, usize)> = other
                    .find_iter(&text)
                    .map(|other| {
                        let other = other.expect("no limit is reached");
                        let count = |end: usize| text.get(..end).unwrap_or("").chars().count();
                        (count(other.start()), count(other.end()))
                    })
                    .collect();
                prop_assert_eq!(found(pattern, &text), expected, "{} on {:?}", name, text);
            }
        }
    }
}
