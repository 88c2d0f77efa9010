//! `silsila same`, `different`, `split` and `undo`: what people decide.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Write, stdout};

use silsila::entity::{Entity, ReferentId};
use silsila::ledger::{Named, Retraction, Ruling, Scope, Selector, Side, Verdict};
use silsila::resolution::Resolution;
use silsila::resolve::{Choice, FindError, Found, Remarks, Resolved};

use crate::args::{RulePair, Signed, Split, SplitBy, Talk, Undo};
use crate::folder::{BuiltFolder, author, date, rule};
use crate::report::plural;
use crate::{Outcome, hinted};

/// How many entities are told of that a ruling changed.
const SHOWN: usize = 12;

/// Rules that two are the same or different.
pub fn pair(verdict: Verdict, args: &RulePair, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut built = BuiltFolder::open(&args.folder.graph)?;
    let before = built.folder.resolve(&built.ledger);
    let (a, b) = (side(&built, &before, &args.a)?, side(&built, &before, &args.b)?);
    if a.selectors == b.selectors {
        return Err(hinted(
            format!("\"{}\" and \"{}\" are one name", args.a, args.b),
            "Name one of them in a document, as NAME#DOCUMENT, or use `silsila split`.",
        ));
    }
    let ruling = signed(verdict, vec![a, b], &args.signed)?;
    let before = before.resolution;
    let number = rule(&mut built.ledger, ruling);
    apply(&built, &before, Some(number), talk)
}

/// Rules that what the program joined is not one.
pub fn split(args: &Split, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut built = BuiltFolder::open(&args.folder.graph)?;
    let before = built.folder.resolve(&built.ledger);
    let found = find(&built, &before, &args.entity)?;
    let mut sides = before.parts(&found.entity, args.by == SplitBy::Document);
    let documents =
        before.resolution.entities.get(&found.entity).map_or(0, |entity| entity.documents);
    let is_one = sides.len() == 1 && (args.by == SplitBy::Name || documents < 2);
    if sides.is_empty() || is_one {
        return Err(hinted(
            format!(
                "\"{}\" is one name{}",
                args.entity,
                if documents < 2 { " in one document" } else { "" }
            ),
            "`silsila split NAME --by document` tells its bearers apart by document.",
        ));
    }
    if let Some(first) = sides.first_mut() {
        first.typed = args.entity.clone();
    }
    let ruling = signed(Verdict::Split, sides, &args.signed)?;
    let before = before.resolution;
    let number = rule(&mut built.ledger, ruling);
    apply(&built, &before, Some(number), talk)
}

/// Takes a ruling back.
pub fn undo(args: &Undo, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut built = BuiltFolder::open(&args.folder.graph)?;
    let before = built.folder.resolve(&built.ledger).resolution;
    let retraction = Retraction {
        date: date(&args.signed)?,
        author: author(&args.signed),
        comment: args.signed.comment.clone(),
    };
    let Some(ruling) = built.ledger.undo(args.row, retraction) else {
        let standing: Vec<String> = built.ledger.by_rank().iter().map(|r| in_short(r)).collect();
        return Err(hinted(
            match args.row {
                Some(row) => format!("there is no row {row} that holds"),
                None => "there is nothing to take back".to_owned(),
            },
            if standing.is_empty() {
                "No decision of a person holds.".to_owned()
            } else {
                format!("These hold:\n  {}", standing.join("\n  "))
            },
        ));
    };
    if !talk.quiet {
        writeln!(stdout(), "taken back: {}", in_short(&ruling))?;
    }
    apply(&built, &before, None, talk)
}

/// A ruling with who made it, when and why; its number comes later.
pub fn signed(verdict: Verdict, sides: Vec<Side>, signed: &Signed) -> anyhow::Result<Ruling> {
    Ok(Ruling {
        date: date(signed)?,
        number: 0,
        verdict,
        sides,
        author: author(signed),
        comment: signed.comment.clone(),
        retraction: None,
        more: BTreeMap::new(),
    })
}

/// The side of a ruling that was typed; an id of Wikidata need not be known.
fn side(built: &BuiltFolder, resolved: &Resolved<'_>, typed: &str) -> anyhow::Result<Side> {
    let selector = Selector::parse(typed).or_else(|| Selector::parse(&format!("wikidata:{typed}")));
    match (resolved.find(typed), selector) {
        (
            Err(FindError::Unknown { .. }),
            Some(selector @ Selector { named: Named::Wikidata(_), scope: Scope::All }),
        ) => Ok(Side {
            label: selector.to_string(),
            selectors: vec![selector],
            typed: typed.to_owned(),
        }),
        _ => Ok(find(built, resolved, typed)?.side),
    }
}

/// Finds what was typed, or says what it may be.
pub fn find(built: &BuiltFolder, resolved: &Resolved<'_>, typed: &str) -> anyhow::Result<Found> {
    let typed = built.with_document(typed)?;
    let list = |choices: &[Choice]| {
        let line = |choice: &Choice| {
            format!(
                "{}  {}, {}, {}, one is {}",
                choice.entity,
                choice.name,
                choice.class,
                plural(u64::from(choice.documents), "document", "documents"),
                choice.document
            )
        };
        choices.iter().map(line).collect::<Vec<_>>().join("\n  ")
    };
    resolved.find(&typed).map_err(|error| match &error {
        FindError::Ambiguous { choices, .. } => {
            hinted(error.to_string(), format!("Name an id, or NAME#DOCUMENT:\n  {}", list(choices)))
        }
        FindError::Unknown { choices, .. } if !choices.is_empty() => {
            hinted(error.to_string(), format!("These are called alike:\n  {}", list(choices)))
        }
        _ => hinted(
            error.to_string(),
            "A side is the id of an entity, a name as articles write it, or NAME#DOCUMENT.",
        ),
    })
}

/// Tells who is who anew, writes the folder, and says what has changed.
fn apply(
    built: &BuiltFolder,
    before: &Resolution,
    number: Option<u32>,
    talk: &Talk,
) -> anyhow::Result<Outcome> {
    let after = built.folder.resolve(&built.ledger);
    built.rewrite(&after)?;
    let mut out = stdout().lock();
    if !talk.quiet {
        let ruling = built.ledger.rulings.iter().find(|ruling| Some(ruling.number) == number);
        if let Some(ruling) = ruling {
            writeln!(out, "{}", in_short(ruling))?;
        }
        for line in changes(before, &after.resolution) {
            writeln!(out, "  {line}")?;
        }
    }
    warn(&after.remarks, built, talk);
    Ok(Outcome::Clean)
}

/// Says which rulings are not followed.
pub fn warn(remarks: &Remarks, built: &BuiltFolder, talk: &Talk) {
    for diagnostic in remarks.diagnostics(&built.ledger) {
        let is_note = diagnostic.severity == silsila::diagnostic::Severity::Note;
        if !talk.quiet && (!is_note || talk.verbose) {
            eprintln!("{diagnostic}");
        }
    }
}

fn in_short(ruling: &Ruling) -> String {
    format!("row {}: {}", ruling.number, ruling.in_short())
}

/// Which entities were not there before, and of what they were made.
fn changes(before: &Resolution, after: &Resolution) -> Vec<String> {
    let known: BTreeSet<&[ReferentId]> =
        before.entities.values().map(|entity| entity.referents.as_slice()).collect();
    let show = |entity: &Entity| {
        let documents = plural(u64::from(entity.documents), "document", "documents");
        format!("“{}” ({}, {documents})", entity.name, entity.id)
    };
    let mut lines = Vec::new();
    for entity in after.entities.values() {
        if known.contains(entity.referents.as_slice()) {
            continue;
        }
        let from: BTreeSet<_> =
            entity.referents.iter().filter_map(|referent| before.of.get(referent)).collect();
        let from: Vec<String> =
            from.into_iter().filter_map(|id| before.entities.get(id)).map(show).collect();
        lines.push(match from.as_slice() {
            [one] => format!("{} was part of {one}", show(entity)),
            several => format!("{} was {}", show(entity), several.join(" and ")),
        });
    }
    if lines.is_empty() {
        lines.push("nobody is joined or parted by it".to_owned());
    }
    if SHOWN < lines.len() {
        let more = lines.len() - SHOWN;
        lines.truncate(SHOWN);
        lines.push(format!("and {more} more"));
    }
    lines
}
