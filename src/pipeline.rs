//! Runs the stages in order. Checks go on past an author's mistakes; only publishing stops.

pub mod authoring;
pub mod fixing;

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use crate::assess::changes::Changes;
use crate::assess::{Assessment, assess};
use crate::check::Finding;
use crate::content::{self, Content};
use crate::diagnostic::{Diagnostics, wording};
use crate::error::Error;
use crate::history;
use crate::load::{MAX_BYTES, load};
use crate::model::site::Limits;
use crate::model::text::Language;
use crate::model::{self, Drafts, Register};
use crate::publish::Publication;
use crate::render::links::Links;
use crate::render::{self, markdown};
use crate::source::{SourceId, SourceMap, Span};

mod again;
mod making;
mod pages;
mod receipt;
mod verifying;

pub use crate::load::Touched;
pub use crate::publish::{Deviation, Fault};
pub use again::{Memory, judge_again};
pub(crate) use making::name_files;
use making::{Destination, listed, make};
pub use verifying::{Published, Verification, verify};

/// What is read of a file is what a site may ask for at most.
const _: () = assert!(MAX_BYTES == (Limits::MOST.file_kib as u64) << 10);

/// The site's own file.
const SITE: &str = "content/site.yaml";

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
    /// The manifest of the copy that is verified.
    Manifest,
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

/// What a run came to.
#[derive(Debug)]
pub struct BuildReport {
    /// What was read; diagnostics point into it.
    pub sources: SourceMap,
    /// All mistakes found.
    pub diagnostics: Diagnostics,
    /// What was published or, by [`check`], would have been; `None` where errors forbid it.
    pub summary: Option<Summary>,
}

/// What a site consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many HTML pages.
    pub pages: usize,
    /// How many charts stand in files of their own.
    pub charts: usize,
    /// How many files in all, the manifest included.
    pub files: usize,
    /// How many of them are new or changed.
    pub written: usize,
    /// How many routes were rendered; the files of the others are the former site's.
    pub rendered: usize,
    /// How many cards were drawn; the others are the former site's.
    pub drawn: usize,
    /// The day that the site speaks of.
    pub as_of: NaiveDate,
    /// Where that day came from.
    pub as_of_origin: AsOfOrigin,
}

/// Builds a site and puts it in the place of the former one; with errors among the diagnostics, nothing changes.
///
/// `progress` is told how many routes of how many are done, from several threads.
///
/// # Errors
/// Where the world does not let the sources be read or the site be written.
pub fn build(options: &BuildOptions, progress: Progress<'_>) -> Result<BuildReport, Error> {
    with_jobs(options.jobs, || {
        let output = options.output.clone().unwrap_or_else(|| options.root.join("output"));
        let mut diagnostics = Diagnostics::default();
        let sources = load(&options.root, &mut diagnostics)?;
        let key = receipt::key(options, &sources, &diagnostics);
        if let Some((summary, diagnostics)) = key.and_then(|key| receipt::find(options, &output, &key)) {
            return Ok(BuildReport { sources, diagnostics, summary: Some(summary) });
        }
        let judged = judge_read(options, read_sources(options, sources, diagnostics));
        let begin = || Publication::begin(&output, &options.root).map(Box::new).map(Destination::Publication);
        let program = receipt::program();
        make(judged, program.as_deref(), progress, begin, |made, summary| {
            if let Destination::Publication(mut publication) = made.destination {
                let site = &made.assessment.register.site;
                // What git says is not in the key, so a site that shows it is made each time.
                if let Some(key) = key.filter(|_| site.history.is_none()) {
                    let timezone = site.timezone;
                    let note = receipt::note(summary, timezone, made.diagnostics);
                    publication.leave_receipt(key, note, made.known.bytes());
                }
                let outcome = publication.finish(|files| made.site.manifest(&listed(files)))?;
                (summary.files, summary.written) = (outcome.files, outcome.written);
            }
            Ok(())
        })
    })
}

/// Checks everything that [`build`] checks, and writes nothing.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn check(options: &BuildOptions, progress: Progress<'_>) -> Result<BuildReport, Error> {
    with_jobs(options.jobs, || make(judge(options)?, None, progress, || Ok(Destination::Nowhere), |_, _| Ok(())))
}

/// Told how many routes of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

fn with_jobs<T: Send>(jobs: Option<usize>, run: impl FnOnce() -> T + Send) -> T {
    match jobs {
        None => run(),
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
            pool.expect("threads can be started").install(run)
        }
    }
}

/// Reads, links and judges a site: every stage before rendering.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn judge(options: &BuildOptions) -> Result<Judged, Error> {
    Ok(judge_read(options, read(options)?))
}

fn judge_read(options: &BuildOptions, read: Read) -> Judged {
    let Read { sources, register, incomplete, diagnostics } = read;
    Verdict::new(options, register, &incomplete).with(sources, diagnostics)
}

/// What judging adds to what was read.
struct Verdict {
    assessment: Assessment,
    findings: Vec<Finding>,
    as_of_origin: AsOfOrigin,
}

impl Verdict {
    fn new(options: &BuildOptions, register: Register, incomplete: &BTreeSet<SourceId>) -> Self {
        let (as_of, as_of_origin) = as_of(options, &register.site);
        let assessment = assess(register.known_on(as_of, drafts(options)), as_of);
        let findings = crate::check::check(&assessment, incomplete);
        Self { assessment, findings, as_of_origin }
    }

    /// Adds what it rests on; the diagnostics are those of reading.
    fn with(self, sources: SourceMap, mut diagnostics: Diagnostics) -> Judged {
        let Self { assessment, findings, as_of_origin } = self;
        diagnostics.append(crate::check::diagnostics(&findings));
        diagnostics.apply_levels(|code| assessment.register.site.check_level(code));
        Judged { sources, assessment, findings, as_of_origin, diagnostics }
    }
}

/// What two days of a site differ in.
#[derive(Debug)]
pub struct Difference {
    /// What was read; diagnostics point into it.
    pub sources: SourceMap,
    /// Mistakes in the form; with errors among them the comparison says little.
    pub diagnostics: Diagnostics,
    /// The site on the earlier day.
    pub earlier: Assessment,
    /// The site on the later day.
    pub later: Assessment,
    /// What is known on the later day and was not on the earlier one.
    pub changes: Changes,
}

impl Difference {
    /// The changes as a list that people read, in a language of the program's own messages.
    #[must_use]
    pub fn to_text(&self, language: wording::Language) -> String {
        render::diff::human(&self.earlier, &self.later, &self.changes, language)
    }

    /// The changes as one JSON object on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        render::diff::json(&self.earlier, &self.later, &self.changes)
    }
}

/// Judges a site on two days and compares them.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn diff(options: &BuildOptions, from: NaiveDate, to: NaiveDate) -> Result<Difference, Error> {
    let Read { sources, register, mut diagnostics, .. } = read(options)?;
    diagnostics.apply_levels(|code| register.site.check_level(code));
    let earlier = assess(register.clone().known_on(from, drafts(options)), from);
    let later = assess(register.known_on(to, drafts(options)), to);
    let changes = Changes::between(&earlier, &later);
    Ok(Difference { sources, diagnostics, earlier, later, changes })
}

/// Everything that the editors wrote, linked and checked for its form.
struct Read {
    sources: SourceMap,
    register: Register,
    incomplete: BTreeSet<SourceId>,
    diagnostics: Diagnostics,
}

fn read(options: &BuildOptions) -> Result<Read, Error> {
    let mut diagnostics = Diagnostics::default();
    let sources = load(&options.root, &mut diagnostics)?;
    Ok(read_sources(options, sources, diagnostics))
}

fn read_sources(options: &BuildOptions, sources: SourceMap, mut diagnostics: Diagnostics) -> Read {
    let mut content = content::read(&sources, &mut diagnostics);
    check_prose(&content.register, &sources, &mut diagnostics);
    content.register.history = history::read(&options.root, &content.register, &sources, &mut diagnostics);
    Read::new(options, sources, content, diagnostics)
}

impl Read {
    fn new(options: &BuildOptions, sources: SourceMap, content: Content, diagnostics: Diagnostics) -> Self {
        let Content { mut register, incomplete } = content;
        place_at(&mut register, options);
        Self { sources, register, incomplete, diagnostics }
    }
}

/// Gives the site the public address that is asked for.
fn place_at(register: &mut Register, options: &BuildOptions) {
    if let Some(base_url) = &options.base_url {
        register.site.base_url = format!("{}/", base_url.trim_end_matches('/'));
    }
}

fn drafts(options: &BuildOptions) -> Drafts {
    if options.drafts { Drafts::Include } else { Drafts::Exclude }
}

/// Checks the links of every Markdown body, in every language, on the day and after it.
fn check_prose(register: &Register, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let links = Links::new(register, sources);
    let found: Vec<Diagnostics> = bodies(register)
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

/// Every Markdown body, with its language.
fn bodies(register: &Register) -> Vec<(Language, Span)> {
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let reports = register.reports.rows().iter().map(|row| &row.entry);
    let pages = register.pages.rows().iter().map(|row| &row.entry);
    units.chain(resolutions).chain(reports).chain(pages).flat_map(|entry| entry.prose.bodies()).collect()
}

/// The day that the site speaks of: as asked, else as the site says, else the reproducible clock, else today there.
fn as_of(options: &BuildOptions, site: &model::site::Site) -> (NaiveDate, AsOfOrigin) {
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
