//! Fills the six tables.

use std::borrow::Cow;

use rayon::prelude::*;

use super::cells::Cells;
use super::columns::{COUNTED, columns};
use super::{address, citation};
use crate::assess::index::ObservationKey;
use crate::assess::{Assessment, Flag, Point, Standing, Status, Summary};
use crate::model::indicator::{Direction, IndicatorKey};
use crate::model::report::{Citation, Observation};
use crate::model::table::Table as Rows;
use crate::route::{Table, Target};

/// The rows of how many indicators make a part of the largest table. Unit tests make do with fewer.
const PART: usize = if cfg!(test) { 2 } else { 64 };

/// One of the tables of `data/`, as the bytes of its CSV file.
#[must_use]
pub fn table(table: Table, assessment: &Assessment) -> Vec<u8> {
    let register = &assessment.register;
    let rows = match table {
        Table::Indicators => register.indicators.len(),
        Table::Reports => register.reports.len(),
        Table::Units => register.units.len(),
        Table::Resolutions => register.resolutions.len(),
        // Made in parts, or short.
        Table::Observations | Table::Coverage => 0,
    };
    let mut cells = Cells::new(columns(table), rows);
    match table {
        Table::Indicators => indicators(assessment, &mut cells),
        Table::Observations => return Observations::new(assessment).whole(),
        Table::Reports => reports(assessment, &mut cells),
        Table::Units => units(assessment, &mut cells),
        Table::Resolutions => resolutions(assessment, &mut cells),
        Table::Coverage => coverage(assessment, &mut cells),
    }
    cells.finish()
}

/// The largest of the tables, which is made in parts: a header, then the rows of some indicators each.
#[derive(Debug)]
pub struct Observations<'a> {
    assessment: &'a Assessment,
    indicators: Vec<IndicatorKey>,
}

impl<'a> Observations<'a> {
    /// The table of a site, of which nothing is made yet.
    #[must_use]
    pub fn new(assessment: &'a Assessment) -> Self {
        Self { assessment, indicators: assessment.register.indicators.keys().collect() }
    }

    /// What stands before the first part.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        Cells::new(columns(Table::Observations), 0).finish()
    }

    /// How many indicators each part is of, in the order of the parts.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        self.indicators.chunks(PART).map(<[_]>::len).collect()
    }

    /// Makes the part of that place, on one thread, which notes all that it looks at.
    ///
    /// # Panics
    /// Where there are fewer parts.
    #[must_use]
    pub fn part(&self, place: usize) -> Vec<u8> {
        let indicators = self.indicators.chunks(PART).nth(place).expect("the part is one of the table's");
        let mut cells = Cells::without_header(columns(Table::Observations), self.rows(indicators));
        indicators.iter().for_each(|indicator| observations(self.assessment, *indicator, &mut cells));
        cells.finish()
    }

    /// The table, all of whose parts are made now.
    fn whole(&self) -> Vec<u8> {
        self.join(|place| (self.part(place).into(), ())).0
    }

    /// The table of these parts, with what else is said of each: several threads are asked for a few parts at a time,
    /// whose memory the next ones use again.
    pub fn join<'p, T: Send>(&self, part: impl Fn(usize) -> (Cow<'p, [u8]>, T) + Sync) -> (Vec<u8>, Vec<T>) {
        let (mut table, mut said) = (self.header(), Vec::new());
        let mut left = self.rows(&self.indicators);
        let some = rayon::current_num_threads() * 4;
        for indicators in self.indicators.chunks(PART * some) {
            let places = said.len()..said.len() + indicators.len().div_ceil(PART);
            let (parts, of_each): (Vec<Cow<'_, [u8]>>, Vec<T>) = places.into_par_iter().map(&part).unzip();
            let (bytes, made) = (parts.iter().map(|part| part.len()).sum::<usize>(), self.rows(indicators));
            if table.capacity() - table.len() < bytes {
                // Rows are much alike: those that are left will take as much each, and a little more.
                table.reserve_exact(bytes + bytes.div_ceil(made.max(1)) * (left - made) * 17 / 16);
            }
            parts.iter().for_each(|part| table.extend_from_slice(part));
            said.extend(of_each);
            left -= made;
        }
        (table, said)
    }

    /// How many rows these indicators have.
    fn rows(&self, indicators: &[IndicatorKey]) -> usize {
        indicators.iter().map(|key| self.assessment.index.observations(*key).len()).sum()
    }
}

fn indicators(assessment: &Assessment, cells: &mut Cells) {
    let register = &assessment.register;
    for (key, indicator) in register.indicators.iter() {
        let judgement = assessment.judgement(key);
        let target = judgement.target.as_ref();
        cells.text(indicator.id.as_str());
        cells.text(register.resolutions[indicator.resolution].id.as_str());
        cells.text(indicator.name.original());
        cells.text(register.units[indicator.owner_on(assessment.as_of)].id.as_str());
        cells.text_or_empty(indicator.field.map(|field| &register.site.fields[field.0].id));
        cells.text(indicator.measured_in.original());
        cells.text_or_empty(judgement.direction.map(Direction::as_str));
        cells.plain(judgement.baseline.as_ref());
        cells.day(judgement.baseline_date);
        cells.plain(target.map(|target| &target.min));
        cells.plain(target.and_then(|target| target.max.as_ref()));
        cells.day(judgement.due);
        cells.plain(judgement.value.as_ref());
        cells.day(judgement.value_date);
        cells.plain(judgement.progress.as_ref());
        cells.plain(judgement.expected.as_ref());
        cells.plain(judgement.pace.as_ref());
        cells.text(judgement.status.as_str());
        cells.list(judgement.flags.iter().copied().map(Flag::as_str));
        cells.plain(indicator.population.as_ref().map(|population| &population.value));
        cells.plain(Some(assessment.index.observations(key).len()));
        cells.text(address(assessment, Target::Indicator(key)));
        cells.end_row();
    }
}

/// The observations of one indicator with the figures they come to, in the order of day and report.
pub(super) fn counted(assessment: &Assessment, indicator: IndicatorKey) -> Vec<(ObservationKey, Option<&Point>)> {
    let register = &assessment.register;
    let series = assessment.judgement(indicator).series.iter();
    let mut points: Vec<(ObservationKey, &Point)> =
        series.flat_map(|point| point.also.iter().chain([&point.observation]).map(move |key| (*key, point))).collect();
    points.sort_unstable_by_key(|(key, _)| *key);
    let find = |key: &ObservationKey| points.binary_search_by_key(key, |(key, _)| *key).ok().map(|at| points[at].1);
    let dated = |key: &ObservationKey| (register.reports[key.report].observations[key.place].as_of, *key);
    let mut keys: Vec<_> = assessment.index.observations(indicator).iter().map(dated).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, key)| (key, find(&key))).collect()
}

pub(super) fn observations(assessment: &Assessment, indicator: IndicatorKey, cells: &mut Cells) {
    let register = &assessment.register;
    let id = register.indicators[indicator].id.as_str();
    for (key, point) in counted(assessment, indicator) {
        let report = &register.reports[key.report];
        let observation = &report.observations[key.place];
        let stated_value = observation.value.as_ref().map(|value| &value.value);
        let corrected_by = point.and_then(|point| match point.standing {
            Standing::Corrected { by } => Some(by),
            Standing::Counted | Standing::Forecast | Standing::Superseded { .. } => None,
        });
        cells.text(id);
        cells.text(report.id.as_str());
        cells.text(register.units[report.unit].id.as_str());
        cells.day(Some(observation.as_of));
        cells.plain(stated_value.or(point.map(|point| &point.value)));
        cells.text(observation.qualifier.as_str());
        cells.figures(observation.evidence.stated.iter().map(|stated| &stated.percent.value));
        cells.text_or_empty(observation.corrects.map(|report| register.reports[report].id.as_str()));
        cells.text_or_empty(corrected_by.map(|report| register.reports[report].id.as_str()));
        let source = observation.evidence.source.as_ref();
        source_cells(source.map_or(&report.source, |source| citation(register, source)), cells);
        cells.text_or_empty(observation.evidence.quote.as_ref());
        cells.text_or_empty(observation.evidence.note.as_ref().map(|note| note.original()));
        cells.list(breakdown(assessment, indicator, observation));
        cells.end_row();
    }
}

/// `cho=4`, by stages in their order; for a checklist `phu-khuong=ban-hanh`, by items in theirs.
fn breakdown(assessment: &Assessment, indicator: IndicatorKey, observation: &Observation) -> Vec<String> {
    let indicator = &assessment.register.indicators[indicator];
    let mut counts: Vec<_> = observation.breakdown.iter().collect();
    counts.sort_by_key(|(stage, _)| *stage);
    let mut items = observation.items.clone();
    items.sort_unstable();
    let counts = counts.into_iter().map(|(stage, count)| format!("{}={}", indicator.stages[*stage].id, count.value));
    let items =
        items.into_iter().map(|(item, stage)| format!("{}={}", indicator.items[item].id, indicator.stages[stage].id));
    counts.chain(items).collect()
}

fn source_cells(source: &Citation, cells: &mut Cells) {
    cells.text_or_empty(source.title.as_ref());
    cells.text_or_empty(source.publisher.as_ref());
    cells.day(source.date);
    cells.text_or_empty(source.url.as_ref());
}

fn reports(assessment: &Assessment, cells: &mut Cells) {
    let register = &assessment.register;
    for (key, report) in register.reports.iter() {
        cells.text(report.id.as_str());
        cells.text(report.title.original());
        cells.text(register.units[report.unit].id.as_str());
        cells.plain(report.period);
        cells.day(Some(report.published));
        source_cells(&report.source, cells);
        cells.plain(Some(report.observations.len()));
        cells.text(address(assessment, Target::Report(key)));
        cells.end_row();
    }
}

fn units(assessment: &Assessment, cells: &mut Cells) {
    let register = &assessment.register;
    for (key, unit) in register.units.iter() {
        cells.text(unit.id.as_str());
        cells.text(unit.name.original());
        cells.text(&register.site.levels[unit.level.0].id);
        cells.text_or_empty(unit.parent.map(|parent| register.units[parent].id.as_str()));
        cells.text_or_empty(unit.code.as_ref());
        cells.day(unit.established);
        cells.day(unit.dissolved);
        cells.list(unit.successors.iter().map(|successor| &register.units[*successor].id));
        count_cells(assessment.unit(key), cells);
        cells.text(address(assessment, Target::Unit(key)));
        cells.end_row();
    }
}

fn resolutions(assessment: &Assessment, cells: &mut Cells) {
    let register = &assessment.register;
    let ids = |keys: &[_], rows: &Rows<crate::model::resolution::Resolution>| -> Vec<String> {
        keys.iter().map(|key| rows[*key].id.to_string()).collect()
    };
    for (key, resolution) in register.resolutions.iter() {
        cells.text(resolution.id.as_str());
        cells.text_or_empty(resolution.number.as_ref());
        cells.text(resolution.kind.as_str());
        cells.text(resolution.title.original());
        cells.text(register.units[resolution.issuer].id.as_str());
        cells.plain(resolution.issued);
        cells.plain(resolution.period.map(|period| period.start()));
        cells.plain(resolution.period.map(|period| period.end()));
        cells.list(ids(&resolution.implements, &register.resolutions));
        count_cells(assessment.resolution(key), cells);
        cells.text(address(assessment, Target::Resolution(key)));
        cells.end_row();
    }
}

fn count_cells(summary: &Summary, cells: &mut Cells) {
    cells.plain(Some(summary.total()));
    for status in COUNTED {
        let late = if status == Status::Achieved { summary.count(Status::AchievedLate) } else { 0 };
        cells.plain(Some(summary.count(status) + late));
    }
}

fn coverage(assessment: &Assessment, cells: &mut Cells) {
    let register = &assessment.register;
    for (key, resolution) in register.resolutions.iter() {
        for covered in assessment.coverage(key) {
            cells.text(resolution.id.as_str());
            cells.text(register.units[covered.unit].id.as_str());
            cells.day(resolution.expects.as_ref().and_then(|expects| expects.by));
            cells.text_or_empty(covered.implemented_by.map(|follower| register.resolutions[follower].id.as_str()));
            cells.day(covered.issued);
            cells.text(covered.state.as_str());
            cells.end_row();
        }
    }
}
