//! Articles as rows of a table with a header.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::ingest::decode::Utf8Reader;
use crate::ingest::fields::{Field, Values, document, field};
use crate::ingest::peek::Peek;
use crate::ingest::text::encoding_finding;
use crate::ingest::{Context, Documents, empty, failed, too_long};

/// What a row may hold beside its text, in bytes.
const OTHER_FIELDS: usize = 1 << 20;

/// Separators in use, the commonest first.
const SEPARATORS: [u8; 4] = *b",\t;|";

/// The columns of a table: what each holds, if it is known.
pub(super) type Columns = Vec<Option<(Field, usize)>>;

/// Reads the articles of a table.
pub(super) fn documents<'a>(
    input: Peek<impl Read + Send + 'a>,
    mut context: Context,
) -> Documents<'a> {
    context.known.id = None;
    let place = context.line(1);
    if input.is_whole() && input.head().trim_ascii().is_empty() {
        return Box::new(std::iter::once(Err(empty(place))));
    }
    let separator = separator(input.head());
    let input = Utf8Reader::new(input);
    let mut queue = VecDeque::new();
    queue.extend(encoding_finding(&place, input.encoding(), false).map(Err));
    let read = Arc::new(AtomicU64::new(0));
    let limit = (context.options.max_text as u64).saturating_mul(2) + OTHER_FIELDS as u64;
    let mut reader = reader(separator, Budget { input, read: Arc::clone(&read), limit });
    let columns = match columns(&mut reader) {
        Ok(columns) if columns.iter().flatten().any(|(field, _)| *field == Field::Text) => columns,
        Ok(_) => {
            queue.push_back(Err(Diagnostic::new(
                Severity::Error,
                place,
                "No column is called \"text\". The first line must name the columns, such as \
                 id,published,title,text.",
            )));
            Columns::new()
        }
        Err(error) => {
            queue.push_back(Err(refuse(&place, &error, &context)));
            Columns::new()
        }
    };
    let is_done = columns.is_empty();
    Box::new(Articles { reader, columns, context, queue, read, is_done })
}

/// Opens a table.
pub(super) fn reader<R: Read>(separator: u8, input: R) -> Reader<R> {
    ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(input)
}

/// The separator that stands most often in the first line.
pub(super) fn separator(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
    // The first of those that stand there equally often.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Reads the header.
pub(super) fn columns<R: Read>(reader: &mut Reader<R>) -> Result<Columns, csv::Error> {
    let header = reader.byte_headers()?;
    Ok(header.iter().map(|name| field(&String::from_utf8_lossy(name))).collect())
}

/// The values of a row, by field, and whether bytes of it had to be replaced.
pub(super) fn values(columns: &Columns, record: &ByteRecord) -> (Values, bool) {
    let mut values = Values::default();
    let mut replaced = false;
    for (column, value) in columns.iter().zip(record) {
        if let Some(field) = column {
            let text = String::from_utf8_lossy(value);
            replaced |= text.len() != value.len();
            values.add(*field, text.into_owned());
        }
    }
    (values, replaced)
}

/// The articles of a table.
struct Articles<R> {
    reader: Reader<Budget<R>>,
    columns: Columns,
    context: Context,
    queue: VecDeque<Result<Document, Diagnostic>>,
    read: Arc<AtomicU64>,
    is_done: bool,
}

impl<R: Read> Iterator for Articles<R> {
    type Item = Result<Document, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        loop {
            if let Some(found) = self.queue.pop_front() {
                return Some(found);
            }
            if self.is_done {
                return None;
            }
            self.read.store(0, Ordering::Relaxed);
            let place = self.context.line(self.reader.position().line());
            match self.reader.read_byte_record(&mut record) {
                Ok(false) => self.is_done = true,
                Ok(true) => {
                    let (mut values, replaced) = values(&self.columns, &record);
                    let finding = encoding_finding(&place, encoding_rs::UTF_8, replaced);
                    self.queue.extend(finding.filter(|_| replaced).map(Err));
                    let text = values.take(Field::Text).unwrap_or_default();
                    let (metadata, warning) = values.metadata(&place);
                    self.queue.extend(warning.map(Err));
                    self.queue.push_back(document(text, metadata, &place, &self.context));
                }
                Err(error) => {
                    self.is_done = true;
                    self.queue.push_back(Err(refuse(&place, &error, &self.context)));
                }
            }
        }
    }
}

fn refuse(place: &str, error: &csv::Error, context: &Context) -> Diagnostic {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let Diagnostic { severity, place, message } = too_long(place, context.options);
            let hint = "A quotation mark that is never closed makes a row of all that follows; the rest of the table was not read.";
            Diagnostic { severity, place, message: format!("{message} {hint}") }
        }
        csv::ErrorKind::Io(error) => failed(place, error),
        _ => Diagnostic::new(Severity::Error, place, format!("It is not a table: {error}.")),
    }
}

/// A stream that fails when too much of it is read for one row, which would
/// all have to be held.
struct Budget<R> {
    input: R,
    read: Arc<AtomicU64>,
    limit: u64,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        let read = self.read.fetch_add(length as u64, Ordering::Relaxed);
        if read > self.limit {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(length)
    }
}
