//! Phrases found in text: the longest one that starts at a place.

use std::collections::HashMap;

/// How the letters of a phrase and of the text must agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// Letter by letter, or the whole phrase in capitals ("LONDON").
    Name,
    /// Letter by letter ("FO").
    Exact,
    /// In any case.
    Any,
}

/// A set of phrases, each with a value.
#[derive(Debug)]
pub struct Phrases<T> {
    forms: Vec<Form<T>>,
    // Invariant: indices into `forms`, the longest form first.
    by_first: HashMap<String, Vec<u32>>,
}

#[derive(Debug)]
struct Form<T> {
    text: Box<str>,
    case: Case,
    value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { forms: Vec::new(), by_first: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase; of two with the same letters the later is found first.
    pub fn insert(&mut self, text: &str, case: Case, value: T) {
        let form = self.forms.len() as u32;
        self.forms.push(Form { text: text.into(), case, value });
        let length = |form: u32| self.forms.get(form as usize).map_or(0, |f| f.text.len());
        let list = self.by_first.entry(first_word(text).to_lowercase()).or_default();
        let at = list.partition_point(|&old| length(old) > text.len());
        list.insert(at, form);
    }

    /// The phrases that start at a byte of the text and end where `is_end`
    /// says that a token ends, the longest first: their ends and values.
    pub fn starting_at<'s>(
        &'s self,
        text: &str,
        at: usize,
        is_end: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, &'s T)> {
        let rest = text.get(at..).unwrap_or("");
        let list = self.by_first.get(lowercase(first_word(rest)).as_ref());
        list.into_iter().flatten().filter_map(move |&form| {
            let form = self.forms.get(form as usize)?;
            let end = at + agree(rest, &form.text, form.case)?;
            is_end(end).then_some((end, &form.value))
        })
    }

    /// The value of a phrase that is exactly `text`.
    pub fn get(&self, text: &str) -> Option<&T> {
        self.starting_at(text, 0, |end| end == text.len()).next().map(|(_, value)| value)
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

/// The text in lower case, without a copy where it is so already.
pub fn lowercase(text: &str) -> std::borrow::Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        text.into()
    } else {
        text.to_lowercase().into()
    }
}

/// The letters and digits that a text starts with; its first character if
/// that is none.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    text.get(..end).unwrap_or("")
}

/// How many bytes at the start of `text` agree with `form`, if it does. A
/// blank of the form stands for blanks and one line break, an apostrophe for
/// both kinds.
fn agree(text: &str, form: &str, case: Case) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (mut exact, mut capitals, mut letters) = (true, true, 0);
    for wanted in form.chars() {
        let (_, found) = chars.next()?;
        if wanted == ' ' {
            if !found.is_whitespace() {
                return None;
            }
            let mut lines = usize::from(found == '\n');
            while let Some(&(_, next)) = chars.peek() {
                if !next.is_whitespace() {
                    break;
                }
                lines += usize::from(next == '\n');
                chars.next();
            }
            if lines > 1 {
                return None;
            }
        } else if wanted != found && !(wanted == '\'' && matches!(found, '’' | '‘' | '`')) {
            if !wanted.to_lowercase().eq(found.to_lowercase()) {
                return None;
            }
            exact = false;
        }
        if found.is_alphabetic() {
            letters += 1;
            capitals &= !found.is_lowercase();
        }
    }
    let agrees = match case {
        Case::Any => true,
        Case::Exact => exact,
        Case::Name => exact || (capitals && letters > 3),
    };
    agrees.then(|| chars.peek().map_or(text.len(), |&(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_longest_phrase() {
        let mut phrases = Phrases::default();
        phrases.insert("New York", Case::Name, 1);
        phrases.insert("New York City", Case::Name, 2);
        phrases.insert("WHO", Case::Exact, 3);
        phrases.insert("prime minister", Case::Any, 4);
        phrases.insert("Cote d'Ivoire", Case::Name, 5);
        let find = |text: &str| {
            phrases
                .starting_at(text, 0, |end| {
                    !text.get(end..).unwrap_or("").starts_with(char::is_alphanumeric)
                })
                .next()
                .map(|(end, &value)| (end, value))
        };
        assert_eq!(find("New York City"), Some((13, 2)));
        assert_eq!(find("New York, May 4"), Some((8, 1)));
        assert_eq!(find("NEW YORK"), Some((8, 1)));
        assert_eq!(find("new york"), None);
        assert_eq!(find("New\nYork"), Some((8, 1)));
        assert_eq!(find("New\n\nYork"), None);
        assert_eq!(find("who"), None);
        assert_eq!(find("Prime Minister"), Some((14, 4)));
        assert_eq!(find("Cote d’Ivoire"), Some((15, 5)));
        assert_eq!(find("New Yorker"), None);
    }
}
