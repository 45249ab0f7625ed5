//! The site's own file, `content/site.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawNamed;
use crate::content::yaml::values::{BaseUrl, Day, Entries, Id, OfChecks, Tag, Url};
use crate::diagnostic::Level;
use crate::model::quantity::Quantity;
use crate::source::Spanned;

/// `content/site.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSite {
    /// The site's title.
    #[schemars(required)]
    pub title: Option<Spanned<String>>,
    /// What the site is about, in a sentence.
    pub description: Option<Spanned<String>>,
    /// The address at which the site is published; may carry a path.
    #[schemars(required, with = "BaseUrl")]
    pub base_url: Option<Spanned<String>>,
    /// The default language: vi, en.
    #[schemars(required, with = "Tag")]
    pub language: Option<Spanned<String>>,
    /// All languages of the site.
    #[serde(default)]
    #[schemars(with = "Vec<Tag>")]
    pub languages: Vec<Spanned<String>>,
    /// The time zone that says which day it is: Asia/Ho_Chi_Minh.
    pub timezone: Option<Spanned<String>>,
    /// The day as of which progress is judged; by default today.
    pub as_of: Option<Spanned<Day>>,
    /// The theme: default, or a folder below themes/.
    pub theme: Option<Spanned<String>>,
    /// Who publishes the site.
    pub publisher: Option<Spanned<RawPublisher>>,
    /// The licence of the published data.
    pub license: Option<Spanned<RawLicense>>,
    /// The words in addresses.
    pub paths: Option<Spanned<RawPaths>>,
    /// The levels of units, top first.
    #[schemars(required)]
    pub levels: Option<Vec<RawLevel>>,
    /// The fields of work; an indicator belongs to one.
    #[serde(default)]
    pub fields: Vec<RawNamed>,
    /// Other ways to group indicators.
    #[serde(default)]
    pub frameworks: Vec<RawFramework>,
    /// The thresholds by which progress is judged.
    pub assessment: Option<Spanned<RawAssessment>>,
    /// How each check is treated.
    #[serde(default)]
    #[schemars(with = "OfChecks<Level>")]
    pub checks: Entries<Spanned<Level>>,
    /// Where the sources are kept.
    pub repository: Option<Spanned<RawRepository>>,
    /// The logo, a file below content/.
    pub logo: Option<Spanned<String>>,
    /// How Markdown is treated.
    pub markdown: Option<Spanned<RawMarkdown>>,
    /// Where pages and figures take their history of changes from.
    pub history: Option<Spanned<RawHistory>>,
    /// Whether preview images for social networks are drawn.
    pub cards: Option<Spanned<bool>>,
    /// How large files and the site may become.
    pub limits: Option<Spanned<RawLimits>>,
}

/// How large files and the site may become.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLimits {
    /// How many KiB a text file may have, 2048 by default, at most 8192.
    pub file_kib: Option<Spanned<u32>>,
    /// How many KiB the fields of one file may take, 1024 by default and at most.
    pub front_matter_kib: Option<Spanned<u32>>,
    /// How deeply quotes, lists and emphasis of a text may be nested, 32 by default and at most.
    pub nesting: Option<Spanned<u32>>,
    /// How many links and images one text may have, 10000 by default, at most 100000.
    pub links: Option<Spanned<u32>>,
    /// How many pages the site may have, 1000000 by default.
    pub pages: Option<Spanned<u32>>,
}

/// Who publishes the site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPublisher {
    /// The publisher's name.
    pub name: Option<Spanned<String>>,
    /// The publisher's web site.
    #[schemars(with = "Option<Url>")]
    pub url: Option<Spanned<String>>,
    /// The address for questions and corrections.
    pub email: Option<Spanned<String>>,
}

/// A licence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLicense {
    /// Its name: CC BY 4.0.
    pub name: Option<Spanned<String>>,
    /// Where its text stands.
    #[schemars(with = "Option<Url>")]
    pub url: Option<Spanned<String>>,
}

/// The first words of addresses.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPaths {
    /// The address of the resolutions.
    #[schemars(with = "Option<Id>")]
    pub resolutions: Option<Spanned<String>>,
    /// The address of the units.
    #[schemars(with = "Option<Id>")]
    pub units: Option<Spanned<String>>,
    /// The address of the reports.
    #[schemars(with = "Option<Id>")]
    pub reports: Option<Spanned<String>>,
}

/// A level of units.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLevel {
    /// The id that units name.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    pub name: Option<Spanned<String>>,
    /// Whether a unit of this level may have a parent of any level.
    pub any_parent: Option<Spanned<bool>>,
}

/// A way to group indicators.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFramework {
    /// The id, the first part of a group's reference.
    #[schemars(with = "Id")]
    pub id: Spanned<String>,
    /// The name that readers see.
    pub name: Option<Spanned<String>>,
    /// Its groups.
    #[serde(default)]
    pub groups: Vec<RawNamed>,
}

/// The thresholds by which progress is judged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAssessment {
    /// The pace from which an indicator is on track, 0.95 by default.
    pub on_track: Option<Spanned<Quantity>>,
    /// The pace from which it is behind rather than off track, 0.60 by default.
    pub behind: Option<Spanned<Quantity>>,
    /// After how many months a figure is stale.
    pub stale_after_months: Option<Spanned<u32>>,
}

/// Where the sources are kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRepository {
    /// The repository's address.
    #[schemars(with = "Option<Url>")]
    pub url: Option<Spanned<String>>,
    /// The branch that is published.
    pub branch: Option<Spanned<String>>,
}

/// How Markdown is treated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMarkdown {
    /// What becomes of raw HTML; by default it is shown as text.
    pub html: Option<Spanned<RawHtml>>,
}

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// It is kept as far as it is harmless.
    Sanitize,
}

/// Where the history of changes comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHistory {
    /// From the git repository that holds the content.
    Git,
}
