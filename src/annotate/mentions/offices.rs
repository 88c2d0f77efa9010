//! Titles: from a head noun outwards to the words that belong to the office.
//!
//! "Principal Deputy Assistant Secretary", "Minister of Foreign Affairs",
//! "Chief of Army Staff": modifiers and portfolios stand before the head,
//! portfolios behind "of" or "for". The title ends at the last word that the
//! tables know as part of an office, never merely at a capital, so that the
//! name behind it stays whole.

use std::ops::Range;

use super::words::{Shape, Words};
use crate::lang::gazetteer::FormKind;
use crate::lang::lexicon::{Title, TitleKind, WordClass};
use crate::lang::names::NameUse;

/// A title found in the text.
#[derive(Clone, Debug)]
pub(super) struct Office {
    /// The words of the title.
    pub tokens: Range<usize>,
    /// The head noun, its last token.
    pub head: usize,
    /// What the table says of the head.
    pub title: &'static Title,
    /// Whether it is only a description of what someone does.
    pub is_occupation: bool,
    /// Whether its head is written with a capital.
    pub is_capitalized: bool,
}

const CONTENT: [TitleKind; 3] = [TitleKind::Modifier, TitleKind::Portfolio, TitleKind::Body];

/// Finds the titles, in text order, not overlapping.
pub(super) fn find(words: &Words) -> Vec<Office> {
    let mut offices: Vec<Office> = Vec::new();
    let mut index = 0;
    while index < words.tokens.len() {
        let Some(office) = office_at(words, index, offices.last().map_or(0, |o| o.tokens.end))
        else {
            index += 1;
            continue;
        };
        index = office.tokens.end.max(index + 1);
        offices.push(office);
    }
    offices
}

/// The office whose head starts at a token; it does not reach before `from`.
fn office_at(words: &Words, index: usize, from: usize) -> Option<Office> {
    let (end, title) = words.titles.get(index).copied().flatten()?;
    let end = end as usize;
    let has = |kind| title.is(kind);
    if !(has(TitleKind::Head)
        || has(TitleKind::Rank)
        || has(TitleKind::Short)
        || has(TitleKind::Occupation))
    {
        return None;
    }
    let last = end - 1;
    let is_capitalized = words.words[index].is_capitalized();
    let is_name_next = is_name_start(words, end);
    if is_capitalized {
        // "Billie Jean King", "John Major": a surname behind a given name, or
        // behind any other where no name follows.
        let is_surname = end == index + 1
            && (words.words[index].name.is_some_and(|n| n.surname)
                && words.before(index).is_some_and(|w| {
                    w.shape == Shape::Title
                        && !w.is_common
                        && w.name.is_some_and(|n| n.is_given() || !is_name_next)
                        && (!w.in_heading || w.name.is_some_and(NameUse::is_given))
                })
                && words.titles[index - 1].is_none()
                || !is_name_next && is_like_surname(words, index, title));
        if is_surname {
            return None;
        }
        // "General Motors", "King Hussein Airport": names that start so.
        if in_longer_name(words, index) {
            return None;
        }
    } else {
        // A verb ("head", "chair") or adjective ("general") is no title.
        let token = &words.tokens[last];
        if !matches!(token.upos, "NOUN" | "PROPN")
            || matches!(token.deprel.as_str(), "amod" | "advmod")
        {
            return None;
        }
        // Ranks and what people do are titles in lower case only before a name.
        if !has(TitleKind::Head) && !is_name_next {
            return None;
        }
        if has(TitleKind::Short) && !has(TitleKind::Head) && !has(TitleKind::Rank) {
            return None;
        }
    }
    // Of a head that is a modifier too ("Deputy", "Chief") a head may follow.
    if !has(TitleKind::Short)
        && !has(TitleKind::Rank)
        && (has(TitleKind::Modifier) || has(TitleKind::Portfolio))
    {
        let mut at = end;
        while at < end + 5
            && words.after(at).is_some()
            && words.words[at].is_capitalized() == is_capitalized
        {
            if words.is_title(at, &[TitleKind::Head, TitleKind::Short]) {
                return None;
            }
            if !words.is_title(at, &CONTENT) {
                break;
            }
            at += 1;
        }
    }
    let start = extend_left(words, index, from, is_capitalized);
    let end = extend_right(words, end);
    Some(Office {
        tokens: start..end,
        head: last,
        title,
        is_occupation: has(TitleKind::Occupation) && !has(TitleKind::Head),
        is_capitalized,
    })
}

/// Whether a title that many bear as a surname is one here: "Omar Sheikh", or
/// "Shah" without the article that a ruler would have.
fn is_like_surname(words: &Words, index: usize, title: &Title) -> bool {
    let has = |families: &[&str]| title.families.iter().any(|f| families.contains(f));
    let token = &words.tokens[index];
    if title.is_plural
        || token.upos != "PROPN"
        || words.words[index].in_heading
        || words.words[index].shape != Shape::Title
    {
        return false;
    }
    let before = words.before(index);
    if let Some(before) = before.filter(|w| w.is_capitalized()) {
        return has(&["monarch", "noble", "cleric", "pope", "prince"])
            && before.shape == Shape::Title
            && !before.is_common
            && words.tokens[index - 1].upos == "PROPN"
            && words.tokens[index - 1].deprel == "compound"
            && words.titles[index - 1].is_none()
            && words.forms_at(index - 1).is_empty()
            && words.cover[index - 1].is_none()
            && !ends_longer_form(words, index - 1)
            && before.parts.is_empty();
    }
    let is_led = before.is_some_and(|w| {
        w.is(WordClass::Article) || matches!(words.tokens[index - 1].tag.as_str(), "POS" | "PRP$")
    });
    has(&["monarch", "noble"])
        && !is_led
        && matches!(token.deprel.as_str(), "nsubj" | "nsubjpass")
        && before.is_none_or(|_| words.tokens[index - 1].head.index() != index)
}

/// Whether the head is a word inside a longer name that a table knows, or
/// opens a name that a word for a body or a building ends.
fn in_longer_name(words: &Words, index: usize) -> bool {
    if words.cover[index].is_some() {
        return true;
    }
    if words
        .forms_at(index)
        .iter()
        .any(|f| f.end as usize > index + 1 && f.form.kind == FormKind::Name)
    {
        return true;
    }
    // Up to three capitalized words, the last of which ends such a name.
    let mut at = index + 1;
    while at < index + 5 && words.after(at).is_some_and(super::words::Word::is_capitalized) {
        at += 1;
    }
    at > index + 1
        && at <= index + 4
        && words.words[at - 1].parts.iter().any(|part| {
            use crate::lang::lexicon::NamePart;
            matches!(part, NamePart::Facility | NamePart::Ground | NamePart::Head | NamePart::Legal)
        })
        && words.titles.get(at - 1).copied().flatten().is_none()
        && words.words[at - 1].name.is_none_or(|name| !name.surname)
}

/// Whether a person's name may start at a token.
pub(super) fn is_name_start(words: &Words, index: usize) -> bool {
    words.after(index).is_some_and(|word| {
        matches!(word.shape, Shape::Title | Shape::Upper | Shape::Mixed | Shape::Initial)
            || (word.is(WordClass::Particle)
                && words.after(index + 1).is_some_and(super::words::Word::is_capitalized))
    })
}

fn extend_left(words: &Words, head: usize, from: usize, is_capitalized: bool) -> usize {
    let mut start = head;
    while from < start {
        let Some(word) = words.before(start) else { break };
        let at = start - 1;
        let is_mark = word.text == "-";
        if is_mark || word.is(WordClass::And) {
            // "Science and Technology Minister", "Vice-President"
            let joins = from + 1 < start
                && words.is_title(at - 1, &[TitleKind::Modifier, TitleKind::Portfolio])
                && same_case(words, at - 1, is_capitalized)
                && (is_mark || words.is_title(start, &[TitleKind::Portfolio]));
            if !joins {
                break;
            }
            start = at;
            continue;
        }
        // A body of several words, or a people of two, ends before the title.
        if ends_longer_form(words, at) || !words.is_title(at, &CONTENT) {
            break;
        }
        if !same_case(words, at, is_capitalized) {
            // "caretaker Foreign Minister": a modifier may be in lower case.
            if !(is_capitalized
                && words.is_title(at, &[TitleKind::Modifier])
                && word.shape == Shape::Lower)
            {
                break;
            }
        }
        let token = &words.tokens[at];
        if word.shape == Shape::Lower
            && !matches!(token.upos, "ADJ" | "NOUN" | "PROPN" | "VERB" | "ADV")
        {
            break;
        }
        let is_body =
            words.is_title(at, &[TitleKind::Body]) && !words.is_title(at, &[TitleKind::Modifier]);
        if is_body
            && words.before(at).is_some_and(|w| {
                w.is_capitalized()
                    || w.shape == Shape::Lower && words.tokens[at - 1].deprel == "compound"
            })
        {
            break;
        }
        start = at;
    }
    start
}

/// Whether a name of a body starts at a token: "Committee on …".
fn opens_body(words: &Words, at: usize) -> bool {
    words.words.get(at).is_some_and(super::words::Word::is_capitalized)
        && words.is_title(at, &[TitleKind::Body])
        && words.after(at + 1).is_some_and(|next| next.is(WordClass::Link))
}

/// Whether the words of a title are the first of a body's name: "chief executive
/// of Digital Tools Inc.".
fn goes_on_as_body(words: &Words, first: usize, last: usize) -> bool {
    let mut end = first;
    while end < first + 7 && words.after(end).is_some_and(super::words::Word::is_capitalized) {
        end += 1;
    }
    use crate::lang::lexicon::NamePart;
    last < end
        && words.words[end - 1]
            .parts
            .iter()
            .any(|part| matches!(part, NamePart::Head | NamePart::Legal))
        && words.words[end - 1].name.is_none_or(|name| !name.surname)
}

/// Whether a capitalized word that is no part of a person's name leads to a
/// portfolio within two words.
fn bridges(words: &Words, at: usize) -> bool {
    let is_plain = |index: usize| {
        words.words.get(index).is_some_and(|w| {
            w.shape == Shape::Title
                && !w.name.is_some_and(NameUse::is_given)
                && words.forms_at(index).is_empty()
        })
    };
    let is_portfolio = |index: usize| {
        words.after(index).is_some_and(super::words::Word::is_capitalized)
            && words.is_title(index, &[TitleKind::Portfolio])
    };
    is_plain(at)
        && (is_portfolio(at + 1)
            || (words.after(at + 1).is_some_and(|w| is_plain(at + 1) || w.is(WordClass::Joiner))
                && is_portfolio(at + 2)))
}

fn same_case(words: &Words, index: usize, is_capitalized: bool) -> bool {
    words.words.get(index).is_some_and(|word| word.is_capitalized() == is_capitalized)
}

/// Whether a form of several tokens that names something ends behind a token.
fn ends_longer_form(words: &Words, index: usize) -> bool {
    (index.saturating_sub(5)..index)
        .any(|start| words.forms_at(start).iter().any(|f| f.end as usize == index + 1))
}

/// Reads "of Foreign Affairs and Trade", "for Political Affairs": connectors
/// and portfolios, as long as they last.
fn extend_right(words: &Words, mut end: usize) -> usize {
    loop {
        let Some(word) = words.after(end) else { return end };
        if !word.is(WordClass::Link) {
            return end;
        }
        let mut at = end + 1;
        if words.after(at).is_some_and(|w| w.is(WordClass::Article)) {
            at += 1;
        }
        let first = at;
        let mut last = end;
        while let Some(word) = words.after(at) {
            let is_content = words.is_title(at, &CONTENT)
                && words.forms_at(at).iter().all(|f| (f.end as usize) == at + 1)
                && !words.is_title(at, &[TitleKind::Rank]);
            let is_join = word.is(WordClass::And)
                || word.is(WordClass::Aim)
                || word.is(WordClass::Article)
                || matches!(word.text, "," | "-");
            // "Environmental and Scientific Affairs": a word that the table
            // lacks, between words that it has.
            let is_bridge =
                !is_content && at > first && word.is_capitalized() && bridges(words, at);
            // "of State for the Bureau of …": a body with a name of its own.
            if is_content && opens_body(words, at) {
                break;
            }
            if is_content || is_bridge {
                // "Secretary of State Police"? A lower-case portfolio after a
                // capitalized one is the sentence going on.
                if last > end && words.words[last - 1].is_capitalized() && !word.is_capitalized() {
                    break;
                }
                at += 1;
                if is_content {
                    last = at;
                }
            } else if is_join && at > first {
                at += 1;
            } else {
                break;
            }
        }
        // "of the Committee on Foreign Relations": a body with a name is not
        // part of the title.
        let is_lower_object = words.words.get(first).is_some_and(|w| w.shape == Shape::Lower)
            && !word.is(WordClass::Aim);
        if last == end
            || opens_body(words, first)
            || is_lower_object
            || goes_on_as_body(words, first, last)
        {
            return end;
        }
        end = last;
    }
}
