//! Writes the few forms of YAML that imported content consists of.

use std::fmt::Write as _;

/// Front matter, or a file of fields, in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A remark, which nobody reads but people.
    pub(super) fn remark(&mut self, words: &str) {
        writeln!(self.text, "# {words}").expect(IN_MEMORY);
    }

    /// A field below which others follow.
    pub(super) fn open(&mut self, indent: &str, key: &str) {
        writeln!(self.text, "{indent}{key}:").expect(IN_MEMORY);
    }

    /// A field whose value is an id, a figure or a day: what needs no quotes.
    pub(super) fn plain(&mut self, indent: &str, key: &str, value: &str) {
        writeln!(self.text, "{indent}{key}: {value}").expect(IN_MEMORY);
    }

    /// A member of a list that needs no quotes.
    pub(super) fn item(&mut self, indent: &str, value: &str) {
        writeln!(self.text, "{indent}- {value}").expect(IN_MEMORY);
    }

    /// A field whose value is a text.
    pub(super) fn text(&mut self, indent: &str, key: &str, text: &str) {
        writeln!(self.text, "{indent}{key}: {}", quoted(text)).expect(IN_MEMORY);
    }

    /// The fields as a whole file.
    pub(super) fn into_file(self) -> String {
        self.text
    }

    /// The fields as the front matter of a file without a body.
    pub(super) fn into_front_matter(self) -> String {
        format!("---\n{}---\n", self.text)
    }
}

/// A text in quotes, unless it is words that cannot be taken for anything else.
fn quoted(text: &str) -> String {
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let mut words = text.split(' ');
    let is_plain = words.clone().count() > 1 && words.all(|word| !word.is_empty() && is_word(word));
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

const IN_MEMORY: &str = "a string takes any text";
