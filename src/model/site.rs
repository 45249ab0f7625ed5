//! The site as a whole: names, languages, levels, fields, frameworks and thresholds.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::quantity::Quantity;
use super::text::{Language, Text};
use crate::diagnostic::{Code, Level as CheckLevel};
use crate::source::Span;

/// `site.yaml`.
#[derive(Debug, Clone, Hash)]
pub struct Site {
    /// The site's name.
    pub title: Text,
    /// What it is, in a sentence.
    pub description: Option<Text>,
    /// Its public address; ends with `/`.
    pub base_url: String,
    /// Language tags, the default first: `vi`, `en`.
    pub languages: Vec<String>,
    /// Where "today" is decided when nothing else says the day.
    pub timezone: Tz,
    /// The day that the site speaks of, where it is fixed.
    pub as_of: Option<NaiveDate>,
    /// The theme's name.
    pub theme: String,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// The licence of the published data.
    pub license: Option<License>,
    /// Address segments.
    pub paths: Paths,
    /// Levels of units, from the top.
    pub levels: Vec<Level>,
    /// Fields (lĩnh vực).
    pub fields: Vec<Field>,
    /// Other ways to group.
    pub frameworks: Vec<Framework>,
    /// Where judging draws its lines.
    pub assessment: Thresholds,
    /// Levels of checks that differ from the default.
    pub checks: BTreeMap<Code, CheckLevel>,
    /// Where the sources are kept.
    pub repository: Option<Repository>,
    /// The logo's path below `content/`.
    pub logo: Option<String>,
    /// What becomes of raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Whether pages that are passed on have a card.
    pub cards: Cards,
    /// Where the site asks for the history of its repository.
    pub history: Option<Span>,
    /// How large its files and itself may become.
    pub limits: Limits,
}

impl Site {
    /// The level of a check on this site; errors in the form are always denied.
    #[must_use]
    pub fn check_level(&self, code: Code) -> CheckLevel {
        self.checks.get(&code).copied().or(code.default_level()).unwrap_or(CheckLevel::Deny)
    }

    /// The site's languages, the default first.
    pub fn languages(&self) -> impl Iterator<Item = (Language, &str)> {
        (0..).map(Language).zip(self.languages.iter().map(String::as_str))
    }

    /// The language tag of a language.
    #[must_use]
    pub fn tag(&self, language: Language) -> &str {
        &self.languages[usize::from(language.0)]
    }
}

/// Who publishes the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// The web address.
    pub url: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// A licence of published data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct License {
    /// Its name: `CC BY 4.0`.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// Address segments of the three kinds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paths {
    /// Documents; by default `resolutions`.
    pub resolutions: String,
    /// Units; by default `units`.
    pub units: String,
    /// Reports; by default `reports`.
    pub reports: String,
}

/// A level of units: province, district, commune.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Level {
    /// Its id in references.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its units may stand below a unit of any level: departments.
    pub any_parent: bool,
}

/// A field (lĩnh vực) that an indicator belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its id in references.
    pub id: String,
    /// Its name.
    pub name: Text,
}

/// Another way to group indicators.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Framework {
    /// Its id in references.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its groups.
    pub groups: Vec<Field>,
}

/// A level, by its place in [`Site::levels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelKey(pub usize);

/// A field, by its place in [`Site::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldKey(pub usize);

/// A framework's group, by its places in [`Site::frameworks`] and [`Framework::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    /// The framework's place.
    pub framework: usize,
    /// The group's place in it.
    pub group: usize,
}

/// Where judging draws its lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Thresholds {
    /// The least pace that is on track: 0.95.
    pub on_track: Quantity,
    /// The least pace that is merely behind: 0.60.
    pub behind: Quantity,
    /// After how many months an observation no longer vouches for today: 6.
    pub stale_after_months: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        let share = |text| Quantity::parse(text).expect("a constant is a figure");
        Self { on_track: share("0.95"), behind: share("0.60"), stale_after_months: 6 }
    }
}

/// How large files and the site may become, so that one that is broken or hostile stops nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// KiB of a text file.
    pub file_kib: u32,
    /// KiB of YAML in one file.
    pub front_matter_kib: u32,
    /// How deeply quotes, lists and emphasis of a body may be nested.
    pub nesting: u32,
    /// Links and images of one body.
    pub links: u32,
    /// Pages of the site, in all languages.
    pub pages: u32,
}

impl Limits {
    /// What no site may go beyond: reading keeps to these whatever a site says.
    pub const MOST: Self =
        Self { file_kib: 8 << 10, front_matter_kib: 1 << 10, nesting: 32, links: 100_000, pages: u32::MAX };
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_kib: 2 << 10, links: 10_000, pages: 1_000_000, ..Self::MOST }
    }
}

/// Where the sources are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Repository {
    /// Its web address.
    pub url: String,
    /// The branch that is published.
    pub branch: String,
}

/// Whether pages have a card, the picture that social networks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Cards {
    /// They have none.
    #[default]
    None,
    /// The home page, documents, indicators, units and reports have one.
    Drawn,
}

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum HtmlPolicy {
    /// It is shown as text.
    #[default]
    Text,
    /// It is sanitised.
    Sanitize,
}
