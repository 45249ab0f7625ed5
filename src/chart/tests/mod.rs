//! Tests of the charts: what a reader sees, hostile specs, sizes.

mod gallery;
mod samples;
