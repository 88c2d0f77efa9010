//! The ontology turned around: from a word to what it does in it.

use std::collections::HashMap;

use super::Ontology;
use super::pattern::TriggerKind;

/// What the words of one language do in the ontology, for the extractor.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct WordUses {
    triggers: HashMap<String, Vec<Trigger>>,
    // The names of posts that patterns know, by their last word.
    posts: HashMap<String, Vec<String>>,
    // The number of each cue class.
    classes: HashMap<String, usize>,
    cues: HashMap<String, CueSet>,
}

/// A pattern that a lemma triggers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Trigger {
    /// The part of speech that the word must have.
    pub kind: TriggerKind,
    /// The relation, an index of [`Ontology::relations`].
    pub relation: usize,
    /// The pattern, an index of the relation's patterns of the language.
    pub pattern: usize,
}

/// A set of cue classes, a bit for each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct CueSet(Vec<u64>);

impl CueSet {
    fn insert(&mut self, class: usize) {
        let word = class / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (class % 64);
    }

    fn has(&self, class: usize) -> bool {
        self.0.get(class / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }
}

impl WordUses {
    /// The patterns that a lemma triggers, in the order of the ontology. Those of
    /// posts are left out.
    pub fn triggers(&self, lemma: &str) -> &[Trigger] {
        self.triggers.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The names of posts that end in a word.
    pub fn posts(&self, last: &str) -> &[String] {
        self.posts.get(last).map_or(&[], Vec::as_slice)
    }

    /// The cue classes of a lemma; `None` if it is of none.
    pub fn cues(&self, lemma: &str) -> Option<&CueSet> {
        self.cues.get(lemma)
    }

    /// Whether a set has a cue class.
    pub fn is_in(&self, class: &str, set: &CueSet) -> bool {
        self.classes.get(class).is_some_and(|&number| set.has(number))
    }

    /// What words do, by language.
    pub fn of(ontology: &Ontology) -> HashMap<String, Self> {
        let mut all: HashMap<String, Self> = HashMap::new();
        for (relation, known) in ontology.relations.values().enumerate() {
            for (language, patterns) in &known.patterns {
                let uses = all.entry(language.clone()).or_default();
                for (at, pattern) in patterns.iter().enumerate() {
                    let trigger = Trigger { kind: pattern.kind, relation, pattern: at };
                    for word in ontology.trigger_words(language, pattern) {
                        uses.add(word, trigger);
                    }
                }
            }
        }
        for (language, classes) in &ontology.cues {
            let uses = all.entry(language.clone()).or_default();
            for (number, (class, lemmas)) in classes.iter().enumerate() {
                uses.classes.insert(class.clone(), number);
                for lemma in lemmas {
                    uses.cues.entry(lemma.clone()).or_default().insert(number);
                }
            }
        }
        all
    }

    fn add(&mut self, word: &str, trigger: Trigger) {
        if trigger.kind != TriggerKind::Office {
            self.triggers.entry(word.to_owned()).or_default().push(trigger);
            return;
        }
        let last = word.rsplit([' ', '-']).next().unwrap_or(word);
        let names = self.posts.entry(last.to_owned()).or_default();
        if names.iter().all(|name| name != word) {
            names.push(word.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_classes_has_no_limit() {
        for classes in [&[][..], &[0], &[63, 64], &[1, 127, 128, 1000]] {
            let mut set = CueSet::default();
            for &class in classes {
                set.insert(class);
            }
            for class in 0..1100 {
                assert_eq!(set.has(class), classes.contains(&class), "{class} in {classes:?}");
            }
        }
    }

    #[test]
    fn words_lead_to_patterns_and_posts() {
        let ontology = Ontology::builtin();
        let uses = &WordUses::of(&ontology)["en"];
        let relations: Vec<&str> = (uses.triggers("meet").iter())
            .filter(|trigger| trigger.kind == TriggerKind::Verb)
            .filter_map(|trigger| ontology.relations.get_index(trigger.relation))
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(relations.contains(&"metWith"), "{relations:?}");
        for (last, name, expected) in [
            ("executive", "chief executive", true),
            ("chief", "chief executive", false),
            ("spokesperson", "spokesperson", true),
        ] {
            let names = uses.posts(last);
            assert_eq!(names.iter().any(|known| known == name), expected, "{last}: {names:?}");
        }
        let say = uses.cues("say").expect("it is a cue");
        for (class, expected) in [("reporting", true), ("denial", false), ("nothing", false)] {
            assert_eq!(uses.is_in(class, say), expected, "{class}");
        }
    }
}
