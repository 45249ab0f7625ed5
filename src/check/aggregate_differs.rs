//! `aggregate-differs`: a stated total is not the sum of its parts.
//!
//! Why: the higher unit reports 40 and its districts together 38; one of them counts something else. The parts are
//! those of the total's day: what they brought later says nothing about it. A mean may have been rounded.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::indicator::Aggregate;

pub(super) fn check(findings: &mut Findings) {
    for (_, indicator, judgement) in findings.indicators() {
        let Some(stated) = judgement.latest() else { continue };
        let Some(total) = judgement.totals.iter().rfind(|total| total.since <= stated.as_of) else { continue };
        let sum = match indicator.aggregate {
            Some(Aggregate::Mean) => &total.value.to_share().rounded(stated.value.decimals()),
            Some(Aggregate::Sum | Aggregate::Count) | None => &total.value,
        };
        if stated.value != *sum {
            let observed = findings.observation(stated.observation);
            let diagnostic =
                Diagnostic::new(Code::AggregateDiffers, observed.span()).with("stated", &stated.value).with("sum", sum);
            findings.about_observation(observed, diagnostic);
        }
    }
}
