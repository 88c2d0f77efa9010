//! Sums of money.
//!
//! A sum is a number with a currency before it ("US$1.2 billion", "Rs 5
//! crore") or behind it ("77 million dollars"). Counts and percentages are no
//! sums. Currencies and scales are a table of the language; where several
//! countries name theirs alike ("rupees"), the places that the text speaks of
//! decide, and `XXX` stands where they do not.
//!
//! ```
//! use silsila::annotate::amounts;
//!
//! let text = "It gave $77M to one agency and 9 million euros to another.";
//! let found = amounts::find(text, &[]);
//! assert_eq!((found[0].value, found[0].unit.as_str()), (77e6, "USD"));
//! assert_eq!(found[1].span.slice(text), "9 million euros");
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::{Captures, Regex, escape};

use crate::lang::en;
use crate::span::Span;
use crate::token::{Amount, Token};

/// Finds the sums of money in an English text, in text order.
///
/// `tokens` are not needed; they stand here since every finder takes them.
pub fn find(text: &str, tokens: &[Token]) -> Vec<Amount> {
    let _ = tokens;
    let units = Units::english();
    let mut amounts: Vec<Amount> = Vec::new();
    let mut clues: HashMap<&str, &str> = HashMap::new();
    // The number of the last sum, if it has no scale and the next may give it
    // one.
    let mut open: Option<f64> = None;
    for sum in units.sums(text) {
        let Sum { span, number, scale, low, .. } = sum;
        let unit = match sum.currency {
            Currency::Code(code) => code.to_owned(),
            Currency::Bare(bare) => {
                (*clues.entry(&bare.form).or_insert_with(|| bare.decide(text))).to_owned()
            }
        };
        // "$1 to $2 million": the first takes the scale of the second.
        if let (Some(first), Some(last)) = (open.take(), amounts.last_mut()) {
            let between = text.get(last.span.end()..span.start()).unwrap_or("").trim();
            let joins = matches!(between, "to" | "-" | "–" | "—")
                || (between == "and" && ends_with_between(text, last.span.start()));
            if joins && unit == last.unit && first <= number {
                last.value = first * scale;
            }
        }
        let start = low.map_or(span.start(), |low| low.next);
        if let Some(low) = low {
            let value = low.number * if low.number <= number { scale } else { 1.0 };
            let span = Span::new(span.start(), low.end);
            amounts.push(Amount { span, value, unit: unit.clone() });
        } else if scale <= 1.0 {
            open = Some(number);
        }
        amounts.push(Amount { span: Span::new(start, span.end()), value: number * scale, unit });
    }
    amounts
}

/// What a match says.
struct Sum<'u> {
    span: Span,
    number: f64,
    scale: f64,
    currency: Currency<'u>,
    low: Option<Low>,
}

/// The lower end of a range that has one currency ("$1-2 million").
#[derive(Clone, Copy)]
struct Low {
    number: f64,
    /// Where it ends, and where the upper end begins.
    end: usize,
    next: usize,
}

#[derive(Clone, Copy)]
enum Currency<'u> {
    Code(&'u str),
    Bare(&'u Bare),
}

/// A name that several currencies bear.
#[derive(Debug)]
struct Bare {
    form: String,
    unknown: &'static str,
    /// Codes, and words of the text that speak for them.
    clues: Vec<(&'static str, Regex)>,
}

impl Bare {
    /// The code whose clues are most frequent; the first of equals.
    fn decide(&self, text: &str) -> &'static str {
        let mut best = (0, self.unknown);
        for (code, clue) in &self.clues {
            let count = clue.find_iter(text).count();
            if best.0 < count {
                best = (count, code);
            }
        }
        best.1
    }
}

/// The table, as one pattern and the meanings of its words.
#[derive(Debug)]
struct Units {
    /// A currency with the number behind it.
    forward: Regex,
    /// A currency that may have a number before it.
    name: Regex,
    /// A number at the end of the text before a currency.
    backward: Regex,
    /// Codes that are also words.
    rare: HashSet<&'static str>,
    codes: HashMap<String, &'static str>,
    bare: HashMap<String, Bare>,
    scales: HashMap<&'static str, f64>,
    numbers: HashMap<&'static str, f64>,
}

impl Units {
    /// Returns the units of English.
    fn english() -> &'static Self {
        static UNITS: LazyLock<Units> = LazyLock::new(|| Units::new(en::UNITS));
        &UNITS
    }

    /// Reads a table. It is part of the program, so a bad one is a broken
    /// invariant.
    fn new(table: &'static str) -> Self {
        let mut codes = HashMap::new();
        let mut bare = HashMap::new();
        let mut scales = HashMap::new();
        let mut numbers = HashMap::new();
        let (mut symbols, mut names, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut rare = HashSet::new();
        let (mut scale_words, mut letters, mut isos) = (Vec::new(), Vec::new(), Vec::new());
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or("");
            let (class, value, forms, clues) = (next(), next(), next(), next());
            let number =
                || value.parse::<f64>().unwrap_or_else(|e| panic!("the row `{line}`: {e}"));
            for form in forms.split('|') {
                match class {
                    "symbol" => {
                        symbols.push(form);
                        codes.insert(form.to_lowercase(), value);
                    }
                    "code" | "rare-code" => {
                        isos.push(form);
                        if class == "rare-code" {
                            rare.insert(form);
                        }
                        codes.insert(form.to_lowercase(), form);
                    }
                    "name" => {
                        names.push(form);
                        codes.insert(form.to_lowercase(), value);
                    }
                    "bare-symbol" | "bare" | "weight" => {
                        match class {
                            "bare-symbol" => symbols.push(form),
                            "bare" => names.push(form),
                            _ => weights.push(form),
                        }
                        let key = form.to_lowercase();
                        let clues = read_clues(clues);
                        bare.insert(key.clone(), Bare { form: key, unknown: value, clues });
                    }
                    "scale" => {
                        scale_words.push(form);
                        scales.insert(form, number());
                    }
                    "letter" => {
                        letters.push(form);
                        scales.insert(form, number());
                    }
                    "number" => {
                        numbers.insert(form, number());
                    }
                    _ => panic!("the table of units has a bad row `{line}`"),
                }
            }
        }
        let any = |forms: &mut Vec<&str>| {
            forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
            let forms: Vec<String> =
                forms.iter().map(|form| escape(form).replace(' ', r"\s+")).collect();
            format!("(?:{})", forms.join("|"))
        };
        let mut number_words: Vec<&str> = numbers.keys().copied().collect();
        number_words.sort_unstable();
        let (symbols, isos) = (any(&mut symbols), any(&mut isos));
        let (names, weights) = (any(&mut names), any(&mut weights));
        let (scale_words, letters) = (any(&mut scale_words), any(&mut letters));
        let words = any(&mut number_words);
        let digits = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})+|[0-9]+)(?:\.[0-9]+)?";
        let end = r"(?-u:\b)";
        let scale = format!(r"(?:(?i:[\s-]?{scale_words}){end}|(?i:{letters}){end})");
        let spoken = format!(
            r"(?i:{end}(?:half\s+an?|an?|{words}(?:[\s-]+(?:and\s+)?(?:{words}|hundred))*))"
        );
        // A range with one currency: "$1-2 million", "$1 to 2 million".
        let low = format!(r"(?P<low>{digits})(?P<lowscale>{scale})?(?:\s?[–—-]\s?|\s+to\s+)");
        let forward = format!(
            r"(?P<before>{symbols}|{isos})\s?(?:{low})?(?P<number>{digits})(?P<scale>{scale})?(?:\s+(?i:(?P<also>{names}))s?{end})?"
        );
        let name = format!(
            r"[€£]|{isos}{end}|(?i:{end}(?P<name>{names})s?{end})|(?i:{end}(?P<weight>{weights})s?{end})"
        );
        let backward = format!(
            r"(?:{low})?(?:(?P<number>{digits})|(?P<words>{spoken}))(?P<scale>{scale})?[\s-]?$"
        );
        let compile = |pattern: &str| {
            Regex::new(pattern).unwrap_or_else(|e| panic!("the pattern of sums is broken: {e}"))
        };
        Self {
            forward: compile(&forward),
            name: compile(&name),
            backward: compile(&backward),
            rare,
            codes,
            bare,
            scales,
            numbers,
        }
    }

    /// The sums of a text, in order, not overlapping.
    fn sums(&self, text: &str) -> Vec<Sum<'_>> {
        let mut sums = Vec::new();
        let mut at = 0;
        while let Some(found) = self.forward.captures_at(text, at) {
            let Some(whole) = found.get(0) else { break };
            let sum = stands_alone(text, whole.start(), whole.end())
                .then(|| self.read_forward(&found))
                .flatten();
            at =
                if sum.is_some() { whole.end() } else { whole.start() + first_len(whole.as_str()) };
            sums.extend(sum);
        }
        // A number before a currency, where no sum was found yet.
        let taken: Vec<Span> = sums.iter().map(|sum| sum.span).collect();
        let mut next = 0;
        let mut free_from = 0;
        for found in self.name.captures_iter(text) {
            let Some(name) = found.get(0) else { continue };
            while taken.get(next).is_some_and(|span| span.end() <= name.start()) {
                free_from = free_from.max(taken.get(next).map_or(0, |span| span.end()));
                next += 1;
            }
            let is_taken = taken.get(next).is_some_and(|span| span.start() < name.end());
            if is_taken {
                continue;
            }
            let from = floor(text, name.start().saturating_sub(REACH)).max(free_from);
            let window = text.get(from..name.start()).unwrap_or("");
            let Some(number) = self.backward.captures(window) else { continue };
            let Some(whole) = number.get(0) else { continue };
            // "a million pounds of yarn" are a weight, too.
            let is_weight = found.name("weight").is_some()
                && text.get(name.end()..).is_some_and(|rest| rest.starts_with(" of "));
            if !is_weight && stands_alone(text, from + whole.start(), name.end()) {
                let sum = self.read_backward(&number, from, &found, name.end());
                free_from = if sum.is_some() { name.end() } else { free_from };
                sums.extend(sum);
            }
        }
        sums.sort_by_key(|sum| sum.span);
        sums
    }

    /// A currency with the number behind it; `None` if it is no sum after all.
    fn read_forward(&self, found: &Captures) -> Option<Sum<'_>> {
        let text = |name: &str| found.name(name).map(|m| m.as_str());
        let before = text("before")?;
        let mut currency = self.currency(before)?;
        if let (Some(also), "$") = (text("also"), before) {
            // "$5 million Canadian dollars"
            currency = self.currency(also)?;
        }
        let digits = text("number")?;
        // "COP26", "CUP 2022"
        if self.rare.contains(before) && text("scale").is_none() && !digits.contains(',') {
            return None;
        }
        let whole = found.get(0)?;
        Some(Sum {
            span: Span::new(whole.start(), whole.end()),
            number: number_of(digits)?,
            scale: self.scale(text("scale"))?,
            currency,
            low: self.low(found, 0),
        })
    }

    /// A number, `from` bytes into the text, with a currency behind it.
    fn read_backward(
        &self,
        found: &Captures,
        from: usize,
        name: &Captures,
        end: usize,
    ) -> Option<Sum<'_>> {
        let text = |name: &str| found.name(name).map(|m| m.as_str());
        let scale = self.scale(text("scale"))?;
        let number = match text("number") {
            Some(digits) => number_of(digits)?,
            None => self.spoken(text("words")?, text("scale").is_some())?,
        };
        let currency = match (name.name("name"), name.name("weight")) {
            (Some(name), _) => self.currency(name.as_str())?,
            // "300 pounds" are a weight, "300 million pounds" are money.
            (None, Some(weight)) if scale > 1.0 => self.currency(weight.as_str())?,
            (None, Some(_)) => return None,
            (None, None) => {
                let code = name.get(0)?.as_str();
                if self.rare.contains(code) && text("scale").is_none() {
                    return None;
                }
                self.currency(code)?
            }
        };
        let span = Span::new(from + found.get(0)?.start(), end);
        Some(Sum { span, number, scale, currency, low: self.low(found, from) })
    }

    fn low(&self, found: &Captures, from: usize) -> Option<Low> {
        let low = found.name("low")?;
        let scale = found.name("lowscale");
        let end = from + scale.map_or(low.end(), |scale| scale.end());
        let number = number_of(low.as_str())? * self.scale(scale.map(|s| s.as_str()))?;
        Some(Low { number, end, next: from + found.name("number")?.start() })
    }

    fn scale(&self, word: Option<&str>) -> Option<f64> {
        let Some(word) = word else { return Some(1.0) };
        let word = word.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        self.scales.get(word.to_lowercase().as_str()).copied()
    }

    fn currency(&self, form: &str) -> Option<Currency<'_>> {
        let key = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(code) = self.codes.get(&key) {
            return Some(Currency::Code(code));
        }
        self.bare.get(&key).map(Currency::Bare)
    }

    /// The value of a number in words; "a" counts with a scale only.
    fn spoken(&self, words: &str, has_scale: bool) -> Option<f64> {
        let words = words.to_lowercase();
        let mut sum = 0.0;
        for word in words.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()) {
            match word {
                "and" => {}
                "hundred" => sum = if sum < 1.0 { 100.0 } else { sum * 100.0 },
                "half" if has_scale => return Some(0.5),
                "a" | "an" if has_scale => sum += 1.0,
                word => sum += self.numbers.get(word)?,
            }
        }
        Some(sum)
    }
}

/// How many bytes before a currency its number may take.
const REACH: usize = 80;

/// The largest character boundary that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The clues of a row: `PKR=pakistan|lahore;INR=india`.
fn read_clues(clues: &'static str) -> Vec<(&'static str, Regex)> {
    clues
        .split(';')
        .filter_map(|clue| clue.split_once('='))
        .map(|(code, words)| {
            let words: Vec<String> = words.split('|').map(escape).collect();
            let regex = Regex::new(&format!(r"(?i)\b(?:{})", words.join("|")))
                .unwrap_or_else(|e| panic!("the clue of {code} is broken: {e}"));
            (code, regex)
        })
        .collect()
}

/// The value of digits with commas.
fn number_of(digits: &str) -> Option<f64> {
    digits.replace(',', "").parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a match is not a piece of a longer word or number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let behind = text.get(end..).unwrap_or("");
    let mut after = behind.chars();
    let (next, second) = (after.next(), after.next());
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '$' | '_' | '\\' | '{');
    let decimal = matches!(next, Some('.' | ',')) && second.is_some_and(|c| c.is_ascii_digit());
    !before.is_some_and(|c| joined(c) || matches!(c, '.' | ','))
        && !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '_' | '$'))
        && !decimal
}

fn ends_with_between(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| {
        head.trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("between"))
    })
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(rows: &[(&str, &[&str])]) {
        for (text, expected) in rows {
            let found: Vec<String> = find(text, &[])
                .iter()
                .map(|a| format!("{} = {} {}", a.span.slice(text), a.value, a.unit))
                .collect();
            assert_eq!(found, *expected, "in {text:?}");
        }
    }

    #[test]
    fn a_currency_before_the_number() {
        check(&[
            (
                "gave $77M to one and $9M to the other",
                &["$77M = 77000000 USD", "$9M = 9000000 USD"],
            ),
            ("$9 million", &["$9 million = 9000000 USD"]),
            ("a $10-million loan", &["$10-million = 10000000 USD"]),
            ("US$1.2 billion, U.S. $3", &["US$1.2 billion = 1200000000 USD", "U.S. $3 = 3 USD"]),
            ("€500,000 and £3m", &["€500,000 = 500000 EUR", "£3m = 3000000 GBP"]),
            (
                "AU$5, C$18.1 million, HK$2bn",
                &["AU$5 = 5 AUD", "C$18.1 million = 18100000 CAD", "HK$2bn = 2000000000 HKD"],
            ),
            ("PKR 200 million, USD 5k", &["PKR 200 million = 200000000 PKR", "USD 5k = 5000 USD"]),
            ("$1.40 a share.", &["$1.40 = 1.4 USD"]),
            ("It costs $5.", &["$5 = 5 USD"]),
            ("$5 million Canadian dollars", &["$5 million Canadian dollars = 5000000 CAD"]),
            ("Rs1,50,000 in Lahore", &["Rs1,50,000 = 150000 PKR"]),
        ]);
    }

    #[test]
    fn a_currency_behind_the_number() {
        check(&[
            ("77 million dollars", &["77 million dollars = 77000000 USD"]),
            ("1.5 trillion yen", &["1.5 trillion yen = 1500000000000 JPY"]),
            ("two million U.S. dollars", &["two million U.S. dollars = 2000000 USD"]),
            (
                "a million dollars, half a million euros",
                &["a million dollars = 1000000 USD", "half a million euros = 500000 EUR"],
            ),
            ("a five-million-dollar loan", &["five-million-dollar = 5000000 USD"]),
            (
                "twenty-five thousand Australian dollars",
                &["twenty-five thousand Australian dollars = 25000 AUD"],
            ),
            (
                "300 million pounds, 200 EUR",
                &["300 million pounds = 300000000 GBP", "200 EUR = 200 EUR"],
            ),
        ]);
    }

    #[test]
    fn ranges_are_two_sums() {
        check(&[
            ("$1 to $2 million", &["$1 = 1000000 USD", "$2 million = 2000000 USD"]),
            ("between $1 and $2 million", &["$1 = 1000000 USD", "$2 million = 2000000 USD"]),
            ("$1-2 million", &["$1 = 1000000 USD", "2 million = 2000000 USD"]),
            ("$1.5 to 2 billion", &["$1.5 = 1500000000 USD", "2 billion = 2000000000 USD"]),
            ("5 to 10 million euros", &["5 = 5000000 EUR", "10 million euros = 10000000 EUR"]),
            ("$500 to $2 million", &["$500 = 500 USD", "$2 million = 2000000 USD"]),
            ("$5 and $2 million", &["$5 = 5 USD", "$2 million = 2000000 USD"]),
        ]);
    }

    #[test]
    fn names_of_several_currencies_need_a_clue() {
        check(&[
            ("Pakistan spent Rs 5 crore.", &["Rs 5 crore = 50000000 PKR"]),
            (
                "India spent Rs2.5 lakh, or 250,000 rupees.",
                &["Rs2.5 lakh = 250000 INR", "250,000 rupees = 250000 INR"],
            ),
            ("They spent Rs. 500.", &["Rs. 500 = 500 XXX"]),
            ("Mexico paid 3 million pesos.", &["3 million pesos = 3000000 MXN"]),
            ("Egypt paid 3 million pounds.", &["3 million pounds = 3000000 EGP"]),
        ]);
    }

    #[test]
    fn what_is_no_sum() {
        for text in [
            "77 million people, 50 percent, 5%",
            "1,300 pounds of explosives, a million pounds of yarn",
            "COP26 and COP 28, CUP 2022",
            "they won 20 won games; 20 won",
            "A$AP Rocky, Ke$ha, ${5}, x$5, $$$",
            "the dollar, a dollar store, dollars",
            "$5%",
            "in USDA 5 and US 5",
            "$",
            "a real dong",
        ] {
            assert_eq!(find(text, &[]), [], "in {text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_survives(text in "(?s).{0,80}|[$€0-9.,kmM a-z-]{0,60}") {
            let mut at = 0;
            for amount in find(&text, &[]) {
                prop_assert!(at <= amount.span.start());
                prop_assert!(!amount.span.slice(&text).is_empty());
                prop_assert!(amount.value.is_finite());
                at = amount.span.end();
            }
        }
    }
}
