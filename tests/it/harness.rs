//! A small good site, changed by a test, read and judged as the program does it.
//!
//! The site is written to a folder of its own, so that a test goes through every stage. A text may hold one pair of
//! marks `⟦…⟧`: they are taken out before the file is written, and [`Judged::only`] expects the mistake between them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::Deref;
use std::path::Path;

use chrono::{Days, NaiveDate};
use tempfile::TempDir;
use tiendo::assess::{Assessment, Judgement, Summary};
use tiendo::check::Finding;
use tiendo::diagnostic::render::{self, Colour, Format, Options, arrange};
use tiendo::diagnostic::wording::Language;
use tiendo::diagnostic::{Diagnostic, Diagnostics, Severity};
use tiendo::model::indicator::IndicatorKey;
use tiendo::pipeline::{self, BuildOptions};
use tiendo::source::{Position, SourceMap, Span};

/// The day as of which tests judge unless they say otherwise.
pub(crate) const TODAY: &str = "2021-07-31";

const GOOD: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "\
title: Tiến độ
base_url: https://example.org/tien-do/
language: vi
languages: [vi, en]
timezone: Asia/Ho_Chi_Minh
levels:
  - id: province
    name: Tỉnh
  - id: district
    name: Huyện
  - id: commune
    name: Xã
  - id: organisation
    name: Cơ quan
    any_parent: true
fields:
  - id: party
    name: Xây dựng Đảng
frameworks:
  - id: ba-mui
    name: Ba mũi
    groups:
      - id: mui-1
        name: Mũi một
",
    ),
    ("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n"),
    ("content/units/giong-trom.md", "---\nname: Giồng Trôm\nlevel: district\nparent: ben-tre\n---\nMột huyện.\n"),
    (
        "content/resolutions/ben-tre/nq.md",
        "\
---
title: Nghị quyết về xây dựng Đảng
number: 03-NQ/TU
kind: resolution
issued: 2021-01-18
period: 2021
field: party
sources:
  - title: Bến Tre bàn nghị quyết mới
    publisher: Báo Đồng Khởi
    date: 2021-01-19
indicators:
  - id: van-ban
    name: Văn bản cụ thể hóa
    measured_in: văn bản
    baseline:
      value: 0
      date: 2021-01-18
    target: 18
    due: 2021-12-31
    stages:
      - id: cho
        name: Chờ hướng dẫn
      - id: ban-hanh
        name: Đã ban hành
        done: true
---
Nội dung.
",
    ),
    (
        "content/reports/2021/so-ket.md",
        "\
---
title: Sơ kết sáu tháng
unit: ben-tre
period: 2021-H1
published: 2021-07-15
source:
  title: Bến Tre sơ kết sáu tháng
  publisher: Báo Đồng Khởi
  date: 2021-07-15
observations:
  - indicator: ben-tre/nq/van-ban
    breakdown:
      cho: 7
      ban-hanh: 11
---
",
    ),
    ("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nTrang này.\n"),
];

/// A site in the making.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    links: BTreeMap<String, String>,
    drafts: bool,
}

/// The place that a test expects a diagnostic at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    path: String,
    start: usize,
    end: usize,
}

impl Site {
    /// A site without a mistake: a province, a district, a resolution with one indicator, a report, a page.
    pub(crate) fn good() -> Self {
        let files = GOOD.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, links: BTreeMap::new(), drafts: false }
    }

    /// A site of these files and no others.
    pub(crate) fn of(files: &[(String, String)]) -> Self {
        let files = files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect();
        Self { files, links: BTreeMap::new(), drafts: false }
    }

    /// The shipped sample.
    pub(crate) fn sample() -> Judged {
        Self::good().judge_in(Path::new(env!("CARGO_MANIFEST_DIR")), None)
    }

    /// The shipped sample as of another day.
    pub(crate) fn sample_on(as_of: &str) -> Judged {
        Self::good().judge_in(Path::new(env!("CARGO_MANIFEST_DIR")), Some(day(as_of)))
    }

    /// The good site with one more document `ben-tre/case`, whose only indicator `x` has these keys.
    ///
    /// The document has no period, so the keys must give every day that counts.
    pub(crate) fn case(keys: &str) -> Self {
        Self::good().document("ben-tre/case", "", &[("x", keys)])
    }

    /// Adds a document with these keys and indicators, known from the end of 2020.
    #[track_caller]
    pub(crate) fn document(self, id: &str, keys: &str, indicators: &[(&str, &str)]) -> Self {
        let mut text = "---\ntitle: Văn bản\nkind: plan\nsources:\n  - {title: Nguồn, date: 2020-12-01}\n".to_owned();
        text.push_str(keys.trim_end());
        text.push_str(if keys.is_empty() { "" } else { "\n" });
        text.push_str(if indicators.is_empty() { "" } else { "indicators:\n" });
        for (id, keys) in indicators {
            writeln!(text, "  - id: {id}\n    name: Chỉ tiêu {id}").expect("a string takes text");
            if !keys.contains("measured_in:") {
                text.push_str("    measured_in: cái\n");
            }
            for line in keys.lines().filter(|line| !line.trim().is_empty()) {
                writeln!(text, "    {line}").expect("a string takes text");
            }
        }
        text.push_str("---\n");
        self.file(&format!("content/resolutions/{id}.md"), &text)
    }

    /// Adds a unit with these keys.
    #[track_caller]
    pub(crate) fn unit(self, id: &str, keys: &str) -> Self {
        let name = if keys.contains("name:") { String::new() } else { format!("name: {id}\n") };
        self.file(&format!("content/units/{id}.md"), &format!("---\n{name}{}\n---\n", keys.trim_end()))
    }

    /// Adds a report by Bến Tre that gives one figure of `ben-tre/case/x`, published on the figure's day.
    #[track_caller]
    pub(crate) fn figure(self, as_of: &str, keys: &str) -> Self {
        let id = format!("case/{as_of}");
        self.report(&id, as_of, &[("ben-tre/case/x", &format!("as_of: {as_of}\n{keys}"))])
    }

    /// Adds a report by Bến Tre with these figures: an indicator, and the other keys.
    #[track_caller]
    pub(crate) fn report(self, id: &str, published: &str, figures: &[(&str, &str)]) -> Self {
        let mut text = format!(
            "---\ntitle: Báo cáo\nunit: ben-tre\npublished: {published}\nsource: {{title: Nguồn}}\n{}",
            if figures.is_empty() { "" } else { "observations:\n" }
        );
        for (indicator, keys) in figures {
            writeln!(text, "  - indicator: {indicator}").expect("a string takes text");
            for line in keys.lines().filter(|line| !line.trim().is_empty()) {
                writeln!(text, "    {line}").expect("a string takes text");
            }
        }
        text.push_str("---\n");
        self.file(&format!("content/reports/{id}.md"), &text)
    }

    /// Writes a whole file.
    #[track_caller]
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// Writes a file of bytes that need not be text.
    pub(crate) fn bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// Changes a text that stands once in a file.
    #[track_caller]
    pub(crate) fn replace(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {path}:\n{text}");
        self.files.insert(path.to_owned(), text.replace(from, to).into_bytes());
        self
    }

    /// Adds text at the end of a file.
    #[track_caller]
    pub(crate) fn append(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), (self.text(path) + text).into_bytes());
        self
    }

    /// Takes a file out.
    #[track_caller]
    pub(crate) fn remove(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is no {path}");
        self
    }

    /// Puts a symbolic link at `path`.
    #[cfg(unix)]
    pub(crate) fn link(mut self, path: &str, target: &str) -> Self {
        self.links.insert(path.to_owned(), target.to_owned());
        self
    }

    /// Builds entries marked `draft: true` as well.
    pub(crate) fn drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// The text of a file.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> String {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        String::from_utf8(bytes.clone()).expect("a text")
    }

    /// The bytes of a file without marks, and the place between them.
    fn unmarked(path: &str, bytes: &[u8]) -> (Vec<u8>, Option<Mark>) {
        let Ok(text) = std::str::from_utf8(bytes) else { return (bytes.to_vec(), None) };
        let Some((before, rest)) = text.split_once('⟦') else { return (bytes.to_vec(), None) };
        let (marked, after) = rest.split_once('⟧').expect("a mark is closed");
        let mark = Mark { path: path.to_owned(), start: before.len(), end: before.len() + marked.len() };
        ([before, marked, after].concat().into_bytes(), Some(mark))
    }

    fn mark(&self) -> Option<Mark> {
        let mut marks = self.files.iter().filter_map(|(path, bytes)| Self::unmarked(path, bytes).1);
        let mark = marks.next();
        assert!(marks.next().is_none(), "a test marks one place");
        mark
    }

    /// Writes the site to a folder.
    pub(crate) fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let prepare = |path: &str| {
            let full = folder.path().join(path);
            fs::create_dir_all(full.parent().expect("a file lies in a folder")).expect("a folder");
            full
        };
        for (path, bytes) in &self.files {
            fs::write(prepare(path), Self::unmarked(path, bytes).0).expect("a file");
        }
        #[cfg(unix)]
        for (path, target) in &self.links {
            std::os::unix::fs::symlink(target, prepare(path)).expect("a link");
        }
        folder
    }

    /// Reads, links, judges and checks the site as of a day.
    #[track_caller]
    pub(crate) fn judge(&self, as_of: &str) -> Judged {
        let folder = self.write();
        self.judge_in(folder.path(), Some(day(as_of)))
    }

    #[track_caller]
    fn judge_in(&self, root: &Path, as_of: Option<NaiveDate>) -> Judged {
        let judged = pipeline::judge(&self.options(root, as_of)).expect("the folder can be read");
        let pipeline::Judged { sources, assessment, findings, diagnostics, .. } = judged;
        Judged { assessment, findings, told: Told { diagnostics, sources, mark: self.mark() } }
    }

    /// Checks everything that a build checks, paths and templates included, and writes nothing.
    #[track_caller]
    pub(crate) fn check(&self, as_of: &str) -> Told {
        let folder = self.write();
        let options = self.options(folder.path(), Some(day(as_of)));
        let report = pipeline::check(&options, &|_, _| ()).expect("the folder can be read");
        Told { diagnostics: report.diagnostics, sources: report.sources, mark: self.mark() }
    }

    fn options(&self, root: &Path, as_of: Option<NaiveDate>) -> BuildOptions {
        BuildOptions { root: root.to_owned(), as_of, drafts: self.drafts, ..BuildOptions::default() }
    }

    /// Judges a site that has no errors: whoever tests a judgement wants to know of a mistake in the test.
    #[track_caller]
    pub(crate) fn on(&self, as_of: &str) -> Judged {
        let judged = self.judge(as_of);
        let errors: Vec<String> = judged.list().into_iter().filter(|line| line.starts_with("error")).collect();
        assert!(errors.is_empty(), "{}", judged.rendered(Language::En));
        judged
    }
}

/// A site that was read and judged.
pub(crate) struct Judged {
    pub(crate) assessment: Assessment,
    pub(crate) findings: Vec<Finding>,
    told: Told,
}

/// What a run told the author.
pub(crate) struct Told {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: SourceMap,
    mark: Option<Mark>,
}

impl Deref for Judged {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.told
    }
}

impl Judged {
    /// The key of an indicator that is known on the day.
    #[track_caller]
    pub(crate) fn key(&self, indicator: &str) -> IndicatorKey {
        self.find(indicator).unwrap_or_else(|| panic!("no indicator {indicator} is known"))
    }

    fn find(&self, indicator: &str) -> Option<IndicatorKey> {
        let mut rows = self.assessment.register.indicators.iter();
        rows.find(|(_, row)| row.id.as_str() == indicator).map(|(key, _)| key)
    }

    /// Whether an indicator is known on the day.
    pub(crate) fn knows(&self, indicator: &str) -> bool {
        self.find(indicator).is_some()
    }

    /// How an indicator stands.
    #[track_caller]
    pub(crate) fn judgement(&self, indicator: &str) -> &Judgement {
        self.assessment.judgement(self.key(indicator))
    }

    /// The status, with the reason where there is one: `not-assessable: due-unknown`.
    #[track_caller]
    pub(crate) fn verdict(&self, indicator: &str) -> String {
        let judgement = self.judgement(indicator);
        match judgement.reason {
            Some(reason) => format!("{}: {}", judgement.status.as_str(), reason.as_str()),
            None => judgement.status.as_str().to_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn status(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(self.verdict(indicator), expected, "status of {indicator}: {:#?}", self.judgement(indicator));
        self
    }

    #[track_caller]
    pub(crate) fn value(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).value.as_ref()), expected, "value of {indicator}");
        self
    }

    #[track_caller]
    pub(crate) fn dated(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).value_date.as_ref()), expected, "day of {indicator}");
        self
    }

    #[track_caller]
    pub(crate) fn progress(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).progress.as_ref()), expected, "progress of {indicator}");
        self
    }

    #[track_caller]
    pub(crate) fn expected(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).expected.as_ref()), expected, "expected of {indicator}");
        self
    }

    #[track_caller]
    pub(crate) fn pace(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).pace.as_ref()), expected, "pace of {indicator}");
        self
    }

    #[track_caller]
    pub(crate) fn met_since(&self, indicator: &str, expected: &str) -> &Self {
        assert_eq!(words(self.judgement(indicator).met_since.as_ref()), expected, "day when {indicator} was met");
        self
    }

    #[track_caller]
    pub(crate) fn flags(&self, indicator: &str, expected: &str) -> &Self {
        let flags: Vec<&str> = self.judgement(indicator).flags.iter().map(|flag| flag.as_str()).collect();
        assert_eq!(flags.join(" "), expected, "flags of {indicator}");
        self
    }

    /// The figures of an indicator: day, value, and how each stands.
    #[track_caller]
    pub(crate) fn series(&self, indicator: &str, expected: &str) -> &Self {
        use tiendo::assess::Standing;
        let points = self.judgement(indicator).series.iter().map(|point| {
            let standing = match point.standing {
                Standing::Counted => "",
                Standing::Forecast => " forecast",
                Standing::Corrected { .. } => " corrected",
                Standing::Superseded { .. } => " superseded",
            };
            let also = if point.also.is_empty() { String::new() } else { format!(" +{}", point.also.len()) };
            format!("{} {}{standing}{also}", point.as_of, point.value)
        });
        assert_eq!(points.collect::<Vec<_>>().join("; "), expected, "figures of {indicator}");
        self
    }

    /// How the expected units stand to a document: `giong-trom missing; my-thanh late`.
    #[track_caller]
    pub(crate) fn coverage(&self, document: &str, expected: &str) -> &Self {
        let register = &self.assessment.register;
        let mut rows = register.resolutions.iter();
        let (key, _) = rows.find(|(_, row)| row.id.as_str() == document).expect("the document is known");
        let covered = self.assessment.coverage(key).iter();
        let words = covered.map(|covered| format!("{} {}", register.units[covered.unit].id, covered.state.as_str()));
        assert_eq!(words.collect::<Vec<_>>().join("; "), expected, "coverage of {document}");
        self
    }

    /// What the indicators of a document come to.
    #[track_caller]
    pub(crate) fn summary(&self, document: &str) -> &Summary {
        let mut rows = self.assessment.register.resolutions.iter();
        let (key, _) = rows.find(|(_, row)| row.id.as_str() == document).expect("the document is known");
        self.assessment.resolution(key)
    }

    /// What the indicators that a unit owns come to.
    #[track_caller]
    pub(crate) fn owned_by(&self, unit: &str) -> &Summary {
        let mut rows = self.assessment.register.units.iter();
        let (key, _) = rows.find(|(_, row)| row.id.as_str() == unit).expect("the unit is known");
        self.assessment.unit(key)
    }
}

impl Told {
    /// The diagnostics as they are shown: sorted, one per cause.
    pub(crate) fn arranged(&self) -> Vec<&Diagnostic> {
        arrange(&self.diagnostics, &self.sources)
    }

    /// Each diagnostic as `error[code] file:line:column`.
    pub(crate) fn list(&self) -> Vec<String> {
        self.arranged().into_iter().map(|diagnostic| self.line(diagnostic)).collect()
    }

    fn line(&self, diagnostic: &Diagnostic) -> String {
        let Span { file, start, .. } = diagnostic.primary;
        let Position { line, column } = self.sources.position(file, start as usize);
        let path = &self.sources.file(file).path;
        format!("{}[{}] {path}:{line}:{column}", diagnostic.severity.as_str(), diagnostic.code.as_str())
    }

    /// [`Self::list`], a line each.
    pub(crate) fn diagnostics(&self) -> String {
        self.list().join("\n")
    }

    /// Demands that there is no diagnostic.
    #[track_caller]
    pub(crate) fn clean(&self) -> &Self {
        assert!(self.list().is_empty(), "{}", self.rendered(Language::En));
        self
    }

    /// Demands one diagnostic of that code, at the marked place if the test marks one.
    #[track_caller]
    pub(crate) fn only(&self, severity: Severity, code: &str) -> &Self {
        let list = self.arranged();
        let found: Vec<(Severity, &str)> = list.iter().map(|found| (found.severity, found.code.as_str())).collect();
        assert_eq!(found, [(severity, code)], "\n{}", self.rendered(Language::En));
        if let Some(mark) = &self.mark {
            let Span { file, start, end } = list[0].primary;
            let path = self.sources.file(file).path.clone();
            let found = Mark { path, start: start as usize, end: end as usize };
            assert_eq!(&found, mark, "\n{}", self.rendered(Language::En));
        }
        self
    }

    /// The diagnostics as a person reads them.
    pub(crate) fn rendered(&self, language: Language) -> String {
        let options = Options { format: Format::Human, language, colour: Colour::Plain, path_prefix: "" };
        let mut out = Vec::new();
        render::render(&self.arranged(), &self.sources, &options, &mut out).expect("memory takes text");
        String::from_utf8(out).expect("diagnostics are text")
    }
}

/// A day written as `2021-07-31`.
#[track_caller]
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The day that many days after the first of 2021.
pub(crate) fn nth(days: u64) -> String {
    (day("2021-01-01") + Days::new(days)).to_string()
}

/// A value in words, nothing where there is none.
fn words(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
