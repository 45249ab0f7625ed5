//! What each kind of content file may say, as it is written: nothing is linked, nothing has a default.
//!
//! One source of truth: these types are read by serde, and the JSON Schema made of them both judges the files
//! ([`super::yaml::read`]) and completes them in editors. Their doc comments are what an editor is shown there.
//!
//! Invariants: every value that a later stage may doubt is [`Spanned`]. A key that the contract requires is an
//! `Option` all the same where the rest of its record is worth checking without it: `None` means that its lack was
//! reported while reading. Keys without which a record says nothing (an id, a milestone's date) are plain; a record that
//! lacks one is left out of its list.

pub mod indicator;
pub mod page;
pub mod report;
pub mod resolution;
pub mod site;
pub mod translation;
pub mod unit;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::yaml::values::{Day, Id, Reference, Url};
use crate::source::Spanned;

pub use indicator::{
    RawAggregate, RawBaseline, RawBaselineRecord, RawDirection, RawDue, RawIndicator, RawItem, RawMethod, RawMilestone,
    RawOwnerFrom, RawPopulation, RawRange, RawRevision, RawStaleAfter, RawTarget,
};
pub use page::RawPage;
pub use report::{RawAction, RawCoverage, RawObservation, RawQualifier, RawReport};
pub use resolution::{RawExpects, RawKind, RawResolution, RawStage};
pub use site::{
    RawAssessment, RawFramework, RawHistory, RawHtml, RawLevel, RawLicense, RawLimits, RawMarkdown, RawPaths,
    RawPublisher, RawRepository, RawSite,
};
pub use translation::{RawFrameworkTranslation, RawIndicatorTranslation, RawSiteTranslation, RawTranslation};
pub use unit::RawUnit;

crate::content::yaml::readable!(
    RawSite,
    RawUnit,
    RawResolution,
    RawReport,
    RawPage,
    RawSiteTranslation,
    RawTranslation
);

/// A thing of a list that is known by its id: a field, a group of a framework.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNamed {
    /// The id by which others refer to it.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    pub name: Option<Spanned<String>>,
}

/// Where a figure or a document comes from: the id of a report, or a publication.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum RawSource {
    /// The id of a report on this site.
    Report(#[schemars(with = "Reference")] String),
    /// A publication.
    Publication(Box<RawPublication>),
}

/// An article, a document or a page that a figure was taken from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPublication {
    /// Its title, word for word.
    pub title: Option<Spanned<String>>,
    /// Who published it.
    pub publisher: Option<Spanned<String>>,
    /// The day it was published.
    pub date: Option<Spanned<Day>>,
    /// Its address on the web.
    #[schemars(with = "Option<Url>")]
    pub url: Option<Spanned<String>>,
}

/// What a source says of a figure in its own words; checked, never used.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStated {
    /// The share that the source states, in hundredths.
    pub percent: Option<Spanned<crate::model::quantity::Quantity>>,
    /// The whole that the source states the share of.
    pub out_of: Option<Spanned<crate::model::quantity::Quantity>>,
    /// What that whole is.
    pub of: Option<Spanned<RawStatedOf>>,
}

/// What a stated share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawStatedOf {
    /// The target.
    Target,
    /// The milestone of that time.
    Milestone,
    /// The population.
    Population,
}

impl<'de> Deserialize<'de> for RawSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;

        impl<'de> Visitor<'de> for SourceVisitor {
            type Value = RawSource;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a report's id or a publication")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawSource, E> {
                Ok(RawSource::Report(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawSource, A::Error> {
                RawPublication::deserialize(MapAccessDeserializer::new(map))
                    .map(|publication| RawSource::Publication(Box::new(publication)))
            }
        }

        deserializer.deserialize_any(SourceVisitor)
    }
}
