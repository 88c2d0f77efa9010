//! `silsila explain`: why somebody is one, or two are two.

use std::io::{BufWriter, IsTerminal, Write, stdout};

use anyhow::Context;
use silsila::explain::Explainer;
use silsila::explain::text::{self, TextOptions};
use silsila::record::write_row;

use crate::Outcome;
use crate::args::Explain;
use crate::folder::BuiltFolder;
use crate::ledger::find;

pub fn run(args: &Explain) -> anyhow::Result<Outcome> {
    let built = BuiltFolder::open(&args.folder.graph)?;
    let resolved = built.folder.resolve(&built.ledger);
    let claims = built.claim_counts()?;
    let explainer = Explainer {
        folder: &built.folder,
        resolved: &resolved,
        ledger: &built.ledger,
        claims: &claims,
    };
    let mut out = BufWriter::new(stdout().lock());
    let a = find(&built, &resolved, &args.a)?;
    let Some(b) = &args.b else {
        let row = explainer.entity(&a.entity).context("the entity is gone")?;
        if args.json {
            write_row(&mut out, &row)?;
        } else {
            write!(out, "{}", text::entity(&row, options()))?;
        }
        return Ok(out.flush().map(|()| Outcome::Clean)?);
    };
    let b = find(&built, &resolved, b)?;
    let pair = resolved.compare_sides(&a, &b).context("the two cannot be compared")?;
    let mut row = explainer.pair(&pair).context("the entity is gone")?;
    explainer.quote(std::slice::from_mut(&mut row), built.read("documents.jsonl")?)?;
    if args.json {
        write_row(&mut out, &row)?;
    } else {
        write!(out, "{}", text::pair(&row, options()))?;
    }
    Ok(out.flush().map(|()| Outcome::Clean)?)
}

/// How text is laid out on what standard output leads to.
pub fn options() -> TextOptions {
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let is_plain = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    TextOptions { color: stdout().is_terminal() && !is_plain, ..TextOptions::default() }
}
