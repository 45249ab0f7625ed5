//! Finds letters that look like others, or like nothing.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// Notes the first `Ð` that should be `Đ`, and the first invisible character, in that range of a file's text.
pub(crate) fn check(text: &str, file: SourceId, range: Range<usize>, diagnostics: &mut Diagnostics) {
    if !is_suspicious(&text[range.clone()]) {
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
    if !is_suspicious(&text[range.clone()]) {
        return;
    }
    let mut start = range.start;
    for line in text[range].split_inclusive('\n') {
        check(text, file, start..start + line.len(), diagnostics);
        start += line.len();
    }
}

/// Whether such a letter stands in a text: nearly always there is none.
pub(crate) fn is_suspicious(text: &str) -> bool {
    // `Ð` is C3 90; the others are E2 80 8B to 8F, E2 80 AA to AE, E2 81 A6 to A9, and EF BB BF.
    any_three(text, |first, second, third| {
        let general = (0x8B..=0x8F).contains(&third) | (0xAA..=0xAE).contains(&third);
        (first == 0xC3) & (second == 0x90)
            | (first == 0xE2) & (second == 0x80) & general
            | (first == 0xE2) & (second == 0x81) & (0xA6..=0xA9).contains(&third)
            | (first == 0xEF) & (second == 0xBB) & (third == 0xBF)
    })
}

/// Whether a text is sure to be in NFC: all its letters are Latin, and none is a combining mark.
pub(crate) fn is_composed(text: &str) -> bool {
    // U+0080 to U+01FF begin with C2 to C7, U+1E00 to U+1EFF with E1 B8 to E1 BB, U+2010 to U+203F with E2 80 90 to
    // E2 80 BF: dashes and quotation marks. What follows a lead byte is below C0.
    !any_three(text, |first, second, third| {
        let latin = (first == 0xE1) & (0xB8..=0xBB).contains(&second);
        let punctuation = (first == 0xE2) & (second == 0x80) & (third >= 0x90);
        (first >= 0xC8) & !latin & !punctuation
    })
}

/// Whether nothing in a text needs a closer look: its letters are Latin, in NFC and none of those that look like
/// others, and its lines end plainly. Tabs need one.
pub(crate) fn are_plain(text: &str) -> bool {
    // As above; C2 80 to C2 9F are controls, E2 80 A8 and A9 end lines.
    !any_three(text, |first, second, third| {
        let latin = (first == 0xE1) & matches!(second, 0xB8..=0xBB);
        let special = matches!(third, 0xA8..=0xAE);
        let punctuation = (first == 0xE2) & (second == 0x80) & (third >= 0x90) & !special;
        (first < 0x20) & (first != b'\n')
            | (first == 0x7F)
            | (first == 0xC2) & (second < 0xA0)
            | (first == 0xC3) & (second == 0x90)
            | (first >= 0xC8) & !latin & !punctuation
    })
}

/// Whether something is true of any three bytes of a text in a row; looked at many at a time.
fn any_three(text: &str, is_found: impl Fn(u8, u8, u8) -> bool) -> bool {
    const CHUNK: usize = 256;
    let bytes = text.as_bytes();
    let any = |bytes: &[u8]| bytes.windows(3).fold(false, |any, of| any | is_found(of[0], of[1], of[2]));
    // Each chunk is looked at together with the start of the next one, and the last bytes as if blanks followed.
    let starts = (0..bytes.len()).step_by(CHUNK);
    let last = &bytes[bytes.len().saturating_sub(2)..];
    let mut end = [b' '; 4];
    end[..last.len()].copy_from_slice(last);
    starts.map(|start| &bytes[start..bytes.len().min(start + CHUNK + 2)]).any(any) || any(&end)
}

/// Whether it has no width, or turns the direction of writing.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn bytes_tell_the_same_as_letters() {
        // Beyond, no letter is either.
        for letter in '\0'..='\u{1FFFF}' {
            for text in [letter.to_string(), format!("{letter}x")] {
                assert_eq!(is_suspicious(&text), letter == 'Ð' || is_invisible(letter), "{letter:?}");
                let is_nfc = is_nfc_quick(text.chars()) == IsNormalized::Yes;
                assert!(is_nfc || !is_composed(&text), "{letter:?}");
                let looks_closer = !is_composed(&text) || is_suspicious(&text) || letter.is_control() && letter != '\n';
                let ends_line = matches!(letter, '\u{2028}' | '\u{2029}');
                assert_eq!(are_plain(&text), !looks_closer && !ends_line, "{letter:?}");
            }
        }
        for blanks in 250..260 {
            for letter in ['Ð', '\u{200B}', '\u{FEFF}', '\u{301}'] {
                let text = format!("{:blanks$}{letter}đ", "");
                assert_eq!(is_suspicious(&text), letter != '\u{301}', "{letter:?} after {blanks}");
                assert!(!is_composed(&text) || letter == 'Ð', "{letter:?} after {blanks}");
            }
        }
        assert!(is_composed("Xã Mỹ Thạnh, huyện Giồng Trôm: 62/150 doanh nghiệp, đạt 41 %"));
        assert!(is_composed("2020–2025") && !is_composed("My\u{303}"));
    }
}
