//! The date of publication, where an article's own text gives it.

use super::lexicon::Sense;
use super::words::{Kind, Lexeme, lexemes};
use crate::date::PartialDate;
use crate::token::DateKind;

/// How many bytes at the beginning and at the end of a text are looked at.
const REACH: usize = 600;

/// How much of one line is looked at.
const LINE: usize = 300;

/// What makes a date the date of publication, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Evidence {
    /// "Published January 2, 2024".
    Published,
    /// "date 2024-01-02 …", or a text that begins with a date in digits.
    Prefix,
    /// A line that is a date.
    Alone,
    /// "GENEVA, March 3, 2021 (Reuters) –".
    Dateline,
    /// "Updated January 2, 2024".
    Updated,
}

/// Returns the date of publication that stands in an article's text: on a line
/// of its own, behind a label, in front of the text or in its dateline; near
/// the top, or labelled near the end. Dates in running prose never count, and
/// neither do dates without a day.
///
/// ```
/// use silsila::annotate::dates::published;
///
/// let text = "News Desk Published January 2, 2024 Updated January 3, 2024\nThe envoy left.";
/// assert_eq!(published(text), "2024-01-02".parse().ok());
/// assert_eq!(published("On January 2, 2024 the envoy left."), None);
/// ```
pub fn published(text: &str) -> Option<PartialDate> {
    let mut best: Option<(Evidence, PartialDate)> = None;
    let mut start = 0;
    let mut in_text = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let is_top = start <= REACH;
        let is_bottom = text.len() <= start + line.len() + REACH;
        if !is_top && !is_bottom {
            start += line.len();
            continue;
        }
        let begins_text = text.get(..start).is_some_and(|head| head.trim().is_empty());
        for (evidence, date) in read_line(clip(line), begins_text) {
            let labelled = matches!(evidence, Evidence::Published | Evidence::Updated);
            // Below prose a date may be that of a quotation or a table.
            let counts = labelled || (is_top && !(in_text && evidence == Evidence::Alone));
            if counts && best.is_none_or(|(least, _)| evidence < least) {
                best = Some((evidence, date));
            }
        }
        in_text |= line.trim_end().trim_end_matches(['"', '”', '’']).ends_with(['.', '!', '?']);
        start += line.len();
    }
    best.map(|(_, date)| date)
}

fn clip(line: &str) -> &str {
    let mut end = line.len().min(LINE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.get(..end).unwrap_or("")
}

/// The full dates of a line that may be dates of publication.
fn read_line(line: &str, begins_text: bool) -> Vec<(Evidence, PartialDate)> {
    let lexemes = lexemes(line, 0, line.len());
    let mut read = Vec::new();
    for mention in super::find(line, &[], None) {
        let Some(date) = mention.interval.from.filter(|date| date.is_full()) else { continue };
        if mention.kind != DateKind::Date || mention.interval.to != Some(date) {
            continue;
        }
        let before = lexemes.partition_point(|l| l.end <= mention.span.start());
        let behind = lexemes.partition_point(|l| l.start < mention.span.end());
        let (Some(before), Some(behind)) = (lexemes.get(..before), lexemes.get(behind..)) else {
            continue;
        };
        let in_digits = line
            .get(mention.span.start()..)
            .is_some_and(|l| l.starts_with(|c: char| c.is_ascii_digit()))
            && mention.span.slice(line).contains(['-', '/']);
        if let Some(evidence) = evidence(line, before, behind, begins_text && in_digits) {
            read.push((evidence, date));
        }
    }
    read
}

/// What the words around a date on its line make of it.
fn evidence(line: &str, before: &[Lexeme], behind: &[Lexeme], may_lead: bool) -> Option<Evidence> {
    let is_stamp = |lexeme: &Lexeme| match lexeme.kind {
        Kind::Word { .. } => {
            lexeme.is(Sense::Stamp)
                || label(lexeme).is_some()
                || lexeme
                    .sense(|s| {
                        matches!(s, Sense::Weekday { .. } | Sense::Month { .. } | Sense::DayPart)
                            .then_some(())
                    })
                    .is_some()
        }
        _ => true,
    };
    if before.iter().all(is_stamp)
        && behind.iter().all(is_stamp)
        && before.iter().all(|l| label(l).is_none())
    {
        return Some(Evidence::Alone);
    }
    // The label right before the date: "Published on:", "Posted by … on" has a
    // name between, which only a line that ends with the date may have.
    let ends_line = behind.iter().all(is_stamp);
    let at = before.iter().rposition(|l| label(l).is_some());
    if let Some(at) = at {
        let found = before.get(at).and_then(label)?;
        let between = before.get(at + 1..)?;
        let lead = before.get(..at)?;
        let is_near = between.iter().all(is_stamp)
            || (ends_line && between.len() <= 12 && between.iter().all(is_title));
        // Prose goes on with a comma or in lower case.
        let goes_on = !ends_line
            && behind.first().is_some_and(|next| {
                next.is_mark(',') || next.kind == (Kind::Word { capital: false }) && !is_stamp(next)
            });
        if is_near && !goes_on && lead.len() <= 16 && lead.iter().all(is_title) {
            return Some(found);
        }
        return None;
    }
    if before.is_empty() && may_lead {
        return Some(Evidence::Prefix);
    }
    let is_place = |lexeme: &Lexeme| match lexeme.kind {
        Kind::Word { capital } => capital,
        Kind::Mark(c) => matches!(c, ',' | '.' | '(' | '/' | '’' | '\''),
        _ => false,
    };
    let place = before.first().and_then(|l| line.get(l.start..before.last()?.end))?;
    let city_in_capitals = place.split([',', '(']).next().is_some_and(|city| {
        city.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !city.chars().any(char::is_lowercase)
    });
    let wire = behind.iter().position(|l| l.is_dash() || l.is_mark(':')).filter(|at| *at <= 6)?;
    let behind = behind.get(..wire)?;
    let is_dateline = before.len() <= 8
        && before.iter().all(is_place)
        && behind.iter().all(is_place_or_bracket)
        && (city_in_capitals || behind.iter().any(|l| l.is_mark('(')));
    is_dateline.then_some(Evidence::Dateline)
}

fn is_place_or_bracket(lexeme: &Lexeme) -> bool {
    lexeme.is_capital() || matches!(lexeme.kind, Kind::Mark('(' | ')' | ',' | '/'))
}

/// Whether a word may stand in the name of an author or a desk.
fn is_title(lexeme: &Lexeme) -> bool {
    match lexeme.kind {
        Kind::Word { capital } => {
            capital || lexeme.is(Sense::Stamp) || lexeme.is(Sense::Of) || lexeme.is(Sense::And)
        }
        Kind::Mark(c) => !matches!(c, '"' | '“' | '?' | '!' | ';'),
        _ => true,
    }
}

fn label(lexeme: &Lexeme) -> Option<Evidence> {
    lexeme.sense(|s| match s {
        Sense::Label(1) => Some(Evidence::Published),
        Sense::Label(2) => Some(Evidence::Prefix),
        Sense::Label(3) => Some(Evidence::Updated),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_date_of_publication() {
        for (text, expected) in [
            (" date 2023-12-09 The minister met her guest.", "2023-12-09"),
            ("2023-12-09 10:15 The minister met her guest.", "2023-12-09"),
            ("Title\nPublished January 2, 2024\nText.", "2024-01-02"),
            (
                "Title\nExample Desk Published January 2, 2024 Updated January 3, 2024 09:02pm\nText.",
                "2024-01-02",
            ),
            ("Title\nUpdated January 3, 2024\nPublished: 2 January 2024\nText.", "2024-01-02"),
            ("Title\nLast updated: Jan. 3, 2024, 10:15 GMT\nText.", "2024-01-03"),
            ("Title\nPosted on 2024-01-02T10:15:00Z by Jane Roe\nText.", "2024-01-02"),
            ("Title\nBy Jane Roe | Published on Tuesday, 2 January 2024\nText.", "2024-01-02"),
            ("Title\n\nMay 18, 2022\n\nText.", "2022-05-18"),
            ("Title\nWednesday, May 18, 2022 at 10:15 am\nText.", "2022-05-18"),
            ("GENEVA, March 3, 2021 (Reuters) - The minister met her guest.", "2021-03-03"),
            ("GENEVA, 3 March 2021 – The minister met her guest.", "2021-03-03"),
            ("Geneva, March 3, 2021 (AFP) – The minister met her guest.", "2021-03-03"),
            ("Text.\nPublished in The Example, December 9th, 2023", "2023-12-09"),
        ] {
            assert_eq!(published(text), expected.parse().ok(), "in {text:?}");
        }
        let long = format!("Title\n{}\nPublished January 2, 2024", "A sentence. ".repeat(200));
        assert_eq!(published(&long), "2024-01-02".parse().ok());
    }

    #[test]
    fn prose_does_not_date_an_article() {
        for text in [
            "On January 2, 2024 the envoy left.",
            "Published January 2, 2024, the report names two ministers.",
            "The report was published on January 2, 2024.",
            "The law, updated January 2, 2024, is old.",
            "May 18, 2022 was a day like any other.",
            "The date of January 2, 2024 was set by the minister.",
            "GENEVA, March 3 (Reuters) - The minister met her guest.",
            "They met in Geneva, March 3, 2021 - a day of rain.",
            "Published January 2024",
            "“We will meet again.”\n\nMay 18, 2022\n\nThe ministers met.",
            "Published 12/07/2023",
            "",
        ] {
            assert_eq!(published(text), None, "in {text:?}");
        }
        let middle = format!("{0}\nMay 18, 2022\n{0}", "A sentence. ".repeat(200));
        assert_eq!(published(&middle), None);
    }
}
