//! Names every file of the site before any is rendered, and rejects paths that collide or that some computer refuses.
//!
//! It knows paths, not pages: whoever names a file says which place of the sources asks for it.

use std::collections::BTreeSet;
use std::fmt;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, visible};
use crate::source::Span;

#[cfg(test)]
mod tests;

/// The file that lists what a build wrote, and so marks the folder as ours.
pub const MANIFEST: &str = "manifest.json";
/// The longest part of a path, in bytes: what common file systems take.
const LONGEST_SEGMENT: usize = 255;
/// The longest path below the output folder, in bytes; it leaves room for that folder within the usual 4096.
const LONGEST_PATH: usize = 1024;
/// The longest name of a device, in bytes: `CONOUT$`.
const LONGEST_DEVICE: usize = 7;
/// How the names of devices begin.
const DEVICES: [[u8; 3]; 6] = [*b"con", *b"prn", *b"aux", *b"nul", *b"com", *b"lpt"];
/// Names that begin so are the publisher's own.
const OWN_PREFIX: &str = ".tiendo-";

/// The path of a file below the output folder, with `/`: never absolute, never leading outside, good on every computer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Why a text cannot be the path of a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// It is empty, begins or ends with `/`, or has two in a row.
    Empty,
    /// A part is `.` or `..`, ends with a dot, or begins or ends with a blank.
    Dots,
    /// It has a control or hidden character, or one that Windows refuses: `\ : * ? " < > |`.
    Character,
    /// A part has more than 255 bytes, or the whole more than 1024.
    Long,
    /// A part is the name of a device on Windows, with or without an extension.
    Reserved,
    /// A part has a name that the publisher keeps for itself.
    Own,
}

impl PathFault {
    /// The key of its wording.
    #[must_use]
    pub fn wording(self) -> &'static str {
        match self {
            Self::Empty => "bad-path.empty",
            Self::Dots => "bad-path.dots",
            Self::Character => "bad-path.character",
            Self::Long => "bad-path.long",
            Self::Reserved => "bad-path.reserved",
            Self::Own => "bad-path.own",
        }
    }
}

impl SitePath {
    /// Checks a path such as `don-vi/ben-tre/index.html`.
    ///
    /// # Errors
    /// The first fault found.
    pub fn new(path: impl Into<String>) -> Result<Self, PathFault> {
        let path = path.into();
        if path.len() > LONGEST_PATH {
            return Err(PathFault::Long);
        }
        if !is_plain(path.as_bytes()) {
            path.split('/').try_for_each(check_segment)?;
        }
        Ok(Self(path))
    }

    /// The path with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether there is nothing to look for in a path, as in nearly all: each is checked many times.
fn is_plain(path: &[u8]) -> bool {
    let is_plain_segment = |segment: &[u8]| match segment {
        [] | [b'.', ..] | [.., b'.'] => false,
        [b'a' | b'c' | b'l' | b'n' | b'p' | b'A' | b'C' | b'L' | b'N' | b'P', ..] => !begins_as_device(segment),
        _ => true,
    };
    path.len() <= LONGEST_SEGMENT
        && path.iter().all(|byte| PLAIN[usize::from(*byte)])
        && path.split(|byte| *byte == b'/').all(is_plain_segment)
}

fn check_segment(segment: &str) -> Result<(), PathFault> {
    if segment.is_empty() {
        return Err(PathFault::Empty);
    }
    if segment.len() > LONGEST_SEGMENT {
        return Err(PathFault::Long);
    }
    let refused = |letter: char| visible::is_hidden(letter) || r#"\:*?"<>|"#.contains(letter);
    if segment.contains(refused) {
        return Err(PathFault::Character);
    }
    if segment.ends_with('.') || segment.trim() != segment {
        return Err(PathFault::Dots);
    }
    if is_device(segment) {
        return Err(PathFault::Reserved);
    }
    let start = segment.get(..OWN_PREFIX.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(OWN_PREFIX)) {
        return Err(PathFault::Own);
    }
    Ok(())
}

/// The bytes that nearly all paths are made of, which nobody refuses.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/');
        byte += 1;
    }
    plain
};

fn begins_as_device(segment: &[u8]) -> bool {
    segment.first_chunk::<3>().is_some_and(|start| DEVICES.iter().any(|device| start.eq_ignore_ascii_case(device)))
}

/// Whether Windows takes the name for a device: `CON`, `con.txt`, `COM1`, `LPT²` and their like.
fn is_device(segment: &str) -> bool {
    if !begins_as_device(segment.as_bytes()) {
        return false;
    }
    let stem = segment.split('.').next().unwrap_or_default().trim_end();
    if stem.len() > LONGEST_DEVICE {
        return false;
    }
    let is_any = |names: &[&str], part: &str| names.iter().any(|name| part.eq_ignore_ascii_case(name));
    match stem.split_at_checked(3) {
        Some((port, number)) if is_any(&["COM", "LPT"], port) => {
            matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        }
        _ => is_any(&["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"], stem),
    }
}

/// Every file of the site, named once.
///
/// Two paths collide when they are equal without regard to letter case and Unicode form, or when one needs as a folder
/// what the other needs as a file.
#[derive(Debug)]
pub struct Registry {
    /// By their folded paths.
    files: HashMap<String, Named>,
    /// Those that the files need, each with the first file in it.
    folders: HashMap<String, Named>,
    site: Span,
    /// Pairs of entries whose collision was reported: an entry has many files, and a cause is told once.
    reported: BTreeSet<(Span, Span)>,
}

#[derive(Debug)]
struct Named {
    path: SitePath,
    origin: Option<Span>,
}

impl Registry {
    /// An empty registry; `site` is the place to point at for files that no entry of its own asks for.
    #[must_use]
    pub fn new(site: Span) -> Self {
        Self { files: HashMap::default(), folders: HashMap::default(), site, reported: BTreeSet::new() }
    }

    /// Names a file that `origin` asks for, or reports why it cannot be.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        origin: impl Into<Option<Span>>,
        diagnostics: &mut Diagnostics,
    ) -> Option<SitePath> {
        let (path, origin) = (path.into(), origin.into());
        let here = origin.unwrap_or(self.site);
        let path = match SitePath::new(path.as_str()) {
            Ok(path) => path,
            Err(fault) => {
                let diagnostic = Diagnostic::new(Code::BadPath, here).worded(fault.wording());
                diagnostics.push(diagnostic.with("path", path));
                return None;
            }
        };
        let key = folded(path.as_str());
        if let Some((shared, wording, other)) = self.collision(&key, &path) {
            let mut diagnostic = Diagnostic::new(Code::OutputCollision, here).worded(wording).with("path", shared);
            if let Some(there) = other.origin.filter(|there| *there != here) {
                if !self.reported.insert((here, there)) {
                    return None;
                }
                diagnostic = diagnostic.label(there, "other-here");
            }
            diagnostics.push(diagnostic);
            return None;
        }
        // Where a folder is known, those above it are.
        for folder in folders(&key) {
            if self.folders.contains_key(folder) {
                break;
            }
            self.folders.insert(folder.to_owned(), Named { path: path.clone(), origin });
        }
        self.files.insert(key, Named { path: path.clone(), origin });
        Some(path)
    }

    /// The path that both want, the wording, and the file that was named first.
    fn collision(&self, key: &str, path: &SitePath) -> Option<(String, &'static str, &Named)> {
        if let Some(other) = self.files.get(key) {
            return Some((path.to_string(), "output-collision", other));
        }
        // What is known as a folder is no file, and so are those above it.
        let mut unknown = folders(key).take_while(|folder| !self.folders.contains_key(*folder));
        if let Some(other) = unknown.find_map(|folder| self.files.get(folder)) {
            return Some((other.path.to_string(), "output-collision.folder", other));
        }
        self.folders.get(key).map(|other| (path.to_string(), "output-collision.folder", other))
    }
}

/// The folders above a path, the nearest first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(slash, _)| &path[..slash])
}

/// One spelling for all that a file system or a server may take for the same path.
fn folded(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().flat_map(char::to_lowercase).nfc().collect() }
}
