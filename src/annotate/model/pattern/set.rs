//! Sets of characters.

use unicode_general_category::{GeneralCategory, get_general_category};

/// A class that a pattern names by a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    Digit,
    Word,
    Space,
}

/// A set of characters: ranges and classes, possibly turned round.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Set {
    // Invariant: sorted, without overlap, after `seal`.
    ranges: Vec<(char, char)>,
    // A class and whether it is turned round.
    classes: Vec<(Class, bool)>,
    negated: bool,
    // Which ASCII characters are in the set, after `seal`.
    ascii: u128,
}

impl Set {
    /// The set of one character.
    pub fn single(c: char) -> Self {
        let mut set = Self::default();
        set.add_range(c, c);
        set.seal(false);
        set
    }

    /// The set of a class.
    pub fn class(class: Class, negated: bool) -> Self {
        let mut set = Self::default();
        set.add_class(class, negated);
        set.seal(false);
        set
    }

    /// All characters but the line feed.
    pub fn any() -> Self {
        let mut set = Self::default();
        set.add_range('\n', '\n');
        set.seal(true);
        set
    }

    pub fn add_range(&mut self, from: char, to: char) {
        self.ranges.push((from, to));
    }

    pub fn add_class(&mut self, class: Class, negated: bool) {
        self.classes.push((class, negated));
    }

    /// Makes the set ready for use.
    pub fn seal(&mut self, negated: bool) {
        self.negated = negated;
        self.ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::with_capacity(self.ranges.len());
        for &(from, to) in &self.ranges {
            match merged.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => merged.push((from, to)),
            }
        }
        self.ranges = merged;
        self.ascii = (0u8..128)
            .filter(|c| self.contains_slowly(char::from(*c)))
            .fold(0, |bits, c| bits | 1 << c);
    }

    /// The only character of the set, if it is written as one.
    pub fn only(&self) -> Option<char> {
        match self.ranges.as_slice() {
            [(from, to)] if from == to && self.classes.is_empty() && !self.negated => Some(*from),
            _ => None,
        }
    }

    /// Whether the set has a character.
    pub fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.contains_slowly(c) }
    }

    fn contains_slowly(&self, c: char) -> bool {
        let at = self.ranges.partition_point(|(_, to)| *to < c);
        let found = self.ranges.get(at).is_some_and(|(from, _)| *from <= c)
            || self.classes.iter().any(|(class, negated)| class.contains(c) != *negated);
        found != self.negated
    }
}

impl Class {
    fn contains(self, c: char) -> bool {
        match self {
            Class::Digit => get_general_category(c) == GeneralCategory::DecimalNumber,
            Class::Word => is_python_word(c),
            Class::Space => is_python_space(c),
        }
    }
}

/// Several sets as one: the characters that may begin a match, or occur in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Union {
    sets: Vec<Set>,
}

impl Union {
    pub fn add(&mut self, set: Set) {
        if !self.sets.contains(&set) {
            self.sets.push(set);
        }
    }

    pub fn contains(&self, c: char) -> bool {
        self.sets.iter().any(|set| set.contains(c))
    }

    /// Whether it may have characters outside ASCII.
    pub fn has_others(&self) -> bool {
        self.sets.iter().any(|set| {
            set.negated
                || !set.classes.is_empty()
                || set.ranges.iter().any(|(_, to)| !to.is_ascii())
        })
    }
}

/// Whether Python's `str.isspace` holds of a character.
pub(in super::super) fn is_python_space(c: char) -> bool {
    matches!(
        c,
        '\u{9}'..='\u{D}' | '\u{1C}'..='\u{20}' | '\u{85}' | '\u{A0}' | '\u{1680}'
            | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Whether Python's `\w` matches a character: letters and numbers of all kinds.
fn is_python_word(c: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, OtherNumber,
        TitlecaseLetter, UppercaseLetter,
    };
    c == '_'
        || matches!(
            get_general_category(c),
            UppercaseLetter
                | LowercaseLetter
                | TitlecaseLetter
                | ModifierLetter
                | OtherLetter
                | DecimalNumber
                | LetterNumber
                | OtherNumber
        )
}
