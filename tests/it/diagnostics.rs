//! Every mistake of form, put into an otherwise good site: found at its exact place, and nothing else is reported.

use std::collections::BTreeSet;

use tiendo::diagnostic::{Code, Severity};

use crate::harness::{Site, TODAY};

const SITE: &str = "content/site.yaml";
const UNIT: &str = "content/units/giong-trom.md";
const DOCUMENT: &str = "content/resolutions/ben-tre/nq.md";
const REPORT: &str = "content/reports/2021/so-ket.md";
const PAGE: &str = "content/pages/gioi-thieu.md";

/// A change to the good site: file, text that stands once in it, what takes its place with the mistake marked.
type Change = (&'static str, &'static str, &'static str);

/// One change a case.
const CHANGES: &[(Code, Change)] = &[
    (Code::HistoryUnavailable, (SITE, "timezone:", "history: ⟦git⟧\ntimezone:")),
    (Code::MissingFrontMatter, (PAGE, "---\ntitle: Giới thiệu\n---\nTrang này.", "⟦Trang này.⟧")),
    (Code::MissingFrontMatter, (PAGE, "---\ntitle: Giới thiệu\n---\nTrang này.", "⟦---⟧\ntitle: Giới thiệu")),
    (Code::YamlSyntax, (PAGE, "title: Giới thiệu", "title: Giới thiệu⟦:⟧ trang này")),
    (Code::YamlSyntax, (PAGE, "title: Giới thiệu", "title: ⟦\"Giới thiệu⟧")),
    (Code::UnknownKey, (UNIT, "level: district", "level: district\n⟦webiste⟧: https://example.org/")),
    (Code::UnknownKey, (DOCUMENT, "    target: 18", "    target: 18\n    ⟦taget⟧: 18")),
    (Code::UnknownKey, (REPORT, "published:", "⟦publishd⟧: 2021-07-15\npublished:")),
    (Code::UnknownKey, (REPORT, "    breakdown:\n      cho: 7", "    ⟦breakdwn⟧:\n      cho: 7")),
    (Code::UnknownKey, (SITE, "timezone:", "⟦time_zone⟧: Asia/Ho_Chi_Minh\ntimezone:")),
    (
        Code::UnknownKey,
        (
            REPORT,
            "source:\n  title: Bến Tre sơ kết sáu tháng\n",
            "source: {title: Xây dựng Đảng, ⟦chính quyền⟧}\nnote: |\n",
        ),
    ),
    (Code::DuplicateKey, (UNIT, "level: district", "level: district\n⟦level⟧: district")),
    (Code::MissingField, (UNIT, "name: Giồng Trôm\nlevel", "⟦level⟧")),
    (Code::MissingField, (DOCUMENT, "kind: resolution\n", "")),
    (Code::MissingField, (DOCUMENT, "  - id: van-ban\n    name: Văn bản cụ thể hóa\n", "  - ⟦id⟧: van-ban\n")),
    (Code::MissingField, (REPORT, "---\ntitle: Sơ kết sáu tháng\nunit", "---\n⟦unit⟧")),
    (Code::MissingField, (SITE, "title: Tiến độ\nbase_url", "⟦base_url⟧")),
    (Code::MissingField, (PAGE, "---\ntitle: Giới thiệu", "⟦---⟧\nmenu: true")),
    (
        Code::MissingField,
        (
            REPORT,
            "- indicator: ben-tre/nq/van-ban\n    breakdown:\n      cho: 7\n      ban-hanh: 11",
            "- ⟦indicator⟧: ben-tre/nq/van-ban",
        ),
    ),
    (
        Code::MissingField,
        (
            DOCUMENT,
            "- id: van-ban\n    name: Văn bản cụ thể hóa\n    measured_in: văn bản\n    baseline:\n      value: 0\n      date: 2021-01-18",
            "- ⟦id⟧: van-ban\n    name: A\n    measured_in: B\n    direction: decrease",
        ),
    ),
    (Code::WrongType, (DOCUMENT, "number: 03-NQ/TU", "number: ⟦03⟧")),
    (Code::WrongType, (UNIT, "name: Giồng Trôm", "name: ⟦[Giồng Trôm]⟧")),
    (Code::WrongType, (UNIT, "name: Giồng Trôm", "name: A\ndraft: ⟦yes⟧")),
    (Code::WrongType, (UNIT, "name: Giồng Trôm", "name: A\nwebsite: ⟦www.example.org⟧")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦\"53,5\"⟧")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦.nan⟧")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦1_000⟧")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦08⟧")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦2/3⟧")),
    (Code::BadNumber, (REPORT, "      cho: 7", "      cho: ⟦1e3⟧")),
    (Code::BadNumber, (REPORT, "    breakdown:\n      cho: 7\n      ban-hanh: 11\n", "    value: ⟦\"53,5\"⟧\n")),
    (Code::BadNumber, (DOCUMENT, "target: 18", "target: ⟦12345678901234567890123456789⟧")),
    (Code::BadDate, (REPORT, "published: 2021-07-15", "published: ⟦15/07/2021⟧")),
    (Code::BadDate, (DOCUMENT, "due: 2021-12-31", "due: ⟦2021-02-30⟧")),
    (Code::BadDate, (DOCUMENT, "issued: 2021-01-18", "issued: ⟦18/01/2021⟧")),
    (Code::BadPeriod, (REPORT, "period: 2021-H1", "period: ⟦2021-Q5⟧")),
    (Code::BadPeriod, (DOCUMENT, "period: 2021", "period: ⟦2021-2025⟧")),
    (Code::BadId, (SITE, "- id: mui-1", "- id: ⟦mui_1⟧")),
    (Code::DuplicateId, (DOCUMENT, "      - id: ban-hanh\n", "      - id: ⟦cho⟧\n      - id: ban-hanh\n")),
    (
        Code::DuplicateId,
        (SITE, "- id: district\n    name: Huyện", "- id: district\n    name: Huyện\n  - id: ⟦district⟧\n    name: B"),
    ),
    (Code::UnknownUnit, (UNIT, "parent: ben-tre", "parent: ⟦ben-tree⟧")),
    (Code::UnknownUnit, (REPORT, "unit: ben-tre", "unit: ⟦ben-tree⟧")),
    (Code::UnknownUnit, (DOCUMENT, "    target: 18", "    target: 18\n    owner: ⟦ben-tree⟧")),
    (
        Code::UnknownUnit,
        (DOCUMENT, "    target: 18", "    target: 18\n    owner_from:\n      - {date: 2021-05-01, unit: ⟦ai-do⟧}"),
    ),
    (Code::UnknownUnit, (DOCUMENT, "field: party", "field: party\nexpects:\n  units: [⟦ai-do⟧]")),
    (Code::UnknownUnit, (UNIT, "parent: ben-tre", "parent: ben-tre\nsuccessors: [⟦ai-do⟧]")),
    (Code::UnknownLevel, (UNIT, "level: district", "level: ⟦distric⟧")),
    (Code::UnknownLevel, (DOCUMENT, "field: party", "field: party\nexpects:\n  levels: [⟦xa⟧]")),
    (Code::UnknownResolution, (DOCUMENT, "field: party", "field: party\nimplements: [⟦trung-uong/nq⟧]")),
    (Code::UnknownResolution, (DOCUMENT, "field: party", "field: party\namends:\n  - ⟦ben-tre/nq-1⟧")),
    (
        Code::UnknownResolution,
        (REPORT, "observations:", "coverage:\n  - {document: ⟦ben-tre/nqq⟧, action: issued, value: 1}\nobservations:"),
    ),
    (Code::UnknownIndicator, (REPORT, "ben-tre/nq/van-ban", "⟦ben-tre/nq/van-ba⟧")),
    (Code::UnknownIndicator, (DOCUMENT, "    target: 18", "    target: 18\n    restates: ⟦ben-tre/nq/khac⟧")),
    (Code::UnknownIndicator, (DOCUMENT, "    target: 18", "    target: 18\n    contributes_to: ⟦ben-tre/nq/khac⟧")),
    (Code::UnknownReport, (DOCUMENT, "sources:\n", "sources:\n  - ⟦2021/so-kt⟧\n")),
    (Code::UnknownReport, (REPORT, "    breakdown:", "    corrects: ⟦2021/quy-1⟧\n    breakdown:")),
    (Code::UnknownReport, (REPORT, "    breakdown:", "    source: ⟦2021/quy-1⟧\n    breakdown:")),
    (Code::UnknownStage, (REPORT, "      cho: 7", "      ⟦choo⟧: 7")),
    (Code::UnknownItem, (REPORT, "    breakdown:", "    items: {⟦mot⟧: cho}\n    breakdown:")),
    (Code::UnknownField, (DOCUMENT, "field: party", "field: ⟦dang⟧")),
    (Code::UnknownField, (DOCUMENT, "    target: 18", "    target: 18\n    field: ⟦partyy⟧")),
    (Code::UnknownGroup, (DOCUMENT, "field: party", "groups: [⟦ba-mui/mui-2⟧]")),
    (Code::ParentNotAbove, ("content/units/ben-tre.md", "level: province", "level: province\nparent: ⟦giong-trom⟧")),
    (Code::IssuerDiffers, (DOCUMENT, "kind: resolution", "kind: resolution\nissuer: ⟦giong-trom⟧")),
    (Code::ReferenceCycle, (DOCUMENT, "field: party", "implements: [⟦ben-tre/nq⟧]")),
    (Code::ReferenceCycle, (DOCUMENT, "field: party", "amends: [⟦ben-tre/nq⟧]")),
    (Code::ReferenceCycle, (DOCUMENT, "    target: 18", "    target: 18\n    contributes_to: ⟦ben-tre/nq/van-ban⟧")),
    (Code::ReferenceCycle, (DOCUMENT, "    target: 18", "    target: 18\n    restates: ⟦ben-tre/nq/van-ban⟧")),
    (Code::ReferenceCycle, (UNIT, "parent: ben-tre", "parent: ben-tre\nsuccessors: [⟦giong-trom⟧]")),
    (Code::ReferenceCycle, (REPORT, "    breakdown:", "    corrects: ⟦2021/so-ket⟧\n    breakdown:")),
    (Code::PeriodReversed, (DOCUMENT, "period: 2021", "period: ⟦2025..2021⟧")),
    (Code::PeriodReversed, (DOCUMENT, "target: 18", "target: {min: 18, max: ⟦17⟧}")),
    (Code::BrokenLink, (DOCUMENT, "Nội dung.", "Xem [văn bản](⟦khong-co.md⟧).")),
    (Code::BrokenLink, (PAGE, "Trang này.", "Xem [mục](⟦#khong-co⟧).")),
    (Code::BrokenLink, (PAGE, "Trang này.", "![ảnh](⟦anh.png⟧)")),
    (Code::BrokenLink, (SITE, "timezone:", "logo: ⟦static/logo.svg⟧\ntimezone:")),
    (Code::UnsafeLink, (PAGE, "Trang này.", "[x](⟦javascript:alert(1)⟧)")),
    (Code::UnsafeLink, (PAGE, "Trang này.", "[x](⟦JaVaScRiPt:alert(1)⟧)")),
    (Code::UnsafeLink, (UNIT, "name: Giồng Trôm", "name: A\nwebsite: ⟦javascript:alert(1)⟧")),
    (Code::ControlCharacter, (PAGE, "Trang này.", "Trang⟦\u{7}⟧ này.")),
    (Code::ConflictMarker, (PAGE, "Trang này.", "⟦<<<<<<< HEAD⟧\nTrang này.")),
    (Code::YamlUnsupported, (PAGE, "title: Giới thiệu", "title: ⟦&a⟧ Giới thiệu")),
    (Code::YamlUnsupported, (PAGE, "title: Giới thiệu", "title: ⟦!!str⟧ Giới thiệu")),
    (Code::YamlUnsupported, (PAGE, "title: Giới thiệu", "title: Giới thiệu\n⟦<<⟧: {menu: true}")),
    (Code::UnknownValue, (DOCUMENT, "kind: resolution", "kind: ⟦resolutoin⟧")),
    (Code::UnknownValue, (DOCUMENT, "    target: 18", "    target: 18\n    direction: ⟦up⟧")),
    (Code::UnknownValue, (REPORT, "    breakdown:", "    qualifier: ⟦abuot⟧\n    breakdown:")),
    (Code::UnknownValue, (SITE, "Asia/Ho_Chi_Minh", "⟦Asia/Hanoi⟧")),
    (Code::UnknownCheck, (SITE, "timezone:", "checks: {⟦stael⟧: allow}\ntimezone:")),
    (Code::UnknownCheck, (REPORT, "    breakdown:", "    acknowledge: {⟦bad-date⟧: Vì thế}\n    breakdown:")),
    (Code::UnknownLanguage, (SITE, "languages: [vi, en]", "languages: [vi, ⟦tiếng Anh⟧]")),
    (Code::ImplementsBelow, (DOCUMENT, "field: party", "implements: [⟦giong-trom/kh⟧]")),
];

/// The good site with one change, and what the change needs beside it.
fn changed((path, from, to): Change) -> Site {
    let site = Site::good();
    let site = if to.contains("giong-trom/kh") { site.document("giong-trom/kh", "", &[]) } else { site };
    // Without its kind, a document points at its first key.
    let site = if from == "kind: resolution\n" { site.replace(path, "---\ntitle:", "---\n⟦title⟧:") } else { site };
    site.replace(path, from, to)
}

/// Cases that take more than one change, by name.
fn larger() -> Vec<(Code, &'static str, Site)> {
    let page = |text: &str| Site::good().file("content/pages/x.md", text);
    let unit = "---\nname: X\nlevel: commune\n---\n";
    let head = "⟦---⟧\nname: X\nlevel: commune\n---\n";
    vec![
        (Code::MissingFrontMatter, "an empty file", page("⟦⟧")),
        (Code::BadId, "a file's name", Site::good().file("content/units/Giong_Trom.md", head)),
        (Code::BadId, "a file outside the folders", Site::good().file("content/x.md", "⟦# X⟧\n")),
        (Code::BadId, "a document without an issuer's folder", Site::good().file("content/resolutions/x.md", head)),
        (
            Code::BadId,
            "a stage that keeps its name",
            Site::good().replace(DOCUMENT, "- id: cho\n", "- id: ⟦Chờ⟧\n").replace(REPORT, "cho: 7", "Chờ: 7"),
        ),
        (
            Code::DuplicateId,
            "an indicator and a document",
            Site::good().unit("ben-tre/nq", "level: district").document("ben-tre/nq/van-ban", "", &[]).replace(
                DOCUMENT,
                "- id: van-ban",
                "- id: ⟦van-ban⟧",
            ),
        ),
        (
            Code::DuplicateId,
            "two indicators",
            Site::good().document("ben-tre/case", "", &[("x", "note: a"), ("⟦x⟧", "note: b")]),
        ),
        (Code::UnknownUnit, "a folder that is no unit", Site::good().file("content/units/khong-co/x.md", head)),
        (
            Code::UnknownUnit,
            "a folder of documents that is no unit",
            Site::good().file("content/resolutions/ai-do/x.md", "⟦---⟧\ntitle: X\nkind: plan\n---\n"),
        ),
        (
            Code::UnknownUnit,
            "a translation of nothing",
            Site::good().file("content/units/x.en.md", "⟦---⟧\nname: X\n---\n"),
        ),
        (
            Code::UnknownIndicator,
            "a translation of no indicator",
            Site::good()
                .file("content/resolutions/ben-tre/nq.en.md", "---\nindicators: {⟦van-bn⟧: {name: Papers}}\n---\n"),
        ),
        (
            Code::UnknownStage,
            "a translation of no stage",
            Site::good().file(
                "content/resolutions/ben-tre/nq.en.md",
                "---\nindicators: {van-ban: {stages: {⟦xong⟧: Done}}}\n---\n",
            ),
        ),
        (
            Code::UnknownField,
            "a translation of no field",
            Site::good().file("content/site.en.yaml", "fields: {⟦parti⟧: Party}\n"),
        ),
        (
            Code::UnknownLanguage,
            "a translation into a language that the site has not",
            Site::good().file("content/pages/gioi-thieu.fr.md", "⟦---⟧\ntitle: Bonjour\n---\n"),
        ),
        (
            Code::IssuerDiffers,
            "a nested unit's parent",
            Site::good()
                .file("content/units/giong-trom/x.md", "---\nname: X\nlevel: commune\nparent: ⟦ben-tre⟧\n---\n"),
        ),
        (
            Code::UnknownReport,
            "a correction of nothing",
            Site::good().report(
                "a",
                "2021-07-16",
                &[("ben-tre/nq/van-ban", "value: 10\nas_of: 2021-06-29\ncorrects: ⟦2021/so-ket⟧")],
            ),
        ),
        (
            Code::ReferenceCycle,
            "documents in a circle",
            Site::good()
                .document("ben-tre/a", "implements: [ben-tre/b]", &[])
                .document("ben-tre/b", "implements: [ben-tre/c]", &[])
                .document("ben-tre/c", "implements: [⟦ben-tre/a⟧]", &[]),
        ),
        (
            Code::ReferenceCycle,
            "corrections in a circle",
            Site::case("note: Theo dõi")
                .report("a", "2021-07-16", &[("ben-tre/case/x", "value: 12\nas_of: 2021-06-30\ncorrects: b")])
                .report("b", "2021-07-16", &[("ben-tre/case/x", "value: 13\nas_of: 2021-06-30\ncorrects: ⟦a⟧")]),
        ),
        (Code::NotUtf8, "another encoding", Site::good().bytes(PAGE, b"---\ntitle: Trang\n---\nTrang n\xe0y.\n")),
        (Code::YamlUnsupported, "several documents", Site::good().append(SITE, "⟦---⟧\ntitle: X\n")),
        (Code::TooLarge, "a file", Site::good().bytes("content/pages/x.md", &vec![b'x'; (8 << 20) + 1])),
        (
            Code::TooLarge,
            "a nesting",
            Site::good().bytes(PAGE, format!("---\ntitle: X\nnote: {}\n---\n", "[".repeat(20_000)).as_bytes()),
        ),
        (
            Code::UnsafeFile,
            "a picture with a script",
            Site::good()
                .file("content/units/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x</script></svg>"),
        ),
        (Code::UnsafeFile, "a picture that cannot be looked through", Site::good().file("content/static/x.svgz", "x")),
        (Code::BrokenLink, "a link in a circle", Site::good().link("content/pages/x.md", "x.md")),
        (Code::OutsideRoot, "a link that leads out", Site::good().link("content/pages/x.md", "/etc/hostname")),
        (
            Code::WrongType,
            "a unit below its own level",
            Site::good().file("content/units/x.md", &unit.replace("X", "[X]")),
        ),
    ]
}

/// Mistakes that only a whole build meets: in the paths of the site's files and in templates.
fn of_a_build() -> Vec<(Code, &'static str, Site)> {
    vec![
        (
            Code::OutputCollision,
            "an alias of a page that exists",
            Site::good().replace(PAGE, "title: Giới thiệu", "title: Giới thiệu\naliases: [units/ben-tre/]"),
        ),
        (Code::BadPath, "a name that Windows keeps", Site::good().file("content/static/con.txt", "x")),
        (
            Code::TemplateError,
            "a template that cannot be read",
            Site::good().file("themes/default/templates/page.html", "<p>{{ ⟦}}⟧</p>\n"),
        ),
    ]
}

/// Every mistake, by a name.
pub(crate) fn all() -> Vec<(String, Site)> {
    let changed = CHANGES.iter().map(|(_, change)| (format!("{}: {}", change.0, change.2), changed(*change)));
    changed.chain(larger().into_iter().map(|(_, name, site)| (name.to_owned(), site))).collect()
}

#[test]
fn each_mistake_is_found_at_its_place_and_nothing_else() {
    let mut failures = Vec::new();
    for (code, change) in CHANGES {
        let site = changed(*change);
        let judged = std::panic::catch_unwind(|| site.judge(TODAY).only(Severity::Error, code.as_str()).list());
        if judged.is_err() {
            failures.push(format!("{}: {} in {}", code.as_str(), change.2, change.0));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), CHANGES.len(), failures.join("\n"));
}

#[test]
fn so_is_each_mistake_of_whole_files() {
    let mut failures = Vec::new();
    for (code, name, site) in larger() {
        if std::panic::catch_unwind(|| site.judge(TODAY).only(Severity::Error, code.as_str()).list()).is_err() {
            failures.push(format!("{}: {name}", code.as_str()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_build_finds_what_reading_cannot() {
    for (code, name, site) in of_a_build() {
        println!("{}: {name}", code.as_str());
        site.judge(TODAY).clean();
        site.check(TODAY).only(Severity::Error, code.as_str());
    }
}

#[test]
fn every_code_has_a_case() {
    let tested: BTreeSet<Code> = CHANGES
        .iter()
        .map(|(code, _)| *code)
        .chain(larger().into_iter().map(|(code, ..)| code))
        .chain(of_a_build().into_iter().map(|(code, ..)| code))
        .collect();
    // The checks on the figures have theirs in `figures`, which demands one of each.
    let untested: Vec<&str> =
        Code::ALL.iter().filter(|code| !code.is_check() && !tested.contains(code)).map(|code| code.as_str()).collect();
    assert_eq!(untested, [""; 0], "codes without a case");
}

/// Ten files, each with a mistake.
fn ten() -> Site {
    Site::good()
        .replace(SITE, "timezone:", "time_zone: x\ntimezone:")
        .replace(UNIT, "level: district", "level: district\nlevel: district")
        .replace(DOCUMENT, "due: 2021-12-31", "due: 31/12/2021")
        .replace(REPORT, "published: 2021-07-15", "published: 2021-02-30")
        .replace(PAGE, "Trang này.", "[x](javascript:alert(1)) [y](khong-co.md)")
        .file("content/pages/a.md", "Không có gì ở trên.\n")
        .file("content/pages/b.md", "---\ntitle: Nghị quyết: mới\n---\n")
        .bytes("content/pages/c.md", b"---\ntitle: C\n---\n\xff\n")
        .file("content/units/ba-tri.md", "---\nname: Ba Tri\nlevel: district\nparent: ben-tree\n---\n")
        .file("content/units/d.md", "---\nname: [D]\nlevel: distric\n---\n")
}

#[test]
fn ten_mistakes_in_ten_files_are_told_at_once() {
    insta::assert_snapshot!(ten().judge(TODAY).diagnostics(), @r"
    error[missing-front-matter] content/pages/a.md:1:1
    error[yaml-syntax] content/pages/b.md:2:18
    error[not-utf8] content/pages/c.md:4:1
    error[unsafe-link] content/pages/gioi-thieu.md:4:5
    error[broken-link] content/pages/gioi-thieu.md:4:30
    error[bad-date] content/reports/2021/so-ket.md:5:12
    error[bad-date] content/resolutions/ben-tre/nq.md:20:10
    error[unknown-key] content/site.yaml:5:1
    error[unknown-unit] content/units/ba-tri.md:4:9
    error[wrong-type] content/units/d.md:2:7
    error[unknown-level] content/units/d.md:3:8
    error[duplicate-key] content/units/giong-trom.md:4:1
    ");
    // A build tells the same.
    assert_eq!(ten().check(TODAY).list(), ten().judge(TODAY).list());
}

#[test]
fn a_broken_file_keeps_its_id() {
    // Each file in turn cannot be read at all; what refers to it is not reported as well.
    let site = Site::good()
        .document("giong-trom/kh", "implements: [ben-tre/nq]\namends: [ben-tre/nq]", &[("y", "restates: ben-tre/nq/van-ban")])
        .replace(DOCUMENT, "sources:\n", "sources:\n  - 2021/so-ket\n")
        .report("sau", "2021-07-20", &[("ben-tre/nq/van-ban", "value: 12\ncorrects: 2021/so-ket")])
        .append(PAGE, "[Huyện](/units/giong-trom.md), [nghị quyết](../resolutions/ben-tre/nq.md), [báo cáo](../reports/2021/so-ket.md)\n");
    site.judge(TODAY).clean();
    for path in [UNIT, "content/units/ben-tre.md", DOCUMENT, REPORT, SITE] {
        let broken = site.clone().append(path, "<<<<<<< HEAD\n");
        let expected = vec![format!("error[conflict-marker] {path}:{}:1", site.text(path).lines().count() + 1)];
        assert_eq!(broken.judge(TODAY).list(), expected, "a merge in {path}");
        let text = site.text(path);
        let broken = site.clone().file(path, &text.replacen("title:", "title: \"", 1).replacen("name:", "name: \"", 1));
        let list = broken.judge(TODAY).list();
        assert!(list.len() == 1 && list[0].starts_with(&format!("error[yaml-syntax] {path}:")), "{list:#?}");
        let broken = site.clone().bytes(path, &[text.as_bytes(), b"# \xff\n"].concat());
        let list = broken.judge(TODAY).list();
        assert!(list.len() == 1 && list[0].starts_with(&format!("error[not-utf8] {path}:")), "{list:#?}");
    }
}

#[test]
fn what_a_mistake_takes_along_is_not_told_as_well() {
    // A stage and an item without an id, and an indicator without one: references may mean just those.
    let lost = |path: &str, from: &str, to: &str| Site::good().replace(path, from, to).judge(TODAY).diagnostics();
    assert_eq!(
        lost(DOCUMENT, "- id: cho\n        name: Chờ hướng dẫn", "- name: Chờ hướng dẫn"),
        "error[missing-field] content/resolutions/ben-tre/nq.md:22:9"
    );
    assert_eq!(
        lost(DOCUMENT, "- id: van-ban\n    name: Văn bản", "- name: Văn bản"),
        "error[missing-field] content/resolutions/ben-tre/nq.md:13:5"
    );
    assert_eq!(
        lost(SITE, "- id: party\n    name: Xây dựng Đảng", "- name: Xây dựng Đảng"),
        "error[missing-field] content/site.yaml:17:5"
    );
    // A figure whose indicator is mistyped: that the indicator now has none is no second mistake.
    let overdue = Site::good().replace(DOCUMENT, "due: 2021-12-31", "due: 2021-06-30");
    overdue.judge(TODAY).clean();
    overdue
        .replace(REPORT, "ben-tre/nq/van-ban", "⟦ben-tre/nq/van-bn⟧")
        .judge(TODAY)
        .only(Severity::Error, "unknown-indicator");
}

#[test]
fn mistakes_beside_each_other_are_all_told() {
    // A document that is wrong elsewhere still judges the references into it.
    let site = Site::good()
        .replace(DOCUMENT, "field: party", "field: dang\nwebsite: x")
        .replace(REPORT, "cho: 7", "choo: 7\n      xong: 1")
        .replace(REPORT, "published: 2021-07-15", "published: 2021-07-15\nas_of: 30/06/2021");
    insta::assert_snapshot!(site.judge(TODAY).diagnostics(), @r"
    error[bad-date] content/reports/2021/so-ket.md:6:8
    error[unknown-stage] content/reports/2021/so-ket.md:14:7
    error[unknown-stage] content/reports/2021/so-ket.md:15:7
    error[unknown-field] content/resolutions/ben-tre/nq.md:7:8
    error[unknown-key] content/resolutions/ben-tre/nq.md:8:1
    ");
}

#[test]
fn the_good_site_is_good() {
    Site::good().judge(TODAY).clean();
    Site::good().check(TODAY).clean();
}
