//! Finds out which stages and named things the figures of an indicator speak of, and which of the stages are done.

use std::collections::BTreeSet;

use super::rows::{Indicator, Observation};
use crate::model::quantity::Quantity;

/// The most stages among which the done ones are looked for.
const STAGES: usize = 8;

/// The stages of an indicator, each with whether it is done, and its named things; none where its figures cannot be
/// explained by them.
#[derive(Debug, Default)]
pub(super) struct Stages {
    pub(super) stages: Vec<(String, bool)>,
    pub(super) items: Vec<String>,
}

/// The stages that the figures of an indicator name; those are done whose figures make up the value each time.
pub(super) fn stages(row: &Indicator, observations: &[Observation]) -> Stages {
    let rows: Vec<&Observation> =
        observations.iter().filter(|observation| observation.indicator == row.id.value).collect();
    let items = items(&rows);
    let counts = |row: &Observation| -> Vec<(String, Quantity)> {
        if items.is_empty() {
            let figure = |text: &str| Quantity::parse(text).expect("cells are checked");
            row.breakdown.iter().map(|(stage, value)| (stage.clone(), figure(value))).collect()
        } else {
            row.items.iter().map(|(_, stage)| (stage.clone(), Quantity::from(1))).collect()
        }
    };
    let counted: Vec<(Quantity, Vec<(String, Quantity)>)> = rows
        .iter()
        .map(|row| (Quantity::parse(&row.value.value).expect("cells are checked"), counts(row)))
        .filter(|(_, counts)| !counts.is_empty())
        .collect();
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in counted.iter().flat_map(|(_, counts)| counts) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    if ids.is_empty() || ids.len() > STAGES {
        return Stages::default();
    }
    let is_chosen = |chosen: u32, stage: &str| {
        ids.iter().position(|id| *id == stage).is_some_and(|place| chosen & (1 << place) != 0)
    };
    let explains = |chosen: u32| {
        counted.iter().all(|(value, counts)| {
            counts.iter().filter(|(stage, _)| is_chosen(chosen, stage)).map(|(_, count)| count).sum::<Quantity>()
                == *value
        })
    };
    let all = (1u32 << ids.len()) - 1;
    let mut choices: Vec<u32> = (1..=all).collect();
    // The fewest stages, and of them the last ones, are the likeliest to be done.
    choices.sort_by_key(|chosen| (chosen.count_ones(), std::cmp::Reverse(*chosen)));
    let Some(chosen) = choices.into_iter().find(|chosen| explains(*chosen)) else { return Stages::default() };
    // Parts that all count are no stages of anything; things that are all done are.
    let is_done = |id: &str| (chosen != all || !items.is_empty()) && is_chosen(chosen, id);
    Stages { stages: ids.iter().map(|id| ((*id).to_owned(), is_done(id))).collect(), items }
}

/// The named things of an indicator; none unless every figure of it names them all.
fn items(rows: &[&Observation]) -> Vec<String> {
    let names = |row: &Observation| row.items.iter().map(|(item, _)| item.clone()).collect::<BTreeSet<_>>();
    let Some(first) = rows.first() else { return Vec::new() };
    if rows.iter().all(|row| names(row) == names(first)) {
        first.items.iter().map(|(item, _)| item.clone()).collect()
    } else {
        Vec::new()
    }
}
