//! Formats of several tables. As one stream they are a ZIP archive; the tables
//! can also be written one by one.

mod neo4j;
mod spreadsheet;

use std::borrow::Cow;
use std::io::{self, Write};

use csv::WriterBuilder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(super) use neo4j::Neo4j;
pub(super) use spreadsheet::Spreadsheet;

use crate::export::elements::{Column, Value};
use crate::export::{ExportError, ExportOptions, Exporter};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// A table that is being written.
struct Table<'a>(csv::Writer<&'a mut dyn Write>);

impl<'a> Table<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self(WriterBuilder::new().from_writer(out))
    }

    fn row<'b>(
        &mut self,
        cells: impl IntoIterator<Item = Cow<'b, str>>,
    ) -> Result<(), ExportError> {
        for cell in cells {
            self.0.write_field(cell.as_bytes()).map_err(io::Error::from)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(io::Error::from)?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

/// The values of a row in the order of its columns; what it lacks is `None`.
fn in_order<'a>(
    columns: &[Column],
    mut cells: Vec<(&'static str, Value<'a>)>,
) -> Vec<Option<Value<'a>>> {
    let take = |(name, _): &Column| {
        let at = cells.iter().position(|(known, _)| known == name)?;
        Some(cells.remove(at).1)
    };
    columns.iter().map(take).collect()
}

/// Writes all tables of a format as one archive. Its files bear no time, so that
/// the same graph gives the same bytes.
fn archive(
    format: &dyn Exporter,
    graph: &Graph,
    ontology: &Ontology,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut zip = ZipWriter::new_stream(Outlet { out, has_failed: false });
    for file in format.files() {
        zip.start_file(*file, SimpleFileOptions::default()).map_err(io::Error::from)?;
        // A table larger than memory is written through.
        format.write_file(file, graph, ontology, options, &mut zip)?;
    }
    zip.finish().map_err(io::Error::from)?;
    Ok(())
}

/// A stream that fails once: an archive that is not finished is finished when it
/// is dropped, and says on standard error what the caller knows already.
struct Outlet<'a> {
    out: &'a mut dyn Write,
    has_failed: bool,
}

impl Outlet<'_> {
    fn once<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        self.has_failed |= done.is_err();
        done
    }
}

impl Write for Outlet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_failed {
            return Ok(bytes.len());
        }
        let done = self.out.write(bytes);
        self.once(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_failed {
            return Ok(());
        }
        let done = self.out.flush();
        self.once(done)
    }
}
