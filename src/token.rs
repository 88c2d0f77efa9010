//! The layers of an analysed text: tokens, sentences, trees, mentions.

use std::ops::Range;

use crate::date::{Interval, PartialDate};
use crate::document::Document;
use crate::mention::{Mention, MentionIdx, MentionKind, Referent, ReferentIdx};
use crate::span::Span;

/// The position of a token in its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TokenIdx(pub u32);

impl TokenIdx {
    /// The position as an index of a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A word, number or mark, with its place in the dependency tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// The dictionary form.
    pub lemma: String,
    /// The coarse part of speech (Universal Dependencies), such as `PROPN`.
    pub upos: &'static str,
    /// The fine part of speech (for English the Penn Treebank tag).
    pub tag: String,
    /// The morphological features, `Name=Value` joined by `|`, or empty.
    pub morph: String,
    /// The head in the dependency tree; a root is its own head.
    pub head: TokenIdx,
    /// The label of the arc from the head, `ROOT` for a root (for English
    /// ClearNLP's labels, as spaCy's models use them).
    pub deprel: String,
    /// Whether a sentence starts here.
    pub starts_sentence: bool,
    /// Whether a single blank follows.
    pub followed_by_space: bool,
}

/// A sentence: a run of tokens, indices into [`Annotated::tokens`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// The tokens.
    pub tokens: Range<usize>,
    /// The place in the text, from the first token to the last.
    pub span: Span,
}

/// A named span as the statistical model labels it, before anything above the
/// model has looked at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelEntity {
    /// The tokens.
    pub tokens: Range<usize>,
    /// The model's label, such as `PERSON` or `GPE`.
    pub label: String,
}

/// What the statistical model says of one stretch of text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Analysis {
    /// The tokens; heads are indices into this list.
    pub tokens: Vec<Token>,
    /// The named spans.
    pub entities: Vec<ModelEntity>,
}

/// An expression of time in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateMention {
    /// Where it stands.
    pub span: Span,
    /// The period it denotes: for a single date both ends are equal.
    pub interval: Interval,
    /// What kind of expression it is.
    pub kind: DateKind,
}

/// The kind of a [`DateMention`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateKind {
    /// A date or period that the text places in time ("7 December", "last month").
    Date,
    /// A length of time without a place ("two-day"): days, and no interval.
    Duration {
        /// The number of days.
        days: u32,
    },
}

/// A sum of money in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct Amount {
    /// Where it stands.
    pub span: Span,
    /// The value in whole units of the currency.
    pub value: f64,
    /// The currency, ISO 4217, such as `USD`.
    pub unit: String,
}

/// A stretch of the text that makes no claim, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// Where it stands.
    pub span: Span,
    /// Why it was passed over, in a few words ("subscription notice").
    pub reason: String,
}

/// A document with its layers.
#[derive(Clone, PartialEq, Debug)]
pub struct Annotated {
    /// The document.
    pub document: Document,
    /// The language it was read in, a BCP 47 tag.
    pub language: String,
    /// The date that relative expressions count from, if it is known: the
    /// document's date of publication, given or found in the text.
    pub published: Option<PartialDate>,
    /// The tokens of all parsed stretches, in text order. Skipped stretches
    /// have none.
    pub tokens: Vec<Token>,
    /// The sentences, in order, tiling `tokens`.
    pub sentences: Vec<Sentence>,
    /// The mentions, in text order, not overlapping.
    pub mentions: Vec<Mention>,
    /// The things that the mentions refer to, in order of first mention.
    pub referents: Vec<Referent>,
    /// The expressions of time, in text order.
    pub dates: Vec<DateMention>,
    /// The sums of money, in text order.
    pub amounts: Vec<Amount>,
    /// The stretches passed over, in text order.
    pub skipped: Vec<Skipped>,
}

impl Annotated {
    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        span.slice(&self.document.text)
    }

    /// The token at a position.
    pub fn token(&self, token: TokenIdx) -> &Token {
        &self.tokens[token.index()]
    }

    /// The mention at a position.
    pub fn mention(&self, mention: MentionIdx) -> &Mention {
        &self.mentions[mention.index()]
    }

    /// The thing that a mention refers to.
    pub fn referent(&self, referent: ReferentIdx) -> &Referent {
        &self.referents[referent.index()]
    }

    /// Whether what a mention refers to has a name or a description somewhere
    /// in the document, and not only pronouns.
    pub fn is_described(&self, mention: MentionIdx) -> bool {
        let referent = self.referent(self.mention(mention).referent);
        referent.mentions.iter().any(|&m| self.mention(m).kind != MentionKind::Pronoun)
    }

    /// The sentence that a token belongs to.
    pub fn sentence_of(&self, token: TokenIdx) -> &Sentence {
        let at = self.sentences.partition_point(|s| s.tokens.end <= token.index());
        &self.sentences[at]
    }
}
