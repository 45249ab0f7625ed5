//! The lists of documents, units and reports, a page at a time.

use serde::Serialize;

use super::frame::Frame;
use super::row::{DocumentRow, ReportRow, UnitRow};
use super::{Here, Html, Link, Page, Words};
use crate::route::{LIST_LENGTH, Target};

/// One page of a list.
#[derive(Debug, Serialize)]
struct ListView<'a, T> {
    title: &'a str,
    /// What the list holds: "59 văn bản của 20 nơi ban hành".
    finding: String,
    rows: Vec<T>,
    pages: Option<Pages>,
}

/// The way through a list's pages.
#[derive(Debug, Serialize)]
pub(crate) struct Pages {
    /// "Trang 2 trong 7".
    position: String,
    /// That filters see this page only, and where everything can be searched.
    part: Html,
    previous: Option<String>,
    next: Option<String>,
}

impl Pages {
    /// "Trang 2 trong 7".
    pub(crate) fn position(&self) -> &str {
        &self.position
    }
}

/// Documents under the name of their issuer.
#[derive(Debug, Serialize)]
struct IssuerGroup<'a> {
    issuer: Link<'a>,
    caption: Html,
    documents: Vec<DocumentRow<'a>>,
}

/// The entries on a page of a list.
pub(crate) fn slice<T>(all: &[T], number: usize) -> &[T] {
    all.chunks(LIST_LENGTH).nth(number - 1).unwrap_or_default()
}

pub(crate) fn pages(here: &Here<'_>, length: usize, number: usize, target: impl Fn(usize) -> Target) -> Option<Pages> {
    pages_of(here, length.div_ceil(LIST_LENGTH), number, target)
}

/// The way through `last` pages; `None` where there is only one.
pub(crate) fn pages_of(here: &Here<'_>, last: usize, number: usize, target: impl Fn(usize) -> Target) -> Option<Pages> {
    let count = |count: usize| here.edition.locale.count(count);
    (last > 1).then(|| Pages {
        position: here.fill("list.position", &[("number", &count(number)), ("last", &count(last))]),
        part: part(here),
        previous: (number > 1).then(|| here.href(target(number - 1))),
        next: (number < last).then(|| here.href(target(number + 1))),
    })
}

fn part(here: &Here<'_>) -> Html {
    let link = |target, key| Link { href: here.href(target), text: Words::plain(here.text(key)) };
    let search = link(Target::Search(1), "list.search");
    let data = link(Target::Data, "list.data");
    here.sentence("list.part", &[("search", search.into()), ("data", data.into())])
}

/// The frame of a page of a list: its title names the page from the second on.
pub(crate) fn frame<'a>(
    here: &Here<'a>,
    title: Words<'a>,
    description: String,
    pages: Option<&Pages>,
    parents: Vec<Link<'a>>,
    first: Target,
) -> Frame<'a> {
    match pages.filter(|_| *here.target != first) {
        Some(pages) => {
            let text = title.text.to_string();
            further(here, &text, description, pages, parents, Link { href: here.href(first), text: title })
        }
        None => Frame::new(here, title.text.into_owned(), description, parents),
    }
}

/// The frame of a page, from the second on, of a list that begins on the page of what `first` links to.
pub(crate) fn further<'a>(
    here: &Here<'a>,
    title: &str,
    description: String,
    pages: &Pages,
    mut parents: Vec<Link<'a>>,
    first: Link<'a>,
) -> Frame<'a> {
    parents.push(first);
    Frame::new(here, format!("{title} ({})", pages.position), description, parents)
}

fn finish<'a, T: Serialize>(
    here: &Here<'a>,
    template: &'static str,
    view: &ListView<'a, T>,
    first: Target,
) -> Page<'a> {
    let title = Words::plain(view.title);
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), Vec::new(), first);
    Page::new(template, frame, view)
}

pub(crate) fn resolutions<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let all = here.edition.overview.documents();
    let mut rows: Vec<IssuerGroup<'_>> = Vec::new();
    let mut issuer = None;
    for key in slice(all, number) {
        let resolution = &here.register.resolutions[*key];
        if issuer != Some(resolution.issuer) {
            issuer = Some(resolution.issuer);
            let name = here.words(&here.register.units[resolution.issuer].name);
            let caption = here.sentence("list.caption", &[("issuer", name.into())]);
            rows.push(IssuerGroup { issuer: here.unit(resolution.issuer), caption, documents: Vec::new() });
        }
        let group = rows.last_mut().expect("a group was just begun");
        group.documents.push(DocumentRow::new(here, *key));
    }
    let issuers = here.count("list.issuers", here.edition.overview.issuers(), &[]);
    let view = ListView {
        title: here.text("list.resolutions"),
        finding: here.count("list.documents", all.len(), &[("issuers", &issuers)]),
        rows,
        pages: pages(here, all.len(), number, Target::Resolutions),
    };
    finish(here, "resolutions.html", &view, Target::Resolutions(1))
}

pub(crate) fn units<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let all = here.edition.overview.units();
    let reported: usize = here.edition.overview.reporting_units();
    let reported = here.count("list.reporting", reported, &[]);
    let view = ListView {
        title: here.text("list.units"),
        finding: here.count("list.all_units", all.len(), &[("reporting", &reported)]),
        rows: slice(all, number).iter().map(|(key, depth)| UnitRow::new(here, *key, *depth)).collect(),
        pages: pages(here, all.len(), number, Target::Units),
    };
    finish(here, "units.html", &view, Target::Units(1))
}

pub(crate) fn reports<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let all = here.edition.overview.reports();
    let view = ListView {
        title: here.text("list.reports"),
        finding: match all.first() {
            Some(latest) => {
                let day = here.date(here.register.reports[*latest].published);
                here.count("list.all_reports", all.len(), &[("day", &day)])
            }
            None => here.text("list.no_reports").to_owned(),
        },
        rows: slice(all, number).iter().map(|key| ReportRow::new(here, *key)).collect(),
        pages: pages(here, all.len(), number, Target::Reports),
    };
    finish(here, "reports.html", &view, Target::Reports(1))
}
