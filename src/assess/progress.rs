//! The formulas of progress, expected progress and pace (content contract, §5), in exact arithmetic.

use chrono::NaiveDate;

use super::figure::Figure;
use super::series::amount;
use crate::model::Register;
use crate::model::indicator::{Baseline, Direction, Due, Indicator, Method, Target};
use crate::model::quantity::{Quantity, Share};

/// What an indicator promises, with the contract's defaults and the revisions in force.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) baseline: Option<Quantity>,
    pub(crate) start: Option<NaiveDate>,
    pub(crate) baseline_assumed: bool,
    pub(crate) target: Option<Target>,
    pub(crate) due: Option<NaiveDate>,
    pub(crate) due_assumed: bool,
    pub(crate) direction: Option<Direction>,
}

impl Terms {
    /// The terms of an indicator in force; revisions that are not known yet are not in the register.
    pub(crate) fn of(register: &Register, indicator: &Indicator) -> Self {
        let period = register.resolutions[indicator.resolution].period;
        let (baseline, start) = match &indicator.baseline {
            Baseline::Unknown => (None, period.map(|period| period.start())),
            Baseline::Stated { value, date } => (Some(value.clone()), date.or(period.map(|period| period.start()))),
            Baseline::Default if indicator.is_percent() => (None, period.map(|period| period.start())),
            Baseline::Default => (Some(Quantity::zero()), period.map(|period| period.start())),
        };
        let revised = |target: &Option<Target>| {
            indicator.revisions.iter().rev().find_map(|revision| revision.target.clone()).or_else(|| target.clone())
        };
        let target = revised(&indicator.target.as_ref().map(|target| target.value.clone()));
        let due = indicator.revisions.iter().rev().find_map(|revision| revision.due).unwrap_or(indicator.due);
        let direction = indicator.direction.or_else(|| {
            let target = target.as_ref()?;
            let falls = baseline.as_ref().is_some_and(|baseline| *baseline > target.min);
            Some(if falls { Direction::Decrease } else { Direction::Increase })
        });
        let judged_from_baseline =
            target.is_some() && !matches!(direction, Some(Direction::AtLeast | Direction::AtMost));
        // A default is only there to judge by: a statistic has no start that nobody stated.
        let baseline = baseline.filter(|_| target.is_some() || indicator.baseline != Baseline::Default);
        Self {
            baseline_assumed: judged_from_baseline && baseline.is_some() && indicator.baseline == Baseline::Default,
            baseline,
            start,
            due: match due {
                Due::Unknown => None,
                Due::Stated(day) => Some(day),
                Due::Default => period.map(|period| period.end()),
            },
            due_assumed: target.is_some() && due == Due::Default && period.is_some(),
            target,
            direction,
        }
    }

    /// Whether the target is a level to stay at, not a way to go.
    pub(crate) fn is_level(&self) -> bool {
        matches!(self.direction, Some(Direction::AtLeast | Direction::AtMost))
    }

    /// Whether smaller figures are better.
    fn falls(&self) -> bool {
        matches!(self.direction, Some(Direction::Decrease | Direction::AtMost))
    }

    /// Whether a value reaches a goal on the good side.
    fn reaches(&self, value: &Quantity, goal: &Quantity) -> bool {
        if self.falls() { value <= goal } else { value >= goal }
    }

    /// Whether a figure proves that a goal is reached: one that is open away from the goal cannot.
    pub(crate) fn proves(&self, figure: &Figure, goal: &Quantity) -> bool {
        let exactness = figure.exactness;
        let may_be_worse = if self.falls() { exactness.may_be_more() } else { exactness.may_be_less() };
        !may_be_worse && self.reaches(&figure.value, goal)
    }

    /// Whether a figure proves that a goal is missed: one that is open toward the goal cannot.
    pub(crate) fn disproves(&self, figure: &Figure, goal: &Quantity) -> bool {
        let exactness = figure.exactness;
        let may_be_better = if self.falls() { exactness.may_be_less() } else { exactness.may_be_more() };
        !may_be_better && !self.reaches(&figure.value, goal)
    }

    /// `p = (v − b) / (T − b)`; `None` for a level, an unknown baseline, or a baseline that is the target.
    pub(crate) fn progress(&self, value: &Quantity) -> Option<Share> {
        let (baseline, target) = self.way()?;
        (value - baseline).over(&(target - baseline))
    }

    /// Baseline and target, where there is a way between them.
    fn way(&self) -> Option<(&Quantity, &Quantity)> {
        let (baseline, target) = (self.baseline.as_ref()?, &self.target.as_ref()?.min);
        (!self.is_level() && baseline != target).then_some((baseline, target))
    }

    /// How much of the way should be behind on a day, 0–1.
    ///
    /// By the days of items where they have any, else linear in days from the start to the day it is due; with
    /// milestones, linear between them in value. `None` where a day or a value that this needs is unknown, and for a
    /// checklist without days or an indicator judged only once it is due.
    pub(crate) fn expected(&self, indicator: &Indicator, day: NaiveDate) -> Option<Share> {
        if indicator.method == Method::AtDue {
            return None;
        }
        let (baseline, target) = self.way()?;
        if !indicator.items.is_empty() {
            return self.expected_items(indicator, day);
        }
        let (start, due) = (self.start?, self.due?);
        let mut from = (start, baseline);
        let milestones = indicator.milestones.iter().map(|milestone| (milestone.date, &milestone.value.value));
        let steps = milestones.filter(|(date, _)| start < *date && *date < due).chain([(due, target)]);
        for to in steps {
            if day < to.0 {
                let passed = Share::of((day - from.0).num_days(), (to.0 - from.0).num_days())?.clamped();
                let value = &from.1.to_share() + &(&(to.1 - from.1).to_share() * &passed);
                let way = (target - baseline).to_share();
                return (&value - &baseline.to_share()).over(&way).map(|share| share.clamped());
            }
            from = to;
        }
        Some(Share::one())
    }

    /// The share of items, or of their quantity, that is due by a day.
    fn expected_items(&self, indicator: &Indicator, day: NaiveDate) -> Option<Share> {
        if indicator.items.iter().all(|item| item.due.is_none()) {
            return None;
        }
        let due_by = |item_due: Option<NaiveDate>| item_due.or(self.due).is_some_and(|due| due <= day);
        let due: Quantity =
            indicator.items.iter().filter(|item| due_by(item.due)).map(|item| amount(indicator, item)).sum();
        let all: Quantity = indicator.items.iter().map(|item| amount(indicator, item)).sum();
        // Of quantities below zero a part can be more than the whole.
        Some(due.over(&all)?.clamped())
    }
}
