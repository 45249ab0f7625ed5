//! Who refers to whom: the links of a register read backwards, built once.

use crate::model::Register;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::table::Key;
use crate::model::trace::{self, Kind};
use crate::model::unit::UnitKey;
use chrono::NaiveDate;

/// An observation: its report and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObservationKey {
    /// The report that gives it.
    pub report: ReportKey,
    /// The place in [`crate::model::report::Report::observations`].
    pub place: usize,
}

/// A coverage claim: its report and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimKey {
    /// The report that makes it.
    pub report: ReportKey,
    /// The place in [`crate::model::report::Report::coverage`].
    pub place: usize,
}

/// The links of a register read backwards. Lists are in the order of ids unless said otherwise.
#[derive(Debug, Default)]
pub struct Index {
    children: Vec<Vec<UnitKey>>,
    issued: Vec<Vec<ResolutionKey>>,
    owned: Vec<Vec<IndicatorKey>>,
    reports: Vec<Vec<ReportKey>>,
    predecessors: Vec<Vec<UnitKey>>,
    implemented_by: Vec<Vec<ResolutionKey>>,
    amended_by: Vec<Vec<ResolutionKey>>,
    claims: Vec<Vec<ClaimKey>>,
    observations: Vec<Vec<ObservationKey>>,
    contributors: Vec<Vec<IndicatorKey>>,
    restated_by: Vec<Vec<IndicatorKey>>,
}

impl Index {
    /// Reads all links of a register backwards; owners are those of `as_of`.
    #[must_use]
    pub fn new(register: &Register, as_of: NaiveDate) -> Self {
        let units = register.units.len();
        let resolutions = register.resolutions.len();
        let indicators = register.indicators.len();
        let mut index = Self {
            children: vec![Vec::new(); units],
            issued: vec![Vec::new(); units],
            owned: vec![Vec::new(); units],
            reports: vec![Vec::new(); units],
            predecessors: vec![Vec::new(); units],
            implemented_by: vec![Vec::new(); resolutions],
            amended_by: vec![Vec::new(); resolutions],
            claims: vec![Vec::new(); resolutions],
            observations: vec![Vec::new(); indicators],
            contributors: vec![Vec::new(); indicators],
            restated_by: vec![Vec::new(); indicators],
        };
        for (key, unit) in register.units.iter() {
            if let Some(parent) = unit.parent {
                index.children[parent.index()].push(key);
            }
            for successor in &unit.successors {
                index.predecessors[successor.index()].push(key);
            }
        }
        for (key, resolution) in register.resolutions.iter() {
            index.issued[resolution.issuer.index()].push(key);
            for implemented in &resolution.implements {
                index.implemented_by[implemented.index()].push(key);
            }
            for amended in &resolution.amends {
                index.amended_by[amended.index()].push(key);
            }
        }
        for (key, indicator) in register.indicators.iter() {
            index.owned[indicator.owner_on(as_of).index()].push(key);
            for higher in &indicator.contributes_to {
                index.contributors[higher.index()].push(key);
            }
            if let Some(restated) = &indicator.restates {
                index.restated_by[restated.index()].push(key);
            }
        }
        for (key, report) in register.reports.iter() {
            index.reports[report.unit.index()].push(key);
            for (place, observation) in report.observations.iter().enumerate() {
                index.observations[observation.indicator.index()].push(ObservationKey { report: key, place });
            }
            for (place, claim) in report.coverage.iter().enumerate() {
                index.claims[claim.document.index()].push(ClaimKey { report: key, place });
            }
        }
        index
    }

    /// The units directly below a unit.
    #[must_use]
    pub fn children(&self, unit: UnitKey) -> &[UnitKey] {
        trace::note(Kind::Children, unit.index());
        at(&self.children, unit)
    }

    /// The documents that a unit issued; `kind: statistics` included.
    #[must_use]
    pub fn issued(&self, unit: UnitKey) -> &[ResolutionKey] {
        trace::note(Kind::Issued, unit.index());
        at(&self.issued, unit)
    }

    /// The indicators that a unit answers for on the day of the assessment.
    #[must_use]
    pub fn owned(&self, unit: UnitKey) -> &[IndicatorKey] {
        trace::note(Kind::Owned, unit.index());
        at(&self.owned, unit)
    }

    /// The reports of a unit.
    #[must_use]
    pub fn reports(&self, unit: UnitKey) -> &[ReportKey] {
        trace::note(Kind::ReportsOf, unit.index());
        at(&self.reports, unit)
    }

    /// The units whose place a unit took.
    #[must_use]
    pub fn predecessors(&self, unit: UnitKey) -> &[UnitKey] {
        trace::note(Kind::Predecessors, unit.index());
        at(&self.predecessors, unit)
    }

    /// The documents that carry out a document.
    #[must_use]
    pub fn implemented_by(&self, resolution: ResolutionKey) -> &[ResolutionKey] {
        trace::note(Kind::ImplementedBy, resolution.index());
        at(&self.implemented_by, resolution)
    }

    /// The documents that change a document.
    #[must_use]
    pub fn amended_by(&self, resolution: ResolutionKey) -> &[ResolutionKey] {
        trace::note(Kind::AmendedBy, resolution.index());
        at(&self.amended_by, resolution)
    }

    /// What reports say of unnamed units that carry out a document.
    #[must_use]
    pub fn claims(&self, resolution: ResolutionKey) -> &[ClaimKey] {
        trace::note(Kind::Claims, resolution.index());
        at(&self.claims, resolution)
    }

    /// All observations of an indicator, in the order of reports.
    #[must_use]
    pub fn observations(&self, indicator: IndicatorKey) -> &[ObservationKey] {
        trace::note(Kind::Observations, indicator.index());
        at(&self.observations, indicator)
    }

    /// The indicators that contribute to an indicator.
    #[must_use]
    pub fn contributors(&self, indicator: IndicatorKey) -> &[IndicatorKey] {
        trace::note(Kind::Contributors, indicator.index());
        at(&self.contributors, indicator)
    }

    /// The indicators that restate an indicator.
    #[must_use]
    pub fn restated_by(&self, indicator: IndicatorKey) -> &[IndicatorKey] {
        trace::note(Kind::RestatedBy, indicator.index());
        at(&self.restated_by, indicator)
    }
}

fn at<T, U>(lists: &[Vec<U>], key: Key<T>) -> &[U] {
    &lists[key.index()]
}
