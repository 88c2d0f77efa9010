//! Two names, part by part: can they be names of one thing, and why.

pub(super) mod organization;
pub(super) mod person;
pub(super) mod place;

use super::evidence::Evidence;
use super::fold::fold;
use super::names::PersonName;
use super::tables::{OrganizationWord, TABLES};
use crate::mention::Supertype;
use crate::resolution::Comparison;

use organization::OrganizationName;
use place::PlaceName;

/// A name read for comparing, by the class of what it names.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum ParsedName {
    /// Of a person.
    Person(PersonName),
    /// Of a body.
    Organization(OrganizationName),
    /// Of a place.
    Place(PlaceName),
    /// Of anything else: only the same words are the same name.
    Other(String),
}

impl ParsedName {
    /// Reads `name` as the name of a thing of class `supertype`.
    pub fn parse(name: &str, supertype: Supertype) -> Self {
        match supertype {
            Supertype::Person => Self::Person(PersonName::parse(name)),
            Supertype::Organization => Self::Organization(OrganizationName::parse(name)),
            Supertype::Place => Self::Place(PlaceName::parse(name)),
            Supertype::Group | Supertype::Office | Supertype::Thing => Self::Other(fold(name)),
        }
    }

    /// Adds the evidence for and against the two being names of one thing.
    pub fn compare(&self, other: &Self, evidence: &mut Evidence) {
        match (self, other) {
            (Self::Person(a), Self::Person(b)) => person::compare(a, b, evidence),
            (Self::Organization(a), Self::Organization(b)) => organization::compare(a, b, evidence),
            (Self::Place(a), Self::Place(b)) => place::compare(a, b, evidence),
            (Self::Other(a), Self::Other(b)) => {
                if a == b && !a.is_empty() {
                    evidence.add("name", 3.0, || "the same words".to_owned());
                } else if are_initials(a, b) || are_initials(b, a) {
                    evidence.add("acronym", 0.5, || "one is the initials of the other".to_owned());
                } else {
                    evidence.add("name", -4.0, || "other words".to_owned());
                }
            }
            _ => evidence.add("class", -6.0, || "names of things of different classes".to_owned()),
        }
    }
}

/// Whether a word is the initials of others, small words left out or not.
fn are_initials(short: &str, long: &str) -> bool {
    if short.contains(' ') || !(3..=6).contains(&short.len()) || long.split(' ').count() < 3 {
        return false;
    }
    let initials = |keep: fn(&str) -> bool| -> String {
        long.split(' ').filter(|word| keep(word)).filter_map(|word| word.chars().next()).collect()
    };
    initials(|_| true) == short || initials(is_telling) == short
}

fn is_telling(word: &str) -> bool {
    !matches!(TABLES.organization_word(word), Some((OrganizationWord::Stop, _)))
}

/// Returns whether two names can be names of one thing of class `supertype`, and
/// why.
///
/// Only the names speak here; what documents say of their bearers does not.
///
/// ```
/// use silsila::mention::Supertype;
/// use silsila::resolution::Judgement;
/// use silsila::resolve::compare;
///
/// let comparison = compare("Bob Menendez", "Sen. Robert Menendez", Supertype::Person);
/// assert_eq!(comparison.judgement, Judgement::Same);
/// assert!(comparison.reasons.iter().any(|r| r.detail.contains("short for")));
/// ```
pub fn compare(a: &str, b: &str, supertype: Supertype) -> Comparison {
    let mut evidence = Evidence::told();
    ParsedName::parse(a, supertype).compare(&ParsedName::parse(b, supertype), &mut evidence);
    evidence.into_comparison()
}
