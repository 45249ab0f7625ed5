//! What reports say of an indicator, from day to day.

use serde::Serialize;

use super::super::evidence::{EvidenceView, SourceView};
use super::super::history::of_figure;
use super::super::{Day, Here, Link, Words};
use crate::assess::{Point, Standing};
use crate::check::Subject;
use crate::model::indicator::{Indicator, IndicatorKey};
use crate::model::report::Observation;
use crate::render::html::Html;

#[derive(Debug, Serialize)]
pub(super) struct HistoryRow<'a> {
    day: Day,
    value: Words<'a>,
    pub(super) stages: Vec<Words<'a>>,
    pub(super) items: Vec<Words<'a>>,
    report: Link<'a>,
    evidence: EvidenceView<'a>,
    /// Further reports with the same figure for the same day.
    also: Vec<Link<'a>>,
    /// When it was entered and changed, where the repository is asked.
    changes: Vec<Html>,
    /// Why the figure does not count, or what it replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Html>,
    counts: bool,
    /// Whether it is what the source expects: set aside, but nobody took it back.
    forecast: bool,
    latest: bool,
    /// What the editors say of the whole report.
    report_note: Option<Words<'a>>,
}

pub(super) fn history_row<'a>(here: &Here<'a>, key: IndicatorKey, point: &'a Point, latest: bool) -> HistoryRow<'a> {
    let indicator = &here.register.indicators[key];
    let report = &here.register.reports[point.observation.report];
    let observation = &report.observations[point.observation.place];
    let standing = match point.standing {
        Standing::Counted => observation
            .corrects
            .map(|former| here.sentence("standing.corrects", &[("report", here.report(former).into())])),
        Standing::Forecast => Some(here.sentence("standing.forecast", &[])),
        Standing::Corrected { by } => Some(here.sentence("standing.corrected", &[("report", here.report(by).into())])),
        Standing::Superseded { by } => {
            Some(here.sentence("standing.superseded", &[("report", here.report(by).into())]))
        }
    };
    let subjects: Vec<Subject> = [point.observation]
        .iter()
        .chain(&point.also)
        .map(|observation| Subject::Observation(key, *observation))
        .collect();
    HistoryRow {
        day: here.day(point.as_of),
        value: here.qualified(&point.value, &indicator.measured_in, point.qualifier),
        stages: breakdown(here, indicator, observation),
        items: item_stages(here, indicator, observation),
        report: here.report(point.observation.report),
        evidence: EvidenceView::of_all(
            here,
            &observation.evidence,
            Some(SourceView::citation(here, &report.source)),
            &subjects,
        ),
        also: point.also.iter().map(|key| here.report(key.report)).collect(),
        changes: of_figure(here, indicator, observation),
        standing,
        counts: point.standing == Standing::Counted,
        forecast: point.standing == Standing::Forecast,
        report_note: report.entry.note.as_ref().map(|note| here.words(note)),
        latest,
    }
}

/// What an observation says of stages: "Đã ban hành: 11".
pub(crate) fn breakdown<'a>(here: &Here<'a>, indicator: &'a Indicator, observation: &Observation) -> Vec<Words<'a>> {
    (observation.breakdown.iter())
        .map(|(stage, value)| {
            let name = here.words(&indicator.stages[*stage].name);
            let value = here.edition.locale.number(&value.value);
            Words {
                text: here.fill("indicator.stage_count", &[("name", &name.text), ("count", &value)]).into(),
                ..name
            }
        })
        .collect()
}

/// What an observation says of items: "Xã Phú Nhuận: Đạt chuẩn".
pub(crate) fn item_stages<'a>(here: &Here<'a>, indicator: &'a Indicator, observation: &Observation) -> Vec<Words<'a>> {
    (observation.items.iter())
        .map(|(item, stage)| {
            let item = here.words(&indicator.items[*item].name);
            let stage = here.words(&indicator.stages[*stage].name);
            Words {
                text: here.fill("indicator.stage_count", &[("name", &item.text), ("count", &stage.text)]).into(),
                ..item
            }
        })
        .collect()
}
