//! Refuses output folders that a build must not replace, before anything is changed.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::folder::{Folders, read_folder};
use super::former::Former;
use super::receipt::Recalled;
use crate::error::{Error, OutputRefusal};

/// What a folder may hold that has no site of ours yet: what belongs to version control.
const HARMLESS: &[&str] = &[".git", ".gitignore", ".gitkeep"];

/// Where a site is published.
pub(super) struct Place {
    pub(super) folders: Folders,
    /// The site's root without links and dots.
    pub(super) real_root: PathBuf,
    is_there: bool,
}

/// Finds the output folder of the site at `root`, whatever it holds, and refuses a place where none can be.
pub(super) fn locate(output: &Path, root: &Path) -> Result<Place, Error> {
    let refuse = |reason| Err(Error::OutputRefused { path: output.to_owned(), reason });
    // Without a slash at its end, which would follow a symbolic link.
    let given: PathBuf = output.components().collect();
    if given.as_os_str().is_empty() {
        return refuse(OutputRefusal::Root);
    }
    let is_there = match fs::symlink_metadata(&given) {
        Ok(metadata) if !metadata.is_dir() => return refuse(OutputRefusal::NotAFolder),
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(Error::write(output, error)),
    };
    let real = real_path(&given).map_err(|error| Error::write(output, error))?;
    let real_root = fs::canonicalize(root).map_err(|error| Error::read(root, error))?;
    if let Some(reason) = misplaced(&real, &real_root) {
        return refuse(reason);
    }
    // A path such as `..` has no name to make siblings of.
    let folders = Folders::of(if given.file_name().is_some() { given } else { real });
    Ok(Place { folders, real_root, is_there })
}

/// Finds the output folder as [`locate`] does, and checks that it can be written.
pub(super) fn permit(output: &Path, root: &Path) -> Result<Place, Error> {
    let place = locate(output, root)?;
    let folders = &place.folders;
    let parent = folders.output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !place.is_there {
        fs::create_dir_all(parent).map_err(|error| Error::write(parent, error))?;
    } else {
        check_rights(&folders.output, parent)?;
    }
    Ok(place)
}

/// Checks the output folder of the site at `root`; answers where it is, and the former site in it, as it is recalled or
/// else as its manifest says.
pub(super) fn accept(output: &Path, root: &Path, recalled: Option<&Recalled>) -> Result<(Place, Former), Error> {
    let place = permit(output, root)?;
    if !place.is_there {
        return Ok((place, Former::default()));
    }
    let folders = &place.folders;
    let former = match recalled.and_then(Recalled::listed) {
        Some((left, stamp)) => Former::recalled(left, stamp),
        None => Former::read(&folders.output)?,
    };
    if !former.has_manifest() && has_strangers(&folders.output)? {
        return Err(Error::OutputRefused { path: output.to_owned(), reason: OutputRefusal::NotOurs });
    }
    Ok((place, former))
}

/// Why a folder at that place cannot be an output folder, whatever it holds.
fn misplaced(real: &Path, real_root: &Path) -> Option<OutputRefusal> {
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    if real.file_name().is_none() || home.is_some_and(|home| home == real) {
        return Some(OutputRefusal::Root);
    }
    let sources = ["content", "themes"].map(|name| {
        let place = real_root.join(name);
        // A source folder that is a symbolic link has two places.
        (place.canonicalize().unwrap_or_else(|_| place.clone()), place)
    });
    let mut all = sources.iter().flat_map(|(target, place)| [target, place]);
    if real_root.starts_with(real) || all.clone().any(|source| source.starts_with(real)) {
        return Some(OutputRefusal::HoldsSources);
    }
    all.any(|source| real.starts_with(source)).then_some(OutputRefusal::InsideSources)
}

/// The path without links and dots, of a folder that need not exist.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    let mut real = loop {
        match existing.canonicalize() {
            Ok(real) => break real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let (Some(parent), Some(last)) = (existing.parent(), existing.components().next_back()) else {
            break existing.to_owned();
        };
        missing.push(last);
        existing = parent;
    };
    for component in missing.into_iter().rev() {
        match component {
            Component::ParentDir => drop(real.pop()),
            other => real.push(other),
        }
    }
    Ok(real)
}

fn has_strangers(folder: &Path) -> Result<bool, Error> {
    let entries = read_folder(folder)?;
    Ok(entries.iter().any(|entry| !HARMLESS.iter().any(|harmless| entry.file_name() == *harmless)))
}

/// Finds out before the work begins what would fail at its end: a folder that must not be written, a mount point.
#[cfg(unix)]
fn check_rights(output: &Path, parent: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::Access;

    let writable = rustix::fs::access(output, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK);
    writable.map_err(|error| Error::write(output, error.into()))?;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).map_err(|error| Error::read(path, error));
    if device(output)? != device(parent)? {
        return Err(Error::Swap { path: output.to_owned(), source: rustix::io::Errno::XDEV.into() });
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_rights(_: &Path, _: &Path) -> Result<(), Error> {
    Ok(())
}
