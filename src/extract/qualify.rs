//! When, where, how much, and who says so.

use std::ops::Range;

use crate::claim::{Attribution, Factuality};
use crate::date::{Interval, PartialDate};
use crate::mention::{MentionIdx, Supertype};
use crate::span::Span;
use crate::token::{Amount, DateKind, DateMention, TokenIdx};

use super::ends;
use super::tree::Tree;

/// How far a phrase of time is followed up to what it dates.
const MAX_STEPS: usize = 12;

/// The words that share the time and place of a trigger: the trigger itself,
/// then its support verb, the verbs that govern it, and the verb it is
/// coordinated with, the nearest first.
pub(super) fn chain(tree: &Tree<'_>, trigger: usize) -> Vec<usize> {
    let mut chain = vec![trigger];
    let mut at = trigger;
    for _ in 0..MAX_STEPS {
        let Some(head) = tree.head(at) else { break };
        let joined = match tree.deprel(at) {
            "dobj" | "nsubjpass" | "nsubj" | "attr" => {
                tree.is_noun(at)
                    && (tree.is_cue("support", head)
                        || tree.is_cue("ending", head)
                        || tree.is_cue("starting", head)
                        || tree.is_cue("planning", head) && !tree.is_cue("reporting", head)
                        || tree.is_cue("occurring", head))
            }
            "xcomp" | "oprd" | "acomp" => !tree.is_cue("reporting", head),
            "conj" => true,
            "pobj" | "pcomp" => !tree.is_cue("otherTime", head),
            "prep" => tree.is_verb(head) || tree.is_noun(head) && tree.is_noun(trigger),
            "advcl" => is_participle_or_infinitive(tree, at),
            _ => false,
        };
        if !joined {
            break;
        }
        if tree.is_verb(head) || tree.is_noun(head) || tree.token(head).upos == "ADJ" {
            chain.push(head);
        }
        at = head;
    }
    chain
}

fn is_participle_or_infinitive(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.token(at).tag.as_str(), "VB" | "VBG")
        && tree.children_by(at, &["nsubj", "nsubjpass"]).next().is_none()
}

/// What a claim's trigger says about time.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct When {
    pub interval: Option<Interval>,
    /// The length in days, where the text gives one besides an end.
    pub days: Option<u32>,
}

impl When {
    /// Whether both ends are days, at most a month apart.
    pub fn is_days(self) -> bool {
        let Some(Interval { from: Some(from), to: Some(to) }) = self.interval else { return false };
        from.is_full()
            && to.is_full()
            && days_before(to, 31).is_some_and(|earliest| earliest <= from)
    }
}

/// The date that stands right behind an end of a claim, as in a list of
/// places, each with its own: "to Rome May 3 and Paris on May 5".
pub(super) fn when_beside(tree: &Tree<'_>, end: MentionIdx) -> Option<Interval> {
    let behind = tree.annotated.mention(end).tokens.end;
    let has = |at: usize| at < tree.annotated.tokens.len() && tree.in_date(at);
    let is_joined = |at: usize| tree.token(at).upos == "ADP" || tree.text(at) == ",";
    let start = if has(behind) {
        behind
    } else if has(behind + 1) && is_joined(behind) {
        behind + 1
    } else {
        return None;
    };
    let span = tree.token(start).span;
    let date = tree.annotated.dates.iter().find(|date| date.span.overlaps(span))?;
    (date.kind == DateKind::Date && date.interval.from.is_some()).then_some(date.interval)
}

/// The time of the event that a trigger names.
pub(super) fn when(tree: &Tree<'_>, trigger: usize, factuality: Factuality) -> When {
    let sentence = tree.annotated.sentence_of(TokenIdx(trigger as u32)).tokens.clone();
    let chain = chain(tree, trigger);
    let mut best: Option<(usize, usize, usize, &DateMention)> = None;
    let mut days = None;
    for date in &tree.annotated.dates {
        let Some(head) = head_of(tree, date, &sentence) else { continue };
        if in_brackets_of_its_own(tree, head, trigger, sentence.start) {
            continue;
        }
        match date.kind {
            DateKind::Duration { days: length } => {
                let below = chain.iter().take(2).any(|&c| climbs_to(tree, head, &[c]).is_some());
                if below {
                    days = days.or(Some(length));
                }
            }
            DateKind::Date => {
                let Some((place, target)) = climbs_to(tree, head, &chain) else { continue };
                if is_of_a_noun(tree, head, target) && !is_short(date.interval) {
                    continue;
                }
                if date.interval.from.is_none() && date.interval.to.is_none() {
                    continue;
                }
                if factuality == Factuality::Planned && is_past(tree, date) {
                    continue;
                }
                let distance = head.abs_diff(trigger);
                if best.is_none_or(|(p, d, ..)| (place, distance) < (p, d)) {
                    best = Some((place, distance, target, date));
                }
            }
        }
    }
    let Some((_, _, target, date)) = best else { return When { interval: None, days } };
    let mut interval = open_ended(tree, date, whole(date.interval), &sentence);
    // "concluded on Saturday" dates the end of what the noun names.
    if target != trigger && tree.is_noun(trigger) {
        if tree.is_cue("ending", target) {
            interval = match days.and_then(|days| days_before(interval.to?, days.max(1) - 1)) {
                Some(from) => Interval { from: Some(from), to: interval.to },
                None => Interval { from: None, to: interval.to },
            };
            return When { interval: Some(interval), days };
        }
        if tree.is_cue("starting", target) {
            interval = match days.and_then(|days| days_after(interval.from?, days.max(1) - 1)) {
                Some(to) => Interval { from: interval.from, to: Some(to) },
                None => Interval { from: interval.from, to: None },
            };
        }
    }
    When { interval: Some(interval), days: None }
}

/// Whether a date stands in brackets and the trigger does not: the dates behind
/// a name are those of a life, not of what is said of it.
fn in_brackets_of_its_own(tree: &Tree<'_>, date: usize, trigger: usize, start: usize) -> bool {
    let depth = |at: usize| {
        let marks = |mark: &str| (start..at).filter(|&t| tree.text(t) == mark).count();
        marks("(").saturating_sub(marks(")"))
    };
    depth(date) > depth(trigger)
}

/// "since 2005" has no end, "until 2010" no beginning.
fn open_ended(
    tree: &Tree<'_>,
    date: &DateMention,
    interval: Interval,
    sentence: &Range<usize>,
) -> Interval {
    // "since May", "since the May elections"
    let mut preposition = head_of(tree, date, sentence).and_then(|head| tree.head(head));
    while let Some(noun) = preposition.filter(|&at| tree.is_noun(at)) {
        preposition = tree.head(noun);
    }
    let Some(preposition) = preposition else { return interval };
    if tree.is_cue("since", preposition) {
        Interval { to: None, ..interval }
    } else if tree.is_cue("until", preposition) {
        Interval { from: None, ..interval }
    } else {
        interval
    }
}

/// Whether a date hangs on a common noun below `target`: "its candidacy for
/// 2024 and 2025" does not date the verb.
fn is_of_a_noun(tree: &Tree<'_>, from: usize, target: usize) -> bool {
    let mut at = from;
    for _ in 0..MAX_STEPS {
        let Some(head) = tree.head(at).filter(|&head| head != target) else { return false };
        if tree.token(head).upos == "NOUN" && tree.mention_at(head).is_none() {
            return true;
        }
        at = head;
    }
    false
}

/// Whether a period covers no more than two months.
fn is_short(interval: Interval) -> bool {
    let whole = whole(interval);
    let (Some(from), Some(to)) = (whole.from, whole.to) else { return true };
    days_before(to, 62).is_none_or(|earliest| earliest <= from)
}

/// Both ends as whole days where the year is known; a claim's period holds
/// somewhere between them.
fn whole(interval: Interval) -> Interval {
    Interval {
        from: interval.from.map(|date| date.first_day().unwrap_or(date)),
        to: interval.to.map(|date| date.last_day().unwrap_or(date)),
    }
}

/// Whether a date lies wholly on or before the day of the article.
fn is_past(tree: &Tree<'_>, date: &DateMention) -> bool {
    let (Some(published), Some(to)) =
        (tree.annotated.published.and_then(PartialDate::last_day), date.interval.to)
    else {
        return false;
    };
    let same_day = date.interval.from == date.interval.to && Some(published) == to.last_day();
    to.last_day().is_some_and(|to| to <= published) && !same_day
}

/// The word of a date that the rest of the sentence governs.
fn head_of(tree: &Tree<'_>, date: &DateMention, sentence: &Range<usize>) -> Option<usize> {
    let inside = |at: usize| date.span.overlaps(tree.token(at).span);
    let from = sentence.start
        + tree
            .annotated
            .tokens
            .get(sentence.clone())?
            .partition_point(|t| t.span.end() <= date.span.start());
    (from..sentence.end)
        .take_while(|&at| inside(at))
        .find(|&at| tree.head(at).is_none_or(|head| !inside(head)))
}

/// The first word of `targets` on the way up from `from`, no verb outside of
/// `targets` between: its rank in `targets`, and itself.
fn climbs_to(tree: &Tree<'_>, from: usize, targets: &[usize]) -> Option<(usize, usize)> {
    let mut at = from;
    for _ in 0..MAX_STEPS {
        if let Some(rank) = targets.iter().position(|&t| t == at) {
            return Some((rank, at));
        }
        // "a visit starting on Monday"
        let starts = tree.token(at).tag == "VBG" && tree.is_cue("starting", at);
        if tree.is_verb(at) && at != from && tree.deprel(at) != "aux" && !starts {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// The day `days` before a whole day.
pub(super) fn days_before(date: PartialDate, days: u32) -> Option<PartialDate> {
    shifted(date, -i64::from(days))
}

fn days_after(date: PartialDate, days: u32) -> Option<PartialDate> {
    shifted(date, i64::from(days))
}

fn shifted(date: PartialDate, days: i64) -> Option<PartialDate> {
    let (year, month, day) = (date.year()?, date.month()?, date.day()?);
    let civil = jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
    let moved = civil.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    PartialDate::day_of(moved.year(), moved.month() as u8, moved.day() as u8)
}

/// Where the event that a trigger names took place, other than at its ends.
pub(super) fn place(tree: &Tree<'_>, trigger: usize, ends: &[MentionIdx]) -> Option<MentionIdx> {
    let referents: Vec<_> = ends.iter().map(|&end| tree.annotated.mention(end).referent).collect();
    // The phrase may hang on the trigger, on its verb, or on an end beside it.
    let beside = ends.iter().map(|&end| tree.annotated.mention(end).head.index());
    for at in chain(tree, trigger).into_iter().take(3).chain(beside.filter(|&e| trigger < e)) {
        for prep in tree.children_by(at, &["prep"]) {
            if !tree.is_cue("venue", prep) {
                continue;
            }
            for inner in tree.children_by(prep, &["pobj"]) {
                let Some(mention) = tree.mention_at(inner) else { continue };
                let named = tree.annotated.mention(mention);
                if named.supertype == Supertype::Place
                    && !tree.in_date(inner)
                    && !referents.contains(&named.referent)
                {
                    return Some(mention);
                }
            }
        }
    }
    None
}

/// The amount that goes to each recipient: the last one before it, as in "$5m
/// to A and $3m to B", or else the first behind it, as in "gave A $5m".
pub(super) fn amount_for<'a>(
    tree: &'a Tree<'_>,
    trigger: usize,
    recipient: MentionIdx,
    others: &[MentionIdx],
) -> Option<&'a Amount> {
    let sentence = tree.annotated.sentence_of(TokenIdx(trigger as u32)).span;
    let reach = tree.subtree(trigger);
    let (Some(first), Some(last)) =
        (tree.annotated.tokens.get(reach.start), tree.annotated.tokens.get(reach.end - 1))
    else {
        return None;
    };
    let clause = first.span.cover(last.span);
    let at = tree.annotated.mention(recipient).span;
    let near = |amount: &&Amount| sentence.contains(amount.span) && clause.overlaps(amount.span);
    let amounts = || tree.annotated.amounts.iter().filter(near);
    let behind = || {
        amounts().find(|amount| {
            at.end() <= amount.span.start()
                && !others.iter().any(|&other| {
                    let other = tree.annotated.mention(other).span;
                    at.end() <= other.start() && other.end() <= amount.span.start()
                })
        })
    };
    // Where the verb stands last, the sum follows whom it is given to.
    let is_before = |span: Span| span.end() <= tree.token(trigger).span.start();
    if let Some(found) = behind().filter(|found| is_before(found.span)) {
        return Some(found);
    }
    amounts().rfind(|amount| amount.span.end() <= at.start()).or_else(behind)
}

/// Who says what the trigger says, when it is not the outlet itself.
pub(super) fn attribution(tree: &Tree<'_>, trigger: usize) -> Option<Attribution> {
    let mut at = trigger;
    for _ in 0..MAX_STEPS {
        if let Some(said) = according_to(tree, at) {
            return Some(said);
        }
        let head = tree.head(at)?;
        if matches!(tree.deprel(at), "ccomp" | "parataxis" | "advcl" | "dep")
            && tree.is_verb(head)
            && tree.is_cue("reporting", head)
            && (tree.deprel(at) != "advcl" || tree.is_cue("reporting", head) && is_quoted(tree, at))
        {
            let (speakers, _) = tree.surface_subject(head);
            return speakers.first().and_then(|&speaker| source(tree, speaker));
        }
        at = head;
    }
    None
}

/// Whether a word stands behind an opening quotation mark of its sentence.
fn is_quoted(tree: &Tree<'_>, at: usize) -> bool {
    let sentence = tree.annotated.sentence_of(TokenIdx(at as u32)).tokens.clone();
    (sentence.start..at).filter(|&t| matches!(tree.text(t), "\"" | "“" | "”")).count() % 2 == 1
}

fn according_to(tree: &Tree<'_>, at: usize) -> Option<Attribution> {
    for &child in tree.children(at) {
        if matches!(tree.deprel(child), "prep" | "advcl" | "advmod")
            && tree.is_cue("according", child)
        {
            for to in tree.children_by(child, &["prep"]) {
                if let Some(source_word) = tree.children_by(to, &["pobj"]).next() {
                    return source(tree, source_word);
                }
            }
        }
    }
    None
}

/// The source that a word names: a mention, whose statement it is, or words.
fn source(tree: &Tree<'_>, word: usize) -> Option<Attribution> {
    if tree.is_cue("statement", word) && tree.mention_at(word).is_none() {
        for &child in tree.children(word) {
            let inner = match tree.deprel(child) {
                "poss" | "compound" => Some(child),
                "prep" if tree.is_cue("origin", child) => tree.children_by(child, &["pobj"]).next(),
                "acl" => tree
                    .children_by(child, &["agent"])
                    .next()
                    .and_then(|by| tree.children_by(by, &["pobj"]).next()),
                _ => None,
            };
            if let Some(mention) =
                inner.and_then(|inner| ends::mentions(tree, inner).first().copied())
            {
                return Some(Attribution::Mention(mention.mention));
            }
        }
    }
    if let Some(found) = ends::mentions(tree, word).first() {
        return Some(Attribution::Mention(found.mention));
    }
    if tree.token(word).upos == "PRON" {
        return None;
    }
    let reach = tree.subtree(word);
    let (first, last) =
        (tree.annotated.tokens.get(reach.start)?, tree.annotated.tokens.get(reach.end - 1)?);
    Some(Attribution::Words(first.span.cover(last.span)))
}
