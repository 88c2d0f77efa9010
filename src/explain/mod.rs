//! Why somebody is one or two: the chain of evidence, in rows and in words.
//!
//! [`Explainer`] collects what resolution knows of an entity or a pair, with
//! the sentences that name them; [`text`] writes it for a person to read.

pub mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use crate::entity::{Entity, EntityId, ReferentId};
use crate::ledger::{Ledger, Ruling};
use crate::pipeline::{Folder, Named, PipelineError};
use crate::record::convert::{reason_row, rounded};
use crate::record::{
    DecisionRow, DocumentRow, EntityExplanationRow, EntityRow, NamedRow, PairExplanationRow, Rows,
    RulingRow, SentenceRow, VERSION,
};
use crate::resolution::Comparison;
use crate::resolve::{Pair, Resolved};

/// How many documents are quoted for a name.
const QUOTED: usize = 3;
/// How many neighbors of an entity are shown.
const NEAR: usize = 6;
/// How much, in log-odds, documents can be expected to say beside the names.
const REACH: f64 = 4.0;
/// How far a sentence reaches before and behind a name, in characters.
const CONTEXT: usize = 140;

/// Explains what was resolved.
#[derive(Debug)]
pub struct Explainer<'a> {
    /// The candidates.
    pub folder: &'a Folder,
    /// Who is who.
    pub resolved: &'a Resolved<'a>,
    /// What people have decided.
    pub ledger: &'a Ledger,
    /// The number of claims of each thing of a document.
    pub claims: &'a BTreeMap<ReferentId, u64>,
}

impl Explainer<'_> {
    /// The number of claims that an entity is an end of.
    pub fn claims_of(&self, entity: &EntityId) -> u64 {
        let entity = self.resolved.resolution.entities.get(entity);
        let referents = entity.map_or(&[][..], |entity| &entity.referents);
        referents.iter().filter_map(|referent| self.claims.get(referent)).sum()
    }

    /// Explains an entity; `None` if it is not there.
    pub fn entity(&self, id: &EntityId) -> Option<EntityExplanationRow> {
        let entity = self.resolved.resolution.entities.get(id)?;
        let near = self.resolved.neighbors(id, NEAR);
        Some(EntityExplanationRow {
            v: VERSION,
            entity: EntityRow::new(entity),
            claims: self.claims_of(id),
            rulings: self.rulings(&[id]),
            links: (self.resolved.links(id).into_iter())
                .map(|decision| DecisionRow::new(decision, &self.resolved.resolution))
                .collect(),
            near: near.iter().filter_map(|pair| self.pair(pair)).collect(),
        })
    }

    /// Explains a pair.
    pub fn pair(&self, pair: &Pair) -> Option<PairExplanationRow> {
        let named = |id: &EntityId, name: &str| {
            let entity = self.resolved.resolution.entities.get(id)?;
            Some(NamedRow {
                entity: id.0.clone(),
                label: entity.name.clone(),
                name: name.to_owned(),
                class: entity.class.clone(),
                documents: entity.documents,
                offices: offices(entity),
                evidence: Vec::new(),
            })
        };
        let joined = pair.a == pair.b;
        let rulings = self.rulings(&[&pair.a, &pair.b]);
        let Comparison { score, reasons, .. } = &pair.comparison;
        Some(PairExplanationRow {
            v: VERSION,
            a: named(&pair.a, &pair.names.0)?,
            b: named(&pair.b, &pair.names.1)?,
            joined,
            ruled: rulings.iter().any(|ruling| (ruling.verdict == "same") == joined),
            log_odds: rounded(pair.log_odds),
            threshold: pair.threshold,
            score: *score,
            reasons: reasons.iter().map(reason_row).collect(),
            because: pair.because.clone(),
            rulings,
            change: change(pair, joined),
        })
    }

    /// The rulings that name something of each of some entities.
    fn rulings(&self, entities: &[&EntityId]) -> Vec<RulingRow> {
        let names = |ruling: &Ruling, entity: &EntityId| {
            let sides = ruling.sides.iter().flat_map(|side| &side.selectors);
            sides.into_iter().any(|selector| self.resolved.is_named_by(entity, selector))
        };
        let mut rulings: Vec<&Ruling> = self.ledger.by_rank();
        rulings.retain(|ruling| entities.iter().all(|entity| names(ruling, entity)));
        rulings.sort_by_key(|ruling| ruling.number);
        rulings.into_iter().map(RulingRow::new).collect()
    }

    /// Adds the sentences to pairs. `documents` are the rows of
    /// `documents.jsonl`.
    pub fn quote(
        &self,
        pairs: &mut [PairExplanationRow],
        documents: impl BufRead,
    ) -> Result<(), PipelineError> {
        let mut wanted: BTreeMap<String, Vec<(usize, bool, Named)>> = BTreeMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            for (is_b, side) in [(false, &pair.a), (true, &pair.b)] {
                let id = EntityId(side.entity.clone());
                let places = self.folder.named(&self.resolved.resolution, &id, Some(&side.name));
                let mut seen = BTreeSet::new();
                for place in places {
                    if seen.len() < QUOTED && seen.insert(place.document.clone()) {
                        let entry = wanted.entry(place.document.0.clone()).or_default();
                        entry.push((at, is_b, place));
                    }
                }
            }
        }
        for row in Rows::<DocumentRow, _>::new(documents) {
            let row = row?;
            for (at, is_b, place) in wanted.remove(&row.id).into_iter().flatten() {
                if let Some(pair) = pairs.get_mut(at) {
                    let side = if is_b { &mut pair.b } else { &mut pair.a };
                    side.evidence.push(sentence(&row, &place));
                }
            }
            if wanted.is_empty() {
                break;
            }
        }
        Ok(())
    }
}

/// The stretch of a document around a name.
fn sentence(row: &DocumentRow, place: &Named) -> SentenceRow {
    let text: Vec<char> = row.text.chars().collect();
    let (start, end) = (place.start as usize, place.end as usize);
    let ends = |at: usize| match text.get(at) {
        Some('\n') => true,
        // A stop behind a word in small letters, in front of a capital.
        Some('.' | '!' | '?' | '۔' | '؟') => {
            at.checked_sub(2).and_then(|at| text.get(at)).is_some_and(|c| !c.is_uppercase())
                && text.get(at + 1).is_none_or(|c| c.is_whitespace())
                && text.get(at + 2).is_none_or(|c| !c.is_lowercase())
        }
        _ => false,
    };
    let mut first = start;
    while 0 < first && start - first < CONTEXT && !ends(first - 1) {
        first -= 1;
    }
    let mut last = end;
    while last < text.len() && last - end < CONTEXT && !ends(last) {
        last += 1;
    }
    let is_cut = (0 < first && start - first >= CONTEXT, last - end >= CONTEXT);
    if text.get(last).is_some_and(|c| *c != '\n') && !is_cut.1 {
        last += 1;
    }
    let part = |from: usize, to: usize| {
        let part: String = text.get(from..to).unwrap_or_default().iter().collect();
        let squeezed = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let space = |is: Option<char>| if is.is_some_and(char::is_whitespace) { " " } else { "" };
        if squeezed.is_empty() {
            return space(part.chars().next()).to_owned();
        }
        format!("{}{squeezed}{}", space(part.chars().next()), space(part.chars().next_back()))
    };
    let mut before = part(first, start).trim_start().to_owned();
    let mut after = part(end, last).trim_end().to_owned();
    if is_cut.0 {
        before.insert(0, '…');
    }
    if is_cut.1 {
        after.push('…');
    }
    SentenceRow {
        document: row.id.clone(),
        title: (row.title.as_ref().or(row.path.as_ref()).or(row.url.as_ref()))
            .map_or_else(|| row.id.clone(), Clone::clone),
        start: place.start,
        end: place.end,
        before,
        text: part(start, end).trim().to_owned(),
        after,
    }
}

fn offices(entity: &Entity) -> Vec<String> {
    let office = |office: &crate::entity::EntityOffice| match &office.of {
        Some(of) => format!("{} ({of})", office.title),
        None => office.title.clone(),
    };
    entity.offices.iter().take(4).map(office).collect()
}

/// What would change what was decided of a pair, in whole sentences.
fn change(pair: &Pair, joined: bool) -> Vec<String> {
    let mut change = Vec::new();
    let reasons = &pair.comparison.reasons;
    let stays = |weight: f64| (pair.log_odds - weight >= pair.threshold) == joined;
    for reason in reasons.iter().filter(|reason| !stays(reason.weight)).take(3) {
        let end = if joined { "they would be two" } else { "they would be one" };
        change.push(format!("Without “{}: {}” {end}.", reason.feature, reason.detail));
    }
    let missing = pair.threshold - pair.log_odds;
    if !joined && 0.0 < missing && pair.because.is_none() {
        let has = |feature: &str| reasons.iter().any(|reason| reason.feature == feature);
        let more: Vec<&str> = [
            ("office", "an office of both"),
            ("companions", "people named beside both"),
            ("country", "a country that both are tied to"),
        ]
        .into_iter()
        .filter(|(feature, _)| !has(feature))
        .map(|(_, what)| what)
        .collect();
        if missing <= REACH && !more.is_empty() {
            change.push(format!(
                "{missing:+.2} is missing; it could come from {}.",
                more.join(" or ")
            ));
        } else {
            change.push(format!(
                "{missing:+.2} is missing; only names that agree better, or a ruling, could bring that."
            ));
        }
    }
    change
}
