//! The whole job: rows wait in a spool until it is known who is who.

use std::collections::BTreeMap;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use crate::claim::{Attribution, Claim};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentId};
use crate::graph::{DocumentInfo, Graph, GraphOptions, GraphParts};
use crate::ontology::Ontology;
use crate::pipeline::seen::Seen;
use crate::pipeline::{Counts, Pipeline, PipelineError, Step, candidates};
use crate::record::{
    ClaimRow, DecisionRow, DocumentRow, EntityRow, RecordError, Rows, WeightRow, write_row,
};
use crate::resolution::{Candidate, Resolution};
use crate::resolve::{ResolveOptions, resolve_with};
use crate::span::ScalarOffsets;
use crate::token::Annotated;

impl<'a> Pipeline<'a> {
    /// Does the whole job: annotates and extracts, then tells who is who over
    /// all documents.
    ///
    /// `spool` must be empty; `tick` hears of every diagnostic and, with the
    /// number of its claims, of every document.
    pub fn build<S: Read + Write + Seek, E: From<PipelineError>>(
        &self,
        documents: impl IntoIterator<Item = Result<Document, Diagnostic>>,
        spool: S,
        mut tick: impl FnMut(Step<usize>) -> Result<(), E>,
    ) -> Result<Built<'a, S>, E> {
        let mut writer = BufWriter::new(spool);
        let mut at = 0;
        let mut kept: BTreeMap<DocumentId, Entry> = BTreeMap::new();
        let mut seen = Seen::default();
        let documents = documents.into_iter().flat_map(|document| match document {
            Ok(document) => seen.admit(document),
            Err(diagnostic) => [Some(Err(diagnostic)), None],
        });
        let mut counts = self.run(
            documents.flatten(),
            |annotated, found| self.spooled(annotated, found),
            |step| match step {
                Step::Found(diagnostic) => tick(Step::Found(diagnostic)),
                Step::Done(spooled) => {
                    let spooled = spooled.map_err(PipelineError::from)?;
                    writer.write_all(&spooled.rows).map_err(PipelineError::from)?;
                    let length = spooled.rows.len() as u64;
                    let Spooled { id, document_length, claims, unnamed, candidates, .. } = spooled;
                    let entry = Entry { at, document_length, length, claims, unnamed, candidates };
                    at += length;
                    // A document that is admitted under an id again is the one
                    // that is kept.
                    kept.insert(id, entry);
                    tick(Step::Done(claims))
                }
            },
        )?;
        let spool =
            writer.into_inner().map_err(|error| PipelineError::Spool(error.into_error()))?;
        let mut candidates = Vec::new();
        for entry in kept.values_mut() {
            candidates.append(&mut entry.candidates);
        }
        let (resolution, found) = resolve_with(&candidates, &ResolveOptions::default());
        drop(candidates);
        for diagnostic in found {
            counts.add(&diagnostic);
            tick(Step::Found(diagnostic))?;
        }
        counts.unnamed = kept.values().map(|entry| entry.unnamed).sum();
        Ok(Built { ontology: self.ontology, spool, kept, resolution, counts })
    }

    /// Makes of a document what `build` keeps of it.
    fn spooled(
        &self,
        annotated: &Annotated,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Spooled, RecordError> {
        let mut claims = self.claims(annotated, found);
        let unnamed = leave_out_unnamed(self.ontology, annotated, &mut claims);
        let offsets = ScalarOffsets::new(&annotated.document.text);
        let mut rows = Vec::new();
        write_row(&mut rows, &DocumentRow::annotated(annotated, &offsets))?;
        let document_length = rows.len() as u64;
        for row in self.rows_of(annotated, &claims) {
            write_row(&mut rows, &row)?;
        }
        Ok(Spooled {
            id: annotated.document.id.clone(),
            rows,
            document_length,
            claims: claims.len(),
            unnamed,
            candidates: candidates(annotated, &claims),
        })
    }
}

/// Leaves out the claims of which only a pronoun stands for an end: nobody can
/// look up who "he" was. What stands for good is said of who has a name; that
/// "he is an envoy" describes him does not help. A speaker that is only a
/// pronoun stays as words. Returns how many claims were left out.
fn leave_out_unnamed(ontology: &Ontology, annotated: &Annotated, claims: &mut Vec<Claim>) -> u64 {
    let all = claims.len();
    claims.retain(|claim| {
        let stands =
            ontology.relations.get(&claim.relation).is_some_and(|found| found.family.is_none());
        [claim.subject, claim.object].into_iter().all(|end| {
            let referent = annotated.referent(annotated.mention(end).referent);
            if stands { referent.is_named } else { annotated.is_described(end) }
        })
    });
    for claim in claims.iter_mut() {
        if let Some(Attribution::Mention(speaker)) = claim.attribution
            && !annotated.is_described(speaker)
        {
            claim.attribution = Some(Attribution::Words(annotated.mention(speaker).span));
        }
    }
    (all - claims.len()) as u64
}

/// What `build` keeps of a document.
struct Spooled {
    id: DocumentId,
    rows: Vec<u8>,
    document_length: u64,
    claims: usize,
    /// The claims left out.
    unnamed: u64,
    candidates: Vec<Candidate>,
}

/// Where the rows of a document stand in the spool.
#[derive(Debug)]
struct Entry {
    at: u64,
    document_length: u64,
    length: u64,
    claims: usize,
    unnamed: u64,
    candidates: Vec<Candidate>,
}

/// What a run of [`Pipeline::build`] made, ready to be written.
#[derive(Debug)]
pub struct Built<'a, S> {
    ontology: &'a Ontology,
    spool: S,
    // Invariant: sorted by id, as all output is.
    kept: BTreeMap<DocumentId, Entry>,
    resolution: Resolution,
    counts: Counts,
}

impl<S: Read + Seek> Built<'_, S> {
    /// What the run did.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Who is who.
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// The number of documents kept.
    pub fn documents(&self) -> u64 {
        self.kept.len() as u64
    }

    /// The number of claims.
    pub fn claims(&self) -> u64 {
        self.kept.values().map(|entry| entry.claims as u64).sum()
    }

    /// Writes the rows of the documents, sorted by id.
    pub fn write_documents(&mut self, out: &mut dyn Write) -> Result<(), PipelineError> {
        for entry in self.kept.values() {
            self.spool.seek(SeekFrom::Start(entry.at))?;
            io::copy(&mut (&mut self.spool).take(entry.document_length), out)?;
        }
        Ok(())
    }

    /// Writes the rows of the claims, sorted by document and by their place in
    /// it.
    pub fn write_claims(&mut self, out: &mut dyn Write) -> Result<(), PipelineError> {
        self.for_claims(|row| Ok(write_row(out, &row)?))
    }

    /// Writes the rows of the entities, sorted by id.
    pub fn write_entities(&self, out: &mut dyn Write) -> Result<(), PipelineError> {
        for entity in self.resolution.entities.values() {
            write_row(out, &EntityRow::new(entity))?;
        }
        Ok(())
    }

    /// Writes the rows of the decisions, sorted.
    pub fn write_decisions(&self, out: &mut dyn Write) -> Result<(), PipelineError> {
        for decision in &self.resolution.decisions {
            write_row(out, &DecisionRow::new(decision, &self.resolution))?;
        }
        Ok(())
    }

    /// Writes the rows of what findings beside the names were worth.
    pub fn write_weights(&self, out: &mut dyn Write) -> Result<(), PipelineError> {
        for weight in &self.resolution.weights {
            write_row(out, &WeightRow::new(weight))?;
        }
        Ok(())
    }

    /// Joins the entities by the claims.
    pub fn graph(&mut self) -> Result<Graph, PipelineError> {
        let mut documents = Vec::new();
        for entry in self.kept.values() {
            self.spool.seek(SeekFrom::Start(entry.at))?;
            let row = BufReader::new((&mut self.spool).take(entry.document_length));
            for row in Rows::<DocumentRow, _>::new(row) {
                let row = row?;
                let language = row.language.clone().unwrap_or_default();
                let document = row.into_document();
                documents.push(DocumentInfo::new(&document, document.published, &language));
            }
        }
        let mut statements = Vec::new();
        self.for_claims(|row| {
            statements.extend(row.statement());
            Ok(())
        })?;
        let entities = self.resolution.entities.values().cloned().collect();
        let parts = GraphParts { entities, documents, statements };
        Ok(Graph::new(parts, self.ontology, GraphOptions::default())?)
    }

    /// Reads the claims of all documents from the spool, resolved.
    fn for_claims(
        &mut self,
        mut each: impl FnMut(ClaimRow) -> Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        for entry in self.kept.values().filter(|entry| entry.claims > 0) {
            self.spool.seek(SeekFrom::Start(entry.at + entry.document_length))?;
            let rows = (&mut self.spool).take(entry.length - entry.document_length);
            for row in Rows::<ClaimRow, _>::new(BufReader::new(rows)) {
                let mut row = row?;
                row.resolve(&self.resolution);
                each(row)?;
            }
        }
        Ok(())
    }
}
