//! A resolution, or any document that sets or passes on targets.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawIndicator, RawSource};
use crate::content::yaml::values::{Day, DayOrPeriod, Id, Reference, References};
use crate::model::period::Period;
use crate::source::Spanned;

/// The front matter of `content/resolutions/<issuer>/<slug>.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawResolution {
    /// The official title.
    #[schemars(required)]
    pub title: Option<Spanned<String>>,
    /// The official number: 03-NQ/TU.
    pub number: Option<Spanned<String>>,
    /// What kind of document it is.
    #[schemars(required)]
    pub kind: Option<Spanned<RawKind>>,
    /// The id of the unit that issued it; by default the folder's.
    #[schemars(with = "Option<Reference>")]
    pub issuer: Option<Spanned<String>>,
    /// The day it was issued, or a period where the day is not known.
    #[schemars(with = "Option<DayOrPeriod>")]
    pub issued: Option<Spanned<Period>>,
    /// The period that it is about: 2021..2025.
    pub period: Option<Spanned<Period>>,
    /// The year that it looks ahead to.
    pub vision: Option<Spanned<Period>>,
    /// The ids of the documents that it carries out.
    #[serde(default)]
    #[schemars(with = "References")]
    pub implements: Vec<Spanned<String>>,
    /// The ids of the documents that it changes.
    #[serde(default)]
    #[schemars(with = "References")]
    pub amends: Vec<Spanned<String>>,
    /// Who must issue a document of their own.
    pub expects: Option<Spanned<RawExpects>>,
    /// How many targets it says that it sets.
    pub declares: Option<Spanned<u32>>,
    /// The id of its field of work.
    #[schemars(with = "Option<Reference>")]
    pub field: Option<Spanned<String>>,
    /// The groups that it belongs to: framework/group.
    #[serde(default)]
    #[schemars(with = "References")]
    pub groups: Vec<Spanned<String>>,
    /// The default stages of its indicators.
    pub stages: Option<Spanned<Vec<RawStage>>>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<Spanned<RawSource>>,
    /// Its targets.
    #[serde(default)]
    pub indicators: Vec<Spanned<RawIndicator>>,
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

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawKind {
    /// Nghị quyết.
    Resolution,
    /// Chỉ thị.
    Directive,
    /// Chương trình.
    Programme,
    /// Kế hoạch.
    Plan,
    /// Đề án.
    Scheme,
    /// Quyết định.
    Decision,
    /// Quy định.
    Regulation,
    /// Hướng dẫn.
    Guidance,
    /// Công văn.
    Letter,
    /// No document: figures of a unit that no document sets.
    Statistics,
    /// Any other document.
    Other,
}

/// Who must issue a document of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawExpects {
    /// The ids of the levels whose units must.
    #[serde(default)]
    #[schemars(with = "References")]
    pub levels: Vec<Spanned<String>>,
    /// The day by which they must.
    pub by: Option<Spanned<Day>>,
    /// The ids of further units that must.
    #[serde(default)]
    #[schemars(with = "References")]
    pub units: Vec<Spanned<String>>,
    /// The ids of units that need not.
    #[serde(default)]
    #[schemars(with = "References")]
    pub except: Vec<Spanned<String>>,
    /// How many there are, where not all are on file.
    pub count: Option<Spanned<u32>>,
}

/// A stage through which a thing moves.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStage {
    /// The id by which observations refer to it.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    pub name: Option<Spanned<String>>,
    /// Whether what stands here counts as done.
    pub done: Option<Spanned<bool>>,
}
