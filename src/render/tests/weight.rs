//! What readers load: sizes in bytes as files have them, which no machine changes.

use std::collections::BTreeMap;
use std::path::Path;

use super::Rendered;
use super::sites::{DAY, FULL};
use crate::pipeline::{BuildOptions, judge};
use crate::render::{Site, render};

/// How much all scripts that a reader of one language may load weigh.
const SCRIPTS: usize = 20_000;
/// A document with ten indicators and their charts, with the style sheet.
const TEN_INDICATORS: usize = 60_000;
/// Any page of a site of the sample's size.
const PAGE: usize = 150_000;

#[test]
fn ten_indicators_with_their_charts_are_light() {
    let site = Rendered::of(FULL, DAY);
    let style: usize = site.files.iter().filter(|(path, _)| path.ends_with(".css")).map(|(_, text)| text.len()).sum();
    let page = site.page("nghi-quyet/ben-tre/nq/");
    assert!(page.matches("<tr").count() > 10 && page.contains("chart-bars"));
    let page = page.len();
    assert!(style > 0 && page + style <= TEN_INDICATORS, "{page} + {style}");
}

#[test]
fn all_scripts_together_are_light() {
    let site = Rendered::of(FULL, DAY);
    let mut scripts: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, text) in site.files.iter().filter(|(path, _)| path.ends_with(".js")) {
        // Each language has its own, of one name; the heaviest of them counts.
        let name = path.split('.').next().expect("a name");
        let heaviest = scripts.entry(name).or_default();
        *heaviest = text.len().max(*heaviest);
    }
    assert!(scripts.len() >= 6, "{scripts:?}");
    let all: usize = scripts.values().sum();
    assert!(all < SCRIPTS, "{all}: {scripts:?}");
}

#[test]
fn no_page_of_the_sample_is_heavy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    let judged = judge(&BuildOptions { root, ..BuildOptions::default() }).expect("the sample can be read");
    let mut diagnostics = judged.diagnostics.clone();
    let site = Site::new(&judged.sources, &judged.assessment, &judged.findings, &mut diagnostics);
    let mut pages = 0;
    for route in site.routes().iter().filter(|route| route.is_page()) {
        let (files, _) = render(&site, route);
        let (path, html) = files.first().expect("a page was rendered");
        assert!(html.len() <= PAGE, "{path}: {}", html.len());
        pages += 1;
    }
    assert!(pages > 100, "{pages}");
}
