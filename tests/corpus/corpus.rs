//! Writes large sites for measuring: deterministic, country-like, valid by the content contract.
//!
//! `cargo run --release --example corpus -- --pages 10000 --seed 1 --into DIR --verify`
//!
//! The same pages and seed give the same bytes on every machine. With `--verify` the site is read and judged by tiendo
//! itself, and what it finds is counted.

mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use tiendo::diagnostic::Severity;
use tiendo::pipeline::{BuildOptions, judge};

use self::site::rivals::{self, Rival, Weight};

/// Writes a large site for measuring.
#[derive(Debug, Parser)]
struct Options {
    /// About how many pages the built site is to have: units, documents, indicators and reports.
    #[arg(long, value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    pages: u64,
    /// Another seed gives another site of the same size.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The program that is to build it; all but tiendo's are for comparing whole builds.
    #[arg(long = "for", value_enum, default_value = "tiendo")]
    program: Program,
    /// The folder that gets `content/`; it must not have one.
    #[arg(long)]
    into: PathBuf,
    /// Reads and judges what was written for tiendo, and fails where that finds an error.
    #[arg(long)]
    verify: bool,
}

/// Who builds the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Program {
    Tiendo,
    /// Hugo: each page with prose, a table of ten targets and one chart.
    Hugo,
    /// Hugo: as many files and bytes as tiendo writes.
    HugoFull,
    /// Zola: each page with prose, a table of ten targets and one chart.
    Zola,
    /// Zola: as many bytes as tiendo writes.
    ZolaFull,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let Options { pages, seed, into, .. } = &options;
    let rivals = |rival, weight| rivals::write(rival, weight, *pages, *seed, into);
    let written = match options.program {
        Program::Tiendo => site::write(*pages, *seed, into),
        Program::Hugo => rivals(Rival::Hugo, Weight::Plain),
        Program::HugoFull => rivals(Rival::Hugo, Weight::Full),
        Program::Zola => rivals(Rival::Zola, Weight::Plain),
        Program::ZolaFull => rivals(Rival::Zola, Weight::Full),
    };
    match written {
        Ok(written) => println!("{written}"),
        Err(error) => {
            eprintln!("cannot write below `{}`: {error}", options.into.display());
            return ExitCode::from(2);
        }
    }
    let for_us = options.program == Program::Tiendo;
    if options.verify && for_us && !verify(&options.into) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Judges the site, and says how often each diagnostic was found; `false` where one of them is an error.
fn verify(root: &Path) -> bool {
    let judged = match judge(&BuildOptions { root: root.to_owned(), ..BuildOptions::default() }) {
        Ok(judged) => judged,
        Err(error) => {
            eprintln!("{error}");
            return false;
        }
    };
    let mut found: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in judged.diagnostics.iter() {
        *found.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
    }
    for ((severity, code), count) in &found {
        println!("{} {}: {count}", severity.as_str(), code.as_str());
    }
    let register = &judged.assessment.register;
    println!("{} units, {} documents", register.units.len(), register.resolutions.len());
    println!("{} indicators, {} reports", register.indicators.len(), register.reports.len());
    println!("{} observations", register.reports.rows().iter().map(|report| report.observations.len()).sum::<usize>());
    !found.keys().any(|(severity, _)| *severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use tiendo::diagnostic::Severity;
    use tiendo::pipeline::{BuildOptions, judge};

    use super::site;
    use super::site::rivals::{self, Rival, Weight};

    fn texts(root: &Path) -> BTreeMap<String, String> {
        let files = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("a folder that was just written"));
        files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(root).expect("it lies there").display().to_string();
                (path, std::fs::read_to_string(entry.path()).expect("it was just written"))
            })
            .collect()
    }

    #[test]
    fn a_site_is_read_without_errors_and_with_few_warnings() {
        for pages in [100, 1_000] {
            let root = tempfile::tempdir().expect("a scratch folder");
            let written = site::write(pages, 7, root.path()).expect("it is written");
            assert!(written.pages.abs_diff(pages) * 10 <= pages, "{} pages for {pages}", written.pages);
            let judged = judge(&BuildOptions { root: root.path().to_owned(), ..BuildOptions::default() });
            let judged = judged.expect("it is read");
            let errors = judged.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
            assert_eq!(errors, None);
            let warnings = judged.diagnostics.count(Severity::Warning) as u64;
            assert!(warnings * 20 < pages, "{warnings} warnings for {pages} pages");
        }
    }

    #[test]
    fn one_seed_gives_one_site() {
        let roots = [tempfile::tempdir(), tempfile::tempdir(), tempfile::tempdir()];
        let [first, again, other] = roots.map(|root| root.expect("a scratch folder"));
        for (root, seed) in [(&first, 3), (&again, 3), (&other, 4)] {
            site::write(200, seed, root.path()).expect("it is written");
        }
        assert_eq!(texts(first.path()), texts(again.path()));
        assert_ne!(texts(first.path()), texts(other.path()));
    }

    #[test]
    fn rivals_get_the_same_pages() {
        let root = tempfile::tempdir().expect("a scratch folder");
        let ours = site::write(300, 5, &root.path().join("ours")).expect("it is written");
        let rivals = [
            (Rival::Hugo, Weight::Plain, 8),
            (Rival::Hugo, Weight::Full, 11),
            (Rival::Zola, Weight::Plain, 11),
            (Rival::Zola, Weight::Full, 11),
        ];
        for (rival, weight, templates) in rivals {
            let theirs = root.path().join(format!("{rival:?}-{weight:?}"));
            let written = rivals::write(rival, weight, 300, 5, &theirs).expect("it is written");
            assert_eq!((written.pages, written.files), (ours.pages, ours.pages + templates));
            let mut pages = texts(&theirs.join("content"));
            pages.retain(|path, _| !path.ends_with("_index.md"));
            let is_full = |text: &String| text.contains("values: [");
            assert_eq!(pages.len() as u64, written.pages);
            assert!(pages.values().all(|text| text.matches("- name:").count() == 10 && text.len() > 3_000));
            assert!(pages.values().all(|text| is_full(text) == (weight == Weight::Full)));
        }
        // The templates name the days of the figures.
        let read = |path: &str| std::fs::read_to_string(root.path().join(path)).expect("it was written");
        let unit = texts(&root.path().join("Hugo-Full/content/units"));
        let values = unit.values().next().and_then(|text| text.split_once("values: [")).expect("it has figures").1;
        let values = values.split_once(']').expect("a list is closed").0.split(',').count();
        assert_eq!(read("Hugo-Full/hugo.yaml").matches("\n    - 20").count(), values);
        assert_eq!(read("Zola-Full/config.toml").matches("\"20").count(), values);
    }
}
