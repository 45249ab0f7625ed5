//! What strips show: how the indicators of several stand, one strip each, on one scale.

use super::{Head, Tone};

/// Small multiples: a row for each, a square for each of its indicators, all on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strips {
    /// The words around it.
    pub head: Head,
    /// The rows, drawn in this order.
    pub rows: Vec<StripRow>,
    /// The names of the tones, drawn in this order; those that do not occur are left out.
    pub legend: Vec<(Tone, String)>,
    /// What stands below the rows where some are left out; may be empty.
    pub more: String,
    /// What stands in the picture when there are no rows.
    pub empty: String,
}

/// One row of [`Strips`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StripRow {
    /// Its name; wrapped to two lines at most.
    pub label: String,
    /// How many stand how, drawn in this order.
    pub parts: Vec<(Tone, u32)>,
    /// What stands behind the squares ("12 chỉ tiêu") or, where there are none, in their place ("chưa có chỉ tiêu").
    pub text: String,
}

/// One strip without words of its own, to stand in a line of a page beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strip {
    /// What it shows, for readers who cannot see it.
    pub label: String,
    /// How many stand how, drawn in this order, each with its text on hover.
    pub parts: Vec<(Tone, u32, String)>,
    /// How many the longest of the strips around it has: they share one scale.
    pub most: u32,
}
