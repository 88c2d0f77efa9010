//! `silsila review`: the least certain pairs, one by one.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write, stdin, stdout};

use silsila::explain::{Explainer, text};
use silsila::ledger::{Retraction, Verdict};
use silsila::resolve::Pair;

use crate::Outcome;
use crate::args::{Review, Talk};
use crate::explain::options;
use crate::folder::{BuiltFolder, author, date, rule};
use crate::ledger::{signed, warn};
use crate::report::plural;

pub fn run(args: &Review, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut built = BuiltFolder::open(&args.folder.graph)?;
    let claims = built.claim_counts()?;
    let mut answers = stdin().lock().lines();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut given: Vec<u32> = Vec::new();
    let mut shown = 0;
    'pairs: while args.number.is_none_or(|number| shown < number) {
        // Every answer can settle or raise others.
        let ledger = built.ledger.clone();
        let resolved = built.folder.resolve(&ledger);
        let explainer = Explainer {
            folder: &built.folder,
            resolved: &resolved,
            ledger: &ledger,
            claims: &claims,
        };
        let mut pairs: Vec<(f64, Pair)> = (resolved.uncertain().into_iter())
            .filter(|pair| !seen.contains(&key(pair)))
            .map(|pair| (doubt(&pair, &explainer), pair))
            .collect();
        pairs.sort_by(|(x, p), (y, q)| x.total_cmp(y).then_with(|| key(p).cmp(&key(q))));
        let left = pairs.len();
        let Some((_, pair)) = pairs.into_iter().next() else { break };
        shown += 1;
        let Some(mut row) = explainer.pair(&pair) else { continue };
        explainer.quote(std::slice::from_mut(&mut row), built.read("documents.jsonl")?)?;
        for side in [&mut row.a, &mut row.b] {
            side.evidence.truncate(2);
        }
        let mut out = stdout().lock();
        writeln!(
            out,
            "\n{} left\n{}",
            plural(left as u64, "pair", "pairs"),
            text::pair(&row, options())
        )?;
        let sides = resolved.sides(&pair);
        let verdict = loop {
            write!(out, "same, different, leave it, undo, quit (s/d/?/u/q): ")?;
            out.flush()?;
            match answer(answers.next())? {
                Answer::Rule(verdict) => break Some(verdict),
                Answer::Leave => break None,
                Answer::Quit => break 'pairs,
                Answer::Undo => {
                    let Some(number) = given.pop() else {
                        writeln!(out, "Nothing was answered yet.")?;
                        continue;
                    };
                    let retraction = Retraction {
                        date: date(&args.signed)?,
                        author: author(&args.signed),
                        comment: args.signed.comment.clone(),
                    };
                    if let Some(ruling) = built.ledger.undo(Some(number), retraction) {
                        writeln!(out, "taken back: {}", ruling.in_short())?;
                        built.save()?;
                        let labels = ruling.sides.iter().map(|side| side.label.clone());
                        let labels: Vec<String> = labels.collect();
                        seen.retain(|(a, b)| !(labels.contains(a) && labels.contains(b)));
                    }
                    continue 'pairs;
                }
                Answer::Unknown => writeln!(out, "Please answer s, d, ?, u or q.")?,
            }
        };
        drop(out);
        seen.insert(key(&pair));
        if let Some(verdict) = verdict {
            let ruling = signed(verdict, sides.to_vec(), &args.signed)?;
            given.push(rule(&mut built.ledger, ruling));
            built.save()?;
        }
    }
    let resolved = built.folder.resolve(&built.ledger);
    if !given.is_empty() || built.ledger.rulings.iter().any(|r| r.retraction.is_some()) {
        built.rewrite(&resolved)?;
    }
    warn(&resolved.remarks, &built, talk);
    if !talk.quiet {
        eprintln!("{} answered, {} shown", plural(given.len() as u64, "pair", "pairs"), shown);
    }
    Ok(Outcome::Clean)
}

/// What somebody answers.
enum Answer {
    Rule(Verdict),
    Leave,
    Undo,
    Quit,
    Unknown,
}

fn answer(line: Option<io::Result<String>>) -> io::Result<Answer> {
    // The end of the answers is the end of the review.
    let Some(line) = line.transpose()? else { return Ok(Answer::Quit) };
    Ok(match line.trim().to_lowercase().as_str() {
        "s" | "same" => Answer::Rule(Verdict::Same),
        "d" | "different" => Answer::Rule(Verdict::Different),
        "?" | "" => Answer::Leave,
        "u" | "undo" => Answer::Undo,
        "q" | "quit" => Answer::Quit,
        _ => Answer::Unknown,
    })
}

/// The two names of a pair.
fn key(pair: &Pair) -> (String, String) {
    pair.names.clone().min((pair.names.1.clone(), pair.names.0.clone()))
}

/// How far a pair is from the point of doubt; the more claims hang on it, the
/// nearer.
fn doubt(pair: &Pair, explainer: &Explainer<'_>) -> f64 {
    let claims = [&pair.a, &pair.b].map(|entity| explainer.claims_of(entity));
    let weight = 1.0 + (claims[0].min(claims[1]) as f64).ln_1p();
    ((pair.log_odds - pair.threshold).abs() + 0.1) / weight
}
