//! Who may use whom, and where foreign types may be known.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

const VERBS: &[&str] = &["ingest", "annotate", "extract", "resolve", "export"];
const NOUNS: &[&str] = &[
    "span",
    "date",
    "document",
    "token",
    "mention",
    "claim",
    "entity",
    "ledger",
    "reference",
    "resolution",
    "graph",
    "diagnostic",
];

fn sources(below: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("readable source");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The module of a file below `src`: its folder or its name.
fn module(path: &Path) -> String {
    let inner = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("a file below src");
    let first = inner.components().next().expect("a path").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The lines of a source before its tests, comments left out.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn uses(text: &str, module: &str) -> bool {
    let path = format!("crate::{module}");
    code(text).any(|line| {
        line.match_indices(&path).any(|(at, _)| {
            line.get(at + path.len()..)
                .and_then(|rest| rest.chars().next())
                .is_none_or(|next| !next.is_alphanumeric() && next != '_')
        })
    })
}

#[test]
fn no_verb_uses_a_verb() {
    for (path, text) in sources("src") {
        let module = module(&path);
        if VERBS.contains(&module.as_str()) {
            for verb in VERBS.iter().filter(|&&verb| verb != module) {
                assert!(!uses(&text, verb), "{} uses the stage {verb}", path.display());
            }
            for rim in ["pipeline", "record"] {
                assert!(!uses(&text, rim), "{} uses {rim}", path.display());
            }
        }
    }
}

#[test]
fn nouns_use_only_nouns_and_the_ontology() {
    for (path, text) in sources("src") {
        let module = module(&path);
        if NOUNS.contains(&module.as_str()) || module == "ontology" {
            for other in VERBS.iter().chain(&["lang", "record", "pipeline", "store"]) {
                assert!(!uses(&text, other), "{} uses {other}", path.display());
            }
        }
    }
}

#[test]
fn only_annotate_and_resolve_use_languages() {
    for (path, text) in sources("src") {
        let module = module(&path);
        if !["annotate", "resolve", "lang", "pipeline", "bin"].contains(&module.as_str()) {
            assert!(!uses(&text, "lang"), "{} uses lang", path.display());
        }
    }
}

#[test]
fn foreign_types_are_known_in_one_place() {
    for (foreign, allowed) in [
        ("oxrdf", &["ontology/turtle.rs", "export/rdf"][..]),
        ("oxttl", &["ontology/turtle.rs", "export/rdf"]),
        ("oxigraph", &["store.rs"]),
        ("petgraph", &["graph"]),
        ("quick_xml", &["export/xml.rs"]),
        ("zip", &["export/tables"]),
        ("clap", &["bin/"]),
        ("anyhow", &["bin/"]),
        ("indicatif", &["bin/"]),
        ("serde", &["record", "annotate/model", "ingest", "lang", "store"]),
    ] {
        for (path, text) in sources("src") {
            let known = path.to_string_lossy().replace('\\', "/");
            let inner = known.split("/src/").last().unwrap_or("");
            if allowed.iter().any(|allowed| inner.starts_with(allowed)) {
                continue;
            }
            let named = code(&text).any(|line| {
                line.contains(&format!("{foreign}::")) || line.contains(&format!("use {foreign}"))
            });
            assert!(!named, "{inner} knows {foreign}, which only {allowed:?} may");
        }
    }
}

#[test]
fn only_the_binary_touches_files_and_the_clock() {
    for (path, text) in sources("src") {
        if module(&path) == "bin" {
            continue;
        }
        for forbidden in
            ["std::fs", "std::env", "SystemTime", "Instant::now", "println!", "eprintln!"]
        {
            assert!(
                !code(&text).any(|line| line.contains(forbidden)),
                "{} uses {forbidden}",
                path.display()
            );
        }
    }
}

#[test]
fn the_code_map_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(text.lines().count() <= 200, "ARCHITECTURE.md is longer than 200 lines");
    let mut checked = 0;
    for word in text.split('`').skip(1).step_by(2) {
        let is_path = word.contains('/') && !word.contains([' ', '<', '→']) && !word.contains("::");
        if is_path {
            assert!(root.join(word).exists(), "ARCHITECTURE.md names {word}, which does not exist");
            checked += 1;
        }
    }
    assert!(checked > 10, "ARCHITECTURE.md names hardly any path");
}

#[test]
fn every_module_says_what_it_does() {
    for (path, text) in sources("src") {
        assert!(text.starts_with("//!"), "{} has no module comment", path.display());
    }
}
