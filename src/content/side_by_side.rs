//! Reads and links reports at once, several side by side, so that what is written in one need not be kept until all are
//! read: most of a site is its reports.
//!
//! Invariant: what this gives is what reading everything first gives, or nothing. Keys are the places of reports among
//! those that can be read; here all are thought to be, and nothing is thought to be wrong with a reference. Where that
//! turns out not to be so, all is read again in the other way, which finds the words for it.

use rayon::prelude::*;

use super::files::{self, Before, CONTENT, Kind, One, Read};
use super::names::Names;
use super::reports::LinkedReport;
use super::{Everything, Linking};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::id::is_slug;
use crate::source::{SourceFile, SourceId, SourceMap, Span};

/// How many reports a thread takes at once.
const PART: usize = 32;

/// How many reports are read, and kept as they are written, until there is something to link them with.
const AHEAD: usize = 512;

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
    // Linking what is not a report is for one thread; meanwhile the others read some of the reports.
    let (ahead, rest) = reports.split_at(AHEAD.min(reports.len()));
    let read_ahead = || ahead.par_iter().map(|(file, source)| files::read_one(*file, source, before)).collect();
    let begin = || Linking::begin(files, names, sources, &mut all_found);
    let (mut linking, read): (_, Vec<Read>) = rayon::join(begin, read_ahead);
    let of_ahead = (ahead.par_iter().zip(read).chunks(PART))
        .map(|part| link_part(part.into_iter().map(|((file, _), read)| (*file, read)), &linking));
    let of_rest = rest.par_chunks(PART).map(|part| {
        let read = part.iter().map(|(file, source)| (*file, files::read_one(*file, source, before)));
        link_part(read, &linking)
    });
    let done: Vec<Vec<Done>> = of_ahead.chain(of_rest).collect::<Option<_>>()?;

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

/// Links some reports, each as soon as it is read.
fn link_part(part: impl Iterator<Item = (SourceId, Read)>, linking: &Linking<'_>) -> Option<Vec<Done>> {
    let Linking { linker, resolutions, indicators, .. } = linking;
    let mut unexpected = Diagnostics::default();
    let mut linker = linker.fork(&mut unexpected);
    let link = |(file, read): (SourceId, Read)| {
        let is_faultless = read.is_faultless();
        let Some(One::Report(document)) = read.one else { return None };
        let (document, raw) = document.split()?;
        let linked = linker.link_report(&document, raw, resolutions, indicators);
        let is_complete = read.is_complete && !linker.incomplete.contains(&file);
        let (body, diagnostics) = (document.body, read.diagnostics);
        Some(Done { linked, body, file, is_complete, is_faultless, diagnostics })
    };
    let done: Vec<Done> = part.map(link).collect::<Option<_>>()?;
    (unexpected.count_all() == 0).then_some(done)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read_in_turn;
    use super::*;

    const REPORT: &str = "\
---
title: Báo cáo tháng 3/2021
unit: ben-tre
published: 2021-04-02
source: 2021/thang-2
observations:
  - indicator: ben-tre/nq/duong
    value: 4
    quote: được 4 km
  - indicator: ben-tre/nq/duong
    value: 3
    corrects: 2021/thang-2
---
Thêm 1 km.
";

    /// A site with three reports, the last of which is this.
    fn site(report: &str) -> SourceMap {
        let mut sources = SourceMap::default();
        let mut add = |path: &str, text: &str| {
            sources.add(format!("content/{path}"), text);
        };
        add("pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nThân bài.\n");
        add(
            "reports/2021/thang-1.md",
            "---\ntitle: Tháng 1\nunit: ben-tre\npublished: 2021-02-01\nsource: {title: Báo}\n---\n",
        );
        add(
            "reports/2021/thang-2.md",
            "---\ntitle: Tháng 2\nunit: ben-tre\npublished: 2021-03-01\nsource: {title: Báo Ð}\nobservations:\n  - \
             {indicator: ben-tre/nq/duong, value: 2, as_of: 2021-02-28}\n---\n",
        );
        add("reports/2021/thang-3.en.md", "---\ntitle: March\n---\n");
        add("reports/2021/thang-3.md", report);
        add(
            "resolutions/ben-tre/nq.md",
            "---\ntitle: Nghị quyết\nkind: resolution\nissuer: ben-tre\nissued: 2021-01-05\nsources: [{title: Báo}]\n\
             indicators:\n  - {id: duong, name: Đường, measured_in: km, target: 9, due: 2021-12-31}\n---\n",
        );
        add(
            "site.yaml",
            "title: T\nbase_url: https://example.org/\nlanguage: vi\nlanguages: [en]\nlevels: [{id: tinh, name: Tỉnh}]\n",
        );
        add("units/ben-tre.md", "---\nname: Bến Tre\nlevel: tinh\n---\n");
        sources
    }

    /// Reads in both ways; answers whether reports were linked at once.
    #[track_caller]
    fn agrees(sources: &SourceMap) -> bool {
        let told = |everything: &Everything, found: &Diagnostics| {
            let Everything { content, bodies, faultless } = everything;
            let mut bodies = bodies.clone();
            bodies.sort();
            format!("{:#?} {bodies:?} {faultless:?} {found:?}", (&content.register, &content.incomplete))
        };
        let (mut found, mut found_in_turn) = (Diagnostics::default(), Diagnostics::default());
        let at_once = read(sources, &Before::Nothing, &mut found);
        let in_turn = read_in_turn(sources, Before::Nothing, &mut found_in_turn);
        match &at_once {
            Some(at_once) => assert_eq!(told(at_once, &found), told(&in_turn, &found_in_turn)),
            None => assert_eq!(found.count_all(), 0, "what comes to nothing says nothing"),
        }
        at_once.is_some()
    }

    #[test]
    fn reports_without_a_wrong_reference_are_linked_at_once() {
        assert!(agrees(&site(REPORT)));
        for (from, to) in [
            ("title: Báo cáo", "title: Báo cáo Ð"),
            ("value: 4", "value: 4,5"),
            ("published: 2021-04-02\n", ""),
            ("title: ", "tittle: "),
        ] {
            assert!(agrees(&site(&REPORT.replacen(from, to, 1))), "{to}");
        }
    }

    #[test]
    fn where_a_reference_is_wrong_all_is_read_in_turn() {
        for (from, to) in [
            ("unit: ben-tre", "unit: ben-che"),
            ("corrects: 2021/thang-2", "corrects: 2021/thang-1"),
            ("corrects: 2021/thang-2", "corrects: 2021/thang-9"),
            ("corrects: 2021/thang-2", "corrects: 2021/thang-3"),
            ("ben-tre/nq/duong", "ben-tre/nq/dien"),
            ("source: 2021/thang-2", "source: Báo Đồng Khởi"),
            ("---", ""),
        ] {
            assert!(!agrees(&site(&REPORT.replacen(from, to, 1))), "{to}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_give_the_same(line in 0_usize..16, put in "|title: a|value: [0-9]|[ a-z:\\-]{0,9}|    note: x|unit: ben-tre") {
            let mut lines: Vec<&str> = REPORT.lines().collect();
            let line = line % lines.len();
            lines[line] = &put;
            agrees(&site(&lines.join("\n")));
        }
    }
}
