//! The home page: what stands where, what changed last, what is late, who has reported.

use serde::Serialize;

use super::frame::Frame;
use super::group::{StatusLink, statuses};
use super::report::{brought, figure_before, point_of};
use super::row::{IndicatorRow, Of};
use super::{Day, Here, Link, Page, ProseView, Words, finding};
use crate::assess::index::ObservationKey;
use crate::assess::{Point, Standing, Status};
use crate::model::HOME;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::unit::UnitKey;
use crate::render::charts;
use crate::render::html::Html;
use crate::route::Target;

/// How many reports the home page tells of.
const REPORTS: usize = 4;
/// How many figures of a report the home page shows.
const FIGURES: usize = 3;
/// How many late indicators the home page lists.
const LATE: usize = 8;
/// How many issuers the home page names.
const ISSUERS: usize = 12;
/// Up to how many units of a level the home page names.
const UNITS: usize = 40;

#[derive(Debug, Serialize)]
struct HomeView<'a> {
    title: Words<'a>,
    description: Option<Words<'a>>,
    finding: Option<String>,
    tracked: Option<String>,
    size: String,
    /// How many indicators there are: "Tất cả 56 chỉ tiêu".
    indicators: String,
    statuses: Vec<StatusRow<'a>>,
    frameworks: Vec<Link<'a>>,
    reports: Vec<Change<'a>>,
    late: Vec<IndicatorRow<'a>>,
    late_title: String,
    late_finding: String,
    late_more: Option<String>,
    fields: Vec<FieldRow<'a>>,
    issuers: Vec<IssuerRow<'a>>,
    issuers_more: Option<String>,
    levels: Vec<LevelView<'a>>,
    prose: Option<ProseView<'a>>,
    changes_href: String,
    coverage_href: Option<String>,
    resolutions_href: String,
    reports_href: String,
    units_href: String,
}

/// A status, the way to its list, and how many stand there, in figures and in a strip.
#[derive(Debug, Serialize)]
struct StatusRow<'a> {
    link: StatusLink<'a>,
    strip: Html,
}

/// A report and what it brought.
#[derive(Debug, Serialize)]
struct Change<'a> {
    report: Link<'a>,
    unit: Link<'a>,
    published: Day,
    brought: String,
    figures: Vec<FigureChange<'a>>,
}

#[derive(Debug, Serialize)]
struct FigureChange<'a> {
    indicator: Link<'a>,
    before: Option<String>,
    value: Words<'a>,
    target: Option<Words<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldRow<'a> {
    name: Link<'a>,
    indicators: String,
    strip: Html,
}

#[derive(Debug, Serialize)]
struct IssuerRow<'a> {
    unit: Link<'a>,
    documents: String,
}

/// Who of a level has reported.
#[derive(Debug, Serialize)]
struct LevelView<'a> {
    name: Words<'a>,
    finding: String,
    reported: Vec<Link<'a>>,
    silent: Vec<Link<'a>>,
}

pub(crate) fn page<'a>(here: &Here<'a>) -> Page<'a> {
    let settings = &here.register.site;
    let overview = &here.edition.overview;
    let summaries = overview.summaries();
    let summary = here.assessment.summary();
    let prose = here.register.pages.iter().find(|(_, page)| page.id.as_str() == HOME);
    let count = |key: &str, number: usize| here.count(key, number, &[]);
    let most = summaries.fields.iter().map(|(_, summary)| summary.total()).max().unwrap_or(0);
    let view = HomeView {
        title: here.words(&settings.title),
        description: settings.description.as_ref().map(|text| here.words(text)),
        finding: finding::sentence(here, summary),
        tracked: finding::tracked(here, summary),
        size: here.fill(
            "home.size",
            &[
                ("documents", &count("home.documents", overview.documents().len())),
                ("units", &count("home.units", overview.units().len())),
                ("reports", &count("home.reports", overview.reports().len())),
            ],
        ),
        indicators: here.count("chart.statuses_subtitle", summary.total(), &[]),
        statuses: status_rows(here),
        frameworks: (settings.frameworks.iter().enumerate())
            .filter(|(place, _)| !here.assessment.lists.framework(*place).entries.is_empty())
            .map(|(place, framework)| here.link(Target::Framework { place, page: 1 }, &framework.name))
            .collect(),
        reports: overview.reports().iter().take(REPORTS).map(|key| change(here, *key)).collect(),
        late: summaries.late.iter().take(LATE).map(|key| IndicatorRow::new(here, *key, Of::Owner)).collect(),
        late_title: late_title(here),
        late_finding: match summaries.late.len() {
            0 => here.text("home.nothing_late").to_owned(),
            late => here.count("home.late_finding", late, &[]),
        },
        late_more: more(here, "home.late_more", summaries.late.len(), LATE),
        fields: (summaries.fields.iter())
            .map(|(field, summary)| FieldRow {
                name: here.field(*field),
                indicators: here.edition.locale.count(summary.total()),
                strip: charts::strip(here, summary, most),
            })
            .collect(),
        issuers: (summaries.issuers.iter().take(ISSUERS))
            .map(|(unit, documents)| IssuerRow {
                unit: here.unit(*unit),
                documents: count("home.documents", *documents),
            })
            .collect(),
        issuers_more: more(here, "home.issuers_more", summaries.issuers.len(), ISSUERS),
        levels: (summaries.levels.iter())
            .map(|level| {
                let all = level.reported.len() + level.silent.len();
                let name = here.words(&settings.levels[level.level.0].name);
                let number = |count: usize| here.edition.locale.count(count);
                let links = |units: &[UnitKey]| match all {
                    0..=UNITS => units.iter().map(|unit| here.unit(*unit)).collect(),
                    _ => Vec::new(),
                };
                let (reported, all) = (number(level.reported.len()), number(all));
                let finding = here.fill("home.level_finding", &[("reported", &reported), ("all", &all)]);
                LevelView { name, finding, reported: links(&level.reported), silent: links(&level.silent) }
            })
            .collect(),
        prose: prose.and_then(|(_, page)| here.prose(&page.entry.prose, 3)),
        changes_href: here.href(Target::Changes(1)),
        coverage_href: (!here.assessment.lists.sheets().is_empty()).then(|| here.href(Target::Coverage(1))),
        resolutions_href: here.href(Target::Resolutions(1)),
        reports_href: here.href(Target::Reports(1)),
        units_href: here.href(Target::Units(1)),
    };
    let title = view.title.text.to_string();
    let description = match &view.description {
        Some(description) => description.text.to_string(),
        None => view.finding.clone().unwrap_or_else(|| title.clone()),
    };
    Page::new("home.html", Frame::new(here, title, description, Vec::new()), &view)
}

fn status_rows<'a>(here: &Here<'a>) -> Vec<StatusRow<'a>> {
    let summary = here.assessment.summary();
    let most = Status::ALL.into_iter().map(|status| summary.count(status)).max().unwrap_or(0);
    let occurring = Status::ALL.into_iter().filter(|status| summary.count(*status) > 0);
    let strip = |status| charts::single_strip(here, std::iter::once((status, summary.count(status))), most);
    statuses(here).into_iter().zip(occurring).map(|(link, status)| StatusRow { link, strip: strip(status) }).collect()
}

/// The statuses that the late indicators have, as a heading: "Chậm và chưa báo cáo".
fn late_title(here: &Here<'_>) -> String {
    let late = [Status::Missed, Status::OffTrack, Status::Behind, Status::Unreported];
    let names: Vec<String> = (late.into_iter())
        .filter(|status| here.assessment.summary().count(*status) > 0)
        .map(|status| here.badge(status).label.to_lowercase())
        .collect();
    if names.is_empty() {
        return here.text("home.late").to_owned();
    }
    let list = here.edition.locale.list(&names);
    let mut letters = list.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn more(here: &Here<'_>, key: &str, length: usize, shown: usize) -> Option<String> {
    (length > shown).then(|| here.count(key, length - shown, &[]))
}

fn change<'a>(here: &Here<'a>, key: ReportKey) -> Change<'a> {
    let report = &here.register.reports[key];
    let mut indicators: Vec<_> = report.observations.iter().map(|observation| observation.indicator).collect();
    indicators.sort();
    indicators.dedup();
    let counted = |place: usize| {
        let observation = &report.observations[place];
        let series = &here.assessment.judgement(observation.indicator).series;
        let point = point_of(series, ObservationKey { report: key, place })?;
        (point.standing == Standing::Counted).then_some((observation.indicator, point))
    };
    let all: Vec<(IndicatorKey, &Point)> = (0..report.observations.len()).filter_map(counted).collect();
    // Of several days of one indicator, the latest.
    let is_latest = |(key, point): &&(IndicatorKey, &Point)| {
        !all.iter().any(|(other, later)| other == key && later.as_of > point.as_of)
    };
    let figures = all.iter().filter(is_latest).map(|(key, point)| {
        let indicator = &here.register.indicators[*key];
        let judgement = here.assessment.judgement(*key);
        let before = figure_before(&judgement.series, point);
        let change = FigureChange {
            indicator: here.indicator(*key),
            before: before
                .map(|before| here.fill("home.before", &[("value", &here.edition.locale.number(&before.value))])),
            value: here.qualified(&point.value, &indicator.measured_in, point.qualifier),
            target: judgement.target.as_ref().map(|target| {
                let goal = here.goal(target, &indicator.measured_in);
                Words { text: here.fill("home.of_target", &[("target", &goal.text)]).into(), lang: goal.lang }
            }),
        };
        (judgement.target.is_none(), change)
    });
    // Figures with a target first: they say something of a promise.
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by_key(|(tracked, _)| *tracked);
    Change {
        report: here.report(key),
        unit: here.unit(report.unit),
        published: here.day(report.published),
        brought: brought(here, report.observations.len(), indicators.len()),
        figures: figures.into_iter().take(FIGURES).map(|(_, change)| change).collect(),
    }
}
