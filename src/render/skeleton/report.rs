//! The skeleton of a report: its unit's open indicators wait as remarks, each with its last figure and its due day.

use super::{Lines, guess, named};
use crate::assess::{Assessment, Judgement, Status};
use crate::model::indicator::{Indicator, IndicatorKey};
use crate::model::unit::UnitKey;

pub(super) fn report(lines: &mut Lines, assessment: &Assessment, id: &str) {
    let register = &assessment.register;
    lines.open("title");
    let found = guess::units(&register.units, id);
    let unit = match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    match unit {
        Some(unit) => lines.given("unit", register.units[unit].id.as_str()),
        None => {
            let candidates = if found.is_empty() { register.units.keys().collect() } else { found };
            // A province has hundreds; those who look further look at the folder.
            let named = |key: &UnitKey| named(register.units[*key].id.as_str(), register.units[*key].name.original());
            let values: Vec<String> = candidates.iter().take(12).map(named).collect();
            lines.say("skeleton.one-of", &[("key", "unit"), ("values", &values.join(", "))]);
            lines.open("unit");
        }
    }
    lines.say("skeleton.report-period", &[]);
    match guess::period(id) {
        Some(period) => lines.given("period", &period),
        None => lines.remark("period: 2021-H1"),
    }
    lines.say("skeleton.as-of", &[]);
    lines.remark("as_of: 2021-06-30");
    lines.say("skeleton.published", &[]);
    match guess::day(id) {
        Some(day) => lines.given("published", &day.to_string()),
        None => lines.open("published"),
    }
    lines.say("skeleton.source", &[]);
    lines.open("source");
    lines.open("  title");
    lines.remark("  publisher: …");
    lines.remark("  date: 2021-07-30");
    lines.remark("  url: https://example.org/");
    observations(lines, assessment, unit);
}

fn observations(lines: &mut Lines, assessment: &Assessment, unit: Option<UnitKey>) {
    let register = &assessment.register;
    let is_open = |(key, row): &(IndicatorKey, &Indicator)| {
        let judgement = assessment.judgement(*key);
        Some(row.owner_on(assessment.as_of)) == unit
            && row.aggregate.is_none()
            && !matches!(judgement.status, Status::Achieved | Status::AchievedLate)
    };
    let open: Vec<_> = register.indicators.iter().filter(is_open).collect();
    lines.say(if open.is_empty() { "skeleton.observations" } else { "skeleton.open-indicators" }, &[]);
    lines.remark("observations:");
    if open.is_empty() {
        lines.remark("  - indicator: ben-tre/03-nq-tu/van-ban");
        lines.remark("    value:");
    }
    for (key, row) in open {
        observation(lines, row, assessment.judgement(key));
    }
}

fn observation(lines: &mut Lines, row: &Indicator, judgement: &Judgement) {
    lines.remark(&format!("  - indicator: {}", row.id));
    let what = format!("{} ({})", row.name.original(), row.measured_in.original());
    let mut facts = vec![what];
    let mut fact = |key: &str, arguments: &[(&str, &str)]| facts.push(lines.language.say(key, arguments));
    match (&judgement.value, judgement.value_date) {
        (Some(value), Some(day)) => {
            fact("skeleton.last", &[("value", &value.to_string()), ("day", &day.to_string())]);
        }
        _ => fact("skeleton.no-data", &[]),
    }
    if let Some(target) = &judgement.target {
        fact("skeleton.target", &[("value", &target.min.to_string())]);
    }
    if let Some(due) = judgement.due {
        fact("skeleton.due", &[("day", &due.to_string())]);
    }
    lines.remark(&format!("    # {}", facts.join("; ")));
    if !row.items.is_empty() {
        let stages: Vec<String> = row.stages.iter().map(|stage| named(&stage.id, stage.name.original())).collect();
        let stages = lines.language.say("skeleton.stages", &[("values", &stages.join(", "))]);
        lines.remark(&format!("    # {stages}"));
        lines.remark("    items:");
        for (item, stage) in row.items.iter().zip(&judgement.items) {
            let last = stage.and_then(|stage| row.stages.get(stage));
            if last.is_some_and(|stage| stage.done) {
                continue;
            }
            let last = last.map_or_else(String::new, |stage| format!(": {}", stage.id));
            lines.remark(&format!("      {}: # {}{last}", item.id, item.name.original()));
        }
    } else if !row.stages.is_empty() {
        lines.remark("    breakdown:");
        for stage in &row.stages {
            lines.remark(&format!("      {}: # {}", stage.id, stage.name.original()));
        }
    } else {
        lines.remark("    value:");
    }
}
