//! `unit-dissolved`: a document or report of a unit that had ended.
//!
//! Why: a unit that no longer exists cannot act; the date is mistyped, or its successor is meant. A target that falls
//! due after its owner's end needs a new owner.

use super::{Findings, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unit::UnitKey;
use crate::source::Span;
use chrono::NaiveDate;

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    let ended = |unit: UnitKey, day: NaiveDate, span: Span| {
        let unit = &register.units[unit];
        let dissolved = unit.dissolved.filter(|end| *end <= day)?;
        Some(Diagnostic::new(Code::UnitDissolved, span).with("unit", &unit.id).with("dissolved", dissolved))
    };
    for (key, resolution) in register.resolutions.iter() {
        let issued = resolution.issued.map(|issued| issued.start());
        let found = issued.and_then(|day| ended(resolution.issuer, day, resolution.entry.place("issuer")));
        if let Some(diagnostic) = found {
            findings.about(Subject::Resolution(key), diagnostic);
        }
    }
    for (_, report) in register.reports.iter() {
        // A unit may still report on its last days for a while; its figures must be of days that it lived through.
        let last = report.observations.iter().map(|observation| observation.as_of).max().unwrap_or(report.published);
        if let Some(diagnostic) = ended(report.unit, last.min(report.published), report.entry.place("unit")) {
            findings.about(Subject::Entry(report.entry.file), diagnostic);
        }
    }
    for (key, indicator, judgement) in findings.indicators() {
        let Some(due) = judgement.due else { continue };
        let owner = indicator.owner_on(findings.assessment.as_of);
        if let Some(diagnostic) = ended(owner, due, indicator.span).filter(|_| !judgement.met) {
            findings.about_indicator(key, diagnostic);
        }
    }
}
