//! Names of places: the whole name, spelt alike.
//!
//! Which places bear more than one name ("Kyiv", "Kiev") is a matter of tables;
//! their Wikidata ids are evidence beyond the name.

use super::super::evidence::Evidence;
use super::super::fold::words;
use super::super::spelling::{Sounded, distance};
use super::super::tables::{OrganizationWord, TABLES};

/// The name of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::resolve) struct PlaceName {
    /// Its words, abbreviations written out, articles left out.
    pub words: Vec<Sounded>,
}

impl PlaceName {
    /// Reads a written name.
    pub fn parse(name: &str) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for word in words(name) {
            // "U.S." is two words that are one.
            match texts.last_mut() {
                Some(last)
                    if last.len() <= 3
                        && word.text.len() == 1
                        && last.chars().count() == last.len()
                        && is_initials(last) =>
                {
                    last.push_str(&word.text);
                }
                _ => texts.push(word.text),
            }
        }
        let mut written_out = Vec::new();
        for text in texts {
            match TABLES.organization_word(&text) {
                Some((OrganizationWord::Abbreviation, canonical)) => {
                    written_out.extend(canonical.split(' ').map(Sounded::new));
                }
                _ if text == "the" => {}
                _ => written_out.push(Sounded::new(&text)),
            }
        }
        if let [first, .., last] = written_out.as_slice()
            && first.text == "united"
            && last.text == "america"
        {
            written_out.truncate(2);
        }
        Self { words: written_out }
    }

    /// The words with a space between them.
    pub fn key(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

fn is_initials(text: &str) -> bool {
    matches!(text, "u" | "us" | "ua")
}

/// Adds what two names of places say.
pub(in crate::resolve) fn compare(a: &PlaceName, b: &PlaceName, evidence: &mut Evidence) {
    if a.words.is_empty() || b.words.is_empty() {
        evidence.add("name", -4.0, || "no name to compare".to_owned());
        return;
    }
    if a == b {
        evidence.add("name", 3.0, || "the same name".to_owned());
        return;
    }
    let join = |name: &PlaceName| {
        Sounded::new(&name.words.iter().map(|w| w.text.as_str()).collect::<String>())
    };
    let (x, y) = (join(a), join(b));
    let d = distance(&x, &y);
    let letters = x.latin.len().min(y.latin.len());
    if d.value < 0.12 && d.sounds_same && letters >= 5 {
        evidence.add("name", 1.5 - d.value * 10.0, || {
            format!("{} and {} are spelt alike and sound the same", a.key(), b.key())
        });
    } else {
        evidence.add("name", -4.0 * d.value.clamp(0.5, 1.0), || {
            format!("{} is not {}", a.key(), b.key())
        });
    }
}
