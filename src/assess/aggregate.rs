//! What the indicators that contribute to one come to: today, and on each day that one of them brought a figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figure::{Exactness, Figure};
use super::progress::Terms;
use super::series::series;
use super::{Index, Judgement, Parts};
use crate::model::Register;
use crate::model::indicator::{Aggregate, IndicatorKey};
use crate::model::quantity::Quantity;
use crate::model::report::Qualifier;

/// Judges an indicator by the indicators that contribute to it; its day is the earliest of theirs.
pub(super) fn judge(
    register: &Register,
    index: &Index,
    judged: &[Option<Judgement>],
    key: IndicatorKey,
    as_of: NaiveDate,
) -> Judgement {
    let indicator = &register.indicators[key];
    let contributors = index.contributors(key);
    let expected = indicator.of.map_or(0, |of| usize::try_from(of).unwrap_or(usize::MAX)).max(contributors.len());
    let parts = contributors.iter().filter_map(|part| Some((*part, judged[part.index()].as_ref()?)));
    let parts = parts.map(|(key, judgement)| figures(register, key, judgement)).filter(|part| !part.is_empty());
    let parts: Vec<Vec<(Figure, Met)>> = parts.collect();
    let totals = totals(indicator.aggregate, &parts);
    let series = series(register, key, index.observations(key));
    let parts = Parts { with_data: parts.len(), expected };
    super::judge::aggregated(register, indicator, totals, parts, series, as_of)
}

/// Whether a part meets its target, for `aggregate: count`.
#[derive(Clone, Copy)]
enum Met {
    Yes,
    No,
    /// Its figure is a bound that leaves it open.
    Open,
}

/// The figures of a contributor in the order of their days, each with whether it meets the contributor's own target.
fn figures(register: &Register, key: IndicatorKey, judgement: &Judgement) -> Vec<(Figure, Met)> {
    let terms = Terms::of(register, &register.indicators[key]);
    let with_met = |figure: Figure| {
        let met = match &terms.target {
            Some(target) if terms.proves(&figure, &target.min) => Met::Yes,
            Some(target) if !terms.disproves(&figure, &target.min) => Met::Open,
            _ => Met::No,
        };
        (figure, met)
    };
    let figures = if judgement.parts.is_some() { judgement.totals.clone() } else { judgement.figures() };
    figures.into_iter().map(with_met).collect()
}

/// What parts with data came to, one figure for each day that one of them brought something, from the day on which
/// the last of them had a figure.
fn totals(aggregate: Option<Aggregate>, parts: &[Vec<(Figure, Met)>]) -> Vec<Figure> {
    let mut steps: Vec<(NaiveDate, usize, usize)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        steps.extend(part.iter().enumerate().map(|(at, (figure, _))| (figure.since, place, at)));
    }
    steps.sort_unstable();
    let mut tally = Tally::default();
    let mut totals = Vec::new();
    for day in steps.chunk_by(|one, other| one.0 == other.0) {
        for &(_, place, at) in day {
            let figures = &parts[place];
            if let Some(before) = at.checked_sub(1) {
                tally.remove(&figures[before]);
            }
            tally.add(&figures[at]);
        }
        if tally.parts == parts.len() {
            totals.extend(tally.figure(aggregate, day[0].0));
        }
    }
    totals
}

/// The figures of the parts on one day, ready to be put together.
#[derive(Default)]
struct Tally {
    parts: usize,
    sum: Quantity,
    met: i64,
    open: i64,
    /// How many parts have a figure of each day.
    days: BTreeMap<NaiveDate, usize>,
    /// How many parts are as exact as that.
    exactness: BTreeMap<Exactness, usize>,
}

impl Tally {
    fn add(&mut self, (figure, met): &(Figure, Met)) {
        self.parts += 1;
        self.sum = &self.sum + &figure.value;
        self.met += i64::from(matches!(met, Met::Yes));
        self.open += i64::from(matches!(met, Met::Open));
        *self.days.entry(figure.date).or_default() += 1;
        *self.exactness.entry(figure.exactness).or_default() += 1;
    }

    fn remove(&mut self, (figure, met): &(Figure, Met)) {
        self.parts -= 1;
        self.sum = &self.sum - &figure.value;
        self.met -= i64::from(matches!(met, Met::Yes));
        self.open -= i64::from(matches!(met, Met::Open));
        take(&mut self.days, &figure.date);
        take(&mut self.exactness, &figure.exactness);
    }

    /// What the parts come to. A mean is rounded to six decimals, halves away from zero.
    ///
    /// How many parts meet their targets is a lower bound where the bound of a part leaves it open.
    fn figure(&self, aggregate: Option<Aggregate>, since: NaiveDate) -> Option<Figure> {
        let date = *self.days.keys().next()?;
        let of_parts = self.exactness.keys().copied().fold(Exactness::default(), Exactness::and);
        let (value, exactness) = match aggregate {
            Some(Aggregate::Count) if self.open > 0 => (Quantity::from(self.met), Qualifier::AtLeast.into()),
            Some(Aggregate::Count) => (Quantity::from(self.met), Exactness::default()),
            Some(Aggregate::Mean) => {
                let parts = i64::try_from(self.parts).expect("parts are counted in memory");
                (self.sum.over(&Quantity::from(parts))?.rounded(6), of_parts)
            }
            Some(Aggregate::Sum) | None => (self.sum.clone(), of_parts),
        };
        Some(Figure { value, exactness, date, since })
    }
}

/// Takes one away from a count that has it.
fn take<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}
