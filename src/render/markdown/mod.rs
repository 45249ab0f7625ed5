//! Turns the Markdown of editors into HTML that is safe by construction.
//!
//! Markdown is text, not code: raw HTML is shown as text (comments are left out) or, where the site asks for it,
//! sanitised; every other attribute is written by us, and a link or image is written only when its destination passed [`super::links`]. [`check`] reports what is wrong with a
//! body; [`to_html`] is pure, leaves out what [`check`] would refuse, and never fails.

mod check;
mod html;
mod outline;
mod sanitize;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::links::Links;
use crate::model::site::{HtmlPolicy, Limits};
use crate::model::text::Language;
use crate::source::{SourceMap, Span};

pub use check::{LinkList, check, check_links};
pub(crate) use outline::slug;
pub use outline::{Heading, headings};

/// How deeply quotes, lists and emphasis may be nested, whatever the site says; what is deeper is left out.
pub const MAX_DEPTH: usize = Limits::MOST.nesting as usize;

/// The page that a body is shown on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Addresses of all that is known.
    pub links: &'a Links,
    /// The texts.
    pub sources: &'a SourceMap,
    /// The language of the page; the body may be in another.
    pub language: Language,
    /// The address of the page, to which links are made relative.
    pub address: &'a str,
    /// The level of the body's highest headings, 2–6.
    pub top: u8,
    /// What becomes of raw HTML.
    pub html: HtmlPolicy,
    /// Words of the interface.
    pub words: &'a Words,
}

/// The words that stand between those of the editors, in the language of the page.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Names a table's scroll container to screen readers: "Bảng".
    pub table: String,
    /// Names the list of footnotes to screen readers: "Chú thích".
    pub footnotes: String,
    /// Names the link from a footnote to its reference: "Về chỗ dẫn".
    pub footnote_back: String,
}

/// The HTML of one body.
///
/// The highest headings of the body become `context.top`, whatever their level in the file, and no level is skipped.
/// Ids are those of [`headings`], and `fn_…`, `fnref_…` for footnotes; a template's own ids are safe from them when they
/// hold a `_` elsewhere.
#[must_use]
pub fn to_html(prose: Span, context: &Context<'_>) -> String {
    let markdown = context.sources.slice(prose);
    let events: Vec<Event<'_>> = parser(markdown).collect();
    let headings = outline::of_events(events.iter());
    let from = &context.sources.file(prose.file).path;
    html::Writer::new(context, from, headings, markdown.len()).write(events)
}

/// The first paragraph of a body without markup, for descriptions and feeds; empty where there is none.
///
/// Its lines are joined; footnote marks, images and raw HTML are left out.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let mut depth = 0;
    let mut image = 0;
    let mut collecting = false;
    let mut text = String::new();
    for event in parser(markdown) {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    collecting = matches!(tag, Tag::Paragraph);
                }
                image += usize::from(image > 0 || matches!(tag, Tag::Image { .. }));
                depth += 1;
            }
            Event::End(_) => {
                depth -= 1;
                image = image.saturating_sub(1);
                if depth == 0 && collecting && !text.trim().is_empty() {
                    return text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
            Event::Text(part) | Event::Code(part) if collecting && image == 0 => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak if collecting => text.push(' '),
            _ => {}
        }
    }
    String::new()
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, options())
}

/// Tables, footnotes, strikethrough and task lists; no heading attributes, which could carry code.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

#[cfg(test)]
mod tests;
