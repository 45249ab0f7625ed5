//! Keeps what was read, so that reading again only looks at the files that changed.
//!
//! Invariant: nothing is taken from the shelf that could differ from what the disk holds. A file's stamp tells that it
//! is the same; a stamp so young that a second change could have got the same one is not believed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Content, Found};

/// How old a stamp must be when a file is read, so that a later change gets another one: the coarsest clock of the file
/// systems in use counts in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// What may have changed since a site was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Anything.
    Anything,
    /// Nothing but files at these whole paths, below a root that is free of symbolic links. An event of the file system
    /// tells of them; whether it told of all is for a later look at everything to say.
    Files(BTreeSet<PathBuf>),
}

/// What was read before.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: BTreeMap<Arc<str>, Kept>,
}

#[derive(Debug)]
struct Kept {
    stamp: Stamp,
    is_settled: bool,
    content: Content,
}

/// What the file system says of a file, by which a change of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// The file's number and the time at which its entry changed; an atomic rename changes both.
    inode: (u64, u64, i64, i64),
}

impl Stamp {
    pub(super) fn new(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let inode = (0, 0, 0, 0);
        Self { size: metadata.len(), modified: metadata.modified().ok(), inode }
    }

    pub(super) fn is_settled(&self, now: SystemTime) -> bool {
        let is_old = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > SETTLED);
        let changed =
            u64::try_from(self.inode.2).ok().map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        self.modified.is_some_and(is_old) && changed.is_none_or(is_old)
    }
}

impl Shelf {
    /// The content of a file that is as it was when it was read.
    pub(super) fn find(&self, found: &Found) -> Option<Content> {
        let kept = self.kept.get(found.path.as_str())?;
        (kept.is_settled && kept.stamp == found.stamp).then(|| kept.content.clone())
    }

    /// The touched files, if they are all that there is to look at: files that were found before and are there still.
    /// Others may be new, or a folder, or lead elsewhere.
    pub(super) fn among(&self, root: &Path, touched: &Touched) -> Option<Vec<Found>> {
        let Touched::Files(files) = touched else { return None };
        let mut found = Vec::new();
        for full in files {
            let path = full.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
            match fs::symlink_metadata(full) {
                Ok(metadata) if metadata.is_file() && self.kept.contains_key(path.as_str()) => {
                    found.push(Found::new(path, full.clone(), &metadata));
                }
                // It came and went: an editor's own file.
                Err(error) if error.kind() == ErrorKind::NotFound && !self.kept.contains_key(path.as_str()) => {}
                _ => return None,
            }
        }
        Some(found)
    }

    /// All contents with their paths, in the order of these.
    pub(super) fn contents(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.kept.iter().map(|(path, kept)| (&**path, &kept.content))
    }

    /// Takes in the files that were looked at, and answers the paths of those that changed, in their order.
    pub(super) fn replace(&mut self, found: Vec<Found>, contents: Vec<Content>, now: SystemTime) -> Vec<String> {
        let mut changed = Vec::new();
        for (found, content) in found.into_iter().zip(contents) {
            let new = Kept { stamp: found.stamp, is_settled: found.stamp.is_settled(now), content };
            let kept = self.kept.get_mut(found.path.as_str()).expect("only files that were found are looked at");
            if !kept.is_same(&new) {
                changed.push(found.path);
            }
            kept.take(new);
        }
        changed.sort();
        changed
    }

    /// Takes in all that was found, and answers the paths of what is new, changed or gone, in their order.
    ///
    /// `now` is a moment before the files were read.
    pub(super) fn keep(&mut self, found: Vec<Found>, contents: Vec<Content>, now: SystemTime) -> Vec<String> {
        let mut former = std::mem::take(&mut self.kept);
        let mut changed = Vec::new();
        for (found, content) in found.into_iter().zip(contents) {
            let new = Kept { stamp: found.stamp, is_settled: found.stamp.is_settled(now), content };
            let (path, kept) = match former.remove_entry(found.path.as_str()) {
                Some((path, mut kept)) => {
                    if !kept.is_same(&new) {
                        changed.push(found.path);
                    }
                    kept.take(new);
                    (path, kept)
                }
                None => {
                    changed.push(found.path.clone());
                    (found.path.into(), new)
                }
            };
            self.kept.insert(path, kept);
        }
        changed.extend(former.into_keys().map(|path| path.to_string()));
        changed.sort();
        changed
    }
}

impl Kept {
    fn is_same(&self, other: &Self) -> bool {
        // The bytes of a file that is copied are not read.
        let is_same_file = !matches!(other.content, Content::Asset(..)) || self.stamp == other.stamp;
        is_same_file && self.content == other.content
    }

    /// Becomes the other; a text that is the same stays the very text that later stages know.
    fn take(&mut self, other: Self) {
        let Self { stamp, is_settled, content } = other;
        (self.stamp, self.is_settled) = (stamp, is_settled);
        if self.content != content {
            self.content = content;
        }
    }
}
