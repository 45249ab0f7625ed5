//! Takes times and memory, and lays medians out as tables.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Args;

/// What every benchmark is told.
#[derive(Debug, Args)]
pub(crate) struct Scope {
    /// Sizes of sites, in pages.
    #[arg(long, value_delimiter = ',', default_value = "1000")]
    pub(crate) pages: Vec<u64>,
    /// How often each is measured.
    #[arg(long, default_value_t = 3)]
    pub(crate) runs: usize,
    /// The folder for the sites; a site that is there is used again.
    #[arg(long = "in")]
    pub(crate) folder: Option<PathBuf>,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What one stage took.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) stage: String,
    /// Seconds.
    pub(crate) wall: f64,
    /// Seconds of all threads.
    pub(crate) cpu: f64,
    /// MiB that the process held at most so far; zero where the system does not tell.
    pub(crate) memory: f64,
}

impl Row {
    /// The rows that [`Meter::rows`] wrote.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let row = |line: &str| {
            let mut parts = line.split('\t');
            let stage = parts.next()?.to_owned();
            let mut number = || parts.next()?.parse().ok();
            Some(Self { stage, wall: number()?, cpu: number()?, memory: number()? })
        };
        text.lines().filter_map(row).collect()
    }
}

/// Measures stages, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    rows: Vec<Row>,
}

impl Meter {
    /// Runs a stage and notes what it took; a stage that was run before takes that much more.
    pub(crate) fn stage<T>(&mut self, stage: &str, run: impl FnOnce() -> T) -> T {
        let (start, cpu) = (Instant::now(), cpu());
        let result = run();
        let (wall, cpu) = (start.elapsed().as_secs_f64(), self::cpu() - cpu);
        let memory = peak_memory("/proc/self");
        match self.rows.iter_mut().find(|row| row.stage == stage) {
            Some(row) => (row.wall, row.cpu, row.memory) = (row.wall + wall, row.cpu + cpu, memory),
            None => self.rows.push(Row { stage: stage.to_owned(), wall, cpu, memory }),
        }
        result
    }

    /// The rows as text, for the process that started this one.
    pub(crate) fn rows(&self) -> String {
        let line = |row: &Row| format!("{}\t{}\t{}\t{}\n", row.stage, row.wall, row.cpu, row.memory);
        self.rows.iter().map(line).collect()
    }
}

/// Runs a program to its end and notes what it took; what it prints is left out.
///
/// The CPU time is that of the finished process, in hundredths of a second; its memory is looked at every other
/// millisecond. Both are zero where `/proc` does not say.
pub(crate) fn process(stage: &str, command: &mut Command) -> Row {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program can be started");
    let folder = format!("/proc/{}", child.id());
    let (mut memory, mut cpu) = (0.0, 0.0);
    // Until somebody waits for it, a process that has ended still tells its times.
    while let Ok(stat) = fs::read_to_string(format!("{folder}/stat")) {
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        cpu = (ticks(11) + ticks(12)) / 100.0;
        if fields.first() == Some(&"Z") {
            break;
        }
        memory = peak_memory(&folder).max(memory);
        std::thread::sleep(Duration::from_millis(2));
    }
    let status = child.wait().expect("a child can be waited for");
    assert!(status.success(), "{command:?}: {status}");
    Row { stage: stage.to_owned(), wall: start.elapsed().as_secs_f64(), cpu, memory }
}

/// Waits until the program and the site have stood still for so long that a build leaves a receipt of them: a file
/// that was only just written could change again without showing it.
pub(crate) fn settle(program: &Path, site: &Path) {
    let is_settled = || [program, &site.join("content/static/favicon.svg")].map(tiendo::load::fingerprint);
    while is_settled().iter().any(Option::is_none) {
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Takes away what a build left of itself.
pub(crate) fn forget(site: &Path) {
    for entry in fs::read_dir(site).expect("the site is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("an entry has a name").to_string_lossy();
        if name == "output" || name.starts_with(".output") {
            let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone.expect("what a build wrote can be removed");
        }
    }
}

/// Seconds of CPU that the threads of this process have used; zero where `/proc` does not say.
fn cpu() -> f64 {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let spent = |thread: fs::DirEntry| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    };
    threads.filter_map(spent).sum::<f64>() / 1e9
}

/// MiB that a process held at most; zero where `/proc` does not say.
fn peak_memory(process: &str) -> f64 {
    let status = fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or_default() / 1024.0
}

/// One line a stage.
pub(crate) fn table(pages: u64, stages: &[Row]) -> String {
    let mut text = String::new();
    for Row { stage, wall, cpu, memory } in stages {
        let (wall, each, cpu) = (wall * 1e3, cpu * 1e6 / pages as f64, cpu * 1e3);
        writeln!(text, "  {stage:<16}{wall:>10.1} ms{cpu:>10.1} ms CPU{each:>9.1} µs CPU a page{memory:>7.0} MiB")
            .expect("a string takes all");
    }
    text
}

/// The median of each stage over several runs; of memory, the most.
pub(crate) fn medians(runs: &[Vec<Row>]) -> Vec<Row> {
    let Some(first) = runs.first() else { return Vec::new() };
    let stages = first.iter().enumerate().map(|(place, row)| {
        let of = |value: fn(&Row) -> f64| {
            let mut values: Vec<f64> = runs.iter().map(|run| value(&run[place])).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let memory = runs.iter().map(|run| run[place].memory).fold(0.0, f64::max);
        Row { stage: row.stage.clone(), wall: of(|row| row.wall), cpu: of(|row| row.cpu), memory }
    });
    stages.collect()
}
