//! `silsila ontology`: what the program knows of the world.

use std::io::{BufWriter, Write, stdout};

use silsila::ontology::{Labels, Ontology as Known};

use crate::Outcome;
use crate::args::{Ontology, OntologyCommand};

pub fn run(args: &Ontology) -> anyhow::Result<Outcome> {
    match args.command {
        OntologyCommand::List => list()?,
    }
    Ok(Outcome::Clean)
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
