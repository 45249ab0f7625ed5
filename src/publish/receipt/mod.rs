//! The receipt of a build: what it was made of and how it left the output folder, so that the next build of the same
//! can see that there is nothing to do.
//!
//! - It lies beside the folder and only ever saves time: without it, or with one that is cut, foreign or of another
//!   site, everything is made again. Deleting it is safe.
//! - It is believed only where every file of the site still is the file that was left: its size, its times, its
//!   number and the time at which its entry changed. A file so young that a change could have left the same times is
//!   read and held against its digest.
//! - It also keeps what whoever makes the site wants to remember of it, by which single files of a site that did change
//!   are known to be the same still; of each of these the same is asked. And it keeps what the folders of the site and of
//!   its spare held ([`super::watch`]).
//! - What it says of files may be looked after early, as long as threads have nothing else to do ([`Recalled::look_ahead`]);
//!   whoever changes one between that look and the exchange of the sites would have come too late a little later too.
//! - A file of that name which does not begin like a receipt is a stranger's and stays.

mod layout;

use std::borrow::Cow;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::layout::{KIND, MAGIC, compose, put_line};
use super::folder::{Folders, MARKER};
use super::lock::Lock;
use super::watch::Sights;
use super::{FileEntry, MANIFEST, exists, refusal, writing};
use crate::digest::Digest;
use crate::output::SitePath;

/// A receipt of a million files is smaller.
const MAX_BYTES: u64 = 256 << 20;

/// How many files a thread takes at once.
const PART: usize = 1_000;

/// How many it takes ahead: whatever else there is to do waits for no more.
const AHEAD: usize = 64;

/// By how much the clock that files are stamped with may lag behind the one that programs read.
const LAG: Duration = Duration::from_millis(20);

/// The same where the file system counts in whole seconds, or pairs of them.
const COARSE_LAG: Duration = Duration::from_secs(3);

/// What the system says of a file, by which a change of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    inode: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// How many bytes the file has.
    pub(super) fn size(self) -> u64 {
        self.size
    }

    /// The stamp of a plain file; none where the system does not say enough.
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        metadata.is_file().then(|| Self::of_any(metadata))
    }

    #[cfg(unix)]
    fn of_any(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            size: metadata.len(),
            inode: metadata.ino(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// The stamp of a folder.
    #[cfg(unix)]
    pub(super) fn of_folder(metadata: &Metadata) -> Option<Self> {
        metadata.is_dir().then(|| Self::of_any(metadata))
    }

    #[cfg(not(unix))]
    pub(super) fn of_folder(_: &Metadata) -> Option<Self> {
        None
    }

    /// The number of the file.
    pub(super) fn inode(self) -> u64 {
        self.inode
    }

    /// Whether it is the same file with the same bytes, which may have got or lost a second name.
    fn is_as_written(&self, written: &Self) -> bool {
        Self { changed: written.changed, ..*self } == *written
    }

    /// Whether a change after `moment` would have left other times.
    pub(super) fn is_settled(&self, moment: Duration) -> bool {
        let (seconds, nanoseconds) = self.changed;
        let (Ok(seconds), Ok(nanoseconds)) = (u64::try_from(seconds), u32::try_from(nanoseconds)) else { return false };
        let lag = if nanoseconds == 0 { COARSE_LAG } else { LAG };
        Duration::new(seconds, nanoseconds) + lag < moment
    }
}

/// What a build leaves a receipt for.
#[derive(Debug)]
pub struct Claim {
    /// A digest of all that the site is made of.
    pub key: Digest,
    /// What whoever asks later wants to know.
    pub note: Vec<u8>,
    /// What the next build may go on from, if it is of another key ([`Recalled::memory`]).
    pub memory: Vec<u8>,
}

/// A file of the site as it was left.
#[derive(Debug)]
pub(super) struct Left {
    pub(super) path: String,
    pub(super) sha256: [u8; 32],
    pub(super) stamp: Stamp,
}

/// What a build saw of the folders of a site and of its spare.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) output: Sights,
    pub(super) spare: Sights,
}

impl Left {
    /// Whether the file still is the one that was left, by a receipt of that moment.
    fn is_there(&self, output: &Path, moment: Duration) -> bool {
        let path = output.join(&self.path);
        let found = fs::symlink_metadata(&path).ok().and_then(|metadata| Stamp::of(&metadata));
        found == Some(self.stamp) && (self.stamp.is_settled(moment) || has_digest(&path, self))
    }
}

/// What the last build left, whatever it was made of.
#[derive(Debug)]
pub struct Recalled {
    output: PathBuf,
    /// The receipt as it was read.
    bytes: Vec<u8>,
    parts: Parts,
    key: Digest,
    moment: Duration,
    /// Sorted by path; the manifest is not among them.
    left: Vec<Left>,
    /// What a look at each of them showed, so that none is looked at twice.
    looks: Vec<AtomicU8>,
    manifest: Option<Left>,
    /// Whether the manifest still is the one that was left. It is so young that it is mostly read.
    has_manifest: OnceLock<bool>,
}

/// Nobody looked yet.
const UNSEEN: u8 = 0;
const IS_THERE: u8 = 1;
const IS_OTHER: u8 = 2;

/// Where the parts stand in a receipt that say what whoever left it wanted to know.
#[derive(Debug, Clone)]
struct Parts {
    note: Range<usize>,
    memory: Range<usize>,
    seen: Range<usize>,
}

/// Reads what the last build of the site at `root` left beside the output folder.
///
/// Whatever stands in the way of that, nothing was left. Another build may leave something else at any time; then what
/// was recalled is forgotten ([`Publication::begin_again`](super::Publication::begin_again)).
#[must_use]
pub fn recall(output: &Path, root: &Path) -> Option<Recalled> {
    Recalled::read(&refusal::locate(output, root).ok()?.folders)
}

impl Recalled {
    /// Reads the receipt of a folder; whatever stands in the way of that, there is none.
    pub(super) fn read(folders: &Folders) -> Option<Self> {
        Self::parse(read(&folders.receipt)?, folders.output.clone())
    }

    /// Has the threads of the global pool look at files while they have nothing else to do: that takes its time, and much
    /// of a build has parts for one thread alone. Whoever asks for a file that nobody looked at yet looks himself.
    pub fn look_ahead(self: &Arc<Self>) {
        let this = Arc::clone(self);
        // Only what comes from outside of the pool waits until its threads are idle.
        std::thread::spawn(move || {
            let manifest = Arc::clone(&this);
            rayon::spawn(move || {
                manifest.listed();
            });
            for start in (0..this.left.len()).step_by(AHEAD) {
                let this = Arc::clone(&this);
                rayon::spawn(move || {
                    for place in start..this.left.len().min(start + AHEAD) {
                        this.is_there(place);
                    }
                });
            }
        });
    }

    /// How many files nobody looked at yet.
    #[cfg(test)]
    pub(super) fn count_unseen(&self) -> usize {
        self.looks.iter().filter(|look| look.load(Ordering::Relaxed) == UNSEEN).count()
    }

    /// Whether the file at a place among those that were left still is the one that was left.
    fn is_there(&self, place: usize) -> bool {
        let look = &self.looks[place];
        match look.load(Ordering::Relaxed) {
            UNSEEN => {
                let is_there = self.left[place].is_there(&self.output, self.moment);
                look.store(if is_there { IS_THERE } else { IS_OTHER }, Ordering::Relaxed);
                is_there
            }
            seen => seen == IS_THERE,
        }
    }

    /// Whether nobody has left another receipt since this one was read.
    pub(super) fn is_current(&self, folders: &Folders) -> bool {
        // The magic and the digest of the rest.
        let mut start = [0; MAGIC.len() + size_of::<Digest>()];
        let is_read = open(&folders.receipt).is_some_and(|(mut file, _)| file.read_exact(&mut start).is_ok());
        is_read && self.bytes.starts_with(&start)
    }

    /// What the next build may go on from, as it was left for it.
    #[must_use]
    pub fn memory(&self) -> &[u8] {
        &self.bytes[self.parts.memory.clone()]
    }

    /// The files of the site, sorted by path, but for the manifest.
    pub(super) fn left(&self) -> &[Left] {
        &self.left
    }

    /// What was seen of the folders.
    pub(super) fn seen(&self) -> Seen {
        postcard::from_bytes(&self.bytes[self.parts.seen.clone()]).unwrap_or_default()
    }

    /// The files that the manifest of the folder lists, sorted by path, and its stamp, if it is there as it was left.
    pub(super) fn listed(&self) -> Option<(&[Left], Stamp)> {
        let manifest = self.manifest.as_ref()?;
        let is_there = *self.has_manifest.get_or_init(|| manifest.is_there(&self.output, self.moment));
        is_there.then_some((&self.left, manifest.stamp))
    }

    /// The file of that path as it was left, if it is there still.
    pub(super) fn find(&self, path: &SitePath) -> Option<(FileEntry, Stamp)> {
        let place = self.left.binary_search_by(|left| left.path.as_str().cmp(path.as_str())).ok()?;
        let left = self.is_there(place).then_some(&self.left[place])?;
        Some((FileEntry { path: path.clone(), size: left.stamp.size, sha256: left.sha256 }, left.stamp))
    }
}

/// What a receipt says of a site that is still as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// How many files the site has, the manifest included.
    pub files: usize,
    /// The note that was left with it.
    pub note: Vec<u8>,
}

/// The receipt of the output folder, if the site there was made of what the key says and is still as it was left.
///
/// Whatever stands in the way of knowing that is an answer, not an error: then there is none.
#[must_use]
pub fn find(recalled: &Recalled, output: &Path, root: &Path, key: Digest) -> Option<Receipt> {
    let recalled = Some(recalled).filter(|recalled| recalled.key == key)?;
    let refusal::Place { folders, .. } = refusal::permit(output, root).ok()?;
    let _lock = Lock::take(&folders).ok()?;
    // What a killed run left is for the next build to clear up.
    let unfinished = [&folders.scratch, &folders.aside, &folders.spare.join(MARKER)];
    if unfinished.into_iter().any(|left| exists(left).ok() != Some(false)) {
        return None;
    }
    let (left, _) = recalled.listed()?;
    let is_whole = (0..left.len()).into_par_iter().all(|place| recalled.is_there(place));
    is_whole.then(|| Receipt { files: left.len() + 1, note: recalled.bytes[recalled.parts.note.clone()].to_owned() })
}

/// A file of a site that was just published.
pub(super) struct Settled<'a> {
    pub(super) entry: &'a FileEntry,
    /// Its stamp when it was written or compared.
    pub(super) written: Option<Stamp>,
    /// Whether it got and lost no name since then.
    pub(super) is_untouched: bool,
}

/// Leaves a receipt for the site in the output folder, whose files are these, the manifest among them. Where anything is
/// not as it should be, none is left.
pub(super) fn leave(folders: &Folders, claim: &Claim, files: &[Settled<'_>], seen: &Seen) {
    let moment = now();
    let look = |&Settled { entry, written, is_untouched }: &Settled<'_>, lines: &mut Vec<u8>| {
        let (path, written) = (entry.path.as_str(), written?);
        let stamp =
            if is_untouched { written } else { Stamp::of(&fs::symlink_metadata(folders.output.join(path)).ok()?)? };
        stamp.is_as_written(&written).then(|| put_line(lines, path, &entry.sha256, stamp))
    };
    let list = |part: &[Settled<'_>]| {
        let mut lines = Vec::new();
        part.iter().try_for_each(|file| look(file, &mut lines)).map(|()| lines)
    };
    let listed = || files.par_chunks(PART).map(list).collect();
    let seen = || postcard::to_allocvec(seen).expect("texts and numbers can be written");
    let (listed, seen): (Option<Vec<Vec<u8>>>, _) = rayon::join(listed, seen);
    let pieces = listed.as_ref().map(|listed| compose(moment, claim, &seen, listed));
    // A receipt that cannot be written costs the next build its time, nothing else.
    let _ = replace(&folders.receipt, pieces.as_deref().unwrap_or_default());
}

/// The manifest as a file among the others.
pub(super) fn manifest_entry(bytes: &[u8]) -> FileEntry {
    let path = SitePath::new(MANIFEST).expect("the manifest has a good path");
    FileEntry { path, size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
}

pub(super) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn has_digest(path: &Path, left: &Left) -> bool {
    fs::read(path).is_ok_and(|bytes| <[u8; 32]>::from(Sha256::digest(bytes)) == left.sha256)
}

/// Opens for reading, and follows no link and waits for no pipe.
fn careful() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    options
}

/// Opens a receipt, or whatever file has its name; answers its length too.
fn open(path: &Path) -> Option<(File, u64)> {
    let file = careful().open(path).ok()?;
    let metadata = file.metadata().ok().filter(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES)?;
    Some((file, metadata.len()))
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let (mut file, length) = open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Puts another text into the receipt, unless what is there is no receipt.
fn replace(path: &Path, pieces: &[Cow<'_, [u8]>]) -> std::io::Result<()> {
    let mut file: File = careful().write(true).create(true).truncate(false).open(path)?;
    if !file.metadata()?.is_file() {
        return Ok(());
    }
    let mut start = [0; KIND.len()];
    let length = writing::fill(&mut file, &mut start)?;
    if start[..length] != KIND[..length] {
        return Ok(());
    }
    // Left half written, by a full disk or a killed run, it has another digest than it says.
    file.seek(SeekFrom::Start(0))?;
    pieces.iter().try_for_each(|piece| file.write_all(piece))?;
    file.set_len(pieces.iter().map(|piece| piece.len() as u64).sum())
}
