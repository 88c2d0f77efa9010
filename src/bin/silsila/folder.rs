//! A folder that `build` made, read back and made anew.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use silsila::entity::ReferentId;
use silsila::export::{ExportOptions, Format};
use silsila::ledger::{Ledger, Ruling};
use silsila::ontology::Ontology;
use silsila::pipeline::{Folder, PipelineError, write_decisions, write_entities, write_weights};
use silsila::record::{DocumentRow, ManifestRow, Rows, ledger, write_row};
use silsila::resolve::Resolved;

use crate::args::{Own, Signed};
use crate::output::{OutputFolder, manifest};
use crate::{hinted, ontology};

/// The table of what people have decided.
pub const LEDGER: &str = "decisions.csv";
/// What resolution knows of the articles.
pub const REFERENTS: &str = "referents.jsonl";

/// The entries of reference lists.
pub const REFERENCES: &str = "references.jsonl";

/// The name of the copy of an ontology file that the user added.
pub fn ontology_copy(at: usize) -> String {
    format!("ontology-{}.ttl", at + 1)
}

/// The manifest of a folder that `build` made.
pub fn known(path: &Path) -> anyhow::Result<ManifestRow> {
    manifest(path).ok_or_else(|| {
        hinted(
            format!("{} is not a folder that silsila made", path.display()),
            "Make one with `silsila build articles/ -o graph`, or name another.",
        )
    })
}

/// The ontology that a folder was built with.
pub fn ontology_of(path: &Path, manifest: &ManifestRow) -> anyhow::Result<Ontology> {
    let copies = (0..).map(ontology_copy).take_while(|name| manifest.files.contains(name));
    ontology::load(&Own { files: copies.map(|name| path.join(name)).collect() })
}

/// A file of a folder, to be read.
pub fn open(path: &Path, name: &str) -> anyhow::Result<BufReader<File>> {
    let path = path.join(name);
    let file = File::open(&path).map_err(|error| {
        hinted(format!("cannot read {}: {error}", path.display()), "Build the folder again.")
    })?;
    Ok(BufReader::new(file))
}

/// A folder that `build` made.
pub struct BuiltFolder {
    pub path: PathBuf,
    pub folder: Folder,
    pub ledger: Ledger,
    manifest: ManifestRow,
}

impl BuiltFolder {
    /// Reads what tells who is who.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let manifest = known(path)?;
        let referents = File::open(path.join(REFERENTS)).map_err(|error| {
            hinted(
                format!("cannot read {}: {error}", path.join(REFERENTS).display()),
                "The folder was made by an earlier version: build it again.",
            )
        })?;
        let mut folder = Folder::read(BufReader::new(referents))
            .with_context(|| format!("cannot read {}", path.join(REFERENTS).display()))?;
        if manifest.files.iter().any(|name| name == REFERENCES) {
            let about = || format!("cannot read {}", path.join(REFERENCES).display());
            let file = File::open(path.join(REFERENCES)).with_context(about)?;
            folder.read_references(BufReader::new(file)).with_context(about)?;
        }
        let own = path.join(LEDGER);
        let ledger = if own.exists() { read_ledger(&own)? } else { Ledger::default() };
        Ok(Self { path: path.to_owned(), folder, ledger, manifest })
    }

    /// A file of the folder, to be read.
    pub fn read(&self, name: &str) -> anyhow::Result<BufReader<File>> {
        open(&self.path, name)
    }

    /// What was typed, with the id of a document in the place of its file.
    pub fn with_document(&self, typed: &str) -> anyhow::Result<String> {
        let Some((name, file)) = typed.split_once('#') else { return Ok(typed.to_owned()) };
        let mut found = Vec::new();
        for row in Rows::<DocumentRow, _>::new(self.read("documents.jsonl")?) {
            let row = row?;
            let path = row.path.unwrap_or_default();
            let is_it = path == file
                || path.strip_suffix(file).is_some_and(|folder| folder.ends_with(['/', '\\']));
            if row.id == file {
                return Ok(typed.to_owned());
            }
            if is_it {
                found.push(row.id);
            }
        }
        Ok(match found.as_slice() {
            [id] => format!("{name}#{id}"),
            _ => typed.to_owned(),
        })
    }

    /// The number of claims of each thing of a document.
    pub fn claim_counts(&self) -> anyhow::Result<BTreeMap<ReferentId, u64>> {
        Ok(self.folder.claim_counts(self.read("claims.jsonl")?)?)
    }

    /// Writes the ledger alone, at once.
    pub fn save(&self) -> anyhow::Result<()> {
        let path = self.path.join(LEDGER);
        let about = || format!("cannot write {}", path.display());
        let mut file = tempfile::Builder::new()
            .prefix(".silsila-")
            .tempfile_in(&self.path)
            .with_context(about)?;
        ledger::write(&self.ledger, &mut file).with_context(about)?;
        file.flush().with_context(about)?;
        file.persist(&path).with_context(about)?;
        Ok(())
    }

    /// Makes all files anew that depend on who is who.
    pub fn rewrite(&self, resolved: &Resolved<'_>) -> anyhow::Result<()> {
        let resolution = &resolved.resolution;
        let mut out = OutputFolder::open(&self.path, false)?;
        out.write_own(LEDGER, |out| ledger::write(&self.ledger, out))?;
        let claims = self.read("claims.jsonl")?;
        out.write("claims.jsonl", |out| {
            self.folder
                .claims(claims, resolution, |row| write_row(out, &row).map_err(PipelineError::from))
        })?;
        out.write("entities.jsonl", |out| write_entities(resolution, out))?;
        out.write("decisions.jsonl", |out| write_decisions(resolution, out))?;
        out.write("weights.jsonl", |out| write_weights(resolution, out))?;
        let mut graph = None;
        let formats = Format::ALL.into_iter();
        let known: Vec<(Format, String)> =
            formats.map(|format| (format, format!("graph.{}", format.extension()))).collect();
        for name in &self.manifest.files {
            match known.iter().find(|(_, known)| known == name) {
                Some((format, _)) => {
                    let (graph, ontology) = match &mut graph {
                        Some(graph) => graph,
                        None => graph.insert(self.graph(resolved)?),
                    };
                    out.write(name, |out| {
                        format.write(graph, ontology, &ExportOptions::default(), out)
                    })?;
                }
                None if out.has(name) => {}
                None => out.keep(name),
            }
        }
        out.finish(ManifestRow {
            entities: resolution.entities.len() as u64,
            ..self.manifest.clone()
        })
    }

    fn graph(&self, resolved: &Resolved<'_>) -> anyhow::Result<(silsila::graph::Graph, Ontology)> {
        let ontology = ontology_of(&self.path, &self.manifest)?;
        let (documents, claims) = (self.read("documents.jsonl")?, self.read("claims.jsonl")?);
        let graph = self.folder.graph(documents, claims, &resolved.resolution, &ontology)?;
        Ok((graph, ontology))
    }
}

/// Reads a ledger.
pub fn read_ledger(path: &Path) -> anyhow::Result<Ledger> {
    let file = File::open(path).map_err(|error| {
        hinted(format!("cannot read {}: {error}", path.display()), "Check the spelling.")
    })?;
    ledger::read(file).map_err(|error| {
        let message = format!("cannot read {}: {error}", path.display());
        match error {
            ledger::LedgerError::Table(_) => anyhow::Error::new(error).context(message),
            _ => hinted(message, "Mend the table and save it as CSV."),
        }
    })
}

/// Who decides.
pub fn author(signed: &Signed) -> String {
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let known = |name: &str| std::env::var(name).ok().filter(|author| !author.trim().is_empty());
    (signed.author.clone())
        .or_else(|| ["SILSILA_AUTHOR", "USER", "USERNAME"].into_iter().find_map(known))
        .unwrap_or_else(|| "unknown".to_owned())
}

/// When it is decided.
pub fn date(signed: &Signed) -> anyhow::Result<String> {
    if let Some(date) = signed.date {
        return Ok(date.to_string());
    }
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let now = match epoch {
        Some(epoch) => epoch
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .with_context(|| format!("SOURCE_DATE_EPOCH is no number of seconds: \"{epoch}\""))?,
        None => jiff::Timestamp::now(),
    };
    Ok(now.strftime("%Y-%m-%d").to_string())
}

/// Adds a ruling to a ledger under the next number.
pub fn rule(ledger: &mut Ledger, ruling: Ruling) -> u32 {
    let number = ledger.next_number();
    ledger.rulings.push(Ruling { number, ..ruling });
    number
}
