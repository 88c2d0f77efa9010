//! The examples of an ontology put to the test: each example must be found,
//! and no counter-example may be.

use crate::claim::Claim;
use crate::diagnostic::Severity;
use crate::document::{Document, DocumentId, Source};
use crate::extract::extract;
use crate::lang;
use crate::mention::MentionIdx;
use crate::ontology::{Example, Ontology, Relation};
use crate::token::Annotated;

use super::Annotate;

/// The date of publication of examples, from which "last month" counts.
const PUBLISHED: &str = "2024-05-01";

/// What putting examples to the test has shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trial {
    /// How many examples and counter-examples were tried.
    pub tried: usize,
    /// Those that failed.
    pub failures: Vec<Failure>,
}

/// An example that was not found, or a counter-example that was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The relation that it is an example of.
    pub relation: String,
    /// The sentence, without marks.
    pub sentence: String,
    /// What should be found.
    pub expected: String,
    /// What is found, with the patterns that find it.
    pub found: String,
}

/// Annotates the examples of relations and tries whether the patterns of the
/// ontology find what they should.
pub fn try_examples<'a>(
    annotate: &Annotate<'_>,
    ontology: &Ontology,
    relations: impl IntoIterator<Item = &'a Relation>,
) -> Trial {
    let mut trial = Trial::default();
    for relation in relations {
        for example in relation.examples.iter().chain(&relation.counter_examples) {
            trial.tried += 1;
            trial.failures.extend(failure(annotate, ontology, relation, example));
        }
    }
    trial
}

fn failure(
    annotate: &Annotate<'_>,
    ontology: &Ontology,
    relation: &Relation,
    example: &Example,
) -> Option<Failure> {
    let name = &relation.name;
    let ends = example.subject.as_deref().zip(example.object.as_deref());
    let expected = match ends {
        Some((subject, object)) => format!("{subject} {name} {object}"),
        None => format!("no {name}"),
    };
    let fail = |found: String| {
        let sentence = example.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Failure { relation: name.clone(), sentence, expected, found })
    };
    if lang::find(&example.language).is_none() {
        return fail(format!("no reader of the language \"{}\"", example.language));
    }
    let (annotated, found) = annotate(document(example));
    if let Some(error) = found.iter().find(|found| found.severity == Severity::Error) {
        return fail(error.message.clone());
    }
    let (claims, _) = extract(ontology, &annotated);
    let mut of_relation = claims.iter().filter(|claim| claim.relation == *name);
    let right = match ends {
        Some(ends) => of_relation.any(|claim| joins(&annotated, claim, ends, relation.symmetric)),
        None => of_relation.next().is_none(),
    };
    if right { None } else { fail(said(&annotated, &claims)) }
}

fn document(example: &Example) -> Document {
    Document {
        id: DocumentId("example".to_owned()),
        text: example.text.clone(),
        published: PUBLISHED.parse().ok(),
        language: Some(example.language.clone()),
        source: Source::default(),
    }
}

/// Whether a claim joins what an example marks.
fn joins(
    annotated: &Annotated,
    claim: &Claim,
    (subject, object): (&str, &str),
    symmetric: bool,
) -> bool {
    let joins = |a: MentionIdx, b: MentionIdx| {
        is_end(annotated, a, subject) && is_end(annotated, b, object)
    };
    joins(claim.subject, claim.object) || symmetric && joins(claim.object, claim.subject)
}

/// Whether an end of a claim is what an example marks, as it stands there or
/// by the best name of the document. Marks may have a title in front.
fn is_end(annotated: &Annotated, mention: MentionIdx, marked: &str) -> bool {
    let mention = annotated.mention(mention);
    let name = &annotated.referent(mention.referent).name;
    [annotated.text(mention.span), name].iter().any(|name| marked.ends_with(*name))
}

fn said(annotated: &Annotated, claims: &[Claim]) -> String {
    let text = |mention| annotated.text(annotated.mention(mention).span);
    let said: Vec<String> = claims
        .iter()
        .map(|claim| {
            let Claim { relation, pattern, .. } = claim;
            format!("{} {relation} {} by \"{pattern}\"", text(claim.subject), text(claim.object))
        })
        .collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::ontology::OntologyFile;

    #[test]
    fn an_example_that_is_not_found_and_a_counter_example_that_is_fail() {
        let turtle = "@prefix my: <https://example.org/own#> .
            @prefix lex: <https://w3id.org/silsila/lex#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            my:tutored a owl:ObjectProperty ;
              lex:pattern \"tutor/v subj=S obj=O\"@en ;
              lex:example \"[S Ana Torres] tutored [O Kofi Boateng].\"@en ,
                \"[O Ana Torres] tutored [S Kofi Boateng].\"@en ,
                \"[S Ana Torres] coached [O Kofi Boateng].\"@en ,
                \"[S Ana] [O Kofi]\"@xx ;
              lex:counterExample \"Ana Torres tutored Kofi Boateng's book.\"@en ,
                \"President Lena Berg tutored Kofi Boateng.\"@en .";
        let mut ontology = Ontology::builtin();
        ontology.add(OntologyFile { name: "own.ttl", turtle }).expect("valid Turtle");
        let annotator = Annotator::english();
        let annotate = |document| annotator.annotate(document);
        let trial = try_examples(&annotate, &ontology, [&ontology.relations["tutored"]]);
        assert_eq!(trial.tried, 6);
        let failures: Vec<[&str; 2]> = trial
            .failures
            .iter()
            .map(|failure| [failure.expected.as_str(), failure.found.as_str()])
            .collect();
        let found = |ends: &str| format!("{ends} by \"tutor/v subj=S obj=O\"");
        assert_eq!(
            failures,
            [
                ["Kofi Boateng tutored Ana Torres", &found("Ana Torres tutored Kofi Boateng")],
                ["Ana Torres tutored Kofi Boateng", "nothing"],
                ["Ana tutored Kofi", "no reader of the language \"xx\""],
                ["no tutored", &found("Lena Berg tutored Kofi Boateng")],
            ]
        );
    }
}
