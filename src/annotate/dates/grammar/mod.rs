//! What an expression of time says, before it is placed on the calendar.

mod counts;
mod dates;
mod parts;
mod relative;

use super::lexicon::{Sense, Unit};
use super::words::{Gap, Kind, Lexeme};

/// What an expression says.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::annotate::dates) enum Expression {
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
pub(in crate::annotate::dates) struct CalendarDate {
    pub weekday: Option<i8>,
    pub year: Option<Year>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// A year, or one counted from the current year ("June last year").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::annotate::dates) enum Year {
    Number(i16),
    Current(i32),
    /// Counted from the last date of the text ("March of that year").
    Last(i32),
}

/// An expression and the lexemes that it covers.
#[derive(Clone, Debug)]
pub(in crate::annotate::dates) struct Found {
    pub from: usize,
    pub to: usize,
    pub expression: Expression,
}

/// What a rule returns: its reading, and the lexeme behind it.
type Read<T> = Option<(T, usize)>;

/// Reads expressions from lexemes.
#[derive(Clone, Copy)]
pub(in crate::annotate::dates) struct Reader<'a> {
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
