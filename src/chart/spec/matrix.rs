//! What a matrix shows: how each of many stands to each of several.

use super::Head;

/// Who followed what: a row for each who should, a column for each thing to follow, a sign where they meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// The words around it.
    pub head: Head,
    /// The names of the columns, short ("01-CT/TU"); one line each, cut where there is no room.
    pub columns: Vec<String>,
    /// The rows, drawn in this order.
    pub rows: Vec<MatrixRow>,
    /// The names of the signs, drawn in this order; signs that do not occur are left out.
    pub legend: Vec<(Cover, String)>,
    /// What stands in the picture when there is no row or no column.
    pub empty: String,
}

/// One row of a [`Matrix`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixRow {
    /// Its name; one line, cut where there is no room.
    pub label: String,
    /// Its signs by column; `None`, and what is missing at the end: nothing is expected there.
    pub cells: Vec<Option<Cover>>,
}

/// How one stands to one: the states of coverage, as colour and sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cover {
    /// A full square.
    InTime,
    /// A square cut through.
    Late,
    /// A square with a hole.
    Issued,
    /// A hatched square.
    Reported,
    /// A dash.
    NotDue,
    /// An empty square.
    Missing,
}

impl Cover {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 6] = [Self::InTime, Self::Late, Self::Issued, Self::Reported, Self::NotDue, Self::Missing];
}
