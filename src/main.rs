//! The `tiendo` program: maps the outcome of a run to an exit code.

use std::io;
use std::process::ExitCode;

use tiendo::cli::{self, Environment};

fn main() -> ExitCode {
    let environment = Environment::of_process();
    // Neither stream is locked: a progress bar writes from other threads.
    ExitCode::from(cli::run(std::env::args_os(), &environment, &mut io::stdout(), &mut io::stderr()))
}
