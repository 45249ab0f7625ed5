//! The page of an indicator: its figure, target, pace and history, and for every figure its source.

use serde::Serialize;

use super::calculation::Calculation;
use super::evidence::{EvidenceView, SourceView};
use super::frame::Frame;
use super::{Badge, Day, Here, Large, Link, Page, Words};
use crate::assess::index::ObservationKey;
use crate::assess::{Flag, Judgement, Point, Standing};
use crate::check::Subject;
use crate::model::indicator::{Aggregate, Baseline, Direction, Due, Indicator, IndicatorKey, Target as Goal};
use crate::model::report::Observation;
use crate::render::charts::{self, ChartView, Pictures};
use crate::render::html::Html;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct IndicatorView<'a> {
    name: Words<'a>,
    document: Link<'a>,
    /// The document by its number.
    reference: Link<'a>,
    owner: Link<'a>,
    /// Former owners with the day on which the next one took over.
    owners: Vec<OwnerView<'a>>,
    field: Option<Link<'a>>,
    groups: Vec<Link<'a>>,
    badge: Badge<'a>,
    /// The list of all indicators at its status.
    alike: String,
    calculation: Calculation<'a>,
    flags: Vec<Html>,
    headline: Headline<'a>,
    facts: Vec<Fact<'a>>,
    unknowns: Vec<&'a str>,
    timeline: Option<ChartView<'a>>,
    stages: Option<ChartView<'a>>,
    items: Vec<ItemView<'a>>,
    items_dated: bool,
    items_counted: bool,
    history: Vec<HistoryRow<'a>>,
    history_has_stages: bool,
    milestones: Vec<MilestoneView<'a>>,
    revisions: Vec<RevisionView<'a>>,
    stated: EvidenceView<'a>,
    restates: Option<Related<'a>>,
    restated_by: Vec<Related<'a>>,
    contributes_to: Vec<Related<'a>>,
    contributors: Vec<super::row::IndicatorRow<'a>>,
    parts: Option<PartsView<'a>>,
    downloads: Downloads<'a>,
    citation: Html,
}

/// The figure of today, in large type.
#[derive(Debug, Serialize)]
struct Headline<'a> {
    value: Option<Large<'a>>,
    day: Option<Day>,
    target: Option<Large<'a>>,
    progress: Option<String>,
    /// The same in whole hundredths, from 0 to 100, to be drawn: a text, for templates take nought for nothing.
    meter: Option<String>,
    /// The source of the figure.
    source: Option<SourceView<'a>>,
    /// "2, from 1 of 21".
    parts: Option<String>,
}

#[derive(Debug, Serialize)]
struct Fact<'a> {
    name: &'a str,
    value: Words<'a>,
    /// What a reader should know of it: that it is assumed, and from what.
    note: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct OwnerView<'a> {
    unit: Link<'a>,
    until: Day,
}

#[derive(Debug, Serialize)]
struct ItemView<'a> {
    name: Words<'a>,
    owner: Option<Link<'a>>,
    due: Option<Day>,
    quantity: Option<Words<'a>>,
    stage: Option<Words<'a>>,
    done: bool,
}

#[derive(Debug, Serialize)]
struct HistoryRow<'a> {
    day: Day,
    value: Words<'a>,
    stages: Vec<Words<'a>>,
    items: Vec<Words<'a>>,
    report: Link<'a>,
    evidence: EvidenceView<'a>,
    /// Further reports with the same figure for the same day.
    also: Vec<Link<'a>>,
    /// When it was entered and changed, where the repository is asked.
    changes: Vec<Html>,
    /// Why the figure does not count, or what it replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Html>,
    counts: bool,
    latest: bool,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    day: Day,
    value: Words<'a>,
}

#[derive(Debug, Serialize)]
struct RevisionView<'a> {
    day: Day,
    target: Option<Words<'a>>,
    due: Option<Day>,
    by: Option<Link<'a>>,
    note: Option<Words<'a>>,
}

/// An indicator of another document.
#[derive(Debug, Serialize)]
struct Related<'a> {
    link: Link<'a>,
    document: Link<'a>,
    target: Option<Words<'a>>,
}

/// Which parts of an aggregate have a figure.
#[derive(Debug, Serialize)]
struct PartsView<'a> {
    /// "2, từ 1 trong 21 phần".
    finding: String,
    with_data: Vec<Link<'a>>,
    without: Vec<Link<'a>>,
    /// How many expected parts are not on file.
    unnamed: Option<String>,
}

#[derive(Debug, Serialize)]
struct Downloads<'a> {
    chart: String,
    csv: String,
    json: String,
    /// The code that shows its chart elsewhere, where there is a chart.
    embed: Option<Words<'a>>,
}

/// The page, and the picture that stands beside it as a file.
pub(crate) fn page<'a>(here: &Here<'a>, key: IndicatorKey) -> (Page<'a>, String) {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let resolution = &here.register.resolutions[indicator.resolution];
    let index = &here.assessment.index;
    let history: Vec<HistoryRow<'_>> = (judgement.series.iter().enumerate().rev())
        .map(|(place, point)| history_row(here, key, point, judgement.latest == Some(place)))
        .collect();
    // The figures stand once, in the default language's tree.
    let address = crate::route::Route { language: Default::default(), target: Target::Indicator(key) };
    let address = address.address(here.register);
    let Pictures { timeline, stages, file } = charts::pictures(here, key);
    let mut view = IndicatorView {
        name: here.words(&indicator.name),
        document: here.resolution(indicator.resolution),
        reference: here.reference(indicator.resolution),
        owner: here.unit(indicator.owner_on(here.assessment.as_of)),
        owners: owners(here, indicator),
        field: indicator.field.map(|field| here.field(field)),
        groups: indicator.groups.iter().map(|group| here.group(*group)).collect(),
        badge: here.badge(judgement.status),
        alike: here.href(Target::Status(judgement.status, 1)),
        calculation: Calculation::new(here, key),
        flags: judgement.flags.iter().map(|flag| flag_sentence(here, indicator, judgement, *flag)).collect(),
        headline: headline(here, indicator, judgement),
        facts: facts(here, indicator, judgement),
        unknowns: unknowns(here, judgement),
        timeline,
        stages,
        items: items(here, indicator, judgement),
        items_dated: indicator.items.iter().any(|item| item.due.is_some()),
        items_counted: indicator.items.iter().any(|item| item.quantity.is_some()),
        history_has_stages: history.iter().any(|row| !row.stages.is_empty() || !row.items.is_empty()),
        history,
        milestones: (indicator.milestones.iter())
            .map(|milestone| MilestoneView {
                day: here.day(milestone.date),
                value: here.figure(&milestone.value.value, &indicator.measured_in),
            })
            .collect(),
        revisions: revisions(here, indicator),
        stated: EvidenceView::new(here, &indicator.evidence, None, Some(Subject::Indicator(key))),
        restates: indicator.restates.as_ref().map(|restated| related(here, restated.value)),
        restated_by: index.restated_by(key).iter().map(|key| related(here, *key)).collect(),
        contributes_to: indicator.contributes_to.iter().map(|key| related(here, *key)).collect(),
        contributors: (index.contributors(key).iter())
            .map(|key| super::row::IndicatorRow::new(here, *key, super::row::Of::Owner))
            .collect(),
        parts: parts(here, key),
        downloads: Downloads {
            chart: here.href_to(&format!("{}chart.svg", here.address)),
            csv: here.href_to(&format!("{address}data.csv")),
            json: here.href_to(&format!("{address}data.json")),
            embed: None,
        },
        citation: here.citation(Some(here.words(&indicator.name))),
    };
    let has_chart = view.timeline.is_some() || view.stages.is_some();
    view.downloads.embed = has_chart.then(|| here.embed(&indicator.name));
    let title = indicator.name.get(here.language).0.to_owned();
    let description = description(here, indicator, judgement, resolution.title.get(here.language).0);
    let parents = vec![
        Link { href: here.href(Target::Resolutions(1)), text: Words::plain(here.text("menu.resolutions")) },
        here.reference(indicator.resolution),
    ];
    let data = here.indicator_data(key, &description);
    let mut frame = Frame::new(here, title, description, parents);
    frame.describe(data);
    (Page::new("indicator.html", frame, &view), file)
}

/// Who of those that an aggregate is made of has reported, and who has not.
fn parts<'a>(here: &Here<'a>, key: IndicatorKey) -> Option<PartsView<'a>> {
    let judgement = here.assessment.judgement(key);
    let parts = judgement.parts?;
    let contributors = here.assessment.index.contributors(key);
    let has_data = |key: &IndicatorKey| {
        let part = here.assessment.judgement(*key);
        part.value.is_some() && !part.has(Flag::Partial)
    };
    let (with_data, without): (Vec<IndicatorKey>, Vec<IndicatorKey>) = contributors.iter().copied().partition(has_data);
    // A part is known by its unit; where several are of one unit, each by its own name.
    let links = |keys: Vec<IndicatorKey>| {
        let link = |key: IndicatorKey| {
            let owner = here.register.indicators[key].owner_on(here.assessment.as_of);
            Link { text: here.unit(owner).text, ..here.indicator(key) }
        };
        keys.into_iter().map(link).collect()
    };
    let count = |count: usize| here.edition.locale.count(count);
    let (with, of) = (count(parts.with_data), count(parts.expected));
    let figure = match judgement.value.as_ref() {
        Some(value) => here.figure(value, &here.register.indicators[key].measured_in).text.into_owned(),
        None => here.text("indicator.no_figure").to_owned(),
    };
    let unnamed = parts.expected.saturating_sub(contributors.len());
    Some(PartsView {
        finding: here.fill("parts.finding", &[("value", &figure), ("with_data", &with), ("expected", &of)]),
        with_data: links(with_data),
        without: links(without),
        unnamed: (unnamed > 0).then(|| here.count("parts.unnamed", unnamed, &[])),
    })
}

fn related<'a>(here: &Here<'a>, key: IndicatorKey) -> Related<'a> {
    let indicator = &here.register.indicators[key];
    let target = here.assessment.judgement(key).target.as_ref();
    Related {
        link: here.indicator(key),
        document: here.resolution(indicator.resolution),
        target: target.map(|target| {
            let goal = here.goal(target, &indicator.measured_in);
            Words { text: here.fill("home.of_target", &[("target", &goal.text)]).into(), lang: goal.lang }
        }),
    }
}

fn description(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement, document: &str) -> String {
    let name = indicator.name.get(here.language).0;
    let value = judgement.value.as_ref().map(|value| here.figure(value, &indicator.measured_in).text.into_owned());
    let value = value.as_deref().unwrap_or(here.text("indicator.no_figure"));
    let status = here.badge(judgement.status).label;
    here.fill("indicator.description", &[("name", name), ("value", value), ("status", status), ("document", document)])
}

fn headline<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &'a Judgement) -> Headline<'a> {
    // An aggregate rests on its parts, not on a total that a source states.
    let latest = judgement.latest().filter(|_| judgement.parts.is_none());
    let value = judgement.value.as_ref();
    let count = |count: usize| here.edition.locale.count(count);
    Headline {
        value: value.map(|value| {
            here.large(here.qualified(value, &indicator.measured_in, judgement.qualifier), &indicator.measured_in)
        }),
        day: judgement.value_date.filter(|_| value.is_some()).map(|day| here.day(day)),
        target: (judgement.target.as_ref())
            .map(|target| here.large(here.goal(target, &indicator.measured_in), &indicator.measured_in)),
        progress: judgement.progress.as_ref().map(|progress| here.edition.locale.percent(progress)),
        meter: judgement
            .progress
            .as_ref()
            .map(|progress| (progress.to_f64().clamp(0.0, 1.0) * 100.0).floor().to_string()),
        source: latest.map(|point| source_of(here, point.observation)),
        parts: judgement.parts.map(|parts| {
            let (with, of) = (count(parts.with_data), count(parts.expected));
            here.fill("indicator.parts", &[("with_data", &with), ("expected", &of)])
        }),
    }
}

/// The source of an observation: its own, or its report's.
fn source_of<'a>(here: &Here<'a>, key: ObservationKey) -> SourceView<'a> {
    let report = &here.register.reports[key.report];
    match &report.observations[key.place].evidence.source {
        Some(source) => SourceView::new(here, source),
        None => SourceView::citation(here, &report.source),
    }
}

fn facts<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &'a Judgement) -> Vec<Fact<'a>> {
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
    let assumed = judgement.has(Flag::BaselineAssumed) || matches!(indicator.baseline, Baseline::Default);
    add("indicator.baseline", baseline.filter(|_| judged), assumed.then_some("indicator.assumed"));
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
fn unknowns<'a>(here: &Here<'a>, judgement: &Judgement) -> Vec<&'a str> {
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

fn flag_sentence(here: &Here<'_>, indicator: &Indicator, judgement: &Judgement, flag: Flag) -> Html {
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

fn owners<'a>(here: &Here<'a>, indicator: &Indicator) -> Vec<OwnerView<'a>> {
    let as_of = here.assessment.as_of;
    let takeovers = indicator.owner_from.iter().filter(|(from, _)| *from <= as_of);
    let former = std::iter::once(indicator.owner).chain(takeovers.clone().map(|(_, unit)| *unit));
    former
        .zip(takeovers)
        .map(|(unit, (until, _))| OwnerView { unit: here.unit(unit), until: here.day(*until) })
        .collect()
}

fn items<'a>(here: &Here<'a>, indicator: &'a Indicator, judgement: &Judgement) -> Vec<ItemView<'a>> {
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

fn revisions<'a>(here: &Here<'a>, indicator: &'a Indicator) -> Vec<RevisionView<'a>> {
    let goal = |target: &Goal| here.goal(target, &indicator.measured_in);
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

fn history_row<'a>(here: &Here<'a>, key: IndicatorKey, point: &'a Point, latest: bool) -> HistoryRow<'a> {
    let indicator = &here.register.indicators[key];
    let report = &here.register.reports[point.observation.report];
    let observation = &report.observations[point.observation.place];
    let standing = match point.standing {
        Standing::Counted => observation
            .corrects
            .map(|former| here.sentence("standing.corrects", &[("report", here.report(former).into())])),
        Standing::Forecast => Some(here.sentence("standing.forecast", &[])),
        Standing::Corrected { by } => Some(here.sentence("standing.corrected", &[("report", here.report(by).into())])),
        Standing::Superseded { by } => {
            Some(here.sentence("standing.superseded", &[("report", here.report(by).into())]))
        }
    };
    let subjects: Vec<Subject> = [point.observation]
        .iter()
        .chain(&point.also)
        .map(|observation| Subject::Observation(key, *observation))
        .collect();
    HistoryRow {
        day: here.day(point.as_of),
        value: here.qualified(&point.value, &indicator.measured_in, point.qualifier),
        stages: breakdown(here, indicator, observation),
        items: item_stages(here, indicator, observation),
        report: here.report(point.observation.report),
        evidence: EvidenceView::of_all(
            here,
            &observation.evidence,
            Some(SourceView::citation(here, &report.source)),
            &subjects,
        ),
        also: point.also.iter().map(|key| here.report(key.report)).collect(),
        changes: super::history::of_figure(here, indicator, observation),
        standing,
        counts: point.standing == Standing::Counted,
        latest,
    }
}

/// What an observation says of stages: "Đã ban hành: 11".
pub(crate) fn breakdown<'a>(here: &Here<'a>, indicator: &'a Indicator, observation: &Observation) -> Vec<Words<'a>> {
    (observation.breakdown.iter())
        .map(|(stage, value)| {
            let name = here.words(&indicator.stages[*stage].name);
            let value = here.edition.locale.number(&value.value);
            Words {
                text: here.fill("indicator.stage_count", &[("name", &name.text), ("count", &value)]).into(),
                ..name
            }
        })
        .collect()
}

/// What an observation says of items: "Xã Phú Nhuận: Đạt chuẩn".
pub(crate) fn item_stages<'a>(here: &Here<'a>, indicator: &'a Indicator, observation: &Observation) -> Vec<Words<'a>> {
    (observation.items.iter())
        .map(|(item, stage)| {
            let item = here.words(&indicator.items[*item].name);
            let stage = here.words(&indicator.stages[*stage].name);
            Words {
                text: here.fill("indicator.stage_count", &[("name", &item.text), ("count", &stage.text)]).into(),
                ..item
            }
        })
        .collect()
}
