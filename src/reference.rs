//! Entries of reference lists: things that are known elsewhere under an id.

use crate::mention::Supertype;

/// The namespace of Wikidata's items.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// A thing that a list gives an id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The list, by its place among those given; a thing may stand in several.
    pub list: u32,
    /// The id, as an IRI.
    pub iri: String,
    /// The broadest class.
    pub supertype: Supertype,
    /// The names, the one to show first.
    pub names: Vec<String>,
    /// The titles of the offices held.
    pub offices: Vec<String>,
    /// The countries that it is tied to, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
}

impl Reference {
    /// The Wikidata id, if the id is one.
    pub fn wikidata(&self) -> Option<&str> {
        wikidata(&self.iri)
    }
}

/// The Wikidata id of an IRI that is one.
pub fn wikidata(iri: &str) -> Option<&str> {
    iri.strip_prefix(WIKIDATA).filter(|id| is_wikidata(id))
}

/// Whether a text is a Wikidata id ("Q843").
pub fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
