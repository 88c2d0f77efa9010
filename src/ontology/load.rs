//! Turtle in, [`Ontology`] out. The only file that knows how the ontology is
//! written down.

use indexmap::IndexMap;
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use oxttl::TurtleParser;

use super::{Example, Labels, NAMESPACE, Ontology, Pattern};
use crate::ontology::pattern::PatternError;

/// The namespace of the vocabulary in which patterns are written.
const LEX: &str = "https://w3id.org/silsila/lex#";

/// The files that ship with the program, with their names for messages.
const BUILTIN: &[(&str, &str)] = &[
    ("classes.ttl", include_str!("../../ontology/classes.ttl")),
    ("consult.ttl", include_str!("../../ontology/consult.ttl")),
    ("aid.ttl", include_str!("../../ontology/aid.ttl")),
    ("office.ttl", include_str!("../../ontology/office.ttl")),
    ("standing.ttl", include_str!("../../ontology/standing.ttl")),
    ("cues.ttl", include_str!("../../ontology/cues.ttl")),
];

/// An ontology file could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OntologyError {
    /// The file is not Turtle.
    #[error("{file} is not valid Turtle")]
    Syntax {
        /// The file.
        file: String,
        /// What the parser says.
        source: Box<oxttl::TurtleSyntaxError>,
    },
    /// A pattern is not in the notation of [`crate::ontology::pattern`].
    #[error("{file}: a pattern of {relation} cannot be read")]
    Pattern {
        /// The file.
        file: String,
        /// The relation.
        relation: String,
        /// What is wrong.
        source: PatternError,
    },
    /// An example does not mark its subject and object.
    #[error("{file}: the example \"{example}\" of {relation} marks no `[S …]` and `[O …]`")]
    Example {
        /// The file.
        file: String,
        /// The relation.
        relation: String,
        /// The example.
        example: String,
    },
}

impl Ontology {
    /// Returns the ontology that ships with the program.
    ///
    /// # Panics
    /// Panics if the files that were compiled in are not valid; a test loads them.
    pub fn builtin() -> Self {
        let mut ontology = Self::default();
        for (file, turtle) in BUILTIN {
            if let Err(error) = ontology.add(file, turtle) {
                panic!("the built-in ontology is broken: {error}");
            }
        }
        ontology
    }

    /// Adds the classes, relations and cues of a Turtle file; a class or
    /// relation that exists already gains what the file says of it.
    pub fn add(&mut self, file: &str, turtle: &str) -> Result<(), OntologyError> {
        for (iri, properties) in read_subjects(file, turtle)? {
            let types = properties.iris("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
            let is = |kind: &str| types.iter().any(|t| t == kind);
            let name = local_name(&iri).to_owned();
            if is("http://www.w3.org/2002/07/owl#Class") {
                self.add_class(name, iri, &properties);
            } else if is("http://www.w3.org/2002/07/owl#ObjectProperty") {
                self.add_relation(file, name, iri, &properties, &types)?;
            } else if is(&format!("{LEX}CueClass")) {
                for (language, words) in properties.texts(&format!("{LEX}words")) {
                    self.cues.entry(language).or_default().entry(name.clone()).or_default().extend(
                        words
                            .split(['|', '\n'])
                            .map(str::trim)
                            .filter(|w| !w.is_empty())
                            .map(str::to_owned),
                    );
                }
            }
        }
        Ok(())
    }

    fn add_class(&mut self, name: String, iri: String, properties: &Properties) {
        let class = self.classes.entry(name.clone()).or_default();
        class.name = name;
        class.iri = iri;
        properties.labels(RDFS_LABEL, &mut class.labels);
        properties.labels(RDFS_COMMENT, &mut class.comments);
        for parent in properties.iris("http://www.w3.org/2000/01/rdf-schema#subClassOf") {
            if parent.starts_with(NAMESPACE) {
                class.parents.push(local_name(&parent).to_owned());
            } else {
                class.alignments.push(parent);
            }
        }
        class.alignments.extend(properties.alignments());
    }

    fn add_relation(
        &mut self,
        file: &str,
        name: String,
        iri: String,
        properties: &Properties,
        types: &[String],
    ) -> Result<(), OntologyError> {
        let relation = self.relations.entry(name.clone()).or_default();
        relation.name.clone_from(&name);
        relation.iri = iri;
        properties.labels(RDFS_LABEL, &mut relation.labels);
        properties.labels(RDFS_COMMENT, &mut relation.comments);
        let classes = |property: &str| -> Vec<String> {
            properties.iris(property).iter().map(|iri| local_name(iri).to_owned()).collect()
        };
        relation.domain.extend(classes(&format!("{LEX}domainIncludes")));
        relation.range.extend(classes(&format!("{LEX}rangeIncludes")));
        relation.symmetric |=
            types.iter().any(|t| t == "http://www.w3.org/2002/07/owl#SymmetricProperty");
        if let Some(family) = properties.first(&format!("{LEX}plover")) {
            relation.family = Some(family);
        }
        if let Some(code) = properties.first(&format!("{LEX}cameo")) {
            relation.code = Some(code);
        }
        relation.alignments.extend(properties.alignments());
        for (language, text) in properties.texts(&format!("{LEX}pattern")) {
            let pattern = Pattern::read(&text).map_err(|source| OntologyError::Pattern {
                file: file.to_owned(),
                relation: name.clone(),
                source,
            })?;
            relation.patterns.entry(language).or_default().push(pattern);
        }
        for (language, text) in properties.texts(&format!("{LEX}example")) {
            let example = read_example(&language, &text);
            if example.subject.is_none() || example.object.is_none() {
                return Err(OntologyError::Example {
                    file: file.to_owned(),
                    relation: name,
                    example: text,
                });
            }
            relation.examples.push(example);
        }
        for (language, text) in properties.texts(&format!("{LEX}counterExample")) {
            relation.counter_examples.push(Example { language, text, subject: None, object: None });
        }
        Ok(())
    }
}

const RDFS_LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const RDFS_COMMENT: &str = "http://www.w3.org/2000/01/rdf-schema#comment";

/// The properties of one subject, in the order of the file.
#[derive(Default)]
struct Properties(Vec<(NamedNode, Term)>);

impl Properties {
    fn of<'a>(&'a self, property: &'a str) -> impl Iterator<Item = &'a Term> {
        self.0.iter().filter(move |(p, _)| p.as_str() == property).map(|(_, value)| value)
    }

    fn iris(&self, property: &str) -> Vec<String> {
        self.of(property)
            .filter_map(|term| match term {
                Term::NamedNode(node) => Some(node.as_str().to_owned()),
                _ => None,
            })
            .collect()
    }

    /// The literals, each with its language ("" without one).
    fn texts(&self, property: &str) -> Vec<(String, String)> {
        self.of(property)
            .filter_map(|term| match term {
                Term::Literal(literal) => {
                    Some((literal.language().unwrap_or("").to_owned(), literal.value().to_owned()))
                }
                _ => None,
            })
            .collect()
    }

    fn first(&self, property: &str) -> Option<String> {
        self.texts(property).into_iter().next().map(|(_, text)| text)
    }

    fn labels(&self, property: &str, into: &mut Labels) {
        into.extend(self.texts(property));
    }

    fn alignments(&self) -> Vec<String> {
        ["exactMatch", "closeMatch", "broadMatch"]
            .iter()
            .flat_map(|mapping| {
                self.iris(&format!("http://www.w3.org/2004/02/skos/core#{mapping}"))
            })
            .chain(self.iris("http://www.w3.org/2000/01/rdf-schema#subPropertyOf"))
            .collect()
    }
}

fn read_subjects(file: &str, turtle: &str) -> Result<IndexMap<String, Properties>, OntologyError> {
    let mut subjects: IndexMap<String, Properties> = IndexMap::new();
    for triple in TurtleParser::new().for_slice(turtle.as_bytes()) {
        let triple = triple.map_err(|source| OntologyError::Syntax {
            file: file.to_owned(),
            source: Box::new(source),
        })?;
        if let NamedOrBlankNode::NamedNode(subject) = triple.subject {
            subjects
                .entry(subject.into_string())
                .or_default()
                .0
                .push((triple.predicate, triple.object));
        }
    }
    Ok(subjects)
}

fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// Reads `[S Ann Lee] met [O Bo Ek].` into its text and the marked words.
fn read_example(language: &str, marked: &str) -> Example {
    let mut example =
        Example { language: language.to_owned(), text: String::new(), subject: None, object: None };
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('[') {
        example.text.push_str(before);
        let Some((inside, after)) = behind.split_once(']') else {
            example.text.push('[');
            rest = behind;
            continue;
        };
        if let Some(words) = inside.strip_prefix("S ") {
            example.subject = Some(words.to_owned());
            example.text.push_str(words);
        } else if let Some(words) = inside.strip_prefix("O ") {
            example.object = Some(words.to_owned());
            example.text.push_str(words);
        } else {
            example.text.push('[');
            example.text.push_str(inside);
            example.text.push(']');
        }
        rest = after;
    }
    example.text.push_str(rest);
    example
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_what_ships() {
        let ontology = Ontology::builtin();
        assert!(ontology.relations.len() >= 8);
        assert!(ontology.is_a("City", "Place"));
        assert!(ontology.is_cue("en", "reporting", "say"));
    }

    #[test]
    fn reads_examples() {
        let example = read_example("en", "[S Ann Lee] met [O Bo Ek] [sic].");
        assert_eq!(example.text, "Ann Lee met Bo Ek [sic].");
        assert_eq!(example.subject.as_deref(), Some("Ann Lee"));
        assert_eq!(example.object.as_deref(), Some("Bo Ek"));
    }

    #[test]
    fn says_what_is_wrong() {
        let prefix = format!(
            "@prefix : <{NAMESPACE}> . @prefix lex: <{LEX}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        );
        let check = |turtle: &str, message: &str| {
            let error =
                Ontology::default().add("own.ttl", &format!("{prefix}{turtle}")).expect_err(turtle);
            assert!(error.to_string().contains(message), "{error}");
        };
        check(":bought a owl:ObjectProperty ; lex:pattern \"buy\"@en .", "pattern of bought");
        check(":bought a owl:ObjectProperty ; lex:example \"A bought B.\"@en .", "marks no");
        check(":bought a ", "own.ttl is not valid Turtle");
    }
}
