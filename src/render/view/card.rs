//! What the card of a page says.

use super::report::brought;
use super::row::from_parts;
use super::{Here, finding};
use crate::assess::{Status, Summary};
use crate::model::indicator::IndicatorKey;
use crate::model::report::ReportKey;
use crate::render::card::{Body, Face, Figure, Finding};
use crate::render::charts::tone;
use crate::route::Target;

/// The face of the page's card; `None` for a page that has none.
pub(crate) fn face(here: &Here<'_>) -> Option<Face> {
    let register = here.register;
    let settings = &register.site;
    let site = settings.title.get(here.language).0;
    let day = here.fill("footer.as_of", &[("date", &here.date(here.assessment.as_of))]);
    let address = settings.base_url.split_once("://").map_or(settings.base_url.as_str(), |(_, address)| address);
    let face =
        Face { site: site.to_owned(), address: address.trim_end_matches('/').to_owned(), day, ..Face::default() };
    let name = |text: &crate::model::text::Text| text.get(here.language).0.to_owned();
    let face = match here.target {
        Target::Home => Face {
            // The title is the site's already; often the publisher's name says it again.
            site: (settings.publisher.as_ref().map(|publisher| publisher.name.as_str()))
                .filter(|name| !name.contains(site))
                .unwrap_or_default()
                .to_owned(),
            kicker: settings.description.as_ref().map(name).unwrap_or_default(),
            title: site.to_owned(),
            body: standing(here, here.assessment.summary()),
            ..face
        },
        Target::Resolution(key) => {
            let resolution = &register.resolutions[*key];
            let issuer = name(&register.units[resolution.issuer].name);
            Face {
                kicker: joined([here.kicker(*key), Some(issuer)]),
                title: name(&resolution.title),
                body: standing(here, here.assessment.resolution(*key)),
                ..face
            }
        }
        Target::Indicator(key) => {
            let indicator = &register.indicators[*key];
            let owner = name(&register.units[indicator.owner_on(here.assessment.as_of)].name);
            Face {
                kicker: joined([Some(owner), Some(here.designation(indicator.resolution))]),
                title: name(&indicator.name),
                body: Body::Figure(figure(here, *key)),
                ..face
            }
        }
        Target::Unit(key) => {
            let unit = &register.units[*key];
            let parent = unit.parent.map(|parent| name(&register.units[parent].name));
            Face {
                kicker: joined([Some(name(&settings.levels[unit.level.0].name)), parent]),
                title: name(&unit.name),
                body: standing(here, here.assessment.unit(*key)),
                ..face
            }
        }
        Target::Report(key) => report(here, *key, face),
        _ => return None,
    };
    Some(face)
}

fn report(here: &Here<'_>, key: ReportKey, face: Face) -> Face {
    let report = &here.register.reports[key];
    let mut indicators: Vec<IndicatorKey> = report.observations.iter().map(|figure| figure.indicator).collect();
    indicators.sort();
    indicators.dedup();
    let sentence = brought(here, report.observations.len(), indicators.len());
    let source = report.source.publisher.as_ref().or(report.source.title.as_ref());
    let day = report.source.date.unwrap_or(report.published);
    let source = source
        .map_or_else(String::new, |source| format!("{}: {source}, {}", here.text("report.source"), here.date(day)));
    let period = report.period.map(|period| here.edition.locale.period(period));
    let unit = here.register.units[report.unit].name.get(here.language).0.to_owned();
    Face {
        kicker: joined([Some(here.text("column.report").to_owned()), Some(unit), period]),
        title: report.title.get(here.language).0.to_owned(),
        body: Body::Finding(Finding { sentence, note: source, counts: Vec::new() }),
        ..face
    }
}

/// Parts of a kicker that are there.
fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How the indicators of a document, a unit or the site stand: those with a target, in the groups that the sentence names.
fn standing(here: &Here<'_>, summary: &Summary) -> Body {
    let groups: [&[Status]; 6] = [
        &[Status::Achieved, Status::AchievedLate],
        &[Status::OnTrack],
        &[Status::Behind],
        &[Status::OffTrack],
        &[Status::Missed],
        &[Status::NotAssessable, Status::Unreported, Status::NoData],
    ];
    let counts = groups.into_iter().map(|group| {
        let count = group.iter().map(|status| summary.count(*status)).sum();
        (tone(group[0]), count, here.edition.locale.count(count))
    });
    Body::Finding(Finding {
        sentence: finding::sentence(here, summary).unwrap_or_default(),
        note: finding::tracked(here, summary).unwrap_or_default(),
        counts: counts.filter(|(_, count, _)| *count > 0).collect(),
    })
}

fn figure(here: &Here<'_>, key: IndicatorKey) -> Figure {
    let indicator = &here.register.indicators[key];
    let judgement = here.assessment.judgement(key);
    let measured_in = &indicator.measured_in;
    let value = judgement.value.as_ref();
    let (number, unit) = match value {
        Some(value) => {
            let large = here.large(here.qualified(value, measured_in, judgement.qualifier), measured_in);
            (large.number, large.unit.map(|unit| unit.text.into_owned()))
        }
        None => (here.text("indicator.no_figure").to_owned(), None),
    };
    let day = judgement.value_date.filter(|_| value.is_some()).map(|day| here.date(day));
    let unit: Vec<String> = [unit, from_parts(here, judgement), day].into_iter().flatten().collect();
    let target = judgement.target.as_ref().map(|target| {
        let goal = here.goal(target, measured_in);
        here.fill("home.of_target", &[("target", &goal.text)])
    });
    Figure {
        number: first_upper(&number),
        unit: unit.join(", "),
        target: target.map(|target| first_upper(&target)).unwrap_or_default(),
        progress: judgement.progress.as_ref().map(|share| (share.to_f64(), here.edition.locale.percent(share))),
        tone: tone(judgement.status),
        status: here.badge(judgement.status).label.to_owned(),
    }
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
