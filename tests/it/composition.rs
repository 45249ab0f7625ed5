//! Sites built apart and put together under one address, as docs/scale.md tells.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scraper::Html;

use crate::commands::Folder;
use crate::harness::{Site, TODAY};
use crate::site::{attributes, read_tree, target};

/// The address of each site below the common one, and the site; the first stands at the root.
fn sites() -> [(&'static str, Site); 3] {
    let named =
        |name: &str| Site::good().replace("content/units/ben-tre.md", "name: Bến Tre", &format!("name: {name}"));
    let whole = named("Cả nước").append(
        "content/pages/gioi-thieu.md",
        "\n[Bến Tre](https://example.org/ben-tre/), [Vĩnh Long](https://example.org/vinh-long/)\n",
    );
    [("", whole), ("ben-tre/", named("Bến Tre")), ("vinh-long/", named("Vĩnh Long"))]
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in read_tree(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
        fs::write(path, bytes).expect("the disk takes a file");
    }
}

#[test]
fn sites_built_apart_stand_under_one_address() {
    let public = tempfile::tempdir().expect("a temporary folder");
    let folders = sites().map(|(below, site)| {
        let folder = Folder::of(&site);
        let address = format!("https://example.org/{below}");
        let (code, _, stderr) = folder.tiendo(&["build", "--as-of", TODAY, "--base-url", &address]);
        assert_eq!(code, 0, "{stderr}");
        copy(&folder.path("output"), &public.path().join(below));
        (below, folder)
    });

    // Every link within the whole leads to a file, and none leaves its own site but by the common address.
    let files = read_tree(public.path());
    let mut followed = 0;
    for (page, bytes) in files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = Html::parse_document(str::from_utf8(bytes).expect("pages are UTF-8"));
        for (selector, name) in [("a[href]", "href"), ("link[rel=stylesheet]", "href"), ("script[src]", "src")] {
            for address in attributes(&html, selector, name) {
                let address = match address.strip_prefix("https://example.org/") {
                    Some(below) => format!("{}{below}", "../".repeat(page.matches('/').count())),
                    None if address.contains(':') => continue,
                    None => address.to_owned(),
                };
                let address = address.split('?').next().unwrap_or_default();
                let (path, _) = target(page, address);
                assert!(files.contains_key(&path), "{page}: {address} leads to {path}");
                followed += 1;
            }
        }
    }
    assert!(followed > 500, "{followed} links were followed");

    // Each part still is what its sources make, wherever it stands.
    let mut rows = BTreeSet::new();
    for (below, folder) in &folders {
        let (address, copy) = (format!("https://example.org/{below}"), public.path().join(below));
        let copy = copy.to_str().expect("a plain path");
        if !below.is_empty() {
            let (code, stdout, stderr) = folder.tiendo(&["verify", copy, "--base-url", &address]);
            assert_eq!(code, 0, "{stdout}{stderr}");
        }
        // Tables of one shape go one after the other, with the part as a further column.
        let table = &files[&format!("{below}data/indicators.csv")];
        let mut reader = csv::Reader::from_reader(table.as_slice());
        for record in reader.records() {
            let id = record.expect("a table")[0].to_owned();
            assert!(rows.insert((*below, id.clone())), "{below}{id} stands twice");
        }
    }
    assert!(rows.len() >= 3);
}
