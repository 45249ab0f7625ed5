//! The site follows its files: rows V6 and V7.

use std::fs;

use super::{Server, wait_for};
use crate::harness::Site;

const UNIT: &str = "content/units/ben-tre.md";

fn unit(name: &str) -> String {
    format!("---\nname: {name}\nlevel: province\n---\n")
}

/// The good site with 500 more pages.
fn many() -> Site {
    let page = |site: Site, number| site.file(&format!("content/pages/trang-{number}.md"), &free("cũ", number));
    (0..500).fold(Site::good(), page)
}

fn free(text: &str, number: usize) -> String {
    format!("---\ntitle: Trang {number} {text}\n---\nNội dung {text} {number}.\n")
}

#[test]
fn v6_an_edit_is_seen_on_the_page_and_on_every_list() {
    let server = Server::of(&Site::good());
    server.until_status("/", 200);
    server.put(UNIT, &unit("Tỉnh Bến Tre"));
    server.until("/units/ben-tre/", "Tỉnh Bến Tre");
    for list in ["/units/", "/resolutions/ben-tre/nq/", "/reports/", "/data/units.csv", "/en/units/", "/atom.xml"] {
        assert!(server.get(list).text().contains("Tỉnh Bến Tre"), "{list}");
    }
    wait_for("the line", || server.stdout.text().lines().find(|line| line.starts_with(&format!("{UNIT}: "))).map(drop));
}

#[test]
fn v6_new_and_removed_files_are_new_and_removed_pages() {
    let server = Server::of(&Site::good());
    assert_eq!(server.get("/moi/").status, 404);
    server.put("content/pages/moi.md", "---\ntitle: Trang mới\n---\n");
    server.until("/moi/", "Trang mới");
    fs::remove_file(server.path("content/pages/moi.md")).expect("it is there");
    server.until_status("/moi/", 404);
    server.put("content/static/tai-lieu/huong-dan.txt", "một");
    server.until("/tai-lieu/huong-dan.txt", "một");
    server.put("content/static/tai-lieu/huong-dan.txt", "hai");
    assert_eq!(server.get("/tai-lieu/huong-dan.txt").text(), "hai");
}

#[test]
fn v6_an_atomic_rename_is_a_change() {
    let server = Server::of(&Site::good());
    for name in ["Một", "Hai", "Ba"] {
        // As vim, sed -i and git do: a new file takes the place of the old one, and rubbish lies beside it meanwhile.
        server.put("content/units/.ben-tre.md.swp", "rubbish");
        server.put("content/units/4913", "");
        fs::remove_file(server.path("content/units/4913")).expect("it is there");
        server.put("content/units/ben-tre.md~", "rubbish");
        server.put("content/units/ben-tre.md.tmp", &unit(name));
        fs::rename(server.path("content/units/ben-tre.md.tmp"), server.path(UNIT)).expect("the disk renames");
        server.until("/units/ben-tre/", name);
    }
    fs::remove_file(server.path("content/units/.ben-tre.md.swp")).expect("it is there");
    server.put(UNIT, &unit("Bốn"));
    server.until("/units/ben-tre/", "Bốn");
}

#[test]
fn v6_a_checkout_of_500_files_ends_in_its_final_state() {
    let server = Server::of(&many());
    assert!(server.get("/trang-499/").text().contains("Nội dung cũ 499"));
    for text in ["hai", "ba", "tư"] {
        for number in 0..500 {
            // git removes the old file and writes a new one.
            let path = server.path(&format!("content/pages/trang-{number}.md"));
            fs::remove_file(&path).expect("it is there");
            fs::write(&path, free(text, number)).expect("the disk takes a file");
        }
    }
    for number in [499, 0, 250] {
        server.until(&format!("/trang-{number}/"), &format!("Nội dung tư {number}"));
    }
    assert!(server.get("/sitemap.xml").text().contains("trang-123/"));
}

#[test]
fn v6_a_burst_of_100_saves_ends_in_its_final_state() {
    let server = Server::of(&Site::good());
    for number in 0..=100 {
        // All of one length, within moments: only the text tells them apart.
        server.put(UNIT, &unit(&format!("Lần {number:03}")));
    }
    server.until("/units/ben-tre/", "Lần 100");
    assert!(server.get("/units/").text().contains("Lần 100"));
}

#[test]
fn v6_folders_can_go_and_come_back() {
    let server = Server::of(&Site::good());
    server.until_status("/", 200);
    for round in 0..2 {
        fs::rename(server.path("content"), server.path("elsewhere")).expect("the disk renames");
        let mut events = server.events();
        events.until("the mistake", |event| event["mistakes"].is_string());
        assert_eq!(server.get("/units/ben-tre/").status, 200, "the last good site stays");
        fs::rename(server.path("elsewhere"), server.path("content")).expect("the disk renames");
        events.until("the mended site", |event| event["mistakes"].is_null());
        server.put(UNIT, &unit(&format!("Vòng {round}")));
        server.until("/units/ben-tre/", &format!("Vòng {round}"));
    }
    // A folder deep down is deleted and made anew.
    fs::remove_dir_all(server.path("content/pages")).expect("it is there");
    server.until_status("/gioi-thieu/", 404);
    server.put("content/pages/sau/gioi-thieu.md", "---\ntitle: Sâu\n---\n");
    server.until("/sau/gioi-thieu/", "Sâu");
    server.put("content/pages/sau/gioi-thieu.md", "---\ntitle: Sâu hơn\n---\n");
    server.until("/sau/gioi-thieu/", "Sâu hơn");
}

#[test]
fn v6_a_theme_that_comes_later_is_followed() {
    let server = Server::of(&Site::good().append("content/site.yaml", "theme: rieng\n"));
    server.until_status("/", 500);
    server.put("themes/rieng/css/site.css", "body{color:#123456}\n");
    let home = server.until_status("/", 200).text();
    let style =
        home.split("assets/site.").nth(1).and_then(|rest| rest.split('"').next()).expect("it has a style sheet");
    assert!(server.get(&format!("/assets/site.{style}")).text().contains("#123456"));
}

#[test]
fn v7_mistakes_are_told_to_open_pages_while_the_last_good_site_stays() {
    let server = Server::of(&Site::good());
    let before = server.get("/units/ben-tre/").text();
    let mut events = server.events();
    let good = events.until("the first state", |event| event["mistakes"].is_null());
    server.put(UNIT, "---\nname: Bến Tre\nlevel: provinz\n---\n<script>alert(1)</script>\n");
    let event = events.until("the mistake", |event| event["mistakes"].is_string());
    assert_eq!(event["edition"], good["edition"], "the site is the same");
    let html = event["mistakes"].as_str().expect("a text");
    insta::assert_snapshot!(html, @r#"
    <button type="button">Close</button>
    <h2 id="_tiendo-title" lang="en">1 error</h2>
    <p class="stays">The last good page stays. This notice goes when the mistakes are mended.</p>
    <ol>
    <li>
    <p class="message">no level <code>provinz</code> <code>unknown-level</code></p>
    <p class="place"><code>content/units/ben-tre.md:3:8</code></p>
    <pre>level: <mark>provinz</mark></pre>
    <p class="help"><b>help:</b> did you mean <code>province</code>?</p>
    </li>
    </ol>
    "#);
    let page = server.get("/units/ben-tre/");
    assert_eq!((page.status, page.text()), (200, before));
    // The terminal is told by another thread than the page.
    super::wait_for("the mistake", || server.stderr.text().contains("error[unknown-level]: ").then_some(()));

    server.put(UNIT, &unit("Tỉnh Bến Tre"));
    let mended = events.until("the mended site", |event| event["mistakes"].is_null());
    assert_ne!(mended["edition"], good["edition"]);
    assert!(server.get("/units/ben-tre/").text().contains("Tỉnh Bến Tre"));
}

#[test]
fn v7_mistakes_speak_the_authors_language_and_run_nothing() {
    let mistaken = "---\nname: \"<img src=x onerror=alert(1)>\"\nlevel: \"<script>alert(1)</script>\"\n---\n";
    let server = Server::in_folder(Site::good().file(UNIT, mistaken).write(), &["--lang", "vi"]);
    let page = server.until_status("/", 500).text();
    assert!(page.contains("<html lang=\"vi\">") && page.contains("không có cấp"), "{page}");
    assert!(page.contains("content/units/ben-tre.md:3:8"), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
}

#[test]
fn v7_a_site_that_begins_with_mistakes_shows_them_and_mends_itself() {
    let server = Server::of(&Site::good().file(UNIT, "no front matter\n"));
    let answer = server.until_status("/units/ben-tre/", 500);
    assert!(answer.text().contains("content/units/ben-tre.md:1:1"), "{}", answer.text());
    assert!(answer.text().contains("/_tiendo/follow.js"), "it follows the site as every page does");
    server.put(UNIT, &unit("Bến Tre"));
    server.until_status("/units/ben-tre/", 200);
}

#[test]
fn v7_an_empty_folder_is_a_site_to_begin_with() {
    let server = Server::in_folder(tempfile::tempdir().expect("a scratch folder"), &[]);
    let page = server.until_status("/", 500).text();
    assert!(page.contains("content/site.yaml"), "{page}");
    let site = Site::good();
    server.put(UNIT, &site.text(UNIT));
    server.put("content/site.yaml", &site.text("content/site.yaml"));
    server.until("/units/ben-tre/", "Bến Tre");
}

#[test]
fn v7_a_template_that_fails_says_where() {
    let site = Site::good().append("content/site.yaml", "theme: rieng\n");
    let template = "{% extends \"base.html\" %}\n{% block main %}{{ view.nothing }}{% endblock main %}\n";
    let server = Server::of(&site.file("themes/rieng/templates/unit.html", template));
    let answer = server.until_status("/units/ben-tre/", 500);
    assert!(answer.text().contains("themes/rieng/templates/unit.html:2:25"), "{}", answer.text());
    assert_eq!(server.get("/units/").status, 200, "other pages do not need it");
    server.put(
        "themes/rieng/templates/unit.html",
        "{% extends \"base.html\" %}\n{% block main %}đã sửa{% endblock main %}\n",
    );
    server.until("/units/ben-tre/", "đã sửa");
}

#[test]
#[cfg(unix)]
fn v7_a_file_that_cannot_be_read_is_told_and_read_when_it_can() {
    // A pipe where the site's file should be: nothing waits for it.
    let server = Server::of(&Site::good());
    server.until_status("/", 200);
    let status = std::process::Command::new("mkfifo").arg(server.path("content/pages/ong.md")).status();
    assert!(status.expect("the system has pipes").success());
    let mut events = server.events();
    let event = events.until("the mistake", |event| event["mistakes"].is_string());
    assert!(event["mistakes"].as_str().expect("a text").contains("content/pages/ong.md"), "{event}");
    fs::remove_file(server.path("content/pages/ong.md")).expect("it is there");
    events.until("the mended site", |event| event["mistakes"].is_null());
}
