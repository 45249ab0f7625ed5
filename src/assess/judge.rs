//! Judges one indicator: the first row of the contract's table that fits, from the top.

use chrono::{Months, NaiveDate};

use super::figure::Figure;
use super::growth;
use super::progress::Terms;
use super::series::{Point, Series, Standing, counted, latest};
use super::status::{Flag, Reason, Status};
use super::{Judgement, Parts};
use crate::model::Register;
use crate::model::indicator::{Indicator, Item, Method, StaleAfter};
use crate::model::quantity::Share;
use crate::model::report::Qualifier;
use crate::model::site::Thresholds;

/// Judges an indicator by its own observations.
pub(crate) fn observed(register: &Register, indicator: &Indicator, series: Series, as_of: NaiveDate) -> Judgement {
    let figures: Vec<Figure> = counted(&series.points).map(Point::figure).collect();
    let mut judgement = judge(register, indicator, &figures, &series.points, as_of);
    judgement.latest = latest(&series.points);
    judgement.stages = series.stages;
    judgement.items = series.items;
    judgement.series = series.points;
    judgement
}

/// Judges an indicator by what its parts came to; while some have no data, so has it, and their sum so far is shown.
pub(crate) fn aggregated(
    register: &Register,
    indicator: &Indicator,
    mut totals: Vec<Figure>,
    parts: Parts,
    series: Series,
    as_of: NaiveDate,
) -> Judgement {
    let is_partial = parts.with_data < parts.expected;
    let so_far = totals.pop_if(|_| is_partial);
    if is_partial {
        totals.clear();
    }
    let mut judgement = judge(register, indicator, &totals, &[], as_of);
    if is_partial {
        judgement.value_date = so_far.as_ref().map(|figure| figure.date);
        judgement.qualifier = so_far.as_ref().map_or(Qualifier::Exact, |figure| figure.exactness.qualifier());
        judgement.value = so_far.map(|figure| figure.value);
        judgement.flags.push(Flag::Partial);
    }
    judgement.parts = Some(parts);
    judgement.totals = totals;
    judgement.latest = latest(&series.points);
    judgement.series = series.points;
    judgement
}

/// Judges an indicator by the last of the figures that count; `points` are all that were observed.
fn judge(
    register: &Register,
    indicator: &Indicator,
    figures: &[Figure],
    points: &[Point],
    as_of: NaiveDate,
) -> Judgement {
    let thresholds = &register.site.assessment;
    let terms = Terms::of(register, indicator);
    let figure = figures.last();
    let stale = figure.is_some_and(|figure| is_stale(indicator, thresholds, figure.date, as_of));
    let expected_on = figure.map(|figure| if stale { as_of } else { figure.date });
    let progress = figure.and_then(|figure| terms.progress(&figure.value));
    let expected = expected_on.and_then(|day| terms.expected(indicator, day));
    let pace = match (&progress, &expected) {
        (Some(progress), Some(expected)) => progress.over(expected),
        _ => None,
    };
    let met_since = met_since(&terms, figures);
    let mut judgement = Judgement {
        series: Vec::new(),
        latest: None,
        totals: Vec::new(),
        value: figure.map(|figure| figure.value.clone()),
        qualifier: figure.map_or(Qualifier::Exact, |figure| figure.exactness.qualifier()),
        value_date: figure.map(|figure| figure.date),
        parts: None,
        baseline: terms.baseline.clone(),
        // The start of a baseline that nobody knows says nothing.
        baseline_date: terms.start.filter(|_| terms.baseline.is_some()),
        target: terms.target.clone(),
        due: terms.due,
        direction: terms.direction,
        progress,
        expected,
        expected_on,
        pace,
        met: met_since.is_some(),
        met_since,
        status: Status::Tracked,
        reason: None,
        flags: flags(&terms, indicator, figures, points, stale, as_of),
        growth: None,
        stages: Vec::new(),
        items: vec![None; indicator.items.len()],
    };
    if indicator.method == Method::Growth {
        let verdict = growth::judge(&terms, indicator, figures, judgement.met);
        (judgement.progress, judgement.expected, judgement.expected_on) = (None, None, None);
        judgement.pace = verdict.ratio;
        judgement.growth = verdict.growth;
        (judgement.status, judgement.reason) = (verdict.status, verdict.reason);
        return judgement;
    }
    let case = Case { indicator, terms: &terms, thresholds, figures, stale, as_of };
    let owner = &register.units[indicator.owner_on(as_of)];
    let owner_ended = owner.dissolved.is_some_and(|end| end <= as_of);
    (judgement.status, judgement.reason) = case.status(&judgement, owner_ended);
    judgement
}

/// Whether a figure of that day no longer vouches for today.
fn is_stale(indicator: &Indicator, thresholds: &Thresholds, date: NaiveDate, as_of: NaiveDate) -> bool {
    match indicator.stale_after.unwrap_or(StaleAfter::Months(thresholds.stale_after_months)) {
        StaleAfter::Never => false,
        StaleAfter::Months(months) => date.checked_add_months(Months::new(months)).is_some_and(|until| until < as_of),
    }
}

/// The start of the unbroken run of figures, up to the last, that meet the target.
fn met_since(terms: &Terms, figures: &[Figure]) -> Option<NaiveDate> {
    let target = &terms.target.as_ref()?.min;
    let run = figures.iter().rev().take_while(|figure| terms.proves(figure, target));
    run.last().map(|figure| figure.date)
}

struct Case<'a> {
    indicator: &'a Indicator,
    terms: &'a Terms,
    thresholds: &'a Thresholds,
    figures: &'a [Figure],
    stale: bool,
    as_of: NaiveDate,
}

impl Case<'_> {
    /// The contract's table, row by row.
    fn status(&self, judgement: &Judgement, owner_ended: bool) -> (Status, Option<Reason>) {
        let Some(target) = &self.terms.target else { return (Status::Tracked, None) };
        let Some(figure) = self.figures.last() else { return (Status::NoData, None) };
        let is_past = self.terms.due.is_some_and(|due| self.as_of >= due);
        let at_the_end = self.terms.due.is_some_and(|due| figure.date >= due);
        if let Some(since) = judgement.met_since {
            let is_level = self.terms.is_level();
            let was_not_held = || {
                let due = self.terms.due;
                let mut days = self.figures.iter().map(|figure| figure.date);
                days.any(|day| day < since && due.is_some_and(|due| day >= due))
            };
            if is_level && at_the_end && was_not_held() {
                return (Status::AchievedLate, None);
            }
            if is_level && at_the_end || !is_level && self.terms.due.is_none_or(|due| since <= due) {
                return (Status::Achieved, None);
            }
            if !is_level {
                return (Status::AchievedLate, None);
            }
        }
        let shown = at_the_end && self.terms.disproves(figure, &target.min);
        if is_past && shown {
            return (Status::Missed, None);
        }
        let on_track = self.thresholds.on_track.to_share();
        let keeps = |threshold: &Share| match (&judgement.progress, &judgement.expected) {
            (Some(progress), Some(expected)) => Some(*progress >= threshold * expected),
            _ => None,
        };
        let silent = self.stale
            && judgement.expected.as_ref().is_some_and(|expected| !expected.is_zero())
            && keeps(&on_track) == Some(false);
        if is_past || silent {
            return (Status::Unreported, None);
        }
        if let Some(reason) = self.reason(judgement, owner_ended) {
            return (Status::NotAssessable, Some(reason));
        }
        if self.terms.is_level() {
            return (if judgement.met { Status::OnTrack } else { Status::OffTrack }, None);
        }
        // Baseline and target are one here, or the figure lies on the wrong side of the baseline.
        if judgement.progress.as_ref().is_none_or(Share::is_negative) {
            return (Status::OffTrack, None);
        }
        let behind = self.thresholds.behind.to_share();
        let status = if keeps(&on_track) == Some(true) {
            Status::OnTrack
        } else if keeps(&behind) == Some(true) {
            Status::Behind
        } else {
            Status::OffTrack
        };
        (status, None)
    }

    /// Why no verdict is possible before the indicator is due.
    fn reason(&self, judgement: &Judgement, owner_ended: bool) -> Option<Reason> {
        if owner_ended {
            return Some(Reason::OwnerDissolved);
        }
        if self.terms.is_level() {
            return None;
        }
        if self.terms.baseline.is_none() {
            return Some(Reason::BaselineUnknown);
        }
        let undated = |item: &Item| item.due.is_none();
        if !self.indicator.items.is_empty() && self.indicator.items.iter().all(undated) {
            return Some(Reason::ItemsUndated);
        }
        if self.terms.due.is_none() {
            return Some(Reason::DueUnknown);
        }
        if self.indicator.method == Method::AtDue {
            return Some(Reason::AtDue);
        }
        // A baseline that is the target needs no dates: any other figure has moved away from it.
        (judgement.progress.is_some() && judgement.expected.is_none()).then_some(Reason::StartUnknown)
    }
}

fn flags(
    terms: &Terms,
    indicator: &Indicator,
    figures: &[Figure],
    points: &[Point],
    stale: bool,
    as_of: NaiveDate,
) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut set = |flag: Flag, holds: bool| {
        if holds {
            flags.push(flag);
        }
    };
    let milestone = latest_milestone(terms, indicator, figures, as_of);
    let stretch = terms.target.as_ref().and_then(|target| target.max.as_ref()).zip(figures.last());
    set(Flag::Stale, stale);
    set(Flag::Corrected, points.iter().any(|point| matches!(point.standing, Standing::Corrected { .. })));
    set(Flag::Revised, !indicator.revisions.is_empty());
    set(Flag::BaselineAssumed, terms.baseline_assumed);
    set(Flag::DueAssumed, terms.due_assumed);
    set(Flag::Derived, indicator.derived);
    set(Flag::MilestoneMet, milestone == Some(true));
    set(Flag::MilestoneMissed, milestone == Some(false));
    set(Flag::StretchMet, stretch.is_some_and(|(stretch, figure)| terms.proves(figure, stretch)));
    flags
}

/// Whether the latest milestone that can be decided was met: by the figure in force on its day. It was missed where
/// the first figure of its day or later falls short; a later figure that reaches it proves neither.
fn latest_milestone(terms: &Terms, indicator: &Indicator, figures: &[Figure], as_of: NaiveDate) -> Option<bool> {
    indicator.milestones.iter().rev().find_map(|milestone| {
        let value = &milestone.value.value;
        let in_force = figures.iter().rfind(|figure| figure.since <= milestone.date);
        if in_force.is_some_and(|figure| terms.proves(figure, value)) {
            return Some(true);
        }
        let first_after = figures.iter().find(|figure| figure.date >= milestone.date)?;
        (milestone.date <= as_of && terms.disproves(first_after, value)).then_some(false)
    })
}
