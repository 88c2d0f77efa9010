//! The fields of an article in JSON and tables, by all names in use.

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, DocumentId, Source};
use crate::ingest::{Context, content_id, dates::read_date, empty, too_long};

/// What is known of an article beside its text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Metadata {
    /// The id.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The language, a BCP 47 tag.
    pub language: Option<String>,
    /// The outlet that published it.
    pub publisher: Option<String>,
}

impl Metadata {
    /// Fills what is not known from `other`.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let or = |own: Option<String>, other: &Option<String>| own.or_else(|| other.clone());
        Self {
            id: or(self.id, &other.id),
            title: or(self.title, &other.title),
            published: self.published.or(other.published),
            url: or(self.url, &other.url),
            language: or(self.language, &other.language),
            publisher: or(self.publisher, &other.publisher),
        }
    }
}

/// A field of an article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// Its id.
    Id,
    /// Its text.
    Text,
    /// Its headline.
    Title,
    /// Its date of publication.
    Published,
    /// Its address.
    Url,
    /// Its language.
    Language,
    /// Its outlet.
    Publisher,
    /// Its file, in a table of metadata.
    File,
}

/// The names of the fields, the first that has a value being taken: our own,
/// then those of GraphRAG, NGEC, NewsAPI, GDELT, newspaper3k, Media Cloud and
/// schema.org.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Id, &["id", "doc_id", "document_id", "article_id", "guid", "uuid", "_id"]),
    (
        Field::Text,
        &[
            "text",
            "body",
            "content",
            "event_text",
            "article_text",
            "full_text",
            "article_body",
            "maintext",
            "story_text",
            "article",
            "story",
        ],
    ),
    (Field::Title, &["title", "headline", "event_title"]),
    (
        Field::Published,
        &[
            "published",
            "date",
            "pub_date",
            "pubdate",
            "publication_date",
            "publish_date",
            "published_at",
            "date_published",
            "published_date",
            "creation_date",
            "created_at",
            "datetime",
        ],
    ),
    (Field::Url, &["url", "link", "source_url", "uri", "permalink"]),
    (Field::Language, &["language", "lang", "in_language"]),
    (
        Field::Publisher,
        &["source", "publisher", "outlet", "source_name", "media_name", "source_domain", "site"],
    ),
    (Field::File, &["file", "filename", "file_name", "path"]),
];

/// Returns the field of a name, and how far behind the first choice the name
/// is. Capitals, blanks and hyphens make no difference.
pub fn field(name: &str) -> Option<(Field, usize)> {
    let mut key = String::with_capacity(name.len());
    let mut after_lower = false;
    for c in name.trim().chars() {
        if c.is_uppercase() && after_lower {
            key.push('_');
        }
        after_lower = c.is_lowercase();
        match c {
            ' ' | '-' | '.' => key.push('_'),
            c => key.extend(c.to_lowercase()),
        }
    }
    NAMES.iter().find_map(|(field, names)| {
        names.iter().position(|name| *name == key).map(|rank| (*field, rank))
    })
}

/// The values of one record, as they are found.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(Field, usize, String)>);

impl Values {
    /// Adds a value; an empty one is none.
    pub fn add(&mut self, (field, rank): (Field, usize), value: String) {
        if !value.trim().is_empty() {
            self.0.push((field, rank, value));
        }
    }

    /// Takes the value of a field that stands under its best name.
    pub fn take(&mut self, field: Field) -> Option<String> {
        let best = (self.0.iter().enumerate())
            .filter(|(_, (of, _, _))| *of == field)
            .min_by_key(|(_, (_, rank, _))| *rank)
            .map(|(at, _)| at)?;
        Some(std::mem::take(&mut self.0.get_mut(best)?.2))
    }

    /// Takes what is known beside the text. A date that cannot be read is a
    /// warning.
    pub fn metadata(&mut self, place: &str) -> (Metadata, Option<Diagnostic>) {
        let mut take = |field| self.take(field).map(|value| value.trim().to_owned());
        let date = take(Field::Published);
        let published = date.as_deref().and_then(read_date);
        let warning = match (&date, published) {
            (Some(date), None) => Some(unknown_date(place, date)),
            _ => None,
        };
        let metadata = Metadata {
            id: take(Field::Id),
            title: take(Field::Title),
            published,
            url: take(Field::Url),
            language: take(Field::Language).map(|tag| tag.replace('_', "-")),
            publisher: take(Field::Publisher),
        };
        (metadata, warning)
    }
}

pub fn unknown_date(place: &str, date: &str) -> Diagnostic {
    let date: String = date.chars().take(40).collect();
    Diagnostic::new(
        Severity::Warning,
        place,
        format!(
            "The date \"{date}\" is not of a form that is read without guessing, such as 2023-12-09; it was left out."
        ),
    )
}

/// Makes a document of a text and what is known of it.
pub fn document(
    text: String,
    metadata: Metadata,
    place: &str,
    context: &Context,
) -> Result<Document, Diagnostic> {
    if text.trim().is_empty() {
        return Err(empty(place));
    }
    if text.len() > context.options.max_text {
        return Err(too_long(place, context.options));
    }
    let Metadata { id, title, published, url, language, publisher } = metadata.or(&context.known);
    Ok(Document {
        id: id.map_or_else(|| content_id(&text), DocumentId),
        text,
        published,
        language,
        source: Source { path: context.path(), url, title, publisher },
    })
}
