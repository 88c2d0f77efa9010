//! Made-up people, and how articles write their names.

use std::collections::BTreeMap;

use silsila::mention::{Gender, Supertype};

use super::random::{Random, hash};
use super::{CIRCLE, Country, Written};

/// A person.
pub struct Person {
    given: &'static str,
    middle: Option<&'static str>,
    family: &'static str,
    suffix: Option<&'static str>,
    nickname: Option<&'static str>,
    /// Whether articles disagree on how to spell the name in Latin letters.
    is_romanized: bool,
    /// Whether the usual form has the middle initial.
    has_initial: bool,
    title: &'static str,
    /// What the title is of, where it is of something.
    of: Option<String>,
    pub country: usize,
    is_feminine: bool,
}

/// Titles of news; with "of" what the person heads stands behind them.
const TITLES: [&str; 40] = [
    "foreign minister",
    "president of",
    "ambassador",
    "special envoy",
    "member of parliament",
    "mayor of",
    "governor",
    "chief executive of",
    "spokesperson",
    "deputy assistant secretary",
    "general",
    "professor",
    "prime minister of",
    "minister of defense",
    "defense minister",
    "minister of finance",
    "finance minister",
    "senator",
    "chief of the army staff",
    "secretary of state",
    "judge",
    "attorney general",
    "deputy foreign minister",
    "under secretary for political affairs",
    "assistant secretary",
    "director of",
    "director general of",
    "chairman of",
    "colonel",
    "police chief",
    "bishop of",
    "commissioner",
    "high representative",
    "national security adviser",
    "head of mission",
    "interior minister",
    "minister of health",
    "health minister",
    "coach",
    "singer",
];

/// Makes `count` people in circles, each at home in one country.
pub fn make(random: &mut Random, count: usize, countries: &[Country]) -> Vec<Person> {
    let [men, women, families] = names();
    let nicknames = nicknames();
    let mut people: Vec<Person> = Vec::with_capacity(count);
    let mut country = 0;
    for i in 0..count {
        if i % CIRCLE == 0 {
            country = random.zipf(countries.len(), 4.0);
        }
        let is_feminine = random.unit() < 0.35;
        let given = if is_feminine { &women } else { &men };
        let mut person = Person {
            given: given[random.zipf(given.len(), 12.0)],
            middle: (random.unit() < 0.35).then(|| given[random.zipf(given.len(), 12.0)]),
            family: families[random.zipf(families.len(), 25.0)],
            suffix: (random.unit() < 0.008).then_some("Jr."),
            nickname: None,
            is_romanized: random.unit() < 0.35,
            has_initial: random.unit() < 0.5,
            title: random.pick(&TITLES),
            of: None,
            country: if random.unit() < 0.85 { country } else { random.zipf(countries.len(), 4.0) },
            is_feminine,
        };
        let place = countries.get(person.country).and_then(|c| c.names.first());
        person.of =
            place.filter(|_| person.title.ends_with(" of") || i % 3 == 0).map(|p| (*p).into());
        if let Some(before) = people.last().filter(|_| i % CIRCLE > 0) {
            let roll = random.unit();
            if roll < 0.03 {
                // A sibling, spouse or child who moves in the same circle.
                person.family = before.family;
            } else if roll < 0.034 && !before.is_feminine {
                // A son of the same name.
                (person.given, person.family) = (before.given, before.family);
                (person.is_feminine, person.suffix) = (false, Some("Jr."));
            }
        }
        person.nickname =
            nicknames.get(person.given).filter(|_| random.unit() < 0.6).map(|n| random.pick(n));
        people.push(person);
    }
    people
}

impl Person {
    /// The person as one article writes them.
    pub fn write(&self, random: &mut Random) -> Written {
        let name = self.name(random);
        let is_wrong = |random: &mut Random, share: f64| random.unit() < share;
        let office = (random.unit() < 0.55).then(|| {
            let title = if is_wrong(random, 0.06) { random.pick(&TITLES) } else { self.title };
            let of = self.of.clone().filter(|_| random.unit() < 0.6);
            (title.trim_end_matches(" of").to_owned(), of)
        });
        let gender = match random.unit() {
            u if u < 0.45 => Gender::Unknown,
            u if (u > 0.99) != self.is_feminine => Gender::Feminine,
            _ => Gender::Masculine,
        };
        Written {
            name,
            supertype: Supertype::Person,
            class: "Person",
            office,
            country: match random.unit() {
                u if u < 0.4 => Some(self.country),
                u if u < 0.42 => Some(random.below(100)),
                _ => None,
            },
            gender,
            wikidata: None,
            also: None,
            mentions: 1 + random.zipf(8, 1.0) as u32,
        }
    }

    fn name(&self, random: &mut Random) -> String {
        let mut first = capital(self.given);
        let mut last = capital(self.family);
        let middle = self.middle.map(capital);
        let initial = |name: &str| name.chars().next().map(|c| format!("{c}."));
        let roll = random.unit();
        if roll < 0.035 {
            return if random.unit() < 0.5 { last } else { format!("{} {last}", prefix(random)) };
        }
        if roll < 0.045 {
            return format!("{} {last}", initial(&first).unwrap_or_default());
        }
        if roll < 0.125
            && let Some(nickname) = self.nickname
        {
            first = capital(nickname);
        }
        if self.is_romanized && random.unit() < 0.25 {
            last = respelled(random, &last);
            if random.unit() < 0.3 {
                first = respelled(random, &first);
            }
        }
        if random.unit() < 0.012 {
            last = slip(random, &last);
        }
        let middle = middle.and_then(|middle| match random.unit() {
            u if u < 0.12 => Some(middle),
            u if u < 0.9 && self.has_initial => initial(&middle),
            u if u < 0.2 => initial(&middle),
            _ => None,
        });
        let mut name = match (&middle, random.unit()) {
            (_, u) if u < 0.004 => format!("{last}, {first}"),
            (_, u) if u < 0.008 => format!("{last} {first}"),
            (Some(middle), _) => format!("{first} {middle} {last}"),
            (None, _) => format!("{first} {last}"),
        };
        if let Some(suffix) = self.suffix.filter(|_| random.unit() < 0.8) {
            name = format!("{name} {suffix}");
        }
        match random.unit() {
            u if u < 0.04 => format!("{} {name}", prefix(random)),
            u if u < 0.045 => name.to_uppercase(),
            _ => name,
        }
    }
}

fn prefix(random: &mut Random) -> &'static str {
    random.pick(&["Dr.", "Mr.", "Sen.", "Ambassador", "President", "Minister", "Gen.", "Prof."])
}

/// The name as another writer puts it into Latin letters: one of the ways that
/// fit is applied.
fn respelled(random: &mut Random, name: &str) -> String {
    const WAYS: [(&str, &str); 22] = [
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("sch", "sh"),
        ("ch", "tch"),
        ("kh", "h"),
        ("ff", "v"),
        ("ph", "f"),
        ("dj", "j"),
        ("ei", "ey"),
        ("ai", "ay"),
        ("k", "q"),
        ("w", "v"),
        ("y", "i"),
        ("iy", "i"),
        ("v", "w"),
        ("z", "s"),
        ("ss", "s"),
        ("ll", "l"),
        ("nn", "n"),
        ("c", "k"),
        ("e", "a"),
    ];
    let lower = name.to_lowercase();
    let ways: Vec<(&str, &str)> = (WAYS.into_iter())
        .flat_map(|(a, b)| [(a, b), (b, a)])
        .filter(|(a, _)| lower.get(1..).is_some_and(|rest| rest.contains(a)))
        .collect();
    if ways.is_empty() {
        return name.to_owned();
    }
    let (from, to) = random.pick(&ways);
    let (head, rest) = lower.split_at(1);
    capital(&format!("{head}{}", rest.replacen(from, to, 1)))
}

/// The name with a slip of the pen.
fn slip(random: &mut Random, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = 1 + random.below(letters.len() - 2);
    match random.below(3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at);
        }
    }
    letters.into_iter().collect()
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Given names of men, of women, and surnames, each in a fixed order that stands
/// for how common they are. The list knows no frequencies; its skew is drawn.
fn names() -> [Vec<&'static str>; 3] {
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for line in include_str!("../../src/lang/en/names.tsv").lines() {
        let Some((name, flags)) = line.split_once('\t') else { continue };
        if name.len() < 3 || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            continue;
        }
        for (list, flag) in lists.iter_mut().zip(['m', 'f', 's']) {
            if flags.contains(flag) {
                list.push(name);
            }
        }
    }
    for list in &mut lists {
        list.sort_by_key(|name| hash(name));
    }
    lists
}

/// The nicknames of each given name.
fn nicknames() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut nicknames: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in include_str!("../../src/lang/en/names/nicknames.csv").lines().skip(1) {
        let Some((nickname, names)) = line.split_once(',') else { continue };
        for name in names.split('|') {
            nicknames.entry(name).or_default().push(nickname);
        }
    }
    nicknames
}
