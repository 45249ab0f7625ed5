//! The output folder, its siblings, and how folders are made and removed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Stands in a scratch folder as long as it is unfinished.
pub(super) const MARKER: &str = ".tiendo-scratch";

const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// The output folder and its siblings, whose names are ours.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    /// Where the site is published.
    pub(super) output: PathBuf,
    /// Where the new site is made; after an exchange it holds the former one.
    pub(super) scratch: PathBuf,
    /// Second names of the published site's files, for the next one.
    pub(super) spare: PathBuf,
    /// Where the former site waits between two renames, on file systems without an exchange.
    pub(super) aside: PathBuf,
    /// The file that keeps two builds apart.
    pub(super) lock: PathBuf,
    /// What the last build was made of and how it left the folder.
    pub(super) receipt: PathBuf,
}

impl Folders {
    /// The siblings of an output folder; its path ends in a name.
    pub(super) fn of(output: PathBuf) -> Self {
        let name = output.file_name().expect("the path of an output folder ends in a name");
        let sibling = |suffix: &str| {
            let mut sibling = std::ffi::OsString::from(".");
            sibling.push(name);
            sibling.push(suffix);
            output.with_file_name(sibling)
        };
        let (scratch, spare, aside) = (sibling(".tiendo-new"), sibling(".tiendo-spare"), sibling(".tiendo-old"));
        let (lock, receipt) = (sibling(".tiendo-lock"), sibling(".tiendo-receipt"));
        Self { output, scratch, spare, aside, lock, receipt }
    }

    /// Makes the scratch folder with its marker.
    pub(super) fn make_scratch(&self) -> Result<Modes, Error> {
        new_folder(&self.scratch).map_err(|error| Error::write(&self.scratch, error))?;
        let marker = self.scratch.join(MARKER);
        let file = new_file(&marker).map_err(|error| Error::write(&marker, error))?;
        let modes = Modes::probe(&self.scratch, &file)?;
        modes.apply_to_folder(&self.scratch).map_err(|error| Error::write(&self.scratch, error))?;
        Ok(modes)
    }

    /// Says that the scratch folder is a whole site.
    pub(super) fn unmark_scratch(&self) -> Result<(), Error> {
        let marker = self.scratch.join(MARKER);
        fs::remove_file(&marker).map_err(|error| Error::write(&marker, error))
    }
}

/// Whether new files and folders get the modes of a public site by themselves, or have to be given them.
///
/// The mask of the process cannot be asked for without changing it, so the first file and folder are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Modes {
    file: Mode,
    folder: Mode,
}

#[derive(Debug, Clone, Copy)]
enum Mode {
    Right,
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has modes"))]
    ToBeSet(u32),
}

impl Modes {
    #[cfg(unix)]
    fn probe(folder: &Path, file: &File) -> Result<Self, Error> {
        use std::os::unix::fs::PermissionsExt;
        let look = |metadata: io::Result<fs::Metadata>, wanted: u32| match metadata {
            Ok(metadata) if metadata.permissions().mode() & 0o777 == wanted => Ok(Mode::Right),
            Ok(_) => Ok(Mode::ToBeSet(wanted)),
            Err(error) => Err(Error::read(folder, error)),
        };
        Ok(Self { file: look(file.metadata(), FILE_MODE)?, folder: look(fs::metadata(folder), FOLDER_MODE)? })
    }

    #[cfg(not(unix))]
    fn probe(_: &Path, _: &File) -> Result<Self, Error> {
        Ok(Self { file: Mode::Right, folder: Mode::Right })
    }

    pub(super) fn apply_to_file(self, file: &File) -> io::Result<()> {
        self.file.permissions().map_or(Ok(()), |permissions| file.set_permissions(permissions))
    }

    pub(super) fn apply_to_folder(self, folder: &Path) -> io::Result<()> {
        self.folder.permissions().map_or(Ok(()), |permissions| fs::set_permissions(folder, permissions))
    }
}

impl Mode {
    fn permissions(self) -> Option<fs::Permissions> {
        match self {
            Self::Right => None,
            #[cfg(unix)]
            Self::ToBeSet(mode) => Some(std::os::unix::fs::PermissionsExt::from_mode(mode)),
            #[cfg(not(unix))]
            Self::ToBeSet(_) => None,
        }
    }
}

/// Whether the mode is that of a public file.
#[cfg(unix)]
pub(super) fn is_public(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777 == FILE_MODE
}

#[cfg(not(unix))]
pub(super) fn is_public(_: &fs::Metadata) -> bool {
    true
}

/// Whether the mode is that of a public folder.
#[cfg(unix)]
pub(super) fn is_public_folder(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777 == FOLDER_MODE
}

#[cfg(not(unix))]
pub(super) fn is_public_folder(_: &fs::Metadata) -> bool {
    true
}

/// Creates a file that must not be there yet.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
    options.open(path)
}

/// Creates a folder that must not be there yet.
fn new_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER_MODE);
    builder.create(path)
}

/// Does what needs a folder to be there; where it fails for the want of it, creates the folder and tries once more.
///
/// So each folder is created once, and no list of folders is kept.
pub(super) fn with_folder<T>(path: &Path, modes: Modes, attempt: impl Fn() -> io::Result<T>) -> Result<T, Error> {
    match attempt() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                make_folders(folder, modes)?;
            }
            attempt().map_err(|error| Error::write(path, error))
        }
        other => other.map_err(|error| Error::write(path, error)),
    }
}

/// Creates a folder and those above it; another thread may be doing the same.
pub(super) fn make_folders(folder: &Path, modes: Modes) -> Result<(), Error> {
    let fail = |error| Error::write(folder, error);
    let made = new_folder(folder).or_else(|error| match (error.kind(), folder.parent()) {
        (io::ErrorKind::NotFound, Some(above)) => {
            make_folders(above, modes)?;
            new_folder(folder).map_err(fail)
        }
        _ => Err(fail(error)),
    });
    match made {
        Ok(()) => modes.apply_to_folder(folder).map_err(fail),
        Err(Error::Write { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes an unfinished site. Its marker goes last, so that the next run can go on where this one is stopped.
pub(super) fn clear_scratch(scratch: &Path) -> Result<(), Error> {
    for entry in read_folder(scratch)? {
        if entry.file_name() == MARKER {
            continue;
        }
        let path = entry.path();
        if entry.file_type().map_err(|error| Error::read(&path, error))?.is_dir() {
            remove_tree(&path)?;
        } else {
            remove_file(&path)?;
        }
    }
    remove_tree(scratch)
}

/// Removes a folder with all that is in it; symbolic links are removed, not followed.
pub(super) fn remove_tree(folder: &Path) -> Result<(), Error> {
    fs::remove_dir_all(folder).map_err(|error| Error::write(folder, error))
}

/// Removes a file, even from a folder of ours that was made read-only.
pub(super) fn remove_file(path: &Path) -> Result<(), Error> {
    unlocking(path, || fs::remove_file(path))
}

/// Removes an empty folder, even from a folder of ours that was made read-only.
pub(super) fn remove_folder(path: &Path) -> Result<(), Error> {
    unlocking(path, || fs::remove_dir(path))
}

/// Removes the folders above something that are empty now, up to `root`, which stays.
pub(super) fn remove_empty_above(path: &Path, root: &Path) {
    let above = path.ancestors().skip(1).take_while(|above| *above != root);
    // A folder that is not empty stays, and so do those above it.
    let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
}

fn unlocking(path: &Path, remove: impl Fn() -> io::Result<()>) -> Result<(), Error> {
    let mut result = remove();
    #[cfg(unix)]
    if let (Err(error), Some(folder)) = (&result, path.parent())
        && error.kind() == io::ErrorKind::PermissionDenied
        && fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(FOLDER_MODE)).is_ok()
    {
        result = remove();
    }
    result.map_err(|error| Error::write(path, error))
}

/// The entries of a folder.
pub(super) fn read_folder(folder: &Path) -> Result<Vec<fs::DirEntry>, Error> {
    let fail = |error| Error::read(folder, error);
    fs::read_dir(folder).map_err(fail)?.collect::<io::Result<_>>().map_err(fail)
}

/// The number of the file that an entry names, as the folder has it.
#[cfg(unix)]
pub(super) fn inode(entry: &fs::DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
pub(super) fn inode(_: &fs::DirEntry) -> u64 {
    unreachable!("it is asked for on Unix only")
}
