//! The rules of page furniture: a table of patterns, compiled once.

use std::collections::HashSet;
use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::{Regex, RegexBuilder};

use crate::lang::en;

/// A pattern and the reason that it gives for passing something over.
#[derive(Debug)]
pub(super) struct Rule {
    pub reason: &'static str,
    pub regex: Regex,
}

/// All rules of one language.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Whole lines.
    pub line: Vec<Rule>,
    /// Beginnings of lines, passed over when text follows.
    pub prefix: Vec<Rule>,
    /// Whole sentences, told by their beginning.
    pub notice: Vec<Rule>,
    /// Ends of captions; what the group `keep` holds stays.
    pub credit: Vec<Rule>,
    /// The beginning of an article's first paragraph.
    pub dateline: Vec<Rule>,
    /// What shows that words in capitals are no place.
    pub speaker: Vec<Rule>,
    /// Whole lines near the top that are a dateline without text.
    pub place: Vec<Rule>,
    /// Whole lines that name the author.
    pub byline: Vec<Rule>,
    /// What makes a line an item of a list.
    pub mark: Vec<Rule>,
    /// Words that keep their full stop inside a sentence.
    pub abbreviations: HashSet<&'static str>,
}

impl Rules {
    /// Returns the rules of English.
    pub fn english() -> &'static Self {
        static RULES: LazyLock<Rules> =
            LazyLock::new(|| Rules::new(en::FURNITURE, en::ABBREVIATIONS));
        &RULES
    }

    /// Compiles a table. The tables are part of the program, so a bad one is
    /// a broken invariant.
    fn new(table: &'static str, abbreviations: &'static str) -> Self {
        let mut rules = Self {
            abbreviations: abbreviations
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .collect(),
            ..Self::default()
        };
        let mut names: IndexMap<&str, String> = IndexMap::new();
        for Row { rule, reason, pattern, .. } in table_rows(table) {
            let pattern = expand(pattern, &names);
            let whole = match rule {
                "define" => {
                    names.insert(reason, format!("(?:{pattern})"));
                    continue;
                }
                "line" | "byline" | "place" => format!("^(?:{pattern})$"),
                "prefix" | "notice" | "dateline" | "mark" | "speaker" => format!("^(?:{pattern})"),
                _ => format!("(?:{pattern})$"),
            };
            let regex = RegexBuilder::new(&whole)
                .case_insensitive(true)
                .build()
                .unwrap_or_else(|e| panic!("the furniture pattern `{pattern}` is broken: {e}"));
            let Some(list) = rules.list(rule) else {
                panic!("the furniture table has no rule `{rule}`");
            };
            list.push(Rule { reason, regex });
        }
        rules
    }

    /// The rules of one kind, by the name that the table uses.
    fn list(&mut self, rule: &str) -> Option<&mut Vec<Rule>> {
        match rule {
            "line" => Some(&mut self.line),
            "prefix" => Some(&mut self.prefix),
            "notice" => Some(&mut self.notice),
            "credit" => Some(&mut self.credit),
            "dateline" => Some(&mut self.dateline),
            "speaker" => Some(&mut self.speaker),
            "place" => Some(&mut self.place),
            "byline" => Some(&mut self.byline),
            "mark" => Some(&mut self.mark),
            _ => None,
        }
    }
}

/// The reason of the first rule that matches.
pub(super) fn first_match(rules: &[Rule], text: &str) -> Option<&'static str> {
    rules.iter().find(|rule| rule.regex.is_match(text)).map(|rule| rule.reason)
}

/// One row of the table.
pub(super) struct Row {
    pub rule: &'static str,
    pub reason: &'static str,
    pub pattern: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests run the examples"))]
    pub example: &'static str,
}

/// The rows of a table, comments left out.
pub(super) fn table_rows(table: &'static str) -> impl Iterator<Item = Row> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or("");
        Row { rule: next(), reason: next(), pattern: next(), example: next() }
    })
}

/// Puts named patterns in, and lets a blank stand for any run of white space.
fn expand(pattern: &str, names: &IndexMap<&str, String>) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or("");
        if c == '{' {
            let name = tail.split('}').next().unwrap_or("");
            if let Some(known) = names.get(name) {
                out.push_str(known);
                rest = tail.get(name.len() + 1..).unwrap_or("");
                continue;
            }
        }
        match c {
            '\\' => {
                if let Some(behind) = tail.strip_prefix("p{L}") {
                    let letters = "A-Za-z\u{C0}-\u{24F}\u{1E00}-\u{1EFF}";
                    if in_class {
                        out.push_str(letters);
                    } else {
                        out.extend(["[", letters, "]"]);
                    }
                    rest = behind;
                    continue;
                }
                let escaped = tail.chars().next().unwrap_or('\\');
                match escaped {
                    // ASCII is enough for digits, words and their borders,
                    // Latin for letters, at a hundredth of the size.
                    'd' if in_class => out.push_str("0-9"),
                    'd' => out.push_str("[0-9]"),
                    'w' if in_class => out.push_str("0-9A-Za-z_"),
                    'w' => out.push_str("[0-9A-Za-z_]"),
                    'b' => out.push_str(r"(?-u:\b)"),
                    other => out.extend(['\\', other]),
                }
                rest = tail.get(escaped.len_utf8()..).unwrap_or("");
                continue;
            }
            ' ' if in_class => out.push_str(r"\s"),
            ' ' => out.push_str(r"(?:\s+)"),
            _ => {
                match c {
                    '[' => in_class = true,
                    ']' => in_class = false,
                    _ => {}
                }
                out.push(c);
            }
        }
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_caught_by_its_row() {
        let mut rules = Rules::new(en::FURNITURE, en::ABBREVIATIONS);
        let mut seen = IndexMap::<&str, usize>::new();
        for Row { rule, reason, pattern, example } in table_rows(en::FURNITURE) {
            if rule == "define" {
                continue;
            }
            let at = seen.entry(rule).or_default();
            let compiled = &rules.list(rule).expect("a rule of the table")[*at];
            *at += 1;
            assert_eq!(compiled.reason, reason);
            assert!(!example.is_empty(), "no example for `{pattern}`");
            assert!(compiled.regex.is_match(example), "`{pattern}` misses {example:?}");
        }
    }

    #[test]
    fn a_blank_stands_for_white_space() {
        let names = IndexMap::from([("name", "x".to_owned())]);
        assert_eq!(expand(r"a {name}[b ]\ {2}", &names), r"a(?:\s+)x[b\s]\ {2}");
    }
}
