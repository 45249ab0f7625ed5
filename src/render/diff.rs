//! Says what changed between two days, for people and as one JSON object.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::assess::Assessment;
use crate::assess::changes::{Changes, FigureChange, StatusChange};
use crate::assess::index::ObservationKey;
use crate::diagnostic::wording::Language;
use crate::model::Register;
use crate::model::quantity::Quantity;

/// The changes as a list that people read, in the order: documents, reports, figures, corrections, statuses.
pub(crate) fn human(earlier: &Assessment, later: &Assessment, changes: &Changes, language: Language) -> String {
    let register = &later.register;
    let (from, to) = (earlier.as_of.to_string(), later.as_of.to_string());
    let days = [("from", from.as_str()), ("to", to.as_str())];
    if changes.is_empty() {
        return language.say("diff.nothing", &days) + "\n";
    }
    let documents = changes.documents.iter().map(|key| {
        let row = &register.resolutions[*key];
        format!("{}  {}", row.id, row.title.original())
    });
    let reports = changes.reports.iter().map(|key| {
        let row = &register.reports[*key];
        format!("{}  {}  {}", row.published, row.id, row.title.original())
    });
    let figures = changes.figures.iter().map(|change| {
        let id = &register.indicators[change.indicator].id;
        let unit = register.indicators[change.indicator].measured_in.original();
        let after = dated(&change.after);
        match &change.before {
            Some(before) => format!("{id}: {} → {after} {unit}", dated(before)),
            None => format!("{id}: {after} {unit}"),
        }
    });
    let corrections = changes.corrections.iter().map(|at| {
        let row = &register.reports[at.report];
        let observation = &row.observations[at.place];
        format!("{} ({}): {}", register.indicators[observation.indicator].id, observation.as_of, row.id)
    });
    let statuses = changes.statuses.iter().map(|change| {
        let id = &register.indicators[change.indicator].id;
        match change.before {
            Some(before) => format!("{id}: {} → {}", before.as_str(), change.after.as_str()),
            None => format!("{id}: {}", change.after.as_str()),
        }
    });
    let mut text = language.say("diff.title", &days) + "\n";
    section(&mut text, language, "diff.documents", documents.collect());
    section(&mut text, language, "diff.reports", reports.collect());
    section(&mut text, language, "diff.figures", figures.collect());
    section(&mut text, language, "diff.corrections", corrections.collect());
    section(&mut text, language, "diff.statuses", statuses.collect());
    text
}

fn section(text: &mut String, language: Language, key: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    *text += &format!("\n{} ({})\n", language.say(key, &[]), lines.len());
    for line in lines {
        *text += &format!("  {line}\n");
    }
}

fn dated((value, day): &(Quantity, NaiveDate)) -> String {
    format!("{value} ({day})")
}

/// The changes as one JSON object: `from`, `to`, `documents`, `reports`, `figures`, `corrections`, `statuses`. Figures
/// are texts in their exact decimal form.
pub(crate) fn json(earlier: &Assessment, later: &Assessment, changes: &Changes) -> String {
    let register = &later.register;
    let Changes { documents, reports, figures, corrections, statuses } = changes;
    let object = json!({
        "from": earlier.as_of.to_string(),
        "to": later.as_of.to_string(),
        "documents": documents.iter().map(|key| {
            let row = &register.resolutions[*key];
            json!({
                "id": row.id.as_str(),
                "number": row.number,
                "title": row.title.original(),
                "issued": row.issued.map(|issued| issued.to_string()),
            })
        }).collect::<Vec<_>>(),
        "reports": reports.iter().map(|key| {
            let row = &register.reports[*key];
            let unit = register.units[row.unit].id.as_str();
            let published = row.published.to_string();
            json!({"id": row.id.as_str(), "title": row.title.original(), "unit": unit, "published": published})
        }).collect::<Vec<_>>(),
        "figures": figures.iter().map(|change| figure(register, change)).collect::<Vec<_>>(),
        "corrections": corrections.iter().map(|at| correction(register, *at)).collect::<Vec<_>>(),
        "statuses": statuses.iter().map(|change| status(register, *change)).collect::<Vec<_>>(),
    });
    format!("{object}\n")
}

fn figure(register: &Register, change: &FigureChange) -> Value {
    let point = |(value, day): &(Quantity, NaiveDate)| json!({"value": value.to_string(), "as_of": day.to_string()});
    json!({
        "indicator": register.indicators[change.indicator].id.as_str(),
        "before": change.before.as_ref().map(point),
        "after": point(&change.after),
    })
}

fn correction(register: &Register, at: ObservationKey) -> Value {
    let row = &register.reports[at.report];
    let observation = &row.observations[at.place];
    json!({
        "indicator": register.indicators[observation.indicator].id.as_str(),
        "as_of": observation.as_of.to_string(),
        "report": row.id.as_str(),
        "corrects": observation.corrects.map(|report| register.reports[report].id.as_str()),
    })
}

fn status(register: &Register, change: StatusChange) -> Value {
    json!({
        "indicator": register.indicators[change.indicator].id.as_str(),
        "before": change.before.map(crate::assess::Status::as_str),
        "after": change.after.as_str(),
    })
}
