//! Explanations for a person to read: in words, and as a waterfall.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::record::{
    DecisionRow, EntityExplanationRow, NamedRow, PairExplanationRow, ReasonRow, RulingRow,
    SentenceRow,
};

/// The cells on either side of the axis of a waterfall.
const BAR: usize = 16;
/// Letters of a name or title beyond this many cells are cut off.
const MAX_NAME: usize = 44;

/// How text is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextOptions {
    /// Whether it is colored.
    pub color: bool,
    /// The number of cells of a line.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

impl TextOptions {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1B}[{code}m{text}\u{1B}[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }
}

/// The cells that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text of right-to-left letters kept from turning its surroundings around.
fn isolated(text: &str) -> String {
    // FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
    let is_rtl = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    if text.chars().any(is_rtl) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// A text without control characters, in at most some cells.
fn clip(text: &str, cells: usize) -> String {
    let mut clipped = String::new();
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if cells < width(&clipped) + width(c.encode_utf8(&mut [0; 4])) {
            clipped.push('…');
            break;
        }
        clipped.push(c);
    }
    isolated(&clipped)
}

/// A text filled up with blanks.
fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(width(text))))
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Writes why an entity is one.
pub fn entity(row: &EntityExplanationRow, options: TextOptions) -> String {
    let mut out = String::new();
    let entity = &row.entity;
    let _ = writeln!(
        out,
        "{}  {}, {}, {}  {}",
        options.bold(&clip(&entity.name, MAX_NAME)),
        entity.class,
        count(u64::from(entity.documents), "document", "documents"),
        count(row.claims, "claim", "claims"),
        options.paint("2", &entity.id),
    );
    for iri in &entity.same_as {
        let _ = writeln!(out, "  {iri}");
    }
    let names: Vec<String> = (entity.names.iter())
        .map(|name| format!("{} ×{}", clip(&name.text, MAX_NAME), name.count))
        .collect();
    list(&mut out, "names", &names, options);
    let mistranslated: Vec<String> =
        entity.mistranslated.iter().map(|word| clip(word, MAX_NAME)).collect();
    list(&mut out, "probable mistranslations", &mistranslated, options);
    let offices: Vec<String> = (entity.offices.iter())
        .map(|office| {
            let of = office.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
            let times = count(u64::from(office.documents), "document", "documents");
            format!("{}{of}, {times}", office.title)
        })
        .collect();
    list(&mut out, "offices", &offices, options);
    rulings(&mut out, &row.rulings, options);

    let (plain, joined): (Vec<&DecisionRow>, Vec<&DecisionRow>) =
        row.links.iter().partition(|link| link.basis.as_deref() == Some("same name"));
    if joined.is_empty() && plain.is_empty() {
        let _ = writeln!(out, "\nOne name in one place; nothing had to be joined.");
    } else {
        let _ = writeln!(out, "\n{}", options.bold("What joined it"));
    }
    for link in joined.iter().take(12) {
        let _ = writeln!(
            out,
            "  {}  “{}” and “{}”, by {}: {}",
            probability(link.score),
            clip(&link.a.name, MAX_NAME),
            clip(&link.b.name, MAX_NAME),
            link.author,
            gist(&link.reasons),
        );
    }
    if 12 < joined.len() {
        let _ = writeln!(out, "  … and {} more", joined.len() - 12);
    }
    if let Some(weakest) = plain.first() {
        let _ = writeln!(
            out,
            "  {}  {} of the same name; the least certain, “{}” in {}: {}",
            probability(weakest.score),
            count(plain.len() as u64, "merge", "merges"),
            clip(&weakest.b.name, MAX_NAME),
            clip(&weakest.b.document, MAX_NAME),
            gist(&weakest.reasons),
        );
    }
    let evidence = row.links.iter().filter(|link| link.basis.as_deref() != Some("ruling"));
    if let Some(weakest) = evidence.min_by(|a, b| a.score.total_cmp(&b.score)) {
        let _ = writeln!(
            out,
            "  The weakest link is “{}” and “{}” with a probability of {}.",
            clip(&weakest.a.name, MAX_NAME),
            clip(&weakest.b.name, MAX_NAME),
            probability(weakest.score),
        );
    }
    if !row.near.is_empty() {
        let _ = writeln!(out, "\n{}", options.bold("Near, and not joined"));
    }
    for pair in &row.near {
        let why = match (&pair.because, pair.reasons.iter().find(|reason| reason.weight < 0.0)) {
            (Some(because), _) => because.clone(),
            (None, Some(reason)) => format!("{}: {}", reason.feature, reason.detail),
            (None, None) => "too little speaks for it".to_owned(),
        };
        let _ = writeln!(
            out,
            "  {}  “{}” {} {}: {why}",
            probability(pair.score.min(logistic(pair.log_odds))),
            clip(&pair.b.name, MAX_NAME),
            options.paint("2", &pair.b.entity),
            count(u64::from(pair.b.documents), "document", "documents"),
        );
    }
    out
}

/// Writes why two are two or one.
pub fn pair(row: &PairExplanationRow, options: TextOptions) -> String {
    let mut out = String::new();
    let name = |side: &NamedRow| clip(if row.joined { &side.name } else { &side.label }, MAX_NAME);
    let (a, b) = (name(&row.a), name(&row.b));
    let verdict = match (row.joined, row.ruled) {
        (true, true) => "are one, because a ruling says so",
        (true, false) => "are one",
        (false, true) => "are two, because a ruling says so",
        (false, false) => "are two",
    };
    let _ = writeln!(out, "{} and {} {verdict}.", options.bold(&a), options.bold(&b));
    if !row.joined && (row.a.name != row.a.label || row.b.name != row.b.label) {
        let _ = writeln!(
            out,
            "Of their names, “{}” and “{}” agree best.",
            clip(&row.a.name, MAX_NAME),
            clip(&row.b.name, MAX_NAME),
        );
    }
    if let Some(because) = &row.because {
        let _ = writeln!(out, "Not joined, because {because}.");
    }
    waterfall(&mut out, row, options);
    rulings(&mut out, &row.rulings, options);
    for side in [&row.a, &row.b] {
        named(&mut out, side, options);
    }
    if !row.change.is_empty() {
        let _ = writeln!(out, "\n{}", options.bold("What would change it"));
    }
    for change in &row.change {
        let _ = writeln!(out, "  {change}");
    }
    out
}

/// Writes the reasons as bars from an axis, and their sum.
fn waterfall(out: &mut String, row: &PairExplanationRow, options: TextOptions) {
    let heads = row.reasons.iter().map(|reason| width(&reason.feature));
    let head = heads.chain([11]).max().unwrap_or(11);
    let longest = row.reasons.iter().map(|r| r.weight.abs()).fold(1.0, f64::max);
    let _ = writeln!(
        out,
        "\n  {} {:>7}  {}  even odds",
        padded("prior", head),
        "0.00",
        bar(0.0, longest, options)
    );
    for reason in &row.reasons {
        let _ = writeln!(
            out,
            "  {} {:>+7.2}  {}  {}",
            padded(&reason.feature, head),
            reason.weight,
            bar(reason.weight, longest, options),
            clip(&reason.detail, options.width.saturating_sub(head + 2 * BAR + 16).max(40)),
        );
    }
    let sum: f64 = row.reasons.iter().map(|reason| reason.weight).sum();
    let _ = writeln!(
        out,
        "  {} {:>+7.2}  {}  joined from {:+.2}",
        padded("sum", head),
        sum,
        bar(0.0, longest, options),
        row.threshold
    );
    // What limits the sum has been told in words; this is what counted.
    if (sum - row.log_odds).abs() > 0.01 {
        let _ = writeln!(out, "  {} {:>+7.2}", padded("counts as", head), row.log_odds);
    }
    let _ = writeln!(
        out,
        "  {} {:>7}",
        padded("probability", head),
        probability(logistic(row.log_odds))
    );
}

fn bar(weight: f64, longest: f64, options: TextOptions) -> String {
    let cells = ((weight.abs() / longest * BAR as f64).round() as usize).min(BAR);
    let cells = if weight == 0.0 { 0 } else { cells.max(1) };
    let (blank, full) = (" ".repeat(BAR - cells), "█".repeat(cells));
    if weight < 0.0 {
        format!("{blank}{}│{}", options.paint("31", &full), " ".repeat(BAR))
    } else {
        format!("{}│{}{blank}", " ".repeat(BAR), options.paint("32", &full))
    }
}

/// Writes a side with its offices and sentences.
fn named(out: &mut String, side: &NamedRow, options: TextOptions) {
    let _ = writeln!(
        out,
        "\n{}  {}, {}  {}",
        options.bold(&clip(&side.name, MAX_NAME)),
        side.class,
        count(u64::from(side.documents), "document", "documents"),
        options.paint("2", &side.entity),
    );
    if !side.offices.is_empty() {
        let _ = writeln!(out, "  {}", side.offices.join("; "));
    }
    for SentenceRow { title, before, text, after, .. } in &side.evidence {
        let [before, text, after] =
            [before, text, after].map(|part| part.replace(char::is_control, " "));
        let name = if options.color { options.bold(&text) } else { format!("[{text}]") };
        let _ = writeln!(out, "  {}", isolated(&format!("{before}{name}{after}")));
        let _ = writeln!(out, "    {}", options.paint("2", &format!("— {}", clip(title, 80))));
    }
}

fn rulings(out: &mut String, rulings: &[RulingRow], options: TextOptions) {
    if !rulings.is_empty() {
        let _ = writeln!(out, "\n{}", options.bold("Rulings"));
    }
    for ruling in rulings {
        let comment =
            if ruling.comment.is_empty() { String::new() } else { format!(": {}", ruling.comment) };
        let _ = writeln!(
            out,
            "  row {}: {} {}, by {} on {}{comment}",
            ruling.row,
            ruling.verdict,
            ruling.sides.join(", "),
            ruling.author,
            ruling.date,
        );
    }
}

fn list(out: &mut String, head: &str, items: &[String], options: TextOptions) {
    const SHOWN: usize = 12;
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "  {} ", options.paint("2", head));
    let mut at = head.len() + 3;
    for (number, item) in items.iter().take(SHOWN).enumerate() {
        let piece = if number + 1 < items.len() { format!("{item}; ") } else { item.clone() };
        if options.width < at + width(&piece) && 0 < number {
            at = head.len() + 3;
            let blank = out.trim_end().len();
            out.truncate(blank);
            let _ = write!(out, "\n{}", " ".repeat(at));
        }
        at += width(&piece);
        out.push_str(&piece);
    }
    if SHOWN < items.len() {
        let _ = write!(out, "and {} more", items.len() - SHOWN);
    }
    out.push('\n');
}

/// What speaks most for it, and what most against.
fn gist(reasons: &[ReasonRow]) -> String {
    let (pro, con): (Vec<&ReasonRow>, Vec<&ReasonRow>) =
        reasons.iter().partition(|reason| 0.0 < reason.weight);
    let details = |reasons: &[&ReasonRow], count: usize| {
        let details = reasons.iter().take(count).map(|reason| reason.detail.as_str());
        details.collect::<Vec<_>>().join("; ")
    };
    let mut gist = details(&pro, 2);
    if !con.is_empty() {
        if !gist.is_empty() {
            gist.push_str("; ");
        }
        gist.push_str("against it: ");
        gist.push_str(&details(&con, 1));
    }
    gist
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A probability; one that is not certain is never shown as if it were.
fn probability(score: f64) -> String {
    if score >= 1.0 {
        "1".to_owned() + "    "
    } else if score > 0.999 {
        ">.999".to_owned()
    } else if 0.0 < score && score < 0.001 {
        "<.001".to_owned()
    } else {
        format!("{score:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NamedRow {
        NamedRow {
            entity: format!("{}-1", name.len()),
            label: name.to_owned(),
            name: name.to_owned(),
            class: "Person".to_owned(),
            documents: 1,
            offices: Vec::new(),
            evidence: vec![SentenceRow {
                document: "d".to_owned(),
                title: "t\u{1B}[31m".to_owned(),
                start: 0,
                end: 1,
                before: "then ".to_owned(),
                text: name.to_owned(),
                after: " said".to_owned(),
            }],
        }
    }

    fn row() -> PairExplanationRow {
        let reason = |feature: &str, weight| ReasonRow {
            feature: feature.to_owned(),
            weight,
            detail: "a detail".to_owned(),
        };
        PairExplanationRow {
            v: 1,
            a: named("احمد رضوی"),
            b: named("王毅"),
            joined: false,
            ruled: false,
            log_odds: 1.5,
            threshold: 1.0,
            score: 0.8176,
            reasons: vec![reason("name", 4.0), reason("名前", -2.0), reason("office", -0.5)],
            because: None,
            rulings: Vec::new(),
            change: Vec::new(),
        }
    }

    #[test]
    fn the_axis_stands_in_one_column_in_any_script() {
        let text = pair(&row(), TextOptions::default());
        let axes: Vec<usize> = text
            .lines()
            .filter_map(|line| line.split_once('│'))
            .map(|(before, _)| width(before))
            .collect();
        assert_eq!(axes.len(), 5, "{text}");
        assert!(axes.iter().all(|at| *at == axes[0]), "{text}");
        let bars: Vec<usize> = text.lines().map(|line| line.matches('█').count()).collect();
        assert_eq!(bars.iter().filter(|n| 0 < **n).collect::<Vec<_>>(), [&16, &8, &2], "{text}");
    }

    #[test]
    fn plain_text_has_no_escapes_and_isolates_what_runs_right_to_left() {
        let text = pair(&row(), TextOptions::default());
        assert!(!text.contains('\u{1B}'), "{text:?}");
        assert!(text.contains("\u{2068}احمد رضوی\u{2069}"), "{text:?}");
        let opened = text.matches('\u{2068}').count();
        assert_eq!(opened, text.matches('\u{2069}').count());
        let text = pair(&row(), TextOptions { color: true, ..TextOptions::default() });
        assert!(text.contains("\u{1B}[31m█") && !text.contains("t\u{1B}"), "{text:?}");
    }

    #[test]
    fn what_is_not_certain_is_not_shown_as_certain() {
        for (score, want) in
            [(1.0, "1    "), (0.9999, ">.999"), (0.5, "0.500"), (0.0001, "<.001"), (0.0, "0.000")]
        {
            assert_eq!(probability(score), want);
        }
    }
}
