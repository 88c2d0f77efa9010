//! The lexical attributes that the network sees of a token: ids of strings.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_general_category::{GeneralCategory, get_general_category};

use super::ModelError;
use super::hash::{FastBuild, string_id};
use super::pattern::is_python_space;

/// An attribute of a token that an embedding can look up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    FollowedBySpace,
    IsSpace,
}

impl Attribute {
    /// Returns the attribute of spaCy's name.
    pub fn new(name: &str) -> Result<Self, ModelError> {
        Ok(match name {
            "ORTH" | "TEXT" => Self::Orth,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::FollowedBySpace,
            "IS_SPACE" => Self::IsSpace,
            _ => return Err(ModelError::Attribute { name: name.to_owned() }),
        })
    }
}

/// The attributes of a word that do not depend on its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Lexeme {
    pub orth: u64,
    pub lower: u64,
    pub norm: u64,
    pub prefix: u64,
    pub suffix: u64,
    pub shape: u64,
    pub is_space: bool,
}

impl Lexeme {
    /// Computes the attributes of a word, whose norm an exception may give.
    pub fn new(text: &str, norm: Option<&str>, norms: &Norms) -> Self {
        let orth = string_id(text);
        let lower = lowercase(text);
        let prefix_end = text.chars().next().map_or(0, char::len_utf8);
        let suffix_start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Self {
            orth,
            lower: string_id(&lower),
            norm: norm.map_or_else(|| norms.id(orth, &lower), string_id),
            prefix: string_id(text.get(..prefix_end).unwrap_or("")),
            suffix: string_id(text.get(suffix_start..).unwrap_or("")),
            shape: string_id(&shape(text)),
            is_space: is_space(text),
        }
    }

    /// The value of an attribute of a token of this word.
    pub fn value(&self, attribute: Attribute, followed_by_space: bool) -> u64 {
        match attribute {
            Attribute::Orth => self.orth,
            Attribute::Lower => self.lower,
            Attribute::Norm => self.norm,
            Attribute::Prefix => self.prefix,
            Attribute::Suffix => self.suffix,
            Attribute::Shape => self.shape,
            Attribute::FollowedBySpace => u64::from(followed_by_space),
            Attribute::IsSpace => u64::from(self.is_space),
        }
    }
}

/// The norms of words: the model's own, then spaCy's of punctuation.
#[derive(Debug)]
pub(super) struct Norms {
    // Ids of norms by ids of words.
    ids: HashMap<u64, u64, FastBuild>,
}

impl Norms {
    pub fn new(norms: &[(u64, String)]) -> Self {
        let mut ids: HashMap<u64, u64, FastBuild> = HashMap::default();
        for (norm, words) in BASE_NORMS {
            for word in *words {
                ids.insert(string_id(word), string_id(norm));
            }
        }
        for (word, norm) in norms {
            ids.insert(*word, string_id(norm));
        }
        Self { ids }
    }

    fn id(&self, orth: u64, lower: &str) -> u64 {
        self.ids.get(&orth).copied().unwrap_or_else(|| string_id(lower))
    }
}

/// spaCy's norms for all languages (`spacy/lang/norm_exceptions.py`).
const BASE_NORMS: &[(&str, &[&str])] = &[
    ("'", &["’", "‘", "´", "`"]),
    ("'s", &["'s", "'S", "’s", "’S"]),
    ("\"", &["”", "“", "''", "``", "´´", "„", "»", "«", "‘‘", "’’"]),
    ("-", &["—", "–", "--", "---", "——"]),
    ("...", &["…"]),
    ("?", &["？"]),
    ("!", &["！"]),
    (",", &["，"]),
    (";", &["；"]),
    (":", &["："]),
    (".", &["。", "।"]),
    ("$", &["€", "£", "¥", "฿", "US$", "C$", "A$", "₺", "₹", "৳", "₩", "Mex$", "₣", "E£"]),
];

/// Whether a text is white space only, and not empty.
pub(super) fn is_space(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_python_space)
}

/// Whether Python's `str.isalpha` holds of a character: letters, no marks.
pub(super) fn is_alpha(c: char) -> bool {
    use GeneralCategory::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
    )
}

/// Returns a text in lower case, without copying if it is.
pub(super) fn lowercase(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Returns the shape of a word: `X` and `x` for letters, `d` for digits, runs
/// of one sign cut to four.
fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = ('\0', 0);
    for c in text.chars() {
        let sign = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if sign == last { run + 1 } else { 0 };
        last = sign;
        if run < 4 {
            shape.push(sign);
        }
    }
    shape
}

/// Whether Python's `str.isdigit` holds of a character: decimal digits, and
/// digits in circles, superscript and the like (Unicode's Numeric_Type Digit).
fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    get_general_category(c) == GeneralCategory::DecimalNumber
        || matches!(c,
            '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{1369}'..='\u{1371}' | '\u{19DA}' | '\u{2070}'
            | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}'
            | '\u{2474}'..='\u{247C}' | '\u{2488}'..='\u{2490}' | '\u{24EA}' | '\u{24F5}'..='\u{24FD}'
            | '\u{24FF}' | '\u{2776}'..='\u{277E}' | '\u{2780}'..='\u{2788}' | '\u{278A}'..='\u{2792}'
            | '\u{10A40}'..='\u{10A43}' | '\u{10E60}'..='\u{10E68}' | '\u{11052}'..='\u{1105A}'
            | '\u{1F100}'..='\u{1F10A}')
}

/// A table of lexemes by text, which keeps a bounded number of them.
#[derive(Debug)]
pub(super) struct LexemeCache {
    slots: Vec<Option<(Box<str>, u32, Lexeme)>>,
}

const CACHED_LEXEMES: usize = 8192;
const CACHED_LENGTH: usize = 48;

impl LexemeCache {
    pub fn new() -> Self {
        Self { slots: vec![None; CACHED_LEXEMES] }
    }

    /// Returns the lexeme of a text; `norm` tells apart words whose norm is
    /// given (0 if it is not).
    pub fn get(&mut self, text: &str, norm: u32, make: impl FnOnce() -> Lexeme) -> Lexeme {
        if text.len() > CACHED_LENGTH {
            return make();
        }
        let hash = super::hash::murmur64a(text.as_bytes(), u64::from(norm));
        let slot = &mut self.slots[hash as usize % CACHED_LEXEMES];
        if let Some((cached, cached_norm, lexeme)) = slot
            && **cached == *text
            && *cached_norm == norm
        {
            return *lexeme;
        }
        let lexeme = make();
        *slot = Some((text.into(), norm, lexeme));
        lexeme
    }
}
