//! Which module may name which: one crate lets modules import in circles, so this table keeps the layers apart.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module and those it may import, from the lowest to the highest; none names a later one.
const TABLE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("digest", &[]),
    ("diagnostic", &["source"]),
    // Failures of the world are worded in the same catalogues.
    ("error", &["diagnostic"]),
    ("output", &["source", "diagnostic"]),
    ("load", &["source", "diagnostic", "error"]),
    // An acknowledgement names the check that it is about.
    ("model", &["source", "diagnostic"]),
    ("theme", &["source", "diagnostic"]),
    ("content", &["source", "diagnostic", "model"]),
    // Former versions of reports are read as today's are.
    ("history", &["source", "diagnostic", "model", "content"]),
    ("import", &["source", "diagnostic", "model", "content"]),
    ("assess", &["model", "diagnostic"]),
    ("check", &["source", "diagnostic", "model", "assess"]),
    ("route", &["source", "model", "assess"]),
    ("chart", &["model", "assess", "error"]),
    (
        "render",
        &["source", "digest", "diagnostic", "error", "output", "model", "theme", "assess", "check", "route", "chart"],
    ),
    ("publish", &["digest", "output", "error"]),
    ("starter", &["diagnostic"]),
    (
        "pipeline",
        &[
            "source",
            "digest",
            "diagnostic",
            "error",
            "output",
            "load",
            "model",
            "theme",
            "content",
            "history",
            "import",
            "assess",
            "check",
            "route",
            "chart",
            "render",
            "publish",
            "starter",
        ],
    ),
    ("serve", &["pipeline", "render", "route", "diagnostic", "error", "source"]),
    ("cli", &["pipeline", "serve", "diagnostic", "error", "source"]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Words that tie a module to the world, and the modules that may use them.
const WORLD: &[(&[&str], &[&str])] = &[
    // The server reads copied files when they are asked for.
    (&["std::fs", "File::open"], &["load", "publish", "serve"]),
    (&["File::create", "fs::write", "fs::rename", "fs::remove"], &["publish"]),
    // What begins with `GIT_` is kept from git.
    (&["std::env::var", "env::var(", "std::env::args"], &["pipeline", "cli", "main", "history"]),
    // Reading again holds the clock against the times of files.
    (
        &["Utc::now", "Local::now", "SystemTime", "Instant::now"],
        &["pipeline", "cli", "main", "publish", "serve", "load"],
    ),
    // The address that nothing could be served at is told in an error.
    (&["std::net"], &["serve", "cli", "error"]),
    (&["std::process::Command", "process::{Command", "process::{Child"], &["serve", "history"]),
];

fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// A source file: its module, its path below `src/`, its lines of code with their numbers.
type Source = (String, String, Vec<(usize, String)>);

/// Every source file but tests, which may do as they like.
fn modules() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    files.sort();
    let is_test = |path: &str| path.contains("tests/") || path.ends_with("tests.rs") || path.ends_with("fixture.rs");
    let read = |file: PathBuf| {
        let path = file.strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/");
        let module = path.split(['/', '.']).next().expect("a path has a part").to_owned();
        let text = fs::read_to_string(&file).expect("a source is a text");
        let code = |line: &str| !line.trim_start().starts_with("//");
        let lines = (1..).zip(text.lines()).filter(|(_, line)| code(line)).map(|(n, line)| (n, line.to_owned()));
        (module, path, lines.collect::<Vec<_>>())
    };
    files.into_iter().map(read).filter(|(_, path, _)| !is_test(path)).collect()
}

/// The modules that a line names: `crate::model::…`, `tiendo::cli::…` in the binary.
fn named<'a>(module: &str, line: &'a str) -> Vec<&'a str> {
    let prefix = if module == "main" { "tiendo::" } else { "crate::" };
    line.match_indices(prefix)
        .map(|(start, _)| {
            let rest = &line[start + prefix.len()..];
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

#[test]
fn lower_layers_never_name_higher_ones() {
    let mut violations = Vec::new();
    for (module, path, lines) in modules() {
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == module) else {
            violations.push(format!("src/{path}: the module `{module}` has no place in the table"));
            continue;
        };
        for (number, line) in lines {
            for name in named(&module, &line) {
                if name != module && !allowed.contains(&name) {
                    violations.push(format!("src/{path}:{number}: `{module}` names `{name}`"));
                }
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn the_table_has_no_circles() {
    for (place, (module, allowed)) in TABLE.iter().enumerate() {
        for name in *allowed {
            let lower = TABLE[..place].iter().any(|(lower, _)| lower == name);
            assert!(lower, "`{module}` may name `{name}`, which is not below it");
        }
    }
}

#[test]
fn only_the_rim_touches_the_world() {
    let mut violations = Vec::new();
    for (module, path, lines) in modules() {
        for (number, line) in &lines {
            for (words, allowed) in WORLD {
                for word in words.iter().filter(|word| line.contains(**word)) {
                    if !allowed.contains(&module.as_str()) {
                        violations.push(format!("src/{path}:{number}: `{word}` in `{module}`"));
                    }
                }
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
