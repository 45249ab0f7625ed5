//! The files of a site in the making, and what became of each.

use rayon::prelude::*;

use super::FileEntry;
use super::receipt::{Left, Stamp};

#[derive(Debug)]
pub(super) struct Record {
    pub(super) entry: FileEntry,
    pub(super) fate: Fate,
    pub(super) stamp: Option<Stamp>,
}

/// The files of the new site, sorted by path; the manifest is not among them.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) entries: Vec<FileEntry>,
    fates: Vec<Fate>,
    pub(super) stamps: Vec<Option<Stamp>>,
}

impl Files {
    /// # Panics
    /// When one path was written twice.
    pub(super) fn new(mut records: Vec<Record>) -> Self {
        records.par_sort_unstable_by(|one, other| one.entry.path.cmp(&other.entry.path));
        for pair in records.windows(2) {
            assert!(pair[0].entry.path != pair[1].entry.path, "`{}` is written once", pair[0].entry.path);
        }
        let (fates, stamps) = records.iter().map(|record| (record.fate, record.stamp)).unzip();
        Self { entries: records.into_iter().map(|record| record.entry).collect(), fates, stamps }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The files of one fate, each after its place.
    pub(super) fn of(&self, fate: Fate) -> impl ParallelIterator<Item = (usize, &FileEntry)> {
        self.entries.par_iter().enumerate().filter(move |(place, _)| self.fates[*place] == fate)
    }

    pub(super) fn count_written(&self) -> usize {
        self.fates.iter().filter(|fate| **fate == Fate::Written).count()
    }

    pub(super) fn is_at(&self, fate: Fate, place: usize) -> bool {
        self.fates[place] == fate
    }

    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
    }

    pub(super) fn is(&self, fate: Fate, path: &str) -> bool {
        self.find(path).is_some_and(|place| self.fates[place] == fate)
    }

    /// The place of the file of that path, if it is the former site's file of that number.
    pub(super) fn find_unchanged(&self, path: &str, inode: u64) -> Option<usize> {
        self.find(path).filter(|place| self.is_unchanged(*place, inode))
    }

    /// Whether the file at a place is the former site's file of that number.
    pub(super) fn is_unchanged(&self, place: usize, inode: u64) -> bool {
        self.fates[place] == Fate::Unchanged && self.stamps[place].is_some_and(|stamp| stamp.inode() == inode)
    }

    /// Where files of a receipt, sorted by path, stand among these.
    pub(super) fn places(&self, left: &[Left]) -> Vec<Option<usize>> {
        let mut next = 0;
        let place = |file: &Left| {
            let rest = &self.entries[next..];
            next += rest.iter().take_while(|entry| entry.path.as_str() < file.path.as_str()).count();
            (self.entries.get(next).is_some_and(|entry| entry.path.as_str() == file.path)).then_some(next)
        };
        left.iter().map(place).collect()
    }
}

/// What happened to a file of the new site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands in the scratch folder.
    Written,
    /// The former site has the same bytes under the same path.
    Unchanged,
}
