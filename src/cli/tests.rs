use chrono::NaiveDate;

use super::*;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::OutputRefusal;
use crate::source::{SourceMap, Span};

fn environment(locale: &str) -> Environment {
    Environment {
        locale: locale.to_owned(),
        current_folder: PathBuf::from("/home/clerk"),
        stdout_takes_colour: false,
        stderr_takes_colour: false,
        stderr_is_terminal: false,
    }
}

/// The exit code, standard output and standard error of `tiendo` with these arguments.
fn tiendo(arguments: &[&str]) -> (u8, String, String) {
    tiendo_in("C.UTF-8", arguments)
}

fn tiendo_in(locale: &str, arguments: &[&str]) -> (u8, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("tiendo").chain(arguments.iter().copied()).map(OsString::from);
    let code = run(arguments, &environment(locale), &mut stdout, &mut stderr);
    let text = |bytes| String::from_utf8(bytes).expect("the program prints text");
    (code, text(stdout), text(stderr))
}

fn parsed(arguments: &[&str]) -> Run {
    let arguments = std::iter::once("tiendo").chain(arguments.iter().copied()).map(OsString::from).collect();
    arguments::parse(arguments, &environment("C")).expect("the arguments are right")
}

#[test]
fn every_option_of_build_is_read() {
    let run = parsed(&[
        "build",
        "--root",
        "site",
        "--output",
        "public",
        "--base-url",
        "https://example.org/tien-do/",
        "--as-of",
        "2021-12-31",
        "--drafts",
        "--jobs",
        "2",
        "--format",
        "json",
        "--lang",
        "vi",
        "--color",
        "always",
        "-v",
    ]);
    let Action::Build(options) = &run.action else { panic!("not a build: {run:?}") };
    assert_eq!(options.root, Path::new("site"));
    assert_eq!(options.output.as_deref(), Some(Path::new("public")));
    assert_eq!(options.base_url.as_deref(), Some("https://example.org/tien-do/"));
    assert_eq!(options.as_of, NaiveDate::from_ymd_opt(2021, 12, 31));
    assert_eq!((options.drafts, options.jobs), (true, Some(2)));
    assert_eq!((run.format, run.language, run.stderr_colour), (Format::Json, Language::Vi, Colour::Styled));
    assert!(run.is_verbose && !run.is_quiet);
}

#[test]
fn without_options_there_are_defaults() {
    let run = parsed(&["build"]);
    let Action::Build(options) = &run.action else { panic!("not a build: {run:?}") };
    assert_eq!(options.root, Path::new("."));
    assert!(options.output.is_none() && options.base_url.is_none() && options.as_of.is_none());
    assert!(!options.drafts && options.jobs.is_none());
    assert_eq!((run.format, run.language, run.stderr_colour), (Format::Human, Language::En, Colour::Plain));
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    for arguments in [["-q", "--root", "a", "check"], ["check", "--root", "a", "-q"]] {
        let run = parsed(&arguments);
        assert!(
            run.is_quiet
                && matches!(run.action, Action::Check { options, denies_warnings: false, fixing: None } if options.root == *"a")
        );
    }
}

#[test]
fn a_day_in_the_wrong_form_is_shown_in_the_right_one() {
    let (code, stdout, stderr) = tiendo(&["build", "--as-of", "30/07/2021"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    insta::assert_snapshot!(stderr, @r"
    error: `30/07/2021` is not a date for --as-of
     |
     = help: write year-month-day: `--as-of 2021-07-30`
    ");
    for wrong in ["2021-7-30", "2021-02-30", "+2021-07-30", "hôm nay", "2021", "-1", "7/30/2021"] {
        let (code, _, stderr) = tiendo(&["build", "--as-of", wrong]);
        assert_eq!(code, 2, "{wrong}");
        assert!(stderr.contains("`--as-of 20"), "{stderr}");
    }
}

#[test]
fn wrong_usage_is_told_in_the_language_of_the_reader() {
    insta::assert_snapshot!(tiendo_in("vi_VN.UTF-8", &["build", "--outptu", "x"]).2, @r"
    lỗi: không có tùy chọn `--outptu`
     |
     = gợi ý: có phải ý bạn là `--output`?
    ");
    insta::assert_snapshot!(tiendo(&["--lang", "vi", "bild"]).2, @r"
    lỗi: không có lệnh `bild`
     |
     = gợi ý: có phải ý bạn là `build`?
    ");
    insta::assert_snapshot!(tiendo(&["check", "--lang=vi", "--explain", "brokn-link"]).2, @r"
    lỗi: không có mã lỗi `brokn-link`
     |
     = gợi ý: có phải ý bạn là `broken-link`?
    ");
    insta::assert_snapshot!(tiendo(&["build", "--format", "yaml"]).2, @r"
    error: `yaml` is not a value for --format
     |
     = help: possible values: human, json, github
    ");
}

#[test]
fn each_kind_of_wrong_usage_is_told_in_both_languages() {
    let told = |locale| {
        let wrong: [&[&str]; 6] = [
            &["build", "--output"],
            &["build", "--drafts", "--drafts"],
            &["verify"],
            &["verify", "mirror", "--manifest", "manifest.json"],
            &["completions", "tcsh"],
            &["check", "--dry-run"],
        ];
        wrong.map(|arguments| tiendo_in(locale, arguments).2).concat()
    };
    insta::assert_snapshot!(told("C"), @r"
    error: --output needs a value
     |
     = help: `tiendo build --help` shows what there is
    error: --drafts is given twice
     |
     = help: `tiendo build --help` shows what there is
    error: DIR|--manifest <FILE> is missing
     |
     = help: `tiendo verify --help` shows what there is
    error: DIR cannot stand together with --manifest
     |
     = help: `tiendo verify --help` shows what there is
    error: `tcsh` is not a value for SHELL
     |
     = help: possible values: bash, elvish, fish, powershell, zsh
    error: --fix is missing
     |
     = help: `tiendo check --help` shows what there is
    ");
    insta::assert_snapshot!(told("vi"), @r"
    lỗi: --output cần một giá trị
     |
     = gợi ý: gõ `tiendo build --help` để xem hướng dẫn
    lỗi: --drafts bị ghi hai lần
     |
     = gợi ý: gõ `tiendo build --help` để xem hướng dẫn
    lỗi: thiếu DIR|--manifest <FILE>
     |
     = gợi ý: gõ `tiendo verify --help` để xem hướng dẫn
    lỗi: DIR không dùng chung với --manifest được
     |
     = gợi ý: gõ `tiendo verify --help` để xem hướng dẫn
    lỗi: `tcsh` không phải là giá trị của SHELL
     |
     = gợi ý: các giá trị dùng được: bash, elvish, fish, powershell, zsh
    lỗi: thiếu --fix
     |
     = gợi ý: gõ `tiendo check --help` để xem hướng dẫn
    ");
}

#[test]
fn what_lacks_its_command_is_answered_with_the_help() {
    for locale in ["C", "vi"] {
        for arguments in [&[][..], &["theme"], &["import"]] {
            let help = tiendo_in(locale, &[arguments, &["--help"]].concat()).1;
            assert_eq!(tiendo_in(locale, arguments), (2, String::new(), help));
        }
        for (command, nested) in [("theme", "eject"), ("import", "csv")] {
            let (code, stdout, _) = tiendo_in(locale, &[command, nested, "-h"]);
            assert!(code == 0 && stdout.contains(&format!("tiendo {command} {nested} [")), "{stdout}");
        }
    }
}

#[test]
fn every_wrong_usage_has_the_code_of_a_failure() {
    for arguments in [
        &["--foo"][..],
        &["bild"],
        &["build", "x"],
        &["build", "--jobs", "0"],
        &["build", "--jobs", "many"],
        &["build", "--jobs", "1", "--jobs", "2"],
        &["build", "--drafts", "--drafts"],
        &["build", "--output"],
        &["build", "--output", ""],
        &["build", "--base-url", "example.org"],
        &["build", "--base-url", "javascript://x"],
        &["build", "--base-url", "https://"],
        &["build", "--base-url", "https://a b/"],
        &["build", "--base-url", "https://example.org/?x"],
        &["check", "--deny", "errors"],
        &["check", "--explain", "nothing"],
        &["--lang", "xx", "build"],
        &["help", "nothing"],
        &[],
    ] {
        for locale in ["C", "vi"] {
            let (code, stdout, stderr) = tiendo_in(locale, arguments);
            assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
            assert!(!stderr.is_empty(), "{arguments:?}");
        }
    }
}

#[test]
#[cfg(unix)]
fn arguments_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStringExt;
    let broken = OsString::from_vec(b"--foo\xff".to_vec());
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let code = run(["tiendo".into(), "build".into(), broken], &environment("vi"), &mut stdout, &mut stderr);
    assert_eq!(code, 2);
}

#[test]
fn every_command_shows_its_help_with_an_example() {
    for (locale, example) in [("C", "Example:\n"), ("vi_VN", "Ví dụ:\n")] {
        for (command, _) in help::EXAMPLES.iter().filter(|(name, _)| !["tiendo", "csv", "eject"].contains(name)) {
            let (code, stdout, stderr) = tiendo_in(locale, &[command, "--help"]);
            assert_eq!((code, stderr.as_str()), (0, ""));
            assert!(stdout.contains(example) && stdout.contains(&format!("\n  tiendo {command}")), "{stdout}");
            assert_eq!(tiendo_in(locale, &["help", command]).1, stdout);
        }
        let (code, stdout, _) = tiendo_in(locale, &["--help"]);
        assert!(code == 0 && stdout.contains(example), "{stdout}");
        assert_eq!(tiendo_in(locale, &["help"]).1, stdout);
    }
    assert_eq!(tiendo(&["--version"]), (0, format!("tiendo {}\n", env!("CARGO_PKG_VERSION")), String::new()));
}

#[test]
fn vietnamese_help_is_vietnamese() {
    let (_, stdout, _) = tiendo_in("vi", &["build", "--help"]);
    for english in ["Usage", "Options", "OPTIONS", "possible values", "default:", "Example", "Print"] {
        assert!(!stdout.contains(english), "{english} in\n{stdout}");
    }
}

#[test]
fn every_code_is_explained() {
    for locale in ["C", "vi"] {
        for code in Code::ALL {
            let (exit, stdout, stderr) = tiendo_in(locale, &["check", "--explain", code.as_str()]);
            assert_eq!((exit, stderr.as_str()), (0, ""));
            assert!(stdout.starts_with(code.as_str()) && !stdout.contains('{'), "{stdout}");
        }
    }
    insta::assert_snapshot!(tiendo(&["check", "--explain", "stale"]).1, @r"
    stale

    The latest figure is older than `stale_after_months` allows. An old figure no longer vouches for today.

    It says: the latest figure is of …: no newer one for more than … months
    What to do: enter the next report, or set `stale_after_months` for this indicator
    Level, unless `checks` in site.yaml sets another: warn
    ");
}

/// A report of some errors and warnings in one file.
fn report(errors: usize, warnings: usize, summary: Option<Summary>) -> BuildReport {
    let mut sources = SourceMap::default();
    let file = sources.add("content/a.md", "title: x\n".repeat(errors + warnings + 1));
    let mut diagnostics = Diagnostics::default();
    for number in 0..errors + warnings {
        let mut diagnostic = Diagnostic::new(Code::MissingSource, Span::new(file, number * 9, number * 9 + 5));
        diagnostic.severity = if number < errors { Severity::Error } else { Severity::Warning };
        diagnostics.push(diagnostic.clone());
        diagnostics.push(diagnostic);
    }
    BuildReport { sources, diagnostics, summary }
}

fn summary() -> Summary {
    let as_of = NaiveDate::from_ymd_opt(2021, 12, 31).expect("a day");
    Summary {
        pages: 246,
        charts: 1,
        files: 900,
        written: 900,
        rendered: 800,
        drawn: 0,
        as_of,
        as_of_origin: AsOfOrigin::Site,
    }
}

/// What is printed after a run: exit code, standard output without its seconds, standard error.
fn concluded(arguments: &[&str], report: &BuildReport) -> (u8, String, String) {
    let run = parsed(arguments);
    let (Action::Build(options) | Action::Check { options, .. }) = &run.action else { panic!("not a run: {run:?}") };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let code = conclude(&run, options, report, Instant::now(), &environment("C"), &mut stdout, &mut stderr);
    let text = |bytes| String::from_utf8(bytes).expect("the program prints text");
    (code, text(stdout).split(' ').map(unclocked).collect::<Vec<_>>().join(" "), text(stderr))
}

/// A word of a line, without the seconds that a slow machine takes longer.
fn unclocked(word: &str) -> &str {
    let is_seconds = word.len() >= 4 && word.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
    if is_seconds && word.contains(['.', ',']) { "N" } else { word }
}

#[test]
fn one_line_closes_a_run() {
    let line = |arguments: &[&str], report: &BuildReport| {
        let (code, stdout, _) = concluded(arguments, report);
        assert_eq!(stdout.matches('\n').count(), 1, "{stdout}");
        format!("{code} {}", stdout.trim_end())
    };
    let done = report(0, 2, Some(summary()));
    let build = ["build", "--lang", "vi"];
    assert_eq!(line(&build[..1], &done), "0 246 pages, 1 chart, 2 warnings in N s; as of 2021-12-31 (from site.yaml)");
    assert_eq!(line(&build, &done), "0 246 trang, 1 biểu đồ, 2 cảnh báo, N giây; tính đến 2021-12-31 (theo site.yaml)");
    let broken = report(2, 1, None);
    assert_eq!(line(&build[..1], &broken), "1 2 errors, 1 warning: nothing is published, the former site stays");
    assert_eq!(line(&build, &broken), "1 2 lỗi, 1 cảnh báo: chưa đăng gì, trang cũ vẫn giữ nguyên");
    assert_eq!(line(&["check"], &broken), "1 2 errors, 1 warning in N s");
    assert_eq!(line(&["check"], &done), "0 0 errors, 2 warnings in N s");
    assert_eq!(line(&["check", "--deny", "warnings"], &done), "1 0 errors, 2 warnings in N s");
    let clean = report(0, 0, Some(summary()));
    assert_eq!(
        line(&["check", "--deny", "warnings"], &clean),
        "0 no mistakes found in N s; as of 2021-12-31 (from site.yaml)"
    );
    assert_eq!(line(&["check"], &report(0, 0, None)), "0 no mistakes found in N s");
}

#[test]
fn quiet_leaves_the_mistakes_and_verbose_adds_where() {
    let report = report(0, 1, Some(summary()));
    let (code, stdout, stderr) = concluded(&["build", "-q"], &report);
    assert_eq!((code, stdout.as_str()), (0, ""));
    assert!(stderr.starts_with("warning[missing-source]: "), "{stderr}");
    let (_, _, stderr) = concluded(&["build", "-v", "--root", "site"], &report);
    assert!(stderr.ends_with("\n1 file read from `site`\n900 files in `site/output`\n"), "{stderr}");
}

#[test]
fn json_is_alone_on_standard_error() {
    let (code, _, stderr) = concluded(&["build", "-v", "--format", "json", "--root", "site"], &report(1, 1, None));
    assert_eq!(code, 1);
    let files: Vec<_> = stderr
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON")["file"].clone())
        .collect();
    assert_eq!(files, ["site/content/a.md", "site/content/a.md"]);
}

#[test]
fn paths_lead_from_the_current_folder() {
    for (root, prefix) in [
        (".", ""),
        ("./", ""),
        ("site", "site/"),
        ("./site/", "site/"),
        ("../ben-tre", "../ben-tre/"),
        ("/home/clerk", ""),
        ("/home/clerk/site", "site/"),
        ("/srv/site", "/srv/site/"),
        ("/", "/"),
    ] {
        assert_eq!(path_prefix(Path::new(root), Path::new("/home/clerk")), prefix, "{root}");
    }
}

#[test]
fn failures_name_the_path_in_both_languages() {
    let io = || std::io::Error::from(std::io::ErrorKind::StorageFull);
    let path = PathBuf::from("out/đồng\u{202e}khởi");
    let errors = [
        Error::read(&path, io()),
        Error::write(&path, io()),
        Error::Locked { path: path.clone() },
        Error::InTheWay { path: path.clone() },
        Error::NotAManifest { path: path.clone() },
        Error::Swap { path: path.clone(), source: io() },
        Error::OutputRefused { path: path.clone(), reason: OutputRefusal::NotOurs },
    ];
    for error in errors {
        for language in Language::ALL {
            let message = failure::message(&error, *language);
            assert!(message.contains("out/đồng\\u{202e}khởi"), "{message}");
        }
    }
    assert_eq!(failure::message(&Error::write("a", io()), Language::Vi), "không ghi được `a`: đĩa đã đầy");
}

/// A stream that answers every write with one error.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_closed_pipe_changes_nothing_and_a_full_disk_is_a_failure() {
    let code = |arguments: &[&str], stdout: io::ErrorKind, stderr: &mut dyn Write| {
        let arguments = std::iter::once("tiendo").chain(arguments.iter().copied()).map(OsString::from);
        run(arguments, &environment("C"), &mut Broken(stdout), stderr)
    };
    let mut stderr = Vec::new();
    assert_eq!(code(&["--help"], io::ErrorKind::BrokenPipe, &mut stderr), 0);
    assert!(stderr.is_empty());
    assert_eq!(code(&["--help"], io::ErrorKind::StorageFull, &mut stderr), 2);
    assert_eq!(String::from_utf8_lossy(&stderr), "error: cannot write to standard output: the disk is full\n");
    assert_eq!(code(&["--help"], io::ErrorKind::StorageFull, &mut Broken(io::ErrorKind::StorageFull)), 2);
    assert_eq!(code(&["bild"], io::ErrorKind::BrokenPipe, &mut Broken(io::ErrorKind::BrokenPipe)), 2);
}
