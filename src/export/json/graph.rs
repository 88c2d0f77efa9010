//! JSON Graph Format, version 2: one object `graph`, its nodes by id, and all
//! attributes in `metadata`.
//!
//! `evidence` lists objects with article, offsets in Unicode scalar values, and
//! words.

use std::io::Write;

use super::{Json, evidence, members};
use crate::export::elements::Elements;
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes JSON Graph Format.
pub(in crate::export) struct JsonGraph;

impl Exporter for JsonGraph {
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
        json.key("graph")?;
        json.begin('{')?;
        json.key("id")?;
        json.string("silsila")?;
        json.key("directed")?;
        json.truth(true)?;
        json.key("nodes")?;
        json.begin('{')?;
        for node in elements.nodes() {
            json.line()?;
            json.key(&node.id)?;
            json.begin('{')?;
            json.key("label")?;
            json.string(&node.label)?;
            json.key("metadata")?;
            json.begin('{')?;
            members(&mut json, &node.cells)?;
            json.end('}')?;
            json.end('}')?;
        }
        json.end('}')?;
        json.key("edges")?;
        json.begin('[')?;
        for line in elements.lines() {
            json.begin('{')?;
            for (name, value) in [
                ("id", &*line.id),
                ("source", &line.source),
                ("target", &line.target),
                ("relation", &line.kind),
                ("label", &line.label),
            ] {
                json.key(name)?;
                json.string(value)?;
            }
            json.key("directed")?;
            json.truth(!line.is_symmetric)?;
            json.key("metadata")?;
            json.begin('{')?;
            json.key("weight")?;
            json.count(line.weight as u64)?;
            evidence(&mut json, &line, graph)?;
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
