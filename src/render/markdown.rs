//! Turns the Markdown of editors into HTML that is safe by construction.

use super::links::Links;
use crate::diagnostic::Diagnostics;
use crate::model::text::Language;
use crate::source::{SourceMap, Span};

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
    /// Words of the interface.
    pub words: &'a Words,
}

/// The words that stand between those of the editors, in the language of the page.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Names a table's scroll container to screen readers: "Bảng".
    pub table: String,
    /// The heading of the footnotes: "Chú thích".
    pub footnotes: String,
    /// Names the link from a footnote to its reference: "Về chỗ dẫn".
    pub footnote_back: String,
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its fragment, unique in the body; only `a-z`, `0-9` and single `-`.
    pub id: String,
    /// Its level in the page, 2–6, for a body whose highest headings are `h2`.
    pub level: u8,
    /// Its words.
    pub text: String,
}

/// Checks one body: its links against all files of the site, its nesting against the limit.
pub fn check(_prose: Span, _language: Language, _links: &Links, _sources: &SourceMap, _diagnostics: &mut Diagnostics) {}

/// The HTML of one body. What [`check`] would refuse is left out or shown as text.
#[must_use]
pub fn to_html(_prose: Span, _context: &Context<'_>) -> String {
    String::new()
}

/// The headings of one body, in order.
#[must_use]
pub fn headings(_markdown: &str) -> Vec<Heading> {
    Vec::new()
}

/// The first paragraph of a body without markup, for descriptions and feeds; empty where there is none.
#[must_use]
pub fn plain_text(_markdown: &str) -> String {
    String::new()
}
