//! GraphML, for Gephi, networkx, igraph and their like.
//!
//! An edge is one for each pair, relation and factuality, so no reader has
//! reason to merge two: Gephi takes edges of equal ends and kind for one, and
//! adds up their weights. The rules of Gephi's importer are kept
//! (`ImporterGraphML.java`): every key has a type that it knows and says what it
//! is for, and only `label` and `weight` bear names that it shows instead of
//! putting them into a column. Its kind of an edge is the XML attribute
//! `label`, which is no part of the GraphML schema; other readers pass over it,
//! and [`Flavor::Strict`] leaves it out.
//!
//! All edges are directed, since networkx refuses a graph that mixes both; the
//! column `symmetric` says which have no direction. Dates are strings, for
//! GraphML has no type for them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::export::elements::{Elements, Kind, Line, Node, Value};
use crate::export::looks::{line_look, node_look};
use crate::export::xml::{Xml, identifier};
use crate::export::{ExportError, ExportOptions, Exporter, Flavor};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// Writes GraphML.
pub(super) struct GraphMl;

impl Exporter for GraphMl {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let elements = Elements::new(graph, ontology, options);
        let mut file = File { xml: Xml::new(out)?, flavor: options.flavor };
        file.head(&elements)?;
        for node in elements.nodes() {
            file.node(&node)?;
        }
        for line in elements.lines() {
            file.line(&line)?;
        }
        file.xml.close("graph")?;
        file.xml.close("graphml")?;
        file.xml.finish()?;
        Ok(())
    }
}

/// A file in one of the flavors.
struct File<'a> {
    xml: Xml<'a>,
    flavor: Flavor,
}

/// The namespace of yEd's drawings.
const YED: &str = "http://www.yworks.com/xml/graphml";

impl File<'_> {
    fn head(&mut self, elements: &Elements<'_>) -> io::Result<()> {
        let mut namespaces = vec![("xmlns", "http://graphml.graphdrawing.org/xmlns")];
        if self.flavor == Flavor::Yed {
            namespaces.push(("xmlns:y", YED));
        }
        self.xml.open("graphml", &namespaces)?;
        let node = ("label", Kind::Text);
        self.keys("node", [node].into_iter().chain(elements.node_columns()))?;
        let edge = [("label", Kind::Text), ("weight", Kind::Number)];
        self.keys("edge", edge.into_iter().chain(elements.edge_columns()))?;
        if self.flavor == Flavor::Yed {
            self.keys("node", [("description", Kind::Text)].into_iter())?;
            self.keys("edge", [("description", Kind::Text)].into_iter())?;
            for (domain, kind) in [("node", "nodegraphics"), ("edge", "edgegraphics")] {
                let id = format!("{domain}_graphics");
                self.xml.empty("key", &[("id", &id), ("for", domain), ("yfiles.type", kind)])?;
            }
        }
        self.xml.open("graph", &[("id", "silsila"), ("edgedefault", "directed")])
    }

    fn keys(
        &mut self,
        domain: &str,
        columns: impl Iterator<Item = (&'static str, Kind)>,
    ) -> io::Result<()> {
        for (name, kind) in columns {
            let id = format!("{domain}_{name}");
            let kind = match kind {
                Kind::Text | Kind::List => "string",
                Kind::Count => "int",
                Kind::Number => "double",
                Kind::Truth => "boolean",
            };
            self.xml.empty(
                "key",
                &[("id", &id), ("for", domain), ("attr.name", name), ("attr.type", kind)],
            )?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node<'_>) -> io::Result<()> {
        self.xml.open("node", &[("id", &self.id(&node.id))])?;
        self.data("node_label", &node.label)?;
        self.cells("node", &node.cells)?;
        if self.flavor == Flavor::Yed {
            self.data("node_description", &description(&node.cells, "names"))?;
            let look = node_look(node.supertype);
            // yEd fits no box to its text by itself; these are about seven
            // pixels a letter.
            let width = (node.label.chars().count().min(40) * 7 + 24).to_string();
            self.xml.open("data", &[("key", "node_graphics")])?;
            self.xml.open("y:ShapeNode", &[])?;
            self.xml.empty("y:Geometry", &[("width", &width), ("height", "30")])?;
            self.xml.empty("y:Fill", &[("color", look.fill), ("transparent", "false")])?;
            self.xml.empty("y:BorderStyle", &[("color", look.line), ("type", "line")])?;
            self.xml.text("y:NodeLabel", &[], &node.label)?;
            self.xml.empty("y:Shape", &[("type", look.yed)])?;
            self.xml.close("y:ShapeNode")?;
            self.xml.close("data")?;
        }
        self.xml.close("node")
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        let (id, source) = (self.id(&line.id), self.id(&line.source));
        let target = self.id(&line.target);
        let mut attributes = vec![("id", &*id), ("source", &*source), ("target", &*target)];
        if self.flavor == Flavor::Gephi {
            attributes.push(("label", &line.kind));
        }
        self.xml.open("edge", &attributes)?;
        self.data("edge_label", &line.label)?;
        self.data("edge_weight", &line.weight.to_string())?;
        self.cells("edge", &line.cells)?;
        if self.flavor == Flavor::Yed {
            self.data("edge_description", &description(&line.cells, "quote"))?;
            let factuality = line.support.first().map(|statement| statement.factuality);
            let style = line_look(factuality).yed;
            let target = if line.is_symmetric { "none" } else { "standard" };
            self.xml.open("data", &[("key", "edge_graphics")])?;
            self.xml.open("y:PolyLineEdge", &[])?;
            self.xml.empty("y:LineStyle", &[("color", "#555555"), ("type", style)])?;
            self.xml.empty("y:Arrows", &[("source", "none"), ("target", target)])?;
            self.xml.text("y:EdgeLabel", &[], &line.label)?;
            self.xml.close("y:PolyLineEdge")?;
            self.xml.close("data")?;
        }
        self.xml.close("edge")
    }

    fn cells(&mut self, domain: &str, cells: &[(&'static str, Value<'_>)]) -> io::Result<()> {
        for (name, value) in cells {
            self.data(&format!("{domain}_{name}"), &value.text())?;
        }
        Ok(())
    }

    /// Writes a value of a column, unless it is empty.
    fn data(&mut self, key: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        self.xml.text("data", &[("key", key)], value)
    }

    /// An id. The schema wants name tokens.
    fn id<'b>(&self, id: &'b str) -> Cow<'b, str> {
        match self.flavor {
            Flavor::Gephi | Flavor::Yed => identifier(id).into(),
            Flavor::Strict => name_token(id).into(),
        }
    }
}

/// The value of a column as text.
fn description(cells: &[(&'static str, Value<'_>)], name: &str) -> String {
    let found = cells.iter().find(|(column, _)| *column == name);
    found.map(|(_, value)| value.text().into_owned()).unwrap_or_default()
}

/// An id of letters, digits, `-`, `.` and `_`; all else becomes its number
/// between underscores, so that two ids stay two.
fn name_token(id: &str) -> String {
    let mut token = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || c == '-' || c == '.' {
            token.push(c);
        } else {
            let _ = write!(token, "_{:X}_", u32::from(c));
        }
    }
    if token.is_empty() { "_".to_owned() } else { token }
}
