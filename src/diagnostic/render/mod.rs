//! Prints diagnostics for people, for programs and for code review.
//!
//! All three formats show the same diagnostics in the same order: by file, place and code, one per cause; but of very
//! many that say the same of one place, people are shown the first and told how many follow. What editors wrote is
//! never sent raw to a terminal: control characters and marks that turn text around are made visible.

mod human;
mod machine;
mod place;

use std::io::{self, Write};

use super::wording::Language;
use super::{Diagnostic, Diagnostics, Label};
use crate::source::SourceMap;
use place::Places;

#[cfg(test)]
mod tests;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the source line with a mark below it.
    Human,
    /// For programs: one JSON object a line.
    Json,
    /// For code review on GitHub: one workflow command a line.
    Github,
}

/// Whether the human format carries colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Plain,
    /// With escape sequences for a terminal.
    Styled,
}

/// The choices for printing.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The form.
    pub format: Format,
    /// The language of messages, labels and helps; codes and severities are the same in every language.
    pub language: Language,
    /// Whether the human format carries colours.
    pub colour: Colour,
    /// Stands in front of each path, so that it leads there from the current folder: empty, or ending in `/`.
    pub path_prefix: &'a str,
}

/// The diagnostics in the order in which they are shown, by file, place and code, one per cause.
#[must_use]
pub fn arrange<'a>(diagnostics: &'a Diagnostics, sources: &SourceMap) -> Vec<&'a Diagnostic> {
    let mut list: Vec<_> = diagnostics.iter().collect();
    list.sort_by(|one, other| {
        let key = |diagnostic: &'a Diagnostic| {
            let span = diagnostic.primary;
            (span.file, span.start, diagnostic.code.as_str(), span.end, diagnostic.wording)
        };
        let path = |diagnostic: &Diagnostic| sources.file(diagnostic.primary.file).path.as_str();
        (path(one), key(one), &one.arguments).cmp(&(path(other), key(other), &other.arguments))
    });
    list.dedup();
    list
}

/// Up to how many diagnostics that say the same of one place people are shown in full.
const MANY: usize = 10;
/// How many of more than that they are shown.
const FIRST_OF_MANY: usize = 3;

/// Prints diagnostics that were [`arrange`]d.
///
/// # Errors
/// What `out` answers.
pub fn render(list: &[&Diagnostic], sources: &SourceMap, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::find(list, sources);
    let words = |diagnostic| Words::new(diagnostic, options.language);
    let prefix = options.path_prefix;
    match options.format {
        Format::Human => {
            let human = human::Human::new(sources, &places, options);
            for alike in list.chunk_by(|one, other| (one.primary, one.wording) == (other.primary, other.wording)) {
                let shown = if alike.len() > MANY { FIRST_OF_MANY } else { alike.len() };
                alike[..shown].iter().try_for_each(|diagnostic| human.write(diagnostic, &words(diagnostic), out))?;
                if shown < alike.len() {
                    human.write_more(alike[0], alike.len() - shown, out)?;
                }
            }
            Ok(())
        }
        Format::Json => list.iter().try_for_each(|diagnostic| {
            machine::write_json(diagnostic, &words(diagnostic), sources, &places, prefix, out)
        }),
        Format::Github => list.iter().try_for_each(|diagnostic| {
            machine::write_github(diagnostic, &words(diagnostic), sources, &places, prefix, out)
        }),
    }
}

/// A failure that has no place in a file, in the look of the human format.
#[must_use]
pub fn failure(message: &str, help: Option<&str>, language: Language, colour: Colour) -> String {
    human::failure(message, help, language, colour)
}

/// A warning that has no place in a file, in the look of the human format.
#[must_use]
pub fn caution(message: &str, language: Language, colour: Colour) -> String {
    human::caution(message, language, colour)
}

/// What a diagnostic says in one language, its placeholders filled.
struct Words {
    message: String,
    label: Option<String>,
    help: Option<String>,
    /// Beside each of the diagnostic's labels.
    labels: Vec<String>,
}

impl Words {
    fn new(diagnostic: &Diagnostic, language: Language) -> Self {
        let fill = |template: &super::wording::Template| template.fill(&diagnostic.arguments);
        let entry = language.entry(diagnostic.wording);
        let help = match diagnostic.help {
            Some(key) => language.entry(key).as_help(),
            None => entry.help.as_ref(),
        };
        let beside = |label: &Label| language.entry(label.wording).as_label().map(fill).unwrap_or_default();
        Self {
            message: entry.message.as_ref().map_or_else(|| diagnostic.code.as_str().to_owned(), fill),
            label: entry.label.as_ref().map(fill),
            help: help.map(fill),
            labels: diagnostic.labels.iter().map(beside).collect(),
        }
    }
}
