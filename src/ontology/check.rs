//! What an ontology must satisfy before it is used.

use super::{Labels, Ontology};
use crate::mention::Supertype;
use crate::ontology::pattern::{Fill, Pattern, TriggerKind};

/// Returns what is wrong with an ontology, in whole sentences; empty if all
/// is well.
pub fn check(ontology: &Ontology) -> Vec<String> {
    let mut problems = Vec::new();
    for supertype in Supertype::ALL {
        if !ontology.classes.contains_key(supertype.as_str()) {
            problems.push(format!("The class {} is missing.", supertype.as_str()));
        }
    }
    for class in ontology.classes.values() {
        labelled(&class.name, &class.labels, &class.comments, &mut problems);
        for parent in &class.parents {
            if !ontology.classes.contains_key(parent) {
                problems.push(format!("The class {} has an unknown parent {parent}.", class.name));
            } else if ontology.is_a(parent, &class.name) {
                problems.push(format!("The class {} is its own ancestor.", class.name));
            }
        }
    }
    for relation in ontology.relations.values() {
        let name = &relation.name;
        labelled(name, &relation.labels, &relation.comments, &mut problems);
        for (which, classes) in [("domain", &relation.domain), ("range", &relation.range)] {
            if classes.is_empty() {
                problems.push(format!("The relation {name} has no {which}."));
            }
            for class in classes {
                if !ontology.classes.contains_key(class) {
                    problems.push(format!("The {which} of {name} has an unknown class {class}."));
                }
            }
        }
        for (language, patterns) in &relation.patterns {
            let examples = relation.examples.iter().filter(|e| &e.language == language).count();
            if examples < 2 {
                problems.push(format!(
                    "The relation {name} has patterns in \"{language}\" and {examples} of at least 2 examples."
                ));
            }
            if !relation.counter_examples.iter().any(|e| &e.language == language) {
                problems.push(format!(
                    "The relation {name} has patterns in \"{language}\" and no counter-example."
                ));
            }
            for pattern in patterns {
                check_pattern(ontology, name, relation.symmetric, pattern, &mut problems);
            }
        }
    }
    problems
}

fn labelled(name: &str, labels: &Labels, comments: &Labels, problems: &mut Vec<String>) {
    for (what, texts) in [("label", labels), ("comment", comments)] {
        if !texts.contains_key("en") {
            problems.push(format!("{name} has no {what} in English."));
        }
    }
}

fn check_pattern(
    ontology: &Ontology,
    relation: &str,
    symmetric: bool,
    pattern: &Pattern,
    problems: &mut Vec<String>,
) {
    for class in pattern.lemmas.iter().filter_map(|lemma| lemma.strip_prefix('#')) {
        let is_known = ontology.cues.values().any(|cues| cues.contains_key(class));
        if !is_known || pattern.kind != TriggerKind::Office {
            problems.push(format!(
                "The pattern \"{pattern}\" of {relation} names an unknown class of words {class}."
            ));
        }
    }
    for slot in &pattern.slots {
        if let Some(class) = &slot.class
            && !ontology.classes.contains_key(class)
        {
            problems.push(format!(
                "The pattern \"{pattern}\" of {relation} asks for an unknown class {class}."
            ));
        }
        if slot.fill == Fill::Both && !symmetric {
            problems.push(format!(
                "The pattern \"{pattern}\" of {relation} fills S+O, but the relation is not symmetric."
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound() {
        assert_eq!(check(&Ontology::builtin()), Vec::<String>::new());
    }

    #[test]
    fn finds_what_is_missing() {
        let mut ontology = Ontology::builtin();
        ontology
            .add(
                "own.ttl",
                "@prefix : <https://w3id.org/silsila/ontology#> .
                 @prefix lex: <https://w3id.org/silsila/lex#> .
                 @prefix owl: <http://www.w3.org/2002/07/owl#> .
                 @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
                 :bought a owl:ObjectProperty ; lex:domainIncludes :Firm ;
                   lex:pattern \"buy/v subj=S obj=O:Firm\"@en .
                 :Ouroboros a owl:Class ; rdfs:subClassOf :Ouroboros .",
            )
            .expect("valid Turtle");
        let problems = check(&ontology).join("\n");
        for expected in [
            "The class Ouroboros is its own ancestor.",
            "bought has no label in English.",
            "The relation bought has no range.",
            "The domain of bought has an unknown class Firm.",
            "0 of at least 2 examples",
            "no counter-example",
            "asks for an unknown class Firm",
        ] {
            assert!(problems.contains(expected), "{expected} is not in:\n{problems}");
        }
    }
}
