//! SSSOM: who is who as a table of mappings, with the reasons.
//!
//! The table has the columns of the *Simple Standard for Sharing Ontological
//! Mappings* and its metadata in front. It says three things:
//!
//! - A written name means an entity: a mapping of a literal, once for each name
//!   of an entity and language.
//! - An entity is the same as one elsewhere, where a list or table knows it.
//! - The name of one article means the same as that of another, or, with the
//!   modifier `Not`, does not, as a decision of the program or of a person has
//!   it. What the program could not tell is left out.
//!
//! Blanks of other kinds than the space become spaces, for a cell has one line.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use csv::{QuoteStyle, WriterBuilder};

use crate::entity::{EntityId, ReferentId};
use crate::export::{ExportError, ExportOptions, Exporter, wikidata};
use crate::graph::{Graph, Judged};
use crate::ontology::Ontology;
use crate::resolution::{Basis, Judgement};

/// Writes a table of mappings.
pub(super) struct Sssom;

/// The columns.
const COLUMNS: [&str; 14] = [
    "subject_id",
    "subject_label",
    "subject_type",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_type",
    "mapping_justification",
    "author_label",
    "mapping_tool",
    "confidence",
    "subject_category",
    "comment",
];

const SAME: &str = "skos:exactMatch";
const BY_HAND: &str = "semapv:ManualMappingCuration";
const BY_PROGRAM: &str = "semapv:CompositeMatching";
const BY_NAME: &str = "semapv:LexicalMatching";

impl Exporter for Sssom {
    fn write(
        &self,
        graph: &Graph,
        _: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let base = &options.base;
        writeln!(out, "#mapping_set_id: {}", quoted(&format!("{base}mappings")))?;
        writeln!(out, "#license: https://w3id.org/sssom/license/unspecified")?;
        writeln!(out, "#mapping_set_title: Who is who, as silsila has it")?;
        writeln!(out, "#curie_map:")?;
        for (prefix, namespace) in [
            ("entity", format!("{base}entity/")),
            ("name", format!("{base}mention/")),
            ("semapv", "https://w3id.org/semapv/vocab/".to_owned()),
            ("skos", "http://www.w3.org/2004/02/skos/core#".to_owned()),
            ("wikidata", crate::reference::WIKIDATA.to_owned()),
        ] {
            writeln!(out, "#  {prefix}: {}", quoted(&namespace))?;
        }
        let mut table = Rows(
            WriterBuilder::new()
                .delimiter(b'\t')
                .quote_style(QuoteStyle::Necessary)
                .from_writer(out),
        );
        table.0.write_record(COLUMNS).map_err(io::Error::from)?;
        names(graph, &mut table)?;
        same_as(graph, &mut table)?;
        for judged in graph.decisions() {
            decision(judged, &mut table)?;
        }
        Ok(table.0.flush()?)
    }
}

struct Rows<'a>(csv::Writer<&'a mut dyn Write>);

/// A mapping; what is empty is left out.
#[derive(Default)]
struct Mapping<'a> {
    subject: Cow<'a, str>,
    subject_label: &'a str,
    subject_type: &'a str,
    predicate: &'a str,
    is_not: bool,
    object: Cow<'a, str>,
    object_label: &'a str,
    justification: &'a str,
    author: &'a str,
    confidence: Option<f64>,
    category: &'a str,
    comment: String,
}

impl Rows<'_> {
    fn row(&mut self, mapping: &Mapping<'_>) -> Result<(), ExportError> {
        let tool = if mapping.author.is_empty() { "silsila" } else { "" };
        let confidence = mapping.confidence.map(|c| c.to_string()).unwrap_or_default();
        let object_type = if mapping.subject_type.is_empty() { "" } else { ENTITY };
        let cells = [
            &*mapping.subject,
            mapping.subject_label,
            mapping.subject_type,
            mapping.predicate,
            if mapping.is_not { "Not" } else { "" },
            &mapping.object,
            mapping.object_label,
            object_type,
            mapping.justification,
            mapping.author,
            tool,
            &confidence,
            mapping.category,
            &mapping.comment,
        ];
        self.0.write_record(cells.map(one_line)).map_err(io::Error::from)?;
        Ok(())
    }
}

const ENTITY: &str = "owl named individual";
const LITERAL: &str = "rdfs literal";

/// Which names mean which entity.
fn names(graph: &Graph, table: &mut Rows<'_>) -> Result<(), ExportError> {
    for entity in graph.entities() {
        for name in &entity.names {
            let language = format!("language {}, {} mentions", name.language, name.count);
            table.row(&Mapping {
                subject_label: &name.text,
                subject_type: LITERAL,
                predicate: SAME,
                object: curie(&entity.id),
                object_label: &entity.name,
                justification: BY_NAME,
                category: &entity.class,
                comment: language,
                ..Mapping::default()
            })?;
        }
    }
    Ok(())
}

/// Which entities are known elsewhere.
fn same_as(graph: &Graph, table: &mut Rows<'_>) -> Result<(), ExportError> {
    for entity in graph.entities() {
        let known =
            wikidata(entity).map(|iri| iri.replacen(crate::reference::WIKIDATA, "wikidata:", 1));
        // Ids that are no IRIs cannot be told.
        let others = entity.same_as.iter().filter(|iri| iri.contains("://")).cloned();
        for object in known.into_iter().chain(others) {
            table.row(&Mapping {
                subject: curie(&entity.id),
                subject_label: &entity.name,
                predicate: SAME,
                object: object.into(),
                object_label: &entity.name,
                justification: BY_PROGRAM,
                category: &entity.class,
                ..Mapping::default()
            })?;
        }
    }
    Ok(())
}

fn decision(judged: &Judged, table: &mut Rows<'_>) -> Result<(), ExportError> {
    let decision = &judged.decision;
    let comparison = &decision.comparison;
    let is_same = match comparison.judgement {
        Judgement::Same => decision.rejected.is_none(),
        Judgement::Different => false,
        Judgement::Unsure => return Ok(()),
    };
    let is_ruling = decision.basis == Basis::Ruling;
    let mut comment = String::new();
    for reason in &comparison.reasons {
        let _ = write!(comment, "{} {:+.2}: {}; ", reason.feature, reason.weight, reason.detail);
    }
    if let Some(rejected) = &decision.rejected {
        let _ = write!(comment, "not joined: {rejected}; ");
    }
    if judged.count > 1 {
        let _ = write!(comment, "the least certain of {} like it; ", judged.count);
    }
    let score = comparison.score;
    // The probability that the mapping is right, its modifier included.
    let confidence = match (comparison.judgement, is_same) {
        (Judgement::Same, false) => None,
        (_, true) => Some(score),
        (_, false) => Some(1.0 - score),
    };
    table.row(&Mapping {
        subject: mention(&decision.a.0),
        subject_label: &decision.a.1,
        predicate: SAME,
        is_not: !is_same,
        object: mention(&decision.b.0),
        object_label: &decision.b.1,
        justification: if is_ruling { BY_HAND } else { BY_PROGRAM },
        author: if is_ruling { &decision.author } else { "" },
        confidence: confidence
            .filter(|confidence| confidence.is_finite())
            .map(|confidence| ((confidence * 1e4).round() / 1e4).clamp(0.0, 1.0)),
        comment: comment.trim_end_matches("; ").to_owned(),
        ..Mapping::default()
    })
}

/// What a document names, as an id.
fn mention(id: &ReferentId) -> Cow<'static, str> {
    format!("name:{}_{}", encoded(&id.document.0), id.referent.0).into()
}

fn curie(id: &EntityId) -> Cow<'static, str> {
    format!("entity:{}", encoded(&id.0)).into()
}

/// The characters that may stand in the local part of an id; all others
/// percent-encoded.
fn encoded(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// The text on one line, without what a table cannot hold.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text of YAML in quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}
