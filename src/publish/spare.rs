//! The spare generation of a large site: second names of its files, from which the next site is made by changing what
//! changed, in place of naming every file once more and removing every name of the former site.
//!
//! - It stands beside the output folder and holds nothing but what the published site holds too, the manifest among it:
//!   what left the site is in no hidden folder either, and a spare whose manifest is another one is of no use.
//! - It is never believed: each name is held against the number of the file that this build looked at, and where
//!   anything else is found in it, it is not used, but removed as a former site is. Deleting it is safe.
//! - While it is brought up to date it has the marker of an unfinished site; then it takes the place of the scratch
//!   folder, so that the swap and whatever follows a killed run know nothing of it.

use std::fs::{self, Metadata};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::files::{Fate, Files};
use super::folder::{self, Folders, MARKER, Modes, read_folder};
use super::former::{self, Former, Owner};
use super::watch::{Contents, Watch};
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
    watch: &Watch<'_>,
    modes: Modes,
) -> Result<Option<Vec<bool>>, Error> {
    if !exists(&folders.spare)? {
        return Ok(None);
    }
    let top = fs::symlink_metadata(&folders.spare).map_err(|error| Error::read(&folders.spare, error))?;
    let places = files.places(watch.left());
    let survey = Survey { folders, top, former, files, watch, places, found: Mutex::default() };
    if survey.walk(Path::new(""), 0..watch.left().len())?.is_none() {
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
    watch: &'a Watch<'a>,
    /// Where the files of the receipt stand among the new ones.
    places: Vec<Option<usize>>,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    /// The places of the files that the new site has as well.
    same: Vec<usize>,
    /// The paths of those that have to go.
    stale: Vec<PathBuf>,
}

/// What was found in a folder, and the folders in it, each with the files of the receipt below it.
type Look = (Found, Vec<(PathBuf, Range<usize>)>);

impl Survey<'_> {
    /// `None` where something is not as we leave it. `listed` are the files of the receipt below the folder.
    fn walk(&self, below: &Path, listed: Range<usize>) -> Result<Option<()>, Error> {
        let here = self.folders.spare.join(below);
        let metadata = fs::symlink_metadata(&here).map_err(|error| Error::read(&here, error))?;
        if !folder::is_public_folder(&metadata) || !is_on_one_disk(&metadata, &self.top) {
            return Ok(None);
        }
        let known = below.to_str().and_then(|below| self.watch.known(below, listed.clone(), &metadata));
        let look = match known {
            Some(contents) => Some(self.take_as_known(contents)),
            None => self.read(below, listed, &metadata)?,
        };
        let Some((mut found, folders)) = look else { return Ok(None) };
        {
            let mut all = self.found.lock().expect("no thread panics while it holds what was found");
            all.same.append(&mut found.same);
            all.stale.append(&mut found.stale);
        }
        let walk = |(path, listed): (PathBuf, Range<usize>)| self.walk(&path, listed);
        folders.into_par_iter().map(walk).collect::<Result<_, Error>>()
    }

    /// What a folder holds that is as it was left.
    fn take_as_known(&self, contents: Contents<'_>) -> Look {
        let mut found = Found::default();
        for listed in contents.own {
            let file = &self.watch.left()[listed];
            match self.places[listed] {
                Some(place) if self.files.is_unchanged(place, file.stamp.inode()) => found.same.push(place),
                Some(place) if self.files.is_at(Fate::Written, place) => {}
                _ => found.stale.push(PathBuf::from(&file.path)),
            }
        }
        (found, contents.folders.into_iter().map(|(path, listed)| (PathBuf::from(path), listed)).collect())
    }

    /// Reads a folder; `None` where something in it is not as we leave it.
    fn read(&self, below: &Path, listed: Range<usize>, metadata: &Metadata) -> Result<Option<Look>, Error> {
        let entries = read_folder(&self.folders.spare.join(below))?;
        if entries.is_empty() {
            return Ok(None);
        }
        let contents = below.to_str().map(|below| {
            self.watch.note(below, metadata, &entries);
            self.watch.contents(below, listed)
        });
        let (mut found, mut folders) = (Found::default(), Vec::new());
        for entry in entries {
            let path = below.join(entry.file_name());
            let kind = entry.file_type().map_err(|error| Error::read(entry.path(), error))?;
            let number = || folder::inode(&entry);
            if kind.is_dir() {
                let listed = contents.as_ref().zip(path.to_str()).map_or(0..0, |(here, path)| here.below(path));
                folders.push((path, listed));
            } else if !kind.is_file() {
                return Ok(None);
            } else if let Some(place) = path.to_str().and_then(|path| self.files.find_unchanged(path, number())) {
                found.same.push(place);
            } else if !self.former.is_ours(&path) {
                return Ok(None);
            } else if !self.is_written(&path) {
                found.stale.push(path);
            }
        }
        Ok(Some((found, folders)))
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

fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => one.is_file() && former::is_same_file(&one, &other),
        _ => false,
    }
}
