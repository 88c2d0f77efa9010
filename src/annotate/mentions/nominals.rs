//! Descriptions ("the US envoy", "Afghan refugees") and pronouns.

use std::ops::Range;

use super::draft::{Draft, Drafts};
use super::words::{Found, Shape, Word, Words};
use crate::lang::gazetteer::FormKind;
use crate::lang::lexicon::{Person, PronounRole, Role, WordClass};
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
fn take_over(drafts: &Drafts, removed: &mut Vec<bool>, tokens: &Range<usize>, by: usize) {
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
    let (tokens, role) = role_at(words, index)?;
    if !is_description(words, index, &tokens, role) {
        return None;
    }
    let mut draft = Draft {
        tokens: tokens.clone(),
        head: index,
        supertype: role.supertype,
        class: role.class,
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
        draft.class = "Group";
    }
    extend_description(words, &mut draft);
    if role.families.contains(&"owned") && draft.tokens == tokens && !draft.is_definite {
        return None;
    }
    // The possessor or compound before it, or what it is of, says of which
    // country it is.
    draft.country = draft
        .country
        .or_else(|| possessor_country(words, draft.tokens.start))
        .or_else(|| country_behind(words, draft.tokens.end));
    Some(draft)
}

/// The longest noun phrase of the table whose head is a token: "security
/// forces", "members of parliament".
pub(super) fn role_at<'a>(words: &Words<'a>, index: usize) -> Option<(Range<usize>, &'a Role)> {
    let roles = &words.language.lexicon.roles;
    (index.saturating_sub(3)..=index).find_map(|start| {
        let from = words.tokens[start].span.start();
        let is_end = |byte| words.token_end(byte).is_some();
        roles.starting_at(words.text, from, is_end).find_map(|(end, role)| {
            let end = words.token_end(end)?;
            let ends_with_head = end == index + 1
                || (end > index && start == index && words.words[index + 1].is(WordClass::Of));
            let same_line = (start..end - 1).all(|i| !words.words[i].ends_line);
            (ends_with_head && same_line).then_some((start..end, role))
        })
    })
}

/// Whether a noun of the table describes here: it is no part of a name, and
/// counts nothing that is named behind it.
fn is_description(words: &Words, index: usize, tokens: &Range<usize>, role: &Role) -> bool {
    let behind = words.after(tokens.end);
    if role.families.contains(&"count") {
        let deprel = words.tokens[index].deprel.as_str();
        return !behind.is_some_and(|w| w.is(WordClass::Of))
            && matches!(deprel, "nsubj" | "nsubjpass" | "dobj" | "agent");
    }
    let word = &words.words[index];
    let is_plain = !word.is_capitalized()
        || word.starts
        || word.in_heading
        || role.supertype == Supertype::Person;
    // A capital in the middle of a sentence makes a name, unless the word
    // stands by itself ("the Company").
    let is_alone = || {
        role.supertype != Supertype::Place
            && !behind.is_some_and(Word::is_capitalized)
            && !words.before(tokens.start).is_some_and(Word::is_capitalized)
    };
    is_plain || is_alone()
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
        // "the Labour politician": the party is a mention of its own.
        if word.is(WordClass::Partisan) && word.is_capitalized() && !draft.is_plural {
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
            // "US-backed forces" are not of the US, "US-led" ones are.
            let is_own = words.words[start].text != "-"
                || words.after(start + 1).is_some_and(|w| w.is(WordClass::Led));
            draft.country = draft.country.or_else(|| {
                let known = words.language.gazetteer.known(found.form.known.filter(|_| is_own)?);
                known.country
            });
            start = found.start as usize;
            continue;
        }
        let is_attribute = match token.upos {
            "ADJ" => true,
            // "ten people", "a 5,000-strong crowd"
            "NUM" => draft.is_plural || words.words[start].text == "-",
            // "food aid", "war-ravaged"
            "NOUN" => {
                word.shape == Shape::Lower
                    && (token.deprel == "compound" || words.words[start].text == "-")
            }
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

/// The country of "Pakistan's" or "Lahore" right before a description.
fn possessor_country(words: &Words, start: usize) -> Option<&'static str> {
    words.before(start)?;
    let end = if words.tokens[start - 1].tag == "POS" { start - 1 } else { start };
    (end.saturating_sub(4)..end).find_map(|from| {
        let found = words.forms_at(from).iter().find(|f| f.end as usize == end)?;
        country_of(words, found)
    })
}

/// The country of "of Pakistan" or "from the United States" right behind.
fn country_behind(words: &Words, end: usize) -> Option<&'static str> {
    words.after(end).filter(|w| w.is(WordClass::Origin))?;
    let mut at = end + 1;
    while words.after(at).is_some_and(|w| w.is(WordClass::Article)) {
        at += 1;
    }
    words.after(at)?;
    words.forms_at(at).iter().find_map(|found| country_of(words, found))
}

fn country_of(words: &Words, found: &Found) -> Option<&'static str> {
    let known = words.language.gazetteer.known(found.form.known?);
    let is_sure = found.form.is_strong || known.class == "Country";
    (is_sure && known.supertype == Supertype::Place).then_some(known.country?)
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
