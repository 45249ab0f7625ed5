//! Builds the tree of one YAML text, once, and refuses what the strict subset leaves out.
//!
//! Invariants: reading takes time linear in the text (but for sorting keys); the tree is at most [`MAX_DEPTH`] lists and
//! as many flow collections deep, so that walking it by recursion is safe; no two keys of a mapping are equal.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan, StructureStyle};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::node::{Key, Kind, Layout, Node, Style};
use super::{letters, syntax};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// How many lists and mappings may stand within each other, of the indented kind and of the bracketed kind.
pub(crate) const MAX_DEPTH: usize = 32;

/// How many keys and values a text may have.
pub(crate) const MAX_NODES: usize = 100_000;

/// What parsing gave.
#[derive(Debug)]
pub(crate) struct Tree<'text> {
    /// The document; `None` where the text is not YAML, or says nothing.
    pub(crate) root: Option<Node<'text>>,
    /// Whether nothing was reported.
    pub(crate) sound: bool,
}

/// A collection whose end is not reached yet.
struct Frame<'text> {
    start: usize,
    layout: Layout,
    content: Content<'text>,
}

enum Content<'text> {
    List(Vec<Node<'text>>),
    /// The entries so far, and the key that waits for its value; the inner `None` is a key that was reported.
    Map(Vec<(Key<'text>, Node<'text>)>, Option<Option<Key<'text>>>),
}

struct Builder<'text, 'run> {
    text: &'text str,
    file: SourceId,
    /// Where the YAML begins in the text; the parser counts from there.
    base: usize,
    diagnostics: &'run mut Diagnostics,
    /// Whether any letter of the YAML looks like another; nearly no file has one.
    is_suspicious: bool,
    /// Whether the YAML is sure to be in NFC, so that no part of it need be looked at.
    is_composed: bool,
    sound: bool,
    nodes: usize,
    stack: Vec<Frame<'text>>,
    root: Option<Node<'text>>,
    /// The end of the last thing read, for mistakes whose own place is too late.
    last_end: usize,
    /// The last unsupported thing, whose syntax errors on the same line are its own.
    last_unsupported: Option<usize>,
}

/// Parses the YAML in `range` of a file's text.
pub(crate) fn parse<'text>(
    text: &'text str,
    file: SourceId,
    range: Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Tree<'text> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let yaml = &text[range.clone()];
    let mut builder = Builder {
        text,
        file,
        base: range.start,
        diagnostics,
        is_suspicious: letters::is_suspicious(yaml),
        is_composed: letters::is_composed(yaml),
        sound: true,
        nodes: 0,
        stack: Vec::new(),
        root: None,
        last_end: range.start,
        last_unsupported: None,
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(yaml, options) {
        match event {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    let place = builder.place(span);
                    builder.unsupported("yaml-unsupported.documents", place);
                    break;
                }
            }
            Ok((event, span)) => {
                if !builder.take(event, span) {
                    return Tree { root: None, sound: false };
                }
            }
            Err(error) => {
                builder.syntax_error(&error, range);
                return Tree { root: None, sound: false };
            }
        }
    }
    Tree { root: builder.root, sound: builder.sound }
}

impl<'text> Builder<'text, '_> {
    /// Takes one event; `false` ends the reading.
    fn take(&mut self, event: Event<'text>, event_span: EventSpan) -> bool {
        let place = self.place(event_span);
        let is_tagged = event.tag().is_some();
        if is_tagged {
            self.tagged(event_span);
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let node =
                    if is_tagged { Node { kind: Kind::Bad, span: place } } else { self.scalar(text, style, place) };
                self.last_end = place.range().end;
                return self.add(node);
            }
            Event::SequenceStart(layout, ..) => self.open(layout, place, false),
            Event::MappingStart(layout, ..) => self.open(layout, place, true),
            Event::SequenceEnd | Event::MappingEnd => {
                let node = self.close(place);
                self.last_end = node.span.range().end;
                return self.add(node);
            }
            Event::Anchor(..) => self.unsupported("yaml-unsupported.anchor", place),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.unsupported("yaml-unsupported.alias", place);
                self.last_end = place.range().end;
                return self.add(Node { kind: Kind::Bad, span: place });
            }
            _ => {}
        }
        true
    }

    fn scalar(&mut self, value: Cow<'text, str>, style: ScalarStyle, place: Span) -> Node<'text> {
        if style == ScalarStyle::Plain && place.start == place.end {
            return Node { kind: Kind::Empty, span: place };
        }
        if self.is_suspicious {
            letters::check(self.text, self.file, place.range(), self.diagnostics);
        }
        let written = &self.text[place.range()];
        let end = place.range().start + written.trim_end_matches([' ', '\t', '\r', '\n']).len();
        let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
        Node { kind: Kind::Scalar(self.normalised(value), style), span: Span::new(self.file, place.range().start, end) }
    }

    fn open(&mut self, layout: StructureStyle, place: Span, is_map: bool) {
        let layout = if layout == StructureStyle::Flow { Layout::Flow } else { Layout::Block };
        let mut start = place.range().start;
        let is_dash =
            self.text[start..].strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
        if !is_map && layout == Layout::Block && !is_dash {
            // A list that is not indented below its key is reported from its first item on.
            start = self.text[..start].rfind('-').unwrap_or(start);
        }
        let content = if is_map { Content::Map(Vec::new(), None) } else { Content::List(Vec::new()) };
        self.stack.push(Frame { start, layout, content });
    }

    fn close(&mut self, place: Span) -> Node<'text> {
        let Frame { start, layout, content } = self.stack.pop().expect("the parser balances starts and ends");
        let last_end = match &content {
            Content::List(items) => items.last().map(|item| item.span.range().end),
            Content::Map(entries, _) => {
                entries.last().map(|(key, value)| value.span.range().end.max(key.span.range().end))
            }
        };
        let end = match layout {
            Layout::Flow => place.range().end,
            Layout::Block => last_end.unwrap_or(start).max(start),
        };
        let kind = match content {
            Content::List(items) => Kind::List(items),
            Content::Map(entries, _) => Kind::Map(self.without_duplicates(entries), layout),
        };
        Node { kind, span: Span::new(self.file, start, end) }
    }

    /// Puts a finished node into the collection it belongs to.
    fn add(&mut self, node: Node<'text>) -> bool {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.report(Diagnostic::new(Code::TooLarge, node.span).worded("too-large.nodes").with("limit", MAX_NODES));
            return false;
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return true;
        };
        match &mut frame.content {
            Content::List(items) => items.push(node),
            Content::Map(entries, pending) => match pending.take() {
                Some(Some(key)) => entries.push((key, node)),
                Some(None) => {}
                None => {
                    let key = self.key(node);
                    if let Some(Frame { content: Content::Map(_, pending), .. }) = self.stack.last_mut() {
                        *pending = Some(key);
                    }
                }
            },
        }
        true
    }

    fn key(&mut self, node: Node<'text>) -> Option<Key<'text>> {
        match node.kind {
            Kind::Scalar(text, Style::Plain) if text == "<<" => {
                self.unsupported("yaml-unsupported.merge", node.span);
                None
            }
            Kind::Scalar(text, _) => Some(Key { text, span: node.span }),
            Kind::Bad => None,
            Kind::Empty | Kind::List(_) | Kind::Map(..) => {
                let place = self.first_line(node.span);
                self.unsupported("yaml-unsupported.key", place);
                None
            }
        }
    }

    /// Reports every key that a mapping had before, and keeps the first of each.
    fn without_duplicates(&mut self, mut entries: Vec<(Key<'text>, Node<'text>)>) -> Vec<(Key<'text>, Node<'text>)> {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|left, right| entries[*left].0.text.cmp(&entries[*right].0.text));
        let mut duplicates = Vec::new();
        for group in order.chunk_by(|left, right| entries[*left].0.text == entries[*right].0.text) {
            duplicates.extend(group[1..].iter().map(|again| (*again, group[0])));
        }
        if duplicates.is_empty() {
            return entries;
        }
        duplicates.sort_unstable();
        for (again, first) in &duplicates {
            let (key, _) = &entries[*again];
            let diagnostic = Diagnostic::new(Code::DuplicateKey, key.span)
                .with("key", super::shortened(&key.text))
                .label(entries[*first].0.span, "first-here");
            self.diagnostics.push(diagnostic);
        }
        self.sound = false;
        let mut index = 0;
        entries.retain(|_| {
            index += 1;
            duplicates.binary_search_by_key(&(index - 1), |(again, _)| *again).is_err()
        });
        entries
    }

    fn tagged(&mut self, event_span: EventSpan) {
        let tag = event_span.tag_span().unwrap_or(event_span);
        let place = self.place(tag);
        self.unsupported("yaml-unsupported.tag", place);
    }

    fn unsupported(&mut self, wording: &'static str, place: Span) {
        self.last_unsupported = Some(place.range().start);
        let found = super::shortened(&self.text[place.range()]).into_owned();
        self.report(Diagnostic::new(Code::YamlUnsupported, place).worded(wording).with("found", found));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.sound = false;
        self.diagnostics.push(diagnostic);
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError, range: Range<usize>) {
        let offset = error.marker().byte_offset().unwrap_or(range.len());
        let mut at = (self.base + offset).min(range.end);
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let same_line = |earlier: usize| !self.text[earlier.min(at)..at].contains('\n');
        if self.last_unsupported.is_some_and(same_line) {
            return;
        }
        let bracket = self.stack.iter().rev().find(|frame| frame.layout == Layout::Flow).map(|frame| frame.start);
        let context = syntax::Context { text: self.text, file: self.file, range, at, last_end: self.last_end, bracket };
        if let Some(diagnostic) = syntax::explain(error.kind(), &context) {
            self.report(diagnostic);
        }
    }

    fn first_line(&self, span: Span) -> Span {
        super::first_line(self.text, span)
    }

    fn place(&self, span: EventSpan) -> Span {
        let range = span.byte_range().expect("a text in memory has byte offsets");
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    /// The text in NFC. An escape in quotes may stand for any letter.
    fn normalised(&self, text: Cow<'text, str>) -> Cow<'text, str> {
        let is_as_written = matches!(text, Cow::Borrowed(_));
        if self.is_composed && is_as_written || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            text
        } else {
            Cow::Owned(text.nfc().collect())
        }
    }
}
