//! The tables of `lang`, read once into maps that comparison looks words up in.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::lang::en::{self as language, names as en};
use crate::lang::names::NameList;
use crate::lang::ur;
use crate::mention::Gender;

use super::fold::fold;

/// The tables.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

/// What a word can be in a personal name; a word can be several of these.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct PersonWord {
    /// Heads a title ("minister").
    pub title: bool,
    /// Stands in a title before its head ("deputy").
    pub part: bool,
    /// Joins the words of a title ("of").
    pub link: bool,
    /// An honorific that is part of the name but may be left out ("syed").
    pub honorific: bool,
    /// An honorific that is also a name ("khan").
    pub maybe: bool,
    /// Says whose child a person is ("bin").
    pub son: bool,
    /// Stands before a surname ("van").
    pub particle: bool,
    /// A form of the Arabic article that is one only before a hyphen ("ash-").
    pub article: bool,
    /// Tells generations apart ("jr").
    pub suffix: bool,
    /// A degree or membership behind a name ("phd").
    pub degree: bool,
    /// A name that very many people bear ("muhammad").
    pub common: bool,
    /// A name that many bear together with another of that kind ("john").
    pub frequent: bool,
    /// A form of address for men ("mr").
    pub man: bool,
    /// A form of address for women ("mrs").
    pub woman: bool,
    /// The form to compare by.
    pub canonical: Option<&'static str>,
}

/// What a word can be in the name of a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OrganizationWord {
    /// Passed over ("of").
    Stop,
    /// Says little about a company ("group").
    Generic,
    /// Says little about a public body ("national").
    Public,
    /// What kind of public body it is ("ministry").
    Body,
    /// What kind of another body it is ("university").
    Institution,
    /// Tells nothing, but counts among the initials ("affairs").
    Filler,
    /// A point of the compass.
    Compass,
    /// Written out differently elsewhere ("us").
    Abbreviation,
    /// Another spelling of an ordinary word.
    Spelling,
    /// A number word.
    Number,
    /// A Roman numeral.
    Roman,
}

/// A pair of letter groups that stand for one another.
#[derive(Clone, Debug)]
pub(super) struct Confusion {
    pub a: Vec<char>,
    pub b: Vec<char>,
    pub at: Place,
    pub cost: f64,
}

/// Where in a word a [`Confusion`] holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Any,
    Start,
    End,
}

/// All tables.
pub(super) struct Tables {
    nicknames: HashMap<&'static str, BTreeSet<&'static str>>,
    person_words: HashMap<&'static str, PersonWord>,
    organization_words: HashMap<&'static str, (OrganizationWord, &'static str)>,
    legal_forms: HashMap<&'static str, (&'static str, &'static str)>,
    names: NameList,
    /// What letters are called in a script without capitals.
    letter_names: HashMap<&'static str, char>,
    /// The countries of bodies that only one country has.
    bodies: HashMap<String, &'static str>,
    /// By name and adjective.
    countries: HashMap<String, String>,
    /// By the first letters of both sides, in both directions.
    confusions: Vec<Vec<Confusion>>,
    /// Those that have nothing on one side.
    omissions: Vec<Confusion>,
}

impl Tables {
    fn load() -> Self {
        let mut nicknames: HashMap<_, BTreeSet<_>> = HashMap::new();
        for [nickname, names] in rows(en::NICKNAMES).chain(rows(en::SHORT_NAMES)) {
            nicknames.entry(nickname).or_default().extend(names.split('|'));
        }

        let mut person_words: HashMap<_, PersonWord> = HashMap::new();
        for [word, kind, canonical] in rows(en::WORDS).chain(rows(ur::NAME_WORDS)) {
            let entry = person_words.entry(word).or_default();
            match kind {
                "title" => entry.title = true,
                "part" => entry.part = true,
                "link" => entry.link = true,
                "honorific" => entry.honorific = true,
                "maybe" => entry.maybe = true,
                "son" => entry.son = true,
                "particle" => entry.particle = true,
                "article" => entry.article = true,
                "suffix" => entry.suffix = true,
                "degree" => entry.degree = true,
                "common" => entry.common = true,
                "frequent" => entry.frequent = true,
                "man" => entry.man = true,
                "woman" => entry.woman = true,
                _ => {}
            }
            if !canonical.is_empty() {
                entry.canonical = Some(canonical);
            }
        }

        let mut letter_names = HashMap::new();
        for line in ur::LETTER_NAMES.lines().filter(|line| !line.starts_with('#')) {
            let Some((letter, words)) = line.split_once('\t') else { continue };
            let letter = letter.chars().next().unwrap_or(' ').to_ascii_lowercase();
            letter_names.extend(words.split('|').map(|word| (word, letter)));
        }

        let mut organization_words = HashMap::new();
        for [word, kind, canonical] in rows(en::ORGANIZATIONS) {
            let kind = match kind {
                "stop" => OrganizationWord::Stop,
                "generic" => OrganizationWord::Generic,
                "public" => OrganizationWord::Public,
                "body" => OrganizationWord::Body,
                "institution" => OrganizationWord::Institution,
                "filler" => OrganizationWord::Filler,
                "compass" => OrganizationWord::Compass,
                "abbreviation" => OrganizationWord::Abbreviation,
                "number" => OrganizationWord::Number,
                "roman" => OrganizationWord::Roman,
                _ => OrganizationWord::Spelling,
            };
            let canonical = if canonical.is_empty() { word } else { canonical };
            organization_words.entry(word).or_insert((kind, canonical));
        }

        let legal_forms = rows(en::LEGAL_FORMS)
            .map(|[form, canonical, kind]| (form, (canonical, kind)))
            .collect();

        let mut confusions = vec![Vec::new(); LETTERS * LETTERS];
        let mut omissions = Vec::new();
        for [a, b, at, cost, _] in rows(en::SPELLING) {
            let at = match at {
                "start" => Place::Start,
                "end" => Place::End,
                _ => Place::Any,
            };
            let cost = cost.parse().unwrap_or(1.0);
            for (a, b) in [(a, b), (b, a)] {
                let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
                let slot = match (a.first(), b.first()) {
                    (Some(&x), Some(&y)) => slot(x, y).and_then(|i| confusions.get_mut(i)),
                    _ => Some(&mut omissions),
                };
                if let Some(slot) = slot {
                    slot.push(Confusion { a, b, at, cost });
                }
            }
        }
        Self {
            nicknames,
            person_words,
            organization_words,
            legal_forms,
            names: NameList::new(language::TABLES.names),
            letter_names,
            bodies: bodies(),
            countries: countries(),
            confusions,
            omissions,
        }
    }

    /// The given names that `nickname` is short for.
    pub fn names_of(&self, nickname: &str) -> Option<&BTreeSet<&'static str>> {
        self.nicknames.get(nickname)
    }

    /// Whether one of the two is a nickname of the other, or both of a third.
    pub fn are_nicknames(&self, a: &str, b: &str) -> bool {
        if a == b {
            return false;
        }
        let (of_a, of_b) = (self.names_of(a), self.names_of(b));
        // "Kate" is short for any spelling of "Katherine".
        let is_of = |names: &BTreeSet<&str>, name: &str| {
            names.contains(name)
                || self.person_word(name).canonical.is_some_and(|canonical| {
                    names.iter().any(|n| self.person_word(n).canonical == Some(canonical))
                })
        };
        of_a.is_some_and(|names| is_of(names, b))
            || of_b.is_some_and(|names| is_of(names, a))
            || matches!((of_a, of_b), (Some(x), Some(y)) if x.intersection(y).next().is_some())
    }

    /// What `word` can be in a personal name.
    pub fn person_word(&self, word: &str) -> PersonWord {
        self.person_words.get(word).copied().unwrap_or_default()
    }

    /// The letter, in lower case, that `word` is the name of.
    pub fn letter(&self, word: &str) -> Option<char> {
        self.letter_names.get(word).copied()
    }

    /// Whether the list of names knows `word`.
    pub fn is_name(&self, word: &str) -> bool {
        self.names.get(word).is_some()
    }

    /// Whether `word` is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.names.get(word).is_some_and(crate::lang::names::NameUse::is_given)
    }

    /// Whether only men or only women bear `name` as a given name.
    pub fn gender(&self, name: &str) -> Gender {
        match self.names.get(name).map(|name| (name.masculine, name.feminine)) {
            Some((true, false)) => Gender::Masculine,
            Some((false, true)) => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }

    /// What `word` is in the name of a body, and its canonical form.
    pub fn organization_word(&self, word: &str) -> Option<(OrganizationWord, &'static str)> {
        self.organization_words.get(word).copied()
    }

    /// The folded name of the country that folded words name or are the
    /// adjective of.
    pub fn country(&self, words: &str) -> Option<&str> {
        self.countries.get(words).map(String::as_str)
    }

    /// The code of the country whose body bears a folded name that no other
    /// country's body bears.
    pub fn country_of_body(&self, name: &str) -> Option<&'static str> {
        self.bodies.get(name).copied()
    }

    /// The canonical form and the kind of company of a legal form.
    pub fn legal_form(&self, form: &str) -> Option<(&'static str, &'static str)> {
        self.legal_forms.get(form).copied()
    }

    /// The confusions whose sides start with these letters.
    pub fn confusions(&self, a: char, b: char) -> &[Confusion] {
        slot(a, b).and_then(|i| self.confusions.get(i)).map_or(&[], Vec::as_slice)
    }

    /// The confusions that have nothing on one side.
    pub fn omissions(&self) -> &[Confusion] {
        &self.omissions
    }
}

/// The names and adjectives of countries, folded, each with the country's name.
fn countries() -> HashMap<String, String> {
    let tables = language::TABLES.gazetteer;
    let mut countries = HashMap::new();
    let mut names: HashMap<&str, String> = HashMap::new();
    // The rows by hand come first, so that they win.
    let by_hand = tables.places.lines().filter_map(|line| line.strip_prefix("country\t"));
    let derived = tables.countries.lines().filter(|line| !line.starts_with('#'));
    for (line, first) in by_hand.map(|line| (line, 1)).chain(derived.map(|line| (line, 2))) {
        let fields: Vec<&str> = line.split('\t').collect();
        let Some(code) = fields.first() else { continue };
        for field in fields.iter().skip(first).take(2) {
            // Without its capitals an abbreviation may be any word.
            let is_word = |name: &&str| name.len() > 3 && name.contains(char::is_lowercase);
            for name in field.split('|').filter(is_word).map(fold) {
                let country = names.entry(code).or_insert_with(|| name.clone());
                countries.entry(name).or_insert_with(|| country.clone());
            }
        }
    }
    countries
}

/// The names of bodies that only one country has, folded, with its code.
fn bodies() -> HashMap<String, &'static str> {
    let rows = language::TABLES.gazetteer.organizations.lines();
    let mut bodies = HashMap::new();
    for row in rows.filter_map(|line| line.strip_prefix("body\t")) {
        let Some((names, country)) = row.split_once('\t') else { continue };
        for name in names.split(['|', '=', ',']).map(fold) {
            bodies.entry(name).or_insert(country);
        }
    }
    bodies
}

const LETTERS: usize = 26;

/// The place of a pair of letters in the table of confusions.
fn slot(a: char, b: char) -> Option<usize> {
    let letter = |c: char| c.is_ascii_lowercase().then(|| c as usize - 'a' as usize);
    Some(letter(a)? * LETTERS + letter(b)?)
}

/// The rows of a table without its header. Rows of another width are passed
/// over; a test checks that there is none.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_read() {
        fn check<const N: usize>(name: &str, table: &'static str) {
            assert_eq!(rows::<N>(table).count(), table.lines().count() - 1, "{name}");
        }
        check::<2>("nicknames.csv", en::NICKNAMES);
        check::<2>("short_names.csv", en::SHORT_NAMES);
        check::<3>("words.csv", en::WORDS);
        check::<3>("name_words.csv", ur::NAME_WORDS);
        check::<5>("spelling.csv", en::SPELLING);
        check::<3>("organizations.csv", en::ORGANIZATIONS);
        check::<3>("legal_forms.csv", en::LEGAL_FORMS);
    }

    #[test]
    fn nicknames_are_compatible_in_both_directions() {
        let rows = [
            ("tom", "thomas", true),
            ("william", "bill", true),
            ("bob", "rob", true),
            ("kate", "catherine", true),
            ("pyotr", "peter", true),
            ("tom", "timothy", false),
            ("thomas", "thomas", false),
        ];
        for (a, b, want) in rows {
            assert_eq!(TABLES.are_nicknames(a, b), want, "{a} {b}");
            assert_eq!(TABLES.are_nicknames(b, a), want, "{b} {a}");
        }
    }
}
