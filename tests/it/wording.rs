//! Every message that the program can give has its words, in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use tiendo::diagnostic::Code;
use tiendo::diagnostic::wording::Language;

/// Every `code.variant` that stands between quotes in the sources.
fn keys(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            keys(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).expect("a source is a text");
            let quoted = text.split('"').skip(1).step_by(1);
            let is_key = |word: &&str| {
                let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
                let code = word.split('.').next().unwrap_or_default();
                word.contains('.') && word.bytes().all(allowed) && Code::from_name(code).is_some()
            };
            found.extend(quoted.filter(is_key).map(str::to_owned));
        }
    }
}

#[test]
fn every_variant_is_worded_in_both_languages() {
    let mut wanted: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut wanted);
    assert!(wanted.contains("bad-date.day-first") && wanted.len() > Code::ALL.len() + 50, "{wanted:#?}");
    let mut missing = Vec::new();
    for language in Language::ALL {
        for key in &wanted {
            // A key without an entry panics where tests run.
            let worded = catch_unwind(|| language.entry(key).message.is_some());
            if !worded.unwrap_or(false) {
                missing.push(format!("{language:?} {key}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
