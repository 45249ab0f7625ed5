//! tiendo (Vietnamese *tiến độ*: progress), a static site generator for public progress reports.

pub mod assess;
pub mod chart;
pub mod check;
pub mod content;
pub mod diagnostic;
pub mod error;
pub mod load;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod route;
pub mod source;
