//! A picture of what one entity did and is to do, by date, as SVG.
//!
//! A row is what is said of the entity and another one with the same relation,
//! factuality and date; it lies where the event lies, not its article. What
//! happened is filled, what is planned has a dashed border, what is possible a
//! dotted one, and what is denied is gray with a line through its words. A date
//! that is no more than a month or a year is a pale bar over the whole of it.
//! Where nothing happens for long the axis is shortened, and a broken line says
//! so. Tooltips and links lead to the sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::claim::Factuality;
use crate::date::{Interval, PartialDate};
use crate::entity::{Entity, EntityId};
use crate::export::looks::{GRAY, quad_color};
use crate::export::times::{bounds, days};
use crate::export::xml::{Xml, is_no_xml};
use crate::export::{ExportError, ExportOptions, edge_label, leading};
use crate::graph::{Edge, Graph, Statement};
use crate::ontology::Ontology;

/// How many rows a picture has at most.
const ROWS: usize = 100;
/// The width of the picture, in pixels.
const WIDTH: f64 = 1100.0;
/// Where the axis begins, and how long it is.
const AXIS: (f64, f64) = (130.0, 940.0);
const ROW: f64 = 24.0;
const TOP: f64 = 92.0;
/// The width of a letter, on average.
const LETTER: f64 = 6.4;
/// The color of events without a code.
const PLAIN: &str = "#AA5585";

/// What a picture shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Drawn {
    /// The rows.
    pub rows: usize,
    /// What would be rows, if there were room: those with fewest sources.
    pub left_out: usize,
    /// What bears no date with a year.
    pub undated: usize,
}

/// A row of the picture.
struct Row<'a> {
    edge: &'a Edge,
    when: Interval,
    first: i64,
    last: i64,
    support: Vec<&'a Statement>,
}

/// Draws the timeline of an entity. The same graph gives the same bytes.
pub fn draw(
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
    entity: &EntityId,
    out: &mut dyn Write,
) -> Result<Drawn, ExportError> {
    let (rows, drawn) = rows(graph, entity);
    let axis = Axis::new(&rows);
    let picture = Picture { graph, ontology, options, entity, axis };
    picture.write(&rows, drawn, out)?;
    Ok(drawn)
}

/// The rows in the order of their dates, and what is left out.
fn rows<'a>(graph: &'a Graph, entity: &EntityId) -> (Vec<Row<'a>>, Drawn) {
    let mut drawn = Drawn { rows: 0, left_out: 0, undated: 0 };
    let mut rows = Vec::new();
    let bounds = bounds(graph);
    for edge in graph.edges_at(entity) {
        let mut groups: BTreeMap<Option<Interval>, Vec<&Statement>> = BTreeMap::new();
        for statement in graph.support(edge) {
            groups.entry(statement.when).or_default().push(statement);
        }
        for (when, support) in groups {
            let period = when.zip(bounds).and_then(|(when, bounds)| days(when, bounds));
            match when.zip(period.and_then(|(first, last)| number(first).zip(number(last)))) {
                Some((when, (first, last))) => {
                    rows.push(Row { edge, when, first, last, support });
                }
                None => drawn.undated += 1,
            }
        }
    }
    rows.sort_by_key(|row| (usize::MAX - graph.sources(row.support.iter().copied()), row.first));
    drawn.left_out = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    drawn.rows = rows.len();
    rows.sort_by(|a, b| {
        let key = |row: &Row<'a>| (row.first, row.last);
        key(a).cmp(&key(b)).then_with(|| a.edge.id.cmp(&b.edge.id))
    });
    (rows, drawn)
}

/// The number of a day.
fn number(date: PartialDate) -> Option<i64> {
    let (year, month, day) = (i64::from(date.year()?), i64::from(date.month()?), date.day()?);
    // Days since the first of March of the year 0 (Hinnant, *chrono-compatible
    // low-level date algorithms*).
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    Some(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year)
}

/// Where days stand, gaps shortened.
struct Axis {
    /// Days at which something begins or ends, and where they stand.
    stops: Vec<(i64, f64)>,
    /// Gaps that are shorter than they should be: where they lie.
    breaks: Vec<f64>,
}

impl Axis {
    fn new(rows: &[Row<'_>]) -> Self {
        let stops: BTreeSet<i64> = rows.iter().flat_map(|row| [row.first, row.last + 1]).collect();
        let stops: Vec<i64> = stops.into_iter().collect();
        let gaps: Vec<i64> = stops.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // No gap is longer than the tenth of all that is short of it.
        let mut sorted = gaps.clone();
        sorted.sort_unstable();
        let typical = sorted.get(sorted.len() / 2).copied().unwrap_or(1).max(1);
        let longest = (typical * 8).max(14);
        let drawn: Vec<f64> = gaps.iter().map(|gap| (*gap).min(longest) as f64).collect();
        let scale = AXIS.1 / drawn.iter().sum::<f64>().max(1.0);
        let mut at = AXIS.0;
        let mut axis = Self { stops: Vec::new(), breaks: Vec::new() };
        for (index, stop) in stops.into_iter().enumerate() {
            axis.stops.push((stop, at));
            if let (Some(gap), Some(drawn)) = (gaps.get(index), drawn.get(index)) {
                if longest < *gap {
                    axis.breaks.push(at + drawn * scale / 2.0);
                }
                at += drawn * scale;
            }
        }
        axis
    }

    fn place(&self, day: i64) -> f64 {
        let next = self.stops.partition_point(|(stop, _)| *stop <= day);
        match (next.checked_sub(1).and_then(|at| self.stops.get(at)), self.stops.get(next)) {
            (Some((before, left)), Some((behind, right))) => {
                left + (right - left) * (day - before) as f64 / (behind - before) as f64
            }
            (Some((_, left)), None) => *left,
            _ => AXIS.0,
        }
    }
}

struct Picture<'a> {
    graph: &'a Graph,
    ontology: &'a Ontology,
    options: &'a ExportOptions,
    entity: &'a EntityId,
    axis: Axis,
}

impl Picture<'_> {
    fn write(&self, rows: &[Row<'_>], drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        let height = TOP + ROW * rows.len() as f64 + 46.0;
        let mut xml = Xml::new(out)?;
        let size = format!("0 0 {WIDTH} {height}");
        xml.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
                ("viewBox", &size),
                ("width", &WIDTH.to_string()),
                ("height", &height.to_string()),
                ("font-family", "Helvetica, Arial, 'Noto Sans', 'Noto Naskh Arabic', sans-serif"),
                ("font-size", "12"),
            ],
        )?;
        xml.empty("rect", &[("width", "100%"), ("height", "100%"), ("fill", "white")])?;
        let entity = self.graph.entity(self.entity);
        let name = entity.map_or("", |entity: &Entity| &entity.name);
        text(&mut xml, 20.0, 30.0, name, &[("font-size", "18"), ("font-weight", "bold")], false)?;
        self.legend(&mut xml)?;
        self.grid(&mut xml, rows, height - 40.0)?;
        for (at, row) in rows.iter().enumerate() {
            self.row(&mut xml, row, TOP + ROW * (at as f64 + 0.5))?;
        }
        let mut note = String::new();
        if drawn.undated > 0 {
            let _ = write!(note, "{} without a date are not shown. ", drawn.undated);
        }
        if drawn.left_out > 0 {
            let _ = write!(note, "{} more with fewer sources are not shown.", drawn.left_out);
        }
        text(&mut xml, 20.0, height - 14.0, &note, &[("fill", "#666666")], false)?;
        xml.close("svg")?;
        xml.finish()
    }

    fn legend(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        let mut x = 20.0;
        for factuality in Factuality::ALL {
            bar(xml, x, 44.0, 16.0, "#444444", factuality, false)?;
            text(xml, x + 22.0, 54.0, factuality.as_str(), &[("fill", "#444444")], false)?;
            x += 100.0;
        }
        bar(xml, x, 44.0, 30.0, "#444444", Factuality::Happened, true)?;
        text(xml, x + 36.0, 54.0, "within this time", &[("fill", "#444444")], false)
    }

    /// Lines at the beginnings of years, months or days, as many as there is
    /// room for.
    fn grid(&self, xml: &mut Xml<'_>, rows: &[Row<'_>], bottom: f64) -> io::Result<()> {
        let mut last = f64::NEG_INFINITY;
        let starts: BTreeSet<(i64, String)> = rows
            .iter()
            .filter_map(|row| row.when.from.or(row.when.to)?.first_day())
            .flat_map(|date| {
                // The day itself, and the month and year that begin near it.
                let month = PartialDate::new(date.year(), date.month(), Some(1));
                let year = PartialDate::new(date.year(), Some(1), Some(1));
                [month, year, Some(date)].into_iter().flatten()
            })
            .filter_map(|date| Some((number(date)?, date.to_string())))
            .collect();
        let known = |day: i64| {
            let ends = (self.axis.stops.first(), self.axis.stops.last());
            matches!(ends, (Some((first, _)), Some((last, _))) if *first <= day && day <= *last)
        };
        for (day, shown) in starts {
            let x = self.axis.place(day);
            if !known(day) || x - last < 76.0 || AXIS.0 + AXIS.1 < x + 30.0 {
                continue;
            }
            last = x;
            line(xml, x, TOP - 8.0, bottom, "#E4E4E4", "")?;
            text(xml, x, TOP - 14.0, &shown, &[("fill", "#666666"), ("font-size", "11")], false)?;
        }
        for x in &self.axis.breaks {
            line(xml, *x, TOP - 8.0, bottom, "#C4C4C4", "2 5")?;
        }
        Ok(())
    }

    fn row(&self, xml: &mut Xml<'_>, row: &Row<'_>, y: f64) -> io::Result<()> {
        let edge = row.edge;
        let is_subject = edge.subject == *self.entity;
        let other = if is_subject { &edge.object } else { &edge.subject };
        let relation = self.ontology.relations.get(&edge.relation);
        let words = edge_label(edge, self.ontology, self.options);
        let name = |id| self.graph.entity(id).map_or("", |entity: &Entity| &entity.name);
        // Labels in Urdu, the language there is of such a script, are words of a
        // verb at the end.
        let is_rtl = is_right_to_left(&words);
        let mut said = match (is_subject || edge.symmetric, is_rtl) {
            (true, false) => format!("{words} {}", name(other)),
            (true, true) => format!("{} {words}", name(other)),
            (false, false) => format!("{} {words} {}", name(other), name(self.entity)),
            (false, true) => format!("{} {} {words}", name(other), name(self.entity)),
        };
        let places: BTreeSet<&str> = (row.support.iter())
            .filter_map(|s| s.place.as_ref())
            .map(|place| name(&place.entity))
            .collect();
        if !places.is_empty() {
            let _ = write!(said, ", {}", places.into_iter().collect::<Vec<_>>().join(", "));
        }
        let sources = self.graph.sources(row.support.iter().copied());
        if sources > 1 {
            let _ = write!(said, " \u{d7}{sources}");
        }
        let said = cut(&said, 90);
        let code = relation.and_then(|relation| relation.code.as_deref());
        let is_event = row.support.iter().any(|statement| statement.family.is_some());
        let color = match edge.factuality {
            Factuality::Negated => GRAY,
            _ if !is_event => GRAY,
            _ => code.and_then(quad_color).unwrap_or(PLAIN),
        };

        let statement = leading(self.graph, row.support.iter().copied());
        let document = statement.and_then(|s| self.graph.document(&s.evidence.document));
        let url = document.and_then(|document| document.url.as_deref());
        // Only what a browser opens; a script would run in the picture.
        let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        match url {
            Some(url) => xml.open("a", &[("xlink:href", url), ("href", url)])?,
            None => xml.open("g", &[])?,
        }
        xml.text("title", &[], &self.sentences(row))?;
        let small = [("fill", "#444444"), ("font-size", "11")];
        text(xml, 20.0, y + 4.0, &shown(row.when), &small, false)?;
        let is_wide = is_wide(row.when);
        let left = self.axis.place(row.first);
        let width = (self.axis.place(row.last + 1) - left).max(9.0);
        bar(xml, left, y - 6.0, width, color, edge.factuality, is_wide)?;
        let letters = said.chars().count() as f64 * LETTER;
        let strike = [("fill", "#222222"), ("text-decoration", "line-through")];
        let style = if edge.factuality == Factuality::Negated { &strike[..] } else { &strike[..1] };
        // Beside the bar where there is room, else in it.
        if left + width + 8.0 + letters < WIDTH - 6.0 {
            directed_text(xml, (left + width + 8.0, y + 4.0), &said, style, false, is_rtl)?;
        } else if AXIS.0 < left - 8.0 - letters {
            directed_text(xml, (left - 8.0, y + 4.0), &said, style, true, is_rtl)?;
        } else {
            let is_dark = edge.factuality == Factuality::Happened && !is_wide;
            let fill = if is_dark && letters + 12.0 < width { "white" } else { "#222222" };
            let style: Vec<_> =
                [("fill", fill)].into_iter().chain(style.iter().skip(1).copied()).collect();
            let x = (left + 6.0).min(WIDTH - 10.0 - letters).max(AXIS.0);
            directed_text(xml, (x, y + 4.0), &said, &style, false, is_rtl)?;
        }
        xml.close(if url.is_some() { "a" } else { "g" })
    }

    fn sentences(&self, row: &Row<'_>) -> String {
        let quotes: BTreeSet<_> = row.support.iter().map(|s| &s.evidence).collect();
        let mut text = format!("{} ({})", shown(row.when), row.edge.factuality.as_str());
        for quote in quotes.iter().take(4) {
            let document = self.graph.document(&quote.document);
            let source = [
                document.and_then(|d| d.publisher.clone()),
                document.and_then(|d| d.published).map(|date| date.to_string()),
                document.and_then(|d| d.title.clone()),
            ];
            let source: Vec<_> = source.into_iter().flatten().collect();
            let _ = write!(text, "\n\n\u{201c}{}\u{201d}\n{}", quote.text, source.join(", "));
        }
        if quotes.len() > 4 {
            let _ = write!(text, "\n\n+ {}", quotes.len() - 4);
        }
        text
    }
}

fn shown(when: Interval) -> String {
    match (when.from, when.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => {
            let (from, to) = (from.to_string(), to.to_string());
            // The end without the year and month that it shares.
            let shared = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
            let start = to.get(..shared).and_then(|same| same.rfind('-')).map_or(0, |at| at + 1);
            let start = if from.len() == to.len() { start } else { 0 };
            format!("{from}\u{2013}{}", to.get(start..).unwrap_or(&to))
        }
        (Some(from), None) => format!("{from}\u{2013}"),
        (None, Some(to)) => format!("\u{2013}{to}"),
        (None, None) => String::new(),
    }
}

/// Whether a period says within which time something happens rather than how
/// long it lasts: if it is a year or a month, or whole months by their days.
fn is_wide(when: Interval) -> bool {
    let (from, to) = (when.from.or(when.to), when.to.or(when.from));
    let is_full = |date: Option<PartialDate>| date.is_some_and(PartialDate::is_full);
    let is_last = |date: PartialDate| {
        let month = PartialDate::new(date.year(), date.month(), None);
        month.and_then(PartialDate::last_day) == Some(date)
    };
    !is_full(from)
        || !is_full(to)
        || (from.and_then(PartialDate::day) == Some(1) && to.is_some_and(is_last))
}

fn cut(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['\u{2026}']).collect()
}

fn line(
    xml: &mut Xml<'_>,
    x: f64,
    top: f64,
    bottom: f64,
    color: &str,
    dash: &str,
) -> io::Result<()> {
    let x = format!("{x:.1}");
    let (top, bottom) = (format!("{top:.1}"), format!("{bottom:.1}"));
    let mut attributes =
        vec![("x1", &*x), ("x2", &*x), ("y1", &*top), ("y2", &*bottom), ("stroke", color)];
    if !dash.is_empty() {
        attributes.push(("stroke-dasharray", dash));
    }
    xml.empty("line", &attributes)
}

fn bar(
    xml: &mut Xml<'_>,
    x: f64,
    y: f64,
    width: f64,
    color: &str,
    factuality: Factuality,
    is_wide: bool,
) -> io::Result<()> {
    let (x, y, width) = (format!("{x:.1}"), format!("{y:.1}"), format!("{width:.1}"));
    let (fill, dash) = match factuality {
        Factuality::Happened => (color, ""),
        Factuality::Planned => ("white", "4 2"),
        Factuality::Possible => ("white", "1 2"),
        Factuality::Negated => ("white", ""),
    };
    let mut attributes = vec![
        ("x", &*x),
        ("y", &*y),
        ("width", &*width),
        ("height", "12"),
        ("rx", "3"),
        ("fill", fill),
        ("stroke", color),
        ("stroke-width", "1.5"),
    ];
    if is_wide {
        attributes.push(("fill-opacity", "0.3"));
    }
    if !dash.is_empty() {
        attributes.push(("stroke-dasharray", dash));
    }
    xml.empty("rect", &attributes)
}

/// Writes a text from a point on, or up to it. A text whose first letter is of a
/// script that runs from right to left runs so itself, in the same place.
fn text(
    xml: &mut Xml<'_>,
    x: f64,
    y: f64,
    text: &str,
    style: &[(&str, &str)],
    is_up_to: bool,
) -> io::Result<()> {
    let is_rtl = is_right_to_left(text);
    directed_text(xml, (x, y), text, style, is_up_to, is_rtl)
}

/// The same of a text of which the direction is known.
fn directed_text(
    xml: &mut Xml<'_>,
    (x, y): (f64, f64),
    text: &str,
    style: &[(&str, &str)],
    is_up_to: bool,
    is_rtl: bool,
) -> io::Result<()> {
    let text: String = text.chars().filter(|c| !c.is_control() && !is_no_xml(*c)).collect();
    if text.is_empty() {
        return Ok(());
    }
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    let mut attributes = vec![("x", &*x), ("y", &*y)];
    attributes.extend(style);
    // The start of such a text is its right end.
    attributes.push(("text-anchor", if is_rtl == is_up_to { "start" } else { "end" }));
    if is_rtl {
        attributes.extend([("direction", "rtl"), ("unicode-bidi", "embed")]);
    }
    xml.text("text", &attributes, &text)
}

/// Whether the first letter of a text is Hebrew, Arabic, or of one of their kin
/// (the blocks of the bidirectional classes R and AL).
fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| {
        matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}
