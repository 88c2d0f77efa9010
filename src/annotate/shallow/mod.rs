//! Layers for a language without a trained parser: its tables and the shape of
//! its sentences are enough for shallow trees.
//!
//! In order: [`tokens`] cuts the text, [`words`] looks each token up, [`names`]
//! finds names, titles and descriptions, [`tree`] hangs phrases on verbs and
//! nouns by their case marks, [`referents`] tells which mentions are one thing.
//! Nothing here knows a language's words: they come from [`crate::lang::grammar`].

mod features;
mod mistranslated;
mod names;
mod referents;
mod sums;
mod tokens;
mod tree;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lang::grammar::{Form, Grammar};
use crate::lang::{self, Language};
use crate::mention::{
    HeldOffice, Mention, MentionIdx, MentionKind, Referent, ReferentIdx, Supertype,
};
use crate::span::Span;
use crate::token::{Annotated, DateKind, Token, TokenIdx};

use super::{dates, split};
use features::Lookup;
use names::{Draft, Reading};
use tree::{Node, Reader};
use words::{Tag, Word};

/// Adds all layers to a document.
pub(super) fn annotate(
    document: Document,
    language: &'static Language,
    grammar: &'static Grammar,
) -> (Annotated, Vec<Diagnostic>) {
    let text = document.text.as_str();
    let (blocks, skipped) = split::blocks(text);
    let pieces: Vec<tokens::Piece> = blocks
        .iter()
        .flat_map(|block| tokens::tokenize(text, block.span, &grammar.letters))
        .collect();
    let norms: Vec<String> = pieces.iter().map(|piece| piece.norm.clone()).collect();
    let spans: Vec<Span> = pieces.iter().map(|piece| piece.span).collect();
    let sentences = sentences(&pieces);
    let words: Vec<Word> = sentences
        .iter()
        .flat_map(|range| words::look_up(pieces.get(range.clone()).unwrap_or(&[]), grammar))
        .collect();
    let published = document.published.or_else(|| dates::published(text));
    let dates = dates::table::find(&norms, &spans, &sentences, grammar, published);
    let amounts = sums::find(&norms, &spans, grammar);
    let covers = |of: &[Span]| -> Vec<bool> {
        spans.iter().map(|span| of.iter().any(|other| other.overlaps(*span))).collect()
    };
    // A length of time is a word before a noun like others ("two-day").
    let days = dates.iter().filter(|date| date.kind == DateKind::Date);
    let in_date = covers(&days.map(|date| date.span).collect::<Vec<_>>());
    let reading = Reading {
        norms: &norms,
        words: &words,
        sentences: &sentences,
        grammar,
        language,
        english: lang::find("en"),
        in_date: &in_date,
    };
    let in_amount = covers(&amounts.iter().map(|amount| amount.span).collect::<Vec<_>>());
    let mut drafts = names::find(&reading);
    mistranslated::add(&reading, &mut drafts);
    let mut draft_at = vec![None; norms.len()];
    for (at, draft) in drafts.iter().enumerate() {
        for slot in draft_at.get_mut(draft.tokens.clone()).into_iter().flatten() {
            *slot = Some(at);
        }
    }
    let nodes = nodes(&norms, &words, grammar);
    let mut reader = Reader {
        norms: &norms,
        words: &words,
        drafts: &drafts,
        draft_at: &draft_at,
        in_date: &in_date,
        in_amount: &in_amount,
        grammar,
        nodes,
    };
    for sentence in &sentences {
        reader.read(sentence.clone());
    }
    let nodes = reader.nodes;
    let joined = referents::join(&reading, &drafts, &nodes);
    let diagnostics = drafts
        .iter()
        .filter_map(|draft| {
            let (name, _) = draft.mistranslated.as_ref()?;
            let word = norms.get(draft.tokens.start)?;
            let place = document.source.path.clone().unwrap_or_else(|| document.id.0.clone());
            let message = format!(
                "The word \"{word}\" is read as {name}: a surname that a machine probably translated."
            );
            Some(Diagnostic::new(Severity::Note, place, message))
        })
        .take(1)
        .collect();
    let (mentions, referents) = finish(&reading, text, &spans, &drafts, &joined);
    let tokens = tokens_of(&pieces, &words, &nodes, &draft_at, &drafts);
    let sentences = super::sentences(&tokens);
    let annotated = Annotated {
        language: language.tag.to_owned(),
        published,
        tokens,
        sentences,
        mentions,
        referents,
        dates,
        amounts,
        skipped,
        document,
    };
    (annotated, diagnostics)
}

/// The features that the tagger of names is told of the tokens of a sentence,
/// for training it.
pub fn features_of(tokens: &[&str], language: &Language) -> Vec<Vec<String>> {
    let Some(grammar) = &language.grammar else { return Vec::new() };
    let pieces: Vec<tokens::Piece> = tokens
        .iter()
        .map(|token| tokens::Piece {
            span: Span::new(0, 0),
            norm: grammar.letters.normalize(token).into_owned(),
            starts_sentence: false,
            followed_by_space: true,
        })
        .collect();
    let words = words::look_up(&pieces, grammar);
    let norms: Vec<String> = pieces.into_iter().map(|piece| piece.norm).collect();
    let lookup = Lookup::new(&norms, &words, &language.gazetteer, grammar);
    features::features(&norms, &words, &lookup, 0..norms.len())
}

/// The sentences, as ranges of tokens.
fn sentences(pieces: &[tokens::Piece]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> =
        (0..pieces.len()).filter(|&at| at == 0 || pieces[at].starts_sentence).collect();
    starts.push(pieces.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|range| !range.is_empty()).collect()
}

/// The nodes before anything hangs on anything.
fn nodes(norms: &[String], words: &[Word], grammar: &Grammar) -> Vec<Node> {
    let mut nodes: Vec<Node> = (words.iter().enumerate())
        .map(|(at, word)| Node {
            head: at,
            deprel: "dep",
            tag: match word.tag {
                Tag::Pronoun | Tag::Reflexive => "PRP",
                Tag::Relative => "WP",
                Tag::Auxiliary => "VBZ",
                _ => "",
            },
            lemma: match word.tag {
                Tag::Noun => grammar.noun(&word.lemma).to_owned(),
                _ => word.lemma.clone(),
            },
        })
        .collect();
    // The last word of a noun of several stands for all.
    for at in 0..nodes.len() {
        if let Some((length, ())) = grammar.compounds.longest(norms, at) {
            let noun = norms.get(at..at + length).unwrap_or(&[]).join(" ");
            if let Some(last) = nodes.get_mut(at + length - 1) {
                last.lemma = noun;
            }
        }
    }
    nodes
}

/// The tokens as the other stages know them.
fn tokens_of(
    pieces: &[tokens::Piece],
    words: &[Word],
    nodes: &[Node],
    draft_at: &[Option<usize>],
    drafts: &[Draft],
) -> Vec<Token> {
    (pieces.iter().zip(words).zip(nodes).enumerate())
        .map(|(at, ((piece, word), node))| {
            let is_name =
                draft_at.get(at).copied().flatten().and_then(|d| drafts.get(d)).is_some_and(
                    |draft| draft.kind == MentionKind::Name && draft.supertype != Supertype::Office,
                );
            let upos = match word.tag {
                _ if is_name => "PROPN",
                Tag::Ergative | Tag::Genitive | Tag::Post | Tag::Attached => "ADP",
                Tag::Conjunction => "CCONJ",
                Tag::Complementizer | Tag::Mark => "SCONJ",
                Tag::Negation | Tag::Particle => "PART",
                Tag::Adverb => "ADV",
                Tag::Pronoun | Tag::Reflexive | Tag::Relative => "PRON",
                Tag::Determiner => "DET",
                Tag::Number => "NUM",
                Tag::Adjective => "ADJ",
                Tag::Auxiliary if node.deprel == "aux" => "AUX",
                Tag::Auxiliary | Tag::Verb(_) => "VERB",
                Tag::Noun => "NOUN",
                Tag::Latin => "PROPN",
                _ => "PUNCT",
            };
            Token {
                span: piece.span,
                lemma: node.lemma.clone(),
                upos,
                tag: node.tag.to_owned(),
                morph: match word.tag {
                    Tag::Verb(Form::Infinitive) => "VerbForm=Inf".to_owned(),
                    _ => String::new(),
                },
                head: TokenIdx(node.head as u32),
                deprel: node.deprel.to_owned(),
                starts_sentence: piece.starts_sentence,
                followed_by_space: piece.followed_by_space,
            }
        })
        .collect()
}

/// Turns drafts and their groups into mentions and referents.
fn finish(
    reading: &Reading,
    text: &str,
    spans: &[Span],
    drafts: &[Draft],
    joined: &referents::Joined,
) -> (Vec<Mention>, Vec<Referent>) {
    let Reading { norms, grammar, .. } = *reading;
    let mut mentions: Vec<Mention> = Vec::new();
    let mut referents: Vec<Referent> = Vec::new();
    let mut ranks: Vec<(usize, usize)> = Vec::new();
    let mut referent_of: HashMap<usize, ReferentIdx> = HashMap::new();
    let mut mention_of: Vec<Option<MentionIdx>> = vec![None; drafts.len()];
    let tidy = |span: Span| span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, draft) in drafts.iter().enumerate() {
        if joined.removed[at] {
            continue;
        }
        // A title that stands for a person is a description of that person.
        let (kind, supertype, class) = match joined.bearers[at] {
            true => (MentionKind::Nominal, Supertype::Person, Supertype::Person.as_str()),
            false if draft.mistranslated.is_some() => {
                (MentionKind::Mistranslation, draft.supertype, draft.class)
            }
            false => (draft.kind, draft.supertype, draft.class),
        };
        let (Some(first), Some(last)) =
            (spans.get(draft.tokens.start), spans.get(draft.tokens.end - 1))
        else {
            continue;
        };
        // What says that an office is over or held for a time is no part of its
        // name.
        let status = match (kind, supertype) {
            (MentionKind::Name, Supertype::Office) => draft
                .tokens
                .clone()
                .take(draft.tokens.len() - 1)
                .take_while(|&at| norms.get(at).is_some_and(|norm| grammar.is("status", norm)))
                .count(),
            _ => 0,
        };
        let from = draft.tokens.start + status;
        let first = spans.get(from).unwrap_or(first);
        let span = first.cover(*last);
        let referent = *referent_of.entry(joined.group[at]).or_insert_with(|| {
            referents.push(Referent::new(tidy(span), supertype, class));
            ranks.push((0, at));
            ReferentIdx(referents.len() as u32 - 1)
        });
        let mention = MentionIdx(mentions.len() as u32);
        mention_of[at] = Some(mention);
        mentions.push(Mention {
            span,
            tokens: from..draft.tokens.end,
            head: TokenIdx(draft.tokens.end as u32 - 1),
            supertype,
            class: class.to_owned(),
            kind,
            referent,
        });
        let thing = &mut referents[referent.index()];
        thing.mentions.push(mention);
        thing.country = thing.country.take().or_else(|| draft.country.map(str::to_owned));
        thing.is_named |= kind == MentionKind::Name;
        if kind == MentionKind::Mistranslation {
            let word = tidy(span);
            if !thing.mistranslated.contains(&word) {
                thing.mistranslated.push(word);
            }
        }
        let wikidata = referents::wikidata(reading, draft).map(str::to_owned);
        thing.wikidata = thing.wikidata.take().or(wikidata);
        let phrase = norms.get(draft.tokens.clone()).unwrap_or(&[]).join(" ");
        let also = grammar.translation(&phrase).filter(|_| kind == MentionKind::Name);
        for name in also.into_iter().chain(draft.acronym.as_deref()) {
            if thing.is_named && !thing.also.iter().any(|known| known == name) {
                thing.also.push(name.to_owned());
            }
        }
        // The best name: a full one before a handle or acronym.
        let rank = match kind {
            MentionKind::Name if phrase.starts_with('@') => 2,
            MentionKind::Name if draft.acronym.is_some() => 3,
            MentionKind::Name => 10 + draft.tokens.len().min(12),
            MentionKind::Nominal => 1,
            MentionKind::Pronoun | MentionKind::Mistranslation => 0,
        };
        if rank > ranks[referent.index()].0 {
            ranks[referent.index()] = (rank, at);
            thing.name = tidy(span);
            thing.supertype = supertype;
            class.clone_into(&mut thing.class);
        }
    }
    for (office, holder, of) in &joined.held {
        let (Some(holder), Some(draft)) = (mention_of[*holder], drafts.get(*office)) else {
            continue;
        };
        let (Some(first), Some(last)) =
            (spans.get(draft.tokens.start), spans.get(draft.tokens.end - 1))
        else {
            continue;
        };
        let span = first.cover(*last);
        let of = of.and_then(|of| mention_of[of]);
        let referent = mentions[holder.index()].referent;
        let title = tidy(span);
        referents[referent.index()].offices.push(HeldOffice { title, span, of });
        if let Some(of) = of {
            let country = drafts.iter().zip(&mention_of).find(|(_, m)| **m == Some(of));
            let country = country.and_then(|(draft, _)| draft.country).map(str::to_owned);
            let thing = &mut referents[referent.index()];
            thing.country = thing.country.take().or(country);
        }
    }
    for referent in &mut referents {
        referent.offices.sort_by_key(|office| office.span);
    }
    for mention in &mut mentions {
        let referent = &referents[mention.referent.index()];
        if mention.kind != MentionKind::Name {
            mention.supertype = referent.supertype;
            mention.class.clone_from(&referent.class);
        }
    }
    (mentions, referents)
}
