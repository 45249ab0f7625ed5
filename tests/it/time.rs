//! A build as of a day is the same, to the byte, whether or not later reports and documents exist.

use std::collections::BTreeMap;
use std::fs;

use tiendo::pipeline::{self, BuildOptions};

use crate::harness::{Site, day};

/// Every file of the site as of a day, with its bytes.
#[track_caller]
fn built(site: &Site, as_of: &str) -> BTreeMap<String, Vec<u8>> {
    let (root, folder) = (site.write(), tempfile::tempdir().expect("a scratch folder"));
    let output = folder.path().join("site");
    let options = BuildOptions {
        root: root.path().to_owned(),
        output: Some(output.clone()),
        as_of: Some(day(as_of)),
        ..BuildOptions::default()
    };
    let report = pipeline::build(&options, &|_, _| ()).expect("the world allows it");
    assert!(report.summary.is_some(), "{:?}", report.diagnostics);
    let files = walkdir::WalkDir::new(&output).into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&output).expect("below the folder");
            (path.to_str().expect("plain names").to_owned(), fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

/// A site whose past has a correction, a plan that follows, and counts of unnamed units.
fn past() -> Site {
    let plan = "---\ntitle: Kế hoạch\nkind: plan\nissued: 2021-05-10\nimplements:\n  - ben-tre/nq-giao\nindicators:\n  \
                - id: nha\n    name: Nhà\n    measured_in: căn\n    target: 4\n    due: 2021-12-31\n    field: party\n    \
                groups:\n      - ba-mui/mui-1\n---\n";
    Site::good()
        .file(
            "content/resolutions/ben-tre/nq-giao.md",
            "---\ntitle: Nghị quyết giao việc\nkind: resolution\nissued: 2021-02-01\nexpects:\n  levels:\n    - district\n  \
             by: 2021-06-30\n---\n",
        )
        .file("content/resolutions/giong-trom/kh.md", plan)
        .report("2021/nha-1", "2021-04-10", &[("giong-trom/kh/nha", "as_of: 2021-03-31\nvalue: 1")])
        .report(
            "2021/nha-2",
            "2021-07-20",
            &[("giong-trom/kh/nha", "as_of: 2021-03-31\nvalue: 2\ncorrects: 2021/nha-1\nnote: Ghi nhầm.")],
        )
}

/// The same site with much that is dated later: a new report, a correction, a plan, a unit, an end and a new owner.
fn future(site: Site) -> Site {
    site.report("2021/nha-3", "2021-08-01", &[("giong-trom/kh/nha", "as_of: 2021-07-31\nvalue: 4")])
        .report(
            "2021/nha-4",
            "2021-09-01",
            &[
                ("giong-trom/kh/nha", "as_of: 2021-03-31\nvalue: 3\ncorrects: 2021/nha-2"),
                ("ben-tre/nq/van-ban", "as_of: 2021-06-30\nvalue: 12\ncorrects: 2021/so-ket"),
            ],
        )
        .file(
            "content/resolutions/giong-trom/kh-sau.md",
            "---\ntitle: Kế hoạch sau\nkind: plan\nissued: 2021-10-10\nimplements:\n  - ben-tre/nq-giao\nindicators:\n  \
             - id: moi\n    name: Mới\n    measured_in: căn\n    target: 4\n    field: party\n---\n",
        )
        .file(
            "content/reports/2021/dem.md",
            "---\ntitle: Đếm\nunit: ben-tre\npublished: 2021-08-02\nsource:\n  title: Nguồn\ncoverage:\n  \
             - document: ben-tre/nq-giao\n    level: district\n    action: issued\n    value: 1\n    of: 1\n---\n",
        )
        .file("content/units/huyen-moi.md", "---\nname: Huyện mới\nlevel: district\nparent: ben-tre\nestablished: 2021-09-01\n---\n")
        .replace(
            "content/units/giong-trom.md",
            "parent: ben-tre\n",
            "parent: ben-tre\ndissolved: 2021-11-01\nsuccessors:\n  - huyen-moi\n",
        )
        .replace(
            "content/resolutions/giong-trom/kh.md",
            "    field: party\n",
            "    field: party\n    owner_from:\n      - date: 2021-11-01\n        unit: huyen-moi\n    revisions:\n      \
             - date: 2021-10-01\n        target: 6\n",
        )
}

#[test]
fn nothing_later_shows_in_any_file() {
    for as_of in ["2021-04-15", "2021-07-15", "2021-07-31"] {
        let (without, with) = (built(&past(), as_of), built(&future(past()), as_of));
        let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&without), paths(&with), "as of {as_of}");
        for (path, bytes) in &without {
            let other = &with[path];
            assert!(
                bytes == other,
                "as of {as_of}, {path} differs:\n{}\n\n{}",
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(other)
            );
        }
    }
}

#[test]
fn what_is_later_shows_once_its_day_has_come() {
    let (before, after) = (built(&future(past()), "2021-07-31"), built(&future(past()), "2021-12-01"));
    let text = |files: &BTreeMap<String, Vec<u8>>, path: &str| String::from_utf8(files[path].clone()).expect("a text");
    assert_eq!(text(&before, "corrections/index.html").matches("<s>").count(), 1);
    assert_eq!(text(&after, "corrections/index.html").matches("<s>").count(), 3);
    assert!(text(&after, "coverage/index.html").contains("Giồng Trôm"));
    assert!(text(&after, "changes/index.html").contains("Kế hoạch sau"));
    assert!(!text(&before, "changes/index.html").contains("Kế hoạch sau"));
}
