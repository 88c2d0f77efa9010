//! What a user may throw at the program: faulty files, missing folders, far too
//! much of everything. Each does what one would expect, and says so.
#![cfg(test)]

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A sentence that makes a claim.
const MET: &str = "Emmanuel Macron met Olaf Scholz in Berlin on 3 March 2023.";

fn silsila(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the program runs")
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_silsila"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
    }
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// The lines of a file of rows.
fn rows(path: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// The names of all that is in a folder, hidden files included.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn faulty_files_are_named_and_the_rest_is_read() {
    let noise: Vec<u8> =
        (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let folder = folder(&[
        ("in/binary.txt", &noise),
        (
            "in/broken.jsonl",
            format!("{{\"text\": \"{MET}\", \"id\": \"b1\"}}\n{{\"text\": \"x\n").as_bytes(),
        ),
        ("in/empty.txt", b""),
        ("in/good.txt", MET.as_bytes()),
        ("in/headless.csv", b"1,Some text.\n2,More text.\n"),
        ("in/invalid.txt", b"Jos\xE9 Mu\xF1oz met Angela Merkel in Berlin. \xFF\xFE\x81"),
        (
            "in/marks.txt",
            "\u{200F}Ann\u{200B} met\u{2067} Bob\u{2069} in O\u{AD}slo.\u{FEFF}\r\n".as_bytes(),
        ),
        ("in/.hidden.txt", &noise),
        ("in/picture.png", &noise),
        ("in/scan.txt", b"%PDF-1.7\n"),
        (
            "in/sub/year0.jsonl",
            b"{\"text\": \"Ann met Bob.\", \"date\": \"0000-00-00\", \"id\": \"y0\"}",
        ),
        ("in/arabic.txt", "التقى وزير الخارجية يوم الخميس السفير الصيني في العاصمة.".as_bytes()),
    ]);
    let output = silsila(folder.path(), &["build", "in", "-o", "out", "--format", "all"]);
    let said = said(&output);
    assert_eq!(code(&output), 1, "{said}");
    for (place, word) in [
        ("error: in/binary.txt: ", "binary"),
        ("error: in/broken.jsonl:2: ", "JSON"),
        ("warning: in/empty.txt: ", "no text"),
        ("error: in/headless.csv:1: ", "\"text\""),
        ("error: in/scan.txt: ", "PDF"),
        ("warning: in/sub/year0.jsonl:1: ", "0000-00-00"),
        ("error: in/arabic.txt: ", "\"ar\""),
    ] {
        let line = said.lines().find(|line| line.starts_with(place));
        assert!(line.is_some_and(|line| line.contains(word)), "{place}{word}\n{said}");
    }
    assert!(!said.contains("hidden") && !said.contains("panicked"), "{said}");
    let documents = rows(&folder.path().join("out/documents.jsonl"));
    let mut paths: Vec<_> = documents.iter().filter_map(|row| row["path"].as_str()).collect();
    paths.sort_unstable();
    let want =
        ["in/broken.jsonl", "in/good.txt", "in/invalid.txt", "in/marks.txt", "in/sub/year0.jsonl"];
    assert_eq!(paths, want);
    let marks = documents.iter().find(|row| row["path"] == "in/marks.txt").expect("it is there");
    assert_eq!(
        marks["text"],
        "\u{200F}Ann\u{200B} met\u{2067} Bob\u{2069} in O\u{AD}slo.\u{FEFF}\r\n"
    );
    assert_eq!(
        documents.iter().find(|row| row["id"] == "y0").expect("it is there").get("published"),
        None
    );
}

#[test]
fn what_is_not_there_or_not_ours_fails_before_anything_is_read() {
    let folder = folder(&[("a.txt", MET.as_bytes()), ("file", b""), ("theirs/notes.md", b"mine")]);
    fs::create_dir(folder.path().join("nothing")).expect("it can be made");
    for (args, words) in [
        (&["build", "missing", "-o", "out"][..], "missing"),
        (&["build", "a.txt", "missing.txt", "-o", "out"], "missing.txt"),
        (&["build", "nothing", "-o", "out"], "no articles"),
        (&["build", "a.txt", "-o", "file"], "is a file"),
        (&["build", "a.txt", "-o", "file/out"], "cannot write"),
        (&["build", "a.txt", "-o", "theirs"], "not made by silsila"),
        (&["build", "a.txt", "-o", "out", "--model", "nothing"], "nothing"),
        (&["extract", "missing"], "missing"),
        (&["query", "out", "ASK {}"], "out"),
    ] {
        let output = silsila(folder.path(), args);
        let said = said(&output);
        assert_eq!(code(&output), 2, "{args:?}: {said}");
        assert!(said.starts_with("error: ") && said.contains(words), "{args:?}: {said}");
        assert!(said.contains("\nhint: "), "{args:?}: {said}");
        assert_eq!(names(folder.path()), ["a.txt", "file", "nothing", "theirs"], "{args:?}");
        assert_eq!(names(&folder.path().join("theirs")), ["notes.md"], "{args:?}");
    }
    // Faulty usage is the business of the parser of arguments.
    for args in
        [&["build", "a.txt"][..], &["build", "a.txt", "-o", "out", "--format", "pdf"], &["dance"]]
    {
        assert_eq!(code(&silsila(folder.path(), args)), 2, "{args:?}");
    }
}

#[test]
fn a_folder_is_written_whole_or_not_at_all() {
    let folder = folder(&[
        ("a.txt", MET.as_bytes()),
        ("b.txt", b"Angela Merkel visited Paris on 5 May 2021."),
        ("bad.jsonl", b"{\"text\"\n"),
        ("out/notes.md", b"mine"),
    ]);
    let out = folder.path().join("out");
    let build = |args: &[&str]| {
        let output = silsila(folder.path(), &[&["build", "-o", "out"], args].concat());
        (code(&output), said(&output))
    };
    let records = ["claims.jsonl", "decisions.jsonl", "documents.jsonl", "entities.jsonl"];
    let (done, said) = build(&["a.txt", "--force", "--format", "dot,turtle"]);
    assert_eq!(done, 0, "{said}");
    let rest =
        ["graph.dot", "graph.ttl", "notes.md", "referents.jsonl", "silsila.json", "weights.jsonl"];
    assert_eq!(names(&out), [&records[..], &rest].concat());
    let first = fs::read(out.join("documents.jsonl")).expect("it is there");

    // A run that comes to nothing leaves what was there.
    let (done, said) = build(&["bad.jsonl"]);
    assert_eq!(done, 2, "{said}");
    assert_eq!(names(&out), [&records[..], &rest].concat());
    assert_eq!(fs::read(out.join("documents.jsonl")).expect("it is there"), first);

    // Another run takes the place of the first, and only of that.
    let (done, said) = build(&["b.txt", "--format", "dot"]);
    assert_eq!(done, 0, "{said}");
    let kept = ["graph.dot", "notes.md", "referents.jsonl", "silsila.json", "weights.jsonl"];
    assert_eq!(names(&out), [&records[..], &kept].concat());
    assert_ne!(fs::read(out.join("documents.jsonl")).expect("it is there"), first);

    // What build wrote is no input, even where it lies among it.
    let (done, said) = build(&[".", "--format", "dot"]);
    assert_eq!(done, 1, "{said}");
    let paths: Vec<_> =
        rows(&out.join("documents.jsonl")).into_iter().map(|row| row["path"].clone()).collect();
    assert_eq!(paths.len(), 2, "{paths:?}");
}

#[test]
fn order_of_input_and_number_of_threads_make_no_difference() {
    let people =
        ["Angela Merkel", "Emmanuel Macron", "Olaf Scholz", "Joe Biden", "Theresa May", "Merkel"];
    let places = ["Berlin", "Paris", "Oslo", "Nairobi", "Lima"];
    let mut lines: Vec<String> = (0..120)
        .map(|n| {
            let (a, b, place) = (people[n % 6], people[(n / 6 + n + 1) % 6], places[n % 5]);
            let text = format!(
                "{a} met {b} in {place} on {} May 2021. {a} will visit {place} next week, {b} said.",
                n % 28 + 1
            );
            format!("{}\n", serde_json::json!({"text": text, "published": "2021-06-01"}))
        })
        .collect();
    let mut first: Option<Vec<(String, Vec<u8>)>> = None;
    for (threads, step) in [("1", 1), ("2", 49), ("1", 77)] {
        lines = (0..lines.len()).map(|n| lines[n * step % lines.len()].clone()).collect();
        let folder = folder(&[("news.jsonl", lines.concat().as_bytes())]);
        let args = ["build", "news.jsonl", "-o", "out", "--format", "all", "--threads", threads];
        let output = silsila(folder.path(), &args);
        assert_eq!(code(&output), 0, "{}", said(&output));
        let out = folder.path().join("out");
        let files: Vec<_> = names(&out)
            .into_iter()
            .map(|name| (name.clone(), fs::read(out.join(name)).expect("it can be read")))
            .collect();
        let Some(first) = &first else {
            assert!(rows(&out.join("claims.jsonl")).len() > 60, "there is something to compare");
            first = Some(files);
            continue;
        };
        for ((name, bytes), (_, want)) in files.iter().zip(first) {
            assert!(bytes == want, "{name} differs with {threads} threads, step {step}");
        }
        assert_eq!(files.len(), first.len());
    }
}

#[test]
fn a_line_of_100_megabytes_is_passed_over() {
    let folder = folder(&[]);
    let chunk = [b'x'; 1 << 20];
    let mut lines = BufWriter::new(File::create(folder.path().join("a.jsonl")).expect("a file"));
    let mut text = BufWriter::new(File::create(folder.path().join("b.txt")).expect("a file"));
    write!(lines, "{{\"text\": \"{MET}\"}}\n{{\"text\": \"").expect("it can be written");
    for _ in 0..100 {
        lines.write_all(&chunk).expect("it can be written");
        text.write_all(&chunk).expect("it can be written");
    }
    write!(lines, "\"}}\n{{\"text\": \"Angela Merkel visited Paris.\"}}\n")
        .expect("it can be written");
    lines.flush().expect("it can be written");
    text.flush().expect("it can be written");
    let output = silsila(folder.path(), &["build", ".", "-o", "out"]);
    let said = said(&output);
    assert_eq!(code(&output), 1, "{said}");
    for place in ["error: ./a.jsonl:2: ", "error: ./b.txt: "] {
        let line =
            said.lines().find(|line| line.starts_with(place)).unwrap_or_else(|| panic!("{said}"));
        assert!(line.contains("longer than 1 MiB") && line.contains("--max-text"), "{line}");
    }
    assert_eq!(rows(&folder.path().join("out/documents.jsonl")).len(), 2);
}

#[test]
fn ten_thousand_files_are_read() {
    let folder = folder(&[]);
    for n in 0..10_000 {
        let path = folder.path().join(format!("{:02}", n % 100));
        if n < 100 {
            fs::create_dir(&path).expect("it can be made");
        }
        fs::write(path.join(format!("{n:04}.txt")), format!("Ann met {n} people."))
            .expect("a file");
    }
    let output = silsila(folder.path(), &["build", ".", "-o", "out", "--format", "dot"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("10,000 articles"), "{}", said(&output));
    assert_eq!(rows(&folder.path().join("out/documents.jsonl")).len(), 10_000);
}

#[test]
fn many_findings_of_one_kind_are_counted_not_listed() {
    let folder = folder(&[("a.jsonl", "{\n".repeat(1000).as_bytes())]);
    let short = said(&silsila(folder.path(), &["extract", "a.jsonl"]));
    assert!(short.lines().count() < 20, "{short}");
    assert!(short.contains("1,000 errors"), "{short}");
    let long = said(&silsila(folder.path(), &["extract", "-v", "a.jsonl"]));
    assert!(long.lines().count() > 1000);
    let quiet = silsila(folder.path(), &["extract", "-q", "a.jsonl"]);
    assert!(!said(&quiet).contains("articles"), "{}", said(&quiet));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_followed_once() {
    let folder = folder(&[("in/a.txt", MET.as_bytes())]);
    let link = |to: &str, from: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(from)).expect("a link");
    };
    link("../in", "in/loop");
    link("nowhere", "in/broken.txt");
    let output = silsila(folder.path(), &["extract", "in"]);
    assert_eq!(code(&output), 1);
    let said = said(&output);
    assert!(said.contains("error: in/broken.txt: ") && said.contains("1 article,"), "{said}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder =
        folder(&[("a.jsonl", format!("{{\"text\": \"{MET}\"}}\n").repeat(2000).as_bytes())]);
    let mut child = command(folder.path(), &["annotate", "a.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut first = [0; 10];
    let mut stdout = child.stdout.take().expect("it is a pipe");
    stdout.read_exact(&mut first).expect("there is a row");
    drop(stdout);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((code(&output), said(&output).as_str()), (0, ""));
}
