//! A table whose header is understood: finds cells by their columns, and says what is wrong with them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cells::{self, Row};
use super::columns::Column;
use super::milestones::{self, Milestone};
use crate::content::cell::{self, Form};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, SourceMap, Spanned};

/// A cell in its right form; `None` where it is empty or wrong.
pub(super) type Cell = Option<Spanned<String>>;

/// A table with its header understood.
pub(super) struct Table {
    /// The place of each column, by its name.
    columns: BTreeMap<&'static str, usize>,
    /// The columns that are headed by a day, such as "Kế hoạch 2022", by that day.
    planned: BTreeMap<NaiveDate, usize>,
    pub(super) rows: Vec<Row>,
}

impl Table {
    /// Splits a table; one that lacks a column without which it says nothing is reported and has no rows.
    pub(super) fn read(
        sources: &SourceMap,
        file: SourceId,
        known: &[Column],
        needed: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut rows = cells::split(&sources.file(file).text, file);
        let header = if rows.is_empty() { Row::new() } else { rows.remove(0) };
        let mut columns = BTreeMap::new();
        for (name, others) in known {
            let named = |wanted: &str| header.iter().position(|cell| cell::as_id(&cell.value) == wanted);
            if let Some(place) = named(name).or_else(|| others.iter().find_map(|other| named(other))) {
                columns.insert(*name, place);
            }
        }
        for name in needed.iter().filter(|name| !columns.contains_key(*name)) {
            let (_, others) = known.iter().find(|(known, _)| known == name).expect("a needed column is known");
            let column = name.replace('-', "_");
            let place = sources.first_line(file);
            diagnostics.push(
                Diagnostic::new(Code::MissingField, place)
                    .worded("missing-field.column")
                    .with("key", column)
                    .with("known", others.join("`, `")),
            );
            rows.clear();
        }
        Self { columns, planned: milestones::columns(&header), rows }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    pub(super) fn cell(&self, row: &Row, column: &str) -> Cell {
        let cell = row.get(*self.columns.get(column)?)?;
        (!cell.value.is_empty()).then(|| cell.clone())
    }

    /// A cell in its right form, or a mistake.
    pub(super) fn checked(&self, row: &Row, column: &'static str, form: Form, diagnostics: &mut Diagnostics) -> Cell {
        let cell = self.cell(row, column)?;
        match cell::right(form, &cell, column, diagnostics) {
            Ok(right) => Some(Spanned::new(right, cell.span)),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// A cell that must not be empty.
    pub(super) fn needed(&self, row: &Row, column: &'static str, diagnostics: &mut Diagnostics) -> Cell {
        let cell = self.cell(row, column);
        if cell.is_none() {
            // A row that is too short ends where the cell is missing.
            let place = self.columns.get(column).and_then(|place| row.get(*place)).or(row.last());
            if let Some(place) = place {
                let key = column.replace('-', "_");
                let diagnostic = Diagnostic::new(Code::MissingField, place.span).worded("missing-field.cell");
                diagnostics.push(diagnostic.with("key", key));
            }
        }
        cell
    }

    /// The figures of a row in columns that are headed by a day.
    pub(super) fn planned(&self, row: &Row, diagnostics: &mut Diagnostics) -> Vec<Milestone> {
        let mut planned = Vec::new();
        for (day, place) in &self.planned {
            let Some(cell) = row.get(*place).filter(|cell| !cell.value.is_empty()) else { continue };
            match cell::right(Form::Figure, cell, "milestones", diagnostics) {
                Ok(value) => planned.push(Milestone { day: day.to_string(), value, place: cell.span }),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        planned
    }

    /// A cell that names an entry; a name becomes an id.
    pub(super) fn id(&self, row: &Row, column: &'static str) -> Cell {
        self.cell(row, column).map(|cell| cell.map(|text| as_path(&text)))
    }

    /// A cell that must be one of these words.
    pub(super) fn word(&self, row: &Row, column: &'static str, words: &[&str], diagnostics: &mut Diagnostics) -> Cell {
        let cell = self.cell(row, column)?;
        if words.contains(&cell.value.as_str()) {
            return Some(cell);
        }
        diagnostics.push(
            Diagnostic::new(Code::UnknownValue, cell.span)
                .with("key", column)
                .with("found", &cell.value)
                .with("allowed", words.join("`, `"))
                .suggest(cell::word(&cell.value, words)),
        );
        None
    }
}

/// A name, or several joined by `/`, as an id.
pub(super) fn as_path(text: &str) -> String {
    text.split('/').map(cell::as_id).collect::<Vec<_>>().join("/")
}
