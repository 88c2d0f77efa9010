//! The notation by which the ontology says how a language words a relation.
//!
//! A pattern names a trigger word and the places around it, in the dependency
//! tree, where the ends of the relation stand:
//!
//! ```text
//! meet/v subj=S obj|with=O            "S met O", "O was met by S", "S, who met with O"
//! meeting|talk/n subj=S with=O        "S held talks with O", "S's meeting with O"
//! talk/n between=S+O                  "talks between S and O"
//! contribute/v subj=S obj=A? to=O     "S contributed $5m to O"
//! spokesperson/office holder=S of=O   "O spokesperson S"
//! /name holder=S of=O:Organization    "S of O"
//! /name holder=S:City appos=O:Country "S, O"
//! ```
//!
//! The trigger is one or more lemmas and a part of speech: `v` verb, `n` noun,
//! `a` adjective, `office` a title that a person holds (no lemma: any title),
//! `name` a name, which has no lemma; what stands right behind it fills the slots,
//! `appos` behind a comma.
//! `%class` stands for the words of the cue class `lex:class`, and `*` for any
//! other noun behind "serves as". Then follow slots, `roles=fill`. A role is
//! `subj`, `obj`, `iobj`, `holder`, a clause (`ccomp`, `xcomp`, `purpose` for an
//! infinitive of purpose), `arg` (any object or complement, in the order of the
//! text) or a preposition; they are logical, so that passives, relative
//! clauses, control, light verbs and coordination need no pattern of their own.
//! A dot walks on from there: `ccomp.subj` is the subject of what is said. What
//! fills: `S` subject, `O` object, `S+O` both (two things at least), `A` an
//! amount of money; `:Class` narrows the class, `?` makes it optional, `~`
//! reaches through a thing to the one whose it is ("condemned the decision of
//! O"), and `^` to where it is as well ("attacked a base in O"); `^^` names that
//! place beside people without a name ("fed refugees in O"). A requirement
//! `roles(lemmas)` asks for a word in that role, `+roles` for any word,
//! `!roles(lemmas)` for none of these words and `!roles` for none at all.
//! Conditions are words after `@`: `@planned` asks for a claim that is not yet
//! true, `@passive` for a passive trigger, `@dated` for one that the text dates
//! to days, `@predicate` for a noun that says what the subject is, `@refused`
//! for what somebody will not do, which is then said as something that happened,
//! `@also` for what a title says besides what another pattern takes it for: who
//! leads a party is a member of it, too.

use std::fmt;

/// The part of speech of a trigger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TriggerKind {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
    /// A title that a person holds.
    Office,
    /// A name.
    Name,
}

/// A place around a trigger where something stands, in logical terms.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Who does it.
    Subject,
    /// Whom or what it is done to.
    Object,
    /// To whom something is given, without a preposition.
    Indirect,
    /// Who holds the office.
    Holder,
    /// Whatever the word takes as object or complement.
    Argument,
    /// What it is done for: an infinitive that hangs on it or on its object.
    Purpose,
    /// A child with this label of the tree: a clause, particle or adverb.
    Child(&'static str),
    /// What stands behind this preposition.
    Preposition(String),
    /// One role after the other: the subject of the clause.
    Path(Vec<Role>),
}

impl Role {
    /// The labels of dependencies that a pattern may name.
    pub const DEPENDENCIES: [&'static str; 15] = [
        "prt", "advmod", "ccomp", "xcomp", "oprd", "acomp", "attr", "aux", "acl", "amod",
        "compound", "advcl", "poss", "appos", "neg",
    ];

    /// The roles one after the other, for a path; otherwise the role itself.
    pub fn steps(&self) -> &[Self] {
        match self {
            Self::Path(steps) => steps,
            _ => std::slice::from_ref(self),
        }
    }
}

/// What fills a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fill {
    /// The claim's subject.
    Subject,
    /// The claim's object.
    Object,
    /// Subject and object: two or more things side by side.
    Both,
    /// An amount of money.
    Amount,
}

/// How far a slot reaches through a thing that cannot fill it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Not at all.
    Direct,
    /// To whose it is or who made it.
    Owner,
    /// To its owner, and otherwise to where it is.
    Place,
    /// To where it is as well, even if it can stand there, unless it has a name.
    Also,
}

/// One `roles=fill` of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Where to look, in this order.
    pub roles: Vec<Role>,
    /// What stands there.
    pub fill: Fill,
    /// The class it must have, besides the relation's domain or range.
    pub class: Option<String>,
    /// Whether the pattern holds without it.
    pub optional: bool,
    /// What a thing that cannot stand here gives way to.
    pub reach: Reach,
}

/// One `roles(lemmas)` or `!roles` of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requirement {
    /// Where to look.
    pub roles: Vec<Role>,
    /// The lemmas, one of which is meant; none at all for any word.
    pub lemmas: Vec<String>,
    /// Whether such a word must not stand there, rather than must.
    pub forbids: bool,
}

/// A condition on the claim as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// The text says that it is yet to come.
    Planned,
    /// The trigger is a passive.
    Passive,
    /// The text dates it to days, a month's worth at most.
    Dated,
    /// The text says that it will not be done.
    Refused,
    /// The trigger says what its subject is: "is a member", "Acme, a member".
    Predicate,
    /// A title says it besides what another pattern takes the title for.
    Also,
}

/// One way to word a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    /// The pattern as the ontology has it; it is also its name.
    pub text: String,
    /// The lemmas of the trigger, lower case; empty only for offices.
    pub lemmas: Vec<String>,
    /// The trigger's part of speech.
    pub kind: TriggerKind,
    /// The slots.
    pub slots: Vec<Slot>,
    /// The requirements.
    pub requirements: Vec<Requirement>,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// A pattern could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("in pattern \"{pattern}\": \"{part}\" {problem}")]
pub struct PatternError {
    /// The whole pattern.
    pub pattern: String,
    /// The word of it that is wrong.
    pub part: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl Pattern {
    /// Reads a pattern in the notation of this module.
    pub fn read(text: &str) -> Result<Self, PatternError> {
        let error = |part: &str, problem| PatternError {
            pattern: text.to_owned(),
            part: part.to_owned(),
            problem,
        };
        let mut words = text.split_whitespace();
        let trigger = words.next().unwrap_or("");
        let Some((lemmas, kind)) = trigger.rsplit_once('/') else {
            return Err(error(trigger, "is no trigger such as `meet/v`"));
        };
        let kind = match kind {
            "v" => TriggerKind::Verb,
            "n" => TriggerKind::Noun,
            "a" => TriggerKind::Adjective,
            "office" => TriggerKind::Office,
            "name" => TriggerKind::Name,
            _ => return Err(error(trigger, "ends in none of /v /n /a /office /name")),
        };
        let lemmas = alternatives(lemmas);
        let wants_word = !matches!(kind, TriggerKind::Office | TriggerKind::Name);
        if lemmas.is_empty() && wants_word {
            return Err(error(trigger, "names no word"));
        }
        let mut pattern = Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            lemmas,
            kind,
            slots: Vec::new(),
            requirements: Vec::new(),
            conditions: Vec::new(),
        };
        for word in words {
            if let Some(condition) = word.strip_prefix('@') {
                pattern.conditions.push(match condition {
                    "planned" => Condition::Planned,
                    "passive" => Condition::Passive,
                    "dated" => Condition::Dated,
                    "refused" => Condition::Refused,
                    "predicate" => Condition::Predicate,
                    "also" => Condition::Also,
                    _ => return Err(error(word, "is no condition such as @planned")),
                });
            } else if let Some(forbidden) = word.strip_prefix('!') {
                let (roles, lemmas) = match forbidden.split_once('(') {
                    Some((roles, lemmas)) => {
                        let Some(lemmas) = lemmas.strip_suffix(')') else {
                            return Err(error(word, "opens a bracket and does not close it"));
                        };
                        (roles, alternatives(lemmas))
                    }
                    None => (forbidden, Vec::new()),
                };
                let roles = read_roles(roles);
                pattern.requirements.push(Requirement { roles, lemmas, forbids: true });
            } else if let Some(roles) = word.strip_prefix('+') {
                let roles = read_roles(roles);
                pattern.requirements.push(Requirement {
                    roles,
                    lemmas: Vec::new(),
                    forbids: false,
                });
            } else if let Some((roles, fill)) = word.split_once('=') {
                pattern.slots.push(
                    read_slot(roles, fill)
                        .ok_or_else(|| error(word, "fills none of S, O, S+O, A"))?,
                );
            } else if let Some((roles, lemmas)) =
                word.strip_suffix(')').and_then(|word| word.split_once('('))
            {
                let lemmas = alternatives(lemmas);
                if lemmas.is_empty() {
                    return Err(error(word, "requires no word"));
                }
                let roles = read_roles(roles);
                pattern.requirements.push(Requirement { roles, lemmas, forbids: false });
            } else {
                return Err(error(word, "is neither slot, requirement nor condition"));
            }
        }
        let fills = |fill| pattern.slots.iter().any(|slot| slot.fill == fill);
        if !(fills(Fill::Both) || fills(Fill::Subject) && fills(Fill::Object)) {
            return Err(error(trigger, "has no slot for subject and object"));
        }
        Ok(pattern)
    }
}

fn alternatives(text: &str) -> Vec<String> {
    text.split('|').filter(|word| !word.is_empty()).map(|word| word.replace('_', " ")).collect()
}

fn read_roles(text: &str) -> Vec<Role> {
    alternatives(text)
        .iter()
        .map(|role| match role.split_once('.') {
            None => read_role(role),
            Some(_) => Role::Path(role.split('.').map(read_role).collect()),
        })
        .collect()
}

fn read_role(role: &str) -> Role {
    match role {
        "subj" => Role::Subject,
        "obj" => Role::Object,
        "iobj" => Role::Indirect,
        "holder" => Role::Holder,
        "arg" => Role::Argument,
        "purpose" => Role::Purpose,
        _ => match Role::DEPENDENCIES.iter().find(|label| **label == role) {
            Some(label) => Role::Child(label),
            None => Role::Preposition(role.to_owned()),
        },
    }
}

fn read_slot(roles: &str, fill: &str) -> Option<Slot> {
    let (fill, optional) = match fill.strip_suffix('?') {
        Some(fill) => (fill, true),
        None => (fill, false),
    };
    let reaches = [("~", Reach::Owner), ("^^", Reach::Also), ("^", Reach::Place)];
    let (fill, reach) = reaches
        .into_iter()
        .find_map(|(mark, reach)| Some((fill.strip_suffix(mark)?, reach)))
        .unwrap_or((fill, Reach::Direct));
    let (fill, class) = match fill.split_once(':') {
        Some((fill, class)) => (fill, Some(class.to_owned())),
        None => (fill, None),
    };
    let fill = match fill {
        "S" => Fill::Subject,
        "O" => Fill::Object,
        "S+O" => Fill::Both,
        "A" => Fill::Amount,
        _ => return None,
    };
    Some(Slot { roles: read_roles(roles), fill, class, optional, reach })
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_patterns() {
        let pattern = Pattern::read("meet|greet/v subj=S obj|with=O:Person").expect("a pattern");
        assert_eq!(pattern.lemmas, ["meet", "greet"]);
        assert_eq!(pattern.slots[1].roles, [Role::Object, Role::Preposition("with".to_owned())]);
        assert_eq!(pattern.slots[1].class.as_deref(), Some("Person"));
        let pattern =
            Pattern::read("give/v subj=S obj=A? to|iobj=O @planned !on").expect("a pattern");
        assert!(pattern.slots[1].optional);
        assert_eq!(pattern.conditions, [Condition::Planned]);
        let pattern = Pattern::read("say/v subj=S ccomp.subj=O~ !obj(no|thing) ccomp.aux(must)")
            .expect("a pattern");
        assert_eq!(pattern.slots[1].reach, Reach::Owner);
        let path = Role::Path(vec![Role::Child("ccomp"), Role::Subject]);
        assert_eq!(pattern.slots[1].roles, [path]);
        assert!(pattern.requirements[0].forbids && !pattern.requirements[1].forbids);
        assert_eq!(pattern.requirements[0].lemmas, ["no", "thing"]);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, part) in [
            ("", ""),
            ("meet subj=S obj=O", "meet"),
            ("meet/x subj=S obj=O", "meet/x"),
            ("/v subj=S obj=O", "/v"),
            ("meet/v subj=S", "meet/v"),
            ("meet/v subj=S obj=Q", "obj=Q"),
            ("meet/v subj=S obj=O @soon", "@soon"),
            ("meet/v subj=S obj=O in()", "in()"),
            ("meet/v subj=S obj=O !in(the", "!in(the"),
            ("meet/v subj=S obj=O extra", "extra"),
        ] {
            let error = Pattern::read(text).expect_err(text);
            assert_eq!(error.part, part);
        }
    }
}
