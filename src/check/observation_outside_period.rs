//! `observation-outside-period`: an observation after the document's period, or before its baseline.
//!
//! Why: a figure from outside the promise's time says nothing about the promise; often its day is mistyped.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings, figures: &[Observed]) {
    for &observed in figures {
        let as_of = observed.observation.as_of;
        let period = findings.assessment.register.resolutions[observed.indicator.resolution].period;
        let baseline = findings.assessment.judgement(observed.key).baseline_date;
        let is_late = period.is_some_and(|period| as_of > period.end());
        let is_early = baseline.is_some_and(|day| as_of < day);
        if is_late || is_early {
            let start = baseline.or(period.map(|period| period.start()));
            let or_open = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
            let diagnostic = Diagnostic::new(Code::ObservationOutsidePeriod, observed.observation.span)
                .with("as_of", as_of)
                .with("start", or_open(start))
                .with("end", or_open(period.map(|period| period.end())));
            findings.about_observation(observed, diagnostic);
        }
    }
}
