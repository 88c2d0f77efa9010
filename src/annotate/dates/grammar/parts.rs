//! Days, months, years and numbers: the parts of dates.

use super::{Read, Reader, Year};
use crate::annotate::dates::lexicon::{Form, Sense, Unit};
use crate::annotate::dates::words::{Gap, Kind, Lexeme};

impl<'a> Reader<'a> {
    /// A day of a month.
    pub(super) fn day(self, at: usize) -> Read<u8> {
        let lexeme = self.inside(at)?;
        let (day, to) = match lexeme.kind {
            Kind::Number { value, digits } if digits <= 2 => (value, at + 1),
            Kind::Ordinal(value) => (value, at + 1),
            Kind::Word { .. } => self.ordinal_word(at)?,
            _ => return None,
        };
        let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        (!self.is_quantity(to)).then_some((day, to))
    }

    /// Whether what follows makes the number before it a quantity or a time.
    pub(super) fn is_quantity(self, at: usize) -> bool {
        let Some(next) = self.inside(at) else { return false };
        let glued = next.gap == Gap::Nothing;
        match next.kind {
            Kind::Mark('%' | '°') => true,
            Kind::Mark(':') => {
                glued
                    && self.inside(at + 1).is_some_and(|l| {
                        matches!(l.kind, Kind::Number { .. }) && l.gap == Gap::Nothing
                    })
            }
            Kind::Mark('/') => glued,
            Kind::Word { .. } => {
                glued
                    || next.sense(|s| matches!(s, Sense::Hundred(_)).then_some(())).is_some()
                    || (next.is(Sense::CountNoun) && !self.before_is_on(at))
            }
            _ => false,
        }
    }

    pub(super) fn before_is_on(self, at: usize) -> bool {
        // "on December 12 people gathered": the month stands two back.
        at.checked_sub(3).is_some_and(|on| self.word(on).eq_ignore_ascii_case("on"))
    }

    pub(super) fn ordinal_word(self, at: usize) -> Read<u32> {
        let ordinal = |at: usize| {
            self.sense(at, |s| match s {
                Sense::Ordinal(n) => Some(u32::from(n)),
                _ => None,
            })
        };
        if let Some(number) = ordinal(at) {
            return Some((number, at + 1));
        }
        let tens = self.tens(at)?;
        let next = at + 1 + usize::from(self.inside(at + 1).is_some_and(Lexeme::is_dash));
        self.inside(next)?;
        ordinal(next).filter(|n| *n < 10).map(|n| (tens + n, next + 1))
    }

    pub(super) fn tens(self, at: usize) -> Option<u32> {
        self.sense(at, |s| match s {
            Sense::Tens(n) => Some(n),
            _ => None,
        })
    }

    /// A number up to the thousands, in digits or words.
    pub(super) fn number(self, at: usize) -> Read<u32> {
        let lexeme = self.inside_or_first(at)?;
        if let Kind::Number { value, .. } = lexeme.kind {
            return (value < 10_000).then_some((value, at + 1));
        }
        let small = |at: usize| {
            self.sense(at, |s| match s {
                Sense::Number(n) => Some(n),
                _ => None,
            })
        };
        let (mut number, mut to) = if let Some(tens) = self.tens(at) {
            let next = at + 1 + usize::from(self.inside(at + 1).is_some_and(Lexeme::is_dash));
            match self.inside(next).and_then(|_| small(next)).filter(|n| *n < 10) {
                Some(unit) => (tens + unit, next + 1),
                None => (tens, at + 1),
            }
        } else {
            (small(at)?, at + 1)
        };
        while let Some(times) = self.inside(to).and_then(|l| {
            l.sense(|s| match s {
                Sense::Hundred(n) => Some(n),
                _ => None,
            })
        }) {
            number = number.saturating_mul(times);
            to += 1;
        }
        Some((number, to))
    }

    pub(super) fn inside_or_first(self, at: usize) -> Option<&'a Lexeme> {
        self.lexemes.get(at)
    }

    /// A month's name with its full stop, and how much it says alone.
    pub(super) fn month(self, at: usize) -> Read<(u8, Form)> {
        let lexeme = self.lexemes.get(at).filter(|l| l.is_capital())?;
        let month = lexeme.sense(|s| match s {
            Sense::Month { number, form } => Some((number, form)),
            _ => None,
        })?;
        let dot = month.1 == Form::Short || self.is_number(at + 2);
        let dot =
            dot && self.inside(at + 1).is_some_and(|l| l.is_mark('.') && l.gap == Gap::Nothing);
        Some((month, at + 1 + usize::from(dot)))
    }

    pub(super) fn is_number(self, at: usize) -> bool {
        self.inside(at).is_some_and(|l| matches!(l.kind, Kind::Number { .. } | Kind::Ordinal(_)))
    }

    pub(super) fn weekday(self, at: usize) -> Read<(i8, Form)> {
        let lexeme = self.lexemes.get(at).filter(|l| l.is_capital())?;
        let weekday = lexeme.sense(|s| match s {
            Sense::Weekday { number, form } => Some((number, form)),
            _ => None,
        })?;
        let dot = weekday.1 == Form::Short
            && self.inside(at + 1).is_some_and(|l| l.is_mark('.') && l.gap == Gap::Nothing);
        Some((weekday, at + 1 + usize::from(dot)))
    }

    /// A year behind a month or day, in digits or words.
    pub(super) fn year(self, at: usize) -> Read<i16> {
        let lexeme = self.inside_or_first(at)?;
        match lexeme.kind {
            Kind::Number { value, digits: 4 } if (1000..=2999).contains(&value) => {
                let glued = self.inside(at + 1).is_some_and(|l| {
                    l.gap == Gap::Nothing && (l.is_word() || matches!(l.kind, Kind::Mark('%')))
                });
                (!glued).then_some((value as i16, at + 1))
            }
            // "'71"; the clitic of "of '71" cannot be told from a mark.
            Kind::Mark('\'' | '’' | '‘') => match self.inside(at + 1)?.kind {
                Kind::Number { value, digits: 2 } if !self.has_gap(at + 1) => {
                    let century = if value <= 30 { 2000 } else { 1900 };
                    Some((century + value as i16, at + 2))
                }
                _ => None,
            },
            Kind::Word { .. } => self.year_in_words(at),
            _ => None,
        }
    }

    /// "nineteen ninety-six", "twenty twenty-three", "two thousand and four".
    pub(super) fn year_in_words(self, at: usize) -> Read<i16> {
        let small = |at: usize, low: u32, high: u32| {
            self.sense(at, |s| match s {
                Sense::Number(n) if low <= n && n <= high => Some(n),
                _ => None,
            })
        };
        if let Some(century) = small(at, 16, 19) {
            self.inside(at + 1).filter(|_| self.tens(at + 1).is_some())?;
            let (year, to) = self.number(at + 1)?;
            return (year < 100).then_some(((century * 100 + year) as i16, to));
        }
        if self.tens(at) == Some(20) && self.inside(at + 1).is_some() {
            let (year, to) = self.number(at + 1)?;
            let spoken = self.lexemes.get(at + 1)?.is_word();
            return (spoken && (10..100).contains(&year)).then_some(((2000 + year) as i16, to));
        }
        let thousand = small(at, 2, 2).is_some() && self.is(at + 1, Sense::Hundred(1000));
        if !thousand {
            return None;
        }
        let next = at + 2 + usize::from(self.is(at + 2, Sense::And));
        match self.inside(next).filter(|l| l.is_word()).and_then(|_| self.number(next)) {
            Some((year, to)) if year < 100 => Some(((2000 + year) as i16, to)),
            _ => Some((2000, at + 2)),
        }
    }

    /// "last year", "this year", "next year" behind a month.
    pub(super) fn current_year(self, at: usize) -> Read<Year> {
        self.inside(at)?;
        let at = at + usize::from(self.is(at, Sense::Of));
        let the = usize::from(self.is(at, Sense::The));
        let which = self.inside(at + the)?;
        let current = which.sense(|s| match s {
            Sense::Which(n) if the == 0 => Some(Year::Current(n)),
            _ => None,
        });
        let last = || {
            which.sense(|s| match s {
                Sense::That(n) => Some(Year::Last(n)),
                _ => None,
            })
        };
        let year = current.or_else(last)?;
        self.is(at + the + 1, Sense::Unit(Unit::Year)).then_some((year, at + the + 2))
    }
}
