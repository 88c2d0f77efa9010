//! What is known about names that English news writes: the tables as text.
//!
//! `SOURCES.md` beside them says where each comes from. They are read by
//! `resolve`; nothing here interprets them.

/// Nicknames and the given names they stand for: `nickname,names` with `|`
/// between the names. A hit means compatible, never the same.
pub const NICKNAMES: &str = include_str!("nicknames.csv");

/// Words of personal names that are not names: `word,kind,canonical`.
///
/// Kinds: `title` (heads a title), `part` and `link` (stand in a title before
/// its head), `honorific` (may be left out), `maybe` (an honorific that is also
/// a name), `son` ("bin"), `particle` and `article` (stand before a surname),
/// `suffix` (tells generations apart), `degree`, `man` and `woman` (who is
/// addressed so), `common` (a name that tells little), `frequent` (a name that
/// two people of one full name may well both bear) and `canonical` (a spelling
/// of the name in the third column).
pub const WORDS: &str = include_str!("words.csv");

/// Short names of other languages, and given names that are translated, in the
/// same form: `nickname,names`. Written by hand.
pub const SHORT_NAMES: &str = include_str!("short_names.csv");

/// Letters that stand for one another: `a,b,where,cost,note`, at `any` place,
/// at the `start` or the `end` of a word. A whole wrong letter costs 1.
pub const SPELLING: &str = include_str!("spelling.csv");

/// Words of names of bodies: `word,kind,canonical`.
///
/// Kinds: `stop` (passed over), `filler` (passed over, but not by initials),
/// `generic` (says little about a company), `public` (says little about a public
/// body), `body` and `institution` (what kind of public or other body it is),
/// `compass`, `abbreviation`, `spelling`, `number` and `roman` (a numeral).
pub const ORGANIZATIONS: &str = include_str!("organizations.csv");

/// Legal forms of companies: `form,canonical,kind`.
pub const LEGAL_FORMS: &str = include_str!("legal_forms.csv");
