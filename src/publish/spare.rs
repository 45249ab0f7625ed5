//! The spare generation of a large site: second names of its files, from which the next site is made by changing what
//! changed, in place of naming every file once more and removing every name of the former site.
//!
//! - It stands beside the output folder and holds nothing but what the published site holds too, the manifest among it:
//!   what left the site is in no hidden folder either, and a spare whose manifest is another one is of no use.
//! - It is never believed: each name is held against the number of the file that this build looked at, and where
//!   anything else is found in it, it is not used, but removed as a former site is. Deleting it is safe.
//! - While it is brought up to date it has the marker of an unfinished site; then it takes the place of the scratch
//!   folder, so that the swap and whatever follows a killed run know nothing of it.

use std::fs::{self, DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::files::{Fate, Files};
use super::folder::{self, Folders, MARKER, Modes, read_folder};
use super::former::{self, Former, Owner};
use super::{MANIFEST, exists};
use crate::error::Error;

/// A site of fewer files is named anew in a few milliseconds. Unit tests make do with fewer.
const WORTH_FROM: usize = if cfg!(test) { 40 } else { 1_000 };

/// Whether to make the next site, or leave it, from second names: they must be many, and most of them stay.
pub(super) fn is_worth_it(files: &Files, removed: usize) -> bool {
    cfg!(unix) && files.len() >= WORTH_FROM && (files.count_written() + removed) * 2 <= files.len()
}

/// Clears up after a killed run, and removes a spare that is not of the site in the output folder.
///
/// # Errors
/// [`Error::InTheWay`] where something of that name is not ours.
pub(super) fn recover(folders: &Folders) -> Result<(), Error> {
    let Folders { spare, output, .. } = folders;
    if !exists(spare)? {
        return Ok(());
    }
    if spare.is_symlink() || !spare.is_dir() {
        return Err(Error::InTheWay { path: spare.clone() });
    }
    if exists(&spare.join(MARKER))? {
        return folder::clear_scratch(spare);
    }
    if is_same_file(&spare.join(MANIFEST), &output.join(MANIFEST)) { Ok(()) } else { discard(folders) }
}

/// Removes the spare, if there is one.
pub(super) fn discard(folders: &Folders) -> Result<(), Error> {
    let spare = &folders.spare;
    if exists(spare)? { former::retire(spare, &folders.output, Owner::Presumed) } else { Ok(()) }
}

/// Brings the spare up to date and puts it in the place of the scratch folder, whose files move over; answers which of
/// the files stand in it already, or `None` where there is no spare that can be used.
pub(super) fn adopt(
    folders: &Folders,
    former: &Former,
    files: &Files,
    modes: Modes,
) -> Result<Option<Vec<bool>>, Error> {
    if !exists(&folders.spare)? {
        return Ok(None);
    }
    let top = fs::symlink_metadata(&folders.spare).map_err(|error| Error::read(&folders.spare, error))?;
    let survey = Survey { folders, top, former, files, found: Mutex::default() };
    if survey.walk(Path::new(""))?.is_none() {
        return Ok(None);
    }
    let found = survey.found.into_inner().expect("no thread panics while it holds what was found");
    let marker = folders.spare.join(MARKER);
    folder::new_file(&marker).map_err(|error| Error::write(&marker, error))?;
    if let Err(error) = take_over(folders, files, &found.stale, modes) {
        // What cannot be removed now is removed by the next run: its marker goes last.
        let _ = folder::clear_scratch(&folders.spare);
        return Err(error);
    }
    let mut is_there = vec![false; files.len()];
    for place in found.same {
        is_there[place] = true;
    }
    Ok(Some(is_there))
}

fn take_over(folders: &Folders, files: &Files, stale: &[PathBuf], modes: Modes) -> Result<(), Error> {
    let Folders { spare, scratch, .. } = folders;
    for path in stale {
        let path = spare.join(path);
        folder::remove_file(&path)?;
        folder::remove_empty_above(&path, spare);
    }
    files.of(Fate::Written).try_for_each(|(_, entry)| {
        let (from, to) = (scratch.join(entry.path.as_str()), spare.join(entry.path.as_str()));
        folder::with_folder(&to, modes, || fs::rename(&from, &to))
    })?;
    folder::clear_scratch(scratch)?;
    fs::rename(spare, scratch).map_err(|error| Error::write(spare, error))
}

/// Makes the spare of what was the site before the exchange, which stands in `old` now, with these strangers in it.
///
/// One that came during the exchange is found by the next build, which brings it home.
pub(super) fn leave(
    folders: &Folders,
    former: &Former,
    old: &Path,
    files: &Files,
    strangers: &[PathBuf],
) -> Result<(), Error> {
    former.retire_some(old, &folders.output, strangers, |path| files.is(Fate::Unchanged, path))?;
    let manifest = old.join(MANIFEST);
    folder::remove_file(&manifest)?;
    fs::hard_link(folders.output.join(MANIFEST), &manifest).map_err(|error| Error::write(&manifest, error))?;
    fs::rename(old, &folders.spare).map_err(|error| Error::write(&folders.spare, error))
}

/// A look at every name in the spare.
struct Survey<'a> {
    folders: &'a Folders,
    /// The spare's own folder.
    top: Metadata,
    former: &'a Former,
    files: &'a Files,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    /// The places of the files that the new site has as well.
    same: Vec<usize>,
    /// The paths of those that have to go.
    stale: Vec<PathBuf>,
}

impl Survey<'_> {
    /// `None` where something is not as we leave it.
    fn walk(&self, below: &Path) -> Result<Option<()>, Error> {
        let here = self.folders.spare.join(below);
        let metadata = fs::symlink_metadata(&here).map_err(|error| Error::read(&here, error))?;
        let entries = read_folder(&here)?;
        let is_ours = folder::is_public_folder(&metadata) && is_on_one_disk(&metadata, &self.top);
        if entries.is_empty() || !is_ours {
            return Ok(None);
        }
        let (mut found, mut folders) = (Found::default(), Vec::new());
        for entry in entries {
            let path = below.join(entry.file_name());
            let kind = entry.file_type().map_err(|error| Error::read(entry.path(), error))?;
            if kind.is_dir() {
                folders.push(path);
            } else if !kind.is_file() {
                return Ok(None);
            } else if let Some(place) = path.to_str().and_then(|path| self.files.find_unchanged(path, inode(&entry))) {
                found.same.push(place);
            } else if !self.former.is_ours(&path) {
                return Ok(None);
            } else if !self.is_written(&path) {
                found.stale.push(path);
            }
        }
        {
            let mut all = self.found.lock().expect("no thread panics while it holds what was found");
            all.same.append(&mut found.same);
            all.stale.append(&mut found.stale);
        }
        let below: Option<()> = folders.into_par_iter().map(|path| self.walk(&path)).collect::<Result<_, Error>>()?;
        Ok(below)
    }

    /// Whether the new site has another file of that path, which will take its place.
    fn is_written(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.files.is(Fate::Written, path))
    }
}

/// Whether two folders are on one file system, where a number means one file.
#[cfg(unix)]
fn is_on_one_disk(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.dev() == other.dev()
}

#[cfg(not(unix))]
fn is_on_one_disk(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// The number of the file that an entry names, as the folder has it.
#[cfg(unix)]
fn inode(entry: &DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> u64 {
    unreachable!("there are spares on Unix only")
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => one.is_file() && former::is_same_file(&one, &other),
        _ => false,
    }
}
