//! Names that the words around them give whole or away: the adjectives that
//! belong to the name of a party, and persons of whom it is said what they are.

use std::ops::Range;

use super::draft::{Draft, Drafts};
use super::nominals::role_at;
use super::words::Words;
use crate::lang::lexicon::{NamePart, TitleKind, WordClass};
use crate::mention::{MentionKind, Supertype};

/// The longest name that is made, in words.
const MAX_WORDS: usize = 8;

/// Widens the names of bodies over words that belong to them, and makes persons
/// of names of whom the text says what they do.
pub(super) fn add(words: &Words, drafts: &mut Drafts) {
    for at in 1..words.tokens.len() {
        // "the Miners' Party": a common noun until its owner makes it a name.
        let is_head = words.words[at].parts.contains(&NamePart::Head);
        let is_owned = words.tokens[at - 1].tag == "POS" && drafts.covering(at).is_none();
        if is_owned && is_head && word_before(words, drafts, at, at + 1).is_some() {
            drafts.push(Draft::name(words, at..at + 1, Supertype::Organization));
        }
    }
    for index in 0..drafts.drafts.len() {
        widen(words, drafts, index);
    }
    for at in 0..words.tokens.len() {
        if let Some(tokens) = described_name(words, drafts, at) {
            drafts.push(Draft::name(words, tokens, Supertype::Person));
        }
    }
}

/// "Social | Democratic Party", "Workers' | Party".
fn widen(words: &Words, drafts: &mut Drafts, index: usize) {
    let draft = &drafts.drafts[index];
    let ends_body = words.words[draft.tokens.end - 1].parts.contains(&NamePart::Head);
    if draft.supertype != Supertype::Organization
        || draft.kind != MentionKind::Name
        || !ends_body
        || draft.country.is_some() && draft.known.is_none()
    {
        return;
    }
    let end = draft.tokens.end;
    let mut start = draft.tokens.start;
    while end - start < MAX_WORDS
        && let Some(before) = word_before(words, drafts, start, end)
    {
        start = before;
    }
    let draft = &mut drafts.drafts[index];
    if start == draft.tokens.start {
        return;
    }
    draft.tokens = start..end;
    draft.known = None;
    for slot in drafts.at.get_mut(start..end).unwrap_or(&mut []) {
        *slot = Some(index as u32);
    }
}

/// Where the word before belongs to the same name, and nothing else covers it.
fn word_before(words: &Words, drafts: &Drafts, start: usize, end: usize) -> Option<usize> {
    words.before(start)?;
    let is_possessive = words.tokens[start - 1].tag == "POS";
    let at = start.checked_sub(if is_possessive { 2 } else { 1 })?;
    let (word, token) = (&words.words[at], &words.tokens[at]);
    // "Acme's Bank" is two names, "Workers' Party" is one.
    let fits = if is_possessive {
        token.tag == "NNPS" || words.text_of(start - 1..start).chars().count() == 1
    } else {
        matches!(token.deprel.as_str(), "compound" | "amod" | "nmod")
    };
    let hangs_here = (start..end).contains(&token.head.index());
    let is_title = words.is_title(at, &[TitleKind::Modifier, TitleKind::Head]);
    let is_free = (at..start).all(|at| drafts.covering(at).is_none());
    let is_opening = word.starts && word.is_common;
    (fits
        && hangs_here
        && is_free
        && word.is_capitalized()
        && !is_title
        && !is_opening
        && !word.in_heading
        && !word.is(WordClass::Generic)
        && !words.words[at].ends_line)
        .then_some(at)
}

/// The name that no mention covers and of which the text says that it is an
/// engineer, a senator or the like.
fn described_name(words: &Words, drafts: &Drafts, at: usize) -> Option<Range<usize>> {
    let token = &words.tokens[at];
    if token.deprel != "nsubj" || !is_free_name(words, drafts, at) {
        return None;
    }
    let verb = token.head.index();
    let said = (verb + 1..words.tokens.len().min(verb + MAX_WORDS + 2)).find(|&noun| {
        words.tokens[noun].deprel == "attr" && words.tokens[noun].head.index() == verb
    })?;
    let (_, role) = role_at(words, said)?;
    let is_post = !role.families.iter().any(|family| matches!(*family, "none" | "kin"))
        || words.words[said].is(WordClass::Belonging);
    if role.supertype != Supertype::Person || role.is_plural || !is_post {
        return None;
    }
    let mut start = at;
    while words.before(start).is_some()
        && words.tokens[start - 1].head.index() == at
        && is_free_name(words, drafts, start - 1)
    {
        start -= 1;
    }
    Some(start..at + 1)
}

fn is_free_name(words: &Words, drafts: &Drafts, at: usize) -> bool {
    let word = &words.words[at];
    drafts.covering(at).is_none()
        && word.is_capitalized()
        && !word.is_common
        && !word.in_heading
        && word.text.chars().any(char::is_lowercase)
        && matches!(words.tokens[at].upos, "PROPN" | "NOUN")
        && words.titles[at].is_none()
}
