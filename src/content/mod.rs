//! Turns sources into a valid [`Register`]: reads every file by its kind, then links what refers to what.
//!
//! Required references only point at an earlier kind (unit → level, document → unit, observation → indicator), so
//! the tables are made in that order and hold nothing that dangles; optional references are linked once all tables
//! exist. A reference to an entry that exists but could not be read is dropped without a word.

pub(crate) mod cell;
mod cycles;
mod files;
pub mod fix;
pub mod front_matter;
mod indicators;
mod limits;
mod names;
pub mod raw;
mod reports;
mod resolutions;
pub mod schema;
mod side_by_side;
mod site;
mod translations;
mod units;
pub mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use self::files::{CONTENT, Document, Files, Kind, Translation};
use self::names::Names;
use self::raw::{RawPage, RawSiteTranslation, RawSource};
use self::reports::LinkedReport;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::id::{PageId, is_slug};
use crate::model::indicator::Indicator;
use crate::model::report::{Citation, Report, Source};
use crate::model::resolution::Resolution;
use crate::model::site::{FieldKey, GroupKey, LevelKey, Paths, Site};
use crate::model::table::Table;
use crate::model::text::{Entry, Prose, Text};
use crate::model::unit::{Unit, UnitKey};
use crate::model::{File, HOME, Page, Register};
use crate::source::{SourceId, SourceMap, Span, Spanned};

pub(crate) use self::files::Before;
pub use self::files::Shelf;

/// What the content comes to.
#[derive(Debug)]
pub struct Content {
    /// All entries that could be read, linked. With errors among the diagnostics it may have gaps and stand-ins, and
    /// must not be published.
    pub register: Register,
    /// Files that could not be read and linked whole, so that checks on their figures would mislead.
    pub incomplete: BTreeSet<SourceId>,
}

/// What linking needs beside the entry at hand.
struct Linker<'a> {
    sources: &'a SourceMap,
    site: Arc<Site>,
    /// Whether nothing is wrong with the form of `site.yaml`.
    site_complete: bool,
    /// Whether nothing was lost of the site's own lists, so that a name missing from them is a mistake.
    site_read: bool,
    units: Arc<Names<Unit>>,
    resolutions: Arc<Names<Resolution>>,
    indicators: Arc<Names<Indicator>>,
    reports: Arc<Names<Report>>,
    diagnostics: &'a mut Diagnostics,
    incomplete: BTreeSet<SourceId>,
}

impl Linker<'_> {
    /// One that knows the same, and notes what it finds apart.
    fn fork<'b>(&'b self, diagnostics: &'b mut Diagnostics) -> Linker<'b> {
        Linker {
            sources: self.sources,
            site: Arc::clone(&self.site),
            site_complete: self.site_complete,
            site_read: self.site_read,
            units: Arc::clone(&self.units),
            resolutions: Arc::clone(&self.resolutions),
            indicators: Arc::clone(&self.indicators),
            reports: Arc::clone(&self.reports),
            diagnostics,
            incomplete: BTreeSet::new(),
        }
    }
}

/// Reads and links all content; every mistake of form and every dangling reference is reported.
pub fn read(sources: &SourceMap, diagnostics: &mut Diagnostics) -> Content {
    read_after(sources, Before::Nothing, diagnostics).content
}

/// All content, and what reading it told beside.
pub(crate) struct Everything {
    pub(crate) content: Content,
    /// Where the Markdown body of each entry stands, in each language.
    pub(crate) bodies: Vec<Span>,
    /// Files of which reading found nothing to say.
    pub(crate) faultless: Vec<SourceId>,
}

/// Reads and links all content by what is known of its files.
pub(crate) fn read_after(sources: &SourceMap, before: Before<'_>, diagnostics: &mut Diagnostics) -> Everything {
    side_by_side::read(sources, &before, diagnostics).unwrap_or_else(|| read_in_turn(sources, before, diagnostics))
}

/// Reads everything before it links anything.
fn read_in_turn(sources: &SourceMap, before: Before<'_>, diagnostics: &mut Diagnostics) -> Everything {
    let mut files = files::read(sources, before, diagnostics);
    let (bodies, faultless) = (files.bodies(), std::mem::take(&mut files.faultless));
    let reports = std::mem::take(&mut files.reports);
    let mut linking = Linking::begin(files, names(&reports, Code::UnknownReport), sources, diagnostics);
    let reports = read_ones(reports).into_iter().map(|(document, raw)| {
        let Linking { linker, resolutions, indicators, .. } = &mut linking;
        linker.link_report(&document, raw, resolutions, indicators)
    });
    let reports = reports.collect();
    Everything { content: linking.finish(reports), bodies, faultless }
}

/// Everything but the reports, linked.
struct Linking<'a> {
    linker: Linker<'a>,
    units: Vec<Unit>,
    resolutions: Vec<Resolution>,
    indicators: Vec<Indicator>,
    pages: Vec<Page>,
    site_translations: Vec<(SourceId, String, RawSiteTranslation)>,
    translations: Vec<Translation>,
}

impl<'a> Linking<'a> {
    /// Links all that does not refer to what reports say; of the reports only the names are asked for.
    fn begin(files: Files, reports: Names<Report>, sources: &'a SourceMap, diagnostics: &'a mut Diagnostics) -> Self {
        let incomplete: BTreeSet<SourceId> = files.incomplete.into_iter().collect();
        let site_file = files.site.as_ref().map(|(file, _)| *file);
        let site_complete = site_file.is_some_and(|file| !incomplete.contains(&file));
        let site_read = site_file.is_some() && !files.site_dropped && !lost_text(site_file, diagnostics);
        let site = site::site(files.site.map(|(_, site)| site), sources, diagnostics);
        let mut indicators = Names::new(std::iter::empty(), Code::UnknownIndicator);
        for document in files.resolutions.iter().filter(|document| document.dropped) {
            indicators.add_unread_prefix(format!("{}/", document.id));
        }
        let mut linker = Linker {
            sources,
            site: site.into(),
            site_complete,
            site_read,
            units: names(&files.units, Code::UnknownUnit).into(),
            resolutions: names(&files.resolutions, Code::UnknownResolution).into(),
            indicators: indicators.into(),
            reports: reports.into(),
            diagnostics,
            incomplete,
        };
        let units = linker.link_units(read_ones(files.units));
        let (mut resolutions, indicators) = linker.link_resolutions(read_ones(files.resolutions), &units);
        let indicators = linker.link_indicators(indicators, &mut resolutions);
        let pages = read_ones(files.pages).into_iter().map(|(page, raw)| linker.link_page(&page, raw)).collect();
        let Files { site_translations, translations, .. } = files;
        Self { linker, units, resolutions, indicators, pages, site_translations, translations }
    }

    /// Puts all together with the reports, in their order.
    fn finish(self, reports: Vec<LinkedReport>) -> Content {
        let Self { mut linker, units, resolutions, indicators, pages, site_translations, translations } = self;
        let reports = linker.settle_reports(reports);
        // What stands in for a unit that could not be read must be a unit: without one, nothing else can stand.
        let (resolutions, indicators, reports) =
            if units.is_empty() { (Vec::new(), Vec::new(), Vec::new()) } else { (resolutions, indicators, reports) };
        let files_copied = copied(linker.sources, &linker.site.paths, linker.diagnostics);
        let mut register = Register {
            site: Site::clone(&linker.site),
            units: Table::new(units),
            resolutions: Table::new(resolutions),
            indicators: Table::new(indicators),
            reports: Table::new(reports),
            pages: Table::new(pages),
            files: files_copied,
            history: None,
        };
        linker.translate(&mut register, site_translations, translations);
        let Linker { sources, diagnostics, mut incomplete, .. } = linker;
        limits::check(&mut register, sources, diagnostics);
        incomplete.extend(diagnostics.iter().filter(|found| !found.code.is_check()).map(|found| found.primary.file));
        Content { register, incomplete }
    }
}

/// Whether a file has mistakes that hide part of its text, so that more may be written there than was read.
fn lost_text(file: Option<SourceId>, diagnostics: &Diagnostics) -> bool {
    let hides = |code: Code| matches!(code, Code::ConflictMarker | Code::DuplicateKey);
    diagnostics.iter().any(|found| Some(found.primary.file) == file && hides(found.code))
}

/// The ids of one kind; only entries that could be read have keys.
fn names<T, R>(documents: &[Document<R>], code: Code) -> Names<T> {
    let read = documents.iter().filter(|document| document.raw.is_some());
    let mut names = Names::new(read.map(|document| document.id.as_str()), code);
    for document in documents.iter().filter(|document| document.raw.is_none()) {
        names.add_unread(&document.id);
    }
    names
}

/// The documents that could be read, each with its front matter.
fn read_ones<R>(documents: Vec<Document<R>>) -> Vec<(Document<()>, R)> {
    documents.into_iter().filter_map(Document::split).collect()
}

/// Where the files that are no entries go: `static/` to the site's root, others below their section. A file that lies
/// elsewhere, or was meant to be an entry, is reported.
fn copied(sources: &SourceMap, paths: &Paths, diagnostics: &mut Diagnostics) -> Vec<File> {
    let mut files = Vec::new();
    for asset in sources.assets() {
        let Some(path) = asset.path.strip_prefix(CONTENT) else { continue };
        let output = match Kind::of(path) {
            _ if path.starts_with("static/") => path.trim_start_matches("static/").to_owned(),
            Some((Kind::Unit, rest)) => format!("{}/{rest}", paths.units),
            Some((Kind::Resolution, rest)) => format!("{}/{rest}", paths.resolutions),
            Some((Kind::Report, rest)) => format!("{}/{rest}", paths.reports),
            Some((Kind::Page, rest)) => rest.to_owned(),
            None => {
                diagnostics.push(misplaced(asset.file, path, "bad-id.misplaced"));
                continue;
            }
        };
        let is_entry = [".md", ".markdown"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        if is_entry && !path.starts_with("static/") {
            diagnostics.push(misplaced(asset.file, path, "bad-id.extension"));
            continue;
        }
        files.push(File { source: asset.path.clone(), output, file: asset.file });
    }
    files
}

fn misplaced(file: SourceId, path: &str, wording: &'static str) -> Diagnostic {
    Diagnostic::new(Code::BadId, Span::new(file, 0, 0)).worded(wording).with("id", path)
}

/// The keys that entries of every kind have.
struct RawEntry {
    summary: Option<Spanned<String>>,
    note: Option<Spanned<String>>,
    draft: Option<Spanned<bool>>,
    aliases: Vec<Spanned<String>>,
    places: Vec<(&'static str, Span)>,
}

/// Takes the keys that entries of every kind have out of a raw entry, and notes where the named keys stand.
macro_rules! raw_entry {
    ($raw:expr $(, $key:ident)*) => {
        crate::content::RawEntry {
            places: [$((stringify!($key), $raw.$key.as_ref().map(|value| value.span))),*]
                .into_iter()
                .filter_map(|(key, span): (&'static str, Option<crate::source::Span>)| Some((key, span?)))
                .collect(),
            summary: $raw.summary.take(),
            note: $raw.note.take(),
            draft: $raw.draft.take(),
            aliases: std::mem::take(&mut $raw.aliases),
        }
    };
}
use raw_entry;

fn entry(document: &Document<()>, raw: RawEntry) -> Entry {
    Entry {
        file: document.file,
        summary: raw.summary.map(|text| Text::new(text.value)),
        note: raw.note.map(|text| Text::new(text.value)),
        draft: raw.draft.is_some_and(|draft| draft.value),
        aliases: raw.aliases.into_iter().map(|alias| address(&alias.value)).collect(),
        prose: Prose { original: document.body, translations: std::collections::BTreeMap::new() },
        translated: Vec::new(),
        head: document.head,
        places: raw.places,
    }
}

/// An address as the site writes it: no leading `/`, and a page's ends with one.
fn address(alias: &str) -> String {
    let address = alias.trim_start_matches('/');
    if address.ends_with('/') || address.ends_with(".html") { address.to_owned() } else { format!("{address}/") }
}

impl Linker<'_> {
    fn link_page(&mut self, document: &Document<()>, mut raw: RawPage) -> Page {
        let title = raw.title.take().map(|title| Text::new(title.value));
        if title.is_none() && document.id != HOME && !self.incomplete.contains(&document.file) {
            self.diagnostics
                .push(Diagnostic::new(Code::MissingField, document.head).worded("missing-field.page-title"));
        }
        Page {
            id: PageId::new(&document.id).expect("ids of files are checked"),
            title: title.unwrap_or_else(|| self.site.title.clone()),
            menu: raw.menu.is_some_and(|menu| menu.value),
            order: raw.order.map_or(0, |order| i64::from(order.value)),
            entry: entry(document, raw_entry!(raw)),
        }
    }

    /// Follows a reference to a unit that an entry cannot do without; any unit stands in for one that is not there.
    fn required_unit(&mut self, reference: Option<&Spanned<String>>, file: SourceId) -> Option<UnitKey> {
        let unit = reference.and_then(|reference| self.units.link(reference, self.diagnostics));
        if unit.is_none() {
            self.incomplete.insert(file);
        }
        unit.or_else(|| self.units.any())
    }

    /// Whether a list of the site is as its author wrote it; an empty one may be what a mistake left.
    fn knows(&self, is_empty: bool) -> bool {
        self.site_read && (self.site_complete || !is_empty)
    }

    fn field(&mut self, reference: &Spanned<String>) -> Option<FieldKey> {
        if !self.knows(self.site.fields.is_empty()) {
            return None;
        }
        let known = self.site.fields.iter().map(|field| field.id.as_str());
        names::place_in(known, reference, Code::UnknownField, self.diagnostics).map(FieldKey)
    }

    fn level(&mut self, reference: &Spanned<String>) -> Option<LevelKey> {
        if !self.knows(self.site.levels.iter().all(|level| level.id.is_empty())) {
            return None;
        }
        let known = self.site.levels.iter().map(|level| level.id.as_str());
        names::place_in(known, reference, Code::UnknownLevel, self.diagnostics).map(LevelKey)
    }

    fn groups(&mut self, references: &[Spanned<String>]) -> Vec<GroupKey> {
        if !self.knows(self.site.frameworks.is_empty()) {
            return Vec::new();
        }
        let known: Vec<(String, GroupKey)> = self
            .site
            .frameworks
            .iter()
            .enumerate()
            .flat_map(|(framework, row)| {
                row.groups
                    .iter()
                    .enumerate()
                    .map(move |(group, named)| (format!("{}/{}", row.id, named.id), GroupKey { framework, group }))
            })
            .collect();
        let names = known.iter().map(|(name, _)| name.as_str());
        references
            .iter()
            .filter_map(|reference| names::place_in(names.clone(), reference, Code::UnknownGroup, self.diagnostics))
            .map(|place| known[place].1)
            .collect()
    }

    fn source(&mut self, raw: Spanned<RawSource>) -> Option<Source> {
        match raw.value {
            RawSource::Report(text) if !text.split('/').all(is_slug) => {
                let right = format!("{{title: {}}}", yaml::quoted(&text));
                let diagnostic = Diagnostic::new(Code::UnknownReport, raw.span).worded("unknown-report.text");
                self.diagnostics.push(diagnostic.with("id", text).with("right", right));
                None
            }
            RawSource::Report(id) => {
                self.reports.link(&Spanned::new(id, raw.span), self.diagnostics).map(Source::Report)
            }
            RawSource::Publication(publication) => Some(Source::Citation(Citation {
                title: site::text(publication.title),
                publisher: site::text(publication.publisher),
                date: publication.date.map(|date| date.value.0),
                url: site::text(publication.url),
            })),
        }
    }

    fn sources(&mut self, raw: Vec<Spanned<RawSource>>) -> Vec<Source> {
        raw.into_iter().filter_map(|source| self.source(source)).collect()
    }
}

/// The day in a raw value.
fn day(raw: Option<Spanned<yaml::values::Day>>) -> Option<NaiveDate> {
    raw.map(|day| day.value.0)
}
