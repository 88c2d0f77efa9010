//! Text into tokens and sentences, for scripts that part words by blanks.
//!
//! Latin islands, handles (`@name`) and sums (`$77M`) stay whole; marks stand by
//! themselves.

use crate::lang::letters::{Letters, is_mark};
use crate::span::Span;

/// A token as it stands in the text, with its second form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::annotate) struct Piece {
    pub span: Span,
    /// The second form: one letter for all its looks.
    pub norm: String,
    /// Whether a sentence begins here.
    pub starts_sentence: bool,
    /// Whether a blank follows.
    pub followed_by_space: bool,
}

/// Lines of this many characters may be wrapped, so that their ends end nothing.
const WRAPPED: std::ops::RangeInclusive<usize> = 55..=110;

/// Cuts a stretch of the text.
pub(in crate::annotate) fn tokenize(text: &str, within: Span, letters: &Letters) -> Vec<Piece> {
    let stretch = within.slice(text);
    let chars: Vec<(usize, char)> = stretch.char_indices().collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut starts, mut line_start) = (0, true, 0);
    while let Some(&(offset, c)) = chars.get(at) {
        if c == '\n' {
            let rest = chars.get(at + 1..).unwrap_or(&[]);
            let is_empty_line =
                rest.iter().take_while(|(_, c)| c.is_whitespace()).any(|(_, c)| *c == '\n');
            starts |= is_empty_line || !WRAPPED.contains(&(at - line_start));
            line_start = at + 1;
        }
        // Corpora join the words of a name with a low line.
        if c.is_whitespace()
            || c == '_'
            || (is_mark(c) && !pieces_end_at(&pieces, within.start() + offset))
        {
            at += 1;
            continue;
        }
        let end = token_end(&chars, at);
        let from = within.start() + offset;
        let to = within.start() + chars.get(end).map_or(stretch.len(), |(offset, _)| *offset);
        let span = Span::new(from, to);
        let norm = letters.normalize(span.slice(text)).into_owned();
        let is_end = matches!(norm.as_str(), "۔" | "؟" | "!" | "?")
            || norm == "." && !chars.get(end).is_some_and(|(_, c)| c.is_alphanumeric());
        let is_closing = matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '\'');
        // Quotation marks and brackets behind the end belong to the sentence.
        let begins = starts && !(is_closing && pieces.last().is_some_and(|p| p.span.end() == from));
        let follows = chars.get(end).is_some_and(|(_, c)| c.is_whitespace());
        pieces.push(Piece { span, norm, starts_sentence: begins, followed_by_space: follows });
        starts = is_end || (starts && !begins);
        at = end;
    }
    if let Some(first) = pieces.first_mut() {
        first.starts_sentence = true;
    }
    pieces
}

fn pieces_end_at(pieces: &[Piece], at: usize) -> bool {
    pieces.last().is_some_and(|piece| piece.span.end() == at)
}

/// What kind of token a character is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Word,
    Latin,
    Digit,
    Mark,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Kind::Digit,
        '۔' | '،' | '؛' | '؟' | '٪' | '٫' | '٬' => Kind::Mark,
        _ if c.is_ascii_alphabetic() => Kind::Latin,
        _ if c.is_alphanumeric() || is_mark(c) => Kind::Word,
        '\u{653}'..='\u{655}' => Kind::Word,
        _ => Kind::Mark,
    }
}

/// The position behind the token that begins at `at`.
fn token_end(chars: &[(usize, char)], at: usize) -> usize {
    let get = |at: usize| chars.get(at).map(|(_, c)| *c);
    let kind_at = |at: usize| get(at).map(kind);
    let first = get(at).unwrap_or(' ');
    let mut end = at + 1;
    match kind(first) {
        Kind::Word => {
            while kind_at(end) == Some(Kind::Word) {
                end += 1;
            }
        }
        Kind::Latin | Kind::Digit => {
            let mut last = first;
            while let Some(c) = get(end) {
                let next = kind_at(end + 1);
                let joins = match kind(c) {
                    Kind::Latin | Kind::Digit => true,
                    _ if matches!(c, ',' | '.' | '٫' | '٬') => {
                        kind(last) == Kind::Digit && next == Some(Kind::Digit)
                            || c == '.' && kind(last) == Kind::Latin && next == Some(Kind::Latin)
                    }
                    _ => {
                        matches!(c, '-' | '\'' | '’' | '&' | '/' | '_')
                            && kind(last) == Kind::Latin
                            && next == Some(Kind::Latin)
                    }
                };
                if !joins {
                    break;
                }
                last = c;
                end += 1;
            }
        }
        // "@name", "$77M"
        Kind::Mark if first == '@' && matches!(kind_at(end), Some(Kind::Latin | Kind::Word)) => {
            while let Some(c) = get(end).filter(|c| c.is_alphanumeric() || *c == '_') {
                let _ = c;
                end += 1;
            }
        }
        Kind::Mark
            if matches!(first, '$' | '€' | '£' | '₹') && kind_at(end) == Some(Kind::Digit) =>
        {
            end = token_end(chars, end);
        }
        Kind::Mark => {}
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ur;

    #[test]
    fn cuts_tokens_and_sentences() {
        let letters = Letters::load(ur::LETTERS);
        for (shows, text, want) in [
            ("words and marks", "وہ آئے، پھر گئے۔", "وہ آئے ، پھر گئے ۔"),
            ("two sentences", "وہ آئے۔ پھر گئے؟ ہاں", "وہ آئے ۔ | پھر گئے ؟ | ہاں"),
            ("a quotation mark behind the end", "\"وہ آئے۔\" پھر", "\" وہ آئے ۔ \" | پھر"),
            ("a full stop within digits", "3.5 ملین", "3.5 ملین"),
            ("digits of Urdu", "۷ دسمبر ۲۰۲۳", "7 دسمبر 2023"),
            ("sums", "$77M اور 9M ڈالر", "$77m اور 9m ڈالر"),
            ("handles", "@AnaTorres20، نے", "@anatorres20 ، نے"),
            ("Latin islands", "UNHCR، IOM اور U.S.", "unhcr ، iom اور u.s ."),
            ("joiners and vowel signs", "می\u{200C}کرد مُلک", "میکرد ملک"),
            ("an empty line ends a sentence", "عنوان\n\nمتن", "عنوان | متن"),
        ] {
            let found: Vec<String> = tokenize(text, Span::new(0, text.len()), &letters)
                .iter()
                .enumerate()
                .map(|(i, p)| {
                    if p.starts_sentence && i > 0 {
                        format!("| {}", p.norm)
                    } else {
                        p.norm.clone()
                    }
                })
                .collect();
            assert_eq!(found.join(" "), want, "{shows}");
        }
    }
}
