//! All stages in one process: documents in, rows or a graph out.
//!
//! Documents are read in batches, worked on by all threads, and handed on in
//! the order in which they came, so that memory does not grow with their
//! number. [`Pipeline::build`] needs all of them at once to tell who is who: it
//! keeps the rows of each document in a spool, a stream that the caller
//! provides, and of the rest only what resolution asks for.
//!
//! The stages know nothing of each other. They meet here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use indexmap::IndexMap;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::claim::{Attribution, Claim};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, DocumentId};
use crate::entity::ReferentId;
use crate::extract::extract;
use crate::graph::{DocumentInfo, Graph, GraphError, GraphOptions, GraphParts};
use crate::lang;
use crate::mention::{MentionIdx, MentionKind, ReferentIdx, Supertype};
use crate::ontology::Ontology;
use crate::record::{ClaimRow, DecisionRow, DocumentRow, EntityRow, RecordError, Rows, write_row};
use crate::resolution::{Candidate, Resolution};
use crate::resolve::resolve;
use crate::span::ScalarOffsets;
use crate::token::Annotated;

/// A batch ends at this many documents for each thread, …
const BATCH_DOCUMENTS: usize = 64;

/// … or at this many bytes of text for each thread.
const BATCH_BYTES: usize = 256 * 1024;

/// What annotates a document: [`crate::annotate::Annotator::annotate`].
pub type Annotate<'a> = dyn Fn(Document) -> (Annotated, Vec<Diagnostic>) + Sync + 'a;

/// How documents are worked on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PipelineOptions {
    /// The date of publication of documents that bear none (default: none).
    pub published: Option<PartialDate>,
    /// The language of documents that do not name theirs (default: detected).
    pub language: Option<String>,
    /// The number of threads (default: 0, one for each core).
    pub threads: usize,
}

/// The run could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The threads could not be started.
    #[error("cannot start the threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The spool, where rows wait for resolution, could not be used.
    #[error("cannot use the temporary file")]
    Spool(#[from] io::Error),
    /// Rows could not be written, or not be read from the spool.
    #[error("cannot write or read rows")]
    Record(#[from] RecordError),
    /// The claims do not make a graph.
    #[error("cannot join the claims into a graph")]
    Graph(#[from] GraphError),
}

/// What comes out of the work on documents, in their order.
#[derive(Debug)]
pub enum Step<T> {
    /// What was made of a document.
    Done(T),
    /// Something to be said; it comes before what was made of the document.
    Found(Diagnostic),
}

/// What a run did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// The documents that were worked on.
    pub documents: u64,
    /// The documents, or lines and files that should be some, that were not.
    pub passed_over: u64,
    /// The words of the documents, as blanks part them.
    pub words: u64,
    /// The errors.
    pub errors: u64,
    /// The warnings.
    pub warnings: u64,
}

impl Counts {
    /// Counts a diagnostic.
    pub fn add(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => {}
        }
    }
}

/// The stages, ready to work.
pub struct Pipeline<'a> {
    annotate: &'a Annotate<'a>,
    ontology: &'a Ontology,
    options: PipelineOptions,
    threads: rayon::ThreadPool,
}

impl std::fmt::Debug for Pipeline<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").field("options", &self.options).finish_non_exhaustive()
    }
}

impl<'a> Pipeline<'a> {
    /// Starts the threads.
    pub fn new(
        annotate: &'a Annotate<'a>,
        ontology: &'a Ontology,
        options: PipelineOptions,
    ) -> Result<Self, PipelineError> {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
        Ok(Self { annotate, ontology, options, threads })
    }

    /// Annotates documents, does `work` on each, and hands what it made to
    /// `each`, in the order of the documents.
    pub fn run<T: Send, E>(
        &self,
        documents: impl IntoIterator<Item = Result<Document, Diagnostic>>,
        work: impl Fn(&Annotated, &mut Vec<Diagnostic>) -> T + Sync,
        mut each: impl FnMut(Step<T>) -> Result<(), E>,
    ) -> Result<Counts, E> {
        let mut counts = Counts::default();
        let mut documents = documents.into_iter();
        let threads = self.threads.current_num_threads();
        loop {
            let mut batch = Vec::new();
            let mut bytes = 0;
            let mut ended = true;
            for document in documents.by_ref() {
                bytes += document.as_ref().map_or(0, |document| document.text.len());
                batch.push(document);
                if batch.len() >= BATCH_DOCUMENTS * threads || bytes >= BATCH_BYTES * threads {
                    ended = false;
                    break;
                }
            }
            let done: Vec<_> = self.threads.install(|| {
                (batch.into_par_iter().with_max_len(1))
                    .map(|document| document.map(|document| self.work_on(document, &work)))
                    .collect()
            });
            for document in done {
                let (worked, found) = match document {
                    Ok((worked, found)) => (worked, found),
                    Err(diagnostic) => {
                        // A note or a warning may be about a document that is
                        // there; an error is about one that is not.
                        counts.passed_over += u64::from(diagnostic.severity == Severity::Error);
                        (Worked::Nothing, vec![diagnostic])
                    }
                };
                for diagnostic in found {
                    counts.add(&diagnostic);
                    each(Step::Found(diagnostic))?;
                }
                match worked {
                    Worked::Done { made, words } => {
                        counts.documents += 1;
                        counts.words += words;
                        each(Step::Done(made))?;
                    }
                    Worked::PassedOver => counts.passed_over += 1,
                    Worked::Nothing => {}
                }
            }
            if ended {
                return Ok(counts);
            }
        }
    }

    /// Annotates a document and does `work` on it.
    fn work_on<T>(
        &self,
        mut document: Document,
        work: &(impl Fn(&Annotated, &mut Vec<Diagnostic>) -> T + Sync),
    ) -> (Worked<T>, Vec<Diagnostic>) {
        let place = match &document.source.path {
            Some(path) => path.clone(),
            None => document.id.0.clone(),
        };
        let language = (document.language.as_deref())
            .or(self.options.language.as_deref())
            .map(lang::detect::primary)
            .filter(|language| !language.is_empty())
            .or_else(|| lang::detect::detect(&document.text).map(str::to_owned));
        let language = match language {
            Some(language) if lang::SUPPORTED.contains(&language.as_str()) => language,
            Some(language) => {
                let message = format!(
                    "It is in a language that cannot be read yet (\"{language}\") and was passed over."
                );
                return (
                    Worked::PassedOver,
                    vec![Diagnostic::new(Severity::Error, place, message)],
                );
            }
            None => {
                let message = "It holds no words and was passed over.";
                return (
                    Worked::PassedOver,
                    vec![Diagnostic::new(Severity::Warning, place, message)],
                );
            }
        };
        document.language.get_or_insert(language);
        document.published = document.published.or(self.options.published);
        let words = document.text.split_whitespace().count() as u64;
        // A defect that one article brings to light must not cost the others.
        let worked = catch_unwind(AssertUnwindSafe(|| {
            let (annotated, mut found) = (self.annotate)(document);
            let made = work(&annotated, &mut found);
            (made, found)
        }));
        match worked {
            Ok((made, found)) => (Worked::Done { made, words }, found),
            Err(_) => {
                let message = "It was passed over because of a defect in this program. Please \
                               report it with the article.";
                (Worked::PassedOver, vec![Diagnostic::new(Severity::Error, place, message)])
            }
        }
    }

    /// Extracts the claims of an annotated document, each id once.
    pub fn claims(&self, annotated: &Annotated, found: &mut Vec<Diagnostic>) -> Vec<Claim> {
        let (mut claims, diagnostics) = extract(self.ontology, annotated);
        found.extend(diagnostics);
        let mut ids = BTreeSet::new();
        claims.retain(|claim| ids.insert(claim.id.clone()));
        claims
    }

    /// Extracts the claims of an annotated document, as rows.
    pub fn claim_rows(&self, annotated: &Annotated, found: &mut Vec<Diagnostic>) -> Vec<ClaimRow> {
        self.rows_of(annotated, &self.claims(annotated, found))
    }

    fn rows_of(&self, annotated: &Annotated, claims: &[Claim]) -> Vec<ClaimRow> {
        let offsets = ScalarOffsets::new(&annotated.document.text);
        let row = |claim| ClaimRow::new(claim, annotated, &offsets, self.ontology);
        claims.iter().map(row).collect()
    }

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
        let counts = self.run(
            documents.flatten(),
            |annotated, found| self.spooled(annotated, found),
            |step| match step {
                Step::Found(diagnostic) => tick(Step::Found(diagnostic)),
                Step::Done(spooled) => {
                    let spooled = spooled.map_err(PipelineError::from)?;
                    writer.write_all(&spooled.rows).map_err(PipelineError::from)?;
                    let length = spooled.rows.len() as u64;
                    let Spooled { id, document_length, claims, candidates, .. } = spooled;
                    let entry = Entry { at, document_length, length, claims, candidates };
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
        let resolution = resolve(&candidates);
        drop(candidates);
        Ok(Built { ontology: self.ontology, spool, kept, resolution, counts })
    }

    /// Makes of a document what `build` keeps of it.
    fn spooled(
        &self,
        annotated: &Annotated,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Spooled, RecordError> {
        let claims = self.claims(annotated, found);
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
            candidates: candidates(annotated, &claims),
        })
    }
}

/// What became of a document.
enum Worked<T> {
    Done { made: T, words: u64 },
    PassedOver,
    Nothing,
}

/// What `build` keeps of a document.
struct Spooled {
    id: DocumentId,
    rows: Vec<u8>,
    document_length: u64,
    claims: usize,
    candidates: Vec<Candidate>,
}

/// Where the rows of a document stand in the spool.
#[derive(Debug)]
struct Entry {
    at: u64,
    document_length: u64,
    length: u64,
    claims: usize,
    candidates: Vec<Candidate>,
}

/// The documents that have been admitted, so that each counts once.
///
/// Which of two documents with one id is kept depends on what they hold, not on
/// which comes first: the same documents in any order give the same graph.
#[derive(Default)]
struct Seen(BTreeMap<DocumentId, Rank>);

/// The smallest is kept: one that bears a date, then by file, address and all
/// else, then by text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_undated: bool,
    path: Option<String>,
    url: Option<String>,
    fields: [u8; 16],
    text: [u8; 16],
}

impl Seen {
    /// Returns what is to be said of a document, and the document if it is to be
    /// kept.
    fn admit(&mut self, document: Document) -> [Option<Result<Document, Diagnostic>>; 2] {
        let rank = Rank::of(&document);
        let Some(other) = self.0.get_mut(&document.id) else {
            self.0.insert(document.id.clone(), rank);
            return [None, Some(Ok(document))];
        };
        let place = match &document.source.path {
            Some(path) => path.clone(),
            None => document.id.0.clone(),
        };
        let of = other.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
        let diagnostic = if rank.text == other.text {
            let message = format!("It is the same article as another{of} and counts once.");
            Diagnostic::new(Severity::Note, place, message)
        } else {
            let message = format!(
                "Its id \"{}\" is that of another article{of}; only one of them was kept. Give \
                 each an id of its own, or none.",
                document.id
            );
            Diagnostic::new(Severity::Error, place, message)
        };
        let is_kept = rank < *other;
        if is_kept {
            *other = rank;
        }
        [Some(Err(diagnostic)), is_kept.then_some(Ok(document))]
    }
}

impl Rank {
    fn of(document: &Document) -> Self {
        let half = |bytes: &[u8]| {
            let mut half = [0; 16];
            half.iter_mut().zip(Sha256::digest(bytes)).for_each(|(to, from)| *to = from);
            half
        };
        let source = &document.source;
        let fields = format!("{:?}", (document.published, &document.language, source));
        Self {
            is_undated: document.published.is_none(),
            path: source.path.clone(),
            url: source.url.clone(),
            fields: half(fields.as_bytes()),
            text: half(document.text.as_bytes()),
        }
    }
}

/// Returns what resolution needs to know of the things of a document: of those
/// that are named or that a claim speaks of.
pub fn candidates(annotated: &Annotated, claims: &[Claim]) -> Vec<Candidate> {
    let referent_of = |mention: MentionIdx| annotated.mention(mention).referent;
    let mut wanted: BTreeSet<ReferentIdx> = (0..annotated.referents.len() as u32)
        .map(ReferentIdx)
        .filter(|referent| annotated.referent(*referent).is_named)
        .collect();
    for claim in claims {
        wanted.extend([claim.subject, claim.object].map(referent_of));
        wanted.extend(claim.place.map(referent_of));
        wanted.extend(claim.office.iter().filter_map(|office| office.of).map(referent_of));
        if let Some(Attribution::Mention(mention)) = claim.attribution {
            wanted.insert(referent_of(mention));
        }
    }
    let companions: Vec<String> = (annotated.referents.iter())
        .filter(|referent| {
            referent.is_named
                && matches!(referent.supertype, Supertype::Person | Supertype::Organization)
        })
        .map(|referent| referent.name.clone())
        .collect();
    let candidate = |idx: ReferentIdx| {
        let referent = annotated.referent(idx);
        let mut forms = IndexMap::new();
        for mention in referent.mentions.iter().map(|mention| annotated.mention(*mention)) {
            if mention.kind == MentionKind::Name {
                *forms.entry(words(annotated.text(mention.span))).or_insert(0) += 1;
            }
        }
        let of = |of: MentionIdx| annotated.referent(referent_of(of)).name.clone();
        Candidate {
            id: ReferentId { document: annotated.document.id.clone(), referent: idx },
            office_of: referent.offices.iter().map(|office| office.of.map(of)).collect(),
            referent: referent.clone(),
            forms,
            language: annotated.language.clone(),
            companions: companions.iter().filter(|name| **name != referent.name).cloned().collect(),
        }
    };
    wanted.into_iter().map(candidate).collect()
}

/// A name with its blanks and line ends squeezed.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
