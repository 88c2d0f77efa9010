//! What counts from today, and names of periods.

use super::{CalendarDate, Expression, Read, Reader, Year, staged};
use crate::annotate::dates::lexicon::{Form, Lexicon, Sense, Unit};
use crate::annotate::dates::words::{Gap, Kind, Lexeme};
use crate::date::PartialDate;

impl<'a> Reader<'a> {
    /// "early 2021", "mid-December", "the end of the year", "late Thursday",
    /// "earlier this week".
    pub(super) fn staged(self, at: usize) -> Read<Expression> {
        let lexeme = self.lexemes.get(at)?;
        let stage = lexeme.sense(|s| match s {
            Sense::Stage(n) => Some(n),
            _ => None,
        });
        if let Some(stage) = stage {
            let next = at + 1 + usize::from(self.inside(at + 1).is_some_and(Lexeme::is_dash));
            let next = next + usize::from(self.is(next, Sense::In));
            self.inside(next)?;
            let (inner, to) = self
                .simple(next)
                .or_else(|| self.range_or_date(next))
                .or_else(|| self.year_alone(next))?;
            return Some((staged(stage, inner)?, to));
        }
        let shift = lexeme.sense(|s| match s {
            Sense::Shift(n) => Some(n),
            _ => None,
        });
        if let Some(shift) = shift {
            let next = at + 1 + usize::from(self.is(at + 1, Sense::In));
            self.inside(next)?;
            if let Some(unit) = self.the_unit(next) {
                let current = Expression::Current { unit: unit.0, offset: 0 };
                return Some((Expression::Shift(shift, Box::new(current)), unit.1));
            }
            let (inner, to) = self.simple(next).or_else(|| self.range_or_date(next))?;
            return Some(match inner {
                Expression::Current { offset: 0, .. } => {
                    (Expression::Shift(shift, Box::new(inner)), to)
                }
                Expression::Day(_) | Expression::Weekday { .. } | Expression::Date(_) => {
                    (inner, to)
                }
                _ => return None,
            });
        }
        // "year-end", "year's end"
        if lexeme.is(Sense::Unit(Unit::Year)) && !self.is_plural(at) {
            let mut next = at + 1;
            while self.inside(next).is_some_and(|l| l.is_dash() || l.kind == Kind::Clitic) {
                next += 1;
            }
            let current = Expression::Current { unit: Unit::Year, offset: 0 };
            let is_end =
                self.is(next, Sense::Edge(3)) && !self.word(next).eq_ignore_ascii_case("close");
            return is_end.then_some((staged(3, current)?, next + 1));
        }
        let the = at + usize::from(lexeme.is(Sense::The));
        let edge = self.inside_or_first(the)?.sense(|s| match s {
            Sense::Edge(n) => Some(n),
            _ => None,
        })?;
        let next = self.is(the + 1, Sense::Of).then_some(the + 2)?;
        self.inside(next)?;
        if let Some((unit, to)) = self.the_unit(next) {
            return Some((staged(edge, Expression::Current { unit, offset: 0 })?, to));
        }
        let (inner, to) = self
            .simple(next)
            .or_else(|| self.range_or_date(next))
            .or_else(|| self.year_alone(next))?;
        Some((staged(edge, inner)?, to))
    }

    /// "the year", "the month", "the week".
    pub(super) fn the_unit(self, at: usize) -> Read<Unit> {
        self.lexemes.get(at).filter(|l| l.is(Sense::The))?;
        let unit = self.unit(at + 1)?;
        matches!(unit, Unit::Week | Unit::Month | Unit::Year).then_some((unit, at + 2))
    }

    pub(super) fn unit(self, at: usize) -> Option<Unit> {
        self.inside(at)?.sense(|s| match s {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    pub(super) fn is_plural(self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with(['s', 'S'])
    }

    pub(super) fn simple(self, at: usize) -> Read<Expression> {
        self.deictic(at)
            .or_else(|| self.which(at))
            .or_else(|| self.fraction(at))
            .or_else(|| self.century_or_decade(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.event(at))
    }

    /// "today", "yesterday evening", "the day after tomorrow".
    pub(super) fn deictic(self, at: usize) -> Read<Expression> {
        let offset = |at: usize| {
            self.sense(at, |s| match s {
                Sense::Deictic(n) => Some(n),
                _ => None,
            })
        };
        if let Some(days) = offset(at) {
            let part = self.inside(at + 1).is_some_and(|l| l.is(Sense::DayPart));
            return Some((Expression::Day(days), at + 1 + usize::from(part)));
        }
        let day = at + usize::from(self.lexemes.get(at)?.is(Sense::The));
        if self.inside_or_first(day)?.is(Sense::Unit(Unit::Day)) && !self.is_plural(day) {
            let sign = self.inside(day + 1)?.sense(|s| match s {
                Sense::Forth(n) => Some(n),
                _ => None,
            })?;
            if let Some(days) = self.inside(day + 2).and_then(|_| offset(day + 2)) {
                return (days == sign).then_some((Expression::Day(2 * sign), day + 3));
            }
            if day > at && self.ends_clause(day + 2) {
                let expression = Expression::FromLast { unit: Unit::Day, count: Some(1), sign };
                return Some((expression, day + 2));
            }
        }
        None
    }

    /// Whether a clause ends before a lexeme.
    pub(super) fn ends_clause(self, at: usize) -> bool {
        self.inside(at)
            .is_none_or(|l| matches!(l.kind, Kind::Mark(c) if !matches!(c, '-' | '$' | '(')))
    }

    /// "last week", "this year", "next Tuesday", "the past 20 years", "that day".
    pub(super) fn which(self, at: usize) -> Read<Expression> {
        let first = self.lexemes.get(at)?;
        let the = usize::from(first.is(Sense::The));
        let mut next = at + the;
        let head = self.inside_or_first(next)?;
        let which = head.sense(|s| match s {
            Sense::Which(n) => Some(n),
            _ => None,
        });
        let that = head.sense(|s| match s {
            Sense::That(n) => Some(n),
            _ => None,
        });
        let mut sign = which.or(that)?;
        next += 1;
        self.inside(next)?;
        let mut emphatic = false;
        if sign == 0 {
            // "this past week", "that same day", "this coming Sunday".
            let more = self.inside(next)?.sense(|s| match (which, s) {
                (Some(_), Sense::Which(n)) | (None, Sense::That(n)) => Some(n),
                _ => None,
            });
            if let Some(more) = more {
                sign = more;
                emphatic = true;
                next += 1;
                self.inside(next)?;
            }
        }
        if let (None, true) = (which, sign != 0)
            && let Some(((weekday, Form::Plain), to)) = self.weekday(next)
        {
            return Some((Expression::WeekdayFromLast { weekday, sign }, to));
        }
        if let Some(which) = which.map(|_| sign) {
            if let Some(((weekday, form), to)) = self.weekday(next)
                && (form == Form::Plain || to == next + 2)
            {
                let part = self.inside(to).is_some_and(|l| l.is(Sense::DayPart));
                // "this coming Sunday, March 8"
                if let Some((date, to)) = self.date(next).filter(|(d, _)| d.day.is_some()) {
                    return Some((Expression::Date(date), to));
                }
                let to = to + usize::from(part);
                if that.is_some() && the == 1 && which != 0 {
                    return Some((Expression::WeekdayFromLast { weekday, sign: which }, to));
                }
                return Some((Expression::Weekday { weekday, which: Some(which) }, to));
            }
            if let Some(((month, form), to)) = self.month(next)
                && form != Form::Short
                && self.day(to).is_none()
            {
                return Some((Expression::WhichMonth { month, which }, to));
            }
            if let Some(season) = self.season(next) {
                return Some((
                    Expression::Season { season, year: Some(Year::Current(which)) },
                    next + 1,
                ));
            }
            if the == 0 && self.inside(next).is_some_and(|l| l.is(Sense::DayPart)) {
                return Some((Expression::Day(which), next + 1));
            }
        }
        // "the past 20 years", "the next few days"
        let vague = self.inside(next).is_some_and(|l| l.is(Sense::Vague));
        if let Some((count, to)) = self
            .number(next)
            .map(|(n, to)| (Some(n), to))
            .or_else(|| vague.then_some((None, next + 1)))
        {
            let to = to + usize::from(vague && self.is(to, Sense::Of));
            let to = self.second_count(to).unwrap_or(to);
            let to = to + usize::from(self.inside(to).is_some_and(Lexeme::is_dash));
            let unit = self.unit(to)?;
            let sign = if sign == 0 { -1 } else { sign };
            which?;
            return Some((Expression::Period { unit, count, sign }, to + 1));
        }
        let fiscal = usize::from(self.is(next, Sense::Fiscal));
        let unit = self.unit(next + fiscal)?;
        let (to, plural) = (next + fiscal + 1, self.is_plural(next + fiscal));
        if plural {
            return which
                .filter(|_| sign != 0)
                .map(|_| (Expression::Period { unit, count: None, sign }, to));
        }
        // "last year's first quarter"
        if unit == Unit::Year && which.is_some() {
            let clitic = to + usize::from(self.inside(to).is_some_and(|l| l.kind == Kind::Clitic));
            if let Some((Expression::Fraction { number, of, year: None }, end)) =
                self.inside(clitic).and_then(|_| self.fraction(clitic))
            {
                return Some((
                    Expression::Fraction { number, of, year: Some(Year::Current(sign)) },
                    end,
                ));
            }
        }
        let from_last = match (which, that) {
            (None, Some(_)) => true,
            // "the next day", "the previous year"; but "the past year".
            (Some(_), Some(_)) => the == 1 && sign != 0,
            _ => false,
        };
        // "over the next week" is a period that begins today.
        let spans = self.before(at).is_some_and(|l| l.is(Sense::Spanning));
        if from_last && !(spans && which.is_some()) {
            let count = Some(sign.unsigned_abs());
            return Some((Expression::FromLast { unit, count, sign }, to));
        }
        // "our last day" is the last of some days.
        if unit == Unit::Day && sign != 0 {
            return None;
        }
        if (the == 1 || emphatic) && sign != 0 && !matches!(unit, Unit::Weekend | Unit::Quarter) {
            return Some((Expression::Period { unit, count: Some(1), sign }, to));
        }
        Some((Expression::Current { unit, offset: sign }, to))
    }

    /// The rest of "two or three", "12 to 18".
    pub(super) fn second_count(self, at: usize) -> Option<usize> {
        let joint = self.inside(at)?;
        if !joint.is(Sense::Joint) && !joint.is_dash() && !self.word(at).eq_ignore_ascii_case("or")
        {
            return None;
        }
        self.inside(at + 1)?;
        let (_, to) = self.number(at + 1)?;
        Some(to)
    }

    pub(super) fn season(self, at: usize) -> Option<u8> {
        self.inside(at)?.sense(|s| match s {
            Sense::Season(n) => Some(n),
            _ => None,
        })
    }

    /// "the third quarter of 2023", "Q3 2023", "the first half of the year",
    /// "the summer of 2021".
    pub(super) fn fraction(self, at: usize) -> Read<Expression> {
        let the = at + usize::from(self.lexemes.get(at)?.is(Sense::The));
        let the = the + usize::from(self.is(the, Sense::Fiscal));
        let lexeme = self.inside_or_first(the)?;
        if let Some(season) = lexeme.sense(|s| match s {
            Sense::Season(n) => Some(n),
            _ => None,
        }) {
            let (year, to) = self.year_of(the + 1);
            let year = year.or_else(|| {
                let during =
                    self.before(at).is_some_and(|l| l.is(Sense::BeforeDate { strong: true }));
                (the > at && during && season != 3).then_some(Year::Current(0))
            })?;
            return Some((Expression::Season { season, year: Some(year) }, to));
        }
        if lexeme.is_capital() && self.word_at(the).eq_ignore_ascii_case("q") {
            let number = match self.inside(the + 1)?.kind {
                Kind::Number { value, digits: 1 } if !self.has_gap(the + 1) => value as u8,
                _ => return None,
            };
            let (year, to) = self.year_of(the + 2);
            return (1..=4)
                .contains(&number)
                .then_some((Expression::Fraction { number, of: 4, year }, to));
        }
        let (number, next) = match lexeme.kind {
            Kind::Ordinal(n) => (n, the + 1),
            Kind::Word { .. } => self.ordinal_word(the)?,
            _ => return None,
        };
        let next = next + usize::from(self.inside(next).is_some_and(Lexeme::is_dash));
        let of = match self.unit(next) {
            Some(Unit::Quarter) => 4,
            None if self.is(next, Sense::Half) => 2,
            _ => return None,
        };
        let number = u8::try_from(number).ok().filter(|n| (1..=of).contains(n))?;
        let (year, to) = self.year_of(next + 1);
        // "the second half" is of a match, too.
        (of == 4 || year.is_some()).then_some((Expression::Fraction { number, of, year }, to))
    }

    pub(super) fn word_at(self, at: usize) -> &'a str {
        self.lexemes.get(at).and_then(|l| self.text.get(l.start..l.end)).unwrap_or("")
    }

    /// "of 2023", "2023", "of last year", "of the year", or nothing.
    pub(super) fn year_of(self, at: usize) -> (Option<Year>, usize) {
        let next = at + usize::from(self.is(at, Sense::Of));
        let fiscal = next + usize::from(self.is(next, Sense::Fiscal));
        if let Some((year, to)) = self.inside(fiscal).and_then(|_| self.year(fiscal)) {
            return (Some(Year::Number(year)), to);
        }
        if let Some((year, to)) = self.current_year(at) {
            return (Some(year), to);
        }
        match self.inside(next).and_then(|_| self.the_unit(next)) {
            Some((Unit::Year, to)) if at < next => (Some(Year::Current(0)), to),
            _ => (None, at),
        }
    }

    /// "the 19th century", "the 1990s", "the '90s", "the nineties".
    pub(super) fn century_or_decade(self, at: usize) -> Read<Expression> {
        let the = at + usize::from(self.lexemes.get(at)?.is(Sense::The));
        let lexeme = self.inside_or_first(the)?;
        let decade = |years: u32, to: usize| {
            let first = match years {
                10..=99 if years.is_multiple_of(10) => 1900 + years as i16,
                1000..=2100 if years.is_multiple_of(10) => years as i16,
                _ => return None,
            };
            let last =
                if years.is_multiple_of(100) && years != 2000 { first + 99 } else { first + 9 };
            Some((Expression::Years(first, last), to))
        };
        match lexeme.kind {
            Kind::Plural(years) if years >= 1000 || the > at => return decade(years, the + 1),
            Kind::Number { value, digits: 4 } if value % 10 == 0 => {
                let clitic = self.inside(the + 1)?;
                if clitic.kind == Kind::Clitic
                    && matches!(self.word(the + 1), "'s" | "’s")
                    && (the > at || self.before_is_temporal(at))
                {
                    return decade(value, the + 2);
                }
            }
            Kind::Mark('\'' | '’' | '‘') => {
                if let Kind::Plural(years @ 20..=99) = self.inside(the + 1)?.kind {
                    return decade(years, the + 2);
                }
            }
            Kind::Word { .. } if the > at || self.before_is_temporal(at) => {
                if let Some(years) = lexeme.sense(|s| match s {
                    Sense::Decade(n) => Some(n),
                    _ => None,
                }) {
                    return Some((Expression::Years(1900 + years, 1909 + years), the + 1));
                }
            }
            _ => {}
        }
        let (number, next) = match lexeme.kind {
            Kind::Ordinal(n) => (n, the + 1),
            Kind::Word { .. } => self.ordinal_word(the)?,
            _ => return None,
        };
        let next = next + usize::from(self.inside(next).is_some_and(Lexeme::is_dash));
        (self.unit(next) == Some(Unit::Century) && (1..=21).contains(&number)).then(|| {
            let first = (number as i16 - 1) * 100;
            (Expression::Years(first, first + 99), next + 1)
        })
    }

    pub(super) fn before_is_temporal(self, at: usize) -> bool {
        self.before(at).is_some_and(|l| {
            l.sense(|s| {
                matches!(s, Sense::BeforeDate { strong: true } | Sense::Stage(_)).then_some(())
            })
            .is_some()
                || l.is_dash()
        })
    }

    /// "Christmas Day".
    pub(super) fn holiday(self, at: usize) -> Read<Expression> {
        let lexeme = self.lexemes.get(at).filter(|l| l.is_capital())?;
        let rest = self.text.get(lexeme.start..)?;
        for holiday in &Lexicon::english().holidays {
            let Some(words) = rest.get(..holiday.name.len()) else { continue };
            if words.to_lowercase() != holiday.name {
                continue;
            }
            let end = lexeme.start + holiday.name.len();
            let Some(last) = self.lexemes.get(at..)?.iter().position(|l| l.end == end) else {
                continue;
            };
            let date = CalendarDate {
                month: Some(holiday.month),
                day: Some(holiday.day),
                ..CalendarDate::default()
            };
            let (date, to) = self.with_year(date, at + last + 1);
            return Some((Expression::Date(date), to));
        }
        None
    }

    /// "9/11".
    pub(super) fn event(self, at: usize) -> Read<Expression> {
        let number = |at: usize, value: u32| matches!(self.lexemes.get(at).map(|l| l.kind), Some(Kind::Number { value: v, .. }) if v == value);
        let is_it = number(at, 9)
            && self.inside(at + 1).is_some_and(|l| l.is_mark('/') && l.gap == Gap::Nothing)
            && number(at + 2, 11)
            && !self.has_gap(at + 2);
        let date = PartialDate::day_of(2001, 9, 11)?;
        is_it.then_some((
            Expression::Date(CalendarDate {
                weekday: None,
                year: date.year().map(Year::Number),
                month: date.month(),
                day: date.day(),
            }),
            at + 3,
        ))
    }
}
