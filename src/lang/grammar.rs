//! The tables of a language that is read by a grammar, without a trained parser.
//!
//! All words are kept in the second form of a text ([`super::letters`]), in which
//! they are looked up.

use std::collections::HashMap;

use super::letters::Letters;
use super::names::WordList;
use super::rows;
use super::tagger::Tagger;
use crate::mention::Supertype;

/// The tables of a grammar, as text.
#[derive(Clone, Copy, Debug)]
pub struct GrammarTables {
    /// Letters and their other looks.
    pub letters: &'static str,
    /// Words of function by class.
    pub words: &'static str,
    /// Stems of verbs.
    pub verbs: &'static str,
    /// Endings that make forms of stems.
    pub endings: &'static str,
    /// Offices, ranks, forms of address.
    pub titles: &'static str,
    /// Nouns that describe people and groups.
    pub roles: &'static str,
    /// Bodies, and words that names of bodies are made of.
    pub organizations: &'static str,
    /// What names are in English.
    pub translations: &'static str,
    /// Cities, whose last column is the Latin name.
    pub cities: &'static str,
    /// What the Latin letters are called.
    pub letter_names: &'static str,
    /// Surnames that a machine may translate.
    pub glosses: &'static str,
    /// Nouns and their forms.
    pub nouns: &'static str,
    /// Words of dates.
    pub dates: &'static str,
    /// Currencies and scales.
    pub units: &'static str,
    /// Common words, sorted by bytes.
    pub common: &'static str,
    /// Names of persons, sorted by bytes.
    pub names: &'static str,
    /// The weights of the tagger of names.
    pub tagger: &'static str,
    /// Which letters stand for which of Latin.
    pub sounds: &'static str,
}

/// The form of a verb.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// The bare stem, which needs another verb behind it.
    Stem,
    /// The infinitive, which is a noun as well.
    Infinitive,
    /// The imperfective.
    Imperfective,
    /// The perfective.
    Perfective,
    /// The subjunctive, of which the future is made.
    Subjunctive,
}

/// Phrases of words in their second form, found longest first.
#[derive(Debug)]
pub struct PhraseTable<T> {
    by_first: HashMap<String, Vec<(Box<[String]>, T)>>,
}

impl<T> Default for PhraseTable<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T> PhraseTable<T> {
    fn insert(&mut self, phrase: &str, value: T) {
        let words: Box<[String]> = phrase.split_whitespace().map(str::to_owned).collect();
        let Some(first) = words.first().cloned() else { return };
        let list = self.by_first.entry(first).or_default();
        let at = list.partition_point(|(old, _)| old.len() >= words.len());
        list.insert(at, (words, value));
    }

    /// The longest phrase that the words from `at` on begin with: how many words,
    /// and its value.
    pub fn longest<'a, W: AsRef<str>>(&'a self, words: &[W], at: usize) -> Option<(usize, &'a T)> {
        self.all(words, at).next()
    }

    /// All phrases that the words from `at` on begin with, the longest first.
    pub fn all<'a, 'w, W: AsRef<str>>(
        &'a self,
        words: &'w [W],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'a T)> + use<'a, 'w, T, W> {
        let list = words.get(at).and_then(|first| self.by_first.get(first.as_ref()));
        list.into_iter().flatten().filter_map(move |(phrase, value)| {
            let run = words.get(at..at + phrase.len())?;
            run.iter()
                .zip(phrase.iter())
                .all(|(word, want)| word.as_ref() == want)
                .then_some((phrase.len(), value))
        })
    }
}

/// What a phrase is in a title.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TitleUse {
    /// A post of a body or country.
    pub office: bool,
    /// A rank.
    pub rank: bool,
    /// A form of address.
    pub address: bool,
    /// What stands before a name and is part of it.
    pub honorific: bool,
    /// What stands before an office.
    pub modifier: bool,
    /// What tells an office from others, behind it.
    pub portfolio: bool,
    /// The families of posts that it belongs to.
    pub families: Vec<&'static str>,
}

/// A noun that describes people without naming them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoleUse {
    /// What it describes.
    pub supertype: Supertype,
    /// Whether it is of several.
    pub is_plural: bool,
}

/// A word of dates: its kind and value.
pub type DateWord = (&'static str, i32);

/// A word of sums.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum UnitWord {
    /// A currency, ISO 4217.
    Currency(&'static str),
    /// What a number is multiplied with.
    Scale(f64),
    /// A number.
    Number(f64),
}

/// The grammar of a language, loaded.
#[derive(Debug)]
pub struct Grammar {
    /// The second form of words.
    pub letters: Letters,
    classes: HashMap<String, Vec<&'static str>>,
    /// Postpositions of one and more words, with the form to know them by.
    pub postpositions: PhraseTable<String>,
    /// Postpositions before the source of what is said.
    pub sources: PhraseTable<()>,
    verbs: HashMap<String, Vec<(Form, String)>>,
    /// Titles.
    pub titles: PhraseTable<TitleUse>,
    /// Nouns for people.
    pub roles: PhraseTable<RoleUse>,
    /// Words that end the name of a body, and that open it.
    pub heads: PhraseTable<()>,
    /// See [`Self::heads`].
    pub openers: PhraseTable<()>,
    letter_names: HashMap<String, char>,
    /// Surnames in Latin letters, and what a machine makes of them.
    pub glosses: Vec<(String, Vec<String>)>,
    /// Words of dates.
    pub dates: PhraseTable<DateWord>,
    /// Words of sums.
    pub units: PhraseTable<UnitWord>,
    translations: HashMap<String, &'static str>,
    nouns: HashMap<String, String>,
    /// The dictionary form of "to be".
    pub being: String,
    /// Endings of the names of places.
    pub place_endings: Vec<String>,
    /// Nouns of several words.
    pub compounds: PhraseTable<()>,
    /// Common words.
    pub common: WordList,
    /// Names of persons.
    pub names: WordList,
    /// The tagger of names.
    pub tagger: Tagger,
}

impl Grammar {
    /// Loads the tables.
    pub fn load(tables: &GrammarTables) -> Self {
        let letters = Letters::load(tables.letters);
        let norm = |text: &str| letters.normalize(text.trim()).into_owned();
        let words = |text: &'static str| {
            text.split('|').map(norm).filter(|word| !word.is_empty()).collect::<Vec<_>>()
        };
        let mut classes: HashMap<String, Vec<&'static str>> = HashMap::new();
        let mut postpositions = PhraseTable::default();
        let mut sources = PhraseTable::default();
        let (mut being, mut place_endings) = (String::new(), Vec::new());
        for row in rows(tables.words) {
            let (class, listed) = (field(&row, 0), words(field(&row, 1)));
            // Of spellings of one postposition the first is the form to know it by.
            let first = listed.first().cloned().unwrap_or_default();
            if class == "being" {
                being.clone_from(&first);
            }
            for word in listed {
                match class {
                    "place_ending" => place_endings.push(word.clone()),
                    "post" => postpositions.insert(&word, word.clone()),
                    "spellings" => postpositions.insert(&word, first.clone()),
                    "source" => sources.insert(&word, ()),
                    _ => {}
                }
                classes.entry(word).or_default().push(class);
            }
        }
        let mut titles: HashMap<String, TitleUse> = HashMap::new();
        for row in rows(tables.titles) {
            match field(&row, 0) {
                "family" => {
                    let mut listed = field(&row, 1).split('|');
                    let family = listed.next().unwrap_or("");
                    for word in listed {
                        titles.entry(norm(word)).or_default().families.push(family);
                    }
                }
                kind => {
                    for word in words(field(&row, 1)) {
                        let title = titles.entry(word.clone()).or_default();
                        match kind {
                            "office" => title.office = true,
                            "rank" => title.rank = true,
                            "address" => title.address = true,
                            "honorific" => title.honorific = true,
                            "modifier" => title.modifier = true,
                            "portfolio" => title.portfolio = true,
                            _ => classes.entry(word).or_default().push(kind),
                        }
                    }
                }
            }
        }
        let mut title_table = PhraseTable::default();
        let mut sorted: Vec<_> = titles.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        for (phrase, title) in sorted {
            title_table.insert(&phrase, title);
        }
        let mut roles = PhraseTable::default();
        for row in rows(tables.roles) {
            let supertype = Supertype::from_name(field(&row, 0)).unwrap_or(Supertype::Thing);
            let is_plural = field(&row, 1) == "many";
            for word in words(field(&row, 2)) {
                roles.insert(&word, RoleUse { supertype, is_plural });
            }
        }
        let (mut heads, mut openers) = (PhraseTable::default(), PhraseTable::default());
        for row in rows(tables.organizations) {
            for word in words(field(&row, 1)) {
                match field(&row, 0) {
                    "head" => heads.insert(&word, ()),
                    "opener" => openers.insert(&word, ()),
                    _ => {}
                }
            }
        }
        let mut letter_names = HashMap::new();
        for row in rows(tables.letter_names) {
            let letter = field(&row, 0).chars().next().unwrap_or(' ');
            letter_names.extend(words(field(&row, 1)).into_iter().map(|name| (name, letter)));
        }
        let mut dates = PhraseTable::default();
        for row in rows(tables.dates) {
            let value = field(&row, 1).parse().unwrap_or(0);
            for word in words(field(&row, 2)) {
                dates.insert(&word, (field(&row, 0), value));
            }
        }
        let mut units = PhraseTable::default();
        for row in rows(tables.units) {
            let number = || field(&row, 1).parse().unwrap_or(1.0);
            let unit = match field(&row, 0) {
                "currency" => UnitWord::Currency(field(&row, 1)),
                "scale" => UnitWord::Scale(number()),
                _ => UnitWord::Number(number()),
            };
            for word in words(field(&row, 2)) {
                units.insert(&word, unit);
            }
        }
        let mut translations = HashMap::new();
        for row in rows(tables.translations) {
            translations.insert(norm(field(&row, 0)), field(&row, 1));
        }
        for row in rows(tables.cities) {
            translations.entry(norm(field(&row, 0))).or_insert(field(&row, 4));
        }
        let (mut nouns, mut compounds) = (HashMap::new(), PhraseTable::default());
        for row in rows(tables.nouns) {
            let noun = norm(field(&row, 0));
            if noun.contains(' ') {
                compounds.insert(&noun, ());
            }
            nouns.extend(words(field(&row, 1)).into_iter().map(|form| (form, noun.clone())));
        }
        Self {
            verbs: verbs(tables, &letters),
            glosses: rows(tables.glosses)
                .map(|row| (field(&row, 0).to_lowercase(), words(field(&row, 1))))
                .collect(),
            letters,
            classes,
            postpositions,
            sources,
            titles: title_table,
            roles,
            heads,
            openers,
            letter_names,
            dates,
            units,
            translations,
            nouns,
            being,
            place_endings,
            compounds,
            common: WordList::new(tables.common),
            names: WordList::new(tables.names),
            tagger: Tagger::load(tables.tagger),
        }
    }

    /// Whether a word is of a class.
    pub fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.contains(&class))
    }

    /// What forms of which verbs a word can be.
    pub fn verb(&self, word: &str) -> &[(Form, String)] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    /// The Latin letter that a word is the name of.
    pub fn letter(&self, word: &str) -> Option<char> {
        self.letter_names.get(word).copied()
    }

    /// The dictionary form of a noun.
    pub fn noun<'a>(&'a self, word: &'a str) -> &'a str {
        self.nouns.get(word).map_or(word, String::as_str)
    }

    /// What a name is in English, where a table says so.
    pub fn translation(&self, name: &str) -> Option<&'static str> {
        self.translations.get(name).copied()
    }
}

/// All forms of all stems.
fn verbs(tables: &GrammarTables, letters: &Letters) -> HashMap<String, Vec<(Form, String)>> {
    let endings: Vec<(Form, bool, bool, Vec<String>)> = rows(tables.endings)
        .filter_map(|row| {
            let form = match field(&row, 0) {
                "infinitive" => Form::Infinitive,
                "imperfective" => Form::Imperfective,
                "perfective" => Form::Perfective,
                "subjunctive" => Form::Subjunctive,
                _ => return None,
            };
            let endings =
                field(&row, 2).split('|').map(|e| letters.normalize(e).into_owned()).collect();
            Some((form, field(&row, 1).contains("vowel"), field(&row, 1).contains("own"), endings))
        })
        .collect();
    let mut verbs: HashMap<String, Vec<(Form, String)>> = HashMap::new();
    let mut add = |text: String, form: Form, lemma: &str| {
        let forms = verbs.entry(text).or_default();
        if !forms.iter().any(|(f, l)| *f == form && l == lemma) {
            forms.push((form, lemma.to_owned()));
        }
    };
    for row in rows(tables.verbs) {
        let stem = letters.normalize(field(&row, 0)).into_owned();
        // What is written as two words is found by its second.
        if stem.contains(' ') {
            continue;
        }
        let inner = match letters.normalize(field(&row, 3)) {
            inner if inner.is_empty() => stem.clone(),
            inner => inner.into_owned(),
        };
        let lemma = format!("{inner}{}", infinitive(&endings));
        add(stem.clone(), Form::Stem, &lemma);
        for (form, of_vowel, of_own, endings) in &endings {
            let column = match form {
                Form::Perfective => 1,
                Form::Subjunctive => 2,
                _ => 9,
            };
            let own = letters.normalize(field(&row, column)).into_owned();
            let base = if own.is_empty() { &stem } else { &own };
            let ends_in_vowel = base.ends_with(['ا', 'و', 'آ']); // letters that stand for vowels
            let is_any = matches!(form, Form::Infinitive | Form::Imperfective);
            if is_any || (*of_own != own.is_empty() && (*of_own || *of_vowel == ends_in_vowel)) {
                for ending in endings {
                    add(format!("{}{ending}", if is_any { &inner } else { base }), *form, &lemma);
                }
            }
        }
    }
    verbs
}

/// The ending of dictionary forms: the first of the infinitive.
fn infinitive(endings: &[(Form, bool, bool, Vec<String>)]) -> &str {
    let found = endings.iter().find(|(form, ..)| *form == Form::Infinitive);
    found.and_then(|(.., endings)| endings.first()).map_or("", String::as_str)
}

/// A field of a row; empty where the row has none.
fn field(row: &[&'static str], column: usize) -> &'static str {
    row.get(column).copied().unwrap_or("")
}
