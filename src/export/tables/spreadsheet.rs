//! CSV for spreadsheets: the nodes, the edges, and all claims.
//!
//! A program for spreadsheets takes some beginnings of a cell for a formula,
//! which may do harm. A text that begins with `=`, `+`, `-`, `@`, a tab, a
//! carriage return or an apostrophe gets an apostrophe in front, which such
//! programs do not show; taking one apostrophe off the front of every cell gives
//! the text back. [`ExportOptions::raw_cells`] leaves all cells as they are, for
//! programs. Without it, tables begin with a byte order mark, by which such
//! programs know UTF-8.
//!
//! The columns `id`, `label`, `source`, `target` and `weight` are those that
//! Gephi's import of spreadsheets looks for.

use std::borrow::Cow;
use std::io::Write;

use super::{Table, archive, in_order};
use crate::claim::ClaimId;
use crate::export::elements::{Elements, Value};
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::{Edge, Graph, Speaker, Statement};
use crate::ontology::Ontology;

/// Writes tables for spreadsheets.
pub(in crate::export) struct Spreadsheet;

/// The tables.
const FILES: [&str; 3] = ["nodes.csv", "edges.csv", "claims.csv"];

/// The columns of claims.
const CLAIM: [&str; 31] = [
    "id",
    "edge",
    "document",
    "title",
    "publisher",
    "published",
    "url",
    "relation",
    "family",
    "factuality",
    "subject",
    "subject_name",
    "subject_text",
    "object",
    "object_name",
    "object_text",
    "from",
    "to",
    "place",
    "amount",
    "currency",
    "office",
    "office_of",
    "office_status",
    "attribution",
    "quote",
    "quote_start",
    "quote_end",
    "trigger",
    "pattern",
    "confidence",
];

impl Exporter for Spreadsheet {
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
        if !options.raw_cells {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut sheet = Sheet { table: Table::new(out), is_raw: options.raw_cells };
        if file == "claims.csv" {
            sheet.head(CLAIM.into_iter())?;
            let edges = edges(graph);
            for (statement, edge) in graph.statements().iter().zip(edges) {
                sheet.claim(graph, statement, edge)?;
            }
            return sheet.table.finish();
        }
        let elements = Elements::new(graph, ontology, options);
        if file == "nodes.csv" {
            let columns = elements.node_columns();
            sheet.head(["id", "label"].into_iter().chain(columns.iter().map(|(name, _)| *name)))?;
            for node in elements.nodes() {
                let own = [node.id, node.label].map(|text| Some(Value::Text(text)));
                sheet.row(own.into_iter().chain(in_order(&columns, node.cells)))?;
            }
        } else {
            let columns = elements.edge_columns();
            let own = ["source", "target", "type", "id", "label", "weight"];
            sheet.head(own.into_iter().chain(columns.iter().map(|(name, _)| *name)))?;
            for line in elements.lines() {
                let own = [
                    Value::Text(line.source),
                    Value::Text(line.target),
                    Value::Text("Directed".into()),
                    Value::Text(line.id),
                    Value::Text(line.label.into()),
                    Value::Count(line.weight as u64),
                ];
                let cells = in_order(&columns, line.cells);
                sheet.row(own.map(Some).into_iter().chain(cells))?;
            }
        }
        sheet.table.finish()
    }
}

/// The edge of each statement.
fn edges(graph: &Graph) -> Vec<Option<&Edge>> {
    let claims: Vec<&ClaimId> = graph.statements().iter().map(|s| &s.claim).collect();
    let mut edges = vec![None; claims.len()];
    for edge in graph.edges() {
        for statement in graph.support(edge) {
            // Statements are sorted by claim.
            if let Ok(at) = claims.binary_search(&&statement.claim) {
                edges[at] = Some(edge);
            }
        }
    }
    edges
}

/// A table for spreadsheets.
struct Sheet<'a> {
    table: Table<'a>,
    is_raw: bool,
}

impl Sheet<'_> {
    fn head<'b>(&mut self, names: impl Iterator<Item = &'b str>) -> Result<(), ExportError> {
        self.table.row(names.map(Cow::Borrowed))
    }

    fn row<'b>(
        &mut self,
        cells: impl IntoIterator<Item = Option<Value<'b>>>,
    ) -> Result<(), ExportError> {
        let is_raw = self.is_raw;
        let cell = |value: Option<Value<'b>>| match value {
            None => Cow::Borrowed(""),
            Some(Value::Text(text)) if is_raw => text,
            Some(Value::Text(text)) => safe(text),
            Some(list @ Value::List(_)) if !is_raw => safe(list.text().into_owned().into()),
            Some(value) => value.text().into_owned().into(),
        };
        self.table.row(cells.into_iter().map(cell))
    }

    fn claim(
        &mut self,
        graph: &Graph,
        statement: &Statement,
        edge: Option<&Edge>,
    ) -> Result<(), ExportError> {
        let document = graph.document(&statement.evidence.document);
        let name = |id| graph.entity(id).map_or("", |entity| entity.name.as_str());
        let date = |date: Option<crate::PartialDate>| date.map(|date| date.to_string());
        let office = statement.office.as_ref();
        let texts = [
            Some(statement.claim.0.as_str()),
            edge.map(|edge| edge.id.as_str()),
            Some(&statement.evidence.document.0),
            document.and_then(|d| d.title.as_deref()),
            document.and_then(|d| d.publisher.as_deref()),
        ];
        let published = date(document.and_then(|d| d.published));
        let ends = [
            document.and_then(|d| d.url.as_deref()),
            Some(&statement.relation),
            statement.family.as_deref(),
            Some(statement.factuality.as_str()),
            Some(&statement.subject.entity.0),
            Some(name(&statement.subject.entity)),
            Some(&statement.subject.text),
            Some(&statement.object.entity.0),
            Some(name(&statement.object.entity)),
            Some(&statement.object.text),
        ];
        let when = [
            date(statement.when.and_then(|when| when.from)),
            date(statement.when.and_then(|when| when.to)),
        ];
        let place = statement.place.as_ref().map(|place| name(&place.entity));
        let money = statement.amount.as_ref();
        let rest = [
            money.map(|money| money.unit.as_str()),
            office.map(|office| office.title.as_str()),
            office.and_then(|office| office.of.as_ref()).map(|of| name(&of.entity)),
            office.and_then(|office| office.status).map(crate::claim::OfficeStatus::as_str),
            statement.attribution.as_ref().map(|speaker| match speaker {
                Speaker::Entity(end) => name(&end.entity),
                Speaker::Words(words) => words.as_str(),
            }),
            Some(&statement.evidence.text),
        ];
        let text = |text: Option<&'_ str>| text.map(|text| Value::Text(text.to_owned().into()));
        let owned = |text: Option<String>| text.map(|text| Value::Text(text.into()));
        let cells = (texts.into_iter().map(text))
            .chain([owned(published)])
            .chain(ends.into_iter().map(text))
            .chain(when.into_iter().map(owned))
            .chain([text(place), money.map(|money| Value::Number(money.value))])
            .chain(rest.into_iter().map(text))
            .chain([
                Some(Value::Count(statement.evidence.start.into())),
                Some(Value::Count(statement.evidence.end.into())),
                text(Some(&statement.trigger.text)),
                text(Some(&statement.pattern)),
                Some(Value::Number(statement.confidence)),
            ]);
        self.row(cells)
    }
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        format!("'{text}").into()
    } else {
        text
    }
}
