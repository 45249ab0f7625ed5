//! Texts of editors, in the site's default language and, where translated, in its others.

use std::collections::BTreeMap;

use crate::source::{SourceId, Span};

/// One of the site's languages, by its place in `languages`; the default is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Language(pub u8);

impl Language {
    /// The site's default language.
    pub const DEFAULT: Self = Self(0);
}

/// A short text: a name, a title, a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Text {
    original: String,
    translations: BTreeMap<Language, String>,
}

impl Text {
    /// A text in the default language.
    pub fn new(original: impl Into<String>) -> Self {
        Self { original: original.into(), translations: BTreeMap::new() }
    }

    /// Adds the text in another language.
    pub fn translate(&mut self, language: Language, text: impl Into<String>) {
        self.translations.insert(language, text.into());
    }

    /// The text in that language, else the original; and which language it is in.
    #[must_use]
    pub fn get(&self, language: Language) -> (&str, Language) {
        match self.translations.get(&language) {
            Some(text) => (text, language),
            None => (&self.original, Language::DEFAULT),
        }
    }

    /// The text in the default language.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }
}

/// The Markdown body of an entry: where it stands in its source files.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Prose {
    /// The body in the default language.
    pub original: Span,
    /// The bodies of the translations.
    pub translations: BTreeMap<Language, Span>,
}

impl Prose {
    /// The body in that language, else the original; and which language it is in.
    #[must_use]
    pub fn get(&self, language: Language) -> (Span, Language) {
        match self.translations.get(&language) {
            Some(span) => (*span, language),
            None => (self.original, Language::DEFAULT),
        }
    }

    /// Every body with its language, the original first.
    pub fn bodies(&self) -> impl Iterator<Item = (Language, Span)> {
        let translations = self.translations.iter().map(|(language, body)| (*language, *body));
        std::iter::once((Language::DEFAULT, self.original)).chain(translations)
    }
}

/// What entries of every kind have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The file it is written in.
    pub file: SourceId,
    /// A sentence or two about it.
    pub summary: Option<Text>,
    /// A remark for readers.
    pub note: Option<Text>,
    /// Built only with `--drafts`.
    pub draft: bool,
    /// Former addresses, without a leading `/`, which lead on to it.
    pub aliases: Vec<String>,
    /// The Markdown body.
    pub prose: Prose,
    /// The languages that have a translation file.
    pub translated: Vec<Language>,
    /// The first line of the file, for what concerns the entry as a whole.
    pub head: Span,
    /// Where some keys' values are written, for checks that come later.
    pub places: Vec<(&'static str, Span)>,
}

impl Entry {
    /// Where the value of a key is written, else the first line of the file.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        self.places.iter().find(|(name, _)| *name == key).map_or(self.head, |(_, span)| *span)
    }
}
