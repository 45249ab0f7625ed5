//! When files and figures were changed, as the repository that holds the content remembers it.
//!
//! Invariant: a commit's day is the day on which it was committed, in the site's time zone; after
//! [`super::Register::known_on`] no commit of a later day is left.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::quantity::Quantity;
use crate::source::{SourceId, Span};

/// What the repository remembers.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Every commit that changed the content, the newest first.
    pub commits: Vec<Arc<Commit>>,
    /// By file: the commits that changed it, the newest first.
    pub files: BTreeMap<SourceId, Vec<Arc<Commit>>>,
    /// By the place where an observation names its indicator: what became of its figure.
    pub figures: BTreeMap<Span, FigureHistory>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its place in the history, 0 the newest.
    pub place: usize,
    /// Its full name: 40 or 64 hexadecimal digits.
    pub id: String,
    /// The day on which it was committed.
    pub day: NaiveDate,
}

impl Commit {
    /// The beginning of its name, of one length in every copy of the repository.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

/// What became of one figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureHistory {
    /// The commit that brought it; `None` while it has not been committed.
    pub first: Option<Arc<Commit>>,
    /// Where it was changed, the oldest first.
    pub edits: Vec<Edit>,
}

/// A change of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The commit that made it; `None` where the file is changed and not yet committed.
    pub commit: Option<Arc<Commit>>,
    /// What was written before.
    pub former: Figure,
    /// What is written from then on.
    pub figure: Figure,
}

/// What an observation says, as it is written: names of stages and items are those of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The day that it is of.
    pub as_of: NaiveDate,
    /// The figure, where it is given as one.
    pub value: Option<Quantity>,
    /// Counts by stage.
    pub breakdown: BTreeMap<String, Quantity>,
    /// Stages by item.
    pub items: BTreeMap<String, String>,
}

impl Figure {
    /// Whether two say the same apart from their days.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        (&self.value, &self.breakdown, &self.items) == (&other.value, &other.breakdown, &other.items)
    }
}

impl fmt::Display for Figure {
    /// The value; without one the stages, then the items: `cho: 4, ban-hanh: 11`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = &self.value {
            return value.fmt(formatter);
        }
        let stages = self.breakdown.iter().map(|(stage, count)| format!("{stage}: {count}"));
        let items = self.items.iter().map(|(item, stage)| format!("{item}: {stage}"));
        formatter.write_str(&stages.chain(items).collect::<Vec<_>>().join(", "))
    }
}

impl History {
    /// The newest commit that changed one of these files.
    pub fn last_of(&self, files: impl IntoIterator<Item = SourceId>) -> Option<&Arc<Commit>> {
        let newest = |file| self.files.get(&file).and_then(|commits| commits.first());
        files.into_iter().filter_map(newest).min_by_key(|commit| commit.place)
    }

    /// The history as it was known on a day.
    pub(super) fn keep_known_on(&mut self, day: NaiveDate) {
        self.commits.retain(|commit| commit.day <= day);
        for commits in self.files.values_mut() {
            commits.retain(|commit| commit.day <= day);
        }
        for figure in self.figures.values_mut() {
            let is_later = |commit: &Option<Arc<Commit>>| commit.as_ref().is_some_and(|commit| commit.day > day);
            // What is not committed yet was written after all that is: with a later commit it is later too.
            let has_later = is_later(&figure.first) || figure.edits.iter().any(|edit| is_later(&edit.commit));
            figure.edits.retain(|edit| !(is_later(&edit.commit) || has_later && edit.commit.is_none()));
            if is_later(&figure.first) {
                *figure = FigureHistory::default();
            }
        }
        // A figure whose first commit is later has no history on that day.
        self.figures.retain(|_, figure| figure.first.is_some() || !figure.edits.is_empty());
    }
}
