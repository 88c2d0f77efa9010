//! Sums of money in a language that is read by a grammar.

use std::ops::Range;

use crate::lang::grammar::{Grammar, UnitWord};
use crate::span::Span;
use crate::token::Amount;

/// Finds the sums of money: a number, its scales and a currency before or behind
/// it.
pub(super) fn find(norms: &[String], spans: &[Span], grammar: &Grammar) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < norms.len() {
        match read(norms, at, grammar) {
            Some((value, unit, range)) => {
                if let (Some(first), Some(last)) =
                    (spans.get(range.start), spans.get(range.end - 1))
                {
                    amounts.push(Amount { span: first.cover(*last), value, unit: unit.to_owned() });
                }
                at = range.end;
            }
            None => at += 1,
        }
    }
    amounts
}

fn read(
    norms: &[String],
    at: usize,
    grammar: &Grammar,
) -> Option<(f64, &'static str, Range<usize>)> {
    let currency = |at: usize| match grammar.units.longest(norms, at) {
        Some((length, UnitWord::Currency(code))) => Some((*code, at + length)),
        _ => None,
    };
    let word = norms.get(at)?;
    // "$77m"
    let mut symbol = None;
    let mut digits = word.as_str();
    if let Some(first) = word.chars().next().filter(|c| matches!(c, '$' | '€' | '£' | '₹')) {
        let rest = word.get(first.len_utf8()..).unwrap_or("");
        let table = [first.to_string()];
        symbol = match grammar.units.longest(&table, 0) {
            Some((_, UnitWord::Currency(code))) => Some(*code),
            _ => None,
        };
        digits = rest;
    }
    let (mut value, mut end) = match number(digits, grammar) {
        Some(value) => (value, at + 1),
        None => match grammar.units.longest(norms, at)? {
            (length, UnitWord::Number(value)) => (*value, at + length),
            _ => return None,
        },
    };
    while let Some((length, UnitWord::Scale(scale))) = grammar.units.longest(norms, end) {
        value *= scale;
        end += length;
    }
    if let Some(code) = symbol {
        return Some((value, code, at..end));
    }
    let (code, end) = currency(end)?;
    value.is_finite().then_some((value, code, at..end))
}

/// The value of digits with a scale right behind them ("77m").
fn number(digits: &str, grammar: &Grammar) -> Option<f64> {
    let plain = digits.replace([',', '٬'], "").replace('٫', ".");
    let split = plain.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(plain.len());
    let (number, suffix) = plain.split_at(split);
    let value: f64 = number.parse().ok()?;
    if suffix.is_empty() {
        return Some(value);
    }
    match grammar.units.longest(&[suffix.to_owned()], 0) {
        Some((_, UnitWord::Scale(scale))) => Some(value * scale),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn reads_sums() {
        let grammar = lang::find("ur").and_then(|l| l.grammar.as_ref()).expect("a grammar");
        for (text, want) in [
            ("77 ملین ڈالر", "77000000 USD"),
            ("5m ڈالر", "5000000 USD"),
            ("$9m", "9000000 USD"),
            ("دو کروڑ روپے", "20000000 PKR"),
            ("1,500 یورو", "1500 EUR"),
            ("3.5 ارب ڈالر", "3500000000 USD"),
            ("77 آدمی", ""),
            ("ڈالر", ""),
        ] {
            let norms: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let spans: Vec<Span> = (0..norms.len()).map(|i| Span::new(i, i + 1)).collect();
            let found = find(&norms, &spans, grammar);
            let said = found.first().map_or(String::new(), |a| format!("{} {}", a.value, a.unit));
            assert_eq!(said, want, "{text}");
        }
    }
}
