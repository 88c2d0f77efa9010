//! Trees after the parser: constructions that it takes apart and that biographies
//! are full of, hung together again.
//!
//! The parser has seen few of them: the years of a life in brackets between a
//! name and its verb, a prefix cut off its verb ("co-founded"), "Jr." between a
//! name and its apposition, a participle in front of a title. Each repair asks
//! for marks that leave no other reading, and only moves arcs; no token is added
//! and none gets another text.

use std::ops::Range;

use crate::lang::Language;
use crate::lang::lexicon::WordClass;
use crate::token::{Sentence, Token, TokenIdx};

/// The longest aside in brackets that is looked over, in tokens.
const MAX_ASIDE: usize = 60;

/// Hangs together what the parser took apart.
pub(super) fn repair(
    text: &str,
    tokens: &mut [Token],
    sentences: &[Sentence],
    language: &Language,
) {
    for sentence in sentences {
        let mut trees = Trees { text, tokens, range: sentence.tokens.clone(), moved: Vec::new() };
        for at in sentence.tokens.clone() {
            match trees.text(at) {
                "-" => trees.attempt(|trees| trees.join_prefix(at, language)),
                ")" => trees.attempt(|trees| trees.look_over(at)),
                "among" => trees.attempt(|trees| trees.look_past_others(at)),
                _ if trees.tokens[at].tag == "VBG" => {
                    trees.attempt(|trees| trees.hang_before_title(at));
                }
                _ if trees.tokens[at].deprel == "appos" && trees.is_suffix(at, language) => {
                    trees.attempt(|trees| trees.look_through(at));
                }
                _ => {}
            }
        }
    }
}

/// The trees of one sentence.
struct Trees<'a> {
    text: &'a str,
    tokens: &'a mut [Token],
    range: Range<usize>,
    /// The arcs that the repair at hand has moved, as they were.
    moved: Vec<(usize, TokenIdx, String)>,
}

impl<'a> Trees<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.tokens[at].span.slice(self.text)
    }

    /// Makes a repair, and unmakes it if a tree is no tree any more.
    fn attempt(&mut self, repair: impl Fn(&mut Self)) {
        self.moved.clear();
        repair(self);
        if !self.moved.is_empty() && !self.range.clone().all(|at| self.reaches_root(at)) {
            while let Some((at, head, deprel)) = self.moved.pop() {
                self.tokens[at].head = head;
                self.tokens[at].deprel = deprel;
            }
        }
    }

    fn reaches_root(&self, mut at: usize) -> bool {
        for _ in 0..self.range.len() {
            if self.head(at) == at {
                return true;
            }
            at = self.head(at);
        }
        false
    }

    fn head(&self, at: usize) -> usize {
        self.tokens[at].head.index()
    }

    fn hang(&mut self, at: usize, head: usize, deprel: &str) {
        let token = &mut self.tokens[at];
        let head = std::mem::replace(&mut token.head, TokenIdx(head as u32));
        let deprel = std::mem::replace(&mut token.deprel, deprel.to_owned());
        self.moved.push((at, head, deprel));
    }

    fn children(&self, head: usize) -> Vec<usize> {
        self.range.clone().filter(|&at| at != head && self.head(at) == head).collect()
    }

    /// Whether `at` is `above` or hangs below it.
    fn is_below(&self, mut at: usize, above: usize) -> bool {
        for _ in 0..self.range.len() {
            if at == above {
                return true;
            }
            let head = self.head(at);
            if head == at {
                return false;
            }
            at = head;
        }
        false
    }

    fn is_suffix(&self, at: usize, language: &Language) -> bool {
        let lower = self.text(at).to_lowercase();
        language.lexicon.classes(&lower).has(WordClass::Suffix)
    }

    fn is_finite(&self, at: usize) -> bool {
        matches!(self.tokens[at].tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
    }

    /// "Doe, Jr., the chair": what hangs on the suffix hangs on the name.
    fn look_through(&mut self, suffix: usize) {
        let name = self.head(suffix);
        if name + 2 < suffix {
            return;
        }
        for child in self.children(suffix) {
            let deprel = self.tokens[child].deprel.clone();
            if deprel != "punct" {
                self.hang(child, name, &deprel);
            }
        }
    }

    /// "met, among others, the minister": what stands behind the aside is the
    /// verb's object.
    fn look_past_others(&mut self, among: usize) {
        let verb = self.head(among);
        let comma = among + 2;
        let is_aside = verb < among
            && self.range.contains(&comma)
            && self.tokens[verb].upos == "VERB"
            && self.tokens[among + 1].tag == "NNS"
            && self.head(among + 1) == among
            && self.text(among - 1) == ","
            && self.text(comma) == ",";
        let children = self.children(verb);
        let has_object = children.iter().any(|&c| self.tokens[c].deprel == "dobj");
        if !is_aside || has_object {
            return;
        }
        let object = children.into_iter().find(|&child| {
            comma < child
                && matches!(self.tokens[child].upos, "PROPN" | "NOUN")
                && matches!(
                    self.tokens[child].deprel.as_str(),
                    "npadvmod" | "appos" | "oprd" | "dep"
                )
        });
        if let Some(object) = object {
            self.hang(object, verb, "dobj");
        }
    }

    /// "served as president and founding director": the participle belongs to
    /// the noun behind it, not the noun to the participle.
    fn hang_before_title(&mut self, participle: usize) {
        let above = self.head(participle);
        let deprel = self.tokens[participle].deprel.clone();
        let is_nominal = match deprel.as_str() {
            "conj" => matches!(self.tokens[above].upos, "NOUN" | "PROPN"),
            "pobj" | "attr" | "appos" => true,
            _ => false,
        };
        let object = self
            .children(participle)
            .into_iter()
            .find(|&c| self.tokens[c].deprel == "dobj" && participle < c);
        let Some(object) = object.filter(|_| is_nominal) else { return };
        let is_bare = (participle + 1..object)
            .all(|at| self.tokens[at].deprel == "compound" && self.head(at) == object);
        if !is_bare {
            return;
        }
        for child in self.children(participle) {
            if child != object {
                let label = self.tokens[child].deprel.clone();
                self.hang(child, object, &label);
            }
        }
        let head = if above == participle { object } else { above };
        self.hang(object, head, &deprel);
        self.hang(participle, object, "amod");
    }

    /// "co-founded": three tokens, of which the last is the verb.
    fn join_prefix(&mut self, hyphen: usize, language: &Language) {
        let Some(prefix) = hyphen.checked_sub(1).filter(|p| self.range.contains(p)) else { return };
        let verb = hyphen + 1;
        let is_joined = self.range.contains(&verb)
            && self.tokens[prefix].span.end() == self.tokens[hyphen].span.start()
            && self.tokens[hyphen].span.end() == self.tokens[verb].span.start();
        let lower = self.text(prefix).to_lowercase();
        if !is_joined
            || !language.lexicon.classes(&lower).has(WordClass::Prefix)
            || self.tokens[verb].upos != "VERB"
        {
            return;
        }
        let parts = [prefix, hyphen, verb];
        // Where the three of them hang: the first arc that leaves them, the
        // verb's own first, unless it is the arc to its object.
        let is_adjective = self.tokens[verb].deprel == "amod" && verb < self.head(verb);
        let object = is_adjective.then(|| self.head(verb)).filter(|&o| {
            matches!(self.tokens[o].upos, "NOUN" | "PROPN")
                && (parts.contains(&self.head(o)) || self.is_finite(prefix) || self.is_finite(verb))
        });
        if is_adjective && object.is_none() {
            // "a co-founded company"
            return;
        }
        let leaves = |this: &Self, at: usize| {
            let head = this.head(at);
            head == at || !parts.contains(&head)
        };
        let order: &[usize] =
            if object.is_some() { &[prefix, hyphen] } else { &[verb, prefix, hyphen] };
        let top = order.iter().copied().find(|&at| leaves(self, at));
        let (above, deprel) = match (top, object) {
            (Some(top), _) => (self.head(top), self.tokens[top].deprel.clone()),
            (None, Some(object)) => (self.head(object), self.tokens[object].deprel.clone()),
            (None, None) => return,
        };
        let is_root = parts.contains(&above) || Some(above) == object;
        self.hang(verb, if is_root { verb } else { above }, if is_root { "ROOT" } else { &deprel });
        if let Some(object) = object {
            self.hang(object, verb, "dobj");
        }
        for part in [prefix, hyphen] {
            for child in self.children(part) {
                if !parts.contains(&child) {
                    let label = self.tokens[child].deprel.clone();
                    // The subject of a verb that was read as a noun.
                    let is_subject = child < prefix
                        && matches!(label.as_str(), "compound" | "nmod" | "npadvmod");
                    self.hang(child, verb, if is_subject { "nsubj" } else { &label });
                }
            }
            self.hang(part, verb, "punct");
        }
        if object.is_some() {
            // What is said of the object's clause: "founded Acme in 1990".
            for child in self.children(object.unwrap_or(verb)) {
                if self.tokens[child].deprel == "nsubj" && child < prefix {
                    self.hang(child, verb, "nsubj");
                }
            }
        }
        // A name right before is the subject, wherever it was hung.
        let has_subject = self
            .children(verb)
            .iter()
            .any(|&c| matches!(self.tokens[c].deprel.as_str(), "nsubj" | "nsubjpass") && c < verb);
        let before = prefix.checked_sub(1).filter(|b| self.range.contains(b));
        if let Some(before) = before
            && !has_subject
            && matches!(self.tokens[before].upos, "PROPN" | "NOUN")
            && !self.is_below(verb, before)
        {
            self.hang(before, verb, "nsubj");
        }
    }

    /// "Doe (born 1950) is": the verb behind an aside without a subject of its
    /// own has the name before it.
    fn look_over(&mut self, close: usize) {
        let Some(open) = self.opening(close) else { return };
        let Some(name) = open.checked_sub(1).filter(|n| self.range.contains(n)) else { return };
        if self.tokens[name].upos != "PROPN" {
            return;
        }
        let mut verb = close + 1;
        while self.range.contains(&verb) && self.tokens[verb].upos == "ADV" {
            verb += 1;
        }
        if !self.range.contains(&verb) || !self.is_finite(verb) {
            return;
        }
        // An auxiliary hangs on its verb.
        if matches!(self.tokens[verb].deprel.as_str(), "aux" | "auxpass") {
            verb = self.head(verb);
        }
        let has_subject = self.children(verb).iter().any(|&child| {
            matches!(self.tokens[child].deprel.as_str(), "nsubj" | "nsubjpass")
                && !(open..close).contains(&child)
        });
        if has_subject || verb < close {
            return;
        }
        // The verb that hung in the aside or on the name stands by itself.
        let above = self.head(verb);
        if (name..=close).contains(&above) && above != verb {
            let (to, label) = if self.head(above) == above || self.is_below(above, verb) {
                (verb, "ROOT".to_owned())
            } else {
                let top = self.head(name);
                if (open..=close).contains(&top) || top == name {
                    (verb, "ROOT".to_owned())
                } else {
                    (top, self.tokens[name].deprel.clone())
                }
            };
            self.hang(verb, to, &label);
        }
        if self.is_below(verb, name) && name != verb {
            return;
        }
        let is_passive = self.children(verb).iter().any(|&c| self.tokens[c].deprel == "auxpass");
        // Nothing of the aside hangs on the verb, nor the name on the aside.
        for at in open..=close {
            if !(open..=close).contains(&self.head(at)) || self.head(at) == at {
                let label = match self.tokens[at].deprel.as_str() {
                    "csubj" | "csubjpass" | "ROOT" => "acl".to_owned(),
                    label => label.to_owned(),
                };
                self.hang(at, name, &label);
            }
        }
        self.hang(name, verb, if is_passive { "nsubjpass" } else { "nsubj" });
    }

    /// The bracket that a closing one closes.
    fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0;
        for at in (self.range.start..close).rev().take(MAX_ASIDE) {
            match self.text(at) {
                ")" => depth += 1,
                "(" if depth == 0 => return Some(at),
                "(" => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// Reads "word/TAG>label:head", one token a blank, and repairs the tree.
    fn check(name: &str, before: &str, wanted: &[(usize, usize, &str)]) {
        let mut text = String::new();
        let mut tokens: Vec<Token> = Vec::new();
        for part in before.split(' ') {
            let (word, rest) = part.split_once('/').expect("a word");
            let (tag, arc) = rest.split_once('>').expect("a tag");
            let (deprel, head) = arc.split_once(':').expect("a label");
            // A prefix and its hyphen stand right before the next.
            let is_joined = matches!(word, "-") || text.ends_with('-');
            if !text.is_empty() && !is_joined {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            let upos = match tag {
                "NNP" => "PROPN",
                "NN" => "NOUN",
                "RB" => "ADV",
                _ if tag.starts_with("VB") => "VERB",
                _ => "X",
            };
            tokens.push(Token {
                span: Span::new(start, text.len()),
                lemma: word.to_lowercase(),
                upos,
                tag: tag.to_owned(),
                morph: String::new(),
                head: TokenIdx(head.parse().expect("a number")),
                deprel: deprel.to_owned(),
                starts_sentence: tokens.is_empty(),
                followed_by_space: true,
            });
        }
        let sentence = Sentence { tokens: 0..tokens.len(), span: Span::new(0, text.len()) };
        let language = crate::lang::find("en").expect("English is there");
        repair(&text, &mut tokens, &[sentence], language);
        for &(at, head, deprel) in wanted {
            let token = &tokens[at];
            assert_eq!((token.head.index(), token.deprel.as_str()), (head, deprel), "{name}: {at}");
        }
    }

    #[test]
    fn hangs_together() {
        check(
            "years in brackets",
            "Berg/NNP>npadvmod:2 (/-LRB->punct:2 born/VBN>csubj:5 1950/CD>npadvmod:2 )/-RRB->punct:2 \
             is/VBZ>ROOT:5 chair/NN>attr:5",
            &[(0, 5, "nsubj"), (2, 0, "acl"), (5, 5, "ROOT"), (6, 5, "attr")],
        );
        check(
            "a prefix that was read as the verb",
            "Berg/NNP>compound:1 co/VBD>ROOT:1 -/VBN>acomp:1 founded/VBD>amod:4 Acme/NNP>dobj:2 \
             in/IN>prep:1 1999/CD>pobj:5",
            &[(0, 3, "nsubj"), (1, 3, "punct"), (3, 3, "ROOT"), (4, 3, "dobj"), (5, 3, "prep")],
        );
        check(
            "an apposition behind a suffix",
            "Berg/NNP>nsubj:5 ,/,>punct:0 Jr./NNP>appos:0 ,/,>punct:2 chair/NN>appos:2 left/VBD>ROOT:5",
            &[(2, 0, "appos"), (4, 0, "appos")],
        );
        check(
            "an object behind an aside",
            "met/VBD>ROOT:0 ,/,>punct:0 among/IN>prep:0 others/NNS>pobj:2 ,/,>punct:0 \
             Berg/NNP>npadvmod:0",
            &[(5, 0, "dobj"), (2, 0, "prep")],
        );
        check(
            "a participle before a title",
            "president/NN>pobj:0 and/CC>cc:0 founding/VBG>conj:0 Executive/NNP>compound:4 \
             Officer/NNP>dobj:2",
            &[(4, 0, "conj"), (2, 4, "amod")],
        );
    }

    #[test]
    fn leaves_alone() {
        check(
            "a subject of its own",
            "Berg/NNP>nsubj:4 (/-LRB->punct:0 1950/CD>appos:0 )/-RRB->punct:0 is/VBZ>ROOT:4 \
             chair/NN>attr:4",
            &[(0, 4, "nsubj"), (2, 0, "appos")],
        );
        check(
            "a participle with an object",
            "left/VBD>ROOT:0 ,/,>punct:0 leading/VBG>advcl:0 Acme/NNP>dobj:2",
            &[(2, 0, "advcl"), (3, 2, "dobj")],
        );
        check(
            "a time behind an aside",
            "met/VBD>ROOT:0 Doe/NNP>dobj:0 ,/,>punct:0 among/IN>prep:0 others/NNS>pobj:3 ,/,>punct:0 \
             Monday/NNP>npadvmod:0",
            &[(6, 0, "npadvmod")],
        );
        check(
            "an adjective",
            "a/DT>det:4 co/JJ>amod:4 -/HYPH>punct:4 founded/VBN>amod:4 firm/NN>ROOT:4",
            &[(3, 4, "amod"), (4, 4, "ROOT")],
        );
    }
}
