//! The graph as RDF: Turtle, N-Triples, TriG and N-Quads.
//!
//! One mapping ([`quads`]) serves all of them and the store. It makes no blank
//! nodes, and it streams: only what one node says is ever held.

mod mapping;
mod vocabulary;

use std::io::{self, Write};

use oxrdf::{NamedNodeRef, QuadRef};
use oxttl::{NQuadsSerializer, NTriplesSerializer, TriGSerializer, TurtleSerializer};

use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

pub(crate) use mapping::{Layout, quads};

/// Writes Turtle.
pub(super) struct Turtle;

/// Writes N-Triples.
pub(super) struct NTriples;

/// Writes TriG.
pub(super) struct TriG;

/// Writes N-Quads.
pub(super) struct NQuads;

impl Exporter for Turtle {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, namespace) in prefixes(options)? {
            serializer =
                serializer.with_prefix(prefix, namespace).map_err(|_| base_error(options))?;
        }
        let mut writer = serializer.for_writer(Spaced::new(out));
        quads(graph, ontology, options, Layout::Union, &mut |quad| writer.serialize_triple(quad))?;
        writer.finish()?.flush()?;
        Ok(())
    }
}

impl Exporter for NTriples {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut writer = NTriplesSerializer::new().for_writer(out);
        quads(graph, ontology, options, Layout::Union, &mut |quad| writer.serialize_triple(quad))
    }
}

impl Exporter for TriG {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut serializer = TriGSerializer::new();
        for (prefix, namespace) in prefixes(options)? {
            serializer =
                serializer.with_prefix(prefix, namespace).map_err(|_| base_error(options))?;
        }
        let mut writer = serializer.for_writer(Spaced::new(out));
        quads(graph, ontology, options, Layout::PerArticle, &mut |quad| {
            writer.serialize_quad(quad)
        })?;
        writer.finish()?.flush()?;
        Ok(())
    }
}

impl Exporter for NQuads {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut writer = NQuadsSerializer::new().for_writer(out);
        quads(graph, ontology, options, Layout::PerArticle, &mut |quad| writer.serialize_quad(quad))
    }
}

/// What takes the quads, one by one.
pub(crate) type Sink<'a> = dyn FnMut(QuadRef<'_>) -> io::Result<()> + 'a;

/// The prefixes of vocabularies and of our own data.
pub(crate) fn prefixes(options: &ExportOptions) -> Result<Vec<(String, String)>, ExportError> {
    let base = base(options)?;
    let vocabularies =
        vocabulary::PREFIXES.into_iter().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned()));
    let data = mapping::Kind::ALL
        .into_iter()
        .map(|kind| (kind.as_str().to_owned(), format!("{base}{}/", kind.as_str())));
    Ok(vocabularies.chain(data).collect())
}

/// The base, if others can be made from it.
fn base(options: &ExportOptions) -> Result<&str, ExportError> {
    let base = options.base.as_str();
    if base.ends_with(['/', '#']) && NamedNodeRef::new(base).is_ok() {
        Ok(base)
    } else {
        Err(base_error(options))
    }
}

fn base_error(options: &ExportOptions) -> ExportError {
    ExportError::Base { base: options.base.clone() }
}

/// Leaves a blank line in front of every block of Turtle or TriG.
///
/// A block ends with a line that ends with ` .`; no literal holds a line feed
/// that is not escaped, so nothing else does.
struct Spaced<W: Write> {
    out: W,
    line: Vec<u8>,
    block_ended: bool,
}

impl<W: Write> Spaced<W> {
    fn new(out: W) -> Self {
        Self { out, line: Vec::new(), block_ended: false }
    }
}

impl<W: Write> Write for Spaced<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if !part.ends_with(b"\n") {
                continue;
            }
            let is_prefix = self.line.starts_with(b"@");
            if self.block_ended && !is_prefix && self.line != b"}\n" {
                self.out.write_all(b"\n")?;
            }
            self.out.write_all(&self.line)?;
            self.block_ended = is_prefix || self.line.ends_with(b" .\n") || self.line == b"}\n";
            self.line.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.line)?;
        self.line.clear();
        self.out.flush()
    }
}
