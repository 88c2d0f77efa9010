//! Every format through the same contract, and what each says in particular.
#![cfg(test)]
#![expect(clippy::string_slice, reason = "a test of what was written may panic")]

mod contract;
mod fixture;
mod read;
mod store;

use std::path::PathBuf;

use silsila::export::{ExportOptions, Format};
use silsila::graph::Graph;

/// Writes a graph, and checks that writing it again gives the same bytes.
fn write(format: Format, graph: &Graph) -> String {
    let write = || {
        let mut out = Vec::new();
        format
            .write(graph, &fixture::ontology(), &ExportOptions::default(), &mut out)
            .unwrap_or_else(|error| panic!("{}: {error}", format.name()));
        String::from_utf8(out).unwrap_or_else(|error| panic!("{}: {error}", format.name()))
    };
    let text = write();
    assert_eq!(text, write(), "{} differs from run to run", format.name());
    text
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
    for format in [Format::Turtle, Format::TriG, Format::GraphMl, Format::Dot] {
        golden(&format!("small.{}", format.extension()), &write(format, &graph));
    }
    golden("weeks.dot", &write(Format::Dot, &fixture::weeks()));
}
