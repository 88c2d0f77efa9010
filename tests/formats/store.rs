//! Questions to the store.

use std::error::Error;

use silsila::export::{ExportOptions, Format};
use silsila::store::{AnswerFormat, Answers, Store, StoreError};

use crate::fixture;

fn store() -> Store {
    let graph = fixture::small();
    Store::from_graph(&graph, &fixture::ontology(), &ExportOptions::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Asks, and returns the answer as it would be written.
fn ask(store: &Store, query: &str, format: AnswerFormat) -> String {
    let answers = store.query(query).unwrap_or_else(|error| panic!("{error}: {query}"));
    let mut out = Vec::new();
    store.write(&answers, format, &mut out).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn answers_questions() {
    let store = store();
    let check = |query: &str, expected: &str| {
        assert_eq!(
            ask(&store, query, AnswerFormat::Csv).replace("\r\n", "\n"),
            expected,
            "{query}"
        );
    };
    // What happened is a plain triple, in both directions if it has none, once
    // in the union of the graphs; what was planned or denied is none.
    check(
        "SELECT ?a ?b { ?x silsila:metWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a",
        "a,b\nIlse Brandt,Omar Haddad\nOmar Haddad,Ilse Brandt\n",
    );
    check("ASK { ?x silsila:visited ?y }", "false\n");
    // Claims tell the rest.
    check(
        "SELECT ?who ?when { ?claim silsila:relation silsila:visited ; \
         silsila:factuality silsila:planned ; silsila:subject/rdfs:label ?who ; \
         schema:startDate ?when }",
        "who,when\nOmar Haddad,2024-04\n",
    );
    check(
        "SELECT ?from ?amount ?currency { ?claim silsila:relation silsila:contributedTo ; \
         silsila:subject/rdfs:label ?from ; schema:amount [ schema:value ?amount ; \
         schema:currency ?currency ] }",
        "from,amount,currency\nWorld Grain Fund,2500000,EUR\n",
    );
    // Bounds are days, and can be compared.
    check(
        "SELECT ?label { ?claim a sem:Event ; rdfs:label ?label ; \
         sem:hasEarliestBeginTimeStamp ?day FILTER(?day >= \"2024-03-07\"^^xsd:date) } \
         ORDER BY ?day",
        "label\nWorld Grain Fund contributed to Ruritania\nOmar Haddad visited Strelsau (planned)\n",
    );
    // A claim leads to its sentence, with the article and the offsets.
    check(
        "SELECT ?title ?start ?end ?words { ?claim silsila:factuality silsila:negated ; \
         prov:wasDerivedFrom ?quote . ?quote prov:wasQuotedFrom/schema:headline ?title ; \
         oa:hasSelector [ oa:start ?start ; oa:end ?end ] , [ oa:exact ?words ] }",
        "title,start,end,words\nFund helps Ruritania,74,124,\
         Ms Brandt denied that she had met Mr Haddad again.\n",
    );
    // An article is a graph.
    check(
        "SELECT ?title (COUNT(?claim) AS ?claims) { GRAPH ?article { ?claim a silsila:Claim } \
         ?article schema:headline ?title } GROUP BY ?title ORDER BY ?title",
        "title,claims\nFund helps Ruritania,2\nTalks in Strelsau,3\n",
    );
    check("SELECT (COUNT(*) AS ?claims) FROM article:d1 { ?claim a silsila:Claim }", "claims\n3\n");
    // Posts, names in other scripts, and Wikidata.
    check(
        "SELECT ?who ?post ?name { ?x org:holds ?p ; rdfs:label ?who ; skos:prefLabel ?name . \
         ?p rdfs:label ?post FILTER(LANG(?name) = \"ur\") }",
        "who,post,name\nIlse Brandt,\"Foreign Minister, Ruritania\",السے برانٹ\n",
    );
    check(
        "SELECT ?x { ?x owl:sameAs <http://www.wikidata.org/entity/Q1165538> }",
        "x\nhttps://w3id.org/silsila/data/entity/ruritania\n",
    );
}

#[test]
fn writes_answers() {
    let store = store();
    let query = "SELECT ?x ?name ?n { ?x a silsila:City ; rdfs:label ?name \
                 OPTIONAL { ?x silsila:none ?n } }";
    assert_eq!(
        ask(&store, query, AnswerFormat::Table),
        "x                name      n\n\
         ───────────────  ────────  ─\n\
         entity:strelsau  Strelsau\n"
    );
    assert_eq!(
        ask(&store, query, AnswerFormat::Tsv),
        "?x\t?name\t?n\n<https://w3id.org/silsila/data/entity/strelsau>\t\"Strelsau\"@en\t\n"
    );
    assert_eq!(
        ask(&store, query, AnswerFormat::Json),
        "{\"head\":{\"vars\":[\"x\",\"name\",\"n\"]},\"results\":{\"bindings\":[{\
         \"name\":{\"type\":\"literal\",\"value\":\"Strelsau\",\"xml:lang\":\"en\"},\
         \"x\":{\"type\":\"uri\",\"value\":\"https://w3id.org/silsila/data/entity/strelsau\"}}]}}\n"
    );
    assert_eq!(
        ask(&store, "SELECT (\"a\\tb\\n\\\"c\\\", d\" AS ?x) {}", AnswerFormat::Csv),
        "x\r\n\"a\tb\n\"\"c\"\", d\"\r\n"
    );
    assert_eq!(
        ask(&store, "SELECT (\"a\\tb\\n\\\"c\\\", d\" AS ?x) {}", AnswerFormat::Tsv),
        "?x\n\"a\\tb\\n\\\"c\\\", d\"\n"
    );
    assert_eq!(ask(&store, "ASK {}", AnswerFormat::Table), "yes\n");
    assert_eq!(ask(&store, "ASK {}", AnswerFormat::Json), "{\"boolean\":true,\"head\":{}}\n");
    assert_eq!(
        ask(
            &store,
            "CONSTRUCT { ?x schema:name ?n } { ?x a silsila:City ; rdfs:label ?n }",
            AnswerFormat::Table
        ),
        "subject          predicate    object\n\
         ───────────────  ───────────  ────────\n\
         entity:strelsau  schema:name  Strelsau\n"
    );
}

#[test]
fn answers_are_the_same_from_every_file() {
    let query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o";
    let expected = store().query(query).unwrap_or_else(|error| panic!("{error}"));
    let Answers::Table { rows, .. } = &expected else { panic!("a table") };
    assert!(rows.len() > 100, "{}", rows.len());
    for format in [Format::Turtle, Format::NTriples, Format::TriG, Format::NQuads] {
        let mut file = Vec::new();
        let options = ExportOptions::default();
        format
            .write(&fixture::small(), &fixture::ontology(), &options, &mut file)
            .unwrap_or_else(|error| panic!("{error}"));
        let store = Store::new(&options).unwrap_or_else(|error| panic!("{error}"));
        store.load(format, file.as_slice()).unwrap_or_else(|error| panic!("{error}"));
        let answers = store.query(query).unwrap_or_else(|error| panic!("{error}"));
        assert!(answers == expected, "{} answers otherwise", format.name());
    }
}

#[test]
fn says_what_is_wrong() {
    let store = store();
    let check = |error: Option<StoreError>, expected: &str, cause: &str| {
        let error = error.expect("an error");
        assert_eq!(error.to_string(), expected);
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        assert!(source.contains(cause), "{source}");
    };
    check(store.query("SELECT ?x WHERE").err(), "the query is not SPARQL", "1:16");
    check(
        store.query("SELECT * { SERVICE <http://example.com/> { ?s ?p ?o } }").err(),
        "the query cannot be answered",
        "http://example.com/",
    );
    check(
        store.load(Format::Turtle, "<a> <b> .".as_bytes()).err(),
        "cannot load the turtle file",
        "IRI",
    );
    check(
        store.load(Format::Dot, "".as_bytes()).err(),
        "cannot load `dot`, which is no format of RDF",
        "",
    );
    let options = ExportOptions { base: "example".to_owned(), ..ExportOptions::default() };
    check(
        Store::new(&options).err(),
        "cannot turn the graph into quads",
        "base `example` is not an absolute IRI that ends in `/` or `#`",
    );
}
