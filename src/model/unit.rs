//! Administrative units and organisations.

use chrono::NaiveDate;

use super::id::UnitId;
use super::quantity::Quantity;
use super::report::Source;
use super::site::LevelKey;
use super::table::Key;
use super::text::{Entry, Text};

/// The key of a unit.
pub type UnitKey = Key<Unit>;

/// A province, a district, a commune, a party cell, a department.
#[derive(Debug, Clone, Hash)]
pub struct Unit {
    /// Its id and address.
    pub id: UnitId,
    /// Its name.
    pub name: Text,
    /// Its level.
    pub level: LevelKey,
    /// The unit that it belongs to; of a level above its own.
    pub parent: Option<UnitKey>,
    /// The official statistical code.
    pub code: Option<String>,
    /// Its first day.
    pub established: Option<NaiveDate>,
    /// The day it ended.
    pub dissolved: Option<NaiveDate>,
    /// The units that took its place.
    pub successors: Vec<UnitKey>,
    /// Its website.
    pub website: Option<String>,
    /// How many people live there.
    pub population: Option<Quantity>,
    /// Where this is said.
    pub sources: Vec<Source>,
    /// Summary, note, prose.
    pub entry: Entry,
}

impl Unit {
    /// Whether the unit existed on that day; unknown days count as existing.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.established.is_none_or(|first| first <= day) && self.dissolved.is_none_or(|end| day < end)
    }
}
