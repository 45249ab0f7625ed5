//! Runs the stages in order. Checks go on past an author's mistakes; only publishing stops.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use crate::assess::{Assessment, assess};
use crate::check::{self, Finding};
use crate::content::{self, Content};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::load::load;
use crate::model::site::Site;
use crate::model::text::{Entry, Language};
use crate::model::{Drafts, Register};
use crate::render::links::Links;
use crate::render::markdown;
use crate::source::{SourceMap, Span};

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The folder that holds `content/` and `themes/`.
    pub root: PathBuf,
    /// Where the site goes; by default `output` below the root.
    pub output: Option<PathBuf>,
    /// The public address, in place of the site's own.
    pub base_url: Option<String>,
    /// The day that the site speaks of.
    pub as_of: Option<NaiveDate>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// How many threads work; by default one a core.
    pub jobs: Option<usize>,
}

/// Where the day of a build came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOfOrigin {
    /// `--as-of`
    Option,
    /// `site.yaml`
    Site,
    /// `SOURCE_DATE_EPOCH`
    SourceDateEpoch,
    /// The clock, in the site's time zone.
    Today,
}

/// Everything known before a page is rendered.
#[derive(Debug)]
pub struct Judged {
    /// What was read.
    pub sources: SourceMap,
    /// What is known on the day, judged.
    pub assessment: Assessment,
    /// What the checks on the figures found.
    pub findings: Vec<Finding>,
    /// Where the day came from.
    pub as_of_origin: AsOfOrigin,
    /// All mistakes found so far.
    pub diagnostics: Diagnostics,
}

/// Reads, links and judges a site: every stage before rendering.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn judge(options: &BuildOptions) -> Result<Judged, Error> {
    let mut diagnostics = Diagnostics::default();
    let sources = load(&options.root, &mut diagnostics)?;
    let Content { mut register, incomplete } = content::read(&sources, &mut diagnostics);
    check_prose(&register, &sources, &mut diagnostics);
    if let Some(base_url) = &options.base_url {
        register.site.base_url = format!("{}/", base_url.trim_end_matches('/'));
    }
    let (as_of, as_of_origin) = as_of(options, &register.site);
    let drafts = if options.drafts { Drafts::Include } else { Drafts::Exclude };
    let assessment = assess(register.known_on(as_of, drafts), as_of);
    let findings = check::check(&assessment, &incomplete);
    diagnostics.append(check::diagnostics(&findings));
    diagnostics.apply_levels(|code| assessment.register.site.check_level(code));
    Ok(Judged { sources, assessment, findings, as_of_origin, diagnostics })
}

/// Checks the links of every Markdown body, in every language, on the day and after it.
fn check_prose(register: &Register, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let links = Links::new(register, sources);
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let reports = register.reports.rows().iter().map(|row| &row.entry);
    let pages = register.pages.rows().iter().map(|row| &row.entry);
    let bodies: Vec<(Language, Span)> = units.chain(resolutions).chain(reports).chain(pages).flat_map(bodies).collect();
    let found: Vec<Diagnostics> = bodies
        .into_par_iter()
        .map(|(language, body)| {
            let mut found = Diagnostics::default();
            markdown::check(body, language, &links, sources, &mut found);
            found
        })
        .collect();
    for found in found {
        diagnostics.append(found);
    }
}

fn bodies(entry: &Entry) -> impl Iterator<Item = (Language, Span)> {
    let translations = entry.prose.translations.iter().map(|(language, body)| (*language, *body));
    [(Language::DEFAULT, entry.prose.original)].into_iter().chain(translations)
}

/// The day that the site speaks of: as asked, else as the site says, else the reproducible clock, else today there.
fn as_of(options: &BuildOptions, site: &Site) -> (NaiveDate, AsOfOrigin) {
    if let Some(day) = options.as_of {
        return (day, AsOfOrigin::Option);
    }
    if let Some(day) = site.as_of {
        return (day, AsOfOrigin::Site);
    }
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let local = |instant: DateTime<Utc>| instant.with_timezone(&site.timezone).date_naive();
    match epoch.and_then(|seconds| DateTime::from_timestamp(seconds, 0)) {
        Some(instant) => (local(instant), AsOfOrigin::SourceDateEpoch),
        None => (local(Utc::now()), AsOfOrigin::Today),
    }
}
