//! `items-sum-differs`: the quantities of all items are not the target.
//!
//! Why: three projects of 28.2, 48.8 and 48.7 ha are 125.7 ha, not the 100 ha that were promised.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::quantity::Quantity;

pub(super) fn check(findings: &mut Findings) {
    for (key, indicator, judgement) in findings.indicators() {
        let quantities: Option<Vec<&Quantity>> = indicator.items.iter().map(|item| item.quantity.as_ref()).collect();
        let Some(quantities) = quantities.filter(|quantities| !quantities.is_empty()) else { continue };
        let Some(target) = &judgement.target else { continue };
        let sum: Quantity = quantities.into_iter().sum();
        let highest = target.max.as_ref().unwrap_or(&target.min);
        if sum < target.min || sum > *highest {
            let span = indicator.target.as_ref().map_or(indicator.span, |target| target.span);
            let diagnostic = Diagnostic::new(Code::ItemsSumDiffers, span).with("sum", &sum).with("target", &target.min);
            findings.about_indicator(key, diagnostic);
        }
    }
}
