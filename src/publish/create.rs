//! Writes a single new file among a site's sources. It never replaces one, and never leaves the site's folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder;
use crate::error::Error;

/// What became of a file that was to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creation {
    /// It is new.
    Created,
    /// Something of that name was there already, and is as it was.
    Existed,
}

/// Creates a file at a path below `root`, and the folders that it needs.
///
/// # Errors
/// [`Error::Read`] where there is no such root, [`Error::Write`] where the disk refuses the file or where a symbolic link
/// would lead it out of the root.
pub fn create(root: &Path, path: &str, text: &str) -> Result<Creation, Error> {
    let real_root = root.canonicalize().map_err(|error| Error::read(root, error))?;
    let target = root.join(path);
    let fail = |error| Error::write(&target, error);
    let parent = target.parent().unwrap_or(root);
    if !nearest_folder(parent).map_err(fail)?.starts_with(&real_root) {
        let reason = "it is not a plain file of the site's folder";
        return Err(fail(io::Error::new(io::ErrorKind::InvalidInput, reason)));
    }
    fs::create_dir_all(parent).map_err(|error| Error::write(parent, error))?;
    match folder::new_file(&target) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| Creation::Created).map_err(fail),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Creation::Existed),
        Err(error) => Err(fail(error)),
    }
}

/// Makes a folder for new sources, unless it is there, and names what it holds already.
///
/// # Errors
/// [`Error::Write`] where the folder cannot be made, [`Error::Read`] where it cannot be read or is no folder.
pub fn folder_for_sources(folder: &Path) -> Result<Vec<String>, Error> {
    fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    let unreadable = |error| Error::read(folder, error);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<_>>>().map_err(unreadable)?;
    names.sort();
    Ok(names)
}

/// Where a folder is, or the nearest above it that exists, free of links.
fn nearest_folder(folder: &Path) -> io::Result<PathBuf> {
    match (folder.canonicalize(), folder.parent()) {
        (Err(error), Some(above)) if error.kind() == io::ErrorKind::NotFound && !is_there(folder) => {
            nearest_folder(if above.as_os_str().is_empty() { Path::new(".") } else { above })
        }
        (result, _) => result,
    }
}

/// Whether anything has that name, be it a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
