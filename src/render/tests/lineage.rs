//! Lineages, units side by side, and the sums behind growth, as a reader finds them.

use scraper::{Html, Selector};

use super::{Rendered, words};

const SITE: &str = "title: Thử\nbase_url: https://example.org/\nlanguage: vi\nlanguages: [vi, en]\n\
    levels:\n  - id: province\n    name: Tỉnh\n  - id: district\n    name: Huyện\n";

fn document(issuer: &str, number: &str, issued: &str, more: &str) -> String {
    let issued = if issued.is_empty() { String::new() } else { format!("issued: {issued}\n") };
    format!("---\ntitle: Văn bản {number}\nnumber: {number}\nkind: plan\nissuer: {issuer}\n{issued}{more}---\n")
}

fn site(documents: &[(String, String)]) -> Rendered {
    let mut files = vec![
        ("content/site.yaml", SITE),
        ("content/units/tinh.md", "---\nname: Tỉnh A\nlevel: province\n---\n"),
        ("content/units/b.md", "---\nname: Huyện B\nlevel: district\nparent: tinh\n---\n"),
        ("content/units/c.md", "---\nname: Huyện C\nlevel: district\nparent: tinh\n---\n"),
        ("content/units/d.md", "---\nname: Huyện D\nlevel: district\nparent: tinh\n---\n"),
    ];
    files.extend(documents.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    Rendered::of(&files, "2021-12-31")
}

fn at(path: &str, text: String) -> (String, String) {
    (format!("content/resolutions/{path}.md"), text)
}

/// A directive, a plan that carries it out, one that carries out both, and a change of that.
fn family() -> Rendered {
    site(&[
        at("tinh/goc", document("tinh", "01-CT", "2020-10-17", "")),
        at("b/hai", document("b", "02-KH", "2021-01-26", "implements:\n  - tinh/goc\n")),
        at("b/ba", document("b", "03-KH", "2021-02-04", "implements:\n  - b/hai\n  - tinh/goc\n")),
        at("b/bon", document("b", "04-KH", "2021-02", "amends:\n  - b/ba\n")),
    ])
}

#[test]
fn a_lineage_counts_the_days_between() {
    let site = family();
    let list = words(site.page("resolutions/tinh/goc/"), ".lineage");
    assert!(list.contains("26/01/2021, sau 101 ngày"), "{list}");
    assert!(list.contains("04/02/2021, sau 9 ngày"), "{list}");
    assert_eq!(list.matches("đã có trong danh sách").count(), 1, "the plan that carries out both stands twice: {list}");
    assert!(list.contains("; sửa đổi, bổ sung"), "{list}");
    assert!(!list.contains("tháng 2/2021, sau"), "a month is no exact day: {list}");
    let up = words(site.page("resolutions/b/ba/"), ".lineage");
    assert!(up.contains("trước 9 ngày") && up.contains("trước 101 ngày"), "{up}");
    let english = words(site.page("en/resolutions/tinh/goc/"), ".lineage");
    assert!(english.contains("101 days later"), "{english}");
}

#[test]
fn nested_lists_close_as_they_open() {
    let site = family();
    for (path, html) in site.pages().filter(|(path, _)| path.contains("resolutions/")) {
        assert_eq!(html.matches("<ul").count(), html.matches("</ul>").count(), "{path}");
        assert_eq!(
            html.matches("<li>").count() + html.matches("<li ").count(),
            html.matches("</li>").count(),
            "{path}"
        );
    }
    let page = Html::parse_document(site.page("resolutions/tinh/goc/"));
    let deepest = Selector::parse(".lineage ul ul ul > li").expect("a selector");
    assert_eq!(page.select(&deepest).count(), 1, "directive, plan, plan of the plan, change of that");
}

#[test]
fn a_lineage_is_drawn_with_the_document_that_the_page_is_about() {
    let site = family();
    let page = Html::parse_document(site.page("resolutions/b/hai/"));
    let count = |selector: &str| page.select(&Selector::parse(selector).expect("a selector")).count();
    assert_eq!((count(".chart-lineage.chart-wide .c-current"), count(".chart-lineage.chart-wide .c-box")), (1, 3));
    assert!(count(".chart-lineage .c-link-amends") > 0);
}

#[test]
fn what_a_lineage_leaves_out_is_counted() {
    let plans = (0..200).map(|plan| {
        at(&format!("b/kh-{plan:03}"), document("b", &format!("{plan}-KH"), "", "implements:\n  - tinh/goc\n"))
    });
    let root = at("tinh/goc", document("tinh", "01-CT", "2020-10-17", ""));
    let site = site(&plans.chain([root]).collect::<Vec<_>>());
    let html = site.page("resolutions/tinh/goc/");
    assert_eq!(html.matches("và 190 văn bản khác").count(), 4, "title and words of the box, in both layouts");
    assert!(words(html, ".lineage").contains("và 120 văn bản khác"));
    let sibling = words(site.page("resolutions/b/kh-007/"), "main");
    assert!(!sibling.contains("văn bản khác"), "plans beside it are not its lineage: {sibling}");
}

#[test]
fn units_below_stand_side_by_side_and_those_that_have_nothing_are_counted() {
    let indicators = "indicators:\n  - id: x\n    name: Nhà\n    measured_in: nhà\n    target: 5\n";
    let with = |unit: &str| at(&format!("{unit}/kh"), document(unit, "01-KH", "2021-01-01", indicators));
    let strips = |site: &Rendered| words(site.page("units/tinh/"), ".chart-strips.chart-wide");
    let two = strips(&site(&[with("b"), with("c")]));
    assert!(two.contains("Huyện B") && !two.contains("Huyện D"), "{two}");
    assert!(two.contains("Và 1 đơn vị khác chưa có chỉ tiêu trong hồ sơ."), "{two}");
    assert_eq!(strips(&site(&[with("b")])), "", "one is nothing to compare");
}

/// A series of three years, judged by its growth.
fn growth(more: &str, figures: [&str; 3]) -> String {
    let indicators = format!(
        "period: 2015..2023\nindicators:\n  - id: x\n    name: Thu nhập\n    measured_in: triệu\n    method: growth\n{more}"
    );
    let mut documents = vec![at("tinh/nq", document("tinh", "01-NQ", "2015-01-01", &indicators))];
    for (year, figure) in [2017, 2018, 2019].into_iter().zip(figures) {
        documents.push((
            format!("content/reports/{year}.md"),
            format!(
                "---\ntitle: Năm {year}\nunit: tinh\npublished: 2020-02-01\nas_of: {year}-12-31\nsource:\n  title: Niên giám\n\
                 observations:\n  - indicator: tinh/nq/x\n    value: {figure}\n---\n"
            ),
        ));
    }
    words(site(&documents).page("resolutions/tinh/nq/x/"), ".verdict")
}

#[test]
fn growth_is_explained_with_its_figures() {
    let words =
        growth("    baseline:\n      value: 100\n      date: 2017-12-31\n    target: 200\n", ["100", "104", "110.25"]);
    assert!(words.contains("(110,25 ÷ 100)^(1 ÷ (2019 − 2017)) − 1= 5 %"), "{words}");
    assert!(words.contains("(200 ÷ 100)^(1 ÷ (2023 − 2017)) − 1= 12,2 %"), "{words}");
    assert!(words.contains("5 % ÷ 12,2 %= 40,8 %"), "{words}");
}

#[test]
fn what_should_fall_needs_a_rate_below_zero() {
    let words = growth(
        "    direction: decrease\n    baseline:\n      value: 100\n      date: 2017-12-31\n    target: 50\n",
        ["100", "95", "90.25"],
    );
    assert!(words.contains("(50 ÷ 100)^(1 ÷ (2023 − 2017)) − 1= −10,9 %"), "{words}");
    assert!(words.contains("(−5 %) ÷ (−10,9 %)= 45,8 %"), "{words}");
}

#[test]
fn a_natural_limit_moves_the_thresholds_that_are_shown() {
    let words = growth(
        "    direction: increase\n    limit: 100\n    baseline:\n      value: 80\n      date: 2017-12-31\n",
        ["80", "80.5", "81"],
    );
    assert!(words.contains("1 − (80 ÷ 100)^4,44= 0,629"), "{words}");
    assert!(words.contains("từ 0,9 % trở lên"), "{words}");
}
