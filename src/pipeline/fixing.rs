//! Repairs a site's files and shows what changes.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::BuildOptions;
use crate::content::fix;
use crate::diagnostic::{Diagnostics, visible};
use crate::error::Error;
use crate::load::load;
use crate::publish;
use crate::source::SourceMap;

pub use crate::content::fix::Repair;

/// Whether repairs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// They are.
    Write,
    /// They are only shown.
    DryRun,
}

/// A file that is repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// Its path below the root, with `/`.
    pub path: String,
    /// How often each thing was repaired.
    pub repairs: BTreeMap<Repair, usize>,
    /// What changes, as a unified diff for people: what cannot be seen is shown by signs.
    pub diff: String,
}

/// Repairs what has one right answer in every file below `content/`.
///
/// # Errors
/// Where the world does not let a file be read or written; those before it in the order of their paths are repaired.
pub fn fix(options: &BuildOptions, writing: Writing) -> Result<Vec<FixedFile>, Error> {
    let mut found = Diagnostics::default();
    let sources = load(&options.root, &mut found)?;
    let mut files = Vec::new();
    for fixed in fix::fix(&sources, &found) {
        let source = sources.file(fixed.file);
        if writing == Writing::Write {
            publish::rewrite(&options.root, &source.path, &source.text, &fixed.text)?;
        }
        let diff = unified(&source.path, &source.text, &fixed.text);
        files.push(FixedFile { path: source.path.clone(), repairs: fixed.repairs, diff });
    }
    Ok(files)
}

/// How many mistakes [`fix()`] would repair.
#[must_use]
pub fn repairable(diagnostics: &Diagnostics, sources: &SourceMap) -> usize {
    diagnostics.iter().filter(|found| fix::is_repairable(found, sources)).count()
}

/// A unified diff; empty where only what stands before the text changes.
fn unified(path: &str, before: &str, after: &str) -> String {
    let path = visible::escape(path);
    let diff = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for hunk in diff.unified_diff().context_radius(1).iter_hunks() {
        if text.is_empty() {
            text = format!("--- {path}\n+++ {path}\n");
        }
        text += &format!("{}\n", hunk.header());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            text.push(sign);
            text += &shown(change.value());
            text.push('\n');
        }
    }
    text
}

/// A line with signs for what cannot be seen: blanks at its end, the line end of Windows.
fn shown(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let (line, end) = match line.strip_suffix('\r') {
        Some(line) => (line, "\r"),
        None => (line, ""),
    };
    let written = line.trim_end_matches([' ', '\t']);
    let blanks = line[written.len()..].replace(' ', "·").replace('\t', "→");
    written.chars().chain(blanks.chars()).chain(end.chars()).map(visible::picture).collect()
}
