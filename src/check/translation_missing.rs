//! `translation-missing`: an entry without its text in one of the site's languages. Allowed unless a site asks for it.

use super::{Findings, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::text::Entry;

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let reports = register.reports.rows().iter().map(|row| &row.entry);
    let pages = register.pages.rows().iter().map(|row| &row.entry);
    let entries: Vec<&Entry> = units.chain(resolutions).chain(reports).chain(pages).collect();
    for entry in entries {
        for (language, tag) in register.site.languages().skip(1) {
            if !entry.translated.contains(&language) {
                let diagnostic = Diagnostic::new(Code::TranslationMissing, entry.head).with("language", tag);
                findings.about(Subject::Entry(entry.file), diagnostic);
            }
        }
    }
}
