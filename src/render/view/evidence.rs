//! Where a figure or a statement comes from: sources, quotes, notes, checks that were looked at.

use serde::Serialize;

use super::{Day, Here, Link, Words};
use crate::check::{Finding, Subject};
use crate::diagnostic::{Code, Level};
use crate::model::indicator::Evidence;
use crate::model::quantity::Quantity;
use crate::model::report::{Citation, Source};
use crate::model::text::Text;

/// A source.
#[derive(Debug, Serialize)]
pub(crate) struct SourceView<'a> {
    /// The report on file.
    report: Option<Link<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Words<'a>>,
    /// Where the figures of the source do not agree.
    mismatches: Vec<Mismatch<'a>>,
    /// Why a check was set aside, where its finding is not told here.
    acknowledged: Vec<Words<'a>>,
}

/// What a check found, worded for readers.
#[derive(Debug, Serialize)]
pub(crate) struct Mismatch<'a> {
    text: String,
    /// Why the figure stands all the same.
    reason: Option<Words<'a>>,
    /// What the check looks for.
    check: String,
}

impl<'a> EvidenceView<'a> {
    /// The evidence, with the source that holds where it names none, and what checks found about `subject`.
    pub(crate) fn new(
        here: &Here<'a>,
        evidence: &'a Evidence,
        otherwise: Option<SourceView<'a>>,
        subject: Option<Subject>,
    ) -> Self {
        let subjects: Vec<Subject> = subject.into_iter().collect();
        Self::of_all(here, evidence, otherwise, &subjects)
    }

    /// The same with what checks found about several subjects: the reports that agree on a figure.
    pub(crate) fn of_all(
        here: &Here<'a>,
        evidence: &'a Evidence,
        otherwise: Option<SourceView<'a>>,
        subjects: &[Subject],
    ) -> Self {
        let found = || subjects.iter().flat_map(|subject| told(here, *subject));
        let untold = |code: Code| found().all(|finding| finding.diagnostic.code != code);
        Self {
            source: evidence.source.as_ref().map(|source| SourceView::new(here, source)).or(otherwise),
            quote: evidence.quote.as_deref().map(|quote| here.original(quote)),
            note: evidence.note.as_ref().map(|note| here.words(note)),
            mismatches: found().map(|finding| mismatch(here, finding)).collect(),
            acknowledged: (evidence.acknowledge.iter().filter(|(code, _)| untold(*code)))
                .map(|(_, reason)| here.words(reason))
                .collect(),
        }
    }
}

/// The checks that tell readers something about a figure. Those about what is late are said by the status, those
/// about units by the lists of coverage, and a missing translation shows by itself.
const TOLD: [Code; 15] = [
    Code::StatedPercentDiffers,
    Code::BreakdownSumDiffers,
    Code::ItemsSumDiffers,
    Code::ValueAbovePopulation,
    Code::ObservationOutsidePeriod,
    Code::ValueDecreased,
    Code::DuplicateObservation,
    Code::ConflictingObservation,
    Code::EditedAfterPublication,
    Code::MilestoneOutsidePeriod,
    Code::UnitDissolved,
    Code::AggregateDiffers,
    Code::MissingSource,
    Code::TargetDiffers,
    Code::UnusedItem,
];

/// What checks found about a figure, an indicator or a document, as far as it is told to readers.
fn told<'a>(here: &Here<'a>, subject: Subject) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let site = &here.register.site;
    let found = here.site.findings(subject);
    found.iter().copied().filter(|finding| {
        let code = finding.diagnostic.code;
        TOLD.contains(&code) && site.check_level(code) != Level::Allow
    })
}

/// What checks found about a whole document or report.
pub(crate) fn mismatches<'a>(here: &Here<'a>, subject: Subject) -> Vec<Mismatch<'a>> {
    told(here, subject).map(|finding| mismatch(here, finding)).collect()
}

fn mismatch<'a>(here: &Here<'a>, finding: &'a Finding) -> Mismatch<'a> {
    let diagnostic = &finding.diagnostic;
    let arguments: Vec<(&str, String)> =
        diagnostic.arguments.iter().map(|(name, value)| (*name, argument(here, finding, name, value))).collect();
    let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let key = match (diagnostic.code, finding.subject) {
        (Code::UnitDissolved, Subject::Resolution(_) | Subject::Entry(_)) => {
            "mismatch.unit-dissolved-before".to_owned()
        }
        _ => format!("mismatch.{}", diagnostic.wording.replace('.', "-")),
    };
    Mismatch {
        text: here.fill(&key, &arguments),
        reason: finding.acknowledged.as_ref().map(|reason| here.words(reason)),
        check: super::checks::section(here, diagnostic.code),
    }
}

/// An argument of a diagnostic as a page says it: units and items by their names.
fn argument(here: &Here<'_>, finding: &Finding, name: &str, value: &str) -> String {
    let words = |text: &Text| text.get(here.language).0.to_owned();
    let named = match (finding.diagnostic.code, name, finding.subject) {
        (Code::UnitDissolved, "unit", _) => {
            let units = here.register.units.rows();
            let found = units.binary_search_by(|unit| unit.id.as_str().cmp(value)).ok();
            found.map(|place| words(&units[place].name))
        }
        (Code::UnusedItem, "id", Subject::Indicator(key)) => {
            let items = &here.register.indicators[key].items;
            items.iter().find(|item| item.id == value).map(|item| words(&item.name))
        }
        _ => None,
    };
    named.unwrap_or_else(|| formatted(here, value))
}

/// A figure or day of a diagnostic as the page writes it.
fn formatted(here: &Here<'_>, value: &str) -> String {
    match (Quantity::parse(value), value.parse()) {
        (Ok(figure), _) => here.edition.locale.number(&figure),
        (Err(_), Ok(day)) => here.date(day),
        (Err(_), Err(_)) => value.to_owned(),
    }
}
