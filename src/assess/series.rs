//! How the observations of an indicator become one line of figures: corrections, forecasts, merges and conflicts.

use chrono::NaiveDate;

use super::index::ObservationKey;
use crate::model::quantity::Quantity;
use crate::model::report::{Qualifier, ReportKey};

/// One figure of an indicator.
#[derive(Debug, Clone)]
pub struct Point {
    /// The observation that gives it.
    pub observation: ObservationKey,
    /// Further observations that give the same figure for the same day.
    pub also: Vec<ObservationKey>,
    /// The day that it is of.
    pub as_of: NaiveDate,
    /// The figure: as stated, or counted from stages or items.
    pub value: Quantity,
    /// How exact it is.
    pub qualifier: Qualifier,
    /// Whether it counts.
    pub standing: Standing,
}

/// Whether a figure counts, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counted,
    /// Its day lies after its publication: shown, never judged.
    Forecast,
    /// A later report replaced it.
    Corrected {
        /// The report that did.
        by: ReportKey,
    },
    /// Another report, published later, gives another figure for the same day.
    Superseded {
        /// That report.
        by: ReportKey,
    },
}
