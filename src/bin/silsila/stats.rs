//! `silsila stats`: what a built folder holds, in numbers.

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args as ClapArgs;
use silsila::record::stats::{StatsRow, Tally};
use silsila::record::write_row;

use crate::Outcome;
use crate::folder::{known, open};
use crate::report::grouped;

#[derive(ClapArgs, Debug)]
pub struct Stats {
    /// A folder that build made
    #[arg(value_name = "DIR")]
    pub graph: PathBuf,
    /// Write one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &Stats) -> anyhow::Result<Outcome> {
    let manifest = known(&args.graph)?;
    let file = |name: &str| open(&args.graph, name);
    let (documents, entities) = (file("documents.jsonl")?, file("entities.jsonl")?);
    let stats = StatsRow::count(&manifest, documents, entities, file("claims.jsonl")?)
        .with_context(|| format!("cannot read {}", args.graph.display()))?;
    let mut out = BufWriter::new(stdout().lock());
    if args.json {
        write_row(&mut out, &stats)?;
    } else {
        table(&stats, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn table(stats: &StatsRow, out: &mut dyn Write) -> std::io::Result<()> {
    count(out, "documents", stats.documents)?;
    count(out, "  independent sources", stats.independent)?;
    count(out, "  with claims", stats.with_claims)?;
    if let Some((first, last)) = &stats.published {
        writeln!(out, "  published{first:>15} to {last}")?;
    }
    tally(out, "", &stats.document_languages)?;
    if !stats.publishers.is_empty() {
        count(out, "outlets", stats.publishers.len() as u64)?;
    }
    count(out, "entities", stats.entities)?;
    tally(out, "", &stats.classes)?;
    count(out, "claims", stats.claims)?;
    count(out, "  with a date", stats.dated)?;
    count(out, "  said by somebody", stats.attributed)?;
    tally(out, "factuality", &stats.factuality)?;
    tally(out, "language", &stats.claim_languages)?;
    tally(out, "event type", &stats.families)?;
    tally(out, "relation", &stats.relations)?;
    count(out, "left out: a mere pronoun", stats.unnamed)?;
    tally(out, "skipped", &stats.skipped)?;
    let share = stats.skipped_characters as f64 / stats.characters.max(1) as f64 * 100.0;
    writeln!(out, "{:28}{share:>7.1} %", "skipped of all text")?;
    count(out, "passed over", stats.passed_over)?;
    count(out, "errors", stats.errors)
}

fn count(out: &mut dyn Write, what: &str, number: u64) -> std::io::Result<()> {
    writeln!(out, "{what:28}{:>9}", grouped(number))
}

/// The counts of a tally below its name, the highest first.
fn tally(out: &mut dyn Write, name: &str, tally: &Tally) -> std::io::Result<()> {
    if !name.is_empty() {
        writeln!(out, "{name}")?;
    }
    let mut counts: Vec<_> = tally.iter().collect();
    counts.sort_by_key(|(name, number)| (u64::MAX - **number, *name));
    for (name, number) in counts {
        count(out, &format!("  {name}"), *number)?;
    }
    Ok(())
}
