//! Dates of the calendar, ranges and lists of them, and days of the week.

use super::{CalendarDate, Expression, Found, Read, Reader, Year};
use crate::annotate::dates::lexicon::{Form, Sense};
use crate::annotate::dates::words::Kind;

impl Reader<'_> {
    /// A date with at least a month: "Thursday, December 7, 2023", "7 December".
    pub(super) fn date(self, at: usize) -> Read<CalendarDate> {
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
    pub(super) fn month_first(self, at: usize) -> Read<CalendarDate> {
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
    pub(super) fn month_alone(self, at: usize, form: Form, next: usize) -> bool {
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
    pub(super) fn day_first(self, at: usize) -> Read<CalendarDate> {
        let the = usize::from(self.lexemes.get(at)?.is(Sense::The));
        let (day, next) = if the == 1 { self.day(at + 1)? } else { self.day_at(at)? };
        let next = next + usize::from(self.is(next, Sense::Of));
        self.inside(next)?;
        let ((month, _), to) = self.month(next)?;
        let date = CalendarDate { month: Some(month), day: Some(day), ..CalendarDate::default() };
        Some(self.with_year(date, to))
    }

    /// A day that may begin an expression.
    pub(super) fn day_at(self, at: usize) -> Read<u8> {
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
    pub(super) fn with_year(self, mut date: CalendarDate, to: usize) -> (CalendarDate, usize) {
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
    pub(super) fn joint(self, from: usize, at: usize) -> Option<usize> {
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
    pub(super) fn range_or_date(self, at: usize) -> Read<Expression> {
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
    pub(super) fn days_first_range(self, at: usize) -> Read<Expression> {
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
    pub(super) fn list(self, at: usize) -> Option<(usize, usize, Vec<Found>)> {
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
    pub(super) fn weekdays(self, at: usize) -> Read<Expression> {
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
}
