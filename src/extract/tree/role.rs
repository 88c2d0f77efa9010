//! What stands in a logical role of a word: objects, complements of
//! prepositions, arguments and purposes.

use super::{MAX_STEPS, Tree};
use crate::ontology::pattern::Role;
use crate::token::TokenIdx;

/// How far arguments are followed through phrases on phrases.
const MAX_DEPTH: usize = 3;

impl Tree<'_> {
    /// What stands in a role of a trigger, and how far it was inherited.
    pub fn role(&self, trigger: usize, role: &Role) -> (Vec<usize>, usize) {
        if let Role::Path(path) = role {
            let (mut words, mut steps) = (vec![trigger], 0);
            for role in path {
                let found: Vec<_> = words.into_iter().map(|word| self.role(word, role)).collect();
                steps += found.iter().map(|(_, steps)| *steps).max().unwrap_or(0);
                words = found.into_iter().flat_map(|(words, _)| words).collect();
            }
            return (words, steps);
        }
        if !self.is_verb(trigger) && role == &Role::Subject {
            let own: Vec<usize> = self.children_by(trigger, &["nsubj"]).collect();
            return if !own.is_empty() {
                (own, 0)
            } else if self.token(trigger).upos == "ADJ" {
                self.controller(trigger, "acomp", 0)
            } else {
                self.noun_subject(trigger)
            };
        }
        if self.is_verb(trigger) && role == &Role::Subject && !self.is_passive(trigger) {
            return self.surface_subject(trigger);
        }
        (self.logical(trigger, role), 0)
    }

    pub(super) fn logical(&self, trigger: usize, role: &Role) -> Vec<usize> {
        match role {
            Role::Subject => {
                let mut agents = self.prepositional(trigger, "by");
                // "was arrested and deported by Rome"
                for other in self.children_by(trigger, &["conj"]) {
                    if agents.is_empty() && self.is_verb(other) && self.is_passive(other) {
                        agents = self.complements(other, "by");
                    }
                }
                agents.retain(|&a| self.token(a).upos != "VERB" && !self.in_date(a));
                agents
            }
            Role::Object => self.object(trigger),
            // "Rome was given a loan"
            Role::Indirect if self.is_given_something(trigger) => self.surface_subject(trigger).0,
            Role::Indirect => self
                .children_by(trigger, &["dative"])
                .filter(|&c| !matches!(self.token(c).upos, "ADP"))
                .collect(),
            Role::Child(label) => self.children_by(trigger, &[label]).collect(),
            Role::Argument => {
                let mut found = Vec::new();
                self.arguments(trigger, 0, &mut found);
                found.sort_unstable();
                found
            }
            Role::Purpose => self.purposes(trigger),
            Role::Holder | Role::Path(_) => Vec::new(),
            Role::Preposition(word) => self.prepositional(trigger, word),
        }
    }

    /// The infinitives that say what for: "sent doctors to help the wounded".
    fn purposes(&self, trigger: usize) -> Vec<usize> {
        let phrases = self.children_by(trigger, &["prep"]);
        let complements = phrases.flat_map(|prep| self.children_by(prep, &["pobj"]));
        self.children_by(trigger, &["dobj", "nsubjpass", "prep"])
            .chain(complements)
            .chain([trigger])
            .flat_map(|at| self.children_by(at, &["advcl", "acl", "xcomp"]))
            .filter(|&verb| self.is_infinitive(verb))
            .collect()
    }

    /// What stands behind the prepositions `word` that hang on `at`.
    fn complements(&self, at: usize, word: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for prep in self.children_by(at, &["prep", "dative", "agent"]) {
            self.complements_of(prep, word, &mut found);
        }
        found
    }

    /// The mention right behind a preposition that the parser left without a
    /// complement: "asylum to five officers held in Rome".
    fn mention_behind(&self, prep: usize) -> Option<usize> {
        let sentence = self.annotated.sentence_of(TokenIdx(prep as u32));
        (prep + 1..sentence.tokens.end)
            .take_while(|&at| !self.is_verb(at) && self.token(at).upos != "PUNCT")
            .find_map(|at| self.mention_at(at))
            .map(|mention| self.annotated.mention(mention).head.index())
    }

    /// The subject of an infinitive or participle that stands where its subject
    /// is meant, as parsers have "met with X to discuss Y" and "gave asylum to X
    /// fleeing Y".
    fn subject_of_purpose(&self, word: usize) -> usize {
        let subject = self.children_by(word, &["nsubj"]).next();
        let is_clause = self.is_infinitive(word) || self.token(word).tag == "VBG";
        subject.filter(|_| is_clause).unwrap_or(word)
    }

    fn complements_of(&self, prep: usize, word: &str, found: &mut Vec<usize>) {
        let lemma = self.lemma(prep);
        if lemma == word {
            let before = found.len();
            let complements = self.children_by(prep, &["pobj", "pcomp"]);
            found.extend(complements.map(|word| self.subject_of_purpose(word)));
            if found.len() == before && self.children(prep).is_empty() {
                found.extend(self.mention_behind(prep));
            }
        }
        for inner in self.children_by(prep, &["prep"]) {
            // "ahead of", "along with", "according to".
            if format!("{lemma}_{}", self.lemma(inner)) == word || self.lemma(inner) == word {
                found.extend(self.children_by(inner, &["pobj", "pcomp"]));
            }
        }
        // "to Rome and to Paris"
        for other in self.children_by(prep, &["conj"]) {
            if matches!(self.token(other).upos, "ADP" | "SCONJ") {
                self.complements_of(other, word, found);
            }
        }
    }

    /// Whether a noun is said to belong to somebody by a pronoun: "its troops".
    fn is_own(&self, noun: usize) -> bool {
        self.children_by(noun, &["poss"]).any(|owner| self.token(owner).tag == "PRP$")
    }

    /// Objects and complements of a word, those of the phrases and clauses that
    /// hang on it included: "the WFP" and "Gaza" of "allow the WFP to work in
    /// Gaza".
    fn arguments(&self, at: usize, depth: usize, found: &mut Vec<usize>) {
        if depth > MAX_DEPTH {
            return;
        }
        for &child in self.children(at) {
            match self.deprel(child) {
                "dobj" | "pobj" | "nsubj" | "nsubjpass" if depth > 0 || child > at => {
                    if !self.is_own(child) {
                        found.push(child);
                    }
                    self.arguments(child, depth + 1, found);
                }
                "dative" if self.token(child).upos != "ADP" => found.push(child),
                "nsubjpass" => found.push(child),
                // "a route from X" is not about X
                "prep" | "dative"
                    if self.is_cue("complement", child)
                        && !(self.is_noun(at)
                            && self.is_cue("origin", child)
                            && !self.is_cue("ofMarker", child)) =>
                {
                    self.arguments(child, depth, found);
                }
                "pcomp" => self.arguments(child, depth, found),
                "ccomp" | "xcomp" => self.arguments(child, depth + 1, found),
                _ => {}
            }
        }
    }

    /// Whether the subject of a passive is the one to whom its object goes.
    fn is_given_something(&self, verb: usize) -> bool {
        self.is_verb(verb)
            && self.is_passive(verb)
            && self.children_by(verb, &["dobj"]).any(|object| !self.in_date(object))
    }

    fn object(&self, verb: usize) -> Vec<usize> {
        if !self.is_verb(verb) {
            return Vec::new();
        }
        if self.is_given_something(verb) {
            return self.children_by(verb, &["dobj"]).collect();
        }
        if self.is_passive(verb) {
            return self.surface_subject(verb).0;
        }
        let mut objects: Vec<usize> = self
            .children_by(verb, &["dobj"])
            .filter(|&o| !self.is_relative_pronoun(o) && !self.is_cut_off(verb, o))
            .collect();
        let place_or_time = self.children(verb).iter().any(|&c| self.token(c).tag == "WRB");
        if objects.is_empty() && self.deprel(verb) == "relcl" && !place_or_time {
            let subject =
                self.children_by(verb, &["nsubj"]).find(|&s| !self.is_relative_pronoun(s));
            let pronoun =
                self.children_by(verb, &["dobj"]).any(|object| self.is_relative_pronoun(object));
            if subject.is_some() || pronoun {
                objects.extend(self.head(verb));
            }
        }
        objects
    }

    /// Whether a comma parts an object from a verb that has its counterpart, so
    /// that it is an apposition to what stands before it: "met with Torres at a
    /// session of the Council, the highest body of the League".
    fn is_cut_off(&self, verb: usize, object: usize) -> bool {
        let start = self.subtree(object).start;
        verb + 2 < start
            && self.text(start - 1) == ","
            && self.text(verb + 1) != ","
            && self.complements(verb, "with").iter().any(|with| (verb..start).contains(with))
    }

    fn prepositional(&self, trigger: usize, word: &str) -> Vec<usize> {
        let mut found = self.complements(trigger, word);
        if self.is_verb(trigger) {
            // The attachment of a phrase behind an object is a toss-up; so is
            // that of a phrase behind a phrase of place or time.
            // "and $3m to B" is often hung on the verb.
            let objects: Vec<usize> = self
                .children_by(trigger, &["dobj", "nsubjpass", "conj"])
                .filter(|&object| !self.is_verb(object))
                .collect();
            for object in objects {
                self.collect_below_object(object, word, &mut found, 0);
            }
            if found.is_empty() {
                self.collect_behind_phrases(trigger, word, &mut found);
            }
            for object in self.children_by(trigger, &["dobj", "nsubjpass"]) {
                if found.is_empty() {
                    self.collect_behind_phrases(object, word, &mut found);
                }
            }
        } else {
            for other in self.children_by(trigger, &["conj"]) {
                if found.is_empty() {
                    found.extend(self.complements(other, word));
                }
            }
            if found.is_empty()
                && let Some((verb, deprel)) = self.support_verb(trigger)
            {
                // Where verbs stand last, phrases stand before the noun.
                let is_final = deprel == "dobj" && trigger < verb;
                let behind = self.complements(verb, word).into_iter();
                found.extend(behind.filter(|&f| f > trigger || is_final));
            }
            if found.is_empty() {
                self.collect_behind_phrases(trigger, word, &mut found);
            }
        }
        if found.is_empty() {
            let objects = self.children_by(trigger, &["dobj", "nsubjpass"]);
            for at in objects.chain([trigger]) {
                found.extend(self.beneficiaries(at, word));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whom an infinitive is for that hangs on `at`: "a loan for Rome to build
    /// roads", where the preposition became the mark of a clause.
    fn beneficiaries(&self, at: usize, word: &str) -> Vec<usize> {
        self.children_by(at, &["advcl", "acl", "relcl", "xcomp", "ccomp"])
            .filter(|&verb| {
                self.is_infinitive(verb)
                    && self.children_by(verb, &["mark"]).any(|mark| self.lemma(mark) == word)
            })
            .flat_map(|verb| self.children_by(verb, &["nsubj"]))
            .collect()
    }

    /// What stands behind `word` where that hangs on another phrase of `at`:
    /// "talks in Rome with", "support for farmers in".
    fn collect_behind_phrases(&self, at: usize, word: &str, found: &mut Vec<usize>) {
        if word == "of" {
            // It belongs to the noun before it: "a trip with the king of".
            return;
        }
        for prep in self.children_by(at, &["prep"]) {
            for inner in self.children_by(prep, &["pobj"]) {
                // "in Riga, Latvia with"
                let beside = self.children_by(inner, &["conj", "appos"]);
                for phrase in beside.chain([inner]) {
                    found.extend(self.complements(phrase, word));
                }
            }
        }
    }

    fn collect_below_object(
        &self,
        object: usize,
        word: &str,
        found: &mut Vec<usize>,
        steps: usize,
    ) {
        found.extend(self.complements(object, word));
        if steps < MAX_STEPS {
            for other in self.children_by(object, &["conj", "appos", "nummod", "quantmod", "amod"])
            {
                self.collect_below_object(other, word, found, steps + 1);
            }
        }
    }
}
