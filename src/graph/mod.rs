//! Entities joined by the claims that support it.
//!
//! [`Graph`] puts together what the stages before it found: the entities, the
//! documents, and every claim as a [`Statement`], in which mentions have become
//! entities and the words of the text stand with their offsets. An [`Edge`] is
//! a relation between two entities, with all statements that support it.
//!
//! The graph holds no opinion of its own: a planned visit and the same visit
//! as it happened are two edges, and what contradicts each other stands side by
//! side. It is built once and then only read.

mod statement;
mod structure;
#[cfg(test)]
mod tests;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};
use sha2::{Digest, Sha256};

use crate::claim::{ClaimId, Factuality};
use crate::date::PartialDate;
use crate::document::{Document, DocumentId};
use crate::entity::{Entity, EntityId};
use crate::ontology::Ontology;
use crate::resolution::Decision;

pub use statement::{End, Money, Post, Quote, Speaker, Statement};
pub use structure::{Position, Structure};
pub use view::ViewOptions;

/// Entities, documents, statements, and the edges between entities.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    // Invariants: entities and documents are sorted by id, statements by claim
    // id, edges by subject, object, relation and factuality; whatever a
    // statement points to is there.
    entities: Vec<Entity>,
    documents: IndexMap<DocumentId, DocumentInfo>,
    statements: Vec<Statement>,
    decisions: Vec<Judged>,
    edges: Vec<Edge>,
    // Invariant: node n stands for the entity at position n and bears that
    // number; an edge bears its position in `edges`.
    joined: DiGraph<usize, usize>,
}

/// What a graph is built from, in any order.
#[derive(Clone, Debug, Default)]
pub struct GraphParts {
    /// The entities that resolution made.
    pub entities: Vec<Entity>,
    /// The documents that were read.
    pub documents: Vec<DocumentInfo>,
    /// The claims, resolved.
    pub statements: Vec<Statement>,
    /// What was decided of who is who, in the order of the resolution.
    pub decisions: Vec<Judged>,
}

/// A decision of who is who, with what became of its sides.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The decision.
    pub decision: Decision,
    /// The entities that its sides became part of.
    pub entities: [Option<EntityId>; 2],
    /// How many decisions of the like it stands for; it is the least certain of
    /// them.
    pub count: u64,
}

/// What goes into a graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct GraphOptions {
    /// Whether entities stay that no statement speaks of (default: no).
    pub silent_entities: bool,
}

/// All that the graph keeps of a document: everything but its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentInfo {
    /// The id.
    pub id: DocumentId,
    /// The headline.
    pub title: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The file it was read from, as the user named it.
    pub path: Option<String>,
    /// The outlet that published it.
    pub publisher: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The language, a BCP 47 tag.
    pub language: Option<String>,
    /// The length of the text in Unicode scalar values.
    pub length: u32,
    /// The SHA-256 of the text in UTF-8, in hexadecimal.
    pub sha256: String,
    /// The document that this one copies or translates, so that it is no source
    /// of its own.
    pub version_of: Option<DocumentId>,
}

impl DocumentInfo {
    /// Returns what the graph keeps of a document. The date and the language
    /// are those that annotation settled on.
    pub fn new(document: &Document, published: Option<PartialDate>, language: &str) -> Self {
        Self {
            id: document.id.clone(),
            title: document.source.title.clone(),
            url: document.source.url.clone(),
            path: document.source.path.clone(),
            publisher: document.source.publisher.clone(),
            published,
            language: Some(language.to_owned()),
            length: document.text.chars().count() as u32,
            sha256: hex(&Sha256::digest(document.text.as_bytes())),
            version_of: None,
        }
    }
}

/// A relation between two entities with one factuality: what planned meetings
/// say and what meetings that took place say are two edges.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// The stable id: a hash of ends, relation and factuality.
    pub id: String,
    /// Who or what it is said of; of a symmetric relation the smaller id.
    pub subject: EntityId,
    /// The other end.
    pub object: EntityId,
    /// The relation, a local name of the ontology.
    pub relation: String,
    /// Whether it is said to have happened.
    pub factuality: Factuality,
    /// Whether the relation has no direction.
    pub symmetric: bool,
    // Invariant: positions in the statements of the graph, ascending, not empty.
    statements: Vec<usize>,
}

/// The parts do not make a graph.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// A statement points to an entity that is not among the parts.
    #[error("claim `{claim}` points to entity `{entity}`, which is not there")]
    UnknownEntity {
        /// The claim.
        claim: ClaimId,
        /// The entity that is not there.
        entity: EntityId,
    },
    /// A statement quotes a document that is not among the parts.
    #[error("claim `{claim}` quotes document `{document}`, which is not there")]
    UnknownDocument {
        /// The claim.
        claim: ClaimId,
        /// The document that is not there.
        document: DocumentId,
    },
    /// Two different statements bear one id.
    #[error("two different claims bear the id `{claim}`")]
    AmbiguousClaim {
        /// The id.
        claim: ClaimId,
    },
    /// Two different entities bear one id.
    #[error("two different entities bear the id `{entity}`")]
    AmbiguousEntity {
        /// The id.
        entity: EntityId,
    },
    /// Two different documents bear one id.
    #[error("two different documents bear the id `{document}`")]
    AmbiguousDocument {
        /// The id.
        document: DocumentId,
    },
}

impl Graph {
    /// Builds the graph; the order of the parts does not matter, and a part
    /// that stands there twice counts once.
    pub fn new(
        parts: GraphParts,
        ontology: &Ontology,
        options: GraphOptions,
    ) -> Result<Self, GraphError> {
        let GraphParts { mut entities, mut documents, mut statements, decisions } = parts;

        entities.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        entities.dedup();
        if let Some(entity) = twice(&entities, |e| &e.id) {
            return Err(GraphError::AmbiguousEntity { entity: entity.clone() });
        }
        documents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        documents.dedup();
        if let Some(document) = twice(&documents, |d| &d.id) {
            return Err(GraphError::AmbiguousDocument { document: document.clone() });
        }
        // In place: a stable sort would hold half of them twice.
        statements.sort_unstable_by(|a, b| a.claim.cmp(&b.claim));
        statements.dedup();
        if let Some(claim) = twice(&statements, |s| &s.claim) {
            return Err(GraphError::AmbiguousClaim { claim: claim.clone() });
        }

        let documents: IndexMap<_, _> = documents.into_iter().map(|d| (d.id.clone(), d)).collect();
        let mut spoken_of = vec![false; entities.len()];
        for statement in &statements {
            for entity in statement.entities() {
                let Some(at) = position(&entities, entity) else {
                    return Err(GraphError::UnknownEntity {
                        claim: statement.claim.clone(),
                        entity: entity.clone(),
                    });
                };
                spoken_of[at] = true;
            }
            let document = &statement.evidence.document;
            if !documents.contains_key(document) {
                return Err(GraphError::UnknownDocument {
                    claim: statement.claim.clone(),
                    document: document.clone(),
                });
            }
        }
        if !options.silent_entities {
            let mut spoken_of = spoken_of.into_iter();
            entities.retain(|_| spoken_of.next().unwrap_or(false));
        }

        let edges = edges(&statements, ontology);
        let mut joined = DiGraph::with_capacity(entities.len(), edges.len());
        for entity in 0..entities.len() {
            joined.add_node(entity);
        }
        for (at, edge) in edges.iter().enumerate() {
            let ends = [&edge.subject, &edge.object].map(|end| position(&entities, end));
            if let [Some(subject), Some(object)] = ends {
                joined.add_edge(NodeIndex::new(subject), NodeIndex::new(object), at);
            }
        }
        Ok(Self { entities, documents, statements, decisions, edges, joined })
    }

    /// The entities, sorted by id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &Entity> {
        self.entities.iter()
    }

    /// The entity with an id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        position(&self.entities, id).and_then(|at| self.entities.get(at))
    }

    /// The documents, sorted by id, those that say nothing included.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &DocumentInfo> {
        self.documents.values()
    }

    /// The document with an id.
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentInfo> {
        self.documents.get(id)
    }

    /// The statements, sorted by claim.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// What was decided of who is who. An entity of a side may be one that no
    /// statement speaks of.
    pub fn decisions(&self) -> &[Judged] {
        &self.decisions
    }

    /// The edges, sorted by subject, object, relation and factuality.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges at an entity, whichever end it is, in the order of [`edges`].
    ///
    /// [`edges`]: Graph::edges
    pub fn edges_at(&self, entity: &EntityId) -> Vec<&Edge> {
        let Some(node) = position(&self.entities, entity).map(NodeIndex::new) else {
            return Vec::new();
        };
        let at: BTreeSet<usize> = self
            .joined
            .edges_directed(node, petgraph::Outgoing)
            .chain(self.joined.edges_directed(node, petgraph::Incoming))
            .map(|edge| *edge.weight())
            .collect();
        at.into_iter().filter_map(|at| self.edges.get(at)).collect()
    }

    /// Where each entity stands in the graph.
    pub fn structure(&self) -> Structure {
        structure::structure(self)
    }

    /// The statements that support an edge, sorted by claim.
    pub fn support<'a>(&'a self, edge: &'a Edge) -> impl ExactSizeIterator<Item = &'a Statement> {
        edge.statements.iter().map(|&at| &self.statements[at])
    }

    /// The number of independent sources of an edge, as [`Graph::sources`] counts
    /// them.
    pub fn document_count(&self, edge: &Edge) -> usize {
        self.sources(self.support(edge))
    }

    /// The number of independent sources of statements: of documents with
    /// different texts that they quote, a copy or translation counting as its
    /// original.
    pub fn sources<'a>(&'a self, statements: impl Iterator<Item = &'a Statement>) -> usize {
        let texts: BTreeSet<&str> = statements
            .filter_map(|s| self.document(&s.evidence.document))
            .map(|d| d.version_of.as_ref().and_then(|of| self.document(of)).unwrap_or(d))
            .map(|d| d.sha256.as_str())
            .collect();
        texts.len()
    }

    /// The first and the last date that the statements of an edge give, each as
    /// precise as its source. Dates without a year take no part.
    pub fn period(&self, edge: &Edge) -> Option<(PartialDate, PartialDate)> {
        self.dates(self.support(edge))
    }

    /// The first and the last date that statements give, as [`Graph::period`]
    /// has it.
    pub fn dates<'a>(
        &self,
        statements: impl Iterator<Item = &'a Statement>,
    ) -> Option<(PartialDate, PartialDate)> {
        let dates: Vec<_> = statements
            .filter_map(|s| s.when)
            .flat_map(|when| [when.from.or(when.to), when.to.or(when.from)])
            .flatten()
            .filter(|date| date.year().is_some())
            .collect();
        let first = dates.iter().min_by_key(|d| (d.first_day(), d.last_day()))?;
        let last = dates.iter().max_by_key(|d| (d.last_day(), d.first_day()))?;
        Some((*first, *last))
    }
}

/// Where an entity stands among those sorted by id.
fn position(entities: &[Entity], id: &EntityId) -> Option<usize> {
    entities.binary_search_by(|entity| entity.id.cmp(id)).ok()
}

/// Groups the statements by what they say of whom.
fn edges(statements: &[Statement], ontology: &Ontology) -> Vec<Edge> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        let symmetric = is_symmetric(ontology, &statement.relation);
        let (mut subject, mut object) = (&statement.subject.entity, &statement.object.entity);
        if symmetric && object < subject {
            (subject, object) = (object, subject);
        }
        let key = (subject, object, &statement.relation, statement.factuality, symmetric);
        groups.entry(key).or_default().push(at);
    }
    groups
        .into_iter()
        .map(|((subject, object, relation, factuality, symmetric), statements)| Edge {
            id: edge_id([&subject.0, relation, &object.0, factuality.as_str()]),
            subject: subject.clone(),
            object: object.clone(),
            relation: relation.clone(),
            factuality,
            symmetric,
            statements,
        })
        .collect()
}

fn is_symmetric(ontology: &Ontology, relation: &str) -> bool {
    ontology.relations.get(relation).is_some_and(|relation| relation.symmetric)
}

fn edge_id(parts: [&str; 4]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut id = hex(&hash.finalize());
    id.truncate(16);
    id.insert(0, 'e');
    id
}

/// The first id that two neighbors share.
fn twice<T, K: PartialEq>(items: &[T], id: impl Fn(&T) -> &K) -> Option<&K> {
    items.windows(2).find_map(|pair| match pair {
        [a, b] if id(a) == id(b) => Some(id(a)),
        _ => None,
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
