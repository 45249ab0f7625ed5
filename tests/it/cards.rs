//! The cards of pages that are passed on: drawn once, the same everywhere, and only where a site asks for them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tiendo::pipeline::{self, BuildOptions, Published, Summary};

use crate::harness::Site;
use crate::site::read_tree;

fn options(root: &Path, jobs: Option<usize>) -> BuildOptions {
    let as_of = Some("2021-07-31".parse().expect("a day"));
    BuildOptions { root: root.to_owned(), jobs, as_of, ..BuildOptions::default() }
}

#[track_caller]
fn build(root: &Path, jobs: Option<usize>) -> (Summary, BTreeMap<String, Vec<u8>>) {
    let report = pipeline::build(&options(root, jobs), &|_, _| ()).expect("the world allows it");
    (report.summary.expect("the site is without a mistake"), read_tree(&root.join("output")))
}

fn cards(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, &[u8]> {
    let cards = files.iter().filter(|(path, _)| path.ends_with("card.png"));
    cards.map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
}

#[test]
fn a_card_is_drawn_once_and_never_believed_blindly() {
    let site = Site::good().append("content/site.yaml", "cards: true\n");
    let folder = site.write();
    let (first, files) = build(folder.path(), Some(2));
    let drawn = cards(&files);
    let pages = ["", "units/ben-tre/", "units/giong-trom/", "resolutions/ben-tre/nq/", "reports/2021/so-ket/"];
    let pages = pages.into_iter().chain(["resolutions/ben-tre/nq/van-ban/"]);
    let expected: Vec<String> =
        pages.flat_map(|page| [format!("{page}card.png"), format!("en/{page}card.png")]).collect();
    assert_eq!(
        drawn.keys().map(|path| (*path).to_owned()).collect::<std::collections::BTreeSet<_>>(),
        expected.into_iter().collect()
    );
    assert_eq!(first.drawn, drawn.len());
    for (path, bytes) in &drawn {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() < 40_000, "{path}: {} bytes", bytes.len());
        assert_eq!(bytes[16..24], [0, 0, 4, 0xb0, 0, 0, 2, 0x76], "{path} is 1200 × 630");
    }
    // Another folder, one thread: the same bytes.
    let other = site.write();
    assert_eq!(build(other.path(), Some(1)).1, files);

    let (again, _) = build(folder.path(), None);
    assert_eq!((again.drawn, again.written), (0, 0));

    // A pixel changed, what it says it was drawn from left as it is.
    let card = folder.path().join("output/units/ben-tre/card.png");
    let mut changed = drawn["units/ben-tre/card.png"].to_vec();
    let last = changed.len() - 20;
    changed[last] ^= 1;
    fs::write(&card, &changed).expect("the disk takes it");
    let published = Published::Folder(folder.path().join("output"));
    let verified = pipeline::verify(&options(folder.path(), None), &published, &|_, _| ()).expect("it is read");
    let found: Vec<&str> = verified.deviations.iter().map(|deviation| deviation.path.as_str()).collect();
    assert_eq!(found, ["units/ben-tre/card.png"]);
    let (mended, after) = build(folder.path(), None);
    assert_eq!((mended.drawn, mended.written > 0), (1, true));
    assert_eq!(after, files);

    // Another name: the cards of the pages that say it, and no others.
    let renamed = site.replace("content/units/giong-trom.md", "name: Giồng Trôm", "name: Huyện Giồng Trôm");
    fs::write(folder.path().join("content/units/giong-trom.md"), renamed.text("content/units/giong-trom.md"))
        .expect("the disk takes it");
    assert_eq!(build(folder.path(), None).0.drawn, 2, "one a language");
}

#[test]
fn a_site_has_no_cards_unless_it_asks_for_them() {
    let (without, asked_not) = (Site::good(), Site::good().append("content/site.yaml", "cards: false\n"));
    let (summary, files) = build(without.write().path(), None);
    assert_eq!((summary.drawn, cards(&files).len()), (0, 0));
    let pages = |files: &BTreeMap<String, Vec<u8>>| {
        let mut files = files.clone();
        // It names the digest of the sources.
        files.remove("manifest.json");
        files
    };
    assert_eq!(pages(&build(asked_not.write().path(), None).1), pages(&files));
}

#[test]
fn a_file_in_the_place_of_a_card_is_told() {
    let site = Site::good().append("content/site.yaml", "cards: true\n").bytes("content/static/card.png", b"mine");
    let report = pipeline::check(&options(site.write().path(), None), &|_, _| ()).expect("it is read");
    assert!(report.summary.is_none(), "two files cannot have one address");
}
