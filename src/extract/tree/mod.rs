//! The dependency trees of a document, read by logical role: who does what to
//! whom, whether the sentence is active, passive, a relative clause, an
//! infinitive or a noun with a support verb.
//!
//! Labels are those of ClearNLP as spaCy's English models use them.

mod role;
mod subject;

use std::borrow::Cow;

use crate::mention::{MentionIdx, MentionKind};
use crate::ontology::pattern::TriggerKind;
use crate::ontology::{CueSet, Ontology, WordUses};
use crate::token::{Annotated, Token};

/// How far inheritance of a subject is followed.
const MAX_STEPS: usize = 8;

/// The trees of one document, with indices for walking them.
pub(super) struct Tree<'a> {
    pub annotated: &'a Annotated,
    pub ontology: &'a Ontology,
    children: Vec<Vec<usize>>,
    mention_at: Vec<Option<MentionIdx>>,
    in_date: Vec<bool>,
    lemmas: Vec<Cow<'a, str>>,
    uses: Option<&'a WordUses>,
    // The cue classes of each lemma.
    cues: Vec<Option<&'a CueSet>>,
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
        let mut in_date = vec![false; annotated.tokens.len()];
        let mut dates = annotated.dates.iter().peekable();
        for (at, token) in annotated.tokens.iter().enumerate() {
            while dates.next_if(|date| date.span.end() <= token.span.start()).is_some() {}
            in_date[at] = dates.peek().is_some_and(|date| date.span.overlaps(token.span));
        }
        let lemmas: Vec<Cow<'a, str>> =
            annotated.tokens.iter().map(|token| lower(&token.lemma)).collect();
        let uses = ontology.uses(&annotated.language);
        let cues = lemmas.iter().map(|lemma| uses?.cues(lemma)).collect();
        Self { annotated, ontology, children, mention_at, in_date, lemmas, uses, cues }
    }

    pub fn token(&self, at: usize) -> &'a Token {
        &self.annotated.tokens[at]
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.annotated.text(self.token(at).span)
    }

    /// The text of a word in lower case.
    pub fn lower_text(&self, at: usize) -> Cow<'a, str> {
        lower(self.text(at))
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

    /// Whether a word is part of an expression of time.
    pub fn in_date(&self, at: usize) -> bool {
        self.in_date[at]
    }

    /// The patterns that a word triggers, as indices of relation and pattern.
    pub fn triggered(
        &self,
        at: usize,
        kind: TriggerKind,
    ) -> impl Iterator<Item = (usize, usize)> + use<'_> {
        let triggers = self.uses.map_or(&[][..], |uses| uses.triggers(self.lemma(at)));
        let of_kind = triggers.iter().filter(move |trigger| trigger.kind == kind);
        of_kind.map(|trigger| (trigger.relation, trigger.pattern))
    }

    /// The names of posts that patterns know and that end in a word.
    pub fn posts(&self, last: &str) -> &'a [String] {
        self.uses.map_or(&[], |uses| uses.posts(last))
    }

    /// Whether the lemma of a word is of a cue class.
    pub fn is_cue(&self, cue: &str, at: usize) -> bool {
        match (self.cues[at], self.uses) {
            (Some(cues), Some(uses)) => uses.is_in(cue, cues),
            _ => false,
        }
    }

    /// Whether a word that is no token's lemma is of a cue class.
    pub fn is_cue_word(&self, cue: &str, word: &str) -> bool {
        self.uses.is_some_and(|uses| uses.cues(word).is_some_and(|cues| uses.is_in(cue, cues)))
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
            // "Hundreds of workers marched": the parser took the verb of the
            // sentence for a participle.
            "acl" => {
                self.head(verb).is_none_or(|noun| self.deprel(noun) != "ROOT")
                    || self.children_by(verb, &["agent"]).next().is_some()
            }
            "relcl" => true,
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

    /// Whether a mention is of something that the document names, or is a
    /// pronoun: of "He is an envoy" nobody knows who he is, and yet the words
    /// say it of him.
    pub fn is_named_or_pronoun(&self, mention: MentionIdx) -> bool {
        let mention = self.annotated.mention(mention);
        mention.kind == MentionKind::Pronoun || self.annotated.referent(mention.referent).is_named
    }

    /// Whether what a mention refers to has a name or description somewhere.
    pub fn is_resolved(&self, mention: MentionIdx) -> bool {
        let referent = self.annotated.mention(mention).referent;
        let mentions = &self.annotated.referent(referent).mentions;
        mentions.iter().any(|&m| self.annotated.mention(m).kind != MentionKind::Pronoun)
    }

    /// Whether a verb is an infinitive with its particle.
    pub fn is_infinitive(&self, verb: usize) -> bool {
        self.is_verb(verb)
            && self.children_by(verb, &["aux"]).any(|aux| self.token(aux).tag == "TO")
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
