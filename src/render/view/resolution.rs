//! The page of a document: where it comes from, who carries it out, and how its indicators stand.

use serde::Serialize;

use super::coverage::{self, FollowersView};
use super::evidence::{EvidenceView, Mismatch, SourceView, mismatches};
use super::frame::Frame;
use super::lineage::LineageView;
use super::row::{Count, IndicatorRow, Of, counts};
use super::{Day, Here, Link, Page, ProseView, Words, finding};
use crate::assess::Status;
use crate::assess::index::ClaimKey;
use crate::check::Subject;
use crate::model::indicator::IndicatorKey;
use crate::model::report::Action;
use crate::model::resolution::{Expects, Resolution, ResolutionKey};
use crate::render::charts::{self, ChartView};
use crate::render::html::Html;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct ResolutionView<'a> {
    title: Words<'a>,
    /// Its kind and number, unless the title says them.
    designation: Option<String>,
    is_document: bool,
    issuer: Link<'a>,
    issued: Option<Day>,
    period: Option<Day>,
    vision: Option<Day>,
    field: Option<Link<'a>>,
    groups: Vec<Link<'a>>,
    summary: Option<Words<'a>>,
    note: Option<Words<'a>>,
    finding: Option<String>,
    tracked: Option<String>,
    mean: Option<String>,
    declares: Option<String>,
    mismatches: Vec<Mismatch<'a>>,
    counts: Vec<Count<'a>>,
    chart: Option<ChartView<'a>>,
    indicators: Vec<IndicatorRow<'a>>,
    /// Whether other units than the issuer answer for some of them.
    shared: bool,
    lineage: Option<LineageView<'a>>,
    expects: Option<ExpectsView<'a>>,
    followers: Option<FollowersView<'a>>,
    claims: Vec<ClaimView<'a>>,
    prose: Option<ProseView<'a>>,
    sources: Vec<SourceView<'a>>,
    citation: Html,
}

#[derive(Debug, Serialize)]
struct ExpectsView<'a> {
    sentence: String,
    by: Option<String>,
    units: Vec<Link<'a>>,
    except: Vec<Link<'a>>,
}

/// What a report says of units that carry a document out.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimView<'a> {
    sentence: Html,
    /// The document that it is about, on another page than that document's.
    document: Option<Link<'a>>,
    report: Link<'a>,
    units: Vec<Link<'a>>,
    evidence: EvidenceView<'a>,
}

pub(crate) fn page<'a>(here: &Here<'a>, key: ResolutionKey) -> Page<'a> {
    let resolution = &here.register.resolutions[key];
    let summary = here.assessment.resolution(key);
    let index = &here.assessment.index;
    let targets = summary.total() - summary.count(Status::Tracked);
    let owner = |key: &IndicatorKey| here.register.indicators[*key].owner_on(here.assessment.as_of);
    let shared = resolution.indicators.iter().any(|key| owner(key) != resolution.issuer);
    let mut view = ResolutionView {
        title: here.words(&resolution.title),
        designation: here.kicker(key),
        is_document: resolution.kind.is_document(),
        issuer: here.unit(resolution.issuer),
        issued: resolution.issued.map(|issued| here.period(issued)),
        period: resolution.period.map(|period| here.period(period)),
        vision: resolution.vision.map(|vision| here.period(vision)),
        field: resolution.field.map(|field| here.field(field)),
        groups: resolution.groups.iter().map(|group| here.group(*group)).collect(),
        summary: resolution.entry.summary.as_ref().map(|summary| here.words(summary)),
        note: resolution.entry.note.as_ref().map(|note| here.words(note)),
        finding: finding::sentence(here, summary),
        tracked: finding::tracked(here, summary),
        mean: finding::mean(here, summary),
        declares: resolution.declares.map(|declared| {
            let declared = usize::try_from(declared).unwrap_or(usize::MAX);
            here.count("resolution.declares", targets, &[("declared", &here.edition.locale.count(declared))])
        }),
        mismatches: mismatches(here, Subject::Resolution(key)),
        counts: counts(here, summary),
        chart: charts::bars(here, key),
        indicators: (resolution.indicators.iter())
            .map(|indicator| IndicatorRow::new(here, *indicator, if shared { Of::Owner } else { Of::Nothing }))
            .collect(),
        shared,
        lineage: LineageView::new(here, key),
        expects: resolution.expects.as_ref().map(|expects| expected(here, expects)),
        followers: coverage::followers(here, key),
        claims: index.claims(key).iter().map(|claim| claim_view(here, *claim, Beside::Document)).collect(),
        prose: here.prose(&resolution.entry.prose, 2),
        sources: SourceView::list(here, &resolution.sources),
        citation: Html::default(),
    };
    let title = window_title(here, resolution, view.designation.as_deref());
    view.citation = here.citation(Some(Words { text: title.clone().into(), ..here.words(&resolution.title) }));
    let description = match (&view.summary, &view.finding) {
        (Some(summary), _) => summary.text.to_string(),
        (None, Some(finding)) => finding.clone(),
        (None, None) => title.clone(),
    };
    let parents = vec![
        Link { href: here.href(Target::Resolutions(1)), text: Words::plain(here.text("menu.resolutions")) },
        view.issuer.clone(),
    ];
    let frame = Frame::new(here, title, description, parents);
    Page::new("resolution.html", frame, &view)
}

fn window_title(here: &Here<'_>, resolution: &Resolution, designation: Option<&str>) -> String {
    let title = resolution.title.get(here.language).0;
    match designation {
        Some(designation) if resolution.number.is_some() => format!("{designation}: {title}"),
        _ => title.to_owned(),
    }
}

fn expected<'a>(here: &Here<'a>, expects: &Expects) -> ExpectsView<'a> {
    let levels: Vec<&str> =
        (expects.levels.iter()).map(|level| here.register.site.levels[level.0].name.get(here.language).0).collect();
    let levels = here.edition.locale.list(&levels);
    let sentence = match (levels.is_empty(), expects.count) {
        (false, Some(count)) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            here.count("resolution.expects.counted", count, &[("levels", &levels)])
        }
        (false, None) => here.fill("resolution.expects.levels", &[("levels", &levels)]),
        (true, _) => here.text("resolution.expects.units").to_owned(),
    };
    let links = |units: &[crate::model::unit::UnitKey]| units.iter().map(|unit| here.unit(*unit)).collect();
    ExpectsView {
        sentence,
        by: expects.by.map(|day| here.fill("resolution.expects.by", &[("day", &here.date(day))])),
        units: links(&expects.units),
        except: links(&expects.except),
    }
}

/// On whose page a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// The page of the document that it is about.
    Document,
    /// The page of the report that makes it.
    Report,
}

/// A claim as a sentence: "17 trong 21 xã, phường, thị trấn đã triển khai".
pub(crate) fn claim_view<'a>(here: &Here<'a>, key: ClaimKey, beside: Beside) -> ClaimView<'a> {
    let report = &here.register.reports[key.report];
    let claim = &report.coverage[key.place];
    let action = match claim.action {
        Action::Issued => "issued",
        Action::Launched => "launched",
    };
    let level = match claim.level {
        Some(level) => here.words(&here.register.site.levels[level.0].name),
        None => Words::plain(here.text("claim.units")),
    };
    let level = Words { text: level.text.to_lowercase().into(), ..level };
    let mut arguments = vec![
        ("value", here.edition.locale.number(&claim.value).into()),
        ("level", level.into()),
        ("day", here.date(report.as_of.unwrap_or(report.published)).into()),
    ];
    let key_of_text = match &claim.of {
        Some(of) => {
            arguments.push(("of", here.edition.locale.number(of).into()));
            format!("claim.{action}-of")
        }
        None => format!("claim.{action}"),
    };
    ClaimView {
        sentence: here.sentence(&key_of_text, &arguments),
        document: (beside == Beside::Report).then(|| here.resolution(claim.document)),
        report: here.report(key.report),
        units: claim.units.iter().map(|unit| here.unit(*unit)).collect(),
        evidence: EvidenceView::new(here, &claim.evidence, Some(SourceView::citation(here, &report.source)), None),
    }
}
