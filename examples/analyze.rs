//! Analyses documents with a pipeline and prints what it says of each, for
//! comparison with spaCy itself (`scripts/parity.py`, `scripts/bench_spacy.py`).
//!
//! Usage: `analyze [--quiet] [MODEL_DIR] < documents.jsonl > analyses.jsonl`.
//!
//! A line of the input is an object with a `text`. A line of the output has the
//! same text's tokens, one list a token (start and end in Unicode scalar values,
//! tag, part of speech, features, lemma, head, label, whether a sentence
//! starts), and its entities (start and end in tokens, label). With `--quiet`
//! no analysis is printed, but the number of tokens and of seconds that loading
//! the model took.

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use silsila::annotate::model::Pipeline;
use silsila::token::Analysis;

fn main() -> anyhow::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_quiet = arguments.first().is_some_and(|a| a == "--quiet");
    if is_quiet {
        arguments.remove(0);
    }
    let start = Instant::now();
    let pipeline = match arguments.first() {
        None => Pipeline::english(),
        Some(folder) => {
            let folder = Path::new(folder);
            let model = std::fs::read(folder.join("model.safetensors"))?;
            let tables = std::fs::read(folder.join("tables.json"))?;
            Pipeline::load(&model, &tables)?
        }
    };
    let loading = start.elapsed().as_secs_f64();
    let mut out = std::io::stdout().lock();
    let mut tokens = 0;
    for line in std::io::stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let Some(text) = document.get("text").and_then(Value::as_str) else {
            anyhow::bail!("a line has no 'text'");
        };
        let analysis = pipeline.analyze(text);
        tokens += analysis.tokens.len();
        if !is_quiet {
            writeln!(out, "{}", row(text, &analysis))?;
        }
    }
    if is_quiet {
        writeln!(out, "{}", json!({ "tokens": tokens, "load": loading }))?;
    }
    Ok(())
}

fn row(text: &str, analysis: &Analysis) -> Value {
    // Offsets in characters, by offsets in bytes.
    let mut characters = vec![0; text.len() + 1];
    for (count, (at, _)) in text.char_indices().enumerate() {
        characters[at] = count;
    }
    characters[text.len()] = text.chars().count();
    let tokens: Vec<Value> = analysis
        .tokens
        .iter()
        .map(|t| {
            json!([
                characters[t.span.start()],
                characters[t.span.end()],
                t.tag,
                t.upos,
                t.morph,
                t.lemma,
                t.head.0,
                t.deprel,
                u8::from(t.starts_sentence),
            ])
        })
        .collect();
    let entities: Vec<Value> =
        analysis.entities.iter().map(|e| json!([e.tokens.start, e.tokens.end, e.label])).collect();
    json!({ "tokens": tokens, "entities": entities })
}
