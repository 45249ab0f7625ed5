//! Reads the plain YAML in which interface texts are written, many times faster than a full parser.
//!
//! Invariant: the tree is the one that the full parser makes, or there is none. At anything but keys and texts of one
//! line (blocks, lists, escapes, comments behind texts, figures, mistakes) this reader gives up, and the full parser
//! reads the text from the start. Tests hold the two against each other.

use std::iter::Peekable;

use memchr::memchr_iter;
use serde_yaml::{Mapping, Value};

/// How far a line may be indented.
const MOST_INDENT: usize = 16;
/// How long a key may be, in bytes; the full parser has a limit as well, a wider one.
const MOST_KEY: usize = 100;

/// A line with something on it: how far it is indented, and what stands there.
type Line<'a> = (usize, &'a str);

/// Reads a tree of texts; `None` where it is not plain.
pub(super) fn read(text: &str) -> Option<Value> {
    if !text.chars().all(is_plain_letter) {
        return None;
    }
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let lines = ends.scan(0, |next, end| {
        let line = text.get(std::mem::replace(next, end + 1)..end)?.trim_end_matches(' ');
        let bare = line.trim_start_matches(' ');
        Some((line.len() - bare.len(), bare))
    });
    let mut lines = lines.filter(|(_, bare)| !bare.is_empty() && !bare.starts_with('#')).peekable();
    let tree = group(&mut lines, 0)?;
    lines.peek().is_none().then_some(tree)
}

/// The group whose keys are indented so far.
fn group<'a>(lines: &mut Peekable<impl Iterator<Item = Line<'a>>>, indent: usize) -> Option<Value> {
    let mut group = Mapping::new();
    while let Some((_, line)) = lines.next_if(|(depth, _)| *depth == indent) {
        let (key, written) = line.split_once(':')?;
        let value = if written.is_empty() {
            let below =
                lines.peek().map(|(below, _)| *below).filter(|below| (indent + 1..=MOST_INDENT).contains(below))?;
            self::group(lines, below)?
        } else {
            Value::String(said(written.strip_prefix(' ')?.trim_start_matches(' '))?.to_owned())
        };
        let is_key = key.len() <= MOST_KEY
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let key = Value::String(plain(key).filter(|_| is_key)?.to_owned());
        if group.insert(key, value).is_some() {
            return None;
        }
    }
    // A line that is indented more is no key of this group: it goes on with the text before it, or is a mistake.
    (!group.is_empty() && lines.peek().is_none_or(|(depth, _)| *depth < indent)).then_some(Value::Mapping(group))
}

/// A text as it is meant, without its quotes.
fn said(written: &str) -> Option<&str> {
    match written.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').filter(|inner| !inner.contains(['"', '\\'])),
        None => plain(written),
    }
}

/// A text without quotes that is one to YAML: no key, no comment, and no word or figure that means something else. Such a
/// word or figure is all of its text.
fn plain(text: &str) -> Option<&str> {
    const WORDS: [&str; 5] = ["true", "false", "null", "nan", "inf"];
    let begins = |letter: char| letter.is_alphabetic() || matches!(letter, '(' | '“');
    let is_text = (text.starts_with(begins)
        || text.starts_with(|letter: char| letter.is_ascii_digit()) && text.contains(' '))
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_text.then_some(text)
}

/// Whether a letter is neither a break that YAML knows besides the line's end, nor one that it does not take.
fn is_plain_letter(letter: char) -> bool {
    match letter {
        '\n' | ' '..='~' => true,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => !letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::theme::DEFAULT;

    /// Holds the tree, if there is one, against that of the full parser.
    #[track_caller]
    fn agrees(text: &str) -> bool {
        let Some(tree) = read(text) else { return false };
        let whole: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(tree, whole, "{text:?}");
        true
    }

    #[test]
    fn our_own_texts_are_read_here() {
        let mut locales = DEFAULT.iter().filter(|(name, _)| name.starts_with("locales/")).peekable();
        assert!(locales.peek().is_some());
        for (name, text) in locales {
            assert!(agrees(text), "{name}");
        }
    }

    #[test]
    fn plain_texts_are_read_here() {
        for text in [
            "# Lời\nlanguage: Tiếng Việt\n\nmenu:\n  home:  Trang chủ  \n  # hai\n  count:\n    one: \"{count}: # trang\"\n\nend: x",
            "a: Đơn vị\nb-c_1: \"\"",
            "a:\n   b:\n    c: x {y}, [z]\n   d: e:f#g\non: no",
            "a: (x ÷ y)\nb: “x” y\nc: 1 ÷ x",
        ] {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_left_to_the_full_parser() {
        for text in [
            "",
            "# x\n",
            "a",
            "a:",
            "a:\nb: c",
            "a: b\n  c",
            "a: b\n  c: d",
            "a:\n    b: c\n  d: e",
            "a:\n  b: c\n d: e",
            " a: b\nc: d",
            "a: 1",
            "a: -x",
            "a: NULL",
            "a: .nan",
            "a: ~",
            "a: true",
            "true: a",
            "1: a",
            "a: b\na: c",
            "a: b # c",
            "a: b: c",
            "a: b:",
            "a: |\n  b",
            "a: \"b\\n\"",
            "a: \"b\" c",
            "a: \"b",
            "a: \"",
            "a: 'b'",
            "a: [b]",
            "a: {b: c}",
            "a: &b c",
            "a:b",
            "a:\tb",
            "a b: c",
            "a: b\r\n",
            "a: b\u{85}",
            "a: b\u{2028}c",
            "a: b\u{feff}",
            "- a: b",
            "---\na: b",
            "a: b\n...",
        ] {
            assert!(!agrees(text), "{text:?}");
        }
    }

    #[test]
    fn deep_trees_and_long_keys_are_left_to_the_full_parser() {
        let text: String = (0..10_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(read(&text), None);
        assert_eq!(read(&format!("{}: b", "a".repeat(2_000))), None);
    }

    fn line() -> impl Strategy<Value = String> {
        let indent = prop::sample::select(vec!["", "", "  ", "  ", "    ", " ", "   "]);
        let key = prop::sample::select(vec![
            "", "a:", "b:", "c:", "dd:", "e-f:", "g_h:", "1:", "x y:", "on:", "null:", "ậ:", "#", "- ", "\"q\":",
        ]);
        let value = prop::sample::select(vec![
            "",
            "",
            "x",
            "Xã Mỹ",
            "{n} xã",
            "1",
            "1.5",
            "Inf",
            "null",
            "no",
            "y",
            "e5",
            "1 x",
            "1 000",
            "1e5 2",
            "0x1 f",
            "(x",
            "“x: y”",
            "x: y",
            "x:",
            "x:y",
            "x #y",
            "x#y",
            "#y",
            "\"x\"",
            "\"x: #y\"",
            "\"\"",
            "\"",
            "\"a\" b",
            "\"a\\t\"",
            "'y'",
            "x'",
            "x\"y\"",
            "x [a]",
            "a, b",
            "a}",
            "|",
            ">-",
            "*a",
            "...",
            "---",
            "<<",
            "=",
            "a\tb",
            "a\u{a0}",
            "“x”",
            "Ð",
            "x |",
            "x ?",
            "x\u{7f}",
        ]);
        let blanks = prop::sample::select(vec!["", " ", " ", " ", "  "]);
        (indent, key, blanks, value).prop_map(|(indent, key, blanks, value)| format!("{indent}{key}{blanks}{value}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_is_what_the_full_parser_reads(lines in prop::collection::vec(line(), 1..7)) {
            agrees(&lines.join("\n"));
        }

        #[test]
        fn a_change_is_read_alike(at in 0..100_usize, put in "[-:# \n\"'{}\\[\\]|>a1,&*!%@?\t]{0,2}", cut in 0..3_usize) {
            const TEXT: &str = "a: b\nlist:\n  # c\n  one: \"{n} x: y\"\n  d:\n    e: Tỉnh này\n  f: g\nend: h\n";
            let places: Vec<usize> = TEXT.char_indices().map(|(place, _)| place).collect();
            let from = at % places.len();
            let to = (from + cut).min(places.len() - 1);
            agrees(&format!("{}{put}{}", &TEXT[..places[from]], &TEXT[places[to]..]));
        }
    }
}
