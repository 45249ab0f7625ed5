//! `duplicate-observation`: one report gives an indicator's figure for one day twice.
//!
//! Why: nobody could say which of the two is meant. Items of a checklist may be told in several entries.

use std::collections::BTreeMap;

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings, figures: &[Observed]) {
    let mut first: BTreeMap<_, Observed> = BTreeMap::new();
    for &observed in figures {
        let key = (observed.key, observed.observation.as_of);
        let Some(earlier) = first.get(&key).copied() else {
            first.insert(key, observed);
            continue;
        };
        let items = |observed: Observed| observed.observation.items.iter().map(|(item, _)| *item).collect::<Vec<_>>();
        let (before, after) = (items(earlier), items(observed));
        let tells_more = !before.is_empty() && !after.is_empty() && !after.iter().any(|item| before.contains(item));
        if !tells_more {
            let diagnostic = Diagnostic::new(Code::DuplicateObservation, observed.observation.span)
                .label(earlier.observation.span, "first-here");
            findings.about_observation(observed, diagnostic);
        }
    }
}
