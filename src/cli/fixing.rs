//! `check --fix`: shows what is repaired, file by file.

use std::io::Write;

use super::{Run, fail, say};
use crate::diagnostic::wording::Language;
use crate::pipeline::BuildOptions;
use crate::pipeline::fixing::{self, FixedFile, Writing};

/// Repairs the files and prints the changes to standard output; answers the exit code.
pub(super) fn fix(
    run: &Run,
    options: &BuildOptions,
    writing: Writing,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    match fixing::fix(options, writing) {
        Ok(files) => say(&told(run, &files, writing), run.language, stdout, stderr, super::DONE),
        Err(error) => fail(&error, run, stderr),
    }
}

fn told(run: &Run, files: &[FixedFile], writing: Writing) -> String {
    let language = run.language;
    let mut text = String::new();
    for file in files {
        text += &file.diff;
        text += &format!("{}: {}\n\n", file.path, repairs(file, language));
    }
    if !run.is_quiet {
        let key = match (files.is_empty(), writing) {
            (true, _) => "fix.nothing",
            (false, Writing::Write) => "fix.written",
            (false, Writing::DryRun) => "fix.dry-run",
        };
        let files = language.count("count.file", files.len());
        text += &(language.say(key, &[("files", &files)]) + "\n");
    }
    text
}

/// What was repaired in a file: `2 days, 1 figure`.
fn repairs(file: &FixedFile, language: Language) -> String {
    let repairs = file.repairs.iter();
    let words = repairs.map(|(repair, times)| language.count(&format!("fix.{}", repair.as_str()), *times));
    words.collect::<Vec<_>>().join(", ")
}
