//! The names of a text: by gazetteers, by titles, by the tagger, by acronyms
//! that are spelt out.

use std::ops::Range;

use crate::lang::Language;
use crate::lang::gazetteer::{FormKind, Known, KnownIdx};
use crate::lang::grammar::Grammar;
use crate::lang::tagger::Label;
use crate::mention::{MentionKind, Supertype};

use super::features::{Lookup, features};
use super::words::{Tag, Word};

/// The longest name of a person, in words, that a title may stand before.
const MOST: usize = 4;

/// A mention while it is being made.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Draft {
    pub tokens: Range<usize>,
    pub supertype: Supertype,
    pub class: &'static str,
    pub kind: MentionKind,
    pub known: Option<&'static Known>,
    pub country: Option<&'static str>,
    /// For an office: whether its bearer's name follows.
    pub has_bearer: bool,
    /// The acronym in Latin letters that is spelt out here.
    pub acronym: Option<String>,
    /// Whether a description is of several.
    pub is_plural: bool,
    pub families: Vec<&'static str>,
    /// Of whose surname it is a machine's translation: the name, and where it
    /// stands.
    pub mistranslated: Option<(String, usize)>,
}

impl Draft {
    pub fn new(tokens: Range<usize>, supertype: Supertype, kind: MentionKind) -> Self {
        Self {
            tokens,
            supertype,
            class: supertype.as_str(),
            kind,
            known: None,
            country: None,
            has_bearer: false,
            acronym: None,
            is_plural: false,
            families: Vec::new(),
            mistranslated: None,
        }
    }

    fn of_known(tokens: Range<usize>, known: &'static Known) -> Self {
        Self {
            class: known.class,
            known: Some(known),
            country: known.country,
            ..Self::new(tokens, known.supertype, MentionKind::Name)
        }
    }
}

/// A text with what is looked up of it.
pub(super) struct Reading<'a> {
    pub norms: &'a [String],
    pub words: &'a [Word],
    pub sentences: &'a [Range<usize>],
    pub grammar: &'static Grammar,
    pub language: &'static Language,
    pub english: Option<&'static Language>,
    /// By token: whether it is part of a date.
    pub in_date: &'a [bool],
}

/// Finds the names, offices and descriptions, in text order, not overlapping.
pub(super) fn find(reading: &Reading) -> Vec<Draft> {
    let Reading { norms, words, grammar, language, .. } = *reading;
    let lookup = Lookup::new(norms, words, &language.gazetteer, grammar);
    let mut finder =
        Finder { reading, lookup: &lookup, taken: reading.in_date.to_vec(), drafts: Vec::new() };
    finder.acronyms();
    finder.latin();
    finder.bodies();
    finder.offices();
    finder.countries();
    finder.grounds();
    finder.headed();
    finder.tagged();
    finder.cities();
    finder.runs();
    finder.again();
    finder.descriptions();
    finder.pronouns();
    let mut drafts = finder.drafts;
    drafts.sort_by_key(|draft| draft.tokens.start);
    drafts
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    lookup: &'a Lookup,
    taken: Vec<bool>,
    drafts: Vec<Draft>,
}

impl Finder<'_> {
    fn push(&mut self, draft: Draft) {
        if draft.tokens.is_empty() || draft.tokens.clone().any(|at| self.is_taken(at)) {
            return;
        }
        self.taken.get_mut(draft.tokens.clone()).into_iter().flatten().for_each(|t| *t = true);
        self.drafts.push(draft);
    }

    fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(true)
    }

    fn norm(&self, at: usize) -> &str {
        self.reading.norms.get(at).map_or("", String::as_str)
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.reading.words.get(at).map(|word| word.tag)
    }

    fn known(&self, known: KnownIdx) -> &'static Known {
        self.reading.language.gazetteer.known(known)
    }

    /// "ٹی ٹی پی" is TTP: a run of names of letters.
    fn acronyms(&mut self) {
        let grammar = self.reading.grammar;
        let mut at = 0;
        while at < self.reading.norms.len() {
            let mut end = at;
            while grammar.letter(self.norm(end)).is_some()
                && (end == at || !self.starts_sentence(end))
            {
                end += 1;
            }
            // "کے" at the edge is the word that joins.
            let is_word = |at: usize| grammar.is("genitive", self.norm(at));
            let mut from = at;
            while from < end && is_word(from) {
                from += 1;
            }
            while from < end && is_word(end - 1) {
                end -= 1;
            }
            if end - from >= 2 {
                let acronym: String =
                    (from..end).filter_map(|at| grammar.letter(self.norm(at))).collect();
                let english = self.reading.english;
                let known = english.and_then(|english| {
                    Some(english.gazetteer.known(english.gazetteer.find(&acronym)?))
                });
                let is_title = grammar
                    .titles
                    .longest(self.reading.norms, from)
                    .is_some_and(|(length, title)| title.office && from + length == end);
                let own = self.form(from, end);
                // Of one that no table has, nobody knows what kind of thing it is,
                // unless it stands in brackets behind the name of a body.
                let in_brackets = from >= 2
                    && self.tag(from - 1) == Some(Tag::Open)
                    && self.tag(end) == Some(Tag::Close)
                    && (self.lookup.has(from - 2, 'H') || self.lookup.has(from - 2, 'B'));
                if !is_title && (own.or(known).is_some() || in_brackets) {
                    let mut draft = match own.or(known) {
                        Some(known) => Draft::of_known(from..end, known),
                        None => Draft::new(from..end, Supertype::Organization, MentionKind::Name),
                    };
                    draft.acronym = Some(acronym);
                    self.push(draft);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// What the gazetteer knows under the words of a range.
    fn form(&self, from: usize, to: usize) -> Option<&'static Known> {
        let forms = self.lookup.forms.get(from)?;
        forms.iter().find(|form| form.end == to).and_then(|form| Some(self.known(form.known?)))
    }

    fn starts_sentence(&self, at: usize) -> bool {
        self.reading.sentences.iter().any(|sentence| sentence.start == at)
    }

    /// Islands of Latin letters: acronyms and handles.
    fn latin(&mut self) {
        for at in 0..self.reading.norms.len() {
            if self.tag(at) != Some(Tag::Latin) || self.is_taken(at) {
                continue;
            }
            let norm = self.norm(at).to_owned();
            if let Some(handle) = norm.strip_prefix('@') {
                if handle.len() >= 4 {
                    self.push(Draft::new(at..at + 1, Supertype::Person, MentionKind::Name));
                }
                continue;
            }
            let upper = norm.to_uppercase();
            let Some(english) = self.reading.english else { continue };
            let found = english.gazetteer.find(&upper).filter(|_| norm.len() >= 2);
            if let Some(known) = found {
                let known = english.gazetteer.known(known);
                let mut draft = Draft::of_known(at..at + 1, known);
                draft.acronym = Some(upper);
                self.push(draft);
            }
        }
    }

    /// Bodies that a table has.
    fn bodies(&mut self) {
        for at in 0..self.reading.norms.len() {
            let found = self.lookup.forms.get(at).into_iter().flatten().find_map(|form| {
                let known = self.known(form.known?);
                (known.supertype == Supertype::Organization).then_some((form.end, known))
            });
            if let Some((end, known)) = found {
                self.push(Draft::of_known(at..end, known));
            }
        }
    }

    /// Titles, and the names of persons behind them.
    fn offices(&mut self) {
        let grammar = self.reading.grammar;
        let norms = self.reading.norms;
        let mut at = 0;
        while at < norms.len() {
            let Some((mut end, is_office)) = self.title_from(at) else {
                let is_honorific = grammar
                    .titles
                    .longest(norms, at)
                    .is_some_and(|(_, title)| title.honorific && !title.modifier);
                match self.person_from(at).filter(|name| is_honorific && name.len() > 1) {
                    Some(name) => {
                        at = name.end;
                        self.push(Draft::new(name, Supertype::Person, MentionKind::Name));
                    }
                    None => at += 1,
                }
                continue;
            };
            // "وزیر برائے تعلیم": what it is about belongs to it.
            if is_office && self.tag(end) == Some(Tag::Attached) {
                let mut reach = end + 1;
                while matches!(self.tag(reach), Some(Tag::Noun | Tag::Adjective | Tag::Comma))
                    || self.tag(reach) == Some(Tag::Conjunction) && reach > end + 1
                {
                    if self.title_from(reach).is_some() || !self.is_subject_matter(reach) {
                        break;
                    }
                    reach += 1;
                }
                end = reach.max(end + 1);
            }
            let title_end = end;
            let mut titles = vec![(at..title_end, is_office)];
            // "وزیر جنرل NAME": a rank behind an office.
            while let Some((next, office)) = self.title_from(end) {
                titles.push((end..next, office));
                end = next;
            }
            let name = self.person_from(end);
            for (tokens, office) in titles {
                if office {
                    let phrase = norms.get(tokens.clone()).unwrap_or(&[]).join(" ");
                    let families = self.families(&tokens);
                    let is_weak = grammar.roles.longest(norms, tokens.end - 1).is_some()
                        || grammar.is("weak_title", &phrase);
                    // A rank alone is a word like others ("general").
                    let is_rank = grammar.titles.longest(norms, tokens.start).is_some_and(
                        |(length, title)| title.rank && !title.office && length == tokens.len(),
                    );
                    if name.is_some() || !is_weak && !is_rank || tokens.len() > 1 {
                        let mut draft = Draft::new(tokens, Supertype::Office, MentionKind::Name);
                        draft.has_bearer = name.is_some();
                        draft.families = families;
                        self.push(draft);
                    }
                }
            }
            if let Some(name) = name {
                end = name.end;
                self.push(Draft::new(name, Supertype::Person, MentionKind::Name));
            }
            at = end.max(at + 1);
        }
    }

    fn families(&self, tokens: &Range<usize>) -> Vec<&'static str> {
        let titles = &self.reading.grammar.titles;
        let mut families: Vec<&'static str> = Vec::new();
        for at in tokens.clone() {
            for (length, title) in titles.all(self.reading.norms, at) {
                if at + length <= tokens.end {
                    families.extend(&title.families);
                }
            }
        }
        families.sort_unstable();
        families.dedup();
        families
    }

    /// Whether a word can be what an office is about: no name of a person.
    fn is_subject_matter(&self, at: usize) -> bool {
        let is_known =
            self.lookup.has(at, 'W') || self.lookup.has(at, 'K') || self.lookup.has(at, 'k');
        match self.tag(at) {
            Some(Tag::Comma | Tag::Conjunction) => {
                matches!(self.tag(at + 1), Some(Tag::Noun)) && self.lookup.has(at + 1, 'W')
            }
            _ => is_known || self.lookup.has(at, 'G'),
        }
    }

    /// The end of the title that begins at a token, and whether it is an office
    /// or rank rather than a form of address.
    fn title_from(&self, at: usize) -> Option<(usize, bool)> {
        let titles = &self.reading.grammar.titles;
        let norms = self.reading.norms;
        let mut end = at;
        // Modifiers count only before a title.
        while let Some((length, title)) = titles.longest(norms, end) {
            if self.starts_sentence(end) && end > at {
                break;
            }
            if title.office || title.rank {
                end += length;
                while let Some((length, title)) = titles.longest(norms, end)
                    && title.portfolio
                    && !title.rank
                {
                    end += length;
                }
                return Some((end, true));
            }
            if title.address {
                // "سید" and "ملک" are parts of names, too.
                return (end == at).then_some((end + length, false));
            }
            if !title.modifier {
                break;
            }
            end += length;
        }
        None
    }

    /// The name of a person that begins at a token, behind a title.
    fn person_from(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        while end < at + MOST && self.is_part_of_name(end, end > at) {
            end += 1;
        }
        let is_there = (at..end).any(|i| self.lookup.has(i, 'N') || !self.lookup.has(i, 'W'));
        (at < end && is_there && !self.starts_sentence_within(at, end)).then_some(at..end)
    }

    fn starts_sentence_within(&self, from: usize, to: usize) -> bool {
        (from.max(1)..to).any(|at| self.starts_sentence(at))
    }

    fn is_part_of_name(&self, at: usize, is_further: bool) -> bool {
        let is_free = !self.is_taken(at)
            && self.tag(at) == Some(Tag::Noun)
            && self.norm(at).chars().count() >= 2
            && (is_further || !self.starts_sentence(at));
        if !is_free || self.starts_sentence(at) {
            return false;
        }
        if self.is_in_phrase(at) {
            return false;
        }
        let (is_name, is_common) = (self.lookup.has(at, 'N'), self.lookup.has(at, 'W'));
        // "ایم وینکٹ": an initial.
        if self.lookup.has(at, 'L') && !is_further {
            return self.lookup.has(at + 1, 'N') || !self.lookup.has(at + 1, 'W');
        }
        let is_other =
            ['K', 'a', 'H', 'O', 'G', 'E', 'B', 'R'].iter().any(|f| self.lookup.has(at, *f));
        if is_other
            && !(is_name
                && !self.lookup.has(at, 'K')
                && !self.lookup.has(at, 'O')
                && !self.lookup.has(at, 'G'))
        {
            return false;
        }
        if self.lookup.has(at, 'D') {
            return !(is_further && is_common);
        }
        // A big city or a common word behind a whole name begins something else.
        if is_further && (self.lookup.has(at, 'C') || is_common) && !is_name {
            return false;
        }
        is_name || !is_common
    }

    /// Whether a word is part of a noun of several ("ملک بدر"), or begins a date.
    fn is_in_phrase(&self, at: usize) -> bool {
        let Reading { norms, grammar, .. } = *self.reading;
        let covers = |start: usize| {
            let compound = grammar.compounds.longest(norms, start);
            compound.is_some_and(|(length, ())| at < start + length)
        };
        (at.saturating_sub(1)..=at).any(covers)
            || grammar.dates.longest(norms, at).is_some_and(|(_, (kind, _))| *kind == "year_mark")
    }

    fn countries(&mut self) {
        for at in 0..self.reading.norms.len() {
            let found = self.lookup.forms.get(at).into_iter().flatten().find_map(|form| {
                let known = self.known(form.known?);
                let is_place = matches!(known.class, "Country" | "Region")
                    && form.kind == FormKind::Name
                    && !self.reading.grammar.is("ambiguous", self.norm(at));
                is_place.then_some((form.end, known))
            });
            if let Some((end, known)) = found {
                self.push(Draft::of_known(at..end, known));
            }
        }
    }

    fn cities(&mut self) {
        for at in 0..self.reading.norms.len() {
            let found = self.lookup.forms.get(at).into_iter().flatten().find_map(|form| {
                let known = self.known(form.known?);
                let is_name =
                    form.end == at + 1 && (self.lookup.has(at, 'N') || self.lookup.has(at, 'W'));
                let is_sure = form.is_strong || known.people > 300_000 && !is_name;
                let is_ambiguous = self.reading.grammar.is("ambiguous", self.norm(at));
                (known.class == "City" && is_sure && !is_ambiguous).then_some((form.end, known))
            });
            if let Some((end, known)) = found
                && (at..end).all(|at| self.tag(at) == Some(Tag::Noun))
            {
                self.push(Draft::of_known(at..end, known));
            }
        }
    }

    /// Places by how their names are made: "دریائے NAME", "NAME ڈیم", "NAME پور",
    /// and one word with such an ending.
    fn grounds(&mut self) {
        let grammar = self.reading.grammar;
        for at in 0..self.reading.norms.len() {
            let norm = self.norm(at);
            if self.is_taken(at) || self.tag(at) != Some(Tag::Noun) {
                continue;
            }
            let tokens = if grammar.is("place_opener", norm) && self.is_open(at + 1) {
                at..at + 2
            } else if grammar.is("place_head", norm) && at > 0 && self.is_open(at - 1) {
                let mut start = at - 1;
                while start > 0
                    && at - start < 3
                    && self.is_open(start - 1)
                    && !self.starts_sentence(start)
                {
                    start -= 1;
                }
                start..at + 1
            } else if norm.chars().count() >= 5
                && !self.lookup.has(at, 'W')
                && !grammar.is("terrain", norm)
                && grammar.place_endings.iter().any(|ending| norm.ends_with(ending.as_str()))
            {
                at..at + 1
            } else {
                continue;
            };
            if !self.starts_sentence_within(tokens.start + 1, tokens.end) {
                self.push(Draft::new(tokens, Supertype::Place, MentionKind::Name));
            }
        }
    }

    /// Whether a token can be part of a name: a noun that is no common word.
    fn is_open(&self, at: usize) -> bool {
        let is_other = ['O', 'G', 'H', 'D', 'a'].iter().any(|flag| self.lookup.has(at, *flag));
        !self.is_taken(at)
            && self.tag(at) == Some(Tag::Noun)
            && !self.lookup.has(at, 'W')
            && !is_other
    }

    /// "NAME یونیورسٹی": a word that ends the names of bodies, with the words
    /// before it that are not common, and the place before those.
    fn headed(&mut self) {
        for at in 1..self.reading.norms.len() {
            if !self.lookup.has(at, 'H') || self.is_taken(at) {
                continue;
            }
            let end = (at + 1..at + 4).find(|&i| !self.lookup.has(i, 'h')).unwrap_or(at + 1);
            let mut start = at;
            while start > 0 && at - start < 5 && !self.starts_sentence(start) {
                let before = start - 1;
                let place = self.drafts.iter().position(|draft| {
                    draft.tokens.end == start
                        && draft.supertype == Supertype::Place
                        && draft.kind == MentionKind::Name
                });
                if let Some(place) = place {
                    let draft = self.drafts.remove(place);
                    let taken = self.taken.get_mut(draft.tokens.clone());
                    taken.into_iter().flatten().for_each(|taken| *taken = false);
                    start = draft.tokens.start;
                    break;
                }
                let is_part = matches!(self.tag(before), Some(Tag::Noun))
                    && !self.is_taken(before)
                    && !self.lookup.has(before, 'W')
                    && !self.lookup.has(before, 'O');
                if !is_part {
                    break;
                }
                start = before;
            }
            if start < at {
                self.push(Draft::new(start..end, Supertype::Organization, MentionKind::Name));
            }
        }
    }

    /// What the tagger finds.
    fn tagged(&mut self) {
        let Reading { norms, words, sentences, grammar, .. } = *self.reading;
        for sentence in sentences {
            let features = features(norms, words, self.lookup, sentence.clone());
            let labels = grammar.tagger.tag(&features);
            let mut at = 0;
            while at < labels.len() {
                let label = labels[at];
                let mut end = at + 1;
                while labels.get(end).is_some_and(|next| next.is_inside()) {
                    end += 1;
                }
                let mut tokens = sentence.start + at..sentence.start + end;
                at = end;
                while tokens.len() > 1 && self.is_in_phrase(tokens.end - 1) {
                    tokens.end -= 1;
                }
                let supertype = match label {
                    Label::Person => Supertype::Person,
                    Label::Place => Supertype::Place,
                    Label::Body => Supertype::Organization,
                    _ => continue,
                };
                let is_word = tokens.clone().any(|at| {
                    matches!(self.tag(at), Some(Tag::Noun | Tag::Latin | Tag::Adjective))
                });
                let is_phrase = supertype == Supertype::Person
                    && tokens.clone().any(|at| self.is_in_phrase(at));
                if !is_word || is_phrase {
                    continue;
                }
                // A big city alone is the city, beside a body as well.
                let tokens = self.free_part(tokens);
                let form = self.form(tokens.start, tokens.end);
                let is_city = self.lookup.has(tokens.start, 'C');
                let city = form.filter(|known| is_city && known.class == "City");
                let supertype = city.map_or(supertype, |known| known.supertype);
                let known = form.filter(|known| known.supertype == supertype);
                self.push(match known {
                    Some(known) => Draft::of_known(tokens, known),
                    None => Draft::new(tokens, supertype, MentionKind::Name),
                });
            }
        }
    }

    /// The part of a range that is not taken yet.
    fn free_part(&self, tokens: Range<usize>) -> Range<usize> {
        let start = tokens.clone().find(|&at| !self.is_taken(at)).unwrap_or(tokens.end);
        let end = (start..tokens.end).find(|&at| self.is_taken(at)).unwrap_or(tokens.end);
        start..end
    }

    /// Two or more names of persons side by side.
    fn runs(&mut self) {
        let mut at = 0;
        while at < self.reading.norms.len() {
            let mut end = at;
            while self.is_name_in_run(end) && (end == at || !self.starts_sentence(end)) {
                end += 1;
            }
            let sure = |i: usize| self.lookup.has(i, 'N') && !self.lookup.has(i, 'W');
            let acts = self.tag(end) == Some(Tag::Ergative);
            let is_likely = (at..end).any(sure) && (sure(at) || sure(end - 1) || acts);
            if (2..=MOST + 1).contains(&(end - at)) && is_likely {
                self.push(Draft::new(at..end, Supertype::Person, MentionKind::Name));
            }
            at = end.max(at + 1);
        }
    }

    fn is_name_in_run(&self, at: usize) -> bool {
        let is_other = ['K', 'k', 'O', 'G', 'H', 'C', 'c', 'B', 'b', 'R', 'r', 'a', 'E', 'L']
            .iter()
            .any(|f| self.lookup.has(at, *f));
        let is_name = self.lookup.has(at, 'N') || self.lookup.has(at, 'D');
        // One that no list has, right before the mark of who acts.
        let acts = self.tag(at + 1) == Some(Tag::Ergative) && !self.lookup.has(at, 'W');
        !self.is_taken(at)
            && self.tag(at) == Some(Tag::Noun)
            && self.norm(at).chars().count() >= 2
            && (is_name || acts)
            && !is_other
            && !self.is_in_phrase(at)
    }

    /// A name that the text has given in full stands alone elsewhere.
    fn again(&mut self) {
        let mut alone: Vec<(String, Supertype)> = Vec::new();
        for draft in self.drafts.iter().filter(|d| d.kind == MentionKind::Name) {
            match draft.supertype {
                Supertype::Person if draft.tokens.len() >= 2 => {
                    for at in [draft.tokens.end - 1, draft.tokens.start] {
                        if self.norm(at).chars().count() >= 3 {
                            alone.push((self.norm(at).to_owned(), Supertype::Person));
                        }
                    }
                }
                Supertype::Person | Supertype::Place if draft.tokens.len() == 1 => {
                    let at = draft.tokens.start;
                    if !self.lookup.has(at, 'W') && self.tag(at) == Some(Tag::Noun) {
                        alone.push((self.norm(at).to_owned(), draft.supertype));
                    }
                }
                _ => {}
            }
        }
        for at in 0..self.reading.norms.len() {
            // A common word is the name only where somebody acts.
            let acts = self.tag(at + 1) == Some(Tag::Ergative);
            if self.is_taken(at)
                || self.tag(at) != Some(Tag::Noun)
                || self.lookup.has(at, 'W') && !acts
            {
                continue;
            }
            if let Some((_, supertype)) = alone.iter().find(|(norm, _)| norm == self.norm(at)) {
                let known = self.form(at, at + 1).filter(|known| known.supertype == *supertype);
                self.push(match known {
                    Some(known) => Draft::of_known(at..at + 1, known),
                    None => Draft::new(at..at + 1, *supertype, MentionKind::Name),
                });
            }
        }
    }

    /// "امریکی ایلچی", "ایک وفد": nouns for people, with what country they are of.
    fn descriptions(&mut self) {
        let grammar = self.reading.grammar;
        for at in 0..self.reading.norms.len() {
            if self.is_taken(at) {
                continue;
            }
            let Some((length, role)) = grammar.roles.longest(self.reading.norms, at) else {
                continue;
            };
            let end = at + length;
            let mut start = at;
            let mut country = None;
            while start > 0 && !self.is_taken(start - 1) && !self.starts_sentence(start) {
                let before = start - 1;
                if let Some(form) = self.lookup.forms.get(before).and_then(|list| {
                    list.iter().find(|f| {
                        f.end == start && matches!(f.kind, FormKind::Adjective | FormKind::People)
                    })
                }) {
                    country = form.known.and_then(|known| self.known(known).country);
                    start = before;
                } else if self.tag(before) == Some(Tag::Adjective) {
                    start = before;
                } else {
                    break;
                }
            }
            let mut draft = Draft::new(start..end, role.supertype, MentionKind::Nominal);
            draft.country = country;
            draft.is_plural = role.is_plural;
            draft.families = self.families(&(at..end));
            self.push(draft);
        }
    }

    fn pronouns(&mut self) {
        for at in 0..self.reading.norms.len() {
            if matches!(self.tag(at), Some(Tag::Pronoun | Tag::Reflexive)) {
                self.push(Draft::new(at..at + 1, Supertype::Person, MentionKind::Pronoun));
            }
        }
    }
}
