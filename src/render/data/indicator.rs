//! The data of one indicator: `data.csv`, its rows of `observations.csv`, and `data.json`, everything that its page says.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::cells::Cells;
use super::columns::columns;
use super::tables::{counted, observations};
use super::{Texts, address, citation, json, number, share, texts};
use crate::assess::{self, Assessment, Flag, Judgement, Point, Reason, Standing};
use crate::model::Register;
use crate::model::indicator::{
    Aggregate, Direction, Due, Evidence, Indicator, IndicatorKey, Method, Population, StaleAfter, Target,
};
use crate::model::quantity::Quantity;
use crate::model::report::{Citation, Stated, StatedOf};
use crate::render::locale::{machine_date, with_machine_date};
use crate::route::{Table, Target as Page};

/// An exact figure, as a JSON number.
type Figure = Box<RawValue>;

/// `data.csv` of an indicator: the header and its rows of `observations.csv`.
#[must_use]
pub fn indicator_csv(assessment: &Assessment, indicator: IndicatorKey) -> Vec<u8> {
    let rows = assessment.index.observations(indicator).len();
    let mut cells = Cells::new(columns(Table::Observations), rows);
    observations(assessment, indicator, &mut cells);
    cells.finish()
}

/// `data.json` of an indicator. Unknown is `null`; texts are under their language tags; `value` and its neighbours are
/// what `indicators.csv` holds.
#[must_use]
pub fn indicator_json(assessment: &Assessment, key: IndicatorKey) -> String {
    json(&view(assessment, key))
}

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    url: String,
    as_of: Iso,
    name: Texts<'a>,
    measured_in: Texts<'a>,
    resolution: ResolutionView<'a>,
    unit: Named<'a>,
    field: Option<Named<'a>>,
    groups: Vec<String>,
    direction: Option<&'static str>,
    method: &'static str,
    baseline: Option<Figure>,
    baseline_date: Option<Iso>,
    target: Option<Figure>,
    target_max: Option<Figure>,
    due: Option<Iso>,
    milestones: Vec<MilestoneView>,
    revisions: Vec<RevisionView<'a>>,
    population: Option<PopulationView<'a>>,
    weight: Figure,
    limit: Option<Figure>,
    stale_after_months: Option<StaleView>,
    derived: bool,
    restates: Option<&'a str>,
    contributes_to: Vec<&'a str>,
    aggregate: Option<&'static str>,
    parts: Option<PartsView<'a>>,
    value: Option<Figure>,
    value_date: Option<Iso>,
    progress: Option<Figure>,
    expected: Option<Figure>,
    expected_on: Option<Iso>,
    pace: Option<Figure>,
    met: bool,
    met_since: Option<Iso>,
    status: &'static str,
    reason: Option<&'static str>,
    flags: Vec<&'static str>,
    stages: Vec<StageView<'a>>,
    items: Vec<ItemView<'a>>,
    evidence: EvidenceView<'a>,
    observations: Vec<ObservationView<'a>>,
}

/// A day as ISO text.
struct Iso(NaiveDate);

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        with_machine_date(self.0, |day| serializer.serialize_str(day))
    }
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: Texts<'a>,
}

#[derive(Serialize)]
struct ResolutionView<'a> {
    id: &'a str,
    number: Option<&'a str>,
    title: Texts<'a>,
}

#[derive(Serialize)]
struct MilestoneView {
    date: Iso,
    value: Figure,
}

#[derive(Serialize)]
struct RevisionView<'a> {
    date: Iso,
    target: Option<Figure>,
    target_max: Option<Figure>,
    due: Option<String>,
    by: Option<&'a str>,
    note: Option<Texts<'a>>,
}

#[derive(Serialize)]
struct PopulationView<'a> {
    value: Figure,
    name: Option<Texts<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum StaleView {
    Never(&'static str),
    Months(u32),
}

#[derive(Serialize)]
struct PartsView<'a> {
    with_data: usize,
    expected: usize,
    indicators: Vec<&'a str>,
    /// What they came to, in the order of days, once all had data.
    totals: Vec<TotalView>,
}

#[derive(Serialize)]
struct TotalView {
    date: Iso,
    value: Figure,
    qualifier: &'static str,
}

#[derive(Serialize)]
struct StageView<'a> {
    id: &'a str,
    name: Texts<'a>,
    done: bool,
    count: Option<Figure>,
}

#[derive(Serialize)]
struct ItemView<'a> {
    id: &'a str,
    name: Texts<'a>,
    unit: Option<&'a str>,
    due: Option<Iso>,
    quantity: Option<Figure>,
    stage: Option<&'a str>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    source: Option<CitationView<'a>>,
    quote: Option<&'a str>,
    note: Option<Texts<'a>>,
    stated: Vec<StatedView>,
    acknowledge: Vec<AcknowledgeView<'a>>,
}

#[derive(Serialize)]
struct CitationView<'a> {
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    date: Option<Iso>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct StatedView {
    percent: Figure,
    out_of: Option<Figure>,
    of: &'static str,
}

#[derive(Serialize)]
struct AcknowledgeView<'a> {
    check: &'static str,
    reason: Texts<'a>,
}

#[derive(Serialize)]
struct ObservationView<'a> {
    report: &'a str,
    unit: &'a str,
    as_of: Iso,
    published: Iso,
    value: Option<Figure>,
    qualifier: &'static str,
    standing: &'static str,
    corrects: Option<&'a str>,
    replaced_by: Option<&'a str>,
    breakdown: Vec<CountView<'a>>,
    items: Vec<MoveView<'a>>,
    evidence: EvidenceView<'a>,
}

#[derive(Serialize)]
struct CountView<'a> {
    stage: &'a str,
    count: Figure,
}

#[derive(Serialize)]
struct MoveView<'a> {
    item: &'a str,
    stage: &'a str,
}

fn view(assessment: &Assessment, key: IndicatorKey) -> View<'_> {
    let register = &assessment.register;
    let site = &register.site;
    let indicator = &register.indicators[key];
    let judgement = assessment.judgement(key);
    let resolution = &register.resolutions[indicator.resolution];
    let unit = &register.units[indicator.owner_on(assessment.as_of)];
    let field = indicator.field.map(|field| &site.fields[field.0]);
    let groups = indicator.groups.iter().map(|group| {
        let framework = &site.frameworks[group.framework];
        format!("{}/{}", framework.id, framework.groups[group.group].id)
    });
    let milestones = indicator.milestones.iter();
    View {
        id: indicator.id.as_str(),
        url: address(assessment, Page::Indicator(key)),
        as_of: Iso(assessment.as_of),
        name: texts(register, &indicator.name),
        measured_in: texts(register, &indicator.measured_in),
        resolution: ResolutionView {
            id: resolution.id.as_str(),
            number: resolution.number.as_deref(),
            title: texts(register, &resolution.title),
        },
        unit: Named { id: unit.id.as_str(), name: texts(register, &unit.name) },
        field: field.map(|field| Named { id: &field.id, name: texts(register, &field.name) }),
        groups: groups.collect(),
        direction: judgement.direction.map(Direction::as_str),
        method: method(indicator.method),
        baseline: judgement.baseline.as_ref().map(number),
        baseline_date: date(judgement.baseline_date),
        target: judgement.target.as_ref().map(|target| number(&target.min)),
        target_max: judgement.target.as_ref().and_then(|target| target.max.as_ref()).map(number),
        due: date(judgement.due),
        milestones: milestones
            .map(|milestone| MilestoneView { date: Iso(milestone.date), value: number(&milestone.value.value) })
            .collect(),
        revisions: revisions(register, indicator),
        population: indicator.population.as_ref().map(|population| population_view(register, population)),
        weight: number(&indicator.weight),
        limit: indicator.limit.as_ref().map(number),
        stale_after_months: indicator.stale_after.map(|after| match after {
            StaleAfter::Never => StaleView::Never("never"),
            StaleAfter::Months(months) => StaleView::Months(months),
        }),
        derived: indicator.derived,
        restates: indicator.restates.as_ref().map(|key| register.indicators[**key].id.as_str()),
        contributes_to: ids(register, &indicator.contributes_to),
        aggregate: indicator.aggregate.map(aggregate),
        parts: judgement.parts.map(|parts| PartsView {
            with_data: parts.with_data,
            expected: parts.expected,
            indicators: ids(register, assessment.index.contributors(key)),
            totals: judgement.figures().iter().map(total).collect(),
        }),
        value: judgement.value.as_ref().map(number),
        value_date: date(judgement.value_date),
        progress: judgement.progress.as_ref().map(share),
        expected: judgement.expected.as_ref().map(share),
        expected_on: date(judgement.expected_on),
        pace: judgement.pace.as_ref().map(share),
        met: judgement.met,
        met_since: date(judgement.met_since),
        status: judgement.status.as_str(),
        reason: judgement.reason.map(Reason::as_str),
        flags: judgement.flags.iter().copied().map(Flag::as_str).collect(),
        stages: stages(register, indicator, judgement),
        items: items(register, indicator, judgement),
        evidence: evidence(register, &indicator.evidence, None),
        observations: observation_views(assessment, key),
    }
}

fn total(total: &assess::Figure) -> TotalView {
    TotalView { date: Iso(total.date), value: number(&total.value), qualifier: total.exactness.qualifier().as_str() }
}

fn revisions<'a>(register: &'a Register, indicator: &'a Indicator) -> Vec<RevisionView<'a>> {
    let view = |revision: &'a crate::model::indicator::Revision| RevisionView {
        date: Iso(revision.date),
        target: revision.target.as_ref().map(|Target { min, .. }| number(min)),
        target_max: revision.target.as_ref().and_then(|target| target.max.as_ref()).map(number),
        due: revision.due.and_then(|due| match due {
            Due::Stated(day) => Some(machine_date(day)),
            Due::Unknown => Some("unknown".to_owned()),
            Due::Default => None,
        }),
        by: revision.by.map(|by| register.resolutions[by].id.as_str()),
        note: revision.note.as_ref().map(|note| texts(register, note)),
    };
    indicator.revisions.iter().map(view).collect()
}

fn population_view<'a>(register: &'a Register, population: &'a Population) -> PopulationView<'a> {
    PopulationView {
        value: number(&population.value),
        name: population.name.as_ref().map(|name| texts(register, name)),
    }
}

fn stages<'a>(register: &'a Register, indicator: &'a Indicator, judgement: &Judgement) -> Vec<StageView<'a>> {
    let counts = judgement.stages.iter().map(Some).chain(std::iter::repeat(None::<&Quantity>));
    let stages = indicator.stages.iter().zip(counts);
    stages
        .map(|(stage, count)| StageView {
            id: &stage.id,
            name: texts(register, &stage.name),
            done: stage.done,
            count: count.map(number),
        })
        .collect()
}

fn items<'a>(register: &'a Register, indicator: &'a Indicator, judgement: &Judgement) -> Vec<ItemView<'a>> {
    let reached = judgement.items.iter().copied().chain(std::iter::repeat(None));
    let items = indicator.items.iter().zip(reached);
    items
        .map(|(item, stage)| ItemView {
            id: &item.id,
            name: texts(register, &item.name),
            unit: item.owner.map(|owner| register.units[owner].id.as_str()),
            due: date(item.due),
            quantity: item.quantity.as_ref().map(number),
            stage: stage.map(|stage| indicator.stages[stage].id.as_str()),
        })
        .collect()
}

fn observation_views(assessment: &Assessment, key: IndicatorKey) -> Vec<ObservationView<'_>> {
    let register = &assessment.register;
    let indicator = &register.indicators[key];
    let view = |(key, point): (crate::assess::index::ObservationKey, Option<&Point>)| {
        let report = &register.reports[key.report];
        let observation = &report.observations[key.place];
        let (standing, by) = match point.map(|point| point.standing) {
            Some(Standing::Counted) | None => ("counted", None),
            Some(Standing::Forecast) => ("forecast", None),
            Some(Standing::Corrected { by }) => ("corrected", Some(by)),
            Some(Standing::Superseded { by }) => ("superseded", Some(by)),
        };
        let stated = observation.value.as_ref().map(|value| &value.value);
        let id = |report| register.reports[report].id.as_str();
        let stage = |place: usize| indicator.stages[place].id.as_str();
        let mut counts: Vec<_> = observation.breakdown.iter().collect();
        counts.sort_by_key(|(place, _)| *place);
        let mut moves = observation.items.clone();
        moves.sort_unstable();
        ObservationView {
            report: report.id.as_str(),
            unit: register.units[report.unit].id.as_str(),
            as_of: Iso(observation.as_of),
            published: Iso(report.published),
            value: stated.or(point.map(|point| &point.value)).map(number),
            qualifier: observation.qualifier.as_str(),
            standing,
            corrects: observation.corrects.map(id),
            replaced_by: by.map(id),
            breakdown: counts
                .into_iter()
                .map(|(place, count)| CountView { stage: stage(*place), count: number(&count.value) })
                .collect(),
            items: moves
                .into_iter()
                .map(|(item, place)| MoveView { item: &indicator.items[item].id, stage: stage(place) })
                .collect(),
            evidence: evidence(register, &observation.evidence, Some(&report.source)),
        }
    };
    counted(assessment, key).into_iter().map(view).collect()
}

/// What is said about where a figure comes from; `otherwise` is the source where it names none of its own.
fn evidence<'a>(register: &'a Register, evidence: &'a Evidence, otherwise: Option<&'a Citation>) -> EvidenceView<'a> {
    let source = evidence.source.as_ref().map(|source| citation(register, source)).or(otherwise);
    let stated = |stated: &Stated| StatedView {
        percent: number(&stated.percent.value),
        out_of: stated.out_of.as_ref().map(|whole| number(&whole.value)),
        of: match stated.of {
            StatedOf::Target => "target",
            StatedOf::Milestone => "milestone",
            StatedOf::Population => "population",
        },
    };
    EvidenceView {
        source: source.map(|source| CitationView {
            title: source.title.as_deref(),
            publisher: source.publisher.as_deref(),
            date: date(source.date),
            url: source.url.as_deref(),
        }),
        quote: evidence.quote.as_deref(),
        note: evidence.note.as_ref().map(|note| texts(register, note)),
        stated: evidence.stated.iter().map(stated).collect(),
        acknowledge: (evidence.acknowledge.iter())
            .map(|(code, reason)| AcknowledgeView { check: code.as_str(), reason: texts(register, reason) })
            .collect(),
    }
}

fn ids<'a>(register: &'a Register, keys: &[IndicatorKey]) -> Vec<&'a str> {
    keys.iter().map(|key| register.indicators[*key].id.as_str()).collect()
}

fn date(day: Option<NaiveDate>) -> Option<Iso> {
    day.map(Iso)
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Pace => "pace",
        Method::AtDue => "at-due",
        Method::Growth => "growth",
    }
}

fn aggregate(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Sum => "sum",
        Aggregate::Mean => "mean",
        Aggregate::Count => "count",
    }
}
