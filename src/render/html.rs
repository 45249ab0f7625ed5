//! Escaped pieces of a page: texts with their language, and sentences with texts and links in them.
//!
//! Invariant: what an [`Html`] holds was escaped when it was made; Tera prints it as it is, and everything else escaped.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use tera::Value;

use super::escape;
use super::locale::{Locale, with_machine_date};

/// Markup that needs no further escaping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    /// Takes markup that our own code wrote: a chart, rendered Markdown.
    pub(crate) fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// A day as a language writes it. Dates have nothing that would have to be escaped.
    pub(crate) fn day(day: NaiveDate, locale: &Locale) -> Self {
        let mut html = Self(String::with_capacity(64));
        html.0.push_str("<time datetime=\"");
        with_machine_date(day, |date| html.0.push_str(date));
        html.0.push_str("\">");
        locale.push_date(&mut html.0, day);
        html.0.push_str("</time>");
        html
    }

    /// A period.
    pub(crate) fn time(machine: &str, text: &str) -> Self {
        let mut html = Self(String::with_capacity(machine.len() + text.len() + 32));
        html.0.push_str("<time datetime=\"");
        html.push_text(machine);
        html.0.push_str("\">");
        html.push_text(text);
        html.0.push_str("</time>");
        html
    }

    /// Adds a text, escaped.
    pub(crate) fn push_text(&mut self, text: &str) {
        escape::push_text(&mut self.0, text);
    }

    /// Adds a word that is written as it stands in a file.
    pub(crate) fn push_code(&mut self, text: &str) {
        self.0.push_str("<code>");
        self.push_text(text);
        self.0.push_str("</code>");
    }

    /// Adds a text that may be in another language than the page.
    pub(crate) fn push_words(&mut self, words: &Words<'_>) {
        match words.lang {
            Some(lang) => {
                write!(self.0, "<span lang=\"{lang}\">").expect("writing to a string succeeds");
                self.push_text(&words.text);
                self.0.push_str("</span>");
            }
            None => self.push_text(&words.text),
        }
    }

    /// Adds a link.
    pub(crate) fn push_link(&mut self, link: &Link<'_>) {
        self.0.push_str("<a href=\"");
        self.push_text(&link.href);
        self.0.push_str("\">");
        self.push_words(&link.text);
        self.0.push_str("</a>");
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A text, and its language where that is not the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words<'a> {
    /// The text.
    pub(crate) text: Cow<'a, str>,
    /// Its language tag, where a page in another language has to name it.
    pub(crate) lang: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// A text in the page's language.
    pub(crate) fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), lang: None }
    }
}

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.lang {
            None => serializer.serialize_str(&self.text),
            Some(_) => {
                let mut html = Html::default();
                html.push_words(self);
                html.serialize(serializer)
            }
        }
    }
}

/// A link within the site or beyond it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Link<'a> {
    /// The address, relative to the page, or of another site.
    pub(crate) href: String,
    /// What it is called.
    pub(crate) text: Words<'a>,
}

/// What is put into a placeholder of a sentence.
#[derive(Debug, Clone)]
pub(crate) enum Argument<'a> {
    /// A text in the page's language.
    Text(Cow<'a, str>),
    /// A text that may be in another language.
    Words(Words<'a>),
    /// A link.
    Link(Link<'a>),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Words<'a>> for Argument<'a> {
    fn from(words: Words<'a>) -> Self {
        Self::Words(words)
    }
}

impl<'a> From<Link<'a>> for Argument<'a> {
    fn from(link: Link<'a>) -> Self {
        Self::Link(link)
    }
}

/// Puts arguments into the placeholders of an interface text.
pub(crate) fn sentence(text: &str, arguments: &[(&str, Argument<'_>)]) -> Html {
    let mut html = Html(String::with_capacity(text.len() + 128));
    for piece in super::interface::pieces(text) {
        match piece {
            super::interface::Piece::Text(text) => html.push_text(text),
            super::interface::Piece::Placeholder(name) => {
                match arguments.iter().find(|(argument, _)| *argument == name) {
                    Some((_, Argument::Text(text))) => html.push_text(text),
                    Some((_, Argument::Words(words))) => html.push_words(words),
                    Some((_, Argument::Link(link))) => html.push_link(link),
                    None => panic!("the interface text `{text}` has a placeholder `{name}` that nobody fills"),
                }
            }
        }
    }
    html
}
