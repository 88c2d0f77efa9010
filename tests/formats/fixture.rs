//! Graphs made by hand, of people and places that do not exist.

use std::collections::BTreeMap;

use silsila::PartialDate;
use silsila::claim::{ClaimId, Factuality};
use silsila::date::Interval;
use silsila::document::{Document, DocumentId, Source};
use silsila::entity::{Entity, EntityId, EntityOffice, Name, ReferentId};
use silsila::graph::{
    DocumentInfo, End, Graph, GraphOptions, GraphParts, Judged, Money, Post, Quote, Speaker,
    Statement,
};
use silsila::mention::{ReferentIdx, Supertype};
use silsila::ontology::{Class, Labels, Ontology, Relation};
use silsila::resolution::{Basis, Comparison, Decision, Judgement, Reason};

/// Builds a graph row by row.
#[derive(Default)]
pub struct Builder {
    parts: GraphParts,
    texts: Vec<(DocumentId, String)>,
}

impl Builder {
    /// Adds an entity. `names` are further names, each as `text@language`.
    pub fn entity(mut self, id: &str, class: &str, name: &str, names: &[&str]) -> Self {
        let supertype = match class {
            "Country" | "City" | "Region" => Supertype::Place,
            class => Supertype::from_name(class).unwrap_or(Supertype::Thing),
        };
        let names = [format!("{name}@en")].into_iter().chain(names.iter().map(|n| (*n).to_owned()));
        self.parts.entities.push(Entity {
            id: EntityId(id.to_owned()),
            name: name.to_owned(),
            supertype,
            class: class.to_owned(),
            names: names
                .map(|name| {
                    let (text, language) = name.rsplit_once('@').unwrap_or((&name, "en"));
                    Name {
                        text: text.to_owned(),
                        language: language.to_owned(),
                        script: if language == "ur" { "Arab" } else { "Latn" }.to_owned(),
                        count: 1,
                    }
                })
                .collect(),
            offices: Vec::new(),
            wikidata: None,
            mistranslated: Vec::new(),
            same_as: Vec::new(),
            documents: 1,
            referents: Vec::new(),
        });
        self
    }

    /// Gives the last entity an office.
    pub fn office(mut self, title: &str, of: &str) -> Self {
        if let Some(entity) = self.parts.entities.last_mut() {
            entity.offices.push(EntityOffice {
                title: title.to_owned(),
                of: (!of.is_empty()).then(|| of.to_owned()),
                status: None,
                documents: 1,
            });
        }
        self
    }

    /// Gives the last entity an id in Wikidata.
    pub fn wikidata(mut self, id: &str) -> Self {
        if let Some(entity) = self.parts.entities.last_mut() {
            entity.wikidata = Some(id.to_owned());
        }
        self
    }

    /// Adds a document; its text is what its claims quote.
    pub fn document(mut self, id: &str, title: &str, published: &str, publisher: &str) -> Self {
        self.texts.push((DocumentId(id.to_owned()), format!("{title}\n\n")));
        self.parts.documents.push(DocumentInfo {
            title: Some(title.to_owned()),
            publisher: Some(publisher.to_owned()),
            published: published.parse().ok(),
            url: Some(format!("https://news.example/{id}?a=1&b=\"2\"")),
            path: Some(format!("{id}.txt")),
            ..DocumentInfo::new(
                &Document {
                    id: DocumentId(id.to_owned()),
                    text: String::new(),
                    published: None,
                    language: None,
                    source: Source::default(),
                },
                None,
                "en",
            )
        });
        self
    }

    /// Adds what a sentence of the last document says. A date is `2024-05-17`
    /// or `2024-05-17/2024-05-19`; an empty one is none.
    pub fn claim(
        mut self,
        [subject, relation, object]: [&str; 3],
        factuality: Factuality,
        date: &str,
        sentence: &str,
    ) -> Self {
        let name = |id: &str| End {
            entity: EntityId(id.to_owned()),
            text: self
                .parts
                .entities
                .iter()
                .find(|entity| entity.id.0 == id)
                .map(|entity| entity.name.clone())
                .unwrap_or_default(),
        };
        let (from, to) = date.split_once('/').unwrap_or((date, date));
        let date = |text: &str| text.parse::<PartialDate>().ok();
        let when = (!from.is_empty() || !to.is_empty())
            .then(|| Interval { from: date(from), to: date(to) });
        let (subject, object) = (name(subject), name(object));
        let number = self.parts.statements.len();
        let (document, text) = self.texts.last_mut().expect("a document comes before its claims");
        let quote = |start: usize, words: &str| Quote {
            document: document.clone(),
            start: start as u32,
            end: (start + words.chars().count()) as u32,
            text: words.to_owned(),
        };
        // A sentence that says several things stands in the text once.
        let at = text.find(sentence).unwrap_or_else(|| {
            let at = text.len();
            text.push_str(sentence);
            text.push('\n');
            at
        });
        let start = text[..at].chars().count();
        let trigger = sentence.split_whitespace().nth(1).unwrap_or_default();
        let trigger_at = sentence.find(trigger).map_or(0, |byte| sentence[..byte].chars().count());
        let statement = Statement {
            claim: ClaimId(format!("c{number:02}")),
            relation: relation.to_owned(),
            family: ontology().relations.get(relation).and_then(|r| r.family.clone()),
            subject,
            object,
            factuality,
            when,
            place: None,
            amount: None,
            office: None,
            attribution: None,
            evidence: quote(start, sentence),
            trigger: quote(start + trigger_at, trigger),
            pattern: format!("{relation}.1"),
            confidence: 0.875,
        };
        self.parts.statements.push(statement);
        self
    }

    /// Says where the last claim takes place.
    pub fn at(mut self, place: &str) -> Self {
        self.last().place =
            Some(End { entity: EntityId(place.to_owned()), text: place.to_owned() });
        self
    }

    /// Says how much was given in the last claim.
    pub fn amount(mut self, value: f64, unit: &str, text: &str) -> Self {
        self.last().amount = Some(Money { value, unit: unit.to_owned(), text: text.to_owned() });
        self
    }

    /// Says which post the last claim is about.
    pub fn post(mut self, title: &str, of: &str) -> Self {
        let of = End { entity: EntityId(of.to_owned()), text: of.to_owned() };
        self.last().office = Some(Post { title: title.to_owned(), of: Some(of), status: None });
        self
    }

    /// Says who says the last claim: an entity, or words.
    pub fn says(mut self, speaker: &str) -> Self {
        let known = self.parts.entities.iter().find(|entity| entity.id.0 == speaker);
        let speaker = match known {
            Some(entity) => {
                Speaker::Entity(End { entity: entity.id.clone(), text: entity.name.clone() })
            }
            None => Speaker::Words(speaker.to_owned()),
        };
        self.last().attribution = Some(speaker);
        self
    }

    fn last(&mut self) -> &mut Statement {
        self.parts.statements.last_mut().expect("a claim comes before what is said of it")
    }

    /// Returns the graph.
    pub fn build(self) -> Graph {
        self.build_with_texts().0
    }

    /// Adds a decision of who is who.
    pub fn judged(mut self, [a, b]: [&str; 2], judgement: Judgement, detail: &str) -> Self {
        let side = |name: &str| {
            let document = DocumentId("d1".to_owned());
            (ReferentId { document, referent: ReferentIdx(7) }, name.to_owned())
        };
        let entity = |name: &str| {
            let found = self.parts.entities.iter().find(|entity| entity.name == name);
            found.map(|entity| entity.id.clone())
        };
        let entities = [entity(a), entity(b)];
        self.parts.decisions.push(Judged {
            decision: Decision {
                a: side(a),
                b: side(b),
                basis: Basis::OtherNames,
                comparison: Comparison {
                    judgement,
                    score: 0.25,
                    reasons: vec![Reason {
                        feature: "first name".to_owned(),
                        weight: -1.5,
                        detail: detail.to_owned(),
                    }],
                },
                author: "silsila".to_owned(),
                rejected: None,
            },
            entities,
            count: 2,
        });
        self
    }

    /// Returns the graph and the texts of its documents.
    pub fn build_with_texts(mut self) -> (Graph, BTreeMap<String, String>) {
        for (info, (id, text)) in self.parts.documents.iter_mut().zip(&self.texts) {
            let document = Document {
                id: id.clone(),
                text: text.clone(),
                published: None,
                language: None,
                source: Source::default(),
            };
            let counted = DocumentInfo::new(&document, None, "en");
            info.length = counted.length;
            info.sha256 = counted.sha256;
        }
        let graph = Graph::new(self.parts, &ontology(), GraphOptions::default())
            .unwrap_or_else(|error| panic!("{error}"));
        (graph, self.texts.into_iter().map(|(id, text)| (id.0, text)).collect())
    }
}

/// A small ontology with the shape of the one that ships.
pub fn ontology() -> Ontology {
    let label = |text: &str| Labels::from([("en".to_owned(), text.to_owned())]);
    let namespace = silsila::ontology::NAMESPACE;
    let class = |name: &str, parent: &str| {
        let class = Class {
            name: name.to_owned(),
            iri: format!("{namespace}{name}"),
            labels: label(&name.to_lowercase()),
            parents: if parent.is_empty() { Vec::new() } else { vec![parent.to_owned()] },
            ..Class::default()
        };
        (name.to_owned(), class)
    };
    let relation = |name: &str, text: &str, range: &str, symmetric, family: &str| {
        let relation = Relation {
            name: name.to_owned(),
            iri: format!("{namespace}{name}"),
            labels: label(text),
            range: vec![range.to_owned()],
            symmetric,
            family: (!family.is_empty()).then(|| family.to_owned()),
            ..Relation::default()
        };
        (name.to_owned(), relation)
    };
    let mut ontology = Ontology::default();
    ontology.classes.extend([
        class("Person", ""),
        class("Organization", ""),
        class("Place", ""),
        class("Country", "Place"),
        class("City", "Place"),
        class("Group", ""),
    ]);
    ontology.relations.extend([
        relation("metWith", "met with", "Person", true, "CONSULT"),
        relation("spokeWith", "spoke with", "Person", true, "CONSULT"),
        relation("visited", "visited", "Place", false, "CONSULT"),
        relation("hosted", "hosted", "Person", false, "CONSULT"),
        relation("contributedTo", "contributed to", "Organization", false, "AID"),
        relation("holdsOffice", "holds office in", "Organization", false, ""),
        relation("spokespersonFor", "speaks for", "Organization", false, ""),
        relation("memberOf", "member of", "Organization", false, ""),
    ]);
    // Some have a code, as in the ontology that ships, and some none.
    for (name, code) in [("metWith", "040"), ("spokeWith", "041"), ("contributedTo", "070")] {
        ontology.relations[name].code = Some(code.to_owned());
    }
    ontology
}

use Factuality::{Happened, Negated, Planned, Possible};

/// One article, three people, and a bit of everything.
pub fn small() -> Graph {
    small_parts().build()
}

/// What [`small`] is made of.
pub fn small_parts() -> Builder {
    Builder::default()
        .entity("ilse-brandt", "Person", "Ilse Brandt", &["I. Brandt@en", "السے برانٹ@ur"])
        .office("Foreign Minister", "Ruritania")
        .entity("omar-haddad", "Person", "Omar Haddad", &[])
        .entity("ruritania", "Country", "Ruritania", &[])
        .wikidata("Q1165538")
        .entity("strelsau", "City", "Strelsau", &[])
        .entity("grain-fund", "Organization", "World Grain Fund", &["WGF@en"])
        .document("d1", "Talks in Strelsau", "2024-03-05", "The Strelsau Herald")
        .claim(
            ["omar-haddad", "metWith", "ilse-brandt"],
            Happened,
            "2024-03-04",
            "Envoy Omar Haddad met Foreign Minister Ilse Brandt in Strelsau on Monday.",
        )
        .at("strelsau")
        .claim(
            ["ilse-brandt", "holdsOffice", "ruritania"],
            Happened,
            "",
            "Envoy Omar Haddad met Foreign Minister Ilse Brandt in Strelsau on Monday.",
        )
        .post("Foreign Minister", "ruritania")
        .claim(
            ["omar-haddad", "visited", "strelsau"],
            Planned,
            "2024-04",
            "He will return to Strelsau in April, the World Grain Fund said.",
        )
        .says("grain-fund")
        .document("d2", "Fund helps Ruritania", "2024-03-09", "Fredville Post")
        .claim(
            ["grain-fund", "contributedTo", "ruritania"],
            Happened,
            "2024-03-07/2024-03-09",
            "The \"World Grain Fund\" gave Ruritania €2.5 million.",
        )
        .amount(2_500_000.0, "EUR", "€2.5 million")
        .says("officials")
        .claim(
            ["ilse-brandt", "metWith", "omar-haddad"],
            Negated,
            "",
            "Ms Brandt denied that she had met Mr Haddad again.",
        )
        .judged(["Ilse Brandt", "I. Brandt"], Judgement::Same, "I. begins Ilse")
        .judged(["Ilse Brandt", "Omar Haddad"], Judgement::Different, "Ilse is not Omar")
        .judged(["Ilse Brandt", "Brandt"], Judgement::Unsure, "nothing")
}

/// Some twenty people, bodies and places in a few weeks of news.
pub fn weeks() -> Graph {
    weeks_parts().build()
}

/// What [`weeks`] is made of.
pub fn weeks_parts() -> Builder {
    Builder::default()
        .entity("p-brandt", "Person", "Ilse Brandt", &[])
        .office("Foreign Minister", "Ruritania")
        .entity("p-haddad", "Person", "Omar Haddad", &[])
        .office("Special Envoy for the Straits", "Freedonia")
        .entity("p-tanaka", "Person", "Mei Tanaka", &[])
        .office("Executive Director", "World Grain Fund")
        .entity("p-ortiz", "Person", "Rafael Ortiz", &[])
        .office("President", "Freedonia")
        .entity("p-nowak", "Person", "Zofia Nowak", &[])
        .office("Ambassador to Ruritania", "Sylvania")
        .entity("p-diallo", "Person", "Amina Diallo", &[])
        .office("Chair", "Council of the Straits")
        .entity("p-lind", "Person", "Jonas Lind", &[])
        .office("spokesperson", "Red Lantern Relief")
        .entity("p-raman", "Person", "Priya Raman", &[])
        .office("Prime Minister", "Sylvania")
        .entity("p-varga", "Person", "Tomas Varga", &[])
        .office("Chief of the General Staff", "Ruritania")
        .entity("p-farouk", "Person", "Leila Farouk", &[])
        .entity("o-fund", "Organization", "World Grain Fund", &["WGF@en"])
        .entity("o-relief", "Organization", "Red Lantern Relief", &[])
        .entity("o-council", "Organization", "Council of the Straits", &[])
        .entity("o-press", "Organization", "Strelsau Press Agency", &[])
        .entity("c-ruritania", "Country", "Ruritania", &[])
        .entity("c-freedonia", "Country", "Freedonia", &[])
        .entity("c-sylvania", "Country", "Sylvania", &[])
        .entity("t-strelsau", "City", "Strelsau", &[])
        .entity("t-port-ellen", "City", "Port Ellen", &[])
        .entity("g-families", "Group", "families in the flooded delta", &[])
        .document("a1", "Envoy in Strelsau for talks", "2024-03-05", "Strelsau Press Agency")
        .claim(
            ["p-haddad", "visited", "t-strelsau"],
            Happened,
            "2024-03-03/2024-03-05",
            "Omar Haddad was in Strelsau from Sunday to Tuesday.",
        )
        .claim(
            ["p-haddad", "metWith", "p-brandt"],
            Happened,
            "2024-03-04",
            "Mr Haddad met Foreign Minister Ilse Brandt on Monday.",
        )
        .at("t-strelsau")
        .claim(
            ["p-haddad", "metWith", "p-varga"],
            Happened,
            "2024-03-04",
            "Mr Haddad met General Tomas Varga later in the day.",
        )
        .claim(
            ["p-haddad", "metWith", "p-farouk"],
            Happened,
            "2024-03-05",
            "He met Leila Farouk, who leads the refugees' committee.",
        )
        .claim(
            ["p-brandt", "holdsOffice", "c-ruritania"],
            Happened,
            "",
            "Mr Haddad met Foreign Minister Ilse Brandt on Monday.",
        )
        .post("Foreign Minister", "c-ruritania")
        .claim(
            ["p-varga", "holdsOffice", "c-ruritania"],
            Happened,
            "",
            "Mr Haddad met General Tomas Varga later in the day.",
        )
        .post("Chief of the General Staff", "c-ruritania")
        .claim(
            ["p-haddad", "holdsOffice", "c-freedonia"],
            Happened,
            "",
            "The envoy of Freedonia said little.",
        )
        .post("Special Envoy for the Straits", "c-freedonia")
        .document("a2", "Brandt and Haddad meet", "2024-03-06", "Fredville Post")
        .claim(
            ["p-brandt", "metWith", "p-haddad"],
            Happened,
            "2024-03-04",
            "Ilse Brandt and Omar Haddad met in the capital on March 4.",
        )
        .claim(
            ["p-ortiz", "spokeWith", "p-brandt"],
            Happened,
            "2024-03-06",
            "President Rafael Ortiz spoke by telephone with Ms Brandt on Wednesday.",
        )
        .claim(
            ["p-ortiz", "visited", "c-ruritania"],
            Planned,
            "2024-04-12",
            "Mr Ortiz will visit Ruritania on April 12.",
        )
        .claim(
            ["p-ortiz", "holdsOffice", "c-freedonia"],
            Happened,
            "",
            "President Rafael Ortiz spoke by telephone with Ms Brandt on Wednesday.",
        )
        .post("President", "c-freedonia")
        .claim(
            ["p-ortiz", "metWith", "p-raman"],
            Possible,
            "",
            "He might meet Prime Minister Priya Raman on the way.",
        )
        .document("a3", "Grain for the delta", "2024-03-11", "Strelsau Press Agency")
        .claim(
            ["o-fund", "contributedTo", "o-relief"],
            Happened,
            "2024-03-10",
            "The World Grain Fund gave Red Lantern Relief 4 million crowns on Sunday.",
        )
        .amount(4_000_000.0, "CZK", "4 million crowns")
        .claim(
            ["c-sylvania", "contributedTo", "o-fund"],
            Happened,
            "2024-03",
            "Sylvania paid 12 million crowns into the World Grain Fund this month.",
        )
        .amount(12_000_000.0, "CZK", "12 million crowns")
        .claim(
            ["o-relief", "contributedTo", "g-families"],
            Happened,
            "2024-03-11",
            "Red Lantern Relief handed out flour to families in the flooded delta.",
        )
        .claim(
            ["p-tanaka", "visited", "t-port-ellen"],
            Happened,
            "2024-03-08/2024-03-09",
            "Mei Tanaka visited Port Ellen on Friday and Saturday.",
        )
        .claim(
            ["p-tanaka", "metWith", "p-diallo"],
            Happened,
            "2024-03-09",
            "There she met Amina Diallo, who chairs the Council of the Straits.",
        )
        .at("t-port-ellen")
        .claim(
            ["p-lind", "spokespersonFor", "o-relief"],
            Happened,
            "",
            "Jonas Lind, a spokesperson for Red Lantern Relief, praised the gift.",
        )
        .claim(
            ["p-tanaka", "holdsOffice", "o-fund"],
            Happened,
            "",
            "Mei Tanaka visited Port Ellen on Friday and Saturday.",
        )
        .claim(
            ["p-diallo", "holdsOffice", "o-council"],
            Happened,
            "",
            "There she met Amina Diallo, who chairs the Council of the Straits.",
        )
        .document("a4", "No meeting in Port Ellen", "2024-03-14", "Fredville Post")
        .claim(
            ["p-nowak", "metWith", "p-diallo"],
            Happened,
            "2024-03-13",
            "Ambassador Zofia Nowak met Ms Diallo on Wednesday.",
        )
        .claim(
            ["p-nowak", "metWith", "p-varga"],
            Negated,
            "2024-03",
            "Ms Nowak has not met General Varga this month.",
        )
        .claim(
            ["p-raman", "hosted", "p-diallo"],
            Planned,
            "2024-03-20",
            "Ms Raman will receive Ms Diallo on March 20.",
        )
        .says("o-press")
        .claim(
            ["c-freedonia", "memberOf", "o-council"],
            Happened,
            "",
            "Freedonia is a member of the Council of the Straits.",
        )
        .claim(
            ["c-ruritania", "memberOf", "o-council"],
            Planned,
            "2025",
            "Ruritania is to join the Council of the Straits next year.",
        )
        .claim(
            ["p-raman", "visited", "t-port-ellen"],
            Happened,
            "2024-03-12",
            "Ms Raman visited Port Ellen on Tuesday.",
        )
        .claim(
            ["p-brandt", "visited", "t-port-ellen"],
            Happened,
            "2024-03-12",
            "Ms Brandt visited Port Ellen on the same day.",
        )
        .claim(
            ["p-brandt", "metWith", "p-raman"],
            Happened,
            "2024-03-12",
            "The two ministers, Ms Brandt and Ms Raman, met at the harbor.",
        )
        .at("t-port-ellen")
}
