//! What single pages say.

use scraper::{Html, Selector};

use super::sites::{DAY, FULL, MINIMAL};
use super::{Rendered, words};

fn main_of(html: &str) -> String {
    let document = Html::parse_document(html);
    let main = document.select(&Selector::parse("main").expect("a selector")).next().expect("every page has a <main>");
    main.html()
}

#[test]
fn pages_look_as_they_did() {
    let site = Rendered::of(FULL, DAY);
    for (name, address) in [
        ("home", ""),
        ("resolution", "nghi-quyet/ben-tre/nq/"),
        ("indicator_with_stages", "nghi-quyet/ben-tre/nq/nguy-co/"),
        ("indicator_corrected", "nghi-quyet/ben-tre/nq/dung-tien-do/"),
        ("indicator_in_english", "en/nghi-quyet/ben-tre/nq/chua-bao-cao/"),
        ("unit", "don-vi/ben-tre/"),
        ("report", "bao-cao/2021/07-ben-tre/"),
    ] {
        // Charts have tests of their own.
        let html = main_of(site.page(address));
        let mut shown = String::new();
        let mut rest = html.as_str();
        while let Some((before, after)) = rest.split_once("<svg aria-label") {
            shown.push_str(before);
            shown.push_str("<!-- chart -->");
            rest = after.split_once("</svg>").map_or("", |(_, after)| after);
        }
        shown.push_str(rest);
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn every_verdict_says_why() {
    let site = Rendered::of(FULL, DAY);
    let verdict = |id: &str| {
        let page = site.page(&format!("nghi-quyet/ben-tre/nq/{id}/"));
        format!("{}: {}", words(page, ".verdict .badge"), words(page, ".why"))
    };
    let ids = [
        "dat",
        "dat-muon",
        "dung-tien-do",
        "cham",
        "nguy-co",
        "khong-dat",
        "chua-bao-cao",
        "chua-du",
        "chua-co",
        "tong",
        "muc-giu",
        "xu-huong",
    ];
    insta::assert_snapshot!(ids.map(verdict).join("\n"));
}

#[test]
fn the_sum_can_be_checked_by_hand() {
    let site = Rendered::of(FULL, DAY);
    let steps =
        |id: &str| words(site.page(&format!("nghi-quyet/ben-tre/nq/{id}/")), ".calculation tbody, .verdict details p");
    insta::assert_snapshot!(["cham", "dung-tien-do", "xu-huong"].map(steps).join("\n"));
}

#[test]
fn an_untranslated_text_says_its_language() {
    let site = Rendered::of(FULL, DAY);
    let page = site.page("en/nghi-quyet/ben-tre/nq/");
    assert!(page.contains("<html lang=\"en\">"));
    assert_eq!(words(page, "h1"), "Building a clean and strong Party");
    assert!(page.contains("<span lang=\"vi\">Trạm nước xây xong</span>"));
    assert!(page.contains("<strong>resolution</strong>"));
    assert!(page.contains(">Recognised party cells</a>"));
    let unit = site.page("en/don-vi/giong-trom/");
    assert!(unit.contains("<h1><span lang=\"vi\">Huyện Giồng Trôm</span></h1>"));
    // The original needs no mark in its own language.
    assert!(!site.page("nghi-quyet/ben-tre/nq/").contains("<span lang"));
}

#[test]
fn languages_know_each_other() {
    let site = Rendered::of(FULL, DAY);
    let page = site.page("en/don-vi/ben-tre/");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/tien-do/en/don-vi/ben-tre/\">"));
    assert!(page.contains("hreflang=\"vi\" href=\"https://example.org/tien-do/don-vi/ben-tre/\""));
    assert!(page.contains("<a href=\"../../../don-vi/ben-tre/\" hreflang=\"vi\" lang=\"vi\""));
}

#[test]
fn the_page_for_unknown_addresses_works_anywhere() {
    let site = Rendered::of(FULL, DAY);
    let page = site.page("404.html");
    assert!(page.contains("href=\"https://example.org/tien-do/assets/site."));
    assert!(!page.contains("rel=\"canonical\"") && page.contains("noindex"));
}

#[test]
fn a_former_address_leads_on() {
    let site = Rendered::of(FULL, DAY);
    let page = site.page("ve-chung-toi/");
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=../gioi-thieu/\">"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/tien-do/gioi-thieu/\">"));
    assert!(page.contains("noindex"));
}

#[test]
fn what_no_source_says_is_never_a_zero() {
    let site = Rendered::of(FULL, DAY);
    let page = site.words("nghi-quyet/ben-tre/nq/chua-co/");
    assert!(page.contains("Chưa có số liệu") && !page.contains(" 0 điểm"), "{page}");
    let silent = site.words("don-vi/ba-tri/");
    assert!(silent.contains("Chưa có báo cáo trong hồ sơ."), "{silent}");
    let home = site.words("");
    assert!(home.contains("Chưa có báo cáo trong hồ sơ: Huyện Ba Tri"), "{home}");
}

#[test]
fn an_empty_site_has_no_empty_boxes() {
    let site = Rendered::of(MINIMAL, DAY);
    assert_eq!(
        site.words(""),
        "Nhỏ Hồ sơ gồm 0 văn bản, 1 đơn vị và 0 báo cáo. Số liệu tính đến 31/12/2021. Chậm hoặc chưa báo cáo Không có chỉ tiêu nào chậm, không đạt hoặc quá hạn \
         mà chưa báo cáo."
    );
    assert_eq!(site.words("reports/"), "Báo cáo Hồ sơ chưa có báo cáo nào.");
}

#[test]
fn long_lists_go_on() {
    let mut files: Vec<(String, String)> =
        MINIMAL.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for number in 0..120 {
        let text = format!("---\ntitle: Kế hoạch {number}\nkind: plan\n---\n");
        files.push((format!("content/resolutions/ben-tre/kh-{number}.md"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Rendered::of(&files, DAY);
    assert!(site.page("resolutions/").contains("<a href=\"page/2/\" rel=\"next\">"));
    let second = site.page("resolutions/page/2/");
    assert!(second.contains("<a href=\"../../\" rel=\"prev\">"));
    assert_eq!(second.matches("<tr>").count(), 20 + 1);
}
