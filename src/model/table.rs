//! Tables of entries, and the typed keys that link them.
//!
//! A table is sorted by id, so a key's order is its entry's order; a key is only valid for the register that gave it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use super::trace::{self, Kind};

/// The place of an entry in its [`Table`].
pub struct Key<T> {
    index: u32,
    entry: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// The key of the entry at that place.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self { index: u32::try_from(index).expect("fewer than 4 billion entries"), entry: PhantomData }
    }

    /// The place, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.index as usize
    }
}

// Derived impls would ask the same of `T`, which a key does not hold.
impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Key<T> {}
impl<T> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Key<T> {}
impl<T> PartialOrd for Key<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Key<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Key<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.index)
    }
}

/// What stands in a [`Table`].
pub trait Row {
    /// One of them, as [`trace`] notes it.
    const ONE: Kind;
    /// All of them.
    const ALL: Kind;
}

/// All entries of one kind, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<T: Row> Table<T> {
    /// Makes a table of entries that are already in the order of their ids.
    #[must_use]
    pub fn new(rows: Vec<T>) -> Self {
        Self { rows }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        trace::note(T::ALL, 0);
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        trace::note(T::ALL, 0);
        self.rows.is_empty()
    }

    /// The entries with their keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Key<T>, &T)> + DoubleEndedIterator {
        trace::note(T::ALL, 0);
        self.rows.iter().enumerate().map(|(index, row)| (Key::new(index), row))
    }

    /// The keys alone.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = Key<T>> + use<T> {
        trace::note(T::ALL, 0);
        (0..self.rows.len()).map(Key::new)
    }

    /// The entries alone.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        trace::note(T::ALL, 0);
        &self.rows
    }

    /// The entries alone, to be changed.
    pub fn rows_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }

    /// Keeps the entries that `keep` names, and tells each former key's new one.
    pub fn retain(&mut self, keep: impl Fn(Key<T>, &T) -> bool) -> Moves<T> {
        let mut moves = Vec::with_capacity(self.rows.len());
        let mut kept = Vec::with_capacity(self.rows.len());
        for (index, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            if keep(Key::new(index), &row) {
                moves.push(Some(Key::new(kept.len())));
                kept.push(row);
            } else {
                moves.push(None);
            }
        }
        self.rows = kept;
        Moves { moves }
    }
}

impl<T: Row> Index<Key<T>> for Table<T> {
    type Output = T;
    fn index(&self, key: Key<T>) -> &T {
        trace::note(T::ONE, key.index());
        &self.rows[key.index()]
    }
}

impl<T: Row> IndexMut<Key<T>> for Table<T> {
    fn index_mut(&mut self, key: Key<T>) -> &mut T {
        &mut self.rows[key.index()]
    }
}

/// Where the entries of a table went when some were left out.
#[derive(Debug)]
pub struct Moves<T> {
    moves: Vec<Option<Key<T>>>,
}

impl<T> Moves<T> {
    /// The new key of an entry, if it was kept.
    #[must_use]
    pub fn get(&self, key: Key<T>) -> Option<Key<T>> {
        self.moves[key.index()]
    }

    /// Whether an entry was kept under the key that it had.
    #[must_use]
    pub fn stays(&self, key: Key<T>) -> bool {
        self.get(key) == Some(key)
    }

    /// The new keys of those entries that were kept.
    pub fn list(&self, keys: &mut Vec<Key<T>>) {
        keys.retain_mut(|key| match self.get(*key) {
            Some(moved) => {
                *key = moved;
                true
            }
            None => false,
        });
    }
}
