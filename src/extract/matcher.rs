//! Patterns against trees.

use crate::claim::{Claim, ClaimId, Factuality};
use crate::date::{Interval, PartialDate};
use crate::mention::{Mention, MentionIdx, MentionKind, Supertype};
use crate::ontology::Relation;
use crate::ontology::pattern::{
    Condition, Fill, Pattern, Reach, Requirement, Role, Slot, TriggerKind,
};
use crate::token::Amount;

use super::ends::{self, Candidate};
use super::qualify;
use super::tree::Tree;
use super::{Draft, evidence, factuality};

/// How many pairs one trigger may yield.
const MAX_PAIRS: usize = 64;

/// Returns what the patterns with a word as their trigger find.
pub(super) fn drafts(tree: &Tree<'_>) -> Vec<Draft> {
    let language = &tree.annotated.language;
    let mut drafts = Vec::new();
    for at in 0..tree.annotated.tokens.len() {
        let kind = match tree.token(at).upos {
            "VERB" | "AUX" if tree.deprel(at) != "aux" && tree.deprel(at) != "auxpass" => {
                TriggerKind::Verb
            }
            // A word of a name is no event ("Special Summit"), nor is one that
            // only says of what kind another is ("exchange program").
            "NOUN" | "PROPN" if !is_named(tree, at) && tree.deprel(at) != "compound" => {
                TriggerKind::Noun
            }
            "ADJ" => TriggerKind::Adjective,
            _ => continue,
        };
        for (relation, pattern) in tree.triggered(at, kind) {
            let Some((_, relation)) = tree.ontology.relations.get_index(relation) else { continue };
            let pattern = &relation.patterns[language][pattern];
            Attempt { tree, relation, pattern, trigger: at }.run(&mut drafts);
        }
    }
    drafts
}

/// Whether a word is part of a proper name.
fn is_named(tree: &Tree<'_>, at: usize) -> bool {
    tree.mention_at(at).is_some_and(|m| tree.annotated.mention(m).kind == MentionKind::Name)
}

/// One pattern at one word.
struct Attempt<'a> {
    tree: &'a Tree<'a>,
    relation: &'a Relation,
    pattern: &'a Pattern,
    trigger: usize,
}

/// What a slot was filled with.
#[derive(Default)]
struct Filled {
    candidates: Vec<Candidate>,
    /// How far the argument was inherited.
    steps: usize,
}

impl Attempt<'_> {
    fn run(&self, drafts: &mut Vec<Draft>) {
        let tree = self.tree;
        if !self.pattern.requirements.iter().all(|r| self.meets(r)) {
            return;
        }
        let (mut subjects, mut objects, mut both) =
            (Filled::default(), Filled::default(), Filled::default());
        let mut wants_amount = false;
        for slot in &self.pattern.slots {
            if slot.fill == Fill::Amount {
                wants_amount = true;
                if !slot.optional && !self.has_amount(slot) {
                    return;
                }
                continue;
            }
            let classes = match slot.fill {
                Fill::Object => &self.relation.range,
                _ => &self.relation.domain,
            };
            if slot.fill == Fill::Both && tree.deprel(self.trigger) == "advcl" {
                // "They met to discuss": the talks are the meeting.
                return;
            }
            let filled = self.fill(slot, classes);
            if filled.candidates.is_empty() && !slot.optional {
                return;
            }
            match slot.fill {
                Fill::Subject => subjects = filled,
                Fill::Object => objects = filled,
                Fill::Both => both = filled,
                Fill::Amount => {}
            }
        }
        let pairs = self.pairs(&subjects, &objects, &both);
        // "They convened the talks, led by": whom a participle behind the verb
        // describes is too uncertain for what is to hold for long.
        let is_loose = self.relation.family.is_none()
            && tree.deprel(self.trigger) == "advcl"
            && tree.head(self.trigger).is_some_and(|verb| verb < self.trigger)
            && tree.is_verb(self.trigger)
            && tree.is_passive(self.trigger);
        if pairs.is_empty() || is_loose {
            return;
        }
        let mut factuality = factuality::factuality(tree, self.trigger);
        if self.pattern.conditions.contains(&Condition::Refused) {
            if factuality != Factuality::Negated || !factuality::is_future(tree, self.trigger) {
                return;
            }
            factuality = Factuality::Happened;
        }
        if !self.pattern.conditions.iter().all(|condition| match condition {
            Condition::Planned => factuality == Factuality::Planned,
            Condition::Passive => tree.is_verb(self.trigger) && tree.is_passive(self.trigger),
            Condition::Predicate => matches!(tree.deprel(self.trigger), "attr" | "appos" | "conj"),
            Condition::Dated => qualify::when(tree, self.trigger, factuality).is_days(),
            Condition::Refused | Condition::Also => true,
        }) {
            return;
        }
        let is_listed = objects.candidates.len() > 1;
        let recipients: Vec<MentionIdx> = pairs.iter().map(|(_, object)| object.mention).collect();
        let steps = subjects.steps + both.steps;
        for (subject, object) in pairs.into_iter().take(MAX_PAIRS) {
            let amount = if wants_amount {
                qualify::amount_for(tree, self.trigger, object.mention, &recipients).cloned()
            } else {
                None
            };
            drafts.push(self.draft(subject, object, factuality, amount, steps, is_listed));
        }
    }

    fn meets(&self, requirement: &Requirement) -> bool {
        let words: Vec<usize> = requirement
            .roles
            .iter()
            .flat_map(|role| self.tree.role(self.trigger, role).0)
            .collect();
        let is_there = if requirement.lemmas.is_empty() {
            !words.is_empty()
        } else {
            self.has_lemma(&words, &requirement.lemmas)
        };
        is_there != requirement.forbids
    }

    /// Whether one of the words, or of those beside it in a list or behind it
    /// in a phrase, has one of the lemmas.
    fn has_lemma(&self, words: &[usize], lemmas: &[String]) -> bool {
        let is_one = |word: usize| {
            lemmas.iter().any(|lemma| match lemma.strip_prefix('%') {
                Some(cue) => self.tree.is_cue(cue, word),
                None => lemma == self.tree.lemma(word),
            })
        };
        words.iter().any(|&word| {
            is_one(word)
                || self
                    .tree
                    .children_by(word, &["conj", "prep"])
                    .flat_map(|c| {
                        // "a series of meetings"
                        let inner: Vec<usize> = if self.tree.deprel(c) == "prep" {
                            let is_of = self.tree.is_cue("ofMarker", c);
                            self.tree.children_by(c, &["pobj"]).filter(|_| is_of).collect()
                        } else {
                            vec![c]
                        };
                        inner
                    })
                    .any(is_one)
        })
    }

    fn fill(&self, slot: &Slot, classes: &[String]) -> Filled {
        for role in &slot.roles {
            let (words, steps) = self.tree.role(self.trigger, role);
            let mut candidates = Vec::new();
            if role.steps().last() == Some(&Role::Argument) {
                // The nearest argument that will do, not all of them; of troops
                // and the like, whom they are sent to, if that has a name.
                for word in words {
                    // "agreed to open embassies": that is nowhere.
                    let mut found = self.reach(&[word], slot, classes);
                    found.retain(|c| !self.is_nameless_place(c.mention));
                    let is_named = found.iter().any(|c| self.is_named(c.mention));
                    if is_named || candidates.is_empty() {
                        candidates = found;
                    }
                    let is_sent = ["force", "helper"].iter().any(|cue| self.tree.is_cue(cue, word));
                    if is_named || !candidates.is_empty() && !is_sent {
                        break;
                    }
                }
            } else if !words.is_empty() {
                candidates = self.reach(&words, slot, classes);
            }
            if !candidates.is_empty() {
                return Filled { candidates, steps };
            }
        }
        Filled::default()
    }

    /// What the words name that fits, or whose it is, or where.
    fn reach(&self, words: &[usize], slot: &Slot, classes: &[String]) -> Vec<Candidate> {
        let mut direct = Vec::new();
        for &word in words {
            self.add_fitting(ends::mentions(self.tree, word), slot, classes, &mut direct);
        }
        // "Acme is a firm that Berg founded": what holds of the firm holds of Acme.
        if direct.is_empty() && self.relation.family.is_none() {
            for &word in words {
                self.add_fitting(ends::described(self.tree, word), slot, classes, &mut direct);
            }
        }
        let also = slot.reach == Reach::Also && direct.iter().all(|c| !self.is_named(c.mention));
        if slot.reach == Reach::Direct
            || !also && !direct.iter().all(|c| self.is_nameless_place(c.mention))
        {
            return direct;
        }
        let by_place = slot.reach != Reach::Owner;
        let mut behind = Vec::new();
        for &word in words {
            self.add_fitting(ends::owners(self.tree, word, by_place), slot, classes, &mut behind);
        }
        if behind.is_empty() && by_place {
            self.add_fitting(ends::places(self.tree, self.trigger), slot, classes, &mut behind);
        }
        if behind.is_empty() {
            return direct;
        }
        if also {
            direct.retain(|c| !self.is_nameless_place(c.mention));
            behind.extend(direct);
        }
        behind
    }

    /// Whether a mention is a place that has no name in the document: "a base".
    fn is_nameless_place(&self, mention: MentionIdx) -> bool {
        self.tree.annotated.mention(mention).supertype == Supertype::Place
            && !self.is_named(mention)
    }

    /// Whether the document names what a mention means.
    fn is_named(&self, mention: MentionIdx) -> bool {
        let annotated = self.tree.annotated;
        annotated.referent(annotated.mention(mention).referent).is_named
    }

    fn add_fitting(
        &self,
        found: Vec<Candidate>,
        slot: &Slot,
        classes: &[String],
        candidates: &mut Vec<Candidate>,
    ) {
        for candidate in found {
            if self.fits(candidate.mention, slot, classes)
                && !candidates.iter().any(|c| c.mention == candidate.mention)
            {
                candidates.push(candidate);
            }
        }
    }

    fn fits(&self, mention: MentionIdx, slot: &Slot, classes: &[String]) -> bool {
        // An event of nobody known is no news; a standing relation of "he" is
        // what a profile says of whom its title names.
        let fits = match self.relation.family {
            Some(_) => self.tree.is_resolved(mention),
            None => self.tree.is_named_or_pronoun(mention),
        };
        let head = self.tree.annotated.mention(mention).head.index();
        if !fits || self.tree.in_date(head) {
            return false;
        }
        let class = class_of(self.tree, self.tree.annotated.mention(mention));
        let ontology = self.tree.ontology;
        ontology.allows(classes, class)
            && slot.class.as_ref().is_none_or(|wanted| ontology.is_a(class, wanted))
    }

    /// The time for which a state holds, by the date of what begins or ends it.
    fn tenure(&self, when: Interval) -> Interval {
        let tree = self.tree;
        let is_open = when.from.is_none() || when.to.is_none();
        if is_open || !tree.is_verb(self.trigger) {
            return when;
        }
        if tree.is_cue("stateBegins", self.trigger) {
            Interval { from: when.from, to: None }
        } else if tree.is_cue("stateEnds", self.trigger) {
            Interval { from: None, to: when.to }
        } else {
            when
        }
    }

    /// Whether an amount of money stands in the slot's role.
    fn has_amount(&self, slot: &Slot) -> bool {
        slot.roles.iter().any(|role| {
            self.tree.role(self.trigger, role).0.iter().any(|&word| {
                let reach = self.tree.subtree(word);
                self.tree.annotated.amounts.iter().any(|amount| {
                    reach.clone().any(|t| self.tree.token(t).span.overlaps(amount.span))
                })
            })
        })
    }

    fn pairs(
        &self,
        subjects: &Filled,
        objects: &Filled,
        both: &Filled,
    ) -> Vec<(Candidate, Candidate)> {
        let referent = |c: &Candidate| self.tree.annotated.mention(c.mention).referent;
        let mut pairs = Vec::new();
        if both.candidates.is_empty() {
            for subject in &subjects.candidates {
                for object in &objects.candidates {
                    if referent(subject) != referent(object)
                        && !subjects.candidates.iter().any(|s| s.mention == object.mention)
                    {
                        pairs.push((*subject, *object));
                    }
                }
            }
        } else {
            for (at, a) in both.candidates.iter().enumerate() {
                for b in both.candidates.iter().skip(at + 1) {
                    let is_led = ends::is_led_by(self.tree, a.mention, b.mention);
                    if referent(a) != referent(b) && !is_led {
                        pairs.push((*a, *b));
                    }
                }
            }
        }
        pairs
    }

    fn draft(
        &self,
        subject: Candidate,
        object: Candidate,
        factuality: Factuality,
        amount: Option<Amount>,
        steps: usize,
        is_listed: bool,
    ) -> Draft {
        let tree = self.tree;
        let mut when = qualify::when(tree, self.trigger, factuality);
        if self.relation.family.is_none() {
            when.interval = when.interval.map(|interval| self.tenure(interval));
        }
        if is_listed && when.interval.is_some() {
            when.interval = qualify::when_beside(tree, object.mention).or(when.interval);
        }
        let published = tree.annotated.published.and_then(PartialDate::last_day);
        let mut factuality = factuality;
        if factuality == Factuality::Happened
            && let (Some(published), Some(from)) =
                (published, when.interval.and_then(|i| i.from).and_then(PartialDate::first_day))
            && published < from
        {
            factuality = Factuality::Planned;
        }
        // "travels there later this month"
        if factuality == Factuality::Happened
            && matches!(tree.token(self.trigger).tag.as_str(), "VBZ" | "VBP" | "VBG")
            && when.is_days()
            && let (Some(published), Some(interval)) = (published, when.interval)
            && interval.from.and_then(PartialDate::first_day).is_some_and(|from| published <= from)
            && interval.to.and_then(PartialDate::last_day).is_some_and(|to| published < to)
        {
            factuality = Factuality::Planned;
        }
        let mut confidence = match self.pattern.kind {
            TriggerKind::Verb => 0.9,
            TriggerKind::Noun | TriggerKind::Adjective | TriggerKind::Name => 0.8,
            TriggerKind::Office => 0.85,
        };
        confidence -= subject.doubt + object.doubt + 0.03 * steps as f64;
        for end in [subject.mention, object.mention] {
            confidence -= match tree.annotated.mention(end).kind {
                MentionKind::Name => 0.0,
                MentionKind::Nominal => 0.05,
                MentionKind::Pronoun if tree.is_resolved(end) => 0.1,
                MentionKind::Pronoun | MentionKind::Mistranslation => 0.3,
            };
        }
        let claim = Claim {
            id: ClaimId(String::new()),
            document: tree.annotated.document.id.clone(),
            relation: self.relation.name.clone(),
            subject: subject.mention,
            object: object.mention,
            factuality,
            when: when.interval,
            place: qualify::place(tree, self.trigger, &[subject.mention, object.mention]),
            amount,
            office: None,
            attribution: qualify::attribution(tree, self.trigger),
            evidence: evidence(tree.annotated, self.trigger),
            trigger: tree.token(self.trigger).span,
            pattern: self.pattern.text.clone(),
            confidence: (confidence.clamp(0.05, 0.99) * 100.0).round() / 100.0,
        };
        Draft { claim, days: when.days }
    }
}

/// The class of what a mention refers to: a pronoun has that of its referent.
pub(super) fn class_of<'a>(tree: &'a Tree<'_>, mention: &'a Mention) -> &'a str {
    if mention.kind == MentionKind::Pronoun {
        &tree.annotated.referent(mention.referent).class
    } else {
        &mention.class
    }
}
