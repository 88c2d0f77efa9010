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
    for command in [
        "build",
        "annotate",
        "extract",
        "compare",
        "export",
        "draw",
        "stats",
        "same",
        "different",
        "split",
        "undo",
        "explain",
        "review",
        "query",
        "audit",
        "ontology",
    ] {
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

/// The files of a folder, by name; `decisions.csv` left out.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("it is there")
        .map(|entry| entry.expect("it can be read").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("it can be read"))
        })
        .filter(|(name, _)| name != "decisions.csv")
        .collect();
    files.sort();
    files
}

#[test]
fn decisions_hold_are_explained_and_can_be_taken_back() {
    let folder = folder(&[
        ("a.txt", "Margaret Torst met Emmanuel Macron in Paris. Torst left on Monday."),
        ("b.txt", "Maggie Torst visited Rome. The envoy Maggie Torst praised Italy."),
        ("c.txt", "Emmanuel Macron visited Berlin. He met Olaf Scholz there."),
        ("own.ttl", ""),
    ]);
    let path = folder.path();
    let run = |args: &[&str]| {
        let mut command = silsila(path);
        command.env("SILSILA_AUTHOR", "Ann").env("SOURCE_DATE_EPOCH", "1700000000");
        command.args(args);
        command
    };
    let build = ["build", "a.txt", "b.txt", "c.txt", "-o", "graph", "--format", "all"];
    run(&build).args(["--ontology", "own.ttl"]).assert().success();
    let graph = path.join("graph");
    let entities = || rows(&fs::read_to_string(graph.join("entities.jsonl")).expect("there"));
    let named = |name: &str| {
        entities()
            .iter()
            .filter(|entity| {
                let names = entity["names"].as_array().expect("names");
                names.iter().any(|known| known["text"] == name)
            })
            .count()
    };
    let before = files(&graph);

    let said = output(&mut run(&["same", "Emmanuel Macron", "Olaf Scholz", "-m", "a test"]));
    assert!(said.starts_with("row 1: same “Emmanuel Macron”, “Olaf Scholz”\n"), "{said}");
    assert_eq!(named("Olaf Scholz"), 1);
    let one = entities().into_iter().find(|entity| entity["documents"] == 2).expect("there");
    assert_eq!(one["names"].as_array().map(Vec::len), Some(2), "{one}");
    let after_one = files(&graph);
    for (file, bytes) in &after_one {
        let same = before.iter().any(|(name, old)| name == file && old == bytes);
        let fixed = ["documents.jsonl", "referents.jsonl", "ontology-1.ttl", "weights.jsonl"];
        assert_eq!(same, fixed.contains(&file.as_str()), "{file}");
    }
    let claims = rows(&fs::read_to_string(graph.join("claims.jsonl")).expect("there"));
    let id = one["id"].clone();
    assert!(claims.iter().any(|claim| claim["object"]["entity"] == id), "{claims:?}");

    // Added in batches, the articles give the same.
    fs::create_dir(path.join("batch")).expect("it can be made");
    let batch = ["-o", "batch/graph", "--format", "all", "--ontology", "own.ttl"];
    for article in ["c.txt", "a.txt", "b.txt"] {
        run(&["build", article, "--add"]).args(batch).assert().success();
    }
    assert_eq!(files(&path.join("batch/graph")), before);

    // What contradicts is told and the later holds; building again keeps it.
    let split = run(&["split", "Emmanuel Macron", "--by", "document"]).assert().success();
    let told = String::from_utf8_lossy(&split.get_output().stderr).into_owned();
    assert!(told.contains("Row 2") && told.contains("row 1"), "{told}");
    run(&["different", "Emmanuel Macron", "Olaf Scholz", "--author", "Bo"]).assert().success();
    assert_eq!(entities().iter().filter(|e| e["name"] == "Emmanuel Macron").count(), 2);
    let built = files(&graph);
    run(&build).args(["--ontology", "own.ttl"]).assert().success();
    assert_eq!(files(&graph), built);

    let why = output(&mut run(&["explain", "Olaf Scholz", "Emmanuel Macron#a.txt"]));
    assert!(!why.contains('\u{1B}'), "{why}");
    let why = output(&mut run(&["explain", "Olaf Scholz", "--json"]));
    assert_eq!(rows(&why)[0]["entity"]["name"], "Olaf Scholz");
    assert_eq!(rows(&why)[0]["rulings"].as_array().map(Vec::len), Some(3), "{why}");

    let table = fs::read_to_string(graph.join("decisions.csv")).expect("there");
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(table.contains("semapv:ManualMappingCuration,,Ann,2023-11-14,a test,"), "{table}");
    for (row, left) in [("2", None), ("3", Some(&after_one)), ("1", Some(&before))] {
        run(&["undo", row]).assert().success();
        assert!(left.is_none_or(|left| *left == files(&graph)), "after undo {row}");
    }
    run(&["undo"]).assert().code(2);
    let table = fs::read_to_string(graph.join("decisions.csv")).expect("there");
    assert_eq!(table.matches(",Ann,2023-11-14,").count(), 5, "history is kept: {table}");
}

#[test]
fn a_side_that_is_not_clear_is_an_error_that_lists_what_it_may_be() {
    let folder = folder(&[
        ("a.txt", "Margaret Torst met Emmanuel Macron in Paris."),
        ("b.txt", "President Torst visited Rome. Mr Torst praised Italy."),
        ("c.txt", "General Torst visited Berlin. Mr Torst met Olaf Scholz."),
    ]);
    silsila(folder.path())
        .args(["build", ".", "-o", "graph", "--format", "dot"])
        .assert()
        .success();
    for (sides, want) in [
        (["Torst", "Margaret Torst"], "may be any of"),
        (["Margret Torst", "Olaf Scholz"], "Margaret Torst, Person, 1 document"),
        (["Olaf Scholz", "olaf scholz"], "NAME#DOCUMENT"),
    ] {
        let assert = silsila(folder.path()).arg("same").args(sides).assert().code(2);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(told.contains(want), "{sides:?}: {told}");
        assert!(!folder.path().join("graph/decisions.csv").exists());
    }
    let assert = silsila(folder.path()).args(["same", "a", "b", "-g", "."]).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("not a folder that silsila made"), "{told}");
}

#[test]
fn a_review_takes_answers_and_keeps_each() {
    let folder = folder(&[
        ("a.txt", "The envoy Anna Lind met Emmanuel Macron. Lind praised him."),
        ("b.txt", "The envoy Anna Linde met Olaf Scholz. Linde praised him."),
        ("c.txt", "Maria Torst visited Rome. Marie Torst visited Berlin."),
    ]);
    let path = folder.path();
    silsila(path).args(["build", ".", "-o", "graph", "--format", "dot"]).assert().success();
    let before = files(&path.join("graph"));
    let review = |answers: &str| {
        let mut command = silsila(path);
        command.args(["review", "--author", "Ann"]).write_stdin(answers.to_owned());
        output(&mut command)
    };
    let shown = review("x\n?\nq\n");
    assert!(shown.contains("Please answer") && shown.contains("prior"), "{shown}");
    assert_eq!(files(&path.join("graph")), before);
    review("d\nu\nq\n");
    assert_eq!(files(&path.join("graph")), before);
    review("d\n");
    let table = fs::read_to_string(path.join("graph/decisions.csv")).expect("there");
    assert_eq!(table.lines().filter(|line| line.contains(",Not,")).count(), 2, "{table}");
}

/// A folder built of two articles.
fn built() -> TempDir {
    let folder = folder(&[("news.jsonl", NEWS)]);
    silsila(folder.path()).args(["build", "-q", "news.jsonl", "-o", "graph"]).assert().success();
    folder
}

#[test]
fn export_writes_what_build_writes() {
    let folder = built();
    let at = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    for (format, extension) in
        [("nquads", "nq"), ("turtle", "ttl"), ("graphml", "graphml"), ("dot", "dot")]
    {
        let exported =
            output(silsila(folder.path()).args(["export", "-q", "graph", "--format", format]));
        assert!(exported.as_bytes() == at(&format!("graph/graph.{extension}")), "{format}");
    }
    // Several formats go to a folder, tables to files of their own.
    silsila(folder.path())
        .args(["export", "-q", "graph", "--format", "gexf,csv", "-o", "more"])
        .assert()
        .success();
    let mut files: Vec<_> = fs::read_dir(folder.path().join("more"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    files.sort();
    assert_eq!(files, ["claims.csv", "edges.csv", "graph.gexf", "nodes.csv"]);
    silsila(folder.path())
        .args(["export", "-q", "graph", "--format", "csv", "-o", "tables.zip"])
        .assert()
        .success();
    assert!(at("tables.zip").starts_with(b"PK"));
}

#[test]
fn export_takes_filters() {
    let folder = built();
    let nodes = |arguments: &[&str]| -> Vec<String> {
        let mut command = silsila(folder.path());
        command.args(["export", "-q", "graph", "--format", "node-link"]).args(arguments);
        let file: Value = serde_json::from_str(&output(&mut command)).expect("JSON");
        let nodes = file["nodes"].as_array().expect("nodes").iter();
        let mut nodes: Vec<_> =
            nodes.map(|node| node["label"].as_str().expect("a label").to_owned()).collect();
        nodes.sort();
        nodes
    };
    // By a name as articles write it, whole or not.
    assert_eq!(
        nodes(&["--ego", "José Ortega"]),
        nodes(&["--between", "José Ortega", "Željko Novak"])
    );
    assert!(nodes(&[]).len() > nodes(&["--ego", "José Ortega"]).len());
    assert!(nodes(&["--relation", "visited"]).contains(&"Rome".to_owned()));
    assert!(!nodes(&["--relation", "metWith"]).contains(&"Rome".to_owned()));
    assert_eq!(nodes(&["--to", "2021-05-03"]).len(), 4);
    for (arguments, said) in [
        (&["--ego", "Nobody Known"][..], "nothing is called"),
        (&["--relation", "methWith"], "Known are"),
        (&["--hops", "2"], "--ego or --between"),
        (&["--from", "2022", "--to", "2021"], "lies before"),
        (&["--from", "1999", "--to", "1999"], "nothing is left"),
        (&["--between", "José Ortega", "Rome"], "no way leads"),
    ] {
        let mut command = silsila(folder.path());
        let failed = command.args(["export", "graph", "--format", "dot"]).args(arguments).assert();
        let failed = failed.code(2);
        let stderr = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_timeline_needs_no_other_program() {
    let folder = built();
    silsila(folder.path())
        .env("PATH", "")
        .args(["draw", "-q", "graph", "--timeline", "José Ortega", "-o", "ortega.svg"])
        .assert()
        .success();
    let svg = fs::read_to_string(folder.path().join("ortega.svg")).expect("a picture");
    assert!(svg.contains("2021-05-03") && svg.contains("Željko Novak"), "{svg}");
    // Without Graphviz, draw says how to get it and leaves nothing behind.
    let failed = silsila(folder.path())
        .env("PATH", "")
        .args(["draw", "graph", "-o", "all.png"])
        .assert()
        .code(2);
    let stderr = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(stderr.contains("apt install graphviz"), "{stderr}");
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| name.starts_with(".silsila") || name == "all.png")
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn stats_counts_the_rows() {
    let folder = built();
    let row: Value =
        serde_json::from_str(&output(silsila(folder.path()).args(["stats", "graph", "--json"])))
            .expect("JSON");
    let count = |file: &str| {
        let text = fs::read_to_string(folder.path().join("graph").join(file)).expect("a file");
        text.lines().count() as u64
    };
    assert_eq!(row["documents"], 2);
    assert_eq!(row["independent"], 2);
    assert_eq!(row["claims"], count("claims.jsonl"));
    assert_eq!(row["entities"], count("entities.jsonl"));
    let sum = |key: &str| -> u64 {
        row[key].as_object().expect("counts").values().filter_map(Value::as_u64).sum()
    };
    for key in ["relations", "factuality", "claim_languages"] {
        assert_eq!(row["claims"], sum(key), "{key}");
    }
    let table = output(silsila(folder.path()).args(["stats", "graph"]));
    assert!(table.contains("independent sources") && table.contains("metWith"), "{table}");
}
