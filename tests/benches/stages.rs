//! Measures each stage of a run on sites of growing size.
//!
//! `cargo bench --bench stages -- --pages 1000,10000,100000 --runs 5`
//!
//! Prints medians over runs, each size in a process of its own: wall time, CPU time, CPU time a page, and the most
//! memory that the process held. Nothing is asserted: times belong to one machine. Sites are written below the folder
//! for temporary files, or `--in`: put them on tmpfs to leave the disk out.

#[path = "../corpus/site/mod.rs"]
mod corpus;
mod meter;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use rayon::prelude::*;
use tiendo::assess::assess;
use tiendo::check;
use tiendo::content;
use tiendo::diagnostic::Diagnostics;
use tiendo::load::load;
use tiendo::model::text::{Entry, Language};
use tiendo::model::{Drafts, Register};
use tiendo::render::Site;
use tiendo::render::links::Links;
use tiendo::render::markdown;
use tiendo::source::SourceMap;

use self::meter::{Meter, Row};

#[derive(Debug, Parser)]
struct Options {
    /// Sizes of sites, in pages.
    #[arg(long, value_delimiter = ',', default_value = "1000")]
    pages: Vec<u64>,
    /// How often each is measured.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// The folder for the sites; a site that is there is used again.
    #[arg(long = "in")]
    folder: Option<PathBuf>,
    /// Measures one site, in this process.
    #[arg(long, hide = true)]
    site: Option<PathBuf>,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    if let Some(site) = &options.site {
        print!("{}", measure(site));
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for temporary files");
    let folder = options.folder.as_deref().unwrap_or(scratch.path());
    for pages in options.pages {
        let site = folder.join(format!("{pages}-pages"));
        if !site.join("content").exists() {
            let written = corpus::write(pages, 1, &site).expect("the site can be written");
            eprintln!("wrote {} files of {} bytes for {} pages", written.files, written.bytes, written.pages);
        }
        let runs = (0..options.runs.max(1)).map(|_| {
            let own = std::env::current_exe().expect("a running program has a path");
            let output = Command::new(own).arg("--site").arg(&site).output().expect("this program runs again");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Row::all(&String::from_utf8(output.stdout).expect("rows are text"))
        });
        let mut stages = meter::medians(&runs.collect::<Vec<_>>());
        let sum = |value: fn(&Row) -> f64| stages.iter().map(value).sum();
        let (wall, cpu) = (sum(|row| row.wall), sum(|row| row.cpu));
        let memory = stages.last().map_or(0.0, |row| row.memory);
        stages.push(Row { stage: "all".to_owned(), wall, cpu, memory });
        println!("{pages} pages, medians of {}\n{}", options.runs, meter::table(pages, &stages));
    }
}

/// Runs the stages up to the checks, as the pipeline does.
fn measure(root: &Path) -> String {
    let mut meter = Meter::default();
    let mut diagnostics = Diagnostics::default();
    let sources = meter.stage("load", || load(root, &mut diagnostics)).expect("the site is read");
    let content = meter.stage("content", || content::read(&sources, &mut diagnostics));
    let register = content.register;
    meter.stage("prose", || check_prose(&register, &sources));
    let day = register.site.as_of.expect("the site has its day");
    let register = meter.stage("known", || register.known_on(day, Drafts::Exclude));
    let assessment = meter.stage("assess", || assess(register, day));
    let findings = meter.stage("check", || check::check(&assessment, &content.incomplete));
    let site = meter.stage("site", || Site::new(&sources, &assessment, &findings, &mut diagnostics));
    meter.stage("search", || site.assets().count());
    drop(site);
    assert!(!diagnostics.has_errors(), "the site is sound");
    meter.stage("free", || drop((assessment, sources, diagnostics)));
    meter.rows()
}

fn check_prose(register: &Register, sources: &SourceMap) -> usize {
    let links = Links::new(register, sources);
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    let entries: Vec<&Entry> =
        units.chain(resolutions).chain(register.reports.rows().iter().map(|row| &row.entry)).collect();
    let check = |entry: &&Entry| {
        let mut found = Diagnostics::default();
        markdown::check(entry.prose.original, Language::DEFAULT, &links, sources, &mut found);
        found.count_all()
    };
    entries.par_iter().map(check).sum()
}
