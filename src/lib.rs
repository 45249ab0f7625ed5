//! tiendo (Vietnamese *tiến độ*: progress), a static site generator for public progress reports.

pub mod cli;
pub mod diagnostic;
pub mod error;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod publish;
pub mod source;
