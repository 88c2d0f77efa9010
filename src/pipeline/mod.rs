//! All stages in one process: documents in, rows or a graph out.
//!
//! Documents are read in batches, worked on by all threads, and handed on in
//! the order in which they came, so that memory does not grow with their
//! number. [`Pipeline::build`] needs all of them at once to tell who is who: it
//! keeps the rows of each document in a spool, a stream that the caller
//! provides, and of the rest only what resolution asks for.
//!
//! The stages know nothing of each other. They meet here.

mod build;
mod candidates;
mod examples;
mod folder;
mod seen;
#[cfg(test)]
mod tests;
mod versions;

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::claim::Claim;
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::extract::extract;
use crate::graph::GraphError;
use crate::lang;
use crate::ontology::Ontology;
use crate::record::{ClaimRow, RecordError};
use crate::span::ScalarOffsets;
use crate::token::Annotated;

pub use build::{Built, Decided, Earlier};
pub use candidates::candidates;
pub use examples::{Failure, Trial, try_examples};
pub use folder::{
    Folder, GraphRows, Named, read_graph, write_decisions, write_entities, write_weights,
};

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
    /// A row of claims or referents is not one that `build` wrote.
    #[error("{file} was not written by this version, or has been changed: {what}")]
    Foreign {
        /// The file.
        file: &'static str,
        /// What is wrong.
        what: String,
    },
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
    /// The claims that `build` left out because only a pronoun stands for one
    /// of their ends.
    pub unnamed: u64,
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
        let place = place(&document);
        let language = (document.language.as_deref())
            .or(self.options.language.as_deref())
            .map(lang::detect::primary)
            .filter(|language| !language.is_empty())
            .or_else(|| lang::detect::detect(&document.text).map(str::to_owned));
        let language = match language {
            Some(language) if lang::find(&language).is_some() => language,
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
}

/// What became of a document.
enum Worked<T> {
    Done { made: T, words: u64 },
    PassedOver,
    Nothing,
}

/// The name of a document in diagnostics.
fn place(document: &Document) -> String {
    match &document.source.path {
        Some(path) => path.clone(),
        None => document.id.0.clone(),
    }
}
