//! Who followed which document, as a field of signs beside the table.

use super::{ChartView, Words};
use crate::assess::Covered;
use crate::assess::coverage::State;
use crate::chart::Chart;
use crate::chart::spec::{Cover, Head, Matrix, MatrixRow};
use crate::model::resolution::ResolutionKey;
use crate::model::unit::UnitKey;
use crate::render::view::Here;

/// Units and documents; `None` where a table says as much at a glance.
///
/// Each row holds how the unit stands to each document, in the order of `documents`.
pub(crate) fn matrix<'a>(
    here: &Here<'a>,
    issuer: UnitKey,
    documents: &[ResolutionKey],
    rows: &[(UnitKey, Vec<Option<Covered>>)],
) -> Option<ChartView<'a>> {
    if documents.len() < 2 || rows.len() < 2 {
        return None;
    }
    let column = |key: &ResolutionKey| {
        let resolution = &here.register.resolutions[*key];
        resolution.number.clone().unwrap_or_else(|| resolution.title.get(here.language).0.to_owned())
    };
    let spec = Matrix {
        head: Head {
            title: here.text("coverage.chart").to_owned(),
            subtitle: here.fill(
                "coverage.chart_subtitle",
                &[
                    ("issuer", here.register.units[issuer].name.get(here.language).0),
                    ("day", &here.date(here.assessment.as_of)),
                ],
            ),
            description: here.text("coverage.chart_description").to_owned(),
            source: None,
        },
        columns: documents.iter().map(column).collect(),
        rows: (rows.iter())
            .map(|(unit, cells)| MatrixRow {
                label: here.register.units[*unit].name.get(here.language).0.to_owned(),
                cells: cells.iter().map(|cell| cell.map(|covered| cover(covered.state))).collect(),
            })
            .collect(),
        legend: State::ALL
            .map(|state| (cover(state), here.text(&format!("coverage.{}.name", state.as_str())).to_owned()))
            .to_vec(),
        empty: here.text("coverage.empty").to_owned(),
    };
    Some(ChartView::new(&Chart::Matrix(spec), Words::plain(here.text("coverage.chart"))))
}

fn cover(state: State) -> Cover {
    match state {
        State::InTime => Cover::InTime,
        State::Late => Cover::Late,
        State::Issued => Cover::Issued,
        State::Reported => Cover::Reported,
        State::NotDue => Cover::NotDue,
        State::Missing => Cover::Missing,
    }
}
