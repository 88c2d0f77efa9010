//! How often the right name in Latin letters is the likeliest of a whole list for
//! a name in Arabic letters: `retrieve FILE.tsv`, with the two in a row.
//!
//! Rows with the same first column are one query with several right answers;
//! of answers that weigh the same, the right one counts only if all are right.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use silsila::resolve::alike;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let path = std::env::args().nth(1).unwrap_or_default();
    let table = std::fs::read_to_string(&path)?;
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|line| line.split_once('\t')).collect();
    let mut queries: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (abjad, latin) in &rows {
        queries.entry(abjad).or_default().insert(latin.trim().to_lowercase());
    }
    let answers: BTreeSet<String> = queries.values().flatten().cloned().collect();
    let mut found = 0;
    for (abjad, right) in &queries {
        let mut weighed: Vec<(f64, &String)> =
            answers.iter().map(|answer| (alike(abjad, answer), answer)).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let top = weighed.first().map_or(f64::NEG_INFINITY, |first| first.0);
        let is_right = weighed
            .iter()
            .take_while(|(weight, _)| weight.total_cmp(&top).is_eq())
            .all(|(_, a)| right.contains(*a));
        found += usize::from(is_right);
        if !is_right && std::env::args().nth(2).is_some() {
            let of_right = right.iter().map(|answer| alike(abjad, answer)).fold(f64::MIN, f64::max);
            writeln!(out, "{abjad}\t{right:?}\t{of_right:.1}\t{:?}", weighed.first())?;
        }
    }
    writeln!(
        out,
        "first: {:.3} ({found}/{}) of {} names",
        found as f64 / queries.len() as f64,
        queries.len(),
        answers.len()
    )
}
