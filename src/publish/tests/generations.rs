//! The spare generation of large sites.

use super::*;

/// The files of a site that is large enough for a spare: forty pages, and those of the test.
fn large(own: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pages = (0..40).map(|number| (format!("don-vi/{number}/index.html"), format!("page {number}")));
    pages.chain(files(own)).collect()
}

/// Publishes and leaves a receipt, when all folders are so old that a change of one would leave another time.
fn publish(site: &Site, own: &[(&str, &str)]) -> Result<Outcome, Error> {
    std::thread::sleep(std::time::Duration::from_millis(30));
    let publication = site.begin()?;
    for (path, text) in large(own) {
        let path = SitePath::new(path).expect("the test's paths are good");
        publication.write(&path, Content::Bytes(text.into_bytes().into()))?;
    }
    publication.finish_and_leave(manifest, || Some(Claim { key: [1; 16], note: Vec::new(), memory: Vec::new() }))
}

/// What stands beside the output folder, the receipt left out.
fn beside(site: &Site) -> Vec<String> {
    site.siblings().into_iter().filter(|name| name != RECEIPT).collect()
}

const SPARE: &str = ".output.tiendo-spare";
const RECEIPT: &str = ".output.tiendo-receipt";

/// A large site that was published so often that there is a spare, and that the folders of both are known.
fn with_spare() -> Site {
    let site = Site::new();
    publish(&site, &[("index.html", "home"), ("gone.html", "gone")]).expect("it works");
    assert_eq!(beside(&site), [""; 0], "the first site has no former one");
    for text in ["home, changed", "home, improved", "home, corrected", "home, changed at last"] {
        publish(&site, &[("index.html", text)]).expect("it works");
    }
    let seen = Recalled::read(&site.folders()).expect("a receipt was left").seen();
    for sights in [&seen.output, &seen.spare] {
        assert_eq!(sights.keys().filter(|folder| folder.starts_with("don-vi")).count(), 41);
    }
    assert_eq!(beside(&site), [SPARE]);
    site
}

/// Whether a build of the same would find that there is nothing to do.
fn has_receipt(site: &Site) -> bool {
    let recalled = recall(&site.at("output"), site.root()).expect("a receipt was left");
    find_receipt(&recalled, &site.at("output"), site.root(), [1; 16]).is_some()
}

#[test]
fn what_was_published_from_a_spare_is_known() {
    let site = with_spare();
    assert!(has_receipt(&site));
    for own in [&[("index.html", "home, again"), ("new/index.html", "new")][..], &[("index.html", "home, at last")]] {
        publish(&site, own).expect("it works");
        assert!(has_receipt(&site), "{own:?}");
    }
    fs::write(site.at("output/index.html"), "mine").expect("the disk takes it");
    assert!(!has_receipt(&site));
}

#[test]
fn files_are_looked_at_ahead_and_once() {
    let site = with_spare();
    fs::write(site.at("output/don-vi/7/index.html"), "mine").expect("the disk takes it");
    let recalled = Arc::new(recall(&site.at("output"), site.root()).expect("a receipt was left"));
    assert_eq!(recalled.count_unseen(), recalled.left().len());
    recalled.look_ahead();
    // Other threads do it when they are idle.
    while recalled.count_unseen() > 0 {
        std::thread::yield_now();
    }
    fs::remove_file(site.at("output/don-vi/8/index.html")).expect("it was there");
    let is_there = |path: &str| recalled.find(&SitePath::new(path).expect("it is good")).is_some();
    assert!(!is_there("don-vi/7/index.html"));
    assert!(is_there("don-vi/8/index.html"), "nobody looks twice");
    assert!(is_there("don-vi/9/index.html"));
}

#[test]
fn what_was_recalled_of_an_earlier_site_keeps_nothing() {
    let site = with_spare();
    let keeps = |recalled: Option<Recalled>| {
        let recalled = recalled.map(Arc::new);
        let publication = Publication::begin_again(&site.at("output"), site.root(), recalled).expect("it works");
        publication.keep(&[SitePath::new("don-vi/1/index.html").expect("it is good")])
    };
    let recall = || recall(&site.at("output"), site.root());
    let earlier = recall();
    assert!(keeps(recall()));
    publish(&site, &[("index.html", "another site")]).expect("it works");
    assert!(!keeps(earlier));
    assert!(keeps(recall()));
}

/// The number of a file, and when its entry changed.
fn entry(path: &Path) -> (u64, (i64, i64)) {
    let metadata = fs::symlink_metadata(path).expect("it is there");
    (metadata.ino(), (metadata.ctime(), metadata.ctime_nsec()))
}

/// Publishes another version and holds the output against it, and the spare against the output.
#[track_caller]
fn comes_out_right(site: &Site, own: &[(&str, &str)]) {
    publish(site, own).expect("it works");
    assert_eq!(site.output(), large(own));
    assert_eq!(beside(site), [SPARE]);
    for path in tree(&site.at(SPARE)).keys() {
        assert_eq!(
            entry(&site.at(&format!("{SPARE}/{path}"))).0,
            entry(&site.at(&format!("output/{path}"))).0,
            "{path}"
        );
    }
}

#[test]
fn the_next_site_is_made_from_second_names_that_stay() {
    let site = with_spare();
    let spare = tree(&site.at(SPARE));
    assert_eq!(spare, large(&[]), "neither what changed nor what is gone");
    let page = site.at("output/don-vi/7/index.html");
    let before = entry(&page);
    comes_out_right(&site, &[("index.html", "home, changed again"), ("new/index.html", "new")]);
    assert_eq!(entry(&page), before, "no name of it came or went");
    // What was new has its second name by now.
    comes_out_right(&site, &[("index.html", "home, changed for ever"), ("new/index.html", "new")]);
    assert_eq!(tree(&site.at(SPARE)), large(&[("new/index.html", "new")]));
    assert_eq!(entry(&page), before);
}

/// What is known of a page's folder without reading it.
fn is_known(site: &Site, tree: &str) -> bool {
    let recalled = Recalled::read(&site.folders()).expect("a receipt was left");
    let (left, seen) = (recalled.left(), recalled.seen());
    let sights = if tree == SPARE { &seen.spare } else { &seen.output };
    let watch = Watch::new(sights, left, receipt::now());
    let metadata = fs::symlink_metadata(site.at(tree).join("don-vi/7")).expect("it is there");
    let below = watch.contents("don-vi", watch.contents("", 0..left.len()).below("don-vi")).below("don-vi/7");
    assert_eq!(below.len(), 1);
    watch.known("don-vi/7", below, &metadata).is_some()
}

#[test]
fn a_folder_in_which_something_happened_is_read() {
    let harms: [(&str, Harm<'_>); 5] = [
        ("a file came", &|site| {
            site.put("output/don-vi/7/mine.txt", "mine");
            site.put(&format!("{SPARE}/don-vi/7/mine.txt"), "mine");
        }),
        ("a file came and went", &|site| {
            for tree in ["output", SPARE] {
                let path = format!("{tree}/don-vi/7/mine.txt");
                site.put(&path, "mine");
                fs::remove_file(site.at(&path)).expect("it is there");
            }
        }),
        ("a folder came", &|site| {
            for tree in ["output", SPARE] {
                fs::create_dir(site.at(tree).join("don-vi/7/empty")).expect("the disk takes a folder");
            }
        }),
        ("another file has the name", &|site| {
            for tree in ["output", SPARE] {
                let (page, copy) = (site.at(tree).join("don-vi/7/index.html"), site.at("copy"));
                fs::copy(&page, &copy).expect("the disk takes it");
                fs::rename(&copy, &page).expect("it takes the place");
            }
        }),
        ("its mode changed", &|site| {
            for tree in ["output", SPARE] {
                let modes = fs::Permissions::from_mode(0o700);
                fs::set_permissions(site.at(tree).join("don-vi/7"), modes).expect("it is ours");
            }
        }),
    ];
    for (harm, harm_done) in harms {
        let site = with_spare();
        assert!(is_known(&site, "output") && is_known(&site, SPARE), "before {harm}");
        harm_done(&site);
        assert!(!is_known(&site, "output") && !is_known(&site, SPARE), "{harm}");
    }
}

#[test]
fn a_folder_that_holds_something_else_than_the_receipt_says_is_read() {
    let site = with_spare();
    let recalled = Recalled::read(&site.folders()).expect("a receipt was left");
    let (left, seen) = (recalled.left(), recalled.seen());
    let metadata = fs::symlink_metadata(site.at("output/don-vi/7")).expect("it is there");
    let watch = Watch::new(&seen.output, left, receipt::now());
    assert!(watch.known("don-vi/7", 0..0, &metadata).is_none(), "without its file");
    assert!(watch.known("don-vi/8", watch.contents("", 0..left.len()).below("don-vi"), &metadata).is_none());
}

#[test]
fn a_folder_that_changed_a_moment_ago_is_not_noted() {
    let site = with_spare();
    let folder = site.at("output/don-vi/7");
    let metadata = fs::symlink_metadata(&folder).expect("it is there");
    let entries = folder::read_folder(&folder).expect("it can be read");
    let sights = Sights::default();
    let seen = |moment| {
        let watch = Watch::new(&sights, &[], moment);
        watch.note("don-vi/7", &metadata, &entries);
        watch.into_sights().len()
    };
    let changed = std::time::Duration::new(metadata.ctime().unsigned_abs(), 0);
    assert_eq!(seen(changed), 0);
    assert_eq!(seen(changed + std::time::Duration::from_secs(9)), 1);
}

#[test]
fn files_and_folders_change_places() {
    let site = with_spare();
    comes_out_right(&site, &[("a", "file"), ("b/c/d", "below")]);
    comes_out_right(&site, &[("a", "file"), ("b/c/d", "below"), ("e", "")]);
    comes_out_right(&site, &[("a/index.html", "folder"), ("b", "file")]);
    comes_out_right(&site, &[("a/index.html", "folder"), ("b", "file"), ("e", "")]);
    comes_out_right(&site, &[]);
}

#[test]
fn a_site_that_changed_as_a_whole_leaves_no_spare() {
    let site = with_spare();
    site.publish(ONE).expect("it works");
    assert_eq!(site.output(), files(ONE));
    assert_eq!(beside(&site), [""; 0]);
}

#[test]
fn strangers_stay_at_home() {
    let site = with_spare();
    site.put("output/.git/HEAD", "ref");
    site.put("output/don-vi/mine.txt", "mine");
    for round in ["one", "two", "three"] {
        let own = [("index.html", round)];
        publish(&site, &own).expect("it works");
        let strangers = [(".git/HEAD", "ref"), ("don-vi/mine.txt", "mine")];
        assert_eq!(site.output(), large(&[&own[..], &strangers].concat()));
        assert_eq!(tree(&site.at(SPARE)), large(&[]));
    }
    fs::remove_file(site.at("output/don-vi/mine.txt")).expect("it is there");
    publish(&site, &[]).expect("it works");
    assert_eq!(site.output(), large(&[(".git/HEAD", "ref")]), "nothing comes back");
}

/// What somebody does to a site's spare.
type Harm<'a> = &'a dyn Fn(&Site);

#[test]
fn what_somebody_did_to_the_spare_is_not_published() {
    let at = |path: &str| format!("{SPARE}/don-vi/{path}");
    let remove = |site: &Site, path: &str| fs::remove_file(site.at(&at(path))).expect("it is there");
    let harms: [(&str, Harm<'_>); 7] = [
        ("nothing", &|_| {}),
        ("a name is gone", &|site| remove(site, "3/index.html")),
        ("a folder is gone", &|site| fs::remove_dir_all(site.at(&at("3"))).expect("it is there")),
        ("another file has the name", &|site| {
            remove(site, "3/index.html");
            site.put(&at("3/index.html"), "page 3");
        }),
        ("a link has the name", &|site| {
            remove(site, "3/index.html");
            symlink(site.at("output/don-vi/3/index.html"), site.at(&at("3/index.html"))).expect("links are taken");
        }),
        ("a folder may not be entered", &|site| {
            fs::set_permissions(site.at(&at("3")), fs::Permissions::from_mode(0o700)).expect("ours");
        }),
        ("the manifest is another", &|site| {
            fs::remove_file(site.at(SPARE).join(MANIFEST)).expect("it is there");
            fs::copy(site.at("output").join(MANIFEST), site.at(SPARE).join(MANIFEST)).expect("the disk takes it");
        }),
    ];
    for (harm, harm_done) in harms {
        let site = with_spare();
        harm_done(&site);
        let own = [("index.html", harm)];
        publish(&site, &own).unwrap_or_else(|error| panic!("{harm}: {error}"));
        assert_eq!(site.output(), large(&own), "{harm}");
        assert_eq!(mode(&site.at("output/don-vi/3")), 0o755, "{harm}");
        assert_eq!(tree(&site.at(SPARE)), large(&[]), "{harm}");
    }
}

#[test]
fn what_somebody_did_to_the_site_is_mended_and_comes_home() {
    let site = with_spare();
    let gone = [("index.html", "one"), ("a.html", "a"), ("folder/b.html", "b")];
    comes_out_right(&site, &gone);
    for page in ["a.html", "folder/b.html", "don-vi/3/index.html"] {
        fs::remove_file(site.at("output").join(page)).expect("it is there");
    }
    site.put("output/a.html/mine.txt", "mine");
    fs::remove_dir(site.at("output/folder")).expect("it is empty");
    symlink(site.at("content"), site.at("output/folder")).expect("the disk takes links");
    site.put("content/b.html", "another's");
    for round in ["two", "three"] {
        let own = [("index.html", round)];
        publish(&site, &own).expect("it works");
        let link = format!("-> {}", site.at("content").display());
        let strangers = [("a.html/mine.txt", "mine"), ("folder", link.as_str())];
        assert_eq!(site.output(), large(&[&own[..], &strangers].concat()));
        assert_eq!(tree(&site.at(SPARE)).keys().filter(|path| !path.starts_with("don-vi/")).count(), 0);
        assert_eq!(fs::read_to_string(site.at("content/b.html")).expect("it stays"), "another's");
    }
}

#[test]
fn what_others_put_into_the_spare_comes_home() {
    // As it does where somebody saves a file while the sites are exchanged.
    let site = with_spare();
    site.put(&format!("{SPARE}/don-vi/mine.txt"), "mine");
    site.put(&format!("{SPARE}/folder/mine.txt"), "mine too");
    fs::create_dir(site.at(&format!("{SPARE}/empty"))).expect("the disk takes a folder");
    let strangers = [("don-vi/mine.txt", "mine"), ("folder/mine.txt", "mine too"), ("empty/", "")];
    for round in ["one", "two"] {
        let own = [("index.html", round)];
        publish(&site, &own).expect("it works");
        assert_eq!(site.output(), large(&[&own[..], &strangers].concat()));
        assert_eq!(tree(&site.at(SPARE)), large(&[]));
    }
}

#[test]
fn a_link_in_the_place_of_the_spare_is_not_followed() {
    let site = with_spare();
    fs::remove_dir_all(site.at(SPARE)).expect("it is there");
    symlink(site.at("content"), site.at(SPARE)).expect("the disk takes links");
    assert_eq!(in_the_way(publish(&site, &[])), site.at(SPARE));
}

#[test]
fn a_spare_without_its_site_goes() {
    let site = with_spare();
    fs::remove_dir_all(site.at("output")).expect("it is there");
    publish(&site, &[]).expect("it works");
    assert_eq!(site.output(), large(&[]));
    assert_eq!(beside(&site), [""; 0]);
}

#[test]
fn a_spare_that_was_being_brought_up_to_date_goes() {
    let site = with_spare();
    site.put(&format!("{SPARE}/{MARKER}"), "");
    site.put(&format!("{SPARE}/half/index.html"), "half");
    drop(site.begin().expect("it works"));
    assert_eq!(beside(&site), [""; 0]);
    comes_out_right(&site, &[]);
}

#[test]
fn a_publication_that_is_given_up_leaves_the_spare_as_it_was() {
    let site = with_spare();
    let before = (site.output(), tree(&site.at(SPARE)));
    let publication = site.begin().expect("it works");
    publication
        .write(&SitePath::new("index.html").expect("good"), Content::Bytes(b"half"[..].into()))
        .expect("it works");
    drop(publication);
    assert_eq!((site.output(), tree(&site.at(SPARE))), before);
    assert_eq!(beside(&site), [SPARE]);
}

#[test]
fn two_renames_leave_a_spare_too() {
    let site = with_spare();
    let own = [("index.html", "home, by two renames")];
    let all = large(&own);
    let publication = site.begin().expect("it works");
    for (path, text) in &all {
        let path = SitePath::new(path.as_str()).expect("good");
        publication.write(&path, Content::Bytes(text.as_bytes().into())).expect("it works");
    }
    // The former site waits in a place of its own, as after two renames.
    let folders = site.folders();
    let files = Files::new(std::mem::take(&mut *publication.records.lock().expect("no thread panicked")));
    let sights = Sights::default();
    let watch = Watch::new(&sights, &[], receipt::now());
    let adopted = spare::adopt(&folders, &publication.former, &files, &watch, publication.modes).expect("it works");
    assert_eq!(adopted.map(|stood| stood.iter().filter(|stood| **stood).count()), Some(40));
    fs::write(folders.scratch.join(MANIFEST), manifest(&files.entries)).expect("the disk takes it");
    folders.unmark_scratch().expect("it is marked");
    let old = swap::rename_twice(&folders).expect("it works");
    spare::leave(&folders, &publication.former, &old, &files, &[]).expect("it works");
    drop(publication);
    assert_eq!(site.output(), all);
    assert_eq!(tree(&site.at(SPARE)), large(&[]));
    assert_eq!(beside(&site), [SPARE]);
}
