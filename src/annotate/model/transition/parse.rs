//! Tokens to dependency trees and sentences: an arc-eager parser that may also
//! end a sentence and put tokens back (Nivre, 2003; Nivre and Fernández-González,
//! 2014; Honnibal and Johnson, 2015), as in spaCy's `arc_eager.pyx`.

use super::super::ModelError;
use super::super::tables::TransitionTable;
use super::{NO_TOKEN, StepModel, StepScratch};

/// A move of the parser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Move {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The moves and labels of a parser's classes.
#[derive(Debug)]
pub(in super::super) struct Actions {
    // Move, and the position of the label in `labels`.
    classes: Vec<(Move, u16)>,
    pub labels: Vec<String>,
}

/// A tree over the tokens of a text.
#[derive(Debug, Default)]
pub(in super::super) struct Tree {
    /// The head of each token; a root is its own.
    pub heads: Vec<u32>,
    /// The label of each arc, a position in the parser's labels.
    pub labels: Vec<u16>,
}

/// The label of a root is the first of all.
pub(in super::super) const ROOT: u16 = 0;

impl Actions {
    pub fn new(table: &TransitionTable) -> Result<Self, ModelError> {
        let mut labels = vec!["ROOT".to_owned()];
        let mut classes = Vec::with_capacity(table.actions.len());
        for (name, label) in &table.actions {
            let action = match name.as_str() {
                "shift" => Move::Shift,
                "reduce" => Move::Reduce,
                "left" => Move::Left,
                "right" => Move::Right,
                "break" => Move::Break,
                _ => return Err(ModelError::Action { name: name.clone() }),
            };
            let at = labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            classes.push((action, at as u16));
        }
        // With these two any text can be parsed to its end.
        for needed in [Move::Shift, Move::Reduce] {
            if classes.iter().all(|(action, _)| *action != needed) {
                return Err(ModelError::Action { name: format!("{needed:?}") });
            }
        }
        Ok(Self { classes, labels })
    }
}

/// Parses a text whose vectors have been pushed.
pub(in super::super) fn parse(
    actions: &Actions,
    model: &StepModel,
    tokens: usize,
    scratch: &mut StepScratch,
) -> Tree {
    let mut state = State::new(tokens);
    while !state.is_final() {
        let features = state.features();
        let scores = model.scores(&features, scratch);
        let valid = state.valid();
        let mut best: Option<(f32, Move, u16)> = None;
        for ((action, label), score) in actions.classes.iter().zip(scores) {
            if valid[*action as usize] && best.is_none_or(|(highest, ..)| highest < *score) {
                best = Some((*score, *action, *label));
            }
        }
        match best {
            Some((_, action, label)) => state.apply(action, label),
            // Some move is always valid, but a model's scores may be no numbers.
            None => state.apply(if valid[0] { Move::Shift } else { Move::Reduce }, ROOT),
        }
    }
    state.tree()
}

/// The state of a parse.
struct State {
    stack: Vec<u32>,
    // Tokens put back, read from the end before the buffer.
    put_back: Vec<u32>,
    next: u32,
    length: u32,
    heads: Vec<u32>,
    labels: Vec<u16>,
    cannot_be_put_back: Vec<bool>,
    starts_sentence: Vec<bool>,
    // The last child on each side, and for each child the one before it.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    sibling: Vec<u32>,
}

impl State {
    fn new(length: usize) -> Self {
        Self {
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            length: length as u32,
            heads: vec![NO_TOKEN; length],
            labels: vec![ROOT; length],
            cannot_be_put_back: vec![false; length],
            starts_sentence: vec![false; length],
            last_left: vec![NO_TOKEN; length],
            last_right: vec![NO_TOKEN; length],
            sibling: vec![NO_TOKEN; length],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    fn buffered(&self) -> usize {
        (self.length - self.next) as usize + self.put_back.len()
    }

    fn stack(&self, depth: usize) -> u32 {
        self.stack.iter().rev().nth(depth).copied().unwrap_or(NO_TOKEN)
    }

    fn buffer(&self, at: usize) -> u32 {
        if let Some(token) = self.put_back.iter().rev().nth(at) {
            return *token;
        }
        let token = self.next + (at - self.put_back.len()) as u32;
        if token < self.length { token } else { NO_TOKEN }
    }

    fn starts_sentence(&self, token: u32) -> bool {
        self.starts_sentence.get(token as usize).copied().unwrap_or(false)
    }

    /// The tokens that the network looks at.
    fn features(&self) -> [u32; 8] {
        let (first, top) = (self.buffer(0), self.stack(0));
        let child = |of: u32, last: &[u32]| last.get(of as usize).copied().unwrap_or(NO_TOKEN);
        [
            first,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            child(first, &self.last_left),
            child(top, &self.last_left),
            child(top, &self.last_right),
        ]
    }

    /// Which moves may come next.
    fn valid(&self) -> [bool; 5] {
        let depth = self.stack.len();
        let buffered = self.buffered();
        let (first, second) = (self.buffer(0), self.buffer(1));
        let is_start = self.starts_sentence(first);
        let was_put_back = self.cannot_be_put_back.get(first as usize).copied().unwrap_or(false);
        let attach = depth > 0 && buffered > 0 && !is_start;
        let mut valid = [false; 5];
        valid[Move::Shift as usize] =
            buffered > 0 && (depth == 0 || (buffered >= 2 && !is_start && !was_put_back));
        valid[Move::Reduce as usize] = depth > 0;
        valid[Move::Left as usize] = attach;
        valid[Move::Right as usize] = attach;
        valid[Move::Break as usize] =
            buffered >= 2 && second == first + 1 && !self.starts_sentence(second);
        valid
    }

    fn apply(&mut self, action: Move, label: u16) {
        let (first, top) = (self.buffer(0), self.stack(0));
        match action {
            Move::Shift => self.push(),
            Move::Reduce => {
                self.stack.pop();
                if self.heads[top as usize] == NO_TOKEN && !self.stack.is_empty() {
                    self.cannot_be_put_back[top as usize] = true;
                    self.put_back.push(top);
                }
            }
            Move::Left => {
                self.attach(first, top, label);
                self.cannot_be_put_back[first as usize] = false;
                self.stack.pop();
            }
            Move::Right => {
                self.attach(top, first, label);
                self.push();
            }
            Move::Break => {
                let second = self.buffer(1) as usize;
                self.starts_sentence[second] = true;
            }
        }
    }

    fn push(&mut self) {
        let token = self.buffer(0);
        if self.put_back.pop().is_none() {
            self.next += 1;
        }
        self.stack.push(token);
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let (head_at, child_at) = (head as usize, child as usize);
        let old = self.heads[child_at];
        if old != NO_TOKEN {
            // Only the child that was attached last can be attached anew.
            let last = if child < old { &mut self.last_left } else { &mut self.last_right };
            if last[old as usize] == child {
                last[old as usize] = self.sibling[child_at];
            }
        }
        let last = if child < head { &mut self.last_left } else { &mut self.last_right };
        self.sibling[child_at] = last[head_at];
        last[head_at] = child;
        self.heads[child_at] = head;
        self.labels[child_at] = label;
    }

    fn tree(mut self) -> Tree {
        for (at, head) in self.heads.iter_mut().enumerate() {
            if *head == NO_TOKEN {
                *head = at as u32;
                self.labels[at] = ROOT;
            }
        }
        Tree { heads: self.heads, labels: self.labels }
    }
}
