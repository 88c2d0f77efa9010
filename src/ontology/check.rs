//! What an ontology must satisfy before it is used.
//!
//! An error is something that cannot work, such as a class that does not
//! exist; a warning is something that works and should not be left so, such as
//! a relation that nothing tests; a note is something that may be meant, such
//! as a wording that two relations share.

use indexmap::IndexMap;

use super::error::{OntologyError, OntologyFile, Place};
use super::load::LEX;
use super::turtle;
use super::{Class, Labels, NAMESPACE, Ontology, Relation};
use crate::diagnostic::{Diagnostic, Severity};
use crate::mention::Supertype;
use crate::ontology::pattern::{Fill, Pattern, Role};

/// The cue class whose words may stand in patterns as roles.
const PREPOSITIONS: &str = "preposition";

/// The examples that a relation has at least in each language with patterns.
const EXAMPLES: usize = 2;

/// Adds files to the ontology that ships, and returns it with all that is
/// wrong with them, in the order of the files.
pub fn load(files: &[OntologyFile<'_>]) -> (Ontology, Vec<Diagnostic>) {
    let shipped = Ontology::builtin();
    let mut ontology = shipped.clone();
    let mut found = Vec::new();
    for file in files {
        for OntologyError { place, problem } in ontology.add(*file).err().into_iter().flatten() {
            let message = format!("{}. {}", capitalized(&problem.to_string()), problem.hint());
            found.push((place, Severity::Error, message));
        }
    }
    found.extend(Check { shipped: Some(&shipped), ..Check::new(&ontology, files) }.run());
    let found = in_order(found, files);
    (ontology, found)
}

/// Returns what is wrong with what files say, which the ontology holds
/// already.
pub fn check(ontology: &Ontology, files: &[OntologyFile<'_>]) -> Vec<Diagnostic> {
    in_order(Check::new(ontology, files).run(), files)
}

/// Returns the relations that files speak of, which the ontology holds already.
pub fn relations_of<'a>(ontology: &'a Ontology, files: &[OntologyFile<'_>]) -> Vec<&'a Relation> {
    let blocks = Check::new(ontology, files).blocks;
    blocks.keys().filter_map(|iri| ontology.relation_by_iri(iri)).collect()
}

/// A finding: where, how bad, what and what to do.
type Finding = (Place, Severity, String);

fn in_order(mut found: Vec<Finding>, files: &[OntologyFile<'_>]) -> Vec<Diagnostic> {
    let at = |place: &Place| files.iter().position(|file| file.name == place.file);
    found.sort_by_key(|(place, ..)| (at(place), place.line));
    found
        .into_iter()
        .map(|(place, severity, message)| Diagnostic::new(severity, place.to_string(), message))
        .collect()
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The check of what some files say.
struct Check<'a> {
    ontology: &'a Ontology,
    files: &'a [OntologyFile<'a>],
    /// Where the blocks of these files begin, by IRI.
    blocks: IndexMap<String, Place>,
    /// What there was without these files: that is not theirs to answer for.
    shipped: Option<&'a Ontology>,
    found: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn new(ontology: &'a Ontology, files: &'a [OntologyFile<'a>]) -> Self {
        let mut blocks = IndexMap::new();
        for block in files.iter().filter_map(|file| turtle::read(*file).ok()).flatten() {
            blocks.entry(block.iri).or_insert(block.place);
        }
        Self { ontology, files, blocks, shipped: None, found: Vec::new() }
    }

    fn run(mut self) -> Vec<Finding> {
        let ontology = self.ontology;
        for (iri, place) in self.blocks.clone() {
            if let Some(class) = ontology.class_by_iri(&iri) {
                self.class(class, &place);
            } else if let Some(relation) = ontology.relation_by_iri(&iri) {
                self.relation(relation, &place);
            } else if let Some(cue) = iri.strip_prefix(LEX) {
                self.cues(cue, &place);
            }
        }
        self.found
    }

    fn class(&mut self, class: &Class, place: &Place) {
        let name = &class.name;
        self.labelled(name, [&class.labels, &class.comments], place);
        for parent in &class.parents {
            if !self.ontology.classes.contains_key(parent) {
                self.unknown_class(&format!("The class {name} is a subclass"), parent, place);
            } else if self.ontology.is_a(parent, name) {
                self.error(place, format!("The class {name} is its own ancestor."));
            }
        }
    }

    fn relation(&mut self, relation: &Relation, place: &Place) {
        let name = &relation.name;
        self.labelled(name, [&relation.labels, &relation.comments], place);
        for (which, classes) in [("domain", &relation.domain), ("range", &relation.range)] {
            if classes.is_empty() {
                self.warning(
                    place,
                    format!(
                        "The relation {name} has no {which}, so that anything fits. Name classes \
                         with lex:{which}Includes."
                    ),
                );
            }
            for class in classes {
                self.class_of_end(&format!("The {which} of {name} speaks"), class, place);
            }
        }
        if relation.patterns.is_empty() {
            self.warning(place, format!("The relation {name} has no lex:pattern: none is found."));
        }
        for (language, patterns) in &relation.patterns {
            self.tested(relation, language, place);
            for pattern in patterns {
                if self.is_shipped(relation, pattern) {
                    continue;
                }
                let place = self.place_of(&pattern.text).unwrap_or_else(|| place.clone());
                self.pattern(relation, language, pattern, &place);
            }
        }
    }

    /// Checks that examples and counter-examples test the patterns.
    fn tested(&mut self, relation: &Relation, language: &str, place: &Place) {
        let name = &relation.name;
        let examples = relation.examples.iter().filter(|e| e.language == language).count();
        if examples < EXAMPLES {
            self.warning(
                place,
                format!(
                    "The relation {name} has patterns in \"{language}\" and {examples} of at \
                     least {EXAMPLES} examples. Add a lex:example."
                ),
            );
        }
        if !relation.counter_examples.iter().any(|e| e.language == language) {
            self.warning(
                place,
                format!(
                    "The relation {name} has patterns in \"{language}\" and no counter-example. \
                     Add a lex:counterExample: a sentence with like words that does not say it."
                ),
            );
        }
    }

    fn pattern(&mut self, relation: &Relation, language: &str, pattern: &Pattern, place: &Place) {
        let name = &relation.name;
        for slot in &pattern.slots {
            if let Some(class) = &slot.class {
                let who = format!("The pattern \"{pattern}\" of {name} speaks");
                self.class_of_end(&who, class, place);
            }
            if slot.fill == Fill::Both && !relation.symmetric {
                self.error(
                    place,
                    format!(
                        "The pattern \"{pattern}\" of {name} fills S+O, but the relation is not \
                         symmetric. Declare it an owl:SymmetricProperty, or fill S and O."
                    ),
                );
            }
        }
        self.asked_cues(name, language, pattern, place);
        let roles = pattern.slots.iter().flat_map(|slot| &slot.roles);
        let required = pattern.requirements.iter().flat_map(|requirement| &requirement.roles);
        for role in roles.chain(required).flat_map(Role::steps) {
            if let Role::Preposition(word) = role
                && ![word.clone(), word.replace(' ', "_")]
                    .iter()
                    .any(|word| self.ontology.is_cue(language, PREPOSITIONS, word))
            {
                self.warning(
                    place,
                    format!(
                        "The pattern \"{pattern}\" of {name} has the role \"{word}\", which is no \
                         preposition that is known. Check its spelling, or add it to the words \
                         of lex:{PREPOSITIONS}."
                    ),
                );
            }
        }
        for other in self.ontology.relations.values().filter(|other| other.name != *name) {
            let patterns = other.patterns.get(language).into_iter().flatten();
            let same = patterns.filter(|o| same_wording(o, pattern)).count() > 0;
            if same && self.overlap(relation, other) {
                self.note(
                    place,
                    format!(
                        "The pattern \"{pattern}\" of {name} is one of {}, too: one sentence \
                         will say both. Leave it to one of them, or narrow the classes.",
                        other.name
                    ),
                );
            }
        }
    }

    /// Whether things of the same classes may stand at the ends of both.
    fn overlap(&self, a: &Relation, b: &Relation) -> bool {
        let meet =
            |x: &[String], y: &[String]| {
                x.is_empty()
                    || y.is_empty()
                    || self.ontology.classes.keys().any(|class| {
                        self.ontology.allows(x, class) && self.ontology.allows(y, class)
                    })
            };
        meet(&a.domain, &b.domain) && meet(&a.range, &b.range)
    }

    fn is_shipped(&self, relation: &Relation, pattern: &Pattern) -> bool {
        let shipped = self.shipped.and_then(|shipped| shipped.relations.get(&relation.name));
        shipped.is_some_and(|shipped| shipped.patterns.values().flatten().any(|p| p == pattern))
    }

    /// Checks that something asks for a cue class: the program knows those that
    /// ship, by their names, and patterns may name others.
    fn cues(&mut self, cue: &str, place: &Place) {
        let ontology = self.ontology;
        let Some(shipped) = self.shipped else { return };
        let is_in = |ontology: &Ontology| ontology.cues.values().any(|c| c.contains_key(cue));
        let patterns = || ontology.relations.values().flat_map(|r| r.patterns.values().flatten());
        if is_in(ontology) && !is_in(shipped) && !patterns().any(|p| cues_of(p).any(|c| c == cue)) {
            let message = format!(
                "The cue class {cue} is used by nothing. A pattern may ask for its words, as in \
                 obj(%{cue})."
            );
            self.warning(place, message);
        }
    }

    /// Checks that the cue classes exist for whose words a pattern asks.
    fn asked_cues(&mut self, name: &str, language: &str, pattern: &Pattern, place: &Place) {
        let known = self.ontology.cues.get(language);
        for cue in cues_of(pattern) {
            if !known.is_some_and(|known| known.contains_key(cue)) {
                self.error(
                    place,
                    format!(
                        "The pattern \"{pattern}\" of {name} asks for the words of lex:{cue}, of \
                         which there are none in \"{language}\". Check its spelling, or declare \
                         it `a lex:CueClass` with lex:words."
                    ),
                );
            }
        }
    }

    fn labelled(&mut self, name: &str, texts: [&Labels; 2], place: &Place) {
        for (what, texts) in ["label", "comment"].into_iter().zip(texts) {
            if !texts.contains_key("en") {
                let message = format!("{name} has no {what} in English. Add an rdfs:{what}.");
                self.warning(place, message);
            }
            // What ships speaks Urdu, too; a user's own need not.
            if self.shipped.is_none() && !texts.contains_key("ur") {
                let message = format!("{name} has no {what} in Urdu. Add an rdfs:{what}.");
                self.note(place, message);
            }
        }
    }

    /// Checks a class that an end of a claim must have.
    fn class_of_end(&mut self, who: &str, class: &str, place: &Place) {
        if !self.ontology.classes.contains_key(class) {
            self.unknown_class(who, class, place);
        } else if !self.is_found(class) {
            self.error(
                place,
                format!(
                    "{who} of the class {class}, of which nothing in a text is found to be. Say \
                     which of the known classes belong to it, such as `:Organization \
                     rdfs:subClassOf` it."
                ),
            );
        }
    }

    /// Whether what texts name can be of a class: of one that ships, that is.
    fn is_found(&self, class: &str) -> bool {
        let mut known = self.ontology.classes.values().filter(|c| c.iri.starts_with(NAMESPACE));
        known.any(|known| self.ontology.is_a(&known.name, class))
    }

    fn unknown_class(&mut self, who: &str, class: &str, place: &Place) {
        let known: Vec<&str> = self.ontology.classes.keys().map(String::as_str).collect();
        let message = format!("{who} of an unknown class {class}. There are {}.", known.join(", "));
        self.error(place, message);
    }

    fn place_of(&self, text: &str) -> Option<Place> {
        self.files.iter().find_map(|file| file.place_of(text))
    }

    fn error(&mut self, place: &Place, message: String) {
        self.found.push((place.clone(), Severity::Error, message));
    }

    fn note(&mut self, place: &Place, message: String) {
        self.found.push((place.clone(), Severity::Note, message));
    }

    fn warning(&mut self, place: &Place, message: String) {
        self.found.push((place.clone(), Severity::Warning, message));
    }
}

/// The cue classes for whose words a pattern asks.
fn cues_of(pattern: &Pattern) -> impl Iterator<Item = &str> {
    let required = pattern.requirements.iter().flat_map(|requirement| &requirement.lemmas);
    pattern.lemmas.iter().chain(required).filter_map(|lemma| lemma.strip_prefix('%'))
}

/// Whether some sentence would be found by both patterns, whatever it says.
fn same_wording(a: &Pattern, b: &Pattern) -> bool {
    a.kind == b.kind
        && a.slots == b.slots
        && a.requirements == b.requirements
        && a.conditions == b.conditions
        && (a.lemmas == b.lemmas || a.lemmas.iter().any(|lemma| b.lemmas.contains(lemma)))
}

/// Returns the broadest classes that an ontology lacks: every mention has one.
pub fn missing_supertypes(ontology: &Ontology) -> Vec<&'static str> {
    let names = Supertype::ALL.into_iter().map(Supertype::as_str);
    names.filter(|name| !ontology.classes.contains_key(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound() {
        let files: Vec<OntologyFile<'_>> = Ontology::builtin_files().collect();
        let ontology = Ontology::builtin();
        let mut found = check(&ontology, &files);
        found.retain(|found| Severity::Note < found.severity);
        assert_eq!(found, Vec::new());
        assert_eq!(missing_supertypes(&ontology), Vec::<&str>::new());
    }

    #[test]
    fn finds_what_is_missing() {
        let turtle = "@prefix : <https://w3id.org/silsila/ontology#> .
@prefix my: <https://example.org/own#> .
@prefix lex: <https://w3id.org/silsila/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:bought a owl:ObjectProperty ; lex:domainIncludes :Firm ;
  lex:pattern \"buy/v subj=S obj=O:Firm\"@en ,
    \"buy/v subj=S+O\"@en ,
    \"buy/v subj=S form=O\"@en .
:Ouroboros a owl:Class ; rdfs:subClassOf :Ouroboros .
my:Startup a owl:Class ; rdfs:subClassOf :Organization .
my:incubated a owl:ObjectProperty ; lex:rangeIncludes my:Startup .
my:sawAgain a owl:ObjectProperty ;
  lex:pattern \"reconvene/v subj=S with=O\"@en , \"tell/v subj=S iobj=O obj(%rumor|%tattle)\"@en .
lex:gossip a lex:CueClass ; lex:words \"whisper\"@en .
lex:rumor a lex:CueClass ; lex:words \"hearsay\"@en .
my:broken a owl:ObjectProperty ; lex:pattern \"broken\"@en .
";
        let (_, found) = load(&[OntologyFile { name: "own.ttl", turtle }]);
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        for expected in [
            "warning: own.ttl:6: bought has no label in English.",
            "warning: own.ttl:6: The relation bought has no range",
            "error: own.ttl:6: The domain of bought speaks of an unknown class Firm.",
            "warning: own.ttl:6: The relation bought has patterns in \"en\" and 0 of at least 2 examples.",
            "warning: own.ttl:6: The relation bought has patterns in \"en\" and no counter-example.",
            "error: own.ttl:7: The pattern \"buy/v subj=S obj=O:Firm\" of bought speaks of an unknown class Firm.",
            "error: own.ttl:8: The pattern \"buy/v subj=S+O\" of bought fills S+O",
            "warning: own.ttl:9: The pattern \"buy/v subj=S form=O\" of bought has the role \"form\"",
            "error: own.ttl:10: The class Ouroboros is its own ancestor.",
            "error: own.ttl:12: The range of incubated speaks of the class Startup, of which nothing",
            "warning: own.ttl:12: The relation incubated has no lex:pattern",
            "note: own.ttl:14: The pattern \"reconvene/v subj=S with=O\" of sawAgain is one of metWith",
            "error: own.ttl:14: The pattern \"tell/v subj=S iobj=O obj(%rumor|%tattle)\" of sawAgain asks for the words of lex:tattle",
            "warning: own.ttl:15: The cue class gossip is used by nothing.",
            "error: own.ttl:17: A pattern of broken cannot be read",
        ] {
            let count = said.iter().filter(|said| said.starts_with(expected)).count();
            assert_eq!(count, 1, "{expected} in:\n{}", said.join("\n"));
        }
        assert!(!said.iter().any(|said| said.contains("lex:rumor")), "{}", said.join("\n"));
        assert!(found.is_sorted_by_key(|diagnostic| {
            let (_, line) = diagnostic.place.split_once(':').expect("a line");
            line.parse::<u32>().expect("a number")
        }));
    }
}
