//! What needs a look at the whole site, computed once for each language: orders of lists, what is late, who has reported.

use std::cmp::Reverse;

use crate::assess::{Assessment, Status, Summary};
use crate::model::Register;
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::model::resolution::ResolutionKey;
use crate::model::site::{FieldKey, LevelKey};
use crate::model::text::Language;
use crate::model::trace::{self, Kind};
use crate::model::unit::UnitKey;
use crate::render::locale::Locale;

/// Orders and counts of the whole site, in a language.
#[derive(Debug)]
pub(crate) struct Overview {
    language: Language,
    units: Vec<(UnitKey, usize)>,
    /// The units right below each unit, by its place in the register.
    children: Vec<Vec<UnitKey>>,
    /// How many units have a report on file.
    reporting_units: usize,
    documents: Vec<ResolutionKey>,
    /// How many units issued documents.
    issuers: usize,
    reports: Vec<ReportKey>,
    summaries: Summaries,
}

/// What the home page says of the whole site.
#[derive(Debug, Hash)]
pub(crate) struct Summaries {
    /// Indicators that are late, or due without a report, the gravest first.
    pub(crate) late: Vec<IndicatorKey>,
    /// The fields that have indicators.
    pub(crate) fields: Vec<(FieldKey, Summary)>,
    /// The units that issued documents with how many, those with the most first.
    pub(crate) issuers: Vec<(UnitKey, usize)>,
    /// By level: who has reported and who has not.
    pub(crate) levels: Vec<LevelReports>,
}

/// Who of a level has reported.
#[derive(Debug, Hash)]
pub(crate) struct LevelReports {
    pub(crate) level: LevelKey,
    pub(crate) reported: Vec<UnitKey>,
    pub(crate) silent: Vec<UnitKey>,
}

impl Overview {
    pub(crate) fn new(assessment: &Assessment, locale: &Locale, language: Language) -> Self {
        let register = &assessment.register;
        let units = tree(assessment, locale, language);
        let mut place = vec![0; register.units.len()];
        let mut children = vec![Vec::new(); register.units.len()];
        for (order, (unit, _)) in units.iter().enumerate() {
            place[unit.index()] = order;
            if let Some(parent) = register.units[*unit].parent {
                children[parent.index()].push(*unit);
            }
        }

        let documents = register.resolutions.iter().filter(|(_, resolution)| resolution.kind.is_document());
        let mut documents: Vec<ResolutionKey> = documents.map(|(key, _)| key).collect();
        documents.sort_by_cached_key(|key| {
            let resolution = &register.resolutions[*key];
            (place[resolution.issuer.index()], Reverse(resolution.issued.map(|issued| issued.end())), *key)
        });

        let mut reports: Vec<ReportKey> = register.reports.keys().collect();
        reports.sort_by_key(|key| (Reverse(register.reports[*key].published), *key));

        let issuers = issuers(register, &documents);
        Self {
            language,
            reporting_units: units.iter().filter(|(unit, _)| !assessment.index.reports(*unit).is_empty()).count(),
            issuers: issuers.len(),
            summaries: Summaries {
                late: late(assessment),
                fields: fields(assessment),
                issuers,
                levels: levels(assessment, &units),
            },
            units,
            children,
            documents,
            reports,
        }
    }

    /// Units as a tree, parents before children, each with its depth.
    pub(crate) fn units(&self) -> &[(UnitKey, usize)] {
        self.note(Kind::OrderOfUnits);
        &self.units
    }

    /// The units right below a unit, in the order of [`Self::units`].
    pub(crate) fn children(&self, unit: UnitKey) -> &[UnitKey] {
        self.note(Kind::OrderOfUnits);
        &self.children[unit.index()]
    }

    /// How many units have a report on file.
    pub(crate) fn reporting_units(&self) -> usize {
        self.note(Kind::OrderOfUnits);
        self.reporting_units
    }

    /// Documents by issuer in the order of [`Self::units`], the latest first; no statistics.
    pub(crate) fn documents(&self) -> &[ResolutionKey] {
        self.note(Kind::OrderOfDocuments);
        &self.documents
    }

    /// How many units issued documents.
    pub(crate) fn issuers(&self) -> usize {
        self.note(Kind::OrderOfDocuments);
        self.issuers
    }

    /// Reports, the latest first.
    pub(crate) fn reports(&self) -> &[ReportKey] {
        self.note(Kind::OrderOfReports);
        &self.reports
    }

    /// What the home page says of the whole site.
    pub(crate) fn summaries(&self) -> &Summaries {
        self.note(Kind::Overview);
        &self.summaries
    }

    fn note(&self, kind: Kind) {
        trace::note(kind, usize::from(self.language.0));
    }
}

/// Parents before children; siblings by level, then by name.
fn tree(assessment: &Assessment, locale: &Locale, language: Language) -> Vec<(UnitKey, usize)> {
    let register = &assessment.register;
    let sort = |units: &mut Vec<UnitKey>| {
        units.sort_by_cached_key(|key| {
            let unit = &register.units[*key];
            (unit.level, locale.sort_key(unit.name.get(language).0), *key)
        });
    };
    let mut roots: Vec<UnitKey> =
        register.units.iter().filter(|(_, unit)| unit.parent.is_none()).map(|(key, _)| key).collect();
    sort(&mut roots);
    let mut ordered = Vec::with_capacity(register.units.len());
    let mut open: Vec<(UnitKey, usize)> = roots.into_iter().rev().map(|key| (key, 0)).collect();
    while let Some((key, depth)) = open.pop() {
        ordered.push((key, depth));
        let mut children = assessment.index.children(key).to_vec();
        sort(&mut children);
        open.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    ordered
}

fn late(assessment: &Assessment) -> Vec<IndicatorKey> {
    let gravity = |status| match status {
        Status::Missed => Some(0),
        Status::OffTrack => Some(1),
        Status::Behind => Some(2),
        Status::Unreported => Some(3),
        _ => None,
    };
    let mut late: Vec<_> = assessment
        .register
        .indicators
        .keys()
        .filter_map(|key| {
            let judgement = assessment.judgement(key);
            Some((gravity(judgement.status)?, judgement.due, key))
        })
        .collect();
    late.sort();
    late.into_iter().map(|(_, _, key)| key).collect()
}

fn fields(assessment: &Assessment) -> Vec<(FieldKey, Summary)> {
    let register = &assessment.register;
    let mut summaries = vec![Summary::default(); register.site.fields.len()];
    for (key, indicator) in register.indicators.iter() {
        if let Some(field) = indicator.field {
            summaries[field.0].add(assessment.judgement(key), &indicator.weight);
        }
    }
    summaries
        .into_iter()
        .enumerate()
        .filter(|(_, summary)| summary.total() > 0)
        .map(|(place, summary)| (FieldKey(place), summary))
        .collect()
}

fn issuers(register: &Register, documents: &[ResolutionKey]) -> Vec<(UnitKey, usize)> {
    let mut issuers: Vec<(UnitKey, usize)> = Vec::new();
    for key in documents {
        let issuer = register.resolutions[*key].issuer;
        match issuers.last_mut() {
            Some((last, count)) if *last == issuer => *count += 1,
            _ => issuers.push((issuer, 1)),
        }
    }
    issuers.sort_by_key(|(_, count)| Reverse(*count));
    issuers
}

/// Levels whose units have something to report on; those where nobody answers for any indicator and nobody has
/// reported are left out, for there silence says nothing.
fn levels(assessment: &Assessment, units: &[(UnitKey, usize)]) -> Vec<LevelReports> {
    let register = &assessment.register;
    let index = &assessment.index;
    let mut levels: Vec<LevelReports> = (0..register.site.levels.len())
        .map(|place| LevelReports { level: LevelKey(place), reported: Vec::new(), silent: Vec::new() })
        .collect();
    let mut involved = vec![false; levels.len()];
    for (key, _) in units {
        let unit = &register.units[*key];
        let level = &mut levels[unit.level.0];
        let reported = !index.reports(*key).is_empty();
        involved[unit.level.0] |= reported || !index.owned(*key).is_empty();
        if reported {
            level.reported.push(*key);
        } else if unit.exists_on(assessment.as_of) {
            level.silent.push(*key);
        }
    }
    levels.retain(|level| involved[level.level.0] && !register.site.levels[level.level.0].any_parent);
    levels
}
