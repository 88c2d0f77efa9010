//! What people have decided about who is who.
//!
//! A [`Ruling`] names its sides by [`Selector`]s: by a name as documents write
//! it, in all of them or in one. Names stay what they are when articles are
//! added or other merges made; ids of entities do not.

use std::collections::BTreeMap;
use std::fmt;

use crate::document::DocumentId;
use crate::mention::{ReferentIdx, Supertype};

/// What a ruling says of the things that it names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// All of them are one.
    Same,
    /// Each is another.
    Different,
    /// Each is another unless a ruling says that two are the same: what the
    /// program alone had joined is taken apart.
    Split,
}

impl Verdict {
    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Split => "split",
        }
    }
}

/// What a selector names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Named {
    /// A name within a class, in any letter case and with or without accents.
    Name(Supertype, String),
    /// An id of Wikidata ("Q843") that a table of places and bodies gives.
    Wikidata(String),
}

/// In which documents a selector looks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// In all of them, those to come included.
    All,
    /// In each for itself: every document's bearer of the name is another.
    Each,
    /// In one.
    One(DocumentId),
    /// In one, and there only this referent.
    Referent(DocumentId, ReferentIdx),
}

/// Names things by how documents write them.
///
/// Written as `Person:Thomas West`, `Person:Thomas West#DOCUMENT`,
/// `Person:Thomas West#*` (each document for itself),
/// `Person:Thomas West#DOCUMENT#e3` (one referent) or `wikidata:Q843`. Of names
/// and documents, `%`, `#`, `|` and `+` are written as `%25`, `%23`, `%7C` and
/// `%2B`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Selector {
    /// What it names.
    pub named: Named,
    /// Where.
    pub scope: Scope,
}

const WIKIDATA: &str = "wikidata";

impl Selector {
    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        let (class, rest) = text.trim().split_once(':')?;
        let mut parts = rest.split('#');
        let name = unescape(parts.next()?).trim().to_owned();
        let named = if class.trim() == WIKIDATA {
            let is_id =
                name.strip_prefix('Q').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
            is_id.then_some(Named::Wikidata(name))?
        } else {
            (!name.is_empty()).then_some(Named::Name(Supertype::from_name(class.trim())?, name))?
        };
        let scope = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Scope::All,
            (Some("*"), None, _) => Scope::Each,
            (Some(document), None, _) if !document.is_empty() => {
                Scope::One(DocumentId(unescape(document)))
            }
            (Some(document), Some(referent), None) if !document.is_empty() => {
                let index = referent.strip_prefix('e')?.parse().ok()?;
                Scope::Referent(DocumentId(unescape(document)), ReferentIdx(index))
            }
            _ => return None,
        };
        Some(Self { named, scope })
    }

    /// The document, if it looks in one only.
    pub fn document(&self) -> Option<&DocumentId> {
        match &self.scope {
            Scope::All | Scope::Each => None,
            Scope::One(document) | Scope::Referent(document, _) => Some(document),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.named {
            Named::Name(class, name) => write!(f, "{}:{}", class.as_str(), escape(name))?,
            Named::Wikidata(id) => write!(f, "{WIKIDATA}:{id}")?,
        }
        match &self.scope {
            Scope::All => Ok(()),
            Scope::Each => f.write_str("#*"),
            Scope::One(document) => write!(f, "#{}", escape(&document.0)),
            Scope::Referent(document, referent) => {
                write!(f, "#{}#e{}", escape(&document.0), referent.0)
            }
        }
    }
}

fn escape(text: &str) -> String {
    let text = text.replace('%', "%25").replace('#', "%23").replace('|', "%7C").replace('+', "%2B");
    // A document that is named like the sign for all of them.
    if text == "*" { "%2A".to_owned() } else { text }
}

fn unescape(text: &str) -> String {
    text.replace("%2A", "*")
        .replace("%2B", "+")
        .replace("%7C", "|")
        .replace("%23", "#")
        .replace("%25", "%")
}

/// One row of the ledger.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ruling {
    /// When it was made, ISO 8601; empty if the row does not say.
    pub date: String,
    /// Its number, by which it is taken back. Of rulings of one date that
    /// contradict each other, the higher number holds.
    pub number: u32,
    /// What it says.
    pub verdict: Verdict,
    /// Of what: two sides or more, each with one selector or more that name
    /// the same thing.
    pub sides: Vec<Side>,
    /// Who made it.
    pub author: String,
    /// Why.
    pub comment: String,
    /// Who took it back, if somebody did; it says nothing then.
    pub retraction: Option<Retraction>,
    /// Cells of columns that the program does not know, by column.
    pub more: BTreeMap<String, String>,
}

/// The end of a ruling.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Retraction {
    /// When, ISO 8601.
    pub date: String,
    /// By whom.
    pub author: String,
    /// Why.
    pub comment: String,
}

/// A side of a ruling.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Side {
    /// What it names.
    pub selectors: Vec<Selector>,
    /// What it is called.
    pub label: String,
    /// What the user typed.
    pub typed: String,
}

impl Ruling {
    /// What it says in short: `same “Tom West”, “Thomas West”`.
    pub fn in_short(&self) -> String {
        let labels: Vec<String> =
            self.sides.iter().map(|side| format!("“{}”", side.label)).collect();
        format!("{} {}", self.verdict.as_str(), labels.join(", "))
    }
}

/// All rulings, those that were taken back included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ledger {
    /// In the order of the file; it does not matter for what they mean.
    pub rulings: Vec<Ruling>,
    /// The columns that the program does not know, in their order.
    pub columns: Vec<String>,
    /// The lines of remarks at the top of the file.
    pub preamble: String,
}

impl Ledger {
    /// The rulings that hold, in the order in which they do: what is the same or
    /// different before what is split, the latest first.
    pub fn by_rank(&self) -> Vec<&Ruling> {
        let mut ranked: Vec<&Ruling> =
            self.rulings.iter().filter(|ruling| ruling.retraction.is_none()).collect();
        let is_split = |ruling: &Ruling| ruling.verdict == Verdict::Split;
        ranked.sort_by(|a, b| is_split(a).cmp(&is_split(b)).then_with(|| b.cmp(a)));
        ranked
    }

    /// The number for the next ruling.
    pub fn next_number(&self) -> u32 {
        self.rulings.iter().map(|ruling| ruling.number).max().unwrap_or(0).saturating_add(1)
    }

    /// Takes back a ruling: the one with a number, or else the last that holds.
    /// Returns it as it was; `None` if there is none.
    pub fn undo(&mut self, number: Option<u32>, retraction: Retraction) -> Option<Ruling> {
        let holds = |ruling: &&mut Ruling| ruling.retraction.is_none();
        let ruling = match number {
            Some(number) => {
                self.rulings.iter_mut().filter(holds).find(|ruling| ruling.number == number)
            }
            None => self.rulings.iter_mut().filter(holds).max_by_key(|ruling| ruling.number),
        }?;
        let before = ruling.clone();
        ruling.retraction = Some(retraction);
        Some(before)
    }
}

/// A ruling that is not fully followed, because others stand above it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Conflict {
    /// The number of the ruling.
    pub ruling: u32,
    /// The numbers of those above it.
    pub against: Vec<u32>,
    /// Two names on which they disagree.
    pub names: (String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_read_as_they_are_written() {
        for text in [
            "Person:Thomas West",
            "Person:Thomas West#doc-1",
            "Person:Thomas West#*",
            "Person:Thomas West#https://a.b/c%23d#e3",
            "Organization:Institut für #1".replace('#', "%23").as_str(),
            "Thing:a%7Cb%25",
            "Person:X#%2A",
            "wikidata:Q843",
            "wikidata:Q843#d",
        ] {
            let selector = Selector::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(selector.to_string(), text);
        }
        for text in
            ["", "West", "Alien:West", "wikidata:843", "Person:", "Person:X#", "Person:X#d#3"]
        {
            assert_eq!(Selector::parse(text), None, "{text}");
        }
    }
}
