//! Text in, words and numbers out, each with what it may mean in a date.

use super::lexicon::{Lexicon, Sense};
use crate::date::PartialDate;

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// What a word may mean in a date.
    pub senses: &'static [Sense],
}

/// What stands between a lexeme and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    Nothing,
    Blank,
    /// The end of a paragraph, or the beginning of the text.
    Break,
}

/// The kind of a [`Lexeme`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word {
        capital: bool,
    },
    /// Digits alone.
    Number {
        value: u32,
        digits: u8,
    },
    /// Digits with an ending, as in "7th".
    Ordinal(u32),
    /// Digits with a plural ending, as in "1990s".
    Plural(u32),
    /// A date in digits, as precise as they tell ("12/07/2023" is a year).
    Date(PartialDate),
    /// A number that cannot be a day or a year ("1,000", "2.5").
    Quantity,
    /// An apostrophe with what follows it, as in "year's".
    Clitic,
    Mark(char),
}

impl Lexeme {
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Mark('-' | '–' | '—' | '‑' | '−' | '‐'))
    }

    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word { capital: true }
    }

    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number { .. } | Kind::Ordinal(_))
    }

    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word { .. })
    }

    /// The first sense that `pick` takes.
    pub fn sense<T>(&self, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.senses.iter().copied().find_map(pick)
    }

    pub fn is(&self, sense: Sense) -> bool {
        self.senses.contains(&sense)
    }
}

/// Splits `text[from..to]` into lexemes; offsets count from the text's start.
pub(super) fn lexemes(text: &str, from: usize, to: usize) -> Vec<Lexeme> {
    let lexicon = Lexicon::english();
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut at = from;
    let mut gap = Gap::Break;
    while at < to {
        let rest = text.get(at..to).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}' {
            let blank = rest.len()
                - rest
                    .trim_start_matches(|c: char| {
                        c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}'
                    })
                    .len();
            let lines = rest.get(..blank).unwrap_or("").matches('\n').count();
            gap = if lines > 1 || gap == Gap::Break { Gap::Break } else { Gap::Blank };
            at += blank;
            continue;
        }
        let (len, kind) = if c.is_alphabetic() {
            let len = span_of(rest, char::is_alphabetic);
            (len, Kind::Word { capital: c.is_uppercase() })
        } else if c.is_ascii_digit() {
            number(rest)
        } else if matches!(c, '\'' | '’')
            && gap == Gap::Nothing
            && lexemes.last().is_some_and(|l| !matches!(l.kind, Kind::Mark(_)))
        {
            let mark = c.len_utf8();
            (mark + span_of(rest.get(mark..).unwrap_or(""), char::is_alphabetic), Kind::Clitic)
        } else {
            (c.len_utf8(), Kind::Mark(c))
        };
        let word = rest.get(..len).unwrap_or("");
        let senses = match kind {
            Kind::Word { .. } | Kind::Clitic | Kind::Mark('&') => lexicon.senses(word),
            _ => &[],
        };
        lexemes.push(Lexeme { start: at, end: at + len, kind, gap, senses });
        at += len;
        gap = Gap::Nothing;
    }
    lexemes
}

/// The length and kind of the number that a text begins with.
fn number(text: &str) -> (usize, Kind) {
    if let Some((len, date)) = date_in_digits(text) {
        return (len, Kind::Date(date));
    }
    let digits = digits_of(text);
    // "1,000" and "2.5" are quantities, "2,3" and "5." are not.
    let mut end = digits;
    loop {
        let rest = text.get(end..).unwrap_or("");
        let more = digits_of(rest.get(1..).unwrap_or(""));
        let grouped = rest.starts_with(',') && more == 3 && (end <= 3 || digits < end);
        let decimal = rest.starts_with('.') && 0 < more;
        if !grouped && !decimal {
            break;
        }
        end += 1 + more;
    }
    let value = text.get(..digits).filter(|d| d.len() <= 8).and_then(|d| d.parse().ok());
    let Some(value) = value.filter(|_| end == digits) else {
        return (end, Kind::Quantity);
    };
    let behind = text.get(digits..).unwrap_or("");
    let letters = span_of(behind, char::is_alphabetic);
    match behind.get(..letters).unwrap_or("").to_ascii_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" => (digits + letters, Kind::Ordinal(value)),
        "s" => (digits + letters, Kind::Plural(value)),
        _ => (digits, Kind::Number { value, digits: digits as u8 }),
    }
}

/// The date that a text begins with, if it is written in three numbers.
///
/// Where day and month cannot be told apart the date is a year.
fn date_in_digits(text: &str) -> Option<(usize, PartialDate)> {
    let first = digits_of(text);
    let mark = text.get(first..)?.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let second = digits_of(text.get(first + 1..)?);
    let rest = text.get(first + 1 + second..)?.strip_prefix(mark)?;
    let third = digits_of(rest);
    let len = first + second + third + 2;
    let behind = rest.get(third..)?;
    // A fourth number makes it something else: an address, a version.
    if behind.strip_prefix(mark).is_some_and(|more| digits_of(more) > 0) {
        return None;
    }
    let part =
        |from: usize, digits: usize| -> Option<i16> { text.get(from..from + digits)?.parse().ok() };
    let a = part(0, first)?;
    let b = part(first + 1, second)?;
    let c = part(first + second + 2, third)?;
    if first == 4 && (1..=2).contains(&second) && (1..=2).contains(&third) {
        let date = PartialDate::new(Some(a), u8::try_from(b).ok(), u8::try_from(c).ok())?;
        date.day()?;
        // The clock time of an ISO date-time belongs to it.
        let time = behind.strip_prefix(['T', 't']).map_or(0, |time| {
            1 + span_of(time, |c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z'))
        });
        return Some((len + if time > 1 { time } else { 0 }, date));
    }
    let year = match third {
        4 => c,
        2 if mark == '/' => c + if c < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    if !(1..=2).contains(&first) || !(1..=2).contains(&second) || year < 1000 {
        return None;
    }
    let (a, b) = (u8::try_from(a).ok()?, u8::try_from(b).ok()?);
    let month_first = PartialDate::day_of(year, a, b);
    let day_first = PartialDate::day_of(year, b, a);
    let date = match (month_first, day_first) {
        (Some(one), Some(other)) if one != other => PartialDate::new(Some(year), None, None)?,
        (Some(date), _) | (None, Some(date)) => date,
        (None, None) => return None,
    };
    Some((len, date))
}

fn digits_of(text: &str) -> usize {
    span_of(text, |c| c.is_ascii_digit())
}

fn span_of(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.chars().take_while(|&c| keep(c)).map(char::len_utf8).sum()
}
