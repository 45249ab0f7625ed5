//! What the id of a report says of it: `2021/07-30-tp-ben-tre` names a day and a unit.

use chrono::NaiveDate;

use crate::model::table::Table;
use crate::model::unit::{Unit, UnitKey};

/// The units that an id may mean: those of the longest name at the end of its last segment, or of its folder.
pub(super) fn units(units: &Table<Unit>, id: &str) -> Vec<UnitKey> {
    let (folder, tail) = id.rsplit_once('/').unwrap_or(("", id));
    let ends_in = |text: &str, name: &str, boundary: char| {
        text.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with(boundary))
    };
    let length = |unit: &Unit| {
        let id = unit.id.as_str();
        let joined = id.replace('/', "-");
        let own = id.rsplit('/').next().unwrap_or(id);
        if ends_in(tail, &joined, '-') || ends_in(folder, id, '/') {
            id.len()
        } else if ends_in(tail, own, '-') {
            own.len()
        } else {
            0
        }
    };
    let longest = units.rows().iter().map(length).max().unwrap_or(0);
    units.iter().filter(|(_, unit)| longest > 0 && length(unit) == longest).map(|(key, _)| key).collect()
}

/// The day that an id names: year, month and day after each other.
pub(super) fn day(id: &str) -> Option<NaiveDate> {
    words(id).windows(3).find_map(|words| {
        let [year, month, day] = words else { return None };
        let number = |text: &str, digits: usize| {
            text.parse::<u32>().ok().filter(|_| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        NaiveDate::from_ymd_opt(number(year, 4)?.cast_signed(), number(month, 2)?, number(day, 2)?)
    })
}

/// The half or quarter that an id names: `2021/h1-ben-tre` is `2021-H1`.
pub(super) fn period(id: &str) -> Option<String> {
    words(id).windows(2).find_map(|words| {
        let [year, part] = words else { return None };
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let is_part = ["h1", "h2", "q1", "q2", "q3", "q4"].contains(part);
        (is_year && is_part).then(|| format!("{year}-{}", part.to_uppercase()))
    })
}

fn words(id: &str) -> Vec<&str> {
    id.split(['/', '-']).collect()
}
