//! Turns sources into a valid register.

pub mod front_matter;
pub mod raw;
pub mod yaml;
