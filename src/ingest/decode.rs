//! Bytes to text: which encoding, and whether it is text at all.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::ingest::peek::Peek;

/// Data that is no text, with a name for what it looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binary(pub Option<&'static str>);

/// First bytes of formats that people mistake for text.
const MAGIC: [(&[u8], &str); 14] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1F\x8B", "a gzip archive within a gzip archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7FELF", "a program"),
];

/// Returns what data is if it is not text.
///
/// Control characters make up about a tenth of compressed data and none of an
/// article; more than one in a hundred is taken for binary data, so that a
/// stray one does no harm.
pub fn binary(head: &[u8]) -> Option<Binary> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(Binary(Some(kind)));
    }
    if bom(head).is_some() || wide(head).is_some() {
        return None;
    }
    let control = |byte: &&u8| **byte < b' ' && !b"\t\n\r\x0B\x0C\x1B".contains(byte);
    let controls = head.iter().filter(control).count();
    (controls * 100 > head.len()).then_some(Binary(None))
}

/// The encoding that a byte order mark names, and the length of the mark.
fn bom(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head)
}

/// UTF-16 without a byte order mark, by the zero bytes that it puts beside
/// Latin letters, blanks and line ends.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len().min(4096) & !1)?;
    let (mut even, mut odd) = (0, 0);
    for pair in head.as_chunks::<2>().0 {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    if pairs < 4 {
        None
    } else if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that bytes are in. `whole` says that nothing follows them.
pub fn encoding(head: &[u8], whole: bool) -> &'static Encoding {
    if let Some((encoding, _)) = bom(head) {
        return encoding;
    }
    if let Some(encoding) = wide(head) {
        return encoding;
    }
    // Valid sequences of several bytes hardly come about by chance, so text
    // with many of them is UTF-8 even where some bytes are broken.
    let (mut valid, mut broken) = (0, 0);
    let mut chunks = head.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut = chunks.peek().is_none() && !whole && chunk.invalid().len() < 4;
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    if broken == 0 || broken * 20 < valid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, whole);
    detector.guess(None, Utf8Detection::Allow)
}

/// A text out of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding it was in.
    pub encoding: &'static Encoding,
    /// Whether bytes were replaced by U+FFFD.
    pub replaced: bool,
}

/// Decodes a whole text that is in a given encoding, or in the one detected.
pub fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{FEFF}') && wide(text.as_bytes()).is_none() => {
            return Decoded { text, encoding: UTF_8, replaced: false };
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let encoding = match (bom(&bytes), declared) {
        (None, Some(declared)) => declared,
        _ => encoding(&bytes, true),
    };
    let (text, encoding, replaced) = encoding.decode(&bytes);
    Decoded { text: text.into_owned(), encoding, replaced }
}

/// A stream in any encoding, read as UTF-8. What is UTF-8 already passes as it
/// is, its faults included.
pub struct Utf8Reader<R> {
    input: Peek<R>,
    /// What is left to do for another encoding: its decoder, bytes that it has
    /// not taken, text that has not been read.
    transcode: Option<Transcode>,
    encoding: &'static Encoding,
    has_started: bool,
}

struct Transcode {
    decoder: Decoder,
    bytes: Vec<u8>,
    text: Vec<u8>,
    read: usize,
    is_done: bool,
}

impl<R: Read> Utf8Reader<R> {
    /// Detects the encoding of a stream.
    pub fn new(input: Peek<R>) -> Self {
        let encoding = encoding(input.head(), input.is_whole());
        let transcode = (encoding != UTF_8).then(|| Transcode {
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: Vec::new(),
            text: Vec::new(),
            read: 0,
            is_done: false,
        });
        Self { input, transcode, encoding, has_started: false }
    }

    /// The encoding of the stream.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(transcode) = &mut self.transcode else {
            if !self.has_started {
                self.has_started = true;
                if self.input.head().starts_with(b"\xEF\xBB\xBF") {
                    self.input.read_exact(&mut [0; 3])?;
                }
            }
            return self.input.read(buffer);
        };
        if buffer.is_empty() {
            return Ok(0);
        }
        while transcode.read == transcode.text.len() && !transcode.is_done {
            transcode.fill(&mut self.input)?;
        }
        let rest = transcode.text.get(transcode.read..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        let (Some(from), Some(to)) = (rest.get(..length), buffer.get_mut(..length)) else {
            return Ok(0);
        };
        to.copy_from_slice(from);
        transcode.read += length;
        Ok(length)
    }
}

impl Transcode {
    /// Decodes the next bytes of the input.
    fn fill(&mut self, input: &mut impl Read) -> io::Result<()> {
        let kept = self.bytes.len();
        let added = input.take(16 * 1024).read_to_end(&mut self.bytes)?;
        let last = added == 0;
        let room = self.decoder.max_utf8_buffer_length(self.bytes.len());
        self.text.clear();
        self.text.resize(room.unwrap_or(4 * (kept + added) + 64), 0);
        let (result, taken, written, _) =
            self.decoder.decode_to_utf8(&self.bytes, &mut self.text, last);
        self.text.truncate(written);
        self.bytes.drain(..taken);
        self.read = 0;
        self.is_done = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}
