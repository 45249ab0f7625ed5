//! `breakdown-sum-differs`: a breakdown does not add up.
//!
//! Why: "11 issued, 3 drafted, 4 waiting" must be 18 documents; a stage that was forgotten hides what is late.
//! All stages are held against the population, else the target; stages that are parts, against the stated value.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::quantity::Quantity;

pub(super) fn check(findings: &mut Findings, figures: &[Observed]) {
    for &observed in figures {
        let (indicator, observation) = (observed.indicator, observed.observation);
        let Some((_, first)) = observation.breakdown.first() else { continue };
        let sum: Quantity = observation.breakdown.iter().map(|(_, count)| &count.value).sum();
        let population = indicator.population.as_ref().map(|population| &population.value);
        let target = findings.assessment.judgement(observed.key).target.as_ref().map(|target| &target.min);
        let total = if indicator.has_done_stage() {
            population.or(target)
        } else {
            observation.value.as_ref().map(|value| &value.value)
        };
        if let Some(total) = total.filter(|total| **total != sum) {
            let diagnostic =
                Diagnostic::new(Code::BreakdownSumDiffers, first.span).with("sum", &sum).with("total", total);
            findings.about_observation(observed, diagnostic);
        }
    }
}
