//! `method: growth`: the trend of a series over several years against the growth that its target needs.
//!
//! The documented method of Statistics Canada's progress measure for the Sustainable Development Goals, after
//! Eurostat's "Sustainable development in the European Union", annex on the assessment of trends: compound annual
//! growth from the base year, and its ratio to the growth required. Growth rates are roots, so they are binary numbers
//! here (`libm`, the same on every machine) and are rounded to six decimals before anything is shown; the verdict is
//! taken before that.

use chrono::Datelike;

use super::figure::Figure;
use super::progress::Terms;
use super::status::{Reason, Status};
use crate::model::indicator::{Baseline, Direction, Indicator};
use crate::model::quantity::{Quantity, Share};

/// The least ratio of actual to required growth that is on track.
pub const RATIO_ON_TRACK: f64 = 0.95;
/// The least ratio that is merely behind.
pub const RATIO_BEHIND: f64 = 0.60;
/// Without a target: the least yearly growth in the good direction that is on track, 1.5 % a year.
pub const TREND_ON_TRACK: f64 = 0.015;
/// Without a target: the least yearly growth that is merely behind, 0.5 % a year.
pub const TREND_BEHIND: f64 = 0.005;
/// What a base or target of zero counts as, so that a rate exists.
pub const ZERO_STANDS_FOR: f64 = 0.001;
/// How far below a threshold still meets it: more than roots in binary lose, less than any figure can mean.
const SLACK: f64 = 1e-12;
/// The exponent by which a natural limit scales the two trend thresholds: `C = 1 − (y0 / limit)^4.44`.
pub const LIMIT_EXPONENT: f64 = 4.44;

/// The figures that a trend is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Growth {
    /// The year of the first figure in or after the base year.
    pub base_year: i32,
    /// That figure.
    pub base: Quantity,
    /// The year of the latest figure.
    pub latest_year: i32,
    /// Compound annual growth, as a share a year, to six decimals.
    pub rate: Quantity,
    /// The growth that the target needs, as a share a year, to six decimals.
    pub required: Option<Quantity>,
    /// By how much a natural limit scales the thresholds, to six decimals.
    pub scale: Option<Quantity>,
}

/// What the method comes to.
pub(crate) struct Verdict {
    pub(crate) status: Status,
    pub(crate) reason: Option<Reason>,
    pub(crate) growth: Option<Growth>,
    /// The ratio of actual to required growth, to six decimals.
    pub(crate) ratio: Option<Share>,
}

impl Verdict {
    fn without(reason: Reason) -> Self {
        Self { status: Status::NotAssessable, reason: Some(reason), growth: None, ratio: None }
    }
}

/// Judges a series by its growth; `met` says whether the latest figure meets the target.
pub(crate) fn judge(terms: &Terms, indicator: &Indicator, figures: &[Figure], met: bool) -> Verdict {
    let base_year = match &indicator.baseline {
        Baseline::Stated { date, .. } => date.or(terms.start).map(|day| day.year()),
        Baseline::Unknown | Baseline::Default => None,
    };
    let Some(latest) = figures.last() else {
        return Verdict { status: Status::NoData, reason: None, growth: None, ratio: None };
    };
    if met {
        return Verdict { status: Status::Achieved, reason: None, growth: None, ratio: None };
    }
    let base = figures.iter().find(|figure| base_year.is_none_or(|year| figure.date.year() >= year));
    let Some(base) = base else { return Verdict::without(Reason::TooFewYears) };
    let years = latest.date.year() - base.date.year();
    if years < 1 {
        return Verdict::without(Reason::TooFewYears);
    }
    let (from, to) = (or_nearly_zero(&base.value), or_nearly_zero(&latest.value));
    if from * to < 0.0 {
        return Verdict::without(Reason::SignChange);
    }
    let good = match terms.direction {
        Some(Direction::Decrease | Direction::AtMost) => -1.0,
        Some(Direction::Increase | Direction::AtLeast) | None => 1.0,
    };
    let rate = rate(from, to, years);
    let mut growth = Growth {
        base_year: base.date.year(),
        base: base.value.clone(),
        latest_year: latest.date.year(),
        rate: six_decimals(rate),
        required: None,
        scale: None,
    };
    let Some(target) = &terms.target else {
        let scale = indicator.limit.as_ref().map_or(1.0, |limit| scale(from, limit.to_f64()));
        growth.scale = indicator.limit.as_ref().map(|_| six_decimals(scale));
        let status = graded(good * rate, TREND_ON_TRACK * scale, TREND_BEHIND * scale);
        return Verdict { status, reason: None, growth: Some(growth), ratio: None };
    };
    let Some(due) = terms.due else { return Verdict::without(Reason::DueUnknown) };
    let goal = or_nearly_zero(&target.min);
    let span = due.year() - base.date.year();
    if span < 1 {
        return Verdict::without(Reason::TooFewYears);
    }
    if from * goal < 0.0 {
        return Verdict::without(Reason::SignChange);
    }
    let required = self::rate(from, goal, span).abs();
    growth.required = Some(six_decimals(required));
    let ratio = good * rate / required;
    Verdict {
        status: graded(ratio, RATIO_ON_TRACK, RATIO_BEHIND),
        reason: None,
        growth: Some(growth),
        ratio: ratio.is_finite().then(|| six_decimals(ratio).to_share()),
    }
}

/// `(to / from)^(1 / years) − 1`
fn rate(from: f64, to: f64, years: i32) -> f64 {
    libm::pow(to / from, 1.0 / f64::from(years)) - 1.0
}

/// `C = 1 − (y0 / limit)^4.44`; a base at the limit needs no growth at all.
fn scale(base: f64, limit: f64) -> f64 {
    if limit == 0.0 || base / limit < 0.0 { 1.0 } else { 1.0 - libm::pow(base / limit, LIMIT_EXPONENT) }
}

fn graded(measure: f64, on_track: f64, behind: f64) -> Status {
    if measure >= on_track - SLACK {
        Status::OnTrack
    } else if measure >= behind - SLACK {
        Status::Behind
    } else {
        Status::OffTrack
    }
}

fn or_nearly_zero(figure: &Quantity) -> f64 {
    if figure.is_zero() { ZERO_STANDS_FOR } else { figure.to_f64() }
}

fn six_decimals(number: f64) -> Quantity {
    Quantity::nearest(number, 6)
}
