//! Whom pronouns mean.

use super::super::draft::{Draft, DraftIdx};
use super::super::nominals::antecedent;
use super::super::referents::Groups;
use super::super::words::Words;
use super::{Target, Walk, is_subject};
use crate::lang::lexicon::{Person, PronounRole, WordClass};
use crate::mention::{Gender, MentionKind, Supertype};

impl Walk<'_, '_> {
    /// Whom a pronoun means.
    pub(super) fn pronoun(
        &self,
        index: DraftIdx,
        draft: &Draft,
        groups: &Groups,
    ) -> Option<Target> {
        let words = self.words;
        let pronoun = words.language.lexicon.pronoun(&words.words[draft.head].lower)?;
        if pronoun.role == PronounRole::Relative {
            let noun = antecedent(words, draft.head)?;
            let mut target = self.drafts.covering(noun)?;
            // "refugees in Peru, who": of two nouns the one that can be "who".
            if self.drafts.drafts[target].supertype == Supertype::Place {
                let preposition = words.tokens[self.drafts.drafts[target].head].head.index();
                target = self.drafts.covering(words.tokens[preposition].head.index())?;
                if self.drafts.drafts[target].supertype == Supertype::Place {
                    return None;
                }
            }
            return (target != index && self.drafts.drafts[target].supertype != Supertype::Office)
                .then_some(Target::One(target));
        }
        if pronoun.person == Person::First {
            if pronoun.is_plural == Some(true) {
                return None;
            }
            let speaker = match self.quotes.quote_of(draft.head) {
                Some(_) => self.quotes.speaker(words, self.drafts, draft.head)?,
                None => self.quotes.turn_of(draft.head)?,
            };
            return (self.drafts.drafts[speaker].supertype == Supertype::Person)
                .then_some(Target::One(speaker));
        }
        let is_plural = pronoun.is_plural == Some(true);
        let sentence = words.words[draft.head].sentence;
        let governor = words.tokens[draft.head].head.index();
        let speaks = is_subject(words, draft.head) && self.words.is_speech(governor);
        let owner = match pronoun.role {
            PronounRole::Possessive => {
                thanked(words, draft.head).or_else(|| joined(words, draft.head))
            }
            _ => None,
        };
        let inside = self.quotes.quote_of(draft.head);
        let turn = self.quotes.speaks_or_is_asked(draft.head).map(|d| groups.root(d));
        let mut best: Option<(f32, DraftIdx)> = None;
        let mut offer = |score: f32, target: DraftIdx| {
            if best.is_none_or(|(old, _)| score > old) {
                best = Some((score, target));
            }
        };
        for root in self.recent.iter().rev() {
            let thing = &self.things[root];
            if is_plural != thing.is_plural || (!is_plural && thing.supertype != Supertype::Person)
            {
                continue;
            }
            let clash = thing.clash(draft);
            if clash > 1.0 {
                continue;
            }
            let other = &self.drafts.drafts[thing.last];
            let distance = sentence.saturating_sub(words.words[other.head].sentence);
            if distance > 4 {
                continue;
            }
            let mut score = match distance {
                0 => 1.6,
                1 => 1.3,
                2 => 0.7,
                3 => 0.3,
                _ => 0.0,
            };
            score -= clash;
            // What it was when last mentioned, and as a subject near by.
            if is_subject(words, other.head) {
                let verb = words.tokens[other.head].head.index();
                score += if words.tokens[verb].deprel == "ROOT" { 0.9 } else { 0.7 };
            } else if thing.subject_in.is_some_and(|s| s + 1 >= sentence) {
                score += 0.6;
            } else if words.tokens[other.head].deprel == "poss" {
                score += 0.2;
            }
            if thing.gender == draft.gender && draft.gender != Gender::Unknown {
                score += 0.5;
            }
            if owner.is_some_and(|owner| other.tokens.contains(&owner)) {
                score += 1.5;
            }
            if thing.has_members {
                score += 0.3;
            } else if !thing.is_named {
                score -= 0.3;
            }
            score += 0.05 * thing.mentions.min(6) as f32;
            // Who spoke goes on speaking.
            if speaks && let Some(spoke) = thing.spoke_in {
                score += match sentence.saturating_sub(spoke) {
                    0 | 1 => 1.0,
                    2 => 0.4,
                    _ => 0.0,
                };
            }
            // An object is not the subject of its own verb: "West met him".
            if distance == 0
                && pronoun.role == PronounRole::Object
                && clause_verb(words, draft.head) == clause_verb(words, other.head)
                && is_subject(words, other.head)
                && words.words[draft.head].lower.len() < 5
            {
                continue;
            }
            // Inside a quotation or a turn, who speaks is "I", and who is asked
            // "you".
            if turn == Some(*root) {
                continue;
            }
            if inside.is_some() && inside != self.quotes.quote_of(other.head) {
                let speaker = self.quotes.speaker(words, self.drafts, draft.head);
                if speaker.is_some_and(|s| groups.root(s) == *root) {
                    continue;
                }
            } else if inside.is_none() && self.quotes.quote_of(other.head).is_some() {
                score -= 0.6;
            }
            offer(score, thing.last);
        }
        // "Ahead of his arrival, West said": the subject that follows.
        if !is_plural && let Some((score, target)) = self.cataphora(draft) {
            offer(score, target);
        }
        if is_plural
            && let Some((score, list)) = self.several(draft)
            && best.is_none_or(|(old, _)| old < score)
        {
            return Some(Target::Several(list));
        }
        best.filter(|(score, _)| *score >= 1.2).map(|(_, target)| Target::One(target))
    }

    /// The two or more that a plural pronoun means where the sentence before,
    /// or the same before it, names them together: "Doe and Roe said", "Doe met
    /// with Roe".
    fn several(&self, draft: &Draft) -> Option<(f32, Vec<DraftIdx>)> {
        let words = self.words;
        let at = words.words[draft.head].sentence as usize;
        if self.quotes.quote_of(draft.head).is_some() {
            return None;
        }
        let previous = at.checked_sub(1).and_then(|at| words.sentences.get(at));
        let mut found: Option<(f32, Vec<DraftIdx>)> = None;
        for (sentence, nearness) in [(words.sentences.get(at), 1.6), (previous, 1.3)]
            .into_iter()
            .filter_map(|(s, n)| Some((s?, n)))
        {
            let end = sentence.tokens.end.min(draft.head);
            for subject in sentence.tokens.start..end {
                let token = &words.tokens[subject];
                if token.deprel != "nsubj" || self.quotes.quote_of(subject).is_some() {
                    continue;
                }
                let verb = token.head.index();
                let (list, kind) = match self.list(subject, end) {
                    list if list.len() > 1 => (list, 0.9),
                    list if list.len() == 1 => {
                        let Some(other) = self.companion(verb, end) else { continue };
                        let Some(&first) = list.first() else { continue };
                        (vec![first, other], 0.7)
                    }
                    _ => continue,
                };
                let main = if words.tokens[verb].deprel == "ROOT" { 0.1 } else { -0.1 };
                let score = nearness + kind + main;
                if found.as_ref().is_none_or(|(old, _)| *old <= score) {
                    found = Some((score, list));
                }
            }
        }
        found
    }

    /// The persons and groups that a word and those joined to it name, a person
    /// first; none if one of them is neither.
    fn list(&self, first: usize, end: usize) -> Vec<DraftIdx> {
        let words = self.words;
        let mut list = Vec::new();
        let mut last = first;
        let mut at = Some(first);
        while let Some(token) = at {
            let draft = if list.is_empty() { self.person_at(token) } else { self.people_at(token) };
            let Some(draft) = draft else { return Vec::new() };
            // "his counterpart, Omar Said" is one.
            let renames = list.last().is_some_and(|&old: &DraftIdx| {
                let (old, new) = (&self.drafts.drafts[old], &self.drafts.drafts[draft]);
                old.kind == MentionKind::Nominal
                    && new.kind == MentionKind::Name
                    && new.tokens.start == old.tokens.end + 1
                    && words.words[old.tokens.end].text == ","
            });
            if renames {
                list.pop();
            }
            if !list.contains(&draft) {
                list.push(draft);
            }
            last = token.max(last);
            at = (last + 1..end.min(last + 20)).find(|&i| {
                words.tokens[i].head.index() == last
                    && matches!(words.tokens[i].deprel.as_str(), "conj")
            });
        }
        list
    }

    /// The single person that stands at a token.
    fn person_at(&self, token: usize) -> Option<DraftIdx> {
        self.people_at(token).filter(|&at| {
            let draft = &self.drafts.drafts[at];
            draft.supertype == Supertype::Person && !draft.is_plural
        })
    }

    /// The person or people that stand at a token, other than as a pronoun.
    fn people_at(&self, token: usize) -> Option<DraftIdx> {
        self.drafts.covering(token).filter(|&at| {
            let draft = &self.drafts.drafts[at];
            matches!(draft.supertype, Supertype::Person | Supertype::Group)
                && draft.kind != MentionKind::Pronoun
        })
    }

    /// Who does the same as the subject of a verb: "met with Doe", "held talks
    /// with Doe".
    fn companion(&self, verb: usize, end: usize) -> Option<DraftIdx> {
        let words = self.words;
        let token = (verb + 1..end.min(verb + 30)).find(|&i| {
            let preposition = words.tokens[i].head.index();
            let governor = words.tokens[preposition].head.index();
            words.tokens[i].deprel == "pobj"
                && words.words[preposition].is(WordClass::Together)
                && (governor == verb
                    || words.tokens[governor].head.index() == verb
                        && words.tokens[governor].deprel == "dobj")
        })?;
        self.person_at(token)
    }

    /// The subject of the main verb, for a pronoun in what stands before it.
    fn cataphora(&self, draft: &Draft) -> Option<(f32, DraftIdx)> {
        let words = self.words;
        let sentence = &words.sentences[words.words[draft.head].sentence as usize];
        let subject = sentence.tokens.clone().find(|&i| {
            let token = &words.tokens[i];
            let verb = token.head.index();
            is_subject(words, i) && (words.tokens[verb].deprel == "ROOT")
        })?;
        if subject <= draft.head {
            return None;
        }
        let target = self.drafts.covering(subject)?;
        let other = &self.drafts.drafts[target];
        let fits = other.supertype == Supertype::Person
            && other.kind == MentionKind::Name
            && (other.gender == draft.gender
                || other.gender == Gender::Unknown
                || !other.is_gender_sure)
            && self.quotes.quote_of(draft.head).is_none();
        // Only from a phrase in front, not from a clause of its own.
        let verb = words.tokens[subject].head.index();
        let mut at = draft.head;
        for _ in 0..12 {
            let token = &words.tokens[at];
            if token.head.index() == verb {
                let is_front = matches!(
                    token.deprel.as_str(),
                    "prep" | "advcl" | "advmod" | "npadvmod" | "pcomp"
                );
                return (fits && is_front).then_some((3.4, target));
            }
            if token.head.index() == at {
                break;
            }
            at = token.head.index();
        }
        None
    }
}

/// The object of the verb on which a possessor hangs by what the object is
/// thanked or blamed for: "thanked Doe for his work".
fn thanked(words: &Words, possessor: usize) -> Option<usize> {
    let owned = words.tokens[possessor].head.index();
    let preposition = words.tokens[owned].head.index();
    let verb = words.tokens[preposition].head.index();
    let is_for = words.tokens[owned].deprel == "pobj"
        && words.words[preposition].is(WordClass::Aim)
        && !words.words[preposition].is(WordClass::Of)
        && words.tokens[verb].upos == "VERB";
    (verb + 1..preposition.max(verb + 1)).find(|&i| {
        is_for && words.tokens[i].head.index() == verb && words.tokens[i].deprel == "dobj"
    })
}

/// The noun right before "and" to which what somebody has is joined: "Doe and
/// his brother". A counterpart is that of a third.
fn joined(words: &Words, possessor: usize) -> Option<usize> {
    let owned = words.tokens[possessor].head.index();
    let first = words.tokens[owned].head.index();
    let is_next = first + 2 == possessor && words.tokens[first + 1].deprel == "cc";
    let is_joined = words.tokens[owned].deprel == "conj" && is_next;
    (is_joined && !words.words[owned].is(WordClass::Counterpart)).then_some(first)
}

/// The verb of the clause that a token belongs to.
fn clause_verb(words: &Words, token: usize) -> usize {
    let mut at = token;
    for _ in 0..20 {
        let head = words.tokens[at].head.index();
        if head == at {
            break;
        }
        at = head;
        if matches!(words.tokens[at].upos, "VERB" | "AUX") {
            break;
        }
    }
    at
}
