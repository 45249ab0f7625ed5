//! Puts the new site in the place of the former one, and finishes what a killed run began.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{self, Folders, MARKER};
use super::former::{self, Former, Owner};
use super::{exists, spare};
use crate::error::Error;

/// Puts the scratch folder in the output folder's place; answers where the former site stands now.
pub(super) fn replace(folders: &Folders) -> Result<Option<PathBuf>, Error> {
    if !exists(&folders.output)? {
        rename(&folders.scratch, &folders.output).map_err(|error| failure(folders, error))?;
        return Ok(None);
    }
    match exchange(&folders.scratch, &folders.output) {
        Ok(()) => Ok(Some(folders.scratch.clone())),
        Err(error) if is_unsupported(&error) => rename_twice(folders).map(Some),
        Err(error) => Err(failure(folders, error)),
    }
}

/// The exchange by two renames. Killed between them, it leaves no output folder but both sites beside it, and
/// [`recover`] does the second.
pub(super) fn rename_twice(folders: &Folders) -> Result<PathBuf, Error> {
    rename(&folders.output, &folders.aside).map_err(|error| failure(folders, error))?;
    if let Err(error) = rename(&folders.scratch, &folders.output) {
        rename(&folders.aside, &folders.output).map_err(|error| failure(folders, error))?;
        return Err(failure(folders, error));
    }
    Ok(folders.aside.clone())
}

/// Clears up beside the output folder what a killed run left there, and nothing else.
///
/// # Errors
/// [`Error::InTheWay`] where a sibling has the name of ours and holds what no run of ours can have left.
pub(super) fn recover(folders: &Folders) -> Result<(), Error> {
    let is_unfinished = exists(&folders.scratch.join(MARKER))?;
    if exists(&folders.aside)? {
        if exists(&folders.output)? {
            former::retire(&folders.aside, &folders.output, Owner::Presumed)?;
        } else if !is_unfinished && Former::read(&folders.scratch)?.has_manifest() {
            rename(&folders.scratch, &folders.output).map_err(|error| failure(folders, error))?;
            former::retire(&folders.aside, &folders.output, Owner::Presumed)?;
        } else {
            rename(&folders.aside, &folders.output).map_err(|error| failure(folders, error))?;
        }
    }
    spare::recover(folders)?;
    if !exists(&folders.scratch)? {
        return Ok(());
    }
    if !folders.scratch.is_dir() || folders.scratch.is_symlink() {
        return Err(Error::InTheWay { path: folders.scratch.clone() });
    }
    if is_unfinished {
        folder::clear_scratch(&folders.scratch)
    } else {
        former::retire(&folders.scratch, &folders.output, Owner::Presumed)
    }
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the file system, or the system, knows no exchange.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// A folder that may not be moved is a matter of rights; one that cannot be, of where it lies.
fn failure(folders: &Folders, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Error::write(&folders.output, error),
        _ => Error::Swap { path: folders.output.clone(), source: error },
    }
}
