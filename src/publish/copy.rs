//! Holds a published copy against the files of the site as they are made again: nothing is written, nothing is kept but
//! the names and digests of the files.
//!
//! In a folder every file that the site does not have is extra, but for what belongs to git at its top; symbolic links
//! in it are not followed, so a link where a file of ours belongs differs from it. A manifest speaks of the files that it lists;
//! it is itself compared where all of them agree, since what it says of the content could differ alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error as _};
use sha2::{Digest, Sha256};

use super::folder::read_folder;
use super::writing::{PIECE, fill, open_source};
use super::{Content, FileEntry, MANIFEST, PROGRAM};
use crate::error::Error;
use crate::output::SitePath;

/// What belongs to version control at the top of a copy begins so.
const GIT: &str = ".git";

/// A copy of a site that somebody published.
#[derive(Debug)]
pub struct PublishedCopy {
    place: Place,
    manifest: Option<Manifest>,
    /// As it was given, for messages, and without links and dots, for comparing.
    root: PathBuf,
    real_root: PathBuf,
    seen: Mutex<Vec<(FileEntry, Option<Fault>)>>,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    /// The bytes of a manifest, and what it lists: size and digest by path.
    Manifest(Vec<u8>, BTreeMap<String, (u64, String)>),
}

#[derive(Debug, serde::Deserialize)]
struct Manifest {
    program: String,
    version: String,
    #[serde(deserialize_with = "day")]
    as_of: NaiveDate,
    #[serde(default)]
    files: Vec<Listed>,
}

#[derive(Debug, serde::Deserialize)]
struct Listed {
    path: String,
    size: u64,
    sha256: String,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// What is wrong with a file of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Its bytes are others than those that the sources give.
    Differs,
    /// The sources give it, and the copy does not have it.
    Missing,
    /// The copy has it, and the sources do not give it.
    Extra,
}

impl Fault {
    /// The word in every format: `differs`, `missing` or `extra`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// A file in which a copy and the sources do not agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// Its path below the site's own folder, with `/`; a name that is no Unicode has replacement characters.
    pub path: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl PublishedCopy {
    /// The copy in a folder, of the site made from `root`.
    ///
    /// # Errors
    /// [`Error::Read`] where the folder cannot be read.
    pub fn in_folder(folder: &Path, root: &Path) -> Result<Self, Error> {
        // Asked first, so that a folder that is not there is one mistake and not all of its files.
        read_folder(folder)?;
        // What is no manifest of ours says nothing of a day; it is named among the files that differ.
        let path = folder.join(MANIFEST);
        let text = open_plain(&path).map_err(|error| Error::read(&path, error))?;
        let manifest = text.and_then(|file| serde_json::from_reader(io::BufReader::new(file)).ok());
        Self::new(Place::Folder(folder.to_owned()), manifest, root)
    }

    /// The copy that a manifest lists, of the site made from `root`.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be read, [`Error::NotAManifest`] where it is no manifest of ours.
    pub fn of_manifest(path: &Path, root: &Path) -> Result<Self, Error> {
        let not_ours = || Error::NotAManifest { path: path.to_owned() };
        if !fs::metadata(path).map_err(|error| Error::read(path, error))?.is_file() {
            return Err(not_ours());
        }
        let bytes = fs::read(path).map_err(|error| Error::read(path, error))?;
        let mut manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| not_ours())?;
        if manifest.program != PROGRAM {
            return Err(not_ours());
        }
        let files = std::mem::take(&mut manifest.files);
        let listed = files.into_iter().map(|file| (file.path, (file.size, file.sha256))).collect();
        Self::new(Place::Manifest(bytes, listed), Some(manifest), root)
    }

    fn new(place: Place, manifest: Option<Manifest>, root: &Path) -> Result<Self, Error> {
        let real_root = root.canonicalize().map_err(|error| Error::read(root, error))?;
        let manifest = manifest.filter(|manifest| manifest.program == PROGRAM);
        Ok(Self { place, manifest, root: root.to_owned(), real_root, seen: Mutex::default() })
    }

    /// The day that the copy speaks of, as its manifest says.
    #[must_use]
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.manifest.as_ref().map(|manifest| manifest.as_of)
    }

    /// The version of the program that made the copy, as its manifest says.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.manifest.as_ref().map(|manifest| manifest.version.as_str())
    }

    /// Compares a file of the site with the copy's. May be called from many threads at once.
    ///
    /// # Errors
    /// [`Error::Read`] where the copy's file or a file to copy cannot be read.
    pub fn compare(&self, path: &SitePath, content: Content<'_>) -> Result<(), Error> {
        let mut source = match content {
            Content::Bytes(bytes) => Source::Bytes(bytes),
            // A copy is not taken at its word: what it says it was drawn from proves nothing.
            Content::Drawn(drawing) => Source::Bytes(drawing.draw().into()),
            Content::CopyOf(source) => {
                let path = self.root.join(source);
                let file = open_source(&path, &self.real_root).map_err(|error| Error::read(&path, error))?;
                Source::File(path, file)
            }
        };
        let seen = match &self.place {
            Place::Folder(folder) => compare_file(path, &mut source, &folder.join(path.as_str()))?,
            Place::Manifest(_, listed) => {
                let entry = digest(path, &mut source, |_| Ok(()))?;
                let fault = match listed.get(path.as_str()) {
                    None => Some(Fault::Missing),
                    Some((size, sha256)) if *size == entry.size && *sha256 == entry.sha256_hex() => None,
                    Some(_) => Some(Fault::Differs),
                };
                (entry, fault)
            }
        };
        self.seen.lock().expect("no thread panics while it holds the list").push(seen);
        Ok(())
    }

    /// Ends the comparison: `manifest` gives the bytes of [`MANIFEST`] for the files in the order of their paths.
    ///
    /// Answers how many files the site has, the manifest included, and where the copy deviates, by path.
    ///
    /// # Errors
    /// [`Error::Read`] where the copy's folder cannot be read.
    pub fn finish(mut self, manifest: impl FnOnce(&[FileEntry]) -> Vec<u8>) -> Result<(usize, Vec<Deviation>), Error> {
        let mut seen = std::mem::take(self.seen.get_mut().expect("no thread panics while it holds the list"));
        seen.sort_unstable_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        let (entries, faults): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
        let manifest = manifest(&entries);
        let is_ours =
            |path: &str| path == MANIFEST || entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok();
        let deviates = |path: &str, fault| Deviation { path: path.to_owned(), fault };
        let mut deviations: Vec<Deviation> = entries
            .iter()
            .zip(&faults)
            .filter_map(|(entry, fault)| Some(deviates(entry.path.as_str(), (*fault)?)))
            .collect();
        match &self.place {
            Place::Folder(folder) => {
                let path = SitePath::new(MANIFEST).expect("the name of the manifest is a path");
                let source = &mut Source::Bytes(Cow::Owned(manifest));
                let (_, fault) = compare_file(&path, source, &folder.join(MANIFEST))?;
                deviations.extend(fault.map(|fault| deviates(MANIFEST, fault)));
                find_extra(folder, "", &is_ours, &mut deviations)?;
            }
            Place::Manifest(bytes, listed) => {
                let extra = listed.keys().filter(|path| *path == MANIFEST || !is_ours(path));
                deviations.extend(extra.map(|path| deviates(path, Fault::Extra)));
                if deviations.is_empty() && manifest != *bytes {
                    deviations.push(deviates(MANIFEST, Fault::Differs));
                }
            }
        }
        deviations.sort_unstable();
        Ok((entries.len() + 1, deviations))
    }
}

/// The bytes of a file of the site, from memory or from a file that is copied.
enum Source<'a> {
    Bytes(Cow<'a, [u8]>),
    File(PathBuf, File),
}

/// The size and digest of a file of the site; each piece of it is shown to `watch`.
fn digest(
    path: &SitePath,
    source: &mut Source<'_>,
    mut watch: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<FileEntry, Error> {
    let (mut hasher, mut size) = (Sha256::new(), 0);
    let mut take = |piece: &[u8]| {
        hasher.update(piece);
        size += piece.len() as u64;
        watch(piece)
    };
    match source {
        Source::Bytes(bytes) => bytes.chunks(PIECE).try_for_each(&mut take)?,
        Source::File(place, file) => {
            let mut piece = [0; PIECE];
            loop {
                let length = fill(file, &mut piece).map_err(|error| Error::read(&place, error))?;
                if length == 0 {
                    break;
                }
                take(&piece[..length])?;
            }
        }
    }
    Ok(FileEntry { path: path.clone(), size, sha256: hasher.finalize().into() })
}

/// Reads a file of the site and that of the copy side by side.
fn compare_file(path: &SitePath, source: &mut Source<'_>, copy: &Path) -> Result<(FileEntry, Option<Fault>), Error> {
    let fail = |error| Error::read(copy, error);
    let is_there = match fs::symlink_metadata(copy) {
        Ok(_) => true,
        Err(error) if is_absence(&error) => false,
        Err(error) => return Err(fail(error)),
    };
    let mut copied = open_plain(copy).map_err(fail)?;
    let mut is_same = copied.is_some();
    let mut piece = [0; PIECE];
    let entry = digest(path, source, |expected| {
        if let (true, Some(file)) = (is_same, &mut copied) {
            let length = fill(file, &mut piece[..expected.len()]).map_err(fail)?;
            is_same = piece[..length] == *expected;
        }
        Ok(())
    })?;
    if let (true, Some(file)) = (is_same, &mut copied) {
        is_same = fill(file, &mut piece[..1]).map_err(fail)? == 0;
    }
    let fault = match (is_there, is_same) {
        (false, _) => Some(Fault::Missing),
        (true, true) => None,
        (true, false) => Some(Fault::Differs),
    };
    Ok((entry, fault))
}

/// Opens a plain file; nothing for what is not there or is no plain file. A pipe or a device is never waited for.
fn open_plain(path: &Path) -> io::Result<Option<File>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Ok(None),
        Err(error) if is_absence(&error) => return Ok(None),
        other => other.map(drop)?,
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options.open(path).map(Some)
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Notes every file below a folder of the copy that is not ours.
fn find_extra(
    folder: &Path,
    below: &str,
    is_ours: &impl Fn(&str) -> bool,
    deviations: &mut Vec<Deviation>,
) -> Result<(), Error> {
    for entry in read_folder(folder)? {
        let name = entry.file_name();
        let is_unicode = name.to_str().is_some();
        let name = name.to_string_lossy();
        if below.is_empty() && name.starts_with(GIT) {
            continue;
        }
        let path = format!("{below}{name}");
        let kind = entry.file_type().map_err(|error| Error::read(entry.path(), error))?;
        if kind.is_dir() {
            find_extra(&entry.path(), &format!("{path}/"), is_ours, deviations)?;
        } else if !is_unicode || !is_ours(&path) {
            deviations.push(Deviation { path, fault: Fault::Extra });
        }
    }
    Ok(())
}
