//! JSON in the shapes that libraries of graphs read.

mod cytoscape;
mod graph;
mod node_link;
mod writer;

use std::io;

pub(super) use cytoscape::Cytoscape;
pub(super) use graph::JsonGraph;
pub(super) use node_link::NodeLink;
pub(super) use writer::Json;

use crate::export::elements::{Line, Value, quotes};
use crate::graph::Graph;

/// Writes attributes as members of an object.
fn members(json: &mut Json<'_>, cells: &[(&'static str, Value<'_>)]) -> io::Result<()> {
    for (name, value) in cells {
        json.key(name)?;
        match value {
            Value::Text(text) => json.string(text)?,
            Value::Count(count) => json.count(*count)?,
            Value::Number(number) => json.number(*number)?,
            Value::Truth(truth) => json.truth(*truth)?,
            Value::List(parts) => json.strings(parts.iter().map(AsRef::as_ref))?,
        }
    }
    Ok(())
}

/// The attributes of an edge, its evidence as objects: article, offsets in
/// Unicode scalar values, words.
fn evidence(json: &mut Json<'_>, line: &Line<'_>, graph: &Graph) -> io::Result<()> {
    let cells = line.cells.iter().filter(|(name, _)| *name != "evidence");
    members(json, &cells.cloned().collect::<Vec<_>>())?;
    json.key("evidence")?;
    json.begin('[')?;
    for quote in quotes(&line.support) {
        json.begin('{')?;
        json.key("document")?;
        json.string(&quote.document.0)?;
        json.key("start")?;
        json.count(quote.start.into())?;
        json.key("end")?;
        json.count(quote.end.into())?;
        json.key("text")?;
        json.string(&quote.text)?;
        if let Some(document) = graph.document(&quote.document) {
            let published = document.published.map(|date| date.to_string());
            for (name, value) in
                [("title", &document.title), ("url", &document.url), ("published", &published)]
            {
                if let Some(value) = value {
                    json.key(name)?;
                    json.string(value)?;
                }
            }
        }
        json.end('}')?;
    }
    json.end(']')
}
