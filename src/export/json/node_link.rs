//! Node-link JSON: `nodes` and `links`, as d3-force and networkx have it.
//!
//! networkx reads it with `node_link_graph(data, edges="links")`; it keeps
//! parallel edges apart by their `key`, which is their id. `evidence` lists
//! objects with article, offsets in Unicode scalar values, and words.

use std::io::Write;

use super::{Json, evidence, members};
use crate::export::elements::Elements;
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes node-link JSON.
pub(in crate::export) struct NodeLink;

impl Exporter for NodeLink {
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
        for name in ["directed", "multigraph"] {
            json.key(name)?;
            json.truth(true)?;
        }
        json.key("graph")?;
        json.begin('{')?;
        json.end('}')?;
        json.key("nodes")?;
        json.begin('[')?;
        for node in elements.nodes() {
            json.begin('{')?;
            for (name, value) in [("id", &node.id), ("label", &node.label)] {
                json.key(name)?;
                json.string(value)?;
            }
            members(&mut json, &node.cells)?;
            json.end('}')?;
        }
        json.end(']')?;
        json.key("links")?;
        json.begin('[')?;
        for line in elements.lines() {
            json.begin('{')?;
            for (name, value) in [
                ("source", &*line.source),
                ("target", &line.target),
                ("key", &line.id),
                ("id", &line.id),
                ("label", &line.label),
            ] {
                json.key(name)?;
                json.string(value)?;
            }
            json.key("weight")?;
            json.count(line.weight as u64)?;
            evidence(&mut json, &line, graph)?;
            json.end('}')?;
        }
        json.end(']')?;
        json.end('}')?;
        json.line()?;
        Ok(())
    }
}
