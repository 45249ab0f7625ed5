//! A figure that an indicator is judged by, and what it can prove.

use chrono::NaiveDate;

use crate::model::quantity::Quantity;
use crate::model::report::Qualifier;

/// A figure that counts: an observation's, or what the parts of an aggregate came to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The figure.
    pub value: Quantity,
    /// How exact it is.
    pub exactness: Exactness,
    /// The day that it is of; of an aggregate, the earliest of its parts' days.
    pub date: NaiveDate,
    /// The day from which it stands; of an aggregate, the latest of its parts' days.
    pub since: NaiveDate,
}

/// How exact a figure is that several may have gone into: on which sides it is open, and how vague it is beside that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Exactness {
    may_be_less: bool,
    may_be_more: bool,
    vagueness: Vagueness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
enum Vagueness {
    #[default]
    None,
    About,
    Estimate,
}

impl From<Qualifier> for Exactness {
    fn from(qualifier: Qualifier) -> Self {
        let exact = Self::default();
        match qualifier {
            Qualifier::Exact => exact,
            Qualifier::About => Self { vagueness: Vagueness::About, ..exact },
            Qualifier::Estimate => Self { vagueness: Vagueness::Estimate, ..exact },
            Qualifier::AtLeast => Self { may_be_more: true, ..exact },
            Qualifier::AtMost => Self { may_be_less: true, ..exact },
        }
    }
}

impl Exactness {
    /// How exact a sum or mean of two figures is: open where either is, and as vague as the vaguer one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            may_be_less: self.may_be_less || other.may_be_less,
            may_be_more: self.may_be_more || other.may_be_more,
            vagueness: self.vagueness.max(other.vagueness),
        }
    }

    /// Whether the true figure may be below.
    #[must_use]
    pub fn may_be_less(self) -> bool {
        self.may_be_less
    }

    /// Whether the true figure may be above.
    #[must_use]
    pub fn may_be_more(self) -> bool {
        self.may_be_more
    }

    /// The word for it: that of the bound, if there is one; what is open on both sides is a rough figure.
    #[must_use]
    pub fn qualifier(self) -> Qualifier {
        match (self.may_be_less, self.may_be_more, self.vagueness) {
            (false, true, _) => Qualifier::AtLeast,
            (true, false, _) => Qualifier::AtMost,
            (_, _, Vagueness::Estimate) => Qualifier::Estimate,
            (true, true, _) | (_, _, Vagueness::About) => Qualifier::About,
            (false, false, Vagueness::None) => Qualifier::Exact,
        }
    }
}
