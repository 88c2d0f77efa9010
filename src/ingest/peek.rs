//! A stream of which the first bytes are known before it is read.

use std::io::{self, Cursor, ErrorKind, Read};

/// How many bytes are looked at: enough to tell encodings of news apart.
const HEAD: usize = 64 * 1024;

/// A stream and its first bytes, which are read again with it.
#[derive(Debug)]
pub struct Peek<R> {
    head: Cursor<Vec<u8>>,
    rest: R,
}

impl<R: Read> Peek<R> {
    /// Reads the first bytes.
    pub fn new(mut rest: R) -> io::Result<Self> {
        let mut head = Vec::new();
        (&mut rest).take(HEAD as u64).read_to_end(&mut head)?;
        Ok(Self { head: Cursor::new(head), rest })
    }

    /// The first bytes, whether they have been read or not.
    pub fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// Whether the head is all there is.
    pub fn is_whole(&self) -> bool {
        self.head().len() < HEAD
    }
}

impl<R: Read> Read for Peek<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buffer)? {
            0 => loop {
                match self.rest.read(buffer) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    done => return done,
                }
            },
            read => Ok(read),
        }
    }
}
