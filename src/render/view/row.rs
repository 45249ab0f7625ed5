//! Rows of lists: indicators, documents, units, reports.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Badge, Day, Here, Link, Words};
use crate::assess::{Flag, Judgement, Status, Summary};
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::unit::UnitKey;

/// An indicator in a table.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorRow<'a> {
    name: Link<'a>,
    /// The document or the unit that it belongs to, where the table is of several.
    of: Option<Link<'a>>,
    /// The figure of today.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Words<'a>>,
    /// For a sum of parts that are not all there: from how many it comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<String>,
    /// The day of that figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    value_day: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Day>,
    /// For how long nobody has told how it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    silence: Option<String>,
    /// The document that sets it, where the table is of several.
    document: Option<Link<'a>>,
    badge: Badge<'a>,
    /// The field, where the table is of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    sort: Sort,
}

/// What scripts sort the columns of an indicator by: figures as in the data, and the status by its place.
#[derive(Debug, Serialize)]
struct Sort {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<String>,
    status: usize,
}

/// What a table of indicators says of each beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Nothing more.
    Nothing,
    /// The unit that answers for it.
    Owner,
    /// The unit that answers for it, the document that sets it, and for how long nobody has told how it stands.
    Everything,
}

impl<'a> IndicatorRow<'a> {
    pub(crate) fn new(here: &Here<'a>, key: IndicatorKey, of: Of) -> Self {
        let indicator = &here.register.indicators[key];
        let judgement = here.assessment.judgement(key);
        let value = judgement.value.as_ref();
        Self {
            name: here.indicator(key),
            of: match of {
                Of::Nothing => None,
                Of::Owner | Of::Everything => Some(here.unit(indicator.owner_on(here.assessment.as_of))),
            },
            value: value.map(|value| here.qualified(value, &indicator.measured_in, judgement.qualifier)),
            parts: from_parts(here, judgement),
            value_day: judgement.value_date.filter(|_| value.is_some()).map(|day| here.day(day)),
            target: judgement.target.as_ref().map(|target| here.goal(target, &indicator.measured_in)),
            progress: judgement.progress.as_ref().map(|progress| here.edition.locale.percent(progress)),
            due: judgement.due.filter(|_| judgement.target.is_some()).map(|day| here.day(day)),
            silence: (of == Of::Everything).then(|| silence(here, judgement)).flatten(),
            document: (of == Of::Everything).then(|| here.resolution(indicator.resolution)),
            badge: here.badge(judgement.status),
            field: (of == Of::Everything)
                .then_some(indicator.field)
                .flatten()
                .map(|field| here.register.site.fields[field.0].name.get(here.language).0),
            sort: Sort {
                value: value.map(ToString::to_string),
                target: judgement.target.as_ref().map(|target| target.min.to_string()),
                progress: judgement.progress.as_ref().map(|progress| progress.rounded(6).to_string()),
                status: judgement.status.place(),
            },
        }
    }
}

/// How many of its parts a figure is from, where some have none yet: "từ 1 trong 21 phần".
pub(crate) fn from_parts(here: &Here<'_>, judgement: &Judgement) -> Option<String> {
    let parts = judgement.parts.filter(|parts| judgement.value.is_some() && parts.with_data < parts.expected)?;
    let count = |count: usize| here.edition.locale.count(count);
    let (with, of) = (count(parts.with_data), count(parts.expected));
    Some(here.fill("indicator.from_parts", &[("with_data", &with), ("expected", &of)]))
}

/// For how long it has been due, or its figure has been too old, without a report: "quá hạn 92 ngày".
fn silence(here: &Here<'_>, judgement: &Judgement) -> Option<String> {
    let since =
        |day: NaiveDate| usize::try_from((here.assessment.as_of - day).num_days()).ok().filter(|days| *days > 0);
    if !matches!(judgement.status, Status::Unreported | Status::NoData) {
        return None;
    }
    if let Some(days) = judgement.due.and_then(since) {
        return Some(here.count("group.overdue", days, &[]));
    }
    let days = judgement.value_date.and_then(since).filter(|_| judgement.has(Flag::Stale))?;
    Some(here.count("group.silent", days, &[]))
}

/// Indicators of one document under its name.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorGroup<'a> {
    document: Link<'a>,
    rows: Vec<IndicatorRow<'a>>,
}

/// Indicators by document in the order given; documents that set targets come before statistics.
pub(crate) fn by_document<'a>(here: &Here<'a>, indicators: &[IndicatorKey]) -> Vec<IndicatorGroup<'a>> {
    let document = |key: &IndicatorKey| here.register.indicators[*key].resolution;
    let mut sorted = indicators.to_vec();
    sorted.sort_by_key(|key| (!here.register.resolutions[document(key)].kind.is_document(), document(key)));
    (sorted.chunk_by(|one, other| document(one) == document(other)))
        .map(|group| IndicatorGroup {
            document: here.resolution(document(&group[0])),
            rows: group.iter().map(|key| IndicatorRow::new(here, *key, Of::Nothing)).collect(),
        })
        .collect()
}

/// How many indicators stand at a status.
#[derive(Debug, Serialize)]
pub(crate) struct Count<'a> {
    pub(crate) badge: Badge<'a>,
    pub(crate) count: String,
}

/// The statuses that occur, in their order.
pub(crate) fn counts<'a>(here: &Here<'a>, summary: &Summary) -> Vec<Count<'a>> {
    let occurring = Status::ALL.into_iter().filter(|status| summary.count(*status) > 0);
    occurring
        .map(|status| Count { badge: here.badge(status), count: here.edition.locale.count(summary.count(status)) })
        .collect()
}

/// A document in a table.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentRow<'a> {
    title: Link<'a>,
    /// Its kind and number, unless the title says them.
    designation: Option<String>,
    issuer: Link<'a>,
    issued: Option<Day>,
    period: Option<Day>,
    indicators: String,
    counts: Vec<Count<'a>>,
    /// How many indicators, for scripts.
    total: usize,
}

impl<'a> DocumentRow<'a> {
    pub(crate) fn new(here: &Here<'a>, key: ResolutionKey) -> Self {
        let resolution = &here.register.resolutions[key];
        let summary = here.assessment.resolution(key);
        Self {
            title: here.resolution(key),
            designation: here.kicker(key),
            issuer: here.unit(resolution.issuer),
            issued: resolution.issued.map(|issued| here.period(issued)),
            period: resolution.period.map(|period| here.period(period)),
            indicators: here.edition.locale.count(summary.total()),
            counts: counts(here, summary),
            total: summary.total(),
        }
    }
}

/// A unit in a table.
#[derive(Debug, Serialize)]
pub(crate) struct UnitRow<'a> {
    name: Link<'a>,
    level: Words<'a>,
    parent: Option<Link<'a>>,
    /// How deep it stands in the tree, for indentation: 0–6.
    depth: usize,
    documents: Option<String>,
    indicators: String,
    counts: Vec<Count<'a>>,
    reports: String,
    /// Whether any report of its own is on file.
    reported: bool,
    /// Set once the unit has ended.
    dissolved: Option<Day>,
    totals: Totals,
}

/// What scripts sort the columns of a unit by.
#[derive(Debug, Serialize)]
struct Totals {
    /// The place of its level, from the top.
    level: usize,
    documents: usize,
    indicators: usize,
    reports: usize,
}

impl<'a> UnitRow<'a> {
    pub(crate) fn new(here: &Here<'a>, key: UnitKey, depth: usize) -> Self {
        let unit = &here.register.units[key];
        let index = &here.assessment.index;
        let summary = here.assessment.unit(key);
        let issued = index.issued(key).iter();
        let documents = issued.filter(|key| here.register.resolutions[**key].kind.is_document()).count();
        let reports = index.reports(key).len();
        Self {
            name: here.unit(key),
            level: here.words(&here.register.site.levels[unit.level.0].name),
            parent: unit.parent.map(|parent| here.unit(parent)),
            depth: depth.min(6),
            documents: (documents > 0).then(|| here.edition.locale.count(documents)),
            indicators: here.edition.locale.count(summary.total()),
            counts: counts(here, summary),
            reports: here.edition.locale.count(reports),
            reported: reports > 0,
            dissolved: unit.dissolved.map(|day| here.day(day)),
            totals: Totals { level: unit.level.0, documents, indicators: summary.total(), reports },
        }
    }
}

/// A report in a table.
#[derive(Debug, Serialize)]
pub(crate) struct ReportRow<'a> {
    title: Link<'a>,
    unit: Link<'a>,
    period: Option<Day>,
    published: Day,
    figures: String,
    /// How many figures, for scripts.
    total: usize,
}

impl<'a> ReportRow<'a> {
    pub(crate) fn new(here: &Here<'a>, key: ReportKey) -> Self {
        let report = &here.register.reports[key];
        Self {
            title: here.report(key),
            unit: here.unit(report.unit),
            period: report.period.map(|period| here.period(period)),
            published: here.day(report.published),
            figures: here.edition.locale.count(report.observations.len()),
            total: report.observations.len(),
        }
    }
}
