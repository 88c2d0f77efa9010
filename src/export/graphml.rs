//! GraphML, for Gephi, networkx, igraph and their like.
//!
//! An entity that has an edge is a node; an [`Edge`](crate::graph::Edge) is an
//! edge, so no reader has reason to merge two: Gephi takes edges of equal ends
//! and kind for one, and adds up their weights. The rules of Gephi's importer
//! are kept (`ImporterGraphML.java`): every key has a type that it knows and
//! says what it is for, and only `label` and `weight` bear names that it shows
//! instead of putting them into a column. Its kind of an edge is the XML
//! attribute `label`, which is no part of the GraphML schema; other readers
//! pass over it.
//!
//! All edges are directed, since networkx refuses a graph that mixes both; the
//! column `symmetric` says which have no direction. Dates are strings, for
//! GraphML has no type for them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use crate::entity::Entity;
use crate::export::{
    ExportError, ExportOptions, Exporter, edge_label, is_no_xml, leading, wikidata,
};
use crate::graph::{Edge, Graph, Speaker, Structure};
use crate::ontology::Ontology;

/// Writes GraphML.
pub(super) struct GraphMl;

/// The columns: for what, name, type.
const KEYS: [(&str, &str, &str); 31] = [
    ("node", "label", "string"),
    ("node", "class", "string"),
    ("node", "supertype", "string"),
    ("node", "names", "string"),
    ("node", "offices", "string"),
    ("node", "wikidata", "string"),
    ("node", "document_count", "int"),
    ("node", "neighbor_count", "int"),
    ("node", "component", "int"),
    ("node", "community", "int"),
    ("edge", "label", "string"),
    ("edge", "weight", "double"),
    ("edge", "relation", "string"),
    ("edge", "family", "string"),
    ("edge", "factuality", "string"),
    ("edge", "symmetric", "boolean"),
    ("edge", "document_count", "int"),
    ("edge", "claim_count", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
    ("edge", "places", "string"),
    ("edge", "amounts", "string"),
    ("edge", "offices", "string"),
    ("edge", "attributions", "string"),
    ("edge", "confidence", "double"),
    ("edge", "quote", "string"),
    ("edge", "quote_document", "string"),
    ("edge", "quote_start", "int"),
    ("edge", "quote_end", "int"),
    ("edge", "url", "string"),
    ("edge", "evidence", "string"),
];

/// What stands between the parts of a column that lists things.
const SEPARATOR: &str = " | ";

impl Exporter for GraphMl {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut xml = Xml(Writer::new_with_indent(out, b' ', 1));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
        for (domain, name, kind) in KEYS {
            let id = format!("{domain}_{name}");
            xml.empty(
                "key",
                &[("id", &id), ("for", domain), ("attr.name", name), ("attr.type", kind)],
            )?;
        }
        xml.open("graph", &[("id", "silsila"), ("edgedefault", "directed")])?;
        let structure = graph.structure();
        for entity in graph.entities() {
            if structure.position(&entity.id).degree > 0 {
                node(&mut xml, entity, &structure)?;
            }
        }
        for edge in graph.edges() {
            write_edge(&mut xml, graph, ontology, options, edge)?;
        }
        xml.close("graph")?;
        xml.close("graphml")?;
        xml.0.get_mut().write_all(b"\n")?;
        Ok(())
    }
}

fn node(xml: &mut Xml<'_>, entity: &Entity, structure: &Structure) -> io::Result<()> {
    let position = structure.position(&entity.id);
    xml.open("node", &[("id", &identifier(&entity.id.0))])?;
    xml.data("node_label", &entity.name)?;
    xml.data("node_class", &entity.class)?;
    xml.data("node_supertype", entity.supertype.as_str())?;
    let mut seen = BTreeSet::from([entity.name.as_str()]);
    let names: Vec<_> = entity.names.iter().map(|n| n.text.as_str()).collect();
    let names: Vec<_> = names.into_iter().filter(|name| seen.insert(name)).collect();
    xml.data("node_names", &names.join(SEPARATOR))?;
    let offices: Vec<_> = entity
        .offices
        .iter()
        .map(|office| match &office.of {
            Some(of) => format!("{}, {of}", office.title),
            None => office.title.clone(),
        })
        .collect();
    xml.data("node_offices", &offices.join(SEPARATOR))?;
    xml.data("node_wikidata", &wikidata(entity).unwrap_or_default())?;
    xml.data("node_document_count", &entity.documents.to_string())?;
    xml.data("node_neighbor_count", &position.neighbors.to_string())?;
    xml.data("node_component", &position.component.to_string())?;
    xml.data("node_community", &position.community.to_string())?;
    xml.close("node")
}

fn write_edge(
    xml: &mut Xml<'_>,
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
    edge: &Edge,
) -> io::Result<()> {
    let label = edge_label(edge, ontology, options);
    xml.open(
        "edge",
        &[
            ("id", &edge.id),
            ("source", &identifier(&edge.subject.0)),
            ("target", &identifier(&edge.object.0)),
            ("label", &format!("{} {}", edge.relation, edge.factuality.as_str())),
        ],
    )?;
    let documents = graph.document_count(edge).to_string();
    xml.data("edge_label", &label)?;
    xml.data("edge_weight", &documents)?;
    xml.data("edge_relation", &edge.relation)?;
    let family = ontology.relations.get(&edge.relation).and_then(|r| r.family.as_deref());
    xml.data("edge_family", family.unwrap_or_default())?;
    xml.data("edge_factuality", edge.factuality.as_str())?;
    xml.data("edge_symmetric", if edge.symmetric { "true" } else { "false" })?;
    xml.data("edge_document_count", &documents)?;
    xml.data("edge_claim_count", &graph.support(edge).len().to_string())?;
    if let Some((first, last)) = graph.period(edge) {
        xml.data("edge_first", &first.to_string())?;
        xml.data("edge_last", &last.to_string())?;
    }

    let name = |id| graph.entity(id).map_or("", |entity: &Entity| &entity.name);
    let mut list = |column, parts: BTreeSet<String>| {
        xml.data(column, &parts.into_iter().collect::<Vec<_>>().join(SEPARATOR))
    };
    let support = || graph.support(edge);
    let places = support().filter_map(|s| s.place.as_ref()).map(|p| name(&p.entity).to_owned());
    list("edge_places", places.collect())?;
    let amounts = support().filter_map(|s| s.amount.as_ref());
    list("edge_amounts", amounts.map(|a| format!("{} {}", a.value, a.unit)).collect())?;
    let offices = support().filter_map(|s| s.office.as_ref());
    list(
        "edge_offices",
        offices
            .map(|office| match office.status {
                Some(status) => format!("{} ({})", office.title, status.as_str()),
                None => office.title.clone(),
            })
            .collect(),
    )?;
    let speakers = support().filter_map(|s| s.attribution.as_ref()).map(|speaker| match speaker {
        Speaker::Entity(end) => name(&end.entity).to_owned(),
        Speaker::Words(words) => words.clone(),
    });
    list("edge_attributions", speakers.collect())?;

    let confidence = support().map(|s| s.confidence).filter(|c| c.is_finite());
    if let Some(confidence) = confidence.max_by(f64::total_cmp) {
        xml.data("edge_confidence", &confidence.to_string())?;
    }
    if let Some(statement) = leading(graph, edge) {
        let quote = &statement.evidence;
        xml.data("edge_quote", &quote.text)?;
        xml.data("edge_quote_document", &quote.document.0)?;
        xml.data("edge_quote_start", &quote.start.to_string())?;
        xml.data("edge_quote_end", &quote.end.to_string())?;
        let url = graph.document(&quote.document).and_then(|document| document.url.as_deref());
        xml.data("edge_url", url.unwrap_or_default())?;
    }
    let quotes: BTreeSet<_> = support().map(|s| &s.evidence).collect();
    let quotes: Vec<_> =
        quotes.iter().map(|q| format!("{} {}-{}", q.document, q.start, q.end)).collect();
    xml.data("edge_evidence", &quotes.join(SEPARATOR))?;
    xml.close("edge")
}

/// Writes elements, with our own escaping.
struct Xml<'a>(Writer<&'a mut dyn Write>);

impl Xml<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes a value of a column, unless it is empty.
    fn data(&mut self, key: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        self.0.write_event(Event::Start(start("data", &[("key", key)])))?;
        self.0.write_event(Event::Text(BytesText::from_escaped(escape(value))))?;
        self.close("data")
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        let value = Cow::Owned(escape(value));
        start.push_attribute(Attribute { key: QName(key), value });
    }
    start
}

/// The text as it may stand in an element or an attribute. What XML 1.0 cannot
/// hold, not even escaped, is left out; what a reader would turn into a blank or
/// a line feed is escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            c if is_no_xml(c) => (),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The id with the characters that XML forbids percent-encoded, so that two ids
/// stay two.
fn identifier(id: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(id.len());
    for c in id.chars() {
        if is_no_xml(c) || c == '%' {
            let _ = write!(text, "%{:02X}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}
