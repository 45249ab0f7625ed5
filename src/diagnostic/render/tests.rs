use super::*;
use crate::diagnostic::{Code, Severity, visible};
use crate::source::{SourceId, Span};

const REPORT: &str = "\
---
title: Sơ kết 6 tháng
unit: tp-ben-tre
period: 2021-H1
published: 2021-07-30
source:
  title: Báo Đồng Khởi
observations:
  - indicator: tp-ben-tre/nq-2021/doanh-nghep
    value: 62
  - indicator: tp-ben-tre/nq-2021/doanh-nghiep
    value: 63
---
";

fn span(sources: &SourceMap, file: SourceId, part: &str) -> Span {
    let start = sources.file(file).text.find(part).expect("the test's text has the part");
    Span::new(file, start, start + part.len())
}

fn options(format: Format) -> Options<'static> {
    Options { format, language: Language::En, colour: Colour::Plain, path_prefix: "" }
}

#[track_caller]
fn rendered(diagnostics: impl IntoIterator<Item = Diagnostic>, sources: &SourceMap, options: &Options<'_>) -> String {
    let mut list = Diagnostics::default();
    diagnostics.into_iter().for_each(|diagnostic| list.push(diagnostic));
    let mut out = Vec::new();
    render(&arrange(&list, sources), sources, options, &mut out).expect("memory takes all");
    String::from_utf8(out).expect("the output is text")
}

fn unknown_indicator() -> (SourceMap, Diagnostic) {
    let mut sources = SourceMap::default();
    let file = sources.add("content/reports/2021/07-30-tp-ben-tre.md", REPORT);
    let id = "tp-ben-tre/nq-2021/doanh-nghep";
    let diagnostic = Diagnostic::new(Code::UnknownIndicator, span(&sources, file, id))
        .with("id", id)
        .suggest(Some("tp-ben-tre/nq-2021/doanh-nghiep"));
    (sources, diagnostic)
}

#[test]
fn people_see_the_line_and_a_help() {
    let (sources, diagnostic) = unknown_indicator();
    insta::assert_snapshot!(rendered([diagnostic], &sources, &options(Format::Human)), @r"
    error[unknown-indicator]: no indicator `tp-ben-tre/nq-2021/doanh-nghep`
     --> content/reports/2021/07-30-tp-ben-tre.md:9:16
      |
    9 |   - indicator: tp-ben-tre/nq-2021/doanh-nghep
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not found
      |
      = help: did you mean `tp-ben-tre/nq-2021/doanh-nghiep`?
    ");
}

#[test]
fn vietnamese_is_spoken() {
    let (sources, diagnostic) = unknown_indicator();
    let options = Options { language: Language::Vi, path_prefix: "../site/", ..options(Format::Human) };
    insta::assert_snapshot!(rendered([diagnostic], &sources, &options), @r"
    error[unknown-indicator]: không có chỉ tiêu `tp-ben-tre/nq-2021/doanh-nghep`
     --> ../site/content/reports/2021/07-30-tp-ben-tre.md:9:16
      |
    9 |   - indicator: tp-ben-tre/nq-2021/doanh-nghep
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ không tìm thấy
      |
      = gợi ý: có phải ý bạn là `tp-ben-tre/nq-2021/doanh-nghiep`?
    ");
}

#[test]
fn of_very_many_alike_people_see_the_first() {
    let mut sources = SourceMap::default();
    let file = sources.add("content/resolutions/vn/nq.md", "---\nexpects:\n  levels: [commune]\n---\n");
    let place = span(&sources, file, "levels");
    let missing =
        |number: usize| Diagnostic::new(Code::CoverageMissing, place).with("unit", format!("vn/xa-{number:04}"));
    let options = options(Format::Human);
    let told = |number: usize| rendered((0..number).map(missing), &sources, &options);
    assert_eq!(told(10).matches("[coverage-missing]").count(), 10);
    insta::assert_snapshot!(told(3300).split("\n\n").skip(2).collect::<Vec<_>>().join("\n\n"), @r"
    error[coverage-missing]: `vn/xa-0002` had to issue a document of its own, and none is on file
     --> content/resolutions/vn/nq.md:3:3
      |
    3 |   levels: [commune]
      |   ^^^^^^ expected here
      |
      = help: if it was issued, enter it with `implements`; if none is expected, name the unit under `except`

    note[coverage-missing]: 3297 more say the same of that place; `--format json` lists all
    ");
    let programs = rendered((0..3300).map(missing), &sources, &Options { format: Format::Json, ..options });
    assert_eq!(programs.lines().count(), 3300);
}

#[test]
fn programs_read_one_object_a_line() {
    let (sources, diagnostic) = unknown_indicator();
    let diagnostic = diagnostic.label(span(&sources, diagnostic_file(&sources), "Báo Đồng"), "other-here");
    insta::assert_snapshot!(rendered([diagnostic], &sources, &options(Format::Json)), @r#"{"code":"unknown-indicator","severity":"error","message":"no indicator `tp-ben-tre/nq-2021/doanh-nghep`","file":"content/reports/2021/07-30-tp-ben-tre.md","line":9,"column":16,"end_line":9,"end_column":46,"labels":[{"file":"content/reports/2021/07-30-tp-ben-tre.md","line":7,"column":10,"end_line":7,"end_column":18,"message":"and here"}],"help":"did you mean `tp-ben-tre/nq-2021/doanh-nghiep`?"}"#);
}

fn diagnostic_file(sources: &SourceMap) -> SourceId {
    sources.iter().next().expect("the test added a file").0
}

#[test]
fn reviewers_get_an_annotation() {
    let mut sources = SourceMap::default();
    let file = sources.add("content/a,b:c.md", "title: 100%\n");
    let diagnostic = Diagnostic::new(Code::BrokenLink, span(&sources, file, "100%")).with("link", "100%");
    insta::assert_snapshot!(rendered([diagnostic], &sources, &options(Format::Github)), @r"::error file=content/a%2Cb%3Ac.md,line=1,endLine=1,col=8,endColumn=12,title=broken-link::the link `100%25` leads nowhere%0Awrite the path of the file from the folder of this one, with its ending such as `.md` or `.pdf`, capital and small letters as in its name; a path that begins with `/` starts in `content/`");
}

#[test]
fn other_places_are_shown_where_they_are() {
    let mut sources = SourceMap::default();
    let one = sources.add("content/units/a.md", "---\nname: A\nlevel: commune\nname: B\n---\n");
    let other = sources.add("content/units/b.md", "---\nname: B\nlevel: commune\n---\n");
    let duplicate = Diagnostic::new(Code::DuplicateId, span(&sources, one, "name: B"))
        .with("id", "a")
        .label(span(&sources, one, "name: A"), "first-here")
        .label(span(&sources, other, "B"), "other-here");
    insta::assert_snapshot!(rendered([duplicate], &sources, &options(Format::Human)), @r"
    error[duplicate-id]: the id `a` is used twice
     --> content/units/a.md:4:1
      |
    2 | name: A
      | ------- first here
    3 | level: commune
    4 | name: B
      | ^^^^^^^ used again
      |
     ::: content/units/b.md:2:7
      |
    2 | name: B
      |       - and here
      |
      = help: give one of the two another id; an id is also the address of its page
    ");
}

#[test]
fn a_copied_file_has_no_lines() {
    let mut sources = SourceMap::default();
    sources.add_asset("content/static/Logo.svg", 10);
    sources.add_asset("content/static/logo.svg", 10);
    let [one, other] = [0, 1].map(|index| Span::new(sources.assets()[index].file, 0, 0));
    let collision = Diagnostic::new(Code::OutputCollision, other).with("path", "logo.svg").label(one, "other-here");
    insta::assert_snapshot!(rendered([collision.clone()], &sources, &options(Format::Human)), @r"
    error[output-collision]: two files of the site would have the path `logo.svg`
    --> content/static/logo.svg
     = note: and here: content/static/Logo.svg
     = help: rename one of them; paths that differ only in capital letters are one path for many servers
    ");
    insta::assert_snapshot!(rendered([collision.clone()], &sources, &options(Format::Json)), @r#"{"code":"output-collision","severity":"error","message":"two files of the site would have the path `logo.svg`","file":"content/static/logo.svg","line":null,"column":null,"end_line":null,"end_column":null,"labels":[{"file":"content/static/Logo.svg","line":null,"column":null,"end_line":null,"end_column":null,"message":"and here"}],"help":"rename one of them; paths that differ only in capital letters are one path for many servers"}"#);
    insta::assert_snapshot!(rendered([collision], &sources, &options(Format::Github)), @r"::error file=content/static/logo.svg,title=output-collision::two files of the site would have the path `logo.svg`%0Arename one of them; paths that differ only in capital letters are one path for many servers");
}

#[test]
fn an_empty_text_has_its_first_line() {
    let mut sources = SourceMap::default();
    let file = sources.add("content/pages/a.md", "");
    let missing = Diagnostic::new(Code::MissingSource, Span::new(file, 0, 0));
    insta::assert_snapshot!(rendered([missing], &sources, &options(Format::Human)), @r"
    error[missing-source]: this figure has no source
    --> content/pages/a.md:1:1
     = help: say under `source` where it was published
    ");
}

#[test]
fn colours_change_nothing_but_colours() {
    let (sources, diagnostic) = unknown_indicator();
    let plain = rendered([diagnostic.clone()], &sources, &options(Format::Human));
    let styled = rendered([diagnostic], &sources, &Options { colour: Colour::Styled, ..options(Format::Human) });
    assert_ne!(plain, styled);
    let mut bare = String::new();
    let mut rest = styled.as_str();
    while let Some(escape) = rest.find('\u{1b}') {
        bare.push_str(&rest[..escape]);
        rest = &rest[escape + rest[escape..].find('m').expect("a colour ends in m") + 1..];
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
}

#[test]
fn sorted_by_file_place_and_code_one_per_cause() {
    let mut sources = SourceMap::default();
    let files = ["content/b.md", "content/a.md"].map(|path| sources.add(path, "one\ntwo\n"));
    let at = |file: usize, start: usize, code: Code| Diagnostic::new(code, Span::new(files[file], start, start + 3));
    let json = rendered(
        [
            at(0, 4, Code::MissingSource),
            at(0, 0, Code::MissingSource),
            at(1, 4, Code::MissingSource),
            at(0, 0, Code::DuplicateObservation),
            at(0, 4, Code::MissingSource),
        ],
        &sources,
        &options(Format::Json),
    );
    let order: Vec<_> = json
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect("each line is an object");
            format!("{} {} {}", value["file"], value["line"], value["code"]).replace('"', "")
        })
        .collect();
    let expected = [
        "content/a.md 2 missing-source",
        "content/b.md 1 duplicate-observation",
        "content/b.md 1 missing-source",
        "content/b.md 2 missing-source",
    ];
    assert_eq!(order, expected);
}

#[test]
fn hidden_characters_never_reach_a_terminal() {
    let mut sources = SourceMap::default();
    let file = sources.add(
        "content/a\u{202e}b.md",
        "title: \u{1b}[31mđỏ\u{202e}\u{9b}x \u{200b}ch\u{1f468}\u{200d}\u{1f469}ữ sai\r\n",
    );
    let diagnostic =
        Diagnostic::new(Code::BrokenLink, span(&sources, file, "sai")).with("link", "\u{1b}]0;\u{7}\u{202e}");
    for format in [Format::Human, Format::Json, Format::Github] {
        let text = rendered([diagnostic.clone()], &sources, &options(format));
        assert!(!text.replace('\n', "").contains(visible::is_hidden), "{text:?}");
    }
    insta::assert_snapshot!(rendered([diagnostic.clone()], &sources, &options(Format::Human)), @r"
    error[broken-link]: the link `\u{1b}]0;\u{7}\u{202e}` leads nowhere
     --> content/a\u{202e}b.md:1:27
      |
    1 | title: ␛[31mđỏ��x �ch👨�👩ữ sai
      |                             ^^^ nothing is there
      |
      = help: write the path of the file from the folder of this one, with its ending such as `.md` or `.pdf`, capital and small letters as in its name; a path that begins with `/` starts in `content/`
    ");
    let json = rendered([diagnostic], &sources, &options(Format::Json));
    let value: serde_json::Value = serde_json::from_str(&json).expect("still JSON");
    assert_eq!(value["file"], "content/a\u{202e}b.md");
}

#[test]
fn a_very_long_line_is_cut_and_its_columns_are_right() {
    let mut sources = SourceMap::default();
    let long = format!("first\n{}sai{} and far{}\nlast", "ở".repeat(50_000), "x".repeat(3_000), "y".repeat(50_000));
    let file = sources.add("content/a.md", long);
    let diagnostic = Diagnostic::new(Code::BrokenLink, span(&sources, file, "sai"))
        .with("link", "sai")
        .label(span(&sources, file, " and far"), "other-here");
    let text = rendered([diagnostic], &sources, &options(Format::Human));
    assert!(text.len() < 2_000, "{text}");
    assert!(text.contains("--> content/a.md:2:50001\n"), "{text}");
    assert!(text.contains("::: content/a.md:2:53004\n"), "{text}");
}

#[test]
fn a_span_of_several_lines_is_marked_on_its_first() {
    let mut sources = SourceMap::default();
    let file = sources.add("content/a.md", "stages:\r\n  - id: cho\r\n    name: Chờ\r\n");
    let span = span(&sources, file, "- id: cho\r\n    name: Chờ");
    let diagnostic = Diagnostic::new(Code::MissingSource, span);
    insta::assert_snapshot!(rendered([diagnostic.clone()], &sources, &options(Format::Human)), @r"
    error[missing-source]: this figure has no source
     --> content/a.md:2:3
      |
    2 |   - id: cho
      |   ^^^^^^^^^ where is it from?
      |
      = help: say under `source` where it was published
    ");
    insta::assert_snapshot!(rendered([diagnostic], &sources, &options(Format::Json)), @r#"{"code":"missing-source","severity":"error","message":"this figure has no source","file":"content/a.md","line":2,"column":3,"end_line":3,"end_column":14,"labels":[],"help":"say under `source` where it was published"}"#);
}

#[test]
fn every_place_of_a_text_can_be_shown() {
    let text = "a\n\n\tb\r\nĐồng khởi\n\n";
    let mut sources = SourceMap::default();
    let file = sources.add("content/a.md", text);
    for start in 0..=text.len() + 1 {
        for end in start..=text.len() + 1 {
            for label in [0, text.len()] {
                let diagnostic = Diagnostic::new(Code::MissingSource, Span::new(file, start, end))
                    .label(Span::new(file, label, label), "other-here");
                let human = rendered([diagnostic.clone()], &sources, &options(Format::Human));
                let position = sources.position(file, start);
                let place = format!("--> content/a.md:{}:{}\n", position.line, position.column);
                assert!(human.contains(&place), "{start}..{end}: {place}{human}");
                let json = rendered([diagnostic], &sources, &options(Format::Json));
                let value: serde_json::Value = serde_json::from_str(&json).expect("an object");
                assert_eq!((value["line"].as_u64(), value["column"].as_u64()), {
                    (Some(position.line as u64), Some(position.column as u64))
                });
            }
        }
    }
}

#[test]
fn thousands_of_mistakes_in_one_file_are_fast() {
    let mut sources = SourceMap::default();
    let text = "  - indicator: a/b\n".repeat(50_000);
    let file = sources.add("content/a.md", text);
    let diagnostics = (0..2_000).map(|index| {
        let start = index * 25 * 19 + 15;
        Diagnostic::new(Code::UnknownIndicator, Span::new(file, start, start + 3)).with("id", "a/b")
    });
    let text = rendered(diagnostics, &sources, &options(Format::Human));
    assert_eq!(text.matches("error[unknown-indicator]").count(), 2_000);
    assert!(text.contains("--> content/a.md:49976:16\n"));
}

#[test]
fn a_warning_says_so() {
    let (sources, mut diagnostic) = unknown_indicator();
    diagnostic.severity = Severity::Warning;
    assert!(rendered([diagnostic], &sources, &options(Format::Human)).starts_with("warning[unknown-indicator]: "));
}

/// Found by fuzzing: a mark that is too long to show whole was cut inside a letter.
#[test]
fn a_long_mark_in_a_long_line_is_cut_between_letters() {
    for before in 0..3 {
        let mut sources = SourceMap::default();
        let text = format!("{}{}", "x".repeat(before), "ế".repeat(2_000));
        let file = sources.add("content/a.md", text.clone());
        let diagnostic = Diagnostic::new(Code::MissingSource, Span::new(file, 0, text.len()));
        assert!(rendered([diagnostic], &sources, &options(Format::Human)).contains("^^^^"));
    }
}
