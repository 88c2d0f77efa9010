//! Whom descriptions and pronouns mean.
//!
//! A description ("the US envoy") is joined to a person of the document by
//! office, country and nearness; a pronoun by gender, number, nearness and the
//! place in the sentence (in the spirit of the salience factors of Lappin and
//! Leass 1994). Where nothing speaks clearly, they stay by themselves.

mod descriptions;
mod pronouns;
mod quotes;

use std::collections::{BTreeMap, HashMap};

use quotes::Quotes;

use super::draft::{Draft, DraftIdx, Drafts};
use super::offices::Office;
use super::referents::Groups;
use super::words::Words;
use crate::lang::lexicon::Person;
use crate::mention::{Gender, MentionKind, Supertype};

/// Sentences further back than this are not searched.
const REACH: u32 = 12;

/// How much better than the next a person must fit a description.
const MARGIN: f32 = 0.15;

/// The same for a title, of which a document may know several holders.
const TITLE_MARGIN: f32 = 0.4;

/// What is known of a group of drafts while the document is walked.
#[derive(Debug, Clone)]
struct Thing {
    supertype: Supertype,
    gender: Gender,
    is_gender_sure: bool,
    country: Option<&'static str>,
    offices: Vec<usize>,
    families: Vec<&'static str>,
    is_named: bool,
    is_plural: bool,
    mentions: u32,
    /// How often a title without a name meant it.
    titled: u32,
    /// The last description of it.
    described: Option<DraftIdx>,
    /// Whether it is made of things that were named.
    has_members: bool,
    /// Where it was last mentioned.
    last: DraftIdx,
    /// The last sentence in which it was a subject.
    subject_in: Option<u32>,
    /// The last sentence in which it was said to speak.
    spoke_in: Option<u32>,
}

struct Walk<'w, 'a> {
    words: &'w Words<'a>,
    offices: &'w [Office],
    drafts: &'w Drafts,
    quotes: Quotes,
    /// By the root of the group.
    things: BTreeMap<usize, Thing>,
    /// Roots in the order of their last mention, the latest last.
    recent: Vec<usize>,
    held: HashMap<DraftIdx, Vec<usize>>,
}

/// What the walk through the document tells besides the groups.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// The drafts that mean nothing that could be told and are better left out.
    pub removed: Vec<bool>,
    /// Descriptions of several things that were named before, and pronouns for
    /// them, with these.
    pub members: Vec<(DraftIdx, Vec<DraftIdx>)>,
}

/// Joins descriptions and pronouns to what they mean.
pub(super) fn resolve(
    words: &Words,
    offices: &[Office],
    drafts: &Drafts,
    groups: &mut Groups,
) -> Resolved {
    let mut removed = vec![false; drafts.drafts.len()];
    let mut members = Vec::new();
    let mut held: HashMap<DraftIdx, Vec<usize>> = HashMap::new();
    for h in &drafts.held {
        held.entry(h.holder).or_default().push(h.office);
    }
    let mut walk = Walk {
        words,
        offices,
        drafts,
        quotes: Quotes::new(words, drafts),
        things: BTreeMap::new(),
        recent: Vec::new(),
        held,
    };
    // What a name's later mentions tell (office, country, gender) holds from
    // the start: a headline says "the envoy" before the text says who it is.
    walk.gather(groups);
    for (index, draft) in drafts.drafts.iter().enumerate() {
        let target = match draft.kind {
            MentionKind::Name => None,
            MentionKind::Nominal | MentionKind::Mistranslation => {
                walk.nominal(index, draft).map(Target::One)
            }
            MentionKind::Pronoun => walk.pronoun(index, draft, groups),
        };
        let mut several = None;
        match target {
            Some(Target::One(target)) => groups.join(target, index),
            Some(Target::Several(list)) => several = Some(list),
            None if draft.kind == MentionKind::Pronoun => {
                let pronoun = words.language.lexicon.pronoun(&words.words[draft.head].lower);
                let keeps = pronoun
                    .is_some_and(|p| p.person == Person::Third && p.is_plural == Some(false));
                removed[index] = !keeps;
            }
            None => several = walk.pair_described(draft).map(Vec::from),
        }
        if !removed[index] {
            walk.enter(index, groups, several.is_some());
        }
        if let Some(several) = several {
            members.push((index, several));
        }
    }
    Resolved { removed, members }
}

/// What a pronoun means.
#[derive(Debug, Clone)]
enum Target {
    /// What an earlier or later draft names.
    One(DraftIdx),
    /// All that these name: "they" behind "Doe and Roe said".
    Several(Vec<DraftIdx>),
}

impl Walk<'_, '_> {
    fn gather(&mut self, groups: &Groups) {
        for (index, draft) in self.drafts.drafts.iter().enumerate() {
            if draft.kind != MentionKind::Name {
                continue;
            }
            let root = groups.root(index);
            let held = self.held.get(&index).cloned().unwrap_or_default();
            let thing = self.things.entry(root).or_insert_with(|| Thing::new(draft, index));
            thing.learn(draft, &held, self.offices);
        }
    }

    /// Notes a mention that the walk has passed.
    fn enter(&mut self, index: DraftIdx, groups: &Groups, has_members: bool) {
        if self.quotes.is_label(index) {
            return;
        }
        let draft = &self.drafts.drafts[index];
        let root = groups.root(index);
        let held = self.held.get(&index).cloned().unwrap_or_default();
        let is_subject = is_subject(self.words, draft.head);
        let speaks = is_subject && self.words.is_speech(self.words.tokens[draft.head].head.index());
        let sentence = self.words.words[draft.head].sentence;
        let thing = self.things.entry(root).or_insert_with(|| Thing::new(draft, index));
        thing.learn(draft, &held, self.offices);
        thing.mentions += 1;
        thing.has_members |= has_members;
        if draft.kind == MentionKind::Nominal {
            thing.described = Some(index);
            thing.titled += u32::from(draft.office.is_some());
        }
        thing.last = index;
        if is_subject {
            thing.subject_in = Some(sentence);
        }
        if speaks {
            thing.spoke_in = Some(sentence);
        }
        self.recent.retain(|&r| r != root);
        self.recent.push(root);
        // The memory of a reader is short; what is older is not looked at.
        if self.recent.len() > 60 {
            self.recent.remove(0);
        }
    }

    fn sentence(&self, draft: DraftIdx) -> u32 {
        self.words.words[self.drafts.drafts[draft].head].sentence
    }
}

impl Thing {
    fn new(draft: &Draft, index: DraftIdx) -> Self {
        Self {
            supertype: draft.supertype,
            gender: Gender::Unknown,
            is_gender_sure: false,
            country: None,
            offices: Vec::new(),
            families: Vec::new(),
            is_named: false,
            is_plural: draft.is_plural,
            mentions: 0,
            titled: 0,
            described: None,
            has_members: false,
            last: index,
            subject_in: None,
            spoke_in: None,
        }
    }

    /// How much the gender of a draft speaks against this thing: nothing, a
    /// little where only a given name says otherwise, or all.
    fn clash(&self, draft: &Draft) -> f32 {
        if self.gender == draft.gender
            || self.gender == Gender::Unknown
            || draft.gender == Gender::Unknown
        {
            0.0
        } else if self.is_gender_sure && draft.is_gender_sure {
            9.0
        } else {
            0.9
        }
    }

    fn learn(&mut self, draft: &Draft, held: &[usize], offices: &[Office]) {
        let is_news =
            self.gender == Gender::Unknown || (draft.is_gender_sure && !self.is_gender_sure);
        if draft.gender != Gender::Unknown && is_news {
            self.gender = draft.gender;
            self.is_gender_sure = draft.is_gender_sure;
        }
        self.country = self.country.or(draft.country);
        self.is_named |= draft.kind == MentionKind::Name;
        for &office in held.iter().chain(draft.office.as_ref()) {
            if !self.offices.contains(&office) {
                self.offices.push(office);
                for family in &offices[office].title.families {
                    if !self.families.contains(family) {
                        self.families.push(family);
                    }
                }
            }
        }
        for family in &draft.families {
            if !self.families.contains(family) && *family != "*" && *family != "none" {
                self.families.push(family);
            }
        }
    }
}

fn is_subject(words: &Words, token: usize) -> bool {
    let deprel = words.tokens[token].deprel.as_str();
    if matches!(deprel, "nsubj" | "nsubjpass") {
        return true;
    }
    // "A and B said": the second is a subject as well.
    if deprel == "conj" {
        let head = words.tokens[token].head.index();
        return head != token
            && matches!(words.tokens[head].deprel.as_str(), "nsubj" | "nsubjpass");
    }
    false
}
