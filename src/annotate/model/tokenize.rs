//! Text to tokens, by the rules of spaCy's tokenizer.
//!
//! A text is cut at blanks, each piece is looked up among the exceptions or
//! stripped of prefixes and suffixes and cut at infixes, and at last sequences
//! of tokens that form an exception are joined again. The rules are the
//! model's; the algorithm is that of `spacy/tokenizer.pyx`.

use std::collections::HashMap;
use std::ops::Range;

use super::ModelError;
use super::hash::FastBuild;
use super::pattern::{Pattern, is_python_space};
use super::tables::TokenizerTable;

/// A token before any analysis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub start: u32,
    pub end: u32,
    /// The norm that an exception gives it.
    pub norm: Option<NormIdx>,
    pub followed_by_space: bool,
}

/// The position of a norm in [`Tokenizer::norm`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct NormIdx(u32);

impl NormIdx {
    /// A number that is not zero.
    pub fn number(self) -> u32 {
        self.0 + 1
    }
}

/// The tokenizer of a model.
#[derive(Debug)]
pub(super) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token: Option<Pattern>,
    url: Option<Pattern>,
    exceptions: HashMap<String, Vec<Part>, FastBuild>,
    // The length of the longest exception, in bytes.
    longest: usize,
    norms: Vec<String>,
    // Sequences of token texts that may form an exception, by the first text.
    sequences: HashMap<String, Vec<Vec<String>>, FastBuild>,
}

/// A token of an exception: its length and its norm.
#[derive(Clone, Copy, Debug)]
struct Part {
    length: u32,
    norm: Option<NormIdx>,
}

/// What a thread keeps from one text to the next.
#[derive(Debug, Default)]
pub(super) struct Cache {
    chunks: HashMap<Box<str>, Box<[Part]>, FastBuild>,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    chars: Vec<char>,
    // The byte offset of each character, and of the end.
    offsets: Vec<u32>,
    suffixes: Vec<Range<usize>>,
    parts: Vec<Part>,
}

// Bounds of the cache: as many chunks, none longer than this many bytes.
const CACHED_CHUNKS: usize = 8192;
const CACHED_LENGTH: usize = 48;

impl Tokenizer {
    pub fn new(table: &TokenizerTable) -> Result<Self, ModelError> {
        let read = |name: &'static str, source: &Option<String>| match source {
            None => Ok(None),
            Some(source) => match Pattern::new(source) {
                Ok(pattern) => Ok(Some(pattern)),
                Err(source) => Err(ModelError::Pattern { name, source }),
            },
        };
        let mut tokenizer = Self {
            prefix: read("prefix", &table.prefix)?,
            suffix: read("suffix", &table.suffix)?,
            infix: read("infix", &table.infix)?,
            token: read("token", &table.token)?,
            url: read("url", &table.url)?,
            exceptions: HashMap::default(),
            longest: 0,
            norms: Vec::new(),
            sequences: HashMap::default(),
        };
        let mut norms = HashMap::new();
        for (chunk, parts) in &table.exceptions {
            let mut added = Vec::with_capacity(parts.len());
            for part in parts {
                let norm = part.get(1).map(|norm| {
                    *norms.entry(norm.clone()).or_insert_with(|| {
                        tokenizer.norms.push(norm.clone());
                        NormIdx(tokenizer.norms.len() as u32 - 1)
                    })
                });
                let length = part.first().map_or(0, String::len) as u32;
                added.push(Part { length, norm });
            }
            let total: usize = added.iter().map(|part| part.length as usize).sum();
            if total != chunk.len() {
                return Err(ModelError::Exception { chunk: chunk.clone() });
            }
            tokenizer.longest = tokenizer.longest.max(chunk.len());
            tokenizer.exceptions.insert(chunk.clone(), added);
        }
        tokenizer.add_sequences(table);
        Ok(tokenizer)
    }

    /// Finds the exceptions that the rules would cut, and how they would.
    fn add_sequences(&mut self, table: &TokenizerTable) {
        let mut scratch = Scratch::default();
        for chunk in table.exceptions.keys() {
            let chars: Vec<char> = chunk.chars().collect();
            let is_cut = !table.faster_heuristics
                || chunk.contains(' ')
                || self.prefix.as_ref().is_some_and(|p| p.search(&chars).is_some())
                || self.suffix.as_ref().is_some_and(|p| p.search(&chars).is_some())
                || self.infix.as_ref().is_some_and(|p| p.search(&chars).is_some());
            if !is_cut {
                continue;
            }
            let mut pieces = Vec::new();
            each_chunk(chunk, |chunk_text, start, space| {
                self.cut(chunk_text, false, &mut scratch);
                push_parts(&scratch.parts, start, space, &mut pieces);
            });
            let mut texts = pieces
                .iter()
                .map(|p| chunk.get(p.start as usize..p.end as usize).unwrap_or("").to_owned());
            if let Some(first) = texts.next() {
                let rest = texts.collect();
                self.sequences.entry(first).or_default().push(rest);
            }
        }
    }

    /// The text of a norm.
    pub fn norm(&self, norm: NormIdx) -> &str {
        &self.norms[norm.0 as usize]
    }

    /// Cuts a text into tokens. Blanks between tokens are no tokens; any
    /// further white space is.
    pub fn tokenize(&self, text: &str, cache: &mut Cache, pieces: &mut Vec<Piece>) {
        pieces.clear();
        let Cache { chunks, scratch } = cache;
        each_chunk(text, |chunk, start, space| {
            let parts: &[Part] = if let Some(parts) = self.exception(chunk) {
                parts
            } else if let Some(parts) = chunks.get(chunk) {
                parts
            } else {
                self.cut(chunk, true, scratch);
                if chunk.len() <= CACHED_LENGTH {
                    if chunks.len() >= CACHED_CHUNKS {
                        chunks.clear();
                    }
                    chunks.insert(chunk.into(), scratch.parts.as_slice().into());
                }
                &scratch.parts
            };
            push_parts(parts, start, space, pieces);
        });
        self.join(text, pieces);
    }

    fn exception(&self, chunk: &str) -> Option<&[Part]> {
        if chunk.len() > self.longest {
            return None;
        }
        self.exceptions.get(chunk).map(Vec::as_slice)
    }

    /// Cuts a chunk that is not an exception itself into `scratch.parts`.
    fn cut(&self, chunk: &str, with_exceptions: bool, scratch: &mut Scratch) {
        let Scratch { chars, offsets, suffixes, parts } = scratch;
        chars.clear();
        offsets.clear();
        suffixes.clear();
        parts.clear();
        for (at, c) in chunk.char_indices() {
            chars.push(c);
            offsets.push(at as u32);
        }
        offsets.push(chunk.len() as u32);
        let part = |range: &Range<usize>| Part {
            length: offsets[range.end] - offsets[range.start],
            norm: None,
        };
        let exception = |range: &Range<usize>| {
            let bytes = offsets[range.start] as usize..offsets[range.end] as usize;
            if !with_exceptions || bytes.is_empty() || bytes.len() > self.longest {
                return None;
            }
            self.exception(chunk.get(bytes)?)
        };

        // Affixes, from both ends, until nothing more comes off.
        let mut middle = 0..chars.len();
        let mut last = 0;
        while !middle.is_empty() && middle.len() != last {
            if self.token.as_ref().is_some_and(|p| p.match_start(&chars[middle.clone()]).is_some())
                || exception(&middle).is_some()
            {
                break;
            }
            last = middle.len();
            let prefix = find(self.prefix.as_ref(), &chars[middle.clone()]);
            let behind = middle.start + prefix..middle.end;
            if prefix > 0 && exception(&behind).is_some() {
                parts.push(part(&(middle.start..behind.start)));
                middle = behind;
                break;
            }
            let suffix = find(self.suffix.as_ref(), &chars[behind.clone()]);
            let before = middle.start..middle.end - suffix;
            if suffix > 0 && exception(&before).is_some() {
                suffixes.push(before.end..middle.end);
                middle = before;
                break;
            }
            if prefix > 0 {
                parts.push(part(&(middle.start..behind.start)));
            }
            if suffix > 0 && prefix + suffix <= middle.len() {
                suffixes.push(before.end..middle.end);
                middle.end = before.end;
            }
            middle.start = behind.start;
        }

        // What is left.
        if !middle.is_empty() {
            let rest = &chars[middle.clone()];
            let is_whole = |pattern: &Option<Pattern>| {
                pattern.as_ref().is_some_and(|p| p.match_start(rest).is_some())
            };
            if let Some(exception) = exception(&middle) {
                parts.extend_from_slice(exception);
            } else if is_whole(&self.token) || is_whole(&self.url) {
                parts.push(part(&middle));
            } else {
                let mut start = middle.start;
                if let Some(infix) = &self.infix {
                    for found in infix.find_all(rest) {
                        if found.start == 0 {
                            continue;
                        }
                        let found = middle.start + found.start..middle.start + found.end;
                        if start < found.start {
                            parts.push(part(&(start..found.start)));
                        }
                        if !found.is_empty() {
                            parts.push(part(&found));
                        }
                        start = found.end;
                    }
                }
                if start < middle.end {
                    parts.push(part(&(start..middle.end)));
                }
            }
        }
        for suffix in suffixes.iter().rev() {
            parts.push(part(suffix));
        }
    }

    /// Joins sequences of tokens that form an exception, the longest first,
    /// then from the left.
    fn join(&self, text: &str, pieces: &mut Vec<Piece>) {
        let token_text = |piece: &Piece| text.get(piece.start as usize..piece.end as usize);
        let mut matches: Vec<Range<usize>> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let sequences = token_text(piece).and_then(|text| self.sequences.get(text));
            for rest in sequences.into_iter().flatten() {
                let following = pieces.get(at + 1..at + 1 + rest.len());
                let is_equal = following.is_some_and(|following| {
                    following.iter().zip(rest).all(|(p, text)| token_text(p) == Some(text))
                });
                if is_equal {
                    matches.push(at..at + 1 + rest.len());
                }
            }
        }
        if matches.is_empty() {
            return;
        }
        matches.sort_by_key(|m| (std::cmp::Reverse(m.len()), m.start));
        let mut taken = vec![false; pieces.len()];
        let mut kept: Vec<Range<usize>> = Vec::new();
        for found in matches {
            if !taken[found.start] && !taken[found.end - 1] {
                kept.push(found.clone());
            }
            taken[found].fill(true);
        }
        kept.sort_by_key(|m| m.start);
        let mut joined = Vec::with_capacity(pieces.len());
        let mut next = 0;
        for found in kept {
            joined.extend_from_slice(&pieces[next..found.start]);
            next = found.end;
            let (first, last) = (pieces[found.start], pieces[found.end - 1]);
            let surface = text.get(first.start as usize..last.end as usize).unwrap_or("");
            match self.exception(surface) {
                Some(parts) => push_parts(parts, first.start, last.followed_by_space, &mut joined),
                None => joined.extend_from_slice(&pieces[found]),
            }
        }
        joined.extend_from_slice(&pieces[next..]);
        *pieces = joined;
    }
}

/// The length of the match of a prefix or suffix pattern, 0 if there is none.
fn find(pattern: Option<&Pattern>, text: &[char]) -> usize {
    pattern.and_then(|p| p.search(text)).map_or(0, |found| found.len())
}

fn push_parts(parts: &[Part], start: u32, space: bool, pieces: &mut Vec<Piece>) {
    let mut start = start;
    for part in parts {
        let end = start + part.length;
        pieces.push(Piece { start, end, norm: part.norm, followed_by_space: false });
        start = end;
    }
    if let Some(last) = pieces.last_mut() {
        last.followed_by_space = space;
    }
}

/// Calls `visit` with each run of white space or of other characters, where it
/// starts, and whether a single blank follows it. A blank between two runs
/// belongs to neither.
fn each_chunk<'a>(text: &'a str, mut visit: impl FnMut(&'a str, u32, bool)) {
    let mut start = 0;
    let mut in_space = text.chars().next().is_some_and(is_python_space);
    for (at, c) in text.char_indices() {
        if is_python_space(c) == in_space {
            continue;
        }
        if start < at {
            visit(text.get(start..at).unwrap_or(""), start as u32, c == ' ');
        }
        start = if c == ' ' { at + 1 } else { at };
        in_space = !in_space;
    }
    if start < text.len() {
        let space = text.ends_with(' ') && !in_space;
        visit(text.get(start..).unwrap_or(""), start as u32, space);
    }
}
