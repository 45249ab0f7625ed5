//! `tiendo init`: a first site that builds at once, in both languages and on any day, and spoils nothing that is there.

use std::fs;

use tempfile::tempdir;
use tiendo::diagnostic::wording::Language;
use tiendo::starter;

use super::tiendo;
use crate::harness::{Site, day};

#[test]
fn a_first_site_builds_without_a_warning() {
    for language in ["vi", "en"] {
        let folder = tempdir().expect("a scratch folder");
        let (code, stdout, stderr) = tiendo(folder.path(), &["init", "site", "--lang", language]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(stdout.contains("content/site.yaml\n") && stdout.lines().last().expect("a line").contains("cd site"));
        let root = folder.path().join("site");
        let (code, _, stderr) = tiendo(&root, &["check", "--deny", "warnings"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{language}");
        let (code, _, stderr) = tiendo(&root, &["build"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{language}");
        let snippets = fs::read_to_string(root.join(".vscode/tiendo.code-snippets")).expect("there are snippets");
        let snippets: serde_json::Value = serde_json::from_str(&snippets).expect("they are JSON");
        let kind = &snippets["resolution: kind"];
        assert!(kind["body"].as_str().expect("a body").starts_with("kind: ${1|resolution,directive,"), "{kind}");
        assert_eq!(snippets["report: observations"]["body"], "observations:\n  - $0");
        let home = fs::read_to_string(root.join("output/index.html")).expect("there is a home page");
        assert!(home.contains(&format!("<html lang=\"{language}\"")), "{home}");
    }
}

#[test]
fn so_it_does_on_every_day() {
    for language in Language::ALL {
        for today in ["2026-01-01", "2026-01-14", "2026-01-31", "2026-03-31", "2027-02-01", "2028-02-29", "2026-12-31"]
        {
            let files = starter::files(*language, day(today));
            let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            let unfilled = |text: &str| {
                text.split('{').skip(1).any(|rest| rest.split_once('}').is_some_and(|(inside, _)| is_name(inside)))
            };
            for (path, text) in &files {
                // `${workspaceFolder}` and the like are not ours.
                assert!(!unfilled(&text.replace("${", "$")) && !unfilled(path), "{path}:\n{text}");
            }
            Site::of(&files).check(today).clean();
        }
    }
}

#[test]
fn what_the_services_read_is_sound() {
    for (language, tag) in [(Language::Vi, "vi"), (Language::En, "en")] {
        let files = starter::files(language, day("2026-07-15"));
        let text = |path: &str| &files.iter().find(|(found, _)| found == path).unwrap_or_else(|| panic!("no {path}")).1;
        for path in [".github/workflows/site.yml", ".gitlab-ci.yml"] {
            let yaml: serde_yaml::Value =
                serde_yaml::from_str(text(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(yaml.is_mapping());
            // The program is pinned, and the file says where else it can come from.
            let version = env!("CARGO_PKG_VERSION");
            let pinned = format!("\n  TIENDO: tiendo --version {version}\n");
            let source = format!(": tiendo --git https://… --tag v{version}\n{pinned}").replace("\n\n", "\n");
            assert!(text(path).contains(&source) && text(path).contains("cargo install --locked $TIENDO"), "{path}");
            assert!(text(path).contains(&format!("--lang {tag}")) && text(path).contains(env!("CARGO_PKG_VERSION")));
        }
        assert!(text(".github/workflows/site.yml").contains("tiendo check --format github"));
        for path in [".vscode/settings.json", ".vscode/tasks.json", ".vscode/extensions.json"] {
            let _: serde_json::Value =
                serde_json::from_str(text(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn nothing_that_is_there_is_touched() {
    let folder = tempdir().expect("a scratch folder");
    let root = folder.path();
    fs::write(root.join("thu.docx"), "x").expect("a file");
    let (code, stdout, stderr) = tiendo(root, &["init", "."]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("it holds `thu.docx`") && stderr.contains("name a new folder"), "{stderr}");
    assert_eq!(fs::read_dir(root).expect("it can be read").count(), 1);
    // Neither a site, made a moment ago.
    let (code, ..) = tiendo(root, &["init", "site"]);
    let (again, _, stderr) = tiendo(root, &["init", "site"]);
    assert_eq!((code, again), (0, 2), "{stderr}");
    // A file is no folder.
    let (code, _, stderr) = tiendo(root, &["init", "thu.docx"]);
    assert!(code == 2 && stderr.contains("thu.docx"), "{stderr}");
}

#[test]
fn an_empty_repository_keeps_its_files() {
    let folder = tempdir().expect("a scratch folder");
    let root = folder.path();
    fs::create_dir(root.join(".git")).expect("a folder");
    fs::write(root.join("README.md"), "mine").expect("a file");
    fs::write(root.join("LICENSE"), "mine").expect("a file");
    let (code, stdout, stderr) = tiendo(root, &["init", "."]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("kept: README.md") || stdout.contains("README.md"), "{stdout}");
    assert_eq!(fs::read_to_string(root.join("README.md")).expect("it is there"), "mine");
}
