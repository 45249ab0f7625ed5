//! `conflicting-observation`: two reports give different figures for one indicator and day.
//!
//! Why: both cannot be right, and neither was corrected. The one published later counts; both are shown.

use super::Findings;
use crate::assess::Standing;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    for (_, _, judgement) in findings.indicators() {
        for (place, point) in judgement.series.iter().enumerate() {
            let Standing::Superseded { by } = point.standing else { continue };
            let winner = judgement.series[place..].iter().find(|other| other.observation.report == by);
            let Some(winner) = winner.filter(|_| by != point.observation.report) else { continue };
            let (this, other) = (findings.observation(winner.observation), findings.observation(point.observation));
            let diagnostic = Diagnostic::new(Code::ConflictingObservation, this.span())
                .with("this", &winner.value)
                .with("other", &point.value)
                .with("as_of", point.as_of)
                .label(other.span(), "other-here");
            findings.about_observation(this, diagnostic);
        }
    }
}
