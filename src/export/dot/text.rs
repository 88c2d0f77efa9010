//! Words for a picture: cut, shortened, and escaped as Graphviz wants it.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::date::{Interval, PartialDate};
use crate::entity::EntityId;
use crate::export::is_no_xml;

pub(super) fn post(title: &str, of: Option<&str>) -> String {
    match of {
        Some(of) => format!("{title}, {of}"),
        None => title.to_owned(),
    }
}

/// Up to two things, and how many more there are.
pub(super) fn some(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one}, {two}"),
        [one, two, more @ ..] => format!("{one}, {two}, + {}", more.len()),
    }
}

/// Whether a period lies within another that is longer.
pub(super) fn is_within(inner: Interval, outer: Interval) -> bool {
    let bounds = |interval: Interval| {
        let first = interval.from.or(interval.to)?.first_day()?;
        let last = interval.to.or(interval.from)?.last_day()?;
        Some((first, last))
    };
    match (bounds(inner), bounds(outer)) {
        (Some(inner), Some(outer)) => inner != outer && outer.0 <= inner.0 && inner.1 <= outer.1,
        _ => false,
    }
}

/// A period, its end without what it shares with the start: `2024-03-03–05`.
pub(super) fn period(interval: Interval) -> Option<String> {
    let (from, to) = match (interval.from, interval.to) {
        (None, None) => return None,
        (Some(from), None) => return Some(format!("{from}\u{2013}")),
        (None, Some(to)) => return Some(format!("\u{2013}{to}")),
        (Some(from), Some(to)) => (from, to),
    };
    if from == to {
        return Some(from.to_string());
    }
    let shared = |part: fn(PartialDate) -> Option<u8>| part(from).is_some() && part(to).is_some();
    let end = to.to_string();
    let start = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) if shared(PartialDate::day) => end.rfind('-').map_or(0, |at| at + 1),
        (true, _) if shared(PartialDate::month) => end.find('-').map_or(0, |at| at + 1),
        _ => 0,
    };
    Some(format!("{from}\u{2013}{}", end.get(start..).unwrap_or(&end)))
}

/// Words in lines of about that width, escaped for a label in HTML; what takes
/// more than that many lines is cut.
pub(super) fn lines(text: &str, width: usize, most: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length < room => {
                line.push(' ');
                line.push_str(word);
                room -= length + 1;
            }
            _ => {
                // One word may be longer than a line; it is cut all the same.
                lines.push(word.chars().take(2 * width).collect());
                room = width.saturating_sub(length);
            }
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('\u{2026}');
        }
    }
    let lines: Vec<_> = lines.iter().map(|line| html(line)).collect();
    lines.join("<BR/>")
}

/// Text for a label in HTML.
pub(super) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || is_no_xml(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text for a string that Graphviz shows: an ampersand that would begin an
/// entity of HTML is one itself.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains('&') { text.replace('&', "&amp;").into() } else { text.into() }
}

/// The name of a node, which an SVG has as its title.
pub(super) fn node_id(entity: &EntityId) -> String {
    quoted(&escaped(&entity.0))
}

/// A link. Graphviz escapes hardly anything in the links of an SVG, so that what
/// may not stand in a URL is percent-encoded.
pub(super) fn link(url: &str) -> String {
    let mut link = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\0'..=' ' | '\u{7F}' => {
                let _ = write!(link, "%{:02X}", u32::from(c));
            }
            c => link.push(c),
        }
    }
    link
}

/// Lines of a label, each flush left.
pub(super) fn quoted_lines(lines: impl Iterator<Item = String>) -> String {
    let mut all = String::from("\"");
    for line in lines {
        push_escaped(&mut all, &line);
        all.push_str("\\l");
    }
    all.push('"');
    all
}

/// A string of DOT. Line breaks become `\n`; other control characters, which
/// an SVG could not hold, are left out.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    push_escaped(&mut quoted, text);
    quoted.push('"');
    quoted
}

fn push_escaped(to: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\t' => to.push(' '),
            c if c.is_control() || is_no_xml(c) => (),
            c => to.push(c),
        }
    }
}
