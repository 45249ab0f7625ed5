//! What changed: since the reporting period before the last, and month by month all that became known.

use chrono::NaiveDate;
use serde::Serialize;

use super::list::{Pages, frame, pages, slice};
use super::report::brought;
use super::{Badge, Day, Here, Link, Page, Words};
use crate::assess::Status;
use crate::assess::changes::{Changes, Recent, StatusChange};
use crate::assess::lists::{Known, Month, first_of_month};
use crate::model::indicator::IndicatorKey;
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::route::{LIST_LENGTH, Target};

#[derive(Debug, Serialize)]
struct ChangesView<'a> {
    title: &'a str,
    finding: String,
    /// On the first page only.
    recent: Option<RecentView<'a>>,
    months: Vec<MonthView<'a>>,
    corrections: String,
    feed: String,
    pages: Option<Pages>,
}

/// Today against the end of the reporting period before the last.
#[derive(Debug, Serialize)]
struct RecentView<'a> {
    title: String,
    finding: String,
    rows: Vec<ChangeRow<'a>>,
    more: Option<String>,
}

/// An indicator that stands otherwise, or has another figure.
#[derive(Debug, Serialize)]
struct ChangeRow<'a> {
    indicator: Link<'a>,
    owner: Link<'a>,
    before: Option<Words<'a>>,
    after: Option<Words<'a>>,
    parts: Option<String>,
    /// How it stood, where it stands otherwise now.
    status_before: Option<Badge<'a>>,
    status: Badge<'a>,
}

#[derive(Debug, Serialize)]
struct MonthView<'a> {
    id: String,
    name: String,
    sums: String,
    rows: Vec<LedgerRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LedgerRow<'a> {
    day: Day,
    /// The kind and number of a document.
    designation: Option<String>,
    link: Link<'a>,
    unit: Link<'a>,
    text: String,
    corrections: Option<String>,
}

pub(crate) fn page<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let lists = &here.assessment.lists;
    let months = slice(lists.ledger(), number).chunk_by(|one, other| first_of_month(one.0) == first_of_month(other.0));
    let recent = if number == 1 { here.site.recent().map(|recent| recent_view(here, recent)) } else { None };
    let view = ChangesView {
        title: here.text("change.title"),
        finding: match (&recent, lists.ledger().first()) {
            (_, None) => here.text("change.empty").to_owned(),
            (Some(recent), _) => format!("{}: {}", recent.title, recent.finding),
            (None, Some((day, _))) => here.fill("change.latest", &[("day", &here.date(*day))]),
        },
        recent,
        months: months
            .map(|entries| {
                let first = first_of_month(entries[0].0);
                let month = lists.months().iter().find(|month| month.first == first).expect("every entry has a month");
                MonthView {
                    id: first.format("_%Y-%m").to_string(),
                    name: capitalised(&here.edition.locale.month(first)),
                    sums: sums(here, month),
                    rows: entries.iter().map(|(day, known)| ledger_row(here, *day, *known)).collect(),
                }
            })
            .collect(),
        corrections: here.href(Target::Corrections(1)),
        feed: here.href(Target::Atom),
        pages: pages(here, lists.ledger().len(), number, Target::Changes),
    };
    let title = Words::plain(view.title);
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), Vec::new(), Target::Changes(1));
    Page::new("changes.html", frame, &view)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What happened, each kind with its number where there is any: "3 báo cáo, 12 số liệu và 1 đính chính".
fn listed(here: &Here<'_>, parts: &[(&str, usize)]) -> String {
    let parts: Vec<String> =
        (parts.iter().filter(|(_, count)| *count > 0)).map(|(key, count)| here.count(key, *count, &[])).collect();
    here.edition.locale.list(&parts)
}

fn sums(here: &Here<'_>, month: &Month) -> String {
    listed(
        here,
        &[
            ("change.reports", month.reports),
            ("change.documents", month.documents),
            ("change.figures", month.figures),
            ("change.corrections", month.corrections),
        ],
    )
}

fn ledger_row<'a>(here: &Here<'a>, known_on: NaiveDate, known: Known) -> LedgerRow<'a> {
    let day = here.day(known_on);
    match known {
        Known::Report(key) => {
            let report = &here.register.reports[key];
            let mut indicators: Vec<_> = report.observations.iter().map(|figure| figure.indicator).collect();
            indicators.sort();
            indicators.dedup();
            let corrections = report.observations.iter().filter(|figure| figure.corrects.is_some()).count();
            LedgerRow {
                day,
                designation: None,
                link: here.report(key),
                unit: here.unit(report.unit),
                text: brought(here, report.observations.len(), indicators.len()),
                corrections: (corrections > 0).then(|| here.count("change.corrections", corrections, &[])),
            }
        }
        Known::Document(key) => {
            let resolution = &here.register.resolutions[key];
            let targets = resolution.indicators.len();
            // A document without a day of issue, or with a later one, is known from a source that mentions it.
            let is_mention = resolution.issued.map(Period::end) != Some(known_on);
            let mention = is_mention.then(|| here.text("change.first_mention").to_owned());
            let targets = (targets > 0).then(|| here.count("change.indicators", targets, &[]));
            LedgerRow {
                day,
                designation: here.kicker(key),
                link: here.resolution(key),
                unit: here.unit(resolution.issuer),
                text: mention.into_iter().chain(targets).collect::<Vec<_>>().join(" "),
                corrections: None,
            }
        }
    }
}

fn recent_view<'a>(here: &Here<'a>, recent: &Recent) -> RecentView<'a> {
    let changes = &recent.changes;
    let new = changes.statuses.iter().filter(|change| change.before.is_none()).count();
    let changed: Vec<&StatusChange> = changes.statuses.iter().filter(|change| change.before.is_some()).collect();
    let parts = listed(
        here,
        &[
            ("change.reports", changes.reports.len()),
            ("change.documents", changes.documents.len()),
            ("change.new_indicators", new),
            ("change.new_figures", changes.figures.len()),
            ("change.corrections", changes.corrections.len()),
        ],
    );
    let mut keys: Vec<(bool, IndicatorKey)> = changed.iter().map(|change| (false, change.indicator)).collect();
    let figures = changes.figures.iter().filter(|change| change.before.is_some());
    keys.extend(figures.map(|change| (true, change.indicator)));
    keys.sort_by_key(|(by_figure, key)| (*key, *by_figure));
    keys.dedup_by_key(|(_, key)| *key);
    // What stands otherwise comes before what only has another figure.
    keys.sort();
    let title = here
        .fill("change.recent", &[("since", &here.date(recent.since)), ("as_of", &here.date(here.assessment.as_of))]);
    RecentView {
        title,
        finding: finding(here, &parts, changed.len()),
        rows: keys.iter().take(LIST_LENGTH).map(|(_, key)| change_row(here, changes, *key)).collect(),
        more: (keys.len() > LIST_LENGTH).then(|| here.count("change.more", keys.len() - LIST_LENGTH, &[])),
    }
}

fn finding(here: &Here<'_>, parts: &str, statuses: usize) -> String {
    let new = (!parts.is_empty()).then(|| here.fill("change.finding", &[("parts", parts)]));
    let statuses = (statuses > 0).then(|| here.count("change.statuses", statuses, &[]));
    match (new, statuses) {
        (None, None) => here.text("change.nothing").to_owned(),
        (one, other) => [one, other].into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn change_row<'a>(here: &Here<'a>, changes: &Changes, key: IndicatorKey) -> ChangeRow<'a> {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let figure = changes.figures.binary_search_by_key(&key, |change| change.indicator).ok();
    let figure = figure.map(|place| &changes.figures[place]);
    let status = changes.statuses.binary_search_by_key(&key, |change| change.indicator).ok();
    let before: Option<Status> = status.and_then(|place| changes.statuses[place].before);
    let words = |value: &Quantity| here.figure(value, &indicator.measured_in);
    let after =
        judgement.value.as_ref().map(|value| here.qualified(value, &indicator.measured_in, judgement.qualifier));
    // A figure that is not among the changes is the one of that day.
    let before_figure = match figure {
        Some(change) => change.before.as_ref().map(|(value, _)| words(value)),
        None => after.clone(),
    };
    ChangeRow {
        indicator: here.indicator(key),
        owner: here.unit(indicator.owner_on(here.assessment.as_of)),
        before: before_figure,
        after,
        parts: super::row::from_parts(here, judgement),
        status_before: before.map(|status| here.badge(status)),
        status: here.badge(judgement.status),
    }
}
