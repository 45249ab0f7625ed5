//! The whole program on the shipped content: what lands in the output folder, and that its links lead somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use scraper::{Html, Selector};
use tempfile::TempDir;
use tiendo::pipeline::{self, BuildOptions, BuildReport};

/// The shipped site, built once for all tests here.
static SAMPLE: LazyLock<(TempDir, BTreeMap<String, Vec<u8>>)> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a temporary folder");
    let output = folder.path().join("site");
    let report = build(&sample_root(), &output, None);
    assert!(report.summary.is_some(), "the sample builds");
    let files = read_tree(&output);
    (folder, files)
});

fn sample_root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn build(root: &Path, output: &Path, jobs: Option<usize>) -> BuildReport {
    let options =
        BuildOptions { root: root.to_owned(), output: Some(output.to_owned()), jobs, ..BuildOptions::default() };
    pipeline::build(&options, &|_, _| ()).expect("the world allows it")
}

pub(crate) fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            (path.to_str().expect("plain names").to_owned(), fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

fn pages() -> impl Iterator<Item = (&'static str, Html)> {
    let pages = SAMPLE.1.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| {
        (path.as_str(), Html::parse_document(std::str::from_utf8(bytes).expect("pages are UTF-8")))
    })
}

fn attributes<'a>(page: &'a Html, selector: &str, name: &'a str) -> Vec<&'a str> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).filter_map(|element| element.value().attr(name)).collect()
}

/// The path that a relative address on a page leads to, and its fragment.
fn target(page: &str, address: &str) -> (String, Option<String>) {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (address, None),
    };
    let folder = page.rfind('/').map_or("", |slash| &page[..slash]);
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => assert!(segments.pop().is_some(), "{page}: {address} leaves the site"),
            name => segments.push(name),
        }
    }
    if path.is_empty() {
        return (page.to_owned(), fragment);
    }
    let mut path_below = segments.join("/");
    if path.ends_with('/') || path.ends_with("..") || path == "." {
        path_below = format!("{path_below}/index.html").trim_start_matches('/').to_owned();
    }
    (path_below, fragment)
}

#[test]
fn every_link_of_every_page_leads_to_a_file_and_a_place_in_it() {
    let ids: BTreeMap<&str, BTreeSet<String>> = pages()
        .map(|(path, page)| (path, attributes(&page, "[id]", "id").into_iter().map(str::to_owned).collect()))
        .collect();
    let mut dead = Vec::new();
    let mut followed = 0;
    for (path, page) in pages() {
        // It is served at any address, so it knows its `base_url`.
        if path == "404.html" || path.ends_with("/404.html") {
            continue;
        }
        let mut addresses = attributes(&page, "a[href], link[href]", "href");
        addresses.extend(attributes(&page, "img[src], script[src]", "src"));
        for address in addresses {
            if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) {
                continue;
            }
            assert!(!address.starts_with('/'), "{path}: {address} would not work below a sub-path");
            followed += 1;
            let (file, fragment) = target(path, address);
            let place = fragment.filter(|fragment| !fragment.is_empty());
            let is_there = SAMPLE.1.contains_key(&file)
                && place.is_none_or(|place| ids.get(file.as_str()).is_some_and(|ids| ids.contains(&place)));
            if !is_there {
                dead.push(format!("{path}: {address}"));
            }
        }
    }
    assert!(followed > 5_000, "{followed} links were followed");
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn no_page_runs_styles_or_asks_anything_of_another_host() {
    for (path, page) in pages() {
        let policy = attributes(&page, "meta[http-equiv=\"Content-Security-Policy\"]", "content");
        assert!(policy.len() == 1 && !policy[0].contains("unsafe"), "{path}: {policy:?}");
        assert!(attributes(&page, "[style]", "style").is_empty(), "{path} has an inline style");
        for (selector, name) in [("script", "src"), ("img", "src"), ("link[rel=stylesheet]", "href")] {
            let selected = Selector::parse(selector).expect("a selector");
            let is_data = |element: &scraper::ElementRef| element.attr("type") == Some("application/ld+json");
            for element in page.select(&selected).filter(|element| !is_data(element)) {
                let address = element.value().attr(name).unwrap_or_else(|| panic!("{path} has an inline {selector}"));
                let own = path.ends_with("404.html") && address.starts_with("https://example.org/tien-do/");
                assert!(own || !address.contains("//"), "{path}: {address}");
            }
        }
    }
}

#[test]
fn every_page_has_one_title_one_heading_and_its_language() {
    for (path, page) in pages() {
        let count = |selector: &str| page.select(&Selector::parse(selector).expect("a selector")).count();
        assert_eq!(count("head > title"), 1, "{path}");
        assert_eq!(count("h1"), 1, "{path}");
        let language = attributes(&page, "html", "lang");
        let expected = if path.starts_with("en/") { "en" } else { "vi" };
        assert_eq!(language, [expected], "{path}");
        let mut ids = attributes(&page, "[id]", "id");
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path} has an id twice");
    }
}

#[test]
fn the_site_is_the_same_at_any_number_of_jobs() {
    let folder = TempDir::new().expect("a temporary folder");
    for jobs in [1, 2, 8] {
        let output = folder.path().join(format!("jobs-{jobs}"));
        build(&sample_root(), &output, Some(jobs));
        assert!(read_tree(&output) == SAMPLE.1, "at {jobs} jobs");
    }
}

#[test]
fn the_manifest_lists_every_file_with_its_digest() {
    let manifest: serde_json::Value = serde_json::from_slice(&SAMPLE.1["manifest.json"]).expect("JSON");
    assert_eq!(manifest["program"], "tiendo");
    assert_eq!(manifest["as_of"], "2021-12-31");
    let listed = manifest["files"].as_array().expect("a list");
    let paths: Vec<&str> = listed.iter().map(|file| file["path"].as_str().expect("a path")).collect();
    let expected: Vec<&str> = SAMPLE.1.keys().map(String::as_str).filter(|path| *path != "manifest.json").collect();
    assert_eq!(paths, expected);
    for file in listed {
        let bytes = &SAMPLE.1[file["path"].as_str().expect("a path")];
        assert_eq!(file["size"], bytes.len());
        assert_eq!(file["sha256"], tiendo::render::data::sha256(bytes));
    }
}

/// A copy of the sample's sources that a test may spoil.
fn copy_of_sample() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let content = sample_root().join("content");
    for entry in walkdir::WalkDir::new(&content) {
        let entry = entry.expect("readable");
        let path = folder.path().join("content").join(entry.path().strip_prefix(&content).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("writable");
        } else {
            fs::copy(entry.path(), path).expect("writable");
        }
    }
    folder
}

#[test]
fn a_mistake_leaves_the_former_site_untouched() {
    let root = copy_of_sample();
    let output = root.path().join("output");
    build(root.path(), &output, None);
    let before = read_tree(&output);
    let report = root.path().join("content/reports/2021/07-30-tp-ben-tre.md");
    let text = fs::read_to_string(&report).expect("readable");
    for (right, wrong) in [
        ("value: 62", "value: \"53,5\""),
        ("value: 62", "value: .nan"),
        ("published: 2021-07-30", "published: 30/07/2021"),
        ("nq-2021/doanh-nghiep", "nq-2021/doanh-nghep"),
        ("unit: tp-ben-tre", "unit: tp-ben-te"),
    ] {
        assert!(text.contains(right), "{right}");
        fs::write(&report, text.replacen(right, wrong, 1)).expect("writable");
        let built = build(root.path(), &output, None);
        assert!(built.summary.is_none() && built.diagnostics.has_errors(), "{wrong}");
        assert!(read_tree(&output) == before, "{wrong} changed the site");
    }
    fs::write(&report, text).expect("writable");
    let built = build(root.path(), &output, None);
    assert_eq!(built.summary.expect("it builds").written, 0, "nothing changed, so nothing is written");
}

#[test]
fn each_figure_of_the_articles_is_in_the_data_with_its_share() {
    let table = |name: &str| {
        let bytes = &SAMPLE.1[&format!("data/{name}.csv")];
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<BTreeMap<String, String>> = reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                header.iter().zip(row.iter()).map(|(key, cell)| (key.to_owned(), cell.to_owned())).collect()
            })
            .collect();
        rows
    };
    let indicators = table("indicators");
    let row =
        |id: &str| indicators.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} is in the table"));
    for (id, value, target, progress) in [
        ("ben-tre/03-nq-tu/van-ban", "11", "18", "0.611111"),
        ("tp-ben-tre/nq-2021/doanh-nghiep", "62", "150", "0.413333"),
        ("tp-ben-tre/nq-2021/chi-bo", "4", "8", "0.500000"),
        ("giong-trom/my-thanh/nq-dai-hoi/chi-bo", "2", "3", "0.666667"),
        ("giong-trom/my-thanh/nq-dai-hoi/doanh-nghiep", "2", "10", "0.200000"),
    ] {
        let row = row(id);
        assert_eq!((&*row["value"], &*row["target"], &*row["progress"]), (value, target, progress), "{id}");
    }
    let observations = table("observations");
    assert!(observations.iter().all(|row| !row["source_title"].is_empty()), "every figure has a source");
    let breakdown = |id: &str| {
        let row = observations.iter().find(|row| row["indicator"] == id);
        row.unwrap_or_else(|| panic!("{id} was observed"))["breakdown"].clone()
    };
    assert_eq!(breakdown("ben-tre/03-nq-tu/van-ban"), "cho=4;du-thao=3;ban-hanh=11");
    let red_or_green = |row: &&BTreeMap<String, String>| {
        ["achieved", "achieved-late", "on-track", "behind", "off-track", "missed"].contains(&row["status"].as_str())
    };
    let judged: Vec<&str> = indicators.iter().filter(red_or_green).map(|row| row["id"].as_str()).collect();
    // The one source that says so itself: "đạt chỉ tiêu nghị quyết".
    assert_eq!(judged, ["giong-trom/my-thanh/nq-2021/doanh-nghiep"]);
}
