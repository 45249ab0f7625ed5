//! `target-differs`: the same promise with another target in another document.
//!
//! Why: a district registers 14 cells with the province and resolves 5 at home; a reader should see both.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::indicator::Target;

pub(super) fn check(findings: &mut Findings) {
    for (key, indicator, judgement) in findings.indicators() {
        let Some(restates) = &indicator.restates else { continue };
        let other = &findings.assessment.judgement(restates.value).target;
        if let (Some(this), Some(other)) = (&judgement.target, other)
            && this != other
        {
            let diagnostic = Diagnostic::new(Code::TargetDiffers, restates.span)
                .with("this", words(this))
                .with("other", words(other));
            findings.about_indicator(key, diagnostic);
        }
    }
}

fn words(target: &Target) -> String {
    match &target.max {
        Some(max) => format!("{}–{max}", target.min),
        None => target.min.to_string(),
    }
}
