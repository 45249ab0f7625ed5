//! The words of the program's own messages, one catalogue a language.
//!
//! An entry is found by its key and has placeholders such as `{path}`. Both languages have the same keys with the same
//! placeholders (a test holds them to it), so a message never depends on the language it is said in. What is put into
//! a placeholder was written by anybody: it is made visible and cut to a bearable length first. Between backticks it is
//! quoted as somebody wrote or should write it; a figure outside them is written as the language writes figures.
//!
//! A run says few of all these words, most often none, and YAML takes its time to read: an entry is read when it is
//! first asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use memchr::memchr_iter;
use serde::Deserialize;

use super::visible;

#[cfg(test)]
mod tests;

/// A language that the program itself speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    En,
    /// Vietnamese.
    Vi,
}

/// The texts of each catalogue. A key stands in only one of them.
const ENGLISH: &[&str] = &[
    include_str!("en.yaml"),
    include_str!("content.en.yaml"),
    include_str!("reader.en.yaml"),
    include_str!("form.en.yaml"),
    include_str!("explain.en.yaml"),
    include_str!("markdown.en.yaml"),
    include_str!("program.en.yaml"),
    include_str!("commands.en.yaml"),
    include_str!("serve.en.yaml"),
    include_str!("theme.en.yaml"),
    include_str!("clerk.en.yaml"),
    include_str!("authoring.en.yaml"),
    include_str!("history.en.yaml"),
];
const VIETNAMESE: &[&str] = &[
    include_str!("vi.yaml"),
    include_str!("content.vi.yaml"),
    include_str!("reader.vi.yaml"),
    include_str!("form.vi.yaml"),
    include_str!("explain.vi.yaml"),
    include_str!("markdown.vi.yaml"),
    include_str!("program.vi.yaml"),
    include_str!("commands.vi.yaml"),
    include_str!("serve.vi.yaml"),
    include_str!("theme.vi.yaml"),
    include_str!("clerk.vi.yaml"),
    include_str!("authoring.vi.yaml"),
    include_str!("history.vi.yaml"),
];

/// How many characters of an argument are shown.
const ARGUMENT_LIMIT: usize = 400;

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::En, Self::Vi];

    /// The language that a locale such as `vi_VN.UTF-8` asks for: Vietnamese for `vi`, else English.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['_', '.', '@', '-']).next() {
            Some(language) if language.eq_ignore_ascii_case("vi") => Self::Vi,
            _ => Self::En,
        }
    }

    /// The entry of that key.
    ///
    /// A key that does not exist is a bug of ours: it panics in debug builds; a release shows the key instead.
    #[must_use]
    pub fn entry(self, key: &str) -> &'static Entry {
        static MISSING: Entry = Entry { message: None, label: None, help: None };
        let found = self.catalogue().entry(key);
        debug_assert!(found.is_some(), "the catalogue {self:?} has no entry `{key}`");
        found.unwrap_or(&MISSING)
    }

    /// The message of an entry, its placeholders filled.
    #[must_use]
    pub fn say(self, key: &str, arguments: &[(&str, &str)]) -> String {
        match &self.entry(key).message {
            Some(template) => template.fill(arguments),
            None => key.to_owned(),
        }
    }

    /// A number with its noun, in the plural where the language has one: the entry `key.one` or `key.other`.
    #[must_use]
    pub fn count(self, key: &str, number: usize) -> String {
        let form = if number == 1 { "one" } else { "other" };
        self.say(&format!("{key}.{form}"), &[("number", &number.to_string())])
    }

    /// The key of an entry as the catalogue owns it.
    pub(super) fn key(self, key: &str) -> Option<&'static str> {
        self.catalogue().entries.get_key_value(key).map(|(key, _)| *key)
    }

    /// The names of all placeholders, some several times. Those that only a comment mentions are among them: no entry is
    /// read for this.
    pub(super) fn placeholders(self) -> impl Iterator<Item = &'static str> {
        let behind_braces = self.texts().iter().flat_map(|text| text.split('{').skip(1));
        behind_braces.filter_map(placeholder)
    }

    /// The texts of the catalogue.
    fn texts(self) -> &'static [&'static str] {
        match self {
            Self::En => ENGLISH,
            Self::Vi => VIETNAMESE,
        }
    }

    fn catalogue(self) -> &'static Catalogue {
        static CATALOGUES: [OnceLock<Catalogue>; 2] = [OnceLock::new(), OnceLock::new()];
        let place = match self {
            Self::En => &CATALOGUES[0],
            Self::Vi => &CATALOGUES[1],
        };
        place.get_or_init(|| Catalogue::new(self.texts(), self))
    }

    /// The mark between a figure's whole part and its decimals.
    fn decimal_mark(self) -> char {
        match self {
            Self::En => '.',
            Self::Vi => ',',
        }
    }
}

/// What is said under one key; a plain text in the catalogue is a message alone.
#[derive(Debug)]
pub struct Entry {
    /// What is wrong.
    pub message: Option<Template>,
    /// What is written at the place itself, in a few words.
    pub label: Option<Template>,
    /// What to do about it.
    pub help: Option<Template>,
}

impl Entry {
    /// Its words as the label of a place.
    #[must_use]
    pub fn as_label(&self) -> Option<&Template> {
        self.label.as_ref().or(self.message.as_ref())
    }

    /// Its words as a help that another entry borrows.
    #[must_use]
    pub fn as_help(&self) -> Option<&Template> {
        self.help.as_ref().or(self.message.as_ref())
    }
}

/// An entry as a catalogue writes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Entry(WrittenEntry),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    message: Option<String>,
    label: Option<String>,
    help: Option<String>,
}

impl Written {
    fn parsed(self, language: Language) -> Entry {
        let template = |text: String| Template::parse(text.trim_end(), language);
        match self {
            Self::Text(message) => Entry { message: Some(template(message)), label: None, help: None },
            Self::Entry(WrittenEntry { message, label, help }) => {
                Entry { message: message.map(template), label: label.map(template), help: help.map(template) }
            }
        }
    }
}

/// A text with placeholders.
#[derive(Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    /// In figures outside of backticks.
    decimal_mark: char,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    /// Its name, and whether it stands between backticks.
    Placeholder(String, Quoting),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Quoted,
    Said,
}

impl Template {
    /// Reads `{name}` as a placeholder where the name is of lower-case letters, `_` and `-`; other braces are text.
    fn parse(text: &str, language: Language) -> Self {
        let mut pieces = Vec::new();
        let mut pending = String::new();
        let mut rest = text;
        let quoting = |rest: &str| match text[..text.len() - rest.len()].matches('`').count() % 2 {
            0 => Quoting::Said,
            _ => Quoting::Quoted,
        };
        while let Some(open) = rest.find('{') {
            pending.push_str(&rest[..open]);
            let inside = &rest[open + 1..];
            if let Some(name) = placeholder(inside) {
                if !pending.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut pending)));
                }
                pieces.push(Piece::Placeholder(name.to_owned(), quoting(inside)));
                rest = &inside[name.len() + 1..];
            } else {
                pending.push('{');
                rest = inside;
            }
        }
        pending.push_str(rest);
        if !pending.is_empty() {
            pieces.push(Piece::Text(pending));
        }
        Self { pieces, decimal_mark: language.decimal_mark() }
    }

    /// The text with its placeholders filled.
    ///
    /// A placeholder without an argument is a bug of ours: it panics in debug builds and stays as it is in a release.
    #[must_use]
    pub fn fill(&self, arguments: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Placeholder(name, quoting) => {
                    let argument = arguments.iter().rev().find(|(given, _)| given.as_ref() == name);
                    debug_assert!(argument.is_some(), "no argument for {{{name}}} in `{self}`");
                    match argument {
                        Some((_, value)) => {
                            let value = shorten(value.as_ref());
                            let value = match quoting {
                                Quoting::Said => in_language(value, self.decimal_mark),
                                Quoting::Quoted => value,
                            };
                            text.push_str(&visible::escape(&value));
                        }
                        None => text.extend(["{", name, "}"]),
                    }
                }
            }
        }
        text
    }

    /// The names of its placeholders, in their order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name, _) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => formatter.write_str(text),
            Piece::Placeholder(name, _) => write!(formatter, "{{{name}}}"),
        })
    }
}

/// The name of the placeholder whose opening brace stands before this text, if it is one.
fn placeholder(inside: &str) -> Option<&str> {
    let end = inside.find(|letter: char| !matches!(letter, 'a'..='z' | '_' | '-'))?;
    (end > 0 && inside[end..].starts_with('}')).then(|| &inside[..end])
}

/// Cuts a text that is longer than a message should be; its beginning tells enough.
fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(ARGUMENT_LIMIT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A figure, or a range of two, with the language's decimal mark; any other text as it is.
fn in_language(text: Cow<'_, str>, decimal_mark: char) -> Cow<'_, str> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_figure = |part: &str| {
        let (whole, fraction) = part.split_once('.').unwrap_or((part, "0"));
        digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction)
    };
    if text.contains('.') && text.split('–').all(is_figure) {
        text.replace('.', decimal_mark.encode_utf8(&mut [0; 4])).into()
    } else {
        text
    }
}

/// The entries of a language by their keys.
///
/// Where an entry is written is found at once, by its key at the beginning of a line: all other lines of a mapping are
/// indented, blank or comments. What it says is read when it is first asked for. Tests hold this against reading each
/// text as a whole.
#[derive(Debug)]
struct Catalogue {
    language: Language,
    entries: BTreeMap<&'static str, Place>,
}

/// Where an entry is written, and what it says once that was asked for.
#[derive(Debug)]
struct Place {
    lines: &'static str,
    entry: OnceLock<Entry>,
}

impl Catalogue {
    fn new(texts: &[&'static str], language: Language) -> Self {
        let mut entries = BTreeMap::new();
        for (key, lines) in texts.iter().flat_map(|text| written(text)) {
            let other = entries.insert(key, Place { lines, entry: OnceLock::new() });
            assert!(other.is_none(), "the catalogue has two entries `{key}`");
        }
        Self { language, entries }
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        let Place { lines, entry } = self.entries.get(key)?;
        Some(entry.get_or_init(|| {
            let mut written: BTreeMap<String, Written> =
                serde_yaml::from_str(lines).expect("the embedded catalogues are YAML of the right shape");
            written.remove(key).expect("an entry begins with its key").parsed(self.language)
        }))
    }
}

/// The keys of a text, each with the lines of its entry, up to the next key.
fn written(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
    let is_key = |start: &usize| !matches!(text.as_bytes().get(*start), None | Some(b' ' | b'#' | b'\n'));
    let mut keys = lines.filter(is_key).peekable();
    std::iter::from_fn(move || {
        let start = keys.next()?;
        let lines = &text[start..keys.peek().copied().unwrap_or(text.len())];
        let key = lines.split_once(':').expect("a key ends in a colon").0;
        Some((key, lines))
    })
}
