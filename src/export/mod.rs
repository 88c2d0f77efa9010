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
mod elements;
mod ftm;
mod gexf;
mod graphml;
mod json;
mod looks;
pub(crate) mod rdf;
mod sssom;
mod tables;
pub mod timeline;
mod times;
mod xml;

use std::io::{self, Write};

use crate::claim::Factuality;
use crate::entity::Entity;
use crate::graph::{Edge, Graph, Statement};
use crate::ontology::{Labels, Ontology};

use xml::is_no_xml;

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

    /// The names of the files that a format of several consists of; what
    /// [`Exporter::write`] writes is a ZIP archive of them.
    fn files(&self) -> &'static [&'static str] {
        &[]
    }

    /// Writes one of the files of [`Exporter::files`]. A format that is one
    /// stream writes it whole.
    fn write_file(
        &self,
        _file: &str,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        self.write(graph, ontology, options, out)
    }
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
    /// GEXF 1.3 with the times of Gephi's timeline.
    Gexf,
    /// JSON for Cytoscape and Cytoscape.js.
    Cytoscape,
    /// Node-link JSON, for d3 and networkx.
    NodeLink,
    /// JSON Graph Format, version 2.
    JsonGraph,
    /// CSV for spreadsheets: nodes, edges, claims.
    Csv,
    /// CSV for the bulk importer of Neo4j.
    Neo4j,
    /// JSON lines of FollowTheMoney, for OpenAleph.
    FollowTheMoney,
    /// A table of mappings in SSSOM: names, ids elsewhere, decisions.
    Sssom,
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
    /// For which program GraphML is written (default: Gephi).
    pub flavor: Flavor,
    /// Whether events are nodes, joined with all who take part, instead of edges
    /// (default: no). It concerns formats of nodes and edges
    /// ([`Format::takes_events`]); RDF, Neo4j and FollowTheMoney have them as it
    /// is.
    pub events: bool,
    /// Whether DOT puts each community into a frame (default: no).
    pub clusters: bool,
    /// Whether cells of CSV that a spreadsheet would take for formulas stay as
    /// they are (default: no).
    pub raw_cells: bool,
}

/// A program that reads GraphML in a way of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Flavor {
    /// Gephi, and all others that pass over what they do not know: the kind of
    /// an edge is its XML attribute `label`.
    #[default]
    Gephi,
    /// As the GraphML schema has it, ids included.
    Strict,
    /// yEd: with its elements for labels, colors and lines.
    Yed,
}

impl Flavor {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Gephi, Self::Strict, Self::Yed];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gephi => "gephi",
            Self::Strict => "strict",
            Self::Yed => "yed",
        }
    }

    /// The flavor with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavor| flavor.name() == name)
    }
}

impl ExportOptions {
    /// The IRI that those of data start with unless another is given.
    pub const BASE: &str = "https://w3id.org/silsila/data/";
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            base: Self::BASE.to_owned(),
            language: "en".to_owned(),
            flavor: Flavor::default(),
            events: false,
            clusters: false,
            raw_cells: false,
        }
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
    pub const ALL: [Self; 14] = [
        Self::Turtle,
        Self::NTriples,
        Self::TriG,
        Self::NQuads,
        Self::GraphMl,
        Self::Gexf,
        Self::Cytoscape,
        Self::NodeLink,
        Self::JsonGraph,
        Self::Csv,
        Self::Neo4j,
        Self::FollowTheMoney,
        Self::Sssom,
        Self::Dot,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::TriG => "trig",
            Self::NQuads => "nquads",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Cytoscape => "cytoscape",
            Self::NodeLink => "node-link",
            Self::JsonGraph => "jgf",
            Self::Csv => "csv",
            Self::Neo4j => "neo4j",
            Self::FollowTheMoney => "ftm",
            Self::Sssom => "sssom",
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
            Self::Gexf => "gexf",
            Self::Cytoscape => "cyjs",
            Self::NodeLink => "node-link.json",
            Self::JsonGraph => "jgf.json",
            Self::Csv => "csv.zip",
            Self::Neo4j => "neo4j.zip",
            Self::FollowTheMoney => "ftm.jsonl",
            Self::Sssom => "sssom.tsv",
            Self::Dot => "dot",
        }
    }

    /// Whether the format can have events as nodes ([`ExportOptions::events`]).
    pub fn takes_events(self) -> bool {
        matches!(
            self,
            Self::GraphMl
                | Self::Gexf
                | Self::Cytoscape
                | Self::NodeLink
                | Self::JsonGraph
                | Self::Csv
        )
    }

    /// Whether the format tells what was decided of who is who
    /// ([`Graph::decisions`]).
    pub fn tells_decisions(self) -> bool {
        self == Self::Sssom
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
            Self::Gexf => &gexf::Gexf,
            Self::Cytoscape => &json::Cytoscape,
            Self::NodeLink => &json::NodeLink,
            Self::JsonGraph => &json::JsonGraph,
            Self::Csv => &tables::Spreadsheet,
            Self::Neo4j => &tables::Neo4j,
            Self::FollowTheMoney => &ftm::FollowTheMoney,
            Self::Sssom => &sssom::Sssom,
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

/// The statement that stands for all where there is room for one: that of the
/// highest confidence, among equals that of the earliest article.
fn leading<'a>(
    graph: &'a Graph,
    support: impl Iterator<Item = &'a Statement>,
) -> Option<&'a Statement> {
    support.min_by(|a, b| {
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
