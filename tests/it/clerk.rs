//! What clerks get wrong, and what they are told: the mistakes that `words` does not have yet, by the dozen, in both
//! languages. Whoever changes a message reads it aloud as somebody who never saw YAML: it must say what to do.

use std::fmt::Write as _;

use tiendo::diagnostic::wording::Language;

use crate::harness::{Site, TODAY};

const SITE: &str = "content/site.yaml";
const UNIT: &str = "content/units/giong-trom.md";
const DOCUMENT: &str = "content/resolutions/ben-tre/nq.md";
const REPORT: &str = "content/reports/2021/so-ket.md";
const PAGE: &str = "content/pages/gioi-thieu.md";

/// One change to the good site: a name, a file, a text that stands once in it, what takes its place.
type Change = (&'static str, &'static str, &'static str, &'static str);

const CHANGES: &[Change] = &[
    // How the front matter is typed.
    ("a tab before a field", REPORT, "  publisher: Báo Đồng Khởi", "\tpublisher: Báo Đồng Khởi"),
    ("a missing colon", UNIT, "level: district", "level district"),
    ("no blank after the colon", UNIT, "level: district", "level:district"),
    ("curved quotes around a text with a colon", PAGE, "title: Giới thiệu", "title: “Nghị quyết: mới”"),
    ("curved quotes around a figure", REPORT, "      cho: 7", "      cho: “7”"),
    ("a quote that is never closed", PAGE, "title: Giới thiệu", "title: \"Giới thiệu"),
    ("a text after the quotes", PAGE, "title: Giới thiệu", "title: \"Đồng khởi\" mới ở Bến Tre"),
    ("a note that begins with a hash", DOCUMENT, "number: 03-NQ/TU", "number: #03"),
    ("a title that begins with an asterisk", PAGE, "title: Giới thiệu", "title: *Giới thiệu*"),
    ("a share with its sign as the unit of measure", DOCUMENT, "measured_in: văn bản", "measured_in: %"),
    ("a dash of a word processor for the fence", PAGE, "title: Giới thiệu\n---\n", "title: Giới thiệu\n———\n"),
    ("a blank line above the front matter", PAGE, "---\ntitle", "\n---\ntitle"),
    ("a title above the front matter", PAGE, "---\ntitle", "# Giới thiệu\n\n---\ntitle"),
    ("a field that is indented too far", REPORT, "period: 2021-H1", "  period: 2021-H1"),
    ("a list item without its dash", REPORT, "  - indicator: ben-tre/nq/van-ban", "    indicator: ben-tre/nq/van-ban"),
    ("a list on the line of its field", REPORT, "observations:\n  - ", "observations: - "),
    ("a field below a value", UNIT, "parent: ben-tre", "parent: ben-tre\n  note: Một ghi chú"),
    ("a field left empty", DOCUMENT, "    due: 2021-12-31", "    due:"),
    ("a list whose field is still a remark", REPORT, "observations:\n", "# observations:\n"),
    ("a figure left empty", REPORT, "    breakdown:\n      cho: 7\n      ban-hanh: 11\n", "    value:\n"),
    // Figures and days.
    ("a figure with its unit", DOCUMENT, "target: 18", "target: 18 văn bản"),
    ("a figure with a percent sign", DOCUMENT, "target: 18", "target: 85 %"),
    ("a figure in words", DOCUMENT, "target: 18", "target: mười tám"),
    ("about so many", REPORT, "    breakdown:\n      cho: 7\n      ban-hanh: 11\n", "    value: khoảng 11\n"),
    ("thousands by points", DOCUMENT, "target: 18", "target: 1.250.000"),
    ("thousands by one point", DOCUMENT, "      value: 0\n", "      value: 1.250\n"),
    ("thousands by one comma", DOCUMENT, "target: 18", "target: \"1,250\""),
    ("thousands by a blank", DOCUMENT, "target: 18", "target: 12 500"),
    ("a figure in quotes", DOCUMENT, "target: 18", "target: \"18\""),
    ("from so many to so many", DOCUMENT, "target: 18", "target: 18-20"),
    ("a letter O for a nought", DOCUMENT, "target: 18", "target: 1O"),
    ("a date in words", REPORT, "published: 2021-07-15", "published: ngày 15 tháng 7 năm 2021"),
    ("month and day with one digit", REPORT, "published: 2021-07-15", "published: 2021-7-5"),
    ("a month where a day belongs", REPORT, "published: 2021-07-15", "published: 2021-07"),
    ("a quarter in words", REPORT, "period: 2021-H1", "period: Quý 2/2021"),
    ("years with a dash", DOCUMENT, "period: 2021\n", "period: 2021-2025\n"),
    // Names and references.
    ("a unit by its name", REPORT, "unit: ben-tre", "unit: Bến Tre"),
    ("an indicator by its own id alone", REPORT, "indicator: ben-tre/nq/van-ban", "indicator: van-ban"),
    ("an indicator by its file", REPORT, "indicator: ben-tre/nq/van-ban", "indicator: ben-tre/nq.md/van-ban"),
    ("a level by its name", UNIT, "level: district", "level: Huyện"),
    ("a kind in Vietnamese", DOCUMENT, "kind: resolution", "kind: nghị quyết"),
    ("a field's name in Vietnamese", REPORT, "published: 2021-07-15", "ngày công bố: 2021-07-15"),
    ("a field's name with capitals", REPORT, "published: 2021-07-15", "Published: 2021-07-15"),
    ("a field of another kind of file", REPORT, "published: 2021-07-15", "issued: 2021-07-15"),
    ("yes for true", UNIT, "parent: ben-tre", "parent: ben-tre\ndraft: có"),
    ("an address without https", UNIT, "parent: ben-tre", "parent: ben-tre\nwebsite: www.giongtrom.gov.vn"),
    (
        "the site's address without https",
        SITE,
        "base_url: https://example.org/tien-do/",
        "base_url: example.org/tien-do",
    ),
    ("a language by its name", SITE, "languages: [vi, en]", "languages: [Tiếng Việt, en]"),
    // What is forgotten.
    (
        "no source",
        REPORT,
        "source:\n  title: Bến Tre sơ kết sáu tháng\n  publisher: Báo Đồng Khởi\n  date: 2021-07-15\n",
        "",
    ),
    (
        "a source that is only a text",
        REPORT,
        "source:\n  title: Bến Tre sơ kết sáu tháng\n  publisher: Báo Đồng Khởi\n  date: 2021-07-15\n",
        "source: Báo Đồng Khởi\n",
    ),
    ("no unit of measure", DOCUMENT, "    measured_in: văn bản\n", ""),
    ("no date of publication", REPORT, "published: 2021-07-15\n", ""),
    // What the text holds.
    ("an Icelandic letter", PAGE, "Trang này.", "Ðảng bộ tỉnh."),
    ("an invisible letter", PAGE, "Trang này.", "Trang\u{200B} này."),
    ("a control character from a PDF", PAGE, "Trang này.", "Trang\u{c} này."),
    ("a link to a file on the clerk's own computer", PAGE, "Trang này.", "[Văn bản](C:\\Users\\An\\nq.pdf)"),
    ("a picture that is not there", PAGE, "Trang này.", "![Ảnh](anh.JPG)"),
];

/// A report that says more of the same indicator.
fn and_report(id: &str, keys: &str) -> Site {
    Site::good().report(id, "2021-07-20", &[("ben-tre/nq/van-ban", keys)])
}

/// Mistakes that take more than one change.
fn larger() -> Vec<(&'static str, Site)> {
    let report = || Site::good().text(REPORT);
    let figure = |keys: &str, value: &str| Site::case(keys).figure("2021-06-30", value);
    vec![
        (
            "a file with .MD",
            Site::good().remove(PAGE).file("content/pages/gioi-thieu.MD", "---\ntitle: Giới thiệu\n---\n"),
        ),
        ("a report beside the folders", Site::good().remove(REPORT).file("content/so-ket.md", &report())),
        ("a folder that is misspelled", Site::good().remove(REPORT).file("content/report/2021/so-ket.md", &report())),
        (
            "a file name with marks and blanks",
            Site::good().remove(REPORT).file("content/reports/2021/Sơ kết.md", &report()),
        ),
        (
            "a document without its issuer's folder",
            Site::good().file("content/resolutions/ke-hoach.md", "---\ntitle: Kế hoạch\nkind: plan\n---\n"),
        ),
        ("the site's file under another name", Site::good().file("content/site.yml", "title: Tiến độ\n")),
        ("a file that holds nothing", Site::good().file("content/pages/lien-he.md", "")),
        ("the same report twice", and_report("2021/so-ket-2", "as_of: 2021-06-30\nbreakdown: {cho: 6, ban-hanh: 12}")),
        (
            "one figure twice in a report",
            Site::good().append(REPORT, "").replace(
                REPORT,
                "      ban-hanh: 11\n",
                "      ban-hanh: 11\n  - indicator: ben-tre/nq/van-ban\n    value: 12\n",
            ),
        ),
        (
            "more than there are",
            figure(
                "baseline: {value: 0, date: 2021-01-01}\ntarget: 6\ndue: 2021-12-31\npopulation: {value: 6, name: chi bộ}",
                "value: 8",
            ),
        ),
        (
            "a count that fell",
            figure("baseline: {value: 0, date: 2021-01-01}\ntarget: 60\ndue: 2021-12-31", "value: 28.5")
                .figure("2021-07-10", "value: 8.25"),
        ),
        (
            "a share that is wrong",
            figure(
                "baseline: {value: 0, date: 2021-01-01}\ntarget: 150\ndue: 2021-12-31",
                "value: 62\nstated: [{percent: 53.5, out_of: 150}]",
            ),
        ),
        (
            "a figure of last year",
            Site::good().report("2021/som", "2021-07-20", &[("ben-tre/nq/van-ban", "as_of: 2020-06-30\nvalue: 3")]),
        ),
        (
            "a correction that names no report",
            and_report("2021/dinh-chinh", "as_of: 2021-06-30\nvalue: 12\ncorrects: so-ket"),
        ),
        (
            "a translation with a misspelled name",
            Site::good().file("content/pages/gioi-thiu.en.md", "---\ntitle: About\n---\n"),
        ),
        (
            "figures in a translation",
            Site::good().file("content/reports/2021/so-ket.en.md", "---\ntitle: Half a year\nobservations: []\n---\n"),
        ),
        ("a unit below itself", Site::good().replace(UNIT, "parent: ben-tre", "parent: giong-trom")),
        (
            "a unit that ended",
            Site::good()
                .unit("cu", "level: district\nparent: ben-tre\ndissolved: 2020-01-01")
                .report("2021/cu", "2021-07-20", &[])
                .replace("content/reports/2021/cu.md", "unit: ben-tre", "unit: cu"),
        ),
        ("a file in two-byte letters", Site::good().bytes(PAGE, b"\xFF\xFE-\0-\0-\0")),
        ("a file in an old Vietnamese encoding", Site::good().bytes(PAGE, b"---\ntitle: Gi\xedi thi\xd6u\n---\n")),
    ]
}

pub(crate) fn all() -> Vec<(&'static str, Site)> {
    let changed = CHANGES.iter().map(|(name, path, from, to)| (*name, Site::good().replace(path, from, to)));
    changed.chain(larger()).collect()
}

/// All messages in one language, each under the mistake's name.
fn told(language: Language) -> String {
    let mut text = String::new();
    for (number, (name, site)) in (1..).zip(all()) {
        let rendered = site.check(TODAY).rendered(language);
        assert!(!rendered.is_empty(), "{name}: nothing is said");
        writeln!(text, "## {number}. {name}\n\n{}\n", rendered.trim_end()).expect("a string takes text");
    }
    text
}

#[test]
fn in_english() {
    insta::assert_snapshot!(told(Language::En));
}

#[test]
fn in_vietnamese() {
    insta::assert_snapshot!(told(Language::Vi));
}

#[test]
fn every_message_says_what_to_do() {
    for (name, site) in all() {
        for language in Language::ALL {
            let rendered = site.check(TODAY).rendered(*language);
            let (heads, helps) = match language {
                Language::En => (["error[", "warning["], "= help: "),
                Language::Vi => (["error[", "warning["], "= gợi ý: "),
            };
            let messages = rendered.lines().filter(|line| heads.iter().any(|head| line.starts_with(head))).count();
            assert_eq!(rendered.matches(helps).count(), messages, "{name}:\n{rendered}");
            // One mistake, one message; a field of another kind of file may be meant for anything.
            let expected = if name == "a field of another kind of file" { 2 } else { 1 };
            assert_eq!(messages, expected, "{name}:\n{rendered}");
        }
    }
}
