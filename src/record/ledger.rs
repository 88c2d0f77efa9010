//! The ledger as a table in the user's hands, `decisions.csv`.
//!
//! The columns are those of [SSSOM](https://mapping-commons.github.io/sssom/),
//! a standard for statements that two ids mean the same thing. Three are ours:
//! what the user typed, and who took a row back. A side is one selector or more
//! with `+` between them; a row of more than two sides has `|` between those
//! that are objects.
//!
//! The table is read as spreadsheets save it: with commas, semicolons or tabs,
//! columns moved about. Columns that the program does not know are kept, and so
//! are lines with `#` in front at the top.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use crate::ledger::{Ledger, Retraction, Ruling, Selector, Side, Verdict};

/// The columns that are written, in their order.
const COLUMNS: [&str; 17] = [
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "mapping_date",
    "comment",
    "subject_typed",
    "object_typed",
    "retracted_by",
    "retracted_date",
    "retracted_comment",
];

/// How a person came to a row.
const BY_HAND: &str = "semapv:ManualMappingCuration";
const SAME: &str = "skos:exactMatch";
const SPLIT: &str = "silsila:splitFrom";
const NOT: &str = "Not";

/// A ledger could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The stream failed, or it is no table.
    #[error("the table cannot be read or written")]
    Table(#[from] csv::Error),
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
        /// The line of the file.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        expected: &'static str,
    },
}

/// Reads a ledger. Rows without a number are numbered behind the others.
pub fn read(mut input: impl Read) -> Result<Ledger, LedgerError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(csv::Error::from)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    let length: usize =
        text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let (preamble, table) = text.split_at_checked(length).unwrap_or(("", text));
    let header = table.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count())
        .unwrap_or(b',');
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes());
    let columns: Vec<String> = csv.headers()?.iter().map(str::to_owned).collect();
    let mut ledger = Ledger {
        columns: columns
            .iter()
            .filter(|column| !column.is_empty() && !COLUMNS.contains(&column.as_str()))
            .cloned()
            .collect(),
        preamble: preamble.to_owned(),
        ..Ledger::default()
    };
    if columns.iter().all(String::is_empty) {
        return Ok(ledger);
    }
    for column in ["subject_id", "predicate_id", "object_id"] {
        if !columns.iter().any(|known| known == column) {
            return Err(LedgerError::Column { column, found: columns.join(", ") });
        }
    }
    let before = preamble.lines().count() as u64;
    let mut unnumbered = Vec::new();
    for record in csv.records() {
        let record = record?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = before + record.position().map_or(0, |at| line_at(table, at));
        let cells: BTreeMap<&str, &str> =
            columns.iter().map(String::as_str).zip(record.iter()).collect();
        let ruling = ruling(line, &cells, &ledger.columns)?;
        if ruling.number == 0 {
            unnumbered.push(ledger.rulings.len());
        }
        ledger.rulings.push(ruling);
    }
    for at in unnumbered {
        let number = ledger.next_number();
        if let Some(ruling) = ledger.rulings.get_mut(at) {
            ruling.number = number;
        }
    }
    Ok(ledger)
}

/// The line of a record; the empty lines before it count to it in the reader.
fn line_at(table: &str, at: &csv::Position) -> u64 {
    let rest = table.as_bytes().get(at.byte() as usize..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
    at.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

fn ruling(line: u64, cells: &BTreeMap<&str, &str>, more: &[String]) -> Result<Ruling, LedgerError> {
    let cell = |column: &str| cells.get(column).copied().unwrap_or_default();
    let own = |column: &str| cell(column).to_owned();
    let wrong = |column: &'static str, expected: &'static str| LedgerError::Cell {
        line,
        column,
        value: own(column),
        expected,
    };
    let number = match cell("record_id") {
        "" => 0,
        text => text
            .parse()
            .ok()
            .filter(|number| 0 < *number)
            .ok_or_else(|| wrong("record_id", "the number of a row, from 1"))?,
    };
    let is_not = match cell("predicate_modifier") {
        "" => false,
        NOT => true,
        _ => return Err(wrong("predicate_modifier", "\"Not\" or empty")),
    };
    let verdict = match (cell("predicate_id"), is_not) {
        (SAME | "owl:sameAs", false) => Verdict::Same,
        (SAME | "owl:sameAs", true) | ("owl:differentFrom", false) => Verdict::Different,
        (SPLIT, false) => Verdict::Split,
        (SPLIT | "owl:differentFrom", true) => {
            return Err(wrong("predicate_modifier", "empty beside this predicate"));
        }
        _ => {
            return Err(wrong(
                "predicate_id",
                "skos:exactMatch, owl:sameAs, owl:differentFrom or silsila:splitFrom",
            ));
        }
    };
    let mut sides: Vec<Side> = Vec::new();
    for [id, label, typed] in [
        ["subject_id", "subject_label", "subject_typed"],
        ["object_id", "object_label", "object_typed"],
    ] {
        let known = if id == "subject_id" { "subject_id" } else { "object_id" };
        let expected = "a name such as \"Person:Thomas West\", \"Person:Thomas West#DOCUMENT\" \
                        or \"wikidata:Q843\"";
        let labels: Vec<&str> = cell(label).split('|').collect();
        let of = |list: &[&str], at: usize| list.get(at).copied().unwrap_or_default().to_owned();
        for (at, text) in cell(id).split('|').enumerate() {
            let selectors: Option<Vec<Selector>> = text.split('+').map(Selector::parse).collect();
            let selectors = selectors.ok_or_else(|| wrong(known, expected))?;
            let side = Side { selectors, label: of(&labels, at), typed: of(&[cell(typed)], at) };
            if !sides.iter().any(|other| other.selectors == side.selectors) {
                sides.push(side);
            }
        }
    }
    let retraction = Retraction {
        author: own("retracted_by"),
        date: own("retracted_date"),
        comment: own("retracted_comment"),
    };
    Ok(Ruling {
        date: own("mapping_date"),
        number,
        verdict,
        sides,
        author: Some(own("author_label"))
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| own("author_id")),
        comment: own("comment"),
        retraction: (retraction != Retraction::default()).then_some(retraction),
        more: more
            .iter()
            .map(|column| (column.clone(), own(column)))
            .chain([("author_id".to_owned(), own("author_id"))])
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    })
}

/// Writes a ledger, the rows in the order of their numbers.
pub fn write(ledger: &Ledger, out: &mut dyn Write) -> Result<(), LedgerError> {
    out.write_all(ledger.preamble.as_bytes()).map_err(csv::Error::from)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS.into_iter().chain(ledger.columns.iter().map(String::as_str)))?;
    let mut rulings: Vec<&Ruling> = ledger.rulings.iter().collect();
    rulings.sort_by_key(|ruling| ruling.number);
    for ruling in rulings {
        let (subject, objects) = match ruling.sides.as_slice() {
            [] => continue,
            [only] => (only, std::slice::from_ref(only)),
            [subject, objects @ ..] => (subject, objects),
        };
        let ids = |side: &Side| {
            side.selectors.iter().map(Selector::to_string).collect::<Vec<_>>().join("+")
        };
        let all =
            |each: &dyn Fn(&Side) -> String| objects.iter().map(each).collect::<Vec<_>>().join("|");
        let label = |side: &Side| side.label.replace('|', " ");
        let (predicate, modifier) = match ruling.verdict {
            Verdict::Same => (SAME, ""),
            Verdict::Different => (SAME, NOT),
            Verdict::Split => (SPLIT, ""),
        };
        let Retraction { date, author, comment } = ruling.retraction.clone().unwrap_or_default();
        let more = |column: &str| ruling.more.get(column).cloned().unwrap_or_default();
        let typed = objects.first().map(|side| side.typed.clone()).unwrap_or_default();
        let cells = [
            ruling.number.to_string(),
            ids(subject),
            label(subject),
            predicate.to_owned(),
            modifier.to_owned(),
            all(&ids),
            all(&label),
            BY_HAND.to_owned(),
            more("author_id"),
            ruling.author.clone(),
            ruling.date.clone(),
            ruling.comment.clone(),
            subject.typed.clone(),
            typed,
            author,
            date,
            comment,
        ];
        csv.write_record(cells.into_iter().chain(ledger.columns.iter().map(|c| more(c))))?;
    }
    Ok(csv.flush().map_err(csv::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let table = "# curie_map: {}\n\
            record_id,subject_id,subject_label,predicate_id,predicate_modifier,object_id,\
            object_label,mapping_justification,author_id,author_label,mapping_date,comment,\
            subject_typed,object_typed,retracted_by,retracted_date,retracted_comment,confidence\n\
            2,Person:Ada Quist,Ada Quist,skos:exactMatch,,Person:A. Quist#d 1,A. Quist,\
            semapv:ManualMappingCuration,orcid:1,Ann,2024-05-01,\"so, yes\",quist,A. Quist,,,,0.9\n\
            5,Person:X,X,silsila:splitFrom,,Person:Y#d+Person:Y#e|Person:Z,Y|Z,\
            semapv:ManualMappingCuration,,Bo,2024-05-02,,x,,Ann,2024-06-01,no,\n";
        let ledger = read(table.as_bytes()).expect("it is a ledger");
        let mut out = Vec::new();
        write(&ledger, &mut out).expect("memory does not fail");
        assert_eq!(String::from_utf8_lossy(&out), table);
        assert_eq!(ledger.by_rank().len(), 1);
        assert_eq!(ledger.rulings[1].sides.len(), 3);
        assert_eq!(ledger.rulings[1].sides[1].selectors.len(), 2);
    }

    #[test]
    fn a_table_of_a_spreadsheet_is_read() {
        let table = "\u{FEFF}object_id;predicate_modifier;subject_id;predicate_id\r\n\
            person:x;;;\r\n";
        assert!(read(table.as_bytes()).is_err());
        let table = "\u{FEFF}object_id;predicate_modifier;subject_id;predicate_id\r\n\
            Person:X;Not;Person:Y#d;skos:exactMatch\r\n;;;\r\n";
        let ledger = read(table.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.rulings.len(), 1);
        assert_eq!((ledger.rulings[0].number, ledger.rulings[0].verdict), (1, Verdict::Different));
        assert_eq!(read(&b""[..]).expect("nothing is a ledger"), Ledger::default());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let head = "record_id,subject_id,predicate_id,predicate_modifier,object_id\n";
        for (row, want) in [
            ("0,Person:X,skos:exactMatch,,Person:Y", "line 2, column record_id: \"0\""),
            ("1,X,skos:exactMatch,,Person:Y", "line 2, column subject_id: \"X\""),
            ("1,Person:X,skos:broadMatch,,Person:Y", "line 2, column predicate_id"),
            ("1,Person:X,skos:exactMatch,not,Person:Y", "line 2, column predicate_modifier"),
            ("\n1,Person:X,skos:exactMatch,,Person:Y|", "line 3, column object_id"),
        ] {
            let error = read(format!("{head}{row}\n").as_bytes()).expect_err(row).to_string();
            assert!(error.starts_with(want), "{row}: {error}");
        }
        let error = read(&b"a,b\n1,2\n"[..]).expect_err("no ledger").to_string();
        assert!(error.contains("subject_id") && error.contains("a, b"), "{error}");
    }
}
