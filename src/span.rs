//! A place in a text: the only pointer into it, and the only slicer of it.

use std::fmt;

/// A half-open range of bytes in the text of one document.
///
/// Offsets inside the program are bytes of UTF-8; `record` converts them to
/// Unicode scalar values where rows are written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    // Invariant: start <= end.
    start: u32,
    end: u32,
}

impl Span {
    /// Returns the span from `start` (included) to `end` (excluded), in bytes.
    ///
    /// # Panics
    /// Panics if `start > end`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span ends at {end} before it starts at {start}");
        Self { start: start as u32, end: end as u32 }
    }

    /// The offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset behind the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, moved `by` bytes to the right.
    #[must_use]
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by as u32, end: self.end + by as u32 }
    }

    /// The text at this span; empty if the span does not lie on character
    /// boundaries of `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Converts between byte offsets and counts of Unicode scalar values in one
/// text, which are what rows and graph files give (a Python slice takes them).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScalarOffsets<'a> {
    text: &'a str,
    // Invariant: `marks[i]` is the number of scalar values that start before
    // byte `i * STEP`.
    marks: Vec<u32>,
}

/// The distance of the marks of [`ScalarOffsets`], in bytes.
const STEP: usize = 512;

impl<'a> ScalarOffsets<'a> {
    /// Returns the table of a text.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut before = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(before);
            before += scalars_in(chunk);
        }
        if text.len().is_multiple_of(STEP) {
            marks.push(before);
        }
        Self { text, marks }
    }

    /// The number of scalar values before a byte offset. An offset behind the
    /// text counts as its end, one inside of a character as behind it.
    pub fn scalar(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let mark = byte / STEP;
        let rest = self.text.as_bytes().get(mark * STEP..byte).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or(0) + scalars_in(rest)
    }

    /// The byte offset at which the scalar value of that number starts, or the
    /// end of the text if it has fewer.
    pub fn byte(&self, scalar: u32) -> usize {
        let mark = self.marks.partition_point(|&before| before <= scalar).saturating_sub(1);
        let mut before = self.marks.get(mark).copied().unwrap_or(0);
        let start = mark * STEP;
        for (at, byte) in self.text.as_bytes().iter().enumerate().skip(start) {
            if starts_scalar(*byte) {
                if before == scalar {
                    return at;
                }
                before += 1;
            }
        }
        self.text.len()
    }

    /// Both ends of a span, as counts of scalar values.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.scalar(span.start()), self.scalar(span.end()))
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn scalars_in(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| starts_scalar(**byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scalar_values_as_a_walk_over_the_text_does() {
        let long = "aé\u{6A9}😀\n".repeat(400);
        for text in ["", "a", "é", &long, &"x".repeat(STEP), &"x".repeat(2 * STEP + 1)] {
            let offsets = ScalarOffsets::new(text);
            let mut count = 0;
            for (scalar, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.scalar(byte) as usize, scalar);
                assert_eq!(offsets.byte(scalar as u32), byte);
                count = scalar + 1;
            }
            assert_eq!(offsets.scalar(text.len()) as usize, count);
            assert_eq!(offsets.byte(count as u32), text.len());
            assert_eq!(offsets.byte(u32::MAX), text.len());
        }
    }
}
