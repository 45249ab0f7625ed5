//! Resolutions, and any other document that sets or passes on targets.

use chrono::NaiveDate;

use super::id::ResolutionId;
use super::indicator::IndicatorKey;
use super::period::Period;
use super::report::Source;
use super::site::{FieldKey, GroupKey, LevelKey};
use super::table::Key;
use super::text::{Entry, Text};
use super::unit::UnitKey;

/// The key of a document.
pub type ResolutionKey = Key<Resolution>;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nghị quyết
    Resolution,
    /// Chỉ thị
    Directive,
    /// Chương trình
    Programme,
    /// Kế hoạch
    Plan,
    /// Đề án
    Scheme,
    /// Quyết định
    Decision,
    /// Quy định
    Regulation,
    /// Hướng dẫn
    Guidance,
    /// Công văn
    Letter,
    /// No document: figures of a unit that no document sets.
    Statistics,
    /// Anything else.
    Other,
}

impl Kind {
    /// The word in content files and data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Directive => "directive",
            Self::Programme => "programme",
            Self::Plan => "plan",
            Self::Scheme => "scheme",
            Self::Decision => "decision",
            Self::Regulation => "regulation",
            Self::Guidance => "guidance",
            Self::Letter => "letter",
            Self::Statistics => "statistics",
            Self::Other => "other",
        }
    }

    /// Whether it is a document: stands in lineage, coverage and lists of documents.
    #[must_use]
    pub fn is_document(self) -> bool {
        self != Self::Statistics
    }
}

/// A document with its indicators.
#[derive(Debug, Clone, Hash)]
pub struct Resolution {
    /// Its id and address.
    pub id: ResolutionId,
    /// Its official title.
    pub title: Text,
    /// Its official number; not an identity.
    pub number: Option<String>,
    /// What kind of document it is.
    pub kind: Kind,
    /// Who issued it.
    pub issuer: UnitKey,
    /// When: shown as written, counted as its last day.
    pub issued: Option<Period>,
    /// The time that it is for.
    pub period: Option<Period>,
    /// The year that it looks ahead to.
    pub vision: Option<Period>,
    /// Documents that it carries out.
    pub implements: Vec<ResolutionKey>,
    /// Documents that it changes or supplements.
    pub amends: Vec<ResolutionKey>,
    /// Who must issue a document of their own.
    pub expects: Option<Expects>,
    /// How many targets it says that it sets.
    pub declares: Option<u64>,
    /// The field of its indicators.
    pub field: Option<FieldKey>,
    /// The framework groups that it belongs to.
    pub groups: Vec<GroupKey>,
    /// Where this is said.
    pub sources: Vec<Source>,
    /// Whether it has further sources, which are not known on the day.
    pub has_later_sources: bool,
    /// Its indicators in the order of the file.
    pub indicators: Vec<IndicatorKey>,
    /// Summary, note, prose.
    pub entry: Entry,
}

/// Who must issue a document that implements this one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expects {
    /// Descendants of the issuer at these levels; organisations: direct children.
    pub levels: Vec<LevelKey>,
    /// By when.
    pub by: Option<NaiveDate>,
    /// Units beside those.
    pub units: Vec<UnitKey>,
    /// Units that are exempt.
    pub except: Vec<UnitKey>,
    /// How many there are, where not all are on file.
    pub count: Option<u64>,
}
