use proptest::prelude::*;

use super::*;
use crate::source::{SourceId, SourceMap};

#[test]
fn plain_paths_are_good() {
    for path in
        ["index.html", "don-vi/ben-tre/index.html", ".well-known/security.txt", "CNAME", "Đồng Khởi.pdf", "a..b"]
    {
        assert_eq!(SitePath::new(path).map(|path| path.to_string()), Ok(path.to_owned()));
    }
}

#[test]
fn every_fault_is_named() {
    let cases: &[(&str, PathFault)] = &[
        ("", PathFault::Empty),
        ("/etc/passwd", PathFault::Empty),
        ("a//b", PathFault::Empty),
        ("a/", PathFault::Empty),
        (".", PathFault::Dots),
        ("a/../b", PathFault::Dots),
        ("a.", PathFault::Dots),
        ("a /b", PathFault::Dots),
        (" a", PathFault::Dots),
        ("a\\b", PathFault::Character),
        ("c:", PathFault::Character),
        ("a\nb", PathFault::Character),
        ("a\0b", PathFault::Character),
        ("a\u{202e}b", PathFault::Character),
        ("what?", PathFault::Character),
        ("con", PathFault::Reserved),
        ("don-vi/CON/index.html", PathFault::Reserved),
        ("aux.tar.gz", PathFault::Reserved),
        ("com1", PathFault::Reserved),
        ("Lpt².txt", PathFault::Reserved),
        (".tiendo-scratch", PathFault::Own),
    ];
    for (path, fault) in cases {
        assert_eq!(SitePath::new(*path), Err(*fault), "{path:?}");
    }
    for good in ["con-phung", "com", "com0", "com10", "console", "nul-l"] {
        assert!(SitePath::new(good).is_ok(), "{good}");
    }
}

#[test]
fn lengths_are_counted_in_bytes() {
    assert!(SitePath::new("a".repeat(255)).is_ok());
    assert_eq!(SitePath::new("a".repeat(256)), Err(PathFault::Long));
    assert_eq!(SitePath::new("ở".repeat(86)), Err(PathFault::Long));
    let deep = vec!["abc"; 256].join("/");
    assert_eq!(deep.len(), 1023);
    assert!(SitePath::new(deep.as_str()).is_ok());
    assert_eq!(SitePath::new(format!("{deep}/a")), Err(PathFault::Long));
}

/// Names the files in turn, each from a source file of its own, and tells what was reported.
fn report(paths: &[&str]) -> Vec<String> {
    let mut sources = SourceMap::default();
    let site = sources.add("content/site.yaml", "title: x");
    let mut registry = Registry::new(Span::new(site, 0, 5));
    let mut diagnostics = Diagnostics::default();
    for (number, path) in paths.iter().enumerate() {
        let file = sources.add(format!("content/{number}.md"), "---\n");
        registry.insert(*path, Span::new(file, 0, 3), &mut diagnostics);
    }
    diagnostics.iter().map(|diagnostic| described(diagnostic, &sources)).collect()
}

fn described(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let name = |file: SourceId| sources.file(file).path.clone();
    let others: Vec<_> = diagnostic.labels.iter().map(|label| name(label.span.file)).collect();
    let path = diagnostic.arguments.iter().map(|(_, value)| value.as_str()).collect::<String>();
    format!("{} {path}: {} {}", diagnostic.wording, name(diagnostic.primary.file), others.join(" "))
}

#[test]
fn paths_that_some_server_takes_for_one_collide() {
    let collide = |one: &str, other: &str| {
        assert_eq!(report(&[one, other]), [format!("output-collision {other}: content/1.md content/0.md")]);
    };
    collide("a.html", "a.html");
    collide("Report/index.html", "report/index.html");
    collide("ĐỒNG.html", "đồng.html");
    collide("Đ\u{1ed3}ng.pdf", "Đo\u{302}\u{300}ng.pdf");
    collide("I\u{307}.txt", "İ.txt");
    assert_eq!(report(&["a.html", "b.html", "a/b.html", "ab/a.html", "a-b/c"]), [""; 0]);
}

#[test]
fn a_file_is_no_folder() {
    let folder = "output-collision.folder";
    assert_eq!(report(&["a", "A/b"]), [format!("{folder} a: content/1.md content/0.md")]);
    assert_eq!(report(&["a-z", "a/b/c", "a0", "a/B"]), [format!("{folder} a/B: content/3.md content/1.md")]);
    assert_eq!(report(&["a/b/c", "A"]), [format!("{folder} A: content/1.md content/0.md")]);
    assert_eq!(report(&["x/b", "a/b", "a/b/c/d", "a/e"]), [format!("{folder} a/b: content/2.md content/1.md")]);
}

#[test]
fn files_of_the_site_itself_point_at_the_site() {
    let mut sources = SourceMap::default();
    let site = Span::new(sources.add("content/site.yaml", "paths: {resolutions: data}"), 0, 5);
    let page = Span::new(sources.add("content/pages/data.md", "---\n"), 0, 3);
    let mut registry = Registry::new(site);
    let mut diagnostics = Diagnostics::default();
    assert!(registry.insert("data/index.html", None, &mut diagnostics).is_some());
    assert!(registry.insert("data/index.html", None, &mut diagnostics).is_none());
    assert!(registry.insert("data/index.html", page, &mut diagnostics).is_none());
    assert!(registry.insert("x//y", None, &mut diagnostics).is_none());
    let list: Vec<_> = diagnostics.iter().map(|diagnostic| described(diagnostic, &sources)).collect();
    assert_eq!(
        list,
        [
            "output-collision data/index.html: content/site.yaml ",
            "output-collision data/index.html: content/pages/data.md ",
            "bad-path.empty x//y: content/site.yaml ",
        ]
    );
}

proptest! {
    #[test]
    fn a_path_is_as_good_as_its_parts(path in "([a-zA-Z.]|con|PRN|nul|com[1-9]|[.]tiendo-|[-_ /:\u{300}đ]|//){0,9}") {
        let parts: Result<(), PathFault> = path.split('/').try_for_each(check_segment);
        prop_assert_eq!(SitePath::new(path.as_str()).map(|_| ()), parts);
    }

    #[test]
    fn a_long_path_is_as_good_as_its_parts(lengths in prop::collection::vec(1_usize..260, 1..5)) {
        let path = lengths.iter().map(|length| "a".repeat(*length)).collect::<Vec<_>>().join("/");
        let is_good = path.len() <= LONGEST_PATH && lengths.iter().all(|length| *length <= LONGEST_SEGMENT);
        prop_assert_eq!(SitePath::new(path).is_ok(), is_good);
    }
}
