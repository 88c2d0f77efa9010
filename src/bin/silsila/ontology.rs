//! `silsila ontology`: what the program knows of the world.

use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use silsila::diagnostic::{Diagnostic, Severity};
use silsila::ontology::{Labels, Ontology as Known, OntologyFile, check};

use crate::args::{Ontology, OntologyCommand, Own};
use crate::report::plural;
use crate::{Outcome, hinted};

pub fn run(args: &Ontology) -> anyhow::Result<Outcome> {
    match args.command {
        OntologyCommand::List => list()?,
    }
    Ok(Outcome::Clean)
}

/// The ontology that ships with what the user adds to it. What is only
/// unfinished in the user's files is left to `silsila ontology check`.
pub fn load(own: &Own) -> anyhow::Result<Known> {
    let texts = read(&own.files)?;
    let files: Vec<OntologyFile<'_>> = texts.iter().map(file).collect();
    let (ontology, found) = check::load(&files);
    let errors: Vec<&Diagnostic> =
        found.iter().filter(|found| found.severity == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(ontology);
    }
    for error in &errors {
        eprintln!("{error}");
    }
    Err(hinted(
        format!("{} in the ontology", plural(errors.len() as u64, "error", "errors")),
        "Mend the lines named above; `silsila ontology check FILE` reports all there is to say.",
    ))
}

/// A file as the user named it, with its content.
type Text = (String, String);

fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<Text>> {
    let read = |path: &PathBuf| {
        let turtle = fs::read_to_string(path).map_err(|error| {
            hinted(
                format!("cannot read {}: {error}", path.display()),
                "An ontology is a file of Turtle in UTF-8.",
            )
        })?;
        Ok((path.display().to_string(), turtle))
    };
    paths.iter().map(read).collect()
}

fn file((name, turtle): &Text) -> OntologyFile<'_> {
    OntologyFile { name, turtle }
}

fn list() -> anyhow::Result<()> {
    let ontology = Known::builtin();
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "Relations")?;
    for relation in ontology.relations.values() {
        let arrow = if relation.symmetric { "<->" } else { "->" };
        let ends = format!("{} {arrow} {}", relation.domain.join("|"), relation.range.join("|"));
        let family = relation.family.as_deref().unwrap_or("-");
        writeln!(out, "  {:<18} {family:<10} {ends}", relation.name)?;
        comment(&mut out, &relation.comments)?;
    }
    writeln!(out, "\nClasses")?;
    for class in ontology.classes.values() {
        writeln!(out, "  {:<18} {}", class.name, class.parents.join(", "))?;
        comment(&mut out, &class.comments)?;
    }
    out.flush()?;
    Ok(())
}

fn comment(out: &mut dyn Write, comments: &Labels) -> std::io::Result<()> {
    match comments.get("en") {
        Some(comment) => {
            let comment: Vec<&str> = comment.split_whitespace().collect();
            writeln!(out, "      {}", comment.join(" "))
        }
        None => Ok(()),
    }
}
