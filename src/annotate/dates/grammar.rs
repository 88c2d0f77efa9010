//! What an expression of time says, before it is placed on the calendar.

use super::lexicon::{Form, Lexicon, Sense, Unit};
use super::words::{Gap, Kind, Lexeme};
use crate::date::PartialDate;

/// What an expression says.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Expression {
    /// A date of the calendar, parts of which may be left open.
    Date(CalendarDate),
    /// From one date to another; the second may lean on the first.
    Range(CalendarDate, CalendarDate),
    /// From one year to another.
    Years(i16, i16),
    /// A day of the week, bare or with "last", "this", "next".
    Weekday { weekday: i8, which: Option<i32> },
    /// "the previous Friday": counted from the last date of the text.
    WeekdayFromLast { weekday: i8, sign: i32 },
    /// From one day of the week to another.
    Weekdays(i8, i8),
    /// A day counted from today.
    Day(i32),
    /// A week, month, … counted from the current one.
    Current { unit: Unit, offset: i32 },
    /// "last May".
    WhichMonth { month: u8, which: i32 },
    /// "last summer", "the summer of 2021".
    Season { season: u8, year: Option<Year> },
    /// "two days ago" (negative), "in two days" (positive).
    Away { unit: Unit, count: Option<u32>, sign: i32 },
    /// "a day earlier", "the next day", "that year": counted from the last
    /// date of the text.
    FromLast { unit: Unit, count: Option<u32>, sign: i32 },
    /// "the past 20 years".
    Period { unit: Unit, count: Option<u32>, sign: i32 },
    /// "the third quarter of 2023"; `of` is 4 for quarters and 2 for halves.
    Fraction { number: u8, of: u8, year: Option<Year> },
    /// "early", "mid-", "late": a third of the period.
    Stage(u8, Box<Expression>),
    /// "earlier this week": the period up to today, or from today on.
    Shift(i32, Box<Expression>),
    /// A length of time, in days.
    Duration(u32),
}

/// A date of the calendar as the text gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct CalendarDate {
    pub weekday: Option<i8>,
    pub year: Option<Year>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// A year, or one counted from the current year ("June last year").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Year {
    Number(i16),
    Current(i32),
    /// Counted from the last date of the text ("March of that year").
    Last(i32),
}

/// An expression and the lexemes that it covers.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub from: usize,
    pub to: usize,
    pub expression: Expression,
}

/// What a rule returns: its reading, and the lexeme behind it.
type Read<T> = Option<(T, usize)>;

/// Reads expressions from lexemes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme],
}

impl<'a> Reader<'a> {
    /// All expressions, in order, not overlapping.
    pub fn read(self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.lexemes.len() {
            match self.expression(at) {
                Some((from, to, expressions)) => {
                    debug_assert!(at <= from && from < to);
                    found.extend(expressions);
                    at = to;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The expression that begins at a lexeme; a list such as "Dec. 4 and 10"
    /// gives two.
    fn expression(self, at: usize) -> Option<(usize, usize, Vec<Found>)> {
        let lexeme = self.lexemes.get(at)?;
        let starts = match lexeme.kind {
            Kind::Word { .. } => !lexeme.senses.is_empty() || lexeme.is_capital(),
            Kind::Number { .. } | Kind::Ordinal(_) | Kind::Plural(_) | Kind::Date(_) => true,
            Kind::Mark(c) => matches!(c, '\'' | '’' | '‘'),
            _ => false,
        };
        if !starts || self.is_glued_before(at) {
            return None;
        }
        let one = |(expression, to): (Expression, usize)| {
            (at, to, vec![Found { from: at, to, expression }])
        };
        if let Kind::Date(date) = lexeme.kind {
            let date = CalendarDate {
                weekday: None,
                year: date.year().map(Year::Number),
                month: date.month(),
                day: date.day(),
            };
            return Some(one((Expression::Date(date), at + 1)));
        }
        self.list(at)
            .or_else(|| self.staged(at).map(one))
            .or_else(|| self.range_or_date(at).map(one))
            .or_else(|| self.simple(at).map(one))
            .or_else(|| self.counted(at).map(one))
            .or_else(|| self.year_alone(at).map(one))
    }

    // --- lexemes ---

    /// The lexeme at a place inside an expression: no paragraph ends before it.
    fn inside(self, at: usize) -> Option<&'a Lexeme> {
        self.lexemes.get(at).filter(|lexeme| lexeme.gap != Gap::Break)
    }

    fn sense<T>(self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.lexemes.get(at)?.sense(pick)
    }

    fn is(self, at: usize, sense: Sense) -> bool {
        self.inside(at).is_some_and(|lexeme| lexeme.is(sense))
    }

    fn before(self, at: usize) -> Option<&'a Lexeme> {
        let before = self.lexemes.get(at.checked_sub(1)?)?;
        (self.lexemes.get(at)?.gap != Gap::Break).then_some(before)
    }

    fn word(self, at: usize) -> &'a str {
        self.inside(at).and_then(|l| self.text.get(l.start..l.end)).unwrap_or("")
    }

    fn comma(self, at: usize) -> usize {
        at + usize::from(self.inside(at).is_some_and(|l| l.is_mark(',')))
    }

    fn has_gap(self, at: usize) -> bool {
        self.lexemes.get(at).is_none_or(|lexeme| lexeme.gap != Gap::Nothing)
    }

    /// Whether something other than a bracket, quote or dash stands right
    /// before a lexeme.
    fn is_glued_before(self, at: usize) -> bool {
        if self.has_gap(at) {
            return false;
        }
        self.before(at).is_some_and(|before| match before.kind {
            Kind::Mark(c) => !matches!(
                c,
                '(' | '['
                    | '"'
                    | '“'
                    | '‘'
                    | '\''
                    | '–'
                    | '—'
                    | '-'
                    | ','
                    | ';'
                    | ':'
                    | '.'
                    | '/'
                    | '…'
                    | '*'
                    | '_'
                    | '>'
                    | '`'
                    | '”'
                    | ')'
            ),
            _ => true,
        })
    }

    // --- parts ---

    /// A day of a month.
    fn day(self, at: usize) -> Read<u8> {
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
    fn is_quantity(self, at: usize) -> bool {
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

    fn before_is_on(self, at: usize) -> bool {
        // "on December 12 people gathered": the month stands two back.
        at.checked_sub(3).is_some_and(|on| self.word(on).eq_ignore_ascii_case("on"))
    }

    fn ordinal_word(self, at: usize) -> Read<u32> {
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

    fn tens(self, at: usize) -> Option<u32> {
        self.sense(at, |s| match s {
            Sense::Tens(n) => Some(n),
            _ => None,
        })
    }

    /// A number up to the thousands, in digits or words.
    fn number(self, at: usize) -> Read<u32> {
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

    fn inside_or_first(self, at: usize) -> Option<&'a Lexeme> {
        self.lexemes.get(at)
    }

    /// A month's name with its full stop, and how much it says alone.
    fn month(self, at: usize) -> Read<(u8, Form)> {
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

    fn is_number(self, at: usize) -> bool {
        self.inside(at).is_some_and(|l| matches!(l.kind, Kind::Number { .. } | Kind::Ordinal(_)))
    }

    fn weekday(self, at: usize) -> Read<(i8, Form)> {
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
    fn year(self, at: usize) -> Read<i16> {
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
                    Some((1900 + value as i16, at + 2))
                }
                _ => None,
            },
            Kind::Word { .. } => self.year_in_words(at),
            _ => None,
        }
    }

    /// "nineteen ninety-six", "twenty twenty-three", "two thousand and four".
    fn year_in_words(self, at: usize) -> Read<i16> {
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
    fn current_year(self, at: usize) -> Read<Year> {
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

    // --- dates of the calendar ---

    /// A date with at least a month: "Thursday, December 7, 2023", "7 December".
    fn date(self, at: usize) -> Read<CalendarDate> {
        if let Some(((weekday, _), next)) = self.weekday(at) {
            let part = next + usize::from(self.inside(next).is_some_and(|l| l.is(Sense::DayPart)));
            let mut next = self.comma(part);
            next += usize::from(self.inside(next).is_some_and(|l| l.is_mark('(')));
            next += usize::from(self.is(next, Sense::The));
            self.inside(next)?;
            let (mut date, mut to) = self
                .month_first(next)
                .or_else(|| self.day_first(next))
                .filter(|(d, _)| d.day.is_some())?;
            date.weekday = Some(weekday);
            let bracket = part < to
                && self.lexemes.get(part..to).is_some_and(|s| s.iter().any(|l| l.is_mark('(')));
            to += usize::from(bracket && self.inside(to).is_some_and(|l| l.is_mark(')')));
            return Some((date, to));
        }
        self.month_first(at).or_else(|| self.day_first(at))
    }

    /// "December 7, 2023", "December 2023", "December last year", "December".
    fn month_first(self, at: usize) -> Read<CalendarDate> {
        let ((month, form), next) = self.month(at)?;
        let mut date = CalendarDate { month: Some(month), ..CalendarDate::default() };
        let the = next + usize::from(self.is(next, Sense::The));
        if let Some((day, to)) = self.day(the) {
            date.day = Some(day);
            return Some(self.with_year(date, to));
        }
        let (with_year, to) = self.with_year(date, next);
        if with_year.year.is_some() {
            return Some((with_year, to));
        }
        self.month_alone(at, form, next).then_some((date, next))
    }

    /// Whether a month's name without day and year is a date.
    fn month_alone(self, at: usize, form: Form, next: usize) -> bool {
        let strong = self.before(at).is_some_and(|before| {
            let dash = before.is_dash() && !self.has_gap(at);
            dash || before.is(Sense::BeforeDate { strong: true })
                || before.sense(|s| matches!(s, Sense::Stage(_)).then_some(())).is_some()
        });
        let edge = self.before(at).is_some_and(|l| l.is(Sense::Of))
            && at.checked_sub(2).is_some_and(|at| {
                self.sense(at, |s| match s {
                    Sense::Edge(_) | Sense::Ordinal(_) | Sense::Unit(_) => Some(()),
                    _ => None,
                })
                .is_some()
                    || matches!(self.lexemes.get(at).map(|l| l.kind), Some(Kind::Ordinal(_)))
            });
        // A capital right behind it makes it a part of a name.
        let named = self.inside(next).is_some_and(|l| l.is_capital() && l.senses.is_empty());
        match form {
            Form::Plain => true,
            Form::Word => (strong || edge) && !named,
            Form::Short => next == at + 2 && (strong || edge) && !named,
        }
    }

    /// "7 December 2023", "the 7th of December".
    fn day_first(self, at: usize) -> Read<CalendarDate> {
        let the = usize::from(self.lexemes.get(at)?.is(Sense::The));
        let (day, next) = if the == 1 { self.day(at + 1)? } else { self.day_at(at)? };
        let next = next + usize::from(self.is(next, Sense::Of));
        self.inside(next)?;
        let ((month, _), to) = self.month(next)?;
        let date = CalendarDate { month: Some(month), day: Some(day), ..CalendarDate::default() };
        Some(self.with_year(date, to))
    }

    /// A day that may begin an expression.
    fn day_at(self, at: usize) -> Read<u8> {
        match self.lexemes.get(at)?.kind {
            Kind::Number { value, digits } if digits <= 2 => {
                Some((u8::try_from(value).ok().filter(|d| (1..=31).contains(d))?, at + 1))
            }
            Kind::Ordinal(value) => {
                Some((u8::try_from(value).ok().filter(|d| (1..=31).contains(d))?, at + 1))
            }
            Kind::Word { .. } => {
                let (day, to) = self.ordinal_word(at)?;
                Some((u8::try_from(day).ok()?, to))
            }
            _ => None,
        }
    }

    /// The date with the year that follows it, if one does.
    fn with_year(self, mut date: CalendarDate, to: usize) -> (CalendarDate, usize) {
        let mut next = self.comma(to);
        next += usize::from(next == to && self.is(next, Sense::Of));
        if let Some((year, to)) = self.inside(next).and_then(|_| self.year(next)) {
            // "On May 5, 2000 people": a comma after the year, or none before.
            if !self.is_quantity(to) {
                date.year = Some(Year::Number(year));
                return (date, to);
            }
        }
        if let Some((year, to)) = self.current_year(self.comma(to)) {
            date.year = Some(year);
            return (date, to);
        }
        (date, to)
    }

    /// What joins the two ends of a range.
    fn joint(self, from: usize, at: usize) -> Option<usize> {
        let lexeme = self.inside(at)?;
        if lexeme.is_dash() {
            return Some(at + 1);
        }
        let between = self.before(from).is_some_and(|l| l.is(Sense::Between));
        if between && lexeme.is(Sense::And) {
            return Some(at + 1);
        }
        let moved = (1..=8).any(|back| {
            from.checked_sub(back)
                .and_then(|at| self.lexemes.get(at))
                .is_some_and(|l| l.is(Sense::Moved))
        });
        // "Friday to Monday", "until March" alone begins no range.
        (lexeme.is(Sense::Joint) && !moved).then_some(at + 1)
    }

    /// A date, or a range of two.
    fn range_or_date(self, at: usize) -> Read<Expression> {
        if let Some((expression, to)) = self.days_first_range(at) {
            return Some((expression, to));
        }
        if let Some((first, to)) = self.date(at) {
            if let Some(next) = self.joint(at, to) {
                self.inside(next)?;
                if let Some((last, end)) =
                    self.date(next).filter(|(last, _)| last.day.is_some() == first.day.is_some())
                {
                    return Some((Expression::Range(first, last), end));
                }
                let bare = first.day.filter(|_| first.year.is_none());
                if let Some((day, end)) =
                    bare.and_then(|_| self.day(next)).filter(|(day, _)| Some(*day) > bare)
                {
                    let last = CalendarDate {
                        day: Some(day),
                        month: first.month,
                        ..CalendarDate::default()
                    };
                    let (last, end) = self.with_year(last, end);
                    return Some((Expression::Range(first, last), end));
                }
            }
            return Some((Expression::Date(first), to));
        }
        self.weekdays(at)
    }

    /// "7-9 December", "between 3 and 5 March 2022".
    fn days_first_range(self, at: usize) -> Read<Expression> {
        let (first, next) = self.day_at(at)?;
        let and = self.is(next, Sense::And);
        let next = self.joint(at, next).or_else(|| and.then_some(next + 1))?;
        // "7 and 8 December" are two days in a row; "7 and 10" are no range.
        let (last, to) = self.day(next).filter(|(last, _)| {
            !and || *last == first + 1 || self.before(at).is_some_and(|l| l.is(Sense::Between))
        })?;
        let of = to + usize::from(self.is(to, Sense::Of));
        self.inside(of)?;
        let ((month, _), to) = self.month(of)?;
        let last = CalendarDate { month: Some(month), day: Some(last), ..CalendarDate::default() };
        let (last, to) = self.with_year(last, to);
        let first = CalendarDate { day: Some(first), ..last };
        (first.day < last.day).then_some((Expression::Range(first, last), to))
    }

    /// "December 4 and 5" (a range), "December 4 and 10", "2019 and 2021".
    fn list(self, at: usize) -> Option<(usize, usize, Vec<Found>)> {
        let (first, to) = self.date(at)?;
        let (Some(day), None) = (first.day, first.year) else { return None };
        let next = self.comma(to);
        let next = if self.is(next, Sense::And) { next + 1 } else { return None };
        if self.joint(at, to).is_some() || self.month(next).is_some() {
            return None;
        }
        let (second, end) = self.day(next)?;
        // "on March 4 and 300 people" is kept out by day(); "and 12 others" so:
        if self.inside(end).is_some_and(|l| l.is_word() && !l.is_capital() && l.senses.is_empty()) {
            return None;
        }
        let last =
            CalendarDate { day: Some(second), month: first.month, ..CalendarDate::default() };
        let (last, end) = self.with_year(last, end);
        let first = CalendarDate { year: last.year, ..first };
        if second == day + 1 {
            let expression = Expression::Range(first, last);
            return Some((at, end, vec![Found { from: at, to: end, expression }]));
        }
        (day < second).then(|| {
            let one = Found { from: at, to, expression: Expression::Date(first) };
            let two = Found { from: next, to: end, expression: Expression::Date(last) };
            (at, end, vec![one, two])
        })
    }

    /// "Thursday", "Thursday evening", "Monday to Friday".
    fn weekdays(self, at: usize) -> Read<Expression> {
        let ((weekday, form), mut to) = self.weekday(at)?;
        let every = self.before(at).is_some_and(|l| l.is(Sense::Every));
        if every || (form == Form::Short && to == at + 1) {
            return None;
        }
        if let Some(next) = self.joint(at, to).filter(|next| self.inside(*next).is_some())
            && let Some(((last, last_form), end)) = self.weekday(next)
            && last != weekday
            && last_form != Form::Short
        {
            return Some((Expression::Weekdays(weekday, last), end));
        }
        to += usize::from(self.inside(to).is_some_and(|l| l.is(Sense::DayPart)));
        Some((Expression::Weekday { weekday, which: None }, to))
    }

    // --- stages and shifts ---

    /// "early 2021", "mid-December", "the end of the year", "late Thursday",
    /// "earlier this week".
    fn staged(self, at: usize) -> Read<Expression> {
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
    fn the_unit(self, at: usize) -> Read<Unit> {
        self.lexemes.get(at).filter(|l| l.is(Sense::The))?;
        let unit = self.unit(at + 1)?;
        matches!(unit, Unit::Week | Unit::Month | Unit::Year).then_some((unit, at + 2))
    }

    fn unit(self, at: usize) -> Option<Unit> {
        self.inside(at)?.sense(|s| match s {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    fn is_plural(self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with(['s', 'S'])
    }

    // --- expressions that count from today, and names of periods ---

    fn simple(self, at: usize) -> Read<Expression> {
        self.deictic(at)
            .or_else(|| self.which(at))
            .or_else(|| self.fraction(at))
            .or_else(|| self.century_or_decade(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.event(at))
    }

    /// "today", "yesterday evening", "the day after tomorrow".
    fn deictic(self, at: usize) -> Read<Expression> {
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
    fn ends_clause(self, at: usize) -> bool {
        self.inside(at)
            .is_none_or(|l| matches!(l.kind, Kind::Mark(c) if !matches!(c, '-' | '$' | '(')))
    }

    /// "last week", "this year", "next Tuesday", "the past 20 years", "that day".
    fn which(self, at: usize) -> Read<Expression> {
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
        if from_last {
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
    fn second_count(self, at: usize) -> Option<usize> {
        let joint = self.inside(at)?;
        if !joint.is(Sense::Joint) && !joint.is_dash() && !self.word(at).eq_ignore_ascii_case("or")
        {
            return None;
        }
        self.inside(at + 1)?;
        let (_, to) = self.number(at + 1)?;
        Some(to)
    }

    fn season(self, at: usize) -> Option<u8> {
        self.inside(at)?.sense(|s| match s {
            Sense::Season(n) => Some(n),
            _ => None,
        })
    }

    /// "the third quarter of 2023", "Q3 2023", "the first half of the year",
    /// "the summer of 2021".
    fn fraction(self, at: usize) -> Read<Expression> {
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

    fn word_at(self, at: usize) -> &'a str {
        self.lexemes.get(at).and_then(|l| self.text.get(l.start..l.end)).unwrap_or("")
    }

    /// "of 2023", "2023", "of last year", "of the year", or nothing.
    fn year_of(self, at: usize) -> (Option<Year>, usize) {
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
    fn century_or_decade(self, at: usize) -> Read<Expression> {
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

    fn before_is_temporal(self, at: usize) -> bool {
        self.before(at).is_some_and(|l| {
            l.sense(|s| {
                matches!(s, Sense::BeforeDate { strong: true } | Sense::Stage(_)).then_some(())
            })
            .is_some()
                || l.is_dash()
        })
    }

    /// "Christmas Day".
    fn holiday(self, at: usize) -> Read<Expression> {
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
    fn event(self, at: usize) -> Read<Expression> {
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

    // --- counts of units ---

    /// "two days ago", "a day earlier", "in three weeks", "two-day".
    fn counted(self, at: usize) -> Read<Expression> {
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
    fn half(self, at: usize) -> (bool, usize) {
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

    fn unit_first(self, at: usize) -> Option<Unit> {
        self.lexemes.get(at)?.sense(|s| match s {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Whether "a week" behind this word is a length and not a rate.
    fn before_is_length(self, at: usize) -> bool {
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

    // --- years alone ---

    /// "2024", "2019-2021", "from 2019 to 2021", "fiscal 2023".
    fn year_alone(self, at: usize) -> Read<Expression> {
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
    fn second_year(self, first: i16, joint: usize, at: usize) -> Read<i16> {
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
    fn is_year(self, at: usize) -> bool {
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

fn year_of(year: i16) -> Expression {
    Expression::Date(CalendarDate { year: Some(Year::Number(year)), ..CalendarDate::default() })
}

/// The third of a period, if the expression is a period.
fn staged(stage: u8, inner: Expression) -> Option<Expression> {
    match inner {
        Expression::Duration(_) | Expression::Stage(..) | Expression::Shift(..) => None,
        // "late yesterday", "early Monday": the day does not change.
        Expression::Day(_) | Expression::Weekday { .. } => Some(inner),
        _ => Some(Expression::Stage(stage, Box::new(inner))),
    }
}
