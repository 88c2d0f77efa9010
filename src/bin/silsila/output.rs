//! A folder of results, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use silsila::record::{ManifestRow, Rows, VERSION, write_row};
use tempfile::TempDir;

use crate::hinted;

/// The file by which a folder is known to be made here.
pub const MANIFEST: &str = "silsila.json";

/// A folder to be written. Files are made in a hidden folder within it and take
/// their places when all are there.
pub struct OutputFolder {
    path: PathBuf,
    /// Whether it was made for this run.
    is_new: bool,
    /// The files of the run before.
    earlier: Vec<String>,
    stage: Option<TempDir>,
    files: Vec<String>,
    /// Files of the user's, which no later run takes away.
    own: Vec<String>,
    /// Files of the run before that stay as they are.
    kept: Vec<String>,
}

impl OutputFolder {
    /// Prepares a folder. It must be new, empty or of an earlier run, unless
    /// `force` is set.
    pub fn open(path: &Path, force: bool) -> anyhow::Result<Self> {
        let is_new = !path.exists();
        let mut earlier = Vec::new();
        if !is_new {
            if !path.is_dir() {
                return Err(hinted(
                    format!("{} is a file", path.display()),
                    "Name a folder with -o.",
                ));
            }
            let is_empty = fs::read_dir(path).map(|mut entries| entries.next().is_none());
            match manifest(path) {
                Some(manifest) => earlier = manifest.files,
                None if force || is_empty.unwrap_or(false) => {}
                None => {
                    return Err(hinted(
                        format!("{} is not empty and was not made by silsila", path.display()),
                        "Name another folder with -o, or write to this one with --force.",
                    ));
                }
            }
        }
        fs::create_dir_all(path).map_err(|error| unwritable(path, &error))?;
        let mut folder = Self {
            path: path.to_owned(),
            is_new,
            earlier,
            stage: None,
            files: Vec::new(),
            own: Vec::new(),
            kept: Vec::new(),
        };
        let stage = tempfile::Builder::new().prefix(".silsila-").tempdir_in(path);
        folder.stage = Some(stage.map_err(|error| unwritable(path, &error))?);
        Ok(folder)
    }

    /// Writes a file.
    pub fn write<E: Into<anyhow::Error>>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> anyhow::Result<()> {
        self.stage(name, write)?;
        self.files.push(name.to_owned());
        Ok(())
    }

    /// Writes a file that belongs to the user from then on.
    pub fn write_own<E: Into<anyhow::Error>>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> anyhow::Result<()> {
        self.stage(name, write)?;
        self.own.push(name.to_owned());
        Ok(())
    }

    /// Leaves a file of the run before as it is.
    pub fn keep(&mut self, name: &str) {
        self.kept.push(name.to_owned());
    }

    /// Whether a file has been written.
    pub fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }

    fn stage<E: Into<anyhow::Error>>(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> anyhow::Result<()> {
        let Some(stage) = &self.stage else { return Ok(()) };
        let about = || format!("cannot write {}", self.path.join(name).display());
        let mut out = BufWriter::new(File::create(stage.path().join(name)).with_context(about)?);
        write(&mut out).map_err(Into::into).with_context(about)?;
        out.flush().with_context(about)
    }

    /// Puts all files in their places, and takes away those of the run before
    /// that have not been written again.
    pub fn finish(mut self, mut manifest: ManifestRow) -> anyhow::Result<()> {
        self.files.sort();
        manifest.files = [self.files.as_slice(), self.kept.as_slice()].concat();
        manifest.files.sort();
        self.write(MANIFEST, |out| write_row(out, &manifest))?;
        let Some(stage) = self.stage.take() else { return Ok(()) };
        // What the user has decided first: all else can be made of it.
        for name in self.own.iter().chain(&self.files) {
            fs::rename(stage.path().join(name), self.path.join(name))
                .with_context(|| format!("cannot write {}", self.path.join(name).display()))?;
        }
        for name in self.earlier.iter().filter(|name| !manifest.files.contains(name)) {
            // Names in a manifest that somebody changed must not lead elsewhere.
            if Path::new(name).file_name().is_some_and(|file| file == name.as_str()) {
                let _ = fs::remove_file(self.path.join(name));
            }
        }
        self.is_new = false;
        Ok(())
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        drop(self.stage.take());
        if self.is_new {
            // Only if it is empty.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// The manifest of a folder, if it is one that was made here.
pub fn manifest(folder: &Path) -> Option<ManifestRow> {
    let file = File::open(folder.join(MANIFEST)).ok()?;
    Rows::new(BufReader::new(file)).next()?.ok()
}

/// An empty manifest of this program.
pub fn empty_manifest() -> ManifestRow {
    ManifestRow {
        v: VERSION,
        program: format!("silsila {}", env!("CARGO_PKG_VERSION")),
        documents: 0,
        claims: 0,
        unnamed: 0,
        passed_over: 0,
        errors: 0,
        entities: 0,
        files: Vec::new(),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> anyhow::Error {
    hinted(
        format!("cannot write to {}: {error}", path.display()),
        "Name a folder with -o that you may write to.",
    )
}
