//! What Gephi makes of our files, by the published rules of its importers
//! (`ImporterGraphML.java`, `ImporterGEXF.java`, `ImportContainerImpl.java`).

use std::collections::{BTreeMap, BTreeSet};

use silsila::PartialDate;
use silsila::export::{ExportOptions, Format};
use silsila::graph::Graph;

use crate::read::{self, Element};
use crate::{fixture, text, write_with};

/// What an importer has read.
#[derive(Default, Debug)]
struct Import {
    nodes: BTreeSet<String>,
    /// The edges by source, target and kind, with their summed weights.
    edges: BTreeMap<(String, String, String), f64>,
    /// The columns that can be seen in the data laboratory.
    columns: BTreeSet<String>,
    /// What is shown instead of being a column.
    captured: BTreeSet<String>,
    /// The times of nodes and edges.
    spells: Vec<(String, Vec<(PartialDate, PartialDate)>)>,
    issues: Vec<String>,
}

/// The types of columns in GraphML.
const GRAPHML_TYPES: [&str; 14] = [
    "boolean",
    "bool",
    "int",
    "integer",
    "long",
    "float",
    "double",
    "string",
    "byte",
    "char",
    "short",
    "bigdecimal",
    "biginteger",
    "liststring",
];
/// The types of columns in GEXF.
const GEXF_TYPES: [&str; 12] = [
    "boolean",
    "integer",
    "long",
    "float",
    "double",
    "string",
    "anyURI",
    "byte",
    "char",
    "short",
    "bigdecimal",
    "liststring",
];
/// The keys of nodes that become something that is shown.
const SHOWN_NODE: [&str; 12] =
    ["label", "nodelabel", "x", "y", "z", "xpos", "ypos", "zpos", "size", "r", "g", "b"];
/// The keys of edges that do.
const SHOWN_EDGE: [&str; 7] = ["label", "edgelabel", "weight", "Edge Weight", "r", "g", "b"];

impl Import {
    fn issue(&mut self, issue: impl Into<String>) {
        self.issues.push(issue.into());
    }

    fn edge(&mut self, ids: &mut BTreeSet<String>, edge: &Element, kind: &str, weight: f64) {
        let [source, target] =
            ["source", "target"].map(|end| edge.attributes.get(end).cloned().unwrap_or_default());
        if !self.nodes.contains(&source) || !self.nodes.contains(&target) {
            return self.issue(format!("an edge without its node: {source} {target}"));
        }
        if let Some(id) = edge.attributes.get("id")
            && !ids.insert(id.clone())
        {
            return self.issue(format!("an edge twice: {id}"));
        }
        let key = (source, target, kind.to_owned());
        if let Some(sum) = self.edges.get_mut(&key) {
            *sum += weight;
            self.issue(format!("parallel edges are summed up: {key:?}"));
        } else {
            self.edges.insert(key, weight);
        }
    }
}

fn graphml(text: &str) -> Import {
    let root = read::xml(text);
    let mut import = Import::default();
    let mut keys = BTreeMap::new();
    for key in root.all("key") {
        let get = |name: &str| key.attributes.get(name).cloned().unwrap_or_default();
        let (id, title, kind, domain) = (get("id"), get("attr.name"), get("attr.type"), get("for"));
        if !["node", "edge", "all"].contains(&domain.as_str()) {
            import.issue(format!("key {id} is for \"{domain}\""));
            continue;
        }
        let shown = if domain == "node" { &SHOWN_NODE[..] } else { &SHOWN_EDGE[..] };
        if shown.contains(&id.as_str()) || shown.contains(&title.as_str()) || title == "color" {
            import.captured.insert(format!("{domain} {title}"));
        } else if kind.is_empty() || !GRAPHML_TYPES.contains(&kind.to_lowercase().as_str()) {
            import.issue(format!("key {id} has the type \"{kind}\""));
            continue;
        } else if !import.columns.insert(format!("{domain} {title}")) {
            import.issue(format!("two columns \"{title}\""));
        }
        keys.insert(id, (domain, kind));
    }
    let graph = root.one("graph");
    if !["directed", "undirected"].contains(&graph.attributes["edgedefault"].as_str()) {
        import.issue("edgedefault");
    }
    let check = |import: &mut Import, element: &Element, domain: &str| {
        let mut weight = 1.0;
        for data in element.all("data") {
            let key = &data.attributes["key"];
            let Some((known, kind)) = keys.get(key) else {
                import.issue(format!("no key {key}"));
                continue;
            };
            let fits = match kind.as_str() {
                "int" => data.text.parse::<i32>().is_ok(),
                "double" => data.text.parse::<f64>().is_ok(),
                "boolean" => data.text.parse::<bool>().is_ok(),
                _ => true,
            };
            if known != domain || !fits {
                import.issue(format!("{key}: {}", data.text));
            }
            if key == "edge_weight" {
                weight = data.text.parse().unwrap_or(f64::NAN);
            }
        }
        weight
    };
    for node in graph.all("node") {
        check(&mut import, node, "node");
        let id = node.attributes["id"].clone();
        if !import.nodes.insert(id.clone()) {
            import.issue(format!("a node twice: {id}"));
        }
    }
    let mut ids = BTreeSet::new();
    for edge in graph.all("edge") {
        let weight = check(&mut import, edge, "edge");
        let kind = edge.attributes.get("label").cloned().unwrap_or_default();
        import.edge(&mut ids, edge, &kind, weight);
    }
    import
}

fn gexf(text: &str) -> Import {
    let root = read::xml(text);
    let mut import = Import::default();
    if root.attributes["version"] != "1.3" {
        import.issue("version");
    }
    let graph = root.one("graph");
    for (name, value) in [
        ("mode", "dynamic"),
        ("timeformat", "date"),
        ("timerepresentation", "interval"),
        ("defaultedgetype", "directed"),
    ] {
        if graph.attributes.get(name).is_none_or(|found| found != value) {
            import.issue(format!("{name} is not {value}"));
        }
    }
    let mut types = BTreeMap::new();
    for class in graph.all("attributes") {
        let domain = class.attributes["class"].clone();
        for column in class.all("attribute") {
            let [id, title, kind] =
                ["id", "title", "type"].map(|name| column.attributes[name].clone());
            if !GEXF_TYPES.contains(&kind.as_str()) {
                import.issue(format!("column {title} has the type \"{kind}\""));
            }
            if !import.columns.insert(format!("{domain} {title}")) {
                import.issue(format!("two columns \"{title}\""));
            }
            types.insert((domain.clone(), id), kind);
        }
    }
    let check = |import: &mut Import, element: &Element, domain: &str| {
        for value in element.all("attvalues").flat_map(|values| values.all("attvalue")) {
            let kind = types.get(&(domain.to_owned(), value.attributes["for"].clone()));
            let value = &value.attributes["value"];
            let fits = match kind.map(String::as_str) {
                None => false,
                Some("integer") => value.parse::<i32>().is_ok(),
                Some("double") => value.parse::<f64>().is_ok(),
                Some("boolean") => value.parse::<bool>().is_ok(),
                _ => true,
            };
            if !fits {
                import.issue(format!("a value of {kind:?}: {value}"));
            }
        }
        let mut spells = Vec::new();
        for spell in element.all("spells").flat_map(|spells| spells.all("spell")) {
            // Open intervals only give warnings, and dates are ISO 8601.
            if spell.attributes.keys().any(|name| name != "start" && name != "end") {
                import.issue(format!("an open interval: {:?}", spell.attributes));
            }
            let day = |name: &str| -> Option<PartialDate> {
                let day: PartialDate = spell.attributes.get(name)?.parse().ok()?;
                day.is_full().then_some(day)
            };
            match day("start").zip(day("end")) {
                Some((start, end)) if start <= end => spells.push((start, end)),
                _ => import.issue(format!("no interval: {:?}", spell.attributes)),
            }
        }
        if spells.windows(2).any(|pair| pair[1].0 <= pair[0].1) {
            import.issue(format!("intervals overlap: {spells:?}"));
        }
        import.spells.push((element.attributes["id"].clone(), spells));
    };
    for node in graph.one("nodes").all("node") {
        check(&mut import, node, "node");
        if !node.attributes.contains_key("label") {
            import.issue("a node without a label");
        }
        let id = node.attributes["id"].clone();
        if !import.nodes.insert(id.clone()) {
            import.issue(format!("a node twice: {id}"));
        }
    }
    let mut ids = BTreeSet::new();
    for edge in graph.one("edges").all("edge") {
        check(&mut import, edge, "edge");
        // `type` is the direction, `kind` the relation.
        if edge.attributes["type"] != "directed" {
            import.issue(format!("type {}", edge.attributes["type"]));
        }
        let weight = edge.attributes["weight"].parse().unwrap_or(f64::NAN);
        import.edge(&mut ids, edge, &edge.attributes["kind"], weight);
    }
    import
}

fn check(graph: &Graph, events: bool) {
    let options = ExportOptions { events, ..ExportOptions::default() };
    for (format, import) in [(Format::GraphMl, graphml as fn(&str) -> Import), (Format::Gexf, gexf)]
    {
        let name = format.name();
        let import = import(&text(format, write_with(format, graph, &options)));
        assert_eq!(import.issues, Vec::<String>::new(), "{name}");
        if !events {
            assert_eq!(import.edges.len(), graph.edges().len(), "{name}");
            let weight: f64 = import.edges.values().sum();
            let sources: usize = graph.edges().iter().map(|edge| graph.document_count(edge)).sum();
            assert!((weight - sources as f64).abs() < 1e-9, "{name}");
        }
        // What is asked about most can be seen as a column.
        for column in ["node class", "edge relation", "edge factuality", "edge quote"] {
            assert!(import.columns.contains(column), "{name}: {column}");
        }
        let shown: BTreeSet<_> = import.captured.iter().map(String::as_str).collect();
        let meant = BTreeSet::from(["node label", "edge label", "edge weight"]);
        assert!(shown.is_subset(&meant), "{name}: {shown:?}");
    }
}

#[test]
fn gephi_reads_what_is_written() {
    for graph in [Graph::default(), fixture::small(), fixture::weeks()] {
        check(&graph, false);
        check(&graph, true);
    }
}

#[test]
fn edges_are_there_when_their_events_are() {
    let graph = fixture::small();
    let import =
        gexf(&text(Format::Gexf, write_with(Format::Gexf, &graph, &ExportOptions::default())));
    let of = |id: &str| -> Vec<String> {
        let (_, spells) = import.spells.iter().find(|(known, _)| known == id).expect("an element");
        spells.iter().map(|(start, end)| format!("{start}/{end}")).collect()
    };
    let edge = |relation: &str, factuality: &str| {
        let found = graph.edges().iter();
        let mut found =
            found.filter(|e| e.relation == relation && e.factuality.as_str() == factuality);
        of(&found.next_back().expect("an edge").id)
    };
    assert_eq!(edge("metWith", "happened"), ["2024-03-04/2024-03-04"]);
    // A month is all its days.
    assert_eq!(edge("visited", "planned"), ["2024-04-01/2024-04-30"]);
    assert_eq!(edge("contributedTo", "happened"), ["2024-03-07/2024-03-09"]);
    // What bears no date is always there, and so are its ends.
    assert_eq!(edge("metWith", "negated"), Vec::<String>::new());
    assert_eq!(of("ilse-brandt"), Vec::<String>::new());
    assert_eq!(of("strelsau"), ["2024-04-01/2024-04-30"]);
}

#[test]
fn the_rules_find_what_is_wrong() {
    let check = |file: &str, issue: &str| {
        let import = graphml(file);
        assert!(import.issues.iter().any(|found| found.contains(issue)), "{:?}", import.issues);
    };
    let graph = r#"<graph edgedefault="directed"><node id="a"/><node id="b"/>"#;
    let edge = r#"<edge id="1" source="a" target="b" label="x"/>"#;
    check(
        &format!(
            r#"<graphml><key id="k" for="node" attr.name="k" attr.type="date"/>{graph}</graph></graphml>"#
        ),
        "has the type",
    );
    check(
        &format!(
            r#"<graphml><key id="k" attr.name="k" attr.type="int"/>{graph}</graph></graphml>"#
        ),
        "is for",
    );
    check(&format!("<graphml>{graph}{edge}{edge}</graph></graphml>"), "an edge twice");
    let other = edge.replace('1', "2");
    check(&format!("<graphml>{graph}{edge}{other}</graph></graphml>"), "summed up");
    let dangling = edge.replace('b', "c");
    check(&format!("<graphml>{graph}{dangling}</graph></graphml>"), "without its node");
}
