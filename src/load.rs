//! Reads every input file below a site's root into a [`SourceMap`].
//!
//! Invariants: nothing outside the root is opened, whatever symbolic links say; pipes, devices and sockets are never
//! opened; no file is read beyond its limit. Files come in the order of their paths. A file that could not be taken in
//! was reported and stands in the map with an empty text; so was a text file that is empty, wherever something must
//! be written in it.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::source::{SourceId, SourceMap, Span};

mod picture;
mod shelf;

use shelf::Stamp;
pub use shelf::{Shelf, Touched};

/// How many bytes a text file may have.
pub const MAX_BYTES: u64 = 8 << 20;

/// The site's own file, without which there is no site.
const SITE: &str = "content/site.yaml";

/// A file or link that was found.
struct Found {
    /// The path below the root, with `/`.
    path: String,
    full: PathBuf,
    what: What,
    /// By which a change is known; nothing for what is not opened.
    stamp: Stamp,
}

enum What {
    /// A text to be read; a theme's other files are told apart by reading them.
    Text,
    /// A file to be copied, of that size.
    Asset(u64),
    /// Not opened, for that reason.
    Refused(Remark),
}

/// A file as it goes into the map.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(Arc<str>, Mark, Vec<Remark>),
    /// Its size, and what is wrong with it.
    Asset(u64, Option<Remark>),
}

/// The bytes by which some editors mark a text as UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether they stand before a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Present,
    Absent,
}

/// A diagnostic of a file that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remark {
    code: Code,
    wording: &'static str,
    place: Range<usize>,
    arguments: Vec<(&'static str, String)>,
}

impl Remark {
    fn new(code: Code, wording: &'static str, place: Range<usize>) -> Self {
        Self { code, wording, place, arguments: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    fn of(self, file: SourceId) -> Diagnostic {
        let place = Span::new(file, self.place.start, self.place.end);
        let diagnostic = Diagnostic::new(self.code, place).worded(self.wording);
        self.arguments.into_iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.with(name, value))
    }
}

/// Reads `content/` and `themes/` below `root`.
///
/// # Errors
/// [`Error::Read`] where the world does not let a file or folder be read.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Result<SourceMap, Error> {
    load_again(root, &mut Shelf::default(), &Touched::Anything, diagnostics).map(|(sources, _)| sources)
}

/// Reads as [`load`] does, but opens only files that are not as they were when the shelf took them in, and looks only at
/// those that may have been touched; answers also the paths of those that are new, changed or gone, in their order.
///
/// # Errors
/// [`Error::Read`] where the world does not let a file or folder be read.
pub fn load_again(
    root: &Path,
    shelf: &mut Shelf,
    touched: &Touched,
    diagnostics: &mut Diagnostics,
) -> Result<(SourceMap, Vec<String>), Error> {
    let now = SystemTime::now();
    let root = root.canonicalize().map_err(|error| Error::read(root, error))?;
    let changed = match shelf.among(&root, touched) {
        Some(mut found) => {
            let mut buffer = Vec::new();
            let contents =
                found.iter_mut().map(|found| found.take_in(&mut buffer)).collect::<Result<Vec<_>, Error>>()?;
            shelf.replace(found, contents, now)
        }
        None => {
            let mut found = all(&root)?;
            let take_in =
                |buffer: &mut Vec<u8>, found: &mut Found| shelf.find(found).map_or_else(|| found.take_in(buffer), Ok);
            let contents = found.par_iter_mut().map_init(Vec::new, take_in).collect::<Result<Vec<_>, Error>>()?;
            shelf.keep(found, contents, now)
        }
    };
    let mut sources = SourceMap::default();
    for (path, content) in shelf.contents() {
        match content {
            Content::Text(text, mark, remarks) => {
                let file = sources.add(path, Arc::clone(text));
                if *mark == Mark::Present {
                    sources.note_mark(file);
                }
                remarks.iter().for_each(|remark| diagnostics.push(remark.clone().of(file)));
            }
            Content::Asset(size, remark) => {
                sources.add_asset(path, *size);
                let file = sources.assets().last().expect("it was added").file;
                diagnostics.extend(remark.clone().map(|remark| remark.of(file)));
            }
        }
    }
    if sources.find(SITE).is_none() {
        let file = sources.add(SITE, "");
        diagnostics.push(Remark::new(Code::MissingField, "missing-field.site", 0..0).of(file));
    }
    Ok((sources, changed))
}

/// Every file below the folders of a site.
fn all(root: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        if fs::symlink_metadata(root.join(folder)).is_ok() {
            found.append(&mut Walk { root, found: Vec::new() }.folder(folder, Links::Follow)?);
        }
    }
    Ok(found)
}

/// Reads one table of figures, wherever it lies, under the path by which it was named.
///
/// # Errors
/// [`Error::Read`] where the world does not let it be read.
pub fn load_table(path: &Path, sources: &mut SourceMap, diagnostics: &mut Diagnostics) -> Result<SourceId, Error> {
    let shown = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let found = Found { path: shown.clone(), full: path.to_owned(), what: What::Text, stamp: Stamp::default() };
    let (text, remarks) = match found.read(&mut Vec::new())? {
        Content::Text(text, _, remarks) => (text, remarks),
        Content::Asset(..) => ("".into(), Vec::new()),
    };
    let file = sources.add(shown, text);
    remarks.into_iter().for_each(|remark| diagnostics.push(remark.of(file)));
    Ok(file)
}

/// What tells a file from any later state of it, without reading it; none where it changed so lately that a further
/// change could look the same, or where the system does not say.
#[must_use]
pub fn fingerprint(path: &Path) -> Option<String> {
    let stamp = Stamp::new(&fs::metadata(path).ok()?);
    stamp.is_settled(SystemTime::now()).then(|| format!("{stamp:?}"))
}

/// Whether links to folders are followed: not below a linked folder, so that the walk ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Follow,
    Refuse,
}

/// How many levels of folders are shared out among the threads: kinds of entries, provinces, districts. Further down one
/// thread goes on, however deep they are nested.
const SHARED: usize = 3;

/// Collects what lies in a folder.
struct Walk<'a> {
    /// The root, free of symbolic links.
    root: &'a Path,
    found: Vec<Found>,
}

impl Walk<'_> {
    /// Looks through a folder, given by its path below the root.
    fn folder(mut self, folder: &str, links: Links) -> Result<Vec<Found>, Error> {
        let start = self.root.join(folder);
        if links == Links::Follow && fs::symlink_metadata(&start).is_ok_and(|entry| entry.is_symlink()) {
            self.link(&start, folder.to_owned(), links)?;
            return Ok(self.found);
        }
        self.below(&start, links, SHARED)
    }

    /// The same for a folder that is no link. Those in it are shared out among the threads, for so many levels.
    fn below(mut self, start: &Path, links: Links, shared: usize) -> Result<Vec<Found>, Error> {
        let mut folders = Vec::new();
        let depth = if shared > 0 { 1 } else { usize::MAX };
        let entries = WalkDir::new(start).max_depth(depth).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| !is_skipped(self.root, entry)) {
            let entry = entry.map_err(|error| unreadable(start, error))?;
            let full = entry.path();
            let Some(path) = self.path_below(full) else { continue };
            let kind = entry.file_type();
            if entry.depth() == 0 {
                continue;
            }
            if kind.is_dir() {
                folders.extend((shared > 0).then(|| entry.into_path()));
            } else if kind.is_symlink() {
                self.link(full, path, links)?;
            } else if kind.is_file() {
                let metadata = entry.metadata().map_err(|error| unreadable(full, error))?;
                self.file(full, path, &metadata);
            } else {
                self.refuse(full, path, Remark::new(Code::WrongType, "wrong-type.not-a-file", 0..0));
            }
        }
        let walk = |folder: &PathBuf| Walk { root: self.root, found: Vec::new() }.below(folder, links, shared - 1);
        let below = folders.par_iter().map(walk);
        for mut found in below.collect::<Result<Vec<_>, Error>>()? {
            self.found.append(&mut found);
        }
        Ok(self.found)
    }

    /// Takes in what a symbolic link leads to, if that lies below the root.
    fn link(&mut self, full: &Path, path: String, links: Links) -> Result<(), Error> {
        let target = match full.canonicalize() {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(Error::read(full, error)),
            // It leads nowhere, or in a circle.
            Err(_) => {
                self.refuse(full, path, Remark::new(Code::BrokenLink, "broken-link.symlink", 0..0));
                return Ok(());
            }
        };
        if !target.starts_with(self.root) {
            self.refuse(full, path, Remark::new(Code::OutsideRoot, "outside-root", 0..0));
            return Ok(());
        }
        let metadata = fs::metadata(&target).map_err(|error| Error::read(full, error))?;
        if metadata.is_file() {
            self.file(full, path, &metadata);
        } else if !metadata.is_dir() {
            self.refuse(full, path, Remark::new(Code::WrongType, "wrong-type.not-a-file", 0..0));
        } else if links == Links::Refuse || full.starts_with(&target) || self.is_around(full, &target) {
            self.refuse(full, path, Remark::new(Code::OutsideRoot, "outside-root.folder-loop", 0..0));
        } else {
            let walk = Walk { root: self.root, found: Vec::new() };
            self.found.append(&mut walk.folder(&path, Links::Refuse)?);
        }
        Ok(())
    }

    /// Whether a folder holds the folder that a link stands in.
    fn is_around(&self, link: &Path, target: &Path) -> bool {
        link.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|parent| parent.starts_with(target))
    }

    fn file(&mut self, full: &Path, path: String, metadata: &Metadata) {
        self.found.push(Found::new(path, full.to_owned(), metadata));
    }

    fn refuse(&mut self, full: &Path, path: String, remark: Remark) {
        let stamp = Stamp::default();
        self.found.push(Found { path, full: full.to_owned(), what: What::Refused(remark), stamp });
    }

    /// The path below the root with `/`; a name that is not Unicode is refused.
    fn path_below(&mut self, full: &Path) -> Option<String> {
        let below = full.strip_prefix(self.root).expect("the walk stays below the root");
        let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
        if parts.is_none() {
            let name = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let remark = Remark::new(Code::BadId, "bad-id.not-unicode", 0..0).with("found", &name);
            self.refuse(full, name, remark);
        }
        parts.map(|parts| parts.join("/"))
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

/// Whether a file or folder is none of the site's: hidden, or an editor's own.
fn is_skipped(root: &Path, entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return false;
    }
    let name = entry.file_name().to_string_lossy();
    let is_well_known = || {
        entry.path().strip_prefix(root).is_ok_and(|path| {
            path.starts_with("content/static/.well-known") || path == Path::new("content/static/.nojekyll")
        })
    };
    let is_backup = |suffix: &&str| {
        let start = name.len().saturating_sub(suffix.len());
        start > 0 && name.as_bytes()[start..].eq_ignore_ascii_case(suffix.as_bytes())
    };
    name.starts_with('.') && !is_well_known()
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || [".swp", ".swo", ".bak", ".orig", ".tmp"].iter().any(is_backup)
        || ["Thumbs.db", "desktop.ini", "__MACOSX"].contains(&name.as_ref())
}

impl Found {
    fn new(path: String, full: PathBuf, metadata: &Metadata) -> Self {
        let size = metadata.len();
        let what = match sort_of(&path) {
            Sort::Asset => What::Asset(size),
            _ if size > MAX_BYTES => What::Refused(too_large()),
            _ => What::Text,
        };
        Self { path, full, what, stamp: Stamp::new(metadata) }
    }

    /// Reads the file, or says why it is not read. The buffer is for its bytes, so that many files can share one.
    fn take_in(&mut self, buffer: &mut Vec<u8>) -> Result<Content, Error> {
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

    fn read(&self, bytes: &mut Vec<u8>) -> Result<Content, Error> {
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

fn unreadable(path: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(path).to_owned();
    Error::read(path, error.into())
}

#[cfg(test)]
mod tests;
