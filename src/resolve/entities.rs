//! Clusters as entities: their names, offices and ids.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::claim::OfficeStatus;
use crate::entity::{Entity, EntityId, EntityOffice, Name, ReferentId};
use crate::lang::lexicon::WordClass;
use crate::mention::Supertype;
use crate::reference;

use super::compare::ParsedName;
use super::fold::{fold, latin};
use super::profile::{Profile, Subject};

/// Letters of the readable half of an id.
const MAX_SLUG: usize = 40;

/// Builds the entities of the clusters, and the entity of each referent.
pub(super) fn build(
    subjects: &[Subject],
    profiles: &[Profile],
    cluster_of: &[u32],
    linked: &BTreeMap<u32, Vec<String>>,
) -> (IndexMap<EntityId, Entity>, IndexMap<ReferentId, EntityId>) {
    let mut clusters: BTreeMap<u32, Vec<&Profile>> = BTreeMap::new();
    for (profile, cluster) in profiles.iter().zip(cluster_of) {
        clusters.entry(*cluster).or_default().push(profile);
    }
    let mut drafts: Vec<Entity> =
        clusters.iter().map(|(of, profiles)| draft(subjects, profiles, linked.get(of))).collect();
    // Of entities that share a name, the one in most documents has the plain id.
    drafts
        .sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.referents.cmp(&b.referents)));
    let mut used: BTreeSet<EntityId> = BTreeSet::new();
    for entity in &mut drafts {
        let mut id = identify(entity, None);
        if used.contains(&id) {
            id = identify(entity, entity.referents.first());
        }
        // A hash of eight digits may meet another one.
        let mut round = 0_u32;
        while used.contains(&id) {
            round += 1;
            id = EntityId(format!("{}-{round}", identify(entity, entity.referents.first())));
        }
        used.insert(id.clone());
        entity.id = id;
    }
    drafts.sort_by(|a, b| a.id.cmp(&b.id));
    let mut of: Vec<(ReferentId, EntityId)> = drafts
        .iter()
        .flat_map(|entity| {
            entity.referents.iter().map(|referent| (referent.clone(), entity.id.clone()))
        })
        .collect();
    of.sort();
    let entities = drafts.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
    (entities, of.into_iter().collect())
}

/// The name that the tables of places give for an id ("United Arab Emirates"
/// where the articles write "UAE").
fn known_name(names: &[Name], supertype: Supertype, wikidata: Option<&str>) -> Option<String> {
    if supertype != Supertype::Place {
        return None;
    }
    names.iter().find_map(|name| {
        let gazetteer = &crate::lang::find(&name.language)?.gazetteer;
        let known = gazetteer.known(gazetteer.find(&name.text)?);
        (known.wikidata.is_some() && known.wikidata == wikidata).then(|| known.name.to_owned())
    })
}

fn draft(subjects: &[Subject], profiles: &[&Profile], linked: Option<&Vec<String>>) -> Entity {
    let mut members: Vec<u32> =
        profiles.iter().flat_map(|profile| profile.members.iter().copied()).collect();
    members.sort_unstable();
    let subjects: Vec<&Subject> =
        members.iter().filter_map(|i| subjects.get(*i as usize)).collect();

    let mut names: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut classes: BTreeMap<(Supertype, &str), u32> = BTreeMap::new();
    let mut supertypes: BTreeMap<Supertype, u32> = BTreeMap::new();
    let mut offices: BTreeMap<(String, Option<String>), Held> = BTreeMap::new();
    let mut documents = BTreeSet::new();
    let mut mistranslated: BTreeSet<String> = BTreeSet::new();
    let (mut wikidata, mut is_named) = (None, false);
    for subject in &subjects {
        let referent = &subject.candidate.referent;
        *supertypes.entry(referent.supertype).or_default() += 1;
        is_named |= referent.is_named;
        documents.insert(subject.document);
        mistranslated.extend(referent.mistranslated.iter().map(|word| tidy(word)));
        *classes.entry((referent.supertype, &referent.class)).or_default() += 1;
        if wikidata.is_none() {
            wikidata.clone_from(&referent.wikidata);
        }
        let language = &subject.candidate.language;
        for (form, count) in &subject.candidate.forms {
            *names.entry((tidy(form), language.clone())).or_default() += count;
        }
        if subject.candidate.forms.is_empty() {
            *names.entry((tidy(&referent.name), language.clone())).or_default() += 1;
        }
        let mut seen = BTreeSet::new();
        for (i, office) in referent.offices.iter().enumerate() {
            let of = subject.candidate.office_of.get(i).cloned().flatten().map(|of| tidy(&of));
            let key = (fold(&office.title), of.as_deref().map(fold));
            if seen.insert(key.clone()) {
                let held = offices.entry(key).or_default();
                held.documents.insert(subject.document);
                held.status = held.status.or_else(|| status(language, &office.title));
                *held.titles.entry((tidy(&office.title), of)).or_default() += 1;
            }
        }
    }
    // Only a ruling joins things of several.
    let supertype = (supertypes.into_iter())
        .max_by(|(s, m), (t, n)| m.cmp(n).then_with(|| t.cmp(s)))
        .map_or(Supertype::Thing, |(supertype, _)| supertype);
    // A list may know what the tables do not.
    let mut same_as = linked.cloned().unwrap_or_default();
    if wikidata.is_none() {
        wikidata = same_as.iter().find_map(|iri| reference::wikidata(iri)).map(str::to_owned);
    }
    same_as.retain(|iri| {
        let id = reference::wikidata(iri);
        id.is_none() || id != wikidata.as_deref()
    });
    names.retain(|(text, _), _| !text.is_empty());
    let mut names: Vec<Name> = names
        .into_iter()
        .map(|((text, language), count)| Name {
            script: script(&text).to_owned(),
            text,
            language,
            count,
        })
        .collect();
    names.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
    let mut offices: Vec<EntityOffice> = offices
        .into_values()
        .filter_map(|held| {
            let documents = held.documents.len() as u32;
            let ((title, of), _) =
                held.titles.into_iter().max_by(|(s, m), (t, n)| m.cmp(n).then_with(|| t.cmp(s)))?;
            Some(EntityOffice { status: held.status, title, of, documents })
        })
        .collect();
    offices.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.cmp(b)));
    let class = classes
        .iter()
        .filter(|((of, _), _)| *of == supertype)
        .max_by(|(s, m), (t, n)| m.cmp(n).then_with(|| t.cmp(s)))
        .map(|((_, class), _)| (*class).to_owned());
    let name = if is_named {
        known_name(&names, supertype, wikidata.as_deref()).or_else(|| canonical(&names, supertype))
    } else {
        None
    };
    let name = name
        .or_else(|| subjects.first().map(|subject| tidy(&subject.candidate.referent.name)))
        .unwrap_or_default();
    Entity {
        id: EntityId(String::new()),
        name,
        supertype,
        class: class.unwrap_or_default(),
        names: if is_named { names } else { Vec::new() },
        offices,
        wikidata,
        same_as,
        mistranslated: mistranslated.into_iter().collect(),
        documents: documents.len() as u32,
        referents: subjects.iter().map(|subject| subject.candidate.id.clone()).collect(),
    }
}

/// What the words of a title say of its being held, if they do.
fn status(language: &str, title: &str) -> Option<OfficeStatus> {
    let lexicon = &crate::lang::find(language)?.lexicon;
    title.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
        let classes = lexicon.classes(&word.to_lowercase());
        if classes.has(WordClass::Over) {
            Some(OfficeStatus::Former)
        } else {
            classes.has(WordClass::Ahead).then_some(OfficeStatus::Designate)
        }
    })
}

/// A post as documents write it.
#[derive(Default)]
struct Held {
    /// What its title says of its being held.
    status: Option<OfficeStatus>,
    documents: BTreeSet<u32>,
    titles: BTreeMap<(String, Option<String>), u32>,
}

/// The form to call an entity by: of the complete forms the most frequent, in
/// the language that has most of them.
fn canonical(names: &[Name], supertype: Supertype) -> Option<String> {
    let mut languages: BTreeMap<&str, u32> = BTreeMap::new();
    for name in names {
        *languages.entry(&name.language).or_default() += name.count;
    }
    let (main, _) =
        languages.into_iter().max_by(|(s, m), (t, n)| m.cmp(n).then_with(|| t.cmp(s)))?;
    let mut ranked: Vec<(u8, u32, usize, &str)> = names
        .iter()
        .filter(|name| name.language == main)
        .map(|name| {
            (
                completeness(&name.text, supertype),
                name.count,
                name.text.chars().count(),
                name.text.as_str(),
            )
        })
        .collect();
    ranked.sort_by(|a, b| (b.0, b.1, b.2).cmp(&(a.0, a.1, a.2)).then_with(|| a.3.cmp(b.3)));
    ranked.first().map(|(.., text)| (*text).to_owned())
}

/// How complete a form is: a full name in ordinary letters without a title is
/// most.
fn completeness(text: &str, supertype: Supertype) -> u8 {
    let is_shouted = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    match ParsedName::parse(text, supertype) {
        ParsedName::Person(name) => {
            u8::from(!name.is_bare()) * 4
                + u8::from(name.titles.is_empty()) * 2
                + u8::from(!is_shouted)
        }
        ParsedName::Organization(name) => {
            u8::from(name.acronym.is_none()) * 2 + u8::from(!is_shouted)
        }
        ParsedName::Place(_) => u8::from(!text.contains('.')) + u8::from(!is_shouted),
        ParsedName::Other(_) => u8::from(!is_shouted),
    }
}

/// The id: readable, and with the Wikidata id or a hash of what makes the entity
/// what it is, so that articles that come later do not change it.
fn identify(entity: &Entity, among: Option<&ReferentId>) -> EntityId {
    let mut slug = String::new();
    for word in fold(&entity.name).split(' ') {
        let word = latin(word);
        if word.is_empty() || slug.len() + word.len() >= MAX_SLUG {
            continue;
        }
        slug.push_str(&word);
        slug.push('-');
    }
    if slug.is_empty() {
        slug = format!("{}-", entity.supertype.as_str().to_lowercase());
    }
    if let (Some(id), None) = (&entity.wikidata, among) {
        return EntityId(format!("{slug}{}", id.to_lowercase()));
    }
    let mut hasher = Sha256::new();
    hasher.update(entity.supertype.as_str());
    hasher.update("\n");
    hasher.update(fold(&entity.name));
    // What no name tells from its like is told by where it stands.
    let among =
        among.or_else(|| entity.names.is_empty().then(|| entity.referents.first()).flatten());
    if let Some(referent) =
        among.filter(|_| entity.supertype != Supertype::Group || !entity.names.is_empty())
    {
        hasher.update(format!("\n{}\n{}", referent.document, referent.referent.0));
    }
    let digest = hasher.finalize();
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    EntityId(format!("{slug}{hash}"))
}

/// The text with single spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ISO 15924 code of the script that most letters of the text are in.
fn script(text: &str) -> &'static str {
    let mut counts: HashMap<&'static str, u32> = HashMap::new();
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        let script = match c {
            '\u{0041}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => "Latn",
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => "Grek",
            '\u{0400}'..='\u{052F}' => "Cyrl",
            '\u{0530}'..='\u{058F}' => "Armn",
            '\u{0590}'..='\u{05FF}' => "Hebr",
            '\u{0600}'..='\u{08FF}' | '\u{FB50}'..='\u{FEFC}' => "Arab",
            '\u{0900}'..='\u{097F}' => "Deva",
            '\u{0980}'..='\u{09FF}' => "Beng",
            '\u{0E00}'..='\u{0E7F}' => "Thai",
            '\u{10A0}'..='\u{10FF}' => "Geor",
            '\u{1780}'..='\u{17FF}' => "Khmr",
            '\u{3040}'..='\u{30FF}' => "Jpan",
            '\u{4E00}'..='\u{9FFF}' => "Hani",
            '\u{AC00}'..='\u{D7AF}' => "Kore",
            _ => "Zyyy",
        };
        *counts.entry(script).or_default() += 1;
    }
    // Looked up in a fixed order, so that a tie has one answer.
    const ORDER: [&str; 15] = [
        "Latn", "Arab", "Cyrl", "Grek", "Armn", "Hebr", "Deva", "Beng", "Thai", "Geor", "Khmr",
        "Jpan", "Hani", "Kore", "Zyyy",
    ];
    ORDER
        .into_iter()
        .rev()
        .max_by_key(|script| counts.get(script).copied().unwrap_or(0))
        .filter(|s| counts.contains_key(s))
        .unwrap_or("Zyyy")
}
