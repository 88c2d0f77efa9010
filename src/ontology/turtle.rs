//! Turtle in, blocks out: what a file says of each of its subjects, with the
//! line that says it. The only file of the ontology that knows Turtle.

use indexmap::IndexMap;
use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;

use super::error::{OntologyError, OntologyFile, OntologyProblem, Place};

/// All that a file says of one subject, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The subject.
    pub iri: String,
    /// Where it begins.
    pub place: Place,
    /// Properties and values.
    says: Vec<(String, Value)>,
}

/// The value of a property.
#[derive(Clone, Debug)]
enum Value {
    Iri(String),
    /// A literal with its language ("" without one).
    Text(String, String),
}

/// Reads the blocks of a file. What has no IRI is passed over.
pub(super) fn read(file: OntologyFile<'_>) -> Result<Vec<Block>, OntologyError> {
    let mut blocks: IndexMap<String, Block> = IndexMap::new();
    for triple in TurtleParser::new().for_slice(file.turtle.as_bytes()) {
        let triple = triple.map_err(|error| {
            let line = error.location().start.line as usize + 1;
            OntologyError {
                place: Place { file: file.name.to_owned(), line },
                problem: OntologyProblem::Syntax { said: error.message().to_owned() },
            }
        })?;
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else { continue };
        let value = match triple.object {
            Term::NamedNode(node) => Value::Iri(node.into_string()),
            Term::Literal(literal) => {
                Value::Text(literal.value().to_owned(), literal.language().unwrap_or("").to_owned())
            }
            Term::BlankNode(_) => continue,
        };
        let iri = subject.into_string();
        let block = blocks.entry(iri.clone()).or_insert_with(|| Block {
            place: file.place_of_block(&iri),
            iri,
            says: Vec::new(),
        });
        block.says.push((triple.predicate.into_string(), value));
    }
    Ok(blocks.into_values().collect())
}

impl Block {
    /// The IRIs that a property has as its values.
    pub fn iris<'a>(&'a self, property: &'a str) -> impl Iterator<Item = &'a str> {
        self.says.iter().filter(move |(name, _)| name == property).filter_map(|(_, value)| {
            match value {
                Value::Iri(iri) => Some(iri.as_str()),
                Value::Text(..) => None,
            }
        })
    }

    /// The literals that a property has as its values: language and text.
    pub fn texts<'a>(&'a self, property: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.says.iter().filter(move |(name, _)| name == property).filter_map(|(_, value)| {
            match value {
                Value::Text(text, language) => Some((language.as_str(), text.as_str())),
                Value::Iri(_) => None,
            }
        })
    }

    /// The names of its properties.
    pub fn properties(&self) -> impl Iterator<Item = &str> {
        self.says.iter().map(|(property, _)| property.as_str())
    }
}

/// The part of an IRI by which rows call a class or relation.
pub(super) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/', ':']).next().unwrap_or(iri)
}

impl OntologyFile<'_> {
    /// Where a text stands in the file as it is written there.
    pub(super) fn place_of(&self, text: &str) -> Option<Place> {
        let first = text.lines().next().filter(|line| !line.is_empty())?;
        let quoted = format!("\"{text}\"");
        let line = |words: &str| self.turtle.lines().position(|line| line.contains(words));
        let at = line(&quoted).or_else(|| line(first))?;
        Some(Place { file: self.name.to_owned(), line: at + 1 })
    }

    /// Where the block of a subject begins: a line that starts with its IRI or
    /// prefixed name. The parser keeps no positions of what is right.
    fn place_of_block(&self, iri: &str) -> Place {
        let local = local_name(iri);
        let starts = |line: &str| {
            let word = line.split_whitespace().next().unwrap_or("");
            let word = word.trim_start_matches('<').trim_end_matches('>');
            word == iri || word.rsplit_once(':').is_some_and(|(_, name)| name == local)
        };
        let at = self.turtle.lines().position(starts).unwrap_or(0);
        Place { file: self.name.to_owned(), line: at + 1 }
    }
}
