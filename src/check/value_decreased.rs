//! `value-decreased`: a count that cannot fall fell without a correction.
//!
//! Why: what was issued stays issued, so 11 after 12 means that one of the two is wrong. Shares in hundredths may
//! fall, and so may statistics.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::indicator::Direction;

pub(super) fn check(findings: &mut Findings) {
    for (_, indicator, judgement) in findings.indicators() {
        let rises = judgement.direction == Some(Direction::Increase) && !indicator.is_percent();
        if !rises && !indicator.has_done_stage() {
            continue;
        }
        let points: Vec<_> = Findings::counted(judgement).collect();
        for pair in points.windows(2) {
            let [before, after] = pair else { continue };
            if after.value >= before.value {
                continue;
            }
            let (earlier, later) = (findings.observation(before.observation), findings.observation(after.observation));
            // Stages may be those that the document has for all its indicators.
            let by_stages = [earlier, later].iter().all(|observed| observed.is_by_stages());
            if later.observation.corrects.is_none() && (rises || by_stages) {
                let diagnostic = Diagnostic::new(Code::ValueDecreased, later.span())
                    .with("before", &before.value)
                    .with("after", &after.value)
                    .label(earlier.span(), "other-here");
                findings.about_observation(later, diagnostic);
            }
        }
    }
}
