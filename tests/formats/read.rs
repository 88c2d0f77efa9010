//! Readers of the formats that are not the writers: oxttl, quick-xml, and a
//! small one of DOT.

use std::collections::BTreeMap;

use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term};
use quick_xml::events::{BytesStart, Event};
use silsila::export::Format;

/// Attributes by name.
pub type Attributes = BTreeMap<String, String>;

/// A file of nodes and edges.
#[derive(Default, Debug)]
pub struct Nodes {
    /// The columns of GraphML; empty for DOT.
    pub keys: Vec<Attributes>,
    /// The nodes, by id.
    pub nodes: BTreeMap<String, Attributes>,
    /// The edges: source, target, attributes.
    pub edges: Vec<(String, String, Attributes)>,
}

/// Reads a file of RDF.
pub fn quads(format: Format, text: &str) -> Vec<Quad> {
    let quads: Result<Vec<Quad>, _> = match format {
        Format::Turtle => oxttl::TurtleParser::new()
            .for_slice(text)
            .map(|triple| triple.map(|t| t.in_graph(GraphName::DefaultGraph)))
            .collect(),
        Format::NTriples => oxttl::NTriplesParser::new()
            .for_slice(text)
            .map(|triple| triple.map(|t| t.in_graph(GraphName::DefaultGraph)))
            .collect(),
        Format::TriG => oxttl::TriGParser::new().for_slice(text).collect(),
        Format::NQuads => oxttl::NQuadsParser::new().for_slice(text).collect(),
        _ => panic!("{} is not RDF", format.name()),
    };
    quads.unwrap_or_else(|error| panic!("{}: {error}", format.name()))
}

/// The subjects that have a class.
pub fn instances<'a>(quads: &'a [Quad], class: &str) -> Vec<&'a NamedOrBlankNode> {
    let class = oxrdf::NamedNode::new(class).expect("an IRI");
    let class = Term::NamedNode(class);
    quads
        .iter()
        .filter(|q| q.predicate.as_ref() == oxrdf::vocab::rdf::TYPE && q.object == class)
        .map(|q| &q.subject)
        .collect()
}

/// The values of a predicate.
pub fn values<'a>(quads: &'a [Quad], predicate: &str) -> Vec<&'a str> {
    quads
        .iter()
        .filter(|quad| quad.predicate.as_str() == predicate)
        .map(|quad| match &quad.object {
            Term::Literal(literal) => literal.value(),
            Term::NamedNode(node) => node.as_str(),
            Term::BlankNode(node) => node.as_str(),
        })
        .collect()
}

/// Reads a file of GraphML; data stand under the id of their key.
pub fn graphml(text: &str) -> Nodes {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut file = Nodes::default();
    let mut attributes = Attributes::new();
    let mut data: Option<(String, String)> = None;
    let mut open = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}")) {
            Event::Eof => break,
            Event::Empty(element) => file.keys.push(xml_attributes(&element)),
            Event::Start(element) => {
                let name = element.name().0.to_owned();
                match name.as_str() {
                    "node" | "edge" => attributes = xml_attributes(&element),
                    "data" => {
                        let key = xml_attributes(&element).remove("key").expect("a key");
                        data = Some((key, String::new()));
                    }
                    _ => (),
                }
                open.push(name);
            }
            Event::Text(piece) => {
                if let Some((_, value)) = &mut data {
                    value.push_str(&piece);
                }
            }
            Event::GeneralRef(reference) => {
                let (_, value) = data.as_mut().expect("a reference within data");
                let character = match reference.resolve_char_ref().expect("a character") {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference)
                        .expect("a predefined entity")
                        .to_owned(),
                };
                value.push_str(&character);
            }
            Event::End(element) => {
                let name = element.name().0.to_owned();
                assert_eq!(open.pop().as_ref(), Some(&name));
                match name.as_str() {
                    "data" => {
                        let (key, value) = data.take().expect("data");
                        assert_eq!(attributes.insert(key, value), None, "data twice");
                    }
                    "node" => {
                        let id = attributes.get("id").expect("an id").clone();
                        let node = std::mem::take(&mut attributes);
                        assert!(file.nodes.insert(id.clone(), node).is_none(), "{id} twice");
                    }
                    "edge" => {
                        let source = attributes.get("source").expect("a source").clone();
                        let target = attributes.get("target").expect("a target").clone();
                        file.edges.push((source, target, std::mem::take(&mut attributes)));
                    }
                    _ => (),
                }
            }
            _ => (),
        }
    }
    assert!(open.is_empty(), "{open:?} left open");
    file
}

fn xml_attributes(element: &BytesStart<'_>) -> Attributes {
    element
        .attributes()
        .map(|attribute| {
            let attribute = attribute.unwrap_or_else(|error| panic!("{error}"));
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap_or_else(|error| panic!("{error}"));
            (attribute.key.0.to_owned(), value.into_owned())
        })
        .collect()
}

/// An element of XML.
#[derive(Default, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Attributes,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// The children of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The one child of that name.
    pub fn one(&self, name: &str) -> &Element {
        let found: Vec<&Element> =
            self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {}", self.name);
        found[0]
    }
}

/// Reads a file of XML.
pub fn xml(text: &str) -> Element {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}")) {
            Event::Eof => break,
            Event::Empty(element) => {
                let (name, attributes) = (element.name().0.to_owned(), xml_attributes(&element));
                let parent = open.last_mut().expect("a parent");
                parent.children.push(Element { name, attributes, ..Element::default() });
            }
            Event::Start(element) => {
                let (name, attributes) = (element.name().0.to_owned(), xml_attributes(&element));
                open.push(Element { name, attributes, ..Element::default() });
            }
            Event::Text(piece) => open.last_mut().expect("a parent").text.push_str(&piece),
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().expect("a character") {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference)
                        .expect("a predefined entity")
                        .to_owned(),
                };
                open.last_mut().expect("a parent").text.push_str(&character);
            }
            Event::End(element) => {
                let closed = open.pop().expect("an open element");
                assert_eq!(closed.name, element.name().0);
                open.last_mut().expect("a parent").children.push(closed);
            }
            _ => (),
        }
    }
    assert_eq!(open.len(), 1, "something is left open");
    let mut root = open.pop().expect("the document");
    root.children.pop().expect("a root")
}

/// Reads a file of GEXF; the values of attributes stand under their titles.
pub fn gexf(text: &str) -> Nodes {
    let root = xml(text);
    let graph = root.one("graph");
    let mut file = Nodes::default();
    let mut titles: BTreeMap<(String, String), String> = BTreeMap::new();
    for class in graph.all("attributes") {
        for key in class.all("attribute") {
            let mut column = key.attributes.clone();
            let class = class.attributes["class"].clone();
            titles.insert((class.clone(), column["id"].clone()), column["title"].clone());
            column.insert("for".to_owned(), class);
            file.keys.push(column);
        }
    }
    let read = |element: &Element, class: &str| {
        let mut attributes = element.attributes.clone();
        for value in element.all("attvalues").flat_map(|values| values.all("attvalue")) {
            let title = &titles[&(class.to_owned(), value.attributes["for"].clone())];
            let old = attributes.insert(title.clone(), value.attributes["value"].clone());
            assert_eq!(old, None, "{title} twice");
        }
        attributes
    };
    for node in graph.one("nodes").all("node") {
        let id = node.attributes["id"].clone();
        assert!(file.nodes.insert(id.clone(), read(node, "node")).is_none(), "{id} twice");
    }
    for edge in graph.one("edges").all("edge") {
        let [source, target] = ["source", "target"].map(|end| edge.attributes[end].clone());
        file.edges.push((source, target, read(edge, "edge")));
    }
    file
}

/// Reads a table of CSV: a row is its cells by column.
pub fn csv(bytes: &[u8]) -> Vec<Attributes> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let head = reader.headers().expect("a head").clone();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.unwrap_or_else(|error| panic!("{error}"));
        head.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

/// The files of an archive.
pub fn archive(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut content).expect("its content");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

/// Reads a file of DOT as far as we write it; invisible nodes and edges are
/// left out. An HTML label is read as XML.
pub fn dot(text: &str) -> Nodes {
    let mut file = Nodes::default();
    let mut tokens = dot_tokens(text).into_iter().peekable();
    assert_eq!(tokens.next().as_deref(), Some("digraph"));
    assert_eq!(tokens.next().as_deref(), Some("silsila"));
    assert_eq!(tokens.next().as_deref(), Some("{"));
    let mut is_framed = false;
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "}" if is_framed => {
                is_framed = false;
                continue;
            }
            "}" => break,
            "subgraph" => {
                assert!(tokens.next().is_some_and(|name| name.starts_with("cluster_")));
                assert_eq!(tokens.next().as_deref(), Some("{"));
                is_framed = true;
                continue;
            }
            _ => (),
        }
        let mut ends = vec![token];
        while tokens.peek().is_some_and(|token| token == "->") {
            tokens.next();
            ends.push(tokens.next().expect("the other end"));
        }
        assert_eq!(tokens.next().as_deref(), Some("["), "after {ends:?}");
        let mut attributes = Attributes::new();
        loop {
            let key = tokens.next().expect("an attribute or the end of them");
            if key == "]" {
                break;
            }
            assert_eq!(tokens.next().as_deref(), Some("="), "after {key}");
            attributes.insert(key, tokens.next().expect("a value"));
        }
        if attributes.get("style").is_some_and(|style| style.contains("invis")) {
            continue;
        }
        match ends.as_slice() {
            [name] if ["graph", "node", "edge"].contains(&name.as_str()) => (),
            [name] if is_framed => assert!(file.nodes.contains_key(name), "{name} in a frame"),
            [name] => {
                assert!(file.nodes.insert(name.clone(), attributes).is_none(), "{name} twice");
            }
            [source, target] => file.edges.push((source.clone(), target.clone(), attributes)),
            _ => panic!("{ends:?}"),
        }
    }
    assert_eq!(tokens.next(), None, "something stands behind the graph");
    file
}

/// Cuts DOT into tokens; a quoted string bears its quotation mark in front
/// unless it is the name of an attribute's value or a node, where it is gone.
fn dot_tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').map_or(rest.len(), |at| at + 1)
        } else if rest.starts_with("->") {
            tokens.push("->".to_owned());
            2
        } else if first == '"' {
            let mut value = String::new();
            let mut length = 1;
            let mut is_escaped = false;
            for c in rest.chars().skip(1) {
                length += c.len_utf8();
                match c {
                    '"' if !is_escaped => break,
                    '"' if value.ends_with('\\') => {
                        value.pop();
                        value.push('"');
                    }
                    c => value.push(c),
                }
                is_escaped = c == '\\' && !is_escaped;
            }
            assert!(rest[..length].len() > 1 && rest[..length].ends_with('"'), "no end: {rest}");
            assert!(!value.contains('\n'), "a raw line break in {value:?}");
            tokens.push(value);
            length
        } else if first == '<' {
            let mut depth = 0;
            let length = rest
                .char_indices()
                .find_map(|(at, c)| {
                    match c {
                        '<' => depth += 1,
                        '>' => depth -= 1,
                        _ => (),
                    }
                    (depth == 0).then_some(at + 1)
                })
                .expect("the end of an HTML label");
            let html = format!("<html>{}</html>", &rest[1..length - 1]);
            let mut reader = quick_xml::Reader::from_str(&html);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => (),
                    Err(error) => panic!("{error} in {html}"),
                }
            }
            tokens.push(html);
            length
        } else if "{}[]=;".contains(first) {
            tokens.push(first.to_string());
            1
        } else {
            let length = rest
                .find(|c: char| c.is_whitespace() || "{}[]=;\"<".contains(c))
                .unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        };
        rest = &rest[length..];
    }
    tokens
}
