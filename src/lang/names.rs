//! The list of person names: sorted lines, searched where they lie.

use deunicode::deunicode;

/// What a list says of a word as part of a person's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct NameUse {
    /// A given name of men.
    pub masculine: bool,
    /// A given name of women.
    pub feminine: bool,
    /// A surname.
    pub surname: bool,
    /// Some part of a name.
    pub other: bool,
}

impl NameUse {
    /// Whether it is a given name.
    pub fn is_given(self) -> bool {
        self.masculine || self.feminine
    }
}

/// A list of names, made by `scripts/derive_names.py`.
#[derive(Clone, Copy, Debug)]
pub struct NameList {
    // Invariant: lines sorted by bytes, each a name, a tab and flags.
    lines: &'static str,
}

impl NameList {
    /// The list in the given lines.
    pub const fn new(lines: &'static str) -> Self {
        Self { lines }
    }

    /// What the list says of a word, in any case, with or without accents.
    pub fn get(self, word: &str) -> Option<NameUse> {
        let word = if word.is_ascii() {
            word.to_ascii_lowercase()
        } else {
            deunicode(word).to_ascii_lowercase()
        };
        let flags = search(self.lines, &word).or_else(|| {
            // "Bjoern", "Mueller": an umlaut in two letters. Short words are
            // more often another word.
            let written_out = (word.len() >= 6)
                .then(|| ["ae", "oe", "ue"].into_iter().find(|pair| word.contains(pair)))??;
            let vowel = written_out.strip_suffix('e')?;
            search(self.lines, &word.replacen(written_out, vowel, 1))
        })?;
        Some(NameUse {
            masculine: flags.contains('m'),
            feminine: flags.contains('f'),
            surname: flags.contains('s'),
            other: flags.contains('o'),
        })
    }
}

/// A list of words, one a line, sorted by bytes.
#[derive(Clone, Copy, Debug)]
pub struct WordList {
    lines: &'static str,
}

impl WordList {
    /// The list in the given lines.
    pub const fn new(lines: &'static str) -> Self {
        Self { lines }
    }

    /// Whether the list has the word, in any case.
    pub fn contains(self, word: &str) -> bool {
        search(self.lines, &word.to_lowercase()).is_some()
    }
}

/// Finds the line whose first field is `key`, by halves; what stands behind
/// the tab.
fn search(lines: &'static str, key: &str) -> Option<&'static str> {
    let bytes = lines.as_bytes();
    let (mut lo, mut hi) = (0, bytes.len());
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        let start =
            bytes.get(lo..middle)?.iter().rposition(|&b| b == b'\n').map_or(lo, |at| lo + at + 1);
        let end = bytes
            .get(middle..)?
            .iter()
            .position(|&b| b == b'\n')
            .map_or(bytes.len(), |at| middle + at);
        let line = lines.get(start..end)?;
        let (name, value) = line.split_once('\t').unwrap_or((line, ""));
        match name.as_bytes().cmp(key.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => lo = end + 1,
            std::cmp::Ordering::Greater => hi = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_line_and_no_other() {
        let lines = "al\tm\nali\tms\nbo\ts\nzoe\tf";
        for (name, flags) in [("al", "m"), ("ali", "ms"), ("bo", "s"), ("zoe", "f")] {
            assert_eq!(search(lines, name), Some(flags), "{name}");
        }
        for name in ["", "a", "alia", "b", "zz"] {
            assert_eq!(search(lines, name), None, "{name}");
        }
    }

    #[test]
    fn folds_accents_and_case() {
        let names = NameList::new("bjorn\tm\njose\tm\nzoe\tf");
        assert!(names.get("José").is_some_and(|n| n.masculine && !n.surname));
        assert!(names.get("ZOË").is_some_and(|n| n.feminine));
        assert!(names.get("Joe").is_none());
        assert!(names.get("Bjoern").is_some_and(|n| n.masculine));
        assert!(names.get("Zooe").is_none());
    }
}
