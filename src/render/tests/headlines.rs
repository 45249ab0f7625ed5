//! What charts say in their headlines, in both languages.

use std::fmt::Write as _;

use super::{Rendered, words};

const SITE: &str = "title: Thử\nbase_url: https://example.org/\nlanguage: vi\nlanguages: [vi, en]\ntimezone: Asia/Ho_Chi_Minh\nlevels:\n  - id: province\n    name: Tỉnh\n";

/// The pages of an indicator with these keys and figures, each of a month and a paper of its own.
#[track_caller]
fn pages(keys: &str, figures: &[&str]) -> [String; 2] {
    let resolution = format!(
        "---\ntitle: Nghị quyết\nkind: resolution\nissued: 2021-01-01\nperiod: 2021\nindicators:\n  - id: x\n    name: Việc\n    measured_in: việc\n{keys}---\n"
    );
    let mut files = vec![
        ("content/site.yaml".to_owned(), SITE.to_owned()),
        ("content/units/tinh.md".to_owned(), "---\nname: Tỉnh\nlevel: province\n---\n".to_owned()),
        ("content/resolutions/tinh/nq.md".to_owned(), resolution),
    ];
    for (month, figure) in (1..).zip(figures) {
        let mut report = format!(
            "---\ntitle: Báo cáo\nunit: tinh\npublished: 2021-{month:02}-28\nsource:\n  title: Bài\n  publisher: Báo {month}\nobservations:\n  - indicator: tinh/nq/x\n"
        );
        figure.lines().for_each(|line| writeln!(report, "    {line}").expect("a string takes text"));
        report.push_str("---\n");
        files.push((format!("content/reports/{month}.md"), report));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Rendered::of(&files, "2021-12-31");
    ["resolutions/tinh/nq/x/", "en/resolutions/tinh/nq/x/"].map(|address| site.page(address).to_owned())
}

/// The headlines of its charts.
#[track_caller]
fn headlines(keys: &str, figures: &[&str]) -> [Vec<String>; 2] {
    pages(keys, figures)
        .map(|page| page.split("<figure").skip(1).map(|figure| words(figure, "figcaption h2")).collect())
}

#[track_caller]
fn first(keys: &str, figures: &[&str], vietnamese: &str, english: &str) {
    let found = headlines(keys, figures).map(|all| all.first().cloned().unwrap_or_default());
    assert_eq!(found, [vietnamese, english], "{keys} {figures:?}");
}

#[test]
fn a_course_is_told_by_its_ends() {
    let target = "    target: 18\n";
    first(
        target,
        &["value: 5", "value: 9", "value: 11"],
        "Tăng từ 5 lên 11 việc; mục tiêu 18",
        "Up from 5 to 11; target 18",
    );
    let less = "    baseline:\n      value: 40\n      date: 2021-01-01\n    target: 5\n";
    first(less, &["value: 38", "value: 20"], "Giảm từ 38 xuống 20 việc; mục tiêu 5", "Down from 38 to 20; target 5");
    first(target, &["value: 7", "value: 7"], "Vẫn là 7 việc; mục tiêu 18", "Unchanged at 7; target 18");
    first(target, &["value: 11"], "11 việc ngày 28/01/2021; mục tiêu 18", "11 on 28 January 2021; target 18");
    // Without a target nothing is promised; a range is both its ends.
    first("", &["value: 1", "value: 1234"], "Tăng từ 1 lên 1.234 việc", "Up from 1 to 1,234");
    let range = "    target:\n      min: 3\n      max: 5\n";
    first(range, &["value: 1", "value: 2"], "Tăng từ 1 lên 2 việc; mục tiêu 3–5", "Up from 1 to 2; target 3–5");
    first(
        target,
        &["value: 5", "value: 9\nqualifier: about"],
        "Tăng từ 5 lên khoảng 9 việc; mục tiêu 18",
        "Up from 5 to about 9; target 18",
    );
}

#[test]
fn stages_are_told_by_what_is_done_and_what_is_open() {
    let stages = "    target: 18\n    stages:\n      - id: cho\n        name: Chờ\n      - id: xong\n        name: Xong\n        done: true\n";
    let [vietnamese, english] = headlines(stages, &["breakdown:\n  cho: 7\n  xong: 11"]);
    assert_eq!(vietnamese.last().map(String::as_str), Some("Xong: 11 trong 18 việc; Chờ: 7"));
    assert_eq!(english.last().map(String::as_str), Some("Xong: 11 of 18 việc; Chờ: 7"));
    let parts = "    stages:\n      - id: mot\n        name: Loại một\n      - id: hai\n        name: Loại hai\n";
    let [vietnamese, _] = headlines(parts, &["breakdown:\n  mot: 7\n  hai: 7"]);
    assert_eq!(vietnamese.last().map(String::as_str), Some("Nhiều nhất: Loại một, 7 trong 14 việc"));
}

#[test]
fn the_sources_stand_below_the_picture_the_latest_first() {
    let source = |count: usize| {
        let figures = vec!["value: 1"; count];
        pages("    target: 18\n", &figures).map(|page| words(&page, ".chart-source"))
    };
    assert_eq!(source(2), ["Nguồn: Báo 2; Báo 1", "Source: Báo 2; Báo 1"]);
    assert_eq!(source(4)[1], "Source: Báo 4; Báo 3; Báo 2 and 1 more source");
    assert_eq!(source(5)[0], "Nguồn: Báo 5; Báo 4; Báo 3 và 2 nguồn khác");
}
