//! Mentions while they are being made, and the offices that persons hold.

use std::ops::Range;

use super::holders::{Link, link_country, links};
use super::nominals::extend_description;
use super::offices::Office;
use super::segment::{Reading, Segment, handle_parts};
use super::words::{Shape, Words};
use crate::lang::gazetteer::{FormKind, KnownIdx};
use crate::lang::lexicon::{NamePart, TitleKind, WordClass};
use crate::mention::{Gender, MentionKind, Supertype};
use crate::token::TokenIdx;

/// The place of a draft in the list.
pub(super) type DraftIdx = usize;

/// A mention before its referent is known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub tokens: Range<usize>,
    pub head: usize,
    pub supertype: Supertype,
    pub class: &'static str,
    pub kind: MentionKind,
    /// The thing of the gazetteer.
    pub known: Option<KnownIdx>,
    /// The country that it is tied to.
    pub country: Option<&'static str>,
    pub gender: Gender,
    /// Whether a title or pronoun tells the gender, not only a given name.
    pub is_gender_sure: bool,
    pub is_plural: bool,
    /// Whether "the" or a possessor says that it has been spoken of.
    pub is_definite: bool,
    /// The families of offices that a description stands for.
    pub families: Vec<&'static str>,
    /// The office, for a draft of an office, or for a description that is one.
    pub office: Option<usize>,
}

impl Draft {
    /// A name of which no more is known than what kind of thing it names.
    pub(super) fn name(words: &Words, tokens: Range<usize>, supertype: Supertype) -> Self {
        Self {
            head: head(words, &tokens),
            tokens,
            supertype,
            class: supertype.as_str(),
            kind: MentionKind::Name,
            known: None,
            country: None,
            gender: Gender::Unknown,
            is_gender_sure: false,
            is_plural: false,
            is_definite: true,
            families: Vec::new(),
            office: None,
        }
    }
}

/// An office held by the person of a draft.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub holder: DraftIdx,
    pub office: usize,
    /// The title with what it is about: "Special Representative for Afghanistan".
    pub full: Range<usize>,
    pub of: Option<DraftIdx>,
    pub country: Option<&'static str>,
}

/// All that is drafted.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// In text order, not overlapping.
    pub drafts: Vec<Draft>,
    pub held: Vec<Held>,
    /// For each token the draft that covers it.
    pub at: Vec<Option<u32>>,
}

impl Drafts {
    /// Drafts the named mentions and offices.
    pub fn new(words: &Words, offices: &[Office], segments: &[Segment]) -> Self {
        let mut this = Self { at: vec![None; words.tokens.len()], ..Self::default() };
        let links: Vec<Link> = links(words, offices, segments);
        // Which draft each segment became.
        let mut draft_of: Vec<Option<DraftIdx>> = vec![None; segments.len()];
        let mut list: Vec<(usize, Draft)> = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            if let Some(draft) = draft(words, offices, segment, &links, index) {
                list.push((index, draft));
            }
        }
        for (index, draft) in list {
            draft_of[index] = Some(this.drafts.len());
            this.push(draft);
        }
        tell_namesakes(words, &mut this.drafts);
        for link in &links {
            let Some(country) = Some(link_country(words, segments, link)) else { continue };
            let of = link.of.and_then(|segment| draft_of[segment]);
            for &holder in &link.holders {
                let Some(holder) = draft_of[holder] else { continue };
                this.held.push(Held {
                    holder,
                    office: link.office,
                    full: link.full.clone(),
                    of,
                    country,
                });
            }
            if link.holders.is_empty()
                && let Some(draft) = draft_of[link.segment]
                && let Some(draft) = this.drafts.get_mut(draft)
            {
                draft.country = draft.country.or(country);
            }
        }
        for held in &this.held {
            let office = &offices[held.office];
            if let Some(draft) = this.drafts.get_mut(held.holder) {
                draft.country = draft.country.or(held.country);
                if office.title.gender != Gender::Unknown {
                    draft.gender = office.title.gender;
                    draft.is_gender_sure = true;
                }
            }
        }
        this
    }

    /// Adds a draft behind the others; [`Self::sort`] puts it in its place.
    pub fn push(&mut self, draft: Draft) {
        let index = self.drafts.len() as u32;
        for slot in self.at.get_mut(draft.tokens.clone()).unwrap_or(&mut []) {
            *slot = Some(index);
        }
        self.drafts.push(draft);
    }

    /// Notes the tokens of a draft that has become longer.
    pub fn cover(&mut self, index: DraftIdx) {
        let Some(draft) = self.drafts.get(index) else { return };
        for slot in self.at.get_mut(draft.tokens.clone()).unwrap_or(&mut []) {
            *slot = Some(index as u32);
        }
    }

    /// The draft that covers a token.
    pub fn covering(&self, token: usize) -> Option<DraftIdx> {
        self.at.get(token).copied().flatten().map(|d| d as usize)
    }

    /// Puts the drafts in text order and drops those marked for removal.
    pub fn sort(&mut self, removed: &[bool]) {
        let mut order: Vec<DraftIdx> =
            (0..self.drafts.len()).filter(|&d| !removed.get(d).copied().unwrap_or(false)).collect();
        order.sort_by_key(|&d| self.drafts[d].tokens.start);
        let mut place = vec![None; self.drafts.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = Some(new);
        }
        self.drafts = order.iter().map(|&d| self.drafts[d].clone()).collect();
        self.held.retain_mut(|held| {
            held.of = held.of.and_then(|of| place[of]);
            match place[held.holder] {
                Some(holder) => {
                    held.holder = holder;
                    true
                }
                None => false,
            }
        });
        self.at = vec![None; self.at.len()];
        for (index, draft) in self.drafts.iter().enumerate() {
            for slot in self.at.get_mut(draft.tokens.clone()).unwrap_or(&mut []) {
                *slot = Some(index as u32);
            }
        }
    }
}

/// The country that an adjective means which says whose a thing is: "Greek
/// ships". It is a description: what is named so is the language or the dish as
/// often as the country.
fn adjective_of_country(words: &Words, mut draft: Draft) -> Option<Draft> {
    let token = &words.tokens[draft.head];
    let known = words.language.gazetteer.known(draft.known?);
    let thing = words.after(draft.tokens.end)?;
    let is_thing = matches!(token.deprel.as_str(), "amod" | "compound" | "nmod")
        && known.class == "Country"
        && !thing.is_capitalized()
        && thing.shape == Shape::Lower
        && token.head.index() >= draft.tokens.end;
    if !is_thing {
        return None;
    }
    draft.supertype = Supertype::Place;
    draft.class = known.class;
    draft.country = known.country;
    draft.kind = MentionKind::Nominal;
    draft.is_definite = false;
    Some(draft)
}

/// The draft of a segment, if it becomes a mention.
fn draft(
    words: &Words,
    offices: &[Office],
    segment: &Segment,
    links: &[Link],
    index: usize,
) -> Option<Draft> {
    let mut draft = Draft::name(words, segment.tokens.clone(), Supertype::Thing);
    draft.known = segment.form.and_then(|f| f.known);
    let known = draft.known.map(|k| words.language.gazetteer.known(k));
    match segment.reading {
        Reading::Person => {
            draft.supertype = Supertype::Person;
            draft.class = "Person";
            draft.known = None;
            (draft.gender, draft.is_gender_sure) = gender_of_name(words, &draft.tokens);
        }
        Reading::Organization => {
            draft.supertype = Supertype::Organization;
            draft.class = match known {
                Some(known) if known.supertype == Supertype::Organization => {
                    draft.country = known.country;
                    known.class
                }
                _ => {
                    draft.known = None;
                    "Organization"
                }
            };
        }
        Reading::Place => {
            draft.supertype = Supertype::Place;
            match known.filter(|k| k.supertype == Supertype::Place) {
                Some(known) => {
                    draft.class = known.class;
                    draft.country = known.country;
                    // "Lima denied it": the capital stands for the country.
                    if known.class == "City"
                        && let Some(country) =
                            words.language.gazetteer.country_of_capital(known.name)
                        && acts(words, draft.head)
                    {
                        draft.known = Some(country);
                        draft.class = "Country";
                        draft.kind = MentionKind::Nominal;
                    }
                }
                None => {
                    draft.known = None;
                    draft.class = place_class(words, &draft.tokens);
                }
            }
        }
        Reading::People => {
            // "Afghans" are people; "Afghan" before a noun is no mention.
            let form = segment.form?;
            let token = &words.tokens[draft.head];
            let is_noun =
                form.kind == FormKind::People || matches!(token.tag.as_str(), "NNPS" | "NNS");
            if !is_noun || matches!(token.deprel.as_str(), "amod" | "compound" | "nmod") {
                return adjective_of_country(words, draft);
            }
            draft.supertype = Supertype::Group;
            draft.class = "Group";
            draft.kind = MentionKind::Nominal;
            draft.country = known.and_then(|k| k.country);
            draft.known = None;
            draft.is_plural = matches!(token.tag.as_str(), "NNPS" | "NNS");
            if draft.is_plural {
                extend_description(words, &mut draft);
            } else {
                draft.supertype = Supertype::Person;
                draft.class = "Person";
            }
        }
        Reading::Office(office) => {
            let office = office as usize;
            let link = links.iter().find(|l| l.segment == index)?;
            draft.office = Some(office);
            draft.head = offices[office].head;
            if offices[office].is_occupation && link.holders.is_empty() {
                // Found again as a description.
                return None;
            }
            if link.holders.is_empty() && is_referring(words, &offices[office], link) {
                draft.supertype = if offices[office].title.is_plural {
                    Supertype::Group
                } else {
                    Supertype::Person
                };
                draft.class = draft.supertype.as_str();
                draft.kind = MentionKind::Nominal;
                draft.gender = offices[office].title.gender;
                draft.is_gender_sure = true;
                draft.families.clone_from(&offices[office].title.families);
                draft.is_plural = offices[office].title.is_plural;
                extend_description(words, &mut draft);
            } else {
                if offices[office].is_occupation {
                    return None;
                }
                draft.supertype = Supertype::Office;
                draft.class = "Office";
            }
        }
        Reading::Thing => {}
        Reading::Nothing => return None,
    }
    Some(draft)
}

/// Whether a place does what governments do: it accuses, it has ties.
fn acts(words: &Words, head: usize) -> bool {
    let mut at = head;
    while words.tokens[at].deprel == "conj" && words.tokens[at].head.index() < at {
        at = words.tokens[at].head.index();
    }
    if words.words[head].in_sports {
        return false;
    }
    let governor = words.tokens[at].head.index();
    let token = &words.tokens[governor];
    let is_act = |lemma: &str| {
        let classes = words.language.lexicon.classes(lemma);
        classes.has(WordClass::Acting) || classes.has(WordClass::Speech)
    };
    match words.tokens[at].deprel.as_str() {
        "nsubj" => token.upos == "VERB" && is_act(&token.lemma),
        "dobj" => {
            token.upos == "VERB"
                && words.language.lexicon.classes(&token.lemma).has(WordClass::Acting)
        }
        // "ties with Lima", "talks between Lima and Quito"
        "pobj" => {
            !words.words[governor].is(WordClass::Where)
                && words.words[token.head.index()].is(WordClass::Relation)
        }
        _ => false,
    }
}

/// Reads a name that a country and a region of another share ("Georgia") as
/// the region's where the document names more places of that other country.
fn tell_namesakes(words: &Words, drafts: &mut [Draft]) {
    let gazetteer = &words.language.gazetteer;
    for index in 0..drafts.len() {
        let Some(country) = drafts[index].known.filter(|_| drafts[index].class == "Country") else {
            continue;
        };
        let Some(region) = gazetteer.namesake(country) else { continue };
        let count = |code: Option<&str>| {
            let is_near = |d: &&Draft| {
                d.country == code
                    && d.known != Some(country)
                    && matches!(d.class, "City" | "Region")
            };
            drafts.iter().filter(is_near).count()
        };
        let known = gazetteer.known(region);
        let is_country = drafts
            .iter()
            .any(|d| d.country == gazetteer.known(country).country && d.known != Some(country));
        if !is_country && count(known.country) > 0 {
            drafts[index].known = Some(region);
            drafts[index].class = known.class;
            drafts[index].country = known.country;
        }
    }
}

/// Whether a title without a name speaks of who holds it ("the Foreign
/// Minister said") and not of the post ("became prime minister").
fn is_referring(words: &Words, office: &Office, link: &Link) -> bool {
    let token = &words.tokens[office.head];
    if matches!(token.deprel.as_str(), "attr" | "oprd" | "compound" | "nmod") {
        return false;
    }
    if token.deprel == "pobj" && words.tokens[token.head.index()].lemma == "as" {
        return false;
    }
    let before = words.before(office.tokens.start);
    let article = before.is_some_and(|w| {
        w.is(WordClass::Article) || words.language.lexicon.pronoun(&w.lower).is_some()
    });
    article
        || link.of.is_some()
        || link.country_from.is_some()
        || matches!(
            token.deprel.as_str(),
            "nsubj"
                | "nsubjpass"
                | "dobj"
                | "agent"
                | "pobj"
                | "conj"
                | "poss"
                | "ROOT"
                | "appos"
                | "dative"
        )
}

/// The token of a range that the tree hangs on.
pub(super) fn head(words: &Words, range: &Range<usize>) -> usize {
    range
        .clone()
        .find(|&i| {
            let TokenIdx(head) = words.tokens[i].head;
            let head = head as usize;
            (head == i || !range.contains(&head)) && words.tokens[i].upos != "PUNCT"
        })
        .unwrap_or(range.end - 1)
}

fn place_class(words: &Words, range: &Range<usize>) -> &'static str {
    let last = words.words[range.end - 1].parts;
    if range.len() > 1 && last.contains(&NamePart::Facility) {
        return "Facility";
    }
    if range.len() > 1 && last.contains(&NamePart::Ground) {
        return "Region";
    }
    match words.entity_of[range.start].map(|e| words.entities[e as usize].label.as_str()) {
        Some("FAC") => "Facility",
        Some("LOC") => "Region",
        _ => "Place",
    }
}

/// The gender that a form of address or a given name tells, and whether for sure.
fn gender_of_name(words: &Words, range: &Range<usize>) -> (Gender, bool) {
    if range.start > 0 && words.before(range.start).is_some() {
        for back in 1..=2 {
            let Some(at) = range.start.checked_sub(back) else { break };
            if words.words[at].text == "." {
                continue;
            }
            if let Some((_, title)) = words.title(at, TitleKind::Honorific)
                && title.gender != Gender::Unknown
                && words.words[at].is_capitalized()
            {
                return (title.gender, true);
            }
            break;
        }
    }
    let parts: Vec<String> = match words.words[range.start].shape {
        Shape::Handle => handle_parts(words.words[range.start].text),
        _ => range
            .clone()
            .filter(|&i| words.words[i].shape != Shape::Mark)
            .skip_while(|&i| words.words[i].is(WordClass::Particle))
            .map(|i| words.words[i].text.to_owned())
            .collect(),
    };
    if parts.len() < 2 {
        return (Gender::Unknown, false);
    }
    let gender = parts
        .iter()
        .take(2.min(parts.len() - 1))
        .find_map(|part| {
            let name = words.language.names.get(part)?;
            match (name.masculine, name.feminine) {
                (true, false) => Some(Gender::Masculine),
                (false, true) => Some(Gender::Feminine),
                _ => None,
            }
        })
        .unwrap_or_default();
    (gender, false)
}
