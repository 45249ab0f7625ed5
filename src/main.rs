//! The `tiendo` program: maps the outcome of a run to an exit code.

use std::io;
use std::process::ExitCode;

use mimalloc::MiMalloc;
use tiendo::cli::{self, Environment};

/// A page is made of thousands of short texts; with the system's allocator, keeping them was a quarter of a build.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    // Neither stream is locked: a progress bar writes from other threads.
    ExitCode::from(cli::run(std::env::args_os(), &environment, &mut io::stdout(), &mut io::stderr()))
}
