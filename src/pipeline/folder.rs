//! A built folder read back, so that who is who can be told again without the
//! articles.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use crate::document::DocumentId;
use crate::entity::{EntityId, ReferentId};
use crate::graph::{DocumentInfo, Graph, GraphOptions, GraphParts};
use crate::ledger::Ledger;
use crate::mention::{MentionIdx, ReferentIdx};
use crate::ontology::Ontology;
use crate::pipeline::PipelineError;
use crate::record::convert::{decision_rows, judged};
use crate::record::{
    ClaimRow, DecisionRow, DocumentRow, EntityRow, ReferenceRow, ReferentsRow, Rows, WeightRow,
    write_row,
};
use crate::reference::Reference;
use crate::resolution::{Candidate, Resolution};
use crate::resolve::{ResolveOptions, Resolved};

/// The name of the file of claims.
const CLAIMS: &str = "claims.jsonl";

/// What a folder keeps for resolution: the candidates of all documents, and
/// where they are named.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    candidates: Vec<Candidate>,
    mentions: BTreeMap<DocumentId, BTreeMap<MentionIdx, ReferentIdx>>,
    places: BTreeMap<ReferentId, Vec<(u32, u32)>>,
    references: Vec<Reference>,
}

/// Where something is named in a document, in Unicode scalar values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Named {
    /// The document.
    pub document: DocumentId,
    /// The offset of the first character.
    pub start: u32,
    /// The offset behind the last character.
    pub end: u32,
}

impl Folder {
    /// Reads `referents.jsonl`.
    pub fn read(referents: impl BufRead) -> Result<Self, PipelineError> {
        let mut folder = Self::default();
        for row in Rows::<ReferentsRow, _>::new(referents) {
            folder.add(&row?);
        }
        folder.candidates.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(folder)
    }

    /// Reads `references.jsonl`: the entries of reference lists.
    pub fn read_references(&mut self, references: impl BufRead) -> Result<(), PipelineError> {
        for row in Rows::<ReferenceRow, _>::new(references) {
            self.references.extend(row?.into_reference());
        }
        Ok(())
    }

    fn add(&mut self, row: &ReferentsRow) {
        let candidates = row.candidates();
        for (candidate, referent) in candidates.iter().zip(&row.referents) {
            let places = referent.mentions.iter().map(|(_, start, end)| (*start, *end));
            self.places.insert(candidate.id.clone(), places.collect());
        }
        self.candidates.extend(candidates);
        self.mentions.insert(DocumentId(row.document.clone()), row.mentions());
    }

    /// Tells who is who.
    pub fn resolve(&self, ledger: &Ledger) -> Resolved<'_> {
        Resolved::new(&self.candidates, ledger, &self.references, &ResolveOptions::default())
    }

    /// Where an entity is named, or, if a name is given, where it is named so.
    pub fn named(&self, resolution: &Resolution, id: &EntityId, name: Option<&str>) -> Vec<Named> {
        let Some(entity) = resolution.entities.get(id) else { return Vec::new() };
        let wanted = |referent: &ReferentId| {
            name.is_none_or(|name| {
                let at = self.candidates.binary_search_by(|c| c.id.cmp(referent));
                at.ok().and_then(|at| self.candidates.get(at)).is_some_and(|candidate| {
                    candidate.referent.name == name || candidate.forms.contains_key(name)
                })
            })
        };
        let mut named: Vec<Named> = Vec::new();
        for referent in entity.referents.iter().filter(|referent| wanted(referent)) {
            for &(start, end) in self.places.get(referent).into_iter().flatten() {
                named.push(Named { document: referent.document.clone(), start, end });
            }
        }
        named
    }

    /// The number of claims that each thing of a document is an end of.
    pub fn claim_counts(
        &self,
        claims: impl BufRead,
    ) -> Result<BTreeMap<ReferentId, u64>, PipelineError> {
        let mut counts = BTreeMap::new();
        for row in Rows::<ClaimRow, _>::new(claims) {
            let row = row?;
            let document = DocumentId(row.document);
            for mention in [&row.subject.mention, &row.object.mention] {
                let index = mention.strip_prefix('m').and_then(|index| index.parse().ok());
                let known = self.mentions.get(&document).zip(index);
                if let Some(referent) = known.and_then(|(of, at)| of.get(&MentionIdx(at)).copied())
                {
                    let id = ReferentId { document: document.clone(), referent };
                    *counts.entry(id).or_insert(0) += 1;
                }
            }
        }
        Ok(counts)
    }

    /// Reads `claims.jsonl` and hands on each claim as a resolution has it.
    pub fn claims(
        &self,
        claims: impl BufRead,
        resolution: &Resolution,
        mut each: impl FnMut(ClaimRow) -> Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        for row in Rows::<ClaimRow, _>::new(claims) {
            let mut row = row?;
            let mentions = self.mentions.get(&DocumentId(row.document.clone()));
            if !row.unresolve(|mention| mentions?.get(&mention).copied()) {
                let what = format!("claim {} has a mention that is not known", row.id);
                return Err(PipelineError::Foreign { file: CLAIMS, what });
            }
            row.resolve(resolution);
            each(row)?;
        }
        Ok(())
    }

    /// Joins the entities by the claims.
    pub fn graph(
        &self,
        documents: impl BufRead,
        claims: impl BufRead,
        resolution: &Resolution,
        ontology: &Ontology,
    ) -> Result<Graph, PipelineError> {
        let mut infos = Vec::new();
        for row in Rows::<DocumentRow, _>::new(documents) {
            infos.push(row?.info());
        }
        let mut statements = Vec::new();
        self.claims(claims, resolution, |row| {
            statements.extend(row.statement());
            Ok(())
        })?;
        let entities = resolution.entities.values().cloned().collect();
        let decisions = judged(resolution);
        let parts = GraphParts { entities, documents: infos, statements, decisions };
        Ok(Graph::new(parts, ontology, GraphOptions::default())?)
    }
}

/// The rows of a built folder, of which a graph is made.
pub struct GraphRows<R> {
    /// `documents.jsonl`.
    pub documents: R,
    /// `entities.jsonl`.
    pub entities: R,
    /// `claims.jsonl`.
    pub claims: R,
    /// `decisions.jsonl`, unless nobody asks for them.
    pub decisions: Option<R>,
}

impl<R> std::fmt::Debug for GraphRows<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphRows").finish_non_exhaustive()
    }
}

/// Joins the entities of a built folder by its claims, as its rows have them:
/// nothing is resolved again.
pub fn read_graph<R: BufRead>(
    rows: GraphRows<R>,
    ontology: &Ontology,
) -> Result<Graph, PipelineError> {
    let GraphRows { documents, entities, claims, decisions } = rows;
    let mut parts = GraphParts::default();
    for row in Rows::<DocumentRow, _>::new(documents) {
        parts.documents.push(row?.info());
    }
    for row in Rows::<EntityRow, _>::new(entities) {
        let row = row?;
        let id = row.id.clone();
        let entity = row.into_entity().ok_or_else(|| PipelineError::Foreign {
            file: "entities.jsonl",
            what: format!("entity {id} has a class that is not known"),
        })?;
        parts.entities.push(entity);
    }
    for row in Rows::<ClaimRow, _>::new(claims) {
        let row = row?;
        let id = row.id.clone();
        let statement = row.statement().ok_or_else(|| PipelineError::Foreign {
            file: CLAIMS,
            what: format!("claim {id} has a factuality that is not known"),
        })?;
        parts.statements.push(statement);
    }
    for row in decisions.into_iter().flat_map(Rows::<DecisionRow, _>::new) {
        parts.decisions.extend(row?.judged());
    }
    Ok(Graph::new(parts, ontology, GraphOptions::default())?)
}

/// Writes the rows of the entities, sorted by id.
pub fn write_entities(resolution: &Resolution, out: &mut dyn Write) -> Result<(), PipelineError> {
    for entity in resolution.entities.values() {
        write_row(out, &EntityRow::new(entity))?;
    }
    Ok(())
}

/// Writes the rows of the decisions, sorted.
pub fn write_decisions(resolution: &Resolution, out: &mut dyn Write) -> Result<(), PipelineError> {
    for row in decision_rows(resolution) {
        write_row(out, &row)?;
    }
    Ok(())
}

/// Writes the rows of what findings beside the names were worth.
pub fn write_weights(resolution: &Resolution, out: &mut dyn Write) -> Result<(), PipelineError> {
    for weight in &resolution.weights {
        write_row(out, &WeightRow::new(weight))?;
    }
    Ok(())
}

impl DocumentRow {
    /// What the graph keeps of the document.
    pub(super) fn info(self) -> DocumentInfo {
        let language = self.language.clone().unwrap_or_default();
        let version_of = self.version_of.clone().map(DocumentId);
        let document = self.into_document();
        let info = DocumentInfo::new(&document, document.published, &language);
        DocumentInfo { version_of, ..info }
    }
}
