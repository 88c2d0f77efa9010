//! Whom descriptions and pronouns mean.
//!
//! A description ("the US envoy") is joined to a person of the document by
//! office, country and nearness; a pronoun by gender, number, nearness and the
//! place in the sentence (in the spirit of the salience factors of Lappin and
//! Leass 1994). Where nothing speaks clearly, they stay by themselves.

use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, DraftIdx, Drafts};
use super::evidence::key;
use super::nominals::antecedent;
use super::offices::Office;
use super::referents::Groups;
use super::words::Words;
use crate::lang::lexicon::{Person, PronounRole};
use crate::mention::{Gender, MentionKind, Supertype};

/// Sentences further back than this are not searched.
const REACH: u32 = 12;

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

/// Joins descriptions and pronouns to what they mean; returns the drafts that
/// mean nothing that could be told and are better left out.
pub(super) fn resolve(
    words: &Words,
    offices: &[Office],
    drafts: &Drafts,
    groups: &mut Groups,
) -> Vec<bool> {
    let mut removed = vec![false; drafts.drafts.len()];
    let mut held: HashMap<DraftIdx, Vec<usize>> = HashMap::new();
    for h in &drafts.held {
        held.entry(h.holder).or_default().push(h.office);
    }
    let mut walk = Walk {
        words,
        offices,
        drafts,
        quotes: Quotes::new(words),
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
            MentionKind::Nominal => walk.nominal(index, draft, groups),
            MentionKind::Pronoun => walk.pronoun(index, draft, groups),
        };
        match target {
            Some(target) => groups.join(target, index),
            None if draft.kind == MentionKind::Pronoun => {
                let pronoun = words.language.lexicon.pronoun(&words.words[draft.head].lower);
                let keeps = pronoun
                    .is_some_and(|p| p.person == Person::Third && p.is_plural == Some(false));
                removed[index] = !keeps;
            }
            None => {}
        }
        if !removed[index] {
            walk.enter(index, groups);
        }
    }
    removed
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
    fn enter(&mut self, index: DraftIdx, groups: &Groups) {
        let draft = &self.drafts.drafts[index];
        let root = groups.root(index);
        let held = self.held.get(&index).cloned().unwrap_or_default();
        let is_subject = is_subject(self.words, draft.head);
        let speaks = is_subject && self.words.is_speech(self.words.tokens[draft.head].head.index());
        let sentence = self.words.words[draft.head].sentence;
        let thing = self.things.entry(root).or_insert_with(|| Thing::new(draft, index));
        thing.learn(draft, &held, self.offices);
        thing.mentions += 1;
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

    /// Whom a description means.
    fn nominal(&self, index: DraftIdx, draft: &Draft, groups: &Groups) -> Option<DraftIdx> {
        match draft.supertype {
            Supertype::Person => self.person_described(index, draft, groups),
            Supertype::Organization => self.body_described(index, draft),
            Supertype::Place => self.place_described(index, draft),
            Supertype::Group => self.same_words(index, draft),
            _ => None,
        }
    }

    /// The same description earlier: "the two ministers … the two ministers".
    fn same_words(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite && draft.country.is_none() {
            return None;
        }
        let wanted = key(self.words, &draft.tokens);
        self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            let other = &self.drafts.drafts[thing.last];
            let near = self.sentence(index).saturating_sub(self.sentence(thing.last)) <= REACH;
            (near
                && other.kind == MentionKind::Nominal
                && other.supertype == draft.supertype
                && key(self.words, &other.tokens) == wanted)
                .then_some(thing.last)
        })
    }

    fn person_described(
        &self,
        index: DraftIdx,
        draft: &Draft,
        _groups: &Groups,
    ) -> Option<DraftIdx> {
        let words = self.words;
        let token = &words.tokens[draft.head];
        let is_title = draft.office.is_some();
        // "his counterpart Jane Doe"
        if words.after(draft.tokens.end).is_some()
            && let Some(next) = self.drafts.covering(draft.tokens.end)
            && self.drafts.drafts[next].supertype == Supertype::Person
            && self.drafts.drafts[next].kind == MentionKind::Name
        {
            return Some(next);
        }
        // "He is an envoy", "Doe, the envoy": the tree says who.
        if let Some(target) = self.by_tree(draft) {
            return Some(target);
        }
        // "a US official", "another envoy": somebody new. A title with a
        // capital needs no article.
        let is_bare_title = is_title && words.words[draft.head].is_capitalized();
        if !draft.is_definite && !is_bare_title && !words.words[draft.head].in_heading {
            return None;
        }
        if draft.families.is_empty()
            || draft
                .families
                .iter()
                .any(|f| matches!(*f, "none" | "kin" | "occupation" | "candidate"))
        {
            return self.same_words(index, draft);
        }
        let sentence = words.words[draft.head].sentence;
        let any = draft.families.contains(&"*");
        let speaks = is_subject(words, draft.head) && self.words.is_speech(token.head.index());
        let mut best: Option<(f32, DraftIdx)> = None;
        let mut fallback: Option<(f32, DraftIdx)> = None;
        let pool = self.pool(draft, is_title || words.words[draft.head].in_heading);
        for root in pool {
            let thing = &self.things[&root];
            if thing.supertype != Supertype::Person || thing.is_plural || thing.clash(draft) > 1.0 {
                continue;
            }
            let distance = sentence.saturating_sub(self.sentence(thing.last));
            if distance > REACH && !is_title {
                continue;
            }
            let country = match (thing.country, draft.country) {
                (Some(a), Some(b)) if a == b => 2.0,
                (Some(_), Some(_)) => continue,
                (None, Some(_)) => -0.3,
                _ => 0.0,
            };
            // Who speaks is seldom named in the third person by the words quoted.
            if speaks && self.quotes.names_itself(words, self.drafts, draft.head, thing.last) {
                continue;
            }
            let nearness = 1.5 / (1.0 + distance as f32)
                + if thing.subject_in.is_some_and(|s| s + 1 >= sentence) { 0.5 } else { 0.0 }
                + 0.05 * thing.mentions.min(6) as f32;
            let (office, portfolio) = self.office_match(draft, thing);
            if (country > 0.0 || draft.country.is_none() && any)
                && (!thing.offices.is_empty() || !thing.families.is_empty())
            {
                let score = country + nearness;
                if fallback.is_none_or(|(old, _)| score > old) {
                    fallback = Some((score, thing.last));
                }
            }
            if !any && office == 0.0 {
                continue;
            }
            if any
                && thing.offices.is_empty()
                && thing.families.is_empty()
                && thing.country.is_none()
            {
                continue;
            }
            let score = office + portfolio + country + nearness;
            if best.is_none_or(|(old, _)| score > old) {
                best = Some((score, thing.last));
            }
        }
        let threshold = if any { 1.0 } else { 2.2 };
        if let Some((score, target)) = best
            && score >= threshold
        {
            return Some(target);
        }
        // "the US secretary said": the nearest person of that country who
        // holds an office, where none holds that one.
        if speaks
            && best.is_none()
            && draft.country.is_some()
            && let Some((score, target)) = fallback
            && score >= 2.3
        {
            return Some(target);
        }
        None
    }

    /// The roots that a description may mean: those of late; for a title all
    /// persons with an office, since a title stays.
    fn pool(&self, draft: &Draft, wide: bool) -> Vec<usize> {
        let mut pool: Vec<usize> = self.recent.iter().rev().copied().collect();
        if wide && self.things.len() < 2000 && !draft.families.contains(&"*") {
            // A headline speaks of persons that the text names later.
            let ahead = self.words.words[draft.head].in_heading
                || self.words.words[draft.head].sentence < 2;
            let more = self.things.iter().filter(|(_, t)| {
                t.supertype == Supertype::Person
                    && !t.offices.is_empty()
                    && (ahead || t.mentions > 0)
            });
            for (&root, _) in more {
                if !pool.contains(&root) {
                    pool.push(root);
                }
            }
        }
        pool
    }

    /// How well a description goes with the offices of a person: by family and
    /// by head, and by what the office is about.
    fn office_match(&self, draft: &Draft, thing: &Thing) -> (f32, f32) {
        let words = self.words;
        let own: Vec<String> =
            draft.tokens.clone().map(|i| words.words[i].lower.to_string()).collect();
        let mut expanded = own.clone();
        if let Some(office) = draft.office {
            expanded.extend(
                self.offices[office]
                    .title
                    .expansion
                    .into_iter()
                    .flat_map(|e| e.split(' '))
                    .map(str::to_owned),
            );
        }
        let mut best = (0.0_f32, 0.0_f32);
        let (mut shares, mut conflicts) = (false, false);
        for &office in &thing.offices {
            let office = &self.offices[office];
            let mut score: f32 = 0.0;
            if office.title.families.iter().any(|f| draft.families.contains(f)) {
                score = 2.0;
            }
            let head = &words.words[office.head].lower;
            let mut theirs: Vec<String> =
                office.tokens.clone().map(|i| words.words[i].lower.to_string()).collect();
            theirs.extend(
                office.title.expansion.into_iter().flat_map(|e| e.split(' ')).map(str::to_owned),
            );
            if own.last().is_some_and(|w| w == &**head) || expanded.iter().any(|w| w == &**head) {
                score = score.max(2.0) + 1.0;
            }
            if score == 0.0 {
                continue;
            }
            let content = |list: &[String]| -> Vec<String> {
                list.iter().filter(|w| w.len() > 3 && words.is_portfolio(w)).cloned().collect()
            };
            let (mine, other) = (content(&expanded), content(&theirs));
            let shared = mine.iter().filter(|w| other.contains(w)).count() as f32;
            let portfolio = if mine.is_empty() {
                0.0
            } else if shared > 0.0 {
                shares = true;
                0.8 * shared
            } else if !other.is_empty() {
                conflicts = true;
                -3.5
            } else {
                -0.5
            };
            if score + portfolio > best.0 + best.1 {
                best = (score, portfolio);
            }
        }
        if conflicts && !shares {
            best.1 = best.1.min(-3.5);
        }
        if thing.offices.is_empty() && thing.families.iter().any(|f| draft.families.contains(f)) {
            best = (1.5, 0.0);
        }
        best
    }

    /// The subject of "He is the envoy", the name before "…, the envoy".
    fn by_tree(&self, draft: &Draft) -> Option<DraftIdx> {
        let words = self.words;
        // "He is a doctor and a member": the second is said of him as well.
        let mut at = draft.head;
        while words.tokens[at].deprel == "conj" && words.tokens[at].head.index() < at {
            at = words.tokens[at].head.index();
        }
        let token = &words.tokens[at];
        let verb = token.head.index();
        let target = match token.deprel.as_str() {
            "appos" => verb,
            "attr" | "oprd" => {
                let sentence = &words.sentences[words.words[draft.head].sentence as usize];
                sentence.tokens.clone().find(|&i| {
                    words.tokens[i].head.index() == verb
                        && i != verb
                        && words.tokens[i].deprel.starts_with("nsubj")
                })?
            }
            _ => return None,
        };
        let other = self.drafts.covering(target)?;
        let is_person = self.drafts.drafts[other].supertype == Supertype::Person;
        (is_person && self.drafts.drafts[other].tokens.start < draft.tokens.start).then_some(other)
    }

    /// The body that "the ministry" means: the latest whose name has the word.
    fn body_described(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite || draft.is_plural {
            return None;
        }
        let words = self.words;
        let head = &words.words[draft.head].lower;
        let sentence = words.words[draft.head].sentence;
        let named = self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            if thing.supertype != Supertype::Organization
                || sentence.saturating_sub(self.sentence(thing.last)) > REACH
            {
                return None;
            }
            let other = &self.drafts.drafts[*root];
            let fits = other.kind == MentionKind::Name
                && other.tokens.clone().any(|i| words.words[i].lower == *head)
                && (draft.country.is_none()
                    || thing.country.is_none()
                    || draft.country == thing.country);
            fits.then_some(thing.last)
        });
        named.or_else(|| self.same_words(index, draft))
    }

    /// The country that "the country" means: the latest that is no adjective.
    fn place_described(&self, _index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite
            || draft.is_plural
            || !draft.families.contains(&"country")
            || draft.tokens.len() != 2
        {
            return None;
        }
        let sentence = self.words.words[draft.head].sentence;
        self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            let other = &self.drafts.drafts[thing.last];
            let near = sentence.saturating_sub(self.sentence(thing.last)) <= 3;
            (near && other.class == "Country" && thing.is_named).then_some(thing.last)
        })
    }

    /// Whom a pronoun means.
    fn pronoun(&self, index: DraftIdx, draft: &Draft, groups: &Groups) -> Option<DraftIdx> {
        let words = self.words;
        let pronoun = words.language.lexicon.pronoun(&words.words[draft.head].lower)?;
        if pronoun.role == PronounRole::Relative {
            let noun = antecedent(words, draft.head)?;
            let mut target = self.drafts.covering(noun)?;
            // "refugees in Peru, who": of two nouns the one that can be "who".
            if self.drafts.drafts[target].supertype == Supertype::Place {
                let preposition = words.tokens[self.drafts.drafts[target].head].head.index();
                target = self.drafts.covering(words.tokens[preposition].head.index())?;
                if self.drafts.drafts[target].supertype == Supertype::Place {
                    return None;
                }
            }
            return (target != index && self.drafts.drafts[target].supertype != Supertype::Office)
                .then_some(target);
        }
        if pronoun.person == Person::First {
            if pronoun.is_plural == Some(true) {
                return None;
            }
            let speaker = self.quotes.speaker(words, self.drafts, draft.head)?;
            return (self.drafts.drafts[speaker].supertype == Supertype::Person).then_some(speaker);
        }
        let is_plural = pronoun.is_plural == Some(true);
        let sentence = words.words[draft.head].sentence;
        let governor = words.tokens[draft.head].head.index();
        let speaks = is_subject(words, draft.head) && self.words.is_speech(governor);
        let inside = self.quotes.quote_of(draft.head);
        let mut best: Option<(f32, DraftIdx)> = None;
        let mut offer = |score: f32, target: DraftIdx| {
            if best.is_none_or(|(old, _)| score > old) {
                best = Some((score, target));
            }
        };
        for root in self.recent.iter().rev() {
            let thing = &self.things[root];
            if is_plural != thing.is_plural || (!is_plural && thing.supertype != Supertype::Person)
            {
                continue;
            }
            let clash = thing.clash(draft);
            if clash > 1.0 {
                continue;
            }
            let other = &self.drafts.drafts[thing.last];
            let distance = sentence.saturating_sub(words.words[other.head].sentence);
            if distance > 4 {
                continue;
            }
            let mut score = match distance {
                0 => 1.6,
                1 => 1.3,
                2 => 0.7,
                3 => 0.3,
                _ => 0.0,
            };
            score -= clash;
            // What it was when last mentioned, and as a subject near by.
            if is_subject(words, other.head) {
                let verb = words.tokens[other.head].head.index();
                score += if words.tokens[verb].deprel == "ROOT" { 0.9 } else { 0.7 };
            } else if thing.subject_in.is_some_and(|s| s + 1 >= sentence) {
                score += 0.6;
            } else if words.tokens[other.head].deprel == "poss" {
                score += 0.2;
            }
            if thing.gender == draft.gender && draft.gender != Gender::Unknown {
                score += 0.5;
            }
            if !thing.is_named {
                score -= 0.3;
            }
            score += 0.05 * thing.mentions.min(6) as f32;
            // Who spoke goes on speaking.
            if speaks && let Some(spoke) = thing.spoke_in {
                score += match sentence.saturating_sub(spoke) {
                    0 | 1 => 1.0,
                    2 => 0.4,
                    _ => 0.0,
                };
            }
            // An object is not the subject of its own verb: "West met him".
            if distance == 0
                && pronoun.role == PronounRole::Object
                && clause_verb(words, draft.head) == clause_verb(words, other.head)
                && is_subject(words, other.head)
                && words.words[draft.head].lower.len() < 5
            {
                continue;
            }
            // Inside a quotation, who speaks is "I".
            if inside.is_some() && inside != self.quotes.quote_of(other.head) {
                let speaker = self.quotes.speaker(words, self.drafts, draft.head);
                if speaker.is_some_and(|s| groups.root(s) == *root) {
                    continue;
                }
            } else if inside.is_none() && self.quotes.quote_of(other.head).is_some() {
                score -= 0.6;
            }
            offer(score, thing.last);
        }
        // "Ahead of his arrival, West said": the subject that follows.
        if !is_plural && let Some((score, target)) = self.cataphora(draft) {
            offer(score, target);
        }
        best.filter(|(score, _)| *score >= 1.2).map(|(_, target)| target)
    }

    /// The subject of the main verb, for a pronoun in what stands before it.
    fn cataphora(&self, draft: &Draft) -> Option<(f32, DraftIdx)> {
        let words = self.words;
        let sentence = &words.sentences[words.words[draft.head].sentence as usize];
        let subject = sentence.tokens.clone().find(|&i| {
            let token = &words.tokens[i];
            let verb = token.head.index();
            is_subject(words, i) && (words.tokens[verb].deprel == "ROOT")
        })?;
        if subject <= draft.head {
            return None;
        }
        let target = self.drafts.covering(subject)?;
        let other = &self.drafts.drafts[target];
        let fits = other.supertype == Supertype::Person
            && other.kind == MentionKind::Name
            && (other.gender == draft.gender
                || other.gender == Gender::Unknown
                || !other.is_gender_sure)
            && self.quotes.quote_of(draft.head).is_none();
        // Only from a phrase in front, not from a clause of its own.
        let verb = words.tokens[subject].head.index();
        let mut at = draft.head;
        for _ in 0..12 {
            let token = &words.tokens[at];
            if token.head.index() == verb {
                let is_front = matches!(
                    token.deprel.as_str(),
                    "prep" | "advcl" | "advmod" | "npadvmod" | "pcomp"
                );
                return (fits && is_front).then_some((2.6, target));
            }
            if token.head.index() == at {
                break;
            }
            at = token.head.index();
        }
        None
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

pub(super) fn is_subject(words: &Words, token: usize) -> bool {
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

/// The verb of the clause that a token belongs to.
fn clause_verb(words: &Words, token: usize) -> usize {
    let mut at = token;
    for _ in 0..20 {
        let head = words.tokens[at].head.index();
        if head == at {
            break;
        }
        at = head;
        if matches!(words.tokens[at].upos, "VERB" | "AUX") {
            break;
        }
    }
    at
}

/// The quotations of a document.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Token ranges between quotation marks.
    ranges: Vec<std::ops::Range<usize>>,
    /// For each token the quotation it stands in.
    of: Vec<Option<u32>>,
}

impl Quotes {
    fn new(words: &Words) -> Self {
        let mut this = Self { ranges: Vec::new(), of: vec![None; words.tokens.len()] };
        let mut open: Option<usize> = None;
        for (index, word) in words.words.iter().enumerate() {
            let is_open =
                word.text.starts_with('“') || (open.is_none() && word.text.starts_with('"'));
            let is_close = word.text.ends_with('”')
                || (open.is_some_and(|o| o < index) && word.text.ends_with('"'));
            if is_close && let Some(start) = open.take() {
                let number = this.ranges.len() as u32;
                for slot in &mut this.of[start..=index] {
                    *slot = Some(number);
                }
                this.ranges.push(start..index + 1);
            } else if is_open {
                open = Some(index);
            }
            // A quotation that is not closed ends with its paragraph.
            if word.ends_line
                && let Some(start) = open.take()
            {
                let number = this.ranges.len() as u32;
                for slot in &mut this.of[start..=index] {
                    *slot = Some(number);
                }
                this.ranges.push(start..index + 1);
            }
        }
        this
    }

    fn quote_of(&self, token: usize) -> Option<u32> {
        self.of.get(token).copied().flatten()
    }

    /// The draft that is said to say the quotation around a token.
    fn speaker(&self, words: &Words, drafts: &Drafts, token: usize) -> Option<DraftIdx> {
        let quote = self.ranges.get(self.quote_of(token)? as usize)?;
        // The sentence that the quotation starts or ends in, and the next, as
        // far as they lie outside of it.
        let first = words.words[quote.start].sentence as usize;
        let last = words.words[quote.end - 1].sentence as usize;
        for sentence in [last, first, last + 1] {
            let Some(sentence) = words.sentences.get(sentence) else { continue };
            let verb = sentence
                .tokens
                .clone()
                .find(|&i| !quote.contains(&i) && self.quote_of(i).is_none() && words.is_speech(i));
            let Some(verb) = verb else { continue };
            let subject = sentence
                .tokens
                .clone()
                .find(|&i| words.tokens[i].head.index() == verb && is_subject(words, i));
            if let Some(target) = subject.and_then(|s| drafts.covering(s)) {
                return Some(target);
            }
        }
        None
    }

    /// Whether a speaker at `token` introduces a quotation in which `draft`
    /// stands.
    fn names_itself(&self, words: &Words, drafts: &Drafts, token: usize, draft: DraftIdx) -> bool {
        let head = drafts.drafts[draft].head;
        let Some(quote) = self.quote_of(head).and_then(|q| self.ranges.get(q as usize)) else {
            return false;
        };
        let sentence = words.words[token].sentence;
        let last = words.words[quote.end - 1].sentence;
        quote.end <= token && sentence <= last + 1
    }
}
