//! `milestone-outside-period`: a milestone outside the indicator's time.
//!
//! Why: an interim target before the start or after the end cannot lie on the way; often its day is mistyped.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    for (key, indicator, judgement) in findings.indicators() {
        for milestone in &indicator.milestones {
            let early = judgement.baseline_date.is_some_and(|start| milestone.date < start);
            let late = judgement.due.is_some_and(|due| milestone.date > due);
            if early || late {
                let diagnostic =
                    Diagnostic::new(Code::MilestoneOutsidePeriod, milestone.span).with("date", milestone.date);
                findings.about_indicator(key, diagnostic);
            }
        }
    }
}
