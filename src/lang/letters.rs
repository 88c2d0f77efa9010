//! The second form of a text in Arabic letters: one letter for all its looks.
//!
//! Keyboards, fonts and neighbors write one letter in several ways (Arabic and
//! Urdu yeh, presentation forms), and marks that readers supply stand in some
//! texts and not in others. The form made here is for looking words up and
//! comparing them; the text itself never changes.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Letters that a language writes in one way, and what else stands for them: a
/// table with a letter and its other looks in each row.
#[derive(Debug, Default)]
pub struct Letters {
    // Invariant: sorted by the first.
    map: Vec<(char, char)>,
}

impl Letters {
    /// Loads the table of a language.
    pub fn load(table: &'static str) -> Self {
        let mut map = Vec::new();
        for row in super::rows(table) {
            let to = row.first().and_then(|letter| letter.chars().next());
            let looks = row.get(1).into_iter().flat_map(|looks| looks.split('|'));
            map.extend(looks.filter_map(|look| Some((look.chars().next()?, to?))));
        }
        map.sort_unstable();
        Self { map }
    }

    /// Returns a word with one letter for all its looks, without marks that may
    /// be left out, digits as those of ASCII, Latin letters in lower case.
    pub fn normalize<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            return Cow::Borrowed(word);
        }
        let composed: String = if word.chars().any(|c| is_presentation(c) || is_combining(c)) {
            word.nfkc().collect()
        } else {
            word.to_owned()
        };
        let letters = composed.chars().filter(|c| !is_mark(*c)).flat_map(|c| {
            let c = match self.map.binary_search_by_key(&c, |(from, _)| *from) {
                Ok(at) => self.map.get(at).map_or(c, |(_, to)| *to),
                Err(_) => digit(c).unwrap_or(c),
            };
            c.to_lowercase()
        });
        Cow::Owned(letters.collect())
    }
}

/// The digit of ASCII that a digit of the script stands for.
pub fn digit(c: char) -> Option<char> {
    let offset = match c {
        '\u{660}'..='\u{669}' => c as u32 - 0x660,
        '\u{6F0}'..='\u{6F9}' => c as u32 - 0x6F0,
        _ => return None,
    };
    char::from_digit(offset, 10)
}

/// A letter in the shape that it has at one place of a word.
fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// A mark that makes another letter of the one before it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{653}'..='\u{655}' | '\u{300}'..='\u{36F}')
}

/// Whether a character says nothing that tells words apart: a vowel sign, a
/// stretched line, a joiner, a mark of direction.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{610}'..='\u{61A}'
            | '\u{640}'
            | '\u{64B}'..='\u{652}'
            | '\u{656}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ur;

    #[test]
    fn one_letter_for_all_its_looks() {
        let letters = Letters::load(ur::LETTERS);
        for (shows, word, want) in [
            ("Arabic yeh and kaf", "كراچي", "کراچی"),
            ("Arabic heh", "لاهور", "لاہور"),
            ("teh marbuta", "فاطمة", "فاطمہ"),
            ("heh with yeh above", "جلوۂ", "جلوہ"),
            ("alef with hamza", "أحمد", "احمد"),
            ("alef with madda in two characters", "ا\u{653}صف", "آصف"),
            ("vowel signs", "مُحَمَّد", "محمد"),
            ("superscript alef", "اعلیٰ", "اعلی"),
            ("tatweel and joiners", "پا\u{640}ک\u{200C}ستان", "پاکستان"),
            ("presentation forms", "\u{FEB3}\u{FEE0}\u{FE8E}\u{FEE1}", "سلام"),
            ("digits", "۲۰۲۳ ٤٥", "2023 45"),
            ("capitals", "UNHCR", "unhcr"),
            ("nothing to do", "abc 12", "abc 12"),
        ] {
            let once = letters.normalize(word).into_owned();
            assert_eq!(once, want, "{shows}");
            assert_eq!(letters.normalize(&once), want, "twice: {shows}");
        }
    }
}
