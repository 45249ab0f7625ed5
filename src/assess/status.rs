//! The statuses, their order in the contract's table, and the flags beside them.

/// What can be said of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Met, first observed on or before its day.
    Achieved,
    /// Met, first observed after its day.
    AchievedLate,
    /// Pace at or above the threshold.
    OnTrack,
    /// Pace between the thresholds.
    Behind,
    /// Pace below the lower threshold, or moving away.
    OffTrack,
    /// Its day is past and an observation shows that it was not met.
    Missed,
    /// Its day is past and nobody said how it ended; or the latest figure no longer vouches for today.
    Unreported,
    /// No source gives what a verdict needs.
    NotAssessable,
    /// A target without an observation.
    NoData,
    /// No target: shown, never judged.
    Tracked,
}

impl Status {
    /// All statuses in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Achieved,
        Self::AchievedLate,
        Self::OnTrack,
        Self::Behind,
        Self::OffTrack,
        Self::Missed,
        Self::Unreported,
        Self::NotAssessable,
        Self::NoData,
        Self::Tracked,
    ];

    /// The word in data files, addresses and CSS classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::AchievedLate => "achieved-late",
            Self::OnTrack => "on-track",
            Self::Behind => "behind",
            Self::OffTrack => "off-track",
            Self::Missed => "missed",
            Self::Unreported => "unreported",
            Self::NotAssessable => "not-assessable",
            Self::NoData => "no-data",
            Self::Tracked => "tracked",
        }
    }

    /// Whether it is a verdict on progress, and so takes part in means.
    #[must_use]
    pub fn is_verdict(self) -> bool {
        match self {
            Self::Achieved | Self::AchievedLate | Self::OnTrack | Self::Behind | Self::OffTrack | Self::Missed => true,
            Self::Unreported | Self::NotAssessable | Self::NoData | Self::Tracked => false,
        }
    }

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|status| *status == self).expect("all statuses are listed")
    }
}

/// Why no verdict is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No source says where it started.
    BaselineUnknown,
    /// No source says when it started.
    StartUnknown,
    /// No source says by when.
    DueUnknown,
    /// It is judged only once it is due.
    AtDue,
    /// The items of a checklist have no days.
    ItemsUndated,
    /// Its owner ended, and nobody took it over.
    OwnerDissolved,
    /// Too few years of data for a rate of growth.
    TooFewYears,
    /// The figures change sign, so that no rate of growth exists.
    SignChange,
}

impl Reason {
    /// The word in data files and interface texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BaselineUnknown => "baseline-unknown",
            Self::StartUnknown => "start-unknown",
            Self::DueUnknown => "due-unknown",
            Self::AtDue => "at-due",
            Self::ItemsUndated => "items-undated",
            Self::OwnerDissolved => "owner-dissolved",
            Self::TooFewYears => "too-few-years",
            Self::SignChange => "sign-change",
        }
    }
}

/// What a reader should know beside a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The latest figure is older than the site allows.
    Stale,
    /// A figure was corrected.
    Corrected,
    /// The promise was changed.
    Revised,
    /// The start is the contract's default, not a source's.
    BaselineAssumed,
    /// The day is the period's end, not a source's.
    DueAssumed,
    /// The target was inferred by the editors.
    Derived,
    /// The latest milestone was met.
    MilestoneMet,
    /// The latest milestone was missed.
    MilestoneMissed,
    /// The upper end of the range was met.
    StretchMet,
    /// Not all parts of the aggregate have data.
    Partial,
}

impl Flag {
    /// All flags in the order of the contract.
    pub const ALL: [Self; 10] = [
        Self::Stale,
        Self::Corrected,
        Self::Revised,
        Self::BaselineAssumed,
        Self::DueAssumed,
        Self::Derived,
        Self::MilestoneMet,
        Self::MilestoneMissed,
        Self::StretchMet,
        Self::Partial,
    ];

    /// The word in data files and interface texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Corrected => "corrected",
            Self::Revised => "revised",
            Self::BaselineAssumed => "baseline-assumed",
            Self::DueAssumed => "due-assumed",
            Self::Derived => "derived",
            Self::MilestoneMet => "milestone-met",
            Self::MilestoneMissed => "milestone-missed",
            Self::StretchMet => "stretch-met",
            Self::Partial => "partial",
        }
    }
}
