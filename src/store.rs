//! SPARQL over the graph's quads.
//!
//! The store lies in memory and takes its quads from a [`Graph`] by the mapping
//! that the RDF files are written with, or from such a file. A query sees the
//! union of all graphs unless it says `FROM`; `GRAPH ?article { … }` asks which
//! article says what. The prefixes of our files are known to every query.
//!
//! The union is kept as the default graph, so a triple takes room twice. Asked
//! for the union of graphs, oxigraph answers with a triple as often as graphs
//! have it, and what three articles say would count three times.
//!
//! The store does not change by a query, and asks no other store: `SERVICE` is
//! an error.

use std::fmt;
use std::io::{self, Read, Write};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, Term as RdfTerm, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError};
use oxigraph::store::{LoaderError, StorageError};

use crate::export::rdf::{self, Layout};
use crate::export::{ExportError, ExportOptions, Format};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Quads that can be queried.
pub struct Store {
    quads: oxigraph::store::Store,
    prefixes: Vec<(String, String)>,
}

/// What a query answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answers {
    /// The answer to `SELECT`.
    Table {
        /// The names of the variables, without `?`.
        variables: Vec<String>,
        /// A term for each variable that is bound.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// The answer to `ASK`.
    Boolean(bool),
    /// The answer to `CONSTRUCT` and `DESCRIBE`.
    Triples(Vec<[Term; 3]>),
}

/// A term of RDF.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Term {
    /// An IRI.
    Iri(String),
    /// A blank node; silsila makes none, other files may.
    Blank(String),
    /// A literal.
    Literal {
        /// What it says.
        value: String,
        /// The language, a BCP 47 tag, if it has one.
        language: Option<String>,
        /// The IRI of the datatype.
        datatype: String,
    },
}

/// A way to write answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AnswerFormat {
    /// Columns for people to read, IRIs shortened by prefixes.
    Table,
    /// SPARQL 1.1 Query Results CSV.
    Csv,
    /// SPARQL 1.1 Query Results TSV.
    Tsv,
    /// SPARQL 1.1 Query Results JSON.
    Json,
}

impl AnswerFormat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Table, Self::Csv, Self::Tsv, Self::Json];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
        }
    }

    /// The format with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A store was not filled, or a query not answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The graph cannot be turned into quads.
    #[error("cannot turn the graph into quads")]
    Graph(#[from] ExportError),
    /// The format is none of RDF.
    #[error("cannot load `{}`, which is no format of RDF", .format.name())]
    Format {
        /// The format.
        format: Format,
    },
    /// The file is not what its format asks for, or cannot be read.
    #[error("cannot load the {} file", .format.name())]
    Load {
        /// The format.
        format: Format,
        /// What is wrong, and where.
        source: LoadError,
    },
    /// The query is not SPARQL.
    #[error("the query is not SPARQL")]
    Syntax(#[source] SyntaxError),
    /// The query is SPARQL and cannot be answered.
    #[error("the query cannot be answered")]
    Evaluation(#[source] EvaluationError),
    /// The store cannot be used.
    #[error("the store cannot be used")]
    Storage(#[source] MemoryError),
}

/// What is wrong with a file of RDF.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct LoadError(LoaderError);

/// What is wrong with a query, and where.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SyntaxError(SparqlSyntaxError);

/// Why a query cannot be answered.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct EvaluationError(QueryEvaluationError);

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct MemoryError(StorageError);

impl Store {
    /// Returns an empty store that knows the prefixes of files with such options.
    pub fn new(options: &ExportOptions) -> Result<Self, StoreError> {
        let quads = oxigraph::store::Store::new().map_err(storage)?;
        Ok(Self { quads, prefixes: rdf::prefixes(options)? })
    }

    /// Returns a store with the quads of a graph, one named graph per article.
    pub fn from_graph(
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
    ) -> Result<Self, StoreError> {
        let store = Self::new(options)?;
        let mut loader = store.quads.bulk_loader();
        let mut batch = Vec::with_capacity(BATCH);
        for layout in [Layout::PerArticle, Layout::Union] {
            rdf::quads(graph, ontology, options, layout, &mut |quad| {
                batch.push(quad.into_owned());
                if batch.len() == BATCH {
                    loader.load_quads(batch.drain(..)).map_err(io::Error::other)?;
                }
                Ok(())
            })?;
        }
        loader.load_quads(batch).map_err(storage)?;
        loader.commit().map_err(storage)?;
        Ok(store)
    }

    /// Adds the quads of a file in one of the formats of RDF.
    pub fn load(&self, format: Format, reader: impl Read) -> Result<(), StoreError> {
        let syntax = match format {
            Format::Turtle => RdfFormat::Turtle,
            Format::NTriples => RdfFormat::NTriples,
            Format::TriG => RdfFormat::TriG,
            Format::NQuads => RdfFormat::NQuads,
            _ => return Err(StoreError::Format { format }),
        };
        let problem = |source| StoreError::Load { format, source: LoadError(source) };
        let mut loader = self.quads.bulk_loader();
        let quads = RdfParser::from_format(syntax).for_reader(reader).flat_map(|quad| match quad {
            Ok(quad) if quad.graph_name == GraphName::DefaultGraph => [Some(Ok(quad)), None],
            Ok(quad) => {
                let triple = Triple::from(quad.clone()).in_graph(GraphName::DefaultGraph);
                [Some(Ok(quad)), Some(Ok(triple))]
            }
            Err(error) => [Some(Err(error)), None],
        });
        loader.load_ok_quads::<_, LoaderError>(quads.flatten()).map_err(problem)?;
        loader.commit().map_err(storage)
    }

    /// The number of triples in the union of all graphs.
    pub fn len(&self) -> Result<usize, StoreError> {
        let union = Some(GraphNameRef::DefaultGraph);
        let mut count = 0;
        for quad in self.quads.quads_for_pattern(None, None, None, union) {
            quad.map_err(storage)?;
            count += 1;
        }
        Ok(count)
    }

    /// Whether there is no quad.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        self.quads.is_empty().map_err(storage)
    }

    /// The prefixes that a query need not declare, with their namespaces.
    pub fn prefixes(&self) -> &[(String, String)] {
        &self.prefixes
    }

    /// Answers a query.
    pub fn query(&self, query: &str) -> Result<Answers, StoreError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in &self.prefixes {
            evaluator = evaluator
                .with_prefix(prefix, namespace)
                .map_err(|_| ExportError::Base { base: namespace.clone() })?;
        }
        let prepared = evaluator
            .parse_query(query)
            .map_err(|source| StoreError::Syntax(SyntaxError(source)))?;
        match prepared.on_store(&self.quads).execute().map_err(evaluation)? {
            QueryResults::Boolean(answer) => Ok(Answers::Boolean(answer)),
            QueryResults::Graph(triples) => {
                let mut all = Vec::new();
                for triple in triples {
                    let triple = triple.map_err(evaluation)?;
                    let terms = [triple.subject.into(), triple.predicate.into(), triple.object];
                    all.push(terms.map(Term::from));
                }
                Ok(Answers::Triples(all))
            }
            QueryResults::Solutions(solutions) => {
                let variables =
                    solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution.map_err(evaluation)?;
                    rows.push(
                        solution.values().iter().map(|t| t.clone().map(Term::from)).collect(),
                    );
                }
                Ok(Answers::Table { variables, rows })
            }
        }
    }

    /// Writes answers; tables of them shorten IRIs by the prefixes of the store.
    pub fn write(
        &self,
        answers: &Answers,
        format: AnswerFormat,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match format {
            AnswerFormat::Table => write_table(answers, &self.prefixes, out),
            AnswerFormat::Csv => write_csv(answers, out),
            AnswerFormat::Tsv => write_tsv(answers, out),
            AnswerFormat::Json => write_json(answers, out),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("quads", &self.quads.len().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

impl From<RdfTerm> for Term {
    fn from(term: RdfTerm) -> Self {
        match term {
            RdfTerm::NamedNode(node) => Self::Iri(node.into_string()),
            RdfTerm::BlankNode(node) => Self::Blank(node.into_string()),
            RdfTerm::Literal(literal) => {
                let datatype = literal.datatype().as_str().to_owned();
                let language = literal.language().map(str::to_owned);
                Self::Literal { value: literal.value().to_owned(), language, datatype }
            }
        }
    }
}

impl fmt::Display for Term {
    /// Writes the term as N-Triples does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use oxigraph::model::{LiteralRef, NamedNodeRef};
        match self {
            Self::Iri(iri) => write!(f, "<{iri}>"),
            Self::Blank(id) => write!(f, "_:{id}"),
            Self::Literal { value, language: Some(language), .. } => {
                LiteralRef::new_language_tagged_literal_unchecked(value, language).fmt(f)
            }
            Self::Literal { value, language: None, datatype } => {
                LiteralRef::new_typed_literal(value, NamedNodeRef::new_unchecked(datatype)).fmt(f)
            }
        }
    }
}

/// How many quads are loaded at once.
const BATCH: usize = 100_000;

/// The names of the columns of triples.
const TRIPLE: [&str; 3] = ["subject", "predicate", "object"];

fn storage(source: StorageError) -> StoreError {
    StoreError::Storage(MemoryError(source))
}

fn evaluation(source: QueryEvaluationError) -> StoreError {
    StoreError::Evaluation(EvaluationError(source))
}

/// The head and the rows of answers, but for a boolean.
type Rows<'a> = (Vec<&'a str>, Vec<Vec<Option<&'a Term>>>);

fn rows(answers: &Answers) -> Result<Rows<'_>, bool> {
    match answers {
        Answers::Boolean(answer) => Err(*answer),
        Answers::Table { variables, rows } => Ok((
            variables.iter().map(String::as_str).collect(),
            rows.iter().map(|row| row.iter().map(Option::as_ref).collect()).collect(),
        )),
        Answers::Triples(triples) => Ok((
            TRIPLE.to_vec(),
            triples.iter().map(|triple| triple.iter().map(Some).collect()).collect(),
        )),
    }
}

fn write_table(
    answers: &Answers,
    prefixes: &[(String, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (head, rows) = match rows(answers) {
        Ok(rows) => rows,
        Err(answer) => return writeln!(out, "{}", if answer { "yes" } else { "no" }),
    };
    let cell = |term: Option<&Term>| term.map_or(String::new(), |term| shown(term, prefixes));
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().copied().map(cell).collect()).collect();
    let head: Vec<String> = head.into_iter().map(str::to_owned).collect();
    let width = |column: usize| {
        let cells = rows.iter().chain([&head]).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut line = |cells: &[String], filler: char, joint: &str| -> io::Result<()> {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            if column > 0 {
                line.push_str(joint);
            }
            line.push_str(cell);
            line.extend(std::iter::repeat_n(filler, width - cell.chars().count()));
        }
        writeln!(out, "{}", line.trim_end())
    };
    line(&head, ' ', "  ")?;
    line(&vec![String::new(); head.len()], '─', "  ")?;
    for row in &rows {
        line(row, ' ', "  ")?;
    }
    Ok(())
}

/// A term for people: a literal's value in one line, an IRI with its prefix.
fn shown(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::Literal { value, .. } => {
            value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        }
        Term::Iri(iri) => {
            let local = prefixes.iter().filter_map(|(prefix, namespace)| {
                let local = iri.strip_prefix(namespace.as_str())?;
                (!local.contains(['/', '#'])).then(|| format!("{prefix}:{local}"))
            });
            // The longest namespace makes the shortest name.
            local.min_by_key(String::len).unwrap_or_else(|| iri.clone())
        }
        Term::Blank(_) => term.to_string(),
    }
}

fn write_csv(answers: &Answers, out: &mut dyn Write) -> io::Result<()> {
    let (head, rows) = match rows(answers) {
        Ok(rows) => rows,
        Err(answer) => return writeln!(out, "{answer}"),
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|term| match term {
            None => String::new(),
            Some(Term::Iri(iri)) => iri.clone(),
            Some(Term::Literal { value, .. }) => value.clone(),
            Some(blank @ Term::Blank(_)) => blank.to_string(),
        }))?;
    }
    writer.flush()
}

fn write_tsv(answers: &Answers, out: &mut dyn Write) -> io::Result<()> {
    let (head, rows) = match rows(answers) {
        Ok(rows) => rows,
        Err(answer) => return writeln!(out, "{answer}"),
    };
    let sign = if matches!(answers, Answers::Table { .. }) { "?" } else { "" };
    let head: Vec<String> = head.iter().map(|name| format!("{sign}{name}")).collect();
    writeln!(out, "{}", head.join("\t"))?;
    for row in rows {
        // N-Triples escapes tabulators and line feeds, as TSV needs it.
        let row: Vec<String> =
            row.iter().map(|term| term.map_or(String::new(), Term::to_string)).collect();
        writeln!(out, "{}", row.join("\t"))?;
    }
    Ok(())
}

fn write_json(answers: &Answers, out: &mut dyn Write) -> io::Result<()> {
    use serde_json::{Map, Value, json};
    let (head, rows) = match rows(answers) {
        Ok(rows) => rows,
        Err(answer) => return writeln!(out, "{}", json!({ "head": {}, "boolean": answer })),
    };
    let value = |term: &Term| match term {
        Term::Iri(iri) => json!({ "type": "uri", "value": iri }),
        Term::Blank(id) => json!({ "type": "bnode", "value": id }),
        Term::Literal { value, language: Some(language), .. } => {
            json!({ "type": "literal", "value": value, "xml:lang": language })
        }
        Term::Literal { value, datatype, .. } if datatype == XSD_STRING => {
            json!({ "type": "literal", "value": value })
        }
        Term::Literal { value, datatype, .. } => {
            json!({ "type": "literal", "value": value, "datatype": datatype })
        }
    };
    let bindings: Vec<Value> = rows
        .iter()
        .map(|row| {
            let bound = head
                .iter()
                .zip(row)
                .filter_map(|(name, term)| term.map(|term| ((*name).to_owned(), value(term))));
            Value::Object(bound.collect::<Map<_, _>>())
        })
        .collect();
    writeln!(out, "{}", json!({ "head": { "vars": head }, "results": { "bindings": bindings } }))
}

/// The datatype that is not written out.
const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
