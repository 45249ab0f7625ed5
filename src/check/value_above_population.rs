//! `value-above-population`: more is counted than there is.
//!
//! Why: 7 of 6 cells cannot be; either the count or the population is mistyped, or they are of different things.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings, figures: &[Observed]) {
    for &observed in figures {
        let Some(population) = &observed.indicator.population else { continue };
        let series = &findings.assessment.judgement(observed.key).series;
        let Some(point) = series.iter().find(|point| point.observation == observed.at) else { continue };
        if point.value > population.value {
            let diagnostic = Diagnostic::new(Code::ValueAbovePopulation, observed.span())
                .with("value", &point.value)
                .with("population", &population.value);
            findings.about_observation(observed, diagnostic);
        }
    }
}
