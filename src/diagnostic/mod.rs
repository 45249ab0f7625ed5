//! Defines and collects diagnostics: an author's mistakes, as data.
//!
//! A [`Diagnostic`] holds a [`Code`], a place and the arguments of its wording; the words themselves are in one
//! catalogue a language ([`wording`]), so a cause never depends on how it is said. [`render`] prints them.

pub mod code;
mod kept;
pub mod render;
pub(crate) mod visible;
pub mod wording;

pub use code::{Code, Level};

use crate::source::Span;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The site is built; somebody should look.
    Warning,
}

impl Severity {
    /// The word in every format: `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A further place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// The key of its wording.
    pub wording: &'static str,
}

/// A mistake of an author: what, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake it is.
    pub code: Code,
    /// Whether it stops the build.
    pub severity: Severity,
    /// The offending value or key.
    pub primary: Span,
    /// The key of its wording: the code, or a variant of it such as `bad-date.day-first`.
    pub wording: &'static str,
    /// What is put into the wording's placeholders.
    pub arguments: Vec<(&'static str, String)>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// The key of a help text that replaces the wording's own.
    pub help: Option<&'static str>,
}

impl Diagnostic {
    /// An error of that code at that place, worded by the code's own entry.
    #[must_use]
    pub fn new(code: Code, primary: Span) -> Self {
        Self {
            code,
            severity: Severity::Error,
            primary,
            wording: code.as_str(),
            arguments: Vec::new(),
            labels: Vec::new(),
            help: None,
        }
    }

    /// Words it by another entry of the catalogue, `code.variant` by custom.
    #[must_use]
    pub fn worded(mut self, wording: &'static str) -> Self {
        self.wording = wording;
        self
    }

    /// Fills a placeholder of the message, its labels and its help.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn label(mut self, span: Span, wording: &'static str) -> Self {
        self.labels.push(Label { span, wording });
        self
    }

    /// Replaces the help text by another entry of the catalogue.
    #[must_use]
    pub fn help(mut self, wording: &'static str) -> Self {
        self.help = Some(wording);
        self
    }

    /// Adds "did you mean …?" when there is a name to suggest.
    #[must_use]
    pub fn suggest(self, suggestion: Option<impl ToString>) -> Self {
        match suggestion {
            Some(suggestion) => self.with("suggestion", suggestion).help("did-you-mean"),
            None => self,
        }
    }
}

/// The diagnostics of one run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Notes a mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Notes mistakes, if there are any.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Takes over all of another list.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// Puts them into the order of their files; those of one file stay in theirs.
    pub(crate) fn sort_by_file(&mut self) {
        self.list.sort_by_key(|diagnostic| diagnostic.primary.file);
    }

    /// All of them, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// How many there are in all.
    #[must_use]
    pub fn count_all(&self) -> usize {
        self.list.len()
    }

    /// Whether anything forbids to publish.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Gives every check the level that the site asks for; what is allowed is dropped. Errors in the form stay.
    pub fn apply_levels(&mut self, level: impl Fn(Code) -> Level) {
        self.list.retain_mut(|diagnostic| {
            if !diagnostic.code.is_check() {
                return true;
            }
            match level(diagnostic.code) {
                Level::Allow => return false,
                Level::Warn => diagnostic.severity = Severity::Warning,
                Level::Deny => diagnostic.severity = Severity::Error,
            }
            true
        });
    }
}

/// The known name nearest to a mistyped one, if any is near enough to be worth a suggestion.
///
/// Near is at most a third of the longer name's letters, counted as Damerau–Levenshtein edits.
#[must_use]
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(unknown, name), name))
        .filter(|(edits, name)| *edits <= unknown.chars().count().max(name.chars().count()).div_ceil(3))
        .min()
        .map(|(_, name)| name)
}
