//! Words that the rules for mentions ask about: titles, nouns for people,
//! parts of names of bodies, pronouns.

use std::collections::HashMap;

use super::phrases::{Case, Phrases};
use super::rows;
use crate::mention::{Gender, Supertype};

/// What a word is in the name of an office.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TitleKind {
    /// The noun that the office hangs on ("Secretary").
    Head,
    /// A rank, which may follow another office ("General").
    Rank,
    /// An abbreviation of a whole office ("FM").
    Short,
    /// What a person does, which is no office ("economist").
    Occupation,
    /// A form of address ("Mr.").
    Honorific,
    /// What may stand before a head ("Deputy").
    Modifier,
    /// What an office may be about ("Foreign", "State").
    Portfolio,
    /// A body that an office may be of ("Committee"): part of the title, unless
    /// it is part of a name.
    Body,
    /// What may stand behind a name ("retired", "Jr.").
    Suffix,
}

/// A word or phrase of a title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Title {
    /// What it is, a set: "General" is a rank, a head and a modifier.
    pub kinds: Vec<TitleKind>,
    /// The families that tie role nouns to offices.
    pub families: Vec<&'static str>,
    /// The gender of who bears it.
    pub gender: Gender,
    /// The office that an abbreviation stands for.
    pub expansion: Option<&'static str>,
    /// Whether it is a plural ("Ministers").
    pub is_plural: bool,
}

impl Title {
    /// Whether it is of that kind.
    pub fn is(&self, kind: TitleKind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// A noun that describes people, groups, bodies or places without naming them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Role {
    /// What one of them is.
    pub supertype: Supertype,
    /// The class of one of them, a local name of the ontology.
    pub class: &'static str,
    /// Whether the form is a plural.
    pub is_plural: bool,
    /// The gender.
    pub gender: Gender,
    /// The families of offices it stands for; `*` for any.
    pub families: Vec<&'static str>,
}

/// What a word does in the name of a body or place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NamePart {
    /// Ends the name of a body ("Ministry").
    Head,
    /// Opens the name of a body ("Ministry of …").
    Opener,
    /// Stands behind the name of a company ("Inc.").
    Legal,
    /// Ends the name of a building or site.
    Facility,
    /// Ends the name of a place in nature or an area.
    Ground,
    /// Opens the name of a place ("Lake").
    Terrain,
    /// Ends the name of an event, law or work.
    Thing,
}

/// A small class of words that rules ask about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WordClass {
    /// "the", "a".
    Article,
    /// "a", "some": what it stands before is new.
    Indefinite,
    /// "dozens", "a number": what stands behind its "of" is what it counts.
    Quantity,
    /// "two", "both".
    Pair,
    /// "deputy", "assistant": before a title it makes another, lower one.
    Junior,
    /// "with": what stands behind it does the same as the subject.
    Together,
    /// "led", "based": what stands before its hyphen is whose it is.
    Led,
    /// "and", "&".
    And,
    /// "and", "or", "-": what joins two of a kind.
    Joiner,
    /// "of".
    Of,
    /// "of", "for": what an office is of or about.
    Aim,
    /// "of", "from": before what something belongs to.
    Origin,
    /// "of", "for", "on", "to": between an office and what it is about.
    Link,
    /// "in", "near": before a place where something is.
    Where,
    /// "to", "from": before a place, among others.
    Whither,
    /// What may stand inside a name in lower case.
    Connector,
    /// A part of a person's name in lower case ("bin", "van").
    Particle,
    /// What may stand behind a person's name ("Jr.").
    Suffix,
    /// What makes an adjective of a name behind a hyphen ("pro-").
    Prefix,
    /// "west", "northern".
    Direction,
    /// What follows a direction in the name of a place ("Bank").
    Geographic,
    /// A verb of saying, the dictionary form.
    Speech,
    /// A verb of what governments do ("accuse"), the dictionary form.
    Acting,
    /// "ties", "talks": between bodies or states.
    Relation,
    /// "counterpart": who holds the like office elsewhere.
    Counterpart,
    /// "king", "pope": whose title goes with a given name.
    Regnal,
    /// What companies have ("shares").
    Business,
    /// "it", "its".
    Neuter,
    /// Written with a capital and no name ("Monday", "Covid-19").
    Generic,
    /// Tells that a sentence is about sports.
    Sports,
    /// "of", "at": between a post and whose it is.
    Employer,
    /// "at": before where somebody works, whatever the post.
    Workplace,
    /// "work", "teach": what one does for an employer, the dictionary form.
    Employment,
    /// "join", "found": what one does with a body, the dictionary form.
    Joining,
    /// What one is who belongs to a body ("member").
    Belonging,
    /// What somebody of a party is called after it ("Republican").
    Partisan,
    /// In a title, of one who held it ("former").
    Over,
    /// In a title, of one who is to hold it ("designate").
    Ahead,
}

impl WordClass {
    const ALL: [(Self, &'static str); 38] = [
        (Self::Article, "article"),
        (Self::Indefinite, "indefinite"),
        (Self::Quantity, "quantity"),
        (Self::Pair, "pair"),
        (Self::Junior, "junior"),
        (Self::Together, "together"),
        (Self::Led, "led"),
        (Self::And, "and"),
        (Self::Joiner, "joiner"),
        (Self::Of, "of"),
        (Self::Aim, "aim"),
        (Self::Origin, "origin"),
        (Self::Link, "link"),
        (Self::Where, "where"),
        (Self::Whither, "whither"),
        (Self::Connector, "connector"),
        (Self::Particle, "particle"),
        (Self::Suffix, "suffix"),
        (Self::Prefix, "prefix"),
        (Self::Direction, "direction"),
        (Self::Geographic, "geographic"),
        (Self::Speech, "speech"),
        (Self::Acting, "acting"),
        (Self::Relation, "relation"),
        (Self::Counterpart, "counterpart"),
        (Self::Regnal, "regnal"),
        (Self::Business, "business"),
        (Self::Neuter, "neuter"),
        (Self::Generic, "generic"),
        (Self::Sports, "sports"),
        (Self::Employer, "employer"),
        (Self::Workplace, "workplace"),
        (Self::Employment, "employment"),
        (Self::Joining, "joining"),
        (Self::Belonging, "belonging"),
        (Self::Partisan, "partisan"),
        (Self::Over, "over"),
        (Self::Ahead, "ahead"),
    ];
}

/// A set of word classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WordClasses(u64);

impl WordClasses {
    /// Whether the class is in the set.
    pub fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u64) != 0
    }
}

/// The person that a pronoun speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Person {
    /// Who speaks.
    First,
    /// Who is spoken of.
    Third,
}

/// What a pronoun is in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PronounRole {
    /// "he".
    Subject,
    /// "him".
    Object,
    /// "his".
    Possessive,
    /// "who".
    Relative,
}

/// A pronoun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pronoun {
    /// Of whom it speaks.
    pub person: Person,
    /// Whether of several; none if it does not tell.
    pub is_plural: Option<bool>,
    /// The gender.
    pub gender: Gender,
    /// What it is in its sentence.
    pub role: PronounRole,
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words and phrases of titles, in lower case.
    pub titles: Phrases<Title>,
    /// Nouns for people and the like, in lower case.
    pub roles: Phrases<Role>,
    /// Parts of names.
    parts: HashMap<&'static str, Vec<NamePart>>,
    pronouns: HashMap<&'static str, Pronoun>,
    classes: HashMap<&'static str, WordClasses>,
}

/// The tables that a lexicon is loaded from, as text.
#[derive(Clone, Copy, Debug)]
pub struct LexiconTables {
    /// Kind, words, families, gender, expansion.
    pub titles: &'static str,
    /// Nouns, supertype, gender, families.
    pub roles: &'static str,
    /// Kind, words.
    pub organizations: &'static str,
    /// Word, person, number, gender, role.
    pub pronouns: &'static str,
    /// Class, words.
    pub words: &'static str,
}

impl Lexicon {
    /// Loads the tables.
    pub fn load(tables: LexiconTables) -> Self {
        let mut lexicon = Self::default();
        lexicon.load_titles(tables.titles);
        lexicon.load_roles(tables.roles);
        for row in rows(tables.organizations) {
            let part = match row.first().copied() {
                Some("head") => NamePart::Head,
                Some("opener") => NamePart::Opener,
                Some("legal") => NamePart::Legal,
                Some("facility") => NamePart::Facility,
                Some("ground") => NamePart::Ground,
                Some("terrain") => NamePart::Terrain,
                Some("thing") => NamePart::Thing,
                _ => continue,
            };
            for word in row.get(1).copied().unwrap_or("").split('|') {
                let parts = lexicon.parts.entry(word).or_default();
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        for row in rows(tables.pronouns) {
            let [word, person, number, gender, role] = row.as_slice() else { continue };
            let pronoun = Pronoun {
                person: if *person == "1" { Person::First } else { Person::Third },
                is_plural: match *number {
                    "s" => Some(false),
                    "p" => Some(true),
                    _ => None,
                },
                gender: gender_of(gender),
                role: match *role {
                    "subject" => PronounRole::Subject,
                    "possessive" => PronounRole::Possessive,
                    "relative" => PronounRole::Relative,
                    _ => PronounRole::Object,
                },
            };
            lexicon.pronouns.insert(word, pronoun);
        }
        for row in rows(tables.words) {
            let [class, words] = row.as_slice() else { continue };
            let Some((class, _)) = WordClass::ALL.into_iter().find(|(_, name)| name == class)
            else {
                continue;
            };
            for word in words.split('|') {
                lexicon.classes.entry(word).or_default().0 |= 1 << class as u64;
            }
        }
        lexicon
    }

    /// What a word does in names of bodies and places.
    pub fn parts(&self, word: &str) -> &[NamePart] {
        self.parts.get(word).map_or(&[], Vec::as_slice)
    }

    /// The pronoun that a word in lower case is.
    pub fn pronoun(&self, lower: &str) -> Option<Pronoun> {
        self.pronouns.get(lower).copied()
    }

    /// The small classes that a word in lower case is of.
    pub fn classes(&self, lower: &str) -> WordClasses {
        self.classes.get(lower).copied().unwrap_or_default()
    }

    fn load_titles(&mut self, table: &'static str) {
        // One entry a phrase, with all that the rows say of it.
        let mut entries: indexmap::IndexMap<&'static str, Title> = indexmap::IndexMap::new();
        for row in rows(table) {
            let kind = match row.first().copied() {
                Some("head") => TitleKind::Head,
                Some("rank") => TitleKind::Rank,
                Some("short") => TitleKind::Short,
                Some("occupation") => TitleKind::Occupation,
                Some("honorific") => TitleKind::Honorific,
                Some("modifier") => TitleKind::Modifier,
                Some("portfolio") => TitleKind::Portfolio,
                Some("body") => TitleKind::Body,
                Some("suffix") => TitleKind::Suffix,
                _ => continue,
            };
            let column = |at: usize| row.get(at).copied().unwrap_or("");
            for word in column(1).split('|') {
                let title = entries.entry(word).or_insert_with(|| Title {
                    kinds: Vec::new(),
                    families: Vec::new(),
                    gender: Gender::Unknown,
                    expansion: None,
                    is_plural: false,
                });
                if !title.kinds.contains(&kind) {
                    title.kinds.push(kind);
                }
                for family in column(2).split(',').filter(|f| !f.is_empty()) {
                    if !title.families.contains(&family) {
                        title.families.push(family);
                    }
                }
                if title.gender == Gender::Unknown {
                    title.gender = gender_of(column(3));
                }
                title.expansion = title.expansion.or(Some(column(4)).filter(|e| !e.is_empty()));
            }
        }
        let plurals: Vec<(String, Title)> = entries
            .iter()
            .filter(|(_, title)| title.is(TitleKind::Head))
            .map(|(word, title)| (plural(word), Title { is_plural: true, ..title.clone() }))
            .filter(|(word, _)| !entries.contains_key(word.as_str()))
            .collect();
        for (word, title) in plurals {
            self.titles.insert(&word, Case::Any, title);
        }
        for (word, title) in entries {
            self.titles.insert(word, Case::Any, title);
        }
    }

    fn load_roles(&mut self, table: &'static str) {
        for row in rows(table) {
            let column = |at: usize| row.get(at).copied().unwrap_or("");
            let class = column(1);
            // The finer classes of the table are those of places.
            let supertype = Supertype::from_name(class).unwrap_or(Supertype::Place);
            let families: Vec<&'static str> =
                column(3).split(',').filter(|f| !f.is_empty()).collect();
            for word in column(0).split('|') {
                let (singular, plural) = match word.split_once('/') {
                    Some((singular, plural)) => (singular, plural.to_owned()),
                    None => (word, format!("{word}s")),
                };
                let role = |is_plural| Role {
                    supertype,
                    class,
                    is_plural,
                    gender: gender_of(column(2)),
                    families: families.clone(),
                };
                if self.roles.get(singular).is_none() {
                    self.roles.insert(singular, Case::Any, role(singular == plural));
                }
                if singular != plural && self.roles.get(&plural).is_none() {
                    self.roles.insert(&plural, Case::Any, role(true));
                }
            }
        }
    }
}

/// The regular plural of a title: of its last word, or of the word before "of"
/// or "-in-".
fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if word.ends_with("man") => format!("{}men", word.strip_suffix("man").unwrap_or(word)),
        _ => format!("{word}s"),
    }
}

fn gender_of(letter: &str) -> Gender {
    match letter {
        "m" => Gender::Masculine,
        "f" => Gender::Feminine,
        _ => Gender::Unknown,
    }
}
