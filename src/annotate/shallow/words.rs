//! What each token is by itself: a word of function, a form of a verb, a name.

use crate::lang::grammar::{Form, Grammar};

use super::tokens::Piece;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    /// Marks the agent of a perfective.
    Ergative,
    /// Joins an owner to what it has.
    Genitive,
    /// The first or a further word of a postposition.
    Post,
    /// A word before what it governs.
    Attached,
    Conjunction,
    Complementizer,
    Relative,
    Mark,
    Negation,
    Particle,
    Adverb,
    Pronoun,
    Reflexive,
    Determiner,
    Number,
    Adjective,
    /// A form of "to be", or another auxiliary.
    Auxiliary,
    Verb(Form),
    Noun,
    /// A word in Latin letters.
    Latin,
    Comma,
    End,
    Quote,
    Open,
    Close,
    Punctuation,
}

/// A token with what it is.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub tag: Tag,
    pub lemma: String,
    /// For the first word of a postposition, of how many words it is.
    pub post: usize,
}

/// Looks the tokens of a sentence up.
pub(super) fn look_up(pieces: &[Piece], grammar: &Grammar) -> Vec<Word> {
    let norms: Vec<&str> = pieces.iter().map(|piece| piece.norm.as_str()).collect();
    let mut words: Vec<Word> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < norms.len() {
        if let Some((length, lemma)) = grammar.postpositions.longest(&norms, at)
            && at > 0
            && !(length == 1 && is_particle(&norms, at, grammar))
        {
            for i in 0..length {
                let post = if i == 0 { length } else { 0 };
                words.push(Word { tag: Tag::Post, lemma: lemma.clone(), post });
            }
            at += length;
            continue;
        }
        words.push(look_up_one(&norms, at, &words, grammar));
        at += 1;
    }
    words
}

/// "تک" and "میں" are words of their own in some places.
fn is_particle(norms: &[&str], at: usize, grammar: &Grammar) -> bool {
    let word = norms[at];
    let before = norms.get(at.wrapping_sub(1)).copied().unwrap_or("");
    let is_edge = |word: &str| word.chars().all(|c| !c.is_alphanumeric());
    grammar.is("pronoun", word)
        && (is_edge(before)
            || grammar.is("complementizer", before)
            || grammar.is("ergative", norms.get(at + 1).copied().unwrap_or("")))
}

fn look_up_one(norms: &[&str], at: usize, before: &[Word], grammar: &Grammar) -> Word {
    let norm = norms[at];
    let next = norms.get(at + 1).copied().unwrap_or("");
    let word = |tag, lemma: &str| Word { tag, lemma: lemma.to_owned(), post: 0 };
    let Some(first) = norm.chars().next() else { return word(Tag::Punctuation, norm) };
    match norm {
        "،" | "," | "؛" | ";" | ":" => return word(Tag::Comma, norm),
        "۔" | "؟" | "!" | "?" | "." => return word(Tag::End, norm),
        "\"" | "”" | "“" | "‘" | "’" | "«" | "»" | "'" => return word(Tag::Quote, norm),
        "(" | "[" => return word(Tag::Open, norm),
        ")" | "]" => return word(Tag::Close, norm),
        _ => {}
    }
    if first.is_ascii_digit() || norm.starts_with(['$', '€', '£', '₹']) {
        return word(Tag::Number, norm);
    }
    if first.is_ascii_alphabetic() || first == '@' && norm.len() > 1 {
        return word(Tag::Latin, norm);
    }
    if !first.is_alphanumeric() {
        return word(Tag::Punctuation, norm);
    }
    let follows_noun = before.last().is_some_and(|w| {
        matches!(w.tag, Tag::Noun | Tag::Latin | Tag::Pronoun | Tag::Adjective | Tag::Number)
            || w.tag == Tag::Close
            || matches!(w.tag, Tag::Verb(Form::Infinitive))
    });
    let ends_clause = next.is_empty()
        || next.chars().all(|c| !c.is_alphanumeric())
        || ["copula", "relative", "complementizer", "conjunction", "future", "need"]
            .iter()
            .any(|class| grammar.is(class, next))
        || grammar.verb(next).iter().any(|(_, lemma)| grammar.is("passive", lemma));
    let verb = grammar.verb(norm);
    // "کی" is a verb at the end of a clause and joins two nouns anywhere else.
    if grammar.is("genitive", norm) {
        let perfective = verb.iter().find(|(form, _)| *form == Form::Perfective);
        return match perfective {
            Some((form, lemma)) if ends_clause => word(Tag::Verb(*form), lemma),
            _ => word(Tag::Genitive, norm),
        };
    }
    for (class, tag) in [
        ("ergative", Tag::Ergative),
        ("attached", Tag::Attached),
        ("complementizer", Tag::Complementizer),
        ("negation", Tag::Negation),
        ("relative", Tag::Relative),
        ("mark", Tag::Mark),
        ("conjunction", Tag::Conjunction),
        ("or", Tag::Conjunction),
        ("reflexive", Tag::Reflexive),
    ] {
        if grammar.is(class, norm) {
            return word(tag, norm);
        }
    }
    let after_verb = before.last().is_some_and(|w| {
        matches!(w.tag, Tag::Verb(_) | Tag::Auxiliary | Tag::Negation)
            || w.tag == Tag::Particle && before.len() > 1
    });
    // A form of "to be" is said of something, and takes no case: elsewhere it is
    // part of a name.
    let has_case = grammar.is("ergative", next) || grammar.is("case", next);
    let is_said = !has_case && before.last().is_some_and(|w| !is_break(w.tag));
    for class in ["copula", "progressive", "ability", "need", "future", "participle"] {
        if grammar.is(class, norm) && (after_verb || class == "copula" && is_said) {
            return word(Tag::Auxiliary, norm);
        }
    }
    if grammar.is("light", norm) && !grammar.verb(next).is_empty() && !after_verb {
        return word(Tag::Adjective, norm);
    }
    if grammar.is("participle", norm) && is_said {
        return word(Tag::Verb(Form::Perfective), &grammar.being);
    }
    if grammar.is("conjunctive", norm)
        && before.last().is_some_and(|w| matches!(w.tag, Tag::Verb(Form::Stem)))
    {
        return word(Tag::Auxiliary, norm);
    }
    for (class, tag) in
        [("determiner", Tag::Determiner), ("particle", Tag::Particle), ("adverb", Tag::Adverb)]
    {
        if grammar.is(class, norm) {
            return word(tag, norm);
        }
    }
    if grammar.is("pronoun", norm) {
        // "وہ" at the head of a clause is who does it.
        let heads_clause = before.last().is_none_or(|w| {
            is_break(w.tag) || matches!(w.tag, Tag::Post | Tag::Adverb | Tag::Particle)
        });
        if grammar.is("personal", norm) && heads_clause {
            return word(Tag::Pronoun, norm);
        }
        let starts_phrase = next.chars().next().is_some_and(char::is_alphanumeric)
            && !grammar.is("genitive", next)
            && !grammar.is("ergative", next)
            && !grammar.is("dative", next)
            && !grammar.is("post", next)
            && !grammar.is("particle", next)
            && grammar.is("demonstrative", norm);
        return word(if starts_phrase { Tag::Determiner } else { Tag::Pronoun }, norm);
    }
    // A bare stem is a verb only with another behind it; the others need
    // something to be said of.
    let is_being = verb.iter().any(|(_, lemma)| *lemma == grammar.being);
    if !verb.is_empty() && (is_said || !is_being) {
        let with = |form: Form| verb.iter().find(|(f, _)| *f == form);
        let next_is_vector = grammar
            .verb(next)
            .iter()
            .any(|(form, lemma)| *form != Form::Stem && grammar.is("vector", lemma))
            || grammar.is("ability", next)
            || grammar.is("progressive", next)
            || grammar.is("conjunctive", next);
        if let Some((form, lemma)) = with(Form::Stem)
            && next_is_vector
        {
            return word(Tag::Verb(*form), lemma);
        }
        if let Some((form, lemma)) = with(Form::Subjunctive)
            && (grammar.is("future", next) || with(Form::Perfective).is_none())
        {
            return word(Tag::Verb(*form), lemma);
        }
        for form in [Form::Perfective, Form::Imperfective, Form::Infinitive] {
            if let Some((form, lemma)) = with(form)
                && (ends_clause || next_is_vector || form != &Form::Perfective || follows_noun)
            {
                return word(Tag::Verb(*form), lemma);
            }
        }
    }
    if grammar.is("agentive", norm) || grammar.is("adjective", norm) {
        return word(Tag::Adjective, norm);
    }
    word(Tag::Noun, norm)
}

/// Whether nothing before a word of this kind belongs to what stands behind it.
fn is_break(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Comma
            | Tag::Conjunction
            | Tag::Complementizer
            | Tag::Relative
            | Tag::Mark
            | Tag::Quote
            | Tag::Open
            | Tag::End
    )
}
