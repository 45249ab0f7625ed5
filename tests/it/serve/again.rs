//! What is judged again is what a first time would give.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use tiendo::pipeline::{BuildOptions, Judged, Memory, Touched, judge, judge_again};

use crate::harness::{Site, TODAY};

/// All that pages and messages are made of.
fn outcome(judged: &Judged) -> String {
    let Judged { sources, assessment, findings, diagnostics, .. } = judged;
    format!("{sources:#?}\n{assessment:#?}\n{findings:#?}\n{diagnostics:#?}")
}

#[test]
fn judging_again_gives_what_judging_anew_gives() {
    let site = Site::good()
        .file(
            "content/pages/lien-ket.md",
            "---\ntitle: Liên kết\n---\n[x](gioi-thieu.md) [y](/units/ben-tre.md#lich-su)\n",
        )
        .file("content/units/ben-tre.en.md", "---\nname: Ben Tre province\n---\nA province. [z](ben-tre.md)\n");
    let folder = site.write();
    let as_of = NaiveDate::parse_from_str(TODAY, "%Y-%m-%d").expect("a day");
    let options = BuildOptions { root: folder.path().to_owned(), as_of: Some(as_of), ..BuildOptions::default() };
    let path = |path: &str| folder.path().join(path);
    let put = |to: &str, text: &str| super::put(&path(to), text);
    let replace = |of: &str, from: &str, to: &str| {
        let text = fs::read_to_string(path(of)).expect("it is there");
        assert!(text.contains(from), "{of}: {text}");
        put(of, &text.replace(from, to));
    };
    let (unit, document) = ("content/units/ben-tre.md", "content/resolutions/ben-tre/nq.md");
    let edits: &[(&str, &dyn Fn())] = &[
        ("nothing", &|| {}),
        ("a name", &|| replace(unit, "Bến Tre", "Tỉnh Bến Tre")),
        ("a heading that a link leads to", &|| put(unit, "---\nname: Bến Tre\nlevel: province\n---\n## Lịch sử\n")),
        ("the heading goes", &|| put(unit, "---\nname: Bến Tre\nlevel: province\n---\n## Địa lý\n")),
        ("a figure", &|| replace("content/reports/2021/so-ket.md", "ban-hanh: 11", "ban-hanh: 12")),
        ("a file in front of all others", &|| put("content/pages/a.md", "---\ntitle: A\n---\n[b](b.md)\n")),
        ("the file that a link leads to", &|| put("content/pages/b.md", "---\ntitle: B\n---\n[a](a.md)\n")),
        ("a mistake of form", &|| replace(document, "target: 18", "target: 18,5")),
        ("and mended", &|| replace(document, "target: 18,5", "target: 19")),
        ("an indicator's id that a report names", &|| replace(document, "id: van-ban", "id: van-ban-moi")),
        ("back again", &|| replace(document, "id: van-ban-moi", "id: van-ban")),
        ("two files change places", &|| {
            fs::rename(path("content/pages/a.md"), path("content/pages/c.md")).expect("the disk renames");
            fs::rename(path("content/pages/b.md"), path("content/pages/a.md")).expect("the disk renames");
        }),
        ("a field of the site", &|| replace("content/site.yaml", "id: party", "id: dang")),
        ("and back", &|| replace("content/site.yaml", "id: dang", "id: party")),
        ("a language goes", &|| replace("content/site.yaml", "languages: [vi, en]", "languages: [vi]")),
        ("an image", &|| put("content/pages/hinh.png", "png")),
        ("a file goes", &|| fs::remove_file(path("content/pages/gioi-thieu.md")).expect("it is there")),
        ("no front matter", &|| put("content/pages/lien-ket.md", "chỉ có chữ\n")),
        ("the site's file goes", &|| fs::remove_file(path("content/site.yaml")).expect("it is there")),
    ];
    let mut memory = Memory::default();
    let mut last = String::new();
    for (edit, change) in edits {
        change();
        let anew = outcome(&judge(&options).expect("it is read"));
        let (changed, again) = judge_again(&options, &mut memory, &Touched::Anything).expect("it is read");
        assert_eq!(changed.is_empty(), anew == last, "{edit}: {changed:?}");
        if let Some(again) = again {
            last = outcome(&again);
        }
        // A whole register would be a wall of text: the first line that differs tells.
        let differing = last.lines().zip(anew.lines()).find(|(again, anew)| again != anew);
        assert_eq!(differing, None, "{edit}");
        assert_eq!(last.len(), anew.len(), "{edit}");
    }
    assert!(!Path::new(&path("output")).exists());
}
