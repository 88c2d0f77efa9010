//! Rulings through the front door of resolution.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::ledger::{Ledger, Retraction, Ruling, Selector, Side, Verdict};
use crate::mention::Supertype;
use crate::resolution::Candidate;
use crate::resolve::tests::{clusters, crowd, person, replay};
use crate::resolve::{ResolveOptions, Resolved};

/// Rulings as "same: Person:A, Person:B"; the number is the place in the list,
/// and a side may name several things with " + " between them.
fn ledger(rulings: &[&str]) -> Ledger {
    let ruling = |(at, text): (usize, &&str)| {
        let (verdict, sides) = text.split_once(": ").expect("a verdict and sides");
        let side = |text: &str| Side {
            selectors: text
                .split(" + ")
                .map(|text| Selector::parse(text).unwrap_or_else(|| panic!("{text}")))
                .collect(),
            label: text.to_owned(),
            typed: text.to_owned(),
        };
        Ruling {
            date: String::new(),
            number: at as u32 + 1,
            verdict: [Verdict::Same, Verdict::Different, Verdict::Split]
                .into_iter()
                .find(|known| known.as_str() == verdict)
                .expect("a verdict"),
            sides: sides.split(", ").map(side).collect(),
            author: "tester".to_owned(),
            comment: String::new(),
            retraction: None,
            more: BTreeMap::new(),
        }
    };
    Ledger { rulings: rulings.iter().enumerate().map(ruling).collect(), ..Ledger::default() }
}

fn resolved<'a>(candidates: &'a [Candidate], ledger: &Ledger) -> Resolved<'a> {
    Resolved::new(candidates, ledger, &[], &ResolveOptions::default())
}

/// People "document: Name; office", the entities as lists of documents, and the
/// conflicts as "ruling < those above".
fn check(what: &str, people: &[(&str, &str)], rulings: &[&str], want: &str, conflicts: &[&str]) {
    let candidates: Vec<Candidate> =
        people.iter().map(|(document, text)| person(document, 0, text)).collect();
    let resolved = resolved(&candidates, &ledger(rulings));
    let got = clusters(&resolved.resolution);
    let got: Vec<String> = got.iter().map(|cluster| cluster.join("").replace('0', "")).collect();
    assert_eq!(got.join(" "), want, "{what}: {:#?}", resolved.resolution.decisions);
    let told: Vec<String> = (resolved.remarks.conflicts.iter())
        .map(|c| {
            let against: Vec<String> = c.against.iter().map(u32::to_string).collect();
            format!("{} < {}", c.ruling, against.join(" "))
        })
        .collect();
    assert_eq!(told, conflicts, "{what}");
    assert_eq!(clusters(&resolved.resolution), replay(&candidates, &resolved.resolution), "{what}");
}

#[test]
fn rulings_stand_above_the_evidence() {
    let two = &[("a", "Tom Vandermeer"), ("b", "Thomas Vandermeer")][..];
    let three = &[("a", "Tom Vandermeer"), ("b", "Thomas Vandermeer"), ("c", "Ada Quist")][..];
    let namesakes =
        &[("a", "Ada Quist"), ("b", "Ada Quist"), ("c", "Ada Quist"), ("d", "Ada Quist")][..];
    let (tom, thomas, ada) =
        ("Person:Tom Vandermeer", "Person:Thomas Vandermeer", "Person:Ada Quist");
    let rows: &[(&str, &[(&str, &str)], &[&str], &str, &[&str])] = &[
        ("none", two, &[], "ab", &[]),
        ("different", two, &[&format!("different: {tom}, {thomas}")], "a b", &[]),
        ("same", three, &[&format!("same: {tom}, {ada}")], "abc", &[]),
        ("case and accents", three, &["same: Person:TOM VANDÉRMEER, Person:ada quist"], "abc", &[]),
        (
            "a chain does not fuse what is different",
            three,
            &[&format!("different: {thomas}, {ada}"), &format!("same: {tom}, {ada}")],
            "ac b",
            &[],
        ),
        (
            "the latest holds",
            three,
            &[
                &format!("same: {tom}, {thomas}"),
                &format!("same: {thomas}, {ada}"),
                &format!("different: {tom}, {ada}"),
            ],
            "a bc",
            &["1 < 2 3"],
        ),
        (
            "the latest holds the other way round",
            three,
            &[
                &format!("different: {tom}, {ada}"),
                &format!("same: {tom}, {thomas}"),
                &format!("same: {thomas}, {ada}"),
            ],
            "abc",
            &["1 < 2 3"],
        ),
        (
            "one document's bearer is another",
            namesakes,
            &["different: Person:Ada Quist#a, Person:Ada Quist"],
            "a bcd",
            &[],
        ),
        (
            "an exception does not undo the rule",
            &[("a", "Ada Quist"), ("b", "Ada Quist"), ("c", "Ada Quist"), ("d", "Bo Ek")],
            &[
                "same: Person:Ada Quist, Person:Bo Ek",
                "different: Person:Ada Quist#a, Person:Bo Ek",
            ],
            "a bcd",
            &["1 < 2"],
        ),
        (
            "a ruling of which one side is left says nothing",
            &[("a", "Ada Quist"), ("b", "Ada Quist"), ("c", "Bo Ek")],
            &[
                "same: Person:Ada Quist, Person:Bo Ek",
                "split: Person:Ada Quist#*",
                "different: Person:Ada Quist, Person:Bo Ek",
            ],
            "a b c",
            &["1 < 3"],
        ),
        ("split by document", namesakes, &["split: Person:Ada Quist#*"], "a b c d", &[]),
        (
            "split yields to same, whichever came first",
            namesakes,
            &["same: Person:Ada Quist#a, Person:Ada Quist#c", "split: Person:Ada Quist#*"],
            "ac b d",
            &["2 < 1"],
        ),
        ("split by name", two, &[&format!("split: {tom}, {thomas}")], "a b", &[]),
        (
            "several names on a side",
            &[("a", "Ada Quist"), ("b", "Bo Ek"), ("c", "Cy Dor"), ("d", "Di Elm")],
            &["same: Person:Ada Quist + Person:Bo Ek, Person:Di Elm"],
            "abd c",
            &[],
        ),
        (
            "a single name finds its place",
            &[("a", "Vandermeer"), ("b", "Thomas Vandermeer"), ("c", "Vandermeer")],
            &["same: Person:Vandermeer#a, Person:Thomas Vandermeer"],
            "ab c",
            &[],
        ),
        (
            "a single name is kept from its place",
            &[
                ("a", "Vandermeer; special envoy @ Sudan; US"),
                ("b", "Thomas Vandermeer; special envoy @ Sudan; US"),
            ],
            &["different: Person:Vandermeer, Person:Thomas Vandermeer"],
            "a b",
            &[],
        ),
        ("unknown names", two, &["same: Person:Nobody Here, Person:Nor Here"], "ab", &[]),
    ];
    for (what, people, rulings, want, conflicts) in rows {
        check(what, people, rulings, want, conflicts);
    }
}

#[test]
fn a_ruling_joins_across_classes() {
    let mut candidates =
        vec![person("a", 0, "Globex"), person("b", 0, "Globex"), person("c", 0, "Globex Corp")];
    candidates[2].referent.supertype = Supertype::Organization;
    candidates[2].referent.class = "Organization".to_owned();
    let ledger = ledger(&["same: Person:Globex, Organization:Globex Corp"]);
    let resolved = resolved(&candidates, &ledger);
    let (_, entity) = resolved.resolution.entities.first().expect("an entity");
    assert_eq!(resolved.resolution.entities.len(), 1);
    assert_eq!((entity.supertype, entity.class.as_str()), (Supertype::Person, "Person"));
}

#[test]
fn what_a_ruling_names_and_is_not_here_is_told() {
    let candidates = [person("a", 0, "Ada Quist")];
    let resolved = resolved(&candidates, &ledger(&["same: Person:Ada Quist, Person:Bo Ek"]));
    assert_eq!(resolved.remarks.silent, [(1, "Person:Bo Ek".to_owned())]);
}

/// Rulings about the people of a crowd.
fn rulings(candidates: usize) -> impl Strategy<Value = Ledger> {
    let selector = (0..candidates, 0..4_u8);
    let side = proptest::collection::vec(selector, 1..3);
    let ruling = (0..5_u8, proptest::collection::vec(side, 2..4), 0..3_u8);
    proptest::collection::vec(ruling, 0..7).prop_map(move |rulings| {
        let people = crowd(candidates as u32);
        let write = |(at, scope): &(usize, u8)| {
            let candidate = &people[*at];
            let selector = format!("Person:{}", candidate.referent.name.trim());
            match scope {
                0 | 1 => selector,
                2 => format!("{selector}#{}", candidate.id.document),
                _ => format!("{selector}#{}#e{}", candidate.id.document, candidate.id.referent.0),
            }
        };
        let row = |(verdict, sides, _): &(u8, Vec<Vec<(usize, u8)>>, u8)| {
            let verdict = ["same", "same", "different", "different", "split"][*verdict as usize];
            let side = |side: &Vec<_>| side.iter().map(write).collect::<Vec<_>>().join(" + ");
            format!("{verdict}: {}", sides.iter().map(side).collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<String> = rulings.iter().map(row).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let mut ledger = ledger(&rows);
        for (ruling, (.., day)) in ledger.rulings.iter_mut().zip(&rulings) {
            ruling.date = format!("2024-01-0{}", day + 1);
        }
        ledger
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (ledger, order) in rulings(60).prop_flat_map(|ledger| {
            let order: Vec<usize> = (0..ledger.rulings.len()).collect();
            (Just(ledger), Just(order).prop_shuffle())
        }),
        turn in 0..60_usize,
    ) {
        let candidates = crowd(60);
        let mut turned = candidates.clone();
        let want = resolved(&candidates, &ledger);
        let rulings = order.iter().map(|at| ledger.rulings[*at].clone()).collect();
        turned.rotate_left(turn);
        let got = resolved(&turned, &Ledger { rulings, ..Ledger::default() });
        prop_assert_eq!(&got.resolution, &want.resolution);
        prop_assert_eq!(&got.remarks, &want.remarks);
        prop_assert_eq!(clusters(&got.resolution), replay(&candidates, &got.resolution));
    }

    #[test]
    fn undoing_in_any_order_gives_what_was_before(
        (ledger, order) in rulings(45).prop_flat_map(|ledger| {
            let numbers: Vec<u32> = ledger.rulings.iter().map(|ruling| ruling.number).collect();
            (Just(ledger), Just(numbers).prop_shuffle())
        }),
    ) {
        let candidates = crowd(45);
        let mut left = ledger.clone();
        for number in order {
            prop_assert!(left.undo(Some(number), Retraction::default()).is_some());
            // Row by row again, as a user would.
            let mut written = Ledger::default();
            for ruling in left.by_rank() {
                written.rulings.insert(0, ruling.clone());
            }
            prop_assert_eq!(
                resolved(&candidates, &left).resolution,
                resolved(&candidates, &written).resolution
            );
        }
        prop_assert_eq!(
            resolved(&candidates, &left).resolution,
            resolved(&candidates, &Ledger::default()).resolution
        );
    }

    #[test]
    fn demands_that_nothing_contradicts_are_met(ledger in rulings(60)) {
        let candidates = crowd(60);
        let resolved = resolved(&candidates, &ledger);
        let yields = |number: u32| resolved.remarks.conflicts.iter().any(|c| c.ruling == number);
        let of = |side: &Side| -> Vec<&str> {
            let mut found: Vec<&str> = candidates
                .iter()
                .filter(|candidate| {
                    side.selectors.iter().any(|selector| {
                        let text = selector.to_string();
                        let mut parts = text.split('#');
                        let name = parts.next().and_then(|name| name.strip_prefix("Person:"));
                        name.is_some_and(|name| name == candidate.referent.name.trim())
                            && parts.next().is_none_or(|d| d == candidate.id.document.0)
                            && parts
                                .next()
                                .is_none_or(|e| e == format!("e{}", candidate.id.referent.0))
                    })
                })
                .map(|candidate| resolved.resolution.of[&candidate.id].0.as_str())
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        for ruling in ledger.rulings.iter().filter(|ruling| !yields(ruling.number)) {
            let sides: Vec<Vec<&str>> = ruling.sides.iter().map(of).collect();
            match ruling.verdict {
                Verdict::Same => {
                    let all: std::collections::BTreeSet<&str> =
                        sides.iter().flatten().copied().collect();
                    prop_assert!(all.len() <= 1, "{}: {all:?}", ruling.in_short());
                }
                // Sides that overlap share out who is on both; only whole
                // names are looked at here.
                Verdict::Different | Verdict::Split => {
                    let names: std::collections::BTreeSet<&Side> = ruling.sides.iter().collect();
                    let is_plain = |side: &Side| {
                        side.selectors.iter().all(|s| s.document().is_none())
                    };
                    let mut seen = std::collections::BTreeSet::new();
                    let overlap = names.iter().any(|side| {
                        side.selectors.iter().any(|s| !seen.insert(s.to_string()))
                    });
                    if overlap || names.len() < 2 || !ruling.sides.iter().all(is_plain) {
                        continue;
                    }
                    // A side that stands there twice is one side.
                    let sides: Vec<Vec<&str>> = names.iter().map(|side| of(side)).collect();
                    for (at, a) in sides.iter().enumerate() {
                        for b in sides.iter().skip(at + 1) {
                            prop_assert!(
                                a.iter().all(|x| !b.contains(x)),
                                "{}",
                                ruling.in_short()
                            );
                        }
                    }
                }
            }
        }
    }
}
