//! The sheet that a person ticks: a table that spreadsheets open.
//!
//! It is written as CSV with commas and a byte order mark, by which Excel
//! knows UTF-8. It is read as spreadsheets save it: with commas, semicolons or
//! tabs, columns moved about, and decimal commas.

use std::io::{Read, Write};

use crate::audit::Drawn;
use crate::record::{ClaimRow, DocumentRow, EndRow};

/// The columns, in their order.
const COLUMNS: [&str; 14] = [
    "claim",
    "stratum",
    "weight",
    "relation",
    "subject",
    "object",
    "factuality",
    "date",
    "amount",
    "office",
    "sentence",
    "article",
    "right",
    "note",
];

/// What stands before and behind the sentence that says it, in its context.
const MARKS: [&str; 2] = [">>", "<<"];

/// How far a sentence of context reaches at most, in characters.
const CONTEXT: usize = 400;

/// What a person says of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The article says so.
    Right,
    /// It does not.
    Wrong,
    /// It cannot be told.
    Unsure,
    /// Not judged yet.
    Blank,
}

/// A row of the sheet as far as it counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The relation.
    pub relation: String,
    /// How many claims it stands for.
    pub weight: f64,
    /// The judgement.
    pub verdict: Verdict,
}

/// A sheet could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// The stream failed, or it is no table.
    #[error("the table cannot be written or read")]
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
    #[error("row {row}, column {column}: \"{value}\" is not {expected}")]
    Cell {
        /// The row of the spreadsheet; the first is that of the names.
        row: usize,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        expected: &'static str,
    },
}

/// Writes a sheet.
pub struct SheetWriter<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> std::fmt::Debug for SheetWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetWriter").finish_non_exhaustive()
    }
}

impl<W: Write> SheetWriter<W> {
    /// Begins a sheet with the names of its columns.
    pub fn new(mut out: W) -> Result<Self, SheetError> {
        out.write_all("\u{FEFF}".as_bytes()).map_err(csv::Error::from)?;
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(COLUMNS)?;
        Ok(Self { csv })
    }

    /// Writes the row of a claim that was drawn.
    pub fn write(
        &mut self,
        drawn: &Drawn,
        claim: &ClaimRow,
        document: &DocumentRow,
    ) -> Result<(), SheetError> {
        let office = claim.office.as_ref().map(|office| match &office.of {
            Some(of) => format!("{} ({of})", office.title),
            None => office.title.clone(),
        });
        let cells = [
            claim.id.clone(),
            text(&drawn.stratum),
            format!("{:.4}", drawn.weight),
            claim.relation.clone(),
            text(&end(&claim.subject)),
            text(&end(&claim.object)),
            claim.factuality.clone(),
            date(claim),
            claim.amount.as_ref().map(|amount| text(&amount.text)).unwrap_or_default(),
            office.map(|office| text(&office)).unwrap_or_default(),
            text(&in_context(claim, &document.text)),
            text(&article(document)),
            String::new(),
            String::new(),
        ];
        Ok(self.csv.write_record(cells)?)
    }

    /// Writes out what is left.
    pub fn finish(mut self) -> Result<(), SheetError> {
        Ok(self.csv.flush().map_err(csv::Error::from)?)
    }
}

/// A text on one line. A spreadsheet would take some beginnings for formulas;
/// an apostrophe in front keeps it from that.
fn text(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

/// The name of an end, and the words that stand there if they are others.
fn end(end: &EndRow) -> String {
    if end.name == end.text { end.name.clone() } else { format!("{} ({})", end.name, end.text) }
}

fn date(claim: &ClaimRow) -> String {
    match (&claim.from, &claim.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (None, None) => String::new(),
        (from, to) => {
            let date = |date: &Option<String>| date.clone().unwrap_or_default();
            format!("{} to {}", date(from), date(to)).trim().to_owned()
        }
    }
}

fn article(document: &DocumentRow) -> String {
    let place = document.url.as_ref().or(document.path.as_ref()).unwrap_or(&document.id);
    match &document.title {
        Some(title) => format!("{title} ({place})"),
        None => place.clone(),
    }
}

/// The sentence that says it between marks, with the one before and the one
/// behind.
fn in_context(claim: &ClaimRow, text: &str) -> String {
    let (start, end) = (claim.evidence.start as usize, claim.evidence.end as usize);
    let letters: Vec<char> = text.chars().collect();
    let (Some(before), Some(behind)) = (letters.get(..start), letters.get(end..)) else {
        return claim.evidence.text.clone();
    };
    let before: String = before[last_sentence(before)..].iter().collect();
    let behind: String = behind[..first_sentence(behind)].iter().collect();
    let [open, close] = MARKS;
    format!("{} {open}{}{close} {}", before.trim(), claim.evidence.text.trim(), behind.trim())
}

/// Where the last sentence of a text begins.
fn last_sentence(text: &[char]) -> usize {
    let end = text.iter().rposition(|c| !c.is_whitespace()).map_or(0, |at| at + 1);
    let least = end.saturating_sub(CONTEXT);
    (least..end.saturating_sub(1))
        .rev()
        .find(|&at| ends_sentence(text, at))
        .map_or(least, |at| at + 1)
}

/// Where the first sentence of a text ends.
fn first_sentence(text: &[char]) -> usize {
    let start = text.iter().position(|c| !c.is_whitespace()).unwrap_or(text.len());
    let most = text.len().min(start + CONTEXT);
    (start..most).find(|&at| ends_sentence(text, at)).map_or(most, |at| at + 1)
}

/// Whether a sentence ends with the character there. It is enough for context
/// that it mostly is so: the words that claims come from were told apart by
/// the language model.
fn ends_sentence(text: &[char], at: usize) -> bool {
    let is_space = |at: usize| text.get(at).is_none_or(|c| c.is_whitespace());
    match text[at] {
        '\n' => text.get(at + 1).is_none_or(|c| *c == '\n'),
        '!' | '?' | '۔' | '؟' | '。' => true,
        // Not behind a title or an initial: "Gen.", "J."
        '.' => {
            let word = text[..at].iter().rev().take_while(|c| c.is_alphanumeric()).count();
            is_space(at + 1) && (word > 3 || word > 0 && !text[at - word].is_uppercase())
        }
        '"' | '”' | '’' => {
            at > 0 && matches!(text[at - 1], '.' | '!' | '?') && is_space(at + 1)
        }
        _ => false,
    }
}

/// Reads the judgements of a sheet.
pub fn read(mut input: impl Read) -> Result<Vec<Judged>, SheetError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(csv::Error::from)?;
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = csv.byte_headers()?.clone();
    let names: Vec<String> =
        header.iter().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect();
    let column = |column: &'static str| {
        names.iter().position(|name| name == column).ok_or_else(|| {
            let found: Vec<&str> =
                names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            SheetError::Column { column, found: found.join(", ") }
        })
    };
    let (relation, weight, right) = (column("relation")?, column("weight")?, column("right")?);
    let mut judged = Vec::new();
    for (at, record) in csv.byte_records().enumerate() {
        let record = record?;
        // Rows may be moved or left empty; the first is that of the names.
        let row = at + 2;
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let cell = |column: usize| {
            String::from_utf8_lossy(record.get(column).unwrap_or_default()).into_owned()
        };
        judged.push(Judged {
            relation: cell(relation),
            weight: read_weight(&cell(weight), row)?,
            verdict: read_verdict(&cell(right), row)?,
        });
    }
    Ok(judged)
}

/// What parts the cells: what stands most often in the line of names.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    // The first of equals: `max_by_key` would take the last.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn read_weight(value: &str, row: usize) -> Result<f64, SheetError> {
    let weight: Option<f64> = value.replace(',', ".").parse().ok();
    weight.filter(|weight| weight.is_finite() && 0.0 < *weight).ok_or_else(|| SheetError::Cell {
        row,
        column: "weight",
        value: value.to_owned(),
        expected: "a number above 0",
    })
}

fn read_verdict(value: &str, row: usize) -> Result<Verdict, SheetError> {
    match value.to_lowercase().as_str() {
        "y" | "yes" => Ok(Verdict::Right),
        "n" | "no" => Ok(Verdict::Wrong),
        "?" => Ok(Verdict::Unsure),
        "" => Ok(Verdict::Blank),
        _ => Err(SheetError::Cell {
            row,
            column: "right",
            value: value.to_owned(),
            expected: "y, n, ? or empty",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_a_sentence_on_each_side() {
        let text = "First one. Gen. Ana Torres spoke!\n\nShe met Kofi Boateng. He left at \
                    3 p.m. for the U.S. Embassy. Last.";
        let (before, rest) = text.split_once("She met").expect("it is there");
        let letters: Vec<char> = before.chars().collect();
        let last: String = letters.iter().skip(last_sentence(&letters)).collect();
        assert_eq!(last.trim(), "Gen. Ana Torres spoke!");
        let (_, behind) = rest.split_once("Boateng.").expect("it is there");
        let letters: Vec<char> = behind.chars().collect();
        let first: String = letters.iter().take(first_sentence(&letters)).collect();
        assert!(first.starts_with(" He left at 3 p.m"));
        for edge in ["", " ", "."] {
            let letters: Vec<char> = edge.chars().collect();
            assert!(first_sentence(&letters) <= letters.len());
            assert!(last_sentence(&letters) <= letters.len());
        }
    }

    #[test]
    fn reads_what_spreadsheets_save() {
        for table in [
            "claim,weight,relation,right,note\nc1,2.5,metWith,y,\nc2,1,hosted,,\"a, b\"\n",
            "\u{FEFF}Right;Relation;Weight\r\nY;metWith;2,5\r\n;hosted;1\r\n;;\r\n",
            "right\tweight\trelation\n yes \t2.5\tmetWith\n\t1\thosted\n",
        ] {
            let judged = read(table.as_bytes()).expect(table);
            let judged: Vec<_> =
                judged.iter().map(|j| (j.relation.as_str(), j.weight, j.verdict)).collect();
            let expected = [("metWith", 2.5, Verdict::Right), ("hosted", 1.0, Verdict::Blank)];
            assert_eq!(judged, expected, "{table}");
        }
    }

    #[test]
    fn says_which_cell_is_wrong() {
        for (table, expected) in [
            ("relation,weight,right\na,1,y\na,1,maybe\n", "row 3, column right: \"maybe\" is not"),
            ("relation,weight,right\na,much,y\n", "row 2, column weight: \"much\" is not"),
            ("relation,weight,right\na,-1,y\n", "row 2, column weight: \"-1\" is not"),
            ("relation,weight\na,1\n", "there is no column \"right\""),
            ("", "there is no column \"relation\""),
        ] {
            let error = read(table.as_bytes()).expect_err(table);
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }

    #[test]
    fn a_spreadsheet_takes_no_text_for_a_formula() {
        assert_eq!(text("=SUM(A1)\nand"), "'=SUM(A1) and");
        assert_eq!(text("Ann  = Lee"), "Ann = Lee");
    }
}
