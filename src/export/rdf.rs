//! The graph as RDF.

use std::io::Write;

use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes Turtle.
pub(super) struct Turtle;

impl Exporter for Turtle {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        _out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(())
    }
}

/// Writes NTriples.
pub(super) struct NTriples;

impl Exporter for NTriples {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        _out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(())
    }
}

/// Writes TriG.
pub(super) struct TriG;

impl Exporter for TriG {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        _out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(())
    }
}

/// Writes NQuads.
pub(super) struct NQuads;

impl Exporter for NQuads {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        _out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(())
    }
}
