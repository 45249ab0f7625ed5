//! Arranges the rows by document and report, and writes each as a content file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Site;
use super::rows::{Indicator, Observation, Source};
use super::stages::{Stages, stages};
use super::yaml::Lines;
use crate::diagnostic::wording::Language;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// The names of the tables, which stand for their sources where the tables name none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) indicators: &'a str,
    pub(super) observations: &'a str,
}

pub(super) fn files(
    indicators: &[Indicator],
    observations: &[Observation],
    site: &Site,
    names: Names<'_>,
    language: Language,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let units = units(indicators, observations);
    match site {
        Site::New => {
            let fields: BTreeSet<&str> = indicators
                .iter()
                .filter_map(|indicator| indicator.field.as_ref())
                .map(|field| field.value.as_str())
                .collect();
            files.push(("content/site.yaml".to_owned(), site_file(&units, &fields, language)));
            for unit in units.keys() {
                let mut lines = Lines::default();
                lines.remark(&language.say("import.unit", &[]));
                lines.text("", "name", &name_of(unit));
                lines.plain("", "level", &level(unit));
                files.push((format!("content/units/{unit}.md"), lines.into_front_matter()));
            }
        }
        Site::Existing { units: known } => {
            for (unit, place) in units.iter().filter(|(unit, _)| !known.contains(unit)) {
                let near = crate::diagnostic::nearest(unit, known.iter().map(String::as_str));
                diagnostics.push(Diagnostic::new(Code::UnknownUnit, *place).with("id", unit).suggest(near));
            }
        }
    }
    let stages: BTreeMap<&str, Stages> =
        indicators.iter().map(|row| (row.id.value.as_str(), stages(row, observations))).collect();
    let mut documents: BTreeMap<&str, Vec<&Indicator>> = BTreeMap::new();
    for indicator in indicators {
        documents.entry(&indicator.resolution).or_default().push(indicator);
    }
    for (document, rows) in documents {
        files.push((
            format!("content/resolutions/{document}.md"),
            resolution(document, &rows, &stages, names, language),
        ));
    }
    let mut reports: BTreeMap<String, Vec<&Observation>> = BTreeMap::new();
    for row in observations {
        reports.entry(report_id(row, indicators)).or_default().push(row);
    }
    for (id, rows) in reports {
        let unit =
            rows[0].unit.as_ref().map_or_else(|| owner(rows[0], indicators).to_owned(), |unit| unit.value.clone());
        files.push((format!("content/reports/{id}.md"), report(&id, &unit, &rows, &stages, names)));
    }
    files
}

/// The unit that issues a document: its folder.
fn issuer(document: &str) -> &str {
    document.rsplit_once('/').map_or(document, |(issuer, _)| issuer)
}

/// The unit that answers for the indicator of a figure.
fn owner<'a>(row: &'a Observation, indicators: &'a [Indicator]) -> &'a str {
    let indicator = indicators.iter().find(|indicator| indicator.id.value == row.indicator);
    indicator.map_or(row.indicator.as_str(), |indicator| {
        indicator.unit.as_ref().map_or_else(|| issuer(&indicator.resolution), |unit| &unit.value)
    })
}

/// Every unit that is named, and those whose folders they lie in, with the first place that names each.
fn units(indicators: &[Indicator], observations: &[Observation]) -> BTreeMap<String, Span> {
    let mut units = BTreeMap::new();
    let mut add = |id: &str, place: Span| {
        for (end, _) in id.match_indices('/').chain([(id.len(), "")]) {
            units.entry(id[..end].to_owned()).or_insert(place);
        }
    };
    for row in indicators {
        match &row.unit {
            Some(unit) => add(&unit.value, unit.span),
            None => add(issuer(&row.resolution), row.id.span),
        }
        add(issuer(&row.resolution), row.id.span);
    }
    for unit in observations.iter().filter_map(|row| row.unit.as_ref()) {
        add(&unit.value, unit.span);
    }
    units
}

/// How deep a unit's folder lies is all that is known of its level.
fn level(unit: &str) -> String {
    format!("level-{}", unit.matches('/').count() + 1)
}

/// A name to begin with: the id's last part.
fn name_of(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).replace('-', " ")
}

fn site_file(units: &BTreeMap<String, Span>, fields: &BTreeSet<&str>, language: Language) -> String {
    let mut lines = Lines::default();
    lines.remark(&language.say("import.site", &[]));
    lines.text("", "title", &language.say("import.title", &[]));
    lines.plain("", "base_url", "https://example.org/");
    let tag = match language {
        Language::Vi => "vi",
        Language::En => "en",
    };
    lines.plain("", "language", tag);
    lines.plain("", "timezone", "Asia/Ho_Chi_Minh");
    lines.open("", "levels");
    let depth = units.keys().map(|unit| unit.matches('/').count() + 1).max().unwrap_or(1);
    for number in 1..=depth {
        lines.plain("  ", "- id", &format!("level-{number}"));
        let number = number.to_string();
        lines.text("    ", "name", &language.say("import.level", &[("number", &number)]));
    }
    if !fields.is_empty() {
        lines.open("", "fields");
        for field in fields {
            lines.plain("  ", "- id", field);
            lines.text("    ", "name", &name_of(field));
        }
    }
    lines.into_file()
}

fn resolution(
    document: &str,
    rows: &[&Indicator],
    stages: &BTreeMap<&str, Stages>,
    names: Names<'_>,
    language: Language,
) -> String {
    let mut lines = Lines::default();
    lines.remark(&language.say("import.resolution", &[]));
    lines.text("", "title", &name_of(document));
    lines.plain("", "kind", "other");
    lines.plain("", "issuer", issuer(document));
    lines.open("", "sources");
    lines.text("  ", "- title", names.indicators);
    lines.open("", "indicators");
    for row in rows {
        let own = row.id.value.rsplit('/').next().unwrap_or_default();
        lines.plain("  ", "- id", own);
        indicator(&mut lines, row, issuer(document), &stages[row.id.value.as_str()], names);
    }
    lines.into_front_matter()
}

fn indicator(lines: &mut Lines, row: &Indicator, issuer: &str, stages: &Stages, names: Names<'_>) {
    const INDENT: &str = "    ";
    const INNER: &str = "      ";
    lines.text(INDENT, "name", &row.name);
    if let Some(measured_in) = &row.measured_in {
        lines.text(INDENT, "measured_in", measured_in);
    }
    if let Some(field) = &row.field {
        lines.plain(INDENT, "field", field);
    }
    if let Some(unit) = row.unit.as_ref().filter(|unit| unit.value != issuer) {
        lines.plain(INDENT, "owner", unit);
    }
    match (&row.baseline, &row.target) {
        (Some(Some(value)), _) => {
            lines.open(INDENT, "baseline");
            lines.plain(INNER, "value", value);
            if let Some(date) = &row.baseline_date {
                lines.plain(INNER, "date", date);
            }
        }
        (Some(None), Some(_)) => lines.plain(INDENT, "baseline", "unknown"),
        _ => {}
    }
    match (&row.target, &row.target_max) {
        (Some(min), Some(max)) => {
            lines.open(INDENT, "target");
            lines.plain(INNER, "min", min);
            lines.plain(INNER, "max", max);
        }
        (Some(target), None) => lines.plain(INDENT, "target", target),
        _ => {}
    }
    if let (Some(direction), Some(_)) = (&row.direction, &row.target) {
        lines.plain(INDENT, "direction", direction);
    }
    match (&row.due, &row.target) {
        (Some(Some(due)), _) => lines.plain(INDENT, "due", due),
        (Some(None), Some(_)) => lines.plain(INDENT, "due", "unknown"),
        _ => {}
    }
    if row.target.is_some() {
        way(lines, row);
    }
    if let Some(population) = &row.population {
        lines.open(INDENT, "population");
        lines.plain(INNER, "value", population);
        if let Some(name) = &row.population_name {
            lines.text(INNER, "name", name);
        }
    }
    if !stages.stages.is_empty() {
        lines.open(INDENT, "stages");
        for (stage, is_done) in &stages.stages {
            lines.plain(INNER, "- id", stage);
            if *is_done {
                lines.plain("        ", "done", "true");
            }
        }
    }
    if !stages.items.is_empty() {
        lines.open(INDENT, "items");
        for item in &stages.items {
            lines.plain(INNER, "- id", item);
        }
    }
    if let Some(weight) = &row.weight {
        lines.plain(INDENT, "weight", weight);
    }
    if !row.contributes_to.is_empty() {
        lines.open(INDENT, "contributes_to");
        row.contributes_to.iter().for_each(|higher| lines.item(INNER, higher));
    }
    for (key, word) in [("aggregate", &row.aggregate), ("method", &row.method)] {
        if let Some(word) = word {
            lines.plain(INDENT, key, word);
        }
    }
    if !row.source.is_empty() {
        lines.open(INDENT, "source");
        citation(lines, INNER, &row.source, names.indicators);
    }
    for (key, text) in [("quote", &row.quote), ("note", &row.note)] {
        if let Some(text) = text {
            lines.text(INDENT, key, text);
        }
    }
}

/// What was promised for the days before the last one, and what became of the promise.
fn way(lines: &mut Lines, row: &Indicator) {
    const INDENT: &str = "    ";
    if !row.milestones.is_empty() {
        lines.open(INDENT, "milestones");
    }
    for milestone in &row.milestones {
        lines.plain("      ", "- date", &milestone.day);
        lines.plain("        ", "value", &milestone.value);
    }
    if let Some(revision) = &row.revision {
        lines.open(INDENT, "revisions");
        lines.plain("      ", "- date", &revision.date);
        for (key, cell) in [("target", &revision.target), ("due", &revision.due), ("by", &revision.by)] {
            if let Some(cell) = cell {
                lines.plain("        ", key, cell);
            }
        }
    }
}

/// The report that a row belongs to: as named, else one for each unit and day.
fn report_id(row: &Observation, indicators: &[Indicator]) -> String {
    if let Some(report) = &row.report {
        return report.value.clone();
    }
    let unit = row.unit.as_ref().map_or_else(|| owner(row, indicators), |unit| &unit.value).replace('/', "-");
    let (year, day) = row.as_of.value.split_once('-').expect("a day has a year");
    format!("{year}/{day}-{unit}")
}

fn report(id: &str, unit: &str, rows: &[&Observation], stages: &BTreeMap<&str, Stages>, names: Names<'_>) -> String {
    let mut lines = Lines::default();
    let source = &rows[0].source;
    lines.text("", "title", source.get("title").map_or(id, String::as_str));
    lines.plain("", "unit", unit);
    let day = |cell: fn(&Observation) -> Option<&str>| rows.iter().filter_map(|row| cell(row)).max();
    let published = day(|row| row.published.as_ref().map(|day| day.value.as_str()))
        .or_else(|| day(|row| row.source.get("date").map(String::as_str)))
        .map(str::to_owned)
        .or_else(|| day_of(id))
        .or_else(|| day(|row| Some(&row.as_of.value)).map(str::to_owned));
    lines.plain("", "published", &published.expect("a report has rows, and each has its day"));
    lines.open("", "source");
    citation(&mut lines, "  ", source, names.observations);
    lines.open("", "observations");
    for row in rows {
        lines.plain("  ", "- indicator", &row.indicator);
        observation(&mut lines, row, &stages[row.indicator.as_str()]);
        if row.source != *source {
            lines.open("    ", "source");
            citation(&mut lines, "      ", &row.source, names.observations);
        }
    }
    lines.into_front_matter()
}

/// The day that the id of a report names: `2021/07-30-tp-ben-tre`.
fn day_of(id: &str) -> Option<String> {
    let words: Vec<&str> = id.split(['/', '-']).collect();
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let found =
        words.windows(3).find(|words| is_number(words[0], 4) && words[1..].iter().all(|word| is_number(word, 2)))?;
    found.join("-").parse::<NaiveDate>().ok().map(|day| day.to_string())
}

/// A source; one without a title is called by the table's name.
fn citation(lines: &mut Lines, indent: &str, source: &Source, table: &str) {
    lines.text(indent, "title", source.get("title").map_or(table, String::as_str));
    for key in ["publisher", "url"] {
        if let Some(value) = source.get(key) {
            lines.text(indent, key, value);
        }
    }
    if let Some(date) = source.get("date") {
        lines.plain(indent, "date", date);
    }
}

fn observation(lines: &mut Lines, row: &Observation, stages: &Stages) {
    const INDENT: &str = "    ";
    lines.plain(INDENT, "as_of", &row.as_of);
    let mut note = row.note.as_ref().map_or_else(String::new, |note| note.value.clone());
    let parts = if row.items.is_empty() { &row.breakdown } else { &row.items };
    let is_explained = !stages.stages.is_empty() && row.items.is_empty() == stages.items.is_empty();
    if parts.is_empty() || !is_explained {
        lines.plain(INDENT, "value", &row.value);
        // What the parts were is not to be lost.
        let parts = parts.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        note = [note, parts].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    } else {
        lines.open(INDENT, if row.items.is_empty() { "breakdown" } else { "items" });
        for (name, value) in parts {
            lines.plain("      ", name, value);
        }
    }
    if let Some(qualifier) = row.qualifier.as_ref().filter(|qualifier| qualifier.value != "exact") {
        lines.plain(INDENT, "qualifier", qualifier);
    }
    if let Some(corrects) = &row.corrects {
        lines.plain(INDENT, "corrects", corrects);
    }
    if let Some(quote) = &row.quote {
        lines.text(INDENT, "quote", quote);
    }
    if !note.is_empty() {
        lines.text(INDENT, "note", &note);
    }
}
