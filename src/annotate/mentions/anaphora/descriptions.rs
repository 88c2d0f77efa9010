//! Whom and what descriptions mean.

use super::super::draft::{Draft, DraftIdx};
use super::super::evidence::key;
use super::{MARGIN, REACH, TITLE_MARGIN, Thing, Walk, is_subject};
use crate::lang::lexicon::WordClass;
use crate::mention::{MentionKind, Supertype};

impl Walk<'_, '_> {
    /// Whom a description means.
    pub(super) fn nominal(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        match draft.supertype {
            Supertype::Person => self.person_described(index, draft),
            Supertype::Organization => self.body_described(index, draft),
            Supertype::Place => self.place_described(draft),
            Supertype::Group => self.same_words(index, draft),
            _ => None,
        }
    }

    /// The same description earlier: "the two ministers … the two ministers".
    fn same_words(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite && draft.country.is_none() {
            return None;
        }
        let wanted = key(self.words, &draft.tokens);
        self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            let other = &self.drafts.drafts[thing.described?];
            let near = self.sentence(index).saturating_sub(self.sentence(thing.last)) <= REACH;
            (near && other.supertype == draft.supertype && key(self.words, &other.tokens) == wanted)
                .then_some(thing.last)
        })
    }

    /// The two of a kind that were named last, for "the two ministers" and
    /// "both countries".
    pub(super) fn pair_described(&self, draft: &Draft) -> Option<[DraftIdx; 2]> {
        let words = self.words;
        let is_pair = draft.kind == MentionKind::Nominal
            && draft.tokens.clone().any(|i| words.words[i].is(WordClass::Pair))
            && (draft.is_definite || words.words[draft.tokens.start].is(WordClass::Pair))
            && draft.country.is_none();
        if !is_pair {
            return None;
        }
        let sentence = words.words[draft.head].sentence;
        let mut fits = self.recent.iter().rev().filter_map(|root| {
            let thing = &self.things[root];
            let near = sentence.saturating_sub(self.sentence(thing.last)) <= 3;
            let fits = if draft.families.contains(&"country") {
                self.drafts.drafts[*root].class == "Country"
            } else {
                thing.supertype == Supertype::Person
                    && thing.clash(draft) < 1.0
                    && draft.families.iter().any(|f| *f == "*" || thing.families.contains(f))
            };
            (near && fits && thing.is_named && !thing.is_plural).then_some(thing.last)
        });
        let (second, first) = (fits.next()?, fits.next()?);
        Some([first, second])
    }

    fn person_described(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        let words = self.words;
        let token = &words.tokens[draft.head];
        let is_title = draft.office.is_some();
        // "his counterpart Jane Doe"
        if words.after(draft.tokens.end).is_some()
            && let Some(next) = self.drafts.covering(draft.tokens.end)
            && self.drafts.drafts[next].supertype == Supertype::Person
            && self.drafts.drafts[next].kind == MentionKind::Name
        {
            return Some(next);
        }
        // "He is an envoy", "Doe, the envoy": the tree says who.
        if let Some(target) = self.by_tree(draft) {
            return Some(target);
        }
        // "a US official", "another envoy": somebody new. A title with a
        // capital needs no article.
        let is_bare_title = is_title
            && words.words[draft.head].is_capitalized()
            && !words.words[draft.tokens.start].is(WordClass::Indefinite);
        if !draft.is_definite && !is_bare_title && !words.words[draft.head].in_heading {
            return None;
        }
        if draft.families.is_empty()
            || draft
                .families
                .iter()
                .any(|f| matches!(*f, "none" | "kin" | "occupation" | "candidate"))
        {
            return self.same_words(index, draft);
        }
        let sentence = words.words[draft.head].sentence;
        let any = draft.families.contains(&"*");
        let speaks = is_subject(words, draft.head) && self.words.is_speech(token.head.index());
        let mut best: Option<(f32, DraftIdx)> = None;
        let mut second = f32::NEG_INFINITY;
        let mut fallback: Option<(f32, DraftIdx)> = None;
        let pool = self.pool(draft, is_title || words.words[draft.head].in_heading);
        for root in pool {
            let thing = &self.things[&root];
            if thing.supertype != Supertype::Person || thing.is_plural || thing.clash(draft) > 1.0 {
                continue;
            }
            let distance = sentence.saturating_sub(self.sentence(thing.last));
            if distance > REACH && !is_title {
                continue;
            }
            let country = match (thing.country, draft.country) {
                (Some(a), Some(b)) if a == b => 2.0,
                (Some(_), Some(_)) => continue,
                // "the president of Peru" is no president whom the text has not
                // yet brought together with Peru, nor named behind the title.
                (None, Some(country))
                    if is_title
                        && !(index < root && self.sentence(root) == sentence)
                        && !self.is_near_country(root, country, index) =>
                {
                    continue;
                }
                (None, Some(_)) => -0.3,
                _ => 0.0,
            };
            // Who speaks is seldom named in the third person by the words quoted.
            if speaks && self.quotes.names_itself(words, self.drafts, draft.head, thing.last) {
                continue;
            }
            let nearness = 1.5 / (1.0 + distance as f32)
                + if thing.subject_in.is_some_and(|s| s + 1 >= sentence) { 0.5 } else { 0.0 }
                + 0.05 * thing.mentions.min(6) as f32;
            let (office, portfolio) = self.office_match(draft, thing);
            if (country > 0.0 || draft.country.is_none() && any)
                && (!thing.offices.is_empty() || !thing.families.is_empty())
            {
                let score = country + nearness;
                if fallback.is_none_or(|(old, _)| score > old) {
                    fallback = Some((score, thing.last));
                }
            }
            if !any && office == 0.0 {
                continue;
            }
            if any
                && thing.offices.is_empty()
                && thing.families.is_empty()
                && thing.country.is_none()
            {
                continue;
            }
            // Whom the document calls so already.
            let habit = if is_title { 0.15 * thing.titled.min(4) as f32 } else { 0.0 };
            let score = office + portfolio + country + nearness + habit;
            match best {
                Some((old, _)) if score <= old => second = second.max(score),
                _ => {
                    second = best.map_or(second, |(old, _)| old);
                    best = Some((score, thing.last));
                }
            }
        }
        // Of two whom the description fits as well, it tells none.
        let threshold = if any { 1.0 } else { 2.2 };
        let margin = if is_title { TITLE_MARGIN } else { MARGIN };
        if let Some((score, target)) = best
            && score >= threshold
            && score - second > margin
        {
            return Some(target);
        }
        // "the US secretary said": the nearest person of that country who
        // holds an office, where none holds that one.
        if speaks
            && best.is_none()
            && draft.country.is_some()
            && let Some((score, target)) = fallback
            && score >= 2.3
        {
            return Some(target);
        }
        None
    }

    /// The roots that a description may mean: those of late; for a title all
    /// persons with an office, since a title stays.
    fn pool(&self, draft: &Draft, wide: bool) -> Vec<usize> {
        let mut pool: Vec<usize> = self.recent.iter().rev().copied().collect();
        if wide && self.things.len() < 2000 && !draft.families.contains(&"*") {
            // A headline speaks of persons that the text names later.
            let ahead = self.words.words[draft.head].in_heading
                || self.words.words[draft.head].sentence < 2;
            let more = self.things.iter().filter(|(_, t)| {
                t.supertype == Supertype::Person
                    && !t.offices.is_empty()
                    && (ahead || t.mentions > 0)
            });
            for (&root, _) in more {
                if !pool.contains(&root) {
                    pool.push(root);
                }
            }
        }
        pool
    }

    /// How well a description goes with the offices of a person: by family and
    /// by head, and by what the office is about.
    fn office_match(&self, draft: &Draft, thing: &Thing) -> (f32, f32) {
        let words = self.words;
        let own: Vec<String> =
            draft.tokens.clone().map(|i| words.words[i].lower.to_string()).collect();
        let mut expanded = own.clone();
        if let Some(office) = draft.office {
            expanded.extend(
                self.offices[office]
                    .title
                    .expansion
                    .into_iter()
                    .flat_map(|e| e.split(' '))
                    .map(str::to_owned),
            );
        }
        let mut best = (0.0_f32, 0.0_f32);
        let (mut shares, mut conflicts) = (false, false);
        for &office in &thing.offices {
            let office = &self.offices[office];
            let head = &words.words[office.head].lower;
            let mut theirs: Vec<String> =
                office.tokens.clone().map(|i| words.words[i].lower.to_string()).collect();
            theirs.extend(
                office.title.expansion.into_iter().flat_map(|e| e.split(' ')).map(str::to_owned),
            );
            // "the Secretary" is no deputy secretary, and the reverse.
            if draft.office.is_some() && self.juniors(&expanded) != self.juniors(&theirs) {
                continue;
            }
            let mut score: f32 = 0.0;
            let shares_family = match draft.office {
                // A title's first family is its own; the others tie it to
                // descriptions.
                Some(_) => {
                    let own = draft.families.first();
                    own.is_some_and(|own| office.title.families.contains(own))
                }
                None => office.title.families.iter().any(|f| draft.families.contains(f)),
            };
            if shares_family {
                score = 2.0;
            }
            if own.last().is_some_and(|w| w == &**head) || expanded.iter().any(|w| w == &**head) {
                score = score.max(2.0) + 1.0;
            }
            if score == 0.0 {
                continue;
            }
            let content = |list: &[String]| -> Vec<String> {
                list.iter().filter(|w| w.len() > 3 && words.is_portfolio(w)).cloned().collect()
            };
            let (mine, other) = (content(&expanded), content(&theirs));
            let shared = mine.iter().filter(|w| other.contains(w)).count() as f32;
            let portfolio = if mine.is_empty() {
                0.0
            } else if shared > 0.0 {
                shares = true;
                0.8 * shared
            } else if !other.is_empty() {
                conflicts = true;
                -3.5
            } else {
                -0.5
            };
            if score + portfolio > best.0 + best.1 {
                best = (score, portfolio);
            }
        }
        if conflicts && !shares {
            best.1 = best.1.min(-3.5);
        }
        if thing.offices.is_empty() && thing.families.iter().any(|f| draft.families.contains(f)) {
            best = (1.5, 0.0);
        }
        best
    }

    /// The words of a title that make it a lower one, in order of letters.
    fn juniors<'t>(&self, title: &'t [String]) -> Vec<&'t str> {
        let is_junior =
            |word: &&'t str| self.words.language.lexicon.classes(word).has(WordClass::Junior);
        let mut juniors: Vec<&str> = title.iter().map(String::as_str).filter(is_junior).collect();
        juniors.sort_unstable();
        juniors.dedup();
        juniors
    }

    /// Whether a sentence that speaks of a thing, its first or its last so far,
    /// speaks of a country as well, other than to describe.
    fn is_near_country(&self, root: DraftIdx, country: &str, description: DraftIdx) -> bool {
        let drafts = &self.drafts.drafts;
        let own = &drafts[description].tokens;
        let here = self.sentence(description);
        let is_of = |at: usize| {
            let tokens = &drafts[at].tokens;
            drafts[at].country == Some(country)
                && (self.sentence(at) != here
                    || tokens.end + 2 < own.start
                    || own.end + 3 < tokens.start)
        };
        // "I" says nothing of who it is.
        let last = self.things[&root].last;
        let is_told = drafts[last].kind != MentionKind::Pronoun;
        [Some(root), Some(last).filter(|_| is_told)].into_iter().flatten().any(|at| {
            let sentence = self.sentence(at);
            let is_same = |i: &usize| self.sentence(*i) == sentence;
            (0..at).rev().take_while(is_same).any(is_of)
                || (at + 1..drafts.len()).take_while(is_same).any(is_of)
        })
    }

    /// The subject of "He is the envoy", the name before "…, the envoy".
    fn by_tree(&self, draft: &Draft) -> Option<DraftIdx> {
        let words = self.words;
        // "He is a doctor and a member": the second is said of him as well.
        let mut at = draft.head;
        while words.tokens[at].deprel == "conj" && words.tokens[at].head.index() < at {
            at = words.tokens[at].head.index();
        }
        let token = &words.tokens[at];
        let verb = token.head.index();
        let target = match token.deprel.as_str() {
            "appos" => verb,
            "attr" | "oprd" => {
                let sentence = &words.sentences[words.words[draft.head].sentence as usize];
                sentence.tokens.clone().find(|&i| {
                    words.tokens[i].head.index() == verb
                        && i != verb
                        && words.tokens[i].deprel.starts_with("nsubj")
                })?
            }
            _ => return None,
        };
        let other = self.drafts.covering(target)?;
        let is_person = self.drafts.drafts[other].supertype == Supertype::Person;
        (is_person && self.drafts.drafts[other].tokens.start < draft.tokens.start).then_some(other)
    }

    /// The body that "the ministry" means: the latest whose name has the word.
    fn body_described(&self, index: DraftIdx, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite || draft.is_plural {
            return None;
        }
        let words = self.words;
        let head = &words.words[draft.head].lower;
        let sentence = words.words[draft.head].sentence;
        let named = self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            if thing.supertype != Supertype::Organization
                || sentence.saturating_sub(self.sentence(thing.last)) > REACH
            {
                return None;
            }
            let other = &self.drafts.drafts[*root];
            let fits = other.kind == MentionKind::Name
                && (draft.country.is_some() || !self.is_overtaken(*root))
                && other.tokens.clone().any(|i| words.words[i].lower == *head)
                && (draft.country.is_none()
                    || thing.country.is_none()
                    || draft.country == thing.country);
            fits.then_some(thing.last)
        });
        named.or_else(|| self.same_words(index, draft))
    }

    /// Whether the text has turned to another country since it spoke of a body
    /// that is named after one.
    fn is_overtaken(&self, body: DraftIdx) -> bool {
        let gazetteer = &self.words.language.gazetteer;
        let country = self.drafts.drafts[body].tokens.clone().find_map(|at| {
            let form = self.words.forms_at(at).first()?.form;
            gazetteer.known(form.known?).country
        });
        let Some(country) = country else { return false };
        let since = self.sentence(self.things[&body].last);
        self.recent.iter().rev().any(|root| {
            let thing = &self.things[root];
            self.drafts.drafts[*root].class == "Country"
                && thing.country.is_some_and(|c| c != country)
                && thing.subject_in.is_some_and(|s| since < s)
        })
    }

    /// The country that "the country" means: the latest that is no adjective.
    fn place_described(&self, draft: &Draft) -> Option<DraftIdx> {
        if !draft.is_definite
            || draft.is_plural
            || !draft.families.contains(&"country")
            || draft.tokens.len() != 2
        {
            return None;
        }
        let sentence = self.words.words[draft.head].sentence;
        self.recent.iter().rev().find_map(|root| {
            let thing = &self.things[root];
            let other = &self.drafts.drafts[thing.last];
            let near = sentence.saturating_sub(self.sentence(thing.last)) <= 3;
            (near && other.class == "Country" && thing.is_named).then_some(thing.last)
        })
    }
}
