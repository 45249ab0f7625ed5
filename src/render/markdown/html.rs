//! Writes the events of one body as HTML.
//!
//! Written by hand because the stock writer gives inline styles (which the Content-Security-Policy forbids), footnote
//! ids that clash with headings, and no place to look at a destination.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::mem;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::outline::Heading;
use super::sanitize::{self, Tags};
use super::{Context, MAX_DEPTH};
use crate::model::site::HtmlPolicy;
use crate::render::escape;
use crate::render::links::{Destination, Link};
use crate::route::relative;

pub(super) struct Writer<'a> {
    context: &'a Context<'a>,
    /// The file of the body: links in it are relative to that.
    from: &'a str,
    headings: Vec<Heading>,
    /// How many headings were begun.
    heading: usize,
    out: String,
    depth: usize,
    /// What ends the link that is open; empty where its destination was left out.
    link: Option<&'static str>,
    images: Vec<Image>,
    alignments: Vec<Alignment>,
    in_table_head: bool,
    cell: usize,
    html_block: Option<String>,
    /// The raw tags that are open, where they are not text.
    raw: Option<Tags>,
    footnotes: Footnotes,
}

/// An image whose alternative text is being collected.
struct Image {
    destination: String,
    title: String,
    alternative: String,
}

#[derive(Default)]
struct Footnotes {
    /// In the order of first reference: label, how often it is referred to.
    numbered: Vec<(String, usize)>,
    numbers: BTreeMap<String, usize>,
    /// The HTML of those defined.
    texts: BTreeMap<String, String>,
    /// The definition that is open, and the output that it interrupts.
    open: Vec<(String, String)>,
}

impl Footnotes {
    /// The number of a footnote, from 1.
    fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.numbered.push((label.to_owned(), 0));
        self.numbers.insert(label.to_owned(), self.numbered.len());
        self.numbered.len()
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(context: &'a Context<'a>, from: &'a str, headings: Vec<Heading>, length: usize) -> Self {
        Self {
            context,
            from,
            headings,
            heading: 0,
            out: String::with_capacity(length + length / 2),
            depth: 0,
            link: None,
            images: Vec::new(),
            alignments: Vec::new(),
            in_table_head: false,
            cell: 0,
            html_block: None,
            raw: (context.html == HtmlPolicy::Sanitize).then(Tags::default),
            footnotes: Footnotes::default(),
        }
    }

    pub(super) fn write(mut self, events: Vec<Event<'_>>) -> String {
        for event in events {
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth <= MAX_DEPTH {
                        self.start(tag);
                        self.raw.iter_mut().for_each(Tags::enter);
                    }
                }
                Event::End(tag) => {
                    if self.depth <= MAX_DEPTH {
                        let open = self.raw.as_mut().map(Tags::leave).unwrap_or_default();
                        self.out.push_str(&open);
                        self.end(tag);
                    }
                    self.depth -= 1;
                }
                _ if self.depth > MAX_DEPTH => {}
                other => self.leaf(other),
            }
        }
        self.write_footnotes();
        self.out
    }

    fn leaf(&mut self, event: Event<'_>) {
        if let Some(image) = self.images.last_mut() {
            match event {
                Event::Text(text) | Event::Code(text) => image.alternative.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alternative.push(' '),
                _ => {}
            }
            return;
        }
        match event {
            Event::Text(text) => match &mut self.html_block {
                Some(block) => block.push_str(&text),
                None => escape::push_text(&mut self.out, &text),
            },
            Event::Code(text) => {
                self.out.push_str("<code>");
                escape::push_text(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => match (&mut self.html_block, &mut self.raw) {
                (Some(block), _) => block.push_str(&html),
                (None, _) if is_comment(&html) => {}
                (None, Some(raw)) => self.out.push_str(&raw.tag(&html)),
                (None, None) => escape::push_text(&mut self.out, &html),
            },
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.out.push_str(if done { "☑ " } else { "☐ " }),
            Event::InlineMath(text) | Event::DisplayMath(text) => escape::push_text(&mut self.out, &text),
            Event::Start(_) | Event::End(_) => unreachable!("tags are no leaves"),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Image { dest_url, title, .. } => {
                let image = Image {
                    destination: dest_url.into_string(),
                    title: title.into_string(),
                    alternative: String::new(),
                };
                self.images.push(image);
            }
            // What stands inside an image is its alternative text.
            _ if !self.images.is_empty() => {}
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => writeln!(self.out, "<ol start=\"{first}\">").expect("a string can be written to"),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                let interrupted = mem::take(&mut self.out);
                self.footnotes.open.push((label.into_string(), interrupted));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.out.push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
                escape::push_text(&mut self.out, &self.context.words.table);
                self.out.push_str("\">\n<table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.cell = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let destination = match link_type {
                    pulldown_cmark::LinkType::Email => CowStr::from(format!("mailto:{dest_url}")),
                    _ => dest_url,
                };
                self.start_link(&destination, &title);
            }
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => {
                if let Some(image) = self.images.pop() {
                    self.write_image(image);
                }
            }
            _ if !self.images.is_empty() => {}
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => {
                let level = self.level();
                self.heading += 1;
                writeln!(self.out, "</h{level}>").expect("a string can be written to");
            }
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::HtmlBlock => {
                let block = self.html_block.take().unwrap_or_default();
                if self.raw.is_some() {
                    let block = sanitize::block(&block);
                    if !block.trim().is_empty() {
                        self.out.push_str(block.trim());
                        self.out.push('\n');
                    }
                } else if !is_comment(block.trim()) {
                    self.out.push_str("<p>");
                    escape::push_text(&mut self.out, block.trim_end());
                    self.out.push_str("</p>\n");
                }
            }
            TagEnd::List(ordered) => self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((label, interrupted)) = self.footnotes.open.pop() {
                    let text = mem::replace(&mut self.out, interrupted);
                    self.footnotes.texts.entry(label).or_insert(text);
                }
            }
            TagEnd::Table => self.out.push_str("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(if self.in_table_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => self.out.push_str(self.link.take().unwrap_or_default()),
            TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// The level of the heading that is open, in the page.
    fn level(&self) -> u8 {
        let level = self.headings[self.heading].level + self.context.top.clamp(2, 6) - 2;
        level.min(6)
    }

    fn start_heading(&mut self) {
        let level = self.level();
        let id = &self.headings[self.heading].id;
        write!(self.out, "<h{level} id=\"{id}\">").expect("a string can be written to");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "+-_#".contains(letter);
        // A long line scrolls, so the block must be reachable by the keyboard.
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() && language.chars().all(plain) {
            write!(self.out, " class=\"language-{language}\"").expect("a string can be written to");
        }
        self.out.push('>');
    }

    fn start_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.cell += 1;
        if self.in_table_head {
            write!(self.out, "<th scope=\"col\"{class}>").expect("a string can be written to");
        } else {
            write!(self.out, "<td{class}>").expect("a string can be written to");
        }
    }

    fn start_link(&mut self, destination: &str, title: &str) {
        let end = match Link::read(destination) {
            Link::External(url) => {
                self.open_link(&url, title, " rel=\"noopener external\"");
                "</a>"
            }
            Link::Local { path, query, fragment } => match self.local(&path, &query, fragment.as_deref()) {
                Some(href) => {
                    self.open_link(&href, title, "");
                    "</a>"
                }
                None => "",
            },
            Link::Unsafe { .. } | Link::Malformed => "",
        };
        self.link = Some(end);
    }

    fn open_link(&mut self, href: &str, title: &str, rest: &str) {
        self.out.push_str("<a href=\"");
        escape::push_text(&mut self.out, href);
        self.out.push('"');
        self.push_title(title);
        self.out.push_str(rest);
        self.out.push('>');
    }

    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::push_text(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// The relative address of something of this site; `None` where it is not known on the day, or not at all.
    fn local(&self, path: &str, query: &str, fragment: Option<&str>) -> Option<String> {
        let context = self.context;
        let plain = || fragment.map_or(String::new(), |text| format!("#{}", escape::path(text)));
        let here = |address: &str| escape::path(&relative(context.address, address));
        Some(match context.links.find(self.from, path).ok()? {
            Destination::Here => {
                let fragment = fragment?;
                let folded = super::slug(fragment);
                let heading = self.headings.iter().find(|heading| heading.id == fragment || heading.id == folded)?;
                format!("#{}", heading.id)
            }
            Destination::Entry(entry, language) => {
                let language = language.unwrap_or(context.language);
                // A heading may be missing from a page in another language: the page itself is the next best place.
                let (address, fragment) = fragment
                    .and_then(|fragment| entry.fragment(fragment, language, context.sources))
                    .unwrap_or_else(|| (entry.address().to_owned(), String::new()));
                here(&context.links.in_language(&address, language)) + &escape::url(query) + &fragment
            }
            Destination::File(output) => here(output) + &escape::url(query) + &plain(),
            Destination::Page(address) => {
                here(&context.links.in_language(address, context.language)) + &escape::url(query) + &plain()
            }
        })
    }

    fn write_image(&mut self, image: Image) {
        if let Some(outer) = self.images.last_mut() {
            outer.alternative.push_str(&image.alternative);
            return;
        }
        let local = match Link::read(&image.destination) {
            Link::External(url) if self.link.is_none() => {
                // Nothing is loaded from another host: the reader may go there.
                self.open_link(&url, &image.title, " rel=\"noopener external\"");
                escape::push_text(&mut self.out, if image.alternative.is_empty() { &url } else { &image.alternative });
                self.out.push_str("</a>");
                return;
            }
            Link::Local { path, query, .. } => match self.context.links.find(self.from, &path) {
                Ok(Destination::File(output)) => Some((output, query)),
                _ => None,
            },
            _ => None,
        };
        let Some((output, query)) = local else {
            escape::push_text(&mut self.out, &image.alternative);
            return;
        };
        let address = escape::path(&relative(self.context.address, output)) + &escape::url(&query);
        self.out.push_str("<img src=\"");
        escape::push_text(&mut self.out, &address);
        self.out.push_str("\" alt=\"");
        escape::push_text(&mut self.out, &image.alternative);
        self.out.push('"');
        self.push_title(&image.title);
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn footnote_reference(&mut self, label: &str) {
        let number = self.footnotes.number(label);
        let references = &mut self.footnotes.numbered[number - 1].1;
        *references += 1;
        let again = if *references > 1 { format!("_{references}") } else { String::new() };
        let written = if self.link.is_some() {
            // A link cannot stand in a link.
            write!(self.out, "<sup id=\"fnref_{number}{again}\">{number}</sup>")
        } else {
            write!(self.out, "<sup id=\"fnref_{number}{again}\"><a href=\"#fn_{number}\">{number}</a></sup>")
        };
        written.expect("a string can be written to");
    }

    fn write_footnotes(&mut self) {
        let mut texts = mem::take(&mut self.footnotes.texts);
        // Notes that nothing refers to are still words of the editor: they come last.
        for label in texts.keys() {
            self.footnotes.number(label);
        }
        if self.footnotes.numbered.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\" aria-label=\"");
        escape::push_text(&mut self.out, &self.context.words.footnotes);
        self.out.push_str("\">\n<ol>\n");
        for (place, (label, references)) in mem::take(&mut self.footnotes.numbered).into_iter().enumerate() {
            let number = place + 1;
            writeln!(self.out, "<li id=\"fn_{number}\">").expect("a string can be written to");
            self.out.push_str(&texts.remove(&label).unwrap_or_default());
            if references > 0 {
                write!(self.out, "<a class=\"footnote-back\" href=\"#fnref_{number}\" aria-label=\"")
                    .expect("a string can be written to");
                escape::push_text(&mut self.out, &self.context.words.footnote_back);
                writeln!(self.out, " {number}\">↩</a>").expect("a string can be written to");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// Whether raw HTML is one whole comment: a note of the editor to other editors.
fn is_comment(html: &str) -> bool {
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inside| !inside.contains("-->"))
}
