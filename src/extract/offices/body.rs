//! Of what a post is a post: the body, place or person that its title names.

use crate::mention::{MentionIdx, MentionKind, ReferentIdx, Supertype};

use super::super::ends;
use super::Tree;
use super::holder::Holding;
use super::post::Post;

/// How deep phrases without a name are followed: "at the department of
/// physics of Lund University".
const MAX_DEPTH: usize = 3;

/// How many coordinated titles are looked at.
const MAX_TITLES: usize = 8;

/// What a preposition lets stand behind it.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// "of Ghana": anything.
    Any,
    /// "in Ghana" says where, "in the ministry" of what.
    Bodies,
}

/// What a post may be a post of.
pub(super) struct Body {
    pub mention: MentionIdx,
    /// The preposition that joins it to the title, if one does.
    pub via: Option<String>,
}

/// What the post is a post of; of several places in the sentence the nearest
/// to the title.
pub(super) fn bodies(tree: &Tree<'_>, post: &Post, holding: &Holding) -> Vec<Body> {
    let holders: Vec<ReferentIdx> = (holding.holders.iter())
        .map(|holder| tree.annotated.mention(holder.mention).referent)
        .collect();
    let is_kin = tree.is_cue("kin", post.head);
    let mut finder = Finder { tree, title: post.head, holders, is_kin, found: Vec::new() };
    let after_or =
        post.tokens.start.checked_sub(1).is_some_and(|at| tree.is_cue("alternative", at));
    if after_or || is_alternative(tree, post.head) {
        return Vec::new();
    }
    finder.around(post.head);
    if finder.found.is_empty() {
        finder.shared(post.head);
    }
    if finder.found.is_empty()
        && let Some(verb) = holding.verb
    {
        finder.of_clause(post.head, verb);
    }
    if finder.found.is_empty() && holding.verb.is_none() {
        finder.behind_comma(post);
    }
    if finder.found.is_empty() && holding.verb.is_none() && tree.is_cue("corporate", post.head) {
        for holder in &holding.holders {
            finder.headed_by(tree.annotated.mention(holder.mention).head.index());
        }
    }
    // "the ministers of Peru, Chile and Ghana": who of whom is not told.
    let is_seat = tree.is_cue("seat", post.head);
    if post.is_plural(tree) && finder.found.len() > 1 && !is_seat {
        finder.found.clear();
    }
    finder.found
}

/// Whether the holder of a post is sent to something: "ambassador to Peru".
pub(super) fn is_destination(tree: &Tree<'_>, post: &Post, mention: MentionIdx) -> bool {
    let start = tree.annotated.mention(mention).tokens.start;
    let before = post.head + 1..start;
    tree.is_cue("sent", post.head) && before.rev().take(2).any(|at| tree.is_cue("goalMarker", at))
}

/// Whether a title is one of those joined by "or".
fn is_alternative(tree: &Tree<'_>, title: usize) -> bool {
    let mut at = title;
    for _ in 0..MAX_TITLES {
        if tree.children_by(at, &["cc"]).any(|cc| tree.is_cue("alternative", cc)) {
            return true;
        }
        match tree.head(at) {
            Some(first) if tree.deprel(at) == "conj" && tree.is_noun(first) => at = first,
            _ => return false,
        }
    }
    false
}

struct Finder<'a> {
    tree: &'a Tree<'a>,
    /// The noun that the title hangs on.
    title: usize,
    /// The holders of the post, who are no body of it.
    holders: Vec<ReferentIdx>,
    /// Whether the title is one of a relative.
    is_kin: bool,
    found: Vec<Body>,
}

impl Finder<'_> {
    /// "the chair of Acme", "Acme's chair", "Acme chair".
    /// "a Labour member of the Senate" is of both.
    fn around(&mut self, title: usize) {
        self.behind(title, title, 0);
        self.before(title);
        // "on the Board of Directors for Acme", all of it but Acme one name.
        let own = self.tree.mention_at(title).map(|m| self.tree.annotated.mention(m));
        if let Some(own) = own.filter(|own| own.supertype == Supertype::Organization)
            && self.found.is_empty()
        {
            self.right_behind(own.tokens.end - 1);
        }
    }

    fn before(&mut self, title: usize) {
        let tree = self.tree;
        for owner in tree.children_by(title, &["poss", "compound", "nmod", "amod"]) {
            // "approval from the Cabinet, Acme CEO Berg": another phrase.
            let is_cut_off =
                tree.deprel(owner) != "poss" && (owner..title).any(|at| tree.text(at) == ",");
            if owner < title && !is_cut_off {
                self.take(owner, Reach::Any, None);
            }
        }
    }

    /// "director of Acme's press office", but of no place: who heads a Paris
    /// office does not head Paris.
    fn owners(&mut self, noun: usize) {
        let tree = self.tree;
        for owner in tree.children_by(noun, &["poss", "compound", "nmod"]) {
            if owner < noun {
                self.take(owner, Reach::Bodies, None);
            }
        }
    }

    /// What stands behind the prepositions of a noun; only what lies behind
    /// `from` counts.
    fn behind(&mut self, noun: usize, from: usize, depth: usize) {
        let tree = self.tree;
        // An ambassador "to" somebody is somebody else's.
        let is_sent = tree.is_cue("sent", noun);
        for preposition in tree.children_by(noun, &["prep"]).filter(|&p| from < p) {
            if !(is_sent && tree.is_cue("goalMarker", preposition)) {
                self.complement(preposition, depth);
            }
        }
        // "a politician representing the party"
        for clause in tree.children_by(noun, &["acl", "relcl"]) {
            if tree.is_cue("representing", clause) {
                for object in tree.children_by(clause, &["dobj"]) {
                    self.take(object, Reach::Bodies, None);
                }
            }
        }
    }

    fn complement(&mut self, preposition: usize, depth: usize) {
        let tree = self.tree;
        let reach = if tree.is_cue("ofMarker", preposition) {
            Reach::Any
        } else if tree.is_cue("bodyMarker", preposition) {
            Reach::Bodies
        } else {
            return;
        };
        for object in tree.children_by(preposition, &["pobj"]) {
            let before = self.found.len();
            self.take(object, reach, Some(preposition));
            let is_plain = tree.mention_at(object).is_none_or(|m| !self.is_name(m));
            if self.found.len() == before && is_plain && depth < MAX_DEPTH {
                self.behind(object, object, depth + 1);
                if self.found.len() == before {
                    self.owners(object);
                }
                // "of Acme, Inc., and Oxfam"
                for other in tree.children_by(object, &["conj"]) {
                    self.take(other, reach, Some(preposition));
                }
                // "of mathematics and physics at Lund"
                for other in tree.children_by(object, &["conj"]) {
                    if self.found.len() == before {
                        self.behind(other, other, depth + 1);
                    }
                }
            }
        }
    }

    /// What coordinated titles have in common: "chair and chief of Acme",
    /// "Acme's chair and chief".
    fn shared(&mut self, title: usize) {
        let tree = self.tree;
        for next in tree.children_by(title, &["conj"]).filter(|&c| tree.is_noun(c)) {
            let is_title = tree.mention_at(next).is_none_or(|m| !self.is_name(m));
            if self.found.is_empty() && is_title {
                self.behind(next, next, 0);
                if self.found.is_empty() {
                    self.shared_ahead(next);
                }
            }
        }
        if tree.deprel(title) == "conj"
            && self.found.is_empty()
            && let Some(first) = tree.head(title).filter(|&first| tree.is_noun(first))
            && !self.names_person(first..title)
        {
            self.behind(first, title, 0);
            if self.found.is_empty() && tree.children_by(title, &["det"]).next().is_none() {
                self.before(first);
            }
        }
    }

    /// "founder, chief executive and chair of Acme": on to the last.
    fn shared_ahead(&mut self, title: usize) {
        let tree = self.tree;
        for next in tree.children_by(title, &["conj"]).filter(|&c| tree.is_noun(c)) {
            let is_title = tree.mention_at(next).is_none_or(|m| !self.is_name(m));
            if self.found.is_empty() && is_title {
                self.behind(next, next, 0);
            }
        }
    }

    /// Whether a person is named among some words, so that the titles before and
    /// behind are of two persons.
    fn names_person(&self, words: std::ops::Range<usize>) -> bool {
        self.tree.annotated.mentions.iter().any(|mention| {
            mention.supertype == Supertype::Person
                && mention.kind == MentionKind::Name
                && words.contains(&mention.tokens.start)
        })
    }

    fn is_name(&self, mention: MentionIdx) -> bool {
        let mention = self.tree.annotated.mention(mention);
        mention.kind == MentionKind::Name && mention.supertype != Supertype::Office
    }

    /// What the verb says: "joined Acme as chair", "Acme hired her as chair",
    /// "Acme, where she was chair", "is vice president of sales at Acme".
    fn of_clause(&mut self, title: usize, verb: usize) {
        let tree = self.tree;
        for preposition in tree.children_by(verb, &["prep"]) {
            let is_goal = title < preposition || tree.is_cue("stayMarker", preposition);
            if is_goal && tree.is_cue("bodyMarker", preposition) && self.found.is_empty() {
                self.complement(preposition, 0);
            }
        }
        if self.found.is_empty() && tree.is_cue("joining", verb) {
            for object in tree.children_by(verb, &["dobj"]).filter(|&o| o != title) {
                self.take(object, Reach::Bodies, None);
            }
        }
        let places = tree.is_cue("placing", verb) && !tree.is_cue("choosing", verb);
        if self.found.is_empty() && places && !tree.is_passive(verb) {
            for subject in tree.surface_subject(verb).0 {
                self.take(subject, Reach::Bodies, None);
            }
        }
        let is_where = tree.children(verb).iter().any(|&c| tree.token(c).tag == "WRB");
        if self.found.is_empty()
            && is_where
            && tree.deprel(verb) == "relcl"
            && let Some(body) = tree.head(verb)
        {
            self.take(body, Reach::Bodies, None);
        }
        if self.found.is_empty() {
            self.of_clause_before(verb);
        }
    }

    /// "founded Acme and has served as the chair": of what the clause before says.
    fn of_clause_before(&mut self, verb: usize) {
        let tree = self.tree;
        let Some(before) = tree.head(verb).filter(|&before| tree.is_verb(before)) else { return };
        let is_same = matches!(tree.deprel(verb), "conj" | "advcl")
            && tree.children_by(verb, &["nsubj", "nsubjpass"]).next().is_none();
        let runs = tree.is_cue("heading", before) && tree.is_cue("holding", verb);
        if is_same && runs && before < verb {
            for object in tree.children_by(before, &["dobj"]) {
                self.take(object, Reach::Bodies, None);
            }
        }
    }

    /// "Acme is led by Chair Berg", "Acme was founded by Berg, chair".
    fn headed_by(&mut self, person: usize) {
        let tree = self.tree;
        let mut at = person;
        for _ in 0..MAX_TITLES {
            match tree.head(at) {
                Some(first) if tree.deprel(at) == "conj" && tree.is_noun(first) => at = first,
                _ => break,
            }
        }
        let by = tree.head(at).filter(|_| tree.deprel(at) == "pobj");
        let Some(by) = by.filter(|&by| tree.deprel(by) == "agent") else { return };
        let Some(verb) = tree.head(by).filter(|&verb| tree.is_cue("heading", verb)) else { return };
        let subjects = tree.surface_subject(verb).0;
        for subject in subjects {
            self.take(subject, Reach::Bodies, None);
        }
    }

    /// "Berg, chair, Acme": a body by itself behind the title.
    fn behind_comma(&mut self, post: &Post) {
        let tree = self.tree;
        let end = post.tokens.end;
        let tokens = &tree.annotated.tokens;
        if tokens.len() <= end + 1 || tree.text(end) != "," {
            return;
        }
        let Some(mention) = tree.mention_at(end + 1) else { return };
        let named = tree.annotated.mention(mention);
        let closes = tokens.get(named.tokens.end).is_none_or(|t| t.upos == "PUNCT");
        let is_body = named.supertype == Supertype::Organization && named.kind == MentionKind::Name;
        if named.tokens.start == end + 1 && closes && is_body {
            self.push(mention, None);
        }
    }

    /// Takes the named bodies, places and persons that a word names.
    fn take(&mut self, word: usize, reach: Reach, preposition: Option<usize>) {
        let tree = self.tree;
        let Some(own) = ends::own(tree, word).or_else(|| tree.mention_at(word)) else { return };
        if preposition.is_some_and(|preposition| tree.mention_at(preposition) == Some(own)) {
            return;
        }
        self.take_of_group(word, own, reach, preposition);
        for candidate in ends::mentions(tree, word) {
            let mention = tree.annotated.mention(candidate.mention);
            let fits = match mention.supertype {
                Supertype::Organization => true,
                Supertype::Place => reach == Reach::Any || mention.class == "Facility",
                Supertype::Person => reach == Reach::Any,
                Supertype::Group | Supertype::Office | Supertype::Thing => false,
            };
            // Of persons only the one named right there: whom "his" means is a
            // guess, and a list goes on with others.
            // Of a relative "his" says all there is: "his wife".
            let is_loose = mention.supertype == Supertype::Person
                && (mention.kind != MentionKind::Name || candidate.mention != own)
                && !(self.is_kin && mention.kind == MentionKind::Pronoun && preposition.is_none());
            let is_beyond = candidate.mention != own
                && (tree.annotated.mention(own).supertype == Supertype::Person
                    && mention.supertype != Supertype::Person
                    || self.is_behind_title(own, candidate.mention));
            let is_known = tree.annotated.referent(mention.referent).is_named
                || self.is_kin && mention.kind == MentionKind::Pronoun;
            // Whose a post is stands before it, or behind a preposition.
            let is_next = mention.supertype == Supertype::Person
                && preposition.is_none()
                && self.title < mention.tokens.start;
            if !fits || is_loose || is_beyond || is_next || !is_known {
                continue;
            }
            // "the Central Committee of the Communist Party": the name of an
            // organ says nothing without that of its body.
            let before = self.found.len();
            if mention.tokens.clone().any(|at| tree.is_cue("organ", at)) {
                let last = mention.tokens.end - 1;
                for at in mention.tokens.clone() {
                    self.behind(at, last, MAX_DEPTH);
                }
                if self.found.len() == before {
                    self.right_behind(last);
                }
            }
            if self.found.len() == before {
                self.push(candidate.mention, preposition);
                self.within(mention.head.index());
            }
        }
    }

    /// "the Board of Directors for Acme": the body behind the next word, wherever
    /// parsers hung that.
    fn right_behind(&mut self, last: usize) {
        let tree = self.tree;
        let tokens = &tree.annotated.tokens;
        let marks = |at: usize| {
            at < tokens.len() && (tree.is_cue("ofMarker", at) || tree.is_cue("bodyMarker", at))
        };
        if !marks(last + 1) {
            return;
        }
        let start = last + 2 + usize::from(tokens.get(last + 2).is_some_and(|t| t.upos == "DET"));
        let named = tokens.get(start).and_then(|_| tree.mention_at(start));
        let Some(mention) = named.filter(|&m| self.is_name(m)) else { return };
        let named = tree.annotated.mention(mention);
        if named.tokens.start == start && named.supertype == Supertype::Organization {
            self.push(mention, Some(last + 1));
        }
    }

    /// "the Acme team", "the Bourbaki group": the name of a group without another.
    fn take_of_group(&mut self, word: usize, own: MentionIdx, reach: Reach, via: Option<usize>) {
        let tree = self.tree;
        let group = tree.annotated.mention(own);
        let is_nameless = group.kind == MentionKind::Nominal
            && matches!(group.supertype, Supertype::Organization | Supertype::Group)
            && !tree.annotated.referent(group.referent).is_named;
        if !is_nameless || via.is_none() {
            return;
        }
        for name in tree.children_by(word, &["compound", "nmod"]) {
            // "the Climate | Impacts group": half a name.
            let is_whole = |start: usize| {
                start
                    .checked_sub(1)
                    .is_some_and(|at| matches!(tree.token(at).upos, "DET" | "ADP" | "ADJ" | "NUM"))
            };
            let is_body = tree.mention_at(name).is_some_and(|m| {
                let mention = tree.annotated.mention(m);
                m != own
                    && mention.supertype == Supertype::Organization
                    && is_whole(mention.tokens.start)
            });
            if is_body {
                self.take(name, reach, via);
            }
        }
    }

    /// Whether a title stands between two bodies, so that the second is of
    /// somebody else: "the minister of Peru, Ghana's envoy".
    fn is_behind_title(&self, first: MentionIdx, second: MentionIdx) -> bool {
        let between = self.tree.annotated.mentions.get(first.index() + 1..second.index());
        between.unwrap_or_default().iter().any(|mention| mention.supertype == Supertype::Office)
    }

    /// "the department of physics at Lund University" is a part of it, unless
    /// all of it is one name.
    fn within(&mut self, body: usize) {
        let tree = self.tree;
        let here = tree.mention_at(body);
        for preposition in tree.children_by(body, &["prep"]) {
            let is_outside = tree.mention_at(preposition) != here;
            if is_outside && tree.is_cue("partMarker", preposition) {
                for object in tree.children_by(preposition, &["pobj"]) {
                    self.take(object, Reach::Bodies, Some(preposition));
                }
            }
        }
    }

    fn push(&mut self, mention: MentionIdx, preposition: Option<usize>) {
        let tree = self.tree;
        let referent = tree.annotated.mention(mention).referent;
        let known =
            self.found.iter().any(|b| tree.annotated.mention(b.mention).referent == referent);
        if !known && !self.holders.contains(&referent) {
            let via = preposition.map(|preposition| tree.lemma(preposition).to_owned());
            self.found.push(Body { mention, via });
        }
    }
}
