//! Free pages, the page for unknown addresses, and pages that lead on.

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Link, Page, ProseView, Words};
use crate::model::PageKey;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct TextView<'a> {
    title: Words<'a>,
    summary: Option<Words<'a>>,
    note: Option<Words<'a>>,
    prose: Option<ProseView<'a>>,
}

pub(crate) fn free<'a>(here: &Here<'a>, key: PageKey) -> Page<'a> {
    let page = &here.register.pages[key];
    let view = TextView {
        title: here.words(&page.title),
        summary: page.entry.summary.as_ref().map(|summary| here.words(summary)),
        note: page.entry.note.as_ref().map(|note| here.words(note)),
        prose: here.prose(&page.entry.prose, 2),
    };
    let title = view.title.text.to_string();
    let description = view.summary.as_ref().map_or_else(|| title.clone(), |summary| summary.text.to_string());
    Page::new("page.html", Frame::new(here, title, description, Vec::new()), &view)
}

#[derive(Debug, Serialize)]
struct NotFoundView<'a> {
    ways: Vec<Link<'a>>,
}

pub(crate) fn not_found<'a>(here: &Here<'a>) -> Page<'a> {
    let way = |target, key| Link { href: here.href(target), text: Words::plain(here.text(key)) };
    let view = NotFoundView {
        ways: vec![
            way(Target::Home, "menu.home"),
            way(Target::Resolutions(1), "list.resolutions"),
            way(Target::Units(1), "list.units"),
            way(Target::Reports(1), "list.reports"),
        ],
    };
    let frame =
        Frame::new(here, here.text("not_found.title").to_owned(), here.text("not_found.text").to_owned(), vec![]);
    Page::new("not-found.html", frame, &view)
}

#[derive(Debug, Serialize)]
struct AliasView {
    href: String,
}

/// A former address: leads on at once, and says so.
pub(crate) fn alias<'a>(here: &Here<'a>, target: &Target) -> Page<'a> {
    let view = AliasView { href: here.href(target.clone()) };
    let text = here.text("alias.title").to_owned();
    let mut frame = Frame::new(here, text.clone(), text, vec![]);
    frame.leads_to(here, target);
    Page::new("alias.html", frame, &view)
}
