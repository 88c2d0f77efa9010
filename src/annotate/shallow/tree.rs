//! A tree over the words of a sentence, by case marks.
//!
//! The language is head-final: phrases come before the verb or noun that they
//! belong to, each with its case behind it. So a sentence is read from left to
//! right: phrases wait until a verb or a noun takes them. Labels are those of
//! ClearNLP, as the trees of the trained parser bear them, so that whatever reads
//! trees need not know which of the two made them: a postposition is a `prep`
//! with its phrase as `pobj`, a noun with a light verb is its `dobj`.

use std::ops::Range;

use crate::lang::grammar::{Form, Grammar};
use crate::mention::{MentionKind, Supertype};

use super::names::Draft;
use super::words::{Tag, Word};

/// What a token is in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Node {
    pub head: usize,
    pub deprel: &'static str,
    pub tag: &'static str,
    pub lemma: String,
}

/// The case of a phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Case {
    None,
    Ergative,
    /// A postposition: its last word.
    Post(usize),
}

/// A phrase that waits for what it belongs to.
#[derive(Clone, Debug)]
struct Phrase {
    start: usize,
    end: usize,
    head: usize,
    case: Case,
    is_clause: bool,
    /// What parted it from the one before.
    separator: Option<usize>,
}

/// Reads the sentences of a text.
pub(super) struct Reader<'a> {
    pub norms: &'a [String],
    pub words: &'a [Word],
    pub drafts: &'a [Draft],
    /// By token: the draft that covers it.
    pub draft_at: &'a [Option<usize>],
    pub in_date: &'a [bool],
    pub in_amount: &'a [bool],
    pub grammar: &'a Grammar,
    pub nodes: Vec<Node>,
}

/// What a clause that is begun is to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Opening {
    Main,
    Said,
    Relative(usize),
    Conditional,
}

/// A sentence while it is read.
struct State {
    pending: Vec<Phrase>,
    /// Owners that wait for what they have: start, head and the mark.
    owners: Vec<(usize, usize, usize, bool)>,
    separator: Option<usize>,
    verbs: Vec<usize>,
    /// The token behind the last finite verb and its auxiliaries.
    verb_end: usize,
    opening: Opening,
    /// The verb that what is said hangs on.
    saying: Option<usize>,
    last_noun: Option<usize>,
    mark: Option<usize>,
    conditional: Option<usize>,
    quotes: usize,
    is_quoted: Vec<bool>,
}

impl Reader<'_> {
    /// Reads a sentence.
    pub fn read(&mut self, sentence: Range<usize>) {
        let mut state = State {
            pending: Vec::new(),
            owners: Vec::new(),
            separator: None,
            verbs: Vec::new(),
            verb_end: sentence.start,
            opening: Opening::Main,
            saying: None,
            last_noun: None,
            mark: None,
            conditional: None,
            quotes: 0,
            is_quoted: Vec::new(),
        };
        let mut at = sentence.start;
        while at < sentence.end {
            at = self.step(at, &sentence, &mut state).max(at + 1);
        }
        self.finish(&sentence, &mut state);
    }

    fn tag(&self, at: usize, sentence: &Range<usize>) -> Option<Tag> {
        sentence.contains(&at).then(|| self.words.get(at).map(|word| word.tag)).flatten()
    }

    fn attach(&mut self, at: usize, head: usize, deprel: &'static str) {
        if at == head {
            return;
        }
        // No circles: what hangs below cannot be above.
        let mut above = head;
        for _ in 0..64 {
            let Some(node) = self.nodes.get(above) else { return };
            if node.head == at {
                return;
            }
            if node.head == above {
                break;
            }
            above = node.head;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            (node.head, node.deprel) = (head, deprel);
        }
    }

    fn set_tag(&mut self, at: usize, tag: &'static str) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.tag = tag;
        }
    }

    fn draft(&self, at: usize) -> Option<&Draft> {
        self.draft_at.get(at).copied().flatten().and_then(|draft| self.drafts.get(draft))
    }

    fn is(&self, class: &str, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| self.grammar.is(class, &node.lemma))
    }

    fn step(&mut self, at: usize, sentence: &Range<usize>, state: &mut State) -> usize {
        let Some(tag) = self.tag(at, sentence) else { return at + 1 };
        let is_name = self.draft(at).is_some_and(|d| d.kind != MentionKind::Pronoun);
        match tag {
            Tag::Verb(form) if !is_name => return self.verb(at, form, sentence, state),
            Tag::Auxiliary if !is_name => return self.verb(at, Form::Perfective, sentence, state),
            Tag::Complementizer => {
                state.opening = Opening::Said;
                state.saying = state.verbs.last().copied();
                state.separator = None;
            }
            Tag::Relative if !is_name => {
                let phrase = at + 1;
                match state.last_noun {
                    Some(noun) if !state.verbs.is_empty() || state.pending.len() <= 2 => {
                        state.opening = Opening::Relative(noun);
                    }
                    _ => {}
                }
                if self.is("where", at) {
                    // "جہاں" is where it happens, not who does it.
                    self.set_tag(at, "WRB");
                    state.mark = Some(at);
                    state.separator = None;
                    return phrase;
                }
                self.set_tag(at, "WP");
                let case = self.case(phrase, sentence);
                let (case, end, _) = case;
                self.mark_case(at, &case, phrase, end);
                state.pending.push(Phrase {
                    start: at,
                    end,
                    head: at,
                    case,
                    is_clause: false,
                    separator: state.separator,
                });
                return end;
            }
            Tag::Mark if !is_name => {
                if self.is("conditional", at) {
                    state.opening = Opening::Conditional;
                }
                state.mark = Some(at);
            }
            Tag::Comma | Tag::Conjunction | Tag::Punctuation => state.separator = Some(at),
            Tag::Quote => {
                state.quotes += 1;
                state.separator = None;
            }
            Tag::Open => return self.bracket(at, sentence, state),
            // Particles and adverbs between two phrases part nothing, nor does a
            // case mark that no phrase took.
            Tag::Negation
            | Tag::Particle
            | Tag::Adverb
            | Tag::Close
            | Tag::End
            | Tag::Ergative
            | Tag::Genitive
            | Tag::Post
                if !is_name => {}
            _ => return self.phrase(at, sentence, state),
        }
        at + 1
    }

    /// What stands in brackets behind a noun is another name of it.
    fn bracket(&mut self, at: usize, sentence: &Range<usize>, state: &mut State) -> usize {
        let close =
            (at..sentence.end.min(at + 12)).find(|&i| self.tag(i, sentence) == Some(Tag::Close));
        let (Some(close), Some(noun)) = (close, state.last_noun) else { return at + 1 };
        let inner = (at + 1..close).rev().find(|&i| self.tag(i, sentence).is_some_and(is_nominal));
        if let Some(inner) = inner {
            for i in at + 1..close {
                self.attach(i, inner, "compound");
            }
            self.attach(inner, noun, "appos");
        }
        if let Some(last) = state.pending.last_mut().filter(|last| last.end == at) {
            let (case, end, _) = self.case(close + 1, sentence);
            if last.case == Case::None {
                last.case = case.clone();
                last.end = end;
                let head = last.head;
                self.mark_case(head, &case, close + 1, end);
                return end;
            }
        }
        close + 1
    }

    /// Reads a noun phrase with its case.
    fn phrase(&mut self, at: usize, sentence: &Range<usize>, state: &mut State) -> usize {
        if self.is_time(at) && state.owners.is_empty() {
            return self.time(at, sentence, state);
        }
        let (end, head) = self.noun_phrase(at, sentence);
        state.last_noun = Some(head);
        let waiting = self.waiting_owners(at..end, head, sentence, state);
        let mut chain_start = match state.owners.first() {
            Some(owner) if state.pending.last().is_none_or(|p| p.start < owner.0) => owner.0,
            _ => at,
        };
        self.take_owners(head, state);
        state.owners = waiting;
        // "افغانستان کے لیے … نمائندے": what an office is about.
        let has_office = (chain_start..end)
            .any(|i| self.draft(i).is_some_and(|d| d.supertype == Supertype::Office));
        if has_office
            && let Some(before) = state.pending.last().cloned()
            && before.end == chain_start
            && let Case::Post(post) = before.case
            && self.words.get(post).is_some_and(|word| self.grammar.is("aim", &word.lemma))
            && self.draft(before.head).is_some_and(|d| d.supertype == Supertype::Place)
        {
            state.pending.pop();
            self.attach(post, head, "prep");
            chain_start = before.start;
            state.separator = before.separator;
        }
        let is_event = self.is("event", head);
        // A bracket behind the noun comes before its case.
        if self.tag(end, sentence) == Some(Tag::Open) {
            state.pending.push(Phrase {
                start: chain_start,
                end,
                head,
                case: Case::None,
                is_clause: false,
                separator: state.separator,
            });
            self.join_list(state);
            return end;
        }
        let (case, behind, is_genitive) = self.case(end, sentence);
        if is_genitive {
            if is_event {
                self.take_phrases(head, chain_start, state);
            }
            // An owner may be a list: "A اور B کا".
            let mut owner = Phrase {
                start: chain_start,
                end,
                head,
                case: Case::None,
                is_clause: false,
                separator: state.separator,
            };
            // What is of another kind is a list with what the owner has: "A اور B
            // کی وزارت".
            let class = |at: usize| self.draft(at).map(|draft| draft.supertype);
            let is_alike =
                state.pending.last().is_some_and(|before| class(before.head) == class(head));
            if is_alike && let Some(before) = self.list_before(&owner, state) {
                self.attach(owner.head, before.head, "conj");
                owner = Phrase { end, ..before };
                state.separator = None;
            }
            self.attach(end, owner.head, "case");
            state.owners.push((owner.start, owner.head, end, false));
            return behind;
        }
        self.mark_case(head, &case, end, behind);
        let is_listed = self.tag(end, sentence) == Some(Tag::Conjunction);
        if is_event && (case != Case::None || is_listed) && case != Case::Ergative {
            self.take_phrases(head, chain_start, state);
        }
        state.pending.push(Phrase {
            start: chain_start,
            end: behind,
            head,
            case,
            is_clause: false,
            separator: state.separator,
        });
        self.join_list(state);
        state.separator = None;
        behind
    }

    /// Takes out of the owners those that do not own a name: "امریکہ کا افغانستان
    /// سے انخلا" and "X کا پاکستان کا دورہ" tell of whom the noun behind is.
    fn waiting_owners(
        &self,
        phrase: Range<usize>,
        head: usize,
        sentence: &Range<usize>,
        state: &mut State,
    ) -> Vec<(usize, usize, usize, bool)> {
        let name = self.draft(head).filter(|d| d.kind == MentionKind::Name);
        let Some(name) = name.filter(|d| d.supertype != Supertype::Office) else {
            return Vec::new();
        };
        let (case, behind, _) = self.case(phrase.end, sentence);
        // Bodies and countries have offices.
        let has_office = phrase
            .clone()
            .any(|at| self.draft(at).is_some_and(|d| d.supertype == Supertype::Office));
        let has_event = || {
            (behind..sentence.end)
                .take_while(|&at| !matches!(self.words[at].tag, Tag::Verb(_) | Tag::Comma))
                .any(|at| self.is("event", at))
        };
        let is_post = matches!(case, Case::Post(_));
        let waits = |owner: &(usize, usize, usize, bool)| {
            let Some(draft) = self.draft(owner.1) else { return false };
            let is_person = draft.supertype == Supertype::Person && !owner.3;
            let acts = is_person
                || matches!(draft.supertype, Supertype::Organization | Supertype::Place)
                    && !has_office;
            // Countries have ministries.
            let may_own = !is_person && name.supertype == Supertype::Organization;
            is_person && name.supertype == Supertype::Place
                || acts && !may_own && is_post && has_event()
        };
        let (waiting, taken) = std::mem::take(&mut state.owners).into_iter().partition(waits);
        state.owners = taken;
        waiting
    }

    fn is_time(&self, at: usize) -> bool {
        self.in_date.get(at).copied().unwrap_or(false)
    }

    /// Reads an expression of time, whatever it is made of, with its case.
    fn time(&mut self, at: usize, sentence: &Range<usize>, state: &mut State) -> usize {
        let mut end = at;
        while end < sentence.end && self.is_time(end) {
            end += 1;
        }
        let head = end - 1;
        for i in at..head {
            self.attach(i, head, "compound");
        }
        let (case, behind, is_genitive) = self.case(end, sentence);
        if is_genitive {
            // "7 دسمبر کا اجلاس": of that day.
            self.attach(end, head, "case");
            state.owners.push((at, head, end, false));
            return behind;
        }
        self.mark_case(head, &case, end, behind);
        let separator = state.separator.take();
        state.pending.push(Phrase {
            start: at,
            end: behind,
            head,
            case,
            is_clause: false,
            separator,
        });
        behind
    }

    /// The end of the noun phrase that begins at `at`, and its head.
    fn noun_phrase(&mut self, at: usize, sentence: &Range<usize>) -> (usize, usize) {
        let mut end = at;
        let mut head = at;
        while end < sentence.end {
            if let Some(draft) = self.draft_at.get(end).copied().flatten() {
                let Some(found) = self.drafts.get(draft) else { break };
                if end > at && self.parts_before_name(head, found, end, sentence) {
                    break;
                }
                let last = found.tokens.end.min(sentence.end) - 1;
                for i in found.tokens.start..last {
                    self.attach(i, last, "compound");
                }
                let (kind, supertype) = (found.kind, found.supertype);
                let is_goal = self.grammar.is("goal", self.lemma(head)) && end > at;
                if is_goal {
                    // "دورہ پاکستان": the noun stays the head.
                    self.attach(last, head, "compound");
                    self.hang_modifiers(at, head, head);
                    return (last + 1, head);
                }
                if end > at {
                    for i in at..end {
                        if self.nodes.get(i).is_some_and(|node| node.head == i) {
                            let label = self.modifier(i);
                            self.attach(i, last, label);
                        }
                    }
                }
                head = last;
                end = last + 1;
                let is_own = self.tag(last, sentence) == Some(Tag::Reflexive);
                let ends = kind == MentionKind::Pronoun && !is_own
                    || supertype == Supertype::Person && kind == MentionKind::Name
                    || kind == MentionKind::Name
                        && supertype != Supertype::Office
                        && self.parts_behind_name(end, sentence);
                if ends {
                    break;
                }
                continue;
            }
            let tag = self.tag(end, sentence);
            // "مضبوط اور دیرپا عزم": adjectives side by side before one noun.
            if tag == Some(Tag::Conjunction)
                && end > at
                && self.tag(end - 1, sentence) == Some(Tag::Adjective)
                && self.draft(end - 1).is_none()
                && self.is_adjective_before_noun(end + 1, sentence)
            {
                end += 1;
                continue;
            }
            if !tag.is_some_and(is_nominal) {
                break;
            }
            // An adjective stands before its noun: behind one it begins another.
            if end > at
                && tag == Some(Tag::Adjective)
                && self.tag(end - 1, sentence) == Some(Tag::Noun)
                && self.draft(end - 1).is_none_or(|draft| draft.kind == MentionKind::Nominal)
            {
                break;
            }
            if end > at
                && matches!(tag, Some(Tag::Determiner | Tag::Pronoun | Tag::Reflexive))
                && !matches!(
                    self.tag(end - 1, sentence),
                    Some(Tag::Determiner | Tag::Number | Tag::Reflexive)
                )
            {
                break;
            }
            head = end;
            end += 1;
        }
        self.hang_modifiers(at, end, head);
        (end.max(at + 1), head)
    }

    /// Whether a word without a name of its own qualifies the noun behind it.
    fn is_adjective_before_noun(&self, at: usize, sentence: &Range<usize>) -> bool {
        self.draft(at).is_none()
            && matches!(self.tag(at, sentence), Some(Tag::Adjective | Tag::Noun))
            && matches!(self.tag(at + 1, sentence), Some(Tag::Adjective | Tag::Noun))
    }

    /// Hangs what hangs on nothing yet on the head of its phrase.
    fn hang_modifiers(&mut self, from: usize, to: usize, head: usize) {
        for at in from..to {
            if at != head && self.nodes.get(at).is_some_and(|node| node.head == at) {
                let label = match self.words.get(at).map(|word| word.tag) {
                    Some(Tag::Conjunction) => "cc",
                    _ => self.modifier(at),
                };
                self.attach(at, head, label);
            }
        }
    }

    fn modifier(&self, at: usize) -> &'static str {
        match self.words.get(at).map(|word| word.tag) {
            Some(Tag::Adjective) => "amod",
            Some(Tag::Determiner) => "det",
            Some(Tag::Number) => "nummod",
            Some(Tag::Pronoun | Tag::Reflexive) => "poss",
            _ if self.draft(at).is_some() => "nmod",
            _ => "compound",
        }
    }

    fn lemma(&self, at: usize) -> &str {
        self.nodes.get(at).map_or("", |node| node.lemma.as_str())
    }

    /// Whether a name begins a phrase of its own behind another noun: "حکام
    /// پاکستان کا دورہ", but not behind a title or an adjective.
    fn parts_before_name(
        &self,
        head: usize,
        name: &Draft,
        at: usize,
        sentence: &Range<usize>,
    ) -> bool {
        if name.tokens.start != at {
            return false;
        }
        let before = self.words.get(head).map(|word| word.tag);
        if matches!(before, Some(Tag::Adjective | Tag::Determiner | Tag::Number)) {
            return false;
        }
        if name.kind != MentionKind::Name {
            return self
                .draft(head)
                .is_some_and(|d| d.supertype == Supertype::Person && d.kind == MentionKind::Name);
        }
        match self.draft(head) {
            // A title before a name.
            Some(draft) if draft.supertype == Supertype::Office => false,
            // "پاکستان امریکہ تعلقات"
            Some(draft) if draft.supertype == name.supertype && draft.kind == MentionKind::Name => {
                self.parts_behind_name(name.tokens.end, sentence)
            }
            Some(_) => name.supertype != Supertype::Office,
            None => {
                let is_goal = self.grammar.is("goal", self.lemma(head));
                name.supertype == Supertype::Place && !is_goal
            }
        }
    }

    /// Whether a name ends its phrase: no noun follows, or one that belongs to
    /// the verb.
    fn parts_behind_name(&self, at: usize, sentence: &Range<usize>) -> bool {
        if self.draft(at).is_some() {
            return false;
        }
        let mut end = at;
        while self.tag(end, sentence).is_some_and(|tag| matches!(tag, Tag::Noun | Tag::Adjective)) {
            end += 1;
        }
        if end == at {
            return !self.tag(at, sentence).is_some_and(is_nominal);
        }
        matches!(self.tag(end, sentence), Some(Tag::Verb(_) | Tag::Auxiliary | Tag::Negation))
    }

    /// The case at `at`: what it is, the token behind it, whether it is the
    /// genitive.
    fn case(&self, at: usize, sentence: &Range<usize>) -> (Case, usize, bool) {
        let mut at = at;
        while self.tag(at, sentence) == Some(Tag::Particle)
            && matches!(self.tag(at + 1, sentence), Some(Tag::Ergative | Tag::Post | Tag::Genitive))
        {
            at += 1;
        }
        match self.tag(at, sentence) {
            Some(Tag::Ergative) => (Case::Ergative, at + 1, false),
            Some(Tag::Genitive) => (Case::None, at + 1, true),
            Some(Tag::Post) => {
                let length = self.words.get(at).map_or(1, |word| word.post.max(1));
                let end = (at + length).min(sentence.end);
                (Case::Post(end - 1), end, false)
            }
            _ => (Case::None, at, false),
        }
    }

    /// Hangs the words of a case mark.
    fn mark_case(&mut self, head: usize, case: &Case, from: usize, to: usize) {
        match case {
            Case::None => {}
            Case::Ergative => self.attach(to - 1, head, "case"),
            Case::Post(last) => {
                for at in from..*last {
                    self.attach(at, *last, "case");
                }
                let is_source = self.grammar.sources.longest(self.norms, from).is_some();
                if is_source && from < *last {
                    // As "according to" is made.
                    self.attach(from, *last, "prep");
                    self.attach(head, from, "pobj");
                } else {
                    self.attach(head, *last, "pobj");
                }
            }
        }
    }

    /// Hangs the owners that wait on what they have.
    fn take_owners(&mut self, head: usize, state: &mut State) {
        for (_, owner, mark, is_clause) in std::mem::take(&mut state.owners) {
            // "X سے جنگ روکنے کا مطالبہ": whom it is asked of stands first.
            if self.grammar.is("asking", self.lemma(head)) {
                self.take_over(owner, head);
            }
            if is_clause {
                self.attach(owner, head, "acl");
                continue;
            }
            let is_place = self.draft(owner).is_some_and(|d| d.supertype == Supertype::Place);
            let is_stood_for = self.grammar.is("transparent", self.lemma(head))
                && self.draft(owner).is_some_and(|d| d.supertype == Supertype::Organization);
            if is_stood_for {
                // "ادارے کی قیادت" stands for the body.
                self.attach(mark, head, "prep");
                self.attach(owner, mark, "pobj");
            } else if is_place && self.grammar.is("goal", self.lemma(head))
                || self.grammar.is("objective", self.lemma(head))
                || self.grammar.is("asking", self.lemma(head))
            {
                // "پاکستان کا دورہ": where to.
                self.attach(mark, head, "prep");
                self.attach(owner, mark, "pobj");
            } else {
                self.attach(owner, head, "poss");
            }
        }
    }

    /// Hangs on a noun the phrases of what is asked or said by it.
    fn take_over(&mut self, owner: usize, head: usize) {
        let below: Vec<usize> = (0..head)
            .filter(|&at| {
                let node = &self.nodes[at];
                node.deprel == "prep"
                    && (node.head == owner || self.nodes[node.head].head == owner)
                    && self.grammar.is("addressee", &node.lemma)
            })
            .collect();
        for at in below {
            self.attach(at, head, "prep");
        }
    }

    /// Hangs the phrases right before a noun that names an event on it.
    fn take_phrases(&mut self, noun: usize, start: usize, state: &mut State) {
        let mut start = start;
        while let Some(last) = state.pending.last() {
            let is_near = last.end == start || last.end + 1 == start;
            let Case::Post(post) = last.case else { return };
            // Whom something is given to belongs to a verb.
            if self.words.get(post).is_some_and(|word| self.grammar.is("dative", &word.lemma)) {
                return;
            }
            if !is_near || last.is_clause || self.in_date.get(last.head).copied().unwrap_or(false) {
                return;
            }
            start = last.start;
            state.pending.pop();
            self.attach(post, noun, "prep");
        }
    }

    /// The phrase before `phrase` if both are items of a list.
    fn list_before(&self, phrase: &Phrase, state: &mut State) -> Option<Phrase> {
        let separator = state.separator?;
        let before = state.pending.last()?;
        if before.case != Case::None
            || before.is_clause
            || before.end > separator
            || separator >= phrase.start
            || (before.end..phrase.start).any(|at| {
                !matches!(
                    self.words.get(at).map(|word| word.tag),
                    Some(
                        Tag::Comma
                            | Tag::Conjunction
                            | Tag::Quote
                            | Tag::Close
                            | Tag::Particle
                            | Tag::Adverb
                    )
                )
            })
        {
            return None;
        }
        let is_conjunction = (before.end..phrase.start)
            .any(|at| self.words.get(at).is_some_and(|w| w.tag == Tag::Conjunction));
        let class = |at: usize| self.draft(at).map(|draft| draft.supertype);
        let are_alike = match (class(before.head), class(phrase.head)) {
            (Some(a), Some(b)) => a == b || is_conjunction,
            (None, None) => true,
            _ => is_conjunction,
        };
        let is_sum = |at: usize| self.in_amount.get(at).copied().unwrap_or(false);
        if !are_alike
            || is_sum(before.head) != is_sum(phrase.head)
            || self.in_date.get(before.head).copied().unwrap_or(false)
        {
            return None;
        }
        state.pending.pop()
    }

    /// Joins the last phrase to the one before, if they are items of a list.
    fn join_list(&mut self, state: &mut State) {
        let Some(last) = state.pending.pop() else { return };
        match self.list_before(&last, state) {
            Some(before) => {
                // The mark at the end of a list is that of all items, and its
                // first item is the head.
                if let Case::Post(post) = last.case {
                    let above = self.nodes.get(last.head).map_or(post, |node| node.head);
                    self.nodes[last.head].head = last.head;
                    self.attach(before.head, above, "pobj");
                }
                self.attach(last.head, before.head, "conj");
                state.pending.push(Phrase { start: before.start, head: before.head, ..last });
            }
            None => state.pending.push(last),
        }
    }
}

/// Whether a word can be part of a noun phrase.
fn is_nominal(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Noun
            | Tag::Adjective
            | Tag::Number
            | Tag::Determiner
            | Tag::Pronoun
            | Tag::Reflexive
            | Tag::Latin
            | Tag::Attached
    )
}

// Verbs and clauses.
impl Reader<'_> {
    /// Reads a verb with what belongs to it.
    fn verb(&mut self, at: usize, form: Form, sentence: &Range<usize>, state: &mut State) -> usize {
        let mut end = at + 1;
        let is_copula = self.tag(at, sentence) == Some(Tag::Auxiliary);
        let (mut is_passive, mut is_future, mut is_modal) = (false, false, false);
        let (mut is_conjunctive, mut is_participle) = (false, false);
        let mut form = form;
        let mut negations: Vec<usize> = Vec::new();
        if let Some(before) =
            at.checked_sub(1).filter(|b| self.tag(*b, sentence) == Some(Tag::Negation))
        {
            negations.push(before);
        }
        while end < sentence.end && self.draft(end).is_none() {
            let norm = self.norms.get(end).map_or("", String::as_str);
            match self.tag(end, sentence) {
                Some(Tag::Auxiliary) => {
                    if self.grammar.is("future", norm) {
                        is_future = true;
                        self.set_tag(end, "MD");
                    } else if self.grammar.is("ability", norm) || self.grammar.is("need", norm) {
                        is_modal = true;
                        self.set_tag(end, "MD");
                    } else if self.grammar.is("conjunctive", norm) {
                        is_conjunctive = true;
                    } else if self.grammar.is("participle", norm)
                        && matches!(form, Form::Imperfective | Form::Perfective)
                    {
                        is_participle =
                            form == Form::Imperfective || !is_clause_end(self, end + 1, sentence);
                    }
                    self.attach(end, at, "aux");
                }
                Some(Tag::Verb(next)) => {
                    let lemma = self.words.get(end).map_or("", |word| word.lemma.as_str());
                    let is_passive_here =
                        form == Form::Perfective && self.grammar.is("passive", lemma) && !is_copula;
                    let is_vector = form == Form::Stem && self.grammar.is("vector", lemma);
                    if is_passive_here {
                        is_passive = true;
                        self.attach(end, at, "auxpass");
                    } else if is_vector {
                        self.attach(end, at, "aux");
                        form = if next == Form::Infinitive { Form::Infinitive } else { next };
                    } else {
                        break;
                    }
                    if is_passive_here && next == Form::Infinitive {
                        form = Form::Infinitive;
                    }
                }
                Some(Tag::Negation) => negations.push(end),
                Some(Tag::Particle) => {}
                _ => break,
            }
            end += 1;
        }
        for negation in negations {
            self.attach(negation, at, "neg");
        }
        if is_copula {
            self.nodes[at].lemma.clone_from(&self.grammar.being);
        }
        let (case, behind, is_genitive) = self.case(end, sentence);
        let is_nominal = form == Form::Infinitive && !is_modal;
        if is_conjunctive || is_participle {
            self.set_tag(at, "VBG");
            self.take_arguments(at, false, is_passive, state);
            state.pending.push(Phrase {
                start: at,
                end,
                head: at,
                case: Case::None,
                is_clause: true,
                separator: None,
            });
            return end;
        }
        if is_nominal && (is_genitive || case != Case::None || self.is_agentive(end)) {
            self.set_tag(at, "VB");
            let start = self.take_arguments(at, false, is_passive, state);
            if is_genitive {
                self.attach(end, at, "aux");
                self.set_tag(end, "TO");
                state.owners.push((start, at, end, true));
                return behind;
            }
            if let Case::Post(last) = case {
                let is_aim = self.words.get(last).is_some_and(|w| self.grammar.is("aim", &w.lemma));
                for i in end..last {
                    self.attach(i, last, "case");
                }
                if is_aim {
                    self.attach(last, at, "aux");
                    self.set_tag(last, "TO");
                    state.pending.push(Phrase {
                        start,
                        end: behind,
                        head: at,
                        case: Case::None,
                        is_clause: true,
                        separator: None,
                    });
                } else {
                    self.attach(at, last, "pcomp");
                    self.set_tag(at, "VBG");
                    state.pending.push(Phrase {
                        start,
                        end: behind,
                        head: at,
                        case,
                        is_clause: true,
                        separator: None,
                    });
                }
                return behind;
            }
            // "ہونے والی ملاقات"
            state.owners.push((start, at, end, true));
            self.set_tag(at, "VBG");
            return end + 1;
        }
        self.set_tag(
            at,
            match form {
                _ if is_passive => "VBN",
                Form::Infinitive | Form::Subjunctive => "VB",
                Form::Perfective | Form::Stem => "VBD",
                Form::Imperfective => "VBZ",
            },
        );
        if form == Form::Subjunctive && !is_future && self.lemma(at) == self.grammar.being {
            self.set_tag(at, "VBZ");
        }
        self.take_arguments(at, true, is_passive, state);
        self.place_clause(at, state, sentence);
        state.is_quoted.push(state.quotes % 2 == 1);
        state.verbs.push(at);
        state.verb_end = end;
        state.separator = None;
        end
    }

    fn is_agentive(&self, at: usize) -> bool {
        self.norms.get(at).is_some_and(|norm| self.grammar.is("agentive", norm))
    }

    /// Gives a finite verb its place among the clauses.
    fn place_clause(&mut self, verb: usize, state: &mut State, _sentence: &Range<usize>) {
        let opening = std::mem::replace(&mut state.opening, Opening::Main);
        let is_quoted = state.quotes % 2 == 1;
        let before = state.verbs.last().copied();
        let was_quoted = state.is_quoted.last().copied().unwrap_or(false);
        let reports = self.reports(verb);
        let joined = before.is_some() && self.goes_on(state.verb_end, verb, state);
        if let Some(mark) = state.mark.take() {
            let label = match opening {
                Opening::Conditional => "mark",
                _ if self.is("where", mark) => "advmod",
                _ => "cc",
            };
            self.attach(mark, verb, label);
        }
        match (opening, before) {
            (Opening::Conditional, _) => state.conditional = Some(verb),
            (Opening::Said, Some(_)) if state.saying.is_some() => {
                let saying = state.saying.unwrap_or(verb);
                self.attach(verb, saying, "ccomp");
            }
            (Opening::Relative(noun), _) => self.attach(verb, noun, "relcl"),
            // "…،" X نے لکھا
            (_, Some(_)) if reports && was_quoted && !is_quoted => {
                let quoted: Vec<usize> = state
                    .verbs
                    .iter()
                    .zip(&state.is_quoted)
                    .filter(|(v, quoted)| {
                        **quoted && self.nodes.get(**v).is_some_and(|n| n.head == **v)
                    })
                    .map(|(v, _)| *v)
                    .collect();
                for said in quoted {
                    self.attach(said, verb, "ccomp");
                }
            }
            (_, Some(before)) if is_quoted && !was_quoted && self.reports(before) => {
                self.attach(verb, before, "ccomp");
            }
            (_, Some(before)) if joined || before < verb => {
                // What is said goes on until the sentence ends.
                self.attach(verb, before, if joined { "conj" } else { "parataxis" });
                if self.nodes.get(verb).is_some_and(|node| node.head == verb) {
                    self.attach(verb, before, "parataxis");
                }
            }
            _ => {}
        }
        if let Some(conditional) = state.conditional.filter(|c| *c != verb) {
            self.attach(conditional, verb, "advcl");
            state.conditional = None;
        }
    }

    /// Whether the clause that begins behind a verb goes on with what its subject
    /// does: behind "and" or another word that joins, or a comma if it has no
    /// subject of its own.
    fn goes_on(&self, from: usize, verb: usize, state: &State) -> bool {
        let is_conjunction =
            |at: usize| self.words.get(at).is_some_and(|word| word.tag == Tag::Conjunction);
        if state.separator.is_some_and(is_conjunction) {
            return true;
        }
        let Some(first) = (from..verb).find(|&at| {
            !matches!(self.words.get(at).map(|word| word.tag), Some(Tag::Quote | Tag::Close))
        }) else {
            return false;
        };
        let has_subject = || {
            (from..verb).any(|at| {
                self.nodes[at].head == verb
                    && matches!(self.nodes[at].deprel, "nsubj" | "nsubjpass")
            })
        };
        match self.words.get(first).map(|word| word.tag) {
            Some(Tag::Conjunction) => true,
            Some(Tag::Comma | Tag::Mark) => !has_subject(),
            _ => false,
        }
    }

    /// Whether a verb is one of saying.
    fn reports(&self, verb: usize) -> bool {
        let lemma = self.lemma(verb);
        self.grammar.is("communication", lemma)
            || lemma.split(' ').next().is_some_and(|noun| self.grammar.is("declarative", noun))
                && lemma.contains(' ')
    }

    /// Hangs the phrases that wait on a verb. A verb that is not finite leaves
    /// those of the finite one behind it. Returns where its clause begins.
    fn take_arguments(
        &mut self,
        verb: usize,
        is_finite: bool,
        is_passive: bool,
        state: &mut State,
    ) -> usize {
        let from = if is_finite {
            0
        } else {
            let mut from = state.pending.len();
            while from > 0 {
                let phrase = &state.pending[from - 1];
                let is_agent = |p: &Phrase| {
                    self.draft(p.head).is_some_and(|d| {
                        matches!(
                            d.supertype,
                            Supertype::Person
                                | Supertype::Group
                                | Supertype::Organization
                                | Supertype::Place
                                | Supertype::Office
                        )
                    })
                };
                let is_subject = phrase.case == Case::Ergative
                    || phrase.case == Case::None
                        && !phrase.is_clause
                        && from == 1
                        && is_agent(phrase)
                        && phrase.end < verb;
                let is_far = match self.words.get(phrase.end).map(|word| word.tag) {
                    Some(Tag::Comma) => !is_list_comma(self, phrase.end, verb),
                    Some(Tag::Conjunction) => true,
                    _ => false,
                };
                if is_subject || is_far {
                    break;
                }
                from -= 1;
            }
            from
        };
        let phrases: Vec<Phrase> = state.pending.drain(from..).collect();
        let start = phrases.first().map_or(verb, |phrase| phrase.start);
        self.hang(verb, phrases, is_passive, state);
        start
    }

    fn hang(&mut self, verb: usize, phrases: Vec<Phrase>, is_passive: bool, state: &mut State) {
        // Owners that nothing was had by: "اس کے جانے".
        for (_, owner, _, is_clause) in std::mem::take(&mut state.owners) {
            self.attach(owner, verb, if is_clause { "advcl" } else { "nsubj" });
        }
        let is_time = |reader: &Self, at: usize| reader.in_date.get(at).copied().unwrap_or(false);
        let bare: Vec<usize> = (0..phrases.len())
            .filter(|&i| {
                phrases[i].case == Case::None
                    && !phrases[i].is_clause
                    && !is_time(self, phrases[i].head)
            })
            .collect();
        let has_agent = phrases.iter().any(|phrase| phrase.case == Case::Ergative);
        let is_being = self.lemma(verb) == self.grammar.being;
        // The noun right before the verb makes one predicate with it.
        let near = bare.last().copied().filter(|&i| {
            let phrase = &phrases[i];
            let noun = self.lemma(phrase.head);
            self.draft(phrase.head).is_none() && self.grammar.is("aspect", noun)
                || (phrase.end..verb).all(|at| {
                    matches!(
                        self.words.get(at).map(|w| w.tag),
                        Some(Tag::Negation | Tag::Particle | Tag::Adverb)
                    )
                })
        });
        let mut light = None;
        let mut host = verb;
        if let Some(i) = near {
            let head = phrases[i].head;
            let noun = self.lemma(head).to_owned();
            if self.draft(head).is_none()
                && (self.grammar.is("declarative", &noun) || self.grammar.is("light", &noun))
            {
                self.attach(head, verb, "compound");
                let lemma = format!("{noun} {}", self.lemma(verb));
                self.nodes[verb].lemma = lemma;
                light = Some(i);
                // "دورے کا اختتام کیا": what is ended is the verb's object.
                if self.grammar.is("aspect", &noun) {
                    let owned: Vec<usize> = (0..head)
                        .filter(|&at| {
                            self.nodes[at].head == head
                                && self.nodes[at].deprel == "poss"
                                && self.draft(at).is_none_or(|d| d.kind != MentionKind::Pronoun)
                        })
                        .collect();
                    for at in owned {
                        self.attach(at, verb, "dobj");
                    }
                }
            } else if self.draft(head).is_none() && !is_being || self.is("event", head) {
                // Phrases belong to the noun: "سے ملاقات".
                if !self.in_amount.get(head).copied().unwrap_or(false) {
                    host = head;
                }
            }
        }
        let is_light_only = |i: usize| light == Some(i);
        let others: Vec<usize> = bare.iter().copied().filter(|&i| !is_light_only(i)).collect();
        let mut subject = None;
        let mut object = None;
        if has_agent {
            object = others.last().copied();
        } else if others.len() >= 2 {
            subject = others.first().copied();
            object = others.last().copied();
        } else if let Some(&only) = others.first() {
            let is_agent = self.draft(phrases[only].head).is_some_and(|d| {
                matches!(
                    d.supertype,
                    Supertype::Person
                        | Supertype::Group
                        | Supertype::Organization
                        | Supertype::Office
                ) || d.kind == MentionKind::Pronoun
            });
            if is_agent || is_passive || is_being || light.is_some() {
                subject = Some(only);
            } else {
                object = Some(only);
            }
        }
        // Phrases belong to a noun of an event before a word that is one with the
        // verb, too: "پر الزام عائد کیا".
        if light.is_some()
            && let Some(head) = object.or(subject).map(|noun| phrases[noun].head)
            && self.is("event", head)
        {
            host = head;
        }
        for (i, phrase) in phrases.iter().enumerate() {
            let head = phrase.head;
            if light == Some(i) {
                continue;
            }
            if phrase.is_clause && !matches!(phrase.case, Case::Post(_)) {
                self.attach(head, verb, "advcl");
                continue;
            }
            match phrase.case {
                Case::Ergative => self.attach(head, verb, "nsubj"),
                Case::None if is_time(self, head) => self.attach(head, verb, "npadvmod"),
                Case::None if subject == Some(i) => {
                    self.attach(head, verb, if is_passive { "nsubjpass" } else { "nsubj" });
                }
                Case::None if object == Some(i) => {
                    self.attach(head, verb, if is_being { "attr" } else { "dobj" });
                }
                Case::None => self.attach(head, verb, "dep"),
                Case::Post(post) => {
                    let is_dative =
                        self.words.get(post).is_some_and(|w| self.grammar.is("dative", &w.lemma));
                    if is_dative && !is_time(self, head) && !phrase.is_clause {
                        let gives = self.is("transfer", verb)
                            || object.is_some_and(|o| {
                                self.in_amount.get(phrases[o].head).copied().unwrap_or(false)
                            });
                        let label = if gives && !is_passive {
                            "dative"
                        } else if is_passive {
                            "nsubjpass"
                        } else {
                            "dobj"
                        };
                        // The noun goes on the verb itself, its mark below it.
                        self.nodes[head].head = head;
                        self.attach(head, verb, label);
                        self.attach(post, head, "case");
                    } else if phrase.is_clause {
                        self.attach(post, verb, "prep");
                    } else {
                        let below = if is_time(self, head) { verb } else { host };
                        let below = if self.is_adjunct(post) { verb } else { below };
                        self.attach(post, below, "prep");
                    }
                }
            }
        }
    }

    /// Whether what a postposition marks is of the clause rather than of a noun
    /// in it ("کے مطابق", "کی قیادت میں").
    fn is_adjunct(&self, post: usize) -> bool {
        self.words.get(post).is_some_and(|word| self.grammar.is("adjunct", &word.lemma))
    }

    /// Hangs what no verb has taken: a headline, a list.
    fn finish(&mut self, sentence: &Range<usize>, state: &mut State) {
        let root = match state.verbs.first() {
            Some(&verb) => self.top(verb),
            None => {
                let last_bare =
                    state.pending.iter().rev().find(|p| p.case == Case::None && !p.is_clause);
                match last_bare.or(state.pending.last()) {
                    Some(phrase) => self.top(phrase.head),
                    None => sentence.start,
                }
            }
        };
        let has_verb = !state.verbs.is_empty();
        let last_verb = state.verbs.last().copied().unwrap_or(root);
        let event = state
            .pending
            .iter()
            .rev()
            .find(|phrase| phrase.case == Case::None && self.is("event", phrase.head))
            .map(|phrase| phrase.head);
        for phrase in std::mem::take(&mut state.pending) {
            let below = event.unwrap_or(if has_verb { last_verb } else { root });
            match phrase.case {
                Case::Post(post) => self.attach(post, below, "prep"),
                Case::Ergative if event.is_none() => self.attach(phrase.head, below, "nsubj"),
                _ if phrase.head != below => self.attach(phrase.head, below, "dep"),
                _ => {}
            }
        }
        for (_, owner, ..) in std::mem::take(&mut state.owners) {
            self.attach(owner, root, "dep");
        }
        if let Some(conditional) = state.conditional {
            self.attach(conditional, root, "advcl");
        }
        let root = self.top(root);
        for at in sentence.clone() {
            if self.nodes.get(at).is_some_and(|node| node.head == at) && at != root {
                let label = match self.words.get(at).map(|word| word.tag) {
                    Some(Tag::Conjunction) => "cc",
                    Some(Tag::Complementizer | Tag::Mark) => "mark",
                    Some(Tag::Adverb | Tag::Particle) => "advmod",
                    Some(Tag::Negation) => "neg",
                    Some(
                        Tag::Comma
                        | Tag::End
                        | Tag::Quote
                        | Tag::Open
                        | Tag::Close
                        | Tag::Punctuation,
                    ) => "punct",
                    _ => "dep",
                };
                self.attach(at, root, label);
            }
        }
        if let Some(node) = self.nodes.get_mut(root) {
            node.deprel = "ROOT";
        }
    }

    /// The top of what a token hangs below.
    fn top(&self, at: usize) -> usize {
        let mut at = at;
        for _ in 0..256 {
            match self.nodes.get(at) {
                Some(node) if node.head != at => at = node.head,
                _ => return at,
            }
        }
        at
    }
}

fn is_clause_end(reader: &Reader<'_>, at: usize, sentence: &Range<usize>) -> bool {
    match reader.tag(at, sentence) {
        None => true,
        Some(tag) => matches!(
            tag,
            Tag::End
                | Tag::Comma
                | Tag::Conjunction
                | Tag::Quote
                | Tag::Complementizer
                | Tag::Close
                | Tag::Auxiliary
        ),
    }
}

/// Whether a comma is inside of a list that goes on before the verb.
fn is_list_comma(reader: &Reader<'_>, comma: usize, verb: usize) -> bool {
    (comma..verb).any(|at| reader.nodes.get(at).is_some_and(|node| node.deprel == "conj"))
}
