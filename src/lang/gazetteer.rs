//! Names of places, peoples and bodies, and what they stand for.

use std::collections::HashMap;

use super::phrases::{Case, Phrases};
use super::rows;
use crate::mention::Supertype;

/// A thing that a gazetteer knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The broadest class.
    pub supertype: Supertype,
    /// The class, a local name of the ontology.
    pub class: &'static str,
    /// The best name.
    pub name: &'static str,
    /// The country it is or lies in, ISO 3166-1 alpha-2 (ISO 3166-2 for the
    /// countries of the United Kingdom).
    pub country: Option<&'static str>,
    /// The Wikidata id.
    pub wikidata: Option<&'static str>,
    /// How many people live there; 0 where the table does not say.
    pub people: u32,
}

/// The position of a [`Known`] thing in its gazetteer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KnownIdx(pub u32);

/// What kind of word names a known thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FormKind {
    /// Its name ("France").
    Name,
    /// An abbreviation ("UNHCR").
    Short,
    /// An adjective ("French"); some are names as well ("US").
    Adjective,
    /// A word for its people ("Frenchmen").
    People,
}

/// A written form of a known thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form {
    /// The thing; none for a people without a country ("Arab").
    pub known: Option<KnownIdx>,
    /// The kind of word.
    pub kind: FormKind,
    /// Whether a form of the same letters is an adjective as well.
    pub is_adjective: bool,
    /// Whether the form says what it means by itself: it is of several words
    /// or listed by hand, and not one of very many names of small places.
    pub is_strong: bool,
    /// Whether the name is a named institution in lower case too ("foreign
    /// office"), of which each country has one.
    pub is_institution: bool,
}

/// The tables of places and bodies of one language.
#[derive(Debug, Default)]
pub struct Gazetteer {
    known: Vec<Known>,
    forms: Phrases<Form>,
    /// Countries by the names of their capitals.
    by_capital: HashMap<&'static str, KnownIdx>,
    /// Regions by the countries of the same name.
    namesakes: HashMap<KnownIdx, KnownIdx>,
}

/// The tables that a gazetteer is loaded from, as text.
#[derive(Clone, Copy, Debug)]
pub struct GazetteerTables {
    /// Made by `scripts/derive_places.py`: code, id, names, adjectives, people, capital.
    pub countries: &'static str,
    /// Made by `scripts/derive_places.py`: code, id, names.
    pub regions: &'static str,
    /// Made by `scripts/derive_places.py`: name, country, mark of a capital, people.
    pub cities: &'static str,
    /// Written by hand: class, code, names, adjectives, people.
    pub places: &'static str,
    /// Made by `scripts/derive_bodies.py`: id, names, abbreviations.
    pub bodies: &'static str,
    /// Written by hand: kind, names with abbreviations.
    pub organizations: &'static str,
}

// The kinds of rows in `organizations` that name bodies, with their classes.
const BODY_CLASSES: [(&str, &str); 6] = [
    ("body", "Organization"),
    ("institution", "Organization"),
    ("armed", "Organization"),
    ("party", "Organization"),
    ("media", "Organization"),
    ("company", "Organization"),
];

impl Gazetteer {
    /// Loads the tables.
    pub fn load(tables: GazetteerTables) -> Self {
        let mut gazetteer = Self::default();
        gazetteer.load_countries(tables.countries, tables.places);
        gazetteer.load_places(tables);
        gazetteer.load_bodies(tables);
        gazetteer
    }

    /// The thing at a position.
    pub fn known(&self, known: KnownIdx) -> &Known {
        &self.known[known.0 as usize]
    }

    /// The forms that start at a byte of the text and end where a token ends,
    /// the longest first.
    pub fn starting_at(
        &self,
        text: &str,
        at: usize,
        is_end: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, Form)> {
        self.forms.starting_at(text, at, is_end).map(|(end, form)| (end, *form))
    }

    /// The thing that a name, abbreviation or adjective stands for.
    pub fn find(&self, name: &str) -> Option<KnownIdx> {
        self.forms.get(name).and_then(|form| form.known)
    }

    /// The country whose capital has that name, where only one has.
    pub fn country_of_capital(&self, name: &str) -> Option<KnownIdx> {
        self.by_capital.get(name).copied()
    }

    /// The region of another country that has the name of a country.
    pub fn namesake(&self, country: KnownIdx) -> Option<KnownIdx> {
        self.namesakes.get(&country).copied()
    }

    fn add(&mut self, known: Known) -> KnownIdx {
        self.known.push(known);
        KnownIdx(self.known.len() as u32 - 1)
    }

    /// Adds a form, unless the same letters stand for something already:
    /// tables loaded first go first. What is a name and an adjective is a
    /// name with a mark.
    fn form(&mut self, text: &'static str, case: Case, form: Form) {
        if text.is_empty() {
            return;
        }
        let old = self.forms.get(text).copied();
        match old {
            Some(old)
                if old.kind == FormKind::Adjective
                    && form.kind == FormKind::Name
                    && old.known == form.known =>
            {
                self.forms.insert(text, case, Form { is_adjective: true, ..form });
            }
            Some(_) => {}
            None => self.forms.insert(text, case, form),
        }
    }

    fn load_countries(&mut self, countries: &'static str, places: &'static str) {
        let plain = |known, kind| Form {
            known,
            kind,
            is_adjective: false,
            is_strong: true,
            is_institution: false,
        };
        let mut by_code = HashMap::new();
        let by_hand: Vec<_> = rows(places).filter(|row| row.first() == Some(&"country")).collect();
        let derived: Vec<_> = rows(countries).collect();
        for row in &derived {
            let (code, id, names) = (field(row, 0), field(row, 1), field(row, 2));
            let known = self.add(Known {
                supertype: Supertype::Place,
                class: "Country",
                name: names.split('|').next().unwrap_or(""),
                country: Some(code),
                wikidata: Some(id).filter(|id| !id.is_empty()),
                people: 0,
            });
            by_code.insert(code, known);
            // City states have nothing to tell apart.
            let capital = field(row, 5);
            if !capital.is_empty() && !names.split('|').any(|name| name == capital) {
                self.by_capital.insert(capital, known);
            }
        }
        for row in &by_hand {
            let code = field(row, 1);
            let name = field(row, 2).split('|').next().unwrap_or("");
            if let Some(known) =
                by_code.get(code).and_then(|known| self.known.get_mut(known.0 as usize))
            {
                known.name = name;
            } else {
                let known = self.add(Known {
                    supertype: Supertype::Place,
                    class: "Country",
                    name,
                    country: Some(code),
                    wikidata: None,
                    people: 0,
                });
                by_code.insert(code, known);
            }
        }
        // Adjectives first, so that a name of the same letters can mark them;
        // the hand-made rows before the derived ones, so that they win.
        for (column, kind) in [(3, FormKind::Adjective), (2, FormKind::Name), (4, FormKind::People)]
        {
            for (row, code) in by_hand
                .iter()
                .map(|r| (r, field(r, 1)))
                .chain(derived.iter().map(|r| (r, field(r, 0))))
            {
                let known = by_code.get(code).copied();
                for name in field(row, column).split('|') {
                    let case = if is_abbreviation(name) { Case::Exact } else { Case::Name };
                    // A word for one of the people is often the adjective too;
                    // then it stays that.
                    self.form(name, case, plain(known, kind));
                }
            }
        }
        for row in rows(places).filter(|row| row.first() == Some(&"people")) {
            for (column, kind) in [(3, FormKind::Adjective), (4, FormKind::People)] {
                for name in field(&row, column).split('|') {
                    self.form(name, Case::Name, plain(None, kind));
                }
            }
        }
    }

    fn load_places(&mut self, tables: GazetteerTables) {
        let name = |known, is_strong| Form {
            known: Some(known),
            kind: FormKind::Name,
            is_adjective: false,
            is_strong,
            is_institution: false,
        };
        for row in rows(tables.places) {
            let class = match field(&row, 0) {
                "region" => "Region",
                "city" => "City",
                _ => continue,
            };
            let country = Some(field(&row, 1)).filter(|code| *code != "-");
            for spellings in field(&row, 2).split('|') {
                let (text, others) = spellings.split_once('=').unwrap_or((spellings, ""));
                let known = self.add(Known {
                    supertype: Supertype::Place,
                    class,
                    name: text,
                    country,
                    wikidata: None,
                    people: if class == "City" { 1_000_000 } else { 0 },
                });
                for text in std::iter::once(text).chain(others.split(';')) {
                    let case = if is_abbreviation(text) { Case::Exact } else { Case::Name };
                    self.form(text, case, name(known, true));
                }
            }
        }
        for row in rows(tables.cities).filter(|row| field(row, 2) == "c") {
            self.city(&row, true);
        }
        for row in rows(tables.regions) {
            let names = field(&row, 2);
            let known = self.add(Known {
                supertype: Supertype::Place,
                class: "Region",
                name: names.split('|').next().unwrap_or(""),
                country: field(&row, 0).split('-').next(),
                wikidata: Some(field(&row, 1)).filter(|id| !id.is_empty()),
                people: 0,
            });
            for text in names.split('|') {
                if let Some(country) = self.find(text).filter(|&k| self.known(k).class == "Country")
                {
                    self.namesakes.insert(country, known);
                }
                self.form(text, Case::Name, name(known, true));
            }
        }
        for row in rows(tables.cities).filter(|row| field(row, 2) != "c") {
            self.city(&row, false);
        }
    }

    fn city(&mut self, row: &[&'static str], is_capital: bool) {
        let (text, country) = (field(row, 0), field(row, 1));
        let people = field(row, 3).parse().unwrap_or(0);
        let known = self.add(Known {
            supertype: Supertype::Place,
            class: "City",
            name: text,
            country: Some(country),
            wikidata: None,
            people,
        });
        let is_strong = is_capital || text.contains(' ') || people > 1_000_000;
        let form = Form {
            known: Some(known),
            kind: FormKind::Name,
            is_adjective: false,
            is_strong,
            is_institution: false,
        };
        self.form(text, Case::Name, form);
    }

    fn load_bodies(&mut self, tables: GazetteerTables) {
        // Spelling of a body by hand first: they tell which of several
        // abbreviations is meant in news.
        let ids: HashMap<&str, &str> = rows(tables.bodies)
            .flat_map(|row| {
                let id = field(&row, 0);
                field(&row, 1).split('|').map(move |name| (name, id)).collect::<Vec<_>>()
            })
            .collect();
        for row in rows(tables.organizations) {
            let kind = field(&row, 0);
            let Some(&(_, class)) = BODY_CLASSES.iter().find(|(name, _)| *name == kind) else {
                continue;
            };
            let is_institution = kind == "institution";
            // A `body` row with abbreviations is one body in several spellings;
            // other rows are lists of bodies.
            let is_one = field(&row, 1).contains('=')
                && kind != "institution"
                && field(&row, 1).split('|').count() < 6;
            let mut last = None;
            for spelling in field(&row, 1).split('|') {
                let (text, short) = spelling.split_once('=').unwrap_or((spelling, ""));
                let known = match last {
                    Some(known) if is_one => known,
                    _ => self.add(Known {
                        supertype: Supertype::Organization,
                        class,
                        name: text,
                        country: Some(field(&row, 2)).filter(|code| !code.is_empty()),
                        wikidata: ids.get(text).copied().filter(|id| !id.is_empty()),
                        people: 0,
                    }),
                };
                last = Some(known);
                let form = |kind, is_strong| Form {
                    known: Some(known),
                    kind,
                    is_adjective: false,
                    is_strong,
                    is_institution,
                };
                let case = match kind {
                    "institution" => Case::Any,
                    _ if is_abbreviation(text) => Case::Exact,
                    _ => Case::Name,
                };
                self.form(text, case, form(FormKind::Name, text.contains(' ') || kind == "armed"));
                for short in short.split(',') {
                    self.form(short, Case::Exact, form(FormKind::Short, short.len() > 2));
                }
            }
        }
        for row in rows(tables.bodies) {
            let (id, names) = (field(&row, 0), field(&row, 1));
            let old = names.split('|').find_map(|name| self.find(name));
            let known = old.unwrap_or_else(|| {
                self.add(Known {
                    supertype: Supertype::Organization,
                    class: "InternationalOrganization",
                    name: names.split('|').next().unwrap_or(""),
                    country: None,
                    wikidata: Some(id).filter(|id| !id.is_empty()),
                    people: 0,
                })
            });
            if let Some(known) = self.known.get_mut(known.0 as usize) {
                known.class = "InternationalOrganization";
                known.wikidata = known.wikidata.or(Some(id).filter(|id| !id.is_empty()));
            }
            let form = |kind, is_strong| Form {
                known: Some(known),
                kind,
                is_adjective: false,
                is_strong,
                is_institution: false,
            };
            for name in names.split('|') {
                self.form(name, Case::Name, form(FormKind::Name, true));
            }
            for short in field(&row, 2).split('|') {
                self.form(short, Case::Exact, form(FormKind::Short, short.len() > 3));
            }
        }
    }
}

/// A field of a row; empty where the row has none.
fn field(row: &[&'static str], column: usize) -> &'static str {
    row.get(column).copied().unwrap_or("")
}

/// Whether a name is written in capitals, so that other cases mean other things.
fn is_abbreviation(text: &str) -> bool {
    text.chars().count() < 7 && !text.chars().any(char::is_lowercase)
}
