//! Articles as JSON objects: one a line, or in an array.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::ingest::decode::Utf8Reader;
use crate::ingest::fields::{Field, Values, document, field};
use crate::ingest::peek::Peek;
use crate::ingest::text::encoding_finding;
use crate::ingest::{Context, Documents, Format, failed, too_long};

/// JSON may be this many times as long as the text in it: `\u0627` takes six
/// bytes for a letter of two.
const ESCAPES: usize = 3;

/// What an object may hold beside its text, in bytes.
const OTHER_FIELDS: usize = 1 << 20;

/// Whether bytes look like one JSON object a line.
pub(super) fn looks_like_lines(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    is_object(head) && (line.trim_ascii_end().ends_with(b"}") || line.len() == head.len())
}

/// Whether bytes look like a JSON array of objects, or one object over several
/// lines.
pub(super) fn looks_like_array(head: &[u8]) -> bool {
    is_object(head)
        || head.strip_prefix(b"[").is_some_and(|rest| is_object(rest.trim_ascii_start()))
}

fn is_object(head: &[u8]) -> bool {
    head.strip_prefix(b"{")
        .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')))
}

/// Reads the articles of a stream.
pub(super) fn documents<'a>(
    input: Peek<impl Read + Send + 'a>,
    format: Format,
    mut context: Context,
) -> Documents<'a> {
    context.known.id = None;
    let input = Utf8Reader::new(input);
    let finding = encoding_finding(&context.line(1), input.encoding(), false);
    let input = Bounded {
        limit: context.options.max_text.saturating_mul(ESCAPES).saturating_add(OTHER_FIELDS),
        input: BufReader::new(input),
        line: 1,
    };
    let mut queue = VecDeque::new();
    queue.extend(finding.map(Err));
    Box::new(Articles { input, format, context, queue, is_done: false, in_array: false })
}

/// The articles of a stream of JSON.
struct Articles<R> {
    input: Bounded<R>,
    format: Format,
    context: Context,
    queue: VecDeque<Result<Document, Diagnostic>>,
    is_done: bool,
    in_array: bool,
}

impl<R: Read> Iterator for Articles<R> {
    type Item = Result<Document, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.queue.pop_front() {
                return Some(found);
            }
            if self.is_done {
                return None;
            }
            let line = self.input.line;
            let piece = match self.format {
                Format::Json => self.input.value(&mut self.in_array),
                _ => self.input.line(),
            };
            let line = if let Ok(Piece::Value(_, first)) = &piece { *first } else { line };
            let place = self.context.line(line);
            match piece {
                Ok(Piece::End) => self.is_done = true,
                Ok(Piece::TooLong) => {
                    self.queue.push_back(Err(too_long(place, self.context.options)));
                }
                Ok(Piece::Value(bytes, _)) => self.article(&bytes, &place),
                Err(error) => {
                    self.is_done = true;
                    self.queue.push_back(Err(failed(place, &error)));
                }
            }
        }
    }
}

impl<R> Articles<R> {
    /// Makes an article of the bytes of one value.
    fn article(&mut self, bytes: &[u8], place: &str) {
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(bytes);
        if text.len() != bytes.len() {
            let finding = encoding_finding(place, encoding_rs::UTF_8, true);
            self.queue.extend(finding.map(Err));
        }
        let object = match serde_json::from_str::<Value>(&text) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
                return self.refuse(
                    place,
                    "It is not a JSON object with the fields of an article.".to_owned(),
                );
            }
            Err(error) => return self.refuse(place, format!("It is not JSON: {error}.")),
        };
        let has_text = object.keys().any(|key| matches!(field(key), Some((Field::Text, _))));
        if !has_text {
            let keys: Vec<String> = object.keys().take(8).map(|key| format!("\"{key}\"")).collect();
            let keys = if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") };
            return self.refuse(
                place,
                format!("It has no field \"text\", \"body\" or \"content\", but {keys}."),
            );
        }
        let mut values = values(object);
        let text = values.take(Field::Text).unwrap_or_default();
        let (metadata, warning) = values.metadata(place);
        self.queue.extend(warning.map(Err));
        self.queue.push_back(document(text, metadata, place, &self.context));
    }

    fn refuse(&mut self, place: &str, message: String) {
        self.queue.push_back(Err(Diagnostic::new(Severity::Error, place, message)));
    }
}

/// The values of an object, by field.
fn values(object: Map<String, Value>) -> Values {
    let mut values = Values::default();
    for (key, value) in object {
        if let Some(field) = field(&key)
            && let Some(value) = plain(value)
        {
            values.add(field, value);
        }
    }
    values
}

/// A value as text: an object is known by its name, a list by its paragraphs.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(mut object) => match object.remove("name")? {
            Value::String(name) => Some(name),
            _ => None,
        },
        Value::Array(items) => {
            let items: Vec<String> = items
                .into_iter()
                .filter_map(|item| match item {
                    Value::String(item) => Some(item),
                    _ => None,
                })
                .collect();
            Some(items.join("\n\n"))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// A stream of which no more than a limit is held at a time.
struct Bounded<R> {
    input: BufReader<R>,
    limit: usize,
    line: u64,
}

/// What comes next in a stream.
enum Piece {
    /// Bytes that should be one JSON value, and the line they begin on.
    Value(Vec<u8>, u64),
    /// A value over the limit; it has been read past.
    TooLong,
    /// Nothing.
    End,
}

impl<R: Read> Bounded<R> {
    /// Reads a line.
    fn line(&mut self) -> std::io::Result<Piece> {
        let mut bytes = Vec::new();
        let first = self.line;
        let mut is_long = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(buffer.len(), |end| end + 1);
            if bytes.len() + taken > self.limit {
                is_long = true;
                bytes = Vec::new();
            }
            if !is_long {
                bytes.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            }
            self.input.consume(taken);
            if end.is_some() {
                self.line += 1;
                break;
            }
        }
        Ok(if is_long {
            Piece::TooLong
        } else if bytes.is_empty() {
            Piece::End
        } else {
            Piece::Value(bytes, first)
        })
    }

    /// Reads a value: an element of the array that the stream is, or a value
    /// of its own. What is no JSON object is read to the end of its line.
    fn value(&mut self, in_array: &mut bool) -> std::io::Result<Piece> {
        loop {
            match self.peek()? {
                None => return Ok(Piece::End),
                Some(b'\n') => {
                    self.line += 1;
                    self.input.consume(1);
                }
                Some(b'[') if !*in_array => {
                    *in_array = true;
                    self.input.consume(1);
                }
                Some(b']') if *in_array => {
                    *in_array = false;
                    self.input.consume(1);
                }
                Some(byte) if byte == b',' || byte.is_ascii_whitespace() => self.input.consume(1),
                Some(b'{') => return self.object(),
                Some(_) => return self.line(),
            }
        }
    }

    /// Reads an object: up to the brace that closes it, those in strings not
    /// counted.
    fn object(&mut self) -> std::io::Result<Piece> {
        let first = self.line;
        let mut bytes = Vec::new();
        let (mut depth, mut in_string, mut is_escaped, mut is_long) =
            (0_usize, false, false, false);
        while let Some(byte) = self.peek()? {
            self.input.consume(1);
            self.line += u64::from(byte == b'\n');
            if bytes.len() == self.limit {
                is_long = true;
                bytes = Vec::new();
            }
            if !is_long {
                bytes.push(byte);
            }
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_string => is_escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        Ok(if is_long { Piece::TooLong } else { Piece::Value(bytes, first) })
    }

    fn peek(&mut self) -> std::io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }
}
