//! Reads documents as JSON lines and writes the dates found in them, one row a
//! document, as the stage `annotate` does: `dates annotate - < documents.jsonl`.

use std::io::{BufRead, Write};

use silsila::annotate::dates;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("");
        let published = row["published"].as_str().and_then(|date| date.parse().ok());
        let dates: Vec<serde_json::Value> = dates::find(text, &[], published)
            .iter()
            .map(|date| {
                let chars = |at: usize| text.get(..at).map_or(0, |head| head.chars().count());
                let mut row = serde_json::json!({
                    "start": chars(date.span.start()), "end": chars(date.span.end()),
                    "text": date.span.slice(text), "kind": format!("{:?}", date.kind),
                });
                for (key, end) in [("from", date.interval.from), ("to", date.interval.to)] {
                    if let Some(end) = end {
                        row[key] = end.to_string().into();
                    }
                }
                row
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"v": 1, "document": row["id"], "dates": dates}))?;
    }
    Ok(())
}
