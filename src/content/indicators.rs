//! Links indicators: owners, stages, items, and the indicators that they restate or contribute to.

use std::sync::Arc;

use super::raw::{
    RawAggregate, RawBaseline, RawDirection, RawDue, RawIndicator, RawItem, RawMethod, RawSource, RawStage,
    RawStaleAfter, RawStated, RawStatedOf, RawTarget,
};
use super::resolutions::Pending;
use super::site::{name, report_doubles, text};
use super::yaml::values::Entries;
use super::{Linker, cycles, day};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::id::IndicatorId;
use crate::model::indicator::{
    Aggregate, Baseline, Direction, Due, Evidence, Indicator, IndicatorKey, Item, Method, Milestone, Population,
    Revision, Stage, StaleAfter, Target,
};
use crate::model::quantity::Quantity;
use crate::model::report::{Stated, StatedOf};
use crate::model::resolution::Resolution;
use crate::model::text::Text;
use crate::source::{Span, Spanned};

/// The evidence keys as they are written.
pub(super) struct RawEvidence {
    pub(super) source: Option<Spanned<RawSource>>,
    pub(super) quote: Option<Spanned<String>>,
    pub(super) note: Option<Spanned<String>>,
    pub(super) stated: Vec<Spanned<RawStated>>,
    pub(super) acknowledge: Entries<Spanned<String>>,
}

impl Linker<'_> {
    /// Makes the table of indicators, and tells each document which are its own.
    pub(super) fn link_indicators(&mut self, pending: Vec<Pending>, resolutions: &mut [Resolution]) -> Vec<Indicator> {
        let mut named: Vec<(IndicatorId, Pending)> = Vec::with_capacity(pending.len());
        for indicator in pending {
            let resolution = &resolutions[indicator.resolution.index()].id;
            // A bad id has been reported where it was read.
            named.extend(IndicatorId::within(resolution, &indicator.raw.value.id.value).map(|id| (id, indicator)));
        }
        named.sort_by(|(a, first), (b, second)| a.cmp(b).then(first.raw.span.cmp(&second.raw.span)));
        self.report_double_indicators(&named);
        named.dedup_by(|(second, _), (first, _)| first == second);
        let names = Arc::get_mut(&mut self.indicators).expect("nobody else has the names yet");
        names.fill(named.iter().map(|(id, _)| id.as_str()));

        // A document lists its indicators in the order of its file.
        let mut in_order: Vec<(Span, IndicatorKey)> =
            named.iter().enumerate().map(|(place, (_, row))| (row.raw.span, IndicatorKey::new(place))).collect();
        in_order.sort();
        for (_, key) in in_order {
            resolutions[named[key.index()].1.resolution.index()].indicators.push(key);
        }

        let mut restated = Vec::new();
        let mut contributed = Vec::new();
        let mut indicators = Vec::with_capacity(named.len());
        for (place, (id, row)) in named.into_iter().enumerate() {
            let key = IndicatorKey::new(place);
            let raw = &row.raw.value;
            restated.extend(raw.restates.iter().filter_map(|to| Some((key, self.indicators.get(&to.value)?, to.span))));
            let higher = raw.contributes_to.iter();
            contributed.extend(higher.filter_map(|to| Some((key, self.indicators.get(&to.value)?, to.span))));
            indicators.push(self.indicator(id, row, resolutions));
        }
        let name = |key: IndicatorKey| indicators[key.index()].id.to_string();
        cycles::report(indicators.len(), &restated, name, self.diagnostics);
        cycles::report(indicators.len(), &contributed, name, self.diagnostics);
        indicators
    }

    fn report_double_indicators(&mut self, named: &[(IndicatorId, Pending)]) {
        for pair in named.windows(2) {
            let [(first, kept), (second, dropped)] = pair else { continue };
            if first == second {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateId, dropped.raw.value.id.span)
                        .with("id", second)
                        .label(kept.raw.value.id.span, "first-here"),
                );
            }
        }
        for (id, indicator) in named {
            if self.resolutions.exists(id.as_str()) {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateId, indicator.raw.value.id.span)
                        .worded("duplicate-id.resolution")
                        .with("id", id),
                );
            }
        }
    }

    fn indicator(&mut self, id: IndicatorId, row: Pending, resolutions: &[Resolution]) -> Indicator {
        let resolution = &resolutions[row.resolution.index()];
        let span = row.raw.value.id.span;
        let raw = row.raw.value;
        let field = raw.field.as_ref().map_or(resolution.field, |field| self.field(field));
        let groups = if raw.groups.is_empty() { resolution.groups.clone() } else { self.groups(&raw.groups) };
        let owner = raw.owner.as_ref().and_then(|owner| self.units.link(owner, self.diagnostics));
        let mut owner_from: Vec<_> = raw
            .owner_from
            .iter()
            .filter_map(|from| Some((from.value.date.value.0, self.units.link(&from.value.unit, self.diagnostics)?)))
            .collect();
        owner_from.sort();
        let stages = raw.stages.as_ref().map_or(&row.stages, |stages| &stages.value);
        report_doubles(stages.iter().map(|stage| &stage.id), self.diagnostics);
        let stages: Vec<Stage> = stages.iter().map(stage).collect();
        let falls = falls(&raw);
        let raw_items = raw.items.map(|items| items.value).unwrap_or_default();
        report_doubles(raw_items.iter().map(|item| &item.id), self.diagnostics);
        let items: Vec<Item> = raw_items.into_iter().map(|item| self.item(item)).collect();
        let baseline = match raw.baseline.as_ref().map(|baseline| &baseline.value) {
            None => Baseline::Default,
            Some(RawBaseline::Unknown) => Baseline::Unknown,
            Some(RawBaseline::Known(known)) => {
                Baseline::Stated { value: known.value.value.clone(), date: day(known.date) }
            }
        };
        if raw.direction.as_ref().is_some_and(|direction| direction.value == RawDirection::Decrease)
            && baseline == Baseline::Default
        {
            self.report_missing(row.raw.span, "missing-field.baseline", &["baseline"]);
        }
        let target = raw.target.map(|target| Spanned::new(self.target(target.value, falls), target.span));
        let revisions = raw.revisions.into_iter().map(|revision| {
            let revision = revision.value;
            Revision {
                date: revision.date.value.0,
                target: revision.target.map(|target| self.target(target.value, falls)),
                due: revision.due.map(|due| self::due(due.value)),
                by: revision.by.and_then(|by| self.resolutions.link(&by, self.diagnostics)),
                note: None,
            }
        });
        let mut revisions: Vec<Revision> = revisions.collect();
        revisions.sort_by_key(|revision| revision.date);
        let mut milestones: Vec<Spanned<Milestone>> = raw
            .milestones
            .into_iter()
            .map(|milestone| {
                milestone.map(|milestone| Milestone { date: milestone.date.value.0, value: milestone.value.value })
            })
            .collect();
        milestones.sort_by_key(|milestone| milestone.date);
        Indicator {
            id,
            span,
            resolution: row.resolution,
            name: Text::new(text(raw.name).unwrap_or_default()),
            measured_in: Text::new(text(raw.measured_in).unwrap_or_default()),
            field,
            groups,
            owner: owner.unwrap_or(resolution.issuer),
            owner_from,
            baseline,
            target,
            direction: raw.direction.map(|direction| match direction.value {
                RawDirection::Increase => Direction::Increase,
                RawDirection::Decrease => Direction::Decrease,
                RawDirection::AtLeast => Direction::AtLeast,
                RawDirection::AtMost => Direction::AtMost,
            }),
            due: raw.due.map_or(Due::Default, |due| self::due(due.value)),
            milestones,
            revisions,
            population: raw.population.map(|population| Population {
                value: population.value.value.value,
                name: population.value.name.map(|name| Text::new(name.value)),
            }),
            stages,
            items,
            weight: raw.weight.map_or_else(|| Quantity::from(1), |weight| weight.value),
            restates: raw.restates.and_then(|restates| {
                let key = self.indicators.link(&restates, self.diagnostics)?;
                Some(Spanned::new(key, restates.span))
            }),
            contributes_to: self.indicators.link_all(&raw.contributes_to, self.diagnostics),
            aggregate: raw.aggregate.map(|aggregate| match aggregate.value {
                RawAggregate::Sum => Aggregate::Sum,
                RawAggregate::Mean => Aggregate::Mean,
                RawAggregate::Count => Aggregate::Count,
            }),
            of: raw.of.map(|of| u64::from(of.value)),
            method: raw.method.map_or(Method::Pace, |method| match method.value {
                RawMethod::Pace => Method::Pace,
                RawMethod::AtDue => Method::AtDue,
                RawMethod::Growth => Method::Growth,
            }),
            limit: raw.limit.map(|limit| limit.value),
            stale_after: raw.stale_after_months.map(|after| match after.value {
                RawStaleAfter::Never => StaleAfter::Never,
                RawStaleAfter::Months(months) => StaleAfter::Months(months),
            }),
            derived: raw.derived.is_some_and(|derived| derived.value),
            evidence: self.evidence(RawEvidence {
                source: raw.source,
                quote: raw.quote,
                note: raw.note,
                stated: raw.stated,
                acknowledge: raw.acknowledge,
            }),
        }
    }

    fn item(&mut self, raw: RawItem) -> Item {
        Item {
            name: name(raw.name.as_ref(), &raw.id),
            owner: raw.owner.and_then(|owner| self.units.link(&owner, self.diagnostics)),
            due: day(raw.due),
            quantity: raw.quantity.map(|quantity| quantity.value),
            span: raw.id.span,
            id: raw.id.value,
        }
    }

    /// A target; a range runs from what must be met to the stretch, downward where less is better.
    fn target(&mut self, raw: RawTarget, falls: bool) -> Target {
        match raw {
            RawTarget::Figure(min) => Target { min, max: None },
            RawTarget::Range(range) => {
                if !falls && range.max.value < range.min.value {
                    self.diagnostics.push(
                        Diagnostic::new(Code::PeriodReversed, range.max.span)
                            .worded("period-reversed.range")
                            .with("min", &range.min.value)
                            .with("max", &range.max.value)
                            .label(range.min.span, "range-starts"),
                    );
                }
                Target { min: range.min.value, max: Some(range.max.value) }
            }
        }
    }

    /// What an editor says about where a figure comes from.
    pub(super) fn evidence(&mut self, raw: RawEvidence) -> Evidence {
        let mut acknowledge = Vec::new();
        for (code, reason) in raw.acknowledge {
            acknowledge.extend(super::site::check(&code, self.diagnostics).map(|code| (code, Text::new(reason.value))));
        }
        Evidence {
            source: raw.source.and_then(|source| self.source(source)).map(Box::new),
            has_later_source: false,
            quote: text(raw.quote),
            note: raw.note.map(|note| Box::new(Text::new(note.value))),
            stated: raw.stated.into_iter().filter_map(|stated| self::stated(stated.value)).collect(),
            acknowledge,
        }
    }

    /// Reports that a mapping lacks all of these keys. A mistyped key is not missing as well.
    pub(super) fn report_missing(&mut self, mapping: Span, wording: &'static str, keys: &[&str]) {
        let is_meant = |(name, word): &(&str, String)| *name == "suggestion" && keys.contains(&word.as_str());
        let is_mistyped = self.diagnostics.iter().any(|found| {
            found.code == Code::UnknownKey && mapping.contains(found.primary) && found.arguments.iter().any(is_meant)
        });
        if !is_mistyped {
            let first_key = self.first_key(mapping);
            self.diagnostics.push(Diagnostic::new(Code::MissingField, first_key).worded(wording));
        }
    }

    /// The first key of the mapping that a span covers.
    fn first_key(&self, mapping: Span) -> Span {
        let text = self.sources.slice(mapping);
        let end = text.find([':', '\n']).unwrap_or(text.len());
        Span { end: mapping.start + u32::try_from(end).expect("a span fits"), ..mapping }
    }
}

/// Whether less is better: as the file says, else where the baseline lies above the target.
fn falls(raw: &RawIndicator) -> bool {
    if let Some(direction) = &raw.direction {
        return matches!(direction.value, RawDirection::Decrease | RawDirection::AtMost);
    }
    let baseline = match raw.baseline.as_ref().map(|baseline| &baseline.value) {
        Some(RawBaseline::Known(known)) => &known.value.value,
        Some(RawBaseline::Unknown) | None => return false,
    };
    match raw.target.as_ref().map(|target| &target.value) {
        Some(RawTarget::Figure(target)) => baseline > target,
        Some(RawTarget::Range(range)) => *baseline > range.min.value,
        None => false,
    }
}

fn due(raw: RawDue) -> Due {
    match raw {
        RawDue::Unknown => Due::Unknown,
        RawDue::Day(day) => Due::Stated(day.0),
    }
}

fn stage(raw: &RawStage) -> Stage {
    Stage {
        id: raw.id.value.clone(),
        name: name(raw.name.as_ref(), &raw.id),
        done: raw.done.as_ref().is_some_and(|done| done.value),
    }
}

/// A stated share; without its percentage there is none, and its lack was reported where that is needed.
fn stated(raw: RawStated) -> Option<Stated> {
    Some(Stated {
        percent: raw.percent?,
        out_of: raw.out_of,
        of: raw.of.map_or(StatedOf::Target, |of| match of.value {
            RawStatedOf::Target => StatedOf::Target,
            RawStatedOf::Milestone => StatedOf::Milestone,
            RawStatedOf::Population => StatedOf::Population,
        }),
    })
}
