//! The questions of the README have the answers that stand there.
#![cfg(test)]

use std::path::Path;

use assert_cmd::Command;
use silsila::ontology::Ontology;

/// The fenced blocks of a Markdown text: language and content.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, content)), None) => {
                content.push_str(line.trim_end());
                content.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

#[test]
fn questions_are_answered_as_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let silsila = || Command::cargo_bin("silsila").expect("the binary");
    silsila()
        .args(["build", "-q", "--format", "nquads"])
        .arg(root.join("samples"))
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
    let mut questions = 0;
    let blocks = blocks(&readme);
    for pair in blocks.windows(2) {
        let [(first, question), (second, answer)] = pair else { continue };
        if first != "sparql" || second != "text" {
            continue;
        }
        questions += 1;
        let output = silsila().arg("query").arg(&out).arg(question).output().expect("it runs");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let printed: String =
            printed.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        assert_eq!(&printed, answer, "{question}");
    }
    assert_eq!(questions, 3);
}

#[test]
fn relations_are_listed_by_their_event_types() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let ontology = Ontology::builtin();
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for relation in ontology.relations.values() {
        let family = relation.family.as_deref().unwrap_or("none: a state");
        let label = relation.labels["en"].as_str();
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, labels)) => labels.push(label),
            None => families.push((family, vec![label])),
        }
    }
    for (family, labels) in families {
        let row = format!("| {family} | {} |", labels.join(", "));
        assert!(readme.lines().any(|line| line == row), "the README lacks the row\n{row}");
    }
}
