//! Reads every input file below a site's root into a [`SourceMap`].
//!
//! Invariants: nothing outside the root is opened, whatever symbolic links say; pipes, devices and sockets are never
//! opened; no file is read beyond its limit. Files come in the order of their paths. A file that could not be taken in
//! was reported and stands in the map with an empty text; so was a text file that is empty, wherever something must
//! be written in it.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostics};
use crate::error::Error;
use crate::source::{SourceId, SourceMap};

mod picture;
mod reading;
mod shelf;
mod walk;

pub use reading::MAX_BYTES;
use reading::{Content, Found, Mark, Remark, What};
use shelf::Stamp;
pub use shelf::{Shelf, Touched};

/// The site's own file, without which there is no site.
const SITE: &str = "content/site.yaml";

/// Reads `content/` and `themes/` below `root`.
///
/// # Errors
/// [`Error::Read`] where the world does not let a file or folder be read.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Result<SourceMap, Error> {
    load_again(root, &mut Shelf::default(), &Touched::Anything, diagnostics).map(|(sources, _)| sources)
}

/// Reads as [`load`] does, but opens only files that are not as they were when the shelf took them in, and looks only at
/// those that may have been touched; answers also the paths of those that are new, changed or gone, in their order.
///
/// # Errors
/// [`Error::Read`] where the world does not let a file or folder be read.
pub fn load_again(
    root: &Path,
    shelf: &mut Shelf,
    touched: &Touched,
    diagnostics: &mut Diagnostics,
) -> Result<(SourceMap, Vec<String>), Error> {
    let now = SystemTime::now();
    let root = root.canonicalize().map_err(|error| Error::read(root, error))?;
    let changed = match shelf.among(&root, touched) {
        Some(mut found) => {
            let mut buffer = Vec::new();
            let contents =
                found.iter_mut().map(|found| found.take_in(&mut buffer)).collect::<Result<Vec<_>, Error>>()?;
            shelf.replace(found, contents, now)
        }
        None => {
            let mut found = walk::all(&root)?;
            let take_in =
                |buffer: &mut Vec<u8>, found: &mut Found| shelf.find(found).map_or_else(|| found.take_in(buffer), Ok);
            let contents = found.par_iter_mut().map_init(Vec::new, take_in).collect::<Result<Vec<_>, Error>>()?;
            shelf.keep(found, contents, now)
        }
    };
    let mut sources = SourceMap::default();
    for (path, content) in shelf.contents() {
        match content {
            Content::Text(text, mark, remarks) => {
                let file = sources.add(path, Arc::clone(text));
                if *mark == Mark::Present {
                    sources.note_mark(file);
                }
                remarks.iter().for_each(|remark| diagnostics.push(remark.clone().of(file)));
            }
            Content::Asset(size, remark) => {
                sources.add_asset(path, *size);
                let file = sources.assets().last().expect("it was added").file;
                diagnostics.extend(remark.clone().map(|remark| remark.of(file)));
            }
        }
    }
    if sources.find(SITE).is_none() {
        let file = sources.add(SITE, "");
        diagnostics.push(Remark::new(Code::MissingField, "missing-field.site", 0..0).of(file));
    }
    Ok((sources, changed))
}

/// Reads one table of figures, wherever it lies, under the path by which it was named.
///
/// # Errors
/// [`Error::Read`] where the world does not let it be read.
pub fn load_table(path: &Path, sources: &mut SourceMap, diagnostics: &mut Diagnostics) -> Result<SourceId, Error> {
    let shown = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let found = Found { path: shown.clone(), full: path.to_owned(), what: What::Text, stamp: Stamp::default() };
    let (text, remarks) = match found.read(&mut Vec::new())? {
        Content::Text(text, _, remarks) => (text, remarks),
        Content::Asset(..) => ("".into(), Vec::new()),
    };
    let file = sources.add(shown, text);
    remarks.into_iter().for_each(|remark| diagnostics.push(remark.of(file)));
    Ok(file)
}

/// What tells a file from any later state of it, without reading it; none where it changed so lately that a further
/// change could look the same, or where the system does not say.
#[must_use]
pub fn fingerprint(path: &Path) -> Option<String> {
    let stamp = Stamp::new(&fs::metadata(path).ok()?);
    stamp.is_settled(SystemTime::now()).then(|| format!("{stamp:?}"))
}

#[cfg(test)]
mod tests;
