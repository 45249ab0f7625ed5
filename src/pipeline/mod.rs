//! Runs the stages in order. Checks go on past an author's mistakes; only publishing stops.

pub mod authoring;
pub mod fixing;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::assess::changes::Changes;
use crate::assess::{Assessment, assess};
use crate::content::Before;
use crate::diagnostic::{Diagnostics, wording};
use crate::error::Error;
use crate::load::{MAX_BYTES, load};
use crate::model::site::Limits;
use crate::publish::{self, Claim, FileEntry, Publication, Recalled};
use crate::render;
use crate::source::SourceMap;

mod judging;
mod keeping;
mod making;
mod pages;
mod parts;
mod receipt;
mod texts;
mod verifying;

pub use crate::load::Touched;
pub use crate::publish::{Deviation, Fault};
pub use judging::{AsOfOrigin, Judged, Memory, judge, judge_again};
use judging::{Bodies, Read, drafts, judge_loaded};
pub(crate) use making::name_files;
use making::{Destination, Past, listed, make};
use pages::KnownPages;
use texts::{Digests, KnownTexts};
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
        let (sources, recalled) =
            rayon::join(|| load(&options.root, &mut diagnostics), || publish::recall(&output, &options.root));
        let (sources, program, recalled) = (sources?, receipt::program(), recalled.map(Arc::new));
        if let Some(recalled) = recalled.as_ref().filter(|_| options.jobs.is_none()) {
            recalled.look_ahead();
        }
        let digests = Digests::of(&sources);
        let key = program.as_ref().and_then(|one| receipt::key(options, one, &sources, &digests, &diagnostics));
        if let (Some(recalled), Some(key)) = (&recalled, key)
            && let Some((summary, diagnostics)) = receipt::find(recalled, options, &output, key)
        {
            return Ok(BuildReport { sources, diagnostics, summary: Some(summary) });
        }
        let memory = recalled.as_deref().map(Recalled::memory).unwrap_or_default();
        let (texts, pages) = receipt::remembered(memory, program.as_deref().unwrap_or_default());
        // The next one will be much like it.
        let size = memory.len() + memory.len() / 16;
        let faultless = texts.find(&sources, &digests);
        let ((judged, faultless), pages) =
            rayon::join(|| judge_loaded(options, sources, faultless, diagnostics), || KnownPages::read(pages));
        let begin = || {
            let publication = Publication::begin_again(&output, &options.root, recalled)?;
            Ok(Destination::Publication(Box::new(publication)))
        };
        let past = program.as_deref().map(|program| Past { program, pages });
        make(judged, past, progress, begin, |made, summary| {
            let Destination::Publication(publication) = made.destination else { return Ok(()) };
            let site = &made.assessment.register.site;
            let manifest = |files: &[FileEntry]| made.site.manifest(&listed(files));
            let claim = || {
                // What git says is not in the key, so a site that shows it is made each time.
                let key = key.filter(|_| site.history.is_none())?;
                let note = receipt::note(summary, site.timezone, made.diagnostics);
                let texts = KnownTexts::new(made.sources, &digests, &faultless);
                let pages = made.news.map(|news| news.into_known(&made.site)).unwrap_or_default();
                let memory = receipt::memory(program.as_deref()?, &texts, &pages, size);
                Some(Claim { key, note, memory })
            };
            let outcome = publication.finish_and_leave(manifest, claim)?;
            (summary.files, summary.written) = (outcome.files, outcome.written);
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
        // On a thread of the pool, whose parts come before all that is done ahead.
        None => rayon::join(run, || ()).0,
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
            pool.expect("threads can be started").install(run)
        }
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
    let mut diagnostics = Diagnostics::default();
    let sources = load(&options.root, &mut diagnostics)?;
    let mut bodies = Bodies::default();
    let read = Read::new(options, &sources, Before::Nothing, &mut bodies, &mut diagnostics);
    diagnostics.append(read.check_prose(&bodies, &sources));
    let register = read.register;
    diagnostics.apply_levels(|code| register.site.check_level(code));
    let earlier = assess(register.clone().known_on(from, drafts(options)), from);
    let later = assess(register.known_on(to, drafts(options)), to);
    let changes = Changes::between(&earlier, &later);
    Ok(Difference { sources, diagnostics, earlier, later, changes })
}
