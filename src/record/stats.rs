//! What a built folder holds, in numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::record::{
    ClaimRow, DocumentRow, EntityRow, ManifestRow, RecordError, Row, Rows, VERSION,
};

/// How many there are of each.
pub type Tally = BTreeMap<String, u64>;

/// What a built folder holds, as `stats` counts it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StatsRow {
    /// The version of the row.
    pub v: u32,
    /// The documents.
    pub documents: u64,
    /// The documents with texts of their own: neither equal to another's nor a
    /// copy or translation of one.
    pub independent: u64,
    /// The documents of which claims were made.
    pub with_claims: u64,
    /// The documents by language.
    pub document_languages: Tally,
    /// The documents by outlet, of those that name theirs.
    pub publishers: Tally,
    /// The first and the last date of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<(String, String)>,
    /// The entities.
    pub entities: u64,
    /// The entities by class.
    pub classes: Tally,
    /// The claims.
    pub claims: u64,
    /// The claims by relation.
    pub relations: Tally,
    /// The claims by event type.
    pub families: Tally,
    /// The claims by factuality.
    pub factuality: Tally,
    /// The claims by the language of their document.
    pub claim_languages: Tally,
    /// The claims that say when.
    pub dated: u64,
    /// The claims that are somebody's words.
    pub attributed: u64,
    /// The claims left out because only a pronoun stands for an end.
    pub unnamed: u64,
    /// The stretches of text that make no claim, by reason.
    pub skipped: Tally,
    /// Their length in characters.
    pub skipped_characters: u64,
    /// The length of all texts in characters.
    pub characters: u64,
    /// The documents, or lines and files that should be some, that were passed
    /// over when the folder was built.
    pub passed_over: u64,
    /// The errors in the input when the folder was built.
    pub errors: u64,
}

impl Row for StatsRow {
    fn version(&self) -> u32 {
        self.v
    }
}

impl StatsRow {
    /// Counts the rows of a folder.
    pub fn count(
        manifest: &ManifestRow,
        documents: impl BufRead,
        entities: impl BufRead,
        claims: impl BufRead,
    ) -> Result<Self, RecordError> {
        let mut stats = Self {
            v: VERSION,
            unnamed: manifest.unnamed,
            passed_over: manifest.passed_over,
            errors: manifest.errors,
            ..Self::default()
        };
        let mut texts = BTreeSet::new();
        let mut languages = BTreeMap::new();
        for row in Rows::<DocumentRow, _>::new(documents) {
            let row = row?;
            stats.documents += 1;
            stats.characters += row.text.chars().count() as u64;
            if row.version_of.is_none() && texts.insert(Sha256::digest(row.text.as_bytes())) {
                stats.independent += 1;
            }
            for skipped in &row.skipped {
                add(&mut stats.skipped, &skipped.reason);
                stats.skipped_characters += u64::from(skipped.end.saturating_sub(skipped.start));
            }
            if let Some(source) = &row.source {
                add(&mut stats.publishers, source);
            }
            if let Some(date) = row.published {
                let (first, last) = stats.published.take().unwrap_or((date.clone(), date.clone()));
                stats.published = Some((first.min(date.clone()), last.max(date)));
            }
            let language = row.language.unwrap_or_else(|| "unknown".to_owned());
            add(&mut stats.document_languages, &language);
            languages.insert(row.id, language);
        }
        for row in Rows::<EntityRow, _>::new(entities) {
            stats.entities += 1;
            add(&mut stats.classes, &row?.class);
        }
        let mut speaking = BTreeSet::new();
        for row in Rows::<ClaimRow, _>::new(claims) {
            let row = row?;
            stats.claims += 1;
            add(&mut stats.relations, &row.relation);
            add(&mut stats.factuality, &row.factuality);
            if let Some(family) = &row.family {
                add(&mut stats.families, family);
            }
            if let Some(language) = languages.get(&row.document) {
                add(&mut stats.claim_languages, language);
            }
            stats.dated += u64::from(row.from.is_some() || row.to.is_some());
            stats.attributed += u64::from(row.attribution.is_some());
            if !speaking.contains(&row.document) {
                speaking.insert(row.document);
            }
        }
        stats.with_claims = speaking.len() as u64;
        Ok(stats)
    }
}

fn add(tally: &mut Tally, name: &str) {
    match tally.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            tally.insert(name.to_owned(), 1);
        }
    }
}
