//! What somebody typed, as a side of a ruling: an id of an entity, a name, a
//! name in a document, or a selector.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::DocumentId;
use crate::entity::{Entity, EntityId};
use crate::ledger::{Named, Scope, Selector, Side};
use crate::mention::Supertype;

use super::compare::ParsedName;
use super::fold::fold;
use super::ledger::Index;
use super::profile::Subject;
use super::{Pair, Resolved};

/// How many entities are listed where it is not clear which is meant.
const MAX_CHOICES: usize = 12;
/// In how many documents at most a side names somebody one by one.
const MAX_DOCUMENTS: usize = 64;

/// What somebody typed was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The entity that it is or is a part of.
    pub entity: EntityId,
    /// The side of a ruling that names it for good.
    pub side: Side,
}

/// An entity that may be meant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Choice {
    /// Its id.
    pub entity: EntityId,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// In how many documents it stands.
    pub documents: u32,
    /// One of them.
    pub document: DocumentId,
}

/// What somebody typed was not found, or was found more than once.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// Several things are called that.
    #[error("\"{typed}\" may be any of {count}", count = .choices.len())]
    Ambiguous {
        /// What was typed.
        typed: String,
        /// What it may be.
        choices: Vec<Choice>,
    },
    /// Nothing is called that.
    #[error("nothing is called \"{typed}\"")]
    Unknown {
        /// What was typed.
        typed: String,
        /// What is called alike.
        choices: Vec<Choice>,
    },
}

impl Resolved<'_> {
    /// Finds what somebody typed.
    pub fn find(&self, typed: &str) -> Result<Found, FindError> {
        let typed = typed.trim();
        let entity = |entity: &Entity| Found {
            entity: entity.id.clone(),
            side: Side {
                selectors: self.anchors(entity),
                label: entity.name.clone(),
                typed: typed.to_owned(),
            },
        };
        if let Some(found) = self.resolution.entities.get(&EntityId(typed.to_owned())) {
            return Ok(entity(found));
        }
        let is_id = |entity: &&Entity| entity.wikidata.as_deref() == Some(typed);
        if let Some(found) = self.resolution.entities.values().find(is_id) {
            return Ok(entity(found));
        }
        if let Some(selector) = Selector::parse(typed) {
            let members = self.select(&selector);
            if !members.is_empty() {
                return self.one(typed, &members, &selector.named, selector.document());
            }
        }
        let folded = fold(typed);
        // As documents write it.
        let members = self.members(|subject| fold(&subject.candidate.referent.name) == folded);
        if !members.is_empty() && !folded.is_empty() {
            return self.one(typed, &members, &self.named(&members), None);
        }
        // In a document.
        for (at, _) in typed.match_indices('#') {
            let (Some(name), Some(document)) = (typed.get(..at), typed.get(at + 1..)) else {
                continue;
            };
            if let Some(document) = self.document(document)
                && let Some(found) = self.in_document(typed, name, &document)
            {
                return found;
            }
        }
        // By another of its names.
        let called: Vec<&Entity> = (self.resolution.entities.values())
            .filter(|entity| {
                fold(&entity.name) == folded
                    || entity.names.iter().any(|name| fold(&name.text) == folded)
            })
            .collect();
        match called.as_slice() {
            [one] => Ok(entity(one)),
            [] => Err(FindError::Unknown { typed: typed.to_owned(), choices: self.alike(&folded) }),
            several => Err(FindError::Ambiguous {
                typed: typed.to_owned(),
                choices: self.choices(several.iter().map(|entity| &entity.id)),
            }),
        }
    }

    /// Whether a selector names something of an entity.
    pub fn is_named_by(&self, entity: &EntityId, selector: &Selector) -> bool {
        self.select(selector).iter().any(|i| self.of_member(*i) == Some(entity))
    }

    /// The sides of a ruling about the two names of a pair.
    pub fn sides(&self, pair: &Pair) -> [Side; 2] {
        let side = |profile: u32, entity: &EntityId| {
            let members = self.profiles.get(profile as usize).map_or(&[][..], |p| &p.members);
            // The forms of one name may be written in several ways; most of
            // them are written so.
            let named = self.named(members);
            let members: Vec<u32> = match &named {
                Named::Name(_, name) => members
                    .iter()
                    .copied()
                    .filter(|i| {
                        self.subjects
                            .get(*i as usize)
                            .is_some_and(|s| fold(&s.candidate.referent.name) == fold(name))
                    })
                    .collect(),
                Named::Wikidata(_) => members.to_vec(),
            };
            let selectors = self.pinned(&named, &members, entity);
            Side { selectors, label: self.label(&members), typed: String::new() }
        };
        [side(pair.profiles.0, &pair.a), side(pair.profiles.1, &pair.b)]
    }

    /// The sides that take an entity apart: each of its written names, or each
    /// of them in each document.
    pub fn parts(&self, entity: &EntityId, by_document: bool) -> Vec<Side> {
        let Some(entity) = self.resolution.entities.get(entity) else { return Vec::new() };
        let mut sides = Vec::new();
        for (named, members) in self.written(entity) {
            let label = self.label(&members);
            let is_all = self.is_all(&named, &members, &entity.id);
            let mut push = |selectors: Vec<Selector>| {
                sides.push(Side { selectors, label: label.clone(), typed: String::new() });
            };
            match (by_document, is_all) {
                (true, true) => push(vec![Selector { named, scope: Scope::Each }]),
                (true, false) => {
                    for selector in self.one_by_one(&named, &members, &entity.id) {
                        push(vec![selector]);
                    }
                }
                (false, _) => push(self.pinned(&named, &members, &entity.id)),
            }
        }
        sides
    }

    /// The one entity of members with one name.
    fn one(
        &self,
        typed: &str,
        members: &[u32],
        named: &Named,
        document: Option<&DocumentId>,
    ) -> Result<Found, FindError> {
        let entities: BTreeSet<&EntityId> =
            members.iter().filter_map(|i| self.of_member(*i)).collect();
        let supertypes: BTreeSet<Supertype> = members
            .iter()
            .filter_map(|i| Some(self.subjects.get(*i as usize)?.candidate.referent.supertype))
            .collect();
        match entities.first() {
            Some(&entity)
                if entities.len() == 1
                    && (supertypes.len() == 1 || matches!(named, Named::Wikidata(_))) =>
            {
                let selectors = match document {
                    Some(_) => self.one_by_one(named, members, entity),
                    None => self.pinned(named, members, entity),
                };
                let side = Side { selectors, label: self.label(members), typed: typed.to_owned() };
                Ok(Found { entity: entity.clone(), side })
            }
            Some(_) => Err(FindError::Ambiguous {
                typed: typed.to_owned(),
                choices: self.choices(entities.into_iter()),
            }),
            None => Err(FindError::Unknown { typed: typed.to_owned(), choices: Vec::new() }),
        }
    }

    /// What bears a name in one document, if anything does there.
    fn in_document(
        &self,
        typed: &str,
        name: &str,
        document: &DocumentId,
    ) -> Option<Result<Found, FindError>> {
        let folded = fold(name);
        let here = |subject: &Subject| subject.candidate.id.document == *document;
        let mut members = self.members(|s| here(s) && fold(&s.candidate.referent.name) == folded);
        if members.is_empty() {
            members = self
                .members(|s| here(s) && s.candidate.forms.keys().any(|form| fold(form) == folded));
        }
        (!members.is_empty())
            .then(|| self.one(typed, &members, &self.named(&members), Some(document)))
    }

    /// The document of an id or of the beginning of one.
    fn document(&self, typed: &str) -> Option<DocumentId> {
        let ids = || self.subjects.iter().map(|subject| &subject.candidate.id.document);
        if let Some(exact) = ids().find(|id| id.0 == typed) {
            return Some(exact.clone());
        }
        let begun: BTreeSet<&DocumentId> =
            ids().filter(|id| !typed.is_empty() && id.0.starts_with(typed)).collect();
        if begun.len() == 1 { begun.first().map(|id| (*id).clone()) } else { None }
    }

    /// What names an entity for good.
    fn anchors(&self, entity: &Entity) -> Vec<Selector> {
        if let Some(id) = &entity.wikidata {
            let named = Named::Wikidata(id.clone());
            let members = self.members(|s| s.candidate.referent.wikidata.as_ref() == Some(id));
            if !members.is_empty() && members.iter().all(|i| self.of_member(*i) == Some(&entity.id))
            {
                return vec![Selector { named, scope: Scope::All }];
            }
        }
        // The name that it is called by, else the one in most documents.
        let folded = fold(&entity.name);
        let written = self.written(entity);
        let best = written.into_iter().max_by_key(|(named, members)| {
            let is_it = matches!(named, Named::Name(_, name) if fold(name) == folded);
            let is_full = members.iter().any(|i| !self.is_loose(*i));
            (is_full, is_it, members.len())
        });
        best.map(|(named, members)| self.pinned(&named, &members, &entity.id)).unwrap_or_default()
    }

    /// Names members of one name: by the name alone, if nothing else bears it
    /// and it is more than a single name; else in each document.
    fn pinned(&self, named: &Named, members: &[u32], entity: &EntityId) -> Vec<Selector> {
        let is_loose = members.iter().any(|i| self.is_loose(*i));
        if !is_loose && self.is_all(named, members, entity) {
            return vec![Selector { named: named.clone(), scope: Scope::All }];
        }
        self.one_by_one(named, members, entity)
    }

    fn one_by_one(&self, named: &Named, members: &[u32], entity: &EntityId) -> Vec<Selector> {
        let mut selectors = BTreeSet::new();
        for id in members.iter().filter_map(|i| Some(&self.subjects.get(*i as usize)?.candidate.id))
        {
            let document = id.document.clone();
            let selector = Selector { named: named.clone(), scope: Scope::One(document.clone()) };
            let alone = self.select(&selector).iter().all(|i| self.of_member(*i) == Some(entity));
            selectors.insert(if alone {
                selector
            } else {
                Selector { named: named.clone(), scope: Scope::Referent(document, id.referent) }
            });
            if selectors.len() >= MAX_DOCUMENTS {
                break;
            }
        }
        selectors.into_iter().collect()
    }

    /// Whether a name names only members of an entity.
    fn is_all(&self, named: &Named, members: &[u32], entity: &EntityId) -> bool {
        let selector = Selector { named: named.clone(), scope: Scope::All };
        !members.is_empty()
            && self.select(&selector).iter().all(|i| self.of_member(*i) == Some(entity))
    }

    /// The members of an entity by what documents call them.
    fn written(&self, entity: &Entity) -> BTreeMap<Named, Vec<u32>> {
        let mut written: BTreeMap<(Supertype, String), Vec<u32>> = BTreeMap::new();
        for i in self.members_of(entity) {
            if let Some(subject) = self.subjects.get(i as usize) {
                let referent = &subject.candidate.referent;
                written.entry((referent.supertype, fold(&referent.name))).or_default().push(i);
            }
        }
        written.into_values().map(|members| (self.named(&members), members)).collect()
    }

    /// How members of one name are named: as most documents write it.
    fn named(&self, members: &[u32]) -> Named {
        let supertype = members
            .first()
            .and_then(|i| self.subjects.get(*i as usize))
            .map_or(Supertype::Thing, |subject| subject.candidate.referent.supertype);
        Named::Name(supertype, self.label(members))
    }

    fn label(&self, members: &[u32]) -> String {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for subject in members.iter().filter_map(|i| self.subjects.get(*i as usize)) {
            *counts.entry(&subject.candidate.referent.name).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|(s, m), (t, n)| m.cmp(n).then_with(|| t.cmp(s)));
        most.map(|(name, _)| name.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    }

    /// Whether a name says too little to hold for documents to come.
    fn is_loose(&self, member: u32) -> bool {
        self.subjects.get(member as usize).is_none_or(|subject| {
            !subject.candidate.referent.is_named
                || matches!(&*subject.name, ParsedName::Person(name) if name.is_bare())
                || matches!(&*subject.name, ParsedName::Organization(name) if name.is_generic())
        })
    }

    fn select(&self, selector: &Selector) -> Vec<u32> {
        let side = Side { selectors: vec![selector.clone()], ..Side::default() };
        let index = self.index.get_or_init(|| Index::new(&self.subjects));
        index.select(&side, &self.subjects).into_iter().map(|(member, _)| member).collect()
    }

    /// Whether a selector names one of some subjects.
    pub(super) fn names_any(&self, selector: &Selector, members: &[u32]) -> bool {
        let named = self.select(selector);
        members.iter().any(|member| named.binary_search(member).is_ok())
    }

    fn members(&self, wanted: impl Fn(&Subject) -> bool) -> Vec<u32> {
        (self.subjects.iter().enumerate())
            .filter(|(_, subject)| wanted(subject))
            .map(|(i, _)| i as u32)
            .collect()
    }

    fn members_of(&self, entity: &Entity) -> Vec<u32> {
        // Both are sorted by referent.
        let place = |id| self.subjects.binary_search_by(|s| s.candidate.id.cmp(id)).ok();
        entity.referents.iter().filter_map(place).map(|i| i as u32).collect()
    }

    fn of_member(&self, member: u32) -> Option<&EntityId> {
        self.resolution.of.get(&self.subjects.get(member as usize)?.candidate.id)
    }

    fn choices<'b>(&'b self, entities: impl Iterator<Item = &'b EntityId>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = entities
            .filter_map(|id| self.resolution.entities.get(id))
            .filter_map(|entity| {
                Some(Choice {
                    entity: entity.id.clone(),
                    name: entity.name.clone(),
                    class: entity.class.clone(),
                    documents: entity.documents,
                    document: entity.referents.first()?.document.clone(),
                })
            })
            .collect();
        choices.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.cmp(b)));
        choices.truncate(MAX_CHOICES);
        choices
    }

    /// Entities that share most words with a name, or nearly.
    fn alike(&self, folded: &str) -> Vec<Choice> {
        let mut ranked: Vec<(f64, &EntityId)> = (self.resolution.entities.values())
            .filter(|entity| !entity.names.is_empty())
            .map(|entity| {
                let names = entity.names.iter().map(|name| fold(&name.text));
                let likeness =
                    names.map(|name| strsim::jaro_winkler(&name, folded)).fold(0.0_f64, f64::max);
                (likeness, &entity.id)
            })
            .filter(|(likeness, _)| 0.84 <= *likeness)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        ranked.truncate(5);
        self.choices(ranked.into_iter().map(|(_, id)| id))
    }
}
