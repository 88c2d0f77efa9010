//! Pattern text to tree.

use super::PatternError;
use super::set::{Class, Set};

/// A node of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    /// Nothing.
    Empty,
    /// One character of a set.
    One(Set),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B` if `true`.
    Boundary(bool),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first that matches.
    Choice(Vec<Node>),
    /// A node several times.
    Repeat { node: Box<Node>, least: usize, most: Option<usize>, lazy: bool },
    /// Look-ahead or look-behind.
    Look { node: Box<Node>, behind: bool, negated: bool },
}

// Groups nested deeper than this are refused rather than risk the stack.
const DEEPEST: usize = 100;

// Counted repetition is unrolled, so its count is limited.
const MOST_REPEATS: usize = 1000;

/// Reads a pattern.
pub(super) fn parse(source: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { text: source.chars().collect(), at: 0, depth: 0 };
    // Every pattern is over Unicode text.
    if source.starts_with("(?u)") {
        parser.at = 4;
    }
    let node = parser.choice()?;
    if parser.at < parser.text.len() {
        return Err(parser.error("unmatched ')'"));
    }
    Ok(node)
}

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn choice(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("groups are nested too deeply"));
        }
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let atom = self.atom()?;
            nodes.push(self.repeat(atom)?);
        }
        Ok(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        let Some(c) = self.next() else {
            return Err(self.error("unexpected end"));
        };
        Ok(match c {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::One(Set::any()),
            '[' => Node::One(self.set()?),
            '(' => self.group()?,
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(self.error("nothing to repeat")),
            _ => Node::One(Set::single(c)),
        })
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let mut look = None;
        if self.take('?') {
            let kind = self.next();
            let behind = kind == Some('<');
            let kind = if behind { self.next() } else { kind };
            look = match kind {
                Some('=') => Some((behind, false)),
                Some('!') => Some((behind, true)),
                Some(':') if !behind => None,
                _ => return Err(self.error("this kind of group is not supported")),
            };
        }
        let node = self.choice()?;
        if !self.take(')') {
            return Err(self.error("missing ')'"));
        }
        Ok(match look {
            Some((behind, negated)) => Node::Look { node: Box::new(node), behind, negated },
            None => node,
        })
    }

    fn repeat(&mut self, node: Node) -> Result<Node, PatternError> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts()? {
                Some(counts) => counts,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        // The sign, or the brace that closes the counts.
        self.at += 1;
        if matches!(node, Node::Start | Node::End | Node::Boundary(_) | Node::Look { .. }) {
            return Err(self.error("nothing to repeat"));
        }
        let lazy = self.take('?');
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(self.error("multiple repeat"));
        }
        Ok(Node::Repeat { node: Box::new(node), least, most, lazy })
    }

    /// Reads `{m}`, `{m,}`, `{,n}` or `{m,n}` up to, not including, the brace
    /// that closes it. Anything else in braces is plain text, as in Python.
    fn counts(&mut self) -> Result<Option<(usize, Option<usize>)>, PatternError> {
        let rest = &self.text[self.at + 1..];
        let Some(close) = rest.iter().position(|c| *c == '}') else {
            return Ok(None);
        };
        let body: String = rest[..close].iter().collect();
        let (least, most) = body.split_once(',').unwrap_or((&body, &body));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if body.is_empty() || !digits(least) || !digits(most) {
            return Ok(None);
        }
        let number = |s: &str| s.parse().unwrap_or(usize::MAX);
        let least = if least.is_empty() { 0 } else { number(least) };
        let most = if most.is_empty() { None } else { Some(number(most)) };
        if least > MOST_REPEATS || most.is_some_and(|most| most > MOST_REPEATS || most < least) {
            return Err(self.error("repetition count out of range"));
        }
        self.at += 1 + close;
        Ok(Some((least, most)))
    }

    fn escape(&mut self) -> Result<Node, PatternError> {
        let Some(c) = self.peek() else {
            return Err(self.error("'\\' at the end"));
        };
        if c == 'b' || c == 'B' {
            self.at += 1;
            return Ok(Node::Boundary(c == 'B'));
        }
        Ok(Node::One(match self.escaped()? {
            Escaped::Char(c) => Set::single(c),
            Escaped::Class(class, negated) => Set::class(class, negated),
        }))
    }

    fn escaped(&mut self) -> Result<Escaped, PatternError> {
        let Some(c) = self.next() else {
            return Err(self.error("'\\' at the end"));
        };
        Ok(match c {
            'd' => Escaped::Class(Class::Digit, false),
            'D' => Escaped::Class(Class::Digit, true),
            'w' => Escaped::Class(Class::Word, false),
            'W' => Escaped::Class(Class::Word, true),
            's' => Escaped::Class(Class::Space, false),
            'S' => Escaped::Class(Class::Space, true),
            'n' => Escaped::Char('\n'),
            't' => Escaped::Char('\t'),
            'r' => Escaped::Char('\r'),
            'f' => Escaped::Char('\u{C}'),
            'v' => Escaped::Char('\u{B}'),
            'a' => Escaped::Char('\u{7}'),
            'x' => Escaped::Char(self.code(2)?),
            'u' => Escaped::Char(self.code(4)?),
            'U' => Escaped::Char(self.code(8)?),
            _ if c.is_ascii_alphanumeric() => return Err(self.error("unknown escape")),
            _ => Escaped::Char(c),
        })
    }

    fn code(&mut self, digits: usize) -> Result<char, PatternError> {
        let mut code = 0;
        for _ in 0..digits {
            let digit = self.next().and_then(|c| c.to_digit(16));
            let Some(digit) = digit else {
                return Err(self.error("incomplete escape"));
            };
            code = code * 16 + digit;
        }
        char::from_u32(code).ok_or_else(|| self.error("not a character"))
    }

    fn set(&mut self) -> Result<Set, PatternError> {
        let mut set = Set::default();
        let negated = self.take('^');
        let mut first = true;
        loop {
            let Some(c) = self.next() else {
                return Err(self.error("missing ']'"));
            };
            let low = match c {
                ']' if !first => break,
                '\\' if self.peek() == Some('b') => {
                    self.at += 1;
                    Escaped::Char('\u{8}')
                }
                '\\' => self.escaped()?,
                _ => Escaped::Char(c),
            };
            first = false;
            let is_range = self.peek() == Some('-')
                && self.text.get(self.at + 1).is_some_and(|next| *next != ']');
            match low {
                Escaped::Char(low) if is_range => {
                    self.at += 1;
                    let high = match self.next() {
                        Some('\\') => self.escaped()?,
                        Some(c) => Escaped::Char(c),
                        None => return Err(self.error("missing ']'")),
                    };
                    match high {
                        Escaped::Char(high) if low <= high => set.add_range(low, high),
                        _ => return Err(self.error("bad range in a set")),
                    }
                }
                Escaped::Char(c) => set.add_range(c, c),
                Escaped::Class(class, negated) => set.add_class(class, negated),
            }
        }
        set.seal(negated);
        Ok(set)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn error(&self, reason: &'static str) -> PatternError {
        PatternError { at: self.at, reason }
    }
}

enum Escaped {
    Char(char),
    Class(Class, bool),
}
