//! Who bears a title: the name behind it, before it, or beside it in the tree.

use std::ops::Range;

use super::offices::Office;
use super::segment::{Reading, Segment};
use super::words::{Shape, Word, Words};
use crate::lang::lexicon::{TitleKind, WordClass};

/// A title and who bears it, in segments.
#[derive(Debug)]
pub(super) struct Link {
    pub office: usize,
    head: usize,
    pub segment: usize,
    pub full: Range<usize>,
    pub holders: Vec<usize>,
    pub of: Option<usize>,
    pub country_from: Option<usize>,
}

/// The country that a title is tied to: of what stands before it or of the
/// body it is of.
pub(super) fn link_country(
    words: &Words,
    segments: &[Segment],
    link: &Link,
) -> Option<&'static str> {
    let country = |segment: usize| {
        let form = segments.get(segment)?.form?;
        words.language.gazetteer.known(form.known?).country
    };
    link.country_from.and_then(country).or_else(|| link.of.and_then(country))
}

/// The titles of a document and who bears them, in text order.
pub(super) fn links(words: &Words, offices: &[Office], segments: &[Segment]) -> Vec<Link> {
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
    // "The Secretary and Foreign Minister Doe" are two, whom the article parts.
    let is_bare = link.full == segments[link.segment].tokens
        && link.country_from.is_none()
        && link.full.clone().all(|i| i == link.head || words.is_title(i, &[TitleKind::Modifier]));
    if is_bare && words.before(link.full.start).is_some_and(|w| w.is(WordClass::Article)) {
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
        let joins = end > tokens.end && word.is(WordClass::Joiner);
        if word.is(WordClass::Link) || joins {
            at += 1;
        } else {
            break;
        }
        // "director of Acme and a fellow": what comes next is not of the title.
        if joins && words.after(at).is_some_and(|w| w.is(WordClass::Indefinite)) {
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
