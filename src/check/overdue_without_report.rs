//! `overdue-without-report`: a target is past its day and no report says how it ended.
//!
//! Why: whoever promised owes the end of the story; until it is told, nobody may call it kept or broken.

use super::Findings;
use crate::assess::Status;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    for (key, indicator, judgement) in findings.indicators() {
        let Some(due) = judgement.due.filter(|due| findings.assessment.as_of >= *due) else { continue };
        if matches!(judgement.status, Status::Unreported | Status::NoData) {
            findings.about_indicator(key, Diagnostic::new(Code::OverdueWithoutReport, indicator.span).with("due", due));
        }
    }
}
