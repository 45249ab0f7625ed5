//! Owns the texts that editors wrote, and the places in them.
//!
//! A [`Span`] is a byte range of one file; every value that can be wrong keeps one, so that a later
//! stage can still point home. Lines and columns are computed only when a diagnostic is shown.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// The number of a file in its [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(u32);

/// What is written is the same wherever it stands: places add nothing to a digest.
impl Hash for SourceId {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl SourceId {
    /// Its place among the files, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The bare number, for a [`Span`] that travels through serde's data model.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// The file of a number that [`SourceId::number`] gave.
    pub(crate) fn from_number(number: u32) -> Self {
        Self(number)
    }
}

/// A byte range of one source file; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file that the range lies in.
    pub file: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    /// Makes a span of the bytes `start..end` of `file`.
    #[must_use]
    pub fn new(file: SourceId, start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).expect("a source file is smaller than 4 GiB");
        Self { file, start: narrow(start), end: narrow(end) }
    }

    /// Whether another span lies within this one.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The span as indices into the file's text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value together with the place where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// What is written.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Changes the value and keeps the place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path below the root, with `/`: `content/units/ben-tre.md`.
    pub path: String,
    /// The text, without a byte order mark; shared with whoever keeps it for a later run.
    pub text: Arc<str>,
}

/// A place as people count it: lines and columns from 1, columns in characters (code points).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

/// A file of the site whose bytes are not read before they are copied: an image, a PDF, a signed scan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    /// The path below the root, with `/`: `content/static/logo.svg`.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
    /// Stands for the file in diagnostics.
    pub file: SourceId,
}

/// Every input file of a site, in the order of their paths.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    assets: Vec<Asset>,
    /// Files that begin with a byte order mark.
    marked: Vec<SourceId>,
}

impl SourceMap {
    /// Adds a file and gives its number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).expect("fewer than 4 billion files"));
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        id
    }

    /// Adds a file that is copied, not read.
    pub fn add_asset(&mut self, path: impl Into<String>, size: u64) {
        let path = path.into();
        let file = self.add(path.clone(), "");
        self.assets.push(Asset { path, size, file });
    }

    /// Notes that a byte order mark stands before a file's text.
    pub fn note_mark(&mut self, file: SourceId) {
        self.marked.push(file);
    }

    /// Whether a byte order mark stands before a file's text.
    #[must_use]
    pub fn has_mark(&self, file: SourceId) -> bool {
        self.marked.contains(&file)
    }

    /// The file of that number.
    #[must_use]
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files that are copied as they are.
    #[must_use]
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// All files with their numbers, assets included (their text is empty).
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// All texts with their numbers, empty where they could not be read.
    pub fn texts(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.iter().filter(|(id, _)| self.assets.binary_search_by_key(id, |asset| asset.file).is_err())
    }

    /// The number of the file at that path below the root.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<SourceId> {
        self.iter().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// The text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.file(span.file).text[span.range()]
    }

    /// Where a byte of a file stands; an offset inside a character counts as that character's start.
    #[must_use]
    pub fn position(&self, file: SourceId, offset: usize) -> Position {
        let text = &self.file(file).text;
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The whole first line of a file, for mistakes that belong to the file as such.
    #[must_use]
    pub fn first_line(&self, file: SourceId) -> Span {
        let text = &self.file(file).text;
        Span::new(file, 0, text.lines().next().map_or(0, str::len))
    }
}
