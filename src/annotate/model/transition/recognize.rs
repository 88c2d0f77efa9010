//! Tokens to named spans: a transition system over BILUO tags (Ratinov and
//! Roth, 2009), as in spaCy's `ner.pyx`.

use super::super::ModelError;
use super::super::tables::TransitionTable;
use super::{NO_TOKEN, StepModel, StepScratch};

/// A move of the recognizer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Move {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// The moves and labels of a recognizer's classes.
#[derive(Debug)]
pub(in super::super) struct Actions {
    classes: Vec<(Move, u16)>,
    pub labels: Vec<String>,
}

/// A named span: tokens from the first to behind the last, and the position of
/// the label in the recognizer's labels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) struct Named {
    pub start: u32,
    pub end: u32,
    pub label: u16,
}

impl Actions {
    pub fn new(table: &TransitionTable) -> Result<Self, ModelError> {
        let mut labels: Vec<String> = Vec::new();
        let mut classes = Vec::with_capacity(table.actions.len());
        for (name, label) in &table.actions {
            let action = match name.as_str() {
                "begin" => Move::Begin,
                "in" => Move::In,
                "last" => Move::Last,
                "unit" => Move::Unit,
                "out" => Move::Out,
                _ => return Err(ModelError::Action { name: name.clone() }),
            };
            let at = labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            classes.push((action, at as u16));
        }
        if classes.iter().all(|(action, _)| *action != Move::Out) {
            return Err(ModelError::Action { name: "out".to_owned() });
        }
        Ok(Self { classes, labels })
    }

    fn has_label(&self, label: u16) -> bool {
        self.labels.get(usize::from(label)).is_some_and(|label| !label.is_empty())
    }
}

/// Finds the named spans of a text whose vectors have been pushed.
pub(in super::super) fn recognize(
    actions: &Actions,
    model: &StepModel,
    is_space: &[bool],
    starts_sentence: &[bool],
    scratch: &mut StepScratch,
) -> Vec<Named> {
    let mut found = Vec::new();
    // The first token and the label of the span that is open.
    let mut open: Option<(u32, u16)> = None;
    let length = is_space.len();
    for token in 0..length {
        let at = token as u32;
        let features = match open {
            Some((start, _)) => [at, start, at.wrapping_sub(1)],
            None => [at, NO_TOKEN, NO_TOKEN],
        };
        let scores = model.scores(&features, scratch);
        let can_go_on = token + 1 < length && !starts_sentence[token + 1];
        let is_valid = |(action, label): (Move, u16)| match (action, open) {
            (Move::In, Some((_, opened))) => label == opened && can_go_on,
            (Move::Last, Some((_, opened))) => label == opened,
            (Move::Begin, None) => can_go_on && !is_space[token] && actions.has_label(label),
            (Move::Unit, None) => !is_space[token] && actions.has_label(label),
            (Move::Out, None) => true,
            _ => false,
        };
        let mut best: Option<(f32, Move, u16)> = None;
        for (class, score) in actions.classes.iter().zip(scores) {
            if is_valid(*class) && best.is_none_or(|(highest, ..)| highest < *score) {
                best = Some((*score, class.0, class.1));
            }
        }
        match best {
            Some((_, Move::Begin, label)) => open = Some((at, label)),
            Some((_, Move::Unit, label)) => {
                found.push(Named { start: at, end: at + 1, label });
            }
            Some((_, Move::Last, label)) => {
                let start = open.take().map_or(at, |(start, _)| start);
                found.push(Named { start, end: at + 1, label });
            }
            Some((_, Move::In | Move::Out, _)) => {}
            // A model's scores may be no numbers.
            None => open = None,
        }
    }
    found
}
