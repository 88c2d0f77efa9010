//! `silsila query`: a question in SPARQL.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context;
use silsila::export::{ExportOptions, Format};
use silsila::store::{Answers, Store, StoreError};

use crate::args::Query;
use crate::{Hinted, Outcome, hinted};

/// The formats that can be asked, those first that keep the articles apart.
const ASKED: [Format; 4] = [Format::NQuads, Format::TriG, Format::Turtle, Format::NTriples];

pub fn run(args: &Query) -> anyhow::Result<Outcome> {
    let question = question(&args.question)?;
    let (path, format) = graph_file(&args.graph)?;
    let about = || format!("cannot read {}", path.display());
    let file = File::open(&path).with_context(about)?;
    let store = Store::new(&ExportOptions::default())?;
    store.load(format, BufReader::new(file)).with_context(about)?;
    let answers = store.query(&question).map_err(|error| match error {
        StoreError::Syntax(_) => {
            let known: Vec<&str> = store.prefixes().iter().map(|(p, _)| p.as_str()).collect();
            let hint = format!("These prefixes are known: {}.", known.join(", "));
            anyhow::Error::new(error).context(Hinted { message: "cannot ask".to_owned(), hint })
        }
        error => error.into(),
    })?;
    let mut out = BufWriter::new(stdout().lock());
    store.write(&answers, args.format, &mut out)?;
    out.flush()?;
    if matches!(&answers, Answers::Table { rows, .. } if rows.is_empty()) {
        eprintln!("no answers");
    }
    Ok(Outcome::Clean)
}

/// The question: as it stands, from a file (`@FILE`) or from standard input.
fn question(asked: &str) -> anyhow::Result<String> {
    if asked == "-" {
        return io::read_to_string(io::stdin()).context("cannot read standard input");
    }
    match asked.strip_prefix('@') {
        Some(path) => {
            let mut text = String::new();
            let read = File::open(path).and_then(|mut file| file.read_to_string(&mut text));
            read.with_context(|| format!("cannot read {path}"))?;
            Ok(text)
        }
        None => Ok(asked.to_owned()),
    }
}

/// The file of RDF that a path leads to.
fn graph_file(path: &Path) -> anyhow::Result<(PathBuf, Format)> {
    if path.is_dir() {
        let files =
            ASKED.map(|format| (path.join(format!("graph.{}", format.extension())), format));
        return files.into_iter().find(|(file, _)| file.is_file()).ok_or_else(|| {
            hinted(
                format!("there is no graph in RDF in {}", path.display()),
                "Make one with: silsila build … --format nquads",
            )
        });
    }
    if !path.exists() {
        return Err(hinted(format!("{} is not there", path.display()), "Check the spelling."));
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let format = ASKED.into_iter().find(|format| format.extension() == extension);
    let Some(format) = format else {
        let known: Vec<_> = ASKED.into_iter().map(|f| format!(".{}", f.extension())).collect();
        return Err(hinted(
            format!("{} is no file of RDF", path.display()),
            format!("Files of RDF end in {}.", known.join(", ")),
        ));
    };
    Ok((path.to_owned(), format))
}
