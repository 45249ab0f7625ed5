//! Names every page and file of the site: the one list that build, serve, verify and the sitemap share.
//!
//! Addresses are relative to the site's root, end with `/` for pages and never begin with one. Links between pages are
//! made relative by [`relative`], so one build works below any path.

use crate::assess::{Assessment, Status};
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::site::{Cards, FieldKey};
use crate::model::text::{Entry, Language};
use crate::model::unit::UnitKey;
use crate::model::{HOME, PageKey, Register};
use crate::source::Span;

/// How many entries a list shows before it goes on at `page/2/`.
pub const LIST_LENGTH: usize = 100;

/// How many tables of coverage stand on a page.
pub const SHEETS: usize = 8;

/// Up to how many addresses a sitemap may hold (sitemaps.org, protocol 0.9); above it the sitemap is an index.
pub const SITEMAP_LENGTH: usize = 50_000;

/// Most addresses are shorter, in bytes.
const ADDRESS: usize = 96;

/// One thing that is rendered in one go: a page with the files beside it, or a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Route {
    /// The language that it is written in; the default one for files that stand once.
    pub language: Language,
    /// What it shows.
    pub target: Target,
}

/// What a route shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// `index.html`
    Home,
    /// `404.html`
    NotFound,
    /// The list of documents, a page of it, from 1.
    Resolutions(usize),
    /// A document.
    Resolution(ResolutionKey),
    /// An indicator with `chart.svg`, and in the default language `data.csv` and `data.json`.
    Indicator(IndicatorKey),
    /// The contributors to an indicator where its own page does not hold them all, a page of them, from 2.
    Contributors(IndicatorKey, usize),
    /// The list of units, a page of it, from 1.
    Units(usize),
    /// A unit.
    Unit(UnitKey),
    /// The units right below a unit where its own page does not hold them all, a page of them, from 2.
    Children(UnitKey, usize),
    /// The list of reports, a page of it, from 1.
    Reports(usize),
    /// A report.
    Report(ReportKey),
    /// A free page.
    Free(PageKey),
    /// How everything is judged.
    Method,
    /// What the checks on the figures look for.
    Checks,
    /// How anyone can make the site again and compare.
    Verify,
    /// Who has followed which document, a page of it, from 1.
    Coverage(usize),
    /// The indicators at a status, a page of them, from 1.
    Status(Status, usize),
    /// The indicators of a field, a page of them, from 1.
    Field(FieldKey, usize),
    /// The indicators of a framework by its groups.
    Framework {
        /// The framework's place in the site's list.
        place: usize,
        /// A page of its indicators, from 1.
        page: usize,
    },
    /// What became known when, a page of it, from 1.
    Changes(usize),
    /// Every correction, a page of them, from 1.
    Corrections(usize),
    /// The feed of corrections.
    CorrectionsAtom,
    /// What can be downloaded.
    Data,
    /// Everything that can be found, from A to Z, and the search over it; a page of the list, from 1.
    Search(usize),
    /// A former address that leads on to the place of the target.
    Alias(String, Box<Target>),
    /// `sitemap.xml`, or its part of that number, from 1.
    Sitemap(usize),
    /// `robots.txt`
    Robots,
    /// The site's feed.
    Atom,
    /// A unit's feed.
    UnitAtom(UnitKey),
    /// One of the tables.
    Table(Table),
    /// `data/datapackage.json`
    DataPackage,
    /// `data/site.json`
    SiteJson,
}

/// The tables of `data/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// `indicators.csv`
    Indicators,
    /// `observations.csv`
    Observations,
    /// `reports.csv`
    Reports,
    /// `units.csv`
    Units,
    /// `resolutions.csv`
    Resolutions,
    /// `coverage.csv`
    Coverage,
}

impl Table {
    /// All tables in the order of the contract.
    pub const ALL: [Self; 6] =
        [Self::Indicators, Self::Observations, Self::Reports, Self::Units, Self::Resolutions, Self::Coverage];

    /// The table's name: its file is `data/NAME.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Indicators => "indicators",
            Self::Observations => "observations",
            Self::Reports => "reports",
            Self::Units => "units",
            Self::Resolutions => "resolutions",
            Self::Coverage => "coverage",
        }
    }
}

/// Lists every route of a site, in an order that depends on nothing but the content: first the files that hold
/// something of everything, which take longest to make, then the pages.
#[must_use]
pub fn routes(assessment: &Assessment) -> Vec<Route> {
    let register = &assessment.register;
    let mut pages_of_all = Vec::new();
    for (language, _) in register.site.languages() {
        pages_of_all.extend(pages(assessment).map(|target| Route { language, target }));
    }
    let addresses = pages_of_all.iter().filter(|route| route.is_listed()).count();
    let parts = addresses.div_ceil(SITEMAP_LENGTH);
    let sitemaps = if parts > 1 { 0..=parts } else { 0..=0 };
    let files = (Table::ALL.into_iter().map(Target::Table))
        .chain([Target::DataPackage, Target::SiteJson])
        .chain(sitemaps.map(Target::Sitemap))
        .chain([Target::Robots]);
    files.map(|target| Route { language: Language::DEFAULT, target }).chain(pages_of_all).collect()
}

/// The targets that exist once in each language.
fn pages(assessment: &Assessment) -> impl Iterator<Item = Target> {
    let register = &assessment.register;
    let documents = register.resolutions.rows().iter().filter(|resolution| resolution.kind.is_document()).count();
    let index = &assessment.index;
    let contributors = register
        .indicators
        .keys()
        .flat_map(|key| further(index.contributors(key).len()).map(move |number| Target::Contributors(key, number)));
    let children = (register.units.keys())
        .flat_map(|key| further(index.children(key).len()).map(move |number| Target::Children(key, number)));
    [Target::Home, Target::NotFound, Target::Method, Target::Checks, Target::Verify, Target::Data, Target::Atom]
        .into_iter()
        .chain(numbers(documents).map(Target::Resolutions))
        .chain(register.resolutions.keys().map(Target::Resolution))
        .chain(register.indicators.keys().map(Target::Indicator))
        .chain(contributors)
        .chain(numbers(register.units.len()).map(Target::Units))
        .chain(register.units.keys().map(Target::Unit))
        .chain(register.units.keys().map(Target::UnitAtom))
        .chain(children)
        .chain(numbers(register.reports.len()).map(Target::Reports))
        .chain(register.reports.keys().map(Target::Report))
        .chain(lists(assessment))
        .chain(numbers(findable(assessment).count()).map(Target::Search))
        .chain(register.pages.iter().filter(|(_, page)| page.id.as_str() != HOME).map(|(key, _)| Target::Free(key)))
        .chain(aliases(register))
}

/// The numbers of a list's pages; an empty list has a page that says so.
fn numbers(length: usize) -> impl Iterator<Item = usize> {
    1..=length.div_ceil(LIST_LENGTH).max(1)
}

/// The numbers of the pages of a list that begins on another page.
fn further(length: usize) -> impl Iterator<Item = usize> {
    numbers(length).skip(1)
}

/// The pages that look at the whole site from one side.
fn lists(assessment: &Assessment) -> impl Iterator<Item = Target> {
    let (site, lists) = (&assessment.register.site, &assessment.lists);
    let statuses = Status::ALL
        .into_iter()
        .flat_map(|status| numbers(lists.status(status).len()).map(move |number| Target::Status(status, number)));
    let fields = (0..site.fields.len())
        .map(FieldKey)
        .flat_map(|field| numbers(lists.field(field).indicators.len()).map(move |number| Target::Field(field, number)));
    let frameworks = (0..site.frameworks.len()).flat_map(|place| {
        numbers(lists.framework(place).entries.len()).map(move |page| Target::Framework { place, page })
    });
    (1..=lists.sheets().len().div_ceil(SHEETS).max(1))
        .map(Target::Coverage)
        .chain(statuses)
        .chain(fields)
        .chain(frameworks)
        .chain(numbers(lists.ledger().len()).map(Target::Changes))
        .chain(numbers(lists.corrections().len()).map(Target::Corrections))
        .chain([Target::CorrectionsAtom])
}

/// Everything that a reader may look for: entries, fields, frameworks, and the pages that explain the site.
///
/// Each stands on one line of the list from A to Z, and search finds nothing else.
pub fn findable(assessment: &Assessment) -> impl Iterator<Item = Target> {
    let register = &assessment.register;
    let is_covered = !assessment.lists.sheets().is_empty();
    let units = register.units.keys().map(Target::Unit);
    (units.chain(register.resolutions.keys().map(Target::Resolution)))
        .chain(register.indicators.keys().map(Target::Indicator))
        .chain(register.reports.keys().map(Target::Report))
        .chain(register.pages.iter().filter(|(_, page)| page.id.as_str() != HOME).map(|(key, _)| Target::Free(key)))
        .chain((0..register.site.fields.len()).map(|field| Target::Field(FieldKey(field), 1)))
        .chain((0..register.site.frameworks.len()).map(|place| Target::Framework { place, page: 1 }))
        .chain([Target::Method, Target::Checks, Target::Data, Target::Changes(1), Target::Corrections(1)])
        .chain(is_covered.then_some(Target::Coverage(1)))
}

fn aliases(register: &Register) -> impl Iterator<Item = Target> {
    let of = |entry: &Entry, target: Target| {
        let leads_on: Vec<Target> =
            entry.aliases.iter().map(|alias| Target::Alias(alias.clone(), Box::new(target.clone()))).collect();
        leads_on
    };
    let resolutions = register.resolutions.iter().flat_map(move |(key, row)| of(&row.entry, Target::Resolution(key)));
    let units = register.units.iter().flat_map(move |(key, row)| of(&row.entry, Target::Unit(key)));
    let reports = register.reports.iter().flat_map(move |(key, row)| of(&row.entry, Target::Report(key)));
    let pages = register.pages.iter().flat_map(move |(key, row)| of(&row.entry, Target::Free(key)));
    resolutions.chain(units).chain(reports).chain(pages)
}

impl Route {
    /// Where it stands: `nghi-quyet/ben-tre/03-nq-tu/` for a page, `data/units.csv` for a file.
    #[must_use]
    pub fn address(&self, register: &Register) -> String {
        let mut address = String::with_capacity(ADDRESS);
        if self.language != Language::DEFAULT {
            address.push_str(register.site.tag(self.language));
            address.push('/');
        }
        self.target.append_address(register, &mut address);
        address
    }

    /// The files that rendering it gives, the page itself first, its card last.
    #[must_use]
    pub fn files(&self, register: &Register) -> Vec<String> {
        let address = self.address(register);
        if !address.is_empty() && !address.ends_with('/') {
            return vec![address];
        }
        let mut files = vec![format!("{address}index.html")];
        if matches!(self.target, Target::Indicator(_)) {
            files.push(format!("{address}chart.svg"));
            if self.language == Language::DEFAULT {
                files.extend([format!("{address}data.csv"), format!("{address}data.json")]);
            }
        }
        files.extend(self.card(register));
        files
    }

    /// The file of its card, the picture that others show where the page is passed on; `None` where it has none.
    #[must_use]
    pub fn card(&self, register: &Register) -> Option<String> {
        let is_shared = matches!(
            self.target,
            Target::Home | Target::Resolution(_) | Target::Indicator(_) | Target::Unit(_) | Target::Report(_)
        );
        let is_drawn = is_shared && register.site.cards == Cards::Drawn;
        is_drawn.then(|| format!("{}card.png", self.address(register)))
    }

    /// Whether the sitemap lists it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        match self.target {
            Target::Home
            | Target::Resolutions(_)
            | Target::Resolution(_)
            | Target::Indicator(_)
            | Target::Contributors(..)
            | Target::Units(_)
            | Target::Unit(_)
            | Target::Children(..)
            | Target::Reports(_)
            | Target::Report(_)
            | Target::Free(_)
            | Target::Method
            | Target::Checks
            | Target::Verify
            | Target::Coverage(_)
            | Target::Status(..)
            | Target::Field(..)
            | Target::Framework { .. }
            | Target::Changes(_)
            | Target::Corrections(_)
            | Target::Data
            | Target::Search(_) => true,
            Target::NotFound
            | Target::Alias(..)
            | Target::Sitemap(_)
            | Target::Robots
            | Target::Atom
            | Target::UnitAtom(_)
            | Target::CorrectionsAtom
            | Target::Table(_)
            | Target::DataPackage
            | Target::SiteJson => false,
        }
    }

    /// Whether it is an HTML page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.is_listed() || matches!(self.target, Target::NotFound | Target::Alias(..))
    }

    /// The place to blame when its address collides with another's.
    #[must_use]
    pub fn origin(&self, register: &Register) -> Option<Span> {
        self.target.origin(register)
    }
}

impl Target {
    fn append_address(&self, register: &Register, address: &mut String) {
        let Register { site, units, resolutions, indicators, reports, pages, .. } = register;
        let paths = &site.paths;
        let mut put = |parts: &[&str]| parts.iter().for_each(|part| address.push_str(part));
        let page = |number: usize| if number > 1 { format!("page/{number}/") } else { String::new() };
        match self {
            Self::Home => {}
            Self::NotFound => put(&["404.html"]),
            Self::Resolutions(number) => put(&[&paths.resolutions, "/", &page(*number)]),
            Self::Resolution(key) => put(&[&paths.resolutions, "/", resolutions[*key].id.as_str(), "/"]),
            Self::Indicator(key) => put(&[&paths.resolutions, "/", indicators[*key].id.as_str(), "/"]),
            Self::Contributors(key, number) => {
                put(&[&paths.resolutions, "/", indicators[*key].id.as_str(), "/", &page(*number)]);
            }
            Self::Units(number) => put(&[&paths.units, "/", &page(*number)]),
            Self::Unit(key) => put(&[&paths.units, "/", units[*key].id.as_str(), "/"]),
            Self::Children(key, number) => put(&[&paths.units, "/", units[*key].id.as_str(), "/", &page(*number)]),
            Self::Reports(number) => put(&[&paths.reports, "/", &page(*number)]),
            Self::Report(key) => put(&[&paths.reports, "/", reports[*key].id.as_str(), "/"]),
            Self::Free(key) => put(&[pages[*key].id.as_str(), "/"]),
            Self::Method => put(&["method/"]),
            Self::Checks => put(&["method/checks/"]),
            Self::Verify => put(&["verify/"]),
            Self::Coverage(number) => put(&["coverage/", &page(*number)]),
            Self::Status(status, number) => put(&["status/", status.as_str(), "/", &page(*number)]),
            Self::Field(field, number) => put(&["fields/", &site.fields[field.0].id, "/", &page(*number)]),
            Self::Framework { place, page: number } => {
                put(&["frameworks/", &site.frameworks[*place].id, "/", &page(*number)]);
            }
            Self::Changes(number) => put(&["changes/", &page(*number)]),
            Self::Corrections(number) => put(&["corrections/", &page(*number)]),
            Self::CorrectionsAtom => put(&["corrections/atom.xml"]),
            Self::Data => put(&["data/"]),
            Self::Search(number) => put(&["search/", &page(*number)]),
            Self::Alias(from, _) => put(&[from]),
            Self::Sitemap(0) => put(&["sitemap.xml"]),
            Self::Sitemap(part) => put(&["sitemap-", &part.to_string(), ".xml"]),
            Self::Robots => put(&["robots.txt"]),
            Self::Atom => put(&["atom.xml"]),
            Self::UnitAtom(key) => put(&[&paths.units, "/", units[*key].id.as_str(), "/atom.xml"]),
            Self::Table(table) => put(&["data/", table.name(), ".csv"]),
            Self::DataPackage => put(&["data/datapackage.json"]),
            Self::SiteJson => put(&["data/site.json"]),
        }
    }

    fn origin(&self, register: &Register) -> Option<Span> {
        match self {
            Self::Resolution(key) => Some(register.resolutions[*key].entry.head),
            Self::Indicator(key) | Self::Contributors(key, _) => Some(register.indicators[*key].span),
            Self::Unit(key) | Self::UnitAtom(key) | Self::Children(key, _) => Some(register.units[*key].entry.head),
            Self::Report(key) => Some(register.reports[*key].entry.head),
            Self::Free(key) => Some(register.pages[*key].entry.head),
            Self::Alias(_, target) => target.origin(register),
            _ => None,
        }
    }
}

/// The address `to` as a link on the page or file at address `from`.
///
/// ```
/// use tiendo::route::relative;
/// assert_eq!(relative("don-vi/ben-tre/", "nghi-quyet/"), "../../nghi-quyet/");
/// assert_eq!(relative("", "nghi-quyet/"), "nghi-quyet/");
/// assert_eq!(relative("nghi-quyet/", ""), "../");
/// assert_eq!(relative("nghi-quyet/", "nghi-quyet/"), "./");
/// ```
#[must_use]
pub fn relative(from: &str, to: &str) -> String {
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let alike = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let (alike, _) = folder.as_bytes().split_at(alike);
    let shared = alike.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = folder.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count();
    let mut link = String::with_capacity(up * "../".len() + to.len() - shared + "./".len());
    (0..up).for_each(|_| link.push_str("../"));
    link.push_str(&to[shared..]);
    if link.is_empty() {
        link.push_str("./");
    }
    link
}
