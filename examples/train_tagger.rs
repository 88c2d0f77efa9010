//! Trains the tagger of names: `train_tagger LANGUAGE < CORPUS.jsonl > tagger.tsv`.
//!
//! A line of the corpus is `{"tokens": […], "entities": [{"start", "end",
//! "type"}]}`, `type` one of `NEP` or `PERSON`, `NEL` or `LOCATION`, `NEO` or
//! `ORGANIZATION`. The weights are those of an averaged perceptron (Collins
//! 2002), in hundredths; features that weigh little are left out.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, Write as _};

use silsila::annotate::shallow::features_of;
use silsila::lang::tagger::{LABELS, Label, Scores, Tagger};

const ROUNDS: usize = 7;
/// A feature of fewer tokens is left out.
const SEEN: u32 = 3;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let tag = std::env::args().nth(1).unwrap_or_default();
    let Some(language) = silsila::lang::find(&tag) else {
        eprintln!("no language with the tag {tag:?}");
        return Ok(());
    };
    let mut sentences: Vec<(Vec<Vec<String>>, Vec<Label>)> = Vec::new();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(row) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        let tokens: Vec<&str> =
            row["tokens"].as_array().into_iter().flatten().filter_map(|t| t.as_str()).collect();
        let mut kinds = vec![Label::Out; tokens.len()];
        let mut starts = vec![false; tokens.len()];
        for entity in row["entities"].as_array().into_iter().flatten() {
            let label = match entity["type"].as_str() {
                Some("NEP" | "PERSON") => Label::Person,
                Some("NEL" | "LOCATION") => Label::Place,
                Some("NEO" | "ORGANIZATION") => Label::Body,
                _ => continue,
            };
            let at = |key: &str| entity[key].as_u64().unwrap_or(0) as usize;
            for i in at("start")..at("end").min(tokens.len()) {
                kinds[i] = label;
                starts[i] = i == at("start");
            }
        }
        // A token that joins words is several.
        let (mut words, mut labels) = (Vec::new(), Vec::new());
        for (i, token) in tokens.iter().enumerate() {
            for (j, word) in token.split('_').filter(|word| !word.is_empty()).enumerate() {
                words.push(word);
                labels.push(if starts[i] && j == 0 { kinds[i] } else { inside(kinds[i]) });
            }
        }
        sentences.push((features_of(&words, language), labels));
    }
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for feature in sentences.iter().flat_map(|(features, _)| features.iter().flatten()) {
        *seen.entry(feature).or_default() += 1;
    }
    let kept: Vec<(Vec<Vec<String>>, &Vec<Label>)> = sentences
        .iter()
        .map(|(features, labels)| {
            let keep = |own: &Vec<String>| -> Vec<String> {
                own.iter().filter(|f| seen[f.as_str()] >= SEEN).cloned().collect()
            };
            (features.iter().map(keep).collect(), labels)
        })
        .collect();
    let (mut weights, mut steps) = (HashMap::<String, Scores>::new(), [[0; LABELS]; LABELS]);
    let (mut sums, mut step_sums) =
        (HashMap::<String, [i64; LABELS]>::new(), [[0_i64; LABELS]; LABELS]);
    let mut turn: i64 = 1;
    let mut order: Vec<usize> = (0..kept.len()).collect();
    for round in 0..ROUNDS {
        // A fixed shuffle, so that the weights are the same each time.
        order.sort_by_key(|&i| {
            (i as u64).wrapping_mul(2_654_435_761 + 97 * round as u64) % 1_000_003
        });
        let mut wrong = 0;
        for &i in &order {
            let (features, gold) = &kept[i];
            turn += 1;
            let guess = Tagger::new(std::mem::take(&mut weights), steps);
            let found = guess.tag(features);
            weights = guess.into_weights();
            if &found == *gold {
                continue;
            }
            wrong += 1;
            for (labels, sign) in [(*gold, 1), (&found, -1)] {
                let mut before = 0;
                for (own, label) in features.iter().zip(labels) {
                    let at = Label::ALL.iter().position(|l| l == label).unwrap_or(0);
                    for feature in own {
                        weights.entry(feature.clone()).or_default()[at] += sign;
                        sums.entry(feature.clone()).or_default()[at] += turn * i64::from(sign);
                    }
                    steps[before][at] += sign;
                    step_sums[before][at] += turn * i64::from(sign);
                    before = at;
                }
            }
        }
        eprintln!("round {round}: {wrong} of {} sentences wrong", kept.len());
    }
    let averaged = |weight: i32, sum: i64| 100 * i64::from(weight) - 100 * sum / turn;
    writeln!(
        out,
        "# Weights of the tagger of names, in hundredths, for each label: O, B-PER, I-PER, B-LOC, I-LOC, B-ORG, I-ORG."
    )?;
    writeln!(out, "# Made by examples/train_tagger.rs; see SOURCES.md. Do not edit.")?;
    for (at, (weights, sums)) in steps.iter().zip(&step_sums).enumerate() {
        let row: Vec<String> =
            weights.iter().zip(sums).map(|(w, s)| averaged(*w, *s).to_string()).collect();
        writeln!(out, ">{at}\t{}", row.join(" "))?;
    }
    let sorted: BTreeMap<&String, &Scores> = weights.iter().collect();
    for (feature, weights) in sorted {
        let row: Vec<i64> =
            weights.iter().zip(&sums[feature]).map(|(w, s)| averaged(*w, *s)).collect();
        if row.iter().any(|weight| weight.abs() >= 60) {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            writeln!(out, "{feature}\t{}", row.join(" "))?;
        }
    }
    Ok(())
}

fn inside(label: Label) -> Label {
    match label {
        Label::Person => Label::PersonInside,
        Label::Place => Label::PlaceInside,
        Label::Body => Label::BodyInside,
        other => other,
    }
}
