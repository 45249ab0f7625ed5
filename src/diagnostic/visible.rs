//! Makes characters visible that a terminal would obey or a reader could not see: control characters, marks that turn
//! the direction of text, blanks without width.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character must not be shown as it is.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with every hidden character written as its number: `\u{202e}`.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            write!(escaped, "\\u{{{:x}}}", u32::from(character)).expect("a string takes any text");
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// One visible character in place of a hidden one, so that columns stay right; a tab stays a tab.
pub(crate) fn picture(character: char) -> char {
    match character {
        '\t' => '\t',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).expect("the control pictures begin at U+2400"),
        '\u{7f}' => '␡',
        _ if is_hidden(character) => '\u{fffd}',
        _ => character,
    }
}
