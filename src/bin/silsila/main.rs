//! The command line of silsila.
//!
//! Everything that touches the world stands here and nowhere in the library:
//! files, standard streams, the clock, the terminal.

mod args;
mod audit;
mod build;
mod compare;
mod draw;
mod explain;
mod export;
mod folder;
mod input;
mod ledger;
mod ontology;
mod output;
mod query;
mod report;
mod review;
mod stage;
mod stats;
mod view;

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::process::ExitCode;

use clap::Parser;
use silsila::ledger::Verdict;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Build(build) => build::run(build, &args.talk),
        Command::Annotate(stage) => stage::annotate(stage, &args.talk),
        Command::Extract(stage) => stage::extract(stage, &args.talk),
        Command::Compare(compare) => compare::run(compare, &args.talk),
        Command::Same(pair) => ledger::pair(Verdict::Same, pair, &args.talk),
        Command::Different(pair) => ledger::pair(Verdict::Different, pair, &args.talk),
        Command::Split(split) => ledger::split(split, &args.talk),
        Command::Undo(undo) => ledger::undo(undo, &args.talk),
        Command::Explain(explain) => explain::run(explain),
        Command::Review(review) => review::run(review, &args.talk),
        Command::Export(export) => export::run(export, &args.talk),
        Command::Draw(draw) => draw::run(draw, &args.talk),
        Command::Stats(stats) => stats::run(stats),
        Command::Query(query) => query::run(query),
        Command::Audit(audit) => audit::run(audit, &args.talk),
        Command::Ontology(ontology) => ontology::run(ontology, &args.talk),
    };
    match done {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::WithErrors) => ExitCode::from(1),
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&error);
            ExitCode::from(2)
        }
    }
}

/// How a run that went to its end went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Without errors in the input.
    Clean,
    /// With errors in the input, which were passed over.
    WithErrors,
}

/// A failure about which the user can do something.
#[derive(Debug)]
struct Hinted {
    message: String,
    hint: String,
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Hinted {}

/// Returns an error with a hint.
fn hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Hinted { message: message.into(), hint: hint.into() }.into()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
    })
}
