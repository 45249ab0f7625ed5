//! Reads the strict subset of YAML in which editors write, once, with every mistake of form at its place.
//!
//! A text becomes a tree of nodes with places (`plain`, and where that gives up `parse`); the tree is held against the shape of the type that is wanted
//! (`shape`, compiled from the type's JSON Schema; `check`), which notes every mistake and prunes what cannot be
//! read; what is left is read by serde (`de`). So one mistake hides no other, and a value keeps its place
//! ([`crate::source::Spanned`]) for the stages to come.

mod check;
mod dates;
mod de;
pub(crate) mod letters;
mod node;
mod numbers;
mod parse;
mod plain;
mod scalar;
pub(crate) mod shape;
mod straight;
mod syntax;
#[cfg(test)]
mod tests;
pub mod values;
mod vietnamese;

use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use self::check::Walk;
use self::de::NodeDeserializer;
use self::node::{Kind, Node};
use self::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::site::Limits;
use crate::source::{SourceId, Span, Spanned};

/// How many bytes of YAML a file may hold.
pub const MAX_BYTES: usize = (Limits::MOST.front_matter_kib as usize) << 10;

/// A kind of YAML text, with its shape compiled once; made by the macro `readable!`.
pub trait Readable: DeserializeOwned + JsonSchema {
    /// What such a text must look like.
    #[doc(hidden)]
    fn shape() -> &'static ShapeOf;
}

/// A compiled shape, opaque to the rest of the program.
#[derive(Debug)]
pub struct ShapeOf(pub(crate) Shape);

/// Makes types readable by [`read`].
macro_rules! readable {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::content::yaml::Readable for $type {
            fn shape() -> &'static $crate::content::yaml::ShapeOf {
                static SHAPE: std::sync::LazyLock<$crate::content::yaml::ShapeOf> = std::sync::LazyLock::new(|| {
                    $crate::content::yaml::ShapeOf($crate::content::yaml::shape::Shape::of::<$type>())
                });
                &SHAPE
            }
        })+
    };
}
pub(crate) use readable;
pub(crate) use scalar::as_id;
pub(crate) use syntax::quoted;

/// What reading one YAML text gave.
#[derive(Debug)]
pub struct Read<T> {
    /// What could be read; `None` where the text is no YAML or no mapping, which was reported.
    pub value: Option<T>,
    /// Whether no mistake of form was found.
    pub complete: bool,
    /// Whether items were left out of lists, or part of the text could not be understood, so that a reference into this
    /// file may not resolve although its target is written there.
    pub dropped: bool,
}

impl<T> Read<T> {
    fn nothing() -> Self {
        Self { value: None, complete: false, dropped: true }
    }
}

/// Reads the YAML in `range` of a file's text as a `T`; notes every mistake of form.
///
/// Of a file that is empty nothing is said: `load` did.
///
/// # Panics
/// Where serde cannot read what the type's own schema accepts: our bug.
pub fn read<T: Readable>(text: &str, file: SourceId, range: Range<usize>, diagnostics: &mut Diagnostics) -> Read<T> {
    if text.is_empty() {
        return Read::nothing();
    }
    if range.len() > MAX_BYTES {
        diagnostics.push(too_large(file, range));
        return Read::nothing();
    }
    let tree = match plain::read(text, file, range.start, range.end) {
        Some(root) => parse::Tree { root: Some(root), sound: true },
        None => parse::parse(text, file, range.clone(), diagnostics),
    };
    let place = Span::new(file, range.start, range.start);
    let mut root = match tree.root {
        Some(root) if !matches!(root.kind, Kind::Empty) => root,
        // Nothing is written but comments: all that is required is missing.
        _ if tree.sound => Node { kind: Kind::Map(Vec::new(), node::Layout::Block), span: place },
        _ => return Read::nothing(),
    };
    if !matches!(root.kind, Kind::Map(..)) {
        if !matches!(root.kind, Kind::Bad) {
            let place = first_line(text, root.span);
            diagnostics.push(
                syntax::no_mapping(text, file, range)
                    .unwrap_or_else(|| Diagnostic::new(Code::WrongType, place).worded("wrong-type.no-keys")),
            );
        }
        return Read::nothing();
    }
    let mut walk = Walk { text, diagnostics, sound: tree.sound, dropped: !tree.sound };
    walk.check(&mut root, &T::shape().0, "");
    let (complete, dropped) = (walk.sound, walk.dropped);
    let value = T::deserialize(NodeDeserializer(root))
        .unwrap_or_else(|error| panic!("a checked tree is readable as its type: {error}"));
    Read { value: Some(value), complete, dropped }
}

/// Reads the same as [`read`] of a text in which that found no mistake; `None` where it is not plain enough to be read
/// without a second look, or not without a mistake after all.
pub(crate) fn read_faultless<T: Readable>(text: &str, file: SourceId, range: Range<usize>) -> Option<T> {
    straight::read(text, file, range.start, range.end)
}

/// The JSON Schema (2020-12) by which [`read`] judges a `T`.
#[must_use]
pub fn schema<T: Readable>() -> serde_json::Value {
    shape::schema_of::<T>().to_value()
}

/// Checks a figure that stands by itself; one that may be meant as thousands is remarked on.
pub(crate) fn check_figure(cell: &Spanned<String>, key: &str, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
    let written = scalar::Written { text: &cell.value, style: node::Style::Plain, span: cell.span, key };
    numbers::figure(&written)?;
    diagnostics.extend(numbers::perhaps_thousands(&written));
    Ok(())
}

/// Checks a day that stands by itself.
pub(crate) fn check_day(cell: &Spanned<String>, key: &str) -> Result<(), Diagnostic> {
    dates::day(&scalar::Written { text: &cell.value, style: node::Style::Plain, span: cell.span, key })
}

/// The word that a Vietnamese one means.
pub(crate) fn vietnamese_word<'a>(word: &str, allowed: &[&'a str]) -> Option<&'a str> {
    vietnamese::word(word, allowed.iter().copied())
}

/// Says that there is too much YAML.
pub(crate) fn too_large(file: SourceId, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, Span::new(file, range.start, range.start))
        .worded("too-large.yaml")
        .with("limit", "1 MiB")
}

/// The part of a span that stands on its first line.
fn first_line(text: &str, span: Span) -> Span {
    let written = &text[span.range()];
    let length = written.lines().next().unwrap_or_default().trim_end().len();
    Span::new(span.file, span.range().start, span.range().start + length)
}

/// A text as a message quotes it: long ones are cut.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The known name nearest to an unknown one; no name is as long as some texts are.
fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    (unknown.len() <= 100).then(|| crate::diagnostic::nearest(&unknown.to_lowercase(), known)).flatten()
}
