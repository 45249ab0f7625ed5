//! `aggregate-differs`: a stated total is not the sum of its parts.
//!
//! Why: the higher unit reports 40 and its districts together 38; one of them counts something else.

use super::Findings;
use crate::assess::Flag;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    for (_, indicator, judgement) in findings.indicators() {
        if indicator.aggregate.is_none() || judgement.has(Flag::Partial) {
            continue;
        }
        let (Some(sum), Some(stated)) = (&judgement.value, judgement.latest()) else { continue };
        if stated.value != *sum {
            let observed = findings.observation(stated.observation);
            let diagnostic =
                Diagnostic::new(Code::AggregateDiffers, observed.span()).with("stated", &stated.value).with("sum", sum);
            findings.about_observation(observed, diagnostic);
        }
    }
}
