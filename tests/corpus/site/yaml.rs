//! Writes front matter: block style, two spaces a step, as the contract asks of its examples.

use std::fmt::{Display, Write as _};

/// A YAML text that grows line by line.
#[derive(Debug, Default)]
pub(crate) struct Yaml {
    text: String,
    /// Steps of the records that are open.
    depth: usize,
    /// Whether the next line begins an item of a list.
    begins_item: bool,
}

impl Yaml {
    /// A key with its value, which is written as it is.
    pub(crate) fn key(&mut self, key: &str, value: impl Display) {
        self.indent();
        writeln!(self.text, "{key}: {value}").expect("a string takes all");
    }

    /// A key whose value stands in quotes.
    pub(crate) fn quoted(&mut self, key: &str, value: impl Display) {
        self.key(key, format_args!("\"{value}\""));
    }

    /// A key whose value is a record or a list.
    pub(crate) fn open(&mut self, key: &str) {
        self.indent();
        writeln!(self.text, "{key}:").expect("a string takes all");
        self.depth += 1;
    }

    /// Ends what [`Self::open`] began.
    pub(crate) fn close(&mut self) {
        self.depth -= 1;
    }

    /// A record of a list.
    pub(crate) fn item(&mut self, record: impl FnOnce(&mut Self)) {
        self.begins_item = true;
        self.depth += 1;
        record(self);
        self.depth -= 1;
    }

    /// A word of a list.
    pub(crate) fn word(&mut self, word: impl Display) {
        self.begins_item = true;
        self.depth += 1;
        self.indent();
        self.depth -= 1;
        writeln!(self.text, "{word}").expect("a string takes all");
    }

    /// The whole file, with its body.
    pub(crate) fn with_body(self, body: &str) -> String {
        format!("---\n{}---\n{body}", self.text)
    }

    fn indent(&mut self) {
        let is_item = std::mem::take(&mut self.begins_item);
        for _ in usize::from(is_item)..self.depth {
            self.text.push_str("  ");
        }
        if is_item {
            self.text.push_str("- ");
        }
    }
}

/// A figure of so many tenths, none of them negative.
pub(crate) fn figure(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// The same as Vietnamese texts write it: `1.234,5`.
pub(crate) fn in_text(tenths: i64) -> String {
    let whole = (tenths / 10).to_string();
    let mut text = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if tenths % 10 != 0 {
        text.push_str(&format!(",{}", tenths % 10));
    }
    text
}

/// A share of two figures in tenths of a hundredth, halves up: what an honest source states.
pub(crate) fn percent(part: i64, whole: i64) -> i64 {
    (2_000 * part + whole).div_euclid(2 * whole)
}
