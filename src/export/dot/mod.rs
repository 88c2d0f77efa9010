//! DOT, the language of Graphviz: a picture that can be read.
//!
//! The picture shows what happened between whom, and leaves out what would
//! drown it:
//! - Entities appear that take part in an event, that is, in a relation with an
//!   event type; if nobody does, all that have an edge.
//! - Standing relations appear as thin gray lines between those, unless they
//!   are about a post: that stands below the name.
//!
//! Shape and color tell the class, line and color of an edge what kind of
//! relation it is: what is planned is dashed, what is possible dotted, what is
//! denied gray and crossed out. Colors are those of Okabe and Ito (*Color
//! Universal Design*, 2008), which color-blind people tell apart. Tooltips and
//! links of an SVG lead to the sentences.

mod arrange;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use self::arrange::{Line, shelves};
use self::text::{
    escaped, html, is_within, lines, link, node_id, period, post, quoted, quoted_lines, some,
};
use crate::claim::Factuality;
use crate::date::Interval;
use crate::entity::{Entity, EntityId};
use crate::export::elements::SEPARATOR;
use crate::export::looks::{GRAY, NodeLook, line_look, node_look, quad_color};
use crate::export::{
    ExportError, ExportOptions, Exporter, edge_label, is_no_xml, label, leading, wikidata,
};
use crate::graph::{Edge, Graph, Structure};
use crate::ontology::Ontology;

/// Writes DOT.
pub(super) struct Dot;

/// Up to how many edges the picture is laid out in layers, which leaves room for
/// the labels of edges; beyond, springs need less of it.
const LAYERED: usize = 160;

/// How many lines may end at an entity among springs for them to have labels.
const LABELED: usize = 12;

/// Beyond how many lines among springs none has a label, lines shine through,
/// and entities stand further apart: names are to be read there.
const CROWDED: usize = 400;

/// How many entities a community has at least that gets a frame.
const FRAMED: usize = 3;

/// The colors of event types without a CAMEO code, in the order of the types
/// that the ontology has.
const FAMILY_COLORS: [&str; 2] = ["#AA5585", "#2F8FBF"];

/// How many sentences a tooltip shows.
const TOOLTIP_QUOTES: usize = 4;

impl Exporter for Dot {
    fn write(
        &self,
        graph: &Graph,
        ontology: &Ontology,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let picture = Picture::new(graph, ontology, options);
        picture.head(out)?;
        let entities = picture.in_order();
        for entity in &entities {
            picture.node(entity, out)?;
        }
        if options.clusters {
            picture.frames(&entities, out)?;
        }
        for line in &picture.lines {
            picture.line(line, out)?;
        }
        if picture.is_layered {
            for (number, (above, below)) in shelves(&entities, &picture.lines).enumerate() {
                // No entity has an id with blanks in front.
                let shelf = quoted(&format!("  {number}"));
                writeln!(
                    out,
                    "  {shelf} [style=invis shape=point width=0.01 height=0.01 label=\"\"]"
                )?;
                for entity in above {
                    writeln!(out, "  {} -> {shelf} [style=invis weight=0]", node_id(entity))?;
                }
                for entity in below {
                    writeln!(out, "  {shelf} -> {} [style=invis weight=0]", node_id(entity))?;
                }
            }
        }
        writeln!(out, "}}")?;
        Ok(())
    }
}

/// What is drawn of a graph.
struct Picture<'a> {
    graph: &'a Graph,
    ontology: &'a Ontology,
    options: &'a ExportOptions,
    structure: Structure,
    lines: Vec<Line<'a>>,
    entities: BTreeSet<&'a EntityId>,
    // How many lines end at an entity.
    line_count: BTreeMap<&'a EntityId, usize>,
    // Whether the picture is laid out in layers, from left to right.
    is_layered: bool,
    // The event types of relations without a code.
    families: Vec<&'a str>,
    // The posts that claims speak of, for entities that bear none themselves.
    posts: BTreeMap<&'a EntityId, String>,
}

impl<'a> Picture<'a> {
    fn new(graph: &'a Graph, ontology: &'a Ontology, options: &'a ExportOptions) -> Self {
        let is_event = |edge: &Edge| graph.support(edge).any(|s| s.family.is_some());
        let ends = |edge: &'a Edge| [&edge.subject, &edge.object];
        let events: Vec<_> = graph.edges().iter().filter(|edge| is_event(edge)).collect();
        let all: Vec<_> = graph.edges().iter().collect();
        let shown = if events.is_empty() { &all } else { &events };
        let entities: BTreeSet<_> = shown.iter().copied().flat_map(ends).collect();

        let mut posts = BTreeMap::new();
        for statement in graph.statements() {
            if let Some(office) = statement.office.as_ref().filter(|office| office.is_held()) {
                let of = office.of.as_ref().and_then(|of| graph.entity(&of.entity));
                let text = post(&office.title, of.map(|of| of.name.as_str()));
                posts.entry(&statement.subject.entity).or_insert(text);
            }
        }
        let is_in_a_label = |edge: &Edge| graph.support(edge).all(|s| s.office.is_some());
        let edges: Vec<_> = all
            .iter()
            .copied()
            .filter(|edge| events.is_empty() || is_event(edge) || !is_in_a_label(edge))
            .filter(|edge| ends(edge).iter().all(|end| entities.contains(end)))
            .collect();

        let mut line_count = BTreeMap::new();
        for end in edges.iter().copied().flat_map(ends) {
            *line_count.entry(end).or_insert(0) += 1;
        }

        let families: BTreeSet<_> = ontology
            .relations
            .values()
            .filter(|r| r.code.is_none())
            .filter_map(|r| r.family.as_deref())
            .collect();
        Self {
            graph,
            ontology,
            options,
            structure: graph.structure(),
            is_layered: edges.len() <= LAYERED,
            lines: arrange::lines(&edges, &line_count),
            line_count,
            entities,
            families: families.into_iter().collect(),
            posts,
        }
    }

    /// The entities that are drawn, those that hang together side by side, the
    /// best connected first.
    fn in_order(&self) -> Vec<&'a Entity> {
        let mut entities: Vec<_> =
            self.entities.iter().filter_map(|id| self.graph.entity(id)).collect();
        entities.sort_by_key(|entity| {
            let position = self.structure.position(&entity.id);
            (position.component, position.community, u32::MAX - position.degree)
        });
        entities
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "// {} entities, {} edges.", self.entities.len(), self.lines.len())?;
        writeln!(out, "// Draw it with: dot -Tsvg graph.dot -o graph.svg")?;
        writeln!(out, "// Other layouts: dot -Klayout, as in -Kneato, -Ksfdp, -Kdot.")?;
        writeln!(out, "digraph silsila {{")?;
        let layout = match (self.is_layered, self.options.clusters, self.is_crowded()) {
            (true, ..) => "layout=dot rankdir=LR nodesep=0.3 ranksep=0.45",
            // The only springs that know frames.
            (_, true, _) => "layout=fdp overlap=prism splines=line K=0.5 outputorder=edgesfirst",
            (_, _, false) => {
                "layout=sfdp overlap=prism overlap_scaling=-6 splines=line K=1.2 \
                 outputorder=edgesfirst"
            }
            (_, _, true) => {
                "layout=sfdp overlap=prism overlap_scaling=-6 splines=line K=2 repulsiveforce=2 \
                 outputorder=edgesfirst"
            }
        };
        writeln!(out, "  graph [{layout} charset=\"UTF-8\" bgcolor=white pad=0.3]")?;
        writeln!(
            out,
            "  node [fontname=\"Helvetica,Arial,sans-serif\" fontsize=12 margin=\"0.14,0.07\" \
             height=0.3 penwidth=1.2 target=\"_blank\"]"
        )?;
        writeln!(
            out,
            "  edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=9 arrowsize=0.7 \
             labelfloat=false target=\"_blank\"]"
        )
    }

    fn is_crowded(&self) -> bool {
        !self.is_layered && CROWDED < self.lines.len()
    }

    /// A frame around the entities of each community, with the name of the best
    /// connected of them.
    fn frames(&self, entities: &[&Entity], out: &mut dyn Write) -> io::Result<()> {
        let mut communities: BTreeMap<u32, Vec<&Entity>> = BTreeMap::new();
        for &entity in entities {
            let community = self.structure.position(&entity.id).community;
            communities.entry(community).or_default().push(entity);
        }
        for (number, members) in communities {
            if members.len() < FRAMED {
                continue;
            }
            let first = members.iter().max_by_key(|entity| {
                let lines = self.line_count.get(&entity.id).copied().unwrap_or(0);
                (lines, std::cmp::Reverse(&entity.id))
            });
            let name = first.map_or("", |entity| entity.name.as_str());
            writeln!(
                out,
                "  subgraph cluster_{number} {{ graph [style=\"rounded,filled\" color=\"#C4C4C4\" \
                 fillcolor=\"#00000008\" fontname=\"Helvetica,Arial,sans-serif\" fontsize=11 \
                 fontcolor=\"#666666\" label={}]",
                quoted(&escaped(name))
            )?;
            for entity in members {
                writeln!(out, "    {} []", node_id(&entity.id))?;
            }
            writeln!(out, "  }}")?;
        }
        Ok(())
    }

    fn node(&self, entity: &Entity, out: &mut dyn Write) -> io::Result<()> {
        let NodeLook { shape, style, line: color, fill, .. } = node_look(Some(entity.supertype));
        // Graphviz takes no element without content.
        let is_blank =
            |text: &str| text.chars().all(|c| c.is_whitespace() || c.is_control() || is_no_xml(c));
        let name = if is_blank(&entity.name) { "?" } else { &entity.name };
        let mut text = format!("<B>{}</B>", lines(name, 26, 3));
        if let Some(post) = self.office(entity).filter(|post| !is_blank(post)) {
            let post = lines(&post, 34, 2);
            let _ = write!(text, "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"#444444\">{post}</FONT>");
        }
        let class = self.ontology.classes.get(&entity.class).map(|class| &class.labels);
        let mut tooltip =
            format!("{}, {}", entity.name, label(class, &self.options.language, &entity.class));
        for office in &entity.offices {
            let _ = write!(tooltip, "\n{}", post(&office.title, office.of.as_deref()));
        }
        let others: Vec<_> =
            entity.names.iter().map(|n| n.text.as_str()).filter(|n| *n != entity.name).collect();
        if !others.is_empty() {
            let _ = write!(tooltip, "\nalso: {}", others.join("; "));
        }
        write!(
            out,
            "  {} [label=<{text}> shape={shape} style=\"{style}\" color=\"{color}\" \
             fillcolor=\"{fill}\" tooltip={}",
            node_id(&entity.id),
            quoted(&escaped(&tooltip))
        )?;
        let lines = self.line_count.get(&entity.id).copied().unwrap_or(0);
        if lines > 2 {
            write!(out, " fontsize={}", 12 + (lines / 2).min(4))?;
        }
        if let Some(iri) = wikidata(entity) {
            write!(out, " URL={}", quoted(&iri))?;
        }
        writeln!(out, "]")
    }

    /// The post below the name: the one that most documents give.
    fn office(&self, entity: &Entity) -> Option<String> {
        let office = entity
            .offices
            .iter()
            .max_by(|a, b| a.documents.cmp(&b.documents).then_with(|| b.cmp(a)));
        office
            .map(|office| post(&office.title, office.of.as_deref()))
            .or_else(|| self.posts.get(&entity.id).cloned())
    }

    /// The color of an event, by its code or else by its type.
    fn color(&self, edge: &Edge, family: &str) -> &'static str {
        let code = self.ontology.relations.get(&edge.relation).and_then(|r| r.code.as_deref());
        if let Some(color) = code.and_then(quad_color) {
            return color;
        }
        let at = self.families.iter().position(|other| *other == family).unwrap_or(0);
        FAMILY_COLORS[at % FAMILY_COLORS.len()]
    }

    fn line(&self, line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
        let edge = line.edge;
        let documents = self.graph.document_count(edge);
        let family = self.graph.support(edge).find_map(|s| s.family.as_deref());
        let is_denied = edge.factuality == Factuality::Negated;

        let mut name = edge_label(edge, self.ontology, self.options);
        if is_denied {
            name.insert_str(0, "\u{d7} ");
        }
        if documents > 1 {
            let _ = write!(name, " \u{d7}{documents}");
        }
        let words = [name, self.amounts(edge), self.dates(edge), self.places(edge)];
        let style = line_look(Some(edge.factuality)).style;
        let color = match family {
            Some(family) if !is_denied => self.color(edge, family),
            _ => GRAY,
        };
        let depth = if self.is_crowded() { "80" } else { "" };
        let width = match family {
            Some(_) => 1.2 + (documents.max(1) as f64).log2() * 0.8,
            None => 0.7,
        };
        write!(
            out,
            "  {} -> {} [label={} style={style} color=\"{color}{depth}\" fontcolor=\"{color}\" \
             penwidth={width:.1}",
            node_id(line.from),
            node_id(line.to),
            self.edge_words(line, &words),
        )?;
        if self.is_layered && line.length > 1 {
            write!(out, " minlen={}", line.length)?;
        }
        if edge.symmetric {
            write!(out, " dir=none")?;
        } else if is_denied {
            write!(out, " arrowhead=tee")?;
        }
        if family.is_none() {
            write!(out, " weight=0")?;
        }
        write!(out, " tooltip={}", quoted(&escaped(&self.sentences(edge))))?;
        // Graphviz passes over attributes that it does not know.
        write!(out, " evidence={}", quoted(&self.places_of_quotes(edge)))?;
        let statement = leading(self.graph, self.graph.support(edge));
        let document = statement.and_then(|s| self.graph.document(&s.evidence.document));
        if let Some(url) = document.and_then(|document| document.url.as_deref()) {
            write!(out, " URL={}", quoted(&escaped(&link(url))))?;
        }
        writeln!(out, "]")
    }

    /// The label of a line. Between layers it stands right of the line, and is
    /// moved a little away from it; among springs it stands on the line, and
    /// covers it, unless lines are too many there.
    fn edge_words(&self, line: &Line<'_>, words: &[String]) -> String {
        let words = words.iter().filter(|words| !words.is_empty());
        if self.is_layered {
            return quoted_lines(words.map(|words| format!("  {}", escaped(words))));
        }
        let count = |end| self.line_count.get(end).copied().unwrap_or(0);
        if self.is_crowded() || count(line.from).max(count(line.to)) > LABELED {
            return quoted("");
        }
        let words: Vec<_> = words.map(|words| html(words)).collect();
        format!(
            "<<TABLE BORDER=\"0\" CELLPADDING=\"1\" BGCOLOR=\"#FFFFFFD0\"><TR><TD>{}</TD></TR>\
             </TABLE>>",
            words.join("<BR/>")
        )
    }

    fn amounts(&self, edge: &Edge) -> String {
        let amounts: BTreeSet<_> = self
            .graph
            .support(edge)
            .filter_map(|s| s.amount.as_ref())
            .map(|amount| amount.text.as_str())
            .collect();
        some(&amounts.into_iter().map(str::to_owned).collect::<Vec<_>>())
    }

    fn places(&self, edge: &Edge) -> String {
        let places: BTreeSet<_> = self
            .graph
            .support(edge)
            .filter_map(|s| self.graph.entity(&s.place.as_ref()?.entity))
            .map(|place| place.name.clone())
            .collect();
        some(&places.into_iter().collect::<Vec<_>>())
    }

    /// The dates that the statements of an edge give, without those that say
    /// less than another.
    fn dates(&self, edge: &Edge) -> String {
        let all: BTreeSet<Interval> = self.graph.support(edge).filter_map(|s| s.when).collect();
        let dates: Vec<_> = all
            .iter()
            .filter(|one| !all.iter().any(|other| other != *one && is_within(*other, **one)))
            .filter_map(|interval| period(*interval))
            .collect();
        some(&dates)
    }

    /// The articles of the quotations and where in them they stand, in Unicode
    /// scalar values.
    fn places_of_quotes(&self, edge: &Edge) -> String {
        let quotes: BTreeSet<_> = self.graph.support(edge).map(|s| &s.evidence).collect();
        let places = quotes.iter().map(|q| format!("{} {}-{}", q.document, q.start, q.end));
        places.collect::<Vec<_>>().join(SEPARATOR)
    }

    fn sentences(&self, edge: &Edge) -> String {
        let quotes: BTreeSet<_> = self.graph.support(edge).map(|s| &s.evidence).collect();
        let mut text = String::new();
        for quote in quotes.iter().take(TOOLTIP_QUOTES) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let _ = write!(text, "\u{201c}{}\u{201d}", quote.text);
            let document = self.graph.document(&quote.document);
            let publisher = document.and_then(|document| document.publisher.clone());
            let published = document.and_then(|d| d.published).map(|date| date.to_string());
            let title = document.and_then(|document| document.title.clone());
            let source: Vec<_> = [publisher, published, title].into_iter().flatten().collect();
            let _ = write!(text, "\n{}", source.join(", "));
        }
        if quotes.len() > TOOLTIP_QUOTES {
            let _ = write!(text, "\n\n+ {}", quotes.len() - TOOLTIP_QUOTES);
        }
        text
    }
}
