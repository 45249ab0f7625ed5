//! How many indicators stand at each status, and the weighted mean of their progress.

use super::Judgement;
use super::status::Status;
use crate::model::quantity::{Quantity, Share, Total};

/// What a document's, a unit's or the whole site's indicators come to.
#[derive(Debug, Clone, Hash)]
pub struct Summary {
    counts: [usize; Status::ALL.len()],
    /// Progress times weight of those with a verdict, and their weights.
    progress: Total,
    weights: Quantity,
}

impl Default for Summary {
    fn default() -> Self {
        Self { counts: [0; Status::ALL.len()], progress: Total::default(), weights: Quantity::zero() }
    }
}

impl Summary {
    /// Adds one indicator with its weight.
    pub(crate) fn add(&mut self, judgement: &Judgement, weight: &Quantity) {
        self.counts[judgement.status.place()] += 1;
        if !judgement.status.is_verdict() {
            return;
        }
        let progress = match &judgement.progress {
            Some(progress) => progress.clamped(),
            None if judgement.met => Share::one(),
            None => Share::zero(),
        };
        self.progress.add(&(&progress * &weight.to_share()));
        self.weights = &self.weights + weight;
    }

    /// How many stand at a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.counts[status.place()]
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many have a verdict.
    #[must_use]
    pub fn judged(&self) -> usize {
        Status::ALL.into_iter().filter(|status| status.is_verdict()).map(|status| self.count(status)).sum()
    }

    /// The weighted mean of progress over those with a verdict, each clamped to 0–1; those without a ratio count 1
    /// where they are met and 0 where not. `None` where none has a verdict or all weights are zero.
    #[must_use]
    pub fn mean_progress(&self) -> Option<Share> {
        self.progress.sum().over(&self.weights.to_share())
    }
}
