//! Finds the files below a site's folders, whatever links, pipes and devices lie there.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::reading::{Found, Remark};
use crate::diagnostic::Code;
use crate::error::Error;

/// Every file below the folders of a site.
pub(super) fn all(root: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        if fs::symlink_metadata(root.join(folder)).is_ok() {
            found.append(&mut Walk { root, found: Vec::new() }.folder(folder, Links::Follow)?);
        }
    }
    Ok(found)
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
        self.found.push(Found::refused(path, full.to_owned(), remark));
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

fn unreadable(path: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(path).to_owned();
    Error::read(path, error.into())
}
