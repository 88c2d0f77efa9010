//! How long the English pipeline takes: to load, and for the texts of the parity
//! fixture, paragraphs of press releases; and what annotation and extraction
//! take of them, apart.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use silsila::annotate::Annotator;
use silsila::annotate::model::Pipeline;
use silsila::document::{Document, DocumentId, Source};
use silsila::extract::extract;
use silsila::lang::en::model::{TABLES, WEIGHTS};
use silsila::ontology::Ontology;
use silsila::token::Annotated;

fn texts() -> Vec<String> {
    let fixture = include_str!("../tests/fixtures/parity.jsonl");
    let rows = fixture.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    rows.filter(|row| row["source"] != "made up")
        .filter_map(|row| row["text"].as_str().map(str::to_owned))
        .collect()
}

fn words(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.split_whitespace().count() as u64).sum()
}

fn analyze(criterion: &mut Criterion) {
    let texts = texts();
    let load = || Pipeline::load(WEIGHTS, TABLES).expect("the embedded model");

    let mut group = criterion.benchmark_group("english");
    group.sample_size(10);
    group.bench_function("load", |bencher| bencher.iter(load));
    group.throughput(Throughput::Elements(words(&texts)));
    group.bench_function("first pass", |bencher| {
        let run = |pipeline: Pipeline| {
            texts.iter().map(|text| pipeline.analyze(text).tokens.len()).sum::<usize>()
        };
        bencher.iter_batched(load, run, BatchSize::PerIteration);
    });
    let pipeline = load();
    group.bench_function("later passes", |bencher| {
        bencher
            .iter(|| texts.iter().map(|text| pipeline.analyze(text).tokens.len()).sum::<usize>());
    });
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let texts = texts();
    let documents: Vec<Document> = (texts.iter().enumerate())
        .map(|(at, text)| Document {
            id: DocumentId(at.to_string()),
            text: text.clone(),
            published: None,
            language: Some("en".to_owned()),
            source: Source::default(),
        })
        .collect();
    let annotator = Annotator::english();
    let ontology = Ontology::builtin();
    let annotate = |documents: Vec<Document>| -> Vec<Annotated> {
        documents.into_iter().map(|document| annotator.annotate(document).0).collect()
    };
    let annotated = annotate(documents.clone());

    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10);
    group.throughput(Throughput::Elements(words(&texts)));
    group.bench_function("annotate", |bencher| {
        bencher.iter_batched(|| documents.clone(), annotate, BatchSize::PerIteration);
    });
    group.bench_function("extract", |bencher| {
        bencher.iter(|| annotated.iter().map(|a| extract(&ontology, a).0.len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, analyze, stages);
criterion_main!(benches);
