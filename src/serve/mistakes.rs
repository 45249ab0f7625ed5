//! Shows mistakes as HTML: over a page of the last good site, or as a page of their own where there never was one.
//!
//! The words are those of the terminal, by the same code. Everything that editors wrote is escaped.

use std::fmt::Write as _;

use serde::Deserialize;

use super::ServeOptions;
use crate::diagnostic::render::{self, Colour, Format, arrange};
use crate::diagnostic::wording::Language;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::error::Error;
use crate::source::{SourceMap, Span};

/// How many mistakes are shown; who mends one after the other sees the rest in time.
const SHOWN: usize = 30;
/// How many characters of a line are shown before and after a mark.
const WINDOW: usize = 80;

/// A mistake as programs are told it.
#[derive(Deserialize)]
struct Told {
    code: String,
    message: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    labels: Vec<ToldLabel>,
    help: Option<String>,
}

#[derive(Deserialize)]
struct ToldLabel {
    message: String,
    file: String,
    line: Option<usize>,
}

/// The errors among the diagnostics.
pub(super) fn list(diagnostics: &Diagnostics, sources: &SourceMap, options: &ServeOptions) -> String {
    let language = options.language;
    let mut errors = arrange(diagnostics, sources);
    errors.retain(|diagnostic| diagnostic.severity == Severity::Error);
    let mut html = heading(&language.count("count.error", errors.len()), language);
    html += "<ol>\n";
    for diagnostic in errors.iter().take(SHOWN) {
        item(&mut html, diagnostic, sources, options);
    }
    html += "</ol>\n";
    if let Some(more) = errors.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let more = language.say("serve.more", &[("errors", &language.count("count.error", more))]);
        let _ = writeln!(html, "<p>{}</p>", escaped(&more));
    }
    html
}

/// A failure of the world.
pub(super) fn failure(error: &Error, options: &ServeOptions) -> String {
    let message = (options.say_failure)(error, options.language);
    heading(&message, options.language)
}

/// A page that has nothing but mistakes to show.
pub(super) fn page(list: &str, language: Language) -> String {
    let (tag, title) = (tag(language), escaped(&language.say("serve.page-title", &[])));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; \
         script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body class=\"_tiendo-page\">\n<main id=\"_tiendo-page\">\n{list}</main>\n</body>\n</html>\n"
    )
}

fn heading(text: &str, language: Language) -> String {
    let (close, stays) = (language.say("serve.close", &[]), language.say("serve.stays", &[]));
    format!(
        "<button type=\"button\">{}</button>\n<h2 id=\"_tiendo-title\" lang=\"{}\">{}</h2>\n<p class=\"stays\">{}</p>\n",
        escaped(&close),
        tag(language),
        escaped(text),
        escaped(&stays)
    )
}

fn item(html: &mut String, diagnostic: &Diagnostic, sources: &SourceMap, options: &ServeOptions) {
    let language = options.language;
    let told = told(diagnostic, sources, options);
    let place = place(&told.file, told.line, told.column);
    // Writing to a text does not fail.
    let _ = writeln!(html, "<li>\n<p class=\"message\">{} <code>{}</code></p>", marked(&told.message), told.code);
    let _ = writeln!(html, "<p class=\"place\"><code>{}</code></p>", escaped(&place));
    if let Some(excerpt) = excerpt(diagnostic.primary, sources) {
        let _ = writeln!(html, "<pre>{excerpt}</pre>");
    }
    for label in &told.labels {
        let place = self::place(&label.file, label.line, None);
        let _ = writeln!(html, "<p class=\"place\">{}: <code>{}</code></p>", marked(&label.message), escaped(&place));
    }
    if let Some(help) = &told.help {
        let name = language.say("render.help", &[]);
        let _ = writeln!(html, "<p class=\"help\"><b>{}:</b> {}</p>", escaped(&name), marked(help));
    }
    *html += "</li>\n";
}

/// A diagnostic in the words of the terminal.
fn told(diagnostic: &Diagnostic, sources: &SourceMap, options: &ServeOptions) -> Told {
    let options = render::Options {
        format: Format::Json,
        language: options.language,
        colour: Colour::Plain,
        path_prefix: &options.path_prefix,
    };
    let mut line = Vec::new();
    render::render(&[diagnostic], sources, &options, &mut line).expect("memory takes every line");
    serde_json::from_slice(&line).expect("a diagnostic is one JSON object of this form")
}

fn place(file: &str, line: Option<usize>, column: Option<usize>) -> String {
    [line, column].into_iter().flatten().fold(file.to_owned(), |place, number| format!("{place}:{number}"))
}

/// The line that a mistake begins on, with the mistake marked; nothing where the file has no text.
fn excerpt(span: Span, sources: &SourceMap) -> Option<String> {
    let text = &sources.file(span.file).text;
    let range = span.range();
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().filter(|line| !line.trim().is_empty())?;
    let from = (range.start - start).min(line.len());
    let to = (range.end.max(range.start) - start).min(line.len());
    let (before, mark, after) = (line.get(..from)?, line.get(from..to)?, line.get(to..)?);
    let cut = |text: &str| match text.char_indices().nth(WINDOW) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    let before: String = match before.char_indices().rev().nth(WINDOW) {
        Some((begin, _)) => format!("…{}", &before[begin..]),
        None => before.to_owned(),
    };
    Some(format!("{}<mark>{}</mark>{}", escaped(&before), escaped(&cut(mark)), escaped(&cut(after))))
}

/// A message with its names between backticks as code.
fn marked(message: &str) -> String {
    let mut html = String::new();
    let parts: Vec<&str> = message.split('`').collect();
    for (place, part) in parts.iter().enumerate() {
        let is_code = place % 2 == 1 && place + 1 < parts.len();
        let part = escaped(part);
        html += &if is_code { format!("<code>{part}</code>") } else { part };
    }
    html
}

fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Vi => "vi",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
