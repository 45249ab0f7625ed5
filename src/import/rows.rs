//! Reads the rows of both tables, and says what is wrong with a cell.

use std::collections::BTreeMap;

use super::cells::{self, Row};
use super::columns::{Column, INDICATORS, OBSERVATIONS};
use crate::content::cell::{self, Form};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::id::is_slug;
use crate::source::{SourceId, SourceMap, Span, Spanned};

/// A cell in its right form; `None` where it is empty or wrong.
type Cell = Option<Spanned<String>>;

/// One indicator.
#[derive(Debug, Clone)]
pub(super) struct Indicator {
    /// The whole id.
    pub(super) id: Spanned<String>,
    pub(super) resolution: String,
    pub(super) name: String,
    pub(super) unit: Cell,
    pub(super) field: Cell,
    pub(super) measured_in: Cell,
    pub(super) direction: Cell,
    /// The outer level tells whether the table has the column.
    pub(super) baseline: Option<Cell>,
    pub(super) baseline_date: Cell,
    pub(super) target: Cell,
    pub(super) target_max: Cell,
    /// The outer level tells whether the table has the column.
    pub(super) due: Option<Cell>,
    pub(super) population: Cell,
}

/// One figure.
#[derive(Debug, Clone)]
pub(super) struct Observation {
    pub(super) indicator: String,
    pub(super) report: Cell,
    pub(super) unit: Cell,
    pub(super) as_of: Spanned<String>,
    pub(super) published: Cell,
    pub(super) value: Spanned<String>,
    pub(super) qualifier: Cell,
    pub(super) corrects: Cell,
    pub(super) source: BTreeMap<&'static str, String>,
    pub(super) quote: Cell,
    pub(super) note: Cell,
    /// Stages with their figures.
    pub(super) breakdown: Vec<(String, String)>,
    /// Named things with the stages that they have reached.
    pub(super) items: Vec<(String, String)>,
}

/// A table with its header understood.
struct Table {
    /// The place of each column, by its name.
    columns: BTreeMap<&'static str, usize>,
    rows: Vec<Row>,
}

impl Table {
    /// Splits a table; one that lacks a column without which it says nothing is reported and has no rows.
    fn read(
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
        Self { columns, rows }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    fn cell(&self, row: &Row, column: &str) -> Cell {
        let cell = row.get(*self.columns.get(column)?)?;
        (!cell.value.is_empty()).then(|| cell.clone())
    }

    /// A cell in its right form, or a mistake.
    fn checked(&self, row: &Row, column: &'static str, form: Form, diagnostics: &mut Diagnostics) -> Cell {
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
    fn needed(&self, row: &Row, column: &'static str, diagnostics: &mut Diagnostics) -> Cell {
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

    /// A cell that names an entry; a name becomes an id.
    fn id(&self, row: &Row, column: &'static str) -> Cell {
        self.cell(row, column).map(|cell| cell.map(|text| as_path(&text)))
    }

    /// A cell that must be one of these words.
    fn word(&self, row: &Row, column: &'static str, words: &[&str], diagnostics: &mut Diagnostics) -> Cell {
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
fn as_path(text: &str) -> String {
    text.split('/').map(cell::as_id).collect::<Vec<_>>().join("/")
}

/// Reads the table of indicators.
pub(super) fn indicators(sources: &SourceMap, file: SourceId, diagnostics: &mut Diagnostics) -> Vec<Indicator> {
    let table = Table::read(sources, file, INDICATORS, &["name", "measured-in"], diagnostics);
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for row in &table.rows {
        let Some(name) = table.needed(row, "name", diagnostics) else { continue };
        let own = table.id(row, "id").unwrap_or_else(|| name.clone().map(|name| cell::as_id(&name)));
        let resolution = table.id(row, "resolution");
        let unit = table.id(row, "unit");
        let (resolution, id) = match (own.value.rsplit_once('/'), resolution) {
            (Some((resolution, _)), None) => (resolution.to_owned(), own.value.clone()),
            (own_part, Some(resolution)) => {
                let resolution = match (resolution.value.contains('/'), &unit) {
                    (false, Some(unit)) => format!("{}/{}", unit.value, resolution.value),
                    _ => resolution.value,
                };
                let last = own_part.map_or(own.value.as_str(), |(_, last)| last);
                (resolution.clone(), format!("{resolution}/{last}"))
            }
            (None, None) => match &unit {
                Some(unit) => (format!("{}/chi-tieu", unit.value), format!("{}/chi-tieu/{}", unit.value, own.value)),
                None => {
                    diagnostics.push(Diagnostic::new(Code::MissingField, own.span).worded("missing-field.resolution"));
                    continue;
                }
            },
        };
        if !resolution.contains('/') || !id.split('/').all(is_slug) {
            diagnostics.push(Diagnostic::new(Code::BadId, own.span).with("id", id));
            continue;
        }
        if let Some(before) = first.insert(id.clone(), own.span) {
            diagnostics.push(Diagnostic::new(Code::DuplicateId, own.span).with("id", id).label(before, "first-here"));
            continue;
        }
        let measured_in = table.needed(row, "measured-in", diagnostics);
        let mut checked = |column, form| table.checked(row, column, form, diagnostics);
        let indicator = Indicator {
            id: Spanned::new(id, own.span),
            resolution,
            name: name.value,
            unit,
            field: table.id(row, "field"),
            measured_in,
            baseline: table.has("baseline").then(|| checked("baseline", Form::Figure)),
            baseline_date: checked("baseline-date", Form::Day),
            target: checked("target", Form::Figure),
            target_max: checked("target-max", Form::Figure),
            due: table.has("due").then(|| checked("due", Form::Day)),
            population: checked("population", Form::Figure),
            direction: table.word(row, "direction", &["increase", "decrease", "at-least", "at-most"], diagnostics),
        };
        indicators.push(indicator);
    }
    indicators
}

/// Reads the table of observations.
pub(super) fn observations(
    sources: &SourceMap,
    file: SourceId,
    indicators: &[Indicator],
    diagnostics: &mut Diagnostics,
) -> Vec<Observation> {
    let table = Table::read(sources, file, OBSERVATIONS, &["indicator", "as-of", "value"], diagnostics);
    let mut observations = Vec::new();
    for row in &table.rows {
        let named =
            table.needed(row, "indicator", diagnostics).and_then(|named| meant(&named, indicators, diagnostics));
        let as_of =
            table.needed(row, "as-of", diagnostics).and_then(|_| table.checked(row, "as-of", Form::Day, diagnostics));
        let value = table
            .needed(row, "value", diagnostics)
            .and_then(|_| table.checked(row, "value", Form::Figure, diagnostics));
        let qualifiers = ["exact", "about", "at-least", "at-most", "estimate"];
        let qualifier = table.word(row, "qualifier", &qualifiers, diagnostics);
        let published = table.checked(row, "published", Form::Day, diagnostics);
        let source_date = table.checked(row, "source-date", Form::Day, diagnostics);
        let mut source = BTreeMap::new();
        for (column, key) in [("source-title", "title"), ("source-publisher", "publisher"), ("source-url", "url")] {
            source.extend(table.cell(row, column).map(|cell| (key, cell.value)));
        }
        source.extend(source_date.map(|date| ("date", date.value)));
        let (breakdown, items) = table.cell(row, "breakdown").map(|cell| parts(&cell, diagnostics)).unwrap_or_default();
        let (Some(indicator), Some(as_of), Some(value)) = (named, as_of, value) else { continue };
        observations.push(Observation {
            indicator,
            report: table.id(row, "report"),
            unit: table.id(row, "unit"),
            as_of,
            published,
            value,
            qualifier,
            corrects: table.id(row, "corrects"),
            source,
            quote: table.cell(row, "quote"),
            note: table.cell(row, "note"),
            breakdown,
            items,
        });
    }
    observations
}

/// The indicator that a cell names by its id, the end of its id, or its name.
fn meant(named: &Spanned<String>, indicators: &[Indicator], diagnostics: &mut Diagnostics) -> Option<String> {
    let path = as_path(&named.value);
    let exact = indicators.iter().find(|indicator| indicator.id.value == path);
    let mut alike = indicators.iter().filter(|indicator| {
        indicator.name == named.value || indicator.id.value.rsplit('/').next() == Some(path.as_str())
    });
    let found = exact.or_else(|| alike.next().filter(|_| alike.next().is_none()));
    if found.is_none() {
        let suggestion = nearest(&path, indicators.iter().map(|indicator| indicator.id.value.as_str()));
        let diagnostic = Diagnostic::new(Code::UnknownIndicator, named.span).with("id", &named.value);
        diagnostics.push(match suggestion {
            Some(_) => diagnostic.suggest(suggestion),
            None => diagnostic.worded("unknown-indicator.row"),
        });
    }
    found.map(|indicator| indicator.id.value.clone())
}

/// Pairs of a cell.
type Parts = Vec<(String, String)>;

/// `cho=4;ban-hanh=11`, stages with figures, or `cau-so-1=thi-cong`, things with the stages that they have reached.
fn parts(cell: &Spanned<String>, diagnostics: &mut Diagnostics) -> (Parts, Parts) {
    let (mut breakdown, mut items) = (Parts::new(), Parts::new());
    for part in cell.value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((name, value)) = part.split_once('=') else {
            let diagnostic = Diagnostic::new(Code::BadNumber, cell.span).worded("bad-number.breakdown");
            diagnostics.push(diagnostic.with("found", part));
            continue;
        };
        let value = value.trim();
        if is_slug(value) && value.starts_with(|first: char| first.is_ascii_lowercase()) {
            items.push((cell::as_id(name), value.to_owned()));
            continue;
        }
        let figure = Spanned::new(value.to_owned(), cell.span);
        match cell::right(Form::Figure, &figure, "breakdown", diagnostics) {
            Ok(figure) => breakdown.push((cell::as_id(name), figure)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    (breakdown, items)
}
