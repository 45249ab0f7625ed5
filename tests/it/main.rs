//! What a site says when it is read, judged, checked and built: one binary, one harness, tests by what a reader sees.

mod cards;
mod clerk;
mod cli;
mod commands;
mod composition;
mod diagnostics;
mod docs;
mod faults;
mod figures;
mod forms;
mod harness;
mod history;
mod incremental;
mod judging;
mod known;
mod layering;
mod package;
mod properties;
mod sample;
mod serve;
mod site;
mod supply;
mod time;
mod wording;
mod words;
