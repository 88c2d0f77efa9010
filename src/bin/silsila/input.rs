//! The files and folders that articles are read from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use silsila::diagnostic::{Diagnostic, Severity};
use silsila::document::Document;
use silsila::ingest::{
    self, Documents, FileMetadata, Format, METADATA_FILE, Metadata, ReadOptions,
};

use crate::args::Reading;
use crate::hinted;
use crate::output::MANIFEST;

/// What is to be read.
pub struct Inputs {
    files: Vec<InputFile>,
    found: Vec<Diagnostic>,
    options: ReadOptions,
}

/// A file, or standard input.
struct InputFile {
    /// As the user named it; none for standard input.
    path: Option<PathBuf>,
    /// None if the content must tell.
    format: Option<Format>,
    known: Metadata,
}

impl Inputs {
    /// Finds the files that paths name: folders with all that they hold,
    /// hidden files left out, sorted. A path that is not there fails before
    /// anything is read.
    pub fn find(paths: &[PathBuf], reading: &Reading) -> anyhow::Result<Self> {
        let mut finder =
            Finder { format: reading.input_format.map(Format::from), ..Finder::default() };
        for path in paths {
            if path.as_os_str() == "-" {
                finder.standard_input();
                continue;
            }
            let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
            if metadata.is_dir() {
                finder.folder(path).map_err(|error| unreadable(path, &error))?;
            } else {
                finder.named(path);
            }
        }
        let Finder { mut files, found, .. } = finder;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Self { files, found, options: ReadOptions { max_text: reading.max_text } })
    }

    /// Whether there is nothing to be read.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The number of articles, if it is known before they are read.
    pub fn articles(&self) -> Option<u64> {
        let one = |file: &InputFile| {
            matches!(file.format, Some(Format::Text | Format::Markdown | Format::Html))
        };
        self.files.iter().all(one).then_some(self.files.len() as u64)
    }

    /// Reads the articles, one file after the other.
    pub fn documents(self) -> impl Iterator<Item = Result<Document, Diagnostic>> {
        let options = self.options;
        let found = self.found.into_iter().map(Err);
        found.chain(self.files.into_iter().flat_map(move |file| file.documents(options)))
    }
}

impl InputFile {
    fn documents(self, options: ReadOptions) -> Documents<'static> {
        let Some(path) = &self.path else {
            return self.read(ingest::Input::new(io::stdin()), "", options);
        };
        let name = path.to_string_lossy().into_owned();
        let input = File::open(path).and_then(ingest::Input::new);
        self.read(input, &name, options)
    }

    fn read(
        &self,
        input: io::Result<ingest::Input<'static>>,
        name: &str,
        options: ReadOptions,
    ) -> Documents<'static> {
        match input {
            Ok(input) => {
                let format = self.format.unwrap_or_else(|| input.format());
                input.read(name, format, &self.known, options)
            }
            Err(error) => {
                let message = format!("It could not be read: {error}.");
                Box::new(std::iter::once(Err(Diagnostic::new(Severity::Error, name, message))))
            }
        }
    }
}

#[derive(Default)]
struct Finder {
    files: Vec<InputFile>,
    found: Vec<Diagnostic>,
    /// The format that the user says files are in.
    format: Option<Format>,
    /// The tables of metadata read, by folder.
    tables: BTreeMap<PathBuf, FileMetadata>,
    /// The folders walked, by their true names: links may lead back.
    walked: BTreeSet<PathBuf>,
}

impl Finder {
    fn standard_input(&mut self) {
        let file = InputFile { path: None, format: self.format, known: Metadata::default() };
        self.files.push(file);
    }

    /// Adds a file that the user named.
    fn named(&mut self, path: &Path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        if path.file_name().is_some_and(|name| name == METADATA_FILE)
            && self.table(folder).is_some()
        {
            return;
        }
        let format = Format::of_name(&path.to_string_lossy()).or(self.format);
        let known = self.known(folder, path);
        self.files.push(InputFile { path: Some(path.to_owned()), format, known });
    }

    /// Adds all files of a folder and of those in it.
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        if !self.walked.insert(fs::canonicalize(folder)?) {
            return Ok(());
        }
        if folder.join(MANIFEST).exists() {
            self.note(folder, "It is a folder that build made and was not read.");
            return Ok(());
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
        paths.sort();
        let has_table = self.table(folder).is_some();
        let mut files = BTreeSet::new();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let Some(name) = name.filter(|name| !name.starts_with('.')) else { continue };
            let metadata = match fs::metadata(&path) {
                Ok(metadata) => metadata,
                Err(error) => {
                    self.warn(&path, &format!("It could not be read: {error}."));
                    continue;
                }
            };
            if metadata.is_dir() {
                if let Err(error) = self.folder(&path) {
                    self.warn(&path, &format!("It could not be read: {error}."));
                }
            } else if name == METADATA_FILE && has_table {
            } else if !metadata.is_file() {
                self.note(&path, "It is no file and was passed over.");
            } else if let Some(format) = Format::of_name(&name) {
                let known = self.known(folder, &path);
                self.files.push(InputFile { path: Some(path), format: Some(format), known });
                files.insert(name);
            } else {
                self.note(&path, "Its extension is not one of an article, and it was passed over.");
            }
        }
        let missing: Vec<String> = (self.table(folder).into_iter().flatten())
            .map(|(name, _)| name.clone())
            .filter(|name| !files.contains(name) && !folder.join(name).exists())
            .collect();
        for name in missing {
            let table = folder.join(METADATA_FILE);
            self.warn(&table, &format!("It names the file \"{name}\", which is not there."));
        }
        Ok(())
    }

    /// The table of metadata of a folder, if there is one.
    fn table(&mut self, folder: &Path) -> Option<&FileMetadata> {
        if !self.tables.contains_key(folder) {
            let path = folder.join(METADATA_FILE);
            let (table, found) = match File::open(&path) {
                Ok(file) => ingest::read_metadata(file, &path.to_string_lossy()),
                Err(_) => (None, Vec::new()),
            };
            self.found.extend(found);
            if let Some(table) = table {
                self.tables.insert(folder.to_owned(), table);
            }
        }
        self.tables.get(folder)
    }

    /// What the table beside a file knows of it.
    fn known(&mut self, folder: &Path, path: &Path) -> Metadata {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let table = self.table(folder);
        table.and_then(|table| table.get(name.as_ref())).cloned().unwrap_or_default()
    }

    fn note(&mut self, path: &Path, message: &str) {
        self.found.push(Diagnostic::new(Severity::Note, path.to_string_lossy(), message));
    }

    fn warn(&mut self, path: &Path, message: &str) {
        self.found.push(Diagnostic::new(Severity::Error, path.to_string_lossy(), message));
    }
}

fn unreadable(path: &Path, error: &io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "Check the spelling; - reads standard input.",
        io::ErrorKind::PermissionDenied => "You have no permission to read it.",
        _ => "Nothing was read.",
    };
    hinted(format!("cannot read {}: {error}", path.display()), hint)
}
