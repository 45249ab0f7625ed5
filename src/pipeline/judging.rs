//! Reads, links and judges a site: every stage before rendering.
//!
//! Invariant: whoever judges a site again gets what a first time gives. What is remembered depends on nothing but the
//! text that it was read of; whatever looks at other files, as linking and judging do, is done anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use super::BuildOptions;
use super::texts::Faultless;
use crate::assess::{Assessment, assess};
use crate::check::Finding;
use crate::content::{self, Before, Content, Everything};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::history;
use crate::load::{self, Touched, load, load_again};
use crate::model::text::Language;
use crate::model::{self, Drafts, Register};
use crate::render::links::Links;
use crate::render::markdown::{self, LinkList};
use crate::source::{SourceId, SourceMap, Span};

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

/// Reads, links and judges a site: every stage before rendering.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn judge(options: &BuildOptions) -> Result<Judged, Error> {
    let mut diagnostics = Diagnostics::default();
    let sources = load(&options.root, &mut diagnostics)?;
    Ok(judge_loaded(options, sources, Faultless::default(), diagnostics).0)
}

/// Judges a site as [`judge`] does, of which the sources are loaded and some texts known; answers what is known of its
/// texts now.
pub(super) fn judge_loaded(
    options: &BuildOptions,
    sources: SourceMap,
    known: Faultless,
    mut diagnostics: Diagnostics,
) -> (Judged, Faultless) {
    let Faultless { files, links } = known;
    let mut bodies = Bodies::known(links, &sources);
    let read = Read::new(options, &sources, Before::Faultless(&files), &mut bodies, &mut diagnostics);
    let files = read.faultless.iter().copied().collect();
    let judged = read.judge(options, sources, &bodies, diagnostics);
    (judged, Faultless { files, links: bodies.into_links() })
}

/// What earlier runs read, so that the next one reads only what changed. A new one remembers nothing.
#[derive(Debug, Default)]
pub struct Memory {
    files: load::Shelf,
    entries: content::Shelf,
    bodies: Bodies,
    is_used: bool,
}

/// Judges a site as [`judge`] does, and says which files are new, changed or gone since the memory was last used; with
/// none of them there is nothing to judge. Only what may have been touched is looked at.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn judge_again(
    options: &BuildOptions,
    memory: &mut Memory,
    touched: &Touched,
) -> Result<(Vec<String>, Option<Judged>), Error> {
    let mut diagnostics = Diagnostics::default();
    let (sources, changed) = load_again(&options.root, &mut memory.files, touched, &mut diagnostics)?;
    if changed.is_empty() && memory.is_used {
        return Ok((changed, None));
    }
    memory.is_used = true;
    let Memory { entries, bodies, .. } = memory;
    let read = Read::new(options, &sources, Before::Shelf(entries), bodies, &mut diagnostics);
    Ok((changed, Some(read.judge(options, sources, bodies, diagnostics))))
}

/// Everything that the editors wrote, linked.
pub(super) struct Read {
    pub(super) register: Register,
    incomplete: BTreeSet<SourceId>,
    links: Links,
    /// Files that reading found nothing to say of.
    faultless: Vec<SourceId>,
}

impl Read {
    pub(super) fn new(
        options: &BuildOptions,
        sources: &SourceMap,
        before: Before<'_>,
        bodies: &mut Bodies,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Everything { content, bodies: places, faultless } = content::read_after(sources, before, diagnostics);
        let Content { mut register, incomplete } = content;
        let (links, ()) = rayon::join(|| Links::new(&register, sources), || bodies.read(places, sources));
        place_at(&mut register, options);
        register.history = history::read(&options.root, &register, sources, diagnostics);
        Self { register, incomplete, links, faultless }
    }

    /// Judges it and checks all bodies.
    fn judge(
        self,
        options: &BuildOptions,
        sources: SourceMap,
        bodies: &Bodies,
        mut diagnostics: Diagnostics,
    ) -> Judged {
        let Self { register, incomplete, links, .. } = self;
        let all = all_bodies(&register);
        let (as_of, as_of_origin) = as_of(options, &register.site);
        let judge = || {
            let assessment = assess(register.known_on(as_of, drafts(options)), as_of);
            let findings = crate::check::check(&assessment, &incomplete);
            (assessment, findings)
        };
        // Neither needs the other, and each has parts that only one thread can do.
        let (found, (assessment, findings)) = rayon::join(|| bodies.check(&all, &links, &sources), judge);
        diagnostics.append(found);
        diagnostics.append(crate::check::diagnostics(&findings));
        diagnostics.apply_levels(|code| assessment.register.site.check_level(code));
        Judged { sources, assessment, findings, as_of_origin, diagnostics }
    }

    /// Checks the links of every Markdown body, in every language, on the day and after it.
    pub(super) fn check_prose(&self, bodies: &Bodies, sources: &SourceMap) -> Diagnostics {
        bodies.check(&all_bodies(&self.register), &self.links, sources)
    }
}

/// What there is to check in every Markdown body, by the file that has it.
#[derive(Debug, Default)]
pub(super) struct Bodies(BTreeMap<SourceId, Body>);

#[derive(Debug)]
struct Body {
    text: Arc<str>,
    /// Where it stands; `None` where that follows from the text.
    place: Option<Span>,
    links: LinkList,
}

impl Bodies {
    /// Bodies of which only the links are known: they are where they were, in texts that are the same.
    fn known(links: BTreeMap<SourceId, LinkList>, sources: &SourceMap) -> Self {
        let body = |(file, links)| {
            let text = Arc::clone(&sources.file(file).text);
            (file, Body { text, place: None, links })
        };
        Self(links.into_iter().map(body).collect())
    }

    fn into_links(self) -> BTreeMap<SourceId, LinkList> {
        self.0.into_iter().map(|(file, body)| (file, body.links)).collect()
    }

    /// Reads the bodies at these places, but for those that are as they were; all others are forgotten.
    fn read(&mut self, places: Vec<Span>, sources: &SourceMap) {
        let mut known = |place: Span| {
            let body = self.0.remove(&place.file)?;
            let is_same = body.place.is_none_or(|known| known == place)
                && Arc::ptr_eq(&body.text, &sources.file(place.file).text);
            is_same.then_some(body.links)
        };
        let known: Vec<(Span, Option<LinkList>)> = places.into_iter().map(|place| (place, known(place))).collect();
        let read = known.into_par_iter().map(|(place, links)| {
            let links = links.unwrap_or_else(|| LinkList::read(sources.slice(place)));
            let text = Arc::clone(&sources.file(place.file).text);
            (place.file, Body { text, place: Some(place), links })
        });
        self.0 = read.collect::<Vec<_>>().into_iter().collect();
    }

    /// Checks bodies that were read.
    fn check(&self, bodies: &[(Language, Span)], links: &Links, sources: &SourceMap) -> Diagnostics {
        let found: Vec<Diagnostics> = (bodies.par_iter())
            .map(|(language, place)| {
                let mut found = Diagnostics::default();
                let list = &self.0.get(&place.file).expect("the bodies of all files were read").links;
                markdown::check_links(list, *place, *language, links, sources, &mut found);
                found
            })
            .collect();
        let mut diagnostics = Diagnostics::default();
        found.into_iter().for_each(|found| diagnostics.append(found));
        diagnostics
    }
}

/// Every Markdown body, with its language.
fn all_bodies(register: &Register) -> Vec<(Language, Span)> {
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let reports = register.reports.rows().iter().map(|row| &row.entry);
    let pages = register.pages.rows().iter().map(|row| &row.entry);
    units.chain(resolutions).chain(reports).chain(pages).flat_map(|entry| entry.prose.bodies()).collect()
}

/// Gives the site the public address that is asked for.
fn place_at(register: &mut Register, options: &BuildOptions) {
    if let Some(base_url) = &options.base_url {
        register.site.base_url = format!("{}/", base_url.trim_end_matches('/'));
    }
}

pub(super) fn drafts(options: &BuildOptions) -> Drafts {
    if options.drafts { Drafts::Include } else { Drafts::Exclude }
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
