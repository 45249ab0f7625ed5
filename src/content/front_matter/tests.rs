//! Where front matter begins and ends, and what is said where it does not.

use super::split;
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;

/// The YAML and the body of a text; or what was said of it.
fn run(text: &str) -> Result<(&str, &str), Vec<String>> {
    let mut sources = SourceMap::default();
    let file = sources.add("content/units/a.md", text);
    let mut diagnostics = Diagnostics::default();
    let parts = split(file, text, &mut diagnostics);
    let words = diagnostics.iter().map(|diagnostic| {
        let place = sources.position(file, diagnostic.primary.range().start);
        format!("{}:{} {}", place.line, place.column, diagnostic.wording)
    });
    parts.map(|parts| (&text[parts.yaml], &text[parts.body])).ok_or_else(|| words.collect())
}

#[test]
fn the_block_lies_between_two_lines() {
    assert_eq!(run("---\na: Xã\n---\nThân bài\n"), Ok(("a: Xã\n", "Thân bài\n")));
    assert_eq!(run("---\r\na: b\r\n--- \r\n\r\nx"), Ok(("a: b\r\n", "\r\nx")));
    assert_eq!(run("---\n---"), Ok(("", "")));
    assert_eq!(run("---\na: b\n---\nx\n---\ny"), Ok(("a: b\n", "x\n---\ny")));
    assert_eq!(run("---\na: |\n  x\n  ---\n---\n"), Ok(("a: |\n  x\n  ---\n", "")));
}

#[test]
fn its_lack_is_explained() {
    for (text, expected) in [
        ("Thân bài\n", "1:1 missing-front-matter"),
        ("# Đề\n\n---\n\nx\n", "1:1 missing-front-matter"),
        ("---\na: b\n", "1:1 missing-front-matter.unclosed"),
        ("---", "1:1 missing-front-matter.unclosed"),
        ("\n \n---\na: b\n---\n", "1:1 missing-front-matter.blank-before"),
        (" ---\na: b\n---\n", "1:1 missing-front-matter.blank-before"),
        ("Đề\n---\ntitle: b\n---\n", "1:1 missing-front-matter.text-before"),
        ("—\na: b\n---\n", "1:1 missing-front-matter.dashes"),
        ("+++\na = b\n+++\n", "1:1 missing-front-matter.dashes"),
        ("----\na: b\n----\n", "1:1 missing-front-matter.dashes"),
        ("---\na: Xã\n–––\n", "3:1 missing-front-matter.dashes"),
    ] {
        assert_eq!(run(text), Err(vec![expected.to_owned()]), "in {text:?}");
    }
    assert_eq!(run(""), Err(vec![]));
    let large = format!("---\n{}\n---\n", "x".repeat(1 << 20));
    assert_eq!(run(&large), Err(vec!["2:1 too-large.yaml".to_owned()]));
}

#[test]
fn the_body_is_searched_for_misleading_letters() {
    let text = "---\na: b\n---\nÐảng Ðoàn\nx\u{200b}\nĐ\n";
    let mut sources = SourceMap::default();
    let file = sources.add("content/units/a.md", text);
    let mut diagnostics = Diagnostics::default();
    split(file, text, &mut diagnostics);
    let places: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| (sources.position(file, diagnostic.primary.range().start), diagnostic.wording))
        .map(|(position, wording)| format!("{}:{} {wording}", position.line, position.column))
        .collect();
    assert_eq!(places, ["4:1 suspicious-letter", "5:2 suspicious-letter.invisible"]);
}
