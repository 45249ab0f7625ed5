//! Keeps what was read, so that reading again only looks at the files that changed.
//!
//! Invariant: nothing is taken from the shelf that could differ from what the disk holds. A file's stamp tells that it
//! is the same; a stamp so young that a second change could have got the same one is not believed.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Content, Found};

/// How old a stamp must be when a file is read, so that a later change gets another one: the coarsest clock of the file
/// systems in use counts in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(2);

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

    fn is_settled(&self, now: SystemTime) -> bool {
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

    /// Takes in what was found, and answers the paths of what is new, changed or gone, in their order.
    ///
    /// `now` is a moment before the files were read.
    pub(super) fn keep(&mut self, found: &[Found], contents: &[Content], now: SystemTime) -> Vec<String> {
        let mut former = std::mem::take(&mut self.kept);
        let mut changed = Vec::new();
        for (found, content) in found.iter().zip(contents) {
            let (path, is_same) = match former.remove_entry(found.path.as_str()) {
                Some((path, kept)) => {
                    let is_same_file = !matches!(content, Content::Asset(_)) || kept.stamp == found.stamp;
                    (path, is_same_file && kept.content == *content)
                }
                None => (Arc::from(found.path.as_str()), false),
            };
            if !is_same {
                changed.push(found.path.clone());
            }
            let is_settled = found.stamp.is_settled(now);
            self.kept.insert(path, Kept { stamp: found.stamp, is_settled, content: content.clone() });
        }
        changed.extend(former.into_keys().map(|path| path.to_string()));
        changed.sort();
        changed
    }
}
