//! Rules that set coarse parts of speech, features and lemmas from tags, words
//! and arcs: spaCy's attribute ruler.

use std::collections::{BTreeMap, HashMap};

use super::ModelError;
use super::hash::FastBuild;
use super::pattern::Pattern;
use super::tables::{ConditionTable, OperatorTable, RuleTable};

/// What a rule can see of a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub text: &'a str,
    pub lower: &'a str,
    pub tag: &'a str,
    pub deprel: &'a str,
    pub is_space: bool,
}

/// What the rules said of a token.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Ruled<'a> {
    pub tag: Option<&'a str>,
    pub upos: Option<&'static str>,
    pub morph: Option<&'a str>,
    pub lemma: Option<&'a str>,
    pub deprel: Option<&'a str>,
}

/// The rules of a model.
#[derive(Debug)]
pub(super) struct Ruler {
    rules: Vec<Rule>,
    // The patterns whose first token must be one of some words, by word in lower
    // case. Of the others those whose first token may have a tag, by tag; and
    // those whose first token may have any other.
    by_word: HashMap<String, Vec<Candidate>, FastBuild>,
    by_tag: HashMap<String, Vec<Candidate>, FastBuild>,
    by_no_tag: Vec<Candidate>,
}

/// A pattern of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    rule: u16,
    pattern: u16,
}

#[derive(Debug)]
struct Rule {
    patterns: Vec<Vec<Vec<Condition>>>,
    index: i64,
    tag: Option<String>,
    upos: Option<&'static str>,
    morph: Option<String>,
    lemma: Option<String>,
    deprel: Option<String>,
}

#[derive(Debug)]
enum Condition {
    IsSpace(bool),
    Text(Field, Vec<Test>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Field {
    Tag,
    Lower,
    Deprel,
    Text,
}

#[derive(Debug)]
enum Test {
    Among(Vec<String>),
    NotAmong(Vec<String>),
    Regex(Box<Pattern>),
}

/// The coarse parts of speech of Universal Dependencies, and spaCy's of white space.
pub(super) const UPOS: &[&str] = &[
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "CONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
    "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X",
];

impl Ruler {
    pub fn new<'a>(
        tables: &[RuleTable],
        tags: impl Iterator<Item = &'a String> + Clone,
    ) -> Result<Self, ModelError> {
        let rules = tables.iter().map(Rule::new).collect::<Result<Vec<_>, _>>()?;
        let mut by_word: HashMap<String, Vec<Candidate>, FastBuild> = HashMap::default();
        let mut others: Vec<(Candidate, &[Condition])> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            for (pattern, tokens) in rule.patterns.iter().enumerate() {
                let Some(first) = tokens.first() else { continue };
                let candidate = Candidate { rule: at as u16, pattern: pattern as u16 };
                let Some(words) = first.iter().find_map(Condition::words) else {
                    others.push((candidate, first));
                    continue;
                };
                for word in words {
                    let known = by_word.entry(word.clone()).or_default();
                    if known.last() != Some(&candidate) {
                        known.push(candidate);
                    }
                }
            }
        }
        let candidates = |tag: &str| -> Vec<Candidate> {
            let allowed =
                others.iter().filter(|(_, first)| first.iter().all(|c| c.allows_tag(tag)));
            allowed.map(|(candidate, _)| *candidate).collect()
        };
        let by_tag = tags.map(|tag| (tag.clone(), candidates(tag))).collect();
        let by_no_tag = candidates("");
        Ok(Self { rules, by_word, by_tag, by_no_tag })
    }

    /// Applies the rules, in their order, to what `seen` shows of each token.
    pub fn apply<'s>(&'s self, length: usize, seen: impl Fn(usize) -> Seen<'s>) -> Vec<Ruled<'s>> {
        let mut found: Vec<(u16, u32, u32)> = Vec::with_capacity(2 * length);
        for at in 0..length {
            let first = seen(at);
            let by_word = self.by_word.get(first.lower).into_iter().flatten();
            let by_tag = self.by_tag.get(first.tag).unwrap_or(&self.by_no_tag);
            for candidate in by_word.chain(by_tag) {
                let rule = &self.rules[usize::from(candidate.rule)];
                let pattern = &rule.patterns[usize::from(candidate.pattern)];
                let holds = at + pattern.len() <= length
                    && pattern.iter().enumerate().all(|(offset, token)| {
                        let seen = if offset == 0 { first } else { seen(at + offset) };
                        token.iter().all(|condition| condition.holds(&seen))
                    });
                if !holds {
                    continue;
                }
                let distance = rule.index.unsigned_abs() as usize;
                let index = if rule.index < 0 {
                    pattern.len().checked_sub(distance)
                } else {
                    Some(distance)
                };
                if let Some(index) = index.filter(|index| *index < pattern.len()) {
                    found.push((candidate.rule, at as u32, (at + index) as u32));
                }
            }
        }
        found.sort_unstable();
        let mut ruled = vec![Ruled::default(); length];
        for (rule, _, token) in found {
            let rule = &self.rules[usize::from(rule)];
            let ruled = &mut ruled[token as usize];
            ruled.tag = rule.tag.as_deref().or(ruled.tag);
            ruled.upos = rule.upos.or(ruled.upos);
            ruled.morph = rule.morph.as_deref().or(ruled.morph);
            ruled.lemma = rule.lemma.as_deref().or(ruled.lemma);
            ruled.deprel = rule.deprel.as_deref().or(ruled.deprel);
        }
        ruled
    }
}

impl Rule {
    fn new(table: &RuleTable) -> Result<Self, ModelError> {
        let patterns = table
            .patterns
            .iter()
            .map(|tokens| tokens.iter().map(Condition::of_token).collect::<Result<Vec<_>, _>>())
            .collect::<Result<Vec<_>, _>>()?;
        let attribute = |name: &str| table.attrs.get(name).cloned();
        let upos = match attribute("POS") {
            None => None,
            Some(name) => match UPOS.iter().find(|known| **known == name) {
                Some(upos) => Some(*upos),
                None => return Err(ModelError::Upos { name }),
            },
        };
        let morph =
            attribute("MORPH").map(|morph| if morph == "_" { String::new() } else { morph });
        Ok(Self {
            patterns,
            index: table.index,
            tag: attribute("TAG"),
            upos,
            morph,
            lemma: attribute("LEMMA"),
            deprel: attribute("DEP"),
        })
    }
}

impl Condition {
    fn of_token(table: &BTreeMap<String, ConditionTable>) -> Result<Vec<Self>, ModelError> {
        let mut conditions = Vec::with_capacity(table.len());
        for (name, condition) in table {
            let unknown = || ModelError::Attribute { name: name.clone() };
            let field = match name.as_str() {
                "TAG" => Field::Tag,
                "LOWER" => Field::Lower,
                "DEP" => Field::Deprel,
                "ORTH" | "TEXT" => Field::Text,
                "IS_SPACE" => match condition {
                    ConditionTable::Flag(value) => {
                        conditions.push(Self::IsSpace(*value));
                        continue;
                    }
                    _ => return Err(unknown()),
                },
                _ => return Err(unknown()),
            };
            let tests = match condition {
                ConditionTable::Equal(value) => vec![Test::Among(vec![value.clone()])],
                ConditionTable::Operators(operators) => Test::all(operators)?,
                ConditionTable::Flag(_) => return Err(unknown()),
            };
            conditions.push(Self::Text(field, tests));
        }
        // What is cheapest to ask, and fails most often, comes first.
        conditions.sort_by_key(|condition| match condition {
            Self::IsSpace(_) => 0,
            Self::Text(Field::Tag, _) => 1,
            Self::Text(Field::Deprel, _) => 2,
            Self::Text(..) => 3,
        });
        Ok(conditions)
    }

    fn holds(&self, seen: &Seen<'_>) -> bool {
        match self {
            Self::IsSpace(value) => seen.is_space == *value,
            Self::Text(field, tests) => {
                let value = match field {
                    Field::Tag => seen.tag,
                    Field::Lower => seen.lower,
                    Field::Deprel => seen.deprel,
                    Field::Text => seen.text,
                };
                tests.iter().all(|test| test.holds(value))
            }
        }
    }

    /// The words in lower case of which the token must be one, where this asks
    /// for some.
    fn words(&self) -> Option<&[String]> {
        let Self::Text(Field::Lower, tests) = self else { return None };
        tests.iter().find_map(|test| match test {
            Test::Among(words) => Some(words.as_slice()),
            _ => None,
        })
    }

    fn allows_tag(&self, tag: &str) -> bool {
        match self {
            Self::Text(Field::Tag, tests) => tests.iter().all(|test| test.holds(tag)),
            _ => true,
        }
    }
}

impl Test {
    fn all(table: &OperatorTable) -> Result<Vec<Self>, ModelError> {
        let mut tests = Vec::new();
        if let Some(values) = &table.among {
            tests.push(Self::Among(values.clone()));
        }
        if let Some(values) = &table.not_among {
            tests.push(Self::NotAmong(values.clone()));
        }
        if let Some(source) = &table.regex {
            let pattern = Pattern::new(source)
                .map_err(|source| ModelError::Pattern { name: "attribute ruler", source })?;
            tests.push(Self::Regex(Box::new(pattern)));
        }
        Ok(tests)
    }

    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Among(values) => values.iter().any(|v| v == value),
            Self::NotAmong(values) => values.iter().all(|v| v != value),
            Self::Regex(pattern) => {
                let chars: Vec<char> = value.chars().collect();
                pattern.search(&chars).is_some()
            }
        }
    }
}
