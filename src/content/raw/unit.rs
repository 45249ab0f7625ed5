//! A unit: an administrative unit or an organisation.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawSource;
use crate::content::yaml::values::{Day, Reference, References, Url};
use crate::model::quantity::Quantity;
use crate::source::Spanned;

/// The front matter of `content/units/<id>.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// The name that readers see.
    #[schemars(required)]
    pub name: Option<Spanned<String>>,
    /// The id of its level in site.yaml.
    #[schemars(required, with = "Reference")]
    pub level: Option<Spanned<String>>,
    /// The id of the unit that it belongs to; by default the folder's.
    #[schemars(with = "Option<Reference>")]
    pub parent: Option<Spanned<String>>,
    /// The official statistical code, in quotes.
    pub code: Option<Spanned<String>>,
    /// The day from which it exists.
    pub established: Option<Spanned<Day>>,
    /// The day from which it exists no more.
    pub dissolved: Option<Spanned<Day>>,
    /// The ids of the units that took its place.
    #[serde(default)]
    #[schemars(with = "References")]
    pub successors: Vec<Spanned<String>>,
    /// The address of its own web site.
    #[schemars(with = "Option<Url>")]
    pub website: Option<Spanned<String>>,
    /// How many people live there.
    pub population: Option<Spanned<Quantity>>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<Spanned<RawSource>>,
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
