//! What the tagger of names is told of a token.

use crate::lang::gazetteer::{FormKind, Gazetteer, KnownIdx};
use crate::lang::grammar::Grammar;

use super::words::{Tag, Word};

/// What the tables say of each token of a text.
#[derive(Debug)]
pub(super) struct Lookup {
    /// By token: the phrases that begin there, the longest first.
    pub forms: Vec<Vec<Found>>,
    flags: Vec<String>,
}

/// A phrase of a gazetteer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The token behind it.
    pub end: usize,
    pub known: Option<KnownIdx>,
    pub kind: FormKind,
    pub is_strong: bool,
}

impl Lookup {
    pub fn new(norms: &[String], words: &[Word], gazetteer: &Gazetteer, grammar: &Grammar) -> Self {
        // The second form of the text, in which gazetteers are written.
        let mut text = String::new();
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for norm in norms {
            if !text.is_empty() {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(norm);
            ends.push(text.len());
        }
        let forms: Vec<Vec<Found>> = starts
            .iter()
            .map(|&start| {
                gazetteer
                    .starting_at(&text, start, |end| ends.binary_search(&end).is_ok())
                    .filter_map(|(end, form)| {
                        Some(Found {
                            end: ends.binary_search(&end).ok()? + 1,
                            known: form.known,
                            kind: form.kind,
                            is_strong: form.is_strong,
                        })
                    })
                    .collect()
            })
            .collect();
        let mut flags = vec![String::new(); norms.len()];
        let mut mark = |range: std::ops::Range<usize>, first: char, further: char| {
            for (i, at) in range.enumerate() {
                if let Some(flags) = flags.get_mut(at) {
                    let flag = if i == 0 { first } else { further };
                    if !flags.contains(flag) {
                        flags.push(flag);
                    }
                }
            }
        };
        for (at, norm) in norms.iter().enumerate() {
            if let Some(found) = forms.get(at).and_then(|list| list.first()) {
                let class = found.known.map_or("", |known| gazetteer.known(known).class);
                match (found.kind, class) {
                    (FormKind::Adjective | FormKind::People, _) => mark(at..found.end, 'a', 'a'),
                    (_, "Country") => mark(at..found.end, 'K', 'k'),
                    (_, "City") if found.is_strong => mark(at..found.end, 'C', 'c'),
                    (_, "City") => mark(at..found.end, 'T', 't'),
                    (_, "Region") => mark(at..found.end, 'R', 'r'),
                    _ => mark(at..found.end, 'B', 'b'),
                }
            }
            if let Some((length, title)) = grammar.titles.longest(norms, at) {
                if title.office || title.rank {
                    mark(at..at + length, 'O', 'o');
                } else if title.address || title.honorific {
                    mark(at..at + length, 'D', 'd');
                }
            }
            if let Some((length, ())) = grammar.heads.longest(norms, at) {
                mark(at..at + length, 'H', 'h');
            }
            if let Some((length, ())) = grammar.openers.longest(norms, at) {
                mark(at..at + length, 'E', 'e');
            }
            if let Some((length, _)) = grammar.roles.longest(norms, at) {
                mark(at..at + length, 'G', 'g');
            }
            let is_word = words.get(at).is_some_and(|word| word.tag == Tag::Noun);
            if is_word && grammar.names.contains(norm) {
                mark(at..at + 1, 'N', 'N');
            }
            if grammar.common.contains(norm) {
                mark(at..at + 1, 'W', 'W');
            }
            if grammar.letter(norm).is_some() {
                mark(at..at + 1, 'L', 'L');
            }
        }
        Self { forms, flags }
    }

    pub fn has(&self, at: usize, flag: char) -> bool {
        self.flags.get(at).is_some_and(|flags| flags.contains(flag))
    }
}

/// The features of the tokens of a sentence, which begins at `from`.
pub(super) fn features(
    norms: &[String],
    words: &[Word],
    lookup: &Lookup,
    range: std::ops::Range<usize>,
) -> Vec<Vec<String>> {
    let inside = |at: isize| {
        let at = range.start as isize + at;
        (range.start as isize <= at && at < range.end as isize).then_some(at as usize)
    };
    let norm = |at: isize| inside(at).and_then(|at| norms.get(at)).map_or("_", String::as_str);
    let flags =
        |at: isize| inside(at).and_then(|at| lookup.flags.get(at)).map_or("_", String::as_str);
    let tag = |at: isize| {
        inside(at).and_then(|at| words.get(at)).map_or_else(
            || "_".to_owned(),
            |word| match word.tag {
                // Postpositions tell more than that they are some.
                Tag::Post | Tag::Genitive => word.lemma.clone(),
                tag => format!("{tag:?}").chars().take(5).collect(),
            },
        )
    };
    (0..range.len() as isize)
        .map(|at| {
            let word = norm(at);
            let letters: Vec<char> = word.chars().collect();
            let end = |n: usize| letters.iter().rev().take(n).rev().collect::<String>();
            let start = |n: usize| letters.iter().take(n).collect::<String>();
            let mut own = vec![
                "*".to_owned(),
                format!("w{word}"),
                format!("w-{}", norm(at - 1)),
                format!("w+{}", norm(at + 1)),
                format!("e2{}", end(2)),
                format!("e3{}", end(3)),
                format!("s2{}", start(2)),
                format!("s3{}", start(3)),
                format!("f{}", flags(at)),
                format!("f-{}", flags(at - 1)),
                format!("f+{}", flags(at + 1)),
                format!("f-f{}|{}", flags(at - 1), flags(at)),
                format!("ff+{}|{}", flags(at), flags(at + 1)),
                format!("t{}", tag(at)),
                format!("t-{}", tag(at - 1)),
                format!("t+{}", tag(at + 1)),
                format!("t++{}", tag(at + 2)),
                format!("ft+{}|{}", flags(at), tag(at + 1)),
                format!("w-f{}|{}", norm(at - 1), flags(at)),
                format!("t-ft+{}|{}|{}", tag(at - 1), flags(at), tag(at + 1)),
                format!("l{}", letters.len().min(8)),
            ];
            for flag in flags(at).chars() {
                own.push(format!("h{flag}"));
                own.push(format!("h{flag}t+{}", tag(at + 1)));
            }
            for flag in flags(at - 1).chars() {
                own.push(format!("h-{flag}"));
            }
            for flag in flags(at + 1).chars() {
                own.push(format!("h+{flag}"));
            }
            own
        })
        .collect()
}
