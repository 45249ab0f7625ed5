//! The former site: what in its folder is ours, what is not, and how each gets where it belongs.

use std::borrow::Cow;
use std::fs::{self, DirEntry};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use super::files::Files;
use super::folder::{self, Modes, read_folder};
use super::receipt::{Left, Stamp};
use super::watch::Watch;
use super::{MANIFEST, PROGRAM, exists};
use crate::error::Error;

/// What the manifest of a former site says that tiendo wrote. Without a manifest of ours, nothing.
#[derive(Debug, Default)]
pub(super) struct Former {
    /// Sorted by path.
    files: Vec<Listed>,
    has_manifest: bool,
    /// Of the manifest, when it was read.
    stamp: Option<Stamp>,
}

/// A file as the manifest lists it.
#[derive(Debug)]
pub(super) struct Listed {
    /// With `/`.
    path: String,
    pub(super) size: u64,
    /// None where the manifest says nothing that can be one.
    pub(super) sha256: Option<[u8; 32]>,
}

#[derive(Deserialize)]
struct Manifest<'a> {
    program: String,
    #[serde(borrow)]
    files: Vec<ManifestFile<'a>>,
}

#[derive(Deserialize)]
struct ManifestFile<'a> {
    path: String,
    #[serde(default)]
    size: u64,
    #[serde(borrow, default)]
    sha256: Cow<'a, str>,
}

impl Former {
    /// Reads the manifest of a folder, which need not exist.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(MANIFEST);
        let (text, stamp) = match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {
                (fs::read(&path).map_err(|error| Error::read(&path, error))?, Stamp::of(&metadata))
            }
            Ok(_) => return Ok(Self::default()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(error) => return Err(Error::read(&path, error)),
        };
        // A manifest that cannot be read is not ours; then neither is the folder.
        let ours = |manifest: &Manifest<'_>| manifest.program == PROGRAM;
        let Some(manifest) = serde_json::from_slice(&text).ok().filter(ours) else { return Ok(Self::default()) };
        let listed = |ManifestFile { path, size, sha256 }| {
            let mut digest = [0; 32];
            let is_digest = base16ct::lower::decode(&*sha256, &mut digest).is_ok_and(|digest| digest.len() == 32);
            Listed { path, size, sha256: is_digest.then_some(digest) }
        };
        let mut files: Vec<Listed> = manifest.files.into_iter().map(listed).collect();
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { files, has_manifest: true, stamp })
    }

    /// What the manifest lists, which has that stamp: these files, sorted by path.
    pub(super) fn recalled(left: &[Left], stamp: Stamp) -> Self {
        let listed =
            |left: &Left| Listed { path: left.path.clone(), size: left.stamp.size(), sha256: Some(left.sha256) };
        Self { files: left.iter().map(listed).collect(), has_manifest: true, stamp: Some(stamp) }
    }

    /// Reads the manifest again, unless it is the one that was read, as it was.
    pub(super) fn read_again(self, folder: &Path) -> Result<Self, Error> {
        let found = fs::symlink_metadata(folder.join(MANIFEST)).ok().and_then(|metadata| Stamp::of(&metadata));
        if found.is_some() && found == self.stamp { Ok(self) } else { Self::read(folder) }
    }

    /// Whether the folder has a manifest of ours.
    pub(super) fn has_manifest(&self) -> bool {
        self.has_manifest
    }

    /// What the manifest says of the file of a path.
    pub(super) fn listed(&self, path: &str) -> Option<&Listed> {
        find(&self.files, Path::new(path))
    }

    /// How many files of the former site are not among the new ones.
    pub(super) fn count_missing(&self, new: &Files) -> usize {
        self.files.par_iter().filter(|file| new.find(&file.path).is_none()).count()
    }

    /// Whether we wrote the file of that path.
    pub(super) fn is_ours(&self, path: &Path) -> bool {
        self.is_among(&self.files, path)
    }

    /// The same, for a part of our files in which it would be.
    fn is_among(&self, ours: &[Listed], path: &Path) -> bool {
        (self.has_manifest && path.as_os_str() == MANIFEST) || find(ours, path).is_some()
    }

    /// Whether we wrote anything in the folder of that path.
    fn is_our_folder(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| !part(&self.files, path).is_empty())
    }

    /// Puts every stranger of the former site into the new one as well: the same file under a second name, or a copy.
    ///
    /// Both sites are then whole at every moment, whichever of them stands in the output folder. Answers the paths of the
    /// strangers; a folder that holds none of our files is named in place of what it holds.
    pub(super) fn carry_strangers(
        &self,
        old: &Path,
        new: &Path,
        watch: &Watch<'_>,
        modes: Modes,
    ) -> Result<Vec<PathBuf>, Error> {
        if !exists(old)? {
            return Ok(Vec::new());
        }
        Carrying { former: self, old, new, watch, modes }.folder(Path::new(""), &self.files, 0..watch.left().len())
    }

    /// Whether a receipt lists the files that the manifest lists.
    pub(super) fn is_listed(&self, left: &[Left]) -> bool {
        self.files.len() == left.len() && self.files.iter().zip(left).all(|(ours, left)| ours.path == left.path)
    }
}

/// Strangers on their way into the new site.
struct Carrying<'a> {
    former: &'a Former,
    old: &'a Path,
    new: &'a Path,
    watch: &'a Watch<'a>,
    modes: Modes,
}

impl Carrying<'_> {
    /// `ours` are our files below the folder: few, so that each is found at once; `listed` are those that the receipt
    /// has, at the same places among all.
    fn folder(&self, below: &Path, ours: &[Listed], listed: Range<usize>) -> Result<Vec<PathBuf>, Error> {
        let Self { former, old, watch, .. } = self;
        let both = |mut one: Vec<PathBuf>, mut other: Vec<PathBuf>| {
            one.append(&mut other);
            Ok(one)
        };
        let here = old.join(below);
        let metadata = fs::symlink_metadata(&here).map_err(|error| Error::read(&here, error))?;
        if let Some(contents) = below.to_str().and_then(|below| watch.known(below, listed.clone(), &metadata)) {
            let below = contents.folders.into_par_iter();
            let known = below.map(|(path, listed)| self.folder(Path::new(path), &former.files[listed.clone()], listed));
            return known.try_reduce(Vec::new, both);
        }
        let entries = read_folder(&here)?;
        let contents = below.to_str().map(|below| {
            watch.note(below, &metadata, &entries);
            watch.contents(below, listed)
        });
        let listed_below = |path: &str| contents.as_ref().map_or(0..0, |contents| contents.below(path));
        entries.into_par_iter().map(|entry| self.entry(&entry, below, ours, listed_below)).try_reduce(Vec::new, both)
    }

    fn entry(
        &self,
        entry: &DirEntry,
        below: &Path,
        ours: &[Listed],
        listed_below: impl Fn(&str) -> Range<usize>,
    ) -> Result<Vec<PathBuf>, Error> {
        let &Self { former, new, modes, .. } = self;
        let path = below.join(entry.file_name());
        if is_folder(entry)? {
            let ours = path.to_str().map_or_else(Default::default, |path| part(ours, path));
            if !ours.is_empty() {
                let listed = path.to_str().map_or(0..0, listed_below);
                return self.folder(&path, ours, listed);
            }
            let target = new.join(&path);
            let is_new = make_stranger_folder(entry, &target, modes)?;
            self.folder(&path, ours, 0..0)?;
            if is_new {
                copy_mode(entry, &target)?;
            }
        } else if former.is_among(ours, &path) {
            return Ok(Vec::new());
        } else {
            carry_file(entry, &new.join(&path), modes)?;
        }
        Ok(vec![path])
    }
}

/// The file of a path among those that are sorted by it.
fn find<'a>(files: &'a [Listed], path: &Path) -> Option<&'a Listed> {
    let path = path.to_str()?;
    files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|place| &files[place])
}

/// The files below a folder among those that are sorted by path.
fn part<'a>(files: &'a [Listed], folder: &str) -> &'a [Listed] {
    let below = format!("{folder}/");
    let files = &files[files.partition_point(|file| file.path < below)..];
    &files[..files.partition_point(|file| file.path.starts_with(&below))]
}

fn is_folder(entry: &DirEntry) -> Result<bool, Error> {
    Ok(entry.file_type().map_err(|error| Error::read(entry.path(), error))?.is_dir())
}

/// Makes a folder of strangers in the new site; answers whether it was not there yet.
fn make_stranger_folder(entry: &DirEntry, new: &Path, modes: Modes) -> Result<bool, Error> {
    match fs::symlink_metadata(new) {
        Ok(found) if found.is_dir() => Ok(false),
        Ok(_) => Err(Error::InTheWay { path: entry.path() }),
        Err(_) => {
            folder::make_folders(new, modes).map_err(|error| in_the_way(error, entry))?;
            Ok(true)
        }
    }
}

/// Gives a folder the mode that its owner gave it in the former site; after it is filled, for it may forbid that.
fn copy_mode(entry: &DirEntry, new: &Path) -> Result<(), Error> {
    let metadata = entry.metadata().map_err(|error| Error::read(entry.path(), error))?;
    fs::set_permissions(new, metadata.permissions()).map_err(|error| Error::write(new, error))
}

fn carry_file(entry: &DirEntry, new: &Path, modes: Modes) -> Result<(), Error> {
    link(&entry.path(), new, modes).map(drop).map_err(|error| in_the_way(error, entry))
}

/// A stranger that finds its place taken by a file of ours stands in our way, since it was there first.
fn in_the_way(error: Error, stranger: &DirEntry) -> Error {
    match error {
        Error::Write { source, .. }
            if matches!(source.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) =>
        {
            Error::InTheWay { path: stranger.path() }
        }
        other => other,
    }
}

/// How a file came to stand in a second place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Second {
    /// It is the same file under a second name.
    Name,
    /// It is a copy.
    Copy,
}

/// Gives a file a second name; where the file system cannot do that, makes a copy with the same mode and times.
pub(super) fn link(old: &Path, new: &Path, modes: Modes) -> Result<Second, Error> {
    folder::with_folder(new, modes, || match fs::hard_link(old, new) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
            copy(old, new).map(|()| Second::Copy).map_err(|_| error)
        }
        other => other.map(|()| Second::Name),
    })
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(old)?;
    if metadata.is_file() {
        let mut file = folder::new_file(new)?;
        io::copy(&mut fs::File::open(old)?, &mut file)?;
        file.set_permissions(metadata.permissions())?;
        return file.set_modified(metadata.modified()?);
    }
    #[cfg(unix)]
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(old)?, new);
    }
    Err(io::ErrorKind::Unsupported.into())
}

/// How sure it is that a folder beside the output is a former site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// It was exchanged a moment ago.
    Known,
    /// It has the name that such a folder has, and a run that was killed may have left it.
    Presumed,
}

/// Removes a former site that stands beside the one that took its place.
///
/// Only what we wrote is removed, and strangers that have their place in the new site. One that has not, because it
/// came while the sites were exchanged, is moved there; of two versions of one, the later stays.
pub(super) fn retire(old: &Path, live: &Path, owner: Owner) -> Result<(), Error> {
    let former = Former::read(old)?;
    let owner = if former.has_manifest { Owner::Known } else { owner };
    former.retire(old, live, owner)
}

impl Former {
    /// Removes the former site as [`retire`] does, where this is what its manifest says.
    pub(super) fn retire(&self, old: &Path, live: &Path, owner: Owner) -> Result<(), Error> {
        self.retire_folder(old, live, Path::new(""), owner)?;
        if self.has_manifest {
            // The last thing to go: as long as it is there, the next run can tell what is ours.
            folder::remove_file(&old.join(MANIFEST))?;
        }
        folder::remove_folder(old)
    }

    /// Removes of a former site what the new one has not: these strangers as [`retire`] does, and of our files those
    /// that do not stay. The manifest stays.
    pub(super) fn retire_some(
        &self,
        old: &Path,
        live: &Path,
        strangers: &[PathBuf],
        stays: impl Fn(&str) -> bool + Sync,
    ) -> Result<(), Error> {
        for path in strangers {
            let is_folder = fs::symlink_metadata(old.join(path)).is_ok_and(|found| found.is_dir());
            self.retire_entry(old, live, path, is_folder, Owner::Known)?;
        }
        self.files.par_iter().filter(|file| !stays(&file.path)).try_for_each(|file| {
            let path = old.join(&file.path);
            // Somebody may have removed it, or put something else in its place, which was a stranger.
            if exists(&path)? {
                folder::remove_file(&path)?;
                folder::remove_empty_above(&path, old);
            }
            Ok(())
        })
    }

    fn retire_folder(&self, old: &Path, live: &Path, below: &Path, owner: Owner) -> Result<(), Error> {
        read_folder(&old.join(below))?.into_par_iter().try_for_each(|entry| {
            self.retire_entry(old, live, &below.join(entry.file_name()), is_folder(&entry)?, owner)
        })
    }

    fn retire_entry(&self, old: &Path, live: &Path, path: &Path, is_folder: bool, owner: Owner) -> Result<(), Error> {
        let (here, home) = (old.join(path), live.join(path));
        if is_folder {
            if !self.is_our_folder(path) {
                bring_folder_home(&here, &home, owner)?;
            }
            self.retire_folder(old, live, path, owner)?;
            folder::remove_folder(&here)
        } else if !self.is_ours(path) {
            bring_home(&here, &home, owner)
        } else if path.as_os_str() == MANIFEST {
            Ok(())
        } else {
            folder::remove_file(&here)
        }
    }
}

fn bring_folder_home(here: &Path, live: &Path, owner: Owner) -> Result<(), Error> {
    match fs::symlink_metadata(live) {
        Ok(found) if found.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && owner == Owner::Known => {
            fs::create_dir_all(live).map_err(|error| Error::write(live, error))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::read(live, error)),
        _ => Err(Error::InTheWay { path: here.to_owned() }),
    }
}

fn bring_home(here: &Path, live: &Path, owner: Owner) -> Result<(), Error> {
    let metadata = fs::symlink_metadata(here).map_err(|error| Error::read(here, error))?;
    let move_there = || {
        if let Some(folder) = live.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        }
        fs::rename(here, live).map_err(|error| Error::write(live, error))
    };
    match (fs::symlink_metadata(live), owner) {
        (Ok(there), _) if is_same_file(&metadata, &there) => folder::remove_file(here),
        (Ok(there), Owner::Known) if !there.is_dir() => {
            let is_later = matches!((metadata.modified(), there.modified()), (Ok(here), Ok(there)) if here > there);
            if is_later { move_there() } else { folder::remove_file(here) }
        }
        (Err(error), Owner::Known) if error.kind() == io::ErrorKind::NotFound => move_there(),
        (Err(error), _) if error.kind() != io::ErrorKind::NotFound => Err(Error::read(live, error)),
        _ => Err(Error::InTheWay { path: here.to_owned() }),
    }
}

#[cfg(unix)]
pub(super) fn is_same_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    one.file_type() == other.file_type()
        && one.len() == other.len()
        && matches!((one.modified(), other.modified()), (Ok(one), Ok(other)) if one == other)
}
