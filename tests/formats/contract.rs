//! What holds for every format.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use silsila::claim::Factuality;
use silsila::export::{ExportOptions, Format};
use silsila::graph::Graph;

use crate::fixture::{self, Builder};
use crate::{read, write};

const SILSILA: &str = "https://w3id.org/silsila/ontology#";
const OA: &str = "http://www.w3.org/ns/oa#";

/// Texts that break writers.
const NASTY: [&str; 20] = [
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
        let text = write(format, graph);
        match format {
            Format::Turtle | Format::NTriples | Format::TriG | Format::NQuads => {
                check_rdf(format, graph, &text);
            }
            Format::GraphMl => check_graphml(graph, &text),
            Format::Dot => check_dot(graph, &text),
        }
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
    check(&full_of(&"long \"and\" <nasty> & ".repeat(500)));
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
