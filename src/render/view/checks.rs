//! The page of checks: what each looks for and why, from the texts that `tiendo check --explain` says, and how often
//! it finds something on this site.

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Link, Page, Words};
use crate::diagnostic::wording;
use crate::diagnostic::{Code, Level};
use crate::render::html::Html;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct ChecksView<'a> {
    title: &'a str,
    lead: &'a str,
    checks: Vec<CheckView<'a>>,
}

#[derive(Debug, Serialize)]
struct CheckView<'a> {
    /// The name in diagnostics and in `checks:` of site.yaml.
    code: &'static str,
    name: &'a str,
    text: Html,
    /// The language of the text, where it is not the page's.
    lang: Option<&'static str>,
    level: &'a str,
    found: Option<String>,
}

pub(crate) fn page<'a>(here: &Here<'a>) -> Page<'a> {
    let view = ChecksView {
        title: here.text("check.title"),
        lead: here.text("check.lead"),
        checks: (Code::ALL.iter().copied().filter(|code| code.is_check() && looks(here, *code)))
            .map(|code| check(here, code))
            .collect(),
    };
    let parents = vec![Link { href: here.href(Target::Method), text: Words::plain(here.text("menu.method")) }];
    let frame = Frame::new(here, view.title.to_owned(), view.lead.to_owned(), parents);
    Page::new("checks.html", frame, &view)
}

/// Whether a check is made at all: without a history nothing is looked for in it.
fn looks(here: &Here<'_>, code: Code) -> bool {
    code != Code::EditedAfterPublication || here.register.history.is_some()
}

/// The section of a check on that page.
pub(crate) fn section(here: &Here<'_>, code: Code) -> String {
    format!("{}#_{}", here.href(Target::Checks), code.as_str())
}

fn check<'a>(here: &Here<'a>, code: Code) -> CheckView<'a> {
    let (catalogue, tag) = catalogue(here.edition.locale.tag());
    let level = match here.register.site.check_level(code) {
        Level::Deny => "check.deny",
        Level::Warn => "check.warn",
        Level::Allow => "check.allow",
    };
    CheckView {
        code: code.as_str(),
        name: here.text(&format!("check.name.{}", code.as_str())),
        text: paragraph(&catalogue.say(&format!("explain.{}", code.as_str()), &[])),
        lang: (tag != here.edition.locale.tag()).then_some(tag),
        level: here.text(level),
        found: found(here, code),
    }
}

/// The program speaks two languages; a site in a third gets the English texts.
fn catalogue(tag: &str) -> (wording::Language, &'static str) {
    match wording::Language::of_locale(tag) {
        wording::Language::Vi => (wording::Language::Vi, "vi"),
        wording::Language::En => (wording::Language::En, "en"),
    }
}

/// A text of the catalogue: `code` between back ticks, all else as it is.
fn paragraph(text: &str) -> Html {
    let mut html = Html::default();
    for (place, piece) in text.split('`').enumerate() {
        match place % 2 {
            0 => html.push_text(piece),
            _ => html.push_code(piece),
        }
    }
    html
}

/// How often a check finds something, and how often an editor has looked at it.
fn found(here: &Here<'_>, code: Code) -> Option<String> {
    if here.register.site.check_level(code) == Level::Allow {
        return None;
    }
    let (all, acknowledged) = here.site.found(code)?;
    let count = here.count("check.found", all, &[]);
    Some(match acknowledged {
        0 => count,
        acknowledged => format!("{count} {}", here.count("check.acknowledged", acknowledged, &[])),
    })
}
