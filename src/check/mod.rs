//! Checks on the figures: compares what sources say with what they count.
//!
//! One rule a file. A rule reads the assessment and adds [`Finding`]s; whether a finding is an error, a warning or
//! nothing is the site's to say. A finding that an editor has acknowledged is no diagnostic, but stays in the list:
//! its reason is published beside the figure.

mod aggregate_differs;
mod breakdown_sum_differs;
mod conflicting_observation;
mod coverage_missing;
mod duplicate_observation;
mod edited_after_publication;
mod items_sum_differs;
mod milestone_outside_period;
mod missing_source;
mod observation_outside_period;
mod overdue_without_report;
mod stale;
mod stated_percent_differs;
mod target_differs;
mod translation_missing;
mod unit_dissolved;
mod unused_item;
mod value_above_population;
mod value_decreased;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::assess::index::ObservationKey;
use crate::assess::{Assessment, Judgement, Point, Standing, series};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::indicator::{Evidence, Indicator, IndicatorKey};
use crate::model::report::{Observation, ReportKey};
use crate::model::resolution::ResolutionKey;
use crate::model::text::Text;
use crate::model::unit::UnitKey;
use crate::source::{SourceId, Span};

/// Something that a reader or an editor should look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What it is about.
    pub subject: Subject,
    /// The mistake, with its place and figures.
    pub diagnostic: Diagnostic,
    /// Why the figure stands all the same, where an editor says so.
    pub acknowledged: Option<Text>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A figure of an indicator.
    Observation(IndicatorKey, ObservationKey),
    /// An indicator as such.
    Indicator(IndicatorKey),
    /// A document.
    Resolution(ResolutionKey),
    /// A unit's duty to follow a document.
    Coverage(ResolutionKey, UnitKey),
    /// An entry of any kind, by its file.
    Entry(SourceId),
}

/// The findings of one run.
#[derive(Debug)]
struct Findings<'a> {
    assessment: &'a Assessment,
    list: Vec<Finding>,
}

/// A rule.
enum Rule {
    /// It looks at the figures of one report, but for those that were corrected.
    Report(fn(&mut Findings, &[Observed])),
    /// It looks at all that it wants to.
    Site(fn(&mut Findings)),
}

/// Rules about what is there: they hold whatever is wrong elsewhere.
const PRESENCE: &[Rule] = &[
    Rule::Report(stated_percent_differs::check),
    Rule::Site(stated_percent_differs::check_targets),
    Rule::Report(breakdown_sum_differs::check),
    Rule::Site(items_sum_differs::check),
    Rule::Report(value_above_population::check),
    Rule::Report(observation_outside_period::check),
    Rule::Site(value_decreased::check),
    Rule::Report(duplicate_observation::check),
    Rule::Site(conflicting_observation::check),
    Rule::Site(edited_after_publication::check),
    Rule::Site(milestone_outside_period::check),
    Rule::Site(unit_dissolved::check),
    Rule::Site(missing_source::check),
    Rule::Report(missing_source::check_figures),
    Rule::Site(target_differs::check),
];

/// Rules about what is not there: what they miss may be in a file that could not be read whole.
const ABSENCE: &[Rule] = &[
    Rule::Site(stale::check),
    Rule::Site(overdue_without_report::check),
    Rule::Site(coverage_missing::check),
    Rule::Site(aggregate_differs::check),
    Rule::Site(translation_missing::check),
    Rule::Site(unused_item::check),
];

/// The figures of how many reports a thread looks at at once.
const PART: usize = 64;

/// What one rule found, by its place among the rules.
type Found = (usize, Vec<Finding>);

/// Runs every rule, except where files that could not be read whole would mislead it. What one rule finds stands
/// together, in the order of rules.
#[must_use]
pub fn check(assessment: &Assessment, incomplete: &BTreeSet<SourceId>) -> Vec<Finding> {
    let absence = if incomplete.is_empty() { ABSENCE } else { &[] };
    let rules: Vec<(usize, &Rule)> = PRESENCE.iter().chain(absence).enumerate().collect();
    let of_site = || rules.par_iter().filter_map(|(place, rule)| rule.of_site(assessment).map(|found| (*place, found)));
    let (mut found, of_reports): (Vec<Found>, Vec<Found>) =
        rayon::join(|| of_site().collect(), || of_reports(&rules, assessment));
    found.extend(of_reports);
    // Those of one rule stay in the order of reports.
    found.sort_by_key(|(place, _)| *place);
    let is_whole = |finding: &Finding| !incomplete.contains(&finding.diagnostic.primary.file);
    found.into_iter().flat_map(|(_, findings)| findings).filter(is_whole).collect()
}

impl Rule {
    /// What a rule that looks at the whole site finds.
    fn of_site(&self, assessment: &Assessment) -> Option<Vec<Finding>> {
        let Self::Site(rule) = self else { return None };
        let mut findings = Findings { assessment, list: Vec::new() };
        rule(&mut findings);
        Some(findings.list)
    }
}

/// What the rules find that look at one report after the other: each report's figures are at hand for all of them.
fn of_reports(rules: &[(usize, &Rule)], assessment: &Assessment) -> Vec<Found> {
    let points = assessment.register.indicators.keys().flat_map(|key| &assessment.judgement(key).series);
    let corrected = points.filter(|point| matches!(point.standing, Standing::Corrected { .. }));
    let corrected: BTreeSet<ObservationKey> = corrected.map(|point| point.observation).collect();
    let reports: Vec<ReportKey> = assessment.register.reports.keys().collect();
    let run = |reports: &[ReportKey]| {
        let begin = |(place, rule): &(usize, &Rule)| match rule {
            Rule::Report(rule) => Some((*place, *rule, Findings { assessment, list: Vec::new() })),
            Rule::Site(_) => None,
        };
        let mut found: Vec<_> = rules.iter().filter_map(begin).collect();
        let mut figures = Vec::new();
        for report in reports {
            figures.clear();
            figures.extend(observed(assessment, *report, &corrected));
            found.iter_mut().for_each(|(_, rule, findings)| rule(findings, &figures));
        }
        found.into_iter().map(|(place, _, findings)| (place, findings.list)).collect::<Vec<_>>()
    };
    reports.par_chunks(PART).flat_map_iter(run).collect()
}

/// The figures of a report that a later one did not replace: whoever was wrong has said so, and old reports are not
/// edited.
fn observed<'a>(
    assessment: &'a Assessment,
    report: ReportKey,
    corrected: &BTreeSet<ObservationKey>,
) -> impl Iterator<Item = Observed<'a>> {
    let register = &assessment.register;
    let all = register.reports[report].observations.iter().enumerate().map(move |(place, observation)| Observed {
        key: observation.indicator,
        indicator: &register.indicators[observation.indicator],
        at: ObservationKey { report, place },
        observation,
    });
    all.filter(|observed| !corrected.contains(&observed.at))
}

/// The findings that nobody has acknowledged, as diagnostics.
#[must_use]
pub fn diagnostics(findings: &[Finding]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for finding in findings.iter().filter(|finding| finding.acknowledged.is_none()) {
        diagnostics.push(finding.diagnostic.clone());
    }
    diagnostics
}

/// An observation with its indicator, as the rules look at it.
#[derive(Clone, Copy)]
struct Observed<'a> {
    key: IndicatorKey,
    indicator: &'a Indicator,
    at: ObservationKey,
    observation: &'a Observation,
}

impl Observed<'_> {
    /// Whether it counts by stages or items.
    fn is_by_stages(&self) -> bool {
        let Observation { breakdown, items, .. } = self.observation;
        !(breakdown.is_empty() && items.is_empty())
    }

    /// The place of its figure, else of its reference to the indicator.
    fn span(&self) -> Span {
        self.observation.value.as_ref().map_or(self.observation.span, |value| value.span)
    }
}

impl<'a> Findings<'a> {
    /// Every indicator with its judgement.
    fn indicators(&self) -> impl Iterator<Item = (IndicatorKey, &'a Indicator, &'a Judgement)> + use<'a> {
        let assessment = self.assessment;
        assessment.register.indicators.iter().map(|(key, indicator)| (key, indicator, assessment.judgement(key)))
    }

    fn observation(&self, at: ObservationKey) -> Observed<'a> {
        let register = &self.assessment.register;
        let observation = &register.reports[at.report].observations[at.place];
        let key = observation.indicator;
        Observed { key, indicator: &register.indicators[key], at, observation }
    }

    /// The figures of an indicator that count, in the order of their days.
    fn counted(judgement: &'a Judgement) -> impl Iterator<Item = &'a Point> + use<'a> {
        series::counted(&judgement.series)
    }

    /// Notes a finding about a figure; the figure or its indicator may acknowledge it.
    fn about_observation(&mut self, observed: Observed, diagnostic: Diagnostic) {
        let acknowledged = acknowledged(&observed.observation.evidence, &diagnostic)
            .or_else(|| acknowledged(&observed.indicator.evidence, &diagnostic));
        let subject = Subject::Observation(observed.key, observed.at);
        self.list.push(Finding { subject, diagnostic, acknowledged });
    }

    /// Notes a finding about an indicator, which may acknowledge it.
    fn about_indicator(&mut self, key: IndicatorKey, diagnostic: Diagnostic) {
        let acknowledged = acknowledged(&self.assessment.register.indicators[key].evidence, &diagnostic);
        self.list.push(Finding { subject: Subject::Indicator(key), diagnostic, acknowledged });
    }

    /// Notes a finding that nothing can acknowledge.
    fn about(&mut self, subject: Subject, diagnostic: Diagnostic) {
        self.list.push(Finding { subject, diagnostic, acknowledged: None });
    }
}

fn acknowledged(evidence: &Evidence, diagnostic: &Diagnostic) -> Option<Text> {
    evidence.acknowledge.iter().find(|(code, _)| *code == diagnostic.code).map(|(_, reason)| reason.clone())
}
