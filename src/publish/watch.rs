//! What folders held when they were looked at, so that the next build reads only those that changed since.
//!
//! - A folder's own times change with every name that comes, goes or is given to another file, and with its mode. Where
//!   they are as they were, and what it held then is what the receipt says that it holds, nobody need read it.
//! - A folder that changed so lately that a further change could have left the same times is always read.
//! - The sights of a tree go with it where it is moved as a whole; of what is changed in it later, they say so
//!   themselves: its folders then have other times.

use std::fs::{DirEntry, Metadata};
use std::ops::Range;
use std::sync::Mutex;
use std::time::Duration;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use super::folder;
use super::receipt::{Left, Stamp};
use crate::digest::{Digest, digest};

/// A folder as it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sight {
    stamp: Stamp,
    /// A digest of what it holds.
    holding: Digest,
}

/// What was seen of folders, by their paths below one tree.
pub(super) type Sights = HashMap<String, Sight>;

/// A look at the folders of one tree, which holds what the receipt of the last build lists, or second names of it. May
/// be shared by threads.
#[derive(Debug)]
pub(super) struct Watch<'a> {
    /// What the last build saw of the tree.
    earlier: &'a Sights,
    /// The files of the site, sorted by path; none where nothing is known of them.
    left: &'a [Left],
    /// When this look began.
    moment: Duration,
    seen: Mutex<Sights>,
}

/// The files below a folder by their places in the receipt.
pub(super) struct Contents<'a> {
    /// Those in the folder itself.
    pub(super) own: Vec<usize>,
    /// For each folder in it, its path and the files below that.
    pub(super) folders: Vec<(&'a str, Range<usize>)>,
}

impl Contents<'_> {
    /// The files below a folder of that path; none where it is not among these.
    pub(super) fn below(&self, path: &str) -> Range<usize> {
        let found = self.folders.iter().find(|(folder, _)| *folder == path);
        found.map_or(0..0, |(_, below)| below.clone())
    }
}

impl<'a> Watch<'a> {
    /// Without files, every folder is read.
    pub(super) fn new(earlier: &'a Sights, left: &'a [Left], moment: Duration) -> Self {
        Self { earlier, left, moment, seen: Mutex::default() }
    }

    /// The files of the receipt.
    pub(super) fn left(&self) -> &'a [Left] {
        self.left
    }

    /// What the receipt says of a folder, of which `below` are the files.
    pub(super) fn contents(&self, folder: &str, below: Range<usize>) -> Contents<'a> {
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let mut contents = Contents { own: Vec::new(), folders: Vec::new() };
        for place in below {
            let path: &str = &self.left[place].path;
            match path[start..].find('/') {
                None => contents.own.push(place),
                Some(slash) => {
                    let inner = &path[..start + slash];
                    match contents.folders.last_mut() {
                        Some((last, below)) if *last == inner => below.end = place + 1,
                        _ => contents.folders.push((inner, place..place + 1)),
                    }
                }
            }
        }
        contents
    }

    /// What a folder holds, if it is known without reading it; `metadata` is what the system says of it now.
    pub(super) fn known(&self, folder: &str, below: Range<usize>, metadata: &Metadata) -> Option<Contents<'a>> {
        let earlier = self.earlier.get(folder)?;
        if Stamp::of_folder(metadata) != Some(earlier.stamp) {
            return None;
        }
        let contents = self.contents(folder, below);
        let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        let files = contents.own.iter().map(|place| &self.left[*place]);
        let files = files.map(|file| (name(&file.path), Some(file.stamp.inode())));
        let folders = contents.folders.iter().map(|(path, _)| (name(path), None));
        if earlier.holding != holding(files.chain(folders).collect()) {
            return None;
        }
        self.keep(folder, earlier.clone());
        Some(contents)
    }

    /// Notes what was read of a folder, of which the system said `metadata` before.
    pub(super) fn note(&self, folder: &str, metadata: &Metadata, entries: &[DirEntry]) {
        let Some(stamp) = Stamp::of_folder(metadata).filter(|stamp| stamp.is_settled(self.moment)) else { return };
        let what = |entry: &DirEntry| {
            let kind = entry.file_type().ok().filter(|kind| kind.is_file() || kind.is_dir())?;
            Some((entry.file_name().into_string().ok()?, kind.is_file().then(|| folder::inode(entry))))
        };
        let held: Option<Vec<(String, Option<u64>)>> = entries.iter().map(what).collect();
        // Of what no site has, nothing is noted.
        if let Some(held) = held {
            let held = held.iter().map(|(name, number)| (name.as_str(), *number)).collect();
            self.keep(folder, Sight { stamp, holding: holding(held) });
        }
    }

    fn keep(&self, folder: &str, sight: Sight) {
        let mut seen = self.seen.lock().expect("no thread panics while it holds what was seen");
        seen.insert(folder.to_owned(), sight);
    }

    /// All that was seen.
    pub(super) fn into_sights(self) -> Sights {
        self.seen.into_inner().expect("no thread panics while it holds what was seen")
    }
}

/// Digests what a folder holds: names, each with the number of the file, or without one for a folder. In any order.
fn holding(mut entries: Vec<(&str, Option<u64>)>) -> Digest {
    entries.sort_unstable();
    digest(entries)
}
