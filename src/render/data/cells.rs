//! Writes one CSV table cell by cell.
//!
//! Rows end with CR LF (RFC 4180). Texts are made safe for spreadsheets, which run a cell that begins like a formula;
//! figures are not texts, so a negative one stays a figure.

use std::fmt::{Display, Write as _};

use chrono::NaiveDate;
use csv::{Terminator, Writer, WriterBuilder};

use super::columns::Column;
use crate::render::locale::with_machine_date;

/// Most rows have fewer bytes.
const ROW: usize = 320;

/// A table that is being written.
pub(super) struct Cells {
    writer: Writer<Vec<u8>>,
    columns: usize,
    written: usize,
    /// Where a cell is put together.
    room: String,
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
        Self { writer, columns: columns.len(), written: 0, room: String::new() }
    }

    /// A text of an editor; unknown is empty.
    pub(super) fn text(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        if let Some(b'=' | b'+' | b'-' | b'@' | b'\t') = text.as_bytes().first() {
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

    /// A day; unknown is empty.
    pub(super) fn day(&mut self, day: Option<NaiveDate>) {
        match day {
            Some(day) => with_machine_date(day, |day| self.raw(day)),
            None => self.raw(""),
        }
    }

    /// A figure or a share in its plain form; unknown is empty.
    pub(super) fn plain(&mut self, value: Option<impl Display>) {
        self.figures(value);
    }

    /// Several texts joined by `;`.
    pub(super) fn list<T: Display>(&mut self, parts: impl IntoIterator<Item = T>) {
        let joined = self.joined(parts);
        self.text(&joined);
        self.room = joined;
    }

    /// Several figures joined by `;`.
    pub(super) fn figures<T: Display>(&mut self, figures: impl IntoIterator<Item = T>) {
        let joined = self.joined(figures);
        self.raw(&joined);
        self.room = joined;
    }

    /// The parts joined by `;`, in memory that is given back.
    fn joined<T: Display>(&mut self, parts: impl IntoIterator<Item = T>) -> String {
        let mut joined = std::mem::take(&mut self.room);
        joined.clear();
        for (place, part) in parts.into_iter().enumerate() {
            let gap = if place > 0 { ";" } else { "" };
            write!(joined, "{gap}{part}").expect(IN_MEMORY);
        }
        joined
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
