//! `silsila compare`: whether two names can be names of one thing.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write, stdout};
use std::path::Path;

use anyhow::{Context, bail};
use silsila::diagnostic::{Diagnostic, Severity};
use silsila::mention::Supertype;
use silsila::ontology::Ontology;
use silsila::record::{ComparisonRow, PairRow, RecordError, Rows, write_row};
use silsila::resolve::compare;

use crate::args::{Compare, Talk};
use crate::ontology;
use crate::report::Report;
use crate::{Outcome, hinted};

pub fn run(args: &Compare, talk: &Talk) -> anyhow::Result<Outcome> {
    let ontology = ontology::load(&args.own)?;
    let Some(class) = supertype(&ontology, &args.class) else {
        let classes: Vec<_> = Supertype::ALL.into_iter().map(Supertype::as_str).collect();
        return Err(hinted(
            format!("there is no class `{}`", args.class),
            format!("The broadest ones are {}.", classes.join(", ")),
        ));
    };
    let mut out = BufWriter::new(stdout().lock());
    if let Some([a, b]) = args.names.as_deref() {
        let comparison = compare(a, b, class);
        writeln!(out, "{} ({:.2})", comparison.judgement.as_str(), comparison.score)?;
        for reason in comparison.reasons {
            writeln!(out, "{:+7.2}  {}: {}", reason.weight, reason.feature, reason.detail)?;
        }
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let mut report = Report::new(*talk, None);
    let mut outcome = Outcome::Clean;
    for path in &args.paths {
        let (name, input) = open(path)?;
        for pair in Rows::<PairRow, _>::new(input) {
            let refused = match pair {
                Err(error @ (RecordError::Syntax { .. } | RecordError::Version { .. })) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
                    format!("A pair was passed over, {error}{cause}.")
                }
                Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
                Ok(pair) => {
                    let class = pair
                        .class
                        .as_deref()
                        .map_or(Some(class), |class| supertype(&ontology, class));
                    match class {
                        Some(class) => {
                            let comparison = compare(&pair.a, &pair.b, class);
                            write_row(&mut out, &ComparisonRow::new(pair, &comparison))?;
                            report.article();
                            continue;
                        }
                        None => format!(
                            "A pair was passed over, {:?} is no class.",
                            pair.class.unwrap_or_default()
                        ),
                    }
                }
            };
            outcome = Outcome::WithErrors;
            report.found(&Diagnostic::new(Severity::Error, &name, refused));
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn open(path: &Path) -> anyhow::Result<(String, Box<dyn BufRead>)> {
    if path.as_os_str() == "-" {
        return Ok(("standard input".to_owned(), Box::new(BufReader::new(io::stdin()))));
    }
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        bail!("{name} is a folder");
    }
    Ok((name, Box::new(BufReader::new(file))))
}

/// The broadest class of a class.
fn supertype(ontology: &Ontology, class: &str) -> Option<Supertype> {
    Supertype::from_name(class).or_else(|| {
        Supertype::ALL.into_iter().find(|supertype| ontology.is_a(class, supertype.as_str()))
    })
}
