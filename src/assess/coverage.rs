//! Coverage (cụ thể hóa): which of the units that a document expects to follow have issued a document of their own.
//!
//! A unit without one is [`State::Missing`]: not on file. That it issued none is never claimed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::index::Index;
use crate::model::Register;
use crate::model::report::Action;
use crate::model::resolution::{Expects, ResolutionKey};
use crate::model::unit::UnitKey;

/// How one expected unit stands to one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Covered {
    /// The unit that is expected to follow.
    pub unit: UnitKey,
    /// The document by which it does: the earliest that is dated, else the first on file.
    pub implemented_by: Option<ResolutionKey>,
    /// When that document was issued, where that is known.
    pub issued: Option<NaiveDate>,
    /// How that compares with the day by which it was due.
    pub state: State,
}

/// What is known of an expected unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Issued on or before its day.
    InTime,
    /// Issued after its day.
    Late,
    /// Issued; its date, or the day by which it was due, is not known.
    Issued,
    /// A report says that the unit issued one; it is not on file.
    Reported,
    /// The day has not come.
    NotDue,
    /// Not on file.
    Missing,
}

impl State {
    /// All states in the order of the contract.
    pub const ALL: [Self; 6] = [Self::InTime, Self::Late, Self::Issued, Self::Reported, Self::NotDue, Self::Missing];

    /// The word in data files and interface texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InTime => "in-time",
            Self::Late => "late",
            Self::Issued => "issued",
            Self::Reported => "reported",
            Self::NotDue => "not-due",
            Self::Missing => "missing",
        }
    }
}

/// How each expected unit stands to a document, in the order of units.
pub(crate) fn coverage(register: &Register, index: &Index, document: ResolutionKey, as_of: NaiveDate) -> Vec<Covered> {
    let Some(expects) = &register.resolutions[document].expects else { return Vec::new() };
    let first = first_by_unit(register, &followers(register, index, document));
    expected(register, index, document, expects)
        .into_iter()
        .map(|unit| {
            let first = first.get(&unit).copied();
            let issued = first.and_then(|first| issued(register, first));
            let state = match (first, issued, expects.by) {
                (Some(_), Some(issued), Some(by)) if issued <= by => State::InTime,
                (Some(_), Some(_), Some(_)) => State::Late,
                (Some(_), _, _) => State::Issued,
                (None, ..) if is_reported(register, index, document, unit) => State::Reported,
                (None, _, Some(by)) if as_of <= by => State::NotDue,
                (None, ..) => State::Missing,
            };
            Covered { unit, implemented_by: first, issued, state }
        })
        .collect()
}

/// By unit: its document, or its own organisation's, that was issued first; one that is dated before one that is not.
fn first_by_unit(register: &Register, followers: &BTreeSet<ResolutionKey>) -> BTreeMap<UnitKey, ResolutionKey> {
    let rank = |follower: ResolutionKey| {
        let issued = issued(register, follower);
        (issued.is_none(), issued, follower)
    };
    let mut first: BTreeMap<UnitKey, ResolutionKey> = BTreeMap::new();
    for follower in followers {
        let issuer = register.resolutions[*follower].issuer;
        for unit in [Some(issuer), organisation_of(register, issuer)].into_iter().flatten() {
            let best = first.entry(unit).or_insert(*follower);
            if rank(*follower) < rank(*best) {
                *best = *follower;
            }
        }
    }
    first
}

fn issued(register: &Register, document: ResolutionKey) -> Option<NaiveDate> {
    register.resolutions[document].issued.map(|issued| issued.end())
}

/// The documents that carry a document out, straight or through others.
fn followers(register: &Register, index: &Index, document: ResolutionKey) -> BTreeSet<ResolutionKey> {
    let mut found = BTreeSet::new();
    let mut open = vec![document];
    while let Some(next) = open.pop() {
        for follower in index.implemented_by(next) {
            if register.resolutions[*follower].kind.is_document() && found.insert(*follower) {
                open.push(*follower);
            }
        }
    }
    found
}

/// The units that must follow a document, in the order of units.
fn expected(register: &Register, index: &Index, document: ResolutionKey, expects: &Expects) -> BTreeSet<UnitKey> {
    let resolution = &register.resolutions[document];
    let mut units: BTreeSet<UnitKey> = expects.units.iter().copied().collect();
    let mut open: Vec<(UnitKey, usize)> = index.children(resolution.issuer).iter().map(|child| (*child, 1)).collect();
    let mut seen = BTreeSet::new();
    while let Some((unit, depth)) = open.pop() {
        if !seen.insert(unit) {
            continue;
        }
        let level = register.units[unit].level;
        let direct_only = register.site.levels[level.0].any_parent;
        if expects.levels.contains(&level) && (depth == 1 || !direct_only) {
            units.insert(unit);
        }
        open.extend(index.children(unit).iter().map(|child| (*child, depth + 1)));
    }
    let day = expects.by.or(resolution.issued.map(|issued| issued.end()));
    units.retain(|unit| !expects.except.contains(unit) && day.is_none_or(|day| register.units[*unit].exists_on(day)));
    units
}

/// The unit whose own organisation a unit is: the nearest one above that is no organisation itself.
fn organisation_of(register: &Register, organisation: UnitKey) -> Option<UnitKey> {
    let is_organisation = |unit: UnitKey| register.site.levels[register.units[unit].level.0].any_parent;
    let mut unit = organisation;
    // Bounded by the number of units: parents in a circle are an error of the content.
    for _ in 0..register.units.len() {
        if !is_organisation(unit) {
            return (unit != organisation).then_some(unit);
        }
        unit = register.units[unit].parent?;
    }
    None
}

/// Whether a report says that the unit issued a document: by name, or because all of its level are meant.
fn is_reported(register: &Register, index: &Index, document: ResolutionKey, unit: UnitKey) -> bool {
    index.claims(document).iter().any(|key| {
        let claim = &register.reports[key.report].coverage[key.place];
        let all = claim.of.as_ref() == Some(&claim.value)
            && claim.level.is_none_or(|level| level == register.units[unit].level);
        claim.action == Action::Issued && (claim.units.contains(&unit) || all)
    })
}
