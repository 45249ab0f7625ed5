//! The digest of what is known: equal for two sets of sources that say the same on the day of the build.
//!
//! Nothing in it depends on files or parts dated later, on the order or names of files beyond ids, or on where in a file
//! a text stands.

use sha2::{Digest, Sha256};

use super::{ManifestFile, address};
use crate::assess::Assessment;
use crate::model::report::{Citation, Source};
use crate::model::text::{Entry, Text};
use crate::route::{Table, Target};
use crate::source::SourceMap;

/// The digest of the six tables, of every indicator's `data.json` and of all known texts in all languages: 64 lower-case
/// hexadecimal digits.
///
/// `files` are those of the site in the order of their paths; the digests of the data stand there already. Files that
/// are copied as they are have no day and stand in the manifest's own list.
///
/// # Panics
/// Where a file of the data is missing from the list.
#[must_use]
pub fn content_digest(assessment: &Assessment, sources: &SourceMap, files: &[ManifestFile]) -> String {
    let mut digest = ContentDigest { assessment, sources, files, hasher: Sha256::new() };
    for table in Table::ALL {
        digest.str(table.name());
        digest.file(&address(assessment, Target::Table(table)));
    }
    digest.site();
    digest.entries();
    digest.indicators();
    digest.history();
    base16ct::lower::encode_string(&digest.hasher.finalize())
}

struct ContentDigest<'a> {
    assessment: &'a Assessment,
    sources: &'a SourceMap,
    files: &'a [ManifestFile],
    hasher: Sha256,
}

impl ContentDigest<'_> {
    /// What the repository remembers; nothing where it is not asked.
    fn history(&mut self) {
        let Some(history) = &self.assessment.register.history else { return };
        self.str("history");
        for commit in &history.commits {
            self.str(&commit.id);
        }
    }

    /// One part; its length keeps it apart from the next.
    fn bytes(&mut self, bytes: &[u8]) {
        self.hasher.update((bytes.len() as u64).to_le_bytes());
        self.hasher.update(bytes);
    }

    fn str(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// A text in all its languages; one that is not there is not an empty one.
    fn text(&mut self, text: Option<&Text>) {
        let Some(text) = text else { return self.str("no") };
        for (language, tag) in self.assessment.register.site.languages() {
            let (written, written_in) = text.get(language);
            if written_in == language {
                self.str(tag);
                self.str(written);
            }
        }
        self.str("end");
    }

    fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                self.str("yes");
                self.str(text);
            }
            None => self.str("no"),
        }
    }

    fn entry(&mut self, id: &str, entry: &Entry) {
        self.str(id);
        self.text(entry.summary.as_ref());
        self.text(entry.note.as_ref());
        for alias in &entry.aliases {
            self.str(alias);
        }
        for (language, tag) in self.assessment.register.site.languages() {
            let (prose, written_in) = entry.prose.get(language);
            if written_in == language {
                self.str(tag);
                self.bytes(self.sources.slice(prose).as_bytes());
            }
        }
        self.str("end");
    }

    fn source(&mut self, source: &Source) {
        match source {
            Source::Report(report) => self.str(self.assessment.register.reports[*report].id.as_str()),
            Source::Citation(citation) => self.citation(citation),
        }
    }

    fn citation(&mut self, citation: &Citation) {
        self.optional(citation.title.as_deref());
        self.optional(citation.publisher.as_deref());
        self.optional(citation.date.map(|date| date.to_string()).as_deref());
        self.optional(citation.url.as_deref());
    }

    fn site(&mut self) {
        let site = &self.assessment.register.site;
        self.str("site");
        self.text(Some(&site.title));
        self.text(site.description.as_ref());
        self.str(&site.base_url);
        for tag in &site.languages {
            self.str(tag);
        }
        let publisher = site.publisher.as_ref();
        self.optional(publisher.map(|publisher| publisher.name.as_str()));
        self.optional(publisher.and_then(|publisher| publisher.url.as_deref()));
        self.optional(publisher.and_then(|publisher| publisher.email.as_deref()));
        let license = site.license.as_ref();
        self.optional(license.map(|license| license.name.as_str()));
        self.optional(license.and_then(|license| license.url.as_deref()));
        for level in &site.levels {
            self.str(&level.id);
            self.text(Some(&level.name));
        }
        for field in &site.fields {
            self.str(&field.id);
            self.text(Some(&field.name));
        }
        for framework in &site.frameworks {
            self.str(&framework.id);
            self.text(Some(&framework.name));
            for group in &framework.groups {
                self.str(&group.id);
                self.text(Some(&group.name));
            }
        }
    }

    fn entries(&mut self) {
        let register = &self.assessment.register;
        self.str("units");
        for unit in register.units.rows() {
            self.entry(unit.id.as_str(), &unit.entry);
            self.text(Some(&unit.name));
            self.optional(unit.website.as_deref());
            self.optional(unit.population.as_ref().map(ToString::to_string).as_deref());
            unit.sources.iter().for_each(|source| self.source(source));
        }
        self.str("resolutions");
        for resolution in register.resolutions.rows() {
            self.entry(resolution.id.as_str(), &resolution.entry);
            self.text(Some(&resolution.title));
            self.optional(resolution.vision.map(|vision| vision.to_string()).as_deref());
            self.optional(resolution.declares.map(|count| count.to_string()).as_deref());
            for amended in &resolution.amends {
                self.str(register.resolutions[*amended].id.as_str());
            }
            resolution.sources.iter().for_each(|source| self.source(source));
        }
        self.str("reports");
        for report in register.reports.rows() {
            self.entry(report.id.as_str(), &report.entry);
            self.text(Some(&report.title));
            for claim in &report.coverage {
                self.str(register.resolutions[claim.document].id.as_str());
                self.str(&claim.value.to_string());
                self.optional(claim.of.as_ref().map(ToString::to_string).as_deref());
                self.optional(claim.evidence.quote.as_deref());
                self.text(claim.evidence.note.as_deref());
            }
        }
        self.str("pages");
        for page in register.pages.rows() {
            self.entry(page.id.as_str(), &page.entry);
            self.text(Some(&page.title));
            self.str(if page.menu { "menu" } else { "" });
            self.str(&page.order.to_string());
        }
    }

    /// All that a page says of an indicator is in its `data.json`.
    fn indicators(&mut self) {
        self.str("indicators");
        for key in self.assessment.register.indicators.keys() {
            self.file(&format!("{}data.json", address(self.assessment, Target::Indicator(key))));
        }
    }

    /// A file of the data by its digest.
    fn file(&mut self, path: &str) {
        let place = self.files.binary_search_by(|file| file.path.as_str().cmp(path));
        self.str(&self.files[place.expect("the data is among the files of the site")].sha256);
    }
}
