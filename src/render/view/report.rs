//! The page of a report: what one unit said on one day, each figure with its quote.

use serde::Serialize;

use super::evidence::{EvidenceView, Mismatch, SourceView, mismatches};
use super::frame::Frame;
use super::indicator::{breakdown, item_stages};
use super::resolution::{Beside, ClaimView, claim_view};
use super::{Badge, Day, Here, Link, Page, ProseView, Words};
use crate::assess::index::{ClaimKey, ObservationKey};
use crate::assess::{Point, Standing};
use crate::check::Subject;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::render::html::Html;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct ReportView<'a> {
    title: Words<'a>,
    unit: Link<'a>,
    period: Option<Day>,
    published: Day,
    source: SourceView<'a>,
    summary: Option<Words<'a>>,
    note: Option<Words<'a>>,
    finding: String,
    mismatches: Vec<Mismatch<'a>>,
    figures: Vec<FigureRow<'a>>,
    has_standing: bool,
    claims: Vec<ClaimView<'a>>,
    prose: Option<ProseView<'a>>,
    citation: Html,
}

#[derive(Debug, Serialize)]
struct FigureRow<'a> {
    indicator: Link<'a>,
    document: Link<'a>,
    day: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Words<'a>>,
    stages: Vec<Words<'a>>,
    items: Vec<Words<'a>>,
    /// The figure that counted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Words<'a>>,
    badge: Badge<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Html>,
    evidence: EvidenceView<'a>,
}

pub(crate) fn page<'a>(here: &Here<'a>, key: ReportKey) -> Page<'a> {
    let report = &here.register.reports[key];
    let figures: Vec<FigureRow<'_>> =
        (0..report.observations.len()).map(|place| figure_row(here, ObservationKey { report: key, place })).collect();
    let mut indicators: Vec<IndicatorKey> = report.observations.iter().map(|figure| figure.indicator).collect();
    indicators.sort();
    indicators.dedup();
    let view = ReportView {
        title: here.words(&report.title),
        unit: here.unit(report.unit),
        period: report.period.map(|period| here.period(period)),
        published: here.day(report.published),
        source: SourceView::citation(here, &report.source),
        summary: report.entry.summary.as_ref().map(|summary| here.words(summary)),
        note: report.entry.note.as_ref().map(|note| here.words(note)),
        finding: brought(here, report.observations.len(), indicators.len()),
        mismatches: mismatches(here, Subject::Entry(report.entry.file)),
        has_standing: figures.iter().any(|figure| figure.standing.is_some()),
        figures,
        claims: (0..report.coverage.len())
            .map(|place| claim_view(here, ClaimKey { report: key, place }, Beside::Report))
            .collect(),
        prose: here.prose(&report.entry.prose, 2),
        citation: here.citation(Some(here.words(&report.title))),
    };
    let title = report.title.get(here.language).0.to_owned();
    let description = view.summary.as_ref().map_or_else(|| view.finding.clone(), |summary| summary.text.to_string());
    let parents = vec![Link { href: here.href(Target::Reports(1)), text: Words::plain(here.text("menu.reports")) }];
    let data = here.report_data(key, &description);
    let mut frame = Frame::new(here, title, description, parents);
    frame.describe(data);
    Page::new("report.html", frame, &view)
}

/// What a report brought: "12 số liệu cho 9 chỉ tiêu".
pub(crate) fn brought(here: &Here<'_>, figures: usize, indicators: usize) -> String {
    if figures == 0 {
        return here.text("report.no_figures").to_owned();
    }
    let indicators = here.count("report.for_indicators", indicators, &[]);
    here.count("report.brought", figures, &[("indicators", &indicators)])
}

fn figure_row<'a>(here: &Here<'a>, key: ObservationKey) -> FigureRow<'a> {
    let report = &here.register.reports[key.report];
    let observation = &report.observations[key.place];
    let indicator = &here.register.indicators[observation.indicator];
    let judgement = here.assessment.judgement(observation.indicator);
    let point = point_of(&judgement.series, key);
    let standing = match point.map(|point| point.standing) {
        Some(Standing::Forecast) => Some(here.sentence("standing.forecast", &[])),
        Some(Standing::Corrected { by }) => {
            Some(here.sentence("standing.corrected", &[("report", here.report(by).into())]))
        }
        Some(Standing::Superseded { by }) => {
            Some(here.sentence("standing.superseded", &[("report", here.report(by).into())]))
        }
        Some(Standing::Counted) | None => observation
            .corrects
            .map(|former| here.sentence("standing.corrects", &[("report", here.report(former).into())])),
    };
    let before = point.and_then(|point| figure_before(&judgement.series, point));
    FigureRow {
        indicator: here.indicator(observation.indicator),
        document: here.resolution(indicator.resolution),
        day: here.day(observation.as_of),
        value: point.map(|point| here.qualified(&point.value, &indicator.measured_in, point.qualifier)),
        stages: breakdown(here, indicator, observation),
        items: item_stages(here, indicator, observation),
        before: before
            .map(|before| here.fill("report.before", &[("value", &here.edition.locale.number(&before.value))])),
        target: judgement.target.as_ref().map(|target| {
            let goal = here.goal(target, &indicator.measured_in);
            Words { text: here.fill("home.of_target", &[("target", &goal.text)]).into(), lang: goal.lang }
        }),
        badge: here.badge(judgement.status),
        standing,
        evidence: EvidenceView::new(
            here,
            &observation.evidence,
            None,
            Some(Subject::Observation(observation.indicator, key)),
        ),
    }
}

/// The point that an observation gave.
pub(crate) fn point_of(series: &[Point], key: ObservationKey) -> Option<&Point> {
    series.iter().find(|point| point.observation == key || point.also.contains(&key))
}

/// The figure that counted before that of a point.
pub(crate) fn figure_before<'p>(series: &'p [Point], point: &Point) -> Option<&'p Point> {
    series.iter().rev().find(|other| other.standing == Standing::Counted && other.as_of < point.as_of)
}
