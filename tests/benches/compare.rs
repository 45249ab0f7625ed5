//! Compares whole builds with Hugo's, on sites of the same pages.
//!
//! `cargo bench --bench compare -- --hugo PROGRAM --pages 1000,10000 --runs 3 --in /dev/shm/compare`
//!
//! Three sites of each size: tiendo's own; the same pages for Hugo with prose, a table of ten targets and one chart
//! each (`hugo`); and those with as many files and bytes as tiendo writes (`hugo-full`). What Hugo does not do is left
//! out: it judges nothing, checks no figure and no link, and makes no search index, feeds or digests. Builds take turns,
//! each into no folder at all, in a process of its own; medians are printed. Nothing is asserted: times belong to one
//! machine. `PROGRAM` is Hugo's binary itself, not a script that starts it.

#[path = "../corpus/site/mod.rs"]
mod corpus;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod meter;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;

use self::corpus::hugo::{self, Weight};
use self::meter::{Row, Scope};

#[derive(Debug, Parser)]
struct Options {
    /// Hugo's program; without it only tiendo is measured.
    #[arg(long)]
    hugo: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
}

/// Who builds which site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contender {
    Tiendo,
    Hugo(Weight),
}

impl Contender {
    fn name(self) -> &'static str {
        match self {
            Self::Tiendo => "tiendo",
            Self::Hugo(Weight::Plain) => "hugo",
            Self::Hugo(Weight::Full) => "hugo-full",
        }
    }

    fn write(self, pages: u64, site: &Path) {
        let written = match self {
            Self::Tiendo => corpus::write(pages, 1, site),
            Self::Hugo(weight) => hugo::write(pages, 1, weight, site),
        };
        eprintln!("{}: {}", self.name(), written.expect("the site can be written"));
    }

    fn command(self, site: &Path, hugo: Option<&Path>) -> Command {
        match self {
            Self::Tiendo => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
                command.args(["build", "--quiet", "--root"]).arg(site);
                command
            }
            Self::Hugo(_) => {
                let mut command = Command::new(hugo.expect("it was given"));
                command.args(["build", "--quiet", "--destination", "output", "--source"]).arg(site);
                command
            }
        }
    }
}

/// What a build left.
#[derive(Debug, Default)]
struct Output {
    pages: f64,
    files: f64,
    megabytes: f64,
}

fn main() {
    let options = Options::parse();
    let scratch = tempfile::tempdir().expect("a folder for temporary files");
    let folder = options.scope.folder.as_deref().unwrap_or(scratch.path());
    let hugos = [Weight::Plain, Weight::Full].map(Contender::Hugo);
    let others = hugos.into_iter().filter(|_| options.hugo.is_some());
    let contenders: Vec<Contender> = [Contender::Tiendo].into_iter().chain(others).collect();
    for &pages in &options.scope.pages {
        let site = |contender: Contender| folder.join(format!("{pages}-{}", contender.name()));
        for contender in &contenders {
            if !site(*contender).join("content").exists() {
                contender.write(pages, &site(*contender));
            }
        }
        meter::settle(Path::new(env!("CARGO_BIN_EXE_tiendo")), &site(Contender::Tiendo));
        let mut outputs = Vec::new();
        let runs: Vec<Vec<Row>> = (0..options.scope.runs.max(1))
            .map(|_| {
                outputs.clear();
                let measure = |contender: &Contender| {
                    let site = site(*contender);
                    meter::forget(&site);
                    let mut command = contender.command(&site, options.hugo.as_deref());
                    let row = meter::process(contender.name(), &mut command);
                    outputs.push(Output::of(&site));
                    meter::forget(&site);
                    row
                };
                contenders.iter().map(measure).collect()
            })
            .collect();
        print(pages, options.scope.runs, &meter::medians(&runs), &outputs);
    }
}

/// The table, and how many times longer the others take.
fn print(pages: u64, runs: usize, rows: &[Row], outputs: &[Output]) {
    println!("{pages} pages, medians of {runs}");
    println!("| site | HTML pages | files | MB | seconds | s of CPU | µs of CPU a page | ms of CPU a MB | peak MiB |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (row, output) in rows.iter().zip(outputs) {
        let Output { pages, files, megabytes } = output;
        let (a_page, a_megabyte) = (row.cpu * 1e6 / pages, row.cpu * 1e3 / megabytes);
        print!("| {} | {pages} | {files} | {megabytes:.1} | {:.2} | {:.2} ", row.stage, row.wall, row.cpu);
        println!("| {a_page:.0} | {a_megabyte:.1} | {:.0} |", row.memory);
    }
    let (Some(own), Some(written)) = (rows.first(), outputs.first()) else { return };
    for (row, output) in rows.iter().zip(outputs).skip(1) {
        let a_page = (row.cpu / output.pages) / (own.cpu / written.pages);
        let a_megabyte = (row.cpu / output.megabytes) / (own.cpu / written.megabytes);
        println!(
            "{} to tiendo: {:.1} times the time, {:.1} times the CPU; {a_page:.1} a page, {a_megabyte:.1} a MB",
            row.stage,
            row.wall / own.wall,
            row.cpu / own.cpu,
        );
    }
    println!();
}

impl Output {
    fn of(site: &Path) -> Self {
        let entries = walkdir::WalkDir::new(site.join("output")).into_iter();
        let entries = entries.map(|entry| entry.expect("what was written can be read"));
        let mut output = Self::default();
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            output.files += 1.0;
            output.pages += f64::from(u8::from(entry.path().extension().is_some_and(|extension| extension == "html")));
            output.megabytes += fs::metadata(entry.path()).map_or(0.0, |metadata| metadata.len() as f64 / 1e6);
        }
        output
    }
}
