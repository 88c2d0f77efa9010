//! `silsila audit`: a sample of claims for a person to judge.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write, stdout};
use std::path::Path;

use anyhow::Context;
use silsila::audit::sheet::{self, SheetWriter};
use silsila::audit::{Candidate, DrawError, Estimate, Score, Tally, draw as draw_sample, score};
use silsila::record::{ClaimRow, DocumentRow, Row, Rows};

use crate::args::{Audit, AuditCommand, AuditDraw, Talk};
use crate::report::plural;
use crate::{Outcome, hinted};

pub fn run(args: &Audit, talk: &Talk) -> anyhow::Result<Outcome> {
    match &args.command {
        AuditCommand::Draw(args) => draw(args, talk),
        AuditCommand::Score { sheet } => score_sheet(sheet),
    }
}

/// Draws a sample into a sheet.
fn draw(args: &AuditDraw, talk: &Talk) -> anyhow::Result<Outcome> {
    if args.output.exists() && !args.force {
        return Err(hinted(
            format!("{} is there already", args.output.display()),
            "What was ticked in it would be lost: name another file with -o, or use --force.",
        ));
    }
    let mut candidates = Vec::new();
    each_row(&args.folder, "claims.jsonl", |claim: ClaimRow| {
        let ClaimRow { id, relation, pattern, confidence, .. } = claim;
        candidates.push(Candidate { claim: id, relation, pattern, confidence });
    })?;
    let drawn = draw_sample(&candidates, args.number, args.seed).map_err(|error| match error {
        DrawError::TooSmall { relations, .. } => {
            hinted(error.to_string(), format!("Draw at least {relations} with -n."))
        }
        error => error.into(),
    })?;

    let mut claims: BTreeMap<&str, Option<ClaimRow>> =
        drawn.iter().map(|drawn| (drawn.claim.as_str(), None)).collect();
    let mut documents: BTreeMap<String, Option<DocumentRow>> = BTreeMap::new();
    each_row(&args.folder, "claims.jsonl", |claim: ClaimRow| {
        if let Some(place) = claims.get_mut(claim.id.as_str()) {
            documents.insert(claim.document.clone(), None);
            *place = Some(claim);
        }
    })?;
    each_row(&args.folder, "documents.jsonl", |document: DocumentRow| {
        if let Some(place) = documents.get_mut(&document.id) {
            *place = Some(document);
        }
    })?;

    let about = || format!("cannot write {}", args.output.display());
    let out = BufWriter::new(File::create(&args.output).with_context(about)?);
    let mut sheet = SheetWriter::new(out).with_context(about)?;
    for drawn in &drawn {
        let claim = claims.get(drawn.claim.as_str()).and_then(Option::as_ref);
        let document = claim.and_then(|claim| documents.get(&claim.document)?.as_ref());
        let Some((claim, document)) = claim.zip(document) else {
            return Err(hinted(
                format!("the article of claim {} is not in documents.jsonl", drawn.claim),
                "Build the folder again.",
            ));
        };
        sheet.write(drawn, claim, document).with_context(about)?;
    }
    sheet.finish().with_context(about)?;
    if !talk.quiet {
        let all = plural(candidates.len() as u64, "claim", "claims");
        eprintln!(
            "{} of {all} in {}; write y, n or ? into the column \"right\"",
            drawn.len(),
            args.output.display()
        );
    }
    Ok(Outcome::Clean)
}

/// Does something with each row of a file that build wrote.
fn each_row<T: Row>(folder: &Path, name: &str, mut each: impl FnMut(T)) -> anyhow::Result<()> {
    let path = folder.join(name);
    let file = File::open(&path).map_err(|error| {
        hinted(
            format!("cannot read {}: {error}", path.display()),
            "Name a folder that `silsila build` wrote.",
        )
    })?;
    for row in Rows::new(BufReader::new(file)) {
        each(row.with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(())
}

/// Prints what the judgements of a sheet say.
fn score_sheet(path: &Path) -> anyhow::Result<Outcome> {
    let file = File::open(path).map_err(|error| {
        hinted(
            format!("cannot read {}: {error}", path.display()),
            "`silsila audit draw` makes a sheet.",
        )
    })?;
    let judged = sheet::read(file).map_err(|error| {
        let message = format!("cannot count {}: {error}", path.display());
        match error {
            sheet::SheetError::Table(_) => anyhow::Error::new(error).context(message),
            _ => hinted(message, "Mend the sheet and save it as CSV."),
        }
    })?;
    let mut out = BufWriter::new(stdout().lock());
    print(&score(&judged), &mut out)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

fn print(score: &Score, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "{:<20} {:>7} {:>5} {:>5} {:>6} {:>5}  {:>9}  95 % interval",
        "", "claims", "right", "wrong", "unsure", "blank", "precision"
    )?;
    let mut line = |name: &str, tally: &Tally, estimate: Option<Estimate>| {
        let Tally { claims, right, wrong, unsure, blank } = tally;
        let estimate = shown(estimate);
        let claims = claims.round();
        writeln!(
            out,
            "{name:<20} {claims:>7} {right:>5} {wrong:>5} {unsure:>6} {blank:>5}  {estimate}"
        )
    };
    for (relation, tally) in &score.relations {
        line(relation, tally, tally.precision())?;
    }
    line("all rows", &score.all, score.all.precision())?;
    writeln!(out, "{:<20} {:>32}  {}", "all claims, weighted", "", shown(score.weighted))?;
    let left = score.relations.values().filter(|tally| tally.judged() == 0).count();
    if 0 < left && left < score.relations.len() {
        let relations = plural(left as u64, "relation has", "relations have");
        writeln!(out, "{relations} no row that is judged, and no weight")?;
    }
    Ok(())
}

fn shown(estimate: Option<Estimate>) -> String {
    match estimate {
        Some(Estimate { precision, interval }) => {
            format!("{precision:>9.3}  {:.3} to {:.3}", interval.low, interval.high)
        }
        None => format!("{:>9}", "-"),
    }
}
