//! Indicators (chỉ tiêu): what is measured, from where to where, by when.

use chrono::NaiveDate;

use super::id::IndicatorId;
use super::quantity::Quantity;
use super::report::{Acknowledgements, Source, Stated};
use super::resolution::ResolutionKey;
use super::site::{FieldKey, GroupKey};
use super::table::Key;
use super::text::Text;
use super::unit::UnitKey;
use crate::source::{Span, Spanned};

/// The key of an indicator.
pub type IndicatorKey = Key<Indicator>;

/// One indicator of a document. Without a target it is a statistic: shown, never judged.
#[derive(Debug, Clone, Hash)]
pub struct Indicator {
    /// Its id and address.
    pub id: IndicatorId,
    /// Where its id is written.
    pub span: Span,
    /// The document that sets it.
    pub resolution: ResolutionKey,
    /// Its name.
    pub name: Text,
    /// The unit of measure; `%` for shares.
    pub measured_in: Text,
    /// The field that it belongs to.
    pub field: Option<FieldKey>,
    /// The framework groups that it belongs to.
    pub groups: Vec<GroupKey>,
    /// Who answers for it, before any [`Self::owner_from`].
    pub owner: UnitKey,
    /// Units that take it over, by date.
    pub owner_from: Vec<(NaiveDate, UnitKey)>,
    /// Where it started.
    pub baseline: Baseline,
    /// Where it is to get.
    pub target: Option<Spanned<Target>>,
    /// Which way is good, where the file says so.
    pub direction: Option<Direction>,
    /// By when.
    pub due: Due,
    /// Interim targets, in the order of their dates.
    pub milestones: Vec<Spanned<Milestone>>,
    /// Changes of the promise, in the order of their dates.
    pub revisions: Vec<Revision>,
    /// What the count is out of, where that is not the target.
    pub population: Option<Population>,
    /// The stages that a breakdown or items are counted by, in order.
    pub stages: Vec<Stage>,
    /// A named checklist.
    pub items: Vec<Item>,
    /// Its weight in summaries.
    pub weight: Quantity,
    /// The same promise in another document.
    pub restates: Option<Spanned<IndicatorKey>>,
    /// Higher indicators that this one is a part of.
    pub contributes_to: Vec<IndicatorKey>,
    /// How it is computed from those that contribute to it.
    pub aggregate: Option<Aggregate>,
    /// How many contributors are expected.
    pub of: Option<u64>,
    /// How it is judged.
    pub method: Method,
    /// A natural limit of the measure.
    pub limit: Option<Quantity>,
    /// When an observation grows stale, where that is not the site's rule.
    pub stale_after: Option<StaleAfter>,
    /// The target was inferred by the editors.
    pub derived: bool,
    /// Where the target is stated, and in which words.
    pub evidence: Evidence,
}

impl Indicator {
    /// Who answers for it on that day.
    #[must_use]
    pub fn owner_on(&self, day: NaiveDate) -> UnitKey {
        self.owner_from.iter().rev().find(|(from, _)| *from <= day).map_or(self.owner, |(_, unit)| *unit)
    }

    /// Whether it is a share in hundredths.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.measured_in.original() == "%"
    }

    /// Whether any stage counts as done.
    #[must_use]
    pub fn has_done_stage(&self) -> bool {
        self.stages.iter().any(|stage| stage.done)
    }
}

/// What an editor says about where a figure comes from.
#[derive(Debug, Clone, Default, Hash)]
pub struct Evidence {
    /// The source, where it is not that of the document or report. Few figures have one, and few a remark, so that
    /// neither makes room for it.
    pub source: Option<Box<Source>>,
    /// Whether its source is not known on the day.
    pub has_later_source: bool,
    /// The source's own words, on one line.
    pub quote: Option<String>,
    /// A remark for readers.
    pub note: Option<Box<Text>>,
    /// Shares that the source itself states.
    pub stated: Vec<Stated>,
    /// Checks that were looked at, each with the reason why the figure stands.
    pub acknowledge: Acknowledgements,
}

/// Where an indicator started.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Baseline {
    /// No source says so.
    Unknown,
    /// A source says so.
    Stated {
        /// The value.
        value: Quantity,
        /// Its day; by default the period's start.
        date: Option<NaiveDate>,
    },
    /// The file says nothing: a count starts at 0 when the period starts, a share is unknown.
    Default,
}

/// Where an indicator is to get. `max`, where there is one, is not below `min`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// What must be met.
    pub min: Quantity,
    /// The stretch, for a range.
    pub max: Option<Quantity>,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// A level to stay at or above.
    AtLeast,
    /// A level to stay at or below.
    AtMost,
}

impl Direction {
    /// The word in content files and data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// No source says so.
    Unknown,
    /// A source says so.
    Stated(NaiveDate),
    /// The file says nothing: the period's end, if there is a period.
    Default,
}

/// A dated interim target.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Milestone {
    /// Its day.
    pub date: NaiveDate,
    /// The value to have reached.
    pub value: Quantity,
}

/// A changed promise.
#[derive(Debug, Clone, Hash)]
pub struct Revision {
    /// From when it holds.
    pub date: NaiveDate,
    /// The new target, where it changed.
    pub target: Option<Target>,
    /// The new day, where it changed; [`Due::Unknown`] where the change leaves it open.
    pub due: Option<Due>,
    /// The document that changed it.
    pub by: Option<ResolutionKey>,
    /// A remark for readers.
    pub note: Option<Text>,
}

/// What a count is out of.
#[derive(Debug, Clone, Hash)]
pub struct Population {
    /// How many there are.
    pub value: Quantity,
    /// What they are.
    pub name: Option<Text>,
}

/// A stage of a breakdown or a checklist.
#[derive(Debug, Clone, Hash)]
pub struct Stage {
    /// Its id within the indicator.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Whether what stands here counts as done.
    pub done: bool,
}

/// An item of a checklist.
#[derive(Debug, Clone, Hash)]
pub struct Item {
    /// Its id within the indicator.
    pub id: String,
    /// Where its id is written.
    pub span: Span,
    /// Its name.
    pub name: Text,
    /// Who answers for it, where that is not the indicator's owner.
    pub owner: Option<UnitKey>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How much it counts.
    pub quantity: Option<Quantity>,
}

/// How a higher indicator is made of lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// The sum of the parts.
    Sum,
    /// Their mean.
    Mean,
    /// How many of them have met their target.
    Count,
}

/// How an indicator is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Method {
    /// Progress against the time that has passed.
    #[default]
    Pace,
    /// Only once it is due.
    AtDue,
    /// Compound annual growth.
    Growth,
}

/// When an observation grows stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StaleAfter {
    /// Never.
    Never,
    /// After so many months.
    Months(u32),
}
