//! What was set for an indicator: from where, to where, by when and by whom; what no source says of it.

use serde::Serialize;

use super::super::{Day, Here, Link, Words};
use crate::assess::{Flag, Judgement};
use crate::model::indicator::{Aggregate, Baseline, Direction, Due, Indicator, Target};
use crate::render::html::Html;

#[derive(Debug, Serialize)]
pub(super) struct Fact<'a> {
    name: &'a str,
    value: Words<'a>,
    /// What a reader should know of it: that it is assumed, and from what.
    note: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct OwnerView<'a> {
    unit: Link<'a>,
    until: Day,
}

#[derive(Debug, Serialize)]
pub(super) struct ItemView<'a> {
    name: Words<'a>,
    owner: Option<Link<'a>>,
    due: Option<Day>,
    quantity: Option<Words<'a>>,
    stage: Option<Words<'a>>,
    done: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct MilestoneView<'a> {
    day: Day,
    value: Words<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct RevisionView<'a> {
    day: Day,
    target: Option<Words<'a>>,
    due: Option<Day>,
    by: Option<Link<'a>>,
    note: Option<Words<'a>>,
}

pub(super) fn facts<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &'a Judgement) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<Words<'a>>, note: Option<&str>| {
        if let Some(value) = value {
            facts.push(Fact { name: here.text(key), value, note: note.map(|note| here.text(note)) });
        }
    };
    let judged = judgement.target.is_some();
    let baseline = judgement.baseline.as_ref().map(|value| {
        let mut value = here.figure(value, &indicator.measured_in);
        if let Some(day) = judgement.baseline_date {
            let text = here.fill("indicator.on_day", &[("value", &value.text), ("day", &here.date(day))]);
            value.text = text.into();
        }
        value
    });
    let assumed = match &indicator.baseline {
        Baseline::Default => Some("indicator.assumed"),
        Baseline::Stated { date: None, .. } => judgement.baseline_date.map(|_| "indicator.day_assumed"),
        Baseline::Stated { .. } | Baseline::Unknown => None,
    };
    add("indicator.baseline", baseline.filter(|_| judged), assumed);
    let target = judgement.target.as_ref().map(|target| {
        let goal = here.goal(target, &indicator.measured_in);
        let key = match judgement.direction {
            Some(Direction::AtLeast) => "indicator.at_least",
            Some(Direction::AtMost) => "indicator.at_most",
            _ => return goal,
        };
        Words { text: here.fill(key, &[("value", &goal.text)]).into(), lang: goal.lang }
    });
    add("indicator.target", target, indicator.derived.then_some("indicator.derived"));
    let due = judgement.due.map(|day| Words::plain(here.date(day)));
    add("indicator.due", due.filter(|_| judged), (indicator.due == Due::Default).then_some("indicator.due_assumed"));
    let population = indicator.population.as_ref().map(|population| {
        let name = population.name.as_ref().unwrap_or(&indicator.measured_in);
        here.figure(&population.value, name)
    });
    add("indicator.population", population, None);
    let aggregate = indicator.aggregate.map(|aggregate| match aggregate {
        Aggregate::Sum => "aggregate.sum",
        Aggregate::Mean => "aggregate.mean",
        Aggregate::Count => "aggregate.count",
    });
    add("indicator.aggregate", aggregate.map(|key| Words::plain(here.text(key))), None);
    facts
}

/// What no source says, one sentence each.
pub(super) fn unknowns<'a>(here: &Here<'a>, judgement: &Judgement) -> Vec<&'a str> {
    if judgement.target.is_none() {
        return vec![here.text("unknown.target")];
    }
    let level = matches!(judgement.direction, Some(Direction::AtLeast | Direction::AtMost));
    let mut unknowns = Vec::new();
    if judgement.baseline.is_none() && !level {
        unknowns.push(here.text("unknown.baseline"));
    } else if judgement.baseline_date.is_none() && !level {
        unknowns.push(here.text("unknown.start"));
    }
    if judgement.due.is_none() {
        unknowns.push(here.text("unknown.due"));
    }
    unknowns
}

pub(super) fn flag_sentence(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement, flag: Flag) -> Html {
    let months = match indicator.stale_after {
        Some(crate::model::indicator::StaleAfter::Months(months)) => months,
        _ => here.register.site.assessment.stale_after_months,
    };
    let day = judgement.value_date.map_or(String::new(), |day| here.date(day));
    let as_of = here.date(here.assessment.as_of);
    let milestone = indicator.milestones.iter().rev().find(|milestone| milestone.date <= here.assessment.as_of);
    let (milestone_day, milestone_value) = milestone.map_or((String::new(), String::new()), |milestone| {
        let value = here.figure(&milestone.value.value, &indicator.measured_in);
        (here.date(milestone.date), value.text.into_owned())
    });
    let (with_data, expected) = judgement.parts.map_or((0, 0), |parts| (parts.with_data, parts.expected));
    let count = |count: usize| here.edition.locale.count(count);
    here.sentence(
        &format!("flag.{}.text", flag.as_str()),
        &[
            ("day", day.into()),
            ("as_of", as_of.into()),
            ("months", months.to_string().into()),
            ("milestone_day", milestone_day.into()),
            ("milestone", milestone_value.into()),
            ("with_data", count(with_data).into()),
            ("expected", count(expected).into()),
        ],
    )
}

pub(super) fn owners<'a>(here: &Here<'a>, indicator: &Indicator) -> Vec<OwnerView<'a>> {
    let as_of = here.assessment.as_of;
    let takeovers = indicator.owner_from.iter().filter(|(from, _)| *from <= as_of);
    let former = std::iter::once(indicator.owner).chain(takeovers.clone().map(|(_, unit)| *unit));
    former
        .zip(takeovers)
        .map(|(unit, (until, _))| OwnerView { unit: here.unit(unit), until: here.day(*until) })
        .collect()
}

pub(super) fn items<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &Judgement) -> Vec<ItemView<'a>> {
    let stage_of = |place: usize| judgement.items.get(place).copied().flatten().map(|stage| &indicator.stages[stage]);
    (indicator.items.iter().enumerate())
        .map(|(place, item)| ItemView {
            name: here.words(&item.name),
            owner: item.owner.map(|owner| here.unit(owner)),
            due: item.due.map(|due| here.day(due)),
            quantity: item.quantity.as_ref().map(|quantity| here.figure(quantity, &indicator.measured_in)),
            stage: stage_of(place).map(|stage| here.words(&stage.name)),
            done: stage_of(place).is_some_and(|stage| stage.done),
        })
        .collect()
}

pub(super) fn milestones<'a>(here: &Here<'a>, indicator: &'a Indicator) -> Vec<MilestoneView<'a>> {
    (indicator.milestones.iter())
        .map(|milestone| MilestoneView {
            day: here.day(milestone.date),
            value: here.figure(&milestone.value.value, &indicator.measured_in),
        })
        .collect()
}

pub(super) fn revisions<'a>(here: &Here<'a>, indicator: &'a Indicator) -> Vec<RevisionView<'a>> {
    let goal = |target: &Target| here.goal(target, &indicator.measured_in);
    (indicator.revisions.iter())
        .map(|revision| RevisionView {
            day: here.day(revision.date),
            target: revision.target.as_ref().map(goal),
            due: revision.due.map(|due| due_of(here, due)),
            by: revision.by.map(|by| here.resolution(by)),
            note: revision.note.as_ref().map(|note| here.words(note)),
        })
        .collect()
}

fn due_of(here: &Here<'_>, due: Due) -> Day {
    match due {
        Due::Stated(day) => here.day(day),
        Due::Unknown | Due::Default => Day::Words(here.text("indicator.not_known").to_owned()),
    }
}
