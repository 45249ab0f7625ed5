//! Every correction that is known, with both figures and both reports.

use serde::Serialize;

use super::list::{Pages, frame, pages, slice};
use super::report::point_of;
use super::{Day, Here, Link, Page, Words};
use crate::assess::index::ObservationKey;
use crate::assess::{Point, Standing};
use crate::model::report::Observation;
use crate::render::feed::Correction;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct CorrectionsView<'a> {
    title: &'a str,
    finding: String,
    rows: Vec<CorrectionRow<'a>>,
    feed: String,
    pages: Option<Pages>,
}

#[derive(Debug, Serialize)]
struct CorrectionRow<'a> {
    indicator: Link<'a>,
    owner: Link<'a>,
    /// The day of the figure.
    day: Day,
    /// None where the corrected report gives no figure for that day.
    former: Option<Words<'a>>,
    new: Option<Words<'a>>,
    reason: Option<Words<'a>>,
    quote: Option<Words<'a>>,
    former_report: Option<Link<'a>>,
    former_published: Option<Day>,
    report: Link<'a>,
    published: Day,
}

pub(crate) fn page<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let all = here.assessment.lists.corrections();
    let view = CorrectionsView {
        title: here.text("correction.title"),
        finding: match all.len() {
            0 => here.text("correction.empty").to_owned(),
            length => here.count("correction.finding", length, &[]),
        },
        rows: slice(all, number).iter().map(|key| row(here, *key)).collect(),
        feed: here.href(Target::CorrectionsAtom),
        pages: pages(here, all.len(), number, Target::Corrections),
    };
    let parents = vec![Link { href: here.href(Target::Changes(1)), text: Words::plain(here.text("change.title")) }];
    let title = Words::plain(view.title);
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), parents, Target::Corrections(1));
    Page::new("corrections.html", frame, &view)
}

fn row<'a>(here: &Here<'a>, key: ObservationKey) -> CorrectionRow<'a> {
    let report = &here.register.reports[key.report];
    let observation = &report.observations[key.place];
    let indicator = &here.register.indicators[observation.indicator];
    let figure = |point: &Point| here.qualified(&point.value, &indicator.measured_in, point.qualifier);
    CorrectionRow {
        indicator: here.indicator(observation.indicator),
        owner: here.unit(indicator.owner_on(here.assessment.as_of)),
        day: here.day(observation.as_of),
        former: former(here, key).map(figure),
        new: point_of(&here.assessment.judgement(observation.indicator).series, key).map(figure),
        reason: observation.evidence.note.as_ref().map(|note| here.words(note)),
        quote: observation.evidence.quote.as_deref().map(|quote| here.original(quote)),
        former_report: observation.corrects.map(|former| here.report(former)),
        former_published: observation.corrects.map(|former| here.day(here.register.reports[former].published)),
        report: here.report(key.report),
        published: here.day(report.published),
    }
}

/// The figure that a correction replaces.
fn former<'a>(here: &Here<'a>, key: ObservationKey) -> Option<&'a Point> {
    let observation = &here.register.reports[key.report].observations[key.place];
    let series = &here.assessment.judgement(observation.indicator).series;
    let is_former = |point: &&Point| {
        Some(point.observation.report) == observation.corrects
            && point.as_of == observation.as_of
            && matches!(point.standing, Standing::Corrected { .. })
    };
    series.iter().find(is_former)
}

/// What the feed says of the latest corrections.
pub(crate) fn entries(here: &Here<'_>, length: usize) -> Vec<Correction> {
    let all = here.assessment.lists.corrections().iter().take(length);
    all.map(|key| {
        let report = &here.register.reports[key.report];
        let observation = &report.observations[key.place];
        let indicator = &here.register.indicators[observation.indicator];
        Correction {
            indicator: observation.indicator,
            report: key.report,
            as_of: observation.as_of,
            title: title(here, *key, observation),
            author: here.register.units[report.unit].name.get(here.language).0.to_owned(),
            summary: observation.evidence.note.as_ref().map(|note| {
                let (note, _) = note.get(here.language);
                note.to_owned()
            }),
            name: indicator.id.as_str().to_owned(),
        }
    })
    .collect()
}

fn title(here: &Here<'_>, key: ObservationKey, observation: &Observation) -> String {
    let indicator = &here.register.indicators[observation.indicator];
    let figure =
        |point: &Point| here.qualified(&point.value, &indicator.measured_in, point.qualifier).text.into_owned();
    let unknown = || here.text("correction.no_former").to_owned();
    let series = &here.assessment.judgement(observation.indicator).series;
    let former = former(here, key).map_or_else(unknown, figure);
    let new = point_of(series, key).map_or_else(unknown, figure);
    let (name, day) = (indicator.name.get(here.language).0, here.date(observation.as_of));
    here.fill("correction.entry", &[("name", name), ("day", &day), ("former", &former), ("new", &new)])
}
