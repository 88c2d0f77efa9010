//! Expressions of time in a language that is read by a grammar: its words of
//! dates are a table, and what they denote the calendar says.

use std::ops::Range;

use crate::date::PartialDate;
use crate::lang::grammar::Grammar;
use crate::token::{DateKind, DateMention};

use super::calendar::{Frame, OPEN, Tense};
use super::grammar::{CalendarDate, Expression, Year};
use super::is_reference;
use super::lexicon::Unit;
use crate::span::Span;

/// Finds the expressions of time. `spans` are the places of the words in their
/// second form, `norms`.
pub(in crate::annotate) fn find(
    norms: &[String],
    spans: &[Span],
    sentences: &[Range<usize>],
    grammar: &Grammar,
    anchor: Option<PartialDate>,
) -> Vec<DateMention> {
    let mut dates = Vec::new();
    let mut last = None;
    for sentence in sentences {
        let is_future = sentence.clone().any(|at| {
            norms.get(at).is_some_and(|norm| grammar.is("future", norm))
                && at > sentence.start
                && norms.get(at - 1).is_some_and(|before| !grammar.verb(before).is_empty())
        });
        let tense = if is_future { Tense::Future } else { Tense::Past };
        let reader = Reader { norms, grammar, end: sentence.end };
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((expression, end)) = reader.read(at) else {
                at += 1;
                continue;
            };
            let (Some(first), Some(behind)) = (spans.get(at), spans.get(end - 1)) else { break };
            let span = first.cover(*behind);
            at = end;
            if let Expression::Duration(days) = expression {
                dates.push(DateMention { span, interval: OPEN, kind: DateKind::Duration { days } });
                continue;
            }
            let interval = Frame { anchor, last, year: None, tense }.place(&expression);
            last = is_reference(interval).or(last);
            dates.push(DateMention { span, interval, kind: DateKind::Date });
        }
    }
    dates
}

struct Reader<'a> {
    norms: &'a [String],
    grammar: &'a Grammar,
    end: usize,
}

/// What a rule returns: its reading, and the word behind it.
type Read<T> = Option<(T, usize)>;

impl Reader<'_> {
    fn norm(&self, at: usize) -> &str {
        if at < self.end { self.norms.get(at).map_or("", String::as_str) } else { "" }
    }

    /// The word of a kind at a place: its value.
    fn word(&self, at: usize, kind: &str) -> Read<i32> {
        if at >= self.end {
            return None;
        }
        let found = self.grammar.dates.all(self.norms, at).find(|(_, (of, _))| *of == kind);
        found.map(|(length, (_, value))| (*value, at + length))
    }

    fn number(&self, at: usize) -> Read<i32> {
        if let Ok(number) = self.norm(at).parse() {
            return Some((number, at + 1));
        }
        self.word(at, "number")
    }

    fn year(&self, at: usize) -> Read<i16> {
        let year = self.norm(at).parse().ok().filter(|year| (1800..2200).contains(year));
        year.map(|year| (year, at + 1))
    }

    fn read(&self, at: usize) -> Read<Expression> {
        self.range(at)
            .or_else(|| self.of_month(at))
            .or_else(|| self.marked_year(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.today(at))
    }

    /// "7 دسمبر 2023", "دسمبر 2023", "7 دسمبر".
    fn of_month(&self, at: usize) -> Read<Expression> {
        let (day, month_at) = match self.norm(at).parse::<u8>() {
            Ok(day) if (1..=31).contains(&day) => (Some(day), at + 1),
            _ => (None, at),
        };
        let (month, mut end) = self.word(month_at, "month")?;
        let comma = usize::from(matches!(self.norm(end), "،" | ","));
        let marked = self.word(end + comma, "year_mark").map_or(end + comma, |(_, end)| end);
        let year = self.year(marked);
        if let Some((_, behind)) = year {
            end = behind;
        }
        // "مارچ" and "مئی" alone may be anything.
        if day.is_none() && year.is_none() && self.word(end, "month_marker").is_none() {
            return None;
        }
        let date = CalendarDate {
            weekday: None,
            year: year.map(|(year, _)| Year::Number(year)),
            month: Some(month as u8),
            day,
        };
        Some((Expression::Date(date), end))
    }

    /// "21 سے 30 مارچ", "25 اور 26 جولائی", "28 مارچ سے 2 اپریل".
    fn range(&self, at: usize) -> Read<Expression> {
        let is_day = |day: &u8| (1..=31).contains(day);
        let day: u8 = self.norm(at).parse().ok().filter(is_day)?;
        let month = self.word(at + 1, "month");
        let joint = month.map_or(at + 1, |(_, end)| end);
        let ((), behind) = match self.word(joint, "until") {
            Some((_, end)) => ((), end),
            // "and" joins days that follow one another.
            None => self.word(joint, "and").map(|(_, end)| ((), end))?,
        };
        let (Expression::Date(last), end) = self.of_month(behind)? else { return None };
        let last_day = last.day?;
        let follows = month.is_some() || last_day == day + 1;
        if self.word(joint, "until").is_none() && !follows {
            return None;
        }
        let first = CalendarDate {
            month: month.map(|(month, _)| month as u8).or(last.month),
            day: Some(day),
            ..last
        };
        if month.is_none() && day >= last_day {
            return None;
        }
        let end = self.word(end, "to_end").map_or(end, |(_, end)| end);
        Some((Expression::Range(first, last), end))
    }

    /// "سنہ 2019", "2019 میں".
    fn marked_year(&self, at: usize) -> Read<Expression> {
        let marked = self.word(at, "year_mark");
        let (year, end) = self.year(marked.map_or(at, |(_, end)| end))?;
        let is_year = marked.is_some() || self.word(end, "year_marker").is_some();
        let date = CalendarDate { year: Some(Year::Number(year)), ..CalendarDate::default() };
        is_year.then_some((Expression::Date(date), end))
    }

    /// "دو دن قبل", "دو روزہ".
    fn counted(&self, at: usize) -> Read<Expression> {
        let (count, behind) = self.number(at)?;
        let count = u32::try_from(count).ok().filter(|count| (1..1000).contains(count))?;
        if let Some((days, end)) = self.word(behind, "length") {
            return Some((Expression::Duration(count.saturating_mul(days as u32)), end));
        }
        let (days, unit_end) = self.word(behind, "unit")?;
        let (_, end) = self.word(unit_end, "ago")?;
        Some((Expression::Away { unit: unit(days), count: Some(count), sign: -1 }, end))
    }

    /// "گزشتہ ماہ", "اس ہفتے کے شروع میں", "آئندہ پیر".
    fn relative(&self, at: usize) -> Read<Expression> {
        let (offset, behind) =
            ["last", "this", "next"].iter().find_map(|kind| self.word(at, kind))?;
        let with_marker = self
            .word(behind, "weekday")
            .and_then(|(weekday, end)| self.word(end, "day_marker").map(|(_, end)| (weekday, end)));
        if let Some((weekday, end)) = with_marker {
            return Some((
                Expression::Weekday { weekday: weekday as i8, which: Some(offset) },
                end,
            ));
        }
        if let Some((days, end)) = self.word(behind, "unit") {
            if days == 1 {
                return None;
            }
            let expression = Expression::Current { unit: unit(days), offset };
            return Some(match self.word(end, "start") {
                Some((_, end)) if offset == 0 => (Expression::Shift(-1, Box::new(expression)), end),
                _ => (expression, end),
            });
        }
        if let Some((month, end)) = self.word(behind, "month") {
            return Some((Expression::WhichMonth { month: month as u8, which: offset }, end));
        }
        let (weekday, end) = self.word(behind, "weekday")?;
        Some((Expression::Weekday { weekday: weekday as i8, which: Some(offset) }, end))
    }

    /// "ہفتے کے روز", "پیر کو".
    fn weekday(&self, at: usize) -> Read<Expression> {
        let (weekday, end) = self.word(at, "weekday")?;
        let (_, behind) = self.word(end, "day_marker")?;
        // The mark of the case is not part of it.
        let end = if behind > end + 1 { behind } else { end };
        Some((Expression::Weekday { weekday: weekday as i8, which: None }, end))
    }

    fn today(&self, at: usize) -> Read<Expression> {
        self.word(at, "day").map(|(days, end)| (Expression::Day(days), end))
    }
}

fn unit(days: i32) -> Unit {
    match days {
        7 => Unit::Week,
        30 => Unit::Month,
        365 => Unit::Year,
        _ => Unit::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn places_expressions_on_the_calendar() {
        let grammar = lang::find("ur").and_then(|l| l.grammar.as_ref()).expect("a grammar");
        // The article is of a Saturday.
        for (text, want) in [
            ("7 دسمبر 2023 کو", "2023-12-07"),
            ("15 مارچ کو", "2023-03-15"),
            ("ہفتے کے روز", "2023-12-09"),
            ("پیر کو", "2023-12-04"),
            ("گزشتہ ماہ", "2023-11"),
            ("اس سال", "2023"),
            ("سنہ 2019 میں", "2019"),
            ("دو دن قبل", "2023-12-07"),
            ("آج", "2023-12-09"),
            ("دو روزہ دورہ", "2 days"),
            ("اس ہفتے کے شروع میں", "2023-12-04/2023-12-09"),
            ("21 سے 30 مارچ تک", "2023-03-21/2023-03-30"),
            ("25 اور 26 جولائی کو", "2023-07-25/2023-07-26"),
            ("25 اور 29 جولائی کو", "2023-07-29"),
            ("28 مارچ سے 2 اپریل تک", "2023-03-28/2023-04-02"),
            ("9 دسمبر کی شام", "2023-12-09"),
            ("دو آدمی", ""),
        ] {
            let norms: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let spans: Vec<Span> = (0..norms.len()).map(|i| Span::new(i, i + 1)).collect();
            let all = 0..norms.len();
            let found = find(&norms, &spans, &[all], grammar, "2023-12-09".parse().ok());
            let said = found.first().map_or(String::new(), |date| match date.kind {
                DateKind::Duration { days } => format!("{days} days"),
                DateKind::Date => match (date.interval.from, date.interval.to) {
                    (Some(from), Some(to)) if from != to => format!("{from}/{to}"),
                    (from, _) => from.map(|d| d.to_string()).unwrap_or_default(),
                },
            });
            assert_eq!(said, want, "{text}");
        }
    }
}
