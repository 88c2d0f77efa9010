//! What holds for every format.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use silsila::claim::Factuality;
use silsila::export::{ExportOptions, Flavor, Format, timeline};
use silsila::graph::Graph;
use silsila::mention::Supertype;
use silsila::resolution::Judgement;

use crate::fixture::{self, Builder};
use crate::{read, write_with};

const SILSILA: &str = "https://w3id.org/silsila/ontology#";
const OA: &str = "http://www.w3.org/ns/oa#";

/// Texts that break writers.
const NASTY: [&str; 27] = [
    "=1+1",
    "+SUM(A1)",
    "-2",
    "@handle",
    "'quoted",
    "a; b | c, d\te",
    "__proto__",
    "plain",
    "",
    " blanks around ",
    "He said \"no\", then 'yes'",
    "back\\slash \\",
    "\\N \\G \\E \\l \\r \\n \\\"",
    "line\nbreak\n",
    "carriage\r\nreturn\r",
    "tab\tulator",
    "<b>bold</b> & <i/>",
    "&amp; &lt; &#65; &nbsp; &nothing",
    "]]> --> ?> <![CDATA[ x ]]>",
    "\0\u{1}\u{8}\u{B}\u{C}\u{1F}\u{7F}\u{9F}",
    "\u{FFFE}\u{FFFF}\u{FDD0}",
    "\u{85}\u{2028}\u{2029}\u{FEFF}",
    "صدر نے کہا کہ وہ \u{202B}کابل\u{202C} جائیں گے\u{200F}",
    "😀 𐍈 e\u{301}",
    "%20 % {x} | ^ ` <>",
    "@prefix x: <y> . \"\"\" '''",
    "x -> y [label=\"z\"] ; } // */",
];

/// A graph in which a text stands wherever a text may stand.
fn full_of(text: &str) -> Graph {
    let a = format!("a{text}");
    let b = format!("b{text}");
    let sentence = format!("It {text} is said.");
    Builder::default()
        .entity(&a, "Person", &format!("A {text}"), &[&format!("{text}@ur")])
        .office(text, text)
        .wikidata(text)
        .entity(&b, "Group", text, &[&format!("other {text}@{text}")])
        .document(&format!("d{text}"), text, "2024", text)
        .claim([&a, "metWith", &b], Factuality::Happened, "2024-05", &sentence)
        .at(&b)
        .amount(1.5, text, text)
        .post(text, &b)
        .says(text)
        .claim([&b, text, &a], Factuality::Planned, "", &sentence)
        .judged([text, &b], Judgement::Same, text)
        .build()
}

/// The number of entities with an edge.
fn joined(graph: &Graph) -> usize {
    let ends = graph.edges().iter().flat_map(|edge| [&edge.subject, &edge.object]);
    ends.collect::<BTreeSet<_>>().len()
}

/// Writes a graph in every format, reads it back, and compares.
fn check(graph: &Graph) {
    for format in Format::ALL {
        let bytes = write_with(format, graph, &ExportOptions::default());
        let text = || String::from_utf8(bytes.clone()).expect("UTF-8");
        match format {
            Format::Turtle | Format::NTriples | Format::TriG | Format::NQuads => {
                check_rdf(format, graph, &text());
            }
            Format::GraphMl => check_graphml(graph, &text()),
            Format::Gexf => check_gexf(graph, &text()),
            Format::Cytoscape => check_cytoscape(graph, &text()),
            Format::NodeLink => check_node_link(graph, &text()),
            Format::JsonGraph => check_json_graph(graph, &text()),
            Format::Csv => check_csv(graph, &bytes),
            Format::Neo4j => check_neo4j(graph, &bytes),
            Format::FollowTheMoney => check_ftm(graph, &text()),
            Format::Sssom => check_sssom(graph, &text()),
            Format::Dot => check_dot(graph, &text()),
        }
    }
    for flavor in [Flavor::Strict, Flavor::Yed] {
        let options = ExportOptions { flavor, ..ExportOptions::default() };
        check_flavor(graph, flavor, &write_with(Format::GraphMl, graph, &options));
    }
    let options = ExportOptions { events: true, ..ExportOptions::default() };
    for format in Format::ALL.into_iter().filter(|format| format.takes_events()) {
        write_with(format, graph, &options);
    }
    check_events(graph, &write_with(Format::NodeLink, graph, &options));
    let options = ExportOptions { clusters: true, ..ExportOptions::default() };
    read::dot(&String::from_utf8(write_with(Format::Dot, graph, &options)).expect("UTF-8"));
    for entity in graph.entities() {
        let mut out = Vec::new();
        let options = ExportOptions::default();
        let drawn = timeline::draw(graph, &fixture::ontology(), &options, &entity.id, &mut out);
        assert!(drawn.is_ok(), "{:?}", entity.id);
        read::xml(&String::from_utf8(out).expect("UTF-8"));
    }
}

/// The name of an entity where texts keep all characters.
fn names(graph: &Graph) -> BTreeMap<String, String> {
    graph.entities().map(|entity| (entity.id.0.clone(), entity.name.clone())).collect()
}

/// The quotation that is read of an edge is that of one of its statements.
fn check_quote(graph: &Graph, id: &str, quote: &str, start: &str, end: &str) {
    let edge = graph.edges().iter().find(|edge| edge.id == id).expect("an edge");
    let found = graph.support(edge).map(|s| &s.evidence).find(|q| q.start.to_string() == start);
    let found = found.expect("the quote of a statement");
    assert_eq!((quote, end), (&*found.text, &*found.end.to_string()));
}

fn check_gexf(graph: &Graph, text: &str) {
    let file = read::gexf(text);
    assert_eq!(file.nodes.len(), joined(graph));
    assert_eq!(file.edges.len(), graph.edges().len());
    let held = |text: &str| -> String { text.chars().filter(|c| !is_forbidden(*c)).collect() };
    for (source, target, edge) in &file.edges {
        assert!(file.nodes.contains_key(source) && file.nodes.contains_key(target));
        let known = graph.edges().iter().find(|known| known.id == edge["id"]).expect("an edge");
        let mut quotes = graph.support(known).map(|s| held(&s.evidence.text));
        assert!(quotes.any(|quote| quote == edge["quote"]), "{}", edge["quote"]);
    }
    let labels: BTreeSet<_> = file.nodes.values().map(|node| node["label"].clone()).collect();
    for edge in graph.edges() {
        assert!(labels.contains(&held(&graph.entity(&edge.object).expect("an entity").name)));
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}"))
}

fn check_cytoscape(graph: &Graph, text: &str) {
    let file = json(text);
    let list = |kind: &str| file["elements"][kind].as_array().expect("a list").clone();
    let (nodes, edges) = (list("nodes"), list("edges"));
    let names = names(graph);
    let read: BTreeMap<_, _> =
        nodes.iter().map(|node| (string(&node["data"], "id"), &node["data"])).collect();
    assert_eq!((nodes.len(), read.len()), (joined(graph), joined(graph)));
    for (id, node) in &read {
        assert_eq!(string(node, "name"), names[*id]);
    }
    let mut ids: BTreeSet<&str> = read.keys().copied().collect();
    assert_eq!(edges.len(), graph.edges().len());
    for edge in edges.iter().map(|edge| &edge["data"]) {
        // Nodes and edges share one space of ids.
        assert!(ids.insert(string(edge, "id")), "{edge}");
        assert!(read.contains_key(string(edge, "source")));
        assert!(read.contains_key(string(edge, "target")));
        // Columns hold no objects.
        let flat = |value: &Value| match value {
            Value::Array(parts) => parts.iter().all(Value::is_string),
            value => !value.is_object(),
        };
        assert!(edge.as_object().expect("an object").values().all(flat), "{edge}");
        let at = |key: &str| edge[key].to_string();
        let id = string(edge, "id");
        check_quote(graph, id, text_of(edge, "quote"), &at("quote_start"), &at("quote_end"));
    }
}

/// A text, empty where there is none.
fn text_of<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn check_node_link(graph: &Graph, text: &str) {
    let file = json(text);
    let names = names(graph);
    let nodes = file["nodes"].as_array().expect("nodes");
    let ids: BTreeSet<_> = nodes.iter().map(|node| string(node, "id")).collect();
    assert_eq!((nodes.len(), ids.len()), (joined(graph), joined(graph)));
    for node in nodes {
        assert_eq!(string(node, "label"), names[string(node, "id")]);
    }
    let links = file["links"].as_array().expect("links");
    let keys: BTreeSet<_> = links
        .iter()
        .map(|l| (string(l, "source"), string(l, "target"), string(l, "key")))
        .collect();
    assert_eq!((links.len(), keys.len()), (graph.edges().len(), graph.edges().len()));
    for link in links {
        assert!(ids.contains(string(link, "source")) && ids.contains(string(link, "target")));
        check_evidence(graph, string(link, "id"), &link["evidence"]);
    }
}

/// All quotations of an edge are there.
fn check_evidence(graph: &Graph, id: &str, evidence: &Value) {
    let edge = graph.edges().iter().find(|edge| edge.id == id).expect("an edge");
    let expected: BTreeSet<_> = graph
        .support(edge)
        .map(|s| &s.evidence)
        .map(|q| (q.document.0.clone(), u64::from(q.start), u64::from(q.end), q.text.clone()))
        .collect();
    let read: BTreeSet<_> = evidence
        .as_array()
        .expect("a list")
        .iter()
        .map(|quote| {
            let at = |key: &str| quote[key].as_u64().expect("an offset");
            let text = string(quote, "text").to_owned();
            (string(quote, "document").to_owned(), at("start"), at("end"), text)
        })
        .collect();
    assert_eq!(read, expected);
}

fn check_json_graph(graph: &Graph, text: &str) {
    let file = json(text);
    let names = names(graph);
    let nodes = file["graph"]["nodes"].as_object().expect("nodes");
    assert_eq!(nodes.len(), joined(graph));
    for (id, node) in nodes {
        assert_eq!(string(node, "label"), names[id]);
    }
    let edges = file["graph"]["edges"].as_array().expect("edges");
    assert_eq!(edges.len(), graph.edges().len());
    for edge in edges {
        let ends = ["source", "target"].map(|end| string(edge, end));
        assert!(ends.iter().all(|end| nodes.contains_key(*end)));
        let known = graph.edges().iter().find(|known| known.id == string(edge, "id"));
        assert_eq!(edge["directed"], !known.expect("an edge").symmetric);
        check_evidence(graph, string(edge, "id"), &edge["metadata"]["evidence"]);
    }
}

/// The text of a cell for spreadsheets.
fn cell(text: &str) -> &str {
    assert!(!text.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?} is a formula");
    text.strip_prefix('\'').unwrap_or(text)
}

fn check_csv(graph: &Graph, bytes: &[u8]) {
    let files = read::archive(bytes);
    assert!(files.values().all(|file| file.starts_with("\u{FEFF}".as_bytes())));
    let [nodes, edges, claims] =
        ["nodes.csv", "edges.csv", "claims.csv"].map(|name| read::csv(&files[name]));
    let names = names(graph);
    assert_eq!(nodes.len(), joined(graph));
    let ids: BTreeSet<&str> = nodes.iter().map(|node| cell(&node["id"])).collect();
    for node in &nodes {
        assert_eq!(cell(&node["label"]), names[cell(&node["id"])]);
    }
    assert_eq!(edges.len(), graph.edges().len());
    for edge in &edges {
        assert!(ids.contains(cell(&edge["source"])) && ids.contains(cell(&edge["target"])));
        let quote = cell(&edge["quote"]);
        check_quote(graph, cell(&edge["id"]), quote, &edge["quote_start"], &edge["quote_end"]);
    }
    assert_eq!(claims.len(), graph.statements().len());
    for (claim, statement) in claims.iter().zip(graph.statements()) {
        assert_eq!(cell(&claim["id"]), statement.claim.0);
        assert_eq!(cell(&claim["quote"]), statement.evidence.text);
        assert_eq!(cell(&claim["document"]), statement.evidence.document.0);
        assert_eq!(claim["quote_start"], statement.evidence.start.to_string());
        assert_eq!(cell(&claim["subject_text"]), statement.subject.text);
        assert!(graph.edges().iter().any(|edge| edge.id == cell(&claim["edge"])));
    }
    // Raw cells are the texts themselves.
    let options = ExportOptions { raw_cells: true, ..ExportOptions::default() };
    let files = read::archive(&write_with(Format::Csv, graph, &options));
    for (claim, statement) in read::csv(&files["claims.csv"]).iter().zip(graph.statements()) {
        assert_eq!(claim["quote"], statement.evidence.text);
    }
}

fn check_neo4j(graph: &Graph, bytes: &[u8]) {
    let files = read::archive(bytes);
    let [entities, articles, claims, relations, roles, sources] = [
        "node-entity.csv",
        "node-article.csv",
        "node-claim.csv",
        "edge-relation.csv",
        "edge-role.csv",
        "edge-article.csv",
    ]
    .map(|name| read::csv(&files[name]));
    let ids = |rows: &[read::Attributes], column: &str| -> BTreeSet<String> {
        let ids: BTreeSet<_> = rows.iter().map(|row| row[column].clone()).collect();
        assert_eq!(ids.len(), rows.len(), "{column}: an id twice");
        ids
    };
    let (entity, article, claim) = (
        ids(&entities, "id:ID(Entity)"),
        ids(&articles, "id:ID(Article)"),
        ids(&claims, "id:ID(Claim)"),
    );
    assert_eq!(entity.len(), graph.entities().len());
    assert_eq!(article.len(), graph.documents().len());
    assert_eq!(claim.len(), graph.statements().len());
    let names = names(graph);
    for row in &entities {
        assert_eq!(row["name"], names[&row["id:ID(Entity)"]]);
    }
    assert_eq!(relations.len(), graph.edges().len());
    for row in &relations {
        assert!(entity.contains(&row[":START_ID(Entity)"]));
        assert!(entity.contains(&row[":END_ID(Entity)"]));
        check_quote(
            graph,
            &row["id"],
            &row["quote"],
            &row["quote_start:long"],
            &row["quote_end:long"],
        );
        let known = graph.edges().iter().find(|edge| edge.id == row["id"]).expect("an edge");
        // No question about what happened meets a plan.
        let suffix = format!("_{}", known.factuality.as_str().to_uppercase());
        let happened = known.factuality == Factuality::Happened;
        assert!(happened || row[":TYPE"].ends_with(&suffix), "{}", row[":TYPE"]);
    }
    for row in &roles {
        assert!(
            claim.contains(&row[":START_ID(Claim)"]) && entity.contains(&row[":END_ID(Entity)"])
        );
    }
    assert_eq!(sources.len(), claims.len());
    for row in &sources {
        assert!(claim.contains(&row[":START_ID(Claim)"]));
        assert!(article.contains(&row[":END_ID(Article)"]));
    }
}

fn check_ftm(graph: &Graph, text: &str) {
    let lines: Vec<Value> = text.lines().map(json).collect();
    let ids: BTreeMap<_, _> =
        lines.iter().map(|line| (string(line, "id"), string(line, "schema"))).collect();
    assert_eq!(ids.len(), lines.len(), "an id twice");
    let count = |schema: &str| ids.values().filter(|known| **known == schema).count();
    assert_eq!(count("Article"), graph.documents().len());
    let people = graph.entities().filter(|e| e.supertype == Supertype::Person).count();
    assert_eq!(count("Person"), people);
    let mut described = BTreeSet::new();
    for line in &lines {
        let id = string(line, "id");
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
        for (name, values) in line["properties"].as_object().expect("properties") {
            let values: Vec<_> = values
                .as_array()
                .expect("a list")
                .iter()
                .map(|v| v.as_str().expect("a text"))
                .collect();
            // Whatever points somewhere points to a line.
            let points = [
                "proof",
                "document",
                "resolved",
                "holder",
                "post",
                "payer",
                "beneficiary",
                "subject",
                "object",
                "involved",
                "addressEntity",
                "organization",
            ];
            if points.contains(&name.as_str()) {
                assert!(values.iter().all(|value| ids.contains_key(value)), "{name}: {values:?}");
            }
            if name == "description" {
                described.extend(values.into_iter().map(str::to_owned));
            }
        }
    }
    let expected: BTreeSet<_> = graph
        .statements()
        .iter()
        .map(|s| &s.evidence)
        .map(|q| format!("{} {}-{}: {}", q.document, q.start, q.end, q.text))
        .collect();
    assert_eq!(described, expected);
}

fn check_sssom(graph: &Graph, text: &str) {
    let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
    assert!(head.contains("mapping_set_id") && head.contains("curie_map"), "{head}");
    let table: Vec<_> = text.split_inclusive('\n').filter(|line| !line.starts_with('#')).collect();
    let table = table.concat();
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(table.as_bytes());
    let columns = reader.headers().expect("a head").clone();
    let at = |name: &str| columns.iter().position(|column| column == name).expect("a column");
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.contains(['\n', '\t', '\r'])), "{row:?}");
        let is_literal = &row[at("subject_type")] == "rdfs literal";
        assert_eq!(row[at("subject_id")].is_empty(), is_literal, "{row:?}");
    }
    let literals = rows.iter().filter(|row| &row[at("subject_type")] == "rdfs literal").count();
    assert_eq!(literals, graph.entities().map(|entity| entity.names.len()).sum::<usize>());
}

/// Without what is Gephi's, and with what is yEd's.
fn check_flavor(graph: &Graph, flavor: Flavor, bytes: &[u8]) {
    let root = read::xml(std::str::from_utf8(bytes).expect("UTF-8"));
    let file = root.one("graph");
    let (nodes, edges): (Vec<_>, Vec<_>) = (file.all("node").collect(), file.all("edge").collect());
    assert_eq!((nodes.len(), edges.len()), (joined(graph), graph.edges().len()));
    let ids: BTreeSet<_> = nodes.iter().map(|node| &node.attributes["id"]).collect();
    assert_eq!(ids.len(), nodes.len());
    for edge in &edges {
        assert!(!edge.attributes.contains_key("label"));
        for end in ["source", "target"] {
            assert!(ids.contains(&edge.attributes[end]));
        }
    }
    if flavor == Flavor::Strict {
        let is_token = |id: &String| {
            !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
        };
        assert!(ids.iter().all(|id| is_token(id)), "{ids:?}");
        return;
    }
    for node in nodes {
        let drawn = node.all("data").find(|data| data.attributes["key"] == "node_graphics");
        let label = drawn.expect("a drawing").one("y:ShapeNode").one("y:NodeLabel");
        let held = |text: &str| -> String { text.chars().filter(|c| !is_forbidden(*c)).collect() };
        assert!(graph.entities().any(|entity| held(&entity.name) == label.text));
    }
}

/// Events are nodes, and each is joined with all who take part.
fn check_events(graph: &Graph, bytes: &[u8]) {
    let file = json(std::str::from_utf8(bytes).expect("UTF-8"));
    let nodes = file["nodes"].as_array().expect("nodes");
    let ids: BTreeSet<_> = nodes.iter().map(|node| string(node, "id")).collect();
    assert_eq!(ids.len(), nodes.len());
    let events = nodes.iter().filter(|node| node["class"] == "Event");
    let claims: u64 =
        events.clone().map(|node| node["claim_count"].as_u64().expect("a count")).sum();
    assert_eq!(claims, graph.statements().len() as u64);
    let links = file["links"].as_array().expect("links");
    let keys: BTreeSet<_> = links.iter().map(|link| string(link, "id")).collect();
    assert_eq!(keys.len(), links.len(), "an edge id twice");
    for event in events {
        let id = string(event, "id");
        let roles: BTreeSet<_> = links
            .iter()
            .filter(|link| link["source"] == id)
            .map(|link| string(link, "label"))
            .collect();
        assert!(roles.contains("participant") || roles.contains("subject"), "{roles:?}");
    }
    for link in links {
        assert!(ids.contains(string(link, "source")) && ids.contains(string(link, "target")));
        assert!(!link["evidence"].as_array().expect("a list").is_empty());
    }
}

fn check_rdf(format: Format, graph: &Graph, text: &str) {
    let name = format.name();
    let quads = read::quads(format, text);
    let distinct: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
    assert_eq!(distinct.len(), quads.len(), "{name} says something twice");
    for quad in &quads {
        assert!(!quad.subject.is_blank_node(), "{name}: {quad}");
        assert!(!quad.object.is_blank_node(), "{name}: {quad}");
        let local = quad.predicate.as_str().rsplit(['/', '#']).next().unwrap_or_default();
        assert!(local.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'), "{quad}");
        assert!(local.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)), "{quad}");
    }
    let claims = read::instances(&quads, &format!("{SILSILA}Claim"));
    assert_eq!(claims.len(), graph.statements().len(), "{name}");
    let articles = read::instances(&quads, "https://schema.org/NewsArticle");
    assert_eq!(articles.len(), graph.documents().len(), "{name}");
    let labels = read::values(&quads, "http://www.w3.org/2004/02/skos/core#prefLabel");
    for entity in graph.entities() {
        assert!(labels.contains(&entity.name.as_str()), "{name}: {:?}", entity.name);
    }

    let exact: BTreeSet<_> = read::values(&quads, &format!("{OA}exact")).into_iter().collect();
    let quotes: BTreeSet<_> = graph.statements().iter().map(|s| s.evidence.text.as_str()).collect();
    assert_eq!(exact, quotes, "{name}");

    // What happened is a plain triple, what is planned, possible or denied not.
    let entity = "https://w3id.org/silsila/data/entity/";
    let plain: BTreeSet<_> = quads
        .iter()
        .filter(|quad| {
            quad.subject.to_string().starts_with(&format!("<{entity}"))
                && quad.predicate.as_str().starts_with(SILSILA)
                && quad.object.to_string().starts_with(&format!("<{entity}"))
        })
        .map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object))
        .collect();
    let expected: usize = graph
        .edges()
        .iter()
        .filter(|edge| edge.factuality == Factuality::Happened)
        .map(|edge| if edge.symmetric && edge.subject != edge.object { 2 } else { 1 })
        .sum();
    assert_eq!(plain.len(), expected, "{name}");
    // A graph is an article, and each claim stands in that of its article.
    if matches!(format, Format::TriG | Format::NQuads) {
        let graphs: BTreeSet<_> = quads
            .iter()
            .map(|q| &q.graph_name)
            .filter(|g| !g.is_default_graph())
            .map(ToString::to_string)
            .collect();
        let documents: BTreeSet<_> =
            graph.statements().iter().map(|s| &s.evidence.document).collect();
        assert_eq!(graphs.len(), documents.len(), "{name}");
    }
}

/// What Gephi's importer shows instead of putting it into a column.
const CAPTURED: [&str; 17] = [
    "label",
    "nodelabel",
    "edgelabel",
    "weight",
    "edge weight",
    "x",
    "y",
    "z",
    "xpos",
    "ypos",
    "zpos",
    "size",
    "r",
    "g",
    "b",
    "color",
    "type",
];

fn check_graphml(graph: &Graph, text: &str) {
    let file = read::graphml(text);
    let keys: BTreeMap<_, _> = file.keys.iter().map(|key| (key["id"].as_str(), key)).collect();
    assert_eq!(keys.len(), file.keys.len(), "a key twice");
    for key in &file.keys {
        let name = key["attr.name"].as_str();
        assert!(["node", "edge"].contains(&key["for"].as_str()), "{key:?}");
        assert!(["boolean", "int", "double", "string"].contains(&key["attr.type"].as_str()));
        let captured = [name, key["id"].as_str()].into_iter().find(|name| CAPTURED.contains(name));
        assert!(captured.is_none() || ["label", "weight"].contains(&name), "{key:?}");
    }
    assert_eq!(file.nodes.len(), joined(graph));
    assert_eq!(file.edges.len(), graph.edges().len());
    let ids: BTreeSet<_> = file.edges.iter().map(|(_, _, edge)| &edge["id"]).collect();
    assert_eq!(ids.len(), file.edges.len(), "an edge id twice");
    // Edges of the same ends and kind are one to Gephi.
    let kinds: BTreeSet<_> =
        file.edges.iter().map(|(source, target, edge)| (source, target, &edge["label"])).collect();
    assert_eq!(kinds.len(), file.edges.len(), "Gephi would join two edges");
    for (source, target, _) in &file.edges {
        assert!(file.nodes.contains_key(source) && file.nodes.contains_key(target));
    }
    for (domain, things) in [
        ("node", file.nodes.values().collect::<Vec<_>>()),
        ("edge", file.edges.iter().map(|(_, _, edge)| edge).collect()),
    ] {
        for (name, value) in things.into_iter().flatten() {
            let Some(key) = keys.get(name.as_str()) else { continue };
            assert_eq!(key["for"], domain, "{name}");
            let fits = match key["attr.type"].as_str() {
                "int" => value.parse::<i32>().is_ok(),
                "double" => value.parse::<f64>().is_ok(),
                "boolean" => value.parse::<bool>().is_ok(),
                _ => true,
            };
            assert!(fits, "{name}: {value}");
        }
    }

    let held = |text: &str| -> String { text.chars().filter(|c| !is_forbidden(*c)).collect() };
    for edge in graph.edges() {
        let (_, _, read) = file.edges.iter().find(|(_, _, e)| e["id"] == edge.id).expect("edge");
        let quote = graph
            .support(edge)
            .map(|s| &s.evidence)
            .find(|q| read["edge_quote_start"] == q.start.to_string())
            .expect("the quote of a statement");
        assert_eq!(read["edge_quote"], held(&quote.text));
        assert_eq!(read["edge_quote_end"], quote.end.to_string());
    }
    let names: Vec<_> = file.nodes.values().filter_map(|node| node.get("node_label")).collect();
    for edge in graph.edges() {
        let name = held(&graph.entity(&edge.subject).expect("an entity").name);
        assert!(name.is_empty() || names.contains(&&name), "{name:?}");
    }
}

fn is_forbidden(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

fn check_dot(graph: &Graph, text: &str) {
    let file = read::dot(text);
    for (source, target, edge) in &file.edges {
        assert!(file.nodes.contains_key(source) && file.nodes.contains_key(target), "{edge:?}");
    }
    assert!(file.nodes.len() <= joined(graph));
    let events = graph.edges().iter().filter(|e| graph.support(e).any(|s| s.family.is_some()));
    let events = events.count();
    assert!(events <= file.edges.len() && file.edges.len() <= graph.edges().len());
    assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || is_forbidden(c))));
    assert!(!text.contains("<B></B>") && !text.contains("\"></FONT>"), "an empty element");
}

#[test]
fn an_empty_graph_is_a_file() {
    check(&Graph::default());
}

#[test]
fn graphs_made_by_hand_read_back() {
    check(&fixture::small());
    check(&fixture::weeks());
}

#[test]
fn nasty_texts_read_back() {
    for text in NASTY {
        check(&full_of(text));
    }
    check(&full_of(&"long \"and\" <nasty> & ".repeat(5_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_reads_back(text in any::<String>()) {
        check(&full_of(&text));
    }
}

#[test]
fn parallel_edges_stay_apart() {
    let mut builder = Builder::default()
        .entity("a", "Person", "Ada", &[])
        .entity("b", "Person", "Ben", &[])
        .document("d", "Title", "2024", "");
    for factuality in Factuality::ALL {
        for (subject, relation, object) in [
            ("a", "metWith", "b"),
            ("b", "metWith", "a"),
            ("a", "hosted", "b"),
            ("b", "hosted", "a"),
            ("a", "hosted", "a"),
        ] {
            builder = builder.claim([subject, relation, object], factuality, "", "It is said.");
        }
    }
    let graph = builder.build();
    // The symmetric relation is one edge a factuality.
    assert_eq!(graph.edges().len(), 16);
    check(&graph);
}

#[test]
fn a_base_that_is_none_is_refused() {
    for base in ["", "example/", "https://example.org/data", "https://example.org/a b/"] {
        let options = ExportOptions { base: base.to_owned(), ..ExportOptions::default() };
        let result = Format::Turtle.write(
            &fixture::small(),
            &fixture::ontology(),
            &options,
            &mut Vec::new(),
        );
        assert!(result.is_err(), "{base}");
    }
    let options =
        ExportOptions { base: "https://example.org/#".to_owned(), ..ExportOptions::default() };
    for format in Format::ALL {
        let result =
            format.write(&fixture::small(), &fixture::ontology(), &options, &mut std::io::sink());
        assert!(result.is_ok(), "{}", format.name());
    }
}

#[test]
fn a_writer_that_fails_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let options = ExportOptions::default();
        let result = format.write(&fixture::small(), &fixture::ontology(), &options, &mut Full);
        assert!(result.is_err(), "{}", format.name());
    }
}
