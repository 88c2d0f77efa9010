//! `silsila ontology`: what the program knows of the world, and what a user
//! adds to it.

use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use anyhow::Context;
use silsila::annotate::Annotator;
use silsila::diagnostic::{Diagnostic, Severity};
use silsila::ontology::{Example, Labels, Ontology as Known, OntologyFile, Relation, check};
use silsila::pipeline::try_examples;

use crate::args::{Ontology, OntologyCommand, Own, Talk};
use crate::report::plural;
use crate::{Outcome, hinted};

pub fn run(args: &Ontology, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(stdout().lock());
    let outcome = match &args.command {
        OntologyCommand::List { own } => list(&load(own)?, &mut out),
        OntologyCommand::Show { name, own } => show(&load(own)?, name, &mut out),
        OntologyCommand::Check { files } => check_files(files, talk, &mut out),
        OntologyCommand::Test { files, relation } => {
            test(files, relation.as_deref(), talk, &mut out)
        }
    }?;
    out.flush()?;
    Ok(outcome)
}

/// The ontology that ships with what the user adds to it. What is only
/// unfinished in the user's files is left to `silsila ontology check`.
pub fn load(own: &Own) -> anyhow::Result<Known> {
    let texts = read(&own.files)?;
    load_files(&files(&texts))
}

fn load_files(files: &[OntologyFile<'_>]) -> anyhow::Result<Known> {
    let (ontology, found) = check::load(files);
    let errors: Vec<&Diagnostic> =
        found.iter().filter(|found| found.severity == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(ontology);
    }
    for error in &errors {
        eprintln!("{error}");
    }
    Err(hinted(
        format!("the ontology has {}", plural(errors.len() as u64, "error", "errors")),
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

fn files(texts: &[Text]) -> Vec<OntologyFile<'_>> {
    texts.iter().map(|(name, turtle)| OntologyFile { name, turtle }).collect()
}

/// Lists the relations by their families, then the classes.
fn list(ontology: &Known, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let relations: Vec<&Relation> = ontology.relations.values().collect();
    let mut families: Vec<Option<&str>> = Vec::new();
    for relation in &relations {
        if !families.contains(&relation.family.as_deref()) {
            families.push(relation.family.as_deref());
        }
    }
    let width = |text: fn(&Relation) -> &str| {
        relations.iter().map(|relation| text(relation).chars().count()).max().unwrap_or(0)
    };
    let (names, labels) = (width(|r| &r.name), width(|r| english(&r.labels)));
    for family in families {
        writeln!(out, "{}", family.unwrap_or("no event"))?;
        for relation in relations.iter().filter(|r| r.family.as_deref() == family) {
            let label = english(&relation.labels);
            let code = relation.code.as_deref().unwrap_or("-");
            let patterns: usize = relation.patterns.values().map(Vec::len).sum();
            let patterns = plural(patterns as u64, "pattern", "patterns");
            let name = &relation.name;
            let line = format!("  {name:<names$} {label:<labels$} {code:<5} {patterns:<12}");
            writeln!(out, "{line} {}", ends(relation))?;
        }
    }
    writeln!(out, "classes")?;
    for class in ontology.classes.values() {
        let (name, label) = (&class.name, english(&class.labels));
        let line = format!("  {name:<25} {label:<27} {}", class.parents.join(", "));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(Outcome::Clean)
}

fn english(labels: &Labels) -> &str {
    labels.get("en").or_else(|| labels.values().next()).map_or("-", String::as_str)
}

fn ends(relation: &Relation) -> String {
    let arrow = if relation.symmetric { "<->" } else { "->" };
    let classes =
        |classes: &[String]| if classes.is_empty() { "any".to_owned() } else { classes.join("|") };
    format!("{} {arrow} {}", classes(&relation.domain), classes(&relation.range))
}

/// Shows a relation as a card.
fn show(ontology: &Known, name: &str, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let relation = find(ontology, name)?;
    let labels: Vec<String> =
        relation.labels.iter().map(|(language, label)| format!("{label} ({language})")).collect();
    writeln!(out, "{}: {}", relation.name, labels.join(", "))?;
    for comment in relation.comments.values() {
        writeln!(out, "{}", one_line(comment))?;
    }
    writeln!(out)?;
    let event = [&relation.family, &relation.code].map(|part| part.as_deref().unwrap_or("-"));
    writeln!(out, "ends      {}", ends(relation))?;
    writeln!(out, "event     {}", event.join(" "))?;
    for (what, family) in
        [("planned", &relation.family_planned), ("negated", &relation.family_negated)]
    {
        if let Some(family) = family {
            writeln!(out, "  {what:<7} {family}")?;
        }
    }
    writeln!(out, "IRI       {}", relation.iri)?;
    for (what, iris) in [("inverse", &relation.inverses), ("like", &relation.alignments)] {
        for (at, iri) in iris.iter().enumerate() {
            writeln!(out, "{:<9} {iri}", if at == 0 { what } else { "" })?;
        }
    }
    for (language, patterns) in &relation.patterns {
        writeln!(out, "\npatterns ({language})")?;
        for pattern in patterns {
            writeln!(out, "  {pattern}")?;
        }
    }
    for (title, examples) in
        [("examples", &relation.examples), ("counter-examples", &relation.counter_examples)]
    {
        if !examples.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        for example in examples {
            writeln!(out, "  {}", marked(example))?;
        }
    }
    Ok(Outcome::Clean)
}

/// An example as its file has it, with its ends marked.
fn marked(example: &Example) -> String {
    let mut text = one_line(&example.text);
    for (mark, words) in [("S", &example.subject), ("O", &example.object)] {
        if let Some(words) = words {
            text = text.replacen(words.as_str(), &format!("[{mark} {words}]"), 1);
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The relation of that name or IRI.
fn find<'a>(ontology: &'a Known, name: &str) -> anyhow::Result<&'a Relation> {
    let relation = ontology.relations.get(name).or_else(|| ontology.relation_by_iri(name));
    relation.ok_or_else(|| {
        let names: Vec<&str> = ontology.relations.keys().map(String::as_str).collect();
        hinted(format!("there is no relation `{name}`"), format!("There are {}.", names.join(", ")))
    })
}

/// Reports all that is wrong with files, or with what ships if there are none.
fn check_files(paths: &[PathBuf], talk: &Talk, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let texts = read(paths)?;
    let found = if paths.is_empty() {
        let shipped: Vec<OntologyFile<'_>> = Known::builtin_files().collect();
        check::check(&Known::builtin(), &shipped)
    } else {
        check::load(&files(&texts)).1
    };
    for found in &found {
        writeln!(out, "{found}")?;
    }
    let count = |severity| found.iter().filter(|found| found.severity == severity).count() as u64;
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if !talk.quiet {
        let [errors, warnings] = [(errors, "error", "errors"), (warnings, "warning", "warnings")]
            .map(|(number, one, many)| plural(number, one, many));
        eprintln!("{errors}, {warnings}");
    }
    Ok(if errors + warnings > 0 { Outcome::WithErrors } else { Outcome::Clean })
}

/// Puts the examples to the test: those of one relation, of the relations that
/// files speak of, or all.
fn test(
    paths: &[PathBuf],
    relation: Option<&str>,
    talk: &Talk,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let texts = read(paths)?;
    let files = files(&texts);
    let ontology = load_files(&files)?;
    let mut relations: Vec<&Relation> = match relation {
        Some(name) => vec![find(&ontology, name)?],
        None => check::relations_of(&ontology, &files),
    };
    if relations.is_empty() {
        // Cue words and classes may change what any relation finds.
        relations.extend(ontology.relations.values());
    }
    let annotator = Annotator::english();
    let trial = try_examples(&|document| annotator.annotate(document), &ontology, relations);
    for failure in &trial.failures {
        let parts = [&failure.relation, &failure.sentence, &failure.expected, &failure.found];
        writeln!(out, "{}", parts.map(String::as_str).join(" | ")).context("cannot write")?;
    }
    if !talk.quiet {
        let tried = plural(trial.tried as u64, "example", "examples");
        let failed = plural(trial.failures.len() as u64, "failure", "failures");
        eprintln!("{tried}, {failed}");
    }
    Ok(if trial.failures.is_empty() { Outcome::Clean } else { Outcome::WithErrors })
}
