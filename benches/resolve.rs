//! Resolves the names of a made-up world, of sizes given as arguments or of 10,000
//! and 100,000 different names: `cargo bench --bench resolve -- 10000 100000 1000000`.
//!
//! `--write FILE` writes the candidates with the truth and the answer as CSV
//! instead, for other programs to try (`scripts/bench_splink.py`).
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a report for the terminal")]

mod world;

use std::io::Write;
use std::time::Instant;

use silsila::mention::Supertype;
use silsila::resolution::Resolution;
use silsila::resolve::{ResolveOptions, resolve_with};

use world::{Quality, World};

const SEED: u64 = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments.iter().position(|a| a == "--write").map(|at| arguments[at + 1].clone());
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    println!(
        "    names candidates  entities     pairs seconds    CPU exponent peak MB  people: pairs P/R     B3 P/R   bodies: pairs P/R     B3 P/R"
    );
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let world = World::new(size, SEED);
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let (resolution, diagnostics) = resolve_with(&world.candidates, &ResolveOptions::default());
        let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let exponent = before.map(|(n, s)| (cpu / s).ln() / (size as f64 / n as f64).ln());
        before = Some((size, cpu));
        let [people, bodies] = [Supertype::Person, Supertype::Organization]
            .map(|supertype| show(quality(&world, &resolution, supertype)));
        println!(
            "{:9} {:10} {:9} {:9} {seconds:7.1} {cpu:6.1} {:>8} {:7}   {people}   {bodies}",
            world.names,
            world.candidates.len(),
            resolution.entities.len(),
            resolution.compared,
            exponent.map_or_else(|| "–".to_owned(), |e| format!("{e:.2}")),
            peak_memory() / 1024,
        );
        for diagnostic in diagnostics {
            println!("{diagnostic}");
        }
        if let Some(file) = &file {
            write(file, &world, &resolution);
        }
    }
}

/// The quality of what was made of the candidates of one class.
fn quality(world: &World, resolution: &Resolution, supertype: Supertype) -> Quality {
    Quality::of(
        (world.candidates.iter().zip(&world.truth))
            .filter(|(candidate, _)| candidate.referent.supertype == supertype)
            .map(|(candidate, truth)| (&resolution.of[&candidate.id], *truth)),
    )
}

fn show(quality: Quality) -> String {
    let Quality { pair_precision, pair_recall, b3_precision, b3_recall } = quality;
    format!("{pair_precision:.4} {pair_recall:.4} {b3_precision:.4} {b3_recall:.4}")
}

/// Writes the people and bodies as a table.
fn write(file: &str, world: &World, resolution: &Resolution) {
    let mut out = csv::Writer::from_path(file).unwrap();
    out.write_record([
        "id",
        "truth",
        "ours",
        "class",
        "name",
        "document",
        "country",
        "gender",
        "office",
        "companions",
    ])
    .unwrap();
    for (i, (candidate, truth)) in world.candidates.iter().zip(&world.truth).enumerate() {
        let referent = &candidate.referent;
        if referent.supertype == Supertype::Place {
            continue;
        }
        let ours = resolution.entities.get_index_of(&resolution.of[&candidate.id]).unwrap();
        out.write_record([
            i.to_string().as_str(),
            &truth.to_string(),
            &ours.to_string(),
            referent.supertype.as_str(),
            &referent.name,
            &candidate.id.document.0,
            referent.country.as_deref().unwrap_or(""),
            match referent.gender {
                silsila::mention::Gender::Masculine => "m",
                silsila::mention::Gender::Feminine => "f",
                silsila::mention::Gender::Unknown => "",
            },
            referent.offices.first().map_or("", |office| &office.title),
            &candidate.companions.join("|"),
        ])
        .unwrap();
    }
    out.flush().unwrap();
    std::io::stdout().flush().unwrap();
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// Seconds of processor time so far, of all threads (Linux counts hundredths).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
