//! Reports what is wrong with a body: links that lead nowhere or run scripts, and nesting beyond the limit.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::outline::{self, Heading};
use super::{MAX_DEPTH, parser, slug};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::site::Limits;
use crate::model::text::Language;
use crate::render::links::{Destination, Link, Links, Unresolved};
use crate::source::{SourceMap, Span};

/// How many links of one body get a suggestion; finding one takes time, and a body with more has another problem.
const SUGGESTIONS: usize = 50;

/// Checks one body: its links against all files of the site, its nesting against the limit.
///
/// `links` are those of the whole register: what is not known on the day of the build is not broken. `language` is the
/// one that the body is written in.
pub fn check(prose: Span, language: Language, links: &Links, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    check_links(&LinkList::read(sources.slice(prose)), prose, language, links, sources, diagnostics);
}

/// What there is to check in a body, which depends on nothing but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkList {
    /// At most one more than any site may have.
    written: Vec<Written>,
    /// The first element at each depth, from the outermost.
    depths: Vec<Range<usize>>,
}

impl LinkList {
    /// Reads a body.
    #[must_use]
    pub fn read(markdown: &str) -> Self {
        read(markdown)
    }
}

/// Checks a body as [`check`] does; `list` is what was read of its text.
pub fn check_links(
    list: &LinkList,
    prose: Span,
    language: Language,
    links: &Links,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let markdown = sources.slice(prose);
    let place = |range: Range<usize>| {
        let start = prose.range().start;
        Span::new(prose.file, start + range.start, start + range.end)
    };
    let LinkList { written, depths } = list;
    let Limits { nesting, links: most, .. } = links.limits();
    if let Some(range) = depths.get(nesting as usize) {
        let line = markdown[range.clone()].find('\n').map_or(range.end, |newline| range.start + newline);
        let code = Code::TooLarge;
        diagnostics
            .push(Diagnostic::new(code, place(range.start..line)).worded("too-large.markdown").with("limit", nesting));
    }
    if let Some(link) = written.get(most as usize) {
        let diagnostic = Diagnostic::new(Code::TooLarge, place(link.place.clone())).worded("too-large.links");
        diagnostics.push(diagnostic.with("limit", most));
    }
    let from = &sources.file(prose.file).path;
    let checker = Checker { markdown, from, language, links, sources, headings: OnceCell::new() };
    let mut problems = 0;
    let mut seen = BTreeSet::new();
    for link in written.iter().take(most as usize) {
        // A definition that ten links share is one mistake.
        if seen.insert((link.place.start, link.place.end))
            && let Some(problem) = checker.problem(link, problems < SUGGESTIONS)
        {
            problems += 1;
            diagnostics.push(problem.diagnostic(place(link.place.clone()), &link.destination));
        }
    }
}

/// A link or image as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    kind: Kind,
    destination: String,
    /// Where its destination is written, in the body.
    place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Link,
    Image,
}

/// A link that is being read: its text can hold images.
struct Open {
    kind: Kind,
    link_type: LinkType,
    destination: String,
    range: Range<usize>,
    /// The end of its text.
    text_end: usize,
    /// Where its definition is written, for a reference.
    definition: Option<Range<usize>>,
}

/// The links of a body and its depths, as far as any site may go.
fn read(markdown: &str) -> LinkList {
    let mut events = parser(markdown).into_offset_iter();
    let (mut written, mut depths) = (Vec::new(), Vec::new());
    let mut open: Vec<Open> = Vec::new();
    let mut depth = 0;
    while let Some((event, range)) = events.next() {
        if depths.len() > MAX_DEPTH || written.len() > Limits::MOST.links as usize {
            break;
        }
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > depths.len() {
                    depths.push(range.clone());
                }
                let (kind, link_type, destination, id) = match tag {
                    Tag::Link { link_type, dest_url, id, .. } => (Kind::Link, link_type, dest_url, id),
                    Tag::Image { link_type, dest_url, id, .. } => (Kind::Image, link_type, dest_url, id),
                    _ => continue,
                };
                let definition = match link_type {
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                        events.reference_definitions().get(&id).map(|definition| definition.span.clone())
                    }
                    _ => None,
                };
                let text_end = range.start + if kind == Kind::Image { 2 } else { 1 };
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{destination}"),
                    _ => destination.into_string(),
                };
                open.push(Open { kind, link_type, destination, range, text_end, definition });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                depth -= 1;
                if let Some(link) = open.pop() {
                    if let Some(outer) = open.last_mut() {
                        outer.text_end = outer.text_end.max(link.range.end);
                    }
                    written.push(link.close(markdown));
                }
            }
            Event::End(_) => depth -= 1,
            _ => {
                if let Some(link) = open.last_mut() {
                    link.text_end = link.text_end.max(range.end.min(link.range.end));
                }
            }
        }
    }
    LinkList { written, depths }
}

impl Open {
    fn close(self, markdown: &str) -> Written {
        let place = match (&self.definition, self.link_type) {
            (Some(definition), _) => destination_after(markdown, definition.clone(), "]:"),
            (None, LinkType::Inline) => destination_after(markdown, self.text_end..self.range.end, "]("),
            (None, LinkType::Autolink | LinkType::Email) => Some(self.range.start + 1..self.range.end - 1),
            (None, _) => None,
        };
        Written { kind: self.kind, destination: self.destination, place: place.unwrap_or(self.range) }
    }
}

/// Where the destination after a mark is written: in `<…>`, or up to white space or the `)` that ends the link.
fn destination_after(markdown: &str, range: Range<usize>, mark: &str) -> Option<Range<usize>> {
    let text = markdown.get(range.clone())?;
    let after = text.find(mark)? + mark.len();
    let start = after + text[after..].find(|c: char| !c.is_whitespace())?;
    let rest = &text[start..];
    let (start, rest, in_angles) = match rest.strip_prefix('<') {
        Some(rest) => (start + 1, rest, true),
        None => (start, rest, false),
    };
    let mut nested = 0;
    let mut escaped = false;
    let end = rest.find(|c: char| {
        let was_escaped = std::mem::take(&mut escaped);
        match c {
            '\\' if !was_escaped => escaped = true,
            '>' if in_angles => return !was_escaped,
            _ if in_angles || was_escaped => {}
            '(' => nested += 1,
            ')' if nested == 0 => return true,
            ')' => nested -= 1,
            _ => return c.is_whitespace(),
        }
        false
    });
    let length = end.unwrap_or(rest.len());
    (length > 0).then(|| range.start + start..range.start + start + length)
}

struct Checker<'a> {
    markdown: &'a str,
    from: &'a str,
    language: Language,
    links: &'a Links,
    sources: &'a SourceMap,
    headings: OnceCell<Vec<Heading>>,
}

/// What is wrong with a link.
enum Problem {
    Unsafe { scheme: String },
    Malformed,
    Empty,
    Outside,
    Unknown { suggestion: Option<String> },
    NoFile,
    NoHeading { fragment: String, suggestion: Option<String> },
}

impl Checker<'_> {
    fn problem(&self, link: &Written, suggest: bool) -> Option<Problem> {
        let (path, fragment) = match Link::read(&link.destination) {
            Link::External(_) => return None,
            Link::Unsafe { scheme } => return Some(Problem::Unsafe { scheme }),
            Link::Malformed => return Some(Problem::Malformed),
            Link::Local { path, fragment, .. } => (path, fragment),
        };
        let destination = match self.links.find(self.from, &path) {
            Ok(destination) => destination,
            Err(Unresolved::Outside) => return Some(Problem::Outside),
            Err(Unresolved::Unknown { path: unknown }) if self.links.is_unread(&unknown, self.sources) => return None,
            Err(Unresolved::Unknown { path: unknown }) => {
                let suggestion = suggest.then(|| self.links.suggest(self.from, &path, &unknown)).flatten();
                return Some(Problem::Unknown { suggestion });
            }
        };
        if link.kind == Kind::Image {
            return (!matches!(destination, Destination::File(_))).then_some(Problem::NoFile);
        }
        match (destination, fragment) {
            (Destination::Here, None) => Some(Problem::Empty),
            (Destination::Here, Some(fragment)) => {
                let headings = self.headings.get_or_init(|| outline::headings(self.markdown));
                let folded = slug(&fragment);
                let found = headings.iter().any(|heading| heading.id == fragment || heading.id == folded);
                (!found).then(|| no_heading(fragment, if suggest { headings } else { &[] }))
            }
            (Destination::Entry(entry, language), Some(fragment)) => {
                let language = language.unwrap_or(self.language);
                if entry.fragment(&fragment, language, self.sources).is_some() {
                    return None;
                }
                let shown = suggest.then(|| outline::headings(entry.shown(language, self.sources)));
                Some(no_heading(fragment, &shown.unwrap_or_default()))
            }
            (Destination::Entry(..), None) | (Destination::File(_) | Destination::Page(_), _) => None,
        }
    }
}

fn no_heading(fragment: String, headings: &[Heading]) -> Problem {
    let folded = slug(&fragment);
    let suggestion = nearest(&folded, headings.iter().map(|heading| heading.id.as_str())).map(|id| format!("#{id}"));
    Problem::NoHeading { fragment, suggestion }
}

impl Problem {
    fn diagnostic(self, place: Span, destination: &str) -> Diagnostic {
        let broken = || Diagnostic::new(Code::BrokenLink, place).with("link", destination);
        match self {
            // `C:` is no scheme but a disk.
            Self::Unsafe { scheme } if scheme.len() == 1 || scheme == "file" => {
                Diagnostic::new(Code::UnsafeLink, place).worded("unsafe-link.own-computer").with("link", destination)
            }
            Self::Unsafe { scheme } => {
                Diagnostic::new(Code::UnsafeLink, place).with("link", destination).with("scheme", scheme)
            }
            Self::Malformed => broken().worded("broken-link.malformed"),
            Self::Empty => broken().worded("broken-link.empty"),
            Self::Outside => broken().worded("broken-link.outside"),
            Self::Unknown { suggestion } => broken().suggest(suggestion),
            Self::NoFile => broken().worded("broken-link.image"),
            Self::NoHeading { fragment, suggestion } => {
                broken().worded("broken-link.heading").with("fragment", fragment).suggest(suggestion)
            }
        }
    }
}
