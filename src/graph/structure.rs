//! What the shape of the graph tells: which entities hang together, which form
//! a circle of their own, and who stands at the center.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, IntoNodeReferences};

use crate::entity::EntityId;
use crate::graph::Graph;

/// Where each entity stands in its graph.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Structure {
    positions: IndexMap<EntityId, Position>,
}

/// Where an entity stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Position {
    /// The connected component, numbered from 0, the largest first.
    pub component: u32,
    /// The community, numbered from 0, the largest first: entities that have
    /// more to do with each other than with the rest.
    pub community: u32,
    /// The number of edges.
    pub degree: u32,
    /// The number of entities at the other ends of them.
    pub neighbors: u32,
}

impl Structure {
    /// Where an entity stands; at the default position if it is not there.
    pub fn position(&self, entity: &EntityId) -> Position {
        self.positions.get(entity).copied().unwrap_or_default()
    }

    /// The number of communities.
    pub fn community_count(&self) -> u32 {
        self.positions.values().map(|p| p.community + 1).max().unwrap_or(0)
    }
}

/// Finds the position of all entities.
pub(super) fn structure(graph: &Graph) -> Structure {
    let simple = simple(graph);
    let mut components = UnionFind::new(simple.node_count());
    for edge in simple.edge_references() {
        components.union(edge.source().index(), edge.target().index());
    }
    let components = by_size(&components.into_labeling());
    let communities = by_size(&communities(&simple));
    let positions = graph.joined.node_references().map(|(node, &entity)| {
        let id = graph.entities.get(entity).map(|entity| entity.id.clone());
        let position = Position {
            component: components[node.index()],
            community: communities[node.index()],
            degree: graph.joined.edges_directed(node, petgraph::Outgoing).count() as u32
                + graph.joined.edges_directed(node, petgraph::Incoming).count() as u32,
            neighbors: simple.neighbors(node).filter(|other| *other != node).count() as u32,
        };
        id.map(|id| (id, position))
    });
    Structure { positions: positions.flatten().collect() }
}

/// The graph with at most one link between two entities, weighted by the number
/// of documents; node numbers are kept.
fn simple(graph: &Graph) -> UnGraph<(), f64> {
    let mut links: BTreeMap<(NodeIndex, NodeIndex), f64> = BTreeMap::new();
    for edge in graph.joined.edge_references() {
        let (a, b) = (edge.source().min(edge.target()), edge.source().max(edge.target()));
        let documents = graph.edges.get(*edge.weight()).map_or(0, |e| graph.document_count(e));
        *links.entry((a, b)).or_default() += documents as f64;
    }
    let mut simple = UnGraph::with_capacity(graph.joined.node_count(), links.len());
    for _ in graph.joined.node_indices() {
        simple.add_node(());
    }
    for ((a, b), weight) in links {
        simple.add_edge(a, b, weight);
    }
    simple
}

/// Finds communities by the method of Blondel, Guillaume, Lambiotte and
/// Lefebvre (*Fast unfolding of communities in large networks*, 2008), walking
/// the nodes in order instead of by chance.
fn communities(graph: &UnGraph<(), f64>) -> Vec<usize> {
    let mut of: Vec<usize> = (0..graph.node_count()).collect();
    let mut level = graph.clone();
    loop {
        let groups = move_nodes(&level);
        let count = groups.iter().max().map_or(0, |last| last + 1);
        if count == level.node_count() {
            return of;
        }
        for group in &mut of {
            *group = groups[*group];
        }
        let mut links: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for edge in level.edge_references() {
            let (a, b) = (groups[edge.source().index()], groups[edge.target().index()]);
            *links.entry((a.min(b), a.max(b))).or_default() += edge.weight();
        }
        level = UnGraph::with_capacity(count, links.len());
        for _ in 0..count {
            level.add_node(());
        }
        for ((a, b), weight) in links {
            level.add_edge(NodeIndex::new(a), NodeIndex::new(b), weight);
        }
    }
}

/// Moves single nodes to the neighboring group with the highest gain in
/// modularity until none gains; returns the group of each node, numbered
/// without holes.
fn move_nodes(graph: &UnGraph<(), f64>) -> Vec<usize> {
    // A node's strength counts a loop twice.
    let strength: Vec<f64> = graph
        .node_indices()
        .map(|node| {
            let links = graph.edges(node);
            links.map(|e| if e.source() == e.target() { 2.0 } else { 1.0 } * e.weight()).sum()
        })
        .collect();
    let total: f64 = strength.iter().sum();
    let mut group: Vec<usize> = (0..graph.node_count()).collect();
    let mut group_strength = strength.clone();
    // The gain of each move is positive, so this ends by itself; the bound only
    // guards against moves whose gain is lost in rounding.
    for _ in 0..100 {
        let mut has_moved = false;
        for node in graph.node_indices() {
            let own = group[node.index()];
            let mut ties: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
            for edge in graph.edges(node).filter(|e| e.source() != e.target()) {
                *ties.entry(group[edge.target().index()]).or_default() += edge.weight();
            }
            group_strength[own] -= strength[node.index()];
            let gain = |(to, tie): (usize, f64)| {
                tie - group_strength[to] * strength[node.index()] / total.max(f64::MIN_POSITIVE)
            };
            let mut best = (own, gain((own, ties[&own])));
            for (&to, &tie) in &ties {
                let gain = gain((to, tie));
                if best.1 + 1e-9 < gain {
                    best = (to, gain);
                }
            }
            group_strength[best.0] += strength[node.index()];
            has_moved |= best.0 != own;
            group[node.index()] = best.0;
        }
        if !has_moved {
            break;
        }
    }
    let mut numbers = BTreeMap::new();
    group
        .into_iter()
        .map(|group| {
            let next = numbers.len();
            *numbers.entry(group).or_insert(next)
        })
        .collect()
}

/// Renumbers groups from 0, the largest first, ties by their first member.
fn by_size(group: &[usize]) -> Vec<u32> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (at, group) in group.iter().enumerate() {
        sizes.entry(*group).or_insert((0, at)).0 += 1;
    }
    let mut order: Vec<_> = sizes.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (usize::MAX - size, *first));
    let rank: BTreeMap<usize, u32> =
        order.into_iter().enumerate().map(|(rank, (group, _))| (group, rank as u32)).collect();
    group.iter().map(|group| rank[group]).collect()
}
