//! What changed between two days: documents, reports, figures, corrections and statuses.

use chrono::{Datelike, NaiveDate};

use super::index::{Index, ObservationKey};
use super::status::Status;
use super::{Assessment, Judgement, judgements};
use crate::model::indicator::IndicatorKey;
use crate::model::quantity::Quantity;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::table::{Key, Row, Table};
use crate::model::{Drafts, Register};

/// What is known on the later day and was not on the earlier one. Keys are those of the later assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents that became known.
    pub documents: Vec<ResolutionKey>,
    /// Reports that were published.
    pub reports: Vec<ReportKey>,
    /// Indicators whose figure is another, or the first.
    pub figures: Vec<FigureChange>,
    /// Observations that correct a figure of another report.
    pub corrections: Vec<ObservationKey>,
    /// Indicators that stand otherwise, or are new.
    pub statuses: Vec<StatusChange>,
}

/// An indicator's figure that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// The indicator.
    pub indicator: IndicatorKey,
    /// The figure that counted before, with its day.
    pub before: Option<(Quantity, NaiveDate)>,
    /// The figure that counts now, with its day.
    pub after: (Quantity, NaiveDate),
}

/// An indicator's status that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChange {
    /// The indicator.
    pub indicator: IndicatorKey,
    /// How it stood; `None` where it was not known.
    pub before: Option<Status>,
    /// How it stands.
    pub after: Status,
}

impl Changes {
    /// Compares two assessments of the same content, the earlier one first.
    #[must_use]
    pub fn between(from: &Assessment, to: &Assessment) -> Self {
        Self::since(&from.register, &from.judgements, to)
    }

    /// Compares what was known earlier, and how each indicator stood then, with a later assessment.
    fn since(earlier: &Register, judgements: &[Judgement], to: &Assessment) -> Self {
        let later = &to.register;
        let documents = matched(&earlier.resolutions, &later.resolutions, |row| row.id.as_str());
        let reports = matched(&earlier.reports, &later.reports, |row| row.id.as_str());
        let indicators = matched(&earlier.indicators, &later.indicators, |row| row.id.as_str());
        let mut changes = Self {
            documents: new(&documents).filter(|key| later.resolutions[*key].kind.is_document()).collect(),
            reports: new(&reports).collect(),
            ..Self::default()
        };
        for report in &changes.reports {
            for (place, observation) in later.reports[*report].observations.iter().enumerate() {
                if observation.corrects.is_some() {
                    changes.corrections.push(ObservationKey { report: *report, place });
                }
            }
        }
        for (key, former) in indicators {
            let (after, before) = (to.judgement(key), former.map(|former| &judgements[former.index()]));
            if let Some(now) = figure(after).filter(|now| before.and_then(figure).as_ref() != Some(now)) {
                changes.figures.push(FigureChange { indicator: key, before: before.and_then(figure), after: now });
            }
            if before.map(|before| before.status) != Some(after.status) {
                let before = before.map(|before| before.status);
                changes.statuses.push(StatusChange { indicator: key, before, after: after.status });
            }
        }
        changes
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the last reporting period changed.
#[derive(Debug)]
pub struct Recent {
    /// The day that today is compared with: the last day before the quarter in which the latest report was published.
    pub since: NaiveDate,
    /// What is otherwise since then.
    pub changes: Changes,
}

/// Compares today with the end of the reporting period before the last: units report by the quarter, so that is the
/// quarter before the one in which the latest report was published. A site that has been silent for long goes on to
/// show what was told last. `None` where no report was published in an earlier quarter.
///
/// Judges what was known on that day once more, so the cost is nearly that of an assessment.
#[must_use]
pub fn recent(assessment: &Assessment) -> Option<Recent> {
    let published = || assessment.register.reports.rows().iter().map(|report| report.published);
    let latest = published().max()?;
    let first_month = latest.month0() - latest.month0() % 3 + 1;
    let quarter = NaiveDate::from_ymd_opt(latest.year(), first_month, 1).expect("every quarter has a first day");
    let since = quarter.pred_opt()?;
    if published().all(|published| published > since) {
        return None;
    }
    // Drafts that do not take part were left out already.
    let earlier = assessment.register.clone().known_on(since, Drafts::Include);
    let judgements = judgements(&earlier, &Index::new(&earlier, since), since);
    Some(Recent { since, changes: Changes::since(&earlier, &judgements, assessment) })
}

fn figure(judgement: &Judgement) -> Option<(Quantity, NaiveDate)> {
    Some((judgement.value.clone()?, judgement.value_date?))
}

/// Every entry of the later table with its key in the earlier one; both are in the order of their ids.
fn matched<T: Row>(earlier: &Table<T>, later: &Table<T>, id: impl Fn(&T) -> &str) -> Vec<(Key<T>, Option<Key<T>>)> {
    let find = |row: &T| earlier.rows().binary_search_by(|other| id(other).cmp(id(row))).ok().map(Key::new);
    later.iter().map(|(key, row)| (key, find(row))).collect()
}

fn new<T>(matched: &[(Key<T>, Option<Key<T>>)]) -> impl Iterator<Item = Key<T>> + '_ {
    matched.iter().filter(|(_, former)| former.is_none()).map(|(key, _)| *key)
}
