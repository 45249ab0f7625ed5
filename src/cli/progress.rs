//! A bar on standard error while a terminal watches a long build.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Environment;
use super::arguments::Run;
use crate::diagnostic::render::Format;

/// A build shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) struct Progress {
    started: Instant,
    is_watched: bool,
    label: String,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(super) fn new(run: &Run, environment: &Environment) -> Self {
        let is_watched = environment.stderr_is_terminal && !run.is_quiet && run.format == Format::Human;
        let label = run.language.say("progress", &[]);
        Self { started: Instant::now(), is_watched, label, bar: OnceLock::new() }
    }

    /// Hears of a page that is done, from any thread.
    pub(super) fn report(&self, done: usize, of: usize) {
        if !self.is_watched || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style =
                ProgressStyle::with_template("{msg} {bar:40} {pos}/{len}").expect("the template is well-formed");
            ProgressBar::new(0).with_style(style).with_message(self.label.clone())
        });
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_comes_only_where_somebody_waits() {
        let long_ago = Instant::now().checked_sub(PATIENCE).expect("the clock has run for a while");
        let shows = |started, is_watched| {
            let progress = Progress { started, is_watched, label: "building".to_owned(), bar: OnceLock::new() };
            progress.report(3, 10);
            let is_shown = progress.bar.get().is_some_and(|bar| bar.position() == 3 && bar.length() == Some(10));
            progress.finish();
            is_shown
        };
        assert!(shows(long_ago, true));
        assert!(!shows(long_ago, false));
        assert!(!shows(Instant::now(), true));
    }
}
