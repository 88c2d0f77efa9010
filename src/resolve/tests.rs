//! Tests of who is who, through the front door.

use indexmap::IndexMap;

use crate::document::DocumentId;
use crate::entity::ReferentId;
use crate::mention::{Gender, HeldOffice, Referent, ReferentIdx, Supertype};
use crate::resolution::{Candidate, Judgement, Resolution};
use crate::span::Span;

use super::{compare, resolve};

/// A person in a document, "Name; office of body; country; companions".
pub(super) fn person(document: &str, index: u32, text: &str) -> Candidate {
    candidate(document, index, text, Supertype::Person, "Person")
}

fn candidate(
    document: &str,
    index: u32,
    text: &str,
    supertype: Supertype,
    class: &str,
) -> Candidate {
    let mut fields = text.split(';').map(str::trim);
    let name = fields.next().unwrap_or_default();
    let office = fields.next().filter(|f| !f.is_empty());
    let country = fields.next().filter(|f| !f.is_empty());
    let companions = fields.next().unwrap_or_default();
    let (title, of) = match office.map(|o| o.split_once(" @ ").unwrap_or((o, ""))) {
        Some((title, of)) => (Some(title), (!of.is_empty()).then(|| of.to_owned())),
        None => (None, None),
    };
    Candidate {
        id: ReferentId { document: DocumentId(document.to_owned()), referent: ReferentIdx(index) },
        referent: Referent {
            name: name.to_owned(),
            supertype,
            class: class.to_owned(),
            mentions: Vec::new(),
            offices: title
                .map(|title| HeldOffice {
                    title: title.to_owned(),
                    span: Span::new(0, 0),
                    of: None,
                })
                .into_iter()
                .collect(),
            gender: Gender::Unknown,
            country: country.map(str::to_owned),
            wikidata: None,
            is_named: true,
            members: Vec::new(),
            also: Vec::new(),
            mistranslated: Vec::new(),
        },
        forms: IndexMap::from([(name.to_owned(), 1)]),
        office_of: title.map(|_| of).into_iter().collect(),
        language: "en".to_owned(),
        companions: companions
            .split(',')
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

/// The partition: each entity as the sorted list of its referents' texts.
pub(super) fn clusters(resolution: &Resolution) -> Vec<Vec<String>> {
    let mut clusters: Vec<Vec<String>> = resolution
        .entities
        .values()
        .map(|e| e.referents.iter().map(|r| format!("{}{}", r.document, r.referent.0)).collect())
        .collect();
    clusters.sort();
    clusters
}

/// Whether the referents `a` and `b` ("d1/0") are one entity.
fn is_one(resolution: &Resolution, a: usize, b: usize, candidates: &[Candidate]) -> bool {
    resolution.of[&candidates[a].id] == resolution.of[&candidates[b].id]
}

#[test]
fn people_are_joined_and_kept_apart() {
    // What it shows; two people; whether they are one.
    let rows: &[(&str, &str, &str, bool)] = &[
        ("same name", "Ingrid Solheim", "Ingrid Solheim", true),
        ("accents and case", "José Álvarez Núñez", "Jose ALVAREZ Nunez", true),
        ("nickname", "Tom Vandermeer", "Thomas Vandermeer", true),
        (
            "spelling by sound",
            "Margaret Torst; deputy assistant secretary",
            "Margaret Turst; assistant secretary",
            true,
        ),
        ("middle initial", "Peter J. Halloran", "Peter Halloran", true),
        ("romanization", "Mohammad Qasim Nooristani", "Muhammad Kasim Nuristani", true),
        ("surname in front", "Nguyen Thi Binh", "Thi Binh Nguyen", true),
        ("siblings", "Fidel Castro", "Raul Castro", false),
        ("one surname, other given names", "Nadir Mazari", "Sohail Akbar Mazari", false),
        ("one given name", "Thomas Vandermeer", "Thomas Lockhart", false),
        (
            "successor in an office",
            "Anna Lind; foreign minister @ Sweden",
            "Anna Linde; foreign minister @ Sweden",
            true,
        ),
        ("surname alone", "Lockhart", "Thomas Lockhart", false),
        (
            "surname alone, with the office",
            "Lockhart; special envoy @ Sudan; US",
            "Thomas Lockhart; special envoy @ Sudan; US",
            true,
        ),
        ("surname alone twice", "Lockhart", "Lockhart", false),
        ("generations", "Peter Halloran Jr.", "Peter Halloran III", false),
        ("a frequent name, nothing else", "Li Wei", "Li Wei", false),
        ("a frequent name, one office", "Li Wei; envoy", "Li Wei; envoy", true),
        ("a rare name, nothing else", "Julieta Brandvold", "Julieta Brandvold", true),
        ("half of a hyphenated name", "Jean-Luc", "Jean-Luc Marchetti", false),
        ("a king and his grandson", "Harald V", "Harald VII", false),
        ("addressed as a woman", "Mrs. Vandermeer", "Thomas Vandermeer", false),
    ];
    for (what, a, b, want) in rows {
        let candidates = [person("a", 0, a), person("b", 0, b)];
        let resolution = resolve(&candidates);
        assert_eq!(
            is_one(&resolution, 0, 1, &candidates),
            *want,
            "{what}: {a} | {b}: {:#?}",
            resolution.decisions
        );
    }
}

#[test]
fn gender_tells_namesakes_apart() {
    let mut candidates = [person("a", 0, "Robin Li"), person("b", 0, "Robin Li")];
    candidates[0].referent.gender = Gender::Masculine;
    assert!(is_one(&resolve(&candidates), 0, 1, &candidates));
    candidates[1].referent.gender = Gender::Feminine;
    candidates[0].referent.country = Some("CN".to_owned());
    candidates[1].referent.country = Some("US".to_owned());
    let resolution = resolve(&candidates);
    assert!(!is_one(&resolution, 0, 1, &candidates));
    assert!(
        resolution.decisions.iter().any(|d| d.rejected.is_some()),
        "{:?}",
        resolution.decisions
    );
}

#[test]
fn one_document_tells_people_apart() {
    let candidates = [person("a", 0, "Jon Whitfield"), person("a", 1, "John Whitfield")];
    assert!(!is_one(&resolve(&candidates), 0, 1, &candidates));
    let candidates = [person("a", 0, "Jon Whitfield"), person("b", 0, "John Whitfield")];
    assert!(is_one(&resolve(&candidates), 0, 1, &candidates));
}

#[test]
fn one_document_slips() {
    // Two names of one document; whether they are one.
    let rows = [
        ("Jonas Whitfield", "Jonas Whitfeild", true),
        ("Thomas Whitfield", "Tom Whitfield", true),
        ("Whitfield Ada", "Ada Whitfield", true),
        ("Oleg Petrenkov", "Олег Петренков", true),
        ("Jonas Whitfield", "Tomas Whitfield", false),
    ];
    for (a, b, want) in rows {
        let candidates = [person("a", 0, a), person("a", 1, b)];
        assert_eq!(is_one(&resolve(&candidates), 0, 1, &candidates), want, "{a} | {b}");
    }
}

#[test]
fn a_single_name_is_its_likeliest_bearer() {
    // How many documents name Nadir and Sohail Mazari; whether "Mazari" is one
    // of them, and which.
    let rows = [(12, 0, "Nadir"), (12, 1, "Nadir"), (1, 12, "Sohail"), (6, 6, "")];
    for (nadir, sohail, want) in rows {
        let people = |name: &'static str, count: u32| {
            (0..count)
                .map(move |i| person(&format!("{name}{i}"), 0, &format!("{name} Mazari; envoy")))
        };
        let mut candidates: Vec<Candidate> =
            people("Nadir", nadir).chain(people("Sohail", sohail)).collect();
        candidates.push(person("z", 0, "Mazari; envoy"));
        let resolution = resolve(&candidates);
        let single = candidates.len() - 1;
        let bearers: std::collections::BTreeSet<&str> = (0..single)
            .filter(|i| is_one(&resolution, *i, single, &candidates))
            .filter_map(|i| candidates[i].referent.name.split(' ').next())
            .collect();
        let bearers: Vec<&str> = bearers.into_iter().collect();
        assert_eq!(bearers.join(" "), want, "{nadir} {sohail}");
    }
}

#[test]
fn one_wrong_link_does_not_fuse() {
    // The middle name agrees with both ends, which are two people.
    let candidates = [
        person("a", 0, "James William Porter"),
        person("b", 0, "James Porter"),
        person("c", 0, "James Howard Porter"),
    ];
    let resolution = resolve(&candidates);
    assert!(!is_one(&resolution, 0, 2, &candidates));
    assert_eq!(resolution.entities.len(), 2);
    assert!(resolution.decisions.iter().any(|d| d.rejected.is_some()));
}

#[test]
fn wikidata_ids_decide() {
    let place = |document: &str, name: &str, id: Option<&str>| {
        let mut place = candidate(document, 0, name, Supertype::Place, "Country");
        place.referent.wikidata = id.map(str::to_owned);
        place
    };
    let rows = [
        ("U.S.", Some("Q30"), "United States", Some("Q30"), true),
        ("Georgia", Some("Q230"), "Georgia", Some("Q1428"), false),
        ("Pakistan", Some("Q843"), "Pakistan", None, true),
        ("Islamabad", Some("Q1362"), "Pakistan", Some("Q843"), false),
        ("Nigeria", None, "Niger", None, false),
    ];
    for (a, i, b, j, want) in rows {
        let candidates = [place("a", a, i), place("b", b, j)];
        assert_eq!(is_one(&resolve(&candidates), 0, 1, &candidates), want, "{a} | {b}");
    }
}

#[test]
fn bodies_are_joined_and_kept_apart() {
    let rows = [
        ("World Health Organization", "WHO", true),
        ("World Health Organization", "World Health Organisation", true),
        ("Acme Widgets Ltd.", "Acme Widgets Limited", true),
        ("Acme Widgets", "Acme Widgets Polska", false),
        ("Ministry of Defence;;FR", "Ministry of Defense;;FR", true),
        ("Foreign Ministry;;CN", "Foreign Ministry;;RU", false),
        ("Foreign Ministry", "Foreign Ministry", false),
        ("Foreign Ministry", "Interior Ministry", false),
        ("Brigade 44", "Brigade Forty-Four", true),
        ("Brigade 44", "Brigade 45", false),
        ("7th Fleet", "Seventh Fleet", true),
        ("Department of Justice;;US", "Justice Department;;US", true),
        ("Department of Justice;;US", "US Department;;US", false),
        ("Bank of Elbonia", "University of Elbonia", false),
        ("French Coast Guard;;FR", "Coast Guard;;FR", true),
        ("French Coast Guard", "Coast Guard", false),
        ("Security Forum", "Northern Security Forum", false),
        ("Young Leaders Initiative", "YLI", true),
        ("YALE", "YALI", false),
    ];
    for (a, b, want) in rows {
        let body = |document: &str, text: &str| {
            candidate(document, 0, text, Supertype::Organization, "Organization")
        };
        let candidates = [body("a", a), body("b", b)];
        let resolution = resolve(&candidates);
        assert_eq!(
            is_one(&resolution, 0, 1, &candidates),
            want,
            "{a} | {b}: {:#?}",
            resolution.decisions
        );
    }
}

#[test]
fn unnamed_people_stay_in_their_document_and_groups_do_not() {
    let mut diplomat = [person("a", 0, "the diplomat"), person("b", 0, "the diplomat")];
    for candidate in &mut diplomat {
        candidate.referent.is_named = false;
        candidate.forms.clear();
    }
    assert!(!is_one(&resolve(&diplomat), 0, 1, &diplomat));
    let group = |document: &str, name: &str| {
        let mut group = candidate(document, 0, name, Supertype::Group, "Group");
        group.referent.is_named = false;
        group.forms.clear();
        group
    };
    let groups = [
        group("a", "Syrian refugees"),
        group("b", "Syrian refugees"),
        group("c", "Syrian officials"),
    ];
    let resolution = resolve(&groups);
    assert!(is_one(&resolution, 0, 1, &groups));
    assert!(!is_one(&resolution, 0, 2, &groups));
}

#[test]
fn the_canonical_name_is_complete_and_frequent() {
    let forms: [(&[(&str, u32)], &str); 4] = [
        (&[("Rowe", 40), ("Helen Rowe", 3), ("Helen P. Rowe", 2)], "Helen Rowe"),
        (&[("Helen Rowe", 2), ("Helen P. Rowe", 2)], "Helen P. Rowe"),
        (&[("HELEN ROWE", 9), ("Helen Rowe", 1)], "Helen Rowe"),
        (&[("Dr. Helen Rowe", 9), ("Helen Rowe", 1)], "Helen Rowe"),
    ];
    for (forms, want) in forms {
        let mut candidate = person("a", 0, "Helen Rowe");
        candidate.forms = forms.iter().map(|(form, count)| ((*form).to_owned(), *count)).collect();
        let resolution = resolve(&[candidate]);
        let (id, entity) = resolution.entities.first().expect("one entity");
        assert_eq!(entity.name, want);
        assert!(id.0.starts_with("helen-"), "{id}");
    }
}

#[test]
fn ids_survive_new_articles() {
    let first = [person("m", 0, "Helen Rowe; mayor"), person("n", 0, "Tom Vandermeer")];
    let before = resolve(&first);
    let mut all = first.to_vec();
    all.extend([
        person("a", 0, "Helen Rowe"),
        person("z", 0, "Thomas Vandermeer"),
        person("b", 0, "Ada Quist"),
    ]);
    let after = resolve(&all);
    for candidate in &first[..1] {
        assert_eq!(before.of[&candidate.id], after.of[&candidate.id]);
    }
}

#[test]
fn merges_alone_give_the_entities() {
    let candidates: Vec<Candidate> = crowd(300);
    let resolution = resolve(&candidates);
    assert_eq!(clusters(&resolution), replay(&candidates, &resolution));
}

/// The partition that the decisions which made a merge give.
pub(super) fn replay(candidates: &[Candidate], resolution: &Resolution) -> Vec<Vec<String>> {
    let mut group: std::collections::BTreeMap<&ReferentId, usize> =
        candidates.iter().enumerate().map(|(i, c)| (&c.id, i)).collect();
    for decision in resolution.decisions.iter().filter(|d| d.rejected.is_none()) {
        let (from, to) = (group[&decision.a.0], group[&decision.b.0]);
        for g in group.values_mut().filter(|g| **g == from) {
            *g = to;
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<String>> =
        std::collections::BTreeMap::new();
    for (id, g) in group {
        groups.entry(g).or_default().push(format!("{}{}", id.document, id.referent.0));
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort();
    groups
}

/// People of made-up names that are alike, over documents of three.
pub(super) fn crowd(count: u32) -> Vec<Candidate> {
    let given =
        ["Tom", "Thomas", "Liz", "Elizabeth", "Mohammed", "Muhammad Ali", "J.", "John", "Jon", ""];
    let family = ["Torst", "Turst", "Khan", "bin Zayd", "Lavrov", "Lavroff", "Smith Jr.", "Smith"];
    let office = ["", "envoy", "foreign minister @ Elbonia", "minister"];
    let mut state = 12345_u32;
    let mut pick = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % n
    };
    (0..count)
        .map(|i| {
            let text = format!(
                "{} {};{};{};{}",
                given[pick(given.len())],
                family[pick(family.len())],
                office[pick(office.len())],
                ["", "US", "AE"][pick(3)],
                ["", "Ada Quist", "Ada Quist, Bo Ek"][pick(3)],
            );
            person(&format!("d{:03}-", i / 3), i % 3, &text)
        })
        .collect()
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn shuffled_candidates_give_the_same(order in Just((0..90_usize).collect::<Vec<_>>()).prop_shuffle()) {
            let candidates = crowd(90);
            let shuffled: Vec<Candidate> = order.iter().map(|i| candidates[*i].clone()).collect();
            prop_assert_eq!(resolve(&candidates), resolve(&shuffled));
        }

        #[test]
        fn any_two_strings_compare_alike_in_both_directions(
            a in "\\PC{0,40}", b in "[A-Za-z .,'\"()&-]{0,40}|\\PC{0,20}", which in 0..6_usize
        ) {
            let supertype = Supertype::ALL[which];
            let (x, y) = (compare(&a, &b, supertype), compare(&b, &a, supertype));
            prop_assert!((0.0..=1.0).contains(&x.score));
            prop_assert!((x.score - y.score).abs() < 1e-6, "{} {}", x.score, y.score);
        }

        #[test]
        fn any_names_resolve(names in proptest::collection::vec("\\PC{0,30}", 0..12)) {
            let candidates: Vec<Candidate> = names
                .iter()
                .enumerate()
                .map(|(i, name)| {
                    let mut c = person(&format!("d{i}"), 0, "");
                    c.referent.name.clone_from(name);
                    c.referent.supertype = Supertype::ALL[i % 6];
                    c.forms = IndexMap::from([(name.clone(), 1)]);
                    c
                })
                .collect();
            let resolution = resolve(&candidates);
            prop_assert_eq!(resolution.of.len(), candidates.len());
            prop_assert_eq!(clusters(&resolution), replay(&candidates, &resolution));
        }
    }

    #[test]
    fn odd_names_do_not_panic() {
        let long = "Very Long Name ".repeat(700);
        let letters = "x".repeat(10_000);
        let odd = [
            "",
            " ",
            ".",
            "-",
            "'",
            "\"",
            "()",
            "👩‍🚀 🇵🇰",
            "\u{202E}evil\u{202C}",
            "علي بن أبي طالب",
            "习近平",
            "a",
            "A.",
            "al-",
            "bin",
            "Abd al-",
            "Dr.",
            "President",
            "Jr.",
            ", ,",
            "\u{0}",
            "\u{301}\u{301}",
            "ﷺ",
            "İstanbul",
            "ß",
            &long,
            &letters,
        ];
        for a in odd {
            for b in odd {
                for supertype in Supertype::ALL {
                    let comparison = compare(a, b, supertype);
                    assert!(comparison.score.is_finite(), "{a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn judgements_of_names() {
    use Judgement::{Different, Same, Unsure};
    let rows = [
        ("Kofi Annan", "Kofi Annan", Same),
        ("Bob Dole", "Robert Dole", Same),
        ("Hillary R. Clinton", "Hillary Rodham Clinton", Same),
        ("Moammar Gadhafi", "Muammar Qaddafi", Same),
        ("Mikhail Gorbachev", "Michail Gorbatschow", Same),
        ("Gen. Powell", "Colin Powell", Same),
        ("Powell", "Colin Powell", Unsure),
        ("Bill Clinton", "Hillary Clinton", Different),
        ("George W. Bush", "George H. W. Bush", Different),
        ("Kim Il Sung", "Kim Jong Un", Different),
        ("Colin Powell", "", Different),
    ];
    for (a, b, want) in rows {
        let comparison = compare(a, b, Supertype::Person);
        assert_eq!(comparison.judgement, want, "{a} | {b}: {comparison:#?}");
        let weights: Vec<f64> = comparison.reasons.iter().map(|r| r.weight.abs()).collect();
        assert!(weights.is_sorted_by(|a, b| a >= b), "{a} | {b}: weightiest first");
        assert!(!comparison.reasons.is_empty());
    }
}
