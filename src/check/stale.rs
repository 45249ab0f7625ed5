//! `stale`: the latest figure is older than the site allows.
//!
//! Why: an old figure no longer vouches for today. Indicators that are settled, or past their day (which is
//! `overdue-without-report`), and statistics are left alone.

use super::Findings;
use crate::assess::{Flag, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::indicator::StaleAfter;

pub(super) fn check(findings: &mut Findings) {
    for (_, indicator, judgement) in findings.indicators() {
        let is_past = judgement.due.is_some_and(|due| findings.assessment.as_of >= due);
        let is_open = !matches!(judgement.status, Status::Achieved | Status::AchievedLate | Status::Tracked);
        let Some(latest) = judgement.latest().filter(|_| judgement.has(Flag::Stale) && is_open && !is_past) else {
            continue;
        };
        let months = match indicator.stale_after {
            Some(StaleAfter::Months(months)) => months,
            Some(StaleAfter::Never) | None => findings.assessment.register.site.assessment.stale_after_months,
        };
        let observed = findings.observation(latest.observation);
        let diagnostic =
            Diagnostic::new(Code::Stale, observed.observation.span).with("as_of", latest.as_of).with("months", months);
        findings.about_observation(observed, diagnostic);
    }
}
