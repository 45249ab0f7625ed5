//! Describes a page's charts: from an assessment to what [`crate::chart`] draws, worded and formatted.

mod indicator;
mod matrix;

pub(crate) use indicator::{Pictures, pictures};
pub(crate) use matrix::matrix;

use serde::Serialize;

use super::html::{Html, Words};
use super::view::Here;
use crate::assess::{Status, Summary};
use crate::chart::spec::{
    Bar, Bars, Compare, CompareRow, Head, Qualifier, StatusGroup, Statuses, Strip, StripRow, Strips, Tick, Tone,
};
use crate::chart::{Chart, Form, Grain, Picture, Width, draw, lay_out, ticks};
use crate::model::indicator::IndicatorKey;
use crate::model::quantity::{Quantity, Share};
use crate::model::resolution::ResolutionKey;
use crate::model::unit::UnitKey;

/// Indicators of a document beyond these are in its table only.
const MOST_BARS: usize = 60;

/// A chart within a page.
#[derive(Debug, Serialize)]
pub(crate) struct ChartView<'a> {
    title: Words<'a>,
    subtitle: Option<String>,
    source: Option<String>,
    /// The language of the names in the picture, where it is not the page's.
    lang: Option<&'a str>,
    /// The layouts for wide and narrow columns.
    drawings: [Html; 2],
}

impl<'a> ChartView<'a> {
    pub(crate) fn new(chart: &Chart, title: Words<'a>) -> Self {
        Self::of_picture(chart, &lay_out(chart, Width::Wide), title)
    }

    /// The same of a chart that is already laid out for wide columns.
    fn of_picture(chart: &Chart, wide: &Picture<'_>, title: Words<'a>) -> Self {
        let Head { subtitle, source, .. } = chart.head();
        let subtitle = Some(subtitle.clone()).filter(|subtitle| !subtitle.is_empty());
        let drawings = [wide.svg(Form::Inline), draw(chart, Form::Inline, Width::Narrow)].map(Html::trusted);
        Self { title, subtitle, source: source.clone(), lang: None, drawings }
    }

    /// Says which part of a list it shows.
    pub(crate) fn of_part(mut self, part: &str) -> Self {
        let whole = self.subtitle.as_deref().map(|subtitle| subtitle.trim_end_matches('.'));
        self.subtitle = Some(whole.map_or_else(|| part.to_owned(), |whole| format!("{whole}. {part}")));
        self
    }

    /// Says that the picture is named in that language.
    fn named_in(self, lang: Option<&'a str>) -> Self {
        Self { lang, ..self }
    }
}

/// The targets of a document as bars; `None` where none has a share to draw.
pub(crate) fn bars<'a>(here: &Here<'a>, key: ResolutionKey) -> Option<ChartView<'a>> {
    let resolution = &here.register.resolutions[key];
    bars_chart(here, &resolution.indicators, |_, bar| bar)
}

/// The targets of a list as bars, each named with its unit; `None` where none has a share to draw.
pub(crate) fn bars_of<'a>(here: &Here<'a>, indicators: &[IndicatorKey]) -> Option<ChartView<'a>> {
    bars_chart(here, indicators, |key, bar| {
        let owner = here.register.indicators[key].owner_on(here.assessment.as_of);
        let owner = here.register.units[owner].name.get(here.language).0;
        Bar { label: format!("{} ({owner})", bar.label), ..bar }
    })
}

fn bars_chart<'a>(
    here: &Here<'a>,
    indicators: &[IndicatorKey],
    named: impl Fn(IndicatorKey, Bar) -> Bar,
) -> Option<ChartView<'a>> {
    let judged = indicators.iter().filter(|key| here.assessment.judgement(**key).target.is_some());
    let rows: Vec<Bar> = judged.clone().take(MOST_BARS).map(|key| named(*key, bar(here, *key))).collect();
    if rows.len() < 2 || rows.iter().all(|row| row.progress.is_none()) {
        return None;
    }
    let percent = |share: &Share| here.edition.locale.percent(share);
    let shares = || judged.clone().take(MOST_BARS).filter_map(|key| here.assessment.judgement(*key).progress.as_ref());
    let (low, high) = (shares().min()?, shares().max()?);
    let words = if low == high { "chart.bars_alike" } else { "chart.bars_range" };
    let title = here.fill(words, &[("low", &percent(low)), ("high", &percent(high))]);
    let half = Share::of(1, 2).expect("two is not zero");
    let tick = |share: &Share| Tick { at: share.to_f64(), label: percent(share) };
    let as_of = here.date(here.assessment.as_of);
    let spec = Bars {
        head: Head {
            title: title.clone(),
            subtitle: here.fill("chart.bars_subtitle", &[("day", &as_of)]),
            description: here.text("chart.bars_description").to_owned(),
            source: None,
        },
        rows,
        ticks: vec![tick(&Share::zero()), tick(&half), tick(&Share::one())],
        legend_bar: here.text("chart.legend_bar").to_owned(),
        legend_expected: here.text("chart.legend_expected").to_owned(),
        legend_beyond: here.text("chart.legend_beyond").to_owned(),
        empty: here.text("chart.empty").to_owned(),
    };
    Some(ChartView::new(&Chart::Bars(spec), Words::plain(title)))
}

fn bar(here: &Here<'_>, key: IndicatorKey) -> Bar {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let locale = &here.edition.locale;
    let of = |value: &Quantity| {
        let value = here.qualified(value, &indicator.measured_in, judgement.qualifier).text;
        match &judgement.progress {
            Some(progress) => format!("{value} · {}", locale.percent(progress)),
            None => value.into_owned(),
        }
    };
    // Once it is due, an old figure held against the whole would accuse where nobody has said how it ended.
    let is_open = match judgement.status {
        Status::OnTrack | Status::Behind | Status::OffTrack => true,
        Status::Unreported => judgement.due.is_none_or(|due| due > here.assessment.as_of),
        _ => false,
    };
    let note = if judgement.value.is_some() { here.text("chart.no_share") } else { here.text("status.no-data.name") };
    Bar {
        label: indicator.name.get(here.language).0.to_owned(),
        value: judgement.value.as_ref().map(of).unwrap_or_default(),
        status: here.badge(judgement.status).label.to_owned(),
        tone: tone(judgement.status),
        progress: judgement.progress.as_ref().map(Share::to_f64),
        expected: judgement.expected.as_ref().filter(|_| is_open).map(Share::to_f64),
        note: note.to_owned(),
    }
}

/// How many indicators stand at each status; `None` for fewer than `least`.
pub(crate) fn statuses<'a>(here: &Here<'a>, summary: &Summary, title: &'a str, least: usize) -> Option<ChartView<'a>> {
    if summary.total() < least {
        return None;
    }
    let occurring = Status::ALL.into_iter().filter(|status| summary.count(*status) > 0);
    let groups = occurring.map(|status| StatusGroup {
        tone: tone(status),
        label: here.badge(status).label.to_owned(),
        count: u32::try_from(summary.count(status)).unwrap_or(u32::MAX),
        text: here.edition.locale.count(summary.count(status)),
    });
    let spec = Statuses {
        head: Head {
            title: title.to_owned(),
            subtitle: here.count("chart.statuses_subtitle", summary.total(), &[]),
            description: super::view::finding::sentence(here, summary).unwrap_or_default(),
            source: None,
        },
        groups: groups.collect(),
        empty: here.text("chart.empty").to_owned(),
    };
    Some(ChartView::new(&Chart::Statuses(spec), Words::plain(title)))
}

/// The indicators of units by status, a strip each on one scale; units without any are counted below. `None` where
/// fewer than two have any.
pub(crate) fn strips<'a>(here: &Here<'a>, units: &[UnitKey]) -> Option<ChartView<'a>> {
    let count = |unit: &UnitKey| here.assessment.unit(*unit).total();
    let shown: Vec<&UnitKey> = units.iter().filter(|unit| count(unit) > 0).collect();
    if shown.len() < 2 {
        return None;
    }
    let left_out = units.len() - shown.len();
    let rows = shown.into_iter().map(|unit| {
        let summary = here.assessment.unit(*unit);
        let parts = Status::ALL.into_iter().map(|status| (status, summary.count(status)));
        StripRow {
            label: here.register.units[*unit].name.get(here.language).0.to_owned(),
            parts: (parts.filter(|(_, count)| *count > 0))
                .map(|(status, count)| (tone(status), u32::try_from(count).unwrap_or(u32::MAX)))
                .collect(),
            text: here.count("chart.strips_count", summary.total(), &[]),
        }
    });
    let title = here.text("chart.strips");
    let spec = Strips {
        head: Head {
            title: title.to_owned(),
            subtitle: here.text("chart.strips_subtitle").to_owned(),
            description: here.text("chart.strips_description").to_owned(),
            source: None,
        },
        rows: rows.collect(),
        legend: Status::ALL.into_iter().map(|status| (tone(status), here.badge(status).label.to_owned())).collect(),
        more: if left_out > 0 { here.count("chart.strips_more", left_out, &[]) } else { String::new() },
        empty: here.text("chart.empty").to_owned(),
    };
    Some(ChartView::new(&Chart::Strips(spec), Words::plain(title)))
}

/// A summary as a strip beside words, on one scale with others of which the longest has `most` indicators.
pub(crate) fn strip(here: &Here<'_>, summary: &Summary, most: usize) -> Html {
    single_strip(here, Status::ALL.into_iter().map(|status| (status, summary.count(status))), most)
}

/// How many stand at some statuses, as a strip.
pub(crate) fn single_strip(here: &Here<'_>, counts: impl Iterator<Item = (Status, usize)>, most: usize) -> Html {
    let part = |(status, count): (Status, usize)| {
        let words = format!("{} {}", here.edition.locale.count(count), here.badge(status).label);
        (tone(status), u32::try_from(count).unwrap_or(u32::MAX), words)
    };
    let parts: Vec<_> = counts.filter(|(_, count)| *count > 0).map(part).collect();
    let words: Vec<&str> = parts.iter().map(|(_, _, words)| words.as_str()).collect();
    let label = words.join(", ");
    Html::trusted(crate::chart::strip(&Strip { label, parts, most: u32::try_from(most).unwrap_or(u32::MAX) }))
}

/// The mean progress of units side by side; `None` where fewer than two have one.
pub(crate) fn compare<'a>(here: &Here<'a>, units: &[UnitKey]) -> Option<ChartView<'a>> {
    let judged: Vec<(UnitKey, Share)> =
        units.iter().filter_map(|unit| Some((*unit, here.assessment.unit(*unit).mean_progress()?))).collect();
    if judged.len() < 2 {
        return None;
    }
    let locale = &here.edition.locale;
    let rows = judged.iter().map(|(unit, mean)| {
        let summary = here.assessment.unit(*unit);
        let targets = summary.total() - summary.count(Status::Tracked);
        let (judged, targets) = (locale.count(summary.judged()), locale.count(targets));
        let percent = locale.percent(mean);
        CompareRow {
            label: here.register.units[*unit].name.get(here.language).0.to_owned(),
            value: Some(mean.to_f64()),
            text: here
                .fill("chart.compare_value", &[("percent", &percent), ("judged", &judged), ("targets", &targets)]),
            qualifier: Qualifier::Exact,
            tone: None,
        }
    });
    let mut spec = Compare {
        head: Head {
            title: here.text("chart.compare").to_owned(),
            subtitle: here.text("chart.compare_subtitle").to_owned(),
            description: here.text("chart.compare_subtitle").to_owned(),
            source: None,
        },
        rows: rows.collect(),
        ticks: Vec::new(),
        target: None,
        empty: here.text("chart.empty").to_owned(),
    };
    spec.ticks = ticks(0.0, 1.0, 3, Grain::Any, &|share| {
        Quantity::parse(&share.to_string()).map(|share| locale.percent(&share.to_share())).unwrap_or_default()
    });
    Some(ChartView::new(&Chart::Compare(spec), Words::plain(here.text("chart.compare"))))
}

/// The tone of a status.
pub(crate) fn tone(status: Status) -> Tone {
    match status {
        Status::Achieved => Tone::Achieved,
        Status::AchievedLate => Tone::AchievedLate,
        Status::OnTrack => Tone::OnTrack,
        Status::Behind => Tone::Behind,
        Status::OffTrack => Tone::OffTrack,
        Status::Missed => Tone::Missed,
        Status::Unreported => Tone::Unreported,
        Status::NotAssessable => Tone::NotAssessable,
        Status::NoData => Tone::NoData,
        Status::Tracked => Tone::Tracked,
    }
}
