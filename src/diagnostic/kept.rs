//! Diagnostics as text, for a later run over the same sources.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::wording::Language;
use super::{Code, Diagnostic, Diagnostics, Label, Severity};
use crate::source::{SourceId, Span};

/// A diagnostic without what the program knows anyway; places are the numbers of [`Span`].
#[derive(Serialize, Deserialize)]
struct Kept {
    code: String,
    is_error: bool,
    place: Place,
    wording: String,
    arguments: Vec<(String, String)>,
    labels: Vec<(Place, String)>,
    help: Option<String>,
}

type Place = (u32, u32, u32);

fn place(span: Span) -> Place {
    (span.file.number(), span.start, span.end)
}

fn span((file, start, end): Place) -> Span {
    Span { file: SourceId::from_number(file), start, end }
}

impl Diagnostics {
    /// The diagnostics as text for [`from_kept`](Self::from_kept).
    #[must_use]
    pub(crate) fn kept(&self) -> String {
        let kept: Vec<Kept> = self.iter().map(Kept::of).collect();
        serde_json::to_string(&kept).expect("texts and numbers can be written")
    }

    /// The diagnostics that [`kept`](Self::kept) wrote, if this program could have written them.
    ///
    /// They make sense with the very sources that they were found in.
    #[must_use]
    pub(crate) fn from_kept(text: &str) -> Option<Self> {
        let kept: Vec<Kept> = serde_json::from_str(text).ok()?;
        Some(Self { list: kept.into_iter().map(Kept::diagnostic).collect::<Option<_>>()? })
    }
}

impl Kept {
    fn of(diagnostic: &Diagnostic) -> Self {
        let arguments = diagnostic.arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Self {
            code: diagnostic.code.as_str().to_owned(),
            is_error: diagnostic.severity == Severity::Error,
            place: place(diagnostic.primary),
            wording: diagnostic.wording.to_owned(),
            arguments: arguments.collect(),
            labels: diagnostic.labels.iter().map(|label| (place(label.span), label.wording.to_owned())).collect(),
            help: diagnostic.help.map(str::to_owned),
        }
    }

    fn diagnostic(self) -> Option<Diagnostic> {
        let key = |key: &str| Language::En.key(key);
        // An argument that no entry has a place for was never shown.
        let arguments = self.arguments.into_iter().filter_map(|(name, value)| Some((placeholder(&name)?, value)));
        let labels =
            self.labels.into_iter().map(|(at, wording)| Some(Label { span: span(at), wording: key(&wording)? }));
        Some(Diagnostic {
            code: Code::from_name(&self.code)?,
            severity: if self.is_error { Severity::Error } else { Severity::Warning },
            primary: span(self.place),
            wording: key(&self.wording)?,
            arguments: arguments.collect(),
            labels: labels.collect::<Option<_>>()?,
            help: match self.help {
                Some(help) => Some(key(&help)?),
                None => None,
            },
        })
    }
}

/// The name of a placeholder as the catalogue owns it.
fn placeholder(name: &str) -> Option<&'static str> {
    static NAMES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| Language::En.placeholders().collect()).get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let place = |start, end| Span::new(SourceId::from_number(3), start, end);
        let mut diagnostics = Diagnostics::default();
        let mut warning = Diagnostic::new(Code::Stale, place(4, 9)).with("date", "2021-12-31").with("months", 6);
        warning.severity = Severity::Warning;
        diagnostics.push(warning);
        let unknown = Diagnostic::new(Code::UnknownUnit, place(0, 2)).with("id", "bến").label(place(7, 8), "bad-date");
        diagnostics.push(unknown.suggest(Some("ben-tre")));
        let back = Diagnostics::from_kept(&diagnostics.kept()).expect("it was written a moment ago");
        assert_eq!(back.kept(), diagnostics.kept());
        assert_eq!(back.iter().collect::<Vec<_>>(), diagnostics.iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_this_program_cannot_have_written_is_refused() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::new(Code::Stale, Span::new(SourceId::from_number(0), 0, 0)));
        let text = diagnostics.kept();
        for other in [text.replace("\"stale\"", "\"stolen\""), text.replace('[', "{"), text[1..].to_owned()] {
            assert!(Diagnostics::from_kept(&other).is_none(), "{other}");
        }
    }
}
