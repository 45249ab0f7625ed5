//! Computes progress, status and summaries as of a date. Pure: the same register and day give the same assessment.
//!
//! The rules are those of the content contract, §5; [`status`] holds the table of statuses, [`progress`] the formulas,
//! [`series`] how observations become one line of figures.

pub mod index;
pub mod progress;
pub mod series;
pub mod status;
pub mod summary;

use chrono::NaiveDate;

use crate::model::Register;
use crate::model::indicator::{Direction, IndicatorKey, Target};
use crate::model::quantity::{Quantity, Share};
use crate::model::resolution::ResolutionKey;
use crate::model::unit::UnitKey;

pub use index::Index;
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
    judgements: Vec<Judgement>,
    resolutions: Vec<Summary>,
    units: Vec<Summary>,
    /// All indicators of the site.
    pub summary: Summary,
}

impl Assessment {
    /// How an indicator stands.
    #[must_use]
    pub fn judgement(&self, indicator: IndicatorKey) -> &Judgement {
        &self.judgements[indicator.index()]
    }

    /// How the indicators of a document stand.
    #[must_use]
    pub fn resolution(&self, resolution: ResolutionKey) -> &Summary {
        &self.resolutions[resolution.index()]
    }

    /// How the indicators that a unit owns stand.
    #[must_use]
    pub fn unit(&self, unit: UnitKey) -> &Summary {
        &self.units[unit.index()]
    }
}

/// How one indicator stands, with every figure that the verdict rests on.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Its figures in the order of their days, those that do not count included.
    pub series: Vec<Point>,
    /// The place in [`Self::series`] of the figure that counts today.
    pub latest: Option<usize>,
    /// The figure that is judged: the latest, or the aggregate of the parts.
    pub value: Option<Quantity>,
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

    /// Whether a flag is set.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// How many parts of an aggregate have data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Parts with data.
    pub with_data: usize,
    /// Parts that are expected.
    pub expected: usize,
}
