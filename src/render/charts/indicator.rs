//! Describes the pictures of one indicator: its figures over time, and its stages.

use std::cmp::Ordering;

use chrono::{Datelike, Months, NaiveDate};

use super::ChartView;
use crate::assess::index::ObservationKey;
use crate::assess::{self, Figure, Judgement, Point};
use crate::chart::spec::{
    DayTick, Head, Level, LevelRole, Line, Milestone, Observation, Part, Qualifier, Stack, Stage, Standing, Timeline,
};
use crate::chart::{Chart, Form, Grain, Picture, Width, lay_out, ticks};
use crate::model::indicator::{Baseline, Indicator, IndicatorKey};
use crate::model::quantity::Quantity;
use crate::model::report;
use crate::render::html::Words;
use crate::render::view::Here;

/// In a headline, a second stage is named up to this many letters.
const LONG_STAGE: usize = 60;

/// Publishers beyond these are counted, not named, below a chart.
const MOST_SOURCES: usize = 3;

/// The pictures of an indicator.
pub(crate) struct Pictures<'a> {
    /// Its figures over time; `None` where there is nothing to see.
    pub(crate) timeline: Option<ChartView<'a>>,
    /// Its stages as one bar; `None` where no report names any.
    pub(crate) stages: Option<ChartView<'a>>,
    /// `chart.svg`: its figures over time or, where they are only stages, its stages.
    pub(crate) file: String,
}

/// Draws the pictures of an indicator.
pub(crate) fn pictures<'a>(here: &Here<'a>, key: IndicatorKey) -> Pictures<'a> {
    let spec = timeline_spec(here, key);
    let counted = spec.observations.len();
    // A lone figure without a promise is a number, not a picture.
    let is_seen = counted > 1 || (counted == 1 && (!spec.levels.is_empty() || spec.baseline.is_some()));
    let are_only_stages = counted < 2 && spec.pace.is_empty();
    let lang = here.words(&here.register.indicators[key].name).lang;
    let timeline = Chart::Timeline(spec);
    let of_time = lay_out(&timeline, Width::Wide);
    let view =
        |chart: &Chart, picture: &Picture<'_>, title| ChartView::of_picture(chart, picture, title).named_in(lang);
    let seen = is_seen.then(|| view(&timeline, &of_time, Words::plain(course(here, key))));
    let Some(spec) = stages_spec(here, key) else {
        return Pictures { timeline: seen, stages: None, file: of_time.svg(Form::File) };
    };
    let title = shares(here, key, &spec);
    let stages = Chart::Stack(spec);
    let of_stages = lay_out(&stages, Width::Wide);
    let file = if are_only_stages { &of_stages } else { &of_time }.svg(Form::File);
    Pictures { timeline: seen, stages: Some(view(&stages, &of_stages, title)), file }
}

/// What an indicator's figures say, as the headline of their picture: "Tăng từ 5 lên 11 văn bản; mục tiêu 18".
fn course(here: &Here<'_>, key: IndicatorKey) -> String {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let number = |value: &Quantity| here.edition.locale.number(value);
    let figures = judgement.figures();
    let Some((first, last)) = figures.first().zip(figures.last()) else {
        return here.text("chart.timeline").to_owned();
    };
    let qualifier = last.exactness.qualifier();
    let value = here.qualified(&last.value, &indicator.measured_in, qualifier);
    // A unit of measure that is not translated would stand among words of another language.
    let value = match qualifier {
        _ if value.lang.is_none() => value.text.into_owned(),
        report::Qualifier::Exact => number(&last.value),
        other => here.fill(&format!("qualifier.{}", other.as_str()), &[("value", &number(&last.value))]),
    };
    let before = number(&first.value);
    let key = match last.value.cmp(&first.value) {
        _ if first.date == last.date => "chart.course.once",
        Ordering::Greater => "chart.course.rose",
        Ordering::Less => "chart.course.fell",
        Ordering::Equal => "chart.course.same",
    };
    let course = here.fill(key, &[("before", &before), ("value", &value), ("day", &here.date(last.date))]);
    let Some(target) = &judgement.target else { return course };
    let goal = match &target.max {
        Some(max) => here.fill("indicator.range", &[("min", &number(&target.min)), ("max", &number(max))]),
        None => number(&target.min),
    };
    here.fill("chart.course.of_target", &[("course", &course), ("target", &goal)])
}

fn timeline_spec(here: &Here<'_>, key: IndicatorKey) -> Timeline {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let locale = &here.edition.locale;
    let figure = |value: &Quantity| here.figure(value, &indicator.measured_in).text.into_owned();
    let observations: Vec<Observation> = match judgement.parts {
        Some(_) => judgement.figures().iter().map(|total| observation_of_total(here, indicator, total)).collect(),
        None => judgement.series.iter().map(|point| observation(here, indicator, point)).collect(),
    };
    let promised = judgement.target.is_some();
    let milestones: Vec<Milestone> = (indicator.milestones.iter())
        .map(|milestone| {
            let value = &milestone.value.value;
            let title = here.fill("chart.milestone", &[("value", &figure(value)), ("day", &here.date(milestone.date))]);
            Milestone { day: day_number(milestone.date), value: value.to_f64(), label: locale.number(value), title }
        })
        .collect();
    let mut timeline = Timeline {
        head: head(here, indicator, judgement, "chart.timeline"),
        measured_in: indicator.measured_in.get(here.language).0.to_owned(),
        // Steps would say that nothing happened between two reports, which no source says.
        line: Line::Straight,
        baseline: baseline(here, indicator, judgement).filter(|_| promised),
        // What is only assumed is marked, but no way leads from it.
        start: (judgement.baseline.as_ref().zip(judgement.baseline_date))
            .filter(|_| promised && matches!(indicator.baseline, Baseline::Stated { .. }))
            .map(|(value, day)| (day_number(day), value.to_f64())),
        levels: levels(here, indicator, judgement),
        milestones,
        pace: if promised { pace(judgement, indicator) } else { Vec::new() },
        pace_label: here.text("chart.pace").to_owned(),
        due: judgement.due.filter(|_| promised).map(|due| DayTick {
            day: day_number(due),
            label: here.fill("chart.due", &[("day", &locale.short_date(due))]),
        }),
        today: Some(DayTick {
            day: day_number(here.assessment.as_of),
            label: here.fill("chart.today", &[("day", &locale.short_date(here.assessment.as_of))]),
        }),
        empty: here.text("chart.empty").to_owned(),
        observations,
        ..Timeline::default()
    };
    if let Some((low, high)) = timeline.extent() {
        let whole = |value: &f64| value.fract() == 0.0;
        let grain = match indicator.is_percent() || !timeline.observations.iter().all(|point| whole(&point.value)) {
            true => Grain::Any,
            false => Grain::Whole,
        };
        timeline.y_ticks = ticks(low, high, 5, grain, &|value| number(here, value));
    }
    timeline.x_ticks = day_ticks(here, &timeline);
    timeline
}

/// A figure that a report gives.
fn observation(here: &Here<'_>, indicator: &Indicator, point: &Point) -> Observation {
    let report = here.register.reports[point.observation.report].title.get(here.language).0;
    let value = here.qualified(&point.value, &indicator.measured_in, point.qualifier);
    Observation {
        day: day_number(point.as_of),
        value: point.value.to_f64(),
        qualifier: qualifier(point.qualifier),
        standing: match point.standing {
            assess::Standing::Counted => Standing::Counted,
            assess::Standing::Forecast => Standing::Forecast,
            assess::Standing::Corrected { .. } | assess::Standing::Superseded { .. } => Standing::Corrected,
        },
        label: here.edition.locale.number(&point.value),
        title: here
            .fill("chart.figure", &[("value", &value.text), ("day", &here.date(point.as_of)), ("report", report)]),
    }
}

/// What the parts of an aggregate came to, as a figure of its own: no report gives it.
fn observation_of_total(here: &Here<'_>, indicator: &Indicator, total: &Figure) -> Observation {
    let word = total.exactness.qualifier();
    let value = here.qualified(&total.value, &indicator.measured_in, word);
    Observation {
        day: day_number(total.date),
        value: total.value.to_f64(),
        qualifier: qualifier(word),
        standing: Standing::Counted,
        label: here.edition.locale.number(&total.value),
        title: here.fill("indicator.on_day", &[("value", &value.text), ("day", &here.date(total.date))]),
    }
}

/// Title, subtitle and description of an indicator's picture.
fn head(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement, kind: &str) -> Head {
    let name = indicator.name.get(here.language).0;
    let status = here.badge(judgement.status).label;
    let unit = &here.register.units[indicator.owner_on(here.assessment.as_of)];
    let worded =
        |value: &Quantity| here.qualified(value, &indicator.measured_in, judgement.qualifier).text.into_owned();
    let value = judgement.value.as_ref().map(worded);
    let target = judgement.target.as_ref().map(|target| here.goal(target, &indicator.measured_in).text.into_owned());
    let value = value.as_deref().unwrap_or_else(|| here.text("indicator.no_figure"));
    let description = match &target {
        Some(target) => here.fill("chart.description", &[("value", value), ("target", target), ("status", status)]),
        None => here.fill("chart.description_tracked", &[("value", value)]),
    };
    // An aggregate rests on its parts, not on a total that a source states.
    let points = judgement.series.iter().rev().filter(|_| judgement.parts.is_none());
    let mut sources: Vec<&str> = Vec::new();
    for name in points.filter_map(|point| publisher(here, point.observation)) {
        if !sources.contains(&name) {
            sources.push(name);
        }
    }
    let source = match sources.len() {
        0 => None,
        all @ 1..=MOST_SOURCES => Some(sources[..all].join("; ")),
        all => Some(here.count(
            "chart.more_sources",
            all - MOST_SOURCES,
            &[("sources", &sources[..MOST_SOURCES].join("; "))],
        )),
    };
    let as_of = here.date(here.assessment.as_of);
    Head {
        title: name.to_owned(),
        subtitle: here.fill(
            "chart.subtitle",
            &[("kind", here.text(kind)), ("unit", unit.name.get(here.language).0), ("day", &as_of)],
        ),
        description,
        source: source.map(|source| here.fill("chart.source", &[("source", &source)])),
    }
}

/// Who published an observation, by its own source or its report's; where nobody says, what it stands in.
fn publisher<'a>(here: &Here<'a>, key: ObservationKey) -> Option<&'a str> {
    let report = &here.register.reports[key.report];
    let citation = match report.observations[key.place].evidence.source.as_deref() {
        Some(report::Source::Citation(citation)) => citation,
        Some(report::Source::Report(other)) => &here.register.reports[*other].source,
        None => &report.source,
    };
    citation.publisher.as_deref().or(citation.title.as_deref())
}

fn baseline(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement) -> Option<Milestone> {
    let (value, day) = (judgement.baseline.as_ref()?, judgement.baseline_date?);
    let figure = here.figure(value, &indicator.measured_in);
    let title = here.fill("chart.baseline", &[("value", &figure.text), ("day", &here.date(day))]);
    Some(Milestone { day: day_number(day), value: value.to_f64(), label: String::new(), title })
}

/// The target in force, its stretch, and targets that were changed.
fn levels(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement) -> Vec<Level> {
    let level = |value: &Quantity, role, key, from, to| Level {
        value: value.to_f64(),
        from,
        to,
        role,
        label: here.fill(key, &[("value", &here.edition.locale.number(value))]),
    };
    let mut levels = Vec::new();
    if let Some(target) = &judgement.target {
        levels.push(level(&target.min, LevelRole::Target, "chart.target", None, None));
        levels.extend(target.max.iter().map(|max| level(max, LevelRole::Stretch, "chart.stretch", None, None)));
    }
    let mut former = indicator.target.as_ref().map(|target| &target.value.min);
    let mut from = None;
    for revision in &indicator.revisions {
        let Some(new) = &revision.target else { continue };
        let until = Some(day_number(revision.date));
        levels.extend(former.map(|value| level(value, LevelRole::Former, "chart.former", from, until)));
        former = Some(&new.min);
        from = until;
    }
    levels
}

/// The way from the baseline through the milestones to the target.
fn pace(judgement: &Judgement, indicator: &Indicator) -> Vec<(i32, f64)> {
    let way = || {
        let (baseline, start) = (judgement.baseline.as_ref()?, judgement.baseline_date?);
        let (target, due) = (judgement.target.as_ref()?, judgement.due?);
        judgement.expected.as_ref()?;
        let between = |milestone: &&crate::source::Spanned<crate::model::indicator::Milestone>| {
            start < milestone.date && milestone.date < due
        };
        let steps = indicator.milestones.iter().filter(between);
        let mut way = vec![(day_number(start), baseline.to_f64())];
        way.extend(steps.map(|milestone| (day_number(milestone.date), milestone.value.value.to_f64())));
        way.push((day_number(due), target.min.to_f64()));
        Some(way)
    };
    // Items with days of their own make a staircase, not a line.
    if indicator.items.is_empty() { way().unwrap_or_default() } else { Vec::new() }
}

/// What an indicator's stages say, as the headline of their picture: "Đã ban hành: 11 trong 18 văn bản".
fn shares<'a>(here: &Here<'a>, key: IndicatorKey, spec: &Stack) -> Words<'a> {
    let indicator = &here.register.indicators[key];
    let counts = &here.assessment.judgement(key).stages;
    let mut done = indicator.stages.iter().zip(counts).filter(|(stage, _)| stage.done);
    let (words, (stage, count)) = match (done.next(), done.next()) {
        (Some(only), None) => ("chart.shares.done", only),
        // Where several stages are done, or none is, the largest says most; of equal ones the first.
        _ => {
            let stages = indicator.stages.iter().zip(counts).rev();
            match stages.max_by(|one, other| one.1.cmp(other.1)) {
                Some(largest) => ("chart.shares.most", largest),
                None => return Words::plain(here.text("chart.stages")),
            }
        }
    };
    let name = here.words(&stage.name);
    let number = |count| here.edition.locale.number(count);
    let text = here.fill(words, &[("stage", &name.text), ("count", &number(count)), ("total", &spec.total)]);
    // What holds most of the rest, where one is done: "…; Chờ hướng dẫn: 4".
    let open = indicator.stages.iter().zip(counts).filter(|(stage, count)| !stage.done && !count.is_zero()).rev();
    let most = open.max_by(|one, other| one.1.cmp(other.1)).filter(|_| words == "chart.shares.done");
    let text = match most.map(|(stage, count)| (here.words(&stage.name), count)) {
        Some((most, count)) if most.lang == name.lang && most.text.chars().count() <= LONG_STAGE => {
            here.fill("chart.shares.open", &[("done", &text), ("stage", &most.text), ("count", &number(count))])
        }
        _ => text,
    };
    Words { text: text.into(), lang: name.lang }
}

fn stages_spec(here: &Here<'_>, key: IndicatorKey) -> Option<Stack> {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    if judgement.stages.iter().all(Quantity::is_zero) {
        return None;
    }
    let locale = &here.edition.locale;
    let parts = indicator.stages.iter().zip(&judgement.stages).map(|(stage, count)| Part {
        name: stage.name.get(here.language).0.to_owned(),
        value: count.to_f64(),
        text: locale.number(count),
        stage: if stage.done { Stage::Done } else { Stage::Open },
    });
    let counted: Quantity = judgement.stages.iter().sum();
    let whole = match (&indicator.population, &judgement.target) {
        (Some(population), _) => Some(&population.value),
        (None, Some(target)) => Some(&target.min),
        (None, None) => None,
    };
    let rest = whole.map(|whole| whole - &counted).filter(|rest| !rest.is_zero() && !rest.is_negative());
    let total = rest.as_ref().and(whole).unwrap_or(&counted);
    Some(Stack {
        head: head(here, indicator, judgement, "chart.stages"),
        parts: parts.collect(),
        total: here.figure(total, &indicator.measured_in).text.into_owned(),
        rest: rest.map(|rest| Part {
            name: here.text("chart.rest").to_owned(),
            value: rest.to_f64(),
            text: locale.number(&rest),
            stage: Stage::Open,
        }),
        empty: here.text("chart.empty").to_owned(),
    })
}

/// Candidates for marks of the time axis: years for long spans, months for short ones.
fn day_ticks(here: &Here<'_>, timeline: &Timeline) -> Vec<DayTick> {
    let days = (timeline.observations.iter().map(|point| point.day))
        .chain(timeline.pace.iter().map(|(day, _)| *day))
        .chain(timeline.milestones.iter().chain(&timeline.baseline).map(|milestone| milestone.day))
        .chain(timeline.due.iter().chain(&timeline.today).map(|tick| tick.day));
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let date = NaiveDate::from_num_days_from_ce_opt;
    let (Some(start), Some(end)) = (date(first), date(last)) else { return Vec::new() };
    let years = end.year() - start.year();
    let step = match years {
        0..=1 => 1,
        2..=3 => 3,
        4..=12 => 12,
        years => 12 * u32::try_from(years.div_euclid(8)).unwrap_or(1),
    };
    let month = if step < 12 { start.month() - (start.month() - 1) % step } else { 1 };
    let first_of_step = NaiveDate::from_ymd_opt(start.year(), month, 1).expect("the first of a month exists");
    std::iter::successors(Some(first_of_step), |day| day.checked_add_months(Months::new(step)))
        .take_while(|day| *day <= end)
        .map(|day| DayTick {
            day: day_number(day),
            label: if step < 12 { here.edition.locale.short_month(day) } else { day.year().to_string() },
        })
        .collect()
}

/// A mark of an axis, formatted.
fn number(here: &Here<'_>, value: f64) -> String {
    // Marks of an axis are round: their plain form is a figure.
    Quantity::parse(&value.to_string()).map(|value| here.edition.locale.number(&value)).unwrap_or_default()
}

fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

fn qualifier(qualifier: report::Qualifier) -> Qualifier {
    match qualifier {
        report::Qualifier::Exact => Qualifier::Exact,
        report::Qualifier::About => Qualifier::About,
        report::Qualifier::AtLeast => Qualifier::AtLeast,
        report::Qualifier::AtMost => Qualifier::AtMost,
        report::Qualifier::Estimate => Qualifier::Estimate,
    }
}
