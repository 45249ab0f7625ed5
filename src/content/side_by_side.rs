//! Reads and links reports at once, several side by side, so that what is written in one need not be kept until all are
//! read: most of a site is its reports.
//!
//! Invariant: what this gives is what reading everything first gives, or nothing. Keys are the places of reports among
//! those that can be read; here all are thought to be, and nothing is thought to be wrong with a reference. Where that
//! turns out not to be so, all is read again in the other way, which finds the words for it.

use rayon::prelude::*;

use super::files::{self, Before, CONTENT, Kind, One};
use super::names::Names;
use super::reports::LinkedReport;
use super::{Everything, Linking};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::id::is_slug;
use crate::source::{SourceFile, SourceId, SourceMap, Span};

/// How many reports a thread takes at once.
const PART: usize = 32;

/// A report that was read and linked.
struct Done {
    linked: LinkedReport,
    body: Span,
    file: SourceId,
    is_complete: bool,
    is_faultless: bool,
    diagnostics: Diagnostics,
}

/// Reads and links all content; `None` where it has to be read in another way.
pub(super) fn read(sources: &SourceMap, before: &Before<'_>, diagnostics: &mut Diagnostics) -> Option<Everything> {
    if matches!(before, Before::Shelf(_)) {
        return None;
    }
    let all = files::all(sources);
    let (mut reports, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, source)| id(source).is_some());
    reports.sort_by_key(|(_, source)| id(source));
    let others: Vec<_> =
        others.into_par_iter().map(|(file, source)| (file, files::read_one(file, source, before))).collect();

    let mut found = Diagnostics::default();
    let mut files = files::gather(others.into_iter(), &mut found);
    let (mut bodies, mut faultless) = (files.bodies(), std::mem::take(&mut files.faultless));
    let mut all_found = diagnostics.clone();
    all_found.append(found.clone());
    let told = all_found.count_all();
    let names = Names::new(reports.iter().filter_map(|(_, source)| id(source)), Code::UnknownReport);
    let mut linking = Linking::begin(files, names, sources, &mut all_found);
    let done: Vec<Vec<Done>> =
        reports.par_chunks(PART).map(|part| read_part(part, before, &linking)).collect::<Option<_>>()?;

    let mut linked = Vec::with_capacity(reports.len());
    for one in done.into_iter().flatten() {
        bodies.push(one.body);
        faultless.extend(one.is_faultless.then_some(one.file));
        linking.linker.incomplete.extend((!one.is_complete).then_some(one.file));
        found.append(one.diagnostics);
        linked.push(one.linked);
    }
    let mut content = linking.finish(linked);
    if all_found.count_all() > told {
        return None;
    }
    content.incomplete.extend(found.iter().filter(|found| !found.code.is_check()).map(|found| found.primary.file));
    found.sort_by_file();
    diagnostics.append(found);
    faultless.sort_unstable();
    Some(Everything { content, bodies, faultless })
}

/// The id of a report, where the path of a file makes it one.
fn id(source: &SourceFile) -> Option<&str> {
    let (kind, rest) = Kind::of(source.path.strip_prefix(CONTENT)?)?;
    let id = rest.strip_suffix(".md").filter(|_| kind == Kind::Report)?;
    id.split('/').all(is_slug).then_some(id)
}

fn read_part(part: &[(SourceId, &SourceFile)], before: &Before<'_>, linking: &Linking<'_>) -> Option<Vec<Done>> {
    let Linking { linker, resolutions, indicators, .. } = linking;
    let mut unexpected = Diagnostics::default();
    let mut linker = linker.fork(&mut unexpected);
    let read = |(file, source): &(SourceId, &SourceFile)| {
        let read = files::read_one(*file, source, before);
        let is_faultless = read.is_faultless();
        let Some(One::Report(document)) = read.one else { return None };
        let (document, raw) = document.split()?;
        let linked = linker.link_report(&document, raw, resolutions, indicators);
        let is_complete = read.is_complete && !linker.incomplete.contains(file);
        let (file, body, diagnostics) = (*file, document.body, read.diagnostics);
        Some(Done { linked, body, file, is_complete, is_faultless, diagnostics })
    };
    let done: Vec<Done> = part.iter().map(read).collect::<Option<_>>()?;
    (unexpected.count_all() == 0).then_some(done)
}
