//! `stated-percent-differs`: a stated share is not the share that its own figures give.
//!
//! Why: "2 of 3, that is 66.6 %" was cut off, "1 of 3, that is 50 %" is wrong; a reader deserves to know which.
//! The whole is the one that the source names, else the target, milestone or population. A target that the editors
//! inferred is not held against the share that it was inferred from.

use super::{Findings, Observed};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::quantity::{Quantity, Share};
use crate::model::report::{Stated, StatedOf};

pub(super) fn check(findings: &mut Findings, figures: &[Observed]) {
    for &observed in figures.iter().filter(|observed| !observed.observation.evidence.stated.is_empty()) {
        let judgement = findings.assessment.judgement(observed.key);
        let point =
            judgement.series.iter().find(|point| point.observation == observed.at || point.also.contains(&observed.at));
        let Some(value) = point.map(|point| &point.value) else { continue };
        for stated in &observed.observation.evidence.stated {
            let whole = whole(observed, stated, judgement.target.as_ref().map(|target| &target.min));
            if let Some(diagnostic) = whole.and_then(|whole| compare(stated, value, &whole)) {
                findings.about_observation(observed, diagnostic);
            }
        }
    }
}

/// The same for the shares that come with a target.
pub(super) fn check_targets(findings: &mut Findings) {
    for (key, indicator, judgement) in findings.indicators() {
        let Some(target) = judgement.target.as_ref().map(|target| &target.min) else { continue };
        for stated in indicator.evidence.stated.iter().filter(|_| !indicator.derived) {
            let population = indicator.population.as_ref().map(|population| &population.value);
            let whole = stated.out_of.as_ref().map(|out_of| &out_of.value).or(population);
            if let Some(diagnostic) = whole.and_then(|whole| compare(stated, target, whole)) {
                findings.about_indicator(key, diagnostic);
            }
        }
    }
}

fn whole(observed: Observed, stated: &Stated, target: Option<&Quantity>) -> Option<Quantity> {
    if stated.of == StatedOf::Target && observed.indicator.derived {
        return None;
    }
    if let Some(out_of) = &stated.out_of {
        return Some(out_of.value.clone());
    }
    match stated.of {
        StatedOf::Target => target.cloned(),
        StatedOf::Population => observed.indicator.population.as_ref().map(|population| population.value.clone()),
        StatedOf::Milestone => {
            let milestones = &observed.indicator.milestones;
            let next = milestones.iter().find(|milestone| milestone.date >= observed.observation.as_of);
            next.or(milestones.last()).map(|milestone| milestone.value.value.clone())
        }
    }
}

/// Compares a stated share with its figures, to as many decimals as the source states.
fn compare(stated: &Stated, value: &Quantity, whole: &Quantity) -> Option<Diagnostic> {
    let percent = value.over(whole)?.percent();
    let said = &stated.percent.value;
    let places = said.decimals();
    if percent.rounded(places) == *said {
        return None;
    }
    let wording = if percent.truncated(places) == *said {
        "stated-percent-differs.truncated"
    } else if rounds_to_tens(&percent, said) {
        "stated-percent-differs.rounded"
    } else {
        "stated-percent-differs"
    };
    Some(
        Diagnostic::new(Code::StatedPercentDiffers, stated.percent.span)
            .worded(wording)
            .with("stated", said)
            .with("value", value)
            .with("of", whole)
            .with("computed", percent.rounded(places.max(1))),
    )
}

/// Whether a share of tens was stated for one that lies nearer to it than to any other ten.
fn rounds_to_tens(percent: &Share, said: &Quantity) -> bool {
    let ten = Share::of(10, 1).expect("ten is over one");
    let tens = percent.over(&ten).map(|share| share.rounded(0));
    tens.is_some_and(|tens| &tens.to_share() * &ten == said.to_share()) && !said.is_zero()
}
