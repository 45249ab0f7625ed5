//! Turns assessments into pages and files.

pub mod links;
pub mod locale;
pub mod markdown;
