//! What a site says when it is read, judged, checked and built: one binary, one harness, tests by what a reader sees.

mod clerk;
mod cli;
mod commands;
mod composition;
mod diagnostics;
mod docs;
mod faults;
mod figures;
mod harness;
mod history;
