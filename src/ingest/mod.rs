//! Bytes in, documents out: text, Markdown, HTML, JSON lines, JSON and CSV.
//!
//! [`read`] takes a stream and a name for it and yields documents one by one,
//! so that a stream may be longer than memory. What cannot be read is a
//! [`Diagnostic`], and reading goes on behind it. Encodings are detected, gzip
//! is unpacked, binary data is refused, and a document longer than
//! [`ReadOptions::max_text`] is passed over without being held.
//!
//! No file is opened here, and the text of a document is what stands in the
//! stream: a lone carriage return, a zero-width joiner or a line of furniture
//! is left for the stages behind. Of HTML the markup is left out.
//!
//! ```
//! use silsila::ingest::{self, Format, Metadata, ReadOptions};
//!
//! let lines = r#"{"id": "1", "body": "Olaf Scholz met Joe Biden.", "pub_date": "2023-03-03"}"#;
//! let options = ReadOptions::default();
//! let mut documents =
//!     ingest::read(lines.as_bytes(), "news.jsonl", Format::Jsonl, &Metadata::default(), options);
//! let document = documents.next().unwrap().unwrap();
//! assert_eq!(document.text, "Olaf Scholz met Joe Biden.");
//! assert_eq!(document.published.unwrap().to_string(), "2023-03-03");
//! ```

mod csv;
mod dates;
mod decode;
mod fields;
mod html;
mod json;
mod metadata;
mod peek;
mod text;

use std::io::Read;

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, DocumentId};

pub use dates::read_date;
pub use fields::Metadata;
pub use metadata::{FileMetadata, METADATA_FILE, read_metadata};

use peek::Peek;

/// The documents of one stream, and what there is to say about it.
///
/// A note or warning may stand before the document that it is about.
pub type Documents<'a> = Box<dyn Iterator<Item = Result<Document, Diagnostic>> + Send + 'a>;

/// How articles are written in a stream.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// One article of plain text.
    Text,
    /// One article of Markdown, with front matter or without.
    Markdown,
    /// One article as a web page.
    Html,
    /// One JSON object a line, each an article.
    Jsonl,
    /// A JSON array of objects, or one object, each an article.
    Json,
    /// A table with a header, one article a row; the separator is detected.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Text, Self::Markdown, Self::Html, Self::Jsonl, Self::Json, Self::Csv];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The extensions of file names that promise this format.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Jsonl => &["jsonl", "ndjson", "jsonlines"],
            Self::Json => &["json"],
            Self::Csv => &["csv", "tsv"],
        }
    }

    /// The format that a file name promises, with `.gz` behind it or without.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let (stem, extension) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        Self::ALL.into_iter().find(|format| format.extensions().contains(&extension))
    }

    /// The format that the first bytes of a stream look like; text if they look
    /// like nothing else.
    pub fn of_content(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let starts = |text: &str| {
            head.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text.as_bytes()))
        };
        if json::looks_like_lines(head) {
            Self::Jsonl
        } else if json::looks_like_array(head) {
            Self::Json
        } else if starts("<!doctype html") || starts("<html") {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// How to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReadOptions {
    /// The longest text of a document, in bytes of UTF-8 (default: 1 MiB, about
    /// three hundred news articles). A longer one is passed over.
    pub max_text: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_text: 1 << 20 }
    }
}

/// Reads the documents of a stream.
///
/// `name` is what the stream is called in documents and diagnostics: the path
/// as the user wrote it, or empty for standard input. What `known` says holds
/// where the stream itself says nothing.
pub fn read<'a>(
    input: impl Read + Send + 'a,
    name: &str,
    format: Format,
    known: &Metadata,
    options: ReadOptions,
) -> Documents<'a> {
    match Input::new(input) {
        Ok(input) => input.read(name, format, known, options),
        Err(error) => Box::new(std::iter::once(Err(failed(place(name), &error)))),
    }
}

/// A stream of which the first bytes are known, unpacked if it was packed.
pub struct Input<'a>(Peek<Box<dyn Read + Send + 'a>>);

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").finish_non_exhaustive()
    }
}

impl<'a> Input<'a> {
    /// Reads the first bytes of a stream.
    pub fn new(input: impl Read + Send + 'a) -> std::io::Result<Self> {
        let packed = Peek::new(Box::new(input) as Box<dyn Read + Send + 'a>)?;
        if !packed.head().starts_with(b"\x1F\x8B") {
            return Ok(Self(packed));
        }
        let unpacked: Box<dyn Read + Send + 'a> = Box::new(MultiGzDecoder::new(packed));
        Ok(Self(Peek::new(unpacked)?))
    }

    /// The format that the first bytes look like.
    pub fn format(&self) -> Format {
        Format::of_content(self.0.head())
    }

    /// Reads the documents, as [`read`] does.
    pub fn read(
        self,
        name: &str,
        format: Format,
        known: &Metadata,
        options: ReadOptions,
    ) -> Documents<'a> {
        let context = Context { name: name.to_owned(), known: known.clone(), options };
        if let Some(kind) = decode::binary(self.0.head()) {
            return Box::new(std::iter::once(Err(binary(place(name), kind))));
        }
        match format {
            Format::Text | Format::Markdown | Format::Html => {
                Box::new(text::documents(self.0, format, &context).into_iter())
            }
            // Lines of JSON are often called `.json`, and by lines a broken one
            // spoils no other.
            Format::Json if self.format() == Format::Jsonl => {
                json::documents(self.0, Format::Jsonl, context)
            }
            Format::Jsonl | Format::Json => json::documents(self.0, format, context),
            Format::Csv => csv::documents(self.0, context),
        }
    }
}

/// What all readers need to know.
#[derive(Clone, Debug)]
struct Context {
    name: String,
    known: Metadata,
    options: ReadOptions,
}

impl Context {
    /// The name of a place in the stream, for diagnostics.
    fn line(&self, line: u64) -> String {
        format!("{}:{line}", place(&self.name))
    }

    /// The name of the stream as a path; none for standard input.
    fn path(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| self.name.clone())
    }
}

/// The id of a document that bears none: the first half of the SHA-256 of its
/// text, so that the same text has the same id wherever it is read from.
pub fn content_id(text: &str) -> DocumentId {
    use std::fmt::Write as _;
    let mut id = String::with_capacity(16);
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    DocumentId(id)
}

/// The name of a stream in diagnostics.
fn place(name: &str) -> &str {
    if name.is_empty() { "standard input" } else { name }
}

fn failed(place: impl Into<String>, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Severity::Error, place, format!("It could not be read to its end: {error}."))
}

fn binary(place: impl Into<String>, kind: decode::Binary) -> Diagnostic {
    let message = match kind.0 {
        Some(kind) => format!("It is {kind}, not text. Convert it to text first."),
        None => "It is binary data, not text. Convert it to text first.".to_owned(),
    };
    Diagnostic::new(Severity::Error, place, message)
}

fn empty(place: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Severity::Warning, place, "It holds no text and was passed over.")
}

fn too_long(place: impl Into<String>, options: ReadOptions) -> Diagnostic {
    let limit = options.max_text;
    let limit = if limit >= 1 << 20 && limit.is_multiple_of(1 << 20) {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{limit} bytes")
    };
    Diagnostic::new(
        Severity::Error,
        place,
        format!(
            "It is longer than {limit} and was passed over. Split it into articles, or raise \
             the limit with --max-text."
        ),
    )
}

#[cfg(test)]
mod tests;
