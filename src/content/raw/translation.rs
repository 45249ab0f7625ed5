//! The texts of an entry in another language. No figures.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::yaml::values::Entries;
use crate::source::Spanned;

/// `content/site.<language>.yaml`: the site's texts in another language, by id.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSiteTranslation {
    /// The site's title.
    pub title: Option<Spanned<String>>,
    /// What the site is about, in a sentence.
    pub description: Option<Spanned<String>>,
    /// The names of the levels.
    #[serde(default)]
    pub levels: Entries<Spanned<String>>,
    /// The names of the fields.
    #[serde(default)]
    pub fields: Entries<Spanned<String>>,
    /// The names of the frameworks and their groups.
    #[serde(default)]
    pub frameworks: Entries<RawFrameworkTranslation>,
}

/// A framework's texts in another language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFrameworkTranslation {
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// The names of its groups.
    #[serde(default)]
    pub groups: Entries<Spanned<String>>,
}

/// The front matter of `<slug>.<language>.md`: an entry's texts in another language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTranslation {
    /// The title of a document, report or page.
    pub title: Option<Spanned<String>>,
    /// The name of a unit.
    pub name: Option<Spanned<String>>,
    /// One or two sentences for lists and previews.
    pub summary: Option<Spanned<String>>,
    /// A remark that is shown with the entry.
    pub note: Option<Spanned<String>>,
    /// The names of the document's default stages.
    #[serde(default)]
    pub stages: Entries<Spanned<String>>,
    /// The texts of the document's indicators.
    #[serde(default)]
    pub indicators: Entries<RawIndicatorTranslation>,
}

/// An indicator's texts in another language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawIndicatorTranslation {
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// The unit of measure.
    pub measured_in: Option<Spanned<String>>,
    /// What its population is: the name of what a count is out of.
    pub population: Option<Spanned<String>>,
    /// A remark that is shown with the indicator.
    pub note: Option<Spanned<String>>,
    /// The names of its stages.
    #[serde(default)]
    pub stages: Entries<Spanned<String>>,
    /// The names of its items.
    #[serde(default)]
    pub items: Entries<Spanned<String>>,
}
