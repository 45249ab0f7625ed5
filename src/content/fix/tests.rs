use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const SITE: &str = "title: T\nbase_url: https://example.org/\nlanguage: vi\nlevels: [{id: province}]\n";

/// Repairs one file of a small site; also whether anything changed.
fn fixed(path: &str, text: &str) -> String {
    let mut sources = SourceMap::default();
    let file = sources.add(path, text);
    sources.add("content/site.yaml", SITE);
    let fixed = fix(&sources, &Diagnostics::default());
    fixed.into_iter().find(|fixed| fixed.file == file).map_or_else(|| text.to_owned(), |fixed| fixed.text)
}

fn report(keys: &str) -> String {
    format!("---\ntitle: T\nunit: u\npublished: 2021-07-30\nsource: {{title: S}}\n{keys}---\n")
}

fn check(keys: &str, right: &str) {
    assert_eq!(fixed("content/reports/a.md", &report(keys)), report(right), "{keys}");
}

#[test]
fn what_has_one_right_form_gets_it() {
    for (written, right) in [
        ("as_of: 30/07/2021\n", "as_of: 2021-07-30\n"),
        ("as_of: 2021-7-5\n", "as_of: 2021-07-05\n"),
        ("as_of: 04/04/2021\n", "as_of: 2021-04-04\n"),
        ("as_of: ngày 3 tháng 4 năm 2021\n", "as_of: 2021-04-03\n"),
        ("period: Quý II/2021\n", "period: 2021-Q2\n"),
        ("period: 2021-2025\n", "period: 2021..2025\n"),
        (
            "observations:\n  - {indicator: a/b/c, value: \"53,5\"}\n",
            "observations:\n  - {indicator: a/b/c, value: 53.5}\n",
        ),
        (
            "observations:\n  - indicator: a/b/c\n    value: 53,5 # đạt\n",
            "observations:\n  - indicator: a/b/c\n    value: 53.5 # đạt\n",
        ),
        (
            "observations:\n  - indicator: a/b/c\n    value: 1.250.000\n",
            "observations:\n  - indicator: a/b/c\n    value: 1250000\n",
        ),
        (
            "observations:\n  - indicator: a/b/c\n    value: “62”\n",
            "observations:\n  - indicator: a/b/c\n    value: 62\n",
        ),
        ("note: Ðảng bộ   \n", "note: Đảng bộ\n"),
        ("note: My\u{303} Thạnh\n", "note: Mỹ Thạnh\n"),
        ("note: a\r\nperiod: 2021\r\n", "note: a\nperiod: 2021\n"),
    ] {
        check(written, right);
    }
}

#[test]
fn what_can_mean_two_things_stays() {
    for keys in [
        "as_of: 03/04/2021\n",
        "as_of: 30/02/2021\n",
        "observations:\n  - indicator: a/b/c\n    value: 1.000\n",
        "observations:\n  - indicator: a/b/c\n    value: 1,250\n",
        "observations:\n  - indicator: a/b/c\n    value: 62/150\n",
        "observations:\n  - indicator: a/b/c\n    value: 85 %\n",
        "observations:\n  - indicator: a/b/c\n    value: khoảng 62\n",
        "observations:\n  - indicator: a/b/c\n    value: 1e3\n",
        "note: 30/07/2021 và 53,5 trong bài là chữ\n",
        "note: xem https://example.org/Ð\n",
    ] {
        check(keys, keys);
    }
}

#[test]
fn a_text_in_another_language_keeps_its_letters() {
    let text = "---\ntitle: Ðorgeir\n---\n";
    assert_eq!(fixed("content/pages/a.is.md", text), text);
    assert_eq!(fixed("content/pages/a.md", text), "---\ntitle: Đorgeir\n---\n");
}

#[test]
fn markdown_keeps_its_line_breaks_and_code() {
    let text = "---\ntitle: T  \n---\nmột  \nhai \nba   \n\n```\nmã  \n```\n  \nbốn  \n";
    let right = "---\ntitle: T\n---\nmột  \nhai\nba\n\n```\nmã  \n```\n\nbốn\n";
    assert_eq!(fixed("content/pages/a.md", text), right);
}

#[test]
fn a_mark_before_the_text_goes() {
    let mut sources = SourceMap::default();
    let file = sources.add("content/pages/a.md", "---\ntitle: T\n---\n");
    sources.note_mark(file);
    sources.add("content/site.yaml", SITE);
    let fixed = fix(&sources, &Diagnostics::default());
    assert_eq!(fixed.len(), 1);
    assert_eq!(fixed[0].repairs, BTreeMap::from([(Repair::Mark, 1)]));
}

/// Values as people write them, right and wrong.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{1,4}([.,][0-9]{1,4})?",
        "[0-9]{1,3}([.,_ ][0-9]{3}){1,2}([.,][0-9]{1,2})?",
        "\"[0-9]{1,3},[0-9]{1,4}\"",
        "[“\"'][0-9]{1,3}[”\"']",
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}",
        "[0-9]{4}[/.-][0-9]{1,2}([/.-][0-9]{1,2})?",
        "(Quý|quý|tháng) [1-9I]{1,2}[/ ](năm )?2021",
        "[ÐĐaê\u{302}\u{301} \t\u{feff}:#\"']{0,8}",
    ]
}

proptest! {
    #[test]
    fn twice_is_once(
        values in prop::collection::vec((0usize..6, value(), "[ \t]{0,3}", "\r?\n"), 0..8),
        body in "([Ða\u{301} ]{0,6}[ ]{0,3}\r?\n){0,4}",
    ) {
        let keys = ["as_of", "period", "note", "published", "summary", "title"];
        let mut text = "---\n".to_owned();
        for (index, (key, value, blanks, end)) in values.iter().enumerate() {
            let key = keys[(key + index) % keys.len()];
            write!(text, "{key}: {value}{blanks}{end}").expect("a string takes text");
        }
        text += "observations:\n";
        for (_, value, blanks, end) in &values {
            write!(text, "  - indicator: a/b/c\n    value: {value}{blanks}{end}").expect("a string takes text");
        }
        text += &format!("---\n{body}");
        let once = fixed("content/reports/a.md", &text);
        prop_assert_eq!(&fixed("content/reports/a.md", &once), &once);
    }

    #[test]
    fn what_can_be_read_reads_the_same(figure in "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?", blanks in "[ \t]{0,3}") {
        let text = report(&format!("observations:\n  - indicator: a/b/c\n    value: {figure}{blanks}\n    note: Ð\n"));
        let again = fixed("content/reports/a.md", &text);
        prop_assert!(again.contains(&format!("value: {figure}\n")), "{again}");
    }

    #[test]
    fn a_decimal_comma_becomes_a_point(whole in "0|[1-9][0-9]{0,5}", fraction in "[0-9]{1,2}") {
        let text = report(&format!("observations:\n  - indicator: a/b/c\n    value: {whole},{fraction}\n"));
        let right = report(&format!("observations:\n  - indicator: a/b/c\n    value: {whole}.{fraction}\n"));
        prop_assert_eq!(fixed("content/reports/a.md", &text), right);
    }
}
