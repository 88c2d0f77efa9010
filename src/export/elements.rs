//! Nodes and edges with attributes: what formats of property graphs write.
//!
//! One mapping serves GraphML, GEXF, the JSON formats and the tables. An entity
//! that has an edge is a node, and an [`Edge`] is an edge: one for each pair,
//! relation and factuality, with counts and dates. With
//! [`ExportOptions::events`] what is said of the same two, with the same
//! relation, factuality and dates, is a node, too, with an edge to everybody
//! who takes part.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::date::{Interval, PartialDate};
use crate::entity::{Entity, EntityId};
use crate::export::{ExportOptions, edge_label, leading, wikidata};
use crate::graph::{Edge, Graph, Position, Quote, Speaker, Statement, Structure};
use crate::mention::Supertype;
use crate::ontology::Ontology;

/// What the values of an attribute are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Text,
    Count,
    Number,
    Truth,
    /// Several texts.
    List,
}

/// A value of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Count(u64),
    Number(f64),
    Truth(bool),
    List(Vec<Cow<'a, str>>),
}

/// What stands between the parts of a value that lists things, where a format
/// has no lists.
pub(super) const SEPARATOR: &str = " | ";

impl Value<'_> {
    /// The value as text.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Count(count) => count.to_string().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Truth(truth) => if *truth { "true" } else { "false" }.into(),
            Self::List(parts) => parts.join(SEPARATOR).into(),
        }
    }

    /// Whether there is nothing to write.
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(parts) => parts.is_empty(),
            Self::Count(_) | Self::Number(_) | Self::Truth(_) => false,
        }
    }
}

/// A name of an attribute and what its values are.
pub(super) type Column = (&'static str, Kind);

/// The attributes of entities.
const ENTITY: [Column; 9] = [
    ("class", Kind::Text),
    ("supertype", Kind::Text),
    ("names", Kind::List),
    ("offices", Kind::List),
    ("wikidata", Kind::Text),
    ("document_count", Kind::Count),
    ("neighbor_count", Kind::Count),
    ("component", Kind::Count),
    ("community", Kind::Count),
];

/// The attributes of edges, and of nodes that are events.
const EDGE: [Column; 19] = [
    ("relation", Kind::Text),
    ("family", Kind::Text),
    ("factuality", Kind::Text),
    ("symmetric", Kind::Truth),
    ("document_count", Kind::Count),
    ("claim_count", Kind::Count),
    ("first", Kind::Text),
    ("last", Kind::Text),
    ("places", Kind::List),
    ("amounts", Kind::List),
    ("offices", Kind::List),
    ("attributions", Kind::List),
    ("confidence", Kind::Number),
    ("quote", Kind::Text),
    ("quote_document", Kind::Text),
    ("quote_start", Kind::Count),
    ("quote_end", Kind::Count),
    ("url", Kind::Text),
    ("evidence", Kind::List),
];

/// The class of nodes that are events.
const EVENT: &str = "Event";

/// A node.
pub(super) struct Node<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    /// The broadest class; none for an event.
    pub(super) supertype: Option<Supertype>,
    /// The values, in the order of the columns; empty ones are left out.
    pub(super) cells: Vec<(&'static str, Value<'a>)>,
}

/// An edge.
pub(super) struct Line<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) source: Cow<'a, str>,
    pub(super) target: Cow<'a, str>,
    /// What kind of edge it is: no two of a kind join the same two nodes.
    pub(super) kind: String,
    pub(super) label: String,
    /// The number of independent sources.
    pub(super) weight: usize,
    pub(super) is_symmetric: bool,
    /// The values, in the order of the columns; empty ones are left out.
    pub(super) cells: Vec<(&'static str, Value<'a>)>,
    /// The statements that say it.
    pub(super) support: Vec<&'a Statement>,
}

/// Makes nodes and edges of a graph.
pub(super) struct Elements<'a> {
    pub(super) graph: &'a Graph,
    ontology: &'a Ontology,
    options: &'a ExportOptions,
    /// Found once it is asked for: edges alone do not need it.
    structure: OnceCell<Structure>,
    /// The events, if they are nodes.
    events: Vec<Event<'a>>,
    joined: BTreeSet<&'a EntityId>,
}

/// What statements say of the same ends, relation, factuality and dates.
struct Event<'a> {
    id: String,
    edge: &'a Edge,
    support: Vec<&'a Statement>,
}

impl<'a> Elements<'a> {
    pub(super) fn new(
        graph: &'a Graph,
        ontology: &'a Ontology,
        options: &'a ExportOptions,
    ) -> Self {
        let events: Vec<_> = if options.events {
            graph.edges().iter().flat_map(|e| events(graph, e)).collect()
        } else {
            Vec::new()
        };
        let mut joined: BTreeSet<_> =
            graph.edges().iter().flat_map(|edge| [&edge.subject, &edge.object]).collect();
        if options.events {
            joined.extend(events.iter().flat_map(Event::others).map(|(_, entity)| entity));
        }
        Self { graph, ontology, options, structure: OnceCell::new(), events, joined }
    }

    fn position(&self, entity: &EntityId) -> Position {
        self.structure.get_or_init(|| self.graph.structure()).position(entity)
    }

    /// The attributes of nodes.
    pub(super) fn node_columns(&self) -> Vec<Column> {
        let mut columns = ENTITY.to_vec();
        if self.options.events {
            columns.extend(EDGE.into_iter().filter(|column| !ENTITY.contains(column)));
        }
        columns
    }

    /// The attributes of edges.
    pub(super) fn edge_columns(&self) -> Vec<Column> {
        EDGE.to_vec()
    }

    /// The nodes: the entities, sorted by id, then the events.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        let joined = self.graph.entities().filter(|entity| self.joined.contains(&entity.id));
        joined.map(|entity| self.entity(entity)).chain(self.events.iter().map(|e| self.event(e)))
    }

    /// All entities, those without an edge as well.
    pub(super) fn all_entities(&self) -> impl Iterator<Item = Node<'_>> {
        self.graph.entities().map(|entity| self.entity(entity))
    }

    /// The edges, in the order of the graph.
    pub(super) fn lines(&self) -> Box<dyn Iterator<Item = Line<'_>> + '_> {
        if self.options.events {
            Box::new(self.events.iter().flat_map(|event| self.roles(event)))
        } else {
            Box::new(self.graph.edges().iter().map(|edge| self.line(edge)))
        }
    }

    fn entity(&self, entity: &'a Entity) -> Node<'_> {
        let position = self.position(&entity.id);
        let mut seen = BTreeSet::from([entity.name.as_str()]);
        let names = entity.names.iter().map(|name| name.text.as_str());
        let names = names.filter(|name| seen.insert(name)).map(Cow::Borrowed);
        let offices = entity.offices.iter().map(|office| match &office.of {
            Some(of) => Cow::Owned(format!("{}, {of}", office.title)),
            None => Cow::Borrowed(office.title.as_str()),
        });
        Node {
            id: Cow::Borrowed(&entity.id.0),
            label: Cow::Borrowed(&entity.name),
            supertype: Some(entity.supertype),
            cells: filled(vec![
                ("class", text(&entity.class)),
                ("supertype", text(entity.supertype.as_str())),
                ("names", Value::List(names.collect())),
                ("offices", Value::List(offices.collect())),
                ("wikidata", Value::Text(wikidata(entity).unwrap_or_default().into())),
                ("document_count", Value::Count(entity.documents.into())),
                ("neighbor_count", Value::Count(position.neighbors.into())),
                ("component", Value::Count(position.component.into())),
                ("community", Value::Count(position.community.into())),
            ]),
        }
    }

    fn event(&'a self, event: &'a Event<'a>) -> Node<'a> {
        let name = |id| self.graph.entity(id).map_or("", |entity: &Entity| &entity.name);
        let (subject, object) = (name(&event.edge.subject), name(&event.edge.object));
        let label = edge_label(event.edge, self.ontology, self.options);
        let position = self.position(&event.edge.subject);
        let mut cells = vec![("class", text(EVENT)), ("supertype", text(EVENT))];
        cells.extend(self.said(event.edge, &event.support));
        cells.push(("component", Value::Count(position.component.into())));
        Node {
            id: Cow::Borrowed(&event.id),
            label: format!("{subject} {label} {object}").into(),
            supertype: None,
            cells: filled(cells),
        }
    }

    fn line(&'a self, edge: &'a Edge) -> Line<'a> {
        let support: Vec<_> = self.graph.support(edge).collect();
        Line {
            id: Cow::Borrowed(&edge.id),
            source: Cow::Borrowed(&edge.subject.0),
            target: Cow::Borrowed(&edge.object.0),
            kind: kind(edge),
            label: edge_label(edge, self.ontology, self.options),
            weight: self.graph.document_count(edge),
            is_symmetric: edge.symmetric,
            cells: filled(self.said(edge, &support)),
            support,
        }
    }

    /// The edges from an event to those who take part in it.
    fn roles(&'a self, event: &'a Event<'a>) -> Vec<Line<'a>> {
        let ends = if event.edge.symmetric { ["participant"; 2] } else { ["subject", "object"] };
        let ends = [(ends[0], &event.edge.subject), (ends[1], &event.edge.object)];
        let mut parts: BTreeSet<(&str, &EntityId)> = ends.into_iter().collect();
        parts.extend(event.others());
        let line = |(role, entity): (&'static str, &'a EntityId)| {
            // Others than the ends take part in what only some statements say.
            let support = event.support.iter().copied();
            let support: Vec<_> = support.filter(|s| has_role(s, role, entity)).collect();
            Line {
                id: format!("{}-{role}-{}", event.id, entity.0).into(),
                source: Cow::Borrowed(&event.id),
                target: Cow::Borrowed(&entity.0),
                kind: role.to_owned(),
                label: role.to_owned(),
                weight: self.graph.sources(support.iter().copied()),
                is_symmetric: false,
                cells: filled(self.said(event.edge, &support)),
                support,
            }
        };
        parts.into_iter().map(line).collect()
    }

    /// What statements say, with all that qualifies it.
    fn said(&self, edge: &'a Edge, support: &[&'a Statement]) -> Vec<(&'static str, Value<'a>)> {
        let graph = self.graph;
        let name = |id| graph.entity(id).map_or("", |entity: &Entity| &entity.name);
        let list =
            |parts: BTreeSet<String>| Value::List(parts.into_iter().map(Cow::Owned).collect());
        let each = || support.iter().copied();
        let relation = self.ontology.relations.get(&edge.relation);
        let family = each().find_map(|s| s.family.as_deref());
        let family = family.or_else(|| relation.and_then(|r| r.family.as_deref()));
        let (first, last) = match graph.dates(each()) {
            Some((first, last)) => (first.to_string(), last.to_string()),
            None => (String::new(), String::new()),
        };
        let offices = each().filter_map(|s| s.office.as_ref()).map(|office| match office.status {
            Some(status) => format!("{} ({})", office.title, status.as_str()),
            None => office.title.clone(),
        });
        let speakers = each().filter_map(|s| s.attribution.as_ref()).map(|speaker| match speaker {
            Speaker::Entity(end) => name(&end.entity).to_owned(),
            Speaker::Words(words) => words.clone(),
        });
        let places = each().filter_map(|s| s.place.as_ref()).map(|p| name(&p.entity).to_owned());
        let amounts = each().filter_map(|s| s.amount.as_ref());
        let amounts = amounts.map(|a| format!("{} {}", a.value, a.unit));
        let mut cells = vec![
            ("relation", text(&edge.relation)),
            ("family", Value::Text(family.unwrap_or_default().to_owned().into())),
            ("factuality", text(edge.factuality.as_str())),
            ("symmetric", Value::Truth(edge.symmetric)),
            ("document_count", Value::Count(graph.sources(each()) as u64)),
            ("claim_count", Value::Count(support.len() as u64)),
            ("first", Value::Text(first.into())),
            ("last", Value::Text(last.into())),
            ("places", list(places.collect())),
            ("amounts", list(amounts.collect())),
            ("offices", list(offices.collect())),
            ("attributions", list(speakers.collect())),
        ];
        let confidence = each().map(|s| s.confidence).filter(|c| c.is_finite());
        if let Some(confidence) = confidence.max_by(f64::total_cmp) {
            cells.push(("confidence", Value::Number(confidence)));
        }
        if let Some(statement) = leading(graph, each()) {
            let quote = &statement.evidence;
            let url = graph.document(&quote.document).and_then(|document| document.url.as_deref());
            cells.extend([
                ("quote", text(&quote.text)),
                ("quote_document", text(&quote.document.0)),
                ("quote_start", Value::Count(quote.start.into())),
                ("quote_end", Value::Count(quote.end.into())),
                ("url", text(url.unwrap_or_default())),
            ]);
        }
        let places = quotes(support).into_iter();
        let places = places.map(|q| format!("{} {}-{}", q.document, q.start, q.end).into());
        cells.push(("evidence", Value::List(places.collect())));
        cells
    }
}

impl<'a> Event<'a> {
    /// Who takes part beside the ends: where it takes place, and who says so.
    fn others(&self) -> BTreeSet<(&'static str, &'a EntityId)> {
        let mut others = BTreeSet::new();
        for statement in &self.support {
            others.extend(statement.place.as_ref().map(|place| ("place", &place.entity)));
            if let Some(Speaker::Entity(speaker)) = &statement.attribution {
                others.insert(("speaker", &speaker.entity));
            }
        }
        others
    }
}

fn has_role(statement: &Statement, role: &str, entity: &EntityId) -> bool {
    match role {
        "place" => statement.place.as_ref().is_some_and(|place| place.entity == *entity),
        "speaker" => {
            matches!(&statement.attribution, Some(Speaker::Entity(end)) if end.entity == *entity)
        }
        _ => true,
    }
}

/// The events of an edge, those of a date together.
fn events<'a>(graph: &'a Graph, edge: &'a Edge) -> Vec<Event<'a>> {
    let mut groups: BTreeMap<Option<Interval>, Vec<&Statement>> = BTreeMap::new();
    for statement in graph.support(edge) {
        groups.entry(statement.when).or_default().push(statement);
    }
    let shown = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let event = |(when, support): (Option<Interval>, Vec<&'a Statement>)| {
        let dates = when.map(|when| format!("-{}_{}", shown(when.from), shown(when.to)));
        Event { id: format!("{}{}", edge.id, dates.unwrap_or_default()), edge, support }
    };
    groups.into_iter().map(event).collect()
}

/// The kind of an edge: its relation, with its factuality unless it happened.
fn kind(edge: &Edge) -> String {
    format!("{} {}", edge.relation, edge.factuality.as_str())
}

/// The stretches that statements quote, each once, sorted.
pub(super) fn quotes<'a>(support: &[&'a Statement]) -> BTreeSet<&'a Quote> {
    support.iter().map(|statement| &statement.evidence).collect()
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn filled<'a>(cells: Vec<(&'static str, Value<'a>)>) -> Vec<(&'static str, Value<'a>)> {
    cells.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
