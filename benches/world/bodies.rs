//! Made-up bodies, and how articles write their names.

use silsila::mention::{Gender, Supertype};

use super::random::{Random, hash};
use super::{Country, Written};

/// A body: its forms, the usual one first, each with how often it is used.
pub struct Body {
    forms: Vec<(f64, String)>,
    acronym: Option<String>,
    country: usize,
    is_known_by_country: bool,
}

const FIELDS: [&str; 24] = [
    "Defense",
    "Finance",
    "Health",
    "Trade",
    "Energy",
    "Justice",
    "Education",
    "Agriculture",
    "Labor",
    "Transport",
    "Tourism",
    "Culture",
    "Water",
    "Climate",
    "Migration",
    "Refugee",
    "Development",
    "Space",
    "Nuclear",
    "Maritime",
    "Aviation",
    "Media",
    "Youth",
    "Human Rights",
];
const REGIONS: [&str; 14] = [
    "African",
    "Asian",
    "European",
    "Pacific",
    "Arab",
    "Nordic",
    "Baltic",
    "Caribbean",
    "Andean",
    "Atlantic",
    "Global",
    "International",
    "World",
    "Central Asian",
];
const KINDS: [(&str, &str); 10] = [
    ("Organization", "Organisation"),
    ("Council", "Council"),
    ("Center", "Centre"),
    ("Institute", "Institute"),
    ("Association", "Assn."),
    ("Foundation", "Foundation"),
    ("Agency", "Agency"),
    ("Committee", "Committee"),
    ("Federation", "Federation"),
    ("Fund", "Fund"),
];
const TRADES: [&str; 16] = [
    "Industries",
    "Technologies",
    "Holdings",
    "Airlines",
    "Petroleum",
    "Pharmaceuticals",
    "Motors",
    "Foods",
    "Shipping",
    "Steel",
    "Bank",
    "Insurance",
    "Systems",
    "Logistics",
    "Mining",
    "Media",
];
const FORMS: [(&str, &str); 8] = [
    ("Ltd.", "Limited"),
    ("Inc.", "Incorporated"),
    ("Corp.", "Corporation"),
    ("LLC", "LLC"),
    ("GmbH", "GmbH"),
    ("S.A.", "SA"),
    ("PLC", "Public Limited Company"),
    ("AG", "AG"),
];

/// Makes `count` bodies.
pub fn make(random: &mut Random, count: usize, countries: &[Country]) -> Vec<Body> {
    let families = families();
    let mut bodies: Vec<Body> = Vec::with_capacity(count);
    let mut country = 0;
    // A ministry is made once for a country.
    let mut made = std::collections::HashSet::new();
    while bodies.len() < count {
        if bodies.len().is_multiple_of(12) {
            country = random.zipf(countries.len(), 4.0);
        }
        let Some(home) = countries.get(country) else { break };
        let roll = random.unit();
        let mut body = if roll < 0.12 {
            ministry(random, home)
        } else if roll < 0.62 {
            company(random, &families)
        } else {
            institute(random, home, &families)
        };
        if !made.insert((
            body.forms.first().map(|f| f.1.clone()),
            body.is_known_by_country.then_some(country),
        )) {
            body = company(random, &families);
        }
        bodies.push(Body { country, ..body });
    }
    bodies
}

fn ministry(random: &mut Random, home: &Country) -> Body {
    let field = random.pick(&FIELDS);
    let british = field.replace("Defense", "Defence").replace("Labor", "Labour");
    let adjective = home.adjective;
    Body {
        forms: vec![
            (0.5, format!("Ministry of {field}")),
            (0.15, format!("{field} Ministry")),
            (0.15, format!("{adjective} Ministry of {field}")),
            (0.1, format!("{adjective} {field} Ministry")),
            (0.1, format!("Ministry of {british}")),
        ],
        acronym: None,
        country: 0,
        is_known_by_country: true,
    }
}

fn company(random: &mut Random, families: &[String]) -> Body {
    let family = &families[random.zipf(families.len(), 200.0)];
    let mut name = family.clone();
    let mut ampersand = None;
    if random.unit() < 0.25 {
        let other = &families[random.zipf(families.len(), 200.0)];
        ampersand = Some(format!("{name} and {other}"));
        name = format!("{name} & {other}");
    } else {
        name = format!("{name} {}", random.pick(&TRADES));
    }
    let (short, long) = random.pick(&FORMS);
    let mut forms = vec![
        (0.55, name.clone()),
        (0.3, format!("{name} {short}")),
        (0.15, format!("{name} {long}")),
    ];
    forms.extend(ampersand.map(|name| (0.3, name)));
    Body { forms, acronym: None, country: 0, is_known_by_country: false }
}

fn institute(random: &mut Random, home: &Country, families: &[String]) -> Body {
    let (kind, other) = random.pick(&KINDS);
    let field = random.pick(&FIELDS);
    let head = match random.below(3) {
        0 => random.pick(&REGIONS).to_owned(),
        1 => home.adjective.to_owned(),
        _ => families[random.zipf(families.len(), 200.0)].clone(),
    };
    let second = random.pick(&FIELDS);
    let (name, variant) = match random.below(3) {
        0 => (format!("{head} {field} {kind}"), format!("{head} {field} {other}")),
        1 => (
            format!("{head} {kind} for {field} and {second}"),
            format!("{head} {other} for {field} & {second}"),
        ),
        _ => (
            format!("{head} {field} and {second} {kind}"),
            format!("{head} {field} and {second} {other}"),
        ),
    };
    let acronym: String = (name.split(' '))
        .filter(|word| !matches!(*word, "for" | "and"))
        .filter_map(|word| word.chars().next())
        .collect();
    let mut forms = vec![(0.8, name), (0.15, variant)];
    let acronym = Some(acronym).filter(|acronym| acronym.len() >= 3);
    // Most articles say what an acronym stands for.
    forms.extend(acronym.iter().map(|acronym| (0.05, acronym.clone())));
    Body { forms, acronym, country: 0, is_known_by_country: false }
}

impl Body {
    /// The body as one article writes it.
    pub fn write(&self, random: &mut Random) -> Written {
        let all: f64 = self.forms.iter().map(|(share, _)| share).sum();
        let mut roll = random.unit() * all;
        let form = self.forms.iter().find(|(share, _)| {
            roll -= share;
            roll < 0.0
        });
        let name = form.or(self.forms.first()).map(|(_, name)| name.clone()).unwrap_or_default();
        let known = if self.is_known_by_country { 0.8 } else { 0.25 };
        let also = self.acronym.clone().filter(|acronym| *acronym != name && random.unit() < 0.2);
        Written {
            name,
            supertype: Supertype::Organization,
            class: "Organization",
            office: None,
            country: (random.unit() < known).then_some(self.country),
            gender: Gender::Unknown,
            wikidata: None,
            also,
            mentions: 1 + random.zipf(6, 1.0) as u32,
        }
    }
}

/// Surnames that companies are called by.
fn families() -> Vec<String> {
    let mut families: Vec<String> = include_str!("../../src/lang/en/names.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(name, flags)| {
            name.len() > 3 && flags.contains('s') && name.bytes().all(|b| b.is_ascii_lowercase())
        })
        .map(|(name, _)| {
            let (head, rest) = name.split_at(1);
            format!("{}{rest}", head.to_uppercase())
        })
        .collect();
    families.sort_by_key(|name| hash(&format!("body {name}")));
    families
}
