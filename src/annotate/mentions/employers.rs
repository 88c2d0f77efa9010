//! Names of bodies that only the words before them betray: what somebody is
//! chief executive or founder "of", or works "for", is a company, however
//! strange its name.
//!
//! The model takes many a company for a person or for nothing at all.

use super::draft::{Draft, DraftIdx, Drafts};
use super::offices::Office;
use super::words::{Word, Words};
use crate::lang::lexicon::WordClass;
use crate::mention::{Gender, MentionKind, Supertype};

/// The families of titles that are titles of bodies and of nothing else.
const FAMILIES: [&str; 5] = ["executive", "founder", "chair", "director", "manager"];
/// The longest name that is taken, in words.
const MAX_WORDS: usize = 6;

/// Makes bodies of the names behind words that only bodies have behind them.
pub(super) fn add(words: &Words, offices: &[Office], drafts: &mut Drafts) {
    for office in offices {
        let is_of_body = office.title.families.iter().any(|family| FAMILIES.contains(family));
        let Some(start) = name_behind(words, office.tokens.end) else { continue };
        match drafts.covering(start) {
            Some(index) if is_of_body && is_doubtful_person(words, drafts, index, start) => {
                let draft = &mut drafts.drafts[index];
                draft.supertype = Supertype::Organization;
                draft.class = Supertype::Organization.as_str();
                draft.gender = Gender::Unknown;
                draft.is_gender_sure = false;
            }
            None if is_of_body || words.words[office.tokens.end].is(WordClass::Workplace) => {
                add_body(words, drafts, start);
            }
            _ => {}
        }
    }
    // "worked for Acme", "joined Acme"
    for at in 0..words.tokens.len() {
        let classes = words.language.lexicon.classes(&words.tokens[at].lemma);
        let start = if words.tokens[at].upos != "VERB" {
            None
        } else if classes.has(WordClass::Employment) {
            name_behind(words, at + 1)
        } else if classes.has(WordClass::Joining) {
            name_from(words, at + 1)
        } else {
            None
        };
        if let Some(start) = start.filter(|&start| drafts.covering(start).is_none()) {
            add_body(words, drafts, start);
        }
    }
}

fn add_body(words: &Words, drafts: &mut Drafts, start: usize) {
    let tokens = start..free_end(words, drafts, start);
    drafts.push(Draft::name(words, tokens, Supertype::Organization));
}

/// Where the name behind "of" or "at" starts, if one does.
fn name_behind(words: &Words, end: usize) -> Option<usize> {
    let link = words.after(end)?;
    if !link.is(WordClass::Employer) {
        return None;
    }
    name_from(words, end + 1)
}

/// Where a name starts, an article before it aside.
fn name_from(words: &Words, at: usize) -> Option<usize> {
    let start = if words.after(at)?.is(WordClass::Article) { at + 1 } else { at };
    let first = words.after(start)?;
    // "CEO of Five companies": a common word with a capital is no name.
    (first.is_capitalized() && !first.is_common && words.tokens[start].upos == "PROPN")
        .then_some(start)
}

/// Whether a name that was read as a person's may well be a body's: it starts
/// here, has no title of its own and does not begin with a given name.
fn is_doubtful_person(words: &Words, drafts: &Drafts, index: DraftIdx, start: usize) -> bool {
    let draft = &drafts.drafts[index];
    let given = words.words[start].name.is_some_and(crate::lang::names::NameUse::is_given);
    draft.supertype == Supertype::Person
        && draft.kind == MentionKind::Name
        && draft.tokens.start == start
        && !(given && draft.tokens.len() > 1)
        && !drafts.held.iter().any(|held| held.holder == index)
}

/// The end of the run of capitalized words that no other mention covers.
fn free_end(words: &Words, drafts: &Drafts, start: usize) -> usize {
    let is_free = |at: usize| {
        drafts.covering(at).is_none() && words.after(at).is_some_and(Word::is_capitalized)
    };
    let mut end = start + 1;
    while end < start + MAX_WORDS {
        let joins = words.after(end).is_some_and(|w| w.text == "&") && is_free(end + 1);
        if !is_free(end) && !joins {
            break;
        }
        end += if joins { 2 } else { 1 };
    }
    end
}
