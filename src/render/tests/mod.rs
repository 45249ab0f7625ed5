//! What readers see: every page of small sites, and of the sample, looked at as a browser does.

mod facts;
mod headlines;
mod interface;
mod lineage;
mod lists;
mod pages;
mod search;
mod sharing;
mod sites;
mod soundness;
mod theme;
mod weight;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use scraper::{Html, Selector};

use crate::assess::assess;
use crate::check;
use crate::content;
use crate::diagnostic::Diagnostics;
use crate::model::Drafts;
use crate::render::{Site, render};
use crate::route::routes;
use crate::source::SourceMap;

/// A site, rendered whole.
pub(super) struct Rendered {
    pub(super) files: BTreeMap<String, String>,
    pub(super) sources: SourceMap,
    pub(super) diagnostics: Diagnostics,
}

impl Rendered {
    /// Renders a site given by its files, as it stood on a day; mistakes of form fail the test.
    #[track_caller]
    pub(super) fn of(files: &[(&str, &str)], as_of: &str) -> Self {
        let mut sources = SourceMap::default();
        let mut sorted = files.to_vec();
        sorted.sort_by_key(|(path, _)| *path);
        for (path, text) in sorted {
            sources.add(path, text);
        }
        let mut diagnostics = Diagnostics::default();
        let content = content::read(&sources, &mut diagnostics);
        let wrong: Vec<_> = diagnostics.iter().map(|one| (one.code, &one.arguments)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let as_of: NaiveDate = as_of.parse().expect("a day");
        let assessment = assess(content.register.known_on(as_of, Drafts::Exclude), as_of);
        let findings = check::check(&assessment, &content.incomplete);
        let site = Site::new(&sources, &assessment, &findings, &mut diagnostics);
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let text = |bytes| String::from_utf8(bytes).expect("every file of ours is text");
        for route in routes(&assessment) {
            let (rendered, found) = render(&site, &route);
            diagnostics.append(found);
            files.extend(rendered.into_iter().map(|(path, bytes)| (path, text(bytes))));
        }
        files.extend(site.assets().into_iter().map(|(path, bytes)| (path.to_owned(), text(bytes.to_vec()))));
        Self { files, sources, diagnostics }
    }

    /// The page at an address.
    #[track_caller]
    pub(super) fn page(&self, address: &str) -> &str {
        let path = if address.ends_with(".html") { address.to_owned() } else { format!("{address}index.html") };
        self.files.get(&path).unwrap_or_else(|| panic!("no page at `{address}`"))
    }

    /// The words of a page's content, in order, white space joined.
    #[track_caller]
    pub(super) fn words(&self, address: &str) -> String {
        words(self.page(address), "main")
    }

    /// All pages with their paths.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, html)| (path.as_str(), html.as_str()))
    }
}

/// The words within the elements that a selector names.
#[track_caller]
pub(super) fn words(html: &str, selector: &str) -> String {
    let document = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("a selector");
    let text: String = document.select(&selector).flat_map(|element| element.text().chain([" "])).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
