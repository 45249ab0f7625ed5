//! The page of an indicator: its figure, target, pace and history, and for every figure its source.

use serde::Serialize;

use self::history::{HistoryRow, history_row};
pub(crate) use self::history::{breakdown, item_stages};
use self::plan::{
    Fact, ItemView, MilestoneView, OwnerView, RevisionView, facts, flag_sentence, items, milestones, owners, revisions,
    unknowns,
};
use super::calculation::Calculation;
use super::evidence::{EvidenceView, SourceView};
use super::frame::Frame;
use super::list::{self, Pages};
use super::row::{IndicatorRow, Of};
use super::{Badge, Day, Here, Large, Link, Page, Words};
use crate::assess::index::ObservationKey;
use crate::assess::{Figure, Flag, Judgement};
use crate::check::Subject;
use crate::model::indicator::{Indicator, IndicatorKey};
use crate::render::charts::{self, ChartView, Pictures};
use crate::render::html::Html;
use crate::route::{LIST_LENGTH, Target};

mod history;
mod plan;

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
    /// How many more do, that are not named here.
    restated_more: Option<String>,
    contributes_to: Vec<Related<'a>>,
    contributors: Vec<IndicatorRow<'a>>,
    /// The way to more contributors.
    pages: Option<Pages>,
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
    /// None where they are too many to be named: the table tells.
    with_data: Vec<Link<'a>>,
    without: Vec<Link<'a>>,
    /// How many more have none, that are not named here.
    without_more: Option<String>,
    /// How many expected parts are not on file.
    unnamed: Option<String>,
    /// What they came to on the latest days, the last first; empty where there is only one.
    totals: Vec<TotalRow<'a>>,
}

/// What the parts of an aggregate came to.
#[derive(Debug, Serialize)]
struct TotalRow<'a> {
    /// The earliest of the parts' days.
    day: Day,
    value: Words<'a>,
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
        milestones: milestones(here, indicator),
        revisions: revisions(here, indicator),
        stated: EvidenceView::new(here, &indicator.evidence, None, Some(Subject::Indicator(key))),
        restates: indicator.restates.as_ref().map(|restated| related(here, restated.value)),
        restated_by: index.restated_by(key).iter().take(LIST_LENGTH).map(|key| related(here, *key)).collect(),
        restated_more: more(here, "indicator.restated_more", index.restated_by(key).len()),
        contributes_to: indicator.contributes_to.iter().map(|key| related(here, *key)).collect(),
        contributors: contributor_rows(here, key, 1),
        pages: pages(here, key, 1),
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
    let data = here.indicator_data(key, &description);
    let mut frame = Frame::new(here, title, description, above(here, indicator));
    frame.describe(data);
    (Page::new("indicator.html", frame, &view), file)
}

/// The contributors to an indicator, from the second page of them on.
#[derive(Debug, Serialize)]
struct ContributorsView<'a> {
    indicator: Link<'a>,
    finding: String,
    contributors: Vec<IndicatorRow<'a>>,
    pages: Pages,
}

/// A page of an indicator's contributors, from the second on.
pub(crate) fn contributors<'a>(here: &Here<'a>, key: IndicatorKey, number: usize) -> Page<'a> {
    let indicator = &here.register.indicators[key];
    let all = here.assessment.index.contributors(key).len();
    let view = ContributorsView {
        indicator: here.indicator(key),
        finding: here.count("indicator.contributors_finding", all, &[]),
        contributors: contributor_rows(here, key, number),
        pages: pages(here, key, number).expect("a list with a further page has several"),
    };
    let title = here.fill("indicator.contributors_of", &[("indicator", indicator.name.get(here.language).0)]);
    let parents = above(here, indicator);
    let frame = list::further(here, &title, view.finding.clone(), &view.pages, parents, here.indicator(key));
    Page::new("contributors.html", frame, &view)
}

/// The way to an indicator's page: the list of documents, and its own.
fn above<'a>(here: &Here<'a>, indicator: &Indicator) -> Vec<Link<'a>> {
    let documents = Words::plain(here.text("menu.resolutions"));
    vec![Link { href: here.href(Target::Resolutions(1)), text: documents }, here.reference(indicator.resolution)]
}

fn contributor_rows<'a>(here: &Here<'a>, key: IndicatorKey, number: usize) -> Vec<IndicatorRow<'a>> {
    let shown = list::slice(here.assessment.index.contributors(key), number);
    shown.iter().map(|key| IndicatorRow::new(here, *key, Of::Owner)).collect()
}

fn pages(here: &Here<'_>, key: IndicatorKey, number: usize) -> Option<Pages> {
    let target = |number| if number == 1 { Target::Indicator(key) } else { Target::Contributors(key, number) };
    list::pages(here, here.assessment.index.contributors(key).len(), number, target)
}

/// That a list goes on, where it is longer than what is named.
fn more(here: &Here<'_>, words: &str, length: usize) -> Option<String> {
    let rest = length.saturating_sub(LIST_LENGTH);
    (rest > 0).then(|| here.count(words, rest, &[]))
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
    let links = |keys: &[IndicatorKey]| {
        let link = |key: &IndicatorKey| {
            let owner = here.register.indicators[*key].owner_on(here.assessment.as_of);
            Link { text: here.unit(owner).text, ..here.indicator(*key) }
        };
        keys.iter().map(link).collect()
    };
    let count = |count: usize| here.edition.locale.count(count);
    let (with, of) = (count(parts.with_data), count(parts.expected));
    let figure = match judgement.value.as_ref() {
        Some(value) => here.figure(value, &here.register.indicators[key].measured_in).text.into_owned(),
        None => here.text("indicator.no_figure").to_owned(),
    };
    let measured_in = &here.register.indicators[key].measured_in;
    let total = |total: &Figure| TotalRow {
        day: here.day(total.date),
        value: here.qualified(&total.value, measured_in, total.exactness.qualifier()),
    };
    let totals = judgement.figures();
    let totals = totals.iter().rev().filter(|_| totals.len() > 1).take(LIST_LENGTH).map(total);
    let unnamed = parts.expected.saturating_sub(contributors.len());
    let without_more = more(here, "parts.without_more", without.len());
    Some(PartsView {
        finding: here.fill("parts.finding", &[("value", &figure), ("with_data", &with), ("expected", &of)]),
        with_data: if contributors.len() > LIST_LENGTH { Vec::new() } else { links(&with_data) },
        without: links(&without[..without.len().min(LIST_LENGTH)]),
        without_more,
        unnamed: (unnamed > 0).then(|| here.count("parts.unnamed", unnamed, &[])),
        totals: totals.collect(),
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
