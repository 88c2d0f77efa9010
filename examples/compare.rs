//! Compares names: rows `{"id", "a", "b", "class"}` on standard input, rows with
//! judgement, score and reasons on standard output.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};
use silsila::mention::Supertype;
use silsila::resolve::compare;

fn main() -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
        let supertype = Supertype::from_name(text("class")).unwrap_or(Supertype::Person);
        let comparison = compare(text("a"), text("b"), supertype);
        let reasons: Vec<Value> = comparison
            .reasons
            .iter()
            .map(|r| json!({"feature": r.feature, "weight": r.weight, "detail": r.detail}))
            .collect();
        let row = json!({
            "v": 1,
            "id": row.get("id"),
            "judgement": comparison.judgement.as_str(),
            "score": comparison.score,
            "reasons": reasons,
        });
        writeln!(out, "{row}")?;
    }
    Ok(())
}
