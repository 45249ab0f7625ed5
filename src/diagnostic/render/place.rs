//! Finds the lines and columns of all diagnostics, reading each file once.
//!
//! Counting lines from the start of the file for each of a thousand diagnostics, or columns from the start of a line of
//! 100 MB, would take minutes; one pass over the sorted offsets takes as long as reading the file.

use std::collections::BTreeMap;

use super::super::Diagnostic;
use crate::source::{Position, SourceId, SourceMap, Span};

/// Where a byte stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The byte itself, moved to the start of its character.
    pub(super) offset: usize,
    /// Its line and column.
    pub(super) position: Position,
    /// The first byte of its line.
    pub(super) line_start: usize,
}

/// The places of every span of a list of diagnostics.
pub(super) struct Places {
    found: BTreeMap<(SourceId, u32), Place>,
}

impl Places {
    /// Looks up both ends of every span of the diagnostics and their labels.
    pub(super) fn find(list: &[&Diagnostic], sources: &SourceMap) -> Self {
        let spans = list.iter().flat_map(|diagnostic| {
            std::iter::once(diagnostic.primary).chain(diagnostic.labels.iter().map(|label| label.span))
        });
        let mut wanted: Vec<(SourceId, u32)> =
            spans.flat_map(|span| [(span.file, span.start), (span.file, span.end)]).collect();
        wanted.sort_unstable();
        wanted.dedup();

        let mut found = BTreeMap::new();
        for offsets in wanted.chunk_by(|one, other| one.0 == other.0) {
            let mut sweep = Sweep::new(&sources.file(offsets[0].0).text);
            for (file, offset) in offsets {
                found.insert((*file, *offset), sweep.advance(*offset as usize));
            }
        }
        Self { found }
    }

    /// The places of a span's start and end.
    pub(super) fn of(&self, span: Span) -> (Place, Place) {
        let place = |offset| *self.found.get(&(span.file, offset)).expect("both ends of every span were looked up");
        (place(span.start), place(span.end.max(span.start)))
    }
}

/// Walks through one text, never back.
struct Sweep<'a> {
    text: &'a str,
    place: Place,
}

impl<'a> Sweep<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, place: Place { offset: 0, position: Position { line: 1, column: 1 }, line_start: 0 } }
    }

    fn advance(&mut self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let passed = &self.text[self.place.offset..offset];
        self.place.position.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        match passed.rfind('\n') {
            Some(newline) => {
                self.place.line_start = self.place.offset + newline + 1;
                self.place.position.column = passed[newline + 1..].chars().count() + 1;
            }
            None => self.place.position.column += passed.chars().count(),
        }
        self.place.offset = offset;
        self.place
    }
}
