//! Places where two sentences, or an article's paragraphs, stand with no blank
//! between them ("… to the talks.The minister …"), and where long stretches
//! may be cut.

use std::sync::LazyLock;

use regex::Regex;

use super::rules::Rules;

/// How far a word, or a run of non-blank characters, is looked at.
const REACH: usize = 80;

/// The offsets at which a text must be cut because two sentences are glued.
pub(super) fn seams(text: &str, rules: &Rules) -> Vec<usize> {
    static SEAM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"[\p{L}\p{N}%)\]"'”’»](?P<stop>[.!?…]+)(?P<close>["'”’»)\]]*)(?P<open>[“‘«(\[]*)\p{Lu}"#,
        )
        .unwrap_or_else(|e| panic!("the seam pattern is broken: {e}"))
    });
    let mut seams = Vec::new();
    let mut from = 0;
    while let Some(found) = SEAM.captures_at(text, from) {
        let (Some(whole), Some(stop), Some(close), Some(open)) =
            (found.get(0), found.name("stop"), found.name("close"), found.name("open"))
        else {
            break;
        };
        // The capital may itself begin the next seam.
        from = open.end();
        let head = before(text, stop.start());
        let tail = after(text, open.end());
        if !is_seam(head, stop.as_str(), tail, rules) {
            continue;
        }
        debug_assert!(whole.start() < stop.start());
        let mut cut = close.end();
        if let Some(quote) = close.as_str().chars().last().filter(|c| matches!(c, '"' | '\'')) {
            // A straight quote closes if one is open, and opens otherwise.
            let since = seams.last().copied().unwrap_or(0);
            let window = text.get(since..stop.start()).unwrap_or("");
            if window.chars().filter(|&c| c == quote).count() % 2 == 0 {
                cut -= 1;
            }
        }
        seams.push(cut);
    }
    seams
}

/// Whether a full stop between `head` and the capital that begins `tail` ends
/// a sentence.
fn is_seam(head: &str, stop: &str, tail: &str, rules: &Rules) -> bool {
    let chunk = head.rsplit(char::is_whitespace).next().unwrap_or("");
    let rest = tail.split(char::is_whitespace).next().unwrap_or("");
    if [chunk, rest].iter().any(|part| {
        part.contains("://")
            || part.ends_with("www")
            || part.contains("www.")
            || part.contains(['@', '_', '\\', '='])
    }) {
        return false;
    }
    let next: &str = word_at_start(rest);
    let behind_next = rest.get(next.len()..).unwrap_or("").chars().next();
    let next_is_word = next.chars().nth(1).is_some_and(char::is_lowercase)
        || next.chars().count() >= 2
        || (matches!(next, "A" | "I") && behind_next != Some('.'));
    let titlecase = next.chars().nth(1).is_some_and(char::is_lowercase)
        || matches!(next, "A" | "I") && behind_next != Some('.');
    let last = head.chars().next_back().unwrap_or(' ');
    if matches!(last, ')' | ']' | '"' | '”' | '’' | '\'' | '»' | '%') {
        return next_is_word;
    }
    if !stop.starts_with('.') || stop.len() > 1 {
        // Nothing but a sentence ends in "!", "?" or dots; a brand may.
        return next_is_word && titlecase;
    }
    let word = word_at_end(head);
    let letters = word.chars().count();
    if rules.abbreviations.contains(word) {
        return false;
    }
    if last.is_numeric() {
        return titlecase && letters >= 2 && !chunk.contains('.');
    }
    let first = word.chars().next().unwrap_or(' ');
    if first.is_lowercase() {
        // "e.g.The", "p.m.The" and "node.Js" have a stop or one letter before.
        return letters >= 2 && next_is_word && !chunk.contains('.');
    }
    if last.is_lowercase() {
        return letters >= 3 && next_is_word && !is_domain(next, behind_next);
    }
    letters >= 3 && titlecase && !is_domain(next, behind_next)
}

/// Whether a word is the end of a host name, as in "Example.Com".
fn is_domain(word: &str, behind: Option<char>) -> bool {
    const DOMAINS: [&str; 14] = [
        "com", "org", "net", "gov", "edu", "int", "co", "uk", "pk", "in", "io", "js", "tv", "info",
    ];
    DOMAINS.contains(&word.to_lowercase().as_str()) || behind == Some('/')
}

/// The offsets at which a text longer than `most` bytes is cut into pieces: at
/// the last end of a sentence in reach, else at the last blank, else between
/// two characters.
pub(super) fn cuts(text: &str, most: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while text.len() - start > most {
        let end = floor(text, start + most);
        let window = text.get(start..end).unwrap_or("");
        // Look back over a tenth of the piece for a sentence's end.
        let near = floor(window, window.len() - most / 10);
        let tail = window.get(near..).unwrap_or("");
        let sentence = tail
            .char_indices()
            .filter(|&(at, c)| {
                c.is_whitespace()
                    && tail.get(..at).is_some_and(|head| {
                        head.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?'])
                    })
            })
            .map(|(at, _)| near + at)
            .next_back();
        let cut = sentence
            .or_else(|| window.rfind(char::is_whitespace).filter(|&at| at > 0))
            .unwrap_or(window.len());
        start += cut;
        cuts.push(start);
    }
    cuts
}

/// The largest character boundary that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn before(text: &str, at: usize) -> &str {
    let from = floor(text, at.saturating_sub(REACH));
    text.get(from..at).unwrap_or("")
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..floor(text, at + REACH)).unwrap_or("")
}

/// The letters or digits that a text ends in.
pub(super) fn word_at_end(text: &str) -> &str {
    let len: usize =
        text.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    text.get(text.len() - len..).unwrap_or("")
}

/// The letters or digits that a text begins with.
fn word_at_start(text: &str) -> &str {
    let len: usize = text.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    text.get(..len).unwrap_or("")
}

/// The sentences of a line, roughly: enough to find a notice that stands
/// behind or before real text.
pub(super) fn sentence_starts(text: &str, rules: &Rules) -> Vec<usize> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"[.!?…]["”’')\]]*\s+["“‘(]?[\p{Lu}\p{N}]"#)
            .unwrap_or_else(|e| panic!("the sentence pattern is broken: {e}"))
    });
    let mut starts = vec![0];
    for found in END.find_iter(text) {
        let head = before(text, found.start());
        let word = word_at_end(head);
        // "the U.S. Embassy"
        if rules.abbreviations.contains(word) || word.chars().count() == 1 {
            continue;
        }
        let gap: usize = found
            .as_str()
            .char_indices()
            .skip_while(|(_, c)| !c.is_whitespace())
            .find(|(_, c)| !c.is_whitespace())
            .map_or(0, |(at, _)| at);
        starts.push(found.start() + gap);
    }
    starts
}
