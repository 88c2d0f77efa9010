//! A small tagger of names: an averaged perceptron over sequences (Collins 2002),
//! its weights in a table.
//!
//! What the features are is the business of who asks; a feature is a text.

use std::collections::HashMap;

/// What a token is in a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// In no name.
    Out,
    /// The first of a person's name.
    Person,
    /// A further one.
    PersonInside,
    /// The first of the name of a place.
    Place,
    /// A further one.
    PlaceInside,
    /// The first of the name of a body.
    Body,
    /// A further one.
    BodyInside,
}

impl Label {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Out,
        Self::Person,
        Self::PersonInside,
        Self::Place,
        Self::PlaceInside,
        Self::Body,
        Self::BodyInside,
    ];

    /// The label that begins names of this label's kind.
    #[must_use]
    pub fn begins(self) -> Self {
        match self {
            Self::PersonInside => Self::Person,
            Self::PlaceInside => Self::Place,
            Self::BodyInside => Self::Body,
            other => other,
        }
    }

    /// Whether it goes on with a name.
    pub fn is_inside(self) -> bool {
        self.begins() != self
    }
}

/// How many labels there are.
pub const LABELS: usize = Label::ALL.len();

/// The weight of each label.
pub type Scores = [i32; LABELS];

/// The weights of features.
#[derive(Clone, Debug, Default)]
pub struct Tagger {
    weights: HashMap<String, Scores>,
    steps: [Scores; LABELS],
}

impl Tagger {
    /// Loads weights: a feature and the weight of each label in a row, between
    /// blanks; the rows `>0` and so on are of the label before.
    pub fn load(table: &str) -> Self {
        let mut tagger = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((feature, weights)) = line.split_once('\t') else { continue };
            let mut scores = [0; LABELS];
            for (score, weight) in scores.iter_mut().zip(weights.split(' ')) {
                *score = weight.parse().unwrap_or(0);
            }
            match feature.strip_prefix('>').and_then(|at| at.parse::<usize>().ok()) {
                Some(at) => {
                    if let Some(step) = tagger.steps.get_mut(at) {
                        *step = scores;
                    }
                }
                None => {
                    tagger.weights.insert(feature.to_owned(), scores);
                }
            }
        }
        tagger
    }

    /// Makes a tagger of weights.
    pub fn new(weights: HashMap<String, Scores>, steps: [Scores; LABELS]) -> Self {
        Self { weights, steps }
    }

    /// Gives the weights back.
    pub fn into_weights(self) -> HashMap<String, Scores> {
        self.weights
    }

    /// Returns the likeliest labels of a sentence, given the features of each
    /// token.
    pub fn tag(&self, features: &[Vec<String>]) -> Vec<Label> {
        const NEVER: i32 = i32::MIN / 4;
        let mut best: Vec<Scores> = Vec::with_capacity(features.len());
        let mut from: Vec<[usize; LABELS]> = Vec::with_capacity(features.len());
        for own in features {
            let mut scores = [0; LABELS];
            for weights in own.iter().filter_map(|feature| self.weights.get(feature)) {
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            let before = best.last().copied();
            let (mut here, mut back) = ([NEVER; LABELS], [0; LABELS]);
            for (to, label) in Label::ALL.into_iter().enumerate() {
                for (at, previous) in Label::ALL.into_iter().enumerate() {
                    if label.is_inside() && previous.begins() != label.begins() {
                        continue;
                    }
                    let score = match before {
                        Some(before) => before[at] + self.steps[at][to],
                        None if at > 0 => continue,
                        None => self.steps[0][to],
                    };
                    if score + scores[to] > here[to] {
                        (here[to], back[to]) = (score + scores[to], at);
                    }
                }
            }
            best.push(here);
            from.push(back);
        }
        let mut labels = vec![Label::Out; features.len()];
        let last = best.last().copied().unwrap_or_default();
        let mut at = (0..LABELS).max_by_key(|&l| (last[l], std::cmp::Reverse(l))).unwrap_or(0);
        for (label, back) in labels.iter_mut().zip(&from).rev() {
            *label = Label::ALL[at];
            at = back[at];
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_likeliest_labels() {
        let tagger =
            Tagger::load("a\t0 5 0 0 0 0 0\nb\t1 0 2 0 0 0 0\nc\t0 0 0 4 0 0 0\n>1\t0 0 1 0 0 0 0");
        let tag = |words: &str| {
            tagger.tag(&words.split(' ').map(|w| vec![w.to_owned()]).collect::<Vec<_>>())
        };
        assert_eq!(tag("a b c"), [Label::Person, Label::PersonInside, Label::Place]);
        // Nothing goes on that has not begun.
        assert_eq!(tag("b x"), [Label::Out, Label::Out]);
        assert_eq!(tagger.tag(&[]), []);
    }
}
