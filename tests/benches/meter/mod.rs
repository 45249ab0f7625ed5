//! Takes times and memory, and lays medians out as tables.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

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
    /// Runs a stage and notes what it took.
    pub(crate) fn stage<T>(&mut self, stage: &str, run: impl FnOnce() -> T) -> T {
        let (start, cpu) = (Instant::now(), cpu());
        let result = run();
        let (wall, cpu) = (start.elapsed().as_secs_f64(), self::cpu() - cpu);
        self.rows.push(Row { stage: stage.to_owned(), wall, cpu, memory: peak_memory() });
        result
    }

    /// The rows as text, for the process that started this one.
    pub(crate) fn rows(&self) -> String {
        let line = |row: &Row| format!("{}\t{}\t{}\t{}\n", row.stage, row.wall, row.cpu, row.memory);
        self.rows.iter().map(line).collect()
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

/// MiB that this process held at most; zero where `/proc` does not say.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or_default() / 1024.0
}

/// Medians of several runs of the same stages.
pub(crate) fn table(pages: u64, runs: Vec<Vec<Row>>) -> String {
    let mut text = format!("{pages} pages, medians of {}\n", runs.len());
    let mut line = |stage: &str, wall: f64, cpu: f64, memory: f64| {
        let each = cpu * 1e6 / pages as f64;
        writeln!(
            text,
            "  {stage:<14}{:>10.1} ms{:>10.1} ms CPU{each:>9.1} µs a page{memory:>8.0} MiB",
            wall * 1e3,
            cpu * 1e3
        )
        .expect("a string takes all");
    };
    let stages = runs.first().map_or(0, Vec::len);
    let (mut wall, mut cpu, mut memory) = (0.0, 0.0, 0.0);
    for place in 0..stages {
        let of = |value: fn(&Row) -> f64| median(runs.iter().map(|run| value(&run[place])).collect());
        let row = (of(|row| row.wall), of(|row| row.cpu), of(|row| row.memory));
        line(&runs[0][place].stage, row.0, row.1, row.2);
        (wall, cpu, memory) = (wall + row.0, cpu + row.1, row.2);
    }
    line("all", wall, cpu, memory);
    text
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
