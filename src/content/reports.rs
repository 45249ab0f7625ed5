//! Links reports: units, observations with their days, corrections, and what is said of unnamed units.

use std::sync::Arc;

use chrono::NaiveDate;

use super::files::Document;
use super::indicators::RawEvidence;
use super::names::place_in_indicator;
use super::raw::{RawAction, RawCoverage, RawObservation, RawQualifier, RawReport};
use super::site::text;
use super::yaml::values::Entries;
use super::{Linker, cycles, day, entry, raw_entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::id::ReportId;
use crate::model::indicator::Indicator;
use crate::model::quantity::Quantity;
use crate::model::report::{Action, Citation, CoverageClaim, Observation, Qualifier, Report, ReportKey, Source};
use crate::model::resolution::Resolution;
use crate::model::text::Text;
use crate::model::unit::UnitKey;
use crate::source::{Span, Spanned};

/// A correction whose day is that of the figure that it corrects.
struct OpenDay {
    report: ReportKey,
    place: usize,
    corrects: Spanned<ReportKey>,
    day_given: bool,
}

/// A report as far as it can be linked without looking into others.
pub(super) struct LinkedReport {
    report: Report,
    /// The report whose source is this one's.
    borrowed: Option<ReportKey>,
    /// Its corrections: the place of each, the report that it corrects, and whether it names a day.
    corrections: Vec<(usize, Spanned<ReportKey>, bool)>,
}

impl Linker<'_> {
    /// Links a report.
    pub(super) fn link_report(
        &mut self,
        document: &Document<()>,
        mut raw: RawReport,
        resolutions: &[Resolution],
        indicators: &[Indicator],
    ) -> LinkedReport {
        let raw_entry = raw_entry!(raw, unit, published, source);
        let source = raw.source.take().and_then(|source| self.source(source));
        let (source, borrowed) = match source {
            Some(Source::Citation(citation)) => (citation, None),
            Some(Source::Report(other)) => (Citation::default(), Some(other)),
            None => (Citation::default(), None),
        };
        let period = raw.period.take().map(|period| period.value);
        let as_of = day(raw.as_of.take());
        let published = day(raw.published.take());
        if published.is_none() {
            self.incomplete.insert(document.file);
        }
        // Its lack has been reported; the day only keeps the rest of the file readable.
        let published = published.unwrap_or(NaiveDate::MIN);
        let default_day = as_of.or(period.map(|period| period.end().min(published))).unwrap_or(published);
        let mut corrections = Vec::new();
        let mut observations = Vec::with_capacity(raw.observations.len());
        for observation in std::mem::take(&mut raw.observations) {
            let corrects = observation.value.corrects.clone();
            let day_given = observation.value.as_of.is_some();
            if let Some(linked) = self.observation(observation, indicators, default_day) {
                if let (Some(report), Some(corrects)) = (linked.corrects, corrects) {
                    corrections.push((observations.len(), Spanned::new(report, corrects.span), day_given));
                }
                observations.push(linked);
            }
        }
        let coverage = std::mem::take(&mut raw.coverage);
        let report = Report {
            title: Text::new(text(raw.title.take()).unwrap_or_default()),
            // Without a single unit nothing will be published; any key does.
            unit: self.required_unit(raw.unit.as_ref(), document.file).unwrap_or(UnitKey::new(0)),
            period,
            as_of,
            published,
            source,
            observations: Arc::new(observations),
            coverage: coverage.into_iter().filter_map(|claim| self.claim(claim, resolutions)).collect(),
            entry: entry(document, raw_entry),
            id: ReportId::new(&document.id).expect("ids of files are checked"),
        };
        LinkedReport { report, borrowed, corrections }
    }

    /// Makes the table of reports, which refer to each other.
    pub(super) fn settle_reports(&mut self, linked: Vec<LinkedReport>) -> Vec<Report> {
        let (mut open_days, mut borrowed) = (Vec::new(), Vec::new());
        let mut reports = Vec::with_capacity(linked.len());
        for (place, linked) in linked.into_iter().enumerate() {
            let report = ReportKey::new(place);
            let open = |(place, corrects, day_given)| OpenDay { report, place, corrects, day_given };
            open_days.extend(linked.corrections.into_iter().map(open));
            borrowed.extend(linked.borrowed.map(|other| (place, other)));
            reports.push(linked.report);
        }
        for (place, other) in borrowed {
            reports[place].source = reports[other.index()].source.clone();
        }
        self.settle_corrections(&mut reports, open_days);
        reports
    }

    fn observation(
        &mut self,
        raw: Spanned<RawObservation>,
        indicators: &[Indicator],
        default_day: NaiveDate,
    ) -> Option<Observation> {
        let mapping = raw.span;
        let raw = raw.value;
        let key = self.indicators.link(&raw.indicator, self.diagnostics);
        let corrects = raw.corrects.as_ref().and_then(|corrects| self.reports.link(corrects, self.diagnostics));
        let evidence = self.evidence(RawEvidence {
            source: raw.source,
            quote: raw.quote,
            note: raw.note,
            stated: raw.stated,
            acknowledge: raw.acknowledge,
        });
        if raw.value.is_none() && raw.breakdown.is_none() && raw.items.is_none() && !self.writes_figure(mapping) {
            self.report_missing(mapping, "missing-field.figure", &["value", "breakdown", "items"]);
        }
        let key = key?;
        let indicator = &indicators[key.index()];
        let breakdown = raw.breakdown.map(|breakdown| breakdown.value).unwrap_or_default();
        let items = raw.items.map(|items| items.value).unwrap_or_default();
        Some(Observation {
            indicator: key,
            span: raw.indicator.span,
            as_of: day(raw.as_of).unwrap_or(default_day),
            value: raw.value,
            breakdown: self.breakdown(breakdown, indicator),
            items: self.items(items, indicator),
            qualifier: raw.qualifier.map_or(Qualifier::Exact, |qualifier| match qualifier.value {
                RawQualifier::Exact => Qualifier::Exact,
                RawQualifier::About => Qualifier::About,
                RawQualifier::AtLeast => Qualifier::AtLeast,
                RawQualifier::AtMost => Qualifier::AtMost,
                RawQualifier::Estimate => Qualifier::Estimate,
            }),
            corrects,
            evidence,
        })
    }

    /// Whether an observation has a key for a figure, even one whose value could not be read and was reported.
    fn writes_figure(&self, mapping: Span) -> bool {
        // A key without a value ends its mapping, colon left out.
        let is_figure = |word: &str| {
            let keys = ["value", "breakdown", "items"].iter();
            keys.filter_map(|key| word.strip_prefix(key)).any(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.sources.slice(mapping).split(['\n', ',', '{']).any(|piece| is_figure(piece.trim_start()))
    }

    fn breakdown(&mut self, raw: Entries<Spanned<Quantity>>, indicator: &Indicator) -> Vec<(usize, Spanned<Quantity>)> {
        let counts = raw.into_iter().filter_map(|(stage, count)| Some((self.stage(&stage, indicator)?, count)));
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|(place, _)| *place);
        counts
    }

    fn items(&mut self, raw: Entries<Spanned<String>>, indicator: &Indicator) -> Vec<(usize, usize)> {
        let mut items = Vec::with_capacity(raw.len());
        for (item, stage) in raw {
            let known = indicator.items.iter().map(|item| item.id.as_str());
            let item = self.place(known, &item, Code::UnknownItem, indicator);
            let stage = self.stage(&stage, indicator);
            items.extend(item.zip(stage));
        }
        items.sort_unstable();
        items
    }

    fn stage(&mut self, name: &Spanned<String>, indicator: &Indicator) -> Option<usize> {
        self.place(indicator.stages.iter().map(|stage| stage.id.as_str()), name, Code::UnknownStage, indicator)
    }

    /// The place of a stage or an item; of one that its document lost, nothing is said.
    fn place<'a>(
        &mut self,
        known: impl Iterator<Item = &'a str> + Clone,
        name: &Spanned<String>,
        code: Code,
        indicator: &Indicator,
    ) -> Option<usize> {
        if self.indicators.is_unread(indicator.id.as_str()) {
            let place = known.clone().position(|id| id == name.value);
            // What this observation says is not whole without it.
            self.incomplete.extend(place.is_none().then_some(name.span.file));
            return place;
        }
        place_in_indicator(known, name, code, &indicator.id, self.diagnostics)
    }

    fn claim(&mut self, raw: Spanned<RawCoverage>, resolutions: &[Resolution]) -> Option<CoverageClaim> {
        let mapping = raw.span;
        let raw = raw.value;
        let document = self.resolutions.link(&raw.document, self.diagnostics);
        let level = raw.level.as_ref().and_then(|level| self.level(level));
        let units = self.units.link_all(&raw.units, self.diagnostics);
        let evidence = self.evidence(RawEvidence {
            source: raw.source,
            quote: raw.quote,
            note: raw.note,
            stated: Vec::new(),
            acknowledge: Entries::default(),
        });
        let Some(value) = raw.value else {
            self.report_missing(mapping, "missing-field.count", &["value"]);
            return None;
        };
        let document = document.filter(|document| document.index() < resolutions.len())?;
        Some(CoverageClaim {
            document,
            span: raw.document.span,
            level,
            action: match raw.action.value {
                RawAction::Issued => Action::Issued,
                RawAction::Launched => Action::Launched,
            },
            value: Quantity::from(i64::from(value.value)),
            of: raw.of.map(|of| Quantity::from(i64::from(of.value))),
            units,
            evidence,
        })
    }

    /// Gives each correction the day of the figure that it corrects, and reports those that correct nothing, or each
    /// other.
    ///
    /// Reports are settled in the order of their publication, so that a correction of a correction finds its day.
    fn settle_corrections(&mut self, reports: &mut [Report], mut open: Vec<OpenDay>) {
        let edges: Vec<_> = open.iter().map(|day| (day.report, day.corrects.value, day.corrects.span)).collect();
        cycles::report(reports.len(), &edges, |key| reports[key.index()].id.to_string(), self.diagnostics);
        open.sort_by_key(|day| (reports[day.report.index()].published, day.report, day.place));
        for day in open {
            let correction = &reports[day.report.index()].observations[day.place];
            let (indicator, as_of) = (correction.indicator, correction.as_of);
            let corrected = &reports[day.corrects.index()].observations;
            let mut of_indicator = corrected.iter().filter(|observation| observation.indicator == indicator);
            let found = if day.day_given {
                of_indicator.find(|observation| observation.as_of == as_of)
            } else {
                of_indicator.max_by_key(|observation| observation.as_of)
            };
            match found.map(|observation| observation.as_of) {
                Some(as_of) => Arc::make_mut(&mut reports[day.report.index()].observations)[day.place].as_of = as_of,
                None if self.incomplete.contains(&reports[day.corrects.index()].entry.file) => {}
                None => self.diagnostics.push(
                    Diagnostic::new(Code::UnknownReport, day.corrects.span)
                        .worded("unknown-report.nothing-to-correct")
                        .with("id", &reports[day.corrects.index()].id),
                ),
            }
        }
    }
}
