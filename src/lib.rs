//! tiendo (Vietnamese *tiến độ*: progress), a static site generator for public progress reports.

pub mod diagnostic;
pub mod error;
pub mod model;
pub mod output;
pub mod publish;
pub mod source;
