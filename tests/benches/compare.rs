//! Compares whole builds with Hugo's and Zola's, on sites of the same pages.
//!
//! `cargo bench --bench compare -- --hugo PROGRAM --zola PROGRAM --pages 1000,10000 --runs 3 --in /dev/shm/compare`
//!
//! Five sites of each size: tiendo's own; the same pages for Hugo and for Zola with prose, a table of ten targets and
//! one chart each (`hugo`, `zola`); and those with about as many bytes as tiendo writes (`hugo-full`, `zola-full`). What
//! the others do not do is left out: they judge nothing, check no figure, and make no search index, feeds or digests.
//! Builds take turns, each into no folder at all, in a process of its own; medians are printed. Nothing is asserted:
//! times belong to one machine. A `PROGRAM` is the binary itself, or a script that replaces itself by it (`exec`).

#[path = "../corpus/site/mod.rs"]
mod corpus;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod meter;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;

use self::corpus::rivals::{self, Rival, Weight};
use self::meter::{Row, Scope};

#[derive(Debug, Parser)]
struct Options {
    /// Hugo's program; without it Hugo is left out.
    #[arg(long)]
    hugo: Option<PathBuf>,
    /// Zola's program; without it Zola is left out.
    #[arg(long)]
    zola: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
}

impl Options {
    fn program(&self, rival: Rival) -> Option<&Path> {
        match rival {
            Rival::Hugo => self.hugo.as_deref(),
            Rival::Zola => self.zola.as_deref(),
        }
    }

    /// Who takes part, tiendo first.
    fn contenders(&self) -> Vec<Contender<'_>> {
        let given = [Rival::Hugo, Rival::Zola].into_iter().filter_map(|rival| Some((rival, self.program(rival)?)));
        let rivals = given.flat_map(|(rival, program)| {
            [Weight::Plain, Weight::Full].map(|weight| Contender::Rival { rival, weight, program })
        });
        [Contender::Tiendo].into_iter().chain(rivals).collect()
    }
}

/// Who builds which site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contender<'a> {
    Tiendo,
    Rival { rival: Rival, weight: Weight, program: &'a Path },
}

impl Contender<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Tiendo => "tiendo",
            Self::Rival { rival: Rival::Hugo, weight: Weight::Plain, .. } => "hugo",
            Self::Rival { rival: Rival::Hugo, weight: Weight::Full, .. } => "hugo-full",
            Self::Rival { rival: Rival::Zola, weight: Weight::Plain, .. } => "zola",
            Self::Rival { rival: Rival::Zola, weight: Weight::Full, .. } => "zola-full",
        }
    }

    fn write(self, pages: u64, site: &Path) {
        let written = match self {
            Self::Tiendo => corpus::write(pages, 1, site),
            Self::Rival { rival, weight, .. } => rivals::write(rival, weight, pages, 1, site),
        };
        eprintln!("{}: {}", self.name(), written.expect("the site can be written"));
    }

    fn command(self, site: &Path) -> Command {
        let mut command = match self {
            Self::Tiendo => Command::new(env!("CARGO_BIN_EXE_tiendo")),
            Self::Rival { program, .. } => Command::new(program),
        };
        match self {
            Self::Tiendo => command.args(["build", "--quiet", "--root"]).arg(site),
            Self::Rival { rival: Rival::Hugo, .. } => {
                command.args(["build", "--quiet", "--destination", "output", "--source"]).arg(site)
            }
            Self::Rival { rival: Rival::Zola, .. } => {
                command.arg("--root").arg(site).args(["build", "--output-dir"]).arg(site.join("output"))
            }
        };
        command
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
    let contenders = options.contenders();
    for &pages in &options.scope.pages {
        let site = |contender: Contender<'_>| folder.join(format!("{pages}-{}", contender.name()));
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
                let measure = |contender: &Contender<'_>| {
                    let site = site(*contender);
                    meter::forget(&site);
                    let mut command = contender.command(&site);
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
