//! Every example of the ontology is found, no counter-example is: what
//! `silsila ontology test` does.
#![cfg(test)]

use silsila::annotate::Annotator;
use silsila::ontology::Ontology;
use silsila::pipeline::try_examples;

#[test]
fn examples_are_found_and_counter_examples_are_not() {
    let (annotator, ontology) = (Annotator::english(), Ontology::builtin());
    let annotate = |document| annotator.annotate(document);
    let trial = try_examples(&annotate, &ontology, ontology.relations.values());
    let failures: Vec<String> = trial
        .failures
        .iter()
        .map(|f| format!("{} | {} | {} | {}", f.relation, f.sentence, f.expected, f.found))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(trial.tried >= 3 * ontology.relations.len(), "only {} were tried", trial.tried);
}
