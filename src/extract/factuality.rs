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
    let mut from = trigger;
    let mut takes_auxiliaries = true;
    let mut in_phrase = false;
    let mut is_main = false;
    for _ in 0..MAX_STEPS {
        if takes_auxiliaries {
            below(tree, at, trigger, &mut evidence);
        }
        if !in_phrase && (takes_auxiliaries || tree.is_verb(at)) {
            negation_below(tree, at, from, &mut evidence);
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
            Step::Judge => {
                takes_auxiliaries = true;
                in_phrase = true;
            }
            Step::Pass => takes_auxiliaries = false,
            Step::Stop => break,
        }
        from = at;
        at = head;
    }
    // What is asked for is open, even where it is asked for a plan.
    evidence.possible |= (is_main || is_existential(tree, trigger)) && is_asked(tree, trigger);
    evidence.possible |= is_bare(tree, trigger) && !evidence.planned;
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

/// Whether a sentence says that there is something: "Are there talks …?" asks
/// for all that it says of the talks, too.
fn is_existential(tree: &Tree<'_>, trigger: usize) -> bool {
    let sentence = tree.annotated.sentence_of(TokenIdx(trigger as u32));
    sentence.tokens.clone().any(|at| tree.deprel(at) == "expl")
}

/// Whether a sentence asks whether something is so: "Did they meet?". What is
/// asked with "why" or "when" is taken for granted.
fn is_asked(tree: &Tree<'_>, trigger: usize) -> bool {
    let sentence = tree.annotated.sentence_of(TokenIdx(trigger as u32));
    let text = tree.annotated.text(sentence.span);
    if !text.trim_end_matches(['"', '”', '’', ' ', '\n']).ends_with('?') {
        return false;
    }
    let opens = |at: usize| {
        let token = tree.token(at);
        token.upos == "AUX" || matches!(token.tag.as_str(), "MD" | "WP")
    };
    let mut tokens = sentence.tokens.clone();
    let is_grammar = |at: usize| {
        tree.token(at).tag == "WRB"
            || matches!(tree.deprel(at), "aux" | "auxpass" | "nsubj" | "ROOT" | "expl")
    };
    if tokens.find(|&at| is_grammar(at)).is_some_and(opens) {
        return true;
    }
    // "And on trade, if I may, has Rome asked Paris …?"
    let has_inversion = |verb: usize| {
        let subject = tree.children_by(verb, &["nsubj", "nsubjpass"]).next();
        let auxiliary = tree.children_by(verb, &["aux", "auxpass"]).next();
        let wh = tree.children_by(verb, &["advmod"]).any(|word| tree.token(word).tag == "WRB");
        !wh && subject.zip(auxiliary).is_some_and(|(subject, auxiliary)| auxiliary < subject)
    };
    tree.is_verb(trigger) && has_inversion(trigger)
}

/// What the next word above has to say.
enum Step {
    /// Its own auxiliaries and negation hold for the trigger, too.
    Inherit,
    /// Its auxiliaries do; what it denies is what somebody thinks of the event.
    Judge,
    /// They do not, but those further above may.
    Pass,
    /// Nothing above matters.
    Stop,
}

/// Auxiliaries, negation and modifiers right below a word.
fn below(tree: &Tree<'_>, at: usize, trigger: usize, evidence: &mut Evidence) {
    for &child in tree.children(at) {
        match tree.deprel(child) {
            // "Prime Minister May said": no auxiliary.
            "aux"
                if tree
                    .mention_at(child)
                    .is_some_and(|m| tree.annotated.mention(m).is_person_name()) => {}
            "aux" if tree.token(child).tag != "TO" => {
                // "would have met": it did not come to that.
                let is_unreal = tree.is_cue("possibility", child)
                    && tree.children_by(at, &["aux"]).any(|aux| tree.lemma(aux) == "have");
                if tree.is_cue("futureAuxiliary", child) && !is_unreal {
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
            // "a visit scheduled for May", "the talks that will begin in May"
            "acl" | "relcl" if at == trigger && tree.is_noun(at) => {
                let is_set = tree.token(child).tag == "VBN" && tree.is_cue("scheduling", child);
                evidence.planned |= is_set || is_future(tree, child) || is_near(tree, child);
            }
            "mark" if tree.is_cue("possibility", child) => evidence.possible = true,
            "advmod" if tree.is_verb(at) && tree.is_cue("possibility", child) => {
                evidence.possible = true;
            }
            _ => {}
        }
    }
}

/// What denies a word, other than through `from`, whose own is counted.
fn negation_below(tree: &Tree<'_>, at: usize, from: usize, evidence: &mut Evidence) {
    for &child in tree.children(at) {
        let negates = match tree.deprel(child) {
            "neg" => true,
            "det" | "advmod" | "preconj" => tree.is_cue("denial", child),
            _ => false,
        };
        // "Neither Rome nor Paris", "no minister": nobody of them did it.
        let of_nobody = matches!(tree.deprel(child), "nsubj" | "nsubjpass" | "dobj")
            && child != from
            && tree.is_verb(at)
            && tree.children_by(child, &["det", "preconj"]).any(|det| tree.is_cue("denial", det));
        if of_nobody {
            evidence.negations += 1;
        }
        // "not only" denies nothing.
        let only = child + 1 < tree.annotated.tokens.len() && tree.lemma(child + 1) == "only";
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

/// Whether what a noun names is under way or past, even where it is only
/// talked about: "the talks", "ongoing talks".
fn is_given(tree: &Tree<'_>, noun: usize) -> bool {
    is_definite(tree, noun)
        || tree.children_by(noun, &["amod"]).any(|word| tree.is_cue("ongoing", word))
}

/// Whether a sentence says of somebody that nobody did something before: "was
/// the first woman to lead", "was among the first to recognize".
fn singles_out(tree: &Tree<'_>, be: usize) -> bool {
    let is_single = |noun: usize| {
        tree.children_by(noun, &["amod", "det"]).any(|word| tree.is_cue("ordinal", word))
    };
    let past = matches!(tree.token(be).tag.as_str(), "VBD" | "VBN" | "VBZ" | "VBP");
    tree.lemma(be) == "be"
        && past
        && (tree.children_by(be, &["attr"]).any(is_single)
            || tree
                .children_by(be, &["prep"])
                .any(|prep| tree.children_by(prep, &["pobj"]).any(is_single)))
}

/// Whether an infinitive behind a noun tells what came of it: "condemned his
/// decision to invade", unless it is only being announced.
fn is_decided(tree: &Tree<'_>, noun: usize) -> bool {
    tree.is_cue("deciding", noun)
        && is_definite(tree, noun)
        && tree.head(noun).is_some_and(|above| {
            !tree.is_cue("reporting", above)
                && !tree.is_cue("planning", above)
                && !tree.is_cue("support", above)
                && !tree.is_cue("denial", above)
        })
}

/// Whether a chance was had and taken: "had an opportunity to speak with".
fn is_taken_chance(tree: &Tree<'_>, noun: usize) -> bool {
    tree.is_cue("chance", noun)
        && tree.deprel(noun) == "dobj"
        && tree.head(noun).is_some_and(|verb| tree.token(verb).tag == "VBD")
}

/// Whether a verb and a particle of its are a word of a class: "call off".
fn is_phrasal(tree: &Tree<'_>, cue: &str, verb: usize) -> bool {
    tree.children_by(verb, &["prt"]).any(|particle| {
        let whole = format!("{}_{}", tree.lemma(verb), tree.lemma(particle));
        tree.is_cue_word(cue, &whole)
    })
}

/// Whether a verb denies what it governs.
fn denies(tree: &Tree<'_>, verb: usize) -> bool {
    tree.is_cue("denial", verb) || is_phrasal(tree, "denial", verb)
}

/// Whether a verb says that its subject will be soon: "is coming up".
fn is_near(tree: &Tree<'_>, verb: usize) -> bool {
    is_phrasal(tree, "planning", verb)
}

/// What a copula's complement makes of its subject: "A meeting is likely",
/// "The visit was no success".
fn judged(tree: &Tree<'_>, be: usize, evidence: &mut Evidence) -> Option<Step> {
    let complement = tree.children_by(be, &["acomp", "attr"]).next()?;
    match tree.token(complement).tag.as_str() {
        // "has never been stronger", "could not be stronger"
        "JJR" | "RBR" => return Some(Step::Stop),
        "JJ" if tree.is_cue("possibility", complement) => evidence.possible = true,
        "JJ" if tree.is_cue("planning", complement) => evidence.planned = true,
        _ => {}
    }
    Some(Step::Judge)
}

/// Whether a clause is a condition by its order of words: "should they attack".
fn is_inverted_condition(tree: &Tree<'_>, verb: usize) -> bool {
    let subject = tree.children_by(verb, &["nsubj", "nsubjpass"]).next();
    let auxiliary = tree.children_by(verb, &["aux"]).next();
    subject.zip(auxiliary).is_some_and(|(subject, auxiliary)| {
        auxiliary < subject && tree.is_cue_word("invertedCondition", &tree.lower_text(auxiliary))
    })
}

/// Whether a clause of time lies ahead with the clause above it: "when he meets
/// her, he will ask".
fn is_ahead(tree: &Tree<'_>, at: usize, head: usize) -> bool {
    let is_present = |verb: usize| matches!(tree.token(verb).tag.as_str(), "VBZ" | "VBP");
    let auxiliaries = tree.children_by(at, &["aux", "auxpass"]);
    let present = is_present(at) || auxiliaries.into_iter().next().is_some_and(is_present);
    let marks = tree.children_by(at, &["mark", "advmod"]);
    let in_time = marks.into_iter().any(|mark| tree.is_cue("whenMarker", mark));
    present && in_time && is_future(tree, head)
}

/// Whether a verb that tells of an end tells of what still goes on: "urged
/// them to stop firing".
fn is_to_cease(tree: &Tree<'_>, verb: usize, at: usize) -> bool {
    tree.is_cue("ceasing", verb)
        && tree.token(at).tag == "VBG"
        && (tree.is_infinitive(verb) || tree.token(verb).tag == "VB")
}

/// What `head` makes of the event that hangs on it through `at`.
fn step(tree: &Tree<'_>, at: usize, head: usize, evidence: &mut Evidence) -> Step {
    let cue = |cue: &str| tree.is_cue(cue, head);
    let deprel = tree.deprel(at);
    if is_inverted_condition(tree, at) {
        evidence.possible = true;
        return Step::Stop;
    }
    match deprel {
        "xcomp" | "ccomp" | "oprd" | "acomp" => {
            let infinitive = tree.is_infinitive(at);
            if is_to_cease(tree, head, at) {
                return Step::Stop;
            } else if denies(tree, head) {
                evidence.negations += 1;
            } else if cue("wishing") && tree.is_cue("expressing", at) {
                // "would like to thank": it is done by saying so.
                return Step::Stop;
            } else if cue("reporting") && infinitive && tree.is_passive(head) {
                // "is believed to have met"
                evidence.possible = true;
            } else if cue("reporting") && !(infinitive || cue("planning") && deprel == "xcomp") {
                return Step::Stop;
            } else if cue("possibility") {
                evidence.possible = true;
            } else if cue("planning") {
                evidence.planned = true;
            } else if infinitive && singles_out(tree, head) {
                return Step::Stop;
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
            if deprel == "nsubj"
                && tree.lemma(head) == "be"
                && let Some(step) = judged(tree, head, evidence)
            {
                return step;
            }
            if deprel == "nsubj" && tree.is_cue("denial", head) {
                // "The talks failed": there were talks.
                return Step::Stop;
            }
            if deprel == "dobj" && cue("continuing") && is_definite(tree, at) {
                // "the means to continue its war"
                return Step::Stop;
            }
            if denies(tree, head) {
                evidence.negations += 1;
            } else if cue("support") && !cue("planning") {
                return Step::Inherit;
            } else if cue("planning") && tree.is_verb(head) {
                evidence.planned = true;
            } else if (cue("possibility") || cue("topic") && !is_given(tree, at))
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
                .is_some_and(|above| !tree.is_noun(above) && tree.is_cue("planning", above)) =>
        {
            evidence.planned = true;
            Step::Stop
        }
        // "how to visit"
        "pcomp" if tree.is_infinitive(at) => {
            evidence.planned = true;
            Step::Stop
        }
        "pcomp"
            if tree.is_cue("expressing", at)
                && tree.is_cue("meansMarker", head)
                && governs(tree, head, "framing") =>
        {
            // "want to start by thanking": it is done by saying so.
            Step::Stop
        }
        "pcomp" if tree.is_cue("chargeMarker", head) && governs(tree, head, "thanking") => {
            // "to thank them for coming"
            Step::Stop
        }
        "pcomp" if tree.is_cue("chargeMarker", head) && governs(tree, head, "alleging") => {
            // "accused them of lying"
            evidence.possible = true;
            Step::Stop
        }
        "pobj" | "pcomp" => above_phrase(tree, at, head, evidence),
        "prep" => Step::Inherit,
        // "ruled out sending troops"
        "advcl" if tree.token(at).tag == "VBG" && is_phrasal(tree, "denial", head) => {
            evidence.negations += 1;
            Step::Inherit
        }
        "advcl" => {
            let mark = tree.children_by(at, &["mark", "advmod"]).next();
            if mark.is_some_and(|m| tree.is_cue("possibility", m)) {
                evidence.possible = true;
                return Step::Stop;
            }
            if is_ahead(tree, at, head) {
                evidence.planned = true;
                return Step::Stop;
            }
            if mark.is_some_and(|m| tree.is_cue("prospective", m)) {
                // "before they invaded"
                evidence.planned |= tree.token(at).tag != "VBD";
                return Step::Stop;
            }
            if tree.is_infinitive(at) && singles_out(tree, head) {
                return Step::Stop;
            }
            if tree.is_infinitive(at) && tree.is_noun(head) && cue("possibility") {
                // "the need for them to release him"
                evidence.possible = true;
                return Step::Stop;
            }
            let is_asked_for = |noun| tree.is_cue("possibility", noun);
            if tree.is_infinitive(at)
                && denies(tree, head)
                && tree.children_by(head, &["dobj"]).any(is_asked_for)
            {
                // "resisted calls to relax"
                evidence.negations += 1;
                return Step::Inherit;
            }
            if tree.is_infinitive(at) {
                // A purpose is not yet reached, unless saying it is doing it.
                // So is what people take to the streets for.
                evidence.planned |= !(cue("communication") && tree.is_cue("expressing", at)
                    || tree.is_cue("demonstrating", at));
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
            let is_given_up = deprel == "acl"
                && tree.deprel(head) == "dobj"
                && tree.head(head).is_some_and(|above| denies(tree, above));
            if cue("denial") || is_given_up {
                evidence.negations += 1;
            } else if is_taken_chance(tree, head) {
                return Step::Stop;
            } else if cue("possibility") {
                evidence.possible = true;
            } else if !singles_out && !is_decided(tree, head) {
                evidence.planned = true;
            }
            Step::Stop
        }
        // "denied reports that they met", "rumors that they met"
        "acl" if tree.children_by(at, &["mark"]).next().is_some() => {
            let is_denied = tree.deprel(head) != "nsubj"
                && tree.head(head).is_some_and(|above| {
                    tree.is_verb(above) && (denies(tree, above) || tree.is_cue("dismissing", above))
                });
            if is_denied {
                evidence.negations += 1;
            } else if tree.is_cue("unproven", head) {
                evidence.possible = true;
            }
            Step::Stop
        }
        "acl" | "relcl" => Step::Stop,
        // "with Acme, a unit of Initech"
        "appos" if tree.mention_at(head).is_some_and(|m| tree.is_named_or_pronoun(m)) => Step::Stop,
        _ => Step::Pass,
    }
}

/// Whether a preposition hangs on a word of a class.
fn governs(tree: &Tree<'_>, prep: usize, cue: &str) -> bool {
    tree.head(prep).is_some_and(|above| tree.is_cue(cue, above))
}

/// What a preposition and the word above it make of the event behind it.
fn above_phrase(tree: &Tree<'_>, at: usize, prep: usize, evidence: &mut Evidence) -> Step {
    if tree.is_cue("denial", prep) {
        evidence.negations += 1;
        return Step::Pass;
    }
    if tree.is_cue("prospective", prep) {
        // "questioned him before releasing him"
        let is_told = tree.token(at).tag == "VBG"
            && tree.head(prep).is_some_and(|above| tree.token(above).tag == "VBD");
        evidence.planned |= !is_told;
        return Step::Stop;
    }
    // "were prevented from travelling"
    if tree.is_cue("barring", prep) && tree.head(prep).is_some_and(|above| denies(tree, above)) {
        evidence.negations += 1;
        return Step::Inherit;
    }
    // What follows on something lies behind the main event.
    if tree.is_cue("aftermath", prep) {
        return Step::Stop;
    }
    let Some(above) = tree.head(prep) else { return Step::Pass };
    let is_open = ["possibility", "planning", "denial"].iter().any(|cue| tree.is_cue(cue, above));
    let is_known = tree.is_cue("violence", at)
        || tree.is_cue("groundMarker", prep)
        || tree.is_cue("report", above);
    if tree.deprel(at) == "pobj" && is_definite(tree, at) && is_known && !is_open {
        // "in light of their attack", "a readout of her meeting"
        return Step::Stop;
    }
    match tree.lemma(prep) {
        // "the cancellation of the visit", "stopped short of attacking"
        "of" if tree.is_noun(above) && tree.is_cue("denial", above)
            || tree.is_cue("lacking", above) =>
        {
            evidence.negations += 1;
            Step::Stop
        }
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
