//! Turns two tables, of indicators and of observations, into the content files of a site.
//!
//! Invariants: nothing is written here. A cell that cannot be understood is a mistake at its place in the table, all of
//! them in one run; a figure means in the content what it meant in the table. What the tables do not say is left out.

mod cells;
mod columns;
mod content;
mod milestones;
mod rows;
mod stages;
mod table;
mod yaml;

pub use columns::{Column, INDICATORS, OBSERVATIONS};

use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Language;
use crate::source::{SourceId, SourceMap};

/// What is known of the site that the content goes into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Site {
    /// There is none: one is made, whose levels and fields are taken from the tables.
    New,
    /// There is one, with these units.
    Existing {
        /// The ids of its units.
        units: Vec<String>,
    },
}

/// The content files that the tables come to, by path below the root.
#[must_use]
pub fn import(
    sources: &SourceMap,
    indicators: SourceId,
    observations: SourceId,
    site: &Site,
    language: Language,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let name = |file| sources.file(file).path.rsplit('/').next().unwrap_or_default();
    let names = content::Names { indicators: name(indicators), observations: name(observations) };
    let indicators = rows::indicators(sources, indicators, diagnostics);
    let observations = rows::observations(sources, observations, &indicators, diagnostics);
    content::files(&indicators, &observations, site, names, language, diagnostics)
}
