//! Diagnostics for programs: JSON lines, and workflow commands for GitHub.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::Words;
use super::place::Places;
use crate::diagnostic::{Diagnostic, visible};
use crate::source::{SourceMap, Span};

/// Lines and columns from 1, columns in code points, the end exclusive; none of a file that is copied, not read.
#[derive(Serialize)]
struct Range {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl Range {
    fn new(span: Span, sources: &SourceMap, places: &Places, path_prefix: &str) -> Self {
        let file = format!("{path_prefix}{}", sources.file(span.file).path);
        if is_copied(sources, span) {
            return Self { file, line: None, column: None, end_line: None, end_column: None };
        }
        let (start, end) = places.of(span);
        Self {
            file,
            line: Some(start.position.line),
            column: Some(start.position.column),
            end_line: Some(end.position.line),
            end_column: Some(end.position.column),
        }
    }
}

/// Whether the span stands for a file whose bytes were never read.
pub(super) fn is_copied(sources: &SourceMap, span: Span) -> bool {
    sources.assets().binary_search_by_key(&span.file, |asset| asset.file).is_ok()
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    range: Range,
    labels: Vec<LabelLine<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct LabelLine<'a> {
    #[serde(flatten)]
    range: Range,
    message: &'a str,
}

/// One JSON object on a line of its own, every key always there.
pub(super) fn write_json(
    diagnostic: &Diagnostic,
    words: &Words,
    sources: &SourceMap,
    places: &Places,
    path_prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let range = |span| Range::new(span, sources, places, path_prefix);
    let labels = diagnostic.labels.iter().zip(&words.labels);
    let line = Line {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: &words.message,
        range: range(diagnostic.primary),
        labels: labels.map(|(label, message)| LabelLine { range: range(label.span), message }).collect(),
        help: words.help.as_deref(),
    };
    let json = serde_json::to_string(&line).expect("texts and numbers become JSON");
    writeln!(out, "{}", without_hidden(&json))
}

/// JSON escapes for the hidden characters that JSON itself lets through; they stand only in texts, so this is the
/// same JSON.
fn without_hidden(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if visible::is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(safe, "\\u{unit:04x}").expect("a string takes any text");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// One workflow command: `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`.
///
/// GitHub refuses columns of a span of several lines, so such a span has none.
pub(super) fn write_github(
    diagnostic: &Diagnostic,
    words: &Words,
    sources: &SourceMap,
    places: &Places,
    path_prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Range { file, line, column, end_line, end_column } =
        Range::new(diagnostic.primary, sources, places, path_prefix);
    let mut properties = vec![("file", file)];
    let mut number = |name, value: Option<usize>| properties.extend(value.map(|value| (name, value.to_string())));
    number("line", line);
    number("endLine", end_line);
    if line == end_line {
        number("col", column);
        number("endColumn", end_column);
    }
    properties.push(("title", diagnostic.code.as_str().to_owned()));
    let properties: Vec<_> =
        properties.iter().map(|(name, value)| format!("{name}={}", escape_property(value))).collect();
    let message = match &words.help {
        Some(help) => format!("{}\n{help}", words.message),
        None => words.message.clone(),
    };
    writeln!(out, "::{} {}::{}", diagnostic.severity.as_str(), properties.join(","), escape_data(&message))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(&visible::escape(text)).replace(':', "%3A").replace(',', "%2C")
}
