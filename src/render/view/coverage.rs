//! Who has followed which document (cụ thể hóa): the page of the whole site, and the sections on documents and units.
//!
//! A unit without a document is "not on file"; that it issued none is never said. What reports say of units that they
//! do not name stands beside the lists and marks nobody.

use serde::Serialize;

use super::list::{Pages, frame, pages_of};
use super::resolution::{Beside, ClaimView, claim_view};
use super::row::Count;
use super::{Badge, Day, Here, Link, Page, Words};
use crate::assess::Covered;
use crate::assess::coverage::State;
use crate::assess::index::ClaimKey;
use crate::assess::lists::Sheet;
use crate::model::resolution::ResolutionKey;
use crate::model::text::Language;
use crate::model::unit::UnitKey;
use crate::render::charts::{self, ChartView};
use crate::route::{SHEETS, Table, Target};

/// Up to how many units a table of the overview names; the page of each document names all.
const UNITS: usize = 60;
/// Up to how many units of one state a document's page names; the data has all.
const FOLLOWERS: usize = 100;
/// How many of a document's claims the overview repeats.
const CLAIMS: usize = 3;

/// How a unit stands to a document.
#[derive(Debug, Serialize)]
pub(crate) struct CoveredView<'a> {
    unit: Link<'a>,
    state: Badge<'a>,
    /// The document by which the unit follows.
    document: Option<Link<'a>>,
    issued: Option<Day>,
    /// By how much it was late.
    lag: Option<String>,
}

/// The units that stand alike to a document.
#[derive(Debug, Serialize)]
pub(crate) struct StateGroup<'a> {
    state: Badge<'a>,
    count: String,
    units: Vec<CoveredView<'a>>,
    /// How many units are not named here.
    more: Option<String>,
}

/// The units that a document expects to follow.
#[derive(Debug, Serialize)]
pub(crate) struct FollowersView<'a> {
    /// How many units the file knows by name, out of how many.
    on_file: Option<String>,
    finding: String,
    groups: Vec<StateGroup<'a>>,
    /// Whether "not on file" occurs, which a reader could take for an accusation.
    has_missing: bool,
    /// The overview of the site.
    overview: String,
    /// The table of all, where not all are named.
    data: String,
}

/// A document that a unit is expected to follow.
#[derive(Debug, Serialize)]
pub(crate) struct ExpectedRow<'a> {
    /// Its kind and number, unless the title says them.
    designation: Option<String>,
    link: Link<'a>,
    issuer: Link<'a>,
    by: Option<Day>,
    covered: CoveredView<'a>,
}

fn covered<'a>(here: &Here<'a>, document: ResolutionKey, covered: &Covered) -> CoveredView<'a> {
    let by = here.register.resolutions[document].expects.as_ref().and_then(|expects| expects.by);
    let lag = match (covered.state, covered.issued, by) {
        (State::Late, Some(issued), Some(by)) => usize::try_from((issued - by).num_days()).ok(),
        _ => None,
    };
    let follower = covered.implemented_by;
    CoveredView {
        unit: here.unit(covered.unit),
        state: here.edition.badges.state(covered.state),
        document: follower.map(|key| here.reference(key)),
        issued: follower.and_then(|key| here.register.resolutions[key].issued).map(|issued| here.period(issued)),
        lag: lag.map(|days| here.count("coverage.lag", days, &[])),
    }
}

/// What a list of states comes to: "3 đúng hạn, 1 muộn và 5 chưa có trong hồ sơ".
fn parts(here: &Here<'_>, count: impl Fn(State) -> usize) -> String {
    let parts: Vec<String> = (State::ALL.into_iter())
        .filter(|state| count(*state) > 0)
        .map(|state| here.count(&format!("coverage.{}.part", state.as_str()), count(state), &[]))
        .collect();
    here.edition.locale.list(&parts)
}

fn state_counts<'a>(here: &Here<'a>, list: &[Covered]) -> Vec<Count<'a>> {
    let count = |state: State| list.iter().filter(|covered| covered.state == state).count();
    (State::ALL.into_iter().filter(|state| count(*state) > 0))
        .map(|state| Count { badge: here.edition.badges.state(state), count: here.edition.locale.count(count(state)) })
        .collect()
}

/// The units that a document expects to follow, by how they stand; `None` where it expects nobody on file.
pub(crate) fn followers<'a>(here: &Here<'a>, key: ResolutionKey) -> Option<FollowersView<'a>> {
    let list = here.assessment.coverage(key);
    if list.is_empty() {
        return None;
    }
    let of = |state: State| list.iter().filter(move |covered| covered.state == state);
    let groups = State::ALL.into_iter().filter(|state| of(*state).next().is_some());
    Some(FollowersView {
        on_file: on_file(here, key),
        finding: here.count("coverage.of_units", list.len(), &[("parts", &parts(here, |state| of(state).count()))]),
        groups: groups
            .map(|state| StateGroup {
                state: here.edition.badges.state(state),
                count: here.edition.locale.count(of(state).count()),
                units: of(state).take(FOLLOWERS).map(|one| covered(here, key, one)).collect(),
                more: match of(state).count().saturating_sub(FOLLOWERS) {
                    0 => None,
                    rest => Some(here.count("coverage.more", rest, &[])),
                },
            })
            .collect(),
        has_missing: of(State::Missing).next().is_some(),
        overview: here.href(Target::Coverage(1)),
        data: here.href_in(Target::Table(Table::Coverage), Language::DEFAULT),
    })
}

/// How many units the file knows by name, where the document speaks of another number.
fn on_file(here: &Here<'_>, key: ResolutionKey) -> Option<String> {
    let expected = here.register.resolutions[key].expects.as_ref()?.count?;
    let expected = usize::try_from(expected).unwrap_or(usize::MAX);
    let known = here.assessment.coverage(key).len();
    let of = here.edition.locale.count(expected);
    (known != expected).then(|| here.count("coverage.on_file", known, &[("of", &of)]))
}

/// The documents that a unit is expected to follow.
pub(crate) fn expected_of<'a>(here: &Here<'a>, unit: UnitKey) -> Vec<ExpectedRow<'a>> {
    let rows = here.assessment.lists.expected_of(unit).iter();
    rows.map(|(key, place)| {
        let resolution = &here.register.resolutions[*key];
        let by = resolution.expects.as_ref().and_then(|expects| expects.by);
        ExpectedRow {
            designation: here.kicker(*key),
            link: here.resolution(*key),
            issuer: here.unit(resolution.issuer),
            by: by.map(|day| here.day(day)),
            covered: covered(here, *key, &here.assessment.coverage(*key)[*place]),
        }
    })
    .collect()
}

/// The page of the whole site.
#[derive(Debug, Serialize)]
struct CoverageView<'a> {
    finding: String,
    legend: Vec<LegendRow<'a>>,
    sheets: Vec<SheetView<'a>>,
    pages: Option<Pages>,
}

#[derive(Debug, Serialize)]
struct LegendRow<'a> {
    state: Badge<'a>,
    meaning: &'a str,
}

/// Documents of one issuer and the units that have to follow them.
#[derive(Debug, Serialize)]
struct SheetView<'a> {
    id: String,
    issuer: Link<'a>,
    caption: String,
    documents: Vec<SheetDocument<'a>>,
    chart: Option<ChartView<'a>>,
    units: Vec<SheetRow<'a>>,
    /// Said in place of the table where it would be too long.
    too_long: Option<String>,
    claims: Vec<ClaimView<'a>>,
}

/// A document at the head of a column.
#[derive(Debug, Serialize)]
struct SheetDocument<'a> {
    reference: Link<'a>,
    title: Link<'a>,
    by: Option<Day>,
    /// Whether it names who has to follow; else only reports tell of it.
    expects: bool,
    counts: Vec<Count<'a>>,
    on_file: Option<String>,
}

/// A unit and how it stands to each document.
#[derive(Debug, Serialize)]
struct SheetRow<'a> {
    unit: Link<'a>,
    cells: Vec<SheetCell<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetCell<'a> {
    /// The column's head, for narrow screens.
    label: Words<'a>,
    /// None where the document does not expect the unit.
    covered: Option<CoveredView<'a>>,
}

pub(crate) fn page<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let lists = &here.assessment.lists;
    let total: usize = lists.states().iter().sum();
    let count = |state: State| {
        let place = State::ALL.iter().position(|other| *other == state).expect("all states are listed");
        lists.states()[place]
    };
    let view = CoverageView {
        finding: match total {
            0 => here.text("coverage.empty").to_owned(),
            total => here.count("coverage.finding", total, &[("parts", &parts(here, count))]),
        },
        legend: (State::ALL.into_iter().filter(|_| total > 0))
            .map(|state| LegendRow {
                state: here.edition.badges.state(state),
                meaning: here.text(&format!("coverage.{}.meaning", state.as_str())),
            })
            .collect(),
        sheets: lists
            .sheets()
            .chunks(SHEETS)
            .nth(number - 1)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(|(place, one)| sheet(here, place, one))
            .collect(),
        pages: pages_of(here, lists.sheets().len().div_ceil(SHEETS), number, Target::Coverage),
    };
    let title = Words::plain(here.text("coverage.title"));
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), Vec::new(), Target::Coverage(1));
    Page::new("coverage.html", frame, &view)
}

fn sheet<'a>(here: &Here<'a>, place: usize, sheet: &Sheet) -> SheetView<'a> {
    let expecting: Vec<ResolutionKey> =
        sheet.documents.iter().copied().filter(|key| !here.assessment.coverage(*key).is_empty()).collect();
    let mut units: Vec<UnitKey> =
        expecting.iter().flat_map(|key| here.assessment.coverage(*key)).map(|covered| covered.unit).collect();
    units.sort_by_key(|unit| (here.register.units[*unit].level, *unit));
    units.dedup();
    let too_long = (units.len() > UNITS).then(|| here.count("coverage.too_long", units.len(), &[]));
    if too_long.is_some() {
        units.clear();
    }
    let rows: Vec<(UnitKey, Vec<Option<Covered>>)> = (units.into_iter())
        .map(|unit| {
            let stands = |key: &ResolutionKey| {
                let list = here.assessment.coverage(*key);
                // The list is in the order of units.
                list.binary_search_by_key(&unit, |covered| covered.unit).ok().map(|place| list[place])
            };
            (unit, expecting.iter().map(stands).collect())
        })
        .collect();
    let row = |(unit, cells): &(UnitKey, Vec<Option<Covered>>)| SheetRow {
        unit: here.unit(*unit),
        cells: (expecting.iter().zip(cells))
            .map(|(key, cell)| SheetCell {
                label: here.reference(*key).text,
                covered: cell.as_ref().map(|cell| covered(here, *key, cell)),
            })
            .collect(),
    };
    let issuer = here.unit(sheet.issuer);
    SheetView {
        id: format!("_sheet-{}", place + 1),
        caption: here.fill("coverage.caption", &[("issuer", &issuer.text.text)]),
        issuer,
        documents: sheet.documents.iter().map(|key| document(here, *key)).collect(),
        chart: charts::matrix(here, sheet.issuer, &expecting, &rows),
        units: rows.iter().map(row).collect(),
        too_long,
        claims: sheet.documents.iter().flat_map(|key| latest_claims(here, *key)).collect(),
    }
}

fn document<'a>(here: &Here<'a>, key: ResolutionKey) -> SheetDocument<'a> {
    let expects = here.register.resolutions[key].expects.as_ref();
    SheetDocument {
        reference: here.reference(key),
        title: here.resolution(key),
        by: expects.and_then(|expects| expects.by).map(|day| here.day(day)),
        expects: !here.assessment.coverage(key).is_empty(),
        counts: state_counts(here, here.assessment.coverage(key)),
        on_file: on_file(here, key),
    }
}

fn latest_claims<'a>(here: &Here<'a>, key: ResolutionKey) -> Vec<ClaimView<'a>> {
    let mut claims: Vec<ClaimKey> = here.assessment.index.claims(key).to_vec();
    claims.sort_by_key(|claim| (std::cmp::Reverse(here.register.reports[claim.report].published), *claim));
    claims.into_iter().take(CLAIMS).map(|claim| claim_view(here, claim, Beside::Report)).collect()
}
