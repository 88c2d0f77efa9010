//! Rows out and in: offsets, order of keys, round trips.

use indexmap::IndexMap;
use proptest::prelude::*;

use super::*;
use crate::claim::{Attribution, Claim, ClaimId, Factuality, OfficeQualifier, OfficeStatus};
use crate::date::Interval;
use crate::document::{Document, DocumentId, Source};
use crate::entity::{Entity, EntityId, ReferentId};
use crate::mention::{Gender, Mention, MentionIdx, MentionKind, Referent, ReferentIdx, Supertype};
use crate::ontology::Ontology;
use crate::resolution::Resolution;
use crate::span::{ScalarOffsets, Span};
use crate::token::{Amount, Annotated, DateKind, DateMention, Skipped, TokenIdx};

/// A text whose characters take one to four bytes.
const TEXT: &str = "😀 Željko met José in Chişinău on 3 May, “they” said; €5 went to him.";

/// The span of a stretch of the text.
fn span(part: &str) -> Span {
    let start = TEXT.find(part).unwrap_or_else(|| panic!("`{part}` is not in the text"));
    Span::new(start, start + part.len())
}

fn annotated() -> Annotated {
    let things = [
        ("Željko", Supertype::Person, "Person"),
        ("José", Supertype::Person, "Person"),
        ("Chişinău", Supertype::Place, "City"),
    ];
    let mut mentions = Vec::new();
    let mut referents = Vec::new();
    for (at, (name, supertype, class)) in things.into_iter().enumerate() {
        mentions.push(Mention {
            span: span(name),
            tokens: 0..0,
            head: TokenIdx(0),
            supertype,
            class: class.to_owned(),
            kind: MentionKind::Name,
            referent: ReferentIdx(at as u32),
        });
        referents.push(Referent {
            name: format!("{name} N."),
            supertype,
            class: class.to_owned(),
            mentions: vec![MentionIdx(at as u32)],
            offices: Vec::new(),
            gender: Gender::Unknown,
            country: None,
            wikidata: None,
            is_named: true,
            members: Vec::new(),
            also: Vec::new(),
            mistranslated: Vec::new(),
        });
    }
    mentions.push(Mention { span: span("him"), kind: MentionKind::Pronoun, ..mentions[1].clone() });
    let may = "2023-05-03".parse().ok();
    Annotated {
        document: Document {
            id: DocumentId("d".to_owned()),
            text: TEXT.to_owned(),
            published: None,
            language: Some("en".to_owned()),
            source: Source { path: Some("a.txt".to_owned()), ..Source::default() },
        },
        language: "en".to_owned(),
        published: "2023-05-04".parse().ok(),
        tokens: Vec::new(),
        sentences: Vec::new(),
        mentions,
        referents,
        dates: vec![
            DateMention {
                span: span("3 May"),
                interval: Interval { from: may, to: may },
                kind: DateKind::Date,
            },
            DateMention {
                span: span("3"),
                interval: Interval { from: None, to: None },
                kind: DateKind::Duration { days: 3 },
            },
        ],
        amounts: vec![Amount { span: span("€5"), value: 5.0, unit: "EUR".to_owned() }],
        skipped: vec![Skipped { span: span("him."), reason: "notice".to_owned() }],
    }
}

fn claim() -> Claim {
    Claim {
        id: ClaimId("c".to_owned()),
        document: DocumentId("d".to_owned()),
        relation: "metWith".to_owned(),
        subject: MentionIdx(0),
        object: MentionIdx(3),
        factuality: Factuality::Happened,
        when: Some(Interval { from: "2023-05-03".parse().ok(), to: None }),
        place: Some(MentionIdx(2)),
        amount: Some(Amount { span: span("€5"), value: 5.5, unit: "EUR".to_owned() }),
        office: Some(OfficeQualifier {
            title: "mayor".to_owned(),
            span: span("met"),
            of: Some(MentionIdx(2)),
            status: Some(OfficeStatus::Former),
        }),
        attribution: Some(Attribution::Words(span("they"))),
        evidence: span("Željko met José in Chişinău on 3 May"),
        trigger: span("met"),
        pattern: "p".to_owned(),
        confidence: 0.1 + 0.2,
    }
}

fn resolution() -> Resolution {
    let id = EntityId("q".to_owned());
    let entity = Entity {
        id: id.clone(),
        name: "José Ortega".to_owned(),
        supertype: Supertype::Person,
        class: "Person".to_owned(),
        names: Vec::new(),
        offices: Vec::new(),
        wikidata: Some("Q1".to_owned()),
        same_as: vec!["https://example.org/a".to_owned()],
        mistranslated: Vec::new(),
        documents: 1,
        referents: Vec::new(),
    };
    let referent = ReferentId { document: DocumentId("d".to_owned()), referent: ReferentIdx(1) };
    Resolution {
        entities: IndexMap::from([(id.clone(), entity)]),
        decisions: Vec::new(),
        of: IndexMap::from([(referent, id)]),
        ..Resolution::default()
    }
}

fn json(row: &impl Row) -> String {
    let mut out = Vec::new();
    write_row(&mut out, row).expect("memory does not fail");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn claim_row() -> ClaimRow {
    let annotated = annotated();
    let offsets = ScalarOffsets::new(TEXT);
    ClaimRow::new(&claim(), &annotated, &offsets, &Ontology::default())
}

#[test]
fn annotation_in_scalar_values() {
    let row = json(&AnnotationRow::new(&annotated()));
    assert_eq!(
        row,
        concat!(
            r#"{"v":1,"document":"d","language":"en","published":"2023-05-04","mentions":["#,
            r#"{"id":"m0","start":2,"end":8,"text":"Željko","class":"Person","supertype":"Person","kind":"name","entity":"e0"},"#,
            r#"{"id":"m1","start":13,"end":17,"text":"José","class":"Person","supertype":"Person","kind":"name","entity":"e1"},"#,
            r#"{"id":"m2","start":21,"end":29,"text":"Chişinău","class":"City","supertype":"Place","kind":"name","entity":"e2"},"#,
            r#"{"id":"m3","start":64,"end":67,"text":"him","class":"Person","supertype":"Person","kind":"pronoun","entity":"e1"}],"#,
            r#""dates":[{"start":33,"end":38,"text":"3 May","from":"2023-05-03","to":"2023-05-03"},"#,
            r#"{"start":33,"end":34,"text":"3","days":3}],"#,
            r#""amounts":[{"start":53,"end":55,"text":"€5","value":5,"unit":"EUR"}],"#,
            r#""skipped":[{"start":64,"end":68,"reason":"notice"}]}"#,
            "\n"
        )
    );
    let scalars: Vec<char> = TEXT.chars().collect();
    assert_eq!(scalars[64..67].iter().collect::<String>(), "him");
}

#[test]
fn claim_as_its_document_has_it_and_resolved() {
    let mut row = claim_row();
    assert_eq!(
        json(&row),
        concat!(
            r#"{"v":1,"id":"c","document":"d","published":"2023-05-04","source":{"path":"a.txt"},"relation":"metWith","#,
            r#""subject":{"mention":"m0","start":2,"end":8,"text":"Željko","name":"Željko N.","class":"Person","entity":"e0"},"#,
            r#""object":{"mention":"m3","start":64,"end":67,"text":"him","name":"José N.","class":"Person","entity":"e1"},"#,
            r#""factuality":"happened","from":"2023-05-03","#,
            r#""place":{"mention":"m2","start":21,"end":29,"text":"Chişinău","name":"Chişinău N.","class":"City","entity":"e2"},"#,
            r#""amount":{"start":53,"end":55,"text":"€5","value":5.5,"unit":"EUR"},"#,
            r#""office":{"title":"mayor","of":"Chişinău N.","of_entity":"e2","of_mention":"m2","status":"former"},"#,
            r#""attribution":{"start":41,"end":45,"text":"they"},"#,
            r#""evidence":{"start":2,"end":38,"text":"Željko met José in Chişinău on 3 May"},"#,
            r#""trigger":{"start":9,"end":12,"text":"met"},"pattern":"p","confidence":0.3}"#,
            "\n"
        )
    );
    row.resolve(&resolution());
    let end =
        EndRow { entity: "q".to_owned(), name: "José Ortega".to_owned(), ..row.object.clone() };
    assert_eq!(row.object, end);
    // Who has no entity stays as the document has it.
    assert_eq!(row.subject, claim_row().subject);
    let statement = row.statement().expect("the row is whole");
    assert_eq!(statement.object.entity, EntityId("q".to_owned()));
    assert_eq!(statement.when, claim().when);
    assert_eq!((statement.evidence.start, statement.evidence.end), (2, 38));
}

#[test]
fn unknown_fields_are_passed_over_and_later_versions_refused() {
    let read = |lines: &str| -> Vec<Result<String, String>> {
        let rows = Rows::<PairRow, _>::new(lines.as_bytes());
        rows.map(|row| row.map(|row| row.a).map_err(|error| error.to_string())).collect()
    };
    assert_eq!(
        read(
            "{\"a\": \"x\", \"b\": \"y\", \"c\": 1, \"class\": null}\n\n{\"v\": 2, \"a\": \"x\", \"b\": \"y\"}\n{\"a\": 1}\nx"
        ),
        [
            Ok("x".to_owned()),
            Err("line 3 is a row of version 2, known is 1".to_owned()),
            Err("line 4 is not such a row".to_owned()),
            Err("line 5 is not such a row".to_owned()),
        ]
    );
}

/// Writes a row, reads it, and writes it again.
fn round_trip<T: Row + PartialEq + std::fmt::Debug>(row: &T) {
    let line = json(row);
    assert!(line.ends_with('\n') && line.matches('\n').count() == 1, "{line}");
    let mut back = Rows::<T, _>::new(line.as_bytes());
    let read = back.next().expect("there is a row").expect("it can be read");
    assert_eq!(&read, row);
    assert_eq!(json(&read), line);
    assert!(back.next().is_none());
}

#[test]
fn rows_out_and_in_are_equal() {
    let annotated = annotated();
    let offsets = ScalarOffsets::new(TEXT);
    let document = DocumentRow::annotated(&annotated, &offsets);
    round_trip(&document);
    round_trip(&DocumentRow::new(&annotated.document));
    assert_eq!(DocumentRow::new(&annotated.document).into_document(), annotated.document);
    round_trip(&AnnotationRow::new(&annotated));
    round_trip(&claim_row());
    let attribution = Some(AttributionRow::End(claim_row().subject));
    round_trip(&ClaimRow { attribution, place: None, office: None, ..claim_row() });
    let resolution = resolution();
    for entity in resolution.entities.values() {
        round_trip(&EntityRow::new(entity));
    }
    let reasons = vec![ReasonRow { feature: "f".to_owned(), weight: -1.5, detail: "d".to_owned() }];
    round_trip(&ComparisonRow {
        v: VERSION,
        id: serde_json::json!({"any": [1, null]}),
        judgement: "same".to_owned(),
        score: 1.0,
        reasons: reasons.clone(),
    });
    let side = SideRow {
        document: "d".to_owned(),
        referent: "e0".to_owned(),
        name: "N".to_owned(),
        entity: None,
    };
    round_trip(&DecisionRow {
        v: VERSION,
        a: side.clone(),
        b: side,
        basis: Some("same name".to_owned()),
        of: Some(2),
        judgement: "different".to_owned(),
        score: 0.0,
        reasons,
        author: "silsila".to_owned(),
        rejected: Some("r".to_owned()),
    });
}

proptest! {
    #[test]
    fn any_text_goes_out_and_in(text in "\\PC*|[\"\\\\\n\r\u{2028}\u{0}]*", value in any::<f64>()) {
        prop_assume!(value.is_finite());
        let quote = QuoteRow { start: 0, end: text.chars().count() as u32, text: text.clone() };
        let amount = AmountRow { start: 0, end: 0, text: text.clone(), value, unit: text };
        round_trip(&ClaimRow { evidence: quote, amount: Some(amount), confidence: value, ..claim_row() });
    }
}
