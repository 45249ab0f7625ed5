//! tiendo (Vietnamese *tiến độ*: progress), a static site generator for public progress reports.
//!
//! Editors commit YAML-fronted Markdown about resolutions, units and reports; tiendo checks the figures, computes
//! progress as of a day, draws charts and writes a static site. This page is the map for whoever changes the program.
//!
//! # The way of a build
//!
//! ```text
//! load     files            -> SourceMap      texts with places; the only reader of the disk
//! content  SourceMap        -> Register       parsed once, linked, valid by construction
//! history  git               -> History        when files and figures were changed; only where the site asks
//! model    Register, day    -> Register       what was known on the day; nothing later can leak from here on
//! assess   Register, day    -> Assessment     progress, statuses, summaries, coverage; pure
//! check    Assessment       -> findings       what sources say against what they count
//! route    Assessment       -> routes         the one list of every page and file
//! theme    SourceMap        -> Theme          the embedded theme under the site's own
//! render   Site, Route      -> files          views, charts, Markdown, data; pure, in parallel
//! publish  files            -> output folder  written beside it, then swapped in
//! ```
//!
//! [`pipeline`] runs them in this order and is the only module that knows them all. [`serve`] judges again whatever
//! changes and renders on request; it publishes nothing.
//!
//! # Invariants
//!
//! - An author's mistake is a [`diagnostic::Diagnostic`] with a place; the world's failure is an [`error::Error`] with a
//!   path; a bug of ours is a panic. Stages go on past mistakes; only publishing stops.
//! - Same content, theme, version and day: the same bytes. No stage but [`pipeline`] asks the clock, nothing iterates
//!   over a hash map, no thread's order shows.
//! - Missing is not zero: what no source says is `None` or a named reason, and is shown as such.
//! - Figures are exact: [`model::quantity::Quantity`] for what was written, [`model::quantity::Share`] for ratios.
//! - A lower stage never names a higher one; `tests/it/layering.rs` holds the table.
//! - Only `history` starts a program (`git`), and only for a site that asks for it; `serve` starts the browser.
//! - Only `load` and `publish` touch the file system; `serve` watches it and reads files that are copied as they are.

pub mod assess;
pub mod chart;
pub mod check;
pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod digest;
pub mod error;
pub mod history;
pub mod import;
pub mod load;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod route;
pub mod serve;
pub mod source;
pub mod starter;
pub mod theme;
