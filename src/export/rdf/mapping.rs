//! The one mapping of the graph to quads.
//!
//! - An **entity** has its classes, a label, and its names by language (SKOS).
//! - What is said to have happened is a plain triple between two entities,
//!   `entity:a silsila:metWith entity:b`; of a symmetric relation in both
//!   directions. What is planned, possible or denied makes no such triple.
//! - Every **claim** is a node with its ends, relation, factuality, time, place,
//!   amount, post, speaker and confidence. Unless it is denied, the claim of a
//!   relation with an event type is a `sem:Event` and `schema:Event`. A date is
//!   as precise as its source; bounds are given as whole days besides.
//! - A **quote** is the stretch of an article that a claim was derived from, with
//!   the selectors of Web Annotation: offsets in Unicode scalar values
//!   (`position`) and the words (`wording`).
//! - A **post** is a post of the Organization Ontology.
//! - With [`Layout::PerArticle`], what an article says (plain triples, claims,
//!   quotes) stands in the graph that bears the IRI of the article; entities,
//!   posts and the articles themselves are described in the default graph.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use indexmap::IndexSet;
use oxrdf::vocab::rdf;
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, QuadRef, Term};

use super::vocabulary::{oa, org, owl, prov, rdfs, schema, sem, silsila, skos, xsd};
use super::{Sink, base};
use crate::claim::{ClaimId, Factuality};
use crate::date::PartialDate;
use crate::document::DocumentId;
use crate::entity::{Entity, EntityId};
use crate::export::{ExportError, ExportOptions, label, wikidata};
use crate::graph::{DocumentInfo, Graph, Post, Quote, Speaker, Statement};
use crate::mention::Supertype;
use crate::ontology::{NAMESPACE, Ontology};

/// How the quads are spread over graphs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// All in the default graph.
    Union,
    /// What an article says in a graph of its own.
    PerArticle,
}

/// The kinds of our own IRIs: each is a path below the base, and a prefix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Entity,
    Claim,
    Article,
    Publisher,
    Post,
    Amount,
    Quote,
    Position,
    Wording,
}

impl Kind {
    pub(super) const ALL: [Self; 9] = [
        Self::Entity,
        Self::Claim,
        Self::Article,
        Self::Publisher,
        Self::Post,
        Self::Amount,
        Self::Quote,
        Self::Position,
        Self::Wording,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Claim => "claim",
            Self::Article => "article",
            Self::Publisher => "publisher",
            Self::Post => "post",
            Self::Amount => "amount",
            Self::Quote => "quote",
            Self::Position => "position",
            Self::Wording => "wording",
        }
    }
}

/// Gives every quad of the graph to the sink, no quad twice, the quads of one
/// subject in one go, always in the same order.
pub(crate) fn quads(
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
    layout: Layout,
    sink: &mut Sink<'_>,
) -> Result<(), ExportError> {
    let mut mapping = Mapping::new(graph, ontology, options)?;
    let mut said_by: BTreeMap<&DocumentId, Vec<&Statement>> = BTreeMap::new();
    for statement in graph.statements() {
        said_by.entry(&statement.evidence.document).or_default().push(statement);
    }
    mapping.collect_posts();

    let default = GraphName::DefaultGraph;
    for document in graph.documents() {
        mapping.article(document).flush(&default, sink)?;
    }
    for node in mapping.publishers() {
        node.flush(&default, sink)?;
    }
    for entity in graph.entities() {
        let mut node = mapping.entity(entity);
        if layout == Layout::Union {
            for edge in graph.edges_at(&entity.id) {
                mapping.relation(&mut node, entity, edge.into());
            }
            mapping.posts_held(&mut node, &entity.id);
        }
        node.flush(&default, sink)?;
    }
    for (iri, post) in &mapping.posts {
        mapping.post(iri, post).flush(&default, sink)?;
    }
    for (document, statements) in said_by {
        let article = match layout {
            Layout::Union => GraphName::DefaultGraph,
            Layout::PerArticle => mapping.iri(Kind::Article, &document.0).into(),
        };
        if layout == Layout::PerArticle {
            for node in mapping.plain(&statements) {
                node.flush(&article, sink)?;
            }
        }
        for statement in &statements {
            mapping.claim(statement).flush(&article, sink)?;
            if let Some(node) = mapping.amount(statement) {
                node.flush(&article, sink)?;
            }
        }
        let quotes: BTreeSet<&Quote> = statements.iter().map(|s| &s.evidence).collect();
        for quote in quotes {
            for node in mapping.quote(quote) {
                node.flush(&article, sink)?;
            }
        }
    }
    Ok(())
}

/// A subject with what is said of it, each thing once.
struct Node {
    subject: NamedNode,
    says: IndexSet<(NamedNode, Term)>,
}

impl Node {
    fn new(subject: NamedNode) -> Self {
        Self { subject, says: IndexSet::new() }
    }

    fn is_a(&mut self, class: impl Into<NamedNode>) {
        self.says.insert((rdf::TYPE.into_owned(), class.into().into()));
    }

    fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.says.insert((predicate.into_owned(), object.into()));
    }

    fn add_text(&mut self, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(predicate, Literal::new_simple_literal(text));
    }

    fn flush(self, graph: &GraphName, sink: &mut Sink<'_>) -> Result<(), ExportError> {
        // Objects of one predicate in a row, predicates in order of first use.
        let mut order: Vec<NamedNode> = Vec::new();
        for (predicate, _) in &self.says {
            if !order.contains(predicate) {
                order.push(predicate.clone());
            }
        }
        for predicate in order {
            for (_, object) in self.says.iter().filter(|(p, _)| *p == predicate) {
                sink(QuadRef::new(&self.subject, &predicate, object, graph))?;
            }
        }
        Ok(())
    }
}

/// Two entities and what joins them.
struct Link<'a> {
    subject: &'a EntityId,
    relation: &'a str,
    object: &'a EntityId,
    factuality: Factuality,
}

impl<'a> From<&'a crate::graph::Edge> for Link<'a> {
    fn from(edge: &'a crate::graph::Edge) -> Self {
        Self {
            subject: &edge.subject,
            relation: &edge.relation,
            object: &edge.object,
            factuality: edge.factuality,
        }
    }
}

impl<'a> From<&'a Statement> for Link<'a> {
    fn from(statement: &'a Statement) -> Self {
        Self {
            subject: &statement.subject.entity,
            relation: &statement.relation,
            object: &statement.object.entity,
            factuality: statement.factuality,
        }
    }
}

/// A post, put together from all who hold it.
#[derive(Default)]
struct PostInfo {
    titles: BTreeSet<String>,
    of: Option<EntityId>,
    of_name: Option<String>,
}

struct Mapping<'a> {
    graph: &'a Graph,
    ontology: &'a Ontology,
    language: &'a str,
    base: &'a str,
    posts: BTreeMap<NamedNode, PostInfo>,
    held: BTreeMap<EntityId, BTreeSet<NamedNode>>,
    // The bodies and places that alone bear a name.
    by_name: BTreeMap<&'a str, Option<&'a EntityId>>,
}

impl<'a> Mapping<'a> {
    fn new(
        graph: &'a Graph,
        ontology: &'a Ontology,
        options: &'a ExportOptions,
    ) -> Result<Self, ExportError> {
        let mut by_name = BTreeMap::new();
        for entity in graph.entities() {
            if matches!(entity.supertype, Supertype::Organization | Supertype::Place) {
                by_name
                    .entry(entity.name.as_str())
                    .and_modify(|id| *id = None)
                    .or_insert(Some(&entity.id));
            }
        }
        Ok(Self {
            graph,
            ontology,
            language: &options.language,
            base: base(options)?,
            posts: BTreeMap::new(),
            held: BTreeMap::new(),
            by_name,
        })
    }

    fn iri(&self, kind: Kind, id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{}/{}", self.base, kind.as_str(), segment(id)))
    }

    fn article(&self, document: &DocumentInfo) -> Node {
        let mut node = Node::new(self.iri(Kind::Article, &document.id.0));
        node.is_a(schema::NEWS_ARTICLE);
        let language = document.language.as_deref();
        if let Some(title) = &document.title {
            node.add(schema::HEADLINE, text_in(title, language));
            node.add(rdfs::LABEL, text_in(title, language));
        }
        if let Some(url) = &document.url {
            match NamedNode::new(url.as_str()) {
                Ok(url) => node.add(schema::URL, url),
                Err(_) => node.add_text(schema::URL, url),
            }
        }
        if let Some(date) = document.published {
            node.add(schema::DATE_PUBLISHED, date_literal(date));
        }
        if let Some(language) = language {
            node.add_text(schema::IN_LANGUAGE, language);
        }
        if let Some(publisher) = &document.publisher {
            node.add(schema::PUBLISHER, self.iri(Kind::Publisher, &slug(publisher)));
        }
        if let Some(path) = &document.path {
            node.add_text(silsila::PATH, path);
        }
        node.add(silsila::LENGTH, integer(document.length));
        node.add_text(schema::SHA256, &document.sha256);
        if let Some(original) = &document.version_of {
            node.add(schema::IS_BASED_ON, self.iri(Kind::Article, &original.0));
        }
        node
    }

    fn publishers(&self) -> Vec<Node> {
        let names: BTreeSet<&str> =
            self.graph.documents().filter_map(|d| d.publisher.as_deref()).collect();
        let mut nodes: BTreeMap<NamedNode, &str> = BTreeMap::new();
        for name in names {
            nodes.entry(self.iri(Kind::Publisher, &slug(name))).or_insert(name);
        }
        let node = |(iri, name)| {
            let mut node = Node::new(iri);
            node.is_a(schema::ORGANIZATION);
            node.add_text(schema::NAME, name);
            node
        };
        nodes.into_iter().map(node).collect()
    }

    fn entity(&self, entity: &Entity) -> Node {
        let mut node = Node::new(self.iri(Kind::Entity, &entity.id.0));
        node.is_a(self.class(&entity.class));
        node.is_a(self.class(entity.supertype.as_str()));

        let own_language = entity.names.iter().find(|name| name.text == entity.name);
        let own_language = own_language.map(|name| name.language.as_str());
        node.add(rdfs::LABEL, text_in(&entity.name, own_language));
        node.add(skos::PREF_LABEL, text_in(&entity.name, own_language));
        // SKOS: one preferred label a language, and none that is also another.
        let mut preferred = BTreeSet::from([own_language.unwrap_or_default()]);
        let mut others = Vec::new();
        let mut seen = BTreeSet::from([(own_language.unwrap_or_default(), entity.name.as_str())]);
        for name in &entity.names {
            if name.text.is_empty() || !seen.insert((&name.language, &name.text)) {
                continue;
            }
            let text = text_in(&name.text, Some(&name.language));
            if preferred.insert(&name.language) {
                node.add(skos::PREF_LABEL, text);
            } else {
                others.push(text);
            }
        }
        for text in others {
            node.add(skos::ALT_LABEL, text);
        }
        if let Some(iri) = wikidata(entity) {
            node.add(owl::SAME_AS, NamedNode::new_unchecked(iri));
        }
        for iri in entity.same_as.iter().filter_map(|iri| NamedNode::new(iri).ok()) {
            node.add(owl::SAME_AS, iri);
        }
        node.add(silsila::DOCUMENT_COUNT, integer(entity.documents));
        for office in entity.offices.iter().filter(|office| office.status.is_none()) {
            let of = office.of.as_deref();
            let id = of.and_then(|name| self.by_name.get(name).copied().flatten());
            node.add(org::HOLDS, self.post_iri(&office.title, id, of));
        }
        node
    }

    fn class(&self, name: &str) -> NamedNode {
        self.term(name, self.ontology.classes.get(name).map(|class| class.iri.as_str()))
    }

    fn relation_iri(&self, name: &str) -> NamedNode {
        self.term(name, self.ontology.relations.get(name).map(|relation| relation.iri.as_str()))
    }

    /// The IRI of a class or relation: what the ontology says, else its name in
    /// the namespace of the ontology, made an XML name (RDF/XML needs one).
    fn term(&self, name: &str, iri: Option<&str>) -> NamedNode {
        if let Some(iri) = iri.and_then(|iri| NamedNode::new(iri).ok()) {
            return iri;
        }
        let mut local: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
            .collect();
        if !local.starts_with(|c: char| c.is_ascii_alphabetic()) {
            local.insert(0, '_');
        }
        NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
    }

    /// Adds the plain triple of a link, as far as the entity is at its near end
    /// and it is said to have happened.
    fn relation(&self, node: &mut Node, entity: &Entity, link: Link<'_>) {
        if link.factuality != Factuality::Happened {
            return;
        }
        let relation = self.relation_iri(link.relation);
        if *link.subject == entity.id {
            node.add(relation.as_ref(), self.iri(Kind::Entity, &link.object.0));
        }
        if *link.object == entity.id && self.is_symmetric(link.relation) {
            node.add(relation.as_ref(), self.iri(Kind::Entity, &link.subject.0));
        }
    }

    fn is_symmetric(&self, relation: &str) -> bool {
        self.ontology.relations.get(relation).is_some_and(|relation| relation.symmetric)
    }

    /// The plain triples of one article.
    fn plain(&self, statements: &[&Statement]) -> Vec<Node> {
        let mut nodes: BTreeMap<&EntityId, BTreeSet<(NamedNode, NamedNode)>> = BTreeMap::new();
        // A plain triple has no time: what is over or yet to come has none.
        let holds = |s: &&&Statement| s.factuality == Factuality::Happened && s.is_current();
        for statement in statements.iter().filter(holds) {
            let (subject, object) = (&statement.subject.entity, &statement.object.entity);
            let relation = self.relation_iri(&statement.relation);
            let triple = (relation.clone(), self.iri(Kind::Entity, &object.0));
            nodes.entry(subject).or_default().insert(triple);
            if self.is_symmetric(&statement.relation) {
                let triple = (relation, self.iri(Kind::Entity, &subject.0));
                nodes.entry(object).or_default().insert(triple);
            }
            if let Some(office) = &statement.office {
                let triple = (org::HOLDS.into_owned(), self.post_of(office));
                nodes.entry(subject).or_default().insert(triple);
            }
        }
        nodes
            .into_iter()
            .map(|(entity, triples)| {
                let mut node = Node::new(self.iri(Kind::Entity, &entity.0));
                for (predicate, object) in triples {
                    node.add(predicate.as_ref(), object);
                }
                node
            })
            .collect()
    }

    /// Puts together the posts that entities hold and that claims speak of.
    fn collect_posts(&mut self) {
        let graph = self.graph;
        for entity in graph.entities() {
            for office in entity.offices.iter().filter(|office| office.status.is_none()) {
                let of = office.of.as_deref();
                let id = of.and_then(|name| self.by_name.get(name).copied().flatten());
                let iri = self.post_iri(&office.title, id, of);
                self.collect_post(iri, &office.title, id, of);
            }
        }
        for statement in graph.statements() {
            let Some(office) = &statement.office else { continue };
            let iri = self.post_of(office);
            let id = office.of.as_ref().map(|of| &of.entity);
            self.collect_post(iri.clone(), &office.title, id, None);
            if statement.factuality == Factuality::Happened && office.is_held() {
                self.held.entry(statement.subject.entity.clone()).or_default().insert(iri);
            }
        }
    }

    fn collect_post(
        &mut self,
        iri: NamedNode,
        title: &str,
        of: Option<&EntityId>,
        of_name: Option<&str>,
    ) {
        let post = self.posts.entry(iri).or_default();
        post.titles.insert(title.split_whitespace().collect::<Vec<_>>().join(" "));
        post.of = of.cloned();
        if of.is_none() {
            post.of_name = of_name.map(str::to_owned);
        }
    }

    fn post_of(&self, office: &Post) -> NamedNode {
        self.post_iri(&office.title, office.of.as_ref().map(|of| &of.entity), None)
    }

    /// The IRI of a post. A slug has no low line, so the parts stay apart.
    fn post_iri(&self, title: &str, of: Option<&EntityId>, of_name: Option<&str>) -> NamedNode {
        let title = slug(title);
        let id = match (of, of_name) {
            (Some(entity), _) => format!("{title}_in_{}", segment(&entity.0)),
            (None, Some(name)) => format!("{title}_of_{}", slug(name)),
            (None, None) => title,
        };
        NamedNode::new_unchecked(format!("{}{}/{id}", self.base, Kind::Post.as_str()))
    }

    fn post(&self, iri: &NamedNode, post: &PostInfo) -> Node {
        let mut node = Node::new(iri.clone());
        node.is_a(org::POST);
        let mut titles = post.titles.iter();
        if let Some(title) = titles.next() {
            let of = post.of.as_ref().and_then(|id| self.graph.entity(id)).map(|e| &e.name);
            let label = match of.or(post.of_name.as_ref()) {
                Some(of) => format!("{title}, {of}"),
                None => title.clone(),
            };
            node.add_text(rdfs::LABEL, &label);
            node.add_text(skos::PREF_LABEL, title);
        }
        for title in titles {
            node.add_text(skos::ALT_LABEL, title);
        }
        if let Some(of) = &post.of {
            node.add(org::POST_IN, self.iri(Kind::Entity, &of.0));
        }
        node
    }

    fn posts_held(&self, node: &mut Node, entity: &EntityId) {
        for post in self.held.get(entity).into_iter().flatten() {
            node.add(org::HOLDS, post.clone());
        }
    }

    fn claim(&self, statement: &Statement) -> Node {
        let mut node = Node::new(self.iri(Kind::Claim, &statement.claim.0));
        node.is_a(silsila::CLAIM);
        let is_event = statement.family.is_some() && statement.factuality != Factuality::Negated;
        if is_event {
            node.is_a(sem::EVENT);
            node.is_a(schema::EVENT);
        }
        node.add_text(rdfs::LABEL, &self.claim_label(statement));
        node.add(silsila::RELATION, self.relation_iri(&statement.relation));
        if let Some(family) = &statement.family {
            node.add_text(silsila::FAMILY, family);
        }

        let subject = self.iri(Kind::Entity, &statement.subject.entity.0);
        let object = self.iri(Kind::Entity, &statement.object.entity.0);
        node.add(silsila::SUBJECT, subject.clone());
        node.add(silsila::OBJECT, object.clone());
        if is_event {
            node.add(sem::HAS_ACTOR, subject);
            if self.leads_to_a_place(&statement.relation) {
                node.add(sem::HAS_PLACE, object.clone());
                node.add(schema::LOCATION, object);
            } else {
                node.add(sem::HAS_ACTOR, object);
            }
        }
        let factuality = format!("{NAMESPACE}{}", statement.factuality.as_str());
        node.add(silsila::FACTUALITY, NamedNode::new_unchecked(factuality));

        if let Some(when) = statement.when {
            if let Some(from) = when.from {
                node.add(schema::START_DATE, date_literal(from));
                if let Some(day) = from.first_day() {
                    node.add(sem::HAS_EARLIEST_BEGIN, date_literal(day));
                }
            }
            if let Some(to) = when.to {
                node.add(schema::END_DATE, date_literal(to));
                if let Some(day) = to.last_day() {
                    node.add(sem::HAS_LATEST_END, date_literal(day));
                }
            }
        }
        if let Some(place) = &statement.place {
            let place = self.iri(Kind::Entity, &place.entity.0);
            node.add(sem::HAS_PLACE, place.clone());
            node.add(schema::LOCATION, place);
        }
        if statement.amount.is_some() {
            node.add(schema::AMOUNT, self.iri(Kind::Amount, &statement.claim.0));
        }
        if let Some(office) = &statement.office {
            node.add(silsila::OFFICE, self.post_of(office));
            if let Some(status) = office.status {
                node.add_text(silsila::STATUS, status.as_str());
            }
        }
        match &statement.attribution {
            Some(Speaker::Entity(end)) => {
                node.add(prov::WAS_ATTRIBUTED_TO, self.iri(Kind::Entity, &end.entity.0));
                node.add_text(silsila::ATTRIBUTION, &end.text);
            }
            Some(Speaker::Words(words)) => node.add_text(silsila::ATTRIBUTION, words),
            None => (),
        }
        node.add(prov::WAS_DERIVED_FROM, self.iri(Kind::Quote, &quote_id(&statement.evidence)));
        node.add_text(silsila::TRIGGER, &statement.trigger.text);
        node.add_text(silsila::PATTERN, &statement.pattern);
        if let Some(confidence) = decimal(statement.confidence) {
            node.add(silsila::CONFIDENCE, confidence);
        }
        node
    }

    /// Whether all objects of a relation are places that do not act in it.
    fn leads_to_a_place(&self, relation: &str) -> bool {
        let place = Supertype::Place.as_str();
        self.ontology.relations.get(relation).is_some_and(|relation| {
            !relation.range.is_empty()
                && relation.range.iter().all(|class| self.ontology.is_a(class, place))
        })
    }

    fn claim_label(&self, statement: &Statement) -> String {
        let name = |id: &EntityId| self.graph.entity(id).map_or("", |entity| &entity.name);
        let labels = self.ontology.relations.get(&statement.relation).map(|r| &r.labels);
        let relation = label(labels, self.language, &statement.relation);
        let (subject, object) = (&statement.subject.entity, &statement.object.entity);
        let mut text = format!("{} {relation} {}", name(subject), name(object));
        if statement.factuality != Factuality::Happened {
            let _ = write!(text, " ({})", statement.factuality.as_str());
        }
        text
    }

    fn amount(&self, statement: &Statement) -> Option<Node> {
        let amount = statement.amount.as_ref()?;
        let ClaimId(claim) = &statement.claim;
        let mut node = Node::new(self.iri(Kind::Amount, claim));
        node.is_a(schema::MONETARY_AMOUNT);
        node.add_text(rdfs::LABEL, &amount.text);
        if let Some(value) = decimal(amount.value) {
            node.add(schema::VALUE, value);
        }
        node.add_text(schema::CURRENCY, &amount.unit);
        Some(node)
    }

    fn quote(&self, quote: &Quote) -> [Node; 3] {
        let id = quote_id(quote);
        let article = self.iri(Kind::Article, &quote.document.0);

        let mut position = Node::new(self.iri(Kind::Position, &id));
        position.is_a(oa::TEXT_POSITION_SELECTOR);
        position.add(oa::START, offset(quote.start));
        position.add(oa::END, offset(quote.end));

        let mut wording = Node::new(self.iri(Kind::Wording, &id));
        wording.is_a(oa::TEXT_QUOTE_SELECTOR);
        wording.add_text(oa::EXACT, &quote.text);

        let mut node = Node::new(self.iri(Kind::Quote, &id));
        node.is_a(oa::SPECIFIC_RESOURCE);
        node.add(oa::HAS_SOURCE, article.clone());
        node.add(oa::HAS_SELECTOR, position.subject.clone());
        node.add(oa::HAS_SELECTOR, wording.subject.clone());
        node.add(prov::WAS_QUOTED_FROM, article);
        [node, position, wording]
    }
}

/// The id of a quote. The last two parts are numbers, so it is one quote's.
fn quote_id(quote: &Quote) -> String {
    format!("{}_{}_{}", quote.document.0, quote.start, quote.end)
}

/// The literal of a date, typed by its precision.
fn date_literal(date: PartialDate) -> Literal {
    let datatype = match (date.year(), date.month(), date.day()) {
        (Some(_), _, Some(_)) => xsd::DATE,
        (Some(_), Some(_), None) => xsd::G_YEAR_MONTH,
        (Some(_), None, None) => xsd::G_YEAR,
        (None, _, Some(_)) => xsd::G_MONTH_DAY,
        (None, _, None) => xsd::G_MONTH,
    };
    Literal::new_typed_literal(date.to_string(), datatype)
}

/// The literal of a text in a language; without one if the tag is none.
fn text_in(text: &str, language: Option<&str>) -> Literal {
    language
        .filter(|language| *language != "und")
        .and_then(|language| Literal::new_language_tagged_literal(text, language).ok())
        .unwrap_or_else(|| Literal::new_simple_literal(text))
}

fn integer(number: u32) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

fn offset(number: u32) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::NON_NEGATIVE_INTEGER)
}

/// The literal of a number; none if it is not finite.
fn decimal(number: f64) -> Option<Literal> {
    let text = number.to_string();
    let text = if text.contains('.') { text } else { format!("{text}.0") };
    number.is_finite().then(|| Literal::new_typed_literal(text, xsd::DECIMAL))
}

/// An id as one segment of a path: whatever is not a letter or digit of ASCII,
/// `-` or `_` is percent-encoded.
fn segment(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// A segment that looks alike for titles that differ in case and blanks only.
fn slug(text: &str) -> String {
    let text = text.to_lowercase().replace('_', " ");
    segment(&text.split_whitespace().collect::<Vec<_>>().join("-"))
}
