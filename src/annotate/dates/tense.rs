//! Whether the sentence around an expression speaks of the past or the future.

use super::calendar::Tense;
use super::lexicon::Sense;
use super::words::{Gap, Kind, Lexeme};

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

/// The tense that a word tells by itself.
fn word_tense(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Tense> {
    let lexeme = &lexemes[at];
    let next = |sense| lexemes.get(at + 1).is_some_and(|next| next.is(sense));
    if lexeme.is(Sense::Will) {
        return Some(Tense::Future);
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
    let after_be =
        at.checked_sub(1).and_then(|at| lexemes.get(at)).is_some_and(|l| l.is(Sense::Will));
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
