//! `silsila build`: the whole job.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};

use anyhow::Context;
use silsila::export::ExportOptions;
use silsila::ledger::Ledger;
use silsila::pipeline::{Decided, Earlier, Pipeline, Step};
use silsila::record::ledger::write as write_ledger;
use silsila::record::{ManifestRow, ReferenceRow, Rows, reference, write_row};
use silsila::reference::Reference;

use crate::args::{Build, Talk, wanted_formats};
use crate::folder::{LEDGER, REFERENCES, REFERENTS, ontology_copy, read_ledger};
use crate::input::Inputs;
use crate::ontology;
use crate::output::{OutputFolder, empty_manifest, manifest};
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

    let ledger = ledger(args)?;
    let references = references(args)?;

    let open = |name: &str| -> io::Result<Box<dyn BufRead>> {
        Ok(Box::new(BufReader::new(File::open(args.output.join(name))?)))
    };
    let before = manifest(&args.output).filter(|_| args.add);
    if let Some(before) = &before
        && !before.files.iter().any(|name| name == REFERENTS)
    {
        return Err(hinted(
            format!("{} was made by an earlier version", args.output.display()),
            "Build all its articles again, without --add.",
        ));
    }
    let earlier = before.as_ref().map(|_| Earlier { open: &open });
    let decided = Decided { ledger: &ledger, references: &references, earlier: earlier.as_ref() };
    let mut report = Report::new(*talk, inputs.articles());
    let mut built = pipeline.build(inputs.documents(), decided, spool, |step| {
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
    folder.write(REFERENTS, |out| built.write_referents(out))?;
    folder.write("claims.jsonl", |out| built.write_claims(out))?;
    folder.write("entities.jsonl", |out| built.write_entities(out))?;
    folder.write("decisions.jsonl", |out| built.write_decisions(out))?;
    folder.write("weights.jsonl", |out| built.write_weights(out))?;
    if !references.is_empty() {
        folder.write(REFERENCES, |out| {
            references.iter().try_for_each(|entry| write_row(out, &ReferenceRow::new(entry)))
        })?;
    }
    if args.decisions.is_some() {
        folder.write_own(LEDGER, |out| write_ledger(&ledger, out))?;
    }
    for (at, file) in args.own.files.iter().enumerate() {
        let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        folder.write(&ontology_copy(at), |out| out.write_all(&text))?;
    }
    let formats = wanted_formats(&args.format);
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
        unnamed: counts.unnamed + before.as_ref().map_or(0, |before| before.unnamed),
        passed_over: counts.passed_over + before.as_ref().map_or(0, |before| before.passed_over),
        errors: counts.errors + before.map_or(0, |before| before.errors),
        ..empty_manifest()
    })?;
    let made = [plural(claims, "claim", "claims"), plural(entities, "entity", "entities")];
    Ok(report.end(counts, &made))
}

/// What people have decided: in the file that is named, or in the folder that
/// an earlier run made.
fn ledger(args: &Build) -> anyhow::Result<Ledger> {
    let own = args.output.join(LEDGER);
    let Some(path) = &args.decisions else {
        return if own.exists() { read_ledger(&own) } else { Ok(Ledger::default()) };
    };
    let ledger = read_ledger(path)?;
    let is_other = own.exists() && {
        let there = read_ledger(&own)?;
        !there.rulings.iter().all(|ruling| ledger.rulings.contains(ruling))
    };
    if is_other && !args.force {
        return Err(hinted(
            format!("{} has rows that {} has not", own.display(), path.display()),
            "They would be lost: put both into one file, or use --force.",
        ));
    }
    Ok(ledger)
}

/// The entries of reference lists; where articles are added and no list is
/// given, those that the folder has.
fn references(args: &Build) -> anyhow::Result<Vec<Reference>> {
    let mut references = Vec::new();
    let own = args.output.join(REFERENCES);
    if args.add && args.reference.is_empty() && own.exists() {
        let about = || format!("cannot read {}", own.display());
        let rows = BufReader::new(File::open(&own).with_context(about)?);
        for row in Rows::<ReferenceRow, _>::new(rows) {
            references.extend(row.with_context(about)?.into_reference());
        }
    }
    for (list, path) in args.reference.iter().enumerate() {
        let about = || format!("cannot read {}", path.display());
        let file = File::open(path).with_context(about)?;
        let read = reference::read(file, list as u32).map_err(|error| match error {
            reference::ReferenceError::Column { .. } | reference::ReferenceError::Cell { .. } => {
                hinted(
                    format!("{}: {error}", about()),
                    "A list is a table with the columns id, name, names, class, offices and \
                     country, or lines of FollowTheMoney.",
                )
            }
            error => anyhow::Error::new(error).context(about()),
        })?;
        references.extend(read);
    }
    Ok(references)
}
