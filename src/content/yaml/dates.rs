//! Checks dates and periods, and says how one that is written otherwise should be written.

use chrono::NaiveDate;

use super::scalar::Written;
use super::values::Day;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::period::{Period, PeriodError};

/// A day: `2021-07-30`.
pub(crate) fn day(written: &Written<'_>) -> Result<(), Diagnostic> {
    if Day::parse(written.text).is_some() {
        return Ok(());
    }
    let date = |wording| written.mistake(Code::BadDate, wording);
    if Period::parse(written.text).is_ok() {
        return Err(date("bad-date.period"));
    }
    Err(match guess(written.text) {
        Some(Guess::DayFirst(day)) => date("bad-date.day-first").with("right", day),
        Some(Guess::Loose(day)) => date("bad-date.form").with("right", day),
        Some(Guess::NoSuchDay) => date("bad-date.no-such-day"),
        None => date("bad-date"),
    })
}

/// A period: `2021`, `2021-H1`, `2021-Q3`, `2021-04`, `2021-04-30`, `2021..2025`.
pub(crate) fn period(written: &Written<'_>) -> Result<(), Diagnostic> {
    let mistake = |wording| written.mistake(Code::BadPeriod, wording);
    match Period::parse(written.text) {
        Ok(_) => Ok(()),
        Err(PeriodError::Reversed) => Err(reversed(written)),
        Err(PeriodError::Form) => Err(match guess_period(written.text) {
            Some(right) => mistake("bad-period.form").with("right", right),
            None => match guess(written.text) {
                Some(Guess::DayFirst(day) | Guess::Loose(day)) => mistake("bad-period.form").with("right", day),
                Some(Guess::NoSuchDay) => mistake("bad-period.no-such-day"),
                None => mistake("bad-period"),
            },
        }),
    }
}

/// A day, or where it is not known a period.
pub(crate) fn day_or_period(written: &Written<'_>) -> Result<(), Diagnostic> {
    match Period::parse(written.text) {
        Ok(_) => Ok(()),
        Err(PeriodError::Reversed) => Err(reversed(written)),
        Err(PeriodError::Form) => match guess_period(written.text) {
            Some(right) => Err(written.mistake(Code::BadDate, "bad-date.form").with("right", right)),
            None => day(written),
        },
    }
}

fn reversed(written: &Written<'_>) -> Diagnostic {
    let diagnostic = written.mistake(Code::PeriodReversed, "period-reversed.form");
    match written.text.split_once("..") {
        Some((first, last)) => diagnostic.with("right", format!("{last}..{first}")),
        None => diagnostic,
    }
}

/// What day a text most likely means.
enum Guess {
    /// It is written day first.
    DayFirst(NaiveDate),
    /// It is written year first, but not quite right.
    Loose(NaiveDate),
    /// It has the form of a date, and the calendar does not have that day.
    NoSuchDay,
}

/// Reads three groups of digits as a date: `30/07/2021`, `2021.7.30`, `ngày 30 tháng 7 năm 2021`, `2021-07-30T10:00`.
fn guess(text: &str) -> Option<Guess> {
    let date = text.split_once(['T', 't']).map_or(text, |(date, time)| if is_time(time) { date } else { text });
    let date = date.split_once(' ').map_or(date, |(date, time)| if is_time(time) { date } else { text });
    let groups: Vec<&str> =
        date.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let [first, second, third] = groups.as_slice() else { return None };
    let number = |group: &str| group.parse::<u32>().ok().filter(|_| group.len() <= 2);
    let year = |group: &str| group.parse::<i32>().ok().filter(|_| group.len() == 4);
    if let (Some(year), Some(month), Some(day)) = (year(first), number(second), number(third)) {
        return Some(NaiveDate::from_ymd_opt(year, month, day).map_or(Guess::NoSuchDay, Guess::Loose));
    }
    let (first, second, year) = (number(first)?, number(second)?, year(third)?);
    let date = NaiveDate::from_ymd_opt(year, second, first).or_else(|| NaiveDate::from_ymd_opt(year, first, second));
    Some(date.map_or(Guess::NoSuchDay, Guess::DayFirst))
}

fn is_time(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit()) && text.contains(':')
}

/// What period a text most likely means: `2021-2025`, `04/2021`, `H1/2021`, `2021-h1`, `quý III năm 2021`.
fn guess_period(text: &str) -> Option<String> {
    let right = |text: String| Period::parse(&text).is_ok().then_some(text);
    if let Some(period) = vietnamese_period(text).and_then(right) {
        return Some(period);
    }
    let compact: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
    for dash in ["...", "..", "–", "—", "-", "/", "…", "TO", "ĐẾN", "đến"] {
        if let Some((first, last)) = compact.split_once(dash)
            && is_year(first)
            && is_year(last)
        {
            return right(format!("{first}..{last}"));
        }
    }
    let groups: Vec<&str> = compact.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let part = |part: &str, year: &str| {
        let letter = part.chars().next()?;
        let number = part.trim_start_matches(['H', 'Q', 'M', 'T']);
        match letter {
            'H' | 'Q' => right(format!("{year}-{letter}{number}")),
            _ => number.parse::<u32>().ok().and_then(|month| right(format!("{year}-{month:02}"))),
        }
    };
    match groups.as_slice() {
        [year, rest] if is_year(year) && !rest.is_empty() => part(rest, year),
        [rest, year] if is_year(year) && !rest.is_empty() => part(rest, year),
        [one] if one.len() > 4 && one.is_char_boundary(4) && is_year(&one[..4]) => part(&one[4..], &one[..4]),
        _ => None,
    }
}

/// `năm 2021`, `quý III/2021`, `tháng 4 năm 2021`, `6 tháng đầu năm 2021`, `giai đoạn 2021-2025`.
fn vietnamese_period(text: &str) -> Option<String> {
    let words = super::as_id(text);
    let words: Vec<&str> = words.split('-').filter(|word| !matches!(*word, "nam" | "giai" | "doan" | "ky")).collect();
    match words.as_slice() {
        [year] if is_year(year) && text.trim() != *year => Some((*year).to_owned()),
        [first, last] if is_year(first) && is_year(last) => Some(format!("{first}..{last}")),
        ["quy", quarter, year] if is_year(year) => {
            let quarter = match *quarter {
                "i" | "1" => 1,
                "ii" | "2" => 2,
                "iii" | "3" => 3,
                "iv" | "4" => 4,
                _ => return None,
            };
            Some(format!("{year}-Q{quarter}"))
        }
        ["thang", month, year] if is_year(year) => month.parse::<u32>().ok().map(|month| format!("{year}-{month:02}")),
        ["6" | "sau", "thang", "dau", year] if is_year(year) => Some(format!("{year}-H1")),
        ["6" | "sau", "thang", "cuoi", year] if is_year(year) => Some(format!("{year}-H2")),
        _ => None,
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}
