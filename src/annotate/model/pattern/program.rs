//! Tree to program, and the machine that runs it.

use super::PatternError;
use super::parse::Node;
use super::set::{Class, Set, Union};

/// The code of all alternatives of a pattern.
#[derive(Debug)]
pub(super) struct Program {
    code: Vec<Step>,
    sets: Vec<Set>,
    words: Set,
}

/// One of the alternatives at the top of a pattern, and what is known of it.
#[derive(Debug)]
pub(super) struct Alternative {
    /// Where its code begins.
    pub start: usize,
    /// The characters with which a match can begin.
    pub first: Union,
    /// The characters that can occur in a match.
    pub alphabet: Union,
    /// Whether it can match nothing.
    pub can_be_empty: bool,
    /// The length of its longest match, if there is one.
    pub longest: Option<usize>,
    /// Whether it matches only at the start of a text.
    pub at_start: bool,
    /// Whether it matches only at the end of a text.
    pub at_end: bool,
}

#[derive(Debug)]
enum Step {
    /// A character.
    Char(char),
    /// A character of a set.
    One(usize),
    Start,
    End,
    Boundary(bool),
    /// Goes on at the first, and if that fails at the second.
    Split(usize, usize),
    Jump(usize),
    /// The code up to the given position must match, or must not, `width`
    /// characters before.
    Look {
        width: usize,
        negated: bool,
        end: usize,
    },
    Match,
}

/// Compiles a tree.
pub(super) fn compile(tree: &Node) -> Result<(Program, Vec<Alternative>), PatternError> {
    let mut program =
        Program { code: Vec::new(), sets: Vec::new(), words: Set::class(Class::Word, false) };
    let branches = match tree {
        Node::Choice(branches) => branches.as_slice(),
        other => std::slice::from_ref(other),
    };
    if branches.len() > usize::from(u16::MAX) {
        return Err(PatternError { at: 0, reason: "too many alternatives" });
    }
    let mut alternatives = Vec::with_capacity(branches.len());
    for branch in branches {
        let start = program.code.len();
        program.emit(branch)?;
        program.code.push(Step::Match);
        let mut first = Union::default();
        let can_be_empty = add_first(branch, &mut first);
        let mut alphabet = Union::default();
        add_alphabet(branch, &mut alphabet);
        alternatives.push(Alternative {
            start,
            first,
            alphabet,
            can_be_empty,
            longest: lengths(branch).1,
            at_start: is_anchored(branch, false),
            at_end: is_anchored(branch, true),
        });
    }
    Ok((program, alternatives))
}

impl Program {
    fn emit(&mut self, node: &Node) -> Result<(), PatternError> {
        match node {
            Node::Empty => {}
            Node::One(set) => {
                let step = if let Some(c) = set.only() {
                    Step::Char(c)
                } else {
                    self.sets.push(set.clone());
                    Step::One(self.sets.len() - 1)
                };
                self.code.push(step);
            }
            Node::Start => self.code.push(Step::Start),
            Node::End => self.code.push(Step::End),
            Node::Boundary(negated) => self.code.push(Step::Boundary(*negated)),
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.emit(node)?;
                }
            }
            Node::Choice(branches) => {
                let mut jumps = Vec::new();
                for (at, branch) in branches.iter().enumerate() {
                    let split = self.code.len();
                    let is_last = at + 1 == branches.len();
                    if !is_last {
                        self.code.push(Step::Split(split + 1, 0));
                    }
                    self.emit(branch)?;
                    if !is_last {
                        jumps.push(self.code.len());
                        self.code.push(Step::Jump(0));
                        self.code[split] = Step::Split(split + 1, self.code.len());
                    }
                }
                let end = self.code.len();
                for jump in jumps {
                    self.code[jump] = Step::Jump(end);
                }
            }
            Node::Repeat { node, least, most, lazy } => {
                self.emit_repeat(node, *least, *most, *lazy)?;
            }
            Node::Look { node, behind, negated } => {
                let (shortest, longest) = lengths(node);
                if *behind && longest != Some(shortest) {
                    return Err(PatternError { at: 0, reason: "look-behind of variable width" });
                }
                let width = if *behind { shortest } else { 0 };
                let look = self.code.len();
                self.code.push(Step::Match);
                self.emit(node)?;
                self.code.push(Step::Match);
                self.code[look] = Step::Look { width, negated: *negated, end: self.code.len() };
            }
        }
        Ok(())
    }

    fn emit_repeat(
        &mut self,
        node: &Node,
        least: usize,
        most: Option<usize>,
        lazy: bool,
    ) -> Result<(), PatternError> {
        if self.code.len() > 1 << 20 {
            return Err(PatternError { at: 0, reason: "the pattern is too large" });
        }
        let split = |first: usize, second: usize| {
            if lazy { Step::Split(second, first) } else { Step::Split(first, second) }
        };
        for _ in 0..least {
            self.emit(node)?;
        }
        if let Some(most) = most {
            let mut splits = Vec::new();
            for _ in least..most {
                splits.push(self.code.len());
                self.code.push(Step::Match);
                self.emit(node)?;
            }
            let end = self.code.len();
            for at in splits {
                self.code[at] = split(at + 1, end);
            }
        } else {
            if lengths(node).0 == 0 {
                return Err(PatternError { at: 0, reason: "endless repetition of nothing" });
            }
            let at = self.code.len();
            self.code.push(Step::Match);
            self.emit(node)?;
            self.code.push(Step::Jump(at));
            self.code[at] = split(at + 1, self.code.len());
        }
        Ok(())
    }

    /// Runs the code from `start` at a position of the text; returns the end of
    /// the match.
    pub fn run(&self, start: usize, text: &[char], at: usize, steps: &mut usize) -> Option<usize> {
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        let (mut step, mut at) = (start, at);
        loop {
            if *steps == 0 {
                return None;
            }
            *steps -= 1;
            let next = match &self.code[step] {
                Step::Char(c) => (text.get(at) == Some(c)).then_some((step + 1, at + 1)),
                Step::One(set) => {
                    let found = text.get(at).is_some_and(|c| self.sets[*set].contains(*c));
                    found.then_some((step + 1, at + 1))
                }
                Step::Start => (at == 0).then_some((step + 1, at)),
                Step::End => {
                    let is_end = at == text.len() || (at + 1 == text.len() && text[at] == '\n');
                    is_end.then_some((step + 1, at))
                }
                Step::Boundary(negated) => {
                    let is_word = |at: Option<usize>| {
                        at.and_then(|at| text.get(at)).is_some_and(|c| self.words.contains(*c))
                    };
                    let is_boundary = is_word(at.checked_sub(1)) != is_word(Some(at));
                    (is_boundary != *negated).then_some((step + 1, at))
                }
                Step::Split(first, second) => {
                    waiting.push((*second, at));
                    Some((*first, at))
                }
                Step::Jump(target) => Some((*target, at)),
                Step::Look { width, negated, end } => {
                    let found = at
                        .checked_sub(*width)
                        .is_some_and(|from| self.run(step + 1, text, from, steps).is_some());
                    (found != *negated).then_some((*end, at))
                }
                Step::Match => return Some(at),
            };
            (step, at) = match next {
                Some(next) => next,
                None => waiting.pop()?,
            };
        }
    }
}

/// Adds the characters with which a node can begin; returns whether it can
/// match nothing.
fn add_first(node: &Node, first: &mut Union) -> bool {
    match node {
        Node::Empty | Node::Start | Node::End | Node::Boundary(_) | Node::Look { .. } => true,
        Node::One(set) => {
            first.add(set.clone());
            false
        }
        Node::Sequence(nodes) => nodes.iter().all(|node| add_first(node, first)),
        Node::Choice(nodes) => {
            // All branches are visited.
            nodes.iter().filter(|node| add_first(node, first)).count() > 0
        }
        Node::Repeat { node, least, .. } => add_first(node, first) || *least == 0,
    }
}

/// Adds the characters that can occur in a match.
fn add_alphabet(node: &Node, alphabet: &mut Union) {
    match node {
        Node::Empty | Node::Start | Node::End | Node::Boundary(_) | Node::Look { .. } => {}
        Node::One(set) => alphabet.add(set.clone()),
        Node::Sequence(nodes) | Node::Choice(nodes) => {
            for node in nodes {
                add_alphabet(node, alphabet);
            }
        }
        Node::Repeat { node, .. } => add_alphabet(node, alphabet),
    }
}

/// The lengths of the shortest and the longest match.
fn lengths(node: &Node) -> (usize, Option<usize>) {
    match node {
        Node::Empty | Node::Start | Node::End | Node::Boundary(_) | Node::Look { .. } => {
            (0, Some(0))
        }
        Node::One(_) => (1, Some(1)),
        Node::Sequence(nodes) => nodes.iter().map(lengths).fold((0, Some(0)), |sum, length| {
            (sum.0 + length.0, sum.1.zip(length.1).map(|(a, b)| a + b))
        }),
        Node::Choice(nodes) => nodes
            .iter()
            .map(lengths)
            .reduce(|a, b| (a.0.min(b.0), a.1.zip(b.1).map(|(a, b)| a.max(b))))
            .unwrap_or((0, Some(0))),
        Node::Repeat { node, least, most, .. } => {
            let (shortest, longest) = lengths(node);
            (shortest * least, longest.zip(*most).map(|(longest, most)| longest * most))
        }
    }
}

/// Whether a node matches only at the start of a text, or only at its end.
fn is_anchored(node: &Node, at_end: bool) -> bool {
    match node {
        Node::Start => !at_end,
        Node::End => at_end,
        Node::Sequence(nodes) => {
            let outer = if at_end { nodes.last() } else { nodes.first() };
            outer.is_some_and(|node| is_anchored(node, at_end))
        }
        Node::Choice(nodes) => nodes.iter().all(|node| is_anchored(node, at_end)),
        _ => false,
    }
}
