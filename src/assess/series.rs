//! How the observations of an indicator become one line of figures: corrections, forecasts, merges and conflicts.
//!
//! The ledger is never edited: a figure that does not count any more stays in the series, with its [`Standing`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figure::Figure;
use super::index::ObservationKey;
use crate::model::Register;
use crate::model::indicator::{Indicator, IndicatorKey, Item};
use crate::model::quantity::Quantity;
use crate::model::report::{Observation, Qualifier, ReportKey};

/// One figure of an indicator.
#[derive(Debug, Clone, Hash)]
pub struct Point {
    /// The observation that gives it.
    pub observation: ObservationKey,
    /// Further observations that give the same figure for the same day.
    pub also: Vec<ObservationKey>,
    /// The day that it is of.
    pub as_of: NaiveDate,
    /// The figure: as stated, or counted from stages or items.
    pub value: Quantity,
    /// How exact it is.
    pub qualifier: Qualifier,
    /// Whether it counts.
    pub standing: Standing,
}

impl Point {
    /// What is judged of it.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let Self { value, qualifier, as_of, .. } = self;
        Figure { value: value.clone(), exactness: (*qualifier).into(), date: *as_of, since: *as_of }
    }
}

/// Whether a figure counts, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It counts.
    Counted,
    /// Its day lies after its publication: shown, never judged.
    Forecast,
    /// A later report replaced it.
    Corrected {
        /// The report that did.
        by: ReportKey,
    },
    /// Another report, published later, gives another figure for the same day.
    Superseded {
        /// That report.
        by: ReportKey,
    },
}

/// The figures of an indicator, and what the latest of them says about its stages and items.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// In the order of day, publication and report.
    pub(crate) points: Vec<Point>,
    /// The latest known count at each stage; empty where none was reported.
    pub(crate) stages: Vec<Quantity>,
    /// The latest known stage of each item.
    pub(crate) items: Vec<Option<usize>>,
}

/// Reads the observations of an indicator as one series.
pub(crate) fn series(register: &Register, key: IndicatorKey, observations: &[ObservationKey]) -> Series {
    let indicator = &register.indicators[key];
    let at = |key: ObservationKey| &register.reports[key.report].observations[key.place];
    let published = |key: ObservationKey| register.reports[key.report].published;

    let mut dated: Vec<_> = observations.iter().map(|key| (at(*key).as_of, published(*key), *key)).collect();
    dated.sort_unstable();
    let ordered: Vec<ObservationKey> = dated.into_iter().map(|(_, _, key)| key).collect();
    let standings = standings(register, &ordered);

    let mut series = Series {
        points: Vec::with_capacity(ordered.len()),
        stages: Vec::new(),
        items: vec![None; indicator.items.len()],
    };
    let mut checklists = Checklists::default();
    for (place, key) in ordered.iter().copied().enumerate() {
        let observation = at(key);
        let counts = standings[place] == Standing::Counted;
        let mut items = series.items.clone();
        for (item, stage) in &observation.items {
            items[*item] = Some(*stage);
        }
        let point = Point {
            observation: key,
            also: Vec::new(),
            as_of: observation.as_of,
            value: figure(indicator, observation, &items),
            qualifier: observation.qualifier,
            standing: standings[place],
        };
        let mut adds_up = None;
        if counts {
            adds_up = checklists.take(observation);
            series.items = items;
            if !observation.breakdown.is_empty() {
                series.stages = breakdown(indicator, observation);
            }
        }
        series.push(point, adds_up);
    }
    if series.stages.is_empty() && series.items.iter().any(Option::is_some) {
        series.stages = staged_items(indicator, &series.items);
    }
    series
}

impl Series {
    /// Adds the next figure in order; one for a day that has a figure already merges with it or replaces it.
    ///
    /// Items of one day that are told in turn add up, and equal figures agree; others contradict.
    fn push(&mut self, point: Point, adds_up: Option<bool>) {
        let last = self.points.iter_mut().rev().find(|last| last.standing == Standing::Counted);
        match last {
            Some(last) if last.as_of == point.as_of && point.standing == Standing::Counted => {
                if adds_up.unwrap_or(last.value == point.value) {
                    last.value = point.value;
                    last.qualifier = point.qualifier;
                    last.also.push(point.observation);
                    return;
                }
                last.standing = Standing::Superseded { by: point.observation.report };
            }
            _ => {}
        }
        self.points.push(point);
    }
}

/// The points that count, in the order of their days.
pub fn counted(points: &[Point]) -> impl DoubleEndedIterator<Item = &Point> {
    points.iter().filter(|point| point.standing == Standing::Counted)
}

/// The place of the last point that counts.
pub(crate) fn latest(points: &[Point]) -> Option<usize> {
    points.iter().rposition(|point| point.standing == Standing::Counted)
}

/// The stages of items that the checklists of one day tell.
#[derive(Default)]
struct Checklists {
    day: Option<NaiveDate>,
    stages: BTreeMap<usize, usize>,
}

impl Checklists {
    /// Adds what the next observation in order tells: whether its items go with those of the same day so far; `None`
    /// where it names none.
    fn take(&mut self, observation: &Observation) -> Option<bool> {
        if self.day.replace(observation.as_of) != Some(observation.as_of) {
            self.stages.clear();
        }
        let contradicts = |(item, stage): &(usize, usize)| self.stages.get(item).is_some_and(|told| told != stage);
        let adds_up = !observation.items.iter().any(contradicts);
        self.stages.extend(observation.items.iter().copied());
        (!observation.items.is_empty()).then_some(adds_up)
    }
}

/// The standing of each observation before figures of one day meet.
fn standings(register: &Register, ordered: &[ObservationKey]) -> Vec<Standing> {
    let at = |key: ObservationKey| &register.reports[key.report].observations[key.place];
    let published = |key: ObservationKey| register.reports[key.report].published;
    let corrections: Vec<_> = ordered.iter().copied().filter(|key| at(*key).corrects.is_some()).collect();
    let standing = |key: ObservationKey| {
        let as_of = at(key).as_of;
        // Where a correction was corrected in its turn, the one published last is named.
        let correction = corrections
            .iter()
            .copied()
            .filter(|other| at(*other).corrects == Some(key.report) && at(*other).as_of == as_of)
            .filter(|other| other.report != key.report)
            .max_by_key(|other| (published(*other), *other));
        match correction {
            Some(by) => Standing::Corrected { by: by.report },
            None if as_of > published(key) => Standing::Forecast,
            None => Standing::Counted,
        }
    };
    ordered.iter().copied().map(standing).collect()
}

/// The figure that an observation gives: as stated, else the count of its stages, else that of the items so far.
fn figure(indicator: &Indicator, observation: &Observation, items: &[Option<usize>]) -> Quantity {
    if let Some(value) = &observation.value {
        value.value.clone()
    } else if !observation.breakdown.is_empty() {
        of_stages(indicator, &breakdown(indicator, observation))
    } else {
        of_stages(indicator, &staged_items(indicator, items))
    }
}

/// The counts of an observation by the indicator's stages; a stage that is not named has none.
fn breakdown(indicator: &Indicator, observation: &Observation) -> Vec<Quantity> {
    let mut stages = vec![Quantity::zero(); indicator.stages.len()];
    for (stage, count) in &observation.breakdown {
        stages[*stage] = &stages[*stage] + &count.value;
    }
    stages
}

/// How much stands at each stage of a checklist: quantities where any item has one, else a count of items.
fn staged_items(indicator: &Indicator, items: &[Option<usize>]) -> Vec<Quantity> {
    let mut stages = vec![Quantity::zero(); indicator.stages.len()];
    for (item, stage) in indicator.items.iter().zip(items) {
        if let Some(stage) = stage {
            stages[*stage] = &stages[*stage] + &amount(indicator, item);
        }
    }
    stages
}

/// How much an item counts for: its quantity where items have any, else one.
pub(crate) fn amount(indicator: &Indicator, item: &Item) -> Quantity {
    let weighed = indicator.items.iter().any(|item| item.quantity.is_some());
    match &item.quantity {
        Some(quantity) => quantity.clone(),
        None if weighed => Quantity::zero(),
        None => Quantity::from(1),
    }
}

/// What counts of the stages: those that are done; without a done stage the stages are parts, and their sum counts.
fn of_stages(indicator: &Indicator, stages: &[Quantity]) -> Quantity {
    let parts = !indicator.has_done_stage();
    indicator.stages.iter().zip(stages).filter(|(stage, _)| parts || stage.done).map(|(_, count)| count).sum()
}
