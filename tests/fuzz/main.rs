//! Holds hostile bytes against every place where the program reads what somebody else wrote.
//!
//! Each target takes bytes and must come back: no panic, no hang, no text that breaks its promise. `cargo test` tries a
//! fixed number of inputs made from the seeds in `tests/fuzz/seeds/`; `TIENDO_FUZZ_SECONDS=600 cargo test --release
//! --test fuzz requests` tries one target for that long, with new inputs each time. An input that fails is written to
//! `target/fuzz/`; keep it under `tests/fuzz/seeds/` with the change that mends it, where it is tried first for ever.

mod charts;
mod choices;
mod judging;
mod random;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use random::Random;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The seeds of a target: its own, in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    // A whole site begins with what its files begin with.
    let kept = if target == "site" { "front-matter" } else { target };
    let listed = fs::read_dir(folder("tests/fuzz/seeds").join(kept)).expect("every target has seeds");
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files.into_iter().map(|file| fs::read(file).expect("readable")).collect()
}

/// Tries a target with its seeds and with what `count` mutations make of them, or for as long as is asked.
fn fuzz(name: &str, count: usize, words: &[&str], target: impl Fn(&[u8])) {
    let seconds = std::env::var("TIENDO_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seeds = seeds(name);
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_nanos();
    let mut random = Random::new(if until.is_some() { u64::try_from(seed % (1 << 60)).expect("small") } else { 1 });
    let (mut tried, mut slowest) = (0_usize, Duration::ZERO);
    let mut attempt = |input: &[u8]| {
        let begun = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
            let file = folder("target/fuzz").join(format!("{name}-{tried}"));
            fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
            fs::write(&file, input).expect("written");
            panic!("{name}: an input fails; it is in {}", file.display());
        }
        slowest = slowest.max(begun.elapsed());
        tried += 1;
        until.map_or(tried < count + seeds.len(), |until| Instant::now() < until)
    };
    let mut goes_on = true;
    for seed in &seeds {
        goes_on = attempt(seed);
    }
    while goes_on {
        goes_on = attempt(&random.mutation(&seeds, words));
    }
    println!("{name}: {tried} inputs, the slowest took {slowest:?}");
}

#[test]
fn front_matter() {
    fuzz("front-matter", 3_000, targets::YAML, targets::front_matter);
}

#[test]
fn markdown() {
    fuzz("markdown", 2_000, targets::MARKDOWN, targets::markdown);
}

#[test]
fn values() {
    fuzz("values", 20_000, targets::VALUES, targets::values);
}

#[test]
fn paths() {
    fuzz("paths", 20_000, targets::PATHS, targets::paths);
}

/// Reading, judging, checking, drawing and every page, of a site in which one file is another.
#[test]
fn site() {
    fuzz("site", 60, targets::YAML, targets::site);
}

/// Promises and figures of any kind, judged by the contract's table.
#[test]
fn judging() {
    fuzz("judging", 300, &["\0", "\u{1}", "\u{2}", "\u{3}", "\u{7}"], judging::judging);
}

/// Charts of any data, drawn in every form.
#[test]
fn charts() {
    fuzz("charts", 600, targets::MARKDOWN, charts::charts);
}

#[test]
fn requests() {
    let server = targets::Server::start();
    fuzz("requests", 400, targets::REQUESTS, |input| server.ask(input));
}
