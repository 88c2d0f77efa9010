//! Whether the sentence around an expression speaks of the past or the future.

use super::calendar::Tense;
use super::lexicon::Lexicon;
use super::lexicon::Sense;
use super::words::{Gap, Kind, Lexeme};
use crate::span::Span;
use crate::token::Token;

/// How many words before and behind an expression are looked at.
const BEFORE: usize = 24;
const BEHIND: usize = 8;

/// The tense of the nearest word that tells one, in the same sentence.
pub(super) fn tense(text: &str, lexemes: &[Lexeme], from: usize, to: usize) -> Tense {
    let mut nearest: Option<(usize, Tense)> = None;
    let mut at = from;
    let mut seen = 0;
    while at > 0 && seen < BEFORE && lexemes[at].gap != Gap::Break {
        at -= 1;
        seen += 1;
        if ends_sentence(lexemes, at) {
            break;
        }
        if let Some(tense) = word_tense(text, lexemes, at) {
            nearest = Some((seen, tense));
            break;
        }
    }
    for (distance, at) in (to..lexemes.len()).take(BEHIND).enumerate() {
        let lexeme = &lexemes[at];
        if lexeme.gap == Gap::Break || ends_sentence(lexemes, at) {
            break;
        }
        // What follows weighs less: it often is the next clause.
        let distance = distance * 2 + 3;
        if nearest.is_some_and(|(least, _)| least <= distance) {
            break;
        }
        if let Some(tense) = word_tense(text, lexemes, at) {
            nearest = Some((distance, tense));
            break;
        }
    }
    nearest.map_or(Tense::Unknown, |(_, tense)| tense)
}

/// How many arcs are climbed from an expression to the verb that rules it.
const CLIMB: usize = 8;

/// The tense of the verb that an expression hangs on in the sentence's tree.
pub(super) fn tense_of_tree(text: &str, tokens: &[Token], span: Span) -> Tense {
    let from = tokens.partition_point(|token| token.span.end() <= span.start());
    let to = tokens.partition_point(|token| token.span.start() < span.end());
    let is_inside = |at: usize| (from..to).contains(&at);
    let head_of = |at: usize| tokens.get(at).map_or(at, |token| token.head.index());
    let Some(top) = (from..to).find(|&at| !is_inside(head_of(at)) || head_of(at) == at) else {
        return Tense::Unknown;
    };
    // "the April 19 agreement": the verb says nothing of such a date.
    if tokens
        .get(top)
        .is_some_and(|t| matches!(t.deprel.as_str(), "compound" | "nmod" | "nummod" | "poss"))
    {
        return Tense::Unknown;
    }
    let mut at = top;
    for _ in 0..CLIMB {
        let Some(token) = tokens.get(at) else { break };
        let is_verb = matches!(token.upos, "VERB" | "AUX") || token.tag.starts_with("VB");
        if !is_inside(at) {
            let tense = if is_verb {
                verb_tense(text, tokens, at)
            } else {
                adjective_tense(text, tokens, at)
            };
            if tense != Tense::Unknown {
                return tense;
            }
        }
        let next = token.head.index();
        if next == at {
            break;
        }
        at = next;
    }
    Tense::Unknown
}

fn has_sense(text: &str, token: &Token, sense: Sense) -> bool {
    Lexicon::english().senses(token.span.slice(text)).contains(&sense)
}

/// Whether a token speaks of the future by itself, or before "to".
fn is_plan(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let before_to = tokens
        .get(at + 1)
        .is_some_and(|next| has_sense(text, next, Sense::Joint) || next.lemma == "for");
    token.lemma != "be"
        && (has_sense(text, token, Sense::Will)
            || (before_to && has_sense(text, token, Sense::WillTo)))
}

/// The tense that an adjective tells: "due on Friday".
fn adjective_tense(text: &str, tokens: &[Token], at: usize) -> Tense {
    let is_due = tokens.get(at).is_some_and(|token| {
        token.upos == "ADJ" && (has_sense(text, token, Sense::WillTo) || is_plan(text, tokens, at))
    });
    if is_due { Tense::Future } else { Tense::Unknown }
}

/// The tense of a verb with its auxiliaries; an infinitive or participle that
/// tells none leaves it to the verb above.
fn verb_tense(text: &str, tokens: &[Token], at: usize) -> Tense {
    let Some(verb) = tokens.get(at) else { return Tense::Unknown };
    // Auxiliaries stand before their verb, in the same sentence.
    let helpers = tokens.get(at.saturating_sub(10)..at).unwrap_or(&[]).iter().filter(|token| {
        token.head.index() == at && matches!(token.deprel.as_str(), "aux" | "auxpass")
    });
    let (mut modal, mut will, mut past, mut to, mut any) = (false, false, false, false, false);
    for helper in helpers {
        any = true;
        modal |= helper.tag == "MD";
        will |= has_sense(text, helper, Sense::Will);
        past |= helper.tag == "VBD" || helper.lemma == "have";
        to |= helper.tag == "TO";
    }
    match (will, modal, past) {
        (true, _, _) => return Tense::Future,
        // "would have met"
        (_, true, true) => return Tense::Unknown,
        (_, true, false) => return Tense::Prospect,
        _ => {}
    }
    if past && !is_plan(text, tokens, at) {
        return Tense::Past;
    }
    match verb.tag.as_str() {
        _ if is_plan(text, tokens, at) => Tense::Future,
        "VBD" if has_sense(text, verb, Sense::Said) => Tense::Reported,
        "VBD" => Tense::Past,
        "VBN" if !any => Tense::Past,
        "VB" if to => infinitive_tense(text, tokens, verb),
        _ => Tense::Unknown,
    }
}

/// The tense of "to meet": that of a plan or of a noun such as "agreement"
/// behind one, else that of the verb above.
fn infinitive_tense(text: &str, tokens: &[Token], verb: &Token) -> Tense {
    let Some(above) = tokens.get(verb.head.index()) else { return Tense::Unknown };
    let plans =
        is_plan(text, tokens, verb.head.index()) || above.lemma == "be" || above.upos == "NOUN";
    if plans { Tense::Future } else { Tense::Unknown }
}

/// The tense that a word tells by itself.
fn word_tense(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Tense> {
    let lexeme = &lexemes[at];
    let next = |sense| lexemes.get(at + 1).is_some_and(|next| next.is(sense));
    if lexeme.is(Sense::Will) {
        return Some(Tense::Future);
    }
    if lexeme.is(Sense::Would) {
        return Some(Tense::Prospect);
    }
    if lexeme.is(Sense::Said) {
        return Some(Tense::Reported);
    }
    // "set to meet", "due in May"; but "set a record", "due to the rain".
    if lexeme.is(Sense::WillTo)
        && next(Sense::Joint)
        && !lexemes.get(at + 2).is_some_and(determines)
    {
        return Some(Tense::Future);
    }
    // "are to meet"
    if lexeme.is(Sense::Be) {
        return next(Sense::Joint).then_some(Tense::Future);
    }
    let after_be = at
        .checked_sub(1)
        .and_then(|at| lexemes.get(at))
        .is_some_and(|l| l.is(Sense::Will) || l.is(Sense::Would));
    if lexeme.is(Sense::Did) && !after_be {
        return Some(Tense::Past);
    }
    let word = text.get(lexeme.start..lexeme.end)?;
    let is_verb = lexeme.kind == (Kind::Word { capital: false })
        && lexeme.senses.is_empty()
        && word.len() > 4
        && !word.starts_with("un")
        && word.ends_with("ed");
    // "will be paid", "to be completed"
    (is_verb && !after_be).then_some(Tense::Past)
}

/// Whether a word begins a noun phrase.
fn determines(lexeme: &Lexeme) -> bool {
    lexeme.is(Sense::The) || lexeme.is(Sense::A) || lexeme.is_capital()
}

fn ends_sentence(lexemes: &[Lexeme], at: usize) -> bool {
    let lexeme = &lexemes[at];
    matches!(lexeme.kind, Kind::Mark('.' | '!' | '?' | ';'))
        && lexemes.get(at + 1).is_none_or(|next| next.gap != Gap::Nothing && !next.is_number())
        && at.checked_sub(1).and_then(|at| lexemes.get(at)).is_none_or(|before| {
            // "Dec. 5", "U.S. officials"
            before.end - before.start > 1
                && before.sense(|s| matches!(s, Sense::Month { .. }).then_some(())).is_none()
        })
}
