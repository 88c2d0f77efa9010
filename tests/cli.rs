//! The command line as a user meets it.
#![cfg(test)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Two articles as JSON lines: fields by names of other programs, too.
const NEWS: &str = concat!(
    r#"{"id": "n1", "text": "German Chancellor Angela Merkel met French President Emmanuel Macron in Paris on Monday. Merkel will visit Rome next week, her spokesman said.", "published": "2021-05-05", "title": "Talks in Paris"}"#,
    "\n",
    r#"{"guid": 2, "body": "José Ortega met Željko Novak in Chişinău on 3 May 2021.", "pub_date": "Tue, 04 May 2021 08:00:00 GMT"}"#,
    "\n",
);

fn silsila(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_silsila"));
    command.current_dir(folder);
    command
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

/// What a command that must succeed writes.
fn output(command: &mut Command) -> String {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("output is UTF-8")
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// The characters of a text between two offsets, as rows count them.
fn slice(text: &str, span: &Value) -> String {
    let at = |key: &str| span[key].as_u64().expect("an offset") as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn help_begins_with_examples() {
    let folder = folder(&[]);
    for command in ["build", "annotate", "extract", "compare", "query", "audit", "ontology"] {
        let help = output(silsila(folder.path()).args([command, "--help"]));
        assert!(help.starts_with("Examples:\n  "), "{command}: {help}");
        assert!(help.contains(&format!("silsila {command}")), "{command}: {help}");
    }
    assert!(output(silsila(folder.path()).arg("--help")).starts_with("Examples:\n  "));
    let version = output(silsila(folder.path()).arg("--version"));
    assert_eq!(version.trim(), concat!("silsila ", env!("CARGO_PKG_VERSION")));
    assert!(output(silsila(folder.path()).args(["ontology", "list"])).contains("metWith"));
}

#[test]
fn stages_read_standard_input_and_write_rows_in_its_order() {
    let folder = folder(&[]);
    let texts: Vec<Value> = rows(NEWS);
    let texts = [&texts[0]["text"], &texts[1]["body"]].map(|text| text.as_str().expect("text"));

    let annotated = rows(&output(silsila(folder.path()).arg("annotate").write_stdin(NEWS)));
    let documents: Vec<_> = annotated.iter().map(|row| row["document"].as_str()).collect();
    assert_eq!(documents, [Some("n1"), Some("2")]);
    for (row, text) in annotated.iter().zip(texts) {
        for key in ["mentions", "dates"] {
            let things = row[key].as_array().expect("a list");
            assert!(!things.is_empty(), "{key}: {row}");
            for thing in things {
                assert_eq!(slice(text, thing), thing["text"].as_str().expect("text"), "{thing}");
            }
        }
    }

    let claims = rows(&output(silsila(folder.path()).args(["extract", "-"]).write_stdin(NEWS)));
    let met: Vec<_> = claims.iter().filter(|claim| claim["relation"] == "metWith").collect();
    let ends = |claim: &Value| {
        ["subject", "object"].map(|end| claim[end]["name"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(
        met.iter().map(|claim| ends(claim)).collect::<Vec<_>>(),
        [
            ["Angela Merkel".to_owned(), "Emmanuel Macron".to_owned()],
            ["José Ortega".to_owned(), "Željko Novak".to_owned()],
        ]
    );
    assert_eq!(met[1]["from"], "2021-05-03");
    for claim in &claims {
        let text = texts[usize::from(claim["document"] == "2")];
        for part in ["subject", "object", "evidence", "trigger"] {
            assert_eq!(slice(text, &claim[part]), claim[part]["text"].as_str().expect("text"));
        }
    }
}

#[test]
fn standard_input_may_be_text_or_a_table() {
    let folder = folder(&[]);
    let text = "Angela Merkel met Emmanuel Macron in Paris.";
    let table = format!("title;body\nA;\"{text}\"\nB;\"{text}\"\n");
    for (args, input, want) in [
        (&["annotate"][..], text, 1),
        (&["annotate", "--input-format", "csv"], &table, 2),
        (&["annotate", "--input-format", "text"], NEWS, 1),
        (&["annotate"], "", 0),
    ] {
        let found = rows(&output(silsila(folder.path()).args(args).write_stdin(input)));
        assert_eq!(found.len(), want, "{args:?}");
    }
}

#[test]
fn the_whole_job_and_a_question() {
    let folder = folder(&[
        ("news.jsonl", NEWS),
        (
            "late.txt",
            "Emmanuel Macron visited Berlin on Friday. Mr Macron met Angela Merkel there.",
        ),
        ("metadata.csv", "file,published,title\nlate.txt,2021-05-08,Friday in Berlin\n"),
    ]);
    let path = folder.path();
    silsila(path).args(["build", ".", "-o", "out", "--format", "all"]).assert().success();
    let read =
        |name: &str| rows(&fs::read_to_string(path.join("out").join(name)).expect("it is there"));

    let documents = read("documents.jsonl");
    let late = documents.iter().find(|row| row["path"] == "./late.txt").expect("it is there");
    assert_eq!(
        (&late["title"], &late["published"]),
        (&"Friday in Berlin".into(), &"2021-05-08".into())
    );

    // Who is named in two articles is one entity, and every claim points to
    // entities that are there.
    let entities = read("entities.jsonl");
    let claims = read("claims.jsonl");
    let known = |id: &Value| entities.iter().find(|entity| &entity["id"] == id);
    let of = |name: &str| {
        let named: Vec<_> = entities.iter().filter(|entity| entity["name"] == name).collect();
        assert_eq!(named.len(), 1, "{name}: {named:?}");
        named[0]
    };
    assert_eq!(of("Emmanuel Macron")["documents"], 2);
    assert_eq!(of("Angela Merkel")["documents"], 2);
    for claim in &claims {
        for end in ["subject", "object"] {
            let entity = known(&claim[end]["entity"]).unwrap_or_else(|| panic!("{claim}"));
            assert_eq!(entity["name"], claim[end]["name"], "{claim}");
        }
        let document = documents.iter().find(|row| row["id"] == claim["document"]);
        let text = document.and_then(|row| row["text"].as_str()).expect("it is there");
        assert_eq!(
            slice(text, &claim["evidence"]),
            claim["evidence"]["text"].as_str().expect("text")
        );
    }
    let manifest = &read("silsila.json")[0];
    assert_eq!(manifest["claims"], claims.len());
    assert_eq!(manifest["documents"], 3);

    let question = "SELECT DISTINCT ?name WHERE { ?s silsila:visited ?o . ?s rdfs:label|skos:prefLabel ?name }";
    let ask =
        |graph: &str| output(silsila(path).args(["query", graph, question, "--format", "csv"]));
    assert_eq!(ask("out"), "name\r\nEmmanuel Macron\r\n");
    assert_eq!(ask("out/graph.ttl"), ask("out"));
}

#[test]
fn compare_gives_back_the_id_and_its_reasons() {
    let folder = folder(&[]);
    let pairs = concat!(
        r#"{"id": [1], "a": "Bill Clinton", "b": "William Clinton"}"#,
        "\n",
        r#"{"id": "x", "a": "Bill Clinton", "b": "Hillary Clinton", "class": "Person"}"#,
        "\n",
    );
    let answers = rows(&output(silsila(folder.path()).args(["compare", "-"]).write_stdin(pairs)));
    let got: Vec<_> =
        answers.iter().map(|row| (row["id"].clone(), row["judgement"].as_str())).collect();
    assert_eq!(got, [(serde_json::json!([1]), Some("same")), ("x".into(), Some("different"))]);
    assert!(
        answers.iter().all(|row| row["reasons"].as_array().is_some_and(|list| !list.is_empty()))
    );

    let broken = "{\"a\": \"x\"}\n{\"id\": 2, \"a\": \"Bob\", \"b\": \"Bob\"}\n";
    let assert = silsila(folder.path()).arg("compare").write_stdin(broken).assert().code(1);
    assert_eq!(rows(&String::from_utf8_lossy(&assert.get_output().stdout)).len(), 1);
}
