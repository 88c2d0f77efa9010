//! Every example of the ontology is found, no counter-example is.
#![cfg(test)]

use std::sync::OnceLock;

use silsila::annotate::Annotator;
use silsila::document::{Document, DocumentId, Source};
use silsila::mention::MentionIdx;
use silsila::ontology::{Example, Ontology};
use silsila::{Annotated, Claim};

fn claims(language: &str, text: &str) -> (Annotated, Vec<Claim>) {
    static ONTOLOGY: OnceLock<Ontology> = OnceLock::new();
    static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
    assert_eq!(language, "en", "no annotator for \"{language}\" yet");
    let annotator = ANNOTATOR.get_or_init(Annotator::english);
    let (annotated, _) = annotator.annotate(Document {
        id: DocumentId("example".to_owned()),
        text: text.to_owned(),
        published: "2024-05-01".parse().ok(),
        language: Some(language.to_owned()),
        source: Source::default(),
    });
    let (claims, _) =
        silsila::extract::extract(ONTOLOGY.get_or_init(Ontology::builtin), &annotated);
    (annotated, claims)
}

/// Whether an end of a claim is what an example marks, as it stands there or
/// by the best name of the document.
fn is_end(annotated: &Annotated, mention: MentionIdx, words: &str) -> bool {
    let mention = annotated.mention(mention);
    let name = &annotated.referent(mention.referent).name;
    [annotated.text(mention.span), name].iter().any(|name| words.ends_with(*name))
}

#[test]
fn examples_are_found() {
    let mut missed = Vec::new();
    for relation in Ontology::builtin().relations.values() {
        for Example { language, text, subject, object } in &relation.examples {
            let (annotated, claims) = claims(language, text);
            let subject = subject.as_deref().unwrap_or("");
            let object = object.as_deref().unwrap_or("");
            let found =
                claims.iter().filter(|claim| claim.relation == relation.name).any(|claim| {
                    let forward = is_end(&annotated, claim.subject, subject)
                        && is_end(&annotated, claim.object, object);
                    let backward = relation.symmetric
                        && is_end(&annotated, claim.object, subject)
                        && is_end(&annotated, claim.subject, object);
                    forward || backward
                });
            if !found {
                let said: Vec<String> = claims
                    .iter()
                    .map(|c| {
                        format!(
                            "{} {} {}",
                            annotated.text(annotated.mention(c.subject).span),
                            c.relation,
                            annotated.text(annotated.mention(c.object).span)
                        )
                    })
                    .collect();
                missed.push(format!("{}: {text}\n    found instead: {said:?}", relation.name));
            }
        }
    }
    assert!(missed.is_empty(), "examples not found:\n{}", missed.join("\n"));
}

#[test]
fn counter_examples_are_not() {
    let mut found = Vec::new();
    for relation in Ontology::builtin().relations.values() {
        for Example { language, text, .. } in &relation.counter_examples {
            let (_, claims) = claims(language, text);
            for claim in claims.iter().filter(|claim| claim.relation == relation.name) {
                found.push(format!("{} by \"{}\": {text}", relation.name, claim.pattern));
            }
        }
    }
    assert!(found.is_empty(), "counter-examples found:\n{}", found.join("\n"));
}
