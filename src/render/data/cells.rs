//! Writes one CSV table cell by cell.
//!
//! Rows end with CR LF (RFC 4180). Texts are made safe for spreadsheets, which run a cell that begins like a formula;
//! figures are not texts, so a negative one stays a figure.

use std::fmt::Display;

use csv::{Terminator, Writer, WriterBuilder};

use super::columns::Column;

/// Most rows have fewer bytes.
const ROW: usize = 320;

/// A table that is being written.
pub(super) struct Cells {
    writer: Writer<Vec<u8>>,
    columns: usize,
    written: usize,
}

impl Cells {
    /// Begins a table with its header; it will have about so many rows.
    pub(super) fn new(columns: &[Column], rows: usize) -> Self {
        let mut cells = Self::without_header(columns, rows);
        cells.writer.write_record(columns.iter().map(|column| column.name)).expect(IN_MEMORY);
        cells
    }

    /// Begins a part of a table that comes after its header; it will have about so many rows.
    pub(super) fn without_header(columns: &[Column], rows: usize) -> Self {
        let room = Vec::with_capacity(rows * ROW);
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(room);
        Self { writer, columns: columns.len(), written: 0 }
    }

    /// A text of an editor; unknown is empty.
    pub(super) fn text(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        if text.starts_with(['=', '+', '-', '@', '\t']) {
            self.raw(&format!("'{text}"));
        } else {
            self.raw(text);
        }
    }

    /// A text that may be unknown.
    pub(super) fn text_or_empty(&mut self, text: Option<impl AsRef<str>>) {
        match text {
            Some(text) => self.text(text),
            None => self.raw(""),
        }
    }

    /// A figure, a share or a day in its plain form; unknown is empty.
    pub(super) fn plain(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.raw(&value.to_string()),
            None => self.raw(""),
        }
    }

    /// Several texts joined by `;`.
    pub(super) fn list<T: Display>(&mut self, parts: impl IntoIterator<Item = T>) {
        let parts: Vec<String> = parts.into_iter().map(|part| part.to_string()).collect();
        self.text(parts.join(";"));
    }

    /// Several figures joined by `;`.
    pub(super) fn figures<T: Display>(&mut self, figures: impl IntoIterator<Item = T>) {
        let figures: Vec<String> = figures.into_iter().map(|figure| figure.to_string()).collect();
        self.raw(&figures.join(";"));
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        assert_eq!(self.written, self.columns, "a row has a cell for every column");
        self.written = 0;
        self.writer.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }

    /// The table's bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner().expect(IN_MEMORY)
    }

    fn raw(&mut self, cell: &str) {
        self.written += 1;
        self.writer.write_field(cell).expect(IN_MEMORY);
    }
}

const IN_MEMORY: &str = "memory can be written to";
