//! An indicator of a document: what is promised, from where, by when, and by whom.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::{RawSource, RawStage, RawStated};
use crate::content::yaml::values::{Day, Entries, Id, OfChecks, Reference, References};
use crate::model::quantity::Quantity;
use crate::source::Spanned;

/// An indicator: a target of the document, or a figure that it follows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend(
    "if" = {"properties": {"direction": {"const": "decrease"}}, "required": ["direction"]},
    "then" = {"required": ["baseline"]},
))]
pub struct RawIndicator {
    /// The id within the document.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    #[schemars(required)]
    pub name: Option<Spanned<String>>,
    /// The unit of measure; "%" for shares.
    #[schemars(required)]
    pub measured_in: Option<Spanned<String>>,
    /// The id of its field of work; by default the document's.
    #[schemars(with = "Option<Reference>")]
    pub field: Option<Spanned<String>>,
    /// The groups that it belongs to: framework/group.
    #[serde(default)]
    #[schemars(with = "References")]
    pub groups: Vec<Spanned<String>>,
    /// The id of the unit that answers for it; by default the issuer.
    #[schemars(with = "Option<Reference>")]
    pub owner: Option<Spanned<String>>,
    /// Units that took it over later.
    #[serde(default)]
    pub owner_from: Vec<Spanned<RawOwnerFrom>>,
    /// Where it started; or `unknown`.
    pub baseline: Option<Spanned<RawBaseline>>,
    /// What is to be reached: a figure, or a range {min, max}.
    pub target: Option<Spanned<RawTarget>>,
    /// Which way is better.
    pub direction: Option<Spanned<RawDirection>>,
    /// The day by which it is to be reached; or `unknown`.
    pub due: Option<Spanned<RawDue>>,
    /// Interim targets.
    #[serde(default)]
    pub milestones: Vec<Spanned<RawMilestone>>,
    /// Changes of the promise; the one in force judges.
    #[serde(default)]
    pub revisions: Vec<Spanned<RawRevision>>,
    /// What a count is out of, where that is not the target.
    pub population: Option<Spanned<RawPopulation>>,
    /// The stages, in order; by default the document's.
    pub stages: Option<Spanned<Vec<RawStage>>>,
    /// A checklist of named things.
    pub items: Option<Spanned<Vec<RawItem>>>,
    /// Its weight in means.
    pub weight: Option<Spanned<Quantity>>,
    /// The id of the indicator of another document that makes the same promise.
    #[schemars(with = "Option<Reference>")]
    pub restates: Option<Spanned<String>>,
    /// The ids of the higher indicators that this one is a share of.
    #[serde(default)]
    #[schemars(with = "References")]
    pub contributes_to: Vec<Spanned<String>>,
    /// How it is computed from the indicators that contribute to it.
    pub aggregate: Option<Spanned<RawAggregate>>,
    /// How many contributors are expected.
    pub of: Option<Spanned<u32>>,
    /// How it is judged.
    pub method: Option<Spanned<RawMethod>>,
    /// A natural limit of the measure.
    pub limit: Option<Spanned<Quantity>>,
    /// After how many months a figure is stale; or `never`.
    pub stale_after_months: Option<Spanned<RawStaleAfter>>,
    /// Whether the target was inferred by us, not stated.
    pub derived: Option<Spanned<bool>>,
    /// Where the target is stated.
    pub source: Option<Spanned<RawSource>>,
    /// The source's words, on one line.
    pub quote: Option<Spanned<String>>,
    /// A remark that is shown with the indicator.
    pub note: Option<Spanned<String>>,
    /// What the source itself states; checked, never used.
    #[serde(default)]
    pub stated: Vec<Spanned<RawStated>>,
    /// Checks that do not apply to this indicator, each with the reason; published.
    #[serde(default)]
    #[schemars(with = "OfChecks<String>")]
    pub acknowledge: Entries<Spanned<String>>,
}

/// A unit that took an indicator over.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOwnerFrom {
    /// The day from which it answers for it.
    pub date: Spanned<Day>,
    /// The id of the unit.
    #[schemars(with = "Reference")]
    pub unit: Spanned<String>,
}

/// Where an indicator started.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum RawBaseline {
    /// The word `unknown`.
    #[schemars(with = "Unknown")]
    Unknown,
    /// A figure.
    Known(RawBaselineRecord),
}

/// A figure at the start.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawBaselineRecord {
    /// The figure.
    pub value: Spanned<Quantity>,
    /// The day that it is of; by default the period's first.
    pub date: Option<Spanned<Day>>,
}

/// What is to be reached.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum RawTarget {
    /// A figure.
    Figure(Quantity),
    /// From a minimum to a stretch.
    Range(RawRange),
}

/// A target from a minimum to a stretch.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRange {
    /// The figure from which the target is met.
    pub min: Spanned<Quantity>,
    /// The stretch.
    pub max: Spanned<Quantity>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawDirection {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// A level to hold: not less.
    AtLeast,
    /// A level to hold: not more.
    AtMost,
}

/// The day by which a target is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum RawDue {
    /// The word `unknown`.
    #[schemars(with = "Unknown")]
    Unknown,
    /// A day.
    Day(Day),
}

/// An interim target.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMilestone {
    /// The day.
    pub date: Spanned<Day>,
    /// The figure to be reached by then.
    pub value: Spanned<Quantity>,
}

/// A change of the promise.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRevision {
    /// The day of the change.
    pub date: Spanned<Day>,
    /// The new target.
    pub target: Option<Spanned<RawTarget>>,
    /// The new due date.
    pub due: Option<Spanned<RawDue>>,
    /// The id of the document that changed it.
    #[schemars(with = "Option<Reference>")]
    pub by: Option<Spanned<String>>,
}

/// What a count is out of.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPopulation {
    /// How many there are.
    pub value: Spanned<Quantity>,
    /// What they are.
    pub name: Option<Spanned<String>>,
}

/// A thing of a checklist.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawItem {
    /// The id by which observations refer to it.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    pub name: Option<Spanned<String>>,
    /// The id of the unit that answers for it.
    #[schemars(with = "Option<Reference>")]
    pub owner: Option<Spanned<String>>,
    /// The day by which it is to be done.
    pub due: Option<Spanned<Day>>,
    /// How much it counts.
    pub quantity: Option<Spanned<Quantity>>,
}

/// How a figure is computed from those that contribute to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawAggregate {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// How many have reached their own target.
    Count,
}

/// How an indicator is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawMethod {
    /// Progress against the time that has passed; the default.
    Pace,
    /// Only once it is due.
    AtDue,
    /// The yearly growth against the growth needed.
    Growth,
}

/// After how many months a figure is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum RawStaleAfter {
    /// The word `never`.
    #[schemars(with = "Never")]
    Never,
    /// A number of months.
    Months(u32),
}

/// Marks the word `unknown` in a schema.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Unknown {
    /// The sources do not say.
    #[expect(dead_code, reason = "stands for a word of the schema")]
    Unknown,
}

/// Marks the word `never` in a schema.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Never {
    /// Never.
    #[expect(dead_code, reason = "stands for a word of the schema")]
    Never,
}

/// Reads a value that is either a scalar or a mapping.
macro_rules! scalar_or_map {
    ($type:ident, $expecting:literal, |$text:ident| $scalar:expr $(, $record:ty => $make:expr)?) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ValueVisitor;

                impl<'de> Visitor<'de> for ValueVisitor {
                    type Value = $type;

                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str($expecting)
                    }

                    fn visit_str<E: Error>(self, $text: &str) -> Result<$type, E> {
                        $scalar.ok_or_else(|| E::custom($expecting))
                    }

                    $(fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        <$record>::deserialize(MapAccessDeserializer::new(map)).map($make)
                    })?
                }

                deserializer.deserialize_any(ValueVisitor)
            }
        }
    };
}

scalar_or_map!(RawBaseline, "a baseline", |text| (text == "unknown").then_some(RawBaseline::Unknown),
    RawBaselineRecord => RawBaseline::Known);
scalar_or_map!(RawTarget, "a target", |text| Quantity::parse(text).ok().map(RawTarget::Figure),
    RawRange => RawTarget::Range);
scalar_or_map!(RawDue, "a due date", |text| match text {
    "unknown" => Some(RawDue::Unknown),
    day => Day::parse(day).map(RawDue::Day),
});
scalar_or_map!(RawStaleAfter, "a number of months", |text| match text {
    "never" => Some(RawStaleAfter::Never),
    months => months.parse().ok().map(RawStaleAfter::Months),
});
