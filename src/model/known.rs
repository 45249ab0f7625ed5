//! What is known on a day: everything dated later is taken out of the register, references to it included.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Register;
use super::indicator::Evidence;
use super::report::{Citation, Observation, Report, Source};
use super::resolution::{Resolution, ResolutionKey};
use super::table::{Key, Moves};
use crate::source::Spanned;

/// Whether entries marked `draft: true` take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They are shown like all others.
    Include,
    /// They are left out.
    Exclude,
}

impl Register {
    /// The register as it was known on `day`.
    ///
    /// A report is known from its `published` date on, a document from [`Register::document_known_from`], a unit from
    /// `established`; a unit's end, a revision and a new owner from their own dates.
    #[must_use]
    pub fn known_on(mut self, day: NaiveDate, drafts: Drafts) -> Self {
        if let Some(history) = &mut self.history {
            history.keep_known_on(day);
        }
        let visible = |draft: bool| drafts == Drafts::Include || !draft;
        // A draft says nothing: not even from when on its document is known.
        let told = |report: &Report| visible(report.entry.draft) && visible(self.units[report.unit].entry.draft);
        let first_report = self.first_reports(told);
        let documents: Vec<bool> = self
            .resolutions
            .iter()
            .map(|(key, resolution)| {
                visible(resolution.entry.draft)
                    && self.known_from(resolution, first_report[key.index()], told).is_none_or(|from| from <= day)
            })
            .collect();

        let units =
            self.units.retain(|_, unit| visible(unit.entry.draft) && unit.established.is_none_or(|first| first <= day));
        let reports = self.reports.retain(|_, report| {
            visible(report.entry.draft) && report.published <= day && units.get(report.unit).is_some()
        });
        let resolutions =
            self.resolutions.retain(|key, resolution| documents[key.index()] && units.get(resolution.issuer).is_some());
        let indicators = self.indicators.retain(|_, indicator| resolutions.get(indicator.resolution).is_some());
        self.pages.retain(|_, page| visible(page.entry.draft));

        for unit in self.units.rows_mut() {
            unit.parent = unit.parent.and_then(|parent| units.get(parent));
            units.list(&mut unit.successors);
            if unit.dissolved.is_some_and(|end| end > day) {
                unit.dissolved = None;
                unit.successors.clear();
            }
            keep_sources(&mut unit.sources, day, &reports);
        }
        for resolution in self.resolutions.rows_mut() {
            resolution.issuer = units.get(resolution.issuer).expect("its issuer was kept");
            resolutions.list(&mut resolution.implements);
            resolutions.list(&mut resolution.amends);
            indicators.list(&mut resolution.indicators);
            let sources = resolution.sources.len();
            keep_sources(&mut resolution.sources, day, &reports);
            resolution.has_later_sources = resolution.sources.len() < sources;
            if let Some(expects) = &mut resolution.expects {
                units.list(&mut expects.units);
                units.list(&mut expects.except);
            }
        }
        for indicator in self.indicators.rows_mut() {
            indicator.resolution = resolutions.get(indicator.resolution).expect("its document was kept");
            indicator.owner_from.retain_mut(|(from, unit)| match units.get(*unit) {
                Some(moved) if *from <= day => {
                    *unit = moved;
                    true
                }
                _ => false,
            });
            indicator.owner = units.get(indicator.owner).unwrap_or(self.resolutions[indicator.resolution].issuer);
            indicator.revisions.retain_mut(|revision| {
                revision.by = revision.by.and_then(|by| resolutions.get(by));
                revision.date <= day
            });
            indicator.restates =
                indicator.restates.and_then(|restates| Some(Spanned::new(indicators.get(*restates)?, restates.span)));
            indicators.list(&mut indicator.contributes_to);
            for item in &mut indicator.items {
                item.owner = item.owner.and_then(|owner| units.get(owner));
            }
            keep_evidence(&mut indicator.evidence, day, &reports);
        }
        for report in self.reports.rows_mut() {
            report.unit = units.get(report.unit).expect("its unit was kept");
            let stays = |observation: &Observation| {
                let Observation { indicator, corrects, evidence, .. } = observation;
                indicators.stays(*indicator)
                    && corrects.is_none_or(|report| reports.stays(report))
                    && evidence.source.as_ref().is_none_or(|source| stays_source(source, day, &reports))
            };
            // What stays as it is, as nearly all does, is shared with the register of another day.
            if !report.observations.iter().all(stays) {
                Arc::make_mut(&mut report.observations).retain_mut(|observation| {
                    observation.corrects = observation.corrects.and_then(|corrects| reports.get(corrects));
                    keep_evidence(&mut observation.evidence, day, &reports);
                    move_to(&mut observation.indicator, &indicators)
                });
            }
            report.coverage.retain_mut(|claim| {
                units.list(&mut claim.units);
                keep_evidence(&mut claim.evidence, day, &reports);
                move_to(&mut claim.document, &resolutions)
            });
        }
        self
    }

    /// The day from which a document is known: its issue or, where that is earlier, its earliest dated source. Without
    /// a date of issue, the first report about it counts as well. `None` where nothing is dated: it is always known.
    #[must_use]
    pub fn document_known_from(&self, key: ResolutionKey) -> Option<NaiveDate> {
        let all = |_: &Report| true;
        self.known_from(&self.resolutions[key], self.first_reports(all)[key.index()], all)
    }

    fn known_from(
        &self,
        resolution: &Resolution,
        first_report: Option<NaiveDate>,
        told: impl Fn(&Report) -> bool,
    ) -> Option<NaiveDate> {
        let issued = resolution.issued.map(|issued| issued.end());
        let is_told = |source: &&Source| match source {
            Source::Report(report) => told(&self.reports[*report]),
            Source::Citation(_) => true,
        };
        let sources = resolution.sources.iter().filter(is_told).filter_map(|source| self.source_date(source));
        let reported = if issued.is_none() { first_report } else { None };
        sources.chain(issued).chain(reported).min()
    }

    /// The day of a source: when a report was published, or the date that a citation gives.
    #[must_use]
    pub fn source_date(&self, source: &Source) -> Option<NaiveDate> {
        match source {
            Source::Report(report) => Some(self.reports[*report].published),
            Source::Citation(citation) => citation.date,
        }
    }

    /// By document: when the first report with a figure or a count about it was published, of those that are told.
    fn first_reports(&self, told: impl Fn(&Report) -> bool) -> Vec<Option<NaiveDate>> {
        let mut first = vec![None; self.resolutions.len()];
        for report in self.reports.rows().iter().filter(|report| told(report)) {
            let observed =
                report.observations.iter().map(|observation| self.indicators[observation.indicator].resolution);
            for document in observed.chain(report.coverage.iter().map(|claim| claim.document)) {
                let known: &mut Option<NaiveDate> = &mut first[document.index()];
                *known = Some(known.map_or(report.published, |day| day.min(report.published)));
            }
        }
        first
    }
}

fn move_to<T>(key: &mut Key<T>, moves: &Moves<T>) -> bool {
    moves.get(*key).map(|moved| *key = moved).is_some()
}

/// Whether a source is known on the day under the key that it has.
fn stays_source(source: &Source, day: NaiveDate, reports: &Moves<Report>) -> bool {
    match source {
        Source::Report(report) => reports.stays(*report),
        Source::Citation(citation) => is_known(citation, day),
    }
}

fn is_known(citation: &Citation, day: NaiveDate) -> bool {
    citation.date.is_none_or(|date| date <= day)
}

fn keep_sources(sources: &mut Vec<Source>, day: NaiveDate, reports: &Moves<Report>) {
    sources.retain_mut(|source| keep_source(source, day, reports));
}

fn keep_source(source: &mut Source, day: NaiveDate, reports: &Moves<Report>) -> bool {
    match source {
        Source::Report(report) => move_to(report, reports),
        Source::Citation(citation) => is_known(citation, day),
    }
}

fn keep_evidence(evidence: &mut Evidence, day: NaiveDate, reports: &Moves<Report>) {
    if evidence.source.as_mut().is_some_and(|source| !keep_source(source, day, reports)) {
        evidence.source = None;
        evidence.has_later_source = true;
    }
}
