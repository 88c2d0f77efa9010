//! `metadata.csv`: what is known of the files beside it.

use std::collections::BTreeMap;
use std::io::Read;

use csv::ByteRecord;

use crate::diagnostic::{Diagnostic, Severity};
use crate::ingest::csv::{columns, reader, separator, values};
use crate::ingest::decode::Utf8Reader;
use crate::ingest::failed;
use crate::ingest::fields::{Field, Metadata};
use crate::ingest::peek::Peek;

/// The name of the file.
pub const METADATA_FILE: &str = "metadata.csv";

/// What is known of each file, by its name as the table gives it.
pub type FileMetadata = BTreeMap<String, Metadata>;

/// Reads a table with a column `file` and any of `published`, `language`,
/// `source`, `url`, `title` and `id`, in any order.
///
/// `None` if it is something else: a table of articles, or none at all.
pub fn read_metadata(input: impl Read, name: &str) -> (Option<FileMetadata>, Vec<Diagnostic>) {
    let input = match Peek::new(input) {
        Ok(input) => input,
        Err(error) => return (None, vec![failed(name, &error)]),
    };
    let separator = separator(input.head());
    let mut reader = reader(separator, Utf8Reader::new(input));
    let columns = columns(&mut reader).unwrap_or_default();
    let has = |field| columns.iter().flatten().any(|(of, _)| *of == field);
    if !has(Field::File) || has(Field::Text) {
        return (None, Vec::new());
    }
    let mut files = FileMetadata::new();
    let mut found = Vec::new();
    let mut record = ByteRecord::new();
    loop {
        let place = format!("{name}:{}", reader.position().line());
        match reader.read_byte_record(&mut record) {
            Ok(false) => return (Some(files), found),
            Ok(true) => {}
            Err(error) => {
                let message = format!("It could not be read to its end: {error}.");
                found.push(Diagnostic::new(Severity::Error, place, message));
                return (Some(files), found);
            }
        }
        let (mut values, _) = values(&columns, &record);
        let Some(file) = values.take(Field::File) else { continue };
        let (metadata, warning) = values.metadata(&place);
        found.extend(warning);
        let file = file.trim().trim_start_matches("./").to_owned();
        if files.insert(file.clone(), metadata).is_some() {
            let message = format!("The file \"{file}\" stands here twice; this row holds.");
            found.push(Diagnostic::new(Severity::Warning, place, message));
        }
    }
}
