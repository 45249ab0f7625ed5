//! `manifest.json`: every file of the site with its digest, so that anyone can verify a copy.

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ManifestFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its digest, from [`sha256`].
    pub sha256: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    as_of: String,
    content: &'a str,
    files: &'a [ManifestFile],
}

/// The bytes of `manifest.json`; `content` is [`super::content_digest`]'s. The files are in the order of the bytes of
/// their paths; the manifest itself must not be among them.
#[must_use]
pub fn manifest(as_of: NaiveDate, content: &str, files: &[ManifestFile]) -> Vec<u8> {
    debug_assert!(files.is_sorted_by(|one, other| one.path < other.path), "the files are in order");
    let program = env!("CARGO_PKG_NAME");
    let version = env!("CARGO_PKG_VERSION");
    let bytes = files.iter().map(|file| file.path.len() + 160).sum::<usize>() + 512;
    let manifest = Manifest { program, version, as_of: as_of.to_string(), content, files };
    super::sized_json(&manifest, bytes).into_bytes()
}

/// The SHA-256 of bytes as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}
