//! Diagnostics for people, drawn by `annotate-snippets` in the look of rustc.
//!
//! It is given only the lines that a diagnostic points at, and only a window of a very long line: it reads all that it
//! is given, several times. A span of several lines is marked on its first line; the other formats tell all of it.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::machine::is_copied;
use super::place::Places;
use super::{Colour, Options, Words};
use crate::diagnostic::wording::Language;
use crate::diagnostic::{Diagnostic, Severity, visible};
use crate::source::{SourceId, SourceMap, Span};

/// How many bytes of a line are shown before a mark when the line is cut, and how many after its start.
const WINDOW_BEFORE: usize = 400;
const WINDOW_AFTER: usize = 800;
/// A mark in a line that was cut is drawn no longer than this, in bytes.
const LONGEST_MARK: usize = 120;
/// How many lines may lie between two marks of one excerpt. More begin a new one.
const LONGEST_GAP: usize = 1000;

/// What all diagnostics of a run share.
pub(super) struct Human<'a> {
    sources: &'a SourceMap,
    places: &'a Places,
    options: &'a Options<'a>,
    renderer: Renderer,
}

impl<'a> Human<'a> {
    pub(super) fn new(sources: &'a SourceMap, places: &'a Places, options: &'a Options<'a>) -> Self {
        Self { sources, places, options, renderer: renderer(options.colour) }
    }

    /// Prints a diagnostic and an empty line.
    pub(super) fn write(&self, diagnostic: &Diagnostic, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let language = self.options.language;
        let (help_name, note_name) = (language.say("render.help", &[]), language.say("render.note", &[]));
        let (excerpts, notes) = self.excerpts(diagnostic, words);

        let mut group = Group::with_title(level.primary_title(&words.message).id(diagnostic.code.as_str()));
        if !excerpts.first().is_some_and(|excerpt| excerpt.has_primary) {
            group = group.element(self.origin(diagnostic.primary));
        }
        group = group.elements(excerpts.iter().map(Excerpt::snippet));
        for note in &notes {
            group = group.element(Level::NOTE.with_name(Some(note_name.as_str())).message(note));
        }
        if let Some(help) = &words.help {
            group = group.element(Level::HELP.with_name(Some(help_name.as_str())).message(help));
        }
        let mut text = self.renderer.render(&[group]);
        for excerpt in &excerpts {
            // The renderer counts columns in the window that it was given.
            if let Some((counted, right)) = excerpt.miscounted() {
                text = text.replacen(&format!("{counted}\n"), &format!("{right}\n"), 1);
            }
        }
        writeln!(out, "{text}\n")
    }

    /// Prints how many more say the same of a diagnostic's place as it does, and an empty line.
    pub(super) fn write_more(&self, diagnostic: &Diagnostic, number: usize, out: &mut dyn Write) -> io::Result<()> {
        let language = self.options.language;
        let note_name = language.say("render.note", &[]);
        let message = language.count("render.more", number);
        let title = Level::NOTE.with_name(Some(note_name.as_str())).primary_title(&message);
        let group = Group::with_title(title.id(diagnostic.code.as_str()));
        writeln!(out, "{}\n", self.renderer.render(&[group]))
    }

    /// The lines that a diagnostic points at, its own place first, and notes on places that have no lines to show.
    fn excerpts(&self, diagnostic: &Diagnostic, words: &'a Words) -> (Vec<Excerpt<'_>>, Vec<String>) {
        let mut marks = Vec::new();
        let mut notes = Vec::new();
        let labels = diagnostic.labels.iter().zip(&words.labels);
        let others = labels.map(|(label, text)| (label.span, AnnotationKind::Context, Some(text.as_str())));
        let primary = (diagnostic.primary, AnnotationKind::Primary, words.label.as_deref());
        for (span, kind, label) in std::iter::once(primary).chain(others) {
            if !self.sources.file(span.file).text.is_empty() {
                marks.push(self.mark(span, kind, label));
            } else if let (AnnotationKind::Context, Some(label)) = (kind, label) {
                notes.push(format!("{label}: {}", self.path(span.file)));
            }
        }
        marks.sort_by_key(|mark| (mark.file, mark.line, mark.start));
        let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
        for mark in marks {
            match excerpts.last_mut() {
                Some(excerpt) if excerpt.can_take(&mark) => excerpt.take(mark),
                _ => excerpts.push(Excerpt::new(mark, self)),
            }
        }
        for excerpt in &mut excerpts {
            excerpt.finish();
        }
        excerpts.sort_by_key(|excerpt| !excerpt.has_primary);
        (excerpts, notes)
    }

    /// A span as a mark on its first line.
    fn mark<'w>(&self, span: Span, kind: AnnotationKind, label: Option<&'w str>) -> Mark<'w> {
        let (start, end) = self.places.of(span);
        Mark {
            file: span.file,
            line: start.position.line,
            column: start.position.column,
            line_start: start.line_start,
            start: start.offset,
            end: end.offset,
            kind,
            label,
        }
    }

    /// Where a file without lines lies; a text that is empty has its first line all the same.
    fn origin(&self, span: Span) -> Origin<'_> {
        let origin = Origin::path(self.path(span.file));
        if is_copied(self.sources, span) { origin } else { origin.line(1).char_column(1) }
    }

    fn path(&self, file: SourceId) -> String {
        let path = format!("{}{}", self.options.path_prefix, self.sources.file(file).path);
        visible::escape(&path).into_owned()
    }
}

fn renderer(colour: Colour) -> Renderer {
    match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    }
}

/// A message with a help below it, no place, and a line break at the end.
pub(super) fn failure(message: &str, help: Option<&str>, language: Language, colour: Colour) -> String {
    let (error_name, help_name) = (language.say("failure", &[]), language.say("render.help", &[]));
    let mut group = Group::with_title(Level::ERROR.with_name(Some(error_name.as_str())).primary_title(message));
    if let Some(help) = help {
        group = group.element(Level::HELP.with_name(Some(help_name.as_str())).message(help));
    }
    renderer(colour).render(&[group]) + "\n"
}

pub(super) fn caution(message: &str, language: Language, colour: Colour) -> String {
    let name = language.say("caution", &[]);
    let group = Group::with_title(Level::WARNING.with_name(Some(name.as_str())).primary_title(message));
    renderer(colour).render(&[group]) + "\n"
}

/// A place to point at; offsets are bytes of the whole text.
struct Mark<'a> {
    file: SourceId,
    line: usize,
    column: usize,
    line_start: usize,
    start: usize,
    end: usize,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// Lines of one file from top to bottom, of which those between the marked ones may be left empty: they are not shown.
struct Excerpt<'a> {
    path: String,
    text: &'a str,
    file: SourceId,
    first_line: usize,
    last_line: usize,
    /// The bytes of the whole text that the last line shows.
    window: std::ops::Range<usize>,
    window_is_cut: bool,
    /// Where the last line starts in `source`.
    window_at: usize,
    source: String,
    annotations: Vec<Annotation<'a>>,
    has_primary: bool,
    /// The place that the renderer names, as line, column in the window and column in the file.
    named: (usize, usize, usize),
}

impl<'a> Excerpt<'a> {
    fn new(mark: Mark<'a>, human: &Human<'a>) -> Self {
        let mut excerpt = Self {
            path: human.path(mark.file),
            text: &human.sources.file(mark.file).text,
            file: mark.file,
            first_line: mark.line,
            last_line: mark.line,
            window: 0..0,
            window_is_cut: false,
            window_at: 0,
            source: String::new(),
            annotations: Vec::new(),
            has_primary: false,
            named: (0, 0, 0),
        };
        excerpt.open_line(&mark);
        excerpt.take(mark);
        excerpt
    }

    /// Whether the mark lies in the window of the last line, or on a line not too far below.
    fn can_take(&self, mark: &Mark<'_>) -> bool {
        mark.file == self.file
            && if mark.line == self.last_line {
                mark.start <= self.window.end
            } else {
                mark.line - self.last_line <= LONGEST_GAP
            }
    }

    fn take(&mut self, mark: Mark<'a>) {
        if mark.line > self.last_line {
            self.close_line();
            if mark.line == self.last_line + 2 {
                self.show_line_above(mark.line_start);
            }
            for _ in self.last_line + 1..mark.line {
                self.source.push('\n');
            }
            self.last_line = mark.line;
            self.open_line(&mark);
        }
        let start = self.offset_in_source(mark.start);
        let longest = if self.window_is_cut { mark.start + LONGEST_MARK } else { usize::MAX };
        let end = self.offset_in_source(mark.end.min(longest)).max(start);
        let is_primary = matches!(mark.kind, AnnotationKind::Primary);
        if is_primary || self.annotations.is_empty() {
            let column = self.source[self.window_at..start].chars().count() + 1;
            self.named = (mark.line, column, mark.column);
        }
        self.has_primary |= is_primary;
        self.annotations.push(mark.kind.span(start..end).label(mark.label));
    }

    /// Shows the mark's line: all of it, or a window of a long one.
    fn open_line(&mut self, mark: &Mark<'_>) {
        let text = self.text;
        let from =
            text.ceil_char_boundary(mark.start.saturating_sub(WINDOW_BEFORE)).max(mark.line_start).min(mark.start);
        let to = text.floor_char_boundary(mark.start.saturating_add(WINDOW_AFTER));
        let rest = &text[mark.start..to];
        let line_end = rest.find('\n').map(|newline| mark.start + newline);
        let to = line_end.unwrap_or(to);
        self.window_is_cut = from > mark.line_start || (line_end.is_none() && to < text.len());
        let line = &text[from..to];
        let line = line.strip_suffix('\r').unwrap_or(line);
        self.window = from..from + line.len();
        self.window_at = self.source.len();
        self.source.extend(line.chars().map(visible::picture));
    }

    /// A line that stands alone between two marked ones is shown by the renderer; of a very long one, nothing.
    fn show_line_above(&mut self, line_start: usize) {
        let end = line_start - 1;
        let near = &self.text[self.text.ceil_char_boundary(end.saturating_sub(WINDOW_AFTER))..end];
        if let Some(newline) = near.rfind('\n') {
            let line = &near[newline + 1..];
            self.source.extend(line.strip_suffix('\r').unwrap_or(line).chars().map(visible::picture));
        }
    }

    fn close_line(&mut self) {
        self.source.push('\n');
    }

    /// A last line without a letter must not look like the end of the line before it.
    fn finish(&mut self) {
        if self.source.is_empty() || self.source.ends_with('\n') {
            self.source.push(' ');
        }
    }

    /// Where a byte of the last line stands in the source, whose hidden characters are pictures of other lengths.
    fn offset_in_source(&self, offset: usize) -> usize {
        // A long mark is cut after so many bytes, which may be inside a letter.
        let offset = self.text.floor_char_boundary(offset.clamp(self.window.start, self.window.end));
        let before = self.text[self.window.start..offset].chars();
        self.window_at + before.map(|character| visible::picture(character).len_utf8()).sum::<usize>()
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        Snippet::source(&self.source)
            .line_start(self.first_line)
            .path(&self.path)
            .annotations(self.annotations.iter().cloned())
    }

    /// The place as the renderer names it and as it is, where the two differ.
    fn miscounted(&self) -> Option<(String, String)> {
        let (line, counted, right) = self.named;
        let name = |column| format!("{}:{line}:{column}", self.path);
        (counted != right).then(|| (name(counted), name(right)))
    }
}
