//! `tiendo verify`: a copy that is what the sources give, and one that is not.

use std::fs;

use super::Folder;
use crate::harness::Site;

/// A built site; its day is given only to `build`, so that a copy verifies by its own manifest.
fn built() -> Folder {
    let folder = Folder::of(&Site::good().bytes("content/static/scan.pdf", &[0xff; 70_000]));
    folder.build();
    folder
}

#[test]
fn an_honest_copy_verifies_by_its_folder_and_by_its_manifest() {
    let folder = built();
    let manifest = folder.read("output/manifest.json");
    let files = manifest.matches("\"sha256\"").count() + 1;
    let said =
        format!("the copy is what the sources give: {files} files; as of 2021-07-31 (from the copy's manifest.json)\n");
    let before: Vec<_> = fs::read_dir(folder.path("")).expect("it is there").flatten().map(|e| e.file_name()).collect();
    assert_eq!(folder.tiendo(&["verify", "output"]), (0, said.clone(), String::new()));
    assert_eq!(folder.tiendo(&["verify", "--manifest", "output/manifest.json"]), (0, said, String::new()));
    let after: Vec<_> = fs::read_dir(folder.path("")).expect("it is there").flatten().map(|e| e.file_name()).collect();
    assert_eq!(after, before, "nothing is written");
    assert_eq!(folder.tiendo(&["verify", "output", "--quiet", "--jobs", "1"]), (0, String::new(), String::new()));
    let (_, stdout, _) = folder.tiendo(&["verify", "output", "--lang", "vi"]);
    assert!(stdout.starts_with("bản đã đăng đúng như nội dung nguồn: "), "{stdout}");
    assert!(stdout.ends_with("; tính đến 2021-07-31 (theo manifest.json của bản đã đăng)\n"), "{stdout}");
}

#[test]
fn every_changed_missing_and_added_file_is_named() {
    let folder = built();
    // One byte in the middle of a copied file, with its size kept; one more byte at the end of a page.
    let mut scan = vec![0xff; 70_000];
    scan[69_000] = 0xfe;
    fs::write(folder.path("output/scan.pdf"), scan).expect("the disk takes a file");
    let home = folder.read("output/index.html");
    folder.put("output/index.html", &(home + "\n"));
    fs::remove_file(folder.path("output/robots.txt")).expect("it was built");
    fs::remove_dir_all(folder.path("output/method")).expect("it was built");
    folder.put("output/method", "a file where a folder was\n");
    folder.put("output/hidden/mine.txt", "");
    folder.put("output/.git/config", "");
    folder.put("output/.gitignore", "");
    folder.put("output/data/.git", "");
    let (code, stdout, stderr) = folder.tiendo(&["verify", "output"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    insta::assert_snapshot!(stdout, @r"
    extra: data/.git
    extra: hidden/mine.txt
    differs: index.html
    extra: method
    missing: method/checks/index.html
    missing: method/index.html
    missing: robots.txt
    differs: scan.pdf
    the copy is not what the sources give: 2 files differ, 3 are missing, 3 are extra; as of 2021-07-31 (from the copy's manifest.json)
    ");
    let (code, stdout, _) = folder.tiendo(&["verify", "output", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&stdout).expect("one object");
    assert_eq!((code, &object["as_of"]), (1, &"2021-07-31".into()));
    assert_eq!(object["differs"], serde_json::json!(["index.html", "scan.pdf"]));
    assert_eq!(object["extra"], serde_json::json!(["data/.git", "hidden/mine.txt", "method"]));
}

#[test]
fn sources_that_changed_since_do_not_give_the_copy() {
    let folder = built();
    folder.put("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nTrang khác.\n");
    let (code, stdout, _) = folder.tiendo(&["verify", "output", "--quiet"]);
    assert_eq!(code, 1);
    assert!(
        stdout.contains("differs: gioi-thieu/index.html\n") && stdout.contains("differs: manifest.json\n"),
        "{stdout}"
    );
    folder.put("content/pages/moi.md", "---\ntitle: Mới\n---\n");
    fs::remove_file(folder.path("content/pages/gioi-thieu.md")).expect("it is there");
    let (code, stdout, _) = folder.tiendo(&["verify", "--quiet", "--manifest", "output/manifest.json"]);
    assert_eq!(code, 1);
    assert!(
        stdout.contains("missing: moi/index.html\n") && stdout.contains("extra: gioi-thieu/index.html\n"),
        "{stdout}"
    );
    assert!(!stdout.contains("manifest.json"), "{stdout}");
}

#[test]
fn a_manifest_that_was_changed_alone_differs() {
    let folder = built();
    let manifest = folder.read("output/manifest.json");
    let (before, after) = manifest.split_once("\"content\":").expect("it has a digest");
    let changed = format!("{before}\"content\":{}", after.replacen(['0', '1', '2', '3', '4', '5'], "6", 1));
    assert_ne!(changed, manifest);
    folder.put("manifest.json", &changed);
    let (code, stdout, _) = folder.tiendo(&["verify", "-q", "--manifest", "manifest.json"]);
    assert_eq!((code, stdout.as_str()), (1, "differs: manifest.json\n"));
}

#[test]
fn another_version_of_the_program_is_said() {
    let folder = built();
    let version = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");
    folder.put("output/manifest.json", &folder.read("output/manifest.json").replacen(version, "\"0.0.9\"", 1));
    let (code, stdout, _) = folder.tiendo(&["verify", "output"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("the copy was made by tiendo 0.0.9, this is tiendo "), "{stdout}");
}

#[test]
fn the_day_can_be_given_and_a_copy_without_a_manifest_is_of_the_sites_day() {
    let folder = built();
    let (code, stdout, _) = folder.tiendo(&["verify", "output", "--as-of", "2021-07-31"]);
    assert_eq!(code, 0);
    assert!(stdout.ends_with("as of 2021-07-31 (from --as-of)\n"), "{stdout}");
    fs::remove_file(folder.path("output/manifest.json")).expect("it was built");
    let (code, stdout, _) = folder.tiendo(&["verify", "output", "--as-of", "2021-07-31", "-q"]);
    assert_eq!((code, stdout.as_str()), (1, "missing: manifest.json\n"));
}

#[test]
fn what_is_no_copy_is_a_failure() {
    let folder = built();
    folder.put("other.json", "{}");
    for (arguments, message) in [
        (&["verify", "nowhere"][..], "error: cannot read `nowhere`: it does not exist\n"),
        (&["verify", "other.json"], "error: cannot read `other.json`: a part of the path is not a folder\n"),
        (
            &["verify", "--manifest", "other.json"],
            "error: `other.json` is not the `manifest.json` of a site that tiendo made\n",
        ),
        (
            &["verify", "--manifest", "output"],
            "error: `output` is not the `manifest.json` of a site that tiendo made\n",
        ),
    ] {
        assert_eq!(folder.tiendo(arguments), (2, String::new(), message.to_owned()), "{arguments:?}");
    }
    let (code, _, stderr) = folder.tiendo(&["verify"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr, @r"
    error: DIR|--manifest <FILE> is missing
     |
     = help: `tiendo verify --help` shows what there is
    ");
    let (code, _, stderr) = folder.tiendo(&["verify", "output", "--manifest", "output/manifest.json"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("--manifest"), "{stderr}");
}

#[test]
fn mistakes_in_the_content_come_first() {
    let folder = built();
    folder.put("content/pages/gioi-thieu.md", "no front matter\n");
    let (code, stdout, stderr) = folder.tiendo(&["verify", "output"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("error[missing-front-matter]: "), "{stderr}");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_copy_is_not_followed() {
    let folder = built();
    fs::rename(folder.path("output/robots.txt"), folder.path("robots.txt")).expect("it was built");
    std::os::unix::fs::symlink("../robots.txt", folder.path("output/robots.txt")).expect("the disk takes a link");
    std::os::unix::fs::symlink("..", folder.path("output/loop")).expect("the disk takes a link");
    let (code, stdout, _) = folder.tiendo(&["verify", "output", "-q"]);
    assert_eq!((code, stdout.as_str()), (1, "extra: loop\ndiffers: robots.txt\n"));
}
