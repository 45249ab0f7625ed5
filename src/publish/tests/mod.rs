mod generations;

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::folder::{Folders, MARKER};
use super::*;
use crate::error::OutputRefusal;

/// A site's folder that is deleted in the end.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("the disk takes a folder");
        for name in ["content", "themes"] {
            fs::create_dir(folder.path().join(name)).expect("the disk takes a folder");
        }
        Self { folder }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn put(&self, path: &str, text: &str) -> PathBuf {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it lies in the site")).expect("the disk takes a folder");
        fs::write(&path, text).expect("the disk takes a file");
        path
    }

    fn begin(&self) -> Result<Publication, Error> {
        Publication::begin(&self.at("output"), self.root())
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Outcome, Error> {
        let publication = self.begin()?;
        for (path, text) in files {
            let path = SitePath::new(*path).expect("the test's paths are good");
            publication.write(&path, Content::Bytes(text.as_bytes().into()))?;
        }
        publication.finish(manifest)
    }

    /// Every file below the output folder with its text, the manifest left out; folders that are empty end in `/`.
    fn output(&self) -> BTreeMap<String, String> {
        tree(&self.at("output"))
    }

    /// The names beside the output folder that begin with a dot.
    fn siblings(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).expect("the site is there");
        let names = entries.map(|entry| entry.expect("it is there").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with('.')).collect()
    }

    fn folders(&self) -> Folders {
        Folders::of(self.at("output"))
    }
}

fn manifest(entries: &[FileEntry]) -> Vec<u8> {
    let files: Vec<_> = entries
        .iter()
        .map(|entry| serde_json::json!({"path": entry.path.as_str(), "size": entry.size, "sha256": entry.sha256_hex()}))
        .collect();
    serde_json::json!({"program": PROGRAM, "files": files}).to_string().into_bytes()
}

fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("it can be read");
        let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
        if entry.file_type().is_dir() {
            if fs::read_dir(entry.path()).expect("it can be read").next().is_none() {
                found.insert(format!("{path}/"), String::new());
            }
        } else if entry.path_is_symlink() {
            let target = fs::read_link(entry.path()).expect("it is a link");
            found.insert(path, format!("-> {}", target.display()));
        } else if path != MANIFEST {
            found.insert(path, fs::read_to_string(entry.path()).expect("it is text"));
        }
    }
    found
}

fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn refusal(result: Result<impl Sized, Error>) -> Option<OutputRefusal> {
    match result {
        Err(Error::OutputRefused { reason, .. }) => Some(reason),
        _ => None,
    }
}

fn in_the_way(result: Result<impl Sized, Error>) -> PathBuf {
    match result {
        Err(Error::InTheWay { path }) => path,
        Err(error) => panic!("another failure: {error}"),
        Ok(_) => panic!("nothing was in the way"),
    }
}

const ONE: &[(&str, &str)] = &[("index.html", "home"), ("don-vi/a/index.html", "a"), ("don-vi/b/index.html", "b")];
const TWO: &[(&str, &str)] = &[("index.html", "home, changed"), ("don-vi/a/index.html", "a"), ("c.html", "c")];

#[test]
fn a_site_is_published_and_leaves_nothing_beside_it() {
    let site = Site::new();
    assert_eq!(site.publish(ONE).expect("it works"), Outcome { files: 4, written: 4, removed: 0 });
    assert_eq!(site.output(), files(ONE));
    assert_eq!(site.siblings(), [""; 0]);
    let text = fs::read_to_string(site.at("output/manifest.json")).expect("it was written");
    assert!(
        text.contains(r#"{"path":"don-vi/a/index.html","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4d"#),
        "{text}"
    );
}

#[test]
fn a_page_that_is_gone_goes_and_the_rest_is_new() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    assert_eq!(site.publish(TWO).expect("it works"), Outcome { files: 4, written: 3, removed: 1 });
    assert_eq!(site.output(), files(TWO));
    assert!(!site.at("output/don-vi/b").exists());
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn an_unchanged_file_stays_the_same_file() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    let before = fs::metadata(site.at("output/don-vi/a/index.html")).expect("it is there");
    site.publish(TWO).expect("it works");
    let after = fs::metadata(site.at("output/don-vi/a/index.html")).expect("it is there");
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
}

#[test]
fn an_unchanged_site_is_not_touched() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    let stamps = || -> Vec<_> {
        walkdir::WalkDir::new(site.at("output"))
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.expect("it is there").metadata().expect("it is there"))
            .map(|metadata| (metadata.ino(), metadata.mtime(), metadata.mtime_nsec(), metadata.ctime_nsec()))
            .collect()
    };
    let before = stamps();
    assert_eq!(site.publish(ONE).expect("it works"), Outcome { files: 4, written: 0, removed: 0 });
    assert_eq!(stamps(), before);
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn what_somebody_did_to_our_files_is_mended() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    site.put("output/index.html", "hoax");
    fs::remove_file(site.at("output/don-vi/a/index.html")).expect("it was there");
    fs::set_permissions(site.at("output/don-vi/b/index.html"), fs::Permissions::from_mode(0o600)).expect("ours");
    assert_eq!(site.publish(ONE).expect("it works").written, 4);
    assert_eq!(site.output(), files(ONE));
    assert_eq!(mode(&site.at("output/don-vi/b/index.html")), 0o644);
}

#[test]
fn a_link_in_place_of_a_file_is_not_followed() {
    let site = Site::new();
    let secret = site.put("secret", "home");
    site.publish(ONE).expect("it works");
    fs::remove_file(site.at("output/index.html")).expect("it was there");
    symlink(&secret, site.at("output/index.html")).expect("the disk takes links");
    site.publish(ONE).expect("it works");
    assert_eq!(site.output(), files(ONE));
    assert_eq!(fs::read_to_string(secret).expect("it is there"), "home");
}

#[test]
fn strangers_are_carried_over() {
    let site = Site::new();
    site.put("output/.gitkeep", "");
    site.put("output/.git/refs/heads/main", "1234");
    fs::create_dir_all(site.at("output/.git/refs/tags")).expect("the disk takes folders");
    site.publish(ONE).expect("such a folder is taken");

    site.put("output/don-vi/b/mine.txt", "mine");
    site.put("output/locked/mine.txt", "mine");
    fs::set_permissions(site.at("output/locked"), fs::Permissions::from_mode(0o555)).expect("ours");
    symlink("/nowhere", site.at("output/link")).expect("the disk takes links");
    let stranger = fs::metadata(site.at("output/.git/refs/heads/main")).expect("it is there");
    site.publish(TWO).expect("it works");

    let mut expected = files(TWO);
    expected.extend(files(&[
        (".gitkeep", ""),
        (".git/refs/heads/main", "1234"),
        (".git/refs/tags/", ""),
        ("don-vi/b/mine.txt", "mine"),
        ("locked/mine.txt", "mine"),
        ("link", "-> /nowhere"),
    ]));
    assert_eq!(site.output(), expected);
    assert_eq!(mode(&site.at("output/locked")), 0o555);
    let carried = fs::metadata(site.at("output/.git/refs/heads/main")).expect("it is there");
    assert_eq!((stranger.ino(), stranger.nlink()), (carried.ino(), carried.nlink()));
    fs::set_permissions(site.at("output/locked"), fs::Permissions::from_mode(0o755)).expect("ours");
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn a_stranger_in_the_place_of_a_page_is_named_and_stays() {
    for (stranger, page) in [("c.html", "c.html"), ("c.html/mine", "c.html"), ("x", "x/index.html"), ("x/y", "x/y/z")] {
        let site = Site::new();
        site.publish(ONE).expect("it works");
        let path = site.put(&format!("output/{stranger}"), "mine");
        let named = in_the_way(site.publish(&[("index.html", "new"), (page, "page")]));
        assert!(path.starts_with(&named) && named != site.at("output"), "{}", named.display());
        let mut expected = files(ONE);
        expected.insert(stranger.to_owned(), "mine".to_owned());
        assert_eq!(site.output(), expected);
        assert_eq!(site.siblings(), [""; 0]);
    }
}

#[test]
fn a_publication_that_is_given_up_leaves_no_trace() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    let publication = site.begin().expect("it works");
    let path = SitePath::new("deep/er/new.html").expect("a good path");
    publication.write(&path, Content::Bytes(b"new"[..].into())).expect("it works");
    drop(publication);
    assert_eq!(site.output(), files(ONE));
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn folders_that_must_not_be_replaced_are_refused() {
    let site = Site::new();
    let begin = |output: &Path| refusal(Publication::begin(output, site.root()));
    assert_eq!(begin(Path::new("")), Some(OutputRefusal::Root));
    assert_eq!(begin(Path::new("/")), Some(OutputRefusal::Root));
    let home = std::env::home_dir().expect("the tests have a home");
    assert_eq!(begin(&home), Some(OutputRefusal::Root));
    assert_eq!(begin(site.root()), Some(OutputRefusal::HoldsSources));
    assert_eq!(begin(&site.at("content/..")), Some(OutputRefusal::HoldsSources));
    assert_eq!(begin(site.root().parent().expect("it has one")), Some(OutputRefusal::HoldsSources));
    assert_eq!(begin(&site.at("content")), Some(OutputRefusal::HoldsSources));
    assert_eq!(begin(&site.at("content/output")), Some(OutputRefusal::InsideSources));
    assert_eq!(begin(&site.at("nowhere/../themes/deep/er")), Some(OutputRefusal::InsideSources));
    assert!(!site.at("themes/deep").exists() && !site.at("nowhere").exists());
    site.put("file", "");
    assert_eq!(begin(&site.at("file")), Some(OutputRefusal::NotAFolder));
    symlink(site.at("content"), site.at("link")).expect("the disk takes links");
    for path in ["link", "link/"] {
        assert_eq!(begin(&site.at(path)), Some(OutputRefusal::NotAFolder), "{path}");
    }
    assert_eq!(begin(&site.at("link/x")), Some(OutputRefusal::InsideSources));
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn a_folder_of_others_is_refused() {
    let other = r#"{"program":"another","files":[]}"#;
    for (path, text) in [("mine.txt", "mine"), (".hidden", ""), (MANIFEST, other), (MANIFEST, "not JSON"), ("a/b", "")]
    {
        let site = Site::new();
        let path = site.put(&format!("output/{path}"), text);
        assert_eq!(refusal(site.publish(ONE)), Some(OutputRefusal::NotOurs), "{}", path.display());
        assert_eq!(fs::read_to_string(path).expect("it stays"), text);
        assert_eq!(site.siblings(), [""; 0]);
    }
}

#[test]
fn sources_elsewhere_behind_a_link_are_sources_too() {
    let site = Site::new();
    let elsewhere = tempfile::tempdir().expect("the disk takes a folder");
    fs::remove_dir(site.at("content")).expect("it is empty");
    fs::create_dir(elsewhere.path().join("texts")).expect("the disk takes a folder");
    symlink(elsewhere.path().join("texts"), site.at("content")).expect("the disk takes links");
    let begin = |output: &Path| refusal(Publication::begin(output, site.root()));
    assert_eq!(begin(elsewhere.path()), Some(OutputRefusal::HoldsSources));
    assert_eq!(begin(&elsewhere.path().join("texts/output")), Some(OutputRefusal::InsideSources));
}

#[test]
fn an_output_folder_elsewhere_is_made() {
    let site = Site::new();
    let elsewhere = tempfile::tempdir().expect("the disk takes a folder");
    let output = elsewhere.path().join("a/b/");
    Publication::begin(&output, site.root()).and_then(|new| new.finish(manifest)).expect("it works");
    assert!(output.join(MANIFEST).is_file());
}

#[test]
fn two_builds_are_kept_apart() {
    let site = Site::new();
    let first = site.begin().expect("it works");
    assert!(matches!(site.begin(), Err(Error::Locked { .. })));
    first.finish(manifest).expect("it works");
    site.publish(ONE).expect("the lock is free again");
    // A file that a killed build left is nobody's lock.
    site.put(".output.tiendo-lock", "");
    site.publish(TWO).expect("it works");
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn an_unfinished_site_of_a_killed_build_is_cleared() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    site.put(&format!(".output.tiendo-new/{MARKER}"), "");
    site.put(".output.tiendo-new/a/index.html", "half");
    site.publish(ONE).expect("it works");
    assert_eq!(site.siblings(), [""; 0]);
    assert_eq!(site.output(), files(ONE));
}

/// The two sites as they stand when a build is killed after the exchange, or right before it.
fn two_sites(site: &Site) {
    site.publish(ONE).expect("it works");
    site.put("output/mine.txt", "mine");
    let other = Site::new();
    other.publish(TWO).expect("it works");
    fs::rename(other.at("output"), site.folders().scratch).expect("one disk");
    fs::hard_link(site.at("output/mine.txt"), site.at(".output.tiendo-new/mine.txt")).expect("one disk");
}

#[test]
fn a_site_left_by_a_killed_build_goes_and_its_strangers_come_home() {
    let site = Site::new();
    two_sites(&site);
    site.put(".output.tiendo-new/late/er.txt", "came during the exchange");
    let edited = site.put(".output.tiendo-new/edited.txt", "later");
    let earlier = site.put("output/edited.txt", "earlier");
    let set = |path: &Path, seconds: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("ours");
    };
    set(&edited, 2_000_000_000);
    set(&earlier, 1_000_000_000);
    site.publish(ONE).expect("it works");
    let mut expected = files(ONE);
    expected.extend(files(&[
        ("mine.txt", "mine"),
        ("late/er.txt", "came during the exchange"),
        ("edited.txt", "later"),
    ]));
    assert_eq!(site.output(), expected);
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn a_folder_of_others_with_the_name_of_ours_stays() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    let path = site.put(".output.tiendo-new/mine.txt", "mine");
    assert_eq!(in_the_way(site.publish(TWO)), path);
    fs::remove_dir_all(site.folders().scratch).expect("it is there");
    symlink(site.at("content"), site.folders().scratch).expect("the disk takes links");
    assert_eq!(in_the_way(site.publish(TWO)), site.folders().scratch);
    assert_eq!(site.output(), files(ONE));
}

#[test]
fn two_renames_do_where_there_is_no_exchange() {
    let site = Site::new();
    two_sites(&site);
    let old = swap::rename_twice(&site.folders()).expect("it works");
    former::retire(&old, &site.at("output"), former::Owner::Known).expect("it works");
    let mut expected = files(TWO);
    expected.extend(files(&[("mine.txt", "mine")]));
    assert_eq!(site.output(), expected);
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn a_build_killed_between_the_two_renames_is_finished() {
    let site = Site::new();
    two_sites(&site);
    fs::rename(site.at("output"), site.folders().aside).expect("one disk");
    drop(site.begin().expect("it works"));
    let mut expected = files(TWO);
    expected.extend(files(&[("mine.txt", "mine")]));
    assert_eq!(site.output(), expected);
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn a_former_site_set_aside_comes_back() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    fs::rename(site.at("output"), site.folders().aside).expect("one disk");
    site.put(&format!(".output.tiendo-new/{MARKER}"), "");
    drop(site.begin().expect("it works"));
    assert_eq!(site.output(), files(ONE));
    assert_eq!(site.siblings(), [""; 0]);
}

#[test]
fn files_are_copied_in_pieces_and_only_from_the_site() {
    let site = Site::new();
    let large = "đồng khởi ".repeat(20_000);
    let source = site.put("content/static/large.txt", &large);
    let publish = |source: &Path| {
        let publication = site.begin()?;
        let path = SitePath::new("large.txt").expect("a good path");
        publication.write(&path, Content::CopyOf(source.to_owned()))?;
        publication.finish(manifest)
    };
    assert_eq!(publish(&source).expect("it works").written, 2);
    assert_eq!(site.output(), files(&[("large.txt", &large)]));
    assert_eq!(publish(Path::new("content/static/large.txt")).expect("it works").written, 0);
    site.put("content/static/large.txt", &large.replacen("khởi", "khoi", 20_000).replace("đồng khoi", "đồng khởi"));
    assert_eq!(publish(&source).expect("it works").written, 0);
    let changed = format!("{}!", &large[..large.len() - 1]);
    site.put("content/static/large.txt", &changed);
    assert_eq!(publish(&source).expect("it works").written, 2);
    assert_eq!(site.output(), files(&[("large.txt", &changed)]));

    let fifo = site.at("content/static/pipe");
    assert!(Command::new("mkfifo").arg(&fifo).status().expect("it is there").success());
    symlink("/etc/hostname", site.at("content/static/link")).expect("the disk takes links");
    for path in ["content/static/pipe", "content/static/link", "content/static", "content/static/none"] {
        match publish(&site.at(path)) {
            Err(Error::Read { path: named, .. }) => assert_eq!(named, site.at(path)),
            other => panic!("{path}: {other:?}"),
        }
    }
    symlink(&source, site.at("content/static/inner")).expect("the disk takes links");
    publish(&site.at("content/static/inner")).expect("a link inside the site is followed");
    assert_eq!(site.output(), files(&[("large.txt", &changed)]));
}

#[test]
fn many_threads_write_at_once() {
    let site = Site::new();
    let pages: Vec<_> = (0..500).map(|number| format!("a/{}/{}/index.html", number % 7, number)).collect();
    let publish = |change: &str| {
        let publication = site.begin()?;
        pages.par_iter().try_for_each(|page| {
            let text = format!("{page}{}", if page.contains("/3/") { change } else { "" });
            publication
                .write(&SitePath::new(page.as_str()).expect("a good path"), Content::Bytes(text.into_bytes().into()))
        })?;
        publication.finish(manifest)
    };
    assert_eq!(publish("").expect("it works"), Outcome { files: 501, written: 501, removed: 0 });
    let changed = pages.iter().filter(|page| page.contains("/3/")).count();
    assert_eq!(publish("!").expect("it works"), Outcome { files: 501, written: changed + 1, removed: 0 });
    assert_eq!(site.output().len(), 500);
}

#[test]
#[should_panic(expected = "`index.html` is written once")]
fn a_path_written_twice_is_our_bug() {
    let site = Site::new();
    // The second is the same as the former, so the disk does not notice.
    site.publish(&[("index.html", "old")]).expect("it works");
    let publication = site.begin().expect("it works");
    let path = SitePath::new("index.html").expect("a good path");
    publication.write(&path, Content::Bytes(b"new"[..].into())).expect("it works");
    publication.write(&path, Content::Bytes(b"old"[..].into())).expect("it works");
    let _ = publication.finish(manifest);
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o777
}

/// Publishes into the folder that the variable names; only the test below calls it, under a mask of its own.
#[test]
fn publish_under_a_mask() {
    let Some(root) = std::env::var_os("TIENDO_TEST_ROOT") else { return };
    let root = PathBuf::from(root);
    let publication = Publication::begin(&root.join("output"), &root).expect("it works");
    for (path, content) in [
        ("a/b/index.html", Content::Bytes(b"page"[..].into())),
        ("logo.svg", Content::CopyOf(root.join("content/logo.svg"))),
    ] {
        publication.write(&SitePath::new(path).expect("a good path"), content).expect("it works");
    }
    publication.finish(manifest).expect("it works");
}

#[test]
fn the_public_may_read_whatever_the_mask() {
    let site = Site::new();
    let logo = site.put("content/logo.svg", "<svg/>");
    fs::set_permissions(logo, fs::Permissions::from_mode(0o700)).expect("ours");
    for mask in ["077", "000", "022"] {
        let _ = fs::remove_dir_all(site.at("output"));
        let status = Command::new("sh")
            .args(["-c", &format!("umask {mask}; exec \"$0\" --exact publish::tests::publish_under_a_mask")])
            .arg(std::env::current_exe().expect("the tests know themselves"))
            .env("TIENDO_TEST_ROOT", site.root())
            .output()
            .expect("there is a shell")
            .status;
        assert!(status.success());
        for (path, wanted) in [
            ("output", 0o755),
            ("output/a", 0o755),
            ("output/a/b", 0o755),
            ("output/a/b/index.html", 0o644),
            ("output/logo.svg", 0o644),
            ("output/manifest.json", 0o644),
        ] {
            assert_eq!(mode(&site.at(path)), wanted, "{path} under {mask}");
        }
    }
}

#[test]
fn a_disk_that_refuses_is_named() {
    let site = Site::new();
    site.publish(ONE).expect("it works");
    site.put("file", "");
    let below_a_file = site.at("file/output");
    match Publication::begin(&below_a_file, site.root()) {
        Err(Error::Write { path, .. }) => assert_eq!(path, below_a_file),
        other => panic!("{other:?}"),
    }
}

/// A picture of a text, counted as it is drawn.
#[derive(Debug)]
struct Picture<'a> {
    of: &'a str,
    drawn: std::cell::Cell<usize>,
}

impl Drawing for Picture<'_> {
    fn is_drawn_in(&self, file: &[u8]) -> bool {
        file.starts_with(format!("picture of {}:", self.of).as_bytes())
    }

    fn draw(&self) -> Vec<u8> {
        self.drawn.set(self.drawn.get() + 1);
        format!("picture of {}: pixels", self.of).into_bytes()
    }
}

/// Publishes a picture; how often it was drawn, and what publishing came to.
#[track_caller]
fn publish_picture(site: &Site, of: &str) -> (usize, Outcome) {
    let picture = Picture { of, drawn: std::cell::Cell::new(0) };
    let publication = site.begin().expect("it begins");
    let path = SitePath::new("don-vi/card.png").expect("a path");
    publication.write(&path, Content::Drawn(&picture)).expect("it works");
    (picture.drawn.get(), publication.finish(manifest).expect("it works"))
}

#[test]
fn a_picture_is_drawn_once() {
    let site = Site::new();
    assert_eq!(publish_picture(&site, "a"), (1, Outcome { files: 2, written: 2, removed: 0 }));
    assert_eq!(publish_picture(&site, "a"), (0, Outcome { files: 2, written: 0, removed: 0 }));
    assert_eq!(publish_picture(&site, "b").0, 1, "another picture");
    assert_eq!(site.output(), files(&[("don-vi/card.png", "picture of b: pixels")]));
}

#[test]
fn a_picture_that_somebody_changed_is_drawn_anew() {
    let site = Site::new();
    let whole = files(&[("don-vi/card.png", "picture of a: pixels")]);
    // It still says what it was drawn from, and has the same size or another.
    for changed in ["picture of a: PIXELS", "picture of a: pixels and more", "picture of a:", ""] {
        publish_picture(&site, "a");
        let card = site.put("output/don-vi/card.png", changed);
        assert_eq!(publish_picture(&site, "a").0, 1, "{changed}");
        assert_eq!(site.output(), whole);
        // Nor is one taken that the manifest does not list, or only a link leads to.
        fs::rename(&card, site.at("elsewhere.png")).expect("it moves");
        symlink(site.at("elsewhere.png"), &card).expect("a link");
        assert_eq!(publish_picture(&site, "a").0, 1);
        assert_eq!(site.output(), whole);
    }
}
