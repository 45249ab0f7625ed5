//! Reads the plain block style in which nearly all files are written, several times faster than the full parser.
//!
//! Invariant: the tree is the one that the full parser builds, or there is none. At anything that is not sure to be
//! plain (flow style, anchors, escapes, texts of several lines, comments behind values, tabs, mistakes) this reader gives
//! up, and the full parser reads the text from the start; so every mistake is found and worded there. Tests hold the
//! two against each other.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::letters;
use super::node::{Key, Kind, Layout, Node, Style};
use super::parse::{MAX_DEPTH, MAX_NODES};
use crate::source::{SourceId, Span};

/// How many keys a mapping may have; no kind of file has as many.
const MAX_KEYS: usize = 64;

/// Most items of long lists, observations above all, take more bytes.
const SHORT_ITEM: usize = 96;

/// Reads the YAML in `text[start..end]`; `None` where it is not plain.
pub(crate) fn read(text: &str, file: SourceId, start: usize, end: usize) -> Option<Node<'_>> {
    let mut reader = Reader::new(text, file, start, end)?;
    let indent = reader.line?.indent;
    let root = reader.block(indent, 0)?;
    // What is left is indented less than the first line.
    reader.line.is_none().then_some(root)
}

/// A line with something on it, or what is left of it.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// The column of the first letter that is not blank.
    pub(super) indent: usize,
    /// Where that letter stands.
    pub(super) start: usize,
    /// Where the last letter that is not blank ends.
    pub(super) end: usize,
}

pub(super) struct Reader<'text> {
    text: &'text str,
    file: SourceId,
    /// Where the YAML ends.
    end: usize,
    /// Where the line after [`Self::line`] begins.
    next: usize,
    pub(super) line: Option<Line>,
    nodes: usize,
}

impl<'text> Reader<'text> {
    /// Begins with the first line of the YAML in `text[start..end]`; `None` where its letters are not plain.
    pub(super) fn new(text: &'text str, file: SourceId, start: usize, end: usize) -> Option<Self> {
        let mut reader = Self { text, file, end, next: start, line: None, nodes: 0 };
        reader.advance();
        letters::are_plain(&text[start..end]).then_some(reader)
    }

    /// Goes on to the next line that holds more than a comment.
    pub(super) fn advance(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        self.line = None;
        while self.next < self.end {
            let begin = self.next;
            let length = memchr(b'\n', &bytes[begin..]).unwrap_or(self.end - begin);
            self.next = begin + length + 1;
            let line = &bytes[begin..begin + length];
            let Some(indent) = line.iter().position(|byte| *byte != b' ') else { continue };
            if line[indent] == b'#' {
                continue;
            }
            let blanks = line.iter().rev().position(|byte| *byte != b' ').unwrap_or_default();
            self.line = Some(Line { indent, start: begin + indent, end: begin + length - blanks });
            return;
        }
    }

    /// A mapping or list whose lines are indented so far.
    fn block(&mut self, indent: usize, depth: usize) -> Option<Node<'text>> {
        if depth >= MAX_DEPTH - 1 {
            return None;
        }
        if self.is_item() { self.list(indent, depth) } else { self.mapping(indent, depth) }
    }

    /// Whether the line begins an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.line.is_some_and(|line| self.bytes(line).starts_with(b"- "))
    }

    /// What stands on a line.
    pub(super) fn bytes(&self, line: Line) -> &'text [u8] {
        &self.text.as_bytes()[line.start..line.end]
    }

    /// What is left of a line that begins an item.
    pub(super) fn behind_dash(&self, line: Line) -> Option<Line> {
        let blanks = self.bytes(line)[1..].iter().position(|byte| *byte != b' ')?;
        Some(Line { indent: line.indent + 1 + blanks, start: line.start + 1 + blanks, end: line.end })
    }

    /// How many items a list that goes on to the end may have at most, if none is very short.
    pub(super) fn guess_items(&self) -> usize {
        1 + self.end.saturating_sub(self.next) / SHORT_ITEM
    }

    /// About how many items the list has that begins with this line.
    pub(super) fn count_items(&self, indent: usize) -> usize {
        let rest = &self.text.as_bytes()[self.next.min(self.end)..self.end];
        let starts = std::iter::once(0).chain(memchr_iter(b'\n', rest).map(|end| end + 1));
        let mut items = 1;
        for line in starts.map(|start| &rest[start..]) {
            let blanks = line.iter().take(indent).take_while(|byte| **byte == b' ').count();
            match line.get(blanks) {
                Some(_) if blanks == indent => items += usize::from(line[indent..].starts_with(b"- ")),
                None | Some(b'\n') => {}
                Some(_) => break,
            }
        }
        items
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'text>> {
        let mut entries: Vec<(Key<'text>, Node<'text>)> = Vec::with_capacity(8);
        while let Some(line) = self.line.filter(|line| line.indent >= indent) {
            let length = key_length(&self.text.as_bytes()[line.start..line.end])?;
            if line.indent > indent {
                return None;
            }
            let key = Key {
                text: self.slice(line.start, line.start + length),
                span: self.span(line.start, line.start + length),
            };
            // Duplicates are the full parser's to report; comparing all pairs is for small mappings only.
            if entries.len() >= MAX_KEYS || entries.iter().any(|(other, _)| other.text == key.text) {
                return None;
            }
            let behind = line.start + length + 1;
            let rest = &self.text.as_bytes()[behind..line.end];
            self.count()?;
            let value = if let Some(blanks) = rest.iter().position(|byte| *byte != b' ') {
                let value = self.scalar(behind + blanks, line.end)?;
                self.advance();
                value
            } else {
                self.advance();
                let below = self.line.filter(|line| line.indent > indent || line.indent == indent && self.is_item())?;
                self.block(below.indent, depth + 1)?
            };
            entries.push((key, value));
        }
        let (first, last) = (entries.first()?, entries.last()?);
        let span = Span { start: first.0.span.start, end: last.1.span.end, file: self.file };
        self.count()?;
        Some(Node { kind: Kind::Map(entries, Layout::Block), span })
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Node<'text>> {
        let mut items: Vec<Node<'text>> = Vec::new();
        let start = self.line?.start;
        while let Some(line) = self.line.filter(|line| line.indent >= indent) {
            if line.indent > indent {
                return None;
            }
            if !self.is_item() {
                // The list stands in a mapping whose keys are indented as it is.
                break;
            }
            let rest = self.behind_dash(line)?;
            let item = if key_length(self.bytes(rest)).is_some() {
                self.line = Some(rest);
                if depth + 1 >= MAX_DEPTH - 1 {
                    return None;
                }
                self.mapping(rest.indent, depth + 1)?
            } else {
                let item = self.scalar(rest.start, rest.end)?;
                self.advance();
                item
            };
            items.push(item);
        }
        let end = items.last()?.span.end;
        self.count()?;
        Some(Node { kind: Kind::List(items), span: Span { end, ..self.span(start, start) } })
    }

    /// A text that is the rest of its line.
    fn scalar(&mut self, start: usize, end: usize) -> Option<Node<'text>> {
        self.count()?;
        let (inner, style) = self.text_in(start, end)?;
        Some(Node { kind: Kind::Scalar(self.slice(inner.start, inner.end), style), span: self.span(start, end) })
    }

    /// Where a text stands without its quotes, and whether it has some; `None` where it is not plain.
    pub(super) fn text_in(&self, start: usize, end: usize) -> Option<(Range<usize>, Style)> {
        let bytes = &self.text.as_bytes()[start..end];
        let quote = bytes[0];
        if matches!(quote, b'"' | b'\'') {
            let inner = bytes.get(1..bytes.len() - 1)?;
            let is_plain = bytes.ends_with(&[quote]) && !inner.iter().any(|byte| *byte == quote || *byte == b'\\');
            return is_plain.then_some((start + 1..end - 1, Style::Quoted));
        }
        is_plain(bytes).then_some((start..end, Style::Plain))
    }

    /// What is written there.
    pub(super) fn written(&self, range: Range<usize>) -> &'text str {
        &self.text[range]
    }

    /// Counts a key or value; `None` where there are too many.
    fn count(&mut self) -> Option<()> {
        self.nodes += 1;
        (self.nodes <= MAX_NODES).then_some(())
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> Cow<'text, str> {
        Cow::Borrowed(&self.text[start..end])
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }
}

/// The length of the key that a line begins with: letters and digits of ASCII, `-` and `_`, before a colon and a blank.
pub(super) fn key_length(line: &[u8]) -> Option<usize> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = line.iter().position(|byte| !is_letter(byte))?;
    let ends = line[length] == b':' && matches!(line.get(length + 1), None | Some(b' '));
    (ends && line[0].is_ascii_alphanumeric()).then_some(length)
}

/// Whether a text without quotes is one to YAML: no indicator begins it, and nothing in it is a key or a comment.
fn is_plain(text: &[u8]) -> bool {
    let begins = match text[0] {
        b'-' => text.get(1).is_some_and(u8::is_ascii_digit),
        first => !b",[]{}#&*!|>'\"%@`?:".contains(&first),
    };
    let mut before = b' ';
    let mut is_text = begins;
    for byte in text {
        is_text &= !((before == b':' && *byte == b' ') | (before == b' ' && *byte == b'#'));
        before = *byte;
    }
    is_text && before != b':'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::yaml::parse;
    use crate::diagnostic::Diagnostics;
    use crate::source::SourceMap;

    /// Holds the tree, if there is one, against that of the full parser.
    #[track_caller]
    fn agrees(text: &str) -> bool {
        let file = SourceMap::default().add("content/x.yaml", "");
        let Some(root) = read(text, file, 0, text.len()) else { return false };
        let mut diagnostics = Diagnostics::default();
        let tree = parse::parse(text, file, 0..text.len(), &mut diagnostics);
        assert_eq!(Some(root), tree.root, "{text:?}");
        assert!(tree.sound && diagnostics.count_all() == 0, "{text:?}");
        true
    }

    #[test]
    fn plain_files_are_read_here() {
        for text in [
            "title: Tiến độ nghị quyết\nlevels:\n  - id: tinh\n    name: Tỉnh\n  - id: huyen\nurl: https://example.org/a#b\n",
            "a:\n- b\n- c: 1\n  d: -2.5\n\n# end\ne: \"x: y # z\"",
            "  a: 'b, c'   \n  f:\n     - g\n\n     - h: ''\n       i: 2021..2025\n",
            "items:\n  phu-khuong: ban-hanh\n  a_b:  2/3 văn bản: đạt-\nx: -1\n".replace(": đạt-", " – đạt").as_str(),
        ] {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn other_files_are_left_to_the_full_parser() {
        for text in [
            "",
            "\n# x\n",
            "a:",
            "a: \n",
            "a: b\n  c",
            "a: b\n c: d",
            "a: {b: c}",
            "a: [b]",
            "a: &b c",
            "a: |\n  b",
            "a: b # c",
            "a: b: c",
            "a: b:",
            "a: b\na: c",
            "a: \"b\\n\"",
            "a: 'b''c'",
            "a: \"b\" c",
            "- - a",
            "-\n  a: b",
            "a:\n  - b\n c: d",
            "a:\tb",
            "a: b\r\n",
            "a: b\u{85}",
            "? a\n: b",
            "a b: c",
            "a: - b",
            "a: *b",
            "--- a",
            "a:\n  b: c\n d: e",
            "a: My\u{303}",
            "a: \"",
            "a: '",
            "a: @b",
            "a: %b",
            "%YAML 1.2",
            "<<: a",
            "ậ: b",
            "a: b\u{feff}",
        ] {
            assert!(!agrees(text), "{text:?}");
        }
    }

    fn lines() -> impl Strategy<Value = String> {
        let indent = prop::sample::select(vec!["", "", "  ", "  ", "    ", "    ", "      ", " ", "   "]);
        let dash = prop::sample::select(vec!["", "", "", "- ", "- ", "-  ", "-", "- - ", "? ", "# "]);
        let key = prop::sample::select(vec![
            "", "a:", "b:", "c:", "dd:", "e-f:", "g_h:", "1:", "a: ", "b: ", "c: ", "dd: ", "e-f:  ", "x y: ",
            "\"q\": ", "ậ: ",
        ]);
        let value = prop::sample::select(vec![
            "",
            "",
            "x",
            "Xã Mỹ Thạnh",
            "1.5",
            "-3",
            "- x",
            "~",
            "\"x\"",
            "'y'",
            "\"x: #y\"",
            "''",
            "\"\"",
            "\"",
            "'",
            "\"a\\t\"",
            "x: y",
            "x:",
            "x:y",
            "x #y",
            "x#y",
            "#y",
            "[a]",
            "{a: b}",
            "a, b",
            "a]",
            "a}",
            "|",
            ">-",
            "&a",
            "*a",
            "!a",
            "%",
            "@",
            "`",
            "?x",
            "?",
            ":x",
            ":",
            "-",
            "--",
            "---",
            "...",
            ". .",
            "=",
            "<<",
            "2021-04-30",
            "1 %",
            "a  ",
            "a\t",
            "“x”",
            "a – b",
            "a\u{a0}",
            "\u{a0}",
            "a\u{2028}b",
            "́",
            "Ð",
            "null",
            "a:  b",
            "a : b",
            "a :",
            "https://a.b/c?d=e#f",
            "C:\\x",
            "'a' b",
            "\"a\"b",
            "'a''b'",
        ]);
        (indent, dash, key, value).prop_map(|(indent, dash, key, value)| format!("{indent}{dash}{key}{value}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_is_what_the_full_parser_reads(lines in prop::collection::vec(lines(), 1..7)) {
            agrees(&lines.join("\n"));
        }

        #[test]
        fn a_change_is_read_alike(at in 0..1_000_usize, cut in 0..3_usize, put in "[-:# \n\"'{}\\[\\]|>a1,&*!%@?\t]{0,2}") {
            const TEXT: &str = "a: b\nlist:\n  - id: x\n    name: \"Tỉnh: y\"\n    c:\n      d: 1.5\n  - id: z\nempty: 'e'\nrefs:\n- a/b\n- c\nend: 2021..2025\n";
            let places: Vec<usize> = TEXT.char_indices().map(|(place, _)| place).collect();
            let from = at % places.len();
            let to = (from + cut).min(places.len() - 1);
            agrees(&format!("{}{put}{}", &TEXT[..places[from]], &TEXT[places[to]..]));
        }
    }

    /// More of them are tried where `PROPTEST_CASES` says so.
    fn cases() -> u32 {
        ProptestConfig::default().cases.max(2_000)
    }
}
