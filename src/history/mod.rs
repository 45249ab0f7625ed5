//! Reads from git when each file and each figure was changed; only for sites with `history: git`.
//!
//! The day of a commit is its *committer's* date: when the commit took the form that it has. An author's date survives
//! `--amend`, rebasing and `--date`, so that a change made today could carry last year's day; the committer's date is
//! what git itself orders and limits by. Neither is proof against somebody who sets the clock or writes the history
//! anew: for that there are `verify` and copies of the manifest. A rewritten history shows the day of the rewriting.
//!
//! A merge counts as a change only where its result is that of neither side, so that the day of an edit is that of the
//! commit that made it, not that on which it was merged.
//!
//! Invariants: nothing is written; nothing is fetched; no program is started but `git`, and none by it (`git`);
//! what is read is bounded. What git cannot tell is a mistake of the content at `history:`, never a guess.

mod figures;
mod git;
mod log;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use rayon::prelude::*;

use self::figures::{Trace, Written, written};
use self::git::{Repository, Trouble};
use self::log::{Blob, Entry};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Register;
use crate::model::history::{Commit, History};
use crate::source::{SourceId, SourceMap, Span};

/// The folder whose history is read.
const CONTENT: &str = "content";

/// Reads the history of the content below `root`, if the site asks for it.
pub fn read(root: &Path, register: &Register, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Option<History> {
    let asked = register.site.history?;
    match history(root, register, sources) {
        Ok(history) => Some(history),
        Err(trouble) => {
            diagnostics.push(told(trouble, asked));
            None
        }
    }
}

fn told(trouble: Trouble, place: Span) -> Diagnostic {
    let because = |wording| Diagnostic::new(Code::HistoryUnavailable, place).worded(wording);
    match trouble {
        Trouble::NoProgram(reason) => because("history-unavailable.no-git").with("found", reason),
        Trouble::NoRepository(reason) => because("history-unavailable.no-repository").with("found", reason),
        Trouble::NoCommits => because("history-unavailable.no-commits"),
        Trouble::Shallow => because("history-unavailable.shallow"),
        Trouble::Missing => because("history-unavailable.missing"),
        Trouble::Failed(reason) => because("history-unavailable").with("found", reason),
        Trouble::TooLarge => Diagnostic::new(Code::TooLarge, place)
            .worded("too-large.history")
            .with("limit", format!("{} MiB", git::MAX_BYTES >> 20)),
    }
}

fn history(root: &Path, register: &Register, sources: &SourceMap) -> Result<History, Trouble> {
    let repository = Repository::open(&root.join(CONTENT))?;
    let entries = log::parse(&repository.log()?, repository.prefix())
        .ok_or_else(|| Trouble::Failed("git gave a history in a form that this program does not know".to_owned()))?;
    if entries.iter().all(|entry| entry.files.is_empty()) {
        return Err(Trouble::NoCommits);
    }
    let zone = register.site.timezone;
    let commit = |(place, entry): (usize, &Entry)| {
        let instant = DateTime::from_timestamp(entry.seconds, 0).unwrap_or_default();
        Arc::new(Commit { place, id: entry.id.clone(), day: instant.with_timezone(&zone).date_naive() })
    };
    let commits: Vec<Arc<Commit>> = entries.iter().enumerate().map(commit).collect();
    let traced = follow(&entries, sources);
    let files = (traced.iter())
        .map(|(file, events)| (*file, events.iter().map(|event| Arc::clone(&commits[event.commit])).collect()))
        .collect();
    let mut history = History { commits, files, figures: BTreeMap::new() };
    figures_of(&repository, register, sources, &traced, &mut history)?;
    Ok(history)
}

/// What a commit did to a file.
#[derive(Debug, Clone)]
struct Event {
    /// The commit's place.
    commit: usize,
    /// The file before: in each parent of a merge; none where it was not there.
    before: Vec<Option<Blob>>,
    /// The file after; none where it was removed.
    after: Option<Blob>,
}

/// By file of today: what commits did to it, the newest first, under its former names too.
fn follow(entries: &[Entry], sources: &SourceMap) -> BTreeMap<SourceId, Vec<Event>> {
    let below = |path: &str| path.strip_prefix(CONTENT).and_then(|path| path.strip_prefix('/')).map(str::to_owned);
    let mut named: BTreeMap<String, SourceId> =
        sources.iter().filter_map(|(file, source)| Some((below(&source.path)?, file))).collect();
    let mut events: BTreeMap<SourceId, Vec<Event>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let mut renamed = Vec::new();
        for change in &entry.files {
            let Some(file) = named.get(&change.path).copied() else { continue };
            let (before, after) = (change.before.clone(), change.after.clone());
            events.entry(file).or_default().push(Event { commit: place, before, after });
            if let Some(former) = &change.former_path {
                renamed.push((change.path.clone(), former.clone(), file));
            }
        }
        for (path, former, file) in renamed {
            named.remove(&path);
            named.insert(former, file);
        }
    }
    events
}

/// Adds what became of the figures of every report.
fn figures_of(
    repository: &Repository,
    register: &Register,
    sources: &SourceMap,
    traced: &BTreeMap<SourceId, Vec<Event>>,
    history: &mut History,
) -> Result<(), Trouble> {
    let reports: Vec<SourceId> = register.reports.rows().iter().map(|report| report.entry.file).collect();
    let today: BTreeMap<SourceId, Vec<Written>> =
        (reports.par_iter()).map(|file| (*file, written(&sources.file(*file).text, *file))).collect();
    // A file with one version has it still; of others, git says which one is the last.
    let mut wanted = BTreeSet::new();
    for file in &reports {
        let events = traced.get(file).map(Vec::as_slice).unwrap_or_default();
        if events.len() > 1 {
            wanted.insert(repository.name_of(&sources.file(*file).path[CONTENT.len() + 1..]));
        }
        wanted.extend(events.iter().flat_map(|event| event.before.iter().chain([&event.after]).flatten().cloned()));
    }
    let texts: BTreeMap<&str, SourceId> =
        reports.iter().rev().map(|file| (&*sources.file(*file).text, *file)).collect();
    let mut versions: BTreeMap<Blob, Vec<Written>> = BTreeMap::new();
    let mut unread = Unread { file: reports.first().copied(), ..Unread::default() };
    repository.blobs(&wanted, |name, text| match texts.get(text) {
        Some(file) => drop(versions.insert(name.to_owned(), today[file].clone())),
        None => unread.add(name, text, &mut versions),
    })?;
    unread.read(&mut versions);
    let nothing = Vec::new();
    for file in &reports {
        let Some(events) = traced.get(file) else { continue };
        let at = |blob: &Option<Blob>| blob.as_ref().and_then(|blob| versions.get(blob)).unwrap_or(&nothing);
        let last = match events.as_slice() {
            [only] => at(&only.after),
            _ => {
                let name = repository.name_of(&sources.file(*file).path[CONTENT.len() + 1..]);
                versions.get(&name).unwrap_or(&nothing)
            }
        };
        let mut traces: Vec<Trace> = Trace::begin(&today[file], last);
        for event in events {
            let before: Vec<&Vec<Written>> = event.before.iter().map(at).collect();
            let matches = before.iter().map(|before| figures::matches(before, at(&event.after))).collect::<Vec<_>>();
            for trace in &mut traces {
                trace.step(&history.commits[event.commit], &before, at(&event.after), &matches);
            }
        }
        history.figures.extend(traces.into_iter().map(Trace::finish));
    }
    Ok(())
}

/// How many bytes of former versions wait until they are read at once.
const BATCH: usize = 4 << 20;

/// Former versions of reports that git gave, one after another, and that are read by all cores together.
#[derive(Default)]
struct Unread {
    /// Any report: in which file a former version stood does not matter.
    file: Option<SourceId>,
    texts: Vec<(Blob, String)>,
    bytes: usize,
}

impl Unread {
    fn add(&mut self, name: &str, text: &str, versions: &mut BTreeMap<Blob, Vec<Written>>) {
        self.bytes += text.len();
        self.texts.push((name.to_owned(), text.to_owned()));
        if self.bytes > BATCH {
            self.read(versions);
        }
    }

    fn read(&mut self, versions: &mut BTreeMap<Blob, Vec<Written>>) {
        let Some(file) = self.file else { return };
        versions.par_extend(self.texts.par_drain(..).map(|(name, text)| {
            let figures = written(&text, file);
            (name, figures)
        }));
        self.bytes = 0;
    }
}
