//! GraphML.

use std::io::Write;

use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes GraphML.
pub(super) struct GraphMl;

impl Exporter for GraphMl {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(writeln!(out, "<graphml/>")?)
    }
}
