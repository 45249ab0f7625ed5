//! What machines read to follow the site: Atom feeds, the sitemap, `robots.txt`.
//!
//! All addresses are absolute, below the site's `base_url`. Nothing depends on a clock: an entry's time is the first
//! moment of the day from which it is known.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::escape;
use super::locale::{Locale, machine_date};
use super::markdown::plain_text;
use crate::assess::Assessment;
use crate::assess::lists::known_from;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::text::{Entry, Language, Text};
use crate::model::unit::UnitKey;
use crate::route::{Route, SITEMAP_LENGTH, Target};
use crate::source::SourceMap;

/// How many entries a feed holds.
pub(crate) const FEED_LENGTH: usize = 50;

/// What the first and the last line of a published text tell about it.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The site's feed in a language: the latest reports and newly known documents, newest first.
#[must_use]
pub fn site_feed(assessment: &Assessment, sources: &SourceMap, locale: &Locale, language: Language) -> String {
    let register = &assessment.register;
    let reports = register.reports.keys().map(Item::Report);
    let documents = register.resolutions.keys().map(Item::Document);
    let feed = Feed { assessment, sources, locale, language };
    let title = site_title(assessment, language).to_owned();
    feed.write(&title, &Target::Atom, &Target::Home, reports.chain(documents).collect())
}

/// A unit's feed in a language: its own reports and documents.
#[must_use]
pub fn unit_feed(
    assessment: &Assessment,
    sources: &SourceMap,
    locale: &Locale,
    language: Language,
    unit: UnitKey,
) -> String {
    let reports = assessment.index.reports(unit).iter().copied().map(Item::Report);
    let documents = assessment.index.issued(unit).iter().copied().map(Item::Document);
    let feed = Feed { assessment, sources, locale, language };
    let name = assessment.register.units[unit].name.get(language).0;
    let title = format!("{name} – {}", site_title(assessment, language));
    feed.write(&title, &Target::UnitAtom(unit), &Target::Unit(unit), reports.chain(documents).collect())
}

/// A correction as an entry of their feed.
#[derive(Debug)]
pub(crate) struct Correction {
    /// The indicator whose figure was corrected.
    pub(crate) indicator: IndicatorKey,
    /// The id of that indicator.
    pub(crate) name: String,
    /// The report that corrects.
    pub(crate) report: ReportKey,
    /// The day of the figure.
    pub(crate) as_of: NaiveDate,
    /// What was corrected, in a line.
    pub(crate) title: String,
    /// The unit that reports.
    pub(crate) author: String,
    /// Why.
    pub(crate) summary: Option<String>,
}

/// The feed of corrections, the latest first.
pub(crate) fn corrections_feed(
    assessment: &Assessment,
    sources: &SourceMap,
    locale: &Locale,
    language: Language,
    title: &str,
    corrections: &[Correction],
) -> String {
    let feed = Feed { assessment, sources, locale, language };
    let published = |correction: &Correction| assessment.register.reports[correction.report].published;
    let title = format!("{title} – {}", site_title(assessment, language));
    let updated = corrections.first().map(published);
    let mut xml = feed.head(&title, &Target::CorrectionsAtom, &Target::Corrections(1), updated);
    for correction in corrections {
        let report = feed.absolute(&Target::Report(correction.report));
        let own = escape::text(&format!("#{}:{}", correction.name, machine_date(correction.as_of)));
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &correction.title);
        let _ = writeln!(xml, "<id>{report}{own}</id>");
        let page = feed.absolute(&Target::Indicator(correction.indicator));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>");
        let _ = writeln!(xml, "<published>{0}</published>\n<updated>{0}</updated>", moment(published(correction)));
        let _ = writeln!(xml, "<author><name>{}</name></author>", escape::text(&correction.author));
        if let Some(summary) = &correction.summary {
            element(&mut xml, "summary", summary);
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn site_title(assessment: &Assessment, language: Language) -> &str {
    assessment.register.site.title.get(language).0
}

#[derive(Clone, Copy)]
enum Item {
    Report(ReportKey),
    Document(ResolutionKey),
}

struct Feed<'a> {
    assessment: &'a Assessment,
    sources: &'a SourceMap,
    locale: &'a Locale,
    language: Language,
}

impl Feed<'_> {
    fn write(&self, title: &str, own: &Target, page: &Target, items: Vec<Item>) -> String {
        let mut dated: Vec<(NaiveDate, Item)> =
            items.into_iter().filter_map(|item| Some((self.known_from(item)?, item))).collect();
        // A stable sort: entries of one day stay in the order of their ids, reports first.
        dated.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        dated.truncate(FEED_LENGTH);
        let updated = dated.first().map(|(day, _)| *day);
        let mut xml = self.head(title, own, page, updated);
        for (day, item) in dated {
            self.entry(&mut xml, day, item);
        }
        xml.push_str("</feed>\n");
        xml
    }

    /// Everything before the entries.
    fn head(&self, title: &str, own: &Target, page: &Target, updated: Option<NaiveDate>) -> String {
        let site = &self.assessment.register.site;
        let updated = updated.unwrap_or(self.assessment.as_of);
        let mut xml = DECLARATION.to_owned();
        let tag = escape::text(self.locale.tag());
        let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">");
        element(&mut xml, "title", title);
        let _ = writeln!(xml, "<id>{}</id>", self.absolute(own));
        let _ = writeln!(xml, "<updated>{}</updated>", moment(updated));
        let _ = writeln!(xml, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", self.absolute(own));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", self.absolute(page));
        let author = site.publisher.as_ref().map_or(site.title.get(self.language).0, |publisher| &publisher.name);
        let _ = writeln!(xml, "<author><name>{}</name></author>", escape::text(author));
        if let Some(license) = &site.license {
            element(&mut xml, "rights", &license.name);
        }
        xml
    }

    fn entry(&self, xml: &mut String, day: NaiveDate, item: Item) {
        let register = &self.assessment.register;
        let (target, title, unit, entry) = match item {
            Item::Report(key) => {
                let report = &register.reports[key];
                (Target::Report(key), &report.title, report.unit, &report.entry)
            }
            Item::Document(key) => {
                let document = &register.resolutions[key];
                (Target::Resolution(key), &document.title, document.issuer, &document.entry)
            }
        };
        let address = self.absolute(&target);
        let unit = &register.units[unit].name;
        xml.push_str("<entry>\n");
        self.text(xml, "title", title);
        let _ = writeln!(xml, "<id>{address}</id>");
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>");
        let _ = writeln!(xml, "<published>{0}</published>\n<updated>{0}</updated>", moment(day));
        let _ = writeln!(xml, "<author><name>{}</name></author>", escape::text(unit.get(self.language).0));
        self.summary(xml, entry);
        xml.push_str("</entry>\n");
    }

    /// The summary of an entry, else the first paragraph of its body.
    fn summary(&self, xml: &mut String, entry: &Entry) {
        if let Some(summary) = &entry.summary {
            return self.text(xml, "summary", summary);
        }
        let (prose, written_in) = entry.prose.get(self.language);
        let first = plain_text(self.sources.slice(prose));
        if !first.is_empty() {
            self.in_language(xml, "summary", &first, written_in);
        }
    }

    fn text(&self, xml: &mut String, name: &str, text: &Text) {
        let (text, written_in) = text.get(self.language);
        self.in_language(xml, name, text, written_in);
    }

    fn in_language(&self, xml: &mut String, name: &str, text: &str, written_in: Language) {
        if written_in == self.language {
            element(xml, name, text);
        } else {
            let tag = escape::text(self.assessment.register.site.tag(written_in));
            let _ = writeln!(xml, "<{name} xml:lang=\"{tag}\">{}</{name}>", escape::text(text));
        }
    }

    fn absolute(&self, target: &Target) -> String {
        absolute(self.assessment, target, self.language)
    }

    /// The day from which something is known; `None` for what is no document, or has no day.
    fn known_from(&self, item: Item) -> Option<NaiveDate> {
        match item {
            Item::Report(key) => Some(self.assessment.register.reports[key].published),
            Item::Document(key) => known_from(&self.assessment.register, &self.assessment.index, key),
        }
    }
}

/// The sitemap (sitemaps.org, protocol 0.9): `part` 0 is `sitemap.xml`, which lists all pages or, above
/// [`SITEMAP_LENGTH`], the parts; a higher one is that part. `routes` are all of the site's.
///
/// With several languages each page names its others.
#[must_use]
pub fn sitemap(assessment: &Assessment, routes: &[Route], part: usize) -> String {
    let listed: Vec<&Route> = routes.iter().filter(|route| route.is_listed()).collect();
    let parts = listed.len().div_ceil(SITEMAP_LENGTH);
    let mut xml = DECLARATION.to_owned();
    if part == 0 && parts > 1 {
        xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for part in 1..=parts {
            let address = absolute(assessment, &Target::Sitemap(part), Language::DEFAULT);
            let _ = writeln!(xml, "<sitemap><loc>{address}</loc></sitemap>");
        }
        xml.push_str("</sitemapindex>\n");
        return xml;
    }
    let site = &assessment.register.site;
    let several = site.languages.len() > 1;
    let languages = if several { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    let _ = writeln!(xml, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{languages}>");
    let first = part.saturating_sub(1) * SITEMAP_LENGTH;
    for route in listed.iter().skip(first).take(SITEMAP_LENGTH) {
        let _ = write!(xml, "<url><loc>{}</loc>", absolute(assessment, &route.target, route.language));
        if let Some(day) = changed(assessment, &route.target) {
            let _ = write!(xml, "<lastmod>{}</lastmod>", machine_date(day));
        }
        if several {
            for (language, tag) in site.languages() {
                let address = absolute(assessment, &route.target, language);
                let tag = escape::text(tag);
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>");
            }
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The day of the last report that a page shows, where the page shows reports.
fn changed(assessment: &Assessment, target: &Target) -> Option<NaiveDate> {
    let register = &assessment.register;
    let published = |report: ReportKey| register.reports[report].published;
    let observed = |key| assessment.index.observations(key).iter().map(|key| published(key.report)).max();
    match target {
        Target::Report(key) => Some(published(*key)),
        Target::Indicator(key) => observed(*key),
        Target::Resolution(key) => {
            let figures = register.resolutions[*key].indicators.iter().filter_map(|key| observed(*key)).max();
            figures.max(known_from(register, &assessment.index, *key))
        }
        Target::Unit(key) => assessment.index.reports(*key).iter().map(|report| published(*report)).max(),
        _ => None,
    }
}

/// `robots.txt`: everything may be read, and the sitemap says what there is.
#[must_use]
pub fn robots(assessment: &Assessment) -> String {
    let sitemap = absolute(assessment, &Target::Sitemap(0), Language::DEFAULT);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// An absolute address as XML text.
fn absolute(assessment: &Assessment, target: &Target, language: Language) -> String {
    let register = &assessment.register;
    let address = Route { language, target: target.clone() }.address(register);
    escape::text(&(escape::url(&register.site.base_url) + &escape::path(&address)))
}

/// The first moment of a day, as RFC 3339 wants it.
fn moment(day: NaiveDate) -> String {
    format!("{}T00:00:00Z", machine_date(day))
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = write!(xml, "<{name}>");
    escape::push_text(xml, text);
    let _ = writeln!(xml, "</{name}>");
}

#[cfg(test)]
mod tests;
