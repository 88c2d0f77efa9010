//! Every edge of every format leads to its article, and slicing the article
//! there gives the quoted words.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::Term;
use serde_json::Value;
use silsila::export::{ExportOptions, Format};
use silsila::graph::Graph;

use crate::{fixture, read, text, write_with};

/// A quotation as a format has it: the edge or claim that it belongs to,
/// document, start, end, words.
type Said = (String, String, usize, usize, String);

/// The quotations of all edges.
fn said(format: Format, bytes: Vec<u8>) -> Vec<Said> {
    match format {
        Format::Turtle | Format::NTriples | Format::TriG | Format::NQuads => {
            of_rdf(format, &text(format, bytes))
        }
        Format::GraphMl => {
            let edges = read::graphml(&text(format, bytes)).edges;
            edges.iter().map(|(_, _, edge)| of_columns(edge, "edge_")).collect()
        }
        Format::Gexf => {
            let edges = read::gexf(&text(format, bytes)).edges;
            edges.iter().map(|(_, _, edge)| of_columns(edge, "")).collect()
        }
        Format::Cytoscape => {
            let file: Value = serde_json::from_slice(&bytes).expect("JSON");
            let edges = file["elements"]["edges"].as_array().expect("a list").clone();
            edges.iter().map(|edge| of_object(&edge["data"], "quote_", "quote")).collect()
        }
        Format::NodeLink => {
            let file: Value = serde_json::from_slice(&bytes).expect("JSON");
            file["links"]
                .as_array()
                .expect("a list")
                .iter()
                .flat_map(|link| of_list(link, link))
                .collect()
        }
        Format::JsonGraph => {
            let file: Value = serde_json::from_slice(&bytes).expect("JSON");
            let edges = file["graph"]["edges"].as_array().expect("a list").clone();
            edges.iter().flat_map(|edge| of_list(edge, &edge["metadata"])).collect()
        }
        Format::Csv => {
            let rows = read::csv(&read::archive(&bytes)["edges.csv"]);
            rows.iter().map(|row| of_columns(row, "")).collect()
        }
        Format::Neo4j => {
            let rows = read::csv(&read::archive(&bytes)["edge-relation.csv"]);
            let untyped = |row: &read::Attributes| -> read::Attributes {
                let name = |name: &str| name.split(':').next().unwrap_or_default().to_owned();
                row.iter().map(|(column, cell)| (name(column), cell.clone())).collect()
            };
            rows.iter().map(|row| of_columns(&untyped(row), "")).collect()
        }
        Format::FollowTheMoney => of_ftm(&text(format, bytes)),
        Format::Dot => {
            let edges = read::dot(&text(format, bytes)).edges;
            edges.iter().flat_map(|(_, _, edge)| of_dot(edge)).collect()
        }
        // It is about names, not about edges.
        Format::Sssom => Vec::new(),
    }
}

/// The columns of an edge; what it lists as evidence must begin with a place of
/// each quotation.
fn of_columns(edge: &read::Attributes, prefix: &str) -> Said {
    let column = |name: &str| edge[&format!("{prefix}{name}")].clone();
    let at = |name: &str| column(name).parse().expect("an offset");
    let (start, end) = (at("quote_start"), at("quote_end"));
    let document = column("quote_document");
    assert!(column("evidence").contains(&format!("{document} {start}-{end}")));
    (edge["id"].clone(), document, start, end, column("quote"))
}

fn of_object(object: &Value, prefix: &str, quote: &str) -> Said {
    let string = |key: &str| object[key].as_str().expect("a text").to_owned();
    let at = |key: &str| object[format!("{prefix}{key}")].as_u64().expect("an offset") as usize;
    let document = string(&format!("{prefix}document"));
    let id = object["id"].as_str().unwrap_or_default().to_owned();
    (id, document, at("start"), at("end"), string(quote))
}

fn of_list(edge: &Value, holder: &Value) -> Vec<Said> {
    let id = edge["id"].as_str().expect("an id");
    let quotes = holder["evidence"].as_array().expect("a list");
    quotes
        .iter()
        .map(|quote| {
            let (_, document, start, end, words) = of_object(quote, "", "text");
            (id.to_owned(), document, start, end, words)
        })
        .collect()
}

/// The descriptions of whatever is proven by an article.
fn of_ftm(text: &str) -> Vec<Said> {
    let mut said = Vec::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let properties = &line["properties"];
        let Some(described) = properties["description"].as_array() else { continue };
        assert!(properties["proof"].is_array(), "{line}");
        for description in described {
            let (place, words) =
                description.as_str().and_then(|text| text.split_once(": ")).expect("a place");
            said.push(of_place(line["id"].as_str().expect("an id"), place, words));
        }
    }
    said
}

fn of_place(id: &str, place: &str, words: &str) -> Said {
    let (document, offsets) = place.rsplit_once(' ').expect("a document");
    let (start, end) = offsets.split_once('-').expect("two offsets");
    let at = |offset: &str| offset.parse().expect("an offset");
    (id.to_owned(), document.to_owned(), at(start), at(end), words.to_owned())
}

/// The places of a line; the words stand in its tooltip.
fn of_dot(edge: &read::Attributes) -> Vec<Said> {
    let places: Vec<&str> = edge["evidence"].split(" | ").collect();
    let quotes = edge["tooltip"].split('\u{201c}').skip(1);
    let quotes: Vec<_> = quotes.map(|quote| quote.split('\u{201d}').next().unwrap_or("")).collect();
    assert_eq!(places.len(), quotes.len());
    places.iter().zip(quotes).map(|(place, words)| of_place("line", place, words)).collect()
}

/// What claims are derived from: Web Annotation selectors.
fn of_rdf(format: Format, text: &str) -> Vec<Said> {
    let mut of: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for quad in read::quads(format, text) {
        let value = match &quad.object {
            Term::Literal(literal) => literal.value().to_owned(),
            object => object.to_string(),
        };
        let predicate = quad.predicate.as_str().rsplit(['/', '#']).next().unwrap_or_default();
        of.entry((quad.subject.to_string(), predicate.to_owned())).or_default().insert(value);
    }
    let get = |node: &str, predicate: &str| -> Vec<String> {
        let found = of.get(&(node.to_owned(), predicate.to_owned()));
        found.into_iter().flatten().cloned().collect()
    };
    let mut said = Vec::new();
    for ((claim, predicate), quotes) in &of {
        if predicate != "wasDerivedFrom" {
            continue;
        }
        for quote in quotes {
            let Some(article) = get(quote, "hasSource").first().cloned() else { continue };
            let document = article.trim_end_matches('>').rsplit('/').next().unwrap_or_default();
            let selectors = get(quote, "hasSelector");
            let of = |predicate: &str| {
                let values = selectors.iter().flat_map(|selector| get(selector, predicate));
                values.collect::<Vec<_>>().first().expect("a selector").clone()
            };
            let at = |predicate: &str| of(predicate).parse().expect("an offset");
            said.push((claim.clone(), document.to_owned(), at("start"), at("end"), of("exact")));
        }
    }
    said
}

fn check(graph: &Graph, texts: &BTreeMap<String, String>) {
    for format in Format::ALL {
        let name = format.name();
        let said = said(format, write_with(format, graph, &ExportOptions::default()));
        for (edge, document, start, end, words) in &said {
            let text = &texts[document];
            let slice: String = text.chars().skip(*start).take(end - start).collect();
            assert_eq!(&slice, words, "{name}: {edge} in {document}");
        }
        let things: BTreeSet<_> = said.iter().map(|(edge, ..)| edge).collect();
        let edges: BTreeSet<_> = graph.edges().iter().map(|edge| &edge.id).collect();
        match format {
            Format::Sssom => {}
            Format::Turtle | Format::NTriples | Format::TriG | Format::NQuads => {
                assert_eq!(things.len(), graph.statements().len(), "{name}");
            }
            // A picture may leave edges out; a thing of theirs is one of a date.
            Format::Dot | Format::FollowTheMoney => assert!(!things.is_empty(), "{name}"),
            _ => assert_eq!(things, edges, "{name}"),
        }
    }
}

#[test]
fn slicing_the_article_gives_the_quoted_words() {
    let (graph, texts) = fixture::small_parts().build_with_texts();
    check(&graph, &texts);
    let (graph, texts) = fixture::weeks_parts().build_with_texts();
    check(&graph, &texts);
}
