//! Reads the rows of both tables, and says what is wrong with a cell.

use std::collections::BTreeMap;

use super::cells::Row;
use super::columns::{INDICATORS, OBSERVATIONS};
use super::milestones::{self, Milestone};
use super::table::{Cell, Table, as_path};
use crate::content::cell::{self, Form};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::id::is_slug;
use crate::source::{SourceId, SourceMap, Span, Spanned};

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
    pub(super) population_name: Cell,
    pub(super) milestones: Vec<Milestone>,
    pub(super) revision: Option<Revision>,
    pub(super) weight: Cell,
    pub(super) method: Cell,
    pub(super) contributes_to: Vec<String>,
    pub(super) aggregate: Cell,
    /// Empty where the table names none.
    pub(super) source: Source,
    pub(super) quote: Cell,
    pub(super) note: Cell,
}

/// Where a row comes from: `title`, `publisher`, `date`, `url`, as far as the table says.
pub(super) type Source = BTreeMap<&'static str, String>;

/// A change of the promise.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    pub(super) date: String,
    pub(super) target: Cell,
    pub(super) due: Cell,
    pub(super) by: Cell,
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
    pub(super) source: Source,
    pub(super) quote: Cell,
    pub(super) note: Cell,
    /// Stages with their figures.
    pub(super) breakdown: Vec<(String, String)>,
    /// Named things with the stages that they have reached.
    pub(super) items: Vec<(String, String)>,
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
        let revision = revision(&table, row, diagnostics);
        let milestones = table.cell(row, "milestones").map(|cell| milestones::of_cell(&cell, diagnostics));
        let mut milestones = milestones.unwrap_or_default();
        milestones.extend(table.planned(row, diagnostics));
        let mut checked = |column, form| table.checked(row, column, form, diagnostics);
        let mut indicator = Indicator {
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
            population_name: table.cell(row, "population-name"),
            milestones,
            revision,
            weight: checked("weight", Form::Figure),
            contributes_to: table.cell(row, "contributes-to").map(|cell| ids(&cell.value)).unwrap_or_default(),
            direction: table.word(row, "direction", &["increase", "decrease", "at-least", "at-most"], diagnostics),
            method: table.word(row, "method", &["pace", "at-due", "growth"], diagnostics),
            aggregate: table.word(row, "aggregate", &["sum", "mean", "count"], diagnostics),
            source: source(&table, row, diagnostics),
            quote: table.cell(row, "quote"),
            note: table.cell(row, "note"),
        };
        if !table.has("target") {
            milestones::end_in_target(&mut indicator);
        }
        indicators.push(indicator);
    }
    indicators
}

/// The change of the promise that a row tells of; it must say on which day that was.
fn revision(table: &Table, row: &Row, diagnostics: &mut Diagnostics) -> Option<Revision> {
    let target = table.checked(row, "revised-target", Form::Figure, diagnostics);
    let due = table.checked(row, "revised-due", Form::Day, diagnostics);
    let date = table.checked(row, "revised-on", Form::Day, diagnostics);
    let changed = target.as_ref().or(due.as_ref())?.span;
    let Some(date) = date else {
        if table.cell(row, "revised-on").is_none() {
            diagnostics.push(Diagnostic::new(Code::MissingField, changed).worded("missing-field.revised-on"));
        }
        return None;
    };
    Some(Revision { date: date.value, target, due, by: table.id(row, "revised-by") })
}

/// Where a row comes from, as far as it says.
fn source(table: &Table, row: &Row, diagnostics: &mut Diagnostics) -> Source {
    let date = table.checked(row, "source-date", Form::Day, diagnostics);
    let texts = [("source-title", "title"), ("source-publisher", "publisher"), ("source-url", "url")];
    let texts = texts.map(|(column, key)| table.cell(row, column).map(|cell| (key, cell.value)));
    texts.into_iter().flatten().chain(date.map(|date| ("date", date.value))).collect()
}

/// Ids or names of entries, joined by `;`.
fn ids(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(as_path).collect()
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
        let source = source(&table, row, diagnostics);
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
