//! Who holds a post, and what the words between say of its time.

use crate::mention::{MentionIdx, MentionKind, Supertype};

use super::super::ends::{self, Candidate};
use super::Tree;
use super::post::Post;

/// How far titles are followed to the one that names the holder.
const MAX_STEPS: usize = 6;

/// How many bodies behind a title are followed to a name beside the last.
const MAX_BODIES: usize = 3;

/// When somebody holds a post, as the verb says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// Holds it, or nothing says otherwise.
    Holds,
    /// Held it at a time that is past.
    Held,
    /// Comes to hold it.
    Begins,
    /// Ceases to hold it.
    Ends,
    /// Is chosen to hold it.
    Chosen,
}

/// Who holds a post.
pub(super) struct Holding {
    pub holders: Vec<Candidate>,
    /// The verb that says so, where one does.
    pub verb: Option<usize>,
    pub phase: Phase,
}

impl Holding {
    fn plain(mention: MentionIdx) -> Self {
        let holders = vec![Candidate { mention, doubt: 0.0 }];
        Self { holders, verb: None, phase: Phase::Holds }
    }
}

/// Who holds the post, by the tree.
pub(super) fn holding(tree: &Tree<'_>, post: &Post) -> Option<Holding> {
    let mut head = post.head;
    if tree.is_cue("seat", head) {
        return tree.head(head).and_then(|preposition| on_seat(tree, head, preposition));
    }
    for _ in 0..MAX_STEPS {
        if let Some(holding) = direct(tree, head) {
            return Some(holding);
        }
        head = outer_title(tree, head)?;
    }
    None
}

/// The title on which another one hangs, which has the same holder: beside it,
/// or hung on the body of it, as in "a partner in Acme and professor at Lund".
fn outer_title(tree: &Tree<'_>, head: usize) -> Option<usize> {
    if !matches!(tree.deprel(head), "conj" | "appos") {
        return None;
    }
    let mut at = head;
    for _ in 0..MAX_STEPS {
        let to = tree.head(at)?;
        if !matches!(tree.deprel(at), "conj" | "appos" | "pobj" | "prep") {
            return None;
        }
        let is_title = tree.is_noun(to)
            && tree.mention_at(to).is_none_or(|m| {
                let mention = tree.annotated.mention(m);
                matches!(mention.supertype, Supertype::Person | Supertype::Group)
                    && mention.kind == MentionKind::Nominal
                    || mention.supertype == Supertype::Office
            });
        if is_title {
            return Some(to);
        }
        // "Berg, and the minister": somebody else.
        if tree.mention_at(to).is_some_and(|m| is_person(tree, m)) {
            return None;
        }
        at = to;
    }
    None
}

/// Who holds the title `head`, if its own place in the tree says so.
fn direct(tree: &Tree<'_>, head: usize) -> Option<Holding> {
    let named = |at: usize| tree.mention_at(at).filter(|&m| is_person(tree, m));
    let is_name = |&m: &MentionIdx| tree.annotated.mention(m).kind == MentionKind::Name;
    // "He was the chair of Acme, Berg said": whom the verb names comes first.
    if matches!(tree.deprel(head), "attr" | "oprd")
        && let Some(verb) = tree.head(head).filter(|&verb| tree.is_verb(verb))
        && let Some(holding) = by_verb(tree, head, verb)
    {
        return Some(holding);
    }
    if let Some(holder) = tree.children_by(head, &["appos"]).filter_map(named).find(is_name) {
        return Some(Holding::plain(holder));
    }
    // "her husband Tom Boateng", whatever parsers make of it.
    if tree.is_cue("kin", head)
        && head + 1 < tree.annotated.tokens.len()
        && let Some(holder) = named(head + 1).filter(is_name)
        && tree.annotated.mention(holder).tokens.start == head + 1
    {
        return Some(Holding::plain(holder));
    }
    if let Some(holder) = beside_body(tree, head) {
        return Some(Holding::plain(holder));
    }
    let to = tree.head(head)?;
    match tree.deprel(head) {
        "attr" | "oprd" | "dobj" if tree.is_verb(to) => by_verb(tree, head, to),
        // Hung on the verb of the title before it: "is an actor, and the chair".
        "conj" if tree.is_verb(to) && tree.is_cue("holding", to) => by_verb(tree, head, to),
        "pobj" => by_preposition(tree, head, to),
        "appos" if to < head && is_introduced(tree, head) => named(to).map(Holding::plain),
        "compound" | "nmod" if head < to => named(to)
            .filter(|&m| tree.annotated.mention(m).kind == MentionKind::Name)
            .map(Holding::plain),
        "nsubj" if tree.is_verb(to) && tree.is_cue("holding", to) => {
            let holder = tree.children_by(to, &["attr"]).find_map(named)?;
            Some(Holding { verb: Some(to), phase: phase(tree, to), ..Holding::plain(holder) })
        }
        _ => None,
    }
}

/// "A professor at Lund University, Lena Berg, said": the name that parsers hang
/// on the body before it.
fn beside_body(tree: &Tree<'_>, head: usize) -> Option<MentionIdx> {
    tree.children_by(head, &["det"]).next()?;
    let mut at = head;
    for _ in 0..MAX_BODIES {
        at = tree
            .children_by(at, &["prep"])
            .filter(|&preposition| head < preposition)
            .flat_map(|preposition| tree.children_by(preposition, &["pobj"]))
            .last()?;
        let named = tree.children_by(at, &["appos"]).find_map(|name| {
            let mention = tree.mention_at(name)?;
            let person = tree.annotated.mention(mention);
            let comma = person.tokens.start.checked_sub(1)?;
            let closes = tree
                .annotated
                .tokens
                .get(person.tokens.end)
                .is_none_or(|next| next.upos == "PUNCT");
            (person.is_person_name() && tree.text(comma) == "," && closes).then_some(mention)
        });
        if named.is_some() {
            return named;
        }
    }
    None
}

/// Whether a title behind a name is a description of whom it names, and not the
/// next item of a list of names with titles.
fn is_introduced(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &["det", "poss"]).next().is_some()
        || tree.text(head).starts_with(char::is_lowercase)
}

/// "is the chair", "was named chair", "became chair".
fn by_verb(tree: &Tree<'_>, head: usize, verb: usize) -> Option<Holding> {
    let is_object = tree.deprel(head) == "dobj";
    if tree.is_cue("placing", verb) {
        return placed(tree, head, verb);
    }
    // "joined Ambassador Berg" takes no post.
    let is_somebodys = is_object
        && ends::own(tree, head).is_some_and(|m| tree.annotated.mention(m).is_person_name());
    let fits =
        tree.is_cue("holding", verb) && !is_object || tree.is_cue("taking", verb) && !is_somebodys;
    if fits { of_subject(tree, head, verb) } else { None }
}

/// "served as chair", "appointed her as chair", "the role of chair".
fn by_preposition(tree: &Tree<'_>, head: usize, preposition: usize) -> Option<Holding> {
    let is_as = tree.is_cue("roleMarker", preposition);
    // "as chair of Acme and as founder of Oxfam"
    let mut first = preposition;
    while tree.deprel(first) == "conj"
        && let Some(before) = tree.head(first).filter(|&before| before < first)
        && tree.is_cue("roleMarker", before)
    {
        first = before;
    }
    let on = tree.head(first)?;
    if tree.is_noun(on) && tree.is_cue("officeNoun", on) && tree.mention_at(on).is_none() {
        return in_capacity(tree, head, on);
    }
    let verb = if tree.is_verb(on) {
        on
    } else {
        // "joined Acme as chair": often hung on the body or person before.
        let behind_verb =
            matches!(tree.deprel(on), "dobj" | "pobj" | "nsubjpass" | "advmod" | "prt");
        let above = tree.head(on).filter(|_| is_as && behind_verb)?;
        if tree.is_verb(above) { above } else { tree.head(above).filter(|&v| tree.is_verb(v))? }
    };
    let speaks_of_post =
        ["holding", "taking", "leaving", "placing"].iter().any(|cue| tree.is_cue(cue, verb));
    let rises = tree.is_cue("goalMarker", preposition) && tree.is_cue("rising", verb);
    if is_as && tree.is_cue("placing", verb) || rises && tree.is_cue("placing", verb) {
        placed(tree, head, verb)
    } else if is_as && speaks_of_post || rises {
        of_subject(tree, head, verb)
    } else if is_as && is_in_front(tree, preposition, verb) {
        // "As chair of Acme, Berg opposed it": whatever she did.
        of_subject(tree, head, verb).map(|holding| Holding { phase: Phase::Holds, ..holding })
    } else {
        None
    }
}

/// Whether a phrase stands in front of the subject of its verb.
fn is_in_front(tree: &Tree<'_>, preposition: usize, verb: usize) -> bool {
    tree.deprel(preposition) == "prep"
        && tree
            .children_by(verb, &["nsubj", "nsubjpass"])
            .next()
            .is_some_and(|subject| preposition < subject)
}

/// Whether a noun tells what somebody is by its place alone: "served as".
pub(super) fn is_role(tree: &Tree<'_>, head: usize) -> bool {
    let on = tree.head(head).filter(|_| tree.deprel(head) == "pobj");
    on.is_some_and(|preposition| {
        tree.is_cue("roleMarker", preposition)
            && tree.head(preposition).is_some_and(|v| tree.is_verb(v) && tree.is_cue("holding", v))
    })
}

/// "serves on the board", the only way in which a board tells who holds a post.
fn on_seat(tree: &Tree<'_>, head: usize, preposition: usize) -> Option<Holding> {
    let verb = tree.head(preposition)?;
    let sits = tree.deprel(head) == "pobj"
        && tree.is_cue("seatMarker", preposition)
        && tree.is_verb(verb)
        && tree.is_cue("holding", verb);
    if sits { of_subject(tree, head, verb) } else { None }
}

/// "her role as chair", "assumed the position of chair".
fn in_capacity(tree: &Tree<'_>, head: usize, noun: usize) -> Option<Holding> {
    let owner = tree
        .children_by(noun, &["poss"])
        .find_map(|owner| tree.mention_at(owner).filter(|&m| is_person(tree, m)));
    if let Some(owner) = owner {
        return Some(Holding::plain(owner));
    }
    let verb = tree.head(noun).filter(|&verb| tree.is_verb(verb))?;
    let takes = ["taking", "leaving", "having"].iter().any(|cue| tree.is_cue(cue, verb));
    if takes { of_subject(tree, head, verb) } else { None }
}

/// Who is put into a post: the object, or the subject of a passive.
fn placed(tree: &Tree<'_>, head: usize, verb: usize) -> Option<Holding> {
    if tree.is_passive(verb) || tree.children_by(verb, &["dobj"]).all(|o| o == head) {
        // Without an object the participle stands for a passive: "Berg,
        // appointed chair in May".
        return of_subject(tree, head, verb).filter(|_| is_participle(tree, verb));
    }
    let holders: Vec<Candidate> = tree
        .children_by(verb, &["dobj"])
        .filter(|&object| object != head)
        .flat_map(|object| persons(tree, object, head))
        .collect();
    made(tree, holders, verb)
}

fn is_participle(tree: &Tree<'_>, verb: usize) -> bool {
    tree.is_passive(verb) || tree.token(verb).tag == "VBN"
}

fn of_subject(tree: &Tree<'_>, head: usize, verb: usize) -> Option<Holding> {
    let (subjects, _) = tree.surface_subject(verb);
    let holders: Vec<Candidate> =
        subjects.into_iter().flat_map(|subject| persons(tree, subject, head)).collect();
    made(tree, holders, verb)
}

fn made(tree: &Tree<'_>, holders: Vec<Candidate>, verb: usize) -> Option<Holding> {
    (!holders.is_empty()).then(|| Holding { holders, verb: Some(verb), phase: phase(tree, verb) })
}

/// The persons that a word names; of a list only a plural title has several.
fn persons(tree: &Tree<'_>, word: usize, title: usize) -> Vec<Candidate> {
    let mut found = ends::mentions(tree, word);
    found.retain(|candidate| is_person(tree, candidate.mention));
    if found.is_empty() {
        found.extend(described(tree, word));
    }
    let is_plural = matches!(tree.token(title).tag.as_str(), "NNS" | "NNPS");
    let has_list = tree.children_by(word, &["conj"]).next().is_some();
    if !is_plural && !has_list {
        found.truncate(1);
    }
    found
}

/// Who is described by a word: "Berg is a politician who served as chair".
fn described(tree: &Tree<'_>, word: usize) -> Option<Candidate> {
    let mut at = word;
    for _ in 0..MAX_STEPS {
        let to = tree.head(at)?;
        let named = match tree.deprel(at) {
            "attr" if tree.is_cue("holding", to) => tree.surface_subject(to).0.first().copied(),
            "appos" | "conj" if tree.is_noun(to) => Some(to),
            _ => None,
        }?;
        if let Some(mention) = tree.mention_at(named).filter(|&m| is_person(tree, m)) {
            return Some(Candidate { mention, doubt: 0.05 });
        }
        at = named;
    }
    None
}

/// Whether a mention can hold a post: somebody who is named in the document, or
/// whom a pronoun stands for.
pub(super) fn is_person(tree: &Tree<'_>, mention: MentionIdx) -> bool {
    let annotated = tree.annotated;
    let referent = annotated.referent(annotated.mention(mention).referent);
    let is_single = annotated.mention(mention).supertype == Supertype::Person
        || referent.supertype == Supertype::Person;
    is_single && tree.is_named_or_pronoun(mention)
}

/// What a verb says of the time of a post.
fn phase(tree: &Tree<'_>, verb: usize) -> Phase {
    // "nominated Berg to be the chair"
    let above = tree.head(verb).filter(|&above| tree.is_verb(above) && tree.is_infinitive(verb));
    if let Some(above) = above.filter(|&above| tree.is_cue("placing", above)) {
        return if tree.is_cue("choosing", above) { Phase::Chosen } else { Phase::Begins };
    }
    if tree.is_cue("leaving", verb) {
        Phase::Ends
    } else if tree.is_cue("choosing", verb) {
        Phase::Chosen
    } else if tree.is_cue("holding", verb) || tree.is_cue("having", verb) {
        if is_over(tree, verb) { Phase::Held } else { Phase::Holds }
    } else if tree.is_cue("taking", verb) || tree.is_cue("placing", verb) {
        Phase::Begins
    } else {
        Phase::Holds
    }
}

/// Whether a verb stands in a past that is over: "was", "had been", "previously
/// worked", but not "has been", nor "was" behind "said".
fn is_over(tree: &Tree<'_>, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        if tree.children_by(at, &["advmod"]).any(|a| tree.is_cue("former", a)) {
            return true;
        }
        let auxiliaries: Vec<usize> = tree.children_by(at, &["aux", "auxpass"]).collect();
        if let Some(&first) = auxiliaries.first() {
            return tree.token(first).tag == "VBD" && !is_reported(tree, at);
        }
        match tree.token(at).tag.as_str() {
            "VBD" => return !is_reported(tree, at),
            "VBZ" | "VBP" | "MD" => return false,
            _ => {}
        }
        match tree.head(at) {
            Some(above) if tree.is_verb(above) => at = above,
            Some(above) if matches!(tree.token(above).upos, "ADP" | "SCONJ") => {
                match tree.head(above) {
                    Some(verb) if tree.is_verb(verb) => at = verb,
                    _ => return false,
                }
            }
            _ => return false,
        }
    }
    false
}

/// Whether a clause is what somebody said: its past may be the present then.
fn is_reported(tree: &Tree<'_>, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        let Some(above) = tree.head(at) else { return false };
        if tree.deprel(at) == "ccomp" && tree.is_verb(above) && tree.is_cue("reporting", above) {
            return true;
        }
        at = above;
    }
    false
}
