//! What exists and how texts say it: classes, relations, and the patterns by
//! which a language words a relation. Read from `ontology/*.ttl`, the single
//! source of truth.

use indexmap::IndexMap;

/// The namespace of the classes and relations that ship with the program.
pub const NAMESPACE: &str = "https://w3id.org/silsila/ontology#";

/// Texts by language (BCP 47).
pub type Labels = IndexMap<String, String>;

/// A class of things.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Class {
    /// The local name, such as `Country`.
    pub name: String,
    /// The IRI.
    pub iri: String,
    /// Labels for people to read.
    pub labels: Labels,
    /// What it means.
    pub comments: Labels,
    /// The local names of its direct superclasses.
    pub parents: Vec<String>,
    /// IRIs of equal or broader classes elsewhere (`skos:exactMatch`,
    /// `rdfs:subClassOf` of another namespace).
    pub alignments: Vec<String>,
}

/// A relation between two things.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Relation {
    /// The local name, such as `metWith`.
    pub name: String,
    /// The IRI.
    pub iri: String,
    /// Labels for people to read.
    pub labels: Labels,
    /// What it means.
    pub comments: Labels,
    /// The classes its subject may have.
    pub domain: Vec<String>,
    /// The classes its object may have.
    pub range: Vec<String>,
    /// Whether it holds in both directions (`owl:SymmetricProperty`).
    pub symmetric: bool,
    /// The PLOVER event type ("CONSULT"); none for a standing relation.
    pub family: Option<String>,
    /// The CAMEO code ("042"), if any.
    pub code: Option<String>,
    /// IRIs of like properties elsewhere.
    pub alignments: Vec<String>,
}

/// All classes and relations.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ontology {
    /// The classes, by local name.
    pub classes: IndexMap<String, Class>,
    /// The relations, by local name.
    pub relations: IndexMap<String, Relation>,
}

impl Ontology {
    /// Whether `class` is `ancestor` or one of its subclasses.
    pub fn is_a(&self, class: &str, ancestor: &str) -> bool {
        class == ancestor
            || self
                .classes
                .get(class)
                .is_some_and(|c| c.parents.iter().any(|parent| self.is_a(parent, ancestor)))
    }
}
