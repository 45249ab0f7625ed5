//! Knows a build that was made before, so that it need not be made again.
//!
//! The key covers all that a site's bytes and its diagnostics depend on, except the clock: the day that the clock gave
//! stands in the note and must still be the day. What cannot be known for sure gives no key, and the site is made.

use std::fmt::Debug;
use std::path::Path;

use chrono::{NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::pages::KnownPages;
use super::texts::{Digests, KnownTexts};
use super::{AsOfOrigin, BuildOptions, Summary};
use crate::diagnostic::Diagnostics;
use crate::digest::{Digest, digest_bytes};
use crate::load;
use crate::publish::{self, Recalled};
use crate::source::SourceMap;

/// What tells this program from every other: two builds of one version are two while somebody changes it.
pub(super) fn program() -> Option<String> {
    Some(format!("{} {}", env!("CARGO_PKG_VERSION"), load::fingerprint(&std::env::current_exe().ok()?)?))
}

/// What a build remembers for the next one of the same program: the texts that it read, and its pages. `size` is about
/// how many bytes that will take.
pub(super) fn memory(program: &str, texts: &KnownTexts<'_>, pages: &KnownPages, size: usize) -> Vec<u8> {
    let bytes = Vec::with_capacity(size);
    postcard::to_extend(&(program, texts, pages), bytes).expect("texts and numbers can be written")
}

/// What an earlier build remembered of its texts, and the bytes of what it remembered of its pages
/// ([`KnownPages::read`]); nothing where that cannot be read or another program left it.
pub(super) fn remembered<'m>(memory: &'m [u8], program: &str) -> (KnownTexts<'m>, &'m [u8]) {
    let ours = postcard::take_from_bytes(memory).ok().filter(|(author, _): &(&str, _)| *author == program);
    ours.and_then(|(_, rest)| postcard::take_from_bytes(rest).ok()).unwrap_or_default()
}

/// A digest of the program, the options and every source.
pub(super) fn key(
    options: &BuildOptions,
    program: &str,
    sources: &SourceMap,
    digests: &Digests,
    diagnostics: &Diagnostics,
) -> Option<Digest> {
    let mut all = Vec::with_capacity(1024);
    let mut part = |bytes: &[u8]| {
        // Its length keeps it apart from the next.
        all.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        all.extend_from_slice(bytes);
    };
    let debug = |value: &dyn Debug| format!("{value:?}");
    part(program.as_bytes());
    let BuildOptions { root: _, output: _, base_url, as_of, drafts, jobs: _ } = options;
    part(debug(&(base_url, as_of, drafts, std::env::var_os("SOURCE_DATE_EPOCH"))).as_bytes());
    part(debug(diagnostics).as_bytes());
    for (id, file) in sources.iter() {
        part(file.path.as_bytes());
        part(&digests.get(id));
        part(&[u8::from(sources.has_mark(id))]);
    }
    for asset in sources.assets() {
        part(asset.path.as_bytes());
        part(load::fingerprint(&options.root.join(&asset.path))?.as_bytes());
    }
    Some(digest_bytes(&all))
}

/// What the report of a build says.
#[derive(Serialize, Deserialize)]
struct Note {
    pages: usize,
    charts: usize,
    as_of: String,
    origin: Origin,
    timezone: String,
    diagnostics: String,
}

#[derive(Serialize, Deserialize)]
enum Origin {
    Option,
    Site,
    SourceDateEpoch,
    Today,
    Manifest,
}

/// A build in the words that [`find`] understands.
pub(super) fn note(summary: &Summary, timezone: Tz, diagnostics: &Diagnostics) -> Vec<u8> {
    let Summary { pages, charts, files: _, written: _, rendered: _, drawn: _, as_of, as_of_origin } = *summary;
    let origin = match as_of_origin {
        AsOfOrigin::Option => Origin::Option,
        AsOfOrigin::Site => Origin::Site,
        AsOfOrigin::SourceDateEpoch => Origin::SourceDateEpoch,
        AsOfOrigin::Today => Origin::Today,
        AsOfOrigin::Manifest => Origin::Manifest,
    };
    let (as_of, timezone, diagnostics) = (as_of.to_string(), timezone.name().to_owned(), diagnostics.kept());
    serde_json::to_vec(&Note { pages, charts, as_of, origin, timezone, diagnostics })
        .expect("texts and numbers can be written")
}

/// What the build of that key came to, if its site stands in the output folder as it was left.
pub(super) fn find(
    recalled: &Recalled,
    options: &BuildOptions,
    output: &Path,
    key: Digest,
) -> Option<(Summary, Diagnostics)> {
    let receipt = publish::find_receipt(recalled, output, &options.root, key)?;
    let note: Note = serde_json::from_slice(&receipt.note).ok()?;
    let as_of: NaiveDate = note.as_of.parse().ok()?;
    let as_of_origin = match note.origin {
        Origin::Option => AsOfOrigin::Option,
        Origin::Site => AsOfOrigin::Site,
        Origin::SourceDateEpoch => AsOfOrigin::SourceDateEpoch,
        Origin::Today => AsOfOrigin::Today,
        Origin::Manifest => AsOfOrigin::Manifest,
    };
    let timezone: Tz = note.timezone.parse().ok()?;
    if as_of_origin == AsOfOrigin::Today && Utc::now().with_timezone(&timezone).date_naive() != as_of {
        return None;
    }
    let diagnostics = Diagnostics::from_kept(&note.diagnostics)?;
    let (pages, charts, files, written) = (note.pages, note.charts, receipt.files, 0);
    (!diagnostics.has_errors())
        .then_some((Summary { pages, charts, files, written, rendered: 0, drawn: 0, as_of, as_of_origin }, diagnostics))
}
