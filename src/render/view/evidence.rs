//! Where a figure or a statement comes from: sources, quotes, notes, checks that were looked at.

use serde::Serialize;

use super::{Day, Here, Link, Words};
use crate::check::Subject;
use crate::diagnostic::{Code, Level};
use crate::model::indicator::Evidence;
use crate::model::quantity::Quantity;
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
    /// Where the figures of the source do not agree.
    mismatches: Vec<String>,
    /// Why a check that found something was set aside.
    acknowledged: Vec<Words<'a>>,
}

impl<'a> EvidenceView<'a> {
    /// The evidence, with the source that holds where it names none, and what checks found about `subject`.
    pub(crate) fn new(
        here: &Here<'a>,
        evidence: &'a Evidence,
        otherwise: Option<SourceView<'a>>,
        subject: Option<Subject>,
    ) -> Self {
        Self {
            source: evidence.source.as_ref().map(|source| SourceView::new(here, source)).or(otherwise),
            quote: evidence.quote.as_deref().map(|quote| here.original(quote)),
            note: evidence.note.as_ref().map(|note| here.words(note)),
            mismatches: subject.map(|subject| mismatches(here, subject)).unwrap_or_default(),
            acknowledged: evidence.acknowledge.iter().map(|(_, reason)| here.words(reason)).collect(),
        }
    }
}

/// The checks that tell readers something about a figure; the others speak to editors.
const TOLD: [Code; 9] = [
    Code::StatedPercentDiffers,
    Code::BreakdownSumDiffers,
    Code::ItemsSumDiffers,
    Code::ValueAbovePopulation,
    Code::ObservationOutsidePeriod,
    Code::ValueDecreased,
    Code::AggregateDiffers,
    Code::TargetDiffers,
    Code::MilestoneOutsidePeriod,
];

/// What checks found about a figure or an indicator, worded for readers.
fn mismatches(here: &Here<'_>, subject: Subject) -> Vec<String> {
    let found = here.site.findings.get(&subject).map(Vec::as_slice).unwrap_or_default();
    let told = found.iter().map(|finding| &finding.diagnostic).filter(|diagnostic| {
        TOLD.contains(&diagnostic.code) && here.register.site.check_level(diagnostic.code) != Level::Allow
    });
    told.map(|diagnostic| {
        let arguments: Vec<(&str, String)> =
            diagnostic.arguments.iter().map(|(name, value)| (*name, formatted(here, value))).collect();
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        here.fill(&format!("mismatch.{}", diagnostic.wording.replace('.', "-")), &arguments)
    })
    .collect()
}

/// A figure or day of a diagnostic as the page writes it.
fn formatted(here: &Here<'_>, value: &str) -> String {
    match (Quantity::parse(value), value.parse()) {
        (Ok(figure), _) => here.edition.locale.number(&figure),
        (Err(_), Ok(day)) => here.date(day),
        (Err(_), Err(_)) => value.to_owned(),
    }
}
