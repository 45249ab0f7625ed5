//! Keeps raw HTML as far as it is harmless, on sites that ask for it.
//!
//! A block of raw HTML is cleaned as a whole; within a line, each tag is cleaned by itself and closed with the Markdown
//! around it, so nothing that an editor leaves open reaches beyond its paragraph. No raw HTML sets an id, a class, a style
//! or a heading, loads a file or links to anything but an absolute address.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::render::escape;

/// What may stand within a line. Links are for Markdown to write, which knows where they lead.
const PHRASES: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// What else a block may hold.
const BLOCKS: &[&str] = &[
    "a",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("bdo", &["dir"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("li", &["value"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

static BLOCK: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(PHRASES.iter().chain(BLOCKS)));
static PHRASE: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(PHRASES.iter()));

fn cleaner(tags: impl Iterator<Item = &'static &'static str>) -> Builder<'static> {
    let tags: HashSet<&str> = tags.copied().collect();
    let attributes: HashMap<&str, HashSet<&str>> = (ATTRIBUTES.iter())
        .filter(|(tag, _)| tags.contains(tag))
        .map(|(tag, names)| (*tag, names.iter().copied().collect()))
        .collect();
    let mut cleaner = Builder::empty();
    cleaner
        .tags(tags)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["lang", "title"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener external"));
    cleaner
}

/// How many tags a block may hold: reading deeply nested ones takes time that grows with their square.
const MAX_TAGS: usize = 2_000;

/// A block of raw HTML without what could do harm; one with too many tags is shown as text.
pub(super) fn block(html: &str) -> String {
    if html.matches('<').count() > MAX_TAGS {
        let mut text = String::with_capacity(html.len());
        escape::push_text(&mut text, html);
        return format!("<p>{}</p>", text.trim());
    }
    BLOCK.clean(html).to_string()
}

/// The raw tags that are open within a line.
#[derive(Default)]
pub(super) struct Tags {
    open: Vec<String>,
    /// How many were open when each Markdown element began.
    elements: Vec<usize>,
}

impl Tags {
    /// A Markdown element begins: what is open now is not to be closed within it.
    pub(super) fn enter(&mut self) {
        self.elements.push(self.open.len());
    }

    /// A Markdown element ends; gives the tags that close what was opened within it.
    pub(super) fn leave(&mut self) -> String {
        let outer = self.elements.pop().unwrap_or_default();
        let inner = self.open.split_off(outer.min(self.open.len()));
        inner.iter().rev().map(|name| format!("</{name}>")).collect()
    }

    /// A raw tag as it may be written; empty where it may not.
    pub(super) fn tag(&mut self, html: &str) -> String {
        if let Some(name) = html.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim().to_ascii_lowercase();
            let is_inner = self.open.len() > self.elements.last().copied().unwrap_or_default();
            return if is_inner && self.open.last() == Some(&name) {
                self.open.pop().map_or_else(String::new, close)
            } else {
                String::new()
            };
        }
        let mut cleaned = PHRASE.clean(html).to_string();
        let name: String = cleaned.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let end = close(name.clone());
        if cleaned.ends_with(&end) {
            cleaned.truncate(cleaned.len() - end.len());
            self.open.push(name);
        }
        cleaned
    }
}

fn close(name: String) -> String {
    format!("</{name}>")
}
