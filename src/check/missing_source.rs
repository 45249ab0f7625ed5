//! `missing-source`: a figure without a source.
//!
//! Why: a reader must be able to look every figure up. A target counts as sourced by its own `source` or by its
//! document's; a figure by its own or by its report's. On a past day a source may lie in the future: it is left out of
//! the site, but it is not missing.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::report::{Citation, Source};

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    for (key, indicator, _) in findings.indicators() {
        let resolution = &register.resolutions[indicator.resolution];
        let own = indicator.evidence.source.is_some() || indicator.evidence.has_later_source;
        let documents = !resolution.sources.is_empty() || resolution.has_later_sources;
        if indicator.target.is_some() && !own && !documents {
            findings.about_indicator(key, Diagnostic::new(Code::MissingSource, indicator.span));
        }
    }
}

/// The same for figures.
pub(super) fn check_figures(findings: &mut Findings, figures: &[Observed]) {
    let register = &findings.assessment.register;
    for &observed in figures {
        let own = observed.observation.evidence.source.as_deref();
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
