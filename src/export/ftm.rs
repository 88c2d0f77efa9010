//! FollowTheMoney: entities as JSON lines, for OpenAleph and its kin.
//!
//! - People, bodies and places are `Person`, `Organization`, `PublicBody` (for
//!   countries, which act) and `Address`; a group of people is a `LegalEntity`.
//! - What is said of the same two, with the same relation, factuality and dates,
//!   is one thing: a gift that happened a `Payment`, a post that is or was held
//!   an `Occupancy` of a `Position`, another standing relation an `UnknownLink`,
//!   and all else an `Event`. What is planned, possible or denied is an `Event`
//!   whose name says so, never a link. A visit is an `Event`, too: a `Trip`
//!   would need to know where it began.
//! - Each leads to its articles (`proof`), and each `description` of one is
//!   `DOCUMENT START-END: words`, offsets in Unicode scalar values.
//! - Words that name somebody in an article are `Mention`s.
//!
//! An id is the program's own if FollowTheMoney allows it, else a hash of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use sha2::{Digest, Sha256};

use crate::claim::Factuality;
use crate::date::{Interval, PartialDate};
use crate::entity::{Entity, EntityId};
use crate::export::json::Json;
use crate::export::{ExportError, ExportOptions, Exporter, edge_label};
use crate::graph::{Edge, End, Graph, Post, Quote, Speaker, Statement};
use crate::mention::Supertype;
use crate::ontology::Ontology;

/// Writes JSON lines of FollowTheMoney.
pub(super) struct FollowTheMoney;

/// The properties of an entity: each value once, sorted.
type Properties = BTreeMap<&'static str, BTreeSet<String>>;

impl Exporter for FollowTheMoney {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut lines = Lines { graph, ontology, options, out };
        lines.articles()?;
        for entity in graph.entities() {
            lines.entity(entity)?;
        }
        lines.mentions()?;
        lines.positions()?;
        for edge in graph.edges() {
            let mut groups: BTreeMap<Option<Interval>, Vec<&Statement>> = BTreeMap::new();
            for statement in graph.support(edge) {
                groups.entry(statement.when).or_default().push(statement);
            }
            for (when, support) in groups {
                lines.said(edge, when, &support)?;
            }
        }
        Ok(())
    }
}

struct Lines<'a> {
    graph: &'a Graph,
    ontology: &'a Ontology,
    options: &'a ExportOptions,
    out: &'a mut dyn Write,
}

impl<'a> Lines<'a> {
    fn line(&mut self, id: &str, schema: &str, properties: &Properties) -> Result<(), ExportError> {
        let mut json = Json::new(&mut *self.out);
        json.begin('{')?;
        for (name, value) in [("id", id), ("schema", schema)] {
            json.key(name)?;
            json.string(value)?;
        }
        json.key("properties")?;
        json.begin('{')?;
        for (name, values) in properties {
            let values: Vec<_> = values.iter().filter(|value| !value.trim().is_empty()).collect();
            if !values.is_empty() {
                json.key(name)?;
                json.strings(values.into_iter().map(String::as_str))?;
            }
        }
        json.end('}')?;
        json.end('}')?;
        json.line()?;
        Ok(())
    }

    fn articles(&mut self) -> Result<(), ExportError> {
        for document in self.graph.documents() {
            let mut properties = Properties::new();
            let id = document_id(&document.id.0);
            let title = document.title.clone().or_else(|| document.path.clone());
            add(&mut properties, "title", [title.unwrap_or_else(|| document.id.0.clone())]);
            let file = document.path.clone().unwrap_or_else(|| document.id.0.clone());
            add(&mut properties, "fileName", [file]);
            add(&mut properties, "sourceUrl", document.url.clone());
            add(&mut properties, "publisher", document.publisher.clone());
            add(&mut properties, "publishedAt", document.published.and_then(written));
            // Three letters in their model; it knows those of two as well.
            let language = document.language.as_deref().and_then(|tag| tag.split('-').next());
            add(&mut properties, "language", language.map(str::to_owned));
            self.line(&id, "Article", &properties)?;
        }
        Ok(())
    }

    fn entity(&mut self, entity: &Entity) -> Result<(), ExportError> {
        let mut properties = Properties::new();
        add(&mut properties, "name", [named(entity)]);
        let others = entity.names.iter().map(|name| name.text.clone());
        add(&mut properties, "alias", others.filter(|name| *name != entity.name));
        add(&mut properties, "wikidataId", entity.wikidata.clone());
        let schema = schema(self.ontology, entity);
        match schema {
            "Person" => {
                let offices = entity.offices.iter().map(|office| match &office.of {
                    Some(of) => format!("{}, {of}", office.title),
                    None => office.title.clone(),
                });
                add(&mut properties, "position", offices);
            }
            "Address" => add(&mut properties, "full", [named(entity)]),
            _ => {}
        }
        self.line(&entity_id(&entity.id), schema, &properties)
    }

    /// The words that name somebody, once an article.
    fn mentions(&mut self) -> Result<(), ExportError> {
        let mut mentions: BTreeSet<(&str, &EntityId, &str)> = BTreeSet::new();
        for statement in self.graph.statements() {
            for end in [&statement.subject, &statement.object] {
                mentions.insert((&statement.evidence.document.0, &end.entity, &end.text));
            }
        }
        for (document, entity, text) in mentions {
            let Some(entity) = self.graph.entity(entity) else { continue };
            let schema = schema(self.ontology, entity);
            if !is_legal(schema) || text.trim().is_empty() {
                continue;
            }
            let mut properties = Properties::new();
            add(&mut properties, "document", [document_id(document)]);
            add(&mut properties, "resolved", [entity_id(&entity.id)]);
            add(&mut properties, "name", [text.to_owned()]);
            add(&mut properties, "detectedSchema", [schema.to_owned()]);
            let id = hashed("m", &[document, &entity.id.0, text]);
            self.line(&id, "Mention", &properties)?;
        }
        Ok(())
    }

    /// The posts that somebody holds or held.
    fn positions(&mut self) -> Result<(), ExportError> {
        let mut positions: BTreeMap<String, Properties> = BTreeMap::new();
        for statement in self.graph.statements() {
            let Some(post) = self.held(statement) else { continue };
            let properties = positions.entry(post_id(post)).or_default();
            let of = post.of.as_ref().and_then(|of| self.graph.entity(&of.entity));
            let name = match of {
                Some(of) => format!("{}, {}", post.title, of.name),
                None => post.title.clone(),
            };
            add(properties, "name", [name]);
            if let Some(of) = of
                && matches!(schema(self.ontology, of), "Organization" | "PublicBody")
            {
                add(properties, "organization", [entity_id(&of.id)]);
            }
        }
        for (id, properties) in positions {
            self.line(&id, "Position", &properties)?;
        }
        Ok(())
    }

    /// The post of a statement that makes somebody its holder.
    fn held(&self, statement: &'a Statement) -> Option<&'a Post> {
        let post = statement.office.as_ref()?;
        let holder = self.graph.entity(&statement.subject.entity)?;
        (statement.factuality == Factuality::Happened
            && holder.supertype == Supertype::Person
            && !post.title.trim().is_empty())
        .then_some(post)
    }

    /// What statements of the same ends, relation, factuality and dates say.
    fn said(
        &mut self,
        edge: &Edge,
        when: Option<Interval>,
        support: &[&'a Statement],
    ) -> Result<(), ExportError> {
        let graph = self.graph;
        let (Some(subject), Some(object)) =
            (graph.entity(&edge.subject), graph.entity(&edge.object))
        else {
            return Ok(());
        };
        let schemas = [subject, object].map(|entity| schema(self.ontology, entity));
        let is_legal = schemas.iter().all(|schema| is_legal(schema));
        let happened = edge.factuality == Factuality::Happened;
        let label = edge_label(edge, self.ontology, self.options);
        let dates = when.map(shown).unwrap_or_default();
        let base = |kind: &str| hashed(kind, &[&edge.id, &dates]);

        // Gifts and posts differ from statement to statement.
        let mut gifts: BTreeMap<(String, String), Vec<&Statement>> = BTreeMap::new();
        let mut posts: BTreeMap<String, Vec<&Statement>> = BTreeMap::new();
        let mut others = Vec::new();
        for &statement in support {
            let money = statement.amount.as_ref().filter(|money| money.value.is_finite());
            if let Some(post) = self.held(statement) {
                let status = post.status.map_or("", |status| status.as_str());
                posts.entry(format!("{} {status}", post_id(post))).or_default().push(statement);
            } else if let Some(money) = money
                && happened
                && is_legal
                && statement.family.is_some()
            {
                let key = (money.value.to_string(), money.unit.clone());
                gifts.entry(key).or_default().push(statement);
            } else {
                others.push(statement);
            }
        }
        for ((value, unit), support) in gifts {
            let mut properties = self.evidence(when, &support);
            add(&mut properties, "payer", [entity_id(&edge.subject)]);
            add(&mut properties, "beneficiary", [entity_id(&edge.object)]);
            add(&mut properties, "amount", [value.clone()]);
            add(&mut properties, "currency", [unit.clone()]);
            add(&mut properties, "summary", [format!("{} {label} {}", subject.name, object.name)]);
            let id = hashed("payment", &[&edge.id, &dates, &value, &unit]);
            self.line(&id, "Payment", &properties)?;
        }
        for (key, support) in posts {
            let Some(post) = support.first().and_then(|s| s.office.as_ref()) else { continue };
            let mut properties = self.evidence(when, &support);
            add(&mut properties, "holder", [entity_id(&edge.subject)]);
            add(&mut properties, "post", [post_id(post)]);
            let status = if post.is_held() { "current" } else { "ended" };
            let is_designate = post.status == Some(crate::claim::OfficeStatus::Designate);
            let status = if is_designate { "unknown" } else { status };
            add(&mut properties, "status", [status.to_owned()]);
            if let Some(status) = post.status {
                add(&mut properties, "summary", [format!("{} ({})", post.title, status.as_str())]);
            }
            let id = hashed("occupancy", &[&edge.id, &dates, &key]);
            self.line(&id, "Occupancy", &properties)?;
        }
        if others.is_empty() {
            return Ok(());
        }
        let mut properties = self.evidence(when, &others);
        let is_event = others.iter().any(|statement| statement.family.is_some());
        if happened && !is_event {
            add(&mut properties, "subject", [entity_id(&edge.subject)]);
            add(&mut properties, "object", [entity_id(&edge.object)]);
            add(&mut properties, "role", [label]);
            return self.line(&base("link"), "UnknownLink", &properties);
        }
        let name = format!("{} {label} {}", named(subject), named(object));
        add(&mut properties, "name", [name]);
        add(&mut properties, "keywords", others.iter().filter_map(|s| s.family.clone()));
        add(&mut properties, "keywords", [edge.factuality.as_str().to_owned()]);
        let places = others.iter().filter_map(|s| s.place.as_ref());
        let places = places.filter_map(|place| graph.entity(&place.entity));
        add(&mut properties, "location", places.map(|place| place.name.clone()));
        for (entity, schema) in [subject, object].into_iter().zip(schemas) {
            match schema {
                "Address" => {
                    add(&mut properties, "addressEntity", [entity_id(&entity.id)]);
                    add(&mut properties, "location", [named(entity)]);
                }
                schema if self::is_legal(schema) => {
                    add(&mut properties, "involved", [entity_id(&entity.id)]);
                }
                _ => add(&mut properties, "notes", [named(entity)]),
            }
        }
        self.line(&base("event"), "Event", &properties)
    }

    /// What statements share: dates, articles, words, and who says so.
    fn evidence(&self, when: Option<Interval>, support: &[&Statement]) -> Properties {
        let mut properties = Properties::new();
        if let Some(when) = when {
            if when.from == when.to {
                add(&mut properties, "date", when.from.and_then(written));
            } else {
                add(&mut properties, "startDate", when.from.and_then(written));
                add(&mut properties, "endDate", when.to.and_then(written));
            }
        }
        for statement in support {
            let quote = &statement.evidence;
            let document = self.graph.document(&quote.document);
            add(&mut properties, "proof", [document_id(&quote.document.0)]);
            add(&mut properties, "sourceUrl", document.and_then(|d| d.url.clone()));
            add(&mut properties, "publisher", document.and_then(|d| d.publisher.clone()));
            add(&mut properties, "description", [description(quote)]);
            let speaker = statement.attribution.as_ref().map(|speaker| match speaker {
                Speaker::Entity(End { entity, .. }) => {
                    self.graph.entity(entity).map_or_else(String::new, |e| e.name.clone())
                }
                Speaker::Words(words) => words.clone(),
            });
            add(&mut properties, "namesMentioned", speaker);
        }
        properties
    }
}

/// A quotation with its place.
fn description(quote: &Quote) -> String {
    format!("{} {}-{}: {}", quote.document, quote.start, quote.end, quote.text)
}

/// The schema of an entity.
fn schema(ontology: &Ontology, entity: &Entity) -> &'static str {
    match entity.supertype {
        Supertype::Person => "Person",
        Supertype::Organization => "Organization",
        // A place that acts, as the ontology has it, is a country.
        Supertype::Place if ontology.is_a(&entity.class, AGENT) => "PublicBody",
        Supertype::Place => "Address",
        Supertype::Group => "LegalEntity",
        Supertype::Office => "Position",
        Supertype::Thing => "Asset",
    }
}

/// The class of those who can act.
const AGENT: &str = "Agent";

fn is_legal(schema: &str) -> bool {
    matches!(schema, "Person" | "Organization" | "PublicBody" | "LegalEntity")
}

fn named(entity: &Entity) -> String {
    if entity.name.trim().is_empty() { entity.id.0.clone() } else { entity.name.clone() }
}

fn add(properties: &mut Properties, name: &'static str, values: impl IntoIterator<Item = String>) {
    properties.entry(name).or_default().extend(values);
}

/// A date as their model knows it: one with a year.
fn written(date: PartialDate) -> Option<String> {
    date.year().map(|_| date.to_string())
}

fn shown(when: Interval) -> String {
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    format!("{}/{}", date(when.from), date(when.to))
}

fn document_id(id: &str) -> String {
    allowed("article", id)
}

fn entity_id(id: &EntityId) -> String {
    allowed("entity", &id.0)
}

fn post_id(post: &Post) -> String {
    let of = post.of.as_ref().map_or("", |of| of.entity.0.as_str());
    hashed("position", &[&post.title, of])
}

/// An id with its kind in front, hashed if it has other characters than theirs.
fn allowed(kind: &str, id: &str) -> String {
    let is_allowed = id.len() <= 100
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && id.ends_with(|c: char| c.is_ascii_alphanumeric());
    if is_allowed { format!("{kind}-{id}") } else { hashed(kind, &[id]) }
}

fn hashed(kind: &str, parts: &[&str]) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut id = format!("{kind}-");
    for byte in hash.finalize().iter().take(10) {
        let _ = write!(id, "{byte:02x}");
    }
    // No id of the program's own looks like this.
    id.push_str("-h");
    id
}
