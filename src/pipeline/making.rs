//! Makes every file of a site and hands it to where it goes.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::keeping::{Earlier, News};
use super::pages::{KnownPages, KnownPart, KnownRoute};
use super::{BuildReport, Judged, Progress, SITE, Summary};
use crate::assess::Assessment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::{Digest, digest};
use crate::error::Error;
use crate::model::text::Language;
use crate::model::{File, trace};
use crate::output::{Registry, SitePath};
use crate::publish::{self, Publication, PublishedCopy};
use crate::render::card::Card;
use crate::render::data::ManifestFile;
use crate::render::facts::Facts;
use crate::render::{self, Need, Site, render};
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

/// What is known of earlier builds.
pub(super) struct Past<'a> {
    /// Tells the program from all others.
    pub(super) program: &'a str,
    /// What the last build of the same program knew of its pages.
    pub(super) pages: KnownPages,
}

/// A site whose files are all made.
pub(super) struct Made<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) site: Site<'a>,
    pub(super) assessment: &'a Assessment,
    pub(super) diagnostics: &'a Diagnostics,
    pub(super) destination: Destination,
    /// What there is to tell the next build, where something is kept from one to the next.
    pub(super) news: Option<News<'a>>,
}

/// Makes every file of a site and hands it to the destination that `begin` gives; `finish` comes when all are there.
///
/// Of a site with a past, files that the destination has from an earlier build are kept as long as what they rest on did
/// not change. With errors among the diagnostics there is no destination, or it is never finished.
pub(super) fn make(
    judged: Judged,
    past: Option<Past<'_>>,
    progress: Progress<'_>,
    begin: impl FnOnce() -> Result<Destination, Error> + Send,
    finish: impl FnOnce(Made<'_>, &mut Summary) -> Result<(), Error>,
) -> Result<BuildReport, Error> {
    let Judged { sources, assessment, findings, as_of_origin, mut diagnostics } = judged;
    let site = Site::new(&sources, &assessment, &findings, &mut diagnostics);
    let routes = site.routes();
    let is_sound = !diagnostics.has_errors();
    // What git says is no fact of the content.
    let past = past.filter(|_| assessment.register.site.history.is_none());
    let begin = || is_sound.then(begin);
    let facts = || past.as_ref().filter(|_| is_sound).map(|past| Facts::new(&site, past.program));
    let name = || {
        let names = past.as_ref().map(|_| names(&site));
        // The same names were named before, without an error.
        if names.is_none() || names != past.as_ref().and_then(|past| past.pages.names()) {
            name_files(&site, &sources, &assessment, &mut diagnostics);
        }
        names
    };
    // None of these needs another, and each has parts that only one thread can do.
    let (names, (begun, facts)) = rayon::join(name, || rayon::join(begin, facts));
    if diagnostics.has_errors() {
        return Ok(BuildReport { sources, diagnostics, summary: None });
    }
    let destination = begun.expect("a site without errors so far was begun")?;
    let pages = past.map(|past| past.pages).unwrap_or_default();
    let earlier = facts.and_then(|facts| Earlier::new(&site, &destination, pages, facts));
    let done = AtomicUsize::new(0);
    let count = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
    let mut kept = earlier.as_ref().map(|earlier| earlier.keep(count)).unwrap_or_default();
    let (rendered, drawn) =
        make_routes(&site, &destination, earlier.as_ref(), &mut kept.routes, count, &mut diagnostics)?;
    let mut languages = site.languages();
    languages.retain(|language| !kept.indexes.contains_key(language));
    hand_on_shared(&site, &sources, &destination, &languages, &kept.search_files(), &mut diagnostics)?;
    if diagnostics.has_errors() {
        return Ok(BuildReport { sources, diagnostics, summary: None });
    }
    let (pages, charts) = pages_and_charts(routes);
    let mut summary =
        Summary { pages, charts, files: 0, written: 0, rendered, drawn, as_of: assessment.as_of, as_of_origin };
    let news = earlier.map(|earlier| earlier.into_news(names, kept, languages));
    finish(
        Made { sources: &sources, site, assessment: &assessment, diagnostics: &diagnostics, destination, news },
        &mut summary,
    )?;
    // Freeing what was known of a large site takes time that nobody need wait for.
    rayon::spawn(move || drop(assessment));
    Ok(BuildReport { sources, diagnostics, summary: Some(summary) })
}

/// Makes the routes that were not kept and notes what they rest on, as far as an earlier build is gone on from; answers
/// how many, and how many cards were drawn. `each` is called for every route, from several threads.
fn make_routes(
    site: &Site<'_>,
    destination: &Destination,
    earlier: Option<&Earlier<'_, '_>>,
    kept: &mut Vec<Option<(String, KnownRoute)>>,
    each: impl Fn() + Sync,
    diagnostics: &mut Diagnostics,
) -> Result<(usize, usize), Error> {
    let (routes, drawn) = (site.routes(), AtomicUsize::new(0));
    kept.resize(routes.len(), None);
    let make = |place: &usize| {
        let route = &routes[*place];
        let (made, noted) = trace::listen(|| make_one(site, *place, destination, earlier, &drawn));
        let (found, parts) = made?;
        let rested = earlier.filter(|_| found.count_all() == 0).and_then(|earlier| earlier.rested(&noted));
        each();
        Ok((*place, found, rested.map(|rested| (route.address(site.register()), KnownRoute { rested, parts }))))
    };
    let make_all = |places: &[usize]| places.par_iter().with_max_len(PART).map(make).collect::<Result<Vec<_>, Error>>();

    let needs = |place: &usize| Need::of(&routes[*place]);
    let to_make = (0..routes.len()).filter(|place| kept[*place].is_none());
    let (ready, waiting): (Vec<usize>, Vec<usize>) = to_make.partition(|place| needs(place).is_empty());
    let needs: BTreeSet<Need> = waiting.iter().flat_map(needs).collect();
    // Parts of what the waiting pages need are for one thread alone; meanwhile the other renders.
    let prepare = || needs.into_par_iter().for_each(|need| site.prepare(need));
    let (made, ()) = rayon::join(|| make_all(&ready), prepare);
    let mut made = made?;
    made.extend(make_all(&waiting)?);
    made.sort_unstable_by_key(|(place, ..)| *place);
    let rendered = made.len();
    for (place, found, known) in made {
        diagnostics.append(found);
        kept[place] = known;
    }
    Ok((rendered, drawn.into_inner()))
}

/// Hands on the files that pages share: those of the theme, what search loads in these languages, and what is copied.
/// What search loads in the others was kept.
fn hand_on_shared(
    site: &Site<'_>,
    sources: &SourceMap,
    destination: &Destination,
    languages: &[Language],
    kept: &BTreeSet<&str>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let copied = &site.register().files;
    let searched = site.search_files(languages);
    name_search(searched.keys().chain(kept).copied(), sources, copied, diagnostics);
    // Two languages may share a file.
    let searched = searched.into_iter().filter(|(path, _)| !kept.contains(path));
    let files: Vec<(&str, &[u8])> = site.theme_files().into_iter().chain(searched).collect();
    files
        .into_par_iter()
        .try_for_each(|(path, bytes)| destination.take(path, publish::Content::Bytes(bytes.into())))?;
    for file in copied {
        destination.take(&file.output, publish::Content::CopyOf(file.source.as_str().into()))?;
    }
    Ok(())
}

/// Renders the route at a place and hands its files on; answers what went wrong, and the parts of a file that is made of
/// parts.
fn make_one(
    site: &Site<'_>,
    place: usize,
    destination: &Destination,
    earlier: Option<&Earlier<'_, '_>>,
    drawn: &AtomicUsize,
) -> Result<(Diagnostics, Vec<KnownPart>), Error> {
    let route = &site.routes()[place];
    if let Some((earlier, (path, file))) = earlier.zip(render::in_parts(site, route)) {
        let (bytes, parts) = earlier.make_parts(&path, place, &file);
        destination.take(&path, publish::Content::Bytes(bytes.into()))?;
        return Ok((Diagnostics::default(), parts));
    }
    let (files, found) = render(site, route);
    for (path, bytes) in files {
        destination.take(&path, publish::Content::Bytes(bytes.into()))?;
    }
    if let Some((path, card)) = render::card(site, route) {
        destination.take(&path, publish::Content::Drawn(&Counted { card, drawn }))?;
    }
    Ok((found, Vec::new()))
}

pub(super) fn site_path(path: &str) -> SitePath {
    SitePath::new(path).expect("paths were checked")
}

/// Names every file of the site before any is rendered, but for those that search loads, which are named after their
/// content; paths that collide are reported.
pub(crate) fn name_files(site: &Site<'_>, sources: &SourceMap, assessment: &Assessment, diagnostics: &mut Diagnostics) {
    if let Some(mut registry) = name_routes(site, sources, assessment, diagnostics) {
        for path in site.theme_files().keys().copied() {
            registry.insert(path, None, diagnostics);
        }
        name_copied(&mut registry, &assessment.register.files, diagnostics);
    }
}

/// A digest of all names that [`name_files`] names, and of what it asks of them.
fn names(site: &Site<'_>) -> Digest {
    let register = site.register();
    let pages: Vec<String> = site.routes().iter().flat_map(|route| route.files(register)).collect();
    let copied: Vec<&str> = register.files.iter().map(|file| file.output.as_str()).collect();
    digest((register.site.limits.pages, pages, site.theme_files().into_keys().collect::<Vec<_>>(), copied))
}

/// Names the files that search loads. Only a copied file can be in their way.
fn name_search<'a>(
    files: impl Iterator<Item = &'a str>,
    sources: &SourceMap,
    copied: &[File],
    diagnostics: &mut Diagnostics,
) {
    let mut registry = registry(sources);
    for path in files.collect::<BTreeSet<_>>() {
        registry.insert(path, None, diagnostics);
    }
    name_copied(&mut registry, copied, diagnostics);
}

fn name_copied(registry: &mut Registry, copied: &[File], diagnostics: &mut Diagnostics) {
    for file in copied {
        registry.insert(file.output.as_str(), Span::new(file.file, 0, 0), diagnostics);
    }
}

/// A registry of files, of which what comes of no entry comes of the site's own file.
fn registry(sources: &SourceMap) -> Registry {
    let site_file = sources.find(SITE).expect("reading names the file even where it is missing");
    Registry::new(sources.first_line(site_file))
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
    let mut registry = registry(sources);
    registry.insert(publish::MANIFEST, None, diagnostics);
    for route in site.routes() {
        for path in route.files(register) {
            registry.insert(path, route.origin(register), diagnostics);
        }
    }
    Some(registry)
}

/// How many pages and charts the routes give.
fn pages_and_charts(routes: &[Route]) -> (usize, usize) {
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
