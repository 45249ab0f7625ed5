//! Holds files against the limits of their site.
//!
//! What no site may go beyond ([`Limits::MOST`]) is not read in the first place; a site may say less. The body of a file
//! that is too large is not looked at further: reading Markdown takes some 200 times its size of memory.

use std::collections::BTreeSet;

use super::files::CONTENT;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Register;
use crate::model::site::Limits;
use crate::model::text::Entry;
use crate::source::{SourceId, SourceMap, Span};

/// Reports every file that is larger than the site allows, as a whole or in its fields.
pub(crate) fn check(register: &mut Register, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let limits = register.site.limits;
    // What was too large to be read was told.
    let told: BTreeSet<SourceId> =
        diagnostics.iter().filter(|found| found.wording == "too-large.yaml").map(|found| found.primary.file).collect();
    let mut too_large = BTreeSet::new();
    let mut report = |file: SourceId, kib: u32, wording: &'static str| {
        if told.contains(&file) {
            return;
        }
        let diagnostic = Diagnostic::new(Code::TooLarge, Span::new(file, 0, 0)).worded(wording);
        diagnostics.push(diagnostic.with("limit", bytes(kib)));
    };
    let is_beyond = |size: usize, kib: u32| size > kib as usize * 1024;
    for (file, source) in sources.texts().filter(|(_, source)| source.path.starts_with(CONTENT)) {
        if is_beyond(source.text.len(), limits.file_kib) {
            report(file, limits.file_kib, "too-large.file");
            too_large.insert(file);
        }
        // The site's own files are all fields; in the others these end where the body begins.
        let is_site = source.path.ends_with(".yaml");
        if is_site
            && limits.front_matter_kib < Limits::MOST.front_matter_kib
            && is_beyond(source.text.len(), limits.front_matter_kib)
        {
            report(file, limits.front_matter_kib, "too-large.yaml");
        }
    }
    for entry in entries(register) {
        for body in [&mut entry.prose.original].into_iter().chain(entry.prose.translations.values_mut()) {
            if is_beyond(body.range().start, limits.front_matter_kib) {
                report(body.file, limits.front_matter_kib, "too-large.yaml");
            }
            if too_large.contains(&body.file) {
                *body = Span::new(body.file, 0, 0);
            }
        }
    }
}

fn entries(register: &mut Register) -> impl Iterator<Item = &mut Entry> {
    let units = register.units.rows_mut().iter_mut().map(|row| &mut row.entry);
    let resolutions = register.resolutions.rows_mut().iter_mut().map(|row| &mut row.entry);
    let reports = register.reports.rows_mut().iter_mut().map(|row| &mut row.entry);
    units.chain(resolutions).chain(reports).chain(register.pages.rows_mut().iter_mut().map(|row| &mut row.entry))
}

/// So many KiB, in words.
fn bytes(kib: u32) -> String {
    if kib.is_multiple_of(1024) { format!("{} MiB", kib / 1024) } else { format!("{kib} KiB") }
}
