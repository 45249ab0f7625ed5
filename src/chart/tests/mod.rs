//! Tests of the charts: what a reader sees, hostile specs, the style sheet, sizes.

mod gallery;
mod hostile;
mod lineage;
mod samples;
mod scale;
mod snapshots;
mod structure;
mod style;
mod text;
