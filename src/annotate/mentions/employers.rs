//! Names of bodies that only the words before them betray: what somebody is
//! chief executive or founder "of", or works "for", is a company, however
//! strange its name.
//!
//! The model takes many a company for a person or for nothing at all.

use super::draft::{Draft, DraftIdx, Drafts, head};
use super::nominals::role_at;
use super::offices::Office;
use super::words::{Shape, Word, Words};
use crate::lang::lexicon::{Role, WordClass};
use crate::mention::{Gender, MentionKind, Supertype};

/// The families of titles that are titles of bodies and of nothing else.
const FAMILIES: [&str; 5] = ["executive", "founder", "chair", "director", "manager"];
/// The longest name that is taken, in words.
const MAX_WORDS: usize = 6;

/// Makes bodies of the names behind words that only bodies have behind them.
pub(super) fn add(words: &Words, offices: &[Office], drafts: &mut Drafts) {
    for office in offices {
        let is_of_body = office.title.families.iter().any(|family| FAMILIES.contains(family));
        let end = workplace(words, drafts, office.tokens.end);
        let Some(start) = name_behind(words, end) else { continue };
        match drafts.covering(start) {
            Some(index) if is_of_body && is_doubtful_person(words, drafts, index, start) => {
                make_body(&mut drafts.drafts[index]);
                widen_firm(words, drafts, index);
            }
            Some(index) if is_of_body && is_doubtful_place(words, drafts, index) => {
                make_body(&mut drafts.drafts[index]);
            }
            None if is_of_body || words.words[end].is(WordClass::Workplace) => {
                add_body(words, drafts, start);
            }
            _ => {}
        }
    }
    for index in 0..drafts.drafts.len() {
        trim(words, drafts, index);
        widen_firm(words, drafts, index);
    }
    for at in 0..words.tokens.len() {
        of_role(words, drafts, at);
    }
    for index in 0..drafts.drafts.len() {
        beside_body(words, drafts, index);
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
        match start.map(|start| (start, drafts.covering(start))) {
            Some((start, None)) => add_body(words, drafts, start),
            Some((_, Some(index))) if is_doubtful_place(words, drafts, index) => {
                make_body(&mut drafts.drafts[index]);
            }
            _ => {}
        }
    }
}

/// "a teacher at the Conservatory", "a member of the League": what stands behind
/// "at", and whatever one is a member of, is a body.
fn of_role(words: &Words, drafts: &mut Drafts, at: usize) {
    let token = &words.tokens[at];
    if token.upos != "NOUN" && token.upos != "PROPN" {
        return;
    }
    let Some(link) = words.after(at + 1) else { return };
    let is_workplace = link.is(WordClass::Workplace);
    if !is_workplace && !link.is(WordClass::Of) {
        return;
    }
    let article = words.after(at + 2).is_some_and(|word| word.is(WordClass::Article));
    let start = at + 2 + usize::from(article);
    if !words.after(start).is_some_and(Word::is_capitalized) {
        return;
    }
    // "a member of Berg's family"
    let end = (start..start + MAX_WORDS)
        .find(|&at| !words.after(at).is_some_and(Word::is_capitalized))
        .unwrap_or(start);
    if words.tokens.get(end).is_some_and(|next| next.tag == "POS") {
        return;
    }
    let belongs = words.words[at].is(WordClass::Belonging);
    if !(belongs || is_workplace && role_at(words, at).is_some_and(|(_, role)| works(role))) {
        return;
    }
    match drafts.covering(start) {
        Some(index) if is_doubtful_person(words, drafts, index, start) => {
            make_body(&mut drafts.drafts[index]);
        }
        None if name_from(words, at + 2).is_some() => add_body(words, drafts, start),
        _ => {}
    }
}

/// Whether a noun says what somebody does for a body.
fn works(role: &Role) -> bool {
    role.supertype == Supertype::Person
        && !role.families.iter().any(|family| matches!(*family, "none" | "kin"))
}

/// "chief executive of Acme and Kount": a name beside a body that is nobody's.
fn beside_body(words: &Words, drafts: &mut Drafts, index: DraftIdx) {
    let draft = &drafts.drafts[index];
    let start = draft.tokens.start;
    let token = &words.tokens[draft.head];
    let is_name = draft.tokens.len() == 1 && words.words[start].name.is_none();
    if !is_name || token.deprel != "conj" || !is_doubtful_person(words, drafts, index, start) {
        return;
    }
    let joins = words.before(start).is_some_and(|word| word.is(WordClass::And));
    let first = token.head.index();
    let is_behind_body = first < start
        && words.tokens[first].deprel == "pobj"
        && drafts.covering(first).is_some_and(|first| {
            let first = &drafts.drafts[first];
            first.supertype == Supertype::Organization
                && first.kind == MentionKind::Name
                && first.tokens.end + 1 == start
        });
    if joins && is_behind_body {
        make_body(&mut drafts.drafts[index]);
    }
}

/// "Black & Decker": a person's name that goes on behind "&" is a firm's.
fn widen_firm(words: &Words, drafts: &mut Drafts, index: DraftIdx) {
    let draft = &drafts.drafts[index];
    let end = draft.tokens.end;
    let is_name = draft.kind == MentionKind::Name
        && matches!(draft.supertype, Supertype::Person | Supertype::Organization);
    let goes_on = words.after(end).is_some_and(|word| word.text == "&")
        && words.after(end + 1).is_some_and(Word::is_capitalized)
        && drafts.covering(end).is_none()
        && drafts.covering(end + 1).is_none();
    if !is_name || !goes_on || drafts.held.iter().any(|held| held.holder == index) {
        return;
    }
    let end = free_end(words, drafts, end + 1);
    let draft = &mut drafts.drafts[index];
    draft.tokens.end = end;
    draft.head = head(words, &draft.tokens);
    draft.known = None;
    make_body(draft);
    drafts.cover(index);
}

/// "of Acme" is a name no more than "Acme" is.
fn trim(words: &Words, drafts: &mut Drafts, index: DraftIdx) {
    let draft = &mut drafts.drafts[index];
    let start = draft.tokens.start;
    let opens = draft.supertype == Supertype::Organization
        && draft.kind == MentionKind::Name
        && draft.tokens.len() > 1
        && words.words[start].shape == Shape::Lower
        && words.words[start].is(WordClass::Link)
        && words.tokens[start].upos == "ADP";
    if opens {
        draft.tokens.start = start + 1;
        draft.head = head(words, &draft.tokens);
        if let Some(slot) = drafts.at.get_mut(start) {
            *slot = None;
        }
    }
}

/// Where "at" stands behind a title, behind what the title is about: "director of
/// Engineering and Product Development | at Acme". Otherwise right behind it.
fn workplace(words: &Words, drafts: &Drafts, end: usize) -> usize {
    for at in end..end + MAX_WORDS + 2 {
        let Some(word) = words.after(at) else { break };
        if word.is(WordClass::Workplace) {
            return at;
        }
        let is_about = word.is(WordClass::Of) || word.is(WordClass::And) || word.is_capitalized();
        if !is_about || drafts.covering(at).is_some() {
            break;
        }
    }
    end
}

fn make_body(draft: &mut Draft) {
    draft.supertype = Supertype::Organization;
    draft.class = Supertype::Organization.as_str();
    draft.gender = Gender::Unknown;
    draft.is_gender_sure = false;
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
    let is_firm = words.after(start + 1).is_some_and(|word| word.text == "&")
        && words.after(start + 2).is_some_and(Word::is_capitalized);
    let is_name = !first.is_common || is_firm;
    (first.is_capitalized() && is_name && words.tokens[start].upos == "PROPN").then_some(start)
}

/// Whether a name that was read as a person's may well be a body's: it starts
/// here, has no title of its own and does not begin with a given name.
fn is_doubtful_person(words: &Words, drafts: &Drafts, index: DraftIdx, start: usize) -> bool {
    let draft = &drafts.drafts[index];
    let given = words.words[start].name.is_some_and(crate::lang::names::NameUse::is_given);
    // "the Royal Conservatory": nobody's name has an article.
    let is_led = words.before(start).is_some_and(|word| word.is(WordClass::Article));
    draft.supertype == Supertype::Person
        && draft.kind == MentionKind::Name
        && draft.tokens.start == start
        && (is_led || !given || draft.tokens.len() == 1)
        && !drafts.held.iter().any(|held| held.holder == index)
}

/// Whether a name that was read as a place's or thing's is in no table of places and has no
/// word for one in it.
fn is_doubtful_place(words: &Words, drafts: &Drafts, index: DraftIdx) -> bool {
    let draft = &drafts.drafts[index];
    matches!(draft.supertype, Supertype::Place | Supertype::Thing)
        && draft.kind == MentionKind::Name
        && draft.known.is_none()
        && draft.country.is_none()
        && draft.tokens.clone().all(|at| words.words[at].parts.is_empty())
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
