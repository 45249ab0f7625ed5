//! Replaces the text of one file among a site's sources, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::folder;
use crate::error::Error;

/// Replaces a file below `root` that still holds `former`; a byte order mark before it goes.
///
/// The new text is written beside the file and takes its place in one step, with the file's own permissions. A symbolic
/// link stays one: what it leads to is replaced.
///
/// # Errors
/// [`Error::Read`] where the file cannot be read, [`Error::Write`] where it has changed in the meantime, lies outside the
/// root or the disk refuses it.
pub fn rewrite(root: &Path, path: &str, former: &str, text: &str) -> Result<(), Error> {
    let shown = root.join(path);
    let unreadable = |error| Error::read(&shown, error);
    let fail = |error| Error::write(&shown, error);
    let real_root = root.canonicalize().map_err(|error| Error::read(root, error))?;
    let target = shown.canonicalize().map_err(unreadable)?;
    if !target.starts_with(&real_root) {
        let reason = "it is not a plain file of the site's folder";
        return Err(fail(io::Error::new(io::ErrorKind::InvalidInput, reason)));
    }
    let bytes = fs::read(&target).map_err(unreadable)?;
    let present = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if bytes == text.as_bytes() {
        // Two links may lead to one file.
        return Ok(());
    }
    if present != former.as_bytes() {
        return Err(fail(io::Error::other("it was changed in the meantime")));
    }
    let permissions = fs::metadata(&target).map_err(unreadable)?.permissions();
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // The name is one that no reader of sources looks at.
    let scratch = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = (|| {
        let mut file = folder::new_file(&scratch)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        fs::rename(&scratch, &target)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&scratch);
        fail(error)
    })
}
