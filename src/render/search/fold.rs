//! Takes texts apart into words as a reader types them: without case, marks and the stroke of `đ`.
//!
//! `themes/default/js/fold.js` does the same in the browser: `tests/folding.json` holds cases that both must pass.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The first letters that are looked up: Latin ones up to here …
const LATIN_END: usize = 0x250;

/// … and these, which hold the rest of Vietnamese.
const MARKED: Range<usize> = 0x1E00..0x1F00;

/// What a letter becomes where that is one ASCII letter; 0 elsewhere.
static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let plain = |code: usize| {
        let letter = u32::try_from(code).ok().and_then(char::from_u32)?;
        let mut folded = Vec::new();
        slowly(letter, &mut |part| folded.push(part));
        match folded.as_slice() {
            [one] if one.is_ascii() => u8::try_from(*one).ok(),
            _ => None,
        }
    };
    (0..LATIN_END).chain(MARKED).map(|code| plain(code).unwrap_or_default()).collect()
});

/// Where a letter stands in the table, if it does.
fn place(letter: char) -> Option<usize> {
    let code = letter as usize;
    if code < LATIN_END { Some(code) } else { MARKED.contains(&code).then(|| code - MARKED.start + LATIN_END) }
}

fn slowly(letter: char, each: &mut impl FnMut(char)) {
    for part in std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)) {
        for lower in part.to_lowercase() {
            each(if matches!(lower, 'đ' | 'ð' | 'ɖ') { 'd' } else { lower });
        }
    }
}

fn letter(letter: char, table: &[u8], each: &mut impl FnMut(char)) {
    if letter.is_ascii() {
        return each(letter.to_ascii_lowercase());
    }
    match place(letter).map(|place| table[place]) {
        Some(0) | None => slowly(letter, each),
        Some(plain) => each(char::from(plain)),
    }
}

/// The text as it is compared: `Đồng Khởi` is `dong khoi`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|one| letter(one, &TABLE, &mut |part| folded.push(part)));
    folded
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
}

impl Kind {
    fn of(part: char) -> Option<Self> {
        if part.is_numeric() { Some(Self::Digits) } else { part.is_alphabetic().then_some(Self::Letters) }
    }
}

/// Calls `each` with every folded word of a text. Letters and digits are words of their own, and a number has no
/// leading zeros: `03-NQ/TU`, `nq3` and `NQ 03` hold the same words.
pub(crate) fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::with_capacity(24);
    let mut kind = None;
    let mut end = |word: &mut String, kind: Option<Kind>| {
        let bare = if kind == Some(Kind::Digits) { word.trim_start_matches('0') } else { &**word };
        if !word.is_empty() {
            each(if bare.is_empty() { "0" } else { bare });
        }
        word.clear();
    };
    let table: &[u8] = &TABLE;
    for one in text.chars() {
        letter(one, table, &mut |part| {
            let now = Kind::of(part);
            if now != kind {
                end(&mut word, kind);
                kind = now;
            }
            if now.is_some() {
                word.push(part);
            }
        });
    }
    end(&mut word, kind);
}

#[cfg(test)]
mod tests {
    use super::{fold, words};

    #[test]
    fn texts_are_folded_as_in_the_browser() {
        let cases: Vec<(String, String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../tests/folding.json")).expect("a table of cases");
        assert!(cases.len() > 20);
        for (text, folded, expected) in cases {
            assert_eq!(fold(&text), folded, "{text}");
            let mut found = Vec::new();
            words(&text, |word| found.push(word.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
