//! Expressions of time and what they denote.
//!
//! A grammar of English dates reads an expression ("from Dec. 5 to 15", "last
//! Friday", "a day earlier"), and a calendar places it: relative to the date of
//! the article, to the last date that the text gave, and by the tense of the
//! sentence. Nothing is guessed: without a date of the article "December 4" has
//! no year, and "last week" denotes nothing. Times of day are left out.
//!
//! ```
//! use silsila::annotate::dates;
//!
//! let text = "They met on Thursday and will meet again from Dec. 5 to 15.";
//! let published = "2023-11-25".parse().ok();
//! let found = dates::find(text, &[], published);
//! let said: Vec<_> = found.iter().map(|d| (d.span.slice(text), d.interval)).collect();
//! assert_eq!(said[0].0, "Thursday");
//! assert_eq!(said[0].1.from, "2023-11-23".parse().ok());
//! assert_eq!(said[1].0, "Dec. 5 to 15");
//! assert_eq!(said[1].1.to, "2023-12-15".parse().ok());
//! ```

mod calendar;
mod grammar;
mod lexicon;
mod published;
pub(in crate::annotate) mod table;
mod tense;
mod words;

pub use self::published::published;

use self::calendar::{Frame, OPEN, Tense};
use self::grammar::{Expression, Found, Reader, Year};
use self::words::{Gap, Lexeme, lexemes};
use crate::date::{Interval, PartialDate};
use crate::span::Span;
use crate::token::{DateKind, DateMention, Token};

/// A text is read in pieces of about this many bytes, cut at paragraphs or
/// blanks, so that memory stays bounded.
const PIECE: usize = 1 << 16;

/// Finds the expressions of time in an English text.
///
/// `anchor` is the date that relative expressions count from. `tokens` may be
/// empty; where they are given, their tenses are used.
pub fn find(text: &str, tokens: &[Token], anchor: Option<PartialDate>) -> Vec<DateMention> {
    let mut dates = Vec::new();
    let mut last = None;
    let mut from = 0;
    while from < text.len() {
        let to = piece_end(text, from);
        let mut given = None;
        let lexemes = lexemes(text, from, to);
        for Found { from, to, expression } in (Reader { text, lexemes: &lexemes }).read() {
            let (Some(first), Some(end)) = (lexemes.get(from), lexemes.get(to - 1)) else {
                continue;
            };
            let span = Span::new(first.start, end.end);
            if let Expression::Duration(days) = expression {
                let kind = DateKind::Duration { days };
                dates.push(DateMention { span, interval: OPEN, kind });
                continue;
            }
            let tense = match tense::tense_of_tree(text, tokens, span) {
                Tense::Unknown => tense::tense(text, &lexemes, from, to),
                told => told,
            };
            let year = given
                .filter(|(_, at)| *at < from && stays_in_paragraph(&lexemes, *at, from))
                .map(|(year, _)| year);
            let interval = Frame { anchor, last, year, tense }.place(&expression);
            given = given_year(&expression, anchor)
                .filter(|_| sets_the_scene(text, &lexemes, from, &expression))
                .map(|year| (year, from))
                .or(given);
            // A comparison ("a year earlier") does not move the story.
            let compares = matches!(
                expression,
                Expression::FromLast { sign: -1, .. } | Expression::Away { .. }
            );
            if !compares {
                last = is_reference(interval).or(last);
            }
            dates.push(DateMention { span, interval, kind: DateKind::Date });
        }
        from = to;
    }
    dates
}

/// The year that an expression names, if it is before the article's.
fn given_year(expression: &Expression, anchor: Option<PartialDate>) -> Option<i16> {
    let Expression::Date(date) = expression else { return None };
    let Some(Year::Number(year)) = date.year else { return None };
    (year < anchor?.year()?).then_some(year)
}

/// Whether a date with a year may lend it to the dates behind it: one with a
/// month, or a year that begins a sentence ("In 2019 …").
fn sets_the_scene(text: &str, lexemes: &[Lexeme], at: usize, expression: &Expression) -> bool {
    let has_month = matches!(expression, Expression::Date(date) if date.month.is_some());
    has_month
        || at.checked_sub(1).and_then(|at| lexemes.get(at)).is_some_and(|before| {
            before.is_capital() && text.get(before.start..before.end) == Some("In")
        })
}

/// Whether no paragraph ends between two lexemes that are not far apart.
fn stays_in_paragraph(lexemes: &[Lexeme], from: usize, to: usize) -> bool {
    const FAR: usize = 60;
    to - from <= FAR
        && lexemes.get(from + 1..=to).is_some_and(|run| run.iter().all(|l| l.gap != Gap::Break))
}

/// The interval, if "a day earlier" may count from it.
fn is_reference(interval: Interval) -> Option<Interval> {
    (interval.from.is_some() && interval.to.is_some()).then_some(interval)
}

/// The end of the piece of text that begins at `from`.
fn piece_end(text: &str, from: usize) -> usize {
    let mut most = from + PIECE;
    if text.len() <= most {
        return text.len();
    }
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let piece = text.get(from..most).unwrap_or("");
    let cut = piece.rfind('\n').or_else(|| piece.rfind(char::is_whitespace));
    // Not at the very beginning, so that every piece has a length.
    from + cut.filter(|at| *at > 0).unwrap_or(piece.len())
}

#[cfg(test)]
mod tests;
