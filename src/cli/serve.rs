//! What `serve` prints: its address, a line for each time the site is judged, and the mistakes.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};

use super::arguments::Run;
use super::{DONE, Environment, fail, failure, path_prefix, print_diagnostics, say};
use crate::diagnostic::render;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::pipeline::BuildOptions;
use crate::serve::{self, Event, Rebuilt, ServeOptions};
use crate::source::SourceMap;

/// What `serve` is asked for beside what is built.
#[derive(Debug)]
pub(super) struct Serving {
    pub(super) options: BuildOptions,
    pub(super) bind: IpAddr,
    pub(super) port: u16,
    pub(super) browser: Browser,
}

/// Whether a browser is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Browser {
    Open,
    Leave,
}

/// How many changed files a line names.
const NAMED: usize = 3;

/// Serves a site until the process is asked to end.
pub(super) fn run(
    run: &Run,
    serving: &Serving,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let options = ServeOptions {
        build: serving.options.clone(),
        bind: serving.bind,
        port: serving.port,
        language: run.language,
        path_prefix: path_prefix(&serving.options.root, &environment.current_folder),
        say_failure: failure::message,
    };
    let mut teller = Teller { run, serving, environment, stdout, stderr, warned: BTreeSet::new() };
    match serve::serve(&options, &mut |event| teller.tell(&event)) {
        Ok(()) => DONE,
        Err(error) => fail(&error, run, stderr),
    }
}

/// Knows what was said.
struct Teller<'a> {
    run: &'a Run,
    serving: &'a Serving,
    environment: &'a Environment,
    stdout: &'a mut dyn Write,
    stderr: &'a mut dyn Write,
    /// The warnings of the last time without an error: who edits wants to hear only of new ones.
    warned: BTreeSet<String>,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) {
        match event {
            Event::Listening(address) => self.listening(*address),
            Event::Judged(rebuilt) => self.judged(rebuilt),
            Event::Failed(error) => {
                fail(error, self.run, self.stderr);
            }
            Event::Unwatched(reason) => self.warn("serve.unwatched", &[("reason", reason)]),
        }
    }

    /// Prints a line to standard output; nobody may be there to read it.
    fn line(&mut self, key: &str, arguments: &[(&str, &str)]) {
        let line = self.run.language.say(key, arguments) + "\n";
        say(&line, self.run.language, self.stdout, self.stderr, DONE);
    }

    fn warn(&mut self, key: &str, arguments: &[(&str, &str)]) {
        let message = self.run.language.say(key, arguments);
        let text = render::caution(&message, self.run.language, self.run.stderr_colour);
        let _ = self.stderr.write_all(text.as_bytes());
    }

    fn listening(&mut self, address: SocketAddr) {
        let url = serve::url(address);
        self.line("serve.listening", &[("url", &url)]);
        if !address.ip().is_loopback() {
            self.warn("serve.exposed", &[("address", &address.to_string())]);
        }
        if self.serving.browser == Browser::Open
            && let Err(error) = serve::open_browser(&url)
        {
            let reason = failure::reason(&error, self.run.language);
            self.warn("serve.no-browser", &[("url", &url), ("reason", &reason)]);
        }
    }

    fn judged(&mut self, rebuilt: &Rebuilt) {
        let Rebuilt { changed, judged, diagnostics, pages, duration } = rebuilt;
        let language = self.run.language;
        let told = self.not_yet_told(diagnostics, &judged.sources);
        print_diagnostics(self.run, &self.serving.options, &told, &judged.sources, self.environment, self.stderr);
        if self.run.is_quiet {
            return;
        }
        let errors = diagnostics.count(Severity::Error);
        let counted_errors = language.count("count.error", errors);
        let warnings = language.count("count.warning", diagnostics.count(Severity::Warning));
        let pages = language.count("count.page", *pages);
        let seconds = format!("{:.2}", duration.as_secs_f64()).replace('.', &language.say("done.decimal-point", &[]));
        let changed = match changed.as_slice() {
            [] => language.say("serve.read", &[]),
            [..] if changed.len() <= NAMED => changed.join(", "),
            [first, ..] => language
                .say("serve.changed", &[("path", first), ("files", &language.count("count.file", changed.len() - 1))]),
        };
        let key = if errors > 0 { "serve.stayed" } else { "serve.judged" };
        let arguments = [
            ("changed", changed.as_str()),
            ("pages", &pages),
            ("errors", &counted_errors),
            ("warnings", &warnings),
            ("seconds", &seconds),
        ];
        self.line(key, &arguments);
    }

    /// All errors, and the warnings that were not there the last time.
    fn not_yet_told(&mut self, diagnostics: &Diagnostics, sources: &SourceMap) -> Diagnostics {
        let name = |diagnostic: &Diagnostic| {
            let span = diagnostic.primary;
            let (path, text) = (&sources.file(span.file).path, sources.slice(span));
            format!("{path}\n{}\n{text}\n{:?}", diagnostic.wording, diagnostic.arguments)
        };
        let former = std::mem::take(&mut self.warned);
        if diagnostics.has_errors() {
            // They hide warnings, which would seem new when they are mended.
            self.warned.clone_from(&former);
        }
        let mut told = Diagnostics::default();
        for diagnostic in diagnostics.iter() {
            let is_known = diagnostic.severity == Severity::Warning && {
                let name = name(diagnostic);
                let is_known = former.contains(&name);
                self.warned.insert(name);
                is_known
            };
            if !is_known {
                told.push(diagnostic.clone());
            }
        }
        told
    }
}
