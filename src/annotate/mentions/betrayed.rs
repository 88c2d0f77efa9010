//! Names that the words around them give whole or away: the adjectives that
//! belong to the name of a party, and persons of whom it is said what they are.

use std::ops::Range;

use super::draft::{Draft, Drafts, head};
use super::nominals::role_at;
use super::words::{Shape, Words};
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
    join_nicknames(words, drafts);
    add_partisans(words, drafts);
    for index in 0..drafts.drafts.len() {
        widen(words, drafts, index);
        widen_person(words, drafts, index);
        widen_syllable(words, drafts, index);
    }
    for at in 0..words.tokens.len() {
        tell_person(words, drafts, at);
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
    drafts.cover(index);
}

/// "Lena Maria | Berg (": the surname on which the names before it hang.
fn widen_person(words: &Words, drafts: &mut Drafts, index: usize) {
    let draft = &drafts.drafts[index];
    let end = draft.tokens.end;
    let is_name = draft.supertype == Supertype::Person && draft.kind == MentionKind::Name;
    let Some(next) = words.after(end).filter(|_| is_name) else { return };
    let hang_there = draft.tokens.clone().all(|at| {
        words.tokens[at].deprel == "compound" && words.tokens[at].head.index() == end
            || !words.words[at].is_capitalized()
    });
    if next.is_capitalized()
        && !next.is_common
        && words.tokens[end].upos == "PROPN"
        && hang_there
        && drafts.covering(end).is_none()
        && (words.titles[end].is_none() || next.is(WordClass::Suffix))
        && next.parts.is_empty()
        && !words.words[end].in_heading
    {
        let draft = &mut drafts.drafts[index];
        draft.tokens.end = end + 1;
        draft.head = end;
        drafts.cover(index);
    }
}

/// "Lena \"Lee\" Berg", "Alexander (Alex) Berg": one name, not three.
fn join_nicknames(words: &Words, drafts: &mut Drafts) {
    let mut removed = vec![false; drafts.drafts.len()];
    for open in 1..words.tokens.len() {
        let closing = match words.words[open].text {
            "\"" => "\"",
            "“" => "”",
            "(" => ")",
            _ => continue,
        };
        let close = (open + 2..words.tokens.len().min(open + 4))
            .find(|&at| words.words[at].text == closing);
        let Some(close) = close else { continue };
        let Some(next) = words.after(close + 1) else { continue };
        let is_part = |at: usize| {
            let word = &words.words[at];
            word.shape == Shape::Title
                && !word.is_common
                && words.tokens[at].upos == "PROPN"
                && words.titles[at].is_none()
                && drafts.covering(at).is_none_or(|d| {
                    let draft = &drafts.drafts[d];
                    draft.supertype == Supertype::Person && draft.kind == MentionKind::Name
                })
        };
        let same_line = (open - 1..=close).all(|at| !words.words[at].ends_line);
        if !same_line
            || !next.is_capitalized()
            || !(open + 1..close).all(is_part)
            || !is_part(open - 1)
            || !is_part(close + 1)
        {
            continue;
        }
        let (first, last) = (drafts.covering(open - 1), drafts.covering(close + 1));
        let inner = drafts.covering(open + 1);
        let is_one = first.is_some() && first == last;
        let Some(keep) = last.or(first).or(inner).filter(|_| !is_one) else { continue };
        let start = first.map_or(open - 1, |first| drafts.drafts[first].tokens.start);
        let end = last.map_or(close + 2, |last| drafts.drafts[last].tokens.end);
        for other in (start..end).filter_map(|at| drafts.covering(at)).collect::<Vec<_>>() {
            if other != keep {
                removed[other] = true;
                for held in drafts.held.iter_mut().filter(|held| held.holder == other) {
                    held.holder = keep;
                }
            }
        }
        let draft = &mut drafts.drafts[keep];
        draft.tokens = start..end;
        draft.head = head(words, &draft.tokens);
        drafts.cover(keep);
    }
    if removed.contains(&true) {
        drafts.sort(&removed);
    }
}

/// "Jang Gang | -jae": the second syllable of a given name, in lower case.
fn widen_syllable(words: &Words, drafts: &mut Drafts, index: usize) {
    let draft = &drafts.drafts[index];
    let end = draft.tokens.end;
    let is_name = draft.kind == MentionKind::Name
        && matches!(draft.supertype, Supertype::Person | Supertype::Organization)
        && draft.known.is_none()
        && draft.tokens.len() == 2
        && draft.tokens.clone().all(|at| words.words[at].shape == Shape::Title);
    let (Some(mark), Some(syllable)) = (words.after(end), words.after(end + 1)) else { return };
    let goes_on = mark.text == "-"
        && syllable.shape == Shape::Lower
        && words.tokens[end + 1].upos == "PROPN"
        && words.tokens[end - 1].span.end() == words.tokens[end].span.start()
        && words.tokens[end].span.end() == words.tokens[end + 1].span.start();
    if !is_name || !goes_on || (end..end + 2).any(|at| drafts.covering(at).is_some()) {
        return;
    }
    let draft = &mut drafts.drafts[index];
    draft.tokens.end = end + 2;
    draft.head = head(words, &draft.tokens);
    draft.supertype = Supertype::Person;
    draft.class = Supertype::Person.as_str();
    drafts.cover(index);
}

/// "Republican | Senator Doe", "a Labour | politician": the party of one person.
fn add_partisans(words: &Words, drafts: &mut Drafts) {
    for at in 0..words.tokens.len() {
        let word = &words.words[at];
        if !word.is(WordClass::Partisan)
            || !word.is_capitalized()
            || word.in_heading
            || drafts.covering(at).is_some()
        {
            continue;
        }
        let is_political = |families: &[&str]| {
            families.iter().any(|family| matches!(*family, "lawmaker" | "senator" | "governor"))
        };
        let next = at + 1;
        if words.after(next).is_none() {
            continue;
        }
        let role = || {
            (next..words.tokens.len().min(next + 3))
                .find_map(|noun| role_at(words, noun).filter(|(range, _)| range.start == next))
        };
        let title = words.titles[next]
            .is_some_and(|(_, title)| !title.is_plural && is_political(&title.families));
        let is_one = title
            || role().is_some_and(|(_, role)| {
                role.supertype == Supertype::Person
                    && !role.is_plural
                    && is_political(&role.families)
            })
            || words.words[next].is(WordClass::Belonging) && words.tokens[next].tag == "NN";
        if is_one {
            drafts.push(Draft::name(words, at..next, Supertype::Organization));
        }
    }
}

/// Makes a person of the name, taken for a body's or a place's, of whom the text
/// says that it is an engineer or the like.
fn tell_person(words: &Words, drafts: &mut Drafts, at: usize) {
    if words.tokens[at].deprel != "nsubj" || !is_said_person(words, at) {
        return;
    }
    let Some(index) = drafts.covering(at) else { return };
    let draft = &drafts.drafts[index];
    let first = draft.tokens.start;
    let is_article = words.before(first).is_some_and(|word| word.is(WordClass::Article));
    let is_open = draft.kind == MentionKind::Name
        && matches!(draft.supertype, Supertype::Organization | Supertype::Place | Supertype::Thing)
        && draft.known.is_none()
        && draft.tokens.len() <= 3
        && !is_article
        && draft.tokens.clone().all(|at| {
            words.words[at].parts.is_empty()
                && words.words[at].text.chars().any(char::is_lowercase)
                && !words.words[at].in_heading
        });
    if !is_open {
        return;
    }
    let name = words.text_of(draft.tokens.clone());
    let same: Vec<usize> = (0..drafts.drafts.len())
        .filter(|&other| {
            let other = &drafts.drafts[other];
            other.kind == MentionKind::Name && words.text_of(other.tokens.clone()) == name
        })
        .collect();
    for index in same {
        let draft = &mut drafts.drafts[index];
        draft.supertype = Supertype::Person;
        draft.class = Supertype::Person.as_str();
        draft.known = None;
        draft.country = None;
    }
}

/// Whether the verb whose subject a word is says that it is an engineer, a
/// senator or the like: what nobody says of a body.
fn is_said_person(words: &Words, at: usize) -> bool {
    let verb = words.tokens[at].head.index();
    let Some(said) = (verb + 1..words.tokens.len().min(verb + MAX_WORDS + 2)).find(|&noun| {
        words.tokens[noun].deprel == "attr" && words.tokens[noun].head.index() == verb
    }) else {
        return false;
    };
    // A firm may be a leader, a partner, a member.
    let is_of_anything = |family: &str| {
        matches!(family, "none" | "kin" | "any" | "chief" | "founder" | "candidate" | "envoy")
    };
    let title = words.titles[said].filter(|_| words.words[said].is_capitalized());
    role_at(words, said).is_some_and(|(_, role)| {
        role.supertype == Supertype::Person
            && !role.is_plural
            && !role.families.iter().any(|family| is_of_anything(family))
    }) || title.is_some_and(|(_, title)| {
        title.is(TitleKind::Head)
            && !title.is_plural
            && !title.families.iter().any(|family| is_of_anything(family))
    })
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
