//! What can be wrong in an ontology file, and where.

use std::fmt;

use super::load::LEX_PROPERTIES;
use super::pattern::PatternError;

/// A file of an ontology: its name for messages, and what stands in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OntologyFile<'a> {
    /// The name.
    pub name: &'a str,
    /// The Turtle.
    pub turtle: &'a str,
}

/// A line of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Something in an ontology file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct OntologyError {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub problem: OntologyProblem,
}

/// What cannot be read in an ontology file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OntologyProblem {
    /// The file is not Turtle.
    #[error("this is not valid Turtle: {said}")]
    Syntax {
        /// What the parser says.
        said: String,
    },
    /// A pattern is not in the notation of [`crate::ontology::pattern`].
    #[error("a pattern of {relation} cannot be read: {error}")]
    Pattern {
        /// The relation.
        relation: String,
        /// What is wrong with the pattern.
        error: PatternError,
    },
    /// An example does not mark its subject and object.
    #[error("the example \"{example}\" of {relation} marks no `[S …]` and `[O …]`")]
    Example {
        /// The relation.
        relation: String,
        /// The example.
        example: String,
    },
    /// A text in a language does not say in which.
    #[error("\"{text}\" of {block} bears no language")]
    Language {
        /// The relation, class or cue class.
        block: String,
        /// The text.
        text: String,
    },
    /// A block has wordings, but nothing says what it is.
    #[error("<{iri}> is no relation, class or cue class that is known or declared")]
    Undeclared {
        /// The subject of the block.
        iri: String,
    },
    /// A property is in the namespace of the vocabulary, but not in the
    /// vocabulary.
    #[error("the property lex:{property} of {block} does not exist")]
    Property {
        /// The subject of the block.
        block: String,
        /// The property.
        property: String,
    },
    /// Rows call classes and relations by the last part of their IRIs, and two
    /// have the same.
    #[error("<{iri}> has the short name \"{name}\", as <{other}> has")]
    Name {
        /// The IRI.
        iri: String,
        /// Its last part.
        name: String,
        /// The IRI that has the name already.
        other: String,
    },
    /// An IRI has no last part.
    #[error("<{iri}> ends in no name")]
    Nameless {
        /// The IRI.
        iri: String,
    },
}

impl OntologyProblem {
    /// Returns what to do about it, in whole sentences.
    pub fn hint(&self) -> String {
        match self {
            Self::Syntax { .. } => "Commas part the values of a property, semicolons the \
                properties of a block, and a full stop ends it; every prefix needs its @prefix \
                at the top of the file."
                .to_owned(),
            Self::Pattern { .. } => "A pattern is a trigger and its slots, such as \
                \"meet/v subj=S obj|with=O\"; `silsila ontology show metWith` has more of them."
                .to_owned(),
            Self::Example { .. } => {
                "Mark both ends, as in \"[S Ann Lee] met [O Bo Ek].\"".to_owned()
            }
            Self::Language { .. } => "Put the language behind it, such as @en.".to_owned(),
            Self::Undeclared { .. } => "A new relation is declared by `a owl:ObjectProperty`, a \
                new class by `a owl:Class`; to add to a known one, check the spelling of its \
                prefix and its name."
                .to_owned(),
            Self::Property { .. } => {
                let known = LEX_PROPERTIES.map(|property| format!("lex:{property}"));
                format!("There are {}.", known.join(", "))
            }
            Self::Name { .. } => "Give one of them another last part, or use the other's IRI to \
                add to it."
                .to_owned(),
            Self::Nameless { .. } => {
                "An IRI such as https://example.org/business#acquired does.".to_owned()
            }
        }
    }
}
