//! Reports: a ledger of dated observations, each with its source.

use std::hash::Hash;
use std::sync::Arc;

use chrono::NaiveDate;

use super::id::ReportId;
use super::indicator::{Evidence, IndicatorKey};
use super::period::Period;
use super::quantity::Quantity;
use super::resolution::ResolutionKey;
use super::site::LevelKey;
use super::table::Key;
use super::text::{Entry, Text};
use super::unit::UnitKey;
use crate::diagnostic::Code;
use crate::source::{Span, Spanned};

/// The key of a report.
pub type ReportKey = Key<Report>;

/// A report by one unit.
#[derive(Debug, Clone, Hash)]
pub struct Report {
    /// Its id and address.
    pub id: ReportId,
    /// Its title.
    pub title: Text,
    /// The unit that reports.
    pub unit: UnitKey,
    /// The time that it reports on.
    pub period: Option<Period>,
    /// The day its observations are of, unless they say otherwise.
    pub as_of: Option<NaiveDate>,
    /// The day from which it is known.
    pub published: NaiveDate,
    /// Where it was published.
    pub source: Citation,
    /// Its figures, in the order of the file; shared by registers of several days.
    pub observations: Arc<Vec<Observation>>,
    /// What it says of units that it does not name.
    pub coverage: Vec<CoverageClaim>,
    /// Summary, note, prose.
    pub entry: Entry,
}

impl Report {
    /// All that is written in it, but for what its figures are: of which indicators it has some stays.
    pub fn without_figures(&self) -> impl Hash {
        let Self { id, title, unit, period, as_of, published, source, observations, coverage, entry } = self;
        let indicators: Vec<IndicatorKey> = observations.iter().map(|observation| observation.indicator).collect();
        (id, title, unit, period, as_of, published, source, indicators, coverage, entry)
    }
}

/// A dated figure of one indicator.
#[derive(Debug, Clone, Hash)]
pub struct Observation {
    /// The indicator.
    pub indicator: IndicatorKey,
    /// Where the reference to the indicator is written.
    pub span: Span,
    /// The day that the figure is of.
    pub as_of: NaiveDate,
    /// The figure, where it is given as one.
    pub value: Option<Spanned<Quantity>>,
    /// Counts by stage: places in [`super::indicator::Indicator::stages`].
    pub breakdown: Vec<(usize, Spanned<Quantity>)>,
    /// Items and the stages they have reached: places in the indicator's items and stages.
    pub items: Vec<(usize, usize)>,
    /// How exact the figure is.
    pub qualifier: Qualifier,
    /// The report whose figure for this day it replaces.
    pub corrects: Option<ReportKey>,
    /// Quote, note, stated shares, source.
    pub evidence: Evidence,
}

/// How exact a figure is. It never changes a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Qualifier {
    /// As it stands.
    #[default]
    Exact,
    /// Roughly.
    About,
    /// That much or more.
    AtLeast,
    /// That much or less.
    AtMost,
    /// Estimated by the source.
    Estimate,
}

impl Qualifier {
    /// The word in content files and data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Estimate => "estimate",
        }
    }
}

/// A share that the source itself states; checked, never used.
#[derive(Debug, Clone, Hash)]
pub struct Stated {
    /// The share in hundredths.
    pub percent: Spanned<Quantity>,
    /// The whole that the source names.
    pub out_of: Option<Spanned<Quantity>>,
    /// What the whole is.
    pub of: StatedOf,
}

/// What a stated share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum StatedOf {
    /// The target.
    #[default]
    Target,
    /// A milestone.
    Milestone,
    /// The population.
    Population,
}

/// Checks that an editor has looked at, each with the reason.
pub type Acknowledgements = Vec<(Code, Text)>;

/// A source: a text that someone can look up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Citation {
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<NaiveDate>,
    /// Where.
    pub url: Option<String>,
}

/// Where something is said: a report on file, or any other text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A report on file.
    Report(ReportKey),
    /// Another text.
    Citation(Citation),
}

/// What a report says of units that it does not name.
#[derive(Debug, Clone, Hash)]
pub struct CoverageClaim {
    /// The document that they carry out.
    pub document: ResolutionKey,
    /// Where the reference to the document is written.
    pub span: Span,
    /// The level that they are of.
    pub level: Option<LevelKey>,
    /// What they did.
    pub action: Action,
    /// How many did so.
    pub value: Quantity,
    /// Out of how many.
    pub of: Option<Quantity>,
    /// Those that are named.
    pub units: Vec<UnitKey>,
    /// Quote, note, source.
    pub evidence: Evidence,
}

/// What units did with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// They issued one of their own.
    Issued,
    /// They launched it.
    Launched,
}
