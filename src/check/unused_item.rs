//! `unused-item`: an item that no observation ever names, although observations name others.
//!
//! Why: a mistyped item stands still for ever. A checklist that nobody has reported on yet is only without data.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    for (key, indicator, _) in findings.indicators() {
        let observations = findings.assessment.index.observations(key);
        let named = |item: usize| {
            let mut observed = observations.iter().map(|at| findings.observation(*at));
            observed.any(|observed| observed.observation.items.iter().any(|(place, _)| *place == item))
        };
        let unnamed: Vec<usize> = (0..indicator.items.len()).filter(|item| !named(*item)).collect();
        if unnamed.len() == indicator.items.len() {
            continue;
        }
        for item in unnamed {
            let item = &indicator.items[item];
            let diagnostic = Diagnostic::new(Code::UnusedItem, item.span).with("id", &item.id);
            findings.about_indicator(key, diagnostic);
        }
    }
}
