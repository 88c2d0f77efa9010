//! A sample is drawn, ticked in a spreadsheet, and counted.
#![cfg(test)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

const NEWS: &str = "\
Angela Merkel met Emmanuel Macron in Paris on 3 May 2021. Merkel visited Rome on Tuesday.
She spoke with Mario Draghi by telephone. Macron met Mario Draghi on Friday. Draghi will visit Berlin.
Norway gave $5 million to UNICEF. Emmanuel Macron travelled to Ghana. Macron met Angela Merkel again.
";

fn silsila(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_silsila"));
    command.current_dir(folder).args(arguments).assert()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The sheet with `ticks` in the column of judgements, one row after the other,
/// as a spreadsheet of a country with decimal commas saves it.
fn ticked(sheet: &str, ticks: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{FEFF}').as_bytes());
    let names = reader.headers().expect("names").clone();
    let at = |column| names.iter().position(|name| name == column).expect(column);
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(&names).expect("it can be written");
    for (row, tick) in reader.records().zip(ticks.iter().cycle()) {
        let row = row.expect("a row");
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        cells[at("right")] = (*tick).to_owned();
        cells[at("weight")] = cells[at("weight")].replace('.', ",");
        writer.write_record(&cells).expect("it can be written");
    }
    text(&writer.into_inner().expect("it is in memory"))
}

#[test]
fn a_sample_is_drawn_ticked_and_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    fs::write(path.join("news.txt"), NEWS).expect("it can be written");
    silsila(path, &["build", "news.txt", "-o", "out", "--published", "2021-05-10"]).success();
    silsila(path, &["audit", "draw", "out", "-n", "6", "-o", "a.csv", "--seed", "5"]).success();
    let sheet = fs::read_to_string(path.join("a.csv")).expect("the sheet");
    assert_eq!(sheet.lines().count(), 7, "{sheet}");
    assert!(sheet.starts_with("\u{FEFF}claim,stratum,weight,relation,subject,object,"), "{sheet}");

    // The order of claims.jsonl does not matter.
    let claims = fs::read_to_string(path.join("out/claims.jsonl")).expect("the claims");
    let mut backward: Vec<&str> = claims.lines().collect();
    backward.reverse();
    fs::write(path.join("out/claims.jsonl"), backward.join("\n")).expect("it can be written");
    silsila(path, &["audit", "draw", "out", "-n", "6", "-o", "b.csv", "--seed", "5"]).success();
    assert_eq!(sheet, fs::read_to_string(path.join("b.csv")).expect("the sheet"));

    fs::write(path.join("a.csv"), ticked(&sheet, &["y", "Y", "n", "?", "", "yes"]))
        .expect("it can be written");
    let score = silsila(path, &["audit", "score", "a.csv"]).success();
    let score = text(&score.get_output().stdout);
    let all = score.lines().find(|line| line.starts_with("all rows")).expect("a line");
    let counts: Vec<&str> = all.split_whitespace().skip(2).take(6).collect();
    let claims = claims.lines().count().to_string();
    assert_eq!(counts, [claims.as_str(), "3", "1", "1", "1", "0.750"], "{score}");
    assert!(score.contains("all claims, weighted"), "{score}");
}

#[test]
fn refuses_what_would_do_harm_or_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    fs::write(path.join("news.txt"), NEWS).expect("it can be written");
    silsila(path, &["build", "news.txt", "-o", "out"]).success();
    fs::write(path.join("sheet.csv"), "relation,weight,right\na,1,y\na,1,perhaps\n")
        .expect("it can be written");
    for (arguments, expected) in [
        (&["audit", "draw", "out"][..], "sheet.csv is there already"),
        (&["audit", "draw", "out", "-o", "new.csv", "-n", "1"], "-n"),
        (&["audit", "draw", "nowhere", "-o", "new.csv"], "cannot read nowhere/claims.jsonl"),
        (&["audit", "score", "nowhere.csv"], "cannot read nowhere.csv"),
        (&["audit", "score", "sheet.csv"], "row 3, column right: \"perhaps\""),
    ] {
        let assert = silsila(path, arguments).code(2);
        let said = text(&assert.get_output().stderr);
        assert!(said.contains(expected) && said.contains("hint: "), "{arguments:?}: {said}");
        assert!(!path.join("new.csv").exists(), "{arguments:?}");
    }
}
