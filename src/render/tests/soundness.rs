//! What must hold for every page, whatever is written: valid markup, no script, no inline style, links that work.

use std::collections::BTreeSet;
use std::path::Path;

use scraper::{ElementRef, Html, Selector};

use super::sites::{DAY, FULL, HOSTILE, MINIMAL};
use super::{Rendered, words};
use crate::pipeline::{BuildOptions, judge};
use crate::render::{Site, render};
use crate::route::routes;

/// Fails for anything that no page may have.
#[track_caller]
fn assert_sound(path: &str, html: &str) {
    let document = Html::parse_document(html);
    assert!(document.errors.is_empty(), "{path}: {:?}", document.errors);
    let root = document.root_element();
    let lang = root.attr("lang").unwrap_or_default();
    assert!(!lang.is_empty(), "{path}: <html> names no language");

    let mut ids = BTreeSet::new();
    let mut level = 0;
    for element in root.descendent_elements() {
        let name = element.value().name();
        assert!(!matches!(name, "style" | "iframe" | "object" | "base"), "{path}: <{name}>");
        if name == "script" {
            // Ours runs from files of its own; what stands in a page is data and never runs.
            let is_ours = element.attr("src").is_some_and(|src| src.contains("assets/") && src.ends_with(".js"));
            let is_data = element.attr("type") == Some("application/ld+json") && element.attr("src").is_none();
            assert!(is_data || is_ours && text(element).is_empty(), "{path}: <script>{}", text(element));
        }
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on") && attribute != "style", "{path}: {attribute}={value}");
            if matches!(attribute, "href" | "src") {
                let lower = value.to_ascii_lowercase();
                assert!(!lower.starts_with("javascript:") && !lower.starts_with("data:"), "{path}: {value}");
            }
            if attribute == "id" {
                assert!(ids.insert(value.to_owned()), "{path}: id `{value}` stands twice");
            }
        }
        if let Some(heading) = name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) {
            assert!(heading <= level + 1, "{path}: <h{heading}> after <h{level}>: {}", text(element));
            assert!(heading > 1 || level == 0, "{path}: a second <h1>");
            level = heading;
        }
        if matches!(name, "p" | "li" | "dd" | "caption") {
            let filled = !text(element).is_empty() || element.has_children();
            assert!(filled, "{path}: an empty <{name}>");
        }
    }
    for label in select(&document, "[aria-labelledby]") {
        let id = label.attr("aria-labelledby").unwrap_or_default();
        assert!(ids.contains(id), "{path}: nothing has the id `{id}`");
    }
    assert!(words(html, "title").len() > 2, "{path}: no title");
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// Fails for links between pages that lead nowhere.
#[track_caller]
fn assert_links(site: &Rendered, base: &str) {
    for (path, html) in site.pages() {
        let document = Html::parse_document(html);
        for element in select(&document, "[href], [src]") {
            let link = element.attr("href").or_else(|| element.attr("src")).unwrap_or_default();
            let absolute =
                link.strip_prefix(base).filter(|_| path.ends_with("404.html") || element.attr("rel").is_some());
            if absolute.is_none() && (link.contains(':') || link.starts_with('#')) {
                assert!(!link.starts_with(base), "{path}: `{link}` works at one address only");
                continue;
            }
            let (address, fragment) = link.split_once('#').map_or((link, None), |(at, id)| (at, Some(id)));
            let target = match absolute {
                Some(address) => address.to_owned(),
                None => resolve(path, address),
            };
            let file = if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target };
            let known = site.files.contains_key(&file) || file == "manifest.json";
            assert!(known, "{path}: `{link}` leads to `{file}`, which does not exist");
            if let Some(fragment) = fragment {
                assert!(site.files[&file].contains(&format!("id=\"{fragment}\"")), "{path}: no `{link}`");
            }
        }
    }
}

/// A relative address from a page's path.
fn resolve(path: &str, address: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                assert!(parts.pop().is_some(), "{path}: `{address}` leaves the site");
            }
            part => parts.push(part),
        }
    }
    let mut resolved = parts.join("/");
    if !resolved.is_empty() && (address.ends_with('/') || address.ends_with("..")) {
        resolved.push('/');
    }
    resolved
}

#[test]
fn every_page_of_every_site_is_sound() {
    for (files, day) in [(MINIMAL, DAY), (FULL, DAY), (FULL, "2021-02-01"), (HOSTILE, DAY)] {
        let site = Rendered::of(files, day);
        assert_eq!(site.diagnostics.iter().count(), 0, "{:?}", site.diagnostics);
        for (path, html) in site.pages() {
            assert_sound(path, html);
        }
    }
}

#[test]
fn links_lead_to_what_exists() {
    for (files, base) in [(MINIMAL, "https://example.org/"), (FULL, "https://example.org/tien-do/")] {
        assert_links(&Rendered::of(files, DAY), base);
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let site = Rendered::of(HOSTILE, DAY);
    let page = site.page("resolutions/ben-tre/nq/mot/");
    let ours =
        ["src=\"../../../../assets/", "type=\"module\" src=\"../../../../assets/", "type=\"application/ld+json\">"];
    let of_ours: usize = ours.iter().map(|start| page.matches(&format!("<script {start}")).count()).sum();
    assert_eq!((page.matches("<script").count(), of_ours), (3, 3), "{page}");
    assert!(words(page, "h1").contains("<svg><script>x</script></svg>"));
    assert!(words(page, "main").contains("{{ site.title }} {% raw %} <b>"));
    assert!(words(page, "header .brand").contains("<script>x</script>\" onload=\"x"));
    // Only what we drew ourselves is a picture, and only what we wrote is emphasis.
    let document = Html::parse_document(page);
    assert!(select(&document, "svg script, svg iframe, blockquote b, .note iframe").is_empty());
    let markup = [".html", ".svg", ".xml"];
    for (path, text) in site.files.iter().filter(|(path, _)| markup.iter().any(|end| path.ends_with(end))) {
        assert!(!text.contains("<script>x"), "{path}");
    }
}

#[test]
fn the_sample_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    let judged = judge(&BuildOptions { root, ..BuildOptions::default() }).expect("the sample can be read");
    let mut diagnostics = judged.diagnostics.clone();
    let site = Site::new(&judged.sources, &judged.assessment, &judged.findings, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    for route in routes(&judged.assessment).iter().filter(|route| route.is_page()) {
        let (files, found) = render(&site, route);
        assert_eq!(found.iter().count(), 0, "{found:?}");
        let (path, html) = files.first().expect("a page was rendered");
        assert_sound(path, std::str::from_utf8(html).expect("pages are text"));
    }
}
