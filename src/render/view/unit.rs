//! The page of a unit: what it answers for, what it issued, what it reported, and the units below it.

use serde::Serialize;

use super::coverage::{self, ExpectedRow};
use super::evidence::SourceView;
use super::frame::Frame;
use super::list::{self, Pages};
use super::row::{Count, DocumentRow, IndicatorGroup, ReportRow, UnitRow, by_document, counts};
use super::{Day, Here, Link, Page, ProseView, Words, finding};
use crate::model::indicator::IndicatorKey;
use crate::model::resolution::ResolutionKey;
use crate::model::unit::UnitKey;
use crate::render::charts::{self, ChartView};
use crate::route::Target;

#[derive(Debug, Serialize)]
struct UnitView<'a> {
    name: Words<'a>,
    level: Words<'a>,
    parent: Option<Link<'a>>,
    code: Option<&'a str>,
    established: Option<Day>,
    dissolved: Option<Day>,
    successors: Vec<Link<'a>>,
    predecessors: Vec<Predecessor<'a>>,
    website: Option<&'a str>,
    population: Option<String>,
    summary: Option<Words<'a>>,
    note: Option<Words<'a>>,
    finding: Option<String>,
    tracked: Option<String>,
    mean: Option<String>,
    counts: Vec<Count<'a>>,
    statuses: Option<ChartView<'a>>,
    indicators: Vec<IndicatorGroup<'a>>,
    documents: Vec<DocumentRow<'a>>,
    /// The documents that it is expected to follow.
    expected: Vec<ExpectedRow<'a>>,
    /// Indicators that others have taken over.
    handed_over: Vec<HandedOver<'a>>,
    statistics: Vec<Link<'a>>,
    reports: Vec<ReportRow<'a>>,
    children: Vec<UnitRow<'a>>,
    /// How the units below stand, side by side.
    strips: Option<ChartView<'a>>,
    compare: Option<ChartView<'a>>,
    /// The way to more units below.
    pages: Option<Pages>,
    feed: String,
    prose: Option<ProseView<'a>>,
    sources: Vec<SourceView<'a>>,
}

/// A page of the units right below one.
struct Below<'a> {
    children: Vec<UnitRow<'a>>,
    /// How they stand, side by side.
    strips: Option<ChartView<'a>>,
    compare: Option<ChartView<'a>>,
    pages: Option<Pages>,
}

impl<'a> Below<'a> {
    fn new(here: &Here<'a>, key: UnitKey, number: usize) -> Self {
        let all = here.edition.overview.children(key);
        let target = |number| if number == 1 { Target::Unit(key) } else { Target::Children(key, number) };
        let pages = list::pages(here, all.len(), number, target);
        let shown = list::slice(all, number);
        let part = |chart: ChartView<'a>| match &pages {
            Some(pages) => chart.of_part(pages.position()),
            None => chart,
        };
        Self {
            strips: charts::strips(here, shown).map(part),
            compare: charts::compare(here, shown).map(part),
            children: shown.iter().map(|key| UnitRow::new(here, *key, 0)).collect(),
            pages,
        }
    }
}

/// What a page of the units below one shows, from the second on.
#[derive(Debug, Serialize)]
struct ChildrenView<'a> {
    unit: Link<'a>,
    finding: String,
    children: Vec<UnitRow<'a>>,
    strips: Option<ChartView<'a>>,
    compare: Option<ChartView<'a>>,
    pages: Pages,
}

/// A page of the units below one, from the second on.
pub(crate) fn children<'a>(here: &Here<'a>, key: UnitKey, number: usize) -> Page<'a> {
    let Below { children, strips, compare, pages } = Below::new(here, key, number);
    let pages = pages.expect("a list with a further page has several");
    let finding = here.count("unit.children_finding", here.edition.overview.children(key).len(), &[]);
    let view = ChildrenView { unit: here.unit(key), finding, children, strips, compare, pages };
    let title = here.fill("unit.children_of", &[("unit", here.register.units[key].name.get(here.language).0)]);
    let frame = list::further(here, &title, view.finding.clone(), &view.pages, above(here, key), here.unit(key));
    Page::new("children.html", frame, &view)
}

/// A unit whose place this one took.
#[derive(Debug, Serialize)]
struct Predecessor<'a> {
    unit: Link<'a>,
    dissolved: Option<Day>,
}

/// An indicator that another unit answers for now; its figures stay with the unit that reported them.
#[derive(Debug, Serialize)]
struct HandedOver<'a> {
    indicator: Link<'a>,
    owner: Link<'a>,
    day: Option<Day>,
}

fn handed_over<'a>(here: &Here<'a>, key: IndicatorKey) -> HandedOver<'a> {
    let indicator = &here.register.indicators[key];
    let last = indicator.owner_from.iter().rev().find(|(from, _)| *from <= here.assessment.as_of);
    HandedOver {
        indicator: here.indicator(key),
        owner: here.unit(indicator.owner_on(here.assessment.as_of)),
        day: last.map(|(day, _)| here.day(*day)),
    }
}

pub(crate) fn page<'a>(here: &Here<'a>, key: UnitKey) -> Page<'a> {
    let unit = &here.register.units[key];
    let index = &here.assessment.index;
    let summary = here.assessment.unit(key);
    let level = here.words(&here.register.site.levels[unit.level.0].name);
    let (documents, statistics): (Vec<ResolutionKey>, Vec<ResolutionKey>) =
        index.issued(key).iter().copied().partition(|key| here.register.resolutions[*key].kind.is_document());
    let mut reports = index.reports(key).to_vec();
    reports.sort_by_key(|key| (std::cmp::Reverse(here.register.reports[*key].published), *key));
    let Below { children, strips, compare, pages } = Below::new(here, key, 1);
    let view = UnitView {
        name: here.words(&unit.name),
        level,
        parent: unit.parent.map(|parent| here.unit(parent)),
        code: unit.code.as_deref(),
        established: unit.established.map(|day| here.day(day)),
        dissolved: unit.dissolved.map(|day| here.day(day)),
        successors: unit.successors.iter().map(|key| here.unit(*key)).collect(),
        predecessors: (index.predecessors(key).iter())
            .map(|key| Predecessor {
                unit: here.unit(*key),
                dissolved: here.register.units[*key].dissolved.map(|day| here.day(day)),
            })
            .collect(),
        website: unit.website.as_deref(),
        population: unit.population.as_ref().map(|count| here.edition.locale.number(count)),
        summary: unit.entry.summary.as_ref().map(|summary| here.words(summary)),
        note: unit.entry.note.as_ref().map(|note| here.words(note)),
        finding: finding::sentence(here, summary).or_else(|| Some(nothing(here, key))),
        tracked: finding::tracked(here, summary),
        mean: finding::mean(here, summary),
        counts: counts(here, summary),
        statuses: charts::statuses(here, summary, here.text("unit.statuses"), 6),
        indicators: by_document(here, index.owned(key)),
        documents: documents.into_iter().map(|key| DocumentRow::new(here, key)).collect(),
        expected: coverage::expected_of(here, key),
        handed_over: here.assessment.lists.handed_over(key).iter().map(|key| handed_over(here, *key)).collect(),
        statistics: statistics.into_iter().map(|key| here.resolution(key)).collect(),
        reports: reports.into_iter().map(|key| ReportRow::new(here, key)).collect(),
        children,
        strips,
        compare,
        pages,
        feed: here.href(Target::UnitAtom(key)),
        prose: here.prose(&unit.entry.prose, 2),
        sources: SourceView::list(here, &unit.sources),
    };
    let title = unit.name.get(here.language).0.to_owned();
    let description = match (&view.summary, &view.finding) {
        (Some(summary), _) => summary.text.to_string(),
        (None, Some(finding)) => finding.clone(),
        (None, None) => here.fill("unit.description", &[("name", &title)]),
    };
    let data = here.unit_data(key, &description);
    let mut frame = Frame::new(here, title, description, above(here, key));
    frame.describe(data);
    Page::new("unit.html", frame, &view)
}

/// The way to a unit's page: the list of units, and the units above it, the highest first.
fn above<'a>(here: &Here<'a>, key: UnitKey) -> Vec<Link<'a>> {
    let parents = std::iter::successors(here.register.units[key].parent, |key| here.register.units[*key].parent);
    let mut links: Vec<Link<'a>> = parents.map(|key| here.unit(key)).collect();
    links.push(Link { href: here.href(Target::Units(1)), text: Words::plain(here.text("menu.units")) });
    links.reverse();
    links
}

/// That no indicator of a unit is on file, and up to when; where it has not reported either, that too.
fn nothing(here: &Here<'_>, key: UnitKey) -> String {
    let reported = !here.assessment.index.reports(key).is_empty();
    let words = if reported { "unit.no_indicators" } else { "unit.nothing" };
    here.fill(words, &[("day", &here.date(here.assessment.as_of))])
}
