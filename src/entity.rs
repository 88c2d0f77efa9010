//! Things in the world, over all documents, in every script.

use std::fmt;

use crate::claim::OfficeStatus;
use crate::document::DocumentId;
use crate::mention::{ReferentIdx, Supertype};

/// The stable id of an entity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub String);

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A referent of one document, addressed from outside of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReferentId {
    /// The document.
    pub document: DocumentId,
    /// The referent in it.
    pub referent: ReferentIdx,
}

/// A written form of an entity's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Name {
    /// The form.
    pub text: String,
    /// The language of the texts it stands in, a BCP 47 tag.
    pub language: String,
    /// The script, ISO 15924, such as `Latn`.
    pub script: String,
    /// How many mentions bear it.
    pub count: u32,
}

/// An office of an entity, with the documents that say so.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct EntityOffice {
    /// The title.
    pub title: String,
    /// The name of what it is an office of.
    pub of: Option<String>,
    /// How the entity stands to it, where the title says more than that it is
    /// held ("former mayor").
    pub status: Option<OfficeStatus>,
    /// How many documents say so.
    pub documents: u32,
}

/// A thing in the world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// The id.
    pub id: EntityId,
    /// The canonical name.
    pub name: String,
    /// The broadest class.
    pub supertype: Supertype,
    /// The class, a local name of the ontology.
    pub class: String,
    /// All written forms, the most frequent first.
    pub names: Vec<Name>,
    /// The offices held.
    pub offices: Vec<EntityOffice>,
    /// The Wikidata id ("Q843"), where a table knows it.
    pub wikidata: Option<String>,
    /// Other ids that it is known by, IRIs of entries of reference lists.
    pub same_as: Vec<String>,
    /// The words that were probably put for its name in translation, sorted;
    /// they are no names of it.
    pub mistranslated: Vec<String>,
    /// The number of documents that name it.
    pub documents: u32,
    /// The referents that make it up, sorted.
    pub referents: Vec<ReferentId>,
}
