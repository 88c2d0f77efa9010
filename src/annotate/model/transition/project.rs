//! Trees with crossing arcs, and the sentences that trees span.
//!
//! The parser draws no arcs that cross. Where one would be needed it attaches
//! the token higher up and says so in the label: `X||Y` is an `X` whose head is
//! labelled `Y` (Nivre and Nilsson, "Pseudo-Projective Dependency Parsing",
//! 2005; spaCy's `nonproj.pyx`).

use super::parse::Tree;

/// How an arc with a label of two parts is put in its place.
#[derive(Debug)]
pub(in super::super) struct Decorations {
    // For each label: the label of the arc and that of the head to look for.
    parts: Vec<Option<(u16, u16)>>,
}

impl Decorations {
    /// Splits the labels of a parser, and adds their parts to them.
    pub fn new(labels: &mut Vec<String>) -> Self {
        let mut parts = Vec::with_capacity(labels.len());
        let position = |label: &str, labels: &mut Vec<String>| {
            labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.to_owned());
                labels.len() - 1
            }) as u16
        };
        for at in 0..labels.len() {
            let label = labels[at].clone();
            parts.push(
                label
                    .split_once("||")
                    .map(|(own, of_head)| (position(own, labels), position(of_head, labels))),
            );
        }
        Self { parts }
    }

    /// Moves the arcs with labels of two parts to their heads.
    pub fn lift(&self, tree: &mut Tree, is_space: &[bool]) {
        let split = |label: u16| self.parts.get(usize::from(label)).copied().flatten();
        if tree.labels.iter().all(|label| split(*label).is_none()) {
            return;
        }
        let edges = edges(&tree.heads);
        let mut children = Children::new(&tree.heads);
        for token in 0..tree.heads.len() {
            let Some((label, of_head)) = split(tree.labels[token]) else {
                continue;
            };
            let old = tree.heads[token];
            let found = find(token, of_head, tree, is_space, &edges, &children);
            if let Some(head) = found {
                children.shift(token as u32, old, head);
                tree.heads[token] = head;
            }
            tree.labels[token] = label;
        }
    }
}

/// Searches breadth-first from the head of a token, from left to right.
fn find(
    token: usize,
    label: u16,
    tree: &Tree,
    is_space: &[bool],
    edges: &[(u32, u32)],
    children: &Children,
) -> Option<u32> {
    let mut queue = vec![tree.heads[token]];
    let mut next = 0;
    while let Some(&head) = queue.get(next) {
        next += 1;
        let (left, right) = edges[head as usize];
        let seen = children.of(head).iter().filter(|c| left <= **c && **c <= right);
        for &child in seen {
            if is_space[child as usize] || child as usize == token {
                continue;
            }
            if tree.labels[child as usize] == label {
                return Some(child);
            }
            queue.push(child);
        }
        // No tree has more.
        if queue.len() > tree.heads.len() {
            return None;
        }
    }
    None
}

/// The children of each token, in text order.
struct Children {
    lists: Vec<Vec<u32>>,
}

impl Children {
    fn new(heads: &[u32]) -> Self {
        let mut lists = vec![Vec::new(); heads.len()];
        for (child, head) in heads.iter().enumerate() {
            if *head as usize != child {
                lists[*head as usize].push(child as u32);
            }
        }
        Self { lists }
    }

    fn of(&self, head: u32) -> &[u32] {
        &self.lists[head as usize]
    }

    fn shift(&mut self, child: u32, from: u32, to: u32) {
        self.lists[from as usize].retain(|c| *c != child);
        let list = &mut self.lists[to as usize];
        let at = list.partition_point(|c| *c < child);
        list.insert(at, child);
    }
}

/// Returns which tokens start a sentence: the leftmost below each root.
pub(in super::super) fn sentence_starts(tree: &Tree) -> Vec<bool> {
    let edges = edges(&tree.heads);
    let mut starts = vec![false; tree.heads.len()];
    for (at, head) in tree.heads.iter().enumerate() {
        if *head as usize == at {
            starts[edges[at].0 as usize] = true;
        }
    }
    starts
}

/// The first and the last token below each token. If arcs cross, one pass does
/// not find them; as in spaCy (`set_children_from_heads`), passes are repeated
/// until each head lies in the sentence of its child, at most twelve times.
fn edges(heads: &[u32]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0..heads.len() as u32).map(|at| (at, at)).collect();
    let mut starts = vec![false; heads.len()];
    let widen = |edges: &mut Vec<(u32, u32)>, child: usize| {
        let (left, right) = edges[child];
        let head = &mut edges[heads[child] as usize];
        *head = (head.0.min(left), head.1.max(right));
    };
    for _ in 0..12 {
        for child in 0..heads.len() {
            widen(&mut edges, child);
        }
        for child in (0..heads.len()).rev() {
            widen(&mut edges, child);
        }
        starts.fill(false);
        for (at, head) in heads.iter().enumerate() {
            if *head as usize == at {
                starts[edges[at].0 as usize] = true;
            }
        }
        if heads_lie_within(heads, &starts) {
            break;
        }
    }
    edges
}

fn heads_lie_within(heads: &[u32], starts: &[bool]) -> bool {
    let mut start = 0;
    for at in 0..heads.len() {
        if (at > 0 && starts[at]) || at + 1 == heads.len() {
            let within = |head: &u32| start <= *head as usize && *head as usize <= at;
            if !heads[start..at].iter().all(within) {
                return false;
            }
            start = at;
        }
    }
    true
}
