//! How far two words of a name lie apart, by spelling and by sound.
//!
//! The distance is a weighted edit distance (Wagner and Fischer 1974, with
//! transpositions after Damerau 1964) whose cheap steps are the variants that
//! names really come in (`spelling.csv`), scaled by the length of the words. Two
//! words that sound the same by Double Metaphone (Philips 2000) lie nearer.

use std::sync::LazyLock;

use rphonetic::DoubleMetaphone;

use crate::lang::sounds::{self, Abjad};

use super::fold::{is_abjad, is_syllabic, latin};
use super::tables::{Confusion, Place, TABLES};

static METAPHONE: LazyLock<DoubleMetaphone> = LazyLock::new(|| DoubleMetaphone::new(Some(6)));

/// Words as far apart as this have nothing in common.
pub(super) const FAR: f64 = 1.0;

/// How two words lie to each other.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Distance {
    /// 0 for the same word, [`FAR`] or more for words without likeness.
    pub value: f64,
    /// Whether they sound the same.
    pub sounds_same: bool,
}

/// A word with its sound, made ready for comparing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sounded {
    /// The folded word.
    pub text: String,
    /// The word in Latin letters.
    pub latin: String,
    /// Its Double Metaphone codes.
    pub codes: [String; 2],
    /// The word by its letters, if they leave out vowels.
    pub abjad: Option<Abjad>,
}

impl Sounded {
    /// Makes a folded word ready.
    pub fn new(text: &str) -> Self {
        let latin = latin(text);
        let codes = sound(&latin);
        let abjad = is_abjad(text).then(|| Abjad::new(text));
        Self { text: text.to_owned(), latin, codes, abjad }
    }

    /// Whether one of the codes is one of the other's.
    pub fn sounds_like(&self, other: &Self) -> bool {
        self.codes.iter().any(|code| !code.is_empty() && other.codes.contains(code))
    }
}

/// Returns the two Double Metaphone codes of a word in Latin letters.
pub(super) fn sound(latin: &str) -> [String; 2] {
    let result = METAPHONE.double_metaphone(latin);
    [result.primary(), result.alternate()]
}

/// Returns how far two words lie apart.
pub(super) fn distance(a: &Sounded, b: &Sounded) -> Distance {
    if a.text == b.text {
        return Distance { value: 0.0, sounds_same: true };
    }
    if let Some(distance) = across(a, b).or_else(|| across(b, a)) {
        return distance;
    }
    let (foreign_a, foreign_b) = (!a.text.is_ascii(), !b.text.is_ascii());
    if foreign_a && foreign_b {
        let (x, y): (Vec<_>, Vec<_>) = (a.text.chars().collect(), b.text.chars().collect());
        if is_syllabic(&a.text) || is_syllabic(&b.text) {
            // Another syllable is another name.
            let edits = strsim::generic_levenshtein(&x, &y) as f64;
            return Distance {
                value: edits * 1.5 / x.len().max(y.len()) as f64,
                sounds_same: false,
            };
        }
        if is_abjad(&a.text) == is_abjad(&b.text) {
            let edits = strsim::generic_damerau_levenshtein(&x, &y) as f64;
            return Distance { value: edits / x.len().max(y.len()) as f64, sounds_same: false };
        }
    }
    let sounds_same = a.sounds_like(b);
    let vowels = if is_abjad(&a.text) == is_abjad(&b.text) { 0.7 } else { 0.15 };
    let (x, y): (Vec<_>, Vec<_>) = (a.latin.chars().collect(), b.latin.chars().collect());
    let longest = x.len().max(y.len());
    if longest == 0 || x.is_empty() || y.is_empty() {
        return Distance { value: FAR, sounds_same: false };
    }
    // Not worth the table when a bound on the result is already far.
    if x.len().abs_diff(y.len()) as f64 * 0.3 > 0.6 * longest as f64 {
        return Distance { value: FAR, sounds_same };
    }
    let edits = edits(&x, &y, vowels, 0.7 * longest as f64);
    let mut value = edits / longest as f64;
    if sounds_same {
        value *= 0.8;
    }
    Distance { value: value.min(FAR), sounds_same }
}

/// The distance of a word in letters that leave out vowels and one in Latin
/// letters.
fn across(abjad: &Sounded, latin: &Sounded) -> Option<Distance> {
    let word = abjad.abjad.as_ref()?;
    if !latin.text.is_ascii() || latin.text.is_empty() {
        return None;
    }
    let share = sounds::share(word, &latin.text);
    let mut before = (f64::INFINITY, 0.0);
    for point in ACROSS {
        if share >= point.0 {
            let width = before.0 - point.0;
            let part = if width.is_finite() { (before.0 - share) / width } else { 0.0 };
            let value = before.1 + (point.1 - before.1) * part;
            return Some(Distance { value, sounds_same: value < 0.1 });
        }
        before = point;
    }
    Some(Distance { value: FAR, sounds_same: false })
}

/// From the share of the evidence that two words of different scripts can have
/// to their distance: points between which lines are drawn. Of a hundred names
/// that are another's, the likeliest reaches a share of 0.1.
const ACROSS: [(f64, f64); 8] = [
    (0.55, 0.03),
    (0.45, 0.05),
    (0.3, 0.12),
    (0.2, 0.19),
    (0.1, 0.24),
    (0.0, 0.32),
    (-0.2, 0.46),
    (-1.0, 0.9),
];

/// The weighted edit distance, in letters; beyond `limit` it is only known to be
/// larger.
fn edits(a: &[char], b: &[char], vowel: f64, limit: f64) -> f64 {
    let width = b.len() + 1;
    let mut cost = vec![f64::INFINITY; (a.len() + 1) * width];
    if let Some(first) = cost.first_mut() {
        *first = 0.0;
    }
    // Forward steps: each cell is final when it is reached.
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let Some(&here) = cost.get(i * width + j) else { continue };
            if here > limit {
                continue;
            }
            let mut relax = |i: usize, j: usize, by: f64| {
                if let Some(cell) = cost.get_mut(i * width + j) {
                    *cell = cell.min(here + by);
                }
            };
            let (x, y) = (a.get(i).copied(), b.get(j).copied());
            // A wrong first letter weighs more.
            let first = if i == 0 && j == 0 { 0.25 } else { 0.0 };
            if let Some(x) = x {
                relax(i + 1, j, gap(a, i, x, vowel) + first);
            }
            if let Some(y) = y {
                relax(i, j + 1, gap(b, j, y, vowel) + first);
            }
            let mut rules: &[Confusion] = &[];
            if let (Some(x), Some(y)) = (x, y) {
                let by = if x == y { 0.0 } else { substitution(x, y, vowel) + first };
                relax(i + 1, j + 1, by);
                if x != y && a.get(i + 1) == Some(&y) && b.get(j + 1) == Some(&x) {
                    relax(i + 2, j + 2, 0.7 + first);
                }
                rules = TABLES.confusions(x, y);
            }
            for rule in rules.iter().chain(TABLES.omissions()) {
                let (end_a, end_b) = (i + rule.a.len(), j + rule.b.len());
                let fits = match rule.at {
                    Place::Any => true,
                    Place::Start => i == 0 && j == 0,
                    Place::End => end_a == a.len() && end_b == b.len(),
                };
                if fits
                    && a.get(i..end_a) == Some(rule.a.as_slice())
                    && b.get(j..end_b) == Some(rule.b.as_slice())
                {
                    relax(end_a, end_b, rule.cost);
                }
            }
        }
    }
    cost.last().copied().unwrap_or(f64::INFINITY)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// What it costs to leave out the letter at `i`.
fn gap(word: &[char], i: usize, c: char, vowel: f64) -> f64 {
    let before = i.checked_sub(1).and_then(|i| word.get(i)).copied();
    if before == Some(c) {
        0.15
    } else if is_vowel(c) {
        vowel
    } else if c == 'h' && before.is_some() {
        0.4
    } else {
        1.0
    }
}

fn substitution(x: char, y: char, vowel: f64) -> f64 {
    // Digits that machine reading puts for letters.
    const LOOKALIKES: [(char, char); 7] =
        [('0', 'o'), ('1', 'i'), ('1', 'l'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('8', 'b')];
    if is_vowel(x) && is_vowel(y) {
        vowel.min(0.6)
    } else if LOOKALIKES.contains(&(x.min(y), x.max(y))) {
        0.1
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_lie_nearer_than_other_names() {
        // A variant, and another name that plain edit distance finds as near.
        let rows = [
            ("horst", "hurst", "hunt"),
            ("mahmood", "mahmoud", "mahbub"),
            ("ivanov", "ivanoff", "ivanova"),
            ("kareem", "karim", "karam"),
            ("qasim", "kasim", "nasim"),
            ("lavrov", "lavrow", "lavrik"),
            ("zelensky", "zelenskyy", "zelenak"),
            ("petrovich", "petrovitch", "petrovsky"),
            ("mueller", "muller", "miller"),
            ("sara", "sarah", "saray"),
            ("merkel", "merke1", "merker"),
        ];
        for (name, variant, other) in rows {
            let near = distance(&Sounded::new(name), &Sounded::new(variant)).value;
            let far = distance(&Sounded::new(name), &Sounded::new(other)).value;
            assert!(near < 0.1, "{name} {variant} {near}");
            assert!(near < far, "{name}: {variant} {near} against {other} {far}");
        }
    }

    #[test]
    fn distance_has_no_direction() {
        let words = [
            "horst",
            "hurst",
            "abdulaziz",
            "abdelaziz",
            "x",
            "",
            "مودي",
            "習近平",
            "putin",
            "путин",
        ];
        for a in words {
            for b in words {
                let (x, y) = (Sounded::new(a), Sounded::new(b));
                assert!((distance(&x, &y).value - distance(&y, &x).value).abs() < 1e-9, "{a} {b}");
            }
        }
    }
}
