//! The tree of one YAML text, each part with its place in the file.

use std::borrow::Cow;

use crate::source::Span;

/// A value and its place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Node<'text> {
    pub(crate) kind: Kind<'text>,
    /// From the first character to the last one; never blanks or line ends after it. A missing value has an empty span
    /// behind its key's colon.
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind<'text> {
    /// Nothing is written.
    Empty,
    /// Something is written that was reported already.
    Bad,
    /// A text, a figure, a date …: normalised to NFC, not interpreted.
    Scalar(Cow<'text, str>, Style),
    /// A list.
    List(Vec<Node<'text>>),
    /// A mapping; its keys differ.
    Map(Vec<(Key<'text>, Node<'text>)>, Layout),
}

/// A key of a mapping, normalised to NFC.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key<'text> {
    pub(crate) text: Cow<'text, str>,
    pub(crate) span: Span,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes.
    Plain,
    /// In quotes, or as a block.
    Quoted,
}

/// How a mapping is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One key a line.
    Block,
    /// Within `{…}`.
    Flow,
}
