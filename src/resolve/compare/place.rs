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
    let join = |name: &PlaceName| name.words.iter().map(|w| w.text.as_str()).collect::<String>();
    if join(a) == join(b) {
        evidence.add("name", 2.5, || format!("both {} without spaces", join(a)));
        return;
    }
    // The likeness of the least like words: "Western Europe" is not "Eastern
    // Europe" for having Europe in it.
    let is_parallel = a.words.len() == b.words.len();
    let pairs = || a.words.iter().zip(&b.words);
    if is_parallel && pairs().all(|(x, y)| is_variant(x, y)) {
        let worst = pairs().map(|(x, y)| distance(x, y).value).fold(0.0, f64::max);
        evidence.add("name", 1.5 - worst * 10.0, || {
            format!("{} and {} are spelt alike and sound the same", a.key(), b.key())
        });
    } else {
        evidence.add("name", -4.0, || format!("{} is not {}", a.key(), b.key()));
    }
}

/// Whether two words of names of places are spellings of one: there are so many
/// places that in a short word each letter tells.
fn is_variant(x: &Sounded, y: &Sounded) -> bool {
    if x.text == y.text {
        return true;
    }
    let is_word = |word: &Sounded| TABLES.organization_word(&word.text).is_some();
    let letters = x.latin.len().min(y.latin.len());
    let most = (letters.saturating_sub(2) as f64 * 0.02).min(0.12);
    let d = distance(x, y);
    letters >= 5
        && d.value < most
        && d.sounds_same
        && !is_word(x)
        && !is_word(y)
        && !x.latin.contains(|c: char| c.is_ascii_digit())
}
