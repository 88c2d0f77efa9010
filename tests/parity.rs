//! The English pipeline against spaCy's own output, which
//! `scripts/parity_fixture.py` wrote down. Tokens must be equal; of everything
//! else one in a thousand may differ, since our weights have half precision.

#![cfg(test)]

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;
use silsila::annotate::model::Pipeline;
use silsila::lang::en::model::{TABLES, WEIGHTS};
use silsila::token::Analysis;

const FIXTURE: &str = include_str!("fixtures/parity.jsonl");
const FLOOR: f64 = 0.999;

#[derive(Default)]
struct Agreement {
    total: usize,
    differences: Vec<String>,
}

#[test]
fn results_are_those_of_spacy() {
    let pipeline = Pipeline::english();
    let mut fields: BTreeMap<&str, Agreement> = BTreeMap::new();
    for line in FIXTURE.lines() {
        let row: Value = serde_json::from_str(line).expect("the fixture is JSON");
        let text = row["text"].as_str().expect("a text");
        compare(text, &row, &pipeline.analyze(text), &mut fields);
    }
    for (field, Agreement { total, differences }) in &fields {
        let allowed =
            if *field == "token" { 0 } else { (*total as f64 * (1.0 - FLOOR)).floor() as usize };
        println!("{field}: {} of {total} differ: {differences:?}", differences.len());
        assert!(*total > 700, "only {total} of '{field}' were compared");
        assert!(
            differences.len() <= allowed,
            "{} of {total} of '{field}' differ from spaCy's, {allowed} may: {differences:#?}",
            differences.len()
        );
    }
}

#[test]
fn results_depend_on_neither_order_nor_thread() {
    let texts: Vec<String> = FIXTURE
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("the fixture is JSON"))
        .map(|row| row["text"].as_str().expect("a text").to_owned())
        .collect();
    let load = || Pipeline::load(WEIGHTS, TABLES).expect("the embedded model");
    let pipeline = load();
    let expected: Vec<Analysis> = texts.iter().map(|text| pipeline.analyze(text)).collect();
    let pipeline = load();
    let mut found: Vec<Analysis> =
        texts.par_iter().rev().map(|text| pipeline.analyze(text)).collect();
    found.reverse();
    for ((text, found), expected) in texts.iter().zip(found).zip(expected) {
        assert_eq!(found, expected, "{text:?}");
    }
}

fn compare<'f>(
    text: &str,
    row: &Value,
    found: &Analysis,
    fields: &mut BTreeMap<&'f str, Agreement>,
) {
    let mut check = |field: &'f str, word: &str, found: &str, expected: &str| {
        let agreement = fields.entry(field).or_default();
        agreement.total += 1;
        if found != expected {
            agreement.differences.push(format!("{word:?}: {found:?}, spaCy {expected:?}"));
        }
    };
    let numbers = |name: &str| -> Vec<usize> {
        let list = row[name].as_array().expect("a list");
        list.iter().map(|n| n.as_u64().expect("a number") as usize).collect()
    };
    let words = |name: &str| -> Vec<&str> {
        row[name].as_str().expect("a column").split_whitespace().collect()
    };
    // The fixture counts characters.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans: Vec<(usize, usize)> =
        numbers("spans").chunks_exact(2).map(|s| (bytes[s[0]], bytes[s[1]])).collect();
    let tokens: Vec<(usize, usize)> =
        found.tokens.iter().map(|t| (t.span.start(), t.span.end())).collect();
    for at in 0..tokens.len().max(spans.len()) {
        let shown = |list: &[(usize, usize)]| format!("{:?}", list.get(at));
        check("token", text, &shown(&tokens), &shown(&spans));
    }
    if tokens != spans {
        return;
    }
    let heads = numbers("head");
    let starts = numbers("sentences");
    let (tags, upos, morphs, deprels) =
        (words("tag"), words("upos"), words("morph"), words("deprel"));
    let lemmas = row["lemma"].as_array().expect("a list");
    for (at, token) in found.tokens.iter().enumerate() {
        let word = token.span.slice(text);
        check("tag", word, &token.tag, tags[at]);
        check("upos", word, token.upos, upos[at]);
        let morph = if token.morph.is_empty() { "_" } else { &token.morph };
        check("morph", word, morph, morphs[at]);
        check("lemma", word, &token.lemma, lemmas[at].as_str().expect("a lemma"));
        let (head, expected) = (token.head.index().to_string(), heads[at].to_string());
        check("head", word, &head, &expected);
        check("deprel", word, &token.deprel, deprels[at]);
        let is_start = starts.contains(&at);
        check("sentence", word, &token.starts_sentence.to_string(), &is_start.to_string());
    }
    let mut ours: Vec<String> = found
        .entities
        .iter()
        .map(|e| format!("{}..{} {}", e.tokens.start, e.tokens.end, e.label))
        .collect();
    let theirs: Vec<String> = row["entities"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| format!("{}..{} {}", e[0], e[1], e[2].as_str().expect("a label")))
        .collect();
    for expected in &theirs {
        let at = ours.iter().position(|found| found == expected);
        let found = at.map_or_else(|| "none".to_owned(), |at| ours.remove(at));
        check("entity", text, &found, expected);
    }
    for extra in ours {
        check("entity", text, &extra, "none");
    }
}
