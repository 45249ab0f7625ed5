//! How a badge comes about: the reason in a sentence, and the formulas with the figures put in.

use chrono::Datelike;
use serde::Serialize;

use super::Here;
use crate::assess::growth::{
    Growth, LIMIT_EXPONENT, RATIO_BEHIND, RATIO_ON_TRACK, TREND_BEHIND, TREND_ON_TRACK, ZERO_STANDS_FOR,
};
use crate::assess::{Judgement, Reason, Status};
use crate::model::indicator::{Direction, Indicator, IndicatorKey};
use crate::model::quantity::{Quantity, Share};
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
        let paced = is_paced(judgement);
        let thresholds = &here.register.site.assessment;
        let percent = |share: &Quantity| here.edition.locale.percent(&share.to_share());
        let (on_track, behind) = (percent(&thresholds.on_track), percent(&thresholds.behind));
        let rule = match &judgement.growth {
            Some(growth) => Some(growth_rule(here, growth)),
            None => (paced && judgement.pace.is_some())
                .then(|| here.fill("calculation.rule", &[("on_track", &on_track), ("behind", &behind)])),
        };
        Self {
            why: why(here, indicator, judgement),
            steps: match &judgement.growth {
                Some(growth) => growth_steps(here, indicator, judgement, growth),
                None => steps(here, indicator, judgement, paced),
            },
            rule,
            method: here.href(Target::Method),
        }
    }
}

/// Whether the verdict compares what is done with what should be done by now.
fn is_paced(judgement: &Judgement) -> bool {
    let by_pace = match judgement.status {
        Status::OnTrack | Status::Behind | Status::OffTrack => true,
        // Silent for too long; where it is due, what counts is that nobody said how it ended.
        Status::Unreported => judgement.pace.is_some(),
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

/// The trend, the growth that is needed, and how the two compare: `method: growth`.
fn growth_steps<'a>(here: &Here<'a>, indicator: &Indicator, judgement: &Judgement, growth: &Growth) -> Vec<Step<'a>> {
    let locale = &here.edition.locale;
    let Some(value) = &judgement.value else { return Vec::new() };
    // A zero has no rate of growth; the method says what stands for it.
    let number = |figure: &Quantity| match figure.is_zero() {
        true => locale.number(&Quantity::nearest(ZERO_STANDS_FOR, 3)),
        false if figure.is_negative() => format!("({})", locale.number(figure)),
        false => locale.number(figure),
    };
    let yearly = |from: &str, to: &str, years: i32| {
        let years = locale.number(&Quantity::from(i64::from(years)));
        format!("({to} ÷ {from})^(1 ÷ {years}) − 1")
    };
    let marks = growth_marks(growth);
    let percent = |rate: &Quantity| locale.percent_beside(&rate.to_share(), &marks);
    let a_year = |rate: &Quantity| here.fill("calculation.a_year", &[("rate", &percent(rate))]);
    let span = |formula: String, from: i32, to: i32| {
        let (from, to) = (from.to_string(), to.to_string());
        here.fill("calculation.years", &[("formula", &formula), ("from", &from), ("to", &to)])
    };
    let base = number(&growth.base);
    let years = growth.latest_year - growth.base_year;
    let mut steps = vec![Step {
        name: here.text("calculation.growth"),
        formula: span(yearly(&base, &number(value), years), growth.base_year, growth.latest_year),
        result: a_year(&growth.rate),
    }];
    if let (Some(required), Some(target), Some(due)) = (&growth.required, &judgement.target, judgement.due) {
        let rate = yearly(&base, &number(&target.min), due.year() - growth.base_year);
        let required = signed(required, judgement);
        steps.push(Step {
            name: here.text("calculation.growth_required"),
            formula: span(rate, growth.base_year, due.year()),
            result: a_year(&required),
        });
        if let Some(ratio) = &judgement.pace {
            let marks = [RATIO_ON_TRACK, RATIO_BEHIND].map(|mark| Quantity::nearest(mark, 2).to_share());
            let apart = |rate: &Quantity| match rate.is_negative() {
                true => format!("({})", percent(rate)),
                false => percent(rate),
            };
            steps.push(Step {
                name: here.text("calculation.growth_ratio"),
                formula: format!("{} ÷ {}", apart(&growth.rate), apart(&required)),
                result: locale.percent_beside(ratio, &marks),
            });
        }
    }
    if let (Some(scale), Some(limit)) = (&growth.scale, &indicator.limit) {
        let exponent = locale.number(&Quantity::nearest(LIMIT_EXPONENT, 2));
        steps.push(Step {
            name: here.text("calculation.growth_scale"),
            formula: format!("1 − ({base} ÷ {})^{exponent}", number(limit)),
            result: locale.number(&Quantity::nearest(scale.to_f64(), 3)),
        });
    }
    steps
}

/// The growth that a target needs, downwards for figures that should fall.
fn signed(required: &Quantity, judgement: &Judgement) -> Quantity {
    match judgement.direction {
        Some(Direction::Decrease | Direction::AtMost) => &Quantity::zero() - required,
        _ => required.clone(),
    }
}

/// The yearly rates that a trend without a target is held against.
fn growth_marks(growth: &Growth) -> [Share; 2] {
    let scale = growth.scale.as_ref().map_or(1.0, Quantity::to_f64);
    [TREND_ON_TRACK, TREND_BEHIND].map(|mark| Quantity::nearest(mark * scale, 6).to_share())
}

/// Where the lines between the verdicts on a trend are drawn.
fn growth_rule(here: &Here<'_>, growth: &Growth) -> String {
    let percent = |share: &Share| here.edition.locale.percent(share);
    let (key, [on_track, behind]) = match growth.required {
        Some(_) => (
            "calculation.growth_rule",
            [RATIO_ON_TRACK, RATIO_BEHIND].map(|mark| Quantity::nearest(mark, 2).to_share()),
        ),
        None => ("calculation.trend_rule", growth_marks(growth)),
    };
    here.fill(key, &[("on_track", &percent(&on_track)), ("behind", &percent(&behind))])
}

/// Why the status is what it is.
fn why(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement) -> Html {
    let as_of = here.assessment.as_of;
    let figure = |figure: Option<&Quantity>| -> Argument<'_> {
        figure.map_or("".into(), |figure| here.figure(figure, &indicator.measured_in).into())
    };
    let date =
        |day: Option<chrono::NaiveDate>| -> Argument<'_> { day.map_or(String::new(), |day| here.date(day)).into() };
    let target = judgement.target.as_ref().map(|target| here.goal(target, &indicator.measured_in));
    let percent = |share: Option<&Share>| -> Argument<'_> {
        share.map_or(String::new(), |share| here.edition.locale.percent(share)).into()
    };
    let holding = matches!(judgement.direction, Some(Direction::AtLeast | Direction::AtMost));
    let key = match judgement.status {
        Status::Tracked => "why.tracked",
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
        Status::OnTrack | Status::Behind | Status::OffTrack if judgement.growth.is_some() => {
            if judgement.target.is_some() { "why.growth" } else { "why.trend" }
        }
        Status::OnTrack if holding => "why.held",
        Status::OffTrack if holding => "why.not-held",
        Status::OffTrack if judgement.progress.as_ref().is_some_and(Share::is_negative) => "why.away",
        Status::OnTrack if judgement.pace.is_none() => "why.nothing-expected",
        Status::OnTrack | Status::Behind | Status::OffTrack => "why.pace",
    };
    let rate = |rate: Option<&Quantity>| -> Argument<'_> {
        rate.map_or(String::new(), |rate| here.edition.locale.percent(&rate.to_share())).into()
    };
    let growth = judgement.growth.as_ref();
    let required = growth.and_then(|growth| Some(signed(growth.required.as_ref()?, judgement)));
    let all = [
        ("rate", rate(growth.map(|growth| &growth.rate))),
        ("required", rate(required.as_ref())),
        ("base_year", growth.map_or(String::new(), |growth| growth.base_year.to_string()).into()),
        ("latest_year", growth.map_or(String::new(), |growth| growth.latest_year.to_string()).into()),
        ("value", figure(judgement.value.as_ref())),
        ("baseline", figure(judgement.baseline.as_ref())),
        ("target", target.map_or("".into(), Argument::from)),
        ("day", date(judgement.value_date)),
        ("due", date(judgement.due)),
        ("since", date(judgement.met_since)),
        ("as_of", date(Some(as_of))),
        ("on", date(judgement.expected_on)),
        ("progress", percent(judgement.progress.as_ref())),
        ("expected", percent(judgement.expected.as_ref())),
    ];
    here.sentence(key, &all)
}
