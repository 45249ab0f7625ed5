//! Holds files against the limits of their site.
//!
//! What no site may go beyond ([`Limits::MOST`]) is not read in the first place; a site may say less.

use super::files::CONTENT;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Register;
use crate::model::site::Limits;
use crate::model::text::Entry;
use crate::source::{SourceId, SourceMap, Span};

/// Reports every file that is larger than the site allows, as a whole or in its fields.
pub(crate) fn check(register: &Register, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let limits = &register.site.limits;
    let mut hold = |file: SourceId, size: usize, kib: u32, wording: &'static str| {
        if size > kib as usize * 1024 {
            let diagnostic = Diagnostic::new(Code::TooLarge, Span::new(file, 0, 0)).worded(wording);
            diagnostics.push(diagnostic.with("limit", bytes(kib)));
        }
    };
    if limits.file_kib < Limits::MOST.file_kib {
        for (file, source) in sources.texts().filter(|(_, source)| source.path.starts_with(CONTENT)) {
            hold(file, source.text.len(), limits.file_kib, "too-large.file");
        }
    }
    if limits.front_matter_kib < Limits::MOST.front_matter_kib {
        // The site's own files are all fields; in the others these end where the body begins.
        let is_site = |path: &str| path.ends_with(".yaml");
        for (file, source) in sources.texts().filter(|(_, source)| is_site(&source.path)) {
            hold(file, source.text.len(), limits.front_matter_kib, "too-large.yaml");
        }
        for entry in entries(register) {
            for body in [&entry.prose.original].into_iter().chain(entry.prose.translations.values()) {
                hold(body.file, body.range().start, limits.front_matter_kib, "too-large.yaml");
            }
        }
    }
}

fn entries(register: &Register) -> impl Iterator<Item = &Entry> {
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let reports = register.reports.rows().iter().map(|row| &row.entry);
    units.chain(resolutions).chain(reports).chain(register.pages.rows().iter().map(|row| &row.entry))
}

/// So many KiB, in words.
fn bytes(kib: u32) -> String {
    if kib.is_multiple_of(1024) { format!("{} MiB", kib / 1024) } else { format!("{kib} KiB") }
}
