//! How far a word in Arabic letters and one in Latin letters are one name.
//!
//! Arabic letters leave short vowels out and have several letters for a sound, so
//! that no spelling in Latin letters is the right one. What is weighed instead
//! is each way to cut the two words into pieces that stand for one another
//! (`sounds.tsv`, learnt from pairs of names by `scripts/derive_sounds.py`); the
//! best way counts. Its weight is a log-likelihood ratio: how much likelier the
//! two are as one name than as two words picked at random.

use std::sync::LazyLock;

use super::ur;

static SOUNDS: LazyLock<Sounds> = LazyLock::new(Sounds::load);

/// Letters of a word beyond this many are not compared.
const MAX_LETTERS: usize = 32;
/// What a letter with no counterpart costs where the table does not say.
const SKIPPED: i32 = -3600;
/// The edges of a word, as letters of either side.
const EDGES: [char; 2] = ['^', '$'];

/// A piece of the two sides and what it weighs.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// The Latin letters, from 1, zeros behind them.
    latin: [u8; 3],
    /// How many they are.
    length: u8,
    weight: i32,
}

/// The table, by the letters of the Arabic side.
struct Sounds {
    /// The Arabic letters that the table knows, sorted.
    letters: Vec<char>,
    /// By letter and second letter (0 for none); the first list is of pieces
    /// that have nothing on the Arabic side.
    units: Vec<Vec<Unit>>,
}

/// A word in Arabic letters, made ready.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Abjad {
    letters: Vec<u8>,
    /// The word without "ال" in front, if there is enough behind it.
    without_article: Option<Vec<u8>>,
}

/// A word in Latin letters, made ready.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Latin(Vec<u8>);

impl Sounds {
    fn load() -> Self {
        let rows: Vec<(&str, &str, i32)> = ur::SOUNDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (arabic, latin) = (fields.next()?, fields.next()?);
                Some((arabic, latin, fields.next()?.parse().ok()?))
            })
            .collect();
        let mut letters: Vec<char> = rows.iter().flat_map(|(a, ..)| a.chars()).collect();
        letters.sort_unstable();
        letters.dedup();
        let mut sounds = Self { letters, units: Vec::new() };
        let side = sounds.letters.len() + 1;
        sounds.units = vec![Vec::new(); side * side];
        for (arabic, latin, weight) in rows {
            let mut word = [0; 3];
            for (to, c) in word.iter_mut().zip(latin.chars()) {
                *to = latin_letter(c).unwrap_or(0);
            }
            let mut arabic = arabic.chars().map(|c| sounds.letter(c));
            let (first, second) = (arabic.next().unwrap_or(0), arabic.next().unwrap_or(0));
            let length = latin.len() as u8;
            if let Some(units) = sounds.units.get_mut(first as usize * side + second as usize) {
                units.push(Unit { latin: word, length, weight });
            }
        }
        sounds
    }

    /// The number of an Arabic letter; 255 for one that the table does not know.
    fn letter(&self, c: char) -> u8 {
        self.letters.binary_search(&c).map_or(255, |at| at as u8 + 1)
    }

    fn units(&self, first: u8, second: u8) -> &[Unit] {
        let side = self.letters.len() + 1;
        self.units.get(first as usize * side + second as usize).map_or(&[], Vec::as_slice)
    }

    /// The weight of the best way to cut the two.
    fn weigh(&self, a: &[u8], b: &[u8]) -> i32 {
        let width = b.len() + 1;
        let mut best = vec![i32::MIN / 2; (a.len() + 1) * width];
        if let Some(first) = best.first_mut() {
            *first = 0;
        }
        for i in 0..=a.len() {
            let (x, y) = (a.get(i).copied(), a.get(i + 1).copied());
            let pieces = [
                (0, self.units(0, 0)),
                (1, x.map_or(&[][..], |x| self.units(x, 0))),
                (2, x.zip(y).map_or(&[][..], |(x, y)| self.units(x, y))),
            ];
            for j in 0..=b.len() {
                let Some(&here) = best.get(i * width + j) else { continue };
                if here == i32::MIN / 2 {
                    continue;
                }
                let mut relax = |i: usize, j: usize, by: i32| {
                    if let Some(cell) = best.get_mut(i * width + j) {
                        *cell = (*cell).max(here + by);
                    }
                };
                let rest = b.get(j..).unwrap_or(&[]);
                for (step, units) in pieces {
                    for unit in units {
                        let length = unit.length as usize;
                        if unit.latin.get(..length).is_some_and(|latin| rest.starts_with(latin)) {
                            relax(i + step, j + length, unit.weight);
                        }
                    }
                }
                if i < a.len() {
                    relax(i + 1, j, SKIPPED);
                }
                if !rest.is_empty() {
                    relax(i, j + 1, SKIPPED);
                }
            }
        }
        best.last().copied().unwrap_or(i32::MIN / 2)
    }

    /// The most that a word in Arabic letters can weigh with any other.
    fn most(&self, a: &[u8]) -> i32 {
        let top = |units: &[Unit]| units.iter().map(|unit| unit.weight).max();
        let mut best = vec![i32::MIN / 2; a.len() + 1];
        if let Some(first) = best.first_mut() {
            *first = 0;
        }
        for i in 0..a.len() {
            let here = best.get(i).copied().unwrap_or(0);
            let (Some(&x), y) = (a.get(i), a.get(i + 1)) else { break };
            let one = top(self.units(x, 0)).unwrap_or(SKIPPED);
            let two = y.and_then(|&y| top(self.units(x, y))).unwrap_or(i32::MIN / 4);
            for (step, by) in [(1, one), (2, two)] {
                if let Some(cell) = best.get_mut(i + step) {
                    *cell = (*cell).max(here + by);
                }
            }
        }
        best.last().copied().unwrap_or(0)
    }
}

fn latin_letter(c: char) -> Option<u8> {
    match c {
        'a'..='z' => Some(c as u8 - b'a' + 1),
        '^' => Some(27),
        '$' => Some(28),
        _ => None,
    }
}

impl Abjad {
    /// Makes a folded word in Arabic letters ready.
    pub fn new(word: &str) -> Self {
        let word = ur::normalize(word);
        let edged = |word: &str| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS);
            let [start, end] = EDGES;
            let edged = [start].into_iter().chain(letters).chain([end]);
            edged.map(|c| SOUNDS.letter(c)).collect::<Vec<u8>>()
        };
        let rest = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3);
        Self { without_article: rest.map(edged), letters: edged(&word) }
    }
}

impl Latin {
    /// Makes a word in Latin letters without accents ready.
    pub fn new(word: &str) -> Self {
        let letters = word.chars().map(|c| c.to_ascii_lowercase()).filter(char::is_ascii_lowercase);
        let [start, end] = EDGES;
        let edged = [start].into_iter().chain(letters.take(MAX_LETTERS)).chain([end]);
        Self(edged.filter_map(latin_letter).collect())
    }
}

/// The share of the most evidence that the first word can have for being another
/// that there is for its being this one. The Arabic article in front of it is
/// one only if the other word has none.
pub fn share(abjad: &Abjad, latin: &str) -> f64 {
    let latin = Latin::new(latin);
    let share = |letters: &[u8]| {
        f64::from(SOUNDS.weigh(letters, &latin.0)) / f64::from(SOUNDS.most(letters).max(1))
    };
    let whole = share(&abjad.letters);
    match &abjad.without_article {
        Some(rest) => whole.max(share(rest)),
        None => whole,
    }
}

/// Returns the first two consonants of a word in either script, by their sound:
/// names that are one share them nearly always, so that they can be found among
/// many.
pub fn skeleton(word: &str) -> String {
    const MOST: usize = 2;
    let letters: Vec<char> = ur::normalize(word).chars().collect();
    let mut skeleton = String::new();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let is_first = at == 0;
        let (sound, length) = match (c, next) {
            // "Christina", "Chloe"
            ('c', 'h') if matches!(letters.get(at + 2), Some('r' | 'l')) => ('k', 2),
            ('s' | 'c', 'h') => ('S', 2),
            ('p', 'h') => ('f', 2),
            ('t' | 'd' | 'b' | 'r' | 'j' | 'k' | 'g', 'h') | ('c', 'k') => (plain(c), 2),
            ('c' | 'g', 'e' | 'i' | 'y') => (if c == 'c' { 's' } else { 'J' }, 1),
            ('k', 'n') | ('w', 'r') if is_first => (plain(next), 2),
            _ => (plain(c), 1),
        };
        at += length;
        let is_weak = matches!(sound, 'h' | 'w' | 'y' | ' ');
        if is_first && is_weak && sound == ' ' {
            skeleton.push('@');
        }
        if (is_weak && (!is_first || sound == ' ')) || skeleton.ends_with(sound) {
            continue;
        }
        skeleton.push(sound);
        if skeleton.chars().filter(|c| *c != '@').count() >= MOST {
            break;
        }
    }
    skeleton
}

/// The class of sounds that a letter of either script is of; a blank for a vowel.
fn plain(c: char) -> char {
    match c {
        'ب' | 'b' => 'b',
        'پ' | 'p' => 'p',
        'ت' | 'ط' | 'ٹ' | 't' => 't',
        'ث' | 'س' | 'ص' | 'ذ' | 'ز' | 'ض' | 'ظ' | 's' | 'z' => 's',
        'ج' | 'ژ' | 'j' => 'J',
        'چ' | 'ش' => 'S',
        'خ' | 'ق' | 'ک' | 'k' | 'q' | 'x' | 'c' => 'k',
        'د' | 'ڈ' | 'd' => 'd',
        'ر' | 'ڑ' | 'r' => 'r',
        'غ' | 'گ' | 'g' => 'g',
        'ف' | 'f' => 'f',
        'ل' | 'l' => 'l',
        'م' | 'm' => 'm',
        'ن' | 'ں' | 'n' => 'n',
        'ح' | 'ہ' | 'ھ' | 'h' => 'h',
        'و' | 'v' | 'w' => 'w',
        'ی' | 'y' => 'y',
        _ => ' ',
    }
}

/// Returns how much speaks for a name in Arabic letters and one in Latin letters
/// being one, as a log-likelihood ratio over whole names without spaces: above 0
/// they are likelier one name than two picked at random.
pub fn alike(abjad: &str, latin: &str) -> f64 {
    let latin: String = deunicode::deunicode(latin);
    f64::from(SOUNDS.weigh(&Abjad::new(abjad).letters, &Latin::new(&latin).0)) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_nearer_to_itself_than_to_another() {
        for (shows, abjad, itself, other) in [
            ("vowels are left out", "کرشن", "krishan", "kiran"),
            ("letters for one sound", "صالح", "saleh", "salman"),
            ("an English name", "رابرٹ", "robert", "roberta"),
            ("aspirates", "بھٹو", "bhutto", "batool"),
            ("long vowels", "کوفی", "kofi", "kafka"),
            ("the article", "القاسم", "qasim", "kazim"),
        ] {
            let (word, with) = (Abjad::new(abjad), |latin| share(&Abjad::new(abjad), latin));
            assert!(with(itself) > with(other), "{shows}: {abjad}");
            assert!(share(&word, itself) > 0.1, "{shows}: {}", share(&word, itself));
            assert!(alike(abjad, "xylophone") < 0.0, "{shows}");
        }
    }

    #[test]
    fn one_name_has_one_skeleton() {
        for (abjad, latin) in [
            ("رابرٹ", "robert"),
            ("شہباز", "shahbaz"),
            ("کرسٹینا", "christina"),
            ("انتونیو", "antonio"),
            ("جورج", "george"),
            ("فلپ", "philip"),
            ("خالد", "khalid"),
        ] {
            assert_eq!(skeleton(abjad), skeleton(latin), "{abjad} {latin}");
        }
    }

    #[test]
    fn anything_can_be_weighed() {
        for abjad in ["", "ا", "۱۲۳", "ـــ", "پشتو ټ", &"ب".repeat(500)] {
            for latin in ["", "a", "ß", "123", &"b".repeat(500)] {
                assert!(alike(abjad, latin).is_finite(), "{abjad} {latin}");
            }
        }
    }
}
