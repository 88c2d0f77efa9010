//! Where things stand in a picture in layers, as far as Graphviz needs help.

use std::collections::{BTreeMap, BTreeSet};

use crate::entity::{Entity, EntityId};
use crate::graph::Edge;

/// An edge as it is drawn, from an upper layer to a lower one.
pub(super) struct Line<'a> {
    pub(super) edge: &'a Edge,
    pub(super) from: &'a EntityId,
    pub(super) to: &'a EntityId,
    /// How many layers it goes down at least.
    pub(super) length: usize,
}

/// How many entities that only one other has to do with may stand in one row.
const ROW: usize = 6;

/// The lines of edges. A relation without direction goes down from the entity
/// with more lines. Entities that only one other has to do with stand in several
/// rows if they are many, as Graphviz's `unflatten` does it.
pub(super) fn lines<'a>(
    edges: &[&'a Edge],
    line_count: &BTreeMap<&'a EntityId, usize>,
) -> Vec<Line<'a>> {
    let mut others: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
    let mut lines = Vec::with_capacity(edges.len());
    for &edge in edges {
        let (mut from, mut to) = (&edge.subject, &edge.object);
        if edge.symmetric && line_count.get(from) < line_count.get(to) {
            (from, to) = (to, from);
        }
        others.entry(from).or_default().insert(to);
        others.entry(to).or_default().insert(from);
        lines.push(Line { edge, from, to, length: 1 });
    }

    let is_leaf = |entity| others.get(entity).is_some_and(|others| others.len() == 1);
    let mut leaves: BTreeMap<(&EntityId, bool), Vec<&EntityId>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in &lines {
        let (hub, leaf, is_below) = match (is_leaf(line.from), is_leaf(line.to)) {
            (false, true) => (line.from, line.to, true),
            (true, false) => (line.to, line.from, false),
            _ => continue,
        };
        if seen.insert((hub, is_below, leaf)) {
            leaves.entry((hub, is_below)).or_default().push(leaf);
        }
    }
    let mut length: BTreeMap<&EntityId, usize> = BTreeMap::new();
    for leaves in leaves.into_values().filter(|leaves| leaves.len() > ROW) {
        let rows = (leaves.len() as f64 / 2.0).sqrt().ceil() as usize;
        length.extend(leaves.into_iter().enumerate().map(|(at, leaf)| (leaf, 1 + at % rows)));
    }
    for line in &mut lines {
        let lengths = [line.from, line.to].map(|end| length.get(end).copied().unwrap_or(1));
        line.length = lengths.into_iter().max().unwrap_or(1);
    }
    lines
}

/// Puts what does not hang together into rows along the layers, one behind the
/// other: for each row but the first, what stands in the last layer of the row
/// before, and what stands in its own first. Graphviz by itself makes one long
/// row of all (and its own `pack` loses labels of edges).
pub(super) fn shelves<'a>(
    entities: &[&'a Entity],
    lines: &[Line<'a>],
) -> impl Iterator<Item = (Vec<&'a EntityId>, Vec<&'a EntityId>)> {
    let mut parts = parts(entities, lines);
    parts.sort_by_key(|part| usize::MAX - part.size);
    // Layers run from left to right: an entity takes about 60 pixels of its
    // layer, and the next one stands 250 further. The whole is to be a third
    // higher than it is wide.
    let area: usize = parts.iter().map(|part| part.width * part.height).sum();
    let width = (area as f64 * 1.3 * 250.0 / 60.0).sqrt();
    let width = parts.iter().map(|part| part.width as f64).fold(width, f64::max);

    let mut shelves: Vec<Vec<Part<'a>>> = Vec::new();
    let mut room = 0.0;
    for part in parts {
        let needed = part.width as f64;
        match shelves.last_mut() {
            Some(shelf) if needed <= room => {
                shelf.push(part);
                room -= needed;
            }
            _ => {
                shelves.push(vec![part]);
                room = width - needed;
            }
        }
    }
    let pairs: Vec<_> = shelves
        .windows(2)
        .filter_map(|pair| {
            let [above, below] = pair else { return None };
            let bottom = above.iter().flat_map(|part| part.bottom.iter().copied());
            let top = below.iter().flat_map(|part| part.top.iter().copied());
            Some((bottom.collect(), top.collect()))
        })
        .collect();
    pairs.into_iter()
}

/// Entities that hang together, with an estimate of the room they take: in
/// layers, and in entities side by side.
struct Part<'a> {
    size: usize,
    width: usize,
    height: usize,
    top: Vec<&'a EntityId>,
    bottom: Vec<&'a EntityId>,
}

/// The parts of the picture that hang together.
fn parts<'a>(entities: &[&'a Entity], lines: &[Line<'a>]) -> Vec<Part<'a>> {
    let number: BTreeMap<_, _> = entities.iter().enumerate().map(|(n, e)| (&e.id, n)).collect();
    let ends: Vec<_> = lines
        .iter()
        .filter_map(|line| Some((*number.get(line.from)?, *number.get(line.to)?, line.length)))
        .filter(|(from, to, _)| from != to)
        .collect();

    // The smallest number that hangs together with each, and the layer of each
    // as the length of the longest way to it; in a circle both stop somewhere.
    let mut part: Vec<_> = (0..entities.len()).collect();
    let mut layer = vec![0; entities.len()];
    for _ in 0..entities.len() {
        let mut has_changed = false;
        for &(from, to, _) in &ends {
            let least = part[from].min(part[to]);
            has_changed |= part[from] != least || part[to] != least;
            (part[from], part[to]) = (least, least);
            if layer[to] <= layer[from] && layer[from] + 1 < entities.len() {
                layer[to] = layer[from] + 1;
                has_changed = true;
            }
        }
        if !has_changed {
            break;
        }
    }

    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, part) in part.into_iter().enumerate() {
        parts.entry(part).or_default().push(number);
    }
    let part = |members: Vec<usize>| {
        let mut layers: BTreeMap<usize, usize> = BTreeMap::new();
        for &member in &members {
            *layers.entry(layer[member]).or_default() += 1;
        }
        let ids = |numbers: &mut dyn Iterator<Item = usize>| -> Vec<&'a EntityId> {
            numbers.map(|number| &entities[number].id).collect()
        };
        // Lines to lower rows pass between the entities of the upper ones, so
        // that many rows take no less width than one.
        let lengths = ends.iter().filter(|(from, ..)| members.contains(from));
        let longest = lengths.map(|(.., length)| *length).max().unwrap_or(1);
        // A circle has neither top nor bottom: its first and last stand in.
        let is_top = |member: &usize| ends.iter().all(|(_, to, _)| to != member);
        let is_bottom = |member: &usize| ends.iter().all(|(from, ..)| from != member);
        let mut top = ids(&mut members.iter().copied().filter(is_top));
        let mut bottom = ids(&mut members.iter().copied().filter(is_bottom));
        if top.is_empty() {
            top = ids(&mut members.first().copied().into_iter());
        }
        if bottom.is_empty() {
            bottom = ids(&mut members.last().copied().into_iter());
        }
        Part {
            width: layers.values().copied().max().unwrap_or(1),
            height: layers.len() + longest - 1,
            size: members.len(),
            top,
            bottom,
        }
    };
    parts.into_values().map(part).collect()
}
