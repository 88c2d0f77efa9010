//! A part of a graph that can be looked at: what a filter leaves of it.
//!
//! A view is a graph of its own, so that every format writes it. Claims are
//! chosen first, by relation and date; then edges, by the number of their
//! sources; then entities, by where they stand in what is left.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::date::{Interval, PartialDate};
use crate::entity::EntityId;
use crate::graph::{Graph, GraphError, GraphOptions, GraphParts, Statement};
use crate::ontology::Ontology;

/// What is left of a graph. What is not asked for leaves everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ViewOptions {
    /// The relations that stay, local names of the ontology or event types
    /// (default: all).
    pub relations: Vec<String>,
    /// The first day on which what is claimed may take place. Claims without a
    /// date, or without a year, do not stay (default: any).
    pub from: Option<PartialDate>,
    /// The last day of the same.
    pub to: Option<PartialDate>,
    /// How many independent sources an edge must have, as
    /// [`Graph::document_count`] counts them (default: 0).
    pub min_sources: usize,
    /// The entities around which the view lies; empty for no center.
    pub around: Vec<EntityId>,
    /// How many edges an entity may be away from the nearest center.
    pub hops: usize,
    /// Two entities that the view connects: what stays lies on a way between
    /// them that is as short as any, or at most [`ViewOptions::way`] edges long.
    pub between: Option<[EntityId; 2]>,
    /// How long a way between the two may be, in edges, even if there is a
    /// shorter one (default: 0, only the shortest).
    pub way: usize,
    /// How many entities stay at most: those whose edges have most sources, or,
    /// around centers, those nearest to them. Centers and ends of ways come first.
    /// Places and speakers that the claims between them name stay as well.
    pub top: Option<usize>,
}

impl ViewOptions {
    /// Whether the view is the whole graph.
    pub fn is_all(&self) -> bool {
        *self == Self { hops: self.hops, way: self.way, ..Self::default() }
    }

    fn allows(&self, statement: &Statement) -> bool {
        let is_asked =
            |name: &String| *name == statement.relation || statement.family.as_ref() == Some(name);
        (self.relations.is_empty() || self.relations.iter().any(is_asked))
            && ((self.from.is_none() && self.to.is_none())
                || statement.when.is_some_and(|when| self.overlaps(when)))
    }

    fn overlaps(&self, when: Interval) -> bool {
        let dated = |date: Option<PartialDate>| date.filter(|date| date.year().is_some());
        let (from, to) = (dated(when.from), dated(when.to));
        if from.is_none() && to.is_none() {
            return false;
        }
        let starts = from.and_then(PartialDate::first_day);
        let ends = to.and_then(PartialDate::last_day);
        // A bound that is not known lies as far away as it can.
        let is_before = |ends| self.from.is_some_and(|from| Some(ends) < from.first_day());
        let is_behind = |starts| self.to.is_some_and(|to| Some(starts) > to.last_day());
        !ends.is_some_and(is_before) && !starts.is_some_and(is_behind)
    }
}

impl Graph {
    /// The part of the graph that a filter leaves, with the documents that it
    /// quotes and those that these are versions of.
    pub fn view(self, options: &ViewOptions, ontology: &Ontology) -> Result<Self, GraphError> {
        if options.is_all() {
            return Ok(self);
        }
        let kept = kept(&self, options);
        let Self { entities, documents, statements, decisions, .. } = self;
        let statements: Vec<Statement> = (statements.into_iter().zip(kept))
            .filter_map(|(statement, is_kept)| is_kept.then_some(statement))
            .collect();
        let spoken_of: BTreeSet<&EntityId> =
            statements.iter().flat_map(Statement::entities).collect();
        let mut quoted: BTreeSet<_> = statements.iter().map(|s| &s.evidence.document).collect();
        let versions: Vec<_> =
            (quoted.iter()).filter_map(|id| documents.get(*id)?.version_of.as_ref()).collect();
        quoted.extend(versions);
        let entities = entities.into_iter().filter(|e| spoken_of.contains(&e.id)).collect();
        let documents = documents.values().filter(|d| quoted.contains(&d.id)).cloned().collect();
        let is_told = |id: &Option<EntityId>| id.as_ref().is_some_and(|id| spoken_of.contains(id));
        let decisions =
            decisions.into_iter().filter(|told| told.entities.iter().any(is_told)).collect();
        let parts = GraphParts { entities, documents, statements, decisions };
        Self::new(parts, ontology, GraphOptions::default())
    }
}

/// An edge of which a part of the statements is left.
struct Rest<'a> {
    subject: &'a EntityId,
    object: &'a EntityId,
    statements: Vec<usize>,
    sources: usize,
}

/// Whether each statement stays.
fn kept(graph: &Graph, options: &ViewOptions) -> Vec<bool> {
    let mut rest: Vec<Rest<'_>> = Vec::new();
    for edge in &graph.edges {
        let allowed = edge.statements.iter().copied();
        let statements: Vec<usize> =
            allowed.filter(|&at| options.allows(&graph.statements[at])).collect();
        let sources = graph.sources(statements.iter().map(|&at| &graph.statements[at]));
        if !statements.is_empty() && options.min_sources <= sources {
            rest.push(Rest { subject: &edge.subject, object: &edge.object, statements, sources });
        }
    }
    if !options.around.is_empty() {
        let centers: Vec<&EntityId> = options.around.iter().collect();
        let away = distances(&rest, &centers, None);
        let is_near = |id| away.get(id).is_some_and(|away| *away <= options.hops);
        rest.retain(|edge| is_near(edge.subject) && is_near(edge.object));
    }
    if let Some([a, b]) = &options.between {
        on_ways(&mut rest, a, b, options.way);
    }
    if let Some(top) = options.top {
        let mut strength: BTreeMap<&EntityId, usize> = BTreeMap::new();
        for edge in rest.iter().filter(|edge| edge.subject != edge.object) {
            for end in [edge.subject, edge.object] {
                *strength.entry(end).or_default() += edge.sources;
            }
        }
        let is_named = |id: &EntityId| {
            options.around.contains(id) || options.between.iter().flatten().any(|end| end == id)
        };
        // Around somebody, who is nearer comes first: else what is left might not
        // hang together.
        let away = distances(&rest, &options.around.iter().collect::<Vec<_>>(), None);
        let mut order: Vec<_> = strength.into_iter().collect();
        order.sort_by_key(|(id, sources)| {
            (!is_named(id), away.get(id).copied(), usize::MAX - sources)
        });
        let first: BTreeSet<_> = order.into_iter().take(top).map(|(id, _)| id).collect();
        rest.retain(|edge| first.contains(edge.subject) && first.contains(edge.object));
    }
    let mut kept = vec![false; graph.statements.len()];
    for at in rest.into_iter().flat_map(|edge| edge.statements) {
        kept[at] = true;
    }
    kept
}

/// How many edges each entity is away from the nearest center, whichever way
/// the edges point. No way leads through `closed`.
fn distances<'a>(
    rest: &[Rest<'a>],
    centers: &[&'a EntityId],
    closed: Option<&EntityId>,
) -> BTreeMap<&'a EntityId, usize> {
    let mut neighbors: BTreeMap<&EntityId, Vec<&'a EntityId>> = BTreeMap::new();
    for edge in rest {
        neighbors.entry(edge.subject).or_default().push(edge.object);
        neighbors.entry(edge.object).or_default().push(edge.subject);
    }
    let mut away: BTreeMap<&EntityId, usize> = centers.iter().map(|id| (*id, 0)).collect();
    let mut next: VecDeque<&EntityId> = centers.iter().copied().collect();
    while let Some(id) = next.pop_front() {
        let distance = away.get(id).copied().unwrap_or(0);
        if closed == Some(id) {
            continue;
        }
        for &other in neighbors.get(id).into_iter().flatten() {
            away.entry(other).or_insert_with(|| {
                next.push_back(other);
                distance + 1
            });
        }
    }
    away
}

/// Leaves the edges that lie on a way between two entities.
fn on_ways<'a>(rest: &mut Vec<Rest<'a>>, a: &'a EntityId, b: &'a EntityId, way: usize) {
    let from_a = distances(rest, &[a], Some(b));
    let from_b = distances(rest, &[b], Some(a));
    let Some(&shortest) = from_a.get(b) else {
        rest.clear();
        return;
    };
    let longest = shortest.max(way);
    let is_on = |start: &EntityId, end: &EntityId| {
        let both = from_a.get(start).zip(from_b.get(end));
        both.is_some_and(|(before, behind)| before + 1 + behind <= longest)
    };
    rest.retain(|edge| {
        edge.subject != edge.object
            && (is_on(edge.subject, edge.object) || is_on(edge.object, edge.subject))
    });
    // A walk of that length may turn around at a dead end, a way may not.
    loop {
        let mut others: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
        for edge in rest.iter() {
            others.entry(edge.subject).or_default().insert(edge.object);
            others.entry(edge.object).or_default().insert(edge.subject);
        }
        let is_dead =
            |id: &EntityId| id != a && id != b && others.get(id).is_none_or(|o| o.len() < 2);
        let before = rest.len();
        let alive: Vec<bool> =
            rest.iter().map(|edge| !is_dead(edge.subject) && !is_dead(edge.object)).collect();
        let mut alive = alive.into_iter();
        rest.retain(|_| alive.next().unwrap_or(true));
        if rest.len() == before {
            break;
        }
    }
}
