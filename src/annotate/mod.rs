//! Text in, layers out: tokens, trees, mentions, dates, amounts.

pub mod amounts;
pub mod dates;
pub mod mentions;
pub mod model;
mod repair;
pub mod shallow;
pub mod split;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::lang::Language;
use crate::token::{Annotated, ModelEntity, Sentence, Token, TokenIdx};

use model::Pipeline;

/// Annotates documents of one language. Loaded once, never changed.
#[derive(Debug)]
pub struct Annotator {
    pipeline: Pipeline,
    language: &'static Language,
}

impl Annotator {
    /// Returns an annotator with the statistical model and the tables of a
    /// language.
    pub fn new(pipeline: Pipeline, language: &'static Language) -> Self {
        Self { pipeline, language }
    }

    /// Returns an annotator for English with the model that is embedded.
    ///
    /// # Panics
    /// Panics if the program was built without English.
    pub fn english() -> Self {
        let language = crate::lang::find("en").expect("English is one of LANGUAGES");
        Self::new(Pipeline::english(), language)
    }

    /// Adds all layers to a document. A bad document gives diagnostics, and
    /// layers that may be empty.
    pub fn annotate(&self, document: Document) -> (Annotated, Vec<Diagnostic>) {
        // A language with a grammar is read by it, whatever the model is of.
        let language = document.language.as_deref().and_then(crate::lang::find);
        if let Some((language, grammar)) =
            language.and_then(|language| Some((language, language.grammar.as_ref()?)))
        {
            return shallow::annotate(document, language, grammar);
        }
        let text = document.text.as_str();
        let (blocks, skipped) = split::blocks(text);
        let mut tokens: Vec<Token> = Vec::new();
        let mut entities: Vec<ModelEntity> = Vec::new();
        for block in &blocks {
            let analysis = self.pipeline.analyze(block.span.slice(text));
            let (first, at) = (tokens.len(), block.span.start());
            entities.extend(analysis.entities.into_iter().map(|entity| ModelEntity {
                tokens: entity.tokens.start + first..entity.tokens.end + first,
                label: entity.label,
            }));
            tokens.extend(analysis.tokens.into_iter().enumerate().map(|(index, token)| Token {
                span: token.span.shift(at),
                head: TokenIdx(token.head.0 + first as u32),
                starts_sentence: token.starts_sentence || index == 0,
                ..token
            }));
        }
        let sentences = sentences(&tokens);
        repair::repair(text, &mut tokens, &sentences, self.language);
        let (mentions, referents) =
            mentions::find(text, &tokens, &sentences, &entities, self.language);
        let published = document.published.or_else(|| dates::published(text));
        let dates = dates::find(text, &tokens, published);
        let amounts = amounts::find(text, &tokens);
        let annotated = Annotated {
            language: self.language.tag.to_owned(),
            published,
            tokens,
            sentences,
            mentions,
            referents,
            dates,
            amounts,
            skipped,
            document,
        };
        (annotated, Vec::new())
    }
}

/// The sentences that the tokens' marks of beginning make.
fn sentences(tokens: &[Token]) -> Vec<Sentence> {
    let mut starts: Vec<usize> =
        (0..tokens.len()).filter(|&i| tokens[i].starts_sentence || i == 0).collect();
    starts.push(tokens.len());
    starts
        .windows(2)
        .filter_map(|pair| {
            let range = *pair.first()?..*pair.last()?;
            let span =
                tokens.get(range.start)?.span.cover(tokens.get(range.end.checked_sub(1)?)?.span);
            Some(Sentence { tokens: range, span })
        })
        .collect()
}
