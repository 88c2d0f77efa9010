//! Descriptions ("the US envoy", "Afghan refugees") and pronouns.

use super::draft::{Draft, Drafts, extend_description};
use super::words::Words;
use crate::lang::lexicon::Person;
use crate::lang::lexicon::PronounRole;
use crate::mention::{Gender, MentionKind, Supertype};

/// Drafts the descriptions and pronouns of the document, where no name stands.
pub(super) fn add(words: &Words, drafts: &mut Drafts) {
    let mut removed = vec![false; drafts.drafts.len()];
    // Offices without a name have taken words before them that were drafts.
    for index in 0..drafts.drafts.len() {
        let draft = drafts.drafts[index].clone();
        if draft.kind == MentionKind::Nominal {
            take_over(drafts, &mut removed, &draft.tokens.clone(), index);
        }
    }
    for index in 0..words.tokens.len() {
        let taken =
            drafts.at[index].is_some_and(|d| !removed.get(d as usize).copied().unwrap_or(false));
        if taken {
            continue;
        }
        let draft = description(words, index).or_else(|| pronoun(words, index));
        if let Some(draft) = draft {
            let tokens = draft.tokens.clone();
            let new = drafts.drafts.len();
            take_over(drafts, &mut removed, &tokens, new);
            drafts.push(draft);
            removed.push(false);
        }
    }
    drafts.sort(&removed);
}

/// Marks the drafts inside a description as removed: a country that serves as
/// its adjective is no mention of its own.
fn take_over(drafts: &Drafts, removed: &mut Vec<bool>, tokens: &std::ops::Range<usize>, by: usize) {
    removed.resize(drafts.drafts.len().max(removed.len()), false);
    for at in tokens.clone() {
        if let Some(inner) = drafts.covering(at)
            && inner != by
        {
            removed[inner] = true;
        }
    }
}

fn description(words: &Words, index: usize) -> Option<Draft> {
    let token = &words.tokens[index];
    if !matches!(token.upos, "NOUN" | "PROPN")
        || matches!(token.deprel.as_str(), "compound" | "amod" | "nmod" | "npadvmod")
    {
        return None;
    }
    // The longest noun phrase of the table that ends here: "security forces".
    let roles = &words.language.lexicon.roles;
    let (start, role) = (index.saturating_sub(2)..=index).find_map(|start| {
        let from = words.tokens[start].span.start();
        let end = token.span.end();
        let same_line = (start..index).all(|i| !words.words[i].ends_line);
        let role = roles.starting_at(words.text, from, |at| at == end).next()?.1;
        same_line.then_some((start, role))
    })?;
    // A word with a capital in the middle of a sentence is a name, not a
    // description, unless the sentence is a headline.
    let word = &words.words[index];
    if word.is_capitalized()
        && !word.starts
        && !word.in_heading
        && role.supertype != Supertype::Person
    {
        return None;
    }
    let mut draft = Draft {
        tokens: start..index + 1,
        head: index,
        supertype: role.supertype,
        class: "",
        kind: MentionKind::Nominal,
        known: None,
        country: None,
        gender: role.gender,
        is_gender_sure: true,
        is_plural: role.is_plural || matches!(token.tag.as_str(), "NNS" | "NNPS"),
        is_definite: false,
        families: role.families.clone(),
        office: None,
    };
    if draft.is_plural && draft.supertype == Supertype::Person {
        draft.supertype = Supertype::Group;
    }
    draft.class = draft.supertype.as_str();
    extend_description(words, &mut draft);
    // The possessor or compound before it says of which country it is.
    if draft.country.is_none() {
        draft.country = possessor_country(words, draft.tokens.start);
    }
    Some(draft)
}

/// The country of "Pakistan's" or "Pakistan" right before a description.
fn possessor_country(words: &Words, start: usize) -> Option<&'static str> {
    words.before(start)?;
    let end = if words.tokens[start - 1].tag == "POS" { start - 1 } else { start };
    (end.saturating_sub(4)..end).find_map(|from| {
        let found = words.forms_at(from).iter().find(|f| f.end as usize == end)?;
        let known = words.language.gazetteer.known(found.form.known?);
        (known.class == "Country").then_some(known.country?)
    })
}

fn pronoun(words: &Words, index: usize) -> Option<Draft> {
    let token = &words.tokens[index];
    if !matches!(token.tag.as_str(), "PRP" | "PRP$" | "WP" | "WP$") {
        return None;
    }
    let pronoun = words.language.lexicon.pronoun(&words.words[index].lower)?;
    // "who" is one only if a clause hangs on a noun.
    if pronoun.role == PronounRole::Relative && !is_relative(words, index) {
        return None;
    }
    let is_plural = pronoun.is_plural == Some(true);
    let supertype = if is_plural { Supertype::Group } else { Supertype::Person };
    Some(Draft {
        tokens: index..index + 1,
        head: index,
        supertype,
        class: supertype.as_str(),
        kind: MentionKind::Pronoun,
        known: None,
        country: None,
        gender: if pronoun.person == Person::First { Gender::Unknown } else { pronoun.gender },
        is_gender_sure: true,
        is_plural,
        is_definite: true,
        families: Vec::new(),
        office: None,
    })
}

fn is_relative(words: &Words, index: usize) -> bool {
    antecedent(words, index).is_some()
}

/// The noun that a relative clause with this pronoun hangs on.
pub(super) fn antecedent(words: &Words, index: usize) -> Option<usize> {
    let mut at = index;
    for _ in 0..6 {
        let token = &words.tokens[at];
        let head = token.head.index();
        if token.deprel == "relcl" {
            return Some(head);
        }
        if head == at {
            return None;
        }
        at = head;
    }
    None
}
