//! Measures each stage of a build on sites of growing size.
//!
//! `cargo bench --bench stages -- --pages 1000,10000,100000 --runs 5`
//!
//! Prints medians over runs, each size in a process of its own: wall time, CPU time, CPU time a page, and the most
//! memory that the process held. Nothing is asserted: times belong to one machine. Sites are written below the folder
//! for temporary files, or `--in`: put them on tmpfs to leave the disk out.
//!
//! `(Markdown)` and `(chart)` are parts of `render`, measured apart: every body made HTML, and one timeline drawn for each
//! indicator. They are left out of the sum.

#[path = "../corpus/site/mod.rs"]
#[expect(dead_code, reason = "sites for Hugo are for the comparison")]
mod corpus;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod meter;

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::Datelike;
use clap::Parser;
use rayon::prelude::*;
use tiendo::assess::series::Point;
use tiendo::assess::{Assessment, assess};
use tiendo::chart::spec::{Chart, Observation, Qualifier, Standing, Timeline};
use tiendo::chart::{self, Form, Width};
use tiendo::check;
use tiendo::content;
use tiendo::diagnostic::Diagnostics;
use tiendo::load::load;
use tiendo::model::site::HtmlPolicy;
use tiendo::model::text::{Entry, Language};
use tiendo::model::{Drafts, Register};
use tiendo::output::SitePath;
use tiendo::publish::{Content, Publication};
use tiendo::render::links::Links;
use tiendo::render::{Site, markdown, render};
use tiendo::source::SourceMap;

use self::meter::{Meter, Row, Scope};

#[derive(Debug, Parser)]
struct Options {
    #[command(flatten)]
    scope: Scope,
    /// Measures one site, in this process.
    #[arg(long, hide = true)]
    site: Option<PathBuf>,
}

fn main() {
    let options = Options::parse();
    if let Some(site) = &options.site {
        print!("{}", measure(site));
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for temporary files");
    let folder = options.scope.folder.as_deref().unwrap_or(scratch.path());
    for pages in options.scope.pages {
        let site = folder.join(format!("{pages}-pages"));
        if !site.join("content").exists() {
            let written = corpus::write(pages, 1, &site).expect("the site can be written");
            eprintln!("wrote {} files of {} bytes for {} pages", written.files, written.bytes, written.pages);
        }
        let runs = (0..options.scope.runs.max(1)).map(|_| {
            let own = std::env::current_exe().expect("a running program has a path");
            let output = Command::new(own).arg("--site").arg(&site).output().expect("this program runs again");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Row::all(&String::from_utf8(output.stdout).expect("rows are text"))
        });
        let mut stages = meter::medians(&runs.collect::<Vec<_>>());
        let sum = |value: fn(&Row) -> f64| stages.iter().filter(|row| !row.stage.starts_with('(')).map(value).sum();
        let (wall, cpu) = (sum(|row| row.wall), sum(|row| row.cpu));
        let memory = stages.last().map_or(0.0, |row| row.memory);
        stages.push(Row { stage: "all".to_owned(), wall, cpu, memory });
        println!("{pages} pages, medians of {}\n{}", options.scope.runs, meter::table(pages, &stages));
    }
}

/// How many routes are rendered before their files are written, so that they need not all be held.
const BATCH: usize = 512;

/// Runs the stages, as the pipeline does.
fn measure(root: &Path) -> String {
    let mut meter = Meter::default();
    let mut diagnostics = Diagnostics::default();
    let sources = meter.stage("read", || load(root, &mut diagnostics)).expect("the site is read");
    let content = meter.stage("front matter", || content::read(&sources, &mut diagnostics));
    let register = content.register;
    meter.stage("links", || check_prose(&register, &sources));
    let day = register.site.as_of.expect("the site has its day");
    let register = meter.stage("known", || register.known_on(day, Drafts::Exclude));
    let assessment = meter.stage("judge", || assess(register, day));
    let findings = meter.stage("check", || check::check(&assessment, &content.incomplete));
    meter.stage("(Markdown)", || to_html(&assessment.register, &sources));
    meter.stage("(chart)", || draw(&assessment));
    let site = meter.stage("site", || Site::new(&sources, &assessment, &findings, &mut diagnostics));
    meter.stage("search index", || site.assets().len());
    let output = root.join("stages");
    let _ = std::fs::remove_dir_all(&output);
    let publication = Publication::begin(&output, root).expect("the folder can be written");
    for routes in site.routes().chunks(BATCH) {
        let files: Vec<_> = meter.stage("render", || routes.par_iter().map(|route| render(&site, route).0).collect());
        let put = |(path, bytes): (String, Vec<u8>)| {
            let path = SitePath::new(&path).expect("routes have paths");
            publication.write(&path, Content::Bytes(bytes.into())).expect("the disk takes it");
        };
        meter.stage("write", || files.into_par_iter().flatten().for_each(put));
    }
    meter.stage("clear up", || drop(publication));
    drop(site);
    assert!(!diagnostics.has_errors(), "the site is sound");
    meter.stage("free", || drop((assessment, sources, diagnostics)));
    meter.rows()
}

/// The entries that have a body.
fn entries(register: &Register) -> Vec<&Entry> {
    let units = register.units.rows().iter().map(|row| &row.entry);
    let resolutions = register.resolutions.rows().iter().map(|row| &row.entry);
    units.chain(resolutions).chain(register.reports.rows().iter().map(|row| &row.entry)).collect()
}

fn check_prose(register: &Register, sources: &SourceMap) -> usize {
    let links = Links::new(register, sources);
    let check = |entry: &&Entry| {
        let mut found = Diagnostics::default();
        markdown::check(entry.prose.original, Language::DEFAULT, &links, sources, &mut found);
        found.count_all()
    };
    entries(register).par_iter().map(check).sum()
}

fn to_html(register: &Register, sources: &SourceMap) -> usize {
    let (links, words) = (Links::new(register, sources), markdown::Words::default());
    let (language, html) = (Language::DEFAULT, HtmlPolicy::Text);
    let context = markdown::Context { links: &links, sources, language, address: "a/", top: 2, html, words: &words };
    entries(register).par_iter().map(|entry| markdown::to_html(entry.prose.original, &context).len()).sum()
}

/// Draws a timeline for each indicator, with its own figures and no words.
fn draw(assessment: &Assessment) -> usize {
    let timeline = |key| {
        let mark = |point: &Point| Observation {
            day: point.as_of.num_days_from_ce(),
            value: point.value.to_f64(),
            qualifier: Qualifier::default(),
            standing: Standing::default(),
            label: String::new(),
            title: String::new(),
        };
        let observations = assessment.judgement(key).series.iter().map(mark).collect();
        let chart = Chart::Timeline(Timeline { observations, ..Timeline::default() });
        chart::draw(&chart, Form::File, Width::Wide).len()
    };
    let keys: Vec<_> = assessment.register.indicators.iter().map(|(key, _)| key).collect();
    keys.into_par_iter().map(timeline).sum()
}
