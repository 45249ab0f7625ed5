//! Computes progress, status and summaries as of a date. Pure: the same register and day give the same assessment.
//!
//! The rules are those of the content contract, §5; `judge` holds the table of statuses, [`progress`] the formulas,
//! [`series`] how observations become one line of figures.

mod aggregate;
pub mod changes;
pub mod coverage;
pub mod figure;
pub mod growth;
pub mod index;
mod judge;
pub mod lists;
pub mod progress;
pub mod series;
pub mod status;
pub mod summary;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::Register;
use crate::model::indicator::{Direction, IndicatorKey, Target};
use crate::model::quantity::{Quantity, Share};
use crate::model::report::Qualifier;
use crate::model::resolution::ResolutionKey;
use crate::model::trace::{self, Kind};
use crate::model::unit::UnitKey;

pub use coverage::Covered;
pub use figure::Figure;
pub use index::Index;
pub use lists::Lists;
pub use series::{Point, Standing};
pub use status::{Flag, Reason, Status};
pub use summary::Summary;

/// A register as known on a day, with everything that follows from it.
#[derive(Debug)]
pub struct Assessment {
    /// What is known; nothing in it is dated after [`Self::as_of`].
    pub register: Register,
    /// The day that the assessment speaks of.
    pub as_of: NaiveDate,
    /// Who refers to whom.
    pub index: Index,
    /// What stands in which list, in which order.
    pub lists: Lists,
    judgements: Vec<Judgement>,
    resolutions: Vec<Summary>,
    units: Vec<Summary>,
    coverage: Vec<Vec<Covered>>,
    summary: Summary,
}

/// Judges everything that was known on a day.
///
/// The register must be that of [`Register::known_on`] for the same day.
#[must_use]
pub fn assess(register: Register, as_of: NaiveDate) -> Assessment {
    let index = Index::new(&register, as_of);
    let judgements = judgements(&register, &index, as_of);
    let summary_of = |keys: &mut dyn Iterator<Item = IndicatorKey>| {
        let mut summary = Summary::default();
        for key in keys {
            summary.add(&judgements[key.index()], &register.indicators[key].weight);
        }
        summary
    };
    let resolutions =
        register.resolutions.rows().iter().map(|row| summary_of(&mut row.indicators.iter().copied())).collect();
    let units = register.units.keys().map(|unit| summary_of(&mut index.owned(unit).iter().copied())).collect();
    let summary = summary_of(&mut register.indicators.keys());
    let coverage: Vec<Vec<Covered>> =
        register.resolutions.keys().map(|document| coverage::coverage(&register, &index, document, as_of)).collect();
    let lists = Lists::new(&register, &index, &judgements, &coverage, as_of);
    Assessment { register, as_of, index, lists, judgements, resolutions, units, coverage, summary }
}

/// Judges every indicator: those with observations of their own at once, then those made of others, from below.
fn judgements(register: &Register, index: &Index, as_of: NaiveDate) -> Vec<Judgement> {
    let keys: Vec<IndicatorKey> = register.indicators.keys().collect();
    let mut judged: Vec<Option<Judgement>> = keys
        .par_iter()
        .map(|key| {
            let indicator = &register.indicators[*key];
            let series = series::series(register, *key, index.observations(*key));
            indicator.aggregate.is_none().then(|| judge::observed(register, indicator, series, as_of))
        })
        .collect();
    let mut open: Vec<IndicatorKey> = keys.into_iter().filter(|key| judged[key.index()].is_none()).collect();
    while !open.is_empty() {
        let is_ready = |key: &IndicatorKey| index.contributors(*key).iter().all(|part| judged[part.index()].is_some());
        let (ready, waiting): (Vec<_>, Vec<_>) = open.iter().copied().partition(is_ready);
        // A circle of parts is an error of the content; its members then have no parts to be judged by.
        let (ready, waiting) = if ready.is_empty() { (open, Vec::new()) } else { (ready, waiting) };
        let judge = |key: &IndicatorKey| aggregate::judge(register, index, &judged, *key, as_of);
        let wholes: Vec<Judgement> = ready.par_iter().map(judge).collect();
        for (key, judgement) in ready.iter().zip(wholes) {
            judged[key.index()] = Some(judgement);
        }
        open = waiting;
    }
    judged.into_iter().map(|judgement| judgement.expect("every indicator was judged")).collect()
}

impl Assessment {
    /// How all indicators of the site stand.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        trace::note(Kind::OfSite, 0);
        &self.summary
    }

    /// How an indicator stands.
    #[must_use]
    pub fn judgement(&self, indicator: IndicatorKey) -> &Judgement {
        trace::note(Kind::Judgement, indicator.index());
        &self.judgements[indicator.index()]
    }

    /// How the indicators of a document stand.
    #[must_use]
    pub fn resolution(&self, resolution: ResolutionKey) -> &Summary {
        trace::note(Kind::OfResolution, resolution.index());
        &self.resolutions[resolution.index()]
    }

    /// How each unit that a document expects to follow stands to it, in the order of units.
    #[must_use]
    pub fn coverage(&self, resolution: ResolutionKey) -> &[Covered] {
        trace::note(Kind::Coverage, resolution.index());
        &self.coverage[resolution.index()]
    }

    /// How the indicators that a unit owns stand.
    #[must_use]
    pub fn unit(&self, unit: UnitKey) -> &Summary {
        trace::note(Kind::OfUnit, unit.index());
        &self.units[unit.index()]
    }
}

/// How one indicator stands, with every figure that the verdict rests on.
#[derive(Debug, Clone, Hash)]
pub struct Judgement {
    /// Its figures in the order of their days, those that do not count included.
    pub series: Vec<Point>,
    /// The place in [`Self::series`] of the figure that counts today.
    pub latest: Option<usize>,
    /// What the parts of an aggregate came to since all of them had data, in the order of days; else empty.
    pub totals: Vec<Figure>,
    /// The figure that is judged: the latest, or the aggregate of the parts.
    pub value: Option<Quantity>,
    /// How exact that figure is; `Exact` where there is none.
    pub qualifier: Qualifier,
    /// The day that the figure is of.
    pub value_date: Option<NaiveDate>,
    /// For an aggregate: how many of its parts have data, out of how many.
    pub parts: Option<Parts>,
    /// Where it started; unknown is `None`.
    pub baseline: Option<Quantity>,
    /// When it started.
    pub baseline_date: Option<NaiveDate>,
    /// The target in force.
    pub target: Option<Target>,
    /// The day in force by which it is due.
    pub due: Option<NaiveDate>,
    /// Which way is good; `None` for a statistic that does not say.
    pub direction: Option<Direction>,
    /// `(v − b) / (T − b)`; never clamped. `None` where there is no ratio.
    pub progress: Option<Share>,
    /// How much should be done by [`Self::expected_on`]: 0–1.
    pub expected: Option<Share>,
    /// The day that [`Self::expected`] is for: the observation's, or `as_of` once that is stale.
    pub expected_on: Option<NaiveDate>,
    /// `progress / expected`; `None` where either is missing or nothing is expected yet.
    pub pace: Option<Share>,
    /// Whether the latest figure meets the target.
    pub met: bool,
    /// The start of the unbroken run of figures that meet the target.
    pub met_since: Option<NaiveDate>,
    /// The verdict.
    pub status: Status,
    /// Why there is no verdict, for [`Status::NotAssessable`].
    pub reason: Option<Reason>,
    /// What a reader should know beside the status, in the order of the contract.
    pub flags: Vec<Flag>,
    /// For `method: growth`: the trend and what it is measured by.
    pub growth: Option<growth::Growth>,
    /// The latest known count at each stage, by the indicator's stages; empty where none was reported.
    pub stages: Vec<Quantity>,
    /// The latest known stage of each item, by the indicator's items.
    pub items: Vec<Option<usize>>,
}

impl Judgement {
    /// The figure that counts today, with its source.
    #[must_use]
    pub fn latest(&self) -> Option<&Point> {
        self.latest.map(|place| &self.series[place])
    }

    /// The figures that count, in the order of their days: its own or, for an aggregate, what its parts came to.
    ///
    /// Of several results of one day the first is given, before parts that were ahead brought figures of later days;
    /// of the latest day the last, by which it is judged.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        if self.parts.is_none() {
            return series::counted(&self.series).map(Point::figure).collect();
        }
        let mut days: Vec<Figure> =
            self.totals.chunk_by(|one, other| one.date == other.date).map(|day| day[0].clone()).collect();
        if let Some((latest, total)) = days.last_mut().zip(self.totals.last()) {
            latest.clone_from(total);
        }
        days
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// How many parts of an aggregate have data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parts {
    /// Parts with data.
    pub with_data: usize,
    /// Parts that are expected.
    pub expected: usize,
}
