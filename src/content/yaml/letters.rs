//! Finds letters that look like others, or like nothing.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// Notes the first `Ð` that should be `Đ`, and the first invisible character, in that range of a file's text.
pub(crate) fn check(text: &str, file: SourceId, range: Range<usize>, diagnostics: &mut Diagnostics) {
    let bytes = &text.as_bytes()[range.clone()];
    // Nearly all texts have neither: their lead bytes tell without decoding. `Ð` is C3 90; the rest begin with E2 or EF.
    if !bytes.iter().any(|byte| matches!(byte, 0xC3 | 0xE2 | 0xEF)) {
        return;
    }
    let (mut eth, mut invisible) = (false, false);
    for (offset, letter) in text[range.clone()].char_indices() {
        let variant = match letter {
            'Ð' if !eth => {
                eth = true;
                "suspicious-letter"
            }
            _ if is_invisible(letter) && !invisible => {
                invisible = true;
                "suspicious-letter.invisible"
            }
            _ => continue,
        };
        let start = range.start + offset;
        let mut diagnostic =
            Diagnostic::new(Code::SuspiciousLetter, Span::new(file, start, start + letter.len_utf8())).worded(variant);
        diagnostic.severity = crate::diagnostic::Severity::Warning;
        diagnostics.push(diagnostic.with("found", format!("U+{:04X}", letter as u32)));
    }
}

/// Does the same for each line of a text, because a line of Markdown is mostly a paragraph.
pub(crate) fn check_lines(text: &str, file: SourceId, range: Range<usize>, diagnostics: &mut Diagnostics) {
    let mut start = range.start;
    for line in text[range].split_inclusive('\n') {
        check(text, file, start..start + line.len(), diagnostics);
        start += line.len();
    }
}

/// Whether it has no width, or turns the direction of writing.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
