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
//! - A file of that name which does not begin like a receipt is a stranger's and stays.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::folder::{Folders, MARKER};
use super::lock::Lock;
use super::watch::Sights;
use super::{FileEntry, MANIFEST, exists, refusal, writing};
use crate::digest::{Digest, digest_bytes};
use crate::output::SitePath;

const MAGIC: &[u8] = b"tiendo receipt 5\n";

/// What receipts of every version begin with.
const KIND: &[u8] = b"tiendo receipt ";

/// A receipt of a million files is smaller.
const MAX_BYTES: u64 = 256 << 20;

/// How many files a thread takes at once.
const PART: usize = 1_000;

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
    /// The receipt as it was read.
    bytes: Vec<u8>,
    parts: Parts,
    key: Digest,
    moment: Duration,
    /// Sorted by path; the manifest is not among them.
    left: Vec<Left>,
    manifest: Option<Left>,
}

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
        Self::parse(read(&folders.receipt)?)
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

    /// The files of the site, sorted by path, but for the manifest; and what was seen of the folders.
    pub(super) fn into_left(self) -> (Vec<Left>, Seen) {
        let seen = postcard::from_bytes(&self.bytes[self.parts.seen.clone()]).unwrap_or_default();
        (self.left, seen)
    }

    /// The files that the manifest of the folder lists, sorted by path, and its stamp, if it is there as it was left.
    pub(super) fn listed(&self, folders: &Folders) -> Option<(&[Left], Stamp)> {
        let manifest = self.manifest.as_ref().filter(|manifest| manifest.is_there(&folders.output, self.moment))?;
        Some((&self.left, manifest.stamp))
    }

    /// The file of that path as it was left, if it is there still.
    pub(super) fn find(&self, folders: &Folders, path: &SitePath) -> Option<(FileEntry, Stamp)> {
        let place = self.left.binary_search_by(|left| left.path.as_str().cmp(path.as_str())).ok()?;
        let left = Some(&self.left[place]).filter(|left| left.is_there(&folders.output, self.moment))?;
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
    let Recalled { left, manifest, moment, .. } = Some(recalled).filter(|recalled| recalled.key == key)?;
    let refusal::Place { folders, .. } = refusal::permit(output, root).ok()?;
    let _lock = Lock::take(&folders).ok()?;
    // What a killed run left is for the next build to clear up.
    let unfinished = [&folders.scratch, &folders.aside, &folders.spare.join(MARKER)];
    if unfinished.into_iter().any(|left| exists(left).ok() != Some(false)) {
        return None;
    }
    let is_there = |left: &Left| left.is_there(&folders.output, *moment);
    let is_whole = is_there(manifest.as_ref()?) && left.par_iter().all(is_there);
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
    let bytes = listed.map(|listed| compose(moment, claim, &seen, &listed.concat()));
    // A receipt that cannot be written costs the next build its time, nothing else.
    let _ = replace(&folders.receipt, bytes.as_deref().unwrap_or_default());
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
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
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
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)
}

fn compose(moment: Duration, claim: &Claim, seen: &[u8], files: &[u8]) -> Vec<u8> {
    let parts = [&claim.note, &claim.memory, seen];
    let mut whole = Vec::with_capacity(256 + parts.iter().map(|part| part.len()).sum::<usize>() + files.len());
    whole.extend_from_slice(MAGIC);
    // The digest of what follows, once that is there.
    whole.extend_from_slice(&Digest::default());
    whole.extend_from_slice(&claim.key);
    whole.extend_from_slice(&moment.as_secs().to_le_bytes());
    whole.extend_from_slice(&moment.subsec_nanos().to_le_bytes());
    for part in parts {
        whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
        whole.extend_from_slice(part);
    }
    whole.extend_from_slice(files);
    let (start, body) = whole.split_at_mut(MAGIC.len() + size_of::<Digest>());
    start[MAGIC.len()..].copy_from_slice(&digest_bytes(body));
    whole
}

/// Puts what a receipt says of a file.
fn put_line(lines: &mut Vec<u8>, path: &str, sha256: &[u8; 32], stamp: Stamp) {
    let Stamp { size, inode, modified, changed } = stamp;
    let times = [modified, changed].into_iter().flat_map(|(seconds, nanoseconds)| [seconds, nanoseconds]);
    lines.extend_from_slice(&(path.len() as u64).to_le_bytes());
    lines.extend_from_slice(path.as_bytes());
    lines.extend_from_slice(sha256);
    lines.extend([size, inode].into_iter().flat_map(u64::to_le_bytes));
    lines.extend(times.flat_map(i64::to_le_bytes));
}

impl Recalled {
    /// `None` where it is not whole.
    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (digest, body) = rest.split_at_checked(size_of::<Digest>())?;
        if digest != digest_bytes(body) {
            return None;
        }
        let mut fields = Fields(body);
        let key = fields.array()?;
        let moment = Duration::new(fields.number()?, u32::from_le_bytes(fields.array()?));
        let mut part = || {
            let length = fields.part()?.len();
            let end = bytes.len() - fields.0.len();
            Some(end - length..end)
        };
        let parts = Parts { note: part()?, memory: part()?, seen: part()? };
        let mut left = Vec::new();
        while !fields.0.is_empty() {
            let path = SitePath::new(str::from_utf8(fields.part()?).ok()?).ok()?.as_str().to_owned();
            let sha256 = fields.array()?;
            let (size, inode) = (fields.number()?, fields.number()?);
            let (modified, changed) = (fields.time()?, fields.time()?);
            left.push(Left { path, sha256, stamp: Stamp { size, inode, modified, changed } });
        }
        let manifest = left.iter().position(|file| file.path == MANIFEST).map(|place| left.swap_remove(place));
        left.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Some(Self { parts, key, moment, left, manifest, bytes })
    }
}

/// What is still to be read of a receipt.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Bytes after their length.
    fn part(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        self.take(LENGTH)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn time(&mut self) -> Option<(i64, i64)> {
        Some((i64::from_le_bytes(self.array()?), i64::from_le_bytes(self.array()?)))
    }
}
