//! `check --fix`: repairs what has one right answer, shows it, and leaves all else alone.

use std::fs;

use super::Folder;
use crate::harness::Site;

const UNIT: &str = "content/units/giong-trom.md";
const DOCUMENT: &str = "content/resolutions/ben-tre/nq.md";
const REPORT: &str = "content/reports/2021/so-ket.md";
const PAGE: &str = "content/pages/gioi-thieu.md";

/// The good site on a day when nothing is overdue.
fn good() -> Site {
    Site::good().replace("content/site.yaml", "timezone:", "as_of: 2021-07-31\ntimezone:")
}

/// The good site after an editor's bad day.
fn spoiled() -> Site {
    let good = good();
    let windows = format!("\u{feff}{}", good.text(UNIT).replace('\n', "\r\n"));
    good.file(UNIT, &windows)
        .replace(REPORT, "published: 2021-07-15", "published: 15/07/2021")
        .replace(REPORT, "cho: 7", "cho: \"7,0\"")
        .replace(DOCUMENT, "Nội dung.", "Nội dung.   \nChi bộ \u{D0}ảng, xã My\u{303} Thạnh.")
        .replace(PAGE, "Trang này.", "Số 1.000 ngày 03/04/2021.")
}

#[test]
fn a_dry_run_shows_each_change_and_writes_nothing() {
    let folder = Folder::of(&spoiled());
    let before = folder.read(REPORT);
    let (code, stdout, stderr) = folder.tiendo(&["check", "--fix", "--dry-run"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
    let (code, stdout, _) = folder.tiendo(&["check", "--fix", "--dry-run", "--lang", "vi"]);
    assert_eq!(code, 0);
    let said: Vec<&str> =
        stdout.lines().filter(|line| line.starts_with("content/") || line.contains("sẽ sửa")).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(folder.read(REPORT), before);
}

#[test]
fn what_is_repaired_is_right() {
    let folder = Folder::of(&spoiled());
    let (code, stdout, stderr) = folder.tiendo(&["check", "--fix"]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.contains("repaired: 3 files\nno mistakes found"), "{stdout}");
    let good = Site::good();
    assert_eq!(folder.read(UNIT), good.text(UNIT));
    assert_eq!(folder.read(REPORT), good.text(REPORT).replace("cho: 7", "cho: 7.0"));
    assert!(folder.read(DOCUMENT).ends_with("Nội dung.   \nChi bộ Đảng, xã Mỹ Thạnh.\n"), "{}", folder.read(DOCUMENT));
    assert!(folder.read(PAGE).contains("Số 1.000 ngày 03/04/2021."));
    let (_, stdout, _) = folder.tiendo(&["check", "--fix"]);
    assert!(stdout.starts_with("nothing to repair\n"), "{stdout}");
}

#[test]
fn mistakes_that_remain_are_told() {
    let folder = Folder::of(&spoiled().replace(UNIT, "level: district", "level: distric"));
    let (code, stdout, stderr) = folder.tiendo(&["check", "--fix"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("repaired: 3 files") && stderr.contains("error[unknown-level]"), "{stdout}{stderr}");
}

#[test]
fn a_check_says_that_some_mistakes_repair_themselves() {
    let folder = Folder::of(&spoiled());
    let (code, stdout, _) = folder.tiendo(&["check"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("3 of them can be repaired by `tiendo check --fix`"), "{stdout}");
    let (_, stdout, _) = folder.tiendo(&["check", "--format", "json"]);
    assert!(!stdout.contains("--fix"), "{stdout}");
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::of(&good());
    folder.put("content/pages/that.md", "---\ntitle: T\n---\n\u{D0}ảng\n");
    fs::set_permissions(folder.path("content/pages/that.md"), fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("that.md", folder.path("content/pages/link.md")).expect("a link");
    let (code, _, stderr) = folder.tiendo(&["check", "--fix"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(fs::symlink_metadata(folder.path("content/pages/link.md")).expect("it is there").is_symlink());
    let that = folder.path("content/pages/that.md");
    assert_eq!(fs::metadata(&that).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.read("content/pages/link.md"), "---\ntitle: T\n---\nĐảng\n");
    assert_eq!(fs::read_dir(folder.path("content/pages")).expect("a folder").count(), 3, "a scratch file is left");
}

#[test]
fn dry_run_belongs_to_fix() {
    let folder = Folder::of(&good());
    let (code, _, stderr) = folder.tiendo(&["check", "--dry-run"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("--fix"), "{stderr}");
}
