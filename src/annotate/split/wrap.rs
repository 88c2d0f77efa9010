//! Lines, and whether a text was wrapped by hand.
//!
//! A text that was wrapped breaks its lines in mid-sentence near one width:
//! a line could not have taken the first word of the next. Such lines are
//! joined again; in any other text a line is a block of its own.

use super::is_blank;
use crate::span::Span;

/// A line without the blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub span: Span,
    /// The number of blanks in front of it.
    pub indent: usize,
    /// Whether an empty line, or the beginning of the text, stands before it.
    pub after_gap: bool,
}

/// Splits a text into its lines; empty ones are left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = true;
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or("");
        let len = rest.find(['\n', '\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}']);
        let line = rest.get(..len.unwrap_or(rest.len())).unwrap_or("");
        let breaking = rest.get(line.len()..).unwrap_or("");
        let body = line.trim_start_matches(is_blank);
        let indent = line.len() - body.len();
        let body = body.trim_end_matches(is_blank);
        if body.is_empty() {
            after_gap = true;
        } else {
            let from = start + indent;
            let span = Span::new(from, from + body.len());
            lines.push(Line {
                span,
                indent: line.chars().take_while(|&c| is_blank(c)).count(),
                after_gap,
            });
            after_gap = false;
        }
        start += line.len()
            + if breaking.starts_with("\r\n") {
                2
            } else {
                breaking.chars().next().map_or(0, char::len_utf8)
            };
    }
    lines
}

/// The width at which a text is wrapped, or `None` if it is not.
///
/// Wrapped means: at least two breaks lie inside paragraphs, half of them at
/// least could not have taken the next word, and a third of them at least
/// stand in mid-sentence before a word in lower case.
pub(super) fn width(text: &str, lines: &[Line]) -> Option<usize> {
    const NARROWEST: usize = 30;
    const WIDEST: usize = 130;
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[1].after_gap)
        .map(|pair| columns(text, pair[0]))
        .collect();
    if widths.len() < 2 {
        return None;
    }
    widths.sort_unstable();
    // A few long lines (an address, a footer) do not unmake a wrapped text.
    let width = widths[(widths.len() - 1) * 19 / 20];
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut full, mut broken) = (0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].after_gap) {
        full += usize::from(is_full(text, pair[0], pair[1], width));
        broken += usize::from(breaks_sentence(text, pair[0], pair[1]));
    }
    (full * 2 >= widths.len() && broken * 3 >= widths.len()).then_some(width)
}

/// Whether `next` continues the paragraph of `line`, in a text of that width.
pub(super) fn continues(text: &str, line: Line, next: Line, width: Option<usize>) -> bool {
    if next.after_gap {
        return false;
    }
    let Some(width) = width else {
        // Not wrapped: only a long line that stops in mid-sentence goes on.
        return columns(text, line) >= 40
            && breaks_sentence(text, line, next)
            && line.span.slice(text).split_whitespace().count() >= 6;
    };
    if line.indent + 2 <= next.indent {
        return false;
    }
    breaks_sentence(text, line, next)
        || (is_full(text, line, next, width) && columns(text, line) * 20 >= width * 13)
}

/// Whether the next line's first word would not have fitted.
fn is_full(text: &str, line: Line, next: Line, width: usize) -> bool {
    let word = next.span.slice(text).split_whitespace().next().unwrap_or("");
    // Some slack, since the width is a quantile and editors differ by a few.
    columns(text, line) + 1 + word.chars().count() + width / 20 > width
}

/// Whether a line stops in mid-sentence and the next goes on in lower case.
fn breaks_sentence(text: &str, line: Line, next: Line) -> bool {
    let ends = line.span.slice(text).trim_end_matches(['"', '”', '’', '\'', ')']);
    !ends.ends_with(['.', '!', '?', ':', ';', '…'])
        && next.span.slice(text).chars().next().is_some_and(char::is_lowercase)
}

fn columns(text: &str, line: Line) -> usize {
    line.span.slice(text).chars().count()
}
