//! How long the English pipeline takes: to load, and for the texts of the parity
//! fixture, paragraphs of press releases.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use silsila::annotate::model::Pipeline;
use silsila::lang::en::model::{TABLES, WEIGHTS};

fn texts() -> Vec<String> {
    let fixture = include_str!("../tests/fixtures/parity.jsonl");
    let rows = fixture.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    rows.filter(|row| row["source"] != "made up")
        .filter_map(|row| row["text"].as_str().map(str::to_owned))
        .collect()
}

fn analyze(criterion: &mut Criterion) {
    let texts = texts();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let load = || Pipeline::load(WEIGHTS, TABLES).expect("the embedded model");

    let mut group = criterion.benchmark_group("english");
    group.sample_size(10);
    group.bench_function("load", |bencher| bencher.iter(load));
    group.throughput(Throughput::Elements(words as u64));
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

criterion_group!(benches, analyze);
criterion_main!(benches);
