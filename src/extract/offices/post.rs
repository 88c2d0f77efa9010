//! Titles and roles: which words make them, and whether they say that the post
//! is held, was held, or is yet to be.

use std::ops::Range;

use crate::claim::OfficeStatus;
use crate::mention::{MentionKind, Supertype};

use super::Tree;

/// The longest title that is read, in words.
const MAX_WORDS: usize = 12;
/// How many coordinated titles share what is said of the first.
const MAX_SHARED: usize = 4;

/// The cue classes of status words, the weightiest first.
const STATUSES: [(&str, OfficeStatus); 5] = [
    ("designate", OfficeStatus::Designate),
    ("caretaker", OfficeStatus::Caretaker),
    ("acting", OfficeStatus::Acting),
    ("retired", OfficeStatus::Retired),
    ("former", OfficeStatus::Former),
];

/// A title or role that a text speaks of.
pub(super) struct Post {
    /// The noun that the tree hangs on.
    pub head: usize,
    /// The words of the title.
    pub tokens: Range<usize>,
    /// Where the name of the role ends, words of status behind it left out:
    /// "professor emeritus".
    name_end: usize,
    /// Whether annotation took it for an office.
    pub is_office: bool,
}

impl Post {
    /// The title whose head is a word, if it can be one.
    pub fn at(tree: &Tree<'_>, at: usize) -> Option<Self> {
        if !tree.is_noun(at) {
            return None;
        }
        let (tokens, is_office) = match tree.mention_at(at) {
            None => (at..at + 1, false),
            Some(mention) => {
                let mention = tree.annotated.mention(mention);
                let is_role = mention.kind == MentionKind::Nominal
                    && matches!(mention.supertype, Supertype::Person | Supertype::Group);
                let is_office = mention.supertype == Supertype::Office;
                let hangs_here = tree.head(at).is_none_or(|head| !mention.tokens.contains(&head));
                // "the board", "the Board of Directors"
                let is_organ = || {
                    mention.tokens.start == at
                        && mention.tokens.len() <= 3
                        && tree.is_cue("organ", at)
                };
                let is_seat =
                    tree.is_cue("seat", at) && (mention.kind == MentionKind::Nominal || is_organ());
                if !hangs_here || !(is_role || is_office || is_seat) {
                    return None;
                }
                (mention.tokens.clone(), is_office)
            }
        };
        let start = first_word(tree, at, tokens.start);
        let end = last_word(tree, at, tokens.end);
        let is_any_status = |word| STATUSES.iter().any(|(cue, _)| is_status(tree, cue, word));
        let statuses = (start..=at).rev().take_while(|&word| is_any_status(word)).count();
        Some(Self { head: at, tokens: start..end, name_end: at + 1 - statuses, is_office })
    }

    /// Whether another title stands before it and governs it: in "assistant to
    /// the director Doe" Doe is the assistant.
    pub fn is_behind_title(&self, tree: &Tree<'_>) -> bool {
        let Some(preposition) = tree.head(self.head).filter(|_| tree.deprel(self.head) == "pobj")
        else {
            return false;
        };
        let is_title = |at: usize| {
            tree.mention_at(at)
                .is_some_and(|m| tree.annotated.mention(m).supertype == Supertype::Office)
        };
        tree.is_cue("goalMarker", preposition) && tree.head(preposition).is_some_and(is_title)
    }

    /// Whether the title is one of several persons.
    pub fn is_plural(&self, tree: &Tree<'_>) -> bool {
        matches!(tree.token(self.head).tag.as_str(), "NNS" | "NNPS")
    }

    /// The names of roles that patterns know ("chief executive") and that end the
    /// title.
    pub fn names<'a>(&self, tree: &Tree<'a>) -> Vec<&'a str> {
        let Some(last) = self.before_hyphens(tree, self.name_end) else { return Vec::new() };
        let text = tree.lower_text(last);
        let behind_hyphen = text.rsplit('-').next().unwrap_or_default();
        let mut names: Vec<&'a str> = Vec::new();
        for word in [&text, behind_hyphen, tree.lemma(last)] {
            for name in tree.posts(word) {
                if !names.contains(&name.as_str()) && self.is_named(tree, name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The last word of the title before a word, hyphens left out.
    fn before_hyphens(&self, tree: &Tree<'_>, end: usize) -> Option<usize> {
        let mut words = (self.tokens.start..end).rev();
        words.find(|&at| tree.text(at) != "-")
    }

    /// Whether a name of a role ends the title, in lower case and by its last
    /// lemma.
    fn is_named(&self, tree: &Tree<'_>, name: &str) -> bool {
        let mut at = self.name_end;
        for word in name.rsplit([' ', '-']) {
            let Some(word_at) = self.before_hyphens(tree, at) else { return false };
            at = word_at;
            let text = tree.lower_text(at);
            if text.contains('-') && text.rsplit('-').next() == Some(word) {
                return word == name || text.ends_with(name);
            }
            if text != word && tree.lemma(at) != word {
                return false;
            }
        }
        true
    }

    /// The title as it stands there, its blanks squeezed.
    pub fn title(&self, tree: &Tree<'_>) -> String {
        let (Some(first), Some(last)) =
            (self.tokens.clone().next(), self.tokens.clone().next_back())
        else {
            return String::new();
        };
        let span = tree.token(first).span.cover(tree.token(last).span);
        tree.annotated.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What the words of the title and around it say of its being held.
    pub fn status(&self, tree: &Tree<'_>) -> Option<OfficeStatus> {
        let around = tree.children_by(self.head, &["amod", "advmod", "compound", "nmod"]);
        let own = self.tokens.clone().chain(around).filter(|&at| {
            tree.mention_at(at).is_none_or(|m| {
                tree.annotated.mention(m).supertype != Supertype::Person
                    || tree.annotated.mention(m).kind == MentionKind::Nominal
            })
        });
        // "the former-Ghana minister"
        let joined = tree.children_by(self.head, &["compound", "nmod"]).flat_map(|noun| {
            tree.children_by(noun, &["amod", "compound", "nmod"])
                .filter(move |&at| at < noun && tree.text(at + 1) == "-")
        });
        let words: Vec<usize> = own.chain(joined).collect();
        STATUSES
            .into_iter()
            .find(|(cue, _)| words.iter().any(|&at| is_status(tree, cue, at)))
            .map(|(_, status)| status)
    }
}

/// The title that a coordinated one shares its determiner with: "former chair
/// and chief executive".
pub(super) fn shares_with(tree: &Tree<'_>, head: usize) -> Option<usize> {
    let has_own = tree.children_by(head, &["det", "poss"]).next().is_some();
    if tree.deprel(head) != "conj" || has_own {
        return None;
    }
    tree.head(head).filter(|&first| tree.is_noun(first))
}

/// The status of a post, or of the one it is coordinated with.
pub(super) fn shared_status(tree: &Tree<'_>, post: &Post) -> Option<OfficeStatus> {
    let mut found = post.status(tree);
    let mut head = post.head;
    for _ in 0..MAX_SHARED {
        if found.is_some() {
            break;
        }
        let Some(first) = shares_with(tree, head) else { break };
        found = Post::at(tree, first).and_then(|first| first.status(tree));
        head = first;
    }
    found
}

/// Whether a word, or a part of "ex-minister", is of a class of status words.
fn is_status(tree: &Tree<'_>, cue: &str, at: usize) -> bool {
    let word = tree.lower_text(at);
    let is_cue = |word: &str| tree.is_cue_word(cue, word);
    is_cue(&word) || word.contains('-') && word.split('-').any(is_cue)
}

/// Back over the adjectives and nouns that belong to the title.
fn first_word(tree: &Tree<'_>, head: usize, from: usize) -> usize {
    let mut start = from;
    // A description begins with its article.
    while start < head && matches!(tree.token(start).upos, "DET" | "PRON") {
        start += 1;
    }
    while 0 < start && head - start < MAX_WORDS {
        let before = start - 1;
        let belongs = match tree.deprel(before) {
            "compound" | "amod" | "nmod" => {
                tree.head(before).is_some_and(|to| start <= to && to <= head)
                    && tree
                        .mention_at(before)
                        .is_none_or(|m| tree.annotated.mention(m).supertype == Supertype::Office)
            }
            "punct" => tree.text(before) == "-",
            _ => false,
        };
        if !belongs {
            break;
        }
        start = before;
    }
    // "a 20-year-old player"
    while start + 1 < head && tree.text(start) == "-" {
        start += 2;
    }
    start
}

/// On over "of Engineering and Product Development": what a post is about, if
/// it has no name of its own.
fn last_word(tree: &Tree<'_>, head: usize, from: usize) -> usize {
    let Some(of) = tree.children_by(head, &["prep"]).find(|&p| p == from) else { return from };
    if tree.lemma(of) != "of" {
        return from;
    }
    let Some(about) = tree.children_by(of, &["pobj"]).next() else { return from };
    let last = tree
        .children_by(about, &["conj"])
        .filter(|&c| tree.is_noun(c) && c > about)
        .last()
        .unwrap_or(about);
    let is_plain = from + MAX_WORDS > last
        && (of..=last).all(|at| {
            tree.mention_at(at).is_none() && !matches!(tree.text(at), "," | "(" | ";" | ":")
        });
    if is_plain { last + 1 } else { from }
}
