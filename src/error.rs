//! Names the world's failures: disks, permissions, ports. Each knows the path it happened at.
//!
//! An author's mistake is a [`crate::diagnostic::Diagnostic`], never an [`Error`]; a bug of ours is a panic.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A failure of the world around the program. The process exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file or folder could not be written, moved or removed.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The output folder must not be replaced.
    #[error("`{}` is refused as the output folder: {reason}", path.display())]
    OutputRefused {
        /// The folder.
        path: PathBuf,
        /// Why it is refused, and what to do instead.
        reason: OutputRefusal,
    },
    /// Another build holds the output folder.
    #[error("another build is writing `{}`; wait until it is done", path.display())]
    Locked {
        /// The folder that both want.
        path: PathBuf,
    },
    /// A file or folder that tiendo did not write stands where one of its own belongs.
    #[error(
        "`{}` was not written by tiendo and stands where a file of the site belongs; move it away, then build again",
        path.display()
    )]
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// A file that should be the manifest of a published site is something else.
    #[error("`{}` is not the `manifest.json` of a site that tiendo made", path.display())]
    NotAManifest {
        /// The file.
        path: PathBuf,
    },
    /// Nothing can be served at an address.
    #[error("cannot serve at {address}")]
    Listen {
        /// The address and port.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The new site is complete but cannot take the old one's place.
    #[error(
        "`{}` cannot be exchanged with a folder beside it ({source}): it is a mount point or on another file system; \
         build into a folder below the mount with `--output`, or mount the folder above it",
        path.display()
    )]
    Swap {
        /// The output folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Why a folder is refused as the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutputRefusal {
    /// It is the file system's root, the home folder or empty.
    #[error("it is not a folder that a build may replace; name a folder of its own")]
    Root,
    /// It holds the site's sources.
    #[error("it holds the sources; name a folder beside them")]
    HoldsSources,
    /// It lies inside the site's sources.
    #[error("it lies inside the sources; name a folder beside `content` and `themes`")]
    InsideSources,
    /// It has files and none of them says that tiendo wrote it.
    #[error("it has files that tiendo did not write; name an empty or new folder")]
    NotOurs,
    /// It is a symbolic link or no folder at all.
    #[error("it is not a plain folder")]
    NotAFolder,
}

impl Error {
    /// Says that reading `path` failed.
    pub fn read(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self::Read { path: path.as_ref().to_owned(), source }
    }

    /// Says that writing `path` failed.
    pub fn write(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self::Write { path: path.as_ref().to_owned(), source }
    }
}
