//! `docs/your-own-relation.md` is true, and relations of other namespaces work
//! in every output.
#![cfg(test)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with what stands in `docs/examples`.
fn examples() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(root().join("docs/examples")).expect("docs/examples") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, folder.path().join(name)).expect("it can be copied");
    }
    folder
}

/// The fenced blocks of a Markdown text: language and content.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language, String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, content)), None) => {
                content.push_str(line);
                content.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The arguments of a command line, of which single quotes keep some together.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

/// What a command line of the page prints, results before messages.
fn printed(folder: &Path, line: &str) -> String {
    let arguments = arguments(line);
    assert_eq!(arguments[0], "silsila", "{line}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_silsila"));
    let output = command.current_dir(folder).args(&arguments[1..]).output().expect("it runs");
    assert_ne!(output.status.code(), Some(2), "{line}: {output:?}");
    let printed = [output.stdout, output.stderr].map(|b| String::from_utf8(b).expect("UTF-8"));
    printed.concat().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn the_page_is_true() {
    let folder = examples();
    let business = fs::read_to_string(root().join("docs/examples/business.ttl")).expect("a file");
    let page = fs::read_to_string(root().join("docs/your-own-relation.md")).expect("the page");
    let blocks = blocks(&page);
    let mut commands = 0;
    for (at, (language, content)) in blocks.iter().enumerate() {
        match *language {
            "turtle" => match content.strip_prefix("# ") {
                // A file of the page's own.
                Some(named) => {
                    let (name, _) = named.split_once('\n').expect("a line");
                    fs::write(folder.path().join(name), content).expect("it can be written");
                }
                None => assert!(business.contains(content), "not in business.ttl:\n{content}"),
            },
            "sh" => {
                commands += 1;
                let printed = printed(folder.path(), content);
                let expected = blocks.get(at + 1).filter(|(language, _)| *language == "text");
                if let Some((_, expected)) = expected {
                    assert_eq!(&printed, expected, "{content}");
                }
            }
            "text" => {}
            other => panic!("a block of {other}"),
        }
    }
    assert!(commands >= 7, "{commands} commands");
}

#[test]
fn relations_of_other_namespaces_stand_in_every_output() {
    let folder = examples();
    let build = "silsila build takeover.txt -o graph --ontology business.ttl --format all -q";
    assert_eq!(printed(folder.path(), build), "");
    let acquired = "<https://example.org/business#acquired>";
    for (file, expected) in [
        ("claims.jsonl", "\"relation\":\"acquired\""),
        ("graph.ttl", acquired),
        ("graph.nt", acquired),
        ("graph.nq", acquired),
        ("graph.trig", acquired),
        ("graph.graphml", ">acquired<"),
        ("graph.dot", "acquired"),
    ] {
        let text = fs::read_to_string(folder.path().join("graph").join(file)).expect("a file");
        assert!(text.contains(expected), "{file}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let folder = examples();
    let path = folder.path();
    let broken = "@prefix : <https://w3id.org/silsila/ontology#> .\n\
                  @prefix lex: <https://w3id.org/silsila/lex#> .\n\
                  :metWith lex:pattern \"bump/v subj=S into=O:Persn\"@en .\n";
    fs::write(path.join("broken.ttl"), broken).expect("it can be written");
    for (arguments, code, expected) in [
        (&["ontology", "check", "broken.ttl"][..], 1, "error: broken.ttl:3: The pattern"),
        (&["ontology", "test", "broken.ttl"], 2, "error: broken.ttl:3: The pattern"),
        (&["extract", "--ontology", "broken.ttl"], 2, "unknown class Persn"),
        (&["extract", "--ontology", "nowhere.ttl"], 2, "cannot read nowhere.ttl"),
        (&["ontology", "show", "mettWith"], 2, "There are metWith, "),
        (&["ontology", "show", "metWith"], 0, "met with (en)"),
        (&["ontology", "list", "--ontology", "business.ttl"], 0, "merged with"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_silsila"));
        let output = command.current_dir(path).args(arguments).output().expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
