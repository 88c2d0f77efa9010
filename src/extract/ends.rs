//! From a word of the tree to the mentions that stand there: lists, titles in
//! apposition, "the leadership of", "officials, including".

use crate::mention::{Mention, MentionIdx, MentionKind, Supertype};

use super::tree::Tree;

/// How deep lists and "of" phrases are followed.
const MAX_DEPTH: usize = 6;
/// The longest list that is read, in items.
const MAX_ITEMS: usize = 40;

/// A mention that may be an end of a claim, and how sure that is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Candidate {
    pub mention: MentionIdx,
    /// How much less sure than the plain word in that place, 0 for as sure.
    pub doubt: f64,
}

/// The mentions that an argument names, the plainest first.
pub(super) fn mentions(tree: &Tree<'_>, argument: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    collect(tree, argument, 0.0, 0, &mut found);
    found
}

/// What a description describes in the same sentence: the subject of which it is
/// the predicate, the name beside which it stands. "Acme is a firm that …".
pub(super) fn described(tree: &Tree<'_>, description: usize) -> Vec<Candidate> {
    let mut at = description;
    for _ in 0..MAX_DEPTH {
        if tree.mention_at(at).is_some_and(|m| tree.is_named_or_pronoun(m)) {
            return mentions(tree, at);
        }
        let next = match (tree.deprel(at), tree.head(at)) {
            ("attr", Some(verb)) if tree.is_cue("holding", verb) => {
                tree.surface_subject(verb).0.first().copied()
            }
            ("appos" | "conj", Some(head)) if tree.is_noun(head) => Some(head),
            _ => None,
        };
        let Some(next) = next.filter(|&next| next != at) else { break };
        at = next;
    }
    Vec::new()
}

/// Whose a thing is: who made it, has it or is in it, the nearest kind of
/// owner that is known. "the decision of X", "X's army base", "an X newspaper"
/// and, with `by_place`, "a camp in X".
pub(super) fn owners(tree: &Tree<'_>, thing: usize, by_place: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    owners_below(tree, thing, by_place, 0, &mut found);
    found.retain(|candidate| Some(candidate.mention) != tree.mention_at(thing));
    found
}

fn owners_below(
    tree: &Tree<'_>,
    thing: usize,
    by_place: bool,
    depth: usize,
    found: &mut Vec<Candidate>,
) {
    if depth > MAX_DEPTH || !tree.is_noun(thing) {
        return;
    }
    let doubt = 0.1 + 0.05 * depth as f64;
    for labels in [&["poss"][..], &["compound", "amod", "nmod"]] {
        for owner in tree.children_by(thing, labels) {
            match tree.mention_at(owner).filter(|&m| Some(m) != tree.mention_at(thing)) {
                Some(_) => collect(tree, owner, doubt, depth + 1, found),
                None if labels == ["poss"] => {
                    owners_below(tree, owner, by_place, depth + 1, found);
                }
                None => {}
            }
        }
        if !found.is_empty() {
            return;
        }
    }
    // "the plan of X", "the plan put forward by X"
    let phrases = tree
        .children_by(thing, &["acl"])
        .chain([thing])
        .flat_map(|at| tree.children_by(at, &["prep", "agent"]))
        .filter(|&phrase| by_place || tree.is_cue("origin", phrase));
    for phrase in phrases {
        for inner in tree.children_by(phrase, &["pobj"]) {
            collect(tree, inner, doubt + 0.05, depth + 1, found);
            if found.is_empty() {
                owners_below(tree, inner, by_place, depth + 1, found);
            }
        }
        if !found.is_empty() {
            return;
        }
    }
}

/// Where an event is said to take place: "attacked a camp in X", where parsers
/// hang the place on the verb.
pub(super) fn places(tree: &Tree<'_>, trigger: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    for prep in tree.children_by(trigger, &["prep"]).filter(|&p| tree.is_cue("location", p)) {
        for inner in tree.children_by(prep, &["pobj"]) {
            collect(tree, inner, 0.15, 1, &mut found);
        }
    }
    found.retain(|c| tree.annotated.mention(c.mention).supertype == Supertype::Place);
    found
}

fn push(found: &mut Vec<Candidate>, mention: MentionIdx, doubt: f64) -> bool {
    if found.iter().any(|c| c.mention == mention) || found.len() >= MAX_ITEMS {
        return false;
    }
    found.push(Candidate { mention, doubt });
    true
}

fn collect(tree: &Tree<'_>, at: usize, doubt: f64, depth: usize, found: &mut Vec<Candidate>) {
    if depth > MAX_DEPTH {
        return;
    }
    match own(tree, at) {
        Some(mention)
            if !tree
                .annotated
                .referent(tree.annotated.mention(mention).referent)
                .members
                .is_empty() =>
        {
            // "the two ministers": those who were named before.
            for member in members(tree, mention) {
                push(found, member, doubt + 0.1);
            }
        }
        Some(mention) => {
            // "the deputy minister, Ana Torres, met": the name is the better one.
            if let Some(named) = named_in_apposition(tree, at, mention) {
                collect(tree, named, doubt, depth + 1, found);
                return;
            }
            if !push(found, mention, doubt) {
                return;
            }
            follow_list(tree, mention, doubt, found);
            let of = &tree.annotated.mention(mention);
            if of.kind == MentionKind::Nominal {
                // "the leadership of the party" stands for the party; of "a group
                // of leaders" the leaders do.
                let before = found.len();
                behind_transparent(tree, of.tokens.end - 1, doubt + 0.1, depth, found);
                if before < found.len() {
                    found.retain(|candidate| candidate.mention != mention);
                }
            }
        }
        None => {
            // "the Irish premier Leo Varadkar": the name in apposition.
            for named in tree.children_by(at, &["appos"]) {
                if own(tree, named).is_some_and(|m| is_person_name(tree, m)) {
                    collect(tree, named, doubt, depth + 1, found);
                }
            }
            if found.is_empty() {
                behind_transparent(tree, at, doubt + 0.05, depth, found);
            }
            // "to Rome June 3": the place was hung on its date.
            if found.is_empty() && tree.in_date(at) {
                for place in tree.children_by(at, &["compound", "nmod"]) {
                    collect(tree, place, doubt + 0.05, depth + 1, found);
                }
            }
        }
    }
    for leader in leaders(tree, at) {
        if own(tree, leader).is_some_and(|m| is_person_name(tree, m)) {
            collect(tree, leader, doubt + 0.05, depth + 1, found);
        }
    }
    let here = tree.mention_at(at).map_or(at..at + 1, |m| tree.annotated.mention(m).tokens.clone());
    for token in here {
        for &child in tree.children(token) {
            match tree.deprel(child) {
                "conj" if !tree.is_verb(child) => collect(tree, child, doubt, depth + 1, found),
                // "Ana Torres and Ambassador Lena Berg", the first hung on the second
                "nmod" | "compound" if is_listed_before(tree, child, at) => {
                    collect(tree, child, doubt + 0.03, depth + 1, found);
                }
                "appos" if is_list_member(tree, at, child) => {
                    collect(tree, child, doubt + 0.05, depth + 1, found);
                }
                "prep" if tree.is_cue("including", child) => {
                    for inner in tree.children_by(child, &["pobj"]) {
                        collect(tree, inner, doubt, depth + 1, found);
                    }
                    for with in tree.children_by(child, &["prep"]) {
                        for inner in tree.children_by(with, &["pobj"]) {
                            collect(tree, inner, doubt, depth + 1, found);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Who leads a group: "a delegation led by Ana Torres".
fn leaders<'a>(tree: &'a Tree<'_>, group: usize) -> impl Iterator<Item = usize> + use<'a> {
    tree.children_by(group, &["acl"])
        .filter(|&led| tree.is_cue("leading", led))
        .flat_map(|led| tree.children_by(led, &["agent"]))
        .flat_map(|by| tree.children_by(by, &["pobj"]))
}

/// Whether a mention names who leads another one, and meets others with it.
pub(super) fn is_led_by(tree: &Tree<'_>, group: MentionIdx, leader: MentionIdx) -> bool {
    leaders(tree, tree.annotated.mention(group).head.index())
        .any(|word| own(tree, word) == Some(leader))
}

/// The word that names in apposition the one whom a description means.
fn named_in_apposition(tree: &Tree<'_>, at: usize, mention: MentionIdx) -> Option<usize> {
    let annotated = tree.annotated;
    let described = annotated.mention(mention);
    if described.kind != MentionKind::Nominal
        || described.supertype != Supertype::Person
        || annotated.referent(described.referent).is_named
    {
        return None;
    }
    tree.children_by(at, &["appos"]).find(|&named| {
        tree.mention_at(named).is_some_and(|m| m != mention && is_person_name(tree, m))
            && tree.children_by(named, &["conj", "appos"]).next().is_none()
    })
}

/// The last mentions, before a group, of those whom it is made of.
fn members(tree: &Tree<'_>, group: MentionIdx) -> Vec<MentionIdx> {
    let group_referent = tree.annotated.referent(tree.annotated.mention(group).referent);
    let last = |mentions: &[MentionIdx]| mentions.iter().rev().find(|&&m| m < group).copied();
    group_referent
        .members
        .iter()
        .filter_map(|&member| last(&tree.annotated.referent(member).mentions))
        .collect()
}

fn is_person_name(tree: &Tree<'_>, mention: MentionIdx) -> bool {
    tree.annotated.mention(mention).is_person_name()
}

/// The mention that a word itself names; for a title, the person who bears it.
pub(super) fn own(tree: &Tree<'_>, at: usize) -> Option<MentionIdx> {
    let mention = tree.mention_at(at)?;
    let named = tree.annotated.mention(mention);
    match named.supertype {
        Supertype::Office => bearer(tree, mention),
        // "Special Adviser for the Summit of Cities Ana Torres"
        Supertype::Person
            if named.kind == MentionKind::Nominal
                && !tree.annotated.referent(named.referent).is_named =>
        {
            bearer(tree, mention).or(Some(mention))
        }
        Supertype::Place => Some(branch(tree, mention).unwrap_or(mention)),
        _ => Some(mention),
    }
}

/// The body whose name a place ends: "Lund University | Sweden", "Acme | UK".
fn branch(tree: &Tree<'_>, place: MentionIdx) -> Option<MentionIdx> {
    let before = MentionIdx(place.0.checked_sub(1)?);
    let (body, place) = (tree.annotated.mention(before), tree.annotated.mention(place));
    let is_one_name = body.tokens.end == place.tokens.start
        && body.supertype == Supertype::Organization
        && body.kind == MentionKind::Name
        && place.kind == MentionKind::Name
        && tree.deprel(body.head.index()) == "compound"
        && tree.head(body.head.index()).is_some_and(|head| place.tokens.contains(&head));
    is_one_name.then_some(before)
}

/// The person whose name follows a title, behind what the title is for: "the
/// Special Representative for Ghana Ana Torres".
fn bearer(tree: &Tree<'_>, office: MentionIdx) -> Option<MentionIdx> {
    let mentions = &tree.annotated.mentions;
    let mut end = mentions[office.index()].tokens.end;
    for (at, next) in mentions.iter().enumerate().skip(office.index() + 1).take(4) {
        let joined = (end..next.tokens.start).all(|t| {
            matches!(tree.token(t).upos, "ADP" | "DET" | "PROPN") || tree.token(t).tag == "POS"
        });
        if !(joined || next.is_person_name() && is_apposed(tree, next, office)) {
            return None;
        }
        match next.supertype {
            Supertype::Person if next.kind == MentionKind::Name => {
                return Some(MentionIdx(at as u32));
            }
            Supertype::Place | Supertype::Organization | Supertype::Office | Supertype::Thing => {
                end = next.tokens.end;
            }
            _ => return None,
        }
    }
    None
}

/// Whether a name stands in apposition to a title or to what it is for: "the
/// President of Ghana, Ana Torres,".
fn is_apposed(tree: &Tree<'_>, name: &Mention, office: MentionIdx) -> bool {
    let title = &tree.annotated.mention(office).tokens;
    let mut at = name.head.index();
    if tree.deprel(at) != "appos" {
        return false;
    }
    for _ in 0..2 * MAX_DEPTH {
        let Some(head) = tree.head(at) else { return false };
        if title.contains(&head) {
            return true;
        }
        if !matches!(tree.deprel(head), "pobj" | "prep" | "appos" | "conj" | "compound") {
            return false;
        }
        at = head;
    }
    false
}

/// Whether an apposition is really the next item of a list: another person,
/// not another name of the same.
fn is_list_member(tree: &Tree<'_>, at: usize, child: usize) -> bool {
    let (Some(a), Some(b)) = (own(tree, at), own(tree, child)) else { return false };
    let (a, b) = (tree.annotated.mention(a), tree.annotated.mention(b));
    a.referent != b.referent
        && a.supertype == b.supertype
        && a.supertype == Supertype::Person
        && b.kind == MentionKind::Name
}

/// Whether a person's name stands in a list before another one, title and all.
fn is_listed_before(tree: &Tree<'_>, child: usize, at: usize) -> bool {
    let (Some(a), Some(b)) = (own(tree, child), own(tree, at)) else { return false };
    if a >= b || !is_person_name(tree, a) || !is_person_name(tree, b) {
        return false;
    }
    let mentions = &tree.annotated.mentions;
    let (first, last) = (&mentions[a.index()], &mentions[b.index()]);
    let next = mentions[a.index() + 1..=b.index()]
        .iter()
        .find(|m| m.supertype == Supertype::Office)
        .unwrap_or(last);
    first.referent != last.referent
        && read_gap(tree, first.tokens.end, next.tokens.start, false) == Some(true)
}

/// "leadership of X", "X officials", "the Y government": what X and Y name.
fn behind_transparent(
    tree: &Tree<'_>,
    at: usize,
    doubt: f64,
    depth: usize,
    found: &mut Vec<Candidate>,
) {
    if !tree.is_noun(at) || !tree.is_cue("transparent", at) {
        return;
    }
    for prep in tree.children_by(at, &["prep"]) {
        if tree.is_cue("belonging", prep) {
            for inner in tree.children_by(prep, &["pobj"]) {
                collect(tree, inner, doubt, depth + 1, found);
            }
        }
    }
    if tree.mention_at(at).is_none() {
        for inner in tree.children_by(at, &["poss", "compound", "nmod"]) {
            if let Some(mention) = own(tree, inner)
                && tree.annotated.mention(mention).supertype != Supertype::Person
            {
                push(found, mention, doubt);
            }
        }
    }
}

/// Follows a list to the right as it stands in the text, since parsers confuse
/// coordination with apposition where names carry titles.
fn follow_list(tree: &Tree<'_>, first: MentionIdx, doubt: f64, found: &mut Vec<Candidate>) {
    let mentions = &tree.annotated.mentions;
    let start = &mentions[first.index()];
    let kind = start.supertype;
    if !matches!(kind, Supertype::Person | Supertype::Place | Supertype::Organization)
        || start.kind == MentionKind::Pronoun
    {
        return;
    }
    let sentence = tree.annotated.sentence_of(crate::token::TokenIdx(start.tokens.start as u32));
    let mut end = start.tokens.end;
    let mut previous = first.index();
    let mut separated = false;
    let mut in_title = false;
    for (at, mention) in mentions.iter().enumerate().skip(first.index() + 1) {
        if mention.tokens.start >= sentence.tokens.end {
            return;
        }
        let Some(gap) = read_gap(tree, end, mention.tokens.start, in_title) else { return };
        in_title = mention.supertype == Supertype::Office;
        separated |= gap;
        let owns = follows_possessive(tree, mention.tokens.end);
        if mention.supertype == Supertype::Office
            || owns
            || mention.referent == mentions[previous].referent
        {
            // A title, the owner of one, or another name of the last item.
            end = mention.tokens.end + usize::from(owns);
            continue;
        }
        if is_subject(tree, mention.head.index()) {
            return;
        }
        if mention.supertype == kind && separated && mention.kind != MentionKind::Pronoun {
            if kind != Supertype::Person && !is_plain_item(tree, mention.head.index()) {
                return;
            }
            push(found, MentionIdx(at as u32), doubt + 0.03);
            previous = at;
            separated = false;
        } else if kind != Supertype::Person
            || !matches!(mention.supertype, Supertype::Place | Supertype::Organization)
            || !next_is_title_or_person(tree, at)
        {
            return;
        }
        end = mention.tokens.end;
    }
}

/// Whether the words between two list items can stand there; `Some(true)` if
/// they separate items.
fn read_gap(tree: &Tree<'_>, from: usize, to: usize, in_title: bool) -> Option<bool> {
    let mut separated = false;
    let mut brackets = 0;
    for at in from..to {
        if to - from > 12 {
            return None;
        }
        match tree.text(at) {
            "(" => brackets += 1,
            ")" => brackets -= 1,
            _ if brackets > 0 || tree.in_date(at) => {}
            // "Rome on May 3 and Paris on May 5"
            _ if at + 1 < to && tree.in_date(at + 1) && tree.token(at).upos == "ADP" => {}
            "," | ";" | "&" => separated = true,
            word if tree.is_cue_word("conjunction", word) => separated = true,
            word if tree.is_cue_word("filler", word) => {}
            _ if matches!(tree.token(at).upos, "ADJ" | "SPACE" | "DET") => {}
            _ if matches!(tree.deprel(at), "compound" | "amod") => {}
            // "Special Representative for"
            _ if in_title && tree.token(at).upos == "ADP" => {}
            _ => return None,
        }
    }
    Some(separated)
}

fn follows_possessive(tree: &Tree<'_>, at: usize) -> bool {
    at < tree.annotated.tokens.len() && tree.token(at).tag == "POS"
}

fn is_subject(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.deprel(at), "nsubj" | "nsubjpass" | "poss")
        && tree.head(at).is_some_and(|head| head > at)
}

/// Whether a place or body stands as an item, not as a modifier of a noun.
fn is_plain_item(tree: &Tree<'_>, at: usize) -> bool {
    !matches!(tree.deprel(at), "compound" | "nmod" | "amod" | "poss")
        || tree.head(at).is_some_and(|head| tree.in_date(head))
}

fn next_is_title_or_person(tree: &Tree<'_>, at: usize) -> bool {
    tree.annotated.mentions.get(at + 1).is_some_and(|next| {
        matches!(next.supertype, Supertype::Office | Supertype::Person)
            && next.tokens.start <= tree.annotated.mentions[at].tokens.end + 1
    })
}
