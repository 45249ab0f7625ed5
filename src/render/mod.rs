//! Turns assessments into pages and files.

pub mod escape;
pub mod links;
pub mod locale;
pub mod markdown;

#[cfg(test)]
mod fixture;
