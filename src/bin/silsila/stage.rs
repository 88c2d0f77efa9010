//! `silsila annotate` and `silsila extract`: one stage, rows in and rows out.

use std::fs;
use std::io::{BufWriter, Write, stdout};

use anyhow::Context;
use silsila::annotate::Annotator;
use silsila::annotate::model::Pipeline as Model;
use silsila::diagnostic::Diagnostic;
use silsila::lang;
use silsila::ontology::Ontology;
use silsila::pipeline::{Pipeline, PipelineOptions, Step};
use silsila::record::{AnnotationRow, RecordError, write_row};
use silsila::token::Annotated;

use crate::args::{Extract, Reading, Stage, Talk};
use crate::input::Inputs;
use crate::ontology;
use crate::report::{Report, plural};
use crate::{Outcome, hinted};

/// The language that models are read for.
const ENGLISH: &str = "en";

/// Writes who and what is named.
pub fn annotate(args: &Stage, talk: &Talk) -> anyhow::Result<Outcome> {
    let ontology = Ontology::builtin();
    run(
        args,
        &ontology,
        talk,
        |_, annotated, _| {
            let mut rows = Vec::new();
            write_row(&mut rows, &AnnotationRow::new(annotated))?;
            Ok((rows, annotated.mentions.len() as u64))
        },
        ["mention", "mentions"],
    )
}

/// Writes what is claimed.
pub fn extract(args: &Extract, talk: &Talk) -> anyhow::Result<Outcome> {
    let ontology = ontology::load(&args.own)?;
    run(
        &args.stage,
        &ontology,
        talk,
        |pipeline, annotated, found| {
            let mut rows = Vec::new();
            let claims = pipeline.claim_rows(annotated, found);
            for row in &claims {
                write_row(&mut rows, row)?;
            }
            Ok((rows, claims.len() as u64))
        },
        ["claim", "claims"],
    )
}

/// The lines of rows that came of a document, and how many things stand in
/// them.
type Lines = Result<(Vec<u8>, u64), RecordError>;

fn run(
    args: &Stage,
    ontology: &Ontology,
    talk: &Talk,
    lines: impl Fn(&Pipeline<'_>, &Annotated, &mut Vec<Diagnostic>) -> Lines + Sync,
    [one, many]: [&str; 2],
) -> anyhow::Result<Outcome> {
    let inputs = Inputs::find(&args.paths, &args.reading)?;
    let annotator = annotator(&args.reading)?;
    let annotate = |document| annotator.annotate(document);
    let pipeline = Pipeline::new(&annotate, ontology, options(&args.reading))?;

    let mut report = Report::new(*talk, inputs.articles());
    let mut out = BufWriter::new(stdout().lock());
    let mut made = 0;
    let counts = pipeline.run(
        inputs.documents(),
        |annotated, found| lines(&pipeline, annotated, found),
        |step| {
            match step {
                Step::Found(diagnostic) => report.found(&diagnostic),
                Step::Done(lines) => {
                    let (lines, things) = lines?;
                    out.write_all(&lines)?;
                    made += things;
                    report.article();
                }
            }
            anyhow::Ok(())
        },
    )?;
    out.flush()?;
    Ok(report.end(counts, &[plural(made, one, many)]))
}

/// The options of the pipeline that the command line gives.
pub fn options(reading: &Reading) -> PipelineOptions {
    PipelineOptions {
        published: reading.published,
        language: reading.language.clone(),
        threads: reading.threads,
    }
}

/// Loads what annotates: the model that is embedded, or another one.
pub fn annotator(reading: &Reading) -> anyhow::Result<Annotator> {
    let Some(folder) = &reading.model else { return Ok(Annotator::english()) };
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|error| {
            hinted(
                format!("cannot read {}: {error}", path.display()),
                "A model is a folder with model.safetensors and tables.json, as \
                 scripts/convert_spacy.py makes it.",
            )
        })
    };
    let (weights, tables) = (read("model.safetensors")?, read("tables.json")?);
    let model = Model::load(&weights, &tables)
        .with_context(|| format!("cannot load the model in {}", folder.display()))?;
    let language = lang::find(ENGLISH).context("English is missing")?;
    Ok(Annotator::new(model, language))
}
