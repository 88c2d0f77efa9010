//! JSON for Cytoscape and Cytoscape.js: `elements.nodes` and `elements.edges`,
//! each with its attributes in `data`.
//!
//! Every edge has an id, for Cytoscape.js makes up ids that differ from run to
//! run. Attributes are flat, since Cytoscape has columns of texts, numbers and
//! lists of texts only; `evidence` lists `DOCUMENT START-END`. Cytoscape calls a
//! node by `name` and an edge's kind `interaction`.

use std::io::Write;

use super::{Json, members};
use crate::export::elements::Elements;
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes JSON for Cytoscape.
pub(in crate::export) struct Cytoscape;

impl Exporter for Cytoscape {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let elements = Elements::new(graph, ontology, options);
        let mut json = Json::new(out);
        json.begin('{')?;
        json.key("format_version")?;
        json.string("1.0")?;
        json.key("generated_by")?;
        json.string("silsila")?;
        json.key("data")?;
        json.begin('{')?;
        json.key("name")?;
        json.string("silsila")?;
        json.end('}')?;
        json.key("elements")?;
        json.begin('{')?;
        json.key("nodes")?;
        json.begin('[')?;
        for node in elements.nodes() {
            json.begin('{')?;
            json.key("data")?;
            json.begin('{')?;
            for (name, value) in [("id", &node.id), ("name", &node.label), ("label", &node.label)] {
                json.key(name)?;
                json.string(value)?;
            }
            members(&mut json, &node.cells)?;
            json.end('}')?;
            json.end('}')?;
        }
        json.end(']')?;
        json.key("edges")?;
        json.begin('[')?;
        for line in elements.lines() {
            json.begin('{')?;
            json.key("data")?;
            json.begin('{')?;
            for (name, value) in [
                ("id", &*line.id),
                ("source", &line.source),
                ("target", &line.target),
                ("interaction", &line.kind),
                ("label", &line.label),
            ] {
                json.key(name)?;
                json.string(value)?;
            }
            json.key("weight")?;
            json.count(line.weight as u64)?;
            members(&mut json, &line.cells)?;
            json.end('}')?;
            json.end('}')?;
        }
        json.end(']')?;
        json.end('}')?;
        json.end('}')?;
        json.line()?;
        Ok(())
    }
}
