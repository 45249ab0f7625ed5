//! Holds a published copy against the sources that it claims to be made of.

use std::path::PathBuf;

use super::making::{Destination, listed, make};
use super::{AsOfOrigin, BuildOptions, BuildReport, Progress, judge, with_jobs};
use crate::error::Error;
use crate::publish::{Deviation, PublishedCopy};

/// What a published copy is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// The folder that holds it.
    Folder(PathBuf),
    /// Its `manifest.json`.
    Manifest(PathBuf),
}

/// What holding a copy against its sources came to.
#[derive(Debug)]
pub struct Verification {
    /// What was made again; without a summary, errors in the content forbade it.
    pub report: BuildReport,
    /// Every file in which the copy and the sources do not agree, by path.
    pub deviations: Vec<Deviation>,
    /// The version of the program that made the copy, where that is another one.
    pub other_version: Option<String>,
}

/// Makes a site again, in memory and file by file, and compares it with a published copy.
///
/// Unless the options name a day, it is the one that the copy's manifest names.
///
/// # Errors
/// Where the world does not let the sources or the copy be read, or the file is no manifest.
pub fn verify(options: &BuildOptions, published: &Published, progress: Progress<'_>) -> Result<Verification, Error> {
    let copy = match published {
        Published::Folder(folder) => PublishedCopy::in_folder(folder, &options.root)?,
        Published::Manifest(file) => PublishedCopy::of_manifest(file, &options.root)?,
    };
    let day_of_copy = copy.as_of().filter(|_| options.as_of.is_none());
    let other_version = copy.version().filter(|version| *version != env!("CARGO_PKG_VERSION")).map(str::to_owned);
    let mut deviations = Vec::new();
    let report = with_jobs(options.jobs, || {
        let options = BuildOptions { as_of: options.as_of.or(day_of_copy), ..options.clone() };
        let mut judged = judge(&options)?;
        if day_of_copy.is_some() {
            judged.as_of_origin = AsOfOrigin::Manifest;
        }
        make(
            judged,
            None,
            progress,
            || Ok(Destination::Copy(copy)),
            |made, summary| {
                if let Destination::Copy(copy) = made.destination {
                    (summary.files, deviations) = copy.finish(|files| made.site.manifest(&listed(files)))?;
                }
                Ok(())
            },
        )
    })?;
    Ok(Verification { report, deviations, other_version })
}
