//! Takes a file's bytes in, and says what is wrong with them.

use std::fs::{File, Metadata};
use std::io::Read as _;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::shelf::Stamp;
use super::{SITE, picture};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::source::{SourceId, Span};

/// How many bytes a text file may have.
pub const MAX_BYTES: u64 = 8 << 20;

/// A file or link that was found.
pub(super) struct Found {
    /// The path below the root, with `/`.
    pub(super) path: String,
    pub(super) full: PathBuf,
    pub(super) what: What,
    /// By which a change is known; nothing for what is not opened.
    pub(super) stamp: Stamp,
}

pub(super) enum What {
    /// A text to be read; a theme's other files are told apart by reading them.
    Text,
    /// A file to be copied, of that size.
    Asset(u64),
    /// Not opened, for that reason.
    Refused(Remark),
}

/// A file as it goes into the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(Arc<str>, Mark, Vec<Remark>),
    /// Its size, and what is wrong with it.
    Asset(u64, Option<Remark>),
}

/// The bytes by which some editors mark a text as UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether they stand before a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Present,
    Absent,
}

/// A diagnostic of a file that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    code: Code,
    wording: &'static str,
    place: Range<usize>,
    arguments: Vec<(&'static str, String)>,
}

impl Remark {
    pub(super) fn new(code: Code, wording: &'static str, place: Range<usize>) -> Self {
        Self { code, wording, place, arguments: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    pub(super) fn of(self, file: SourceId) -> Diagnostic {
        let place = Span::new(file, self.place.start, self.place.end);
        let diagnostic = Diagnostic::new(self.code, place).worded(self.wording);
        self.arguments.into_iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.with(name, value))
    }
}

/// How a file is treated.
#[derive(PartialEq, Eq)]
enum Sort {
    /// It is read.
    Text,
    /// It is a theme's, and read unless it turns out to be no text.
    Perhaps,
    /// It is copied.
    Asset,
}

fn sort_of(path: &str) -> Sort {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
    let is = |known: &[&str]| known.iter().any(|known| extension.eq_ignore_ascii_case(known));
    if path.starts_with("content/") {
        let is_text = !path.starts_with("content/static/") && is(&["md", "yaml", "yml"]);
        return if is_text { Sort::Text } else { Sort::Asset };
    }
    if is(&["html", "css", "js", "svg", "xml", "txt", "json", "yaml", "yml", "toml", "md"]) {
        Sort::Text
    } else if is(&["woff", "woff2", "ttf", "otf", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "pdf"]) {
        Sort::Asset
    } else {
        Sort::Perhaps
    }
}

impl Found {
    pub(super) fn new(path: String, full: PathBuf, metadata: &Metadata) -> Self {
        let size = metadata.len();
        let what = match sort_of(&path) {
            Sort::Asset => What::Asset(size),
            _ if size > MAX_BYTES => What::Refused(too_large()),
            _ => What::Text,
        };
        Self { path, full, what, stamp: Stamp::new(metadata) }
    }

    /// A file that is not opened, for that reason.
    pub(super) fn refused(path: String, full: PathBuf, remark: Remark) -> Self {
        Self { path, full, what: What::Refused(remark), stamp: Stamp::default() }
    }

    /// Reads the file, or says why it is not read. The buffer is for its bytes, so that many files can share one.
    pub(super) fn take_in(&mut self, buffer: &mut Vec<u8>) -> Result<Content, Error> {
        match std::mem::replace(&mut self.what, What::Text) {
            What::Asset(size) => Ok(Content::Asset(size, self.look_through()?)),
            What::Refused(remark) => Ok(Content::Text(Arc::default(), Mark::Absent, vec![remark])),
            What::Text => self.read(buffer),
        }
    }

    /// What is wrong with a file that is copied as it is: pictures that are programs are refused.
    fn look_through(&self) -> Result<Option<Remark>, Error> {
        let extension = self.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let unread = || Remark::new(Code::UnsafeFile, "unsafe-file.unread", 0..0).with("limit", "8 MiB");
        match extension.as_str() {
            "svgz" => return Ok(Some(unread())),
            "svg" => {}
            _ => return Ok(None),
        }
        let unreadable = |error| Error::read(&self.full, error);
        let mut bytes = Vec::new();
        let file = File::open(&self.full).map_err(unreadable)?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let text = String::from_utf8(bytes).ok().filter(|text| text.len() as u64 <= MAX_BYTES && !text.contains('\0'));
        let Some(text) = text else { return Ok(Some(unread())) };
        let found = picture::active_part(&text);
        Ok(found.map(|found| Remark::new(Code::UnsafeFile, "unsafe-file", 0..0).with("found", found)))
    }

    pub(super) fn read(&self, bytes: &mut Vec<u8>) -> Result<Content, Error> {
        let unreadable = |error| Error::read(&self.full, error);
        let file = File::open(&self.full).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        bytes.clear();
        bytes.reserve(usize::try_from(size.min(MAX_BYTES) + 1).unwrap_or(0));
        file.take(MAX_BYTES + 1).read_to_end(bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Ok(Content::Text(Arc::default(), Mark::Absent, vec![too_large()]));
        }
        let (bytes, mark) = match bytes.strip_prefix(MARK) {
            Some(rest) => (rest, Mark::Present),
            None => (bytes.as_slice(), Mark::Absent),
        };
        match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => {
                let mut remarks = Vec::new();
                check_text(text, &mut remarks);
                if text.is_empty() {
                    remarks.extend(self.emptiness());
                }
                Ok(Content::Text(text.into(), mark, remarks))
            }
            Err(_) if sort_of(&self.path) == Sort::Perhaps => Ok(Content::Asset(size, None)),
            Err(error) => Ok(not_utf8(bytes, error.valid_up_to())),
        }
    }

    /// What is missing where a file is empty.
    fn emptiness(&self) -> Option<Remark> {
        if self.path == SITE {
            Some(Remark::new(Code::MissingField, "missing-field.site", 0..0))
        } else if self.path.starts_with("content/") && self.path.ends_with(".md") {
            Some(Remark::new(Code::MissingFrontMatter, "missing-front-matter.empty", 0..0))
        } else {
            None
        }
    }
}

fn too_large() -> Remark {
    Remark::new(Code::TooLarge, "too-large.file", 0..0).with("limit", "8 MiB")
}

/// Points at the first byte that is not UTF-8. The rest is read with replacement characters, so that the file keeps its
/// place in the site; a text in two-byte units is not read at all.
fn not_utf8(bytes: &[u8], start: usize) -> Content {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Content::Text(Arc::default(), Mark::Absent, vec![Remark::new(Code::NotUtf8, "not-utf8.utf16", 0..0)]);
    }
    let place = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
    let remark = Remark::new(Code::NotUtf8, "not-utf8", place).with("found", format!("0x{:02X}", bytes[start]));
    let text = String::from_utf8_lossy(bytes);
    let mut remarks = vec![remark];
    check_text(&text, &mut remarks);
    Content::Text(text.into(), Mark::Absent, remarks)
}

/// Looks for what no text should hold: control characters, and what a merge of versions left behind.
fn check_text(text: &str, remarks: &mut Vec<Remark>) {
    if let Some((start, letter)) = first_control(text) {
        let place = start..start + letter.len_utf8();
        let found = format!("U+{:04X}", letter as u32);
        remarks.push(Remark::new(Code::ControlCharacter, "control-character", place).with("found", found));
    }
    if text.contains("<<<<<<< ") || text.contains(">>>>>>> ") {
        conflict_markers(text, remarks);
    }
}

/// The first control character other than tab and line end. C1 characters begin with the byte C2, as some letters do.
fn first_control(text: &str) -> Option<(usize, char)> {
    let is_suspect =
        |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) | (*byte == 0x7F) | (*byte == 0xC2);
    // Chunks let the compiler look at many bytes at once; nearly no text has a suspect.
    let mut chunks = text.as_bytes().chunks(64).enumerate();
    let suspect = chunks.find(|(_, chunk)| chunk.iter().fold(false, |any, byte| any | is_suspect(byte)))?;
    let mut start = suspect.0 * 64;
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    text[start..]
        .char_indices()
        .find(|(_, letter)| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
        .map(|(offset, letter)| (start + offset, letter))
}

/// Notes each line that a merge left behind; `=======` only between the others, where it underlines no heading.
fn conflict_markers(text: &str, remarks: &mut Vec<Remark>) {
    let mut start = 0;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let (opens, closes) = (written.starts_with("<<<<<<< "), written.starts_with(">>>>>>> "));
        let is_between = is_open && (written == "=======" || written.starts_with("||||||| "));
        if opens || closes || is_between {
            remarks.push(Remark::new(Code::ConflictMarker, "conflict-marker", start..start + written.len()));
        }
        is_open = (is_open || opens) && !closes;
        start += line.len();
    }
}
