//! Reference lists as they come: tables, and lines of FollowTheMoney.
//!
//! A table has the columns `id` and `name`, and may have `names`, `class`,
//! `offices` and `country`, each with `|` between several values; what
//! Wikidata's query service writes as CSV or TSV (`item`, `itemLabel`,
//! `itemAltLabel`) is such a table, too. An id is a Wikidata id or an IRI.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use crate::mention::Supertype;
use crate::record::{ReferenceRow, VERSION};
use crate::reference::{Reference, WIKIDATA, is_wikidata};

/// A reference list could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// The stream failed, or it is no table.
    #[error("the table cannot be read")]
    Table(#[from] csv::Error),
    /// A line is not an entity of FollowTheMoney.
    #[error("line {line} is not an entity of FollowTheMoney")]
    Entity {
        /// The line.
        line: u64,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// A column is missing.
    #[error("there is no column \"{column}\"; the columns are {found}")]
    Column {
        /// The column.
        column: &'static str,
        /// The columns there are.
        found: String,
    },
    /// A cell is not what belongs there.
    #[error("line {line}, column {column}: \"{value}\" is not {expected}")]
    Cell {
        /// The line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        expected: &'static str,
    },
}

/// Reads a list: lines of JSON, or a table.
pub fn read(input: impl Read, list: u32) -> Result<Vec<Reference>, ReferenceError> {
    let mut input = BufReader::new(input);
    let begins = input.fill_buf().map_err(csv::Error::from)?;
    let is_json = begins.trim_ascii_start().first() == Some(&b'{');
    if is_json { read_entities(input, list) } else { read_table(input, list) }
}

/// The columns that a value may stand in, the first that is there.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("id", &["id", "item", "wikidata", "qid"]),
    ("name", &["name", "label", "itemlabel", "caption"]),
    ("names", &["names", "aliases", "alias", "itemaltlabel"]),
    ("class", &["class", "type", "schema"]),
    ("offices", &["offices", "office", "positions", "position"]),
    ("country", &["country", "countries"]),
];

fn read_table(mut input: impl BufRead, list: u32) -> Result<Vec<Reference>, ReferenceError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(csv::Error::from)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count())
        .unwrap_or(b',');
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns: Vec<String> =
        csv.headers()?.iter().map(|c| c.trim_start_matches('?').to_lowercase()).collect();
    let place = |column: &str| {
        let (_, known) = COLUMNS.into_iter().find(|(name, _)| *name == column)?;
        known.iter().find_map(|known| columns.iter().position(|column| column == known))
    };
    for column in ["id", "name"] {
        if place(column).is_none() {
            return Err(ReferenceError::Column { column, found: columns.join(", ") });
        }
    }
    let mut entries: BTreeMap<String, Reference> = BTreeMap::new();
    for record in csv.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| {
            let at = place(column).and_then(|at| record.get(at)).unwrap_or_default();
            at.trim().to_owned()
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let wrong = |column: &'static str, expected: &'static str| ReferenceError::Cell {
            line,
            column,
            value: cell(column),
            expected,
        };
        let iri = iri(&cell("id")).ok_or_else(|| wrong("id", "a Wikidata id or an IRI"))?;
        let class = cell("class");
        let supertype = if class.is_empty() { Some(Supertype::Person) } else { supertype(&class) };
        let supertype = supertype
            .ok_or_else(|| wrong("class", "Person, Organization, Place or a class like them"))?;
        let entry = entries.entry(iri.clone()).or_insert_with(|| Reference {
            list,
            iri,
            supertype,
            names: Vec::new(),
            offices: Vec::new(),
            countries: Vec::new(),
        });
        // Wikidata's own lists have commas between names, and a row for each
        // office.
        let names = cell("names");
        let between = if names.contains('|') { '|' } else { ',' };
        let names = std::iter::once(cell("name")).chain(names.split(between).map(str::to_owned));
        extend(&mut entry.names, names);
        extend(&mut entry.offices, cell("offices").split('|').map(str::to_owned));
        extend(&mut entry.countries, cell("country").split('|').map(str::to_uppercase));
    }
    Ok(entries.into_values().filter(|entry| !entry.names.is_empty()).collect())
}

/// Adds what is new and not empty.
fn extend(list: &mut Vec<String>, values: impl Iterator<Item = String>) {
    for value in values {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && !list.contains(&value) {
            list.push(value);
        }
    }
}

/// An entity of FollowTheMoney, as far as it is of use.
#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

fn read_entities(input: impl BufRead, list: u32) -> Result<Vec<Reference>, ReferenceError> {
    let mut entries = Vec::new();
    for (at, line) in input.lines().enumerate() {
        let line = line.map_err(csv::Error::from)?;
        if line.trim().is_empty() {
            continue;
        }
        let entity: Entity = serde_json::from_str(&line)
            .map_err(|source| ReferenceError::Entity { line: at as u64 + 1, source })?;
        // Vessels, payments and the like are nothing that is told of here.
        let Some(supertype) = supertype(&entity.schema) else { continue };
        let values = |keys: &[&str]| {
            let mut values = Vec::new();
            let found = keys.iter().filter_map(|key| entity.properties.get(*key)).flatten();
            extend(&mut values, found.cloned());
            values
        };
        let id = values(&["wikidataId"]).into_iter().find(|id| is_wikidata(id));
        let names = values(&["name", "alias", "weakAlias"]);
        if names.is_empty() {
            continue;
        }
        entries.push(Reference {
            list,
            iri: iri(id.as_ref().unwrap_or(&entity.id)).unwrap_or_else(|| urn(&entity.id)),
            supertype,
            names,
            offices: values(&["position"]),
            countries: values(&["country", "nationality", "citizenship"])
                .into_iter()
                .map(|country| country.to_uppercase())
                .collect(),
        });
    }
    entries.sort();
    entries.dedup_by(|a, b| a.iri == b.iri);
    Ok(entries)
}

/// The IRI of an id, if it is a Wikidata id or an IRI.
fn iri(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let short = id.strip_prefix("wd:").unwrap_or(id);
    if is_wikidata(short) {
        return Some(format!("{WIKIDATA}{short}"));
    }
    if let Some(item) = id.strip_prefix("https://www.wikidata.org/wiki/")
        && is_wikidata(item)
    {
        return Some(format!("{WIKIDATA}{item}"));
    }
    let is_iri = ["http://", "https://", "urn:"].iter().any(|scheme| id.starts_with(scheme));
    let is_clean =
        !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    (is_iri && is_clean).then(|| id.to_owned())
}

/// The IRI of an id that is known only in its list.
fn urn(id: &str) -> String {
    let mut urn = "urn:ftm:".to_owned();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            urn.push(char::from(byte));
        } else {
            let _ = write!(urn, "%{byte:02X}");
        }
    }
    urn
}

/// The broadest class of a class of ours, of FollowTheMoney or of Wikidata.
fn supertype(class: &str) -> Option<Supertype> {
    Some(match class.trim().to_lowercase().as_str() {
        "person" | "human" | "q5" | "politician" => Supertype::Person,
        "organization"
        | "organisation"
        | "publicbody"
        | "company"
        | "legalentity"
        | "party"
        | "ministry"
        | "agency"
        | "internationalorganization"
        | "government" => Supertype::Organization,
        "place" | "country" | "city" | "region" => Supertype::Place,
        _ => return None,
    })
}

impl ReferenceRow {
    /// Returns the row of an entry.
    pub fn new(reference: &Reference) -> Self {
        Self {
            v: VERSION,
            list: reference.list,
            id: reference.iri.clone(),
            class: reference.supertype.as_str().to_owned(),
            names: reference.names.clone(),
            offices: reference.offices.clone(),
            countries: reference.countries.clone(),
        }
    }

    /// Returns the entry of a row; `None` if its class is none.
    pub fn into_reference(self) -> Option<Reference> {
        Some(Reference {
            list: self.list,
            iri: self.id,
            supertype: Supertype::from_name(&self.class)?,
            names: self.names,
            offices: self.offices,
            countries: self.countries,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_three_kinds_say_the_same() {
        let table = "id,name,names,class,offices,country\n\
            Q7,Ada Quist,A. Quist|آدا,Person,Envoy for Elbonia|Mayor,xx\n";
        let wikidata = "?item\t?itemLabel\t?itemAltLabel\t?position\t?country\n\
            <http://www.wikidata.org/entity/Q7>\tAda Quist\tA. Quist, آدا\tEnvoy for Elbonia\txx\n\
            wd:Q7\tAda Quist\t\tMayor\txx\n";
        let lines = concat!(
            r#"{"id": "NK-1", "schema": "Person", "properties": {"name": ["Ada Quist"], "#,
            r#""alias": ["A. Quist", "آدا"], "position": ["Envoy for Elbonia", "Mayor"], "#,
            r#""country": ["xx"], "wikidataId": ["Q7"]}}"#,
            "\n",
            r#"{"id": "v", "schema": "Vessel", "properties": {"name": ["Ada Quist"]}}"#,
        );
        let want = read(table.as_bytes(), 0).expect("a table");
        assert_eq!(want.len(), 1);
        assert_eq!(want[0].names, ["Ada Quist", "A. Quist", "آدا"]);
        assert_eq!(want[0].offices.len(), 2);
        assert_eq!(read(wikidata.as_bytes(), 0).expect("a table"), want);
        assert_eq!(read(lines.as_bytes(), 0).expect("entities"), want);
        let row = ReferenceRow::new(&want[0]);
        assert_eq!(row.into_reference().as_ref(), want.first());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (list, want) in [
            ("id,nome\n", "no column \"name\""),
            ("id,name\nx y,Ada\n", "line 2, column id: \"x y\""),
            ("id,name,class\nQ1,Ada,dragon\n", "line 2, column class: \"dragon\""),
            ("{\"id\": 1}", "line 1 is not"),
        ] {
            let error = read(list.as_bytes(), 0).expect_err(list).to_string();
            assert!(error.contains(want), "{list}: {error}");
        }
        assert_eq!(read(&b""[..], 0).err().map(|e| e.to_string().contains("column")), Some(true));
    }
}
