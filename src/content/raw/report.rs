//! A report: prose and dated observations of one unit.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawSource, RawStated};
use crate::content::yaml::values::{Day, Entries, OfChecks, Reference, References};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::source::Spanned;

/// The front matter of `content/reports/<id>.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReport {
    /// The report's title.
    #[schemars(required)]
    pub title: Option<Spanned<String>>,
    /// The id of the unit that reports.
    #[schemars(required, with = "Reference")]
    pub unit: Option<Spanned<String>>,
    /// The period that it is about.
    pub period: Option<Spanned<Period>>,
    /// The day that its figures are of, where an observation names none.
    pub as_of: Option<Spanned<Day>>,
    /// The day it was published.
    #[schemars(required)]
    pub published: Option<Spanned<Day>>,
    /// Where it stands.
    #[schemars(required)]
    pub source: Option<Spanned<RawSource>>,
    /// The figures that it gives.
    #[serde(default)]
    pub observations: Vec<Spanned<RawObservation>>,
    /// What it says of units that it does not name.
    #[serde(default)]
    pub coverage: Vec<Spanned<RawCoverage>>,
    /// One or two sentences for lists and previews.
    pub summary: Option<Spanned<String>>,
    /// A remark that is shown with the entry.
    pub note: Option<Spanned<String>>,
    /// Built only with `--drafts`.
    pub draft: Option<Spanned<bool>>,
    /// Former addresses that lead here.
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
}

/// One figure of one indicator on one day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["value"]}, {"required": ["breakdown"]}, {"required": ["items"]}]))]
pub struct RawObservation {
    /// The id of the indicator: document, slash, its own.
    #[schemars(with = "Reference")]
    pub indicator: Spanned<String>,
    /// The day that the figure is of; by default the report's.
    pub as_of: Option<Spanned<Day>>,
    /// The figure.
    pub value: Option<Spanned<Quantity>>,
    /// How many stand at each stage.
    pub breakdown: Option<Spanned<Entries<Spanned<Quantity>>>>,
    /// The stage that each named item has reached.
    #[schemars(with = "Option<Entries<Reference>>")]
    pub items: Option<Spanned<Entries<Spanned<String>>>>,
    /// How exact the figure is.
    pub qualifier: Option<Spanned<RawQualifier>>,
    /// What the source itself states; checked, never used.
    #[serde(default)]
    pub stated: Vec<Spanned<RawStated>>,
    /// The source's words, on one line.
    pub quote: Option<Spanned<String>>,
    /// A remark that is shown with the figure.
    pub note: Option<Spanned<String>>,
    /// The id of the report whose figure this one replaces.
    #[schemars(with = "Option<Reference>")]
    pub corrects: Option<Spanned<String>>,
    /// Checks that do not apply to this figure, each with the reason; published.
    #[serde(default)]
    #[schemars(with = "OfChecks<String>")]
    pub acknowledge: Entries<Spanned<String>>,
    /// Where the figure comes from, where that is not the report's own source.
    pub source: Option<Spanned<RawSource>>,
}

/// How exact a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawQualifier {
    /// As counted; the default.
    Exact,
    /// About that much.
    About,
    /// That much or more.
    AtLeast,
    /// That much or less.
    AtMost,
    /// An estimate.
    Estimate,
}

/// What a report says of units that it does not name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCoverage {
    /// The id of the document that they carry out.
    #[schemars(with = "Reference")]
    pub document: Spanned<String>,
    /// The level of those units.
    #[schemars(with = "Option<Reference>")]
    pub level: Option<Spanned<String>>,
    /// What they did.
    pub action: Spanned<RawAction>,
    /// How many did.
    pub value: Option<Spanned<u32>>,
    /// Out of how many.
    pub of: Option<Spanned<u32>>,
    /// The ids of those that are named.
    #[serde(default)]
    #[schemars(with = "References")]
    pub units: Vec<Spanned<String>>,
    /// The source's words, on one line.
    pub quote: Option<Spanned<String>>,
    /// A remark that is shown with the count.
    pub note: Option<Spanned<String>>,
    /// Where the count comes from, where that is not the report's own source.
    pub source: Option<Spanned<RawSource>>,
}

/// What units did about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawAction {
    /// They issued a document of their own.
    Issued,
    /// They launched it.
    Launched,
}
