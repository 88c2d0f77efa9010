//! The dependency trees of a document, read by logical role: who does what to
//! whom, whether the sentence is active, passive, a relative clause, an
//! infinitive or a noun with a support verb.
//!
//! Labels are those of ClearNLP as spaCy's English models use them.

use std::borrow::Cow;

use crate::mention::{MentionIdx, MentionKind, Supertype};
use crate::ontology::pattern::{Role, TriggerKind};
use crate::ontology::{Ontology, WordUses};
use crate::token::{Annotated, Token, TokenIdx};

/// How far arguments are followed through phrases on phrases.
const MAX_DEPTH: usize = 3;
/// How far inheritance of a subject is followed.
const MAX_STEPS: usize = 8;

/// The trees of one document, with indices for walking them.
pub(super) struct Tree<'a> {
    pub annotated: &'a Annotated,
    pub ontology: &'a Ontology,
    children: Vec<Vec<usize>>,
    mention_at: Vec<Option<MentionIdx>>,
    lemmas: Vec<Cow<'a, str>>,
    uses: Option<&'a WordUses>,
    cues: Vec<u128>,
}

impl<'a> Tree<'a> {
    pub fn new(ontology: &'a Ontology, annotated: &'a Annotated) -> Self {
        let mut children = vec![Vec::new(); annotated.tokens.len()];
        for (at, token) in annotated.tokens.iter().enumerate() {
            let head = token.head.index();
            if head != at {
                children[head].push(at);
            }
        }
        let mut mention_at = vec![None; annotated.tokens.len()];
        for (at, mention) in annotated.mentions.iter().enumerate() {
            for token in mention.tokens.clone() {
                mention_at[token] = Some(MentionIdx(at as u32));
            }
        }
        let lemmas: Vec<Cow<'a, str>> =
            annotated.tokens.iter().map(|token| lower(&token.lemma)).collect();
        let uses = ontology.uses(&annotated.language);
        let cues_of = |lemma: &Cow<'_, str>| uses?.cues.get(lemma.as_ref()).copied();
        let cues = lemmas.iter().map(|lemma| cues_of(lemma).unwrap_or(0)).collect();
        Self { annotated, ontology, children, mention_at, lemmas, uses, cues }
    }

    pub fn token(&self, at: usize) -> &'a Token {
        &self.annotated.tokens[at]
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.annotated.text(self.token(at).span)
    }

    /// The lemma in lower case.
    pub fn lemma(&self, at: usize) -> &str {
        &self.lemmas[at]
    }

    pub fn deprel(&self, at: usize) -> &'a str {
        &self.token(at).deprel
    }

    /// The head; `None` for a root.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.token(at).head.index();
        (head != at).then_some(head)
    }

    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    pub fn children_by<'b>(
        &'b self,
        at: usize,
        deprels: &'b [&str],
    ) -> impl Iterator<Item = usize> + 'b {
        self.children[at].iter().copied().filter(move |&c| deprels.contains(&self.deprel(c)))
    }

    pub fn mention_at(&self, at: usize) -> Option<MentionIdx> {
        self.mention_at[at]
    }

    /// The patterns that a word triggers, as indices of relation and pattern.
    pub fn triggered(
        &self,
        at: usize,
        kind: TriggerKind,
    ) -> impl Iterator<Item = (usize, usize)> + use<'_> {
        let used = self.uses.and_then(|uses| uses.triggers.get(self.lemma(at)));
        let of_kind = move |&(k, relation, pattern): &(TriggerKind, usize, usize)| {
            (k == kind).then_some((relation, pattern))
        };
        used.into_iter().flatten().filter_map(of_kind)
    }

    pub fn is_cue(&self, cue: &str, at: usize) -> bool {
        let bit = self.uses.and_then(|uses| uses.bits.get(cue)).copied().unwrap_or(0);
        self.cues[at] & bit != 0
    }

    pub fn is_verb(&self, at: usize) -> bool {
        matches!(self.token(at).upos, "VERB" | "AUX")
    }

    pub fn is_noun(&self, at: usize) -> bool {
        matches!(self.token(at).upos, "NOUN" | "PROPN")
    }

    /// The tokens below `at`, itself included, as a range.
    pub fn subtree(&self, at: usize) -> std::ops::Range<usize> {
        let (mut from, mut to) = (at, at + 1);
        let mut stack = vec![at];
        let mut seen = 0;
        while let Some(node) = stack.pop() {
            from = from.min(node);
            to = to.max(node + 1);
            seen += 1;
            // Trees have no circles; the bound guards against a broken one.
            if seen > self.children.len() {
                break;
            }
            stack.extend(&self.children[node]);
        }
        from..to
    }

    /// Whether a verb is passive: "was met", "talks held in Rome".
    pub fn is_passive(&self, verb: usize) -> bool {
        if self.children_by(verb, &["auxpass", "nsubjpass"]).next().is_some() {
            return true;
        }
        if self.token(verb).tag != "VBN" || self.children_by(verb, &["aux"]).next().is_some() {
            return false;
        }
        match self.deprel(verb) {
            "acl" | "relcl" => true,
            "advcl" => self.children_by(verb, &["dobj", "nsubj"]).next().is_none(),
            "conj" => {
                self.children_by(verb, &["nsubj"]).next().is_none()
                    && self
                        .head(verb)
                        .is_some_and(|head| self.is_verb(head) && self.is_passive(head))
            }
            _ => false,
        }
    }

    fn is_relative_pronoun(&self, at: usize) -> bool {
        matches!(self.token(at).tag.as_str(), "WP" | "WDT")
            || self.token(at).tag == "IN" && self.lemma(at) == "that"
    }

    /// The grammatical subject of a verb, inherited where the verb has none of
    /// its own, and in how many steps.
    pub fn surface_subject(&self, verb: usize) -> (Vec<usize>, usize) {
        self.inherited_subject(verb, 0)
    }

    fn inherited_subject(&self, verb: usize, steps: usize) -> (Vec<usize>, usize) {
        if steps > MAX_STEPS {
            return (Vec::new(), steps);
        }
        let own: Vec<usize> = self.children_by(verb, &["nsubj", "nsubjpass"]).collect();
        if !own.is_empty() {
            let relative = self.deprel(verb) == "relcl";
            return (
                own.into_iter()
                    .filter_map(|subject| {
                        if relative && self.is_relative_pronoun(subject) {
                            self.head(verb)
                        } else {
                            Some(self.speaker(verb, subject).unwrap_or(subject))
                        }
                    })
                    .collect(),
                steps,
            );
        }
        let Some(head) = self.head(verb) else { return (Vec::new(), steps) };
        if let Some(before) = self.reduced_relative(verb) {
            return (vec![before], steps + 1);
        }
        match self.deprel(verb) {
            "conj" if self.is_verb(head) => self.inherited_subject(head, steps + 1),
            "conj" if self.is_noun(head) => (Vec::new(), steps),
            "xcomp" | "ccomp" | "advcl" | "pcomp" | "prep" | "oprd" | "acomp" | "dep"
                if self.token(verb).tag != "VBD" || self.deprel(verb) == "dep" =>
            {
                self.controller(head, self.deprel(verb), steps + 1)
            }
            "acl" if self.token(verb).tag == "VB" => self.noun_infinitive_subject(head, steps + 1),
            "acl" => (vec![head], steps),
            "relcl" if self.token(verb).tag == "VB" => (vec![head], steps),
            _ => (Vec::new(), steps),
        }
    }

    /// Whom a pronoun means that is the subject of what somebody says: "Rome
    /// said it would", where nothing better is known.
    fn speaker(&self, verb: usize, subject: usize) -> Option<usize> {
        let above = self.head(verb)?;
        let is_open = self.token(subject).tag == "PRP"
            && self.mention_at(subject).is_none_or(|m| !self.is_resolved(m));
        if !is_open || self.deprel(verb) != "ccomp" || !self.is_cue("reporting", above) {
            return None;
        }
        self.children_by(above, &["nsubj"]).next().filter(|&s| self.token(s).upos != "PRON")
    }

    /// The name that a past participle stands right behind, as in "…, scheduled
    /// to arrive": it belongs to that name, wherever the parser hung it.
    fn reduced_relative(&self, verb: usize) -> Option<usize> {
        if self.token(verb).tag != "VBN" || self.deprel(verb) != "advcl" {
            return None;
        }
        let before = verb.checked_sub(1)?;
        let before = if self.text(before) == "," { before.checked_sub(1)? } else { before };
        let mention = self.annotated.mention(self.mention_at(before)?);
        let agent = matches!(
            mention.supertype,
            Supertype::Person | Supertype::Organization | Supertype::Group
        );
        let same_sentence = self.annotated.sentence_of(mention.head).tokens.contains(&verb);
        (agent && same_sentence).then_some(mention.head.index())
    }

    /// The subject of a subjectless clause that hangs on `head`.
    fn controller(&self, head: usize, deprel: &str, steps: usize) -> (Vec<usize>, usize) {
        if steps > MAX_STEPS {
            return (Vec::new(), steps);
        }
        if self.is_verb(head) {
            if matches!(deprel, "xcomp" | "ccomp")
                && self.is_cue("objectControl", head)
                && !self.is_passive(head)
            {
                let object: Vec<usize> = self.children_by(head, &["dobj", "dative"]).collect();
                if !object.is_empty() {
                    return (object, steps);
                }
            }
            // "called on Rome to withdraw"
            if matches!(deprel, "xcomp" | "ccomp" | "advcl") && self.is_cue("objectControl", head) {
                let asked: Vec<usize> = self
                    .children_by(head, &["prep"])
                    .filter(|&prep| self.is_cue("addressee", prep))
                    .flat_map(|prep| self.children_by(prep, &["pobj"]))
                    .collect();
                if !asked.is_empty() {
                    return (asked, steps);
                }
            }
            return self.inherited_subject(head, steps);
        }
        match (self.token(head).upos, self.head(head)) {
            // "ready to visit", "after meeting": on to what the word hangs on.
            ("ADJ" | "ADP" | "ADV" | "SCONJ" | "PART", Some(above)) => {
                if self.is_verb(above) {
                    self.inherited_subject(above, steps)
                } else if matches!(self.token(above).upos, "ADP" | "SCONJ" | "ADJ" | "ADV") {
                    self.controller(above, deprel, steps + 1)
                } else {
                    (Vec::new(), steps)
                }
            }
            _ => (Vec::new(), steps),
        }
    }

    /// The subject of an infinitive on a noun: "his plan to visit", "the first
    /// leader to visit".
    fn noun_infinitive_subject(&self, noun: usize, steps: usize) -> (Vec<usize>, usize) {
        if self.mention_at(noun).is_some() {
            return (vec![noun], steps);
        }
        let owner: Vec<usize> = self.children_by(noun, &["poss"]).collect();
        if !owner.is_empty() {
            return (owner, steps);
        }
        match self.head(noun) {
            Some(verb) if self.is_verb(verb) && self.deprel(noun) == "dobj" => {
                self.inherited_subject(verb, steps + 1)
            }
            _ => (Vec::new(), steps),
        }
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

    fn complements_of(&self, prep: usize, word: &str, found: &mut Vec<usize>) {
        let lemma = self.lemma(prep);
        if lemma == word {
            let before = found.len();
            found.extend(self.children_by(prep, &["pobj", "pcomp"]));
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

    /// The support verb of a noun: "held" of "held talks", with the label that
    /// joins them.
    pub fn support_verb(&self, noun: usize) -> Option<(usize, &'a str)> {
        let noun = self.outer_noun(noun);
        let verb = self.head(noun)?;
        let deprel = self.deprel(noun);
        (matches!(deprel, "dobj" | "nsubjpass" | "nsubj")
            && self.is_verb(verb)
            && self.is_cue("support", verb))
        .then_some((verb, deprel))
    }

    /// "series" of "a series of meetings", the first of "visits and talks".
    fn outer_noun(&self, noun: usize) -> usize {
        let mut at = noun;
        for _ in 0..MAX_STEPS {
            let Some(head) = self.head(at) else { break };
            match self.deprel(at) {
                "conj" if self.token(head).upos == "NOUN" => at = head,
                "pobj" if self.lemma(head) == "of" => match self.head(head) {
                    Some(above)
                        if self.token(above).upos == "NOUN"
                            && self.mention_at(above).is_none()
                            && !matches!(self.deprel(head), "agent") =>
                    {
                        at = above;
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        at
    }

    /// The possessors of a noun; a pronoun counts if it is known whom it means,
    /// and otherwise stands for the subject of the clause.
    fn owners(&self, noun: usize) -> Vec<usize> {
        self.children_by(noun, &["poss"])
            .filter(|&owner| {
                self.token(owner).upos != "PRON"
                    || self.mention_at(owner).is_some_and(|m| self.is_resolved(m))
            })
            .collect()
    }

    /// Whether what a mention refers to has a name or description somewhere.
    pub fn is_resolved(&self, mention: MentionIdx) -> bool {
        let referent = self.annotated.mention(mention).referent;
        let mentions = &self.annotated.referent(referent).mentions;
        mentions.iter().any(|&m| self.annotated.mention(m).kind != MentionKind::Pronoun)
    }

    /// Whether a mention is of something that the document names, or is a
    /// pronoun: of "He is an envoy" nobody knows who he is, and yet the words
    /// say it of him.
    pub fn is_named_or_pronoun(&self, mention: MentionIdx) -> bool {
        let mention = self.annotated.mention(mention);
        mention.kind == MentionKind::Pronoun || self.annotated.referent(mention.referent).is_named
    }

    /// Who takes part in the event that a noun names.
    fn noun_subject(&self, noun: usize) -> (Vec<usize>, usize) {
        let owner = self.owners(noun);
        if !owner.is_empty() {
            return (owner, 0);
        }
        // "Berg, a member of", "Berg is a member of".
        match (self.deprel(noun), self.head(noun)) {
            ("appos", Some(head)) => return (vec![head], 1),
            ("attr", Some(verb)) if self.is_verb(verb) => return self.surface_subject(verb),
            _ => {}
        }
        let mut modifiers: Vec<usize> = self.children_by(noun, &["compound", "nmod"]).collect();
        modifiers.retain(|&m| {
            self.mention_at(m).is_some_and(|m| {
                matches!(
                    self.annotated.mention(m).supertype,
                    Supertype::Person | Supertype::Organization
                )
            })
        });
        if !modifiers.is_empty() {
            return (modifiers, 0);
        }
        if let Some((verb, deprel)) = self.support_verb(noun) {
            return match deprel {
                "nsubjpass" => (self.logical(verb, &Role::Subject), 1),
                "nsubj" => (Vec::new(), 0),
                _ if self.is_passive(verb) => (self.logical(verb, &Role::Subject), 1),
                _ => {
                    let (subject, steps) = self.surface_subject(verb);
                    (subject, steps + 1)
                }
            };
        }
        // "after talks with", "during a visit to", "on a trip to".
        let outer = self.outer_noun(noun);
        if outer != noun {
            let owner = self.owners(outer);
            if !owner.is_empty() {
                return (owner, 1);
            }
        }
        let Some(above) = self.head(outer) else { return (Vec::new(), 0) };
        let adjunct = match self.deprel(outer) {
            "pobj" => self.head(above).filter(|_| {
                matches!(
                    self.lemma(above),
                    "after"
                        | "during"
                        | "in"
                        | "at"
                        | "before"
                        | "for"
                        | "on"
                        | "of"
                        | "upon"
                        | "follow"
                        | "following"
                        | "throughout"
                        | "since"
                        | "amid"
                        | "to"
                        | "via"
                        | "through"
                )
            }),
            "dobj" if self.lemma(above) == "follow" => self.head(above),
            _ => None,
        };
        match adjunct {
            Some(verb) if self.is_verb(verb) => {
                let (subject, steps) = self.surface_subject(verb);
                (subject, steps + 2)
            }
            // "ahead of his visit": one preposition more.
            Some(prep) if matches!(self.token(prep).upos, "ADP" | "ADV" | "SCONJ") => {
                match self.head(prep) {
                    Some(verb) if self.is_verb(verb) => {
                        let (subject, steps) = self.surface_subject(verb);
                        (subject, steps + 2)
                    }
                    _ => (Vec::new(), 0),
                }
            }
            _ => (Vec::new(), 0),
        }
    }

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

    fn logical(&self, trigger: usize, role: &Role) -> Vec<usize> {
        match role {
            Role::Subject => {
                let mut agents = self.complements(trigger, "by");
                agents.retain(|&a| self.token(a).upos != "VERB");
                agents
            }
            Role::Object => self.object(trigger),
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

    /// Whether a verb is an infinitive with its particle.
    pub fn is_infinitive(&self, verb: usize) -> bool {
        self.is_verb(verb)
            && self.children_by(verb, &["aux"]).any(|aux| self.token(aux).tag == "TO")
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
                "prep" | "dative" if self.is_cue("complement", child) => {
                    self.arguments(child, depth, found);
                }
                "pcomp" => self.arguments(child, depth, found),
                "ccomp" | "xcomp" => self.arguments(child, depth + 1, found),
                _ => {}
            }
        }
    }

    fn object(&self, verb: usize) -> Vec<usize> {
        if !self.is_verb(verb) {
            return Vec::new();
        }
        if self.is_passive(verb) {
            return self.surface_subject(verb).0;
        }
        let mut objects: Vec<usize> =
            self.children_by(verb, &["dobj"]).filter(|&o| !self.is_relative_pronoun(o)).collect();
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
                && let Some((verb, _)) = self.support_verb(trigger)
            {
                found.extend(self.complements(verb, word).into_iter().filter(|&f| f > trigger));
            }
            if found.is_empty() {
                self.collect_behind_phrases(trigger, word, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
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
                found.extend(self.complements(inner, word));
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
            for other in self.children_by(object, &["conj", "appos", "nummod", "quantmod"]) {
                self.collect_below_object(other, word, found, steps + 1);
            }
        }
    }
}

/// The lower case of a lemma, borrowed where it is that already.
fn lower(lemma: &str) -> Cow<'_, str> {
    if lemma.chars().any(char::is_uppercase) {
        Cow::Owned(lemma.to_lowercase())
    } else {
        Cow::Borrowed(lemma)
    }
}
