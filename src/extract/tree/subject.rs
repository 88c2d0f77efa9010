//! The subjects of verbs and of nouns that name events, inherited where a
//! clause has none of its own.

use super::{MAX_STEPS, Tree};
use crate::mention::{MentionIdx, MentionKind, Supertype};
use crate::ontology::pattern::Role;

/// A person whose title stands before the name.
struct Titled {
    /// The first word of the title.
    start: usize,
    /// The head of the name.
    head: usize,
}

impl Tree<'_> {
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
                    .chain(self.companions(verb))
                    .collect(),
                steps,
            );
        }
        let Some(head) = self.head(verb) else {
            return (self.titled_before(verb).into_iter().collect(), steps + 1);
        };
        if let Some(before) = self.reduced_relative(verb).or_else(|| self.titled_before(verb)) {
            return (vec![before], steps + 1);
        }
        match self.deprel(verb) {
            "conj" if self.is_mistaken(verb, head) => (Vec::new(), steps),
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

    /// Whether a participle before a noun was taken for a second verb: "was
    /// arrested on his way to free his son, jailed activist Omar Said".
    fn is_mistaken(&self, verb: usize, head: usize) -> bool {
        self.is_verb(head)
            && self.is_passive(head)
            && !self.is_passive(verb)
            && self.children_by(verb, &["dobj"]).next().is_some()
            && !self.children_by(head, &["cc"]).any(|cc| (head..verb).contains(&cc))
    }

    /// Who does it with the subject: "Berg, along with Torres, met".
    fn companions(&self, verb: usize) -> Vec<usize> {
        self.children_by(verb, &["prep"])
            .filter(|&prep| prep < verb && self.is_cue("accompanying", prep))
            .flat_map(|prep| {
                let inner = self.children_by(prep, &["prep"]);
                inner.chain([prep]).flat_map(|prep| self.children_by(prep, &["pobj"]))
            })
            .collect()
    }

    /// Whom a pronoun means that is the subject of what somebody says: "Rome
    /// said it would", where nothing better is known.
    fn speaker(&self, verb: usize, subject: usize) -> Option<usize> {
        let above = self.head(verb)?;
        let is_open = self.token(subject).tag == "PRP"
            && self.mention_at(subject).is_none_or(|m| !self.is_resolved(m));
        let says = self.is_cue("reporting", above) || self.is_cue("denial", above);
        if !is_open || self.deprel(verb) != "ccomp" || !says {
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
            Supertype::Person | Supertype::Organization | Supertype::Group | Supertype::Place
        );
        let same_sentence = self.annotated.sentence_of(mention.head).tokens.contains(&verb);
        (agent && same_sentence).then_some(mention.head.index())
    }

    /// The person right before a finite verb without a subject whose long title
    /// the parser took apart: "Under Secretary for Democracy, and Human Rights
    /// Doe traveled".
    fn titled_before(&self, verb: usize) -> Option<usize> {
        let is_finite = matches!(self.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP")
            || self
                .children_by(verb, &["aux"])
                .any(|aux| matches!(self.token(aux).tag.as_str(), "MD" | "VBZ" | "VBP" | "VBD"));
        if !is_finite {
            return None;
        }
        let first = self
            .children_by(verb, &["aux", "auxpass", "advmod", "neg"])
            .filter(|&child| child < verb && self.mention_at(child).is_none())
            .fold(verb, usize::min);
        if let Some(named) = self.named_before(first) {
            return Some(named);
        }
        let before = self.titled_ending_at(first)?;
        // "Doe, accompanied by Envoy Roe, traveled": the one before the commas.
        let Some(prep) = before.start.checked_sub(1) else { return Some(before.head) };
        if self.token(prep).upos != "ADP" || self.text(first - 1) != "," {
            return Some(before.head);
        }
        let comma = (prep.saturating_sub(4)..prep).rev().find(|&at| self.text(at) == ",")?;
        let above = self.mention_at(comma.checked_sub(1)?)?;
        let above = self.annotated.mention(above);
        above.is_person_name().then_some(above.head.index())
    }

    /// The name right before a verb that the parser took for an adverb or the
    /// like, as it does with abbreviations: "UNICEF has provided tents".
    fn named_before(&self, verb: usize) -> Option<usize> {
        let before = verb.checked_sub(1)?;
        let mention = self.annotated.mention(self.mention_at(before)?);
        let head = mention.head.index();
        let is_stray =
            matches!(self.deprel(head), "advmod" | "npadvmod" | "dep" | "intj" | "amod" | "meta");
        (mention.kind == MentionKind::Name && is_stray && !self.in_date(head)).then_some(head)
    }

    /// The person with a long title whose name ends right before a word, or
    /// before the comma in front of it.
    fn titled_ending_at(&self, end: usize) -> Option<Titled> {
        let before = end.checked_sub(1)?;
        let before = if self.text(before) == "," { before.checked_sub(1)? } else { before };
        let person = self.mention_at(before)?;
        let mentions = &self.annotated.mentions;
        let title = mentions.get(person.index().checked_sub(1)?)?;
        let person = self.annotated.mention(person);
        let is_titled = title.supertype == Supertype::Office
            && (title.tokens.end == person.tokens.start
                || title.tokens.end + 1 == person.tokens.start
                    && self.text(title.tokens.end) == ",");
        (is_titled && person.is_person_name())
            .then(|| Titled { start: title.tokens.start, head: person.head.index() })
    }

    /// The subject of a subjectless clause that hangs on `head`.
    pub(super) fn controller(
        &self,
        head: usize,
        deprel: &str,
        steps: usize,
    ) -> (Vec<usize>, usize) {
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
                    .filter(|&word| !self.in_date(word))
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
                    if self.is_cue("chargeMarker", head) && !self.is_passive(above) {
                        // "accused them of lying"
                        let object: Vec<usize> = self.children_by(above, &["dobj"]).collect();
                        if object.iter().any(|&o| self.mention_at(o).is_some()) {
                            return (object, steps);
                        }
                    }
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

    /// Who takes part in the event that a noun names.
    pub(super) fn noun_subject(&self, noun: usize) -> (Vec<usize>, usize) {
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
        let modifiers = self.acting_modifiers(noun);
        if !modifiers.is_empty() {
            return (modifiers, 0);
        }
        if let Some((verb, deprel)) = self.support_verb(noun) {
            return self.subject_of_support(verb, deprel);
        }
        self.subject_around(noun)
    }

    /// The persons and bodies that stand before a noun: "Oxfam talks".
    fn acting_modifiers(&self, noun: usize) -> Vec<usize> {
        let acts = |mention: MentionIdx| {
            let supertype = self.annotated.mention(mention).supertype;
            matches!(supertype, Supertype::Person | Supertype::Organization)
        };
        self.children_by(noun, &["compound", "nmod"])
            .filter(|&modifier| self.mention_at(modifier).is_some_and(acts))
            .collect()
    }

    /// Who takes part in the event that a noun with a support verb names.
    fn subject_of_support(&self, verb: usize, deprel: &str) -> (Vec<usize>, usize) {
        if deprel == "nsubj" {
            return (Vec::new(), 0);
        }
        if deprel == "nsubjpass" || self.is_passive(verb) {
            return (self.logical(verb, &Role::Subject), 1);
        }
        let (subject, steps) = self.surface_subject(verb);
        (subject, steps + 1)
    }

    /// Who takes part in an event that is mentioned beside the main one: "after
    /// talks with", "during a visit to", "on a trip to".
    fn subject_around(&self, noun: usize) -> (Vec<usize>, usize) {
        let outer = self.outer_noun(noun);
        if outer != noun {
            let owner = self.owners(outer);
            if !owner.is_empty() {
                return (owner, 1);
            }
        }
        let Some(above) = self.head(outer) else { return (Vec::new(), 0) };
        let beside = match self.deprel(outer) {
            "pobj" if self.is_cue("occasion", above) => self.head(above),
            "dobj" if self.is_cue("aftermath", above) => self.head(above),
            _ => None,
        };
        // "ahead of his visit": one preposition more.
        let beside = beside.and_then(|at| match self.token(at).upos {
            "ADP" | "ADV" | "SCONJ" => self.head(at),
            _ => Some(at),
        });
        let Some(verb) = beside.filter(|&verb| self.is_verb(verb)) else {
            return (Vec::new(), 0);
        };
        let (subject, steps) = self.surface_subject(verb);
        (subject, steps + 2)
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
}
