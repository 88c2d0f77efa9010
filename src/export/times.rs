//! Times as pictures need them: whole days.

use crate::date::{Interval, PartialDate};
use crate::graph::Graph;

/// A period of whole days, both included.
pub(super) type Days = (PartialDate, PartialDate);

/// The days of a period; a side that is not known reaches to the bound.
pub(super) fn days(when: Interval, bounds: Days) -> Option<Days> {
    let dated = |date: Option<PartialDate>| date.filter(|date| date.year().is_some());
    let (from, to) = (dated(when.from), dated(when.to));
    if from.is_none() && to.is_none() {
        return None;
    }
    let first = from.and_then(PartialDate::first_day).unwrap_or(bounds.0);
    let last = to.and_then(PartialDate::last_day).unwrap_or(bounds.1);
    // A text may put the end before the beginning.
    Some((first.min(last), first.max(last)))
}

/// Periods joined where they touch or overlap.
pub(super) fn apart(mut all: Vec<Days>) -> Vec<Days> {
    all.sort_unstable();
    let mut apart: Vec<Days> = Vec::new();
    for (first, last) in all {
        match apart.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => apart.push((first, last)),
        }
    }
    apart
}

/// The first and the last day that the graph knows of, in claims or articles.
pub(super) fn bounds(graph: &Graph) -> Option<Days> {
    let said = graph.statements().iter().filter_map(|s| s.when);
    let said = said.flat_map(|when| [when.from, when.to]).flatten();
    let published = graph.documents().filter_map(|document| document.published);
    let (mut first, mut last) = (None::<PartialDate>, None::<PartialDate>);
    for date in said.chain(published).filter(|date| date.year().is_some()) {
        let (start, end) = (date.first_day(), date.last_day());
        first = first.or(start).min(start.or(first));
        last = last.max(end);
    }
    first.zip(last)
}
