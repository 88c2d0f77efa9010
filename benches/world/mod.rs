//! A made-up world whose people and bodies are named by made-up articles, with
//! the truth kept: who each name stands for.
//!
//! What is real in it: given names, surnames and nicknames are those of
//! `src/lang/en/`, drawn with the skew that names have (a few very common, many
//! rare); countries are all there are; titles are those of news. What happens to
//! a name on its way into an article is what happens in articles: titles before
//! it, initials, nicknames, left-out or added middle names, other romanizations,
//! legal forms written otherwise or left out, acronyms, slips of the pen,
//! surnames alone. What makes it hard is there, too: namesakes in other
//! countries, siblings in one circle, fathers and sons, ministries that every
//! country has, notes that are wrong.
//!
//! The same options give the same world on any machine.

mod bodies;
mod measure;
mod people;
mod random;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;
use silsila::document::DocumentId;
use silsila::entity::ReferentId;
use silsila::mention::{Gender, HeldOffice, Referent, ReferentIdx, Supertype};
use silsila::resolution::Candidate;
use silsila::span::Span;

use bodies::Body;
use people::Person;

pub use measure::Quality;
pub use random::Random;

/// What the articles of a made-up world say, and what is true.
#[derive(Debug)]
pub struct World {
    /// The candidates, sorted by id.
    pub candidates: Vec<Candidate>,
    /// What each stands for, along `candidates`: one number for each person, body
    /// or country.
    pub truth: Vec<u32>,
    /// How many different names of people and bodies there are.
    pub names: usize,
}

/// People of one circle, who are named together more often than others.
const CIRCLE: usize = 24;
/// How many people there are for each hundred names to be reached.
const PEOPLE: usize = 90;
/// How many bodies there are for each hundred names to be reached.
const BODIES: usize = 22;

impl World {
    /// Makes articles until `names` different names of people and bodies stand
    /// in them.
    pub fn new(names: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let countries = countries();
        let people = people::make(&mut random, (names * PEOPLE / 100).max(CIRCLE), &countries);
        let bodies = bodies::make(&mut random, (names * BODIES / 100).max(8), &countries);
        let mut world = Self { candidates: Vec::new(), truth: Vec::new(), names: 0 };
        let mut seen: HashSet<String> = HashSet::new();
        let mut article = 0;
        while seen.len() < names {
            world.article(&mut random, article, (&people, &bodies, &countries), &mut seen);
            article += 1;
        }
        world.names = seen.len();
        world
    }

    fn article(
        &mut self,
        random: &mut Random,
        article: usize,
        (people, bodies, countries): (&[Person], &[Body], &[Country]),
        seen: &mut HashSet<String>,
    ) {
        let circles = people.len().div_ceil(CIRCLE);
        let circle = random.zipf(circles, circles as f64 / 20.0 + 1.0) * CIRCLE;
        let mut cast = BTreeSet::new();
        for _ in 0..2 + random.below(5) {
            // Some are known everywhere.
            cast.insert(if random.unit() < 0.12 {
                random.zipf(people.len(), 3.0)
            } else {
                (circle + random.zipf(CIRCLE, 6.0)).min(people.len() - 1)
            });
        }
        let home = people.get(circle).map_or(0, |person| person.country);
        let mut named: BTreeSet<usize> = BTreeSet::new();
        for _ in 0..random.below(3) {
            let near = (circle * bodies.len() / people.len() + random.zipf(12, 3.0)) % bodies.len();
            named.insert(if random.unit() < 0.2 { random.zipf(bodies.len(), 3.0) } else { near });
        }
        // Most bodies that all countries have are those of the country at hand.
        let mut drafts = Vec::new();
        for i in cast {
            let Some(person) = people.get(i) else { continue };
            drafts.push((person.write(random), i as u32));
        }
        for i in named {
            let Some(body) = bodies.get(i) else { continue };
            drafts.push((body.write(random), (people.len() + i) as u32));
        }
        let companions: Arc<[String]> =
            drafts.iter().map(|(written, _)| written.name.clone()).collect();
        if random.unit() < 0.7 {
            let truth = (people.len() + bodies.len() + home) as u32;
            drafts.extend(countries.get(home).map(|c| (c.write(random), truth)));
        }
        let document = DocumentId(format!("article-{article:07}"));
        for (at, (written, truth)) in drafts.into_iter().enumerate() {
            if written.supertype != Supertype::Place && !seen.contains(&written.name) {
                seen.insert(written.name.clone());
            }
            let id = ReferentId { document: document.clone(), referent: ReferentIdx(at as u32) };
            self.candidates.push(written.candidate(id, countries, &companions));
            self.truth.push(truth);
        }
    }
}

/// A name as an article has it, with what the article says of its bearer.
struct Written {
    name: String,
    supertype: Supertype,
    class: &'static str,
    /// A title and the country or body that it is a title of.
    office: Option<(String, Option<String>)>,
    country: Option<usize>,
    gender: Gender,
    wikidata: Option<String>,
    /// Another form that the article has.
    also: Option<String>,
    mentions: u32,
}

impl Written {
    fn candidate(
        self,
        id: ReferentId,
        countries: &[Country],
        companions: &Arc<[String]>,
    ) -> Candidate {
        let (offices, office_of) = match self.office {
            Some((title, of)) => {
                (vec![HeldOffice { title, span: Span::new(0, 0), of: None }], vec![of])
            }
            None => Default::default(),
        };
        Candidate {
            id,
            office_of,
            companions: Arc::clone(companions),
            forms: std::iter::once((self.name.clone(), self.mentions))
                .chain(self.also.map(|also| (also, 1)))
                .collect::<IndexMap<_, _>>(),
            referent: Referent {
                name: self.name,
                supertype: self.supertype,
                class: self.class.to_owned(),
                mentions: Vec::new(),
                members: Vec::new(),
                also: Vec::new(),
                mistranslated: Vec::new(),
                offices,
                gender: self.gender,
                country: self.country.and_then(|c| countries.get(c)).map(|c| c.code.to_owned()),
                wikidata: self.wikidata,
                is_named: true,
            },
            language: "en".to_owned(),
        }
    }
}

/// A country of the tables that ship.
struct Country {
    code: &'static str,
    wikidata: &'static str,
    names: Vec<&'static str>,
    adjective: &'static str,
}

impl Country {
    fn write(&self, random: &mut Random) -> Written {
        let name = if random.unit() < 0.9 {
            self.names.first().copied().unwrap_or(self.code)
        } else {
            random.pick(&self.names)
        };
        Written {
            name: name.to_owned(),
            supertype: Supertype::Place,
            class: "Country",
            office: None,
            country: None,
            gender: Gender::Unknown,
            wikidata: Some(self.wikidata.to_owned()),
            also: None,
            mentions: 1 + random.zipf(6, 1.0) as u32,
        }
    }
}

/// The countries, the ones that news name most often first: by a fixed shuffle,
/// since the table does not say.
fn countries() -> Vec<Country> {
    let mut countries: Vec<Country> = include_str!("../../src/lang/en/countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (code, wikidata) = (fields.next()?, fields.next()?);
            let names = fields.next()?.split('|').collect();
            let adjective = fields.next()?.split('|').next()?;
            (!adjective.is_empty() && !wikidata.is_empty()).then_some(Country {
                code,
                wikidata,
                names,
                adjective,
            })
        })
        .collect();
    countries.sort_by_key(|country| random::hash(country.code));
    countries
}
