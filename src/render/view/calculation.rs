//! How a badge comes about: the reason in a sentence, and the formulas with the figures put in.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::Here;
use crate::assess::growth::{self, Growth};
use crate::assess::{Judgement, Reason, Status};
use crate::model::indicator::{Direction, Indicator, IndicatorKey};
use crate::model::quantity::{Quantity, Share};
use crate::model::report::Source;
use crate::model::resolution::Resolution;
use crate::render::html::{Argument, Html};
use crate::route::Target;

/// What a badge rests on.
#[derive(Debug, Serialize)]
pub(crate) struct Calculation<'a> {
    /// The reason in a sentence or two.
    why: Html,
    steps: Vec<Step<'a>>,
    /// Where the lines between the verdicts are drawn; given with a pace.
    rule: Option<String>,
    /// The method page.
    method: String,
}

/// One formula.
#[derive(Debug, Serialize)]
struct Step<'a> {
    name: &'a str,
    formula: String,
    result: String,
}

impl<'a> Calculation<'a> {
    pub(crate) fn new(here: &Here<'a>, key: IndicatorKey) -> Self {
        let indicator = &here.register.indicators[key];
        let judgement = here.assessment.judgement(key);
        if let Some(growth) = &judgement.growth {
            return Self::of_growth(here, indicator, judgement, growth);
        }
        let paced = is_paced(judgement, here.assessment.as_of);
        let thresholds = &here.register.site.assessment;
        let percent = |share: &Quantity| here.edition.locale.percent(&share.to_share());
        let (on_track, behind) = (percent(&thresholds.on_track), percent(&thresholds.behind));
        let rule = (paced && judgement.pace.is_some())
            .then(|| here.fill("calculation.rule", &[("on_track", &on_track), ("behind", &behind)]));
        Self {
            why: why(here, indicator, judgement),
            steps: steps(here, indicator, judgement, paced),
            rule,
            method: method(here, judgement.status),
        }
    }
}

impl<'a> Calculation<'a> {
    /// The calculation of an indicator that is judged by its growth over years.
    fn of_growth(here: &Here<'a>, indicator: &'a Indicator, judgement: &Judgement, growth: &Growth) -> Self {
        let locale = &here.edition.locale;
        let step = |key: &str, formula: String, result: String| Step { name: here.text(key), formula, result };
        // Where the lines are drawn: shares of the growth needed or, without a target, shares a year.
        let scale = growth.scale.as_ref().map_or(1.0, Quantity::to_f64);
        let marks = match growth.required {
            Some(_) => [growth::RATIO_ON_TRACK, growth::RATIO_BEHIND],
            None => [growth::TREND_ON_TRACK * scale, growth::TREND_BEHIND * scale],
        };
        let marks = marks.map(|mark| Quantity::nearest(mark, 6).to_share());
        let percent = |rate: &Quantity| locale.percent_beside(&rate.to_share(), &marks);
        let in_brackets =
            |text: String, figure: &Quantity| if figure.is_negative() { format!("({text})") } else { text };
        // A zero has no rate of growth; the method says what stands for it.
        let number = |figure: &Quantity| {
            let figure = if figure.is_zero() { &Quantity::nearest(growth::ZERO_STANDS_FOR, 3) } else { figure };
            in_brackets(locale.number(figure), figure)
        };
        let base = number(&growth.base);
        let power = |figure: &Quantity, last: i32| {
            format!("({} ÷ {base})^(1 ÷ ({last} − {})) − 1", number(figure), growth.base_year)
        };
        let value = judgement.value.as_ref().unwrap_or(&growth.base);
        let rate = percent(&growth.rate);
        let mut steps = vec![step("calculation.rate", power(value, growth.latest_year), rate.clone())];
        let mut arguments = vec![
            ("first", growth.base_year.to_string().into()),
            ("last", growth.latest_year.to_string().into()),
            ("rate", rate.clone().into()),
        ];
        let why = match (&growth.required, &judgement.target, judgement.due) {
            (Some(required), Some(target), Some(due)) => {
                // What should fall needs a rate below zero.
                let required = match judgement.direction {
                    Some(Direction::Decrease | Direction::AtMost) => &(&Quantity::zero() - required),
                    _ => required,
                };
                let needed = percent(required);
                arguments.push(("required", needed.clone().into()));
                arguments.push(("target", here.goal(target, &indicator.measured_in).into()));
                arguments.push(("due", here.date(due).into()));
                steps.push(step("calculation.required", power(&target.min, due.year()), needed.clone()));
                if let Some(ratio) = &judgement.pace {
                    let formula = format!("{} ÷ {}", in_brackets(rate, &growth.rate), in_brackets(needed, required));
                    steps.push(step("calculation.ratio", formula, locale.percent_beside(ratio, &marks)));
                }
                "why.growth"
            }
            _ => {
                if let (Some(scale), Some(limit)) = (&growth.scale, &indicator.limit) {
                    let exponent = locale.number(&Quantity::nearest(growth::LIMIT_EXPONENT, 2));
                    let formula = format!("1 − ({base} ÷ {})^{exponent}", number(limit));
                    steps.push(step(
                        "calculation.scale",
                        formula,
                        locale.number(&Quantity::nearest(scale.to_f64(), 3)),
                    ));
                }
                "why.trend"
            }
        };
        let [on_track, behind] = marks.map(|mark| locale.percent(&mark));
        let key = if growth.required.is_some() { "calculation.growth_rule" } else { "calculation.trend_rule" };
        Self {
            why: here.sentence(why, &arguments),
            steps,
            rule: Some(here.fill(key, &[("on_track", &on_track), ("behind", &behind)])),
            method: method(here, judgement.status),
        }
    }
}

/// What the method page says of a status.
fn method(here: &Here<'_>, status: Status) -> String {
    format!("{}#_{}", here.href(Target::Method), status.as_str())
}

/// Whether the verdict compares what is done with what should be done by now.
fn is_paced(judgement: &Judgement, as_of: NaiveDate) -> bool {
    let by_pace = match judgement.status {
        Status::OnTrack | Status::Behind | Status::OffTrack => true,
        // Silent for too long; where it is due, what counts is that nobody said how it ended.
        Status::Unreported => judgement.pace.is_some() && judgement.due.is_none_or(|due| due > as_of),
        _ => false,
    };
    by_pace && judgement.expected.is_some()
}

fn steps<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &Judgement, paced: bool) -> Vec<Step<'a>> {
    let locale = &here.edition.locale;
    let mut steps = Vec::new();
    let (Some(progress), Some(value), Some(baseline), Some(target)) =
        (&judgement.progress, &judgement.value, &judgement.baseline, &judgement.target)
    else {
        return steps;
    };
    let number = |figure: &Quantity| {
        let number = locale.number(figure);
        if figure.is_negative() { format!("({number})") } else { number }
    };
    let (value, baseline, goal) = (number(value), number(baseline), number(&target.min));
    steps.push(Step {
        name: here.text("calculation.progress"),
        formula: format!("({value} − {baseline}) ÷ ({goal} − {baseline})"),
        result: locale.percent(progress),
    });
    if !paced {
        return steps;
    }
    let (Some(expected), Some(on)) = (&judgement.expected, judgement.expected_on) else { return steps };
    let marks = [&here.register.site.assessment.on_track, &here.register.site.assessment.behind];
    let marks = marks.map(|mark| mark.to_share());
    let day = here.date(on);
    let days = judgement.baseline_date.zip(judgement.due).and_then(|(start, due)| {
        let (passed, whole) = ((on - start).num_days(), (due - start).num_days());
        (Share::of(passed, whole)?.clamped() == *expected).then_some((passed, whole))
    });
    let formula = match days {
        Some((passed, whole)) => {
            let count = |days: i64| locale.number(&Quantity::from(days));
            here.fill("calculation.days", &[("passed", &count(passed)), ("whole", &count(whole))])
        }
        None if !indicator.milestones.is_empty() => here.text("calculation.by_milestones").to_owned(),
        None if indicator.items.iter().any(|item| item.due.is_some()) => here.text("calculation.by_items").to_owned(),
        None => String::new(),
    };
    let done = locale.percent(expected);
    steps.push(Step { name: here.text("calculation.expected"), formula, result: done.clone() });
    if let Some(pace) = &judgement.pace {
        steps.push(Step {
            name: here.text("calculation.pace"),
            formula: format!("{} ÷ {done}", locale.percent(progress)),
            result: locale.percent_beside(pace, &marks),
        });
    }
    if let Some(step) = steps.get_mut(1) {
        step.formula = here.fill("calculation.on", &[("formula", &step.formula), ("day", &day)]);
    }
    steps
}

/// Why the status is what it is.
fn why(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement) -> Html {
    let as_of = here.assessment.as_of;
    let figure = |figure: Option<&Quantity>| -> Argument<'_> {
        figure.map_or("".into(), |figure| here.figure(figure, &indicator.measured_in).into())
    };
    let worded = |value: &Quantity| here.qualified(value, &indicator.measured_in, judgement.qualifier);
    let value = judgement.value.as_ref().map(worded);
    let date = |day: Option<NaiveDate>| -> Argument<'_> { day.map_or(String::new(), |day| here.date(day)).into() };
    let target = judgement.target.as_ref().map(|target| here.goal(target, &indicator.measured_in));
    let percent = |share: Option<&Share>| -> Argument<'_> {
        share.map_or(String::new(), |share| here.edition.locale.percent(share)).into()
    };
    let count = |count: usize| -> Argument<'_> { here.edition.locale.count(count).into() };
    let holding = matches!(judgement.direction, Some(Direction::AtLeast | Direction::AtMost));
    let known = told(here, &here.register.resolutions[indicator.resolution]);
    let key = match judgement.status {
        Status::Tracked => "why.tracked",
        Status::NoData if judgement.value.is_some() => "why.partial",
        Status::NoData if known.is_some() => "why.no-data-since",
        Status::NoData => "why.no-data",
        Status::Achieved if judgement.due.is_none() => "why.achieved-undated",
        Status::Achieved => "why.achieved",
        Status::AchievedLate => "why.achieved-late",
        Status::Missed => "why.missed",
        Status::Unreported if judgement.due.is_some_and(|due| due <= as_of) => "why.unreported",
        Status::Unreported => "why.unreported-stale",
        Status::NotAssessable => match judgement.reason {
            Some(Reason::BaselineUnknown) => "why.baseline-unknown",
            Some(Reason::StartUnknown) => "why.start-unknown",
            Some(Reason::DueUnknown) => "why.due-unknown",
            Some(Reason::AtDue) => "why.at-due",
            Some(Reason::ItemsUndated) => "why.items-undated",
            Some(Reason::OwnerDissolved) => "why.owner-dissolved",
            Some(Reason::TooFewYears) => "why.too-few-years",
            Some(Reason::SignChange) => "why.sign-change",
            None => "why.not-assessable",
        },
        Status::OnTrack if holding => "why.held",
        Status::OffTrack if holding => "why.not-held",
        Status::OffTrack if judgement.progress.as_ref().is_some_and(Share::is_negative) => "why.away",
        Status::OnTrack if judgement.pace.is_none() => "why.nothing-expected",
        Status::OnTrack | Status::Behind | Status::OffTrack => "why.pace",
    };
    let all = [
        ("value", value.map_or("".into(), Argument::from)),
        ("baseline", figure(judgement.baseline.as_ref())),
        ("target", target.map_or("".into(), Argument::from)),
        ("day", date(judgement.value_date)),
        ("due", date(judgement.due)),
        ("since", date(judgement.met_since)),
        ("as_of", date(Some(as_of))),
        ("known", date(known)),
        ("on", date(judgement.expected_on)),
        ("with_data", count(judgement.parts.map_or(0, |parts| parts.with_data))),
        ("parts", count(judgement.parts.map_or(0, |parts| parts.expected))),
        ("progress", percent(judgement.progress.as_ref())),
        ("expected", percent(judgement.expected.as_ref())),
    ];
    here.sentence(key, &all)
}

/// The day on which a document, and with it what it promises, came out; by its own dates, else by its sources'.
fn told(here: &Here<'_>, resolution: &Resolution) -> Option<NaiveDate> {
    let dates = resolution.sources.iter().filter_map(|source| match source {
        Source::Citation(citation) => citation.date,
        Source::Report(key) => Some(here.register.reports[*key].published),
    });
    resolution.issued.map(|issued| issued.end()).into_iter().chain(dates).min()
}
