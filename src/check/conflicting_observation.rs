//! `conflicting-observation`: two reports give different figures for one indicator and day.
//!
//! Why: both cannot be right, and neither was corrected. The one published later counts; both are shown.

use super::{Findings, Observed};
use crate::assess::Standing;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::indicator::Indicator;

pub(super) fn check(findings: &mut Findings) {
    for (_, _, judgement) in findings.indicators() {
        for (place, point) in judgement.series.iter().enumerate() {
            let Standing::Superseded { by } = point.standing else { continue };
            let winner = judgement.series[place..].iter().find(|other| other.observation.report == by);
            let Some(winner) = winner.filter(|_| by != point.observation.report) else { continue };
            let (this, other) = (findings.observation(winner.observation), findings.observation(point.observation));
            let items = items(this, other).filter(|_| winner.value == point.value);
            let (said, said_otherwise) = items.unwrap_or_else(|| (winner.value.to_string(), point.value.to_string()));
            let diagnostic = Diagnostic::new(Code::ConflictingObservation, this.span())
                .with("this", said)
                .with("other", said_otherwise)
                .with("as_of", point.as_of)
                .label(other.span(), "other-here");
            findings.about_observation(this, diagnostic);
        }
    }
}

/// The first item that two checklists put at different stages, `item=stage` by each.
fn items(this: Observed, other: Observed) -> Option<(String, String)> {
    let stage = |observed: Observed, item: usize| {
        observed.observation.items.iter().find_map(|(of, stage)| (*of == item).then_some(*stage))
    };
    let Indicator { items, stages, .. } = this.indicator;
    let said = |item: usize, stage: usize| format!("{}={}", items[item].id, stages[stage].id);
    (0..items.len()).find_map(|item| {
        let (here, there) = (stage(this, item)?, stage(other, item)?);
        (here != there).then(|| (said(item, here), said(item, there)))
    })
}
