//! Where links in Markdown lead: from paths of content files to addresses of the site.
//!
//! [`Links`] is built twice from the same rules: from the whole register to check links, and from what is known on the
//! day to write pages, so that a link to what is not yet known can be told apart from a broken one. Every address of
//! another host that ends up in a page has passed `Link::read` or [`external`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::{escape, markdown};
use crate::assess::Status;
use crate::diagnostic::nearest;
use crate::model::Register;
use crate::model::site::{FieldKey, Limits};
use crate::model::text::{Entry, Language, Prose};
use crate::model::trace::{self, Kind};
use crate::route::{Route, Table, Target, relative};
use crate::source::SourceMap;

/// The folder that `/` means in links.
const CONTENT: &str = "content";

/// A link as an editor wrote it, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// Another site, a mail address, a telephone number: percent-encoded and safe to follow.
    External(String),
    /// Something of this site.
    Local {
        /// A path, decoded; empty for the page itself.
        path: String,
        /// What stands after `?`, with it, as written.
        query: String,
        /// What stands after `#`, decoded.
        fragment: Option<String>,
    },
    /// An address that could run a script, or that no page should lead to.
    Unsafe {
        /// Its scheme, in lower case.
        scheme: String,
    },
    /// Nothing that can be read.
    Malformed,
}

impl Link {
    /// Understands the destination of a link or image.
    ///
    /// Browsers drop control characters and white space before they look at a scheme, so they are dropped here first.
    pub(crate) fn read(destination: &str) -> Self {
        let hidden = |c: char| c.is_control() || c.is_whitespace();
        let destination = destination.trim_matches(hidden);
        let bare: Cow<'_, str> = if !is_graphic(destination) && destination.contains(hidden) {
            destination.chars().filter(|c| !hidden(*c)).collect()
        } else {
            destination.into()
        };
        if let Some(meant) = scheme(&bare) {
            if !["http", "https", "mailto", "tel"].iter().any(|safe| meant.eq_ignore_ascii_case(safe)) {
                return Self::Unsafe { scheme: meant.to_ascii_lowercase() };
            }
            // White space inside the scheme makes it another address to a browser than the one that was judged.
            let written = destination.replace(char::is_control, "");
            return if scheme(&written) == Some(meant) {
                Self::External(escape::url(&written))
            } else {
                Self::Malformed
            };
        }
        if bare.starts_with("//") {
            return Self::External(escape::url(&bare));
        }
        let (before, fragment) = match destination.split_once('#') {
            Some((before, fragment)) => (before, Some(fragment)),
            None => (destination, None),
        };
        let (path, query) = before.split_at(before.find('?').unwrap_or(before.len()));
        let (path, fragment) = (escape::decode(path), fragment.map(escape::decode));
        let (Some(path), Ok(fragment)) = (path, fragment.map(|text| text.ok_or(())).transpose()) else {
            return Self::Malformed;
        };
        if path.contains(['\\', '\0']) {
            return Self::Malformed;
        }
        Self::Local { path, query: query.to_owned(), fragment }
    }
}

/// Whether a text has nothing but the letters, digits and marks of ASCII, as most addresses.
fn is_graphic(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The scheme of an address, if it has one: letters, digits, `+`, `.` and `-` before the first `:`.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let plain = letters.next()?.is_ascii_alphabetic()
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "+.-".contains(letter));
    plain.then_some(scheme)
}

/// An address of another host from front matter, percent-encoded, if a page may lead to it: `http` and `https` only.
#[must_use]
pub fn external(url: &str) -> Option<String> {
    match Link::read(url) {
        Link::External(url) if url.to_ascii_lowercase().starts_with("http") => Some(url),
        _ => None,
    }
}

/// Every content file that a link can name, with its address.
#[derive(Debug)]
pub struct Links {
    tags: Vec<String>,
    entries: Vec<Linked>,
    paths: BTreeMap<String, Place>,
    names: OnceLock<BTreeMap<String, Vec<String>>>,
    /// Every text of the site, read or not.
    texts: OnceLock<BTreeSet<String>>,
    limits: Limits,
}

/// What stands at a path of the content folder.
#[derive(Debug, Clone)]
enum Place {
    /// An entry, or its translation.
    Entry(usize, Option<Language>),
    /// A file that is copied; its path in the site.
    File(String),
    /// A page that every site has, in each language.
    Page(String),
}

/// An entry that links can lead to.
#[derive(Debug)]
pub(crate) struct Linked {
    address: String,
    prose: Prose,
    /// The indicators of a document by their own ids: each has its page below the document's.
    indicators: Vec<String>,
    headings: OnceLock<BTreeMap<Language, BTreeSet<String>>>,
}

/// Where a link leads.
#[derive(Debug)]
pub(crate) enum Destination<'a> {
    /// The page that it stands on.
    Here,
    /// The page of an entry, in that language where the link names a translation.
    Entry(&'a Linked, Option<Language>),
    /// A file that stands once, in the default language's tree.
    File(&'a str),
    /// A page that every site has; its address in the default language's tree.
    Page(&'a str),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unresolved {
    /// It leaves the content folder.
    Outside,
    /// Nothing stands at that path below the root.
    Unknown {
        /// The path below the root, normalised.
        path: String,
    },
}

/// Which path leads where: all that a page of known links rests on.
impl Hash for Links {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tags.hash(state);
        for (path, place) in &self.paths {
            path.hash(state);
            match place {
                Place::Entry(entry, language) => {
                    let entry = &self.entries[*entry];
                    (0_u8, &entry.address, &entry.indicators, language).hash(state);
                }
                Place::File(output) => (1_u8, output).hash(state),
                Place::Page(address) => (2_u8, address).hash(state),
            }
        }
    }
}

impl Links {
    /// Reads the addresses of a register: of the full one to check links, of the known one to write pages.
    #[must_use]
    pub fn new(register: &Register, sources: &SourceMap) -> Self {
        let mut links = Self {
            tags: register.site.languages.clone(),
            entries: Vec::new(),
            paths: BTreeMap::new(),
            names: OnceLock::new(),
            texts: OnceLock::new(),
            limits: register.site.limits,
        };
        links.add_pages(register);
        for file in &register.files {
            // `static/logo.svg` is `logo.svg` on the site: a link may name it either way.
            links.paths.insert(nfc(&content_path(&file.output)), Place::File(file.output.clone()));
            links.paths.insert(nfc(&file.source), Place::File(file.output.clone()));
        }
        for (key, unit) in register.units.iter() {
            links.add(register, sources, Target::Unit(key), &unit.entry, Vec::new());
        }
        for (key, resolution) in register.resolutions.iter() {
            let own = |key: &_| register.indicators[*key].id.own().to_owned();
            let indicators = resolution.indicators.iter().map(own).collect();
            links.add(register, sources, Target::Resolution(key), &resolution.entry, indicators);
        }
        for (key, report) in register.reports.iter() {
            links.add(register, sources, Target::Report(key), &report.entry, Vec::new());
        }
        for (key, page) in register.pages.iter() {
            let target = if page.id.as_str() == crate::model::HOME { Target::Home } else { Target::Free(key) };
            links.add(register, sources, target, &page.entry, Vec::new());
        }
        links
    }

    /// How many links a body of the site may have, and how deeply they may be nested.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// The pages and files that every site has, at the paths an editor would look for them: `/method/`,
    /// `/data/units.csv`, and the lists at their address as well as at their folder.
    fn add_pages(&mut self, register: &Register) {
        let address = |target: &Target| Route { language: Language::DEFAULT, target: target.clone() }.address(register);
        let lists = [
            ("", Target::Home),
            ("resolutions", Target::Resolutions(1)),
            ("units", Target::Units(1)),
            ("reports", Target::Reports(1)),
        ];
        let statuses = Status::ALL.into_iter().map(|status| Target::Status(status, 1));
        let fields = (0..register.site.fields.len()).map(|place| Target::Field(FieldKey(place), 1));
        let frameworks = (0..register.site.frameworks.len()).map(|place| Target::Framework { place, page: 1 });
        let views = [Target::Coverage(1), Target::Changes(1), Target::Corrections(1), Target::CorrectionsAtom];
        for target in
            views.into_iter().chain([Target::Checks, Target::Verify]).chain(statuses).chain(fields).chain(frameworks)
        {
            let address = address(&target);
            self.paths.insert(content_path(&address), Place::Page(address));
        }
        for (folder, target) in &lists {
            self.paths.insert(content_path(folder), Place::Page(address(target)));
        }
        for target in lists.iter().map(|(_, target)| target).chain(&[Target::Method, Target::Data, Target::Atom]) {
            let address = address(target);
            self.paths.insert(content_path(&address), Place::Page(address));
        }
        let files = [Target::DataPackage, Target::SiteJson, Target::Sitemap(0), Target::Robots];
        for target in Table::ALL.map(Target::Table).iter().chain(&files) {
            let address = address(target);
            self.paths.insert(content_path(&address), Place::File(address));
        }
    }

    fn add(
        &mut self,
        register: &Register,
        sources: &SourceMap,
        target: Target,
        entry: &Entry,
        indicators: Vec<String>,
    ) {
        let place = self.entries.len();
        let path = nfc(&sources.file(entry.file).path);
        if let Some(stem) = path.strip_suffix(".md") {
            for language in &entry.translated {
                let path = format!("{stem}.{}.md", register.site.tag(*language));
                self.paths.insert(path, Place::Entry(place, Some(*language)));
            }
        }
        self.paths.insert(path, Place::Entry(place, None));
        self.entries.push(Linked {
            address: Route { language: Language::DEFAULT, target }.address(register),
            prose: entry.prose.clone(),
            indicators,
            headings: OnceLock::new(),
        });
    }

    /// Finds what a path in a link means, in a file at `from` below the root.
    pub(crate) fn find(&self, from: &str, path: &str) -> Result<Destination<'_>, Unresolved> {
        if path.is_empty() {
            return Ok(Destination::Here);
        }
        trace::note(Kind::Links, 0);
        let path = absolute(from, path).ok_or(Unresolved::Outside)?;
        match self.paths.get(&path) {
            Some(Place::Entry(place, language)) => Ok(Destination::Entry(&self.entries[*place], *language)),
            Some(Place::File(output)) => Ok(Destination::File(output)),
            Some(Place::Page(address)) => Ok(Destination::Page(address)),
            None => Err(Unresolved::Unknown { path }),
        }
    }

    /// Whether a path that means nothing is that of a text of the site: one whose own mistakes left no entry of it.
    pub(crate) fn is_unread(&self, path: &str, sources: &SourceMap) -> bool {
        let texts = || sources.texts().map(|(_, file)| nfc(&file.path)).filter(|path| path.ends_with(".md")).collect();
        self.texts.get_or_init(texts).contains(path)
    }

    /// A link that leads somewhere and is nearly the one that leads nowhere: in the same folder, or of the same name.
    pub(crate) fn suggest(&self, from: &str, link: &str, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let below = format!("{folder}/");
        let below_folder = self.paths.range(below.clone()..).map_while(|(path, _)| path.strip_prefix(&below));
        let alike = below_folder.filter(|other| other.len().abs_diff(name.len()) <= name.len().max(other.len()) / 3);
        let known = match nearest(name, alike) {
            Some(near) => format!("{below}{near}"),
            // A misspelt folder can be far off; a name that only one file has is telling.
            None => match self.names().get(name)?.as_slice() {
                [only] => only.clone(),
                several => nearest(path, several.iter().map(String::as_str))?.to_owned(),
            },
        };
        Some(if link.starts_with('/') { known[CONTENT.len()..].to_owned() } else { relative(from, &known) })
    }

    fn names(&self) -> &BTreeMap<String, Vec<String>> {
        self.names.get_or_init(|| {
            let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for path in self.paths.keys() {
                let name = path.rsplit('/').next().expect("a path has a name");
                names.entry(name.to_owned()).or_default().push(path.clone());
            }
            names
        })
    }

    /// The address of a page in a language's tree.
    pub(crate) fn in_language(&self, address: &str, language: Language) -> String {
        if language == Language::DEFAULT {
            address.to_owned()
        } else {
            format!("{}/{address}", self.tags[usize::from(language.0)])
        }
    }
}

impl Linked {
    /// The address in the default language's tree of what `fragment` names on the entry's page in that language, and
    /// the fragment itself where it is a heading: an indicator's own id leads to the indicator's page.
    ///
    /// `None` where the page has neither.
    pub(crate) fn fragment(&self, fragment: &str, language: Language, sources: &SourceMap) -> Option<(String, String)> {
        self.prose.bodies().for_each(|(_, body)| trace::note(Kind::Text, body.file.index()));
        let headings = self.headings.get_or_init(|| self.read_headings(sources));
        let shown = if headings.contains_key(&language) { language } else { Language::DEFAULT };
        let folded = markdown::slug(fragment);
        for id in [fragment, &folded] {
            if headings[&shown].contains(id) {
                return Some((self.address.clone(), format!("#{id}")));
            }
            if self.indicators.iter().any(|own| own == id) {
                return Some((format!("{}{id}/", self.address), String::new()));
            }
        }
        None
    }

    fn read_headings(&self, sources: &SourceMap) -> BTreeMap<Language, BTreeSet<String>> {
        let ids = |span| markdown::headings(sources.slice(span)).into_iter().map(|heading| heading.id).collect();
        self.prose.bodies().map(|(language, body)| (language, ids(body))).collect()
    }

    /// The body that the entry's page shows in a language.
    pub(crate) fn shown<'s>(&self, language: Language, sources: &'s SourceMap) -> &'s str {
        sources.slice(self.prose.get(language).0)
    }

    /// The address in the default language's tree.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The path below the root that a link in the file `from` means; `None` where it leaves the content folder.
fn absolute(from: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        let (folder, _) = from.rsplit_once('/')?;
        segments.extend(folder.split('/').skip(1));
    }
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    Some(nfc(&content_path(&segments.join("/"))))
}

fn content_path(address: &str) -> String {
    let address = address.trim_end_matches('/');
    if address.is_empty() { CONTENT.to_owned() } else { format!("{CONTENT}/{address}") }
}

fn nfc(path: &str) -> String {
    if path.is_ascii() { path.to_owned() } else { path.nfc().collect() }
}

#[cfg(test)]
mod tests;
