//! Turns assessments into pages and files.

pub mod data;
pub mod escape;
pub mod feed;
pub mod links;
pub mod locale;
pub mod markdown;

#[cfg(test)]
mod fixture;
