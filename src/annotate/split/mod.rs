//! Where a text falls apart before parsing: lines, headlines, page furniture.
//!
//! A line is parsed on its own; a text wrapped by hand is joined to paragraphs
//! first. What stands on the page but is not part of the article (tickers,
//! subscription notices, share buttons, photo credits, …) is passed over with
//! a reason. The rules are a table of the language, `furniture.tsv`; nothing
//! here knows a publisher.
//!
//! ```
//! use silsila::annotate::split::{BlockKind, blocks};
//!
//! let text = "Ministers meet in Geneva\nGENEVA: The two ministers met.They will meet again.\nLeave a Reply";
//! let (blocks, skipped) = blocks(text);
//! let kinds: Vec<_> = blocks.iter().map(|b| (b.kind, b.span.slice(text))).collect();
//! assert_eq!(kinds, [
//!     (BlockKind::Headline, "Ministers meet in Geneva"),
//!     (BlockKind::Dateline, "GENEVA:"),
//!     (BlockKind::Paragraph, "The two ministers met."),
//!     (BlockKind::Paragraph, "They will meet again."),
//! ]);
//! assert_eq!(skipped[0].reason, "comment form");
//! ```

mod glue;
mod rules;
mod wrap;

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use self::rules::{Rule, Rules, first_match};
use self::wrap::Line;
use crate::span::Span;
use crate::token::Skipped;

/// A stretch of text to parse on its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands. It begins and ends with a character that is not blank;
    /// in a text wrapped by hand it may contain line breaks.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a [`Block`] is in its article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BlockKind {
    /// A title, or a heading between paragraphs: no full sentence, no stop.
    Headline,
    /// What stands under a picture; its credit is skipped.
    Caption,
    /// The place, date and agency that an article begins with.
    Dateline,
    /// The name of the author.
    Byline,
    /// An item of a list; its mark is skipped.
    ListItem,
    /// Prose.
    Paragraph,
}

/// Blocks longer than this many bytes are cut, so that parsing stays bounded.
const LONGEST_BLOCK: usize = 100_000;

/// Lines longer than this many bytes are no furniture.
const LONGEST_FURNITURE: usize = 600;

/// Lines longer than this many bytes are not searched for notices.
const LONGEST_NOTICE_LINE: usize = 4_000;

/// Whether a character is nothing to read: white space, or an invisible mark
/// that editors leave at the ends of lines.
fn is_blank(c: char) -> bool {
    // Zero width space, non-joiner, joiner, left-to-right and right-to-left
    // mark, byte order mark.
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// Splits an English text into the stretches to parse and those passed over.
///
/// Both lists are in text order; no two spans overlap, and what lies in none
/// of them is blank.
pub fn blocks(text: &str) -> (Vec<Block>, Vec<Skipped>) {
    let mut splitter = Splitter::new(text);
    splitter.run();
    (splitter.blocks, splitter.skipped)
}

struct Splitter<'a> {
    text: &'a str,
    rules: &'static Rules,
    blocks: Vec<Block>,
    skipped: Vec<Skipped>,
    /// Headlines, captions and paragraphs that have been read.
    read: HashSet<&'a str>,
    /// The number of paragraphs so far.
    paragraphs: usize,
    /// Whether an article's place has been read.
    has_dateline: bool,
    /// Whether lines begin with the name of a speaker.
    is_transcript: bool,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            rules: Rules::english(),
            blocks: Vec::new(),
            skipped: Vec::new(),
            read: HashSet::new(),
            paragraphs: 0,
            has_dateline: false,
            is_transcript: false,
        }
    }

    fn run(&mut self) {
        let text = self.text;
        let lines = wrap::lines(text);
        self.is_transcript =
            lines.iter().filter(|line| names_speaker(line.span.slice(text))).count() >= 2;
        let width = wrap::width(text, &lines);
        let mut at = 0;
        while let Some(&line) = lines.get(at) {
            at += 1;
            if let Some(reason) = self.furniture(line.span) {
                self.skip(line.span, reason);
                continue;
            }
            let mut span = line.span;
            let mut last = line;
            while let Some(&next) = lines.get(at) {
                if !wrap::continues(text, last, next, width) || self.starts_anew(next) {
                    break;
                }
                span = span.cover(next.span);
                last = next;
                at += 1;
            }
            self.stretch(span, lines.get(at).copied());
        }
    }

    /// Why a whole line is passed over, if it is.
    fn furniture(&self, span: Span) -> Option<&'static str> {
        let line = span.slice(self.text);
        if LONGEST_FURNITURE < line.len() {
            return None;
        }
        first_match(&self.rules.line, line)
            .or_else(|| (!line.contains(char::is_alphabetic)).then_some("no words"))
    }

    /// Whether a line cannot belong to the paragraph above it.
    fn starts_anew(&self, line: Line) -> bool {
        self.furniture(line.span).is_some()
            || first_match(&self.rules.mark, line.span.slice(self.text)).is_some()
    }

    /// Takes a line or a joined paragraph apart.
    fn stretch(&mut self, span: Span, next: Option<Line>) {
        let Some(span) = self.peel(span) else { return };
        let (span, is_item) = self.peel_mark(span);
        let line = span.slice(self.text);
        if first_match(&self.rules.byline, head(line)).is_some() && line.len() <= 200 {
            return self.block(span, BlockKind::Byline);
        }
        if self.is_place(span, next) {
            self.has_dateline = true;
            return self.block(span, BlockKind::Dateline);
        }
        let (span, credit) = self.without_credit(span);
        let kind = if credit.is_some() {
            BlockKind::Caption
        } else if is_item {
            BlockKind::ListItem
        } else {
            self.kind(span)
        };
        let is_long = 5 <= span.slice(self.text).split_whitespace().take(5).count();
        if is_long && !self.read.insert(span.slice(self.text)) && self.may_repeat(span, kind) {
            self.skip(span, "repeated");
        } else {
            self.prose(span, kind);
        }
        if let Some(credit) = credit {
            self.skip(credit, "photo credit");
        }
    }

    /// Passes over what is glued to the beginning of a line; `None` if nothing
    /// of the line is left.
    fn peel(&mut self, mut span: Span) -> Option<Span> {
        for _ in 0..4 {
            let line = span.slice(self.text);
            let Some((len, reason)) = self.prefix(line) else { break };
            self.skip(Span::new(span.start(), span.start() + len), reason);
            span = trim(self.text, Span::new(span.start() + len, span.end()))?;
            if let Some(reason) = self.furniture(span) {
                self.skip(span, reason);
                return None;
            }
        }
        Some(span)
    }

    /// The length of a prefix to pass over, and why.
    fn prefix(&self, line: &str) -> Option<(usize, &'static str)> {
        self.rules.prefix.iter().find_map(|Rule { reason, regex }| {
            let matched = regex.find(head(line))?;
            let skipped = matched.as_str().trim_end_matches(is_blank);
            let rest = line.get(skipped.len()..)?;
            let text = rest.trim_start_matches(is_blank);
            let first = text.chars().next()?;
            let is_apart =
                text.len() < rest.len() || skipped.ends_with(|c: char| !c.is_alphanumeric());
            let starts_text = !first.is_lowercase() && !matches!(first, ',' | '.' | ';' | ':');
            (is_apart && starts_text).then_some((skipped.len(), *reason))
        })
    }

    /// Passes over the mark of a list item.
    fn peel_mark(&mut self, span: Span) -> (Span, bool) {
        let line = span.slice(self.text);
        let Some((mark, reason)) = find_first(&self.rules.mark, head(line)) else {
            return (span, false);
        };
        let mark = Span::new(span.start(), span.start() + mark.end());
        match (trim(self.text, mark), trim(self.text, Span::new(mark.end(), span.end()))) {
            (Some(mark), Some(rest)) => {
                self.skip(mark, reason);
                (rest, true)
            }
            _ => (span, false),
        }
    }

    /// Whether a line is a dateline without text: capitals near the top, not
    /// the title, with a paragraph below.
    fn is_place(&self, span: Span, next: Option<Line>) -> bool {
        let line = span.slice(self.text);
        !self.has_dateline
            && self.paragraphs == 0
            && !self.blocks.is_empty()
            && line.len() <= 60
            && next.is_some_and(|next| 60 <= next.span.len())
            && first_match(&self.rules.place, line).is_some()
            && first_match(&self.rules.speaker, line).is_none()
    }

    /// The line without the credit that it ends in, and the credit.
    fn without_credit(&self, span: Span) -> (Span, Option<Span>) {
        const REACH: usize = 200;
        let line = span.slice(self.text);
        let mut from = line.len().saturating_sub(REACH);
        while !line.is_char_boundary(from) {
            from += 1;
        }
        let tail = line.get(from..).unwrap_or("");
        for rule in &self.rules.credit {
            let Some(found) = rule.regex.captures(tail) else { continue };
            let Some(whole) = found.get(0) else { continue };
            let kept = found.name("keep").map_or(whole.start(), |keep| keep.end());
            let cut = span.start() + from + kept;
            let rest = trim(self.text, Span::new(span.start(), cut));
            let credit = trim(self.text, Span::new(cut, span.end()));
            if let (Some(rest), Some(credit)) = (rest, credit) {
                return (rest, Some(credit));
            }
        }
        (span, None)
    }

    /// What a line is, told by its shape and place.
    fn kind(&self, span: Span) -> BlockKind {
        let line = span.slice(self.text);
        let ends = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        let stops = ends.ends_with(['.', '!', '?', '…', ':', ';', ',', '۔', '؟']);
        let words = line.split_whitespace().take(31).count();
        let most = if self.paragraphs == 0 { 30 } else { 14 };
        if !stops && words <= most { BlockKind::Headline } else { BlockKind::Paragraph }
    }

    /// Whether a block that was read before is passed over: a title or caption,
    /// or prose of some length. Short lines of talk do recur.
    fn may_repeat(&self, span: Span, kind: BlockKind) -> bool {
        matches!(kind, BlockKind::Headline | BlockKind::Caption)
            || 60 <= span.slice(self.text).len()
    }

    /// Takes a dateline off, passes notices over, and cuts glued sentences.
    fn prose(&mut self, span: Span, kind: BlockKind) {
        let Some(span) = self.dateline(span, kind) else { return };
        if kind == BlockKind::Paragraph {
            self.paragraphs += 1;
        }
        let mut from = span.start();
        for (notice, reason) in self.notices(span) {
            self.pieces(Span::new(from, notice.start()), kind);
            self.skip(notice, reason);
            from = notice.end();
        }
        self.pieces(Span::new(from, span.end()), kind);
    }

    /// Takes the dateline off an article's beginning.
    fn dateline(&mut self, span: Span, kind: BlockKind) -> Option<Span> {
        let line = span.slice(self.text);
        if self.has_dateline || self.is_transcript || 3 <= self.paragraphs {
            return Some(span);
        }
        if kind != BlockKind::Paragraph {
            return Some(span);
        }
        let Some((found, _)) = find_first(&self.rules.dateline, head(line)) else {
            return Some(span);
        };
        if first_match(&self.rules.speaker, found.as_str()).is_some() {
            return Some(span);
        }
        let place = Span::new(span.start(), span.start() + found.end());
        let rest = trim(self.text, Span::new(place.end(), span.end()))?;
        // "NATO – the alliance – said": what follows a dateline is a sentence.
        if rest.slice(self.text).starts_with(char::is_lowercase) || rest.len() < 40 {
            return Some(span);
        }
        self.has_dateline = true;
        if let Some(place) = trim(self.text, place) {
            self.block(place, BlockKind::Dateline);
        }
        Some(rest)
    }

    /// The sentences of a line that are notices; neighbours of one reason are
    /// united.
    fn notices(&self, span: Span) -> Vec<(Span, &'static str)> {
        let line = span.slice(self.text);
        let mut notices: Vec<(Span, &'static str)> = Vec::new();
        if LONGEST_NOTICE_LINE < line.len() {
            return notices;
        }
        let mut starts = glue::sentence_starts(line, self.rules);
        starts.push(line.len());
        for pair in starts.windows(2) {
            let sentence = Span::new(span.start() + pair[0], span.start() + pair[1]);
            let Some(sentence) = trim(self.text, sentence) else { continue };
            let words = sentence.slice(self.text);
            if LONGEST_FURNITURE < words.len() {
                continue;
            }
            let Some(reason) = first_match(&self.rules.notice, words) else { continue };
            match notices.last_mut() {
                Some((last, why))
                    if *why == reason
                        && trim(self.text, Span::new(last.end(), sentence.start())).is_none() =>
                {
                    *last = last.cover(sentence);
                }
                _ => notices.push((sentence, reason)),
            }
        }
        notices
    }

    /// Adds a stretch of prose, cut where sentences are glued and where it is
    /// too long to parse at once.
    fn pieces(&mut self, span: Span, kind: BlockKind) {
        let text = span.slice(self.text);
        let seams = glue::seams(text, self.rules);
        let kind = match kind {
            BlockKind::Headline if !seams.is_empty() => BlockKind::Paragraph,
            other => other,
        };
        let mut from = span.start();
        for seam in seams.into_iter().map(|seam| span.start() + seam).chain([span.end()]) {
            let piece = Span::new(from, seam);
            from = seam;
            let mut start = piece.start();
            let cuts = glue::cuts(piece.slice(self.text), LONGEST_BLOCK);
            for cut in cuts.into_iter().map(|cut| piece.start() + cut).chain([piece.end()]) {
                self.block(Span::new(start, cut), kind);
                start = cut;
            }
        }
    }

    fn block(&mut self, span: Span, kind: BlockKind) {
        if let Some(span) = trim(self.text, span) {
            self.blocks.push(Block { span, kind });
        }
    }

    fn skip(&mut self, span: Span, reason: &str) {
        if let Some(span) = trim(self.text, span) {
            self.skipped.push(Skipped { span, reason: reason.to_owned() });
        }
    }
}

/// The beginning of a line, as much of it as a prefix may take.
fn head(line: &str) -> &str {
    let mut end = line.len().min(LONGEST_FURNITURE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.get(..end).unwrap_or("")
}

/// The first rule that matches, and where.
fn find_first<'t>(rules: &[Rule], text: &'t str) -> Option<(regex::Match<'t>, &'static str)> {
    rules.iter().find_map(|rule| Some((rule.regex.find(text)?, rule.reason)))
}

/// The span without the blanks at its ends; `None` if nothing is left.
fn trim(text: &str, span: Span) -> Option<Span> {
    let whole = span.slice(text);
    let body = whole.trim_start_matches(is_blank);
    let start = span.start() + whole.len() - body.len();
    let body = body.trim_end_matches(is_blank);
    (!body.is_empty()).then(|| Span::new(start, start + body.len()))
}

/// Whether a line begins with the name of a speaker, as transcripts do.
fn names_speaker(line: &str) -> bool {
    static SPEAKER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z][A-Z.'’ -]{1,60}:\s")
            .unwrap_or_else(|e| panic!("the speaker pattern is broken: {e}"))
    });
    SPEAKER.is_match(line)
}

#[cfg(test)]
mod tests;
