//! The command line: parses arguments into options, prints diagnostics and the closing line.
//!
//! Diagnostics and failures go to standard error, the one closing line to standard output. The exit code is 0 when all
//! is done, 1 when the content has errors, 2 when the world failed or the usage was wrong; a closed pipe changes it not,
//! and a standard output that cannot be written is a failure of the world.

mod arguments;
mod failure;
mod fixing;
mod help;
mod progress;
mod serve;
mod usage;
mod verify;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use crate::diagnostic::render::{self, Colour, Format};
use crate::diagnostic::wording::Language;
use crate::diagnostic::{Code, Diagnostics, Level, Severity};
use crate::error::Error;
use crate::pipeline::authoring::{self, Creation, Import, NewEntry, Start};
use crate::pipeline::fixing::Writing;
use crate::pipeline::{self, AsOfOrigin, BuildOptions, BuildReport, Difference, Summary};
use crate::source::SourceMap;
use arguments::{Action, Run};
use progress::Progress;

/// Done.
const DONE: u8 = 0;
/// The content has errors, or warnings where they are denied.
const MISTAKES: u8 = 1;
/// The world failed, or the usage was wrong.
const FAILURE: u8 = 2;

/// What the command line asks of the process around it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The locale of messages, such as `vi_VN.UTF-8`.
    pub locale: String,
    /// The current folder; paths of files are shown from here.
    pub current_folder: PathBuf,
    /// Whether somebody watches standard output on a terminal that takes colours.
    pub stdout_takes_colour: bool,
    /// Whether somebody watches standard error on a terminal that takes colours.
    pub stderr_takes_colour: bool,
    /// Whether standard error is a terminal, so that a progress bar can move.
    pub stderr_is_terminal: bool,
}

impl Environment {
    /// Asks the process.
    #[must_use]
    pub fn of_process() -> Self {
        use std::io::IsTerminal;
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let takes_colour = variable("NO_COLOR").is_none() && variable("TERM").is_none_or(|term| term != "dumb");
        let stderr_is_terminal = io::stderr().is_terminal();
        Self {
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).unwrap_or_default(),
            current_folder: std::env::current_dir().unwrap_or_default(),
            stdout_takes_colour: takes_colour && io::stdout().is_terminal(),
            stderr_takes_colour: takes_colour && stderr_is_terminal,
            stderr_is_terminal,
        }
    }
}

/// Runs the program and answers its exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let started = Instant::now();
    let parsed = match arguments::parse(arguments.into_iter().collect(), environment) {
        Ok(parsed) => parsed,
        Err(shown) => {
            if !shown.is_mistake {
                return say(&shown.text, shown.language, stdout, stderr, DONE);
            }
            // Nobody is left to tell when standard error is closed; the exit code tells.
            let _ = stderr.write_all(shown.text.as_bytes());
            return FAILURE;
        }
    };
    let language = parsed.language;
    match &parsed.action {
        Action::Explain(code) => say(&explained(*code, language), language, stdout, stderr, DONE),
        Action::Serve(serving) => serve::run(&parsed, serving, environment, stdout, stderr),
        Action::Diff { options, from, to } => match pipeline::diff(options, *from, *to) {
            Ok(difference) => compared(&parsed, options, &difference, environment, stdout, stderr),
            Err(error) => fail(&error, &parsed, stderr),
        },
        Action::Verify { options, published } => {
            let progress = Progress::new(&parsed, environment);
            let result = pipeline::verify(options, published, &|done, of| progress.report(done, of));
            progress.finish();
            match result {
                Ok(verified) => verify::conclude(&parsed, options, &verified, environment, stdout, stderr),
                Err(error) => fail(&error, &parsed, stderr),
            }
        }
        Action::New { options, kind, id } => match authoring::create(options, *kind, id, language) {
            Ok(entry) => created(&parsed, options, &entry, environment, stdout, stderr),
            Err(error) => fail(&error, &parsed, stderr),
        },
        Action::ImportCsv { indicators, observations, into } => {
            match authoring::import_csv(indicators, observations, into, language) {
                Ok(import) => imported(&parsed, into, &import, environment, stdout, stderr),
                Err(error) => fail(&error, &parsed, stderr),
            }
        }
        Action::Init(folder) => match authoring::init(folder, language) {
            Ok(Start::Made(files)) => say(&started_site(&parsed, folder, &files), language, stdout, stderr, DONE),
            Ok(Start::Occupied(name)) => {
                let folder = folder.display().to_string();
                let message = language.say("init.occupied", &[("path", &folder), ("name", &name)]);
                let help = language.say("init.occupied-help", &[]);
                let _ =
                    stderr.write_all(render::failure(&message, Some(&help), language, parsed.stderr_colour).as_bytes());
                FAILURE
            }
            Err(error) => fail(&error, &parsed, stderr),
        },
        Action::Schema(kind) => say(&authoring::schema(*kind, language), language, stdout, stderr, DONE),
        Action::Completions(shell) => say(&completions(*shell, language), language, stdout, stderr, DONE),
        Action::Eject { root, name, files } => match authoring::eject(root, name, files) {
            Ok(copied) => say(&ejected(&parsed, name, &copied), language, stdout, stderr, DONE),
            Err(error) => fail(&error, &parsed, stderr),
        },
        Action::Check { options, fixing: Some(Writing::DryRun), .. } => {
            fixing::fix(&parsed, options, Writing::DryRun, stdout, stderr)
        }
        Action::Build(options) | Action::Check { options, .. } => {
            if let Action::Check { fixing: Some(writing), .. } = parsed.action {
                let code = fixing::fix(&parsed, options, writing, stdout, stderr);
                if code != DONE {
                    return code;
                }
            }
            let progress = Progress::new(&parsed, environment);
            let report = |done, of| progress.report(done, of);
            let result = match parsed.action {
                Action::Build(_) => pipeline::build(options, &report),
                _ => pipeline::check(options, &report),
            };
            progress.finish();
            match result {
                Ok(report) => conclude(&parsed, options, &report, started, environment, stdout, stderr),
                Err(error) => fail(&error, &parsed, stderr),
            }
        }
    }
}

/// Prints what changed between two days; with errors in the content, these instead.
fn compared(
    run: &Run,
    options: &BuildOptions,
    difference: &Difference,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let Difference { sources, diagnostics, .. } = difference;
    if diagnostics.has_errors() {
        print_diagnostics(run, options, diagnostics, sources, environment, stderr);
        return MISTAKES;
    }
    let text = match run.format {
        Format::Json => difference.to_json(),
        Format::Human | Format::Github => difference.to_text(run.language),
    };
    say(&text, run.language, stdout, stderr, DONE)
}

/// Prints the diagnostics to standard error, and counts the errors and warnings among them.
fn print_diagnostics(
    run: &Run,
    options: &BuildOptions,
    diagnostics: &Diagnostics,
    sources: &SourceMap,
    environment: &Environment,
    stderr: &mut dyn Write,
) -> (usize, usize) {
    let list = render::arrange(diagnostics, sources);
    let count = |severity| list.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let path_prefix = path_prefix(&options.root, &environment.current_folder);
    let render_options = render::Options {
        format: run.format,
        language: run.language,
        colour: run.stderr_colour,
        path_prefix: &path_prefix,
    };
    let mut buffered = BufWriter::new(stderr);
    let _ = render::render(&list, sources, &render_options, &mut buffered).and_then(|()| buffered.flush());
    (count(Severity::Error), count(Severity::Warning))
}

/// Prints the diagnostics and the closing line.
fn conclude(
    run: &Run,
    options: &BuildOptions,
    report: &BuildReport,
    started: Instant,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let (errors, warnings) = print_diagnostics(run, options, &report.diagnostics, &report.sources, environment, stderr);
    let denies_warnings = matches!(run.action, Action::Check { denies_warnings: true, .. });
    let code = if errors > 0 || (denies_warnings && warnings > 0) { MISTAKES } else { DONE };
    if run.is_verbose && run.format == Format::Human {
        let _ = stderr.write_all(details(run.language, options, report).as_bytes());
    }
    if run.is_quiet {
        return code;
    }
    let repairable = pipeline::fixing::repairable(&report.diagnostics, &report.sources);
    if repairable > 0 && run.format == Format::Human && matches!(run.action, Action::Check { .. }) {
        let line = run.language.count("fix.possible", repairable) + "\n";
        if say(&line, run.language, stdout, stderr, DONE) == FAILURE {
            return FAILURE;
        }
    }
    let line = closing_line(run, report.summary.as_ref(), errors, warnings, started.elapsed().as_secs_f64());
    say(&format!("{line}\n"), run.language, stdout, stderr, code)
}

fn closing_line(run: &Run, summary: Option<&Summary>, errors: usize, warnings: usize, seconds: f64) -> String {
    let language = run.language;
    let counted_errors = language.count("count.error", errors);
    let counted_warnings = language.count("count.warning", warnings);
    let seconds = format!("{seconds:.2}").replace('.', &language.say("done.decimal-point", &[]));
    let (as_of, origin) = summary.map_or_else(Default::default, |summary| {
        (summary.as_of.to_string(), language.say(origin_key(summary.as_of_origin), &[]))
    });
    let is_build = matches!(run.action, Action::Build(_));
    let (key, pages, charts) = match summary {
        Some(summary) if is_build => {
            ("done.built", language.count("count.page", summary.pages), language.count("count.chart", summary.charts))
        }
        _ if is_build && errors > 0 => ("done.not-published", String::new(), String::new()),
        _ if errors + warnings > 0 => ("done.found", String::new(), String::new()),
        Some(_) => ("done.clean-as-of", String::new(), String::new()),
        None => ("done.clean", String::new(), String::new()),
    };
    let arguments = [
        ("pages", pages.as_str()),
        ("charts", &charts),
        ("errors", &counted_errors),
        ("warnings", &counted_warnings),
        ("seconds", &seconds),
        ("as_of", &as_of),
        ("origin", &origin),
    ];
    language.say(key, &arguments)
}

fn origin_key(origin: AsOfOrigin) -> &'static str {
    match origin {
        AsOfOrigin::Option => "as-of.option",
        AsOfOrigin::Site => "as-of.site",
        AsOfOrigin::SourceDateEpoch => "as-of.environment",
        AsOfOrigin::Today => "as-of.today",
        AsOfOrigin::Manifest => "as-of.manifest",
    }
}

/// What `-v` adds: how much was read and written, and where.
fn details(language: Language, options: &BuildOptions, report: &BuildReport) -> String {
    let read = language.count("count.file", report.sources.iter().count());
    let root = options.root.display().to_string();
    let mut text = language.say("done.read", &[("files", &read), ("path", &root)]) + "\n";
    if let Some(summary) = &report.summary
        && summary.files > 0
    {
        let written = language.count("count.file", summary.files);
        let output = options.output.clone().unwrap_or_else(|| options.root.join("output"));
        let plain: PathBuf = output.components().filter(|component| *component != Component::CurDir).collect();
        let output = plain.display().to_string();
        text += &(language.say("done.written", &[("files", &written), ("path", &output)]) + "\n");
    }
    text
}

/// Prints to standard output; answers `code`, unless it cannot be written.
fn say(text: &str, language: Language, stdout: &mut dyn Write, stderr: &mut dyn Write, code: u8) -> u8 {
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => code,
        // Who closed the pipe has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            let reason = failure::reason(&error, language);
            let message = language.say("failure.standard-output", &[("reason", &reason)]);
            let _ = stderr.write_all(render::failure(&message, None, language, Colour::Plain).as_bytes());
            FAILURE
        }
    }
}

fn fail(error: &Error, run: &Run, stderr: &mut dyn Write) -> u8 {
    let message = failure::message(error, run.language);
    let _ = stderr.write_all(render::failure(&message, None, run.language, run.stderr_colour).as_bytes());
    FAILURE
}

/// What `--explain` says of a code.
fn explained(code: Code, language: Language) -> String {
    let name = code.as_str();
    let level = match code.default_level() {
        None => language.say("explain.level-error", &[]),
        Some(level) => {
            let level = match level {
                Level::Deny => "deny",
                Level::Warn => "warn",
                Level::Allow => "allow",
            };
            language.say("explain.level", &[("level", level)])
        }
    };
    let entry = language.entry(name);
    let sample = |template: &crate::diagnostic::wording::Template| {
        let arguments: Vec<_> = template.placeholders().map(|name| (name, "…")).collect();
        template.fill(&arguments)
    };
    let mut text = format!("{name}\n\n{}\n\n", language.say(&format!("explain.{name}"), &[]));
    if let Some(message) = &entry.message {
        text += &(language.say("explain.says", &[("message", &sample(message))]) + "\n");
    }
    if let Some(help) = &entry.help {
        text += &(language.say("explain.helps", &[("help", &sample(help))]) + "\n");
    }
    text + &level + "\n"
}

/// Names a new file and its address; one that was there is a failure.
fn created(
    run: &Run,
    options: &BuildOptions,
    entry: &NewEntry,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let path = path_prefix(&options.root, &environment.current_folder) + &entry.path;
    let arguments = [("path", path.as_str()), ("address", &entry.address)];
    match entry.creation {
        Creation::Created => {
            say(&(run.language.say("new.created", &arguments) + "\n"), run.language, stdout, stderr, DONE)
        }
        Creation::Existed => {
            let message = run.language.say("new.existed", &[("path", &path)]);
            let _ = stderr.write_all(render::failure(&message, None, run.language, run.stderr_colour).as_bytes());
            FAILURE
        }
    }
}

/// Which files of a first site were made, and what to do next.
fn started_site(run: &Run, folder: &Path, files: &[(String, Creation)]) -> String {
    let mut text = listed(run, files);
    if !run.is_quiet {
        let folder = folder.display().to_string();
        text += &(run.language.say("init.next", &[("path", &folder)]) + "\n");
    }
    text
}

/// Which content files the tables came to, or what is wrong with the tables.
fn imported(
    run: &Run,
    into: &Path,
    import: &Import,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    // The tables are named from the current folder.
    let options = BuildOptions::default();
    let (errors, _) = print_diagnostics(run, &options, &import.diagnostics, &import.tables, environment, stderr);
    if errors > 0 {
        let errors = run.language.count("count.error", errors);
        let line = run.language.say("import.not-written", &[("errors", &errors)]) + "\n";
        return if run.is_quiet { MISTAKES } else { say(&line, run.language, stdout, stderr, MISTAKES) };
    }
    let mut text = listed(run, &import.files);
    if !run.is_quiet {
        text += &(run.language.say("import.next", &[("path", &into.display().to_string())]) + "\n");
    }
    say(&text, run.language, stdout, stderr, DONE)
}

/// What became of each file, a line each.
fn listed(run: &Run, files: &[(String, Creation)]) -> String {
    let line = |(path, creation): &(String, Creation)| {
        let key = match creation {
            Creation::Created => "eject.created",
            Creation::Existed => "eject.existed",
        };
        run.language.say(key, &[("path", path)]) + "\n"
    };
    files.iter().map(line).collect()
}

/// The script by which a shell completes commands and options, its hints in the reader's language.
fn completions(shell: clap_complete::Shell, language: Language) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(language), "tiendo", &mut script);
    String::from_utf8(script).expect("a script is text")
}

/// What became of each file of the built-in theme, and what to do next.
fn ejected(run: &Run, name: &str, copied: &[(String, Creation)]) -> String {
    let mut text = listed(run, copied);
    if name != "default" && !run.is_quiet {
        text += &(run.language.say("eject.next", &[("name", name)]) + "\n");
    }
    text
}

/// What leads from the current folder to the root: empty, or with a `/` at its end.
fn path_prefix(root: &Path, current_folder: &Path) -> String {
    let from_here = root.strip_prefix(current_folder).unwrap_or(root);
    let mut prefix = String::new();
    for component in from_here.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => prefix.push('/'),
            other => {
                prefix.push_str(&other.as_os_str().to_string_lossy());
                prefix.push('/');
            }
        }
    }
    prefix
}
