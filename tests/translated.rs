//! What releases and their translations say is the same.
//!
//! `tests/translated/` has English releases and their translations into Urdu. Both
//! are read and resolved together; a claim of one is found in the other if it has
//! the same relation and the same ends. Of the claims that only one of them makes,
//! `judged.tsv` says which a person finds right or wrong.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use assert_cmd::Command;
use silsila::ontology::Ontology;
use silsila::record::{ClaimRow, EntityRow, Rows};

const FLOORS: &str = include_str!("quality/floors.toml");
const JUDGED: &str = include_str!("translated/judged.tsv");

/// The releases whose translations were looked at while rules were written; the
/// others served for counting only.
const SEEN: [&str; 5] = ["261691", "261937", "265103", "326267", "343486"];

/// A claim: release, relation and the ids of its ends.
type Key = (String, String, String, String);

/// Claims by key, with their rows.
type Claims = BTreeMap<Key, Vec<ClaimRow>>;

/// The floor of a figure in the section of a set, in percent.
fn floor(set: &str, figure: &str) -> f64 {
    let section = FLOORS.split_once(&format!("[translated_{set}]")).expect("floors of the set").1;
    let section = section.split_once("\n[").map_or(section, |(own, _)| own);
    let value =
        section.lines().find_map(|line| line.strip_prefix(figure)?.trim().strip_prefix('='));
    let value = value.and_then(|value| value.split('#').next()).expect("a floor of the figure");
    value.trim().parse().expect("a floor is a number")
}

/// The claims of both languages whose ends have names.
fn claims() -> BTreeMap<String, Claims> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/translated");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    Command::cargo_bin("silsila")
        .expect("the binary")
        .args(["build", "-q"])
        .args([root.join("en"), root.join("ur")])
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
    let open = |name: &str| BufReader::new(File::open(out.join(name)).expect("a table"));
    let named: BTreeSet<String> = Rows::<EntityRow, _>::new(open("entities.jsonl"))
        .map(|row| row.expect("an entity"))
        .filter(|row| !row.names.is_empty())
        .map(|row| row.id)
        .collect();
    let ontology = Ontology::builtin();
    let mut claims: BTreeMap<String, Claims> = BTreeMap::new();
    for row in Rows::<ClaimRow, _>::new(open("claims.jsonl")) {
        let row = row.expect("a claim");
        let path = row.source.as_ref().and_then(|source| source.path.clone()).expect("a path");
        let path = Path::new(&path);
        let part =
            |part: Option<&std::ffi::OsStr>| part.and_then(|p| p.to_str()).map(str::to_owned);
        let release = part(path.file_stem()).expect("a name");
        let language = part(path.parent().and_then(Path::file_name)).expect("a folder");
        let (mut a, mut b) = (row.subject.entity.clone(), row.object.entity.clone());
        if !named.contains(&a) || !named.contains(&b) {
            continue;
        }
        if ontology.relations.get(&row.relation).is_some_and(|r| r.symmetric) && b < a {
            std::mem::swap(&mut a, &mut b);
        }
        let key = (release, row.relation.clone(), a, b);
        claims.entry(language).or_default().entry(key).or_default().push(row);
    }
    claims
}

/// What people say of a claim: `right` or `wrong`, or nothing.
fn verdict(language: &str, key: &Key, rows: &[ClaimRow]) -> Option<&'static str> {
    let row = rows.first()?;
    JUDGED.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let [of, release, relation, subject, object, verdict, ..] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let is_it = of == language
            && (release, relation) == (key.0.as_str(), key.1.as_str())
            && (subject, object) == (row.subject.name.as_str(), row.object.name.as_str());
        is_it.then_some(verdict)
    })
}

/// The figures of a set, in percent: recall and precision, the same after a
/// person has judged what is not in both, and how often factuality and dates agree.
fn figures(
    claims: &BTreeMap<String, Claims>,
    is_in: impl Fn(&str) -> bool,
) -> BTreeMap<&'static str, f64> {
    let of = |language: &str| -> Claims {
        let all = claims.get(language).expect("claims").iter();
        all.filter(|((release, ..), _)| is_in(release))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    };
    let (english, urdu) = (of("en"), of("ur"));
    let both: Vec<&Key> = english.keys().filter(|key| urdu.contains_key(*key)).collect();
    let judged = |language: &str, from: &Claims, other: &Claims, want: &str| {
        let only = from.iter().filter(|(key, _)| !other.contains_key(*key));
        only.filter(|(key, rows)| verdict(language, key, rows) == Some(want)).count() as f64
    };
    let wrong = judged("en", &english, &urdu, "wrong");
    let right = judged("ur", &urdu, &english, "right");
    let agree = |same: &dyn Fn(&ClaimRow, &ClaimRow) -> bool,
                 counts: &dyn Fn(&ClaimRow) -> bool| {
        let counted: Vec<&&Key> =
            both.iter().filter(|key| english[**key].iter().any(counts)).collect();
        let agreeing = counted.iter().filter(|key| {
            english[***key].iter().any(|a| counts(a) && urdu[***key].iter().any(|b| same(a, b)))
        });
        100.0 * agreeing.count() as f64 / counted.len().max(1) as f64
    };
    let share = |part: f64, of: f64| 100.0 * part / of.max(1.0);
    let (found, en, ur) = (both.len() as f64, english.len() as f64, urdu.len() as f64);
    for (language, from, other) in [("en", &english, &urdu), ("ur", &urdu, &english)] {
        for (key, rows) in from.iter().filter(|(key, _)| !other.contains_key(*key)) {
            let verdict = verdict(language, key, rows).unwrap_or("-");
            let (a, b) = (&rows[0].subject.name, &rows[0].object.name);
            println!("{language}\t{}\t{}\t{a}\t{b}\t{verdict}", key.0, key.1);
        }
    }
    BTreeMap::from([
        ("recall", share(found, en)),
        ("precision", share(found, ur)),
        ("judged_recall", share(found, en - wrong)),
        ("judged_precision", share(found + right, ur)),
        ("factuality", agree(&|a, b| a.factuality == b.factuality, &|_| true)),
        ("dates", agree(&|a, b| (&a.from, &a.to) == (&b.from, &b.to), &|a| a.from.is_some())),
    ])
}

#[test]
fn translations_say_the_same() {
    let claims = claims();
    let mut low = Vec::new();
    for (set, is_seen) in [("seen", true), ("unseen", false)] {
        let figures = figures(&claims, |release| SEEN.contains(&release) == is_seen);
        println!("{set}: {figures:.0?}");
        for (figure, value) in figures {
            let floor = floor(set, figure);
            if value < floor {
                low.push(format!("{set} {figure}: {value:.1}, not {floor}"));
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}
