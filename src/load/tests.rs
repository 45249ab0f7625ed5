//! What is taken in, what is left out, and what is said about it.

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use super::{Shelf, Touched, load, load_again};
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;

struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a scratch folder")).with("content/site.yaml", "title: T\n")
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    #[track_caller]
    fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let full = self.path(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("a folder");
        fs::write(full, bytes).expect("a file");
        self
    }

    #[cfg(unix)]
    #[track_caller]
    fn link(self, path: &str, target: impl AsRef<Path>) -> Self {
        let full = self.path(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("a folder");
        std::os::unix::fs::symlink(target, full).expect("a link");
        self
    }

    /// Every file as `path` or `path (asset size)`, and every diagnostic as `path:line:column wording`.
    #[track_caller]
    fn load(&self) -> (SourceMap, Vec<String>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let sources = load(self.0.path(), &mut diagnostics).expect("readable");
        let files = sources
            .iter()
            .map(|(id, file)| match sources.assets().iter().find(|asset| asset.file == id) {
                Some(asset) => format!("{} (asset {})", file.path, asset.size),
                None => file.path.clone(),
            })
            .collect();
        let words = diagnostics
            .iter()
            .map(|diagnostic| {
                let place = sources.position(diagnostic.primary.file, diagnostic.primary.range().start);
                let path = &sources.file(diagnostic.primary.file).path;
                format!("{path}:{}:{} {}", place.line, place.column, diagnostic.wording)
            })
            .collect();
        (sources, files, words)
    }

    #[track_caller]
    fn says(&self, expected: &[&str]) {
        let (_, _, words) = self.load();
        assert_eq!(words, expected);
    }
}

#[test]
fn files_come_in_the_order_of_their_paths() {
    let site = Site::new()
        .with("content/units/b.md", "x")
        .with("content/units/b/c.md", "x")
        .with("content/units/b-a.md", "x")
        .with("content/units/b/ảnh.png", [0xFF; 3])
        .with("content/static/CNAME", "a.vn")
        .with("content/static/readme.md", "x")
        .with("content/static/.nojekyll", "")
        .with("content/static/.well-known/security.txt", "x")
        .with("themes/x/page.html", "<p>")
        .with("themes/x/font.woff2", [0xFF])
        .with("themes/x/unknown", [0xFF])
        .with("themes/x/LICENSE", "x")
        .with("elsewhere/y.md", "x");
    let (_, files, words) = site.load();
    assert!(words.is_empty(), "{words:?}");
    assert_eq!(
        files,
        [
            "content/site.yaml",
            "content/static/.nojekyll (asset 0)",
            "content/static/.well-known/security.txt (asset 1)",
            "content/static/CNAME (asset 4)",
            "content/static/readme.md (asset 1)",
            "content/units/b-a.md",
            "content/units/b.md",
            "content/units/b/c.md",
            "content/units/b/ảnh.png (asset 3)",
            "themes/x/LICENSE",
            "themes/x/font.woff2 (asset 1)",
            "themes/x/page.html",
            "themes/x/unknown (asset 1)",
        ]
    );
}

#[test]
fn what_is_none_of_the_sites_is_left_out() {
    let mut site = Site::new();
    for path in [
        ".git/config",
        ".env",
        "units/.a.md.swp",
        "units/a.md~",
        "units/#a.md#",
        "units/a.md.bak",
        "units/a.md.orig",
        "static/.DS_Store",
        "static/.htpasswd",
        "static/~$a.docx",
        "static/Thumbs.db",
        "units/.well-known/x",
    ] {
        site = site.with(&format!("content/{path}"), "x");
    }
    assert_eq!(site.load().1, ["content/site.yaml"]);
}

#[test]
fn texts_are_checked_byte_by_byte() {
    Site::new()
        .with("content/units/a.md", b"---\nname: X\xC3\xA3 \xFF\xFE\n---\n")
        .with("content/units/b.md", b"\xFF\xFEx\0")
        .with("content/units/c.md", "Xã\n Ấp\u{0}\u{1}")
        .with("content/units/d.md", format!("{}ấ\u{85}", "ấ".repeat(21)))
        .with("content/units/e.md", "\u{7f}")
        .with("content/units/f.md", "Có\u{a0}« và »\t\r\n")
        .with("content/units/g.md", "")
        .with("content/units/h.md", "\u{feff}")
        .says(&[
            "content/units/a.md:2:10 not-utf8",
            "content/units/b.md:1:1 not-utf8.utf16",
            "content/units/c.md:2:4 control-character",
            "content/units/d.md:1:23 control-character",
            "content/units/e.md:1:1 control-character",
            "content/units/g.md:1:1 missing-front-matter.empty",
            "content/units/h.md:1:1 missing-front-matter.empty",
        ]);
    let site = Site::new().with("content/units/a.md", "\u{feff}Xã");
    let (sources, _, _) = site.load();
    assert_eq!(&*sources.file(sources.find("content/units/a.md").expect("it is there")).text, "Xã");
}

#[test]
fn merges_leave_nothing_behind() {
    let text = "Tiêu đề\n=======\n<<<<<<< HEAD\r\na\n||||||| base\n=======\nb\n>>>>>>> x\n=======\n <<<<<<< y\n";
    let path = "content/units/a.md";
    let expected: Vec<String> = [3, 5, 6, 8].iter().map(|line| format!("{path}:{line}:1 conflict-marker")).collect();
    Site::new().with(path, text).says(&expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn large_files_are_not_read() {
    Site::new()
        .with("content/units/a.md", vec![b'x'; (8 << 20) + 1])
        .with("content/units/b.pdf", vec![b'x'; (8 << 20) + 1])
        .says(&["content/units/a.md:1:1 too-large.file"]);
}

#[test]
fn a_site_needs_its_file() {
    let site = Site::new();
    fs::remove_file(site.path("content/site.yaml")).expect("it is there");
    site.says(&["content/site.yaml:1:1 missing-field.site"]);
    fs::remove_dir_all(site.path("content")).expect("it is there");
    site.says(&["content/site.yaml:1:1 missing-field.site"]);
    assert!(load(&site.path("nowhere"), &mut Diagnostics::default()).is_err());
    Site::new().with("content/site.yaml", "").says(&["content/site.yaml:1:1 missing-field.site"]);
}

#[cfg(unix)]
#[test]
fn links_stay_below_the_root() {
    let outside = tempfile::tempdir().expect("a scratch folder");
    fs::write(outside.path().join("secret.md"), "secret").expect("a file");
    let site = Site::new()
        .with("content/units/a.md", "x")
        .with("shared/b.md", "x")
        .with("shared/deep/c.png", "x")
        .link("content/units/linked.md", "a.md")
        .link("content/units/folder", "../../shared")
        .link("content/units/outside", outside.path())
        .link("content/units/secret.md", outside.path().join("secret.md"))
        .link("content/static/secret.txt", outside.path().join("secret.md"))
        .link("content/units/nowhere.md", "nothing.md")
        .link("content/units/circle.md", "circle.md")
        .link("content/units/up", "..")
        .link("content/units/self", ".")
        .link("shared/again", "../content/units")
        .link("themes", outside.path());
    let (sources, files, words) = site.load();
    assert_eq!(
        words,
        [
            "content/static/secret.txt:1:1 outside-root",
            "content/units/circle.md:1:1 broken-link.symlink",
            "content/units/folder/again:1:1 outside-root.folder-loop",
            "content/units/nowhere.md:1:1 broken-link.symlink",
            "content/units/outside:1:1 outside-root",
            "content/units/secret.md:1:1 outside-root",
            "content/units/self:1:1 outside-root.folder-loop",
            "content/units/up:1:1 outside-root.folder-loop",
            "themes:1:1 outside-root",
        ]
    );
    for path in ["content/units/folder/b.md", "content/units/folder/deep/c.png (asset 1)", "content/units/linked.md"] {
        assert!(files.iter().any(|file| file == path), "{files:?}");
    }
    assert!(sources.iter().all(|(_, file)| ["", "x", "title: T\n"].contains(&&*file.text)));
}

#[cfg(unix)]
#[test]
fn only_files_are_opened() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new().with("content/units/a.md", "x");
    let _socket = std::os::unix::net::UnixListener::bind(site.path("content/units/socket.md")).expect("a socket");
    let pipe = site.path("content/units/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let site = site.link("content/units/to-pipe.md", "pipe.md").link("content/units/zero.md", "/dev/zero");
    let name = std::ffi::OsStr::from_bytes(b"x\xFF.md");
    fs::write(site.path("content/units").join(name), "x").expect("a file");
    site.says(&[
        "content/units/pipe.md:1:1 wrong-type.not-a-file",
        "content/units/socket.md:1:1 wrong-type.not-a-file",
        "content/units/to-pipe.md:1:1 wrong-type.not-a-file",
        "content/units/x\u{fffd}.md:1:1 bad-id.not-unicode",
        "content/units/zero.md:1:1 outside-root",
    ]);
}

#[test]
fn reading_again_opens_only_what_changed() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
        fs::write(path, text).expect("the disk takes a file");
    };
    let age = |path: &str| {
        let file = File::options().write(true).open(folder.path().join(path)).expect("it is there");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("the disk takes a time");
    };
    let mut shelf = Shelf::default();
    let root = folder.path().canonicalize().expect("it is there");
    let mut look = |touched: &Touched| {
        let mut diagnostics = Diagnostics::default();
        let (sources, changed) = load_again(&root, &mut shelf, touched, &mut diagnostics).expect("it is read");
        let texts: Vec<String> = sources.texts().map(|(_, file)| file.text.to_string()).collect();
        (texts, changed, diagnostics.count_all())
    };
    let mut again = || look(&Touched::Anything);
    put("content/pages/a.md", "a");
    put("content/pages/b.md", "");
    put("content/site.yaml", "s");
    put("content/static/c.png", "c");
    let all = ["content/pages/a.md", "content/pages/b.md", "content/site.yaml", "content/static/c.png"];
    assert_eq!(again().1, all);
    assert_eq!(again(), (vec!["a".into(), String::new(), "s".into()], vec![], 1), "a mistake stays a mistake");
    // Of the same size, and within the same moment: young files are read again.
    put("content/pages/a.md", "A");
    put("content/static/c.png", "C+");
    assert_eq!(again().1, ["content/pages/a.md", "content/static/c.png"]);
    // Written again with the same text.
    put("content/pages/a.md", "A");
    age("content/site.yaml");
    fs::remove_file(folder.path().join("content/pages/b.md")).expect("it is there");
    assert_eq!(again(), (vec!["A".into(), "s".into()], vec!["content/pages/b.md".into()], 0));

    let mut only = |paths: &[&str]| look(&Touched::Files(paths.iter().map(|path| root.join(path)).collect())).1;
    let [site, page, came_and_went] = ["content/site.yaml", "content/pages/a.md", "content/pages/4913"];
    put(site, "S");
    put(page, "AA");
    assert_eq!(only(&[site, came_and_went]), [site], "nothing else is looked at");
    assert_eq!(only(&[site]), [] as [&str; 0]);
    put("content/pages/c.md", "c");
    assert_eq!(
        only(&["content/pages/c.md"]),
        [page, "content/pages/c.md"],
        "what is new asks for a look at everything"
    );
    fs::remove_file(folder.path().join(page)).expect("it is there");
    assert_eq!(only(&[page]), [page]);
    assert_eq!(only(&["content"]), [] as [&str; 0]);
}
