//! A writer of JSON that holds nothing but where it is.

use std::io::{self, Write};

/// Writes one value, an object or list in it a line.
pub(in crate::export) struct Json<'a> {
    out: &'a mut dyn Write,
    /// For each open object or list, whether something stands in it.
    open: Vec<bool>,
    /// Whether a key waits for its value.
    is_keyed: bool,
}

impl<'a> Json<'a> {
    pub(in crate::export) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, open: Vec::new(), is_keyed: false }
    }

    /// Opens an object (`{`) or a list (`[`).
    pub(in crate::export) fn begin(&mut self, bracket: char) -> io::Result<()> {
        let is_item = !self.open.is_empty() && !self.is_keyed;
        self.value()?;
        // Things in the lists of a graph are many; each begins a line.
        if is_item && self.open.len() <= 4 {
            self.out.write_all(b"\n")?;
        }
        self.open.push(false);
        write!(self.out, "{bracket}")
    }

    /// Closes an object (`}`) or a list (`]`).
    pub(in crate::export) fn end(&mut self, bracket: char) -> io::Result<()> {
        self.open.pop();
        write!(self.out, "{bracket}")
    }

    /// Writes the key of the next value.
    pub(in crate::export) fn key(&mut self, key: &str) -> io::Result<()> {
        self.value()?;
        serde_json::to_writer(&mut *self.out, key)?;
        self.is_keyed = true;
        self.out.write_all(b":")
    }

    pub(in crate::export) fn string(&mut self, text: &str) -> io::Result<()> {
        self.value()?;
        Ok(serde_json::to_writer(&mut *self.out, text)?)
    }

    pub(in crate::export) fn count(&mut self, count: u64) -> io::Result<()> {
        self.value()?;
        write!(self.out, "{count}")
    }

    /// Writes a number; one that JSON does not know is `null`.
    pub(in crate::export) fn number(&mut self, number: f64) -> io::Result<()> {
        self.value()?;
        Ok(serde_json::to_writer(&mut *self.out, &number)?)
    }

    pub(in crate::export) fn truth(&mut self, truth: bool) -> io::Result<()> {
        self.value()?;
        write!(self.out, "{truth}")
    }

    pub(in crate::export) fn strings<'b>(
        &mut self,
        texts: impl Iterator<Item = &'b str>,
    ) -> io::Result<()> {
        self.begin('[')?;
        for text in texts {
            self.string(text)?;
        }
        self.end(']')
    }

    /// Ends a line, so that another value may follow.
    pub(in crate::export) fn line(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Writes what stands between two values.
    fn value(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_keyed) {
            return Ok(());
        }
        match self.open.last_mut() {
            Some(is_filled) if *is_filled => self.out.write_all(b","),
            Some(is_filled) => {
                *is_filled = true;
                Ok(())
            }
            None => Ok(()),
        }
    }
}
