//! Notices changes, judges the site again and publishes what comes of it.
//!
//! An event of the file system only says that it is time to look: what changed is told by the files themselves. So a
//! lost, doubled or reordered event, an editor's swap file, an atomic rename or a folder that goes and comes back can
//! cost time, never truth. Where the system does not tell of changes, the files are looked at every second.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::watch;

use super::snapshot::{Outcome, Snapshot};
use super::state::State;
use super::{Event, Notice, Rebuilt, ServeOptions, mistakes};
use crate::pipeline::{Judged, Memory, Touched, judge_again};

/// How long the files must be quiet before they are read: a save is several events.
const QUIET: Duration = Duration::from_millis(15);
/// How long a burst of saves may put off reading.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long after a change everything is looked at, in case more changed than was told.
const PAUSE: Duration = Duration::from_millis(400);
/// How often the files are looked at where nothing tells of changes, or after a failure.
const POLL: Duration = Duration::from_secs(1);
/// The folders that a site is read from.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Keeps the state as the files are.
pub(super) struct Rebuilder {
    options: ServeOptions,
    publish: watch::Sender<Option<Arc<State>>>,
    notices: Sender<Notice>,
    memory: Memory,
    /// Tells this run's editions from those of others.
    run: u128,
    editions: usize,
    is_first: bool,
    /// What is wrong with the content, as HTML.
    mistakes: Option<String>,
    /// Why the files could not be read the last time, as HTML.
    failure: Option<String>,
}

impl Rebuilder {
    pub(super) fn new(
        options: &ServeOptions,
        publish: watch::Sender<Option<Arc<State>>>,
        notices: Sender<Notice>,
    ) -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self {
            options: options.clone(),
            publish,
            notices,
            memory: Memory::default(),
            run: since.map_or(0, |since| since.as_nanos()),
            editions: 0,
            is_first: true,
            mistakes: None,
            failure: None,
        }
    }

    /// Judges and waits for changes, for as long as the program runs.
    pub(super) fn run(mut self) {
        // Watching begins before reading, so that no change falls between.
        let mut watcher = Watcher::new(&self.options.build.root);
        if let Some(reason) = watcher.failure.take() {
            self.tell(Event::Unwatched(reason));
        }
        let mut touched = Touched::Anything;
        loop {
            let is_read = self.rebuild(&touched);
            let attention = match touched {
                _ if !is_read => Attention::Until(POLL),
                // What was told is shown; now there is time to see whether it was all.
                Touched::Files(_) => Attention::Until(PAUSE),
                Touched::Anything => Attention::Told,
            };
            touched = watcher.wait(attention);
            if !is_read {
                // What could not be read was told of before.
                touched = Touched::Anything;
            }
        }
    }

    fn tell(&self, event: Event) {
        // Nobody hears it when the program ends.
        let _ = self.notices.send(Notice::Event(event));
    }

    /// Judges the site if a file changed; answers whether the files could be read.
    fn rebuild(&mut self, touched: &Touched) -> bool {
        let started = Instant::now();
        match judge_again(&self.options.build, &mut self.memory, touched) {
            Ok((_, None)) => {
                if self.failure.take().is_some() {
                    self.publish(None);
                }
            }
            Ok((changed, Some(judged))) => {
                let judged = Arc::new(judged);
                let Outcome { diagnostics, snapshot } = self.start(&judged);
                let pages = snapshot.as_ref().map_or(0, |snapshot| snapshot.pages);
                let has_errors = diagnostics.has_errors();
                self.mistakes = has_errors.then(|| mistakes::list(&diagnostics, &judged.sources, &self.options));
                self.failure = None;
                self.publish(snapshot);
                let changed = if self.is_first { Vec::new() } else { changed };
                let duration = started.elapsed();
                self.tell(Event::Judged(Rebuilt { changed, judged, diagnostics, pages, duration }));
                self.is_first = false;
            }
            Err(error) => {
                let failure = Some(mistakes::failure(&error, &self.options));
                if self.failure != failure {
                    self.failure = failure;
                    self.publish(None);
                    self.tell(Event::Failed(error));
                }
                return false;
            }
        }
        true
    }

    fn start(&self, judged: &Arc<Judged>) -> Outcome {
        let former = self.publish.borrow().as_ref().and_then(|state| state.site.clone());
        Snapshot::start(Arc::clone(judged), former.as_deref(), &self.options)
    }

    /// Replaces what requests are answered from; without a new site the former one stays.
    fn publish(&mut self, snapshot: Option<Snapshot>) {
        let former = self.publish.borrow().clone();
        let site = match snapshot {
            Some(snapshot) => {
                self.editions += 1;
                Some(Arc::new(snapshot))
            }
            None => former.and_then(|former| former.site.clone()),
        };
        let mistakes = self.failure.clone().or_else(|| self.mistakes.clone());
        let edition = format!("{:x}-{}", self.run, self.editions);
        self.publish.send_replace(Some(Arc::new(State { site, edition, mistakes })));
    }
}

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attention {
    /// A word of a change.
    Told,
    /// A word of a change, but not for longer than this.
    Until(Duration),
}

/// Hears of changes below the root.
struct Watcher {
    root: PathBuf,
    system: Option<RecommendedWatcher>,
    told: Receiver<Told>,
    failure: Option<String>,
}

/// What the system tells.
enum Told {
    /// These changed.
    Files(Vec<PathBuf>),
    /// Something changed.
    Anything,
    /// One of the watched folders itself may have come or gone.
    Folders,
}

impl Watcher {
    fn new(root: &Path) -> Self {
        let (sender, told) = mpsc::channel();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let folders = FOLDERS.map(|folder| root.join(folder));
        let hear = move |event: notify::Result<notify::Event>| {
            let told = match event {
                // Reading is an event as well; it would never end.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if event.paths.iter().any(|path| folders.contains(path)) => Told::Folders,
                Ok(event) if event.need_rescan() || event.paths.is_empty() => Told::Anything,
                Ok(mut event) => {
                    event.paths.retain(|path| is_below(path, &folders));
                    if event.paths.is_empty() {
                        return;
                    }
                    Told::Files(event.paths)
                }
                Err(_) => Told::Anything,
            };
            let _ = sender.send(told);
        };
        let mut this = Self { root, system: None, told, failure: None };
        match notify::recommended_watcher(hear) {
            Ok(watcher) => {
                this.system = Some(watcher);
                // The root itself tells when a folder comes back.
                this.watch(&this.root.clone(), RecursiveMode::NonRecursive);
                this.watch_folders();
            }
            Err(error) => this.failure = Some(error.to_string()),
        }
        this
    }

    fn watch_folders(&mut self) {
        for folder in FOLDERS {
            let folder = self.root.join(folder);
            if let Some(system) = &mut self.system {
                // The watch of a folder that was deleted does not hear of its successor.
                let _ = system.unwatch(&folder);
            }
            if folder.exists() {
                self.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) {
        let Some(system) = &mut self.system else { return };
        match system.watch(path, mode) {
            // It went while it was looked at; the root tells when it is back.
            Err(_) if !path.exists() => {}
            Err(error) => {
                self.failure = Some(error.to_string());
                self.system = None;
            }
            Ok(()) => {}
        }
    }

    /// Waits until something changed and the files have been quiet for a moment, and says what to look at.
    fn wait(&mut self, attention: Attention) -> Touched {
        let first = match attention {
            Attention::Told if self.system.is_some() => self.told.recv().ok(),
            Attention::Told => self.told_within(POLL),
            Attention::Until(time) => self.told_within(time),
        };
        let Some(first) = first else { return Touched::Anything };
        let mut touched = Touched::Files(BTreeSet::new());
        let mut has_folders = false;
        let mut take = |told| match (told, &mut touched) {
            (Told::Files(paths), Touched::Files(files)) => files.extend(paths),
            (Told::Files(_), Touched::Anything) => {}
            (Told::Anything, _) => touched = Touched::Anything,
            (Told::Folders, _) => {
                touched = Touched::Anything;
                has_folders = true;
            }
        };
        take(first);
        let since = Instant::now();
        while since.elapsed() < PATIENCE
            && let Ok(told) = self.told.recv_timeout(QUIET)
        {
            take(told);
        }
        if has_folders {
            self.watch_folders();
        }
        touched
    }

    fn told_within(&self, time: Duration) -> Option<Told> {
        self.told.recv_timeout(time).map_or_else(
            |error| {
                // Without a system that tells, the wait would be none.
                if error == RecvTimeoutError::Disconnected {
                    std::thread::sleep(time);
                }
                None
            },
            Some,
        )
    }
}

fn is_below(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}
