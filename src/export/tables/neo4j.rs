//! CSV for the bulk importer of Neo4j (`neo4j-admin database import full`).
//!
//! Entities, articles and claims are nodes. An edge of the graph is a
//! relationship whose type is its relation in capitals, with the factuality
//! behind it unless it happened (`MET_WITH`, `MET_WITH_PLANNED`), so that no
//! question about what happened meets a plan; a claim leads to its ends, its
//! place, its speaker and its article. The importer wants an empty database,
//! every id once, and no relationship without its ends; all three hold.
//!
//! Lists stand with `;` between their parts, the importer's own sign. It cannot
//! be escaped there: within a part it becomes a comma. Texts keep their line
//! breaks, so that the importer needs `--multiline-fields=true`.

use std::borrow::Cow;
use std::io::Write;

use super::{Table, archive, in_order};
use crate::export::elements::{Column, Elements, Kind, Value};
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::{Graph, Speaker, Statement};
use crate::ontology::Ontology;

/// Writes tables for Neo4j.
pub(in crate::export) struct Neo4j;

/// The tables.
const FILES: [&str; 6] = [
    "node-entity.csv",
    "node-article.csv",
    "node-claim.csv",
    "edge-relation.csv",
    "edge-role.csv",
    "edge-article.csv",
];

/// The columns of articles.
const ARTICLE: [&str; 9] = [
    "id:ID(Article)",
    ":LABEL",
    "title",
    "publisher",
    "published",
    "url",
    "language",
    "sha256",
    "version_of",
];

/// The columns of claims.
const CLAIM: [&str; 16] = [
    "id:ID(Claim)",
    ":LABEL",
    "relation",
    "family",
    "factuality",
    "from",
    "to",
    "amount:double",
    "currency",
    "office",
    "attribution",
    "quote",
    "quote_document",
    "quote_start:long",
    "quote_end:long",
    "confidence:double",
];

impl Exporter for Neo4j {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        archive(self, graph, ontology, options, out)
    }

    fn files(&self) -> &'static [&'static str] {
        &FILES
    }

    fn write_file(
        &self,
        file: &str,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut table = Table::new(out);
        // Claims are nodes as it is.
        let options = ExportOptions { events: false, ..options.clone() };
        match file {
            "node-entity.csv" => entities(&mut table, graph, ontology, &options)?,
            "node-article.csv" => articles(&mut table, graph)?,
            "node-claim.csv" => claims(&mut table, graph)?,
            "edge-relation.csv" => relations(&mut table, graph, ontology, &options)?,
            "edge-role.csv" => roles(&mut table, graph)?,
            _ => sources(&mut table, graph)?,
        }
        table.finish()
    }
}

/// The name of a column with the type of its values.
fn typed((name, kind): &Column) -> Cow<'static, str> {
    match kind {
        Kind::Text => Cow::Borrowed(*name),
        Kind::Count => format!("{name}:long").into(),
        Kind::Number => format!("{name}:double").into(),
        Kind::Truth => format!("{name}:boolean").into(),
        Kind::List => format!("{name}:string[]").into(),
    }
}

fn cell(value: Option<Value<'_>>) -> Cow<'_, str> {
    match value {
        None => "".into(),
        Some(Value::Text(text)) => text,
        Some(Value::List(parts)) => {
            parts.iter().map(|part| part.replace(';', ",")).collect::<Vec<_>>().join(";").into()
        }
        Some(value) => value.text().into_owned().into(),
    }
}

fn entities(
    table: &mut Table<'_>,
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
) -> Result<(), ExportError> {
    let elements = Elements::new(graph, ontology, options);
    let columns = elements.node_columns();
    let own = ["id:ID(Entity)", ":LABEL", "name"].map(Cow::Borrowed);
    table.row(own.into_iter().chain(columns.iter().map(typed)))?;
    // All entities, those without an edge as well: claims lead to some.
    for node in elements.all_entities() {
        let class = node.cells.iter().find(|(name, _)| *name == "class");
        let class = class.map(|(_, value)| value.text().into_owned()).unwrap_or_default();
        let supertype = node.supertype.map_or("Thing", crate::mention::Supertype::as_str);
        let mut labels = vec!["Entity", supertype];
        let name = label(&class);
        if !name.is_empty() && name != supertype {
            labels.push(&name);
        }
        let own = [node.id, labels.join(";").into(), node.label];
        table.row(own.into_iter().chain(in_order(&columns, node.cells).into_iter().map(cell)))?;
    }
    Ok(())
}

/// A class as the name of a label: `;` would begin another one.
fn label(class: &str) -> String {
    class.replace(';', ",").trim().to_owned()
}

fn articles(table: &mut Table<'_>, graph: &Graph) -> Result<(), ExportError> {
    table.row(ARTICLE.map(Cow::Borrowed))?;
    for document in graph.documents() {
        let text = |text: &'_ Option<String>| -> Cow<'static, str> {
            text.clone().unwrap_or_default().into()
        };
        let published = document.published.map(|date| date.to_string());
        table.row([
            Cow::Borrowed(document.id.0.as_str()),
            "Article".into(),
            text(&document.title),
            text(&document.publisher),
            published.unwrap_or_default().into(),
            text(&document.url),
            text(&document.language),
            Cow::Borrowed(document.sha256.as_str()),
            Cow::Borrowed(document.version_of.as_ref().map_or("", |id| id.0.as_str())),
        ])?;
    }
    Ok(())
}

fn claims(table: &mut Table<'_>, graph: &Graph) -> Result<(), ExportError> {
    table.row(CLAIM.map(Cow::Borrowed))?;
    for statement in graph.statements() {
        let date = |date: Option<crate::PartialDate>| -> Cow<'static, str> {
            date.map(|date| date.to_string()).unwrap_or_default().into()
        };
        let quote = &statement.evidence;
        let words = match &statement.attribution {
            Some(Speaker::Words(words)) => words.as_str(),
            Some(Speaker::Entity(end)) => end.text.as_str(),
            None => "",
        };
        let money = statement.amount.as_ref();
        table.row([
            Cow::Borrowed(statement.claim.0.as_str()),
            "Claim".into(),
            Cow::Borrowed(statement.relation.as_str()),
            Cow::Borrowed(statement.family.as_deref().unwrap_or_default()),
            statement.factuality.as_str().into(),
            date(statement.when.and_then(|when| when.from)),
            date(statement.when.and_then(|when| when.to)),
            money.map(|money| money.value.to_string()).unwrap_or_default().into(),
            Cow::Borrowed(money.map_or("", |money| money.unit.as_str())),
            Cow::Borrowed(statement.office.as_ref().map_or("", |office| office.title.as_str())),
            Cow::Borrowed(words),
            Cow::Borrowed(quote.text.as_str()),
            Cow::Borrowed(quote.document.0.as_str()),
            quote.start.to_string().into(),
            quote.end.to_string().into(),
            statement.confidence.to_string().into(),
        ])?;
    }
    Ok(())
}

fn relations(
    table: &mut Table<'_>,
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
) -> Result<(), ExportError> {
    let elements = Elements::new(graph, ontology, options);
    let columns = elements.edge_columns();
    let own = [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "id", "label", "weight:long"];
    table.row(own.map(Cow::Borrowed).into_iter().chain(columns.iter().map(typed)))?;
    for line in elements.lines() {
        let kind = capitals(&line.kind);
        let kind = kind.strip_suffix("_HAPPENED").map(str::to_owned).unwrap_or(kind);
        let own: [Cow<'_, str>; 6] = [
            line.source,
            line.target,
            kind.into(),
            line.id,
            line.label.into(),
            line.weight.to_string().into(),
        ];
        table.row(own.into_iter().chain(in_order(&columns, line.cells).into_iter().map(cell)))?;
    }
    Ok(())
}

/// A name in capitals, its words apart: `metWith planned` is `MET_WITH_PLANNED`.
fn capitals(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_whitespace() {
            words.push('_');
            continue;
        }
        if c.is_uppercase() && !words.is_empty() && !words.ends_with('_') {
            words.push('_');
        }
        words.extend(c.to_uppercase());
    }
    words
}

fn roles(table: &mut Table<'_>, graph: &Graph) -> Result<(), ExportError> {
    table.row([":START_ID(Claim)", ":END_ID(Entity)", ":TYPE"].map(Cow::Borrowed))?;
    for statement in graph.statements() {
        for (role, end) in ends(statement) {
            let claim = Cow::Borrowed(statement.claim.0.as_str());
            table.row([claim, Cow::Borrowed(end), role.into()])?;
        }
    }
    Ok(())
}

fn sources(table: &mut Table<'_>, graph: &Graph) -> Result<(), ExportError> {
    table.row([":START_ID(Claim)", ":END_ID(Article)", ":TYPE"].map(Cow::Borrowed))?;
    for statement in graph.statements() {
        table.row([
            Cow::Borrowed(statement.claim.0.as_str()),
            Cow::Borrowed(statement.evidence.document.0.as_str()),
            "QUOTED_FROM".into(),
        ])?;
    }
    Ok(())
}

fn ends(statement: &Statement) -> Vec<(&'static str, &str)> {
    let mut ends = vec![
        ("SUBJECT", statement.subject.entity.0.as_str()),
        ("OBJECT", statement.object.entity.0.as_str()),
    ];
    ends.extend(statement.place.as_ref().map(|place| ("PLACE", place.entity.0.as_str())));
    if let Some(Speaker::Entity(speaker)) = &statement.attribution {
        ends.push(("SPEAKER", speaker.entity.0.as_str()));
    }
    ends
}
