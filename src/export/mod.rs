//! The graph in the formats of those who read it.
//!
//! A format is one file here with an [`Exporter`], and one line in
//! [`Format::ALL`]. Exporters write to any [`Write`]; they open no files.
//!
//! ```
//! use silsila::export::{ExportOptions, Format};
//! use silsila::graph::Graph;
//! use silsila::ontology::Ontology;
//!
//! let graph = Graph::default();
//! let mut out = Vec::new();
//! let format = Format::from_name("dot").expect("a format of that name");
//! format.write(&graph, &Ontology::default(), &ExportOptions::default(), &mut out)?;
//! assert!(out.ends_with(b"}\n"));
//! # Ok::<(), silsila::export::ExportError>(())
//! ```

mod dot;
mod graphml;
pub(crate) mod rdf;

use std::io::{self, Write};

use crate::claim::Factuality;
use crate::entity::Entity;
use crate::graph::{Edge, Graph, Statement};
use crate::ontology::{Labels, Ontology};

/// Writes a graph in one format.
pub trait Exporter: Sync {
    /// Writes the whole graph. The same graph gives the same bytes.
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError>;
}

/// A format that a graph can be written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// RDF 1.1 Turtle: everything in one graph.
    Turtle,
    /// RDF 1.1 N-Triples: everything in one graph, a triple a line.
    NTriples,
    /// RDF 1.1 TriG: one named graph per article.
    TriG,
    /// RDF 1.1 N-Quads: one named graph per article, a quad a line.
    NQuads,
    /// GraphML with the columns that Gephi's importer reads.
    GraphMl,
    /// DOT, the language of Graphviz.
    Dot,
}

/// How a graph is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportOptions {
    /// The IRI that those of entities, documents and claims start with
    /// (default: [`ExportOptions::BASE`]).
    pub base: String,
    /// The language of the labels in pictures and tables, a BCP 47 tag
    /// (default: `en`).
    pub language: String,
}

impl ExportOptions {
    /// The IRI that those of data start with unless another is given.
    pub const BASE: &str = "https://w3id.org/silsila/data/";
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self { base: Self::BASE.to_owned(), language: "en".to_owned() }
    }
}

/// A graph was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The base is not an IRI that others can be made from.
    #[error("base `{base}` is not an absolute IRI that ends in `/` or `#`")]
    Base {
        /// The base.
        base: String,
    },
    /// The output could not be written.
    #[error("cannot write the graph")]
    Write(#[from] io::Error),
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] =
        [Self::Turtle, Self::NTriples, Self::TriG, Self::NQuads, Self::GraphMl, Self::Dot];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::TriG => "trig",
            Self::NQuads => "nquads",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
        }
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::TriG => "trig",
            Self::NQuads => "nq",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
        }
    }

    /// The format with that name or extension.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name || format.extension() == name)
    }

    /// What writes it.
    pub fn exporter(self) -> &'static dyn Exporter {
        match self {
            Self::Turtle => &rdf::Turtle,
            Self::NTriples => &rdf::NTriples,
            Self::TriG => &rdf::TriG,
            Self::NQuads => &rdf::NQuads,
            Self::GraphMl => &graphml::GraphMl,
            Self::Dot => &dot::Dot,
        }
    }

    /// Writes a graph in this format.
    pub fn write(
        self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        self.exporter().write(graph, ontology, options, out)
    }
}

/// The label in a language, else in English, else in the first there is, else
/// the local name with its words apart ("metWith": "met with").
fn label(labels: Option<&Labels>, language: &str, name: &str) -> String {
    labels
        .and_then(|labels| {
            labels.get(language).or_else(|| labels.get("en")).or_else(|| labels.values().next())
        })
        .cloned()
        .unwrap_or_else(|| {
            let mut words = String::with_capacity(name.len() + 4);
            for letter in name.chars() {
                if letter.is_uppercase() && !words.is_empty() {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
            }
            words
        })
}

/// The IRI of an entity in Wikidata, if it has an id that is one.
fn wikidata(entity: &Entity) -> Option<String> {
    let id = entity.wikidata.as_deref()?;
    let digits = id.strip_prefix('Q')?;
    let is_id = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_id.then(|| format!("http://www.wikidata.org/entity/{id}"))
}

/// The label of an edge: what the relation is called, and its factuality unless
/// it happened.
fn edge_label(edge: &Edge, ontology: &Ontology, options: &ExportOptions) -> String {
    let labels = ontology.relations.get(&edge.relation).map(|relation| &relation.labels);
    let label = label(labels, &options.language, &edge.relation);
    match edge.factuality {
        Factuality::Happened => label,
        factuality => format!("{label} ({})", factuality.as_str()),
    }
}

/// The statement that stands for an edge where there is room for one: that of
/// the highest confidence, among equals that of the earliest article.
fn leading<'a>(graph: &'a Graph, edge: &'a Edge) -> Option<&'a Statement> {
    graph.support(edge).min_by(|a, b| {
        let published = |s: &Statement| {
            let document = graph.document(&s.evidence.document);
            let date = document.and_then(|document| document.published);
            date.map_or((1, None), |date| (0, Some(date)))
        };
        b.confidence
            .total_cmp(&a.confidence)
            .then_with(|| published(a).cmp(&published(b)))
            .then_with(|| a.claim.cmp(&b.claim))
    })
}

/// Whether a character is none of the production `Char` of XML 1.0.
fn is_no_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}
