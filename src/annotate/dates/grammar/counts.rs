//! Counts of units, and years that stand alone.

use super::{Expression, Read, Reader, year_of};
use crate::annotate::dates::lexicon::{Sense, Unit};
use crate::annotate::dates::words::{Gap, Kind, Lexeme};

impl Reader<'_> {
    /// "two days ago", "a day earlier", "in three weeks", "two-day".
    pub(super) fn counted(self, at: usize) -> Read<Expression> {
        let lexeme = self.lexemes.get(at)?;
        // "year-ago", "year-earlier"
        if let Some(unit) = self.unit_first(at).filter(|_| !self.is_plural(at)) {
            self.inside(at + 1).filter(|l| l.is_dash() && l.gap == Gap::Nothing)?;
            let behind = self.inside(at + 2).filter(|l| l.gap == Gap::Nothing)?;
            return (behind.is(Sense::Back) || behind.is(Sense::Forth(-1)))
                .then_some((Expression::Away { unit, count: Some(1), sign: -1 }, at + 3));
        }
        let article = lexeme.is(Sense::A) && !lexeme.is(Sense::Number(1));
        let (count, mut next) = if article {
            let vague = self.is(at + 1, Sense::Vague);
            if vague {
                let of = usize::from(self.is(at + 2, Sense::Of));
                let couple = self.word(at + 1).eq_ignore_ascii_case("couple");
                (couple.then_some(2), at + 2 + of)
            } else {
                (Some(1), at + 1)
            }
        } else if let Some((count, to)) = self.number(at).filter(|(count, _)| *count < 1000) {
            (Some(count), to)
        } else if lexeme.is(Sense::Vague) {
            (None, at + 1)
        } else {
            return None;
        };
        next = self.second_count(next).unwrap_or(next);
        let (mut half, behind) = self.half(next);
        next = behind;
        let hyphen = self.inside(next).is_some_and(Lexeme::is_dash);
        next += usize::from(hyphen);
        if hyphen && self.has_gap(next) {
            return None;
        }
        let unit = self.unit(next)?;
        let mut to = next + 1;
        if !half {
            (half, to) = self.half(to);
        }
        // Half a unit is counted in smaller ones.
        let (count, unit) = match (half, unit) {
            (true, Unit::Year) => (count.map(|n| n * 12 + 6), Unit::Month),
            (true, Unit::Decade) => (count.map(|n| n * 10 + 5), Unit::Year),
            (true, Unit::Week) => (count.map(|n| n * 7 + 3), Unit::Day),
            (true, Unit::Month) => (count.map(|n| n * 30 + 15), Unit::Day),
            (true, _) => return None,
            (false, unit) => (count, unit),
        };
        if unit == Unit::Quarter && article {
            return None;
        }
        let behind = self.inside(to);
        if behind.is_some_and(|l| l.is(Sense::Back)) {
            return Some((Expression::Away { unit, count, sign: -1 }, to + 1));
        }
        if let Some(sign) = behind.and_then(|l| {
            l.sense(|s| match s {
                Sense::Forth(n) => Some(n),
                _ => None,
            })
        }) {
            let alone = matches!(
                self.word(to).to_ascii_lowercase().as_str(),
                "earlier" | "later" | "previously"
            );
            if alone || self.ends_clause(to + 1) {
                return Some((Expression::FromLast { unit, count, sign }, to + 1));
            }
        }
        if behind.is_some_and(|l| l.is(Sense::From)) && self.is(to + 1, Sense::Hence) {
            return Some((Expression::Away { unit, count, sign: 1 }, to + 2));
        }
        // "72-year-old", "72 years old"
        let old = to + usize::from(behind.is_some_and(Lexeme::is_dash));
        if matches!(self.word(old).to_ascii_lowercase().as_str(), "old" | "olds") {
            return None;
        }
        let count = count.filter(|count| *count < 10_000)?;
        if article && !hyphen && !self.before_is_length(at) {
            return None;
        }
        // "three-quarters" is a share.
        if matches!(unit, Unit::Quarter | Unit::Weekend) {
            return None;
        }
        Some((Expression::Duration(count.saturating_mul(unit.days())), to))
    }

    /// "and a half", "1/2".
    pub(super) fn half(self, at: usize) -> (bool, usize) {
        if self.is(at, Sense::And) && self.is(at + 1, Sense::A) && self.is(at + 2, Sense::Half) {
            return (true, at + 3);
        }
        let one = |at: usize, n: u32| {
            self.inside(at)
                .is_some_and(|l| matches!(l.kind, Kind::Number { value, .. } if value == n))
        };
        if one(at, 1) && self.inside(at + 1).is_some_and(|l| l.is_mark('/')) && one(at + 2, 2) {
            return (true, at + 3);
        }
        let sign = self.inside(at).is_some_and(|l| l.is_mark('½'));
        (sign, at + usize::from(sign))
    }

    pub(super) fn unit_first(self, at: usize) -> Option<Unit> {
        self.lexemes.get(at)?.sense(|s| match s {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Whether "a week" behind this word is a length and not a rate.
    pub(super) fn before_is_length(self, at: usize) -> bool {
        self.before(at).is_some_and(|l| {
            let word = self.text.get(l.start..l.end).unwrap_or("").to_ascii_lowercase();
            matches!(
                word.as_str(),
                "for"
                    | "in"
                    | "within"
                    | "over"
                    | "after"
                    | "than"
                    | "about"
                    | "nearly"
                    | "almost"
                    | "during"
                    | "lasted"
                    | "took"
                    | "of"
            )
        })
    }

    /// "2024", "2019-2021", "from 2019 to 2021", "fiscal 2023".
    pub(super) fn year_alone(self, at: usize) -> Read<Expression> {
        let lexeme = self.lexemes.get(at)?;
        if lexeme.is(Sense::Fiscal) {
            let next = at + 1 + usize::from(self.is(at + 1, Sense::Unit(Unit::Year)));
            self.inside(next)?;
            let (year, to) = self.year(next)?;
            return Some((year_of(year), to));
        }
        let the = at + usize::from(lexeme.is(Sense::The));
        if self.inside_or_first(the)?.is(Sense::Unit(Unit::Year)) && !self.is_plural(the) {
            self.inside(the + 1)?;
            let (year, to) = self.year(the + 1)?;
            return Some((year_of(year), to));
        }
        let (first, to) = match lexeme.kind {
            Kind::Number { digits: 4, .. } => self.year(at).filter(|_| self.is_year(at))?,
            Kind::Word { .. } => self.year_in_words(at)?,
            Kind::Mark(_)
                if self.before_is_temporal(at)
                    || self.before(at).is_some_and(|l| l.is(Sense::Of)) =>
            {
                self.year(at)?
            }
            _ => return None,
        };
        if let Some(next) = self
            .joint(at, to)
            .or_else(|| self.inside(to).filter(|l| l.is_mark('/')).map(|_| to + 1))
            && let Some((last, end)) = self.second_year(first, to, next)
        {
            return Some((Expression::Years(first, last), end));
        }
        Some((year_of(first), to))
    }

    /// The second year of a range: four digits, or two behind a dash.
    pub(super) fn second_year(self, first: i16, joint: usize, at: usize) -> Read<i16> {
        let lexeme = self.inside(at)?;
        let last = match lexeme.kind {
            Kind::Number { value, digits: 4 } if value <= 2100 => value as i16,
            Kind::Number { value, digits: 2 }
                if self.inside(joint).is_some_and(|l| l.is_dash() || l.is_mark('/'))
                    && !self.has_gap(at) =>
            {
                first / 100 * 100 + value as i16
            }
            _ => return None,
        };
        // "1914-18" grows, "2019-12" may be a month, "1990-5" is none.
        (first < last && last - first < 1000 && !self.is_quantity(at + 1)).then_some((last, at + 1))
    }

    /// Whether a number of four digits is a year and not a count or a name.
    pub(super) fn is_year(self, at: usize) -> bool {
        let Some(Lexeme { kind: Kind::Number { value, .. }, .. }) = self.lexemes.get(at) else {
            return false;
        };
        if !(1000..=2100).contains(value) {
            return false;
        }
        let before = self.before(at);
        // "reigned 1715–1774", "over 2000–2050"
        let ranged = self.inside(at + 1).is_some_and(Lexeme::is_dash)
            && matches!(
                self.inside(at + 2).map(|l| l.kind),
                Some(Kind::Number { digits: 2 | 4, .. })
            );
        if !ranged
            && before
                .is_some_and(|l| l.is(Sense::NotYear) && !l.is(Sense::BeforeDate { strong: true }))
        {
            return false;
        }
        // "28 U.S.C. 1253"
        let initial = before.is_some_and(|l| l.is_mark('.'))
            && at
                .checked_sub(2)
                .and_then(|at| self.lexemes.get(at))
                .is_some_and(|l| l.is_capital() && l.end - l.start == 1);
        if initial
            || before.is_some_and(|l| {
                matches!(
                    l.kind,
                    Kind::Mark('$' | '€' | '£' | '¥' | '₹' | '#' | '№' | '+' | '=' | '×')
                )
            })
        {
            return false;
        }
        let strong = before.is_some_and(|l| l.is(Sense::BeforeDate { strong: true }));
        let bracket = before.is_some_and(|l| l.is_mark('(') || l.is_mark('['));
        if let Some(next) = self.inside(at + 1) {
            let glued = next.gap == Gap::Nothing;
            let letters = next.is_word()
                || matches!(next.kind, Kind::Number { .. } | Kind::Mark('%' | '°' | '@'));
            if glued && letters {
                return false;
            }
            if next.is(Sense::CountNoun)
                || next
                    .sense(|s| matches!(s, Sense::Hundred(_) | Sense::Clock).then_some(()))
                    .is_some()
            {
                return false;
            }
            if matches!(next.kind, Kind::Mark('%'))
                || (self.unit(at + 1).is_some() && self.is_plural(at + 1))
            {
                return false;
            }
            let counted = next.is_word()
                && !next.is_capital()
                && next.gap == Gap::Blank
                && self.is_plural(at + 1)
                && next.end - next.start > 3
                && next.senses.is_empty();
            let determined = before.is_some_and(|l| {
                l.is(Sense::The)
                    || l.kind == Kind::Clitic
                    || l.is(Sense::Which(0))
                    || l.is_capital()
            });
            if counted && !strong && !determined {
                return false;
            }
        }
        // "1687 and 1689", "(b. 1650)"
        let listed = before
            .is_some_and(|l| l.is(Sense::And) || l.is(Sense::BeforeDate { strong: false }))
            && at.checked_sub(2).is_some_and(|at| {
                matches!(self.lexemes.get(at).map(|l| l.kind), Some(Kind::Number { digits: 4, .. }))
            });
        let lived = before.is_some_and(|l| l.is_mark('.'))
            && at
                .checked_sub(3)
                .and_then(|at| self.lexemes.get(at))
                .is_some_and(|l| l.is_mark('(') || l.is_mark(';'));
        match value {
            1900..=2099 => true,
            _ => strong || bracket || ranged || listed || lived,
        }
    }
}
