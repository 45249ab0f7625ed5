//! A free page: about, contact, the home page's text.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Spanned;

/// The front matter of `content/pages/<slug>.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPage {
    /// The title; by default the home page has the site's.
    pub title: Option<Spanned<String>>,
    /// Whether the menu leads to it.
    pub menu: Option<Spanned<bool>>,
    /// Its place in the menu; smaller comes first.
    pub order: Option<Spanned<i32>>,
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
