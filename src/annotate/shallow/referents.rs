//! Which mentions of a document are one thing.
//!
//! Names by their words, other names in brackets, handles and acronyms by sound
//! and letters, descriptions by country and office, pronouns by who was spoken
//! of last.

use std::collections::BTreeMap;

use crate::lang::sounds::{Abjad, share};
use crate::mention::{MentionKind, Supertype};

use super::names::{Draft, Reading};
use super::tree::Node;
use super::words::Tag;

/// The share of a name that a handle must have to be its own.
const HANDLE: f64 = 0.3;

/// The group of each draft, and who holds which office.
pub(super) struct Joined {
    /// The first draft of the group.
    pub group: Vec<usize>,
    /// Office, holder, and whose office it is.
    pub held: Vec<(usize, usize, Option<usize>)>,
    /// Drafts that stand for nothing.
    pub removed: Vec<bool>,
    /// Titles that stand for the person who bears them ("the minister said").
    pub bearers: Vec<bool>,
}

/// The Wikidata id of a draft, see [`Joiner::wikidata`].
pub(super) fn wikidata(reading: &Reading, draft: &Draft) -> Option<&'static str> {
    if draft.kind != MentionKind::Name {
        return None;
    }
    let own = draft.known.and_then(|known| known.wikidata);
    own.or_else(|| {
        let words = reading.norms.get(draft.tokens.clone())?.join(" ");
        let gazetteer = &reading.english?.gazetteer;
        let known = gazetteer.known(gazetteer.find(reading.grammar.translation(&words)?)?);
        known.wikidata.filter(|_| known.supertype == draft.supertype)
    })
}

struct Joiner<'a> {
    reading: &'a Reading<'a>,
    drafts: &'a [Draft],
    nodes: &'a [Node],
    group: Vec<usize>,
    held: Vec<(usize, usize, Option<usize>)>,
    removed: Vec<bool>,
    bearers: Vec<bool>,
}

/// Tells who is who.
pub(super) fn join(reading: &Reading, drafts: &[Draft], nodes: &[Node]) -> Joined {
    let mut joiner = Joiner {
        reading,
        drafts,
        nodes,
        group: (0..drafts.len()).collect(),
        held: Vec::new(),
        removed: vec![false; drafts.len()],
        bearers: vec![false; drafts.len()],
    };
    joiner.names();
    joiner.brackets();
    joiner.offices();
    joiner.single_names();
    joiner.bare_titles();
    joiner.handles();
    joiner.descriptions();
    joiner.pronouns();
    let group = (0..drafts.len()).map(|i| joiner.root(i)).collect();
    Joined { group, held: joiner.held, removed: joiner.removed, bearers: joiner.bearers }
}

impl Joiner<'_> {
    fn root(&self, at: usize) -> usize {
        let mut at = at;
        while self.group[at] != at {
            at = self.group[at];
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.group[a.max(b)] = a.min(b);
    }

    fn words(&self, draft: usize) -> Vec<&str> {
        let tokens = self.drafts[draft].tokens.clone();
        self.reading.norms.get(tokens).unwrap_or(&[]).iter().map(String::as_str).collect()
    }

    /// The Wikidata id of a name: of the thing in a table, or of what the table
    /// of translations says it is called in English.
    fn wikidata(&self, draft: usize) -> Option<&'static str> {
        wikidata(self.reading, &self.drafts[draft])
    }

    fn is_named(&self, draft: usize, supertype: Supertype) -> bool {
        let draft = &self.drafts[draft];
        draft.kind == MentionKind::Name && draft.supertype == supertype
    }

    /// The same words, or the same thing in a table.
    fn names(&mut self) {
        let mut by_key: BTreeMap<(Supertype, String), usize> = BTreeMap::new();
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            let key = match (draft.kind, draft.supertype) {
                (MentionKind::Name, Supertype::Office) => continue,
                (MentionKind::Name, _) => match (self.wikidata(at), draft.known) {
                    (Some(id), _) => id.to_owned(),
                    (None, Some(known)) => known.name.to_owned(),
                    (None, None) => self.words(at).join(" "),
                },
                (MentionKind::Nominal, Supertype::Group) => {
                    format!("{} {}", self.words(at).join(" "), draft.country.unwrap_or(""))
                }
                _ => continue,
            };
            match by_key.get(&(draft.supertype, key.clone())) {
                Some(&first) => self.unite(first, at),
                None => {
                    by_key.insert((draft.supertype, key), at);
                }
            }
            if let Some(acronym) = &draft.acronym {
                let key = (draft.supertype, format!("={acronym}"));
                match by_key.get(&key) {
                    Some(&first) => self.unite(first, at),
                    None => {
                        by_key.insert(key, at);
                    }
                }
            }
        }
    }

    /// "NAME (ACRONYM)".
    fn brackets(&mut self) {
        for at in 1..self.drafts.len() {
            let (before, inner) = (&self.drafts[at - 1], &self.drafts[at]);
            let opens = before.tokens.end + 1 == inner.tokens.start
                && self.tag(before.tokens.end) == Some(Tag::Open)
                && self.tag(inner.tokens.end) == Some(Tag::Close);
            if opens
                && inner.acronym.is_some()
                && before.kind == MentionKind::Name
                && before.supertype == Supertype::Organization
            {
                self.unite(at - 1, at);
            }
        }
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.reading.words.get(at).map(|word| word.tag)
    }

    /// Who holds an office, and whose it is: "ORG کے TITLE NAME".
    fn offices(&mut self) {
        for at in 0..self.drafts.len() {
            if self.drafts[at].supertype != Supertype::Office {
                continue;
            }
            // The name behind, further titles between them.
            let mut holder = None;
            let mut end = self.drafts[at].tokens.end;
            for next in at + 1..self.drafts.len().min(at + 4) {
                let draft = &self.drafts[next];
                if draft.tokens.start > end + 1 {
                    break;
                }
                // "A اور B NAME": the first of two titles may be somebody else's.
                let is_apart = self.tag(end) == Some(Tag::Conjunction) && draft.tokens.start > end;
                if is_apart && self.is_held(at) {
                    break;
                }
                end = draft.tokens.end;
                if self.is_named(next, Supertype::Person) {
                    holder = Some(next);
                    break;
                }
                if draft.supertype != Supertype::Office {
                    break;
                }
            }
            let of = self.owner(at);
            if let Some(holder) = holder {
                self.held.push((at, holder, of));
            }
        }
    }

    /// Whether somebody named before holds an office of these words.
    fn is_held(&self, office: usize) -> bool {
        let own = self.words(office);
        self.held.iter().any(|(held, ..)| self.words(*held).ends_with(&own))
    }

    /// The body or country right before a title, with the genitive or without,
    /// and what stands behind "for" skipped.
    fn owner(&self, office: usize) -> Option<usize> {
        let start = self.drafts[office].tokens.start;
        let mut at = start;
        for before in (0..office).rev().take(3) {
            let draft = &self.drafts[before];
            let gap = draft.tokens.end..at;
            let is_joined = gap.len() <= 1
                && gap.clone().all(|i| {
                    matches!(self.tag(i), Some(Tag::Genitive | Tag::Adjective | Tag::Punctuation))
                });
            if !is_joined {
                return None;
            }
            match draft.supertype {
                Supertype::Office => at = draft.tokens.start,
                Supertype::Organization | Supertype::Place if draft.kind == MentionKind::Name => {
                    return Some(before);
                }
                _ => return None,
            }
        }
        None
    }

    /// A name of one word is that of the person whose longer name has it, named
    /// before; of several the one whose office fits, or the last.
    fn single_names(&mut self) {
        for at in 0..self.drafts.len() {
            if !self.is_named(at, Supertype::Person) {
                continue;
            }
            let own = self.words(at);
            let mut best: Option<(usize, usize)> = None;
            for other in 0..self.drafts.len() {
                if other == at || !self.is_named(other, Supertype::Person) {
                    continue;
                }
                let words = self.words(other);
                let is_shorter = own.len() < words.len();
                let mut rest = words.iter();
                let is_part = is_shorter && own.iter().all(|word| rest.any(|w| w == word));
                // The first name alone is seldom used of somebody.
                let is_surname = words.last() == own.last() || own.len() > 1;
                if !is_part || !(is_surname || other < at) {
                    continue;
                }
                let rank = 4 * usize::from(self.offices_agree(at, other))
                    + 2 * usize::from(is_surname)
                    + usize::from(other < at);
                if best.is_none_or(|(r, o)| rank > r || rank == r && other < at && o < other) {
                    best = Some((rank, other));
                }
            }
            if let Some((_, other)) = best {
                self.unite(at, other);
            }
        }
    }

    /// "وزیر خارجہ نے کہا": a title without a name is the person who was last
    /// named with it, unless it is another country's.
    fn bare_titles(&mut self) {
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            let behind = draft.tokens.end;
            let is_bare = draft.supertype == Supertype::Office
                && draft.kind == MentionKind::Name
                && !draft.has_bearer
                && !self.held.iter().any(|(office, ..)| *office == at)
                && self.drafts.get(at + 1).is_none_or(|next| next.tokens.start != behind);
            if !is_bare {
                continue;
            }
            let own = self.words(at);
            let country = self.country_of(at);
            let fits = |(office, holder, _): &&(usize, usize, Option<usize>)| {
                let words = self.words(*office);
                let of = self.country_of(*office);
                self.drafts[*office].tokens.start < draft.tokens.start
                    && self.is_named(*holder, Supertype::Person)
                    && words.ends_with(&own)
                    && (country.is_none() || of.is_none() || country == of)
            };
            // Of two, the one who acts.
            let acts = |(_, holder, _): &&(usize, usize, Option<usize>)| {
                let head = self.drafts[*holder].tokens.end - 1;
                self.nodes.get(head).is_some_and(|node| node.deprel == "nsubj")
            };
            let found = self.held.iter().rev().find(|held| fits(held) && acts(held));
            let found = found.or_else(|| self.held.iter().rev().find(fits));
            if let Some(&(_, holder, _)) = found {
                self.unite(holder, at);
                self.bearers[at] = true;
            }
        }
    }

    /// The country whose office it is, as the words before it say.
    fn country_of(&self, office: usize) -> Option<&'static str> {
        let owner = self.owner(office).and_then(|of| self.drafts[of].country);
        owner.or_else(|| self.country_before(office))
    }

    fn families(&self, person: usize) -> Vec<&'static str> {
        let root = self.root(person);
        let of = self.held.iter().filter(|(_, holder, _)| self.root(*holder) == root);
        of.flat_map(|(office, ..)| self.drafts[*office].families.clone()).collect()
    }

    fn offices_agree(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.families(a), self.families(b));
        x.iter().any(|family| y.contains(family))
    }

    /// "@Name" is a person whose name sounds so.
    fn handles(&mut self) {
        for at in 0..self.drafts.len() {
            let own = self.words(at);
            let Some(handle) = own.first().and_then(|word| word.strip_prefix('@')) else {
                continue;
            };
            let handle: String = handle.chars().filter(char::is_ascii_alphabetic).collect();
            let mut best: Option<(f64, usize)> = None;
            for other in 0..self.drafts.len() {
                let words = self.words(other);
                if other == at || words.len() < 2 || !self.is_named(other, Supertype::Person) {
                    continue;
                }
                let ends = [words.concat(), [words[0], words[words.len() - 1]].concat()];
                for name in ends {
                    let share = share(&Abjad::new(&name), &handle);
                    if share > HANDLE && best.is_none_or(|(most, _)| share > most) {
                        best = Some((share, other));
                    }
                }
            }
            match best {
                Some((_, other)) => self.unite(at, other),
                None => self.removed[at] = true,
            }
        }
    }

    /// "امریکی ایلچی": the person spoken of last who is of that country and whose
    /// office is of that kind.
    fn descriptions(&mut self) {
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            if draft.kind != MentionKind::Nominal || draft.supertype != Supertype::Person {
                continue;
            }
            if let Some((_, bearer)) = &draft.mistranslated {
                if let Some(person) = self.drafts.iter().position(|d| d.tokens.start == *bearer) {
                    self.unite(person, at);
                }
                continue;
            }
            // "ایک": somebody who is new.
            let first = self.words(at).first().copied().unwrap_or("").to_owned();
            let before = draft.tokens.start.checked_sub(1).and_then(|i| self.reading.norms.get(i));
            let is_new = self.reading.grammar.is("indefinite", &first)
                || before.is_some_and(|word| self.reading.grammar.is("indefinite", word));
            if is_new || draft.is_plural {
                continue;
            }
            let fits = |person: usize| {
                let root = self.root(person);
                let held = self.held.iter().filter(|(_, holder, _)| self.root(*holder) == root);
                let mut agrees = false;
                let mut of_country = draft.country.is_none();
                for (office, _, of) in held {
                    let family = &self.drafts[*office].families;
                    agrees |= draft.families.iter().any(|f| family.contains(f))
                        || draft.families.is_empty();
                    let country =
                        of.and_then(|of| self.drafts[of].country).or(self.country_before(*office));
                    of_country |= country.is_some() && country == draft.country;
                }
                agrees && of_country
            };
            // Who did or said something last, or else was named last.
            let is_of_a_person = |d: usize| self.is_named(self.root(d), Supertype::Person);
            let acts = |d: usize| {
                let head = self.drafts[d].tokens.end - 1;
                self.nodes.get(head).is_some_and(|node| node.deprel == "nsubj")
            };
            let person =
                (0..at).rev().find(|&p| is_of_a_person(p) && acts(p) && fits(p)).or_else(|| {
                    (0..at).rev().find(|&p| self.is_named(p, Supertype::Person) && fits(p))
                });
            if let Some(person) = person {
                self.unite(person, at);
            }
        }
    }

    /// The country of an adjective before a title: "امریکی نمائندہ".
    fn country_before(&self, office: usize) -> Option<&'static str> {
        let at = self.drafts[office].tokens.start.checked_sub(1)?;
        let norm = self.reading.norms.get(at)?;
        let gazetteer = &self.reading.language.gazetteer;
        gazetteer.known(gazetteer.find(norm)?).country
    }

    /// A pronoun stands for the subject of its own clause if it is reflexive, and
    /// otherwise for the person who did or said something last.
    fn pronouns(&mut self) {
        for at in 0..self.drafts.len() {
            if self.drafts[at].kind != MentionKind::Pronoun {
                continue;
            }
            let token = self.drafts[at].tokens.start;
            // Who "we" are, nobody says.
            if self.reading.norms.get(token).is_some_and(|w| self.reading.grammar.is("we", w)) {
                self.removed[at] = true;
                continue;
            }
            let is_reflexive = self.tag(token) == Some(Tag::Reflexive);
            let sentence = self
                .reading
                .sentences
                .iter()
                .find(|sentence| sentence.contains(&token))
                .cloned()
                .unwrap_or_default();
            let is_subject = |draft: usize| {
                let head = self.drafts[draft].tokens.end - 1;
                self.nodes
                    .get(head)
                    .is_some_and(|node| matches!(node.deprel, "nsubj" | "nsubjpass"))
                    && (self.bearers[draft]
                        || matches!(
                            self.drafts[draft].supertype,
                            Supertype::Person
                                | Supertype::Group
                                | Supertype::Organization
                                | Supertype::Place
                        ))
                    && self.drafts[draft].kind != MentionKind::Pronoun
                    && !self.removed[draft]
            };
            let found = if is_reflexive {
                // The nearest subject, before or behind.
                let inside: Vec<usize> = (0..self.drafts.len())
                    .filter(|&d| sentence.contains(&self.drafts[d].tokens.start) && is_subject(d))
                    .collect();
                inside
                    .iter()
                    .copied()
                    .rfind(|&d| d < at)
                    .or(inside.iter().copied().find(|&d| d > at))
            } else {
                (0..at).rev().find(|&d| {
                    is_subject(d)
                        && (self.bearers[d]
                            || matches!(self.drafts[d].supertype, Supertype::Person))
                        && token - self.drafts[d].tokens.start < 120
                        && (self.drafts[d].tokens.start < sentence.start || self.said_by(d, token))
                })
            };
            match found {
                Some(person) => self.unite(person, at),
                None => self.removed[at] = true,
            }
        }
    }

    /// Whether a subject stands before a verb of saying whose words go on behind.
    fn said_by(&self, draft: usize, token: usize) -> bool {
        let head = self.drafts[draft].tokens.end - 1;
        let verb = self.nodes.get(head).map_or(head, |node| node.head);
        verb < token
    }
}
