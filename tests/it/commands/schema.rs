//! `tiendo schema`: sound schemas, by which every shipped file is valid and mistakes of form are not.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::tiendo;
use crate::forms;

const KINDS: [&str; 7] = ["site", "unit", "resolution", "report", "page", "translation", "site-translation"];

fn schema(kind: &[&str]) -> Value {
    let (code, stdout, stderr) = tiendo(Path::new("."), &[&["schema"], kind].concat());
    assert_eq!((code, stderr.as_str()), (0, ""));
    serde_json::from_str(&stdout).expect("it is JSON")
}

fn validator(kind: &str) -> jsonschema::Validator {
    jsonschema::draft202012::new(&schema(&[kind])).expect("the schema compiles")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sample is there").flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_schema_is_valid_against_the_metaschema() {
    for kind in KINDS {
        let schema = schema(&[kind]);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
    let all = schema(&[]);
    jsonschema::draft202012::meta::validate(&all).unwrap_or_else(|error| panic!("{error}"));
    for kind in KINDS {
        let alone = schema(&[kind]);
        assert_eq!(all["$defs"][kind]["properties"], alone["properties"], "{kind}");
        for (name, definition) in alone["$defs"].as_object().into_iter().flatten() {
            assert_eq!(&all["$defs"][name], definition, "{name} is the same for all kinds");
        }
    }
}

#[test]
fn every_shipped_file_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("content"), &mut found);
    let mut checked = 0;
    for file in found {
        let path = file.strip_prefix(root).expect("it lies there").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let Some((kind, value)) = forms::yaml(&path, &text) else { continue };
        assert_eq!(forms::errors(kind, &value), [""; 0], "{path}");
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn mistakes_of_form_are_not_valid() {
    for (kind, right, wrong) in [
        ("page", "title: Giới thiệu", "tilte: Giới thiệu"),
        ("unit", "name: Bến Tre\nlevel: province", "name: Bến Tre"),
        (
            "report",
            "title: x\nunit: a\npublished: 2021-07-30\nsource: {title: x}",
            "title: x\nunit: a\npublished: 30/07/2021\nsource: {title: x}",
        ),
        ("resolution", "title: x\nkind: plan\nissuer: a", "title: x\nkind: plann\nissuer: a"),
        (
            "report",
            "title: x\nunit: a\npublished: 2021-07-30\nsource: 2021/a",
            "title: x\nunit: a\npublished: 2021-07-30",
        ),
    ] {
        let validator = validator(kind);
        let is_valid = |yaml: &str| validator.is_valid(&serde_yaml::from_str(yaml).expect("it is YAML"));
        assert!(is_valid(right), "{right}");
        assert!(!is_valid(wrong), "{wrong}");
    }
}

#[test]
fn an_unknown_kind_is_wrong_usage() {
    let (code, stdout, stderr) = tiendo(Path::new("."), &["schema", "reprot"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("error: `reprot` is not a value for KIND\n"), "{stderr}");
    assert!(stderr.contains("possible values: site, unit, resolution, report, page"), "{stderr}");
}

#[test]
fn every_file_of_a_first_site_is_valid() {
    for language in tiendo::diagnostic::wording::Language::ALL {
        for (path, text) in tiendo::starter::files(*language, crate::harness::day("2026-07-15")) {
            if !path.starts_with("content/") {
                continue;
            }
            let (kind, value) = forms::yaml(&path, &text).expect("every file has its kind");
            assert_eq!(forms::errors(kind, &value), [""; 0], "{path}");
        }
    }
}

#[test]
fn descriptions_speak_both_languages() {
    let (_, english, _) = tiendo(Path::new("."), &["schema", "report", "--lang", "en"]);
    let (_, vietnamese, _) = tiendo(Path::new("."), &["schema", "report", "--lang", "vi"]);
    assert!(english.contains("The day it was published.") && !english.contains("Ngày công bố."));
    assert!(vietnamese.contains("Ngày công bố.") && !vietnamese.contains("The day it was published."));
    let schema: Value = serde_json::from_str(&vietnamese).expect("it is JSON");
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}"));
}
