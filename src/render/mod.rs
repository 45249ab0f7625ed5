//! Turns an assessment into the site's pages and files. Only user of Tera.
//!
//! Invariants: [`render`] is pure, and no page's cost depends on the size of the site: what needs a look at everything
//! is computed once, in [`Site::new`]. Templates get typed views whose texts are worded, formatted and escaped; they
//! loop and choose, nothing more.

mod bounds;
pub mod card;
mod charts;
pub mod data;
pub(crate) mod diff;
mod edition;
pub mod escape;
pub mod facts;
pub mod feed;
mod html;
mod interface;
pub mod links;
pub mod locale;
pub mod markdown;
mod search;
pub(crate) mod skeleton;
mod view;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;
use tera::Context;

use crate::assess::changes::{Recent, recent};
use crate::assess::{Assessment, Status};
use crate::check::{Finding, Subject};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::Register;
use crate::model::text::Language;
use crate::model::trace::{self, Fact, Kind};
use crate::route::{Route, Table, Target, routes};
use crate::source::SourceMap;
use crate::theme::Theme;

use data::ManifestFile;

pub use skeleton::EntryKind;

use card::Card;
use edition::{Asset, Edition, editions};
use links::Links;
use search::Ground;
pub(crate) use search::Known as KnownSearch;
use view::badge::Badges;

/// What the paths of the files that search loads begin with.
pub const SEARCH_PREFIX: &str = search::PREFIX;

/// Everything that pages share, built once.
#[derive(Debug)]
pub struct Site<'a> {
    sources: &'a SourceMap,
    assessment: &'a Assessment,
    /// What the checks on the figures found, the acknowledged included, by what it is about.
    findings: BTreeMap<Subject, Vec<&'a Finding>>,
    /// By check: how often it finds something, and how often an editor has acknowledged that.
    found: BTreeMap<Code, (usize, usize)>,
    /// What the last reporting period changed, once a page asks for it.
    recent: OnceLock<Option<Recent>>,
    /// The one list of pages and files, for the sitemap.
    routes: Vec<Route>,
    theme: Theme,
    editions: Vec<Edition>,
    links: Links,
    style: Asset,
    icon: Asset,
    /// What the values rest on that every template can name.
    shared: Vec<Fact>,
}

/// What takes a look at everything, and only some pages need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// The search index of a language.
    Index(Language),
    /// The list from A to Z.
    Alphabet(Language),
    /// What the last reporting period changed.
    Recent,
}

impl Need {
    /// What the page of a route needs.
    pub(crate) fn of(route: &Route) -> Vec<Self> {
        match route.target {
            Target::Search(1) => vec![Self::Index(route.language), Self::Alphabet(route.language)],
            Target::Search(_) => vec![Self::Alphabet(route.language)],
            Target::Changes(1) => vec![Self::Recent],
            _ => Vec::new(),
        }
    }
}

impl<'a> Site<'a> {
    /// Reads the theme and everything that pages share. Mistakes in a site's theme are reported; pages can be
    /// rendered all the same.
    #[must_use]
    pub fn new(
        sources: &'a SourceMap,
        assessment: &'a Assessment,
        findings: &'a [Finding],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let of_theme = || {
            let theme = Theme::new(sources, &assessment.register.site.theme, diagnostics);
            let of_languages = || editions(&theme, assessment, diagnostics);
            let (editions, style) = rayon::join(of_languages, || Asset::new("site", "css", theme.style_sheet()));
            (theme, editions, style)
        };
        let of_content = || (Links::new(&assessment.register, sources), routes(assessment));
        let ((theme, editions, style), (links, routes)) = rayon::join(of_theme, of_content);
        let icon = Asset::new("icon", "svg", theme.text("icon.svg").unwrap_or_default().to_owned());
        let mut by_subject: BTreeMap<Subject, Vec<&Finding>> = BTreeMap::new();
        let mut found: BTreeMap<Code, (usize, usize)> = BTreeMap::new();
        for finding in findings {
            let (all, acknowledged) = found.entry(finding.diagnostic.code).or_default();
            *all += 1;
            *acknowledged += usize::from(finding.acknowledged.is_some());
            by_subject.entry(finding.subject).or_default().push(finding);
        }
        let findings = by_subject;
        let recent = OnceLock::new();
        let shared = Vec::new();
        let mut this =
            Self { sources, assessment, findings, found, recent, routes, theme, editions, links, style, icon, shared };
        let mut facts = Vec::new();
        for language in 0..this.editions.len() {
            let language_key = Language(u8::try_from(language).expect("few languages"));
            let (shared, noted) = trace::listen(|| view::frame::shared(&this, language_key));
            let edition = &mut this.editions[language];
            edition.tera.global_context().extend(shared);
            let (badges, failure) = Badges::new(&edition.tera, &edition.interface);
            edition.badges = badges;
            if let Some(error) = failure {
                diagnostics.push(this.theme.diagnose(&error));
            }
            facts.extend(noted);
        }
        this.shared = facts;
        this
    }

    /// The files that pages share, each with its path in the site: those of the theme, and what search loads.
    ///
    /// Making the search indexes takes its time; they are kept.
    #[must_use]
    pub fn assets(&self) -> BTreeMap<&str, &[u8]> {
        // Two languages may share a file.
        self.theme_files().into_iter().chain(self.search_files(&self.languages())).collect()
    }

    /// The files of the theme that pages share, each with its path in the site.
    #[must_use]
    pub fn theme_files(&self) -> BTreeMap<&str, &[u8]> {
        let scripts = self.editions.iter().flat_map(|edition| &edition.scripts);
        let files = [&self.style, &self.icon].into_iter().chain(scripts);
        files.map(|asset| (asset.path.as_str(), asset.text.as_bytes())).collect()
    }

    /// The files that search loads in these languages, each with its path in the site. The first call makes the
    /// indexes, one thread a language.
    #[must_use]
    pub fn search_files(&self, languages: &[Language]) -> BTreeMap<&str, &[u8]> {
        let indexes: Vec<&search::Index> = languages.par_iter().map(|language| self.index(*language)).collect();
        let files = indexes.iter().flat_map(|index| &index.files);
        files.map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
    }

    /// Makes what a page needs that takes a look at everything, by several threads side by side; nothing for most pages.
    /// Threads that render the page then need not wait for each other.
    pub(crate) fn prepare(&self, need: Need) {
        match need {
            Need::Index(language) => self.edition(language).search.prepare(self.ground(language)),
            Need::Alphabet(language) => {
                self.alphabet(language);
            }
            Need::Recent => {
                self.recent();
            }
        }
    }

    /// The languages of the site, in their order.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        self.assessment.register.site.languages().map(|(language, _)| language).collect()
    }

    /// What all that is not prose comes from.
    pub(crate) fn register(&self) -> &'a Register {
        &self.assessment.register
    }

    /// Every page and file of the site, in the order of [`crate::route::routes`].
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The bytes of `manifest.json` for the files of the site in the order of their paths, itself left out.
    #[must_use]
    pub fn manifest(&self, files: &[ManifestFile]) -> Vec<u8> {
        data::manifest(self.assessment.as_of, &data::content_digest(self.assessment, self.sources, files), files)
    }

    /// What the checks found about something, the acknowledged included.
    fn findings(&self, subject: Subject) -> &[&'a Finding] {
        let (kind, place) = match subject {
            Subject::Observation(key, _) | Subject::Indicator(key) => (Kind::FindingsOfIndicator, key.index()),
            Subject::Resolution(key) | Subject::Coverage(key, _) => (Kind::FindingsOfResolution, key.index()),
            Subject::Entry(file) => (Kind::FindingsOfFile, file.index()),
        };
        trace::note(kind, place);
        self.findings.get(&subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// How often a check finds something, and how often an editor has acknowledged that.
    fn found(&self, code: Code) -> Option<(usize, usize)> {
        trace::note(Kind::Findings, 0);
        self.found.get(&code).copied()
    }

    /// What the last reporting period changed; `None` where there is only one.
    fn recent(&self) -> Option<&Recent> {
        // It is made of an earlier day, by several threads.
        trace::note(Kind::Data, 0);
        trace::unheard(|| self.recent.get_or_init(|| recent(self.assessment)).as_ref())
    }

    fn edition(&self, language: Language) -> &Edition {
        &self.editions[usize::from(language.0)]
    }

    /// The site as search sees it in a language.
    fn ground(&self, language: Language) -> Ground<'_> {
        let Edition { interface, locale, .. } = self.edition(language);
        Ground { assessment: self.assessment, sources: self.sources, interface, locale, language }
    }

    fn index(&self, language: Language) -> &search::Index {
        for Fact { kind, place } in Self::facts_of_index(language) {
            trace::note(kind, place as usize);
        }
        trace::unheard(|| self.edition(language).search.index(self.ground(language)))
    }

    /// What the search index of a language rests on.
    pub(crate) fn facts_of_index(language: Language) -> [Fact; 2] {
        [Fact { kind: Kind::Findable, place: language.0.into() }, Fact { kind: Kind::Prose, place: 0 }]
    }

    /// Says what an earlier build found out of what can be found in a language, before anything is made of it.
    pub(crate) fn recall_search(&self, language: Language, known: KnownSearch) {
        self.edition(language).search.recall(known);
    }

    /// What the next build is told of what can be found in a language.
    pub(crate) fn known_search(&self, language: Language) -> KnownSearch {
        self.edition(language).search.known()
    }

    /// What the list from A to Z rests on, but for its way to the search index.
    pub(crate) fn facts_of_alphabet(language: Language) -> [Fact; 1] {
        [Fact { kind: Kind::Findable, place: language.0.into() }]
    }

    fn alphabet(&self, language: Language) -> &search::Alphabet {
        for Fact { kind, place } in Self::facts_of_alphabet(language) {
            trace::note(kind, place as usize);
        }
        trace::unheard(|| self.edition(language).search.alphabet(self.ground(language)))
    }
}

/// The files of one route, the page itself first, each with its path in the site; and what went wrong.
///
/// Paths are those of [`Route::files`], but for its card: that is drawn apart ([`card()`]). A page whose template fails is
/// left out.
#[must_use]
pub fn render(site: &Site<'_>, route: &Route) -> (Vec<(String, Vec<u8>)>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let here = view::Here::new(site, route);
    let register = &site.assessment.register;
    let mut chart = None;
    let page = match &route.target {
        Target::Home => view::home::page(&here),
        Target::NotFound => view::text::not_found(&here),
        Target::Resolutions(number) => view::list::resolutions(&here, *number),
        Target::Resolution(key) => view::resolution::page(&here, *key),
        Target::Indicator(key) => {
            let (page, file) = view::indicator::page(&here, *key);
            chart = Some(file);
            page
        }
        Target::Contributors(key, number) => view::indicator::contributors(&here, *key, *number),
        Target::Units(number) => view::list::units(&here, *number),
        Target::Unit(key) => view::unit::page(&here, *key),
        Target::Children(key, number) => view::unit::children(&here, *key, *number),
        Target::Reports(number) => view::list::reports(&here, *number),
        Target::Report(key) => view::report::page(&here, *key),
        Target::Free(key) => view::text::free(&here, *key),
        Target::Method => view::method::page(&here),
        Target::Checks => view::checks::page(&here),
        Target::Verify => view::verify::page(&here),
        Target::Coverage(number) => view::coverage::page(&here, *number),
        Target::Status(status, number) => view::group::status(&here, *status, *number),
        Target::Field(field, number) => view::group::field(&here, *field, *number),
        Target::Framework { place, page } => view::group::framework(&here, *place, *page),
        Target::Changes(number) => view::changes::page(&here, *number),
        Target::Corrections(number) => view::corrections::page(&here, *number),
        Target::Data => view::data::page(&here),
        Target::Search(number) => view::search::page(&here, *number),
        Target::Alias(_, target) => view::text::alias(&here, target),
        file => return (vec![(here.address.clone(), file_of(&here, file))], diagnostics),
    };
    let Some(html) = finish(&here, page, &mut diagnostics) else { return (Vec::new(), diagnostics) };
    let mut contents = vec![html];
    contents.extend(chart.map(String::into_bytes));
    if let Target::Indicator(key) = &route.target
        && route.language == Language::DEFAULT
    {
        contents.push(data::indicator_csv(site.assessment, *key));
        contents.push(data::indicator_json(site.assessment, *key).into_bytes());
    }
    (route.files(register).into_iter().zip(contents).collect(), diagnostics)
}

/// The card of a route with its path in the site, not drawn yet; `None` where the route has none.
#[must_use]
pub fn card(site: &Site<'_>, route: &Route) -> Option<(String, Card)> {
    let path = route.card(&site.assessment.register)?;
    let face = view::card::face(&view::Here::new(site, route)).expect("a route with a card has a face");
    Some((path, Card::new(&face)))
}

/// The file of a route with its path in the site, if it is made of parts that can be kept one by one; whoever makes it
/// looks at all data.
pub(crate) fn in_parts<'a>(site: &Site<'a>, route: &Route) -> Option<(String, data::Observations<'a>)> {
    let Target::Table(Table::Observations) = route.target else { return None };
    trace::note(Kind::Data, 0);
    let file = trace::unheard(|| data::Observations::new(site.assessment));
    Some((route.address(&site.assessment.register), file))
}

/// A file that is no page.
fn file_of(here: &view::Here<'_>, target: &Target) -> Vec<u8> {
    let (assessment, sources, locale) = (here.assessment, here.site.sources, &here.edition.locale);
    let status_name = |status: Status, language| {
        here.site.edition(language).interface.text(&format!("status.{}.name", status.as_str())).to_owned()
    };
    match target {
        Target::Sitemap(part) => {
            trace::note(Kind::Headings, 0);
            trace::unheard(|| feed::sitemap(assessment, &here.site.routes, *part).into_bytes())
        }
        Target::Robots => feed::robots(assessment).into_bytes(),
        Target::Atom => feed::site_feed(assessment, sources, locale, here.language).into_bytes(),
        Target::UnitAtom(unit) => feed::unit_feed(assessment, sources, locale, here.language, *unit).into_bytes(),
        Target::CorrectionsAtom => {
            let title = here.text("correction.title");
            let entries = view::corrections::entries(here, feed::FEED_LENGTH);
            feed::corrections_feed(assessment, sources, locale, here.language, title, &entries).into_bytes()
        }
        Target::Table(table) => {
            let has_figures = !matches!(table, Table::Reports | Table::Coverage);
            trace::note(if has_figures { Kind::Data } else { Kind::Headings }, 0);
            trace::unheard(|| data::table(*table, assessment))
        }
        Target::DataPackage => data::data_package(assessment).into_bytes(),
        Target::SiteJson => data::site_json(assessment, status_name).into_bytes(),
        page => unreachable!("{page:?} is a page"),
    }
}

/// Fills a page's template.
fn finish(here: &view::Here<'_>, page: view::Page, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    let mut context = Context::new();
    context.insert("page", &page.frame);
    context.insert_value("view", page.view);
    let mut html = bounds::Page::begin();
    match here.edition.tera.render_to(page.template, &context, &mut html) {
        Ok(()) => Some(html.into_bytes()),
        Err(_) if html.is_full() => {
            diagnostics.push(here.site.theme.too_large(page.template, bounds::MAX_PAGE));
            None
        }
        Err(error) => {
            diagnostics.push(here.site.theme.diagnose(&error));
            None
        }
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
