//! Names of people, part by part.
//!
//! Parts of the two names are paired one to one, the likest first. What each
//! pair and each part left over says is weighed by its position: first and last
//! names say most, middle names less, honorifics and names that very many people
//! bear least.

use super::super::evidence::Evidence;
use super::super::names::{Part, PartKind, PersonName};
use super::super::spelling::{Sounded, distance};
use super::super::tables::TABLES;
use crate::mention::Gender;

/// What has to be overcome before two names count as one person's.
const PRIOR: f64 = -3.0;
/// What an agreeing first or last name says.
const OUTER: f64 = 3.0;
/// What an agreeing middle name says.
const MIDDLE: f64 = 1.6;
/// What all agreeing names together say at most.
const MOST: f64 = 6.6;

/// How two parts agree.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Agreement {
    Exact,
    Variant,
    Nickname,
    Initial,
    Initials,
    Spelling { sounds_same: bool },
    None,
}

/// A pair of parts, or a part without a partner.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: usize,
    b: usize,
    /// From 1 (the same) over 0 (says nothing) to -2 (other names).
    likeness: f64,
    agreement: Agreement,
}

/// Adds what two names of people say.
pub(in crate::resolve) fn compare(a: &PersonName, b: &PersonName, evidence: &mut Evidence) {
    if a.parts.is_empty() || b.parts.is_empty() {
        evidence.add("name", -4.0, || "no name to compare".to_owned());
        return;
    }
    if acronym(a, b, evidence) || acronym(b, a, evidence) {
        return;
    }
    let (x, y) = join_split_words(&a.parts, &b.parts);
    let (x, y) = (&x, &y);
    evidence.add("any two names", PRIOR, || "two names picked at random differ".to_owned());
    suffixes(a, b, evidence);
    address(a, b, evidence);

    let pairs = align(a, b, x, y);
    let free_a: Vec<usize> = (0..x.len()).filter(|i| !pairs.iter().any(|p| p.a == *i)).collect();
    let free_b: Vec<usize> = (0..y.len()).filter(|j| !pairs.iter().any(|p| p.b == *j)).collect();

    // Of a long name, the first parts say most of what all of them say.
    let mut left = MOST;
    for pair in &pairs {
        let (Some(p), Some(q)) = (x.get(pair.a), y.get(pair.b)) else { continue };
        let weight = f64::midpoint(importance(x, pair.a), importance(y, pair.b)) * pair.likeness;
        let weight = weight.min(left);
        left -= weight;
        evidence
            .add(role(pair.a, x.len(), pair.b, y.len()), weight, || detail(p, q, pair.agreement));
    }
    order(x, y, &pairs, evidence);
    conflicts((a, b), (x, y), (&free_a, &free_b), evidence);
    missing(x, y, &free_a, &free_b, &pairs, true, evidence);
    missing(y, x, &free_b, &free_a, &pairs, false, evidence);
    bare(a, b, x, y, &pairs, evidence);
}

/// "JFK" and "John Fitzgerald Kennedy".
fn acronym(short: &PersonName, long: &PersonName, evidence: &mut Evidence) -> bool {
    let initials: String = long.parts.iter().filter_map(|part| part.text.chars().next()).collect();
    let short_form = &short.joined;
    let all: String =
        long.titles.iter().filter_map(|word| word.chars().next()).chain(initials.chars()).collect();
    if short.is_acronym
        && short_form.len() >= 2
        && long.parts.len() >= 2
        && (initials == *short_form || all == *short_form)
    {
        evidence.add("acronym", 1.0, || {
            format!("{} are the initials of the other name", short_form.to_uppercase())
        });
        return true;
    }
    false
}

/// Joins neighbors that the other name writes as one word ("Hyun dong",
/// "Hyundong").
fn join_split_words(a: &[Part], b: &[Part]) -> (Vec<Part>, Vec<Part>) {
    let joined_a = join_like(a, b);
    let joined_b = join_like(b, joined_a.as_deref().unwrap_or(a));
    (joined_a.unwrap_or_else(|| a.to_vec()), joined_b.unwrap_or_else(|| b.to_vec()))
}

fn join_like(parts: &[Part], others: &[Part]) -> Option<Vec<Part>> {
    if parts.len() < 2 {
        return None;
    }
    for (i, pair) in parts.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let text = format!("{}{}", first.text, second.text);
        let is_needed = others.iter().any(|other| {
            // A word that stands alone on both sides is not half of another.
            let is_whole = |part: &Part| others.iter().any(|o| o.sounded.text == part.sounded.text);
            other.text.chars().count() >= 4
                && other.text.chars().count().abs_diff(text.chars().count())
                    <= if text.is_ascii() == other.text.is_ascii() { 2 } else { 5 }
                && !(is_whole(first) || is_whole(second))
                && {
                    let d = distance(&Sounded::new(&text), &other.sounded).value;
                    d < 0.13
                        && d < distance(&first.sounded, &other.sounded).value
                        && d < distance(&second.sounded, &other.sounded).value
                }
        });
        if is_needed {
            let mut joined = parts.to_vec();
            joined.remove(i + 1);
            if let Some(part) = joined.get_mut(i) {
                part.sounded = Sounded::new(&text);
                part.text = text;
                part.kind = PartKind::Name;
            }
            // Once more: three words may be one.
            return Some(join_like(&joined, others).unwrap_or(joined));
        }
    }
    None
}

/// Pairs the parts, the likest first.
fn align(a: &PersonName, b: &PersonName, x: &[Part], y: &[Part]) -> Vec<Pair> {
    let mut candidates = Vec::with_capacity(x.len() * y.len());
    for (i, p) in x.iter().enumerate() {
        for (j, q) in y.iter().enumerate() {
            let (likeness, agreement) = likeness(a, b, p, q, i == 0 || j == 0);
            if likeness > 0.0 {
                // Between equals, the pair at the same place from either end.
                let ends = usize::from(i == j) + usize::from(x.len() - i == y.len() - j);
                let place = ends as f64 * 0.05 - i.abs_diff(j) as f64 * 0.01;
                candidates.push((likeness + place, Pair { a: i, b: j, likeness, agreement }));
            }
        }
    }
    candidates.sort_by(|(s, p), (t, q)| {
        t.total_cmp(s).then_with(|| (p.a + p.b, p.a.min(p.b)).cmp(&(q.a + q.b, q.a.min(q.b))))
    });
    let (mut used_x, mut used_y) = (vec![false; x.len()], vec![false; y.len()]);
    let mut pairs = Vec::new();
    for (_, pair) in candidates {
        if let (Some(i), Some(j)) = (used_x.get_mut(pair.a), used_y.get_mut(pair.b))
            && !*i
            && !*j
        {
            (*i, *j) = (true, true);
            pairs.push(pair);
        }
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// How alike two parts are, from 1 (the same) to -2.
fn likeness(
    a: &PersonName,
    b: &PersonName,
    p: &Part,
    q: &Part,
    is_first: bool,
) -> (f64, Agreement) {
    let same_letter = || p.text.chars().next() == q.text.chars().next();
    match (p.kind == PartKind::Initial, q.kind == PartKind::Initial) {
        (true, true) if same_letter() => return (0.6, Agreement::Initials),
        (true, false) | (false, true) if same_letter() => return (0.4, Agreement::Initial),
        (true, _) | (_, true) => return (-1.5, Agreement::None),
        _ => {}
    }
    if p.text == q.text {
        return (1.0, Agreement::Exact);
    }
    if is_cut_of(p, q) || is_cut_of(q, p) {
        return (0.5, Agreement::Initial);
    }
    if p.sounded.text == q.sounded.text {
        return (0.92, Agreement::Variant);
    }
    let in_quotes =
        |name: &PersonName, part: &Part| name.nicknames.iter().any(|n| n.text == part.text);
    let is_nickname = TABLES.are_nicknames(&p.text, &q.text)
        || TABLES.are_nicknames(&p.sounded.text, &q.sounded.text);
    if is_first && (is_nickname || in_quotes(a, q) || in_quotes(b, p)) {
        return (0.65, Agreement::Nickname);
    }
    if is_first && (is_nickname_across(p, q) || is_nickname_across(q, p)) {
        return (0.65, Agreement::Nickname);
    }
    // Two names that are known to be two.
    if is_known(p) && is_known(q) {
        return (-2.0, Agreement::None);
    }
    // A particle written as one word with the name.
    let is_joined = |p: &Part, q: &Part| {
        !p.particle.is_empty() && q.text.strip_prefix(p.particle.as_str()) == Some(p.text.as_str())
    };
    if is_joined(p, q) || is_joined(q, p) {
        return (0.92, Agreement::Variant);
    }
    // What follows "abdul", "abu" or "mc" is what tells such names apart.
    for prefix in ["abdul", "abu", "mc", "mac"] {
        let (x, y) = (p.sounded.text.strip_prefix(prefix), q.sounded.text.strip_prefix(prefix));
        if let (Some(x), Some(y)) = (x, y)
            && !x.is_empty()
            && !y.is_empty()
        {
            let d = distance(&Sounded::new(x), &Sounded::new(y));
            return (
                curve(d.value, x.len().min(y.len())),
                Agreement::Spelling { sounds_same: d.sounds_same },
            );
        }
        if prefix.starts_with('a')
            && (x == Some(q.sounded.text.as_str()) || y == Some(p.sounded.text.as_str()))
        {
            return (0.6, Agreement::Variant);
        }
    }
    let d = distance(&p.sounded, &q.sounded);
    let letters = p.sounded.latin.len().min(q.sounded.latin.len());
    (curve(d.value, letters), Agreement::Spelling { sounds_same: d.sounds_same })
}

/// Whether a name in Latin letters is short for one that the other is in Arabic
/// letters.
fn is_nickname_across(short: &Part, abjad: &Part) -> bool {
    /// Names as far apart as this sound alike.
    const NEAR: f64 = 0.12;
    abjad.sounded.abjad.is_some()
        && TABLES.names_of(&short.text).is_some_and(|names| {
            names.iter().any(|name| distance(&Sounded::new(name), &abjad.sounded).value < NEAR)
        })
}

/// Whether an abbreviation with a dot ("Th.") stands for the name.
fn is_cut_of(short: &Part, long: &Part) -> bool {
    short.is_cut && long.text.len() > short.text.len() && long.text.starts_with(&short.text)
}

/// Whether the table of names knows the part.
fn is_known(part: &Part) -> bool {
    TABLES.person_word(&part.text).canonical.is_some()
}

/// From distance to likeness, by straight lines between measured points. In
/// short names each letter is more.
fn curve(d: f64, letters: usize) -> f64 {
    let d = d * (1.0 + 0.12 * 6_usize.saturating_sub(letters.max(3)) as f64);
    const POINTS: [(f64, f64); 8] = [
        (0.0, 0.98),
        (0.05, 0.9),
        (0.12, 0.7),
        (0.18, 0.35),
        (0.23, -0.02),
        (0.28, -0.7),
        (0.36, -1.4),
        (0.46, -2.0),
    ];
    let mut before = (0.0, 0.98);
    for point in POINTS {
        if d <= point.0 {
            let span = point.0 - before.0;
            let share = if span > 0.0 { (d - before.0) / span } else { 0.0 };
            return before.1 + (point.1 - before.1) * share;
        }
        before = point;
    }
    -2.0
}

/// What a part can say at its place.
fn importance(parts: &[Part], i: usize) -> f64 {
    let Some(part) = parts.get(i) else { return 0.0 };
    let strong = |part: &&Part| part.kind != PartKind::Honorific;
    let is_outer = i == 0
        || i + 1 == parts.len()
        || parts.iter().take(i).filter(strong).count() == 0
        || parts.iter().skip(i + 1).filter(strong).count() == 0;
    let place = if is_outer { OUTER } else { MIDDLE };
    match part.kind {
        PartKind::Name => place,
        PartKind::Common => place * 0.75,
        PartKind::Honorific => 0.3,
        PartKind::Initial => place.min(OUTER * 0.8),
    }
}

/// What to call the pair of parts at two places.
fn role(i: usize, len_a: usize, j: usize, len_b: usize) -> &'static str {
    if len_a == 1 || len_b == 1 {
        "name"
    } else if i == 0 && j == 0 {
        "first name"
    } else if i + 1 == len_a && j + 1 == len_b {
        "last name"
    } else {
        "middle name"
    }
}

fn detail(p: &Part, q: &Part, agreement: Agreement) -> String {
    let (a, b) = (show(&p.text), show(&q.text));
    match agreement {
        Agreement::Exact => format!("both {a}"),
        Agreement::Variant => format!("{a} and {b} are spellings of one name"),
        Agreement::Nickname => {
            let (short, long) = if TABLES
                .names_of(&p.text)
                .is_some_and(|names| names.contains(q.text.as_str()) || !q.text.is_ascii())
            {
                (a, b)
            } else {
                (b, a)
            };
            format!("{short} can be short for {long}")
        }
        Agreement::Initial => format!("{a} and {b} begin alike"),
        Agreement::Initials => format!("both {a}."),
        Agreement::Spelling { sounds_same: true } => {
            format!("{a} and {b} sound the same and are spelt alike")
        }
        Agreement::Spelling { sounds_same: false } => format!("{a} and {b} are spelt alike"),
        Agreement::None => format!("{a} is not {b}"),
    }
}

/// A folded word as a name is shown.
fn show(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn suffixes(a: &PersonName, b: &PersonName, evidence: &mut Evidence) {
    match (&a.suffix, &b.suffix) {
        (Some(x), Some(y)) if x == y => evidence.add("suffix", 0.5, || format!("both {x}")),
        (Some(x), Some(y)) => evidence.add("suffix", -5.0, || format!("{x} is not {y}")),
        (Some(x), None) | (None, Some(x)) => {
            evidence.add("suffix", -0.6, || format!("only one is called {x}"));
        }
        (None, None) => {}
    }
}

/// A form of address for women and a given name of men, or the other way round.
fn address(a: &PersonName, b: &PersonName, evidence: &mut Evidence) {
    let given = |name: &PersonName| {
        name.parts
            .first()
            .filter(|_| !name.is_bare())
            .map_or(Gender::Unknown, |part| TABLES.gender(&part.text))
    };
    let (x, y) = (address_of(a), address_of(b));
    let differ = |p: Gender, q: Gender| {
        matches!(
            (p, q),
            (Gender::Masculine, Gender::Feminine) | (Gender::Feminine, Gender::Masculine)
        )
    };
    if differ(x, y) || differ(x, given(b)) || differ(given(a), y) {
        evidence
            .add("address", -3.0, || "one is addressed as a woman, the other is a man".to_owned());
    }
}

/// Whom the titles address.
fn address_of(name: &PersonName) -> Gender {
    let words = || name.titles.iter().map(|title| TABLES.person_word(title));
    match (words().any(|word| word.man), words().any(|word| word.woman)) {
        (true, false) => Gender::Masculine,
        (false, true) => Gender::Feminine,
        _ => Gender::Unknown,
    }
}

/// Names in another order: the surname in front is usual, anything else is not.
fn order(x: &[Part], y: &[Part], pairs: &[Pair], evidence: &mut Evidence) {
    let strong: Vec<&Pair> = pairs
        .iter()
        .filter(|p| {
            [x.get(p.a), y.get(p.b)]
                .into_iter()
                .flatten()
                .all(|part| part.kind != PartKind::Honorific)
        })
        .collect();
    let falls = strong.windows(2).filter(|w| matches!(w, [p, q] if p.b > q.b)).count();
    let wraps = matches!((strong.first(), strong.last()), (Some(p), Some(q)) if p.b > q.b);
    if falls == 0 {
        return;
    }
    let swaps = strong.iter().any(|pair| {
        let (Some(p), Some(q)) = (x.get(pair.a), y.get(pair.b)) else { return false };
        (pair.a == 0 && pair.b > 0 && q.is_father) || (pair.b == 0 && pair.a > 0 && p.is_father)
    });
    if swaps && x.len().min(y.len()) > 2 {
        evidence.add("order", -5.0, || "the father of one bears the name of the other".to_owned());
    } else if falls == 1 && wraps && x.len() == y.len() {
        evidence.add("order", -0.5, || "the same names, the surname in front in one".to_owned());
    } else if falls == 1 && wraps {
        evidence.add("order", -1.5, || "the names stand in another order".to_owned());
    } else {
        evidence.add("order", -1.8, || "the names stand in a different order".to_owned());
    }
}

/// Parts left over on both sides: other names at the place of a name.
fn conflicts(
    (a, b): (&PersonName, &PersonName),
    (x, y): (&[Part], &[Part]),
    (free_a, free_b): (&[usize], &[usize]),
    evidence: &mut Evidence,
) {
    let strong = |parts: &[Part], free: &[usize]| -> Vec<usize> {
        free.iter()
            .copied()
            .filter(|i| parts.get(*i).is_some_and(|p| p.kind != PartKind::Honorific))
            .collect()
    };
    let (free_a, free_b) = (strong(x, free_a), strong(y, free_b));
    let mut pairs = Vec::new();
    let (mut left_a, mut left_b) = (free_a.clone(), free_b.clone());
    // Like meets like: first with first, last with last, then in order.
    if let (Some(0), Some(0)) = (left_a.first(), left_b.first()) {
        pairs.push((left_a.remove(0), left_b.remove(0)));
    }
    if let (Some(&i), Some(&j)) = (left_a.last(), left_b.last())
        && i + 1 == x.len()
        && j + 1 == y.len()
    {
        left_a.pop();
        left_b.pop();
        pairs.push((i, j));
    }
    pairs.extend(left_a.into_iter().zip(left_b));
    pairs.sort_unstable();
    for (i, j) in pairs {
        let (Some(p), Some(q)) = (x.get(i), y.get(j)) else { continue };
        let is_initial = p.kind == PartKind::Initial || q.kind == PartKind::Initial;
        let against = if is_initial { -2.0 } else { likeness(a, b, p, q, false).0.min(-0.3) };
        let role = role(i, x.len(), j, y.len());
        let place = if role == "middle name" { 2.7 } else { OUTER };
        let is_common = p.kind == PartKind::Common || q.kind == PartKind::Common;
        let common = if is_common && !(p.is_father && q.is_father) { 0.8 } else { 1.0 };
        evidence.add(role, against * place * common, || {
            format!("{} is not {}", show(&p.text), show(&q.text))
        });
    }
}

/// Parts that only the longer name has.
fn missing(
    x: &[Part],
    y: &[Part],
    free: &[usize],
    other_free: &[usize],
    pairs: &[Pair],
    is_left: bool,
    evidence: &mut Evidence,
) {
    let is_strong =
        |parts: &[Part], i: &usize| parts.get(*i).is_some_and(|p| p.kind != PartKind::Honorific);
    let others = other_free.iter().filter(|i| is_strong(y, i)).count();
    let free: Vec<usize> = free.iter().copied().filter(|i| is_strong(x, i)).collect();
    // "George W." is "George Walker", not "George Herbert Walker".
    for pair in pairs {
        let (i, j) = if is_left { (pair.a, pair.b) } else { (pair.b, pair.a) };
        if matches!(pair.agreement, Agreement::Initial | Agreement::Initials)
            && j > 0
            && free.iter().any(|&k| 0 < k && k < i)
        {
            evidence.add("initial", -6.0, || "the initial stands for another name".to_owned());
        }
    }
    let extra = free.len().saturating_sub(others);
    if extra == 0 {
        return;
    }
    let last = pairs.iter().map(|p| if is_left { p.a } else { p.b }).max().unwrap_or(x.len());
    // A part that the other name has in the same place took the conflicts.
    for &i in free.iter().rev().take(extra) {
        let Some(part) = x.get(i) else { continue };
        let (weight, what) = if part.kind == PartKind::Initial {
            (-0.15, "initial")
        } else if i == 0 {
            // A chain of fathers' names says more when its first link differs.
            let is_chain = y.len() > 1 && y.iter().any(|q| q.kind == PartKind::Common);
            let weight = match part.kind {
                PartKind::Common => -0.5,
                _ if is_chain && part.sounded.text.is_ascii() => -1.6,
                _ => -1.2,
            };
            (weight, "first name")
        } else if i > last && i + 1 < x.len() && x.iter().all(|part| part.text.chars().count() <= 4)
        {
            // In a name of short words each of them tells.
            (-1.5, "last name")
        } else if i + 1 == x.len() {
            (-0.9, "last name")
        } else {
            (-0.25, "middle name")
        };
        evidence.add(what, weight, || format!("only one name has {}", show(&part.text)));
    }
}

/// One name alone may be anybody's, unless all of both is that name.
fn bare(
    a: &PersonName,
    b: &PersonName,
    x: &[Part],
    y: &[Part],
    pairs: &[Pair],
    evidence: &mut Evidence,
) {
    if pairs.is_empty() {
        return;
    }
    let is_equal = pairs.len() == x.len() && pairs.len() == y.len();
    // "Jean-Yves" is one name and may be anybody's, too.
    let is_group =
        |parts: &[Part]| parts.len() > 1 && parts.iter().skip(1).all(|part| part.is_hyphenated);
    if x.len() != y.len() && is_group(if x.len() < y.len() { x } else { y }) {
        evidence.add("single name", -3.5, || "one is a single name".to_owned());
        return;
    }
    if x.len() == 1 && y.len() == 1 {
        let is_exact =
            pairs.iter().all(|p| matches!(p.agreement, Agreement::Exact | Agreement::Variant));
        let is_long = || x.iter().all(|part| part.text.chars().count() >= 8);
        let is_frequent = x.iter().any(|part| TABLES.person_word(&part.sounded.text).frequent);
        let weight = if is_frequent && a.suffix.is_none() {
            -0.8
        } else if is_exact || is_long() {
            0.7
        } else {
            0.2
        };
        evidence.add("single name", weight, || "neither has another name".to_owned());
    } else if !is_equal && x.len().min(y.len()) == 1 {
        let (short, long) = if x.len() == 1 { (a, y.len()) } else { (b, x.len()) };
        let place = pairs.first().map_or(0, |p| if x.len() == 1 { p.b } else { p.a });
        let is_given = || if x.len() == 1 { x } else { y }.iter().any(|p| TABLES.is_given(&p.text));
        if !short.titles.is_empty() && (place + 1 == long || (place == 0 && !is_given())) {
            // In some cultures the surname stands in front.
            let weight = if place + 1 == long { 1.8 } else { 1.3 };
            evidence.add("title", weight, || {
                format!("“{}” stands in place of a given name", short.titles.join(" "))
            });
        } else {
            evidence.add("single name", -0.5, || "one is a single name".to_owned());
        }
    }
}
