//! Prints the tree of each line: `tree LANGUAGE < text`, a word a row with its
//! place, lemma, tag, part of speech, head and label. For writing patterns.

use std::io::{BufRead as _, Write as _};

use silsila::annotate::Annotator;
use silsila::document::{Document, DocumentId, Source};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let language = std::env::args().nth(1);
    let annotator = Annotator::english();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let document = Document {
            id: DocumentId("line".to_owned()),
            text: line,
            published: None,
            language: language.clone(),
            source: Source::default(),
        };
        let (annotated, _) = annotator.annotate(document);
        for (at, token) in annotated.tokens.iter().enumerate() {
            writeln!(
                out,
                "{at}\t{}\t{}\t{}\t{}\t{}\t{}",
                annotated.text(token.span),
                token.lemma,
                token.tag,
                token.upos,
                token.head.0,
                token.deprel
            )?;
        }
        for mention in &annotated.mentions {
            let referent = annotated.referent(mention.referent);
            writeln!(
                out,
                "= {} {} {}",
                annotated.text(mention.span),
                mention.class,
                referent.name
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
