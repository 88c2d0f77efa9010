//! Mentions and what they refer to: the model's entities, repaired at the
//! level of the document.
//!
//! The statistical model reads sentence by sentence, and types about two
//! thirds of the persons of news right. The rest is won by titles, gazetteers,
//! lists of names, and by what the document as a whole says of a name. In
//! order: [`words`] looks at each token, [`offices`] finds titles, [`segment`]
//! cuts runs of capitalized words into names, once by themselves and once more
//! in the light of [`evidence`] from the first time; [`holders`] ties titles to
//! persons, [`draft`] makes mentions, [`nominals`] adds descriptions and pronouns, [`referents`] and
//! [`anaphora`] tell which mentions are the same thing.
//!
//! Nothing here knows a language's words: they come from [`crate::lang`].

mod anaphora;
mod betrayed;
mod draft;
mod employers;
mod evidence;
mod holders;
mod nominals;
mod offices;
mod referents;
mod segment;
mod words;

use crate::lang::Language;
use crate::lang::gazetteer::FormKind;
use crate::mention::{
    Gender, HeldOffice, Mention, MentionIdx, MentionKind, Referent, ReferentIdx, Supertype,
};
use crate::token::{ModelEntity, Sentence, Token, TokenIdx};

use anaphora::Resolved;
use draft::{Draft, Drafts};
use evidence::Evidence;
use offices::Office;
use referents::Groups;
use words::Words;

/// Finds the mentions of a document, in text order and not overlapping, and
/// the things that they refer to, in order of first mention.
///
/// The sentences tile the tokens; the entities are ranges of tokens.
pub fn find(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    entities: &[ModelEntity],
    language: &'static Language,
) -> (Vec<Mention>, Vec<Referent>) {
    let words = Words::new(text, tokens, sentences, entities, language);
    let offices = offices::find(&words);
    let first = segment::segment(&words, &offices, &Evidence::default());
    let evidence = Evidence::gather(&words, &first);
    let mut segments = segment::segment(&words, &offices, &evidence);
    evidence::agree(&words, &mut segments);
    let mut drafts = Drafts::new(&words, &offices, &segments);
    employers::add(&words, &offices, &mut drafts);
    betrayed::add(&words, &mut drafts);
    nominals::add(&words, &mut drafts);
    let mut groups = Groups::new(drafts.drafts.len());
    referents::join_names(&words, &offices, &drafts, &mut groups);
    let resolved = anaphora::resolve(&words, &offices, &drafts, &mut groups);
    finish(&words, &offices, &drafts, &groups, &resolved)
}

/// Turns drafts and their groups into mentions and referents.
fn finish(
    words: &Words,
    offices: &[Office],
    drafts: &Drafts,
    groups: &Groups,
    resolved: &Resolved,
) -> (Vec<Mention>, Vec<Referent>) {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut mention_of: Vec<Option<MentionIdx>> = vec![None; drafts.drafts.len()];
    let mut referents: Vec<Referent> = Vec::new();
    let mut referent_of: Vec<Option<ReferentIdx>> = vec![None; drafts.drafts.len()];
    let mut best: Vec<(u32, usize)> = Vec::new();
    let mut is_gender_sure: Vec<bool> = Vec::new();
    for (index, draft) in drafts.drafts.iter().enumerate() {
        if resolved.removed[index] {
            continue;
        }
        let root = groups.root(index);
        let referent = match referent_of[root] {
            Some(referent) => referent,
            None => {
                let referent = ReferentIdx(referents.len() as u32);
                referent_of[root] = Some(referent);
                referents.push(Referent::new(String::new(), draft.supertype, draft.class));
                best.push((0, index));
                is_gender_sure.push(false);
                referent
            }
        };
        let mention = MentionIdx(mentions.len() as u32);
        mention_of[index] = Some(mention);
        mentions.push(Mention {
            span: words.span(draft.tokens.clone()),
            tokens: draft.tokens.clone(),
            head: TokenIdx(draft.head as u32),
            supertype: draft.supertype,
            class: draft.class.to_owned(),
            kind: draft.kind,
            referent,
        });
        let thing = &mut referents[referent.index()];
        thing.mentions.push(mention);
        if draft.gender != Gender::Unknown
            && (thing.gender == Gender::Unknown
                || (draft.is_gender_sure && !is_gender_sure[referent.index()]))
        {
            thing.gender = draft.gender;
            is_gender_sure[referent.index()] = draft.is_gender_sure;
        }
        if thing.country.is_none() {
            thing.country = draft.country.map(str::to_owned);
        }
        if let Some(known) = draft.known {
            let known = words.language.gazetteer.known(known);
            thing.wikidata = thing.wikidata.take().or_else(|| known.wikidata.map(str::to_owned));
        }
        thing.is_named |= draft.kind == MentionKind::Name || draft.known.is_some();
        let rank = name_rank(words, draft);
        let (old, _) = best[referent.index()];
        if rank > old {
            best[referent.index()] = (rank, index);
        }
    }
    for (referent, (_, index)) in referents.iter_mut().zip(&best) {
        let draft = &drafts.drafts[*index];
        referent.name = best_name(words, draft);
        referent.supertype = draft.supertype;
        draft.class.clone_into(&mut referent.class);
    }
    for (group, members) in &resolved.members {
        let Some(group) = mention_of[*group] else { continue };
        let members =
            members.iter().filter_map(|&m| Some(mentions[mention_of[m]?.index()].referent));
        referents[mentions[group.index()].referent.index()].members = members.collect();
    }
    for held in &drafts.held {
        let Some(mention) = mention_of[held.holder] else { continue };
        let referent = mentions[mention.index()].referent;
        let span = words.span(held.full.clone());
        let title = span.slice(words.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let of = held.of.and_then(|of| mention_of[of]);
        if offices[held.office].is_occupation {
            continue;
        }
        referents[referent.index()].offices.push(HeldOffice { title, span, of });
    }
    for referent in &mut referents {
        referent.offices.sort_by_key(|office| office.span);
    }
    // A mention has the class of its thing, except that a pronoun for a body
    // stays what it is.
    for mention in &mut mentions {
        let referent = &referents[mention.referent.index()];
        if mention.kind != MentionKind::Name || mention.supertype == referent.supertype {
            mention.supertype = referent.supertype;
            mention.class.clone_from(&referent.class);
        }
    }
    (mentions, referents)
}

/// How good a mention is as the name of its thing: names before descriptions,
/// full before short, known before unknown.
fn name_rank(words: &Words, draft: &Draft) -> u32 {
    let length = draft.tokens.len().min(12) as u32;
    match draft.kind {
        MentionKind::Name => {
            let is_handle = words.words[draft.tokens.start].shape == words::Shape::Handle;
            let in_capitals =
                words.text_of(draft.tokens.clone()).chars().filter(|c| c.is_lowercase()).count()
                    == 0;
            let base = if is_handle {
                200
            } else if in_capitals && draft.tokens.len() > 1 {
                300
            } else {
                400
            };
            base + length
        }
        MentionKind::Nominal | MentionKind::Mistranslation => 100,
        MentionKind::Pronoun => 1,
    }
}

fn best_name(words: &Words, draft: &Draft) -> String {
    let text = words.text_of(draft.tokens.clone());
    if let Some(known) = draft.known
        && draft.supertype == Supertype::Place
    {
        let known = words.language.gazetteer.known(known);
        if known.class == "Country" {
            return known.name.to_owned();
        }
    }
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // "US" and "government" are two mentions, and one name.
    let before = words.forms_at(draft.tokens.start.saturating_sub(1)).first();
    match before {
        Some(found)
            if draft.kind == MentionKind::Nominal
                && found.end as usize == draft.tokens.start
                && found.form.kind == FormKind::Name
                && words.before(draft.tokens.start).is_some() =>
        {
            format!("{} {name}", words.text_of(found.start as usize..found.end as usize))
        }
        _ => name,
    }
}
