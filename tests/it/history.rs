//! What a site says of its own past, from repositories made for each test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tiendo::diagnostic::wording::Language;
use tiendo::pipeline::{self, BuildOptions, Judged};

use crate::harness::{Site, day};

const REPORT: &str = "content/reports/2021/so-ket.md";
const SITE: &str = "content/site.yaml";
const TODAY: &str = "2021-12-31";

/// A site in a repository.
struct Repository {
    folder: TempDir,
}

impl Repository {
    /// The good site with `history: git`, committed on 16 July 2021, a day after its report was published.
    fn good() -> Self {
        Self::of(&asking(Site::good()))
    }

    fn of(site: &Site) -> Self {
        let repository = Self { folder: site.write() };
        repository.git("2021-07-16", &["init", "-q", "-b", "main"]);
        repository.commit("2021-07-16");
        repository
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    #[track_caller]
    fn git(&self, date: &str, arguments: &[&str]) -> String {
        let date = format!("{date}T05:00:00Z");
        let mut git = Command::new("git");
        git.current_dir(self.root()).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
        for role in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{role}_NAME"), "An").env(format!("GIT_{role}_EMAIL"), "an@example.org");
        }
        // Authors may say any date.
        git.env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z").env("GIT_COMMITTER_DATE", date);
        let output = git.output().expect("git is installed");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a text")
    }

    fn commit(&self, date: &str) -> &Self {
        self.git(date, &["add", "-A"]);
        self.git(date, &["commit", "-q", "-m", "x"]);
        self
    }

    #[track_caller]
    fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.root().join(path)).expect("the file is there");
        assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
        fs::write(self.root().join(path), text.replace(from, to)).expect("written");
        self
    }

    fn head(&self) -> String {
        self.git(TODAY, &["rev-parse", "HEAD"]).trim().to_owned()
    }

    fn judge(&self, as_of: &str) -> Judged {
        judge(self.root(), as_of)
    }

    /// What is found, as `code: message`.
    fn found(&self, as_of: &str) -> Vec<String> {
        found(&self.judge(as_of))
    }

    fn built(&self, as_of: &str) -> BTreeMap<String, String> {
        built(self.root(), as_of)
    }

    fn page(&self, as_of: &str, path: &str) -> String {
        self.built(as_of).remove(path).unwrap_or_else(|| panic!("no {path}"))
    }
}

fn asking(site: Site) -> Site {
    site.append(
        SITE,
        "history: git\nrepository:\n  url: https://example.org/kho.git\nchecks: {stale: allow, overdue-without-report: allow, breakdown-sum-differs: allow}\n",
    )
}

fn judge(root: &Path, as_of: &str) -> Judged {
    let options = BuildOptions { root: root.to_owned(), as_of: Some(day(as_of)), ..BuildOptions::default() };
    pipeline::judge(&options).expect("the folder can be read")
}

fn found(judged: &Judged) -> Vec<String> {
    let say = |diagnostic: &tiendo::diagnostic::Diagnostic| {
        let arguments: Vec<(&str, &str)> =
            diagnostic.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("{}: {}", diagnostic.code.as_str(), Language::En.say(diagnostic.wording, &arguments))
    };
    judged.diagnostics.iter().map(say).collect()
}

fn built(root: &Path, as_of: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let output = folder.path().join("site");
    let options = BuildOptions {
        root: root.to_owned(),
        output: Some(output.clone()),
        as_of: Some(day(as_of)),
        ..BuildOptions::default()
    };
    let report = pipeline::build(&options, &|_, _| ()).expect("the world allows it");
    assert!(report.summary.is_some(), "{:?}", report.diagnostics);
    let files = walkdir::WalkDir::new(&output).into_iter().map(|entry| entry.expect("readable"));
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).expect("readable")).into_owned();
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&output).expect("below the folder");
            (path.to_str().expect("plain names").to_owned(), text(entry.path()))
        })
        .collect()
}

/// The text of the elements of a class.
fn said(page: &str, class: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse(class).expect("a selector");
    document.select(&selector).map(|element| element.text().collect::<String>()).collect()
}

#[test]
fn a_page_says_when_its_content_changed_last_and_links_to_the_commit() {
    let repository = Repository::good();
    let first = repository.head();
    repository.edit("content/units/giong-trom.md", "Một huyện.", "Một huyện ở cù lao Bảo.").commit("2021-08-02");
    let second = repository.head();
    let site = repository.built(TODAY);
    let changed = |path: &str| said(&site[path], "footer .changed");
    let then =
        |day: &str, commit: &str| vec![format!("Nội dung thay đổi lần cuối ngày {day} (bản ghi {})", &commit[..10])];
    assert_eq!(changed("units/giong-trom/index.html"), then("02/08/2021", &second));
    assert_eq!(changed("units/ben-tre/index.html"), then("16/07/2021", &first));
    assert_eq!(changed("resolutions/ben-tre/nq/van-ban/index.html"), then("16/07/2021", &first));
    // A list is as new as the newest thing.
    assert_eq!(changed("index.html"), then("02/08/2021", &second));
    assert_eq!(
        said(&site["en/units/ben-tre/index.html"], "footer .changed"),
        [format!("Content last changed on 16 July 2021 (commit {})", &first[..10])]
    );
    let link = format!("<a href=\"https://example.org/kho/commit/{second}\">{}</a>", &second[..10]);
    assert!(site["index.html"].contains(&link), "{}", site["index.html"]);
}

#[test]
fn a_figure_that_was_changed_silently_shows_as_what_it_is() {
    let repository = Repository::good();
    assert_eq!(repository.found(TODAY), [""; 0]);
    let first = repository.head();
    repository.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    let second = repository.head();
    assert_eq!(
        repository.found(TODAY),
        [
            "edited-after-publication: this figure was ban-hanh: 11, cho: 7 until it was changed on 2021-09-01; the report \
          is of 2021-07-15"
        ]
    );
    let page = repository.page(TODAY, "resolutions/ben-tre/nq/van-ban/index.html");
    assert_eq!(
        said(&page, ".history .changes"),
        [format!(
            "Nhập vào hồ sơ ngày 16/07/2021 (bản ghi {}). Sửa ngày 01/09/2021, trước đó ghi Đã ban hành: 11, Chờ hướng \
             dẫn: 7 (bản ghi {}).",
            &first[..10],
            &second[..10]
        )]
    );
    assert!(said(&page, ".history .evidence").concat().contains("được sửa ngày 01/09/2021"), "{page}");
    // The list of checks speaks of it, and so does the report.
    assert!(repository.page(TODAY, "method/checks/index.html").contains("_edited-after-publication"));
    let report = repository.page(TODAY, "reports/2021/so-ket/index.html");
    assert!(said(&report, ".evidence").concat().contains("sau khi báo cáo công bố ngày 15/07/2021"), "{report}");
}

#[test]
fn what_is_no_change_of_a_figure_after_publication_is_not_called_one() {
    // Words, order and form of the file; a figure more; another file; a figure written otherwise.
    let repository = Repository::good();
    repository.edit(REPORT, "title: Sơ kết sáu tháng", "summary: Tóm tắt\ntitle: Sơ kết 6 tháng").commit("2021-09-01");
    repository.edit(
        REPORT,
        "    breakdown:\n      cho: 7\n      ban-hanh: 11",
        "    breakdown: {ban-hanh: 11.0, cho: 7}",
    );
    repository.commit("2021-09-02");
    repository.edit(
        REPORT,
        "observations:",
        "observations:\n  - {indicator: ben-tre/nq/van-ban, as_of: 2021-03-31, value: 5}",
    );
    repository.commit("2021-09-03");
    assert_eq!(repository.found(TODAY), [""; 0]);
    // On the day of publication and before it.
    let early = Repository::good();
    early.edit(REPORT, "published: 2021-07-15", "published: 2021-09-01").commit("2021-07-17");
    early.edit(REPORT, "ban-hanh: 11", "ban-hanh: 10").commit("2021-09-01");
    assert_eq!(early.found(TODAY), [""; 0]);
    // The day is that of the site's time zone: 05:00 UTC is still the day before in Honolulu.
    early
        .edit(SITE, "Asia/Ho_Chi_Minh", "Pacific/Honolulu")
        .edit(REPORT, "ban-hanh: 10", "ban-hanh: 9")
        .commit("2021-09-02");
    assert_eq!(early.found(TODAY), [""; 0]);
    early.edit(SITE, "Pacific/Honolulu", "Asia/Ho_Chi_Minh");
    assert_eq!(early.found(TODAY).len(), 1);
}

#[test]
fn a_change_cannot_hide_behind_a_rename_a_removal_a_broken_version_or_a_merge() {
    let edited = |repository: &Repository| {
        let found = repository.found(TODAY);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("edited-after-publication: this figure was ban-hanh: 11, cho: 7 until"),
            "{found:?}"
        );
    };
    let renamed = Repository::good();
    renamed.git("2021-09-01", &["mv", REPORT, "content/reports/2021/khac.md"]);
    renamed.edit("content/reports/2021/khac.md", "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    edited(&renamed);

    let removed = Repository::good();
    let text = fs::read_to_string(removed.root().join(REPORT)).expect("there");
    fs::remove_file(removed.root().join(REPORT)).expect("removed");
    removed.commit("2021-09-01");
    fs::write(removed.root().join(REPORT), text.replace("ban-hanh: 11", "ban-hanh: 12")).expect("written");
    removed.commit("2021-09-02");
    edited(&removed);

    let broken = Repository::good();
    broken.edit(REPORT, "observations:", "observations: [").commit("2021-09-01");
    broken.edit(REPORT, "observations: [", "observations:").edit(REPORT, "ban-hanh: 11", "ban-hanh: 12");
    broken.commit("2021-09-02");
    edited(&broken);

    let merged = Repository::good();
    merged.git(TODAY, &["checkout", "-q", "-b", "side"]);
    merged.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    merged.git(TODAY, &["checkout", "-q", "main"]);
    merged.edit("content/units/giong-trom.md", "Một huyện.", "Huyện.").commit("2021-09-02");
    merged.git("2021-09-03", &["merge", "-q", "--no-ff", "--no-edit", "side"]);
    edited(&merged);
    assert!(merged.found(TODAY)[0].contains("changed on 2021-09-01"));

    // A merge that itself writes another figure.
    let evil = Repository::good();
    evil.git(TODAY, &["checkout", "-q", "-b", "side"]);
    evil.edit(REPORT, "title: Sơ kết sáu tháng", "title: Sơ kết").commit("2021-09-01");
    evil.git(TODAY, &["checkout", "-q", "main"]);
    evil.edit(REPORT, "unit: ben-tre", "unit: ben-tre\nsummary: A").commit("2021-09-02");
    evil.git("2021-09-03", &["merge", "-q", "--no-ff", "--no-commit", "side"]);
    evil.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-03");
    edited(&evil);
}

#[test]
fn a_change_of_the_day_is_told_and_one_that_is_not_committed_too() {
    let repository = Repository::good();
    repository.edit(REPORT, "period: 2021-H1", "period: 2021-H1\nas_of: 2021-05-31").commit("2021-09-01");
    assert_eq!(
        repository.found(TODAY),
        [
            "edited-after-publication: this figure was of 2021-06-30 until its day was changed on 2021-09-01; the report is \
          of 2021-07-15"
        ]
    );
    let pending = Repository::good();
    pending.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12");
    assert_eq!(
        pending.found(TODAY),
        ["edited-after-publication: this figure is committed as ban-hanh: 11, cho: 7; the report is of 2021-07-15"]
    );
}

#[test]
fn the_check_is_set_and_acknowledged_like_others() {
    let repository = Repository::good();
    repository.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    let deny = Repository { folder: repository.folder };
    deny.edit(SITE, "checks: {", "checks: {edited-after-publication: deny, ");
    assert!(deny.judge(TODAY).diagnostics.has_errors());
    deny.edit(SITE, "edited-after-publication: deny", "edited-after-publication: allow");
    assert_eq!(deny.found(TODAY), [""; 0]);
    deny.edit(SITE, "edited-after-publication: allow, ", "");
    deny.edit(
        REPORT,
        "ban-hanh: 12",
        "ban-hanh: 12\n    acknowledge:\n      edited-after-publication: Nhập nhầm khi gõ.",
    );
    assert_eq!(deny.found(TODAY), [""; 0]);
    let page = deny.page(TODAY, "resolutions/ben-tre/nq/van-ban/index.html");
    assert!(said(&page, ".history .evidence").concat().contains("Nhập nhầm khi gõ."), "{page}");
}

#[test]
fn commits_after_the_day_are_unknown() {
    let repository = Repository::good();
    repository.edit("content/units/giong-trom.md", "Một huyện.", "Huyện.").commit("2021-08-01");
    let before = repository.built("2021-08-15");
    // A later commit, even one that is merely a day too late, changes nothing that is said of the day before.
    repository.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-08-16");
    repository.edit(REPORT, "ban-hanh: 12", "ban-hanh: 11").commit("2021-08-17");
    assert_eq!(repository.built("2021-08-15"), before);
    assert_eq!(repository.found("2021-08-15"), [""; 0]);
    assert_eq!(repository.found("2021-08-16").len(), 1);
}

#[test]
fn without_the_setting_no_page_changes_and_git_is_not_asked() {
    let plain = Site::good().append(SITE, "repository:\n  url: https://example.org/kho.git\n");
    let (inside, outside) = (Repository::of(&plain), plain.write());
    assert_eq!(inside.built(TODAY), built(outside.path(), TODAY));
    let all = inside.built(TODAY).into_values().collect::<String>();
    assert!(!all.contains("class=\"changed\"") && !all.contains("edited-after-publication"));
}

#[test]
fn a_copy_without_the_whole_history_is_a_mistake_that_says_what_to_do() {
    let told = |root: &Path, expected: &str, help: &str| {
        let judged = judge(root, TODAY);
        let found: Vec<_> = judged.diagnostics.iter().filter(|found| found.severity.as_str() == "error").collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].wording, expected);
        assert_eq!(judged.sources.slice(found[0].primary), "git");
        for language in Language::ALL {
            let words = language.entry(expected).help.as_ref().expect("it says what to do").to_string();
            assert!(words.contains(help), "{words}");
        }
    };
    let outside = asking(Site::good()).write();
    told(outside.path(), "history-unavailable.no-repository", "git init");

    let repository = Repository::good();
    repository.edit("content/units/giong-trom.md", "Một huyện.", "Huyện.").commit("2021-08-01");
    let clones = tempfile::tempdir().expect("a scratch folder");
    let clone = |name: &str, arguments: &[&str]| {
        let folder = clones.path().join(name);
        let from = format!("file://{}", repository.root().display());
        repository.git(TODAY, &[&["clone", "-q"], arguments, &[&from, folder.to_str().expect("a text")]].concat());
        folder
    };
    told(&clone("shallow", &["--depth", "1"]), "history-unavailable.shallow", "git fetch --unshallow");
    let whole = clone("whole", &[]);
    assert!(judge(&whole, TODAY).diagnostics.iter().next().is_none());
    repository.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    repository.git(TODAY, &["config", "uploadpack.allowFilter", "true"]);
    told(&clone("partial", &["--filter=blob:none"]), "history-unavailable.missing", "git fetch --refetch");

    let empty = asking(Site::good()).write();
    let output = Command::new("git").args(["init", "-q"]).current_dir(empty.path()).output().expect("git is installed");
    assert!(output.status.success());
    told(empty.path(), "history-unavailable.no-commits", "git commit");
}

#[test]
fn a_site_below_a_repository_finds_its_own_part() {
    let repository = Repository::good();
    repository.git(TODAY, &["checkout", "-q", "-b", "x"]);
    fs::create_dir(repository.root().join("trang")).expect("a folder");
    repository.git("2021-08-01", &["mv", "content", "trang/content"]);
    repository.commit("2021-08-01");
    fs::create_dir_all(repository.root().join("content/units")).expect("a folder");
    fs::write(repository.root().join("content/units/la.md"), "x").expect("written");
    repository.commit("2021-08-02");
    let judged = judge(&repository.root().join("trang"), TODAY);
    let history = judged.assessment.register.history.as_ref().expect("it was asked for");
    // The commit of the other folder is none of ours.
    assert_eq!(history.commits[0].day, day("2021-08-01"));
    assert!(!history.files.is_empty());
}

/// A repository is somebody else's: what its settings name as programs must not run.
#[test]
#[cfg(unix)]
fn a_repository_cannot_run_programs() {
    use std::os::unix::fs::PermissionsExt as _;

    let repository = Repository::good();
    repository.edit(REPORT, "ban-hanh: 11", "ban-hanh: 12").commit("2021-09-01");
    let trap = repository.root().join("trap");
    let sprung = repository.root().join("sprung");
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\n", sprung.display())).expect("written");
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).expect("set");
    let trap = trap.to_str().expect("a text");
    let settings = [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "gpg.program",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "core.sshCommand",
        "core.askPass",
        "core.editor",
        "core.alternateRefsCommand",
        "alias.log",
        "credential.helper",
        "interactive.diffFilter",
        "core.gitProxy",
    ];
    for setting in settings {
        let value = if setting == "alias.log" { format!("!{trap}") } else { trap.to_owned() };
        repository.git(TODAY, &["config", setting, &value]);
    }
    repository.git(TODAY, &["config", "log.showSignature", "true"]);
    for (name, value) in [
        ("log.decorate", "full"),
        ("color.ui", "always"),
        ("diff.noprefix", "true"),
        ("log.follow", "true"),
        ("diff.renames", "copies"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("log.date", "relative"),
        ("core.abbrev", "5"),
    ] {
        repository.git(TODAY, &["config", name, value]);
    }
    fs::write(repository.root().join(".git/info/attributes"), "*.md diff=x filter=x\n").expect("written");
    for hook in ["post-checkout", "pre-commit", "post-index-change", "reference-transaction"] {
        let path = repository.root().join(".git/hooks").join(hook);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::copy(trap, &path).expect("copied");
    }
    // What the test's own calls of git may have run does not count.
    let _ = fs::remove_file(&sprung);
    let found = repository.found(TODAY);
    assert!(found.len() == 1 && found[0].contains("changed on 2021-09-01"), "{found:?}");
    assert!(!sprung.exists(), "{}", fs::read_to_string(&sprung).unwrap_or_default());
}
