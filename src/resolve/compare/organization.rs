//! Names of bodies: the core of the name, the legal form, acronyms, numbers.
//!
//! Words that many bodies share ("group", "ministry") say little when they agree.
//! A word that one name has and the other lacks is often a branch or a parent
//! ("Deutsche Bank", "Deutsche Bank Polska") and speaks against; what kind of
//! body it is ("council", "ministry") and a point of the compass speak more.
//! Countries and their adjectives are one word, and left out by many.

use super::super::evidence::Evidence;
use super::super::fold::{Joint, Word, words};
use super::super::spelling::{Sounded, distance};
use super::super::tables::{OrganizationWord, TABLES};

const PRIOR: f64 = -2.0;
/// What agreeing words together say at most.
const MOST: f64 = 5.5;

/// The name of a body in its parts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::resolve) struct OrganizationName {
    /// The words that tell it from others, in order.
    pub core: Vec<CoreWord>,
    /// Numbers in it, Roman and spelt ones included.
    pub numbers: Vec<String>,
    /// The canonical legal form and its kind.
    pub form: Option<(&'static str, &'static str)>,
    /// The initials of its words, without and with the small words.
    pub initials: [String; 2],
    /// The name as an acronym, if it is one ("UNHCR").
    pub acronym: Option<String>,
    /// Acronyms that the name itself gives in brackets.
    pub bracketed: Option<String>,
    /// The core without spaces.
    pub joined: String,
    /// The whole name without spaces, legal form and all.
    pub whole: String,
}

/// A word of the core of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::resolve) struct CoreWord {
    /// The folded word and its sound.
    pub sounded: Sounded,
    /// Whether many bodies share it.
    pub is_generic: bool,
    /// Whether it is a word of public bodies.
    pub is_public: bool,
    /// Whether it says what kind of body this is.
    pub is_head: bool,
    /// Whether it is (part of) the name of a country.
    pub is_country: bool,
    /// Whether it is a point of the compass.
    pub is_compass: bool,
}

impl CoreWord {
    fn new(text: &str) -> Self {
        Self {
            sounded: Sounded::new(text),
            is_generic: false,
            is_public: false,
            is_head: false,
            is_country: false,
            is_compass: false,
        }
    }
}

impl OrganizationName {
    /// Reads a written name.
    pub fn parse(name: &str) -> Self {
        let mut words = join_initials(words(name));
        let mut parsed = Self::default();
        if let [first, .., last] = words.as_slice()
            && last.joint == Joint::Bracket
            && last.is_upper
            && first.joint != Joint::Bracket
        {
            parsed.bracketed = Some(last.text.clone());
            words.pop();
        }
        if let [word] = words.as_slice()
            && (word.is_upper || word.has_dot || word.is_mixed)
            && (2..=8).contains(&word.text.chars().count())
        {
            parsed.acronym = Some(word.text.clone());
        }
        let mut texts: Vec<String> = words.into_iter().map(|word| word.text).collect();
        parsed.whole = texts.concat();
        parsed.form = take_form(&mut texts);
        let mut rest = texts.as_slice();
        while let Some((text, after)) = rest.split_first() {
            rest = match parsed.push_country(rest) {
                0 => {
                    parsed.push(text);
                    after
                }
                taken => rest.get(taken..).unwrap_or_default(),
            };
        }
        parsed.joined = parsed.core.iter().map(|word| word.sounded.text.as_str()).collect();
        parsed
    }

    /// Takes the name or adjective of a country off the front of the words.
    /// Returns how many words it has.
    fn push_country(&mut self, words: &[String]) -> usize {
        for count in (1..=3.min(words.len())).rev() {
            let Some(own) = words.get(..count) else { continue };
            let Some(country) = TABLES.country(&own.join(" ")) else { continue };
            for word in own {
                self.push_initial(word);
            }
            // "United States of America" says it twice.
            if !ends_with(&self.core, country) {
                self.core.extend(
                    country
                        .split(' ')
                        .map(|word| CoreWord { is_country: true, ..CoreWord::new(word) }),
                );
            }
            return count;
        }
        0
    }

    fn push_initial(&mut self, text: &str) {
        let [without, with] = &mut self.initials;
        let initial = text.chars().next();
        with.extend(initial);
        if !matches!(TABLES.organization_word(text), Some((OrganizationWord::Stop, _))) {
            without.extend(initial);
        }
    }

    fn push(&mut self, text: &str) {
        self.push_initial(text);
        let known = TABLES.organization_word(text);
        let digits = ["st", "nd", "rd", "th"]
            .into_iter()
            .find_map(|end| text.strip_suffix(end))
            .unwrap_or(text);
        if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
            self.numbers.push(digits.trim_start_matches('0').to_owned());
            return;
        }
        match known {
            Some((OrganizationWord::Stop | OrganizationWord::Filler, _)) => {}
            Some((OrganizationWord::Number, number)) => self.add_number(number),
            Some((OrganizationWord::Roman, number)) if !self.core.is_empty() => {
                self.numbers.push(number.to_owned());
            }
            Some((OrganizationWord::Abbreviation, canonical)) => {
                if !ends_with(&self.core, canonical) {
                    let is_country = TABLES.country(canonical).is_some();
                    self.core.extend(
                        canonical
                            .split(' ')
                            .map(|word| CoreWord { is_country, ..CoreWord::new(word) }),
                    );
                }
            }
            Some((kind, canonical)) => {
                use OrganizationWord::{Body, Compass, Generic, Institution, Public};
                self.core.push(CoreWord {
                    is_generic: matches!(kind, Generic | Public | Body | Institution),
                    is_public: matches!(kind, Public | Body),
                    is_head: matches!(kind, Body | Institution),
                    is_compass: kind == Compass,
                    ..CoreWord::new(canonical)
                });
            }
            None => self.core.push(CoreWord::new(text)),
        }
    }

    /// "Forty" and then "four" is 44.
    fn add_number(&mut self, number: &str) {
        if let (Some(last), [_]) = (self.numbers.last_mut(), number.as_bytes())
            && let [tens @ b'2'..=b'9', b'0'] = last.as_bytes()
        {
            *last = format!("{}{number}", char::from(*tens));
        } else {
            self.numbers.push(number.to_owned());
        }
    }

    /// The core, the numbers and nothing else: equal for two spellings that
    /// differ in case, accents, legal form and punctuation only.
    pub fn key(&self) -> String {
        let mut key: Vec<&str> = self.core.iter().map(|word| word.sounded.text.as_str()).collect();
        key.extend(self.numbers.iter().map(String::as_str));
        key.join(" ")
    }

    /// Whether this is an acronym of the other name.
    pub fn is_acronym_of(&self, other: &Self) -> bool {
        let Some(acronym) = &self.acronym else { return false };
        other.acronym.is_none()
            && other.core.len() + other.numbers.len() >= 2
            && (other.initials.contains(acronym) || other.bracketed.as_ref() == Some(acronym))
    }

    /// Whether this is the other name with words left out, in an article that has
    /// them ("the Council").
    pub fn is_cut_of(&self, other: &Self) -> bool {
        self.acronym.is_none()
            && self.core.len() < other.core.len()
            && self
                .core
                .iter()
                .all(|word| other.core.iter().any(|o| o.sounded.text == word.sounded.text))
    }

    /// Whether nothing in the name tells it from its like in other countries
    /// ("Foreign Ministry").
    pub fn is_generic(&self) -> bool {
        self.numbers.is_empty() && self.core.iter().all(|word| word.is_generic)
    }

    /// Whether the two are one name but for order, spelling or country.
    pub fn is_form_of(&self, other: &Self) -> bool {
        let is_slip = || {
            self.core.len() == other.core.len()
                && self.core.iter().zip(&other.core).all(|(p, q)| {
                    p.sounded.text == q.sounded.text
                        || (p.sounded.text.chars().count() > 3
                            && !(p.is_generic && q.is_generic)
                            && distance(&p.sounded, &q.sounded).value < 0.16)
                })
        };
        self.numbers == other.numbers
            && self.core.len() > 1
            && (self.has_words_of(other)
                || is_slip()
                || (self.plain() == other.plain() && self.plain().contains(' ')))
    }

    /// The words but for the country, sorted.
    pub fn plain(&self) -> String {
        let mut words: Vec<&str> = self
            .core
            .iter()
            .filter(|word| !word.is_country)
            .map(|word| word.sounded.text.as_str())
            .collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// The name of the country in it.
    pub fn country(&self) -> Option<String> {
        let words: Vec<&str> = self
            .core
            .iter()
            .filter(|word| word.is_country)
            .map(|word| word.sounded.text.as_str())
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether the cores have the same words in another order.
    fn has_words_of(&self, other: &Self) -> bool {
        let sorted = |name: &Self| {
            let mut words: Vec<String> =
                name.core.iter().map(|word| word.sounded.text.clone()).collect();
            words.sort_unstable();
            words
        };
        self.core.len() == other.core.len() && sorted(self) == sorted(other)
    }

    /// Whether all it says is what kind of body it is, of which country at most
    /// ("the US Department").
    fn is_bare(&self) -> bool {
        self.numbers.is_empty() && self.core.iter().all(|word| word.is_head || word.is_country)
    }

    /// Whether the name is of a public body.
    pub fn is_public(&self) -> bool {
        self.form.is_none() && self.core.iter().any(|word| word.is_public)
    }
}

/// Whether the last words of the core are these.
fn ends_with(core: &[CoreWord], words: &str) -> bool {
    words.split(' ').rev().zip(core.iter().rev()).all(|(x, y)| x == y.sounded.text)
        && core.len() >= words.split(' ').count()
}

/// Joins letters with dots between them: "S.A.R.L." is one word.
fn join_initials(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut is_run = false;
    for word in words {
        let is_letter =
            word.text.chars().count() == 1 && word.text.chars().all(char::is_alphabetic);
        match joined.last_mut() {
            Some(last) if is_run && is_letter && last.has_dot && word.joint == Joint::Space => {
                last.text.push_str(&word.text);
                last.is_upper |= word.is_capital && last.is_capital;
                last.has_dot = word.has_dot;
            }
            _ => {
                is_run = is_letter && word.has_dot;
                joined.push(word);
            }
        }
    }
    joined
}

/// Takes the legal form off the end or the front, the longest that fits.
fn take_form(words: &mut Vec<String>) -> Option<(&'static str, &'static str)> {
    let mut found = None;
    loop {
        let mut taken = None;
        for length in (1..=5.min(words.len().saturating_sub(1))).rev() {
            let at = words.len() - length;
            let (Some(tail), Some(head)) = (words.get(at..), words.get(..length)) else { continue };
            if let Some(form) = TABLES.legal_form(&tail.join(" ")) {
                taken = Some((at, length, form));
                break;
            }
            if let Some(form) = TABLES.legal_form(&head.join(" ")).filter(|_| is_front_form(head)) {
                taken = Some((0, length, form));
                break;
            }
        }
        let Some((at, length, form)) = taken else { return found };
        words.drain(at..at + length);
        found.get_or_insert(form);
    }
}

/// At the front only what can be nothing else is a legal form.
fn is_front_form(head: &[String]) -> bool {
    head.len() > 1
        || head.iter().all(|word| {
            !word.is_ascii()
                || matches!(
                    word.as_str(),
                    "ooo"
                        | "oao"
                        | "zao"
                        | "pao"
                        | "jsc"
                        | "ojsc"
                        | "cjsc"
                        | "pjsc"
                        | "llc"
                        | "srl"
                        | "tov"
                        | "pt"
                        | "ao"
                )
        })
}

/// Adds what two names of bodies say.
pub(in crate::resolve) fn compare(
    a: &OrganizationName,
    b: &OrganizationName,
    evidence: &mut Evidence,
) {
    evidence.add("any two names", PRIOR, || "two names picked at random differ".to_owned());
    if acronym(a, b, evidence) || acronym(b, a, evidence) {
        return;
    }
    if a.core.is_empty() || b.core.is_empty() {
        let is_same = a.numbers == b.numbers
            && a.core.is_empty()
            && b.core.is_empty()
            && !a.numbers.is_empty();
        let weight = if is_same { 3.0 } else { -3.0 };
        evidence.add("name", weight, || "little to compare".to_owned());
        return;
    }
    if a.whole == b.whole && a.joined != b.joined {
        evidence.add("whole name", 4.0, || format!("both {} without spaces", a.whole));
        return;
    }
    numbers(a, b, evidence);
    forms(a, b, evidence);
    if a.joined == b.joined {
        let weight = if a.is_generic() { 2.3 } else { 5.0 };
        evidence.add("core of the name", weight, || format!("both {}", a.key()));
        return;
    }
    // An acronym is not spelt like a word, and may stand for words that it does
    // not begin ("USDA", "Agriculture Department").
    if a.acronym.is_some() || b.acronym.is_some() {
        if a.acronym.is_some() && b.acronym.is_some() {
            evidence.add("acronym", -4.0, || format!("{} is not {}", a.key(), b.key()));
        } else {
            evidence.add("acronym", 0.0, || "not the initials of the other name".to_owned());
        }
        return;
    }
    if a.has_words_of(b) {
        let weight = match (a.is_generic(), a.is_public()) {
            (true, _) => 2.1,
            (false, true) => 4.5,
            // "Washington University" is not the University of Washington.
            (false, false) => 3.0,
        };
        evidence.add("core of the name", weight, || format!("both {}, in another order", a.key()));
        return;
    }
    if country_left_out(a, b, evidence) {
        return;
    }
    words_of_cores(a, b, evidence);
}

/// "The US Department of State" and "the Department of State": of which country
/// a public body is, an article often leaves to its reader.
fn country_left_out(a: &OrganizationName, b: &OrganizationName, evidence: &mut Evidence) -> bool {
    let has_country = |name: &OrganizationName| name.country().is_some();
    let (x, y) = (a.plain(), b.plain());
    // One word, such as "the Government", may be that of any country.
    if x != y
        || x.len() < 2
        || has_country(a) == has_country(b)
        || !(a.is_public() && b.is_public())
    {
        return false;
    }
    evidence.add("core of the name", 2.7, || format!("both {x}"));
    evidence.add("country", -0.1, || "only one name says of which country".to_owned());
    true
}

fn acronym(short: &OrganizationName, long: &OrganizationName, evidence: &mut Evidence) -> bool {
    let Some(acronym) = short.acronym.as_ref().filter(|_| short.is_acronym_of(long)) else {
        return false;
    };
    if long.bracketed.as_ref() == Some(acronym) {
        evidence.add("acronym", 5.0, || {
            format!("{} stands in brackets behind the other name", acronym.to_uppercase())
        });
    } else {
        // Two letters are the initials of many names.
        let weight = if acronym.len() == 2 { 2.2 } else { 3.0 };
        evidence.add("acronym", weight, || {
            format!("{} are the initials of the other name", acronym.to_uppercase())
        });
    }
    true
}

fn numbers(a: &OrganizationName, b: &OrganizationName, evidence: &mut Evidence) {
    let (mut x, mut y) = (a.numbers.clone(), b.numbers.clone());
    x.sort_unstable();
    y.sort_unstable();
    if x == y {
        if !x.is_empty() {
            evidence.add("number", 1.0, || format!("both {}", x.join(", ")));
        }
    } else if x.is_empty() || y.is_empty() {
        evidence.add("number", -4.6, || {
            format!("only one has the number {}", [x, y].concat().join(", "))
        });
    } else {
        evidence.add("number", -6.0, || format!("{} is not {}", x.join(", "), y.join(", ")));
    }
}

fn forms(a: &OrganizationName, b: &OrganizationName, evidence: &mut Evidence) {
    match (a.form, b.form) {
        (Some((x, _)), Some((y, _))) if x == y => {
            evidence.add("legal form", 0.3, || format!("both {x}"));
        }
        (Some((x, i)), Some((y, j))) => {
            let weight = if i == j { -0.2 } else { -0.7 };
            evidence.add("legal form", weight, || format!("{x} is not {y}"));
        }
        _ => {}
    }
}

fn words_of_cores(a: &OrganizationName, b: &OrganizationName, evidence: &mut Evidence) {
    let (x, y) = (join_split(&a.core, &b.core), join_split(&b.core, &a.core));
    let mut candidates = Vec::new();
    for (i, p) in x.iter().enumerate() {
        for (j, q) in y.iter().enumerate() {
            let d = distance(&p.sounded, &q.sounded).value;
            let letters = p.sounded.text.chars().count().min(q.sounded.text.chars().count());
            let is_known = p.is_generic && q.is_generic;
            let limit = match letters {
                _ if is_known => 0.0,
                ..=3 => 0.0,
                _ => 0.16,
            };
            if d <= limit {
                candidates.push((d + i.abs_diff(j) as f64 * 0.001, i, j, d));
            }
        }
    }
    candidates.sort_by(|p, q| {
        p.0.total_cmp(&q.0).then((p.1 + p.2, p.1.min(p.2)).cmp(&(q.1 + q.2, q.1.min(q.2))))
    });
    let (mut used_x, mut used_y) = (vec![false; x.len()], vec![false; y.len()]);
    let mut gained = 0.0;
    for (_, i, j, d) in candidates {
        let (Some(p), Some(q)) = (x.get(i), y.get(j)) else { continue };
        if let (Some(u), Some(v)) = (used_x.get_mut(i), used_y.get_mut(j))
            && !*u
            && !*v
        {
            (*u, *v) = (true, true);
            let is_letter = [p, q].iter().any(|word| word.sounded.text.chars().count() == 1);
            let full: f64 = if p.is_country && q.is_country {
                0.5
            } else if (p.is_generic && q.is_generic) || is_letter {
                0.7
            } else {
                2.5
            };
            // What the first words say leaves less for the others to say.
            let weight = (full * (1.0 - d * 2.0)).min(MOST - gained);
            gained += weight;
            evidence.add("word", weight, || {
                if p.sounded.text == q.sounded.text {
                    format!("both {}", p.sounded.text)
                } else {
                    format!("{} and {} are spelt alike", p.sounded.text, q.sounded.text)
                }
            });
        }
    }
    let left = |words: &[CoreWord], used: &[bool]| -> Vec<CoreWord> {
        words.iter().zip(used).filter(|(_, used)| !**used).map(|(word, _)| word.clone()).collect()
    };
    leftover(a, b, &left(&x, &used_x), &left(&y, &used_y), evidence);
}

/// Words without a partner: against one another, kind of body against kind of
/// body, then those that only one name has.
fn leftover(
    a: &OrganizationName,
    b: &OrganizationName,
    left_a: &[CoreWord],
    left_b: &[CoreWord],
    evidence: &mut Evidence,
) {
    let is_public = a.is_public() && b.is_public();
    let mut singles: Vec<(&CoreWord, bool)> = Vec::new();
    let mut is_conflict = false;
    for is_head in [true, false] {
        let of = |left: &'_ [CoreWord]| -> Vec<CoreWord> {
            left.iter().filter(|word| word.is_head == is_head).cloned().collect()
        };
        let (p, q) = (of(left_a), of(left_b));
        for (p, q) in p.iter().zip(&q) {
            is_conflict = true;
            let weight = match (p.is_generic && q.is_generic, is_head) {
                _ if p.is_country != q.is_country => -3.5,
                (true, true) if are_like_bodies(&p.sounded.text, &q.sounded.text) => -1.5,
                (true, false) if !is_public => -1.5,
                (true, _) => -4.0,
                (false, _) => -5.0,
            };
            evidence
                .add("word", weight, || format!("{} is not {}", p.sounded.text, q.sounded.text));
        }
        let both = p.len().min(q.len());
        let own = |left: &'_ [CoreWord], other: &OrganizationName| -> Vec<(CoreWord, bool)> {
            left.iter().skip(both).map(|word| (word.clone(), other.is_bare())).collect()
        };
        for (word, other_is_bare) in own(&p, b).into_iter().chain(own(&q, a)) {
            let from = left_a.iter().chain(left_b).find(|w| **w == word);
            singles.extend(from.map(|word| (word, other_is_bare)));
        }
    }
    let is_only_one = singles.len() == 1 && !is_conflict;
    let mut has_country = false;
    for (word, other_is_bare) in singles {
        // A country of two words is one country.
        if word.is_country && is_public && std::mem::replace(&mut has_country, true) {
            continue;
        }
        let weight = match (word.is_generic, is_public) {
            _ if word.is_compass => -3.5,
            // A body of two countries is not that of one of them.
            _ if word.is_country && is_public && a.country().is_some() && b.country().is_some() => {
                -3.5
            }
            _ if word.is_country && is_public => -1.2,
            // Of "the Department" nothing tells which one it is.
            _ if other_is_bare => -4.0,
            _ if word.is_head && is_only_one => -2.2,
            _ if word.is_head => -3.0,
            (true, false) if matches!(word.sounded.text.as_str(), "global" | "international") => {
                -1.5
            }
            (true, false) if is_only_one => -0.5,
            (true, false) => -0.8,
            (true, true) => -1.5,
            (false, true) => -3.2,
            (false, false) => -3.6,
        };
        evidence.add("word", weight, || format!("only one has {}", word.sounded.text));
    }
}

/// Whether two words for kinds of bodies are used for one another.
fn are_like_bodies(a: &str, b: &str) -> bool {
    const ALIKE: [[&str; 2]; 4] = [
        ["department", "ministry"],
        ["bureau", "office"],
        ["administration", "agency"],
        ["administration", "government"],
    ];
    ALIKE.contains(&[a.min(b), a.max(b)])
}

/// Joins neighbors that the other name writes as one word.
fn join_split(core: &[CoreWord], other: &[CoreWord]) -> Vec<CoreWord> {
    let mut joined: Vec<CoreWord> = Vec::with_capacity(core.len());
    let mut skip = false;
    for (i, word) in core.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        if let Some(next) = core.get(i + 1) {
            let text = format!("{}{}", word.sounded.text, next.sounded.text);
            if other.iter().any(|o| o.sounded.text == text) {
                joined.push(CoreWord::new(&text));
                skip = true;
                continue;
            }
        }
        joined.push(word.clone());
    }
    joined
}
