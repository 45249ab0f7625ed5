//! Measures whole builds against the floor: the same files, written from memory in the same run.
//!
//! `cargo bench --bench builds -- --pages 1000,10000 --runs 5 --in /dev/shm/bench`
//!
//! Builds anew, with nothing changed and with one report changed, each in a process of its own, and prints medians with
//! their ratios to the floor (written by one thread) and to the full build. On a disk times swing: compare within one
//! run only. Nothing is asserted: times belong to one machine.

#[path = "../corpus/site/mod.rs"]
#[expect(dead_code, reason = "sites for Hugo are for the comparison")]
mod corpus;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod meter;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use rayon::prelude::*;
use tiendo::pipeline::{self, BuildOptions};

use self::meter::{Meter, Row, Scope};

#[derive(Debug, Parser)]
struct Options {
    #[command(flatten)]
    scope: Scope,
    /// Threads that build; by default one a core.
    #[arg(long)]
    jobs: Option<usize>,
    /// Does one thing with one site, in this process.
    #[arg(long, hide = true, num_args = 2)]
    measure: Option<Vec<PathBuf>>,
}

fn main() {
    let options = Options::parse();
    if let Some([stage, site]) = options.measure.as_deref() {
        let stage = stage.to_str().expect("stages have plain names");
        let mut meter = Meter::default();
        match stage {
            "floor" => floor(site, &mut meter, stage, 1),
            "floor, 2 threads" => floor(site, &mut meter, stage, 2),
            _ => build(site, options.jobs, &mut meter, stage),
        }
        print!("{}", meter.rows());
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for temporary files");
    let folder = options.scope.folder.as_deref().unwrap_or(scratch.path());
    for &pages in &options.scope.pages {
        let site = folder.join(format!("{pages}-pages"));
        if !site.join("content").exists() {
            eprintln!("{}", corpus::write(pages, 1, &site).expect("the site can be written"));
        }
        let runs: Vec<Vec<Row>> = (0..options.scope.runs.max(1)).map(|_| run(&site, options.jobs)).collect();
        let stages = meter::medians(&runs);
        println!("{pages} pages, medians of {}\n{}", options.scope.runs, meter::table(pages, &stages));
        let wall = |name: &str| stages.iter().find(|row| row.stage == name).map_or(f64::NAN, |row| row.wall);
        let cold = wall("cold");
        println!(
            "  cold {:.1} times the floor; unchanged {:.0} % and one report {:.0} % of cold\n",
            cold / wall("floor"),
            wall("unchanged") / cold * 100.0,
            wall("one report") / cold * 100.0
        );
    }
}

/// One full build, one of the same, one with a report changed, and the floor.
fn run(site: &Path, jobs: Option<usize>) -> Vec<Row> {
    let own = std::env::current_exe().expect("a running program has a path");
    meter::settle(&own, site);
    meter::forget(site);
    let measure = |stage: &str| {
        let mut command = Command::new(&own);
        command.arg("--measure").arg(stage).arg(site);
        command.args(jobs.map(|jobs| format!("--jobs={jobs}")));
        let output = command.output().expect("this program runs again");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Row::all(&String::from_utf8(output.stdout).expect("rows are text"))
    };
    let mut rows = measure("cold");
    rows.extend(measure("unchanged"));
    let report = a_report(&site.join("content/reports"));
    let before = fs::read_to_string(&report).expect("the report is there");
    fs::write(&report, format!("{before}\nMột câu được thêm vào báo cáo này.\n")).expect("the report can be changed");
    rows.extend(measure("one report"));
    fs::write(&report, before).expect("the report can be changed back");
    rows.extend(measure("floor"));
    rows.extend(measure("floor, 2 threads"));
    rows
}

/// Builds as the program does.
fn build(site: &Path, jobs: Option<usize>, meter: &mut Meter, stage: &str) {
    let options = BuildOptions { root: site.to_owned(), jobs, ..BuildOptions::default() };
    let report = meter.stage(stage, || pipeline::build(&options, &|_, _| {})).expect("the site is built");
    let summary = report.summary.expect("the site is sound");
    eprintln!("{stage}: {summary:?}");
}

/// Writes the files of the built site into a new folder, from memory.
fn floor(site: &Path, meter: &mut Meter, stage: &str, threads: usize) {
    let (output, fresh) = (site.join("output"), site.join("floor"));
    let _ = fs::remove_dir_all(&fresh);
    let files: Vec<(PathBuf, Vec<u8>)> = files(&output)
        .map(|path| {
            let below = path.strip_prefix(&output).expect("it lies there");
            (fresh.join(below), fs::read(&path).expect("the site was built"))
        })
        .collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    let put = |(path, bytes): &(PathBuf, Vec<u8>)| {
        if fs::write(path, bytes).is_err() {
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
            fs::write(path, bytes).expect("files can be written");
        }
    };
    meter.stage(stage, || pool.install(|| files.par_iter().for_each(put)));
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    eprintln!("{stage}: {} files, {bytes} bytes", files.len());
    let _ = fs::remove_dir_all(&fresh);
}

/// Some report that is no unit's first or last.
fn a_report(folder: &Path) -> PathBuf {
    files(&folder.join("2022/q2")).next().expect("the site has reports")
}

/// The files below a folder, in the order of their names.
fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("what was written can be read"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
}
