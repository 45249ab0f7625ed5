//! Says which file of `content/` is which entry, and reads each by its kind.
//!
//! Invariant: an entry's id is its path below its kind's folder; a file whose path is no id is reported and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use unicode_normalization::UnicodeNormalization;

use super::front_matter;
use super::raw::{RawPage, RawReport, RawResolution, RawSite, RawSiteTranslation, RawTranslation, RawUnit};
use super::yaml::{self, Readable};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::id::is_slug;
use crate::source::{SourceFile, SourceId, SourceMap, Span};

/// The folder of everything that editors write.
pub(crate) const CONTENT: &str = "content/";

/// One Markdown file, read.
#[derive(Debug, Clone)]
pub(crate) struct Document<T> {
    /// Its id.
    pub(crate) id: String,
    /// The file.
    pub(crate) file: SourceId,
    /// Its first line, for mistakes of the file as such.
    pub(crate) head: Span,
    /// The front matter; `None` where its form is beyond reading.
    pub(crate) raw: Option<T>,
    /// Whether records were left out of its lists, so that a reference into it may not resolve.
    pub(crate) dropped: bool,
    /// The Markdown body.
    pub(crate) body: Span,
}

impl<T> Document<T> {
    /// The file apart from its front matter; `None` where that could not be read.
    pub(crate) fn split(self) -> Option<(Document<()>, T)> {
        let Self { id, file, head, raw, dropped, body } = self;
        Some((Document { id, file, head, raw: None, dropped, body }, raw?))
    }
}

/// A translation, with the kind and id of the entry that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Translation {
    /// The kind of the entry.
    pub(crate) kind: Kind,
    /// The language tag in the file's name.
    pub(crate) language: String,
    /// The texts.
    pub(crate) document: Document<RawTranslation>,
}

/// The kinds of entries, each with its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `content/units/`
    Unit,
    /// `content/resolutions/`
    Resolution,
    /// `content/reports/`
    Report,
    /// `content/pages/`
    Page,
}

impl Kind {
    const ALL: [(Self, &str); 4] = [
        (Self::Unit, "units/"),
        (Self::Resolution, "resolutions/"),
        (Self::Report, "reports/"),
        (Self::Page, "pages/"),
    ];

    /// The kind of a path below `content/`, and the rest of the path.
    pub(crate) fn of(path: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|(kind, folder)| Some((kind, path.strip_prefix(folder)?)))
    }
}

/// Every file of `content/`, read.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub(crate) site: Option<(SourceId, RawSite)>,
    /// Whether records were left out of the site's lists.
    pub(crate) site_dropped: bool,
    pub(crate) site_translations: Vec<(SourceId, String, RawSiteTranslation)>,
    pub(crate) units: Vec<Document<RawUnit>>,
    pub(crate) resolutions: Vec<Document<RawResolution>>,
    pub(crate) reports: Vec<Document<RawReport>>,
    pub(crate) pages: Vec<Document<RawPage>>,
    pub(crate) translations: Vec<Translation>,
    /// Files in which something could not be read.
    pub(crate) incomplete: Vec<SourceId>,
    /// Files of which there was nothing to say, in their order.
    pub(crate) faultless: Vec<SourceId>,
}

impl Files {
    /// Where the Markdown body of each entry stands, in each language.
    pub(crate) fn bodies(&self) -> Vec<Span> {
        let units = self.units.iter().map(|document| document.body);
        let resolutions = self.resolutions.iter().map(|document| document.body);
        let reports = self.reports.iter().map(|document| document.body);
        let pages = self.pages.iter().map(|document| document.body);
        let translations = self.translations.iter().map(|translation| translation.document.body);
        units.chain(resolutions).chain(reports).chain(pages).chain(translations).collect()
    }
}

#[derive(Debug, Clone)]
pub(super) enum One {
    Site { raw: Box<RawSite>, dropped: bool },
    SiteTranslation(String, RawSiteTranslation),
    Unit(Document<RawUnit>),
    Resolution(Box<Document<RawResolution>>),
    Report(Document<RawReport>),
    Page(Document<RawPage>),
    Translation(Translation),
}

/// What one file came to.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) one: Option<One>,
    pub(super) is_complete: bool,
    pub(super) diagnostics: Diagnostics,
}

impl Read {
    /// Whether there is nothing to say of the file.
    pub(super) fn is_faultless(&self) -> bool {
        self.is_complete && self.diagnostics.count_all() == 0
    }
}

/// What the files came to the last time, so that only those that changed are read again.
///
/// Invariant: what is taken from here is what reading would give. A file is the same when its number, its path and its
/// text are: all that reading looks at.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: BTreeMap<SourceId, Kept>,
}

#[derive(Debug)]
struct Kept {
    path: String,
    text: Arc<str>,
    read: Read,
}

impl Shelf {
    fn find(&self, file: SourceId, source: &SourceFile) -> Option<Read> {
        let kept = self.kept.get(&file)?;
        (Arc::ptr_eq(&kept.text, &source.text) && kept.path == source.path).then(|| kept.read.clone())
    }

    /// Takes in what was read anew, and lets go of what is there no more.
    fn keep(&mut self, sources: &SourceMap, read: &[(SourceId, Read, Origin)]) {
        self.kept.retain(|file, _| read.binary_search_by_key(file, |(file, ..)| *file).is_ok());
        for (file, read, origin) in read {
            if *origin == Origin::Text {
                let SourceFile { path, text } = sources.file(*file).clone();
                self.kept.insert(*file, Kept { path, text, read: read.clone() });
            }
        }
    }
}

/// What is known of the files before they are read.
#[derive(Debug)]
pub(crate) enum Before<'a> {
    Nothing,
    /// What they came to the last time.
    Shelf(&'a mut Shelf),
    /// In which of them reading found no mistake the last time.
    Faultless(&'a BTreeSet<SourceId>),
}

/// Where what a file came to was taken from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Text,
    Shelf,
}

struct Reading<'a> {
    file: SourceId,
    source: &'a SourceFile,
    diagnostics: Diagnostics,
    complete: bool,
    /// Whether it is known to be without a mistake.
    is_faultless: bool,
}

/// Every file below the folder of the content, with its number.
pub(super) fn all(sources: &SourceMap) -> Vec<(SourceId, &SourceFile)> {
    sources.texts().filter(|(_, source)| source.path.starts_with(CONTENT)).collect()
}

/// Reads every file, but for what a shelf has; mistakes of all of them are reported.
pub(crate) fn read(sources: &SourceMap, mut before: Before<'_>, diagnostics: &mut Diagnostics) -> Files {
    let read: Vec<_> = all(sources)
        .into_par_iter()
        .map(|(file, source)| {
            if let Before::Shelf(shelf) = &before
                && let Some(read) = shelf.find(file, source)
            {
                return (file, read, Origin::Shelf);
            }
            (file, read_one(file, source, &before), Origin::Text)
        })
        .collect();
    if let Before::Shelf(shelf) = &mut before {
        shelf.keep(sources, &read);
    }
    gather(read.into_iter().map(|(file, read, _)| (file, read)), diagnostics)
}

/// Reads one file.
pub(super) fn read_one(file: SourceId, source: &SourceFile, before: &Before<'_>) -> Read {
    let is_faultless = matches!(before, Before::Faultless(files) if files.contains(&file));
    let mut reading = Reading { file, source, diagnostics: Diagnostics::default(), complete: true, is_faultless };
    let one = reading.read();
    Read { one, is_complete: reading.complete, diagnostics: reading.diagnostics }
}

/// Puts together what files came to.
pub(super) fn gather(read: impl Iterator<Item = (SourceId, Read)>, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    for (file, read) in read {
        if read.is_faultless() {
            files.faultless.push(file);
        }
        let Read { one, is_complete, diagnostics: found } = read;
        diagnostics.append(found);
        if !is_complete {
            files.incomplete.push(file);
        }
        match one {
            Some(One::Site { raw, dropped }) => (files.site, files.site_dropped) = (Some((file, *raw)), dropped),
            Some(One::SiteTranslation(language, site)) => files.site_translations.push((file, language, site)),
            Some(One::Unit(document)) => files.units.push(document),
            Some(One::Resolution(document)) => files.resolutions.push(*document),
            Some(One::Report(document)) => files.reports.push(document),
            Some(One::Page(document)) => files.pages.push(document),
            Some(One::Translation(translation)) => files.translations.push(translation),
            None => {}
        }
    }
    sort_and_tell_apart(&mut files.units, diagnostics);
    sort_and_tell_apart(&mut files.resolutions, diagnostics);
    sort_and_tell_apart(&mut files.reports, diagnostics);
    sort_and_tell_apart(&mut files.pages, diagnostics);
    files
}

impl Reading<'_> {
    fn read(&mut self) -> Option<One> {
        let path = self.source.path.strip_prefix(CONTENT).expect("only files of content are read");
        if let Some(name) = path.strip_suffix(".yaml").filter(|name| !name.contains('/')) {
            return match name.split_once('.') {
                None if name == "site" => {
                    let (raw, dropped) = self.yaml();
                    raw.map(|raw| One::Site { raw: Box::new(raw), dropped })
                }
                Some(("site", language)) => self.yaml().0.map(|site| One::SiteTranslation(language.to_owned(), site)),
                _ => self.misplaced(),
            };
        }
        let Some((kind, rest)) = Kind::of(path) else { return self.misplaced() };
        let Some(stem) = rest.strip_suffix(".md") else { return self.misplaced() };
        let (folder, slug) = stem.rfind('/').map_or(("", stem), |slash| stem.split_at(slash + 1));
        let (slug, language) = match slug.split_once('.') {
            Some((slug, language)) => (slug, Some(language)),
            None => (slug, None),
        };
        let id = format!("{folder}{slug}");
        let id: String = if id.is_ascii() { id } else { id.nfc().collect() };
        if !id.split('/').all(is_slug) {
            let right = id.split('/').map(yaml::as_id).collect::<Vec<_>>().join("/");
            let diagnostic = Diagnostic::new(Code::BadId, self.head()).worded("bad-id.file").with("id", &id);
            self.diagnostics.push(if right.split('/').all(is_slug) {
                let name = format!("{right}{}.md", language.map(|tag| format!(".{tag}")).unwrap_or_default());
                diagnostic.worded("bad-id.file-name").with("right", name)
            } else {
                diagnostic
            });
            self.complete = false;
            return None;
        }
        if let Some(language) = language {
            let document = self.document(id)?;
            return Some(One::Translation(Translation { kind, language: language.to_owned(), document }));
        }
        match kind {
            Kind::Unit => self.document(id).map(One::Unit),
            Kind::Resolution if !id.contains('/') => self.misplaced(),
            Kind::Resolution => self.document(id).map(|document| One::Resolution(Box::new(document))),
            Kind::Report => self.document(id).map(One::Report),
            Kind::Page => self.document(id).map(One::Page),
        }
    }

    fn head(&self) -> Span {
        Span::new(self.file, 0, self.source.text.lines().next().map_or(0, str::len))
    }

    /// Reports a text file that is no entry where it lies.
    fn misplaced(&mut self) -> Option<One> {
        let wording = if self.source.path.ends_with(".md") || self.source.path.ends_with(".yaml") {
            "bad-id.misplaced"
        } else if self.source.path.ends_with(".yml") {
            "bad-id.yml"
        } else {
            "bad-id.extension"
        };
        self.diagnostics.push(
            Diagnostic::new(Code::BadId, self.head())
                .worded(wording)
                .with("id", self.source.path.strip_prefix(CONTENT).expect("only files of content are read")),
        );
        self.complete = false;
        None
    }

    /// Reads a file that is YAML as a whole, and says whether records were left out of its lists.
    fn yaml<T: Readable>(&mut self) -> (Option<T>, bool) {
        let text = &self.source.text;
        let read = yaml::read(text, self.file, 0..text.len(), &mut self.diagnostics);
        self.complete &= read.complete;
        (read.value, read.dropped)
    }

    fn document<T: Readable>(&mut self, id: String) -> Option<Document<T>> {
        let head = self.head();
        let text = &self.source.text;
        let mut document = Document {
            id,
            file: self.file,
            head,
            raw: None,
            dropped: true,
            body: Span::new(self.file, text.len(), text.len()),
        };
        if self.is_faultless
            && let Some(parts) = front_matter::find(text)
            && let Some(raw) = yaml::read_faultless(text, self.file, parts.yaml)
        {
            let body = Span::new(self.file, parts.body.start, parts.body.end);
            return Some(Document { raw: Some(raw), dropped: false, body, ..document });
        }
        match front_matter::split(self.file, text, &mut self.diagnostics) {
            Some(parts) => {
                let read = yaml::read(text, self.file, parts.yaml, &mut self.diagnostics);
                document.raw = read.value;
                document.dropped = read.dropped;
                document.body = Span::new(self.file, parts.body.start, parts.body.end);
                self.complete &= read.complete;
            }
            None => self.complete = false,
        }
        Some(document)
    }
}

/// Sorts by id, and reports and drops the second of two files with one id.
fn sort_and_tell_apart<T>(documents: &mut Vec<Document<T>>, diagnostics: &mut Diagnostics) {
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    documents.retain(|document| match first.get(&document.id) {
        Some(head) => {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, document.head).with("id", &document.id).label(*head, "first-here"),
            );
            false
        }
        None => {
            first.insert(document.id.clone(), document.head);
            true
        }
    });
}
