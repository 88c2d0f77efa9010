//! Words to dictionary forms, by endings, a list of exceptions and a list of
//! words: spaCy's lemmatizer in rule mode, whose tables for English come from
//! WordNet 3.0.

use std::collections::BTreeMap;

use super::attributes::{is_alpha, lowercase};
use super::tables::LemmaTable;

/// The lemmatizer of a model.
#[derive(Debug)]
pub(super) struct Lemmatizer {
    tables: BTreeMap<String, PosTables>,
    is_english: bool,
}

/// The tables of a part of speech.
#[derive(Debug, Default)]
struct PosTables {
    rules: Vec<(String, String)>,
    exceptions: Lines,
    index: Lines,
}

impl PosTables {
    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.exceptions.starts.is_empty() && self.index.starts.is_empty()
    }
}

impl Lemmatizer {
    pub fn new(table: LemmaTable, language: &str) -> Self {
        let mut tables: BTreeMap<String, PosTables> = BTreeMap::new();
        for (upos, rules) in table.rules {
            tables.entry(upos.to_uppercase()).or_default().rules = rules;
        }
        for (upos, lines) in table.exceptions {
            tables.entry(upos.to_uppercase()).or_default().exceptions = Lines::new(lines);
        }
        for (upos, lines) in table.index {
            tables.entry(upos.to_uppercase()).or_default().index = Lines::new(lines);
        }
        Self { tables, is_english: language == "en" }
    }

    /// Returns the lemma of a word.
    pub fn lemmatize(&self, text: &str, upos: &str, morph: &str) -> String {
        if upos.is_empty() || upos == "SPACE" || (self.is_english && is_base_form(upos, morph)) {
            return lowercase(text).into_owned();
        }
        let Some(tables) = self.tables.get(upos).filter(|tables| !tables.is_empty()) else {
            return if upos == "PROPN" { text.to_owned() } else { lowercase(text).into_owned() };
        };
        let lower = lowercase(text);

        // An exception beats a known word, which beats an unknown one. Of
        // several exceptions, or known words, the last one wins.
        let mut known: Option<String> = None;
        let mut odd: Option<String> = None;
        let mut unknown: Option<String> = None;
        let mut forms: Vec<String> = Vec::new();
        for (old, new) in &tables.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if tables.index.contains(&form) {
                forms.push(form.clone());
                known = Some(form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form.clone());
                odd = odd.or(Some(form));
            } else {
                unknown = unknown.or(Some(form));
            }
        }
        let exceptions = tables.exceptions.values(&lower);
        let exception = exceptions.filter(|lemma| forms.iter().all(|f| f != lemma)).last();
        let exception = exception.map(str::to_owned);
        exception.or(known).or(odd).or(unknown).unwrap_or_else(|| text.to_owned())
    }
}

/// Whether English's features say that a word is a dictionary form already.
fn is_base_form(upos: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        morph.split('|').find_map(|f| f.strip_prefix(name).and_then(|f| f.strip_prefix('=')))
    };
    let verb_form = feature("VerbForm");
    (upos == "NOUN" && feature("Number") == Some("Sing"))
        || (upos == "VERB"
            && verb_form == Some("Fin")
            && feature("Tense") == Some("Pres")
            && feature("Number").is_none())
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

/// A sorted list of lines, each a word and, behind tabs, its values.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    starts: Vec<u32>,
}

impl Lines {
    fn new(text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let mut starts: Vec<u32> = Vec::new();
        if !text.is_empty() {
            starts.push(0);
        }
        starts.extend(breaks.map(|(at, _)| at as u32 + 1));
        Self { text, starts }
    }

    fn contains(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    fn values(&self, word: &str) -> impl Iterator<Item = &str> {
        self.find(word).into_iter().flat_map(|line| line.split('\t').skip(1))
    }

    fn find(&self, word: &str) -> Option<&str> {
        let at = self.starts.partition_point(|start| self.key(*start) < word.as_bytes());
        let start = *self.starts.get(at)?;
        if self.key(start) != word.as_bytes() {
            return None;
        }
        self.text.get(start as usize..)?.split('\n').next()
    }

    /// The word of the line that starts at a byte.
    fn key(&self, start: u32) -> &[u8] {
        let rest = self.text.as_bytes().get(start as usize..).unwrap_or(&[]);
        let end = rest.iter().position(|byte| matches!(byte, b'\t' | b'\n'));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found() {
        let lines = Lines::new("a\tb\tc\nab\nb\tx".to_owned());
        for (word, values) in
            [("a", Some(vec!["b", "c"])), ("ab", Some(vec![])), ("b", Some(vec!["x"]))]
        {
            assert_eq!(lines.find(word).map(|_| lines.values(word).collect()), values, "{word}");
        }
        for word in ["", "aa", "c", "a\tb"] {
            assert!(!lines.contains(word), "{word}");
        }
        assert!(!Lines::new(String::new()).contains(""));
    }
}
