//! Claims joined into edges, row by row.

use super::*;
use crate::mention::Supertype;
use crate::ontology::Relation;

/// A claim as `subject relation object factuality document date`.
type Row<'a> = (&'a str, &'a str, &'a str, Factuality, &'a str, &'a str);

fn ontology() -> Ontology {
    let relation = |name: &str, symmetric| {
        (name.to_owned(), Relation { name: name.to_owned(), symmetric, ..Relation::default() })
    };
    let mut ontology = Ontology::default();
    ontology.relations.extend([relation("metWith", true), relation("visited", false)]);
    ontology
}

fn parts(rows: &[Row<'_>]) -> GraphParts {
    let mut parts = GraphParts::default();
    for name in ["ada", "ben", "cem", "dia", "eve", "fez", "gus"] {
        parts.entities.push(Entity {
            id: EntityId(name.to_owned()),
            name: name.to_owned(),
            supertype: Supertype::Person,
            class: "Person".to_owned(),
            names: Vec::new(),
            offices: Vec::new(),
            wikidata: None,
            same_as: Vec::new(),
            mistranslated: Vec::new(),
            documents: 1,
            referents: Vec::new(),
        });
    }
    for (at, (subject, relation, object, factuality, document, date)) in rows.iter().enumerate() {
        let end = |name: &str| End { entity: EntityId(name.to_owned()), text: name.to_uppercase() };
        let document = DocumentId((*document).to_owned());
        let quote = Quote { document: document.clone(), start: 0, end: 1, text: "x".to_owned() };
        let date = date.parse().ok();
        parts.statements.push(Statement {
            claim: ClaimId(format!("c{at}")),
            relation: (*relation).to_owned(),
            family: None,
            subject: end(subject),
            object: end(object),
            factuality: *factuality,
            when: date.map(|date| crate::date::Interval { from: Some(date), to: Some(date) }),
            place: None,
            amount: None,
            office: None,
            attribution: None,
            evidence: quote.clone(),
            trigger: quote,
            pattern: "test".to_owned(),
            confidence: 1.0,
        });
        parts.documents.push(DocumentInfo {
            // Documents that begin with the same letter have the same text.
            sha256: document.0.chars().take(1).collect(),
            version_of: None,
            id: document,
            title: None,
            url: None,
            path: None,
            publisher: None,
            published: None,
            language: None,
            length: 1,
        });
    }
    parts
}

fn graph(rows: &[Row<'_>]) -> Graph {
    Graph::new(parts(rows), &ontology(), GraphOptions::default()).unwrap_or_else(|e| panic!("{e}"))
}

use Factuality::{Happened, Planned};

#[test]
fn an_edge_is_a_relation_between_two_entities_with_one_factuality() {
    let graph = graph(&[
        ("ben", "metWith", "ada", Happened, "d1", "2021-03-04"),
        ("ada", "metWith", "ben", Happened, "d2", "2021-03"),
        ("ada", "metWith", "ben", Happened, "e1", "--05-01"),
        ("ada", "metWith", "ben", Planned, "d1", ""),
        ("ada", "visited", "ben", Happened, "d1", ""),
        ("ben", "visited", "ada", Happened, "d1", ""),
    ]);
    let edges: Vec<_> = graph
        .edges()
        .iter()
        .map(|e| {
            let period = graph.period(e).map(|(from, to)| format!("{from}/{to}"));
            (
                format!("{} {} {} {}", e.subject, e.relation, e.object, e.factuality.as_str()),
                graph.support(e).len(),
                graph.document_count(e),
                period.unwrap_or_default(),
            )
        })
        .collect();
    let row = |edge: &str, support, documents, period: &str| {
        (edge.to_owned(), support, documents, period.to_owned())
    };
    assert_eq!(
        edges,
        [
            row("ada metWith ben happened", 3, 2, "2021-03/2021-03"),
            row("ada metWith ben planned", 1, 1, ""),
            row("ada visited ben happened", 1, 1, ""),
            row("ben visited ada happened", 1, 1, ""),
        ]
    );
    let ids: BTreeSet<_> = graph.edges().iter().map(|e| &e.id).collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(graph.edges_at(&EntityId("ada".to_owned())).len(), 4);
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    let rows = [
        ("ada", "metWith", "ben", Happened, "d1", "2021"),
        ("cem", "visited", "ada", Planned, "d2", "2022"),
        ("eve", "visited", "dia", Planned, "e1", "2022"),
    ];
    let mut turned = parts(&rows);
    turned.entities.reverse();
    turned.documents.reverse();
    turned.statements.reverse();
    turned.statements.push(turned.statements[0].clone());
    let turned = Graph::new(turned, &ontology(), GraphOptions::default());
    let turned = turned.unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(format!("{turned:?}"), format!("{:?}", graph(&rows)));
}

#[test]
fn entities_that_nothing_is_said_of_stay_out_unless_asked_for() {
    let rows = [("ada", "metWith", "ben", Happened, "d1", "2021")];
    assert_eq!(graph(&rows).entities().len(), 2);
    let options = GraphOptions { silent_entities: true };
    let graph = Graph::new(parts(&rows), &ontology(), options).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(graph.entities().len(), 7);
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let check = |spoil: fn(&mut GraphParts), error: &str| {
        let mut parts = parts(&[("ada", "metWith", "ben", Happened, "d1", "2021")]);
        spoil(&mut parts);
        let result = Graph::new(parts, &ontology(), GraphOptions::default());
        assert_eq!(result.err().map(|e| e.to_string()).as_deref(), Some(error));
    };
    check(|parts| parts.entities.clear(), "claim `c0` points to entity `ada`, which is not there");
    check(|parts| parts.documents.clear(), "claim `c0` quotes document `d1`, which is not there");
    check(
        |parts| {
            let mut other = parts.statements[0].clone();
            other.factuality = Planned;
            parts.statements.push(other);
        },
        "two different claims bear the id `c0`",
    );
    check(
        |parts| {
            let mut other = parts.entities[0].clone();
            other.name.clear();
            parts.entities.push(other);
        },
        "two different entities bear the id `ada`",
    );
    check(
        |parts| {
            let mut other = parts.documents[0].clone();
            other.length += 1;
            parts.documents.push(other);
        },
        "two different documents bear the id `d1`",
    );
}

#[test]
fn circles_that_one_link_joins_are_one_component_and_two_communities() {
    let met = |a, b| (a, "metWith", b, Happened, "d1", "");
    let graph = graph(&[
        met("ada", "ben"),
        met("ben", "cem"),
        met("ada", "cem"),
        met("cem", "dia"),
        met("dia", "eve"),
        met("eve", "gus"),
        met("dia", "gus"),
        ("ada", "visited", "ben", Happened, "d1", ""),
        ("fez", "visited", "fez", Happened, "d1", ""),
    ]);
    let structure = graph.structure();
    let at = |name: &str| {
        let position = structure.position(&EntityId(name.to_owned()));
        (position.component, position.community, position.degree, position.neighbors)
    };
    assert_eq!(at("ada"), (0, 0, 3, 2));
    assert_eq!(at("ben"), (0, 0, 3, 2));
    assert_eq!(at("cem"), (0, 0, 3, 3));
    assert_eq!(at("dia"), (0, 1, 3, 3));
    assert_eq!(at("eve"), (0, 1, 2, 2));
    assert_eq!(at("gus"), (0, 1, 2, 2));
    assert_eq!(at("fez"), (1, 2, 2, 0));
    assert_eq!(structure.community_count(), 3);
}

/// The edges that a view leaves, as `subject relation object`.
fn seen(rows: &[Row<'_>], options: &ViewOptions) -> Vec<String> {
    let view = graph(rows).view(options, &ontology()).unwrap_or_else(|e| panic!("{e}"));
    view.edges().iter().map(|e| format!("{} {} {}", e.subject, e.relation, e.object)).collect()
}

fn id(name: &str) -> EntityId {
    EntityId(name.to_owned())
}

/// A chain from ada to fez with a short cut, and who hangs on it.
const CHAIN: [Row<'_>; 7] = [
    ("ada", "metWith", "ben", Happened, "d1", "2021-03-04"),
    ("ben", "metWith", "cem", Happened, "d1", "2021-04"),
    ("cem", "metWith", "dia", Happened, "e1", "2022"),
    ("ada", "visited", "eve", Happened, "d1", ""),
    ("eve", "visited", "dia", Planned, "f1", "--05-01"),
    ("dia", "metWith", "fez", Happened, "g1", "2021-03-04"),
    ("ben", "visited", "gus", Happened, "d1", "2021-03-31"),
];

#[test]
fn a_view_is_what_a_filter_leaves() {
    let check = |what: &str, options: ViewOptions, expected: &[&str]| {
        assert_eq!(seen(&CHAIN, &options), expected, "{what}");
    };
    let all = ViewOptions::default;
    let date = |text: &str| text.parse::<PartialDate>().ok();
    assert_eq!(seen(&CHAIN, &all()).len(), 7);
    check(
        "a relation",
        ViewOptions { relations: vec!["visited".to_owned()], ..all() },
        &["ada visited eve", "ben visited gus", "eve visited dia"],
    );
    check(
        "from a day on: a year or month that reaches there counts, no date does not",
        ViewOptions { from: date("2021-03-31"), ..all() },
        &["ben metWith cem", "ben visited gus", "cem metWith dia"],
    );
    check(
        "up to a day",
        ViewOptions { to: date("2021-03-04"), ..all() },
        &["ada metWith ben", "dia metWith fez"],
    );
    check(
        "between two days",
        ViewOptions { from: date("2021-03-05"), to: date("2021-04"), ..all() },
        &["ben metWith cem", "ben visited gus"],
    );
    check(
        "around somebody",
        ViewOptions { around: vec![id("fez")], hops: 2, ..all() },
        &["cem metWith dia", "dia metWith fez", "eve visited dia"],
    );
    check(
        "around two",
        ViewOptions { around: vec![id("fez"), id("gus")], hops: 1, ..all() },
        &["ben visited gus", "dia metWith fez"],
    );
    check(
        "the shortest ways",
        ViewOptions { between: Some([id("ada"), id("fez")]), ..all() },
        &["ada visited eve", "dia metWith fez", "eve visited dia"],
    );
    check(
        "longer ways, without what hangs on them",
        ViewOptions { between: Some([id("ada"), id("fez")]), way: 6, ..all() },
        &[
            "ada metWith ben",
            "ada visited eve",
            "ben metWith cem",
            "cem metWith dia",
            "dia metWith fez",
            "eve visited dia",
        ],
    );
    check(
        "no way without what the filter leaves out",
        ViewOptions {
            between: Some([id("ada"), id("gus")]),
            relations: vec!["metWith".to_owned()],
            ..all()
        },
        &[],
    );
    check(
        "the best connected, and who is named",
        ViewOptions { top: Some(2), around: vec![id("fez")], hops: 9, ..all() },
        &["dia metWith fez"],
    );
    check("none", ViewOptions { top: Some(0), ..all() }, &[]);
}

#[test]
fn sources_are_counted_in_what_is_left() {
    let rows = [
        ("ada", "metWith", "ben", Happened, "d1", "2021"),
        // Of the same text as the one before.
        ("ada", "metWith", "ben", Happened, "d2", "2021"),
        ("ada", "metWith", "cem", Happened, "d1", "2021"),
        ("ada", "metWith", "cem", Happened, "e1", "2022"),
    ];
    let two = ViewOptions { min_sources: 2, ..ViewOptions::default() };
    assert_eq!(seen(&rows, &two), ["ada metWith cem"]);
    let early = ViewOptions { to: "2021".parse().ok(), ..two };
    assert_eq!(seen(&rows, &early), Vec::<String>::new());
}

#[test]
fn a_view_keeps_what_it_quotes() {
    let options = ViewOptions { around: vec![id("fez")], hops: 1, ..ViewOptions::default() };
    let view = graph(&CHAIN).view(&options, &ontology()).unwrap_or_else(|e| panic!("{e}"));
    let documents: Vec<_> = view.documents().map(|document| document.id.0.as_str()).collect();
    let entities: Vec<_> = view.entities().map(|entity| entity.id.0.as_str()).collect();
    assert_eq!((documents, entities), (vec!["g1"], vec!["dia", "fez"]));
}

#[test]
fn what_has_no_end_goes_on() {
    let check = |from: Option<&str>, to: Option<&str>, expected: usize| {
        let mut parts = parts(&CHAIN[..1]);
        let since = "2020".parse().ok();
        parts.statements[0].when = Some(crate::date::Interval { from: since, to: None });
        let graph = Graph::new(parts, &ontology(), GraphOptions::default());
        let date = |date: Option<&str>| date.and_then(|date| date.parse().ok());
        let options = ViewOptions { from: date(from), to: date(to), ..ViewOptions::default() };
        let view = graph.and_then(|graph| graph.view(&options, &ontology()));
        assert_eq!(view.map(|view| view.edges().len()), Ok(expected), "{from:?} {to:?}");
    };
    check(Some("2024"), None, 1);
    check(Some("2024"), Some("2025"), 1);
    check(None, Some("2020-01-01"), 1);
    check(None, Some("2019"), 0);
}
