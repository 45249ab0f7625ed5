//! What is served, and what is left behind: rows V8 and V9.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Server, tiendo, wait_for};
use crate::harness::{Site, TODAY};

/// Every file below a folder with its bytes and time.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let time = path.metadata().and_then(|metadata| metadata.modified()).expect("it has a time");
                found.insert(path.clone(), (fs::read(&path).expect("it can be read"), time));
            }
        }
    }
    found
}

#[test]
fn every_file_of_a_build_is_served_as_it_is_but_for_what_lets_pages_follow() {
    let site = Site::good()
        .bytes("content/static/scan.pdf", &[0xfe; 300_000])
        .bytes("content/static/Bản đồ 1.png", b"png")
        .append("content/site.yaml", "as_of: 2021-07-31\ncards: true\n");
    let server = Server::of(&site);
    let output = tiendo().arg("build").current_dir(server.path("")).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let root = server.path("output");
    let own = |text: &str| -> String {
        let Some((before, rest)) = text.split_once("<link rel=\"stylesheet\" href=\"/_tiendo/") else {
            return text.to_owned();
        };
        let (tags, after) = rest.split_once("\n").expect("the tags are a line");
        assert!(tags.ends_with("</script>") && after.starts_with("</head>"), "{tags}");
        before.to_owned() + after
    };
    for (path, (built, _)) in files(&root) {
        let path = path.strip_prefix(&root).expect("it is below").to_str().expect("a text").to_owned();
        if path == "manifest.json" || path.starts_with('.') {
            continue;
        }
        let address = path.strip_suffix("index.html").unwrap_or(&path);
        let answer = server.get(&format!(
            "/{}",
            address.replace(' ', "%20").replace('ả', "%E1%BA%A3").replace('đ', "%C4%91").replace('ồ', "%E1%BB%93")
        ));
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        if path.ends_with(".html") {
            let built = String::from_utf8(built).expect("pages are text");
            assert_eq!(own(&answer.text()), built, "{path}");
            assert!(answer.text().contains("/_tiendo/follow.js"), "{path}");
        } else {
            assert_eq!(answer.body, built, "{path}");
        }
    }
}

#[test]
fn answers_are_what_a_server_of_plain_files_would_give() {
    let redirected = "---\ntitle: Giới thiệu\naliases:\n  - cu/dia-chi\n---\n";
    let server = Server::of(&Site::good().file("content/pages/gioi-thieu.md", redirected).bytes(
        "content/static/ve.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" height=\"1\"/></svg>",
    ));
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/data/units.csv", "text/csv; charset=utf-8"),
        ("/data/site.json", "application/json"),
        ("/atom.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/resolutions/ben-tre/nq/van-ban/chart.svg", "image/svg+xml"),
        ("/_tiendo/follow.js", "text/javascript; charset=utf-8"),
        ("/_tiendo/mistakes.css", "text/css; charset=utf-8"),
        ("/index.html?query=1", "text/html; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    let answer = server.get("/units/ben-tre");
    assert_eq!((answer.status, answer.header("location")), (302, Some("/units/ben-tre/")));
    assert_eq!(server.get("//units/ben-tre").status, 404, "an address of another host is never answered with");
    let alias = server.get("/cu/dia-chi/");
    assert!(alias.status == 200 && !alias.text().contains("_tiendo"), "a page that leads on allows no script");
    let drawing = server.get("/ve.svg");
    assert!(drawing.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")));

    let missing = server.get("/khong/co/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("href=\"/units/\"") && !missing.text().contains("https://example.org/tien-do/\""));
}

#[test]
fn drafts_and_the_day_are_as_asked() {
    let draft = "---\ntitle: Bản nháp\ndraft: true\n---\n";
    let site = Site::good().file("content/pages/nhap.md", draft);
    assert_eq!(Server::of(&site).get("/nhap/").status, 404);
    let server = Server::in_folder(site.write(), &["--drafts"]);
    assert_eq!(server.get("/nhap/").status, 200);
    assert!(server.get("/").text().contains("31/07/2021"), "as of {TODAY}");
}

#[test]
fn v8_serving_never_touches_a_build() {
    let folder = Site::good().write();
    let build = || {
        let output = tiendo().args(["build", "--as-of", TODAY]).current_dir(folder.path()).output();
        assert_eq!(output.expect("the program starts").status.code(), Some(0));
    };
    build();
    let before = files(&folder.path().join("output"));
    for (path, (bytes, _)) in &before {
        let text = String::from_utf8_lossy(bytes);
        for word in ["_tiendo", "localhost", "127.0.0.1"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
    let server = Server::in_folder(folder, &[]);
    server.put("content/units/ben-tre.md", "---\nname: Tỉnh Bến Tre\nlevel: province\n---\n");
    server.until("/units/ben-tre/", "Tỉnh Bến Tre");
    server.put("content/units/ben-tre.md", "broken\n");
    server.events().until("the mistake", |event| event["mistakes"].is_string());
    assert_eq!(files(&server.path("output")), before);
}

#[test]
#[cfg(unix)]
fn v9_it_ends_when_asked_and_leaves_nothing() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::INT] {
        let folder = Site::good().write();
        let before: Vec<_> = files(folder.path()).into_keys().collect();
        let server = Server::in_folder(folder, &[]);
        // Pages that listen and connections that idle do not hold it back.
        let listening: Vec<_> = (0..5).map(|_| server.events()).collect();
        let idle: Vec<_> = (0..5).map(|_| server.connect()).collect();
        server.until_status("/", 200);
        let (status, folder) = server.stop(signal);
        assert_eq!(status.code(), Some(0), "{signal:?}: {status}");
        assert_eq!(files(folder.path()).into_keys().collect::<Vec<_>>(), before);
        drop((listening, idle));
    }
    // At once, while the first site is still in the making.
    let (status, _) = Server::of(&Site::good()).stop(Signal::TERM);
    assert_eq!(status.code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn v9_a_long_day_of_edits_takes_no_more_memory_and_no_more_files() {
    let server = Server::of(&Site::good());
    let process = PathBuf::from(format!("/proc/{}", server.child.id()));
    let files = || fs::read_dir(process.join("fd")).expect("it runs").count();
    let threads = || fs::read_dir(process.join("task")).expect("it runs").count();
    let kilobytes = || {
        let status = fs::read_to_string(process.join("status")).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number")
    };
    let edit = |number: usize| {
        let name = format!("Lần {number}");
        server.put("content/units/ben-tre.md", &format!("---\nname: {name}\nlevel: province\n---\n"));
        server.until("/units/ben-tre/", &name);
        if number.is_multiple_of(10) {
            server.put("content/pages/moi.md", "broken");
            server.events().until("the mistake", |event| event["mistakes"].is_string());
            fs::remove_file(server.path("content/pages/moi.md")).expect("it is there");
            server.events().until("the mended site", |event| event["mistakes"].is_null());
        }
    };
    (1..=60).for_each(edit);
    let before = (files(), threads(), kilobytes());
    (61..=260).for_each(edit);
    let after = (files(), threads(), kilobytes());
    assert!(after.0 <= before.0 + 8 && after.1 <= before.1 + 8, "{before:?} {after:?}");
    assert!(after.2 <= before.2 + 16 * 1024, "{before:?} {after:?}");
}

/// The desktop's program for addresses is played by a script that writes down what it is asked to show.
#[test]
#[cfg(target_os = "linux")]
fn the_site_is_opened_in_the_browser_where_that_is_asked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Site::good().write();
    let (desktop, asked) = (folder.path().join("xdg-open"), folder.path().join("asked"));
    fs::write(&desktop, format!("#!/bin/sh\necho \"$1\" > '{}.part'\nmv '{0}.part' '{0}'\n", asked.display()))
        .expect("the disk takes it");
    fs::set_permissions(&desktop, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let mut command = tiendo();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", folder.path().display()));
    let server = Server::start(command, folder, &["--open"]);
    let shown = wait_for("the browser", || fs::read_to_string(&asked).ok());
    assert_eq!(shown.trim(), format!("http://{}/", server.address));
    assert!(server.get("/").text().contains("Tiến độ"));
}
