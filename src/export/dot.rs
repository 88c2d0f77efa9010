//! DOT, the language of Graphviz.

use std::io::Write;

use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes DOT.
pub(super) struct Dot;

impl Exporter for Dot {
    fn write(
        &self,
        _graph: &Graph,
        _ontology: &Ontology,
        _options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        Ok(writeln!(out, "digraph silsila {{\n}}")?)
    }
}
