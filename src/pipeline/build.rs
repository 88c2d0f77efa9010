//! The whole job: rows wait in a spool until it is known who is who.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use crate::claim::{Attribution, Claim};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentId};
use crate::graph::{DocumentInfo, Graph, GraphOptions, GraphParts};
use crate::ledger::Ledger;
use crate::ontology::Ontology;
use crate::pipeline::seen::Seen;
use crate::pipeline::versions::{Fingerprint, versions};
use crate::pipeline::{Counts, Pipeline, PipelineError, Step, candidates, folder};
use crate::record::convert::judged;
use crate::record::{ClaimRow, DocumentRow, RecordError, ReferentsRow, Rows, write_row};
use crate::reference::Reference;
use crate::resolution::{Candidate, Resolution};
use crate::resolve::{ResolveOptions, Resolved};
use crate::span::ScalarOffsets;
use crate::token::Annotated;

/// What is known of who is who beside the articles.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// What people have decided.
    pub ledger: &'a Ledger,
    /// The entries of reference lists.
    pub references: &'a [Reference],
    /// The folder that the articles are added to.
    pub earlier: Option<&'a Earlier<'a>>,
}

/// A folder that an earlier run made: its files, to be read.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// Opens a file.
    pub open: &'a dyn Fn(&str) -> io::Result<Box<dyn BufRead>>,
}

impl std::fmt::Debug for Earlier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Earlier").finish_non_exhaustive()
    }
}

impl Earlier<'_> {
    /// Hands on each document with what was kept of it, as if it had been read
    /// again.
    fn each(
        &self,
        mut each: impl FnMut(Document, Spooled) -> Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        // All three are sorted by document.
        let documents = Rows::<DocumentRow, _>::new((self.open)("documents.jsonl")?);
        let mut referents = Rows::<ReferentsRow, _>::new((self.open)("referents.jsonl")?);
        let mut claims = Rows::<ClaimRow, _>::new((self.open)("claims.jsonl")?).peekable();
        for document in documents {
            // Which is a version of which is found out anew.
            let document = DocumentRow { version_of: None, ..document? };
            let foreign = |file, what: &str| PipelineError::Foreign {
                file,
                what: format!("document {} {what}", document.id),
            };
            let known = referents
                .next()
                .transpose()?
                .filter(|row| row.document == document.id)
                .ok_or_else(|| foreign("referents.jsonl", "is not in its place"))?;
            let mentions = known.mentions();
            let mut rows = Vec::new();
            write_row(&mut rows, &document)?;
            let length = rows.len() as u64;
            write_row(&mut rows, &known)?;
            let lengths = Lengths { document: length, referents: rows.len() as u64 - length };
            let mut count = 0;
            while claims.peek().is_some_and(|claim| match claim {
                Ok(claim) => claim.document == document.id,
                Err(_) => true,
            }) {
                let Some(mut claim) = claims.next().transpose()? else { break };
                if !claim.unresolve(|mention| mentions.get(&mention).copied()) {
                    return Err(foreign("claims.jsonl", "has a mention that is not known"));
                }
                write_row(&mut rows, &claim)?;
                count += 1;
            }
            let candidates = known.candidates();
            let spooled = Spooled {
                id: DocumentId(document.id.clone()),
                rows,
                lengths,
                claims: count,
                unnamed: 0,
                fingerprint: Fingerprint::new(&document, &candidates),
                candidates,
            };
            each(document.into_document(), spooled)?;
        }
        match claims.next() {
            Some(claim) => Err(PipelineError::Foreign {
                file: "claims.jsonl",
                what: format!("claim {} is not in its place", claim?.id),
            }),
            None => Ok(()),
        }
    }
}

impl<'a> Pipeline<'a> {
    /// Does the whole job: annotates and extracts, then tells who is who over
    /// all documents. What the ledger says stands above what the evidence says.
    ///
    /// `spool` must be empty; `tick` hears of every diagnostic and, with the
    /// number of its claims, of every document.
    pub fn build<S: Read + Write + Seek, E: From<PipelineError>>(
        &self,
        documents: impl IntoIterator<Item = Result<Document, Diagnostic>>,
        decided: Decided<'_>,
        spool: S,
        mut tick: impl FnMut(Step<usize>) -> Result<(), E>,
    ) -> Result<Built<'a, S>, E> {
        let Decided { ledger, references, earlier } = decided;
        let mut writer = BufWriter::new(spool);
        let mut at = 0;
        let mut kept: BTreeMap<DocumentId, Entry> = BTreeMap::new();
        let mut seen = Seen::default();
        if let Some(earlier) = earlier {
            earlier.each(|document, spooled| {
                writer.write_all(&spooled.rows)?;
                let _ = seen.admit(document);
                let (id, entry) = spooled.entry(&mut at);
                kept.insert(id, entry);
                Ok(())
            })?;
        }
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
                    let claims = spooled.claims;
                    let (id, entry) = spooled.entry(&mut at);
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
        let Resolved { resolution, mut diagnostics, remarks, .. } =
            Resolved::new(&candidates, ledger, references, &ResolveOptions::default());
        drop(candidates);
        diagnostics.extend(remarks.diagnostics(ledger));
        for diagnostic in diagnostics {
            counts.add(&diagnostic);
            tick(Step::Found(diagnostic))?;
        }
        let prints = kept.iter().map(|(id, entry)| (id, &entry.fingerprint)).collect();
        let versions = versions(&prints, &resolution);
        counts.unnamed = kept.values().map(|entry| entry.unnamed).sum();
        Ok(Built { ontology: self.ontology, spool, kept, resolution, versions, counts })
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
        let row = DocumentRow::annotated(annotated, &offsets);
        write_row(&mut rows, &row)?;
        let document = rows.len() as u64;
        let candidates = candidates(annotated, &claims);
        write_row(&mut rows, &ReferentsRow::new(annotated, &offsets, &candidates))?;
        let referents = rows.len() as u64 - document;
        for row in self.rows_of(annotated, &claims) {
            write_row(&mut rows, &row)?;
        }
        Ok(Spooled {
            id: annotated.document.id.clone(),
            rows,
            lengths: Lengths { document, referents },
            claims: claims.len(),
            unnamed,
            fingerprint: Fingerprint::new(&row, &candidates),
            candidates,
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
    lengths: Lengths,
    claims: usize,
    /// The claims left out.
    unnamed: u64,
    candidates: Vec<Candidate>,
    fingerprint: Fingerprint,
}

impl Spooled {
    /// Where the rows stand in the spool, from `at` on.
    fn entry(self, at: &mut u64) -> (DocumentId, Entry) {
        let Self { id, rows, lengths, claims, unnamed, candidates, fingerprint } = self;
        let length = rows.len() as u64;
        let entry = Entry { at: *at, lengths, length, claims, unnamed, candidates, fingerprint };
        *at += length;
        (id, entry)
    }
}

/// How long the first rows of a document are; those of its claims follow.
#[derive(Clone, Copy, Debug)]
struct Lengths {
    document: u64,
    referents: u64,
}

/// Where the rows of a document stand in the spool.
#[derive(Debug)]
struct Entry {
    at: u64,
    lengths: Lengths,
    length: u64,
    claims: usize,
    unnamed: u64,
    candidates: Vec<Candidate>,
    fingerprint: Fingerprint,
}

/// What a run of [`Pipeline::build`] made, ready to be written.
#[derive(Debug)]
pub struct Built<'a, S> {
    ontology: &'a Ontology,
    spool: S,
    // Invariant: sorted by id, as all output is.
    kept: BTreeMap<DocumentId, Entry>,
    resolution: Resolution,
    /// The documents that are versions of others.
    versions: BTreeMap<DocumentId, DocumentId>,
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
        for (id, entry) in &self.kept {
            self.spool.seek(SeekFrom::Start(entry.at))?;
            let mut row = (&mut self.spool).take(entry.lengths.document);
            let Some(original) = self.versions.get(id) else {
                io::copy(&mut row, out)?;
                continue;
            };
            for row in Rows::<DocumentRow, _>::new(BufReader::new(row)) {
                let row = DocumentRow { version_of: Some(original.0.clone()), ..row? };
                write_row(out, &row)?;
            }
        }
        Ok(())
    }

    /// Writes the rows of the referents, sorted by document.
    pub fn write_referents(&mut self, out: &mut dyn Write) -> Result<(), PipelineError> {
        for entry in self.kept.values() {
            self.spool.seek(SeekFrom::Start(entry.at + entry.lengths.document))?;
            io::copy(&mut (&mut self.spool).take(entry.lengths.referents), out)?;
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
        folder::write_entities(&self.resolution, out)
    }

    /// Writes the rows of the decisions, sorted.
    pub fn write_decisions(&self, out: &mut dyn Write) -> Result<(), PipelineError> {
        folder::write_decisions(&self.resolution, out)
    }

    /// Writes the rows of what findings beside the names were worth.
    pub fn write_weights(&self, out: &mut dyn Write) -> Result<(), PipelineError> {
        folder::write_weights(&self.resolution, out)
    }

    /// Joins the entities by the claims.
    pub fn graph(&mut self) -> Result<Graph, PipelineError> {
        let mut documents = Vec::new();
        for entry in self.kept.values() {
            self.spool.seek(SeekFrom::Start(entry.at))?;
            let row = BufReader::new((&mut self.spool).take(entry.lengths.document));
            for row in Rows::<DocumentRow, _>::new(row) {
                let info = row?.info();
                let version_of = self.versions.get(&info.id).cloned();
                documents.push(DocumentInfo { version_of, ..info });
            }
        }
        let mut statements = Vec::new();
        self.for_claims(|row| {
            statements.extend(row.statement());
            Ok(())
        })?;
        let entities = self.resolution.entities.values().cloned().collect();
        let decisions = judged(&self.resolution);
        let parts = GraphParts { entities, documents, statements, decisions };
        Ok(Graph::new(parts, self.ontology, GraphOptions::default())?)
    }

    /// Reads the claims of all documents from the spool, resolved.
    fn for_claims(
        &mut self,
        mut each: impl FnMut(ClaimRow) -> Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        for entry in self.kept.values().filter(|entry| entry.claims > 0) {
            let before = entry.lengths.document + entry.lengths.referents;
            self.spool.seek(SeekFrom::Start(entry.at + before))?;
            let rows = (&mut self.spool).take(entry.length - before);
            for row in Rows::<ClaimRow, _>::new(BufReader::new(rows)) {
                let mut row = row?;
                row.resolve(&self.resolution);
                each(row)?;
            }
        }
        Ok(())
    }
}
