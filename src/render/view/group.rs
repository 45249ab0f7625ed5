//! The pages that gather indicators from all over the site: by status, by field, by framework.

use serde::Serialize;

use super::list::{Pages, frame, pages, slice};
use super::row::{Count, IndicatorRow, Of, counts};
use super::{Badge, Here, Link, Page, Words, finding};
use crate::assess::Status;
use crate::model::indicator::IndicatorKey;
use crate::model::site::{FieldKey, GroupKey};
use crate::render::charts::{self, ChartView};
use crate::route::{LIST_LENGTH, Target};

/// The indicators at a status.
#[derive(Debug, Serialize)]
struct StatusView<'a> {
    badge: Badge<'a>,
    finding: String,
    meaning: String,
    method: String,
    /// All statuses with how many stand there.
    statuses: Vec<StatusLink<'a>>,
    chart: Option<ChartView<'a>>,
    caption: &'a str,
    rows: Vec<IndicatorRow<'a>>,
    pages: Option<Pages>,
}

/// A status as a way to its list.
#[derive(Debug, Serialize)]
pub(crate) struct StatusLink<'a> {
    badge: Badge<'a>,
    count: String,
    /// None on the page of that status itself.
    href: Option<String>,
}

/// The statuses with how many indicators of the site stand there, as ways to their lists.
pub(crate) fn statuses<'a>(here: &Here<'a>) -> Vec<StatusLink<'a>> {
    let summary = here.assessment.summary();
    let shown = |status: &Status| summary.count(*status) > 0;
    (Status::ALL.into_iter().filter(shown))
        .map(|status| StatusLink {
            badge: here.badge(status),
            count: here.edition.locale.count(summary.count(status)),
            href: (*here.target != Target::Status(status, 1)).then(|| here.href(Target::Status(status, 1))),
        })
        .collect()
}

pub(crate) fn status<'a>(here: &Here<'a>, status: Status, number: usize) -> Page<'a> {
    let all = here.assessment.lists.status(status);
    let shown = slice(all, number);
    let locale = &here.edition.locale;
    let thresholds = &here.register.site.assessment;
    let on_track = locale.percent(&thresholds.on_track.to_share());
    let behind = locale.percent(&thresholds.behind.to_share());
    let finding = match all.len() {
        0 => here.text("group.empty").to_owned(),
        length => here.count("group.finding", length, &[]),
    };
    let view = StatusView {
        badge: here.badge(status),
        finding,
        meaning: here
            .fill(&format!("status.{}.when", status.as_str()), &[("on_track", &on_track), ("behind", &behind)]),
        method: format!("{}#_{}", here.href(Target::Method), status.as_str()),
        statuses: statuses(here),
        chart: charts::bars_of(here, shown),
        caption: here.text("group.caption"),
        rows: rows(here, shown),
        pages: pages(here, all.len(), number, |number| Target::Status(status, number)),
    };
    let title = Words::plain(here.fill("group.status", &[("status", view.badge.label)]));
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), Vec::new(), Target::Status(status, 1));
    Page::new("status.html", frame, &view)
}

fn rows<'a>(here: &Here<'a>, indicators: &[IndicatorKey]) -> Vec<IndicatorRow<'a>> {
    indicators.iter().map(|key| IndicatorRow::new(here, *key, Of::Everything)).collect()
}

/// The indicators of a field.
#[derive(Debug, Serialize)]
struct FieldView<'a> {
    title: Words<'a>,
    finding: String,
    tracked: Option<String>,
    mean: Option<String>,
    statuses: Option<ChartView<'a>>,
    counts: Vec<Count<'a>>,
    chart: Option<ChartView<'a>>,
    caption: &'a str,
    rows: Vec<IndicatorRow<'a>>,
    pages: Option<Pages>,
}

pub(crate) fn field<'a>(here: &Here<'a>, key: FieldKey, number: usize) -> Page<'a> {
    let group = here.assessment.lists.field(key);
    let shown = slice(&group.indicators, number);
    let name = here.words(&here.register.site.fields[key.0].name);
    let statuses = charts::statuses(here, &group.summary, here.text("group.statuses"), 6);
    let view = FieldView {
        title: name.clone(),
        finding: finding::sentence(here, &group.summary).unwrap_or_else(|| here.text("group.nothing").to_owned()),
        tracked: finding::tracked(here, &group.summary),
        mean: finding::mean(here, &group.summary),
        counts: if statuses.is_some() { Vec::new() } else { counts(here, &group.summary) },
        statuses,
        chart: charts::bars_of(here, shown),
        caption: here.text("group.caption"),
        rows: rows(here, shown),
        pages: pages(here, group.indicators.len(), number, |number| Target::Field(key, number)),
    };
    let frame = frame(here, name, view.finding.clone(), view.pages.as_ref(), Vec::new(), Target::Field(key, 1));
    Page::new("field.html", frame, &view)
}

/// The indicators of a framework by its groups.
#[derive(Debug, Serialize)]
struct FrameworkView<'a> {
    title: Words<'a>,
    finding: String,
    mean: Option<String>,
    statuses: Option<ChartView<'a>>,
    /// All groups, each as a way to its section.
    contents: Vec<Content<'a>>,
    sections: Vec<Section<'a>>,
    caption: &'a str,
    pages: Option<Pages>,
}

/// A group in the table of contents.
#[derive(Debug, Serialize)]
struct Content<'a> {
    name: Link<'a>,
    counts: Vec<Count<'a>>,
}

/// The indicators of a group, as far as they stand on this page.
#[derive(Debug, Serialize)]
struct Section<'a> {
    id: String,
    name: Words<'a>,
    finding: Option<String>,
    chart: Option<ChartView<'a>>,
    rows: Vec<IndicatorRow<'a>>,
}

pub(crate) fn framework<'a>(here: &Here<'a>, place: usize, number: usize) -> Page<'a> {
    let framework = &here.register.site.frameworks[place];
    let list = here.assessment.lists.framework(place);
    let sections = slice(&list.entries, number).chunk_by(|one, other| one.0 == other.0).map(|entries| {
        let group = entries[0].0;
        let indicators: Vec<IndicatorKey> = entries.iter().map(|(_, key)| *key).collect();
        Section {
            id: section_id(&framework.groups[group].id),
            name: here.words(&framework.groups[group].name),
            finding: finding::sentence(here, &list.groups[group]),
            chart: charts::bars_of(here, &indicators),
            rows: rows(here, &indicators),
        }
    });
    let groups = (0..framework.groups.len()).map(|group| GroupKey { framework: place, group });
    let view = FrameworkView {
        title: here.words(&framework.name),
        finding: finding::sentence(here, &list.summary).unwrap_or_else(|| here.text("group.nothing").to_owned()),
        mean: finding::mean(here, &list.summary),
        statuses: charts::statuses(here, &list.summary, here.text("group.statuses"), 6),
        contents: groups
            .map(|key| Content { name: here.group(key), counts: counts(here, &list.groups[key.group]) })
            .collect(),
        sections: sections.collect(),
        caption: here.text("group.caption"),
        pages: pages(here, list.entries.len(), number, |page| Target::Framework { place, page }),
    };
    let first = Target::Framework { place, page: 1 };
    let frame = frame(here, view.title.clone(), view.finding.clone(), view.pages.as_ref(), Vec::new(), first);
    Page::new("framework.html", frame, &view)
}

fn section_id(group: &str) -> String {
    format!("_group-{group}")
}

impl<'a> Here<'a> {
    /// A field as a way to its page.
    pub(crate) fn field(&self, key: FieldKey) -> Link<'a> {
        self.link(Target::Field(key, 1), &self.register.site.fields[key.0].name)
    }

    /// A group of a framework as a way to its section.
    pub(crate) fn group(&self, key: GroupKey) -> Link<'a> {
        let framework = &self.register.site.frameworks[key.framework];
        let group = &framework.groups[key.group];
        let list = self.assessment.lists.framework(key.framework);
        let first = list.entries.partition_point(|(other, _)| *other < key.group);
        let holds = list.groups[key.group].total() > 0;
        let page = if holds { first / LIST_LENGTH + 1 } else { 1 };
        let mut link = self.link(Target::Framework { place: key.framework, page }, &group.name);
        if holds {
            link.href.push('#');
            link.href.push_str(&section_id(&group.id));
        }
        link
    }
}
