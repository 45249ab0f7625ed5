//! What is released: only what belongs, and all that is embedded.

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn a_package_holds_only_what_belongs() {
    let mut command = Command::new(env!("CARGO"));
    command.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).expect("paths are text").replace('\\', "/");
    let files: BTreeSet<&str> = list.lines().collect();
    let top = |file: &&str| !file.contains('/');
    let at_top: Vec<&str> = files.iter().copied().filter(top).collect();
    let expected = [
        ".cargo_vcs_info.json",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
    ];
    assert_eq!(
        at_top.iter().filter(|file| **file != ".cargo_vcs_info.json").collect::<Vec<_>>(),
        expected[1..].iter().collect::<Vec<_>>()
    );
    for file in files.iter().filter(|file| !top(file)) {
        assert!(["src/", "themes/default/"].iter().any(|folder| file.starts_with(folder)), "{file} does not belong");
        // Tests and their snapshots stay at home.
        let is_test = file.contains("/snapshots/") || file.contains("/tests/") || file.ends_with("/tests.rs");
        assert!(!is_test, "{file} is a test");
    }
    for embedded in [
        "src/starter/vi/site.yaml",
        "src/starter/shared/gitignore",
        "src/content/schema/descriptions.vi.yaml",
        "src/diagnostic/wording/vi.yaml",
        "src/render/card/fonts/NotoSans-Regular.ttf",
        "src/render/card/fonts/NotoSans-Bold.ttf",
        "src/render/card/fonts/OFL.txt",
    ] {
        assert!(files.contains(embedded), "{embedded} is missing");
    }
    for (name, _) in tiendo::theme::DEFAULT {
        assert!(files.contains(format!("themes/default/{name}").as_str()), "{name} is missing");
    }
}
