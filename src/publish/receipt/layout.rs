//! How a receipt is laid out: what it begins with, a digest of the rest, the moment, what whoever leaves it wants to be
//! told, and a line for each file.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU8;
use std::time::Duration;

use super::{Claim, Left, MANIFEST, Parts, Recalled, Stamp};
use crate::digest::{Digest, digest_bytes, digest_parts};
use crate::output::SitePath;

/// What receipts of every version begin with.
pub(super) const KIND: &[u8] = b"tiendo receipt ";

pub(super) const MAGIC: &[u8] = b"tiendo receipt 5\n";

/// The pieces of a receipt of that moment, one after the other; `lines` are those of its files. It is large: nobody puts
/// it together in memory.
pub(super) fn compose<'b>(
    moment: Duration,
    claim: &'b Claim,
    seen: &'b [u8],
    lines: &'b [Vec<u8>],
) -> Vec<Cow<'b, [u8]>> {
    let head = [&claim.key[..], &moment.as_secs().to_le_bytes(), &moment.subsec_nanos().to_le_bytes()].concat();
    let mut pieces: Vec<Cow<'b, [u8]>> = vec![head.into()];
    for part in [&claim.note, &claim.memory, seen] {
        pieces.extend([(part.len() as u64).to_le_bytes().to_vec().into(), part.into()]);
    }
    pieces.extend(lines.iter().map(|lines| lines.as_slice().into()));
    let digest = digest_parts(pieces.iter().map(|piece| &**piece));
    pieces.insert(0, [MAGIC, &digest].concat().into());
    pieces
}

/// Puts what a receipt says of a file.
pub(super) fn put_line(lines: &mut Vec<u8>, path: &str, sha256: &[u8; 32], stamp: Stamp) {
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
    pub(super) fn parse(bytes: Vec<u8>, output: PathBuf) -> Option<Self> {
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
        let looks = left.iter().map(|_| AtomicU8::default()).collect();
        Some(Self { output, parts, key, moment, left, looks, manifest, has_manifest: OnceLock::new(), bytes })
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
