//! The evidence beyond the name, and when it makes a merge.

use std::sync::Arc;

use crate::mention::{Gender, Supertype};

use super::compare::ParsedName;
use super::compare::organization::OrganizationName;
use super::evidence::Evidence;
use super::profile::{Corpus, Counted, Post, Profile};
use super::spelling::distance;
use super::tables::TABLES;
use super::weights::Finding;

/// What sharing companions can say at most.
const MAX_COMPANIONS: f64 = 1.6;
/// What other forms of two bodies' names can add to what their full names say.
const FROM_ALIAS: f64 = 3.0;
/// What it says that every part of a name is one that very many bear.
const FREQUENT: f64 = -2.4;
/// Names judged this different are not rescued by any other evidence.
pub(super) const NAMES_DIFFER: f64 = -1.5;

/// Adds the evidence for two profiles of one and the same name.
pub(super) fn same_name(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) {
    let weight = match (&*a.name, a.supertype) {
        _ if a.wikidata.is_some() && a.wikidata == b.wikidata => 0.0,
        (_, Supertype::Group | Supertype::Office) => 3.0,
        (ParsedName::Person(_), _) if a.is_bare => -1.0,
        (ParsedName::Organization(name), _) if name.is_generic() => 0.3,
        _ => a.own_weight,
    };
    if weight != 0.0 {
        evidence.add("name", weight, || format!("the same name, “{}”", a.key.trim()));
    }
    rarity(a, corpus, evidence);
    let kin = if a.is_bare { Kin::Other } else { Kin::Same };
    beyond(a, b, kin, corpus, evidence);
}

/// How alike two names are to a reader who sees both in one article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kin {
    /// One name in the same words.
    Same,
    /// One is the other with a name left out, or its acronym.
    Form,
    /// Two names, or two spellings.
    Other,
}

impl Kin {
    fn of(a: &Profile, b: &Profile) -> Self {
        match (&*a.name, &*b.name) {
            _ if a.key == b.key => Self::Same,
            (ParsedName::Person(x), ParsedName::Person(y))
                if x.is_form_of(y) || x.is_slip_of(y) || x.is_transcribed(y) =>
            {
                Self::Form
            }
            (ParsedName::Organization(x), ParsedName::Organization(y))
                if x.is_acronym_of(y) || y.is_acronym_of(x) || x.is_form_of(y) =>
            {
                Self::Form
            }
            _ => Self::Other,
        }
    }
}

/// Adds the evidence for two profiles of different names. Returns the log-odds
/// of the names alone.
pub(super) fn other_name(
    a: &Profile,
    b: &Profile,
    corpus: &Corpus,
    evidence: &mut Evidence,
) -> f64 {
    let names = names(a, b, evidence)
        + acronym(a, b, corpus, evidence)
        + open_country(a, b, corpus, evidence);
    loose_spelling(a, b, evidence);
    rarity(if a.documents.len() <= b.documents.len() { a } else { b }, corpus, evidence);
    beyond(a, b, Kin::of(a, b), corpus, evidence);
    names
}

/// Returns what the names of two profiles say alone, in log-odds.
pub(super) fn names_alone(a: &Profile, b: &Profile) -> f64 {
    names(a, b, &mut Evidence::silent())
}

/// Adds the evidence for two profiles of different names, of which it is known
/// already what the names say.
pub(super) fn with_names(
    a: &Profile,
    b: &Profile,
    names: f64,
    corpus: &Corpus,
    evidence: &mut Evidence,
) {
    evidence.add("names", names, String::new);
    rarity(if a.documents.len() <= b.documents.len() { a } else { b }, corpus, evidence);
    beyond(a, b, Kin::of(a, b), corpus, evidence);
}

/// Adds what the names say: the two main ones, or two forms of them that agree
/// better. Returns the log-odds.
fn names(a: &Profile, b: &Profile, evidence: &mut Evidence) -> f64 {
    let mut main = Evidence::silent();
    a.name.compare(&b.name, &mut main);
    let mut best = (main.log_odds(), &*a.name, &*b.name);
    // Two bodies may share an acronym; their full names say more.
    let is_full = |name: &ParsedName| matches!(name, ParsedName::Organization(name) if name.acronym.is_none());
    let most =
        if is_full(&a.name) && is_full(&b.name) { best.0 + FROM_ALIAS } else { f64::INFINITY };
    // A person's other forms are spellings of one document; a body's are its
    // acronyms, which name it as well.
    if (a.supertype != Supertype::Person || best.0 > NAMES_DIFFER)
        && !(a.aliases.is_empty() && b.aliases.is_empty())
    {
        for (i, x) in std::iter::once(&a.name).chain(&a.aliases).enumerate() {
            for (j, y) in std::iter::once(&b.name).chain(&b.aliases).enumerate() {
                if i + j == 0 {
                    continue;
                }
                let mut names = Evidence::silent();
                x.compare(y, &mut names);
                if names.log_odds().min(most) > best.0 {
                    best = (names.log_odds().min(most), x, y);
                }
            }
        }
    }
    if evidence.is_told() {
        let before = evidence.log_odds();
        best.1.compare(best.2, evidence);
        let over = evidence.log_odds() - before - best.0;
        if over > 1e-9 {
            evidence.add("full name", -over, || {
                format!("“{}” and “{}” differ", a.key.trim(), b.key.trim())
            });
        }
    } else {
        evidence.add("names", best.0, String::new);
    }
    best.0
}

/// Initials are those of many names; which one is meant, other articles do not
/// say. Returns the log-odds.
fn acronym(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) -> f64 {
    let (ParsedName::Organization(x), ParsedName::Organization(y)) = (&*a.name, &*b.name) else {
        return 0.0;
    };
    let short = if x.is_acronym_of(y) {
        x
    } else if y.is_acronym_of(x) {
        y
    } else {
        return 0.0;
    };
    let own = |name: &OrganizationName, profile: &Profile| {
        profile.aliases.iter().any(|alias| {
            matches!(&**alias, ParsedName::Organization(alias) if alias.acronym == name.acronym)
        })
    };
    // An article that gives the acronym beside the name settles it.
    if own(short, if std::ptr::eq(short, x) { b } else { a })
        || (a.wikidata.is_some() && a.wikidata == b.wikidata)
    {
        return 0.0;
    }
    let acronym = short.acronym.as_deref().unwrap_or_default();
    let bearers = corpus.bodies_with(acronym).max(1);
    let mut weight = match acronym.chars().count() {
        ..=2 => -1.5,
        _ => 0.0,
    };
    weight -= f64::from(bearers).ln();
    evidence.add("initials", weight, || match bearers {
        1 => "no article gives both together".to_owned(),
        _ => format!("{bearers} names here have these initials"),
    });
    // The tables know one, and would know the other if it were the same.
    let is_known = |profile: &Profile| {
        profile.wikidata.is_some() || TABLES.country_of_body(&profile.key).is_some()
    };
    if is_known(a) != is_known(b) {
        evidence.add("tables", -2.5, || "only one is a body that the tables know".to_owned());
        weight -= 2.5;
    }
    weight
}

/// A name that is only somewhat like another, beside one other name, is often
/// somebody else's.
fn loose_spelling(a: &Profile, b: &Profile, evidence: &mut Evidence) {
    let (ParsedName::Person(x), ParsedName::Person(y)) = (&*a.name, &*b.name) else { return };
    if x.parts.len() != 2 || y.parts.len() != 2 || x.is_transcribed(y) {
        return;
    }
    let is_loose = x.parts.iter().zip(&y.parts).any(|(p, q)| {
        let d = distance(&p.sounded, &q.sounded).value;
        0.12 < d && d < 0.25 && !TABLES.are_nicknames(&p.text, &q.text)
    });
    if is_loose {
        evidence.add("spelling", -0.6, || "one of two names is only somewhat alike".to_owned());
    }
}

/// "The Coast Guard" may be that of any country whose coast guard an article
/// names. Returns the log-odds.
fn open_country(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) -> f64 {
    let (ParsedName::Organization(x), ParsedName::Organization(y)) = (&*a.name, &*b.name) else {
        return 0.0;
    };
    if x.country().is_some() == y.country().is_some() || x.plain() != y.plain() {
        return 0.0;
    }
    // Each country has a Ministry of Health.
    let is_generic = a.is_generic() || b.is_generic();
    let countries = corpus.countries_with(&x.plain()).max(if is_generic { 4 } else { 0 });
    if countries < 2 || a.countries.keys().any(|country| b.countries.contains_key(country)) {
        return 0.0;
    }
    let weight = -1.2 * f64::from(countries).ln();
    evidence.add("country", weight, || "other countries have one, too".to_owned());
    weight
}

/// A name whose parts many others bear too says less.
fn rarity(profile: &Profile, corpus: &Corpus, evidence: &mut Evidence) {
    let ParsedName::Person(name) = &*profile.name else { return };
    if profile.is_bare {
        return;
    }
    let mut weight = 0.0;
    let mut commonest = ("", 0);
    for part in name.full_parts() {
        let bearers = corpus.names_with(&part.sounded.text);
        if bearers > 3 {
            weight -= (f64::from(bearers) / 3.0).ln() * 0.3;
        }
        if bearers > commonest.1 {
            commonest = (&part.text, bearers);
        }
    }
    // Names that are frequent in the world are, however few an archive has.
    let is_frequent = name.parts.len() <= 2
        && name.suffix.is_none()
        && name.full_parts().all(|part| TABLES.person_word(&part.sounded.text).frequent);
    if is_frequent {
        evidence.add("rarity", FREQUENT, || "many people bear that name".to_owned());
    } else if weight < -0.05 {
        evidence.add("rarity", weight.max(-1.5), || {
            format!("{} names here have “{}” in them", commonest.1, commonest.0)
        });
    }
}

/// Adds what the documents say of the two beside their names.
pub(super) fn beyond(a: &Profile, b: &Profile, kin: Kin, corpus: &Corpus, evidence: &mut Evidence) {
    match (&a.wikidata, &b.wikidata) {
        (Some(x), Some(y)) if x == y => evidence.add("Wikidata", 8.0, || format!("both {x}")),
        (Some(x), Some(y)) => evidence.add("Wikidata", -20.0, || format!("{x} is not {y}")),
        _ => {}
    }
    if a.class != b.class && a.supertype == Supertype::Place {
        evidence.add("class", -1.5, || format!("a {} is not a {}", a.class, b.class));
    }
    genders(a, b, corpus, evidence);
    countries(a, b, corpus, evidence);
    offices(a, b, corpus, evidence);
    let (few, many) = if a.documents.len() <= b.documents.len() { (a, b) } else { (b, a) };
    let shared = few.documents.iter().filter(|d| many.documents.binary_search(d).is_ok()).count();
    let share = shared as f64 / few.documents.len().max(1) as f64;
    companions(a, b, share, corpus, evidence);
    same_document(a, kin, shared, share, evidence);
}

fn genders(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) {
    match (a.gender(), b.gender()) {
        (Gender::Masculine, Gender::Feminine) | (Gender::Feminine, Gender::Masculine) => {
            // A gender that only a given name tells is that of the name: "Sierra
            // Arias" may be Eddy Sierra Arias.
            let given = |profile: &Profile| match &*profile.name {
                ParsedName::Person(name) => {
                    name.parts.first().map(|part| part.text.clone()).unwrap_or_default()
                }
                _ => String::new(),
            };
            let (x, y) = (given(a), given(b));
            let is_guess = |name: &str, profile: &Profile| {
                !name.is_empty() && TABLES.gender(name) == profile.gender()
            };
            let is_weak = x != y && (is_guess(&x, a) || is_guess(&y, b));
            let weight = if is_weak { -0.8 } else { -2.5 };
            let weight = weight + corpus.weights.change(Finding::OtherGender);
            evidence.add("gender", weight, || "one is “he”, the other “she”".to_owned());
        }
        (Gender::Masculine, Gender::Masculine) | (Gender::Feminine, Gender::Feminine) => {
            let weight = 0.2 + corpus.weights.change(Finding::SameGender);
            evidence.add("gender", weight, || "the same gender".to_owned());
        }
        _ => {}
    }
}

fn countries(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) {
    let generic = a.is_generic() && b.is_generic();
    if a.countries.is_empty() || b.countries.is_empty() {
        // "The Foreign Ministry" of an unnamed country may be any.
        if generic {
            evidence.add("country", -0.8, || "the country is not known of both".to_owned());
        }
        return;
    }
    match a.countries.keys().find(|country| b.countries.contains_key(*country)) {
        Some(country) => {
            let weight = if generic { 2.0 } else { 0.8 };
            evidence.add("country", weight + change(a, corpus, Finding::SameCountry), || {
                format!("both tied to {country}")
            });
        }
        None => {
            let list = |p: &Profile| {
                p.countries.keys().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")
            };
            let weight = if generic { -4.0 } else { -0.8 };
            evidence.add("country", weight + change(a, corpus, Finding::OtherCountry), || {
                format!("tied to {} and to {}", list(a), list(b))
            });
        }
    }
}

fn offices(a: &Profile, b: &Profile, corpus: &Corpus, evidence: &mut Evidence) {
    if a.offices.is_empty() || b.offices.is_empty() {
        return;
    }
    let mut best: Option<(f64, &Post, &Post)> = None;
    // The first few of each; offices come sorted, so that the choice is stable.
    for x in frequent(&a.offices) {
        for y in frequent(&b.offices) {
            let score = office_likeness(x, y);
            if best.is_none_or(|(s, ..)| score > s) {
                best = Some((score, x, y));
            }
        }
    }
    let Some((likeness, x, y)) = best else { return };
    let score = likeness + change(a, corpus, Finding::of_posts(likeness));
    let show = |post: &Post| match &post.of {
        Some(of) => format!("{} of {of}", post.title.join(" ")),
        None => post.title.join(" "),
    };
    // Titles in two scripts share no words, whatever they mean.
    let is_latin = |post: &Post| post.title.iter().all(|word| word.is_ascii());
    if likeness <= 0.0 && is_latin(x) != is_latin(y) {
        return;
    }
    if likeness <= 0.0 {
        evidence
            .add("office", score - 0.3, || format!("{} and {} share nothing", show(x), show(y)));
    } else if x == y {
        evidence.add("office", score, || format!("both {}", show(x)));
    } else {
        evidence.add("office", score, || format!("{} and {} are alike", show(x), show(y)));
    }
}

/// What this corpus changes of a weight. It is learnt of people only.
fn change(profile: &Profile, corpus: &Corpus, finding: Finding) -> f64 {
    if profile.supertype == Supertype::Person { corpus.weights.change(finding) } else { 0.0 }
}

/// How alike the likest posts of two profiles are, where both have posts.
pub(super) fn likest_posts(a: &Profile, b: &Profile) -> Option<f64> {
    let (x, y) = (frequent(&a.offices), frequent(&b.offices));
    x.iter().flat_map(|p| y.iter().map(|q| office_likeness(p, q))).max_by(f64::total_cmp)
}

/// The posts that most members hold, at most eight.
fn frequent(offices: &Counted<Arc<Post>>) -> Vec<&Post> {
    let mut posts: Vec<_> = offices.iter().map(|(post, count)| (&**post, count)).collect();
    if posts.len() > 8 {
        posts.sort_by(|(p, m), (q, n)| n.cmp(m).then_with(|| p.cmp(q)));
        posts.truncate(8);
    }
    posts.into_iter().map(|(post, _)| post).collect()
}

/// How much two posts speak for one holder.
fn office_likeness(a: &Post, b: &Post) -> f64 {
    const SMALL: [&str; 8] = ["of", "for", "the", "to", "and", "a", "former", "acting"];
    let words = |post: &Post| -> Vec<String> {
        post.title.iter().filter(|w| !SMALL.contains(&w.as_str())).cloned().collect()
    };
    let (x, y) = (words(a), words(b));
    let shared = x.iter().filter(|word| y.contains(word)).count();
    if shared == 0 {
        return 0.0;
    }
    let share = shared as f64 / (x.len() + y.len() - shared) as f64;
    let base = match (share, shared) {
        (1.0, 1) => 1.2,
        (1.0, _) => 2.0,
        (0.4.., 2..) => 1.0,
        (0.3.., _) => 0.5,
        _ => 0.2,
    };
    match (&a.of, &b.of) {
        (Some(p), Some(q)) if p == q => base + 0.6,
        (Some(_), Some(_)) => base * 0.4,
        _ => base,
    }
}

/// Who is named beside both, as far as they stand in different documents.
fn companions(a: &Profile, b: &Profile, share: f64, corpus: &Corpus, evidence: &mut Evidence) {
    let (few, many) = if a.companions.len() <= b.companions.len() { (a, b) } else { (b, a) };
    // Sorted, because sums of floats depend on their order.
    let mut common: Vec<u32> =
        few.companions.iter().copied().filter(|c| many.companions.contains(c)).collect();
    common.sort_unstable();
    let sum: f64 = common.iter().map(|companion| corpus.companion_weight(*companion)).sum();
    let weight = (sum * 0.5).min(MAX_COMPANIONS) * (1.0 - share);
    if weight > 0.0 {
        evidence.add("companions", weight, || match common.len() {
            1 => "one other name stands beside both".to_owned(),
            count => format!("{count} other names stand beside both"),
        });
    }
}

/// Annotation has told the things of one document apart. It is surer of people
/// than of bodies, and less sure where one name is a form of the other.
fn same_document(a: &Profile, kin: Kin, shared: usize, share: f64, evidence: &mut Evidence) {
    let (least, most) = match (kin, a.supertype) {
        (Kin::Same, _) => return,
        (Kin::Form, Supertype::Person) => (-0.3, -0.8),
        (Kin::Form, _) => (0.0, 0.0),
        (Kin::Other, Supertype::Person) => (-1.0, -5.0),
        (Kin::Other, _) => (-1.0, -3.0),
    };
    if shared > 0 && most < 0.0 {
        evidence.add("same document", least + (most - least) * share, || match shared {
            1 => "one document tells the two apart".to_owned(),
            _ => format!("{shared} documents tell the two apart"),
        });
    }
}
