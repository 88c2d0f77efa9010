//! Mentions while they are being made, and the offices that persons hold.

use std::ops::Range;

use super::offices::Office;
use super::segment::{Reading, Segment, handle_parts};
use super::words::{Shape, Word, Words};
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

/// A title and who bears it, in segments.
#[derive(Debug)]
struct Link {
    office: usize,
    head: usize,
    segment: usize,
    full: Range<usize>,
    holders: Vec<usize>,
    of: Option<usize>,
    country_from: Option<usize>,
}

fn link_country(words: &Words, segments: &[Segment], link: &Link) -> Option<&'static str> {
    let country = |segment: usize| {
        let form = segments.get(segment)?.form?;
        words.language.gazetteer.known(form.known?).country
    };
    link.country_from.and_then(country).or_else(|| link.of.and_then(country))
}

fn links(words: &Words, offices: &[Office], segments: &[Segment]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let Reading::Office(office) = segment.reading else { continue };
        links.push(link(words, offices, segments, index, office as usize));
    }
    // A title in front of another has the holder of that one: "Chief of Staff
    // General Doe".
    for at in (0..links.len()).rev() {
        if links[at].holders.is_empty()
            && let Some(next) = links.get(at + 1)
            && leads_to(words, segments, &links[at], next)
        {
            links[at].holders = next.holders.clone();
        }
    }
    // Then a name before a comma: "Jane Doe, Deputy Secretary of State,".
    for link in &mut links {
        if link.holders.is_empty() {
            link.holders = holder_before(words, segments, link).into_iter().collect();
        }
        if link.holders.is_empty() {
            link.holders =
                holder_behind_comma(words, segments, link, offices).into_iter().collect();
        }
        if link.holders.is_empty() {
            link.holders = holder_by_tree(words, segments, offices, link).into_iter().collect();
        }
    }
    links
}

/// Whether the next title stands right behind, or behind "and" and the country
/// or body that it is of: "State Councilor and Foreign Minister Doe".
fn leads_to(words: &Words, segments: &[Segment], link: &Link, next: &Link) -> bool {
    let start = segments[next.segment].tokens.start;
    let mut at = skip_honorifics(words, link.full.end);
    if start == at {
        return true;
    }
    if !words.after(at).is_some_and(|w| w.is(WordClass::Joiner)) || words.after(start).is_none() {
        return false;
    }
    at += 1;
    for segment in &segments[link.segment + 1..next.segment] {
        if segment.tokens.start == at
            && matches!(segment.reading, Reading::Place | Reading::Organization | Reading::People)
        {
            at = segment.tokens.end;
        }
    }
    // Titles side by side, the second of which has a name right behind it.
    at == start
        && !next.holders.is_empty()
        && segments.get(next.segment + 1).is_some_and(|s| s.reading == Reading::Person)
}

fn link(
    words: &Words,
    offices: &[Office],
    segments: &[Segment],
    index: usize,
    office: usize,
) -> Link {
    let tokens = segments[index].tokens.clone();
    let mut link = Link {
        office,
        head: offices[office].head,
        segment: index,
        full: tokens.clone(),
        holders: Vec::new(),
        of: None,
        country_from: None,
    };
    // What stands before: "Pakistan's", "US", "Dutch", "FO".
    if index > 0 {
        let before = &segments[index - 1];
        let gap = before.tokens.end..tokens.start;
        let is_possessor = gap.len() == 1 && words.tokens[gap.start].tag == "POS";
        let same_line = (before.tokens.end..=tokens.start).all(|at| words.before(at).is_some());
        if same_line
            && (gap.is_empty()
                || is_possessor
                || (gap.len() == 1 && words.words[gap.start].text == "-"))
        {
            match before.reading {
                Reading::Place | Reading::Organization => {
                    link.of = Some(index - 1);
                    link.country_from = Some(index - 1);
                }
                Reading::People => link.country_from = Some(index - 1),
                _ => {}
            }
            // "Special US Representative": the country inside the title.
            if gap.is_empty()
                && matches!(before.reading, Reading::Place | Reading::People)
                && words.before(before.tokens.start).is_some_and(Word::is_capitalized)
                && words.is_title(before.tokens.start - 1, &[TitleKind::Modifier])
                && segments[..index - 1].last().is_none_or(|s| s.tokens.end < before.tokens.start)
            {
                link.full.start = before.tokens.start - 1;
            }
        }
    }
    // What stands behind: "of the Foreign Office", "for Afghanistan".
    let mut next = index + 1;
    let mut end = tokens.end;
    while let Some(word) = words.after(end) {
        let mut at = end;
        if word.is(WordClass::Link) || (end > tokens.end && word.is(WordClass::Joiner)) {
            at += 1;
        } else {
            break;
        }
        while words.after(at).is_some_and(|w| w.is(WordClass::Article)) {
            at += 1;
        }
        let Some(segment) = segments.get(next).filter(|s| s.tokens.start == at) else { break };
        if !matches!(segment.reading, Reading::Place | Reading::Organization | Reading::Thing) {
            break;
        }
        let is_of = word.is(WordClass::Of) || segment.reading == Reading::Organization;
        if link.of.is_none() && is_of {
            link.of = Some(next);
        }
        end = segment.tokens.end;
        next += 1;
        // "for Afghanistan Reconciliation"
        while words.after(end).is_some_and(Word::is_capitalized)
            && words.is_title(end, &[TitleKind::Portfolio, TitleKind::Body])
            && segments.get(next).is_none_or(|s| s.tokens.start > end)
        {
            end += 1;
        }
        link.full.end = end;
    }
    // Right behind, or behind a form of address: the holder.
    let start = skip_honorifics(words, end);
    if let Some(segment) =
        segments.get(next).filter(|s| s.tokens.start == start && s.reading == Reading::Person)
        && words.after(end).is_some()
    {
        link.holders.push(next);
        let mut last = segment.tokens.end;
        // "Presidents Doe and Roe"
        let mut more = offices[office].title.is_plural;
        while more {
            next += 1;
            let Some(segment) = segments.get(next).filter(|s| s.reading == Reading::Person) else {
                break;
            };
            let joins = (last..segment.tokens.start)
                .all(|i| words.words[i].is(WordClass::Joiner) || words.words[i].text == ",");
            more = joins && segment.tokens.start <= last + 2;
            if more {
                link.holders.push(next);
                last = segment.tokens.end;
            }
        }
    }
    link
}

fn skip_honorifics(words: &Words, mut at: usize) -> usize {
    while let Some((end, _)) = words.title(at, TitleKind::Honorific)
        && words.after(at).is_some_and(Word::is_capitalized)
    {
        at = end;
        if words.after(at).is_some_and(|w| w.text == ".") {
            at += 1;
        }
    }
    at
}

/// "Jane Doe, the Special Representative for Peru,": the person before the comma.
fn holder_before(words: &Words, segments: &[Segment], link: &Link) -> Option<usize> {
    // Back over the article, the country and other words before the title.
    let head = &words.tokens[link.head];
    // The apposition ends with the title.
    let goes_on = words.after(link.full.end).is_some_and(|w| {
        w.shape != Shape::Mark
            && !w.is(WordClass::Joiner)
            && !matches!(words.tokens[link.full.end].upos, "ADP" | "PRON" | "SCONJ")
    });
    if goes_on || matches!(head.deprel.as_str(), "nsubj" | "nsubjpass") {
        return None;
    }
    let mut at = link.full.start;
    let mut steps = 0;
    while at > 0 && steps < 8 {
        let word = words.before(at)?;
        if matches!(word.text, "," | "(" | "—" | "–") {
            break;
        }
        let is_plain = word.is(WordClass::Article)
            || word.is_capitalized()
            || matches!(words.tokens[at - 1].upos, "ADJ" | "PART" | "ADV" | "NOUN" | "PRON");
        if !is_plain || words.tokens[at - 1].upos == "VERB" {
            return None;
        }
        at -= 1;
        steps += 1;
    }
    let comma = at.checked_sub(1)?;
    if !matches!(words.words[comma].text, "," | "(" | "—" | "–") {
        return None;
    }
    let index = segments[..link.segment].iter().rposition(|s| s.tokens.end <= comma)?;
    let person = &segments[index];
    if person.reading != Reading::Person {
        return None;
    }
    // "Doe, 45, minister of trade", "Doe (R-Iowa), chairman"
    let between = person.tokens.end..comma;
    let is_age =
        between.clone().all(|i| matches!(words.words[i].shape, Shape::Mark | Shape::Number))
            && between.len() <= 2;
    // Nothing but the words of this title stands between.
    let free = segments[index + 1..link.segment].iter().all(|s| {
        matches!(
            s.reading,
            Reading::Place | Reading::Organization | Reading::People | Reading::Office(_)
        ) && s.tokens.start > comma
    });
    (is_age && free).then_some(index)
}

/// "the foreign minister, Jane Doe, said"
fn holder_behind_comma(
    words: &Words,
    segments: &[Segment],
    link: &Link,
    offices: &[Office],
) -> Option<usize> {
    let comma = link.full.end;
    if words.after(comma)?.text != "," || offices[link.office].title.is_plural {
        return None;
    }
    let start = skip_honorifics(words, comma + 1);
    let index = segments
        .iter()
        .enumerate()
        .skip(link.segment + 1)
        .take(3)
        .find(|(_, s)| s.tokens.start >= start)?
        .0;
    let person = &segments[index];
    if person.reading != Reading::Person || person.tokens.start != start {
        return None;
    }
    // A determiner or possessor before the title, and a comma or the end
    // behind the name.
    let before = words.before(link.full.start)?;
    let is_definite = before.is(WordClass::Article)
        || words.tokens[link.full.start - 1].tag.starts_with("PRP$")
        || words.tokens[link.full.start - 1].tag == "POS"
        || link.country_from.is_some();
    let closes = words.after(person.tokens.end).is_none_or(|w| w.shape == Shape::Mark);
    (is_definite && closes).then_some(index)
}

/// "Jane Doe is the minister of trade": by the tree.
fn holder_by_tree(
    words: &Words,
    segments: &[Segment],
    offices: &[Office],
    link: &Link,
) -> Option<usize> {
    let head = offices[link.office].head;
    let token = &words.tokens[head];
    let verb = token.head.index();
    let subject = match token.deprel.as_str() {
        "attr" | "oprd" => (0..words.tokens.len())
            .skip(words.sentences[words.words[head].sentence as usize].tokens.start)
            .take(words.sentences[words.words[head].sentence as usize].tokens.len())
            .find(|&i| {
                words.tokens[i].head.index() == verb
                    && i != verb
                    && matches!(words.tokens[i].deprel.as_str(), "nsubj" | "nsubjpass")
            })?,
        "appos" if link.full.start > verb => {
            let goes_on = words.after(link.full.end).is_some_and(|w| {
                w.shape == Shape::Lower
                    && matches!(words.tokens[link.full.end].upos, "VERB" | "NOUN" | "AUX")
            });
            if goes_on {
                return None;
            }
            verb
        }
        _ => return None,
    };
    let index = segments.partition_point(|s| s.tokens.end <= subject);
    segments
        .get(index)
        .filter(|s| s.tokens.contains(&subject) && s.reading == Reading::Person)
        .map(|_| index)
}

/// The draft of a segment, if it becomes a mention.
fn draft(
    words: &Words,
    offices: &[Office],
    segment: &Segment,
    links: &[Link],
    index: usize,
) -> Option<Draft> {
    let tokens = segment.tokens.clone();
    let mut draft = Draft {
        head: head(words, &tokens),
        tokens,
        supertype: Supertype::Thing,
        class: "Thing",
        kind: MentionKind::Name,
        known: segment.form.and_then(|f| f.known),
        country: None,
        gender: Gender::Unknown,
        is_gender_sure: false,
        is_plural: false,
        is_definite: true,
        families: Vec::new(),
        office: None,
    };
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
                Some(known) if known.supertype == Supertype::Organization => known.class,
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
                return None;
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

/// Takes the determiner and adjectives before a description into its span.
pub(super) fn extend_description(words: &Words, draft: &mut Draft) {
    draft.is_definite = false;
    let mut start = draft.tokens.start;
    for _ in 0..8 {
        let Some(word) = words.before(start) else { break };
        let at = start - 1;
        let token = &words.tokens[at];
        if let Some(counter) = counter(words, start) {
            start = counter;
            draft.head = counter;
            continue;
        }
        if word.is(WordClass::Article) || matches!(token.tag.as_str(), "DT" | "PDT") {
            draft.is_definite |= !word.is(WordClass::Indefinite);
            start = at;
            break;
        }
        if matches!(token.tag.as_str(), "POS" | "PRP$" | "WP$") {
            draft.is_definite = true;
            break;
        }
        // A people or a country that serves as an adjective: the longest form
        // that ends here.
        let form = (at.saturating_sub(3)..=at).find_map(|from| {
            words.forms_at(from).iter().find(|f| f.end as usize == start).copied()
        });
        if let Some(found) = form {
            let is_adjective = found.form.kind == FormKind::Adjective
                || found.form.is_adjective
                || found.form.kind == FormKind::People;
            // "the US firm": the country stays a mention of its own, since what
            // it is said of is a body.
            let stays =
                draft.supertype == Supertype::Organization && found.form.kind == FormKind::Name;
            if !is_adjective || stays {
                // "the Foreign Office spokesperson": of one body there is one.
                draft.is_definite |= found.form.kind != FormKind::People;
                break;
            }
            draft.country =
                draft.country.or_else(|| words.language.gazetteer.known(found.form.known?).country);
            start = found.start as usize;
            continue;
        }
        let is_attribute = match token.upos {
            "ADJ" => true,
            "NUM" => draft.is_plural,
            "NOUN" => word.shape == Shape::Lower && token.deprel == "compound",
            "VERB" => token.deprel == "amod",
            "ADV" => token.deprel == "advmod" && words.tokens[token.head.index()].upos == "ADJ",
            _ => word.text == "-" && start != draft.tokens.start,
        };
        if !is_attribute || word.is_capitalized() && !matches!(token.upos, "ADJ" | "NUM") {
            break;
        }
        start = at;
    }
    draft.tokens.start = start;
}

/// The word that counts what starts at a token, before "of" or "of the":
/// "dozens of", "a number of the".
fn counter(words: &Words, start: usize) -> Option<usize> {
    let mut of = start;
    while words.before(of).is_some_and(|w| w.is(WordClass::Article)) {
        of -= 1;
    }
    words.before(of).filter(|w| w.is(WordClass::Of))?;
    words
        .before(of - 1)
        .filter(|w| w.is(WordClass::Quantity) && (w.starts || !w.is_capitalized()))?;
    Some(of - 2)
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
