//! What the program is made of: licences and sources that `deny.toml` allows, and a reason for each direct dependency.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn toml(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every package that the lock file names.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs this test");
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().expect("cargo lists packages").clone();
    assert!(packages.len() > 100);
    packages
}

#[test]
fn every_licence_and_source_is_allowed() {
    let deny = toml("deny.toml");
    let allowed: Vec<spdx::Licensee> = (deny["licenses"]["allow"].as_array().expect("a list"))
        .iter()
        .map(|licence| spdx::Licensee::parse(licence.as_str().expect("a text")).expect("a licence of SPDX"))
        .collect();
    let banned: Vec<&str> =
        (deny["bans"]["deny"].as_array().expect("a list")).iter().filter_map(|entry| entry["crate"].as_str()).collect();
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        assert!(!banned.contains(&name), "{name} is banned");
        let Some(source) = package["source"].as_str() else {
            assert_eq!(name, "tiendo");
            continue;
        };
        assert!(source.starts_with("registry+"), "{name} comes from {source}");
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} names no licence"));
        let expression = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX);
        let expression = expression.unwrap_or_else(|error| panic!("{name}: {error}"));
        let holds = expression.evaluate(|needed| allowed.iter().any(|licensee| licensee.satisfies(needed)));
        assert!(holds, "{name} is under {licence}");
    }
}

#[test]
fn every_direct_dependency_has_a_reason() {
    let manifest = toml("Cargo.toml");
    let tables = ["dependencies", "dev-dependencies"];
    let direct: BTreeSet<&str> = (tables.iter())
        .flat_map(|table| manifest[*table].as_table().expect("a table").keys().map(String::as_str))
        .collect();
    let reasons = read("docs/dependencies.md");
    let named: BTreeSet<&str> = (reasons.lines())
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|cell| cell.split(", "))
        .map(|name| name.split(' ').next().unwrap_or_default())
        .filter(|name| *name != "crate")
        .collect();
    assert_eq!(direct, named);
}

#[test]
fn the_lock_file_keeps_no_address_of_a_download() {
    for line in read("tests/browser/package-lock.json").lines() {
        assert!(!line.contains("\"resolved\""), "{line}");
    }
}

#[test]
fn no_code_is_unsafe_and_no_sum_overflows_in_a_release() {
    let manifest = toml("Cargo.toml");
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert_eq!(manifest["profile"]["release"]["overflow-checks"].as_bool(), Some(true));
}

/// `tests/reproducible` builds the program twice and compares; this is what it rests on, looked at without building.
#[test]
fn the_program_is_made_of_its_sources_alone() {
    let manifest = toml("Cargo.toml");
    assert!(!manifest["package"].as_table().expect("a table").contains_key("build"));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(!root.join("build.rs").exists(), "what a build script does depends on the machine");
    let sources = walkdir::WalkDir::new(root.join("src")).into_iter().map(|entry| entry.expect("it can be listed"));
    let sources = sources.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let mut looked_at = 0;
    for entry in sources.filter(|entry| !entry.path().components().any(|part| part.as_os_str() == "tests")) {
        let path = entry.path().strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
        let text = read(&path);
        let build_time =
            text.match_indices("env!(\"").map(|(at, _)| text[at + 6..].split('"').next().unwrap_or_default());
        for name in build_time {
            assert!(name.starts_with("CARGO_PKG_"), "{path} takes {name} from the machine that builds it");
        }
        assert!(!text.contains("file!()") && !text.contains("option_env!"), "{path}");
        looked_at += 1;
    }
    assert!(looked_at > 150, "{looked_at}");
    let release = read(".github/workflows/release.yml");
    assert!(release.contains("tests/reproducible --environment") && release.contains("needs: [build, reproducible]"));
}
