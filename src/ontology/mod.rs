//! What exists and how texts say it: classes, relations, and the patterns by
//! which a language words a relation. Read from `ontology/*.ttl`, the single
//! source of truth.
//!
//! ```
//! let ontology = silsila::ontology::Ontology::builtin();
//! let met = &ontology.relations["metWith"];
//! assert!(met.symmetric);
//! assert_eq!(met.family.as_deref(), Some("CONSULT"));
//! assert!(ontology.is_a("Country", "Place"));
//! ```

pub mod check;
mod error;
mod load;
pub mod pattern;
mod turtle;
mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::{IndexMap, IndexSet};

use crate::claim::Factuality;

pub use error::{OntologyError, OntologyFile, OntologyProblem, Place};
pub use pattern::Pattern;
pub(crate) use words::{CueSet, WordUses};

/// The namespace of the classes and relations that ship with the program.
pub const NAMESPACE: &str = "https://w3id.org/silsila/ontology#";

/// Texts by language (BCP 47).
pub type Labels = IndexMap<String, String>;

/// A class of things.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Class {
    /// The local name, such as `Country`.
    pub name: String,
    /// The IRI.
    pub iri: String,
    /// Labels for people to read.
    pub labels: Labels,
    /// What it means.
    pub comments: Labels,
    /// The local names of its direct superclasses.
    pub parents: Vec<String>,
    /// IRIs of equal or broader classes elsewhere.
    pub alignments: Vec<String>,
}

/// A sentence that shows a relation, or seems to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The sentence, without marks.
    pub text: String,
    /// The words of the subject; `None` in a counter-example.
    pub subject: Option<String>,
    /// The words of the object; `None` in a counter-example.
    pub object: Option<String>,
}

/// A relation between two things.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Relation {
    /// The local name, such as `metWith`.
    pub name: String,
    /// The IRI.
    pub iri: String,
    /// Labels for people to read.
    pub labels: Labels,
    /// What it means.
    pub comments: Labels,
    /// The classes its subject may have.
    pub domain: Vec<String>,
    /// The classes its object may have.
    pub range: Vec<String>,
    /// Whether it holds in both directions (`owl:SymmetricProperty`).
    pub symmetric: bool,
    /// The PLOVER event type ("CONSULT"); none for a standing relation.
    pub family: Option<String>,
    /// The event type of what is only planned, where that is another one:
    /// PLOVER counts a meeting that is to come as AGREE.
    pub family_planned: Option<String>,
    /// The event type of what does not happen, where that is another one.
    pub family_negated: Option<String>,
    /// The CAMEO code ("042"), if any.
    pub code: Option<String>,
    /// IRIs of like properties elsewhere.
    pub alignments: Vec<String>,
    /// IRIs of properties that say the same from the object's side
    /// (`owl:inverseOf`).
    pub inverses: Vec<String>,
    /// How each language words it, in the order of the file.
    pub patterns: IndexMap<String, Vec<Pattern>>,
    /// Sentences that say it.
    pub examples: Vec<Example>,
    /// Sentences that seem to say it and do not.
    pub counter_examples: Vec<Example>,
}

impl Relation {
    /// The PLOVER event type of a claim of this relation.
    pub fn family(&self, factuality: Factuality) -> Option<&str> {
        let other = match factuality {
            Factuality::Happened | Factuality::Possible => &None,
            Factuality::Planned => &self.family_planned,
            Factuality::Negated => &self.family_negated,
        };
        other.as_deref().or(self.family.as_deref())
    }
}

/// Words that tell how a sentence means what it says: reporting verbs, plans,
/// denials. The local name of the cue class to the lemmas, by language.
pub type Cues = IndexMap<String, IndexMap<String, IndexSet<String>>>;

/// All classes, relations and cues.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ontology {
    /// The classes, by local name.
    pub classes: IndexMap<String, Class>,
    /// The relations, by local name.
    pub relations: IndexMap<String, Relation>,
    /// The cue words, by language, then by cue class.
    pub cues: Cues,
    /// The uses of words by language, filled on first use.
    uses: OnceLock<HashMap<String, WordUses>>,
}

impl Ontology {
    /// Whether `class` is `ancestor` or one of its subclasses.
    pub fn is_a(&self, class: &str, ancestor: &str) -> bool {
        self.descends(class, ancestor, self.classes.len() + 1)
    }

    // `steps` bounds the walk, so that a circle of superclasses (which
    // `check` reports) cannot hang it.
    fn descends(&self, class: &str, ancestor: &str, steps: usize) -> bool {
        class == ancestor
            || steps > 0
                && self.classes.get(class).is_some_and(|c| {
                    c.parents.iter().any(|parent| self.descends(parent, ancestor, steps - 1))
                })
    }

    /// Whether a thing of `class` may stand where one of `allowed` is asked for.
    pub fn allows(&self, allowed: &[String], class: &str) -> bool {
        allowed.is_empty() || allowed.iter().any(|ancestor| self.is_a(class, ancestor))
    }

    /// What the words of a language do.
    pub(crate) fn uses(&self, language: &str) -> Option<&WordUses> {
        self.uses.get_or_init(|| WordUses::of(self)).get(language)
    }

    /// The class with that IRI.
    pub fn class_by_iri(&self, iri: &str) -> Option<&Class> {
        self.classes.values().find(|class| class.iri == iri)
    }

    /// The relation with that IRI.
    pub fn relation_by_iri(&self, iri: &str) -> Option<&Relation> {
        self.relations.values().find(|relation| relation.iri == iri)
    }

    /// The words that trigger a pattern: its lemmas, those of a `%class` spelled
    /// out.
    pub fn trigger_words<'a>(
        &'a self,
        language: &str,
        pattern: &'a Pattern,
    ) -> impl Iterator<Item = &'a str> {
        let cues = self.cues.get(language);
        pattern.lemmas.iter().flat_map(move |lemma| {
            let class = lemma.strip_prefix('%').and_then(|class| cues?.get(class));
            let own = class.is_none().then_some(lemma.as_str());
            own.into_iter().chain(class.into_iter().flatten().map(String::as_str))
        })
    }

    /// Whether `lemma` is a cue of that class in that language.
    pub fn is_cue(&self, language: &str, cue: &str, lemma: &str) -> bool {
        self.cues
            .get(language)
            .and_then(|cues| cues.get(cue))
            .is_some_and(|lemmas| lemmas.contains(lemma))
    }
}
