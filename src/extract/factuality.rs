//! Whether a text says that something happened, is planned, is possible or
//! did not happen.
//!
//! Read from the tree upwards: auxiliaries, negation and modifiers of the
//! trigger, then what each word that governs it makes of it. The four values
//! are PLOVER's modes.

use crate::claim::Factuality;
use crate::token::TokenIdx;

use super::tree::Tree;

/// How many words above the trigger are asked.
const MAX_STEPS: usize = 12;

/// What the words around a trigger say, gathered on the way up.
#[derive(Default)]
struct Evidence {
    planned: bool,
    possible: bool,
    negations: u32,
}

impl Evidence {
    fn factuality(&self) -> Factuality {
        if self.negations % 2 == 1 {
            Factuality::Negated
        } else if self.possible {
            Factuality::Possible
        } else if self.planned {
            Factuality::Planned
        } else {
            Factuality::Happened
        }
    }
}

/// Returns the factuality of what the trigger says, by its words alone.
pub(super) fn factuality(tree: &Tree<'_>, trigger: usize) -> Factuality {
    let mut evidence = Evidence::default();
    let mut at = trigger;
    let mut takes_auxiliaries = true;
    let mut in_phrase = false;
    let mut is_main = false;
    for _ in 0..MAX_STEPS {
        if takes_auxiliaries {
            below(tree, at, &mut evidence);
        }
        if !in_phrase && (takes_auxiliaries || tree.is_verb(at)) {
            negation_below(tree, at, &mut evidence);
        }
        let Some(head) = tree.head(at) else {
            if tree.is_infinitive(at) {
                evidence.planned = true;
            }
            is_main = true;
            break;
        };
        // What is denied of the main event is not denied of one in a phrase
        // beside it: "they did not stop during the attack".
        in_phrase |= match tree.deprel(at) {
            "pobj" => tree.is_noun(at),
            "pcomp" => true,
            // "They did not come, and he left without them."
            "conj" => tree.children_by(at, &["nsubj", "nsubjpass"]).next().is_some(),
            _ => false,
        };
        match step(tree, at, head, &mut evidence) {
            Step::Inherit => takes_auxiliaries = true,
            Step::Pass => takes_auxiliaries = false,
            Step::Stop => break,
        }
        at = head;
    }
    if is_main && is_asked(tree, trigger) || is_bare(tree, trigger) {
        evidence.possible |= !evidence.planned;
    }
    evidence.factuality()
}

/// Whether a verb stands in its base form with nothing that would make it a
/// statement: no auxiliary, no particle, no verb that lets or makes it happen.
fn is_bare(tree: &Tree<'_>, trigger: usize) -> bool {
    tree.token(trigger).tag == "VB"
        && tree.children_by(trigger, &["aux"]).next().is_none()
        && !tree.head(trigger).is_some_and(|head| tree.is_cue("causing", head))
}

/// Whether a word carries an auxiliary of the future.
pub(super) fn is_future(tree: &Tree<'_>, trigger: usize) -> bool {
    tree.children_by(trigger, &["aux"]).any(|aux| tree.is_cue("futureAuxiliary", aux))
}

/// Whether a sentence asks whether something is so: "Did they meet?". What is
/// asked with "why" or "when" is taken for granted.
fn is_asked(tree: &Tree<'_>, trigger: usize) -> bool {
    let sentence = tree.annotated.sentence_of(TokenIdx(trigger as u32));
    let text = tree.annotated.text(sentence.span);
    let opens = |at: usize| {
        let token = tree.token(at);
        token.upos == "AUX" || matches!(token.tag.as_str(), "MD" | "WP")
    };
    text.trim_end_matches(['"', '”', '’', ' ', '\n']).ends_with('?')
        && sentence
            .tokens
            .clone()
            .find(|&at| matches!(tree.deprel(at), "aux" | "auxpass" | "nsubj" | "ROOT" | "expl"))
            .is_some_and(opens)
}

/// What the next word above has to say.
enum Step {
    /// Its own auxiliaries and negation hold for the trigger, too.
    Inherit,
    /// They do not, but those further above may.
    Pass,
    /// Nothing above matters.
    Stop,
}

/// Auxiliaries, negation and modifiers right below a word.
fn below(tree: &Tree<'_>, at: usize, evidence: &mut Evidence) {
    for &child in tree.children(at) {
        match tree.deprel(child) {
            "aux" if tree.token(child).tag != "TO" => {
                if tree.is_cue("futureAuxiliary", child) {
                    evidence.planned = true;
                } else if tree.is_cue("possibility", child) {
                    evidence.possible = true;
                }
            }
            "amod" | "compound" if tree.is_noun(at) => {
                if tree.is_cue("denial", child) {
                    evidence.negations += 1;
                } else if tree.is_cue("possibility", child) {
                    evidence.possible = true;
                } else if tree.is_cue("planning", child) {
                    evidence.planned = true;
                }
            }
            "mark" if tree.is_cue("possibility", child) => evidence.possible = true,
            "advmod" if tree.is_verb(at) && tree.is_cue("possibility", child) => {
                evidence.possible = true;
            }
            _ => {}
        }
    }
}

fn negation_below(tree: &Tree<'_>, at: usize, evidence: &mut Evidence) {
    for &child in tree.children(at) {
        let negates = match tree.deprel(child) {
            "neg" => true,
            "det" | "advmod" | "preconj" => tree.is_cue("denial", child),
            _ => false,
        };
        // "not only" denies nothing.
        let only =
            tree.children_by(at, &["advmod"]).any(|a| tree.lemma(a) == "only" && a == child + 1);
        if negates && !only {
            evidence.negations += 1;
        }
    }
}

/// Whether a noun is spoken of as known: "the talks", "her visit".
fn is_definite(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children(noun).iter().any(|&child| match tree.deprel(child) {
        "poss" => true,
        "det" => tree.is_cue("definite", child),
        _ => false,
    })
}

/// What `head` makes of the event that hangs on it through `at`.
fn step(tree: &Tree<'_>, at: usize, head: usize, evidence: &mut Evidence) -> Step {
    let cue = |cue: &str| tree.is_cue(cue, head);
    let deprel = tree.deprel(at);
    match deprel {
        "xcomp" | "ccomp" | "oprd" | "acomp" => {
            let infinitive = tree.is_infinitive(at);
            if cue("denial") {
                evidence.negations += 1;
            } else if cue("reporting") && !(infinitive || cue("planning") && deprel == "xcomp") {
                return Step::Stop;
            } else if cue("possibility") {
                evidence.possible = true;
            } else if cue("planning") {
                evidence.planned = true;
            } else if infinitive && tree.lemma(head) == "be" {
                // "is to visit"
                evidence.planned = true;
            } else if tree.token(head).upos == "ADJ" && infinitive && !cue("planning") {
                // "happy to meet": what the main verb says.
                return Step::Inherit;
            }
            Step::Inherit
        }
        "dobj" | "nsubjpass" | "nsubj" | "attr" | "dative" => {
            if !tree.is_noun(at) {
                return Step::Stop;
            }
            if cue("denial") {
                evidence.negations += 1;
            } else if cue("support") && !cue("planning") {
                return Step::Inherit;
            } else if cue("planning") && tree.is_verb(head) {
                evidence.planned = true;
            } else if (cue("possibility") || cue("topic") && !is_definite(tree, at))
                && tree.is_verb(head)
                && deprel != "nsubj"
            {
                evidence.possible = true;
            } else if deprel != "dobj" || !is_definite(tree, at) {
                // "The visit will take place", "plan to reach agreements"
                return Step::Inherit;
            }
            Step::Stop
        }
        // "committed to resettling"
        "pcomp"
            if tree
                .head(head)
                .is_some_and(|above| tree.is_verb(above) && tree.is_cue("planning", above)) =>
        {
            evidence.planned = true;
            Step::Stop
        }
        // "how to visit"
        "pcomp" if tree.is_infinitive(at) => {
            evidence.planned = true;
            Step::Stop
        }
        "pobj" | "pcomp" => above_phrase(tree, at, head, evidence),
        "prep" => Step::Inherit,
        "advcl" => {
            let mark = tree.children_by(at, &["mark", "advmod"]).next();
            if mark.is_some_and(|m| tree.is_cue("possibility", m)) {
                evidence.possible = true;
                return Step::Stop;
            }
            if mark.is_some_and(|m| tree.is_cue("prospective", m)) {
                evidence.planned = true;
                return Step::Stop;
            }
            if tree.is_infinitive(at) {
                // A purpose is not yet reached, unless saying it is doing it.
                evidence.planned |= !(cue("communication") && tree.is_cue("expressing", at));
                return Step::Inherit;
            }
            if mark.is_some() || tree.children_by(at, &["nsubj", "nsubjpass"]).next().is_some() {
                return Step::Stop;
            }
            Step::Inherit
        }
        "conj" => {
            // "will visit and meet", but "will visit and met".
            if tree.is_verb(at) && matches!(tree.token(at).tag.as_str(), "VBD" | "VBZ" | "VBP") {
                return Step::Pass;
            }
            Step::Inherit
        }
        "acl" | "relcl" if tree.is_infinitive(at) => {
            let singles_out = tree
                .children_by(head, &["amod", "nummod"])
                .chain([head])
                .any(|word| tree.is_cue("ordinal", word));
            if cue("denial") {
                evidence.negations += 1;
            } else if cue("possibility") {
                evidence.possible = true;
            } else if !singles_out {
                evidence.planned = true;
            }
            Step::Stop
        }
        "acl" | "relcl" => Step::Stop,
        _ => Step::Pass,
    }
}

/// What a preposition and the word above it make of the event behind it.
fn above_phrase(tree: &Tree<'_>, at: usize, prep: usize, evidence: &mut Evidence) -> Step {
    if tree.is_cue("denial", prep) {
        evidence.negations += 1;
        return Step::Pass;
    }
    if tree.is_cue("prospective", prep) {
        evidence.planned = true;
        return Step::Stop;
    }
    // What follows on something lies behind the main event.
    if tree.is_cue("aftermath", prep) {
        return Step::Stop;
    }
    let Some(above) = tree.head(prep) else { return Step::Pass };
    match tree.lemma(prep) {
        "of" if tree.is_cue("prospective", above) => {
            evidence.planned = true;
            Step::Stop
        }
        // "the prospect of talks"
        "of" if tree.is_noun(above) && tree.is_cue("possibility", above) => {
            evidence.possible = true;
            Step::Stop
        }
        // "invited to Rome for talks", "plans for a visit"
        "for" if tree.deprel(at) == "pobj" => {
            if tree.is_cue("planning", above) && !tree.is_cue("reporting", above) {
                evidence.planned = true;
            } else if tree.is_cue("possibility", above) {
                evidence.possible = true;
            } else if is_definite(tree, at) {
                // "to thank them for their support"
                return Step::Stop;
            }
            Step::Pass
        }
        _ => Step::Pass,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_weighed() {
        let value =
            |planned, possible, negations| Evidence { planned, possible, negations }.factuality();
        assert_eq!(value(false, false, 0), Factuality::Happened);
        assert_eq!(value(true, false, 0), Factuality::Planned);
        assert_eq!(value(true, true, 0), Factuality::Possible);
        assert_eq!(value(true, true, 1), Factuality::Negated);
        assert_eq!(value(false, false, 2), Factuality::Happened);
    }
}
