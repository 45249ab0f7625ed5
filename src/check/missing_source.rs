//! `missing-source`: a figure without a source.
//!
//! Why: a reader must be able to look every figure up. A target counts as sourced by its own `source` or by its
//! document's; a figure by its own or by its report's.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::report::{Citation, Source};

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    let indicators: Vec<_> = findings.indicators().collect();
    for (key, indicator, _) in indicators {
        let sources = &register.resolutions[indicator.resolution].sources;
        if indicator.target.is_some() && indicator.evidence.source.is_none() && sources.is_empty() {
            findings.about_indicator(key, Diagnostic::new(Code::MissingSource, indicator.span));
        }
    }
    let observed: Vec<Observed> = findings.observations().collect();
    for observed in observed {
        let own = observed.observation.evidence.source.as_ref();
        let report = &register.reports[observed.at.report].source;
        let is_sourced = match own {
            Some(Source::Report(_)) => true,
            Some(Source::Citation(citation)) => names_something(citation),
            None => names_something(report),
        };
        if !is_sourced {
            findings.about_observation(observed, Diagnostic::new(Code::MissingSource, observed.span()));
        }
    }
}

fn names_something(citation: &Citation) -> bool {
    citation.title.is_some() || citation.publisher.is_some() || citation.url.is_some()
}
