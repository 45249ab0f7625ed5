//! The method page: every status, formula and flag, written out of the same constants that judge.

use serde::Serialize;

use super::frame::Frame;
use super::{Badge, Here, Page};
use crate::assess::growth;
use crate::assess::{Flag, Status};
use crate::model::quantity::Quantity;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct MethodView<'a> {
    as_of: String,
    statuses: Vec<StatusRow<'a>>,
    flags: Vec<FlagRow<'a>>,
    on_track: String,
    behind: String,
    stale: String,
    pace_rule: String,
    checks: String,
    growth_rule: String,
    trend_rule: String,
    growth_limit: String,
}

#[derive(Debug, Serialize)]
struct StatusRow<'a> {
    badge: Badge<'a>,
    when: String,
}

#[derive(Debug, Serialize)]
struct FlagRow<'a> {
    name: &'a str,
    text: &'a str,
}

/// The statuses in the order in which they are tried: the first that fits is given.
const ORDER: [Status; 10] = [
    Status::Tracked,
    Status::NoData,
    Status::Achieved,
    Status::AchievedLate,
    Status::Missed,
    Status::Unreported,
    Status::NotAssessable,
    Status::OnTrack,
    Status::Behind,
    Status::OffTrack,
];

pub(crate) fn page<'a>(here: &Here<'a>) -> Page<'a> {
    let thresholds = &here.register.site.assessment;
    let on_track = here.edition.locale.percent(&thresholds.on_track.to_share());
    let behind = here.edition.locale.percent(&thresholds.behind.to_share());
    let months = usize::try_from(thresholds.stale_after_months).unwrap_or(usize::MAX);
    let arguments = [("on_track", on_track.as_str()), ("behind", behind.as_str())];
    let mark = |share: f64| here.edition.locale.percent(&Quantity::nearest(share, 6).to_share());
    let rule = |key: &str, on_track: f64, behind: f64| {
        here.fill(key, &[("on_track", &mark(on_track)), ("behind", &mark(behind))])
    };
    let view = MethodView {
        as_of: here.fill("method.as_of", &[("date", &here.date(here.assessment.as_of))]),
        statuses: (ORDER.into_iter())
            .map(|status| StatusRow {
                badge: here.badge(status),
                when: here.fill(&format!("status.{}.when", status.as_str()), &arguments),
            })
            .collect(),
        flags: (Flag::ALL.into_iter())
            .map(|flag| FlagRow {
                name: here.text(&format!("flag.{}.name", flag.as_str())),
                text: here.text(&format!("flag.{}.meaning", flag.as_str())),
            })
            .collect(),
        pace_rule: here.fill("calculation.rule", &arguments),
        growth_rule: rule("calculation.growth_rule", growth::RATIO_ON_TRACK, growth::RATIO_BEHIND),
        trend_rule: rule("calculation.trend_rule", growth::TREND_ON_TRACK, growth::TREND_BEHIND),
        growth_limit: here.fill(
            "method.growth_limit",
            &[("power", &here.edition.locale.number(&Quantity::nearest(growth::LIMIT_EXPONENT, 6)))],
        ),
        stale: here.count("method.stale", months, &[]),
        on_track,
        behind,
        checks: here.href(Target::Checks),
    };
    let frame = Frame::new(here, here.text("method.title").to_owned(), here.text("method.lead").to_owned(), Vec::new());
    Page::new("method.html", frame, &view)
}
