//! Finds the YAML block between two `---` lines at the top of a Markdown file.
//!
//! Invariant: both parts lie within the text and begin at the start of a line.

use std::ops::Range;

use memchr::memmem;

use super::yaml::{self, letters};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// The two parts of a Markdown file, as byte ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the `---` lines.
    pub yaml: Range<usize>,
    /// All after the second `---` line.
    pub body: Range<usize>,
}

/// Splits a Markdown file; `None` after noting why it has no front matter that can be read.
///
/// Of a file that is empty nothing is said: `load` did.
pub fn split(file: SourceId, text: &str, diagnostics: &mut Diagnostics) -> Option<Parts> {
    if text.is_empty() {
        return None;
    }
    let Some(parts) = find(text) else {
        diagnostics.push(lack(file, text));
        return None;
    };
    letters::check_lines(text, file, parts.body.clone(), diagnostics);
    if parts.yaml.len() > yaml::MAX_BYTES {
        diagnostics.push(yaml::too_large(file, parts.yaml));
        return None;
    }
    Some(parts)
}

/// Finds the two parts; `None` where there is no front matter that can be read.
pub(crate) fn find(text: &str) -> Option<Parts> {
    let first = text.split_inclusive('\n').next().filter(|line| is_fence(line))?.len();
    // The first line's own end may be the beginning of the second fence.
    memmem::find_iter(&text.as_bytes()[first - 1..], "\n---").find_map(|place| {
        let start = first + place;
        let closing = text[start..].split_inclusive('\n').next().filter(|line| is_fence(line))?;
        Some(Parts { yaml: first..start, body: start + closing.len()..text.len() })
    })
}

/// Says why a text has no front matter that can be read.
fn lack(file: SourceId, text: &str) -> Diagnostic {
    let lines = || {
        text.split_inclusive('\n').scan(0, |offset, line| {
            let start = *offset;
            *offset += line.len();
            Some((start, line))
        })
    };
    let missing = |start: usize, line: &str, wording| {
        let place = Span::new(file, start, start + line.trim_end().len());
        Diagnostic::new(Code::MissingFrontMatter, place).worded(wording)
    };
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if !is_fence(first) {
        let begun = lines().find(|(_, line)| !line.trim().is_empty());
        return match begun {
            Some((_, line)) if is_fence(line.trim_start()) => missing(0, first, "missing-front-matter.blank-before"),
            Some((start, line)) if is_like_fence(line) => {
                missing(start, line, "missing-front-matter.dashes").with("found", line.trim())
            }
            _ if has_late_block(lines()) => missing(0, first, "missing-front-matter.text-before"),
            _ => missing(0, first, "missing-front-matter"),
        };
    }
    let dashes = lines().skip(1).find(|(_, line)| is_like_fence(line));
    match dashes {
        Some((start, line)) => missing(start, line, "missing-front-matter.dashes").with("found", line.trim()),
        None => missing(0, first, "missing-front-matter.unclosed"),
    }
}

/// Whether a line opens or closes front matter.
fn is_fence(line: &str) -> bool {
    line.starts_with("---") && line.trim_end() == "---"
}

/// Whether a line looks as if it should: other dashes that a word processor makes of hyphens, or too few, or too many.
fn is_like_fence(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !is_fence(line) && line.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '−'))
        || line == "+++"
}

/// Whether a block that looks like front matter stands further down.
fn has_late_block<'text>(lines: impl Iterator<Item = (usize, &'text str)>) -> bool {
    let mut lines = lines.map(|(_, line)| line).take(100);
    lines.by_ref().any(is_fence)
        && lines.next().is_some_and(|line| {
            line.split_once(':')
                .is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        })
}

#[cfg(test)]
mod tests;
