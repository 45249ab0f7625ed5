//! Takes the files of a site as they are made, writes them beside the output folder, then swaps the folder in.
//!
//! - The output folder holds the whole former site or the whole new one, whenever the process is killed, the disk fills
//!   up or a page fails: files are written into a scratch folder beside it, and one exchange of the two publishes them.
//! - Files that tiendo did not write are never deleted: the former site's `manifest.json` lists what it wrote, anything
//!   else in the folder is carried over. A folder of others is refused.
//! - A file whose bytes did not change stays the very same file; a site that did not change at all is left untouched.
//! - A build whose receipt still fits has nothing to do ([`find_receipt`]); a receipt only ever saves time.
//! - Nothing is flushed to the disk but the manifest: after a power cut the next build compares every file with what it
//!   should be and writes the damaged ones again, and the manifest must survive for it to know the folder as its own.
//! - A large site leaves a spare of itself beside the folder, second names from which the next site is made without
//!   naming every file anew; a hidden folder of what is public anyway, and safe to delete.
//!
//! What a killed run leaves beside the folder tells the next run where it stopped: a scratch folder with its marker is
//! unfinished and goes; one without is a former site after the exchange, whose last strangers are brought home before it
//! goes.

mod copy;
mod create;
mod files;
mod folder;
mod former;
mod lock;
mod receipt;
mod refusal;
mod rewrite;
mod spare;
mod swap;
mod watch;
mod writing;

#[cfg(all(test, unix))]
mod tests;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::error::Error;
pub use crate::output::MANIFEST;
use crate::output::SitePath;
pub use copy::{Deviation, Fault, PublishedCopy};
pub use create::{Creation, create, folder_for_sources};
use files::{Fate, Files, Record};
use folder::{Folders, Modes};
use former::Former;
use lock::Lock;
pub use receipt::{Claim, Recalled, Receipt, find as find_receipt, recall};
use receipt::{Seen, Stamp};
pub use rewrite::rewrite;
use watch::{Sights, Watch};

/// What `program` says in a manifest of ours.
pub const PROGRAM: &str = "tiendo";

/// What a file of the site consists of.
#[derive(Debug)]
pub enum Content<'a> {
    /// These bytes.
    Bytes(Cow<'a, [u8]>),
    /// The bytes of a plain file inside the site's root, copied in pieces; a relative path starts at the root.
    CopyOf(PathBuf),
    /// A picture that takes long to draw: the former site's stays where it is the same.
    Drawn(&'a dyn Drawing),
}

/// A picture that is drawn only where the former site does not have it.
pub trait Drawing: std::fmt::Debug {
    /// Whether a file was drawn from the same; it is one that a build wrote, with its bytes as they were written.
    fn is_drawn_in(&self, file: &[u8]) -> bool;
    /// Draws it: the same bytes every time.
    fn draw(&self) -> Vec<u8>;
}

/// A file that was written, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its path below the output folder.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

impl FileEntry {
    /// The digest in lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        base16ct::lower::encode_string(&self.sha256)
    }
}

/// What publishing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// How many files the site has, the manifest included.
    pub files: usize,
    /// How many of them were written because they are new or their bytes changed. At 0 with none removed, the output
    /// folder was not touched.
    pub written: usize,
    /// How many files of the former site are gone.
    pub removed: usize,
}

/// A site in the making. Dropped before [`finish`](Self::finish), it leaves no trace.
#[derive(Debug)]
pub struct Publication {
    folders: Folders,
    /// As it was given, for messages, and without links and dots, for comparing.
    root: PathBuf,
    real_root: PathBuf,
    modes: Modes,
    former: Former,
    records: Mutex<Vec<Record>>,
    /// Whether the scratch folder holds a site in the making, which nobody misses.
    is_scratch: bool,
    /// What the last build left.
    recalled: Option<Arc<Recalled>>,
    _lock: Lock,
}

/// How the unchanged files came to stand in the scratch folder.
struct Named {
    /// For each file of the site, whether its name stood there before.
    stood: Vec<bool>,
    /// Whether no file had to be copied.
    are_names: bool,
    /// Whether the scratch folder is what was the spare.
    is_spare: bool,
}

impl Publication {
    /// Makes ready to replace the folder `output` by a new site made from `root`.
    ///
    /// Clears up what a killed run of tiendo left beside the folder; the folder itself stays as it is.
    ///
    /// # Errors
    /// [`Error::OutputRefused`] for a folder that must not be replaced, [`Error::Locked`] while another build writes it,
    /// [`Error::Swap`] for a mount point, and failures of the disk with their path.
    pub fn begin(output: &Path, root: &Path) -> Result<Self, Error> {
        Self::begin_again(output, root, recall(output, root).map(Arc::new))
    }

    /// Makes ready as [`Self::begin`] does, where what the last build left was recalled already. It is forgotten where
    /// another build left something else since then, so that whoever went on from it keeps nothing.
    ///
    /// # Errors
    /// Those of [`Self::begin`].
    pub fn begin_again(output: &Path, root: &Path, recalled: Option<Arc<Recalled>>) -> Result<Self, Error> {
        let (refusal::Place { folders, real_root, .. }, former) = refusal::accept(output, root, recalled.as_deref())?;
        let lock = Lock::take(&folders)?;
        // Before the lock was taken, another build may have published another site; clearing up may do so now.
        swap::recover(&folders)?;
        let former = former.read_again(&folders.output)?;
        // What was remembered of another site says nothing of the one that is there now.
        let recalled = recalled.filter(|recalled| recalled.is_current(&folders));
        let modes = folders.make_scratch()?;
        let records = Mutex::new(Vec::new());
        let (root, is_scratch) = (root.to_owned(), true);
        Ok(Self { folders, root, real_root, modes, former, recalled, records, is_scratch, _lock: lock })
    }

    /// Takes files of the former site as they are, in place of writing them: all of them, or none where one is not as
    /// the last build left it. May be called from many threads at once.
    #[must_use]
    pub fn keep(&self, paths: &[SitePath]) -> bool {
        let Some(recalled) = &self.recalled else { return false };
        let found: Option<Vec<_>> = paths.iter().map(|path| recalled.find(path)).collect();
        let Some(found) = found else { return false };
        let kept = |(entry, stamp)| Record { entry, fate: Fate::Unchanged, stamp: Some(stamp) };
        let mut records = self.records.lock().expect("no thread panics while it holds the records");
        records.extend(found.into_iter().map(kept));
        true
    }

    /// Writes a file of the site, or notes that it did not change. May be called from many threads at once.
    ///
    /// # Errors
    /// [`Error::Write`] where the disk refuses it, [`Error::Read`] where a file to copy cannot be read, is no plain file
    /// or lies outside the root.
    pub fn write(&self, path: &SitePath, content: Content<'_>) -> Result<(), Error> {
        let target = writing::Target {
            new: self.folders.scratch.join(path.as_str()),
            // A folder that is new to us holds nothing of ours.
            old: self.former.has_manifest().then(|| self.folders.output.join(path.as_str())),
            modes: self.modes,
        };
        let written = match content {
            Content::Bytes(bytes) => target.put(&bytes, self.known(path))?,
            Content::CopyOf(source) => target.copy(&self.root.join(source), &self.real_root)?,
            Content::Drawn(drawing) => {
                let listed = self.former.listed(path.as_str());
                match listed.and_then(|listed| target.keep(drawing, listed)) {
                    Some(kept) => kept,
                    None => target.put(&drawing.draw(), self.known(path))?,
                }
            }
        };
        let entry = FileEntry { path: path.clone(), size: written.size, sha256: written.sha256 };
        let mut records = self.records.lock().expect("no thread panics while it holds the records");
        records.push(Record { entry, fate: written.fate, stamp: written.stamp });
        Ok(())
    }

    /// The bytes of the former site's file of that path, if it is as the last build left it. They are what was left
    /// unless somebody changes them meanwhile: whoever puts them into a new file looks at them first.
    #[must_use]
    pub fn read_former(&self, path: &SitePath) -> Option<Vec<u8>> {
        let (entry, _) = self.recalled.as_ref()?.find(path)?;
        writing::read_former(&self.folders.output.join(path.as_str()), entry.size)
    }

    /// What the former site's file of that path holds, as far as the last build left word of it.
    fn known(&self, path: &SitePath) -> Option<writing::Known> {
        let (FileEntry { sha256, .. }, stamp) = self.recalled.as_ref()?.find(path)?;
        Some(writing::Known { sha256, stamp })
    }

    /// Publishes the site: `manifest` gives the bytes of [`MANIFEST`] for the files in the order of their paths.
    ///
    /// # Errors
    /// [`Error::InTheWay`] where a file that tiendo did not write has the path of one of the site,
    /// [`Error::Swap`] where the folder cannot be exchanged, and failures of the disk with their path. Unless the path
    /// is that of the scratch folder after the exchange, the output folder is as it was.
    ///
    /// # Panics
    /// When one path was written twice: the paths of a site are made unique before.
    pub fn finish(self, manifest: impl FnOnce(&[FileEntry]) -> Vec<u8> + Send) -> Result<Outcome, Error> {
        self.finish_and_leave(manifest, || None)
    }

    /// Publishes the site as [`Self::finish`] does, and leaves a receipt for what `claim` gives, which [`find_receipt`]
    /// finds as long as the site is as it was left.
    ///
    /// # Errors
    /// Those of [`Self::finish`].
    ///
    /// # Panics
    /// As [`Self::finish`] does.
    pub fn finish_and_leave(
        mut self,
        manifest: impl FnOnce(&[FileEntry]) -> Vec<u8> + Send,
        claim: impl FnOnce() -> Option<Claim> + Send,
    ) -> Result<Outcome, Error> {
        let records = std::mem::take(self.records.get_mut().expect("no thread panics while it holds the records"));
        let files = Files::new(records);
        let removed = self.former.count_missing(&files);
        let written = files.count_written();
        let count = files.len() + 1;
        let is_worth_it = spare::is_worth_it(&files, removed);
        let recalled = self.recalled.take();
        let (left, seen) = recalled.as_ref().map(|recalled| (recalled.left(), recalled.seen())).unwrap_or_default();
        let listed = if self.former.is_listed(left) { left } else { &[] };
        let moment = receipt::now();
        let (of_output, of_spare) = (Watch::new(&seen.output, listed, moment), Watch::new(&seen.spare, listed, moment));
        let name_unchanged = || self.name_unchanged(&files, &of_spare, is_worth_it);
        let manifest = || {
            let bytes = manifest(&files.entries);
            (receipt::manifest_entry(&bytes), bytes)
        };
        let ((manifest, bytes), claim, named) = if written == 0 && removed == 0 {
            let ((manifest, bytes), claim) = rayon::join(manifest, claim);
            if let Some(metadata) = writing::find_bytes(&self.folders.output.join(MANIFEST), &bytes) {
                self.settle(claim.as_ref(), &files, &manifest, Stamp::of(&metadata), |_| false, &seen);
                return Ok(Outcome { files: count, written: 0, removed: 0 });
            }
            ((manifest, bytes), claim, name_unchanged()?)
        } else {
            let ((manifest, claim), named) = rayon::join(|| rayon::join(manifest, claim), name_unchanged);
            (manifest, claim, named?)
        };
        let target = self.folders.scratch.join(MANIFEST);
        let stamp_of_manifest = writing::write_synced(&target, &bytes, self.modes)?;
        let Folders { output, scratch, .. } = &self.folders;
        let strangers = self.former.carry_strangers(output, scratch, &of_output, self.modes)?;
        self.folders.unmark_scratch()?;
        // From here on the scratch folder is a whole site: this one until the exchange, the former one after.
        self.is_scratch = false;
        let old = match swap::replace(&self.folders) {
            Ok(old) => old,
            Err(error) => {
                // Nothing was published; the strangers in here are still at home in the output folder.
                let _ = folder::remove_tree(&self.folders.scratch);
                return Err(error);
            }
        };
        let leaves_spare = is_worth_it && named.are_names;
        match old {
            Some(old) if leaves_spare => spare::leave(&self.folders, &self.former, &old, &files, &strangers)?,
            Some(old) => self.former.retire(&old, &self.folders.output, former::Owner::Known)?,
            None => {}
        }
        // Names that came and went are changes of a file's entry, as its stamp shows. A new file has the one that it got,
        // unless it had to move into the spare.
        let is_untouched = |place: usize| {
            if files.is_at(Fate::Written, place) { !named.is_spare } else { leaves_spare && named.stood[place] }
        };
        // The trees have changed places.
        let output = if named.is_spare { of_spare.into_sights() } else { Sights::default() };
        let spare = if leaves_spare { of_output.into_sights() } else { Sights::default() };
        self.settle(claim.as_ref(), &files, &manifest, stamp_of_manifest, is_untouched, &Seen { output, spare });
        Ok(Outcome { files: count, written: written + 1, removed })
    }

    /// Sees to it that every unchanged file stands in the scratch folder too, from the spare as far as possible.
    fn name_unchanged(&self, files: &Files, watch: &Watch<'_>, is_worth_it: bool) -> Result<Named, Error> {
        let Self { folders, former, modes, .. } = self;
        let adopted = if is_worth_it { spare::adopt(folders, former, files, watch, *modes)? } else { None };
        let is_spare = adopted.is_some();
        let stood = match adopted {
            Some(stood) => stood,
            None => {
                spare::discard(folders)?;
                vec![false; files.len()]
            }
        };
        let missing = files.of(Fate::Unchanged).filter(|(place, _)| !stood[*place]);
        let name = |(_, entry): (usize, &FileEntry)| {
            let path = entry.path.as_str();
            former::link(&folders.output.join(path), &folders.scratch.join(path), *modes)
        };
        let are_names = missing
            .map(|missing| name(missing).map(|second| second == former::Second::Name))
            .try_reduce(|| true, |one, other| Ok(one && other))?;
        Ok(Named { stood, are_names, is_spare })
    }

    /// Leaves the receipt that was asked for, now that the site stands in the output folder. Files whose names did not
    /// change since they were looked at are told by their places.
    fn settle(
        &self,
        claim: Option<&Claim>,
        files: &Files,
        manifest: &FileEntry,
        its_stamp: Option<Stamp>,
        is_untouched: impl Fn(usize) -> bool,
        seen: &Seen,
    ) {
        if let Some(claim) = claim {
            let each = files.entries.iter().zip(&files.stamps).enumerate();
            let each = each.map(|(place, (entry, stamp))| receipt::Settled {
                entry,
                written: *stamp,
                is_untouched: is_untouched(place),
            });
            let manifest = receipt::Settled { entry: manifest, written: its_stamp, is_untouched: false };
            receipt::leave(&self.folders, claim, &each.chain([manifest]).collect::<Vec<_>>(), seen);
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if self.is_scratch {
            // What cannot be removed now is removed by the next run: its marker goes last.
            let _ = folder::clear_scratch(&self.folders.scratch);
        }
    }
}

/// Whether there is anything at a path; a symbolic link counts as itself.
fn exists(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::read(path, error)),
    }
}
