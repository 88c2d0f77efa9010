//! A folder of articles through all stages.

use std::io::Cursor;
use std::ops::Range;
use std::sync::LazyLock;

use super::*;
use crate::document::{DocumentId, Source};
use crate::ledger::Ledger;
use crate::mention::{Gender, Mention, MentionIdx, MentionKind, Referent, ReferentIdx, Supertype};
use crate::span::Span;
use crate::token::TokenIdx;

/// A stand-in for annotation: every word with a capital is a person, and the
/// word "defect" is one.
fn annotate(document: Document) -> (Annotated, Vec<Diagnostic>) {
    assert!(!document.text.contains("defect"), "this text finds a defect");
    let mut mentions = Vec::new();
    let mut referents = Vec::new();
    let mut at = 0;
    for word in document.text.split(' ') {
        let span = Span::new(at, at + word.len());
        at += word.len() + 1;
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        let idx = mentions.len() as u32;
        mentions.push(Mention {
            span,
            tokens: Range::default(),
            head: TokenIdx(0),
            supertype: Supertype::Person,
            class: "Person".to_owned(),
            kind: MentionKind::Name,
            referent: ReferentIdx(idx),
        });
        referents.push(Referent {
            name: word.to_owned(),
            supertype: Supertype::Person,
            class: "Person".to_owned(),
            mentions: vec![MentionIdx(idx)],
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
    let annotated = Annotated {
        language: document.language.clone().unwrap_or_default(),
        published: document.published,
        document,
        tokens: Vec::new(),
        sentences: Vec::new(),
        mentions,
        referents,
        dates: Vec::new(),
        amounts: Vec::new(),
        skipped: Vec::new(),
    };
    (annotated, Vec::new())
}

fn document(id: &str, text: &str, path: &str) -> Document {
    Document {
        id: DocumentId(id.to_owned()),
        text: text.to_owned(),
        published: None,
        language: None,
        source: Source { path: Some(path.to_owned()), ..Source::default() },
    }
}

/// No rulings, no lists.
fn nothing() -> Decided<'static> {
    static LEDGER: LazyLock<Ledger> = LazyLock::new(Ledger::default);
    Decided { ledger: &LEDGER, references: &[], earlier: None }
}

fn options(threads: usize) -> PipelineOptions {
    PipelineOptions { threads, ..PipelineOptions::default() }
}

/// What a run over documents makes of their ids, and says.
fn run(documents: Vec<Result<Document, Diagnostic>>, threads: usize) -> (Vec<String>, Counts) {
    let ontology = Ontology::default();
    let pipeline = Pipeline::new(&annotate, &ontology, options(threads)).expect("threads start");
    let mut steps = Vec::new();
    let counts = pipeline.run(
        documents,
        |annotated, _| annotated.document.id.0.clone(),
        |step| {
            steps.push(match step {
                Step::Done(id) => id,
                Step::Found(Diagnostic { severity, place, .. }) => format!("{severity:?} {place}"),
            });
            Ok::<(), ()>(())
        },
    );
    (steps, counts.expect("nothing fails"))
}

/// The rows that `build` writes, and what it says.
fn build(documents: Vec<Document>, threads: usize) -> ([String; 4], Vec<Diagnostic>) {
    let ontology = Ontology::default();
    let pipeline = Pipeline::new(&annotate, &ontology, options(threads)).expect("threads start");
    let mut found = Vec::new();
    let built =
        pipeline.build(documents.into_iter().map(Ok), nothing(), Cursor::new(Vec::new()), |step| {
            if let Step::Found(diagnostic) = step {
                found.push(diagnostic);
            }
            Ok::<(), PipelineError>(())
        });
    let mut built = built.expect("memory does not fail");
    let mut out = [const { Vec::new() }; 4];
    let [documents, claims, entities, decisions] = &mut out;
    built.write_documents(documents).expect("memory does not fail");
    built.write_claims(claims).expect("memory does not fail");
    built.write_entities(entities).expect("memory does not fail");
    built.write_decisions(decisions).expect("memory does not fail");
    built.graph().expect("the claims make a graph");
    (out.map(|out| String::from_utf8(out).expect("rows are UTF-8")), found)
}

#[test]
fn steps_come_in_the_order_of_documents() {
    let note = || Diagnostic::new(Severity::Note, "n", "A note.");
    let error = || Diagnostic::new(Severity::Error, "e", "An error.");
    for threads in [1, 3] {
        let mut documents: Vec<_> =
            (0..500).map(|n| Ok(document(&format!("{n:03}"), "Ann met Bob.", "f"))).collect();
        documents.insert(0, Err(error()));
        documents.insert(300, Err(note()));
        let (steps, counts) = run(documents, threads);
        let mut want: Vec<String> = (0..500).map(|n| format!("{n:03}")).collect();
        want.insert(0, "Error e".to_owned());
        want.insert(300, "Note n".to_owned());
        assert_eq!(steps, want);
        let want = Counts {
            documents: 500,
            passed_over: 1,
            words: 1500,
            errors: 1,
            warnings: 0,
            unnamed: 0,
        };
        assert_eq!(counts, want);
    }
}

#[test]
fn what_cannot_be_worked_on_is_passed_over() {
    let cases = [
        ("Ann met Bob.", None, "1"),
        (
            "Der Kanzler sprach am Montag mit der Ministerin über die Lage im Osten.",
            None,
            "Error f",
        ),
        ("وزیر خارجه روز پنجشنبه در تهران با سفیر چین دیدار کرد", None, "Error f"),
        ("وزیر خارجہ نے چینی سفیر سے ملاقات کی۔", None, "1"),
        ("Ann met Bob.", Some("fa-AF"), "Error f"),
        ("Der Kanzler sprach am Montag mit der Ministerin.", Some("en-GB"), "1"),
        ("+++ 48.77 +++", None, "Warning f"),
        ("Ann met a defect.", None, "Error f"),
    ];
    for (text, language, want) in cases {
        let language = language.map(str::to_owned);
        let document = Document { language, ..document("1", text, "f") };
        let (steps, counts) = run(vec![Ok(document)], 1);
        assert_eq!(steps, [want], "{text}");
        assert_eq!(counts.documents + counts.passed_over, 1, "{text}");
    }
}

#[test]
fn an_article_counts_once() {
    let check = |documents: Vec<Document>, kept: &str, said: &[Severity]| {
        let mut reversed = documents.clone();
        reversed.reverse();
        for documents in [documents, reversed] {
            let ([rows, ..], found) = build(documents, 2);
            assert_eq!(rows.lines().count(), 1, "{rows}");
            assert!(rows.contains(kept), "{rows}");
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), said);
        }
    };
    let bare = document("1", "Ann met Bob.", "b.txt");
    let dated = Document { published: "2023".parse().ok(), ..bare.clone() };
    let other = document("1", "Ann left.", "c.txt");
    let earlier = document("1", "Ann met Bob.", "a.txt");
    check(vec![bare.clone(), bare.clone()], "b.txt", &[Severity::Note]);
    check(vec![bare.clone(), dated], "2023", &[Severity::Note]);
    check(vec![bare.clone(), earlier], "a.txt", &[Severity::Note]);
    check(vec![bare, other], "b.txt", &[Severity::Error]);
}

#[test]
fn order_and_threads_make_no_difference() {
    let names = ["Ann", "Bob", "Cid", "Dora", "Édith"];
    let mut documents: Vec<_> = (0..300_usize)
        .map(|n| {
            let text = format!("{} met {} on day {n}.", names[n % 5], names[n / 5 % 5]);
            document(&format!("{:x}", n * 7919 % 1000), &text, &format!("{n}.txt"))
        })
        .collect();
    let (want, _) = build(documents.clone(), 1);
    assert_eq!(want[0].lines().count(), 300);
    assert!(want[2].lines().count() >= 5);
    for (step, threads) in [(7, 2), (101, 1), (53, 3)] {
        // A step that shares no factor with their number visits all of them.
        documents = (0..300).map(|n| documents[n * step % 300].clone()).collect();
        let (rows, found) = build(documents.clone(), threads);
        assert_eq!(found, []);
        assert!(rows == want, "step {step}, {threads} threads");
    }
}

/// The files of a folder: documents, referents, claims, entities, decisions.
type Files = [Vec<u8>; 5];

/// What building makes of documents, added to a folder if there is one.
fn built(documents: &[Document], earlier: Option<&Files>) -> Files {
    let ontology = Ontology::default();
    let pipeline = Pipeline::new(&annotate, &ontology, options(1)).expect("threads start");
    let documents = documents.iter().cloned().map(Ok);
    let open = |name: &str| -> io::Result<Box<dyn io::BufRead>> {
        let names = ["documents.jsonl", "referents.jsonl", "claims.jsonl"];
        let at = names.iter().position(|known| *known == name).expect("a file");
        let files = earlier.expect("there is a folder");
        Ok(Box::new(Cursor::new(files[at].clone())))
    };
    let earlier = earlier.map(|_| Earlier { open: &open });
    let decided = Decided { earlier: earlier.as_ref(), ..nothing() };
    let mut built = pipeline
        .build(documents, decided, Cursor::new(Vec::new()), |_| Ok::<(), PipelineError>(()))
        .expect("memory does not fail");
    let mut files = [const { Vec::new() }; 5];
    let [documents, referents, claims, entities, decisions] = &mut files;
    built.write_documents(documents).expect("memory does not fail");
    built.write_referents(referents).expect("memory does not fail");
    built.write_claims(claims).expect("memory does not fail");
    built.write_entities(entities).expect("memory does not fail");
    built.write_decisions(decisions).expect("memory does not fail");
    files
}

#[test]
fn batches_of_articles_give_what_all_at_once_do() {
    let names = ["Ann", "Bob", "Cid", "Dora", "Édith"];
    let documents: Vec<_> = (0..60_usize)
        .map(|n| {
            let text = format!("{} met {} on day {n}.", names[n % 5], names[n / 5 % 5]);
            document(&format!("{:x}", n * 7919 % 1000), &text, &format!("{n}.txt"))
        })
        .collect();
    let want = built(&documents, None);
    for size in [1, 7, 59, 60] {
        let mut folder = None;
        for batch in documents.chunks(size) {
            folder = Some(built(batch, folder.as_ref()));
        }
        assert!(folder.as_ref() == Some(&want), "batches of {size}");
        // What is there already counts once.
        assert!(built(&documents[..9], folder.as_ref()) == want);
    }
    let folder = Folder::read(want[1].as_slice()).expect("they are rows");
    let resolved = folder.resolve(&Ledger::default());
    let mut entities = Vec::new();
    write_entities(&resolved.resolution, &mut entities).expect("memory does not fail");
    assert!(entities == want[3]);
}
