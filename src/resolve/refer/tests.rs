//! Entities and the entries of lists, through the front door of resolution.

use std::collections::BTreeMap;

use crate::ledger::{Ledger, Ruling, Selector, Side, Verdict};
use crate::mention::Supertype;
use crate::reference::{Reference, WIKIDATA};
use crate::resolution::Candidate;
use crate::resolve::tests::person;
use crate::resolve::{ResolveOptions, Resolved};

/// Entries as "Q1: Name | Other name; office; country".
fn references(entries: &[&str]) -> Vec<Reference> {
    let entry = |text: &&str| {
        let (id, rest) = text.split_once(": ").expect("an id");
        let mut fields = rest.split(';').map(str::trim);
        let list = |text: Option<&str>| -> Vec<String> {
            let values = text.unwrap_or_default().split('|').map(str::trim);
            values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
        };
        Reference {
            list: u32::from(!id.starts_with('Q')),
            iri: if id.starts_with('Q') {
                format!("{WIKIDATA}{id}")
            } else {
                format!("urn:x:{id}")
            },
            supertype: Supertype::Person,
            names: list(fields.next()),
            offices: list(fields.next()),
            countries: list(fields.next()),
        }
    };
    entries.iter().map(entry).collect()
}

fn ruling(verdict: Verdict, sides: [&str; 2]) -> Ruling {
    let side = |text: &str| Side {
        selectors: vec![Selector::parse(text).expect("a selector")],
        ..Side::default()
    };
    Ruling {
        date: String::new(),
        number: 1,
        verdict,
        sides: sides.map(side).to_vec(),
        author: String::new(),
        comment: String::new(),
        retraction: None,
        more: BTreeMap::new(),
    }
}

/// The entities as "documents=ids", sorted.
fn linked(people: &[(&str, &str)], entries: &[&str], rulings: Vec<Ruling>) -> String {
    let candidates: Vec<Candidate> =
        people.iter().map(|(document, text)| person(document, 0, text)).collect();
    let ledger = Ledger { rulings, ..Ledger::default() };
    let options = ResolveOptions::default();
    let resolved = Resolved::new(&candidates, &ledger, &references(entries), &options);
    let mut entities: Vec<String> = (resolved.resolution.entities.values())
        .map(|entity| {
            let documents: Vec<&str> =
                entity.referents.iter().map(|id| id.document.0.as_str()).collect();
            let ids = entity.wikidata.iter().chain(&entity.same_as);
            let ids: Vec<&str> = ids.map(|id| id.trim_start_matches("urn:x:")).collect();
            format!("{}={}", documents.join(""), ids.join("+"))
        })
        .collect();
    entities.sort();
    entities.join(" ")
}

#[test]
fn entities_are_linked_by_the_rules_between_entities() {
    let quist = &[("a", "Ada Quist; envoy; XA")][..];
    let rows: &[(&str, &[(&str, &str)], &[&str], &str)] = &[
        ("by name", quist, &["Q1: Ada Quist"], "a=Q1"),
        ("by another name", quist, &["Q1: Adelheid Q. | Ada Quist"], "a=Q1"),
        ("another person", quist, &["Q1: Bo Ek"], "a="),
        ("namesakes that nothing tells apart", quist, &["Q1: Ada Quist", "Q2: Ada Quist"], "a="),
        (
            "namesakes told apart by office",
            quist,
            &["Q1: Ada Quist; mayor; XB", "Q2: Ada Quist; envoy; XA"],
            "a=Q2",
        ),
        ("ids of two lists", quist, &["Q1: Ada Quist", "x1: Ada Quist"], "a=Q1+x1"),
        (
            "spellings brought together",
            &[("a", "Ada Quist"), ("b", "Dorothea Zimmer-Vogt")],
            &["Q1: Ada Quist | Dorothea Zimmer-Vogt"],
            "ab=Q1",
        ),
        ("a single name says too little", &[("a", "Quist")], &["Q1: Quist"], "a="),
    ];
    for (what, people, entries, want) in rows {
        assert_eq!(linked(people, entries, Vec::new()), *want, "{what}");
    }
}

#[test]
fn rulings_stand_above_lists() {
    let quist = &[("a", "Ada Quist")][..];
    let two = &[("a", "Ada Quist"), ("b", "Dorothea Zimmer-Vogt")][..];
    let list = &["Q1: Ada Quist | Dorothea Zimmer-Vogt", "Q2: Bo Ek"][..];
    let different = ruling(Verdict::Different, ["Person:Ada Quist", "wikidata:Q1"]);
    let same = ruling(Verdict::Same, ["Person:Ada Quist", "wikidata:Q2"]);
    let apart = ruling(Verdict::Different, ["Person:Ada Quist", "Person:Dorothea Zimmer-Vogt"]);
    assert_eq!(linked(quist, &["Q1: Ada Quist"], vec![different]), "a=");
    assert_eq!(linked(quist, &["Q2: Bo Ek"], vec![same.clone()]), "a=Q2");
    assert_eq!(linked(quist, &["Q1: Ada Quist"], vec![same.clone()]), "a=Q2");
    assert_eq!(linked(quist, &[], vec![same]), "a=Q2");
    let apart = linked(two, list, vec![apart]);
    assert!(apart == "a=Q1 b=" || apart == "a= b=Q1", "{apart}");
}
