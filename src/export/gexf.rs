//! GEXF 1.3 with times, for Gephi's timeline.
//!
//! The rules of Gephi's importer are kept (`ImporterGEXF.java`): the graph is
//! dynamic, times are intervals of days in ISO 8601, and the relation of an edge
//! is its `kind`, for edges of equal ends and kind are one to Gephi. An edge is
//! there in the periods that its claims give ([`Statement::when`]), in spells
//! that do not overlap; an edge of which no claim gives a date has no spells,
//! which means always. A period without a beginning or an end, such as that of
//! an office held since a day, reaches to the first or last day that the graph
//! knows of, since Gephi reads no open spells. A node is there as long as its
//! edges.
//!
//! All edges are directed, since networkx refuses a graph that mixes both; the
//! column `symmetric` says which have no direction.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::export::elements::{Elements, Kind, Value};
use crate::export::looks::node_look;
use crate::export::times::{Days, apart, bounds, days};
use crate::export::xml::{Xml, identifier};
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::{Graph, Statement};
use crate::ontology::Ontology;

/// Writes GEXF.
pub(super) struct Gexf;

impl Exporter for Gexf {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let elements = Elements::new(graph, ontology, options);
        let bounds = bounds(graph);
        let mut xml = Xml::new(out)?;
        xml.open(
            "gexf",
            &[
                ("xmlns", "http://gexf.net/1.3"),
                ("xmlns:viz", "http://gexf.net/1.3/viz"),
                ("version", "1.3"),
            ],
        )?;
        xml.open("meta", &[])?;
        xml.text("creator", &[], "Silsila")?;
        xml.close("meta")?;
        let mut head = vec![
            ("mode", "dynamic"),
            ("defaultedgetype", "directed"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ];
        let days = bounds.map(|(first, last)| (first.to_string(), last.to_string()));
        if let Some((first, last)) = &days {
            head.extend([("start", first.as_str()), ("end", last.as_str())]);
        }
        xml.open("graph", &head)?;
        for (class, columns) in
            [("node", elements.node_columns()), ("edge", elements.edge_columns())]
        {
            xml.open("attributes", &[("class", class), ("mode", "static")])?;
            for (name, kind) in columns {
                let kind = match kind {
                    Kind::Text | Kind::List => "string",
                    Kind::Count => "integer",
                    Kind::Number => "double",
                    Kind::Truth => "boolean",
                };
                xml.empty("attribute", &[("id", name), ("title", name), ("type", kind)])?;
            }
            xml.close("attributes")?;
        }

        xml.open("nodes", &[])?;
        let times = times(&elements, bounds);
        for node in elements.nodes() {
            xml.open("node", &[("id", &identifier(&node.id)), ("label", &node.label)])?;
            values(&mut xml, &node.cells)?;
            spells(&mut xml, times.get(&*node.id).map_or(&[], Vec::as_slice))?;
            let channel = |at: usize| {
                let digits = node_look(node.supertype).line.get(at..at + 2).unwrap_or("0");
                u8::from_str_radix(digits, 16).unwrap_or(0).to_string()
            };
            let [r, g, b] = [1, 3, 5].map(channel);
            xml.empty("viz:color", &[("r", &r), ("g", &g), ("b", &b)])?;
            xml.close("node")?;
        }
        xml.close("nodes")?;
        xml.open("edges", &[])?;
        for line in elements.lines() {
            xml.open(
                "edge",
                &[
                    ("id", &identifier(&line.id)),
                    ("source", &identifier(&line.source)),
                    ("target", &identifier(&line.target)),
                    ("type", "directed"),
                    ("kind", &line.kind),
                    ("label", &line.label),
                    ("weight", &line.weight.to_string()),
                ],
            )?;
            values(&mut xml, &line.cells)?;
            spells(&mut xml, &periods(&line.support, bounds))?;
            xml.close("edge")?;
        }
        xml.close("edges")?;
        xml.close("graph")?;
        xml.close("gexf")?;
        xml.finish()?;
        Ok(())
    }
}

fn values(xml: &mut Xml<'_>, cells: &[(&'static str, Value<'_>)]) -> io::Result<()> {
    if cells.is_empty() {
        return Ok(());
    }
    xml.open("attvalues", &[])?;
    for (name, value) in cells {
        xml.empty("attvalue", &[("for", name), ("value", &value.text())])?;
    }
    xml.close("attvalues")
}

fn spells(xml: &mut Xml<'_>, spells: &[Days]) -> io::Result<()> {
    if spells.is_empty() {
        return Ok(());
    }
    xml.open("spells", &[])?;
    for (start, end) in spells {
        xml.empty("spell", &[("start", &start.to_string()), ("end", &end.to_string())])?;
    }
    xml.close("spells")
}

/// The times at which nodes are there, by id; a node with an edge that is always
/// there is so itself and has none.
fn times(elements: &Elements<'_>, bounds: Option<Days>) -> BTreeMap<String, Vec<Days>> {
    let mut times: BTreeMap<String, Option<Vec<Days>>> = BTreeMap::new();
    for line in elements.lines() {
        let periods = periods(&line.support, bounds);
        for end in [&line.source, &line.target] {
            let known = times.entry(end.to_string()).or_insert_with(|| Some(Vec::new()));
            match known {
                Some(_) if periods.is_empty() => *known = None,
                Some(all) => all.extend_from_slice(&periods),
                None => {}
            }
        }
    }
    times.into_iter().filter_map(|(id, days)| Some((id, apart(days?)))).collect()
}

/// The periods that statements give, apart from each other.
fn periods(support: &[&Statement], bounds: Option<Days>) -> Vec<Days> {
    let Some(bounds) = bounds else { return Vec::new() };
    apart(support.iter().filter_map(|s| days(s.when?, bounds)).collect())
}
