//! Where a figure or a statement comes from: sources, quotes, notes, checks that were looked at.

use serde::Serialize;

use super::{Day, Here, Link, Words};
use crate::model::indicator::Evidence;
use crate::model::report::{Citation, Source};

/// A source.
#[derive(Debug, Serialize)]
pub(crate) struct SourceView<'a> {
    /// The report on file.
    report: Option<Link<'a>>,
    title: Option<Words<'a>>,
    publisher: Option<Words<'a>>,
    date: Option<Day>,
    url: Option<&'a str>,
}

impl<'a> SourceView<'a> {
    pub(crate) fn new(here: &Here<'a>, source: &'a Source) -> Self {
        match source {
            Source::Report(key) => {
                let report = Some(here.report(*key));
                Self { report, ..Self::citation(here, &here.register.reports[*key].source) }
            }
            Source::Citation(citation) => Self::citation(here, citation),
        }
    }

    pub(crate) fn citation(here: &Here<'a>, citation: &'a Citation) -> Self {
        Self {
            report: None,
            title: citation.title.as_deref().map(|title| here.original(title)),
            publisher: citation.publisher.as_deref().map(|publisher| here.original(publisher)),
            date: citation.date.map(|day| here.day(day)),
            url: citation.url.as_deref(),
        }
    }

    pub(crate) fn list(here: &Here<'a>, sources: &'a [Source]) -> Vec<Self> {
        sources.iter().map(|source| Self::new(here, source)).collect()
    }
}

/// What is said about where a figure comes from.
#[derive(Debug, Serialize)]
pub(crate) struct EvidenceView<'a> {
    source: Option<SourceView<'a>>,
    quote: Option<Words<'a>>,
    note: Option<Words<'a>>,
    /// Why a check that found something was set aside.
    acknowledged: Vec<Words<'a>>,
}

impl<'a> EvidenceView<'a> {
    /// The evidence, with the source that holds where it names none.
    pub(crate) fn new(here: &Here<'a>, evidence: &'a Evidence, otherwise: Option<SourceView<'a>>) -> Self {
        Self {
            source: evidence.source.as_ref().map(|source| SourceView::new(here, source)).or(otherwise),
            quote: evidence.quote.as_deref().map(|quote| here.original(quote)),
            note: evidence.note.as_ref().map(|note| here.words(note)),
            acknowledged: evidence.acknowledge.iter().map(|(_, reason)| here.words(reason)).collect(),
        }
    }
}
