//! What is reported, where, in which words; and what is read all the same.

use std::fmt::Debug;

use proptest::prelude::*;

use super::{Read, Readable, read, read_faultless};
use crate::content::front_matter;
use crate::content::raw::{
    RawPage, RawReport, RawResolution, RawSite, RawSiteTranslation, RawTarget, RawTranslation, RawUnit,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::SourceMap;

/// Reads a whole text; gives `line:column..end wording` of each diagnostic, sorted by place.
#[track_caller]
pub(super) fn run<T: Readable + Debug>(text: &str) -> (Read<T>, Vec<String>, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let file = sources.add("content/x.yaml", text);
    let mut diagnostics = Diagnostics::default();
    let value = read(text, file, 0..text.len(), &mut diagnostics);
    let straight = read_faultless::<T>(text, file, 0..text.len());
    if diagnostics.count_all() == 0
        && let Some(straight) = straight
    {
        assert_eq!(format!("{straight:?}"), format!("{:?}", value.value.as_ref().expect("it is read")), "{text:?}");
    }
    let mut list: Vec<Diagnostic> = diagnostics.iter().cloned().collect();
    list.sort_by_key(|diagnostic| diagnostic.primary.start);
    let words = list
        .iter()
        .map(|diagnostic| {
            let start = sources.position(file, diagnostic.primary.range().start);
            let covered = &text[diagnostic.primary.range()];
            format!("{}:{} {} `{covered}`", start.line, start.column, diagnostic.wording)
        })
        .collect();
    (value, words, list)
}

#[track_caller]
fn expect<T: Readable + Debug>(text: &str, expected: &[&str]) {
    let (value, words, _) = run::<T>(text);
    assert_eq!(words, expected, "in {text:?}");
    let is_sound =
        words.iter().all(|word| ["suspicious-letter", "ambiguous-figure"].iter().any(|check| word.contains(check)));
    assert_eq!(value.complete, is_sound, "in {text:?}");
}

/// The argument of the first diagnostic of that name.
#[track_caller]
fn argument<T: Readable + Debug>(text: &str, name: &str) -> String {
    let (_, words, list) = run::<T>(text);
    let found = list.iter().flat_map(|diagnostic| &diagnostic.arguments).find(|(key, _)| *key == name);
    found.map(|(_, value)| value.clone()).unwrap_or_else(|| panic!("no `{name}` in {words:?} of {text:?}"))
}

const UNIT: &str = "name: Xã Mỹ Thạnh\nlevel: commune\n";
const DOCUMENT: &str = "title: Nghị quyết\nkind: plan\n";

fn unit(rest: &str) -> String {
    format!("{UNIT}{rest}")
}

/// A document with one indicator that has these keys.
fn indicator(rest: &str) -> String {
    let lines: String = rest.lines().map(|line| format!("    {line}\n")).collect();
    format!("{DOCUMENT}indicators:\n  - id: van-ban\n    name: Văn bản\n    measured_in: văn bản\n{lines}")
}

#[test]
fn yaml_syntax_is_explained_where_it_begins() {
    let cases = [
        ("title: Nghị quyết: mới\n", "1:18 yaml-syntax.colon `:`"),
        ("title: Nghị quyết\nnote: a\r\nx: Tỉnh: b\r\n", "3:8 yaml-syntax.colon `:`"),
        ("title: “Nghị quyết: mới”\n", "1:19 yaml-syntax.typographic-quotes `:`"),
        ("- name: Tỉnh: b\n", "1:13 yaml-syntax.colon `:`"),
        ("title: Nghị quyết\n\tname: x\n", "2:1 yaml-syntax.tab `\t`"),
        ("title:\n\t- x\n", "2:1 yaml-syntax.tab `\t`"),
        ("list:\n  - a\n \t- b\n", "3:2 yaml-syntax.tab `\t`"),
        ("title:Nghị quyết\nname: x\n", "1:6 yaml-syntax.space `:`"),
        ("name: x\ntitle:Nghị quyết\n", "2:6 yaml-syntax.space `:`"),
        ("title:Nghị quyết\n", "1:6 yaml-syntax.space `:`"),
        ("name: x\nnhập tự do\ntitle: y\n", "2:1 yaml-syntax.no-colon `nhập tự do`"),
        ("tiêu đề\ntitle: y\n", "1:1 yaml-syntax.no-colon `tiêu đề`"),
        ("l:\n  - id x\n    name: y\n", "2:3 yaml-syntax.no-colon `- id x`"),
        ("\ttitle: x\n\tname: y\n", "1:1 yaml-syntax.tab `\t`"),
        ("title:\u{a0}Nghị quyết\n", "1:6 yaml-syntax.space `:`"),
        ("name: \"chưa đóng\ntitle: y\n", "1:7 yaml-syntax.quote `\"chưa đóng`"),
        ("name: 'chưa đóng\n", "1:7 yaml-syntax.quote `'chưa đóng`"),
        ("l:\n  - a: \"chưa đóng\n    b: \"x\"\n", "2:8 yaml-syntax.quote `\"chưa đóng`"),
        ("name: \"Xã\" Mỹ Thạnh\n", "1:12 yaml-syntax.after-quote `Mỹ Thạnh`"),
        ("l: {a: \"Xã\" Mỹ}\n", "1:13 yaml-syntax.after-quote-inside `Mỹ}`"),
        ("l: [a, b\nname: x\n", "1:4 yaml-syntax.bracket `[`"),
        ("l: {a: b\nname: x\n", "1:4 yaml-syntax.bracket `{`"),
        ("l: {a: b\n", "1:4 yaml-syntax.bracket `{`"),
        ("l: {a: b}}\n", "1:10 yaml-syntax.bracket-close `}`"),
        ("l: {a: b]\n", "1:4 yaml-syntax.bracket-mismatch `{`"),
        ("l: ]\n", "1:4 yaml-syntax.bracket-close `]`"),
        ("l: {title: Nghị quyết: mới}\n", "1:22 yaml-syntax.colon-inside `:`"),
        ("l: [a, b] c\n", "1:11 yaml-syntax.after-bracket `c`"),
        ("measured_in: %\n", "1:14 yaml-syntax.first-letter `%`"),
        ("note: @x\n", "1:7 yaml-syntax.first-letter `@`"),
        ("note: `x`\n", "1:7 yaml-syntax.first-letter ```"),
        ("note: | x\n", "1:7 yaml-syntax.first-letter `|`"),
        ("note: > 90 %\n", "1:7 yaml-syntax.first-letter `>`"),
        ("note: & x\n", "1:7 yaml-syntax.first-letter `&`"),
        ("note: , x\n", "1:7 yaml-syntax.first-letter `,`"),
        ("l: - x\n", "1:4 yaml-syntax.list-on-line `-`"),
        ("name: x\n- b\n", "2:1 yaml-syntax.list-item `- b`"),
        ("a:\n  b: x\n# l:\n#   - c: 1\n#     d:\n  - c: 2\n", "6:3 yaml-syntax.list-item-remark `- c: 2`"),
        ("name: x\n  title: y\n", "2:3 yaml-syntax.indentation `title: y`"),
        ("l:\n    a: 1\n  c: 2\n", "3:3 yaml-syntax.indentation `c: 2`"),
        ("l:\n  - a\nname\n", "3:1 yaml-syntax.no-colon `name`"),
        ("name: \"\\d\"\n", "1:8 yaml-syntax.escape `\\d`"),
        ("name: \"Đ\\u00ZZ\"\n", "1:9 yaml-syntax.escape `\\u`"),
    ];
    for (text, expected) in cases {
        expect::<RawUnit>(text, &[expected]);
    }
    assert_eq!(argument::<RawUnit>("title: Nghị quyết: mới\n", "right"), "title: \"Nghị quyết: mới\"");
    assert_eq!(argument::<RawUnit>("- name: “Tỉnh: b”\n", "right"), "name: \"Tỉnh: b\"");
    assert_eq!(argument::<RawUnit>("name: \"Xã\" Mỹ\n", "right"), "'\"Xã\" Mỹ'");
    assert_eq!(argument::<RawUnit>("measured_in: %\n", "right"), "\"%\"");
    assert_eq!(argument::<RawUnit>("title:Nghị quyết\n", "right"), "title: Nghị quyết");
}

#[test]
fn the_strict_subset_leaves_things_out() {
    let cases: [(&str, &[&str]); 10] = [
        ("note: &a x\n", &["3:7 yaml-unsupported.anchor `&a`"]),
        ("note: *a\n", &["3:7 yaml-unsupported.alias `*a`"]),
        ("note: *** Ghi chú\n", &["3:7 yaml-unsupported.alias `***`"]),
        ("note: !!str x\n", &["3:7 yaml-unsupported.tag `!!str`"]),
        ("sources: !x [a]\n", &["3:10 yaml-unsupported.tag `!x`"]),
        ("<<: {note: x}\n", &["3:1 yaml-unsupported.merge `<<`"]),
        ("? [a, b]\n: x\n", &["3:3 yaml-unsupported.key `[a, b]`"]),
        (": x\n", &["3:1 yaml-unsupported.key ``"]),
        ("---\nname: y\n", &["3:1 yaml-unsupported.documents `---`"]),
        ("note: &a x\nwebsite: *a\n", &["3:7 yaml-unsupported.anchor `&a`", "4:10 yaml-unsupported.alias `*a`"]),
    ];
    for (rest, expected) in cases {
        expect::<RawUnit>(&unit(rest), expected);
    }
    expect::<RawUnit>("%YAML 1.2\n---\nname: x\n", &["1:1 yaml-unsupported.directive `%YAML 1.2`"]);
}

#[test]
fn keys_are_judged_all_at_once() {
    expect::<RawUnit>(
        "nickname: x\nlevel: commune\nlevle: y\nlevel: district\n",
        &[
            "1:1 unknown-key `nickname`",
            "1:1 missing-field `nickname`",
            "3:1 unknown-key `levle`",
            "4:1 duplicate-key `level`",
        ],
    );
    expect::<RawUnit>("nam: x\nlevel: commune\n", &["1:1 unknown-key `nam`"]);
    assert_eq!(argument::<RawUnit>(&unit("webiste: x\n"), "suggestion"), "website");
    assert_eq!(argument::<RawUnit>(&unit("Website: x\n"), "suggestion"), "website");
    let (_, _, list) = run::<RawUnit>("name: a\nlevel: b\nname: c\n");
    assert_eq!((list[0].labels[0].span.start, list[0].labels[0].wording), (0, "first-here"));
    expect::<RawUnit>("# chỉ chú thích\n", &["1:1 missing-field ``", "1:1 missing-field ``"]);
    expect::<RawUnit>("{}\n", &["1:1 missing-field `{}`", "1:1 missing-field `{}`"]);
    expect::<RawUnit>(&unit("website:\n"), &["3:1 missing-field.empty `website`"]);
    expect::<RawUnit>(&unit("population: ~\n"), &["3:1 missing-field.empty `population`"]);
    expect::<RawUnit>("name: \"\"\nlevel:\n", &["1:1 missing-field.needed `name`", "2:1 missing-field.needed `level`"]);
    expect::<RawUnit>(&unit("sources:\n  -\n  - a/b\n"), &["4:3 missing-field.item `-`"]);
    // A milestone points home to its own first key, an indicator to its own.
    expect::<RawResolution>(&indicator("milestones:\n  - date: 2021-06-30\n"), &["8:9 missing-field `date`"]);
    expect::<RawResolution>(
        &format!("{DOCUMENT}indicators:\n  - name: Văn bản\n"),
        &["4:5 missing-field `name`", "4:5 missing-field `name`"],
    );
}

#[test]
fn commas_in_braces_are_recognised() {
    let text = "title: a\nunit: b\npublished: 2021-07-30\nsource: {title: Xây dựng Đảng, chính quyền, đoàn thể, publisher: X, ngày: 3}\n";
    expect::<RawReport>(text, &["4:32 unknown-key.flow `chính quyền`", "4:69 unknown-key `ngày`"]);
    assert_eq!(argument::<RawReport>(text, "right"), "title: \"Xây dựng Đảng, chính quyền, đoàn thể\"");
    let text = "title: a\nunit: b\npublished: 2021-07-30\nsource: {title:Báo, publisher: X}\n";
    expect::<RawReport>(text, &["4:10 unknown-key.space `title:Báo`"]);
}

#[test]
fn figures_are_read_from_their_source() {
    for (written, wording, right) in [
        ("53,5", "bad-number.comma", "53.5"),
        ("\"53,5\"", "bad-number.comma", "53.5"),
        ("-53,5", "bad-number.comma", "-53.5"),
        ("1.234,5", "bad-number.form", "1234.5"),
        ("1,234.5", "bad-number.form", "1234.5"),
        ("1.234.567", "bad-number.form", "1234567"),
        ("1 234", "bad-number.form", "1234"),
        ("1_000", "bad-number.form", "1000"),
        ("0x10", "bad-number.form", "16"),
        ("08", "bad-number.form", "8"),
        ("+8", "bad-number.form", "8"),
        (".5", "bad-number.form", "0.5"),
        ("5.", "bad-number.form", "5"),
        ("1e3", "bad-number.form", "1000"),
        ("1.5e-1", "bad-number.form", "0.15"),
        ("50 %", "bad-number.percent", "50"),
        ("53,5%", "bad-number.percent", "53.5"),
        ("\"62\"", "bad-number.quoted", "62"),
        ("150 doanh nghiệp", "bad-number.words", "150"),
        ("trên 90", "bad-number.words", "90"),
        ("≥ 90 %", "bad-number.words", "90"),
    ] {
        let text = indicator(&format!("target: {written}"));
        let covered = format!("7:13 {wording} `{written}`");
        expect::<RawResolution>(&text, &[&covered]);
        assert_eq!(argument::<RawResolution>(&text, "right"), right, "of {written}");
    }
    for (written, wording) in [
        (".nan", "bad-number.not-finite"),
        ("-.inf", "bad-number.not-finite"),
        ("2/3", "bad-number.fraction"),
        ("2 / 3", "bad-number.fraction"),
        ("1,234", "bad-number.ambiguous"),
        ("1e999", "bad-number"),
        ("nhiều", "bad-number"),
        ("12345678901234567890123456789", "bad-number.digits"),
    ] {
        expect::<RawResolution>(&indicator(&format!("target: {written}")), &[&format!("7:13 {wording} `{written}`")]);
    }
    for legal in ["0", "-3", "28.2", "0.125", "1.2345", "1234.567", "1234567890123456789012345678"] {
        expect::<RawResolution>(&indicator(&format!("target: {legal}")), &[]);
    }
    for perhaps_thousands in ["1.000", "-12.345"] {
        let told = format!("7:13 ambiguous-figure `{perhaps_thousands}`");
        expect::<RawResolution>(&indicator(&format!("target: {perhaps_thousands}")), &[&told]);
    }
    expect::<RawResolution>(&indicator("of: -1"), &["7:9 bad-number.count `-1`"]);
    expect::<RawResolution>(&indicator("of: 2.5"), &["7:9 bad-number.count `2.5`"]);
    expect::<RawResolution>(&indicator("target: [1]"), &["7:13 wrong-type.mapping-not-list `[1]`"]);
    expect::<RawResolution>(&indicator("baseline: 5"), &["7:15 wrong-type.value-record `5`"]);
    expect::<RawResolution>(&indicator("population: 6"), &["7:17 wrong-type.value-record `6`"]);
}

#[test]
fn days_and_periods_show_their_right_form() {
    for (written, wording, right) in [
        ("30/07/2021", "bad-date.day-first", "2021-07-30"),
        ("30-7-2021", "bad-date.day-first", "2021-07-30"),
        ("\"30.7.2021\"", "bad-date.day-first", "2021-07-30"),
        ("07/30/2021", "bad-date.day-first", "2021-07-30"),
        ("ngày 30 tháng 7 năm 2021", "bad-date.day-first", "2021-07-30"),
        ("2021/7/30", "bad-date.form", "2021-07-30"),
        ("2021-07-30 10:00:00", "bad-date.form", "2021-07-30"),
        ("2021-07-30T10:00:00Z", "bad-date.form", "2021-07-30"),
    ] {
        let text = indicator(&format!("due: {written}"));
        expect::<RawResolution>(&text, &[&format!("7:10 {wording} `{written}`")]);
        assert_eq!(argument::<RawResolution>(&text, "right"), right);
    }
    for (written, wording) in [
        ("2026-02-30", "bad-date.no-such-day"),
        ("31/02/2026", "bad-date.no-such-day"),
        ("2021", "bad-date.period"),
        ("2021-H1", "bad-date.period"),
        ("sớm", "bad-date"),
        ("unkown", "unknown-value"),
    ] {
        expect::<RawResolution>(&indicator(&format!("due: {written}")), &[&format!("7:10 {wording} `{written}`")]);
    }
    for legal in ["2021-07-30", "\"2021-07-30\"", "unknown"] {
        expect::<RawResolution>(&indicator(&format!("due: {legal}")), &[]);
    }
    for (written, wording, right) in [
        ("2021-2025", "bad-period.form", "2021..2025"),
        ("2021 – 2025", "bad-period.form", "2021..2025"),
        ("2021...2025", "bad-period.form", "2021..2025"),
        ("2021-h1", "bad-period.form", "2021-H1"),
        ("Q3/2021", "bad-period.form", "2021-Q3"),
        ("4/2021", "bad-period.form", "2021-04"),
        ("30/07/2021", "bad-period.form", "2021-07-30"),
        ("2025..2021", "period-reversed.form", "2021..2025"),
    ] {
        let text = format!("{DOCUMENT}period: {written}\n");
        expect::<RawResolution>(&text, &[&format!("3:9 {wording} `{written}`")]);
        assert_eq!(argument::<RawResolution>(&text, "right"), right);
    }
    for (written, wording) in [("2021-Q5", "bad-period"), ("2026-02-30", "bad-period.no-such-day"), ("x", "bad-period")]
    {
        expect::<RawResolution>(&format!("{DOCUMENT}period: {written}\n"), &[&format!("3:9 {wording} `{written}`")]);
    }
    for (written, expected) in [
        ("2021", &[][..]),
        ("2021-10", &[]),
        ("18/01/2021", &["3:9 bad-date.day-first `18/01/2021`"]),
        ("01/2021", &["3:9 bad-date.form `01/2021`"]),
    ] {
        expect::<RawResolution>(&format!("{DOCUMENT}issued: {written}\n"), expected);
    }
}

#[test]
fn texts_ids_and_words_have_their_form() {
    for written in ["03", "2021", "1.5", "0x1F", "true", "~", "-3", "1e5", ".inf"] {
        let text = format!("{DOCUMENT}number: {written}\n");
        expect::<RawResolution>(&text, &[&format!("3:9 wrong-type.text-unquoted `{written}`")]);
        assert_eq!(argument::<RawResolution>(&text, "right"), format!("\"{written}\""));
    }
    for legal in ["no", "on", "yes", "\"03\"", "'2021'", "03-NQ/TU", "1.2.3", "1_000", "2/3", "x1"] {
        expect::<RawResolution>(&format!("{DOCUMENT}number: {legal}\n"), &[]);
    }
    expect::<RawResolution>(&format!("{DOCUMENT}number: [a]\n"), &["3:9 wrong-type.text-not-list `[a]`"]);
    expect::<RawResolution>(&format!("{DOCUMENT}number:\n  a: 1\n"), &["4:3 wrong-type.text-not-mapping `a: 1`"]);
    expect::<RawResolution>(&format!("{DOCUMENT}stages: a\n"), &["3:9 wrong-type.list `a`"]);
    expect::<RawResolution>(&format!("{DOCUMENT}stages: {{id: a}}\n"), &["3:9 wrong-type.list-not-mapping `{id: a}`"]);
    expect::<RawResolution>(&format!("{DOCUMENT}expects: a\n"), &["3:10 wrong-type.mapping `a`"]);
    expect::<RawResolution>(
        &format!("{DOCUMENT}expects:\n- Tỉnh\n- b\n"),
        &["4:1 wrong-type.mapping-not-list `- Tỉnh`"],
    );
    expect::<RawResolution>("title: x\nkind: plam\n", &["2:7 unknown-value `plam`"]);
    assert_eq!(argument::<RawResolution>("title: x\nkind: plam\n", "suggestion"), "plan");
    for (id, right) in [("Văn-Bản", "van-ban"), ("van_ban", "van-ban"), ("Đảng viên ", "dang-vien"), ("\"a/b\"", "a-b")]
    {
        let text = format!("{DOCUMENT}stages:\n  - id: {id}\n");
        expect::<RawResolution>(&text, &[&format!("4:9 bad-id.suggestion `{}`", id.trim())]);
        assert_eq!(argument::<RawResolution>(&text, "right"), right);
    }
    expect::<RawResolution>(&format!("{DOCUMENT}stages:\n  - id: '?'\n"), &["4:9 bad-id.form `'?'`"]);
    expect::<RawUnit>(&unit("draft: yes\n"), &["3:8 wrong-type.flag `yes`"]);
    expect::<RawUnit>(&unit("draft: true\n"), &[]);
}

#[test]
fn addresses_are_web_addresses() {
    for (written, wording) in [
        ("javascript:alert(1)", "unsafe-link.url"),
        ("\"JaVa\\tScript:alert(1)\"", "unsafe-link.url"),
        ("data:text/html,x", "unsafe-link.url"),
        ("www.bentre.gov.vn", "wrong-type.url-scheme"),
        ("//bentre.gov.vn/x", "wrong-type.url-scheme"),
        ("mailto:a@b.vn", "wrong-type.url"),
        ("https://", "wrong-type.url"),
        ("https://a b.vn", "wrong-type.url"),
    ] {
        expect::<RawUnit>(&unit(&format!("website: {written}\n")), &[&format!("3:10 {wording} `{written}`")]);
    }
    expect::<RawUnit>(&unit("website: HTTPS://bentre.gov.vn/x?y#z\n"), &[]);
    let site = |address: &str| format!("title: T\nbase_url: {address}\nlanguage: vi\nlevels:\n  - id: a\n");
    expect::<RawSite>(&site("https://example.org/tien-do/"), &[]);
    expect::<RawSite>(&site("https://example.org/?a"), &["2:11 wrong-type.base-url `https://example.org/?a`"]);
    expect::<RawSite>(
        "title: T\nbase_url: https://a.vn\nlanguage: vi\nlevels: []\n",
        &["4:1 missing-field.needed `levels`"],
    );
}

#[test]
fn letters_that_mislead_are_pointed_at() {
    expect::<RawUnit>(
        &unit("note: Ðảng và Ðoàn\nsummary: \"Tiến\u{200B} độ\u{202E}\"\n"),
        &["3:7 suspicious-letter `Ð`", "4:15 suspicious-letter.invisible `\u{200B}`"],
    );
    // NFD is read as NFC, and says nothing.
    let (read, words, _) = run::<RawUnit>("name: Xa\u{303}\nlevel: x\n");
    assert_eq!((words.len(), read.value.expect("it is read").name.expect("it is read").value.as_str()), (0, "Xã"));
}

#[test]
fn one_mistake_hides_no_other() {
    let text = "\
title: Báo cáo
unit: tp-ben-tre
published: 30/07/2021
source: a/b
observations:
  - indicator: a/b
    value: 53,5
    as_of: 2021-04-30
  - value: 3
  - indicator: c/d
    quallifier: x
    breakdown: {cho: 4, x: y}
";
    let (read, words, _) = run::<RawReport>(text);
    assert_eq!(
        words,
        [
            "3:12 bad-date.day-first `30/07/2021`",
            "7:12 bad-number.comma `53,5`",
            "9:5 missing-field `value`",
            "11:5 unknown-key `quallifier`",
            "12:28 bad-number `y`",
        ]
    );
    assert!(read.dropped && !read.complete);
    let report = read.value.expect("it is read");
    assert!(report.published.is_none());
    let [first, second] = report.observations.as_slice() else { panic!("{:?}", report.observations) };
    assert_eq!(&text[first.indicator.span.range()], "a/b");
    assert!(first.value.value.is_none() && first.as_of.is_some());
    let breakdown = second.value.breakdown.as_ref().expect("it is read");
    assert_eq!(breakdown.len(), 1);
    assert_eq!(&text[breakdown[0].0.span.range()], "cho");
}

#[test]
fn values_keep_their_places() {
    let text = indicator("target:\n  min: 3\n  max: 5\ncontributes_to: a/b\nnote: >-\n  hai\n  dòng\n\nquote: 'x'");
    let (read, words, _) = run::<RawResolution>(&text);
    assert!(words.is_empty(), "{words:?}");
    let document = read.value.expect("it is read");
    let indicator = &document.indicators[0];
    assert_eq!(&text[indicator.contributes_to[0].span.range()], "a/b");
    let target = indicator.target.as_ref().expect("it is read");
    assert_eq!(&text[target.span.range()], "min: 3\n      max: 5");
    let RawTarget::Range(range) = &target.value else { panic!("{target:?}") };
    assert_eq!(&text[range.max.span.range()], "5");
    let note = indicator.note.as_ref().expect("it is read");
    assert_eq!((note.value.as_str(), &text[note.span.range()]), ("hai dòng", "hai\n      dòng"));
    assert_eq!(&text[indicator.quote.as_ref().expect("it is read").span.range()], "'x'");
}

#[test]
fn bombs_are_defused_by_counting() {
    let nested = ["[".repeat(20_000), "{a: ".repeat(20_000), "- ".repeat(20_000), "? ".repeat(20_000)];
    for text in nested {
        let (read, words, _) = run::<RawUnit>(&text);
        assert!(read.value.is_none());
        assert!(words.len() == 1 && words[0].contains("too-large.nesting"), "{words:?}");
    }
    let deep: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let (_, words, _) = run::<RawUnit>(&deep);
    assert!(words.len() == 1 && words[0].contains("too-large.nesting"), "{words:?}");
    let (_, words, _) = run::<RawUnit>(&unit(&format!("successors: [{}]\n", "a,".repeat(120_000))));
    assert!(words.len() == 1 && words[0].contains("too-large.nodes"), "{words:?}");
    expect::<RawUnit>(&unit(&"x".repeat(1 << 20)), &["1:1 too-large.yaml ``"]);
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    let (_, words, _) = run::<RawUnit>(bomb);
    assert!(words.iter().filter(|word| word.contains("yaml-unsupported")).count() == 9, "{words:?}");
    let keys: String = (0..2_000).map(|index| format!("k{}: 1\n", index % 1_000)).collect();
    let (_, words, _) = run::<RawUnit>(&keys);
    assert_eq!(words.iter().filter(|word| word.contains("duplicate-key")).count(), 1_000);
    let long = "x".repeat(500_000);
    let (_, _, list) = run::<RawResolution>(&format!("title: x\nkind: {long}\n? {long}\n: x\n"));
    let longest = list.iter().flat_map(|diagnostic| &diagnostic.arguments).map(|(_, value)| value.len()).max();
    assert!(list.len() == 2 && longest < Some(1_000), "{longest:?}");
}

/// Front matter that says everything a document may say.
const FULL: &str = "\
title: Xây dựng Đảng
number: 03-NQ/TU
kind: resolution
issuer: ben-tre
issued: 2021-01-18
period: 2021..2025
vision: 2030
implements: [a/b]
amends: a/c
expects: {levels: [district], by: 2021-06-30, units: [x], except: [y], count: 9}
declares: 45
field: party
groups: [hai/chan-1]
stages: [{id: cho, name: Chờ}]
sources:
  - {title: x, publisher: Báo, date: 2021-12-13, url: https://a.vn}
  - 2021/12-13-ben-tre
indicators:
  - id: van-ban
    name: Văn bản
    measured_in: văn bản
    owner_from: [{date: 2025-07-01, unit: vinh-long}]
    baseline: {value: 0, date: 2021-01-18}
    target: {min: 3, max: 5}
    direction: increase
    due: unknown
    milestones: [{date: 2021-06-30, value: 9}]
    revisions: [{date: 2021-09-01, target: 20, due: 2022-06-30, by: ben-tre/x}]
    population: {value: 6, name: chi bộ ấp}
    stages:
      - id: ban-hanh
        name: Đã ban hành
        done: true
    items:
      - id: phu-khuong
        name: Khu đô thị
        owner: tp
        due: 2021-12-31
        quantity: 28.2
    weight: 1
    restates: a/b/c
    contributes_to: [a/b/c]
    aggregate: sum
    of: 21
    method: at-due
    limit: 100
    stale_after_months: never
    derived: true
    source: 2021/12-13-ben-tre
    quote: \"62/150\"
    note: x
    stated: [{percent: 41, out_of: 150, of: target}]
    acknowledge: {stated-percent-differs: lý do}
summary: s
note: n
draft: true
aliases: [old/address/]
";

#[test]
fn everything_a_file_may_say_is_read() {
    expect::<RawResolution>(FULL, &[]);
    expect::<RawSite>(
        "\
title: Tiến độ nghị quyết tỉnh Bến Tre
description: Mô tả
base_url: https://example.org/tien-do/
language: vi
languages: [vi, en]
timezone: Asia/Ho_Chi_Minh
as_of: 2021-12-31
theme: default
publisher: {name: Sở, url: https://a.vn, email: a@a.vn}
license: {name: CC BY 4.0, url: https://a.vn}
paths: {resolutions: nghi-quyet, units: don-vi, reports: bao-cao}
levels:
  - id: province
    name: Tỉnh
  - id: organisation
    name: Cơ quan
    any_parent: true
fields:
  - id: party
    name: Xây dựng Đảng
frameworks:
  - id: hai-chan-ba-mui
    name: Hai chân – Ba mũi
    groups:
      - id: chan-1
        name: Chân 1
assessment: {on_track: 0.95, behind: 0.60, stale_after_months: 6}
checks: {stale: allow, suspicious-letter: deny}
repository: {url: https://a.vn/x, branch: main}
logo: static/logo.svg
markdown: {html: sanitize}
history: git
cards: true
",
        &[],
    );
    expect::<RawUnit>(
        &unit(
            "\
parent: giong-trom
code: \"29050\"
established: 1976-01-01
dissolved: 2025-07-01
successors: [vinh-long]
website: https://a.vn
population: 12345
summary: s
sources: [{title: x}, 2021/a]
note: n
draft: false
aliases: [don-vi/cu/]
",
        ),
        &[],
    );
    expect::<RawReport>(
        "\
title: Sơ kết 6 tháng đầu năm 2021
unit: tp-ben-tre
period: 2021-H1
as_of: 2021-06-30
published: 2021-07-30
source: {title: x, publisher: Báo Đồng Khởi, date: 2021-07-30, url: https://a.vn}
observations:
  - indicator: tp-ben-tre/nq-2021/doanh-nghiep
    as_of: 2021-04-30
    value: 62
    stated: [{percent: 41, out_of: 150, of: target}]
    quote: \"62/150 doanh nghiệp, đạt 41 %\"
  - indicator: a/b
    breakdown: {ban-hanh: 11, du-thao: 3, cho: 4}
  - indicator: a/c
    items: {phu-khuong: ban-hanh, p-2: 3}
  - indicator: a/d
    value: 90
    qualifier: at-least
    note: n
    corrects: 2021/04-19-tp-ben-tre
    acknowledge: {stated-percent-differs: \"Báo ghi 66,6 %, là số cắt bớt\"}
    source: 2021/a
coverage:
  - {document: a/b, level: commune, action: launched, value: 17, of: 21, units: []}
",
        &[],
    );
    expect::<RawPage>("title: Giới thiệu\nmenu: true\norder: -1\n", &[]);
    expect::<RawTranslation>(
        "\
title: t
name: n
summary: s
indicators: {van-ban: {name: Documents, stages: {cho: Waiting}, items: {phu-khuong: Phú Khương}}}
",
        &[],
    );
    expect::<RawSiteTranslation>(
        "\
title: Progress
levels: {province: Province}
fields: {party: Party}
frameworks: {hai-chan-ba-mui: {name: Two legs, groups: {chan-1: Leg 1}}}
",
        &[],
    );
}

#[test]
fn crlf_and_front_matter_offsets_are_exact() {
    let text = "---\r\ntitle: Báo cáo\r\nunit: x\r\npublished: 30/07/2021\r\nsource: y\r\n---\r\nThân bài Ð\r\n";
    let mut sources = SourceMap::default();
    let file = sources.add("content/reports/a.md", text);
    let mut diagnostics = Diagnostics::default();
    let parts = front_matter::split(file, text, &mut diagnostics).expect("it is read");
    let read: Read<RawReport> = read(text, file, parts.yaml, &mut diagnostics);
    assert_eq!(read.value.expect("it is read").title.expect("it is read").value, "Báo cáo");
    let places: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| (sources.position(file, diagnostic.primary.range().start), diagnostic.wording))
        .map(|(position, wording)| format!("{}:{} {wording}", position.line, position.column))
        .collect();
    assert_eq!(places, ["7:10 suspicious-letter", "4:12 bad-date.day-first"]);
}

fn never_panics(text: &str) {
    run::<RawResolution>(text);
    run::<RawSite>(text);
    let mut sources = SourceMap::default();
    let file = sources.add("x.md", text);
    front_matter::split(file, text, &mut Diagnostics::default());
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}|[a-c:\\-\\[\\]{}\"'|>&*!%@#,?~ \\t\\n\\rĐẬ“\u{200b}]{0,60}") {
        never_panics(&text);
    }

    /// A piece of a full document goes, or is doubled, or another comes in its place; what is left must be readable.
    #[test]
    fn no_mutation_panics(
        start in 0..FULL.len(),
        length in 0usize..40,
        put in "[a-z:\\-\\[\\]{}\"'0-9.,~ \\n]{0,8}",
    ) {
        let mut start = start;
        while !FULL.is_char_boundary(start) { start -= 1; }
        let mut end = (start + length).min(FULL.len());
        while !FULL.is_char_boundary(end) { end += 1; }
        never_panics(&format!("{}{put}{}", &FULL[..start], &FULL[end..]));
    }

    /// The same line by line, which keeps more of it YAML.
    #[test]
    fn no_line_mutation_panics(
        line in 0usize..60,
        put in prop_oneof![
            Just(String::new()),
            "[a-z_]{1,12}: [a-z0-9.,/\\[\\]{} ]{0,12}",
            "- [a-z0-9.,/\\[\\]{} ]{0,12}",
            "(id|name|value|date|target|due|kind|of): (x|5|2021|\\[\\]|\\{\\}|\\[a\\]|\\{a: 1\\}|~|\"\"|2021-01-01)?",
        ],
    ) {
        let mut lines: Vec<String> = FULL.lines().map(str::to_owned).collect();
        let line = line % lines.len();
        let indentation: String = lines[line].chars().take_while(|letter| *letter == ' ').collect();
        lines[line] = format!("{indentation}{put}");
        never_panics(&lines.join("\n"));
    }
}

/// A record without any one of its keys, and with that key empty, is read or left out, never a panic.
#[test]
fn any_key_may_be_missing() {
    let lines: Vec<&str> = FULL.lines().collect();
    for index in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(index);
        never_panics(&without.join("\n"));
        if let Some((key, _)) = lines[index].split_once(": ") {
            let empty = format!("{key}:");
            let mut with = lines.clone();
            with[index] = &empty;
            never_panics(&with.join("\n"));
        }
    }
}

#[test]
fn the_schema_requires_what_the_contract_requires() {
    fn required<T: Readable>() -> Vec<String> {
        let schema = super::schema::<T>();
        assert!(!schema.to_string().contains("null"), "an empty value is no value: {schema:#}");
        assert_eq!(schema["additionalProperties"], false);
        schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap_or("").to_owned()).collect()
    }
    assert_eq!(required::<RawSite>(), ["title", "base_url", "language", "levels"]);
    assert_eq!(required::<RawUnit>(), ["name", "level"]);
    assert_eq!(required::<RawResolution>(), ["title", "kind"]);
    assert_eq!(required::<RawReport>(), ["title", "unit", "published", "source"]);
    assert!(required::<RawPage>().is_empty());
    assert!(required::<RawTranslation>().is_empty());
    assert!(required::<RawSiteTranslation>().is_empty());
}

#[test]
fn vietnamese_names_are_understood() {
    // A field that was meant is not missing as well.
    expect::<RawUnit>("tên: x\nCấp: commune\n", &["1:1 unknown-key `tên`", "2:1 unknown-key `Cấp`"]);
}
