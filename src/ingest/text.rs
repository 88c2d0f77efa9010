//! Streams that hold one article: plain text, Markdown, web pages.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::ingest::decode::{Decoded, decode};
use crate::ingest::fields::{Metadata, Values, document, field};
use crate::ingest::peek::Peek;
use crate::ingest::{Context, Format, binary, decode, empty, failed, html, place, too_long};

/// Markup may be this many times as long as the text within.
const MARKUP: usize = 4;

/// Reads the article of a stream, and what there is to say about it.
pub(super) fn documents(
    input: Peek<impl Read>,
    format: Format,
    context: &Context,
) -> Vec<Result<Document, Diagnostic>> {
    let place = place(&context.name);
    let limit = context.options.max_text;
    let limit = if format == Format::Html { limit.saturating_mul(MARKUP) } else { limit };
    let mut bytes = Vec::new();
    // One byte more than is allowed tells whether there is more.
    if let Err(error) = input.take(limit as u64 + 1).read_to_end(&mut bytes) {
        return vec![Err(failed(place, &error))];
    }
    if bytes.len() > limit {
        return vec![Err(too_long(place, context.options))];
    }
    if let Some(kind) = decode::binary(&bytes) {
        return vec![Err(binary(place, kind))];
    }
    if bytes.trim_ascii().is_empty() {
        return vec![Err(empty(place))];
    }
    let declared = if format == Format::Html { html::charset(&bytes) } else { None };
    let Decoded { text, encoding, replaced } = decode(bytes, declared);
    let mut found: Vec<_> =
        encoding_finding(place, encoding, replaced).map(Err).into_iter().collect();
    let (text, metadata, warning) = match format {
        Format::Markdown => front_matter(text, place),
        Format::Html => {
            let (text, mut values) = html::article(&text);
            let (metadata, warning) = values.metadata(place);
            (text, metadata, warning)
        }
        _ => (text, Metadata::default(), None),
    };
    found.extend(warning.map(Err));
    // What a person wrote beside the file is meant to hold over what the page
    // says of itself.
    let metadata = context.known.clone().or(&metadata);
    found.push(document(text, metadata, place, context));
    found
}

/// What there is to say about the encoding of a text.
pub(super) fn encoding_finding(
    place: &str,
    encoding: &'static Encoding,
    replaced: bool,
) -> Option<Diagnostic> {
    let name = encoding.name();
    if replaced {
        Some(Diagnostic::new(
            Severity::Warning,
            place,
            format!("Some bytes are no characters of {name}; U+FFFD stands in their place."),
        ))
    } else if encoding == UTF_8 {
        None
    } else {
        Some(Diagnostic::new(Severity::Note, place, format!("It was read as {name}.")))
    }
}

/// Takes the front matter off a Markdown article: the lines `key: value` of
/// YAML or `key = "value"` of TOML between `---` or `+++`.
fn front_matter(text: String, place: &str) -> (String, Metadata, Option<Diagnostic>) {
    let none = |text| (text, Metadata::default(), None);
    let (fence, separator) = match text.get(..3) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return none(text),
    };
    let mut values = Values::default();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let line = line.trim_end();
        if number == 0 {
            if line != fence {
                break;
            }
        } else if line == fence || (fence == "---" && line == "...") {
            let (metadata, warning) = values.metadata(place);
            return (text.get(at..).unwrap_or_default().to_owned(), metadata, warning);
        } else if let Some((key, value)) = line.split_once(separator)
            && let Some(field) = field(key)
        {
            let value = value.trim();
            let unquoted = ['"', '\''].iter().find_map(|quote| {
                value.strip_prefix(*quote).and_then(|value| value.strip_suffix(*quote))
            });
            values.add(field, unquoted.unwrap_or(value).to_owned());
        }
    }
    none(text)
}
