//! How many indicators stand at each status, and the weighted mean of their progress.

use super::Judgement;
use super::status::Status;
use crate::model::quantity::{Quantity, Share};

/// What a document's, a unit's or the whole site's indicators come to.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    counts: [usize; Status::ALL.len()],
    weighted: Option<(Share, Quantity)>,
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
        let (total, weights) = self.weighted.take().unwrap_or((Share::zero(), Quantity::zero()));
        self.weighted = Some((&total + &(&progress * &weight.to_share()), &weights + weight));
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
        let (total, weights) = self.weighted.as_ref()?;
        total.over(&weights.to_share())
    }
}
