//! Every format through the same contract, and what each says in particular.
#![cfg(test)]
#![expect(clippy::string_slice, reason = "a test of what was written may panic")]

mod contract;
mod evidence;
mod fixture;
mod gephi;
mod read;
mod store;

use std::path::PathBuf;

use silsila::entity::EntityId;
use silsila::export::{ExportOptions, Flavor, Format, timeline};
use silsila::graph::Graph;

/// Writes a graph, and checks that writing it again gives the same bytes.
fn write(format: Format, graph: &Graph) -> String {
    text(format, write_with(format, graph, &ExportOptions::default()))
}

/// The same with options, as bytes: some formats are archives.
fn write_with(format: Format, graph: &Graph, options: &ExportOptions) -> Vec<u8> {
    let write = || {
        let mut out = Vec::new();
        format
            .write(graph, &fixture::ontology(), options, &mut out)
            .unwrap_or_else(|error| panic!("{}: {error}", format.name()));
        out
    };
    let bytes = write();
    assert!(bytes == write(), "{} differs from run to run", format.name());
    bytes
}

fn text(format: Format, bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{}: {error}", format.name()))
}

/// Compares with the file `golden/NAME`, or writes it if `SILSILA_GOLDEN` is set.
fn golden(name: &str, text: &str) {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "tests", "formats", "golden", name].iter().collect();
    if std::env::var_os("SILSILA_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(&path, text).expect("a file to write to");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "{} is not what is written now; `make golden` rewrites it, `git diff` shows how",
        path.display()
    );
}

#[test]
fn small_outputs_are_as_they_were() {
    let graph = fixture::small();
    for format in Format::ALL {
        if matches!(format, Format::NTriples | Format::NQuads) {
            continue;
        }
        let exporter = format.exporter();
        if exporter.files().is_empty() {
            golden(&format!("small.{}", format.extension()), &write(format, &graph));
        }
        for file in exporter.files() {
            let mut out = Vec::new();
            exporter
                .write_file(file, &graph, &fixture::ontology(), &ExportOptions::default(), &mut out)
                .unwrap_or_else(|error| panic!("{file}: {error}"));
            golden(&format!("small.{file}"), &text(format, out));
        }
    }
    for (flavor, name) in [(Flavor::Strict, "strict"), (Flavor::Yed, "yed")] {
        let options = ExportOptions { flavor, ..ExportOptions::default() };
        let bytes = write_with(Format::GraphMl, &graph, &options);
        golden(&format!("small.{name}.graphml"), &text(Format::GraphMl, bytes));
    }
    let options = ExportOptions { events: true, ..ExportOptions::default() };
    let bytes = write_with(Format::NodeLink, &graph, &options);
    golden("small.events.json", &text(Format::NodeLink, bytes));
    let options = ExportOptions { clusters: true, ..ExportOptions::default() };
    let bytes = write_with(Format::Dot, &fixture::weeks(), &options);
    golden("weeks.clusters.dot", &text(Format::Dot, bytes));
    golden("weeks.dot", &write(Format::Dot, &fixture::weeks()));
}

#[test]
fn a_timeline_is_as_it_was() {
    let graph = fixture::weeks();
    let entity = EntityId("p-haddad".to_owned());
    let mut out = Vec::new();
    let drawn =
        timeline::draw(&graph, &fixture::ontology(), &ExportOptions::default(), &entity, &mut out)
            .unwrap_or_else(|error| panic!("{error}"));
    // Four events, a meeting in two articles; the post bears no date.
    assert_eq!((drawn.rows, drawn.left_out, drawn.undated), (4, 0, 1));
    golden("haddad.svg", &String::from_utf8(out).expect("UTF-8"));
}
