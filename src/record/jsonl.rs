//! Rows to and from a stream of lines.

use std::io::{self, BufRead, Write};
use std::marker::PhantomData;

use crate::record::{Row, VERSION};

/// A row could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The stream failed.
    #[error("the stream failed")]
    Io(#[from] io::Error),
    /// A line is not a row of the kind asked for.
    #[error("line {line} is not such a row")]
    Syntax {
        /// The number of the line, from 1.
        line: u64,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// A row was written by a later version.
    #[error("line {line} is a row of version {found}, known is {VERSION}")]
    Version {
        /// The number of the line, from 1.
        line: u64,
        /// The version it names.
        found: u32,
    },
}

/// Writes a row and the end of its line.
pub fn write_row(out: &mut dyn Write, row: &impl Row) -> Result<(), RecordError> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Reads rows of one kind, line by line; empty lines are passed over.
#[derive(Debug)]
pub struct Rows<T, R> {
    input: R,
    buffer: Vec<u8>,
    line: u64,
    row: PhantomData<T>,
}

impl<T: Row, R: BufRead> Rows<T, R> {
    /// Returns the rows of a stream.
    pub fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), line: 0, row: PhantomData }
    }
}

impl<T: Row, R: BufRead> Iterator for Rows<T, R> {
    type Item = Result<T, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            match self.input.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(error) => return Some(Err(error.into())),
            }
            if self.buffer.trim_ascii().is_empty() {
                continue;
            }
            let line = self.line;
            return Some(match serde_json::from_slice::<T>(&self.buffer) {
                Err(source) => Err(RecordError::Syntax { line, source }),
                Ok(row) if row.version() > VERSION => {
                    Err(RecordError::Version { line, found: row.version() })
                }
                Ok(row) => Ok(row),
            });
        }
    }
}
