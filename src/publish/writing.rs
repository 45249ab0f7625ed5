//! Writes one file of the site, unless the former site has the same bytes.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Drawing;
use super::files::Fate;
use super::folder::{self, Modes};
use super::former::Listed;
use super::receipt::Stamp;
use crate::error::Error;

/// How many bytes are read at once.
pub(super) const PIECE: usize = 32 * 1024;

/// Where a file goes, and where the former site has it.
pub(super) struct Target {
    pub(super) new: PathBuf,
    /// None where there is no former site.
    pub(super) old: Option<PathBuf>,
    pub(super) modes: Modes,
}

/// What the former site's file holds, which is as it was left.
pub(super) struct Known {
    pub(super) sha256: [u8; 32],
    pub(super) stamp: Stamp,
}

/// What became of a file.
pub(super) struct Written {
    pub(super) size: u64,
    pub(super) sha256: [u8; 32],
    pub(super) fate: Fate,
    /// What the system said of the file when its bytes were known.
    pub(super) stamp: Option<Stamp>,
}

impl Target {
    /// Writes bytes. Where `known` says what the former site's file holds, nobody reads it.
    pub(super) fn put(&self, bytes: &[u8], known: Option<Known>) -> Result<Written, Error> {
        let (size, sha256) = (bytes.len() as u64, Sha256::digest(bytes).into());
        let same = match known {
            Some(Known { sha256: former, stamp }) => (former == sha256).then_some(Some(stamp)),
            None => self.old.as_ref().and_then(|old| find_bytes(old, bytes)).map(|found| Stamp::of(&found)),
        };
        let (fate, stamp) = match same {
            Some(stamp) => (Fate::Unchanged, stamp),
            None => {
                let metadata = write_new(&self.new, bytes, self.modes)?.metadata().ok();
                (Fate::Written, metadata.as_ref().and_then(Stamp::of))
            }
        };
        Ok(Written { size, sha256, fate, stamp })
    }

    /// Keeps the former site's file, as its manifest lists it, if it was drawn from the same; `None` where it is to be drawn.
    pub(super) fn keep(&self, drawing: &dyn Drawing, listed: &Listed) -> Option<Written> {
        let size = listed.size;
        let (former, metadata) = open_former(self.old.as_ref()?, size)?;
        let stamp = Stamp::of(&metadata);
        let bytes = read(former, size)?;
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        (listed.sha256 == Some(digest) && drawing.is_drawn_in(&bytes)).then_some(Written {
            size,
            sha256: digest,
            fate: Fate::Unchanged,
            stamp,
        })
    }

    /// Copies a plain file that lies inside the root, by way of links or not.
    ///
    /// Its size and digest are those of the bytes that were copied, even when somebody changes it meanwhile.
    pub(super) fn copy(&self, source: &Path, root: &Path) -> Result<Written, Error> {
        let fail = |error| Error::read(source, error);
        let mut file = open_source(source, root).map_err(fail)?;
        if let Some(same) = self.compare(&mut file).map_err(fail)? {
            return Ok(same);
        }
        file.rewind().map_err(fail)?;
        let mut new = folder::with_folder(&self.new, self.modes, || folder::new_file(&self.new))?;
        let written = |result: io::Result<()>| result.map_err(|error| Error::write(&self.new, error));
        written(self.modes.apply_to_file(&new))?;
        let (mut digest, mut size, mut piece) = (Sha256::new(), 0, [0; PIECE]);
        loop {
            let length = fill(&mut file, &mut piece).map_err(fail)?;
            if length == 0 {
                let stamp = new.metadata().ok().as_ref().and_then(Stamp::of);
                return Ok(Written { size, sha256: digest.finalize().into(), fate: Fate::Written, stamp });
            }
            digest.update(&piece[..length]);
            written(new.write_all(&piece[..length]))?;
            size += length as u64;
        }
    }

    /// Reads the source and the former file side by side, as long as they are the same.
    fn compare(&self, source: &mut File) -> io::Result<Option<Written>> {
        let of_source = source.metadata()?.len();
        let former = self.old.as_ref().and_then(|old| open_former(old, of_source));
        let Some((mut old, metadata)) = former else { return Ok(None) };
        let (mut digest, mut size, mut pieces) = (Sha256::new(), 0, [[0; PIECE]; 2]);
        let [of_source, of_old] = &mut pieces;
        loop {
            let length = fill(source, of_source)?;
            let Ok(old_length) = fill(&mut old, of_old) else { return Ok(None) };
            if of_source[..length] != of_old[..old_length] {
                return Ok(None);
            }
            if length == 0 {
                let stamp = Stamp::of(&metadata);
                return Ok(Some(Written { size, sha256: digest.finalize().into(), fate: Fate::Unchanged, stamp }));
            }
            digest.update(&of_source[..length]);
            size += length as u64;
        }
    }
}

/// Opens a plain file inside the root; a pipe or a device is refused before it can block or be read without end.
pub(super) fn open_source(path: &Path, root: &Path) -> io::Result<File> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file of the site's folder");
    if !path.canonicalize()?.starts_with(root) {
        return Err(refused());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(refused()) }
}

/// Opens the former site's file if it could be the same: a plain, public file of that size.
fn open_former(path: &Path, size: u64) -> Option<(File, Metadata)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    let file = options.open(path).ok()?;
    let metadata = file.metadata().ok()?;
    (metadata.is_file() && metadata.len() == size && folder::is_public(&metadata)).then_some((file, metadata))
}

/// The bytes of the former site's file, if that is a plain, public one of so many.
pub(super) fn read_former(path: &Path, size: u64) -> Option<Vec<u8>> {
    read(open_former(path, size)?.0, size)
}

fn read(file: File, size: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?);
    file.take(size).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What the system says of the former site's file, if that is a plain, public one of these bytes.
pub(super) fn find_bytes(path: &Path, bytes: &[u8]) -> Option<Metadata> {
    let (mut file, metadata) = open_former(path, bytes.len() as u64)?;
    let mut piece = [0; PIECE];
    let is_same = bytes.chunks(PIECE).all(|expected| {
        let piece = &mut piece[..expected.len()];
        file.read_exact(piece).is_ok() && piece == expected
    });
    is_same.then_some(metadata)
}

/// Reads until the piece is full or the file ends.
pub(super) fn fill(file: &mut File, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match file.read(&mut piece[filled..]) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn write_new(path: &Path, bytes: &[u8], modes: Modes) -> Result<File, Error> {
    let mut file = folder::with_folder(path, modes, || folder::new_file(path))?;
    modes.apply_to_file(&file).and_then(|()| file.write_all(bytes)).map_err(|error| Error::write(path, error))?;
    Ok(file)
}

/// Writes a file and waits until the disk has it; answers what the system says of it.
pub(super) fn write_synced(path: &Path, bytes: &[u8], modes: Modes) -> Result<Option<Stamp>, Error> {
    let file = write_new(path, bytes, modes)?;
    file.sync_data().map_err(|error| Error::write(path, error))?;
    Ok(file.metadata().ok().as_ref().and_then(Stamp::of))
}
