//! The columns of the six tables: names, types, what they mean and where they lead.
//!
//! The names and their order are a contract; columns may be added at the end, never changed.

use crate::assess::coverage::State;
use crate::assess::{Flag, Status};
use crate::model::indicator::Direction;
use crate::model::report::Qualifier;
use crate::model::resolution::Kind;
use crate::route::Table;

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub content: Content,
    /// What they mean, for `datapackage.json`.
    pub description: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The row's own id, unique in its table.
    Id,
    /// The id of a row of a table.
    Reference(Table),
    /// A text.
    Text,
    /// A text that is never empty.
    Name,
    /// One of a few words.
    Word(Words),
    /// Several texts or figures, joined by `;`.
    List,
    /// A decimal number.
    Number,
    /// A whole number, never empty.
    Count,
    /// An ISO date.
    Date,
}

/// The words that a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Statuses of indicators.
    Status,
    /// Which way is good.
    Direction,
    /// How exact a figure is.
    Qualifier,
    /// Kinds of documents.
    Kind,
    /// States of coverage.
    Coverage,
}

impl Words {
    /// All of them.
    #[must_use]
    pub fn all(self) -> Vec<&'static str> {
        match self {
            Self::Status => Status::ALL.map(Status::as_str).to_vec(),
            Self::Direction => [Direction::Increase, Direction::Decrease, Direction::AtLeast, Direction::AtMost]
                .map(Direction::as_str)
                .to_vec(),
            Self::Qualifier => {
                use Qualifier::{About, AtLeast, AtMost, Estimate, Exact};
                [Exact, About, AtLeast, AtMost, Estimate].map(Qualifier::as_str).to_vec()
            }
            Self::Kind => {
                use Kind::{
                    Decision, Directive, Guidance, Letter, Other, Plan, Programme, Regulation, Resolution, Scheme,
                    Statistics,
                };
                [
                    Resolution, Directive, Programme, Plan, Scheme, Decision, Regulation, Guidance, Letter, Statistics,
                    Other,
                ]
                .map(Kind::as_str)
                .to_vec()
            }
            Self::Coverage => State::ALL.map(State::as_str).to_vec(),
        }
    }
}

const fn column(name: &'static str, content: Content, description: &'static str) -> Column {
    Column { name, content, description }
}

/// The columns of a table, in order.
#[must_use]
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Indicators => INDICATORS,
        Table::Observations => OBSERVATIONS,
        Table::Reports => REPORTS,
        Table::Units => UNITS,
        Table::Resolutions => RESOLUTIONS,
        Table::Coverage => COVERAGE,
    }
}

const URL: Column = column("url", Content::Name, "Address of the page, relative to the site's base address");
const SOURCE_TITLE: Column = column("source_title", Content::Text, "Title of the publication");
const SOURCE_PUBLISHER: Column = column("source_publisher", Content::Text, "Who published it");
const SOURCE_DATE: Column = column("source_date", Content::Date, "When it was published");
const SOURCE_URL: Column = column("source_url", Content::Text, "Where it can be read");
const INDICATOR_COUNT: Column = column("indicators", Content::Count, "How many indicators it has, at any status");

/// The statuses that units and documents are counted by; `achieved` includes `achieved-late`.
pub(super) const COUNTED: [Status; 9] = [
    Status::Achieved,
    Status::OnTrack,
    Status::Behind,
    Status::OffTrack,
    Status::Missed,
    Status::Unreported,
    Status::NotAssessable,
    Status::NoData,
    Status::Tracked,
];
const ACHIEVED: Column = column("achieved", Content::Count, "Indicators with status achieved or achieved-late");
const ON_TRACK: Column = column("on_track", Content::Count, "Indicators with status on-track");
const BEHIND: Column = column("behind", Content::Count, "Indicators with status behind");
const OFF_TRACK: Column = column("off_track", Content::Count, "Indicators with status off-track");
const MISSED: Column = column("missed", Content::Count, "Indicators with status missed");
const UNREPORTED: Column = column("unreported", Content::Count, "Indicators with status unreported");
const NOT_ASSESSABLE: Column = column("not_assessable", Content::Count, "Indicators with status not-assessable");
const NO_DATA: Column = column("no_data", Content::Count, "Indicators with status no-data");
const TRACKED: Column = column("tracked", Content::Count, "Indicators with status tracked");

const INDICATORS: &[Column] = &[
    column("id", Content::Id, "Id of the indicator"),
    column("resolution", Content::Reference(Table::Resolutions), "The document that sets it"),
    column("name", Content::Name, "What is measured"),
    column("unit", Content::Reference(Table::Units), "The unit that answers for it on the day of the data"),
    column("field", Content::Text, "Id of its field"),
    column("measured_in", Content::Name, "Unit of measure; % for shares in hundredths"),
    column("direction", Content::Word(Words::Direction), "Which way is good"),
    column("baseline", Content::Number, "Where it started"),
    column("baseline_date", Content::Date, "When it started"),
    column("target", Content::Number, "Target in force; the lower end of a range"),
    column("target_max", Content::Number, "Upper end of the target, for a range"),
    column("due", Content::Date, "Day in force by which the target is due"),
    column("value", Content::Number, "The figure that is judged: the latest, or the aggregate of the parts"),
    column("value_date", Content::Date, "Day that the value is of"),
    column("progress", Content::Number, "(value - baseline) / (target - baseline), six decimals, never clamped"),
    column("expected", Content::Number, "Share that should be done by the day of the value, 0 to 1, six decimals"),
    column("pace", Content::Number, "progress / expected, six decimals"),
    column("status", Content::Word(Words::Status), "How it stands on the day of the data"),
    column("flags", Content::List, "What a reader should know beside the status, joined by ;"),
    column("population", Content::Number, "What a count is out of, where that is not the target"),
    column("observations", Content::Count, "Observations on file, corrected ones and forecasts included"),
    URL,
];

const OBSERVATIONS: &[Column] = &[
    column("indicator", Content::Reference(Table::Indicators), "The indicator that is observed"),
    column("report", Content::Reference(Table::Reports), "The report that gives the figure"),
    column("unit", Content::Reference(Table::Units), "The unit that reports"),
    column("as_of", Content::Date, "Day that the figure is of"),
    column("value", Content::Number, "The figure as stated, or counted from stages or items"),
    column("qualifier", Content::Word(Words::Qualifier), "How exact the figure is"),
    column("stated_percent", Content::List, "Shares in hundredths that the source itself states, joined by ;"),
    column("corrects", Content::Reference(Table::Reports), "The report whose figure for this day it replaces"),
    column("corrected_by", Content::Reference(Table::Reports), "The report that replaced this figure"),
    SOURCE_TITLE,
    SOURCE_PUBLISHER,
    SOURCE_DATE,
    SOURCE_URL,
    column("quote", Content::Text, "The source's own words"),
    column("note", Content::Text, "Remark of the editors"),
    column("breakdown", Content::List, "Counts by stage (stage=count) or stages by item (item=stage), joined by ;"),
];

const REPORTS: &[Column] = &[
    column("id", Content::Id, "Id of the report"),
    column("title", Content::Name, "Its title"),
    column("unit", Content::Reference(Table::Units), "The unit that reports"),
    column("period", Content::Text, "Time that it reports on: 2021, 2021-H1, 2021-Q3, 2021-04 or 2021..2025"),
    column("published", Content::Date, "Day from which it is known"),
    SOURCE_TITLE,
    SOURCE_PUBLISHER,
    SOURCE_DATE,
    SOURCE_URL,
    column("observations", Content::Count, "How many observations it gives"),
    URL,
];

const UNITS: &[Column] = &[
    column("id", Content::Id, "Id of the unit"),
    column("name", Content::Name, "Its name"),
    column("level", Content::Name, "Id of its level"),
    column("parent", Content::Reference(Table::Units), "The unit that it belongs to"),
    column("code", Content::Text, "Official statistical code"),
    column("established", Content::Date, "Its first day"),
    column("dissolved", Content::Date, "The day it ended"),
    column("successors", Content::List, "Ids of the units that took its place, joined by ;"),
    INDICATOR_COUNT,
    ACHIEVED,
    ON_TRACK,
    BEHIND,
    OFF_TRACK,
    MISSED,
    UNREPORTED,
    NOT_ASSESSABLE,
    NO_DATA,
    TRACKED,
    URL,
];

const RESOLUTIONS: &[Column] = &[
    column("id", Content::Id, "Id of the document"),
    column("number", Content::Text, "Official number; not unique"),
    column("kind", Content::Word(Words::Kind), "What kind of document it is; statistics is no document"),
    column("title", Content::Name, "Official title"),
    column("issuer", Content::Reference(Table::Units), "The unit that issued it"),
    column("issued", Content::Text, "When it was issued, as precisely as is known: 2021-01-18, 2021-10 or 2021"),
    column("period_start", Content::Date, "First day of the time that it is for"),
    column("period_end", Content::Date, "Last day of the time that it is for"),
    column("implements", Content::List, "Ids of the documents that it carries out, joined by ;"),
    INDICATOR_COUNT,
    ACHIEVED,
    ON_TRACK,
    BEHIND,
    OFF_TRACK,
    MISSED,
    UNREPORTED,
    NOT_ASSESSABLE,
    NO_DATA,
    TRACKED,
    URL,
];

const COVERAGE: &[Column] = &[
    column("resolution", Content::Reference(Table::Resolutions), "The document that is to be carried out"),
    column("unit", Content::Reference(Table::Units), "A unit that is expected to issue a document of its own"),
    column("expected_by", Content::Date, "By when"),
    column("implemented_by", Content::Reference(Table::Resolutions), "The document by which it does"),
    column("issued", Content::Date, "When that was issued"),
    column(
        "state",
        Content::Word(Words::Coverage),
        "How that compares; missing is not on file, which is not never issued",
    ),
];

/// What the words of the `flags` column can be.
#[must_use]
pub fn flags() -> Vec<&'static str> {
    Flag::ALL.map(Flag::as_str).to_vec()
}
