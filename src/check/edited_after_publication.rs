//! `edited-after-publication`: a figure of a report was changed after the day on which the report was published.
//!
//! Why: reports are a ledger. Whoever read the figure before cannot know that it was another; a correction in a new
//! report shows both. Of several changes the last one is told, as the page of the indicator lists them all.

use super::{Findings, Observed};
use crate::assess::index::ObservationKey;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::history::Edit;

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    let Some(history) = &register.history else { return };
    for (report, row) in register.reports.iter() {
        for (place, observation) in row.observations.iter().enumerate() {
            let Some(figure) = history.figures.get(&observation.span) else { continue };
            // What is not committed yet is changed on the day of the build at the earliest.
            let day = |edit: &Edit| edit.commit.as_ref().map_or(findings.assessment.as_of, |commit| commit.day);
            let Some(edit) = figure.edits.iter().rfind(|edit| day(edit) > row.published) else { continue };
            let (key, indicator) = (observation.indicator, &register.indicators[observation.indicator]);
            let observed = Observed { key, indicator, at: ObservationKey { report, place }, observation };
            let is_day = edit.former.says_what(&edit.figure);
            let former = if is_day { edit.former.as_of.to_string() } else { edit.former.to_string() };
            let wording = match (&edit.commit, is_day) {
                (None, _) => "edited-after-publication.uncommitted",
                (Some(_), true) => "edited-after-publication.day",
                (Some(_), false) => "edited-after-publication",
            };
            let diagnostic = Diagnostic::new(Code::EditedAfterPublication, observed.span())
                .worded(wording)
                .with("former", former)
                .with("changed", day(edit))
                .with("published", row.published);
            findings.about_observation(observed, diagnostic);
        }
    }
}
