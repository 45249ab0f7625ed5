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
