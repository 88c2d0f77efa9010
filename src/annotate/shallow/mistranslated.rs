//! A surname that a machine has translated as a word: "مغرب" for Mr West.
//!
//! The word is read as the person only where three things come together: the
//! article names somebody whose surname sounds like the word's in Latin letters,
//! the word stands alone, without adjective or owner, and it has the case of
//! somebody who acts: before the mark of the agent in a sentence that tells what
//! was said, or before "earlier than" at the beginning of one. What is read so is
//! a description, not a name, so that the word never becomes a name of the
//! person.

use crate::lang::sounds::{Abjad, share};
use crate::mention::{MentionKind, Supertype};

use super::names::{Draft, Reading};
use super::words::{Tag, Word};

/// The share of the evidence that a surname must have to be the one translated.
const LIKE: f64 = 0.3;

/// Makes drafts of the words that stand for somebody's surname, in place of what
/// else was made of them; `tells` says whether a sentence tells what was said.
pub(super) fn add(reading: &Reading, drafts: &mut Vec<Draft>) {
    let persons: Vec<(Abjad, std::ops::Range<usize>)> = drafts
        .iter()
        .filter(|d| d.supertype == Supertype::Person && d.kind == MentionKind::Name)
        .filter(|d| d.tokens.len() >= 2)
        .filter_map(|d| Some((Abjad::new(reading.norms.get(d.tokens.end - 1)?), d.tokens.clone())))
        .collect();
    if persons.is_empty() {
        return;
    }
    for (surname, glosses) in &reading.grammar.glosses {
        let bearer = persons.iter().find(|(last, _)| share(last, surname) > LIKE);
        let Some((_, bearer)) = bearer else { continue };
        for at in 0..reading.norms.len() {
            let is_gloss = reading.norms.get(at).is_some_and(|norm| glosses.contains(norm));
            if !is_gloss || bearer.contains(&at) || !stands_for_a_person(reading, at) {
                continue;
            }
            drafts.retain(|draft| !draft.tokens.contains(&at));
            let mut draft = Draft::new(at..at + 1, Supertype::Person, MentionKind::Nominal);
            draft.mistranslated = Some((bearer_name(reading, bearer), bearer.start));
            drafts.push(draft);
        }
    }
    drafts.sort_by_key(|draft| draft.tokens.start);
}

fn bearer_name(reading: &Reading, tokens: &std::ops::Range<usize>) -> String {
    reading.norms.get(tokens.clone()).unwrap_or(&[]).join(" ")
}

fn stands_for_a_person(reading: &Reading, at: usize) -> bool {
    let Some(sentence) = reading.sentences.iter().find(|s| s.contains(&at)) else { return false };
    let tag = |at: usize| reading.words.get(at).map(|word| word.tag);
    let is_alone = at == sentence.start
        || matches!(
            tag(at - 1),
            Some(Tag::Comma | Tag::Conjunction | Tag::Quote | Tag::Complementizer | Tag::Mark)
        );
    if !is_alone {
        return false;
    }
    match tag(at + 1) {
        Some(Tag::Ergative) => reading
            .words
            .get(sentence.clone())
            .unwrap_or(&[])
            .iter()
            .any(|word| tells(reading, word)),
        Some(Tag::Post) => {
            let post = reading.words.get(at + 1).map_or("", |word| word.lemma.as_str());
            at == sentence.start && reading.grammar.is("earlier", post)
        }
        _ => false,
    }
}

/// Whether a word tells that something was said.
fn tells(reading: &Reading, word: &Word) -> bool {
    reading.grammar.is("declarative", &word.lemma)
        || reading.grammar.is("communication", &word.lemma)
}

#[cfg(test)]
mod tests {
    use super::super::annotate;
    use crate::document::{Document, DocumentId, Source};
    use crate::lang;
    use crate::mention::MentionKind;

    #[test]
    fn a_translated_surname_is_marked_as_such() {
        let language = lang::find("ur").expect("Urdu");
        let grammar = language.grammar.as_ref().expect("a grammar");
        let first = "سفیر وکٹوریہ ینگ نے لندن کا دورہ کیا۔";
        for (shows, second, want) in [
            ("it acts and says something", "نوجوان نے کہا کہ ملاقات مفید تھی۔", &["نوجوان"][..]),
            ("it only acts", "نوجوان نے کتاب خریدی۔", &[]),
            ("it has an adjective", "مقامی نوجوان نے کہا کہ ملاقات مفید تھی۔", &[]),
        ] {
            let document = Document {
                id: DocumentId("d".to_owned()),
                text: format!("{first} {second}"),
                published: None,
                language: Some("ur".to_owned()),
                source: Source::default(),
            };
            let (annotated, notes) = annotate(document, language, grammar);
            let marked: Vec<&str> = annotated
                .mentions
                .iter()
                .filter(|mention| mention.kind == MentionKind::Mistranslation)
                .map(|mention| annotated.text(mention.span))
                .collect();
            assert_eq!(marked, want, "{shows}");
            assert_eq!(notes.len(), want.len(), "{shows}");
            let known = annotated.referents.iter().find(|r| r.name == "وکٹوریہ ینگ");
            assert_eq!(known.expect("the person").mistranslated, want, "{shows}");
        }
    }
}
