//! Says what can be true: units, documents, indicators, reports and how they hang together. No I/O, no serde.
//!
//! A [`Register`] is valid by construction: every reference is a [`table::Key`] of an entry that exists. What is not
//! known on a day is left out by [`Register::known_on`] before anything is judged, so that no later stage can let the
//! future through.

pub mod history;
pub mod id;
pub mod indicator;
mod known;
pub mod period;
pub mod quantity;
pub mod report;
pub mod resolution;
pub mod site;
pub mod table;
pub mod text;
pub mod trace;
pub mod unit;

pub use known::Drafts;

use history::History;
use id::PageId;
use indicator::Indicator;
use report::Report;
use resolution::Resolution;
use site::Site;
use table::{Key, Row, Table};
use text::{Entry, Text};
use trace::Kind;
use unit::Unit;

use crate::source::SourceId;

/// Everything that the editors wrote, linked.
#[derive(Debug, Clone)]
pub struct Register {
    /// The site as a whole.
    pub site: Site,
    /// Units, by id.
    pub units: Table<Unit>,
    /// Documents, by id.
    pub resolutions: Table<Resolution>,
    /// Indicators of all documents, by id.
    pub indicators: Table<Indicator>,
    /// Reports, by id.
    pub reports: Table<Report>,
    /// Free pages, by id.
    pub pages: Table<Page>,
    /// Files that are copied as they are.
    pub files: Vec<File>,
    /// What the repository remembers, where the site asks for it.
    pub history: Option<History>,
}

/// The key of a free page.
pub type PageKey = Key<Page>;

/// A free page: about, contact. The page `index` is the home page's text.
#[derive(Debug, Clone, Hash)]
pub struct Page {
    /// Its id and address.
    pub id: PageId,
    /// Its title.
    pub title: Text,
    /// Whether the menu names it.
    pub menu: bool,
    /// Its place in the menu, smallest first.
    pub order: i64,
    /// Summary, note, prose.
    pub entry: Entry,
}

/// The id of the free page whose text the home page shows.
pub const HOME: &str = "index";

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct File {
    /// The path below the site's root folder: `content/static/favicon.svg`.
    pub source: String,
    /// The path in the site: `favicon.svg`.
    pub output: String,
    /// Stands for it in diagnostics.
    pub file: SourceId,
}

impl Row for Unit {
    const ONE: Kind = Kind::Unit;
    const ALL: Kind = Kind::Units;
}

impl Row for Resolution {
    const ONE: Kind = Kind::Resolution;
    const ALL: Kind = Kind::Resolutions;
}

impl Row for Indicator {
    const ONE: Kind = Kind::Indicator;
    const ALL: Kind = Kind::Indicators;
}

impl Row for Report {
    const ONE: Kind = Kind::Report;
    const ALL: Kind = Kind::Reports;
}

impl Row for Page {
    const ONE: Kind = Kind::Page;
    const ALL: Kind = Kind::Pages;
}
