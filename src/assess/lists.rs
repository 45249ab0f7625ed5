//! What only a look at everything tells, put in order once: the indicators of each status, field and framework, what
//! became known when, what was corrected, who has to follow which document.
//!
//! Routes count these lists and pages show a slice of them, so both always agree and no page looks at the whole site.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::coverage::State;
use super::index::{Index, ObservationKey};
use super::status::Status;
use super::summary::Summary;
use super::{Covered, Judgement};
use crate::model::Register;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::site::FieldKey;
use crate::model::trace::{self, Kind};
use crate::model::unit::UnitKey;

/// How many documents stand side by side in one table of coverage.
pub const SHEET_WIDTH: usize = 8;

/// The lists of a site.
#[derive(Debug, Default)]
pub struct Lists {
    statuses: Vec<Vec<IndicatorKey>>,
    fields: Vec<Group>,
    frameworks: Vec<Framework>,
    expected_of: Vec<Vec<(ResolutionKey, usize)>>,
    handed_over: Vec<Vec<IndicatorKey>>,
    corrections: Vec<ObservationKey>,
    ledger: Vec<(NaiveDate, Known)>,
    months: Vec<Month>,
    sheets: Vec<Sheet>,
    states: [usize; State::ALL.len()],
}

/// Indicators that belong together.
#[derive(Debug, Clone, Default, Hash)]
pub struct Group {
    /// In the order of their documents.
    pub indicators: Vec<IndicatorKey>,
    /// How they stand.
    pub summary: Summary,
}

/// The indicators of a framework.
#[derive(Debug, Clone, Default, Hash)]
pub struct Framework {
    /// By the place of their group; one that belongs to several groups stands in each.
    pub entries: Vec<(usize, IndicatorKey)>,
    /// How the indicators of each group stand.
    pub groups: Vec<Summary>,
    /// How all stand, each counted once.
    pub summary: Summary,
}

/// Something that became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// A report was published.
    Report(ReportKey),
    /// A document was issued, or first told of.
    Document(ResolutionKey),
}

/// What became known in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// How many reports.
    pub reports: usize,
    /// How many documents.
    pub documents: usize,
    /// How many figures these reports give.
    pub figures: usize,
    /// How many of the figures correct others.
    pub corrections: usize,
}

/// Documents of one issuer that others have to follow, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sheet {
    /// Who issued them.
    pub issuer: UnitKey,
    /// At most [`SHEET_WIDTH`], in the order of their ids.
    pub documents: Vec<ResolutionKey>,
}

impl Lists {
    pub(crate) fn new(
        register: &Register,
        index: &Index,
        judgements: &[Judgement],
        coverage: &[Vec<Covered>],
        as_of: NaiveDate,
    ) -> Self {
        let ledger = ledger(register, index);
        Self {
            statuses: statuses(register, judgements),
            fields: fields(register, judgements),
            frameworks: frameworks(register, judgements),
            expected_of: expected_of(register, coverage),
            handed_over: handed_over(register, as_of),
            corrections: corrections(register),
            months: months(register, &ledger),
            ledger,
            sheets: sheets(register, index),
            states: State::ALL.map(|state| coverage.iter().flatten().filter(|covered| covered.state == state).count()),
        }
    }

    /// The indicators at a status, those first that are due first; without a day at last, in the order of their ids.
    #[must_use]
    pub fn status(&self, status: Status) -> &[IndicatorKey] {
        trace::note(Kind::AtStatus, status.place());
        &self.statuses[status.place()]
    }

    /// The indicators of a field.
    #[must_use]
    pub fn field(&self, field: FieldKey) -> &Group {
        trace::note(Kind::InField, field.0);
        &self.fields[field.0]
    }

    /// The indicators of a framework, by its place in [`crate::model::site::Site::frameworks`].
    #[must_use]
    pub fn framework(&self, place: usize) -> &Framework {
        trace::note(Kind::InFramework, place);
        &self.frameworks[place]
    }

    /// The documents that expect a unit to follow, each with the unit's place in the document's coverage.
    #[must_use]
    pub fn expected_of(&self, unit: UnitKey) -> &[(ResolutionKey, usize)] {
        trace::note(Kind::ExpectedOf, unit.index());
        &self.expected_of[unit.index()]
    }

    /// The indicators that a unit answered for until another took them over.
    #[must_use]
    pub fn handed_over(&self, unit: UnitKey) -> &[IndicatorKey] {
        trace::note(Kind::HandedOver, unit.index());
        &self.handed_over[unit.index()]
    }

    /// The observations that correct a figure of another report, those published last first.
    #[must_use]
    pub fn corrections(&self) -> &[ObservationKey] {
        trace::note(Kind::Corrections, 0);
        &self.corrections
    }

    /// What became known, with its day, the latest first; undated documents are left out.
    #[must_use]
    pub fn ledger(&self) -> &[(NaiveDate, Known)] {
        trace::note(Kind::Ledger, 0);
        &self.ledger
    }

    /// The months of [`Self::ledger`], the latest first.
    #[must_use]
    pub fn months(&self) -> &[Month] {
        trace::note(Kind::Ledger, 0);
        &self.months
    }

    /// The documents that others have to follow, or of which reports tell that they do, by issuer.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        trace::note(Kind::Sheets, 0);
        &self.sheets
    }

    /// How often each state of coverage occurs, in the order of [`State::ALL`].
    #[must_use]
    pub fn states(&self) -> [usize; State::ALL.len()] {
        trace::note(Kind::Sheets, 0);
        self.states
    }
}

fn statuses(register: &Register, judgements: &[Judgement]) -> Vec<Vec<IndicatorKey>> {
    let mut statuses = vec![Vec::new(); Status::ALL.len()];
    for key in register.indicators.keys() {
        statuses[judgements[key.index()].status.place()].push(key);
    }
    for list in &mut statuses {
        // Of what is due on one day, or on none, the oldest figure first: it has been silent for longest.
        list.sort_by_key(|key: &IndicatorKey| {
            let judgement = &judgements[key.index()];
            (judgement.due.is_none(), judgement.due, judgement.value_date, *key)
        });
    }
    statuses
}

fn fields(register: &Register, judgements: &[Judgement]) -> Vec<Group> {
    let mut fields = vec![Group::default(); register.site.fields.len()];
    for (key, indicator) in register.indicators.iter() {
        if let Some(field) = indicator.field {
            let group = &mut fields[field.0];
            group.indicators.push(key);
            group.summary.add(&judgements[key.index()], &indicator.weight);
        }
    }
    fields
}

fn frameworks(register: &Register, judgements: &[Judgement]) -> Vec<Framework> {
    let empty = |groups: usize| Framework { groups: vec![Summary::default(); groups], ..Framework::default() };
    let mut frameworks: Vec<Framework> =
        register.site.frameworks.iter().map(|framework| empty(framework.groups.len())).collect();
    for (key, indicator) in register.indicators.iter() {
        let judgement = &judgements[key.index()];
        let mut groups = indicator.groups.clone();
        groups.sort();
        groups.dedup();
        let mut last = None;
        for group in groups {
            let framework = &mut frameworks[group.framework];
            framework.entries.push((group.group, key));
            framework.groups[group.group].add(judgement, &indicator.weight);
            if last != Some(group.framework) {
                framework.summary.add(judgement, &indicator.weight);
            }
            last = Some(group.framework);
        }
    }
    for framework in &mut frameworks {
        framework.entries.sort();
    }
    frameworks
}

fn expected_of(register: &Register, coverage: &[Vec<Covered>]) -> Vec<Vec<(ResolutionKey, usize)>> {
    let mut expected = vec![Vec::new(); register.units.len()];
    for document in register.resolutions.keys() {
        for (place, covered) in coverage[document.index()].iter().enumerate() {
            expected[covered.unit.index()].push((document, place));
        }
    }
    expected
}

fn handed_over(register: &Register, as_of: NaiveDate) -> Vec<Vec<IndicatorKey>> {
    let mut handed_over = vec![Vec::new(); register.units.len()];
    for (key, indicator) in register.indicators.iter() {
        let today = indicator.owner_on(as_of);
        let takeovers = indicator.owner_from.iter().filter(|(from, _)| *from <= as_of).map(|(_, unit)| *unit);
        let mut former: Vec<UnitKey> = [indicator.owner].into_iter().chain(takeovers).collect();
        former.sort();
        former.dedup();
        for unit in former.into_iter().filter(|unit| *unit != today) {
            handed_over[unit.index()].push(key);
        }
    }
    handed_over
}

fn corrections(register: &Register) -> Vec<ObservationKey> {
    let mut corrections = Vec::new();
    for (report, row) in register.reports.iter() {
        for (place, observation) in row.observations.iter().enumerate() {
            if observation.corrects.is_some() {
                corrections.push(ObservationKey { report, place });
            }
        }
    }
    corrections.sort_by_key(|key| (Reverse(register.reports[key.report].published), *key));
    corrections
}

fn ledger(register: &Register, index: &Index) -> Vec<(NaiveDate, Known)> {
    let reports = register.reports.iter().map(|(key, report)| (report.published, Known::Report(key)));
    let documents = register.resolutions.keys();
    let documents = documents.filter_map(|key| Some((known_from(register, index, key)?, Known::Document(key))));
    let mut ledger: Vec<_> = reports.chain(documents).collect();
    ledger.sort_by_key(|(day, known)| (Reverse(*day), *known));
    ledger
}

fn months(register: &Register, ledger: &[(NaiveDate, Known)]) -> Vec<Month> {
    let mut months: BTreeMap<Reverse<NaiveDate>, Month> = BTreeMap::new();
    for (day, known) in ledger {
        let first = first_of_month(*day);
        let empty = Month { first, reports: 0, documents: 0, figures: 0, corrections: 0 };
        let month = months.entry(Reverse(first)).or_insert(empty);
        match known {
            Known::Document(_) => month.documents += 1,
            Known::Report(key) => {
                let observations = &register.reports[*key].observations;
                month.reports += 1;
                month.figures += observations.len();
                month.corrections += observations.iter().filter(|figure| figure.corrects.is_some()).count();
            }
        }
    }
    months.into_values().collect()
}

/// The first day of a day's month.
#[must_use]
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).expect("every month has a first day")
}

fn sheets(register: &Register, index: &Index) -> Vec<Sheet> {
    let expecting = |key: &ResolutionKey| {
        let resolution = &register.resolutions[*key];
        resolution.kind.is_document() && (resolution.expects.is_some() || !index.claims(*key).is_empty())
    };
    let mut documents: Vec<ResolutionKey> = register.resolutions.keys().filter(expecting).collect();
    let issuer = |key: &ResolutionKey| register.resolutions[*key].issuer;
    documents.sort_by_key(|key| (issuer(key), *key));
    let of_one_issuer = documents.chunk_by(|one, other| issuer(one) == issuer(other));
    let sheets = of_one_issuer.flat_map(|documents| documents.chunks(SHEET_WIDTH));
    sheets.map(|documents| Sheet { issuer: issuer(&documents[0]), documents: documents.to_vec() }).collect()
}

/// The day from which a document is known, by the rule of [`Register::document_known_from`]; it asks only the reports
/// about that document. `None` for what is no document, or has no day.
#[must_use]
pub fn known_from(register: &Register, index: &Index, key: ResolutionKey) -> Option<NaiveDate> {
    let document = &register.resolutions[key];
    if !document.kind.is_document() {
        return None;
    }
    let issued = document.issued.map(|issued| issued.end());
    let sources = document.sources.iter().filter_map(|source| register.source_date(source));
    let observed = document.indicators.iter().flat_map(|key| index.observations(*key)).map(|key| key.report);
    let claimed = index.claims(key).iter().map(|key| key.report);
    let reported = observed.chain(claimed).map(|report| register.reports[report].published);
    let reported = if issued.is_none() { reported.min() } else { None };
    sources.chain(issued).chain(reported).min()
}
