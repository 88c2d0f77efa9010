//! `silsila build`: the whole job.

use anyhow::Context;
use silsila::export::ExportOptions;
use silsila::pipeline::{Pipeline, Step};
use silsila::record::ManifestRow;

use crate::args::{Build, Talk};
use crate::input::Inputs;
use crate::ontology;
use crate::output::{OutputFolder, empty_manifest};
use crate::report::{Report, plural};
use crate::stage::{annotator, options};
use crate::{Outcome, hinted};

pub fn run(args: &Build, talk: &Talk) -> anyhow::Result<Outcome> {
    let ontology = ontology::load(&args.own)?;
    let inputs = Inputs::find(&args.paths, &args.reading)?;
    if inputs.is_empty() {
        return Err(hinted(
            "no articles found",
            "Articles are files that end in .txt, .md, .html, .jsonl, .json or .csv.",
        ));
    }
    let mut folder = OutputFolder::open(&args.output, args.force)?;
    let annotator = annotator(&args.reading)?;
    let annotate = |document| annotator.annotate(document);
    let pipeline = Pipeline::new(&annotate, &ontology, options(&args.reading))?;
    let spool = tempfile::tempfile().context("cannot make a temporary file")?;

    let mut report = Report::new(*talk, inputs.articles());
    let mut built = pipeline.build(inputs.documents(), spool, |step| {
        match step {
            Step::Found(diagnostic) => report.found(&diagnostic),
            Step::Done(_) => report.article(),
        }
        anyhow::Ok(())
    })?;
    let counts = built.counts();
    if counts.documents == 0 {
        report.end(counts, &[]);
        return Err(hinted("no article could be read", "Nothing was written."));
    }

    report.doing("writing");
    folder.write("documents.jsonl", |out| built.write_documents(out))?;
    folder.write("claims.jsonl", |out| built.write_claims(out))?;
    folder.write("entities.jsonl", |out| built.write_entities(out))?;
    folder.write("decisions.jsonl", |out| built.write_decisions(out))?;
    folder.write("weights.jsonl", |out| built.write_weights(out))?;
    let formats = args.formats();
    if !formats.is_empty() {
        let graph = built.graph()?;
        for format in formats {
            let name = format!("graph.{}", format.extension());
            folder.write(&name, |out| {
                format.write(&graph, &ontology, &ExportOptions::default(), out)
            })?;
        }
    }
    let (claims, entities) = (built.claims(), built.resolution().entities.len() as u64);
    let documents = built.documents();
    folder.finish(ManifestRow {
        documents,
        claims,
        entities,
        unnamed: counts.unnamed,
        ..empty_manifest()
    })?;
    let made = [plural(claims, "claim", "claims"), plural(entities, "entity", "entities")];
    Ok(report.end(counts, &made))
}
