//! Makes every file of a site and hands it to where it goes.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::pages::{KnownPages, Rested};
use super::{BuildReport, Judged, Progress, SITE, Summary};
use crate::assess::Assessment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::model::{Register, trace};
use crate::output::{Registry, SitePath};
use crate::publish::{self, Publication, PublishedCopy};
use crate::render::card::Card;
use crate::render::data::ManifestFile;
use crate::render::facts::Facts;
use crate::render::{self, Site, render};
use crate::route::{Route, Target};
use crate::source::{SourceMap, Span};

/// How many routes a thread takes at once: so few that none has much left to do when the others are done.
const PART: usize = 16;

/// Where the files of a site go as they are made.
pub(super) enum Destination {
    /// Nowhere: only their mistakes count.
    Nowhere,
    Publication(Box<Publication>),
    /// They are held against a copy.
    Copy(PublishedCopy),
}

impl Destination {
    fn take(&self, path: &str, content: publish::Content<'_>) -> Result<(), Error> {
        let path = || site_path(path);
        match self {
            Self::Nowhere => Ok(()),
            Self::Publication(publication) => publication.write(&path(), content),
            Self::Copy(copy) => copy.compare(&path(), content),
        }
    }
}

/// A card that counts how often it is drawn.
#[derive(Debug)]
struct Counted<'a> {
    card: Card,
    drawn: &'a AtomicUsize,
}

impl publish::Drawing for Counted<'_> {
    fn is_drawn_in(&self, file: &[u8]) -> bool {
        self.card.is_drawn_in(file)
    }

    fn draw(&self) -> Vec<u8> {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        self.card.draw()
    }
}

/// A site whose files are all made.
pub(super) struct Made<'a> {
    pub(super) site: Site<'a>,
    pub(super) assessment: &'a Assessment,
    pub(super) diagnostics: &'a Diagnostics,
    pub(super) destination: Destination,
    /// What its pages rest on, for the next build.
    pub(super) known: KnownPages,
}

/// Makes every file of a site and hands it to the destination that `begin` gives; `finish` comes when all are there.
///
/// Where `program` tells the program from others, files that the destination has from an earlier build are kept as long
/// as what they rest on did not change. With errors among the diagnostics there is no destination, or it is never
/// finished.
pub(super) fn make(
    judged: Judged,
    program: Option<&str>,
    progress: Progress<'_>,
    begin: impl FnOnce() -> Result<Destination, Error> + Send,
    finish: impl FnOnce(Made<'_>, &mut Summary) -> Result<(), Error>,
) -> Result<BuildReport, Error> {
    let Judged { sources, assessment, findings, as_of_origin, mut diagnostics } = judged;
    let site = Site::new(&sources, &assessment, &findings, &mut diagnostics);
    let routes = site.routes();
    let is_sound = !diagnostics.has_errors();
    // What git says is no fact of the content.
    let program = program.filter(|_| assessment.register.site.history.is_none());
    let begin = || is_sound.then(|| begin().map(|destination| (KnownPages::of(&destination), destination)));
    let facts = || program.filter(|_| is_sound).map(|program| Facts::new(&site, program));
    let name = || name_routes(&site, &sources, &assessment, &mut diagnostics);
    // None of these needs another, and each has parts that only one thread can do.
    let ((), (registry, (begun, facts))) =
        rayon::join(|| site.prepare(), || rayon::join(name, || rayon::join(begin, facts)));
    if let Some(registry) = registry {
        name_shared(registry, &site, &assessment, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        return Ok(BuildReport { sources, diagnostics, summary: None });
    }
    let (known, destination) = begun.expect("a site without errors so far was begun")?;
    let earlier = facts.and_then(|facts| Earlier::new(&assessment.register, &destination, known, facts));
    let (done, rendered, drawn) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let made: Vec<(Diagnostics, Option<(String, Rested)>)> = routes
        .par_iter()
        .with_max_len(PART)
        .map(|route| {
            let rested = earlier.as_ref().and_then(|earlier| earlier.keep(route));
            let made = match rested {
                Some(rested) => (Diagnostics::default(), Some(rested)),
                None => {
                    rendered.fetch_add(1, Ordering::Relaxed);
                    let (found, noted) = trace::listen(|| make_one(&site, route, &destination, &drawn));
                    let found = found?;
                    let rested = earlier.as_ref().filter(|_| found.count_all() == 0);
                    let rested = rested.and_then(|earlier| Rested::new(&noted, &earlier.facts));
                    (found, rested.map(|rested| (route.address(&assessment.register), rested)))
                }
            };
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
            Ok(made)
        })
        .collect::<Result<_, Error>>()?;
    let (found, rested): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    for found in found {
        diagnostics.append(found);
    }
    for (path, bytes) in site.assets() {
        destination.take(path, publish::Content::Bytes(bytes.into()))?;
    }
    for file in &assessment.register.files {
        destination.take(&file.output, publish::Content::CopyOf(file.source.as_str().into()))?;
    }
    if diagnostics.has_errors() {
        return Ok(BuildReport { sources, diagnostics, summary: None });
    }
    let (pages, charts) = count(routes);
    let mut summary = Summary {
        pages,
        charts,
        files: 0,
        written: 0,
        rendered: rendered.into_inner(),
        drawn: drawn.into_inner(),
        as_of: assessment.as_of,
        as_of_origin,
    };
    let known = rested.into_iter().flatten().collect();
    drop(earlier);
    finish(Made { site, assessment: &assessment, diagnostics: &diagnostics, destination, known }, &mut summary)?;
    // Freeing what was known of a large site takes time that nobody need wait for.
    rayon::spawn(move || drop(assessment));
    Ok(BuildReport { sources, diagnostics, summary: Some(summary) })
}

/// What an earlier build knew of its pages, and what is so now.
struct Earlier<'a> {
    register: &'a Register,
    publication: &'a Publication,
    facts: Facts<'a>,
    known: KnownPages,
}

impl<'a> Earlier<'a> {
    /// `None` where nothing is kept from one build to the next.
    fn new(register: &'a Register, destination: &'a Destination, known: KnownPages, facts: Facts<'a>) -> Option<Self> {
        let Destination::Publication(publication) = destination else { return None };
        Some(Self { register, publication, facts, known })
    }

    /// Keeps the files of a route, if they rest on what they rested on and are as they were left.
    fn keep(&self, route: &Route) -> Option<(String, Rested)> {
        let address = route.address(self.register);
        let rested = self.known.find(&address).filter(|rested| rested.holds(&self.facts))?;
        let paths: Vec<SitePath> = route.files(self.register).iter().map(|path| site_path(path)).collect();
        self.publication.keep(&paths).then(|| (address, rested.clone()))
    }
}

/// Renders a route and hands its files on.
fn make_one(
    site: &Site<'_>,
    route: &Route,
    destination: &Destination,
    drawn: &AtomicUsize,
) -> Result<Diagnostics, Error> {
    let (files, found) = render(site, route);
    for (path, bytes) in files {
        destination.take(&path, publish::Content::Bytes(bytes.into()))?;
    }
    if let Some((path, card)) = render::card(site, route) {
        destination.take(&path, publish::Content::Drawn(&Counted { card, drawn }))?;
    }
    Ok(found)
}

fn site_path(path: &str) -> SitePath {
    SitePath::new(path).expect("paths were checked")
}

/// Names every file of the site before any is rendered; paths that collide are reported.
pub(crate) fn name_files(site: &Site<'_>, sources: &SourceMap, assessment: &Assessment, diagnostics: &mut Diagnostics) {
    if let Some(registry) = name_routes(site, sources, assessment, diagnostics) {
        name_shared(registry, site, assessment, diagnostics);
    }
}

/// Names the files of all routes; `None` where there are more pages than the site may have.
fn name_routes(
    site: &Site<'_>,
    sources: &SourceMap,
    assessment: &Assessment,
    diagnostics: &mut Diagnostics,
) -> Option<Registry> {
    let register = &assessment.register;
    let site_file = sources.find(SITE).expect("reading names the file even where it is missing");
    let pages = site.routes().iter().filter(|route| route.is_page()).count();
    if pages > register.site.limits.pages as usize {
        let diagnostic = Diagnostic::new(Code::TooLarge, sources.first_line(site_file)).worded("too-large.pages");
        diagnostics.push(diagnostic.with("pages", pages).with("limit", register.site.limits.pages));
        return None;
    }
    let mut registry = Registry::new(sources.first_line(site_file));
    registry.insert(publish::MANIFEST, None, diagnostics);
    for route in site.routes() {
        for path in route.files(register) {
            registry.insert(path, route.origin(register), diagnostics);
        }
    }
    Some(registry)
}

/// Names the files that pages share and those that are copied. The files of the search index are named after their
/// content.
fn name_shared(mut registry: Registry, site: &Site<'_>, assessment: &Assessment, diagnostics: &mut Diagnostics) {
    for (path, _) in site.assets() {
        registry.insert(path, None, diagnostics);
    }
    for file in &assessment.register.files {
        registry.insert(file.output.as_str(), Span::new(file.file, 0, 0), diagnostics);
    }
}

/// How many pages and charts the routes give.
fn count(routes: &[Route]) -> (usize, usize) {
    let charts = routes.iter().filter(|route| matches!(route.target, Target::Indicator(_))).count();
    (routes.iter().filter(|route| route.is_page()).count(), charts)
}

pub(super) fn listed(files: &[publish::FileEntry]) -> Vec<ManifestFile> {
    let listed = |file: &publish::FileEntry| ManifestFile {
        path: file.path.as_str().to_owned(),
        size: file.size,
        sha256: file.sha256_hex(),
    };
    files.iter().map(listed).collect()
}
