//! Spans that name something, and the things of one document that they name.

use std::ops::Range;

use crate::span::Span;
use crate::token::TokenIdx;

/// The position of a mention in its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MentionIdx(pub u32);

/// The position of a referent in its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReferentIdx(pub u32);

impl MentionIdx {
    /// The position as an index of a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl ReferentIdx {
    /// The position as an index of a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The broadest class of a thing: all that annotation needs to tell apart.
///
/// Finer classes are names of the ontology, and come from tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Supertype {
    /// A human being.
    Person,
    /// A body of people with a name: government, company, party, agency.
    Organization,
    /// A place, countries and cities included. A country may also act.
    Place,
    /// A group of people without a body ("Afghan refugees", "US officials").
    Group,
    /// A post that a person may hold ("Foreign Minister").
    Office,
    /// A name of anything else (an event, a law, a work, a product).
    Thing,
}

impl Supertype {
    /// The local name of the class in the ontology.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Group => "Group",
            Self::Office => "Office",
            Self::Thing => "Thing",
        }
    }

    /// The supertype with that local name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }

    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organization, Self::Place, Self::Group, Self::Office, Self::Thing];
}

/// How a mention names its thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MentionKind {
    /// By a proper name ("Thomas West", "UNHCR", "@handle").
    Name,
    /// By a description ("the US envoy", "senior officials").
    Nominal,
    /// By a pronoun ("he", "his").
    Pronoun,
    /// By a word that a machine probably put for the name when it translated
    /// the text ("مغرب", the point of the compass, for Mr West).
    Mistranslation,
}

/// A span that names something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Where it stands; titles are left out of a person's name.
    pub span: Span,
    /// The tokens it covers, indices into the document's list.
    pub tokens: Range<usize>,
    /// The token of it that the tree hangs on.
    pub head: TokenIdx,
    /// The broadest class.
    pub supertype: Supertype,
    /// The class, a local name of the ontology ("Country", "City", "Person").
    pub class: String,
    /// How it names its thing.
    pub kind: MentionKind,
    /// The thing it refers to.
    pub referent: ReferentIdx,
}

impl Mention {
    /// Whether it is a person's name, not a description or pronoun.
    pub fn is_person_name(&self) -> bool {
        self.supertype == Supertype::Person && self.kind == MentionKind::Name
    }
}

/// The number of a thing, for agreement with pronouns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// Referred to by "he".
    Masculine,
    /// Referred to by "she".
    Feminine,
}

/// A post that a document says a person holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct HeldOffice {
    /// The title as the text has it, in its first full form ("Caretaker
    /// Foreign Minister").
    pub title: String,
    /// Where the title stands.
    pub span: Span,
    /// The thing whose office it is, if the text says so ("Pakistan's …",
    /// "… of the Foreign Office").
    pub of: Option<MentionIdx>,
}

/// A thing that mentions of one document refer to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Referent {
    /// The best name that the document gives, as it stands there; for a group
    /// or an unnamed person the description.
    pub name: String,
    /// The broadest class.
    pub supertype: Supertype,
    /// The class, a local name of the ontology.
    pub class: String,
    /// The mentions, in text order.
    pub mentions: Vec<MentionIdx>,
    /// The posts held, in text order.
    pub offices: Vec<HeldOffice>,
    /// The gender, where name, title or pronoun tells it.
    pub gender: Gender,
    /// The country that the document ties the thing to ("the US envoy",
    /// "Pakistani officials"), an ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// The Wikidata id ("Q843") where a table of places or bodies knows it.
    pub wikidata: Option<String>,
    /// Whether a proper name names it somewhere in the document.
    pub is_named: bool,
    /// The things that it is made of, where the document names them before
    /// ("the two ministers", "both sides").
    pub members: Vec<ReferentIdx>,
    /// What tables call it in other scripts ("United Nations"), to be compared
    /// as names are.
    pub also: Vec<String>,
    /// The words that were probably put for its name in translation, in text
    /// order; they are no names of it.
    pub mistranslated: Vec<String>,
}

impl Referent {
    /// A thing of which nothing is known yet but what it is.
    pub fn new(name: String, supertype: Supertype, class: &str) -> Self {
        Self {
            name,
            supertype,
            class: class.to_owned(),
            mentions: Vec::new(),
            offices: Vec::new(),
            gender: Gender::Unknown,
            country: None,
            wikidata: None,
            is_named: false,
            members: Vec::new(),
            also: Vec::new(),
            mistranslated: Vec::new(),
        }
    }
}
